/* Values: what an expression is in one row. */
#include <string.h>

#include "engine/sql/generate.h"

/* ---- making ---- */

SqlValue sql_date_value(const char *text, bool always) {
    return (SqlValue){.type = SQL_DATE, .text = text, .always = always};
}

SqlValue sql_number_value(const char *text, bool always, int64_t most) {
    return (SqlValue){.type = SQL_NUMBER, .text = text, .always = always, .most = most};
}

const char *sql_either(Sql *sql, const char *error, const char *other) {
    if (!error || !other)
        return error ? error : other;
    return strcmp(error, other) == 0 ? error : sql_text(sql, "(%s OR %s)", error, other);
}

SqlValue sql_exact(Sql *sql, SqlValue value) {
    if (!value.high)
        return value;
    value.text = sql_text(sql, "CASE WHEN %s = %s THEN %s END", value.text, value.high, value.text);
    value.high = NULL;
    value.always = false;
    return value;
}

static SqlValue missing_value(SqlType type) {
    return (SqlValue){.type = type, .text = "NULL"};
}

/* ---- constants ---- */

/* As a whole number of 10^-scale. */
static bool scaled(Num number, int *scale, int64_t *units) {
    for (*scale = 0; *scale <= 18; ++*scale) {
        if (num_to_int64(number, units))
            return true;
        if (!num_multiply(number, num_of_int(10), &number))
            return false;
    }
    return false;
}

static SqlValue number_constant(Sql *sql, const Expr *expr) {
    Num number = expr->as.constant.as.number;
    SqlValue value = {.type = SQL_NUMBER, .always = true, .most = INT64_MAX};
    int64_t units;
    StrBuf words = {0};
    if (!scaled(number, &value.scale, &units)) {
        value.text = sql_refuse(sql, expr->span, "a number of so many digits");
    } else if (sql->dialect->scaled || value.scale == 0) {
        value.text = sql_bind_integer(sql, units);
        value.most = units == INT64_MIN ? INT64_MAX : units < 0 ? -units : units;
    } else {
        num_print_exact(&words, number);
        value.text =
            sql_bind_numeric(sql, arena_copy_text(sql->arena, strbuf_text(&words), words.len));
        value.scale = 0;
    }
    strbuf_fini(&words);
    return value;
}

static SqlValue constant(Sql *sql, const Expr *expr) {
    const Value *value = &expr->as.constant;
    switch (value->kind) {
    case VALUE_MISSING:
        return missing_value(SQL_TEXT);
    case VALUE_BOOL:
        return (SqlValue){
            .type = SQL_BOOLEAN, .text = value->as.yes ? "TRUE" : "FALSE", .always = true};
    case VALUE_NUMBER:
        return number_constant(sql, expr);
    case VALUE_TEXT:
        return (SqlValue){
            .type = SQL_TEXT, .text = sql_bind_text(sql, value->as.text), .always = true};
    case VALUE_DATE:
        return sql_date_value(sql_bind_date(sql, value->as.date), true);
    }
    return missing_value(SQL_TEXT);
}

/* ---- rows and columns ---- */

/* The columns that hold the link and the key are of one kind, but maybe not of one scale. */
static const char *keys_are_equal(Sql *sql, const SqlValue *key, const SourceModel *linked,
                                  const char *alias) {
    SqlValue own = *key;
    own.text = sql_text(sql, "%s.kpi_key", alias);
    own.always = false;
    own.error = own.symbol = NULL;
    if (!linked->key[0]->computed)
        own.scale = sql->dialect->scaled ? sql_facts(sql, linked->key[0]).scale : 0;
    return sql_compare(sql, COMPARISON_EQUAL, &own, key).text;
}

