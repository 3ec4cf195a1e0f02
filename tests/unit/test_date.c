#include <check.h>
#include <string.h>

#include "base/date.h"
#include "tests/unit/quick_assert.h"

Suite *date_suite(void);

static Date iso(const char *text) {
    Date date = 0;
    ck_assert_msg(date_parse_iso(text, strlen(text), &date), "not a date: %s", text);
    return date;
}

static const char *shown(Date date) {
    static char text[2][16];
    static int turn;
    turn = !turn;
    StrBuf buf = {0};
    date_print_iso(&buf, date);
    strncpy(text[turn], strbuf_text(&buf), 15);
    strbuf_fini(&buf);
    return text[turn];
}

/* A calendar that only knows how to go to the next day. */
typedef struct Walker {
    int year, month, day, weekday, day_of_year;
} Walker;

static bool leap(int year) {
    if (year % 400 == 0)
        return true;
    if (year % 100 == 0)
        return false;
    return year % 4 == 0;
}

static int month_length(int year, int month) {
    if (month == 2)
        return leap(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static void walk(Walker *w) {
    w->weekday = w->weekday % 7 + 1;
    w->day_of_year++;
    if (++w->day <= month_length(w->year, w->month))
        return;
    w->day = 1;
    if (++w->month <= 12)
        return;
    w->month = 1;
    w->year++;
    w->day_of_year = 1;
}

START_TEST(every_day_of_all_years_goes_out_and_back) {
    Walker w = {1, 1, 1, 1, 1}; /* 0001-01-01 was a Monday */
    for (Date date = DATE_MIN;; date++) {
        Ymd ymd = date_ymd(date);
        Date back = 0;
        bool good = ymd.year == w.year && ymd.month == w.month && ymd.day == w.day &&
                    date_weekday(date) == w.weekday && date_of_ymd(w.year, w.month, w.day, &back) &&
                    back == date;
        if (!(good))
            ck_abort_msg("%04d-%02d-%02d", w.year, w.month, w.day);
        if (date == DATE_MAX)
            break;
        walk(&w);
    }
    quick_int_eq(w.year, 9999);
    quick_int_eq(w.month, 12);
    quick_int_eq(w.day, 31);
}
END_TEST

START_TEST(known_days_have_known_numbers) {
    ck_assert_int_eq(iso("1970-01-01"), 0);
    ck_assert_int_eq(date_weekday(0), 4);
    ck_assert_int_eq(iso("2000-01-01"), 10957);
    ck_assert_int_eq(iso("1969-12-31"), -1);
    ck_assert_int_eq(iso("0001-01-01"), DATE_MIN);
    ck_assert_int_eq(iso("9999-12-31"), DATE_MAX);
}
END_TEST

START_TEST(days_of_two_centuries_have_their_labels) {
    Walker w = {1899, 1, 1, 7, 1}; /* a Sunday */
    /* The ISO week is counted: week 1 holds 4 January, so it starts between 29 December and 4. */
    int iso_year = 1898, iso_number = 52;
    for (Date date = iso("1899-01-01"); w.year <= 2101; date++, walk(&w)) {
        bool ends_year = w.month == 12 && w.day >= 29, starts_year = w.month == 1 && w.day <= 4;
        if (w.weekday == 1 && (ends_year || starts_year)) {
            iso_year = w.year + (ends_year ? 1 : 0);
            iso_number = 1;
        } else if (w.weekday == 1) {
            iso_number++;
        }
        int year, week, length = month_length(w.year, w.month);
        date_iso_week(date, &year, &week);
        if (!(year == iso_year && week == iso_number))
            ck_abort_msg("%s is %d-W%d", shown(date), year, week);
        quick_int_eq(date_day_of_year(date), w.day_of_year);
        quick_int_eq(date_month_end(date), date + (length - w.day));
        quick_int_eq(date_month_start(date), date - (w.day - 1));
        quick_int_eq(date_is_leap_year(w.year), leap(w.year));
        quick_int_eq(date_financial_year(date), w.month < 4 ? w.year - 1 : w.year);
        quick_int_eq(date_academic_year(date), w.month < 9 ? w.year - 1 : w.year);
        quick_int_eq(date_calendar_quarter(date), (w.month + 2) / 3);
        quick_int_eq(date_financial_quarter(date), w.month < 4 ? 4 : (w.month - 1) / 3);
    }
}
END_TEST

START_TEST(days_that_do_not_exist_are_refused) {
    static const int none[][3] = {{2017, 2, 29}, {1900, 2, 29}, {2016, 2, 30}, {2017, 4, 31},
                                  {2017, 0, 1},  {2017, 13, 1}, {2017, 1, 0},  {2017, 1, 32},
                                  {0, 12, 31},   {10000, 1, 1}, {-1, 1, 1},    {2017, -1, 1}};
    Date date = 77;
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        ck_assert(!date_of_ymd(none[i][0], none[i][1], none[i][2], &date));
    ck_assert_int_eq(date, 77);
    ck_assert(date_of_ymd(2000, 2, 29, &date));
}
END_TEST

/* `months` later by counting one month at a time. */
static Date months_by_counting(Date date, int months) {
    Ymd ymd = date_ymd(date);
    for (; months > 0; months--)
        if (++ymd.month == 13) {
            ymd.month = 1;
            ymd.year++;
        }
    for (; months < 0; months++)
        if (--ymd.month == 0) {
            ymd.month = 12;
            ymd.year--;
        }
    int length = month_length(ymd.year, ymd.month);
    Date result = 0;
    quick_assert(date_of_ymd(ymd.year, ymd.month, ymd.day < length ? ymd.day : length, &result));
    return result;
}

START_TEST(months_are_added_as_counted) {
    for (Date date = iso("2015-01-01"); date <= iso("2016-12-31"); date++)
        for (int months = -30; months <= 30; months++) {
            Date got = 0;
            quick_assert(date_add_months(date, months, &got));
            quick_int_eq(got, months_by_counting(date, months));
        }
}
END_TEST

START_TEST(completed_months_are_the_most_that_fit) {
    for (Date from = iso("2015-12-25"); from <= iso("2016-04-05"); from++) {
        int64_t months = 0;
        for (Date to = from; to <= iso("2018-04-01"); to++) {
            while (months_by_counting(from, (int)months + 1) <= to)
                months++;
            quick_int_eq(date_months_between(from, to), months);
            quick_int_eq(date_months_between(to, from), -months);
            int64_t years = 0;
            while (months_by_counting(from, (int)(years + 1) * 12) <= to)
                years++;
            quick_int_eq(date_years_between(from, to), years);
            quick_int_eq(date_years_between(to, from), -years);
        }
    }
}
END_TEST

START_TEST(the_range_of_dates_is_kept) {
    Date date = 77;
    ck_assert(!date_add_days(DATE_MAX, 1, &date));
    ck_assert(!date_add_days(DATE_MIN, -1, &date));
    ck_assert(!date_add_days(0, INT64_MAX, &date));
    ck_assert(!date_add_days(-1, INT64_MIN, &date));
    ck_assert(!date_add_months(DATE_MAX, 1, &date));
    ck_assert(!date_add_months(DATE_MIN, -1, &date));
    ck_assert(!date_add_months(0, INT64_MAX, &date));
    ck_assert(!date_add_months(0, INT64_MIN, &date));
    ck_assert_int_eq(date, 77);
    ck_assert(date_add_days(DATE_MIN, (int64_t)DATE_MAX - DATE_MIN, &date));
    ck_assert_int_eq(date, DATE_MAX);
    ck_assert(date_add_months(iso("0001-01-31"), 9998 * 12 + 11, &date));
    ck_assert_int_eq(date, DATE_MAX);
    ck_assert_int_eq(date_months_between(DATE_MIN, DATE_MAX), 9998 * 12 + 11);
}
END_TEST

/* The law's own words: an age is attained at the start of each anniversary of the birth; someone
 * born on 29 February has it on 1 March in common years. */
START_TEST(ages_follow_the_birthdays) {
    for (Date born = iso("2000-02-20"); born <= iso("2000-03-10"); born++) {
        Ymd birth = date_ymd(born);
        int expected = 0, got = -1;
        for (Date on = born; on <= iso("2013-12-31"); on++) {
            Ymd then = date_ymd(on);
            bool leapling_day = birth.month == 2 && birth.day == 29 && !leap(then.year) &&
                                then.month == 3 && then.day == 1;
            if (on > born && (leapling_day || (then.month == birth.month && then.day == birth.day)))
                expected++;
            quick_assert(date_age(born, on, &got));
            if (got != expected)
                ck_abort_msg("born %s, on %s: %d", shown(born), shown(on), got);
        }
        quick_assert(!date_age(born, born - 1, &got));
    }
}
END_TEST

typedef struct FormatCase {
    const char *format, *text, *expected; /* NULL: not such a date */
} FormatCase;

static const FormatCase format_cases[] = {
    {"dd/mm/yyyy", "31/01/2017", "2017-01-31"},
    {"dd/mm/yyyy", "1/01/2017", NULL},
    {"dd/mm/yyyy", "31/1/2017", NULL},
    {"dd/mm/yyyy", "31-01-2017", NULL},
    {"dd/mm/yyyy", "31/01/17", NULL},
    {"dd/mm/yyyy", "31/01/20177", NULL},
    {"dd/mm/yyyy", "31/01/2017 ", NULL},
    {"dd/mm/yyyy", "29/02/2017", NULL},
    {"dd/mm/yyyy", "29/02/2016", "2016-02-29"},
    {"dd/mm/yyyy", "", NULL},
    {"d/m/yyyy", "1/2/2017", "2017-02-01"},
    {"d/m/yyyy", "01/02/2017", "2017-02-01"},
    {"d/m/yyyy", "31/12/2017", "2017-12-31"},
    {"d/m/yyyy", "001/2/2017", NULL},
    {"dd-mmm-yyyy", "05-Sep-2016", "2016-09-05"},
    {"dd-mmm-yyyy", "05-SEP-2016", "2016-09-05"},
    {"dd-mmm-yyyy", "05-September-2016", NULL},
    {"dd-mmm-yyyy", "05-Foo-2016", NULL},
    {"dd-mmm-yyyy", "05-Se", NULL},
    {"d mmmm yyyy", "5 September 2016", "2016-09-05"},
    {"d mmmm yyyy", "5 May 2016", "2016-05-05"},
    {"d mmmm yyyy", "5 Sep 2016", NULL},
    {"dd/mm/yy", "31/01/17", "2017-01-31"},
    {"dd/mm/yy", "01/01/49", "2049-01-01"},
    {"dd/mm/yy", "01/01/50", "1950-01-01"},
    {"dd/mm/yy", "01/01/00", "2000-01-01"},
    {"dd/mm/yy", "31/12/99", "1999-12-31"},
    {"yyyymmdd", "20170131", "2017-01-31"},
    {"mm/dd/yyyy", "01/31/2017", "2017-01-31"},
    {"yyyy-mm-dd", "2017-01-31", "2017-01-31"},
    {"yyyy-mm-dd", "0000-01-31", NULL},
    {"yyyy-mm-ddT00:00:00", "2017-01-31T00:00:00", "2017-01-31"},
    {"ddd/mm/yyyy", "031/01/2017", NULL},
};

START_TEST(dates_are_read_by_a_pattern) {
    const FormatCase *c = &format_cases[_i];
    Date got = 77;
    bool good = date_parse(c->format, c->text, strlen(c->text), &got);
    ck_assert_msg(good == (c->expected != NULL), "%s by %s", c->text, c->format);
    ck_assert_int_eq(got, c->expected ? iso(c->expected) : 77);
}
END_TEST

START_TEST(patterns_name_day_month_and_year_once) {
    static const char *const good[] = {"dd/mm/yyyy", "d/m/yyyy", "dd-mmm-yyyy", "yyyy-mm-dd",
                                       "dd/mm/yy",   "yyyymmdd", "d mmmm yyyy", "d.m.yy"};
    static const char *const bad[] = {
        "",           "dd/mm",         "dd/mm/y", "dd/mm/yyy",     "dd/mm/yyyyy", "ddd/mm/yyyy",
        "dd/dd/yyyy", "dd/mm/mm/yyyy", "mm/yyyy", "dd/mmmmm/yyyy", "DD/MM/YYYY",  "iso"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        ck_assert_msg(date_format_valid(good[i]), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!date_format_valid(bad[i]), "%s", bad[i]);
}
END_TEST

START_TEST(only_ten_characters_are_an_iso_date) {
    static const char *const bad[] = {"2017-1-31",  "2017-01-3",  "17-01-31",    "2017-01-31 ",
                                      "2017/01/31", "2017-02-30", " 2017-01-31", "2017-01-31x"};
    Date date;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!date_parse_iso(bad[i], strlen(bad[i]), &date), "%s", bad[i]);
    ck_assert(date_parse_iso("2017-01-31, Tuesday", 10, &date));
}
END_TEST

START_TEST(dates_are_printed) {
    StrBuf buf = {0};
    date_print_iso(&buf, iso("0987-06-05"));
    strbuf_add_char(&buf, ' ');
    date_print_long(&buf, iso("2017-01-31"));
    strbuf_add_char(&buf, ' ');
    date_print_long(&buf, iso("2016-09-01"));
    ck_assert_str_eq(strbuf_text(&buf), "0987-06-05 31 January 2017 1 September 2016");
    strbuf_fini(&buf);
    ck_assert_str_eq(date_month_name(1), "January");
    ck_assert_str_eq(date_month_name(12), "December");
    ck_assert_str_eq(date_month_name(0), "");
    ck_assert_str_eq(date_month_name(13), "");
}
END_TEST

Suite *date_suite(void) {
    Suite *suite = suite_create("date");
    TCase *tests = tcase_create("date");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, every_day_of_all_years_goes_out_and_back);
    tcase_add_test(tests, known_days_have_known_numbers);
    tcase_add_test(tests, days_of_two_centuries_have_their_labels);
    tcase_add_test(tests, days_that_do_not_exist_are_refused);
    tcase_add_test(tests, months_are_added_as_counted);
    tcase_add_test(tests, completed_months_are_the_most_that_fit);
    tcase_add_test(tests, the_range_of_dates_is_kept);
    tcase_add_test(tests, ages_follow_the_birthdays);
    tcase_add_loop_test(tests, dates_are_read_by_a_pattern, 0,
                        (int)(sizeof format_cases / sizeof format_cases[0]));
    tcase_add_test(tests, patterns_name_day_month_and_year_once);
    tcase_add_test(tests, only_ten_characters_are_an_iso_date);
    tcase_add_test(tests, dates_are_printed);
    suite_add_tcase(suite, tests);
    return suite;
}
