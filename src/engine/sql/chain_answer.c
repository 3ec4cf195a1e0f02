/* The answer: rows that are alike, with their number and sums; and the count of rows before a
 * birth. */
#include "engine/sql/building.h"

#include <string.h>

/* Whether the row counts and is not taken out. */
static const char *left_text(Building *building) {
    StrBuf out = {0};
    strbuf_add(&out, "coalesce(kpi_truth, FALSE)");
    for (size_t i = 0; i < building->chain->excludes_len; i++)
        strbuf_addf(&out, " AND NOT coalesce(kpi_exclude_%zu, FALSE)", i + 1);
    return chain_copied(building, &out);
}

/* Where an error is told. Groups and exclusions of a row that counts are looked at whether or not
 * another exclusion takes it out; the rest only if none does. */
static const char *errors_text(Building *building) {
    const SqlChain *chain = building->chain;
    StrBuf out = {0};
    strbuf_addf(&out, "%s(CASE WHEN kpi_error", building->folded ? "sum" : "count");
    if (chain->grouped)
        strbuf_add(&out, " OR (kpi_truth AND kpi_error_of_group)");
    if (chain->excludes_len > 0)
        strbuf_add(&out, " OR (kpi_truth AND kpi_error_of_excludes)");
    strbuf_addf(&out, " OR (%s AND kpi_error_of_figure) THEN %s END)", left_text(building),
                building->folded ? "kpi_number ELSE 0" : "1");
    return chain_copied(building, &out);
}

/* By which rows are told apart. */
static const char *class_list(Building *building) {
    const SqlChain *chain = building->chain;
    StrBuf out = {0};
    strbuf_add(&out, "kpi_window, kpi_truth");
    strbuf_add(&out, chain_group_list(building, ", "));
    for (size_t i = 0; i < chain->excludes_len; i++)
        strbuf_addf(&out, ", kpi_exclude_%zu", i + 1);
    if (chain->select)
        strbuf_add(&out, ", kpi_select_1");
    if (chain->band)
        strbuf_add(&out, ", kpi_band");
    for (size_t i = 0; i < chain->parts_len; i++)
        strbuf_addf(&out, ", kpi_part_%zu", i + 1);
    return chain_copied(building, &out);
}

/* Of each class the rows of the best date and key, and those that cannot be it. */
static void put_picked(Building *building, size_t number) {
    const Quantity *quantity = building->chain->measures[number].quantity;
    Sql *sql = building->sql;
    SqlScope scope;
    StrBuf order = {0};
    size_t n = number + 1;
    strbuf_addf(&order, "kpi_by_%zu %s", n, quantity->kind == QUANTITY_FIRST ? "ASC" : "DESC");
    for (size_t i = 0; i < building->rows->source->key_len; i++)
        strbuf_addf(&order, ", kpi_key_%zu_%zu ASC NULLS FIRST", n, i + 1);
    chain_begin_step(building, &scope);
    const char *can =
        quantity->known
            ? sql_text(sql, "kpi_by_%zu IS NOT NULL AND kpi_value_%zu IS NOT NULL", n, n)
            : sql_text(sql, "kpi_by_%zu IS NOT NULL", n);
    chain_put_step(
        building, sql_text(sql, "kpi_ranked_%zu", n),
        sql_text(
            sql,
            ",\n        CASE WHEN %s THEN rank() OVER (PARTITION BY %s, %s ORDER BY %s) END AS "
            "kpi_rank_%zu",
            can, class_list(building), can, strbuf_text(&order), n),
        &scope, NULL);
    strbuf_fini(&order);
}

/* Whether it is a candidate, whether it lacks the value; then, of candidates, all that decides. */
static void put_pick_columns(Building *building, StrBuf *out, size_t n) {
    Sql *sql = building->sql;
    const char *best = sql_text(sql, "CASE WHEN kpi_rank_%zu = 1 THEN", n);
    strbuf_addf(out, "kpi_rank_%zu = 1, kpi_value_%zu IS NULL, %s kpi_value_%zu END, ", n, n, best,
                n);
    strbuf_addf(out, "%s CASE WHEN kpi_value_%zu IS NULL THEN kpi_symbol_of_%zu END END, ", best, n,
                n);
    strbuf_addf(out, "%s kpi_by_%zu END", best, n);
    for (size_t k = 0; k < building->rows->source->key_len; k++)
        strbuf_addf(out, ", %s kpi_key_%zu_%zu END", best, n, k + 1);
}

/* Of a row that stands for several, the value as often as they are. */
static const char *times(Building *building, const char *value) {
    return building->folded ? sql_text(building->sql, "%s * kpi_number", value) : value;
}

/* In SQLite two halves of 32 bits. */
static void put_sum(Building *building, StrBuf *columns, const char *value) {
    Sql *sql = building->sql;
    if (sql->dialect->scaled)
        strbuf_addf(columns, ",\n    sum(%s), sum(%s)",
                    times(building, sql_text(sql, "(%s >> 32)", value)),
                    times(building, sql_text(sql, "(%s & 4294967295)", value)));
    else if (building->folded)
        strbuf_addf(columns, ",\n    sum(%s)",
                    times(building, sql_text(sql, "CAST(%s AS numeric)", value)));
    else
        strbuf_addf(columns, ",\n    sum(%s)", value);
}

