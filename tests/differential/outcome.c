#include "tests/differential/outcome.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sema/analyse.h"
#include "syntax/parse.h"
#include "tests/differential/sharded.h"

#define SERVER_VARIABLE "KPIC_TEST_DATABASE"

static StoreResult run_reference(Session *session, const Plan *plan, Store *store, Arena *run,
                                 Result *out) {
    EngineOptions options = {.kind = ENGINE_REFERENCE, .fingerprint = true, .moves = true};
    return engine_run(session, plan, store, &options, run, out);
}

static StoreResult run_native(Session *session, const Plan *plan, Store *store, Arena *run,
                              Result *out) {
    EngineOptions options = {
        .kind = ENGINE_NATIVE, .threads = 1, .fingerprint = true, .moves = true};
    return engine_run(session, plan, store, &options, run, out);
}

/* Tables of a pair are small: batches are too, so that both threads have rows. */
static StoreResult run_native_on_two(Session *session, const Plan *plan, Store *store, Arena *run,
                                     Result *out) {
    EngineOptions options = {
        .kind = ENGINE_NATIVE, .threads = 2, .batch_rows = 1, .fingerprint = true, .moves = true};
    return engine_run(session, plan, store, &options, run, out);
}

/* In a database in memory, to which the rows of the pair are sent. */
static StoreResult run_sql(Session *session, const Plan *plan, Store *store, Arena *run,
                           Result *out) {
    EngineOptions options = {.kind = ENGINE_SQL, .fingerprint = true};
    return engine_run(session, plan, store, &options, run, out);
}

/* Statements on a server, to which the rows of the pair are sent. It is connected to once for all
 * pairs, unless it had to say something, which is printed. */
static StoreResult run_sql_on_server(Session *session, const Plan *plan, Store *store, Arena *run,
                                     Result *out) {
    static Session *own;
    static Store *server;
    EngineOptions options = {.kind = ENGINE_SQL, .fingerprint = true};
    StrBuf words = {0};
    (void)store;
    if (!own)
        own = session_new();
    if (!server && store_open(own, getenv(SERVER_VARIABLE), ENCODING_UTF8, &server) != STORE_OK)
        exit(2);
    StoreResult result = engine_run(session, plan, server, &options, run, out);
    diags_render_text(own->diags, &words, 0, false);
    if (words.len > 0) {
        fputs(strbuf_text(&words), stdout);
        store_close(server);
        session_free(own);
        own = NULL;
        server = NULL;
    }
    strbuf_fini(&words);
    return result;
}

static StoreResult run_reference_on_shards(Session *session, const Plan *plan, Store *store,
                                           Arena *run, Result *out) {
    EngineOptions options = {.kind = ENGINE_REFERENCE, .fingerprint = true};
    (void)store;
    return sharded_run(session, plan, &options, run, out);
}

static StoreResult run_sql_on_shards(Session *session, const Plan *plan, Store *store, Arena *run,
                                     Result *out) {
    EngineOptions options = {.kind = ENGINE_SQL, .fingerprint = true};
    (void)store;
    return sharded_run(session, plan, &options, run, out);
}

/* Who came and who left is a matter of rows, which do not leave the database. */
static const Engine without_moves = {"reference", engine_reference_run, 1, NULL};

static const Engine here[] = {
    {"reference", run_reference, 1, NULL},
    {"native", run_native, 1, NULL},
    {"native on two threads", run_native_on_two, 1, NULL},
    {"sql on SQLite", run_sql, 2, &without_moves},
};
static const Engine with_server[] = {
    {"reference", engine_reference_run, 1, NULL},
    {"sql on SQLite", run_sql, 1, NULL},
    {"sql on PostgreSQL", run_sql_on_server, 1, NULL},
};
static const Engine with_shards[] = {
    {"reference", run_reference_on_shards, 1, NULL},
    {"sql on shards", run_sql_on_shards, 1, NULL},
};
const Engine *engines = here;
size_t engines_len = sizeof here / sizeof *here;

