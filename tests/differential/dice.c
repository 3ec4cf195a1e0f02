#include "tests/differential/dice.h"

int dice_below(Dice *dice, int n) {
    uint64_t z = dice->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (int)((z ^ (z >> 31)) % (uint64_t)n);
}

int dice_between(Dice *dice, int low, int high) {
    return low + dice_below(dice, high - low + 1);
}

bool dice_chance(Dice *dice, int percent) {
    return dice_below(dice, 100) < percent;
}

const char *dice_pick(Dice *dice, const char *const *items, size_t len) {
    return items[dice_below(dice, (int)len)];
}
