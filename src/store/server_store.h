/* The store that is a PostgreSQL database, read-only: one that `kpic import` made, or the user's
 * own with its tables and views. All that the user's search path shows is in the catalogue.
 *
 * One transaction lasts from open to close, so that all tables are of one moment. What `kpic
 * import` made, in the schema that the search path begins with:
 *
 *   kpic_store  (version)
 *   kpic_import (id, table_name, file, content, rows, first_row, last_row, published)
 *       one line an imported file. Its rows bear its id and count only once it is published, which
 *       is one change of one row, and so all or nothing.
 *   kpic_column (table_name, place, column_name)
 *       the whole names of columns, where a table has one of more than 63 bytes
 *   "plans"     (kpic_batch, kpic_row, "Header 1", ...)         one table a name, all texts
 */
#ifndef STORE_SERVER_STORE_H
#define STORE_SERVER_STORE_H

#include "store/columns.h"
#include "store/state.h"

#define SERVER_STORE_VERSION 1
#define SERVER_STORE_DIVIDED 2 /* of a store that is divided over servers, and of its shards */
#define SERVER_STORE_FIXED 3   /* whose tables a script makes, because the database divides them */
#define BATCH_COLUMN "kpic_batch"
#define SERVER_NAME_MOST 63 /* bytes of a name: the server cuts longer ones off */

StoreResult server_store_open(Store *store);
void server_store_close(Store *store);

/* What the server calls the columns of a file: of our own making where it would cut them off. */
const char *const *server_column_names(Arena *arena, const char *const *header, size_t len);

/* ---- server_catalog.c ---- */
StoreResult server_catalog_read(Store *store);
/* Tells of a store of another version. */
StoreResult server_store_version(const Server *server, int64_t version);
/* FROM "schema"."plans", or a selection of its published rows. */
void server_put_table(StrBuf *out, const ServerTable *table);
/* The ids of its published batches: (1, 5). */
void server_put_batches(StrBuf *out, const ServerTable *table);
/* WHERE for the published rows; nothing if all are. */
void server_put_published(StrBuf *out, const ServerTable *table);
/* How many rows were imported. */
uint64_t server_table_rows(const ServerTable *table);
/* Whether what is read now is what the catalogue was read from; if not, told. */
StoreResult server_same_table(const Server *server, const ServerTable *table);

/* ---- server_load.c ---- */
/* One table that is to be read, where it goes, and how that went. */
typedef struct ServerLoad {
    size_t table; /* of the catalogue */
    const TableSpec *spec;
    PackedTable *out;
    StoreResult *result;
} ServerLoad;

/* All of them, as many at once as there are connections. */
void server_load_all(Store *store, const ServerLoad *loads, size_t len, Arena *run, Atoms *texts);
StoreResult server_load(Store *store, size_t table, const TableSpec *spec, Arena *run, Atoms *texts,
                        Table *out);

#endif
