/* The cells of a measure: target, current performance, direction of travel. */
#include <string.h>

#include "report/document.h"
#include "report/notes.h"
#include "report/row.h"

typedef struct Measuring {
    Arena *run;
    const Report *all;
    const Indicator *indicator;
    const char *label; /* of a value beside the row's own; or NULL */
    const DocumentInput *input;
} Measuring;

const ReportRow *document_whole(const Report *all, const Indicator *indicator) {
    for (size_t i = 0; i < all->rows_len; i++) {
        const ReportRow *row = &all->rows[i];
        if (row->indicator == indicator && row->cell->whole && !row->band && !row->added)
            return row;
    }
    return NULL;
}

/* Values beside each other mostly share their window: it is said once. */
static bool is_said(const DocumentCell *cell, const char *text) {
    for (size_t i = 0; i < cell->len; i++)
        if (cell->items[i].role == LINE_SMALL && strcmp(cell->items[i].text, text) == 0)
            return true;
    return false;
}

static void add_line(Arena *run, DocumentCell *cell, LineRole role, const char *label,
                     const char *text) {
    if (!text || (role == LINE_SMALL && is_said(cell, text)))
        return;
    DocumentLine line = {.role = role, .label = label, .text = text};
    vec_push(run, cell, line);
}

/* ---- a figure in words ---- */

/* What a sum is divided by says nothing beside a mean. */
static bool shows_fraction(const ReportRow *row) {
    return row->fraction && row->indicator->basis == BASIS_PERCENT;
}

/* Why there is no figure, where that says more than what stands in its place; or NULL. */
static const char *missing_reason(const ReportRow *row) {
    return row->printed || !row->cell->reason || strcmp(row->cell->reason, row->missing) == 0
               ? NULL
               : row->cell->reason;
}

/* Without a figure, what stands in its place; the reason is a line of its own (missing_reason). */
static const char *figure_words(Arena *run, const ReportRow *row) {
    StrBuf words = {0};
    if (row->reported)
        return arena_printf(run, "%s (%s)", row->printed, note_reported(run, row->reported));
    if (!row->printed)
        return row->missing;
    const char *exclusions = note_exclusions(run, row);
    if (exclusions && row->indicator->basis == BASIS_COUNT)
        return exclusions;
    strbuf_add(&words, row->printed);
    if (row->indicator->basis == BASIS_PER) {
        strbuf_add_char(&words, ' ');
        indicator_basis_words(&words, row->indicator);
    }
    if (shows_fraction(row))
        strbuf_addf(&words, " (%s)", row->fraction);
    return row_keep(run, &words);
}

/* "7.0% of all, 41.2% (7/17)" */
static const char *group_words(Arena *run, const ReportRow *row) {
    const char *words = figure_words(run, row), *reason = missing_reason(row);
    if (reason)
        words = arena_printf(run, "%s: %s", words, reason);
    if (!row->share.printed)
        return words;
    return arena_printf(run, "%s of all, %s", row->share.printed, words);
}

static const char *group_label(Arena *run, const ReportRow *row) {
    const Cell *cell = row->cell;
    const char *label = NULL;
    for (size_t i = 0; i < cell->indicator->breakdowns_len; i++) {
        const GroupKey *key = &cell->group[i];
        const char *total = cell->indicator->breakdowns[i].total;
        const char *part = key->whole ? total ? total : "All" : key->label ? key->label : "Unknown";
        label = label ? arena_printf(run, "%s, %s", label, part) : part;
    }
    return label;
}

static const char *added_label(Arena *run, const BenchmarkEntry *entry) {
    const char *label = entry->keys[0];
    for (size_t i = 1; i < entry->keys_len; i++)
        label = arena_printf(run, "%s + %s", label, entry->keys[i]);
    return label;
}

/* ---- verdict and movement ---- */

static Tone tone_of_status(Status status) {
    switch (status) {
    case STATUS_NONE:
        return TONE_NONE;
    case STATUS_MET:
        return TONE_GOOD;
    case STATUS_NEAR:
        return TONE_NEAR;
    case STATUS_MISSED:
        return TONE_BAD;
    }
    return TONE_NONE;
}

