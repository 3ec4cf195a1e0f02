/* What an expression depends on. */
#include "sema/analysis.h"
#include "sema/walk.h"

typedef struct RowSearch {
    const RowVar *row;
} RowSearch;

static bool is_row(void *context, const Expr *expr) {
    const RowSearch *search = context;
    return expr->kind == EXPR_ROW && expr->as.row == search->row;
}

static bool is_another_of_row(void *context, const Rowset *rows) {
    const RowSearch *search = context;
    return rows->another_of == search->row;
}

bool expr_mentions_row(const Expr *expr, const RowVar *row) {
    RowSearch search = {row};
    Walk walk = {.expr = is_row, .rows = is_another_of_row, .context = &search};
    return walk_expr(&walk, expr);
}

static bool is_period_word(void *context, const Expr *expr) {
    (void)context;
    return expr->kind == EXPR_PERIOD_WORD;
}

static bool is_timed(void *context, const Rowset *rows) {
    (void)context;
    return rows->timing != TIMING_NONE;
}

bool expr_mentions_period(const Expr *expr) {
    Walk walk = {.expr = is_period_word, .rows = is_timed};
    return walk_expr(&walk, expr);
}
