/* What a PostgreSQL database holds. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "store/quote.h"
#include "store/records.h"
#include "store/server_store.h"

/* One row a column. Domains are read as the type that they are of. */
#define COLUMNS                                                                                    \
    "SELECT n.nspname, c.relname, c.oid::int8, coalesce(pg_catalog.pg_relation_filenode(c.oid), "  \
    "0)::int8, a.attname, CASE WHEN t.typtype = 'd' THEN (WITH RECURSIVE base (oid) AS (SELECT "   \
    "t.typbasetype UNION ALL SELECT d.typbasetype FROM pg_catalog.pg_type d JOIN base ON d.oid = " \
    "base.oid WHERE d.typtype = 'd') SELECT b.oid FROM base JOIN pg_catalog.pg_type b ON b.oid = " \
    "base.oid WHERE b.typtype <> 'd') ELSE t.oid END::int8, t.typtype = 'e', "                     \
    "pg_catalog.format_type(a.atttypid, a.atttypmod), c.relpages, c.reltuples::int8, "             \
    "c.relkind = 'p', "                                                                            \
    "EXISTS (SELECT FROM pg_catalog.pg_partitioned_table p WHERE p.partrelid = c.oid AND "         \
    "p.partattrs[0] = a.attnum)"                                                                   \
    " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"         \
    " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"                                        \
    " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"                                             \
    " WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND pg_catalog.pg_table_is_visible(c.oid)"      \
    " AND n.nspname NOT IN ('pg_catalog', 'information_schema')"                                   \
    " AND a.attnum > 0 AND NOT a.attisdropped"                                                     \
    " ORDER BY c.relname::text COLLATE \"C\", c.oid, a.attnum"

enum {
    SCHEMA,
    TABLE,
    OID,
    FILE_NODE,
    COLUMN,
    TYPE,
    ENUMERATION,
    TYPE_WORDS,
    PAGES,
    ROWS,
    PARTITIONED,
    KEY
};

typedef struct Lists {
    VEC(CatalogTable) tables;
    VEC(ServerTable) server_tables;
} Lists;

typedef struct CatalogReading {
    Store *store;
    Arena *arena;
    const PGresult *columns;
    const char *schema; /* of the store that kpic made; NULL: there is none */
    const PGresult *imports, *names;
    Lists lists;
} CatalogReading;

static const char *copy_of(Arena *arena, const char *text) {
    return arena_copy_text(arena, text, strlen(text));
}

/* ---- what an import made ----------------------------------------------------------------------
 */

enum { IMPORT_ID, IMPORT_TABLE, IMPORT_FILE, IMPORT_FIRST, IMPORT_LAST, IMPORT_PUBLISHED };

static void batches_take(const CatalogReading *reading, const char *table, ServerTable *out) {
    VEC(ServerBatch) batches = {0};
    const PGresult *imports = reading->imports;
    for (int row = 0; row < PQntuples(imports); row++) {
        if (strcmp(PQgetvalue(imports, row, IMPORT_TABLE), table) != 0)
            continue;
        if (PQgetvalue(imports, row, IMPORT_PUBLISHED)[0] != 't') {
            out->some_unpublished = true;
            continue;
        }
        ServerBatch batch = {server_integer(imports, row, IMPORT_ID),
                             server_integer(imports, row, IMPORT_FIRST),
                             server_integer(imports, row, IMPORT_LAST),
                             copy_of(reading->arena, PQgetvalue(imports, row, IMPORT_FILE))};
        vec_push(reading->arena, &batches, batch);
    }
    out->batches = batches.items;
    out->batches_len = batches.len;
}

/* The whole name of a column; the server's own if it is not cut. */
static const char *whole_name(const CatalogReading *reading, const char *table, size_t place,
                              const char *name) {
    for (int row = 0; row < PQntuples(reading->names); row++)
        if (strcmp(PQgetvalue(reading->names, row, 0), table) == 0 &&
            server_integer(reading->names, row, 1) == (int64_t)place)
            return copy_of(reading->arena, PQgetvalue(reading->names, row, 2));
    return name;
}

/* ---- tables -----------------------------------------------------------------------------------
 */

/* Rows of the result from `first` on that are about one table. */
static int rows_of_table(const PGresult *columns, int first) {
    int len = 1;
    while (first + len < PQntuples(columns) &&
           strcmp(PQgetvalue(columns, first, OID), PQgetvalue(columns, first + len, OID)) == 0)
        len++;
    return len;
}

static bool has_column(const PGresult *columns, int first, int len, const char *name) {
    for (int row = first; row < first + len; row++)
        if (strcmp(PQgetvalue(columns, row, COLUMN), name) == 0)
            return true;
    return false;
}

