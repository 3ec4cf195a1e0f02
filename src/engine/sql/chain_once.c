/* What no window changes: worked out once for each row, before the windows are joined. */
#include "engine/sql/building.h"

Trial chain_trial_begin(Building *building, Once *once) {
    Sql *sql = building->sql;
    Trial trial = {.sql = sql,
                   .place = &sql->frame[building->rows->row->id],
                   .scope = sql->scope,
                   .before = once->scope,
                   .windowed = sql->windowed,
                   .window = sql->window};
    trial.row = *trial.place;
    sql->scope = &once->scope;
    sql->window = "kpi_windows";
    sql->windowed = false;
    *trial.place = (SqlRow){building->alias, &once->scope, false, building->rows, NULL};
    return trial;
}

bool chain_trial_end(const Trial *trial, Once *once) {
    bool holds = !trial->sql->windowed;
    if (!holds)
        once->scope = trial->before;
    trial->sql->scope = trial->scope;
    trial->sql->windowed = trial->windowed;
    trial->sql->window = trial->window;
    *trial->place = trial->row;
    return holds;
}

const char *chain_once_column(Building *building, Once *once, const char *text) {
    if (!text)
        return NULL;
    const char *kind = once == &building->filters ? "filter" : "once";
    strbuf_addf(&once->columns, ",\n        %s AS kpi_%s_%zu", text, kind, ++once->number);
    return sql_text(building->sql, "%s.kpi_%s_%zu", building->alias, kind, once->number);
}

SqlTruth chain_truth(Building *building, Once *once, const Expr *expr) {
    Trial trial = chain_trial_begin(building, once);
    SqlTruth truth = sql_truth(building->sql, expr);
    if (!chain_trial_end(&trial, once))
        return sql_truth(building->sql, expr);
    truth.text = chain_once_column(building, once, sql_text(building->sql, "(%s)", truth.text));
    truth.error = chain_once_column(building, once, truth.error);
    return truth;
}

SqlValue chain_value(Building *building, const Expr *expr) {
    Once *once = &building->others;
    Trial trial = chain_trial_begin(building, once);
    SqlValue value = sql_exact(building->sql, sql_value(building->sql, expr));
    if (!chain_trial_end(&trial, once))
        return sql_exact(building->sql, sql_value(building->sql, expr));
    value.text = chain_once_column(building, once, value.text);
    value.under = chain_once_column(building, once, value.under);
    value.symbol = chain_once_column(building, once, value.symbol);
    value.error = chain_once_column(building, once, value.error);
    value.not_yet = NULL;
    return value;
}

/* Rows that no window can hold need no looking at. */
static void put_bounds(Building *building, StrBuf *out) {
    Sql *sql = building->sql;
    const PlanIndicator *planned = building->planned;
    const Rowset *rows = building->rows;
    Date first = DATE_MAX, last = DATE_MIN;
    for (size_t w = 0; w < planned->windows_len; w++) {
        if (!planned->windows[w].available)
            continue;
        first = planned->windows[w].start < first ? planned->windows[w].start : first;
        last = planned->windows[w].end > last ? planned->windows[w].end : last;
    }
    if (!rows->start)
        return;
    Trial trial = chain_trial_begin(building, &building->filters);
    SqlValue start = sql_value(sql, rows->start);
    if (!chain_trial_end(&trial, &building->filters) || start.error)
        return;
    const char *to = sql_bind_date(sql, last);
    if (rows->timing == TIMING_DATED)
        strbuf_addf(out, "\n    WHERE %s >= %s AND %s <= %s", start.text, sql_bind_date(sql, first),
                    start.text, to);
    else
        strbuf_addf(out, "\n    WHERE %s <= %s%s", start.text, to,
                    start.always ? "" : sql_text(sql, " OR %s IS NULL", start.text));
}

void chain_put_once(Building *building, StrBuf *out) {
    Sql *sql = building->sql;
    const char *before = sql_source(sql, building->rows->source), *alias = building->alias;
    StrBuf bounds = {0};
    put_bounds(building, &bounds);
    if (building->filters.number > 0 || bounds.len > 0) {
        strbuf_add(out, ",\n");
        sql_note(sql, out, "Rows that some window may hold, and what of `where` no window changes.",
                 "", 0);
        strbuf_addf(out, "kpi_filtered AS MATERIALIZED (\n    SELECT %s.*%s\n    FROM %s AS %s",
                    alias, strbuf_text(&building->filters.columns), before, alias);
        sql_put_joins(&building->filters.scope, out);
        strbuf_addf(out, "%s\n)", strbuf_text(&bounds));
        before = "kpi_filtered";
    }
    strbuf_add(out, ",\n");
    sql_note(sql, out, "What no window changes, worked out once for each row.", "", 0);
    strbuf_addf(out, "kpi_once AS MATERIALIZED (\n    SELECT %s.*%s\n    FROM %s AS %s", alias,
                strbuf_text(&building->others.columns), before, alias);
    sql_put_joins(&building->others.scope, out);
    strbuf_addf(out, "%s\n)", strbuf_text(&building->wheres));
    strbuf_fini(&bounds);
}

SqlTruth chain_filter(Building *building, const Expr *expr) {
    size_t before = building->filters.number;
    SqlTruth truth = chain_truth(building, &building->filters, expr);
    if (building->filters.number > before)
        strbuf_addf(&building->wheres, "%s(%s) IS NOT FALSE",
                    building->wheres.len > 0 ? " AND " : "\n    WHERE ", truth.text);
    return truth;
}
