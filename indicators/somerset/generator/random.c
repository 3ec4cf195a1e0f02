#include "random.h"

#include "world.h"

Random random_stream(uint64_t seed) {
    return (Random){seed * UINT64_C(0x9E3779B97F4A7C15) + UINT64_C(0x5851F42D4C957F2D)};
}

static uint64_t next(Random *random) {
    uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

int random_below(Random *random, int n) {
    return (int)(next(random) % (uint64_t)n);
}

int random_between(Random *random, int low, int high) {
    return low + random_below(random, high - low + 1);
}

bool random_chance(Random *random, int permille) {
    return random_below(random, 1000) < permille;
}

int random_weighted(Random *random, const int *weights, int n) {
    int sum = 0;
    for (int i = 0; i < n; i++)
        sum += weights[i];
    int at = random_below(random, sum);
    int place = 0;
    while (at >= weights[place])
        at -= weights[place++];
    return place;
}

void random_shuffle(Random *random, int *items, int n) {
    for (int i = n - 1; i > 0; i--) {
        int other = random_below(random, i + 1);
        int held = items[i];
        items[i] = items[other];
        items[other] = held;
    }
}

Day random_worked_day(Random *random, Day first, Day last) {
    for (int tries = 0; tries < 1000; tries++) {
        Day day = random_between(random, first, last);
        if (day_is_worked(day))
            return day;
    }
    generator_fail("no working day between two days of a table");
}
