/* Names, members, literals and the logic of conditions; the other operators are in infer_*.c. */
#include <string.h>

#include "sema/analysis.h"
#include "syntax/print.h"

Type type_of(TypeKind kind) {
    return (Type){.kind = kind};
}

Expr *expr_new(Analysis *a, ExprKind kind, Type type, Span span) {
    Expr *expr = arena_alloc(a->arena, sizeof *expr);
    *expr = (Expr){.kind = kind, .type = type, .span = span};
    a->parts++;
    return expr;
}

Expr *expr_error(Analysis *a, Span span) {
    a->failed = true;
    return expr_new(a, EXPR_CONSTANT, type_of(TYPE_ERROR), span);
}

bool type_is_number(TypeKind kind) {
    return kind == TYPE_INTEGER || kind == TYPE_DECIMAL || kind == TYPE_MONEY;
}

bool expr_is_number(const Expr *expr) {
    return type_is_number(expr->type.kind);
}

static Expr *constant(Analysis *a, TypeKind type, Value value, Span span) {
    Expr *expr = expr_new(a, EXPR_CONSTANT, type_of(type), span);
    expr->as.constant = value;
    return expr;
}

static Expr *infer_number(Analysis *a, const Node *node) {
    const Node_Number *number = node_Number(node);
    switch (number->kind) {
    case NUMBER_PLAIN:
        return constant(a, num_is_integer(number->value) ? TYPE_INTEGER : TYPE_DECIMAL,
                        value_number(number->value), node->span);
    case NUMBER_POUNDS:
        return constant(a, TYPE_MONEY, value_number(number->value), node->span);
    case NUMBER_PERCENT:
        break;
    }
    Diag *diag = fault(a, DIAG_percent_in_condition, node->span,
                       "a percentage has no meaning inside a condition or an amount");
    diag_help(diag, "write it as a number: 0.5 for 50%%");
    return expr_error(a, node->span);
}

static Expr *infer_duration_literal(Analysis *a, const Node *node) {
    const Node_Duration *duration = node_Duration(node);
    static const struct {
        DurationKind kind;
        int factor;
    } units[] = {
        [DURATION_DAYS] = {SPAN_DAYS, 1},     [DURATION_WEEKS] = {SPAN_DAYS, 7},
        [DURATION_MONTHS] = {SPAN_MONTHS, 1}, [DURATION_QUARTERS] = {SPAN_MONTHS, 3},
        [DURATION_YEARS] = {SPAN_MONTHS, 12}, [DURATION_WORKING_DAYS] = {SPAN_WORKING_DAYS, 1}};
    Num amount;
    int64_t whole;
    bool fits = num_multiply(duration->amount, num_of_int(units[duration->unit].factor), &amount);
    if (!fits || !num_to_int64(amount, &whole) || whole > 1000000 || whole < -1000000) {
        Diag *diag = fault(a, DIAG_duration_not_whole, node->span,
                           "a duration must be a whole number of days or months");
        diag_help(diag, "2.5 years are 30 months; 1.5 months are no whole number");
        return expr_error(a, node->span);
    }
    if (duration->unit == DURATION_WORKING_DAYS && !calendar_needed(a, node->span))
        return expr_error(a, node->span);
    Expr *expr = expr_new(a, EXPR_DURATION, type_of(TYPE_DURATION), node->span);
    expr->as.duration.kind = units[duration->unit].kind;
    expr->as.duration.amount = whole;
    return expr;
}

static Expr *infer_period_word(Place *place, const Node *node) {
    Analysis *a = place->analysis;
    if (!place->in_indicator) {
        fault(a, DIAG_period_outside_indicator, node->span,
              "a column of a source is the same in every period: it cannot speak of the period or "
              "the taken date");
        return expr_error(a, node->span);
    }
    Expr *expr = expr_new(a, EXPR_PERIOD_WORD, type_of(TYPE_DATE), node->span);
    expr->as.period_word = node_PeriodWordUse(node)->word;
    return expr;
}

/* ---- names ---- */

