/* Statements on a store. The same tests run on PostgreSQL when KPIC_TEST_DATABASE names an empty
 * database of one, as tests/postgres/run.sh does. */
#include <check.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "store/libpq.h"
#include "store/query.h"
#include "tests/unit/scratch.h"

#define TABLE_MADE                                                                                 \
    "CREATE TABLE \"Ca'se; \"\"x\"\"\" (id bigint, big bigint, amount numeric(20,4), name text,"   \
    " \"da\"\"y\" date);"                                                                          \
    "INSERT INTO \"Ca'se; \"\"x\"\"\" VALUES (1, 9223372036854775807, 12.5, 'O''Neill; --', "      \
    "'2017-01-31'), (2, -9223372036854775807, NULL, '', '2016-02-29'), (3, NULL, -0.25, NULL, "    \
    "NULL)"

static Store *store;
static bool on_server;

static void open_sqlite(void) {
    sqlite3 *db;
    const char *path = scratch_path("query.db");
    on_server = false;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, TABLE_MADE, NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
    ck_assert_int_eq(store_open(scratch_session(), path, ENCODING_UTF8, &store), STORE_OK);
    ck_assert_int_eq(store_dialect(store), STORE_DIALECT_SQLITE);
}

static bool open_server(void) {
    const char *path = getenv("KPIC_TEST_DATABASE");
    on_server = true;
    if (!path)
        return false;
    const char *const keywords[] = {"dbname", NULL}, *const values[] = {path, NULL};
    ck_assert_msg(!libpq_open(), "%s", libpq_open());
    PGconn *link = PQconnectdbParams(keywords, values, 1);
    PQclear(PQexec(link, "DROP TABLE IF EXISTS \"Ca'se; \"\"x\"\"\""));
    PGresult *made = PQexec(link, TABLE_MADE);
    ck_assert_msg(PQresultStatus(made) == PGRES_COMMAND_OK, "%s", PQerrorMessage(link));
    PQclear(made);
    PQfinish(link);
    ck_assert_msg(store_open(scratch_session(), path, ENCODING_UTF8, &store) == STORE_OK, "%s",
                  scratch_messages());
    ck_assert_int_eq(store_dialect(store), STORE_DIALECT_POSTGRESQL);
    return true;
}

/* A statement about the table, with ? for each parameter and # for the table. */
static Query *started(const char *pattern, const QueryValue *values, size_t len,
                      StoreResult wanted) {
    StrBuf text = {0};
    Query *query;
    int parameter = 0;
    for (const char *c = pattern; *c; c++) {
        if (*c == '?')
            strbuf_addf(&text, "%c%d", on_server ? '$' : '?', ++parameter);
        else if (*c == '#')
            store_put_table(&text, store, 0);
        else if (*c == '@')
            store_put_column(&text, store, 0, 4);
        else
            strbuf_add_char(&text, *c);
    }
    StoreResult result = query_start(store, strbuf_text(&text), values, len, &query);
    ck_assert_msg(result == wanted, "%s", scratch_messages());
    strbuf_fini(&text);
    return query;
}

static void check_values(void) {
    static const int64_t ids[] = {1, 2, 3};
    Query *query =
        started("SELECT id, big, amount * 1, name, @ FROM # AS t ORDER BY id", NULL, 0, STORE_OK);
    for (size_t i = 0; i < 3; i++) {
        int64_t number;
        Num exact;
        ck_assert(query_next(query));
        ck_assert(query_integer(query, 0, &number));
        ck_assert_int_eq(number, ids[i]);
        ck_assert(query_is_null(query, 1) == (i == 2));
        ck_assert(query_integer(query, 1, &number) == (i < 2));
        if (i < 2)
            ck_assert_int_eq(number, i == 0 ? INT64_MAX : -INT64_MAX);
        /* A binary fraction is no exact number; numeric is one. */
        ck_assert(query_number(query, 2, &exact) == (on_server && i != 1));
        if (on_server && i == 2)
            ck_assert_int_eq(num_compare(exact, (Num){-1, 4}), 0);
        ck_assert(!query_integer(query, 2, &number));
        size_t len = 99;
        const char *name = query_text(query, 3, &len);
        ck_assert(i == 2 ? !name : strcmp(name, i == 0 ? "O'Neill; --" : "") == 0);
        ck_assert(i == 2 || len == strlen(name));
        const char *day = query_text(query, 4, NULL);
        ck_assert(i == 2 ? !day : strcmp(day, i == 0 ? "2017-01-31" : "2016-02-29") == 0);
    }
    ck_assert(!query_next(query));
    ck_assert_int_eq(query_end(query), STORE_OK);
}

