/* Importing: all of a file or nothing, the same content once, and every reason to refuse. */
#include <check.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "store/store.h"
#include "tests/unit/scratch.h"

static ImportOptions options_for(const char *table) {
    return (ImportOptions){
        .store = scratch_path("store.db"), .as_table = table, .busy_milliseconds = 50};
}

static StoreResult import_with(const ImportOptions *options, const char *file, ImportedFile *out) {
    return store_import_file(scratch_session(), options, file, out);
}

static ImportedFile import_good(const char *table, const char *file) {
    ImportOptions options = options_for(table);
    ImportedFile out;
    StoreResult result = import_with(&options, file, &out);
    ck_assert_msg(result == STORE_OK, "%s", scratch_messages());
    return out;
}

static void expect_import(StoreResult wanted, const char *table, const char *file,
                          const char *words) {
    ImportOptions options = options_for(table);
    ImportedFile out;
    scratch_forget();
    StoreResult result = import_with(&options, file, &out);
    ck_assert(scratch_said(words));
    ck_assert_int_eq(result, wanted);
}

static void expect_refused(const char *text, size_t len, const char *words) {
    const char *path = scratch_write_bytes("bad.csv", text, len);
    expect_import(STORE_REFUSED, NULL, path, words);
    /* No store, and nothing else beside the file. */
    ck_assert_uint_eq(scratch_count(), 1);
}

/* The rows that a query gives, "a|b\n" each; NULL is "-". */
static const char *query(const char *path, const char *text) {
    static char out[4096];
    sqlite3 *db;
    sqlite3_stmt *statement;
    out[0] = '\0';
    ck_assert_int_eq(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    ck_assert_msg(sqlite3_prepare_v2(db, text, -1, &statement, NULL) == SQLITE_OK, "%s",
                  sqlite3_errmsg(db));
    size_t len = 0;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            const char *value = (const char *)sqlite3_column_text(statement, i);
            len += (size_t)snprintf(out + len, sizeof out - len, "%s%s", i ? "|" : "",
                                    value ? value : "-");
        }
        len += (size_t)snprintf(out + len, sizeof out - len, "\n");
        ck_assert_uint_lt(len, sizeof out);
    }
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return out;
}

static const char *stored(const char *text) {
    return query(scratch_path("store.db"), text);
}

static void run_on(const char *path, const char *text) {
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}

/* ---- what is stored -----------------------------------------------------------------------------
 */

START_TEST(import_warns_of_another_separator) {
    import_good(NULL, scratch_write("semicolons.csv", "id;d;n\n1;2017-01-31;3\n"));
    ck_assert(scratch_said("semicolons.csv: warning: the header is one column, 'id;d;n': values "
                           "are separated by commas here [KPI0555]\n"
                           "help: save the file with commas, or as .tsv with tabs\n"));
    ck_assert_str_eq(stored("SELECT * FROM semicolons"), "1|1;2017-01-31;3\n");
    import_good(NULL, scratch_write("tabs.csv", "id\td\n1\t2\n"));
    ck_assert(scratch_said("tabs.csv: warning: the header is one column"));
    import_good(NULL, scratch_write("commas.tsv", "id,d\n1,2\n"));
    ck_assert(scratch_said("values are separated by tabs here [KPI0555]\n"
                           "help: save the file with tabs, or as .csv with commas\n"));
    /* One column, several, and a name in quotes are what they say. */
    scratch_forget();
    import_good(NULL, scratch_write("one.csv", "id\n1\n"));
    import_good(NULL, scratch_write("several.csv", "a;b,c\td\n1,2\n"));
    import_good(NULL, scratch_write("quoted.csv", "\"age; years\"\n1\n"));
    import_good(NULL, scratch_write("more.tsv", "a,b\tc;d\n1\t2\n"));
    ck_assert_str_eq(scratch_messages(), "");
}
END_TEST

