/* A table of a store that `kpic import` made, from its segments: the same packed columns as reading
 * its rows gives.
 *
 * What the project declares (types, forms of dates, marks of missing values) is applied here: to
 * each text of a dictionary once, and not at all to numbers and days that need none of it.
 */
#ifndef STORE_SEGMENT_LOAD_H
#define STORE_SEGMENT_LOAD_H

#include "store/columns.h"
#include "store/state.h"

/* False: the rows must be read, which also tells what is wrong with them (a value of another type,
 * a column that is not there). A damaged segment is told here, as a warning. */
bool segments_load(Store *store, size_t table, const TableSpec *spec, Arena *run, Atoms *texts,
                   PackedTable *out);

#endif
