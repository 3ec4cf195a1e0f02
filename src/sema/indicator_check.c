/* What only the whole indicator shows: flow and stock, units, a numerator inside its denominator.
 */
#include <string.h>

#include "sema/analysis.h"
#include "sema/same.h"
#include "sema/walk.h"

/* ---- flow and stock ---- */

typedef struct PublishedSearch {
    Analysis *analysis;
    const RowVar *row;
    const ColumnModel *found; /* the first published column of the row */
} PublishedSearch;

static bool see_published(void *context, const Expr *expr) {
    PublishedSearch *search = context;
    if (expr->kind != EXPR_COLUMN || expr->as.column.row->kind != EXPR_ROW ||
        expr->as.column.row->as.row != search->row || !type_is_number(expr->type.kind))
        return false;
    const ColumnModel *column = expr->as.column.column;
    if (column->published == PUBLISHED_NONE || column->computed)
        return false;
    if (search->found && search->found->published != column->published) {
        Diag *diag = fault(search->analysis, DIAG_stock_and_flow_mixed, expr->span,
                           "a count over a time and a count on a day are taken from the same rows");
        diag_note(diag, search->found->span, "'%s' is a %s", search->found->name,
                  search->found->published == PUBLISHED_FLOW ? "flow" : "stock");
        diag_note(diag, column->span, "'%s' is a %s", column->name,
                  column->published == PUBLISHED_FLOW ? "flow" : "stock");
        return true;
    }
    search->found = column;
    return false;
}

/* The published column that these numbers are taken from; NULL: there is none. */
static const ColumnModel *published_column(Analysis *a, const Indicator *indicator,
                                           const Rowset *rows) {
    PublishedSearch search = {.analysis = a, .row = rows->row};
    Walk walk = {.expr = see_published, .context = &search};
    const Quantity *quantities[] = {indicator->numerator, indicator->denominator};
    for (size_t i = 0; i < 2; i++)
        if (quantities[i] && quantities[i]->rows == rows)
            walk_expr(&walk, quantities[i]->value);
    walk_expr(&walk, indicator->value);
    return search.found;
}

/* Whether the numbers taken from these rows are published as a flow or a stock. */
static PublishedKind published_kind(const ColumnModel *column, const Rowset *rows) {
    return column ? column->published : rows->source->published;
}

static void flow_as_stock(Analysis *a, const Rowset *rows, const Node *window) {
    Diag *diag = fault(a, DIAG_flow_as_stock, rows->span,
                       "'%s' counts what happened over a time, but the window is a snapshot: a day",
                       timing_word(rows->timing));
    diag_note(diag, window->span, "the window");
    diag_help(diag, rows->source->published != PUBLISHED_NONE
                        ? "write `window financial year every year`, or take a stock column"
                        : "write `held START to END` for what is open on the day, or a window with "
                          "a length, as `rolling 12 months every month`");
}

static void stock_as_flow(Analysis *a, const Indicator *indicator, const Rowset *rows,
                          const Node *window) {
    Diag *diag = fault(a, DIAG_stock_as_flow, rows->span,
                       "'%s' counts what there is on a day, but the window is '%s': a time",
                       timing_word(rows->timing), window_word(indicator->window));
    diag_note(diag, window->span, "the window");
    diag_help(diag, "write `window snapshot every %s`, or count what happened: `dated DATE`",
              every_word(indicator->every));
}

/* What a ratio alone divides by, such as the people of a year, may have been counted at any time.
 */
static bool is_own_denominator(const Indicator *indicator, const Rowset *rows) {
    return indicator->shape == SHAPE_RATIO && indicator->denominator->rows == rows &&
           indicator->numerator->rows != rows;
}

/* Published counts of what happened over a time stay that, whatever their rows are held from and
 * to. */
