/* Conditions, dates, links, nested sets and quantities, row by row, as the language reference says
 * (its section on row sets). */
#include <check.h>
#include <stdio.h>

#include "engine/reference/quantity.h"
#include "engine/reference/rowset.h"
#include "tests/unit/model_builder.h"

/* One table, its rows bound one after the other, in a window of January 2017. */
typedef struct Fixture {
    Builder *b;
    Data data;
    Evaluator evaluator;
    PlanWindow window;
} Fixture;

static Fixture f;

static void setup(void) {
    f = (Fixture){.b = builder_new()};
    f.window.start = day("2017-01-01");
    f.window.end = day("2017-01-31");
}

static void teardown(void) {
    if (f.evaluator.frame) {
        evaluator_end(&f.evaluator);
        data_end(&f.data);
    }
    builder_free(f.b);
}

/* After everything is built: tables are read once. */
static void ready(void) {
    build_data(f.b, &f.data);
    f.evaluator = evaluator_new(&f.data);
    f.evaluator.window = &f.window;
}

/* Of the row with this number, from 1. */
static Truth truth_at(const Rowset *rows, size_t row, const Expr *condition) {
    rowset_bind(&f.evaluator, rows, row - 1);
    return evaluate_truth(&f.evaluator, condition);
}

static Outcome value_at(const Rowset *rows, size_t row, const Expr *expr) {
    rowset_bind(&f.evaluator, rows, row - 1);
    return evaluate(&f.evaluator, expr);
}

/* "F", "U", "E", "T" for rows 1, 2, ... */
static void check_truths(const Rowset *rows, const Expr *condition, const char *expected) {
    static const char letters[] = {'F', 'U', 'E', 'T'};
    for (size_t row = 1; expected[row - 1]; row++) {
        Truth truth = truth_at(rows, row, condition);
        ck_assert_msg(letters[truth] == expected[row - 1], "row %zu: %c, expected %c", row,
                      letters[truth], expected[row - 1]);
    }
}

static void check_number(const Rowset *rows, size_t row, const Expr *expr, const char *expected) {
    Outcome outcome = value_at(rows, row, expr);
    ck_assert_int_eq(outcome.kind, OUTCOME_KNOWN);
    StrBuf text = {0};
    value_print(&text, outcome.value);
    ck_assert_str_eq(strbuf_text(&text), expected);
    strbuf_fini(&text);
}

static void check_unknown(const Rowset *rows, size_t row, const Expr *expr) {
    ck_assert_int_eq(value_at(rows, row, expr).kind, OUTCOME_UNKNOWN);
}

/* ---- logic ---- */

/* Columns a and b hold every pair of yes, no, missing, and e is a date outside the calendar in rows
 * where an error is wanted. */
static Rowset *logic_rows(void) {
    SourceModel *source = build_source(f.b, "s", "a:yes_no,optional b:yes_no,optional", 0,
                                       "yes|yes\nyes|no\nyes|-\nno|no\nno|-\n-|-");
    return x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
}

START_TEST(logic_is_three_valued) {
    Rowset *s = logic_rows();
    Expr *a = x_column(f.b, s, "a"), *b = x_column(f.b, s, "b");
    ready();
    check_truths(s, x_and(f.b, a, b), "TFUFFU");
    check_truths(s, x_and(f.b, b, a), "TFUFFU");
    check_truths(s, x_or(f.b, a, b), "TTTFUU");
    check_truths(s, x_or(f.b, b, a), "TTTFUU");
    check_truths(s, x_not(f.b, a), "FFFTTU");
}
END_TEST

/* A condition that is an error in every row: 2030 is not covered. */
static Expr *error(void) {
    Expr *outside = x_call(f.b, FUNCTION_WORKING_DAYS, x_date(f.b, "2030-01-01"),
                           x_date(f.b, "2030-02-01"), NULL);
    return x_compare(f.b, outside, ">", x_number(f.b, "5"));
}

START_TEST(error_comes_out_unless_the_other_side_settles_it) {
    build_calendar(f.b, "2012-01-01", "2028-12-31", "");
    Rowset *s = logic_rows();
    Expr *a = x_column(f.b, s, "a"), *b = x_column(f.b, s, "b");
    ready();
    /* rows 1, 4 and 6 have a true, false and missing */
    check_truths(s, x_and(f.b, a, error()), "EEEFFE");
    check_truths(s, x_and(f.b, error(), a), "EEEFFE");
    check_truths(s, x_or(f.b, a, error()), "TTTEEE");
    check_truths(s, x_or(f.b, error(), a), "TTTEEE");
    check_truths(s, x_not(f.b, error()), "EEEEEE");
    /* in any order among three */
    check_truths(s, x_and(f.b, x_and(f.b, error(), a), b), "EFEFFE");
    check_truths(s, x_and(f.b, b, x_and(f.b, a, error())), "EFEFFE");
}
END_TEST

START_TEST(fault_is_that_of_the_error_that_came_out) {
    CalendarModel *calendar = build_calendar(f.b, "2012-01-01", "2028-12-31", "");
    SourceModel *source = build_source(f.b, "s", "from:date to:date", 0,
                                       "2016-01-01|2016-02-01\n2011-12-30|2012-02-01");
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    Expr *days =
        x_call(f.b, FUNCTION_WORKING_DAYS, x_column(f.b, s, "from"), x_column(f.b, s, "to"), NULL);
    Expr *long_ago = x_compare(f.b, days, ">", x_number(f.b, "5"));
    /* the first error is settled by a truth beside it; the second comes out */
    Expr *settled = x_or(f.b, x_compare(f.b, x_number(f.b, "1"), "=", x_number(f.b, "1")), error());
    ready();
    check_truths(s, x_and(f.b, long_ago, settled), "TE");
    ck_assert_int_eq(f.evaluator.fault.date, day("2011-12-30"));
    ck_assert_ptr_eq(f.evaluator.fault.calendar, calendar);
    ck_assert_ptr_eq(f.evaluator.fault.source, source);
    ck_assert_uint_eq(f.evaluator.fault.row, 1);
}
END_TEST

/* ---- comparisons ---- */

