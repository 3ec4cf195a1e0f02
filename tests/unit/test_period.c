#include <check.h>
#include <string.h>

#include "base/period.h"

Suite *period_suite(void);

static Date iso(const char *text) {
    Date date = 0;
    ck_assert_msg(date_parse_iso(text, strlen(text), &date), "not a date: %s", text);
    return date;
}

static void assert_prints(Period period, const char *expected) {
    StrBuf buf = {0};
    period_print(&buf, period);
    ck_assert_str_eq(strbuf_text(&buf), expected);
    strbuf_fini(&buf);
}

static void assert_period(Period period, PeriodKind kind, const char *start, const char *end) {
    ck_assert_int_eq(period.kind, kind);
    ck_assert_int_eq(period.start, iso(start));
    ck_assert_int_eq(period.end, iso(end));
}

typedef struct Label {
    const char *text;
    PeriodKind kind;
    const char *start, *end;
} Label;

static const Label labels[] = {
    {"2017-01-31", PERIOD_DAY, "2017-01-31", "2017-01-31"},
    {"2017-01", PERIOD_MONTH, "2017-01-01", "2017-01-31"},
    {"2016-02", PERIOD_MONTH, "2016-02-01", "2016-02-29"},
    {"2016/17-Q1", PERIOD_QUARTER, "2016-04-01", "2016-06-30"},
    {"2016/17-Q3", PERIOD_QUARTER, "2016-10-01", "2016-12-31"},
    {"2016/17-Q4", PERIOD_QUARTER, "2017-01-01", "2017-03-31"},
    {"2016/17", PERIOD_FINANCIAL_YEAR, "2016-04-01", "2017-03-31"},
    {"1999/00", PERIOD_FINANCIAL_YEAR, "1999-04-01", "2000-03-31"},
    {"2016", PERIOD_CALENDAR_YEAR, "2016-01-01", "2016-12-31"},
    {"9999-12", PERIOD_MONTH, "9999-12-01", "9999-12-31"},
    {"0001", PERIOD_CALENDAR_YEAR, "0001-01-01", "0001-12-31"},
};

START_TEST(labels_go_in_and_out) {
    const Label *label = &labels[_i];
    Period period;
    ck_assert(period_parse(label->text, strlen(label->text), &period));
    assert_period(period, label->kind, label->start, label->end);
    assert_prints(period, label->text);
    /* Every day of it leads back to it. */
    for (Date date = period.start; date <= period.end; date++) {
        Period held = period_holding(label->kind, date);
        ck_assert_int_eq(held.start, period.start);
        ck_assert_int_eq(held.end, period.end);
    }
}
END_TEST

START_TEST(other_texts_are_no_period) {
    static const char *const bad[] = {
        "",           "2016/18",    "2016/16",    "2016/2017",   "2016-17",      "2016/17-Q0",
        "2016/17-Q5", "2016/17-Q",  "2016/17Q1",  "2016/17-Q11", "2017-13",      "2017-00",
        "2017-1",     "2017-01-32", "2017-02-29", "2017-01-1",   "201",          "20167",
        "0000",       "9999/00",    "2016/17 ",   " 2016",       "January 2017", "2016/17-q1",
        "2017-01-",   "2017-",      "2016/",      "0000-01"};
    Period period;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!period_parse(bad[i], strlen(bad[i]), &period), "'%s'", bad[i]);
    ck_assert(period_parse("2016/17 and more", 7, &period));
}
END_TEST

START_TEST(a_year_label_reads_as_an_academic_year) {
    Period period;
    ck_assert(period_parse("2016/17", 7, &period));
    period = period_as_academic(period);
    assert_period(period, PERIOD_ACADEMIC_YEAR, "2016-09-01", "2017-08-31");
    assert_prints(period, "2016/17");
    ck_assert(period_shift(period, 1, &period));
    assert_prints(period, "2017/18");
    assert_period(period_holding(PERIOD_ACADEMIC_YEAR, iso("2017-08-31")), PERIOD_ACADEMIC_YEAR,
                  "2016-09-01", "2017-08-31");
}
END_TEST

