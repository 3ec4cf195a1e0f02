#include "engine/sql/chain.h"

#include <string.h>

#include "engine/sql/building.h"

const char *chain_copied(Building *building, StrBuf *text) {
    const char *copy = arena_copy_text(building->sql->arena, strbuf_text(text), text->len);
    strbuf_fini(text);
    return copy;
}

/* ---- quotes ---- */

void chain_quote(Building *building, const char *words, Span span) {
    Sql *sql = building->sql;
    size_t len = 0;
    if (!sql->people || span.src == 0)
        return;
    const char *text = sources_text(sql->data->session->sources, span.src, &len);
    sql_note(sql, &building->quoted, words, text + span.off, span.len);
}

/* ---- the windows ---- */

static const char *cast_null_date(const Sql *sql) {
    return sql->dialect->scaled ? "NULL" : "CAST(NULL AS date)";
}

static void put_windows(Building *building, StrBuf *out) {
    Sql *sql = building->sql;
    sql_note(sql, out, "The windows: first day, last day, and the day that the data was taken.", "",
             0);
    strbuf_add(out, "kpi_windows (kpi_window, kpi_first, kpi_last, kpi_taken) AS (\n    VALUES ");
    bool any = false;
    for (size_t w = 0; w < building->planned->windows_len; w++) {
        const PlanWindow *window = &building->planned->windows[w];
        if (!window->available)
            continue;
        const char *taken =
            window->has_taken ? sql_bind_date(sql, window->taken) : cast_null_date(sql);
        strbuf_addf(out, "%s(%zu, %s, %s, %s)", any ? ",\n        " : "", w,
                    sql_bind_date(sql, window->start), sql_bind_date(sql, window->end), taken);
        any = true;
    }
    strbuf_add(out, "\n)");
}

/* ---- steps ---- */

void chain_begin_step(Building *building, SqlScope *scope) {
    Sql *sql = building->sql;
    *scope = (SqlScope){0};
    sql->scope = building->here = scope;
    sql->frame[building->rows->row->id] =
        (SqlRow){building->alias, scope, false, building->rows, NULL};
    sql->window = building->alias;
}

/* A server that reads through a part of WITH need not keep what is no work to read again. */
const char *chain_step_kept(const Building *building, const char *columns) {
    bool plain = building->sql->dialect->gathers && !strstr(columns, "CASE ") &&
                 !strstr(columns, "SELECT ") && !strstr(columns, " OVER ");
    return plain ? "" : "MATERIALIZED ";
}

void chain_put_step(Building *building, const char *name, const char *columns,
                    const SqlScope *scope, const char *where) {
    StrBuf *out = &building->steps;
    strbuf_addf(out, ",\n%s%s AS %s(\n    SELECT %s.*%s\n    FROM %s AS %s",
                strbuf_text(&building->quoted), name, chain_step_kept(building, columns),
                building->alias, columns, building->before, building->alias);
    strbuf_clear(&building->quoted);
    sql_put_joins(scope, out);
    if (where)
        strbuf_addf(out, "\n    WHERE %s", where);
    strbuf_add(out, "\n)");
    building->before = name;
}

const char *chain_group_list(Building *building, const char *before) {
    StrBuf list = {0};
    for (size_t b = 0; b < building->planned->indicator->breakdowns_len; b++)
        strbuf_addf(&list, "%skpi_group_%zu", b > 0 ? ", " : before, b + 1);
    return chain_copied(building, &list);
}

void chain_put_condition(Sql *sql, StrBuf *columns, const char *name, size_t number, SqlTruth truth,
                         const char **error) {
    strbuf_addf(columns, ",\n        (%s) AS %s_%zu", truth.text, name, number + 1);
    if (truth.error)
        *error = sql_either(sql, *error,
                            sql_text(sql, "((%s) IS NULL AND %s)", truth.text, truth.error));
}

/* ---- the rows of the windows ---- */

static size_t terms_of(const Expr *condition) {
    return condition->kind == EXPR_AND ? condition->as.logic.terms_len : 1;
}

