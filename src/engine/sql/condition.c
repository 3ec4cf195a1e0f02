/* Conditions: TRUE, FALSE, NULL for unknown; errors beside them. */
#include <string.h>

#include "engine/sql/generate.h"

SqlTruth sql_known(bool yes) {
    return (SqlTruth){.text = yes ? "TRUE" : "FALSE", .always = true};
}

SqlTruth sql_not(Sql *sql, SqlTruth truth) {
    truth.text = sql_text(sql, "NOT (%s)", truth.text);
    return truth;
}

/* ---- logic ---- */

static bool is_word(const char *text, const char *word) {
    return strcmp(text, word) == 0;
}

/* In brackets, unless it stands by itself. */
static void put_term(StrBuf *out, const char *text) {
    bool plain = is_word(text, "TRUE") || is_word(text, "FALSE");
    strbuf_addf(out, plain ? "%s" : "(%s)", text);
}

SqlTruth sql_all(Sql *sql, const SqlTruth *terms, size_t len, bool either) {
    StrBuf out = {0};
    const char *neutral = either ? "FALSE" : "TRUE", *error = NULL;
    bool always = true;
    size_t written = 0;
    for (size_t i = 0; i < len; i++) {
        if (is_word(terms[i].text, neutral))
            continue;
        if (written++ > 0)
            strbuf_add(&out, either ? " OR " : " AND ");
        put_term(&out, terms[i].text);
        error = sql_either(sql, error, terms[i].error);
        always = always && terms[i].always;
    }
    if (written == 0)
        strbuf_add(&out, neutral);
    SqlTruth truth = {.text = arena_copy_text(sql->arena, strbuf_text(&out), out.len),
                      .always = always};
    strbuf_fini(&out);
    truth.error = error;
    return truth;
}

/* ---- comparisons ---- */

static const char *const signs[] = {[COMPARISON_EQUAL] = "=",   [COMPARISON_NOT_EQUAL] = "<>",
                                    [COMPARISON_LESS] = "<",    [COMPARISON_LESS_EQUAL] = "<=",
                                    [COMPARISON_GREATER] = ">", [COMPARISON_GREATER_EQUAL] = ">="};

/* Whether op holds if the left one is later. */
static bool holds_later(ComparisonOp op) {
    return op == COMPARISON_NOT_EQUAL || op == COMPARISON_GREATER || op == COMPARISON_GREATER_EQUAL;
}

static bool holds_earlier(ComparisonOp op) {
    return op == COMPARISON_NOT_EQUAL || op == COMPARISON_LESS || op == COMPARISON_LESS_EQUAL;
}

static const char *word_of(bool yes) {
    return yes ? "TRUE" : "FALSE";
}

/* Every number from low to high must give the same answer. */
static const char *compare_ranges(Sql *sql, ComparisonOp op, const SqlValue *a, const SqlValue *b) {
    const char *a_high = a->high ? a->high : a->text, *b_high = b->high ? b->high : b->text;
    switch (op) {
    case COMPARISON_LESS:
    case COMPARISON_LESS_EQUAL:
        return sql_text(sql, "CASE WHEN %s %s %s THEN TRUE WHEN NOT %s %s %s THEN FALSE END",
                        a_high, signs[op], b->text, a->text, signs[op], b_high);
    case COMPARISON_GREATER:
    case COMPARISON_GREATER_EQUAL:
        return sql_text(sql, "CASE WHEN %s %s %s THEN TRUE WHEN NOT %s %s %s THEN FALSE END",
                        a->text, signs[op], b_high, a_high, signs[op], b->text);
    case COMPARISON_EQUAL:
    case COMPARISON_NOT_EQUAL:
        break;
    }
    const char *equal = word_of(op == COMPARISON_EQUAL);
    const char *differ = word_of(op != COMPARISON_EQUAL);
    return sql_text(
        sql, "CASE WHEN %s < %s OR %s > %s THEN %s WHEN %s = %s AND %s = %s THEN %s END", a_high,
        b->text, a->text, b_high, differ, a->text, a_high, b->text, b_high, equal);
}

