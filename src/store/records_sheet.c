#include "store/records_sheet.h"

#include <inttypes.h>
#include <string.h>

/* Tables of fewer columns have rows of one value by right. */
#define NOTES_FROM_COLUMNS 3
#define LETTERS_SHOWN 10

StoreResult sheet_records_open(Records *records) {
    const XlsxTable *table = records->source.table;
    StoreResult result =
        xlsx_sheet_open(records->source.book, records->faults, table->sheet, &records->sheet);
    if (result != STORE_OK)
        return result;
    size_t len;
    const XlsxSheet *sheets = xlsx_book_sheets(records->source.book, &len);
    records->size =
        xlsx_package_size(xlsx_book_package(records->source.book), sheets[table->sheet].part);
    records_number_names(records, table->names, table->columns_len);
    records->width = table->columns_len;
    records->cells = memory_alloc(table->columns_len * sizeof *records->cells);
    records->fields = records->cells;
    records->cell_places = memory_alloc(XLSX_MOST_COLUMNS * sizeof *records->cell_places);
    memset(records->cell_places, 0, XLSX_MOST_COLUMNS * sizeof *records->cell_places);
    for (size_t i = 0; i < table->columns_len; i++)
        records->cell_places[table->columns[i]] = (uint32_t)i + 1;
    records->line = table->rows_first - 1;
    return STORE_OK;
}

void sheet_records_close(Records *records) {
    xlsx_sheet_close(records->sheet);
    records->sheet = NULL;
    memory_free(records->cells);
    records->cells = NULL;
    memory_free(records->cell_places);
    records->cell_places = NULL;
}

/* ---- rows ------------------------------------------------------------------------------------ */

static void row_take(Records *records, uint32_t line) {
    static char nothing[1];
    for (size_t i = 0; i < records->width; i++)
        records->cells[i] = (CsvField){.text = nothing};
    size_t len;
    const XlsxCell *cells = xlsx_sheet_cells(records->sheet, &len);
    for (size_t i = 0; i < len; i++) {
        uint32_t place = records->cell_places[cells[i].column];
        if (place > 0)
            records->cells[place - 1] = (CsvField){.text = cells[i].text, .len = cells[i].len};
    }
    records->blank += line - records->line - 1;
    records->line = line;
    if (records->row++ == 0)
        records->first_line = line;
    if (len == 1 && records->width >= NOTES_FROM_COLUMNS) {
        if (records->notes++ == 0)
            records->notes_from = line;
    } else {
        records->notes = 0;
        records->before_notes = line;
    }
}

RowStep sheet_records_next(Records *records) {
    const XlsxTable *table = records->source.table;
    for (;;) {
        switch (xlsx_sheet_next(records->sheet)) {
        case SHEET_ROW:
            break;
        case SHEET_END:
            return ROW_END;
        case SHEET_REFUSED:
            return ROW_STOP;
        case SHEET_UNREADABLE:
            return ROW_UNREADABLE;
        }
        uint32_t line = xlsx_sheet_row(records->sheet);
        records->done = xlsx_sheet_done(records->sheet);
        if (line <= table->header_last)
            continue;
        if (line >= table->rows_first && line <= table->rows_last) {
            row_take(records, line);
            return ROW_HERE;
        }
        records->outside++;
    }
}

/* ---- messages -------------------------------------------------------------------------------- */

void sheet_records_place(const Records *records, size_t field, StrBuf *out) {
    strbuf_addf(out, "sheet '%s', cell ", records->source.table->name);
    xlsx_column_show(out, records->source.table->columns[field]);
    strbuf_addf(out, "%" PRIu64, records->line);
}

