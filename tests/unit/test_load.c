/* Typed reading, the same through all three doors: rows in a definition, a folder, a database. */
#include <check.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "store/store.h"
#include "tests/unit/scratch.h"

static Arena *run;
static Atoms *texts;

static void start(void) {
    scratch_start();
    run = arena_new();
    texts = atoms_new(run);
}

static void end(void) {
    atoms_free(texts);
    arena_free(run);
    scratch_end();
}

/* ---- one column, its cells one below the other --------------------------------------------------
 */

static const SymbolSpec symbols[] = {{"c", SYMBOL_CONFIDENTIAL},    {"x", SYMBOL_UNAVAILABLE},
                                     {"..", SYMBOL_UNAVAILABLE},    {"z", SYMBOL_NOT_APPLICABLE},
                                     {"u", SYMBOL_LOW_RELIABILITY}, {"low", SYMBOL_LOW}};

static TableSpec spec_of(const ColumnSpec *columns, size_t len) {
    return (TableSpec){.source = "things",
                       .table = "things",
                       .columns = columns,
                       .columns_len = len,
                       .symbols = symbols,
                       .symbols_len = sizeof symbols / sizeof symbols[0]};
}

/* The value as text: "=12.50" present, "-c" missing with its symbol, "!" refused. */
static const char *value_shown(const Table *table, size_t column, size_t row) {
    Value value = table_value(table, column, row);
    if (value.kind == VALUE_MISSING)
        return arena_printf(run, "-%s", symbol_letter(value.symbol));
    StrBuf out = {0};
    strbuf_add(&out, "=");
    value_print(&out, value);
    const char *shown = arena_copy_text(run, strbuf_text(&out), out.len);
    strbuf_fini(&out);
    return shown;
}

static const char *read_inline(const ColumnSpec *column, const char *cell) {
    TableSpec spec = spec_of(column, 1);
    const char *cells[] = {cell};
    spec.cells = cells;
    spec.rows_len = 1;
    Table table;
    scratch_forget();
    StoreResult result = store_load_inline(scratch_session(), &spec, run, texts, &table);
    if (result != STORE_OK) {
        ck_assert_int_eq(result, STORE_REFUSED);
        ck_assert(scratch_said("[KPI0532]"));
        return "!";
    }
    ck_assert_uint_eq(table.rows, 1);
    return value_shown(&table, 0, 0);
}

typedef struct Case {
    const char *cell, *shown;
} Case;

static void expect_cases(ColumnSpec column, const Case *cases, size_t len) {
    column.name = "value";
    column.field = "value";
    column.missing_allowed = true;
    for (size_t i = 0; i < len; i++) {
        const char *shown = read_inline(&column, cases[i].cell);
        ck_assert_msg(strcmp(shown, cases[i].shown) == 0, "'%s' is read as %s, not %s",
                      cases[i].cell ? cases[i].cell : "NULL", shown, cases[i].shown);
    }
}

#define EXPECT(column, ...)                                                                        \
    do {                                                                                           \
        static const Case cases[] = {__VA_ARGS__};                                                 \
        expect_cases((ColumnSpec)column, cases, sizeof cases / sizeof cases[0]);                   \
    } while (0)
#define COLUMN(...)                                                                                \
    { __VA_ARGS__ }