START_TEST(import_makes_a_store) {
    const char *file = scratch_write("CP plans.csv", "\xEF\xBB\xBFid, Start \"\"\r\n");
    expect_import(STORE_REFUSED, NULL, file, "[KPI0520]");
    file = scratch_write("CP plans.csv", "\xEF\xBB\xBF\"i\"\"d\", Start ,\r\n"
                                         "1,\"a, \"\"b\"\"\",\r\n,\"x\r\ny\",\r\n\"\",  ,\r\n\r\n");
    scratch_forget();
    ImportedFile out = import_good(NULL, file);
    ck_assert_str_eq(out.table, "CP plans");
    ck_assert_uint_eq(out.rows, 3);
    ck_assert(!out.unchanged && !out.replaced);
    ck_assert_str_eq(stored("SELECT * FROM \"CP plans\" ORDER BY kpic_row"),
                     "1|1|a, \"b\"\n2|-|x\r\ny\n3|-|  \n");
    ck_assert_str_eq(stored("SELECT name, type, pk FROM pragma_table_info('CP plans')"),
                     "kpic_row|INTEGER|1\ni\"d|TEXT|0\nStart|TEXT|0\n");
    ck_assert_str_eq(stored("SELECT table_name, file, length(content), rows, first_row, last_row"
                            " FROM kpic_import"),
                     "CP plans|CP plans.csv|32|3|1|3\n");
    /* 1802529123 is "kpic" in four bytes. */
    ck_assert_str_eq(stored("PRAGMA application_id"), "1802529123\n");
    ck_assert_str_eq(stored("PRAGMA user_version"), "1\n");
    ck_assert_str_eq(stored("PRAGMA journal_mode"), "delete\n");
    ck_assert_uint_eq(scratch_count(), 2);
    ck_assert_str_eq(scratch_messages(), "");
}
END_TEST

START_TEST(import_reads_tsv_and_windows_1252) {
    import_good(NULL, scratch_write("t.tsv", "a\tb\n1,5\t\"x\ty\"\n"));
    ck_assert_str_eq(stored("SELECT a, b FROM t"), "1,5|x\ty\n");
    ImportOptions options = options_for("latin");
    options.encoding = ENCODING_WINDOWS_1252;
    ImportedFile out;
    const char *file = scratch_write("l.csv", "stra\xDF"
                                              "e\nZo\xEB\n");
    ck_assert_int_eq(import_with(&options, file, &out), STORE_OK);
    ck_assert_str_eq(stored("SELECT \"straße\" FROM latin"), "Zoë\n");
}
END_TEST

START_TEST(import_takes_a_header_alone) {
    ImportedFile out = import_good(NULL, scratch_write("none.csv", "a,b"));
    ck_assert_uint_eq(out.rows, 0);
    ck_assert_str_eq(stored("SELECT count(*) FROM none"), "0\n");
    ck_assert(import_good(NULL, scratch_path("none.csv")).unchanged);
}
END_TEST

START_TEST(import_takes_one_column_with_gaps) {
    ImportedFile out = import_good(NULL, scratch_write("one.csv", "a\n1\n\n2\n\n\n"));
    ck_assert_uint_eq(out.rows, 3);
    ck_assert_str_eq(stored("SELECT a FROM one"), "1\n-\n2\n");
}
END_TEST

START_TEST(import_numbers_double_names) {
    import_good(NULL, scratch_write("d.csv", "Name,name,Name (2),kpic_row,Name\n1,2,3,4,5\n"));
    ck_assert_str_eq(stored("SELECT name FROM pragma_table_info('d')"),
                     "kpic_row\nName\nname (2)\nName (2) (2)\nkpic_row (2)\nName (3)\n");
    ck_assert(scratch_said("column 2 of the header is called 'name', a name that is taken: it "
                           "becomes 'name (2)' [KPI0529]"));
    ck_assert_uint_eq(diags_errors(scratch_session()->diags), 0);
}
END_TEST

START_TEST(import_keeps_strange_names) {
    import_good("a\"; DROP TABLE kpic_import; --",
                scratch_write("q.csv", "\"x\"\"y\",[z],`w`,'v',select,?1,rowid\n1,2,3,4,5,6,7\n"));
    ck_assert_str_eq(stored("SELECT * FROM \"a\"\"; DROP TABLE kpic_import; --\""),
                     "1|1|2|3|4|5|6|7\n");
    ck_assert_str_eq(stored("SELECT count(*) FROM kpic_import"), "1\n");
}
END_TEST

/* ---- again
 * --------------------------------------------------------------------------------------- */

START_TEST(import_of_the_same_changes_nothing) {
    import_good(NULL, scratch_write("p.csv", "id,v\n1,a\n2,\n"));
    size_t before_len, after_len;
    const char *before = scratch_read(scratch_path("store.db"), &before_len);
    /* The same content, however the file writes it and whatever it is called. */
    static const char *const same[] = {"id,v\n1,a\n2,\n", "id,v\r\n1,a\r\n2,",
                                       "id,v\n1,a\n2,\n\n\n",
                                       "\xEF\xBB\xBF\"id\",v\r1,\"a\"\r\"2\",\"\""};
    for (size_t i = 0; i < 4; i++) {
        ImportedFile out = import_good("p", scratch_write(i % 2 ? "p.csv" : "other.csv", same[i]));
        ck_assert(out.unchanged && !out.replaced);
        ck_assert_uint_eq(out.rows, 2);
    }
    const char *after = scratch_read(scratch_path("store.db"), &after_len);
    ck_assert_uint_eq(after_len, before_len);
    ck_assert_mem_eq(after, before, before_len);
}
END_TEST

