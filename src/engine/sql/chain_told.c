/* What is told of each row: numerator, band, parts, and the values of quantities. */
#include "engine/sql/building.h"

#include <string.h>

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

/* ---- all of it ---- */

/* The key of a row of this value, by which ties are broken. */
static void put_pick(Building *building, StrBuf *columns, size_t number, SqlMeasured *measured,
                     const char **error) {
    Sql *sql = building->sql;
    const SourceModel *source = building->rows->source;
    SqlValue by = chain_value(building, measured->quantity->by);
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
        SqlValue value = chain_value(building, measured->quantity->value);
        if (value.under && measured->measure == MEASURE_PICK)
            chain_refuse(chain, measured->quantity->span, "`first` or `last` of a division");
        if (value.under)
            measured->measure = MEASURE_VALUES;
        measured->value = value;
        chain_quote(building, "", measured->quantity->span);
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
    Trial trial = chain_trial_begin(building, once);
    const char *text = band_text(banded, error);
    if (!chain_trial_end(&trial, once))
        return band_text(banded, error);
    *error = chain_once_column(building, once, *error);
    return chain_once_column(building, once, text);
}

void chain_put_told(Building *building) {
    Sql *sql = building->sql;
    SqlChain *chain = building->chain;
    SqlScope scope;
    StrBuf columns = {0};
    const char *error = NULL;
    chain_begin_step(building, &scope);
    if (chain->select)
        chain_quote(building, "those where ", selecting(building->last)->span);
    if (chain->select)
        chain_put_condition(sql, &columns, "kpi_select", 0,
                            chain_truth(building, &building->others, selecting(building->last)),
                            &error);
    if (chain->band) {
        Banded banded = {.sql = sql, .indicator = building->planned->indicator};
        const char *band_error = NULL, *text = band_of(building, &banded, &band_error);
        sql_note(sql, &building->quoted, "The band of each row, by its place among `bands`.", "",
                 0);
        strbuf_addf(&columns, ",\n        %s AS kpi_band", text);
        error = sql_either(sql, error, band_error);
    }
    for (size_t i = 0; i < chain->parts_len; i++) {
        chain_quote(building, "of which ", chain->parts[i]->expr->span);
        chain_put_condition(sql, &columns, "kpi_part", i,
                            chain_truth(building, &building->others, chain->parts[i]->expr),
                            &error);
    }
    put_measures(building, &columns, &error);
    strbuf_addf(&columns, ",\n        %s AS kpi_error_of_figure", error ? error : "FALSE");
    chain_put_step(building, "kpi_told", chain_copied(building, &columns), &scope, NULL);
}
