#include "tests/bench/generator/chance.h"

#include <math.h>

static const uint64_t golden = UINT64_C(0x9E3779B97F4A7C15);

static uint64_t mixed(uint64_t bits) {
    bits = (bits ^ (bits >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    bits = (bits ^ (bits >> 27)) * UINT64_C(0x94D049BB133111EB);
    return bits ^ (bits >> 31);
}

Chance chance_begin(uint64_t seed) {
    uint64_t start = seed * golden + 1;
    return (Chance){mixed(start + golden), mixed(start + 2 * golden)};
}

static uint64_t next(Chance *chance) {
    uint64_t shifted = chance->older ^ (chance->older << 23);
    uint64_t last = chance->newer;
    chance->older = last;
    chance->newer = shifted ^ last ^ (shifted >> 17) ^ (last >> 26);
    return chance->newer + last;
}

int chance_below(Chance *chance, int n) {
    uint64_t upper_half = next(chance) >> 32;
    return (int)((upper_half * (uint64_t)n) >> 32);
}

bool chance_of(Chance *chance, int parts, int whole) {
    return chance_below(chance, whole) < parts;
}

double chance_unit(Chance *chance) {
    return (double)(next(chance) >> 11) / 9007199254740992.0; /* 53 bits of 2^53 */
}

double chance_waiting(Chance *chance, double mean) {
    return -mean * log(1.0 - chance_unit(chance));
}

size_t chance_weighted(Chance *chance, const int *weights, size_t n) {
    int sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += weights[i];
    int at = chance_below(chance, sum);
    size_t place = 0;
    while (at >= weights[place])
        at -= weights[place++];
    return place;
}
