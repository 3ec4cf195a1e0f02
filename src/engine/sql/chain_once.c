/* What no window changes: worked out once for each row, before the windows are joined. */
#include <string.h>

#include "engine/sql/building.h"

Trial chain_trial_begin(Building *building, Once *once) {
    Sql *sql = building->sql;
    Trial trial = {.sql = sql,
                   .place = &sql->frame[building->rows->row->id],
                   .scope = sql->scope,
                   .before = once->scope,
                   .windowed = sql->windowed,
                   .window = sql->window,
                   .apart = sql->apart};
    trial.row = *trial.place;
    sql->scope = &once->scope;
    sql->window = "kpi_windows";
    sql->windowed = false;
    sql->apart = NULL;
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
    trial->sql->apart = trial->apart;
    *trial->place = trial->row;
    return holds;
}

static const char *kind_of(const Building *building, const Once *once) {
    return once == &building->filters ? "filter" : "once";
}

const char *chain_once_column(Building *building, Once *once, const char *text) {
    size_t place = 0;
    if (!text)
        return NULL;
    while (place < once->columns.len &&
           (once->columns.items[place].edges || strcmp(once->columns.items[place].text, text) != 0))
        place++;
    if (place == once->columns.len) {
        OnceColumn column = {.text = text};
        vec_push(building->sql->arena, &once->columns, column);
    }
    return sql_text(building->sql, "%s.kpi_%s_%zu", building->alias, kind_of(building, once),
                    place + 1);
}

size_t chain_once_number(const Building *building, const char *text) {
    const char *begin = sql_text(building->sql, "%s.kpi_once_", building->alias);
    size_t len = strlen(begin), number = 0;
    if (strncmp(text, begin, len) != 0)
        return 0;
    for (text += len; *text >= '0' && *text <= '9'; text++)
        number = number * 10 + (size_t)(*text - '0');
    return *text || number > building->others.columns.len ? 0 : number;
}

void chain_once_truth(Building *building, Once *once, SqlTruth *truth) {
    truth->text = chain_once_column(building, once, sql_text(building->sql, "(%s)", truth->text));
    truth->error = chain_once_column(building, once, truth->error);
}

void chain_once_value(Building *building, Once *once, SqlValue *value) {
    value->text = chain_once_column(building, once, value->text);
    value->under = chain_once_column(building, once, value->under);
    value->high = chain_once_column(building, once, value->high);
    value->symbol = chain_once_column(building, once, value->symbol);
    value->error = chain_once_column(building, once, value->error);
}

SqlTruth chain_truth(Building *building, Once *once, const Expr *expr) {
    Trial trial = chain_trial_begin(building, once);
    SqlTruth truth = sql_truth(building->sql, expr);
    if (!chain_trial_end(&trial, once))
        return sql_truth(building->sql, expr);
    chain_once_truth(building, once, &truth);
    return truth;
}

SqlValue chain_value(Building *building, const Expr *expr) {
    Once *once = &building->others;
    Trial trial = chain_trial_begin(building, once);
    SqlValue value = sql_exact(building->sql, sql_value(building->sql, expr));
    if (!chain_trial_end(&trial, once))
        return sql_exact(building->sql, sql_value(building->sql, expr));
    chain_once_value(building, once, &value);
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

/* Whether the text has the name, and not as the beginning of another. */
static bool mentions(const char *text, const char *name) {
    for (const char *at = text; (at = strstr(at, name)); at++) {
        char next = at[strlen(name)];
        if (next < '0' || next > '9')
            return true;
    }
    return false;
}

/* What the steps ask of a row beside what is made apart begins so. */
static bool asks_for_more(Building *building) {
    static const char *const own[] = {"\"", "kpi_row", "kpi_same", "kpi_symbol_"};
    const char *steps = strbuf_text(&building->steps);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strstr(steps, sql_text(building->sql, "%s.%s", building->alias, own[i])))
            return true;
    return false;
}

void chain_decide_fold(Building *building) {
    const char *steps = strbuf_text(&building->steps);
    const SqlChain *chain = building->chain;
    bool picks = false;
    for (size_t i = 0; i < chain->measures_len; i++)
        picks = picks || chain->measures[i].measure == MEASURE_PICK;
    building->slim = !asks_for_more(building);
    bool any = strstr(steps, sql_text(building->sql, "%s.kpi_once_", building->alias)) ||
               strstr(steps, sql_text(building->sql, "%s.kpi_filter_", building->alias));
    building->folded = building->slim && any && !picks;
}

/* ---- edges ---- */

#define MOST_EDGES 500

static void add_edge(Date *days, size_t *len, Date day, bool after) {
    size_t place = 0;
    if (after && !date_add_days(day, 1, &day))
        return;
    while (place < *len && days[place] < day)
        place++;
    if (place < *len && days[place] == day)
        return;
    memmove(&days[place + 1], &days[place], (*len - place) * sizeof *days);
    days[place] = day;
    ++*len;
}

static size_t find_edges(Building *building, unsigned edges, Date *days) {
    const PlanIndicator *planned = building->planned;
    size_t len = 0;
    for (size_t w = 0; w < planned->windows_len; w++) {
        const PlanWindow *window = &planned->windows[w];
        Date ends[] = {window->start, window->end, window->taken};
        for (size_t i = 0; i < (window->has_taken ? 6 : 4) && window->available; i++)
            if (edges >> i & 1)
                add_edge(days, &len, ends[i / 2], i % 2);
    }
    return len;
}