static SqlRow linked_row(Sql *sql, const Expr *expr) {
    const ColumnModel *link = expr->as.column.column;
    SqlRow holder = sql_row(sql, expr->as.column.row), plain = holder;
    const SourceModel *linked = link->type.row;
    const char *key = sql_text(sql, "%s %zu", holder.alias, link->index);
    const char *alias = sql_scope_find(holder.scope, key);
    if (!alias) {
        SqlScope *around = sql->scope;
        sql->scope = holder.scope;
        plain.gathered = NULL; /* it is joined where its holder is gathered */
        SqlValue value = sql_column(sql, plain, link);
        alias = sql_text(sql, "kpi_linked_%zu", ++sql->aliases);
        const char *join = sql_text(sql, "LEFT JOIN %s AS %s ON %s", sql_source_by_key(sql, linked),
                                    alias, keys_are_equal(sql, &value, linked, alias));
        sql_scope_add(sql, holder.scope, key, alias, join);
        sql->scope = around;
    }
    return (SqlRow){alias, holder.scope, true, NULL, holder.gathered};
}

SqlRow sql_row(Sql *sql, const Expr *row) {
    return row->kind == EXPR_ROW ? sql->frame[row->as.row->id] : linked_row(sql, row);
}

static SqlType type_of_kind(ColumnKind kind) {
    switch (kind) {
    case COLUMN_TEXT:
        return SQL_TEXT;
    case COLUMN_INTEGER:
    case COLUMN_DECIMAL:
    case COLUMN_MONEY:
        return SQL_NUMBER;
    case COLUMN_DATE:
        return SQL_DATE;
    case COLUMN_YES_NO:
        return SQL_BOOLEAN;
    }
    return SQL_TEXT;
}

static SqlValue stored_column(Sql *sql, SqlRow row, const ColumnModel *column) {
    SqlFacts facts = sql_facts(sql, column);
    const SqlNames *names = &sql->names[column->source->index];
    names->columns_used[column->index] = true;
    SqlValue value = {.type = type_of_kind(facts.kind),
                      .text = sql_cell(sql, row, names->columns[column->index]),
                      .always = !facts.missing && !row.lacks,
                      .scale = sql->dialect->scaled ? facts.scale : 0,
                      .most = facts.most};
    if (facts.symbols)
        value.symbol = sql_cell(sql, row, names->symbols[column->index]);
    return value;
}

/* The expression in terms of the row; nothing where there is no row. */
static SqlValue computed_column(Sql *sql, SqlRow row, const ColumnModel *column) {
    SqlRow *self = &sql->frame[column->source->self.id], around = *self;
    Building *apart = sql->apart;
    *self = row;
    self->lacks = false;
    self->rows = NULL;
    sql->apart = NULL; /* parts of it are of the row where it stands */
    SqlValue value = sql_exact(sql, sql_value(sql, column->computed));
    sql->apart = apart;
    *self = around;
    if (!row.lacks)
        return value;
    const char *there = sql_text(sql, "%s IS NOT NULL", sql_cell(sql, row, "kpi_row"));
    if (value.under)
        value.under = sql_text(sql, "CASE WHEN %s THEN %s END", there, value.under);
    value.text = sql_text(sql, "CASE WHEN %s THEN %s END", there, value.text);
    if (value.error)
        value.error = sql_text(sql, "(%s AND %s)", there, value.error);
    if (value.symbol)
        value.symbol = sql_text(sql, "CASE WHEN %s THEN %s ELSE 0 END", there, value.symbol);
    value.always = false;
    return value;
}

/* Not yet: there is a row, and no date in it, nor a mark that says why. */
static void set_not_yet(Sql *sql, SqlRow row, SqlValue *value) {
    value->not_yet = NULL;
    if (value->always)
        return;
    value->plain_not_yet = !row.lacks && !value->symbol;
    value->not_yet = sql_text(sql, "%s IS NULL", value->text);
    if (value->error)
        value->not_yet = sql_text(sql, "%s AND NOT %s", value->not_yet, value->error);
    if (value->error)
        value->plain_not_yet = false;
    if (row.lacks)
        value->not_yet =
            sql_text(sql, "%s AND %s IS NOT NULL", value->not_yet, sql_cell(sql, row, "kpi_row"));
    if (value->symbol)
        value->not_yet = sql_text(sql, "%s AND coalesce(%s, 0) = 0", value->not_yet, value->symbol);
    value->not_yet = sql_text(sql, "(%s)", value->not_yet);
}

