/* What the kinds of store share: the Store itself, and finding a spec's fields. Only files of
 * store/ include this. To add a kind of store: an open and a load like those of folder.h and
 * database.h, and its line in store_open, store_close and store_load.
 */
#ifndef STORE_STATE_H
#define STORE_STATE_H

#include "store/builder.h"
#include "store/segment_store.h"
#include "store/server_sight.h"
#include "store/sql.h"
#include "store/store.h"

typedef enum StoreKind { STORE_KIND_FOLDER, STORE_KIND_DATABASE, STORE_KIND_SERVER } StoreKind;

#define SERVERS_MOST 2 /* connections to one server: as many tables are read at once */

/* Where a folder's table is. */
typedef struct FolderPlace {
    const char *file;
    const char *sheet; /* of a workbook; NULL: the file itself */
} FolderPlace;

typedef struct ServerColumn {
    const char *name;      /* the server's own name for it */
    unsigned type;         /* a ServerType, or another; of a domain, the type that it is of */
    bool enumeration;      /* a type of its own, whose values are texts */
    const char *type_name; /* "character varying(20)" */
} ServerColumn;

/* The rows of one file, as an import numbered them. */
typedef struct ServerBatch {
    int64_t id, first, last;
    const char *file;
} ServerBatch;

typedef struct ServerTable {
    const char *schema, *name;
    const ServerColumn *columns; /* as in the catalogue */
    int64_t oid, file;           /* by which it is known that it is still the same */
    int64_t pages, rows;         /* about how large it is; below 0: not known */
    bool ours;                   /* an import made it: it has kpic_batch and kpic_row */
    const ServerBatch *batches;  /* published, in the order of their rows */
    size_t batches_len;
    bool some_unpublished; /* there may be rows of no published batch */
    bool divided;          /* over shards: it has as many rows as were imported, or some are lost */
    size_t key;            /* of a divided one: the column by which it is */
} ServerTable;

/* A connection of another thread to the same file (segment_read.h). */
typedef struct SegmentReader {
    sqlite3 *db;
    bool tried, usable;
} SegmentReader;

#define SEGMENT_READERS_MOST 3

struct Store {
    StoreKind kind;
    Session *session;
    const char *path;
    Catalog catalog;
    /* A folder's. */
    TextEncoding encoding;
    const FolderPlace *places; /* of each table of the catalogue */
    /* A database's. */
    Sql sql;
    Owner owner;
    const bool *is_view; /* for each table of the catalogue */
    bool segments_known; /* the next was found out */
    SegmentsState segments;
    bool rows_read; /* those of some table, one by one */
    size_t threads; /* that may read; 0: one */
    SegmentReader readers[SEGMENT_READERS_MOST];
    /* A server's: its connections, of which the first is always there, and see one moment. */
    int timeout;
    Server servers[SERVERS_MOST];
    size_t servers_len;
    const ServerTable *server_tables; /* for each table of the catalogue */
    const char *schema;               /* of the store that an import made; NULL: there is none */
    ShardNames shards;                /* len 0: it is in one place */
    Server *links;                    /* to each shard; NULL: not opened yet (server_links.h) */
};

/* The table of the catalogue that the spec is about; not STORE_OK: told. */
StoreResult table_find(Store *store, const TableSpec *spec, size_t *table);

/* Where each column of the spec stands among `names`; false (told) if one is not there. `places`
 * has room for spec->columns_len. */
bool fields_find(Faults *faults, const TableSpec *spec, const char *const *names, size_t len,
                 size_t *places);

#endif
