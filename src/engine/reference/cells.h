/* One indicator in one window: rows, groups, cells.
 *
 * In: a PlanIndicator, one of its windows, an Evaluator. Out: cells, in the order of result.h. The
 * steps of the plan turn each outer row set into a list of RowEntry (steps.c); the entries are put
 * in groups (groups.c); a cell is made of the entries of one group in each list, or of all
 * (cells.c).
 *
 * Entries live in the scratch arena of the window, cells in the run's.
 */
#ifndef ENGINE_REFERENCE_CELLS_H
#define ENGINE_REFERENCE_CELLS_H

#include "engine/reference/evaluate.h"
#include "engine/result.h"
#include "plan/plan_build.h"

/* A row that timing and condition of an outer row set do not rule out, and what the steps found out
 * about it. */
typedef struct RowEntry {
    size_t row;
    Truth truth;   /* of timing and condition; never false */
    bool out;      /* taken out by an exclusion */
    bool in_doubt; /* an exclusion is unknown: it stays */
    Truth selected;
    Truth *excluded, *parts; /* as indicator->excludes and ->parts; NULL: none is of this set */
    Value *keys;             /* by breakdown */
    Date date;               /* `latest` */
    bool failed;             /* what decides about it is an error: */
    Fault fault;
} RowEntry;

typedef struct EntrySet {
    RowEntry **items;
    size_t len;
} EntrySet;

/* What is said once for an indicator, over all of its windows. */
typedef struct Failures {
    bool **told; /* by row set and row; NULL: none yet */
    size_t rows; /* at fault */
    bool any;
    Fault first;
    bool latest_differs;
} Failures;

typedef VEC(Cell *) CellList;

typedef struct CellRun {
    Session *session;
    Evaluator *evaluator;
    const PlanIndicator *planned;
    const PlanWindow *window;
    Arena *run, *scratch;
    Failures *failures;
    CellList *cells;
} CellRun;

/* Carries out the chain of steps that ends at `step`. */
EntrySet steps_rows(CellRun *run, const PlanNode *step);
/* Makes the cells of the window out of the entries of each row set: the whole, then the groups. */
void groups_make_cells(CellRun *run, const EntrySet *sets);
/* The order of two cells of a window, by their groups. */
int groups_compare(const Cell *a, const Cell *b);

/* A cell, added to the run's. `share` is the denominator of its share, if it has one. */
void cell_make(CellRun *run, const EntrySet *sets, const GroupKey *group, Figure share);
/* What a share of the entries is made of: their denominator, or their count or sum. */
Figure cell_share_figure(CellRun *run, const EntrySet *sets);
/* The cell of a window that is not available. */
void cell_make_unavailable(CellRun *run, const GroupKey *group, const char *reason);

#endif
