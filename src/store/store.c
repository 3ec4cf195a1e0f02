#include "store/store.h"

#include <string.h>

#include "store/database.h"
#include "store/encoding.h"
#include "store/folder.h"
#include "store/server_store.h"

static StoreResult open_kind(Store *store) {
    switch (store->kind) {
    case STORE_KIND_FOLDER:
        return folder_open(store);
    case STORE_KIND_DATABASE:
        return database_open(store);
    case STORE_KIND_SERVER:
        return server_store_open(store);
    }
    return STORE_REFUSED;
}

StoreResult store_open_within(Session *session, const char *path, TextEncoding encoding,
                              int timeout, Store **out) {
    *out = NULL;
    StoreKind store_kind = STORE_KIND_SERVER;
    if (!store_is_server(path)) {
        PathKind kind = path_kind(path, NULL);
        if (kind != PATH_FILE && kind != PATH_FOLDER)
            return fault_no_file(session, path, kind);
        store_kind = kind == PATH_FOLDER ? STORE_KIND_FOLDER : STORE_KIND_DATABASE;
    }
    Store *store = arena_alloc(session->arena, sizeof *store);
    store->kind = store_kind;
    store->session = session;
    store->path = arena_copy_text(session->arena, path, strlen(path));
    store->encoding = encoding;
    store->timeout = timeout;
    StoreResult result = open_kind(store);
    if (result == STORE_OK)
        *out = store;
    else
        store_close(store);
    return result;
}

StoreResult store_open(Session *session, const char *path, TextEncoding encoding, Store **out) {
    return store_open_within(session, path, encoding, 0, out);
}

void store_close(Store *store) {
    if (!store)
        return;
    switch (store->kind) {
    case STORE_KIND_FOLDER:
        return;
    case STORE_KIND_DATABASE:
        database_close(store);
        return;
    case STORE_KIND_SERVER:
        server_store_close(store);
        return;
    }
}

void store_set_threads(Store *store, size_t threads) {
    store->threads = threads;
}

const Catalog *store_catalog(const Store *store) {
    return &store->catalog;
}

StoreResult table_find(Store *store, const TableSpec *spec, size_t *table) {
    const CatalogTable *found = catalog_table(&store->catalog, spec->table);
    if (found) {
        *table = (size_t)(found - store->catalog.tables);
        return STORE_OK;
    }
    Faults faults = {.session = store->session, .place = store->path};
    Diag *diag =
        faults_add(&faults, DIAG_store_table_missing, "there is no table '%s'", spec->table);
    if (spec->span.src != 0)
        diag_note(diag, spec->span, "source '%s' is declared here", spec->source);
    return STORE_REFUSED;
}

StoreResult store_load(Store *store, const TableSpec *spec, Arena *run, Atoms *texts, Table *out) {
    size_t index;
    *out = (Table){0};
    StoreResult result = table_find(store, spec, &index);
    if (result != STORE_OK)
        return result;
    switch (store->kind) {
    case STORE_KIND_FOLDER:
        return folder_load(store, index, spec, run, texts, out);
    case STORE_KIND_DATABASE:
        return database_load(store, index, spec, run, texts, out);
    case STORE_KIND_SERVER:
        return server_load(store, index, spec, run, texts, out);
    }
    return STORE_REFUSED;
}

bool fields_find(Faults *faults, const TableSpec *spec, const char *const *names, size_t len,
                 size_t *places) {
    CatalogTable table = {spec->table, names, len};
    bool all = true;
    for (size_t i = 0; i < spec->columns_len; i++) {
        int place = catalog_column(&table, spec->columns[i].field);
        places[i] = place < 0 ? 0 : (size_t)place;
        if (place >= 0)
            continue;
        all = false;
        Diag *diag = faults_add(faults, DIAG_store_field_missing,
                                "there is no column '%s', which source '%s' reads",
                                spec->columns[i].field, spec->source);
        if (!diag)
            continue;
        diag_suggest(diag, spec->columns[i].field, names, len);
        if (spec->span.src != 0)
            diag_note(diag, spec->span, "source '%s' is declared here", spec->source);
    }
    return all;
}

/* ---- rows written in a definition --------------------------------------------------------------
 */

/* All of them point at the same place, which gets one message: the first fault is the message and
 * the others are its notes. */
static void inline_fault(Session *session, const TableSpec *spec, Diag **diag, size_t found,
                         const char *words) {
    if (found == 1)
        *diag = diag_add(session->diags, DIAG_data_value, spec->span, "%s", words);
    else if (found <= FAULTS_TOLD)
        diag_note(*diag, spec->span, "also %s", words);
}

static void inline_value_fault(Session *session, const TableSpec *spec, Diag **diag, size_t found,
                               size_t row, size_t column, const char *cell, const char *why) {
    StrBuf words = {0};
    strbuf_addf(&words, "row %zu, column '%s': '", row + 1, spec->columns[column].name);
    value_show(&words, cell, strlen(cell));
    strbuf_addf(&words, "' %s; it must be ", why);
    typed_kind_show(&words, &spec->columns[column]);
    inline_fault(session, spec, diag, found, strbuf_text(&words));
    strbuf_fini(&words);
}

StoreResult store_load_inline(Session *session, const TableSpec *spec, Arena *run, Atoms *texts,
                              Table *out) {
    Faults faults = {.session = session, .place = spec->source};
    Builder builder;
    Diag *diag = NULL;
    size_t found = 0;
    builder_init(&builder, spec, texts, &faults);
    for (size_t row = 0; row < spec->rows_len; row++) {
        builder_row(&builder, (int64_t)row + 1);
        for (size_t i = 0; i < spec->columns_len; i++) {
            const char *cell = spec->cells[row * spec->columns_len + i];
            cell = cell ? cell : "";
            TypedValue value;
            if (builder_value(&builder, i, cell, strlen(cell), &value) == READING_BAD)
                inline_value_fault(session, spec, &diag, ++found, row, i, cell, value.why);
        }
    }
    if (found > FAULTS_TOLD)
        diag_note(diag, spec->span, "and %zu more", found - FAULTS_TOLD);
    StoreResult result = builder_finish(&builder, run, out);
    builder_fini(&builder);
    return found > 0 ? STORE_REFUSED : result;
}
