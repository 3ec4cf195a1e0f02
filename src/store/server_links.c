#include "store/server_links.h"

#include <inttypes.h>
#include <string.h>

#include "store/quote.h"
#include "store/server_store.h"
#include "store/server_target.h"

/* ---- addresses ---------------------------------------------------------------------------------
 */

/* How the coordinator reaches the server of kpic_at_N, and the one who reads it there. */
#define WAY                                                                                        \
    "WITH t AS (SELECT ftserver FROM pg_catalog.pg_foreign_table"                                  \
    " WHERE ftrelid = pg_catalog.to_regclass($1)),"                                                \
    " m AS (SELECT umoptions FROM pg_catalog.pg_user_mappings JOIN t ON srvid = ftserver"          \
    " WHERE usename = current_user OR umuser = 0 ORDER BY umuser = 0 LIMIT 1),"                    \
    " o AS (SELECT (pg_catalog.pg_options_to_table(srvoptions)).* FROM"                            \
    " pg_catalog.pg_foreign_server s JOIN t ON s.oid = ftserver"                                   \
    " UNION ALL SELECT (pg_catalog.pg_options_to_table(umoptions)).* FROM m)"                      \
    " SELECT option_name, option_value FROM o"

/* Whether libpq knows it: postgres_fdw has options of its own among them. */
static bool is_connection_option(const PQconninfoOption *known, const char *name) {
    for (; known && known->keyword; known++)
        if (strcmp(known->keyword, name) == 0)
            return true;
    return false;
}

static StoreResult link_connect(Store *store, size_t place, const PGresult *way) {
    Session *session = store->session;
    size_t most = (size_t)PQntuples(way) + 1, len = 0;
    const char **keywords = arena_array(session->arena, most, sizeof *keywords);
    const char **values = arena_array(session->arena, most, sizeof *values);
    PQconninfoOption *known = PQconndefaults();
    for (int row = 0; row < PQntuples(way); row++) {
        if (!is_connection_option(known, PQgetvalue(way, row, 0)))
            continue;
        keywords[len] = PQgetvalue(way, row, 0);
        values[len++] = PQgetvalue(way, row, 1);
    }
    PQconninfoFree(known);
    return server_open_options(
        &store->links[place], session, &(ServerOptions){keywords, values, len},
        arena_printf(session->arena, "shard %s", store->shards.names[place]), store->timeout);
}

/* ---- opening -----------------------------------------------------------------------------------
 */

/* Whether it is the shard that was noted. */
static StoreResult link_verify(const Store *store, size_t place) {
    const ShardNames *shards = &store->shards;
    bool same;
    StoreResult result = server_shard_is(
        &store->links[place], store->schema,
        &(ShardIdentity){.store = shards->store, .place = place, .shards = shards->len}, &same);
    return result != STORE_OK || same
               ? result
               : server_shard_another(&store->servers[0], shards->names[place]);
}

static StoreResult link_open(Store *store, size_t place) {
    StrBuf table = {0}, name = {0};
    strbuf_addf(&name, "kpic_at_%zu", place + 1);
    server_put_name(&table, store->schema, strbuf_text(&name));
    strbuf_fini(&name);
    const char *texts[] = {strbuf_text(&table)};
    ServerParameters parameters = {.texts = texts, .len = 1};
    PGresult *way;
    StoreResult result = server_step(&store->servers[0]);
    if (result == STORE_OK)
        result = server_query(&store->servers[0], WAY, &parameters, &way);
    strbuf_fini(&table);
    if (result != STORE_OK)
        return result;
    result = link_connect(store, place, way);
    PQclear(way);
    if (result == STORE_OK)
        result = server_begin(&store->links[place]);
    return result == STORE_OK ? link_verify(store, place) : result;
}

StoreResult server_links_open(Store *store) {
    StoreResult worst = STORE_OK;
    if (store->links)
        return STORE_OK;
    Server *links = arena_array(store->session->arena, store->shards.len, sizeof *links);
    for (size_t i = 0; i < store->shards.len; i++)
        links[i] = (Server){.cancel = SIZE_MAX};
    store->links = links;
    for (size_t i = 0; i < store->shards.len; i++) {
        StoreResult result = link_open(store, i);
        worst = result > worst ? result : worst;
    }
    if (worst != STORE_OK)
        server_links_close(store);
    return worst;
}

void server_links_close(Store *store) {
    for (size_t i = 0; store->links && i < store->shards.len; i++)
        if (store->links[i].link)
            server_close(&store->links[i]);
    store->links = NULL;
}

/* ---- rows that were imported -------------------------------------------------------------------
 */

/* One column a table: how many of its published rows are there. */
static void put_counts(const Store *store, StrBuf *out, const size_t *tables, size_t len) {
    strbuf_add(out, "SELECT ");
    for (size_t i = 0; i < len; i++) {
        strbuf_addf(out, "%s(SELECT count(*) FROM ", i > 0 ? ", " : "");
        server_put_table(out, &store->server_tables[tables[i]]);
        strbuf_add(out, " AS kpi_table)");
    }
}