START_TEST(import_tells_contents_apart) {
    /* Texts that a careless hash would take for one another. */
    static const char *const contents[] = {"a,b\nx,y\n",    "a,b\nxy,\n", "a,b\n,xy\n",
                                           "a,b\nx,\ny,\n", "b,a\nx,y\n", "a,b\ny,x\n",
                                           "a,b\nx, y\n",   "ab,c\nx,y\n"};
    for (size_t i = 0; i < sizeof contents / sizeof contents[0]; i++) {
        ImportedFile out = import_good(NULL, scratch_write("p.csv", contents[i]));
        ck_assert(!out.unchanged);
        ck_assert(out.replaced == (i > 0));
    }
    ck_assert_str_eq(stored("SELECT * FROM p"), "1|x|y\n");
}
END_TEST

START_TEST(import_replaces_a_changed_file) {
    import_good("p", scratch_write("jan.csv", "id,v\n1,a\n2,b\n"));
    import_good("p", scratch_write("feb.csv", "v,id\nc,3\n"));
    ck_assert_str_eq(stored("SELECT * FROM p"), "1|1|a\n2|2|b\n3|3|c\n");
    ImportedFile out = import_good("p", scratch_write("jan.csv", "id,v\n1,A\n"));
    ck_assert(out.replaced && !out.unchanged);
    ck_assert_str_eq(stored("SELECT * FROM p"), "3|3|c\n4|1|A\n");
    ck_assert_str_eq(stored("SELECT file, rows, first_row, last_row FROM kpic_import ORDER BY id"),
                     "feb.csv|1|3|3\njan.csv|1|4|4\n");
    /* In a table of its own the columns may change too. */
    import_good(NULL, scratch_write("own.csv", "a\n1\n"));
    ck_assert(import_good(NULL, scratch_write("own.csv", "b,c\n1,2\n")).replaced);
    ck_assert_str_eq(stored("SELECT * FROM own"), "1|1|2\n");
}
END_TEST

START_TEST(import_refuses_other_columns_for_a_table) {
    import_good("p", scratch_write("jan.csv", "id,v\n1,a\n"));
    expect_import(STORE_REFUSED, "p", scratch_write("feb.csv", "id,w\n1,a\n"),
                  "this one has no column 'v' and has a column 'w' that is not there [KPI0535]");
    expect_import(STORE_REFUSED, "P", scratch_write("feb.csv", "id\n1\n"),
                  "the table 'p' has rows of other files, and this one has no column 'v'");
    expect_import(STORE_REFUSED, "p", scratch_write("feb.csv", "id,v,w\n1,a,b\n"),
                  "this one has a column 'w' that is not there");
    ck_assert_str_eq(stored("SELECT * FROM p"), "1|1|a\n");
    import_good("p", scratch_write("feb.csv", "V,ID\nb,2\n"));
    ck_assert_str_eq(stored("SELECT * FROM p"), "1|1|a\n2|2|b\n");
}
END_TEST

START_TEST(import_does_not_count_rows_twice) {
    import_good("p", scratch_write("jan.csv", "id\n1\n"));
    import_good("p", scratch_write("feb.csv", "id\n2\n"));
    expect_import(STORE_REFUSED, "p", scratch_write("jan.csv", "id\n2\n"),
                  "the file now has the content that 'feb.csv' has in table 'p'");
    ck_assert(scratch_said("[KPI0536]"));
    ck_assert_str_eq(stored("SELECT * FROM p"), "1|1\n2|2\n");
}
END_TEST

START_TEST(import_dry_run_writes_nothing) {
    ImportOptions options = options_for(NULL);
    options.dry_run = true;
    ImportedFile out;
    const char *file = scratch_write("p.csv", "id\n1\n2\n");
    ck_assert_int_eq(import_with(&options, file, &out), STORE_OK);
    ck_assert_uint_eq(out.rows, 2);
    ck_assert_uint_eq(scratch_count(), 1);
    import_good(NULL, file);
    ck_assert_int_eq(import_with(&options, file, &out), STORE_OK);
    ck_assert(out.unchanged);
    scratch_write("p.csv", "id\n3\n");
    ck_assert_int_eq(import_with(&options, file, &out), STORE_OK);
    ck_assert(out.replaced);
    ck_assert_str_eq(stored("SELECT * FROM p"), "1|1\n2|2\n");
    options.as_table = "p";
    file = scratch_write("q.csv", "other\n3\n");
    ck_assert_int_eq(import_with(&options, file, &out), STORE_REFUSED);
}
END_TEST

