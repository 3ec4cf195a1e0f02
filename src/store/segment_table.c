#include "store/segment_table.h"

#include <string.h>

#include <xxhash.h>

#include "base/vec.h"
#include "store/quote.h"
#include "store/records.h"
#include "store/segment.h"
#include "store/segment_outline.h"

struct SegmentTable {
    const Sql *sql;
    SegmentsWrite *write;
    const char *name;
    const char *const *fields;
    size_t fields_len;
    int64_t id;
    bool unfit;              /* it has values that segments cannot hold */
    SegmentWriter **writers; /* of each field */
    size_t in_piece, piece;
    uint64_t rows;
    int64_t before; /* the kpic_row of the row before */
    Arena *arena;
    VEC(OutlineRun) runs;
    StrBuf bytes;
    sqlite3_stmt *insert;
};

StoreResult segment_table_begin(const Sql *sql, SegmentsWrite *write, const char *table,
                                const char *const *fields, size_t len, SegmentTable **out) {
    SegmentTable *made = memory_alloc(sizeof *made);
    *made = (SegmentTable){.sql = sql,
                           .write = write,
                           .name = table,
                           .fields = fields,
                           .fields_len = len,
                           .unfit = len >= SEGMENT_MOST_FIELDS,
                           .arena = arena_new()};
    *out = made;
    made->writers = arena_array(made->arena, len, sizeof(SegmentWriter *));
    for (size_t i = 0; i < len; i++)
        made->writers[i] = segment_writer_new();
    StoreResult result = segment_table_add(sql, table, true, &made->id);
    if (result != STORE_OK)
        return result;
    return sql_prepare(sql, "INSERT INTO kpic_segment (id, data) VALUES (?1, ?2)", &made->insert);
}

void segment_table_free(SegmentTable *table) {
    if (!table)
        return;
    sqlite3_finalize(table->insert);
    for (size_t i = 0; i < table->fields_len; i++)
        segment_writer_free(table->writers[i]);
    strbuf_fini(&table->bytes);
    arena_free(table->arena);
    memory_free(table);
}

/* ---- pieces ---------------------------------------------------------------------------------- */

/* What is in `bytes`. */
static StoreResult put(SegmentTable *table, int64_t row) {
    table->write->digest =
        XXH3_64bits_withSeed(table->bytes.text, table->bytes.len, table->write->digest);
    sqlite3_bind_int64(table->insert, 1, row);
    sqlite3_bind_blob64(table->insert, 2, table->bytes.text, table->bytes.len, SQLITE_STATIC);
    sqlite3_step(table->insert);
    int code = sqlite3_reset(table->insert);
    sqlite3_clear_bindings(table->insert);
    strbuf_clear(&table->bytes);
    return code == SQLITE_OK ? STORE_OK : sql_fault(table->sql, code);
}

static StoreResult piece_end(SegmentTable *table) {
    StoreResult result = STORE_OK;
    for (size_t i = 0; result == STORE_OK && i < table->fields_len; i++) {
        uint64_t identity = segment_identity(table->name, table->fields[i], table->piece);
        segment_writer_end(table->writers[i], identity, &table->bytes);
        result = put(table, segment_row(table->id, table->piece, i));
    }
    table->in_piece = 0;
    table->piece++;
    return result;
}

StoreResult segment_table_row(SegmentTable *table, int64_t row, const CsvField *fields) {
    if (table->unfit)
        return STORE_OK;
    if (table->rows == 0 || row != table->before + 1) {
        OutlineRun run = {(int64_t)table->rows, row};
        vec_push(table->arena, &table->runs, run);
    }
    for (size_t i = 0; i < table->fields_len; i++)
        if (!segment_writer_add(table->writers[i], fields[i].text, fields[i].len))
            table->unfit = true;
    table->before = row;
    table->rows++;
    table->in_piece++;
    return table->in_piece == PIECE_ROWS && !table->unfit ? piece_end(table) : STORE_OK;
}

static StoreResult set_aside(const Sql *sql, const char *table) {
    int64_t id;
    StoreResult result = segments_forget(sql, table);
    return result == STORE_OK ? segment_table_add(sql, table, false, &id) : result;
}

StoreResult segment_table_end(SegmentTable *table) {
    if (table->unfit)
        return set_aside(table->sql, table->name);
    StoreResult result = table->in_piece > 0 ? piece_end(table) : STORE_OK;
    if (result != STORE_OK)
        return result;
    Outline outline = {table->rows, table->fields_len, table->runs.items, table->runs.len};
    outline_write(&outline, table->name, &table->bytes);
    return put(table, segment_outline_row(table->id));
}

/* ---- from rows that are there ---------------------------------------------------------------- */

