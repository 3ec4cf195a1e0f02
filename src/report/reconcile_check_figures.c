#include <string.h>

#include "report/reconcile.h"

/* ---- a figure and its fraction ---- */

/* Another figure of the row that is printed the same and is right: where this one may be from. */
static void note_copy(Diag *diag, const PrintedMeasure *measure, const PrintedFigure *wrong) {
    for (size_t i = 0; i < measure->cells.len; i++) {
        const PrintedCell *cell = measure->cells.items[i];
        for (size_t k = 0; k < cell->figures.len; k++) {
            const PrintedFigure *figure = &cell->figures.items[k];
            Num value;
            if (figure == wrong || !figure->fraction || strcmp(figure->shown, wrong->shown) != 0 ||
                !reconcile_fraction_value(figure, &value) || !reconcile_rounds_to(value, figure))
                continue;
            diag_note(diag, figure->at, "the same %s is printed here, and is right for %s",
                      figure->shown, figure->fraction->shown);
            return;
        }
    }
}

static void help_rounding(Diag *diag, Num value, const PrintedFigure *figure) {
    Num half = num_of_scaled(5, figure->decimals + 1), lower;
    if (figure->decimals < 17 && num_subtract(value, half, &lower) &&
        reconcile_rounds_to(lower, figure))
        diag_help(diag, "the figure is cut off where it should be rounded");
}

static void report_fraction(Reconciliation *run, const PrintedMeasure *measure,
                            const PrintedFigure *figure) {
    const PrintedFraction *fraction = figure->fraction;
    Diags *diags = run->session->diags;
    Num value;
    if (!reconcile_fraction_value(figure, &value)) {
        if (num_compare(fraction->denominator, num_of_int(0)) == 0)
            diag_add(diags, DIAG_figure_not_of_fraction, figure->at,
                     "%s is printed for %s, and nothing can be divided by 0", figure->shown,
                     fraction->shown);
        return;
    }
    if (reconcile_rounds_to(value, figure))
        return;
    StrBuf right = {0};
    reconcile_print_like(&right, value, figure);
    Diag *diag = diag_add(
        diags, figure->fraction_far ? DIAG_figure_not_of_far_fraction : DIAG_figure_not_of_fraction,
        figure->at, "%s is printed for %s, which is %s", figure->shown, fraction->shown,
        strbuf_text(&right));
    strbuf_fini(&right);
    reconcile_add_fault(run, figure, diag);
    if (fraction->at.off != figure->at.off)
        diag_note(diag, fraction->at, "the fraction is here");
    note_copy(diag, measure, figure);
    help_rounding(diag, value, figure);
}

void check_fractions(Reconciliation *run) {
    for (size_t i = 0; i < run->reading->measures.len; i++) {
        const PrintedMeasure *measure = run->reading->measures.items[i];
        for (size_t k = 0; k < measure->cells.len && !measure->column; k++) {
            const PrintedCell *cell = measure->cells.items[k];
            for (size_t f = 0; f < cell->figures.len; f++) {
                if (!cell->figures.items[f].fraction)
                    continue;
                reconcile_compared(run);
                report_fraction(run, measure, &cell->figures.items[f]);
            }
        }
    }
}

/* ---- groups and their total ---- */

typedef struct Groups {
    const PrintedFigure *total;
    size_t len;
    Num numerator, denominator; /* of the groups, added */
} Groups;

/* Whether the cell is a total and its groups: one total, every other share with its own fraction
 * and a label that is parted from it ("17 year olds - 60% (3/5)"). */
static bool find_groups(const PrintedCell *cell, Groups *out) {
    *out = (Groups){.numerator = num_of_int(0), .denominator = num_of_int(0)};
    for (size_t i = 0; i < cell->figures.len; i++) {
        const PrintedFigure *figure = &cell->figures.items[i];
        if (figure->kind != PRINTED_PERCENT)
            return false;
        if (figure->total) {
            if (out->total)
                return false;
            out->total = figure;
            continue;
        }
        const PrintedFraction *fraction = figure->fraction;
        if (!fraction || fraction->is_sum || !*figure->label || !figure->parted ||
            !num_add(out->numerator, fraction->numerator, &out->numerator) ||
            !num_add(out->denominator, fraction->denominator, &out->denominator))
            return false;
        out->len++;
    }
    return out->total && out->len >= 2 && num_compare(out->denominator, num_of_int(0)) > 0;
}

static void add_sum(StrBuf *out, const Groups *groups) {
    num_print(out, groups->numerator, 0, false);
    strbuf_add_char(out, '/');
    num_print(out, groups->denominator, 0, false);
}

