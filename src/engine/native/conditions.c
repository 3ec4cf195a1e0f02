/* Conditions to nodes. */
#include <string.h>

#include "engine/native/native.h"

/* ---- joining ---- */

Node *compile_not(Scope *scope, Node *term) {
    Node like = {.kind = NODE_NOT, .truth = true, .terms = {term}};
    return node_intern(scope, &like);
}

static Node *join(Program *program, Scope *scope, NodeKind kind, Node **terms, size_t len) {
    Node like = {.kind = kind, .truth = true, .more = terms, .more_len = len};
    if (len == 1)
        return terms[0];
    Node **copy = arena_array(program->arena, len, sizeof(Node *));
    memcpy(copy, terms, len * sizeof(Node *));
    like.more = copy;
    return node_intern(scope, &like);
}

/* Tables by the same date first become one. */
static size_t join_tables(Program *program, Node **terms, size_t len) {
    for (size_t i = 0; i < len; i++) {
        Node *same[16];
        size_t same_len = 0, kept = i + 1;
        if (terms[i]->kind != NODE_DAYS)
            continue;
        same[same_len++] = terms[i];
        for (size_t j = i + 1; j < len; j++) {
            if (same_len < 16 && terms[j]->kind == NODE_DAYS &&
                terms[j]->terms[0] == terms[i]->terms[0])
                same[same_len++] = terms[j];
            else
                terms[kept++] = terms[j];
        }
        if (same_len > 1)
            terms[i] = days_and(program, same, same_len);
        len = kept;
    }
    return len;
}

/* What is cheap and rules out much goes first: tables, comparisons, then related rows. */
static int cost_of(const Node *node) {
    switch (node->kind) {
    case NODE_DAYS:
        return 0;
    case NODE_PRESENT:
    case NODE_COMPARE:
    case NODE_IN:
    case NODE_MISSING:
    case NODE_YES:
        return node->periodic ? 3 : 1;
    case NODE_NOT:
        return cost_of(node->terms[0]);
    case NODE_AND:
    case NODE_OR:
        return 2;
    case NODE_LOOKUP:
        return 4;
    case NODE_PAIRS:
        return 5;
    case NODE_FALLBACK:
        return 6;
    case NODE_SLOT:
    case NODE_LINK:
    case NODE_COLUMN:
    case NODE_CONSTANT:
    case NODE_PERIOD_WORD:
    case NODE_SHIFT:
    case NODE_PLAIN:
    case NODE_FUNCTION:
    case NODE_ARITHMETIC:
    case NODE_NEGATE:
    case NODE_QUANTITY:
        return 1;
    }
    return 6;
}

static void sort_by_cost(Node **terms, size_t len) {
    for (size_t i = 1; i < len; i++) {
        Node *term = terms[i];
        size_t at = i;
        for (; at > 0 && cost_of(terms[at - 1]) > cost_of(term); at--)
            terms[at] = terms[at - 1];
        terms[at] = term;
    }
}

/* The terms of those that are `and` themselves. */
static size_t flatten(Node *const *terms, size_t len, Node **out, size_t most) {
    size_t at = 0;
    for (size_t i = 0; i < len; i++) {
        bool inner = terms[i]->kind == NODE_AND && at + terms[i]->more_len + (len - i) <= most;
        if (!inner)
            out[at++] = terms[i];
        for (size_t k = 0; inner && k < terms[i]->more_len; k++)
            out[at++] = terms[i]->more[k];
    }
    return at;
}

Node *compile_and(Program *program, Scope *scope, Node **terms, size_t len) {
    size_t most = len + 64;
    Node **all = arena_array(program->arena, most, sizeof(Node *));
    len = flatten(terms, len, all, most);
    len = join_tables(program, all, len);
    sort_by_cost(all, len);
    return join(program, scope, NODE_AND, all, len);
}

/* ---- comparisons ---- */

Node *compile_compare(Program *program, Scope *scope, ComparisonOp op, Node *a, Node *b) {
    Node *days = days_of_compare(program, op, a, b);
    if (days)
        return days;
    Node like = {.kind = NODE_COMPARE, .truth = true, .terms = {a, b}};
    like.as.comparison = op;
    like.periodic = a->periodic || b->periodic;
    return node_intern(scope, &like);
}

static bool whole_constant(const Expr *expr, int64_t *out) {
    return expr->kind == EXPR_CONSTANT && expr->as.constant.kind == VALUE_NUMBER &&
           num_to_int64(expr->as.constant.as.number, out);
}

static ComparisonOp turned(ComparisonOp op) {
    switch (op) {
    case COMPARISON_EQUAL:
    case COMPARISON_NOT_EQUAL:
        return op;
    case COMPARISON_LESS:
        return COMPARISON_GREATER;
    case COMPARISON_LESS_EQUAL:
        return COMPARISON_GREATER_EQUAL;
    case COMPARISON_GREATER:
        return COMPARISON_LESS;
    case COMPARISON_GREATER_EQUAL:
        return COMPARISON_LESS_EQUAL;
    }
    return op;
}

