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

/* What a quantity comes to over the rows of an entry. */
typedef struct EntrySum {
    const Quantity *quantity;
    Num sum;
    Figure squares;  /* of a mean; absent if they do not fit */
    int64_t missing; /* rows that lack the value, */
    Symbol symbol;   /* and why: the strongest */
} EntrySum;

/* The value of a quantity in every row of an entry. */
typedef struct EntryValue {
    const Quantity *quantity;
    Value value; /* a missing one with its symbol */
    /* Of `first` and `last`: whether the rows may be the one; else the value counts for nothing but
     * what is missing. */
    bool candidate;
    Date by;
    const Value *key; /* as source->key */
} EntryValue;

/* A row that timing and condition of an outer row set do not rule out, and what the steps found out
 * about it. An engine that does not go row by row gives one entry for many rows that are alike in
 * all of this: then `count` is their number, and of the rest there is as much as the figure needs:
 * the rows themselves, or what they sum up to. */
typedef struct RowEntry {
    size_t row;
    int64_t count;        /* 1 */
    const uint32_t *rows; /* several: the rows; NULL if none is asked for by a quantity */
    const EntrySum *sums; /* several: by quantities of the set that are sums; or NULL */
    size_t sums_len;
    const EntryValue *values; /* several: by quantities of the set, alike in all rows; or NULL */
    size_t values_len;
    Truth truth;   /* of timing and condition; never false */
    bool out;      /* taken out by an exclusion */
    bool in_doubt; /* an exclusion is unknown: it stays */
    Truth selected;
    size_t band; /* its place in indicator->bands; bands_len: none fits, or it is in doubt */
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

/* All cells of an indicator, window by window. */
typedef struct IndicatorCells {
    const PlanIndicator *planned;
    Arena *arena; /* where they live */
    bool needed;  /* by another indicator, or by whoever has the Result */
    CellList cells;
    size_t *starts;         /* by window: its first cell; and after the last window */
    struct GroupKeys *keys; /* by breakdown (group_keys.h) */
    bool done;
    Failures failures;
} IndicatorCells;

typedef struct AllCells { /* as plan->indicators */
    IndicatorCells *items;
    size_t len;
} AllCells;

typedef struct CellSlice {
    Cell *const *items;
    size_t len;
} CellSlice;

#define ALL_BANDS SIZE_MAX

typedef struct CellRun CellRun;
struct CellRun {
    Session *session;
    Evaluator *evaluator;
    const PlanIndicator *planned;
    const PlanWindow *window;
    const PlanWindow *labelled; /* the window whose label is at hand */
    const char *label;
    Arena *run, *scratch;
    Failures *failures;
    CellList *cells;
    struct GroupKeys *keys; /* by breakdown (group_keys.h) */
    size_t band;            /* of the cell being made: as RowEntry.band, or ALL_BANDS */
    size_t previous_cells, window_cells; /* the first cell of the window before, and of this one */
    const AllCells *all;
    /* Gives the entries of the chain of steps that ends at `step`: steps_rows, or an engine's own.
     */
    EntrySet (*rows)(CellRun *run, const PlanNode *step);
    void *engine;
    Arena
        *gather; /* where the rows behind each cell are kept, to be compared; NULL: they are not */
};

/* Whether the entry meets the condition and no exclusion takes it out. (entries.c) */
bool entry_is_left(const RowEntry *entry);
/* Whether it is among the rows of an AGGREGATE, for the band of the run. */
bool entry_is_counted(const CellRun *run, const PlanNode *node, const RowEntry *entry);
/* The rows of all entries that are counted; there is room for as many as they count. */
void entries_copy_rows(const CellRun *run, const EntrySet *set, const PlanNode *node, size_t *rows);
/* What an AGGREGATE comes to over the entries of its set. */
struct Measured entries_measure(CellRun *run, const EntrySet *set, const PlanNode *node);
/* Carries out the chain of steps that ends at `step`, row by row. */
EntrySet steps_rows(CellRun *run, const PlanNode *step);
/* Tells once for an indicator that the latest dates of its groups differ. */
void steps_tell_dates_differ(const CellRun *run, const Rowset *rows, Date least, Date greatest);
/* The band of the bound row: its place, or bands_len; false if that is an error (bands.c). */
bool band_of_row(Evaluator *evaluator, const Indicator *indicator, size_t *band);
/* The same of a value, and of the time between two dates. */
bool band_of_value(Evaluator *evaluator, const Indicator *indicator, Outcome value, size_t *band);
bool band_of_time(Evaluator *evaluator, const Indicator *indicator, Outcome from, Outcome to,
                  size_t *band);
/* Makes the cells of the window out of the entries of each row set: the whole, then the groups. */
void groups_make_cells(CellRun *run, const EntrySet *sets);
/* The order of two cells of a window, by their groups and bands. */
int groups_compare(const Cell *a, const Cell *b);
/* Whether two cells, maybe of two indicators, are of bands with one label (or of all bands). */
bool cells_same_band(const Cell *a, const Cell *b);

/* Tells the watch, if there is one, that the rows of the window are about to be counted, and then
 * of every entry (watch.c). */
void watch_window(const CellRun *run);
void watch_entries(const CellRun *run, const EntrySet *sets);

/* A cell, added to the run's; of a distribution, that of all bands and one for each band. `share`
 * is the denominator of its share, if it has one. */
void cell_make(CellRun *run, const EntrySet *sets, const GroupKey *group, Figure share);
/* What a share of the entries is made of: their denominator, or their count or sum. */
Figure cell_share_figure(CellRun *run, const EntrySet *sets);
/* The cell of a window that is not available. */
void cell_make_unavailable(CellRun *run, const GroupKey *group);

/* The cells of an indicator in the window of a period, the whole first; none if it has no such
 * window, or is not computed. */
CellSlice cells_of_period(const AllCells *all, const Indicator *indicator, Period period);
CellSlice cells_of_window(const IndicatorCells *own, size_t window);

/* What stands around the figures of an indicator: what they are compared with, breaks, provisional
 * and reported figures. Its inputs are computed. (surroundings.c) */
void cells_surround(const AllCells *all, IndicatorCells *own, Arena *run);
typedef enum SumKind { SUM_OF_BANDS, SUM_OF_GROUPS, SUM_OF_MEMBERS } SumKind;

typedef struct CellSum {
    Figure numerator, denominator, value;
    const char *reason; /* why there is no value */
} CellSum;

/* Cells of one indicator together: their numerators and denominators added, and what those make.
 * (sums.c) */
CellSum cells_add(const Cell *const *cells, size_t len, SumKind kind);
/* The benchmarks of the cells of run->window; all cells are computed. (benchmarks.c) */
void cells_meet_benchmarks(CellRun *run, CellSlice cells);
/* Warns of each key of a benchmark that no cell asked for is named by. */
void benchmarks_report_unmet(Session *session, const IndicatorCells *own);

#endif
