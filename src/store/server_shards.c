#include "store/server_shards.h"

#include <inttypes.h>
#include <string.h>

#include "store/encoding.h"
#include "store/quote.h"
#include "store/server_sight.h"

#define PIECE 65536    /* bytes of rows that are sent at a time */
#define KEYS_MOST 4096 /* that the coordinator is asked about at a time */
#define PLACE_ZERO '0' /* it answers with a letter for each */

/* A shard, and what goes there. */
typedef struct Place {
    Server server;
    bool open, copying;
    StrBuf rows;   /* not sent yet */
    uint64_t sent; /* rows of the batch */
} Place;

struct ShardTarget {
    Session *session;
    const ShardList *list;
    const char *schema;
    ShardedStore store;
    const char *id; /* of the store; in `store` as it stands in a statement */
    Place *places;
    ShardCopy copy;
    const Server *coordinator;
    /* Rows whose shard is not known yet: their lines, where each ends, and their keys as an array
     * of texts. */
    StrBuf lines, keys;
    size_t ends[KEYS_MOST];
    size_t pending;
    uint64_t row; /* of the file, for messages */
};

/* ---- opening and closing -----------------------------------------------------------------------
 */

StoreResult shard_target_open(Session *session, const ShardList *list, int timeout,
                              ShardTarget **out) {
    ShardTarget *shards = memory_alloc(sizeof *shards);
    *shards = (ShardTarget){.session = session, .list = list};
    shards->places = arena_array(session->arena, list->len, sizeof *shards->places);
    shards->store.list = list;
    *out = shards;
    StoreResult worst = STORE_OK;
    for (size_t i = 0; i < list->len; i++) {
        Place *place = &shards->places[i];
        StoreResult result = server_open_named(
            &place->server, session, list->shards[i].address,
            arena_printf(session->arena, "shard %s", list->shards[i].name), timeout);
        place->open = result == STORE_OK;
        worst = result > worst ? result : worst;
    }
    return worst;
}

void shard_target_close(ShardTarget *shards) {
    if (!shards)
        return;
    for (size_t i = 0; i < shards->list->len; i++) {
        if (shards->places[i].open)
            server_close(&shards->places[i].server);
        strbuf_fini(&shards->places[i].rows);
    }
    strbuf_fini(&shards->lines);
    strbuf_fini(&shards->keys);
    memory_free(shards);
}

/* ---- the same store ----------------------------------------------------------------------------
 */

static StoreResult differs(const ShardTarget *shards, const Server *coordinator,
                           const ShardNames *noted) {
    StrBuf names = {0};
    for (size_t i = 0; i < noted->len; i++)
        strbuf_addf(&names, "%s'%s'", i ? ", " : "", noted->names[i]);
    Diag *diag = diag_add(shards->session->diags, DIAG_shards_differ, (Span){0},
                          "'%s' is divided over the shards %s, and '%s' lists others",
                          coordinator->path, strbuf_text(&names), shards->list->file);
    diag_help(diag, "the shards of a store, their names and their order stay as they are; other "
                    "shards need a new store");
    strbuf_fini(&names);
    return STORE_REFUSED;
}

static bool same_shards(const ShardList *list, const ShardNames *noted) {
    bool same = list->len == noted->len;
    for (size_t i = 0; same && i < list->len; i++)
        same = strcmp(list->shards[i].name, noted->names[i]) == 0;
    return same;
}

static StoreResult wanted(const Server *coordinator, const ShardNames *noted) {
    Session *session = coordinator->session;
    Diag *diag =
        noted->len > 0
            ? diag_add(session->diags, DIAG_shards_wanted, (Span){0},
                       "'%s' is divided over %zu shards: '--shards FILE' must say where they are",
                       coordinator->path, noted->len)
            : diag_add(session->diags, DIAG_shards_wanted, (Span){0},
                       "'%s' is a store in one place: it cannot be divided any more",
                       coordinator->path);
    diag_help(diag, noted->len > 0 ? "give the file that the store was made with"
                                   : "make a new store with '--shards', in another database or "
                                     "schema, or leave '--shards' out");
    return STORE_REFUSED;
}

