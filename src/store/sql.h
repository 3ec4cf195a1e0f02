/* SQLite as the store uses it: connections with all doors shut, statements, and what its errors
 * mean to the user. Only files of store/ include this.
 *
 * A store that `kpic import` made bears an application id and a version (schema below). Anything
 * else is the user's own and only ever read.
 *
 *   "plans" (kpic_row INTEGER PRIMARY KEY, "Header 1" TEXT, ...)   one table a name, all texts
 *   kpic_import (id, table_name, file, content, rows, first_row, last_row)
 *       one line an imported file: its name without folder, a hash of its content, and which
 *       kpic_row its rows have in the table
 */
#ifndef STORE_SQL_H
#define STORE_SQL_H

#include <sqlite3.h>

#include "base/session.h"
#include "store/store.h"

#define STORE_APPLICATION_ID 0x6B706963 /* "kpic" */
#define STORE_VERSION 1
#define STORE_BUSY_MILLISECONDS 5000

/* A connection, with what its messages need. */
typedef struct Sql {
    Session *session;
    const char *path;
    sqlite3 *db;
} Sql;

/* `path` as SQLite must be given it: never taken for ":memory:" or a URI. */
const char *sql_path(Arena *arena, const char *path);
/* Opens with sqlite3_open_v2 flags, then shuts what definitions and data could misuse. */
StoreResult sql_open(Sql *sql, Session *session, const char *path, int flags, int busy);
/* The same without telling: an SQLite code. `name` from sql_path. *db is to be closed either way.
 */
int sql_connect(const char *name, int flags, sqlite3 **db);
void sql_close(Sql *sql);
/* Tells what went wrong with `code`, and gives what it means. */
StoreResult sql_fault(const Sql *sql, int code);
/* One or more statements without parameters. */
StoreResult sql_run(const Sql *sql, const char *text);
StoreResult sql_prepare(const Sql *sql, const char *text, sqlite3_stmt **out);
/* The first column of the first row; 0 if there is none. */
StoreResult sql_integer(const Sql *sql, const char *text, int64_t *out);

typedef enum Owner { OWNER_NOBODY, OWNER_KPIC, OWNER_USER } Owner;
/* Whose database it is: nobody's if it has neither tables nor an id. A store of a newer version is
 * told and not STORE_OK. */
StoreResult sql_owner(const Sql *sql, Owner *out);

/* What the first bytes of a file say. */
typedef struct SqlLook {
    bool empty;
    bool sqlite;  /* it starts as an SQLite file does */
    bool ours;    /* with our application id */
    bool wal;     /* it is kept with a write-ahead log */
    bool cut_off; /* a journal lies beside it: a change was cut off, or goes on just now */
} SqlLook;

/* Not STORE_OK if it cannot be read (told). */
StoreResult sql_look(Session *session, const char *path, SqlLook *out);
/* Tells that it is no store, and what it is. */
StoreResult sql_not_a_store(Session *session, const char *path, const SqlLook *look);

/* kpic_ and sqlite_ names, in any case, are not the user's. */
bool sql_name_reserved(const char *name);

#endif