static bool is_count(const Expr *expr) {
    return expr->kind == EXPR_QUANTITY && expr->as.quantity->kind == QUANTITY_COUNT;
}

static bool is_pick(const Expr *expr) {
    if (expr->kind != EXPR_QUANTITY)
        return false;
    QuantityKind kind = expr->as.quantity->kind;
    return kind == QUANTITY_FIRST || kind == QUANTITY_LAST || kind == QUANTITY_MIN ||
           kind == QUANTITY_MAX;
}

/* The value of a row that is picked, against the other side. */
static Node *ask_comparison(Program *program, const Env *inner, Node *value, const Expr *expr) {
    bool left = is_pick(expr->as.comparison.left);
    const Expr *other = left ? expr->as.comparison.right : expr->as.comparison.left;
    ComparisonOp op = expr->as.comparison.op;
    Node *limit = compile_value(program, inner, other);
    return limit ? compile_compare(program, inner->scope, left ? op : turned(op), value, limit)
                 : NULL;
}

static Node *ask_in(Program *program, const Env *inner, Node *value, const Expr *expr) {
    (void)program;
    Node like = {.kind = NODE_IN, .truth = true, .terms = {value}};
    like.as.in = expr;
    return node_intern(inner->scope, &like);
}

/* A value that is never an error. One that may be is an error also where no row is picked, which
 * only looking at it outside of the pairs finds out. */
static bool never_fails(const Expr *expr) {
    return expr->kind == EXPR_CONSTANT || expr->kind == EXPR_PERIOD_WORD ||
           (expr->kind == EXPR_COLUMN && !expr->as.column.column->computed);
}

static Node *compile_picked(Program *program, const Env *env, const Expr *expr) {
    const Expr *left = expr->as.comparison.left, *right = expr->as.comparison.right;
    if (is_pick(left) == is_pick(right) || !never_fails(is_pick(left) ? right : left))
        return NULL;
    return compile_pick(program, env, (is_pick(left) ? left : right)->as.quantity, ask_comparison,
                        expr);
}

static Node *compile_comparison(Program *program, const Env *env, const Expr *expr) {
    const Expr *left = expr->as.comparison.left, *right = expr->as.comparison.right;
    ComparisonOp op = expr->as.comparison.op;
    int64_t limit;
    if (is_count(left) && whole_constant(right, &limit)) {
        Node *counted = compile_count(program, env, op, left->as.quantity, limit);
        if (counted)
            return counted;
    }
    if (is_count(right) && whole_constant(left, &limit)) {
        Node *counted = compile_count(program, env, turned(op), right->as.quantity, limit);
        if (counted)
            return counted;
    }
    Node *picked = compile_picked(program, env, expr);
    if (picked)
        return picked;
    Node *a = compile_value(program, env, left), *b = compile_value(program, env, right);
    return a && b ? compile_compare(program, env->scope, op, a, b) : NULL;
}

static Node *both(Program *program, const Env *env, Node *first, Node *second) {
    Node *terms[2] = {first, second};
    return compile_and(program, env->scope, terms, 2);
}

static Node *compile_between(Program *program, const Env *env, const Expr *expr) {
    Node *value = compile_value(program, env, expr->as.between.value);
    Node *low = compile_value(program, env, expr->as.between.low);
    Node *high = compile_value(program, env, expr->as.between.high);
    if (!value || !low || !high)
        return NULL;
    return both(program, env,
                compile_compare(program, env->scope, COMPARISON_GREATER_EQUAL, value, low),
                compile_compare(program, env->scope, COMPARISON_LESS_EQUAL, value, high));
}

static Node *later_by(const Expr *duration, Node *date) {
    return node_shift(date, duration->as.duration.kind, duration->as.duration.amount);
}

/* elapsed A to B >= N is A + N <= B. */
static Node *compile_elapsed(Program *program, const Env *env, const Expr *expr) {
    Node *from = compile_value(program, env, expr->as.elapsed.from);
    Node *to = compile_value(program, env, expr->as.elapsed.to);
    Node *mark = from && to ? later_by(expr->as.elapsed.duration, from) : NULL;
    return mark ? compile_compare(program, env->scope, turned(expr->as.elapsed.op), mark,
                                  node_plain(to))
                : NULL;
}

/* before: D <= X <= D + N; after: X <= D <= X + N; in N to X: D <= X < D + N. */
static Node *compile_within(Program *program, const Env *env, const Expr *expr) {
    bool span = expr->kind == EXPR_IN_SPAN, after = !span && !expr->as.within.before;
    Node *date = compile_value(program, env, expr->as.within.date);
    Node *anchor = compile_value(program, env, expr->as.within.anchor);
    if (!date || !anchor)
        return NULL;
    Node *earlier = after ? anchor : date, *later = after ? date : anchor;
    Node *mark = later_by(expr->as.within.duration, earlier);
    if (!mark)
        return NULL;
    return both(program, env,
                compile_compare(program, env->scope, COMPARISON_LESS_EQUAL, earlier, later),
                compile_compare(program, env->scope, span ? COMPARISON_LESS : COMPARISON_LESS_EQUAL,
                                later, mark));
}

/* ---- one value ---- */

