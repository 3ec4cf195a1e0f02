#include "engine/sql/survey.h"

#include "engine/sql/generate.h"
#include "engine/sql/spread.h"

typedef struct Survey {
    Data *data;
    const Plan *plan;
    Store *store;
    Arena *arena;
    const PlanTable *planned;
    bool placed;    /* rows are where what divides them says (spread.h) */
    bool on_shards; /* each shard is asked about its own rows */
} Survey;

static Sql generator(const Survey *survey) {
    Sql sql = sql_generator(survey->arena, &sql_dialect_postgresql, survey->plan, survey->data,
                            survey->store);
    sql_names_make(&sql);
    return sql;
}

/* Whether the survey is about the column. */
static bool is_asked(const Survey *survey, size_t column) {
    return survey->planned->needed[column] && survey->planned->source->columns[column].field;
}

/* ---- values that are not plainly written ---- */

static StoreResult report_unplain(const Survey *survey, const int64_t *counts) {
    const SourceModel *source = survey->planned->source;
    StoreResult result = STORE_OK;
    for (size_t c = 0, i = 0; c < source->columns_len; c++) {
        if (!is_asked(survey, c) || counts[i++] == 0)
            continue;
        Diag *diag = diag_add(survey->data->session->diags, DIAG_not_plain, source->columns[c].span,
                              "'%s' of '%s' is not plainly written in %lld row%s, which cannot be "
                              "read where it is",
                              source->columns[c].name, source->name, (long long)counts[i - 1],
                              counts[i - 1] == 1 ? "" : "s");
        diag_help(diag,
                  "leave out `--stay`: then the rows are read here, and told if they are wrong");
        result = STORE_REFUSED;
    }
    return result;
}

/* Whether some code is valid on some days alone, which is a question of each row. */
static bool has_days(const CodeSet *codes) {
    for (size_t i = 0; codes && i < codes->entries_len; i++)
        if (codes->entries[i].has_from || codes->entries[i].has_to)
            return true;
    return false;
}

static StoreResult survey_values(Survey *survey) {
    survey->on_shards = spread_divided(survey->store, survey->planned->source);
    Sql sql = generator(survey);
    const SourceModel *source = survey->planned->source;
    StrBuf text = {0};
    size_t len = 0;
    int64_t *counts = arena_array(survey->arena, source->columns_len + 1, sizeof *counts);
    strbuf_add(&text, "SELECT ");
    for (size_t c = 0; c < source->columns_len; c++) {
        if (!is_asked(survey, c))
            continue;
        if (has_days(source->columns[c].type.codes))
            sql_refuse(&sql, source->columns[c].span, "codes that are valid for a time");
        strbuf_addf(&text, "%scount(*) FILTER (WHERE NOT (%s))", len++ > 0 ? ",\n    " : "",
                    sql_is_plain(&sql, &source->columns[c]));
    }
    sql_put_table(&sql, &text, source);
    StoreResult result = STORE_OK;
    if (sql.why) {
        diag_add(survey->data->session->diags, DIAG_beyond_sql, sql.why_at,
                 "'%s': rows that stay cannot be read: %s", source->name, sql.why);
        result = STORE_REFUSED;
    } else if (len > 0) {
        result = spread_count(&sql, survey->store, survey->on_shards, &text, counts, len);
    }
    strbuf_fini(&text);
    return result == STORE_OK ? report_unplain(survey, counts) : result;
}

/* ---- faults ---- */

typedef enum FaultWords { FAULT_MISSING, FAULT_DANGLING, FAULT_CODES, FAULT_KEYS } FaultWords;

typedef struct Asked {
    FaultWords words;
    const ColumnModel *column; /* or NULL */
} Asked;

