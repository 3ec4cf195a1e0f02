#include "store/builder.h"

#include <inttypes.h>
#include <string.h>

#include "store/encoding.h"

#define FIRST_ROWS 64

struct ColumnBuilder {
    uint8_t *missing;
    int64_t *numbers;
    uint8_t *places; /* of each decimal */
    Date *dates;
    Atom *texts;
    Atom last; /* columns of codes repeat themselves: the text of the row before */
    size_t last_len;
    int most_places;
    size_t faults, first_fault;
};

void builder_init(Builder *builder, const TableSpec *spec, Atoms *texts, Faults *faults) {
    *builder = (Builder){.spec = spec, .texts = texts, .faults = faults};
    size_t size = spec->columns_len * sizeof *builder->columns;
    builder->columns = memory_alloc(size);
    memset(builder->columns, 0, size);
}

void builder_fini(Builder *builder) {
    for (size_t i = 0; i < builder->spec->columns_len; i++) {
        ColumnBuilder *column = &builder->columns[i];
        memory_free(column->missing);
        memory_free(column->numbers);
        memory_free(column->places);
        memory_free(column->dates);
        memory_free(column->texts);
    }
    memory_free(builder->columns);
    memory_free(builder->row_numbers);
    *builder = (Builder){0};
}

static void column_grow(ColumnBuilder *column, ColumnKind kind, size_t cap) {
    column->missing = memory_resize(column->missing, cap * sizeof *column->missing);
    switch (kind) {
    case COLUMN_TEXT:
        column->texts = memory_resize(column->texts, cap * sizeof *column->texts);
        return;
    case COLUMN_DATE:
        column->dates = memory_resize(column->dates, cap * sizeof *column->dates);
        return;
    case COLUMN_DECIMAL:
        column->places = memory_resize(column->places, cap * sizeof *column->places);
        break;
    case COLUMN_MONEY:
        column->places = memory_resize(column->places, cap * sizeof *column->places);
        column->most_places = MONEY_PLACES;
        break;
    case COLUMN_INTEGER:
    case COLUMN_YES_NO:
        break;
    }
    column->numbers = memory_resize(column->numbers, cap * sizeof *column->numbers);
}

void builder_row(Builder *builder, int64_t number) {
    if (builder->rows == builder->cap) {
        builder->cap = builder->cap ? builder->cap * 2 : FIRST_ROWS;
        builder->row_numbers =
            memory_resize(builder->row_numbers, builder->cap * sizeof *builder->row_numbers);
        for (size_t i = 0; i < builder->spec->columns_len; i++)
            column_grow(&builder->columns[i], builder->spec->columns[i].kind, builder->cap);
    }
    builder->row_numbers[builder->rows++] = number;
}

static Atom intern(Builder *builder, ColumnBuilder *column, const char *text, size_t len) {
    if (column->last && column->last_len == len && memcmp(column->last, text, len) == 0)
        return column->last;
    column->last_len = len;
    return column->last = atom_of(builder->texts, text, len);
}

static void value_put(Builder *builder, size_t index, size_t row, const TypedValue *value) {
    ColumnBuilder *column = &builder->columns[index];
    switch (builder->spec->columns[index].kind) {
    case COLUMN_TEXT:
        column->texts[row] = intern(builder, column, value->text, value->len);
        return;
    case COLUMN_DATE:
        column->dates[row] = value->date;
        return;
    case COLUMN_DECIMAL:
    case COLUMN_MONEY:
        column->places[row] = (uint8_t)value->places;
        if (value->places > column->most_places)
            column->most_places = value->places;
        column->numbers[row] = value->number;
        return;
    case COLUMN_INTEGER:
    case COLUMN_YES_NO:
        column->numbers[row] = value->number;
        return;
    }
}

/* What a missing value's place holds: nothing that depends on earlier rows. */
static void value_clear(Builder *builder, size_t index, size_t row) {
    ColumnBuilder *column = &builder->columns[index];
    if (column->texts)
        column->texts[row] = NULL;
    if (column->dates)
        column->dates[row] = 0;
    if (column->places)
        column->places[row] = 0;
    if (column->numbers)
        column->numbers[row] = 0;
}

