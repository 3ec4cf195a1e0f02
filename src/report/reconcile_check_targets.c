/* Printed targets and benchmarks against those of the definitions, and whether the figure beside
 * them may be compared with them. */
#include <string.h>

#include "report/reconcile.h"
#include "report/reconcile_bands.h"

/* What an indicator is compared with, as one row of the results has it. */
typedef struct Comparator {
    const ReportRow *row;
    const ReportBenchmark *benchmark; /* NULL: the target */
    const char *label;                /* of a band, added bands or a group; "" of the whole */
    Num value;
    bool taken; /* by a printed figure */
} Comparator;

typedef struct TargetReader {
    Reconciliation *run;
    const MeasureMatch *match;
    const PrintedCell *cell; /* of the targets */
    VEC(Comparator) comparators;
    bool *known; /* of each printed figure: it was matched */
} TargetReader;

/* ---- what the definitions compare with ---- */

static const char *row_label(Arena *arena, const ReportRow *row) {
    if (!row->added)
        return row->band ? row->band : "";
    StrBuf label = {0};
    for (size_t i = 0; i < row->added->keys_len; i++)
        strbuf_addf(&label, "%s%s", i > 0 ? " + " : "", row->added->keys[i]);
    const char *copy = arena_copy_text(arena, strbuf_text(&label), label.len);
    strbuf_fini(&label);
    return copy;
}

static void add_row(TargetReader *reader, const ReportRow *row) {
    Arena *arena = reader->run->session->arena;
    Comparator comparator = {.row = row, .label = row_label(arena, row)};
    bool bands = row->indicator->shape == SHAPE_DISTRIBUTION;
    if (!row->cell->whole)
        return;
    if (row->target && (!bands || *comparator.label)) {
        comparator.value = row->target->value;
        vec_push(arena, &reader->comparators, comparator);
    }
    for (size_t i = 0; i < row->benchmarks_len; i++) {
        comparator.benchmark = &row->benchmarks[i];
        comparator.value = comparator.benchmark->figure->value.value;
        if (comparator.benchmark->figure->value.present)
            vec_push(arena, &reader->comparators, comparator);
    }
}

/* The targets of a page stand beside its current figures, those of a list beside the figure of its
 * date. */
static void add_rows(TargetReader *reader, const Indicator *indicator) {
    const ReconcileData *data = reader->run->data;
    const PrintedCell *own = measure_cell(reader->match->measure, ROLE_PRINTED);
    Period period;
    if (!computed_period(data->result, indicator, own ? own : reader->cell, &period))
        return;
    for (size_t i = 0; data->report && i < data->report->rows_len; i++) {
        const ReportRow *row = &data->report->rows[i];
        if (row->indicator == indicator && row->cell->period.start == period.start &&
            row->cell->period.end == period.end)
            add_row(reader, row);
    }
}

/* ---- words ---- */

/* "SN average 2015/16" */
static const char *benchmark_name(Arena *arena, const Benchmark *benchmark) {
    StrBuf words = {0};
    strbuf_addf(&words, "%s ", benchmark->label);
    period_words(&words, benchmark->period);
    const char *copy = arena_copy_text(arena, strbuf_text(&words), words.len);
    strbuf_fini(&words);
    return copy;
}

/* "SN average 2015/16", "the target" */
static const char *comparator_name(Arena *arena, const Comparator *comparator) {
    const char *name = "the target";
    if (comparator->benchmark)
        name = benchmark_name(arena, comparator->benchmark->figure->benchmark);
    return *comparator->label ? arena_printf(arena, "%s, %s", name, comparator->label) : name;
}

static bool is_printed(const Comparator *comparator, const PrintedFigure *figure) {
    Num rounded;
    return num_round(comparator->value, figure->decimals, &rounded) &&
           num_compare(rounded, figure->value) == 0;
}

static const char *printed_like(Arena *arena, Num value, const PrintedFigure *figure) {
    StrBuf words = {0};
    reconcile_print_like(&words, value, figure);
    const char *copy = arena_copy_text(arena, strbuf_text(&words), words.len);
    strbuf_fini(&words);
    return copy;
}

/* ---- like for like ---- */

/* The figure that the page compares with it: the row's, else the first of its current ones. */
static const PrintedFigure *own_figure(const TargetReader *reader, const Comparator *comparator) {
    const PrintedMeasure *measure = reader->match->measure;
    const PrintedCell *cell = measure_cell(measure, measure->list ? ROLE_PRINTED : ROLE_CURRENT);
    for (size_t i = 0; cell && i < cell->figures.len; i++) {
        const Comparison *own = reconcile_comparison(reader->run, &cell->figures.items[i]);
        if (own && own->computed && own->computed->kind == COMPUTED_VALUE &&
            own->computed->cell == comparator->row->cell)
            return own->figure;
    }
    return cell && cell->figures.len > 0 ? &cell->figures.items[0] : NULL;
}

static bool page_says_not_comparable(const PrintedMeasure *measure) {
    for (size_t i = 0; i < measure->cells.len; i++)
        if (says_not_comparable(measure->cells.items[i]))
            return true;
    return false;
}

