#include "store/import_sheets.h"

#include <inttypes.h>

typedef struct Choice {
    Faults *faults;
    const ImportOptions *options;
    XlsxBook *book;
    SheetTables *out;
} Choice;

static Arena *arena_of(const Choice *choice) {
    return choice->faults->session->arena;
}

static void leave_out(const Choice *choice, const char *sheet, const char *why, const char *help) {
    Diag *diag =
        diag_add(choice->faults->session->diags, DIAG_xlsx_sheet_left_out,
                 faults_span(choice->faults), "the sheet '%s' is left out: %s", sheet, why);
    if (help)
        diag_help(diag, "%s", help);
}

static const char header_help[] = "--header-row N says where the headings are";

static StoreResult refuse_header(const Choice *choice, const char *sheet, const char *why) {
    Diag *diag = faults_add(choice->faults, DIAG_xlsx_header_missing,
                            "no headings were found in the sheet '%s': %s", sheet, why);
    if (diag)
        diag_help(diag, "%s", header_help);
    return STORE_REFUSED;
}

static const XlsxTable *table_keep(const Choice *choice, XlsxTable table) {
    XlsxTable *kept = arena_alloc(arena_of(choice), sizeof *kept);
    *kept = table;
    return kept;
}

/* A sheet that nobody named. */
static StoreResult sheet_try(const Choice *choice, size_t sheet) {
    size_t len;
    const XlsxSheet *about = &xlsx_book_sheets(choice->book, &len)[sheet];
    if (about->part < 0)
        return STORE_OK; /* a chart has no cells that could be missed */
    if (about->hidden) {
        leave_out(choice, about->name, "it is hidden", "--sheet NAME imports it all the same");
        return STORE_OK;
    }
    XlsxTable table;
    StrBuf why = {0};
    StoreResult result = STORE_OK;
    switch (xlsx_table_find(choice->book, choice->faults, sheet, &choice->options->sheet_rows,
                            arena_of(choice), &table, &why)) {
    case TABLE_HERE:
        if (table.has_rows)
            vec_push(arena_of(choice), choice->out, table_keep(choice, table));
        else
            leave_out(choice, about->name, "it has headings and no rows", NULL);
        break;
    case TABLE_BLANK:
        break;
    case TABLE_NO_HEADER:
        leave_out(choice, about->name, strbuf_text(&why), header_help);
        break;
    case TABLE_REFUSED:
        result = STORE_REFUSED;
        break;
    case TABLE_UNREADABLE:
        result = STORE_UNAVAILABLE;
        break;
    }
    strbuf_fini(&why);
    return result;
}

static StoreResult all_try(const Choice *choice) {
    size_t len;
    xlsx_book_sheets(choice->book, &len);
    for (size_t i = 0; i < len; i++) {
        StoreResult result = sheet_try(choice, i);
        if (result != STORE_OK)
            return result;
    }
    if (choice->out->len == 0) {
        faults_add(choice->faults, DIAG_xlsx_header_missing,
                   "no sheet of the workbook has headings and rows");
        return STORE_REFUSED;
    }
    if (choice->out->len == 1 || !choice->options->as_table)
        return STORE_OK;
    Diag *diag = faults_add(choice->faults, DIAG_xlsx_sheets_for_one_table,
                            "%zu sheets cannot all be the table '%s'", choice->out->len,
                            choice->options->as_table);
    if (diag)
        diag_help(diag, "--sheet NAME says which of them is meant");
    return STORE_REFUSED;
}

static StoreResult sheet_missing(const Choice *choice, const char *name) {
    size_t len;
    const XlsxSheet *sheets = xlsx_book_sheets(choice->book, &len);
    const char **names = arena_array(arena_of(choice), len, sizeof *names);
    for (size_t i = 0; i < len; i++)
        names[i] = arena_printf(arena_of(choice), "%s", sheets[i].name);
    Diag *diag =
        faults_add(choice->faults, DIAG_xlsx_sheet_missing, "the workbook has no sheet '%s'", name);
    if (!diag)
        return STORE_REFUSED;
    StrBuf list = {0};
    for (size_t i = 0; i < len; i++)
        strbuf_addf(&list, "%s'%s'", i > 0 ? ", " : "", names[i]);
    if (text_nearest(name, names, len))
        diag_suggest(diag, name, names, len);
    else
        diag_help(diag, "it has %s", strbuf_text(&list));
    strbuf_fini(&list);
    return STORE_REFUSED;
}

static bool chosen_already(const Choice *choice, size_t sheet) {
    for (size_t i = 0; i < choice->out->len; i++)
        if (choice->out->items[i]->sheet == sheet)
            return true;
    return false;
}

/* A sheet that is wanted by its name. */
static StoreResult sheet_take(const Choice *choice, const char *name) {
    size_t len, sheet = xlsx_book_find(choice->book, name);
    if (sheet == SIZE_MAX || xlsx_book_sheets(choice->book, &len)[sheet].part < 0)
        return sheet_missing(choice, name);
    if (chosen_already(choice, sheet))
        return STORE_OK;
    XlsxTable table;
    StrBuf why = {0};
    StoreResult result = STORE_OK;
    switch (xlsx_table_find(choice->book, choice->faults, sheet, &choice->options->sheet_rows,
                            arena_of(choice), &table, &why)) {
    case TABLE_HERE:
        vec_push(arena_of(choice), choice->out, table_keep(choice, table));
        break;
    case TABLE_BLANK:
        result = refuse_header(choice, name, "it is empty");
        break;
    case TABLE_NO_HEADER:
        result = refuse_header(choice, name, strbuf_text(&why));
        break;
    case TABLE_REFUSED:
        result = STORE_REFUSED;
        break;
    case TABLE_UNREADABLE:
        result = STORE_UNAVAILABLE;
        break;
    }
    strbuf_fini(&why);
    return result;
}

StoreResult sheets_choose(Faults *faults, const ImportOptions *options, XlsxBook *book,
                          SheetTables *out) {
    Choice choice = {faults, options, book, out};
    if (options->sheets_len == 0)
        return all_try(&choice);
    for (size_t i = 0; i < options->sheets_len; i++) {
        StoreResult result = sheet_take(&choice, options->sheets[i]);
        if (result != STORE_OK)
            return result;
    }
    return STORE_OK;
}