static void put_sums(Building *building, StrBuf *columns, const SqlMeasured *measured, size_t n) {
    Sql *sql = building->sql;
    const char *value = sql_text(sql, "kpi_value_%zu", n);
    if (building->folded)
        strbuf_addf(columns, ",\n    sum(CASE WHEN %s IS NOT NULL THEN kpi_number ELSE 0 END)",
                    value);
    else
        strbuf_addf(columns, ",\n    count(%s)", value);
    strbuf_addf(columns,
                ",\n    min(CASE WHEN %s IS NULL THEN coalesce(nullif(kpi_symbol_of_%zu, "
                "0), %d) END)",
                value, n, SYMBOL_UNAVAILABLE);
    put_sum(building, columns, value);
    if (measured->quantity->kind == QUANTITY_MEAN)
        put_sum(building, columns,
                sql_text(sql, sql->dialect->scaled ? "%s * %s" : "CAST(%s AS numeric) * %s", value,
                         value));
}

static void put_measure_columns(Building *building, StrBuf *columns, StrBuf *groups) {
    Sql *sql = building->sql;
    const SqlChain *chain = building->chain;
    for (size_t i = 0; i < chain->measures_len; i++) {
        const SqlMeasured *measured = &chain->measures[i];
        size_t n = i + 1;
        const char *value = sql_text(sql, "kpi_value_%zu", n);
        StrBuf shown = {0};
        if (measured->measure == MEASURE_SUM) {
            put_sums(building, columns, measured, n);
            continue;
        }
        if (measured->measure == MEASURE_PICK)
            put_pick_columns(building, &shown, n);
        else
            strbuf_addf(&shown, "%s, CASE WHEN %s IS NULL THEN kpi_symbol_of_%zu END", value, value,
                        n);
        if (measured->value.under)
            strbuf_addf(&shown, ", kpi_under_%zu", n);
        strbuf_addf(columns, ",\n    %s", strbuf_text(&shown));
        strbuf_addf(groups, ", %s", strbuf_text(&shown));
        strbuf_fini(&shown);
    }
}

void chain_put_answer(Building *building) {
    const SqlChain *chain = building->chain;
    for (size_t i = 0; i < chain->measures_len; i++)
        if (chain->measures[i].measure == MEASURE_PICK)
            put_picked(building, i);
    StrBuf columns = {0}, groups = {0};
    strbuf_addf(&columns, "kpi_window,\n    kpi_truth,\n    %s AS kpi_errors,\n    %s AS kpi_count",
                errors_text(building), building->folded ? "sum(kpi_number)" : "count(*)");
    strbuf_add(&columns,
               chain->latest ? ",\n    min(kpi_least), max(kpi_greatest)" : ",\n    NULL, NULL");
    const char *classes = class_list(building);
    const char *rest = classes + strlen("kpi_window, kpi_truth");
    strbuf_addf(&columns, "%s%s", *rest ? ",\n    " : "", *rest ? rest + 2 : "");
    strbuf_add(&groups, classes);
    put_measure_columns(building, &columns, &groups);
    strbuf_addf(&building->steps, "\nSELECT %s\nFROM %s\nGROUP BY %s", strbuf_text(&columns),
                building->before, strbuf_text(&groups));
    strbuf_fini(&columns);
    strbuf_fini(&groups);
}

/* ---- births ---- */

/* A selection of the rows whose own date precedes the birth, in any window. */
static void put_birth(Building *building, StrBuf *out, const SqlBirth *birth) {
    Sql *sql = building->sql;
    SqlScope scope = {0};
    const RowVar *var = birth->rows->row;
    sql->scope = &scope;
    sql->window = "kpi_windows";
    sql->frame[var->id] = (SqlRow){sql_alias(sql, var), &scope, false, NULL, NULL};
    SqlValue own = sql_value(sql, birth->rows->start), born = sql_value(sql, birth->born);
    strbuf_addf(out, "    SELECT 1 AS kpi_birth FROM kpi_windows CROSS JOIN %s AS %s",
                sql_source(sql, birth->rows->source), sql->frame[var->id].alias);
    sql_put_joins(&scope, out);
    strbuf_addf(out, "\n    WHERE %s < %s", own.text, born.text);
}

void chain_put_births(Building *building, StrBuf *out) {
    Sql *sql = building->sql;
    strbuf_add(out, ",\nkpi_births AS (\n");
    for (size_t i = 0; i < sql->births.len; i++) {
        if (i > 0)
            strbuf_add(out, "\n    UNION ALL\n");
        put_birth(building, out, &sql->births.items[i]);
    }
    strbuf_add(out, "\n)\nSELECT count(*) FROM kpi_births");
}
