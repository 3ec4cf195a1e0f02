/* Model and request to Plan. */
#include "plan/plan_build.h"

typedef struct Builder {
    Arena *arena;
    const Indicator *indicator;
} Builder;

static PlanNode *step(const Builder *builder, PlanNodeKind kind, const PlanNode *input) {
    PlanNode *node = arena_alloc(builder->arena, sizeof *node);
    *node = (PlanNode){.kind = kind, .input = input};
    if (input) {
        node->rows = input->rows;
        node->set = input->set;
    }
    return node;
}

/* ---- the chain of a row set ---- */

static const PlanNode *add_parts(const Builder *builder, PlanNodeKind kind, const Part *parts,
                                 size_t len, const PlanNode *input) {
    for (size_t i = 0; i < len; i++) {
        if (parts[i].rows != input->rows)
            continue;
        PlanNode *node = step(builder, kind, input);
        node->part = i;
        node->expr = parts[i].condition;
        input = node;
    }
    return input;
}

/* The chain of a row set; with `only`, of those rows alone that meet this condition too. */
static const PlanNode *build_rows(const Builder *builder, size_t set, const Expr *only) {
    const Indicator *indicator = builder->indicator;
    const Rowset *rows = indicator->rowsets[set];
    PlanNode *scan = step(builder, PLAN_NODE_SCAN, NULL);
    scan->rows = rows;
    scan->set = set;
    const PlanNode *last = scan;
    if (rows->timing != TIMING_NONE)
        last = step(builder, PLAN_NODE_TIMING, last);
    if (rows->where) {
        PlanNode *filter = step(builder, PLAN_NODE_FILTER, last);
        filter->expr = rows->where;
        last = filter;
    }
    if (only) {
        PlanNode *filter = step(builder, PLAN_NODE_FILTER, last);
        filter->expr = only;
        last = filter;
    }
    if (indicator->breakdowns_len > 0)
        last = step(builder, PLAN_NODE_GROUP, last);
    if (rows->timing == TIMING_LATEST)
        last = step(builder, PLAN_NODE_LATEST, last);
    last =
        add_parts(builder, PLAN_NODE_EXCLUDE, indicator->excludes, indicator->excludes_len, last);
    if (rows == indicator->denominator_rows && indicator->shape == SHAPE_PROPORTION) {
        PlanNode *select = step(builder, PLAN_NODE_SELECT, last);
        select->expr = indicator->those;
        last = select;
    }
    if (rows == indicator->denominator_rows && indicator->shape == SHAPE_DISTRIBUTION)
        last = step(builder, PLAN_NODE_BAND, last);
    return add_parts(builder, PLAN_NODE_PART, indicator->parts, indicator->parts_len, last);
}

/* ---- the tree of a figure ---- */

static PlanNode *aggregate(const Builder *builder, const Rowset *rows, const Quantity *quantity) {
    PlanNode *node = step(builder, PLAN_NODE_AGGREGATE, NULL);
    node->rows = rows;
    node->quantity = quantity;
    for (size_t i = 0; i < builder->indicator->rowsets_len; i++)
        if (builder->indicator->rowsets[i] == rows)
            node->set = i;
    return node;
}

static const PlanNode *build_value(const Builder *builder, const Expr *expr) {
    PlanNode *node;
    if (expr->kind == EXPR_QUANTITY)
        return aggregate(builder, expr->as.quantity->rows, expr->as.quantity);
    if (expr->kind == EXPR_ARITHMETIC) {
        node = step(builder, PLAN_NODE_ARITHMETIC, build_value(builder, expr->as.arithmetic.left));
        node->other = build_value(builder, expr->as.arithmetic.right);
        node->op = expr->as.arithmetic.op;
        return node;
    }
    if (expr->kind == EXPR_NEGATE)
        return step(builder, PLAN_NODE_NEGATE, build_value(builder, expr->as.operand));
    bool input = expr->kind == EXPR_INDICATOR;
    node = step(builder, input ? PLAN_NODE_INPUT : PLAN_NODE_TERM, NULL);
    node->expr = expr;
    return node;
}

