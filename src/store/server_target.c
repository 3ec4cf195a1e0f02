#include "store/server_target.h"

#include <inttypes.h>
#include <string.h>

#include "base/vec.h"
#include "store/encoding.h"
#include "store/quote.h"
#include "store/server_publication.h"
#include "store/server_shards.h"

#define PIECE 65536 /* bytes of rows that are sent at a time */

struct ServerTarget {
    Server server;
    Arena *arena;
    int busy;
    const char *schema;
    bool made, open, wrote;
    bool fixed; /* its tables were made by a script, and stay */
    /* The table that is turned to. */
    bool stays;               /* another table cannot take its place */
    const char *const *names; /* the server's own names of its columns */
    Known forget;
    bool forgets, in_place;
    int64_t id; /* under which its rows are loaded */
    const char *load;
    bool copying;
    StrBuf rows;    /* not sent yet */
    StrBuf publish; /* what makes all of it count */
    /* A store that is divided over servers. */
    ShardTarget *shards; /* NULL: it is in one place */
    size_t key;          /* of the rows, among the fields; SIZE_MAX: they are everywhere */
    StrBuf line;
};

/* ---- opening and closing ---------------------------------------------------------------------
 */

StoreResult server_target_open(Session *session, const ImportOptions *options, ServerTarget **out) {
    ServerTarget *target = memory_alloc(sizeof *target);
    *target = (ServerTarget){.arena = session->arena, .busy = options->busy_milliseconds};
    *out = target;
    StoreResult result = server_open(&target->server, session, options->store, options->timeout);
    if (result != STORE_OK)
        return result;
    target->open = true;
    result = server_schema_find(&target->server, &target->schema, &target->made);
    if (result == STORE_OK && target->made)
        result = server_schema_fixed(&target->server, target->schema, &target->fixed);
    if (result == STORE_OK && options->shards)
        result = shard_target_open(session, options->shards, options->timeout, &target->shards);
    return result == STORE_OK
               ? shard_target_check(target->shards, &target->server, target->schema, target->made)
               : result;
}

/* If it fails, the next import does it. */
static void sweep_quietly(ServerTarget *target) {
    Session *quiet = session_new();
    Server server = target->server;
    server.session = quiet;
    shard_target_quiet(target->shards, quiet);
    server_schema_sweep(&server, target->schema, target->shards);
    shard_target_quiet(target->shards, target->server.session);
    session_free(quiet);
}

/* What was begun and is not published is taken away. */
static void take_back(ServerTarget *target) {
    if (target->copying) {
        PQputCopyEnd(target->server.link, "the file was not read to its end");
        for (PGresult *ended; (ended = PQgetResult(target->server.link));)
            PQclear(ended);
    }
    if (PQtransactionStatus(target->server.link) != PQTRANS_IDLE)
        PQclear(PQexec(target->server.link, "ROLLBACK"));
    if (target->shards)
        shard_target_give_up(target->shards);
    sweep_quietly(target);
}

void server_target_close(ServerTarget *target) {
    if (target->open && target->wrote && PQstatus(target->server.link) == CONNECTION_OK)
        take_back(target);
    if (target->open)
        server_close(&target->server);
    shard_target_close(target->shards);
    strbuf_fini(&target->line);
    strbuf_fini(&target->rows);
    strbuf_fini(&target->publish);
    memory_free(target);
}

bool server_target_rest(ServerTarget *target) {
    if (target->wrote || PQstatus(target->server.link) != CONNECTION_OK ||
        PQtransactionStatus(target->server.link) != PQTRANS_IDLE)
        return false;
    strbuf_clear(&target->publish);
    Session *quiet = session_new();
    Server server = target->server;
    server.session = quiet;
    StoreResult result = server_run(&server, "SELECT pg_catalog.pg_advisory_unlock_all()");
    session_free(quiet);
    return result == STORE_OK && (!target->shards || shard_target_rest(target->shards));
}

