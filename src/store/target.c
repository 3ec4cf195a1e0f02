#include "store/target.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/vec.h"
#include "store/quote.h"
#include "store/server_target.h"

#define SETTINGS                                                                                   \
    "PRAGMA journal_mode = DELETE;"                                                                \
    "PRAGMA synchronous = FULL;"                                                                   \
    "PRAGMA cell_size_check = ON;"                                                                 \
    "PRAGMA cache_size = -65536;" /* 64 MiB */

#define SCHEMA                                                                                     \
    "CREATE TABLE kpic_import (id INTEGER PRIMARY KEY, table_name TEXT NOT NULL,"                  \
    " file TEXT NOT NULL, content TEXT NOT NULL, rows INTEGER NOT NULL,"                           \
    " first_row INTEGER NOT NULL, last_row INTEGER NOT NULL);"

/* ---- the file -------------------------------------------------------------------------------- */

static StoreResult store_make(Target *target, const char *path) {
    if (!file_create(path)) {
        diag_add(target->sql.session->diags, DIAG_store_unmakable, (Span){0},
                 "the store '%s' cannot be made: %s", path, strerror(errno));
        return STORE_UNAVAILABLE;
    }
    target->is_new = true;
    return STORE_OK;
}

static StoreResult foreign(const Target *target) {
    Diag *diag = diag_add(target->sql.session->diags, DIAG_store_foreign, (Span){0},
                          "'%s' is a database of another program: nothing is imported into it",
                          target->sql.path);
    diag_help(diag, "import into a store of its own; --data reads the database as it is");
    return STORE_REFUSED;
}

static StoreResult check_owner(const Target *target, Owner *owner) {
    StoreResult result = sql_owner(&target->sql, owner);
    return result == STORE_OK && *owner == OWNER_USER ? foreign(target) : result;
}

/* What is to be written to must be SQLite's, or empty. With a journal beside it, SQLite first takes
 * back what was cut off: only then can it be known. */
static StoreResult check_file(Session *session, const char *path) {
    SqlLook look;
    StoreResult result = sql_look(session, path, &look);
    if (result != STORE_OK || look.sqlite || look.empty || look.cut_off)
        return result;
    return sql_not_a_store(session, path, &look);
}

StoreResult target_open(Target *target, Session *session, const ImportOptions *options) {
    const char *path = options->store;
    *target = (Target){.sql = {.session = session, .path = path}};
    if (store_is_server(path) && options->held && *options->held) {
        target->held = options->held;
        target->server = *options->held;
        *options->held = NULL;
        return STORE_OK;
    }
    if (store_is_server(path)) {
        StoreResult opened = server_target_open(session, options, &target->server);
        target->held = opened == STORE_OK ? options->held : NULL;
        return opened;
    }
    PathKind kind = path_kind(path, NULL);
    StoreResult result = STORE_OK;
    if (kind == PATH_NONE)
        result = store_make(target, path);
    else if (kind == PATH_FILE)
        result = check_file(session, path);
    else
        result = fault_no_file(session, path, kind);
    Owner owner;
    if (result == STORE_OK)
        result = sql_open(&target->sql, session, path, SQLITE_OPEN_READWRITE,
                          options->busy_milliseconds);
    if (result == STORE_OK)
        result = check_owner(target, &owner);
    return result;
}

static void rows_close(Target *target) {
    sqlite3_finalize(target->insert);
    target->insert = NULL;
    segment_table_free(target->columns_made);
    target->columns_made = NULL;
}

void target_close(Target *target) {
    if (target->server && target->held && server_target_rest(target->server))
        *target->held = target->server;
    else if (target->server)
        server_target_close(target->server);
    if (target->server)
        return;
    rows_close(target);
    if (target->open)
        sqlite3_exec(target->sql.db, "ROLLBACK", NULL, NULL, NULL);
    target->open = false;
    sql_close(&target->sql);
    uint64_t size;
    /* Still empty: nothing was committed to it, by nobody. */
    if (target->is_new && path_kind(target->sql.path, &size) == PATH_FILE && size == 0)
        file_remove(target->sql.path);
}

/* ---- the table ------------------------------------------------------------------------------- */

static StoreResult table_spelling(Target *target, const char *table) {
    sqlite3_stmt *statement;
    Arena *arena = target->sql.session->arena;
    target->table = table;
    StoreResult result = sql_prepare(
        &target->sql,
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?1 COLLATE NOCASE",
        &statement);
    if (result != STORE_OK)
        return result;
    sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(statement, 0);
        if (name)
            target->table = arena_copy_text(arena, name, strlen(name));
    } else if (code != SQLITE_DONE) {
        result = sql_fault(&target->sql, code);
    }
    sqlite3_finalize(statement);
    return result;
}

