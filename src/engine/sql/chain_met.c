/* `exists` in each window, of related rows of which nothing is asked but their key and what only
 * the window changes: in which windows there is such a row is worked out once for each key, as
 * bits. */
#include <string.h>

#include "engine/sql/building.h"

typedef struct Met {
    Building *building;
    const SqlRelated *related;
    size_t number;               /* of the gathered rows */
    const char *none, *this_one; /* bits: of no window, of the one of kpi_windows */
} Met;

/* The columns that the condition is made of, each by itself behind `form`, which has its name
 * twice.
 */
static const char *columns(const Met *met, const char *before, const char *between,
                           const char *mark) {
    Sql *sql = met->building->sql;
    StrBuf out = {0};
    for (size_t i = 0; i < met->related->gathered->columns.len; i++) {
        const char *name = sql_text(sql, "kpi_c%zu_%zu", met->number, i + 1);
        const char *own = sql_text(sql, "%s.%s", met->related->gathered->alias, name);
        const char *at = strstr(met->related->rest.text, own);
        while (at && at[strlen(own)] >= '0' && at[strlen(own)] <= '9')
            at = strstr(at + 1, own);
        if (!at)
            continue;
        strbuf_add(&out, out.len > 0 ? between : before);
        for (const char *c = mark; *c; c++)
            strbuf_addf(&out, *c == '$' ? "%s" : "%.1s", *c == '$' ? name : c);
    }
    return chain_copied(met->building, &out);
}

/* kpi_kinds_N: the windows of rows that are alike in what the condition asks. */
static void put_kinds(const Met *met, StrBuf *out) {
    Sql *sql = met->building->sql;
    const char *rest = met->related->rest.text, *alias = met->related->gathered->alias;
    const char *names = columns(met, "", ", ", "$");
    sql_note(sql, out,
             "The windows in which there are related rows, as bits: first of each kind of row.", "",
             0);
    strbuf_addf(
        out,
        "kpi_kinds_%zu AS MATERIALIZED (\n    SELECT %s,\n        bit_or(CASE WHEN %s THEN %s "
        "ELSE %s END) AS kpi_sure,\n        bit_or(CASE WHEN %s THEN %s ELSE %s END) AS "
        "kpi_doubt\n    FROM (SELECT DISTINCT %s FROM kpi_each_%zu) AS %s CROSS JOIN "
        "kpi_windows\n    WHERE (%s) IS NOT FALSE\n    GROUP BY %s\n),\n",
        met->number, names, rest, met->this_one, met->none, rest, met->none, met->this_one, names,
        met->number, alias, rest, names);
}

/* The windows of all rows whose key fits. NULL is as good as NULL to arrays. */
static void put_rows(const Met *met, StrBuf *out, const char *name, const char *what,
                     const char *ending) {
    strbuf_addf(
        out,
        "%s_%zu AS MATERIALIZED (\n    SELECT %s\n    FROM kpi_each_%zu JOIN kpi_kinds_%zu ON "
        "%s\n    WHERE %s\n),\n",
        name, met->number, what, met->number, met->number,
        columns(met, "", " AND ",
                sql_text(met->building->sql, "ARRAY[kpi_each_%zu.$] = ARRAY[kpi_kinds_%zu.$]",
                         met->number, met->number)),
        ending);
}

static const char *met_text(const Met *met) {
    StrBuf out = {0};
    put_kinds(met, &out);
    put_rows(met, &out, "kpi_met",
             "kpi_own, bit_or(kpi_sure) AS kpi_sure, bit_or(kpi_doubt) AS kpi_doubt",
             "kpi_own IS NOT NULL\n    GROUP BY kpi_own");
    if (!met->related->own.always)
        put_rows(met, &out, "kpi_met_keyless", "bit_or(kpi_sure | kpi_doubt) AS kpi_doubt",
                 "kpi_own IS NULL");
    if (!met->related->other.always)
        put_rows(met, &out, "kpi_met_any", "bit_or(kpi_sure | kpi_doubt) AS kpi_doubt",
                 "kpi_own IS NOT NULL");
    return chain_copied(met->building, &out);
}

