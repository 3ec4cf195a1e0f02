/* Opening: what a path is, what it holds, and every way in which it can be unusable. */
#include <check.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/sql.h"
#include "store/store.h"
#include "tests/unit/scratch.h"

static void database_run(const char *path, const char *statements) {
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    char *error = NULL;
    sqlite3_exec(db, statements, NULL, NULL, &error);
    ck_assert_msg(!error, "%s", error);
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}

static const char *imported(const char *name, const char *text) {
    ImportOptions options = {.store = scratch_path("store.db")};
    ImportedFile out;
    StoreResult result =
        store_import_file(scratch_session(), &options, scratch_write(name, text), &out);
    ck_assert_msg(result == STORE_OK, "%s", scratch_messages());
    return options.store;
}

static Store *open_good(const char *path, TextEncoding encoding) {
    Store *store;
    StoreResult result = store_open(scratch_session(), path, encoding, &store);
    ck_assert_msg(result == STORE_OK, "%s", scratch_messages());
    return store;
}

static void expect_refused(const char *path, StoreResult wanted, const char *words) {
    Store *store;
    scratch_forget();
    StoreResult result = store_open(scratch_session(), path, ENCODING_UTF8, &store);
    ck_assert(scratch_said(words));
    ck_assert_int_eq(result, wanted);
    ck_assert_ptr_null(store);
}

/* "plans(a|b) visits(c)" */
static void expect_catalog(const Store *store, const char *wanted) {
    const Catalog *catalog = store_catalog(store);
    StrBuf out = {0};
    for (size_t i = 0; i < catalog->tables_len; i++) {
        strbuf_addf(&out, "%s%s(", i ? " " : "", catalog->tables[i].name);
        for (size_t j = 0; j < catalog->tables[i].columns_len; j++)
            strbuf_addf(&out, "%s%s", j ? "|" : "", catalog->tables[i].columns[j]);
        strbuf_add(&out, ")");
    }
    ck_assert_str_eq(strbuf_text(&out), wanted);
    strbuf_fini(&out);
}

/* ---- folders ------------------------------------------------------------------------------------
 */

START_TEST(store_opens_a_folder) {
    scratch_write("b.csv", "\xEF\xBB\xBFid, Name ,\r\n1,x,\r\n");
    scratch_write("a.TSV", "one\ttwo, three\n");
    scratch_write("C.tab", "id\n");
    scratch_write("notes.txt", "not a table\n");
    scratch_write(".hidden.csv", "id\n");
    mkdir(scratch_path("inner.csv"), 0755);
    Store *store = open_good(scratch_path("."), ENCODING_UTF8);
    expect_catalog(store, "C(id) a(one|two, three) b(id|Name)");
    store_close(store);
    ck_assert_str_eq(scratch_messages(), "");
}
END_TEST

START_TEST(store_opens_an_empty_folder) {
    Store *store = open_good(scratch_path("."), ENCODING_UTF8);
    expect_catalog(store, "");
    store_close(store);
}
END_TEST

START_TEST(store_leaves_out_files_without_a_header) {
    scratch_write("good.csv", "id\n1\n");
    scratch_write("empty.csv", "");
    scratch_write("latin.csv", "Stra\xDF"
                               "e\n");
    Store *store = open_good(scratch_path("."), ENCODING_UTF8);
    expect_catalog(store, "good(id)");
    store_close(store);
    ck_assert(scratch_said("empty.csv' is left out: its header cannot be read [KPI0514]"));
    ck_assert(scratch_said("latin.csv' is left out"));
    ck_assert_uint_eq(diags_errors(scratch_session()->diags), 0);
    scratch_forget();
    store = open_good(scratch_path("."), ENCODING_WINDOWS_1252);
    expect_catalog(store, "good(id) latin(Straße)");
    store_close(store);
}
END_TEST