/* ---- faults of form
 * ------------------------------------------------------------------------------ */

START_TEST(import_refuses_faults_of_form) {
#define REFUSED(text, words) expect_refused(text, sizeof text - 1, words)
    REFUSED("", "bad.csv: error: the file is empty: it has not even the names of the columns "
                "[KPI0527]");
    REFUSED("\nid\n1\n", "the first line is blank, where the names of the columns must be");
    REFUSED(" , \n", "[KPI0527]");
    REFUSED("a,,b\n", "column 2 of the header has no name [KPI0528]");
    REFUSED("a,b\n1,2\n1\n", "row 2 (line 3) has 1 field where the header has 2 [KPI0526]");
    REFUSED("a,b\n1,2,3\n", "row 1 (line 2) has 3 fields where the header has 2 [KPI0526]");
    REFUSED("a,b\n1,2\n\n3,4\n", "row 2 (line 3) is blank, and rows follow it [KPI0526]");
    REFUSED("a,b,,\n1,2,,\n1,2,,x\n",
            "row 2 (line 3), field 4: 'x' stands in a column that has no name [KPI0530]");
    REFUSED("a,b\n1,x\0y\n", "row 1 (line 2), column 'b': 'x\\x00y' has a NUL byte [KPI0522]");
    REFUSED("a,b\n\"1\n\",Zo\xEB\n",
            "row 1 (line 2), column 'b': 'Zo\\xEB' is not UTF-8 [KPI0523]");
    REFUSED("a,\xEB\n", "in the header (line 1), field 2: '\\xEB' is not UTF-8 [KPI0523]");
    REFUSED("a,b\n1,say \"x\"\n",
            "row 1 (line 2), column 'b': 'say \"x\"' has a quote, but does not start with one "
            "[KPI0520]");
    REFUSED("a,b\n1,\"x\"y\n", "goes on after its closing quote [KPI0520]");
    REFUSED("a,b\n1,2\n\"3,4\n5,6\n",
            "row 2 (line 3), column 'a': '3,4\\n5,6\\n' starts with a quote that is never closed "
            "[KPI0521]");
    REFUSED("\xFF\xFE"
            "a\0,\0",
            "the file is UTF-16 [KPI0524]");
#undef REFUSED
}
END_TEST

START_TEST(import_refuses_a_byte_without_meaning) {
    ImportOptions options = options_for(NULL);
    options.encoding = ENCODING_WINDOWS_1252;
    ImportedFile out;
    const char *file = scratch_write("w.csv", "a\nok\n\x81\n");
    ck_assert_int_eq(import_with(&options, file, &out), STORE_REFUSED);
    ck_assert(scratch_said("row 2 (line 3), column 'a': '\\x81' has a byte that Windows-1252 does "
                           "not define [KPI0523]"));
}
END_TEST

START_TEST(import_tells_twenty_faults) {
    StrBuf text = {0};
    strbuf_add(&text, "a,b\n");
    for (size_t i = 0; i < 30; i++)
        strbuf_add(&text, "1\n");
    expect_refused(strbuf_text(&text), text.len,
                   "and 10 more faults like these, 30 in all [KPI0533]");
    strbuf_fini(&text);
    ck_assert(scratch_said("row 20 (line 21)"));
    ck_assert_ptr_null(strstr(scratch_messages(), "row 21 "));
}
END_TEST

START_TEST(import_refuses_a_record_without_end) {
    StrBuf text = {0};
    strbuf_add(&text, "a,b\n1,\"");
    strbuf_add_times(&text, 'x', (size_t)17 * 1024 * 1024);
    expect_refused(strbuf_text(&text), text.len, "is in a row of over 16 MiB [KPI0525]");
    strbuf_fini(&text);
}
END_TEST

START_TEST(import_refuses_too_many_columns) {
    StrBuf text = {0};
    for (size_t i = 0; i < 2000; i++)
        strbuf_addf(&text, "%sc%zu", i ? "," : "", i);
    expect_refused(strbuf_text(&text), text.len,
                   "2000 columns are more than the 1999 that a table can have [KPI0531]");
    text.text[strlen(text.text) - strlen(",c1999")] = '\0';
    import_good(NULL, scratch_write("wide.csv", strbuf_text(&text)));
    strbuf_fini(&text);
}
END_TEST

