#include <string.h>

#include "report/csv_rows.h"
#include "report/render.h"

#define LIST_SEPARATOR "; "

#define LIST_ROOM 128 /* nearly every list */

static void add_buffer(CsvRecord *record, StrBuf *buf, bool guarded) {
    if (guarded)
        csv_add_text(record, strbuf_text(buf));
    else
        csv_add_plain(record, strbuf_text(buf));
    strbuf_fini(buf);
}

static void add_date(CsvRecord *record, bool present, Date date) {
    StrBuf *out = csv_start_bare(record);
    if (present)
        date_print_iso(out, date);
}

static void add_figure(CsvRecord *record, const Figure *figure) {
    StrBuf *out = csv_start_bare(record);
    if (figure->present)
        figure_print(out, figure->value, false);
}

static void add_count(CsvRecord *record, bool present, int64_t count) {
    StrBuf *out = csv_start_bare(record);
    if (present && count == 0)
        strbuf_add_char(out, '0');
    else if (present)
        strbuf_add_whole(out, count, 0);
}

/* So many fields with nothing in them. */
static void add_empty(CsvRecord *record, size_t fields) {
    csv_start_bare(record);
    strbuf_add_times(record->out, ',', fields - 1);
}

/* A value must not end its own place in a list: a backslash stands before what could. */
static void add_listed(StrBuf *list, const char *value) {
    for (;;) {
        size_t len = strcspn(value, "\\;=");
        strbuf_add_len(list, value, len);
        value += len;
        if (!*value)
            return;
        strbuf_add_char(list, '\\');
        strbuf_add_char(list, *value++);
    }
}

/* The value as data has it. A text that reads "Unknown" is `\Unknown`: a missing one has no mark.
 */
static void add_group_value(StrBuf *list, const GroupKey *key, bool labels) {
    char room[LIST_ROOM];
    StrBuf value = strbuf_in(room, sizeof room);
    group_key_print(&value, key);
    if (!labels && !group_key_is_unknown(key) && strcmp(strbuf_text(&value), UNKNOWN_WORD) == 0)
        strbuf_add_char(list, '\\');
    add_listed(list, strbuf_text(&value));
    strbuf_fini(&value);
}

/* "Age=17; Area=North" */
static void add_group(CsvRecord *record, const Cell *cell, bool labels) {
    char room[LIST_ROOM];
    StrBuf list = strbuf_in(room, sizeof room);
    for (size_t i = 0; i < cell->indicator->breakdowns_len; i++) {
        const GroupKey *key = &cell->group[i];
        if (key->whole)
            continue;
        strbuf_add(&list, list.len ? LIST_SEPARATOR : "");
        add_listed(&list, cell->indicator->breakdowns[i].label);
        strbuf_add_char(&list, '=');
        if (labels && key->label)
            add_listed(&list, key->label);
        else
            add_group_value(&list, key, labels);
    }
    add_buffer(record, &list, true);
}

/* "cwd=13; young=c": the second is hidden. */
static void add_parts(CsvRecord *record, const PartCount *parts, size_t len) {
    if (!parts || len == 0) {
        csv_add_plain(record, NULL);
        return;
    }
    char room[LIST_ROOM];
    StrBuf list = strbuf_in(room, sizeof room);
    for (size_t i = 0; i < len; i++) {
        strbuf_add(&list, list.len ? LIST_SEPARATOR : "");
        strbuf_add(&list, parts[i].part->id);
        strbuf_add_char(&list, '=');
        if (parts[i].withheld)
            strbuf_add(&list, symbol_letter(SYMBOL_CONFIDENTIAL));
        else
            strbuf_add_whole(&list, parts[i].count, 0);
    }
    add_buffer(record, &list, true);
}

/* "0-6 weeks + 6 weeks to 3 months" */
static void add_band(CsvRecord *record, const ReportRow *row) {
    if (!row->added) {
        csv_add_text(record, row->band);
        return;
    }
    char room[LIST_ROOM];
    StrBuf label = strbuf_in(room, sizeof room);
    for (size_t i = 0; i < row->added->keys_len; i++)
        strbuf_addf(&label, "%s%s", i > 0 ? " + " : "", row->added->keys[i]);
    add_buffer(record, &label, true);
}

