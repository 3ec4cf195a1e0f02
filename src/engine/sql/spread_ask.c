/* What is asked of the rows before each shard answers for its own. */
#include "engine/sql/spread.h"

/* ---- texts ---- */

/* A stored column as it stands, of the table under this alias. */
static const char *raw_of(Sql *sql, const ColumnModel *column, const char *alias) {
    const Catalog *catalog = store_catalog(sql->store);
    const CatalogTable *table = catalog_table(catalog, column->source->table);
    size_t place = (size_t)(table - catalog->tables);
    StrBuf name = {0};
    store_put_column(&name, sql->store, place, (size_t)catalog_column(table, column->field));
    const char *raw = sql_text(sql, "%s.%s", alias, strbuf_text(&name));
    strbuf_fini(&name);
    return raw;
}

/* Whether there is no value. */
static const char *lacks(Sql *sql, const ColumnModel *column, const char *raw) {
    StrBuf out = {0};
    strbuf_addf(&out, "%s IN (''", sql->dialect->trimmed(sql, raw, FIELD_TEXT));
    for (size_t i = 0; i < column->source->symbols_len; i++)
        strbuf_addf(&out, ", %s", sql_bind_text(sql, column->source->symbols[i].mark));
    const char *text = sql_text(sql, "coalesce(%s), TRUE)", strbuf_text(&out));
    strbuf_fini(&out);
    return text;
}

static void put_astray_in(Sql *sql, StrBuf *out, const ColumnModel *column) {
    const char *raw = raw_of(sql, column, "kpi_table");
    strbuf_addf(out, " OR %s", lacks(sql, column, raw));
    switch (sql_facts(sql, column).kind) {
    case COLUMN_TEXT:
        return;
    case COLUMN_INTEGER:
    case COLUMN_DECIMAL:
    case COLUMN_MONEY:
        strbuf_addf(out, " OR %s !~ '^(0|-?[1-9][0-9]*)$'", raw);
        return;
    case COLUMN_DATE:
    case COLUMN_YES_NO: /* what a text means is the column's own affair */
        strbuf_add(out, " OR TRUE");
        return;
    }
}

/* Rows without a value in what divides them, or with one that may be written in another way too. */
static void put_astray(Sql *sql, StrBuf *out, const SourceModel *source) {
    strbuf_add(out, "(SELECT count(*)");
    sql_put_table(sql, out, source);
    strbuf_add(out, " WHERE FALSE");
    for (size_t c = 0; c < source->columns_len; c++)
        if (spread_divides(sql->store, &source->columns[c]))
            put_astray_in(sql, out, &source->columns[c]);
    strbuf_add(out, ")");
}

/* Rows whose link leads to no row here; and those without one, where each must have one. */
static void put_far(Sql *sql, StrBuf *out, SpreadLink link) {
    const SourceModel *to = link.column->type.row;
    const Catalog *catalog = store_catalog(sql->store);
    const CatalogTable *table = catalog_table(catalog, to->table);
    const char *raw = raw_of(sql, link.column, "kpi_table");
    strbuf_add(out, "(SELECT count(*)");
    sql_put_table(sql, out, link.column->source);
    strbuf_addf(out, " WHERE %s%s %s NOT EXISTS (SELECT 1 FROM ", link.always ? "" : "NOT ",
                lacks(sql, link.column, raw), link.always ? "OR" : "AND");
    store_put_table(out, sql->store, (size_t)(table - catalog->tables));
    strbuf_addf(out, " AS kpi_near WHERE %s = %s))", raw_of(sql, to->key[0], "kpi_near"), raw);
}

void spread_put_alike(Sql *sql, StrBuf *out, const SourceModel *source, bool all) {
    SqlScope scope = {0}, *around = sql->scope;
    StrBuf keys = {0}, whole = {0};
    SqlRow row = {"kpi_keyed", &scope, false, NULL, NULL};
    sql->scope = &scope;
    sql_put_key(sql, row, source, &keys, &whole);
    /* A bracket around several is a row, which is never NULL. */
    strbuf_addf(out,
                "(SELECT count(*) - count(DISTINCT CASE WHEN %s THEN (%s) END) FROM %s AS "
                "kpi_keyed",
                strbuf_text(&whole), strbuf_text(&keys), sql_source(sql, source));
    sql_put_joins(&scope, out);
    if (!all)
        strbuf_addf(out, " WHERE %s", strbuf_text(&whole));
    strbuf_add(out, ")");
    sql->scope = around;
    strbuf_fini(&keys);
    strbuf_fini(&whole);
}

