/* The Plan: what to compute. Read-only to every engine.
 *
 * In: a Model, the indicators chosen, the periods asked for. Out: the tables and columns to read,
 * and for each indicator the steps from rows to figures (scan, timing, filter, exclude, group,
 * aggregate, divide, round) with the dates of every window. Conditions stay Expr trees of the
 * Model.
 *
 * An indicator may need others: the inputs of a derived value, what a benchmark is taken from, what
 * is `compared as` another. They are planned too, for the periods that are needed, which are hidden
 * unless they were asked for.
 *
 * The step kinds stand in plan_nodes.def; a new one is a line there, its printing in print.c, and a
 * case in each engine.
 */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "base/session.h"
#include "sema/model.h"

typedef struct PlanRequest {
    const Indicator **indicators; /* in the order of the Model */
    size_t indicators_len;
    /* One period (`-p`): each indicator gives its last complete one on or before its end. A series
     * (`--from --to`): each gives all of its own that end within the days of the two. */
    bool series;
    Period from, to;                /* not a series: both the period asked for */
    const GivenTable *const *given; /* by source: the records of a test, not a store's; or NULL */
    bool earlier_in_year; /* of years to date also the periods before, as helpers of the Result */
} PlanRequest;

/* One window of one indicator. */
typedef struct PlanWindow {
    Period period;   /* the label: of the indicator's own `every` */
    Date start, end; /* of the window; a snapshot has start == end */
    bool asked;      /* false: only to compare with */
    bool hidden;     /* nor that: another indicator needs it, and it is in no result */
    bool has_taken;
    Date taken;
    bool available; /* false: the reason says why (coverage, no taken date) */
    const char *reason;
    bool not_yet; /* not available yet: the window ends after what is covered, or was not taken */
    int previous; /* index of the window that it is compared with, or -1 */
} PlanWindow;

typedef struct PlanTable {
    const SourceModel *source;
    bool *needed;   /* by column: read only what is used */
    bool *followed; /* by column: links whose rows are looked up */
} PlanTable;

typedef struct PlanIndicator PlanIndicator; /* windows and steps: plan_build.h, for engines */

typedef struct Plan {
    const Model *model;
    PlanTable *tables;
    size_t tables_len;
    PlanIndicator **indicators;     /* those asked for, then others that these need */
    const GivenTable *const *given; /* as in the request */
    size_t indicators_len;
} Plan;

/* Never NULL. A period in which an indicator's source has no coverage is marked unavailable; an
 * error is reported if none of an indicator's asked windows is available. */
const Plan *plan_build(Session *session, Arena *arena, const Model *model,
                       const PlanRequest *request);
/* `kpic explain ID --plan`, and --dump=plan */
void plan_print(StrBuf *out, const Plan *plan);
/* The hash of an indicator's meaning: 32 hexadecimal digits (XXH3-128 of a canonical text in which
 * aliases are numbered, codes are listed and titles, notes and layout left out). */
void plan_definition_hash(const Model *model, const Indicator *indicator, char out[33]);
/* An expression in the language's own words, with the aliases of the definition. */
void expr_print(StrBuf *out, const Expr *expr);
/* "Rolling 12 months January 2017", "At 31 March 2016", "January 2017", "1 April 2016 to ..."
 */
void window_label(StrBuf *out, const Indicator *indicator, const PlanWindow *window);

#endif
