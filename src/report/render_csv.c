#include <inttypes.h>
#include <string.h>

#include "report/csv_record.h"
#include "report/render.h"

#define LIST_SEPARATOR "; "

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

static void add_figure(CsvRecord *record, Figure figure) {
    StrBuf *out = csv_start_bare(record);
    if (figure.present)
        figure_print(out, figure.value, false);
}

static void add_count(CsvRecord *record, bool present, int64_t count) {
    StrBuf *out = csv_start_bare(record);
    if (present)
        strbuf_add_whole(out, count, 0);
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
    StrBuf value = {0};
    group_key_print(&value, key);
    if (!labels && !group_key_is_unknown(key) && strcmp(strbuf_text(&value), UNKNOWN_WORD) == 0)
        strbuf_add_char(list, '\\');
    add_listed(list, strbuf_text(&value));
    strbuf_fini(&value);
}

/* "Age=17; Area=North" */
static void add_group(CsvRecord *record, const Cell *cell, bool labels) {
    StrBuf list = {0};
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

/* "cwd=13; young=4" */
static void add_parts(CsvRecord *record, const PartCount *parts, size_t len) {
    StrBuf list = {0};
    for (size_t i = 0; parts && i < len; i++)
        strbuf_addf(&list, "%s%s=%" PRId64, list.len ? LIST_SEPARATOR : "", parts[i].part->id,
                    parts[i].count);
    add_buffer(record, &list, true);
}

/* "0-6 weeks + 6 weeks to 3 months" */
static void add_band(CsvRecord *record, const ReportRow *row) {
    StrBuf label = {0};
    if (row->band)
        strbuf_add(&label, row->band);
    for (size_t i = 0; row->added && i < row->added->keys_len; i++)
        strbuf_addf(&label, "%s%s", i > 0 ? " + " : "", row->added->keys[i]);
    add_buffer(record, &label, true);
}

/* "p; b" */
static void add_flags(CsvRecord *record, const ReportRow *row) {
    const char *letters[ROW_FLAGS];
    size_t len = row_flags(row, letters);
    StrBuf list = {0};
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
};

static void add_identity(CsvRecord *record, const ReportRow *row) {
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
    add_group(record, cell, false);
    add_group(record, cell, true);
    add_band(record, row);
}

static void add_figures(CsvRecord *record, const ReportRow *row) {
    const Cell *cell = row->cell;
    add_figure(record, cell->numerator);
    add_figure(record, cell->denominator);
    csv_add_plain(record, row->value);
    csv_add_plain(record, row->printed);
    csv_add_plain(record, row->fraction);
    csv_add_plain(record, basis_word(row->indicator->basis));
    add_count(record, cell->has_counts, cell->gross);
    add_parts(record, cell->has_counts ? cell->excluded : NULL, row->indicator->excludes_len);
    add_count(record, true, cell->excluded_overlap);
    add_parts(record, cell->has_counts ? cell->parts : NULL, row->indicator->parts_len);
    add_figure(record, cell->share_numerator);
    add_figure(record, cell->share_denominator);
    csv_add_plain(record, row->share.value);
    csv_add_plain(record, row->share.printed);
    add_count(record, true, cell->unknown_rows);
    add_count(record, true, cell->unknown_numerator);
    add_count(record, true, cell->unknown_excluded);
    add_count(record, true, cell->left_out);
}

/* The first; of none, empty fields. */
static void add_benchmark(CsvRecord *record, const ReportRow *row) {
    static const ReportBenchmark none = {0};
    const ReportBenchmark *benchmark = row->benchmarks_len > 0 ? row->benchmarks : &none;
    const BenchmarkFigure *figure = benchmark->figure;
    bool members = figure && figure->benchmark->kind == BENCHMARK_MEMBERS;
    bool like = benchmark->like_value != NULL;
    csv_add_plain(record, benchmark->value);
    csv_add_plain(record, benchmark->printed);
    csv_add_text(record, figure ? figure->benchmark->label : NULL);
    csv_add_plain(record, benchmark->period);
    add_count(record, members, members ? (int64_t)figure->members_with_value : 0);
    csv_add_plain(record, !figure ? NULL : benchmark->compared ? "true" : "false");
    csv_add_text(record, benchmark->compared ? NULL : benchmark->reason);
    csv_add_plain(record, benchmark->verdict);
    add_figure(record, like ? figure->like_numerator : (Figure){0});
    add_figure(record, like ? figure->like_denominator : (Figure){0});
    csv_add_plain(record, benchmark->like_value);
    csv_add_plain(record, benchmark->like_printed);
}

static void add_interval(CsvRecord *record, const ReportRow *row) {
    csv_add_plain(record, row->interval.method);
    csv_add_plain(record, row->interval.method ? "0.95" : NULL);
    csv_add_plain(record, row->interval.lower);
    csv_add_plain(record, row->interval.upper);
}

static void add_judgement(CsvRecord *record, const ReportRow *row) {
    csv_add_plain(record, row->target_value);
    csv_add_plain(record, row->target_printed);
    csv_add_text(record, row->target ? row->target->label : NULL);
    add_benchmark(record, row);
    csv_add_plain(record, status_word(row->status));
    add_interval(record, row);
    csv_add_plain(record, row->previous_period);
    csv_add_plain(record, row->previous_value);
    csv_add_plain(record, row->previous_printed);
    csv_add_plain(record, row->previous_fraction);
    csv_add_plain(record, movement_word(row->movement.movement));
    csv_add_plain(record, meaning_word(row->meaning));
    csv_add_text(record, row->reason);
    add_flags(record, row);
}

static void add_moves(CsvRecord *record, const ReportRow *row) {
    const Moves above = row->cell->numerator_moves, below = row->cell->denominator_moves;
    add_figure(record, (Figure){above.present, above.entered});
    add_figure(record, (Figure){above.present, above.left});
    add_figure(record, (Figure){below.present, below.entered});
    add_figure(record, (Figure){below.present, below.left});
}

void render_csv(StrBuf *out, const Report *report) {
    CsvRecord titles = {out, false};
    for (size_t i = 0; i < sizeof header / sizeof header[0]; i++)
        csv_add_plain(&titles, header[i]);
    csv_end(&titles);
    for (size_t i = 0; i < report->rows_len; i++) {
        CsvRecord record = {out, false};
        add_identity(&record, &report->rows[i]);
        add_figures(&record, &report->rows[i]);
        add_judgement(&record, &report->rows[i]);
        add_moves(&record, &report->rows[i]);
        csv_end(&record);
    }
}