/* The conditions of all filters, each term by itself: some may be of no window. */
static size_t put_filters(Building *building, SqlTruth *terms) {
    size_t len = 0;
    for (const PlanNode *node = building->last; node; node = node->input) {
        if (node->kind != PLAN_NODE_FILTER)
            continue;
        const Expr *whole = node->expr;
        for (size_t i = 0; i < terms_of(whole); i++)
            terms[len++] =
                chain_filter(building, whole->kind == EXPR_AND ? whole->as.logic.terms[i] : whole);
    }
    return len;
}

/* Short ones first: what is quickly told to be false is not worked out further. */
static void order_terms(SqlTruth *terms, size_t len) {
    for (size_t i = 1; i < len; i++) {
        SqlTruth term = terms[i];
        size_t at = i;
        for (; at > 0 && strlen(terms[at - 1].text) > strlen(term.text); at--)
            terms[at] = terms[at - 1];
        terms[at] = term;
    }
}

static size_t most_terms(const PlanNode *last) {
    size_t len = 0;
    for (const PlanNode *node = last; node; node = node->input)
        len += node->kind == PLAN_NODE_FILTER ? terms_of(node->expr) : 0;
    return len;
}

/* The rows of the windows, certain or in doubt. */
static void put_base(Building *building) {
    Sql *sql = building->sql;
    SqlScope scope = {0};
    SqlTruth *terms = arena_array(sql->arena, most_terms(building->last) + 1, sizeof *terms);
    sql->scope = building->here = &scope;
    sql->window = "kpi_windows";
    sql->frame[building->rows->row->id] =
        (SqlRow){building->alias, &scope, false, building->rows, NULL};
    terms[0] = sql_timing(sql, building->rows, &building->date);
    size_t len = put_filters(building, terms + 1);
    order_terms(terms + 1, len);
    SqlTruth truth = sql_all(sql, terms, len + 1, false);
    StrBuf *out = &building->steps;
    chain_quote(building, "The rows of each window; where kpi_truth is NULL, it is not known: ",
                building->rows->span);
    strbuf_addf(out,
                ",\n%skpi_rows AS MATERIALIZED (\n    SELECT %s.*, kpi_windows.*,\n        (%s) AS "
                "kpi_truth,\n        %s AS kpi_error",
                strbuf_text(&building->quoted), building->alias, truth.text,
                truth.error ? sql_text(sql, "((%s) IS NULL AND %s)", truth.text, truth.error)
                            : "FALSE");
    if (building->chain->latest)
        strbuf_addf(out, ",\n        %s AS kpi_date", building->date.text);
    strbuf_addf(out, "\n    FROM kpi_windows CROSS JOIN kpi_once AS %s", building->alias);
    sql_put_joins(&scope, out);
    strbuf_addf(out, "\n    WHERE (%s) %s\n)", truth.text, truth.always ? "" : "IS NOT FALSE");
    strbuf_clear(&building->quoted);
    building->before = "kpi_rows";
}

static void put_keys(Building *building) {
    Sql *sql = building->sql;
    SqlChain *chain = building->chain;
    const Indicator *indicator = building->planned->indicator;
    SqlScope scope;
    StrBuf columns = {0};
    const char *error = NULL;
    chain_begin_step(building, &scope);
    chain->keys = arena_array(sql->arena, indicator->breakdowns_len, sizeof *chain->keys);
    for (size_t b = 0; b < indicator->breakdowns_len; b++) {
        const Expr *key = indicator->breakdowns[b].keys[building->last->set];
        chain->keys[b] = key ? chain_value(building, key)
                             : (SqlValue){.type = SQL_TEXT, .text = "CAST(NULL AS text)"};
        if (chain->keys[b].under)
            chain_refuse(chain, indicator->breakdowns[b].span, "groups by a division");
        chain_quote(building, "", indicator->breakdowns[b].span);
        error = sql_either(sql, error, chain->keys[b].error);
        strbuf_addf(&columns, ",\n        %s AS kpi_group_%zu", chain->keys[b].text, b + 1);
    }
    strbuf_addf(&columns, ",\n        %s AS kpi_error_of_group", error ? error : "FALSE");
    chain_put_step(building, "kpi_grouped", chain_copied(building, &columns), &scope, NULL);
}

