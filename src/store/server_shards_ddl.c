#include "store/server_shards_ddl.h"

#include <string.h>

#include "store/libpq.h"
#include "store/quote.h"
#include "store/records.h"
#include "store/server_store.h"

static void put_name(StrBuf *out, const char *schema, const char *name) {
    if (schema) {
        quote_name(out, schema);
        strbuf_add_char(out, '.');
    }
    quote_name(out, name);
}

/* ---- the store's own tables --------------------------------------------------------------------
 */

static void put_own(StrBuf *out, const char *schema, const char *name, const char *columns) {
    strbuf_add(out, "CREATE TABLE ");
    put_name(out, schema, name);
    strbuf_addf(out, " (%s);\n", columns);
}

static void put_version(StrBuf *out, const char *schema, int version) {
    put_own(out, schema, "kpic_store", "version integer NOT NULL");
    strbuf_add(out, "INSERT INTO ");
    put_name(out, schema, "kpic_store");
    strbuf_addf(out, " VALUES (%d);\n", version);
}

void ddl_put_store(StrBuf *out, const char *schema, int version) {
    put_version(out, schema, version);
    put_own(out, schema, "kpic_import",
            "id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, table_name text NOT NULL,\n"
            "    file text NOT NULL, content text NOT NULL, rows bigint NOT NULL,\n"
            "    first_row bigint NOT NULL, last_row bigint NOT NULL, published boolean NOT NULL");
    put_own(out, schema, "kpic_column",
            "table_name text NOT NULL, place integer NOT NULL, column_name text NOT NULL");
}

void ddl_put_whole_names(StrBuf *out, const char *schema, const ShardedTable *table) {
    for (size_t i = 0; i < table->len; i++) {
        if (strcmp(table->columns[i], table->whole[i]) == 0)
            continue;
        strbuf_add(out, "INSERT INTO ");
        put_name(out, schema, "kpic_column");
        strbuf_add(out, " VALUES (");
        quote_text(out, table->name);
        strbuf_addf(out, ", %zu, ", i + 1);
        quote_text(out, table->whole[i]);
        strbuf_add(out, ");\n");
    }
}

/* ---- tables ------------------------------------------------------------------------------------
 */

void ddl_put_table(StrBuf *out, const char *schema, const ShardedTable *table) {
    strbuf_add(out, "CREATE TABLE ");
    put_name(out, schema, table->name);
    strbuf_add(out,
               " (\n    " BATCH_COLUMN " bigint NOT NULL,\n    " ROW_COLUMN " bigint NOT NULL");
    for (size_t i = 0; i < table->len; i++) {
        strbuf_add(out, ",\n    ");
        quote_name(out, table->columns[i]);
        strbuf_add(out, " text COLLATE \"C\"");
    }
    strbuf_add(out, "\n)");
}

/* kpic_2_plans */
static void put_partition_name(StrBuf *out, const char *schema, size_t place,
                               const ShardedTable *table) {
    StrBuf name = {0};
    strbuf_addf(&name, "kpic_%zu_%s", place + 1, table->name);
    put_name(out, schema, strbuf_text(&name));
    strbuf_fini(&name);
}

static void put_hash(StrBuf *out, const ShardedTable *table) {
    strbuf_add(out, " PARTITION BY HASH (");
    quote_name(out, table->key);
    strbuf_add(out, ");\n");
}

/* The partition of the shard at `place`, without an end. */
static void put_partition(StrBuf *out, const char *schema, const ShardedStore *store, size_t place,
                          const ShardedTable *table, const char *create) {
    strbuf_add(out, create);
    put_partition_name(out, schema, place, table);
    strbuf_add(out, "\n    PARTITION OF ");
    put_name(out, schema, table->name);
    strbuf_addf(out, " FOR VALUES WITH (MODULUS %zu, REMAINDER %zu)", store->list->len, place);
}

void ddl_put_shard_table(StrBuf *out, const char *schema, const ShardedStore *store, size_t place,
                         const ShardedTable *table) {
    ddl_put_table(out, schema, table);
    if (!table->key) {
        strbuf_add(out, ";\n");
        return;
    }
    put_hash(out, table);
    put_partition(out, schema, store, place, table, "CREATE TABLE ");
    strbuf_add(out, ";\n");
}

void ddl_put_coordinator_table(StrBuf *out, const char *schema, const ShardedStore *store,
                               const ShardedTable *table) {
    ddl_put_table(out, schema, table);
    if (table->key)
        put_hash(out, table);
    else
        strbuf_add(out, ";\n");
    for (size_t i = 0; table->key && i < store->list->len; i++) {
        put_partition(out, schema, store, i, table, "CREATE FOREIGN TABLE ");
        strbuf_add(out, "\n    SERVER ");
        quote_name(out, store->list->shards[i].name);
        strbuf_add(out, " OPTIONS (table_name ");
        quote_text(out, table->name);
        strbuf_add(out, ");\n");
    }
    ddl_put_whole_names(out, schema, table);
}

