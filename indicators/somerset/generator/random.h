/* Numbers that look like chance and are the same in every run.
 *
 * Each part of the generator has a stream of its own, begun from its own seed, so that a change in
 * one part leaves the tables of the others as they were. The streams are SplitMix64. Two draws
 * never stand among the arguments of one call: compilers differ in which they make first.
 */
#ifndef SOMERSET_RANDOM_H
#define SOMERSET_RANDOM_H

#include "calendar.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    uint64_t state;
} Random;

Random random_stream(uint64_t seed);

/* 0 to n - 1; n above 0. */
int random_below(Random *random, int n);
/* low to high, both in. */
int random_between(Random *random, int low, int high);
/* True in `permille` of a thousand cases. */
bool random_chance(Random *random, int permille);
/* The place of one of n weights, the heavier the likelier; their sum is above 0. */
int random_weighted(Random *random, const int *weights, int n);
void random_shuffle(Random *random, int *items, int n);
/* A working day from first to last; there must be one. */
Day random_worked_day(Random *random, Day first, Day last);

#endif
