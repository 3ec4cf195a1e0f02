/* The data store: the only place that opens a database.
 *
 * A store is one of: an SQLite file that `kpic import` made (application id and version its own),
 * an SQLite file of the user's own (opened read-only, never written), a folder of CSV and TSV files
 * (each a table named as the file without its ending) and workbooks (each sheet a table named as
 * the sheet), or a PostgreSQL database by its address, postgresql://... (made by `kpic import`, or
 * the user's own). Opening fills a Catalog; store_load() reads the typed columns of one table.
 *
 * Missing: an empty field or NULL, after trimming blanks of non-text types. A mark that the source
 * declares in `symbols` is missing with its symbol. Anything else that is no value of its column's
 * type is refused with table, row, column and value (nothing is guessed).
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/session.h"
#include "base/strbuf.h"
#include "sema/catalog.h"

typedef struct Store Store;

typedef enum TextEncoding { ENCODING_UTF8, ENCODING_WINDOWS_1252 } TextEncoding;

typedef enum StoreResult {
    STORE_OK,
    STORE_REFUSED,     /* the data is not what it must be: exit 4 */
    STORE_UNAVAILABLE, /* no such file, not readable, busy, disk full: exit 5 */
    STORE_DAMAGED      /* not a database, damaged, another version: exit 6 */
} StoreResult;

/* Opens for reading. On failure *out is NULL and a message was given. Close with store_close. */
StoreResult store_open(Session *session, const char *path, TextEncoding encoding, Store **out);
/* The same, with a limit in seconds for each statement of a server (0: the server's own). */
StoreResult store_open_within(Session *session, const char *path, TextEncoding encoding,
                              int timeout, Store **out);
/* Whether it is the address of a server, not a path. */
bool store_is_server(const char *path);
/* Stops what servers are doing for this process. May be called by a signal handler. */
void store_cancel_running(void);
/* How many threads may read at once; one until this is called. */
void store_set_threads(Store *store, size_t threads);
void store_close(Store *store);
const Catalog *store_catalog(const Store *store);
/* Reads one table. Everything in *out lives in `run`; texts are interned in `texts`. At most 20 bad
 * values are told one by one, then their number. `span` of the spec is where messages point to
 * ("declared here"). */
StoreResult store_load(Store *store, const TableSpec *spec, Arena *run, Atoms *texts, Table *out);
/* Inline rows (spec->cells) need no store. */
StoreResult store_load_inline(Session *session, const TableSpec *spec, Arena *run, Atoms *texts,
                              Table *out);

/* Which rows of a sheet are what, as the spreadsheet numbers them from 1, both ends included. */
typedef struct SheetRows {
    uint32_t header_first, header_last; /* the headings; 0: found by their look */
    uint32_t rows_first, rows_last;     /* the records; 0: all under the headings */
} SheetRows;

/* Where the rows of a table go in a store that is divided over servers. */
typedef struct Placement {
    const char *column; /* by whose values they are divided, as the file's header has it; NULL: all
                         * are on every server */
    bool whole_number;  /* its values are: each must be written in one way */
} Placement;

typedef struct ImportOptions {
    const char *store;    /* the SQLite file, made if it is not there; or postgresql://... */
    const char *as_table; /* NULL: the file's name without its ending, or the sheet's name */
    TextEncoding encoding;
    /* Of workbooks. */
    const char *const *sheets; /* the names of those wanted */
    size_t sheets_len;         /* 0: all that have headings and rows and are not hidden */
    SheetRows sheet_rows;
    bool dry_run; /* everything is checked, nothing is written */
    /* Where the connections to a server wait for the next file; NULL: they are made anew for each.
     * store_import_end ends them. */
    struct ServerTarget **held;
    int busy_milliseconds; /* how long to wait for another writer; 0: 5 seconds */
    int timeout;           /* of a server: seconds for a statement; 0: its own limit */
    /* The typed columns that the project's source declares for a table, or NULL if none does: bad
     * values are then refused at import. Called with the table's name. */
    const TableSpec *(*spec_of)(void *context, const char *table);
    /* The servers that the store is divided over; NULL: it is in one place. Then place_of says
     * where a table's rows go; false: told. */
    const struct ShardList *shards;
    bool (*place_of)(void *context, const char *table, const char *const *header, size_t len,
                     Placement *out);
    void *context;
    /* Called now and then with bytes read and the file's size (0: not known); may be NULL. */
    void (*progress)(void *context, const char *file, uint64_t done, uint64_t size);
} ImportOptions;

typedef struct ImportedFile {
    const char *file, *table;
    uint64_t rows;
    bool unchanged; /* the same content was there already */
    bool replaced;  /* another content of the same file (and sheet) name was there before */
    /* Of a sheet. */
    const char *sheet;              /* NULL: a CSV or TSV file */
    SheetRows found;                /* the rows of the headings, and of the first and last record */
    uint64_t above, blank, outside; /* rows left out: above the headings, between the records
                                     * without a value, and not among those that were named */
    const struct ImportedFile *next; /* the next sheet of the workbook */
} ImportedFile;

/* Imports one file, in one transaction: all of it or nothing. A workbook by its ending (.xlsx,
 * .xlsm), of which each sheet is a table; TSV (.tsv, .tab); else CSV. Rows of an earlier import of
 * a file (and sheet) of the same name into the same table are replaced; the same content changes
 * nothing. Not STORE_OK: told, *out is not set. */
StoreResult store_import_file(Session *session, const ImportOptions *options, const char *file,
                              ImportedFile *out);

void store_import_end(const ImportOptions *options);

/* A table that a file would be imported into: of a workbook there may be several. */
typedef struct FileTable {
    const char *table;
    const char *const *header;
    size_t header_len;
    Placement placement;
    const struct FileTable *next;
} FileTable;

/* Reads no more than the headings. *out and what follows it lives in the session's arena. */
StoreResult store_import_tables(Session *session, const ImportOptions *options, const char *file,
                                const FileTable **out);
/* Adds the script for psql that makes a divided store with these tables. */
StoreResult store_shards_script(Session *session, const ImportOptions *options,
                                const FileTable *const *tables, size_t len, StrBuf *out);
/* The same for Citus, which divides tables itself. */
StoreResult store_citus_script(Session *session, const ImportOptions *options,
                               const FileTable *const *tables, size_t len, StrBuf *out);

/* An imported store's columns are kept packed beside its rows, as they were at the last import
 * (segment_store.h): makes them anew from the rows as they are now. *tables: how many have them. */
StoreResult store_reindex(Session *session, const char *path, size_t *tables);
/* After loading: why tables of a database file were read row by row, in one sentence; NULL if none
 * was, or there is nothing to be done about it. */
const char *store_slow_reading(const Store *store);

/* The version of the database library, for `kpic --version`. */
const char *store_library_version(void);
/* 150020 is 15.20; 0: it is not installed. */
int store_server_library_version(void);

#endif
