/* The tables of a run, as the engine reads them.
 *
 * In: a Plan and a Store. Out: for each source its typed columns and its keys, by which links are
 * followed; and a warning for each kind of fault in what was read (a value missing where that is
 * not allowed, a link that leads nowhere, a key that occurs twice, a code that its set does not
 * know). Faults are looked for in every row that is read, so that what is said does not depend on
 * the order in which conditions are evaluated.
 *
 * Everything lives in the run's arena and is read-only after data_load(), but for what is worked
 * out when first used (calendars, neighbours, the look-ups of index.c) and the rows told to be
 * older than their births.
 */
#ifndef ENGINE_REFERENCE_DATA_H
#define ENGINE_REFERENCE_DATA_H

#include "plan/plan.h"
#include "store/columns.h"

#define NO_ROW SIZE_MAX

typedef struct KeyPlaces KeyPlaces;       /* keys.c */
typedef struct RowIndex RowIndex;         /* index.c */
typedef struct NestedLookup NestedLookup; /* index.c */

/* Rows of a source whose own date precedes a birth that they were asked about. */
typedef struct BirthFaults {
    bool *told; /* by row; NULL: none yet */
    size_t rows, first;
    Span at;
} BirthFaults;

typedef struct LoadedTable {
    const SourceModel *source; /* NULL: not read */
    PackedTable table;
    const size_t *place;     /* by column of the source: its place in `table`, or NO_ROW */
    const bool *followed;    /* by column */
    const KeyPlaces *places; /* keys by place, if each occurs once; or */
    const Value *keys;       /* rows * key_len */
    size_t *by_key;          /* rows that have a whole key, in its order */
    size_t by_key_len;
    const size_t *same_as; /* by row: the first row with the same key; NULL: itself */
    RowIndex **index;      /* by column */
    BirthFaults births;
} LoadedTable;

/* The codes of a set of neighbours. */
typedef struct Members {
    bool read;
    const char **codes;
    size_t len;
} Members;

typedef struct Data {
    Session *session;
    Arena *run;
    Atoms *texts;
    const Model *model;
    const GivenTable *const *given;  /* by source, of a test; or NULL */
    const struct EngineWatch *watch; /* or NULL */
    LoadedTable *tables;             /* by source */
    Calendar **calendars;            /* as model->calendars; NULL until first used */
    Members *members;                /* as model->neighbours; read when first used */
    NestedLookup **lookups;          /* by row variable of nested sets */
    size_t faults;                   /* rows at fault, each kind by itself */
    bool written_only;               /* tables of a store are not read */
    const SourceModel *lacked;       /* rows of such a table were asked for; or NULL */
} Data;

/* STORE_OK, or why a table could not be read (a message was given). data_end() either way. */
StoreResult data_load(Session *session, const Plan *plan, Store *store, Arena *run, Data *out);
/* The same without the tables of a store, which stay unread: only rows in the definitions. */
StoreResult data_load_written(Session *session, const Plan *plan, Arena *run, Data *out);
/* Ends what is not in the arena. */
void data_end(Data *data);

LoadedTable *data_table(Data *data, const SourceModel *source);
/* The stored value of a column; not for computed ones. */
Value data_value(const LoadedTable *loaded, const ColumnModel *column, size_t row);
/* What messages call a row. */
int64_t data_row_number(const LoadedTable *loaded, size_t row);

/* ---- keys.c ---- */
/* linked: rows are looked for by their keys, many of them. */
void keys_build(Data *data, LoadedTable *loaded, bool linked);
/* Whether every value that the link column has is a key: nothing leads nowhere. False: not known.
 */
bool keys_hold_all(const LoadedTable *linked, const PackedColumn *link);
/* The rows of whole-number keys from `low` on, UINT32_MAX for a number that is no key. */
typedef struct NumberedKeys {
    int64_t low;
    size_t span;
    const uint32_t *rows; /* NULL: the row of a number is how far it is above `low` */
} NumberedKeys;

/* False if keys are found in another way. */
bool keys_by_number(const LoadedTable *linked, NumberedKeys *out);
/* The one row with this key; NO_ROW if there is none, or several (*found: how many). */
size_t key_find(const LoadedTable *loaded, Value key, size_t *found);
/* The order of two rows by their keys. */
int key_compare(const LoadedTable *loaded, size_t a, size_t b);

/* ---- data_faults.c ---- */
void data_report_faults(Data *data);
/* After the run. */
void data_report_births(Data *data);

/* ---- fingerprint.c ---- */
/* 32 hexadecimal digits of the typed content that was read, whatever the store and the order of its
 * rows. */
void data_fingerprint(const Data *data, char out[33]);

#endif