START_TEST(comparison_with_a_missing_value_is_unknown) {
    SourceModel *source = build_source(
        f.b, "s", "n:integer,optional t:text,optional d:date,optional", 0, "3|M|2017-01-05\n-|-|-");
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    ready();
    check_truths(s, x_compare(f.b, x_column(f.b, s, "n"), "=", x_number(f.b, "3")), "TU");
    check_truths(s, x_compare(f.b, x_column(f.b, s, "n"), "!=", x_number(f.b, "3")), "FU");
    check_truths(s, x_compare(f.b, x_column(f.b, s, "t"), "=", x_text(f.b, "M")), "TU");
    check_truths(s, x_compare(f.b, x_column(f.b, s, "d"), "<", x_date(f.b, "2017-01-05")), "FU");
    check_truths(s, x_compare(f.b, x_column(f.b, s, "d"), "<=", x_date(f.b, "2017-01-05")), "TU");
    check_truths(s, x_between(f.b, x_column(f.b, s, "n"), x_number(f.b, "3"), x_number(f.b, "4")),
                 "TU");
    check_truths(s, x_missing(f.b, x_column(f.b, s, "n"), false), "FT");
    check_truths(s, x_missing(f.b, x_column(f.b, s, "n"), true), "TF");
}
END_TEST

START_TEST(between_is_settled_by_one_end) {
    SourceModel *source =
        build_source(f.b, "s", "n:integer high:integer,optional", 0, "3|-\n9|-\n9|9");
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    ready();
    check_truths(
        s, x_between(f.b, x_column(f.b, s, "n"), x_number(f.b, "4"), x_column(f.b, s, "high")),
        "FUT");
}
END_TEST

START_TEST(open_date_is_later_than_every_date) {
    SourceModel *source = build_source(f.b, "s", "end:date,open other:date,open", 0,
                                       "-|2016-01-01\n-|-\n2016-05-01|2016-05-01");
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    Expr *end = x_column(f.b, s, "end"), *other = x_column(f.b, s, "other");
    ready();
    check_truths(s, x_compare(f.b, end, ">", x_date(f.b, "9999-12-31")), "TTF");
    check_truths(s, x_compare(f.b, end, "<=", x_date(f.b, "9999-12-31")), "FFT");
    check_truths(s, x_compare(f.b, end, "=", x_date(f.b, "2016-05-01")), "FFT");
    check_truths(s, x_compare(f.b, x_date(f.b, "2016-05-01"), "!=", end), "TTF");
    /* of two that are not yet nobody knows */
    check_truths(s, x_compare(f.b, end, ">", other), "TUF");
    check_truths(s, x_missing(f.b, end, false), "TTF");
    /* in arithmetic and durations it is unknown */
    check_truths(s, x_compare(f.b, x_shift(f.b, end, "+", "1 month"), ">", other), "UUT");
    check_truths(s, x_elapsed(f.b, x_date(f.b, "2016-01-01"), end, ">=", "3 months"), "UUT");
}
END_TEST

/* A mark says that there is a date which is not told. */
START_TEST(marked_open_date_is_unknown) {
    SourceModel *source = build_source(f.b, "s", "end:date,open", 0, "-\nc");
    build_symbols(source);
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    ready();
    check_truths(s, x_compare(f.b, x_column(f.b, s, "end"), ">", x_date(f.b, "2016-01-01")), "TU");
}
END_TEST

START_TEST(in_lists_and_code_sets) {
    CodeSet *codes = build_codes(f.b, "residential", "K1=Secure K2=Home");
    SourceModel *source =
        build_source(f.b, "s", "place:text,optional n:integer", 0, "K2|3\nU1|2\n-|7");
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    ready();
    check_truths(s, x_in_codes(f.b, x_column(f.b, s, "place"), codes, false), "TFU");
    check_truths(s, x_in_codes(f.b, x_column(f.b, s, "place"), codes, true), "FTU");
    check_truths(s, x_in_numbers(f.b, x_column(f.b, s, "n"), "3", "7"), "TFT");
}
END_TEST

/* ---- dates ---- */

START_TEST(months_clamp_and_the_second_anniversary_counts) {
    SourceModel *source = build_source(
        f.b, "s", "start:date", 0, "2015-01-31\n2015-02-01\n2015-01-30\n2016-02-29\n2017-01-31");
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    Expr *start = x_column(f.b, s, "start"), *end = x_period(f.b, PERIOD_WORD_END);
    ready();
    /* two years or more at 31 January 2017 */
    check_truths(s, x_compare(f.b, x_shift(f.b, start, "+", "2 years"), "<=", end), "TFTFF");
    check_truths(s, x_elapsed(f.b, start, end, ">=", "2 years"), "TFTFF");
    check_truths(s, x_elapsed(f.b, start, end, "<", "2 years"), "FTFTT");
    check_truths(s, x_elapsed(f.b, start, end, ">", "2 years"), "FFTFF");
    check_truths(s, x_elapsed(f.b, start, end, "=", "2 years"), "TFFFF");
    check_number(s, 1, x_shift(f.b, start, "+", "1 month"), "2015-02-28");
    check_number(s, 5, x_shift(f.b, start, "+", "1 month"), "2017-02-28");
    check_number(s, 4, x_shift(f.b, start, "+", "1 year"), "2017-02-28");
    check_number(s, 1, x_shift(f.b, start, "-", "2 months"), "2014-11-30");
    check_number(s, 1, x_shift(f.b, start, "+", "6 weeks"), "2015-03-14");
}
END_TEST

/* D within 2 years before X: D <= X <= D + 2 years; after X: X <= D <= X + 2 years. */
START_TEST(within_has_both_ends_in) {
    SourceModel *source =
        build_source(f.b, "s", "d:date,open", 0,
                     "2014-08-31\n2014-08-30\n2016-08-31\n2016-09-01\n2018-08-31\n2018-09-01\n-");
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    Expr *d = x_column(f.b, s, "d"), *x = x_date(f.b, "2016-08-31");
    ready();
    check_truths(s, x_within(f.b, d, "2 years", true, x), "TFTFFFF");
    check_truths(s, x_within(f.b, d, "2 years", false, x), "FFTTTFF");
}
END_TEST

