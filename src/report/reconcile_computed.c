#include "report/reconcile_computed.h"

#include <string.h>

#include "report/reconcile_bands.h"
#include "report/report.h"

/* ---- which period ---- */

static bool same_period(Period a, Period b) {
    return a.kind == b.kind && a.start == b.start && a.end == b.end;
}

/* The last period of the indicator that was asked for. */
static const Cell *last_asked(const Result *result, const Indicator *indicator) {
    const Cell *last = NULL;
    for (size_t i = 0; i < result->cells_len; i++) {
        const Cell *cell = result->cells[i];
        if (cell->indicator == indicator && cell->asked &&
            (!last || cell->period.end > last->period.end))
            last = cell;
    }
    return last;
}

/* The cell whose window ends on this day, else the last whose period has days of from to to. */
static const Cell *cell_of_days(const Result *result, const Indicator *indicator, Date from,
                                Date to) {
    const Cell *found = NULL;
    for (size_t i = 0; i < result->cells_len; i++) {
        const Cell *cell = result->cells[i];
        if (cell->indicator != indicator)
            continue;
        if (cell->window_end == to)
            return cell;
        if (cell->period.start <= to && cell->period.end >= from)
            found = cell;
    }
    return found;
}

bool computed_period(const Result *result, const Indicator *indicator, const PrintedCell *cell,
                     Period *out) {
    const Token *date = cell->role == ROLE_PRINTED ? printed_date(cell) : NULL;
    const Cell *found = date ? cell_of_days(result, indicator, date->from, date->to)
                             : last_asked(result, indicator);
    if (!found || (cell->role == ROLE_PREVIOUS && !found->has_previous_period))
        return false;
    *out = cell->role == ROLE_PREVIOUS ? found->previous_period : found->period;
    return true;
}

/* ---- the figures of a cell ---- */

PrintedKind kind_of_basis(const Indicator *indicator) {
    switch (indicator->basis) {
    case BASIS_PERCENT:
        return PRINTED_PERCENT;
    case BASIS_PER:
        return PRINTED_RATE;
    case BASIS_POUNDS:
        return PRINTED_MONEY;
    case BASIS_POINTS:
        return PRINTED_POINTS;
    case BASIS_COUNT:
    case BASIS_DAYS:
    case BASIS_NUMBER:
        return PRINTED_NUMBER;
    }
    return PRINTED_NUMBER;
}

bool kind_agrees(const Indicator *indicator, PrintedKind shown_as, const PrintedFigure *figure) {
    int64_t per;
    bool number = figure->kind == PRINTED_NUMBER;
    switch (shown_as) {
    case PRINTED_PERCENT:
        return figure->kind == PRINTED_PERCENT;
    case PRINTED_RATE:
        return number || (figure->kind == PRINTED_RATE && num_to_int64(indicator->per, &per) &&
                          per == figure->per);
    case PRINTED_POINTS:
        return number || figure->kind == PRINTED_POINTS;
    case PRINTED_MONEY:
        return number || figure->kind == PRINTED_MONEY;
    case PRINTED_NUMBER:
        return number;
    }
    return false;
}

/* "17", "Education, Girls"; "" of the whole. */
static const char *group_label(Arena *arena, const Cell *cell) {
    StrBuf label = {0};
    for (size_t i = 0; i < cell->indicator->breakdowns_len; i++) {
        if (cell->group[i].whole)
            continue;
        strbuf_add(&label, label.len > 0 ? ", " : "");
        strbuf_add(&label, cell->group[i].label);
    }
    const char *copy = arena_copy_text(arena, strbuf_text(&label), label.len);
    strbuf_fini(&label);
    return copy;
}

static const char *cell_label(Arena *arena, const Cell *cell) {
    const char *group = cell->whole ? "" : group_label(arena, cell);
    bool all_bands = cell->indicator->shape == SHAPE_DISTRIBUTION;
    const char *band = cell->band           ? cell->band->label
                       : cell->band_unknown ? UNKNOWN_WORD
                       : all_bands          ? "all bands"
                                            : "";
    if (!*band)
        return group;
    return *group ? arena_printf(arena, "%s, %s", group, band) : band;
}

static ComputedFigure value_of(Arena *arena, const Cell *cell) {
    ComputedFigure figure = {.kind = COMPUTED_VALUE,
                             .indicator = cell->indicator,
                             .cell = cell,
                             .label = cell_label(arena, cell),
                             .group = !cell->whole,
                             .shown_as = kind_of_basis(cell->indicator),
                             .available = cell->available,
                             .value = cell->value,
                             .numerator = cell->numerator,
                             .denominator = cell->denominator};
    if (cell->reported && *figure.label == '\0') {
        figure.reported = cell->reported;
        figure.available = true;
        figure.value = cell->reported->value;
        figure.numerator = figure.denominator = (Figure){0};
    }
    return figure;
}

/* A part of a whole as reports write it: its percentage. */
static void set_percent(ComputedFigure *figure, Num numerator, Figure denominator) {
    figure->shown_as = PRINTED_PERCENT;
    figure->numerator = (Figure){true, numerator};
    figure->denominator = denominator;
    figure->available = denominator.present &&
                        num_divide(numerator, denominator.value, &figure->value) &&
                        num_multiply(figure->value, num_of_int(100), &figure->value);
}