StoreResult server_target_begin(ServerTarget *target, bool write) {
    const Server *server = &target->server;
    if (!write)
        return STORE_OK;
    StoreResult result = server_schema_lock(server, target->busy);
    /* Looked at again under the lock: another import may have made it just now. */
    if (result == STORE_OK)
        result = server_schema_find(server, &target->schema, &target->made);
    if (result == STORE_OK && target->shards)
        result =
            shard_target_begin(target->shards, server, target->schema, target->made, target->busy);
    if (result == STORE_OK && target->made)
        return server_schema_sweep(server, target->schema, target->shards);
    if (result == STORE_OK && !target->shards)
        result = server_schema_make(server, target->schema);
    target->made = result == STORE_OK;
    return result;
}

/* ---- the table -------------------------------------------------------------------------------
 */

#define COLUMNS                                                                                    \
    "SELECT a.attname, c.relkind = 'p', coalesce(k.column_name, a.attname)"                        \
    " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"         \
    " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0"                       \
    " AND NOT a.attisdropped LEFT JOIN %s k"                                                       \
    " ON k.table_name = c.relname AND k.place = a.attnum - 2"                                      \
    " WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'v', 'm', 'f', 'p')"          \
    " ORDER BY a.attnum"

static bool is_own_column(const char *name) {
    return strcmp(name, BATCH_COLUMN) == 0 || strcmp(name, ROW_COLUMN) == 0;
}

static void columns_take(Target *target, const PGresult *found) {
    ServerTarget *at = target->server;
    VEC(const char *) names = {0}, whole = {0};
    size_t own = 0;
    for (int row = 0; row < PQntuples(found); row++) {
        const char *name = PQgetvalue(found, row, 0), *all = PQgetvalue(found, row, 2);
        own += is_own_column(name);
        at->stays = at->fixed || PQgetvalue(found, row, 1)[0] == 't';
        if (is_own_column(name))
            continue;
        const char *copy = arena_copy_text(at->arena, name, strlen(name));
        vec_push(at->arena, &names, copy);
        copy = arena_copy_text(at->arena, all, strlen(all));
        vec_push(at->arena, &whole, copy);
    }
    at->names = names.items;
    target->columns = whole.items;
    target->columns_len = whole.len;
    target->foreign = PQntuples(found) > 0 && own < 2;
}

static StoreResult name_too_long(const ServerTarget *at, const char *table) {
    Diag *diag = diag_add(at->server.session->diags, DIAG_import_table_name, (Span){0},
                          "'%s' cannot be the name of a table: a name has at most %d bytes on a "
                          "PostgreSQL server",
                          table, SERVER_NAME_MOST);
    diag_help(diag, "give it a name with --as");
    return STORE_REFUSED;
}

StoreResult server_target_table(Target *target, const char *table) {
    ServerTarget *at = target->server;
    target->table = table;
    at->stays = at->forgets = at->in_place = false;
    if (strlen(table) > SERVER_NAME_MOST)
        return name_too_long(at, table);
    if (!at->made)
        return STORE_OK;
    StrBuf own = {0}, text = {0};
    server_put_name(&own, at->schema, "kpic_column");
    strbuf_addf(&text, COLUMNS, strbuf_text(&own));
    const char *texts[] = {at->schema, table};
    ServerParameters parameters = {.texts = texts, .len = 2};
    PGresult *found;
    StoreResult result = server_query(&at->server, strbuf_text(&text), &parameters, &found);
    strbuf_fini(&own);
    strbuf_fini(&text);
    if (result != STORE_OK)
        return result;
    columns_take(target, found);
    PQclear(found);
    return STORE_OK;
}

/* ---- what is known of the file ---------------------------------------------------------------
 */

/* A statement on kpic_import. */
static StoreResult imports_query(const ServerTarget *at, const char *before, const char *after,
                                 const ServerParameters *parameters, PGresult **out) {
    StrBuf text = {0};
    strbuf_add(&text, before);
    server_put_name(&text, at->schema, "kpic_import");
    strbuf_add(&text, after);
    StoreResult result = server_query(&at->server, strbuf_text(&text), parameters, out);
    strbuf_fini(&text);
    return result;
}

