/* The tables that a store on a PostgreSQL server has of its own, and the sweeping of what an import
 * left that was cut off. */
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "store/quote.h"
#include "store/server_shards.h"

#define BUSY_MILLISECONDS 5000
#define LOCK_PAUSE_NANOSECONDS 50000000

void server_put_name(StrBuf *out, const char *schema, const char *name) {
    quote_name(out, schema);
    strbuf_add_char(out, '.');
    quote_name(out, name);
}

/* ---- the schema ------------------------------------------------------------------------------
 */

#define FIND                                                                                       \
    "SELECT n.nspname,"                                                                            \
    " EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid"                      \
    " AND c.relname = 'kpic_store'),"                                                              \
    " EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid"                      \
    " AND c.relkind IN ('r', 'v', 'm', 'f', 'p'))"                                                 \
    " FROM pg_catalog.pg_namespace n WHERE n.nspname = pg_catalog.current_schema()"

static StoreResult no_schema(const Server *server, const char *words) {
    Diag *diag = diag_add(server->session->diags, DIAG_store_foreign, (Span){0}, "'%s' %s",
                          server->path, words);
    diag_help(diag, "make a schema for it (CREATE SCHEMA kpic), and name that in the address: "
                    "postgresql://HOST/DATABASE?options=-csearch_path%%3Dkpic");
    return STORE_REFUSED;
}

static StoreResult read_version(const Server *server, const char *schema, int64_t *out) {
    StrBuf text = {0};
    strbuf_add(&text, "SELECT version FROM ");
    server_put_name(&text, schema, "kpic_store");
    PGresult *version;
    StoreResult result = server_query(server, strbuf_text(&text), NULL, &version);
    strbuf_fini(&text);
    if (result != STORE_OK)
        return result;
    *out = PQntuples(version) ? server_integer(version, 0, 0) : 0;
    PQclear(version);
    return server_store_version(server, *out);
}

StoreResult server_schema_fixed(const Server *server, const char *schema, bool *out) {
    int64_t version = 0;
    StoreResult result = read_version(server, schema, &version);
    *out = version == SERVER_STORE_FIXED;
    return result;
}

StoreResult server_schema_find(const Server *server, const char **schema, bool *made) {
    PGresult *found;
    StoreResult result = server_query(server, FIND, NULL, &found);
    if (result != STORE_OK)
        return result;
    if (PQntuples(found) == 0) {
        result = no_schema(server, "has no schema that tables could be made in");
    } else {
        const char *name = PQgetvalue(found, 0, 0);
        *schema = arena_copy_text(server->session->arena, name, strlen(name));
        *made = PQgetvalue(found, 0, 1)[0] == 't';
        if (!*made && PQgetvalue(found, 0, 2)[0] == 't')
            result = no_schema(server, "has tables of another program in the schema that its "
                                       "search path begins with: nothing is imported into it");
    }
    PQclear(found);
    int64_t version;
    return result == STORE_OK && *made ? read_version(server, *schema, &version) : result;
}

/* ---- its tables ------------------------------------------------------------------------------
 */

StoreResult server_schema_make(const Server *server, const char *schema) {
    StrBuf text = {0};
    strbuf_add(&text, "BEGIN;");
    ddl_put_store(&text, schema, SERVER_STORE_VERSION);
    strbuf_add(&text, "COMMIT");
    StoreResult result = server_run(server, strbuf_text(&text));
    strbuf_fini(&text);
    return result;
}

/* ---- one import at a time --------------------------------------------------------------------
 */

#define LOCK                                                                                       \
    "SELECT pg_catalog.pg_try_advisory_lock(1802530147," /* "kpic" */                              \
    " pg_catalog.hashtext(pg_catalog.current_schema()))"

static StoreResult lock_try(const Server *server, bool *locked) {
    PGresult *got;
    StoreResult result = server_query(server, LOCK, NULL, &got);
    if (result != STORE_OK)
        return result;
    *locked = PQgetvalue(got, 0, 0)[0] == 't';
    PQclear(got);
    return STORE_OK;
}

