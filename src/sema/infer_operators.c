/* Arithmetic, comparisons, code sets and dates: which types meet, and what comes out. */
#include <string.h>

#include "sema/analysis.h"

/* ---- arithmetic ---- */

static Expr *type_fault(Analysis *a, Span at, const Expr *left, const char *word, const Expr *right,
                        const char *help) {
    Diag *diag = fault(a, DIAG_types_do_not_meet, at, "%s '%s' %s has no meaning",
                       type_words(left->type), word, type_words(right->type));
    diag_help(diag, "%s", help);
    return expr_error(a, at);
}

static bool units_meet(const Expr *left, const Expr *right) {
    return !left->type.unit || !right->type.unit || strcmp(left->type.unit, right->type.unit) == 0;
}

static bool is_zero(const Expr *expr) {
    return expr->kind == EXPR_CONSTANT && expr->as.constant.kind == VALUE_NUMBER &&
           num_compare(expr->as.constant.as.number, num_of_int(0)) == 0;
}

static bool is_share(const Expr *expr) {
    const char *unit = expr->type.unit;
    return unit && (strcmp(unit, SHARE_UNIT) == 0 || strcmp(unit, RATE_UNIT) == 0);
}

/* Shares and rates are made of counts: they are subtracted (a gap in points) and divided, but not
 * added, and so not averaged. */
static Type share_type(ArithmeticOp op, const Expr *left, const Expr *right) {
    Type type = type_of(TYPE_DECIMAL);
    bool same = is_share(left) && is_share(right) && units_meet(left, right);
    if (op == ARITHMETIC_SUBTRACT && same) {
        type.unit = strcmp(left->type.unit, SHARE_UNIT) == 0 ? POINTS_UNIT : RATE_UNIT;
        return type;
    }
    return op == ARITHMETIC_DIVIDE && same ? type : type_of(TYPE_ERROR);
}

/* The type of a number met by a number; TYPE_ERROR if they do not meet. */
static Type arithmetic_type(ArithmeticOp op, const Expr *left, const Expr *right) {
    if (is_share(left) || is_share(right))
        return share_type(op, left, right);
    bool left_money = left->type.kind == TYPE_MONEY, right_money = right->type.kind == TYPE_MONEY;
    bool integers = left->type.kind == TYPE_INTEGER && right->type.kind == TYPE_INTEGER;
    Type type = type_of(integers ? TYPE_INTEGER : TYPE_DECIMAL);
    switch (op) {
    case ARITHMETIC_ADD:
    case ARITHMETIC_SUBTRACT:
        if (left_money != right_money || !units_meet(left, right))
            return type_of(TYPE_ERROR);
        type.unit = left->type.unit ? left->type.unit : right->type.unit;
        return left_money ? type_of(TYPE_MONEY) : type;
    case ARITHMETIC_MULTIPLY:
        if (left_money && right_money)
            return type_of(TYPE_ERROR);
        return left_money || right_money ? type_of(TYPE_MONEY) : type;
    case ARITHMETIC_DIVIDE:
        if (right_money && !left_money)
            return type_of(TYPE_ERROR);
        return type_of(left_money && !right_money ? TYPE_MONEY : TYPE_DECIMAL);
    }
    return type_of(TYPE_ERROR);
}

static Expr *date_shift(Analysis *a, const Node *node, ArithmeticOp op, const Expr *date,
                        const Expr *duration) {
    Expr *expr = expr_new(a, EXPR_DATE_SHIFT, type_of(TYPE_DATE), node->span);
    expr->as.shift.date = date;
    expr->as.shift.duration = duration;
    expr->as.shift.back = op == ARITHMETIC_SUBTRACT;
    return expr;
}

