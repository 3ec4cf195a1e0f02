/* SQLite: dates are texts like 2017-01-31, amounts whole numbers of their least unit. */
#include <inttypes.h>
#include <string.h>

#include "engine/sql/generate.h"
#include "engine/sql/reading.h"

static const char *days_between(Sql *sql, const char *from, const char *to) {
    return sql_text(sql, "CAST(julianday(%s) - julianday(%s) AS INTEGER)", to, from);
}

static const char *add_days(Sql *sql, const char *date, int64_t days) {
    return sql_text(sql, "date(%s, '%+" PRId64 " days')", date, days);
}

/* The same day of the month, or the month's last. In December 9999 there is no month after it. */
static const char *add_months(Sql *sql, const char *date, int64_t months) {
    const char *same = sql_text(sql,
                                "date(%s, 'start of month', '%+" PRId64
                                " months', '+' || (substr(%s, 9, 2) - 1) || ' days')",
                                date, months, date);
    return sql_text(
        sql, "coalesce(min(%s, date(%s, 'start of month', '%+" PRId64 " months', '-1 day')), %s)",
        same, date, months + 1, same);
}

static const char *part(Sql *sql, const char *date, char which) {
    int start = which == 'y' ? 1 : which == 'm' ? 6 : 9;
    return sql_text(sql, "CAST(substr(%s, %d, %d) AS INTEGER)", date, start, which == 'y' ? 4 : 2);
}

static const char *month_end(Sql *sql, const char *date) {
    return sql_text(sql, "(substr(date(%s, '+1 day'), 9) = '01')", date);
}

static const char *make_date(Sql *sql, const char *year, const char *month, const char *day) {
    const char *text = sql_text(sql, "printf('%%04d-%%02d-%%02d', %s, %s, %s)", year, month, day);
    return sql_text(
        sql,
        "CASE WHEN %s BETWEEN 1 AND 9999 AND %s BETWEEN 1 AND 12 AND %s BETWEEN 1 AND 31 "
        "AND date(%s, '+0 days') = %s THEN %s END",
        year, month, day, text, text, text);
}

/* Whole numbers that overflow become binary fractions. */
static const char *too_large(Sql *sql, const char *number) {
    return sql_text(sql, "(typeof(%s) = 'real')", number);
}

static const char *least(Sql *sql, const char *a, const char *b) {
    return sql_text(sql, "min(%s, %s)", a, b);
}

/* The half that it lies in, and so on. */
static const char *edge_among(Sql *sql, const char *date, const char *before, const Date *edges,
                              size_t len) {
    size_t half = len / 2;
    if (len == 0)
        return before;
    const char *middle = sql_bind_date(sql, edges[half]);
    return sql_text(sql, "CASE WHEN %s < %s THEN %s ELSE %s END", date, middle,
                    edge_among(sql, date, before, edges, half),
                    edge_among(sql, date, middle, edges + half + 1, len - half - 1));
}

static const char *edge(Sql *sql, StrBuf *with, const char *date, const Date *edges, size_t len) {
    (void)with;
    return sql_text(sql, "CASE WHEN %s IS NOT NULL THEN %s END", date,
                    edge_among(sql, date, sql_bind_date(sql, DATE_MIN), edges, len));
}

/* ---- reading ---- */

static const char *trimmed(Sql *sql, const char *raw, FieldType field) {
    (void)field;
    return sql_text(sql, "trim(%s, char(9, 10, 13, 32))", raw);
}

/* Digits before and after the point, the latter filled up. */
static const char *decimal(Sql *sql, const char *text, int scale) {
    StrBuf zeros = {0};
    strbuf_add_times(&zeros, '0', (size_t)scale);
    const char *fraction = sql_text(sql, "substr(substr(%s, instr(%s, '.') + 1) || '%s', 1, %d)",
                                    text, text, strbuf_text(&zeros), scale);
    const char *with =
        sql_text(sql, "substr(%s, 1, instr(%s, '.') - 1) || %s", text, text, fraction);
    const char *without = sql_text(sql, "%s || '%s'", text, strbuf_text(&zeros));
    strbuf_fini(&zeros);
    return sql_text(sql, "CAST(CASE WHEN instr(%s, '.') > 0 THEN %s ELSE %s END AS INTEGER)", text,
                    with, without);
}

