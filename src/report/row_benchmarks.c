/* The interval of a row, and its benchmarks with their verdicts. */
#include <math.h>

#include "report/row.h"

#define LEVEL 0.95
#define PERCENT 100.0

/* ---- which interval ---- */

/* Events that happen, one a row: their number has the spread of a Poisson count. People that are
 * held, sums and numbers of different people have not. */
static bool counts_events(const Quantity *quantity) {
    return quantity->kind == QUANTITY_COUNT && quantity->rows &&
           quantity->rows->timing == TIMING_DATED;
}

static bool counts_whole(const Quantity *quantity) {
    switch (quantity->kind) {
    case QUANTITY_COUNT:
    case QUANTITY_COUNT_DISTINCT:
        return true;
    case QUANTITY_SUM:
        return quantity->value && quantity->value->type.kind == TYPE_INTEGER;
    case QUANTITY_MEAN:
    case QUANTITY_MEDIAN:
    case QUANTITY_PERCENTILE:
    case QUANTITY_MIN:
    case QUANTITY_MAX:
    case QUANTITY_FIRST:
    case QUANTITY_LAST:
        return false;
    }
    return false;
}

static IntervalMethod method_of_value(const Indicator *indicator) {
    if (!indicator->value || indicator->value->kind != EXPR_QUANTITY)
        return INTERVAL_NONE;
    const Quantity *quantity = indicator->value->as.quantity;
    if (quantity->kind == QUANTITY_MEAN)
        return INTERVAL_T;
    return indicator->basis == BASIS_COUNT && counts_events(quantity) ? INTERVAL_BYAR
                                                                      : INTERVAL_NONE;
}

static IntervalMethod method_of_ratio(const Indicator *indicator) {
    if (!counts_whole(indicator->numerator) || !counts_whole(indicator->denominator))
        return INTERVAL_NONE;
    return indicator->basis == BASIS_PERCENT ? INTERVAL_WILSON : INTERVAL_BYAR;
}

static IntervalMethod method_by_kind(const Indicator *indicator) {
    if (indicator->basis == BASIS_POUNDS)
        return INTERVAL_NONE;
    switch (indicator->shape) {
    case SHAPE_PROPORTION:
    case SHAPE_DISTRIBUTION:
        return INTERVAL_WILSON;
    case SHAPE_RATIO:
        return method_of_ratio(indicator);
    case SHAPE_VALUE:
        return method_of_value(indicator);
    case SHAPE_DERIVED:
        return INTERVAL_NONE;
    }
    return INTERVAL_NONE;
}

static double multiplier_of(const Indicator *indicator) {
    return indicator->basis == BASIS_PERCENT ? PERCENT : interval_number(indicator->per);
}

/* Of a count in a population; `chosen`: this method whatever the number. */
static Estimate rate(IntervalMethod chosen, double x, double n, double multiplier) {
    if (chosen == INTERVAL_NONE)
        return interval_rate(x, n, LEVEL, multiplier);
    Estimate estimate =
        chosen == INTERVAL_BYAR ? interval_byar(x, LEVEL) : interval_exact_poisson(x, LEVEL);
    if (estimate.fault == ESTIMATE_SOUND && n > 0) {
        estimate.value *= multiplier / n;
        estimate.lower *= multiplier / n;
        estimate.upper *= multiplier / n;
    }
    return estimate;
}

typedef struct Made { /* what a value is made of */
    Figure numerator, denominator, squares;
} Made;

static Estimate mean(Made made) {
    int64_t count;
    if (!made.numerator.present || !made.denominator.present || !made.squares.present ||
        !num_to_int64(made.denominator.value, &count))
        return (Estimate){.fault = ESTIMATE_MISSING};
    return interval_mean(interval_sample_of_sums(count, made.numerator.value, made.squares.value),
                         LEVEL);
}

static Estimate estimate_of(const Indicator *indicator, Made made) {
    double x = made.numerator.present ? interval_number(made.numerator.value) : (double)NAN;
    double n = made.denominator.present          ? interval_number(made.denominator.value)
               : indicator->shape == SHAPE_VALUE ? 1.0
                                                 : (double)NAN;
    double multiplier = multiplier_of(indicator);
    IntervalMethod method = method_by_kind(indicator);
    switch (indicator->interval) {
    case INTERVAL_CHOICE_BY_KIND:
        break;
    case INTERVAL_CHOICE_NONE:
        return (Estimate){.fault = ESTIMATE_MISSING};
    case INTERVAL_CHOICE_WILSON:
        method = INTERVAL_WILSON;
        break;
    case INTERVAL_CHOICE_BYAR:
        return rate(INTERVAL_BYAR, x, n, multiplier);
    case INTERVAL_CHOICE_EXACT_POISSON:
        return rate(INTERVAL_EXACT_POISSON, x, n, multiplier);
    case INTERVAL_CHOICE_CLOPPER_PEARSON:
        method = INTERVAL_CLOPPER_PEARSON;
        break;
    case INTERVAL_CHOICE_T:
        method = INTERVAL_T;
        break;
    }
    switch (method) {
    case INTERVAL_NONE:
        return (Estimate){.fault = ESTIMATE_MISSING};
    case INTERVAL_WILSON:
        return interval_wilson(x, n, LEVEL, multiplier);
    case INTERVAL_CLOPPER_PEARSON:
        return interval_clopper_pearson(x, n, LEVEL, multiplier);
    case INTERVAL_EXACT_POISSON:
    case INTERVAL_BYAR:
        return rate(INTERVAL_NONE, x, n, multiplier);
    case INTERVAL_T:
        return mean(made);
    }
    return (Estimate){.fault = ESTIMATE_MISSING};
}