static void set_count(ComputedFigure *figure, int64_t count) {
    figure->shown_as = PRINTED_NUMBER;
    figure->available = true;
    figure->value = num_of_int(count);
    figure->numerator = (Figure){true, figure->value};
    figure->denominator = (Figure){0};
}

static void add_counts(Arena *arena, const Cell *cell, const ComputedFigure *of,
                       ComputedFigures *out) {
    const Indicator *indicator = cell->indicator;
    ComputedFigure figure = *of;
    figure.reported = NULL;
    if (indicator->excludes_len > 0) {
        figure.kind = COMPUTED_GROSS;
        set_count(&figure, cell->gross);
        vec_push(arena, out, figure);
    }
    figure.kind = COMPUTED_EXCLUDED;
    for (size_t i = 0; i < indicator->excludes_len; i++) {
        figure.label = indicator->excludes[i].label;
        set_count(&figure, cell->excluded[i].count);
        vec_push(arena, out, figure);
    }
    figure.kind = COMPUTED_PART;
    for (size_t i = 0; i < indicator->parts_len; i++) {
        figure.label = indicator->parts[i].label;
        set_count(&figure, cell->parts[i].count);
        if (indicator->shape == SHAPE_PROPORTION)
            set_percent(&figure, num_of_int(cell->parts[i].count), cell->denominator);
        vec_push(arena, out, figure);
    }
}

static void add_cell_figures(Arena *arena, const Cell *cell, ComputedFigures *out) {
    ComputedFigure value = value_of(arena, cell);
    if (cell->share_numerator.present && !cell->whole) {
        ComputedFigure share = value;
        share.kind = COMPUTED_SHARE;
        set_percent(&share, cell->share_numerator.value, cell->share_denominator);
        vec_push(arena, out, share);
    }
    vec_push(arena, out, value);
    if (cell->has_counts && cell->whole && !cell->band && !cell->band_unknown)
        add_counts(arena, cell, &value, out);
}

/* What only a row has: several bands added, and the value on the benchmark's population. */
static void add_row_figures(Arena *arena, const ReportRow *row, ComputedFigures *out) {
    ComputedFigure figure = value_of(arena, row->cell);
    if (row->added) {
        StrBuf label = {0};
        for (size_t i = 0; i < row->added->keys_len; i++)
            strbuf_addf(&label, "%s%s", i > 0 ? " + " : "", row->added->keys[i]);
        figure.kind = COMPUTED_ADDED;
        figure.label = arena_copy_text(arena, strbuf_text(&label), label.len);
        strbuf_fini(&label);
        vec_push(arena, out, figure);
        return;
    }
    for (size_t i = 0; i < row->benchmarks_len && row->cell->whole && !row->band; i++) {
        const BenchmarkFigure *benchmark = row->benchmarks[i].figure;
        if (!benchmark->has_like_for_like || !benchmark->like_value.present)
            continue;
        figure.kind = COMPUTED_LIKE;
        figure.reported = NULL;
        figure.available = true;
        figure.value = benchmark->like_value.value;
        figure.numerator = benchmark->like_numerator;
        figure.denominator = benchmark->like_denominator;
        vec_push(arena, out, figure);
    }
}

static void collect(Arena *arena, const Result *result, const Report *report,
                    const Indicator *indicator, const PrintedCell *cell, ComputedFigures *out) {
    Period period;
    if (!computed_period(result, indicator, cell, &period))
        return;
    for (size_t i = 0; report && i < report->rows_len; i++)
        if (report->rows[i].indicator == indicator &&
            same_period(report->rows[i].cell->period, period))
            add_row_figures(arena, &report->rows[i], out);
    for (size_t i = 0; i < result->cells_len; i++)
        if (result->cells[i]->indicator == indicator &&
            same_period(result->cells[i]->period, period))
            add_cell_figures(arena, result->cells[i], out);
}

void computed_collect(Arena *arena, const Result *result, const Report *report,
                      const MeasureMatch *match, const PrintedCell *cell, ComputedFigures *out) {
    *out = (ComputedFigures){0};
    collect(arena, result, report, match->indicator, cell, out);
    for (size_t i = 0; i < match->with_len; i++)
        collect(arena, result, report, match->with[i], cell, out);
}

/* ---- words ---- */

bool computed_is_printed(const ComputedFigure *computed, const PrintedFigure *figure) {
    Num rounded;
    return computed->available && num_round(computed->value, figure->decimals, &rounded) &&
           num_compare(rounded, figure->value) == 0;
}

/* The labels of its breakdowns: "Age". */
static const char *breakdown_label(const ComputedFigure *figure) {
    const Indicator *indicator = figure->indicator;
    return figure->group && indicator->breakdowns_len == 1 ? indicator->breakdowns[0].label : NULL;
}

const char *computed_words(Arena *arena, const ComputedFigure *figure) {
    const char *of = breakdown_label(figure);
    switch (figure->kind) {
    case COMPUTED_VALUE:
        return of ? arena_printf(arena, "%s %s", of, figure->label) : figure->label;
    case COMPUTED_SHARE:
        return arena_printf(arena, "the share of %s%s%s", of ? of : "", of ? " " : "",
                            figure->label);
    case COMPUTED_GROSS:
        return "before exclusions";
    case COMPUTED_LIKE:
        return "like for like with its benchmark";
    case COMPUTED_ADDED:
    case COMPUTED_EXCLUDED:
    case COMPUTED_PART:
        return figure->label;
    }
    return "";
}