/* "p; b" */
static void add_flags(CsvRecord *record, const ReportRow *row) {
    const char *letters[ROW_FLAGS];
    size_t len = row_flags(row, letters);
    if (len == 0) {
        csv_add_plain(record, NULL);
        return;
    }
    char room[LIST_ROOM];
    StrBuf list = strbuf_in(room, sizeof room);
    for (size_t i = 0; i < len; i++)
        strbuf_addf(&list, "%s%s", i > 0 ? LIST_SEPARATOR : "", letters[i]);
    add_buffer(record, &list, false);
}

static const char *const header[] = {
    "indicator",
    "title",
    "definition",
    "period",
    "every",
    "taken",
    "window_start",
    "window_end",
    "window_label",
    "group",
    "labels",
    "band",
    "numerator",
    "denominator",
    "value",
    "printed",
    "fraction",
    "basis",
    "gross",
    "excluded",
    "excluded_overlap",
    "of_which",
    "share_numerator",
    "share_denominator",
    "share_value",
    "share_printed",
    "unknown_rows",
    "unknown_numerator",
    "unknown_excluded",
    "left_out",
    "target",
    "target_printed",
    "target_label",
    "benchmark",
    "benchmark_printed",
    "benchmark_label",
    "benchmark_period",
    "benchmark_members",
    "benchmark_comparable",
    "benchmark_reason",
    "benchmark_standing",
    "like_numerator",
    "like_denominator",
    "like_value",
    "like_printed",
    "status",
    "interval_method",
    "interval_level",
    "interval_lower",
    "interval_upper",
    "previous_period",
    "previous_value",
    "previous_printed",
    "previous_fraction",
    "movement",
    "meaning",
    "reason",
    "flags",
    "numerator_entered",
    "numerator_left",
    "denominator_entered",
    "denominator_left",
    "audience",
};

/* What rows of one window of an indicator have in common. */
static void add_window(CsvRecord *record, const ReportRow *row) {
    const Cell *cell = row->cell;
    csv_add_text(record, row->indicator->id);
    csv_add_text(record, row->indicator->title);
    csv_add_plain(record, row->definition);
    csv_add_plain(record, row->period);
    csv_add_plain(record, every_word(row->indicator->every));
    add_date(record, cell->has_taken, cell->taken);
    add_date(record, true, cell->window_start);
    add_date(record, true, cell->window_end);
    csv_add_text(record, cell->window_label);
}

static bool same_window(const ReportRow *row, const CsvRows *rows) {
    const Cell *a = row->cell, *b = rows->last;
    return b && row->definition == rows->definition && a->indicator == b->indicator &&
           a->period.kind == b->period.kind && a->period.start == b->period.start &&
           a->period.end == b->period.end && a->has_taken == b->has_taken && a->taken == b->taken &&
           a->window_start == b->window_start && a->window_end == b->window_end &&
           a->window_label == b->window_label;
}

/* As data has it, and as it is called. */
static void add_groups(CsvRows *rows, CsvRecord *record, const Cell *cell) {
    CsvGroup *known = &rows->known[(uintptr_t)cell->group / sizeof(GroupKey) % CSV_GROUPS];
    if (known->group != cell->group || known->indicator != cell->indicator) {
        *known = (CsvGroup){cell->indicator, cell->group, rows->groups.len, 0};
        CsvRecord fields = {&rows->groups, false};
        add_group(&fields, cell, false);
        add_group(&fields, cell, true);
        known->len = rows->groups.len - known->at;
    }
    strbuf_add_len(csv_start_bare(record), rows->groups.text + known->at, known->len);
}

static void add_identity(CsvRows *rows, CsvRecord *record, const ReportRow *row) {
    if (!same_window(row, rows)) {
        strbuf_clear(&rows->window);
        CsvRecord window = {&rows->window, false};
        add_window(&window, row);
        rows->last = row->cell;
        rows->definition = row->definition;
    }
    strbuf_add_len(record->out, rows->window.text, rows->window.len);
    record->started = true;
    add_groups(rows, record, row->cell);
    add_band(record, row);
}

static void add_figures(CsvRecord *record, const ReportRow *row) {
    const Cell *cell = row->cell;
    bool told = !cell->withheld.counts;
    add_figure(record, &cell->numerator);
    add_figure(record, &cell->denominator);
    csv_add_bare(record, row->value);
    csv_add_plain(record, row->printed);
    csv_add_bare(record, row->fraction);
    csv_add_bare(record, basis_word(row->indicator->basis));
    add_count(record, cell->has_counts && told, cell->gross);
    add_parts(record, cell->has_counts ? cell->excluded : NULL, row->indicator->excludes_len);
    add_count(record, told, cell->excluded_overlap);
    add_parts(record, cell->has_counts ? cell->parts : NULL, row->indicator->parts_len);
    add_figure(record, &cell->share_numerator);
    add_figure(record, &cell->share_denominator);
    csv_add_bare(record, row->share.value);
    csv_add_plain(record, row->share.printed);
    add_count(record, told, cell->unknown_rows);
    add_count(record, told, cell->unknown_numerator);
    add_count(record, told, cell->unknown_excluded);
    add_count(record, told, cell->left_out);
}

