/* The shards of a divided store, each over a connection of its own: one statement is sent to all of
 * them at once, and each answers for the rows that it has.
 *
 * The addresses are those by which the coordinator reaches them (its foreign servers and the
 * reader's user mappings). Each connection sees one moment from its opening on, and a shard that is
 * not the one that was noted, or that has more or fewer rows of a table than were imported, is
 * told: nothing is computed then.
 */
#ifndef STORE_SERVER_LINKS_H
#define STORE_SERVER_LINKS_H

#include "store/state.h"

/* Connects to all, if that was not done yet. */
StoreResult server_links_open(Store *store);
void server_links_close(Store *store);
/* Holds the rows of the tables (by their places in the catalogue) on each shard against those that
 * were imported there. */
StoreResult server_links_whole(Store *store, const size_t *tables, size_t len);
/* The same of the divided tables among them, as statements on the coordinator see them. */
StoreResult server_whole(Store *store, const size_t *tables, size_t len);

#endif
