/* Engines: Plan and Store to Result. All engines give the same exact figures; `reference` is the
 * meaning, in the most obvious way. */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "engine/result.h"
#include "plan/plan.h"
#include "store/query.h"

typedef enum EngineKind {
    ENGINE_AUTO,      /* the native one: on a server too, its columns are streamed out */
    ENGINE_NATIVE,    /* columns, all windows at once */
    ENGINE_REFERENCE, /* row by row: the meaning */
    ENGINE_SQL        /* statements that the database answers */
} EngineKind;

/* Told at the end of each part of a run what it was, for `--timing`. */
typedef struct EngineTiming {
    void (*mark)(void *context, const char *what);
    void *context;
} EngineTiming;

/* Takes the cells of one indicator after the other, as soon as they are complete, in the order of
 * the plan; the Result then has none. */
typedef struct CellSink {
    /* An empty arena for the cells of an indicator; it comes back with them. */
    Arena *(*room)(void *context);
    /* The cells that are asked for. With a room they live in it, and nothing else looks at them any
     * more; without one they live as long as the run. */
    void (*take)(void *context, Cell **cells, size_t len, Arena *room);
    void *context;
} CellSink;

typedef struct EngineOptions {
    EngineKind kind;
    size_t threads;       /* NATIVE: at least 1; the figures are the same for any number */
    size_t batch_rows;    /* NATIVE: a power of two; 0: as many as is best (tests take few) */
    bool fingerprint;     /* work out Result.fingerprint, for which every value is looked at */
    bool stay;            /* SQL: no table of the server is read; its rows stay there */
    bool moves;           /* work out Cell.moves */
    EngineTiming *timing; /* or NULL */
    const CellSink *sink; /* or NULL: all cells are in the Result */
    const struct EngineWatch *watch; /* of the reference engine (watch.h); or NULL */
} EngineOptions;

/* Reads what the plan needs and computes it. Everything in *out lives in `run`. `store` may be NULL
 * when every table's rows are written in the definitions. Data faults are warnings; a date outside
 * a calendar, an overflow or an undecided first/last is an error: the cell is not available and the
 * function returns STORE_REFUSED with all other cells computed. What the SQL engine cannot put into
 * a statement is an error before any figure is made (out->beyond_engine). */
StoreResult engine_run(Session *session, const Plan *plan, Store *store,
                       const EngineOptions *options, Arena *run, Result *out);
/* The reference engine, with the fingerprint. */
StoreResult engine_reference_run(Session *session, const Plan *plan, Store *store, Arena *run,
                                 Result *out);
/* Adds what the native engine makes of the plan: passes over tables, masks, shared conditions, and
 * what falls back to the reference engine. Reads the tables and counts, as a run does. */
StoreResult engine_print_passes(Session *session, const Plan *plan, Store *store, StrBuf *out);
/* Adds the statements of this dialect for one of the plan's indicators, with values in their
 * places. Without a store, tables are as `kpic import` makes them and nothing is known of their
 * values. STORE_REFUSED if one of its row sets cannot be said in one (told). */
StoreResult engine_print_sql(Session *session, const Plan *plan, const Indicator *asked,
                             StoreDialect dialect, Store *store, StrBuf *out);
void timing_mark(EngineTiming *timing, const char *what);

/* The last period of the finest `every` of these indicators that is complete in the data: by the
 * `covers` of the sources, else by the greatest date of their timings. False if nothing tells. */
bool engine_last_period(Session *session, const Model *model, const Indicator *const *indicators,
                        size_t indicators_len, Store *store, Period *out);

#endif
