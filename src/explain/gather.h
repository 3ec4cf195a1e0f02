/* What became of every record, gathered while a run of the reference engine is made.
 *
 * In: a Gathering whose watch is given to the run. Out: for each outer row set of the indicators
 * looked at, in the window asked for, the clauses that its records must meet, which of them ruled
 * out each record, and what the run made of the rest. Nothing is evaluated a second time: what is
 * told is what the figure was made of.
 *
 * To look at another step of a row set: a field of RecordFate, filled in gather.c.
 */
#ifndef EXPLAIN_GATHER_H
#define EXPLAIN_GATHER_H

#include "base/vec.h"
#include "engine/watch.h"

/* What a record must meet to be counted at all: dates, or one term of the condition. */
typedef struct SetClause {
    const Expr *condition; /* NULL: the dates */
} SetClause;

/* A record that no clause rules out. */
typedef struct RecordFate {
    size_t row;
    Truth truth;                   /* of the clauses together */
    bool out;                      /* taken out by an exclusion */
    Truth selected;                /* of a proportion: whether it is in the numerator */
    size_t band;                   /* its place in indicator->bands; bands_len: none */
    const Truth *excluded, *parts; /* by part; NULL: none is of this set */
    const Value *keys;             /* by breakdown */
    const Value *values;           /* when listed: as set->columns */
    const char *name;              /* when listed: what people call it */
} RecordFate;

typedef struct GatheredSet {
    const Indicator *indicator;
    const Rowset *rows;
    size_t read; /* records of its source */
    VEC(SetClause) clauses;
    bool *in_doubt;    /* by row, then clause: it was unknown */
    size_t *ruled_out; /* by row: 1 more than the place of the clause that was false; 0: none was */
    VEC(RecordFate) fates; /* by row */
    VEC(const ColumnModel *)
    columns; /* when listed: its key, and those that the definition reads */
} GatheredSet;

/* A record that was asked for by its key. */
typedef struct FoundRecord {
    const GatheredSet *set;
    size_t row;
    struct RecordTrace *trace; /* record.h */
} FoundRecord;

typedef struct Gathering {
    Arena *run;
    const char *key; /* of the records to look at closely, as people call them; or NULL */
    VEC(FoundRecord) found;
    bool listed;                        /* with the values of every record that is not ruled out */
    const Indicator *const *indicators; /* those that are looked at */
    size_t indicators_len;
    VEC(GatheredSet *) sets;
    EngineWatch watch;
} Gathering;

/* Everything gathered lives in `run`; the gathering must not move while the run is made. */
void gather_start(Gathering *gathering, Arena *run, const Indicator *const *indicators, size_t len);
/* The set of these rows; NULL if their window was not counted. */
const GatheredSet *gathered_set(const Gathering *gathering, const Rowset *rows);
/* Whether a record is in the group of a cell. */
bool fate_in_group(const RecordFate *fate, const Cell *cell);

/* How many records came so far, of all or of one group. */
typedef struct SetCounts {
    size_t *left;     /* by clause: records that it and those before it do not rule out */
    size_t *in_doubt; /* of these, those of which this clause cannot be told */
    int64_t met;      /* all clauses are true (and, if the latest are chosen, it is among them) */
    int64_t unknown;
} SetCounts;

/* What clauses leave is of all groups: a record that is ruled out has none. */
SetCounts set_counts(Arena *run, const GatheredSet *set, const Cell *cell);

#endif