static Expr *arithmetic_with_dates(Analysis *a, const Node *node, ArithmeticOp op, const Expr *left,
                                   const Expr *right) {
    bool adds = op == ARITHMETIC_ADD || op == ARITHMETIC_SUBTRACT;
    if (left->type.kind == TYPE_DATE && right->type.kind == TYPE_DURATION && adds)
        return date_shift(a, node, op, left, right);
    if (left->type.kind == TYPE_DATE && right->type.kind == TYPE_DATE)
        return type_fault(a, node->span, left, arithmetic_word(op), right,
                          "write days(a, b) for the days between two dates");
    if (left->type.kind == TYPE_DATE && expr_is_number(right))
        return type_fault(a, node->span, left, arithmetic_word(op), right,
                          "say what is added: 10 days, 6 weeks, 2 years");
    if (left->type.kind == TYPE_DURATION && right->type.kind == TYPE_DATE)
        return type_fault(a, node->span, left, arithmetic_word(op), right,
                          "write the date first: date + 6 weeks");
    return type_fault(a, node->span, left, arithmetic_word(op), right,
                      "numbers are added to numbers, and durations to dates");
}

static Expr *infer_negate(Place *place, const Node *node, const Scope *scope) {
    Analysis *a = place->analysis;
    Expr *operand = infer(place, node_Negate(node)->operand, scope);
    if (operand->type.kind == TYPE_ERROR)
        return operand;
    if (!expr_is_number(operand)) {
        fault(a, DIAG_types_do_not_meet, node->span, "'-' before %s has no meaning",
              type_words(operand->type));
        return expr_error(a, node->span);
    }
    Expr *expr = expr_new(a, operand->kind == EXPR_CONSTANT ? EXPR_CONSTANT : EXPR_NEGATE,
                          operand->type, node->span);
    if (operand->kind == EXPR_CONSTANT)
        expr->as.constant = value_number(num_negate(operand->as.constant.as.number));
    else
        expr->as.operand = operand;
    return expr;
}

Expr *infer_arithmetic(Place *place, const Node *node, const Scope *scope) {
    Analysis *a = place->analysis;
    if (node->kind == NODE_NEGATE)
        return infer_negate(place, node, scope);
    const Node_Arithmetic *arithmetic = node_Arithmetic(node);
    ArithmeticOp op = arithmetic->op;
    Expr *left = infer(place, arithmetic->left, scope);
    Expr *right = infer(place, arithmetic->right, scope);
    if (left->type.kind == TYPE_ERROR || right->type.kind == TYPE_ERROR)
        return expr_error(a, node->span);
    if (!expr_is_number(left) || !expr_is_number(right))
        return arithmetic_with_dates(a, node, op, left, right);
    Type type = arithmetic_type(op, left, right);
    if (type.kind == TYPE_ERROR && (is_share(left) || is_share(right))) {
        Diag *diag = fault(a, DIAG_shares_added, node->span,
                           "percentages and rates cannot be added or averaged");
        diag_help(diag, "count the numerators and the denominators together in an indicator of its "
                        "own; the difference of two percentages is in points");
        return expr_error(a, node->span);
    }
    if (type.kind == TYPE_ERROR)
        return type_fault(a, node->span, left, arithmetic_word(op), right,
                          "amounts of one unit are added to each other; money is multiplied or "
                          "divided by numbers");
    if (op == ARITHMETIC_DIVIDE && is_zero(right)) {
        fault(a, DIAG_division_by_zero, node->span, "this divides by zero");
        return expr_error(a, node->span);
    }
    Expr *expr = expr_new(a, EXPR_ARITHMETIC, type, node->span);
    expr->as.arithmetic.op = op;
    expr->as.arithmetic.left = left;
    expr->as.arithmetic.right = right;
    return expr;
}

/* ---- comparisons ---- */

void check_code(Analysis *a, const CodeSet *codes, const Expr *constant) {
    if (!codes || constant->kind != EXPR_CONSTANT || constant->as.constant.kind != VALUE_TEXT)
        return;
    const char *code = constant->as.constant.as.text;
    if (codes_find(codes, code) >= 0 || codes->damaged)
        return;
    Diag *diag = fault(a, DIAG_code_not_in_set, constant->span, "'%s' is no code of '%s'", code,
                       codes->name);
    const char **names = arena_array(a->arena, codes->entries_len + 1, sizeof *names);
    for (size_t i = 0; i < codes->entries_len; i++)
        names[i] = codes->entries[i].code;
    diag_suggest(diag, code, names, codes->entries_len);
    diag_note(diag, codes->span, "'%s' is declared here", codes->name);
}

