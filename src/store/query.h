/* A statement of SQL on a store, with bound values, read back exactly: the same for an SQLite file
 * and for PostgreSQL. What the engine that computes in the database works with.
 *
 * Comes in: the text of one statement in the store's dialect (parameters are ?1 ?2 in SQLite and $1
 * $2 in PostgreSQL) and a value for each parameter. Goes out: rows, one after the other. Numbers
 * come as exact numbers or not at all: one that is a binary fraction is refused. Texts are valid
 * until the next row.
 *
 * A store may be divided over shards. A statement on it is answered by the coordinator, which sees
 * the rows of all shards; or it is sent to all shards at once, and the rows of its answer are those
 * of the first shard, then those of the second, and so on: adding them up is for the caller, as is
 * knowing that it may be done.
 *
 * The names of tables and columns come from store_put_table and store_put_column alone, because a
 * store may keep them under other names, and rows that are not published yet beside the others.
 *
 *   Query *query;
 *   StoreResult result = query_start(store, text, values, len, &query);
 *   while (query_next(query))
 *       query_integer(query, 0, &count);
 *   result = query_end(query);      always, also when query_start failed
 */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H

#include "base/date.h"
#include "base/num.h"
#include "base/strbuf.h"
#include "store/store.h"

typedef enum StoreDialect {
    STORE_DIALECT_NONE, /* a folder of files: no statement can run on it */
    STORE_DIALECT_SQLITE,
    STORE_DIALECT_POSTGRESQL
} StoreDialect;

StoreDialect store_dialect(const Store *store);

/* ---- names ------------------------------------------------------------------------------------
 * Tables and columns by their places in the store's Catalog. */

/* What stands behind FROM: "plans", or a selection of the rows that are published. Give it an alias
 * of your own. */
void store_put_table(StrBuf *out, const Store *store, size_t table);
void store_put_column(StrBuf *out, const Store *store, size_t table, size_t column);

/* What tells rows of the table apart, wherever it is selected in one statement; as it may be no
 * more than their number in a selection, that selection must be made once. */
void store_put_row(StrBuf *out, const Store *store, size_t table);

/* About how many rows the table of a server has; 0 if that is not known. */
uint64_t store_table_rows(const Store *store, size_t table);

typedef enum FieldType {
    FIELD_ANY,  /* each value has its own type: SQLite, in a database of the user's own */
    FIELD_TEXT, /* texts, as in the files that were imported, NULL for an empty one */
    FIELD_INTEGER,
    FIELD_NUMERIC,
    FIELD_DATE,
    FIELD_TIMESTAMP, /* of no zone */
    FIELD_BOOLEAN,
    FIELD_OTHER /* a type that is not read */
} FieldType;

FieldType store_field_type(const Store *store, size_t table, size_t column);
/* "double precision": what the database calls the type. */
const char *store_field_type_name(const Store *store, size_t table, size_t column);

/* ---- shards ------------------------------------------------------------------------------------
 */

/* How many there are; 0: the store is in one place. */
size_t store_shards(const Store *store);
/* Whether kpic imported the table, so that the shards have its rows; else it is on the server that
 * was named, and there alone. */
bool store_imported(const Store *store, size_t table);
/* The column by which the rows of the table are divided over them, or -1: it stands on each. */
int store_divided_by(const Store *store, size_t table);
/* Whether all rows of the tables, which were imported, are there that were imported, as statements
 * on the shards see them, or those on the store. If not, it is told. */
StoreResult store_shards_whole(Store *store, bool on_shards, const size_t *tables, size_t len);

/* ---- statements -------------------------------------------------------------------------------
 */

typedef enum QueryValueKind {
    QUERY_NULL,
    QUERY_INTEGER, /* number; int8 in PostgreSQL */
    QUERY_TEXT,    /* text */
    QUERY_DATE,    /* number: a Date; in SQLite the text 2017-01-31 */
    QUERY_BOOLEAN  /* number: 0 or 1 */
} QueryValueKind;

typedef struct QueryValue {
    QueryValueKind kind;
    int64_t number;
    const char *text;
} QueryValue;

typedef struct Query Query;

/* *out is never NULL; end it with query_end. One query at a time on a store. */
StoreResult query_start(Store *store, const char *text, const QueryValue *values, size_t len,
                        Query **out);
/* The same on each shard of a store that is divided. */
StoreResult query_start_on_shards(Store *store, const char *text, const QueryValue *values,
                                  size_t len, Query **out);
/* The next row; false: there is none, or something went wrong (query_end says). */
bool query_next(Query *query);
bool query_is_null(const Query *query, size_t column);
/* False if the value is NULL, or no whole number of 64 bits. */
bool query_integer(const Query *query, size_t column, int64_t *out);
/* False if the value is NULL, no number, or a binary fraction. */
bool query_number(const Query *query, size_t column, Num *out);
/* Any value as its text; NULL for NULL. `len` may be NULL. */
const char *query_text(const Query *query, size_t column, size_t *len);
/* STORE_OK, or what went wrong (told). */
StoreResult query_end(Query *query);

/* NULL if the database can read the statement; else why not, in its own words (in `arena`): it may
 * be too long or too deep. Nothing is run, and nothing told. PostgreSQL is not asked. */
const char *query_unreadable(Store *store, const char *text, Arena *arena);

/* A store without a table, in memory: for statements about rows that are sent with them. Close it
 * with store_close. */
StoreResult store_open_empty(Session *session, Store **out);

/* SQLite's handle, to which the caller may add functions; NULL for any other store. */
struct sqlite3 *store_sqlite(const Store *store);

#endif
