/* Periods asked for, windows, taken dates and coverage: section 4 of the language reference. */
#include <check.h>
#include <string.h>

#include "tests/unit/model_builder.h"

static Builder *b;
static SourceModel *source;
static Rowset *rows;
static Indicator *indicator;

static void setup(void) {
    b = builder_new();
    source = build_source(b, "plan", "start:date end:date,open", 0, "2016-01-01|-");
    rows = x_rows(b, source, "p", TIMING_DATED, "start", NULL);
    indicator = build_value(b, "plans", x_quantity(b, x_measure(b, QUANTITY_COUNT, NULL, rows)));
}

static void teardown(void) {
    builder_free(b);
}

static const PlanIndicator *planned;

static void ask(const char *from, const char *to) {
    planned = build_plan(b, indicator, from, to);
}

/* The i-th window, from 0, as "PERIOD START END", with what is not usual about it. */
static void check_window(size_t i, const char *expected) {
    ck_assert_uint_lt(i, planned->windows_len);
    const PlanWindow *window = &planned->windows[i];
    StrBuf text = {0};
    period_print(&text, window->period);
    strbuf_add(&text, " ");
    date_print_iso(&text, window->start);
    strbuf_add(&text, " ");
    date_print_iso(&text, window->end);
    strbuf_add(&text, window->asked ? "" : " compared");
    ck_assert_str_eq(strbuf_text(&text), expected);
    strbuf_fini(&text);
}

static void check_label(size_t i, const char *expected) {
    StrBuf text = {0};
    window_label(&text, indicator, &planned->windows[i]);
    ck_assert_str_eq(strbuf_text(&text), expected);
    strbuf_fini(&text);
}

START_TEST(snapshot_is_the_last_day) {
    ask("2017-02", NULL);
    ck_assert_uint_eq(planned->windows_len, 2);
    check_window(0, "2017-01 2017-01-31 2017-01-31 compared");
    check_window(1, "2017-02 2017-02-28 2017-02-28");
    ck_assert_int_eq(planned->windows[1].previous, 0);
    ck_assert_int_eq(planned->windows[0].previous, -1);
    check_label(1, "At 28 February 2017");
}
END_TEST

/* Twelve months to 28 February 2017 begin on 1 March 2016. */
START_TEST(rolling_months_begin_on_the_day_after) {
    build_rolling(indicator, 12);
    ask("2017-02", NULL);
    check_window(1, "2017-02 2016-03-01 2017-02-28");
    check_label(1, "Rolling 12 months February 2017");
    build_rolling(indicator, 3);
    ask("2017-01", NULL);
    check_window(1, "2017-01 2016-11-01 2017-01-31");
}
END_TEST

START_TEST(months_quarters_and_years) {
    build_window(indicator, WINDOW_MONTH, EVERY_MONTH);
    ask("2016-02", NULL);
    check_window(1, "2016-02 2016-02-01 2016-02-29");
    check_label(1, "February 2016");
    build_window(indicator, WINDOW_QUARTER, EVERY_QUARTER);
    ask("2016/17-Q4", NULL);
    check_window(0, "2016/17-Q3 2016-10-01 2016-12-31 compared");
    check_window(1, "2016/17-Q4 2017-01-01 2017-03-31");
    check_label(1, "January to March 2017");
    build_window(indicator, WINDOW_YEAR_TO_DATE, EVERY_MONTH);
    ask("2017-01", NULL);
    check_window(1, "2017-01 2016-04-01 2017-01-31");
    check_label(1, "1 April 2016 to 31 January 2017");
    ask("2016-04", NULL);
    check_window(0, "2016-03 2015-04-01 2016-03-31 compared");
    check_window(1, "2016-04 2016-04-01 2016-04-30");
    build_window(indicator, WINDOW_FINANCIAL_YEAR, EVERY_YEAR);
    ask("2016/17", NULL);
    check_window(0, "2015/16 2015-04-01 2016-03-31 compared");
    check_window(1, "2016/17 2016-04-01 2017-03-31");
    check_label(1, "Financial year 2016/17");
    build_window(indicator, WINDOW_CALENDAR_YEAR, EVERY_YEAR);
    ask("2016", NULL);
    check_window(1, "2016 2016-01-01 2016-12-31");
    check_label(1, "Calendar year 2016");
}
END_TEST

/* With an academic window 2016/17 is September to August. */
START_TEST(year_of_an_academic_window) {
    build_window(indicator, WINDOW_ACADEMIC_YEAR, EVERY_YEAR);
    ask("2016/17", NULL);
    check_window(1, "2016/17 2016-09-01 2017-08-31");
    check_label(1, "Academic year 2016/17");
    ask("2017-03", NULL); /* the last complete one */
    check_window(1, "2015/16 2015-09-01 2016-08-31");
    ask("2014/15", "2016/17");
    ck_assert_uint_eq(planned->windows_len, 4);
    check_window(0, "2013/14 2013-09-01 2014-08-31 compared");
    check_window(3, "2016/17 2016-09-01 2017-08-31");
}
END_TEST

