/* The reference engine: every indicator, window by window, row by row. */
#include "engine/engine.h"
#include "engine/reference/cells.h"

/* The cell of the same group among cells[from..to), which are in the order of groups_compare. */
static const Cell *find_group(const CellList *cells, size_t from, size_t to, const Cell *like) {
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = groups_compare(cells->items[middle], like);
        if (order == 0)
            return cells->items[middle];
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

static void link_previous(const PlanIndicator *planned, const CellList *cells,
                          const size_t *starts) {
    for (size_t w = 0; w < planned->windows_len; w++) {
        int previous = planned->windows[w].previous;
        if (previous < 0)
            continue;
        for (size_t i = starts[w]; i < starts[w + 1]; i++) {
            Cell *cell = cells->items[i];
            cell->previous = find_group(cells, starts[previous], starts[previous + 1], cell);
            cell->previous_period = planned->windows[previous].period;
            cell->has_previous_period = true;
        }
    }
}

static void run_window(CellRun *run) {
    size_t sets_len = run->planned->indicator->rowsets_len;
    run->scratch = arena_new();
    EntrySet *sets = NULL;
    if (run->window->available) {
        sets = arena_array(run->scratch, sets_len, sizeof *sets);
        for (size_t i = 0; i < sets_len; i++)
            sets[i] = steps_rows(run, run->planned->rows[i]);
    }
    groups_make_cells(run, sets);
    arena_free(run->scratch);
}

/* ---- errors, once for an indicator ---- */

static void fault_row_words(StrBuf *out, const Data *data, const Fault *fault) {
    if (fault->source && fault->row != NO_ROW)
        strbuf_addf(out, " in row %lld of '%s'",
                    (long long)data_row_number(&data->tables[fault->source->index], fault->row),
                    fault->source->name);
}

static void more_words(StrBuf *out, const Failures *failures) {
    if (failures->rows > 1)
        strbuf_addf(out, ", and %zu more row%s", failures->rows - 1,
                    failures->rows == 2 ? "" : "s");
}

static void report_calendar(Session *session, const Indicator *indicator, const char *where,
                            const char *more, const Fault *fault) {
    StrBuf date = {0}, covers = {0};
    date_print_iso(&date, fault->date);
    date_print_iso(&covers, fault->calendar->from);
    strbuf_add(&covers, " to ");
    date_print_iso(&covers, fault->calendar->to);
    Diag *diag =
        diag_add(session->diags, DIAG_outside_calendar, indicator->span,
                 "'%s': %s%s lies outside the calendar '%s', which covers %s%s", indicator->id,
                 strbuf_text(&date), where, fault->calendar->name, strbuf_text(&covers), more);
    diag_note(diag, fault->calendar->span, "the calendar is declared here");
    strbuf_fini(&covers);
    strbuf_fini(&date);
}

static void report_failures(Session *session, const Data *data, const Indicator *indicator,
                            const Failures *failures) {
    if (!failures->any)
        return;
    const Fault *fault = &failures->first;
    StrBuf where = {0}, more = {0};
    fault_row_words(&where, data, fault);
    more_words(&more, failures);
    switch (fault->kind) {
    case FAULT_CALENDAR:
        report_calendar(session, indicator, strbuf_text(&where), strbuf_text(&more), fault);
        break;
    case FAULT_OVERFLOW:
        diag_add(session->diags, DIAG_overflow, indicator->span,
                 "'%s': a number%s does not fit 64 bits%s", indicator->id, strbuf_text(&where),
                 strbuf_text(&more));
        break;
    case FAULT_UNDECIDED:
        diag_add(session->diags, DIAG_undecided_order, indicator->span,
                 "'%s': rows of '%s' have the same date and different values, one of them%s",
                 indicator->id, fault->source->name, strbuf_text(&where));
        break;
    }
    strbuf_fini(&more);
    strbuf_fini(&where);
}

/* ---- the run ---- */

static bool run_indicator(Session *session, Evaluator *evaluator, const PlanIndicator *planned,
                          Arena *arena, CellList *cells) {
    Failures failures = {0};
    failures.told = arena_array(arena, planned->indicator->rowsets_len, sizeof *failures.told);
    CellRun run = {.session = session,
                   .evaluator = evaluator,
                   .planned = planned,
                   .run = arena,
                   .failures = &failures,
                   .cells = cells,
                   .band = ALL_BANDS};
    size_t *starts = arena_array(arena, planned->windows_len + 1, sizeof *starts);
    for (size_t w = 0; w < planned->windows_len; w++) {
        starts[w] = cells->len;
        run.window = evaluator->window = &planned->windows[w];
        run_window(&run);
        starts[w + 1] = cells->len;
    }
    link_previous(planned, cells, starts);
    report_failures(session, evaluator->data, planned->indicator, &failures);
    return !failures.any;
}

StoreResult engine_reference_run(Session *session, const Plan *plan, Store *store, Arena *run,
                                 Result *out) {
    Data data;
    CellList cells = {0};
    *out = (Result){0};
    StoreResult result = data_load(session, plan, store, run, &data);
    if (result == STORE_OK) {
        data_report_faults(&data);
        data_fingerprint(&data, out->fingerprint);
        Evaluator evaluator = evaluator_new(&data);
        for (size_t i = 0; i < plan->indicators_len; i++)
            if (!run_indicator(session, &evaluator, plan->indicators[i], run, &cells))
                result = STORE_REFUSED;
        evaluator_end(&evaluator);
        data_report_births(&data);
    }
    out->cells = cells.items;
    out->cells_len = cells.len;
    out->data_faults = data.faults;
    data_end(&data);
    return result;
}