static Expr *row_expr(Analysis *a, const RowVar *row, Span span) {
    Type type = type_of(TYPE_ROW);
    type.row = row->source;
    Expr *expr = expr_new(a, EXPR_ROW, type, span);
    expr->as.row = row;
    return expr;
}

static const ColumnModel *find_column(const SourceModel *source, Atom name) {
    for (size_t i = 0; i < source->columns_len; i++)
        if (source->columns[i].name == name)
            return &source->columns[i];
    return NULL;
}

static void unknown_column(Analysis *a, const SourceModel *source, Name name) {
    a->failed = true;
    if (source_declaration(a, source)->damaged || unknown_again(a, source, name))
        return;
    Diag *diag = fault(a, DIAG_unknown_column, name.span, "'%s' has no column '%s'", source->name,
                       name.atom);
    const char **names = arena_array(a->arena, source->columns_len + 1, sizeof *names);
    for (size_t i = 0; i < source->columns_len; i++)
        names[i] = source->columns[i].name;
    diag_suggest(unknown_said(a, source, name, diag), name.atom, names, source->columns_len);
    diag_note(diag, source->span, "'%s' is declared here", source->name);
}

static Expr *column_expr(Analysis *a, const Expr *row, Name name, Span span) {
    const SourceModel *source = row->type.row;
    const ColumnModel *column = find_column(source, name.atom);
    if (!column) {
        unknown_column(a, source, name);
        return expr_error(a, span);
    }
    column_compute(a, column);
    if (column->type.kind == TYPE_ERROR)
        return expr_error(a, span);
    a->parts += column->parts;
    if (column->levels > a->column_levels)
        a->column_levels = column->levels;
    Expr *expr = expr_new(a, EXPR_COLUMN, column->type, span);
    expr->as.column.row = row;
    expr->as.column.column = column;
    return expr;
}

static const Scope *scope_find(const Scope *scope, Atom name) {
    while (scope && scope->name != name)
        scope = scope->up;
    return scope;
}

typedef VEC(const char *) Names;

static Names names_in_sight(Analysis *a, const Scope *scope) {
    Names names = {0};
    for (; scope; scope = scope->up)
        if (scope->name)
            vec_push(a->arena, &names, scope->name);
    for (size_t i = 0; i < a->defines.names.len; i++)
        vec_push(a->arena, &names, a->defines.names.items[i]);
    return names;
}

/* An alias that is misspelt where it is declared is unknown wherever it is used: one message. */
static bool was_unknown(Analysis *a, Name name) {
    for (size_t i = 0; i < a->unknown.len; i++)
        if (a->unknown.items[i].name == name.atom)
            return true;
    NamedSpan named = {name.atom, name.span};
    vec_push(a->arena, &a->unknown, named);
    return false;
}

static Expr *unknown_name(Place *place, Name name, const Scope *scope) {
    Analysis *a = place->analysis;
    bool damaged = place->own && source_declaration(a, place->own)->damaged;
    if (was_unknown(a, name) || damaged)
        return expr_error(a, name.span);
    if (name_table_find(&a->indicators, name.atom)) {
        Diag *diag =
            fault(a, DIAG_indicator_in_condition, name.span,
                  "'%s' is an indicator: only a `value` can be made of indicators", name.atom);
        diag_help(diag, "give the rows themselves, with their alias: a.column");
        return expr_error(a, name.span);
    }
    Names names = names_in_sight(a, scope);
    if (name_is_lost(a, name.atom, names.items, names.len))
        return expr_error(a, name.span);
    Diag *diag = fault(a, DIAG_unknown_name, name.span,
                       "there is no alias, parameter or define '%s'", name.atom);
    if (scope && name_table_find(&a->sources, name.atom))
        diag_help(diag, "'%s' is a source: use the alias of its rows", name.atom);
    else
        diag_suggest(diag, name.atom, names.items, names.len);
    if (scope && scope->row && !text_nearest(name.atom, names.items, names.len))
        diag_note(diag, scope->span, "the rows here are called '%s'", scope->name);
    return expr_error(a, name.span);
}