/* D in 6 weeks to X: the 42 days that end with X. */
START_TEST(in_six_weeks_is_the_42_days_that_end_with_the_day) {
    SourceModel *source = build_source(f.b, "s", "d:date,optional", 0,
                                       "2017-01-31\n2016-12-21\n2016-12-20\n2017-02-01\n-");
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    Expr *span = x_in_span(f.b, x_column(f.b, s, "d"), "6 weeks", x_date(f.b, "2017-01-31"));
    ready();
    check_truths(s, span, "TTFFU");
    int days_in = 0;
    for (Date d = day("2016-01-01"); d < day("2018-01-01"); d++) {
        char iso[16];
        Ymd ymd = date_ymd(d);
        snprintf(iso, sizeof iso, "%04d-%02d-%02d", ymd.year, ymd.month, ymd.day);
        Expr *of_day = x_in_span(f.b, x_date(f.b, iso), "6 weeks", x_date(f.b, "2017-01-31"));
        days_in += evaluate_truth(&f.evaluator, of_day) == TRUTH_TRUE;
    }
    ck_assert_int_eq(days_in, 42);
}
END_TEST

START_TEST(functions_of_dates) {
    SourceModel *source =
        build_source(f.b, "s", "a:date b:date,optional", 0,
                     "2016-01-31|2016-02-29\n2016-03-01|2016-01-31\n2016-01-01|-");
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    Expr *a = x_column(f.b, s, "a"), *b = x_column(f.b, s, "b");
    ready();
    check_number(s, 1, x_call(f.b, FUNCTION_DAYS, a, b, NULL), "29");
    check_number(s, 2, x_call(f.b, FUNCTION_DAYS, a, b, NULL), "-30");
    check_number(s, 1, x_call(f.b, FUNCTION_MONTHS, a, b, NULL), "1");
    check_number(s, 1, x_call(f.b, FUNCTION_YEARS, a, b, NULL), "0");
    check_number(s, 2, x_call(f.b, FUNCTION_YEAR, a, NULL, NULL), "2016");
    check_number(s, 2, x_call(f.b, FUNCTION_MONTH, a, NULL, NULL), "3");
    check_unknown(s, 3, x_call(f.b, FUNCTION_DAYS, a, b, NULL));
    check_number(
        s, 1,
        x_call(f.b, FUNCTION_DAY, x_number(f.b, "2016"), x_number(f.b, "2"), x_number(f.b, "29")),
        "2016-02-29");
    check_unknown(
        s, 1,
        x_call(f.b, FUNCTION_DAY, x_number(f.b, "2017"), x_number(f.b, "2"), x_number(f.b, "29")));
    check_unknown(
        s, 1,
        x_call(f.b, FUNCTION_DAY, x_number(f.b, "2017.5"), x_number(f.b, "2"), x_number(f.b, "2")));
}
END_TEST

START_TEST(working_days_follow_the_start) {
    /* 26 and 27 December 2016 and 2 January 2017 were bank holidays. */
    build_calendar(f.b, "2016-01-01", "2017-12-31", "2016-12-26 2016-12-27 2017-01-02");
    SourceModel *source =
        build_source(f.b, "s", "a:date b:date", 0,
                     "2016-12-23|2016-12-23\n2016-12-23|2016-12-28\n2016-12-23|2017-01-03\n"
                     "2015-12-31|2016-01-04");
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    Expr *a = x_column(f.b, s, "a"),
         *days = x_call(f.b, FUNCTION_WORKING_DAYS, a, x_column(f.b, s, "b"), NULL);
    ready();
    check_number(s, 1, days, "0");
    check_number(s, 2, days, "1");
    check_number(s, 3, days, "4");
    ck_assert_int_eq(value_at(s, 4, days).kind, OUTCOME_ERROR);
    check_number(s, 1, x_shift(f.b, a, "+", "1 working day"), "2016-12-28");
    ck_assert_int_eq(value_at(s, 4, x_shift(f.b, a, "+", "1 working day")).kind, OUTCOME_ERROR);
}
END_TEST

START_TEST(holidays_can_be_rows) {
    CalendarModel *calendar = build_calendar(f.b, "2016-01-01", "2017-12-31", "");
    SourceModel *holidays =
        build_source(f.b, "bank_holiday", "day:date where:text", 0,
                     "2016-12-26|england\n2016-12-26|scotland\n2017-01-03|scotland");
    Rowset *h = x_nested(f.b, holidays, "h", TIMING_NONE, NULL, NULL);
    h->where = x_compare(f.b, x_column(f.b, h, "where"), "=", x_text(f.b, "england"));
    calendar->rows = h;
    calendar->date = x_column(f.b, h, "day");
    SourceModel *source = build_source(f.b, "s", "a:date b:date", 0, "2016-12-23|2017-01-03");
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    ready();
    /* 27 to 30 December, 2 and 3 January */
    check_number(
        s, 1,
        x_call(f.b, FUNCTION_WORKING_DAYS, x_column(f.b, s, "a"), x_column(f.b, s, "b"), NULL),
        "6");
}
END_TEST

START_TEST(age_is_attained_on_1_march_by_leap_day_births) {
    SourceModel *source = build_source(f.b, "s", "born:date on:date", 0,
                                       "2000-02-29|2017-02-28\n2000-02-29|2017-03-01\n"
                                       "2000-02-29|2016-02-29\n1999-01-31|2017-01-31\n"
                                       "1999-02-01|2017-01-31\n2018-01-01|2017-01-31");
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    Expr *born = x_column(f.b, s, "born"),
         *age = x_call(f.b, FUNCTION_AGE, born, x_column(f.b, s, "on"), NULL);
    ready();
    check_number(s, 1, age, "16");
    check_number(s, 2, age, "17");
    check_number(s, 3, age, "16");
    /* without a day, that of the stock: 31 January 2017 */
    check_number(s, 4, x_call(f.b, FUNCTION_AGE, born, NULL, NULL), "18");
    check_number(s, 5, x_call(f.b, FUNCTION_AGE, born, NULL, NULL), "17");
    check_unknown(s, 6, age);
}
END_TEST

/* ---- links ---- */