static void report_percent_of_groups(Reconciliation *run, const Groups *groups) {
    Num value;
    if (!num_divide(groups->numerator, groups->denominator, &value) ||
        !num_multiply(value, num_of_int(100), &value) || reconcile_rounds_to(value, groups->total))
        return;
    StrBuf sum = {0}, right = {0};
    add_sum(&sum, groups);
    reconcile_print_like(&right, value, groups->total);
    Diag *diag =
        diag_add(run->session->diags, DIAG_whole_not_of_parts, groups->total->at,
                 "%s is printed for all, and the %zu groups add to %s, which is %s",
                 groups->total->shown, groups->len, strbuf_text(&sum), strbuf_text(&right));
    reconcile_add_fault(run, groups->total, diag);
    strbuf_fini(&sum);
    strbuf_fini(&right);
}

/* Groups that add to less than the total may leave some out, such as those not known; more cannot
 * be. */
static void report_fraction_of_groups(Reconciliation *run, const Groups *groups) {
    const PrintedFraction *fraction = groups->total->fraction;
    int above = num_compare(groups->numerator, fraction->numerator);
    int below = num_compare(groups->denominator, fraction->denominator);
    if (above == 0 && below == 0)
        return;
    StrBuf sum = {0};
    add_sum(&sum, groups);
    Diag *diag = diag_add(run->session->diags,
                          above > 0 || below > 0 ? DIAG_whole_not_of_parts : DIAG_parts_short,
                          fraction->at, "the total is %s, and the %zu groups add to %s",
                          fraction->shown, groups->len, strbuf_text(&sum));
    if (above <= 0 && below <= 0)
        diag_help(diag,
                  "if a group is left out, such as those not known, the report should say so");
    strbuf_fini(&sum);
}

static void check_groups(Reconciliation *run, const PrintedCell *cell) {
    Groups groups;
    if (!find_groups(cell, &groups))
        return;
    reconcile_compared(run);
    if (groups.total->fraction)
        report_fraction_of_groups(run, &groups);
    else
        report_percent_of_groups(run, &groups);
}

/* ---- "46 of which 13 ..., residual cases 33" ---- */

typedef struct Residual {
    const PrintedFigure *whole, *rest;
    Num parts; /* all of them, the rest too */
    size_t len;
} Residual;

static void report_residual(Reconciliation *run, const Residual *residual) {
    int order = num_compare(residual->parts, residual->whole->value);
    if (residual->rest ? order == 0 : order <= 0)
        return;
    StrBuf sum = {0};
    num_print(&sum, residual->parts, 0, false);
    Diag *diag = diag_add(run->session->diags, DIAG_whole_not_of_parts, residual->whole->at,
                          "the whole is %s, and its parts add to %s", residual->whole->shown,
                          strbuf_text(&sum));
    if (residual->rest)
        diag_note(diag, residual->rest->at, "the rest is printed as %s", residual->rest->shown);
    strbuf_fini(&sum);
}

/* Parts may overlap ("46 of which 13 are disabled and 20 are girls") unless a rest is named: then
 * each alone is held against the whole. */
static void check_residual(Reconciliation *run, const PrintedCell *cell) {
    const Tokens *tokens = &cell->tokens;
    Residual residual = {.parts = num_of_int(0)};
    const PrintedFigure *figures = cell->figures.items;
    Num most = num_of_int(0);
    for (size_t i = 0; i < cell->figures.len; i++) {
        const PrintedFigure *figure = &figures[i];
        if (figure->kind != PRINTED_NUMBER)
            return;
        if (!residual.whole) {
            if (token_is(tokens, figure->token + 1, "of") &&
                token_is(tokens, figure->token + 2, "which"))
                residual.whole = figure;
            continue;
        }
        if (figure_is_rest(run->session->arena, cell, figure))
            residual.rest = figure;
        if (!num_add(residual.parts, figure->value, &residual.parts))
            return;
        if (num_compare(figure->value, most) > 0)
            most = figure->value;
        residual.len++;
    }
    if (!residual.whole || residual.len == 0)
        return;
    reconcile_compared(run);
    if (!residual.rest)
        residual.parts = most;
    report_residual(run, &residual);
}

void check_parts(Reconciliation *run) {
    for (size_t i = 0; i < run->reading->measures.len; i++) {
        const PrintedMeasure *measure = run->reading->measures.items[i];
        for (size_t k = 0; k < measure->cells.len; k++) {
            check_groups(run, measure->cells.items[k]);
            if (!measure->list && !measure->column)
                check_residual(run, measure->cells.items[k]);
        }
    }
}