static void table_take(CatalogReading *reading, int first, int len) {
    const PGresult *from = reading->columns;
    Arena *arena = reading->arena;
    const char *name = copy_of(arena, PQgetvalue(from, first, TABLE));
    ServerTable server = {.schema = copy_of(arena, PQgetvalue(from, first, SCHEMA)),
                          .name = name,
                          .oid = server_integer(from, first, OID),
                          .file = server_integer(from, first, FILE_NODE),
                          .pages = server_integer(from, first, PAGES),
                          .rows = server_integer(from, first, ROWS)};
    server.ours = reading->schema && strcmp(server.schema, reading->schema) == 0 &&
                  has_column(from, first, len, BATCH_COLUMN) &&
                  has_column(from, first, len, ROW_COLUMN);
    if (server.ours)
        batches_take(reading, name, &server);
    server.divided = server.ours && reading->store->shards.len > 0 &&
                     PQgetvalue(from, first, PARTITIONED)[0] == 't';
    /* A shard may have rows that another import is still loading, or of one that was cut off; or of
     * one that came after this moment of the coordinator. */
    server.some_unpublished =
        server.some_unpublished || (server.ours && reading->store->shards.len > 0);
    if (server.ours && server.batches_len == 0)
        return; /* nothing of it is published */
    VEC(ServerColumn) columns = {0};
    VEC(const char *) names = {0};
    for (int row = first; row < first + len; row++) {
        const char *column = PQgetvalue(from, row, COLUMN);
        if (server.ours && (strcmp(column, BATCH_COLUMN) == 0 || strcmp(column, ROW_COLUMN) == 0))
            continue;
        ServerColumn taken = {.name = copy_of(arena, column),
                              .type = (unsigned)server_integer(from, row, TYPE),
                              .enumeration = PQgetvalue(from, row, ENUMERATION)[0] == 't',
                              .type_name = copy_of(arena, PQgetvalue(from, row, TYPE_WORDS))};
        if (server.divided && PQgetvalue(from, row, KEY)[0] == 't')
            server.key = columns.len;
        vec_push(arena, &columns, taken);
        const char *whole =
            server.ours ? whole_name(reading, name, columns.len, taken.name) : taken.name;
        vec_push(arena, &names, whole);
    }
    server.columns = columns.items;
    CatalogTable table = {name, names.items, names.len};
    vec_push(arena, &reading->lists.tables, table);
    vec_push(arena, &reading->lists.server_tables, server);
}

static void tables_take(CatalogReading *reading) {
    for (int row = 0, len; row < PQntuples(reading->columns); row += len) {
        len = rows_of_table(reading->columns, row);
        if (!sql_name_reserved(PQgetvalue(reading->columns, row, TABLE)))
            table_take(reading, row, len);
    }
    reading->store->catalog = (Catalog){reading->lists.tables.items, reading->lists.tables.len};
    reading->store->server_tables = reading->lists.server_tables.items;
}

/* ---- the store's own tables -------------------------------------------------------------------
 */

static const char *schema_of_store(const PGresult *columns) {
    for (int row = 0; row < PQntuples(columns); row++)
        if (strcmp(PQgetvalue(columns, row, TABLE), "kpic_store") == 0)
            return PQgetvalue(columns, row, SCHEMA);
    return NULL;
}

/* A statement about a table of the store. */
static StoreResult query_of_store(const CatalogReading *reading, const char *before,
                                  const char *table, const char *after, PGresult **out) {
    StrBuf text = {0};
    strbuf_add(&text, before);
    quote_name(&text, reading->schema);
    strbuf_addf(&text, ".%s%s", table, after);
    StoreResult result = server_query(&reading->store->servers[0], strbuf_text(&text), NULL, out);
    strbuf_fini(&text);
    return result;
}

StoreResult server_store_version(const Server *server, int64_t version) {
    if (version >= SERVER_STORE_VERSION && version <= SERVER_STORE_FIXED)
        return STORE_OK;
    Diag *diag =
        diag_add(server->session->diags, DIAG_store_newer, (Span){0},
                 "'%s' is a store of version %" PRId64 ", and this program knows version %d",
                 server->path, version, SERVER_STORE_FIXED);
    diag_help(diag, "use a newer kpic, or import the files again into a new store");
    return STORE_DAMAGED;
}

