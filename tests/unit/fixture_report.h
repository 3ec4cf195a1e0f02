/* Results made by hand, for the tests of the report model and of the renderers: the figures of a
 * highlight report of January 2017. No engine is needed. */
#ifndef TESTS_FIXTURE_REPORT_H
#define TESTS_FIXTURE_REPORT_H

#include "report/report.h"

/* A proportion of 1 decimal, low is good, target 20.7% "SN average 2015/16". */
Indicator *fixture_proportion(Arena *arena);
/* A count, low is good, excluding cwd "children with disabilities". */
Indicator *fixture_count(Arena *arena);
/* Per 10,000 "children", neutral, no target. */
Indicator *fixture_rate(Arena *arena);
/* A sum of money, neutral, for information only. */
Indicator *fixture_money(Arena *arena);
/* The proportion by "Agency" (codes HEA, EDU, POL), total "Overall", with share. */
Indicator *fixture_breakdown(Arena *arena);

/* Of the month, over the rolling 12 months to its end; available, the value numerator/denominator
 * in the unit of the basis. */
Cell *fixture_cell(Arena *arena, const Indicator *indicator, const char *month, int64_t numerator,
                   int64_t denominator);
/* A cell without a value. */
Cell *fixture_missing(Arena *arena, const Indicator *indicator, const char *month, Symbol symbol,
                      const char *reason);
/* Puts the cell in a group of the first breakdown; code NULL: Unknown. */
void fixture_group(Arena *arena, Cell *cell, const char *code, const char *label);
void fixture_compare(Cell *cell, const Cell *previous);
Result *fixture_result(Arena *arena, Cell **cells, size_t len);
/* One month of all five indicators; two months of the breakdown. */
Result *fixture_month(Arena *arena);
Result *fixture_series(Arena *arena);

#endif