static const PlanNode *divide(const Builder *builder, const PlanNode *numerator,
                              const PlanNode *denominator) {
    PlanNode *node = step(builder, PLAN_NODE_DIVIDE, numerator);
    node->other = denominator;
    return node;
}

/* The rows of a band, or their share of all. */
static const PlanNode *build_distribution(const Builder *builder) {
    const Rowset *rows = builder->indicator->denominator_rows;
    PlanNode *numerator = aggregate(builder, rows, NULL);
    numerator->banded = true;
    if (builder->indicator->basis == BASIS_COUNT)
        return numerator;
    return divide(builder, numerator, aggregate(builder, rows, NULL));
}

static const PlanNode *build_shape(const Builder *builder) {
    const Indicator *indicator = builder->indicator;
    switch (indicator->shape) {
    case SHAPE_PROPORTION: {
        PlanNode *numerator = aggregate(builder, indicator->denominator_rows, NULL);
        numerator->selected = true;
        return divide(builder, numerator, aggregate(builder, indicator->denominator_rows, NULL));
    }
    case SHAPE_RATIO:
        return divide(builder, aggregate(builder, indicator->numerator->rows, indicator->numerator),
                      aggregate(builder, indicator->denominator->rows, indicator->denominator));
    case SHAPE_VALUE:
    case SHAPE_DERIVED:
        return build_value(builder, indicator->value);
    case SHAPE_DISTRIBUTION:
        return build_distribution(builder);
    }
    return NULL;
}

static const PlanNode *build_figure(const Builder *builder) {
    const PlanNode *last = build_shape(builder);
    /* What is derived is made of values that are in the unit of print already. */
    bool scaled = builder->indicator->shape != SHAPE_DERIVED;
    if (scaled && num_compare(builder->indicator->per, num_of_int(1)) != 0) {
        PlanNode *scale = step(builder, PLAN_NODE_SCALE, last);
        scale->factor = builder->indicator->per;
        last = scale;
    }
    PlanNode *round = step(builder, PLAN_NODE_ROUND, last);
    round->decimals = builder->indicator->decimals;
    return round;
}

static const PlanNode **build_narrowed(const Builder *builder) {
    const Indicator *indicator = builder->indicator;
    const PlanNode **narrowed =
        arena_array(builder->arena, indicator->benchmarks_len, sizeof *narrowed);
    for (size_t i = 0; i < indicator->benchmarks_len; i++)
        for (size_t set = 0; set < indicator->rowsets_len; set++)
            if (indicator->benchmarks[i].only_rows == indicator->rowsets[set])
                narrowed[i] = build_rows(builder, set, indicator->benchmarks[i].only_where);
    return narrowed;
}

static PlanIndicator *build_indicator(Arena *arena, const Indicator *indicator) {
    PlanIndicator *out = arena_alloc(arena, sizeof *out);
    Builder builder = {arena, indicator};
    *out = (PlanIndicator){.indicator = indicator};
    out->rows = arena_array(arena, indicator->rowsets_len, sizeof(const PlanNode *));
    for (size_t set = 0; set < indicator->rowsets_len; set++)
        out->rows[set] = build_rows(&builder, set, NULL);
    out->figure = build_figure(&builder);
    out->narrowed = build_narrowed(&builder);
    return out;
}

const Plan *plan_build(Session *session, Arena *arena, const Model *model,
                       const PlanRequest *request) {
    Plan *plan = arena_alloc(arena, sizeof *plan);
    PeriodLists lists = plan_gather(arena, request);
    plan_needs_begin(plan, arena, model);
    plan->given = request->given;
    plan->indicators = arena_array(arena, lists.len, sizeof(PlanIndicator *));
    plan->indicators_len = lists.len;
    for (size_t i = 0; i < lists.len; i++) {
        PlanIndicator *out = build_indicator(arena, lists.items[i]->indicator);
        plan_windows(session, arena, model, lists.items[i], out);
        plan_need_indicator(plan, arena, out->indicator);
        plan->indicators[i] = out;
    }
    plan_needs_end(plan);
    return plan;
}