START_TEST(import_refuses_bad_paths_and_names) {
    expect_import(STORE_UNAVAILABLE, NULL, scratch_path("none.csv"), "[KPI0500]");
    ck_assert_int_eq(mkdir(scratch_path("folder.csv"), 0755), 0);
    expect_import(STORE_UNAVAILABLE, NULL, scratch_path("folder.csv"), "it is a folder [KPI0501]");
    const char *file = scratch_write("secret.csv", "a\n");
    ck_assert_int_eq(chmod(file, 0), 0);
    scratch_lose_rights();
    expect_import(STORE_UNAVAILABLE, NULL, file, "Permission denied [KPI0501]");
    scratch_regain_rights();
    file = scratch_write("p.csv", "a\n");
    expect_import(STORE_REFUSED, "", file, "a table needs a name [KPI0534]");
    expect_import(STORE_REFUSED, "KPIC_x", file, "are taken [KPI0534]");
    expect_import(STORE_REFUSED, "sqlite_x", file, "are taken [KPI0534]");
    expect_import(STORE_REFUSED, "\xFF", file, "a name must be UTF-8 [KPI0534]");
    ImportOptions options = {.store = scratch_path("no/such/store.db")};
    ImportedFile out;
    ck_assert_int_eq(import_with(&options, file, &out), STORE_UNAVAILABLE);
    ck_assert(scratch_said("cannot be made: No such file or directory [KPI0512]"));
}
END_TEST

/* ---- declared types
 * ------------------------------------------------------------------------------ */

static const ColumnSpec typed_columns[] = {
    {.name = "child", .field = "Child", .kind = COLUMN_INTEGER},
    {.name = "start", .field = "Start", .kind = COLUMN_DATE, .date_format = "dd/mm/yyyy"}};
static const SymbolSpec typed_symbols[] = {{"c", SYMBOL_CONFIDENTIAL}};
static TableSpec typed_spec = {.source = "plan",
                               .table = "p",
                               .columns = typed_columns,
                               .columns_len = 2,
                               .symbols = typed_symbols,
                               .symbols_len = 1};

static const TableSpec *spec_for(void *context, const char *table) {
    (void)context;
    return strcmp(table, "p") == 0 ? &typed_spec : NULL;
}

static void expect_typed(const char *text, StoreResult wanted, const char *words) {
    ImportOptions options = options_for(NULL);
    options.spec_of = spec_for;
    ImportedFile out;
    scratch_forget();
    StoreResult result = import_with(&options, scratch_write("p.csv", text), &out);
    ck_assert(scratch_said(words));
    ck_assert_int_eq(result, wanted);
}

START_TEST(import_checks_declared_types) {
    expect_typed("Note,Start,Child\n\"a\nb\",31/04/2016,1\n", STORE_REFUSED,
                 "p.csv: error: row 1 (line 2), column 'Start': '31/04/2016' is no date [KPI0532]");
    ck_assert(scratch_said("note: column 'start' of source 'plan' is date (dd/mm/yyyy)"));
    expect_typed("Start,Child\n01/04/2016,1\n01/04/2016,x y\n", STORE_REFUSED,
                 "row 2 (line 3), column 'Child': 'x y' is no whole number [KPI0532]");
    expect_typed("Start,Child\n01/04/2016,9223372036854775808\n", STORE_REFUSED,
                 "'9223372036854775808' does not fit in 64 bits [KPI0532]");
    expect_typed("Start,Kid\n01/04/2016,1\n", STORE_REFUSED,
                 "there is no column 'Child', which source 'plan' reads [KPI0517]");
    ck_assert_uint_eq(scratch_count(), 1);
    /* What is missing is no fault of the import, marked or not; other tables are not checked. */
    expect_typed("Start,Child\n01/04/2016,\nc,c\n", STORE_OK, "");
    ck_assert_int_eq(
        store_import_file(scratch_session(),
                          &(ImportOptions){.store = scratch_path("store.db"), .spec_of = spec_for},
                          scratch_write("q.csv", "Start\nnever\n"), &(ImportedFile){0}),
        STORE_OK);
}
END_TEST

/* ---- the store that is imported into
 * ------------------------------------------------------------- */