/* ---- a shard -----------------------------------------------------------------------------------
 */

void ddl_put_shard(StrBuf *out, const char *schema, const ShardedStore *store, size_t place) {
    put_version(out, schema, SERVER_STORE_DIVIDED);
    put_own(out, schema, "kpic_shard",
            "store text NOT NULL, place integer NOT NULL, shards integer NOT NULL, name text NOT "
            "NULL");
    strbuf_add(out, "INSERT INTO ");
    put_name(out, schema, "kpic_shard");
    strbuf_addf(out, " VALUES (%s, %zu, %zu, ", store->id, place + 1, store->list->len);
    quote_text(out, store->list->shards[place].name);
    strbuf_add(out, ");\n");
}

/* ---- the coordinator ---------------------------------------------------------------------------
 */

/* What postgres_fdw takes of an address: not who comes, nor what is about this computer alone. */
static bool is_server_option(const PQconninfoOption *option) {
    static const char *const others[] = {"user", "client_encoding", "fallback_application_name",
                                         "passfile", "application_name"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strcmp(option->keyword, others[i]) == 0)
            return false;
    return option->val && *option->val && option->dispchar[0] == '\0';
}

static void put_server(StrBuf *out, const Shard *shard) {
    strbuf_add(out, "CREATE SERVER IF NOT EXISTS ");
    quote_name(out, shard->name);
    strbuf_add(out, " FOREIGN DATA WRAPPER postgres_fdw OPTIONS (\n    ");
    PQconninfoOption *options = PQconninfoParse(shard->address, NULL);
    bool waits = false;
    for (const PQconninfoOption *option = options; option && option->keyword; option++) {
        if (!is_server_option(option))
            continue;
        waits = waits || strcmp(option->keyword, "connect_timeout") == 0;
        strbuf_addf(out, "%s ", option->keyword);
        quote_text(out, option->val);
        strbuf_add(out, ", ");
    }
    PQconninfoFree(options);
    if (!waits)
        strbuf_add(out, "connect_timeout '10', ");
    while (out->text[out->len - 1] == ' ')
        out->text[--out->len] = '\0';
    strbuf_add(out, "\n    async_capable 'true', fetch_size '10000', batch_size '1000', "
                    "fdw_tuple_cost '0.1',\n    parallel_commit 'true', updatable 'false', "
                    "truncatable 'false');\n");
}

void ddl_put_servers(StrBuf *out, const ShardedStore *store, const char *const *users) {
    strbuf_add(out, "CREATE EXTENSION IF NOT EXISTS postgres_fdw;\n");
    for (size_t i = 0; i < store->list->len; i++) {
        put_server(out, &store->list->shards[i]);
        strbuf_add(out, "CREATE USER MAPPING IF NOT EXISTS FOR CURRENT_USER SERVER ");
        quote_name(out, store->list->shards[i].name);
        if (users[i]) {
            strbuf_add(out, " OPTIONS (user ");
            quote_text(out, users[i]);
            strbuf_add_char(out, ')');
        }
        strbuf_add(out, ";\n");
    }
}

/* A window on the shard's own line, by which a reader sees that it is there and is the right one.
 */
static void put_sight(StrBuf *out, const char *schema, const Shard *shard, size_t place) {
    StrBuf name = {0};
    strbuf_addf(&name, "kpic_at_%zu", place + 1);
    strbuf_add(out, "CREATE FOREIGN TABLE ");
    put_name(out, schema, strbuf_text(&name));
    strbuf_fini(&name);
    strbuf_add(out, " (store text, place integer, shards integer, name text)\n    SERVER ");
    quote_name(out, shard->name);
    strbuf_add(out, " OPTIONS (table_name 'kpic_shard');\n");
}

void ddl_put_coordinator(StrBuf *out, const char *schema, const ShardedStore *store) {
    ddl_put_store(out, schema, SERVER_STORE_DIVIDED);
    put_own(out, schema, "kpic_shards",
            "store text NOT NULL, place integer PRIMARY KEY, name text NOT NULL UNIQUE");
    put_own(out, schema, "kpic_shard_rows",
            "batch bigint NOT NULL, place integer NOT NULL, rows bigint NOT NULL,\n"
            "    PRIMARY KEY (batch, place)");
    for (size_t i = 0; i < store->list->len; i++) {
        strbuf_add(out, "INSERT INTO ");
        put_name(out, schema, "kpic_shards");
        strbuf_addf(out, " VALUES (%s, %zu, ", store->id, i + 1);
        quote_text(out, store->list->shards[i].name);
        strbuf_add(out, ");\n");
    }
    for (size_t i = 0; i < store->list->len; i++)
        put_sight(out, schema, &store->list->shards[i], i);
}