StoreResult server_target_known(Target *target, const char *file, const char *content, Known *out) {
    ServerTarget *at = target->server;
    ServerParameters parameters = {.texts = &target->table, .len = 1};
    PGresult *known;
    StoreResult result =
        imports_query(at, "SELECT id, file, content, first_row, last_row FROM ",
                      " WHERE table_name = $1 AND published ORDER BY id", &parameters, &known);
    if (result != STORE_OK)
        return result;
    const char *other = NULL;
    for (int row = 0; row < PQntuples(known); row++)
        known_add(out,
                  &(KnownFile){PQgetvalue(known, row, 1), PQgetvalue(known, row, 2),
                               server_integer(known, row, 0), server_integer(known, row, 3),
                               server_integer(known, row, 4)},
                  file, content, at->arena, &other);
    known_end(out, other);
    PQclear(known);
    return STORE_OK;
}

void server_target_forget(ServerTarget *target, const Known *known) {
    target->forget = *known;
    target->forgets = true;
}

/* ---- the table that rows go into -------------------------------------------------------------
 */

static StoreResult note_name(const ServerTarget *at, size_t place, const char *whole) {
    const char *texts[] = {at->load, arena_printf(at->arena, "%zu", place + 1), whole};
    const Oid types[] = {TYPE_TEXT, TYPE_INT4, TYPE_TEXT};
    ServerParameters parameters = {texts, types, 3};
    StrBuf text = {0};
    strbuf_add(&text, "INSERT INTO ");
    server_put_name(&text, at->schema, "kpic_column");
    strbuf_add(&text, " VALUES ($1, $2, $3)");
    PGresult *done;
    StoreResult result = server_query(&at->server, strbuf_text(&text), &parameters, &done);
    strbuf_fini(&text);
    if (result == STORE_OK)
        PQclear(done);
    return result;
}

static StoreResult table_make(ServerTarget *at, const char *const *header, size_t len) {
    StrBuf text = {0};
    at->names = server_column_names(at->arena, header, len);
    strbuf_add(&text, "CREATE TABLE ");
    server_put_name(&text, at->schema, at->load);
    strbuf_add(&text, " (" BATCH_COLUMN " bigint NOT NULL, " ROW_COLUMN " bigint NOT NULL");
    for (size_t i = 0; i < len; i++) {
        strbuf_add(&text, ", ");
        quote_name(&text, at->names[i]);
        strbuf_add(&text, " text");
    }
    strbuf_add(&text, ")");
    StoreResult result = server_run(&at->server, strbuf_text(&text));
    strbuf_fini(&text);
    for (size_t i = 0; result == STORE_OK && i < len; i++)
        if (at->names[i] != header[i])
            result = note_name(at, i, header[i]);
    return result;
}

/* A table that is divided over servers keeps its columns. */
static StoreResult divided_differs(const Target *target) {
    const ServerTarget *at = target->server;
    Diag *diag = diag_add(at->server.session->diags, DIAG_import_header_differs, (Span){0},
                          "the table '%s' is in several parts, and the file has other "
                          "columns",
                          target->table);
    diag_help(diag, "make the table anew with these columns, or import the file with --as into a "
                    "table of its own");
    return STORE_REFUSED;
}

/* The server's name for a column of a table that is there; NULL: it has none of that name. */
static const char *name_there(const Target *target, const char *whole) {
    for (size_t i = 0; i < target->columns_len; i++)
        if (strcmp(target->columns[i], whole) == 0)
            return target->server->names[i];
    return NULL;
}

