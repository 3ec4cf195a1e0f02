/* What is refused of a workbook's file: no workbook at all, damage, lies about sizes, bombs. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/xlsx_sheet.h"
#include "tests/unit/scratch.h"
#include "tests/unit/workbook.h"

/* All cells of the first sheet, "A1=text\n" each; NULL if it was refused. */
static const char *cells_of(const char *path, const XlsxLimits *limits) {
    Faults faults = {.session = scratch_session(), .place = path};
    XlsxBook *book;
    XlsxReader *reader = NULL;
    StrBuf out = {0};
    StoreResult result = xlsx_book_open(&faults, path, limits, &book);
    if (result == STORE_OK)
        result = xlsx_sheet_open(book, &faults, 0, &reader);
    SheetStep step = SHEET_ROW;
    while (result == STORE_OK && (step = xlsx_sheet_next(reader)) == SHEET_ROW) {
        size_t len;
        const XlsxCell *cells = xlsx_sheet_cells(reader, &len);
        for (size_t i = 0; i < len; i++) {
            xlsx_column_show(&out, cells[i].column);
            strbuf_addf(&out, "%u=", xlsx_sheet_row(reader));
            strbuf_add_len(&out, cells[i].text, cells[i].len);
            strbuf_add_char(&out, '\n');
        }
    }
    bool good = result == STORE_OK && step == SHEET_END;
    ck_assert(good || faults.found > 0 || diags_errors(scratch_session()->diags) > 0);
    xlsx_sheet_close(reader);
    xlsx_book_close(book);
    const char *kept = arena_copy_text(scratch_session()->arena, strbuf_text(&out), out.len);
    strbuf_fini(&out);
    return good ? kept : NULL;
}

static void refused_with(const char *path, const XlsxLimits *limits, const char *words) {
    const char *cells = cells_of(path, limits);
    ck_assert_msg(cells == NULL, "wanted '%s', got %s", words, cells);
    ck_assert(scratch_said(words));
    scratch_forget();
}

static void refused(const char *path, const char *words) {
    refused_with(path, &xlsx_limits, words);
}

static const char *small_book(void) {
    Book book = {.sheets = {{.name = "Plans",
                             .rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"
                                     "<row r=\"2\"><c r=\"A2\"><v>1.5</v></c></row>"}},
                 .texts = "<si><t>id</t></si>"};
    return book_write("book.xlsx", &book);
}

/* ---- no workbook --------------------------------------------------------------------------------
 */

