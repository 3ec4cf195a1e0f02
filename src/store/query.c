#include "store/query.h"

#include <inttypes.h>
#include <string.h>

#include "store/quote.h"
#include "store/records.h"
#include "store/server_store.h"

/* ---- names ------------------------------------------------------------------------------------
 */

StoreDialect store_dialect(const Store *store) {
    switch (store->kind) {
    case STORE_KIND_FOLDER:
        return STORE_DIALECT_NONE;
    case STORE_KIND_DATABASE:
        return STORE_DIALECT_SQLITE;
    case STORE_KIND_SERVER:
        return STORE_DIALECT_POSTGRESQL;
    }
    return STORE_DIALECT_NONE;
}

struct sqlite3 *store_sqlite(const Store *store) {
    return store->kind == STORE_KIND_DATABASE ? store->sql.db : NULL;
}

void store_put_table(StrBuf *out, const Store *store, size_t table) {
    if (store->kind == STORE_KIND_SERVER)
        server_put_table(out, &store->server_tables[table]);
    else
        quote_name(out, store->catalog.tables[table].name);
}

void store_put_column(StrBuf *out, const Store *store, size_t table, size_t column) {
    if (store->kind == STORE_KIND_SERVER)
        quote_name(out, store->server_tables[table].columns[column].name);
    else
        quote_name(out, store->catalog.tables[table].columns[column]);
}

void store_put_row(StrBuf *out, const Store *store, size_t table) {
    bool numbered = store->kind == STORE_KIND_SERVER ? store->server_tables[table].ours
                                                     : store->owner == OWNER_KPIC;
    strbuf_add(out, numbered ? ROW_COLUMN : "row_number() OVER ()");
}

