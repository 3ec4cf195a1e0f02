#include "report/chart.h"

#include <string.h>

#include "report/document.h"
#include "report/row.h"

/* ---- which chart ---- */

static bool is_divided(const Indicator *indicator) {
    return indicator->shape == SHAPE_DISTRIBUTION || indicator->breakdowns_len > 0;
}

/* Counts and sums that each month has of its own stand as columns, from zero. */
static ChartKind series_kind(const Indicator *indicator) {
    bool own = indicator->window == WINDOW_MONTH || indicator->window == WINDOW_QUARTER;
    return own && indicator->shape == SHAPE_VALUE ? CHART_COLUMNS : CHART_LINE;
}

static void set_value(ChartPoint *point, const ReportRow *row) {
    const Num *value = row_value(row);
    point->printed = row->printed ? row->printed : row->missing;
    point->present = value != NULL;
    if (value)
        point->value = interval_number(*value);
}

/* ---- bands and groups ---- */

static const char *division_label(const ReportRow *row) {
    if (row->band)
        return row->band;
    const GroupKey *key = &row->cell->group[row->indicator->breakdowns_len - 1];
    return key->label ? key->label : "Unknown";
}

/* One level only: the bands of the whole, or the groups of a single breakdown. */
static bool is_bar(const ReportRow *row) {
    const Indicator *indicator = row->indicator;
    if (indicator->shape == SHAPE_DISTRIBUTION)
        return row->band && row->cell->whole;
    return indicator->breakdowns_len == 1 && !row->cell->whole;
}

static void add_bar(Arena *run, Chart *chart, const ReportRow *row) {
    ChartPoint *point = &chart->points[chart->points_len++];
    point->label = division_label(row);
    set_value(point, row);
    if (row->benchmarks_len == 0 || !row->benchmarks[0].figure->value.present)
        return;
    const ReportBenchmark *benchmark = &row->benchmarks[0];
    point->has_benchmark = true;
    point->benchmark = interval_number(benchmark->figure->value.value);
    chart->benchmark_label =
        arena_printf(run, "%s %s", benchmark->figure->benchmark->label, benchmark->period);
}

static const Chart *bars_of(Arena *run, const Report *rows, const Indicator *indicator) {
    Chart *chart = arena_alloc(run, sizeof *chart);
    chart->kind = CHART_BARS;
    chart->points = arena_array(run, rows->rows_len, sizeof *chart->points);
    const char *window = NULL;
    for (size_t i = 0; i < rows->rows_len; i++)
        if (rows->rows[i].indicator == indicator && is_bar(&rows->rows[i])) {
            add_bar(run, chart, &rows->rows[i]);
            window = rows->rows[i].cell->window_label;
        }
    chart->title =
        window ? arena_printf(run, "%s: %s", indicator->title, window) : indicator->title;
    return chart->points_len > 0 ? chart : NULL;
}

/* ---- series ---- */

static const char *short_period(Arena *run, Period period) {
    Ymd end = date_ymd(period.end);
    if (period.kind != PERIOD_MONTH && period.kind != PERIOD_QUARTER)
        return row_period(run, period);
    const char *month = date_month_name(end.month);
    return arena_copy_text(run, month, 3);
}

static const char *long_period(Arena *run, Period period) {
    StrBuf words = {0};
    period_words(&words, period);
    return row_keep(run, &words);
}

static void add_target(Arena *run, Chart *chart, const ReportRow *row) {
    if (!row->target)
        return;
    chart->has_target = true;
    chart->target = interval_number(row->target->value);
    chart->target_label = arena_printf(run, "Target %s", row->target_printed);
}

static bool is_in_series(const ReportRow *row, const Indicator *indicator, Date from, Date to) {
    return row->indicator == indicator && row->cell->whole && !row->band && !row->added &&
           row->cell->period.end > from && row->cell->period.end <= to;
}

static const Chart *series_of(Arena *run, const Report *series, const Indicator *indicator,
                              Period until, int months) {
    Chart *chart = arena_alloc(run, sizeof *chart);
    Date from;
    if (!series || !date_add_months(until.end, -months, &from))
        return NULL;
    chart->kind = series_kind(indicator);
    chart->points = arena_array(run, series->rows_len, sizeof *chart->points);
    for (size_t i = 0; i < series->rows_len; i++) {
        const ReportRow *row = &series->rows[i];
        if (!is_in_series(row, indicator, date_month_end(from), until.end))
            continue;
        ChartPoint *point = &chart->points[chart->points_len++];
        point->label = short_period(run, row->cell->period);
        point->period = long_period(run, row->cell->period);
        point->broken = chart->points_len > 1 && row->cell->break_between != NULL;
        set_value(point, row);
        add_target(run, chart, row);
    }
    if (chart->points_len == 0)
        return NULL;
    chart->title = arena_printf(run, "%s, %s to %s", indicator->title, chart->points[0].period,
                                chart->points[chart->points_len - 1].period);
    return chart;
}

void chart_print_words(StrBuf *out, const Chart *chart) {
    for (size_t i = 0; i < chart->points_len; i++) {
        const ChartPoint *point = &chart->points[i];
        strbuf_addf(out, "%s%s: %s", i > 0 ? "; " : "",
                    point->period ? point->period : point->label, point->printed);
    }
    if (chart->has_target)
        strbuf_addf(out, "; %s", chart->target_label);
}

const Chart *chart_build(Arena *run, const Report *rows, const Report *series,
                         const Indicator *indicator, Period until, int months) {
    const Chart *made = is_divided(indicator) ? bars_of(run, rows, indicator)
                                              : series_of(run, series, indicator, until, months);
    if (!made)
        return NULL;
    Chart *chart = arena_alloc(run, sizeof *chart);
    *chart = *made;
    chart->percent = indicator->basis == BASIS_PERCENT;
    StrBuf words = {0};
    chart_print_words(&words, chart);
    chart->description = row_keep(run, &words);
    return chart;
}