START_TEST(links_that_lead_nowhere_are_unknown) {
    build_source(f.b, "child", "id:text disabled:yes_no born:date,open", 1,
                 "A|yes|-\nB|no|2010-05-01\nD|yes|-\nD|no|-");
    SourceModel *source = build_source(f.b, "s", "child:link(child),optional", 0, "A\nB\nC\n-\nD");
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    ready();
    check_truths(s, x_column(f.b, s, "child.disabled"), "TFUUU");
    /* `not yet` is what the linked row says, not what a missing row says */
    check_truths(s, x_compare(f.b, x_column(f.b, s, "child.born"), ">", x_date(f.b, "2016-01-01")),
                 "TFUUU");
    /* the key itself is known, wherever it leads */
    check_truths(s, x_missing(f.b, x_column(f.b, s, "child"), false), "FFFTF");
}
END_TEST

START_TEST(computed_columns_read_their_own_row) {
    SourceModel *source = build_source(f.b, "s", "year:integer on:date=", 0, "2016\n2017");
    build_column(source, "on")->computed =
        x_call(f.b, FUNCTION_DAY, x_own_column(f.b, source, "year"), x_number(f.b, "3"),
               x_number(f.b, "31"));
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    ready();
    check_number(s, 1, x_column(f.b, s, "on"), "2016-03-31");
    check_number(s, 2, x_column(f.b, s, "on"), "2017-03-31");
}
END_TEST

/* ---- nested sets ---- */

/* Episodes of children; a missing `end` is unknown, as the column is not open. */
static void children_and_episodes(Rowset **c, Rowset **e) {
    SourceModel *child = build_source(f.b, "child", "id:text", 1, "A\nB\nC\nD");
    SourceModel *episode = build_source(f.b, "episode", "child:text n:integer,optional", 0,
                                        "A|5\nA|6\nB|5\nB|-\nC|1\nC|-\nC|-");
    *c = x_rows(f.b, child, "c", TIMING_NONE, NULL, NULL);
    *e = x_nested(f.b, episode, "e", TIMING_NONE, NULL, NULL);
    (*e)->where =
        x_and(f.b, x_compare(f.b, x_column(f.b, *e, "child"), "=", x_column(f.b, *c, "id")),
              x_compare(f.b, x_column(f.b, *e, "n"), ">=", x_number(f.b, "5")));
}

START_TEST(exists_is_true_if_any_row_is_else_unknown_if_any_is) {
    Rowset *c, *e;
    children_and_episodes(&c, &e);
    ready();
    check_truths(c, x_exists(f.b, e, false), "TTUF");
    check_truths(c, x_exists(f.b, e, true), "FFUT");
}
END_TEST

/* A has 2 known; B 1 and 1 unknown; C 0 and 2 unknown; D none. */
START_TEST(count_in_doubt_is_compared_only_if_every_count_agrees) {
    Rowset *c, *e;
    children_and_episodes(&c, &e);
    Expr *count = x_quantity(f.b, x_measure(f.b, QUANTITY_COUNT, NULL, e));
    ready();
    check_truths(c, x_compare(f.b, count, ">=", x_number(f.b, "1")), "TTUF");
    check_truths(c, x_compare(f.b, count, ">=", x_number(f.b, "2")), "TUUF");
    check_truths(c, x_compare(f.b, count, ">=", x_number(f.b, "3")), "FFFF");
    check_truths(c, x_compare(f.b, count, "=", x_number(f.b, "2")), "TUUF");
    check_truths(c, x_compare(f.b, count, "=", x_number(f.b, "3")), "FFFF");
    check_truths(c, x_compare(f.b, count, "!=", x_number(f.b, "0")), "TTUF");
    check_truths(c, x_compare(f.b, x_number(f.b, "2"), "<", count), "FFFF");
    check_truths(c, x_compare(f.b, x_number(f.b, "2.5"), "=", count), "FFFF");
    check_truths(c, x_between(f.b, count, x_number(f.b, "0"), x_number(f.b, "2")), "TTTT");
    check_truths(c, x_between(f.b, count, x_number(f.b, "1"), x_number(f.b, "2")), "TTUF");
    /* 1 or 2 are both in the list; 0 to 2 are not */
    check_truths(c, x_in_numbers(f.b, count, "1", "2"), "TTUF");
    check_truths(c, x_in_numbers(f.b, count, "7", "8"), "FFFF");
    /* a constant moves the range; from the other side it turns round */
    Expr *plus = x_arithmetic(f.b, count, "+", x_number(f.b, "1"));
    check_truths(c, x_compare(f.b, plus, ">=", x_number(f.b, "2")), "TTUF");
    Expr *minus = x_arithmetic(f.b, x_number(f.b, "3"), "-", count);
    check_truths(c, x_compare(f.b, minus, "<=", x_number(f.b, "2")), "TTUF");
    check_truths(c, x_compare(f.b, x_negate(f.b, count), "<=", x_number(f.b, "-1")), "TTUF");
    /* any other reckoning with a count in doubt is unknown */
    Expr *twice = x_arithmetic(f.b, count, "*", x_number(f.b, "2"));
    check_truths(c, x_compare(f.b, twice, ">=", x_number(f.b, "0")), "TUUT");
}
END_TEST

START_TEST(other_nested_quantities_over_rows_in_doubt_are_unknown) {
    Rowset *c, *e;
    children_and_episodes(&c, &e);
    Expr *sum = x_quantity(f.b, x_measure(f.b, QUANTITY_SUM, x_column(f.b, e, "n"), e));
    Expr *max = x_quantity(f.b, x_measure(f.b, QUANTITY_MAX, x_column(f.b, e, "n"), e));
    ready();
    check_number(c, 1, sum, "11");
    check_unknown(c, 2, sum);
    check_number(c, 4, sum, "0");
    check_number(c, 1, max, "6");
    check_unknown(c, 4, max);
}
END_TEST

START_TEST(another_is_a_different_row) {
    SourceModel *plan = build_source(f.b, "plan", "child:text", 0, "A\nB\nB\n-");
    plan->columns[0].optional = true;
    Rowset *p = x_rows(f.b, plan, "p", TIMING_NONE, NULL, NULL);
    Rowset *q = x_nested(f.b, plan, "q", TIMING_NONE, NULL, NULL);
    q->where = x_compare(f.b, x_column(f.b, q, "child"), "=", x_column(f.b, p, "child"));
    Expr *exists = x_exists(f.b, q, false);
    ready();
    check_truths(p, exists, "TTTU");
    q->another_of = p->row;
    /* row 4 could be of A's child, and of nobody knows whose */
    check_truths(p, exists, "UTTU");
}
END_TEST

