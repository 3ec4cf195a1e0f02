/* What a random pair is made from: SplitMix64, the same pair for the same seed everywhere. */
#ifndef TESTS_DIFFERENTIAL_DICE_H
#define TESTS_DIFFERENTIAL_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Dice {
    uint64_t state;
} Dice;

/* 0 to n - 1; n above 0. */
int dice_below(Dice *dice, int n);
int dice_between(Dice *dice, int low, int high);
/* True in so many of a hundred. */
bool dice_chance(Dice *dice, int percent);
const char *dice_pick(Dice *dice, const char *const *items, size_t len);
#define DICE_PICK(dice, items) dice_pick((dice), (items), sizeof(items) / sizeof *(items))

#endif
