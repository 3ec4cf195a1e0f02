#include "engine/sql/run.h"

#include <string.h>

#include "engine/reference/moves.h"
#include "engine/sql/chain.h"
#include "engine/sql/layout.h"

typedef struct Answered {
    size_t window;
    RowEntry *entry;
} Answered;

/* A chain with its answer. */
typedef struct Statement {
    SqlChain chain;
    bool asked;
    bool failed; /* an error came up: the reference engine tells it */
    bool told;
    VEC(Answered) entries;
    Date *least, *greatest; /* by window: of the latest dates of the groups */
} Statement;

struct SqlRun {
    Session *session;
    Arena *arena;
    Data *data;
    const Plan *plan;
    Store *store, *own; /* own: opened for rows that are written in the definitions alone */
    const SqlDialect *dialect;
    Statement *statements;
    size_t statements_len;
    StoreResult result;
};

/* ---- statements ---- */

static const SqlDialect *dialect_of(StoreDialect dialect) {
    return dialect == STORE_DIALECT_POSTGRESQL ? &sql_dialect_postgresql : &sql_dialect_sqlite;
}

static Sql generator(const SqlRun *run) {
    const Model *model = run->plan->model;
    return (Sql){.arena = run->arena,
                 .dialect = run->dialect,
                 .plan = run->plan,
                 .data = run->data,
                 .store = run->store,
                 .frame = arena_array(run->arena, (size_t)model->rowvars + 1, sizeof(SqlRow)),
                 .calendars = arena_array(run->arena, model->calendars_len + 1, sizeof(bool))};
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
    Sql sql = generator(run);
    sql_chain_make(&sql, planned, last, &statement->chain);
    SqlChain *chain = &statement->chain;
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
    Sql sql = generator(run);
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
    Sql sql = generator(run);
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

typedef struct Reading {
    SqlRun *run;
    Statement *statement;
    const Query *query;
    size_t column; /* the next one */
    bool bad;
} Reading;

static Truth read_truth(Reading *reading) {
    size_t column = reading->column++;
    if (query_is_null(reading->query, column))
        return TRUTH_UNKNOWN;
    const char *text = query_text(reading->query, column, NULL);
    return text[0] == 't' || text[0] == '1' ? TRUTH_TRUE : TRUTH_FALSE;
}

static int64_t read_integer(Reading *reading) {
    int64_t number = 0;
    size_t column = reading->column++;
    if (!query_is_null(reading->query, column) && !query_integer(reading->query, column, &number))
        reading->bad = true;
    return number;
}

static Num read_number(Reading *reading) {
    Num number = num_of_int(0);
    size_t column = reading->column++;
    if (!query_is_null(reading->query, column) && !query_number(reading->query, column, &number))
        reading->bad = true;
    return number;
}

static Num scaled_down(Num number, int scale) {
    for (int i = 0; i < scale; i++)
        num_divide(number, num_of_int(10), &number);
    return number;
}

static bool read_date(Reading *reading, Date *out) {
    size_t len = 0, column = reading->column++;
    const char *text = query_text(reading->query, column, &len);
    if (!text)
        return false;
    if (!date_parse_iso(text, len, out))
        reading->bad = true;
    return true;
}

/* A value of the type and scale that the expression has. */
static Value read_value(Reading *reading, const SqlValue *like) {
    size_t len = 0, column = reading->column;
    Date date = 0;
    if (query_is_null(reading->query, column)) {
        reading->column++;
        return value_missing(SYMBOL_NONE);
    }
    switch (like->type) {
    case SQL_BOOLEAN:
        return value_bool(read_truth(reading) == TRUTH_TRUE);
    case SQL_NUMBER:
        return value_number(scaled_down(read_number(reading), like->scale));
    case SQL_DATE:
        read_date(reading, &date);
        return value_date(date);
    case SQL_TEXT:
        break;
    }
    const char *text = query_text(reading->query, reading->column++, &len);
    return value_text(arena_copy_text(reading->run->data->run, text, len));
}

static void read_excludes(Reading *reading, const SqlChain *chain, RowEntry *entry) {
    for (size_t i = 0; i < chain->excludes_len; i++) {
        Truth truth = read_truth(reading);
        if (entry->truth != TRUTH_TRUE)
            continue;
        entry->excluded[chain->excludes[i]->part] = truth;
        entry->out = entry->out || truth == TRUTH_TRUE;
        entry->in_doubt = entry->in_doubt || truth == TRUTH_UNKNOWN;
    }
    if (entry->out)
        entry->in_doubt = false;
}

static void read_parts(Reading *reading, const SqlChain *chain, RowEntry *entry) {
    bool of_numerator = chain->planned->indicator->shape == SHAPE_PROPORTION;
    bool counts = entry->truth == TRUTH_TRUE && !entry->out &&
                  (!of_numerator || entry->selected == TRUTH_TRUE);
    for (size_t i = 0; i < chain->parts_len; i++) {
        Truth truth = read_truth(reading);
        entry->parts[chain->parts[i]->part] = counts ? truth : TRUTH_FALSE;
    }
}

/* Two halves of 32 bits, each summed. */
static Num read_sum(Reading *reading, bool halves) {
    Num high = read_number(reading), low;
    if (!halves)
        return high;
    low = read_number(reading);
    if (!num_multiply(high, num_of_int(INT64_C(4294967296)), &high) || !num_add(high, low, &high))
        reading->bad = true;
    return high;
}

static EntrySum read_entry_sum(Reading *reading, const SqlMeasured *measured, int64_t rows) {
    bool halves = reading->run->dialect->scaled;
    int scale = measured->value.scale;
    EntrySum sum = {.quantity = measured->quantity};
    sum.missing = rows - read_integer(reading);
    sum.symbol = (Symbol)read_integer(reading);
    sum.sum = scaled_down(read_sum(reading, halves), scale);
    if (measured->quantity->kind == QUANTITY_MEAN)
        sum.squares = (Figure){true, scaled_down(read_sum(reading, halves), 2 * scale)};
    return sum;
}

static EntryValue read_entry_value(Reading *reading, const SqlMeasured *measured) {
    EntryValue value = {.quantity = measured->quantity, .candidate = true};
    const SourceModel *source = measured->quantity->rows->source;
    bool pick = measured->measure == MEASURE_PICK;
    bool lacks = false;
    if (pick) {
        value.candidate = read_truth(reading) == TRUTH_TRUE;
        lacks = read_truth(reading) == TRUTH_TRUE;
    }
    value.value = read_value(reading, &measured->value);
    Symbol symbol = (Symbol)read_integer(reading);
    Num under = measured->value.under ? read_number(reading) : num_of_int(1);
    if (value.value.kind == VALUE_MISSING)
        value.value.symbol = symbol;
    else if (measured->value.under &&
             !num_divide(value.value.as.number, under, &value.value.as.number))
        reading->bad = true;
    if (!pick)
        return value;
    if (!lacks && !value.candidate)
        value.value = value_int(0); /* there is one, which does not matter */
    read_date(reading, &value.by);
    Value *key = arena_array(reading->run->arena, source->key_len, sizeof *key);
    for (size_t k = 0; k < source->key_len; k++)
        key[k] = read_value(reading, &measured->keys[k]);
    value.key = key;
    return value;
}

static void read_measures(Reading *reading, const SqlChain *chain, RowEntry *entry) {
    Arena *arena = reading->run->arena;
    EntrySum *sums = arena_array(arena, chain->measures_len, sizeof *sums);
    EntryValue *values = arena_array(arena, chain->measures_len, sizeof *values);
    entry->sums = sums;
    entry->values = values;
    for (size_t i = 0; i < chain->measures_len; i++) {
        const SqlMeasured *measured = &chain->measures[i];
        if (measured->measure == MEASURE_SUM)
            sums[entry->sums_len++] = read_entry_sum(reading, measured, entry->count);
        else
            values[entry->values_len++] = read_entry_value(reading, measured);
    }
}

static RowEntry *read_entry(Reading *reading, Truth truth, int64_t count) {
    Arena *arena = reading->run->arena;
    const SqlChain *chain = &reading->statement->chain;
    const Indicator *indicator = chain->planned->indicator;
    RowEntry *entry = arena_alloc(arena, sizeof *entry);
    *entry = (RowEntry){.count = count, .truth = truth};
    entry->keys = arena_array(arena, indicator->breakdowns_len, sizeof *entry->keys);
    entry->excluded = arena_array(arena, indicator->excludes_len, sizeof *entry->excluded);
    entry->parts = arena_array(arena, indicator->parts_len, sizeof *entry->parts);
    for (size_t b = 0; chain->grouped && b < indicator->breakdowns_len; b++)
        entry->keys[b] = read_value(reading, &chain->keys[b]);
    read_excludes(reading, chain, entry);
    if (chain->select)
        entry->selected = read_truth(reading);
    if (chain->band)
        entry->band = (size_t)read_integer(reading);
    read_parts(reading, chain, entry);
    read_measures(reading, chain, entry);
    return entry;
}

static void read_row(Reading *reading) {
    Statement *statement = reading->statement;
    Answered answered = {0};
    Date least, greatest;
    reading->column = CHAIN_WINDOW;
    answered.window = (size_t)read_integer(reading);
    Truth truth = read_truth(reading);
    statement->failed = statement->failed || read_integer(reading) > 0;
    int64_t count = read_integer(reading);
    if (read_date(reading, &least))
        statement->least[answered.window] = least;
    if (read_date(reading, &greatest))
        statement->greatest[answered.window] = greatest;
    answered.entry = read_entry(reading, truth, count);
    vec_push(reading->run->arena, &statement->entries, answered);
}

/* Whether two rows of one date and key have different values, so that an error must be told. */
static bool is_undecided(const EntryValue *a, const EntryValue *b, size_t key_len) {
    if (!a->candidate || !b->candidate || a->quantity != b->quantity || a->by != b->by)
        return false;
    for (size_t k = 0; k < key_len; k++)
        if (value_compare(a->key[k], b->key[k]) != 0)
            return false;
    return value_compare(a->value, b->value) != 0 || a->value.symbol != b->value.symbol;
}

static bool any_undecided(const Statement *statement) {
    size_t key_len = statement->chain.last->rows->source->key_len;
    for (size_t i = 0; i < statement->entries.len; i++)
        for (size_t j = 0; j < i; j++) {
            const Answered *a = &statement->entries.items[i], *b = &statement->entries.items[j];
            for (size_t v = 0; a->window == b->window && v < a->entry->values_len; v++)
                if (a->entry->values[v].key &&
                    is_undecided(&a->entry->values[v], &b->entry->values[v], key_len))
                    return true;
        }
    return false;
}

static bool has_picks(const SqlChain *chain) {
    for (size_t i = 0; i < chain->measures_len; i++)
        if (chain->measures[i].measure == MEASURE_PICK)
            return true;
    return false;
}

/* Whether some row's own date precedes a birth. */
static bool any_birth_fault(SqlRun *run, const SqlChain *chain) {
    int64_t rows = 0;
    Query *query;
    if (!chain->births.text)
        return false;
    StoreResult result = query_start(run->store, chain->births.text, chain->births.values,
                                     chain->births.values_len, &query);
    bool known = result == STORE_OK && query_next(query) && query_integer(query, 0, &rows);
    StoreResult ended = query_end(query);
    result = ended > result ? ended : result;
    run->result = result > run->result ? result : run->result;
    return !known || rows > 0;
}

static void ask(SqlRun *run, Statement *statement) {
    const SqlStatement *text = &statement->chain.statement;
    size_t windows = statement->chain.planned->windows_len;
    Query *query;
    statement->asked = true;
    statement->failed = any_birth_fault(run, &statement->chain);
    if (statement->failed)
        return;
    statement->least = arena_array(run->arena, windows, sizeof *statement->least);
    statement->greatest = arena_array(run->arena, windows, sizeof *statement->greatest);
    StoreResult result =
        query_start(run->store, text->text, text->values, text->values_len, &query);
    Reading reading = {.run = run, .statement = statement, .query = query};
    while (result == STORE_OK && query_next(query))
        read_row(&reading);
    StoreResult ended = query_end(query);
    result = ended > result ? ended : result;
    run->result = result > run->result ? result : run->result;
    if (reading.bad || result != STORE_OK ||
        (has_picks(&statement->chain) && any_undecided(statement)))
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
