/* A plan as text, for people: tables, windows, the steps of each row set, the tree of the figure.
 */
#include <string.h>

#include "plan/expr_print.h"
#include "plan/plan_build.h"

#define INDENT 4

static void line(StrBuf *out, int depth) {
    strbuf_add_times(out, ' ', (size_t)depth * INDENT);
}

/* ---- labels of windows ---- */

static bool is_month_end(Date date) {
    return date_month_end(date) == date;
}

static void month_and_year(StrBuf *out, Date date) {
    Ymd ymd = date_ymd(date);
    strbuf_addf(out, "%s %d", date_month_name(ymd.month), ymd.year);
}

static void year_label(StrBuf *out, const char *words, PeriodKind kind, Date end) {
    strbuf_addf(out, "%s ", words);
    period_print(out, period_holding(kind, end));
}

void window_label(StrBuf *out, const Indicator *indicator, const PlanWindow *window) {
    switch (indicator->window) {
    case WINDOW_SNAPSHOT:
    case WINDOW_SNAPSHOT_AT_TAKEN:
        strbuf_add(out, "At ");
        date_print_long(out, window->end);
        return;
    case WINDOW_MONTH:
        month_and_year(out, window->end);
        return;
    case WINDOW_QUARTER:
        strbuf_addf(out, "%s to ", date_month_name(date_ymd(window->start).month));
        month_and_year(out, window->end);
        return;
    case WINDOW_ROLLING:
        strbuf_addf(out, "Rolling %d months ", indicator->window_months);
        if (is_month_end(window->end)) {
            month_and_year(out, window->end);
            return;
        }
        strbuf_add(out, "to ");
        date_print_long(out, window->end);
        return;
    case WINDOW_YEAR_TO_DATE:
        date_print_long(out, window->start);
        strbuf_add(out, " to ");
        date_print_long(out, window->end);
        return;
    case WINDOW_FINANCIAL_YEAR:
        year_label(out, "Financial year", PERIOD_FINANCIAL_YEAR, window->end);
        return;
    case WINDOW_ACADEMIC_YEAR:
        year_label(out, "Academic year", PERIOD_ACADEMIC_YEAR, window->end);
        return;
    case WINDOW_CALENDAR_YEAR:
        year_label(out, "Calendar year", PERIOD_CALENDAR_YEAR, window->end);
        return;
    }
}

/* ---- tables ---- */

static void print_column(StrBuf *out, const ColumnModel *column) {
    name_print(out, column->name);
    if (column->computed) {
        strbuf_add(out, " = ");
        expr_print(out, column->computed);
    } else if (column->field && strcmp(column->field, column->name) != 0) {
        strbuf_addf(out, " from \"%s\"", column->field);
    }
    strbuf_add(out, "\n");
}

static void print_table(StrBuf *out, const PlanTable *table) {
    line(out, 1);
    name_print(out, table->source->name);
    if (table->source->table)
        strbuf_addf(out, " from \"%s\"\n", table->source->table);
    else
        strbuf_add(out, ", rows of the definitions\n");
    for (size_t i = 0; i < table->source->columns_len; i++) {
        if (!table->needed[i])
            continue;
        line(out, 2);
        print_column(out, &table->source->columns[i]);
    }
}

/* ---- windows ---- */

static void print_window(StrBuf *out, const PlanIndicator *planned, const PlanWindow *window) {
    line(out, 2);
    period_print(out, window->period);
    strbuf_add(out, ": ");
    date_print_iso(out, window->start);
    if (window->start != window->end) {
        strbuf_add(out, " to ");
        date_print_iso(out, window->end);
    }
    if (window->has_taken) {
        strbuf_add(out, ", taken ");
        date_print_iso(out, window->taken);
    }
    if (window->previous >= 0) {
        strbuf_add(out, ", compared with ");
        period_print(out, planned->windows[window->previous].period);
    }
    if (!window->asked)
        strbuf_add(out, ", only to compare with");
    if (!window->available)
        strbuf_addf(out, ", not available: %s", window->reason);
    strbuf_add(out, "\n");
}

/* ---- steps of a row set ---- */

static void print_part(StrBuf *out, const char *words, const Part *part) {
    strbuf_addf(out, "%s %s", words, part->id);
    if (part->label)
        strbuf_addf(out, " \"%s\"", part->label);
    strbuf_add(out, " where ");
    expr_print(out, part->condition);
}

static void print_keys(StrBuf *out, const Indicator *indicator, size_t set) {
    for (size_t i = 0; i < indicator->breakdowns_len; i++) {
        strbuf_add(out, i > 0 ? ", " : "");
        if (indicator->breakdowns[i].keys[set])
            expr_print(out, indicator->breakdowns[i].keys[set]);
        if (indicator->breakdowns[i].label)
            strbuf_addf(out, " as \"%s\"", indicator->breakdowns[i].label);
    }
}

static void print_date_words(StrBuf *out, const Rowset *rows) {
    ExprPrinter printer = {.out = out};
    strbuf_add(out, timing_word(rows->timing));
    strbuf_add(out, " ");
    if (rows->start)
        printer_expr(&printer, rows->start);
    if (rows->end) {
        strbuf_add(out, " to ");
        printer_expr(&printer, rows->end);
    }
}

