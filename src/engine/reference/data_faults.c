/* What is wrong in the data that was read: one warning for each column or source. */
#include <string.h>

#include "engine/reference/data.h"

#define CODES_TOLD 3

static const char *rows_word(size_t rows) {
    return rows == 1 ? "row" : "rows";
}

static void report_missing(Data *data, const LoadedTable *loaded, const ColumnModel *column) {
    const PackedColumn *read = &loaded->table.columns[loaded->place[column->index]];
    if (read->faults == 0)
        return;
    data->faults += read->faults;
    Diag *diag =
        diag_add(data->session->diags, DIAG_missing_value, column->span,
                 "'%s' is missing in %zu %s of '%s', first in row %zu", column->name, read->faults,
                 rows_word(read->faults), loaded->source->name, read->first_fault);
    diag_help(diag, "the value is unknown there; declare the column 'optional' if that is right");
}

static void report_dangling(Data *data, const LoadedTable *loaded, const ColumnModel *column) {
    const LoadedTable *linked = data_table(data, column->type.row);
    size_t dangling = 0, first = 0;
    if (keys_hold_all(linked, &loaded->table.columns[loaded->place[column->index]]))
        return;
    for (size_t row = 0; row < loaded->table.rows; row++) {
        size_t found = 1;
        Value key = data_value(loaded, column, row);
        if (key.kind == VALUE_MISSING || key_find(linked, key, &found) != NO_ROW)
            continue;
        if (found == 0 && dangling++ == 0)
            first = row;
    }
    if (dangling == 0)
        return;
    data->faults += dangling;
    diag_add(data->session->diags, DIAG_dangling_link, column->span,
             "'%s' leads to no row of '%s' in %zu %s of '%s', first in row %lld", column->name,
             linked->source->name, dangling, rows_word(dangling), loaded->source->name,
             (long long)data_row_number(loaded, first));
}

/* Whether the set knows every text that the column may hold. */
static bool knows_all(const CodeSet *codes, const PackedColumn *column) {
    for (size_t i = 0; i < column->texts_len; i++)
        if (codes_find(codes, column->texts[i]) < 0)
            return false;
    return column->kind == COLUMN_TEXT;
}

static void report_codes(Data *data, const LoadedTable *loaded, const ColumnModel *column) {
    const CodeSet *codes = column->type.codes;
    if (knows_all(codes, &loaded->table.columns[loaded->place[column->index]]))
        return;
    const char *told[CODES_TOLD], *known = NULL;
    size_t told_len = 0, rows = 0;
    for (size_t row = 0; row < loaded->table.rows; row++) {
        Value value = data_value(loaded, column, row);
        if (value.kind != VALUE_TEXT || value.as.text == known)
            continue;
        if (codes_find(codes, value.as.text) >= 0) {
            known = value.as.text;
            continue;
        }
        rows++;
        bool seen = told_len == CODES_TOLD;
        for (size_t i = 0; i < told_len && !seen; i++)
            seen = strcmp(told[i], value.as.text) == 0;
        if (!seen)
            told[told_len++] = value.as.text;
    }
    if (rows == 0)
        return;
    data->faults += rows;
    StrBuf list = {0};
    for (size_t i = 0; i < told_len; i++)
        strbuf_addf(&list, "%s'%s'", i > 0 ? ", " : "", told[i]);
    Diag *diag =
        diag_add(data->session->diags, DIAG_unknown_code_in_data, column->span,
                 "'%s' has codes that '%s' does not know, in %zu %s of '%s': %s", column->name,
                 codes->name, rows, rows_word(rows), loaded->source->name, strbuf_text(&list));
    diag_note(diag, codes->span, "'%s' is declared here", codes->name);
    strbuf_fini(&list);
}

static void report_keys(Data *data, const LoadedTable *loaded) {
    size_t doubled = 0, first = 0;
    for (size_t row = 0; loaded->same_as && row < loaded->table.rows; row++)
        if (loaded->same_as[row] != row && doubled++ == 0)
            first = row;
    if (doubled == 0)
        return;
    data->faults += doubled;
    Diag *diag =
        diag_add(data->session->diags, DIAG_duplicate_key, loaded->source->span,
                 "the key of '%s' occurs twice, first in rows %lld and %lld (%zu %s too many)",
                 loaded->source->name, (long long)data_row_number(loaded, loaded->same_as[first]),
                 (long long)data_row_number(loaded, first), doubled, rows_word(doubled));
    diag_help(diag, "a link to such a key is unknown; see that the key tells rows apart");
}

static void report_columns(Data *data, const LoadedTable *loaded) {
    for (size_t i = 0; i < loaded->source->columns_len; i++) {
        const ColumnModel *column = &loaded->source->columns[i];
        if (loaded->place[i] == NO_ROW)
            continue;
        report_missing(data, loaded, column);
        if (loaded->followed[i])
            report_dangling(data, loaded, column);
        if (column->type.codes)
            report_codes(data, loaded, column);
    }
}

void data_report_faults(Data *data) {
    for (size_t i = 0; i < data->model->sources_len; i++) {
        if (!data->tables[i].source)
            continue;
        report_keys(data, &data->tables[i]);
        report_columns(data, &data->tables[i]);
    }
}

void data_report_births(Data *data) {
    for (size_t i = 0; i < data->model->sources_len; i++) {
        const BirthFaults *births = &data->tables[i].births;
        if (births->rows == 0)
            continue;
        data->faults += births->rows;
        diag_add(data->session->diags, DIAG_date_before_birth, births->at,
                 "the date of %zu %s of '%s' precedes the birth, first in row %lld", births->rows,
                 rows_word(births->rows), data->tables[i].source->name,
                 (long long)data_row_number(&data->tables[i], births->first));
    }
}