static void cross_multiply(Sql *sql, SqlValue *a, SqlValue *b) {
    SqlValue left = *a, right = *b;
    const char *form = sql->dialect->scaled ? "(%s) * (%s)" : NULL;
    const char *pairs[2][2] = {{a->text, right.under}, {b->text, left.under}};
    for (size_t i = 0; i < 2; i++) {
        if (!pairs[i][1])
            continue;
        SqlValue *side = i == 0 ? a : b;
        side->text = form ? sql_text(sql, "((%s) * (%s))", pairs[i][0], pairs[i][1])
                          : sql_text(sql, "(CAST(%s AS numeric) * CAST(%s AS numeric))",
                                     pairs[i][0], pairs[i][1]);
        side->most = INT64_MAX;
        sql_keep_exact(sql, side);
    }
    a->under = b->under = NULL;
}

static const char *compare_numbers(Sql *sql, ComparisonOp op, SqlValue *a, SqlValue *b) {
    int scale = a->scale > b->scale ? a->scale : b->scale;
    if (a->under || b->under) {
        *a = sql_exact(sql, *a);
        *b = sql_exact(sql, *b);
    }
    *a = sql_rescale(sql, *a, scale);
    *b = sql_rescale(sql, *b, scale);
    cross_multiply(sql, a, b);
    if (!a->high && !b->high)
        return sql_text(sql, "%s %s %s", a->text, signs[op], b->text);
    const char *ranges = compare_ranges(sql, op, a, b);
    bool equality = op == COMPARISON_EQUAL || op == COMPARISON_NOT_EQUAL;
    if (scale == 0 || !equality)
        return ranges;
    int64_t factor = 1;
    for (int i = 0; i < scale; i++)
        factor *= 10;
    return sql_text(sql, "CASE WHEN (%s - %s) %% %s <> 0 THEN %s ELSE %s END", a->text, b->text,
                    sql_bind_integer(sql, factor), word_of(op == COMPARISON_NOT_EQUAL), ranges);
}

/* What is not yet is later than every date. */
static const char *compare_not_yet(Sql *sql, ComparisonOp op, const SqlValue *a, const SqlValue *b,
                                   const char *text) {
    const char *if_a = word_of(holds_later(op)), *if_b = word_of(holds_earlier(op));
    if (a->not_yet && a->plain_not_yet && b->always)
        return sql_text(sql, "coalesce(%s, %s)", text, if_a);
    if (b->not_yet && b->plain_not_yet && a->always)
        return sql_text(sql, "coalesce(%s, %s)", text, if_b);
    StrBuf out = {0};
    strbuf_add(&out, "CASE");
    if (a->not_yet)
        strbuf_addf(&out, " WHEN %s AND %s IS NOT NULL THEN %s", a->not_yet, b->text, if_a);
    if (b->not_yet)
        strbuf_addf(&out, " WHEN %s AND %s IS NOT NULL THEN %s", b->not_yet, a->text, if_b);
    strbuf_addf(&out, " ELSE %s END", text);
    const char *compared = arena_copy_text(sql->arena, strbuf_text(&out), out.len);
    strbuf_fini(&out);
    return compared;
}

SqlTruth sql_compare(Sql *sql, ComparisonOp op, const SqlValue *left, const SqlValue *right) {
    SqlValue a = *left, b = *right;
    SqlTruth truth = {0};
    sql_apart_compared(sql, op, &a, &b);
    bool is_null = is_word(a.text, "NULL") || is_word(b.text, "NULL");
    if (is_null)
        truth.text = "NULL";
    else if (a.type == SQL_NUMBER && b.type == SQL_NUMBER)
        truth.text = compare_numbers(sql, op, &a, &b);
    else if (a.type != b.type) /* no column is ever so; kinds have an order of their own */
        truth.text = sql_refuse(sql, (Span){0}, "values of two kinds compared");
    else
        truth.text = sql_text(sql, "%s %s %s", a.text, signs[op], b.text);
    if ((a.not_yet || b.not_yet) && !is_null)
        truth.text = compare_not_yet(sql, op, &a, &b, truth.text);
    truth.error = sql_either(sql, a.error, b.error);
    truth.always = a.always && b.always && !a.high && !b.high;
    return truth;
}