static void tell_letters(Records *records) {
    const XlsxTable *table = records->source.table;
    StrBuf letters = {0};
    size_t found = 0;
    for (size_t i = 0; i < table->columns_len; i++) {
        if (!table->lettered[i])
            continue;
        if (found++ < LETTERS_SHOWN) {
            strbuf_add(&letters, found == 1 ? "" : ", ");
            xlsx_column_show(&letters, table->columns[i]);
        }
    }
    if (found > LETTERS_SHOWN)
        strbuf_addf(&letters, " and %zu more", found - LETTERS_SHOWN);
    if (found > 0) {
        Diag *diag = diag_add(records->faults->session->diags, DIAG_xlsx_column_lettered,
                              faults_span(records->faults),
                              "sheet '%s': %s %s values, but no heading: %s called by %s",
                              table->name, strbuf_text(&letters), found == 1 ? "has" : "have",
                              found == 1 ? "it is" : "they are",
                              found == 1 ? "its letter" : "their letters");
        diag_help(diag, "--header-rows A-B says which rows are headings");
    }
    strbuf_fini(&letters);
}

/* Two blocks of one table often have the same headings: one message for all. */
static void tell_numbered(Records *records) {
    const XlsxTable *table = records->source.table;
    size_t found = 0, first = 0;
    for (size_t i = 0; i < records->header_len; i++)
        if (strcmp(records->written[i], records->header[i]) != 0 && found++ == 0)
            first = i;
    if (found == 0)
        return;
    StrBuf words = {0};
    strbuf_addf(&words, "sheet '%s': ", table->name);
    xlsx_column_show(&words, table->columns[first]);
    strbuf_addf(&words, " is called '%s', a name that is taken: it becomes '%s'",
                records->written[first], records->header[first]);
    if (found > 1)
        strbuf_addf(&words, "; %zu other%s likewise", found - 1, found == 2 ? "" : "s");
    diag_add(records->faults->session->diags, DIAG_csv_column_renamed, faults_span(records->faults),
             "%s", strbuf_text(&words));
    strbuf_fini(&words);
}

void sheet_records_tell_names(Records *records) {
    tell_numbered(records);
    tell_letters(records);
}

static void tell_notes(Records *records) {
    const XlsxTable *table = records->source.table;
    if (records->notes == 0 || records->before_notes == 0)
        return;
    StrBuf words = {0};
    strbuf_addf(&words, "sheet '%s': ", table->name);
    if (records->notes == 1)
        strbuf_addf(&words, "the last row, %" PRIu64 ", has", records->notes_from);
    else
        strbuf_addf(&words, "the last %" PRIu64 " rows, from %" PRIu64 " on, have", records->notes,
                    records->notes_from);
    Diag *diag = diag_add(
        records->faults->session->diags, DIAG_xlsx_rows_like_notes, faults_span(records->faults),
        "%s a value in one column only, as notes under a table have", strbuf_text(&words));
    diag_help(diag, "--rows %" PRIu32 "-%" PRIu64 " leaves %s out", table->rows_first,
              records->before_notes, records->notes == 1 ? "it" : "them");
    strbuf_fini(&words);
}

static void tell_merged(Records *records) {
    const XlsxTable *table = records->source.table;
    if (table->merged_len == 0)
        return;
    StrBuf range = {0};
    xlsx_column_show(&range, table->merged.first_column);
    strbuf_addf(&range, "%" PRIu32 ":", table->merged.first_row);
    xlsx_column_show(&range, table->merged.last_column);
    strbuf_addf(&range, "%" PRIu32, table->merged.last_row);
    Diag *diag = diag_add(
        records->faults->session->diags, DIAG_xlsx_cells_merged, faults_span(records->faults),
        "sheet '%s': %s%s cells merged over several rows; only the first row has "
        "the value",
        table->name, strbuf_text(&range), table->merged_len == 1 ? " are" : " and others are");
    diag_help(diag, "unmerge them and fill each cell, if the value is meant for each row");
    strbuf_fini(&range);
}

void sheet_records_tell_rows(Records *records) {
    tell_notes(records);
    tell_merged(records);
}
