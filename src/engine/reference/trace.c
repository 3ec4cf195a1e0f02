#include "engine/trace.h"

#include "engine/reference/index.h"
#include "engine/reference/rowset.h"

/* More records of a nested set are counted and not shown. */
#define NEAREST 3

typedef struct Trace {
    Evaluator *evaluator;
    Arena *arena;
} Trace;

static TraceStep *trace(const Trace *t, const Rowset *rows, const Expr *condition);

/* ---- values ---- */

static TraceValue value_of(const Trace *t, const Expr *expr) {
    Outcome outcome = evaluate(t->evaluator, expr);
    TraceValue value = {.expr = expr,
                        .value = outcome.value,
                        .error = outcome.kind == OUTCOME_ERROR,
                        .not_yet = outcome.kind == OUTCOME_UNKNOWN && outcome.not_yet};
    if (outcome.ranged || outcome.kind == OUTCOME_UNKNOWN)
        value.value = value_missing(outcome.ranged ? SYMBOL_NONE : outcome.value.symbol);
    return value;
}

static void add_value(const Trace *t, TraceStep *step, const Expr *expr);

/* What a value or a condition is made of. dispatch */
static void add_operands(const Trace *t, TraceStep *step, const Expr *expr) {
    switch (expr->kind) {
    case EXPR_NEGATE:
    case EXPR_NOT:
        add_value(t, step, expr->as.operand);
        return;
    case EXPR_ARITHMETIC:
        add_value(t, step, expr->as.arithmetic.left);
        add_value(t, step, expr->as.arithmetic.right);
        return;
    case EXPR_DATE_SHIFT:
        add_value(t, step, expr->as.shift.date);
        return;
    case EXPR_COMPARISON:
        add_value(t, step, expr->as.comparison.left);
        add_value(t, step, expr->as.comparison.right);
        return;
    case EXPR_ELAPSED:
        add_value(t, step, expr->as.elapsed.from);
        add_value(t, step, expr->as.elapsed.to);
        return;
    case EXPR_BETWEEN:
        add_value(t, step, expr->as.between.value);
        add_value(t, step, expr->as.between.low);
        add_value(t, step, expr->as.between.high);
        return;
    case EXPR_WITHIN:
    case EXPR_IN_SPAN:
        add_value(t, step, expr->as.within.date);
        add_value(t, step, expr->as.within.anchor);
        return;
    case EXPR_IN:
        add_value(t, step, expr->as.in.value);
        return;
    case EXPR_IS_MISSING:
        add_value(t, step, expr->as.missing.value);
        return;
    case EXPR_FUNCTION:
        for (size_t i = 0; i < expr->as.call.arguments_len; i++)
            add_value(t, step, expr->as.call.arguments[i]);
        return;
    case EXPR_CONSTANT:
    case EXPR_DURATION:
    case EXPR_ROW:
    case EXPR_COLUMN:
    case EXPR_PERIOD_WORD:
    case EXPR_QUANTITY:
    case EXPR_INDICATOR:
    case EXPR_EXISTS: /* a step of its own */
    case EXPR_AND:
    case EXPR_OR:
        return;
    }
}

static void add_value(const Trace *t, TraceStep *step, const Expr *expr) {
    if (expr->kind == EXPR_CONSTANT || expr->kind == EXPR_DURATION)
        return;
    vec_push(t->arena, &step->values, value_of(t, expr));
    add_operands(t, step, expr);
}

/* ---- nested sets ---- */

static void add_terms(const Trace *t, const Rowset *rows, const Expr *condition, TraceSteps *out) {
    if (condition && condition->kind == EXPR_AND) {
        for (size_t i = 0; i < condition->as.logic.terms_len; i++)
            add_terms(t, rows, condition->as.logic.terms[i], out);
        return;
    }
    if (condition)
        vec_push(t->arena, out, trace(t, rows, condition));
}

static TraceStep *timing_step(const Trace *t, const Rowset *rows) {
    TraceStep *step = arena_alloc(t->arena, sizeof *step);
    Date date;
    *step = (TraceStep){.rows = rows, .truth = rowset_timing(t->evaluator, rows, &date)};
    add_value(t, step, rows->start);
    if (rows->end)
        add_value(t, step, rows->end);
    return step;
}

static size_t count_true_terms(const Trace *t, const Expr *condition) {
    if (!condition)
        return 0;
    if (condition->kind != EXPR_AND)
        return evaluate_truth(t->evaluator, condition) == TRUTH_TRUE;
    size_t count = 0;
    for (size_t i = 0; i < condition->as.logic.terms_len; i++)
        count += count_true_terms(t, condition->as.logic.terms[i]);
    return count;
}

/* A record of the nested set, and how near it comes. */
typedef struct Near {
    size_t row, score;
    Truth truth;
} Near;

