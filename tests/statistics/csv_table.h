/* A CSV file read whole, for comparisons: quoted fields, CR LF or LF, the first row names columns.
 */
#ifndef TESTS_CSV_TABLE_H
#define TESTS_CSV_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

typedef struct CsvTable {
    const char **names;
    size_t columns;
    const char **cells; /* rows * columns; a short row is filled up with "" */
    size_t rows;
} CsvTable;

#define CSV_NO_COLUMN ((size_t)-1)

/* False if there is no such file. */
bool csv_table_read(Arena *arena, const char *path, CsvTable *out);
/* The table in these bytes. */
CsvTable csv_table_parse(Arena *arena, const char *text, size_t len);
/* CSV_NO_COLUMN if there is none. */
size_t csv_table_column(const CsvTable *table, const char *name);
/* "" if there is no such column. */
const char *csv_table_cell(const CsvTable *table, size_t row, const char *name);

#endif
