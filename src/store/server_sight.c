#include "store/server_sight.h"

#include <inttypes.h>
#include <string.h>

#include "store/encoding.h"
#include "store/quote.h"
#include "store/server_target.h"

/* Whether the schema has such a table. */
static StoreResult has_table(const Server *server, const char *schema, const char *table,
                             bool *out) {
    const char *texts[] = {schema, table};
    ServerParameters parameters = {.texts = texts, .len = 2};
    PGresult *found;
    StoreResult result =
        server_query(server,
                     "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                     " ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2",
                     &parameters, &found);
    if (result != STORE_OK)
        return result;
    *out = PQntuples(found) > 0;
    PQclear(found);
    return STORE_OK;
}

/* Of the shard's own line, as it stands in this table; its store is $1. */
static void put_identity(StrBuf *out, const char *schema, const char *table, size_t place,
                         size_t shards) {
    strbuf_add(out, "SELECT 1 FROM ");
    server_put_name(out, schema, table);
    strbuf_addf(out, " WHERE store = $1 AND place = %zu AND shards = %zu", place + 1, shards);
}

StoreResult server_shard_alone(const Server *server, const char *schema, bool *out) {
    return has_table(server, schema, "kpic_shard", out);
}

StoreResult server_shard_is(const Server *server, const char *schema, const ShardIdentity *wanted,
                            bool *out) {
    ServerParameters parameters = {.texts = &wanted->store, .len = 1};
    PGresult *seen;
    StoreResult result = server_shard_alone(server, schema, out);
    if (result != STORE_OK || !*out)
        return result;
    StrBuf text = {0};
    put_identity(&text, schema, "kpic_shard", wanted->place, wanted->shards);
    result = server_query(server, strbuf_text(&text), &parameters, &seen);
    strbuf_fini(&text);
    if (result != STORE_OK)
        return result;
    *out = PQntuples(seen) == 1;
    PQclear(seen);
    return STORE_OK;
}

StoreResult server_shards_noted(const Server *server, const char *schema, ShardNames *out) {
    *out = (ShardNames){0};
    bool divided = false;
    StoreResult result = has_table(server, schema, "kpic_shards", &divided);
    if (result != STORE_OK || !divided)
        return result;
    StrBuf text = {0};
    strbuf_add(&text, "SELECT name, store FROM ");
    server_put_name(&text, schema, "kpic_shards");
    strbuf_add(&text, " ORDER BY place");
    PGresult *noted;
    result = server_query(server, strbuf_text(&text), NULL, &noted);
    strbuf_fini(&text);
    if (result != STORE_OK)
        return result;
    Arena *arena = server->session->arena;
    out->len = (size_t)PQntuples(noted);
    out->names = arena_array(arena, out->len, sizeof *out->names);
    for (size_t i = 0; i < out->len; i++)
        out->names[i] = arena_copy_text(arena, PQgetvalue(noted, (int)i, 0),
                                        (size_t)PQgetlength(noted, (int)i, 0));
    out->store =
        out->len ? arena_copy_text(arena, PQgetvalue(noted, 0, 1), (size_t)PQgetlength(noted, 0, 1))
                 : "";
    PQclear(noted);
    return STORE_OK;
}

/* ---- one shard ---------------------------------------------------------------------------------
 */

static StoreResult unreadable(const Server *server, const char *name, const PGresult *result) {
    const char *words = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    const char *more = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL) : NULL;
    StrBuf line = {0};
    server_put_line(&line, words ? words : PQerrorMessage(server->link));
    if (more)
        strbuf_add(&line, ": ");
    server_put_line(&line, more ? more : "");
    Diag *diag = diag_add(server->session->diags, DIAG_shard_unreadable, (Span){0},
                          "the shard '%s' of '%s' cannot be read: %s", name, server->path,
                          strbuf_text(&line));
    diag_help(diag, "no figure is made without it; try again when it is there");
    strbuf_fini(&line);
    return STORE_UNAVAILABLE;
}

StoreResult server_shard_another(const Server *server, const char *name) {
    Diag *diag = diag_add(server->session->diags, DIAG_shard_other, (Span){0},
                          "the foreign server '%s' of '%s' leads to a database that is not this "
                          "store's shard '%s'",
                          name, server->path, name);
    diag_help(diag, "ALTER SERVER %s OPTIONS (SET host ..., SET dbname ...) mends its address",
              name);
    return STORE_DAMAGED;
}

