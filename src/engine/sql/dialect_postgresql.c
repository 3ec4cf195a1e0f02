/* PostgreSQL, and what speaks its protocol: dates are dates, numbers numeric. */
#include <inttypes.h>
#include <string.h>

#include "engine/sql/generate.h"
#include "engine/sql/reading.h"

static const char *days_between(Sql *sql, const char *from, const char *to) {
    return sql_text(sql, "(%s - %s)", to, from);
}

static const char *add_days(Sql *sql, const char *date, int64_t days) {
    return sql_text(sql, "(%s + (%" PRId64 "))", date, days);
}

/* Months clamp to the month's end here too. */
static const char *add_months(Sql *sql, const char *date, int64_t months) {
    return sql_text(sql, "CAST(%s + make_interval(months => %" PRId64 ") AS date)", date, months);
}

static const char *part(Sql *sql, const char *date, char which) {
    const char *name = which == 'y' ? "year" : which == 'm' ? "month" : "day";
    return sql_text(sql, "CAST(extract(%s FROM %s) AS bigint)", name, date);
}

static const char *month_end(Sql *sql, const char *date) {
    return sql_text(sql, "(extract(day FROM %s + 1) = 1)", date);
}

static const char *make_date(Sql *sql, const char *year, const char *month, const char *day) {
    const char *first =
        sql_text(sql, "make_date(CAST(%s AS int), CAST(%s AS int), 1)", year, month);
    return sql_text(
        sql,
        "CASE WHEN %s BETWEEN 1 AND 9999 AND %s BETWEEN 1 AND 12 AND %s BETWEEN 1 AND 31 THEN CASE "
        "WHEN %s <= extract(day FROM %s + make_interval(months => 1, days => -1)) THEN "
        "make_date(CAST(%s AS int), CAST(%s AS int), CAST(%s AS int)) END END",
        year, month, day, day, first, year, month, day);
}

/* Beyond what the other engines reckon with. */
static const char *too_large(Sql *sql, const char *number) {
    return sql_text(sql, "coalesce(abs(%s) >= 9223372036854775808, FALSE)", number);
}

static const char *least(Sql *sql, const char *a, const char *b) {
    return sql_text(sql, "least(%s, %s)", a, b);
}

/* The first place of an array is 1. */
static const char *edge(Sql *sql, StrBuf *with, const char *date, const Date *edges, size_t len) {
    const char *name = sql_text(sql, "kpi_edges_%zu", ++sql->aliases);
    strbuf_addf(with, ",\n%s (kpi_days) AS (\n    VALUES (ARRAY[%s", name,
                sql_bind_date(sql, DATE_MIN));
    for (size_t i = 0; i < len; i++)
        strbuf_addf(with, ", %s", sql_bind_date(sql, edges[i]));
    strbuf_add(with, "])\n)");
    const char *days = sql_text(sql, "(SELECT kpi_days FROM %s)", name);
    return sql_text(sql, "(%s)[width_bucket(%s, %s)]", days, date, days);
}

/* ---- reading ---- */

static const char *trimmed(Sql *sql, const char *raw, FieldType field) {
    (void)field; /* a text may be of a type of its own, which functions do not take */
    return sql_text(sql, "btrim(CAST(%s AS text), E' \\t\\r\\n')", raw);
}

static const char *date_part(Sql *sql, const char *rest, const DatePart *part_of) {
    const char *digits = part_of->kind == 'y'
                             ? sql_text(sql, "CAST(substr(%s, 1, %d) AS int)", rest, part_of->len)
                             : sql_text(sql, "CAST(substring(%s FROM '^[0-9]{1,2}') AS int)", rest);
    if (part_of->kind == 'y' && part_of->len == 2)
        return sql_text(sql, "(CASE WHEN %s < 50 THEN 2000 ELSE 1900 END + %s)", digits, digits);
    return digits;
}

static const char *date_rest(Sql *sql, const char *rest) {
    return sql_text(sql, "regexp_replace(%s, '^[0-9]{1,2}', '')", rest);
}

static const char *day_of_parts(Sql *sql, const char *year, const char *month, const char *day) {
    return sql_text(sql, "make_date(%s, %s, %s)", year, month, day);
}

static const char *read(Sql *sql, const ColumnSpec *column, const SqlFacts *facts, const char *raw,
                        const char *text, FieldType field) {
    (void)facts;
    switch (column->kind) {
    case COLUMN_TEXT:
        return sql_text(sql, "CAST(%s AS text) COLLATE \"C\"", raw);
    case COLUMN_INTEGER:
        if (field == FIELD_TEXT) /* blanks are read over */
            return sql_text(sql, "CAST(CAST(%s AS text) AS bigint)", raw);
        return field == FIELD_INTEGER ? sql_text(sql, "CAST(%s AS bigint)", raw)
                                      : sql_text(sql, "CAST(CAST(%s AS numeric) AS bigint)", text);
    case COLUMN_DECIMAL:
        return sql_text(sql, "CAST(%s AS numeric)",
                        field == FIELD_INTEGER || field == FIELD_NUMERIC ? raw : text);
    case COLUMN_MONEY:
        if (field == FIELD_INTEGER || field == FIELD_NUMERIC)
            return sql_text(sql, "CAST(%s AS numeric)", raw);
        return sql_text(sql, "CAST(replace(replace(%s, '\xC2\xA3', ''), ',', '') AS numeric)",
                        text);
    case COLUMN_DATE:
        if (field == FIELD_DATE || field == FIELD_TIMESTAMP)
            return sql_text(sql, "CAST(%s AS date)", raw);
        if (!column->date_format)
            return sql_text(sql, "CAST(substr(%s, 1, 10) AS date)", text);
        return reading_date(sql, column->date_format, text,
                            (DateReading){date_part, date_rest, day_of_parts});
    case COLUMN_YES_NO:
        return field == FIELD_BOOLEAN ? raw : reading_yes_no(sql, column, text);
    }
    return raw;
}

/* ---- calendars ---- */

static void put_days(StrBuf *out, const char *table, const char *from, const char *to) {
    strbuf_addf(out, "SELECT %s AS kpi_day UNION ALL SELECT kpi_day + 1 FROM %s WHERE kpi_day < %s",
                from, table, to);
}

static const char *weekday(Sql *sql, const char *date) {
    return sql_text(sql, "CAST(extract(isodow FROM %s) AS int)", date);
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
        strbuf_add(out, "DATE '");
        date_print_iso(out, (Date)value->number);
        strbuf_add_char(out, '\'');
        return;
    case QUERY_TEXT:
        if (parameter->numeric)
            strbuf_add(out, value->text);
        else
            reading_put_text(out, value->text, "chr");
        return;
    }
}

const SqlDialect sql_dialect_postgresql = {
    .name = "postgresql",
    .parameter = '$',
    .gathers = true,
    .type_names = {"boolean", "numeric", "text COLLATE \"C\"", "date"},
    .no_truth = "CAST(NULL AS boolean)",
    .days_between = days_between,
    .add_days = add_days,
    .add_months = add_months,
    .part = part,
    .month_end = month_end,
    .make_date = make_date,
    .too_large = too_large,
    .least = least,
    .edge = edge,
    .before_grouping = "NOT MATERIALIZED",
    .trimmed = trimmed,
    .read = read,
    .put_days = put_days,
    .weekday = weekday,
    .put_literal = put_literal,
};
