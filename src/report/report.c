#include "report/report.h"

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
static bool cell_chosen(const Cell *cell, const GroupChoice *groups, size_t len) {
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

const Report *report_build(Arena *run, const Result *result, const ReportOptions *options) {
    Report *report = arena_alloc(run, sizeof *report);
    report->title = options->title;
    report->store = options->store;
    report->fingerprint = result->fingerprint;
    report->rows = arena_array(run, result->cells_len, sizeof *report->rows);
    const Indicator *indicator = NULL;
    const char *definition = NULL;
    for (size_t i = 0; i < result->cells_len; i++) {
        const Cell *cell = result->cells[i];
        if (!cell->asked || !cell_chosen(cell, options->groups, options->groups_len))
            continue;
        if (cell->indicator != indicator && options->definition_of) {
            char hash[33];
            options->definition_of(options->context, cell->indicator, hash);
            definition = arena_copy_text(run, hash, strlen(hash));
        }
        indicator = cell->indicator;
        report_row_fill(run, cell, definition, &report->rows[report->rows_len++]);
    }
    return report;
}
