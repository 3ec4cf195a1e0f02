/* Statements on a store that is divided over shards: which of them each shard answers for its own
 * rows, and which the coordinator answers, to which rows of the shards then come. */
#include "engine/sql/spread.h"
#include "engine/sql/statement.h"

void statement_place(const Sql *sql, Statement *statement) {
    const Store *store = sql->store;
    const SqlChain *chain = &statement->chain;
    if (store_shards(store) == 0)
        return;
    bool apart = spread_find(store, sql->arena, chain->planned->indicator, &statement->needs) &&
                 !chain->latest && spread_divided(store, chain->last->rows->source);
    for (size_t i = 0; i < sql->plan->model->sources_len; i++) {
        const SourceModel *source = sql->plan->model->sources[i];
        if (sql->names[i].used && spread_divided(store, source))
            statement->divided = true;
        if (sql->names[i].used)
            apart = apart && spread_is_there(store, source);
        /* Rows of one key are taken for one. */
        if (!sql->names[i].same_used || !spread_divided(store, source))
            continue;
        apart = apart && spread_holds_key(store, source);
        spread_need_source(sql->arena, &statement->needs.placed, source);
    }
    statement->on_shards = apart;
}

/* ---- all of them -------------------------------------------------------------------------------
 */

/* The tables of the plan that were imported, by their places in the catalogue. */
static size_t *tables_of(const SqlRun *run, size_t *len) {
    const Plan *plan = run->plan;
    const Catalog *catalog = store_catalog(run->store);
    size_t *tables = arena_array(run->arena, plan->tables_len + 1, sizeof *tables);
    *len = 0;
    for (size_t i = 0; i < plan->tables_len; i++) {
        const char *name = plan->tables[i].source->table;
        const CatalogTable *table = name ? catalog_table(catalog, name) : NULL;
        size_t place = table ? (size_t)(table - catalog->tables) : 0;
        bool known = !table || !store_imported(run->store, place);
        for (size_t t = 0; t < *len; t++)
            known = known || tables[t] == place;
        if (!known)
            tables[(*len)++] = place;
    }
    return tables;
}

static bool any(const SqlRun *run, bool on_shards) {
    for (size_t i = 0; i < run->statements_len; i++)
        if (run->statements[i].divided && run->statements[i].on_shards == on_shards)
            return true;
    return false;
}

StoreResult statements_ready(SqlRun *run) {
    size_t len;
    if (store_shards(run->store) == 0)
        return STORE_OK;
    const size_t *tables = tables_of(run, &len);
    SpreadNeeds needs = {0};
    StoreResult result = STORE_OK;
    for (size_t i = 0; i < run->statements_len; i++)
        if (run->statements[i].on_shards)
            spread_needs_add(run->arena, &needs, &run->statements[i].needs);
    if (any(run, true))
        result = store_shards_whole(run->store, true, tables, len);
    Sql sql = statement_generator(run);
    /* Keys are counted by the coordinator. */
    bool counts = run->data->written_only && needs.keyed.len > 0;
    if (result == STORE_OK)
        result = spread_ask(&sql, run->store, &needs);
    for (size_t i = 0; result == STORE_OK && i < run->statements_len; i++)
        if (!spread_needs_met(&run->statements[i].needs, &needs))
            run->statements[i].on_shards = false;
    if (result == STORE_OK && (counts || any(run, false)))
        result = store_shards_whole(run->store, false, tables, len);
    return result;
}

bool statement_gather(SqlRun *run, Statement *statement) {
    size_t len;
    const size_t *tables = tables_of(run, &len);
    StoreResult result = store_shards_whole(run->store, false, tables, len);
    statement->on_shards = false;
    statement->entries.len = 0;
    run->result = result > run->result ? result : run->result;
    return result == STORE_OK;
}

StatementPlaces sql_places(const SqlRun *run) {
    StatementPlaces places = {0};
    if (store_shards(run->store) == 0)
        return places;
    for (size_t i = 0; i < run->statements_len; i++) {
        const Statement *statement = &run->statements[i];
        places.shards += statement->on_shards;
        places.gathered += statement->divided && !statement->on_shards;
        places.coordinator += !statement->divided;
    }
    return places;
}
