/* Printed figures against those that definitions and data give. */
#include "report/reconcile.h"

#include <string.h>

/* ---- words ---- */

static void add_fraction(StrBuf *out, const ComputedFigure *computed) {
    if (!computed->numerator.present || !computed->denominator.present)
        return;
    figure_print(out, computed->numerator.value, false);
    strbuf_add_char(out, '/');
    figure_print(out, computed->denominator.value, false);
}

/* "61.4% (229/373)": as the figure is printed. */
static void add_value(StrBuf *out, const ComputedFigure *computed, const PrintedFigure *figure) {
    StrBuf fraction = {0};
    reconcile_print_like(out, computed->value, figure);
    add_fraction(&fraction, computed);
    if (fraction.len > 0)
        strbuf_addf(out, " (%s)", strbuf_text(&fraction));
    strbuf_fini(&fraction);
}

/* "'in_house_fostering', Age 17, at 10 January 2017" */
static void add_name(Arena *arena, StrBuf *out, const ComputedFigure *computed) {
    const char *label = computed_words(arena, computed);
    strbuf_addf(out, "'%s'", computed->indicator->id);
    if (*label)
        strbuf_addf(out, ", %s", label);
    if (computed->cell->window_label)
        strbuf_addf(out, ": %s", computed->cell->window_label);
}

static const char *moved(Arena *arena, StrBuf *words) {
    const char *copy = arena_copy_text(arena, strbuf_text(words), words->len);
    strbuf_fini(words);
    return copy;
}

static const char *in_words(Reconciliation *run, const ComputedFigure *computed,
                            const PrintedFigure *figure) {
    StrBuf words = {0};
    if (figure && computed->available) {
        add_value(&words, computed, figure);
        strbuf_add(&words, " for ");
    }
    add_name(run->session->arena, &words, computed);
    return moved(run->session->arena, &words);
}

const char *reconcile_computed_text(const Reconciliation *run, const Comparison *comparison) {
    StrBuf words = {0};
    if (comparison->comparator) {
        reconcile_print_like(&words, comparison->comparator_value, comparison->figure);
        return moved(run->session->arena, &words);
    }
    if (!comparison->computed->available)
        return missing_words(comparison->computed->cell);
    add_value(&words, comparison->computed, comparison->figure);
    return moved(run->session->arena, &words);
}

const char *reconcile_computed_name(const Reconciliation *run, const Comparison *comparison) {
    StrBuf words = {0};
    if (comparison->comparator)
        return comparison->comparator;
    add_name(run->session->arena, &words, comparison->computed);
    return moved(run->session->arena, &words);
}

/* ---- one figure ---- */

static void report_missing(Reconciliation *run, const PrintedFigure *figure,
                           const ComputedFigure *computed) {
    const char *why = missing_words(computed->cell);
    Diag *diag = diag_add(run->session->diags, DIAG_figure_not_matched, figure->at,
                          "%s is printed, and the data gives no value (%s) for %s", figure->shown,
                          why ? why : "missing", in_words(run, computed, NULL));
    if (computed->cell->reason && why && strcmp(computed->cell->reason, why) != 0)
        diag_help(diag, "%s", computed->cell->reason);
}

/* The numbers of the fraction, which may be wrong where their percentage is not. */
static bool fraction_is_computed(const PrintedFraction *fraction, const ComputedFigure *computed) {
    if (!computed->numerator.present || computed->reported)
        return true;
    if (num_compare(fraction->numerator, computed->numerator.value) != 0)
        return false;
    return !computed->denominator.present ||
           num_compare(fraction->denominator, computed->denominator.value) == 0;
}

/* "the data gives 3 for 'open_visits', before exclusions": if it is another figure of the cell. */
static void help_other(Reconciliation *run, Diag *diag, const PrintedFigure *figure,
                       const ComputedFigures *all) {
    for (size_t i = 0; i < all->len; i++)
        if (!all->items[i].taken && all->items[i].shown_as == figure->kind &&
            computed_is_printed(&all->items[i], figure)) {
            diag_help(diag, "the data gives %s", in_words(run, &all->items[i], figure));
            return;
        }
}

