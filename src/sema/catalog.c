#include "sema/catalog.h"

#include <string.h>

static int fold(int c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

static bool same_but_case(const char *a, const char *b) {
    for (; *a && fold((unsigned char)*a) == fold((unsigned char)*b); a++, b++)
        ;
    return *a == *b;
}

const CatalogTable *catalog_table(const Catalog *catalog, const char *name) {
    for (size_t i = 0; i < catalog->tables_len; i++)
        if (strcmp(catalog->tables[i].name, name) == 0)
            return &catalog->tables[i];
    for (size_t i = 0; i < catalog->tables_len; i++)
        if (same_but_case(catalog->tables[i].name, name))
            return &catalog->tables[i];
    return NULL;
}

int catalog_column(const CatalogTable *table, const char *name) {
    for (size_t i = 0; i < table->columns_len; i++)
        if (strcmp(table->columns[i], name) == 0)
            return (int)i;
    for (size_t i = 0; i < table->columns_len; i++)
        if (same_but_case(table->columns[i], name))
            return (int)i;
    return -1;
}

static Value number_value(const TableColumn *column, size_t row) {
    return value_number(num_of_scaled(column->numbers[row], column->scale));
}

Value table_value(const Table *table, size_t index, size_t row) {
    const TableColumn *column = &table->columns[index];
    if (column->missing[row])
        return value_missing((Symbol)(column->missing[row] - 1));
    switch (column->kind) {
    case COLUMN_TEXT:
        return value_text(column->texts[row]);
    case COLUMN_INTEGER:
    case COLUMN_DECIMAL:
    case COLUMN_MONEY:
        return number_value(column, row);
    case COLUMN_DATE:
        return value_date(column->dates[row]);
    case COLUMN_YES_NO:
        return value_bool(column->numbers[row] != 0);
    }
    return value_missing(SYMBOL_NONE);
}
