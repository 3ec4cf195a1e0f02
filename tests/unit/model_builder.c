#include "tests/unit/model_builder.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

Builder *builder_new(void) {
    Session *session = session_new();
    Builder *b = arena_alloc(session->arena, sizeof *b);
    b->session = session;
    b->arena = session->arena;
    b->model.sources = arena_array(b->arena, BUILDER_MOST, sizeof(SourceModel *));
    b->model.codes = arena_array(b->arena, BUILDER_MOST, sizeof(CodeSet *));
    b->model.calendars = arena_array(b->arena, BUILDER_MOST, sizeof(CalendarModel *));
    b->model.indicators = arena_array(b->arena, BUILDER_MOST, sizeof(Indicator *));
    b->model.project.taken = arena_array(b->arena, BUILDER_MOST, sizeof(TakenDate));
    return b;
}

void builder_free(Builder *b) {
    if (b->run)
        arena_free(b->run);
    session_free(b->session);
}

static Atom atom(Builder *b, const char *text) {
    return atom_of_text(b->session->atoms, text);
}

/* Every declaration has a place of its own, so that equal messages are not taken for one. */
static Span next_span(Builder *b) {
    char text[2] = "x";
    return (Span){sources_add(b->session->sources, "built", text, 1), 0, 1};
}

Date day(const char *iso) {
    Date date;
    ck_assert_msg(date_parse_iso(iso, strlen(iso), &date), "no date: %s", iso);
    return date;
}

Period period(const char *text) {
    Period out;
    ck_assert_msg(period_parse(text, strlen(text), &out), "no period: %s", text);
    return out;
}

Num number(const char *text) {
    Num out;
    ck_assert_msg(num_parse(text, strlen(text), &out, NULL), "no number: %s", text);
    return out;
}

/* ---- sources ---- */

static char *copy_until(Builder *b, const char **text, const char *ends) {
    size_t len = strcspn(*text, ends);
    char *copy = arena_copy_text(b->arena, *text, len);
    *text += len;
    return copy;
}

static SourceModel *source_named(Builder *b, const char *name) {
    for (size_t i = 0; i < b->model.sources_len; i++)
        if (strcmp(b->model.sources[i]->name, name) == 0)
            return &b->sources[i];
    ck_abort_msg("no source: %s", name);
}

static void set_type(Builder *b, ColumnModel *column, const char *type) {
    if (strncmp(type, "text", 4) == 0)
        column->type.kind = TYPE_TEXT;
    else if (strncmp(type, "integer", 7) == 0)
        column->type.kind = TYPE_INTEGER;
    else if (strncmp(type, "decimal", 7) == 0)
        column->type.kind = TYPE_DECIMAL;
    else if (strncmp(type, "money", 5) == 0)
        column->type.kind = TYPE_MONEY;
    else if (strncmp(type, "date", 4) == 0)
        column->type.kind = TYPE_DATE;
    else if (strncmp(type, "yes_no", 6) == 0)
        column->type.kind = TYPE_BOOLEAN;
    else if (strncmp(type, "link(", 5) == 0) {
        const char *name = type + 5;
        column->type.kind = TYPE_ROW;
        column->type.row = source_named(b, copy_until(b, &name, ")"));
    } else
        ck_abort_msg("no type: %s", type);
    column->type.open = strstr(type, ",open") != NULL;
    column->optional = strstr(type, ",optional") != NULL;
    if (type[strlen(type) - 1] != '=')
        column->field = column->name;
}

static void add_columns(Builder *b, SourceModel *source, const char *columns) {
    source->columns = arena_array(b->arena, BUILDER_MOST, sizeof *source->columns);
    while (*columns) {
        ColumnModel *column = &source->columns[source->columns_len];
        column->name = atom(b, copy_until(b, &columns, ":"));
        columns++;
        column->source = source;
        column->index = source->columns_len++;
        column->span = next_span(b);
        set_type(b, column, copy_until(b, &columns, " "));
        columns += *columns == ' ';
    }
}

static void add_rows(Builder *b, SourceModel *source, const char *rows) {
    size_t most = 1;
    for (const char *c = rows; *c; c++)
        most += *c == '\n';
    source->cells = arena_array(b->arena, most * source->columns_len, sizeof *source->cells);
    while (*rows) {
        for (size_t i = 0; i < source->columns_len; i++) {
            if (!source->columns[i].field)
                continue;
            const char *cell = copy_until(b, &rows, "|\n");
            size_t place = source->rows_len * source->columns_len + i;
            source->cells[place] = strcmp(cell, "-") == 0 ? NULL : cell;
            rows += *rows == '|';
        }
        ck_assert_msg(*rows == '\n' || *rows == '\0', "too many cells: %s", rows);
        rows += *rows == '\n';
        source->rows_len++;
    }
}