/* A file of the old binary form whose folder, in sector 1, has an entry of this name. */
static const char *binary_file(const char *name) {
    char bytes[2048] = {0};
    memcpy(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    bytes[30] = 9;
    bytes[48] = 1;
    for (size_t i = 0; name[i]; i++)
        bytes[1024 + 128 + 2 * i] = name[i];
    return scratch_write_bytes("old.xls", bytes, sizeof bytes);
}

START_TEST(package_refuses_what_is_no_workbook) {
    refused(scratch_write("empty.xlsx", ""), "the file is empty: no workbook is in it [KPI0538]");
    refused(scratch_write("text.xlsx", "id,start\n1,2017-01-31\n"),
            "the file is no workbook, whatever its name says [KPI0538]");
    ck_assert_ptr_null(cells_of(scratch_path("text.xlsx"), &xlsx_limits));
    ck_assert(scratch_said("give it the ending .csv or .tsv"));
    refused(scratch_write("short.xlsx", "PK"), "[KPI0538]");
    refused(scratch_path("none.xlsx"), "[KPI0500]");
    refused(binary_file("Workbook"), "the workbook is of the old binary form (XLS) [KPI0538]");
    refused(binary_file("EncryptedPackage"), "the workbook is protected by a password [KPI0538]");
    refused(binary_file("WordDocument"), "the file is of an old binary form that is not read");
    /* Its folder is said to be far behind the end. */
    char bytes[64];
    memset(bytes, 0xFF, sizeof bytes);
    memcpy(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    refused(scratch_write_bytes("cut.xls", bytes, sizeof bytes), "[KPI0538]");
}
END_TEST

START_TEST(package_refuses_other_archives) {
    ArchivePart plain[] = {{"readme.txt", "nothing", 0, false}};
    refused(archive_write("a.xlsx", plain, 1), "the file is an archive without a workbook in it");
    ArchivePart open[] = {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet", 0, true},
                          {"content.xml", "<office/>", 0, false}};
    refused(archive_write("a.ods", open, 2), "the file is an OpenDocument file [KPI0538]");
    ArchivePart binary[] = {{"_rels/.rels",
                             "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" "
                             "Target=\"/xl/workbook.bin\"/></Relationships>",
                             0, false},
                            {"xl/workbook.bin", "\x83\x01", 0, false}};
    refused(archive_write("a.xlsb", binary, 2), "the workbook is of the binary form (XLSB)");
}
END_TEST

/* ---- damage -------------------------------------------------------------------------------------
 */

START_TEST(package_refuses_a_file_cut_off_anywhere) {
    size_t len;
    const char *bytes = scratch_read(small_book(), &len);
    for (size_t cut = 0; cut < len; cut++) {
        const char *path = scratch_write_bytes("cut.xlsx", bytes, cut);
        ck_assert_msg(cells_of(path, &xlsx_limits) == NULL, "cut at %zu of %zu", cut, len);
        scratch_forget();
    }
}
END_TEST

/* One bit is wrong: it is refused, or what is read is what was written. */
START_TEST(package_sees_every_wrong_bit) {
    size_t len, seen = 0;
    const char *path = small_book();
    ck_assert_str_eq(cells_of(path, &xlsx_limits), "A1=id\nA2=1.5\n");
    char *bytes = malloc(1 << 16);
    ck_assert_ptr_nonnull(bytes);
    const char *good = scratch_read(path, &len);
    ck_assert_uint_lt(len, 1 << 16);
    memcpy(bytes, good, len);
    for (size_t i = 0; i < len; i++) {
        char was = bytes[i];
        bytes[i] = (char)(was ^ (1 << (i % 8)));
        const char *cells = cells_of(scratch_write_bytes("bit.xlsx", bytes, len), &xlsx_limits);
        ck_assert_msg(!cells || strcmp(cells, "A1=id\nA2=1.5\n") == 0, "bit %zu: %s", i, cells);
        seen += !cells;
        bytes[i] = was;
        scratch_forget();
    }
    ck_assert_uint_gt(seen, len / 2);
    free(bytes);
}
END_TEST

/* ---- headers of archives ------------------------------------------------------------------------
 */

typedef struct Patch {
    size_t local, central; /* where the field stands in either header */
    size_t len;
} Patch;

static const Patch flags = {6, 8, 2}, method = {8, 10, 2}, unpacked = {22, 24, 4};

/* Writes the archive anew with a field of both headers of one part changed. */
static const char *patched(const char *path, const char *part, Patch field, uint32_t value) {
    size_t len, name_len = strlen(part), done = 0;
    const char *read = scratch_read(path, &len);
    char *bytes = malloc(len);
    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, read, len);
    for (size_t i = 0; i + 46 + name_len <= len; i++) {
        bool local = memcmp(bytes + i, "PK\3\4", 4) == 0;
        bool central = memcmp(bytes + i, "PK\1\2", 4) == 0;
        if ((!local && !central) || memcmp(bytes + i + (local ? 30 : 46), part, name_len) != 0)
            continue;
        for (size_t j = 0; j < field.len; j++)
            bytes[i + (local ? field.local : field.central) + j] = (char)(value >> (8 * j));
        done++;
    }
    ck_assert_uint_eq(done, 2);
    const char *out = scratch_write_bytes("patched.xlsx", bytes, len);
    free(bytes);
    return out;
}

START_TEST(package_does_not_believe_sizes) {
    const char *path = small_book();
    const char *sheet = "xl/worksheets/sheet1.xml";
    refused(patched(path, sheet, unpacked, 10), "the part 'xl/worksheets/sheet1.xml' is damaged: ");
    refused(patched(path, sheet, unpacked, 100000),
            "the part 'xl/worksheets/sheet1.xml' is damaged: less than the 100000 bytes come out "
            "that the archive says it has [KPI0539]");
    refused(patched(path, sheet, unpacked, 0x7FFFFFFF),
            "the part 'xl/worksheets/sheet1.xml' has too many bytes: 2147483647, and at most "
            "268435456 are read [KPI0540]");
    refused(patched(path, sheet, unpacked, 16 << 20),
            "the part 'xl/worksheets/sheet1.xml' unpacks to too many times its bytes");
    refused(patched(path, sheet, method, 12),
            "the part 'xl/worksheets/sheet1.xml' is packed in a way that no workbook is packed in");
    refused(patched(path, sheet, flags, 1), "the workbook is protected by a password [KPI0538]");
    /* A part that nothing speaks of counts too. */
    ArchivePart bomb[] = {{"xl/media/image1.png", "x", 0, true}};
    refused(
        patched(archive_write("bomb.xlsx", bomb, 1), "xl/media/image1.png", unpacked, 0x10000001),
        "the part 'xl/media/image1.png' has too many bytes");
}
END_TEST

START_TEST(package_refuses_one_name_twice) {
    ArchivePart parts[] = {{"xl/a.xml", "<a/>", 0, true}, {"xl/b.xml", "<b/>", 0, true}};
    size_t len;
    const char *read = scratch_read(archive_write("two.xlsx", parts, 2), &len);
    char *bytes = malloc(len);
    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, read, len);
    for (size_t i = 0; i + 8 <= len; i++)
        if (memcmp(bytes + i, "xl/b.xml", 8) == 0)
            bytes[i + 3] = 'a';
    refused(scratch_write_bytes("same.xlsx", bytes, len), "the file is no whole archive");
    free(bytes);
}
END_TEST