StoreResult server_schema_lock(const Server *server, int busy) {
    const struct timespec pause = {0, LOCK_PAUSE_NANOSECONDS};
    int64_t left = (int64_t)(busy > 0 ? busy : BUSY_MILLISECONDS) * 1000000;
    for (;; left -= LOCK_PAUSE_NANOSECONDS) {
        bool locked = false;
        StoreResult result = lock_try(server, &locked);
        if (result != STORE_OK || locked)
            return result;
        if (left <= 0)
            break;
        nanosleep(&pause, NULL);
    }
    Diag *diag = diag_add(server->session->diags, DIAG_store_busy, (Span){0},
                          "'%s' is in use: another import writes to it", server->path);
    diag_help(diag, "try again when it has ended");
    return STORE_UNAVAILABLE;
}

/* ---- what was cut off ------------------------------------------------------------------------
 */

StoreResult server_schema_has(const Server *server, const char *schema, const char *table,
                              bool *out) {
    const char *texts[] = {schema, table};
    ServerParameters parameters = {.texts = texts, .len = 2};
    PGresult *found;
    StoreResult result = server_query(
        server,
        "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
        " ON n.oid = c.relnamespace JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"
        " WHERE n.nspname = $1 AND c.relname = $2 AND a.attname = 'kpic_batch'"
        " AND NOT a.attisdropped",
        &parameters, &found);
    if (result != STORE_OK)
        return result;
    *out = PQntuples(found) > 0;
    PQclear(found);
    return STORE_OK;
}

/* Whether the table is divided: there is nothing of it on this server. */
static StoreResult is_divided(const Server *server, const char *schema, const char *table,
                              bool *out) {
    const char *texts[] = {schema, table};
    ServerParameters parameters = {.texts = texts, .len = 2};
    PGresult *found;
    StoreResult result = server_query(server,
                                      "SELECT 1 FROM pg_catalog.pg_class c"
                                      " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                                      " WHERE n.nspname = $1 AND c.relname = $2"
                                      " AND c.relkind = 'p'",
                                      &parameters, &found);
    if (result != STORE_OK)
        return result;
    *out = PQntuples(found) > 0;
    PQclear(found);
    return STORE_OK;
}

static StoreResult sweep_batch(const Server *server, const char *schema, const char *table,
                               int64_t id, const struct ShardTarget *shards) {
    bool there = false, elsewhere = false;
    StrBuf text = {0};
    StoreResult result = shards ? shard_target_sweep(shards, table, id) : STORE_OK;
    if (result == STORE_OK)
        result = server_schema_has(server, schema, table, &there);
    if (result == STORE_OK && shards)
        result = is_divided(server, schema, table, &elsewhere);
    strbuf_add(&text, "BEGIN;DROP TABLE IF EXISTS ");
    quote_name(&text, schema);
    strbuf_addf(&text, ".kpic_load_%" PRId64 ";DELETE FROM ", id);
    server_put_name(&text, schema, "kpic_column");
    strbuf_addf(&text, " WHERE table_name = 'kpic_load_%" PRId64 "';", id);
    if (shards) {
        strbuf_add(&text, "DELETE FROM ");
        server_put_name(&text, schema, "kpic_shard_rows");
        strbuf_addf(&text, " WHERE batch = %" PRId64 ";", id);
    }
    if (there && !elsewhere) {
        strbuf_add(&text, "DELETE FROM ");
        server_put_name(&text, schema, table);
        strbuf_addf(&text, " WHERE " BATCH_COLUMN " = %" PRId64 ";", id);
    }
    strbuf_add(&text, "DELETE FROM ");
    server_put_name(&text, schema, "kpic_import");
    strbuf_addf(&text, " WHERE id = %" PRId64 ";COMMIT", id);
    if (result == STORE_OK)
        result = server_run(server, strbuf_text(&text));
    strbuf_fini(&text);
    return result;
}

StoreResult server_schema_sweep(const Server *server, const char *schema,
                                const struct ShardTarget *shards) {
    StrBuf text = {0};
    strbuf_add(&text, "SELECT id, table_name FROM ");
    server_put_name(&text, schema, "kpic_import");
    strbuf_add(&text, " WHERE NOT published ORDER BY id");
    PGresult *left;
    StoreResult result = server_query(server, strbuf_text(&text), NULL, &left);
    strbuf_fini(&text);
    if (result != STORE_OK)
        return result;
    for (int row = 0; result == STORE_OK && row < PQntuples(left); row++)
        result = sweep_batch(server, schema, PQgetvalue(left, row, 1), server_integer(left, row, 0),
                             shards);
    PQclear(left);
    return result;
}