static Near near_of(const Trace *t, const Rowset *rows, size_t row) {
    Near near = {.row = row};
    Date date;
    AllOf all = all_of_none();
    rowset_bind(t->evaluator, rows, row);
    Truth timing = rowset_timing(t->evaluator, rows, &date);
    all_of_add(&all, t->evaluator, timing);
    if (rows->where)
        all_of_add(&all, t->evaluator, evaluate_truth(t->evaluator, rows->where));
    near.truth = all_of_end(&all, t->evaluator);
    near.score = (timing == TRUTH_TRUE) + count_true_terms(t, rows->where);
    return near;
}

static bool is_nearer(Near a, Near b) {
    return a.truth != b.truth ? a.truth > b.truth : a.score > b.score;
}

/* Keeps the nearest, the first of those that are as near. */
static void keep_near(Near *best, size_t *len, Near near) {
    size_t at = *len;
    while (at > 0 && is_nearer(near, best[at - 1]))
        at--;
    if (at == NEAREST)
        return;
    *len += *len < NEAREST;
    for (size_t i = *len - 1; i > at; i--)
        best[i] = best[i - 1];
    best[at] = near;
}

static void add_row(const Trace *t, TraceStep *step, const Rowset *rows, Near near) {
    TraceRow row = {.row = near.row, .truth = near.truth};
    rowset_bind(t->evaluator, rows, near.row);
    if (rows->timing != TIMING_NONE)
        vec_push(t->arena, &row.steps, timing_step(t, rows));
    add_terms(t, rows, rows->where, &row.steps);
    vec_push(t->arena, &step->nearest, row);
}

/* Those that are in the set by what the engine finds, and the records that come nearest. */
static void trace_rows(const Trace *t, TraceStep *step, const Rowset *rows) {
    Near best[NEAREST];
    size_t len = 0;
    FoundRows found = {0};
    rowset_find(t->evaluator, rows, &found);
    for (size_t i = 0; i < found.len; i++) {
        step->found += found.items[i].truth == TRUTH_TRUE;
        step->in_doubt += found.items[i].truth != TRUTH_TRUE;
    }
    Candidates candidates = index_candidates(t->evaluator, rows);
    for (size_t i = 0; i < candidates.len; i++) {
        size_t row = candidate_row(&candidates, i);
        if (rows->another_of && t->evaluator->frame[rows->another_of->id].row == row)
            continue;
        keep_near(best, &len, near_of(t, rows, row));
    }
    for (size_t i = 0; i < len; i++)
        add_row(t, step, rows, best[i]);
    found_end(&found);
}

/* ---- conditions ---- */

static TraceStep *trace(const Trace *t, const Rowset *rows, const Expr *condition) {
    TraceStep *step = arena_alloc(t->arena, sizeof *step);
    *step = (TraceStep){
        .rows = rows, .condition = condition, .truth = evaluate_truth(t->evaluator, condition)};
    if (condition->kind == EXPR_AND || condition->kind == EXPR_OR) {
        for (size_t i = 0; i < condition->as.logic.terms_len; i++)
            vec_push(t->arena, &step->parts, trace(t, rows, condition->as.logic.terms[i]));
    } else if (condition->kind == EXPR_NOT && condition->as.operand->kind != EXPR_COLUMN) {
        vec_push(t->arena, &step->parts, trace(t, rows, condition->as.operand));
    } else if (condition->kind == EXPR_EXISTS) {
        trace_rows(t, step, condition->as.exists.rows);
    } else if (condition->kind == EXPR_COLUMN) {
        vec_push(t->arena, &step->values, value_of(t, condition));
    } else {
        add_operands(t, step, condition);
    }
    return step;
}

/* ---- from outside: the run's watch is not told ---- */

static const EngineWatch *look_away(Evaluator *evaluator) {
    const EngineWatch *watch = evaluator->data->watch;
    evaluator->data->watch = NULL;
    return watch;
}

void trace_bind(Evaluator *evaluator, const Rowset *rows, size_t row) {
    rowset_bind(evaluator, rows, row);
}

TraceStep *trace_timing(Evaluator *evaluator, Arena *arena, const Rowset *rows) {
    const EngineWatch *watch = look_away(evaluator);
    TraceStep *step = timing_step(&(Trace){evaluator, arena}, rows);
    evaluator->data->watch = watch;
    return step;
}

TraceStep *trace_condition(Evaluator *evaluator, Arena *arena, const Rowset *rows,
                           const Expr *condition) {
    const EngineWatch *watch = look_away(evaluator);
    TraceStep *step = trace(&(Trace){evaluator, arena}, rows, condition);
    evaluator->data->watch = watch;
    return step;
}

TraceValue trace_value(Evaluator *evaluator, const Expr *expr) {
    const EngineWatch *watch = look_away(evaluator);
    TraceValue value = value_of(&(Trace){evaluator, NULL}, expr);
    evaluator->data->watch = watch;
    return value;
}