static void published_flow_as_stock(Analysis *a, const Indicator *indicator, const Rowset *rows,
                                    const Node *window) {
    size_t errors = diags_errors(a->diags);
    const ColumnModel *column = published_column(a, indicator, rows);
    if (diags_errors(a->diags) > errors || is_own_denominator(indicator, rows) ||
        published_kind(column, rows) != PUBLISHED_FLOW)
        return;
    Diag *diag = fault(a, DIAG_flow_as_stock, rows->span,
                       "'%s' asks what there is on a day, but '%s' counts what happened over a "
                       "time",
                       timing_word(rows->timing), column ? column->name : rows->source->name);
    diag_note(diag, column ? column->span : rows->source->span, "published as a flow");
    diag_note(diag, window->span, "the window");
    diag_help(diag, "take a stock column, or write `dated DATE` and a window with a length, such "
                    "as `financial year every year`");
}

static void check_timing(Analysis *a, const Indicator *indicator, const Rowset *rows,
                         const Node *window) {
    bool stock = indicator->stock;
    switch (rows->timing) {
    case TIMING_DATED: {
        size_t errors = diags_errors(a->diags);
        bool rows_are_stock =
            published_kind(published_column(a, indicator, rows), rows) == PUBLISHED_STOCK;
        if (diags_errors(a->diags) > errors)
            return; /* a mixture of both */
        if (rows_are_stock && !stock)
            stock_as_flow(a, indicator, rows, window);
        else if (!rows_are_stock && stock)
            flow_as_stock(a, rows, window);
        return;
    }
    case TIMING_HELD:
        if (!stock)
            stock_as_flow(a, indicator, rows, window);
        else
            published_flow_as_stock(a, indicator, rows, window);
        return;
    case TIMING_ACTIVE:
        if (stock)
            flow_as_stock(a, rows, window);
        return;
    case TIMING_LATEST:
        if (stock)
            published_flow_as_stock(a, indicator, rows, window);
        return;
    case TIMING_NONE:
        if (rows->where && expr_mentions_period(rows->where))
            return;
        diag_help(fault(a, DIAG_untimed_rows, rows->span,
                        "nothing says which rows of '%s' belong to a period", rows->source->name),
                  "write `dated DATE`, `held START to END`, `active START to END` or `latest "
                  "DATE` after the alias");
        return;
    }
}

/* ---- units ---- */

static void wrong_unit(Analysis *a, const Clauses *clauses, Span value, const char *what,
                       const char *help) {
    Diag *diag =
        fault(a, DIAG_unit_of_value, clauses->basis->span, "the basis does not fit: %s", what);
    diag_note(diag, value, "this is what is computed");
    diag_help(diag, "%s", help);
}

static void check_ratio_unit(Analysis *a, const Indicator *indicator, const Clauses *clauses) {
    Span span = indicator->numerator->span;
    bool numerator_money = indicator->numerator->type.kind == TYPE_MONEY;
    bool denominator_money = indicator->denominator->type.kind == TYPE_MONEY;
    if (!type_is_number(indicator->numerator->type.kind) ||
        !type_is_number(indicator->denominator->type.kind)) {
        wrong_unit(a, clauses, span, "only numbers are divided",
                   "take a count, or the sum of a number");
    } else if (denominator_money && !numerator_money) {
        wrong_unit(a, clauses, span, "a number is divided by money",
                   "put the money above: £ for each case");
    } else if (indicator->basis == BASIS_COUNT) {
        wrong_unit(a, clauses, span, "a ratio is no count",
                   "write `basis percent`, `basis per 1,000 \"children\"` or `basis number "
                   "\"unit\"`");
    } else if ((indicator->basis == BASIS_POUNDS) != (numerator_money && !denominator_money)) {
        wrong_unit(a, clauses, span,
                   indicator->basis == BASIS_POUNDS ? "no money is divided by a number"
                                                    : "money is divided by a number",
                   "money for each case has `basis £`");
    }
}

/* A number of days may be printed under any unit's name but as a count; what is declared in miles
 * is in miles. */
static bool unit_differs(const Indicator *indicator, const char *unit) {
    if (!unit)
        return false;
    bool days = strcmp(unit, "days") == 0;
    switch (indicator->basis) {
    case BASIS_NUMBER:
        return !days && (!indicator->unit || strcmp(indicator->unit, unit) != 0);
    case BASIS_DAYS:
        return !days;
    case BASIS_COUNT:
        return true;
    case BASIS_PERCENT:
    case BASIS_PER:
    case BASIS_POUNDS:
    case BASIS_POINTS:
        return false;
    }
    return false;
}