/* As the language names them. */
static const char *method_name(IntervalMethod method) {
    switch (method) {
    case INTERVAL_NONE:
        return NULL;
    case INTERVAL_WILSON:
        return "wilson";
    case INTERVAL_EXACT_POISSON:
        return "exact_poisson";
    case INTERVAL_BYAR:
        return "byar";
    case INTERVAL_CLOPPER_PEARSON:
        return "clopper_pearson";
    case INTERVAL_T:
        return "t";
    }
    return NULL;
}

static bool has_interval(const Estimate *estimate) {
    return estimate->fault == ESTIMATE_SOUND && estimate->method != INTERVAL_NONE &&
           (estimate->has_lower || estimate->has_upper);
}

static const char *six_places(Arena *run, double value) {
    char room[ROW_ROOM];
    StrBuf text = strbuf_in(room, sizeof room);
    strbuf_add_six_places(&text, value);
    return row_keep(run, &text);
}

void row_fill_interval(Arena *run, ReportRow *row) {
    const Cell *cell = row->cell;
    bool all_bands = row->indicator->shape == SHAPE_DISTRIBUTION && !row->band && !row->added;
    if (!cell->available || row->reported || all_bands)
        return;
    Made made = {cell->numerator, cell->denominator, cell->squares};
    ReportInterval *interval = &row->interval;
    interval->estimate = estimate_of(row->indicator, made);
    if (!has_interval(&interval->estimate))
        return;
    interval->method = method_name(interval->estimate.method);
    if (interval->estimate.has_lower)
        interval->lower = six_places(run, interval->estimate.lower);
    if (interval->estimate.has_upper)
        interval->upper = six_places(run, interval->estimate.upper);
}

/* ---- comparison ---- */

static const char *order_words(Standing standing) {
    switch (standing) {
    case STANDING_NOT_COMPARED:
        return "not compared with";
    case STANDING_MUCH_LOWER:
    case STANDING_LOWER:
        return "lower than";
    case STANDING_SIMILAR:
        return "similar to";
    case STANDING_HIGHER:
    case STANDING_MUCH_HIGHER:
        return "higher than";
    }
    return "";
}

static Standing by_value(Num ours, Num theirs) {
    int order = num_compare(ours, theirs);
    return order < 0 ? STANDING_LOWER : order > 0 ? STANDING_HIGHER : STANDING_SIMILAR;
}

/* "SN average 2015/16 of 62.9" */
static void add_name(StrBuf *out, const ReportBenchmark *benchmark) {
    strbuf_addf(out, "%s %s", benchmark->figure->benchmark->label, benchmark->period);
    if (benchmark->printed)
        strbuf_addf(out, " of %s", benchmark->printed);
}

static void add_limits(StrBuf *out, const ReportRow *row, const Estimate *estimate) {
    int places = row->measure.decimals > 0 ? row->measure.decimals : 1;
    strbuf_addf(out, ", by its interval from %.*f to %.*f (", places, estimate->lower, places,
                estimate->upper);
    interval_print_method(out, estimate->method, estimate->confidence);
    strbuf_add_char(out, ')');
}

static void compare(Arena *run, const ReportRow *row, ReportBenchmark *benchmark) {
    const BenchmarkFigure *figure = benchmark->figure;
    bool like = figure->has_like_for_like;
    const Num *own = row_value(row);
    Made made = {row->cell->numerator, row->cell->denominator, row->cell->squares};
    if (like)
        made = (Made){.numerator = figure->like_numerator, .denominator = figure->like_denominator};
    Num ours = like ? figure->like_value.value : *own;
    const Indicator *indicator = row->indicator;
    if (figure->benchmark->compared_as)
        indicator = figure->benchmark->compared_as;
    Estimate estimate = {.fault = ESTIMATE_MISSING};
    if (like || !row->reported)
        estimate = estimate_of(indicator, made);
    Limits limits = limits_of(estimate);
    BenchmarkInput input = {.method = BENCHMARK_SINGLE_95,
                            .value = interval_number(ours),
                            .limits95 = limits,
                            .benchmark = interval_number(figure->value.value)};
    benchmark->compared = true;
    benchmark->standing =
        limits.known ? compare_benchmark(&input) : by_value(ours, figure->value.value);
    benchmark->verdict = standing_word(benchmark->standing, row->good.kind);
    char room[ROW_ROOM];
    StrBuf words = strbuf_in(room, sizeof room);
    strbuf_addf(&words, "%s%s%s%s is %s ", like ? "like for like " : "",
                like ? benchmark->like_printed : row->printed, benchmark->like_period ? " of " : "",
                benchmark->like_period ? benchmark->like_period : "",
                order_words(benchmark->standing));
    add_name(&words, benchmark);
    if (limits.known)
        add_limits(&words, row, &estimate);
    else
        strbuf_add(&words, ", by exact value");
    if (row->good.kind == GOOD_HIGH || row->good.kind == GOOD_LOW)
        strbuf_addf(&words, ": %s (%s is good)", benchmark->verdict, good_word(row->good.kind));
    benchmark->reason = row_keep(run, &words);
    benchmark->method = limits.known ? method_name(estimate.method) : "exact value";
}

