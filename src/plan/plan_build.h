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
    const PlanNode *input;    /* NULL for SCAN, AGGREGATE and TERM */
    const PlanNode *other;    /* DIVIDE: the denominator; ARITHMETIC: the right-hand side */
    const Rowset *rows;       /* steps of a row set, and AGGREGATE */
    size_t set;               /* its place in indicator->rowsets */
    size_t part;              /* EXCLUDE, PART: its place in indicator->excludes or ->parts */
    const Expr *expr;         /* FILTER, EXCLUDE, SELECT, PART: the condition; TERM */
    const Quantity *quantity; /* AGGREGATE: NULL counts the rows */
    bool selected;            /* AGGREGATE: only the rows that SELECT marked */
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
};

/* Tables and columns that expressions read, added to *plan (needs.c); NULL does nothing. */
void plan_need_indicator(Plan *plan, Arena *arena, const Indicator *indicator);
void plan_need_rowset_timing(Plan *plan, Arena *arena, const Rowset *rows);
/* plan->tables for a model's sources, none needed yet; plan_needs_end() drops those that are not.
 */
void plan_needs_begin(Plan *plan, Arena *arena, const Model *model);
void plan_needs_end(Plan *plan);

/* The windows of one indicator (windows.c): those asked for and those to compare with. */
void plan_windows(Session *session, Arena *arena, const Model *model, const PlanRequest *request,
                  PlanIndicator *out);
/* The first and last day of each `within` and `in ... to`, in the last window (spans.c). */
void plan_print_spans(StrBuf *out, const PlanIndicator *planned);
/* The last period of the indicator's own `every` that ends on or before the day. */
Period indicator_period_by(const Indicator *indicator, Date day);

#endif
