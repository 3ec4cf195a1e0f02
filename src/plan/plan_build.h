/* The inside of a Plan, for those who carry it out: windows and steps of each indicator.
 *
 * In: what plan_build() made. Out: nothing; engines read it. For each outer row set there is a
 * chain of steps that ends at `rows[i]` and begins, through `input`, at its SCAN. The figure is a
 * tree whose AGGREGATE leaves name a row set by its place. A step of a chain marks or drops rows
 * and counts nothing by itself, so that one pass over the rows serves the whole and every group.
 *
 * Nested row sets (in `exists` and nested quantities) have no steps: they are part of conditions.
 *
 * To add a step: a line in plan_nodes.def, where it is built in build.c, its words in print.c, and
 * a case in each engine.
 */
#ifndef PLAN_PLAN_BUILD_H
#define PLAN_PLAN_BUILD_H

#include "plan/plan.h"

typedef enum PlanNodeKind {
#define PLAN_NODE(ident, word, doc) PLAN_NODE_##ident,
#include "plan/plan_nodes.def"
#undef PLAN_NODE
} PlanNodeKind;

typedef struct PlanNode PlanNode;
struct PlanNode {
    PlanNodeKind kind;
    const PlanNode *input;    /* NULL for SCAN, AGGREGATE, INPUT and TERM */
    const PlanNode *other;    /* DIVIDE: the denominator; ARITHMETIC: the right-hand side */
    const Rowset *rows;       /* steps of a row set, and AGGREGATE */
    size_t set;               /* its place in indicator->rowsets */
    size_t part;              /* EXCLUDE, PART: its place in indicator->excludes or ->parts */
    const Expr *expr;         /* FILTER, EXCLUDE, SELECT, PART: the condition; TERM, INPUT */
    const Quantity *quantity; /* AGGREGATE: NULL counts the rows */
    bool selected;            /* AGGREGATE: only the rows that SELECT marked */
    bool banded;              /* AGGREGATE: only the rows of the cell's band */
    ArithmeticOp op;          /* ARITHMETIC */
    Num factor;               /* SCALE */
    int decimals;             /* ROUND */
};

struct PlanIndicator {
    const Indicator *indicator;
    PlanWindow *windows; /* by their ends */
    size_t windows_len;
    const PlanNode **rows; /* as indicator->rowsets: the last step of each chain */
    const PlanNode *figure;
    /* By benchmark: the chain of its `only where` rows, with that condition; NULL without one. The
     * chains of other rows are those above. */
    const PlanNode **narrowed;
};

/* Tables and columns that expressions read, added to *plan (needs.c); NULL does nothing. */
void plan_need_indicator(Plan *plan, Arena *arena, const Indicator *indicator);
void plan_need_rowset_timing(Plan *plan, Arena *arena, const Rowset *rows);
/* plan->tables for a model's sources, none needed yet; plan_needs_end() drops those that are not.
 */
void plan_needs_begin(Plan *plan, Arena *arena, const Model *model);
void plan_needs_end(Plan *plan);

/* The periods of one indicator, while they are gathered; then its windows (windows.c). */
typedef struct PeriodList {
    const Indicator *indicator;
    bool asked;
    VEC(PlanWindow) windows; /* by their ends */
} PeriodList;

/* The periods asked for and those to compare with. */
void periods_add_asked(Arena *arena, PeriodList *list, const PlanRequest *request);
/* One that another indicator needs; false if it was there already. */
bool periods_add_hidden(Arena *arena, PeriodList *list, Period period);
/* Of a year to date: the earlier periods of each year that has one in the list, as hidden ones. */
void periods_add_earlier_in_year(Arena *arena, PeriodList *list);
/* Gives each period its days, and says which of them are available. */
void plan_windows(Session *session, Arena *arena, const Model *model, PeriodList *list,
                  PlanIndicator *out);

typedef VEC(PeriodList *) PeriodLists;
/* Every indicator that the request needs, those asked for first, with its periods (gather.c). */
PeriodLists plan_gather(Arena *arena, const PlanRequest *request);
/* The period of `from` that a benchmark across neighbours is taken of: its last one that ends
 * within the benchmark's. False if there is none. */
bool benchmark_period(const Benchmark *benchmark, Period *out);
/* The first and last day of each `within` and `in ... to`, in the last window (spans.c). */
void plan_print_spans(StrBuf *out, const PlanIndicator *planned);
/* The last period of the indicator's own `every` that ends on or before the day. */
Period indicator_period_by(const Indicator *indicator, Date day);

#endif