#define BENCHMARK_FIELDS 12

/* The first. */
static void add_benchmark(CsvRecord *record, const ReportRow *row) {
    if (row->benchmarks_len == 0) {
        add_empty(record, BENCHMARK_FIELDS);
        return;
    }
    static const Figure nothing = {0};
    const ReportBenchmark *benchmark = row->benchmarks;
    const BenchmarkFigure *figure = benchmark->figure;
    bool members = figure->benchmark->kind == BENCHMARK_MEMBERS;
    bool like = benchmark->like_value != NULL;
    csv_add_bare(record, benchmark->value);
    csv_add_plain(record, benchmark->printed);
    csv_add_text(record, figure->benchmark->label);
    csv_add_bare(record, benchmark->period);
    add_count(record, members, members ? (int64_t)figure->members_with_value : 0);
    csv_add_bare(record, benchmark->compared ? "true" : "false");
    csv_add_text(record, benchmark->compared ? NULL : benchmark->reason);
    csv_add_bare(record, benchmark->verdict);
    add_figure(record, like ? &figure->like_numerator : &nothing);
    add_figure(record, like ? &figure->like_denominator : &nothing);
    csv_add_bare(record, benchmark->like_value);
    csv_add_plain(record, benchmark->like_printed);
}

static void add_interval(CsvRecord *record, const ReportRow *row) {
    csv_add_bare(record, row->interval.method);
    csv_add_bare(record, row->interval.method ? "0.95" : NULL);
    csv_add_bare(record, row->interval.lower);
    csv_add_bare(record, row->interval.upper);
}

static void add_judgement(CsvRecord *record, const ReportRow *row) {
    csv_add_bare(record, row->target_value);
    csv_add_plain(record, row->target_printed);
    csv_add_text(record, row->target ? row->target->label : NULL);
    add_benchmark(record, row);
    csv_add_bare(record, status_word(row->status));
    add_interval(record, row);
    csv_add_bare(record, row->previous_period);
    csv_add_bare(record, row->previous_value);
    csv_add_plain(record, row->previous_printed);
    csv_add_bare(record, row->previous_fraction);
    csv_add_bare(record, movement_word(row->movement.movement));
    csv_add_bare(record, meaning_word(row->meaning));
    csv_add_text(record, row->reason);
    add_flags(record, row);
}

static void add_moved(CsvRecord *record, const Moves *moves) {
    add_figure(record, &(Figure){moves->present, moves->entered});
    add_figure(record, &(Figure){moves->present, moves->left});
}

static void add_moves(CsvRecord *record, const CellMoves *moves) {
    if (!moves) {
        add_empty(record, 4);
        return;
    }
    add_moved(record, &moves->numerator);
    add_moved(record, &moves->denominator);
}

void csv_rows_start(CsvRows *rows, StrBuf *out) {
    *rows = (CsvRows){.out = out};
}

void csv_rows_end(CsvRows *rows) {
    strbuf_fini(&rows->window);
    strbuf_fini(&rows->groups);
}

void csv_add_titles(StrBuf *out) {
    CsvRecord titles = {out, false};
    for (size_t i = 0; i < sizeof header / sizeof header[0]; i++)
        csv_add_plain(&titles, header[i]);
    csv_end(&titles);
}

void csv_add_row(CsvRows *rows, const ReportRow *row, Audience audience) {
    CsvRecord record = {rows->out, false};
    add_identity(rows, &record, row);
    add_figures(&record, row);
    add_judgement(&record, row);
    add_moves(&record, row->cell->moves);
    csv_add_bare(&record, audience_word(audience));
    csv_end(&record);
}

void render_csv(StrBuf *out, const Report *report) {
    CsvRows rows;
    csv_rows_start(&rows, out);
    csv_add_titles(out);
    for (size_t i = 0; i < report->rows_len; i++)
        csv_add_row(&rows, &report->rows[i], report->audience);
    csv_rows_end(&rows);
}
