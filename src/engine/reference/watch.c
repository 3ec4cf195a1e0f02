/* What a watch is told. */
#include "engine/watch.h"

#include "engine/reference/cells.h"

size_t watch_row(const Evaluator *evaluator, const Rowset *rows) {
    return evaluator->frame[rows->row->id].row;
}

bool watch_asked(const Evaluator *evaluator) {
    return evaluator->window && evaluator->window->asked;
}

void watch_entries(const CellRun *run, const EntrySet *sets) {
    const EngineWatch *watch = run->evaluator->data->watch;
    const Indicator *indicator = run->planned->indicator;
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
                               .parts = entry->parts};
            watch->record(watch->context, &seen);
        }
}
