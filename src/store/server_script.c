/* The scripts that make a divided store, for a person to read and to run with psql. */
#include <string.h>

#include "base/vec.h"
#include "store/libpq.h"
#include "store/quote.h"
#include "store/server_shards_ddl.h"
#include "store/server_store.h"

#define STORE_VARIABLE ":'kpic_store'"

typedef VEC(ShardedTable) Tables;

/* ---- what is to be made ------------------------------------------------------------------------
 */

static bool known(const Tables *tables, const char *name) {
    for (size_t i = 0; i < tables->len; i++)
        if (strcmp(tables->items[i].name, name) == 0)
            return true;
    return false;
}

static ShardedTable table_of(Arena *arena, const FileTable *from) {
    ShardedTable table = {.name = from->table,
                          .columns = server_column_names(arena, from->header, from->header_len),
                          .whole = from->header,
                          .len = from->header_len};
    for (size_t i = 0; from->placement.column && i < from->header_len; i++)
        if (strcmp(from->header[i], from->placement.column) == 0)
            table.key = table.columns[i];
    return table;
}

/* Files that go into one table have the same columns, or the import will say so. */
static Tables tables_of(Arena *arena, const FileTable *const *files, size_t len) {
    Tables tables = {0};
    for (size_t i = 0; i < len; i++)
        for (const FileTable *from = files[i]; from; from = from->next)
            if (!known(&tables, from->table)) {
                ShardedTable table = table_of(arena, from);
                vec_push(arena, &tables, table);
            }
    return tables;
}

/* Who comes, by the address or this computer's own settings; NULL: neither says. */
static const char *user_of(Arena *arena, const char *address) {
    const char *user = NULL;
    PQconninfoOption *given = PQconninfoParse(address, NULL), *defaults = PQconndefaults();
    PQconninfoOption *const lists[] = {given, defaults};
    for (size_t i = 0; i < 2; i++)
        for (const PQconninfoOption *option = lists[i]; option && option->keyword; option++)
            if (!user && option->val && *option->val && strcmp(option->keyword, "user") == 0)
                user = arena_copy_text(arena, option->val, strlen(option->val));
    PQconninfoFree(given);
    PQconninfoFree(defaults);
    return user;
}

/* A name in a remark cannot end the line that it is in. */
static void put_remark(StrBuf *out, const char *text) {
    strbuf_add(out, "-- ");
    for (const char *c = text; *c; c++)
        strbuf_add_char(out, (unsigned char)*c < ' ' ? ' ' : *c);
    strbuf_add_char(out, '\n');
}

static void put_connect(StrBuf *out, const char *heading, const char *address) {
    strbuf_add(out, "\n\n");
    put_remark(out, heading);
    strbuf_add(out, "\\connect ");
    quote_psql(out, address);
    strbuf_add_char(out, '\n');
}

static void put_table_remark(StrBuf *out, Arena *arena, const ShardedTable *table) {
    strbuf_add_char(out, '\n');
    put_remark(out, table->key ? arena_printf(arena, "%s: divided by %s", table->name, table->key)
                               : arena_printf(arena, "%s: whole on every server", table->name));
}

/* ---- PostgreSQL --------------------------------------------------------------------------------
 */

static void put_coordinator(StrBuf *out, Session *session, const ImportOptions *options,
                            const ShardedStore *store, const Tables *tables) {
    const char **users = arena_array(session->arena, store->list->len, sizeof(const char *));
    for (size_t i = 0; i < store->list->len; i++)
        users[i] = user_of(session->arena, store->list->shards[i].address);
    put_connect(out, "The coordinator", options->store);
    strbuf_add(out,
               "\n-- The way to the shards. Passwords, if there are any, go into the user "
               "mappings. Whoever reads the\n-- store needs a mapping too: CREATE USER MAPPING "
               "FOR somebody SERVER ... OPTIONS (user ..., password ...)\n");
    ddl_put_servers(out, store, users);
    strbuf_add(out, "\nBEGIN;\n\n-- The store's own tables\n"
                    "SELECT gen_random_uuid() AS kpic_store \\gset\n");
    ddl_put_coordinator(out, NULL, store);
    for (size_t i = 0; i < tables->len; i++) {
        put_table_remark(out, session->arena, &tables->items[i]);
        ddl_put_coordinator_table(out, NULL, store, &tables->items[i]);
    }
    strbuf_add(out, "\nCOMMIT;\n");
}