static Expr *infer_argument(Analysis *a, const Scope *parameter) {
    if (written_out_too_long(a))
        return expr_error(a, parameter->argument->span);
    Place outside = *parameter->argument_place;
    outside.aliases = NULL; /* a parameter may be used twice: its aliases are no new ones */
    const Inlined *inlined = a->inlined;
    a->inlined = outside.inlined;
    /* What an argument says is not said by the define: f(f(x)) does not define f by itself. */
    bool in_progress = parameter->define->in_progress;
    parameter->define->in_progress = false;
    Expr *expr = infer(&outside, parameter->argument, parameter->argument_scope);
    parameter->define->in_progress = in_progress;
    a->inlined = inlined;
    return expr;
}

/* The value of another indicator, in the unit that it is printed in. */
static Type indicator_type(const Indicator *indicator) {
    Type type = type_of(TYPE_DECIMAL);
    switch (indicator->basis) {
    case BASIS_COUNT:
        return type_of(TYPE_INTEGER);
    case BASIS_POUNDS:
        return type_of(TYPE_MONEY);
    case BASIS_PERCENT:
        type.unit = SHARE_UNIT;
        return type;
    case BASIS_PER:
        type.unit = RATE_UNIT;
        return type;
    case BASIS_POINTS:
        type.unit = POINTS_UNIT;
        return type;
    case BASIS_DAYS:
        type.unit = "days";
        return type;
    case BASIS_NUMBER:
        type.unit = indicator->unit;
        return type;
    }
    return type;
}

static Expr *infer_indicator(Place *place, const Node *node, const Node *named) {
    Analysis *a = place->analysis;
    IndicatorDeclaration *declaration = analyse_indicator(a, named);
    if (declaration->in_progress) {
        Diag *diag = fault(a, DIAG_cyclic_indicator, node->span, "'%s' is made of itself",
                           declaration->indicator->id);
        diag_note(diag, declaration->indicator->span, "declared here");
        return expr_error(a, node->span);
    }
    if (!declaration->sound)
        return expr_error(a, node->span);
    const Indicator *indicator = declaration->indicator;
    if (indicator->shape == SHAPE_DISTRIBUTION) {
        fault(a, DIAG_indicator_in_condition, node->span,
              "'%s' is a distribution: it has a value for each band, and none of its own",
              indicator->id);
        return expr_error(a, node->span);
    }
    size_t known = 0;
    while (known < place->outer->inputs.len && place->outer->inputs.items[known] != indicator)
        known++;
    if (known == place->outer->inputs.len)
        vec_push(a->arena, &place->outer->inputs, indicator);
    Expr *expr = expr_new(a, EXPR_INDICATOR, indicator_type(indicator), node->span);
    expr->as.indicator = indicator;
    return expr;
}

static Expr *infer_name(Place *place, const Node *node, const Scope *scope) {
    Analysis *a = place->analysis;
    Name name = node_NameUse(node)->name;
    const Scope *found = scope_find(scope, name.atom);
    if (found && found->row)
        return row_expr(a, found->row, node->span);
    if (found) {
        return infer_argument(a, found);
    }
    if (place->own && find_column(place->own, name.atom)) {
        Expr *self = row_expr(a, &place->own->self, node->span);
        return column_expr(a, self, name, node->span);
    }
    DefineDeclaration *define = name_table_find(&a->defines, name.atom);
    if (define) {
        define->model->used = true;
        return infer_define(place, define, NULL, node->span, scope);
    }
    const Node *indicator = name_table_find(&a->indicators, name.atom);
    if (indicator && place->outer && !scope)
        return infer_indicator(place, node, indicator);
    return unknown_name(place, name, scope);
}

