#include "store/columns.h"

#include <string.h>

#include "base/vec.h"
#include "store/packing.h"
#include "store/segment_load.h"
#include "store/server_store.h"
#include "store/text_places.h"

/* ---- one column -------------------------------------------------------------------------------
 */

static void values_take(const TableColumn *column, TextPlaces *places, size_t from, size_t rows,
                        int64_t *values) {
    switch (column->kind) {
    case COLUMN_TEXT:
        for (size_t i = 0; i < rows; i++)
            values[i] = column->missing[from + i] ? 0 : text_place(places, column->texts[from + i]);
        return;
    case COLUMN_DATE:
        for (size_t i = 0; i < rows; i++)
            values[i] = column->dates[from + i];
        return;
    case COLUMN_INTEGER:
    case COLUMN_DECIMAL:
    case COLUMN_MONEY:
    case COLUMN_YES_NO:
        memcpy(values, column->numbers + from, rows * sizeof *values);
        return;
    }
}

/* The symbols of missing rows, if any says something. */
static const uint8_t *symbols_take(const uint8_t *missing, size_t rows, Arena *run) {
    bool any = false;
    for (size_t i = 0; i < rows; i++)
        any = any || missing[i] > 1 + SYMBOL_NONE;
    if (!any)
        return NULL;
    uint8_t *symbols = arena_array(run, rows, sizeof *symbols);
    for (size_t i = 0; i < rows; i++)
        symbols[i] = missing[i] ? (uint8_t)(missing[i] - 1) : SYMBOL_NONE;
    return symbols;
}

static const uint64_t *missing_take(const uint8_t *missing, size_t rows, Arena *run) {
    uint64_t *bits = NULL;
    for (size_t i = 0; i < rows; i++) {
        if (!missing[i])
            continue;
        if (!bits)
            bits = arena_array(run, (rows + 63) / 64, sizeof *bits);
        bits[i / 64] |= UINT64_C(1) << (i % 64);
    }
    return bits;
}

static void column_pack(const TableColumn *from, size_t rows, Arena *run, PackedColumn *out) {
    TextPlaces places = {.run = run};
    PackSummary summary = pack_summary_start();
    size_t len = (rows + PIECE_ROWS - 1) / PIECE_ROWS;
    PackedPiece *pieces = arena_array(run, len, sizeof *pieces);
    int64_t *values = memory_alloc(PIECE_ROWS * sizeof *values);
    for (size_t i = 0; i < len; i++) {
        size_t first = i * PIECE_ROWS;
        size_t count = rows - first < PIECE_ROWS ? rows - first : PIECE_ROWS;
        values_take(from, &places, first, count, values);
        pieces[i].missing = missing_take(from->missing + first, count, run);
        pieces[i].symbols = symbols_take(from->missing + first, count, run);
        pack_values(values, count, run, &summary, &pieces[i]);
    }
    memory_free(values);
    text_places_fini(&places);
    *out = (PackedColumn){.kind = from->kind,
                          .scale = from->scale,
                          .pieces = pieces,
                          .any_missing = summary.any_missing,
                          .low = summary.low,
                          .high = summary.high,
                          .ascending = summary.ascending && !summary.any_missing,
                          .faults = from->faults,
                          .first_fault = from->first_fault};
    if (from->kind != COLUMN_TEXT)
        return;
    out->texts = places.texts.len ? places.texts.items : arena_alloc(run, 0);
    out->texts_len = places.texts.len;
}

/* ---- the table ---------------------------------------------------------------------------------
 */

/* Rows of one file follow each other, so a handful of runs say the numbers of millions. */
static void runs_take(const Table *table, Arena *run, PackedTable *out) {
    VEC(PackedRun) runs = {0};
    for (size_t i = 0; i < table->rows; i++) {
        if (i > 0 && table->row_numbers[i] - 1 == table->row_numbers[i - 1])
            continue;
        PackedRun next = {i, table->row_numbers[i]};
        vec_push(run, &runs, next);
    }
    out->runs = runs.items;
    out->runs_len = runs.len;
}

