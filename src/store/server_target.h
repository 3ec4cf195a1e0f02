/* The store on a PostgreSQL server that files are imported into (server_store.h says how it is
 * kept).
 *
 * Rows go in under the id of a line of kpic_import that is not published yet: into a table beside,
 * which takes the place of the old one at the end, or into the table itself where it also has the
 * rows of other files or is divided over servers. server_target_commit publishes all that was
 * written, in one transaction. What an import leaves that is cut off counts for nobody, and the
 * next one sweeps it away. An advisory lock keeps two imports apart.
 *
 * In a store that is divided over servers (server_shards.h) the rows are on the shards, each table
 * keeps its columns, and what is replaced is taken away after the new rows are published: a line of
 * kpic_import that is no longer published stays until no shard has rows of it.
 *
 * Each function stands behind the one of target.h of the same name.
 */
#ifndef STORE_SERVER_TARGET_H
#define STORE_SERVER_TARGET_H

#include "store/server.h"
#include "store/target.h"

typedef struct ServerTarget ServerTarget;
struct ShardTarget;

/* *out is set in any case, and must be closed. */
StoreResult server_target_open(Session *session, const ImportOptions *options, ServerTarget **out);
void server_target_close(ServerTarget *target);
/* Gives up what was begun, and lets other imports in. False: it is no use for another file. */
bool server_target_rest(ServerTarget *target);
StoreResult server_target_begin(ServerTarget *target, bool write);
StoreResult server_target_table(Target *target, const char *table);
StoreResult server_target_known(Target *target, const char *file, const char *content, Known *out);
void server_target_forget(ServerTarget *target, const Known *known);
StoreResult server_target_rows_begin(Target *target, const char *const *header, size_t len);
StoreResult server_target_row(Target *target, const CsvField *fields, size_t len);
StoreResult server_target_rows_end(Target *target, const char *file, const char *content,
                                   uint64_t rows);
StoreResult server_target_commit(ServerTarget *target);

/* ---- server_target_schema.c: the store's own tables, and what was cut off ---- */

/* The schema that the search path begins with: refused if it is none, or someone else's. `made`:
 * whether the store's tables are there. */
StoreResult server_schema_find(const Server *server, const char **schema, bool *made);
/* Of one that is there: whether its tables were made by a script, and stay. */
StoreResult server_schema_fixed(const Server *server, const char *schema, bool *out);
StoreResult server_schema_make(const Server *server, const char *schema);
/* Keeps other imports out, as long as the connection lasts. */
StoreResult server_schema_lock(const Server *server, int busy);
/* Takes away what is not published; of a divided store also from its shards. */
StoreResult server_schema_sweep(const Server *server, const char *schema,
                                const struct ShardTarget *shards);
/* Whether the schema has a table of this name that imports write to. */
StoreResult server_schema_has(const Server *server, const char *schema, const char *table,
                              bool *out);
/* "schema"."name" */
void server_put_name(StrBuf *out, const char *schema, const char *name);

#endif