static Expr *infer_member(Place *place, const Node *node, const Scope *scope) {
    Analysis *a = place->analysis;
    const Node_Member *member = node_Member(node);
    Expr *base = infer(place, member->base, scope);
    if (base->type.kind == TYPE_ERROR)
        return expr_error(a, node->span);
    if (base->type.kind != TYPE_ROW) {
        Diag *diag = fault(a, DIAG_not_a_row, node->span, "'.%s' asks for a column, but this is %s",
                           member->name.atom, type_words(base->type));
        if (base->kind == EXPR_COLUMN)
            diag_note(diag, base->as.column.column->span,
                      "declared here; 'link to' would make it a link");
        return expr_error(a, node->span);
    }
    return column_expr(a, base, member->name, node->span);
}

/* ---- logic ---- */

Expr *infer_condition(Place *place, const Node *node, const Scope *scope) {
    Analysis *a = place->analysis;
    Expr *expr = infer(place, node, scope);
    if (expr->type.kind == TYPE_BOOLEAN || expr->type.kind == TYPE_ERROR)
        return expr;
    Diag *diag = fault(a, DIAG_not_a_condition, expr->span, "a condition is needed, but this is %s",
                       type_words(expr->type));
    diag_help(diag, "compare it with something: = , in (...), is missing");
    return expr_error(a, node->span);
}

static Expr *infer_logic(Place *place, const Node *node, const Scope *scope) {
    Analysis *a = place->analysis;
    const Node_Logic *logic = node_Logic(node);
    Expr *expr =
        expr_new(a, logic->op == LOGIC_AND ? EXPR_AND : EXPR_OR, type_of(TYPE_BOOLEAN), node->span);
    expr->as.logic.terms_len = logic->terms.len;
    expr->as.logic.terms = arena_array(a->arena, logic->terms.len, sizeof(Expr *));
    for (size_t i = 0; i < logic->terms.len; i++) {
        expr->as.logic.terms[i] = infer_condition(place, logic->terms.items[i], scope);
        if (expr->as.logic.terms[i]->type.kind == TYPE_ERROR)
            expr->type.kind = TYPE_ERROR;
    }
    return expr;
}

static Expr *infer_not(Place *place, const Node *node, const Scope *scope) {
    Expr *operand = infer_condition(place, node_Not(node)->operand, scope);
    Expr *expr = expr_new(place->analysis, EXPR_NOT, operand->type, node->span);
    expr->as.operand = operand;
    return expr;
}

static Expr *infer_is_missing(Place *place, const Node *node, const Scope *scope) {
    const Node_IsMissing *missing = node_IsMissing(node);
    Expr *value = infer(place, missing->value, scope);
    TypeKind type = value->type.kind == TYPE_ERROR ? TYPE_ERROR : TYPE_BOOLEAN;
    Expr *expr = expr_new(place->analysis, EXPR_IS_MISSING, type_of(type), node->span);
    expr->as.missing.value = value;
    expr->as.missing.negated = missing->negated;
    return expr;
}

static Expr *misplaced(Place *place, const Node *node, const char *what, const char *instead) {
    Diag *diag = fault(place->analysis, DIAG_misplaced_expression, node->span, "%s", what);
    diag_help(diag, "%s", instead);
    return expr_error(place->analysis, node->span);
}

static Expr *infer_text(Analysis *a, const Node *node) {
    const char *text = node_TextLiteral(node)->text.text;
    return constant(a, TYPE_TEXT, value_text(atom_of_text(a->session->atoms, text)), node->span);
}