/* ---- limits -------------------------------------------------------------------------------------
 */

/* The book is read with the least limit that lets it through, and refused with one less. */
#define LIMIT(member, least, words)                                                                \
    do {                                                                                           \
        XlsxLimits limits = xlsx_limits;                                                           \
        limits.member = (least);                                                                   \
        ck_assert_msg(cells_of(path, &limits) != NULL, #member ": %s", scratch_messages());        \
        limits.member = (least)-1;                                                                 \
        refused_with(path, &limits, words);                                                        \
    } while (0)

START_TEST(package_has_limits) {
    const char *path = small_book();
    size_t len;
    scratch_read(path, &len);
    LIMIT(file, len, "bytes, more than");
    LIMIT(entries, 5, "the workbook has too many parts: 5, and at most 4 are read [KPI0540]");
    LIMIT(texts, 3, "has more than 2 relationships");
    XlsxLimits none = xlsx_limits;
    none.texts = 3;
    Book many = {.sheets = {{.name = "a", .rows = book_row(1, "a")}},
                 .texts = "<si><t>1</t></si><si><t>2</t></si><si><t>3</t></si><si/>"};
    refused_with(book_write("many.xlsx", &many), &none, "has more than 3 shared texts [KPI0540]");
}
END_TEST

START_TEST(package_limits_real_bytes) {
    ArchivePart parts[] = {{"xl/workbook.xml", NULL, 5 << 20, false}};
    char *zeros = calloc(1, parts[0].len);
    ck_assert_ptr_nonnull(zeros);
    parts[0].text = zeros;
    const char *path = archive_write("zeros.xlsx", parts, 1);
    refused(path, "the part 'xl/workbook.xml' unpacks to too many times its bytes");
    XlsxLimits limits = xlsx_limits;
    limits.part = parts[0].len - 1;
    refused_with(path, &limits,
                 "the part 'xl/workbook.xml' has too many bytes: 5242880, and at "
                 "most 5242879 are read [KPI0540]");
    limits = xlsx_limits;
    limits.all = parts[0].len - 1;
    limits.ratio_from = limits.part;
    refused_with(path, &limits, "the parts of the workbook have too many bytes: 5242880");
    free(zeros);
}
END_TEST

START_TEST(package_limits_rows_and_texts) {
    Book book = {
        .sheets = {{.name = "a",
                    .rows = "<row r=\"1\"><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row>"
                            "<row r=\"2\"><c t=\"s\"><v>0</v></c></row>"}},
        .texts = "<si><t>0123456789</t></si>"};
    const char *path = book_write("texts.xlsx", &book);
    LIMIT(record, 20, "has over 19 bytes of values in row 1 [KPI0540]");
    LIMIT(text, 30, "has over 29 bytes of values [KPI0540]");
    Book wide = {.sheets = {{.name = "a", .rows = book_row(1, "0123456789")}}};
    XlsxLimits limits = xlsx_limits;
    limits.record = 9;
    refused_with(book_write("wide.xlsx", &wide), &limits, "has over 9 bytes of values in row 1");
}
END_TEST

START_TEST(package_limits_merged_cells) {
    const char *path = book_write_sheet(
        "merged.xlsx", "<worksheet><mergeCells><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A2:B2\"/>"
                       "</mergeCells></worksheet>");
    LIMIT(ranges, 2, "has more than 1 merged ranges [KPI0540]");
}
END_TEST

START_TEST(package_limits_pieces_of_xml) {
    StrBuf sheet = {0};
    for (int i = 0; i < 99; i++)
        strbuf_add(&sheet, "<worksheet>");
    strbuf_add(&sheet, "<a/>");
    for (int i = 0; i < 99; i++)
        strbuf_add(&sheet, "</worksheet>");
    const char *path = book_write_sheet("deep.xlsx", strbuf_text(&sheet));
    LIMIT(depth, 100, "has elements in one another more than 99 deep [KPI0540]");
    strbuf_clear(&sheet);
    strbuf_add(&sheet, "<worksheet><sheetData");
    /* Nothing that packs well: that would be another limit's. */
    for (unsigned i = 0, random = 1; i < 200000; i++, random = random * 1103515245 + 12345)
        strbuf_addf(&sheet, " a%u=\"%x\"", i, random);
    strbuf_add(&sheet, "/></worksheet>");
    refused(book_write_sheet("long.xlsx", strbuf_text(&sheet)),
            "has a piece of over 1048576 bytes that does not end [KPI0540]");
    strbuf_fini(&sheet);
}
END_TEST

/* ---- XML ----------------------------------------------------------------------------------------
 */

START_TEST(package_refuses_document_types) {
    static const char laughs[] =
        "<!DOCTYPE worksheet [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
        "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]>"
        "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&d;</t></is></c></row></sheetData>"
        "</worksheet>";
    refused(book_write_sheet("laughs.xlsx", laughs),
            "the part 'xl/worksheets/sheet1.xml' declares a document type, with which entities "
            "come; no workbook has one [KPI0541]");
    refused(book_write_sheet("outside.xlsx",
                             "<!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                             "<worksheet><sheetData><row><c t=\"str\"><v>&x;</v></c></row>"
                             "</sheetData></worksheet>"),
            "[KPI0541]");
    refused(book_write_sheet("type.xlsx", "<!DOCTYPE worksheet><worksheet/>"), "[KPI0541]");
    refused(book_write_sheet("none.xlsx", "<worksheet><sheetData><row><c><v>&x;</v></c></row>"
                                          "</sheetData></worksheet>"),
            "undefined entity");
    Book book = {.sheets = {{.name = "a"}}, .texts = "<si/>"};
    book.properties = "</workbook><!DOCTYPE a>";
    refused(book_write("book.xlsx", &book), "the part 'xl/workbook.xml' is damaged");
}
END_TEST

START_TEST(package_refuses_malformed_parts) {
    static const struct {
        const char *sheet, *words;
    } sheets[] = {
        {"<worksheet><sheetData></worksheet>", "is damaged: mismatched tag at byte 2"},
        {"<worksheet>", "no element found"},
        {"<worksheet/>x", "is damaged"},
        {"no XML", "is damaged"},
        {"<?xml version=\"1.0\" encoding=\"EBCDIC-1\"?><worksheet/>", "unknown encoding"},
        {"<worksheet>\xFF</worksheet>", "is damaged"},
        {"<worksheet>\x01</worksheet>", "is damaged"},
        {"<chartsheet/>", "is no sheet: it starts with 'chartsheet' [KPI0539]"},
    };
    for (size_t i = 0; i < sizeof sheets / sizeof sheets[0]; i++)
        refused(book_write_sheet("bad.xlsx", sheets[i].sheet), sheets[i].words);
}
END_TEST

#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"

START_TEST(package_refuses_impossible_sheets) {
    static const struct {
        const char *sheet, *words;
    } sheets[] = {
        {SHEET("<row r=\"2\"/><row r=\"2\"/>"), "has a row '2' that is out of order [KPI0539]"},
        {SHEET("<row r=\"2\"/><row r=\"1\"/>"), "has a row '1' that is out of order"},
        {SHEET("<row r=\"0\"/>"), "has a row '0' that is out of order"},
        {SHEET("<row r=\"A1\"/>"), "out of order"},
        {SHEET("<row r=\"1048576\"/><row/>"), "has a row '', beyond those that a sheet has"},
        {SHEET("<row r=\"1048577\"/>"), "has a row '1048577', beyond those that a sheet has"},
        {SHEET("<row r=\"99999999999999999999\"/>"), "beyond those that a sheet has"},
        {SHEET("<row><c r=\"XFE1\"/></row>"), "has a cell 'XFE1' in row 1, beyond the columns"},
        {SHEET("<row><c r=\"XFD1\"/><c/></row>"), "has a cell '' in row 1, beyond the columns"},
        {SHEET("<row><c r=\"ZZZZZZZZZZZZ1\"/></row>"), "beyond the columns"},
        {SHEET("<row><c r=\"12\"/></row>"), "beyond the columns"},
        {SHEET("<row><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>"),
         "has two cells in one column of row 1 [KPI0539]"},
        {SHEET("<row><c t=\"s\"><v>0</v></c></row>"),
         "has a cell in row 1 whose text is not among the shared ones [KPI0539]"},
        {SHEET("<row><c t=\"s\"><v>-1</v></c></row>"), "not among the shared ones"},
        {"<worksheet><mergeCells><mergeCell ref=\"A1\"/><mergeCell ref=\"B2:A1\"/></mergeCells>"
         "</worksheet>",
         "merges cells that are none: 'B2:A1' [KPI0539]"},
    };
    for (size_t i = 0; i < sizeof sheets / sizeof sheets[0]; i++)
        refused(book_write_sheet("bad.xlsx", sheets[i].sheet), sheets[i].words);
}
END_TEST

START_TEST(package_refuses_missing_parts) {
    ArchivePart parts[] = {
        {"xl/workbook.xml",
         "<workbook><sheets><sheet name=\"a\" r:id=\"x\" xmlns:r=\"r\"/></sheets></workbook>", 0,
         false},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id=\"x\" Type=\"t/worksheet\" Target=\"../../etc/passwd\"/>"
         "</Relationships>",
         0, false}};
    refused(archive_write("a.xlsx", parts, 2),
            "the part 'xl/workbook.xml' lists the sheet 'a', which is not there [KPI0539]");
    refused(archive_write("b.xlsx", parts, 1),
            "the part 'xl/_rels/workbook.xml.rels' is missing [KPI0539]");
    ArchivePart twice[] = {{"xl/workbook.xml",
                            "<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" r:id=\"x\"/><sheet "
                            "name=\"b\" r:id=\"x\"/></sheets></workbook>",
                            0, false},
                           {"xl/_rels/workbook.xml.rels",
                            "<Relationships><Relationship Id=\"x\" Type=\"t/worksheet\" "
                            "Target=\"a.xml\"/></Relationships>",
                            0, false},
                           {"xl/a.xml", "<worksheet/>", 0, false}};
    refused(archive_write("c.xlsx", twice, 3), "lists the sheet 'b' twice [KPI0539]");
    ArchivePart nameless[] = {
        {"xl/workbook.xml", "<workbook><sheets><sheet name=\"a\"/></sheets></workbook>", 0, false},
        {"xl/_rels/workbook.xml.rels", "<Relationships/>", 0, false}};
    refused(archive_write("d.xlsx", nameless, 2), "lists a sheet without a name or a part");
}
END_TEST