/* ---- answers ---- */

StoreResult spread_count(Sql *sql, Store *store, bool on_shards, const StrBuf *text, int64_t *out,
                         size_t len) {
    SqlStatement statement = sql_finish(sql, strbuf_text(text));
    Query *query;
    StoreResult result = (on_shards ? query_start_on_shards : query_start)(
        store, statement.text, statement.values, statement.values_len, &query);
    size_t lines = 0, wanted = on_shards ? store_shards(store) : 1;
    bool told = result == STORE_OK;
    for (; told && query_next(query); lines++)
        for (size_t i = 0; told && i < len; i++) {
            int64_t count = 0;
            told = query_integer(query, i, &count);
            out[i] = lines == 0 ? count : out[i] + count;
        }
    told = told && lines == wanted;
    StoreResult ended = query_end(query);
    result = ended > result ? ended : result;
    return result == STORE_OK && !told ? STORE_REFUSED : result;
}

/* Rows of columns that say where a row is, and links: each shard of its own. */
static StoreResult ask_shards(Sql *sql, Store *store, SpreadNeeds *needs) {
    size_t len = needs->placed.len + needs->links.len, kept = 0, i;
    int64_t *counts = arena_array(sql->arena, len + 1, sizeof *counts);
    StrBuf text = {0};
    if (len == 0)
        return STORE_OK;
    for (i = 0; i < len; i++) {
        strbuf_add(&text, i > 0 ? ",\n    " : "SELECT ");
        if (i < needs->placed.len)
            put_astray(sql, &text, needs->placed.items[i]);
        else
            put_far(sql, &text, needs->links.items[i - needs->placed.len]);
    }
    StoreResult result = spread_count(sql, store, true, &text, counts, len);
    strbuf_fini(&text);
    if (result != STORE_OK)
        return result;
    for (i = 0; i < needs->placed.len; i++)
        if (counts[i] > 0)
            needs->placed.items[kept++] = needs->placed.items[i];
    counts += needs->placed.len;
    needs->placed.len = kept;
    for (i = kept = 0; i < needs->links.len; i++)
        if (counts[i] > 0)
            needs->links.items[kept++] = needs->links.items[i];
    needs->links.len = kept;
    return STORE_OK;
}

/* What is known where the table was read. */
static bool has_own_keys(Sql *sql, const SourceModel *source) {
    const LoadedTable *loaded = &sql->data->tables[source->index];
    return loaded->source && loaded->places && !sql_facts(sql, source->key[0]).missing;
}

/* Keys: of all shards at once, which the coordinator sees. */
static StoreResult ask_keys(Sql *sql, Store *store, SpreadSources *keyed) {
    int64_t *counts = arena_array(sql->arena, keyed->len + 1, sizeof *counts);
    StrBuf text = {0}, whole = {0};
    size_t kept = 0, i;
    for (i = 0; i < keyed->len; i++)
        if (!has_own_keys(sql, keyed->items[i]))
            keyed->items[kept++] = keyed->items[i];
    keyed->len = kept;
    if (kept == 0)
        return STORE_OK;
    for (i = 0; i < keyed->len; i++) {
        strbuf_add(&text, i > 0 ? ",\n    " : "\nSELECT ");
        spread_put_alike(sql, &text, keyed->items[i], true);
    }
    sql_put_with(sql, &whole);
    strbuf_add(&whole, strbuf_text(&text));
    StoreResult result = spread_count(sql, store, false, &whole, counts, keyed->len);
    strbuf_fini(&text);
    strbuf_fini(&whole);
    for (i = kept = 0; result == STORE_OK && i < keyed->len; i++)
        if (counts[i] > 0)
            keyed->items[kept++] = keyed->items[i];
    keyed->len = kept;
    return result;
}

StoreResult spread_ask(Sql *sql, Store *store, SpreadNeeds *needs) {
    sql_names_make(sql);
    StoreResult result = ask_shards(sql, store, needs);
    return result == STORE_OK ? ask_keys(sql, store, &needs->keyed) : result;
}