static void expect_untouched(const char *store, StoreResult wanted, const char *words) {
    size_t before_len, after_len;
    const char *before = scratch_read(store, &before_len);
    size_t names = scratch_count();
    ImportOptions options = {.store = store, .busy_milliseconds = 50};
    ImportedFile out;
    scratch_forget();
    StoreResult result = import_with(&options, scratch_path("p.csv"), &out);
    ck_assert(scratch_said(words));
    ck_assert_int_eq(result, wanted);
    const char *after = scratch_read(store, &after_len);
    ck_assert_uint_eq(after_len, before_len);
    ck_assert_mem_eq(after, before, before_len);
    ck_assert_uint_eq(scratch_count(), names);
}

START_TEST(import_refuses_what_is_not_its_own) {
    scratch_write("p.csv", "id\n1\n");
    const char *own = scratch_path("own.db");
    run_on(own, "CREATE TABLE t (a)");
    expect_untouched(own, STORE_REFUSED,
                     "is a database of another program: nothing is imported into it [KPI0504]");
    const char *marked = scratch_path("marked.db");
    run_on(marked, "PRAGMA application_id = 7");
    expect_untouched(marked, STORE_REFUSED, "[KPI0504]");
    expect_untouched(scratch_write("text.db", "id\n1\n"), STORE_DAMAGED, "[KPI0502]");
    expect_untouched(scratch_write("short.db", "SQLite format 3"), STORE_DAMAGED, "[KPI0502]");
    ImportOptions options = {.store = scratch_path(".")};
    ImportedFile out;
    ck_assert_int_eq(import_with(&options, scratch_path("p.csv"), &out), STORE_UNAVAILABLE);
    /* An empty file is nobody's. */
    options.store = scratch_write("empty.db", "");
    ck_assert_int_eq(import_with(&options, scratch_path("p.csv"), &out), STORE_OK);
}
END_TEST

START_TEST(import_refuses_another_version) {
    import_good(NULL, scratch_write("p.csv", "id\n1\n"));
    run_on(scratch_path("store.db"), "PRAGMA user_version = 2");
    scratch_write("p.csv", "id\n2\n");
    expect_untouched(scratch_path("store.db"), STORE_DAMAGED, "[KPI0503]");
}
END_TEST

START_TEST(import_refuses_a_table_that_is_not_its_own) {
    import_good(NULL, scratch_write("q.csv", "id\n1\n"));
    run_on(scratch_path("store.db"), "CREATE TABLE p (id)");
    scratch_write("p.csv", "id\n2\n");
    expect_untouched(scratch_path("store.db"), STORE_REFUSED,
                     "was not made by an import [KPI0535]");
}
END_TEST