static SqlTruth comparison(Sql *sql, const Expr *expr) {
    SqlValue left = sql_value(sql, expr->as.comparison.left);
    SqlValue right = sql_value(sql, expr->as.comparison.right);
    return sql_compare(sql, expr->as.comparison.op, &left, &right);
}

static SqlTruth both(Sql *sql, SqlTruth a, SqlTruth b) {
    SqlTruth terms[] = {a, b};
    return sql_all(sql, terms, 2, false);
}

static SqlTruth between(Sql *sql, const Expr *expr) {
    SqlValue value = sql_value(sql, expr->as.between.value);
    SqlValue low = sql_value(sql, expr->as.between.low);
    SqlValue high = sql_value(sql, expr->as.between.high);
    return both(sql, sql_compare(sql, COMPARISON_GREATER_EQUAL, &value, &low),
                sql_compare(sql, COMPARISON_LESS_EQUAL, &value, &high));
}

/* elapsed A to B >= N is A + N <= B: what is measured from A is compared with B the other way. */
static SqlTruth elapsed(Sql *sql, const Expr *expr) {
    static const ComparisonOp reached[] = {
        [COMPARISON_EQUAL] = COMPARISON_EQUAL,  [COMPARISON_NOT_EQUAL] = COMPARISON_NOT_EQUAL,
        [COMPARISON_LESS] = COMPARISON_GREATER, [COMPARISON_LESS_EQUAL] = COMPARISON_GREATER_EQUAL,
        [COMPARISON_GREATER] = COMPARISON_LESS, [COMPARISON_GREATER_EQUAL] = COMPARISON_LESS_EQUAL};
    SqlValue from = sql_value(sql, expr->as.elapsed.from);
    SqlValue to = sql_value(sql, expr->as.elapsed.to);
    to.not_yet = NULL;
    SqlValue mark = sql_shift(sql, from, expr->as.elapsed.duration, false);
    return sql_compare(sql, reached[expr->as.elapsed.op], &mark, &to);
}

/* before: D <= X <= D + N; after: X <= D <= X + N; in N to X: D <= X < D + N. */
static SqlTruth within(Sql *sql, const Expr *expr) {
    bool span = expr->kind == EXPR_IN_SPAN, after = !span && !expr->as.within.before;
    SqlValue date = sql_value(sql, expr->as.within.date);
    SqlValue anchor = sql_value(sql, expr->as.within.anchor);
    SqlValue earlier = after ? anchor : date, later = after ? date : anchor;
    SqlValue mark = sql_shift(sql, earlier, expr->as.within.duration, false);
    SqlTruth truth =
        both(sql, sql_compare(sql, COMPARISON_LESS_EQUAL, &earlier, &later),
             sql_compare(sql, span ? COMPARISON_LESS : COMPARISON_LESS_EQUAL, &later, &mark));
    return truth;
}

/* ---- lists ---- */

static void put_codes(Sql *sql, StrBuf *out, const CodeSet *codes) {
    for (size_t i = 0; i < codes->entries_len; i++)
        strbuf_addf(out, "%s%s", i > 0 ? ", " : "", sql_bind_text(sql, codes->entries[i].code));
}

/* A count in doubt is in the list if every one of its values is. */
static const char *range_in_list(Sql *sql, const SqlValue *value, const Value *items, size_t len) {
    StrBuf found = {0};
    size_t listed = 0;
    for (size_t i = 0; i < len; i++) {
        int64_t number;
        bool seen = false;
        if (items[i].kind != VALUE_NUMBER || !num_to_int64(items[i].as.number, &number))
            continue;
        for (size_t j = 0; j < i && !seen; j++)
            seen = value_compare(items[j], items[i]) == 0;
        if (seen)
            continue;
        strbuf_addf(&found, "%sCASE WHEN %s BETWEEN %s AND %s THEN 1 ELSE 0 END",
                    listed++ > 0 ? " + " : "", sql_bind_integer(sql, number), value->text,
                    value->high);
    }
    const char *text =
        listed == 0 ? "FALSE"
                    : sql_text(sql,
                               "CASE WHEN %s IS NULL THEN NULL WHEN %s = 0 THEN FALSE WHEN %s = %s "
                               "- %s + 1 THEN TRUE END",
                               value->text, strbuf_text(&found), strbuf_text(&found), value->high,
                               value->text);
    strbuf_fini(&found);
    return text;
}

