/* The mutants of one indicator: each a stretch of the Model, as it is and as it is changed. Private
 * to testing/. */
#ifndef TESTING_MUTANTS_H
#define TESTING_MUTANTS_H

#include "testing/coverage.h"

typedef struct Mutant {
    void *target; /* in the Model */
    const void *is;
    size_t size;
    Span span;
    const char *was_words, *is_words, *wanted;
} Mutant;

typedef struct Mutants {
    Arena *arena;
    const Model *model;
    const Indicator *indicator;
    const Expr *around; /* the `within` or `in ... to` entered last */
    VEC(Mutant) list;
} Mutants;

/* Adds the mutant in which `size` bytes at `target` are those of `is` (copied). */
void mutants_add(Mutants *mutants, const void *target, const void *is, size_t size, Mutant words);
/* Each condition, duration and function (mutate_expr.c). */
void mutate_expr(Mutants *mutants, const Expr *expr);
/* Timing, window, exclusions, direction, bands (mutants.c). */
void mutate_indicator(Mutants *mutants);

/* Whether a condition on dates takes the same rows when it is changed, whatever the records
 * (fixed_dates.c). */
bool fixed_dates_same(const Indicator *indicator, const Expr *was, const Expr *is);
/* Whether the timing takes every row whenever there is a figure: all have one date, and the source
 * covers no other year. */
bool fixed_dates_always(const Indicator *indicator, const Rowset *rows);
/* Whether a condition of the rows leaves one date for `latest` at most. */
bool fixed_dates_one(const Indicator *indicator, const Rowset *rows, const Expr *condition);

#endif