static StoreResult table_columns(Target *target) {
    sqlite3_stmt *statement;
    Arena *arena = target->sql.session->arena;
    VEC(const char *) names = {0};
    StoreResult result = sql_prepare(
        &target->sql, "SELECT name FROM pragma_table_info(?1) ORDER BY cid", &statement);
    if (result != STORE_OK)
        return result;
    sqlite3_bind_text(statement, 1, target->table, -1, SQLITE_STATIC);
    int code;
    target->foreign = true;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(statement, 0);
        if (!name)
            continue;
        if (strcmp(name, ROW_COLUMN) == 0) {
            target->foreign = false;
            continue;
        }
        const char *copy = arena_copy_text(arena, name, strlen(name));
        vec_push(arena, &names, copy);
    }
    if (code != SQLITE_DONE)
        result = sql_fault(&target->sql, code);
    sqlite3_finalize(statement);
    target->columns = names.items;
    target->columns_len = names.len;
    if (names.len == 0)
        target->foreign = false;
    return result;
}

static StoreResult schema_make(Target *target) {
    char ids[96];
    snprintf(ids, sizeof ids, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
             STORE_APPLICATION_ID, STORE_VERSION);
    StoreResult result = sql_run(&target->sql, ids);
    return result == STORE_OK ? sql_run(&target->sql, SCHEMA) : result;
}

StoreResult target_begin(Target *target, bool write) {
    if (target->server)
        return server_target_begin(target->server, write);
    StoreResult result = write ? sql_run(&target->sql, SETTINGS) : STORE_OK;
    if (result == STORE_OK)
        result = sql_run(&target->sql, write ? "BEGIN IMMEDIATE" : "BEGIN");
    if (result != STORE_OK)
        return result;
    target->open = true;
    /* Asked again under the lock: another import may have made it ours just now. */
    Owner owner = OWNER_NOBODY;
    result = check_owner(target, &owner);
    if (result == STORE_OK && owner == OWNER_NOBODY && write)
        result = schema_make(target);
    if (result == STORE_OK && write)
        result = segments_begin(&target->sql, &target->segments);
    return result;
}

StoreResult target_table(Target *target, const char *table) {
    target->foreign = false;
    target->columns_len = 0;
    if (target->server)
        return server_target_table(target, table);
    StoreResult result = table_spelling(target, table);
    return result == STORE_OK ? table_columns(target) : result;
}

StoreResult target_reindex(Target *target) {
    return segments_clear(&target->sql);
}

StoreResult target_commit(Target *target) {
    if (target->server)
        return server_target_commit(target->server);
    StoreResult result = segments_complete(&target->sql, &target->segments);
    if (result == STORE_OK)
        result = segments_stamp(&target->sql, &target->segments);
    if (result == STORE_OK)
        result = sql_run(&target->sql, "COMMIT");
    if (result == STORE_OK)
        target->open = false;
    return result;
}

/* ---- what is known of the file --------------------------------------------------------------- */

void known_add(Known *out, const KnownFile *known, const char *file, const char *content,
               Arena *arena, const char **other) {
    bool same_content = strcmp(known->content, content) == 0;
    if (strcmp(known->file, file) == 0) {
        out->same = same_content;
        out->replaces = !same_content;
        out->id = known->id;
        out->first = known->first;
        out->last = known->last;
        return;
    }
    out->alone = false;
    if (same_content)
        *other = arena_copy_text(arena, known->file, strlen(known->file));
}

void known_end(Known *out, const char *other) {
    if (out->replaces)
        out->twin = other;
    else if (other)
        out->same = true;
}

static const char *column_text(sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text ? text : "";
}

StoreResult target_known(Target *target, const char *file, const char *content, Known *out) {
    *out = (Known){.alone = true};
    if (target->columns_len == 0)
        return STORE_OK;
    if (target->server)
        return server_target_known(target, file, content, out);
    sqlite3_stmt *statement;
    StoreResult result =
        sql_prepare(&target->sql,
                    "SELECT id, file, content, first_row, last_row FROM kpic_import"
                    " WHERE table_name = ?1 ORDER BY id",
                    &statement);
    if (result != STORE_OK)
        return result;
    sqlite3_bind_text(statement, 1, target->table, -1, SQLITE_STATIC);
    const char *other = NULL;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        known_add(out,
                  &(KnownFile){column_text(statement, 1), column_text(statement, 2),
                               sqlite3_column_int64(statement, 0),
                               sqlite3_column_int64(statement, 3),
                               sqlite3_column_int64(statement, 4)},
                  file, content, target->sql.session->arena, &other);
    if (code != SQLITE_DONE)
        result = sql_fault(&target->sql, code);
    sqlite3_finalize(statement);
    known_end(out, other);
    return result;
}

static StoreResult run_formatted(const Target *target, StrBuf *text) {
    StoreResult result = sql_run(&target->sql, strbuf_text(text));
    strbuf_fini(text);
    return result;
}