SourceModel *build_source(Builder *b, const char *name, const char *columns, size_t keys,
                          const char *rows) {
    ck_assert_uint_lt(b->model.sources_len, BUILDER_MOST);
    SourceModel *source = &b->sources[b->model.sources_len];
    source->name = atom(b, name);
    source->index = b->model.sources_len;
    source->span = next_span(b);
    b->model.sources[b->model.sources_len++] = source;
    source->self = (RowVar){source->name, b->model.rowvars++, source, source->span};
    add_columns(b, source, columns);
    source->key = arena_array(b->arena, keys, sizeof *source->key);
    source->key_len = keys;
    for (size_t i = 0; i < keys; i++)
        source->key[i] = &source->columns[i];
    add_rows(b, source, rows ? rows : "");
    return source;
}

ColumnModel *build_column(SourceModel *source, const char *name) {
    for (size_t i = 0; i < source->columns_len; i++)
        if (strcmp(source->columns[i].name, name) == 0)
            return &source->columns[i];
    ck_abort_msg("no column: %s", name);
}

void build_symbols(SourceModel *source) {
    static SymbolSpec symbols[] = {{"c", SYMBOL_CONFIDENTIAL},
                                   {"u", SYMBOL_LOW_RELIABILITY},
                                   {"x", SYMBOL_UNAVAILABLE},
                                   {"z", SYMBOL_NOT_APPLICABLE},
                                   {"low", SYMBOL_LOW}};
    source->symbols = symbols;
    source->symbols_len = sizeof symbols / sizeof *symbols;
}

/* "A=Apple B=Berry" */
CodeSet *build_codes(Builder *b, const char *name, const char *codes_and_titles) {
    CodeSet *codes = arena_alloc(b->arena, sizeof *codes);
    codes->name = atom(b, name);
    codes->span = next_span(b);
    codes->entries = arena_array(b->arena, BUILDER_MOST, sizeof *codes->entries);
    for (const char *at = codes_and_titles; *at; at += *at == ' ') {
        CodeEntry *entry = &codes->entries[codes->entries_len++];
        entry->code = atom(b, copy_until(b, &at, "="));
        at++;
        entry->title = copy_until(b, &at, " ");
    }
    b->model.codes[b->model.codes_len++] = codes;
    return codes;
}

CalendarModel *build_calendar(Builder *b, const char *from, const char *to, const char *dates) {
    CalendarModel *calendar = arena_alloc(b->arena, sizeof *calendar);
    *calendar = (CalendarModel){.name = atom(b, "england"),
                                .span = next_span(b),
                                .weekend = 1u << 6 | 1u << 7,
                                .from = day(from),
                                .to = day(to)};
    calendar->dates = arena_array(b->arena, BUILDER_MOST, sizeof *calendar->dates);
    for (const char *at = dates; *at; at += *at == ' ')
        calendar->dates[calendar->dates_len++] = day(copy_until(b, &at, " "));
    b->model.calendars[b->model.calendars_len++] = calendar;
    b->model.project.calendar = calendar;
    return calendar;
}

void build_taken(Builder *b, const char *of, const char *on) {
    b->model.project.taken[b->model.project.taken_len++] = (TakenDate){period(of), day(on)};
}

/* ---- indicators ---- */

Indicator *build_indicator(Builder *b, const char *id) {
    ck_assert_uint_lt(b->model.indicators_len, BUILDER_MOST);
    Indicator *indicator = &b->indicators[b->model.indicators_len];
    b->model.indicators[b->model.indicators_len++] = indicator;
    *indicator = (Indicator){.id = atom(b, id),
                             .title = "A title",
                             .span = next_span(b),
                             .per = num_of_int(1),
                             .window = WINDOW_SNAPSHOT,
                             .every = EVERY_MONTH,
                             .year_end_month = 3,
                             .year_end_day = 31,
                             .good = GOOD_NEUTRAL,
                             .basis = BASIS_COUNT,
                             .compare = COMPARE_PREVIOUS_MONTH};
    indicator->rowsets = arena_array(b->arena, BUILDER_MOST, sizeof(Rowset *));
    indicator->excludes = arena_array(b->arena, BUILDER_MOST, sizeof(Part));
    indicator->parts = arena_array(b->arena, BUILDER_MOST, sizeof(Part));
    indicator->breakdowns = arena_array(b->arena, BUILDER_MOST, sizeof(Breakdown));
    return indicator;
}