/* Where the equality is unknown, every row that is not ruled out is in doubt. */
static const char *doubt_text(const Met *met, const char *other) {
    Sql *sql = met->building->sql;
    const SqlRelated *related = met->related;
    StrBuf out = {0};
    if (!related->rest.always)
        strbuf_addf(&out, "coalesce(kpi_met_%zu.kpi_doubt, %s)", met->number, met->none);
    if (!related->own.always)
        strbuf_addf(&out, "%scoalesce((SELECT kpi_doubt FROM kpi_met_keyless_%zu), %s)",
                    out.len > 0 ? " | " : "", met->number, met->none);
    if (!related->other.always)
        strbuf_addf(&out,
                    "%sCASE WHEN %s IS NULL THEN coalesce((SELECT kpi_doubt FROM kpi_met_any_%zu), "
                    "%s) ELSE %s END",
                    out.len > 0 ? " | " : "", other, met->number, met->none, met->none);
    const char *text = out.len > 0 ? sql_text(sql, "(%s)", strbuf_text(&out)) : NULL;
    strbuf_fini(&out);
    return text;
}

static SqlTruth truth_of(const Met *met, const char *window) {
    Building *building = met->building;
    Sql *sql = building->sql;
    size_t number = chain_once_number(building, met->related->other.text);
    const char *other = building->others.columns.items[number - 1].text;
    const char *doubt = doubt_text(met, other), *name = sql_text(sql, "kpi_met_%zu", met->number);
    sql_scope_add(sql, &building->others.scope, name, name,
                  sql_text(sql, "LEFT JOIN %s ON %s.kpi_own = %s", name, name, other));
    SqlTruth truth = {.always = !doubt};
    const char *sure = chain_once_column(
        building, &building->others, sql_text(sql, "coalesce(%s.kpi_sure, %s)", name, met->none));
    truth.text = sql_text(sql, "get_bit(%s, %s.kpi_window) = 1", sure, window);
    if (doubt)
        truth.text = sql_text(
            sql,
            "CASE WHEN %s THEN TRUE WHEN get_bit(%s, %s.kpi_window) = 1 THEN NULL ELSE FALSE END",
            truth.text, chain_once_column(building, &building->others, doubt), window);
    return truth;
}

static bool can_be_met(const Building *building, const SqlRelated *related) {
    const char *own = sql_text(building->sql, "%s.", building->alias);
    return related->gathered && related->gathered->columns.len > 0 && !related->truth.error &&
           related->scope.joins.len == 0 && building->sql->windowed &&
           !strstr(related->rest.text, own) && chain_once_number(building, related->other.text) > 0;
}

bool sql_apart_exists(Sql *sql, const Rowset *rows, SqlTruth *out) {
    Building *building = sql->apart;
    if (!building || sql->scope != building->here || !sql->dialect->gathers || rows->another_of ||
        rows->timing == TIMING_LATEST)
        return false;
    const char *window = sql->window;
    bool windowed = sql->windowed;
    SqlScope around = *building->here;
    SqlRelated related;
    sql->window = "kpi_windows";
    sql->windowed = false;
    sql_related_begin(sql, rows, &related);
    bool can = can_be_met(building, &related);
    sql_related_end(sql, &related);
    *building->here = around;
    sql->window = window;
    sql->windowed = windowed || can;
    if (!can)
        return false;
    const char *none = sql_text(sql, "CAST(0 AS bit(%zu))", building->planned->windows_len);
    Met met = {building, &related, related.gathered->number, none,
               sql_text(sql, "set_bit(%s, kpi_windows.kpi_window, 1)", none)};
    if (columns(&met, "", "", "$")[0] == '\0')
        return false;
    related.gathered->met = met_text(&met);
    *out = truth_of(&met, window);
    return true;
}
