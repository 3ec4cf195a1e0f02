/* Importing one file: each of its tables is read twice. The first reading finds every fault and the
 * hash of the content, before the store is touched; the second writes the rows. All tables of a
 * workbook are written in one transaction.
 */
#include <inttypes.h>
#include <string.h>

#include "base/vec.h"
#include "store/encoding.h"
#include "store/import_sheets.h"
#include "store/server_target.h"
#include "store/state.h"
#include "store/target.h"

/* Columns beside kpic_row that a table of SQLite can have. */
#define MOST_COLUMNS 1999
#define ROWS_BETWEEN_PROGRESS 8192

/* One table of the file: a CSV or TSV file itself, or a sheet of a workbook. */
typedef struct Import {
    Session *session;
    const ImportOptions *options;
    RecordSource source;
    const char *name; /* by which the store knows where the rows are from */
    const char *table;
    const TableSpec *spec; /* NULL: the project declares no types for the table */
    size_t *places;        /* where the spec's columns stand in the header */
    Placement placement;   /* of the rows, if the store is divided over servers */
    Records records;
    Faults faults;
    Target *target; /* of the second reading */
    uint64_t rows;
    char content[CONTENT_TEXT_SIZE];
    const char *const *header; /* of the first reading */
    size_t header_len;
    ImportedFile *out;
} Import;

typedef VEC(Import *) Imports;

static void progress(const Import *import, bool at_end) {
    const Records *records = &import->records;
    if (!import->options->progress || (!at_end && records->row % ROWS_BETWEEN_PROGRESS != 0))
        return;
    /* Both readings together make the whole way. */
    uint64_t before = import->target ? records->size / 2 : 0;
    uint64_t done = before + (at_end ? records->size - records->size / 2 : records->done / 2);
    import->options->progress(import->options->context, import->source.path, done, records->size);
}

/* ---- one reading ----------------------------------------------------------------------------- */

static void row_check(Import *import) {
    const TableSpec *spec = import->spec;
    for (size_t i = 0; i < spec->columns_len; i++) {
        const CsvField *field = &import->records.fields[import->places[i]];
        TypedValue value;
        if (typed_read(spec, i, field->text ? field->text : "", field->len, &value) == READING_BAD)
            records_fault(&import->records, spec, i, import->places[i], value.why);
    }
}

static StoreResult rows_read(Import *import, Content *content) {
    Records *records = &import->records;
    for (import->rows = 0;;) {
        StoreResult result = STORE_OK;
        switch (records_next(records)) {
        case ROW_HERE:
            import->rows++;
            content_row(content, records->fields, records->header_len);
            if (import->target)
                result = target_row(import->target, records->fields, records->header_len);
            else if (import->spec)
                row_check(import);
            break;
        case ROW_BAD:
            break;
        case ROW_END:
            if (!import->target)
                records_tell_rows(records);
            return faults_end(&import->faults);
        case ROW_STOP:
            return faults_end(&import->faults);
        case ROW_UNREADABLE:
            return STORE_UNAVAILABLE;
        }
        if (result != STORE_OK)
            return result;
        progress(import, false);
    }
}

static StoreResult rows_read_hashed(Import *import, char out[CONTENT_TEXT_SIZE]) {
    Content *content = content_new(import->records.header, import->records.header_len);
    StoreResult result = rows_read(import, content);
    content_end(content, out);
    return result;
}

static StoreResult header_check(Import *import) {
    const Records *records = &import->records;
    if (records->header_len > MOST_COLUMNS) {
        faults_add(&import->faults, DIAG_csv_too_many_columns,
                   "%zu columns are more than the %d that a table can have", records->header_len,
                   MOST_COLUMNS);
        return STORE_REFUSED;
    }
    if (!import->spec)
        return STORE_OK;
    import->places =
        arena_array(import->session->arena, import->spec->columns_len, sizeof *import->places);
    return fields_find(&import->faults, import->spec, records->header, records->header_len,
                       import->places)
               ? STORE_OK
               : STORE_REFUSED;
}