static bool page_prints(const PrintedMeasure *measure, Num value) {
    const PrintedCell *cell = measure_cell(measure, measure->list ? ROLE_PRINTED : ROLE_CURRENT);
    for (size_t i = 0; cell && i < cell->figures.len; i++) {
        Num rounded;
        if (num_round(value, cell->figures.items[i].decimals, &rounded) &&
            num_compare(rounded, cell->figures.items[i].value) == 0)
            return true;
    }
    return false;
}

/* A mean of counts is seldom whole: "431.4". */
static const char *benchmark_value(Arena *arena, const ReportRow *row, Num value) {
    StrBuf words = {0};
    Measure measure = row->measure;
    measure_print(&words, measure, value, measure.decimals > 0 ? measure.decimals : 1);
    const char *copy = arena_copy_text(arena, strbuf_text(&words), words.len);
    strbuf_fini(&words);
    return copy;
}

/* Another benchmark of the row, which may be compared with. */
static void help_like(Arena *arena, const Comparator *comparator, Diag *diag) {
    const ReportRow *row = comparator->row;
    for (size_t i = 0; i < row->benchmarks_len; i++) {
        const ReportBenchmark *benchmark = &row->benchmarks[i];
        if (benchmark->compared && !benchmark->figure->has_like_for_like)
            diag_help(diag, "like for like: %s is %s, beside %s (%s)",
                      comparator_name(arena, &(Comparator){.benchmark = benchmark, .label = ""}),
                      benchmark_value(arena, row, benchmark->figure->value.value), row->printed,
                      benchmark->verdict);
    }
}

/* Ours on the benchmark's population, where the page sets another beside it. */
static void check_population(TargetReader *reader, const Comparator *comparator,
                             const PrintedFigure *figure, const PrintedFigure *own) {
    const ReportBenchmark *benchmark = comparator->benchmark;
    if (page_prints(reader->match->measure, benchmark->figure->like_value.value))
        return;
    const char *like = benchmark->like_printed;
    if (benchmark->like_fraction)
        like = arena_printf(reader->run->session->arena, "%s (%s)", like, benchmark->like_fraction);
    Diag *fault = reconcile_fault_of(reader->run, figure);
    if (fault) {
        diag_note(fault, (Span){0}, "like for like, the data gives %s beside %s", like,
                  figure->shown);
        reader->run->told_before++;
        return;
    }
    diag_add(reader->run->session->diags, DIAG_not_like_for_like, figure->at,
             "%s is set beside %s, and counts others: like for like, the data gives %s for '%s'",
             figure->shown, own->shown, like, comparator->row->indicator->id);
}

static void check_like(TargetReader *reader, const Comparator *comparator,
                       const PrintedFigure *figure) {
    const ReportBenchmark *benchmark = comparator->benchmark;
    const PrintedFigure *own = own_figure(reader, comparator);
    if (!benchmark || !own || page_says_not_comparable(reader->match->measure))
        return;
    if (benchmark->figure->has_like_for_like && benchmark->figure->like_value.present &&
        !*comparator->label) {
        check_population(reader, comparator, figure, own);
        return;
    }
    if (benchmark->figure->comparable || !comparator->row->cell->available || !benchmark->hindrance)
        return;
    Diag *diag = diag_add(reader->run->session->diags, DIAG_not_like_for_like, figure->at,
                          "%s is set beside %s, and is not like for like: %s", figure->shown,
                          own->shown, benchmark->hindrance);
    diag_note(diag, own->at, "it is compared with this");
    help_like(reader->run->session->arena, comparator, diag);
}

/* ---- one printed figure ---- */

static void accept(TargetReader *reader, size_t figure, Comparator *comparator) {
    const PrintedFigure *printed = &reader->cell->figures.items[figure];
    reader->known[figure] = comparator->taken = true;
    reconcile_compared(reader->run);
    reconcile_keep_target(reader->run, printed, reader->match, comparator->value,
                          comparator_name(reader->run->session->arena, comparator));
    if (!is_printed(comparator, printed)) {
        Arena *arena = reader->run->session->arena;
        diag_add(reader->run->session->diags, DIAG_target_not_computed, printed->at,
                 "%s is printed, and %s of '%s' is %s", printed->shown,
                 comparator_name(arena, comparator), comparator->row->indicator->id,
                 printed_like(arena, comparator->value, printed));
    }
    check_like(reader, comparator, printed);
}

/* ---- bands ---- */

/* What rounding may have moved a printed band by; nothing where the definitions have it written
 * with no more decimals. */
static Num room_of(const Comparator *comparator, const PrintedFigure *figure) {
    const ReportBenchmark *benchmark = comparator->benchmark;
    const BenchmarkEntry *entry = benchmark ? benchmark->figure->entry : NULL;
    if (entry && figure->decimals >= entry->decimals)
        return num_of_int(0);
    return num_of_scaled(5, figure->decimals + 1);
}