/* A coarser `every` than the period gives its last complete one on or before it. */
START_TEST(last_complete_period_on_or_before) {
    build_window(indicator, WINDOW_SNAPSHOT, EVERY_QUARTER);
    ask("2017-01", NULL);
    check_window(1, "2016/17-Q3 2016-12-31 2016-12-31");
    ask("2017-03", NULL);
    check_window(1, "2016/17-Q4 2017-03-31 2017-03-31");
    build_window(indicator, WINDOW_SNAPSHOT, EVERY_YEAR);
    ask("2017-03", NULL);
    check_window(1, "2016/17 2017-03-31 2017-03-31");
    ask("2017-02", NULL);
    check_window(1, "2015/16 2016-03-31 2016-03-31");
    indicator->year_end_month = 8; /* every year to 31 August */
    ask("2017-02", NULL);
    check_window(1, "2015/16 2016-08-31 2016-08-31");
    indicator->year_end_month = 7;
    indicator->year_end_day = 15;
    ask("2017-02", NULL);
    check_window(0, "2015-07-15 2015-07-15 2015-07-15 compared");
    check_window(1, "2016-07-15 2016-07-15 2016-07-15");
    build_window(indicator, WINDOW_SNAPSHOT, EVERY_MONTH);
    ask("2017-01-30", NULL); /* January is not complete on the 30th */
    check_window(1, "2016-12 2016-12-31 2016-12-31");
}
END_TEST

START_TEST(series_has_every_own_period_that_ends_in_it) {
    ask("2016-11", "2017-01");
    ck_assert_uint_eq(planned->windows_len, 4);
    check_window(0, "2016-10 2016-10-31 2016-10-31 compared");
    check_window(1, "2016-11 2016-11-30 2016-11-30");
    check_window(3, "2017-01 2017-01-31 2017-01-31");
    ck_assert_int_eq(planned->windows[3].previous, 2);
    ck_assert_int_eq(planned->windows[1].previous, 0);
    build_window(indicator, WINDOW_SNAPSHOT, EVERY_QUARTER);
    ask("2016-11", "2017-04");
    ck_assert_uint_eq(planned->windows_len, 3); /* December and March; September to compare with */
    check_window(1, "2016/17-Q3 2016-12-31 2016-12-31");
    check_window(2, "2016/17-Q4 2017-03-31 2017-03-31");
}
END_TEST

START_TEST(series_without_a_period_is_told) {
    build_window(indicator, WINDOW_FINANCIAL_YEAR, EVERY_YEAR);
    ask("2016-05", "2016-11");
    ck_assert_uint_eq(planned->windows_len, 0);
    ck_assert_uint_eq(messages_with(b, DIAG_no_period_in_series), 1);
}
END_TEST

START_TEST(compared_periods) {
    indicator->compare = COMPARE_SAME_PERIOD_LAST_YEAR;
    ask("2016-02", NULL);
    check_window(0, "2015-02 2015-02-28 2015-02-28 compared");
    indicator->compare = COMPARE_PREVIOUS_QUARTER;
    ask("2016-05", NULL);
    check_window(0, "2016-02 2016-02-29 2016-02-29 compared");
    build_window(indicator, WINDOW_SNAPSHOT, EVERY_QUARTER);
    indicator->compare = COMPARE_PREVIOUS_YEAR;
    ask("2016/17-Q1", NULL);
    check_window(0, "2015/16-Q1 2015-06-30 2015-06-30 compared");
}
END_TEST

START_TEST(behind_moves_the_window_and_leaves_the_label) {
    build_rolling(indicator, 12);
    indicator->behind = 1;
    ask("2017-03", NULL);
    check_window(1, "2017-03 2016-03-01 2017-02-28");
    build_window(indicator, WINDOW_SNAPSHOT, EVERY_MONTH);
    ask("2017-02", NULL);
    check_window(1, "2017-02 2017-01-31 2017-01-31");
    build_window(indicator, WINDOW_MONTH, EVERY_MONTH);
    indicator->behind = 2;
    ask("2017-04", NULL);
    check_window(1, "2017-04 2017-02-01 2017-02-28");
}
END_TEST

START_TEST(snapshot_at_taken_date) {
    build_window(indicator, WINDOW_SNAPSHOT_AT_TAKEN, EVERY_MONTH);
    build_taken(b, "2016-12", "2017-01-10");
    build_taken(b, "2017-01", "2017-01-30");
    ask("2017-01", NULL);
    check_window(0, "2016-12 2017-01-10 2017-01-10 compared");
    check_window(1, "2017-01 2017-01-30 2017-01-30");
    ck_assert(planned->windows[1].available);
    check_label(1, "At 30 January 2017");
    ck_assert_uint_eq(diags_warnings(b->session->diags), 0);
}
END_TEST