/* Of each group the rows of the greatest date, and those in doubt that could be among them; an
 * error is told whatever the date. The first day of all is as good as none. */
static void put_latest(Building *building) {
    Sql *sql = building->sql;
    SqlScope scope;
    chain_begin_step(building, &scope);
    chain_put_step(
        building, "kpi_dated",
        sql_text(sql,
                 ",\n        max(CASE WHEN kpi_truth AND kpi_date > %s THEN kpi_date END) OVER "
                 "(PARTITION BY kpi_window%s) AS kpi_latest",
                 sql_bind_date(sql, DATE_MIN), chain_group_list(building, ", ")),
        &scope, NULL);
    chain_put_step(building, "kpi_bounded",
                   ",\n        min(kpi_latest) OVER (PARTITION BY kpi_window) AS kpi_least"
                   ",\n        max(kpi_latest) OVER (PARTITION BY kpi_window) AS kpi_greatest",
                   &scope, NULL);
    sql_note(sql, &building->quoted, "Of each group the rows of the latest date.", "", 0);
    chain_put_step(building, "kpi_newest", "", &scope,
                   "kpi_latest IS NULL OR kpi_date >= kpi_latest OR kpi_error");
}

static void put_excludes(Building *building) {
    Sql *sql = building->sql;
    SqlChain *chain = building->chain;
    SqlScope scope;
    StrBuf columns = {0};
    const char *error = NULL;
    if (chain->excludes_len == 0)
        return;
    chain_begin_step(building, &scope);
    for (size_t i = 0; i < chain->excludes_len; i++) {
        chain_quote(building, "exclude where ", chain->excludes[i]->expr->span);
        chain_put_condition(sql, &columns, "kpi_exclude", i,
                            chain_truth(building, &building->others, chain->excludes[i]->expr),
                            &error);
    }
    strbuf_addf(&columns, ",\n        %s AS kpi_error_of_excludes", error ? error : "FALSE");
    chain_put_step(building, "kpi_excluded", chain_copied(building, &columns), &scope, NULL);
}

static const char *with_sources(Building *building, const char *steps) {
    StrBuf text = {0};
    strbuf_add(&text, "WITH RECURSIVE\n");
    sql_put_sources(building->sql, &text, steps);
    strbuf_add(&text, steps);
    return chain_copied(building, &text);
}

/* ---- all ---- */

static void put_steps(Building *building) {
    put_base(building);
    if (building->chain->grouped)
        put_keys(building);
    if (building->chain->latest)
        put_latest(building);
    put_excludes(building);
    chain_put_told(building);
    building->sql->apart = NULL;
    chain_decide_fold(building);
    chain_put_answer(building);
}

void sql_chain_make(Sql *sql, const PlanIndicator *planned, const PlanNode *last, SqlChain *out) {
    Building building = {
        .sql = sql, .chain = out, .planned = planned, .last = last, .rows = last->rows};
    *out = (SqlChain){.planned = planned, .last = last};
    sql_names_make(sql);
    chain_read_steps(out, last);
    chain_find_measures(out, last->rows, planned->figure);
    building.alias = sql_alias(sql, last->rows->row);
    sql->apart = &building;
    put_steps(&building);
    StrBuf once = {0};
    put_windows(&building, &once);
    chain_put_once(&building, &once);
    strbuf_add(&once, strbuf_text(&building.steps));
    const char *text = with_sources(&building, strbuf_text(&once));
    strbuf_fini(&once);
    strbuf_fini(&building.steps);
    strbuf_fini(&building.wheres);
    strbuf_fini(&building.quoted);
    if (sql->people)
        out->statement.text = sql_finish_literal(sql, text);
    else
        out->statement = sql_finish(sql, text);
    if (sql->births.len > 0 && !sql->people) {
        StrBuf births = {0};
        put_windows(&building, &births);
        chain_put_births(&building, &births);
        text = with_sources(&building, strbuf_text(&births));
        out->births = sql_finish(sql, text);
        strbuf_fini(&births);
    }
    if (sql->why)
        chain_refuse(out, sql->why_at, sql->why);
}