/* ---- what is read -------------------------------------------------------------------------------
 */

START_TEST(package_reads_every_kind_of_cell) {
    Book book = {
        .sheets =
            {{.name = "a",
              .rows =
                  "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v> 1 </v></c>"
                  "<c r=\"C1\" t=\"s\"><v>2</v></c><c r=\"D1\" t=\"s\"><v>3</v></c></row>"
                  "<row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#N/A</v></c>"
                  "<c t=\"str\"><f>A1&amp;\"x\"</f><v>id_x005F_x</v></c><c><f>1+1</f><v>2</v></c>"
                  "<c t=\"d\"><v>2017-01-31</v></c></row>"
                  "<row r=\"5\"><c r=\"AB5\" s=\"1\"><v>42766</v></c><c s=\"2\"><v>0.5</v></c>"
                  "<c s=\"99\"><v>42766</v></c><c s=\"3\"><v>42766</v></c></row>"
                  "<row r=\"6\" ht=\"15\"><c r=\"B6\" s=\"1\"/><c r=\"C6\" t=\"s\"/><c><v/></c>"
                  "<c t=\"str\"><v></v></c></row>"
                  "<row r=\"7\"><c r=\"B7\"><v>2</v></c><c r=\"A7\"><v>1</v></c><extLst><c>"
                  "<v>9</v></c></extLst></row>"
                  "<row r=\"8\"><c t=\"inlineStr\"><is><r><rPr/><t>ri</t></r><r><t>ch</t></r>"
                  "<rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></is><v>no</v></c>"
                  "<c t=\"inlineStr\"><is><t> b </t></is></c></row>"}},
        .styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy;@\"/>"
                  "<numFmt numFmtId=\"14\" formatCode=\"0.0\"/></numFmts>"
                  "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                  "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"20\"/>"
                  "<xf numFmtId=\"14\"/></cellXfs>",
        .texts = "<si><t>id</t></si><si><r><t>First </t></r><r><rPr/><t xml:space=\"preserve\">"
                 "day </t></r><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh><phoneticPr/></si>"
                 "<si><t>two_x000D_\nlines &lt;&#163;&gt;</t></si><si/>"};
    ck_assert_str_eq(cells_of(book_write("kinds.xlsx", &book), &xlsx_limits),
                     "A1=id\nB1=First day \nC1=two\r\nlines <\xC2\xA3>\n"
                     "A2=TRUE\nB2=FALSE\nC2=#N/A\nD2=id_x\nE2=2\nF2=2017-01-31\n"
                     "AB5=2017-01-31\nAC5=12:00:00\nAD5=42766\nAE5=42766\n"
                     "B7=2\nA7=1\nA8=rich\nB8= b \n");
}
END_TEST