static void add_rowset(Indicator *indicator, const Rowset *rows) {
    for (size_t i = 0; i < indicator->rowsets_len; i++)
        if (indicator->rowsets[i] == rows)
            return;
    indicator->rowsets[indicator->rowsets_len++] = rows;
}

static void percent(Indicator *indicator) {
    indicator->basis = BASIS_PERCENT;
    indicator->per = num_of_int(100);
    indicator->decimals = 1;
}

Indicator *build_proportion(Builder *b, const char *id, const Rowset *rows, const Expr *those) {
    Indicator *indicator = build_indicator(b, id);
    indicator->shape = SHAPE_PROPORTION;
    indicator->denominator_rows = rows;
    indicator->those = those;
    add_rowset(indicator, rows);
    percent(indicator);
    return indicator;
}

Indicator *build_ratio(Builder *b, const char *id, const Quantity *numerator,
                       const Quantity *denominator) {
    Indicator *indicator = build_indicator(b, id);
    indicator->shape = SHAPE_RATIO;
    indicator->numerator = numerator;
    indicator->denominator = denominator;
    add_rowset(indicator, numerator->rows);
    add_rowset(indicator, denominator->rows);
    percent(indicator);
    return indicator;
}

static void add_value_rowsets(Indicator *indicator, const Expr *value) {
    if (value->kind == EXPR_QUANTITY)
        add_rowset(indicator, value->as.quantity->rows);
    if (value->kind == EXPR_NEGATE)
        add_value_rowsets(indicator, value->as.operand);
    if (value->kind == EXPR_ARITHMETIC) {
        add_value_rowsets(indicator, value->as.arithmetic.left);
        add_value_rowsets(indicator, value->as.arithmetic.right);
    }
}

Indicator *build_value(Builder *b, const char *id, const Expr *value) {
    Indicator *indicator = build_indicator(b, id);
    indicator->shape = SHAPE_VALUE;
    indicator->value = value;
    add_value_rowsets(indicator, value);
    return indicator;
}

void build_rolling(Indicator *indicator, int months) {
    indicator->window = WINDOW_ROLLING;
    indicator->window_months = months;
}

void build_window(Indicator *indicator, WindowKind window, EveryKind every) {
    indicator->window = window;
    indicator->every = every;
    indicator->compare = every == EVERY_MONTH     ? COMPARE_PREVIOUS_MONTH
                         : every == EVERY_QUARTER ? COMPARE_PREVIOUS_QUARTER
                                                  : COMPARE_PREVIOUS_YEAR;
}

static Part *part_set(Builder *b, Part *part, const Indicator *indicator, const char *id,
                      const Expr *condition) {
    *part = (Part){atom(b, id), id, condition, indicator->rowsets[0], next_span(b)};
    return part;
}

Part *build_exclude(Builder *b, Indicator *indicator, const char *id, const Expr *condition) {
    return part_set(b, &indicator->excludes[indicator->excludes_len++], indicator, id, condition);
}

Part *build_part(Builder *b, Indicator *indicator, const char *id, const Expr *condition) {
    return part_set(b, &indicator->parts[indicator->parts_len++], indicator, id, condition);
}

Breakdown *build_by(Builder *b, Indicator *indicator, const char *label, const Expr *key,
                    const Expr *second_key) {
    Breakdown *breakdown = &indicator->breakdowns[indicator->breakdowns_len++];
    breakdown->label = label;
    breakdown->codes = key->type.codes;
    breakdown->keys = arena_array(b->arena, 2, sizeof(Expr *));
    breakdown->keys[0] = key;
    breakdown->keys[1] = second_key;
    return breakdown;
}

/* ---- expressions ---- */

static Expr *x_new(Builder *b, ExprKind kind, TypeKind type) {
    Expr *expr = arena_alloc(b->arena, sizeof *expr);
    *expr = (Expr){.kind = kind, .type = {.kind = type}, .span = next_span(b)};
    return expr;
}

Expr *x_number(Builder *b, const char *text) {
    Expr *expr = x_new(b, EXPR_CONSTANT, TYPE_DECIMAL);
    expr->as.constant = value_number(number(text));
    return expr;
}