StoreResult shard_target_check(ShardTarget *shards, const Server *coordinator, const char *schema,
                               bool made) {
    ShardNames noted = {0};
    bool is_shard = false;
    StoreResult result = server_shard_alone(coordinator, schema, &is_shard);
    if (result == STORE_OK && is_shard)
        return server_shard_refuse(coordinator);
    if (result == STORE_OK && made)
        result = server_shards_noted(coordinator, schema, &noted);
    if (result != STORE_OK || (!made && shards))
        return result;
    if ((noted.len > 0) != (shards != NULL))
        return wanted(coordinator, &noted);
    if (!shards)
        return STORE_OK;
    return same_shards(shards->list, &noted) ? STORE_OK : differs(shards, coordinator, &noted);
}

/* ---- making what is lacking --------------------------------------------------------------------
 */

static StoreResult other_schema(const Server *server, const char *schema, const char *wanted) {
    Diag *diag = diag_add(server->session->diags, DIAG_shard_other, (Span){0},
                          "the search path of '%s' begins with the schema '%s', and that of the "
                          "coordinator with '%s'",
                          server->path, schema, wanted);
    diag_help(diag,
              "make that schema there, and name it in the shard's address: "
              "options=-csearch_path=%s",
              wanted);
    return STORE_REFUSED;
}

static StoreResult not_ours(const Server *server, const ShardTarget *shards) {
    Diag *diag = diag_add(server->session->diags, DIAG_shard_other, (Span){0},
                          "the database of '%s' is not that shard of this store", server->path);
    diag_help(diag,
              "correct its address in '%s'; or, if what it holds is no longer needed, empty its "
              "schema",
              shards->list->file);
    return STORE_DAMAGED;
}

/* Whether a shard that was made before is this store's, at this place. */
static StoreResult shard_verify(const ShardTarget *shards, const Server *server, size_t place) {
    bool ours;
    StoreResult result = server_shard_is(
        server, shards->schema,
        &(ShardIdentity){.store = shards->id, .place = place, .shards = shards->list->len}, &ours);
    return result != STORE_OK || ours ? result : not_ours(server, shards);
}

static StoreResult run_whole(const Server *server, const StrBuf *statements) {
    StrBuf text = {0};
    strbuf_addf(&text, "BEGIN;\n%sCOMMIT", strbuf_text(statements));
    StoreResult result = server_run(server, strbuf_text(&text));
    if (result != STORE_OK && PQtransactionStatus(server->link) == PQTRANS_INERROR)
        PQclear(PQexec(server->link, "ROLLBACK"));
    strbuf_fini(&text);
    return result;
}

static StoreResult shard_ready(const ShardTarget *shards, size_t place, int busy) {
    const Server *server = &shards->places[place].server;
    const char *schema = NULL;
    bool made = false;
    StoreResult result = server_schema_lock(server, busy);
    if (result == STORE_OK)
        result = server_schema_find(server, &schema, &made);
    if (result != STORE_OK)
        return result;
    if (strcmp(schema, shards->schema) != 0)
        return other_schema(server, schema, shards->schema);
    if (made)
        return shard_verify(shards, server, place);
    StrBuf text = {0};
    ddl_put_shard(&text, schema, &shards->store, place);
    result = run_whole(server, &text);
    strbuf_fini(&text);
    return result;
}

