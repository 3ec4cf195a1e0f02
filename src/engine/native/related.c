/* Nested row sets: which way they are answered.
 *
 * Most are tied to the row around them by an equality, `q.child = p.child`, and ask nothing else of
 * that row: then the rows of the nested set are counted by that value first, and each row around
 * looks its value up (lookup.c). Otherwise the related rows are looked at, pair by pair (pairs.c).
 */
#include "engine/native/native.h"
#include "sema/walk.h"

/* ---- the equality ---- */

static bool is_row_of(void *context, const Expr *expr) {
    return expr->kind == EXPR_ROW && (!context || expr->as.row == context);
}

static bool is_another_of(void *context, const Rowset *rows) {
    return rows->another_of == context;
}

static bool mentions_row(const Expr *expr, const RowVar *row) {
    Walk walk = {is_row_of, row ? is_another_of : NULL, (void *)row};
    return walk_expr(&walk, expr);
}

/* The alias itself, or a column of it, or one reached by links. */
static bool is_own(const Expr *expr, const RowVar *row) {
    while (expr->kind == EXPR_COLUMN)
        expr = expr->as.column.row;
    return expr->kind == EXPR_ROW && expr->as.row == row;
}

static bool ties(const RowVar *row, const Expr *own, const Expr *key) {
    return is_own(own, row) && !mentions_row(key, row) && mentions_row(key, NULL);
}

static bool is_tie(const RowVar *row, const Expr *term, Tie *out) {
    if (term->kind != EXPR_COMPARISON || term->as.comparison.op != COMPARISON_EQUAL)
        return false;
    const Expr *left = term->as.comparison.left, *right = term->as.comparison.right;
    if (ties(row, left, right)) {
        out->own = left;
        out->key = right;
        return true;
    }
    if (!ties(row, right, left))
        return false;
    out->own = right;
    out->key = left;
    return true;
}

Tie tie_of(Program *program, const Env *env, const Rowset *rows) {
    Tie tie = {0};
    (void)env;
    if (!rows->where)
        return tie;
    bool several = rows->where->kind == EXPR_AND;
    size_t len = several ? rows->where->as.logic.terms_len : 1;
    const Expr *const single[1] = {rows->where};
    const Expr *const *terms = several ? rows->where->as.logic.terms : single;
    tie.rest = arena_array(program->arena, len, sizeof(Expr *));
    for (size_t i = 0; i < len; i++)
        if (tie.own || !is_tie(rows->row, terms[i], &tie))
            tie.rest[tie.rest_len++] = terms[i];
    return tie;
}

static bool rest_mentions(const Env *env, const Rowset *rows, const Tie *tie) {
    for (size_t i = 0; i < tie->rest_len; i++)
        if (expr_mentions(env, tie->rest[i]))
            return true;
    return (rows->start && expr_mentions(env, rows->start)) ||
           (rows->end && expr_mentions(env, rows->end));
}

/* ---- compiling ---- */

Node *compile_related(Program *program, const Env *env, const Rowset *rows, ComparisonOp op,
                      int64_t limit, bool count) {
    if (rows->timing == TIMING_LATEST || !data_table(program->shared->data, rows->source)->source)
        return NULL;
    Tie tie = tie_of(program, env, rows);
    if (!rest_mentions(env, rows, &tie)) {
        Node *node = compile_lookup(program, env, rows, &tie, op, limit);
        if (node)
            return node;
    }
    return compile_pairs(program, env, rows, &tie, op, limit, count);
}

Node *compile_exists(Program *program, const Env *env, const Expr *expr) {
    Node *node =
        compile_related(program, env, expr->as.exists.rows, COMPARISON_GREATER_EQUAL, 1, false);
    return node && expr->as.exists.none ? compile_not(env->scope, node) : node;
}

Node *compile_count(Program *program, const Env *env, ComparisonOp op, const Quantity *quantity,
                    int64_t limit) {
    if (quantity->rows->source->published != PUBLISHED_NONE)
        return NULL; /* no rows of a table of counts are no count */
    return compile_related(program, env, quantity->rows, op, limit, true);
}
