#include "store/database.h"
#include "store/segment_read.h"

#include <inttypes.h>
#include <string.h>

#include "base/vec.h"
#include "store/batches.h"
#include "store/encoding.h"
#include "store/files.h"
#include "store/quote.h"
#include "store/records.h"

/* ---- opening --------------------------------------------------------------------------------- */

static const char *immutable_uri(Arena *arena, const char *path) {
    static const char hex[] = "0123456789ABCDEF";
    StrBuf uri = {0};
    strbuf_add(&uri, path[0] == '/' ? "file://" : "file:");
    for (const char *c = path; *c; c++) {
        if (strchr("%?#", *c)) {
            strbuf_add_char(&uri, '%');
            strbuf_add_char(&uri, hex[(unsigned char)*c >> 4]);
            strbuf_add_char(&uri, hex[(unsigned char)*c & 15]);
        } else {
            strbuf_add_char(&uri, *c);
        }
    }
    strbuf_add(&uri, "?immutable=1");
    const char *text = arena_copy_text(arena, strbuf_text(&uri), uri.len);
    strbuf_fini(&uri);
    return text;
}

/* Whether a read can start; if not, the extended error code. */
static int snapshot_begin(sqlite3 *db) {
    int code =
        sqlite3_exec(db, "PRAGMA query_only = ON; PRAGMA cell_size_check = ON", NULL, NULL, NULL);
    if (code == SQLITE_OK && sqlite3_get_autocommit(db))
        code = sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(db, "SELECT count(*) FROM sqlite_master", NULL, NULL, NULL);
    return code;
}

/* A database with a write-ahead log in a folder that cannot be written: SQLite reads it only if
 * told that nobody will change it, and then without the log. */
static StoreResult open_immutable(Store *store) {
    Arena *arena = store->session->arena;
    uint64_t log_size = 0;
    const char *log = arena_printf(arena, "%s-wal", store->path);
    if (path_kind(log, &log_size) == PATH_FILE && log_size > 0) {
        Diag *diag = diag_add(store->session->diags, DIAG_store_log_pending, (Span){0},
                              "'%s' cannot be read here: '%s' holds changes that are not yet in it",
                              store->path, log);
        diag_help(diag, "open it once where it may be written, for example with "
                        "'PRAGMA wal_checkpoint', and copy it then");
        return STORE_UNAVAILABLE;
    }
    StoreResult result = sql_open(&store->sql, store->session, immutable_uri(arena, store->path),
                                  SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, 0);
    store->sql.path = store->path;
    if (result != STORE_OK)
        return result;
    int code = snapshot_begin(store->sql.db);
    return code == SQLITE_OK ? STORE_OK : sql_fault(&store->sql, code);
}

/* An import into our own store was cut off: SQLite takes back what it left as soon as it may
 * write. */
static StoreResult take_back(Store *store) {
    Sql sql;
    int64_t things;
    StoreResult result = sql_open(&sql, store->session, store->path, SQLITE_OPEN_READWRITE, 0);
    if (result != STORE_OK)
        return result;
    result = sql_integer(&sql, "SELECT count(*) FROM sqlite_master", &things);
    sql_close(&sql);
    return result;
}

static StoreResult connect(Store *store) {
    SqlLook look;
    StoreResult result = sql_look(store->session, store->path, &look);
    if (result == STORE_OK && !look.sqlite)
        result = sql_not_a_store(store->session, store->path, &look);
    if (result == STORE_OK)
        result = sql_open(&store->sql, store->session, store->path, SQLITE_OPEN_READONLY, 0);
    if (result != STORE_OK)
        return result;
    int code = snapshot_begin(store->sql.db);
    if (code == SQLITE_READONLY_ROLLBACK && look.ours) {
        result = take_back(store);
        if (result != STORE_OK)
            return result;
        code = snapshot_begin(store->sql.db);
    }
    if (code == SQLITE_OK)
        return STORE_OK;
    int primary = code & 0xFF;
    if (!look.wal || (primary != SQLITE_CANTOPEN && primary != SQLITE_READONLY))
        return sql_fault(&store->sql, code);
    sql_close(&store->sql);
    return open_immutable(store);
}