Expr *x_text(Builder *b, const char *text) {
    Expr *expr = x_new(b, EXPR_CONSTANT, TYPE_TEXT);
    expr->as.constant = value_text(atom(b, text));
    return expr;
}

Expr *x_date(Builder *b, const char *iso) {
    Expr *expr = x_new(b, EXPR_CONSTANT, TYPE_DATE);
    expr->as.constant = value_date(day(iso));
    return expr;
}

Expr *x_duration(Builder *b, const char *text) {
    static const struct {
        const char *unit;
        DurationKind kind;
        int64_t each;
    } units[] = {{"day", SPAN_DAYS, 1},     {"week", SPAN_DAYS, 7},
                 {"month", SPAN_MONTHS, 1}, {"quarter", SPAN_MONTHS, 3},
                 {"year", SPAN_MONTHS, 12}, {"working day", SPAN_WORKING_DAYS, 1}};
    Expr *expr = x_new(b, EXPR_DURATION, TYPE_DURATION);
    size_t digits = strspn(text, "0123456789");
    const char *unit = text + digits;
    int64_t amount = 0;
    for (size_t i = 0; i < digits; i++)
        amount = amount * 10 + (text[i] - '0');
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strncmp(unit + 1, units[i].unit, strlen(units[i].unit)) == 0) {
            expr->as.duration.kind = units[i].kind;
            expr->as.duration.amount = amount * units[i].each;
            return expr;
        }
    ck_abort_msg("no duration: %s", text);
}

Expr *x_row(Builder *b, const RowVar *row) {
    Expr *expr = x_new(b, EXPR_ROW, TYPE_ROW);
    expr->type.row = row->source;
    expr->as.row = row;
    return expr;
}

static Expr *column_of(Builder *b, const Expr *row, const ColumnModel *column) {
    Expr *expr = x_new(b, EXPR_COLUMN, column->type.kind);
    expr->type = column->type;
    expr->as.column.row = row;
    expr->as.column.column = column;
    return expr;
}

Expr *x_column(Builder *b, const Rowset *rows, const char *path) {
    Expr *expr = x_row(b, rows->row);
    while (*path) {
        SourceModel *source = &b->sources[expr->type.row->index];
        expr = column_of(b, expr, build_column(source, copy_until(b, &path, ".")));
        path += *path == '.';
    }
    return expr;
}

Expr *x_own_column(Builder *b, SourceModel *source, const char *name) {
    return column_of(b, x_row(b, &source->self), build_column(source, name));
}

Expr *x_period(Builder *b, PeriodWord word) {
    Expr *expr = x_new(b, EXPR_PERIOD_WORD, TYPE_DATE);
    expr->as.period_word = word;
    return expr;
}

Expr *x_negate(Builder *b, Expr *operand) {
    Expr *expr = x_new(b, EXPR_NEGATE, TYPE_DECIMAL);
    expr->as.operand = operand;
    return expr;
}

Expr *x_arithmetic(Builder *b, Expr *left, const char *op, Expr *right) {
    Expr *expr = x_new(b, EXPR_ARITHMETIC, TYPE_DECIMAL);
    const char *ops = "+-*/";
    expr->as.arithmetic.op = (ArithmeticOp)(strchr(ops, op[0]) - ops);
    expr->as.arithmetic.left = left;
    expr->as.arithmetic.right = right;
    return expr;
}

Expr *x_shift(Builder *b, Expr *date, const char *op, const char *duration) {
    Expr *expr = x_new(b, EXPR_DATE_SHIFT, TYPE_DATE);
    expr->as.shift.date = date;
    expr->as.shift.duration = x_duration(b, duration);
    expr->as.shift.back = op[0] == '-';
    return expr;
}

static ComparisonOp comparison_op(const char *op) {
    for (int i = COMPARISON_EQUAL; i <= COMPARISON_GREATER_EQUAL; i++)
        if (strcmp(comparison_word((ComparisonOp)i), op) == 0)
            return (ComparisonOp)i;
    ck_abort_msg("no comparison: %s", op);
}

Expr *x_compare(Builder *b, Expr *left, const char *op, Expr *right) {
    Expr *expr = x_new(b, EXPR_COMPARISON, TYPE_BOOLEAN);
    expr->as.comparison.op = comparison_op(op);
    expr->as.comparison.left = left;
    expr->as.comparison.right = right;
    return expr;
}

