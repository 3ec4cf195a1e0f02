/* The store that files are imported into, and the table that is written to just now: an SQLite
 * file, or on a PostgreSQL server (server_target.h).
 *
 * Everything between target_begin and target_commit counts at once or not at all; target_close
 * without a commit leaves the store as it was, and removes a file that was made for this import.
 */
#ifndef STORE_TARGET_H
#define STORE_TARGET_H

#include "store/content.h"
#include "store/segment_table.h"
#include "store/sql.h"

/* What the store knows of the file. */
typedef struct Known {
    bool same;        /* its content is there already, under its name or no other rows of it */
    bool replaces;    /* a file of its name with other content is there */
    const char *twin; /* replaces, and this other file already has the new content */
    bool alone;       /* no other file is in the table */
    int64_t id, first, last; /* of what is replaced */
} Known;

typedef struct Target {
    struct ServerTarget *server; /* NULL: a file, of which the next line is */
    struct ServerTarget **held;  /* where it waits for the next file; or NULL */
    Placement placement;         /* of the rows, in a store that is divided over servers */
    Sql sql;
    const char *table; /* as the store spells it once it is known */
    const char *const *columns;
    size_t columns_len; /* 0: the table is not there yet */
    bool foreign;       /* the table is there, but no import made it */
    bool is_new;        /* the file was made for this */
    bool open;          /* a transaction */
    sqlite3_stmt *insert;
    int64_t first_row, last_row;
    SegmentsWrite segments;
    SegmentTable *columns_made; /* of the table, if it is new; its segments follow the rows */
} Target;

/* Opens the store that is there, or makes the file. Someone else's database is refused. */
StoreResult target_open(Target *target, Session *session, const ImportOptions *options);
void target_close(Target *target);
/* Write: takes the write lock, and makes the store's own tables if they are lacking. */
StoreResult target_begin(Target *target, bool write);
/* Turns to a table; one after another may be written. */
StoreResult target_table(Target *target, const char *table);
/* With the segments of every table that lacks them. */
StoreResult target_commit(Target *target);
/* Takes all segments away, so that the commit makes them anew. */
StoreResult target_reindex(Target *target);

StoreResult target_known(Target *target, const char *file, const char *content, Known *out);
/* Takes away what is replaced, and the table with it if nothing else is in it. */
StoreResult target_forget(Target *target, const Known *known);
/* Makes the table if it is not there, and prepares for rows with these columns. */
StoreResult target_rows_begin(Target *target, const char *const *header, size_t len);
StoreResult target_row(Target *target, const CsvField *fields, size_t len);
StoreResult target_rows_end(Target *target, const char *file, const char *content, uint64_t rows);

/* ---- private to store/ ---- */

/* A file that the store knows, in the order of their ids: what it says of the one to be imported.
 * `known` has its id, first and last row; `other` becomes the name of another file with the
 * content. */
typedef struct KnownFile {
    const char *file, *content;
    int64_t id, first, last;
} KnownFile;

void known_add(Known *out, const KnownFile *known, const char *file, const char *content,
               Arena *arena, const char **other);
/* When all are added. */
void known_end(Known *out, const char *other);

#endif