static const char *date_part(Sql *sql, const char *rest, const DatePart *part_of) {
    const char *digits = sql_text(sql, "CAST(substr(%s, 1, %d) AS INTEGER)", rest,
                                  part_of->kind == 'y' ? part_of->len : 2);
    if (part_of->kind == 'y' && part_of->len == 2)
        return sql_text(sql, "(CASE WHEN %s < 50 THEN 2000 ELSE 1900 END + %s)", digits, digits);
    return digits;
}

/* What follows a day or month of one or two digits. */
static const char *date_rest(Sql *sql, const char *rest) {
    return sql_text(sql,
                    "substr(%s, CASE WHEN substr(%s, 2, 1) BETWEEN '0' AND '9' THEN 3 ELSE 2 END)",
                    rest, rest);
}

static const char *day_of_parts(Sql *sql, const char *year, const char *month, const char *day) {
    return sql_text(sql, "printf('%%04d-%%02d-%%02d', %s, %s, %s)", year, month, day);
}

/* A binary fraction is written with an exponent where that is shorter. */
static const char *number_text(Sql *sql, const char *raw, const char *text, FieldType field) {
    if (field == FIELD_TEXT)
        return text;
    return sql_text(sql, "CASE typeof(%s) WHEN 'real' THEN printf('%%.9f', %s) ELSE %s END", raw,
                    raw, text);
}

static const char *read(Sql *sql, const ColumnSpec *column, const SqlFacts *facts, const char *raw,
                        const char *text, FieldType field) {
    switch (column->kind) {
    case COLUMN_TEXT:
        return field == FIELD_TEXT ? raw : sql_text(sql, "CAST(%s AS TEXT)", raw);
    case COLUMN_INTEGER:
        return sql_text(sql, "CAST(%s AS INTEGER)", number_text(sql, raw, text, field));
    case COLUMN_DECIMAL:
        return decimal(sql, number_text(sql, raw, text, field), facts->scale);
    case COLUMN_MONEY:
        return decimal(sql,
                       sql_text(sql, "replace(replace(%s, '\xC2\xA3', ''), ',', '')",
                                number_text(sql, raw, text, field)),
                       facts->scale);
    case COLUMN_DATE:
        if (!column->date_format)
            return sql_text(sql, "substr(%s, 1, 10)", text);
        return reading_date(sql, column->date_format, text,
                            (DateReading){date_part, date_rest, day_of_parts});
    case COLUMN_YES_NO:
        return reading_yes_no(sql, column, text);
    }
    return raw;
}

/* ---- calendars ---- */

static void put_days(StrBuf *out, const char *table, const char *from, const char *to) {
    strbuf_addf(out,
                "SELECT %s AS kpi_day UNION ALL SELECT date(kpi_day, '+1 day') FROM %s WHERE "
                "kpi_day < %s",
                from, table, to);
}

static const char *weekday(Sql *sql, const char *date) {
    return sql_text(sql, "((CAST(strftime('%%w', %s) AS INTEGER) + 6) %% 7 + 1)", date);
}

/* ---- literals ---- */

static void put_literal(StrBuf *out, const SqlParameter *parameter) {
    const QueryValue *value = &parameter->value;
    switch (value->kind) {
    case QUERY_NULL:
        strbuf_add(out, "NULL");
        return;
    case QUERY_INTEGER:
        strbuf_addf(out, "%" PRId64, value->number);
        return;
    case QUERY_BOOLEAN:
        strbuf_add(out, value->number ? "TRUE" : "FALSE");
        return;
    case QUERY_DATE:
        strbuf_add_char(out, '\'');
        date_print_iso(out, (Date)value->number);
        strbuf_add_char(out, '\'');
        return;
    case QUERY_TEXT:
        reading_put_text(out, value->text, "char");
        return;
    }
}

const SqlDialect sql_dialect_sqlite = {
    .name = "sqlite",
    .parameter = '?',
    .scaled = true,
    .type_names = {"INTEGER", "INTEGER", "TEXT", "TEXT"},
    .no_truth = "NULL",
    .days_between = days_between,
    .add_days = add_days,
    .add_months = add_months,
    .part = part,
    .month_end = month_end,
    .make_date = make_date,
    .too_large = too_large,
    .least = least,
    .edge = edge,
    .before_grouping = "MATERIALIZED",
    .trimmed = trimmed,
    .read = read,
    .put_days = put_days,
    .weekday = weekday,
    .put_literal = put_literal,
};
