/* Which tables and columns a plan reads. */
#include "plan/plan_build.h"
#include "sema/walk.h"

typedef struct Needs {
    Plan *plan;
    Arena *arena;
    Walk walk;
} Needs;

static void need_column(Needs *needs, const ColumnModel *column);

static PlanTable *need_source(Needs *needs, const SourceModel *source) {
    PlanTable *table = &needs->plan->tables[source->index];
    if (table->needed)
        return table;
    table->source = source;
    table->needed = arena_array(needs->arena, source->columns_len, sizeof *table->needed);
    table->followed = arena_array(needs->arena, source->columns_len, sizeof *table->followed);
    /* Keys are always read: links are looked up by them, and doubled ones are told. */
    for (size_t i = 0; i < source->key_len; i++)
        need_column(needs, source->key[i]);
    return table;
}

static void need_column(Needs *needs, const ColumnModel *column) {
    PlanTable *table = need_source(needs, column->source);
    if (table->needed[column->index])
        return;
    table->needed[column->index] = true;
    walk_expr(&needs->walk, column->computed);
}

static void need_calendar(Needs *needs, const CalendarModel *calendar) {
    if (!calendar || !calendar->rows)
        return;
    walk_rows(&needs->walk, calendar->rows);
    walk_expr(&needs->walk, calendar->date);
}

static bool on_expr(void *context, const Expr *expr) {
    Needs *needs = context;
    if (expr->kind == EXPR_ROW) {
        need_source(needs, expr->as.row->source);
    } else if (expr->kind == EXPR_COLUMN) {
        const Expr *row = expr->as.column.row;
        need_column(needs, expr->as.column.column);
        if (row->kind == EXPR_COLUMN) {
            const ColumnModel *link = row->as.column.column;
            need_source(needs, link->source)->followed[link->index] = true;
        }
    } else if (expr->kind == EXPR_FUNCTION && expr->as.call.function == FUNCTION_WORKING_DAYS) {
        const CalendarModel *calendar = needs->plan->model->project.calendar;
        need_calendar(needs, calendar ? calendar : expr->as.call.calendar);
    } else if (expr->kind == EXPR_DURATION && expr->as.duration.kind == SPAN_WORKING_DAYS) {
        need_calendar(needs, needs->plan->model->project.calendar);
    }
    return false;
}

static bool on_rows(void *context, const Rowset *rows) {
    need_source(context, rows->source);
    return false;
}

/* The walk's context is the Needs itself, so it is set up in place. */
static void needs_init(Needs *needs, Plan *plan, Arena *arena) {
    *needs = (Needs){plan, arena, {on_expr, on_rows, needs}};
}

static void need_neighbours(Needs *needs, const NeighbourSet *across) {
    if (!across || !across->rows)
        return;
    walk_rows(&needs->walk, across->rows);
    walk_expr(&needs->walk, across->code);
}

void plan_need_indicator(Plan *plan, Arena *arena, const Indicator *indicator) {
    Needs needs;
    needs_init(&needs, plan, arena);
    walk_indicator(&needs.walk, indicator);
    for (size_t i = 0; i < indicator->benchmarks_len; i++)
        need_neighbours(&needs, indicator->benchmarks[i].across);
}

void plan_need_rowset_timing(Plan *plan, Arena *arena, const Rowset *rows) {
    Needs needs;
    needs_init(&needs, plan, arena);
    need_source(&needs, rows->source);
    walk_expr(&needs.walk, rows->start);
    walk_expr(&needs.walk, rows->end);
}

void plan_needs_begin(Plan *plan, Arena *arena, const Model *model) {
    plan->model = model;
    plan->tables = arena_array(arena, model->sources_len, sizeof *plan->tables);
    plan->tables_len = model->sources_len;
}

void plan_needs_end(Plan *plan) {
    size_t kept = 0;
    for (size_t i = 0; i < plan->tables_len; i++)
        if (plan->tables[i].needed)
            plan->tables[kept++] = plan->tables[i];
    plan->tables_len = kept;
}
