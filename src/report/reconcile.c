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

/* ---- the run ---- */

static void count_cell(Reconciliation *run, const PrintedCell *cell) {
    for (size_t i = 0; i < cell->figures.len; i++) {
        const PrintedFigure *figure = &cell->figures.items[i];
        bool share = figure->kind == PRINTED_PERCENT || figure->kind == PRINTED_RATE;
        run->figures++;
        if (cell->role == ROLE_TARGET)
            run->targets++;
        else if (share && !figure->fraction)
            run->without_fraction++;
    }
    for (size_t i = 0; i < cell->fractions.len; i++)
        run->lone_fractions += !cell->fractions.items[i]->belongs && !cell->prose;
}

static void count_figures(Reconciliation *run) {
    for (size_t i = 0; i < run->reading->measures.len; i++) {
        const Measure *measure = run->reading->measures.items[i];
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

Reconciliation *reconcile(Session *session, const ReconcileRequest *request) {
    Reconciliation *run = arena_alloc(session->arena, sizeof *run);
    run->session = session;
    run->request = *request;
    run->reading = reading_new(session, request->src, request->csv);
    if (request->previous_src > 0)
        run->previous = reading_new(session, request->previous_src, request->previous_csv);
    set_period(run);
    count_figures(run);
    for (size_t i = 0; i < RECONCILE_CHECKS; i++) {
        run->check = (ReconcileCheck)i;
        size_t before = diags_errors(session->diags) + diags_warnings(session->diags);
        checks[i](run);
        run->counts[i].findings =
            diags_errors(session->diags) + diags_warnings(session->diags) - before;
    }
    return run;
}
