/* Benchmarks across neighbours.
 *
 * In: a benchmark `from INDICATOR across NEIGHBOURS`, and the cells of that indicator, which are
 * computed. Out: in the BenchmarkFigure of a cell the mean of the members' values, or the value of
 * their numerators and denominators pooled, and how many members had one.
 */
#ifndef ENGINE_REFERENCE_MEMBERS_H
#define ENGINE_REFERENCE_MEMBERS_H

#include "engine/reference/cells.h"

/* Sets value, reason and numbers of members; of a band, by the members' bands of that label. */
void members_meet(CellRun *run, const Benchmark *benchmark, const Cell *cell,
                  BenchmarkFigure *figure);

#endif
