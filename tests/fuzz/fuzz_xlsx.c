/* Workbooks of any bytes. The first byte chooses: an odd one says that the rest is the archive; an
 * even one, that it is the XML of parts, with NULs between them: the sheet, the shared texts, the
 * styles, the workbook. Those that are missing get their usual text. What must hold, whatever the
 * bytes:
 *   rows ascend; each cell is in a column that a sheet has, no two in one, its text is not empty
 *   and is valid UTF-8 (a refusal was told);
 *   a second reading gives the same;
 *   the table has columns in their order, each with a name.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "store/encoding.h"
#include "store/libzip.h"
#include "store/xlsx_table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define PARTS 4

static const XlsxLimits limits = {
    .file = 1 << 20,
    .part = 1 << 20,
    .all = 4 << 20,
    .text = 1 << 20,
    .record = 1 << 16,
    .ratio = 250,
    .ratio_from = 1 << 16,
    .entries = 100,
    .texts = 10000,
    .ranges = 1000,
    .token = 1 << 16,
    .depth = 20,
};

static void must(bool holds) {
    if (!holds)
        abort();
}

/* ---- the archive ---- */

typedef struct Part {
    const char *name, *text;
    size_t len;
} Part;

static void part_add(zip_t *zip, const Part *part) {
    zip_source_t *source = zip_source_buffer(zip, part->text, part->len, 0);
    must(source != NULL);
    zip_int64_t index = zip_file_add(zip, part->name, source, ZIP_FL_ENC_UTF_8);
    must(index >= 0);
    must(zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0) == 0);
}

/* The bytes of an archive with these parts. */
static StrBuf archive_of(const Part *parts, size_t len) {
    zip_error_t error;
    must(!libzip_open());
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    must(source != NULL);
    zip_source_keep(source);
    zip_t *zip = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &error);
    must(zip != NULL);
    for (size_t i = 0; i < len; i++)
        part_add(zip, &parts[i]);
    must(zip_close(zip) == 0);
    StrBuf bytes = {0};
    char block[4096];
    zip_int64_t got;
    must(zip_source_open(source) == 0);
    while ((got = zip_source_read(source, block, sizeof block)) > 0)
        strbuf_add_len(&bytes, block, (size_t)got);
    zip_source_close(source);
    zip_source_free(source);
    zip_error_fini(&error);
    return bytes;
}

static StrBuf archive_of_parts(const char *text, size_t len) {
#define LITERAL(name, text) {name, text, sizeof(text) - 1}
    Part parts[] = {
        LITERAL("xl/worksheets/sheet1.xml", "<worksheet/>"),
        LITERAL("xl/sharedStrings.xml", "<sst><si><t>a</t></si></sst>"),
        LITERAL("xl/styles.xml", "<styleSheet><cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs>"
                                 "</styleSheet>"),
        LITERAL("xl/workbook.xml", "<workbook><sheets><sheet name=\"a\" id=\"s\"/></sheets>"
                                   "</workbook>"),
        LITERAL("xl/_rels/workbook.xml.rels",
                "<r><Relationship Id=\"s\" Type=\"/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                "<Relationship Id=\"t\" Type=\"/sharedStrings\" Target=\"sharedStrings.xml\"/>"
                "<Relationship Id=\"u\" Type=\"/styles\" Target=\"styles.xml\"/></r>"),
    };
#undef LITERAL
    for (size_t i = 0; i < PARTS && len > 0; i++) {
        const char *end = memchr(text, 0, len);
        size_t part_len = end ? (size_t)(end - text) : len;
        if (part_len > 0)
            parts[i] = (Part){parts[i].name, text, part_len};
        text += part_len + (end != NULL);
        len -= part_len + (end != NULL);
    }
    return archive_of(parts, sizeof parts / sizeof parts[0]);
}

/* ---- reading ---- */

