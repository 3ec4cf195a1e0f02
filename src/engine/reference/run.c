/* A run: every indicator, window by window; the entries of its rows come from the engine chosen. */
#include "engine/native/run.h"
#include "engine/engine.h"
#include "engine/reference/cells.h"
#include "engine/reference/group_keys.h"
#include "engine/reference/moves.h"
#include "engine/sql/run.h"
#include "engine/sql/survey.h"

/* ---- one window ---- */

static void run_window(CellRun *run) {
    size_t sets_len = run->planned->indicator->rowsets_len;
    EntrySet *sets = NULL;
    if (run->window->available) {
        watch_window(run);
        sets = arena_array(run->scratch, sets_len, sizeof *sets);
        for (size_t i = 0; i < sets_len; i++)
            sets[i] = run->rows(run, run->planned->rows[i]);
        watch_entries(run, sets);
    }
    groups_make_cells(run, sets);
    arena_reset(run->scratch);
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

typedef struct Run {
    Session *session;
    Evaluator *evaluator;
    Arena *arena, *scratch; /* of the run, of a window */
    AllCells all;
    NativeRun *native; /* or */
    SqlRun *sql;       /* both NULL: row by row */
    bool moves;
    const CellSink *sink;
} Run;

static CellRun cell_run(Run *run, IndicatorCells *own) {
    return (CellRun){.session = run->session,
                     .evaluator = run->evaluator,
                     .planned = own->planned,
                     .run = own->arena,
                     .scratch = run->scratch,
                     .failures = &own->failures,
                     .cells = &own->cells,
                     .keys = own->keys,
                     .band = ALL_BANDS,
                     .all = &run->all,
                     .rows = run->native ? native_rows
                             : run->sql  ? sql_rows
                                         : steps_rows,
                     .engine = run->native ? (void *)run->native : (void *)run->sql};
}

static void compute(Run *run, IndicatorCells *own);

static IndicatorCells *cells_of(Run *run, const Indicator *indicator) {
    for (size_t i = 0; i < run->all.len; i++)
        if (run->all.items[i].planned->indicator == indicator)
            return &run->all.items[i];
    return NULL;
}

static void compute_other(Run *run, const Indicator *indicator) {
    IndicatorCells *other = indicator ? cells_of(run, indicator) : NULL;
    if (other)
        compute(run, other);
}

static void compute_inputs(Run *run, const Indicator *indicator) {
    for (size_t i = 0; i < indicator->inputs_len; i++)
        compute_other(run, indicator->inputs[i]);
}

static void compute(Run *run, IndicatorCells *own) {
    const PlanIndicator *planned = own->planned;
    if (own->done)
        return;
    own->done = true;
    compute_inputs(run, planned->indicator);
    own->arena = own->needed ? run->arena : run->sink->room(run->sink->context);
    own->keys = group_keys_new(own->arena, planned->indicator);
    CellRun cells = cell_run(run, own);
    own->failures.told =
        arena_array(own->arena, planned->indicator->rowsets_len, sizeof *own->failures.told);
    own->starts = arena_array(own->arena, planned->windows_len + 1, sizeof *own->starts);
    Arena *gather = run->moves ? arena_new() : NULL;
    for (size_t w = 0; w < planned->windows_len; w++) {
        own->starts[w] = own->cells.len;
        cells.previous_cells = w > 0 ? own->starts[w - 1] : 0;
        cells.window_cells = own->cells.len;
        cells.window = run->evaluator->window = &planned->windows[w];
        cells.gather = gather && moves_touch_window(planned, w) ? gather : NULL;
        run_window(&cells);
    }
    own->starts[planned->windows_len] = own->cells.len;
    cells_surround(&run->all, own, own->arena);
    if (!gather)
        return;
    moves_compare(own);
    arena_free(gather);
}

static void meet_benchmarks(Run *run, IndicatorCells *own) {
    CellRun cells = cell_run(run, own);
    for (size_t w = 0; w < own->planned->windows_len; w++) {
        if (!own->planned->windows[w].asked)
            continue;
        cells.window = run->evaluator->window = &own->planned->windows[w];
        cells_meet_benchmarks(&cells, cells_of_window(own, w));
    }
    benchmarks_report_unmet(run->session, own);
}

static void collect(const IndicatorCells *own, Arena *arena, CellList *out, CellList *helpers) {
    for (size_t w = 0; w < own->planned->windows_len; w++) {
        CellSlice cells = cells_of_window(own, w);
        CellList *to = own->planned->windows[w].hidden ? helpers : out;
        for (size_t c = 0; c < cells.len; c++)
            vec_push(arena, to, cells.items[c]);
    }
}

/* ---- all cells together ---- */

static void run_together(Run *run, CellList *out, CellList *helpers) {
    for (size_t i = 0; i < run->all.len; i++)
        run->all.items[i].needed = true;
    for (size_t i = 0; i < run->all.len; i++)
        compute(run, &run->all.items[i]);
    for (size_t i = 0; i < run->all.len; i++)
        meet_benchmarks(run, &run->all.items[i]);
    for (size_t i = 0; i < run->all.len; i++)
        collect(&run->all.items[i], run->arena, out, helpers);
}

/* ---- one indicator after the other ---- */

static void need(Run *run, const Indicator *own, const Indicator *other) {
    IndicatorCells *cells = other && other != own ? cells_of(run, other) : NULL;
    if (cells)
        cells->needed = true;
}

/* Those whose cells others look at: their inputs, and what benchmarks are taken from. */
static void find_needed(Run *run) {
    for (size_t i = 0; i < run->all.len; i++) {
        const Indicator *indicator = run->all.items[i].planned->indicator;
        for (size_t j = 0; j < indicator->inputs_len; j++)
            need(run, indicator, indicator->inputs[j]);
        for (size_t b = 0; b < indicator->benchmarks_len; b++) {
            need(run, indicator, indicator->benchmarks[b].from);
            need(run, indicator, indicator->benchmarks[b].compared_as);
        }
    }
}

static void give(const Run *run, IndicatorCells *own) {
    CellList asked = {0}, helpers = {0};
    collect(own, own->arena, &asked, &helpers);
    Arena *room = own->needed ? NULL : own->arena;
    if (asked.len > 0 || room)
        run->sink->take(run->sink->context, asked.items, asked.len, room);
    if (room) { /* it may be gone already */
        own->cells = (CellList){0};
        own->arena = NULL;
    }
}

static void run_in_turn(Run *run) {
    find_needed(run);
    for (size_t i = 0; i < run->all.len; i++) {
        IndicatorCells *own = &run->all.items[i];
        const Indicator *indicator = own->planned->indicator;
        compute(run, own);
        for (size_t b = 0; b < indicator->benchmarks_len; b++) {
            compute_other(run, indicator->benchmarks[b].from);
            compute_other(run, indicator->benchmarks[b].compared_as);
        }
        meet_benchmarks(run, own);
        give(run, own);
    }
}

/* False if an error made a figure unavailable. */
static bool run_plan(Session *session, const Plan *plan, Data *data, NativeRun *native, SqlRun *sql,
                     const EngineOptions *options, CellList *out, CellList *helpers) {
    Evaluator evaluator = evaluator_new(data);
    Run run = {.session = session,
               .evaluator = &evaluator,
               .arena = data->run,
               .scratch = arena_new(),
               .all = {NULL, plan->indicators_len},
               .native = native,
               .sql = sql,
               .moves = options->moves,
               .sink = options->sink};
    bool sound = true;
    data_report_validity(&evaluator, plan);
    run.all.items = arena_array(run.arena, run.all.len, sizeof *run.all.items);
    for (size_t i = 0; i < run.all.len; i++)
        run.all.items[i].planned = plan->indicators[i];
    if (run.sink)
        run_in_turn(&run);
    else
        run_together(&run, out, helpers);
    for (size_t i = 0; i < run.all.len; i++) {
        const IndicatorCells *own = &run.all.items[i];
        report_failures(session, data, own->planned->indicator, &own->failures);
        sound = sound && !own->failures.any;
    }
    arena_free(run.scratch);
    evaluator_end(&evaluator);
    return sound;
}

/* The figures, by the engine chosen; all tables are read. */
static StoreResult run_engine(Session *session, const Plan *plan, Data *data, Store *store,
                              const EngineOptions *options, CellList *cells, CellList *helpers,
                              Result *out) {
    NativeRun *native = NULL;
    SqlRun *sql = NULL;
    StoreResult result = STORE_OK;
    if (options->kind == ENGINE_SQL)
        result = sql_start(session, data, plan, store, &sql, &out->beyond_engine);
    else if (options->kind != ENGINE_REFERENCE)
        native = native_start(data, plan, options);
    if (result == STORE_OK && !run_plan(session, plan, data, native, sql, options, cells, helpers))
        result = STORE_REFUSED;
    if (sql && sql_result(sql) > result)
        result = sql_result(sql);
    if (sql)
        out->places = sql_places(sql);
    native_end(native);
    sql_end(sql);
    return result;
}

/* Some part of the run wanted rows that stay where they are. */
static StoreResult tell_lacked(Session *session, const SourceModel *source) {
    Diag *diag = diag_add(session->diags, DIAG_rows_stay, source->span,
                          "rows of '%s' would have to leave the server", source->name);
    diag_help(diag, "leave out `--stay`, or ask for indicators that do not need them");
    return STORE_REFUSED;
}

StoreResult engine_run(Session *session, const Plan *plan, Store *store,
                       const EngineOptions *options, Arena *run, Result *out) {
    Data data;
    CellList cells = {0}, helpers = {0};
    *out = (Result){0};
    if (store)
        store_set_threads(store, options->threads);
    StoreResult result = options->stay ? data_load_written(session, plan, run, &data)
                                       : data_load(session, plan, store, run, &data);
    data.watch = options->watch;
    if (result == STORE_OK && options->stay)
        result = survey_rows(&data, plan, store);
    if (result == STORE_OK) {
        data_report_faults(&data);
        if (options->fingerprint && !options->stay)
            data_fingerprint(&data, out->fingerprint);
        timing_mark(options->timing, "load");
        result = run_engine(session, plan, &data, store, options, &cells, &helpers, out);
        data_report_births(&data);
        timing_mark(options->timing, options->sink ? "figures, judgement and print" : "figures");
    }
    if (options->stay && result == STORE_OK && data.lacked)
        result = tell_lacked(session, data.lacked);
    if (options->stay && result != STORE_OK)
        cells.len = helpers.len = 0; /* none of them, rather than some that lack rows */
    out->cells = cells.items;
    out->cells_len = cells.len;
    out->helpers = helpers.items;
    out->helpers_len = helpers.len;
    out->data_faults = data.faults;
    data_end(&data);
    return result;
}

StoreResult engine_reference_run(Session *session, const Plan *plan, Store *store, Arena *run,
                                 Result *out) {
    EngineOptions options = {.kind = ENGINE_REFERENCE, .fingerprint = true};
    return engine_run(session, plan, store, &options, run, out);
}

StoreResult engine_print_passes(Session *session, const Plan *plan, Store *store, StrBuf *out) {
    Arena *run = arena_new();
    EngineOptions options = {.kind = ENGINE_NATIVE, .threads = 1};
    Data data;
    StoreResult result = data_load(session, plan, store, run, &data);
    if (result == STORE_OK) {
        NativeRun *native = native_start(&data, plan, &options);
        native_print(out, native);
        native_end(native);
    }
    data_end(&data);
    arena_free(run);
    return result;
}

StoreResult engine_print_sql(Session *session, const Plan *plan, const Indicator *asked,
                             StoreDialect dialect, Store *store, StrBuf *out) {
    Arena *run = arena_new();
    Data data;
    bool beyond = false;
    StoreResult result = store ? data_load(session, plan, store, run, &data)
                               : data_load_written(session, plan, run, &data);
    if (result == STORE_OK)
        sql_print(session, &data, plan, asked, dialect, store, out, &beyond);
    data_end(&data);
    arena_free(run);
    return result == STORE_OK && beyond ? STORE_REFUSED : result;
}

void timing_mark(EngineTiming *timing, const char *what) {
    if (timing)
        timing->mark(timing->context, what);
}