static bool same_kind(const Expr *left, const Expr *right) {
    TypeKind l = left->type.kind, r = right->type.kind;
    if (type_is_number(l) && type_is_number(r))
        return (l == TYPE_MONEY) == (r == TYPE_MONEY) && units_meet(left, right);
    if (l == TYPE_ROW && r == TYPE_ROW)
        return left->type.row == right->type.row;
    return l == r && (l == TYPE_TEXT || l == TYPE_DATE);
}

static const char *comparison_help(const Expr *left, const Expr *right) {
    TypeKind l = left->type.kind, r = right->type.kind;
    if (l == TYPE_ROW && r == TYPE_ROW)
        return "a row is compared with a row of the same source";
    if (l == TYPE_ROW || r == TYPE_ROW)
        return "compare a column of the linked row: link.column";
    if (l == TYPE_DURATION || r == TYPE_DURATION)
        return "write elapsed A to B >= 6 weeks, or compare days(a, b) with a number";
    if (l == TYPE_MONEY || r == TYPE_MONEY)
        return "write amounts of money with their sign: £100";
    if (l == TYPE_BOOLEAN || r == TYPE_BOOLEAN)
        return "a condition stands by itself: `c.disabled`, or `not c.disabled`";
    if (l == TYPE_DATE && r == TYPE_TEXT)
        return "dates are written without quotes: 2017-01-31";
    if (l == TYPE_TEXT && type_is_number(r))
        return "the column is text: write the value in quotes";
    return "both sides must be of one kind, and of one unit";
}

/* Reports and gives false unless the two can be compared. */
static bool can_compare(Analysis *a, Span at, const Expr *left, const Expr *right) {
    if (same_kind(left, right)) {
        check_code(a, left->type.codes, right);
        check_code(a, right->type.codes, left);
        return true;
    }
    Diag *diag = fault(a, DIAG_cannot_compare, at, "%s cannot be compared with %s",
                       type_words(left->type), type_words(right->type));
    diag_help(diag, "%s", comparison_help(left, right));
    if (left->kind == EXPR_COLUMN)
        diag_note(diag, left->as.column.column->span, "declared here");
    else if (right->kind == EXPR_COLUMN)
        diag_note(diag, right->as.column.column->span, "declared here");
    return false;
}

static void warn_of_months_back(Analysis *a, const Expr *expr) {
    if (expr->kind != EXPR_DATE_SHIFT || !expr->as.shift.back)
        return;
    if (expr->as.shift.duration->as.duration.kind != SPAN_MONTHS)
        return;
    Diag *diag = diag_add(a->diags, DIAG_months_back, expr->span,
                          "a date is compared with a date less months: at the end of a month the "
                          "two ways of counting differ");
    diag_help(diag, "add the duration to the earlier date: start + 2 years <= period end");
}

static Expr *elapsed_comparison(Place *place, const Node *node, const Node_Elapsed *elapsed,
                                ComparisonOp op, const Node *duration, const Scope *scope) {
    Analysis *a = place->analysis;
    Expr *expr = expr_new(a, EXPR_ELAPSED, type_of(TYPE_BOOLEAN), node->span);
    expr->as.elapsed.op = op;
    expr->as.elapsed.from = infer_date(place, elapsed->from, scope);
    expr->as.elapsed.to = infer_date(place, elapsed->to, scope);
    expr->as.elapsed.duration = infer_duration(place, duration, scope);
    if (expr->as.elapsed.from->type.kind == TYPE_ERROR ||
        expr->as.elapsed.to->type.kind == TYPE_ERROR ||
        expr->as.elapsed.duration->type.kind == TYPE_ERROR)
        return expr_error(a, node->span);
    return expr;
}

static ComparisonOp mirrored(ComparisonOp op) {
    static const ComparisonOp mirror[] = {
        [COMPARISON_EQUAL] = COMPARISON_EQUAL,  [COMPARISON_NOT_EQUAL] = COMPARISON_NOT_EQUAL,
        [COMPARISON_LESS] = COMPARISON_GREATER, [COMPARISON_LESS_EQUAL] = COMPARISON_GREATER_EQUAL,
        [COMPARISON_GREATER] = COMPARISON_LESS, [COMPARISON_GREATER_EQUAL] = COMPARISON_LESS_EQUAL};
    return mirror[op];
}

static const Node *unwrapped(const Node *node) {
    while (node->kind == NODE_PARENTHESES)
        node = node_Parentheses(node)->inner;
    return node;
}