START_TEST(package_reads_prefixes_and_encodings) {
    ck_assert_str_eq(
        cells_of(
            book_write_sheet("prefix.xlsx",
                             "<x:worksheet xmlns:x=\"u\"><x:sheetData><x:row r=\"3\"><x:c "
                             "r=\"B3\"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>"),
            &xlsx_limits),
        "B3=7\n");
    ck_assert_str_eq(
        cells_of(book_write_sheet("latin.xlsx",
                                  "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><worksheet>"
                                  "<sheetData><row><c t=\"str\"><v>Zo\xEB</v></c></row>"
                                  "</sheetData></worksheet>"),
                 &xlsx_limits),
        "A1=Zo\xC3\xAB\n");
}
END_TEST

START_TEST(package_reads_rows_across_blocks) {
    StrBuf sheet = {0}, wanted = {0};
    strbuf_add(&sheet, "<worksheet><sheetData>");
    for (unsigned i = 1; i <= 20000; i++) {
        strbuf_addf(&sheet,
                    "<row r=\"%u\"><c t=\"inlineStr\"><is><t>row %u &amp; more</t></is></c>"
                    "<c><v>%u.25</v></c></row>",
                    i, i, i);
        strbuf_addf(&wanted, "A%u=row %u & more\nB%u=%u.25\n", i, i, i, i);
    }
    strbuf_add(&sheet, "</sheetData></worksheet>");
    const char *got = cells_of(book_write_sheet("many.xlsx", strbuf_text(&sheet)), &xlsx_limits);
    ck_assert_msg(got && strcmp(got, strbuf_text(&wanted)) == 0, "%s", scratch_messages());
    strbuf_fini(&sheet);
    strbuf_fini(&wanted);
}
END_TEST