START_TEST(error_in_a_nested_row_counts_only_if_no_row_is_true) {
    build_calendar(f.b, "2016-01-01", "2016-12-31", "");
    SourceModel *child = build_source(f.b, "child", "id:text", 1, "A\nB\nC");
    SourceModel *visit = build_source(f.b, "visit", "child:text a:date b:date", 0,
                                      "A|2016-01-04|2016-02-01\nA|2010-01-01|2010-02-01\n"
                                      "B|2010-01-01|2010-02-01\nC|2016-01-04|2016-01-05");
    Rowset *c = x_rows(f.b, child, "c", TIMING_NONE, NULL, NULL);
    Rowset *v = x_nested(f.b, visit, "v", TIMING_NONE, NULL, NULL);
    Expr *days =
        x_call(f.b, FUNCTION_WORKING_DAYS, x_column(f.b, v, "a"), x_column(f.b, v, "b"), NULL);
    v->where = x_and(f.b, x_compare(f.b, days, ">", x_number(f.b, "5")),
                     x_compare(f.b, x_column(f.b, v, "child"), "=", x_column(f.b, c, "id")));
    ready();
    check_truths(c, x_exists(f.b, v, false), "TEF");
    check_truths(c, x_exists(f.b, v, true), "FET");
    /* a count would leave the row out: that is not told */
    Expr *count = x_quantity(f.b, x_measure(f.b, QUANTITY_COUNT, NULL, v));
    check_truths(c, x_compare(f.b, count, ">=", x_number(f.b, "1")), "EEF");
}
END_TEST

START_TEST(nested_latest_is_within_the_parent_row) {
    SourceModel *child = build_source(f.b, "child", "id:text", 1, "A\nB\nC\nD");
    SourceModel *review =
        build_source(f.b, "review", "child:text on:date,optional kind:text", 0,
                     "A|2016-05-01|x\nA|2016-06-01|y\nA|2017-06-01|x\nB|2016-05-01|x\n"
                     "B|2016-05-01|y\nC|-|x");
    Rowset *c = x_rows(f.b, child, "c", TIMING_NONE, NULL, NULL);
    Rowset *r = x_nested(f.b, review, "r", TIMING_LATEST, "on", NULL);
    r->where = x_compare(f.b, x_column(f.b, r, "child"), "=", x_column(f.b, c, "id"));
    Expr *count = x_quantity(f.b, x_measure(f.b, QUANTITY_COUNT, NULL, r));
    Expr *last = x_quantity(f.b, x_measure(f.b, QUANTITY_MAX, x_column(f.b, r, "on"), r));
    ready();
    check_number(c, 1, count, "1");
    check_number(c, 1, last, "2016-06-01"); /* the one after the window is none */
    check_number(c, 2, count, "2");
    check_number(c, 3, count, "0"); /* a missing date is outside */
    check_truths(c, x_exists(f.b, r, false), "TTFF");
}
END_TEST

/* The look-up of an equality changes nothing: the same condition written so that it cannot be
 * looked up gives the same answer for every row. */
START_TEST(look_up_gives_what_a_scan_gives) {
    char cells[4096] = "";
    size_t len = 0;
    unsigned seed = 7;
    for (int i = 0; i < 120; i++) {
        seed = seed * 1103515245u + 12345u;
        int child = (int)(seed >> 16) % 9, n = child == 8 ? 3 : (int)(seed >> 20) % 5;
        len += (size_t)snprintf(cells + len, sizeof cells - len, "%s%c|", i ? "\n" : "",
                                child == 8 ? '-' : 'A' + child);
        len +=
            (size_t)snprintf(cells + len, sizeof cells - len, n == 4 && child == 0 ? "-" : "%d", n);
    }
    SourceModel *s = build_source(f.b, "s", "child:text,optional n:integer,optional", 0, cells);
    Rowset *p = x_rows(f.b, s, "p", TIMING_NONE, NULL, NULL);
    Rowset *q = x_nested(f.b, s, "q", TIMING_NONE, NULL, NULL);
    Rowset *slow = x_nested(f.b, s, "slow", TIMING_NONE, NULL, NULL);
    q->another_of = slow->another_of = p->row;
    q->where = x_and(f.b, x_compare(f.b, x_column(f.b, q, "n"), "<", x_column(f.b, p, "n")),
                     x_compare(f.b, x_column(f.b, p, "child"), "=", x_column(f.b, q, "child")));
    slow->where = x_and(
        f.b, x_compare(f.b, x_column(f.b, slow, "n"), "<", x_column(f.b, p, "n")),
        x_not(f.b, x_compare(f.b, x_column(f.b, p, "child"), "!=", x_column(f.b, slow, "child"))));
    Expr *fast_count = x_quantity(f.b, x_measure(f.b, QUANTITY_COUNT, NULL, q));
    Expr *slow_count = x_quantity(f.b, x_measure(f.b, QUANTITY_COUNT, NULL, slow));
    ready();
    int seen[4] = {0};
    for (size_t row = 1; row <= 120; row++) {
        Truth a = truth_at(p, row, x_exists(f.b, q, false));
        ck_assert_int_eq(a, truth_at(p, row, x_exists(f.b, slow, false)));
        seen[a]++;
        Outcome x = value_at(p, row, fast_count), y = value_at(p, row, slow_count);
        ck_assert_int_eq(num_compare(x.value.as.number, y.value.as.number), 0);
        ck_assert_int_eq(x.ranged, y.ranged);
        if (x.ranged)
            ck_assert_int_eq(num_compare(x.high, y.high), 0);
    }
    ck_assert(seen[TRUTH_TRUE] > 0 && seen[TRUTH_UNKNOWN] > 0 && seen[TRUTH_FALSE] > 0);
}
END_TEST