START_TEST(period_without_a_taken_date_is_not_available) {
    build_window(indicator, WINDOW_SNAPSHOT_AT_TAKEN, EVERY_MONTH);
    build_taken(b, "2016-12", "2017-01-10");
    ask("2016-12", "2017-01");
    ck_assert(planned->windows[1].available);
    ck_assert(!planned->windows[2].available);
    ck_assert_str_eq(planned->windows[2].reason, "no taken date for 2017-01");
    ck_assert_uint_eq(messages_with(b, DIAG_period_not_available), 1);
    ck_assert_uint_eq(diags_errors(b->session->diags), 0);
    ask("2017-01", NULL); /* it waits, beside December */
    ck_assert_uint_eq(messages_with(b, DIAG_no_period_available), 0);
    ask("2017-03", NULL); /* nor is there a February */
    ck_assert_uint_eq(messages_with(b, DIAG_no_period_available), 1);
}
END_TEST

/* `taken date` in a condition asks for one too; a period that ends on the same day will do. */
START_TEST(taken_date_in_a_condition) {
    rows->where = x_compare(b, x_column(b, rows, "start"), "<=", x_period(b, PERIOD_WORD_TAKEN));
    build_rolling(indicator, 12);
    build_taken(b, "2016/17-Q3", "2017-01-12");
    ask("2016-12", NULL);
    ck_assert(!planned->windows[0].available);
    ck_assert(planned->windows[1].available);
    ck_assert(planned->windows[1].has_taken);
    ck_assert_int_eq(planned->windows[1].taken, day("2017-01-12"));
    check_window(1, "2016-12 2016-01-01 2016-12-31");
}
END_TEST

static void cover(SourceModel *covered, const char *from, const char *to) {
    covered->has_covers = true;
    covered->covers_from = day(from);
    covered->covers_to = day(to);
}

START_TEST(window_outside_the_coverage_is_not_available) {
    build_rolling(indicator, 12);
    cover(source, "2016-02-01", "2017-01-31");
    ask("2016-12", "2017-02");
    ck_assert(!planned->windows[1].available); /* January 2016 is not covered */
    ck_assert(planned->windows[2].available);
    ck_assert(!planned->windows[3].available);
    ck_assert_str_eq(planned->windows[3].reason,
                     "'plan' covers 1 February 2016 to 31 January 2017");
    ck_assert_uint_eq(diags_errors(b->session->diags), 0);
    ask("2017-02", NULL); /* it waits, beside January */
    ck_assert_uint_eq(messages_with(b, DIAG_no_period_available), 0);
    ask("2017-04", NULL);
    ck_assert_uint_eq(messages_with(b, DIAG_no_period_available), 1);
}
END_TEST

/* For what is open or latest on a day, only that day must be covered. */
START_TEST(held_rows_need_only_the_last_day) {
    build_rolling(indicator, 12);
    cover(source, "2017-01-01", "2017-01-31");
    rows->timing = TIMING_LATEST;
    ask("2017-01", NULL);
    ck_assert(planned->windows[1].available);
    rows->timing = TIMING_HELD;
    rows->end = x_column(b, rows, "end");
    ask("2017-01", NULL);
    ck_assert(planned->windows[1].available);
    rows->timing = TIMING_ACTIVE;
    ask("2017-01", NULL);
    ck_assert(!planned->windows[1].available);
    rows->timing = TIMING_DATED;
    build_window(indicator, WINDOW_SNAPSHOT, EVERY_MONTH); /* one day is all there is */
    ask("2017-01", NULL);
    ck_assert(planned->windows[1].available);
}
END_TEST

START_TEST(nested_sets_must_be_covered_too) {
    SourceModel *visits = build_source(b, "visit", "on:date", 0, "2016-05-05");
    Rowset *nested = x_nested(b, visits, "v", TIMING_DATED, "on", NULL);
    rows->where = x_exists(b, nested, false);
    build_rolling(indicator, 12);
    cover(visits, "2016-02-02", "2017-12-31");
    ask("2017-01", NULL);
    ck_assert(!planned->windows[1].available);
    ck_assert_str_eq(planned->windows[1].reason,
                     "'visit' covers 2 February 2016 to 31 December 2017");
    nested->timing = TIMING_LATEST;
    ask("2017-01", NULL);
    ck_assert(planned->windows[1].available);
}
END_TEST

Suite *window_suite(void);
Suite *window_suite(void) {
    Suite *suite = suite_create("window");
    TCase *tests = tcase_create("windows");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, snapshot_is_the_last_day);
    tcase_add_test(tests, rolling_months_begin_on_the_day_after);
    tcase_add_test(tests, months_quarters_and_years);
    tcase_add_test(tests, year_of_an_academic_window);
    tcase_add_test(tests, last_complete_period_on_or_before);
    tcase_add_test(tests, series_has_every_own_period_that_ends_in_it);
    tcase_add_test(tests, series_without_a_period_is_told);
    tcase_add_test(tests, compared_periods);
    tcase_add_test(tests, behind_moves_the_window_and_leaves_the_label);
    tcase_add_test(tests, snapshot_at_taken_date);
    tcase_add_test(tests, period_without_a_taken_date_is_not_available);
    tcase_add_test(tests, taken_date_in_a_condition);
    tcase_add_test(tests, window_outside_the_coverage_is_not_available);
    tcase_add_test(tests, held_rows_need_only_the_last_day);
    tcase_add_test(tests, nested_sets_must_be_covered_too);
    suite_add_tcase(suite, tests);
    return suite;
}
