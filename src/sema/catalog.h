/* What a store holds, and what is asked of it: plain data, the meeting point of sema and store.
 *
 * A Catalog says which tables and columns there are (so that sema can check names without a
 * database). A TableSpec says which typed columns to read from one table. A Table is what comes
 * back: columns of typed values, rows in the table's own order.
 */
#ifndef SEMA_CATALOG_H
#define SEMA_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "base/value.h"

typedef struct CatalogTable {
    const char *name;
    const char *const *columns; /* as the header or schema spells them */
    size_t columns_len;
} CatalogTable;

typedef struct Catalog {
    const CatalogTable *tables; /* sorted by name */
    size_t tables_len;
} Catalog;

/* NULL if there is none; names compare exactly, then without regard to ASCII case. */
const CatalogTable *catalog_table(const Catalog *catalog, const char *name);
/* The column's place, or -1. */
int catalog_column(const CatalogTable *table, const char *name);

typedef enum ColumnKind {
    COLUMN_TEXT,
    COLUMN_INTEGER, /* 64 bits */
    COLUMN_DECIMAL, /* up to 9 places, scaled */
    COLUMN_MONEY,   /* pounds and pence; a leading £ and grouped thousands are read */
    COLUMN_DATE,
    COLUMN_YES_NO
} ColumnKind;
/* A link column has the kind of the key that it links to. */

typedef struct SymbolSpec {
    const char *mark; /* "c", ".." */
    Symbol symbol;
} SymbolSpec;

typedef struct ColumnSpec {
    const char *name;  /* the language's name, for messages */
    const char *field; /* the store's name */
    ColumnKind kind;
    const char *date_format; /* NULL: ISO (a midnight time after it is read over) */
    const char *yes, *no;    /* NULL: yes/no, y/n, true/false, 1/0, any case */
    bool missing_allowed;    /* optional or open: a missing value is no fault */
} ColumnSpec;

typedef struct TableSpec {
    const char *source; /* the language's name, for messages */
    const char *table;  /* the store's name */
    const ColumnSpec *columns;
    size_t columns_len;
    const SymbolSpec *symbols;
    size_t symbols_len;
    /* Rows written in the definition itself: cells[row * columns_len + column], NULL for empty.
     * cells NULL: the rows are in the store. */
    const char *const *cells;
    size_t rows_len;
    size_t rows_made; /* the last so many are made for links: nothing in them is at fault */
    Span span;        /* the declaration, for messages */
} TableSpec;

typedef struct TableColumn {
    ColumnKind kind;
    int scale;                /* of DECIMAL and MONEY: value = numbers[row] / 10^scale */
    const uint8_t *missing;   /* one byte a row: 0 present, else 1 + Symbol */
    const int64_t *numbers;   /* INTEGER, DECIMAL, MONEY, YES_NO (0, 1); else NULL */
    const Date *dates;        /* DATE */
    const char *const *texts; /* TEXT: equal texts have one pointer within the run's Atoms */
    size_t faults;            /* rows missing where that is not allowed */
    size_t first_fault;       /* the row number (from 1) of the first of them */
} TableColumn;

typedef struct Table {
    size_t rows;
    TableColumn *columns; /* in the order of the spec */
    size_t columns_len;
    const int64_t *row_numbers; /* what a message calls the row: the record's number in its file or
                                 * table, from 1 */
} Table;

Value table_value(const Table *table, size_t column, size_t row);

#endif
