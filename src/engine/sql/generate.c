/* Names, bound values, and the FROM clauses that expressions join to. */
#include "engine/sql/generate.h"

#include <inttypes.h>
#include <string.h>

#include "engine/sql/reading.h"
#include "store/quote.h"

/* A bound value stands in a text as its number between these two bytes, which no name or literal of
 * ours has: names lose them (sql_name), and values are never in a text. */
#define MARK_BEGIN '\001'
#define MARK_END '\002'

#define NAME_MOST 40 /* longer ones are numbered: servers cut names off */

Sql sql_generator(Arena *arena, const SqlDialect *dialect, const Plan *plan, Data *data,
                  const Store *store) {
    const Model *model = plan->model;
    return (Sql){.arena = arena,
                 .dialect = dialect,
                 .plan = plan,
                 .data = data,
                 .store = store,
                 .frame = arena_array(arena, (size_t)model->rowvars + 1, sizeof(SqlRow)),
                 .calendars = arena_array(arena, model->calendars_len + 1, sizeof(bool))};
}

const char *sql_text(Sql *sql, const char *format, ...) {
    StrBuf out = {0};
    va_list args;
    va_start(args, format);
    strbuf_addv(&out, format, args);
    va_end(args);
    const char *text = arena_copy_text(sql->arena, strbuf_text(&out), out.len);
    strbuf_fini(&out);
    return text;
}

const char *sql_refuse(Sql *sql, Span at, const char *what) {
    if (!sql->why) {
        sql->why = what;
        sql->why_at = at;
    }
    return "NULL";
}

/* ---- names ---- */

static bool has_marks(const char *name) {
    return strchr(name, MARK_BEGIN) || strchr(name, MARK_END);
}

const char *sql_name(Sql *sql, const char *name) {
    StrBuf out = {0};
    quote_name(&out, name);
    const char *text = arena_copy_text(sql->arena, strbuf_text(&out), out.len);
    strbuf_fini(&out);
    return text;
}

/* A name that a server keeps whole and that is not one of ours; else NULL. */
static bool name_is_plain(const char *name) {
    return strlen(name) <= NAME_MOST && !has_marks(name) && strncmp(name, "kpi_", 4) != 0;
}

static bool same_letters(const char *a, const char *b) {
    for (;; a++, b++) {
        char x = *a >= 'A' && *a <= 'Z' ? (char)(*a + 32) : *a;
        char y = *b >= 'A' && *b <= 'Z' ? (char)(*b + 32) : *b;
        if (x != y || x == 0)
            return x == y;
    }
}

/* Columns that differ in the case of letters alone are one to SQLite. */
static const char *column_name(Sql *sql, const SourceModel *source, size_t column) {
    const char *name = source->columns[column].name;
    bool plain = name_is_plain(name);
    for (size_t i = 0; i < source->columns_len && plain; i++)
        plain = i == column || !same_letters(source->columns[i].name, name);
    return sql_name(sql, plain ? name : sql_text(sql, "kpi_column_%zu", column + 1));
}

static bool is_a_table(const Sql *sql, const char *name) {
    const Catalog *catalog = sql->store ? store_catalog(sql->store) : NULL;
    const Model *model = sql->plan->model;
    for (size_t i = 0; catalog && i < catalog->tables_len; i++)
        if (same_letters(catalog->tables[i].name, name))
            return true;
    for (size_t i = 0; !catalog && i < model->sources_len; i++)
        if (model->sources[i]->table && same_letters(model->sources[i]->table, name))
            return true;
    return false;
}

/* The rows of a source never bear the name of a table that they are read from. */
static const char *source_name(Sql *sql, const SourceModel *source, const char *ending) {
    const Model *model = sql->plan->model;
    const char *name = sql_text(sql, "%s%s", source->name, ending);
    bool plain = name_is_plain(source->name);
    for (size_t i = 0; i < model->sources_len && plain; i++)
        plain = model->sources[i] == source || !same_letters(model->sources[i]->name, name);
    if (!plain)
        name = sql_text(sql, "kpi_source_%zu%s", source->index + 1, ending);
    while (is_a_table(sql, name))
        name = sql_text(sql, "%s_rows", name);
    return sql_name(sql, name);
}

void sql_names_make(Sql *sql) {
    const Model *model = sql->plan->model;
    sql->names = arena_array(sql->arena, model->sources_len, sizeof *sql->names);
    for (size_t s = 0; s < model->sources_len; s++) {
        const SourceModel *source = model->sources[s];
        SqlNames *names = &sql->names[s];
        names->source = source_name(sql, source, "");
        names->by_key = source_name(sql, source, "_by_key");
        names->columns = arena_array(sql->arena, source->columns_len, sizeof *names->columns);
        names->symbols = arena_array(sql->arena, source->columns_len, sizeof *names->symbols);
        names->columns_used =
            arena_array(sql->arena, source->columns_len, sizeof *names->columns_used);
        for (size_t c = 0; c < source->columns_len; c++) {
            names->columns[c] = column_name(sql, source, c);
            names->symbols[c] = sql_text(sql, "kpi_symbol_%zu", c + 1);
        }
    }
}