void engines_choose(void) {
    if (!getenv(SERVER_VARIABLE))
        return;
    engines = sharded_is_there() ? with_shards : with_server;
    engines_len = sharded_is_there() ? sizeof with_shards / sizeof *with_shards
                                     : sizeof with_server / sizeof *with_server;
}

/* ---- cells in words ---- */

static void add_number(StrBuf *out, Num number) {
    num_print(out, (Num){number.n, 1}, 0, false);
    strbuf_add(out, "/");
    num_print(out, (Num){number.d, 1}, 0, false);
}

static void add_figure(StrBuf *out, const char *name, Figure figure) {
    if (!figure.present)
        return;
    strbuf_addf(out, " %s=", name);
    add_number(out, figure.value);
}

static void add_count(StrBuf *out, const char *name, int64_t count) {
    if (count != 0)
        strbuf_addf(out, " %s=%" PRId64, name, count);
}

static void add_moves(StrBuf *out, const char *name, Moves moves) {
    if (!moves.present)
        return;
    strbuf_addf(out, " %s=+", name);
    add_number(out, moves.entered);
    strbuf_add(out, "-");
    add_number(out, moves.left);
}

static void add_words(StrBuf *out, const char *name, const char *words) {
    if (words)
        strbuf_addf(out, " %s=\"%s\"", name, words);
}

static void add_group(StrBuf *out, const Cell *cell) {
    for (size_t i = 0; i < cell->indicator->breakdowns_len; i++) {
        const GroupKey *key = &cell->group[i];
        strbuf_addf(out, " [%s=", cell->indicator->breakdowns[i].label);
        if (!key->whole && !key->unknown)
            value_print(out, key->value);
        strbuf_addf(out, "%s%s \"%s\"]", key->whole ? "whole" : "", key->unknown ? "unknown" : "",
                    key->label ? key->label : "");
    }
}

static void add_benchmark(StrBuf *out, const BenchmarkFigure *figure) {
    strbuf_addf(out, "\n    benchmark comparable=%d like=%d members=%zu/%zu confidential=%zu",
                figure->comparable, figure->has_like_for_like, figure->members_with_value,
                figure->members, figure->members_confidential);
    add_figure(out, "value", figure->value);
    add_figure(out, "like_numerator", figure->like_numerator);
    add_figure(out, "like_denominator", figure->like_denominator);
    add_figure(out, "like_value", figure->like_value);
    add_words(out, "reason", figure->reason);
}

static void add_counts(StrBuf *out, const Cell *cell) {
    strbuf_addf(out, " counts=%d", cell->has_counts);
    add_count(out, "gross", cell->gross);
    for (size_t i = 0; cell->excluded && i < cell->indicator->excludes_len; i++)
        strbuf_addf(out, " excluded_%s=%" PRId64, cell->excluded[i].part->id,
                    cell->excluded[i].count);
    for (size_t i = 0; cell->parts && i < cell->indicator->parts_len; i++)
        strbuf_addf(out, " part_%s=%" PRId64, cell->parts[i].part->id, cell->parts[i].count);
    add_count(out, "overlap", cell->excluded_overlap);
    add_count(out, "unknown_rows", cell->unknown_rows);
    add_count(out, "unknown_numerator", cell->unknown_numerator);
    add_count(out, "unknown_excluded", cell->unknown_excluded);
    add_count(out, "left_out", cell->left_out);
    add_figure(out, "share_numerator", cell->share_numerator);
    add_figure(out, "share_denominator", cell->share_denominator);
}

