#include <string.h>

#include "engine/reference/moves.h"
#include "engine/sql/layout.h"
#include "engine/sql/spread.h"
#include "engine/sql/statement.h"

/* ---- statements ---- */

static const SqlDialect *dialect_of(StoreDialect dialect) {
    return dialect == STORE_DIALECT_POSTGRESQL ? &sql_dialect_postgresql : &sql_dialect_sqlite;
}

Sql statement_generator(const SqlRun *run) {
    return sql_generator(run->arena, run->dialect, run->plan, run->data, run->store);
}

static void tell_beyond(SqlRun *run, const SqlChain *chain) {
    const Indicator *indicator = chain->planned->indicator;
    Diag *diag = diag_add(run->session->diags, DIAG_beyond_sql,
                          chain->why_at.src ? chain->why_at : indicator->span,
                          "'%s': the engine 'sql' cannot do this: %s", indicator->id, chain->why);
    diag_help(diag, "use `--engine native`, which reads the columns that it needs");
}

static bool has_windows(const PlanIndicator *planned) {
    for (size_t w = 0; w < planned->windows_len; w++)
        if (planned->windows[w].available)
            return true;
    return false;
}

static void add_statement(SqlRun *run, const PlanIndicator *planned, const PlanNode *last,
                          bool *beyond) {
    Statement *statement = &run->statements[run->statements_len++];
    Sql sql = statement_generator(run);
    sql_chain_make(&sql, planned, last, &statement->chain);
    SqlChain *chain = &statement->chain;
    statement_place(&sql, statement);
    const char *unreadable = query_unreadable(run->store, chain->statement.text, run->arena);
    if (!chain->why && unreadable)
        chain->why =
            sql_text(&sql, "the statement is more than the database reads (%s)", unreadable);
    if (!chain->why)
        return;
    tell_beyond(run, &statement->chain);
    *beyond = true;
}

static void make_statements(SqlRun *run, bool *beyond) {
    size_t all = 0;
    for (size_t i = 0; i < run->plan->indicators_len; i++)
        all += run->plan->indicators[i]->indicator->rowsets_len +
               run->plan->indicators[i]->indicator->benchmarks_len;
    run->statements = arena_array(run->arena, all + 1, sizeof *run->statements);
    for (size_t i = 0; i < run->plan->indicators_len; i++) {
        const PlanIndicator *planned = run->plan->indicators[i];
        if (!has_windows(planned))
            continue;
        for (size_t set = 0; set < planned->indicator->rowsets_len; set++)
            add_statement(run, planned, planned->rows[set], beyond);
        for (size_t b = 0; b < planned->indicator->benchmarks_len; b++)
            if (planned->narrowed[b])
                add_statement(run, planned, planned->narrowed[b], beyond);
    }
}

static StoreResult choose_store(SqlRun *run) {
    StoreResult result = STORE_OK;
    if (!run->store) {
        result = store_open_empty(run->session, &run->own);
        run->store = run->own;
    }
    if (result != STORE_OK)
        return result;
    run->dialect = dialect_of(store_dialect(run->store));
    if (store_dialect(run->store) != STORE_DIALECT_NONE)
        return STORE_OK;
    Diag *diag = diag_add(run->session->diags, DIAG_no_database, (Span){0},
                          "the engine 'sql' asks a database, and the data is in none");
    diag_help(diag, "import the files into a store with `kpic import`, or use `--engine native`");
    return STORE_REFUSED;
}

/* ---- for people ---- */

/* The declaration, up to an empty line, each of its lines a comment. */
static void put_declaration(StrBuf *out, Sql *sql, const Indicator *indicator) {
    size_t len;
    const char *text = sources_text(sql->data->session->sources, indicator->span.src, &len);
    const char *from = text + indicator->span.off;
    while (from > text && from[-1] != '\n')
        from--;
    strbuf_addf(out, "%s", out->len ? "\n" : "");
    for (size_t line; (line = strcspn(from, "\n")) > 0; from += line + (from[line] == '\n')) {
        size_t indent = strspn(from, " ");
        sql_note(sql, out, sql_text(sql, "%.*s", (int)indent, from), from + indent, line - indent);
    }
}

