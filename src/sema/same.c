/* Whether two expressions say the same of two rows of one source. What cannot be compared here
 * (nested sets) counts as different: the caller asks for a proof, not for a likeness. */
#include <string.h>

#include "sema/same.h"

typedef struct RowPair {
    const RowVar *left, *right;
} RowPair;

static bool same(const RowPair *rows, const Expr *a, const Expr *b);

static bool same_value(Value a, Value b) {
    return a.kind == b.kind && a.kind != VALUE_MISSING && value_compare(a, b) == 0;
}

static bool same_row(const RowPair *rows, const RowVar *a, const RowVar *b) {
    return a == b || (a == rows->left && b == rows->right);
}

static bool same_list(const RowPair *rows, const Expr **a, size_t a_len, const Expr **b,
                      size_t b_len) {
    if (a_len != b_len)
        return false;
    for (size_t i = 0; i < a_len; i++)
        if (!same(rows, a[i], b[i]))
            return false;
    return true;
}

static bool same_in(const RowPair *rows, const Expr *a, const Expr *b) {
    if (a->as.in.negated != b->as.in.negated || a->as.in.codes != b->as.in.codes ||
        a->as.in.items_len != b->as.in.items_len || !same(rows, a->as.in.value, b->as.in.value))
        return false;
    for (size_t i = 0; i < a->as.in.items_len; i++)
        if (!same_value(a->as.in.items[i], b->as.in.items[i]))
            return false;
    return true;
}

static bool same_within(const RowPair *rows, const Expr *a, const Expr *b) {
    return a->as.within.before == b->as.within.before &&
           same(rows, a->as.within.date, b->as.within.date) &&
           same(rows, a->as.within.duration, b->as.within.duration) &&
           same(rows, a->as.within.anchor, b->as.within.anchor);
}

static bool same_elapsed(const RowPair *rows, const Expr *a, const Expr *b) {
    return a->as.elapsed.op == b->as.elapsed.op &&
           same(rows, a->as.elapsed.from, b->as.elapsed.from) &&
           same(rows, a->as.elapsed.to, b->as.elapsed.to) &&
           same(rows, a->as.elapsed.duration, b->as.elapsed.duration);
}

/* dispatch */
static bool same(const RowPair *rows, const Expr *a, const Expr *b) {
    if (!a || !b || a->kind != b->kind)
        return a == b;
    switch (a->kind) {
    case EXPR_CONSTANT:
        return same_value(a->as.constant, b->as.constant);
    case EXPR_DURATION:
        return a->as.duration.kind == b->as.duration.kind &&
               a->as.duration.amount == b->as.duration.amount;
    case EXPR_ROW:
        return same_row(rows, a->as.row, b->as.row);
    case EXPR_COLUMN:
        return a->as.column.column == b->as.column.column &&
               same(rows, a->as.column.row, b->as.column.row);
    case EXPR_PERIOD_WORD:
        return a->as.period_word == b->as.period_word;
    case EXPR_NEGATE:
    case EXPR_NOT:
        return same(rows, a->as.operand, b->as.operand);
    case EXPR_ARITHMETIC:
        return a->as.arithmetic.op == b->as.arithmetic.op &&
               same(rows, a->as.arithmetic.left, b->as.arithmetic.left) &&
               same(rows, a->as.arithmetic.right, b->as.arithmetic.right);
    case EXPR_DATE_SHIFT:
        return a->as.shift.back == b->as.shift.back &&
               same(rows, a->as.shift.date, b->as.shift.date) &&
               same(rows, a->as.shift.duration, b->as.shift.duration);
    case EXPR_COMPARISON:
        return a->as.comparison.op == b->as.comparison.op &&
               same(rows, a->as.comparison.left, b->as.comparison.left) &&
               same(rows, a->as.comparison.right, b->as.comparison.right);
    case EXPR_ELAPSED:
        return same_elapsed(rows, a, b);
    case EXPR_BETWEEN:
        return same(rows, a->as.between.value, b->as.between.value) &&
               same(rows, a->as.between.low, b->as.between.low) &&
               same(rows, a->as.between.high, b->as.between.high);
    case EXPR_WITHIN:
    case EXPR_IN_SPAN:
        return same_within(rows, a, b);
    case EXPR_IN:
        return same_in(rows, a, b);
    case EXPR_IS_MISSING:
        return a->as.missing.negated == b->as.missing.negated &&
               same(rows, a->as.missing.value, b->as.missing.value);
    case EXPR_FUNCTION:
        return a->as.call.function == b->as.call.function &&
               same_list(rows, a->as.call.arguments, a->as.call.arguments_len, b->as.call.arguments,
                         b->as.call.arguments_len);
    case EXPR_AND:
    case EXPR_OR:
        return same_list(rows, a->as.logic.terms, a->as.logic.terms_len, b->as.logic.terms,
                         b->as.logic.terms_len);
    case EXPR_INDICATOR:
        return a->as.indicator == b->as.indicator;
    case EXPR_EXISTS:
    case EXPR_QUANTITY:
        break;
    }
    return false;
}

static bool has_term(const RowPair *rows, const Expr *where, const Expr *wanted) {
    if (!where)
        return false;
    if (where->kind != EXPR_AND)
        return same(rows, where, wanted);
    for (size_t i = 0; i < where->as.logic.terms_len; i++)
        if (same(rows, where->as.logic.terms[i], wanted))
            return true;
    return false;
}

bool rows_meet(const Rowset *rows, const Expr *condition) {
    RowPair pair = {rows->row, rows->row};
    return has_term(&pair, rows->where, condition);
}

bool quantity_same(const Quantity *a, const Quantity *b) {
    RowPair pair = {a->rows->row, b->rows->row};
    return a->kind == b->kind && a->known == b->known &&
           num_compare(a->percentile, b->percentile) == 0 && rows_lie_inside(a->rows, b->rows) &&
           rows_lie_inside(b->rows, a->rows) && same(&pair, a->value, b->value) &&
           same(&pair, a->by, b->by);
}

bool rows_lie_inside(const Rowset *inner, const Rowset *outer) {
    RowPair rows = {inner->row, outer->row};
    if (inner == outer)
        return true;
    if (inner->source != outer->source || inner->timing != outer->timing ||
        !same(&rows, inner->start, outer->start) || !same(&rows, inner->end, outer->end))
        return false;
    if (!outer->where)
        return true;
    if (outer->where->kind != EXPR_AND)
        return has_term(&rows, inner->where, outer->where);
    for (size_t i = 0; i < outer->where->as.logic.terms_len; i++)
        if (!has_term(&rows, inner->where, outer->where->as.logic.terms[i]))
            return false;
    return true;
}
