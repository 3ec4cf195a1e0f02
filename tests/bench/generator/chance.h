/* Numbers that look like chance and are the same in every run: xorshift128+, begun by SplitMix64.
 *
 * Two draws never stand where the language leaves open which is made first. chance_waiting() takes
 * a logarithm, whose last bit hangs on the C library: the tests compare digests of what comes out.
 */
#ifndef TESTS_BENCH_GENERATOR_CHANCE_H
#define TESTS_BENCH_GENERATOR_CHANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Chance {
    uint64_t older, newer;
} Chance;

Chance chance_begin(uint64_t seed);
/* 0 to n - 1; n above 0. */
int chance_below(Chance *chance, int n);
/* True `parts` times in `whole`. */
bool chance_of(Chance *chance, int parts, int whole);
/* 0 up to but not including 1. */
double chance_unit(Chance *chance);
/* A wait of this mean length, most of them shorter: exponentially distributed. */
double chance_waiting(Chance *chance, double mean);
/* The place of one of n weights, the heavier the likelier. */
size_t chance_weighted(Chance *chance, const int *weights, size_t n);

#endif
