/* Sheets as tables: which rows are headings and records, what is left out and said, and that a
 * workbook goes the same way into the store as a CSV file. */
#include <check.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/store.h"
#include "tests/unit/scratch.h"
#include "tests/unit/workbook.h"

static ImportOptions usual(void) {
    return (ImportOptions){.store = scratch_path("store.db"), .busy_milliseconds = 50};
}

static ImportedFile good(const ImportOptions *options, const char *file) {
    ImportedFile out;
    StoreResult result = store_import_file(scratch_session(), options, file, &out);
    ck_assert_msg(result == STORE_OK, "%s", scratch_messages());
    return out;
}

static void refused(const ImportOptions *options, const char *file, const char *words) {
    ImportedFile out;
    StoreResult result = store_import_file(scratch_session(), options, file, &out);
    ck_assert(scratch_said(words));
    ck_assert_int_eq(result, STORE_REFUSED);
    scratch_forget();
}

/* The rows that a query gives, "a|b\n" each; NULL is "-". */
static const char *stored(const char *text) {
    static char out[8192];
    sqlite3 *db;
    sqlite3_stmt *statement;
    out[0] = '\0';
    ck_assert_int_eq(sqlite3_open(scratch_path("store.db"), &db), SQLITE_OK);
    ck_assert_msg(sqlite3_prepare_v2(db, text, -1, &statement, NULL) == SQLITE_OK, "%s",
                  sqlite3_errmsg(db));
    size_t len = 0;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            const char *value = (const char *)sqlite3_column_text(statement, i);
            len += (size_t)snprintf(out + len, sizeof out - len, "%s%s", i ? "|" : "",
                                    value ? value : "-");
            ck_assert_uint_lt(len, sizeof out - 2);
        }
        len += (size_t)snprintf(out + len, sizeof out - len, "\n");
    }
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return out;
}

