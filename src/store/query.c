#include "store/query.h"

#include <inttypes.h>
#include <string.h>

#include "store/quote.h"
#include "store/records.h"
#include "store/server_links.h"
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

uint64_t store_table_rows(const Store *store, size_t table) {
    if (store->kind != STORE_KIND_SERVER)
        return 0;
    const ServerTable *server = &store->server_tables[table];
    if (server->ours)
        return server_table_rows(server);
    return server->rows > 0 ? (uint64_t)server->rows : 0;
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

/* ---- shards ------------------------------------------------------------------------------------
 */

size_t store_shards(const Store *store) {
    return store->shards.len;
}

int store_divided_by(const Store *store, size_t table) {
    bool divided = store->shards.len > 0 && store->server_tables[table].divided;
    return divided ? (int)store->server_tables[table].key : -1;
}

bool store_imported(const Store *store, size_t table) {
    return store->kind == STORE_KIND_SERVER && store->server_tables[table].ours;
}

StoreResult store_shards_whole(Store *store, bool on_shards, const size_t *tables, size_t len) {
    return on_shards ? server_links_whole(store, tables, len) : server_whole(store, tables, len);
}

/* ---- statements -------------------------------------------------------------------------------
 */

struct Query {
    Store *store;
    StoreResult result;
    /* SQLite's */
    sqlite3_stmt *statement;
    /* PostgreSQL's: rows come one by one, so that a long answer needs no room. Of several servers
     * the answers are read one after the other, while all of them work */
    const Server *servers;
    size_t servers_len, sent, at;
    PGresult *row;
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

typedef struct Sending {
    const char *text;
    const Oid *types;
    const char *const *texts;
    size_t len;
} Sending;

static StoreResult send_to(const Server *server, const Sending *sending) {
    StoreResult result = server_step(server);
    if (result != STORE_OK)
        return result;
    bool sent = PQsendQueryParams(server->link, sending->text, (int)sending->len, sending->types,
                                  sending->texts, NULL, NULL, 0) == 1 &&
                PQsetSingleRowMode(server->link) == 1;
    return sent ? STORE_OK : server_fault(server, NULL);
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
    StoreResult result = STORE_OK;
    while (result == STORE_OK && query->sent < query->servers_len) {
        result = send_to(&query->servers[query->sent], &(Sending){text, types, texts, len});
        query->sent += result == STORE_OK;
    }
    arena_free(arena);
    return result;
}

StoreResult query_start(Store *store, const char *text, const QueryValue *values, size_t len,
                        Query **out) {
    Query *query = memory_alloc(sizeof *query);
    *query = (Query){.store = store, .servers = store->servers, .servers_len = 1};
    *out = query;
    query->result = store->kind == STORE_KIND_SERVER ? start_postgresql(query, text, values, len)
                                                     : start_sqlite(query, text, values, len);
    return query->result;
}

StoreResult query_start_on_shards(Store *store, const char *text, const QueryValue *values,
                                  size_t len, Query **out) {
    Query *query = memory_alloc(sizeof *query);
    *query = (Query){.store = store, .result = server_links_open(store)};
    *out = query;
    query->servers = store->links;
    query->servers_len = store->shards.len;
    if (query->result == STORE_OK)
        query->result = start_postgresql(query, text, values, len);
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

/* The next row of one server; false: it has no more, or gave an error, which is told. */
static bool next_of_server(Query *query, const Server *server) {
    while ((query->row = PQgetResult(server->link))) {
        ExecStatusType status = PQresultStatus(query->row);
        if (status == PGRES_SINGLE_TUPLE)
            return true;
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && query->result == STORE_OK)
            query->result = server_fault(server, query->row);
        PQclear(query->row);
    }
    return false;
}

static bool next_postgresql(Query *query) {
    PQclear(query->row);
    query->row = NULL;
    for (; query->at < query->sent && query->result == STORE_OK; query->at++)
        if (next_of_server(query, &query->servers[query->at]))
            return true;
    return false;
}

bool query_next(Query *query) {
    if (query->result != STORE_OK)
        return false;
    if (query->statement)
        return next_sqlite(query);
    return next_postgresql(query);
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

static void rest_drop(const Query *query, const Server *server) {
    char why[256];
    /* What is in vain is not computed to its end. */
    PGcancel *cancel = query->result == STORE_OK ? NULL : PQgetCancel(server->link);
    if (cancel)
        PQcancel(cancel, why, sizeof why);
    PQfreeCancel(cancel);
    for (PGresult *rest; (rest = PQgetResult(server->link));)
        PQclear(rest);
}

StoreResult query_end(Query *query) {
    StoreResult result = query->result;
    sqlite3_finalize(query->statement);
    PQclear(query->row);
    query->row = NULL;
    for (; query->at < query->sent; query->at++)
        rest_drop(query, &query->servers[query->at]);
    memory_free(query);
    return result;
}
