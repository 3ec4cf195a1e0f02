/* Related rows: `exists` and `none`. */
#include "engine/sql/generate.h"

/* The conditions of a row of the set: `another`, the timing, and the `where`. */
static SqlTruth condition(Sql *sql, const Rowset *rows, SqlValue *date) {
    SqlTruth terms[3];
    size_t len = 0;
    if (rows->another_of) {
        const char *own = sql->frame[rows->row->id].alias;
        const char *other = sql->frame[rows->another_of->id].alias;
        terms[len++] = (SqlTruth){.text = sql_text(sql, "%s.kpi_row <> %s.kpi_row", own, other),
                                  .always = true};
    }
    terms[len++] = sql_timing(sql, rows, date);
    if (rows->where)
        terms[len++] = sql_truth(sql, rows->where);
    return sql_all(sql, terms, len, false);
}

void sql_related_begin(Sql *sql, const Rowset *rows, SqlRelated *out) {
    SqlRow *place = &sql->frame[rows->row->id];
    *out = (SqlRelated){.rows = rows, .around = sql->scope, .before = *place};
    sql->scope = &out->scope;
    *place = (SqlRow){sql_alias(sql, rows->row), sql->scope, false, rows};
    out->truth = condition(sql, rows, &out->date);
}

void sql_related_end(Sql *sql, SqlRelated *related) {
    sql->frame[related->rows->row->id] = related->before;
    sql->scope = related->around;
}

const char *sql_related_from(Sql *sql, const SqlRelated *related) {
    StrBuf out = {0};
    strbuf_addf(&out, "%s AS %s", sql_source(sql, related->rows->source),
                sql->frame[related->rows->row->id].alias);
    sql_put_joins(&related->scope, &out);
    const char *text = arena_copy_text(sql->arena, strbuf_text(&out), out.len);
    strbuf_fini(&out);
    return text;
}

const char *sql_related_found(Sql *sql, const SqlRelated *related, const char *columns) {
    const char *from = sql_related_from(sql, related), *truth = related->truth.text;
    if (related->rows->timing != TIMING_LATEST)
        return sql_text(sql, "SELECT (%s) AS kpi_truth%s FROM %s WHERE (%s) IS NOT FALSE", truth,
                        columns, from, truth);
    /* Of those that are true, the ones with the greatest date; of those in doubt, the ones that
     * could be among them. */
    return sql_text(
        sql,
        "SELECT * FROM (SELECT (%s) AS kpi_truth, %s AS kpi_date, max(CASE WHEN %s THEN "
        "%s END) OVER () AS kpi_latest%s FROM %s WHERE (%s) IS NOT FALSE) AS kpi_dated "
        "WHERE kpi_latest IS NULL OR kpi_date >= kpi_latest",
        truth, related->date.text, truth, related->date.text, columns, from, truth);
}

static const char *exists_error(Sql *sql, const SqlRelated *related) {
    if (!related->truth.error)
        return NULL;
    return sql_text(sql, "EXISTS (SELECT 1 FROM %s WHERE (%s) IS NULL AND %s)",
                    sql_related_from(sql, related), related->truth.text, related->truth.error);
}

static const char *exists_latest(Sql *sql, const SqlRelated *related) {
    return sql_text(sql,
                    "(SELECT CASE WHEN count(*) = 0 THEN FALSE WHEN count(CASE WHEN kpi_truth THEN "
                    "1 END) > 0 THEN TRUE END FROM (%s) AS kpi_found)",
                    sql_related_found(sql, related, ""));
}

SqlTruth sql_exists(Sql *sql, const Expr *expr) {
    SqlRelated related;
    sql_related_begin(sql, expr->as.exists.rows, &related);
    SqlTruth truth = {.always = related.truth.always, .error = exists_error(sql, &related)};
    const char *from = sql_related_from(sql, &related), *condition_text = related.truth.text;
    if (related.rows->timing == TIMING_LATEST)
        truth.text = exists_latest(sql, &related);
    else if (truth.always)
        truth.text = sql_text(sql, "EXISTS (SELECT 1 FROM %s WHERE %s)", from, condition_text);
    else
        truth.text = sql_text(sql,
                              "CASE WHEN EXISTS (SELECT 1 FROM %s WHERE %s) THEN TRUE WHEN EXISTS "
                              "(SELECT 1 FROM %s WHERE (%s) IS NULL) THEN NULL ELSE FALSE END",
                              from, condition_text, from, condition_text);
    sql_related_end(sql, &related);
    return expr->as.exists.none ? sql_not(sql, truth) : truth;
}