static const char *symbol_of_status(Status status) {
    switch (status) {
    case STATUS_NONE:
        return "–";
    case STATUS_MET:
        return "✓";
    case STATUS_NEAR:
        return "≈";
    case STATUS_MISSED:
        return "✗";
    }
    return "";
}

static const char *capitalised(Arena *run, const char *word) {
    char *copy = arena_copy_text(run, word, strlen(word));
    if (copy[0] >= 'a' && copy[0] <= 'z')
        copy[0] = (char)(copy[0] - 'a' + 'A');
    return copy;
}

static const char *verdict_words(Arena *run, const ReportRow *row) {
    if (!row->by_benchmark)
        return row->status == STATUS_NONE ? NULL : capitalised(run, status_word(row->status));
    const ReportBenchmark *benchmark = row->judged_by;
    bool similar = benchmark->standing == STANDING_SIMILAR;
    return arena_printf(run, "%s %s %s", capitalised(run, benchmark->verdict),
                        similar ? "to" : "than", benchmark->figure->benchmark->label);
}

static void add_verdict(const Measuring *m, DocumentCell *cell, const ReportRow *row) {
    DocumentLine line = {.role = LINE_VERDICT, .tone = tone_of_status(row->status)};
    line.symbol = symbol_of_status(row->status);
    line.text = verdict_words(m->run, row);
    if (!line.text)
        return;
    if (m->label)
        line.label = m->label;
    vec_push(m->run, cell, line);
    if (row->hidden || row->indicator->rating || row->indicator->has_tolerance)
        add_line(m->run, cell, LINE_SMALL, NULL, row->status_reason);
}

static const char *arrow_of(Movement movement) {
    switch (movement) {
    case MOVEMENT_NONE:
        return "";
    case MOVEMENT_UP:
        return "▲";
    case MOVEMENT_DOWN:
        return "▼";
    case MOVEMENT_SAME:
        return "▶";
    }
    return "";
}

static Tone tone_of_meaning(Meaning meaning) {
    switch (meaning) {
    case MEANING_IMPROVING:
        return TONE_GOOD;
    case MEANING_WORSENING:
        return TONE_BAD;
    case MEANING_NONE:
    case MEANING_NO_CHANGE:
    case MEANING_NOT_COMPARABLE:
        return TONE_NONE;
    }
    return TONE_NONE;
}

static const char *movement_words(Arena *run, const ReportRow *row) {
    switch (row->meaning) {
    case MEANING_IMPROVING:
    case MEANING_WORSENING:
        return arena_printf(run, "%s, %s", capitalised(run, movement_word(row->movement.movement)),
                            meaning_word(row->meaning));
    case MEANING_NONE:
    case MEANING_NO_CHANGE:
    case MEANING_NOT_COMPARABLE:
        break;
    }
    return row->movement.movement == MOVEMENT_SAME
               ? "No change"
               : capitalised(run, movement_word(row->movement.movement));
}

/* "Not compared: revised methodology (break on 1 January 2017)" */
static const char *break_words(Arena *run, const BreakMark *mark) {
    StrBuf words = {0};
    strbuf_addf(&words, "Not compared: %s (break on ", mark->reason);
    date_print_long(&words, mark->date);
    strbuf_add_char(&words, ')');
    return row_keep(run, &words);
}

static void add_movement(const Measuring *m, DocumentCell *cell, const ReportRow *row) {
    if (row->movement.movement != MOVEMENT_NONE) {
        DocumentLine line = {.role = LINE_MOVEMENT,
                             .tone = tone_of_meaning(row->meaning),
                             .symbol = arrow_of(row->movement.movement),
                             .text = movement_words(m->run, row)};
        if (m->label)
            line.label = m->label;
        vec_push(m->run, cell, line);
        return;
    }
    if (row->movement.hindrance == HINDRANCE_BREAK)
        add_line(m->run, cell, LINE_SMALL, NULL, break_words(m->run, row->cell->break_between));
    else if (row->increase)
        add_line(m->run, cell, LINE_SMALL, NULL,
                 arena_printf(m->run, "%s since then; year to date, so no arrow", row->increase));
    else if (row->movement.hindrance != HINDRANCE_NO_PERIOD &&
             row->movement.hindrance != HINDRANCE_NOW_MISSING)
        add_line(m->run, cell, LINE_SMALL, NULL, capitalised(m->run, row->movement_reason));
}

