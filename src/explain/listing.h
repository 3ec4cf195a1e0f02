/* The records behind a number, one a line: what each is to it, and the values that were read.
 *
 * In: what was gathered with `listed`, and the cells of the whole or of some groups. Out: a table
 * for people or CSV. Records that a clause rules out are not behind the number and are not listed.
 * They stand by what they are to the number, then by their keys, so that the order of the data does
 * not show.
 *
 * These are records of people: whoever calls makes sure that they were asked for.
 */
#ifndef EXPLAIN_LISTING_H
#define EXPLAIN_LISTING_H

#include "explain/explain.h"

/* The parts of a result that the record is in: "numerator" and "denominator", or one of these,
 * "counted", "taken out", "unknown", "error". Gives how many. */
size_t record_parts(const GatheredSet *set, const RecordFate *fate, const char *out[2]);

/* The cells of one indicator whose records are listed, at least one. Of the inputs of a derived one
 * all records are. */
typedef struct ListedCells {
    const Cell **items;
    size_t len, cap;
} ListedCells;

/* A table for each set of records, under its heading. */
void list_records_table(const ExplainPage *page, const ListedCells *cells);
/* One table of all sets: what the record is to the number, why it was taken out, its source, what
 * it is called, then the columns; of several sources as SOURCE.COLUMN. */
void list_records_csv(const ExplainPage *page, const ListedCells *cells);

#endif