START_TEST(import_waits_for_a_writer_and_says_so) {
    import_good(NULL, scratch_write("p.csv", "id\n1\n"));
    scratch_write("p.csv", "id\n2\n");
    sqlite3 *writer;
    ck_assert_int_eq(sqlite3_open(scratch_path("store.db"), &writer), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(writer, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    expect_import(STORE_UNAVAILABLE, NULL, scratch_path("p.csv"),
                  "is in use: another program is writing to it [KPI0505]");
    clock_gettime(CLOCK_MONOTONIC, &to);
    ck_assert_int_lt(to.tv_sec - from.tv_sec, 4);
    ck_assert_int_eq(sqlite3_exec(writer, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(writer);
    ck_assert(import_good(NULL, scratch_path("p.csv")).replaced);
}
END_TEST

START_TEST(import_says_that_a_store_is_read_only) {
    import_good(NULL, scratch_write("p.csv", "id\n1\n"));
    scratch_write("p.csv", "id\n2\n");
    ck_assert_int_eq(chmod(scratch_path("store.db"), 0444), 0);
    ck_assert_int_eq(chmod(scratch_path("."), 0555), 0);
    scratch_lose_rights();
    expect_import(STORE_UNAVAILABLE, NULL, scratch_path("p.csv"),
                  "the file or its folder is read-only [KPI0507]");
    ImportOptions options = {.store = scratch_path("new.db")};
    ImportedFile out;
    ck_assert_int_eq(import_with(&options, scratch_path("p.csv"), &out), STORE_UNAVAILABLE);
    ck_assert(scratch_said("cannot be made: Permission denied [KPI0512]"));
    scratch_regain_rights();
    ck_assert_int_eq(chmod(scratch_path("."), 0755), 0);
    ck_assert_str_eq(stored("SELECT id FROM p"), "1\n");
}
END_TEST

/* Writes another digit into the last row while the file is read for the first time. */
static void change_file(void *context, const char *file, uint64_t done, uint64_t size) {
    size_t *calls = context;
    if ((*calls)++ > 0)
        return;
    ck_assert_uint_lt(done, size);
    FILE *open = fopen(file, "r+b");
    ck_assert_ptr_nonnull(open);
    ck_assert_int_eq(fseek(open, -2, SEEK_END), 0);
    fputc('x', open);
    fclose(open);
}

static void import_while_it_changes(size_t rows, StoreResult wanted, const char *words) {
    StrBuf text = {0};
    strbuf_add(&text, "id\n");
    for (size_t i = 0; i < rows; i++)
        strbuf_addf(&text, "%06zu\n", i);
    const char *file = scratch_write("p.csv", strbuf_text(&text));
    strbuf_fini(&text);
    size_t calls = 0;
    ImportOptions options = options_for(NULL);
    options.progress = change_file;
    options.context = &calls;
    ImportedFile out;
    StoreResult result = import_with(&options, file, &out);
    ck_assert_uint_gt(calls, 1);
    ck_assert(scratch_said(words));
    ck_assert_int_eq(result, wanted);
}

START_TEST(import_sees_that_the_file_changed) {
    /* Short enough that the first reading has all of it in memory, and only the second sees the
     * change. */
    import_while_it_changes(20000, STORE_REFUSED,
                            "the file was changed while it was read [KPI0537]");
    ck_assert_uint_eq(scratch_count(), 1);
    /* Long enough that both readings see it. */
    import_while_it_changes(200000, STORE_OK, "");
    ck_assert_str_eq(stored("SELECT id FROM p WHERE kpic_row = 200000"), "19999x\n");
}
END_TEST

/* ---- faults of the disk
 * -------------------------------------------------------------------------- */

/* SQLite's own file system with one change: after some writes the disk is full. Databases and
 * journals have method tables of their own, so each real one gets a copy. */
typedef struct Methods {
    const sqlite3_io_methods *real;
    sqlite3_io_methods full;
} Methods;

static Methods methods[4];
static sqlite3_vfs *real_vfs, full_vfs;
static int writes_left;

static int full_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 at) {
    for (size_t i = 0; i < 4; i++)
        if (file->pMethods == &methods[i].full)
            return writes_left-- > 0 ? methods[i].real->xWrite(file, bytes, len, at) : SQLITE_FULL;
    return SQLITE_ERROR;
}

static int full_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
    (void)vfs;
    int code = real_vfs->xOpen(real_vfs, name, file, flags, out);
    if (code != SQLITE_OK)
        return code;
    size_t i = 0;
    while (i < 3 && methods[i].real && methods[i].real != file->pMethods)
        i++;
    methods[i].real = file->pMethods;
    methods[i].full = *file->pMethods;
    methods[i].full.xWrite = full_write;
    /* Writing through memory would go round xWrite. */
    if (methods[i].full.iVersion > 2)
        methods[i].full.iVersion = 2;
    file->pMethods = &methods[i].full;
    return SQLITE_OK;
}

static void disk_fills_after(int writes) {
    writes_left = writes;
    real_vfs = sqlite3_vfs_find(NULL);
    full_vfs = *real_vfs;
    full_vfs.zName = "full";
    full_vfs.xOpen = full_open;
    ck_assert_int_eq(sqlite3_vfs_register(&full_vfs, 1), SQLITE_OK);
}

static void disk_is_well(void) {
    sqlite3_vfs_unregister(&full_vfs);
    ck_assert_int_eq(sqlite3_vfs_register(real_vfs, 1), SQLITE_OK);
}

/* The disk fills at every write in turn: each time all is as before, and the message says why. */
static void fill_at_every_write(const char *before, size_t names) {
    int failures = 0;
    for (int writes = 0; writes < 1000; writes++) {
        ImportOptions options = options_for(NULL);
        ImportedFile out;
        scratch_forget();
        disk_fills_after(writes);
        StoreResult result = import_with(&options, scratch_path("p.csv"), &out);
        disk_is_well();
        if (result == STORE_OK)
            break;
        failures++;
        ck_assert_int_eq(result, STORE_UNAVAILABLE);
        ck_assert(scratch_said("there is no room left on the disk [KPI0506]"));
        /* Where even taking back needs room, the next to open the store does it. */
        if (before)
            ck_assert_str_eq(stored("SELECT count(*), max(id) FROM p"), before);
        ck_assert_uint_eq(scratch_count(), names);
    }
    ck_assert_int_gt(failures, 5);
    ck_assert_str_eq(stored("PRAGMA integrity_check"), "ok\n");
}

static const char *many_rows(const char *format) {
    StrBuf text = {0};
    strbuf_add(&text, "id\n");
    for (unsigned i = 0; i < 500; i++)
        strbuf_addf(&text, "%s%04u\n", format, i);
    const char *path = scratch_write("p.csv", strbuf_text(&text));
    strbuf_fini(&text);
    return path;
}

START_TEST(import_into_a_new_store_on_a_full_disk) {
    many_rows("a long text so that there are several pages to be written ");
    fill_at_every_write(NULL, 1);
    ck_assert_str_eq(stored("SELECT count(*) FROM p"), "500\n");
}
END_TEST

START_TEST(import_into_an_old_store_on_a_full_disk) {
    import_good(NULL, scratch_write("p.csv", "id\n7\n"));
    many_rows("a long text so that there are several pages to be written ");
    fill_at_every_write("1|7\n", 2);
    ck_assert_str_eq(stored("SELECT count(*) FROM p"), "500\n");
}
END_TEST

START_TEST(import_tells_other_faults_of_the_disk) {
    many_rows("a long text so that there are several pages to be written ");
    struct rlimit old, small;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &old), 0);
    small = old;
    small.rlim_cur = 8192;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    ImportOptions options = options_for(NULL);
    ImportedFile out;
    StoreResult result = import_with(&options, scratch_path("p.csv"), &out);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &old), 0);
    signal(SIGXFSZ, handler);
    ck_assert_int_eq(result, STORE_UNAVAILABLE);
    ck_assert(scratch_said("could not be read or written: disk I/O error [KPI0510]"));
    ck_assert_uint_eq(scratch_count(), 1);
}
END_TEST