SqlValue sql_column(Sql *sql, SqlRow row, const ColumnModel *column) {
    SqlValue value =
        column->computed ? computed_column(sql, row, column) : stored_column(sql, row, column);
    if (column->type.open)
        set_not_yet(sql, row, &value);
    else
        value.not_yet = NULL;
    return value;
}

SqlValue sql_key_of_row(Sql *sql, const RowVar *var) {
    const SourceModel *source = var->source;
    SqlRow row = sql->frame[var->id];
    if (source->key_len == 1)
        return sql_column(sql, row, source->key[0]);
    if (source->key_len > 1)
        sql->names[source->index].same_used = true;
    const char *name = source->key_len > 1 ? "kpi_same" : "kpi_row";
    return sql_number_value(sql_cell(sql, row, name), true, INT64_MAX);
}

static SqlValue member(Sql *sql, const Expr *expr) {
    return sql_column(sql, sql_row(sql, expr->as.column.row), expr->as.column.column);
}

const char *sql_window(Sql *sql) {
    sql->windowed = true;
    return sql->window;
}

static SqlValue period_word(Sql *sql, PeriodWord word) {
    if (!sql->window)
        return missing_value(SQL_DATE);
    switch (word) {
    case PERIOD_WORD_START:
        return sql_date_value(sql_text(sql, "%s.kpi_first", sql_window(sql)), true);
    case PERIOD_WORD_END:
        return sql_date_value(sql_text(sql, "%s.kpi_last", sql_window(sql)), true);
    case PERIOD_WORD_TAKEN:
        return sql_date_value(sql_text(sql, "%s.kpi_taken", sql_window(sql)), false);
    }
    return missing_value(SQL_DATE);
}

/* ---- numbers ---- */

static int64_t most_product(int64_t a, int64_t b) {
    int64_t product;
    return __builtin_mul_overflow(a, b, &product) ? INT64_MAX : product;
}

