/* Conditions without a kernel: the reference evaluator is asked, row by row, and for each window if
 * windows matter.
 */
#include <string.h>

#include "engine/native/native.h"
#include "sema/walk.h"

struct Fallback {
    const Expr *expr;
    bool periodic;
    Alias *aliases;
    size_t aliases_len;
    const Starts *starts;
};

/* ---- what an expression depends on ---- */

static bool is_timed(void *context, const Rowset *rows) {
    (void)context;
    return rows->timing != TIMING_NONE;
}

static bool changes_with_window(void *context, const Expr *expr) {
    (void)context;
    if (expr->kind == EXPR_COLUMN && expr->as.column.column->computed)
        return expr_is_periodic(expr->as.column.column->computed);
    return expr->kind == EXPR_PERIOD_WORD ||
           (expr->kind == EXPR_FUNCTION && expr->as.call.function == FUNCTION_AGE &&
            expr->as.call.arguments_len == 1);
}

bool expr_is_periodic(const Expr *expr) {
    Walk walk = {changes_with_window, is_timed, NULL};
    return walk_expr(&walk, expr);
}

bool rows_are_periodic(const Rowset *rows) {
    Walk walk = {changes_with_window, is_timed, NULL};
    return walk_rows(&walk, rows);
}

static bool is_alias(void *context, const Expr *expr) {
    return expr->kind == EXPR_ROW && env_alias(context, expr->as.row) != NULL;
}

static bool is_not_alias(void *context, const Rowset *rows) {
    return rows->another_of && env_alias(context, rows->another_of) != NULL;
}

bool expr_mentions(const Env *env, const Expr *expr) {
    Walk walk = {is_alias, is_not_alias, (void *)env};
    return walk_expr(&walk, expr);
}

static bool asks_age(void *context, const Expr *expr) {
    (void)context;
    Walk walk = {asks_age, NULL, NULL};
    if (expr->kind == EXPR_COLUMN && expr->as.column.column->computed)
        return walk_expr(&walk, expr->as.column.column->computed);
    return expr->kind == EXPR_FUNCTION && expr->as.call.function == FUNCTION_AGE;
}

/* ---- compiling ---- */

Node *compile_fallback(Program *program, const Env *env, const Expr *expr) {
    Walk walk = {asks_age, NULL, NULL};
    /* An age may be one to tell of, which depends on which rows are asked about. */
    if (walk_expr(&walk, expr))
        program->refuses = true;
    Fallback *fallback = arena_alloc(program->arena, sizeof *fallback);
    fallback->expr = expr;
    fallback->periodic = expr_is_periodic(expr);
    fallback->starts = env->starts;
    fallback->aliases_len = env->aliases_len;
    fallback->aliases = arena_array(program->arena, env->aliases_len, sizeof *fallback->aliases);
    memcpy(fallback->aliases, env->aliases, env->aliases_len * sizeof *fallback->aliases);
    Node like = {.kind = NODE_FALLBACK, .truth = true, .periodic = fallback->periodic};
    like.as.fallback = fallback;
    program->fallbacks++;
    return node_intern(env->scope, &like);
}

const Expr *fallback_expr(const Node *node) {
    return node->as.fallback->expr;
}

/* ---- asking ---- */

static void bind_row(Program *program, const Fallback *fallback, size_t i) {
    for (size_t a = 0; a < fallback->aliases_len; a++) {
        const Alias *alias = &fallback->aliases[a];
        uint32_t row = alias->node->value.rows[i];
        program->evaluator.frame[alias->var->id] =
            (Binding){row == NO_ROW_32 ? NO_ROW : row, alias->rows};
    }
}

static void set_window(Program *program, const Fallback *fallback, unsigned bit) {
    const Axis *axis = program->shared->axis;
    program->window = (PlanWindow){.start = fallback->starts ? fallback->starts->first[bit] : 0,
                                   .end = axis->last[bit],
                                   .has_taken = axis->has_taken[bit],
                                   .taken = axis->taken[bit],
                                   .available = true};
}

static void ask(Node *node, size_t i, Mask bits, Mask *yes, Mask *maybe, Mask *error) {
    Program *program = node->scope->program;
    switch (evaluate_truth(&program->evaluator, node->as.fallback->expr)) {
    case TRUTH_TRUE:
        yes[i] |= bits;
        return;
    case TRUTH_UNKNOWN:
        maybe[i] |= bits;
        return;
    case TRUTH_ERROR:
        error[i] |= bits;
        return;
    case TRUTH_FALSE:
        return;
    }
}

static void ask_row(Node *node, size_t i, Mask live, Mask *yes, Mask *maybe, Mask *error) {
    const Fallback *fallback = node->as.fallback;
    Program *program = node->scope->program;
    bind_row(program, fallback, i);
    if (!fallback->periodic) {
        set_window(program, fallback, 0);
        ask(node, i, ALL_ONES, yes, maybe, error);
        return;
    }
    for (unsigned bit = 0; bit < program->shared->axis->len; bit++) {
        if (!(live >> bit & 1))
            continue;
        set_window(program, fallback, bit);
        ask(node, i, (Mask)1 << bit, yes, maybe, error);
    }
}

void evaluate_fallback_of(Node *node) {
    const Fallback *fallback = node->as.fallback;
    Shared *shared = node->scope->program->shared;
    size_t len = node->scope->len;
    Mask *yes = node_yes(node), *maybe = node_maybe(node), *error = node_error(node);
    memset(yes, 0, len * sizeof *yes);
    memset(maybe, 0, len * sizeof *maybe);
    memset(error, 0, len * sizeof *error);
    for (size_t a = 0; a < fallback->aliases_len; a++)
        node_value(fallback->aliases[a].node);
    pthread_mutex_lock(&shared->lock);
    for (size_t i = 0; i < len; i++) {
        Mask live = node->scope->live ? node->scope->live[i] : ALL_ONES;
        if (live)
            ask_row(node, i, live, yes, maybe, error);
    }
    pthread_mutex_unlock(&shared->lock);
    node->truths = (Truths){yes, maybe, error};
}