/* ---- the catalogue --------------------------------------------------------------------------- */

typedef VEC(const char *) Names;

/* Gives SQLITE_DONE, or what went wrong: a view may be about tables that are gone. */
static int columns_read(Store *store, sqlite3_stmt *statement, const char *table, Names *columns) {
    Arena *arena = store->session->arena;
    sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(statement, 0);
        int hidden = sqlite3_column_int(statement, 1);
        if (!name || hidden == 1)
            continue;
        if (store->owner == OWNER_KPIC && strcmp(name, ROW_COLUMN) == 0)
            continue;
        const char *copy = arena_copy_text(arena, name, strlen(name));
        vec_push(arena, columns, copy);
    }
    int reset = sqlite3_reset(statement);
    return code == SQLITE_DONE ? SQLITE_DONE : reset;
}

typedef struct CatalogLists {
    VEC(CatalogTable) tables;
    VEC(bool) views;
} CatalogLists;

static StoreResult table_read(Store *store, sqlite3_stmt *columns_of, const char *name, bool view,
                              CatalogLists *lists) {
    Arena *arena = store->session->arena;
    Names columns = {0};
    int code = columns_read(store, columns_of, name, &columns);
    if (code != SQLITE_DONE && (code & 0xFF) != SQLITE_ERROR)
        return sql_fault(&store->sql, code);
    if (code != SQLITE_DONE || columns.len == 0) {
        diag_add(store->session->diags, DIAG_store_table_left_out, (Span){0},
                 "'%s' of '%s' is left out: its columns cannot be found out (%s)", name,
                 store->path, sqlite3_errmsg(store->sql.db));
        return STORE_OK;
    }
    CatalogTable table = {arena_copy_text(arena, name, strlen(name)), columns.items, columns.len};
    vec_push(arena, &lists->tables, table);
    vec_push(arena, &lists->views, view);
    return STORE_OK;
}