static void print_statement(SqlRun *run, const PlanIndicator *planned, const PlanNode *last,
                            StrBuf *out, bool *beyond) {
    SqlChain chain;
    Sql sql = statement_generator(run);
    sql.people = true;
    sql_chain_make(&sql, planned, last, &chain);
    if (chain.why) {
        tell_beyond(run, &chain);
        *beyond = true;
        return;
    }
    strbuf_add(out, "\n");
    sql_note(&sql, out, "The rows of ", last->rows->source->name, strlen(last->rows->source->name));
    strbuf_add(
        out,
        "-- Each line of the answer is rows that are alike: their window (kpi_window), whether\n"
        "-- they are in the set (kpi_truth; NULL: not known), how many an error leaves out,\n"
        "-- how many they are (kpi_count), the ends of the latest dates; then exclusions,\n"
        "-- numerator, band, groups, parts, sums.\n");
    layout_statement(out, chain.statement.text);
    strbuf_add(out, ";\n");
}

static bool is_printed(const Indicator *asked, const Indicator *indicator) {
    if (asked == indicator)
        return true;
    for (size_t i = 0; i < asked->inputs_len; i++)
        if (is_printed(asked->inputs[i], indicator))
            return true;
    return false;
}

/* Of the indicator that is asked for, and of what it is derived from. */
static void print_indicator(SqlRun *run, const Indicator *asked, const PlanIndicator *planned,
                            StrBuf *out, bool *beyond) {
    const Indicator *indicator = planned->indicator;
    if (!is_printed(asked, indicator) || indicator->rowsets_len == 0 || !has_windows(planned))
        return;
    Sql sql = statement_generator(run);
    sql.people = true;
    put_declaration(out, &sql, indicator);
    for (size_t set = 0; set < indicator->rowsets_len; set++)
        print_statement(run, planned, planned->rows[set], out, beyond);
}

void sql_print(Session *session, Data *data, const Plan *plan, const Indicator *asked,
               StoreDialect dialect, Store *store, StrBuf *out, bool *beyond) {
    Arena *arena = arena_new();
    bool at_hand = store && store_dialect(store) == dialect;
    SqlRun run = {.session = session,
                  .arena = arena,
                  .data = data,
                  .plan = plan,
                  .store = at_hand ? store : NULL,
                  .dialect = dialect_of(dialect)};
    if (!at_hand)
        strbuf_add(out, "-- Tables are named and typed as `kpic import` makes them.\n");
    for (size_t i = 0; i < plan->indicators_len; i++)
        print_indicator(&run, asked, plan->indicators[i], out, beyond);
    arena_free(arena);
}

StoreResult sql_start(Session *session, Data *data, const Plan *plan, Store *store, SqlRun **out,
                      bool *beyond) {
    Arena *arena = arena_new();
    SqlRun *run = arena_alloc(arena, sizeof *run);
    *run = (SqlRun){.session = session, .arena = arena, .data = data, .plan = plan, .store = store};
    *out = run;
    StoreResult result = choose_store(run);
    if (result == STORE_OK)
        make_statements(run, beyond);
    else
        *beyond = result == STORE_REFUSED;
    if (result == STORE_OK && !*beyond)
        result = statements_ready(run);
    return *beyond ? STORE_REFUSED : result;
}

void sql_end(SqlRun *run) {
    if (!run)
        return;
    store_close(run->own);
    arena_free(run->arena);
}

StoreResult sql_result(const SqlRun *run) {
    return run->result;
}

/* ---- answers ---- */

static StoreResult start(SqlRun *run, const Statement *statement, const SqlStatement *text,
                         Query **out) {
    return (statement->on_shards ? query_start_on_shards : query_start)(
        run->store, text->text, text->values, text->values_len, out);
}

