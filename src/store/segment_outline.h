/* The outline of a table's segments: how many rows and columns, and which kpic_row they have. */
#ifndef STORE_SEGMENT_OUTLINE_H
#define STORE_SEGMENT_OUTLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"

/* From `row` on (counted from 0), kpic_row goes up by one from `key`. */
typedef struct OutlineRun {
    int64_t row, key;
} OutlineRun;

typedef struct Outline {
    uint64_t rows, fields;
    const OutlineRun *runs; /* by row; the first is of row 0; none if there is no row */
    size_t runs_len;
} Outline;

void outline_write(const Outline *outline, const char *table, StrBuf *out);
/* False if these are not the bytes written for this table. `bytes` is aligned to 8; *out points
 * into it. */
bool outline_read(const void *bytes, size_t size, const char *table, Outline *out);

#endif
