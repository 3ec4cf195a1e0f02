/* The comparison with the tables of expected results, on the copies that come with the project. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/statistics/csv_table.h"
#include "tests/statistics/statistics_tables.h"

Suite *statistics_suite(void);

START_TEST(the_shipped_tables_agree_whole) {
    StrBuf report = {0};
    StatisticsOutcome outcome = statistics_compare(STATISTICS_SHIPPED, STATISTICS_SHIPPED, &report);
    ck_assert_msg(outcome.disagreed == 0, "%s", strbuf_text(&report));
    ck_assert_uint_eq(outcome.files, 24);
    ck_assert_uint_eq(outcome.rows, 2085);
    ck_assert_ptr_nonnull(strstr(strbuf_text(&report), "add_months.csv: 196 of 196 rows agree\n"));
    strbuf_fini(&report);
}
END_TEST

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

/* A folder with one small table in it, compared and removed. */
static StatisticsOutcome compare_one(const char *name, const char *text, StrBuf *report) {
    char folder[] = "statistics.XXXXXX", path[100];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/%s", folder, name);
    write_file(path, text);
    StatisticsOutcome outcome = statistics_compare(folder, STATISTICS_SHIPPED, report);
    remove(path);
    rmdir(folder);
    return outcome;
}

START_TEST(a_row_that_disagrees_is_shown) {
    StrBuf report = {0};
    StatisticsOutcome outcome = compare_one("add_months.csv",
                                            "clamped,note,months,date\r\n"
                                            "2017-02-28,\"a, \"\"b\"\"\",1,2017-01-31\r\n"
                                            "2017-03-03,wrong,1,2017-01-31\r\n",
                                            &report);
    ck_assert_uint_eq(outcome.files, 1);
    ck_assert_uint_eq(outcome.rows, 2);
    ck_assert_uint_eq(outcome.disagreed, 1);
    ck_assert_ptr_nonnull(strstr(strbuf_text(&report),
                                 "add_months.csv: 1 of 2 rows agree\n"
                                 "  row 2: date 2017-01-31, months 1, clamped: expected "
                                 "'2017-03-03', got '2017-02-28'\n"));
    ck_assert_ptr_nonnull(strstr(strbuf_text(&report), "age_at.csv: not found\n"));
    strbuf_fini(&report);
}
END_TEST

START_TEST(ten_rows_that_disagree_are_enough) {
    StrBuf report = {0}, text = {0};
    strbuf_add(&text, "date,months,clamped\n");
    for (int i = 0; i < 30; i++)
        strbuf_add(&text, "2017-01-31,1,2017-03-03\n");
    StatisticsOutcome outcome = compare_one("add_months.csv", strbuf_text(&text), &report);
    ck_assert_uint_eq(outcome.disagreed, 30);
    ck_assert_ptr_nonnull(strstr(strbuf_text(&report), "  row 10:"));
    ck_assert_ptr_null(strstr(strbuf_text(&report), "  row 11:"));
    strbuf_fini(&text);
    strbuf_fini(&report);
}
END_TEST

START_TEST(a_column_that_is_not_there_is_a_fault) {
    StrBuf report = {0};
    StatisticsOutcome outcome =
        compare_one("age_at.csv", "birth,at,age\n2000-01-01,2001-01-01,1\n", &report);
    ck_assert_uint_eq(outcome.disagreed, 1);
    ck_assert_ptr_nonnull(
        strstr(strbuf_text(&report), "age_at.csv: there is no column age_1_march\n"));
    strbuf_fini(&report);
}
END_TEST

START_TEST(numbers_agree_as_numbers) {
    StrBuf report = {0};
    StatisticsOutcome outcome = compare_one("rounding.csv",
                                            "kind,value,dp_or_base,half_up\n"
                                            "dp,2.5e1,-1,3e1\n"
                                            "dp,0.125,2,0.130\n"
                                            "dp,-0.04,1,0\n"
                                            "base,1.5E+1,10,20.0\n",
                                            &report);
    ck_assert_msg(outcome.disagreed == 0, "%s", strbuf_text(&report));
    ck_assert_uint_eq(outcome.rows, 4);
    strbuf_fini(&report);
}
END_TEST

