/* What entered and what left between two windows that share days, or between two snapshots.
 *
 * In: the entries that a cell is made of, while they are there; then the cells of an indicator with
 * what each is compared with. Out: Cell.moves. Two figures of
 * most of the same rows are no two samples: what can be said is which rows came and which went.
 *
 * What is followed: counts of rows, counts of distinct values, sums and means, of records. Rows of
 * a published table, and rows of which only the latest count, stand for no case that could come or
 * go.
 */
#ifndef ENGINE_REFERENCE_MOVES_H
#define ENGINE_REFERENCE_MOVES_H

#include "engine/reference/cells.h"

/* Whether a figure of this row set is followed in any window: then an engine must give its rows. */
bool moves_follow_set(const PlanIndicator *planned, size_t set);
/* Whether the figures of this window are compared, or compared with. */
bool moves_touch_window(const PlanIndicator *planned, size_t window);
/* Keeps the rows behind the cell's numerator and denominator in run->gather. */
void moves_gather(CellRun *run, const EntrySet *sets, Cell *cell);
/* Compares what was gathered, and forgets it. Everything around the cells is known. */
void moves_compare(const IndicatorCells *own);

#endif