Suite *xlsx_package_suite(void);
Suite *xlsx_package_suite(void) {
    Suite *suite = suite_create("xlsx_package");
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, scratch_start, scratch_end);
    tcase_add_test(files, package_refuses_what_is_no_workbook);
    tcase_add_test(files, package_refuses_other_archives);
    tcase_add_test(files, package_refuses_a_file_cut_off_anywhere);
    tcase_add_test(files, package_sees_every_wrong_bit);
    tcase_add_test(files, package_does_not_believe_sizes);
    tcase_add_test(files, package_refuses_one_name_twice);
    tcase_add_test(files, package_refuses_missing_parts);
    suite_add_tcase(suite, files);
    TCase *limits = tcase_create("limits");
    tcase_add_checked_fixture(limits, scratch_start, scratch_end);
    tcase_add_test(limits, package_has_limits);
    tcase_add_test(limits, package_limits_real_bytes);
    tcase_add_test(limits, package_limits_rows_and_texts);
    tcase_add_test(limits, package_limits_merged_cells);
    tcase_add_test(limits, package_limits_pieces_of_xml);
    suite_add_tcase(suite, limits);
    TCase *xml = tcase_create("xml");
    tcase_add_checked_fixture(xml, scratch_start, scratch_end);
    tcase_add_test(xml, package_refuses_document_types);
    tcase_add_test(xml, package_refuses_malformed_parts);
    tcase_add_test(xml, package_refuses_impossible_sheets);
    tcase_add_test(xml, package_reads_every_kind_of_cell);
    tcase_add_test(xml, package_reads_prefixes_and_encodings);
    tcase_add_test(xml, package_reads_rows_across_blocks);
    suite_add_tcase(suite, xml);
    return suite;
}
