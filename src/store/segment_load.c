#include "store/segment_load.h"

#include "base/vec.h"
#include "store/batches.h"
#include "store/segment_column.h"
#include "store/segment_outline.h"
#include "store/segment_read.h"
#include "store/segment_store.h"

typedef enum Step { STEP_DONE, STEP_ROWS /* the rows must be read */, STEP_DAMAGED } Step;

typedef struct Loading {
    Store *store;
    const CatalogTable *table;
    const TableSpec *spec;
    int64_t id;
    Outline outline;
    Arena *run, *scratch;
    Atoms *texts;
    PackedTable *out;
} Loading;

/* ---- SQLite's pages ---------------------------------------------------------------------------
 */

/* A page of a segment is looked at once: kept in a cache it would only take fresh memory, which
 * costs more than the page. */
static void cache_set(const Store *store, bool small) {
    sqlite3_exec(store->sql.db, small ? "PRAGMA cache_size = 16" : "PRAGMA cache_size = -2000",
                 NULL, NULL, NULL);
}

/* ---- what there is ----------------------------------------------------------------------------
 */

static Step outline_load(Loading *loading) {
    size_t size;
    sqlite3_blob *blob = NULL;
    const void *bytes = segment_bytes(loading->store->sql.db, &blob,
                                      segment_outline_row(loading->id), loading->scratch, &size);
    sqlite3_blob_close(blob);
    if (!bytes || !outline_read(bytes, size, loading->table->name, &loading->outline) ||
        loading->outline.fields != loading->table->columns_len)
        return STEP_DAMAGED;
    loading->out->rows = (size_t)loading->outline.rows;
    loading->out->pieces_len = (loading->out->rows + PIECE_ROWS - 1) / PIECE_ROWS;
    return STEP_DONE;
}

/* ---- what messages call the rows ------------------------------------------------------------- */

typedef VEC(PackedRun) Runs;

static void run_add(Loading *loading, Runs *runs, size_t row, int64_t number) {
    const PackedRun *last = runs->len > 0 ? &runs->items[runs->len - 1] : NULL;
    if (last && last->number + (int64_t)(row - last->row) == number)
        return;
    PackedRun next = {row, number};
    vec_push(loading->run, runs, next);
}

/* Rows whose kpic_row goes up by one from `key`: numbered as in the files that they came from. */
static void runs_of_files(Loading *loading, const Batches *batches, size_t *place, size_t row,
                          int64_t key, size_t count, Runs *runs) {
    while (count > 0) {
        const Batch *batch = batch_at(batches, key, place);
        bool inside = batch && batch->first <= key;
        int64_t last = inside ? batch->last : batch ? batch->first - 1 : INT64_MAX;
        uint64_t here = (uint64_t)last - (uint64_t)key;
        size_t taken = here < count ? (size_t)here + 1 : count;
        run_add(loading, runs, row, inside ? key - batch->first + 1 : key);
        row += taken;
        key += (int64_t)taken;
        count -= taken;
    }
}

static Step runs_load(Loading *loading) {
    const Outline *outline = &loading->outline;
    Batches batches;
    Runs runs = {0};
    size_t place = 0;
    if (batches_read(&loading->store->sql, loading->table->name, loading->scratch, &batches) !=
        STORE_OK)
        return STEP_ROWS;
    for (size_t i = 0; i < outline->runs_len; i++) {
        size_t row = (size_t)outline->runs[i].row;
        size_t end =
            i + 1 < outline->runs_len ? (size_t)outline->runs[i + 1].row : (size_t)outline->rows;
        runs_of_files(loading, &batches, &place, row, outline->runs[i].key, end - row, &runs);
    }
    loading->out->runs = runs.items;
    loading->out->runs_len = runs.len;
    return STEP_DONE;
}

/* ---- columns --------------------------------------------------------------------------------- */

/* Where the segments of a column are to go. */
static void jobs_add(Loading *loading, size_t field, Segment *segments, SegmentJob *jobs) {
    const char *name = loading->table->columns[field];
    for (size_t i = 0; i < loading->out->pieces_len; i++)
        jobs[i] = (SegmentJob){.row = segment_row(loading->id, i, field),
                               .identity = segment_identity(loading->table->name, name, i),
                               .out = &segments[i]};
}

static bool jobs_are_sound(const Loading *loading, const SegmentJob *jobs, size_t columns) {
    size_t pieces = loading->out->pieces_len;
    for (size_t i = 0; i < columns * pieces; i++)
        if (!jobs[i].sound || jobs[i].out->rows != packed_piece_rows(loading->out, i % pieces))
            return false;
    return true;
}