START_TEST(load_reads_missing) {
    static const ColumnKind kinds[] = {COLUMN_TEXT,  COLUMN_INTEGER, COLUMN_DECIMAL,
                                       COLUMN_MONEY, COLUMN_DATE,    COLUMN_YES_NO};
    static const Case cases[] = {{NULL, "-"}, {"", "-"},     {"   ", "-"},   {" \t ", "-"},
                                 {"c", "-c"}, {" c ", "-c"}, {"..", "-x"},   {"x", "-x"},
                                 {"z", "-z"}, {"u", "-u"},   {"low", "-low"}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        expect_cases((ColumnSpec){.kind = kinds[i]}, cases, sizeof cases / sizeof cases[0]);
}
END_TEST

START_TEST(load_reads_text) {
    EXPECT(COLUMN(.kind = COLUMN_TEXT), {"a", "=a"}, {" a ", "= a "}, {"C", "=C"}, {"c c", "=c c"},
           {"-", "=-"}, {"\xC3\xA9", "=\xC3\xA9"}, {"NULL", "=NULL"});
}
END_TEST

START_TEST(load_reads_integers) {
    EXPECT(COLUMN(.kind = COLUMN_INTEGER), {"0", "=0"}, {"12", "=12"}, {" 12 ", "=12"},
           {"+12", "=12"}, {"-12", "=-12"}, {"-0", "=0"}, {"007", "=7"},
           {"9223372036854775807", "=9223372036854775807"},
           {"-9223372036854775808", "=-9223372036854775808"}, {"9223372036854775808", "!"},
           {"-9223372036854775809", "!"}, {"99999999999999999999999", "!"}, {"12.0", "!"},
           {"1,234", "!"}, {"1e3", "!"}, {"0x10", "!"}, {"12a", "!"}, {"+", "!"}, {"-", "!"},
           {"1 2", "!"}, {"--1", "!"},
           {"\xC2\xA3"
            "5",
            "!"});
}
END_TEST

START_TEST(load_reads_decimals) {
    EXPECT(COLUMN(.kind = COLUMN_DECIMAL), {"12", "=12"}, {"12.5", "=12.5"}, {"-0.125", "=-0.125"},
           {"+.5", "=0.5"}, {"12.", "=12"}, {"0.123456789", "=0.123456789"},
           {"1.5000000000000", "=1.5"}, {"0.1234567891", "!"},
           {"9223372036.854775807", "=9223372036.854775807"}, {"9223372036.854775808", "!"},
           {"-9223372036.854775808", "=-9223372036.854775808"}, {".", "!"}, {"-.", "!"},
           {"1.2.3", "!"}, {"1,234.5", "!"}, {"1e5", "!"}, {"nan", "!"}, {"inf", "!"},
           {"12,5", "!"},
           {"\xC2\xA3"
            "5",
            "!"});
}
END_TEST

START_TEST(load_reads_money) {
    EXPECT(COLUMN(.kind = COLUMN_MONEY), {"4943674", "=4943674"}, {"12.5", "=12.5"},
           {"\xC2\xA3"
            "1,250.50",
            "=1250.5"},
           {"-\xC2\xA3"
            "5",
            "=-5"},
           {"\xC2\xA3-5", "=-5"}, {"1,250", "=1250"}, {"12,345,678.90", "=12345678.9"},
           {"0.01", "=0.01"}, {"0.010", "=0.01"}, {"0.001", "!"}, {"1,25", "!"}, {"1250,50", "!"},
           {"1,2500", "!"}, {",250", "!"}, {"1,,250", "!"}, {"\xC2\xA3", "!"},
           {"\xC2\xA3\xC2\xA3"
            "5",
            "!"},
           {"5\xC2\xA3", "!"}, {"$5", "!"}, {"1,250,", "!"},
           {"92233720368547758.07", "=92233720368547758.07"}, {"92233720368547758.08", "!"});
}
END_TEST

START_TEST(load_reads_dates) {
    EXPECT(COLUMN(.kind = COLUMN_DATE), {"2017-01-31", "=2017-01-31"},
           {" 2017-01-31 ", "=2017-01-31"}, {"2017-01-31 00:00:00", "=2017-01-31"},
           {"2017-01-31T00:00:00", "=2017-01-31"}, {"2017-01-31 00:00", "=2017-01-31"},
           {"2017-01-31 00:00:00.000", "=2017-01-31"}, {"2017-01-31T00:00:00.000", "=2017-01-31"},
           {"2016-02-29", "=2016-02-29"}, {"2017-02-29", "!"}, {"2017-01-31 00:00:01", "!"},
           {"2017-01-31 09:30:00", "!"}, {"2017-01-31 00:00:00.001", "!"},
           {"2017-01-31 00:00:00.", "!"}, {"31/01/2017", "!"}, {"2017-1-31", "!"},
           {"20170131", "!"}, {"2017-01", "!"}, {"00:00:00", "!"}, {" 00:00", "!"},
           {"2017-01-31  00:00", "!"}, {"0000-01-01", "!"});
    EXPECT(COLUMN(.kind = COLUMN_DATE, .date_format = "dd/mm/yyyy"), {"31/01/2017", "=2017-01-31"},
           {"31/01/2017 00:00", "=2017-01-31"}, {"31/02/2017", "!"}, {"1/1/2017", "!"},
           {"2017-01-31", "!"}, {"01/31/2017", "!"});
    EXPECT(COLUMN(.kind = COLUMN_DATE, .date_format = "d mmm yyyy"), {"3 Feb 2017", "=2017-02-03"},
           {"3 Foo 2017", "!"});
}
END_TEST

START_TEST(load_reads_yes_and_no) {
    EXPECT(COLUMN(.kind = COLUMN_YES_NO), {"yes", "=yes"}, {"Y", "=yes"}, {"TRUE", "=yes"},
           {"1", "=yes"}, {"No", "=no"}, {"n", "=no"}, {"false", "=no"}, {"0", "=no"}, {"ja", "!"},
           {"2", "!"}, {"ye", "!"}, {"yess", "!"});
    EXPECT(COLUMN(.kind = COLUMN_YES_NO, .yes = "M", .no = "F"), {"M", "=yes"}, {"F", "=no"},
           {" F ", "=no"}, {"m", "!"}, {"yes", "!"}, {"1", "!"});
}
END_TEST

/* ---- tables -------------------------------------------------------------------------------------
 */

/* A source as a definition would declare it. */
static const ColumnSpec plan_columns[] = {
    {.name = "child", .field = "Child ID", .kind = COLUMN_TEXT},
    {.name = "start", .field = "Start", .kind = COLUMN_DATE, .date_format = "dd/mm/yyyy"},
    {.name = "end",
     .field = "End",
     .kind = COLUMN_DATE,
     .date_format = "dd/mm/yyyy",
     .missing_allowed = true},
    {.name = "cost", .field = "Cost", .kind = COLUMN_DECIMAL, .missing_allowed = true}};

static const char plans[] = "Cost,Note,Child ID,End,Start\r\n"
                            "1.5,\"a, b\",A,,01/02/2016\r\n"
                            "20,,B,28/02/2017,03/02/2016\r\n"
                            "c,\"two\r\nlines\",A,,\r\n"
                            "-0.125,,,,04/02/2016\r\n";

static TableSpec plans_spec(void) {
    TableSpec spec = spec_of(plan_columns, 4);
    spec.source = "plan";
    spec.table = "plans";
    return spec;
}

static void expect_plans(const Table *table) {
    ck_assert_uint_eq(table->rows, 4);
    ck_assert_uint_eq(table->columns_len, 4);
    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(table->row_numbers[i], (int64_t)i + 1);
    static const char *const shown[4][4] = {{"=A", "=2016-02-01", "-", "=1.5"},
                                            {"=B", "=2016-02-03", "=2017-02-28", "=20"},
                                            {"=A", "-", "-", "-c"},
                                            {"-", "=2016-02-04", "-", "=-0.125"}};
    for (size_t row = 0; row < 4; row++)
        for (size_t column = 0; column < 4; column++)
            ck_assert_str_eq(value_shown(table, column, row), shown[row][column]);
    /* One pointer for equal texts; one scale for a column. */
    ck_assert_ptr_eq(table->columns[0].texts[0], table->columns[0].texts[2]);
    ck_assert_int_eq(table->columns[3].scale, 3);
    ck_assert_int_eq(table->columns[3].numbers[1], 20000);
    /* Missing where it is not allowed is counted, with its first row. */
    ck_assert_uint_eq(table->columns[0].faults, 1);
    ck_assert_uint_eq(table->columns[0].first_fault, 4);
    ck_assert_uint_eq(table->columns[1].faults, 1);
    ck_assert_uint_eq(table->columns[1].first_fault, 3);
    ck_assert_uint_eq(table->columns[2].faults, 0);
    ck_assert_uint_eq(table->columns[3].faults, 0);
}

static Store *opened(const char *path) {
    Store *store;
    StoreResult result = store_open(scratch_session(), path, ENCODING_UTF8, &store);
    ck_assert_msg(result == STORE_OK, "%s", scratch_messages());
    return store;
}

static StoreResult load_from(const char *path, const TableSpec *spec, Table *table) {
    Store *store = opened(path);
    StoreResult result = store_load(store, spec, run, texts, table);
    store_close(store);
    return result;
}

static const char *imported(const char *file) {
    ImportOptions options = {.store = scratch_path("store.db")};
    ImportedFile out;
    StoreResult result = store_import_file(scratch_session(), &options, file, &out);
    ck_assert_msg(result == STORE_OK, "%s", scratch_messages());
    return options.store;
}

START_TEST(load_from_a_folder) {
    scratch_write("plans.csv", plans);
    TableSpec spec = plans_spec();
    Table table;
    ck_assert_int_eq(load_from(scratch_path("."), &spec, &table), STORE_OK);
    expect_plans(&table);
    ck_assert_str_eq(scratch_messages(), "");
}
END_TEST

START_TEST(load_from_an_imported_store) {
    TableSpec spec = plans_spec();
    Table table;
    const char *store = imported(scratch_write("plans.csv", plans));
    ck_assert_int_eq(load_from(store, &spec, &table), STORE_OK);
    expect_plans(&table);
    ck_assert_str_eq(scratch_messages(), "");
}
END_TEST

START_TEST(load_inline_rows) {
    static const char *const cells[] = {
        "A", "01/02/2016", NULL, "1.5", "B",  "03/02/2016", "28/02/2017", "20",
        "A", NULL,         "",   "c",   NULL, "04/02/2016", NULL,         "-0.125"};
    TableSpec spec = plans_spec();
    spec.cells = cells;
    spec.rows_len = 4;
    Table table;
    ck_assert_int_eq(store_load_inline(scratch_session(), &spec, run, texts, &table), STORE_OK);
    expect_plans(&table);
}
END_TEST

START_TEST(load_inline_tells_where_it_was_declared) {
    Session *session = scratch_session();
    static const char text[] = "source plan\n    rows bad\n";
    uint32_t src = sources_add(session->sources, "plan.kpi", text, sizeof text - 1);
    static const char *const cells[] = {"A", "31/02/2016", NULL, "abc"};
    TableSpec spec = plans_spec();
    spec.span = (Span){src, 0, 11};
    spec.cells = cells;
    spec.rows_len = 1;
    Table table;
    ck_assert_int_eq(store_load_inline(session, &spec, run, texts, &table), STORE_REFUSED);
    ck_assert(scratch_said("plan.kpi:1:1: error: row 1, column 'start': '31/02/2016' is no date"));
    ck_assert(scratch_said("row 1, column 'cost': 'abc' is no number"));
    ck_assert(scratch_said("dd/mm/yyyy"));
}
END_TEST

/* Bad values: told with file, row, line, column and value, twenty of them, then the rest counted.
 */
static void expect_bad_values(const char *store, const char *first, const char *second) {
    TableSpec spec = plans_spec();
    Table table;
    ck_assert_int_eq(load_from(store, &spec, &table), STORE_REFUSED);
    ck_assert(scratch_said(first));
    ck_assert(scratch_said(second));
    ck_assert(scratch_said("and 5 more faults like these, 25 in all [KPI0533]"));
    size_t told = 0;
    for (const char *at = scratch_messages(); (at = strstr(at, "[KPI0532]")) != NULL; at++)
        told++;
    ck_assert_uint_eq(told, 20);
}

static const char *bad_plans(void) {
    StrBuf text = {0};
    strbuf_add(&text, "Child ID,Start,End,Cost\nA,\"01/02/2016\n\",,1\nB,31/04/2016,,x\n");
    for (size_t i = 0; i < 24; i++)
        strbuf_add(&text, "C,01/01/2016,,twelve\n");
    const char *path = scratch_write("plans.csv", strbuf_text(&text));
    strbuf_fini(&text);
    return path;
}

START_TEST(load_tells_bad_values_of_a_folder) {
    bad_plans();
    expect_bad_values(
        scratch_path("."),
        "plans.csv: error: row 2 (line 4), column 'Start': '31/04/2016' is no date [KPI0532]",
        "row 3 (line 5), column 'Cost': 'twelve' is no number [KPI0532]");
}
END_TEST

START_TEST(load_tells_bad_values_of_a_store) {
    expect_bad_values(imported(bad_plans()),
                      "store.db: error: table 'plans', row 2 of 'plans.csv', column 'Start': "
                      "'31/04/2016' is no date [KPI0532]",
                      "row 3 of 'plans.csv', column 'Cost': 'twelve' is no number [KPI0532]");
}
END_TEST

START_TEST(load_tells_what_is_not_there) {
    scratch_write("plans.csv", "child id,Start,Ends,Cost\n");
    TableSpec spec = plans_spec();
    Table table;
    ck_assert_int_eq(load_from(scratch_path("."), &spec, &table), STORE_REFUSED);
    ck_assert(scratch_said("there is no column 'End', which source 'plan' reads [KPI0517]"));
    ck_assert(scratch_said("did you mean 'Ends'?"));
    /* Capital letters make no difference. */
    ck_assert_ptr_null(strstr(scratch_messages(), "Child ID"));
    spec.table = "visits";
    ck_assert_int_eq(load_from(scratch_path("."), &spec, &table), STORE_REFUSED);
    ck_assert(scratch_said("there is no table 'visits' [KPI0516]"));
}
END_TEST

START_TEST(load_gives_an_empty_table) {
    scratch_write("plans.csv", "Child ID,Start,End,Cost\n");
    TableSpec spec = plans_spec();
    Table table;
    ck_assert_int_eq(load_from(scratch_path("."), &spec, &table), STORE_OK);
    ck_assert_uint_eq(table.rows, 0);
    ck_assert_ptr_nonnull(table.columns[0].texts);
    ck_assert_int_eq(load_from(imported(scratch_path("plans.csv")), &spec, &table), STORE_OK);
    ck_assert_uint_eq(table.rows, 0);
}
END_TEST

START_TEST(load_refuses_a_scale_that_does_not_fit) {
    scratch_write("things.csv", "value\n0.000000001\n9300000000\n");
    static const ColumnSpec column = {.name = "value", .field = "value", .kind = COLUMN_DECIMAL};
    TableSpec spec = spec_of(&column, 1);
    Table table;
    ck_assert_int_eq(load_from(scratch_path("."), &spec, &table), STORE_REFUSED);
    ck_assert(scratch_said("row 2, column 'value': the number does not fit in 64 bits"));
}
END_TEST

/* ---- a database of the user's own ---------------------------------------------------------------
 */

static const char *database(const char *statements) {
    const char *path = scratch_path("own.db");
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    char *error = NULL;
    sqlite3_exec(db, statements, NULL, NULL, &error);
    ck_assert_msg(!error, "%s", error);
    sqlite3_close(db);
    return path;
}

static const ColumnSpec own_columns[] = {
    {.name = "id", .field = "id", .kind = COLUMN_INTEGER},
    {.name = "cost", .field = "cost", .kind = COLUMN_DECIMAL, .missing_allowed = true},
    {.name = "on", .field = "on day", .kind = COLUMN_DATE, .missing_allowed = true},
    {.name = "flag", .field = "flag", .kind = COLUMN_YES_NO, .missing_allowed = true}};

START_TEST(load_reads_the_user_s_own_types) {
    const char *path =
        database("CREATE TABLE things (id, cost, \"on day\", flag, unused BLOB);"
                 "INSERT INTO things (rowid, id, cost, \"on day\", flag, unused) VALUES"
                 " (30, 3, 0.1, '2017-01-31', 1, x'00'),"
                 " (10, 12.0, 1.5e10, NULL, 0.0, NULL),"
                 " (20, '7', -2.5e-7, '2016-02-29 00:00:00', 'Y', NULL);");
    TableSpec spec = spec_of(own_columns, 4);
    Table table;
    ck_assert_int_eq(load_from(path, &spec, &table), STORE_OK);
    static const char *const shown[3][4] = {{"=12", "=15000000000", "-", "=no"},
                                            {"=7", "=-0.00000025", "=2016-02-29", "=yes"},
                                            {"=3", "=0.1", "=2017-01-31", "=yes"}};
    ck_assert_uint_eq(table.rows, 3);
    for (size_t row = 0; row < 3; row++)
        for (size_t column = 0; column < 4; column++)
            ck_assert_str_eq(value_shown(&table, column, row), shown[row][column]);
    ck_assert_int_eq(table.row_numbers[0], 1);
}
END_TEST

static void expect_own_fault(const char *values, const char *words) {
    remove(scratch_path("own.db"));
    StrBuf text = {0};
    strbuf_addf(&text,
                "CREATE TABLE things (id, cost, \"on day\", flag);"
                "INSERT INTO things VALUES (1, 2, NULL, NULL), (%s);",
                values);
    const char *path = database(strbuf_text(&text));
    strbuf_fini(&text);
    TableSpec spec = spec_of(own_columns, 4);
    Table table;
    scratch_forget();
    ck_assert_int_eq(load_from(path, &spec, &table), STORE_REFUSED);
    ck_assert(scratch_said(words));
}

START_TEST(load_refuses_what_is_no_text) {
    expect_own_fault("x'31', 1, NULL, NULL",
                     "own.db: error: table 'things', row 2, column 'id': '1' is a BLOB [KPI0532]");
    expect_own_fault("12.5, 1, NULL, NULL", "row 2, column 'id': '12.5' is no whole number");
    expect_own_fault("1, 1, CAST(x'61FF' AS TEXT), NULL", "'a\\xFF' is not UTF-8");
    expect_own_fault("1, 1, CAST(x'610062' AS TEXT), NULL", "'a\\x00b' has a NUL byte");
    expect_own_fault("1, 9e999, NULL, NULL", "is no number");
}
END_TEST

START_TEST(load_reads_views_and_tables_without_rowid) {
    const char *path = database("CREATE TABLE t (a TEXT PRIMARY KEY, b) WITHOUT ROWID;"
                                "INSERT INTO t VALUES ('y', 1), ('b', 2), ('m', 3);"
                                "CREATE VIEW v AS SELECT b AS \"B\"\"x\", a FROM t ORDER BY b;");
    static const ColumnSpec columns[] = {{.name = "a", .field = "a", .kind = COLUMN_TEXT}};
    TableSpec spec = spec_of(columns, 1);
    Table table;
    spec.table = "t";
    ck_assert_int_eq(load_from(path, &spec, &table), STORE_OK);
    ck_assert_str_eq(table.columns[0].texts[0], "b");
    ck_assert_str_eq(table.columns[0].texts[2], "y");
    static const ColumnSpec quoted[] = {{.name = "x", .field = "B\"x", .kind = COLUMN_INTEGER}};
    spec = spec_of(quoted, 1);
    spec.table = "v";
    ck_assert_int_eq(load_from(path, &spec, &table), STORE_OK);
    ck_assert_int_eq(table.columns[0].numbers[2], 3);
}
END_TEST

START_TEST(load_tells_an_error_of_a_view) {
    const char *path = database("CREATE TABLE t (a); INSERT INTO t VALUES (-9223372036854775808);"
                                "CREATE VIEW v AS SELECT abs(a) AS a FROM t;");
    static const ColumnSpec columns[] = {{.name = "a", .field = "a", .kind = COLUMN_TEXT}};
    TableSpec spec = spec_of(columns, 1);
    spec.table = "v";
    Table table;
    ck_assert_int_eq(load_from(path, &spec, &table), STORE_REFUSED);
    ck_assert(scratch_said("integer overflow [KPI0511]"));
}
END_TEST

Suite *load_suite(void);
Suite *load_suite(void) {
    Suite *suite = suite_create("load");
    TCase *values = tcase_create("values");
    tcase_add_checked_fixture(values, start, end);
    tcase_add_test(values, load_reads_missing);
    tcase_add_test(values, load_reads_text);
    tcase_add_test(values, load_reads_integers);
    tcase_add_test(values, load_reads_decimals);
    tcase_add_test(values, load_reads_money);
    tcase_add_test(values, load_reads_dates);
    tcase_add_test(values, load_reads_yes_and_no);
    suite_add_tcase(suite, values);
    TCase *tables = tcase_create("tables");
    tcase_add_checked_fixture(tables, start, end);
    tcase_add_test(tables, load_from_a_folder);
    tcase_add_test(tables, load_from_an_imported_store);
    tcase_add_test(tables, load_inline_rows);
    tcase_add_test(tables, load_inline_tells_where_it_was_declared);
    tcase_add_test(tables, load_tells_bad_values_of_a_folder);
    tcase_add_test(tables, load_tells_bad_values_of_a_store);
    tcase_add_test(tables, load_tells_what_is_not_there);
    tcase_add_test(tables, load_gives_an_empty_table);
    tcase_add_test(tables, load_refuses_a_scale_that_does_not_fit);
    suite_add_tcase(suite, tables);
    TCase *own = tcase_create("own database");
    tcase_add_checked_fixture(own, start, end);
    tcase_add_test(own, load_reads_the_user_s_own_types);
    tcase_add_test(own, load_refuses_what_is_no_text);
    tcase_add_test(own, load_reads_views_and_tables_without_rowid);
    tcase_add_test(own, load_tells_an_error_of_a_view);
    suite_add_tcase(suite, own);
    return suite;
}