/* Wilson's lower limit of 2 in 378 at 95%: 0.145218570302081. */
START_TEST(limits_agree_to_nine_digits) {
    StrBuf report = {0};
    StatisticsOutcome outcome =
        compare_one("wilson.csv",
                    "x,n,confidence,multiplier,value,lower,upper,status\n"
                    "2,378,0.95,100,0.529100529100529,0.1452185703,1.90837164091077,ok\n"
                    "2,378,0.95,100,0.529100529100529,0.145218571,1.90837164091077,ok\n"
                    "2,378,0.95,100,0.529100529100529,,1.90837164091077,ok\n"
                    "2,378,,100,0.529100529100529,NA,,ok\n"
                    "2,378,,100,0.529100529100529,0,,ok\n"
                    "2,0,0.95,100,,,,missing\n",
                    &report);
    ck_assert_uint_eq(outcome.rows, 6);
    ck_assert_uint_eq(outcome.disagreed, 4);
    ck_assert_ptr_null(strstr(strbuf_text(&report), "row 1:"));
    ck_assert_ptr_nonnull(strstr(strbuf_text(&report), "row 2:"));
    ck_assert_ptr_nonnull(strstr(strbuf_text(&report), "row 3:"));
    ck_assert_ptr_null(strstr(strbuf_text(&report), "row 4:"));
    ck_assert_ptr_nonnull(strstr(strbuf_text(&report), "row 5:"));
    ck_assert_ptr_nonnull(strstr(strbuf_text(&report), "status: expected 'missing', got 'error'"));
    strbuf_fini(&report);
}
END_TEST

/* Below 1e-9 a limit may be 1e-9 off; a probability may not. */
START_TEST(small_numbers_agree_by_their_kind) {
    StrBuf report = {0};
    StatisticsOutcome outcome = compare_one("distributions.csv",
                                            "fn,p,a1,a2,value\n"
                                            "ppois,0,30,,9.3576229688401748e-14\n"
                                            "ppois,0,30,,9.3576230688401748e-14\n",
                                            &report);
    ck_assert_uint_eq(outcome.disagreed, 1);
    ck_assert_ptr_nonnull(strstr(strbuf_text(&report), "row 2:"));
    strbuf_clear(&report);
    outcome = compare_one("byars.csv",
                          "x,confidence,lower,upper\n"
                          "1,0.95,0.0130721329015044,5.56375558247526\n"
                          "1,0.95,1e-10,5.56375558247526\n",
                          &report);
    ck_assert_uint_eq(outcome.disagreed, 1);
    strbuf_fini(&report);
}
END_TEST

START_TEST(an_unknown_method_is_a_disagreement) {
    StrBuf report = {0};
    StatisticsOutcome outcome = compare_one(
        "benchmark_comparison.csv",
        "label,method,polarity,n,value,lower95,upper95,lower998,upper998,benchmark,"
        "bench_lower95,bench_upper95,unit,significance,word\n"
        "a,single1,low_is_good,535,12.9,10.3,16.0,9.1,18.0,20.7,,,100,Better,better\n"
        "a,quintiles,low_is_good,535,12.9,10.3,16.0,9.1,18.0,20.7,,,100,Better,better\n",
        &report);
    ck_assert_uint_eq(outcome.rows, 2);
    ck_assert_uint_eq(outcome.disagreed, 1);
    strbuf_fini(&report);
}
END_TEST

START_TEST(an_empty_folder_has_nothing_to_compare) {
    StrBuf report = {0};
    StatisticsOutcome outcome = statistics_compare("tests/unit", STATISTICS_SHIPPED, &report);
    ck_assert_uint_eq(outcome.files, 0);
    strbuf_fini(&report);
}
END_TEST

START_TEST(csv_fields_may_be_quoted) {
    const char *text = "\xEF\xBB\xBFname,value\n"
                       "\"a, b\",\"say \"\"x\"\"\"\n"
                       "\n"
                       "\"two\nlines\",\n"
                       "short";
    Arena *arena = arena_new();
    CsvTable table = csv_table_parse(arena, text, strlen(text));
    ck_assert_uint_eq(table.columns, 2);
    ck_assert_uint_eq(table.rows, 3);
    ck_assert_str_eq(csv_table_cell(&table, 0, "name"), "a, b");
    ck_assert_str_eq(csv_table_cell(&table, 0, "value"), "say \"x\"");
    ck_assert_str_eq(csv_table_cell(&table, 1, "name"), "two\nlines");
    ck_assert_str_eq(csv_table_cell(&table, 1, "value"), "");
    ck_assert_str_eq(csv_table_cell(&table, 2, "name"), "short");
    ck_assert_str_eq(csv_table_cell(&table, 2, "value"), "");
    ck_assert_str_eq(csv_table_cell(&table, 0, "none"), "");
    arena_free(arena);
}
END_TEST

Suite *statistics_suite(void) {
    Suite *suite = suite_create("statistics");
    TCase *tests = tcase_create("statistics");
    tcase_add_test(tests, the_shipped_tables_agree_whole);
    tcase_add_test(tests, a_row_that_disagrees_is_shown);
    tcase_add_test(tests, ten_rows_that_disagree_are_enough);
    tcase_add_test(tests, a_column_that_is_not_there_is_a_fault);
    tcase_add_test(tests, numbers_agree_as_numbers);
    tcase_add_test(tests, limits_agree_to_nine_digits);
    tcase_add_test(tests, small_numbers_agree_by_their_kind);
    tcase_add_test(tests, an_unknown_method_is_a_disagreement);
    tcase_add_test(tests, an_empty_folder_has_nothing_to_compare);
    tcase_add_test(tests, csv_fields_may_be_quoted);
    suite_add_tcase(suite, tests);
    return suite;
}