static void check_value_unit(Analysis *a, const Indicator *indicator, const Clauses *clauses) {
    TypeKind type = indicator->value->type.kind;
    Span span = indicator->value->span;
    if (!type_is_number(type))
        wrong_unit(a, clauses, span, "the value is no number", "an indicator's value is a number");
    else if (indicator->basis == BASIS_PERCENT || indicator->basis == BASIS_PER)
        wrong_unit(a, clauses, span, "a share or a rate has a numerator and a denominator",
                   "write `denominator` and `numerator` in place of `value`");
    else if ((indicator->basis == BASIS_POUNDS) != (type == TYPE_MONEY))
        wrong_unit(a, clauses, span,
                   type == TYPE_MONEY ? "the value is money" : "the value is no money",
                   type == TYPE_MONEY ? "write `basis £`" : "declare the column as money");
    else if (unit_differs(indicator, indicator->value->type.unit))
        wrong_unit(a, clauses, span,
                   indicator->basis == BASIS_COUNT ? "the value has a unit, and a count has none"
                                                   : "the value has another unit",
                   "write the unit of what is computed: `basis number \"unit\"`, or `basis days`");
    else if (indicator->basis == BASIS_COUNT && type != TYPE_INTEGER)
        wrong_unit(a, clauses, span, "the value is no whole number",
                   "write `basis number \"unit\"` and `decimals`");
}

/* Rates per 1,000 and per 10,000 are amounts of different size, whatever is made of them. */
static bool rates_differ(const Indicator *indicator) {
    const Indicator *first = NULL;
    for (size_t i = 0; i < indicator->inputs_len; i++) {
        const Indicator *input = indicator->inputs[i];
        if (input->basis != BASIS_PER)
            continue;
        if (first && num_compare(first->per, input->per) != 0)
            return true;
        first = input;
    }
    return false;
}

static void check_derived_unit(Analysis *a, const Indicator *indicator, const Clauses *clauses) {
    const char *unit = indicator->value->type.unit;
    Span span = indicator->value->span;
    bool points = unit && strcmp(unit, POINTS_UNIT) == 0;
    bool share = unit && strcmp(unit, SHARE_UNIT) == 0;
    if (!type_is_number(indicator->value->type.kind))
        wrong_unit(a, clauses, span, "the value is no number", "an indicator's value is a number");
    else if (rates_differ(indicator))
        wrong_unit(a, clauses, span, "it is made of rates per different numbers",
                   "give both rates the same `basis per`");
    else if (points != (indicator->basis == BASIS_POINTS))
        wrong_unit(a, clauses, span,
                   points ? "the difference of two percentages is in points"
                          : "this is no difference of two percentages",
                   points ? "write `basis points`" : "write the basis of what is computed");
    else if (share != (indicator->basis == BASIS_PERCENT))
        wrong_unit(a, clauses, span, share ? "the value is a percentage" : "the value is no share",
                   share ? "write `basis percent`" : "write `basis number \"unit\"`");
    else if ((indicator->basis == BASIS_POUNDS) != (indicator->value->type.kind == TYPE_MONEY))
        wrong_unit(a, clauses, span, "money has `basis £`, and nothing else has",
                   "write the basis of what is computed");
    else if (indicator->basis == BASIS_COUNT && indicator->value->type.kind != TYPE_INTEGER)
        wrong_unit(a, clauses, span, "the value is no whole number",
                   "write `basis number \"unit\"` and `decimals`");
}

/* ---- a numerator inside its denominator ---- */