Expr *infer_comparison(Place *place, const Node *node, const Scope *scope) {
    Analysis *a = place->analysis;
    const Node_Comparison *comparison = node_Comparison(node);
    const Node *left_node = unwrapped(comparison->left), *right_node = unwrapped(comparison->right);
    if (left_node->kind == NODE_ELAPSED)
        return elapsed_comparison(place, node, node_Elapsed(left_node), comparison->op, right_node,
                                  scope);
    if (right_node->kind == NODE_ELAPSED)
        return elapsed_comparison(place, node, node_Elapsed(right_node), mirrored(comparison->op),
                                  left_node, scope);
    Expr *left = infer(place, left_node, scope);
    Expr *right = infer(place, right_node, scope);
    if (left->type.kind == TYPE_ERROR || right->type.kind == TYPE_ERROR)
        return expr_error(a, node->span);
    if (!can_compare(a, node->span, left, right))
        return expr_error(a, node->span);
    bool equality = comparison->op == COMPARISON_EQUAL || comparison->op == COMPARISON_NOT_EQUAL;
    if (left->type.kind == TYPE_ROW && !equality) {
        fault(a, DIAG_cannot_compare, node->span, "rows have no order: use = or !=");
        return expr_error(a, node->span);
    }
    warn_of_months_back(a, left);
    warn_of_months_back(a, right);
    Expr *expr = expr_new(a, EXPR_COMPARISON, type_of(TYPE_BOOLEAN), node->span);
    expr->as.comparison.op = comparison->op;
    expr->as.comparison.left = left;
    expr->as.comparison.right = right;
    return expr;
}

static bool is_constant(const Expr *expr) {
    return expr->kind == EXPR_CONSTANT && expr->as.constant.kind != VALUE_MISSING;
}

Expr *infer_between(Place *place, const Node *node, const Scope *scope) {
    Analysis *a = place->analysis;
    const Node_Between *between = node_Between(node);
    Expr *value = infer(place, between->value, scope);
    Expr *low = infer(place, between->low, scope);
    Expr *high = infer(place, between->high, scope);
    if (value->type.kind == TYPE_ERROR || low->type.kind == TYPE_ERROR ||
        high->type.kind == TYPE_ERROR)
        return expr_error(a, node->span);
    if (!can_compare(a, node->span, value, low) || !can_compare(a, node->span, value, high))
        return expr_error(a, node->span);
    if (is_constant(low) && is_constant(high) && low->as.constant.kind == high->as.constant.kind &&
        value_compare(low->as.constant, high->as.constant) > 0) {
        Diag *diag = fault(a, DIAG_empty_range, node->span, "nothing lies between these two");
        diag_help(diag, "write the lower one first; both ends are in");
        return expr_error(a, node->span);
    }
    warn_of_months_back(a, low);
    warn_of_months_back(a, high);
    Expr *expr = expr_new(a, EXPR_BETWEEN, type_of(TYPE_BOOLEAN), node->span);
    expr->as.between.value = value;
    expr->as.between.low = low;
    expr->as.between.high = high;
    return expr;
}

/* ---- in ---- */

static Expr *in_expr(Analysis *a, const Node *node, const Expr *value, bool negated) {
    Expr *expr = expr_new(a, EXPR_IN, type_of(TYPE_BOOLEAN), node->span);
    expr->as.in.value = value;
    expr->as.in.negated = negated;
    return expr;
}

static bool sets_meet(const CodeSet *a, const CodeSet *b) {
    for (size_t i = 0; i < a->entries_len; i++)
        if (codes_find(b, a->entries[i].code) >= 0)
            return true;
    return a->entries_len == 0 || b->entries_len == 0 || a->damaged || b->damaged;
}