/* The words of a step of a row set; steps of a figure have none here. dispatch */
static void print_row_step(StrBuf *out, const Indicator *indicator, const PlanNode *node) {
    switch (node->kind) {
    case PLAN_NODE_SCAN:
        strbuf_add(out, "scan ");
        name_print(out, node->rows->source->name);
        strbuf_add(out, " ");
        name_print(out, node->rows->row->name);
        return;
    case PLAN_NODE_TIMING:
        strbuf_add(out, "keep those ");
        print_date_words(out, node->rows);
        return;
    case PLAN_NODE_FILTER:
        strbuf_add(out, "keep those where ");
        expr_print(out, node->expr);
        return;
    case PLAN_NODE_GROUP:
        strbuf_add(out, "group by ");
        print_keys(out, indicator, node->set);
        return;
    case PLAN_NODE_LATEST:
        strbuf_add(out, "keep in each group those with the latest ");
        expr_print(out, node->rows->start);
        return;
    case PLAN_NODE_EXCLUDE:
        print_part(out, "count and take out", &indicator->excludes[node->part]);
        return;
    case PLAN_NODE_SELECT:
        strbuf_add(out, "mark as numerator those where ");
        expr_print(out, node->expr);
        return;
    case PLAN_NODE_PART:
        print_part(out, "mark as", &indicator->parts[node->part]);
        return;
    case PLAN_NODE_AGGREGATE:
    case PLAN_NODE_TERM:
    case PLAN_NODE_NEGATE:
    case PLAN_NODE_ARITHMETIC:
    case PLAN_NODE_DIVIDE:
    case PLAN_NODE_SCALE:
    case PLAN_NODE_ROUND:
        return;
    }
}

static void print_chain(StrBuf *out, const Indicator *indicator, const PlanNode *node) {
    if (node->input)
        print_chain(out, indicator, node->input);
    line(out, 2);
    print_row_step(out, indicator, node);
    strbuf_add(out, "\n");
}

/* ---- the figure ---- */

static void print_aggregate(StrBuf *out, const PlanNode *node) {
    ExprPrinter printer = {.out = out};
    if (node->quantity) {
        printer_quantity(&printer, node->quantity, true);
        return;
    }
    strbuf_add(out, "count of ");
    name_print(out, node->rows->row->name);
    if (node->selected)
        strbuf_add(out, ", the numerator only");
}

/* dispatch */
static void print_figure_step(StrBuf *out, const PlanNode *node) {
    switch (node->kind) {
    case PLAN_NODE_AGGREGATE:
        print_aggregate(out, node);
        return;
    case PLAN_NODE_TERM:
        expr_print(out, node->expr);
        return;
    case PLAN_NODE_NEGATE:
        strbuf_add(out, "negative of");
        return;
    case PLAN_NODE_ARITHMETIC:
        strbuf_add(out, arithmetic_word(node->op));
        return;
    case PLAN_NODE_DIVIDE:
        strbuf_add(out, "divide");
        return;
    case PLAN_NODE_SCALE:
        strbuf_add(out, "times ");
        value_print(out, value_number(node->factor));
        return;
    case PLAN_NODE_ROUND:
        strbuf_addf(out, "round to %d decimal%s when printed", node->decimals,
                    node->decimals == 1 ? "" : "s");
        return;
    case PLAN_NODE_SCAN:
    case PLAN_NODE_TIMING:
    case PLAN_NODE_FILTER:
    case PLAN_NODE_GROUP:
    case PLAN_NODE_LATEST:
    case PLAN_NODE_EXCLUDE:
    case PLAN_NODE_SELECT:
    case PLAN_NODE_PART:
        return;
    }
}

static void print_figure(StrBuf *out, const PlanNode *node, int depth) {
    line(out, depth);
    print_figure_step(out, node);
    strbuf_add(out, "\n");
    if (node->input)
        print_figure(out, node->input, depth + 1);
    if (node->other)
        print_figure(out, node->other, depth + 1);
}

static void print_indicator(StrBuf *out, const PlanIndicator *planned) {
    const Indicator *indicator = planned->indicator;
    strbuf_addf(out, "indicator %s \"%s\"\n", indicator->id,
                indicator->title ? indicator->title : "");
    line(out, 1);
    strbuf_add(out, "windows\n");
    for (size_t i = 0; i < planned->windows_len; i++)
        print_window(out, planned, &planned->windows[i]);
    plan_print_spans(out, planned);
    for (size_t i = 0; i < indicator->rowsets_len; i++) {
        line(out, 1);
        strbuf_addf(out, "rows %s\n", indicator->rowsets[i]->row->name);
        print_chain(out, indicator, planned->rows[i]);
    }
    line(out, 1);
    strbuf_add(out, "figure\n");
    print_figure(out, planned->figure, 2);
}

void plan_print(StrBuf *out, const Plan *plan) {
    for (size_t i = 0; i < plan->indicators_len; i++) {
        print_indicator(out, plan->indicators[i]);
        strbuf_add(out, "\n");
    }
    strbuf_add(out, "tables\n");
    for (size_t i = 0; i < plan->tables_len; i++)
        print_table(out, &plan->tables[i]);
}