static void report_value(Reconciliation *run, const PrintedFigure *figure,
                         const ComputedFigure *computed, const ComputedFigures *all) {
    Diag *fault = reconcile_fault_of(run, figure);
    if (fault) {
        diag_note(fault, (Span){0}, "the data gives %s", in_words(run, computed, figure));
        run->told_before++;
        return;
    }
    bool fraction = figure->fraction && !fraction_is_computed(figure->fraction, computed);
    fault = diag_add(run->session->diags, DIAG_figure_not_computed, figure->at,
                     "%s%s%s%s is printed, and the data gives %s", figure->shown,
                     fraction ? " (" : "", fraction ? figure->fraction->shown : "",
                     fraction ? ")" : "", in_words(run, computed, figure));
    reconcile_add_fault(run, figure, fault);
    help_other(run, fault, figure, all);
}

static void compare_figure(Reconciliation *run, const PrintedFigure *figure,
                           const ComputedFigure *computed, const ComputedFigures *all) {
    reconcile_compared(run);
    if (!computed->available)
        report_missing(run, figure, computed);
    else if (!computed_is_printed(computed, figure))
        report_value(run, figure, computed, all);
    else if (figure->fraction && !fraction_is_computed(figure->fraction, computed))
        diag_add(run->session->diags, DIAG_figure_not_computed, figure->fraction->at,
                 "%s is printed beside %s, and the data gives %s", figure->fraction->shown,
                 figure->shown, in_words(run, computed, figure));
}

/* ---- one cell ---- */

static void report_unmatched(Reconciliation *run, const MeasureMatch *match,
                             const PrintedFigure *figure, const ComputedFigures *computed) {
    Diag *diag =
        diag_add(run->session->diags, DIAG_figure_not_matched, figure->at,
                 "%s is none of the figures that '%s' has", figure->shown, match->indicator->id);
    for (size_t i = 0; i < computed->len; i++)
        if (!computed->items[i].taken && computed->items[i].shown_as == figure->kind &&
            computed->items[i].available) {
            diag_help(diag, "not printed here is %s", in_words(run, &computed->items[i], figure));
            return;
        }
}

static void keep(Reconciliation *run, const MeasureMatch *match, const PrintedFigure *figure,
                 Assigned assigned) {
    Comparison comparison = {
        .figure = figure, .match = match, .computed = assigned.figure, .by = assigned.by};
    vec_push(run->session->arena, &run->comparisons, comparison);
}

static void check_cell(Reconciliation *run, const MeasureMatch *match, const PrintedCell *cell) {
    Arena *arena = run->session->arena;
    ComputedFigures *computed = arena_alloc(arena, sizeof *computed);
    computed_collect(arena, run->data->result, run->data->report, match, cell, computed);
    if (computed->len == 0) {
        run->not_computed += cell->figures.len;
        return;
    }
    Assigned *assigned = computed_assign(arena, cell, computed);
    for (size_t i = 0; i < cell->figures.len; i++) {
        const PrintedFigure *figure = &cell->figures.items[i];
        keep(run, match, figure, assigned[i]);
        if (assigned[i].figure)
            compare_figure(run, figure, assigned[i].figure, computed);
        else
            report_unmatched(run, match, figure, computed);
    }
}

/* ---- measures ---- */

static const PrintedFigure *first_figure(const PrintedMeasure *measure) {
    for (size_t i = 0; i < measure->cells.len; i++)
        if (measure->cells.items[i]->figures.len > 0)
            return &measure->cells.items[i]->figures.items[0];
    return NULL;
}

static void report_measure(Reconciliation *run, const MeasureMatch *match) {
    const PrintedFigure *figure = first_figure(match->measure);
    Diag *diag = diag_add(run->session->diags, DIAG_measure_not_matched, figure->at,
                          match->nearest_len == 2
                              ? "'%s' could be more than one indicator, and is compared with none"
                              : "no indicator of the definitions is '%s'",
                          match->measure->name);
    for (size_t i = 0; i < match->nearest_len; i++)
        diag_note(diag, (Span){0}, "%s '%s': %s", i == 0 ? "nearest is" : "then",
                  match->nearest[i]->id, match->nearest[i]->title);
    diag_help(diag, "write its title, or its id, as the definitions have it");
}

void check_computed(Reconciliation *run) {
    for (size_t i = 0; run->data && i < run->matches.list.len; i++) {
        const MeasureMatch *match = &run->matches.list.items[i];
        if (!match->indicator) {
            report_measure(run, match);
            continue;
        }
        for (size_t k = 0; k < match->measure->cells.len; k++) {
            const PrintedCell *cell = match->measure->cells.items[k];
            if (cell->role == ROLE_CURRENT || cell->role == ROLE_PREVIOUS ||
                cell->role == ROLE_PRINTED)
                check_cell(run, match, cell);
        }
    }
}