/* How many there should be on the shard. */
static StoreResult noted_rows(const Store *store, size_t place, const size_t *tables, size_t len,
                              PGresult **out) {
    StrBuf text = {0};
    strbuf_add(&text, "SELECT ");
    for (size_t i = 0; i < len; i++) {
        const ServerTable *table = &store->server_tables[tables[i]];
        strbuf_addf(&text, "%s(SELECT coalesce(sum(rows), 0) FROM ", i > 0 ? ", " : "");
        server_put_name(&text, store->schema, "kpic_shard_rows");
        strbuf_addf(&text, " WHERE place = %zu AND batch IN ", place + 1);
        server_put_batches(&text, table);
        strbuf_add_char(&text, ')');
    }
    StoreResult result = server_step(&store->servers[0]);
    if (result == STORE_OK)
        result = server_query(&store->servers[0], strbuf_text(&text), NULL, out);
    strbuf_fini(&text);
    return result;
}

/* Tells of a table that stands on every server: its rows are lost on that shard, or the batches
 * that were read are published no more. */
static StoreResult copy_lost(const Store *store, size_t place, const ServerTable *table,
                             ShardedRows rows) {
    const Server *server = &store->servers[0];
    StrBuf text = {0};
    PGresult *still;
    StoreResult result = server_run(server, "ROLLBACK");
    strbuf_add(&text, "SELECT count(*) FROM ");
    server_put_name(&text, store->schema, "kpic_import");
    strbuf_add(&text, " WHERE published AND id IN ");
    server_put_batches(&text, table);
    if (result == STORE_OK)
        result = server_query(server, strbuf_text(&text), NULL, &still);
    strbuf_fini(&text);
    if (result != STORE_OK)
        return result;
    bool same = server_integer(still, 0, 0) == (int64_t)table->batches_len;
    PQclear(still);
    return same ? server_shard_rows_lost(server, store->shards.names[place], table->name, rows)
                : server_shards_busy(server, table->name, rows);
}

static StoreResult same_rows(const Store *store, size_t place, const size_t *tables, size_t len,
                             const PGresult *found, const PGresult *noted) {
    for (size_t i = 0; i < len; i++) {
        const ServerTable *table = &store->server_tables[tables[i]];
        ShardedRows rows = {(uint64_t)server_integer(found, 0, (int)i),
                            (uint64_t)server_integer(noted, 0, (int)i)};
        if (rows.there == rows.imported)
            continue;
        return table->divided ? server_shards_lost(&store->servers[0], store->schema,
                                                   &store->shards, table->name, rows)
                              : copy_lost(store, place, table, rows);
    }
    return STORE_OK;
}

/* The answer of a statement that was sent. */
static StoreResult counts_take(const Server *link, PGresult **out) {
    *out = NULL;
    StoreResult result = STORE_OK;
    for (PGresult *next; (next = PQgetResult(link->link));) {
        if (PQresultStatus(next) == PGRES_TUPLES_OK && !*out) {
            *out = next;
            continue;
        }
        if (result == STORE_OK)
            result = server_fault(link, next);
        PQclear(next);
    }
    return result == STORE_OK && !*out ? server_fault(link, NULL) : result;
}

StoreResult server_links_whole(Store *store, const size_t *tables, size_t len) {
    StoreResult worst = server_links_open(store), result;
    StrBuf text = {0};
    if (worst != STORE_OK || len == 0)
        return worst;
    put_counts(store, &text, tables, len);
    /* All count at once. */
    for (size_t i = 0; i < store->shards.len; i++)
        PQsendQueryParams(store->links[i].link, strbuf_text(&text), 0, NULL, NULL, NULL, NULL, 0);
    strbuf_fini(&text);
    for (size_t i = 0; i < store->shards.len; i++) {
        PGresult *found, *noted = NULL;
        result = counts_take(&store->links[i], &found);
        if (result == STORE_OK && worst == STORE_OK)
            result = noted_rows(store, i, tables, len, &noted);
        if (result == STORE_OK && noted)
            result = same_rows(store, i, tables, len, found, noted);
        PQclear(found);
        PQclear(noted);
        worst = result > worst ? result : worst;
    }
    return worst;
}

StoreResult server_whole(Store *store, const size_t *tables, size_t len) {
    const Server *server = &store->servers[0];
    size_t *divided = arena_array(store->session->arena, len, sizeof *divided), divided_len = 0;
    for (size_t i = 0; i < len; i++)
        if (store->server_tables[tables[i]].divided)
            divided[divided_len++] = tables[i];
    StrBuf text = {0};
    PGresult *found = NULL;
    StoreResult result = divided_len > 0 ? server_step(server) : STORE_OK;
    put_counts(store, &text, divided, divided_len);
    if (result == STORE_OK && divided_len > 0)
        result = server_query(server, strbuf_text(&text), NULL, &found);
    strbuf_fini(&text);
    for (size_t i = 0; result == STORE_OK && i < divided_len; i++) {
        const ServerTable *table = &store->server_tables[divided[i]];
        ShardedRows rows = {(uint64_t)server_integer(found, 0, (int)i), server_table_rows(table)};
        if (rows.there != rows.imported)
            result = server_shards_lost(server, store->schema, &store->shards, table->name, rows);
    }
    PQclear(found);
    return result;
}