static void note_result(const Import *import) {
    const Records *records = &import->records;
    ImportedFile *out = import->out;
    out->rows = import->rows;
    out->blank = records->blank;
    out->outside = records->outside;
    if (records->row > 0) {
        out->found.rows_first = (uint32_t)records->first_line;
        out->found.rows_last = (uint32_t)records->line;
    }
}

static StoreResult first_reading(Import *import) {
    StoreResult result = records_open(&import->records, &import->faults, &import->source);
    if (result != STORE_OK)
        return result;
    records_tell_names(&import->records);
    records_tell_one_column(&import->records, &import->faults);
    import->header = import->records.header;
    import->header_len = import->records.header_len;
    result = header_check(import);
    if (result == STORE_OK && import->options->shards &&
        !import->options->place_of(import->options->context, import->table, import->header,
                                   import->header_len, &import->placement))
        result = STORE_REFUSED;
    if (result == STORE_OK)
        result = rows_read_hashed(import, import->content);
    note_result(import);
    records_close(&import->records);
    return result;
}

static StoreResult file_changed(Import *import) {
    diag_add(import->session->diags, DIAG_import_file_changed, faults_span(&import->faults),
             "the file was changed while it was read");
    return STORE_REFUSED;
}

static bool same_header(const Import *import) {
    if (import->records.header_len != import->header_len)
        return false;
    for (size_t i = 0; i < import->header_len; i++)
        if (strcmp(import->records.header[i], import->header[i]) != 0)
            return false;
    return true;
}

/* Its faults go to a session of their own: the first reading had none, so any is a change. */
static StoreResult second_reading(Import *import, Target *target) {
    uint64_t rows = import->rows;
    char content[CONTENT_TEXT_SIZE];
    Session *quiet = session_new();
    Faults faults = import->faults;
    import->faults = (Faults){.session = quiet, .place = import->source.path};
    StoreResult result = records_open(&import->records, &import->faults, &import->source);
    bool changed = result == STORE_REFUSED;
    if (result == STORE_OK) {
        changed = !same_header(import);
        import->target = target;
        if (!changed)
            result = rows_read_hashed(import, content);
        changed =
            changed || import->faults.found > 0 ||
            (result == STORE_OK && (import->rows != rows || strcmp(content, import->content) != 0));
        if (result == STORE_OK && !changed)
            progress(import, true);
        records_close(&import->records);
    }
    if (result == STORE_UNAVAILABLE && diags_errors(quiet->diags) > 0)
        fault_unreadable(import->session, import->source.path, "it can no longer be read");
    import->faults = faults;
    session_free(quiet);
    return changed ? file_changed(import) : result;
}

/* ---- the table ------------------------------------------------------------------------------- */

static StoreResult table_foreign(Import *import) {
    diag_add(import->session->diags, DIAG_import_header_differs, faults_span(&import->faults),
             "the table '%s' of '%s' was not made by an import", import->table,
             import->options->store);
    return STORE_REFUSED;
}

/* A further file must have the columns that the table has, in any order. */
static StoreResult check_columns(Import *import, const Target *target) {
    CatalogTable have = {target->table, target->columns, target->columns_len};
    CatalogTable file = {import->name, import->header, import->header_len};
    const char *lacks = NULL, *adds = NULL;
    for (size_t i = 0; i < have.columns_len && !lacks; i++)
        if (catalog_column(&file, have.columns[i]) < 0)
            lacks = have.columns[i];
    for (size_t i = 0; i < file.columns_len && !adds; i++)
        if (catalog_column(&have, file.columns[i]) < 0)
            adds = file.columns[i];
    if (!lacks && !adds)
        return STORE_OK;
    StrBuf words = {0};
    if (lacks)
        strbuf_addf(&words, "has no column '%s'", lacks);
    if (adds)
        strbuf_addf(&words, "%shas a column '%s' that is not there", lacks ? " and " : "", adds);
    Diag *diag =
        diag_add(import->session->diags, DIAG_import_header_differs, faults_span(&import->faults),
                 "the table '%s' has rows of other files, and this one %s", target->table,
                 strbuf_text(&words));
    diag_help(diag, "import it with --as into a table of its own");
    strbuf_fini(&words);
    return STORE_REFUSED;
}