static Expr constant_of(Value value) {
    Expr expr = {.kind = EXPR_CONSTANT};
    expr.as.constant = value;
    return expr;
}

static SqlTruth in_items(Sql *sql, const SqlValue *value, const Value *items, size_t len) {
    SqlTruth *terms = arena_array(sql->arena, len, sizeof *terms);
    for (size_t i = 0; i < len; i++) {
        Expr *item = arena_alloc(sql->arena, sizeof *item);
        *item = constant_of(items[i]);
        SqlValue listed = sql_value(sql, item);
        terms[i] = sql_compare(sql, COMPARISON_EQUAL, value, &listed);
    }
    SqlTruth truth = sql_all(sql, terms, len, true);
    truth.error = value->error;
    return truth;
}

SqlTruth sql_in(Sql *sql, const SqlValue *value, const CodeSet *codes, const Value *items,
                size_t items_len) {
    SqlTruth truth = {.text = "FALSE", .error = value->error, .always = value->always};
    if (value->high && value->scale > 0) {
        truth.text = sql_refuse(sql, (Span){0}, "a count in doubt, in a list of decimals");
    } else if (value->high) {
        truth.text = range_in_list(sql, value, items, items_len);
        truth.always = false;
    } else if (!codes) {
        truth = in_items(sql, value, items, items_len);
    } else if (codes->entries_len > 0) {
        StrBuf list = {0};
        put_codes(sql, &list, codes);
        truth.text = sql_text(sql, "%s IN (%s)", value->text, strbuf_text(&list));
        strbuf_fini(&list);
    } else {
        truth.text = sql_text(sql, "CASE WHEN %s IS NOT NULL THEN FALSE END", value->text);
    }
    return truth;
}

static SqlTruth in(Sql *sql, const Expr *expr) {
    SqlValue value = sql_value(sql, expr->as.in.value);
    SqlTruth truth =
        sql_in(sql, &value, expr->as.in.codes, expr->as.in.items, expr->as.in.items_len);
    return expr->as.in.negated ? sql_not(sql, truth) : truth;
}

/* ---- missing ---- */

static SqlTruth missing(Sql *sql, const Expr *expr) {
    SqlValue value = sql_value(sql, expr->as.missing.value);
    const char *word = expr->as.missing.negated ? "IS NOT NULL" : "IS NULL";
    SqlTruth truth = {.error = value.error, .always = !value.error};
    truth.text = sql_text(sql, "%s %s", value.text, word);
    if (value.error) /* an error is neither */
        truth.text = sql_text(sql, "CASE WHEN NOT %s THEN %s END", value.error, truth.text);
    return truth;
}

static SqlTruth yes_or_no(Sql *sql, const Expr *expr) {
    SqlValue value = sql_value(sql, expr);
    if (value.type != SQL_BOOLEAN && strcmp(value.text, "NULL") != 0)
        value.text = "NULL"; /* what is no yes or no is unknown */
    return (SqlTruth){.text = value.text, .error = value.error, .always = value.always};
}

static SqlTruth logic(Sql *sql, const Expr *expr) {
    size_t len = expr->as.logic.terms_len;
    SqlTruth *terms = arena_array(sql->arena, len, sizeof *terms);
    for (size_t i = 0; i < len; i++)
        terms[i] = sql_truth(sql, expr->as.logic.terms[i]);
    return sql_all(sql, terms, len, expr->kind == EXPR_OR);
}

