#include "tests/unit/workbook.h"

#include <check.h>
#include <string.h>

#include "base/strbuf.h"
#include "store/libzip.h"
#include "tests/unit/scratch.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"
#define START "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

static Arena *arena(void) {
    return scratch_session()->arena;
}

static const char *kept(StrBuf *text) {
    const char *copy = arena_copy_text(arena(), strbuf_text(text), text->len);
    strbuf_fini(text);
    return copy;
}

const char *archive_write(const char *file, const ArchivePart *parts, size_t len) {
    const char *path = scratch_path(file);
    int code = 0;
    ck_assert_ptr_null(libzip_open());
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    ck_assert_ptr_nonnull(zip);
    for (size_t i = 0; i < len; i++) {
        size_t size = parts[i].len ? parts[i].len : strlen(parts[i].text);
        zip_source_t *source = zip_source_buffer(zip, parts[i].text, size, 0);
        ck_assert_ptr_nonnull(source);
        zip_int64_t index = zip_file_add(zip, parts[i].name, source, ZIP_FL_ENC_UTF_8);
        ck_assert_int_ge(index, 0);
        zip_set_file_compression(zip, (zip_uint64_t)index,
                                 parts[i].stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 9);
        zip_file_set_mtime(zip, (zip_uint64_t)index, 946684800, 0);
    }
    ck_assert_int_eq(zip_close(zip), 0);
    return path;
}

static const char *worksheet(const BookSheet *sheet) {
    StrBuf text = {0};
    strbuf_addf(&text, START "<worksheet xmlns=\"" MAIN "\"><sheetData>%s</sheetData>",
                sheet->rows ? sheet->rows : "");
    if (sheet->merged)
        strbuf_addf(&text, "<mergeCells>%s</mergeCells>", sheet->merged);
    strbuf_add(&text, "</worksheet>");
    return kept(&text);
}

static size_t sheets_of(const Book *book) {
    size_t len = 0;
    while (len < BOOK_MOST_SHEETS && book->sheets[len].name)
        len++;
    return len;
}

static const char *workbook(const Book *book) {
    StrBuf text = {0};
    strbuf_addf(&text, START "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\">%s<sheets>",
                book->properties ? book->properties : "");
    for (size_t i = 0; i < sheets_of(book); i++) {
        const BookSheet *sheet = &book->sheets[i];
        strbuf_addf(&text, "<sheet name=\"%s\" sheetId=\"%zu\"%s%s%s r:id=\"rId%zu\"/>",
                    sheet->name, i + 1, sheet->state ? " state=\"" : "",
                    sheet->state ? sheet->state : "", sheet->state ? "\"" : "", i + 1);
    }
    strbuf_add(&text, "</sheets></workbook>");
    return kept(&text);
}

static const char *relations(const Book *book) {
    StrBuf text = {0};
    strbuf_add(&text, START "<Relationships xmlns=\"" PACKAGE "\">");
    for (size_t i = 0; i < sheets_of(book); i++)
        strbuf_addf(&text,
                    "<Relationship Id=\"rId%zu\" Type=\"" OFFICE
                    "/worksheet\" Target=\"worksheets/sheet%zu.xml\"/>",
                    i + 1, i + 1);
    strbuf_add(&text,
               "<Relationship Id=\"styles\" Type=\"" OFFICE "/styles\" Target=\"/xl/styles.xml\"/>"
               "<Relationship Id=\"texts\" Type=\"" OFFICE
               "/sharedStrings\" Target=\"../xl/./sharedStrings.xml\"/></Relationships>");
    return kept(&text);
}

static const char *write_parts(const char *file, const Book *book, const char *first_sheet) {
    ArchivePart parts[BOOK_MOST_SHEETS + 5] = {
        {"_rels/.rels",
         START "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"rId1\" Type=\"" OFFICE
               "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
         0, false},
        {"xl/workbook.xml", workbook(book), 0, false},
        {"xl/_rels/workbook.xml.rels", relations(book), 0, false}};
    size_t len = 3;
    for (size_t i = 0; i < sheets_of(book); i++)
        parts[len++] = (ArchivePart){
            arena_printf(arena(), "xl/worksheets/sheet%zu.xml", i + 1),
            i == 0 && first_sheet ? first_sheet : worksheet(&book->sheets[i]), 0, false};
    if (book->styles)
        parts[len++] = (ArchivePart){
            "xl/styles.xml",
            arena_printf(arena(), START "<styleSheet xmlns=\"" MAIN "\">%s</styleSheet>",
                         book->styles),
            0, false};
    if (book->texts)
        parts[len++] = (ArchivePart){
            "xl/sharedStrings.xml",
            arena_printf(arena(), START "<sst xmlns=\"" MAIN "\">%s</sst>", book->texts), 0, false};
    return archive_write(file, parts, len);
}

const char *book_write(const char *file, const Book *book) {
    return write_parts(file, book, NULL);
}

const char *book_write_sheet(const char *file, const char *sheet) {
    Book book = {.sheets = {{.name = "Sheet1"}}};
    return write_parts(file, &book, sheet);
}

static void add_cell(StrBuf *out, unsigned row, char column, const char *text, size_t len) {
    if (len == 0)
        return;
    bool number = text[0] == '#', marked = number || text[0] == '=';
    strbuf_addf(out, "<c r=\"%c%u\"%s>%s", column, row, number ? "" : " t=\"inlineStr\"",
                number ? "<v>" : "<is><t>");
    strbuf_add_len(out, text + marked, len - marked);
    strbuf_add(out, number ? "</v></c>" : "</t></is></c>");
}

const char *book_row(unsigned number, const char *cells) {
    StrBuf text = {0};
    strbuf_addf(&text, "<row r=\"%u\">", number);
    for (char column = 'A';; column++) {
        size_t len = strcspn(cells, "|");
        add_cell(&text, number, column, cells, len);
        if (!cells[len])
            break;
        cells += len + 1;
    }
    strbuf_add(&text, "</row>");
    return kept(&text);
}