static int64_t most_sum(int64_t a, int64_t b) {
    int64_t sum;
    return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

static const char *kept_exact(Sql *sql, SqlValue *value, const char *text) {
    const char *large = sql->dialect->too_large(sql, text);
    value->error = sql_either(sql, value->error, large);
    return sql_text(sql, "(CASE WHEN NOT %s THEN %s END)", large, text);
}

void sql_keep_exact(Sql *sql, SqlValue *value) {
    if (value->most < INT64_MAX)
        return;
    value->text = kept_exact(sql, value, value->text);
    if (value->high)
        value->high = kept_exact(sql, value, value->high);
    if (value->under)
        value->under = kept_exact(sql, value, value->under);
    value->always = false;
}

static const char *times(Sql *sql, const char *text, int64_t factor) {
    return factor == 1 ? text : sql_text(sql, "%s * %s", text, sql_bind_integer(sql, factor));
}

/* What is multiplied must not overflow where it stands: PostgreSQL stops at that. */
static const char *as_factor(Sql *sql, const char *text) {
    return sql->dialect->scaled ? sql_text(sql, "(%s)", text)
                                : sql_text(sql, "CAST(%s AS numeric)", text);
}

SqlValue sql_rescale(Sql *sql, SqlValue value, int scale) {
    int64_t factor = 1;
    for (int i = value.scale; i < scale; i++)
        factor = most_product(factor, 10);
    if (factor == 1)
        return value;
    value.text = sql_text(sql, "(%s)", times(sql, as_factor(sql, value.text), factor));
    if (value.high)
        value.high = sql_text(sql, "(%s)", times(sql, as_factor(sql, value.high), factor));
    value.scale = scale;
    value.most = most_product(value.most, factor);
    sql_keep_exact(sql, &value);
    return value;
}

static SqlValue negate(Sql *sql, const Expr *expr) {
    SqlValue value = sql_value(sql, expr->as.operand);
    const char *low = value.text;
    value.text = sql_text(sql, "(- %s)", as_factor(sql, value.high ? value.high : low));
    if (value.high)
        value.high = sql_text(sql, "(- %s)", as_factor(sql, low));
    value.not_yet = NULL;
    sql_keep_exact(sql, &value);
    return value;
}

/* The symbol of what is missing: that of the one that is, or the stronger. */
static const char *why_missing(Sql *sql, const SqlValue *a, const SqlValue *b) {
    if (!a->symbol && !b->symbol)
        return NULL;
    const char *left = a->symbol ? a->symbol : "0", *right = b->symbol ? b->symbol : "0";
    if (a->always)
        return right;
    if (b->always)
        return left;
    const char *both = sql->dialect->least(
        sql, sql_text(sql, "coalesce(nullif(%s, 0), %d)", left, SYMBOL_UNAVAILABLE),
        sql_text(sql, "coalesce(nullif(%s, 0), %d)", right, SYMBOL_UNAVAILABLE));
    return sql_text(sql,
                    "CASE WHEN %s IS NOT NULL THEN %s WHEN %s IS NOT NULL OR coalesce(%s, 0) = "
                    "coalesce(%s, 0) THEN %s ELSE %s END",
                    a->text, right, b->text, left, right, left, both);
}

/* Over one denominator. */
static void bring_together(Sql *sql, SqlValue *a, SqlValue *b) {
    const char *under_a = a->under ? a->under : "1", *under_b = b->under ? b->under : "1";
    const char *above_a = a->text;
    if (!a->under && !b->under)
        return;
    a->text = sql_text(sql, "(%s * %s)", as_factor(sql, above_a), as_factor(sql, under_b));
    b->text = sql_text(sql, "(%s * %s)", as_factor(sql, b->text), as_factor(sql, under_a));
    a->under = b->under =
        sql_text(sql, "(%s * %s)", as_factor(sql, under_a), as_factor(sql, under_b));
    a->most = b->most = INT64_MAX;
}

static SqlValue add(Sql *sql, ArithmeticOp op, SqlValue a, SqlValue b) {
    bool minus = op == ARITHMETIC_SUBTRACT;
    const char *sign = minus ? "-" : "+";
    int scale = a.scale > b.scale ? a.scale : b.scale;
    if ((a.under || b.under) && (a.high || b.high)) {
        a = sql_exact(sql, a);
        b = sql_exact(sql, b);
    }
    a = sql_rescale(sql, a, scale);
    b = sql_rescale(sql, b, scale);
    bring_together(sql, &a, &b);
    SqlValue result = {.type = SQL_NUMBER,
                       .scale = scale,
                       .under = a.under,
                       .most = most_sum(a.most, b.most),
                       .error = sql_either(sql, a.error, b.error)};
    const char *low = minus && b.high ? b.high : b.text, *high = minus || !b.high ? b.text : b.high;
    result.text = sql_text(sql, "(%s %s %s)", as_factor(sql, a.text), sign, as_factor(sql, low));
    if (a.high || b.high)
        result.high = sql_text(sql, "(%s %s %s)", as_factor(sql, a.high ? a.high : a.text), sign,
                               as_factor(sql, high));
    return result;
}

static SqlValue multiply(Sql *sql, SqlValue a, SqlValue b) {
    a = sql_exact(sql, a);
    b = sql_exact(sql, b);
    SqlValue result = {.type = SQL_NUMBER,
                       .scale = a.scale + b.scale,
                       .most = most_product(a.most, b.most),
                       .error = sql_either(sql, a.error, b.error)};
    result.text = sql_text(sql, "(%s * %s)", as_factor(sql, a.text), as_factor(sql, b.text));
    if (a.under || b.under)
        result.under = sql_text(sql, "(%s * %s)", as_factor(sql, a.under ? a.under : "1"),
                                as_factor(sql, b.under ? b.under : "1"));
    return result;
}

/* (a / c) / (b / d) = (a d) / (c b), with the sign above the line. */
static SqlValue divide(Sql *sql, SqlValue a, SqlValue b) {
    a = sql_exact(sql, a);
    b = sql_exact(sql, b);
    int scale = a.scale > b.scale ? a.scale : b.scale;
    a = sql_rescale(sql, a, scale);
    b = sql_rescale(sql, b, scale);
    const char *above = as_factor(sql, a.text), *below = as_factor(sql, b.text);
    if (b.under)
        above = sql_text(sql, "%s * %s", above, as_factor(sql, b.under));
    const char *under = sql_text(sql, "abs(%s)", below);
    if (a.under)
        under = sql_text(sql, "%s * %s", under, as_factor(sql, a.under));
    SqlValue result = {.type = SQL_NUMBER,
                       .most = a.under || b.under ? INT64_MAX
                               : a.most > b.most  ? a.most
                                                  : b.most,
                       .error = sql_either(sql, a.error, b.error)};
    result.text = sql_text(sql, "CASE WHEN %s > 0 THEN %s WHEN %s < 0 THEN - (%s) END", b.text,
                           above, b.text, above);
    result.text = sql_text(sql, "(%s)", result.text);
    result.under = sql_text(sql, "nullif(%s, 0)", under);
    SqlValue by_zero = b;
    result.symbol = why_missing(sql, &a, &by_zero);
    const char *zero = sql_text(sql, "CASE WHEN %s = 0 AND %s IS NOT NULL THEN %d", b.text, a.text,
                                SYMBOL_NOT_APPLICABLE);
    result.symbol = sql_text(sql, "%s ELSE %s END", zero, result.symbol ? result.symbol : "0");
    return result;
}

static SqlValue arithmetic(Sql *sql, const Expr *expr) {
    SqlValue a = sql_value(sql, expr->as.arithmetic.left);
    SqlValue b = sql_value(sql, expr->as.arithmetic.right);
    ArithmeticOp op = expr->as.arithmetic.op;
    a.not_yet = b.not_yet = NULL;
    SqlValue result = op == ARITHMETIC_DIVIDE     ? divide(sql, a, b)
                      : op == ARITHMETIC_MULTIPLY ? multiply(sql, a, b)
                                                  : add(sql, op, a, b);
    result.always = a.always && b.always && op != ARITHMETIC_DIVIDE && !a.high && !b.high;
    sql_keep_exact(sql, &result);
    if (op != ARITHMETIC_DIVIDE)
        result.symbol = why_missing(sql, &a, &b);
    return result;
}

/* ---- the rest ---- */

static SqlValue of_truth(SqlTruth truth) {
    return (SqlValue){
        .type = SQL_BOOLEAN, .text = truth.text, .error = truth.error, .always = truth.always};
}

static SqlValue plain_bracket(Sql *sql, SqlValue value) {
    value.text = sql_text(sql, "(%s)", value.text);
    return value;
}

/* dispatch */
static SqlValue made_here(Sql *sql, const Expr *expr) {
    switch (expr->kind) {
    case EXPR_CONSTANT:
        return constant(sql, expr);
    case EXPR_DURATION:
    case EXPR_INDICATOR:
        break;
    case EXPR_ROW:
        return sql_key_of_row(sql, expr->as.row);
    case EXPR_COLUMN:
        return member(sql, expr);
    case EXPR_PERIOD_WORD:
        return period_word(sql, expr->as.period_word);
    case EXPR_NEGATE:
        return negate(sql, expr);
    case EXPR_ARITHMETIC:
        return arithmetic(sql, expr);
    case EXPR_DATE_SHIFT:
        return sql_shift(sql, sql_value(sql, expr->as.shift.date), expr->as.shift.duration,
                         expr->as.shift.back);
    case EXPR_QUANTITY:
        return sql_quantity(sql, expr->as.quantity);
    case EXPR_FUNCTION:
        return sql_function(sql, expr);
    case EXPR_COMPARISON:
    case EXPR_ELAPSED:
    case EXPR_BETWEEN:
    case EXPR_WITHIN:
    case EXPR_IN_SPAN:
    case EXPR_IN:
    case EXPR_IS_MISSING:
    case EXPR_EXISTS:
    case EXPR_NOT:
    case EXPR_AND:
    case EXPR_OR:
        return plain_bracket(sql, of_truth(sql_truth(sql, expr)));
    }
    return missing_value(SQL_TEXT);
}

SqlValue sql_value(Sql *sql, const Expr *expr) {
    SqlValue value;
    return sql_apart_value(sql, expr, &value) ? value : made_here(sql, expr);
}
