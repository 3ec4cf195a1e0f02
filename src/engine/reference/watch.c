/* What a watch is told. */
#include "engine/watch.h"

#include "engine/reference/cells.h"

size_t watch_row(const Evaluator *evaluator, const Rowset *rows) {
    return evaluator->frame[rows->row->id].row;
}

bool watch_asked(const Evaluator *evaluator) {
    return evaluator->window && evaluator->window->asked;
}

size_t watch_rows(const Evaluator *evaluator, const SourceModel *source) {
    const LoadedTable *loaded = &evaluator->data->tables[source->index];
    return loaded->source ? loaded->table.rows : 0;
}

bool watch_reads(const Evaluator *evaluator, const ColumnModel *column) {
    const LoadedTable *loaded = &evaluator->data->tables[column->source->index];
    return loaded->source && loaded->place[column->index] != NO_ROW;
}

Value watch_value(Evaluator *evaluator, const ColumnModel *column, size_t row) {
    if ((!column->computed && !watch_reads(evaluator, column)) ||
        row >= watch_rows(evaluator, column->source))
        return value_missing(SYMBOL_NONE);
    return evaluate_column(evaluator, column, row).value;
}

void watch_print_row(StrBuf *out, Evaluator *evaluator, const SourceModel *source, size_t row) {
    if (source->key_len == 0) {
        strbuf_addf(out, "row %lld",
                    (long long)data_row_number(data_table(evaluator->data, source), row));
        return;
    }
    for (size_t i = 0; i < source->key_len; i++) {
        strbuf_add(out, i > 0 ? ", " : "");
        value_print(out, evaluate_column(evaluator, source->key[i], row).value);
    }
}

void watch_window(const CellRun *run) {
    const EngineWatch *watch = run->evaluator->data->watch;
    if (watch && watch->window)
        watch->window(watch->context, run->evaluator, run->planned->indicator);
}

void watch_entries(const CellRun *run, const EntrySet *sets) {
    const EngineWatch *watch = run->evaluator->data->watch;
    const Indicator *indicator = run->planned->indicator;
    if (!watch || !watch->record)
        return;
    for (size_t set = 0; set < indicator->rowsets_len; set++)
        for (size_t i = 0; i < sets[set].len; i++) {
            const RowEntry *entry = sets[set].items[i];
            RecordSeen seen = {.indicator = indicator,
                               .rows = indicator->rowsets[set],
                               .row = entry->row,
                               .asked = run->window->asked,
                               .truth = entry->truth,
                               .out = entry->out,
                               .selected = entry->selected,
                               .band = entry->band,
                               .excluded = entry->excluded,
                               .parts = entry->parts,
                               .keys = entry->keys};
            watch->record(watch->context, run->evaluator, &seen);
        }
}