static void report_fault(const Survey *survey, Asked asked, int64_t rows) {
    const SourceModel *source = survey->planned->source;
    Diags *diags = survey->data->session->diags;
    const char *name = asked.column ? asked.column->name : NULL, *s = rows == 1 ? "" : "s";
    long long n = rows;
    if (rows == 0)
        return;
    survey->data->faults += (size_t)rows;
    switch (asked.words) {
    case FAULT_MISSING:
        diag_add(diags, DIAG_missing_value, asked.column->span,
                 "'%s' is missing in %lld row%s of '%s'", name, n, s, source->name);
        break;
    case FAULT_DANGLING:
        diag_add(diags, DIAG_dangling_link, asked.column->span,
                 "'%s' leads to no row of '%s' in %lld row%s of '%s'", name,
                 asked.column->type.row->name, n, s, source->name);
        break;
    case FAULT_CODES:
        diag_add(diags, DIAG_unknown_code_in_data, asked.column->span,
                 "'%s' has codes that '%s' does not know, in %lld row%s of '%s'", name,
                 asked.column->type.codes->name, n, s, source->name);
        break;
    case FAULT_KEYS:
        diag_add(diags, DIAG_duplicate_key, source->span,
                 "the key of '%s' occurs twice (%lld row%s too many)", source->name, n, s);
        break;
    }
}

/* The keys are joined: a server that looks for each link inside a count does so row by row, because
 * it takes the count's one line for all that there is to look for. */
static void put_dangling(Sql *sql, StrBuf *out, const SqlValue *link, const SourceModel *linked) {
    SqlScope scope = {0}, *around = sql->scope;
    StrBuf join = {0};
    SqlRow row = {"kpi_linked", &scope, false, NULL, NULL};
    const char *alias = sql_text(sql, "kpi_keys_%zu", ++sql->aliases);
    sql->scope = &scope;
    SqlValue key = sql_column(sql, row, linked->key[0]);
    strbuf_addf(&join, "LEFT JOIN (SELECT DISTINCT %s AS kpi_own FROM %s AS kpi_linked", key.text,
                sql_source(sql, linked));
    sql_put_joins(&scope, &join);
    strbuf_addf(&join, ") AS %s ON %s.kpi_own = %s", alias, alias, link->text);
    sql->scope = around;
    sql_scope_add(sql, around, alias, alias,
                  arena_copy_text(sql->arena, strbuf_text(&join), join.len));
    strbuf_fini(&join);
    strbuf_addf(out, "count(*) FILTER (WHERE %s IS NOT NULL AND %s.kpi_own IS NULL)", link->text,
                alias);
}

/* ---- counting ---- */

static void put_count(Sql *sql, StrBuf *out, const SourceModel *source, Asked of) {
    const ColumnModel *column = of.column;
    SqlRow row = {"kpi_asked", sql->scope, false, NULL, NULL};
    if (of.words == FAULT_KEYS) {
        spread_put_alike(sql, out, source, false);
        return;
    }
    SqlValue value = sql_column(sql, row, column);
    if (of.words == FAULT_MISSING)
        strbuf_addf(out, "count(*) FILTER (WHERE %s IS NULL)", value.text);
    else if (of.words == FAULT_DANGLING)
        put_dangling(sql, out, &value, column->type.row);
    else
        strbuf_addf(out, "count(*) FILTER (WHERE NOT (%s))",
                    sql_in(sql, &value, column->type.codes, NULL, 0).text);
}

/* In the order in which faults are told. */
static Asked *list_asked(const Survey *survey, size_t *len) {
    const SourceModel *source = survey->planned->source;
    Asked *asked = arena_array(survey->arena, source->columns_len * 3 + 1, sizeof *asked);
    *len = 0;
    if (source->key_len > 0)
        asked[(*len)++] = (Asked){FAULT_KEYS, NULL};
    for (size_t c = 0; c < source->columns_len; c++) {
        const ColumnModel *column = &source->columns[c];
        if (!is_asked(survey, c))
            continue;
        if (!column->optional && !column->type.open)
            asked[(*len)++] = (Asked){FAULT_MISSING, column};
        if (survey->planned->followed[c])
            asked[(*len)++] = (Asked){FAULT_DANGLING, column};
        if (column->type.codes)
            asked[(*len)++] = (Asked){FAULT_CODES, column};
    }
    return asked;
}

