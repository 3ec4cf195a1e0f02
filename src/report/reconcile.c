#include "report/reconcile.h"

static void (*const checks[])(Reconciliation *) = {
#define RECONCILE_CHECK(IDENT, name, title, unit) check_##name,
#include "report/reconcile_checks.def"
#undef RECONCILE_CHECK
};

/* ---- what the checks share ---- */

void reconcile_compared(Reconciliation *run) {
    run->counts[run->check].compared++;
}

bool reconcile_fraction_value(const PrintedFigure *figure, Num *out) {
    return num_divide(figure->fraction->numerator, figure->fraction->denominator, out) &&
           num_multiply(*out, num_of_int(figure->per), out);
}

bool reconcile_rounds_to(Num computed, const PrintedFigure *figure) {
    Num rounded;
    return num_round(computed, figure->decimals, &rounded) &&
           num_compare(rounded, figure->value) == 0;
}

void reconcile_print_like(StrBuf *out, Num value, const PrintedFigure *figure) {
    if (figure->kind == PRINTED_MONEY)
        strbuf_add(out, "\xC2\xA3");
    num_print(out, value, figure->decimals, figure->kind == PRINTED_MONEY);
    if (figure->kind == PRINTED_PERCENT)
        strbuf_add_char(out, '%');
}

/* ---- what was found ---- */

Diag *reconcile_fault_of(const Reconciliation *run, const PrintedFigure *figure) {
    for (size_t i = 0; i < run->faults.len; i++)
        if (run->faults.items[i].figure == figure)
            return run->faults.items[i].diag;
    return NULL;
}

void reconcile_add_fault(Reconciliation *run, const PrintedFigure *figure, Diag *diag) {
    FigureFault fault = {figure, diag};
    vec_push(run->session->arena, &run->faults, fault);
}

void reconcile_keep_target(Reconciliation *run, const PrintedFigure *figure,
                           const MeasureMatch *match, Num value, const char *name) {
    Comparison comparison = {
        .figure = figure, .match = match, .comparator = name, .comparator_value = value};
    vec_push(run->session->arena, &run->comparisons, comparison);
}

const Comparison *reconcile_comparison(const Reconciliation *run, const PrintedFigure *figure) {
    for (size_t i = 0; i < run->comparisons.len; i++)
        if (run->comparisons.items[i].figure == figure)
            return &run->comparisons.items[i];
    return NULL;
}

/* ---- the run ---- */

static void count_cell(Reconciliation *run, const PrintedCell *cell) {
    run->figures += cell->figures.len;
    for (size_t i = 0; i < cell->fractions.len; i++)
        run->lone_fractions += !cell->fractions.items[i]->belongs && !cell->prose;
}

static void count_figures(Reconciliation *run) {
    for (size_t i = 0; i < run->reading->measures.len; i++) {
        const PrintedMeasure *measure = run->reading->measures.items[i];
        for (size_t k = 0; k < measure->cells.len && !measure->column; k++)
            count_cell(run, measure->cells.items[k]);
    }
    if (run->figures == 0) {
        Diag *diag = diag_add(run->session->diags, DIAG_no_figures, (Span){run->reading->src, 0, 0},
                              "no printed figure was found here");
        diag_help(diag, "a list of figures has columns label, numerator, denominator, printed; see "
                        "`kpic help reconcile`");
    }
}

/* The period asked, unless the report says another: then that is one fault, and its dates are held
 * against what it says. */
static void set_period(Reconciliation *run) {
    const Reading *reading = run->reading;
    const Period *asked = run->request.period;
    bool differs = asked && reading->has_period &&
                   (reading->period_end < asked->start || reading->period_end > asked->end);
    run->has_period = asked || reading->has_period;
    run->period_asked = asked && !differs;
    run->period_end = run->period_asked ? asked->end : reading->period_end;
    run->period_differs = differs;
}

Reconciliation *reconcile_read(Session *session, const ReconcileRequest *request) {
    Reconciliation *run = arena_alloc(session->arena, sizeof *run);
    run->session = session;
    run->request = *request;
    run->reading = reading_new(session, request->src, request->csv);
    if (request->previous_src > 0)
        run->previous = reading_new(session, request->previous_src, request->previous_csv);
    set_period(run);
    count_figures(run);
    return run;
}

/* From the first to the last date of a list, by the month. */
static bool list_periods(const Reading *reading, Period *from, Period *to) {
    bool any = false;
    for (size_t i = 0; i < reading->measures.len; i++) {
        const PrintedMeasure *measure = reading->measures.items[i];
        const PrintedCell *cell = measure->list ? measure_cell(measure, ROLE_PRINTED) : NULL;
        const Token *date = cell ? printed_date(cell) : NULL;
        if (!date)
            continue;
        Period month = period_holding(PERIOD_MONTH, date->to);
        if (!any || month.start < from->start)
            *from = month;
        if (!any || month.end > to->end)
            *to = month;
        any = true;
    }
    return any;
}

bool reconcile_periods(const Reconciliation *run, Period *from, Period *to) {
    if (run->period_asked)
        *from = *to = *run->request.period;
    else if (run->has_period)
        *from = *to = period_holding(PERIOD_MONTH, run->period_end);
    else
        return list_periods(run->reading, from, to);
    return true;
}

void reconcile_match(Reconciliation *run, const Model *model) {
    matches_find(run->session->arena, run->reading, model, &run->matches);
}

void reconcile_check(Reconciliation *run, const ReconcileData *data) {
    const Diags *diags = run->session->diags;
    run->data = data;
    for (size_t i = 0; i < RECONCILE_CHECKS; i++) {
        run->check = (ReconcileCheck)i;
        size_t before = diags_errors(diags) + diags_warnings(diags);
        run->told_before = 0;
        checks[i](run);
        run->counts[i].findings =
            diags_errors(diags) + diags_warnings(diags) - before + run->told_before;
    }
}