static StoreResult tables_read(Store *store, sqlite3_stmt *tables, sqlite3_stmt *columns_of) {
    CatalogLists lists = {0};
    int code;
    while ((code = sqlite3_step(tables)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(tables, 0);
        if (!name || sql_name_reserved(name))
            continue;
        StoreResult result =
            table_read(store, columns_of, name, sqlite3_column_int(tables, 1) != 0, &lists);
        if (result != STORE_OK)
            return result;
    }
    if (code != SQLITE_DONE)
        return sql_fault(&store->sql, code);
    store->catalog = (Catalog){lists.tables.items, lists.tables.len};
    store->is_view = lists.views.items;
    return STORE_OK;
}

static StoreResult catalog_read(Store *store) {
    sqlite3_stmt *tables = NULL, *columns_of = NULL;
    StoreResult result =
        sql_prepare(&store->sql,
                    "SELECT name, type = 'view' FROM sqlite_master"
                    " WHERE type IN ('table', 'view') ORDER BY name COLLATE BINARY",
                    &tables);
    if (result == STORE_OK)
        result =
            sql_prepare(&store->sql, "SELECT name, hidden FROM pragma_table_xinfo(?1) ORDER BY cid",
                        &columns_of);
    if (result == STORE_OK)
        result = tables_read(store, tables, columns_of);
    sqlite3_finalize(tables);
    sqlite3_finalize(columns_of);
    return result;
}

StoreResult database_open(Store *store) {
    StoreResult result = connect(store);
    if (result == STORE_OK)
        result = sql_owner(&store->sql, &store->owner);
    if (result == STORE_OK)
        result = catalog_read(store);
    return result;
}

void database_close(Store *store) {
    segment_readers_close(store);
    sql_close(&store->sql);
}

/* ---- loading --------------------------------------------------------------------------------- */

typedef struct Loading {
    Store *store;
    Builder builder;
    Faults faults;
    sqlite3_stmt *rows;
    Batches batches; /* none in the user's own tables */
    size_t batch;
    int64_t row; /* rows so far */
} Loading;

static void select_columns(StrBuf *text, const CatalogTable *table, const TableSpec *spec,
                           const size_t *places, const char *first) {
    strbuf_addf(text, "SELECT %s", first);
    for (size_t i = 0; i < spec->columns_len; i++) {
        strbuf_add(text, ", ");
        quote_name(text, table->columns[places[i]]);
    }
    strbuf_add(text, " FROM ");
    quote_name(text, table->name);
}

static StoreResult rows_prepare(Loading *loading, size_t index, const TableSpec *spec,
                                const size_t *places) {
    const Store *store = loading->store;
    const CatalogTable *table = &store->catalog.tables[index];
    bool ours = store->owner == OWNER_KPIC;
    StrBuf text = {0};
    select_columns(&text, table, spec, places, ours ? ROW_COLUMN : "0");
    size_t unordered = text.len;
    if (ours)
        strbuf_add(&text, " ORDER BY " ROW_COLUMN);
    else if (!store->is_view[index])
        strbuf_add(&text, " ORDER BY rowid");
    StoreResult result = STORE_OK;
    int code = sqlite3_prepare_v2(store->sql.db, strbuf_text(&text), -1, &loading->rows, NULL);
    if (code != SQLITE_OK && !ours) {
        /* A table without a rowid has its key's order. */
        text.text[unordered] = '\0';
        code = sqlite3_prepare_v2(store->sql.db, strbuf_text(&text), -1, &loading->rows, NULL);
    }
    if (code != SQLITE_OK)
        result = sql_fault(&store->sql, code);
    strbuf_fini(&text);
    return result;
}

/* What messages call the row: its number in the file that it came from. */
static int64_t row_number(Loading *loading, const Batch **batch) {
    *batch = NULL;
    loading->row++;
    if (loading->store->owner != OWNER_KPIC)
        return loading->row;
    int64_t key = sqlite3_column_int64(loading->rows, 0);
    const Batch *found = batch_at(&loading->batches, key, &loading->batch);
    if (!found || found->first > key)
        return key;
    *batch = found;
    return key - found->first + 1;
}

/* A binary fraction in full: SQLite writes 1e15 as "1.0e+15" and 12 as "12.0". */
static void real_plain(StrBuf *out, const char *text) {
    const char *mantissa = *text == '-' ? text + 1 : text;
    const char *e = strpbrk(mantissa, "eE");
    size_t len = e ? (size_t)(e - mantissa) : strlen(mantissa);
    int exponent = 0;
    if (e) {
        for (const char *c = e + 2; *c >= '0' && *c <= '9' && exponent < 1000; c++)
            exponent = exponent * 10 + (*c - '0');
        if (e[1] == '-')
            exponent = -exponent;
    }
    StrBuf digits = {0};
    int point = 0; /* digits before the point */
    bool seen = false;
    for (size_t i = 0; i < len; i++) {
        if (mantissa[i] == '.')
            seen = true;
        else
            strbuf_add_char(&digits, mantissa[i]);
        if (!seen)
            point++;
    }
    point += exponent;
    if (text != mantissa)
        strbuf_add_char(out, '-');
    for (int i = 0; i < point || i == 0; i++)
        strbuf_add_char(out, i < point && (size_t)i < digits.len ? digits.text[i] : '0');
    size_t last = digits.len;
    while (last > 0 && (int)last > point && digits.text[last - 1] == '0')
        last--;
    if ((int)last > point) {
        strbuf_add_char(out, '.');
        for (int i = point; i < 0; i++)
            strbuf_add_char(out, '0');
        for (int i = point > 0 ? point : 0; i < (int)last; i++)
            strbuf_add_char(out, digits.text[i]);
    }
    strbuf_fini(&digits);
}

static void bad_value(Loading *loading, const Batch *batch, int64_t number, size_t column,
                      const char *text, size_t len, const char *why) {
    const TableSpec *spec = loading->builder.spec;
    StrBuf place = {0};
    strbuf_addf(&place, "table '%s', row %" PRId64, spec->table, number);
    if (batch)
        strbuf_addf(&place, " of '%s'", batch->file);
    fault_value(&loading->faults, spec, column, strbuf_text(&place), text, len, why);
    strbuf_fini(&place);
}

/* Why a text of the database is none, or NULL. */
static const char *why_no_text(const char *text, size_t len) {
    if (memchr(text, 0, len))
        return "has a NUL byte";
    return utf8_valid_prefix(text, len) < len ? "is not UTF-8" : NULL;
}

static StoreResult value_take(Loading *loading, size_t column, int64_t number, const Batch *batch) {
    int place = (int)column + 1;
    int type = sqlite3_column_type(loading->rows, place);
    const char *text = (const char *)sqlite3_column_text(loading->rows, place);
    size_t len = (size_t)sqlite3_column_bytes(loading->rows, place);
    if (!text && type != SQLITE_NULL && !(type == SQLITE_BLOB && len == 0))
        return sql_fault(&loading->store->sql, SQLITE_NOMEM);
    if (!text)
        text = "";
    const char *why = type == SQLITE_BLOB ? "is a BLOB" : why_no_text(text, len);
    TypedValue value;
    StrBuf plain = {0};
    if (type == SQLITE_FLOAT && loading->builder.spec->columns[column].kind != COLUMN_TEXT) {
        real_plain(&plain, text);
        text = strbuf_text(&plain);
        len = plain.len;
    }
    if (why)
        builder_value(&loading->builder, column, "", 0, &value);
    else if (builder_value(&loading->builder, column, text, len, &value) == READING_BAD)
        why = value.why;
    if (why)
        bad_value(loading, batch, number, column, text, len, why);
    strbuf_fini(&plain);
    return STORE_OK;
}

static StoreResult rows_take(Loading *loading) {
    int code;
    while ((code = sqlite3_step(loading->rows)) == SQLITE_ROW) {
        const Batch *batch;
        int64_t number = row_number(loading, &batch);
        builder_row(&loading->builder, number);
        for (size_t i = 0; i < loading->builder.spec->columns_len; i++) {
            StoreResult result = value_take(loading, i, number, batch);
            if (result != STORE_OK)
                return result;
        }
    }
    return code == SQLITE_DONE ? STORE_OK : sql_fault(&loading->store->sql, code);
}

StoreResult database_load(Store *store, size_t index, const TableSpec *spec, Arena *run,
                          Atoms *texts, Table *out) {
    const CatalogTable *table = &store->catalog.tables[index];
    Loading loading = {.store = store};
    store->rows_read = true;
    loading.faults = (Faults){.session = store->session, .place = store->path};
    size_t *places = memory_alloc((spec->columns_len + 1) * sizeof *places);
    builder_init(&loading.builder, spec, texts, &loading.faults);
    StoreResult result = STORE_OK;
    if (!fields_find(&loading.faults, spec, table->columns, table->columns_len, places))
        result = STORE_REFUSED;
    if (result == STORE_OK && store->owner == OWNER_KPIC)
        result = batches_read(&store->sql, table->name, run, &loading.batches);
    if (result == STORE_OK)
        result = rows_prepare(&loading, index, spec, places);
    if (result == STORE_OK)
        result = rows_take(&loading);
    if (result == STORE_OK)
        result = builder_finish(&loading.builder, run, out);
    sqlite3_finalize(loading.rows);
    builder_fini(&loading.builder);
    memory_free(places);
    return result;
}