Reading builder_value(Builder *builder, size_t index, const char *text, size_t len,
                      TypedValue *value) {
    ColumnBuilder *column = &builder->columns[index];
    size_t row = builder->rows - 1;
    Reading reading = typed_read(builder->spec, index, text, len, value);
    if (reading == READING_VALUE) {
        column->missing[row] = 0;
        value_put(builder, index, row, value);
        return reading;
    }
    column->missing[row] = (uint8_t)(1 + (reading == READING_MISSING ? value->symbol : 0));
    value_clear(builder, index, row);
    bool made = row + builder->spec->rows_made >= builder->spec->rows_len;
    if (reading == READING_MISSING && !builder->spec->columns[index].missing_allowed &&
        !(builder->spec->rows_made > 0 && made) && column->faults++ == 0)
        column->first_fault = (size_t)builder->row_numbers[row];
    return reading;
}

/* Brings the decimals of a column to the most places that any of them has. */
static void column_scale(Builder *builder, size_t index) {
    static const int64_t tens[] = {1,      10,      100,      1000,      10000,
                                   100000, 1000000, 10000000, 100000000, 1000000000};
    ColumnBuilder *column = &builder->columns[index];
    for (size_t row = 0; row < builder->rows; row++) {
        int64_t *number = &column->numbers[row];
        int lacking = column->most_places - column->places[row];
        if (lacking > 0 && __builtin_mul_overflow(*number, tens[lacking], number)) {
            faults_add(builder->faults, DIAG_data_value,
                       "table '%s', row %" PRId64 ", column '%s': the number does not fit in 64 "
                       "bits with the %d decimal places that the column has",
                       builder->spec->table, builder->row_numbers[row],
                       builder->spec->columns[index].field, column->most_places);
        }
    }
}

static void *keep(Arena *run, const void *items, size_t len, size_t size) {
    if (!items)
        return NULL;
    void *kept = arena_array(run, len, size);
    if (len > 0)
        memcpy(kept, items, len * size);
    return kept;
}

StoreResult builder_finish(Builder *builder, Arena *run, Table *out) {
    size_t rows = builder->rows;
    /* With no row the arrays are still there, so that nobody need ask. */
    if (rows == 0) {
        builder_row(builder, 0);
        builder->rows = 0;
    }
    TableColumn *columns = arena_array(run, builder->spec->columns_len, sizeof *columns);
    for (size_t i = 0; i < builder->spec->columns_len; i++) {
        ColumnBuilder *column = &builder->columns[i];
        if (column->places)
            column_scale(builder, i);
        columns[i] = (TableColumn){.kind = builder->spec->columns[i].kind,
                                   .scale = column->most_places,
                                   .faults = column->faults,
                                   .first_fault = column->first_fault};
        columns[i].missing = keep(run, column->missing, rows, sizeof *column->missing);
        columns[i].numbers = keep(run, column->numbers, rows, sizeof *column->numbers);
        columns[i].dates = keep(run, column->dates, rows, sizeof *column->dates);
        columns[i].texts = keep(run, column->texts, rows, sizeof *column->texts);
    }
    *out = (Table){.rows = rows, .columns = columns, .columns_len = builder->spec->columns_len};
    out->row_numbers = keep(run, builder->row_numbers, rows, sizeof *builder->row_numbers);
    return faults_end(builder->faults);
}

void fault_value(Faults *faults, const TableSpec *spec, size_t column, const char *place,
                 const char *text, size_t len, const char *why) {
    if (faults->found >= FAULTS_TOLD) {
        faults->found++;
        return;
    }
    StrBuf value = {0}, kind = {0};
    value_show(&value, text, len);
    typed_kind_show(&kind, &spec->columns[column]);
    Diag *diag = faults_add(faults, DIAG_data_value, "%s, column '%s': '%s' %s", place,
                            spec->columns[column].field, strbuf_text(&value), why);
    if (diag)
        diag_note(diag, spec->span, "column '%s' of source '%s' is %s", spec->columns[column].name,
                  spec->source, strbuf_text(&kind));
    strbuf_fini(&value);
    strbuf_fini(&kind);
}