START_TEST(store_refuses_two_files_for_one_table) {
    scratch_write("plans.csv", "id\n");
    scratch_write("plans.tsv", "id\n");
    expect_refused(scratch_path("."), STORE_REFUSED, "would both be the table 'plans' [KPI0515]");
}
END_TEST

/* ---- databases ----------------------------------------------------------------------------------
 */

START_TEST(store_opens_what_import_made) {
    const char *path = imported("plans.csv", "id,CP start\n1,x\n");
    imported("Visits.csv", "kpic_row,v\n1,x\n");
    Store *store = open_good(path, ENCODING_UTF8);
    /* Neither the store's own table nor its own column. */
    expect_catalog(store, "Visits(kpic_row (2)|v) plans(id|CP start)");
    store_close(store);
}
END_TEST

START_TEST(store_opens_the_user_s_own) {
    const char *path = scratch_path("own.sqlite");
    database_run(path, "CREATE TABLE t (a, \"b c\", d GENERATED ALWAYS AS (a + 1));"
                       "CREATE VIEW v AS SELECT a AS x FROM t;"
                       "CREATE TABLE kpic_secret (a); CREATE INDEX i ON t (a);"
                       "CREATE VIEW broken AS SELECT * FROM gone;");
    size_t before_len, after_len;
    const char *before = scratch_read(path, &before_len);
    Store *store = open_good(path, ENCODING_UTF8);
    expect_catalog(store, "t(a|b c|d) v(x)");
    store_close(store);
    ck_assert(scratch_said("'broken' of"));
    ck_assert(scratch_said("[KPI0513]"));
    ck_assert_uint_eq(diags_errors(scratch_session()->diags), 0);
    const char *after = scratch_read(path, &after_len);
    ck_assert_uint_eq(after_len, before_len);
    ck_assert_mem_eq(after, before, before_len);
    ck_assert_uint_eq(scratch_count(), 1);
}
END_TEST

START_TEST(store_keeps_all_doors_shut) {
    const char *path = imported("plans.csv", "id\n1\n");
    Sql sql;
    ck_assert_int_eq(sql_open(&sql, scratch_session(), path, SQLITE_OPEN_READONLY, 0), STORE_OK);
    static const char *const doors[] = {"DELETE FROM plans", "CREATE TABLE x (a)",
                                        "SELECT load_extension('x')", "ATTACH ':memory:' AS m",
                                        "SELECT \"no such column\" FROM plans"};
    for (size_t i = 0; i < sizeof doors / sizeof doors[0]; i++)
        ck_assert_msg(sqlite3_exec(sql.db, doors[i], NULL, NULL, NULL) != SQLITE_OK, "%s",
                      doors[i]);
    sql_close(&sql);
    ck_assert_str_eq(sql_path(scratch_session()->arena, ":memory:"), "./:memory:");
    ck_assert_str_eq(sql_path(scratch_session()->arena, "file:x?mode=rw"), "./file:x?mode=rw");
}
END_TEST

START_TEST(store_says_what_a_path_is_not) {
    expect_refused(scratch_path("nothing"), STORE_UNAVAILABLE, "there is no file or folder");
    expect_refused(scratch_path("nothing"), STORE_UNAVAILABLE, "[KPI0500]");
    expect_refused("/dev/null", STORE_UNAVAILABLE, "it is neither a file nor a folder [KPI0501]");
    expect_refused(scratch_write("a.csv", "id\n"), STORE_DAMAGED,
                   "it does not start as an SQLite file does [KPI0502]");
    ck_assert(scratch_said("or a folder of CSV files"));
    expect_refused(scratch_write("empty.db", ""), STORE_DAMAGED, "the file is empty [KPI0502]");
    const char *secret = scratch_write("secret.db", "SQLite format 3");
    ck_assert_int_eq(chmod(secret, 0), 0);
    scratch_lose_rights();
    expect_refused(secret, STORE_UNAVAILABLE, "Permission denied [KPI0501]");
    scratch_regain_rights();
}
END_TEST