/* dispatch */
Expr *infer(Place *place, const Node *node, const Scope *scope) {
    Analysis *a = place->analysis;
    switch (node->kind) {
    case NODE_NUMBER:
        return infer_number(a, node);
    case NODE_TEXT:
        return infer_text(a, node);
    case NODE_DATE:
        return constant(a, TYPE_DATE, value_date(node_DateLiteral(node)->date), node->span);
    case NODE_PERIOD:
        return misplaced(place, node, "a month, quarter or year is no day",
                         "write a day, as 2017-01-31, or 'period start' and 'period end'");
    case NODE_DURATION:
        return infer_duration_literal(a, node);
    case NODE_NAME:
        return infer_name(place, node, scope);
    case NODE_MEMBER:
        return infer_member(place, node, scope);
    case NODE_PERIOD_WORD:
        return infer_period_word(place, node);
    case NODE_CALL:
        return infer_call(place, node, scope);
    case NODE_NEGATE:
    case NODE_ARITHMETIC:
        return infer_arithmetic(place, node, scope);
    case NODE_COMPARISON:
        return infer_comparison(place, node, scope);
    case NODE_BETWEEN:
        return infer_between(place, node, scope);
    case NODE_IN_CODES:
        return infer_in_codes(place, node, scope);
    case NODE_IN_LIST:
        return infer_in_list(place, node, scope);
    case NODE_IS_MISSING:
        return infer_is_missing(place, node, scope);
    case NODE_WITHIN:
    case NODE_IN_SPAN:
        return infer_within(place, node, scope);
    case NODE_ELAPSED:
        return misplaced(place, node, "'elapsed' must be compared with a duration",
                         "write elapsed A to B >= 2 years, or days(a, b) for a number of days");
    case NODE_EXISTS:
        return infer_exists(place, node, scope);
    case NODE_NOT:
        return infer_not(place, node, scope);
    case NODE_LOGIC:
        return infer_logic(place, node, scope);
    case NODE_PARENTHESES:
        return infer(place, node_Parentheses(node)->inner, scope);
    case NODE_QUANTITY:
        return infer_nested_quantity(place, node, scope);
    case NODE_BROKEN_CLAUSE:
        return expr_error(a, node->span);
    case NODE_FILE:
    case NODE_PROJECT:
    case NODE_USE:
    case NODE_SOURCE:
    case NODE_CODES:
    case NODE_CALENDAR:
    case NODE_DEFINE:
    case NODE_INDICATOR:
    case NODE_TEST:
    case NODE_TEXT_CLAUSE:
    case NODE_NAME_CLAUSE:
    case NODE_DATE_CLAUSE:
    case NODE_CHECK_SETTING:
    case NODE_COVERS:
    case NODE_TAKEN:
    case NODE_KEY:
    case NODE_COLUMN:
    case NODE_TYPE:
    case NODE_SYMBOLS:
    case NODE_SYMBOL:
    case NODE_PUBLISHED:
    case NODE_ROWS:
    case NODE_ROW:
    case NODE_CODE:
    case NODE_WEEKEND:
    case NODE_HOLIDAY_DATES:
    case NODE_HOLIDAY_ROWS:
    case NODE_DENOMINATOR:
    case NODE_NUMERATOR:
    case NODE_VALUE:
    case NODE_EXCLUDE:
    case NODE_OF_WHICH:
    case NODE_BY:
    case NODE_BASIS:
    case NODE_WINDOW:
    case NODE_GOOD:
    case NODE_TARGET:
    case NODE_COMPARE:
    case NODE_DECIMALS:
    case NODE_PROJECT_DECIMALS:
    case NODE_NEIGHBOURS:
    case NODE_RATING:
    case NODE_MEMBERS:
    case NODE_MEMBER_ROWS:
    case NODE_MODEL_YEAR:
    case NODE_RATING_LINE:
    case NODE_RATING_RULE:
    case NODE_DISTRIBUTION:
    case NODE_BANDS:
    case NODE_BAND:
    case NODE_GOOD_BANDS:
    case NODE_TOLERANCE:
    case NODE_RATING_USE:
    case NODE_BENCHMARK:
    case NODE_BENCHMARK_ENTRY:
    case NODE_BREAK:
    case NODE_PROVISIONAL:
    case NODE_REPORTED:
    case NODE_SUPPRESS:
    case NODE_INTERVAL:
    case NODE_REPORT:
    case NODE_REPORT_FIELD:
    case NODE_REPORT_EVERY:
    case NODE_REPORT_PART:
    case NODE_REPORT_SECTION:
    case NODE_SHOW:
    case NODE_REFER:
    case NODE_GIVEN:
    case NODE_EXPECT:
    case NODE_GROUP_IS:
    case NODE_ROWSET:
    case NODE_KINDS:
        break;
    }
    return expr_error(a, node->span);
}
