#include <check.h>

#include "base/calendar.h"
#include "tests/unit/quick_assert.h"

Suite *calendar_suite(void);

#define BIT(weekday) (1u << (weekday))
#define SATURDAY_SUNDAY (BIT(6) | BIT(7))

static Date day(int year, int month, int day_of_month) {
    Date date = 0;
    ck_assert(date_of_ymd(year, month, day_of_month, &date));
    return date;
}

/* Christmas 2016 to New Year 2017 in England; the 24th and 25th are at a weekend, and listed. */
static Date holidays[8];

static Calendar calendar_with(unsigned weekend) {
    static const int days[8][3] = {{2016, 8, 29},  {2016, 12, 24}, {2016, 12, 25}, {2016, 12, 26},
                                   {2016, 12, 27}, {2017, 1, 2},   {2017, 4, 14},  {2017, 4, 17}};
    for (size_t i = 0; i < 8; i++)
        holidays[i] = day(days[i][0], days[i][1], days[i][2]);
    return (Calendar){.holidays = holidays,
                      .holidays_len = 8,
                      .weekend = weekend,
                      .from = day(2016, 8, 1),
                      .to = day(2017, 4, 30)};
}

static bool worked_by_looking(const Calendar *calendar, Date date) {
    for (size_t i = 0; i < calendar->holidays_len; i++)
        if (calendar->holidays[i] == date)
            return false;
    return !(calendar->weekend & BIT(date_weekday(date)));
}

static const unsigned weekends[] = {SATURDAY_SUNDAY, 0, BIT(7), BIT(5) | BIT(6),
                                    BIT(1) | BIT(2) | BIT(3) | BIT(4) | BIT(6) | BIT(7)};

START_TEST(days_between_agree_with_counting) {
    Calendar calendar = calendar_with(weekends[_i]);
    for (Date from = calendar.from; from <= calendar.to; from += 3) {
        int64_t expected = 0, got = -1;
        for (Date to = from; to <= calendar.to; to++) {
            bool worked = worked_by_looking(&calendar, to);
            quick_int_eq(calendar_is_working_day(&calendar, to), worked);
            expected += to > from && worked ? 1 : 0;
            Date outside;
            quick_assert(calendar_working_days(&calendar, from, to, &got, &outside));
            quick_int_eq(got, expected);
            /* The other way about: as many after `to` up to `from`, below 0. */
            quick_assert(calendar_working_days(&calendar, to, from, &got, &outside));
            quick_int_eq(got, -expected);
        }
    }
}
END_TEST

START_TEST(added_days_agree_with_counting) {
    Calendar calendar = calendar_with(weekends[_i]);
    for (Date from = calendar.from; from <= calendar.to; from++) {
        for (int step = -1; step <= 1; step += 2) {
            int64_t n = 0;
            Date got, outside;
            for (Date date = from + step; calendar_covers(&calendar, date); date += step) {
                if (!worked_by_looking(&calendar, date))
                    continue;
                n += step;
                quick_assert(calendar_add(&calendar, from, n, &got, &outside));
                quick_int_eq(got, date);
            }
            /* One more is not there. */
            quick_assert(!calendar_add(&calendar, from, n + step, &got, &outside));
            quick_int_eq(outside, step > 0 ? calendar.to + 1 : calendar.from - 1);
        }
    }
}
END_TEST

START_TEST(no_days_added_is_the_day_itself) {
    Calendar calendar = calendar_with(SATURDAY_SUNDAY);
    Date got = 0, outside;
    ck_assert(calendar_add(&calendar, day(2016, 12, 25), 0, &got, &outside));
    ck_assert_int_eq(got, day(2016, 12, 25));
}
END_TEST

START_TEST(days_outside_the_coverage_are_named) {
    Calendar calendar = calendar_with(SATURDAY_SUNDAY);
    Date before = day(2016, 7, 31), after = day(2017, 5, 1), inside = day(2016, 9, 1);
    Date outside = 0, date = 77;
    int64_t days = 77;
    ck_assert(!calendar_covers(&calendar, before));
    ck_assert(calendar_covers(&calendar, calendar.from));
    ck_assert(calendar_covers(&calendar, calendar.to));
    ck_assert(!calendar_covers(&calendar, after));
    ck_assert(!calendar_working_days(&calendar, before, inside, &days, &outside));
    ck_assert_int_eq(outside, before);
    ck_assert(!calendar_working_days(&calendar, inside, after, &days, &outside));
    ck_assert_int_eq(outside, after);
    ck_assert(!calendar_working_days(&calendar, before, after, &days, &outside));
    ck_assert_int_eq(outside, before);
    ck_assert(!calendar_working_days(&calendar, after, before, &days, &outside));
    ck_assert_int_eq(outside, after);
    ck_assert(!calendar_add(&calendar, after, -1, &date, &outside));
    ck_assert_int_eq(outside, after);
    ck_assert(!calendar_add(&calendar, inside, INT64_MAX, &date, &outside));
    ck_assert(!calendar_add(&calendar, inside, INT64_MIN, &date, &outside));
    ck_assert_int_eq(date, 77);
    ck_assert_int_eq(days, 77);
}
END_TEST

START_TEST(a_calendar_of_all_time_without_holidays) {
    Calendar calendar = {.weekend = SATURDAY_SUNDAY, .from = DATE_MIN, .to = DATE_MAX};
    int64_t days;
    Date outside, date;
    /* 9999 years are 24 cycles of 400 years (20,871 weeks each) and 399 years more. */
    ck_assert(calendar_working_days(&calendar, DATE_MIN, DATE_MIN + 24 * 146097, &days, &outside));
    ck_assert_int_eq(days, INT64_C(24) * 20871 * 5);
    ck_assert(calendar_add(&calendar, DATE_MIN, days, &date, &outside));
    ck_assert_int_eq(date, DATE_MIN + 24 * 146097);
    ck_assert(!calendar_add(&calendar, DATE_MAX, 1, &date, &outside));
    ck_assert(!calendar_add(&calendar, DATE_MIN, -1, &date, &outside));
    calendar.weekend = 0xFE;
    ck_assert(!calendar_add(&calendar, 0, 1, &date, &outside));
    ck_assert(calendar_working_days(&calendar, DATE_MIN, DATE_MAX, &days, &outside));
    ck_assert_int_eq(days, 0);
}
END_TEST

Suite *calendar_suite(void) {
    Suite *suite = suite_create("calendar");
    TCase *tests = tcase_create("calendar");
    int weekends_len = (int)(sizeof weekends / sizeof weekends[0]);
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, days_between_agree_with_counting, 0, weekends_len);
    tcase_add_loop_test(tests, added_days_agree_with_counting, 0, weekends_len);
    tcase_add_test(tests, no_days_added_is_the_day_itself);
    tcase_add_test(tests, days_outside_the_coverage_are_named);
    tcase_add_test(tests, a_calendar_of_all_time_without_holidays);
    suite_add_tcase(suite, tests);
    return suite;
}