static StoreResult names_there(Target *target, const char *const *header, size_t len) {
    ServerTarget *at = target->server;
    const char **names = arena_array(at->arena, len, sizeof *names);
    for (size_t i = 0; i < len; i++) {
        names[i] = name_there(target, header[i]);
        if (!names[i])
            return divided_differs(target);
    }
    if (len != target->columns_len)
        return divided_differs(target);
    at->names = names;
    return STORE_OK;
}

/* ---- rows ------------------------------------------------------------------------------------
 */

static StoreResult batch_begin(Target *target) {
    ServerTarget *at = target->server;
    ServerParameters parameters = {.texts = &target->table, .len = 1};
    PGresult *made;
    StoreResult result = imports_query(at, "INSERT INTO ",
                                       " (table_name, file, content, rows, first_row, last_row,"
                                       " published) VALUES ($1, '', '', 0, 0, 0, false)"
                                       " RETURNING id",
                                       &parameters, &made);
    if (result != STORE_OK)
        return result;
    at->wrote = true;
    at->id = server_integer(made, 0, 0);
    PQclear(made);
    return STORE_OK;
}

/* Rows go on after those of the other files. */
static StoreResult last_row(Target *target) {
    ServerParameters parameters = {.texts = &target->table, .len = 1};
    PGresult *found;
    StoreResult result = imports_query(target->server, "SELECT coalesce(max(last_row), 0) FROM ",
                                       " WHERE table_name = $1 AND published", &parameters, &found);
    if (result != STORE_OK)
        return result;
    target->last_row = server_integer(found, 0, 0);
    PQclear(found);
    return STORE_OK;
}

static void put_copy(const ServerTarget *at, size_t len, StrBuf *out) {
    strbuf_add(out, "COPY ");
    server_put_name(out, at->schema, at->load);
    strbuf_add(out, " (" BATCH_COLUMN ", " ROW_COLUMN);
    for (size_t i = 0; i < len; i++) {
        strbuf_add(out, ", ");
        quote_name(out, at->names[i]);
    }
    strbuf_add(out, ") FROM STDIN");
}

static StoreResult copy_begin(ServerTarget *at, size_t len) {
    StrBuf text = {0};
    put_copy(at, len, &text);
    PGresult *began = PQexec(at->server.link, strbuf_text(&text));
    strbuf_fini(&text);
    StoreResult result = STORE_OK;
    at->copying = PQresultStatus(began) == PGRES_COPY_IN;
    if (!at->copying)
        result = server_fault(&at->server, began);
    PQclear(began);
    return result;
}

/* ---- rows of a divided store -------------------------------------------------------------------
 */

static StoreResult divided_make(Target *target, const char *const *header, size_t len) {
    ServerTarget *at = target->server;
    at->names = server_column_names(at->arena, header, len);
    ShardedTable table = {.name = target->table, .columns = at->names, .whole = header, .len = len};
    if (at->key != SIZE_MAX)
        table.key = at->names[at->key];
    return shard_target_make(at->shards, &at->server, &table);
}

static StoreResult divided_same(Target *target, const char *const *header, size_t len) {
    ServerTarget *at = target->server;
    StoreResult result = names_there(target, header, len);
    return result == STORE_OK
               ? shard_target_same_key(at->shards, &at->server, target->table,
                                       at->key == SIZE_MAX ? NULL : at->names[at->key])
               : result;
}

static size_t key_find(const Target *target, const char *const *header, size_t len) {
    for (size_t i = 0; target->placement.column && i < len; i++)
        if (strcmp(header[i], target->placement.column) == 0)
            return i;
    return SIZE_MAX;
}

/* On every shard; and here too, if the table stands everywhere. */
static StoreResult divided_copy_begin(Target *target, size_t len) {
    ServerTarget *at = target->server;
    StrBuf text = {0};
    put_copy(at, len, &text);
    bool divided = at->key != SIZE_MAX;
    ShardCopy copy = {.copy = strbuf_text(&text),
                      .table = target->table,
                      .divided = divided,
                      .whole_number = target->placement.whole_number,
                      .key = divided ? target->placement.column : NULL};
    StoreResult result = shard_target_rows_begin(at->shards, &at->server, &copy);
    strbuf_fini(&text);
    return result == STORE_OK && !divided ? copy_begin(at, len) : result;
}

