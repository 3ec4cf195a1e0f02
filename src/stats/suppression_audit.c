#include "stats/suppression_audit.h"

#include <stdlib.h>

#define MOST_STEPS 10000
#define MOST_FACTOR (INT64_C(1) << 30) /* a row with greater factors is given up */

/* The reduced system: rows[r][k] are whole factors, and sum over k of rows[r][k] * d[k] = 0. */
typedef struct System {
    AuditCount *counts;
    size_t len;
    int64_t **rows;
    size_t rows_len;
    size_t *basic;    /* by row: the count that it gives; its factor there is above 0 */
    size_t *basic_of; /* by count: 1 + its row; 0: it is free to choose */
    bool too_great;
} System;

static int sign_of(int64_t number) {
    return (number > 0) - (number < 0);
}

/* Whether the count may go up (1) or down (-1). */
static bool may_move(const AuditCount *count, int direction) {
    return direction > 0 ? count->high > count->value : count->value > count->low;
}

/* ---- rows ---- */

static int64_t common_divisor(int64_t a, int64_t b) {
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* Divides by what all factors share, and makes the basic one positive. */
static void tidy_row(System *system, int64_t *row, size_t basic) {
    int64_t shared = 0;
    for (size_t k = 0; k < system->len; k++)
        shared = common_divisor(shared, row[k]);
    if (shared == 0)
        return;
    if (row[basic] < 0)
        shared = -shared;
    for (size_t k = 0; k < system->len; k++) {
        row[k] /= shared;
        if (row[k] > MOST_FACTOR || row[k] < -MOST_FACTOR)
            system->too_great = true;
    }
}

/* Takes count k out of `row` with the help of `by`. Factors are at most 2^30, so this fits. */
static void clear_from(System *system, int64_t *row, const int64_t *by, size_t k, size_t basic) {
    int64_t here = row[k], there = by[k];
    if (here == 0 || system->too_great)
        return;
    for (size_t i = 0; i < system->len; i++)
        row[i] = row[i] * there - by[i] * here;
    tidy_row(system, row, basic);
}

/* Row r gives count k from now on. */
static void pivot(System *system, size_t r, size_t k) {
    if (system->basic[r] != SIZE_MAX)
        system->basic_of[system->basic[r]] = 0;
    system->basic[r] = k;
    system->basic_of[k] = r + 1;
    tidy_row(system, system->rows[r], k);
    for (size_t i = 0; i < system->rows_len; i++)
        if (i != r && system->basic[i] != SIZE_MAX)
            clear_from(system, system->rows[i], system->rows[r], k, system->basic[i]);
}

static void read_sum(Arena *arena, System *system, const AuditSum *sum) {
    int64_t *row = arena_array(arena, system->len, sizeof *row);
    for (size_t i = 0; i < sum->len; i++)
        row[sum->terms[i].count] += sum->terms[i].factor;
    for (size_t r = 0; r < system->rows_len; r++)
        clear_from(system, row, system->rows[r], system->basic[r], system->basic[r]);
    size_t first = 0;
    while (first < system->len && row[first] == 0)
        first++;
    if (first == system->len || system->too_great)
        return;
    size_t r = system->rows_len++;
    system->rows[r] = row;
    system->basic[r] = SIZE_MAX;
    pivot(system, r, first);
}

/* Brings the sums to reduced form; those that say nothing new are dropped. */
static void read_sums(Arena *arena, System *system, const AuditSum *sums, size_t sums_len) {
    system->rows = arena_array(arena, sums_len, sizeof *system->rows);
    system->basic = arena_array(arena, sums_len, sizeof *system->basic);
    for (size_t s = 0; s < sums_len && !system->too_great; s++)
        read_sum(arena, system, &sums[s]);
}

/* ---- moves ---- */

/* The row whose count would leave its range at once if count k moved so; of several the one with
 * the first count; SIZE_MAX: none. */
static size_t blocking_row(const System *system, size_t k, int direction) {
    size_t found = SIZE_MAX;
    for (size_t r = 0; r < system->rows_len; r++) {
        size_t basic = system->basic[r];
        int moves = -sign_of(system->rows[r][k]) * direction;
        if (basic == k || moves == 0 || may_move(&system->counts[basic], moves))
            continue;
        if (found == SIZE_MAX || basic < system->basic[found])
            found = r;
    }
    return found;
}

static bool fits(const AuditCount *count, int64_t change) {
    return change >= 0 ? count->high - count->value >= change
                       : count->value - count->low >= -change;
}

/* The least whole move of count k in this direction that keeps all in their ranges: everything that
 * it moves is safe. False if there is none. */
static bool make_move(System *system, size_t k, int direction) {
    int64_t step = 1;
    for (size_t r = 0; r < system->rows_len; r++) {
        int64_t factor = system->rows[r][k], own = system->rows[r][system->basic[r]];
        if (factor == 0)
            continue;
        int64_t part = own / common_divisor(own, factor);
        step = step / common_divisor(step, part) * part;
        if (step > MOST_FACTOR)
            return false;
    }
    if (!fits(&system->counts[k], direction * step))
        return false;
    for (size_t r = 0; r < system->rows_len; r++) {
        size_t basic = system->basic[r];
        int64_t change = -system->rows[r][k] * direction * step / system->rows[r][basic];
        if (!fits(&system->counts[basic], change))
            return false;
    }
    system->counts[k].safe = true;
    for (size_t r = 0; r < system->rows_len; r++)
        if (system->rows[r][k] != 0)
            system->counts[system->basic[r]].safe = true;
    return true;
}

/* A free count whose move moves `wanted` in the direction; SIZE_MAX: none. *out is its own. */
static size_t helping_count(const System *system, size_t wanted, int direction, int *out) {
    const int64_t *row = system->rows[system->basic_of[wanted] - 1];
    for (size_t k = 0; k < system->len; k++) {
        int own = -direction * sign_of(row[k]);
        if (k == wanted || own == 0 || !may_move(&system->counts[k], own))
            continue;
        *out = own;
        return k;
    }
    return SIZE_MAX;
}

static bool find_move(System *system, size_t wanted, int direction) {
    if (!may_move(&system->counts[wanted], direction))
        return false;
    for (size_t step = 0; step < MOST_STEPS && !system->too_great; step++) {
        size_t k = wanted;
        int own = direction;
        if (system->basic_of[wanted] > 0)
            k = helping_count(system, wanted, direction, &own);
        if (k == SIZE_MAX)
            return false;
        size_t row = blocking_row(system, k, own);
        if (row == SIZE_MAX)
            return make_move(system, k, own);
        pivot(system, row, k);
    }
    return false;
}

void suppression_audit(Arena *arena, AuditCount *counts, size_t len, const AuditSum *sums,
                       size_t sums_len) {
    System system = {.counts = counts, .len = len};
    system.basic_of = arena_array(arena, len, sizeof *system.basic_of);
    for (size_t i = 0; i < len; i++)
        counts[i].safe = false;
    read_sums(arena, &system, sums, sums_len);
    for (size_t i = 0; i < len && !system.too_great; i++)
        if (counts[i].value > 0 && !counts[i].safe && !find_move(&system, i, 1))
            find_move(&system, i, -1);
}