static void refuse(Arena *run, const ReportRow *row, ReportBenchmark *benchmark) {
    const BenchmarkFigure *figure = benchmark->figure;
    const char *why = figure->reason;
    if (!why)
        why = figure->benchmark->not_comparable;
    if (!why)
        why = row_value(row) ? "it is not like for like" : "there is no value to compare";
    char room[ROW_ROOM];
    StrBuf words = strbuf_in(room, sizeof room);
    strbuf_add(&words, benchmark->printed ? "not compared with " : "no value of ");
    add_name(&words, benchmark);
    strbuf_addf(&words, ": %s", why);
    benchmark->reason = row_keep(run, &words);
    benchmark->hindrance = why;
}

static bool can_compare(const ReportRow *row, const BenchmarkFigure *figure) {
    if (!figure->comparable || !figure->value.present)
        return false;
    return figure->has_like_for_like ? figure->like_value.present : row_value(row) != NULL;
}

static int places_of(const ReportRow *row, const BenchmarkFigure *figure) {
    if (figure->entry)
        return figure->entry->decimals;
    return figure->benchmark->kind == BENCHMARK_MEMBERS ? row->measure.decimals
                                                        : figure->benchmark->decimals;
}

static void fill_one(Arena *run, const ReportRow *row, const BenchmarkFigure *figure,
                     ReportBenchmark *out) {
    *out = (ReportBenchmark){.figure = figure};
    out->period = row_period(run, figure->benchmark->period);
    if (figure->value.present) {
        out->value = row_value_text(run, figure->value.value);
        out->printed = row_printed(run, row->measure, figure->value.value, places_of(row, figure));
    }
    if (figure->has_like_for_like && figure->like_value.present) {
        out->like_value = row_value_text(run, figure->like_value.value);
        out->like_printed =
            row_printed(run, row->measure, figure->like_value.value, row->measure.decimals);
        if (figure->has_like_period)
            out->like_period = row_period(run, figure->like_period);
        out->like_fraction = row_fraction(run, figure->like_numerator, figure->like_denominator);
    }
    if (can_compare(row, figure))
        compare(run, row, out);
    else
        refuse(run, row, out);
}

/* An entry for several bands is of the row that adds them, and of no band by itself. */
static bool is_of_row(const ReportRow *row, const BenchmarkFigure *figure) {
    if (row->indicator->shape != SHAPE_DISTRIBUTION || figure->benchmark->kind != BENCHMARK_ENTRIES)
        return figure->value.present || figure->reason;
    if (row->added)
        return figure->entry == row->added;
    return row->band && figure->entry && figure->entry->keys_len == 1;
}

static Status status_of(Standing standing, GoodKind good, bool exact) {
    if (good != GOOD_HIGH && good != GOOD_LOW)
        return STATUS_NONE;
    switch (standing) {
    case STANDING_NOT_COMPARED:
        return STATUS_NONE;
    case STANDING_SIMILAR:
        return exact ? STATUS_MET : STATUS_NEAR;
    case STANDING_MUCH_LOWER:
    case STANDING_LOWER:
        return good == GOOD_LOW ? STATUS_MET : STATUS_MISSED;
    case STANDING_HIGHER:
    case STANDING_MUCH_HIGHER:
        return good == GOOD_HIGH ? STATUS_MET : STATUS_MISSED;
    }
    return STATUS_NONE;
}

void row_fill_benchmarks(Arena *run, ReportRow *row) {
    const Cell *cell = row->cell;
    row->benchmarks = arena_array(run, cell->benchmarks_len, sizeof *row->benchmarks);
    for (size_t i = 0; i < cell->benchmarks_len; i++)
        if (is_of_row(row, &cell->benchmarks[i]))
            fill_one(run, row, &cell->benchmarks[i], &row->benchmarks[row->benchmarks_len++]);
    for (size_t i = row->benchmarks_len; i-- > 0;)
        if (row->benchmarks[i].compared)
            row->judged_by = &row->benchmarks[i];
    if (row->benchmarks_len == 0)
        return;
    const ReportBenchmark *first = row->judged_by ? row->judged_by : &row->benchmarks[0];
    row->shown_benchmark = first;
    if (row->target)
        return;
    row->by_benchmark = row->judged_by != NULL;
    row->status = status_of(first->standing, row->good.kind, !row->interval.method);
    row->status_reason = first->reason;
}
