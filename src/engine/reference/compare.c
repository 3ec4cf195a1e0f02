/* Comparing and reckoning with outcomes: missing values, dates that are not yet, counts in doubt.
 */
#include "engine/reference/evaluate.h"

/* ---- comparisons ---- */

static bool holds(ComparisonOp op, int order) {
    switch (op) {
    case COMPARISON_EQUAL:
        return order == 0;
    case COMPARISON_NOT_EQUAL:
        return order != 0;
    case COMPARISON_LESS:
        return order < 0;
    case COMPARISON_LESS_EQUAL:
        return order <= 0;
    case COMPARISON_GREATER:
        return order > 0;
    case COMPARISON_GREATER_EQUAL:
        return order >= 0;
    }
    return false;
}

static Truth truth_of(bool yes) {
    return yes ? TRUTH_TRUE : TRUTH_FALSE;
}

static Num low_of(const Outcome *outcome) {
    return outcome->value.as.number;
}

static Num high_of(const Outcome *outcome) {
    return outcome->ranged ? outcome->high : outcome->value.as.number;
}

static bool whole_steps_apart(Num a, Num b) {
    Num difference;
    return num_subtract(a, b, &difference) && num_is_integer(difference);
}

/* Every count from low to high must give the same answer. */
static Truth compare_ranges(ComparisonOp op, const Outcome *a, const Outcome *b) {
    /* The orders that a pair out of the two can have, from the least to the greatest. */
    int least = num_compare(low_of(a), high_of(b)), greatest = num_compare(high_of(a), low_of(b));
    bool equality = op == COMPARISON_EQUAL || op == COMPARISON_NOT_EQUAL;
    if (equality && !whole_steps_apart(low_of(a), low_of(b)))
        return truth_of(op == COMPARISON_NOT_EQUAL);
    if (least == greatest)
        return truth_of(holds(op, least));
    bool some = false, all = true;
    for (int order = least; order <= greatest; order++) {
        some = some || holds(op, order);
        all = all && holds(op, order);
    }
    return all ? TRUTH_TRUE : some ? TRUTH_UNKNOWN : TRUTH_FALSE;
}

Truth compare_outcomes(ComparisonOp op, const Outcome *a, const Outcome *b) {
    /* What is not yet is later than every date; of two such dates nobody knows. */
    if (a->not_yet && b->kind == OUTCOME_KNOWN)
        return truth_of(holds(op, 1));
    if (b->not_yet && a->kind == OUTCOME_KNOWN)
        return truth_of(holds(op, -1));
    if (a->kind == OUTCOME_UNKNOWN || b->kind == OUTCOME_UNKNOWN)
        return TRUTH_UNKNOWN;
    if (a->ranged || b->ranged)
        return compare_ranges(op, a, b);
    return truth_of(holds(op, value_compare(a->value, b->value)));
}

static Truth in_list(const Outcome *value, const Expr *in) {
    Truth truth = TRUTH_FALSE;
    for (size_t i = 0; i < in->as.in.items_len && truth != TRUTH_TRUE; i++) {
        Outcome item = outcome_known(in->as.in.items[i]);
        Truth equal = compare_outcomes(COMPARISON_EQUAL, value, &item);
        truth = equal > truth ? equal : truth;
    }
    return truth;
}

/* A count in doubt is in the list if every one of its values is. */
static Truth range_in_list(const Outcome *value, const Expr *in) {
    bool all = true, any = false;
    Outcome count = outcome_known(value->value);
    /* More values than items cannot all be items. */
    for (size_t tries = 0; num_compare(count.value.as.number, value->high) <= 0; tries++) {
        if (tries > in->as.in.items_len) {
            all = false;
            break;
        }
        bool found = in_list(&count, in) == TRUTH_TRUE;
        all = all && found;
        any = any || found;
        if (!num_add(count.value.as.number, num_of_int(1), &count.value.as.number))
            break;
    }
    return all                                        ? TRUTH_TRUE
           : any || in_list(value, in) != TRUTH_FALSE ? TRUTH_UNKNOWN
                                                      : TRUTH_FALSE;
}

Truth compare_in(const Outcome *value, const Expr *in) {
    if (!in->as.in.codes)
        return value->ranged ? range_in_list(value, in) : in_list(value, in);
    if (value->kind == OUTCOME_UNKNOWN)
        return TRUTH_UNKNOWN;
    return truth_of(codes_find(in->as.in.codes, value->value.as.text) >= 0);
}

/* ---- arithmetic ---- */

bool reckon(ArithmeticOp op, Num a, Num b, Num *out) {
    switch (op) {
    case ARITHMETIC_ADD:
        return num_add(a, b, out);
    case ARITHMETIC_SUBTRACT:
        return num_subtract(a, b, out);
    case ARITHMETIC_MULTIPLY:
        return num_multiply(a, b, out);
    case ARITHMETIC_DIVIDE:
        return num_divide(a, b, out);
    }
    return false;
}

static Outcome overflow(Evaluator *evaluator, const Expr *expr) {
    evaluator_fault(evaluator, expr, (Fault){.kind = FAULT_OVERFLOW});
    return outcome_error();
}

/* A range moves with what is added to it; any other reckoning with one is unknown. */
static Outcome reckon_ranges(Evaluator *evaluator, const Expr *expr, const Outcome *a,
                             const Outcome *b) {
    ArithmeticOp op = expr->as.arithmetic.op;
    bool minus = op == ARITHMETIC_SUBTRACT;
    Outcome result = outcome_known(a->value);
    result.ranged = true;
    if (op != ARITHMETIC_ADD && !minus)
        return outcome_unknown(SYMBOL_NONE);
    if (!reckon(op, low_of(a), minus ? high_of(b) : low_of(b), &result.value.as.number) ||
        !reckon(op, high_of(a), minus ? low_of(b) : high_of(b), &result.high))
        return overflow(evaluator, expr);
    return result;
}

static Symbol why_missing(const Outcome *a, const Outcome *b) {
    if (a->kind == OUTCOME_KNOWN)
        return b->value.symbol;
    if (b->kind == OUTCOME_KNOWN || a->value.symbol == b->value.symbol)
        return a->value.symbol;
    /* A value that is simply not there is as much as unavailable. */
    Symbol left = a->value.symbol ? a->value.symbol : SYMBOL_UNAVAILABLE;
    return symbol_stronger(left, b->value.symbol ? b->value.symbol : SYMBOL_UNAVAILABLE);
}

Outcome arithmetic_of(Evaluator *evaluator, const Expr *expr, const Outcome *a, const Outcome *b) {
    ArithmeticOp op = expr->as.arithmetic.op;
    if (a->kind == OUTCOME_UNKNOWN || b->kind == OUTCOME_UNKNOWN)
        return outcome_unknown(why_missing(a, b));
    if (a->ranged || b->ranged)
        return reckon_ranges(evaluator, expr, a, b);
    Num left = a->value.as.number, right = b->value.as.number, result;
    if (op == ARITHMETIC_DIVIDE && num_compare(right, num_of_int(0)) == 0)
        return outcome_unknown(SYMBOL_NOT_APPLICABLE);
    if (!reckon(op, left, right, &result))
        return overflow(evaluator, expr);
    return outcome_known(value_number(result));
}