static void check_parameters(void) {
    Date day;
    ck_assert(date_parse_iso("2017-01-31", 10, &day));
    QueryValue values[] = {{.kind = QUERY_INTEGER, .number = INT64_MAX},
                           {.kind = QUERY_TEXT, .text = "O'Neill; --"},
                           {.kind = QUERY_DATE, .number = day},
                           {.kind = QUERY_BOOLEAN, .number = 1},
                           {.kind = QUERY_NULL}};
    int64_t number = 0;
    Query *query = started("SELECT count(*) FROM # AS t WHERE big = ? AND name = ? AND @ = ? AND ?"
                           " AND coalesce(?, 5) = 5",
                           values, 5, STORE_OK);
    ck_assert_msg(query_next(query), "%s", scratch_messages());
    ck_assert(query_integer(query, 0, &number));
    ck_assert_int_eq(number, 1);
    ck_assert_int_eq(query_end(query), STORE_OK);
    QueryValue hostile = {.kind = QUERY_TEXT, .text = "' OR 1 = 1; DROP TABLE x; --"};
    query = started("SELECT count(*) FROM # AS t WHERE name = ?", &hostile, 1, STORE_OK);
    ck_assert(query_next(query));
    ck_assert(query_integer(query, 0, &number));
    ck_assert_int_eq(number, 0);
    ck_assert_int_eq(query_end(query), STORE_OK);
}

/* What fails is told, and the next statement runs all the same; so it does after rows that nobody
 * wanted. */
static void check_failures(void) {
    Query *query = started("SELECT 1 FROM nowhere", NULL, 0, on_server ? STORE_OK : STORE_REFUSED);
    ck_assert(!query_next(query));
    ck_assert_int_eq(query_end(query), STORE_REFUSED);
    ck_assert(scratch_said("gave an error"));
    query = started("SELECT id FROM # AS t", NULL, 0, STORE_OK);
    ck_assert(query_next(query));
    ck_assert_int_eq(query_end(query), STORE_OK);
    query = started("DELETE FROM #", NULL, 0, STORE_OK);
    ck_assert(!query_next(query));
    ck_assert_int_ne(query_end(query), STORE_OK);
    check_values();
}

static void check_types(void) {
    static const FieldType types[] = {FIELD_INTEGER, FIELD_INTEGER, FIELD_NUMERIC, FIELD_TEXT,
                                      FIELD_DATE};
    for (size_t i = 0; i < 5; i++)
        ck_assert_int_eq(store_field_type(store, 0, i), on_server ? types[i] : FIELD_ANY);
    if (on_server)
        ck_assert_str_eq(store_field_type_name(store, 0, 2), "numeric(20,4)");
    ck_assert((store_sqlite(store) == NULL) == on_server);
}

static void check_all(void) {
    check_values();
    check_parameters();
    check_types();
    check_failures();
    store_close(store);
}

START_TEST(statements_run_on_sqlite) {
    open_sqlite();
    check_all();
}
END_TEST

START_TEST(statements_run_on_a_server) {
    if (open_server())
        check_all();
}
END_TEST

Suite *query_suite(void);
Suite *query_suite(void) {
    Suite *suite = suite_create("query");
    TCase *statements = tcase_create("statements");
    tcase_add_checked_fixture(statements, scratch_start, scratch_end);
    tcase_add_test(statements, statements_run_on_sqlite);
    tcase_add_test(statements, statements_run_on_a_server);
    suite_add_tcase(suite, statements);
    return suite;
}