START_TEST(only_whole_periods_are_complete) {
    assert_prints(period_complete_by(PERIOD_MONTH, iso("2017-01-31")), "2017-01");
    assert_prints(period_complete_by(PERIOD_MONTH, iso("2017-01-30")), "2016-12");
    assert_prints(period_complete_by(PERIOD_QUARTER, iso("2017-03-31")), "2016/17-Q4");
    assert_prints(period_complete_by(PERIOD_QUARTER, iso("2017-03-30")), "2016/17-Q3");
    assert_prints(period_complete_by(PERIOD_FINANCIAL_YEAR, iso("2017-03-31")), "2016/17");
    assert_prints(period_complete_by(PERIOD_FINANCIAL_YEAR, iso("2017-03-30")), "2015/16");
    assert_prints(period_complete_by(PERIOD_ACADEMIC_YEAR, iso("2017-08-30")), "2015/16");
    assert_prints(period_complete_by(PERIOD_CALENDAR_YEAR, iso("2016-12-31")), "2016");
    assert_prints(period_complete_by(PERIOD_DAY, iso("2017-01-30")), "2017-01-30");
}
END_TEST

/* Steps lead from each period to the one that holds the day after its end. */
START_TEST(shifting_goes_to_the_neighbour) {
    static const PeriodKind kinds[] = {PERIOD_DAY,           PERIOD_MONTH,
                                       PERIOD_QUARTER,       PERIOD_FINANCIAL_YEAR,
                                       PERIOD_ACADEMIC_YEAR, PERIOD_CALENDAR_YEAR};
    for (size_t i = 0; i < 6; i++) {
        Period first = period_holding(kinds[i], iso("2016-02-29")), period = first;
        for (int steps = 1; steps <= 40; steps++) {
            Period far, back, next = period_holding(kinds[i], period.end + 1);
            ck_assert_int_eq(next.start, period.end + 1);
            ck_assert(period_shift(first, steps, &far));
            ck_assert_int_eq(far.start, next.start);
            ck_assert_int_eq(far.end, next.end);
            ck_assert(period_shift(far, -steps, &back));
            ck_assert_int_eq(back.start, first.start);
            ck_assert_int_eq(back.end, first.end);
            period = next;
        }
    }
}
END_TEST

START_TEST(periods_keep_to_the_range_of_dates) {
    Period period, got;
    ck_assert(period_parse("9999-12", 7, &period));
    ck_assert(!period_shift(period, 1, &got));
    ck_assert(!period_shift(period, 2147483647, &got));
    ck_assert(period_parse("0001-01", 7, &period));
    ck_assert(!period_shift(period, -1, &got));
    ck_assert(period_parse("9998/99", 7, &period));
    ck_assert(!period_shift(period, 1, &got));
    /* The years at the edges are cut. */
    ck_assert_int_eq(period_holding(PERIOD_FINANCIAL_YEAR, DATE_MAX).end, DATE_MAX);
    ck_assert_int_eq(period_holding(PERIOD_FINANCIAL_YEAR, DATE_MIN).start, DATE_MIN);
    assert_period(period_holding(PERIOD_FINANCIAL_YEAR, DATE_MIN), PERIOD_FINANCIAL_YEAR,
                  "0001-01-01", "0001-03-31");
}
END_TEST

Suite *period_suite(void) {
    Suite *suite = suite_create("period");
    TCase *tests = tcase_create("period");
    tcase_add_loop_test(tests, labels_go_in_and_out, 0, (int)(sizeof labels / sizeof labels[0]));
    tcase_add_test(tests, other_texts_are_no_period);
    tcase_add_test(tests, a_year_label_reads_as_an_academic_year);
    tcase_add_test(tests, only_whole_periods_are_complete);
    tcase_add_test(tests, shifting_goes_to_the_neighbour);
    tcase_add_test(tests, periods_keep_to_the_range_of_dates);
    suite_add_tcase(suite, tests);
    return suite;
}
