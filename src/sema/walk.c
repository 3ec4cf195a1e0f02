#include "sema/walk.h"

bool walk_rows(const Walk *walk, const Rowset *rows) {
    return (walk->rows && walk->rows(walk->context, rows)) || walk_expr(walk, rows->start) ||
           walk_expr(walk, rows->end) || walk_expr(walk, rows->where);
}

bool walk_quantity(const Walk *walk, const Quantity *quantity) {
    return quantity && (walk_rows(walk, quantity->rows) || walk_expr(walk, quantity->value) ||
                        walk_expr(walk, quantity->by));
}

static bool walk_list(const Walk *walk, const Expr **items, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (walk_expr(walk, items[i]))
            return true;
    return false;
}

/* dispatch */
static bool walk_children(const Walk *walk, const Expr *expr) {
    switch (expr->kind) {
    case EXPR_CONSTANT:
    case EXPR_DURATION:
    case EXPR_ROW:
    case EXPR_PERIOD_WORD:
    case EXPR_INDICATOR:
        return false;
    case EXPR_COLUMN:
        return walk_expr(walk, expr->as.column.row);
    case EXPR_NEGATE:
    case EXPR_NOT:
        return walk_expr(walk, expr->as.operand);
    case EXPR_ARITHMETIC:
        return walk_expr(walk, expr->as.arithmetic.left) ||
               walk_expr(walk, expr->as.arithmetic.right);
    case EXPR_DATE_SHIFT:
        return walk_expr(walk, expr->as.shift.date) || walk_expr(walk, expr->as.shift.duration);
    case EXPR_COMPARISON:
        return walk_expr(walk, expr->as.comparison.left) ||
               walk_expr(walk, expr->as.comparison.right);
    case EXPR_ELAPSED:
        return walk_expr(walk, expr->as.elapsed.from) || walk_expr(walk, expr->as.elapsed.to) ||
               walk_expr(walk, expr->as.elapsed.duration);
    case EXPR_BETWEEN:
        return walk_expr(walk, expr->as.between.value) || walk_expr(walk, expr->as.between.low) ||
               walk_expr(walk, expr->as.between.high);
    case EXPR_WITHIN:
    case EXPR_IN_SPAN:
        return walk_expr(walk, expr->as.within.date) || walk_expr(walk, expr->as.within.duration) ||
               walk_expr(walk, expr->as.within.anchor);
    case EXPR_IN:
        return walk_expr(walk, expr->as.in.value);
    case EXPR_IS_MISSING:
        return walk_expr(walk, expr->as.missing.value);
    case EXPR_EXISTS:
        return walk_rows(walk, expr->as.exists.rows);
    case EXPR_QUANTITY:
        return walk_quantity(walk, expr->as.quantity);
    case EXPR_FUNCTION:
        return walk_list(walk, expr->as.call.arguments, expr->as.call.arguments_len);
    case EXPR_AND:
    case EXPR_OR:
        return walk_list(walk, expr->as.logic.terms, expr->as.logic.terms_len);
    }
    return false;
}

bool walk_expr(const Walk *walk, const Expr *expr) {
    if (!expr)
        return false;
    return (walk->expr && walk->expr(walk->context, expr)) || walk_children(walk, expr);
}

static bool walk_parts(const Walk *walk, const Part *parts, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (walk_expr(walk, parts[i].condition))
            return true;
    return false;
}

static bool walk_benchmarks(const Walk *walk, const Indicator *indicator) {
    for (size_t i = 0; i < indicator->benchmarks_len; i++)
        if (walk_expr(walk, indicator->benchmarks[i].only_where))
            return true;
    return false;
}

bool walk_indicator(const Walk *walk, const Indicator *indicator) {
    for (size_t i = 0; i < indicator->rowsets_len; i++)
        if (walk_rows(walk, indicator->rowsets[i]))
            return true;
    for (size_t i = 0; i < indicator->breakdowns_len; i++)
        if (walk_list(walk, indicator->breakdowns[i].keys, indicator->rowsets_len))
            return true;
    return walk_expr(walk, indicator->those) || walk_quantity(walk, indicator->numerator) ||
           walk_quantity(walk, indicator->denominator) || walk_expr(walk, indicator->value) ||
           walk_parts(walk, indicator->excludes, indicator->excludes_len) ||
           walk_parts(walk, indicator->parts, indicator->parts_len) ||
           walk_expr(walk, indicator->band_value) || walk_expr(walk, indicator->band_from) ||
           walk_expr(walk, indicator->band_to) || walk_benchmarks(walk, indicator);
}
