/* Codes with years of validity, held against the dates of the rows that have them. */
#include <string.h>

#include "engine/reference/rowset.h"
#include "plan/plan_build.h"
#include "sema/walk.h"

#define CODES_TOLD 3

typedef VEC(const Rowset *) RowsetList;

/* For each source the row sets that give its rows a date, each date once. */
typedef struct Dating {
    Arena *run;
    RowsetList *of; /* by source */
} Dating;

/* The column of the row itself that dates it; NULL: it is dated by something else. */
static const ColumnModel *dating_column(const Rowset *rows) {
    const Expr *start = rows->start;
    bool own = start->kind == EXPR_COLUMN && start->as.column.row->kind == EXPR_ROW &&
               start->as.column.row->as.row == rows->row;
    return own ? start->as.column.column : NULL;
}

static bool note_rowset(void *context, const Rowset *rows) {
    Dating *dating = context;
    if (!rows->start)
        return false;
    RowsetList *list = &dating->of[rows->source->index];
    const ColumnModel *column = dating_column(rows);
    for (size_t i = 0; i < list->len; i++)
        if (list->items[i] == rows || (column && dating_column(list->items[i]) == column))
            return false;
    vec_push(dating->run, list, rows);
    return false;
}

static Dating find_dating(Data *data, const Plan *plan) {
    Dating dating = {data->run,
                     arena_array(data->run, data->model->sources_len, sizeof *dating.of)};
    Walk walk = {NULL, note_rowset, &dating};
    for (size_t i = 0; i < plan->indicators_len; i++)
        walk_indicator(&walk, plan->indicators[i]->indicator);
    return dating;
}

static bool has_years(const CodeSet *codes) {
    for (size_t i = 0; i < codes->entries_len; i++)
        if (codes->entries[i].has_from || codes->entries[i].has_to)
            return true;
    return false;
}

static bool is_valid(const CodeEntry *entry, Date date) {
    return !(entry->has_from && date < entry->from) && !(entry->has_to && date > entry->to);
}

typedef struct Invalid {
    const CodeEntry *told[CODES_TOLD];
    size_t rows, told_len;
    StrBuf list; /* "'K1' (valid to 2015-03-31) on 2016-05-01 in row 3" */
} Invalid;

static void tell(Invalid *invalid, const CodeEntry *entry, Date date, int64_t row) {
    for (size_t i = 0; i < invalid->told_len; i++)
        if (invalid->told[i] == entry)
            return;
    if (invalid->told_len == CODES_TOLD)
        return;
    strbuf_addf(&invalid->list, "%s'%s' (valid", invalid->told_len > 0 ? ", " : "", entry->code);
    if (entry->has_from) {
        strbuf_add(&invalid->list, " from ");
        date_print_iso(&invalid->list, entry->from);
    }
    if (entry->has_to) {
        strbuf_add(&invalid->list, " to ");
        date_print_iso(&invalid->list, entry->to);
    }
    strbuf_add(&invalid->list, ") on ");
    date_print_iso(&invalid->list, date);
    strbuf_addf(&invalid->list, " in row %lld", (long long)row);
    invalid->told[invalid->told_len++] = entry;
}

/* A row is told once, with the first day on which its code is not valid. */
static void check_row(Evaluator *evaluator, const RowsetList *datings, const ColumnModel *column,
                      size_t row, Invalid *invalid) {
    const LoadedTable *loaded = data_table(evaluator->data, column->source);
    Value value = data_value(loaded, column, row);
    int place = value.kind == VALUE_TEXT ? codes_find(column->type.codes, value.as.text) : -1;
    if (place < 0)
        return;
    const CodeEntry *entry = &column->type.codes->entries[place];
    for (size_t i = 0; i < datings->len; i++) {
        rowset_bind(evaluator, datings->items[i], row);
        Outcome date = evaluate(evaluator, datings->items[i]->start);
        if (date.kind != OUTCOME_KNOWN || is_valid(entry, date.value.as.date))
            continue;
        invalid->rows++;
        tell(invalid, entry, date.value.as.date, data_row_number(loaded, row));
        return;
    }
}

static void check_column(Evaluator *evaluator, const RowsetList *datings,
                         const ColumnModel *column) {
    Data *data = evaluator->data;
    const LoadedTable *loaded = data_table(data, column->source);
    Invalid invalid = {0};
    for (size_t row = 0; row < loaded->table.rows; row++)
        check_row(evaluator, datings, column, row, &invalid);
    if (invalid.rows > 0) {
        data->faults += invalid.rows;
        Diag *diag =
            diag_add(data->session->diags, DIAG_code_not_valid, column->span,
                     "'%s' has codes that are not valid on the day, in %zu row%s of '%s': %s",
                     column->name, invalid.rows, invalid.rows == 1 ? "" : "s", column->source->name,
                     strbuf_text(&invalid.list));
        diag_note(diag, invalid.told[0]->span, "'%s' is declared here", invalid.told[0]->code);
    }
    strbuf_fini(&invalid.list);
}

void data_report_validity(Evaluator *evaluator, const Plan *plan) {
    Data *data = evaluator->data;
    Dating dating = find_dating(data, plan);
    for (size_t i = 0; i < data->model->sources_len; i++) {
        const LoadedTable *loaded = &data->tables[i];
        if (!loaded->source || dating.of[i].len == 0)
            continue;
        for (size_t c = 0; c < loaded->source->columns_len; c++) {
            const ColumnModel *column = &loaded->source->columns[c];
            if (loaded->place[c] != NO_ROW && column->type.codes && has_years(column->type.codes))
                check_column(evaluator, &dating.of[i], column);
        }
    }
}
