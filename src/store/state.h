/* What the two kinds of store share: the Store itself, and finding a spec's fields. Only files of
 * store/ include this. To add a kind of store: an open and a load like those of folder.h and
 * database.h, and its line in store_open, store_close and store_load.
 */
#ifndef STORE_STATE_H
#define STORE_STATE_H

#include "store/builder.h"
#include "store/sql.h"
#include "store/store.h"

typedef enum StoreKind { STORE_KIND_FOLDER, STORE_KIND_DATABASE } StoreKind;

/* Where a folder's table is. */
typedef struct FolderPlace {
    const char *file;
    const char *sheet; /* of a workbook; NULL: the file itself */
} FolderPlace;

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
};

/* Where each column of the spec stands among `names`; false (told) if one is not there. `places`
 * has room for spec->columns_len. */
bool fields_find(Faults *faults, const TableSpec *spec, const char *const *names, size_t len,
                 size_t *places);

#endif
