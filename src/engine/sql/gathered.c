/* Related rows by their key, as arrays: one line a key, joined to the row that asks. A server that
 * makes no index on a selection of its own finds them so in one step, and not by going through all
 * rows for each row that asks. */
#include <string.h>

#include "engine/sql/generate.h"

static const char *gathered_column(Sql *sql, SqlGathered *gathered, const char *text) {
    size_t place = 0;
    while (place < gathered->columns.len && strcmp(gathered->columns.items[place], text) != 0)
        place++;
    if (place == gathered->columns.len)
        vec_push(sql->arena, &gathered->columns, text);
    return sql_text(sql, "%s.kpi_c%zu_%zu", gathered->alias, gathered->number, place + 1);
}

const char *sql_cell(Sql *sql, SqlRow row, const char *name) {
    const char *text = sql_text(sql, "%s.%s", row.alias, name);
    return row.gathered ? gathered_column(sql, row.gathered, text) : text;
}

SqlGathered *sql_gather(Sql *sql, const SourceModel *source, const char *alias) {
    SqlGathered *gathered = arena_alloc(sql->arena, sizeof *gathered);
    *gathered = (SqlGathered){.alias = alias, .source = source, .number = sql->gathered.len + 1};
    vec_push(sql->arena, &sql->gathered, gathered);
    sql_source(sql, source);
    return gathered;
}

bool sql_gathered_truth(Sql *sql, SqlRow *place, const Expr *condition, SqlTruth *out) {
    SqlGathered *gathered = place->gathered;
    SqlScope *around = sql->scope, before = gathered->scope;
    Building *apart = sql->apart;
    bool windowed = sql->windowed;
    sql->scope = &gathered->scope; /* where the row's links are joined anyway */
    sql->apart = NULL;
    sql->windowed = false;
    place->gathered = NULL;
    SqlTruth truth = sql_truth(sql, condition);
    bool holds = !sql->windowed && strcmp(truth.text, "NULL") != 0;
    place->gathered = gathered;
    sql->scope = around;
    sql->apart = apart;
    sql->windowed = windowed;
    if (!holds) {
        gathered->scope = before;
        return false;
    }
    const char *where = sql_text(sql, "(%s) IS NOT FALSE", truth.text);
    gathered->wheres =
        gathered->wheres ? sql_text(sql, "%s AND %s", gathered->wheres, where) : where;
    *out = sql_known(true);
    if (!truth.always)
        out->text = gathered_column(sql, gathered, sql_text(sql, "(%s)", truth.text));
    if (!truth.always && truth.error)
        out->error = gathered_column(sql, gathered, truth.error);
    out->always = truth.always;
    return true;
}

SqlGathered *sql_gathered_of(Sql *sql, const char *text, const char **there) {
    for (size_t i = 0; i < sql->gathered.len; i++) {
        SqlGathered *gathered = sql->gathered.items[i];
        for (size_t c = 0; c < gathered->columns.len; c++) {
            const char *column = gathered->columns.items[c];
            if (strcmp(text, gathered_column(sql, gathered, column)) != 0)
                continue;
            *there = column;
            return gathered;
        }
    }
    return NULL;
}

const char *sql_gathered_line(Sql *sql, const SqlGathered *gathered, SqlScope *scope,
                              const char *other) {
    const char *alias = sql_text(sql, "kpi_found_%zu", gathered->number);
    sql_scope_add(sql, scope, alias, alias,
                  sql_text(sql, "LEFT JOIN kpi_near_%zu AS %s ON %s.kpi_own = %s", gathered->number,
                           alias, alias, other));
    return alias;
}

const char *sql_gathered_rows(Sql *sql, const SqlGathered *gathered, const char *line) {
    StrBuf out = {0};
    strbuf_add(&out, "unnest(");
    for (size_t i = 0; i < gathered->columns.len; i++)
        strbuf_addf(&out, "%s%s.kpi_c%zu_%zu", i > 0 ? ", " : "", line, gathered->number, i + 1);
    strbuf_addf(&out, ") AS %s (", gathered->alias);
    for (size_t i = 0; i < gathered->columns.len; i++)
        strbuf_addf(&out, "%skpi_c%zu_%zu", i > 0 ? ", " : "", gathered->number, i + 1);
    strbuf_add(&out, ")");
    const char *text = arena_copy_text(sql->arena, strbuf_text(&out), out.len);
    strbuf_fini(&out);
    return text;
}

/* ---- as parts of WITH ---- */

static void put_each(Sql *sql, StrBuf *out, const SqlGathered *gathered) {
    sql_note(sql, out, "Related rows, then the same by the key that they are looked up by.", "", 0);
    strbuf_addf(out, "kpi_each_%zu AS MATERIALIZED (\n    SELECT %s AS kpi_own", gathered->number,
                gathered->own);
    for (size_t i = 0; i < gathered->columns.len; i++)
        strbuf_addf(out, ", %s AS kpi_c%zu_%zu", gathered->columns.items[i], gathered->number,
                    i + 1);
    strbuf_addf(out, "\n    FROM %s AS %s", sql_source(sql, gathered->source), gathered->alias);
    sql_put_joins(&gathered->scope, out);
    if (gathered->wheres)
        strbuf_addf(out, "\n    WHERE %s", gathered->wheres);
    strbuf_add(out, "\n),\n");
}

static void put_near(StrBuf *out, const SqlGathered *gathered) {
    strbuf_addf(out, "kpi_near_%zu AS MATERIALIZED (\n    SELECT kpi_own", gathered->number);
    for (size_t i = 0; i < gathered->columns.len; i++)
        strbuf_addf(out, ", array_agg(kpi_c%zu_%zu) AS kpi_c%zu_%zu", gathered->number, i + 1,
                    gathered->number, i + 1);
    strbuf_addf(
        out, "\n    FROM kpi_each_%zu\n    WHERE kpi_own IS NOT NULL\n    GROUP BY kpi_own\n),\n",
        gathered->number);
}

static bool mentioned(Sql *sql, const StrBuf *out, const char *steps, const char *name,
                      size_t number) {
    const char *numbered = sql_text(sql, "%s%zu ", name, number);
    return strstr(steps, numbered) || strstr(strbuf_text(out), numbered);
}

/* What was made in vain, because a window was asked for, is not mentioned. */
void sql_put_gathered(Sql *sql, StrBuf *out, const char *steps) {
    for (size_t i = 0; i < sql->gathered.len; i++) {
        const SqlGathered *gathered = sql->gathered.items[i];
        size_t n = gathered->number;
        bool near = mentioned(sql, out, steps, "kpi_near_", n);
        bool met = gathered->met && mentioned(sql, out, steps, "kpi_met_", n);
        if (!near && !met)
            continue;
        put_each(sql, out, gathered);
        if (near)
            put_near(out, gathered);
        if (near && mentioned(sql, out, steps, "kpi_lost_", n))
            strbuf_addf(out,
                        "kpi_lost_%zu AS MATERIALIZED (\n    SELECT * FROM kpi_each_%zu WHERE "
                        "kpi_own IS NULL\n),\n",
                        n, n);
        if (met)
            strbuf_add(out, gathered->met);
    }
}