/* The column `own`, or the last edge up to it. */
static const char *edged_text(Building *building, const OnceColumn *column, const char *own,
                              StrBuf *with) {
    Sql *sql = building->sql;
    Date *days = arena_array(sql->arena, building->planned->windows_len * 6 + 1, sizeof *days);
    size_t len = column->edges ? find_edges(building, column->edges, days) : 0;
    return len > 0 && len <= MOST_EDGES ? sql->dialect->edge(sql, with, own, days, len) : own;
}

/* ---- the rows ---- */

/* Those that are asked for, or, where they are made already, their names. */
static void put_columns(Building *building, const Once *once, const char *asking, bool made,
                        StrBuf *out) {
    for (size_t i = 0; i < once->columns.len; i++) {
        const char *name = sql_text(building->sql, "kpi_%s_%zu", kind_of(building, once), i + 1);
        const char *own = sql_text(building->sql, "%s.%s", building->alias, name);
        if (!mentions(asking, own))
            continue;
        strbuf_addf(out, "%s\n        ", out->len > 0 ? "," : "");
        if (made)
            strbuf_add(out, own);
        else
            strbuf_addf(out, "%s AS %s", once->columns.items[i].text, name);
    }
}

/* A line for all rows that are alike. */
static void put_folded(Building *building, const char *single, StrBuf *out) {
    Sql *sql = building->sql;
    StrBuf columns = {0}, places = {0}, with = {0};
    size_t len = 0;
    const Once *const both[] = {&building->filters, &building->others};
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < both[k]->columns.len; i++) {
            const char *name = sql_text(sql, "kpi_%s_%zu", kind_of(building, both[k]), i + 1);
            const char *own = sql_text(sql, "%s.%s", building->alias, name);
            if (!mentions(strbuf_text(&building->steps), own))
                continue;
            const char *text = edged_text(building, &both[k]->columns.items[i], own, &with);
            strbuf_addf(&columns, "%s AS %s,\n        ", text, name);
            strbuf_addf(&places, "%s%zu", len > 0 ? ", " : "", len + 1);
            len++;
        }
    strbuf_addf(out, "%s,\n", strbuf_text(&with));
    sql_note(sql, out, "Rows that are alike in it are one, with their number.", "", 0);
    strbuf_addf(out,
                "kpi_once AS MATERIALIZED (\n    SELECT %scount(*) AS kpi_number\n    FROM %s AS "
                "%s\n    GROUP BY %s\n)",
                strbuf_text(&columns), single, building->alias, strbuf_text(&places));
    strbuf_fini(&columns);
    strbuf_fini(&places);
    strbuf_fini(&with);
}

static void put_selection(Building *building, const char *before, StrBuf *out) {
    Sql *sql = building->sql;
    StrBuf columns = {0};
    const char *steps = strbuf_text(&building->steps);
    const char *name = building->folded ? "kpi_single" : "kpi_once";
    if (building->slim)
        put_columns(building, &building->filters, steps, true, &columns);
    else
        strbuf_addf(&columns, " %s.*", building->alias);
    put_columns(building, &building->others, steps, false, &columns);
    strbuf_add(out, ",\n");
    sql_note(sql, out, "What no window changes, worked out once for each row.", "", 0);
    strbuf_addf(out, "%s AS %s (\n    SELECT%s\n    FROM %s AS %s", name,
                building->folded ? sql->dialect->before_grouping : "MATERIALIZED",
                columns.len > 0 ? strbuf_text(&columns) : " 1 AS kpi_one", before, building->alias);
    sql_put_joins(&building->others.scope, out);
    strbuf_addf(out, "%s\n)", strbuf_text(&building->wheres));
    if (building->folded)
        put_folded(building, name, out);
    strbuf_fini(&columns);
}

void chain_put_once(Building *building, StrBuf *out) {
    Sql *sql = building->sql;
    const char *before = sql_source(sql, building->rows->source), *alias = building->alias;
    StrBuf bounds = {0};
    put_bounds(building, &bounds);
    if (building->filters.columns.len > 0 || bounds.len > 0) {
        StrBuf columns = {0};
        put_columns(
            building, &building->filters,
            sql_text(sql, "%s%s", strbuf_text(&building->wheres), strbuf_text(&building->steps)),
            false, &columns);
        strbuf_add(out, ",\n");
        sql_note(sql, out, "Rows that some window may hold, and what of `where` no window changes.",
                 "", 0);
        strbuf_addf(out, "kpi_filtered AS %s(\n    SELECT %s.*%s%s\n    FROM %s AS %s",
                    columns.len > 0 ? "MATERIALIZED " : chain_step_kept(building, ""), alias,
                    columns.len > 0 ? "," : "", strbuf_text(&columns), before, alias);
        sql_put_joins(&building->filters.scope, out);
        strbuf_addf(out, "%s\n)", strbuf_text(&bounds));
        before = "kpi_filtered";
        strbuf_fini(&columns);
    }
    put_selection(building, before, out);
    strbuf_fini(&bounds);
}

SqlTruth chain_filter(Building *building, const Expr *expr) {
    size_t before = building->filters.columns.len;
    SqlTruth truth = chain_truth(building, &building->filters, expr);
    if (building->filters.columns.len == before)
        return truth;
    strbuf_addf(&building->wheres, "%s(%s) IS NOT FALSE",
                building->wheres.len > 0 ? " AND " : "\n    WHERE ", truth.text);
    return truth.always ? sql_known(true) : truth;
}
