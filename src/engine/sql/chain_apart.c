/* The parts of an expression that no window changes, though a window changes the whole: they are
 * made apart, before the rows meet the windows, and stand in the whole as columns. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "engine/reference/evaluate.h"
#include "engine/sql/building.h"

/* ---- which parts ---- */

/* Parts of the step's own rows; inside of a nested row set, columns of those rows. */
static bool may_be_apart(const Sql *sql, const Expr *expr) {
    const Building *building = sql->apart;
    if (!building || expr->kind == EXPR_CONSTANT || expr->kind == EXPR_PERIOD_WORD ||
        expr->kind == EXPR_DURATION)
        return false;
    if (sql->scope == building->here)
        return true;
    return expr->kind == EXPR_COLUMN && expr_origin(expr) == building->rows->row;
}

static bool is_literal(const char *text) {
    return strcmp(text, "NULL") == 0 || strcmp(text, "TRUE") == 0 || strcmp(text, "FALSE") == 0;
}

bool sql_apart_value(Sql *sql, const Expr *expr, SqlValue *out) {
    Building *building = sql->apart;
    if (!may_be_apart(sql, expr))
        return false;
    Once *once = &building->others;
    Trial trial = chain_trial_begin(building, once);
    SqlValue value = sql_value(sql, expr);
    if (!chain_trial_end(&trial, once) || is_literal(value.text))
        return false;
    chain_once_value(building, once, &value);
    if (value.not_yet && value.plain_not_yet)
        value.not_yet = sql_text(sql, "(%s IS NULL)", value.text);
    else
        value.not_yet = chain_once_column(building, once, value.not_yet);
    *out = value;
    return true;
}

bool sql_apart_truth(Sql *sql, const Expr *condition, SqlTruth *out) {
    Building *building = sql->apart;
    if (!may_be_apart(sql, condition))
        return false;
    Once *once = &building->others;
    Trial trial = chain_trial_begin(building, once);
    SqlTruth truth = sql_truth(sql, condition);
    if (!chain_trial_end(&trial, once) || is_literal(truth.text))
        return false;
    chain_once_truth(building, once, &truth);
    *out = truth;
    return true;
}

/* ---- dates that are compared with days of the windows ---- */

static unsigned edges_of(ComparisonOp op, unsigned on, unsigned after) {
    switch (op) {
    case COMPARISON_EQUAL:
    case COMPARISON_NOT_EQUAL:
        return on | after;
    case COMPARISON_LESS:
    case COMPARISON_GREATER_EQUAL:
        return on;
    case COMPARISON_LESS_EQUAL:
    case COMPARISON_GREATER:
        return after;
    }
    return on | after;
}

/* Which edges tell how a date stands to the day: none if it is no day of the window. */
static unsigned edges_told(Sql *sql, ComparisonOp op, const char *day) {
    static const char *const days[] = {"kpi_first", "kpi_last", "kpi_taken"};
    for (unsigned i = 0; i < 3; i++)
        if (strcmp(day, sql_text(sql, "%s.%s", sql->window, days[i])) == 0)
            return edges_of(op, 1U << 2 * i, 2U << 2 * i);
    return 0;
}

static void make_edged(Sql *sql, SqlValue *date, unsigned edges) {
    Building *building = sql->apart;
    Once *once = &building->others;
    size_t number = chain_once_number(building, date->text);
    if (number == 0 || edges == 0 || date->type != SQL_DATE)
        return;
    OnceColumn *column = &once->columns.items[number - 1];
    if (column->edges == 0 && column->edged == 0) {
        OnceColumn edged = {.text = column->text, .edges = edges};
        vec_push(sql->arena, &once->columns, edged);
        column = &once->columns.items[number - 1];
        column->edged = once->columns.len;
    }
    if (column->edges == 0)
        number = column->edged;
    once->columns.items[number - 1].edges |= edges;
    date->text = sql_text(sql, "%s.kpi_once_%zu", building->alias, number);
    if (date->not_yet && date->plain_not_yet)
        date->not_yet = sql_text(sql, "(%s IS NULL)", date->text);
}

void sql_apart_compared(Sql *sql, ComparisonOp op, SqlValue *a, SqlValue *b) {
    static const ComparisonOp turned[] = {
        [COMPARISON_EQUAL] = COMPARISON_EQUAL,  [COMPARISON_NOT_EQUAL] = COMPARISON_NOT_EQUAL,
        [COMPARISON_LESS] = COMPARISON_GREATER, [COMPARISON_LESS_EQUAL] = COMPARISON_GREATER_EQUAL,
        [COMPARISON_GREATER] = COMPARISON_LESS, [COMPARISON_GREATER_EQUAL] = COMPARISON_LESS_EQUAL};
    if (!sql->apart || !sql->window)
        return;
    make_edged(sql, a, edges_told(sql, op, b->text));
    make_edged(sql, b, edges_told(sql, turned[op], a->text));
}