static void put_shard(StrBuf *out, Session *session, const ShardedStore *store, size_t place,
                      const Tables *tables) {
    const Shard *shard = &store->list->shards[place];
    put_connect(out,
                arena_printf(session->arena, "Shard %zu of %zu: %s", place + 1, store->list->len,
                             shard->name),
                shard->address);
    strbuf_add(out, "\nBEGIN;\n\n-- Which shard of which store it is\n");
    ddl_put_shard(out, NULL, store, place);
    for (size_t i = 0; i < tables->len; i++) {
        put_table_remark(out, session->arena, &tables->items[i]);
        ddl_put_shard_table(out, NULL, store, place, &tables->items[i]);
    }
    strbuf_add(out, "\nCOMMIT;\n");
}

StoreResult store_shards_script(Session *session, const ImportOptions *options,
                                const FileTable *const *files, size_t len, StrBuf *out) {
    const ShardList *list = options->shards;
    Tables tables = tables_of(session->arena, files, len);
    ShardedStore store = {list, STORE_VARIABLE};
    StoreResult result = server_check_address(session, options->store, NULL);
    if (result != STORE_OK)
        return result;
    strbuf_addf(out,
                "-- A store of kpic that is divided over %zu servers. Run it with psql -X -f, as a "
                "user who may make\n-- foreign servers on the coordinator: it connects to each "
                "server in turn. Afterwards `kpic import`\n-- with the same list of shards loads "
                "the rows.\n\\set ON_ERROR_STOP on\n",
                list->len);
    put_coordinator(out, session, options, &store, &tables);
    for (size_t i = 0; i < list->len; i++)
        put_shard(out, session, &store, i, &tables);
    return STORE_OK;
}

/* ---- Citus -------------------------------------------------------------------------------------
 */

static const char *option_of(Arena *arena, const char *address, const char *keyword,
                             const char *otherwise) {
    PQconninfoOption *given = PQconninfoParse(address, NULL);
    for (const PQconninfoOption *option = given; option && option->keyword; option++)
        if (option->val && *option->val && strcmp(option->keyword, keyword) == 0)
            otherwise = arena_copy_text(arena, option->val, strlen(option->val));
    PQconninfoFree(given);
    return otherwise;
}

static void put_nodes(StrBuf *out, Session *session, const ShardList *list) {
    strbuf_add(out, "\n-- The workers\nCREATE EXTENSION IF NOT EXISTS citus;\n");
    for (size_t i = 0; i < list->len; i++) {
        const char *address = list->shards[i].address;
        strbuf_add(out, "SELECT citus_add_node(");
        quote_text(out, option_of(session->arena, address, "host", "localhost"));
        strbuf_addf(out, ", %s);\n", option_of(session->arena, address, "port", "5432"));
    }
}

static void put_citus_table(StrBuf *out, Arena *arena, const ShardedTable *table,
                            const ShardedTable *first) {
    StrBuf name = {0};
    put_table_remark(out, arena, table);
    ddl_put_table(out, NULL, table);
    strbuf_add(out, table->key ? ";\nSELECT create_distributed_table("
                               : ";\nSELECT create_reference_table(");
    quote_name(&name, table->name);
    quote_text(out, strbuf_text(&name));
    if (table->key) {
        strbuf_add(out, ", ");
        quote_text(out, table->key);
        strbuf_clear(&name);
        quote_name(&name, first->name);
        strbuf_add(out, ", colocate_with => ");
        quote_text(out, first == table ? "none" : strbuf_text(&name));
    }
    strbuf_add(out, ");\n");
    strbuf_fini(&name);
    ddl_put_whole_names(out, NULL, table);
}

StoreResult store_citus_script(Session *session, const ImportOptions *options,
                               const FileTable *const *files, size_t len, StrBuf *out) {
    Tables tables = tables_of(session->arena, files, len);
    StoreResult result = server_check_address(session, options->store, NULL);
    if (result != STORE_OK)
        return result;
    strbuf_add(
        out,
        "-- A store of kpic on Citus. Run it with psql -X -f. Afterwards `kpic import` into "
        "the coordinator,\n-- without a list of shards, loads the rows.\n\\set ON_ERROR_STOP on\n");
    put_connect(out, "The coordinator", options->store);
    put_nodes(out, session, options->shards);
    strbuf_add(out, "\nBEGIN;\n\n-- The store's own tables\n");
    ddl_put_store(out, NULL, SERVER_STORE_FIXED);
    const ShardedTable *first = NULL;
    for (size_t i = 0; i < tables.len; i++) {
        const ShardedTable *table = &tables.items[i];
        if (table->key && !first)
            first = table;
        put_citus_table(out, session->arena, table, first);
    }
    strbuf_add(out, "\nCOMMIT;\n");
    return STORE_OK;
}
