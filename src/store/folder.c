#include "store/folder.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "store/records.h"

typedef struct FolderTable {
    CatalogTable table;
    const char *file;
} FolderTable;

typedef VEC(FolderTable) FolderTables;

static const char *const *names_copy(Arena *arena, const char *const *names, size_t len) {
    const char **copy = arena_array(arena, len, sizeof *copy);
    for (size_t i = 0; i < len; i++)
        copy[i] = arena_copy_text(arena, names[i], strlen(names[i]));
    return copy;
}

static void file_take(Store *store, const char *path, FolderTables *tables) {
    Arena *arena = store->session->arena;
    /* What is wrong with a file that nobody may want is not told: its messages end here. */
    Session *trial = session_new();
    Faults faults = {.session = trial, .place = path};
    Records records;
    if (records_open(&records, &faults, path, store->encoding) == STORE_OK) {
        FolderTable table = {.file = path};
        table.table.name = path_stem(arena, path);
        table.table.columns = names_copy(arena, records.header, records.header_len);
        table.table.columns_len = records.header_len;
        /* Told here, because a source finds none of its columns in such a file. */
        records_tell_one_column(&records, &(Faults){.session = store->session, .place = path});
        records_close(&records);
        vec_push(arena, tables, table);
    } else {
        Diag *diag = diag_add(store->session->diags, DIAG_store_file_left_out, (Span){0},
                              "'%s' is left out: its header cannot be read", path);
        diag_help(diag, "'kpic import --dry-run' of the file says why");
    }
    session_free(trial);
}

static int order_tables(const void *a, const void *b) {
    const FolderTable *x = a, *y = b;
    int order = strcmp(x->table.name, y->table.name);
    return order ? order : strcmp(x->file, y->file);
}

static StoreResult check_ambiguous(const Store *store, const FolderTables *tables) {
    for (size_t i = 1; i < tables->len; i++) {
        const FolderTable *a = &tables->items[i - 1], *b = &tables->items[i];
        if (strcmp(a->table.name, b->table.name) != 0)
            continue;
        diag_add(store->session->diags, DIAG_store_table_ambiguous, (Span){0},
                 "'%s' and '%s' would both be the table '%s'", a->file, b->file, a->table.name);
        return STORE_REFUSED;
    }
    return STORE_OK;
}

StoreResult folder_open(Store *store) {
    Arena *arena = store->session->arena;
    size_t names_len;
    const char *const *names = folder_names(arena, store->path, &names_len);
    if (names_len == SIZE_MAX)
        return fault_unreadable(store->session, store->path, strerror(errno));
    FolderTables tables = {0};
    for (size_t i = 0; i < names_len; i++) {
        const char *path = arena_printf(arena, "%s/%s", store->path, names[i]);
        if (names[i][0] != '.' && is_data_file(names[i]) && path_kind(path, NULL) != PATH_FOLDER)
            file_take(store, path, &tables);
    }
    if (tables.len > 0)
        qsort(tables.items, tables.len, sizeof *tables.items, order_tables);
    CatalogTable *catalog = arena_array(arena, tables.len, sizeof *catalog);
    const char **files = arena_array(arena, tables.len, sizeof *files);
    for (size_t i = 0; i < tables.len; i++) {
        catalog[i] = tables.items[i].table;
        files[i] = tables.items[i].file;
    }
    store->catalog = (Catalog){catalog, tables.len};
    store->files = files;
    return check_ambiguous(store, &tables);
}

/* ---- loading --------------------------------------------------------------------------------- */

static void row_take(const Records *records, Builder *builder, const size_t *places) {
    TypedValue value;
    builder_row(builder, (int64_t)records->row);
    for (size_t i = 0; i < builder->spec->columns_len; i++) {
        const CsvField *field = &records->fields[places[i]];
        const char *text = field->text ? field->text : "";
        if (builder_value(builder, i, text, field->len, &value) == READING_BAD)
            fault_field(builder->faults, builder->spec, i, records->row, records->line, text,
                        field->len, value.why);
    }
}

static StoreResult rows_take(Records *records, Builder *builder, const size_t *places) {
    for (;;) {
        switch (records_next(records)) {
        case ROW_HERE:
            row_take(records, builder, places);
            break;
        case ROW_BAD:
            break;
        case ROW_END:
        case ROW_STOP:
            return STORE_OK;
        case ROW_UNREADABLE:
            return STORE_UNAVAILABLE;
        }
    }
}

StoreResult folder_load(Store *store, size_t table, const TableSpec *spec, Arena *run, Atoms *texts,
                        Table *out) {
    Faults faults = {.session = store->session, .place = store->files[table]};
    Records records;
    StoreResult result = records_open(&records, &faults, faults.place, store->encoding);
    if (result != STORE_OK)
        return result;
    records_tell_renamed(&records);
    size_t *places = memory_alloc((spec->columns_len + 1) * sizeof *places);
    Builder builder;
    builder_init(&builder, spec, texts, &faults);
    if (!fields_find(&faults, spec, records.header, records.header_len, places))
        result = STORE_REFUSED;
    else
        result = rows_take(&records, &builder, places);
    if (result == STORE_OK)
        result = builder_finish(&builder, run, out);
    builder_fini(&builder);
    memory_free(places);
    records_close(&records);
    return result;
}