static StoreResult divided_rows_begin(Target *target, const char *const *header, size_t len) {
    ServerTarget *at = target->server;
    at->in_place = true;
    at->load = target->table;
    at->key = key_find(target, header, len);
    StoreResult result = target->columns_len > 0 ? divided_same(target, header, len)
                                                 : divided_make(target, header, len);
    if (result == STORE_OK)
        result = batch_begin(target);
    if (result == STORE_OK)
        result = last_row(target);
    target->first_row = target->last_row + 1;
    if (result == STORE_OK)
        result = server_run(&at->server, "BEGIN");
    return result == STORE_OK ? divided_copy_begin(target, len) : result;
}

static StoreResult divided_rows_end(Target *target) {
    ServerTarget *at = target->server;
    StoreResult result = shard_target_rows_end(at->shards);
    StrBuf text = {0};
    shard_target_put_rows(at->shards, at->id, &text);
    if (result == STORE_OK)
        result = server_run(&at->server, strbuf_text(&text));
    strbuf_fini(&text);
    if (result == STORE_OK)
        shard_target_analyze(at->shards, target->table);
    return result;
}

static StoreResult table_wanted(const ServerTarget *at, const char *table) {
    Diag *diag = diag_add(at->server.session->diags, DIAG_table_wanted, (Span){0},
                          "there is no table '%s' in '%s', whose tables a script makes", table,
                          at->server.path);
    diag_help(diag,
              "`kpic import FILE --store ... --shards LIST --ddl --for citus` prints what makes "
              "it");
    return STORE_REFUSED;
}

StoreResult server_target_rows_begin(Target *target, const char *const *header, size_t len) {
    ServerTarget *at = target->server;
    if (at->shards)
        return divided_rows_begin(target, header, len);
    if (at->fixed && target->columns_len == 0)
        return table_wanted(at, target->table);
    bool alone = target->columns_len == 0 || (at->forgets && at->forget.alone);
    at->in_place = target->columns_len > 0 && (!alone || at->stays);
    StoreResult result = batch_begin(target);
    at->load = at->in_place ? target->table : arena_printf(at->arena, "kpic_load_%" PRId64, at->id);
    target->last_row = 0;
    if (result == STORE_OK && at->in_place)
        result = last_row(target);
    target->first_row = target->last_row + 1;
    if (result == STORE_OK)
        result = server_run(&at->server, "BEGIN");
    if (result == STORE_OK)
        result = at->in_place ? names_there(target, header, len) : table_make(at, header, len);
    return result == STORE_OK ? copy_begin(at, len) : result;
}

/* As COPY's text form has it. */
static void put_field(StrBuf *out, const CsvField *field) {
    if (field->len == 0) {
        strbuf_add(out, "\\N");
        return;
    }
    for (size_t i = 0, from = 0; i <= field->len; i++) {
        bool special = i < field->len && strchr("\\\t\n\r", field->text[i]);
        if (i < field->len && !special)
            continue;
        strbuf_add_len(out, field->text + from, i - from);
        from = i + 1;
        if (special) {
            const char *letter = field->text[i] == '\t'   ? "\\t"
                                 : field->text[i] == '\n' ? "\\n"
                                 : field->text[i] == '\r' ? "\\r"
                                                          : "\\\\";
            strbuf_add(out, letter);
        }
    }
}

static StoreResult send(ServerTarget *at) {
    bool sent = PQputCopyData(at->server.link, strbuf_text(&at->rows), (int)at->rows.len) == 1;
    strbuf_clear(&at->rows);
    return sent ? STORE_OK : server_fault(&at->server, NULL);
}