static Node *compile_in(Program *program, const Env *env, const Expr *expr) {
    Node like = {.kind = NODE_IN, .truth = true};
    if (is_count(expr->as.in.value))
        return NULL;
    if (is_pick(expr->as.in.value)) {
        Node *picked = compile_pick(program, env, expr->as.in.value->as.quantity, ask_in, expr);
        if (picked)
            return picked;
    }
    like.terms[0] = compile_value(program, env, expr->as.in.value);
    if (!like.terms[0])
        return NULL;
    like.as.in = expr;
    like.periodic = like.terms[0]->periodic;
    return node_intern(env->scope, &like);
}

static Node *compile_missing(Program *program, const Env *env, const Expr *expr) {
    Node like = {.kind = NODE_MISSING, .truth = true};
    like.terms[0] = compile_value(program, env, expr->as.missing.value);
    if (!like.terms[0])
        return NULL;
    like.as.negated = expr->as.missing.negated;
    like.periodic = like.terms[0]->periodic;
    return node_intern(env->scope, &like);
}

static Node *compile_yes(Program *program, const Env *env, const Expr *expr) {
    Node like = {.kind = NODE_YES, .truth = true};
    like.terms[0] = compile_value(program, env, expr);
    if (!like.terms[0] || expr->type.kind != TYPE_BOOLEAN)
        return NULL;
    like.periodic = like.terms[0]->periodic;
    return node_intern(env->scope, &like);
}

/* ---- all conditions ---- */

static Node *compile_logic(Program *program, const Env *env, const Expr *expr) {
    size_t len = expr->as.logic.terms_len;
    Node **terms = arena_array(program->arena, len, sizeof(Node *));
    for (size_t i = 0; i < len; i++)
        terms[i] = compile_truth(program, env, expr->as.logic.terms[i]);
    return expr->kind == EXPR_AND ? compile_and(program, env->scope, terms, len)
                                  : join(program, env->scope, NODE_OR, terms, len);
}

/* dispatch */
Node *compile_try_truth(Program *program, const Env *env, const Expr *expr) {
    switch (expr->kind) {
    case EXPR_COMPARISON:
        return compile_comparison(program, env, expr);
    case EXPR_ELAPSED:
        return compile_elapsed(program, env, expr);
    case EXPR_BETWEEN:
        return compile_between(program, env, expr);
    case EXPR_WITHIN:
    case EXPR_IN_SPAN:
        return compile_within(program, env, expr);
    case EXPR_IN:
        return compile_in(program, env, expr);
    case EXPR_IS_MISSING:
        return compile_missing(program, env, expr);
    case EXPR_EXISTS:
        return compile_exists(program, env, expr);
    case EXPR_NOT:
        return compile_not(env->scope, compile_truth(program, env, expr->as.operand));
    case EXPR_AND:
    case EXPR_OR:
        return compile_logic(program, env, expr);
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
        return compile_yes(program, env, expr);
    }
    return NULL;
}

Node *compile_truth(Program *program, const Env *env, const Expr *expr) {
    Node *node = compile_try_truth(program, env, expr);
    return node ? node : compile_fallback(program, env, expr);
}

/* ---- timings ---- */

static Node *first_day(const Env *env) {
    return node_period_word(env, PERIOD_WORD_START);
}

static Node *last_day(const Env *env) {
    return node_period_word(env, PERIOD_WORD_END);
}

static Node *compile_dated(Program *program, const Env *env, const Rowset *rows) {
    Node *date = compile_value(program, env, rows->start);
    if (!date || date->periodic)
        return NULL;
    Node *within =
        both(program, env,
             compile_compare(program, env->scope, COMPARISON_GREATER_EQUAL, date, first_day(env)),
             compile_compare(program, env->scope, COMPARISON_LESS_EQUAL, date, last_day(env)));
    Node *table = days_present(program, within);
    if (table)
        return table;
    Node like = {.kind = NODE_PRESENT, .truth = true, .terms = {within}};
    return node_intern(env->scope, &like);
}

/* S on or before the last day, and E not yet, or on or after its first day (`active`), or after its
 * last (`held`). */
static Node *compile_spell(Program *program, const Env *env, const Rowset *rows, bool held) {
    Node *start = compile_value(program, env, rows->start);
    Node *end = compile_value(program, env, rows->end);
    if (!start || !end)
        return NULL;
    Node *last = last_day(env);
    return both(
        program, env, compile_compare(program, env->scope, COMPARISON_LESS_EQUAL, start, last),
        compile_compare(program, env->scope, held ? COMPARISON_GREATER : COMPARISON_GREATER_EQUAL,
                        end, held ? last : first_day(env)));
}

Node *compile_timing(Program *program, const Env *env, const Rowset *rows) {
    switch (rows->timing) {
    case TIMING_DATED:
        return compile_dated(program, env, rows);
    case TIMING_HELD:
        return compile_spell(program, env, rows, true);
    case TIMING_ACTIVE:
        return compile_spell(program, env, rows, false);
    case TIMING_NONE:
    case TIMING_LATEST:
        return NULL;
    }
    return NULL;
}
