/* The store that is an SQLite file, read-only: one that `kpic import` made, or the user's own with
 * its tables and views.
 *
 * One read transaction lasts from open to close, so that all tables are of one moment. Rows come
 * by kpic_row, by rowid, or (views, tables without a rowid) as the database gives them.
 */
#ifndef STORE_DATABASE_H
#define STORE_DATABASE_H

#include "store/state.h"

StoreResult database_open(Store *store);
void database_close(Store *store);
StoreResult database_load(Store *store, size_t table, const TableSpec *spec, Arena *run,
                          Atoms *texts, Table *out);

#endif
