/* A segment: one column of up to PIECE_ROWS rows of a table, as `kpic import` keeps it beside the
 * rows so that they need not be read one by one.
 *
 * It holds the texts that the rows have, and nothing of what a project declares of them: whatever
 * types, formats and marks of missing values the sources name, now or later, the same segment
 * serves. In one of three forms:
 *   texts    each text once (a dictionary), and for each row its place there
 *   numbers  every text is a number written in one way: digits without leading zeros, "-" before a
 *            number below zero, and everywhere the same count of decimal places
 *   dates    every text is an ISO date: days since 1970-01-01
 * Each gives back the very bytes of its texts. A row without a value (NULL, or an empty text) is a
 * bit. Numbers, days and places are packed as packing.h says.
 *
 * As bytes, in the order of the machine: the header below, then the packed values, the bits of rows
 * without a value (if there are any), the ends of the dictionary's texts, and the texts; each part
 * starts at a multiple of 8. The checksum (XXH3) is of everything after itself, with the table, the
 * column and the piece that the segment is of: one that was changed, cut off or put in another's
 * place is not read.
 */
#ifndef STORE_SEGMENT_H
#define STORE_SEGMENT_H

#include "base/strbuf.h"
#include "store/columns.h"

typedef enum SegmentForm { SEGMENT_TEXTS, SEGMENT_NUMBERS, SEGMENT_DATES } SegmentForm;

typedef struct Segment {
    SegmentForm form;
    int places; /* numbers: decimal places written; a value is units of 10^-places */
    int finest; /* numbers: the most decimal places that are not zeros at the end */
    size_t rows;
    PackedPiece piece;    /* into the bytes; no symbols */
    int64_t low, high;    /* of the present values; low > high: there is none */
    bool ascending;       /* strictly, among the present values */
    size_t texts_len;     /* texts: the dictionary */
    const uint32_t *ends; /* where each text ends; it starts where the one before ends */
    const char *texts;
} Segment;

/* What a segment is of, as its checksum knows it. */
uint64_t segment_identity(const char *table, const char *field, size_t piece);
/* The checksum of bytes that belong to `identity`. */
uint64_t segment_checksum(uint64_t identity, const void *bytes, size_t size);
/* False if these are not the bytes that were written for `identity`. `bytes` is aligned to 8; *out
 * points into it. Whatever the bytes, no place of the dictionary is outside it. */
bool segment_read(const void *bytes, size_t size, uint64_t identity, Segment *out);
/* A text of the dictionary; not ended by a NUL. */
const char *segment_text(const Segment *segment, size_t place, size_t *len);
/* The text that a value of a segment of numbers or dates stands for. */
void segment_print(const Segment *segment, int64_t value, StrBuf *out);

/* Segments of one column being made, one after another. */
typedef struct SegmentWriter SegmentWriter;

SegmentWriter *segment_writer_new(void);
void segment_writer_free(SegmentWriter *writer);
/* The next row. False if no segment can hold it: a NUL byte, bytes that are no UTF-8, or texts of
 * more bytes than are worth keeping twice. */
bool segment_writer_add(SegmentWriter *writer, const char *text, size_t len);
/* The bytes of the rows so far, up to PIECE_ROWS, added to `out`; the next row starts the next
 * segment. */
void segment_writer_end(SegmentWriter *writer, uint64_t identity, StrBuf *out);

#endif