static void cells_check(const XlsxReader *reader, StrBuf *out) {
    size_t len;
    const XlsxCell *cells = xlsx_sheet_cells(reader, &len);
    must(len > 0);
    for (size_t i = 0; i < len; i++) {
        must(cells[i].len > 0 && cells[i].column < XLSX_MOST_COLUMNS);
        must(utf8_valid_prefix(cells[i].text, cells[i].len) == cells[i].len);
        must(!memchr(cells[i].text, 0, cells[i].len));
        for (size_t j = 0; len < 100 && j < i; j++)
            must(cells[j].column != cells[i].column);
        strbuf_addf(out, "%u %u ", xlsx_sheet_row(reader), cells[i].column);
        strbuf_add_len(out, cells[i].text, cells[i].len);
    }
}

static bool sheet_read(XlsxBook *book, Faults *faults, size_t sheet, StrBuf *out) {
    XlsxReader *reader;
    if (xlsx_sheet_open(book, faults, sheet, &reader) != STORE_OK)
        return false;
    uint32_t row = 0;
    SheetStep step;
    while ((step = xlsx_sheet_next(reader)) == SHEET_ROW) {
        must(xlsx_sheet_row(reader) > row && xlsx_sheet_row(reader) <= XLSX_MOST_ROWS);
        row = xlsx_sheet_row(reader);
        cells_check(reader, out);
    }
    xlsx_sheet_close(reader);
    return step == SHEET_END;
}

static void table_check(XlsxBook *book, Faults *faults, size_t sheet, bool readable) {
    static const SheetRows found, named = {2, 3, 5, 9};
    for (int i = 0; i < 2; i++) {
        XlsxTable table;
        StrBuf why = {0};
        size_t told = faults->found;
        TableStep step = xlsx_table_find(book, faults, sheet, i ? &named : &found,
                                         faults->session->arena, &table, &why);
        must(step != TABLE_UNREADABLE);
        must(step != TABLE_REFUSED || faults->found > told);
        must(readable || step == TABLE_REFUSED);
        must((step == TABLE_NO_HEADER) == (why.len > 0));
        if (step == TABLE_HERE) {
            must(table.header_first > 0 && table.header_first <= table.header_last);
            must(table.rows_first > table.header_last && table.columns_len > 0);
            for (size_t j = 0; j < table.columns_len; j++) {
                must(table.names[j][0] != '\0');
                must(j == 0 || table.columns[j] > table.columns[j - 1]);
            }
        }
        strbuf_fini(&why);
    }
}

static void book_check(const char *bytes, size_t len) {
    Session *session = session_new();
    Faults faults = {.session = session, .place = "fuzz.xlsx"};
    XlsxPackage *package;
    XlsxBook *book;
    if (xlsx_package_open_bytes(&faults, bytes, len, &limits, &package) != STORE_OK ||
        xlsx_book_take(&faults, package, &book) != STORE_OK) {
        must(faults.found > 0);
        session_free(session);
        return;
    }
    size_t sheets;
    const XlsxSheet *about = xlsx_book_sheets(book, &sheets);
    for (size_t i = 0; i < sheets && i < 3; i++) {
        if (about[i].part < 0)
            continue;
        StrBuf first = {0}, second = {0};
        bool readable = sheet_read(book, &faults, i, &first);
        must(readable || faults.found > 0);
        must(sheet_read(book, &faults, i, &second) == readable);
        must(first.len == second.len &&
             (first.len == 0 || memcmp(first.text, second.text, first.len) == 0));
        strbuf_fini(&first);
        strbuf_fini(&second);
        table_check(book, &faults, i, readable);
    }
    xlsx_book_close(book);
    session_free(session);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1)
        return 0;
    if (data[0] & 1) {
        book_check((const char *)data + 1, size - 1);
        return 0;
    }
    StrBuf archive = archive_of_parts((const char *)data + 1, size - 1);
    book_check(strbuf_text(&archive), archive.len);
    strbuf_fini(&archive);
    return 0;
}
