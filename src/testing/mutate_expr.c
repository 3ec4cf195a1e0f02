/* Conditions with one thing changed. */
#include "plan/plan.h"
#include "testing/mutants.h"

static const char *words_of(Arena *arena, const Expr *expr) {
    StrBuf text = {0};
    expr_print(&text, expr);
    const char *out = arena_copy_text(arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return out;
}

static void change(Mutants *mutants, const Expr *expr, Expr changed, const char *wanted) {
    mutants_add(mutants, expr, &changed, sizeof changed,
                (Mutant){.span = expr->span,
                         .was_words = words_of(mutants->arena, expr),
                         .is_words = words_of(mutants->arena, &changed),
                         .wanted = wanted});
}

static const Expr *copy_of(Mutants *mutants, Expr expr) {
    Expr *copy = arena_alloc(mutants->arena, sizeof *copy);
    *copy = expr;
    return copy;
}

/* ---- comparisons ---- */

static const char equal_wanted[] = "a record in which both sides are equal";
static const char other_wanted[] = "a record on the other side";

/* The same comparison with its boundary on the other side; itself, if it has none. */
static ComparisonOp without_boundary(ComparisonOp op) {
    static const ComparisonOp other[] = {[COMPARISON_EQUAL] = COMPARISON_EQUAL,
                                         [COMPARISON_NOT_EQUAL] = COMPARISON_NOT_EQUAL,
                                         [COMPARISON_LESS] = COMPARISON_LESS_EQUAL,
                                         [COMPARISON_LESS_EQUAL] = COMPARISON_LESS,
                                         [COMPARISON_GREATER] = COMPARISON_GREATER_EQUAL,
                                         [COMPARISON_GREATER_EQUAL] = COMPARISON_GREATER};
    return other[op];
}

static ComparisonOp opposite(ComparisonOp op) {
    static const ComparisonOp other[] = {
        [COMPARISON_EQUAL] = COMPARISON_NOT_EQUAL,    [COMPARISON_NOT_EQUAL] = COMPARISON_EQUAL,
        [COMPARISON_LESS] = COMPARISON_GREATER_EQUAL, [COMPARISON_LESS_EQUAL] = COMPARISON_GREATER,
        [COMPARISON_GREATER] = COMPARISON_LESS_EQUAL, [COMPARISON_GREATER_EQUAL] = COMPARISON_LESS};
    return other[op];
}

static void mutate_comparison(Mutants *mutants, const Expr *expr) {
    Expr changed = *expr;
    changed.as.comparison.op = without_boundary(expr->as.comparison.op);
    if (changed.as.comparison.op != expr->as.comparison.op)
        change(mutants, expr, changed, equal_wanted);
    changed.as.comparison.op = opposite(expr->as.comparison.op);
    change(mutants, expr, changed, other_wanted);
}

static void mutate_elapsed(Mutants *mutants, const Expr *expr) {
    Expr changed = *expr;
    changed.as.elapsed.op = without_boundary(expr->as.elapsed.op);
    if (changed.as.elapsed.op != expr->as.elapsed.op)
        change(mutants, expr, changed, "a record whose time is exactly the duration");
    changed.as.elapsed.op = opposite(expr->as.elapsed.op);
    change(mutants, expr, changed, other_wanted);
}

/* An end one further in: that end itself is out. NULL: there is no next value. */
static const Expr *end_inside(Mutants *mutants, const Expr *end, int64_t step) {
    Expr changed = *end;
    Num next;
    if (end->type.kind == TYPE_DATE) {
        Expr day = {.kind = EXPR_DURATION, .span = end->span};
        day.type.kind = TYPE_DURATION;
        day.as.duration.kind = SPAN_DAYS;
        day.as.duration.amount = 1;
        changed.kind = EXPR_DATE_SHIFT;
        changed.as.shift.date = end;
        changed.as.shift.duration = copy_of(mutants, day);
        changed.as.shift.back = step < 0;
        return copy_of(mutants, changed);
    }
    if (end->kind != EXPR_CONSTANT || end->as.constant.kind != VALUE_NUMBER ||
        !num_add(end->as.constant.as.number, num_of_int(step), &next))
        return NULL;
    changed.as.constant = value_number(next);
    return copy_of(mutants, changed);
}

static void mutate_between(Mutants *mutants, const Expr *expr) {
    const Expr *low = end_inside(mutants, expr->as.between.low, 1);
    const Expr *high = end_inside(mutants, expr->as.between.high, -1);
    Expr changed = *expr;
    if (low) {
        changed.as.between.low = low;
        change(mutants, expr, changed, "a record at the lower end");
        changed = *expr;
    }
    if (high) {
        changed.as.between.high = high;
        change(mutants, expr, changed, "a record at the upper end");
    }
}

/* ---- dates and durations ---- */

/* A change that some record shows. */
static void change_within(Mutants *mutants, const Expr *expr, Expr changed, const char *wanted) {
    if (!fixed_dates_same(mutants->indicator, expr, &changed))
        change(mutants, expr, changed, wanted);
}

static void mutate_within(Mutants *mutants, const Expr *expr) {
    Expr changed = *expr;
    mutants->around = expr;
    if (expr->kind == EXPR_IN_SPAN) {
        changed.kind = EXPR_WITHIN;
        changed.as.within.before = true;
        change_within(mutants, expr, changed, "a record exactly at the far end");
        return;
    }
    changed.as.within.before = !expr->as.within.before;
    change_within(mutants, expr, changed, "a record on the other side of the date");
    if (!expr->as.within.before)
        return;
    changed = *expr;
    changed.kind = EXPR_IN_SPAN;
    change_within(mutants, expr, changed, "a record exactly at the far end");
}

#define DAYS_OF_A_MONTH 30

static void change_duration(Mutants *mutants, const Expr *expr, Expr changed, const char *wanted) {
    const Expr *around = mutants->around;
    if (around && around->as.within.duration == expr) {
        Expr longer = *around;
        longer.as.within.duration = &changed;
        if (fixed_dates_same(mutants->indicator, around, &longer))
            return;
    }
    change(mutants, expr, changed, wanted);
}

static void mutate_duration(Mutants *mutants, const Expr *expr) {
    Expr changed = *expr;
    int64_t amount = expr->as.duration.amount;
    bool calendar = mutants->model->project.calendar != NULL;
    changed.as.duration.amount = amount + 1;
    change_duration(mutants, expr, changed, "a record just outside of the duration");
    changed = *expr;
    switch (expr->as.duration.kind) {
    case SPAN_MONTHS:
        changed.as.duration.kind = SPAN_DAYS;
        changed.as.duration.amount = amount * DAYS_OF_A_MONTH;
        break;
    case SPAN_WORKING_DAYS:
        changed.as.duration.kind = SPAN_DAYS;
        break;
    case SPAN_DAYS:
        if (amount < DAYS_OF_A_MONTH && !calendar)
            return;
        changed.as.duration.kind = amount < DAYS_OF_A_MONTH ? SPAN_WORKING_DAYS : SPAN_MONTHS;
        changed.as.duration.amount = amount < DAYS_OF_A_MONTH ? amount : amount / DAYS_OF_A_MONTH;
        break;
    }
    if (changed.as.duration.amount != 0)
        change_duration(mutants, expr, changed, "a record for which the two units differ");
}

/* Another function of two dates; FUNCTIONS: it has none. */
static FunctionId other_unit(FunctionId function) {
    static const FunctionId pairs[][2] = {{FUNCTION_WORKING_DAYS, FUNCTION_DAYS},
                                          {FUNCTION_DAYS, FUNCTION_MONTHS},
                                          {FUNCTION_MONTHS, FUNCTION_YEARS},
                                          {FUNCTION_YEARS, FUNCTION_MONTHS}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i][0] == function)
            return pairs[i][1];
    return FUNCTIONS;
}

