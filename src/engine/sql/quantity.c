/* Nested quantities: a number of the related rows of each row. */
#include "engine/sql/generate.h"

/* Rows in doubt, and rows that count and lack the value. */
#define DOUBT "count(*) - count(kpi_truth)"
#define MISSING "count(CASE WHEN kpi_truth AND kpi_value IS NULL THEN 1 END)"
#define CERTAIN "CASE WHEN kpi_truth THEN kpi_value END"

typedef struct Nested {
    const Quantity *quantity;
    SqlRelated related;
    SqlValue value;
    const char *found; /* the rows, with kpi_truth, kpi_value, kpi_symbol */
} Nested;

/* Sums of whole numbers stop an SQLite statement when they overflow: high and low halves do not. */
const char *sql_sum(Sql *sql, const char *text, int64_t most) {
    if (!sql->dialect->scaled || most <= INT32_MAX)
        return sql_text(sql, "sum(%s)", text);
    return sql_text(sql, "(sum((%s) >> 32) * 4294967296 + sum((%s) & 4294967295))", text, text);
}

static bool is_published(const Quantity *quantity) {
    return quantity->rows->source->published != PUBLISHED_NONE;
}

static const char *of_found(Sql *sql, const Nested *nested, const char *what) {
    return sql_text(sql, "(SELECT %s FROM (%s) AS kpi_found)", what, nested->found);
}

/* NULL where a row is in doubt, or lacks a value that it needs. */
static const char *guarded(Sql *sql, const Nested *nested, const char *what) {
    const char *needs = nested->quantity->known ? "" : " AND " MISSING " = 0";
    return of_found(sql, nested,
                    sql_text(sql, "CASE WHEN " DOUBT " = 0%s THEN %s END", needs, what));
}

static const char *symbol_of(Sql *sql, const Nested *nested, Symbol none) {
    const char *needs =
        nested->quantity->known
            ? ""
            : sql_text(sql,
                       " WHEN " MISSING " > 0 THEN min(CASE WHEN kpi_truth AND kpi_value IS NULL "
                       "THEN coalesce(nullif(kpi_symbol, 0), %d) END)",
                       SYMBOL_UNAVAILABLE);
    return of_found(sql, nested,
                    sql_text(sql,
                             "CASE WHEN " DOUBT " > 0 THEN 0%s WHEN count(" CERTAIN
                             ") = 0 THEN %d ELSE 0 END",
                             needs, none));
}

static SqlValue like_value(const Nested *nested, const char *text) {
    SqlValue value = nested->value;
    value.text = text;
    value.always = false;
    value.high = value.under = value.not_yet = value.symbol = NULL;
    return value;
}

static SqlValue count(Sql *sql, const Nested *nested) {
    SqlValue value = sql_number_value(NULL, !is_published(nested->quantity), INT32_MAX);
    bool always = nested->related.truth.always;
    const char *low = "count(kpi_truth)", *high = "count(*)";
    if (is_published(nested->quantity)) {
        low = "nullif(count(kpi_truth), 0)";
        high = "CASE WHEN count(kpi_truth) > 0 THEN count(*) END";
        value.symbol = sql_text(sql, "%d", SYMBOL_UNAVAILABLE);
    }
    const char *none = sql_related_none(sql, &nested->related);
    bool guarded = none && !is_published(nested->quantity);
    value.text = of_found(sql, nested, low);
    if (!always)
        value.high = of_found(sql, nested, high);
    if (guarded)
        value.text = sql_text(sql, "CASE WHEN %s THEN 0 ELSE %s END", none, value.text);
    if (guarded && value.high)
        value.high = sql_text(sql, "CASE WHEN %s THEN 0 ELSE %s END", none, value.high);
    return value;
}

/* A missing value of a row that counts may be one more that differs. */
static SqlValue count_distinct(Sql *sql, const Nested *nested) {
    SqlValue value = sql_number_value(NULL, !is_published(nested->quantity), INT32_MAX);
    const char *low = "count(DISTINCT " CERTAIN ")";
    const char *high =
        sql_text(sql, "%s + " DOUBT "%s", low, nested->quantity->known ? "" : " + " MISSING);
    if (is_published(nested->quantity)) {
        low = sql_text(sql, "CASE WHEN count(kpi_truth) > 0 THEN %s END", low);
        high = sql_text(sql, "CASE WHEN count(kpi_truth) > 0 THEN %s END", high);
        value.symbol = sql_text(sql, "%d", SYMBOL_UNAVAILABLE);
    }
    value.text = of_found(sql, nested, low);
    if (!nested->related.truth.always || !nested->value.always)
        value.high = of_found(sql, nested, high);
    return value;
}

/* A sum that is too large is an error, whatever rows are in doubt beside those that it is of. */
static void keep_sum_exact(Sql *sql, const Nested *nested, const char *total, SqlValue *value) {
    const char *certain =
        nested->quantity->known
            ? of_found(sql, nested, total)
            : of_found(sql, nested, sql_text(sql, "CASE WHEN " MISSING " = 0 THEN %s END", total));
    value->most = INT64_MAX;
    sql_keep_exact(sql, value);
    if (!nested->related.truth.always)
        value->error = sql_either(sql, value->error, sql->dialect->too_large(sql, certain));
}

