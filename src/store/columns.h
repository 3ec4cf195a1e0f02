/* A table as packed columns: what the engine that works column by column reads.
 *
 * Comes in: a TableSpec, or a Table that was read row by row. Goes out: for each column the same
 * values in pieces of PIECE_ROWS rows (the last may be shorter), each value as an unsigned offset
 * of 0, 1, 2, 4 or 8 bytes from the lowest of its piece. A table means the same in both forms; only
 * the room that it takes differs.
 *
 * Invariants: all pieces but the last have PIECE_ROWS rows; base + offset is within 64 bits; the
 * offset of a missing row is 0; bits of `missing` after the last row are 0. Everything lives in the
 * run's arena.
 */
#ifndef STORE_COLUMNS_H
#define STORE_COLUMNS_H

#include "store/store.h"

#define PIECE_ROWS ((size_t)65536)

typedef struct PackedPiece {
    int64_t base;            /* a value is base + data[i] (unsigned) */
    unsigned width;          /* bytes a value: 0 (all are base), 1, 2, 4, 8 */
    const void *data;        /* aligned to its width; NULL at width 0 */
    const uint64_t *missing; /* a bit a row, set: missing; NULL: none is */
    const uint8_t *symbols;  /* a Symbol a row; NULL: SYMBOL_NONE for every missing row */
} PackedPiece;

typedef struct PackedColumn {
    ColumnKind kind;
    int scale; /* of DECIMAL and MONEY: value / 10^scale */
    /* TEXT: the values are places in this dictionary. Its texts are distinct, each is the one
     * pointer of the run's Atoms; some may be used by no row. NULL for other kinds. */
    const char *const *texts;
    size_t texts_len;
    const PackedPiece *pieces;
    bool any_missing;
    int64_t low, high;  /* bounds that hold for the present values; low > high: there is none */
    bool ascending;     /* strictly, down all rows, and none is missing; TEXT: all differ */
    size_t faults;      /* rows missing where that is not allowed */
    size_t first_fault; /* the row number of the first of them */
} PackedColumn;

/* From `row` on, messages count the rows from `number`. */
typedef struct PackedRun {
    size_t row;
    int64_t number;
} PackedRun;

typedef struct PackedTable {
    size_t rows, pieces_len; /* of each column */
    PackedColumn *columns;   /* in the order of the spec */
    size_t columns_len;
    const PackedRun *runs; /* by row; the first starts at row 0 */
    size_t runs_len;
} PackedTable;

/* As store_load and store_load_inline. */
StoreResult store_load_packed(Store *store, const TableSpec *spec, Arena *run, Atoms *texts,
                              PackedTable *out);
/* One of several tables that are read together. */
typedef struct PackedLoad {
    const TableSpec *spec;
    PackedTable *out;
    StoreResult result;
} PackedLoad;

/* Each as store_load_packed, at once where the store can do that. */
void store_load_packed_all(Store *store, PackedLoad *loads, size_t len, Arena *run, Atoms *texts);
StoreResult store_load_packed_inline(Session *session, const TableSpec *spec, Arena *run,
                                     Atoms *texts, PackedTable *out);
/* The texts of the table must be atoms that live as long as `run`; nothing else of it is kept. */
void columns_pack(const Table *table, Arena *run, PackedTable *out);

size_t packed_piece_rows(const PackedTable *table, size_t piece);
/* What a message calls the row, as Table.row_numbers. */
int64_t packed_row_number(const PackedTable *table, size_t row);
/* The number of a row of the piece that is not missing. */
int64_t packed_number(const PackedPiece *piece, size_t row);
/* As table_value: for the few rows that are looked at one by one. */
Value packed_value(const PackedTable *table, size_t column, size_t row);

#endif
