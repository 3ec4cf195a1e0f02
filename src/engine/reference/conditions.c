/* Conditions: three truths and errors. */
#include "engine/reference/evaluate.h"
#include "engine/reference/rowset.h"

/* ---- logic ---- */

Truth truth_not(Truth truth) {
    return truth == TRUTH_TRUE ? TRUTH_FALSE : truth == TRUTH_FALSE ? TRUTH_TRUE : truth;
}

AllOf all_of_none(void) {
    return (AllOf){.truth = TRUTH_TRUE};
}

void all_of_add(AllOf *all, const Evaluator *evaluator, Truth truth) {
    if (all->truth == TRUTH_FALSE || truth == TRUTH_TRUE)
        return;
    if (truth == TRUTH_ERROR && all->truth == TRUTH_ERROR)
        return;
    if (truth == TRUTH_UNKNOWN && all->truth == TRUTH_ERROR)
        return;
    all->truth = truth;
    all->fault = evaluator->fault;
}

Truth all_of_end(const AllOf *all, Evaluator *evaluator) {
    if (all->truth == TRUTH_ERROR)
        evaluator->fault = all->fault;
    return all->truth;
}

/* `or` is `and` seen from the other side: not all of them fail. */
static Truth evaluate_logic(Evaluator *evaluator, const Expr *expr) {
    bool either = expr->kind == EXPR_OR;
    AllOf all = all_of_none();
    for (size_t i = 0; i < expr->as.logic.terms_len && all.truth != TRUTH_FALSE; i++) {
        Truth truth = evaluate_truth(evaluator, expr->as.logic.terms[i]);
        all_of_add(&all, evaluator, either ? truth_not(truth) : truth);
    }
    Truth truth = all_of_end(&all, evaluator);
    return either ? truth_not(truth) : truth;
}

/* ---- comparisons ---- */

/* Both operands, or false if either is an error. */
static bool operands(Evaluator *evaluator, const Expr *left, const Expr *right, Outcome *a,
                     Outcome *b) {
    *a = evaluate(evaluator, left);
    if (a->kind == OUTCOME_ERROR)
        return false;
    *b = evaluate(evaluator, right);
    return b->kind != OUTCOME_ERROR;
}

static Truth evaluate_comparison(Evaluator *evaluator, const Expr *expr) {
    Outcome left, right;
    if (!operands(evaluator, expr->as.comparison.left, expr->as.comparison.right, &left, &right))
        return TRUTH_ERROR;
    return compare_outcomes(expr->as.comparison.op, &left, &right);
}

/* a op b, unless either is an error. */
static Truth compared(ComparisonOp op, const Outcome *a, const Outcome *b) {
    if (a->kind == OUTCOME_ERROR || b->kind == OUTCOME_ERROR)
        return TRUTH_ERROR;
    return compare_outcomes(op, a, b);
}

/* `and` of two comparisons that were made in this order. */
static Truth both(Evaluator *evaluator, Truth first, Fault fault, Truth second) {
    AllOf all = {first, fault};
    all_of_add(&all, evaluator, second);
    return all_of_end(&all, evaluator);
}

static Truth evaluate_between(Evaluator *evaluator, const Expr *expr) {
    Outcome value = evaluate(evaluator, expr->as.between.value);
    if (value.kind == OUTCOME_ERROR)
        return TRUTH_ERROR;
    Outcome low = evaluate(evaluator, expr->as.between.low);
    Truth above = compared(COMPARISON_GREATER_EQUAL, &value, &low);
    Fault fault = evaluator->fault;
    Outcome high = evaluate(evaluator, expr->as.between.high);
    return both(evaluator, above, fault, compared(COMPARISON_LESS_EQUAL, &value, &high));
}

/* elapsed A to B >= N is A + N <= B: what is measured from A is compared with B the other way. */
static Truth evaluate_elapsed(Evaluator *evaluator, const Expr *expr) {
    static const ComparisonOp reached[] = {
        [COMPARISON_EQUAL] = COMPARISON_EQUAL,  [COMPARISON_NOT_EQUAL] = COMPARISON_NOT_EQUAL,
        [COMPARISON_LESS] = COMPARISON_GREATER, [COMPARISON_LESS_EQUAL] = COMPARISON_GREATER_EQUAL,
        [COMPARISON_GREATER] = COMPARISON_LESS, [COMPARISON_GREATER_EQUAL] = COMPARISON_LESS_EQUAL};
    Outcome from, to;
    if (!operands(evaluator, expr->as.elapsed.from, expr->as.elapsed.to, &from, &to))
        return TRUTH_ERROR;
    /* In a duration a date that is not yet is unknown. */
    to.not_yet = false;
    Outcome mark = date_shifted(evaluator, expr, &from, expr->as.elapsed.duration, false);
    return compared(reached[expr->as.elapsed.op], &mark, &to);
}