static StoreResult look(const Server *server, const char *schema, const ShardNames *shards,
                        size_t place) {
    StrBuf table = {0}, text = {0};
    strbuf_addf(&table, "kpic_at_%zu", place + 1);
    put_identity(&text, schema, strbuf_text(&table), place, shards->len);
    strbuf_fini(&table);
    StoreResult result = STORE_OK;
    if (PQtransactionStatus(server->link) != PQTRANS_IDLE)
        result = server_step(server);
    if (result == STORE_OK) {
        PGresult *seen =
            PQexecParams(server->link, strbuf_text(&text), 1, NULL, &shards->store, NULL, NULL, 0);
        if (PQresultStatus(seen) != PGRES_TUPLES_OK)
            result = PQstatus(server->link) == CONNECTION_OK
                         ? unreadable(server, shards->names[place], seen)
                         : server_fault(server, seen);
        else if (PQntuples(seen) != 1)
            result = server_shard_another(server, shards->names[place]);
        PQclear(seen);
    }
    strbuf_fini(&text);
    return result;
}

StoreResult server_shards_look(const Server *server, const char *schema, const ShardNames *shards) {
    StoreResult worst = STORE_OK;
    for (size_t i = 0; i < shards->len; i++) {
        StoreResult result = look(server, schema, shards, i);
        worst = result > worst ? result : worst;
    }
    return worst;
}

StoreResult server_shard_refuse(const Server *server) {
    Diag *diag = diag_add(server->session->diags, DIAG_shard_alone, (Span){0},
                          "'%s' is one shard of a store, with a part of its rows", server->path);
    diag_help(diag, "name the store's coordinator");
    return STORE_REFUSED;
}

/* ---- rows that are not there -------------------------------------------------------------------
 */

/* How many rows of its published batches each shard should have, and has. */
static StoreResult shard_rows(const Server *server, const char *schema, const char *table,
                              size_t place, PGresult **out) {
    StrBuf text = {0}, partition = {0}, quoted = {0};
    strbuf_addf(&partition, "kpic_%zu_%s", place + 1, table);
    quote_text(&quoted, table);
    strbuf_add(&text, "WITH b AS MATERIALIZED (SELECT i.id, r.rows FROM ");
    server_put_name(&text, schema, "kpic_import");
    strbuf_add(&text, " i JOIN ");
    server_put_name(&text, schema, "kpic_shard_rows");
    strbuf_addf(&text, " r ON r.batch = i.id AND r.place = %zu WHERE i.published AND ", place + 1);
    strbuf_addf(&text, "i.table_name = %s) SELECT (SELECT coalesce(sum(rows), 0) FROM b)::bigint, ",
                strbuf_text(&quoted));
    strbuf_add(&text, "(SELECT count(*) FROM ");
    server_put_name(&text, schema, strbuf_text(&partition));
    strbuf_add(&text, " WHERE kpic_batch IN (SELECT id FROM b))");
    StoreResult result = server_query(server, strbuf_text(&text), NULL, out);
    strbuf_fini(&text);
    strbuf_fini(&partition);
    strbuf_fini(&quoted);
    return result;
}

StoreResult server_shard_rows_lost(const Server *server, const char *shard, const char *table,
                                   ShardedRows rows) {
    Diag *diag = diag_add(server->session->diags, DIAG_shard_rows, (Span){0},
                          "the shard '%s' has %" PRIu64 " row%s of the table '%s', where "
                          "%" PRIu64 " were imported",
                          shard, rows.there, rows.there == 1 ? "" : "s", table, rows.imported);
    diag_help(diag, "no figure is made of it: restore that shard, or import the files anew");
    return STORE_DAMAGED;
}

StoreResult server_shards_busy(const Server *server, const char *table, ShardedRows rows) {
    Diag *diag = diag_add(server->session->diags, DIAG_store_busy, (Span){0},
                          "'%s' is in use: an import replaced rows of the table '%s' while it "
                          "was read (%" PRIu64 " of %" PRIu64 ")",
                          server->path, table, rows.there, rows.imported);
    diag_help(diag, "try again");
    return STORE_UNAVAILABLE;
}

StoreResult server_shards_lost(const Server *server, const char *schema, const ShardNames *shards,
                               const char *table, ShardedRows rows) {
    /* What is there now, outside of the moment that was read. */
    StoreResult result = server_run(server, "ROLLBACK"), told = STORE_OK;
    for (size_t i = 0; result == STORE_OK && i < shards->len; i++) {
        PGresult *counts;
        result = shard_rows(server, schema, table, i, &counts);
        if (result != STORE_OK)
            break;
        ShardedRows now = {(uint64_t)server_integer(counts, 0, 1),
                           (uint64_t)server_integer(counts, 0, 0)};
        PQclear(counts);
        if (now.there != now.imported)
            told = server_shard_rows_lost(server, shards->names[i], table, now);
    }
    if (result == STORE_OK && told == STORE_OK)
        told = server_shards_busy(server, table, rows);
    return result != STORE_OK ? result : told;
}
