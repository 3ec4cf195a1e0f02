/* The shards of a divided store as its coordinator sees them.
 *
 * The coordinator notes them in kpic_shards, and looks at each through a foreign table: kpic_at_2
 * is the line of kpic_shard on the second. A shard that is down, or another one than was noted, is
 * told by its name, and nothing is read then.
 */
#ifndef STORE_SERVER_SIGHT_H
#define STORE_SERVER_SIGHT_H

#include "store/server.h"

typedef struct ShardNames {
    const char *store; /* the id that all parts bear */
    const char **names;
    size_t len; /* 0: the store is not divided */
} ShardNames;

/* What the schema notes; in the session's arena. */
StoreResult server_shards_noted(const Server *server, const char *schema, ShardNames *out);
/* Looks at each: every fault is told. */
StoreResult server_shards_look(const Server *server, const char *schema, const ShardNames *shards);

/* Which shard of which store. */
typedef struct ShardIdentity {
    const char *store; /* its id */
    size_t place, shards;
} ShardIdentity;

/* Whether the schema of the server is that shard, asked on the shard itself. */
StoreResult server_shard_is(const Server *server, const char *schema, const ShardIdentity *wanted,
                            bool *out);

/* Rows of a table's published batches: those that were found, and those that were imported. */
typedef struct ShardedRows {
    uint64_t there, imported;
} ShardedRows;

/* Tells which shards have lost rows of a divided table, or that it was imported anew while it was
 * read. */
StoreResult server_shards_lost(const Server *server, const char *schema, const ShardNames *shards,
                               const char *table, ShardedRows rows);
/* Each of the two by itself. */
StoreResult server_shard_rows_lost(const Server *server, const char *shard, const char *table,
                                   ShardedRows rows);
StoreResult server_shards_busy(const Server *server, const char *table, ShardedRows rows);
/* Tells that the way to a shard leads to another database. */
StoreResult server_shard_another(const Server *server, const char *shard);
/* Tells that the database is one shard of a store. */
StoreResult server_shard_refuse(const Server *server);
/* Whether the schema is one shard of a store. */
StoreResult server_shard_alone(const Server *server, const char *schema, bool *out);

#endif