/* ---- current performance ---- */

static const char *pair_note(const ReportRow *row) {
    return row->judged_by ? row->judged_by->verdict : NULL;
}

static void add_pair(const Measuring *m, DocumentCell *cell, const ReportRow *row,
                     const char *label, const char *text) {
    DocumentLine line = {.role = LINE_PAIR, .label = label, .text = text};
    line.note = pair_note(row);
    line.tone = tone_of_status(row->status);
    vec_push(m->run, cell, line);
}

/* Bands and groups. */
static void add_divisions(const Measuring *m, DocumentCell *cell) {
    for (size_t i = 0; i < m->all->rows_len; i++) {
        const ReportRow *row = &m->all->rows[i];
        if (row->indicator != m->indicator)
            continue;
        const char *label = NULL;
        if (row->added)
            label = added_label(m->run, row->added);
        else if (row->band)
            label = row->band;
        if (!row->cell->whole) {
            bool all_bands = !label && m->indicator->shape == SHAPE_DISTRIBUTION;
            if (all_bands)
                continue;
            const char *group = group_label(m->run, row);
            label = label ? arena_printf(m->run, "%s: %s", group, label) : group;
        }
        if (label)
            add_pair(m, cell, row, label, group_words(m->run, row));
    }
}

static void add_main(const Measuring *m, DocumentCell *cell, const ReportRow *row) {
    const char *total = m->indicator->breakdowns_len > 0 ? m->indicator->breakdowns[0].total : NULL;
    bool bands_alone = m->indicator->shape == SHAPE_DISTRIBUTION && row->printed;
    if (!bands_alone) {
        const char *label = m->label ? m->label : total;
        add_line(m->run, cell, m->label ? LINE_PAIR : LINE_VALUE, label, figure_words(m->run, row));
        add_line(m->run, cell, LINE_SMALL, NULL, missing_reason(row));
    }
}

static void add_window(const Measuring *m, DocumentCell *cell, const ReportRow *row) {
    StrBuf words = {0};
    if (m->indicator->window == WINDOW_YEAR_TO_DATE)
        strbuf_add(&words, "Year to date, ");
    strbuf_add(&words, row->cell->window_label ? row->cell->window_label : row->period);
    const DocumentInput *input = m->input;
    bool same_taken = input->has_taken && row->cell->taken == input->taken;
    if (row->cell->has_taken && !same_taken && m->indicator->window != WINDOW_SNAPSHOT_AT_TAKEN) {
        strbuf_add(&words, ", taken on ");
        date_print_long(&words, row->cell->taken);
    }
    if (row->cell->provisional && row->printed)
        strbuf_add(&words, ", provisional");
    add_line(m->run, cell, LINE_SMALL, NULL, row_keep(m->run, &words));
}

static void add_marks(const Measuring *m, DocumentCell *cell, const ReportRow *row) {
    if (m->indicator->basis != BASIS_COUNT)
        add_line(m->run, cell, LINE_SMALL, NULL, note_exclusions(m->run, row));
    add_line(m->run, cell, LINE_SMALL, NULL, note_parts(m->run, row));
    for (size_t i = 0; i < row->benchmarks_len; i++)
        add_line(m->run, cell, LINE_TEXT, NULL, note_like_for_like(m->run, &row->benchmarks[i]));
    add_line(m->run, cell, LINE_SMALL, NULL, note_unknowns(m->run, row));
    if (row->cell->break_within && !row->cell->break_between && row->cell->break_reason)
        add_line(m->run, cell, LINE_SMALL, NULL,
                 arena_printf(m->run, "A break lies within: %s", row->cell->break_reason));
}