Suite *import_suite(void);
Suite *import_suite(void) {
    Suite *suite = suite_create("import");
    TCase *stores = tcase_create("stored");
    tcase_add_checked_fixture(stores, scratch_start, scratch_end);
    tcase_add_test(stores, import_makes_a_store);
    tcase_add_test(stores, import_warns_of_another_separator);
    tcase_add_test(stores, import_reads_tsv_and_windows_1252);
    tcase_add_test(stores, import_takes_a_header_alone);
    tcase_add_test(stores, import_takes_one_column_with_gaps);
    tcase_add_test(stores, import_numbers_double_names);
    tcase_add_test(stores, import_keeps_strange_names);
    suite_add_tcase(suite, stores);
    TCase *again = tcase_create("again");
    tcase_add_checked_fixture(again, scratch_start, scratch_end);
    tcase_add_test(again, import_of_the_same_changes_nothing);
    tcase_add_test(again, import_tells_contents_apart);
    tcase_add_test(again, import_replaces_a_changed_file);
    tcase_add_test(again, import_refuses_other_columns_for_a_table);
    tcase_add_test(again, import_does_not_count_rows_twice);
    tcase_add_test(again, import_dry_run_writes_nothing);
    suite_add_tcase(suite, again);
    TCase *form = tcase_create("form");
    tcase_add_checked_fixture(form, scratch_start, scratch_end);
    tcase_add_test(form, import_refuses_faults_of_form);
    tcase_add_test(form, import_refuses_a_byte_without_meaning);
    tcase_add_test(form, import_tells_twenty_faults);
    tcase_add_test(form, import_refuses_a_record_without_end);
    tcase_add_test(form, import_refuses_too_many_columns);
    tcase_add_test(form, import_refuses_bad_paths_and_names);
    tcase_add_test(form, import_checks_declared_types);
    suite_add_tcase(suite, form);
    TCase *target = tcase_create("target");
    tcase_add_checked_fixture(target, scratch_start, scratch_end);
    tcase_add_test(target, import_refuses_what_is_not_its_own);
    tcase_add_test(target, import_refuses_another_version);
    tcase_add_test(target, import_refuses_a_table_that_is_not_its_own);
    tcase_add_test(target, import_waits_for_a_writer_and_says_so);
    tcase_add_test(target, import_says_that_a_store_is_read_only);
    tcase_add_test(target, import_sees_that_the_file_changed);
    suite_add_tcase(suite, target);
    TCase *disk = tcase_create("disk");
    tcase_add_checked_fixture(disk, scratch_start, scratch_end);
    tcase_add_test(disk, import_into_a_new_store_on_a_full_disk);
    tcase_add_test(disk, import_into_an_old_store_on_a_full_disk);
    tcase_add_test(disk, import_tells_other_faults_of_the_disk);
    suite_add_tcase(suite, disk);
    return suite;
}