/* The extension, the foreign servers and the way into them. */
static StoreResult servers_make(const ShardTarget *shards, const Server *coordinator) {
    const char **users =
        arena_array(shards->session->arena, shards->list->len, sizeof(const char *));
    for (size_t i = 0; i < shards->list->len; i++)
        users[i] = PQuser(shards->places[i].server.link);
    StrBuf text = {0};
    ddl_put_servers(&text, &shards->store, users);
    PGresult *done = PQexec(coordinator->link, strbuf_text(&text));
    strbuf_fini(&text);
    StoreResult result = STORE_OK;
    if (PQresultStatus(done) != PGRES_COMMAND_OK) {
        StrBuf line = {0};
        server_put_line(&line, PQresultErrorMessage(done));
        Diag *diag = diag_add(shards->session->diags, DIAG_shards_rights, (Span){0},
                              "'%s' cannot be given the foreign servers of the shards: %s",
                              coordinator->path, strbuf_text(&line));
        diag_help(diag, "the same command with --ddl prints a script for whoever runs the "
                        "database");
        strbuf_fini(&line);
        result = STORE_UNAVAILABLE;
    }
    PQclear(done);
    return result;
}

static void id_take(ShardTarget *shards, const char *id) {
    Arena *arena = shards->session->arena;
    StrBuf quoted = {0};
    quote_text(&quoted, id);
    shards->id = arena_copy_text(arena, id, strlen(id));
    shards->store.id = arena_copy_text(arena, strbuf_text(&quoted), quoted.len);
    strbuf_fini(&quoted);
}

static StoreResult coordinator_make(ShardTarget *shards, const Server *coordinator) {
    PGresult *made;
    StoreResult result = servers_make(shards, coordinator);
    if (result == STORE_OK)
        result =
            server_query(coordinator, "SELECT pg_catalog.gen_random_uuid()::text", NULL, &made);
    if (result != STORE_OK)
        return result;
    id_take(shards, PQgetvalue(made, 0, 0));
    PQclear(made);
    StrBuf text = {0};
    ddl_put_coordinator(&text, shards->schema, &shards->store);
    result = run_whole(coordinator, &text);
    strbuf_fini(&text);
    return result;
}

static StoreResult coordinator_known(ShardTarget *shards, const Server *coordinator) {
    ShardNames noted;
    StoreResult result = server_shards_noted(coordinator, shards->schema, &noted);
    if (result != STORE_OK)
        return result;
    id_take(shards, noted.store ? noted.store : "");
    return STORE_OK;
}

StoreResult shard_target_begin(ShardTarget *shards, const Server *coordinator, const char *schema,
                               bool made, int busy) {
    shards->schema = schema;
    StoreResult result =
        made ? coordinator_known(shards, coordinator) : coordinator_make(shards, coordinator);
    for (size_t i = 0; result == STORE_OK && i < shards->list->len; i++)
        result = shard_ready(shards, i, busy);
    ShardNames noted = {0};
    if (result == STORE_OK)
        result = server_shards_noted(coordinator, schema, &noted);
    /* Through the coordinator the same databases must be seen. */
    return result == STORE_OK ? server_shards_look(coordinator, schema, &noted) : result;
}

/* ---- tables ------------------------------------------------------------------------------------
 */

StoreResult shard_target_make(const ShardTarget *shards, const Server *coordinator,
                              const ShardedTable *table) {
    StoreResult result = STORE_OK;
    for (size_t i = 0; result == STORE_OK && i < shards->list->len; i++) {
        StrBuf text = {0};
        /* What an import left that was cut off before the coordinator knew of the table. */
        strbuf_add(&text, "DROP TABLE IF EXISTS ");
        server_put_name(&text, shards->schema, table->name);
        strbuf_add(&text, ";\n");
        ddl_put_shard_table(&text, shards->schema, &shards->store, i, table);
        result = run_whole(&shards->places[i].server, &text);
        strbuf_fini(&text);
    }
    StrBuf text = {0};
    ddl_put_coordinator_table(&text, shards->schema, &shards->store, table);
    if (result == STORE_OK)
        result = run_whole(coordinator, &text);
    strbuf_fini(&text);
    return result;
}

