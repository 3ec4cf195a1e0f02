/* The statements that make a store which is divided over servers: what an import runs, and what
 * `kpic import --ddl` prints for a person to read and run.
 *
 * On the coordinator a divided table is partitioned by the hash of its key, and each partition is a
 * foreign table that stands for the table on one shard. There it is a partitioned table too, with
 * the one partition that is the shard's: so the shard itself refuses a row that belongs to another.
 * A table that is not divided is an ordinary one on every server.
 *
 * The texts are statements with a ; after each. `schema` may be NULL: then names go without one.
 */
#ifndef STORE_SERVER_SHARDS_DDL_H
#define STORE_SERVER_SHARDS_DDL_H

#include "base/strbuf.h"
#include "store/shards.h"

/* One divided or whole table. */
typedef struct ShardedTable {
    const char *name;
    const char *const *columns; /* as the server names them */
    const char *const *whole;   /* as the files do */
    size_t len;
    const char *key; /* the server's name of the column; NULL: it stands everywhere */
} ShardedTable;

/* What is known of the store as a whole. */
typedef struct ShardedStore {
    const ShardList *list;
    const char *id; /* by which its parts know each other, as it stands in a statement */
} ShardedStore;

void ddl_put_shard(StrBuf *out, const char *schema, const ShardedStore *store, size_t place);
void ddl_put_shard_table(StrBuf *out, const char *schema, const ShardedStore *store, size_t place,
                         const ShardedTable *table);
/* The extension, the foreign servers and the user's way into them: made unless they are there. A
 * user is NULL where the address does not say. */
void ddl_put_servers(StrBuf *out, const ShardedStore *store, const char *const *users);
void ddl_put_coordinator(StrBuf *out, const char *schema, const ShardedStore *store);
void ddl_put_coordinator_table(StrBuf *out, const char *schema, const ShardedStore *store,
                               const ShardedTable *table);
/* Also of a store that is not divided: its own tables, in version `version`. */
void ddl_put_store(StrBuf *out, const char *schema, int version);
/* CREATE TABLE with kpic_batch, kpic_row and the columns, without an end. */
void ddl_put_table(StrBuf *out, const char *schema, const ShardedTable *table);
/* Rows for kpic_column where names were cut. */
void ddl_put_whole_names(StrBuf *out, const char *schema, const ShardedTable *table);

#endif