void columns_pack(const Table *table, Arena *run, PackedTable *out) {
    *out = (PackedTable){.rows = table->rows,
                         .pieces_len = (table->rows + PIECE_ROWS - 1) / PIECE_ROWS,
                         .columns_len = table->columns_len};
    out->columns = arena_array(run, table->columns_len, sizeof *out->columns);
    for (size_t i = 0; i < table->columns_len; i++)
        column_pack(&table->columns[i], table->rows, run, &out->columns[i]);
    runs_take(table, run, out);
}

/* The wide table is gone before the engine starts. */
static StoreResult pack_and_free(StoreResult result, const Table *table, Arena *wide, Arena *run,
                                 PackedTable *out) {
    *out = (PackedTable){0};
    if (result == STORE_OK)
        columns_pack(table, run, out);
    arena_free(wide);
    return result;
}

StoreResult store_load_packed(Store *store, const TableSpec *spec, Arena *run, Atoms *texts,
                              PackedTable *out) {
    if (store->kind == STORE_KIND_SERVER) {
        PackedLoad load = {.spec = spec, .out = out};
        store_load_packed_all(store, &load, 1, run, texts);
        return load.result;
    }
    size_t index;
    *out = (PackedTable){0};
    StoreResult result = table_find(store, spec, &index);
    if (result != STORE_OK)
        return result;
    if (store->kind == STORE_KIND_DATABASE && segments_load(store, index, spec, run, texts, out))
        return STORE_OK;
    Table table;
    Arena *wide = arena_new();
    result = store_load(store, spec, wide, texts, &table);
    return pack_and_free(result, &table, wide, run, out);
}

void store_load_packed_all(Store *store, PackedLoad *loads, size_t len, Arena *run, Atoms *texts) {
    if (store->kind != STORE_KIND_SERVER) {
        for (size_t i = 0; i < len; i++)
            loads[i].result = store_load_packed(store, loads[i].spec, run, texts, loads[i].out);
        return;
    }
    ServerLoad *server = memory_alloc((len + 1) * sizeof *server);
    size_t server_len = 0;
    for (size_t i = 0; i < len; i++) {
        size_t table;
        loads[i].result = table_find(store, loads[i].spec, &table);
        *loads[i].out = (PackedTable){0};
        if (loads[i].result == STORE_OK)
            server[server_len++] =
                (ServerLoad){table, loads[i].spec, loads[i].out, &loads[i].result};
    }
    server_load_all(store, server, server_len, run, texts);
    memory_free(server);
}

StoreResult store_load_packed_inline(Session *session, const TableSpec *spec, Arena *run,
                                     Atoms *texts, PackedTable *out) {
    Table table;
    Arena *wide = arena_new();
    StoreResult result = store_load_inline(session, spec, wide, texts, &table);
    return pack_and_free(result, &table, wide, run, out);
}

/* ---- looking at single rows -------------------------------------------------------------------
 */

size_t packed_piece_rows(const PackedTable *table, size_t piece) {
    return piece + 1 < table->pieces_len ? PIECE_ROWS : table->rows - piece * PIECE_ROWS;
}

int64_t packed_row_number(const PackedTable *table, size_t row) {
    size_t low = 0, high = table->runs_len;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (table->runs[middle].row <= row)
            low = middle;
        else
            high = middle;
    }
    return table->runs[low].number + (int64_t)(row - table->runs[low].row);
}

Value packed_value(const PackedTable *table, size_t index, size_t row) {
    const PackedColumn *column = &table->columns[index];
    const PackedPiece *piece = &column->pieces[row / PIECE_ROWS];
    size_t i = row % PIECE_ROWS;
    if (piece->missing && (piece->missing[i / 64] >> (i % 64) & 1))
        return value_missing(piece->symbols ? (Symbol)piece->symbols[i] : SYMBOL_NONE);
    int64_t number = packed_number(piece, i);
    switch (column->kind) {
    case COLUMN_TEXT:
        return value_text(column->texts[number]);
    case COLUMN_INTEGER:
    case COLUMN_DECIMAL:
    case COLUMN_MONEY:
        return value_number(num_of_scaled(number, column->scale));
    case COLUMN_DATE:
        return value_date((Date)number);
    case COLUMN_YES_NO:
        return value_bool(number != 0);
    }
    return value_missing(SYMBOL_NONE);
}