Expr *x_elapsed(Builder *b, Expr *from, Expr *to, const char *op, const char *duration) {
    Expr *expr = x_new(b, EXPR_ELAPSED, TYPE_BOOLEAN);
    expr->as.elapsed.op = comparison_op(op);
    expr->as.elapsed.from = from;
    expr->as.elapsed.to = to;
    expr->as.elapsed.duration = x_duration(b, duration);
    return expr;
}

Expr *x_between(Builder *b, Expr *value, Expr *low, Expr *high) {
    Expr *expr = x_new(b, EXPR_BETWEEN, TYPE_BOOLEAN);
    expr->as.between.value = value;
    expr->as.between.low = low;
    expr->as.between.high = high;
    return expr;
}

static Expr *near(Builder *b, ExprKind kind, Expr *date, const char *duration, bool before,
                  Expr *anchor) {
    Expr *expr = x_new(b, kind, TYPE_BOOLEAN);
    expr->as.within.date = date;
    expr->as.within.duration = x_duration(b, duration);
    expr->as.within.anchor = anchor;
    expr->as.within.before = before;
    return expr;
}

Expr *x_within(Builder *b, Expr *date, const char *duration, bool before, Expr *anchor) {
    return near(b, EXPR_WITHIN, date, duration, before, anchor);
}

Expr *x_in_span(Builder *b, Expr *date, const char *duration, Expr *anchor) {
    return near(b, EXPR_IN_SPAN, date, duration, true, anchor);
}

Expr *x_in_codes(Builder *b, Expr *value, const CodeSet *codes, bool negated) {
    Expr *expr = x_new(b, EXPR_IN, TYPE_BOOLEAN);
    expr->as.in.value = value;
    expr->as.in.codes = codes;
    expr->as.in.negated = negated;
    return expr;
}

Expr *x_in_numbers(Builder *b, Expr *value, const char *a, const char *c) {
    Expr *expr = x_new(b, EXPR_IN, TYPE_BOOLEAN);
    Value *items = arena_array(b->arena, 2, sizeof *items);
    items[0] = value_number(number(a));
    items[1] = value_number(number(c));
    expr->as.in.value = value;
    expr->as.in.items = items;
    expr->as.in.items_len = 2;
    return expr;
}

Expr *x_missing(Builder *b, Expr *value, bool negated) {
    Expr *expr = x_new(b, EXPR_IS_MISSING, TYPE_BOOLEAN);
    expr->as.missing.value = value;
    expr->as.missing.negated = negated;
    return expr;
}

Expr *x_exists(Builder *b, const Rowset *rows, bool none) {
    Expr *expr = x_new(b, EXPR_EXISTS, TYPE_BOOLEAN);
    expr->as.exists.rows = rows;
    expr->as.exists.none = none;
    return expr;
}

Expr *x_quantity(Builder *b, const Quantity *quantity) {
    Expr *expr = x_new(b, EXPR_QUANTITY, TYPE_DECIMAL);
    expr->type = quantity->type;
    expr->as.quantity = quantity;
    return expr;
}

Expr *x_call(Builder *b, FunctionId function, Expr *first, Expr *second, Expr *third) {
    Expr *expr = x_new(b, EXPR_FUNCTION, function == FUNCTION_DAY ? TYPE_DATE : TYPE_INTEGER);
    const Expr **arguments = arena_array(b->arena, 3, sizeof *arguments);
    arguments[0] = first;
    arguments[1] = second;
    arguments[2] = third;
    expr->as.call.function = function;
    expr->as.call.arguments = arguments;
    expr->as.call.arguments_len = third ? 3 : second ? 2 : 1;
    expr->as.call.calendar = b->model.project.calendar;
    return expr;
}

Expr *x_not(Builder *b, Expr *operand) {
    Expr *expr = x_new(b, EXPR_NOT, TYPE_BOOLEAN);
    expr->as.operand = operand;
    return expr;
}

static Expr *logic(Builder *b, ExprKind kind, Expr *left, Expr *right) {
    Expr *expr = x_new(b, kind, TYPE_BOOLEAN);
    const Expr **terms = arena_array(b->arena, 2, sizeof *terms);
    terms[0] = left;
    terms[1] = right;
    expr->as.logic.terms = terms;
    expr->as.logic.terms_len = 2;
    return expr;
}

Expr *x_and(Builder *b, Expr *left, Expr *right) {
    return logic(b, EXPR_AND, left, right);
}

Expr *x_or(Builder *b, Expr *left, Expr *right) {
    return logic(b, EXPR_OR, left, right);
}

