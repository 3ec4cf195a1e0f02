#include "store/folder.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "store/import_sheets.h"
#include "store/records.h"

typedef struct FolderTable {
    CatalogTable table;
    FolderPlace place;
} FolderTable;

typedef VEC(FolderTable) FolderTables;

static const char *const *names_copy(Arena *arena, const char *const *names, size_t len) {
    const char **copy = arena_array(arena, len, sizeof *copy);
    for (size_t i = 0; i < len; i++)
        copy[i] = arena_copy_text(arena, names[i], strlen(names[i]));
    return copy;
}

static bool table_take(Store *store, Faults *faults, const RecordSource *source,
                       FolderTables *tables) {
    Arena *arena = store->session->arena;
    Records records;
    if (records_open(&records, faults, source) != STORE_OK)
        return false;
    FolderTable table = {.place = {.file = source->path}};
    if (source->book)
        table.place.sheet =
            arena_copy_text(arena, source->table->name, strlen(source->table->name));
    table.table.name = source->book ? table.place.sheet : path_stem(arena, source->path);
    table.table.columns = names_copy(arena, records.header, records.header_len);
    table.table.columns_len = records.header_len;
    /* Told here, because a source finds none of its columns in such a file. */
    records_tell_one_column(&records, &(Faults){.session = store->session, .place = source->path});
    records_close(&records);
    vec_push(arena, tables, table);
    return true;
}

static bool workbook_take(Store *store, Faults *faults, const char *path, FolderTables *tables) {
    XlsxBook *book;
    if (xlsx_book_open(faults, path, &xlsx_limits, &book) != STORE_OK)
        return false;
    ImportOptions usual = {0};
    SheetTables sheets = {0};
    bool good = sheets_choose(faults, &usual, book, &sheets) == STORE_OK;
    for (size_t i = 0; good && i < sheets.len; i++) {
        RecordSource source = {.path = path, .book = book, .table = sheets.items[i]};
        good = table_take(store, faults, &source, tables);
    }
    xlsx_book_close(book);
    return good;
}

static void file_take(Store *store, const char *path, FolderTables *tables) {
    /* What is wrong with a file that nobody may want is not told: its messages end here. */
    Session *trial = session_new();
    Faults faults = {.session = trial, .place = path};
    RecordSource source = {.path = path, .encoding = store->encoding};
    bool good = is_workbook_file(path) ? workbook_take(store, &faults, path, tables)
                                       : table_take(store, &faults, &source, tables);
    if (!good) {
        Diag *diag = diag_add(store->session->diags, DIAG_store_file_left_out, (Span){0},
                              "'%s' is left out: its header cannot be read", path);
        diag_help(diag, "'kpic import --dry-run' of the file says why");
    }
    session_free(trial);
}

static int order_tables(const void *a, const void *b) {
    const FolderTable *x = a, *y = b;
    int order = strcmp(x->table.name, y->table.name);
    return order ? order : strcmp(x->place.file, y->place.file);
}

/* How many tables from `at` on have its name, and whether they are all sheets. */
static size_t namesakes(const FolderTables *tables, size_t at, bool *sheets) {
    size_t len = 0;
    *sheets = true;
    for (; at + len < tables->len; len++) {
        const FolderTable *table = &tables->items[at + len];
        if (strcmp(table->table.name, tables->items[at].table.name) != 0)
            break;
        *sheets = *sheets && table->place.sheet;
    }
    return len;
}

/* Two files of one name are a fault. Workbooks often have a sheet 'Sheet1' that nobody wants: those
 * are left out, with a warning. */
static StoreResult resolve_ambiguous(const Store *store, FolderTables *tables) {
    size_t kept = 0, len;
    for (size_t i = 0; i < tables->len; i += len) {
        const FolderTable *a = &tables->items[i], *b = a + 1;
        bool sheets;
        len = namesakes(tables, i, &sheets);
        if (len == 1) {
            tables->items[kept++] = *a;
        } else if (sheets) {
            diag_add(store->session->diags, DIAG_xlsx_sheet_left_out, (Span){0},
                     "the sheet '%s' is left out: '%s' and '%s' both have one", a->table.name,
                     a->place.file, b->place.file);
        } else {
            diag_add(store->session->diags, DIAG_store_table_ambiguous, (Span){0},
                     "'%s' and '%s' would both be the table '%s'", a->place.file, b->place.file,
                     a->table.name);
            return STORE_REFUSED;
        }
    }
    tables->len = kept;
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
        if (names[i][0] != '.' && (is_text_file(names[i]) || is_workbook_file(names[i])) &&
            path_kind(path, NULL) != PATH_FOLDER)
            file_take(store, path, &tables);
    }
    if (tables.len > 0)
        qsort(tables.items, tables.len, sizeof *tables.items, order_tables);
    StoreResult result = resolve_ambiguous(store, &tables);
    CatalogTable *catalog = arena_array(arena, tables.len, sizeof *catalog);
    FolderPlace *places = arena_array(arena, tables.len, sizeof *places);
    for (size_t i = 0; i < tables.len; i++) {
        catalog[i] = tables.items[i].table;
        places[i] = tables.items[i].place;
    }
    store->catalog = (Catalog){catalog, tables.len};
    store->places = places;
    return result;
}

/* ---- loading --------------------------------------------------------------------------------- */

static void row_take(Records *records, Builder *builder, const size_t *places) {
    TypedValue value;
    builder_row(builder, (int64_t)records->row);
    for (size_t i = 0; i < builder->spec->columns_len; i++) {
        const CsvField *field = &records->fields[places[i]];
        const char *text = field->text ? field->text : "";
        if (builder_value(builder, i, text, field->len, &value) == READING_BAD)
            records_fault(records, builder->spec, i, places[i], value.why);
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

static StoreResult source_load(Faults *faults, const RecordSource *source, const TableSpec *spec,
                               Arena *run, Atoms *texts, Table *out) {
    Records records;
    StoreResult result = records_open(&records, faults, source);
    if (result != STORE_OK)
        return result;
    records_tell_names(&records);
    size_t *places = memory_alloc((spec->columns_len + 1) * sizeof *places);
    Builder builder;
    builder_init(&builder, spec, texts, faults);
    if (!fields_find(faults, spec, records.header, records.header_len, places))
        result = STORE_REFUSED;
    else
        result = rows_take(&records, &builder, places);
    if (result == STORE_OK)
        result = builder_finish(&builder, run, out);
    builder_fini(&builder);
    memory_free(places);
    if (result == STORE_OK)
        records_tell_rows(&records);
    records_close(&records);
    return result;
}

StoreResult folder_load(Store *store, size_t table, const TableSpec *spec, Arena *run, Atoms *texts,
                        Table *out) {
    const FolderPlace *place = &store->places[table];
    Faults faults = {.session = store->session, .place = place->file};
    RecordSource source = {.path = place->file, .encoding = store->encoding};
    if (!place->sheet)
        return source_load(&faults, &source, spec, run, texts, out);
    StoreResult result = xlsx_book_open(&faults, place->file, &xlsx_limits, &source.book);
    if (result != STORE_OK)
        return result;
    ImportOptions options = {.sheets = &place->sheet, .sheets_len = 1};
    SheetTables sheets = {0};
    result = sheets_choose(&faults, &options, source.book, &sheets);
    if (result == STORE_OK) {
        source.table = sheets.items[0];
        result = source_load(&faults, &source, spec, run, texts, out);
    }
    xlsx_book_close(source.book);
    return result;
}
