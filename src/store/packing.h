/* Numbers as offsets from the lowest of their piece, in as few whole bytes as hold the highest. */
#ifndef STORE_PACKING_H
#define STORE_PACKING_H

#include "store/columns.h"

/* What is known of a column from its pieces so far. */
typedef struct PackSummary {
    int64_t low, high; /* of present values; low > high: none so far */
    bool any_missing;
    bool ascending; /* each present value is above the one before */
} PackSummary;

PackSummary pack_summary_start(void);
/* Bytes that hold every offset up to `range`: 0, 1, 2, 4 or 8. */
unsigned pack_width(uint64_t range);
/* Sets base, width and data; `missing` of the piece must be set. Missing rows' values are read
 * over. */
void pack_values(const int64_t *values, size_t rows, Arena *run, PackSummary *summary,
                 PackedPiece *piece);

#endif