StoreResult store_open_empty(Session *session, Store **out) {
    Store *store = arena_alloc(session->arena, sizeof *store);
    *store = (Store){
        .kind = STORE_KIND_DATABASE, .session = session, .path = "memory", .owner = OWNER_USER};
    *out = NULL;
    StoreResult result =
        sql_open(&store->sql, session,
                 "file::memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_URI, 0);
    if (result == STORE_OK)
        *out = store;
    return result;
}

static FieldType field_of(const ServerColumn *column) {
    if (column->enumeration)
        return FIELD_TEXT;
    switch (column->type) {
    case TYPE_CHAR:
    case TYPE_NAME:
    case TYPE_TEXT:
    case TYPE_BPCHAR:
    case TYPE_VARCHAR:
        return FIELD_TEXT;
    case TYPE_INT2:
    case TYPE_INT4:
    case TYPE_INT8:
        return FIELD_INTEGER;
    case TYPE_NUMERIC:
        return FIELD_NUMERIC;
    case TYPE_DATE:
        return FIELD_DATE;
    case TYPE_TIMESTAMP:
        return FIELD_TIMESTAMP;
    case TYPE_BOOL:
        return FIELD_BOOLEAN;
    }
    return FIELD_OTHER;
}

FieldType store_field_type(const Store *store, size_t table, size_t column) {
    if (store->kind == STORE_KIND_SERVER)
        return field_of(&store->server_tables[table].columns[column]);
    return store->kind == STORE_KIND_DATABASE && store->owner == OWNER_KPIC ? FIELD_TEXT
                                                                            : FIELD_ANY;
}

const char *store_field_type_name(const Store *store, size_t table, size_t column) {
    return store->kind == STORE_KIND_SERVER ? store->server_tables[table].columns[column].type_name
                                            : "text";
}

/* ---- statements -------------------------------------------------------------------------------
 */

struct Query {
    Store *store;
    StoreResult result;
    /* SQLite's */
    sqlite3_stmt *statement;
    /* PostgreSQL's: rows come one by one, so that a long answer needs no room */
    const Server *server;
    PGresult *row;
    bool running;
};

static int bind_value(sqlite3_stmt *statement, int place, const QueryValue *value) {
    StrBuf date = {0};
    int code = SQLITE_MISUSE;
    switch (value->kind) {
    case QUERY_NULL:
        return sqlite3_bind_null(statement, place);
    case QUERY_INTEGER:
    case QUERY_BOOLEAN:
        return sqlite3_bind_int64(statement, place, value->number);
    case QUERY_TEXT:
        return sqlite3_bind_text(statement, place, value->text, -1, SQLITE_TRANSIENT);
    case QUERY_DATE:
        date_print_iso(&date, (Date)value->number);
        code = sqlite3_bind_text(statement, place, strbuf_text(&date), -1, SQLITE_TRANSIENT);
        strbuf_fini(&date);
        return code;
    }
    return code;
}

static StoreResult start_sqlite(Query *query, const char *text, const QueryValue *values,
                                size_t len) {
    const Sql *sql = &query->store->sql;
    StoreResult result = sql_prepare(sql, text, &query->statement);
    for (size_t i = 0; result == STORE_OK && i < len; i++) {
        int code = bind_value(query->statement, (int)i + 1, &values[i]);
        if (code != SQLITE_OK)
            result = sql_fault(sql, code);
    }
    return result;
}

const char *query_unreadable(Store *store, const char *text, Arena *arena) {
    sqlite3_stmt *statement = NULL;
    const char *why = NULL;
    if (store->kind != STORE_KIND_DATABASE)
        return NULL;
    if (sqlite3_prepare_v2(store->sql.db, text, -1, &statement, NULL) != SQLITE_OK) {
        const char *words = sqlite3_errmsg(store->sql.db);
        why = arena_copy_text(arena, words, strlen(words));
    }
    sqlite3_finalize(statement);
    return why;
}

static Oid type_of(QueryValueKind kind) {
    switch (kind) {
    case QUERY_NULL:
        return 0;
    case QUERY_INTEGER:
        return TYPE_INT8;
    case QUERY_TEXT:
        return TYPE_TEXT;
    case QUERY_DATE:
        return TYPE_DATE;
    case QUERY_BOOLEAN:
        return TYPE_BOOL;
    }
    return 0;
}

static const char *text_of(Arena *arena, const QueryValue *value) {
    StrBuf date = {0};
    const char *text = NULL;
    switch (value->kind) {
    case QUERY_NULL:
        return NULL;
    case QUERY_INTEGER:
        return arena_printf(arena, "%" PRId64, value->number);
    case QUERY_BOOLEAN:
        return value->number ? "t" : "f";
    case QUERY_TEXT:
        return value->text;
    case QUERY_DATE:
        date_print_iso(&date, (Date)value->number);
        text = arena_copy_text(arena, strbuf_text(&date), date.len);
        strbuf_fini(&date);
        return text;
    }
    return text;
}

static StoreResult start_postgresql(Query *query, const char *text, const QueryValue *values,
                                    size_t len) {
    Arena *arena = arena_new();
    Oid *types = arena_array(arena, len, sizeof *types);
    const char **texts = arena_array(arena, len, sizeof *texts);
    for (size_t i = 0; i < len; i++) {
        types[i] = type_of(values[i].kind);
        texts[i] = text_of(arena, &values[i]);
    }
    query->server = &query->store->servers[0];
    PGconn *link = query->server->link;
    StoreResult result = server_step(query->server);
    bool sent = result == STORE_OK &&
                PQsendQueryParams(link, text, (int)len, types, texts, NULL, NULL, 0) == 1 &&
                PQsetSingleRowMode(link) == 1;
    query->running = sent;
    arena_free(arena);
    if (result != STORE_OK || sent)
        return result;
    return server_fault(query->server, NULL);
}

/* Nothing would hold the rows that were counted against those that were imported. */
static StoreResult refuse_divided(const Store *store) {
    Diag *diag =
        diag_add(store->session->diags, DIAG_shards_statement, (Span){0},
                 "'%s' is divided over shards: statements do not count rows there", store->path);
    diag_help(diag, "leave out `--engine sql` and `--stay`");
    return STORE_REFUSED;
}

StoreResult query_start(Store *store, const char *text, const QueryValue *values, size_t len,
                        Query **out) {
    Query *query = memory_alloc(sizeof *query);
    *query = (Query){.store = store};
    *out = query;
    if (store->shards.len > 0)
        query->result = refuse_divided(store);
    else if (store->kind == STORE_KIND_SERVER)
        query->result = start_postgresql(query, text, values, len);
    else
        query->result = start_sqlite(query, text, values, len);
    return query->result;
}

/* ---- rows -------------------------------------------------------------------------------------
 */

static bool next_sqlite(Query *query) {
    int code = sqlite3_step(query->statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        query->result = sql_fault(&query->store->sql, code);
    return false;
}

static bool next_postgresql(Query *query) {
    PQclear(query->row);
    while ((query->row = PQgetResult(query->server->link))) {
        ExecStatusType status = PQresultStatus(query->row);
        if (status == PGRES_SINGLE_TUPLE)
            return true;
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && query->result == STORE_OK)
            query->result = server_fault(query->server, query->row);
        PQclear(query->row);
    }
    query->running = false;
    return false;
}

bool query_next(Query *query) {
    if (query->result != STORE_OK)
        return false;
    if (query->statement)
        return next_sqlite(query);
    return query->running && next_postgresql(query);
}

bool query_is_null(const Query *query, size_t column) {
    if (query->statement)
        return sqlite3_column_type(query->statement, (int)column) == SQLITE_NULL;
    return PQgetisnull(query->row, 0, (int)column) != 0;
}

const char *query_text(const Query *query, size_t column, size_t *len) {
    if (query_is_null(query, column))
        return NULL;
    const char *text = query->statement
                           ? (const char *)sqlite3_column_text(query->statement, (int)column)
                           : PQgetvalue(query->row, 0, (int)column);
    if (text && len)
        *len = query->statement ? (size_t)sqlite3_column_bytes(query->statement, (int)column)
                                : (size_t)PQgetlength(query->row, 0, (int)column);
    return text;
}

/* Binary fractions are no exact numbers, even where they look like one. */
static bool is_binary_fraction(const Query *query, size_t column) {
    if (query->statement)
        return sqlite3_column_type(query->statement, (int)column) == SQLITE_FLOAT;
    Oid type = PQftype(query->row, (int)column);
    return type == TYPE_FLOAT4 || type == TYPE_FLOAT8;
}

bool query_number(const Query *query, size_t column, Num *out) {
    size_t len = 0;
    const char *text = query_text(query, column, &len);
    return text && !is_binary_fraction(query, column) && num_parse(text, len, out, NULL);
}

bool query_integer(const Query *query, size_t column, int64_t *out) {
    Num number;
    if (query->statement && sqlite3_column_type(query->statement, (int)column) == SQLITE_INTEGER) {
        *out = sqlite3_column_int64(query->statement, (int)column);
        return true;
    }
    return query_number(query, column, &number) && num_to_int64(number, out);
}

StoreResult query_end(Query *query) {
    StoreResult result = query->result;
    sqlite3_finalize(query->statement);
    PQclear(query->row);
    query->row = NULL;
    if (query->running)
        for (PGresult *rest; (rest = PQgetResult(query->server->link));)
            PQclear(rest);
    memory_free(query);
    return result;
}