Expr *infer_in_codes(Place *place, const Node *node, const Scope *scope) {
    Analysis *a = place->analysis;
    const Node_InCodes *in = node_InCodes(node);
    Expr *value = infer(place, in->value, scope);
    CodeSet *codes = name_table_find(&a->codes, in->codes.atom);
    if (!codes) {
        unknown_codes(a, in->codes);
        return expr_error(a, node->span);
    }
    codes->used = true;
    if (value->type.kind == TYPE_ERROR)
        return expr_error(a, node->span);
    if (value->type.kind != TYPE_TEXT) {
        Diag *diag =
            fault(a, DIAG_cannot_compare, value->span, "'in %s' asks for text, but this is %s",
                  codes->name, type_words(value->type));
        if (value->kind == EXPR_COLUMN)
            diag_note(diag, value->as.column.column->span, "declared here");
        return expr_error(a, node->span);
    }
    if (value->type.codes && !sets_meet(value->type.codes, codes)) {
        Diag *diag = fault(a, DIAG_sets_do_not_meet, node->span,
                           "'%s' and '%s' have no code in common: this can never be true",
                           value->type.codes->name, codes->name);
        diag_note(diag, codes->span, "'%s' is declared here", codes->name);
        return expr_error(a, node->span);
    }
    Expr *expr = in_expr(a, node, value, in->negated);
    expr->as.in.codes = codes;
    return expr;
}

Expr *infer_in_list(Place *place, const Node *node, const Scope *scope) {
    Analysis *a = place->analysis;
    const Node_InList *in = node_InList(node);
    Expr *value = infer(place, in->value, scope);
    Value *items = arena_array(a->arena, in->items.len, sizeof *items);
    bool ok = value->type.kind != TYPE_ERROR;
    for (size_t i = 0; i < in->items.len; i++) {
        Expr *item = infer(place, in->items.items[i], scope);
        ok = ok && item->type.kind != TYPE_ERROR;
        if (!ok)
            continue;
        if (item->kind != EXPR_CONSTANT) {
            fault(a, DIAG_misplaced_expression, item->span, "a list holds values as they are");
            ok = false;
        } else {
            ok = can_compare(a, item->span, value, item);
            items[i] = item->as.constant;
        }
    }
    if (!ok)
        return expr_error(a, node->span);
    Expr *expr = in_expr(a, node, value, in->negated);
    expr->as.in.items = items;
    expr->as.in.items_len = in->items.len;
    return expr;
}

/* ---- dates ---- */

static Expr *of_kind(Place *place, const Node *node, const Scope *scope, TypeKind wanted,
                     const char *help) {
    Analysis *a = place->analysis;
    Expr *expr = infer(place, node, scope);
    if (expr->type.kind == wanted || expr->type.kind == TYPE_ERROR)
        return expr;
    Diag *diag = fault(a, DIAG_type_wanted, expr->span, "%s is needed here, but this is %s",
                       type_words(type_of(wanted)), type_words(expr->type));
    diag_help(diag, "%s", help);
    if (expr->kind == EXPR_COLUMN)
        diag_note(diag, expr->as.column.column->span, "declared here");
    return expr_error(a, node->span);
}

Expr *infer_date(Place *place, const Node *node, const Scope *scope) {
    return of_kind(place, node, scope, TYPE_DATE, "name a column that is declared as date");
}

Expr *infer_duration(Place *place, const Node *node, const Scope *scope) {
    return of_kind(place, unwrapped(node), scope, TYPE_DURATION,
                   "durations are written 6 weeks, 2 years, 45 working days");
}

Expr *infer_within(Place *place, const Node *node, const Scope *scope) {
    Analysis *a = place->analysis;
    bool span = node->kind == NODE_IN_SPAN;
    const Node *date = span ? node_InSpan(node)->date : node_Within(node)->date;
    const Node *duration = span ? node_InSpan(node)->duration : node_Within(node)->duration;
    const Node *anchor = span ? node_InSpan(node)->anchor : node_Within(node)->anchor;
    Expr *expr = expr_new(a, span ? EXPR_IN_SPAN : EXPR_WITHIN, type_of(TYPE_BOOLEAN), node->span);
    expr->as.within.date = infer_date(place, date, scope);
    expr->as.within.duration = infer_duration(place, duration, scope);
    expr->as.within.anchor = infer_date(place, anchor, scope);
    expr->as.within.before = span || node_Within(node)->before;
    if (expr->as.within.date->type.kind == TYPE_ERROR ||
        expr->as.within.duration->type.kind == TYPE_ERROR ||
        expr->as.within.anchor->type.kind == TYPE_ERROR)
        return expr_error(a, node->span);
    return expr;
}