StoreResult target_forget(Target *target, const Known *known) {
    if (target->server) {
        server_target_forget(target->server, known);
        return STORE_OK;
    }
    StrBuf text = {0};
    if (known->alone) {
        strbuf_add(&text, "DROP TABLE ");
        quote_name(&text, target->table);
        target->columns_len = 0;
    } else {
        strbuf_add(&text, "DELETE FROM ");
        quote_name(&text, target->table);
        strbuf_addf(&text, " WHERE " ROW_COLUMN " BETWEEN %lld AND %lld", (long long)known->first,
                    (long long)known->last);
    }
    strbuf_addf(&text, "; DELETE FROM kpic_import WHERE id = %lld", (long long)known->id);
    return run_formatted(target, &text);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static StoreResult table_make(const Target *target, const char *const *header, size_t len) {
    StrBuf text = {0};
    strbuf_add(&text, "CREATE TABLE ");
    quote_name(&text, target->table);
    strbuf_add(&text, " (" ROW_COLUMN " INTEGER PRIMARY KEY");
    for (size_t i = 0; i < len; i++) {
        strbuf_add(&text, ", ");
        quote_name(&text, header[i]);
        strbuf_add(&text, " TEXT");
    }
    strbuf_add(&text, ")");
    return run_formatted(target, &text);
}

static StoreResult insert_prepare(Target *target, const char *const *header, size_t len) {
    StrBuf text = {0};
    strbuf_add(&text, "INSERT INTO ");
    quote_name(&text, target->table);
    strbuf_add(&text, " (" ROW_COLUMN);
    for (size_t i = 0; i < len; i++) {
        strbuf_add(&text, ", ");
        quote_name(&text, header[i]);
    }
    strbuf_add(&text, ") VALUES (?");
    for (size_t i = 0; i < len; i++)
        strbuf_add(&text, ", ?");
    strbuf_add(&text, ")");
    StoreResult result = sql_prepare(&target->sql, strbuf_text(&text), &target->insert);
    strbuf_fini(&text);
    return result;
}

/* Those of a table that has rows of other files are made of its rows, at the end. */
static StoreResult segments_start(Target *target, const char *const *header, size_t len) {
    StoreResult result = segments_forget(&target->sql, target->table);
    if (result != STORE_OK || target->columns_len > 0)
        return result;
    result = table_make(target, header, len);
    return result == STORE_OK ? segment_table_begin(&target->sql, &target->segments, target->table,
                                                    header, len, &target->columns_made)
                              : result;
}

StoreResult target_rows_begin(Target *target, const char *const *header, size_t len) {
    if (target->server)
        return server_target_rows_begin(target, header, len);
    StoreResult result = segments_start(target, header, len);
    if (result != STORE_OK)
        return result;
    StrBuf text = {0};
    strbuf_add(&text, "SELECT max(" ROW_COLUMN ") FROM ");
    quote_name(&text, target->table);
    result = sql_integer(&target->sql, strbuf_text(&text), &target->last_row);
    strbuf_fini(&text);
    target->first_row = target->last_row + 1;
    return result == STORE_OK ? insert_prepare(target, header, len) : result;
}

StoreResult target_row(Target *target, const CsvField *fields, size_t len) {
    if (target->server)
        return server_target_row(target, fields, len);
    sqlite3_bind_int64(target->insert, 1, ++target->last_row);
    for (size_t i = 0; i < len; i++) {
        int place = (int)i + 2;
        if (fields[i].len == 0)
            sqlite3_bind_null(target->insert, place);
        else
            sqlite3_bind_text(target->insert, place, fields[i].text, (int)fields[i].len,
                              SQLITE_STATIC);
    }
    if (sqlite3_step(target->insert) != SQLITE_DONE || sqlite3_reset(target->insert) != SQLITE_OK)
        return sql_fault(&target->sql, sqlite3_reset(target->insert));
    return target->columns_made ? segment_table_row(target->columns_made, target->last_row, fields)
                                : STORE_OK;
}

static StoreResult file_note(Target *target, const char *file, const char *content, uint64_t rows) {
    sqlite3_stmt *statement;
    StoreResult result = sql_prepare(&target->sql,
                                     "INSERT INTO kpic_import (table_name, file, content, rows,"
                                     " first_row, last_row) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                                     &statement);
    if (result != STORE_OK)
        return result;
    sqlite3_bind_text(statement, 1, target->table, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, file, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, content, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 4, (int64_t)rows);
    sqlite3_bind_int64(statement, 5, target->first_row);
    sqlite3_bind_int64(statement, 6, target->last_row);
    int code = sqlite3_step(statement);
    if (code != SQLITE_DONE)
        result = sql_fault(&target->sql, code);
    sqlite3_finalize(statement);
    return result;
}

StoreResult target_rows_end(Target *target, const char *file, const char *content, uint64_t rows) {
    if (target->server)
        return server_target_rows_end(target, file, content, rows);
    StoreResult result = target->columns_made ? segment_table_end(target->columns_made) : STORE_OK;
    rows_close(target);
    return result == STORE_OK ? file_note(target, file, content, rows) : result;
}
