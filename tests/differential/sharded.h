/* Pairs on a store that is divided over shards: the rows that are written in the definitions become
 * files, the files are imported, and the sources read the tables that come of it.
 *
 * KPIC_TEST_DATABASE is the coordinator's address and KPIC_TEST_SHARDS the list of shards, as
 * `kpic import --shards` takes it. Tables are never taken away: the databases are for some pairs,
 * and made anew for others.
 */
#ifndef TESTS_DIFFERENTIAL_SHARDED_H
#define TESTS_DIFFERENTIAL_SHARDED_H

#include "engine/engine.h"

/* Whether there is such a store. */
bool sharded_is_there(void);
/* As engine_run(). */
StoreResult sharded_run(Session *session, const Plan *plan, const EngineOptions *options,
                        Arena *run, Result *out);
/* How many statements were answered where, so far. */
StatementPlaces sharded_places(void);

#endif