static void add_surroundings(StrBuf *out, const Cell *cell) {
    strbuf_addf(out, " asked=%d whole=%d not_yet=%d provisional=%d reported=%d", cell->asked,
                cell->whole, cell->not_yet, cell->provisional, cell->reported != NULL);
    if (cell->has_taken)
        strbuf_addf(out, " taken=%d", cell->taken);
    if (cell->has_previous_period) {
        strbuf_add(out, " previous=");
        period_print(out, cell->previous_period);
        strbuf_addf(out, " cell=%d reported=%d", cell->previous != NULL, cell->previous_reported);
    }
    add_figure(out, "previous_value", cell->previous_value);
    add_moves(out, "numerator_moves", cell_moves(cell).numerator);
    add_moves(out, "denominator_moves", cell_moves(cell).denominator);
    strbuf_addf(out, " breaks=%d%d", cell->break_between != NULL, cell->break_within != NULL);
    add_words(out, "break", cell->break_reason);
}

static void add_cell(StrBuf *out, const Cell *cell) {
    strbuf_addf(out, "%s ", cell->indicator->id);
    period_print(out, cell->period);
    strbuf_addf(out, " %d..%d \"%s\"", cell->window_start, cell->window_end, cell->window_label);
    add_group(out, cell);
    if (cell->band || cell->band_unknown)
        strbuf_addf(out, " band=%s", cell->band ? cell->band->label : "Unknown");
    if (cell->available) {
        strbuf_add(out, " value=");
        add_number(out, cell->value);
    }
    strbuf_addf(out, " symbol=%s", symbol_letter(cell->symbol));
    add_words(out, "reason", cell->reason);
    add_figure(out, "numerator", cell->numerator);
    add_figure(out, "denominator", cell->denominator);
    add_figure(out, "squares", cell->squares);
    add_counts(out, cell);
    add_surroundings(out, cell);
    for (size_t i = 0; i < cell->benchmarks_len; i++)
        add_benchmark(out, &cell->benchmarks[i]);
    strbuf_add(out, "\n");
}

/* ---- the run ---- */

static bool no_library(void *context, const char *name, const char *path, uint32_t using_src,
                       LibraryText *text, const char **shown_name) {
    (void)context, (void)name, (void)path, (void)using_src, (void)text, (void)shown_name;
    return false;
}

static bool read_months(const char *text, PlanRequest *request) {
    static const char first[] = "# from ", second[] = " to ";
    size_t place = sizeof first - 1, width = strlen("2016-01");
    if (strlen(text) < place + 2 * width + sizeof second || strncmp(text, first, place) != 0)
        return false;
    request->series = true;
    return period_parse(text + place, width, &request->from) &&
           period_parse(text + place + width + sizeof second - 1, width, &request->to);
}

static bool run(Session *session, Arena *arena, const char *text, const Engine *engine, SeePlan see,
                void *context, StrBuf *out) {
    AnalyseOptions options = {no_library, NULL, NULL};
    PlanRequest request = {0};
    if (!read_months(text, &request))
        return false;
    ParsedFile *file = parse_file(session, "pair.kpi", text, strlen(text));
    const Model *model = analyse(session, &file, 1, &options);
    if (diags_errors(session->diags) > 0 || model->indicators_len == 0)
        return false;
    request.indicators = arena_array(arena, model->indicators_len, sizeof *request.indicators);
    for (size_t i = 0; i < model->indicators_len; i++)
        request.indicators[request.indicators_len++] = model->indicators[i];
    const Plan *plan = plan_build(session, arena, model, &request);
    if (see)
        see(context, plan);
    Result result = {0};
    StoreResult ended = engine->run(session, plan, NULL, arena, &result);
    if (result.beyond_engine) {
        strbuf_clear(out);
        return false;
    }
    strbuf_addf(out, "ended=%d faults=%zu fingerprint=%s\n", ended, result.data_faults,
                result.fingerprint);
    for (size_t i = 0; i < result.cells_len; i++)
        add_cell(out, result.cells[i]);
    return true;
}

bool outcome_of(const char *text, const Engine *engine, SeePlan see, void *context, StrBuf *out) {
    Session *session = session_new();
    Arena *arena = arena_new();
    strbuf_clear(out);
    bool valid = run(session, arena, text, engine, see, context, out);
    diags_render_text(session->diags, out, 0, false);
    arena_free(arena);
    session_free(session);
    return valid;
}
