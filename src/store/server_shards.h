/* The shards of a store that files are imported into: a connection to each, over which its rows are
 * copied, beside the coordinator's (server_target.h).
 *
 * Rows of a divided table go to the shard of their key, which the coordinator is asked about, some
 * thousand keys at a time: where a row is, PostgreSQL decides, not this program. Rows of a table
 * that stands everywhere go to all shards. What was copied is committed on each shard by itself and
 * counts for nobody until the coordinator publishes it: target by target, a row of kpic_import.
 */
#ifndef STORE_SERVER_SHARDS_H
#define STORE_SERVER_SHARDS_H

#include "store/csv.h"
#include "store/server_shards_ddl.h"
#include "store/server_store.h"
#include "store/server_target.h"

typedef struct ShardTarget ShardTarget;

/* Connects to all of them; each that cannot be reached is told. *out is set in any case, and must
 * be closed. */
StoreResult shard_target_open(Session *session, const ShardList *list, int timeout,
                              ShardTarget **out);
void shard_target_close(ShardTarget *shards);
/* Whether the store is divided just as the list has it (NULL: not at all). */
StoreResult shard_target_check(ShardTarget *shards, const Server *coordinator, const char *schema,
                               bool made);
/* Keeps other imports out, and makes what is lacking: of a new store all but the tables. */
StoreResult shard_target_begin(ShardTarget *shards, const Server *coordinator, const char *schema,
                               bool made, int busy);
/* Takes the rows of a batch away. */
StoreResult shard_target_sweep(const ShardTarget *shards, const char *table, int64_t batch);
/* Makes a table on all servers. */
StoreResult shard_target_make(const ShardTarget *shards, const Server *coordinator,
                              const ShardedTable *table);
/* Whether a table that is there is divided by this column (NULL: not at all). */
StoreResult shard_target_same_key(const ShardTarget *shards, const Server *coordinator,
                                  const char *table, const char *key);

/* Rows: `copy` is the COPY statement. `whole_number`: of the key. */
typedef struct ShardCopy {
    const char *copy, *table;
    bool divided, whole_number;
    const char *key; /* the heading, for messages */
} ShardCopy;

StoreResult shard_target_rows_begin(ShardTarget *shards, const Server *coordinator,
                                    const ShardCopy *copy);
/* A line of COPY's text form with its end, and the key in it. */
StoreResult shard_target_row(ShardTarget *shards, const StrBuf *line, const CsvField *key);
/* All rows are on the shards now, and committed. */
StoreResult shard_target_rows_end(ShardTarget *shards);
/* Gives up what was begun. */
void shard_target_give_up(ShardTarget *shards);
/* Lets other imports in. False: a connection is no use any more. */
bool shard_target_rest(ShardTarget *shards);
/* Statements that note how many rows of the batch each shard has. */
void shard_target_put_rows(const ShardTarget *shards, int64_t batch, StrBuf *out);
/* Messages go there from now on. `shards` may be NULL. */
void shard_target_quiet(ShardTarget *shards, Session *session);
void shard_target_analyze(const ShardTarget *shards, const char *table);

#endif