StoreResult shard_target_same_key(const ShardTarget *shards, const Server *coordinator,
                                  const char *table, const char *key) {
    const char *texts[] = {shards->schema, table};
    ServerParameters parameters = {.texts = texts, .len = 2};
    PGresult *found;
    StoreResult result =
        server_query(coordinator,
                     "SELECT a.attname FROM pg_catalog.pg_class c"
                     " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                     " JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = c.oid"
                     " LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"
                     " AND a.attnum = p.partattrs[0]"
                     " WHERE n.nspname = $1 AND c.relname = $2",
                     &parameters, &found);
    if (result != STORE_OK)
        return result;
    const char *have = PQntuples(found) ? PQgetvalue(found, 0, 0) : NULL;
    if ((have != NULL) != (key != NULL) || (have && strcmp(have, key) != 0)) {
        const char *is = have ? arena_printf(shards->session->arena, "divided by '%s'", have)
                              : "whole on every server";
        const char *now = key ? arena_printf(shards->session->arena, "divided by '%s'", key)
                              : "whole on every server";
        Diag *diag =
            diag_add(shards->session->diags, DIAG_shards_differ, (Span){0},
                     "the table '%s' is %s in the store, and would now be %s", table, is, now);
        diag_help(diag,
                  have ? "say in '%s' `distribute %s by %s`, or make a new store"
                       : "say in '%s' `everywhere %s`, or make a new store",
                  shards->list->file, table, have);
        result = STORE_REFUSED;
    }
    PQclear(found);
    return result;
}

StoreResult shard_target_sweep(const ShardTarget *shards, const char *table, int64_t batch) {
    StoreResult result = STORE_OK;
    for (size_t i = 0; result == STORE_OK && i < shards->list->len; i++) {
        const Server *server = &shards->places[i].server;
        bool there = false;
        result = server_schema_has(server, shards->schema, table, &there);
        if (result != STORE_OK || !there)
            continue;
        StrBuf text = {0};
        strbuf_add(&text, "DELETE FROM ");
        server_put_name(&text, shards->schema, table);
        strbuf_addf(&text, " WHERE " BATCH_COLUMN " = %" PRId64, batch);
        result = server_run(server, strbuf_text(&text));
        strbuf_fini(&text);
    }
    return result;
}

void shard_target_analyze(const ShardTarget *shards, const char *table) {
    StrBuf text = {0};
    strbuf_add(&text, "ANALYZE ");
    server_put_name(&text, shards->schema, table);
    for (size_t i = 0; i < shards->list->len; i++)
        PQclear(PQexec(shards->places[i].server.link, strbuf_text(&text)));
    strbuf_fini(&text);
}

/* ---- rows --------------------------------------------------------------------------------------
 */

StoreResult shard_target_rows_begin(ShardTarget *shards, const Server *coordinator,
                                    const ShardCopy *copy) {
    shards->copy = *copy;
    shards->coordinator = coordinator;
    shards->row = 0;
    shards->pending = 0;
    strbuf_clear(&shards->lines);
    strbuf_clear(&shards->keys);
    for (size_t i = 0; i < shards->list->len; i++) {
        Place *place = &shards->places[i];
        place->sent = 0;
        strbuf_clear(&place->rows);
        StoreResult result = server_run(&place->server, "BEGIN");
        if (result != STORE_OK)
            return result;
        PGresult *began = PQexec(place->server.link, copy->copy);
        place->copying = PQresultStatus(began) == PGRES_COPY_IN;
        if (!place->copying)
            result = server_fault(&place->server, began);
        PQclear(began);
        if (result != STORE_OK)
            return result;
    }
    return STORE_OK;
}

static StoreResult send(Place *place) {
    bool sent =
        PQputCopyData(place->server.link, strbuf_text(&place->rows), (int)place->rows.len) == 1;
    strbuf_clear(&place->rows);
    return sent ? STORE_OK : server_fault(&place->server, NULL);
}

static StoreResult row_send(Place *place, const char *line, size_t len) {
    strbuf_add_len(&place->rows, line, len);
    place->sent++;
    return place->rows.len < PIECE ? STORE_OK : send(place);
}

/* ---- which shard -------------------------------------------------------------------------------
 */