/* A row is compared with a link to it by its key. */
START_TEST(rows_and_links_compare_by_key) {
    SourceModel *contact = build_source(f.b, "contact", "id:integer", 1, "7\n8\n9");
    SourceModel *referral = build_source(
        f.b, "referral", "contact:link(contact),optional first:link(contact)=", 0, "8\n8\n-\n5");
    build_column(referral, "first")->computed = x_own_column(f.b, referral, "contact");
    Rowset *t = x_rows(f.b, contact, "t", TIMING_NONE, NULL, NULL);
    Rowset *r = x_nested(f.b, referral, "r", TIMING_NONE, NULL, NULL);
    Expr *back = x_exists(f.b, r, false);
    Rowset *u = x_nested(f.b, contact, "u", TIMING_NONE, NULL, NULL);
    u->where = x_compare(f.b, x_column(f.b, r, "contact"), "=", x_row(f.b, u->row));
    r->where = x_and(f.b, x_compare(f.b, x_column(f.b, r, "contact"), "=", x_row(f.b, t->row)),
                     x_missing(f.b, x_column(f.b, r, "contact"), true));
    Rowset *s = x_rows(f.b, referral, "s", TIMING_NONE, NULL, NULL);
    ready();
    check_truths(t, back, "FTF");
    /* the other way about: the contact of a referral */
    check_truths(r, x_exists(f.b, u, false), "TTUF");
    /* a computed link leads to its row, too */
    check_number(s, 1, x_column(f.b, s, "first.id"), "8");
    check_unknown(s, 3, x_column(f.b, s, "first.id"));
    check_unknown(s, 4, x_column(f.b, s, "first.id"));
}
END_TEST

/* ---- timing ---- */

static void check_timing(const Rowset *rows, const char *expected) {
    static const char letters[] = {'F', 'U', 'E', 'T'};
    Date date;
    for (size_t row = 1; expected[row - 1]; row++) {
        rowset_bind(&f.evaluator, rows, row - 1);
        Truth truth = rowset_timing(&f.evaluator, rows, &date);
        ck_assert_msg(letters[truth] == expected[row - 1], "row %zu: %c, expected %c", row,
                      letters[truth], expected[row - 1]);
    }
}

START_TEST(dated_rows_lie_in_the_window) {
    SourceModel *source = build_source(f.b, "s", "d:date,optional", 0,
                                       "2016-12-31\n2017-01-01\n2017-01-31\n2017-02-01\n-");
    Rowset *s = x_rows(f.b, source, "s", TIMING_DATED, "d", NULL);
    ready();
    check_timing(s, "FTTFF");
}
END_TEST

/* S on or before the last day, E not yet or after it. */
START_TEST(held_rows_are_open_on_the_last_day) {
    SourceModel *open = build_source(f.b, "s", "s:date,optional e:date,open", 0,
                                     "2017-01-31|-\n2017-02-01|-\n2016-01-01|2017-01-31\n"
                                     "2016-01-01|2017-02-01\n-|-");
    SourceModel *closed = build_source(f.b, "t", "s:date e:date,optional", 0,
                                       "2016-01-01|-\n2017-02-01|-\n2016-01-01|2017-02-01");
    Rowset *s = x_rows(f.b, open, "s", TIMING_HELD, "s", "e");
    Rowset *t = x_rows(f.b, closed, "t", TIMING_HELD, "s", "e");
    ready();
    check_timing(s, "TFFTU"); /* without a start it may be held */
    check_timing(t, "UFT");   /* an end that is not known, where it should be, leaves it in doubt */
}
END_TEST

/* S on or before the last day, E not yet or on or after the first. */
START_TEST(active_rows_touch_the_window) {
    SourceModel *source = build_source(f.b, "s", "s:date e:date,open", 0,
                                       "2016-01-01|2016-12-31\n2016-01-01|2017-01-01\n"
                                       "2017-01-31|-\n2017-02-01|-");
    Rowset *s = x_rows(f.b, source, "s", TIMING_ACTIVE, "s", "e");
    ready();
    check_timing(s, "FTTF");
}
END_TEST

/* ---- quantities ---- */

static Measured measure_all(QuantityKind kind, const Rowset *rows, Expr *value, size_t len,
                            const char *percentile, bool known, Expr *by) {
    size_t numbers[64];
    for (size_t i = 0; i < len; i++)
        numbers[i] = i;
    Quantity *quantity = x_measure(f.b, kind, value, rows);
    quantity->percentile = number(percentile);
    quantity->known = known;
    quantity->by = by;
    return quantity_measure(&f.evaluator, quantity, numbers, len, true);
}

static void check_measured(Measured measured, const char *expected) {
    ck_assert_int_eq(measured.kind, MEASURED_VALUE);
    StrBuf text = {0};
    value_print(&text, measured.value);
    ck_assert_str_eq(strbuf_text(&text), expected);
    strbuf_fini(&text);
}

static void check_not_measured(Measured measured, Symbol symbol) {
    ck_assert_int_eq(measured.kind, MEASURED_MISSING);
    ck_assert_int_eq(measured.symbol, symbol);
}

/* At 1 + (n - 1) p / 100 of 1 2 4 8 16: p = 50 is the 3rd; p = 90 is place 4.6, 8 + 0.6 * 8; p = 10
 * is place 1.4, 1 + 0.4; of the first four p = 50 is place 2.5. */
START_TEST(percentiles_interpolate_exactly) {
    SourceModel *source = build_source(f.b, "s", "n:integer", 0, "8\n1\n16\n2\n4");
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    Expr *n = x_column(f.b, s, "n");
    ready();
    check_measured(measure_all(QUANTITY_MEDIAN, s, n, 5, "0", false, NULL), "4");
    check_measured(measure_all(QUANTITY_PERCENTILE, s, n, 5, "90", false, NULL), "12.8");
    check_measured(measure_all(QUANTITY_PERCENTILE, s, n, 5, "10", false, NULL), "1.4");
    check_measured(measure_all(QUANTITY_PERCENTILE, s, n, 5, "0", false, NULL), "1");
    check_measured(measure_all(QUANTITY_PERCENTILE, s, n, 5, "100", false, NULL), "16");
    check_measured(measure_all(QUANTITY_MEDIAN, s, n, 4, "0", false, NULL), "5"); /* 1 2 8 16 */
    check_measured(measure_all(QUANTITY_PERCENTILE, s, n, 1, "37", false, NULL), "8");
    check_measured(measure_all(QUANTITY_MEAN, s, n, 5, "0", false, NULL), "6.2");
    check_measured(measure_all(QUANTITY_MIN, s, n, 5, "0", false, NULL), "1");
    check_measured(measure_all(QUANTITY_MAX, s, n, 5, "0", false, NULL), "16");
    Measured mean = measure_all(QUANTITY_MEAN, s, n, 5, "0", false, NULL);
    ck_assert_int_eq(num_compare(mean.numerator.value, num_of_int(31)), 0);
    ck_assert_int_eq(num_compare(mean.denominator.value, num_of_int(5)), 0);
}
END_TEST