/* Rows without a value where that is not allowed. */
static void faults_count(const Loading *loading, const ColumnSpec *declared, PackedColumn *column) {
    if (declared->missing_allowed || !column->any_missing)
        return;
    for (size_t i = 0; i < loading->out->pieces_len; i++) {
        const uint64_t *missing = column->pieces[i].missing;
        size_t words = missing ? (packed_piece_rows(loading->out, i) + 63) / 64 : 0;
        for (size_t j = 0; j < words; j++) {
            if (!missing[j])
                continue;
            size_t row = i * PIECE_ROWS + j * 64 + (size_t)__builtin_ctzll(missing[j]);
            if (column->faults == 0)
                column->first_fault = (size_t)packed_row_number(loading->out, row);
            column->faults += (size_t)__builtin_popcountll(missing[j]);
        }
    }
}

static Step column_type(Loading *loading, size_t column, const Segment *segments) {
    size_t len = loading->out->pieces_len;
    PackedPiece *pieces = arena_array(loading->run, len, sizeof *pieces);
    PackedColumn *out = &loading->out->columns[column];
    if (!segments_type(loading->spec, column, segments, len, loading->run, loading->texts, pieces,
                       out))
        return STEP_ROWS;
    faults_count(loading, &loading->spec->columns[column], out);
    return STEP_DONE;
}

/* The segments of all columns are read together, and then typed one column after another. */
static Step columns_load(Loading *loading) {
    const TableSpec *spec = loading->spec;
    size_t len = spec->columns_len, pieces = loading->out->pieces_len;
    Segment *segments = arena_array(loading->scratch, len * pieces, sizeof *segments);
    SegmentJob *jobs = arena_array(loading->scratch, len * pieces, sizeof *jobs);
    loading->out->columns = arena_array(loading->run, len, sizeof(PackedColumn));
    loading->out->columns_len = len;
    for (size_t i = 0; i < len; i++) {
        int field = catalog_column(loading->table, spec->columns[i].field);
        if (field < 0)
            return STEP_ROWS;
        jobs_add(loading, (size_t)field, segments + i * pieces, jobs + i * pieces);
    }
    segments_read(loading->store, jobs, len * pieces, loading->run);
    if (!jobs_are_sound(loading, jobs, len))
        return STEP_DAMAGED;
    Step step = STEP_DONE;
    for (size_t i = 0; step == STEP_DONE && i < len; i++)
        step = column_type(loading, i, segments + i * pieces);
    return step;
}

/* ---- the table ------------------------------------------------------------------------------- */

static Step table_load(Loading *loading) {
    SegmentTableId found;
    if (segment_table_find(&loading->store->sql, loading->table->name, &found) != STORE_OK ||
        !found.known || !found.kept)
        return STEP_ROWS;
    loading->id = found.id;
    Step step = outline_load(loading);
    if (step == STEP_DONE)
        step = runs_load(loading);
    if (step == STEP_DONE)
        step = columns_load(loading);
    return step;
}

static void tell_damage(const Store *store, const char *table) {
    Diag *diag = diag_add(store->session->diags, DIAG_segments_damaged, (Span){0},
                          "'%s': what is kept beside the rows of table '%s' is damaged: the rows "
                          "are read instead",
                          store->path, table);
    diag_help(diag, "kpic import --reindex --store %s", store->path);
}

bool segments_load(Store *store, size_t table, const TableSpec *spec, Arena *run, Atoms *texts,
                   PackedTable *out) {
    if (store->owner != OWNER_KPIC)
        return false;
    if (!store->segments_known) {
        store->segments = segments_state(&store->sql);
        store->segments_known = true;
    }
    if (store->segments != SEGMENTS_HOLD || store->is_view[table])
        return false;
    Loading loading = {.store = store,
                       .table = &store->catalog.tables[table],
                       .spec = spec,
                       .run = run,
                       .scratch = arena_new(),
                       .texts = texts,
                       .out = out};
    *out = (PackedTable){0};
    cache_set(store, true);
    Step step = table_load(&loading);
    if (step != STEP_DONE)
        cache_set(store, false);
    arena_free(loading.scratch);
    if (step == STEP_DAMAGED)
        tell_damage(store, loading.table->name);
    return step == STEP_DONE;
}

const char *store_slow_reading(const Store *store) {
    Arena *arena = store->session->arena;
    if (!store->rows_read)
        return NULL;
    if (store->owner != OWNER_KPIC)
        return arena_printf(
            arena, "'%s' was not made by 'kpic import': its rows are read one by one", store->path);
    if (!store->segments_known || store->segments == SEGMENTS_HOLD)
        return NULL;
    const char *why = store->segments == SEGMENTS_LOGGED ? "is kept with a write-ahead log"
                      : store->segments == SEGMENTS_CHANGED
                          ? "was changed, or copied by SQLite, since its last import"
                          : "has no columns beside its rows";
    return arena_printf(arena,
                        "'%s' %s: its rows are read one by one; 'kpic import --reindex --store %s' "
                        "makes that quick",
                        store->path, why, store->path);
}