/* "{"a","b",NULL}", as an array of texts is written. */
static void key_add(StrBuf *keys, const CsvField *key) {
    strbuf_add_char(keys, keys->len ? ',' : '{');
    if (key->len == 0) {
        strbuf_add(keys, "NULL");
        return;
    }
    strbuf_add_char(keys, '"');
    for (size_t i = 0; i < key->len; i++) {
        if (key->text[i] == '"' || key->text[i] == '\\')
            strbuf_add_char(keys, '\\');
        strbuf_add_char(keys, key->text[i]);
    }
    strbuf_add_char(keys, '"');
}

/* A statement that answers a letter for each key: PLACE_ZERO is the first shard. */
static void put_question(const ShardTarget *shards, StrBuf *out) {
    StrBuf parent = {0};
    server_put_name(&parent, shards->schema, shards->copy.table);
    strbuf_add(out, "SELECT pg_catalog.string_agg(CASE");
    for (size_t i = 0; i + 1 < shards->list->len; i++) {
        strbuf_add(out, " WHEN pg_catalog.satisfies_hash_partition(");
        quote_text(out, strbuf_text(&parent));
        strbuf_addf(out, "::pg_catalog.regclass, %zu, %zu, k) THEN '%c'", shards->list->len, i,
                    (char)(PLACE_ZERO + (int)i));
    }
    if (shards->list->len == 1)
        strbuf_add(out, " WHEN true THEN '0'");
    strbuf_addf(out,
                " ELSE '%c' END, '' ORDER BY o) FROM pg_catalog.unnest($1::text[])"
                " WITH ORDINALITY AS t (k, o)",
                (char)(PLACE_ZERO + (int)shards->list->len - 1));
    strbuf_fini(&parent);
}

static StoreResult lost_count(const ShardTarget *shards) {
    diag_add(shards->session->diags, DIAG_store_failed, (Span){0},
             "'%s' could not be read or written: it did not say which shard each row belongs to",
             shards->coordinator->path);
    return STORE_UNAVAILABLE;
}

static StoreResult lines_send(ShardTarget *shards, const char *places) {
    StoreResult result = STORE_OK;
    for (size_t i = 0, from = 0; result == STORE_OK && i < shards->pending; i++) {
        size_t place = (size_t)(places[i] - PLACE_ZERO);
        if (place >= shards->list->len)
            return lost_count(shards);
        result =
            row_send(&shards->places[place], shards->lines.text + from, shards->ends[i] - from);
        from = shards->ends[i];
    }
    shards->pending = 0;
    strbuf_clear(&shards->lines);
    strbuf_clear(&shards->keys);
    return result;
}

static StoreResult pending_send(ShardTarget *shards) {
    if (shards->pending == 0)
        return STORE_OK;
    strbuf_add_char(&shards->keys, '}');
    const char *texts[] = {strbuf_text(&shards->keys)};
    ServerParameters parameters = {.texts = texts, .len = 1};
    StrBuf question = {0};
    put_question(shards, &question);
    PGresult *answer;
    StoreResult result =
        server_query(shards->coordinator, strbuf_text(&question), &parameters, &answer);
    strbuf_fini(&question);
    if (result != STORE_OK)
        return result;
    result = (size_t)PQgetlength(answer, 0, 0) == shards->pending
                 ? lines_send(shards, PQgetvalue(answer, 0, 0))
                 : lost_count(shards);
    PQclear(answer);
    return result;
}

/* "0", "-12", "345": as one number is written in one way only. */
static bool plain_number(const CsvField *key) {
    size_t i = key->len > 1 && key->text[0] == '-' ? 1 : 0;
    if (key->len - i > 1 && key->text[i] == '0')
        return false;
    if (i == 1 && key->text[1] == '0')
        return false;
    for (; i < key->len; i++)
        if (key->text[i] < '0' || key->text[i] > '9')
            return false;
    return true;
}