/* dispatch */
static SqlTruth made_here(Sql *sql, const Expr *condition) {
    switch (condition->kind) {
    case EXPR_COMPARISON:
        return comparison(sql, condition);
    case EXPR_ELAPSED:
        return elapsed(sql, condition);
    case EXPR_BETWEEN:
        return between(sql, condition);
    case EXPR_WITHIN:
    case EXPR_IN_SPAN:
        return within(sql, condition);
    case EXPR_IN:
        return in(sql, condition);
    case EXPR_IS_MISSING:
        return missing(sql, condition);
    case EXPR_EXISTS:
        return sql_exists(sql, condition);
    case EXPR_NOT:
        return sql_not(sql, sql_truth(sql, condition->as.operand));
    case EXPR_AND:
    case EXPR_OR:
        return logic(sql, condition);
    case EXPR_CONSTANT:
    case EXPR_DURATION:
    case EXPR_ROW:
    case EXPR_COLUMN:
    case EXPR_PERIOD_WORD:
    case EXPR_NEGATE:
    case EXPR_ARITHMETIC:
    case EXPR_DATE_SHIFT:
    case EXPR_QUANTITY:
    case EXPR_INDICATOR:
    case EXPR_FUNCTION:
        break;
    }
    return yes_or_no(sql, condition);
}

SqlTruth sql_truth(Sql *sql, const Expr *condition) {
    SqlTruth truth;
    return sql_apart_truth(sql, condition, &truth) ? truth : made_here(sql, condition);
}

/* ---- timings ---- */

static SqlTruth is_there(Sql *sql, const SqlValue *value) {
    if (value->always)
        return sql_known(true);
    return (SqlTruth){.text = sql_text(sql, "%s IS NOT NULL", value->text),
                      .error = value->error,
                      .always = !value->error};
}

/* A missing date is outside; one in error is not told. */
static SqlTruth dated(Sql *sql, const SqlValue *date, const SqlValue *first, const SqlValue *last) {
    SqlValue plain = *date, until = *last;
    plain.not_yet = NULL;
    sql_apart_compared(sql, COMPARISON_LESS_EQUAL, &plain, &until);
    SqlTruth terms[3] = {is_there(sql, &plain)};
    size_t len = 1;
    if (date->error)
        terms[0].text = sql_text(sql, "CASE WHEN NOT %s THEN %s END", date->error, terms[0].text);
    if (first)
        terms[len++] = sql_compare(sql, COMPARISON_GREATER_EQUAL, &plain, first);
    terms[len++] = sql_compare(sql, COMPARISON_LESS_EQUAL, &plain, last);
    SqlTruth truth = sql_all(sql, terms, len, false);
    truth.always = !date->error;
    return truth;
}

/* Started by the last day, and not ended before the least. */
static SqlTruth reaches(Sql *sql, const Rowset *rows, const SqlValue *last, ComparisonOp op,
                        const SqlValue *least) {
    SqlValue start = sql_value(sql, rows->start), end = sql_value(sql, rows->end);
    return both(sql, sql_compare(sql, COMPARISON_LESS_EQUAL, &start, last),
                sql_compare(sql, op, &end, least));
}

SqlTruth sql_timing(Sql *sql, const Rowset *rows, SqlValue *date) {
    if (rows->timing == TIMING_NONE)
        return sql_known(true);
    SqlValue first = sql_date_value(sql_text(sql, "%s.kpi_first", sql_window(sql)), true);
    SqlValue last = sql_date_value(sql_text(sql, "%s.kpi_last", sql_window(sql)), true);
    switch (rows->timing) {
    case TIMING_NONE:
        break;
    case TIMING_DATED:
        *date = sql_value(sql, rows->start);
        return dated(sql, date, &first, &last);
    case TIMING_HELD:
        /* A spell that ends on the last day is no longer open on it. */
        return reaches(sql, rows, &last, COMPARISON_GREATER, &last);
    case TIMING_ACTIVE:
        return reaches(sql, rows, &last, COMPARISON_GREATER_EQUAL, &first);
    case TIMING_LATEST:
        *date = sql_value(sql, rows->start);
        return dated(sql, date, NULL, &last);
    }
    return sql_known(true);
}