static void fill_current(const Measuring *m, DocumentCell *cell, const ReportRow *row) {
    add_main(m, cell, row);
    add_divisions(m, cell);
    add_marks(m, cell, row);
    add_window(m, cell, row);
    add_verdict(m, cell, row);
}

/* ---- direction of travel ---- */

/* The row of what a row is compared with; NULL if there is no cell. */
static const ReportRow *previous_row(Arena *run, const ReportRow *row) {
    if (!row->cell->previous)
        return NULL;
    ReportRow *previous = arena_alloc(run, sizeof *previous);
    report_row_fill(run, row->cell->previous, NULL, previous);
    return previous;
}

static void add_previous_divisions(const Measuring *m, DocumentCell *cell) {
    for (size_t i = 0; i < m->all->rows_len; i++) {
        const ReportRow *row = &m->all->rows[i];
        bool divided = row->band || !row->cell->whole;
        if (row->indicator != m->indicator || !divided || row->added)
            continue;
        if (!row->band && m->indicator->shape == SHAPE_DISTRIBUTION)
            continue;
        const ReportRow *previous = previous_row(m->run, row);
        if (!previous)
            continue;
        const char *label = row->band;
        if (!row->cell->whole) {
            const char *group = group_label(m->run, row);
            label = label ? arena_printf(m->run, "%s: %s", group, label) : group;
        }
        DocumentLine line = {
            .role = LINE_PAIR, .label = label, .text = group_words(m->run, previous)};
        if (row->meaning == MEANING_IMPROVING || row->meaning == MEANING_WORSENING) {
            line.note = arena_printf(m->run, "%s %s", arrow_of(row->movement.movement),
                                     meaning_word(row->meaning));
            line.tone = tone_of_meaning(row->meaning);
        }
        vec_push(m->run, cell, line);
    }
}

static const char *previous_words(Arena *run, const ReportRow *row, const ReportRow *previous) {
    if (row->previous_reported)
        return arena_printf(run, "%s (%s)", row->previous_printed,
                            note_reported(run, row->previous_reported));
    return previous ? figure_words(run, previous) : NULL;
}

static void fill_previous_cell(const Measuring *m, DocumentCell *cell, const ReportRow *row) {
    const Cell *before = row->cell->previous;
    if (!row->cell->has_previous_period) {
        if (!m->label)
            add_line(m->run, cell, LINE_SMALL, NULL, "Nothing to compare with");
        return;
    }
    const ReportRow *previous = previous_row(m->run, row);
    bool bands_alone = m->indicator->shape == SHAPE_DISTRIBUTION && row->previous_printed;
    const char *total = m->indicator->breakdowns_len > 0 ? m->indicator->breakdowns[0].total : NULL;
    if (!bands_alone)
        add_line(m->run, cell, m->label ? LINE_PAIR : LINE_VALUE, m->label ? m->label : total,
                 previous_words(m->run, row, previous));
    if (!bands_alone && previous && !row->previous_reported)
        add_line(m->run, cell, LINE_SMALL, NULL, missing_reason(previous));
    add_previous_divisions(m, cell);
    if (previous && !row->previous_reported)
        add_line(m->run, cell, LINE_SMALL, NULL, note_parts(m->run, previous));
    StrBuf window = {0};
    if (m->indicator->window == WINDOW_YEAR_TO_DATE)
        strbuf_add(&window, "Year to date, ");
    if (before && before->window_label)
        strbuf_add(&window, before->window_label);
    else
        period_words(&window, row->cell->previous_period);
    if (before && before->provisional && row->previous_printed)
        strbuf_add(&window, ", provisional");
    add_line(m->run, cell, LINE_SMALL, NULL, row_keep(m->run, &window));
    /* Of an amount of the year to date, what entered is the increase. */
    bool increase_says = row->increase && m->indicator->basis == BASIS_POUNDS;
    const char *moves = increase_says ? NULL : note_moves(m->run, row);
    if (moves)
        add_line(m->run, cell, LINE_SMALL, NULL, arena_printf(m->run, "Since then %s", moves));
    if (!bands_alone)
        add_movement(m, cell, row);
}

/* ---- target ---- */