/* All columns but kpic_row, as the catalogue has them. */
static StoreResult fields_of(const Sql *sql, const char *table, Arena *arena, const char ***out,
                             size_t *len) {
    sqlite3_stmt *statement;
    VEC(const char *) names = {0};
    StoreResult result = sql_prepare(
        sql, "SELECT name FROM pragma_table_xinfo(?1) WHERE hidden <> 1 ORDER BY cid", &statement);
    if (result != STORE_OK)
        return result;
    sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(statement, 0);
        if (!name || strcmp(name, ROW_COLUMN) == 0)
            continue;
        const char *copy = arena_copy_text(arena, name, strlen(name));
        vec_push(arena, &names, copy);
    }
    if (code != SQLITE_DONE)
        result = sql_fault(sql, code);
    sqlite3_finalize(statement);
    *out = names.items;
    *len = names.len;
    return result;
}

/* Texts and numbers without a fraction, as reading row by row takes them. */
static bool field_take(sqlite3_stmt *rows, int place, CsvField *out) {
    int type = sqlite3_column_type(rows, place);
    *out = (CsvField){.text = (char *)(uintptr_t)sqlite3_column_text(rows, place)};
    out->len = (size_t)sqlite3_column_bytes(rows, place);
    return type != SQLITE_BLOB && type != SQLITE_FLOAT && (out->text || type == SQLITE_NULL);
}

static StoreResult rows_take(SegmentTable *table, sqlite3_stmt *rows) {
    CsvField *fields = memory_alloc((table->fields_len + 1) * sizeof *fields);
    StoreResult result = STORE_OK;
    int code = SQLITE_DONE;
    while (result == STORE_OK && !table->unfit && (code = sqlite3_step(rows)) == SQLITE_ROW) {
        for (size_t i = 0; i < table->fields_len; i++)
            if (!field_take(rows, (int)i + 1, &fields[i]))
                table->unfit = true;
        result = segment_table_row(table, sqlite3_column_int64(rows, 0), fields);
    }
    memory_free(fields);
    if (result == STORE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
        result = sql_fault(table->sql, code);
    return result;
}

static StoreResult rows_select(const Sql *sql, const char *table, const char *const *fields,
                               size_t len, sqlite3_stmt **out) {
    StrBuf text = {0};
    strbuf_add(&text, "SELECT " ROW_COLUMN);
    for (size_t i = 0; i < len; i++) {
        strbuf_add(&text, ", ");
        quote_name(&text, fields[i]);
    }
    strbuf_add(&text, " FROM ");
    quote_name(&text, table);
    strbuf_add(&text, " ORDER BY " ROW_COLUMN);
    StoreResult result = sql_prepare(sql, strbuf_text(&text), out);
    strbuf_fini(&text);
    return result;
}

static StoreResult remake(const Sql *sql, SegmentsWrite *write, const char *table,
                          const char *const *fields, size_t len) {
    SegmentTable *made = NULL;
    sqlite3_stmt *rows = NULL;
    StoreResult result = rows_select(sql, table, fields, len, &rows);
    if (result == STORE_OK)
        result = segment_table_begin(sql, write, table, fields, len, &made);
    if (result == STORE_OK)
        result = rows_take(made, rows);
    sqlite3_finalize(rows);
    if (result == STORE_OK)
        result = segment_table_end(made);
    segment_table_free(made);
    return result;
}

StoreResult segments_remake(const Sql *sql, SegmentsWrite *write, const char *table) {
    Arena *arena = arena_new();
    const char **fields;
    size_t len;
    StoreResult result = segments_forget(sql, table);
    if (result == STORE_OK)
        result = fields_of(sql, table, arena, &fields, &len);
    if (result == STORE_OK)
        result = remake(sql, write, table, fields, len);
    arena_free(arena);
    return result;
}

/* ---- those that are lacking ------------------------------------------------------------------ */

/* Tables that an import made, are tables still, and have the column that rows are told by. */
#define LACKING                                                                                    \
    "SELECT m.name FROM sqlite_master AS m WHERE m.type = 'table'"                                 \
    " AND m.name IN (SELECT table_name FROM kpic_import)"                                          \
    " AND m.name NOT IN (SELECT table_name FROM kpic_segment_table)"                               \
    " AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = '" ROW_COLUMN "')"          \
    " ORDER BY m.name"

StoreResult segments_complete(const Sql *sql, SegmentsWrite *write) {
    sqlite3_stmt *statement;
    Arena *arena = arena_new();
    VEC(const char *) names = {0};
    StoreResult result = sql_prepare(sql, LACKING, &statement);
    int code = SQLITE_DONE;
    while (result == STORE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(statement, 0);
        name = arena_copy_text(arena, name ? name : "", name ? strlen(name) : 0);
        vec_push(arena, &names, name);
    }
    if (result == STORE_OK && code != SQLITE_DONE)
        result = sql_fault(sql, code);
    sqlite3_finalize(statement);
    for (size_t i = 0; result == STORE_OK && i < names.len; i++)
        result = segments_remake(sql, write, names.items[i]);
    arena_free(arena);
    return result;
}
