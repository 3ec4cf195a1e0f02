#include "engine/sql/chain.h"

#include <string.h>

/* What no window changes is worked out once for each row, before the windows are joined. */
typedef struct Once {
    SqlScope scope;
    StrBuf columns;
    size_t number;
} Once;

typedef struct Building {
    Sql *sql;
    SqlChain *chain;
    const PlanIndicator *planned;
    const PlanNode *last;
    const Rowset *rows;
    SqlTruth timing, where;
    SqlValue date;
    const char *alias;
    Once filters, others;
    StrBuf wheres;      /* of the filters that no window changes */
    StrBuf steps;       /* the CTEs so far */
    const char *before; /* the name of the last of them */
} Building;

static const char *copied(Building *building, StrBuf *text) {
    const char *copy = arena_copy_text(building->sql->arena, strbuf_text(text), text->len);
    strbuf_fini(text);
    return copy;
}

/* ---- which steps ---- */

static void refuse(SqlChain *chain, Span at, const char *why) {
    if (!chain->why) {
        chain->why = why;
        chain->why_at = at;
    }
}

static void read_step(SqlChain *chain, const PlanNode *node) {
    switch (node->kind) {
    case PLAN_NODE_GROUP:
        chain->grouped = true;
        return;
    case PLAN_NODE_LATEST:
        chain->latest = true;
        return;
    case PLAN_NODE_EXCLUDE:
        if (chain->excludes_len == 16)
            refuse(chain, node->rows->span, "more than 16 exclusions");
        else
            chain->excludes[chain->excludes_len++] = node;
        return;
    case PLAN_NODE_PART:
        if (chain->parts_len == 16)
            refuse(chain, node->rows->span, "more than 16 parts");
        else
            chain->parts[chain->parts_len++] = node;
        return;
    case PLAN_NODE_SELECT:
        chain->select = true;
        return;
    case PLAN_NODE_BAND:
        chain->band = true;
        return;
    case PLAN_NODE_SCAN:
    case PLAN_NODE_TIMING:
    case PLAN_NODE_FILTER:
    case PLAN_NODE_AGGREGATE:
    case PLAN_NODE_INPUT:
    case PLAN_NODE_TERM:
    case PLAN_NODE_NEGATE:
    case PLAN_NODE_ARITHMETIC:
    case PLAN_NODE_DIVIDE:
    case PLAN_NODE_SCALE:
    case PLAN_NODE_ROUND:
        return;
    }
}

static void read_steps(SqlChain *chain, const PlanNode *node) {
    if (node->input)
        read_steps(chain, node->input);
    read_step(chain, node);
}

/* ---- which quantities ---- */

static SqlMeasure measure_of(const Quantity *quantity) {
    switch (quantity->kind) {
    case QUANTITY_SUM:
    case QUANTITY_MEAN:
        return MEASURE_SUM;
    case QUANTITY_FIRST:
    case QUANTITY_LAST:
        return MEASURE_PICK;
    case QUANTITY_COUNT:
    case QUANTITY_COUNT_DISTINCT:
    case QUANTITY_MEDIAN:
    case QUANTITY_PERCENTILE:
    case QUANTITY_MIN:
    case QUANTITY_MAX:
        break;
    }
    return MEASURE_VALUES;
}

static void find_measures(SqlChain *chain, const Rowset *rows, const PlanNode *node) {
    if (node->kind != PLAN_NODE_AGGREGATE) {
        if (node->input)
            find_measures(chain, rows, node->input);
        if (node->other)
            find_measures(chain, rows, node->other);
        return;
    }
    const Quantity *quantity = node->quantity;
    if (!quantity || quantity->kind == QUANTITY_COUNT || node->rows != rows)
        return;
    for (size_t i = 0; i < chain->measures_len; i++)
        if (chain->measures[i].quantity == quantity)
            return;
    if (chain->measures_len == SQL_MOST_MEASURES) {
        refuse(chain, quantity->span, "so many quantities of one row set");
        return;
    }
    chain->measures[chain->measures_len++] =
        (SqlMeasured){.quantity = quantity, .measure = measure_of(quantity)};
}

/* ---- the windows ---- */

static const char *cast_null_date(const Sql *sql) {
    return sql->dialect->scaled ? "NULL" : "CAST(NULL AS date)";
}

