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
/* Tells that some rows of a table are lost, or that the table was imported anew while it was read.
 * `rows` were found where the published batches have `wanted`. */
StoreResult server_shards_lost(const Server *server, const char *schema, const ShardNames *shards,
                               const char *table, uint64_t rows, uint64_t wanted);
/* Tells that the database is one shard of a store. */
StoreResult server_shard_refuse(const Server *server);
/* Whether the schema is one shard of a store. */
StoreResult server_shard_alone(const Server *server, const char *schema, bool *out);

#endif
