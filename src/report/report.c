#include "report/report.h"
#include "base/vec.h"

#include <string.h>

/* ---- groups that were asked for ---- */

static bool key_matches(const Cell *cell, size_t level, const char *value) {
    const GroupKey *key = &cell->group[level];
    if (key->whole) {
        const char *total = cell->indicator->breakdowns[level].total;
        return total && strcmp(total, value) == 0;
    }
    if (key->label && strcmp(key->label, value) == 0)
        return true;
    StrBuf text = {0};
    group_key_print(&text, key);
    bool same = strcmp(strbuf_text(&text), value) == 0;
    strbuf_fini(&text);
    return same;
}

static bool cell_matches(const Cell *cell, GroupChoice choice) {
    for (size_t i = 0; i < cell->indicator->breakdowns_len; i++)
        if (strcmp(cell->indicator->breakdowns[i].label, choice.label) == 0)
            return key_matches(cell, i, choice.value);
    return false;
}

/* Of each label that was named, one of its values. */
bool report_cell_chosen(const Cell *cell, const GroupChoice *groups, size_t len) {
    for (size_t i = 0; i < len; i++) {
        bool found = false;
        for (size_t j = 0; j < len && !found; j++)
            found = strcmp(groups[i].label, groups[j].label) == 0 && cell_matches(cell, groups[j]);
        if (!found)
            return false;
    }
    return true;
}

bool report_has_group(const Result *result, GroupChoice choice) {
    for (size_t i = 0; i < result->cells_len; i++)
        if (cell_matches(result->cells[i], choice))
            return true;
    return false;
}

/* ---- the report ---- */

typedef struct Building {
    Arena *run, *texts;
    const Result *result;
    const char *definition;
    size_t end;
    RowTaker take;
    void *context;
} Building;

/* The bands of one distribution that start at `first`, in one period and group. */
static size_t bands_from(const Building *building, size_t first) {
    const Cell *start = building->result->cells[first];
    size_t i = first;
    for (; i < building->end; i++) {
        const Cell *cell = building->result->cells[i];
        bool of_band = cell->band || cell->band_unknown;
        if (cell->indicator != start->indicator || cell->period.end != start->period.end ||
            !of_band)
            break;
    }
    return i - first;
}

/* After the band `at`: what a benchmark adds together, of which it is the last. */
static void add_merged(Building *building, size_t first, size_t len, size_t at) {
    Cell *const *bands = &building->result->cells[first];
    const Indicator *indicator = bands[0]->indicator;
    for (size_t b = 0; b < indicator->benchmarks_len; b++)
        for (size_t e = 0; e < indicator->benchmarks[b].entries_len; e++) {
            const BenchmarkEntry *entry = &indicator->benchmarks[b].entries[e];
            ReportRow row;
            if (entry->keys_len > 1 && report_row_last_band(bands, len, entry) == at &&
                report_row_add_bands(building->texts, bands, len, entry, building->definition,
                                     &row))
                building->take(building->context, &row);
        }
}

static void add_row(Building *building, const Cell *cell) {
    ReportRow row;
    report_row_fill(building->texts, cell, building->definition, &row);
    building->take(building->context, &row);
}

static void add_bands(Building *building, size_t first, size_t len) {
    for (size_t i = 0; i < len; i++) {
        add_row(building, building->result->cells[first + i]);
        add_merged(building, first, len, i);
    }
}

void report_rows(Arena *run, Arena *texts, const Result *result, const ReportOptions *options,
                 size_t first, size_t end, RowTaker take, void *context) {
    Building building = {
        .run = run, .texts = texts, .result = result, .end = end, .take = take, .context = context};
    const Indicator *indicator = NULL;
    for (size_t i = first; i < end; i++) {
        const Cell *cell = result->cells[i];
        if (!cell->asked || !report_cell_chosen(cell, options->groups, options->groups_len))
            continue;
        if (cell->indicator != indicator && options->definition_of) {
            char hash[33];
            options->definition_of(options->context, cell->indicator, hash);
            building.definition = arena_copy_text(run, hash, strlen(hash));
        }
        indicator = cell->indicator;
        bool first_band = cell->band && (i == first || !result->cells[i - 1]->band);
        size_t bands = first_band ? bands_from(&building, i) : 0;
        if (bands > 0) {
            add_bands(&building, i, bands);
            i += bands - 1;
        } else {
            add_row(&building, cell);
        }
    }
}

typedef struct Rows {
    Arena *run;
    VEC(ReportRow) list;
} Rows;

static void keep_row(void *context, const ReportRow *row) {
    Rows *rows = context;
    vec_push(rows->run, &rows->list, *row);
}

const Report *report_build(Arena *run, const Result *result, const ReportOptions *options) {
    Report *report = arena_alloc(run, sizeof *report);
    report->title = options->title;
    report->store = options->store;
    report->fingerprint = result->fingerprint;
    Rows rows = {.run = run};
    /* Room at once: a list that grows leaves each smaller one behind in the arena. */
    rows.list.cap = result->cells_len;
    rows.list.items = arena_array(run, result->cells_len, sizeof *rows.list.items);
    report_rows(run, run, result, options, 0, result->cells_len, keep_row, &rows);
    report->rows = rows.list.items;
    report->rows_len = rows.list.len;
    report->audience = options->audience;
    report->audience_words = audience_words(run, report);
    return report;
}
