/* Builds a Table from texts, one value after another.
 *
 * Comes in: the spec, and for each row builder_row(), then one builder_value() for each column.
 * Goes out: the typed columns, in an arena. Bad values are told by fault_value, with the place in
 * the words of the caller, who knows whether it is a line of a file or a row of a database.
 * Columns grow outside the arena, so that it holds each of them once.
 */
#ifndef STORE_BUILDER_H
#define STORE_BUILDER_H

#include "base/atom.h"
#include "store/faults.h"
#include "store/typed.h"

typedef struct ColumnBuilder ColumnBuilder;

typedef struct Builder {
    const TableSpec *spec;
    Atoms *texts;
    Faults *faults;
    ColumnBuilder *columns;
    int64_t *row_numbers;
    size_t rows, cap;
} Builder;

void builder_init(Builder *builder, const TableSpec *spec, Atoms *texts, Faults *faults);
void builder_fini(Builder *builder);
/* Starts the next row. `number` is what messages call it. */
void builder_row(Builder *builder, int64_t number);
/* Whether the value could be read. The caller tells the fault with fault_value. */
Reading builder_value(Builder *builder, size_t column, const char *text, size_t len,
                      TypedValue *value);
/* Whole columns: decimals brought to one scale. Bad if faults were found. */
StoreResult builder_finish(Builder *builder, Arena *run, Table *out);

/* PLACE: 'VALUE' is no date; column 'start' is date (dd/mm/yyyy) [declared here] */
void fault_value(Faults *faults, const TableSpec *spec, size_t column, const char *place,
                 const char *text, size_t len, const char *why);

#endif