START_TEST(over_no_rows) {
    SourceModel *records = build_source(f.b, "s", "n:integer", 0, "");
    SourceModel *published = build_source(f.b, "p", "n:integer", 0, "");
    published->published = PUBLISHED_FLOW;
    Rowset *s = x_rows(f.b, records, "s", TIMING_NONE, NULL, NULL);
    Rowset *p = x_rows(f.b, published, "p", TIMING_NONE, NULL, NULL);
    Expr *n = x_column(f.b, s, "n"), *m = x_column(f.b, p, "n");
    ready();
    check_measured(measure_all(QUANTITY_COUNT, s, NULL, 0, "0", false, NULL), "0");
    check_measured(measure_all(QUANTITY_COUNT_DISTINCT, s, n, 0, "0", false, NULL), "0");
    check_measured(measure_all(QUANTITY_SUM, s, n, 0, "0", false, NULL), "0");
    check_not_measured(measure_all(QUANTITY_COUNT, p, NULL, 0, "0", false, NULL),
                       SYMBOL_UNAVAILABLE);
    check_not_measured(measure_all(QUANTITY_COUNT_DISTINCT, p, m, 0, "0", false, NULL),
                       SYMBOL_UNAVAILABLE);
    check_not_measured(measure_all(QUANTITY_SUM, p, m, 0, "0", false, NULL), SYMBOL_UNAVAILABLE);
    static const QuantityKind others[] = {QUANTITY_MEAN, QUANTITY_MEDIAN, QUANTITY_PERCENTILE,
                                          QUANTITY_MIN, QUANTITY_MAX};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        check_not_measured(measure_all(others[i], s, n, 0, "50", false, NULL),
                           SYMBOL_NOT_APPLICABLE);
}
END_TEST

/* Strongest first: confidential, low reliability, unavailable, not applicable, low. */
START_TEST(missing_values_carry_the_strongest_symbol) {
    SourceModel *source = build_source(f.b, "s", "a:integer,optional b:integer,optional", 0,
                                       "1|5\n-|z\nc|x\nz|u\n2|low\n3|low");
    build_symbols(source);
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    Expr *a = x_column(f.b, s, "a"), *b = x_column(f.b, s, "b");
    ready();
    check_measured(measure_all(QUANTITY_SUM, s, a, 1, "0", false, NULL), "1");
    check_not_measured(measure_all(QUANTITY_SUM, s, a, 2, "0", false, NULL), SYMBOL_UNAVAILABLE);
    check_not_measured(measure_all(QUANTITY_MEAN, s, a, 3, "0", false, NULL), SYMBOL_CONFIDENTIAL);
    check_not_measured(measure_all(QUANTITY_MAX, s, b, 2, "0", false, NULL), SYMBOL_NOT_APPLICABLE);
    check_not_measured(measure_all(QUANTITY_SUM, s, b, 3, "0", false, NULL), SYMBOL_UNAVAILABLE);
    check_not_measured(measure_all(QUANTITY_SUM, s, b, 4, "0", false, NULL),
                       SYMBOL_LOW_RELIABILITY);
    /* of a sum in one row, too: c and x */
    Expr *both = x_arithmetic(f.b, a, "+", b);
    check_not_measured(measure_all(QUANTITY_SUM, s, both, 3, "0", false, NULL),
                       SYMBOL_CONFIDENTIAL);
    Measured missing = measure_all(QUANTITY_SUM, s, a, 6, "0", false, NULL);
    ck_assert_str_eq(missing.reason, "s.a is confidential in 3 of 6 rows of 's'");
    /* `known` leaves them out and says so */
    Measured known = measure_all(QUANTITY_SUM, s, a, 6, "0", true, NULL);
    check_measured(known, "6");
    ck_assert_int_eq(known.left_out, 3);
}
END_TEST

START_TEST(distinct_values_leave_missing_ones_out) {
    SourceModel *source = build_source(f.b, "s", "k:text,optional", 0, "A\nB\nA\n-\n-\nC");
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    ready();
    check_measured(
        measure_all(QUANTITY_COUNT_DISTINCT, s, x_column(f.b, s, "k"), 6, "0", false, NULL), "3");
    check_measured(measure_all(QUANTITY_COUNT, s, NULL, 6, "0", false, NULL), "6");
}
END_TEST

/* Rows are counted by their keys: of two columns here. */
START_TEST(distinct_rows_go_by_their_key) {
    SourceModel *source = build_source(f.b, "s", "a:text b:integer", 2, "A|1\nA|2\nA|1\nB|1");
    SourceModel *link = build_source(f.b, "t", "id:text", 1, "A\nB\nC");
    SourceModel *linked = build_source(f.b, "u", "t:link(t),optional", 0, "A\nA\n-\nB");
    (void)link;
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    Rowset *u = x_rows(f.b, linked, "u", TIMING_NONE, NULL, NULL);
    ready();
    check_measured(measure_all(QUANTITY_COUNT_DISTINCT, s, x_row(f.b, s->row), 4, "0", false, NULL),
                   "3");
    check_measured(
        measure_all(QUANTITY_COUNT_DISTINCT, u, x_column(f.b, u, "t"), 4, "0", false, NULL), "2");
}
END_TEST

