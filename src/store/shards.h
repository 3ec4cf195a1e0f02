/* The servers that a store is divided over, as `kpic import --shards FILE` is told of them.
 *
 * Comes in: the text of FILE. Goes out: its shards, in its order, and what it says of tables. A
 * line is one of
 *
 *   NAME = ADDRESS                a shard: postgresql://..., or host=... port=... dbname=...
 *   distribute by SOURCE          rows belong to the key of this source of the project
 *   distribute TABLE by COLUMN    the rows of this table belong to what stands in this column
 *   everywhere TABLE, ...         these tables are whole on every server
 *
 * Blank lines are nothing, nor is what follows a # at the start of a line or after a blank. A name
 * with blanks or capitals in it may be in double quotes. No secret is taken: PostgreSQL's password
 * and service files are read.
 */
#ifndef STORE_SHARDS_H
#define STORE_SHARDS_H

#include "base/session.h"

#define SHARDS_MOST 64
#define SHARD_NAME_MOST 30 /* bytes */
#define SHARDED_TABLE_MOST                                                                         \
    55 /* bytes of a divided table's name: its partitions have longer ones                         \
        */

typedef struct Shard {
    const char *name; /* small letters, digits and _ */
    const char *address;
    Span at;
} Shard;

/* What the file says of one table. */
typedef struct ShardRule {
    const char *table;
    const char *column; /* NULL: everywhere */
    Span at, column_at;
} ShardRule;

typedef struct ShardList {
    const char *file;
    Shard *shards;
    size_t len;
    const char *key_source; /* NULL: the file does not say */
    Span key_at;
    ShardRule *rules;
    size_t rules_len;
} ShardList;

/* Everything lives in the session's arena. False: the faults were told, line by line. */
bool shards_parse(Session *session, const char *file, const char *text, size_t len, ShardList *out);

#endif