/* Whether each shard can count it, so that the counts are added up. */
static bool is_for_shards(const Survey *survey, Asked of) {
    const SourceModel *source = survey->planned->source;
    if (!spread_divided(survey->store, source))
        return false;
    if (of.words == FAULT_KEYS)
        return survey->placed && spread_holds_key(survey->store, source);
    return of.words != FAULT_DANGLING ||
           (survey->placed && spread_holds_link(survey->store, of.column));
}

/* What is wanted of what is asked, on the shards or not. */
static StoreResult count_faults(const Survey *survey, const Asked *asked, const bool *wanted,
                                size_t len, int64_t *rows) {
    Sql sql = generator(survey);
    SqlScope scope = {0};
    StrBuf text = {0}, counts = {0};
    const char *name = sql_source(&sql, survey->planned->source);
    int64_t *found = arena_array(survey->arena, len + 1, sizeof *found);
    size_t found_len = 0;
    sql.scope = &scope;
    for (size_t i = 0; i < len; i++) {
        if (!wanted[i])
            continue;
        put_count(&sql, &counts, survey->planned->source, asked[i]);
        strbuf_add(&counts, ",\n    ");
        found_len++;
    }
    sql_put_with(&sql, &text);
    strbuf_addf(&text, "\nSELECT %scount(*)\nFROM %s AS kpi_asked", strbuf_text(&counts), name);
    sql_put_joins(&scope, &text);
    StoreResult result = STORE_OK;
    if (found_len > 0)
        result = spread_count(&sql, survey->store, survey->on_shards, &text, found, found_len);
    for (size_t i = len; i-- > 0;)
        if (wanted[i])
            rows[i] = found[--found_len];
    strbuf_fini(&text);
    strbuf_fini(&counts);
    return result;
}

/* Whether it is about links to rows that the shards have, each its own or all of them. */
static bool leads_within(const Survey *survey, Asked of) {
    return of.words == FAULT_DANGLING && spread_is_there(survey->store, of.column->type.row);
}

/* Links of which none leads away from its shard need not be asked about of all rows at once. */
static StoreResult survey_faults(Survey *survey) {
    size_t len;
    const Asked *asked = list_asked(survey, &len);
    int64_t *rows = arena_array(survey->arena, len + 1, sizeof *rows);
    bool *wanted = arena_array(survey->arena, len + 1, sizeof *wanted);
    bool divided = spread_divided(survey->store, survey->planned->source);
    for (size_t i = 0; i < len; i++)
        wanted[i] = divided && (leads_within(survey, asked[i]) || is_for_shards(survey, asked[i]));
    survey->on_shards = true;
    StoreResult result = count_faults(survey, asked, wanted, len, rows);
    for (size_t i = 0; i < len; i++)
        wanted[i] = !is_for_shards(survey, asked[i]) && (!wanted[i] || rows[i] > 0);
    survey->on_shards = false;
    if (result == STORE_OK)
        result = count_faults(survey, asked, wanted, len, rows);
    for (size_t i = 0; result == STORE_OK && i < len; i++)
        report_fault(survey, asked[i], rows[i]);
    return result;
}

static StoreResult find_placed(Survey *survey) {
    const Plan *plan = survey->plan;
    SpreadNeeds needs = {0};
    Sql sql = generator(survey);
    for (size_t i = 0; i < plan->tables_len; i++)
        if (spread_has_dividing(survey->store, plan->tables[i].source))
            vec_push(survey->arena, &needs.placed, plan->tables[i].source);
    StoreResult result = spread_ask(&sql, survey->store, &needs);
    survey->placed = needs.placed.len == 0;
    return result;
}

StoreResult survey_rows(Data *data, const Plan *plan, Store *store) {
    Survey survey = {.data = data, .plan = plan, .store = store, .arena = arena_new()};
    StoreResult worst = find_placed(&survey), result;
    for (size_t i = 0; i < plan->tables_len; i++) {
        survey.planned = &plan->tables[i];
        if (survey.planned->source->table) {
            result = survey_values(&survey);
            worst = result > worst ? result : worst;
        }
    }
    for (size_t i = 0; worst == STORE_OK && i < plan->tables_len; i++) {
        survey.planned = &plan->tables[i];
        if (survey.planned->source->table)
            worst = survey_faults(&survey);
    }
    arena_free(survey.arena);
    return worst;
}