START_TEST(first_and_last_by_a_date) {
    SourceModel *keyed = build_source(f.b, "s", "id:integer on:date,optional n:integer", 1,
                                      "3|2016-05-01|30\n2|2016-05-01|20\n1|-|10\n4|2016-04-01|40");
    SourceModel *bare = build_source(f.b, "t", "on:date n:integer", 0,
                                     "2016-05-01|7\n2016-05-01|8\n2016-04-01|9\n2016-04-01|9");
    Rowset *s = x_rows(f.b, keyed, "s", TIMING_NONE, NULL, NULL);
    Rowset *t = x_rows(f.b, bare, "t", TIMING_NONE, NULL, NULL);
    Expr *n = x_column(f.b, s, "n"), *on = x_column(f.b, s, "on");
    Expr *m = x_column(f.b, t, "n"), *at = x_column(f.b, t, "on");
    ready();
    check_measured(measure_all(QUANTITY_FIRST, s, n, 4, "0", false, on), "40");
    /* ties: the smallest key; a missing date is no date */
    check_measured(measure_all(QUANTITY_LAST, s, n, 4, "0", false, on), "20");
    /* without a key equal values decide it, differing ones are an error */
    check_measured(measure_all(QUANTITY_FIRST, t, m, 4, "0", false, at), "9");
    Measured last = measure_all(QUANTITY_LAST, t, m, 4, "0", false, at);
    ck_assert_int_eq(last.kind, MEASURED_ERROR);
    ck_assert_int_eq(f.evaluator.fault.kind, FAULT_UNDECIDED);
    check_not_measured(measure_all(QUANTITY_LAST, s, n, 0, "0", false, on), SYMBOL_NOT_APPLICABLE);
}
END_TEST

START_TEST(sums_that_leave_64_bits_are_errors) {
    SourceModel *source = build_source(f.b, "s", "n:integer", 0, "9223372036854775807\n1\n-2");
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    Expr *n = x_column(f.b, s, "n");
    ready();
    ck_assert_int_eq(measure_all(QUANTITY_SUM, s, n, 2, "0", false, NULL).kind, MEASURED_ERROR);
    ck_assert_int_eq(f.evaluator.fault.kind, FAULT_OVERFLOW);
    /* whatever the order of the rows: only the sum counts */
    check_measured(measure_all(QUANTITY_SUM, s, n, 3, "0", false, NULL), "9223372036854775806");
}
END_TEST

START_TEST(arithmetic_is_exact) {
    SourceModel *source =
        build_source(f.b, "s", "a:decimal b:integer,optional", 0, "0.1|3\n2.675|0\n1|-");
    Rowset *s = x_rows(f.b, source, "s", TIMING_NONE, NULL, NULL);
    Expr *a = x_column(f.b, s, "a"), *b = x_column(f.b, s, "b");
    ready();
    check_number(s, 1, x_arithmetic(f.b, x_arithmetic(f.b, a, "+", a), "+", a), "0.3");
    check_number(s, 1, x_arithmetic(f.b, x_arithmetic(f.b, a, "/", b), "*", x_number(f.b, "30")),
                 "1");
    check_unknown(s, 2, x_arithmetic(f.b, a, "/", b)); /* divided by 0 */
    check_unknown(s, 3, x_arithmetic(f.b, a, "-", b));
    check_number(s, 2, x_negate(f.b, a), "-2.675");
}
END_TEST

static TCase *cases(const char *name) {
    TCase *tcase = tcase_create(name);
    tcase_add_checked_fixture(tcase, setup, teardown);
    return tcase;
}

static TCase *condition_cases(void) {
    TCase *tcase = cases("conditions");
    tcase_add_test(tcase, logic_is_three_valued);
    tcase_add_test(tcase, error_comes_out_unless_the_other_side_settles_it);
    tcase_add_test(tcase, fault_is_that_of_the_error_that_came_out);
    tcase_add_test(tcase, comparison_with_a_missing_value_is_unknown);
    tcase_add_test(tcase, between_is_settled_by_one_end);
    tcase_add_test(tcase, open_date_is_later_than_every_date);
    tcase_add_test(tcase, marked_open_date_is_unknown);
    tcase_add_test(tcase, in_lists_and_code_sets);
    tcase_add_test(tcase, arithmetic_is_exact);
    return tcase;
}

static TCase *date_cases(void) {
    TCase *tcase = cases("dates");
    tcase_add_test(tcase, months_clamp_and_the_second_anniversary_counts);
    tcase_add_test(tcase, within_has_both_ends_in);
    tcase_add_test(tcase, in_six_weeks_is_the_42_days_that_end_with_the_day);
    tcase_add_test(tcase, functions_of_dates);
    tcase_add_test(tcase, working_days_follow_the_start);
    tcase_add_test(tcase, holidays_can_be_rows);
    tcase_add_test(tcase, age_is_attained_on_1_march_by_leap_day_births);
    tcase_add_test(tcase, dated_rows_lie_in_the_window);
    tcase_add_test(tcase, held_rows_are_open_on_the_last_day);
    tcase_add_test(tcase, active_rows_touch_the_window);
    return tcase;
}

static TCase *row_cases(void) {
    TCase *tcase = cases("rows");
    tcase_add_test(tcase, links_that_lead_nowhere_are_unknown);
    tcase_add_test(tcase, computed_columns_read_their_own_row);
    tcase_add_test(tcase, exists_is_true_if_any_row_is_else_unknown_if_any_is);
    tcase_add_test(tcase, count_in_doubt_is_compared_only_if_every_count_agrees);
    tcase_add_test(tcase, other_nested_quantities_over_rows_in_doubt_are_unknown);
    tcase_add_test(tcase, another_is_a_different_row);
    tcase_add_test(tcase, rows_and_links_compare_by_key);
    tcase_add_test(tcase, error_in_a_nested_row_counts_only_if_no_row_is_true);
    tcase_add_test(tcase, nested_latest_is_within_the_parent_row);
    tcase_add_test(tcase, look_up_gives_what_a_scan_gives);
    return tcase;
}

static TCase *quantity_cases(void) {
    TCase *tcase = cases("quantities");
    tcase_add_test(tcase, percentiles_interpolate_exactly);
    tcase_add_test(tcase, over_no_rows);
    tcase_add_test(tcase, missing_values_carry_the_strongest_symbol);
    tcase_add_test(tcase, distinct_values_leave_missing_ones_out);
    tcase_add_test(tcase, distinct_rows_go_by_their_key);
    tcase_add_test(tcase, first_and_last_by_a_date);
    tcase_add_test(tcase, sums_that_leave_64_bits_are_errors);
    return tcase;
}

Suite *evaluate_suite(void);
Suite *evaluate_suite(void) {
    Suite *suite = suite_create("evaluate");
    suite_add_tcase(suite, condition_cases());
    suite_add_tcase(suite, date_cases());
    suite_add_tcase(suite, row_cases());
    suite_add_tcase(suite, quantity_cases());
    return suite;
}