static SqlValue sum(Sql *sql, const Nested *nested) {
    const char *total = sql_sum(sql, CERTAIN, nested->value.most);
    bool published = is_published(nested->quantity);
    if (!published)
        total = sql_text(sql, "coalesce(%s, 0)", total);
    SqlValue value = like_value(nested, guarded(sql, nested, total));
    value.symbol = symbol_of(sql, nested, published ? SYMBOL_UNAVAILABLE : SYMBOL_NONE);
    keep_sum_exact(sql, nested, total, &value);
    return value;
}

static SqlValue mean(Sql *sql, const Nested *nested) {
    const char *total = sql_sum(sql, CERTAIN, nested->value.most);
    SqlValue value = like_value(nested, guarded(sql, nested, total));
    value.symbol = symbol_of(sql, nested, SYMBOL_NOT_APPLICABLE);
    keep_sum_exact(sql, nested, total, &value);
    value.under = of_found(sql, nested, "nullif(count(" CERTAIN "), 0)");
    return value;
}

static SqlValue extreme(Sql *sql, const Nested *nested, const char *function) {
    SqlValue value =
        like_value(nested, guarded(sql, nested, sql_text(sql, "%s(" CERTAIN ")", function)));
    value.symbol = symbol_of(sql, nested, SYMBOL_NOT_APPLICABLE);
    return value;
}

/* At place 1 + (n - 1) p / 100 of the sorted values, between two of them in proportion: over a
 * denominator of 100 (and that of p). */
static SqlValue percentile(Sql *sql, const Nested *nested, Num p) {
    int64_t above, below;
    Num whole = {p.d, 1};
    if (!num_to_int64((Num){p.n, 1}, &above) || !num_to_int64(whole, &below) ||
        __builtin_mul_overflow(below, (int64_t)100, &below))
        return like_value(
            nested, sql_refuse(sql, nested->quantity->span, "a percentile of so many digits"));
    const char *n = sql_bind_integer(sql, above), *d = sql_bind_integer(sql, below);
    const char *counted = sql_text(sql,
                                   "SELECT *, row_number() OVER (ORDER BY kpi_there DESC, "
                                   "kpi_value) AS kpi_place, sum(kpi_there) "
                                   "OVER () AS kpi_n FROM (SELECT *, CASE WHEN kpi_truth AND "
                                   "kpi_value IS NOT NULL THEN 1 ELSE "
                                   "0 END AS kpi_there FROM (%s) AS kpi_found) AS kpi_marked",
                                   nested->found);
    const char *placed = sql_text(
        sql, "SELECT *, (kpi_n - 1) * %s AS kpi_steps FROM (%s) AS kpi_counted", n, counted);
    const char *place = sql->dialect->scaled ? sql_text(sql, "kpi_steps / %s", d)
                                             : sql_text(sql, "div(kpi_steps, %s)", d);
    const char *low = sql_text(
        sql, "max(CASE WHEN kpi_there = 1 AND kpi_place = %s + 1 THEN kpi_value END)", place);
    const char *next = sql_text(
        sql, "max(CASE WHEN kpi_there = 1 AND kpi_place = %s + 2 THEN kpi_value END)", place);
    const char *needs = nested->quantity->known ? "" : " AND " MISSING " = 0";
    SqlValue value =
        like_value(nested, sql_text(sql,
                                    "(SELECT CASE WHEN " DOUBT
                                    "= 0%s THEN %s * %s + (coalesce(%s, %s) - %s) * "
                                    "max(kpi_steps %% %s) END FROM (%s) AS kpi_placed)",
                                    needs, low, d, next, low, low, d, placed));
    value.under = d;
    value.most = INT64_MAX;
    value.symbol = symbol_of(sql, nested, SYMBOL_NOT_APPLICABLE);
    sql_keep_exact(sql, &value);
    return value;
}

/* ---- first and last ---- */

/* Among the rows of the best date the smallest key goes first. */
static const char *ranked(Sql *sql, Nested *nested, const char *extra) {
    const Quantity *quantity = nested->quantity;
    const SourceModel *source = quantity->rows->source;
    StrBuf order = {0}, columns = {0};
    strbuf_addf(&order, "kpi_by %s", quantity->kind == QUANTITY_FIRST ? "ASC" : "DESC");
    strbuf_add(&columns, extra);
    for (size_t i = 0; i < source->key_len; i++) {
        SqlValue key = sql_column(sql, sql->frame[quantity->rows->row->id], source->key[i]);
        strbuf_addf(&columns, ", %s AS kpi_key_%zu", key.text, i + 1);
        strbuf_addf(&order, ", kpi_key_%zu ASC NULLS FIRST", i + 1);
    }
    nested->found = sql_related_found(sql, &nested->related, strbuf_text(&columns));
    const char *text = sql_text(
        sql,
        "SELECT *, rank() OVER (ORDER BY kpi_there DESC, %s) AS kpi_rank FROM (SELECT *, CASE WHEN "
        "kpi_truth AND kpi_by IS NOT NULL%s THEN 1 ELSE 0 END AS kpi_there FROM (%s) AS kpi_found) "
        "AS "
        "kpi_marked",
        strbuf_text(&order), quantity->known ? " AND kpi_value IS NOT NULL" : "", nested->found);
    strbuf_fini(&order);
    strbuf_fini(&columns);
    return text;
}