static void mutate_function(Mutants *mutants, const Expr *expr) {
    Expr changed = *expr;
    changed.as.call.function = other_unit(expr->as.call.function);
    if (changed.as.call.function != FUNCTIONS)
        change(mutants, expr, changed, "a record for which the two units differ");
}

/* ---- the rest ---- */

static bool is_column_of(const Expr *expr, const RowVar *row) {
    return expr->kind == EXPR_COLUMN && expr->as.column.row->kind == EXPR_ROW &&
           expr->as.column.row->as.row == row;
}

/* Whether a condition of `exists another` is never true of the row itself: it asks that a column be
 * less or greater than the same column of that row, or not equal to it. */
static bool leaves_itself_out(const Rowset *rows, const Expr *condition) {
    if (!condition)
        return false;
    for (size_t i = 0; condition->kind == EXPR_AND && i < condition->as.logic.terms_len; i++)
        if (leaves_itself_out(rows, condition->as.logic.terms[i]))
            return true;
    if (condition->kind != EXPR_COMPARISON)
        return false;
    ComparisonOp op = condition->as.comparison.op;
    const Expr *left = condition->as.comparison.left, *right = condition->as.comparison.right;
    bool strict = op == COMPARISON_LESS || op == COMPARISON_GREATER || op == COMPARISON_NOT_EQUAL;
    bool facing = (is_column_of(left, rows->row) && is_column_of(right, rows->another_of)) ||
                  (is_column_of(right, rows->row) && is_column_of(left, rows->another_of));
    return strict && facing && left->as.column.column == right->as.column.column;
}