StoreResult server_target_row(Target *target, const CsvField *fields, size_t len) {
    ServerTarget *at = target->server;
    StrBuf *out = at->shards ? &at->line : &at->rows;
    if (at->shards)
        strbuf_clear(out);
    strbuf_addf(out, "%" PRId64 "\t%" PRId64, at->id, ++target->last_row);
    for (size_t i = 0; i < len; i++) {
        strbuf_add_char(out, '\t');
        put_field(out, &fields[i]);
    }
    strbuf_add_char(out, '\n');
    if (at->shards) {
        const CsvField *key = at->key == SIZE_MAX ? NULL : &fields[at->key];
        StoreResult result = shard_target_row(at->shards, out, key);
        if (result != STORE_OK || key)
            return result;
        strbuf_add_len(&at->rows, strbuf_text(out), out->len);
    }
    return at->rows.len < PIECE ? STORE_OK : send(at);
}

static StoreResult copy_end(ServerTarget *at) {
    StoreResult result = send(at);
    at->copying = false;
    if (PQputCopyEnd(at->server.link, NULL) != 1 && result == STORE_OK)
        result = server_fault(&at->server, NULL);
    for (PGresult *ended; (ended = PQgetResult(at->server.link)); PQclear(ended))
        if (result == STORE_OK && PQresultStatus(ended) != PGRES_COMMAND_OK)
            result = server_fault(&at->server, ended);
    return result;
}

/* ---- publishing ------------------------------------------------------------------------------
 */

static Publication publication_of(const ServerTarget *at, const Target *target) {
    return (Publication){.schema = at->schema,
                         .table = target->table,
                         .load = at->in_place ? NULL : at->load,
                         .id = at->id,
                         .forgets = at->forgets,
                         .forget = at->forget.id,
                         .analyse = at->key == SIZE_MAX};
}

static StoreResult batch_note(const Target *target, const char *file, const char *content,
                              uint64_t rows) {
    const ServerTarget *at = target->server;
    const char *texts[] = {file,
                           content,
                           arena_printf(at->arena, "%" PRIu64, rows),
                           arena_printf(at->arena, "%" PRId64, target->first_row),
                           arena_printf(at->arena, "%" PRId64, target->last_row),
                           arena_printf(at->arena, "%" PRId64, at->id)};
    const Oid types[] = {TYPE_TEXT, TYPE_TEXT, TYPE_INT8, TYPE_INT8, TYPE_INT8, TYPE_INT8};
    ServerParameters parameters = {texts, types, 6};
    PGresult *done;
    StoreResult result = imports_query(at, "UPDATE ",
                                       " SET file = $1, content = $2, rows = $3, first_row = $4,"
                                       " last_row = $5 WHERE id = $6",
                                       &parameters, &done);
    if (result == STORE_OK)
        PQclear(done);
    return result;
}

StoreResult server_target_rows_end(Target *target, const char *file, const char *content,
                                   uint64_t rows) {
    ServerTarget *at = target->server;
    StoreResult result = at->copying ? copy_end(at) : STORE_OK;
    if (result == STORE_OK && at->shards)
        result = divided_rows_end(target);
    if (result == STORE_OK)
        result = batch_note(target, file, content, rows);
    if (result == STORE_OK)
        result = server_run(&at->server, "COMMIT");
    Publication publication = publication_of(at, target);
    if (result == STORE_OK && at->shards)
        publication_put_divided(&publication, &at->publish);
    else if (result == STORE_OK)
        publication_put(&publication, &at->publish);
    return result;
}

StoreResult server_target_commit(ServerTarget *target) {
    StrBuf text = {0};
    int busy = target->busy > 0 ? target->busy : STORE_BUSY_MILLISECONDS;
    strbuf_addf(&text, "BEGIN;SET LOCAL lock_timeout = %d;%sCOMMIT", busy,
                strbuf_text(&target->publish));
    StoreResult result = server_run(&target->server, strbuf_text(&text));
    strbuf_fini(&text);
    if (result == STORE_OK)
        target->wrote = false;
    if (result == STORE_OK && target->shards)
        sweep_quietly(target);
    return result;
}