START_TEST(store_refuses_another_version) {
    const char *path = imported("plans.csv", "id\n1\n");
    database_run(path, "PRAGMA user_version = 2");
    expect_refused(path, STORE_DAMAGED,
                   "is a store of version 2, and this program knows version 1 [KPI0503]");
    ck_assert(scratch_said("use a newer kpic"));
}
END_TEST

static StoreResult load_all(const char *path) {
    static const ColumnSpec columns[] = {
        {.name = "id", .field = "id", .kind = COLUMN_TEXT, .missing_allowed = true}};
    TableSpec spec = {.source = "plans", .table = "plans", .columns = columns, .columns_len = 1};
    Store *store;
    StoreResult result = store_open(scratch_session(), path, ENCODING_UTF8, &store);
    if (result != STORE_OK)
        return result;
    Arena *run = arena_new();
    Atoms *texts = atoms_new(run);
    Table table;
    result = store_load(store, &spec, run, texts, &table);
    store_close(store);
    atoms_free(texts);
    arena_free(run);
    return result;
}

START_TEST(store_tells_damage) {
    StrBuf text = {0};
    strbuf_add(&text, "id\n");
    for (size_t i = 0; i < 2000; i++)
        strbuf_addf(&text, "a long enough value %zu\n", i);
    const char *path = imported("plans.csv", strbuf_text(&text));
    strbuf_fini(&text);
    ck_assert_int_eq(load_all(path), STORE_OK);
    size_t len;
    const char *bytes = scratch_read(path, &len);
    ck_assert_uint_gt(len, 8 * 4096);
    char *broken = arena_copy_text(scratch_session()->arena, bytes, len);
    /* The first page that has this text is one of the rows; what is kept beside them comes later.
     */
    size_t place = 0;
    while (place + 10 < len && memcmp(broken + place, "value 1000", 10) != 0)
        place++;
    memset(broken + place / 4096 * 4096, 0xAA, 4096);
    scratch_write_bytes("store.db", broken, len);
    ck_assert_int_eq(load_all(path), STORE_DAMAGED);
    ck_assert(scratch_said("is damaged: its content does not hold together [KPI0508]"));
}
END_TEST

/* ---- write-ahead logs and cut-off changes
 * -------------------------------------------------------- */

static const char *read_only_folder(void) {
    const char *folder = scratch_path("readonly");
    ck_assert_int_eq(mkdir(folder, 0755), 0);
    return folder;
}

START_TEST(store_reads_a_logged_database_in_a_read_only_folder) {
    const char *folder = read_only_folder();
    const char *path = scratch_path("readonly/a b%20?.db");
    database_run(path, "PRAGMA journal_mode = WAL; CREATE TABLE plans (id);"
                       "INSERT INTO plans VALUES (1);");
    ck_assert_int_eq(chmod(folder, 0555), 0);
    scratch_lose_rights();
    ck_assert_int_eq(load_all(path), STORE_OK);
    scratch_regain_rights();
}
END_TEST