/* before: D <= X <= D + N; after: X <= D <= X + N; in N to X: D <= X < D + N. */
static Truth evaluate_within(Evaluator *evaluator, const Expr *expr) {
    Outcome date, anchor;
    if (!operands(evaluator, expr->as.within.date, expr->as.within.anchor, &date, &anchor))
        return TRUTH_ERROR;
    bool span = expr->kind == EXPR_IN_SPAN, after = !span && !expr->as.within.before;
    const Outcome *earlier = after ? &anchor : &date, *later = after ? &date : &anchor;
    Truth in_order = compare_outcomes(COMPARISON_LESS_EQUAL, earlier, later);
    if (in_order == TRUTH_FALSE)
        return TRUTH_FALSE;
    Outcome mark = date_shifted(evaluator, expr, earlier, expr->as.within.duration, false);
    Truth near = compared(span ? COMPARISON_LESS : COMPARISON_LESS_EQUAL, later, &mark);
    return both(evaluator, in_order, evaluator->fault, near);
}

static Truth evaluate_in(Evaluator *evaluator, const Expr *expr) {
    Outcome value = evaluate(evaluator, expr->as.in.value);
    if (value.kind == OUTCOME_ERROR)
        return TRUTH_ERROR;
    Truth truth = compare_in(&value, expr);
    return expr->as.in.negated ? truth_not(truth) : truth;
}

static Truth evaluate_missing(Evaluator *evaluator, const Expr *expr) {
    Outcome value = evaluate(evaluator, expr->as.missing.value);
    if (value.kind == OUTCOME_ERROR)
        return TRUTH_ERROR;
    bool missing = value.kind == OUTCOME_UNKNOWN;
    return missing != expr->as.missing.negated ? TRUTH_TRUE : TRUTH_FALSE;
}

static Truth evaluate_exists(Evaluator *evaluator, const Expr *expr) {
    Truth truth = rowset_exists(evaluator, expr->as.exists.rows);
    return expr->as.exists.none ? truth_not(truth) : truth;
}

static Truth truth_of_outcome(const Outcome *outcome) {
    if (outcome->kind == OUTCOME_ERROR)
        return TRUTH_ERROR;
    if (outcome->kind == OUTCOME_UNKNOWN || outcome->value.kind != VALUE_BOOL)
        return TRUTH_UNKNOWN;
    return outcome->value.as.yes ? TRUTH_TRUE : TRUTH_FALSE;
}

/* dispatch */
static Truth truth_of(Evaluator *evaluator, const Expr *condition) {
    switch (condition->kind) {
    case EXPR_COMPARISON:
        return evaluate_comparison(evaluator, condition);
    case EXPR_ELAPSED:
        return evaluate_elapsed(evaluator, condition);
    case EXPR_BETWEEN:
        return evaluate_between(evaluator, condition);
    case EXPR_WITHIN:
    case EXPR_IN_SPAN:
        return evaluate_within(evaluator, condition);
    case EXPR_IN:
        return evaluate_in(evaluator, condition);
    case EXPR_IS_MISSING:
        return evaluate_missing(evaluator, condition);
    case EXPR_EXISTS:
        return evaluate_exists(evaluator, condition);
    case EXPR_NOT:
        return truth_not(evaluate_truth(evaluator, condition->as.operand));
    case EXPR_AND:
    case EXPR_OR:
        return evaluate_logic(evaluator, condition);
    case EXPR_CONSTANT:
    case EXPR_DURATION:
    case EXPR_ROW:
    case EXPR_COLUMN:
    case EXPR_PERIOD_WORD:
    case EXPR_NEGATE:
    case EXPR_ARITHMETIC:
    case EXPR_DATE_SHIFT:
    case EXPR_QUANTITY:
    case EXPR_INDICATOR:
    case EXPR_FUNCTION:
        break;
    }
    Outcome outcome = evaluate(evaluator, condition);
    return truth_of_outcome(&outcome);
}

Truth evaluate_truth(Evaluator *evaluator, const Expr *condition) {
    Truth truth = truth_of(evaluator, condition);
    const EngineWatch *watch = evaluator->data->watch;
    if (watch && watch->condition)
        watch->condition(watch->context, evaluator, condition, truth);
    return truth;
}