Rowset *x_rows(Builder *b, SourceModel *source, const char *alias, TimingKind timing,
               const char *start, const char *end) {
    RowVar *row = arena_alloc(b->arena, sizeof *row);
    *row = (RowVar){atom(b, alias), b->model.rowvars++, source, next_span(b)};
    Rowset *rows = arena_alloc(b->arena, sizeof *rows);
    *rows = (Rowset){.source = source, .row = row, .timing = timing, .span = row->span};
    if (start)
        rows->start = x_column(b, rows, start);
    if (end)
        rows->end = x_column(b, rows, end);
    return rows;
}

Rowset *x_nested(Builder *b, SourceModel *source, const char *alias, TimingKind timing,
                 const char *start, const char *end) {
    Rowset *rows = x_rows(b, source, alias, timing, start, end);
    rows->nested = true;
    return rows;
}

Quantity *x_measure(Builder *b, QuantityKind kind, Expr *value, const Rowset *rows) {
    Quantity *quantity = arena_alloc(b->arena, sizeof *quantity);
    *quantity = (Quantity){.kind = kind,
                           .percentile = num_of_int(0),
                           .value = value,
                           .rows = rows,
                           .type = {.kind = value ? value->type.kind : TYPE_INTEGER},
                           .span = next_span(b)};
    return quantity;
}

/* ---- running ---- */

static void need_everything(Builder *b, Plan *plan) {
    plan_needs_begin(plan, b->arena, &b->model);
    for (size_t i = 0; i < b->model.sources_len; i++) {
        PlanTable *table = &plan->tables[i];
        table->source = b->model.sources[i];
        table->needed = arena_array(b->arena, table->source->columns_len, sizeof(bool));
        table->followed = arena_array(b->arena, table->source->columns_len, sizeof(bool));
        for (size_t c = 0; c < table->source->columns_len; c++) {
            table->needed[c] = true;
            table->followed[c] = table->source->columns[c].type.kind == TYPE_ROW;
        }
    }
    plan_needs_end(plan);
}

void build_data(Builder *b, Data *data) {
    Plan plan = {0};
    need_everything(b, &plan);
    b->run = arena_new();
    ck_assert_int_eq(data_load(b->session, &plan, NULL, b->run, data), STORE_OK);
}

static PlanRequest request_of(const char *from, const char *to) {
    return (PlanRequest){.series = to != NULL, .from = period(from), .to = period(to ? to : from)};
}

const PlanIndicator *build_plan(Builder *b, const Indicator *indicator, const char *from,
                                const char *to) {
    PlanRequest request = request_of(from, to);
    request.indicators = &indicator;
    request.indicators_len = 1;
    b->plan = plan_build(b->session, b->arena, &b->model, &request);
    return b->plan->indicators[0];
}

void build_run(Builder *b, const char *from, const char *to) {
    PlanRequest request = request_of(from, to);
    request.indicators = b->model.indicators;
    request.indicators_len = b->model.indicators_len;
    b->plan = plan_build(b->session, b->arena, &b->model, &request);
    if (!b->run)
        b->run = arena_new();
    b->outcome = engine_reference_run(b->session, b->plan, NULL, b->run, &b->result);
}

static bool labelled(const GroupKey *key, const char *label) {
    return label ? !key->whole && key->label && strcmp(key->label, label) == 0 : key->whole;
}

const Cell *cell_of(const Builder *b, const Indicator *indicator, const char *first,
                    const char *second) {
    if (!indicator)
        indicator = b->model.indicators[b->model.indicators_len - 1];
    for (size_t i = 0; i < b->result.cells_len; i++) {
        const Cell *cell = b->result.cells[i];
        size_t keys = cell->indicator->breakdowns_len;
        if (cell->indicator == indicator && cell->asked &&
            (keys < 1 || labelled(&cell->group[0], first)) &&
            (keys < 2 || labelled(&cell->group[1], second)))
            return cell;
    }
    return NULL;
}

size_t messages_with(const Builder *b, int code) {
    char wanted[16];
    StrBuf text = {0};
    size_t found = 0;
    snprintf(wanted, sizeof wanted, "[KPI%04d]", code);
    diags_render_text(b->session->diags, &text, 0, false);
    for (const char *at = strbuf_text(&text); (at = strstr(at, wanted)); at++)
        found++;
    strbuf_fini(&text);
    return found;
}

bool messages_say(const Builder *b, const char *words) {
    StrBuf text = {0};
    diags_render_text(b->session->diags, &text, 0, false);
    bool found = strstr(strbuf_text(&text), words) != NULL;
    strbuf_fini(&text);
    return found;
}