static StoreResult twin_found(Import *import, const char *twin) {
    Diag *diag =
        diag_add(import->session->diags, DIAG_import_content_twice, faults_span(&import->faults),
                 "the file now has the content that '%s' has in table '%s': its rows "
                 "would be counted twice",
                 twin, import->table);
    diag_help(diag, "import the right file, or make the store anew without one of the two");
    return STORE_REFUSED;
}

/* What is to be done with the file: nothing if known.same. */
static StoreResult decide(Import *import, Target *target, Known *known) {
    if (target->foreign)
        return table_foreign(import);
    StoreResult result = target_known(target, import->name, import->content, known);
    if (result != STORE_OK || known->same)
        return result;
    if (known->twin)
        return twin_found(import, known->twin);
    bool remade = known->replaces && known->alone;
    return target->columns_len == 0 || remade ? STORE_OK : check_columns(import, target);
}

static StoreResult rows_write(Import *import, Target *target, const Known *known) {
    StoreResult result = known->replaces ? target_forget(target, known) : STORE_OK;
    if (result == STORE_OK)
        result = target_rows_begin(target, import->header, import->header_len);
    if (result == STORE_OK)
        result = second_reading(import, target);
    if (result == STORE_OK)
        result = target_rows_end(target, import->name, import->content, import->rows);
    return result;
}

static StoreResult table_write(Import *import, Target *target, bool *written) {
    bool write = !import->options->dry_run;
    Known known = {0};
    StoreResult result = target_table(target, import->table);
    if (result == STORE_OK)
        result = decide(import, target, &known);
    target->placement = import->placement;
    if (result == STORE_OK && write && !known.same) {
        result = rows_write(import, target, &known);
        *written = true;
    }
    import->out->unchanged = known.same;
    import->out->replaced = known.replaces;
    return result;
}

static StoreResult tables_write(const Imports *imports) {
    const Import *first = imports->items[0];
    Target target;
    bool written = false;
    StoreResult result = target_open(&target, first->session, first->options);
    if (result == STORE_OK)
        result = target_begin(&target, !first->options->dry_run);
    for (size_t i = 0; result == STORE_OK && i < imports->len; i++)
        result = table_write(imports->items[i], &target, &written);
    if (result == STORE_OK && written)
        result = target_commit(&target);
    target_close(&target);
    return result;
}

/* ---- what is to be imported ------------------------------------------------------------------ */

static StoreResult check_name(Import *import) {
    const char *why = NULL;
    if (import->table[0] == '\0')
        why = "a table needs a name";
    else if (sql_name_reserved(import->table))
        why = "names that start with 'kpic_' or 'sqlite_' are taken";
    else if (utf8_valid_prefix(import->table, strlen(import->table)) < strlen(import->table))
        why = "a name must be UTF-8";
    if (!why)
        return STORE_OK;
    Diag *diag =
        diag_add(import->session->diags, DIAG_import_table_name, faults_span(&import->faults),
                 "'%s' cannot be the name of a table: %s", import->table, why);
    diag_help(diag, "give it a name with --as");
    return STORE_REFUSED;
}

static bool is_there(const char *store) {
    return store_is_server(store) || path_kind(store, NULL) != PATH_NONE;
}

/* A store that nothing can be imported into is better known before a long reading. */
static StoreResult check_store(Session *session, const ImportOptions *options) {
    if (!is_there(options->store))
        return STORE_OK;
    Target target;
    StoreResult result = target_open(&target, session, options);
    target_close(&target);
    return result;
}

static Import *import_add(Session *session, const ImportOptions *options, const char *file,
                          const char *table, Imports *imports) {
    Import *import = arena_alloc(session->arena, sizeof *import);
    import->session = session;
    import->options = options;
    import->source = (RecordSource){.path = file, .encoding = options->encoding};
    import->name = path_base(file);
    import->table = options->as_table ? options->as_table : table;
    import->faults = (Faults){.session = session, .place = file};
    import->out = arena_alloc(session->arena, sizeof *import->out);
    *import->out = (ImportedFile){.file = file, .table = import->table};
    if (imports->len > 0)
        imports->items[imports->len - 1]->out->next = import->out;
    vec_push(session->arena, imports, import);
    return import;
}

