/* Small numbers are hidden before anything is printed: of the Result itself, so that no format,
 * chart, quote or comparison can tell them.
 *
 * In: a Result that is whole (all groups of each period, and the helpers), for the public. Out: the
 * same Result in which a figure that tells a small number, or lets one be worked out, is not
 * available, with the symbol `c`; and with it its numerator, denominator, parts, share, interval
 * and what is compared with it. What is small is the indicator's `suppress below N`; `none` hides
 * nothing; without the clause 1 to 5 are small, as in DfE's statistics of children in need, but
 * nothing of tables that are published already.
 *
 * A figure tells its numerator, the rest of its denominator, the number of cases of a mean; a part
 * its count and what it leaves; a like-for-like value its own counts and their distance from the
 * figure's. The figures of one indicator and period are one table: groups and bands add to totals,
 * so others are hidden with a small one until it cannot be worked out (stats/suppression.h). A
 * month of a year to date must not differ from the last shown one by a small number. A derived
 * value is hidden if a value is that it is made of. Rows before exclusions, exclusions, missing
 * values, and what entered and left, are told of a whole table or not at all.
 *
 * suppress_told.c says what a figure tells, suppress_table.c works on one table, suppress.c on all.
 * To add something that a figure tells: a ToldKind, and where it is hidden (suppress.c).
 */
#ifndef REPORT_SUPPRESS_H
#define REPORT_SUPPRESS_H

#include "base/vec.h"
#include "engine/result.h"

/* "hidden: it would tell a small number" */
extern const char suppress_reason[];

/* 0: nothing of it is small. */
int64_t suppress_below(const Indicator *indicator);
/* Hides in place; `run` is the arena of the Result. */
void suppress_result(Arena *run, Result *result);

/* ---- private to report/suppress*.c ---- */

typedef enum ToldKind {
    TOLD_NUMERATOR, /* also a count */
    TOLD_REST,      /* the denominator less the numerator */
    TOLD_DENOMINATOR,
    TOLD_CASES, /* of a mean, a median, a sum of money */
    TOLD_PART,
    TOLD_PART_REST,
    TOLD_LIKE,
    TOLD_LIKE_REST,
    TOLD_LIKE_APART /* from the figure's own counts; adds to nothing */
} ToldKind;

typedef struct Told {
    ToldKind kind;
    size_t index; /* of the part or benchmark */
    int64_t count;
} Told;

typedef VEC(Told) ToldList;

void told_by_figure(Arena *arena, const Cell *cell, ToldList *out);
void told_by_part(Arena *arena, const Cell *cell, size_t part, ToldList *out);
void told_by_like(Arena *arena, const Cell *cell, size_t benchmark, ToldList *out);

/* All cells of one indicator and period. */
typedef struct SuppressTable {
    Cell **cells;
    size_t len;
    const bool *hidden; /* by cell: hidden for a reason that lies outside the table; or NULL */
} SuppressTable;

/* Sets withheld.figure of cells, `withheld` of their parts, and takes the numbers out of
 * like-for-like values; hides nothing else. */
void suppress_table(Arena *arena, const SuppressTable *table);
/* Takes our value on the benchmark's population away. */
void suppress_like(BenchmarkFigure *figure);

#endif