static SqlValue first_or_last(Sql *sql, Nested *nested, const char *columns) {
    SqlValue by = sql_value(sql, nested->quantity->by);
    const char *rows = ranked(sql, nested, sql_text(sql, "%s, %s AS kpi_by", columns, by.text));
    const char *best = "CASE WHEN kpi_there = 1 AND kpi_rank = 1 THEN kpi_value END";
    const char *is_best = "CASE WHEN kpi_there = 1 AND kpi_rank = 1 THEN 1 END";
    if (nested->value.type == SQL_BOOLEAN)
        return like_value(
            nested, sql_refuse(sql, nested->quantity->span, "`first` and `last` of a yes or no"));
    /* Rows of one date and key that differ leave it undecided. */
    const char *differ =
        sql_text(sql, "(count(DISTINCT %s) > 1 OR (count(%s) > 0 AND count(%s) < count(%s)))", best,
                 best, best, is_best);
    const char *text = sql_text(
        sql, "(SELECT CASE WHEN " DOUBT " = 0 AND NOT %s THEN min(%s) END FROM (%s) AS kpi_ranked)",
        differ, best, rows);
    SqlValue value = like_value(nested, text);
    value.symbol =
        sql_text(sql,
                 "(SELECT CASE WHEN " DOUBT " > 0 THEN 0 WHEN count(%s) = 0 THEN %d ELSE "
                 "coalesce(nullif(min(CASE WHEN kpi_there = 1 AND kpi_rank = 1 THEN "
                 "kpi_symbol END), 0), %d) END FROM (%s) AS kpi_ranked)",
                 is_best, SYMBOL_NOT_APPLICABLE, SYMBOL_UNAVAILABLE, rows);
    const char *undecided = sql_text(sql, "(SELECT %s FROM (%s) AS kpi_ranked)", differ, rows);
    value.error = sql_either(sql, value.error, undecided);
    return value;
}

/* ---- all ---- */

static const char *any_error(Sql *sql, const Nested *nested, const char *value_error) {
    const SqlTruth *rest = &nested->related.rest;
    const char *error = nested->related.truth.error;
    if (error)
        error = sql_text(sql, "((%s) IS NULL AND %s)", rest->text, error);
    error = sql_either(sql, error, value_error);
    return error ? sql_related_any(sql, &nested->related, sql_text(sql, " AND %s", error)) : NULL;
}

static SqlValue measured(Sql *sql, Nested *nested, const char *columns) {
    switch (nested->quantity->kind) {
    case QUANTITY_COUNT:
        return count(sql, nested);
    case QUANTITY_COUNT_DISTINCT:
        return count_distinct(sql, nested);
    case QUANTITY_SUM:
        return sum(sql, nested);
    case QUANTITY_MEAN:
        return mean(sql, nested);
    case QUANTITY_MEDIAN:
        return percentile(sql, nested, num_of_int(50));
    case QUANTITY_PERCENTILE:
        return percentile(sql, nested, nested->quantity->percentile);
    case QUANTITY_MIN:
        return extreme(sql, nested, "min");
    case QUANTITY_MAX:
        return extreme(sql, nested, "max");
    case QUANTITY_FIRST:
    case QUANTITY_LAST:
        return first_or_last(sql, nested, columns);
    }
    return count(sql, nested);
}

SqlValue sql_quantity(Sql *sql, const Quantity *quantity) {
    Nested nested = {.quantity = quantity};
    sql_related_begin(sql, quantity->rows, &nested.related);
    const char *columns = "", *value_error = NULL;
    if (quantity->value) {
        nested.value = sql_exact(sql, sql_value(sql, quantity->value));
        if (nested.value.under)
            sql_refuse(sql, quantity->span, "a quantity of fractions");
        value_error = nested.value.error;
        nested.value.error = NULL;
        columns = sql_text(sql, ", %s AS kpi_value, %s AS kpi_symbol", nested.value.text,
                           nested.value.symbol ? nested.value.symbol : "0");
    }
    nested.found = sql_related_found(sql, &nested.related, columns);
    SqlValue value = measured(sql, &nested, columns);
    /* The error of `by` is one of its date's. */
    if (quantity->by)
        value_error = sql_either(sql, value_error, sql_value(sql, quantity->by).error);
    const char *error = any_error(sql, &nested, value_error);
    value.error = sql_either(sql, value.error, error);
    sql_related_end(sql, &nested.related);
    return value;
}