static StoreResult bad_key(const ShardTarget *shards, const CsvField *key) {
    StrBuf shown = {0};
    value_show(&shown, key->text, key->len);
    Diag *diag = diag_add(shards->session->diags, DIAG_shard_key, (Span){0},
                          "row %" PRIu64 " for '%s': the key '%s' in '%s' is a whole number in the "
                          "project, and is not written as one",
                          shards->row, shards->copy.table, strbuf_text(&shown), shards->copy.key);
    diag_help(diag, "write digits alone, without zeros or blanks before them");
    strbuf_fini(&shown);
    return STORE_REFUSED;
}

StoreResult shard_target_row(ShardTarget *shards, const StrBuf *line, const CsvField *key) {
    StoreResult result = STORE_OK;
    shards->row++;
    if (!shards->copy.divided) {
        for (size_t i = 0; result == STORE_OK && i < shards->list->len; i++)
            result = row_send(&shards->places[i], strbuf_text(line), line->len);
        return result;
    }
    if (shards->copy.whole_number && key->len > 0 && !plain_number(key))
        return bad_key(shards, key);
    strbuf_add_len(&shards->lines, strbuf_text(line), line->len);
    shards->ends[shards->pending++] = shards->lines.len;
    key_add(&shards->keys, key);
    return shards->pending < KEYS_MOST ? STORE_OK : pending_send(shards);
}

/* ---- ending ------------------------------------------------------------------------------------
 */

static StoreResult copy_end(Place *place) {
    StoreResult result = send(place);
    place->copying = false;
    if (PQputCopyEnd(place->server.link, NULL) != 1 && result == STORE_OK)
        result = server_fault(&place->server, NULL);
    for (PGresult *ended; (ended = PQgetResult(place->server.link)); PQclear(ended))
        if (result == STORE_OK && PQresultStatus(ended) != PGRES_COMMAND_OK)
            result = server_fault(&place->server, ended);
    return result;
}

StoreResult shard_target_rows_end(ShardTarget *shards) {
    StoreResult result = pending_send(shards);
    for (size_t i = 0; result == STORE_OK && i < shards->list->len; i++)
        result = copy_end(&shards->places[i]);
    for (size_t i = 0; result == STORE_OK && i < shards->list->len; i++)
        result = server_run(&shards->places[i].server, "COMMIT");
    return result;
}

void shard_target_quiet(ShardTarget *shards, Session *session) {
    if (!shards)
        return;
    shards->session = session;
    for (size_t i = 0; i < shards->list->len; i++)
        shards->places[i].server.session = session;
}

void shard_target_give_up(ShardTarget *shards) {
    for (size_t i = 0; i < shards->list->len; i++) {
        Place *place = &shards->places[i];
        if (!place->open || PQstatus(place->server.link) != CONNECTION_OK)
            continue;
        if (place->copying) {
            PQputCopyEnd(place->server.link, "the file was not read to its end");
            for (PGresult *ended; (ended = PQgetResult(place->server.link));)
                PQclear(ended);
        }
        place->copying = false;
        if (PQtransactionStatus(place->server.link) != PQTRANS_IDLE)
            PQclear(PQexec(place->server.link, "ROLLBACK"));
    }
}

bool shard_target_rest(ShardTarget *shards) {
    bool all = true;
    for (size_t i = 0; all && i < shards->list->len; i++) {
        PGconn *link = shards->places[i].server.link;
        PGresult *done = PQexec(link, "SELECT pg_catalog.pg_advisory_unlock_all()");
        all = PQresultStatus(done) == PGRES_TUPLES_OK && !shards->places[i].copying &&
              PQtransactionStatus(link) == PQTRANS_IDLE;
        PQclear(done);
    }
    return all;
}

void shard_target_put_rows(const ShardTarget *shards, int64_t batch, StrBuf *out) {
    for (size_t i = 0; i < shards->list->len; i++) {
        strbuf_add(out, "INSERT INTO ");
        server_put_name(out, shards->schema, "kpic_shard_rows");
        strbuf_addf(out, " VALUES (%" PRId64 ", %zu, %" PRIu64 ");", batch, i + 1,
                    shards->places[i].sent);
    }
}