const char *sql_alias(Sql *sql, const RowVar *var) {
    sql->aliases++;
    bool plain = name_is_plain(var->name);
    for (size_t i = 0; plain && i < sql->plan->model->rowvars; i++)
        plain =
            !sql->frame[i].alias || !same_letters(sql->frame[i].alias, sql_name(sql, var->name));
    return sql_name(sql, plain ? var->name : sql_text(sql, "kpi_row_%zu", sql->aliases));
}

/* ---- values ---- */

static const char *bind(Sql *sql, SqlParameter parameter) {
    vec_push(sql->arena, &sql->parameters, parameter);
    return sql_text(sql, "%c%zu%c", MARK_BEGIN, sql->parameters.len - 1, MARK_END);
}

const char *sql_bind(Sql *sql, QueryValue value) {
    return bind(sql, (SqlParameter){.value = value});
}

const char *sql_bind_text(Sql *sql, const char *text) {
    return sql_bind(sql, (QueryValue){.kind = QUERY_TEXT, .text = text});
}

const char *sql_bind_integer(Sql *sql, int64_t number) {
    return sql_bind(sql, (QueryValue){.kind = QUERY_INTEGER, .number = number});
}

const char *sql_bind_date(Sql *sql, Date date) {
    return sql_bind(sql, (QueryValue){.kind = QUERY_DATE, .number = date});
}

const char *sql_bind_numeric(Sql *sql, const char *text) {
    return bind(sql, (SqlParameter){.value = {.kind = QUERY_TEXT, .text = text}, .numeric = true});
}

/* ---- statements ---- */

/* Copies the text up to a mark and reads the mark's number; false at the end. */
static bool next_mark(StrBuf *out, const char **at, size_t *number) {
    size_t len = strcspn(*at, (const char[]){MARK_BEGIN, '\0'});
    strbuf_add_len(out, *at, len);
    *at += len;
    if (!**at)
        return false;
    *number = 0;
    for (++*at; **at != MARK_END; ++*at)
        *number = *number * 10 + (size_t)(**at - '0');
    ++*at;
    return true;
}

SqlStatement sql_finish(Sql *sql, const char *text) {
    StrBuf out = {0};
    SqlStatement statement = {.values =
                                  arena_array(sql->arena, sql->parameters.len, sizeof(QueryValue))};
    size_t *places = arena_array(sql->arena, sql->parameters.len, sizeof *places), number;
    while (next_mark(&out, &text, &number)) {
        const SqlParameter *parameter = &sql->parameters.items[number];
        if (places[number] == 0) {
            statement.values[statement.values_len] = parameter->value;
            places[number] = ++statement.values_len;
        }
        strbuf_addf(&out, parameter->numeric ? "CAST(%c%zu AS numeric)" : "%c%zu",
                    sql->dialect->parameter, places[number]);
    }
    statement.text = arena_copy_text(sql->arena, strbuf_text(&out), out.len);
    strbuf_fini(&out);
    return statement;
}

const char *sql_finish_literal(Sql *sql, const char *text) {
    StrBuf out = {0};
    size_t number;
    while (next_mark(&out, &text, &number))
        sql->dialect->put_literal(&out, &sql->parameters.items[number]);
    const char *finished = arena_copy_text(sql->arena, strbuf_text(&out), out.len);
    strbuf_fini(&out);
    return finished;
}

/* ---- comments ---- */

/* A line end and the blanks about it become one blank, and what could mislead a reader its number.
 */
static void put_quoted(StrBuf *out, const char *text, size_t len) {
    for (size_t i = 0; i < len;) {
        unsigned number;
        size_t blanks = strspn(text + i, " \t\r\n"), bytes;
        if (memchr(text + i, '\n', blanks)) {
            strbuf_add_char(out, ' ');
            i += blanks;
        } else if ((bytes = reading_misleading(text + i, &number)) > 0) {
            strbuf_addf(out, "[U+%04X]", number);
            i += bytes;
        } else {
            strbuf_add_len(out, text + i++, 1);
        }
    }
}

void sql_note(Sql *sql, StrBuf *out, const char *words, const char *quoted, size_t quoted_len) {
    if (!sql->people)
        return;
    strbuf_addf(out, "-- %s", words);
    put_quoted(out, quoted, quoted_len);
    strbuf_add_char(out, '\n');
}

/* ---- scopes ---- */

const char *sql_scope_find(const SqlScope *scope, const char *key) {
    for (size_t i = 0; i < scope->keys.len; i++)
        if (strcmp(scope->keys.items[i], key) == 0)
            return scope->aliases.items[i];
    return NULL;
}

void sql_scope_add(Sql *sql, SqlScope *scope, const char *key, const char *alias,
                   const char *join) {
    vec_push(sql->arena, &scope->keys, key);
    vec_push(sql->arena, &scope->aliases, alias);
    vec_push(sql->arena, &scope->joins, join);
}

void sql_put_joins(const SqlScope *scope, StrBuf *out) {
    for (size_t i = 0; i < scope->joins.len; i++)
        strbuf_addf(out, "\n    %s", scope->joins.items[i]);
}