static StoreResult read_own(CatalogReading *reading, PGresult **imports, PGresult **names) {
    PGresult *version;
    bool alone = false;
    StoreResult result = server_shard_alone(&reading->store->servers[0], reading->schema, &alone);
    if (result == STORE_OK && alone)
        return server_shard_refuse(&reading->store->servers[0]);
    if (result == STORE_OK)
        result = query_of_store(reading, "SELECT version FROM ", "kpic_store", "", &version);
    if (result != STORE_OK)
        return result;
    result = server_store_version(&reading->store->servers[0],
                                  PQntuples(version) ? server_integer(version, 0, 0) : 0);
    PQclear(version);
    if (result == STORE_OK)
        result = query_of_store(reading,
                                "SELECT id, table_name, file, first_row, last_row, published FROM ",
                                "kpic_import", " ORDER BY first_row, id", imports);
    if (result == STORE_OK)
        result = query_of_store(reading, "SELECT table_name, place, column_name FROM ",
                                "kpic_column", "", names);
    return result;
}

/* All of them are looked at before anything is read. */
static StoreResult read_shards(CatalogReading *reading) {
    Store *store = reading->store;
    const Server *server = &store->servers[0];
    size_t len = strlen(reading->schema);
    store->schema = arena_copy_text(reading->arena, reading->schema, len);
    StoreResult result = server_shards_noted(server, store->schema, &store->shards);
    return result == STORE_OK ? server_shards_look(server, store->schema, &store->shards) : result;
}

StoreResult server_catalog_read(Store *store) {
    PGresult *columns, *imports = NULL, *names = NULL;
    StoreResult result = server_query(&store->servers[0], COLUMNS, NULL, &columns);
    if (result != STORE_OK)
        return result;
    CatalogReading reading = {.store = store, .arena = store->session->arena, .columns = columns};
    reading.schema = schema_of_store(columns);
    store->owner = reading.schema ? OWNER_KPIC : OWNER_USER;
    if (reading.schema)
        result = read_own(&reading, &imports, &names);
    if (reading.schema && result == STORE_OK)
        result = read_shards(&reading);
    reading.imports = imports;
    reading.names = names;
    if (result == STORE_OK)
        tables_take(&reading);
    PQclear(columns);
    PQclear(imports);
    PQclear(names);
    return result;
}

/* ---- statements -------------------------------------------------------------------------------
 */

static void put_name(StrBuf *out, const ServerTable *table) {
    quote_name(out, table->schema);
    strbuf_add_char(out, '.');
    quote_name(out, table->name);
}

void server_put_batches(StrBuf *out, const ServerTable *table) {
    strbuf_add_char(out, '(');
    for (size_t i = 0; i < table->batches_len; i++)
        strbuf_addf(out, "%s%" PRId64, i ? ", " : "", table->batches[i].id);
    strbuf_add_char(out, ')');
}

void server_put_published(StrBuf *out, const ServerTable *table) {
    if (!table->some_unpublished)
        return;
    strbuf_add(out, " WHERE " BATCH_COLUMN " IN ");
    server_put_batches(out, table);
}

void server_put_table(StrBuf *out, const ServerTable *table) {
    if (!table->some_unpublished) {
        put_name(out, table);
        return;
    }
    strbuf_add(out, "(SELECT * FROM ");
    put_name(out, table);
    server_put_published(out, table);
    strbuf_add_char(out, ')');
}

uint64_t server_table_rows(const ServerTable *table) {
    uint64_t rows = 0;
    for (size_t i = 0; i < table->batches_len; i++)
        rows += (uint64_t)(table->batches[i].last - table->batches[i].first + 1);
    return rows;
}

StoreResult server_same_table(const Server *server, const ServerTable *table) {
    StrBuf name = {0};
    put_name(&name, table);
    const char *texts[] = {strbuf_text(&name)};
    ServerParameters parameters = {.texts = texts, .len = 1};
    PGresult *result;
    StoreResult outcome =
        server_query(server,
                     "SELECT pg_catalog.to_regclass($1)::oid::int8,"
                     " coalesce(pg_catalog.pg_relation_filenode(pg_catalog.to_regclass($1)), "
                     "0)::int8",
                     &parameters, &result);
    if (outcome == STORE_OK) {
        bool same = server_integer(result, 0, 0) == table->oid &&
                    server_integer(result, 0, 1) == table->file;
        PQclear(result);
        if (!same) {
            Diag *diag = diag_add(server->session->diags, DIAG_store_busy, (Span){0},
                                  "'%s' is in use: its table '%s' was replaced while it was read",
                                  server->path, table->name);
            diag_help(diag, "try again");
            outcome = STORE_UNAVAILABLE;
        }
    }
    strbuf_fini(&name);
    return outcome;
}