static void add_entries(const Measuring *m, DocumentCell *cell, const Benchmark *benchmark) {
    Measure measure = {m->indicator->basis, m->indicator->unit, m->indicator->decimals};
    for (size_t i = 0; i < benchmark->entries_len; i++) {
        const BenchmarkEntry *entry = &benchmark->entries[i];
        add_line(m->run, cell, LINE_PAIR, added_label(m->run, entry),
                 row_printed(m->run, measure, entry->value, entry->decimals));
    }
    StrBuf words = {0};
    strbuf_addf(&words, "%s ", benchmark->label);
    period_words(&words, benchmark->period);
    add_line(m->run, cell, LINE_SMALL, NULL, row_keep(m->run, &words));
    if (benchmark->not_comparable)
        add_line(m->run, cell, LINE_SMALL, NULL,
                 arena_printf(m->run, "Not compared: %s", benchmark->not_comparable));
}

static void add_benchmark(const Measuring *m, DocumentCell *cell, const ReportBenchmark *from,
                          bool first) {
    const Benchmark *benchmark = from->figure->benchmark;
    StrBuf words = {0};
    if (from->printed)
        add_line(m->run, cell,
                 m->label ? LINE_PAIR
                 : first  ? LINE_VALUE
                          : LINE_TEXT,
                 m->label, from->printed);
    strbuf_add(&words, benchmark->label);
    strbuf_add_char(&words, ' ');
    period_words(&words, benchmark->period);
    if (benchmark->kind == BENCHMARK_MEMBERS && from->figure->members > 0)
        strbuf_addf(&words, ", %s of %zu of %zu", benchmark->pooled ? "pooled" : "mean",
                    from->figure->members_with_value, from->figure->members);
    add_line(m->run, cell, LINE_SMALL, NULL, row_keep(m->run, &words));
    if (!from->compared)
        add_line(m->run, cell, LINE_SMALL, NULL,
                 arena_printf(m->run, "%s: %s", from->printed ? "Not compared" : "Not available",
                              from->hindrance));
}

static void add_target(const Measuring *m, DocumentCell *cell, const ReportRow *row) {
    if (row->information_only && !m->label)
        add_line(m->run, cell, LINE_TEXT, NULL, "For information only");
    if (!row->target)
        return;
    const char *label = row->target->label;
    if (m->label) {
        add_line(m->run, cell, LINE_PAIR, m->label,
                 label ? arena_printf(m->run, "%s (%s)", row->target_printed, label)
                       : row->target_printed);
        return;
    }
    add_line(m->run, cell, LINE_VALUE, NULL, row->target_printed);
    add_line(m->run, cell, LINE_SMALL, NULL, label);
}

static void fill_target_cell(const Measuring *m, DocumentCell *cell, const ReportRow *row) {
    add_target(m, cell, row);
    for (size_t i = 0; i < m->indicator->benchmarks_len; i++)
        if (m->indicator->benchmarks[i].kind == BENCHMARK_ENTRIES)
            add_entries(m, cell, &m->indicator->benchmarks[i]);
    for (size_t i = 0; i < row->benchmarks_len; i++)
        if (row->benchmarks[i].figure->benchmark->kind != BENCHMARK_ENTRIES)
            add_benchmark(m, cell, &row->benchmarks[i],
                          !row->target && &row->benchmarks[i] == row->shown_benchmark);
    if (cell->len == 0 && !m->label)
        add_line(m->run, cell, LINE_SMALL, NULL, "No target");
}

/* ---- the row ---- */

void document_add_measure(Arena *run, const Report *all, const Indicator *indicator,
                          const char *label, const DocumentInput *input, DocumentRow *row) {
    const ReportRow *whole = document_whole(all, indicator);
    Measuring m = {run, all, indicator, label, input};
    if (!whole) {
        add_line(run, &row->current, label ? LINE_PAIR : LINE_VALUE, label, "not available");
        return;
    }
    fill_target_cell(&m, &row->target, whole);
    fill_current(&m, &row->current, whole);
    fill_previous_cell(&m, &row->previous, whole);
}