/* Whether some row's own date precedes a birth. */
static bool any_birth_fault(SqlRun *run, const Statement *statement) {
    const SqlStatement *births = &statement->chain.births;
    int64_t rows = 0, of_shard;
    Query *query;
    if (!births->text)
        return false;
    StoreResult result = start(run, statement, births, &query);
    bool known = result == STORE_OK;
    while (known && query_next(query)) {
        known = query_integer(query, 0, &of_shard);
        rows += known ? of_shard : 0;
    }
    StoreResult ended = query_end(query);
    result = ended > result ? ended : result;
    run->result = result > run->result ? result : run->result;
    return !known || result != STORE_OK || rows > 0;
}

/* False: it gives no answer, or none that can be read. */
static bool take(SqlRun *run, Statement *statement) {
    Query *query;
    StoreResult result = start(run, statement, &statement->chain.statement, &query);
    bool sound = true;
    while (result == STORE_OK && query_next(query))
        sound = answer_take(run, statement, query) && sound;
    StoreResult ended = query_end(query);
    result = ended > result ? ended : result;
    run->result = result > run->result ? result : run->result;
    return sound && result == STORE_OK;
}

static void ask(SqlRun *run, Statement *statement) {
    size_t windows = statement->chain.planned->windows_len;
    statement->asked = true;
    statement->failed = any_birth_fault(run, statement);
    if (statement->failed)
        return;
    statement->least = arena_array(run->arena, windows, sizeof *statement->least);
    statement->greatest = arena_array(run->arena, windows, sizeof *statement->greatest);
    bool taken = take(run, statement);
    /* What is undecided between the best rows of one shard may be decided by one of another. */
    if (taken && statement->on_shards && !statement->failed && answer_undecided(statement))
        taken = statement_gather(run, statement) && take(run, statement);
    if (!taken || answer_undecided(statement))
        statement->failed = true;
}

/* The rows stay where they are: which one it was cannot be told, and nothing is computed. */
static EntrySet tell_failure(SqlRun *run, Statement *statement) {
    const Indicator *indicator = statement->chain.planned->indicator;
    if (!statement->told && run->result == STORE_OK) {
        Diag *diag = diag_add(run->session->diags, DIAG_error_in_rows, indicator->span,
                              "'%s': an error comes up in rows of '%s', which stay on the server",
                              indicator->id, statement->chain.last->rows->source->name);
        diag_help(diag, "leave out `--stay`: then it is told what is wrong, and where");
    }
    statement->told = true;
    run->result = run->result > STORE_REFUSED ? run->result : STORE_REFUSED;
    return (EntrySet){0};
}

EntrySet sql_rows(CellRun *run, const PlanNode *step) {
    SqlRun *own = run->engine;
    size_t window = (size_t)(run->window - run->planned->windows), s = 0;
    while (s < own->statements_len && own->statements[s].chain.last != step)
        s++;
    /* Who came and who left is told by the rows themselves. */
    bool followed = run->gather && moves_follow_set(run->planned, step->set) &&
                    moves_touch_window(run->planned, window);
    if (s == own->statements_len || followed)
        return steps_rows(run, step);
    Statement *statement = &own->statements[s];
    if (!statement->asked)
        ask(own, statement);
    if (statement->failed && own->data->written_only)
        return tell_failure(own, statement);
    if (statement->failed)
        return steps_rows(run, step);
    EntrySet set = {arena_array(run->scratch, statement->entries.len, sizeof *set.items), 0};
    for (size_t i = 0; i < statement->entries.len; i++)
        if (statement->entries.items[i].window == window)
            set.items[set.len++] = statement->entries.items[i].entry;
    if (statement->chain.latest && statement->least[window] < statement->greatest[window])
        steps_tell_dates_differ(run, step->rows, statement->least[window],
                                statement->greatest[window]);
    return set;
}
