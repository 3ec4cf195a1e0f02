/* Which rows of a table came from which file, as kpic_import says. */
#ifndef STORE_BATCHES_H
#define STORE_BATCHES_H

#include "store/sql.h"

/* One imported file's rows in a table. */
typedef struct Batch {
    int64_t first, last; /* kpic_row */
    const char *file;
} Batch;

typedef struct Batches {
    const Batch *items; /* in the order of their rows */
    size_t len;
} Batches;

/* In `arena`. */
StoreResult batches_read(const Sql *sql, const char *table, Arena *arena, Batches *out);
/* The first batch that ends at this kpic_row or later, from the one at *place on; NULL if there is
 * none. The row is in it unless it starts later. *place is moved to it. */
const Batch *batch_at(const Batches *batches, int64_t row, size_t *place);

#endif
