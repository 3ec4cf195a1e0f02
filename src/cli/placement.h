/* Which rows of a divided store belong together, by the definitions and the list of shards.
 *
 * In: a Model (or none) and a ShardList. Out: for each table the column by whose values its rows
 * are divided, or that it stands whole on every server. The key is that of the source to whose key
 * the tables of most other sources link (two at least), such as the child: with it go the rows of
 * each source that has a column linked to it. All else stands everywhere. What the file says of a
 * table goes before what the definitions say, and where neither can decide, that is an error by
 * name.
 */
#ifndef CLI_PLACEMENT_H
#define CLI_PLACEMENT_H

#include "sema/analyse.h"
#include "store/shards.h"
#include "store/store.h"

typedef struct Placements {
    Session *session;
    const Model *model; /* NULL: there is no project */
    const ShardList *shards;
    const SourceModel *root;  /* whose key it is; NULL: not known */
    const SourceModel *rival; /* that as many tables link to; or NULL */
} Placements;

/* False: told. */
bool placements_start(Session *session, const Model *model, const ShardList *shards,
                      Placements *out);
/* Where the rows of a file with these columns go. False: told. `tell`: also what a user should know
 * of a table that stands everywhere. */
bool placement_of(const Placements *placements, const char *table, const char *const *header,
                  size_t len, bool tell, Placement *out);

#endif