static void put_windows(Building *building, StrBuf *out) {
    Sql *sql = building->sql;
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

static void begin_step(Building *building, SqlScope *scope) {
    Sql *sql = building->sql;
    *scope = (SqlScope){0};
    sql->scope = scope;
    sql->frame[building->rows->row->id] = (SqlRow){building->alias, scope, false, building->rows};
    sql->window = building->alias;
}

/* NAME AS (SELECT alias.*, ... FROM before AS alias joins WHERE ...) */
static void put_step(Building *building, const char *name, const char *columns,
                     const SqlScope *scope, const char *where) {
    StrBuf *out = &building->steps;
    strbuf_addf(out, ",\n%s AS MATERIALIZED (\n    SELECT %s.*%s\n    FROM %s AS %s", name,
                building->alias, columns, building->before, building->alias);
    sql_put_joins(scope, out);
    if (where)
        strbuf_addf(out, "\n    WHERE %s", where);
    strbuf_add(out, "\n)");
    building->before = name;
}

/* ---- what no window changes ---- */

typedef struct Trial {
    Sql *sql;
    SqlRow *place, row;
    SqlScope *scope, before;
    bool windowed;
    const char *window;
} Trial;

/* From here on, expressions are made for the rows before they meet the windows. */
static Trial trial_begin(Building *building, Once *once) {
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
    *trial.place = (SqlRow){building->alias, &once->scope, false, building->rows};
    return trial;
}

/* Whether it held: if a window was asked for, what was joined is taken back. */
static bool trial_end(const Trial *trial, Once *once) {
    bool holds = !trial->sql->windowed;
    if (!holds)
        once->scope = trial->before;
    trial->sql->scope = trial->scope;
    trial->sql->windowed = trial->windowed;
    trial->sql->window = trial->window;
    *trial->place = trial->row;
    return holds;
}

/* A column that holds the text; NULL stays NULL. */
static const char *once_column(Building *building, Once *once, const char *text) {
    if (!text)
        return NULL;
    const char *kind = once == &building->filters ? "filter" : "once";
    strbuf_addf(&once->columns, ",\n        %s AS kpi_%s_%zu", text, kind, ++once->number);
    return sql_text(building->sql, "%s.kpi_%s_%zu", building->alias, kind, once->number);
}

/* A condition: as a column, if no window changes it; else as it is. */
static SqlTruth truth_of(Building *building, Once *once, const Expr *expr) {
    Trial trial = trial_begin(building, once);
    SqlTruth truth = sql_truth(building->sql, expr);
    if (!trial_end(&trial, once))
        return sql_truth(building->sql, expr);
    truth.text = once_column(building, once, sql_text(building->sql, "(%s)", truth.text));
    truth.error = once_column(building, once, truth.error);
    return truth;
}

static SqlValue value_of(Building *building, const Expr *expr) {
    Once *once = &building->others;
    Trial trial = trial_begin(building, once);
    SqlValue value = sql_exact(building->sql, sql_value(building->sql, expr));
    if (!trial_end(&trial, once))
        return sql_exact(building->sql, sql_value(building->sql, expr));
    value.text = once_column(building, once, value.text);
    value.under = once_column(building, once, value.under);
    value.symbol = once_column(building, once, value.symbol);
    value.error = once_column(building, once, value.error);
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
    Trial trial = trial_begin(building, &building->filters);
    SqlValue start = sql_value(sql, rows->start);
    if (!trial_end(&trial, &building->filters) || start.error)
        return;
    const char *to = sql_bind_date(sql, last);
    if (rows->timing == TIMING_DATED)
        strbuf_addf(out, "\n    WHERE %s >= %s AND %s <= %s", start.text, sql_bind_date(sql, first),
                    start.text, to);
    else
        strbuf_addf(out, "\n    WHERE %s <= %s%s", start.text, to,
                    start.always ? "" : sql_text(sql, " OR %s IS NULL", start.text));
}

/* The rows with all of that, to stand before the steps. */
static void put_once(Building *building, StrBuf *out) {
    Sql *sql = building->sql;
    const char *before = sql_source(sql, building->rows->source), *alias = building->alias;
    StrBuf bounds = {0};
    put_bounds(building, &bounds);
    if (building->filters.number > 0 || bounds.len > 0) {
        strbuf_addf(out, ",\nkpi_filtered AS MATERIALIZED (\n    SELECT %s.*%s\n    FROM %s AS %s",
                    alias, strbuf_text(&building->filters.columns), before, alias);
        sql_put_joins(&building->filters.scope, out);
        strbuf_addf(out, "%s\n)", strbuf_text(&bounds));
        before = "kpi_filtered";
    }
    strbuf_addf(out, ",\nkpi_once AS MATERIALIZED (\n    SELECT %s.*%s\n    FROM %s AS %s", alias,
                strbuf_text(&building->others.columns), before, alias);
    sql_put_joins(&building->others.scope, out);
    strbuf_addf(out, "%s\n)", strbuf_text(&building->wheres));
    strbuf_fini(&bounds);
}

/* ---- the rows of the windows ---- */

static SqlTruth filter_of(Building *building, const Expr *expr) {
    size_t before = building->filters.number;
    SqlTruth truth = truth_of(building, &building->filters, expr);
    if (building->filters.number > before)
        strbuf_addf(&building->wheres, "%s(%s) IS NOT FALSE",
                    building->wheres.len > 0 ? " AND " : "\n    WHERE ", truth.text);
    return truth;
}

/* The rows of the windows, certain or in doubt. */
static void put_base(Building *building) {
    Sql *sql = building->sql;
    SqlScope scope = {0};
    SqlTruth terms[4];
    size_t len = 0;
    sql->scope = &scope;
    sql->window = "kpi_windows";
    sql->frame[building->rows->row->id] = (SqlRow){building->alias, &scope, false, building->rows};
    terms[len++] = sql_timing(sql, building->rows, &building->date);
    for (const PlanNode *node = building->last; node; node = node->input)
        if (node->kind == PLAN_NODE_FILTER && len < 4)
            terms[len++] = filter_of(building, node->expr);
    SqlTruth truth = sql_all(sql, terms, len, false);
    StrBuf *out = &building->steps;
    strbuf_addf(out,
                ",\nkpi_rows AS MATERIALIZED (\n    SELECT %s.*, kpi_windows.*,\n        (%s) AS "
                "kpi_truth,\n        %s AS kpi_error",
                building->alias, truth.text,
                truth.error ? sql_text(sql, "((%s) IS NULL AND %s)", truth.text, truth.error)
                            : "FALSE");
    if (building->chain->latest)
        strbuf_addf(out, ",\n        %s AS kpi_date", building->date.text);
    strbuf_addf(out, "\n    FROM kpi_windows CROSS JOIN kpi_once AS %s", building->alias);
    sql_put_joins(&scope, out);
    strbuf_addf(out, "\n    WHERE (%s) %s\n)", truth.text, truth.always ? "" : "IS NOT FALSE");
    building->before = "kpi_rows";
}

static void put_keys(Building *building) {
    Sql *sql = building->sql;
    SqlChain *chain = building->chain;
    const Indicator *indicator = building->planned->indicator;
    SqlScope scope;
    StrBuf columns = {0};
    const char *error = NULL;
    begin_step(building, &scope);
    chain->keys = arena_array(sql->arena, indicator->breakdowns_len, sizeof *chain->keys);
    for (size_t b = 0; b < indicator->breakdowns_len; b++) {
        const Expr *key = indicator->breakdowns[b].keys[building->last->set];
        chain->keys[b] = key ? value_of(building, key)
                             : (SqlValue){.type = SQL_TEXT, .text = "CAST(NULL AS text)"};
        if (chain->keys[b].under)
            refuse(chain, indicator->breakdowns[b].span, "groups by a division");
        error = sql_either(sql, error, chain->keys[b].error);
        strbuf_addf(&columns, ",\n        %s AS kpi_group_%zu", chain->keys[b].text, b + 1);
    }
    strbuf_addf(&columns, ",\n        %s AS kpi_error_of_group", error ? error : "FALSE");
    put_step(building, "kpi_grouped", copied(building, &columns), &scope, NULL);
}

static const char *group_list(Building *building, const char *before) {
    StrBuf list = {0};
    for (size_t b = 0; b < building->planned->indicator->breakdowns_len; b++)
        strbuf_addf(&list, "%skpi_group_%zu", b > 0 ? ", " : before, b + 1);
    return copied(building, &list);
}

/* Of each group the rows of the greatest date, and those in doubt that could be among them. The
 * first day of all is as good as none. */
static void put_latest(Building *building) {
    Sql *sql = building->sql;
    SqlScope scope;
    begin_step(building, &scope);
    put_step(
        building, "kpi_dated",
        sql_text(sql,
                 ",\n        max(CASE WHEN kpi_truth AND kpi_date > %s THEN kpi_date END) OVER "
                 "(PARTITION BY kpi_window%s) AS kpi_latest",
                 sql_bind_date(sql, DATE_MIN), group_list(building, ", ")),
        &scope, NULL);
    put_step(building, "kpi_bounded",
             ",\n        min(kpi_latest) OVER (PARTITION BY kpi_window) AS kpi_least"
             ",\n        max(kpi_latest) OVER (PARTITION BY kpi_window) AS kpi_greatest",
             &scope, NULL);
    put_step(building, "kpi_newest", "", &scope, "kpi_latest IS NULL OR kpi_date >= kpi_latest");
}

/* Errors of a step count where the row does. */
static void put_condition(Sql *sql, StrBuf *columns, const char *name, size_t number,
                          SqlTruth truth, const char **error) {
    strbuf_addf(columns, ",\n        (%s) AS %s_%zu", truth.text, name, number + 1);
    if (truth.error)
        *error = sql_either(sql, *error,
                            sql_text(sql, "((%s) IS NULL AND %s)", truth.text, truth.error));
}

static void put_excludes(Building *building) {
    Sql *sql = building->sql;
    SqlChain *chain = building->chain;
    SqlScope scope;
    StrBuf columns = {0};
    const char *error = NULL;
    if (chain->excludes_len == 0)
        return;
    begin_step(building, &scope);
    for (size_t i = 0; i < chain->excludes_len; i++)
        put_condition(sql, &columns, "kpi_exclude", i,
                      truth_of(building, &building->others, chain->excludes[i]->expr), &error);
    strbuf_addf(&columns, ",\n        %s AS kpi_error_of_excludes", error ? error : "FALSE");
    put_step(building, "kpi_excluded", copied(building, &columns), &scope, NULL);
}

static const Expr *selecting(const PlanNode *node) {
    while (node && node->kind != PLAN_NODE_SELECT)
        node = node->input;
    return node ? node->expr : NULL;
}

/* ---- bands ---- */

typedef struct Banded {
    Sql *sql;
    const Indicator *indicator;
    SqlValue value, from, to;
    const char *missing; /* whether there is no value */
} Banded;

static SqlTruth compare_edge(Banded *banded, ComparisonOp op, ComparisonOp reached,
                             const Expr *edge) {
    Sql *sql = banded->sql;
    if (!banded->indicator->band_from) {
        SqlValue limit = sql_value(sql, edge);
        return sql_compare(sql, op, &banded->value, &limit);
    }
    SqlValue mark = sql_shift(sql, banded->from, edge, false);
    return sql_compare(sql, reached, &mark, &banded->to);
}

/* dispatch */
static SqlTruth fits(Banded *banded, const Band *band) {
    SqlTruth range[2];
    switch (band->kind) {
    case BAND_EXACT:
    case BAND_TEXT:
        return compare_edge(banded, COMPARISON_EQUAL, COMPARISON_EQUAL, band->low);
    case BAND_RANGE:
        range[0] = compare_edge(banded, COMPARISON_GREATER_EQUAL, COMPARISON_LESS_EQUAL, band->low);
        range[1] =
            compare_edge(banded, COMPARISON_LESS_EQUAL, COMPARISON_GREATER_EQUAL, band->high);
        return sql_all(banded->sql, range, 2, false);
    case BAND_UNDER:
        return compare_edge(banded, COMPARISON_LESS, COMPARISON_GREATER, band->high);
    case BAND_OR_MORE:
        return compare_edge(banded, COMPARISON_GREATER_EQUAL, COMPARISON_LESS_EQUAL, band->low);
    case BAND_IN_CODES:
    case BAND_IN_LIST:
        return sql_in(banded->sql, &banded->value, band->codes, band->items, band->items_len);
    case BAND_OTHER: /* wherever it stands, it takes what the others leave */
    case BAND_MISSING:
        break;
    }
    return sql_known(false);
}

static size_t band_of_kind(const Indicator *indicator, BandKind kind) {
    size_t band = 0;
    while (band < indicator->bands_len && indicator->bands[band].kind != kind)
        band++;
    return band;
}

static void read_banded(Banded *banded) {
    Sql *sql = banded->sql;
    const Indicator *indicator = banded->indicator;
    if (!indicator->band_from) {
        banded->value = sql_value(sql, indicator->band_value);
        banded->value.not_yet = NULL;
        banded->missing = sql_text(sql, "%s IS NULL", banded->value.text);
        if (banded->value.under)
            banded->missing =
                sql_text(sql, "(%s OR %s IS NULL)", banded->missing, banded->value.under);
        return;
    }
    banded->from = sql_value(sql, indicator->band_from);
    banded->to = sql_value(sql, indicator->band_to);
    banded->missing =
        sql_text(sql, "(%s IS NULL OR %s IS NULL)", banded->from.text, banded->to.text);
}

/* The first that fits; one that may or may not fit leaves the row in none. */
static const char *band_text(Banded *banded, const char **error) {
    Sql *sql = banded->sql;
    const Indicator *indicator = banded->indicator;
    size_t none = indicator->bands_len;
    StrBuf out = {0};
    read_banded(banded);
    *error =
        sql_either(sql, banded->value.error, sql_either(sql, banded->from.error, banded->to.error));
    strbuf_addf(&out, "CASE WHEN %s THEN %zu", banded->missing,
                band_of_kind(indicator, BAND_MISSING));
    for (size_t i = 0; i < indicator->bands_len; i++) {
        SqlTruth truth = fits(banded, &indicator->bands[i]);
        if (strcmp(truth.text, "FALSE") == 0)
            continue;
        *error = sql_either(sql, *error, truth.error);
        strbuf_addf(&out, "\n            WHEN %s THEN %zu", truth.text, i);
        if (!truth.always)
            strbuf_addf(&out, "\n            WHEN (%s) IS NULL THEN %zu", truth.text, none);
    }
    strbuf_addf(&out, "\n            ELSE %zu END", band_of_kind(indicator, BAND_OTHER));
    const char *text = arena_copy_text(sql->arena, strbuf_text(&out), out.len);
    strbuf_fini(&out);
    return text;
}

/* ---- what is told of each row ---- */

/* The key of a row of this value, by which ties are broken. */
static void put_pick(Building *building, StrBuf *columns, size_t number, SqlMeasured *measured,
                     const char **error) {
    Sql *sql = building->sql;
    const SourceModel *source = building->rows->source;
    SqlValue by = value_of(building, measured->quantity->by);
    *error = sql_either(sql, *error, by.error);
    strbuf_addf(columns, ",\n        %s AS kpi_by_%zu", by.text, number + 1);
    measured->keys = arena_array(sql->arena, source->key_len, sizeof *measured->keys);
    for (size_t i = 0; i < source->key_len; i++) {
        SqlValue key = sql_column(sql, sql->frame[building->rows->row->id], source->key[i]);
        measured->keys[i] = key;
        strbuf_addf(columns, ",\n        %s AS kpi_key_%zu_%zu", key.text, number + 1, i + 1);
    }
}

static void put_measures(Building *building, StrBuf *columns, const char **error) {
    Sql *sql = building->sql;
    SqlChain *chain = building->chain;
    for (size_t i = 0; i < chain->measures_len; i++) {
        SqlMeasured *measured = &chain->measures[i];
        SqlValue value = value_of(building, measured->quantity->value);
        if (value.under && measured->measure == MEASURE_PICK)
            refuse(chain, measured->quantity->span, "`first` or `last` of a division");
        if (value.under)
            measured->measure = MEASURE_VALUES;
        measured->value = value;
        *error = sql_either(sql, *error, value.error);
        strbuf_addf(columns, ",\n        %s AS kpi_value_%zu,\n        %s AS kpi_symbol_of_%zu",
                    value.text, i + 1, value.symbol ? value.symbol : "0", i + 1);
        if (value.under)
            strbuf_addf(columns, ",\n        %s AS kpi_under_%zu", value.under, i + 1);
        if (measured->measure == MEASURE_PICK)
            put_pick(building, columns, i, measured, error);
        /* Squares must be exact too. */
        if (measured->quantity->kind == QUANTITY_MEAN && measured->measure == MEASURE_SUM &&
            sql->dialect->scaled && value.most > 3000000000)
            *error = sql_either(
                sql, *error,
                sql_text(sql, "coalesce(%s NOT BETWEEN -3000000000 AND 3000000000, FALSE)",
                         value.text));
    }
}

static const char *band_of(Building *building, Banded *banded, const char **error) {
    Once *once = &building->others;
    Trial trial = trial_begin(building, once);
    const char *text = band_text(banded, error);
    if (!trial_end(&trial, once))
        return band_text(banded, error);
    *error = once_column(building, once, *error);
    return once_column(building, once, text);
}

static void put_told(Building *building) {
    Sql *sql = building->sql;
    SqlChain *chain = building->chain;
    SqlScope scope;
    StrBuf columns = {0};
    const char *error = NULL;
    begin_step(building, &scope);
    if (chain->select)
        put_condition(sql, &columns, "kpi_select", 0,
                      truth_of(building, &building->others, selecting(building->last)), &error);
    if (chain->band) {
        Banded banded = {.sql = sql, .indicator = building->planned->indicator};
        const char *band_error = NULL, *text = band_of(building, &banded, &band_error);
        strbuf_addf(&columns, ",\n        %s AS kpi_band", text);
        error = sql_either(sql, error, band_error);
    }
    for (size_t i = 0; i < chain->parts_len; i++)
        put_condition(sql, &columns, "kpi_part", i,
                      truth_of(building, &building->others, chain->parts[i]->expr), &error);
    put_measures(building, &columns, &error);
    strbuf_addf(&columns, ",\n        %s AS kpi_error_of_figure", error ? error : "FALSE");
    put_step(building, "kpi_told", copied(building, &columns), &scope, NULL);
}

/* ---- the answer ---- */

/* Whether the row counts and is not taken out. */
static const char *left_text(Building *building) {
    StrBuf out = {0};
    strbuf_add(&out, "coalesce(kpi_truth, FALSE)");
    for (size_t i = 0; i < building->chain->excludes_len; i++)
        strbuf_addf(&out, " AND NOT coalesce(kpi_exclude_%zu, FALSE)", i + 1);
    return copied(building, &out);
}

static const char *errors_text(Building *building) {
    const SqlChain *chain = building->chain;
    return sql_text(building->sql,
                    "count(CASE WHEN kpi_error OR (%s AND (%s%skpi_error_of_figure)) THEN 1 END)",
                    left_text(building), chain->grouped ? "kpi_error_of_group OR " : "",
                    chain->excludes_len > 0 ? "kpi_error_of_excludes OR " : "");
}

/* By which rows are told apart. */
static const char *class_list(Building *building) {
    const SqlChain *chain = building->chain;
    StrBuf out = {0};
    strbuf_add(&out, "kpi_window, kpi_truth");
    strbuf_add(&out, group_list(building, ", "));
    for (size_t i = 0; i < chain->excludes_len; i++)
        strbuf_addf(&out, ", kpi_exclude_%zu", i + 1);
    if (chain->select)
        strbuf_add(&out, ", kpi_select_1");
    if (chain->band)
        strbuf_add(&out, ", kpi_band");
    for (size_t i = 0; i < chain->parts_len; i++)
        strbuf_addf(&out, ", kpi_part_%zu", i + 1);
    return copied(building, &out);
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
    begin_step(building, &scope);
    const char *can =
        quantity->known
            ? sql_text(sql, "kpi_by_%zu IS NOT NULL AND kpi_value_%zu IS NOT NULL", n, n)
            : sql_text(sql, "kpi_by_%zu IS NOT NULL", n);
    put_step(
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

static void put_measure_columns(Building *building, StrBuf *columns, StrBuf *groups) {
    Sql *sql = building->sql;
    const SqlChain *chain = building->chain;
    for (size_t i = 0; i < chain->measures_len; i++) {
        const SqlMeasured *measured = &chain->measures[i];
        size_t n = i + 1;
        const char *value = sql_text(sql, "kpi_value_%zu", n);
        if (measured->measure == MEASURE_SUM) {
            strbuf_addf(columns, ",\n    count(%s)", value);
            strbuf_addf(columns,
                        ",\n    min(CASE WHEN %s IS NULL THEN coalesce(nullif(kpi_symbol_of_%zu, "
                        "0), %d) END)",
                        value, n, SYMBOL_UNAVAILABLE);
            if (sql->dialect->scaled)
                strbuf_addf(columns, ",\n    sum(%s >> 32), sum(%s & 4294967295)", value, value);
            else
                strbuf_addf(columns, ",\n    sum(%s)", value);
            if (measured->quantity->kind == QUANTITY_MEAN && sql->dialect->scaled)
                strbuf_addf(columns, ",\n    sum(%s * %s >> 32), sum(%s * %s & 4294967295)", value,
                            value, value, value);
            else if (measured->quantity->kind == QUANTITY_MEAN)
                strbuf_addf(columns, ",\n    sum(CAST(%s AS numeric) * %s)", value, value);
            continue;
        }
        StrBuf shown = {0};
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

static void put_answer(Building *building) {
    Sql *sql = building->sql;
    const SqlChain *chain = building->chain;
    for (size_t i = 0; i < chain->measures_len; i++)
        if (chain->measures[i].measure == MEASURE_PICK)
            put_picked(building, i);
    StrBuf columns = {0}, groups = {0};
    strbuf_addf(&columns,
                "kpi_window,\n    kpi_truth,\n    %s AS kpi_errors,\n    count(*) AS kpi_count",
                errors_text(building));
    strbuf_add(&columns,
               chain->latest ? ",\n    min(kpi_least), max(kpi_greatest)" : ",\n    NULL, NULL");
    const char *classes = class_list(building);
    const char *rest = classes + strlen("kpi_window, kpi_truth");
    strbuf_addf(&columns, "%s%s", *rest ? ",\n    " : "", *rest ? rest + 2 : "");
    strbuf_add(&groups, classes);
    put_measure_columns(building, &columns, &groups);
    strbuf_addf(&building->steps, "\nSELECT %s\nFROM %s\nGROUP BY %s", strbuf_text(&columns),
                building->before, strbuf_text(&groups));
    (void)sql;
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
    sql->frame[var->id] = (SqlRow){sql_alias(sql, var), &scope, false, NULL};
    SqlValue own = sql_value(sql, birth->rows->start), born = sql_value(sql, birth->born);
    strbuf_addf(out, "    SELECT 1 AS kpi_birth FROM kpi_windows CROSS JOIN %s AS %s",
                sql_source(sql, birth->rows->source), sql->frame[var->id].alias);
    sql_put_joins(&scope, out);
    strbuf_addf(out, "\n    WHERE %s < %s", own.text, born.text);
}

static void put_births(Building *building, StrBuf *out) {
    Sql *sql = building->sql;
    strbuf_add(out, ",\nkpi_births AS (\n");
    for (size_t i = 0; i < sql->births.len; i++) {
        if (i > 0)
            strbuf_add(out, "\n    UNION ALL\n");
        put_birth(building, out, &sql->births.items[i]);
    }
    strbuf_add(out, "\n)\nSELECT count(*) FROM kpi_births");
}

static const char *with_sources(Building *building, const char *steps) {
    StrBuf text = {0};
    strbuf_add(&text, "WITH RECURSIVE\n");
    sql_put_sources(building->sql, &text);
    strbuf_add(&text, steps);
    return copied(building, &text);
}

/* ---- all ---- */

static void put_steps(Building *building) {
    put_base(building);
    if (building->chain->grouped)
        put_keys(building);
    if (building->chain->latest)
        put_latest(building);
    put_excludes(building);
    put_told(building);
    put_answer(building);
}

void sql_chain_make(Sql *sql, const PlanIndicator *planned, const PlanNode *last, bool literal,
                    SqlChain *out) {
    Building building = {
        .sql = sql, .chain = out, .planned = planned, .last = last, .rows = last->rows};
    *out = (SqlChain){.planned = planned, .last = last};
    sql_names_make(sql);
    read_steps(out, last);
    find_measures(out, last->rows, planned->figure);
    building.alias = sql_alias(sql, last->rows->row);
    put_steps(&building);
    StrBuf once = {0};
    put_windows(&building, &once);
    put_once(&building, &once);
    strbuf_add(&once, strbuf_text(&building.steps));
    const char *text = with_sources(&building, strbuf_text(&once));
    strbuf_fini(&once);
    strbuf_fini(&building.steps);
    strbuf_fini(&building.wheres);
    strbuf_fini(&building.filters.columns);
    strbuf_fini(&building.others.columns);
    if (literal)
        out->statement.text = sql_finish_literal(sql, text);
    else
        out->statement = sql_finish(sql, text);
    if (sql->births.len > 0 && !literal) {
        StrBuf births = {0};
        put_windows(&building, &births);
        put_births(&building, &births);
        text = with_sources(&building, strbuf_text(&births));
        out->births = sql_finish(sql, text);
        strbuf_fini(&births);
    }
    if (sql->why)
        refuse(out, sql->why_at, sql->why);
}
