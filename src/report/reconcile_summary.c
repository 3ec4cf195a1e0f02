/* What was checked, what was not, and why not. */
#include "report/reconcile.h"

static const ReconcileCheckInfo infos[] = {
#define RECONCILE_CHECK(IDENT, name, title, unit) {#name, title, unit},
#include "report/reconcile_checks.def"
#undef RECONCILE_CHECK
};

const ReconcileCheckInfo *reconcile_check_info(ReconcileCheck check) {
    return &infos[check];
}

bool reconcile_check_has_run(const Reconciliation *done, ReconcileCheck check) {
    switch (check) {
    case RECONCILE_CHECK_FRACTIONS:
    case RECONCILE_CHECK_PARTS:
    case RECONCILE_CHECK_BANDS:
    case RECONCILE_CHECK_AGES:
    case RECONCILE_CHECK_PERIODS:
    case RECONCILE_CHECK_METHODS:
        return true;
    case RECONCILE_CHECK_PREVIOUS:
        return done->previous != NULL;
    case RECONCILE_CHECK_COMPUTED:
    case RECONCILE_CHECK_TARGETS:
    case RECONCILE_CHECK_WINDOWS:
        return done->data != NULL;
    case RECONCILE_CHECKS:
        break;
    }
    return false;
}

/* ---- counts ---- */

static void add_count(const Reconciliation *done, ReconcileLines *out, const char *words,
                      size_t count) {
    Arena *arena = done->session->arena;
    if (count > 0)
        vec_push(arena, out, arena_printf(arena, "%s: %zu", words, count));
}

/* Figures that neither their fraction nor the data proves. */
static size_t count_unproved(const Reconciliation *done, bool targets) {
    size_t count = 0;
    for (size_t i = 0; i < done->reading->measures.len; i++) {
        const PrintedMeasure *measure = done->reading->measures.items[i];
        for (size_t k = 0; k < measure->cells.len && !measure->column; k++) {
            const PrintedCell *cell = measure->cells.items[k];
            for (size_t f = 0; f < cell->figures.len; f++) {
                const PrintedFigure *figure = &cell->figures.items[f];
                bool share = figure->kind == PRINTED_PERCENT || figure->kind == PRINTED_RATE;
                bool is_target = cell->role == ROLE_TARGET;
                count += is_target == targets && (targets || (share && !figure->fraction)) &&
                         !reconcile_comparison(done, figure);
            }
        }
    }
    return count;
}

static void add_figures(const Reconciliation *done, ReconcileLines *out) {
    add_count(done, out,
              "percentages and rates without a fraction beside them, which only the records behind "
              "them can prove",
              count_unproved(done, false));
    add_count(done, out, "figures of targets and benchmarks, which come from elsewhere",
              count_unproved(done, true));
    add_count(done, out, "fractions printed without a percentage", done->lone_fractions);
    add_count(done, out, "figures for periods that were not computed", done->not_computed);
    add_count(done, out, "measures that the earlier report lacks, or has for another period",
              done->not_in_previous);
}

/* ---- measures ---- */

static void add_name(StrBuf *names, const char *name) {
    strbuf_addf(names, "%s%s", names->len > 0 ? ", " : "", name);
}

static void add_names(const Reconciliation *done, ReconcileLines *out, const char *words,
                      StrBuf *names) {
    Arena *arena = done->session->arena;
    if (names->len > 0)
        vec_push(arena, out, arena_printf(arena, "%s: %s", words, strbuf_text(names)));
    strbuf_fini(names);
}

static bool is_on_page(const Reconciliation *done, const Indicator *indicator) {
    for (size_t i = 0; i < done->matches.list.len; i++) {
        const MeasureMatch *match = &done->matches.list.items[i];
        if (match->indicator == indicator)
            return true;
    }
    return false;
}

static void add_not_printed(const Reconciliation *done, ReconcileLines *out) {
    const ReportModel *report = done->matches.report;
    StrBuf names = {0};
    for (size_t i = 0; report && i < report->items_len; i++)
        for (size_t k = 0; k < report->items[i].shown_len; k++)
            if (!is_on_page(done, report->items[i].shown[k]))
                add_name(&names, report->items[i].shown[k]->id);
    add_names(done, out, "indicators of the report that are not printed here", &names);
}

/* A chart, or words. */
static void add_without_number(const Reconciliation *done, ReconcileLines *out) {
    StrBuf names = {0};
    for (size_t i = 0; i < done->matches.list.len; i++) {
        const MeasureMatch *match = &done->matches.list.items[i];
        const PrintedCell *current = measure_cell(match->measure, ROLE_CURRENT);
        if (match->indicator && current && current->figures.len == 0)
            add_name(&names, match->indicator->id);
    }
    add_names(done, out, "indicators whose current figure is not printed as a number", &names);
}

void reconcile_unchecked(const Reconciliation *done, ReconcileLines *out) {
    Arena *arena = done->session->arena;
    add_figures(done, out);
    if (!done->has_period)
        vec_push(arena, out,
                 "dates against the period, which the report does not say: --period PERIOD");
    if (!done->previous)
        vec_push(arena, out, "previous figures: no earlier report was given (--previous FILE)");
    if (!done->data) {
        const char *why = done->request.why_no_data;
        vec_push(arena, out,
                 arena_printf(arena, "anything against data: %s",
                              why ? why : "no definitions were given (kpic reconcile FILE PATH)"));
        return;
    }
    add_not_printed(done, out);
    add_without_number(done, out);
}
