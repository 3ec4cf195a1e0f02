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

static const PlanNode *build_rows(const Builder *builder, size_t set) {
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
    if (indicator->breakdowns_len > 0)
        last = step(builder, PLAN_NODE_GROUP, last);
    if (rows->timing == TIMING_LATEST)
        last = step(builder, PLAN_NODE_LATEST, last);
    last =
        add_parts(builder, PLAN_NODE_EXCLUDE, indicator->excludes, indicator->excludes_len, last);
    if (rows == indicator->denominator_rows) {
        PlanNode *select = step(builder, PLAN_NODE_SELECT, last);
        select->expr = indicator->those;
        last = select;
    }
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
    node = step(builder, PLAN_NODE_TERM, NULL);
    node->expr = expr;
    return node;
}

static const PlanNode *divide(const Builder *builder, const PlanNode *numerator,
                              const PlanNode *denominator) {
    PlanNode *node = step(builder, PLAN_NODE_DIVIDE, numerator);
    node->other = denominator;
    return node;
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
        return build_value(builder, indicator->value);
    }
    return NULL;
}

static const PlanNode *build_figure(const Builder *builder) {
    const PlanNode *last = build_shape(builder);
    if (num_compare(builder->indicator->per, num_of_int(1)) != 0) {
        PlanNode *scale = step(builder, PLAN_NODE_SCALE, last);
        scale->factor = builder->indicator->per;
        last = scale;
    }
    PlanNode *round = step(builder, PLAN_NODE_ROUND, last);
    round->decimals = builder->indicator->decimals;
    return round;
}

const Plan *plan_build(Session *session, Arena *arena, const Model *model,
                       const PlanRequest *request) {
    Plan *plan = arena_alloc(arena, sizeof *plan);
    plan_needs_begin(plan, arena, model);
    plan->indicators = arena_array(arena, request->indicators_len, sizeof(PlanIndicator *));
    plan->indicators_len = request->indicators_len;
    for (size_t i = 0; i < request->indicators_len; i++) {
        PlanIndicator *out = arena_alloc(arena, sizeof *out);
        out->indicator = request->indicators[i];
        Builder builder = {arena, out->indicator};
        plan_windows(session, arena, model, request, out);
        out->rows = arena_array(arena, out->indicator->rowsets_len, sizeof(const PlanNode *));
        for (size_t set = 0; set < out->indicator->rowsets_len; set++)
            out->rows[set] = build_rows(&builder, set);
        out->figure = build_figure(&builder);
        plan_need_indicator(plan, arena, out->indicator);
        plan->indicators[i] = out;
    }
    plan_needs_end(plan);
    return plan;
}