/* The printed bands that lie in the comparator's; and what they add to, with the room that rounding
 * leaves. */
static size_t bands_within(TargetReader *reader, const Comparator *comparator,
                           const PrintedBand *wanted, size_t *first, Num *sum, Num *slack) {
    Arena *arena = reader->run->session->arena;
    size_t count = 0;
    *sum = *slack = num_of_int(0);
    for (size_t i = 0; i < reader->cell->figures.len; i++) {
        const PrintedFigure *figure = &reader->cell->figures.items[i];
        PrintedBand band;
        if (reader->known[i] || figure->kind != PRINTED_PERCENT || figure->total ||
            !band_parse(arena, figure->label, &band) || !band_within(&band, wanted) ||
            figure->decimals > 16 || !num_add(*sum, figure->value, sum) ||
            !num_add(*slack, room_of(comparator, figure), slack))
            continue;
        if (count++ == 0)
            *first = i;
    }
    return count;
}

static void take_bands(TargetReader *reader, const PrintedBand *wanted, const char *name) {
    Arena *arena = reader->run->session->arena;
    for (size_t i = 0; i < reader->cell->figures.len; i++) {
        const PrintedFigure *figure = &reader->cell->figures.items[i];
        PrintedBand band;
        if (reader->known[i] || !band_parse(arena, figure->label, &band) ||
            !band_within(&band, wanted))
            continue;
        reader->known[i] = true;
        reconcile_compared(reader->run);
        if (name)
            reconcile_keep_target(reader->run, figure, reader->match, figure->value,
                                  arena_printf(arena, "part of %s", name));
    }
}

static void check_band(TargetReader *reader, Comparator *comparator) {
    Arena *arena = reader->run->session->arena;
    PrintedBand wanted;
    Num sum, slack, off;
    size_t first = 0;
    if (!band_parse(arena, comparator->label, &wanted))
        return;
    size_t count = bands_within(reader, comparator, &wanted, &first, &sum, &slack);
    if (count == 1)
        accept(reader, first, comparator);
    if (count < 2 || !num_subtract(sum, comparator->value, &off))
        return;
    const PrintedFigure *printed = &reader->cell->figures.items[first];
    const char *name = comparator_name(arena, comparator);
    comparator->taken = true;
    if (num_compare(off, num_of_int(0)) < 0)
        off = num_negate(off);
    bool right = num_compare(off, slack) <= 0;
    take_bands(reader, &wanted, right ? name : NULL);
    if (right)
        return;
    diag_add(reader->run->session->diags, DIAG_target_not_computed, printed->at,
             "these %zu bands add to %s, and %s of '%s' is %s", count,
             printed_like(arena, sum, printed), name, comparator->row->indicator->id,
             printed_like(arena, comparator->value, printed));
}

/* ---- the rest ---- */

static bool may_print(const Comparator *comparator, const PrintedFigure *figure) {
    const Indicator *indicator = comparator->row->indicator;
    return kind_agrees(indicator, kind_of_basis(indicator), figure);
}

/* The one with the value that is printed, else the first that is left. */
static Comparator *find_comparator(TargetReader *reader, const PrintedFigure *figure) {
    Comparator *first = NULL;
    for (size_t i = 0; i < reader->comparators.len; i++) {
        Comparator *comparator = &reader->comparators.items[i];
        if (comparator->taken || !may_print(comparator, figure))
            continue;
        if (is_printed(comparator, figure))
            return comparator;
        if (!first && !*comparator->label)
            first = comparator;
    }
    return first;
}

static void check_figures(TargetReader *reader) {
    for (size_t i = 0; i < reader->cell->figures.len; i++) {
        const PrintedFigure *figure = &reader->cell->figures.items[i];
        if (reader->known[i])
            continue;
        Comparator *comparator = find_comparator(reader, figure);
        if (comparator)
            accept(reader, i, comparator);
        else
            diag_add(reader->run->session->diags, DIAG_figure_not_matched, figure->at,
                     "%s is no target and no benchmark of '%s'", figure->shown,
                     reader->match->indicator->id);
    }
}

static void check_measure(Reconciliation *run, const MeasureMatch *match) {
    TargetReader reader = {.run = run, .match = match};
    reader.cell = measure_cell(match->measure, ROLE_TARGET);
    if (!match->indicator || !reader.cell || reader.cell->figures.len == 0 ||
        reader.cell->figures.len > MOST_FIGURES)
        return;
    reader.known = arena_array(run->session->arena, reader.cell->figures.len, sizeof(bool));
    add_rows(&reader, match->indicator);
    for (size_t i = 0; i < match->with_len; i++)
        add_rows(&reader, match->with[i]);
    for (size_t i = 0; i < reader.comparators.len; i++)
        if (*reader.comparators.items[i].label)
            check_band(&reader, &reader.comparators.items[i]);
    check_figures(&reader);
}

void check_targets(Reconciliation *run) {
    for (size_t i = 0; run->data && i < run->matches.list.len; i++)
        check_measure(run, &run->matches.list.items[i]);
}