START_TEST(store_refuses_a_log_that_it_cannot_read) {
    const char *folder = read_only_folder();
    const char *live = scratch_path("live.db");
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(live, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db,
                                  "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;"
                                  "CREATE TABLE plans (id); INSERT INTO plans VALUES (1);",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    size_t len;
    const char *bytes = scratch_read(live, &len);
    scratch_write_bytes("readonly/copy.db", bytes, len);
    bytes = scratch_read(scratch_path("live.db-wal"), &len);
    ck_assert_uint_gt(len, 0);
    scratch_write_bytes("readonly/copy.db-wal", bytes, len);
    sqlite3_close(db);
    ck_assert_int_eq(chmod(folder, 0555), 0);
    scratch_lose_rights();
    expect_refused(scratch_path("readonly/copy.db"), STORE_UNAVAILABLE,
                   "holds changes that are not yet in it [KPI0509]");
    scratch_regain_rights();
}
END_TEST

/* Changes the database so much that SQLite writes some of it before the commit, and dies. */
static void cut_off_change(const char *path, const char *change) {
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        sqlite3 *db;
        if (sqlite3_open(path, &db) == SQLITE_OK)
            sqlite3_exec(db, change, NULL, NULL, NULL);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    struct stat info;
    StrBuf journal = {0};
    strbuf_addf(&journal, "%s-journal", path);
    ck_assert_int_eq(stat(strbuf_text(&journal), &info), 0);
    ck_assert_int_gt(info.st_size, 0);
    strbuf_fini(&journal);
}

#define LARGE_CHANGE                                                                               \
    "PRAGMA cache_size = 2; BEGIN; DELETE FROM plans;"                                             \
    "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"                         \
    " INSERT INTO plans (id) SELECT printf('%0100d', i) FROM n"

START_TEST(store_takes_back_what_was_cut_off) {
    const char *path = imported("plans.csv", "id\n1\n2\n");
    cut_off_change(path, LARGE_CHANGE);
    ck_assert_int_eq(load_all(path), STORE_OK);
    sqlite3 *db;
    sqlite3_stmt *statement;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(
        sqlite3_prepare_v2(db, "SELECT count(*), max(id) FROM plans", -1, &statement, NULL),
        SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    ck_assert_int_eq(sqlite3_column_int(statement, 0), 2);
    ck_assert_int_eq(sqlite3_column_int(statement, 1), 2);
    sqlite3_finalize(statement);
    sqlite3_close(db);
}
END_TEST

START_TEST(store_does_not_mend_the_user_s_own) {
    const char *path = scratch_path("own.db");
    database_run(path, "CREATE TABLE plans (id); INSERT INTO plans VALUES (1);");
    cut_off_change(path, LARGE_CHANGE);
    expect_refused(path, STORE_UNAVAILABLE, "holds half a change that was cut off");
    ck_assert(scratch_said("[KPI0509]"));
}
END_TEST

START_TEST(store_says_when_the_first_import_was_cut_off) {
    scratch_write("new.db-journal", "half a journal");
    const char *path = scratch_write_bytes("new.db", "\0\0\0\0\0\0\0\0", 8);
    expect_refused(path, STORE_DAMAGED, "an import into it was cut off before its end [KPI0502]");
}
END_TEST

Suite *store_suite(void);
Suite *store_suite(void) {
    Suite *suite = suite_create("store");
    TCase *folders = tcase_create("folders");
    tcase_add_checked_fixture(folders, scratch_start, scratch_end);
    tcase_add_test(folders, store_opens_a_folder);
    tcase_add_test(folders, store_opens_an_empty_folder);
    tcase_add_test(folders, store_leaves_out_files_without_a_header);
    tcase_add_test(folders, store_refuses_two_files_for_one_table);
    suite_add_tcase(suite, folders);
    TCase *databases = tcase_create("databases");
    tcase_add_checked_fixture(databases, scratch_start, scratch_end);
    tcase_add_test(databases, store_opens_what_import_made);
    tcase_add_test(databases, store_opens_the_user_s_own);
    tcase_add_test(databases, store_keeps_all_doors_shut);
    tcase_add_test(databases, store_says_what_a_path_is_not);
    tcase_add_test(databases, store_refuses_another_version);
    tcase_add_test(databases, store_tells_damage);
    suite_add_tcase(suite, databases);
    TCase *logs = tcase_create("logs");
    tcase_add_checked_fixture(logs, scratch_start, scratch_end);
    tcase_add_test(logs, store_reads_a_logged_database_in_a_read_only_folder);
    tcase_add_test(logs, store_refuses_a_log_that_it_cannot_read);
    tcase_add_test(logs, store_takes_back_what_was_cut_off);
    tcase_add_test(logs, store_does_not_mend_the_user_s_own);
    tcase_add_test(logs, store_says_when_the_first_import_was_cut_off);
    suite_add_tcase(suite, logs);
    return suite;
}