static void mutate_exists(Mutants *mutants, const Expr *expr) {
    Expr changed = *expr;
    changed.as.exists.none = !expr->as.exists.none;
    change(mutants, expr, changed, other_wanted);
    const Rowset *rows = expr->as.exists.rows;
    if (!rows->another_of || leaves_itself_out(rows, rows->where))
        return;
    Rowset *any = arena_alloc(mutants->arena, sizeof *any);
    *any = *rows;
    any->another_of = NULL;
    changed = *expr;
    changed.as.exists.rows = any;
    change(mutants, expr, changed, "a record that fits the condition by itself");
}

/* A column that is yes or no, denied. */
static void mutate_yes_no(Mutants *mutants, const Expr *expr) {
    Expr changed = *expr;
    if (expr->type.kind != TYPE_BOOLEAN)
        return;
    changed.kind = EXPR_NOT;
    changed.as.operand = copy_of(mutants, *expr);
    change(mutants, expr, changed, other_wanted);
}

static void mutate_logic(Mutants *mutants, const Expr *expr) {
    Expr changed = *expr;
    changed.kind = expr->kind == EXPR_AND ? EXPR_OR : EXPR_AND;
    change(mutants, expr, changed, "a record for which one part is true and another false");
}

/* dispatch */
void mutate_expr(Mutants *mutants, const Expr *expr) {
    Expr changed = *expr;
    switch (expr->kind) {
    case EXPR_COMPARISON:
        mutate_comparison(mutants, expr);
        break;
    case EXPR_ELAPSED:
        mutate_elapsed(mutants, expr);
        break;
    case EXPR_BETWEEN:
        mutate_between(mutants, expr);
        break;
    case EXPR_WITHIN:
    case EXPR_IN_SPAN:
        mutate_within(mutants, expr);
        break;
    case EXPR_IN:
        changed.as.in.negated = !expr->as.in.negated;
        change(mutants, expr, changed, other_wanted);
        break;
    case EXPR_IS_MISSING:
        changed.as.missing.negated = !expr->as.missing.negated;
        change(mutants, expr, changed, other_wanted);
        break;
    case EXPR_EXISTS:
        mutate_exists(mutants, expr);
        break;
    case EXPR_DURATION:
        mutate_duration(mutants, expr);
        break;
    case EXPR_FUNCTION:
        mutate_function(mutants, expr);
        break;
    case EXPR_COLUMN:
        mutate_yes_no(mutants, expr);
        break;
    case EXPR_AND:
    case EXPR_OR:
        mutate_logic(mutants, expr);
        break;
    case EXPR_NOT: /* as what it denies */
    case EXPR_CONSTANT:
    case EXPR_ROW:
    case EXPR_PERIOD_WORD:
    case EXPR_NEGATE:
    case EXPR_ARITHMETIC:
    case EXPR_DATE_SHIFT:
    case EXPR_QUANTITY:
    case EXPR_INDICATOR:
        break;
    }
}