static void sheet_add(Session *session, const ImportOptions *options, const char *file,
                      XlsxBook *book, const XlsxTable *table, Imports *imports) {
    Import *import = import_add(session, options, file, table->name, imports);
    import->name = arena_printf(session->arena, "%s#%s", import->name, table->name);
    import->source.book = book;
    import->source.table = table;
    import->out->sheet = table->name;
    import->out->above = table->above;
    import->out->found.header_first = table->header_first;
    import->out->found.header_last = table->header_last;
}

/* Each is looked at, so that all faults are told. */
static StoreResult first_readings(const Imports *imports) {
    StoreResult worst = STORE_OK;
    for (size_t i = 0; i < imports->len; i++) {
        Import *import = imports->items[i];
        StoreResult result = check_name(import);
        if (result == STORE_OK && import->options->spec_of)
            import->spec = import->options->spec_of(import->options->context, import->table);
        if (result == STORE_OK)
            result = first_reading(import);
        worst = result > worst ? result : worst;
    }
    return worst;
}

static StoreResult header_reading(Import *import) {
    StoreResult result = check_name(import);
    if (result != STORE_OK)
        return result;
    result = records_open(&import->records, &import->faults, &import->source);
    if (result != STORE_OK)
        return result;
    import->header = import->records.header;
    import->header_len = import->records.header_len;
    if (!import->options->place_of(import->options->context, import->table, import->header,
                                   import->header_len, &import->placement))
        result = STORE_REFUSED;
    records_close(&import->records);
    return result;
}

static StoreResult headers_read(const Imports *imports, const FileTable **out) {
    StoreResult worst = STORE_OK;
    FileTable *after = NULL;
    for (size_t i = imports->len; i-- > 0;) {
        Import *import = imports->items[i];
        StoreResult result = header_reading(import);
        worst = result > worst ? result : worst;
        FileTable *table = arena_alloc(import->session->arena, sizeof *table);
        *table = (FileTable){import->table, import->header, import->header_len, import->placement,
                             after};
        after = table;
    }
    *out = after;
    return worst;
}

static StoreResult tables_import(const Imports *imports, ImportedFile *out) {
    const ImportOptions *options = imports->items[0]->options;
    StoreResult result = first_readings(imports);
    if (result == STORE_OK && !(options->dry_run && !is_there(options->store)))
        result = tables_write(imports);
    if (result == STORE_OK)
        *out = *imports->items[0]->out;
    return result;
}

/* `tables_out` is given where only the headings are to be read. */
static StoreResult workbook_import(Session *session, const ImportOptions *options, const char *file,
                                   ImportedFile *out, const FileTable **tables_out) {
    Faults faults = {.session = session, .place = file};
    XlsxBook *book;
    StoreResult result = xlsx_book_open(&faults, file, &xlsx_limits, &book);
    if (result != STORE_OK)
        return result;
    SheetTables tables = {0};
    Imports imports = {0};
    result = sheets_choose(&faults, options, book, &tables);
    for (size_t i = 0; i < tables.len; i++)
        sheet_add(session, options, file, book, tables.items[i], &imports);
    if (result == STORE_OK)
        result = tables_out ? headers_read(&imports, tables_out) : tables_import(&imports, out);
    xlsx_book_close(book);
    return result;
}

StoreResult store_import_tables(Session *session, const ImportOptions *options, const char *file,
                                const FileTable **out) {
    Imports imports = {0};
    *out = NULL;
    if (is_workbook_file(file))
        return workbook_import(session, options, file, NULL, out);
    import_add(session, options, file, path_stem(session->arena, file), &imports);
    return headers_read(&imports, out);
}

StoreResult store_import_file(Session *session, const ImportOptions *options, const char *file,
                              ImportedFile *out) {
    Imports imports = {0};
    *out = (ImportedFile){.file = file};
    StoreResult result = check_store(session, options);
    if (result != STORE_OK)
        return result;
    if (is_workbook_file(file))
        return workbook_import(session, options, file, out, NULL);
    import_add(session, options, file, path_stem(session->arena, file), &imports);
    return tables_import(&imports, out);
}

void store_import_end(const ImportOptions *options) {
    if (options->held && *options->held)
        server_target_close(*options->held);
    if (options->held)
        *options->held = NULL;
}