static const char *rows_of(unsigned first, const char *const *rows, size_t len) {
    StrBuf text = {0};
    for (size_t i = 0; i < len; i++)
        if (rows[i])
            strbuf_add(&text, book_row(first + (unsigned)i, rows[i]));
    const char *kept = arena_copy_text(scratch_session()->arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return kept;
}

/* A book of one sheet with these rows from row 1 on; NULL leaves a row out. */
#define BOOK(file, ...)                                                                            \
    book_of(file, NULL, (const char *const[]){__VA_ARGS__},                                        \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static const char *book_of(const char *file, const char *merged, const char *const *rows,
                           size_t len) {
    Book book = {.sheets = {{.name = "Plans", .rows = rows_of(1, rows, len), .merged = merged}}};
    return book_write(file, &book);
}

static const char columns_of_plans[] =
    "SELECT group_concat(name, '|') FROM pragma_table_info('Plans') WHERE cid > 0";

/* ---- tables -------------------------------------------------------------------------------------
 */

START_TEST(sheet_becomes_a_table) {
    ImportOptions options = usual();
    ImportedFile out =
        good(&options, BOOK("book.xlsx", "id|Start|Note", "#1|2017-01-31|a", "#2||b", "#3.50"));
    ck_assert_str_eq(out.table, "Plans");
    ck_assert_str_eq(out.sheet, "Plans");
    ck_assert_uint_eq(out.rows, 3);
    ck_assert_uint_eq(out.found.header_first, 1);
    ck_assert_uint_eq(out.found.header_last, 1);
    ck_assert_uint_eq(out.found.rows_first, 2);
    ck_assert_uint_eq(out.found.rows_last, 4);
    ck_assert_uint_eq(out.above + out.blank + out.outside, 0);
    ck_assert_ptr_null(out.next);
    ck_assert_str_eq(stored("SELECT * FROM Plans"), "1|1|2017-01-31|a\n2|2|-|b\n3|3.5|-|-\n");
    ck_assert_str_eq(stored("SELECT table_name, file, rows FROM kpic_import"),
                     "Plans|book.xlsx#Plans|3\n");
    ck_assert(scratch_said("sheet 'Plans': the last row, 4, has a value in one column only, "
                           "as notes under a table have [KPI0546]"));
    ck_assert(scratch_said("--rows 2-3 leaves it out"));
}
END_TEST

START_TEST(sheet_of_the_same_changes_nothing) {
    ImportOptions options = usual();
    const char *book = BOOK("book.xlsx", "id|v", "#1|a", "#2|b");
    ck_assert(!good(&options, book).unchanged);
    ck_assert(good(&options, book).unchanged);
    /* The same content from a CSV file, or from another workbook. */
    options.as_table = "Plans";
    ck_assert(good(&options, scratch_write("plans.csv", "id,v\n1,a\n2,b\n")).unchanged);
    options.as_table = NULL;
    ck_assert(good(&options, BOOK("copy.xlsx", NULL, "id|v", NULL, "#1|a", "#2|b")).unchanged);
    ImportedFile out = good(&options, BOOK("book.xlsx", "id|v", "#1|A"));
    ck_assert(out.replaced && !out.unchanged);
    ck_assert_str_eq(stored("SELECT * FROM Plans"), "1|1|A\n");
}
END_TEST

START_TEST(workbook_becomes_tables) {
    Book book = {
        .sheets = {{.name = "One", .rows = rows_of(1, (const char *const[]){"a|b", "#1|#2"}, 2)},
                   {.name = "Empty"},
                   {.name = "Two &amp; a half",
                    .rows = rows_of(3, (const char *const[]){"c|d", "x|y", "z|"}, 3)},
                   {.name = "Kept back",
                    .state = "hidden",
                    .rows = rows_of(1, (const char *const[]){"e|f", "#5|#6"}, 2)},
                   {.name = "Only headings", .rows = book_row(1, "g|h")},
                   {.name = "Numbers", .rows = book_row(1, "#1|#2")}}};
    const char *path = book_write("book.xlsx", &book);
    ImportOptions options = usual();
    ImportedFile out = good(&options, path);
    ck_assert_str_eq(out.table, "One");
    ck_assert_ptr_nonnull(out.next);
    ck_assert_str_eq(out.next->table, "Two & a half");
    ck_assert_uint_eq(out.next->rows, 2);
    ck_assert_ptr_null(out.next->next);
    ck_assert_str_eq(stored("SELECT name FROM sqlite_master WHERE name NOT LIKE 'kpic%'"),
                     "One\nTwo & a half\n");
    ck_assert(scratch_said("the sheet 'Kept back' is left out: it is hidden [KPI0544]"));
    ck_assert(scratch_said("the sheet 'Only headings' is left out: it has headings and no rows"));
    ck_assert(
        scratch_said("the sheet 'Numbers' is left out: row 1 is the first to fill most of the "
                     "columns, and most of its cells are no texts [KPI0544]"));
    ck_assert_ptr_null(strstr(scratch_messages(), "Empty"));
    /* Those that are named, and only those. */
    static const char *const wanted[] = {"kept back", "Only headings"};
    options.sheets = wanted;
    options.sheets_len = 2;
    out = good(&options, path);
    ck_assert_str_eq(out.table, "Kept back");
    ck_assert_uint_eq(out.next->rows, 0);
    ck_assert_str_eq(stored("SELECT * FROM \"Kept back\""), "1|5|6\n");
    options.as_table = "all";
    refused(&options, path,
            "the table 'all' has rows of other files, and this one has no column "
            "'e' and has a column 'g' that is not there [KPI0535]");
}
END_TEST

START_TEST(workbook_is_all_or_nothing) {
    ImportOptions options = usual();
    good(&options, scratch_write("Two.csv", "other\n1\n"));
    Book book = {
        .sheets = {{.name = "One", .rows = rows_of(1, (const char *const[]){"a|b", "#1|#2"}, 2)},
                   {.name = "Two", .rows = rows_of(1, (const char *const[]){"a|b", "#3|#4"}, 2)}}};
    refused(&options, book_write("book.xlsx", &book), "[KPI0535]");
    ck_assert_str_eq(stored("SELECT name FROM sqlite_master WHERE name NOT LIKE 'kpic%'"), "Two\n");
    ck_assert_str_eq(stored("SELECT count(*) FROM kpic_import"), "1\n");
}
END_TEST

START_TEST(sheets_that_are_named_share_a_table) {
    Book book = {
        .sheets = {{.name = "2015", .rows = rows_of(1, (const char *const[]){"id|v", "#1|a"}, 2)},
                   {.name = "2016", .rows = rows_of(1, (const char *const[]){"v|id", "b|#2"}, 2)},
                   {.name = "Notes", .rows = rows_of(1, (const char *const[]){"x|y", "p|q"}, 2)}}};
    const char *path = book_write("book.xlsx", &book);
    static const char *const wanted[] = {"2015", "2016"};
    ImportOptions options = usual();
    options.as_table = "plans";
    refused(&options, path, "3 sheets cannot all be the table 'plans' [KPI0548]");
    options.sheets = wanted;
    options.sheets_len = 2;
    good(&options, path);
    ck_assert_str_eq(stored("SELECT id, v FROM plans"), "1|a\n2|b\n");
    ImportedFile out = good(&options, path);
    ck_assert(out.unchanged && out.next->unchanged);
    static const char *const others[] = {"2015", "Other"};
    options.sheets = others;
    refused(&options, path, "the workbook has no sheet 'Other' [KPI0542]");
    static const char *const near[] = {"Note"};
    options.sheets = near;
    options.sheets_len = 1;
    ImportedFile none;
    ck_assert_int_eq(store_import_file(scratch_session(), &options, path, &none), STORE_REFUSED);
    ck_assert(scratch_said("did you mean 'Notes'?"));
}
END_TEST

START_TEST(workbook_dry_run_writes_nothing) {
    ImportOptions options = usual();
    options.dry_run = true;
    ImportedFile out = good(&options, BOOK("book.xlsx", "id|v", "#1|a"));
    ck_assert_uint_eq(out.rows, 1);
    ck_assert_uint_eq(scratch_count(), 1);
}
END_TEST

/* ---- headings -----------------------------------------------------------------------------------
 */

START_TEST(headings_are_found_under_titles) {
    ImportOptions options = usual();
    ImportedFile out = good(&options, BOOK("book.xlsx", "Table 1: plans", "31 March", NULL,
                                           "id|Start|Note", NULL, "#1|a|b", NULL, NULL, "#2|c|d"));
    ck_assert_uint_eq(out.found.header_first, 4);
    ck_assert_uint_eq(out.above, 2);
    ck_assert_uint_eq(out.blank, 3);
    ck_assert_uint_eq(out.found.rows_first, 6);
    ck_assert_uint_eq(out.found.rows_last, 9);
    ck_assert_str_eq(stored("SELECT * FROM Plans"), "1|1|a|b\n2|2|c|d\n");
    ck_assert_str_eq(scratch_messages(), "");
}
END_TEST

START_TEST(headings_are_not_guessed_from_numbers) {
    ImportOptions options = usual();
    /* Years: the row below is all texts, but it is no heading. */
    const char *book =
        BOOK("book.xlsx", "Area|#2015|#2016|#2017", "Somerset|x|x|x", "Devon|#1|#2|#3");
    refused(&options, book, "no sheet of the workbook has headings and rows [KPI0543]");
    ck_assert_uint_eq(scratch_count(), 1);
    options.sheets = (const char *const[]){"Plans"};
    options.sheets_len = 1;
    refused(&options, book,
            "no headings were found in the sheet 'Plans': row 1 is the first to fill most of the "
            "columns, and most of its cells are no texts [KPI0543]");
    options.sheet_rows.header_first = options.sheet_rows.header_last = 1;
    good(&options, book);
    ck_assert_str_eq(stored(columns_of_plans), "Area|2015|2016|2017\n");
    ck_assert_str_eq(stored("SELECT \"2016\" FROM Plans"), "x\n2\n");
    /* Half of the columns is not most of them. */
    options.sheet_rows.header_first = 0;
    refused(&options, BOOK("half.xlsx", "a|b", "||#1|#2"), "no row fills most of its 4 columns");
    refused(&options, BOOK("blank.xlsx", NULL),
            "no headings were found in the sheet 'Plans': it is "
            "empty [KPI0543]");
}
END_TEST

START_TEST(headings_are_numbered_and_lettered) {
    ImportOptions options = usual();
    good(&options, BOOK("book.xlsx", "LA|Number|%|Number|%| Low   income ||=kpic_row",
                        "a|#1|#2|#3|#4|#5|", "b|#1|#2|#3|#4|#5||||j"));
    ck_assert_str_eq(stored(columns_of_plans),
                     "LA|Number|%|Number (2)|% (2)|Low income|kpic_row (2)|J\n");
    ck_assert_str_eq(stored("SELECT J FROM Plans"), "-\nj\n");
    ck_assert(scratch_said("sheet 'Plans': D is called 'Number', a name that is taken: it becomes "
                           "'Number (2)'; 2 others likewise [KPI0529]"));
    ck_assert(
        scratch_said("sheet 'Plans': J has values, but no heading: it is called by its letter "
                     "[KPI0545]"));
    ck_assert_uint_eq(diags_errors(scratch_session()->diags), 0);
}
END_TEST

/* As in published tables: titles above, three rows of merged headings, spaces between the blocks,
 * codes without a heading, blank rows between the regions, notes below. */
static const char *published(void) {
    static const char *const rows[] = {"Table 6: placements",
                                       "Coverage: England",
                                       "||Numbers||||Percentages",
                                       "||Looked after|Distance|||Looked after|Distance",
                                       "|||Near|Far|||Near|Far",
                                       NULL,
                                       "|England|#100|#60|#40||#100|#60|#40",
                                       NULL,
                                       "E1|Somerset|#10|x|x||#100|x|x",
                                       "E2|Devon|#20|#15|#5||#100|#75|#25",
                                       NULL,
                                       "||||||||Source: SSDA903",
                                       "1. Rounded to 10."};
    static const char merged[] = "<mergeCell ref=\"A1:I1\"/><mergeCell ref=\"C3:E3\"/>"
                                 "<mergeCell ref=\"G3:I3\"/><mergeCell ref=\"C4:C5\"/>"
                                 "<mergeCell ref=\"D4:E4\"/><mergeCell ref=\"G4:G5\"/>"
                                 "<mergeCell ref=\"H4:I4\"/><mergeCell ref=\"F3:F5\"/>";
    return book_of("published.xlsx", merged, rows, sizeof rows / sizeof rows[0]);
}

START_TEST(headings_of_several_rows_are_joined) {
    ImportOptions options = usual();
    options.sheets = (const char *const[]){"Plans"};
    options.sheets_len = 1;
    options.sheet_rows = (SheetRows){3, 5, 7, 10};
    ImportedFile out = good(&options, published());
    ck_assert_str_eq(
        stored(columns_of_plans),
        "A|B|Numbers Looked after|Numbers Distance Near|Numbers Distance Far|"
        "Percentages Looked after|Percentages Distance Near|Percentages Distance Far\n");
    ck_assert_str_eq(stored("SELECT * FROM Plans"), "1|-|England|100|60|40|100|60|40\n"
                                                    "2|E1|Somerset|10|x|x|100|x|x\n"
                                                    "3|E2|Devon|20|15|5|100|75|25\n");
    ck_assert_uint_eq(out.above, 2);
    ck_assert_uint_eq(out.blank, 1);
    ck_assert_uint_eq(out.outside, 2);
    ck_assert(scratch_said("sheet 'Plans': A, B have values, but no heading: they are called by "
                           "their letters"));
    /* The last rows only: a merged cell that starts above them reaches into them. */
    options.sheet_rows = (SheetRows){5, 5, 7, 10};
    options.as_table = "last";
    good(&options, scratch_path("published.xlsx"));
    ck_assert_str_eq(
        stored("SELECT group_concat(name, '|') FROM pragma_table_info('last') WHERE cid > 0"),
        "A|B|Looked after|Near|Far|Looked after (2)|Near (2)|Far (2)\n");
}
END_TEST

START_TEST(headings_reach_as_far_as_their_merged_cells) {
    static const char *const rows[] = {"Title", "id|Plan||", "|Start|End|Note", "#1|a|b|c",
                                       "#2|d|e|f"};
    static const char merged[] = "<mergeCell ref=\"A2:A3\"/><mergeCell ref=\"B2:C2\"/>";
    ImportOptions options = usual();
    ImportedFile out = good(&options, book_of("book.xlsx", merged, rows, 5));
    ck_assert_uint_eq(out.found.header_first, 2);
    ck_assert_uint_eq(out.found.header_last, 3);
    ck_assert_str_eq(stored(columns_of_plans), "id|Plan Start|Plan End|Note\n");
    ck_assert_uint_eq(out.rows, 2);
    /* A merged cell that would take records with it does not count. */
    static const char tall[] = "<mergeCell ref=\"A3:A5\"/>";
    options.as_table = "tall";
    out =
        good(&options, book_of("tall.xlsx", tall,
                               (const char *const[]){"Title", NULL, "id|v|w", "|a|b", "|c|d"}, 5));
    ck_assert_uint_eq(out.found.header_last, 3);
    ck_assert_uint_eq(out.rows, 2);
}
END_TEST

START_TEST(headings_may_be_merged_beyond_the_sheet) {
    static const char *const rows[] = {"Title|||Wide", "id|v|w|x", "#1|a|b|c"};
    static const char merged[] = "<mergeCell ref=\"A1:C1\"/><mergeCell ref=\"D1:XFD1\"/>"
                                 "<mergeCell ref=\"F2:XFD900\"/>";
    ImportOptions options = usual();
    options.sheet_rows = (SheetRows){1, 2, 0, 0};
    good(&options, book_of("book.xlsx", merged, rows, 3));
    ck_assert_str_eq(stored(columns_of_plans), "Title id|Title v|Title w|Wide x\n");
    /* Ranges over one another are no spreadsheet's. */
    refused(&options,
            book_of("over.xlsx", "<mergeCell ref=\"A1:D2\"/><mergeCell ref=\"B2:C2\"/>", rows, 3),
            "the sheet 'Plans' has merged cells that overlap [KPI0539]");
}
END_TEST

START_TEST(headings_that_are_not_there) {
    ImportOptions options = usual();
    options.sheets = (const char *const[]){"Plans"};
    options.sheets_len = 1;
    const char *book = BOOK("book.xlsx", "id|v", "#1|a", "#2|b");
    options.sheet_rows = (SheetRows){9, 9, 0, 0};
    refused(&options, book,
            "no headings were found in the sheet 'Plans': row 9 has no text to be a "
            "heading [KPI0543]");
    options.sheet_rows = (SheetRows){0, 0, 1, 2};
    refused(&options, book, "no row fills most of its 2 columns");
    options.sheet_rows = (SheetRows){2, 2, 2, 3};
    refused(&options, book, "row 2 is not under the headings in row 2 [KPI0543]");
    options.sheet_rows = (SheetRows){1, 1, 3, 1000};
    ImportedFile out = good(&options, book);
    ck_assert_uint_eq(out.rows, 1);
    ck_assert_uint_eq(out.outside, 1);
}
END_TEST

START_TEST(merged_records_are_told) {
    static const char *const rows[] = {"Region|Area|v", "South|a|#1", "|b|#2", "North|c|#3"};
    ImportOptions options = usual();
    good(&options, book_of("book.xlsx", "<mergeCell ref=\"A2:A3\"/>", rows, 4));
    ck_assert_str_eq(stored("SELECT Region FROM Plans"), "South\n-\nNorth\n");
    ck_assert(
        scratch_said("sheet 'Plans': A2:A3 are cells merged over several rows; only the first "
                     "row has the value [KPI0547]"));
}
END_TEST

START_TEST(notes_are_told_and_kept) {
    ImportOptions options = usual();
    ImportedFile out =
        good(&options, BOOK("book.xlsx", "id|v|w", "#1|a|b", NULL, "1. A note", "x"));
    ck_assert_uint_eq(out.rows, 3);
    ck_assert(scratch_said("sheet 'Plans': the last 2 rows, from 4 on, have a value in one column "
                           "only, as notes under a table have [KPI0546]"));
    scratch_forget();
    /* A table of two columns may have such rows, and so may one of nothing else. */
    options.as_table = "two";
    good(&options, BOOK("two.xlsx", "id|v", "#1|a", "#2"));
    ck_assert_ptr_null(strstr(scratch_messages(), "KPI0546"));
}
END_TEST

/* ---- the same way as CSV ------------------------------------------------------------------------
 */

static const TableSpec *plans_spec(void *context, const char *table) {
    static const ColumnSpec columns[] = {{.name = "id", .field = "ID", .kind = COLUMN_INTEGER},
                                         {.name = "start", .field = "Start", .kind = COLUMN_DATE}};
    static const SymbolSpec symbols[] = {{"#N/A", SYMBOL_UNAVAILABLE}};
    static TableSpec spec = {.source = "plan",
                             .table = "Plans",
                             .columns = columns,
                             .columns_len = 2,
                             .symbols = symbols,
                             .symbols_len = 1};
    (void)context;
    return strcmp(table, "Plans") == 0 ? &spec : NULL;
}

START_TEST(sheet_is_checked_against_declared_types) {
    ImportOptions options = usual();
    options.spec_of = plans_spec;
    const char *rows =
        "<row r=\"4\"><c r=\"C4\" t=\"str\"><v>id</v></c><c r=\"D4\" "
        "t=\"str\"><v>Start</v></c></row>"
        "<row r=\"5\"><c r=\"C5\"><v>1</v></c><c r=\"D5\" s=\"1\"><v>42766</v></c></row>"
        "<row r=\"6\"><c r=\"C6\"><v>2</v></c><c r=\"D6\" t=\"e\"><v>#N/A</v></c></row>";
    Book book = {.sheets = {{.name = "Plans", .rows = rows}},
                 .styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"};
    good(&options, book_write("book.xlsx", &book));
    ck_assert_str_eq(stored("SELECT * FROM Plans"), "1|1|2017-01-31\n2|2|#N/A\n");
    StrBuf bad = {0};
    strbuf_addf(&bad, "%s<row r=\"8\"><c r=\"C8\"><v>2.5</v></c><c r=\"D8\"><v>42766</v></c></row>",
                rows);
    book.sheets[0].rows = strbuf_text(&bad);
    const char *path = book_write("book.xlsx", &book);
    ImportedFile out;
    ck_assert_int_eq(store_import_file(scratch_session(), &options, path, &out), STORE_REFUSED);
    ck_assert(
        scratch_said("book.xlsx: error: sheet 'Plans', cell C8, column 'ID': '2.5' is no whole "
                     "number [KPI0532]"));
    ck_assert(scratch_said("sheet 'Plans', cell D8, column 'Start': '42766' is no date [KPI0532]"));
    strbuf_fini(&bad);
    scratch_forget();
    refused(&options, BOOK("other.xlsx", "id|Begin", "#1|x"),
            "there is no column 'Start', which source 'plan' reads [KPI0517]");
}
END_TEST

START_TEST(sheet_names_can_be_no_tables) {
    Book book = {.sheets = {{.name = "kpic_import",
                             .rows = rows_of(1, (const char *const[]){"a|b", "#1|#2"}, 2)}}};
    const char *path = book_write("book.xlsx", &book);
    ImportOptions options = usual();
    refused(&options, path,
            "'kpic_import' cannot be the name of a table: names that start with "
            "'kpic_' or 'sqlite_' are taken [KPI0534]");
    options.as_table = "plans";
    good(&options, path);
    ck_assert_str_eq(stored("SELECT a, b FROM plans"), "1|2\n");
}
END_TEST

START_TEST(sheet_with_too_many_columns) {
    StrBuf rows = {0};
    for (int row = 1; row <= 2; row++) {
        strbuf_addf(&rows, "<row r=\"%d\">", row);
        for (int i = 0; i < 2000; i++)
            strbuf_add(&rows, "<c t=\"str\"><v>same</v></c>");
        strbuf_add(&rows, "</row>");
    }
    Book book = {.sheets = {{.name = "Wide", .rows = strbuf_text(&rows)}}};
    ImportOptions options = usual();
    refused(&options, book_write("wide.xlsx", &book),
            "2000 columns are more than the 1999 that a table can have [KPI0531]");
    strbuf_fini(&rows);
}
END_TEST

/* ---- a folder -----------------------------------------------------------------------------------
 */

START_TEST(folder_has_the_sheets_as_tables) {
    const char *folder = scratch_path("");
    BOOK("book.xlsx", "Title", "ID|Start|w", "#1|2017-01-31|x", "#2|=#N/A|y");
    scratch_write("other.csv", "a\n1\n");
    scratch_write("broken.xlsx", "PK\3\4");
    Store *store;
    ck_assert_int_eq(store_open(scratch_session(), folder, ENCODING_UTF8, &store), STORE_OK);
    const Catalog *catalog = store_catalog(store);
    ck_assert_uint_eq(catalog->tables_len, 2);
    ck_assert_str_eq(catalog->tables[0].name, "Plans");
    ck_assert_uint_eq(catalog->tables[0].columns_len, 3);
    ck_assert(scratch_said("broken.xlsx' is left out: its header cannot be read [KPI0514]"));
    Atoms *texts = atoms_new(scratch_session()->arena);
    Table table;
    StoreResult result =
        store_load(store, plans_spec(NULL, "Plans"), scratch_session()->arena, texts, &table);
    ck_assert_msg(result == STORE_OK, "%d %s", (int)result, scratch_messages());
    ck_assert_uint_eq(table.rows, 2);
    ck_assert_int_eq(table.columns[0].numbers[1], 2);
    ck_assert_int_eq(table.columns[1].dates[0], 17197); /* days from 1970 to 2017-01-31 */
    ck_assert_uint_eq(table.columns[1].missing[1], 1 + SYMBOL_UNAVAILABLE);
    atoms_free(texts);
    store_close(store);
}
END_TEST

START_TEST(folder_tells_sheets_of_one_name) {
    BOOK("a.xlsx", "id|v", "#1|x");
    BOOK("b.xlsx", "id|v", "#2|y");
    scratch_write("other.csv", "a\n1\n");
    Store *store;
    ck_assert_int_eq(store_open(scratch_session(), scratch_path(""), ENCODING_UTF8, &store),
                     STORE_OK);
    ck_assert_uint_eq(store_catalog(store)->tables_len, 1);
    ck_assert_str_eq(store_catalog(store)->tables[0].name, "other");
    ck_assert(scratch_said("the sheet 'Plans' is left out: "));
    store_close(store);
    /* A file of the name is a table that somebody named so. */
    scratch_write("Plans.csv", "a\n1\n");
    ck_assert_int_eq(store_open(scratch_session(), scratch_path(""), ENCODING_UTF8, &store),
                     STORE_REFUSED);
    ck_assert(scratch_said("would both be the table 'Plans' [KPI0515]"));
}
END_TEST

START_TEST(folder_tells_faults_by_cell) {
    BOOK("book.xlsx", "ID|Start", "#1|never");
    Store *store;
    ck_assert_int_eq(store_open(scratch_session(), scratch_path(""), ENCODING_UTF8, &store),
                     STORE_OK);
    Atoms *texts = atoms_new(scratch_session()->arena);
    Table table;
    ck_assert_int_eq(
        store_load(store, plans_spec(NULL, "Plans"), scratch_session()->arena, texts, &table),
        STORE_REFUSED);
    ck_assert(scratch_said("sheet 'Plans', cell B2, column 'Start': 'never' is no date [KPI0532]"));
    atoms_free(texts);
    store_close(store);
}
END_TEST

Suite *xlsx_import_suite(void);
Suite *xlsx_import_suite(void) {
    Suite *suite = suite_create("xlsx_import");
    TCase *tables = tcase_create("tables");
    tcase_add_checked_fixture(tables, scratch_start, scratch_end);
    tcase_add_test(tables, sheet_becomes_a_table);
    tcase_add_test(tables, sheet_of_the_same_changes_nothing);
    tcase_add_test(tables, workbook_becomes_tables);
    tcase_add_test(tables, workbook_is_all_or_nothing);
    tcase_add_test(tables, sheets_that_are_named_share_a_table);
    tcase_add_test(tables, workbook_dry_run_writes_nothing);
    suite_add_tcase(suite, tables);
    TCase *headings = tcase_create("headings");
    tcase_add_checked_fixture(headings, scratch_start, scratch_end);
    tcase_add_test(headings, headings_are_found_under_titles);
    tcase_add_test(headings, headings_are_not_guessed_from_numbers);
    tcase_add_test(headings, headings_are_numbered_and_lettered);
    tcase_add_test(headings, headings_of_several_rows_are_joined);
    tcase_add_test(headings, headings_reach_as_far_as_their_merged_cells);
    tcase_add_test(headings, headings_may_be_merged_beyond_the_sheet);
    tcase_add_test(headings, headings_that_are_not_there);
    tcase_add_test(headings, merged_records_are_told);
    tcase_add_test(headings, notes_are_told_and_kept);
    suite_add_tcase(suite, headings);
    TCase *same = tcase_create("same");
    tcase_add_checked_fixture(same, scratch_start, scratch_end);
    tcase_add_test(same, sheet_is_checked_against_declared_types);
    tcase_add_test(same, sheet_names_can_be_no_tables);
    tcase_add_test(same, sheet_with_too_many_columns);
    tcase_add_test(same, folder_has_the_sheets_as_tables);
    tcase_add_test(same, folder_tells_sheets_of_one_name);
    tcase_add_test(same, folder_tells_faults_by_cell);
    suite_add_tcase(suite, same);
    return suite;
}