static void check_inside(Analysis *a, const Indicator *indicator, const Clauses *clauses) {
    if (indicator->shape != SHAPE_RATIO || indicator->basis != BASIS_PERCENT)
        return;
    const Rowset *above = indicator->numerator->rows, *below = indicator->denominator->rows;
    if (rows_lie_inside(above, below))
        return;
    const char *why = above->source != below->source   ? "it counts rows of another source"
                      : above->timing != below->timing ? "its rows are chosen by another timing"
                                                       : "its rows need not be among those below";
    Diag *diag = fault(a, DIAG_numerator_outside_denominator, clauses->numerator->span,
                       "this numerator cannot lie inside its denominator: %s", why);
    diag_note(diag, clauses->denominator->span, "the denominator counts '%s%s%s'",
              below->source->name, below->timing == TIMING_NONE ? "" : " ",
              timing_word(below->timing));
    diag_note(diag, clauses->basis->span, "a percentage is a part of a whole");
    diag_help(diag, "write `numerator those where CONDITION` over the denominator's rows, or give "
                    "both the same dates and the numerator every condition of the denominator; a "
                    "rate has `basis per 1,000 \"...\"`");
}

bool units_check(Analysis *a, const Indicator *indicator, const Clauses *clauses) {
    size_t errors = diags_errors(a->diags);
    switch (indicator->shape) {
    case SHAPE_PROPORTION:
        if (indicator->basis != BASIS_PERCENT && indicator->basis != BASIS_PER)
            wrong_unit(a, clauses, clauses->numerator->span, "a part of the rows is a share",
                       "write `basis percent`, or `value count of ...` for the number alone");
        break;
    case SHAPE_RATIO:
        check_ratio_unit(a, indicator, clauses);
        break;
    case SHAPE_VALUE:
        check_value_unit(a, indicator, clauses);
        break;
    case SHAPE_DISTRIBUTION:
        if (indicator->basis != BASIS_PERCENT && indicator->basis != BASIS_COUNT)
            wrong_unit(a, clauses, clauses->distribution->span, "bands hold a share or a count",
                       "write `basis percent` or `basis count`");
        break;
    case SHAPE_DERIVED:
        check_derived_unit(a, indicator, clauses);
        break;
    }
    check_inside(a, indicator, clauses);
    return diags_errors(a->diags) == errors;
}

/* ---- taken dates ---- */

static void taken_missing(Analysis *a, Span span) {
    diag_help(fault(a, DIAG_taken_missing, span, "the project has no taken dates"),
              "write `taken 2017-01 on 2017-01-30` in the project, a line for each period");
}

static bool see_taken(void *context, const Expr *expr) {
    Analysis *a = context;
    if (expr->kind != EXPR_PERIOD_WORD || expr->as.period_word != PERIOD_WORD_TAKEN)
        return false;
    taken_missing(a, expr->span);
    return true;
}

/* One number has one taken date. */
static void check_taken_sources(Analysis *a, const Indicator *indicator) {
    const SourceModel *first = indicator_taken_source(indicator);
    for (size_t i = 0; i < indicator->rowsets_len; i++) {
        const SourceModel *other = indicator->rowsets[i]->source;
        if (other == first || other->taken_len == 0)
            continue;
        Diag *diag =
            fault(a, DIAG_taken_twice, indicator->rowsets[i]->span,
                  "'%s' and '%s' each have taken dates of their own", first->name, other->name);
        diag_note(diag, first->span, "'%s'", first->name);
        diag_help(diag, "give them to one of the two sources, or to the project");
        return;
    }
}

static void check_taken(Analysis *a, const Indicator *indicator, const Clauses *clauses) {
    check_taken_sources(a, indicator);
    if (a->model->project.taken_len > 0 || a->taken_lost || indicator_taken_source(indicator))
        return;
    if (indicator->window == WINDOW_SNAPSHOT_AT_TAKEN)
        taken_missing(a, clauses->window->span);
    Walk walk = {.expr = see_taken, .context = a};
    walk_indicator(&walk, indicator);
}

void indicator_check(Analysis *a, const Indicator *indicator, const Clauses *clauses) {
    for (size_t i = 0; i < indicator->rowsets_len; i++)
        check_timing(a, indicator, indicator->rowsets[i], clauses->window);
    check_taken(a, indicator, clauses);
}
