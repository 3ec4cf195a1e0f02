/* The segments of one table being made: row after row as they are imported, or from the rows that
 * the table has. Within a write transaction that segments_begin() started.
 */
#ifndef STORE_SEGMENT_TABLE_H
#define STORE_SEGMENT_TABLE_H

#include "store/csv.h"
#include "store/segment_store.h"

typedef struct SegmentTable SegmentTable;

/* `fields` are all columns of the table but kpic_row, in its order, and outlive it. Nothing may be
 * kept of the table so far. */
StoreResult segment_table_begin(const Sql *sql, SegmentsWrite *write, const char *table,
                                const char *const *fields, size_t len, SegmentTable **out);
/* In ascending order of `row`, which is the row's kpic_row. */
StoreResult segment_table_row(SegmentTable *table, int64_t row, const CsvField *fields);
/* Ends it well; then free it, as after any fault. */
StoreResult segment_table_end(SegmentTable *table);
void segment_table_free(SegmentTable *table);

/* All of a table that is there, in place of what is kept of it. */
StoreResult segments_remake(const Sql *sql, SegmentsWrite *write, const char *table);
/* Every imported table that was not looked at yet. */
StoreResult segments_complete(const Sql *sql, SegmentsWrite *write);

#endif
