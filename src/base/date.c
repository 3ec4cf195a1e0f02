#include "base/date.h"

#include <string.h>

#define MONTHS_PER_YEAR 12
#define FIRST_YEAR 1
#define LAST_YEAR 9999
#define DAYS_PER_400_YEARS 146097

static const char *const month_names[MONTHS_PER_YEAR] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

bool date_is_leap_year(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int year, int month) {
    static const int days[MONTHS_PER_YEAR] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && date_is_leap_year(year) ? 29 : days[month - 1];
}

/* Days of a year before this month begins, in a year that starts in March. */
static int days_before_month_from_march(int month_from_march) {
    return (153 * month_from_march + 2) / 5;
}

/* Counting years from March puts the leap day at the end of a year, so months have fixed starts. */
static Date date_of_valid(int year, int month, int day) {
    int march_year = month > 2 ? year : year - 1;
    int month_from_march = month > 2 ? month - 3 : month + 9;
    /* march_year is 0 or above, so plain division counts the leap years. */
    int days = march_year * 365 + march_year / 4 - march_year / 100 + march_year / 400 +
               days_before_month_from_march(month_from_march) + day - 1;
    /* 0000-03-01 is day 0 here, and -719468 from 1970-01-01. */
    return (Date)(days - 719468);
}

bool date_of_ymd(int year, int month, int day, Date *out) {
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > MONTHS_PER_YEAR || day < 1 ||
        day > days_in_month(year, month))
        return false;
    *out = date_of_valid(year, month, day);
    return true;
}

Ymd date_ymd(Date date) {
    int days = date + 719468;
    int era = days / DAYS_PER_400_YEARS, in_era = days % DAYS_PER_400_YEARS;
    /* Take off the leap days before: one each 4 years but 100, and the last of the era. */
    int year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int in_year = in_era - (365 * year + year / 4 - year / 100);
    int month_from_march = (5 * in_year + 2) / 153;
    int day = in_year - days_before_month_from_march(month_from_march) + 1;
    int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return (Ymd){era * 400 + year + (month <= 2 ? 1 : 0), month, day};
}

int date_weekday(Date date) {
    /* 1970-01-01 was a Thursday; DATE_MIN is a Monday. */
    return (int)((date - DATE_MIN) % 7) + 1;
}

int date_day_of_year(Date date) {
    return date - date_of_valid(date_ymd(date).year, 1, 1) + 1;
}

void date_iso_week(Date date, int *year, int *week) {
    /* A week belongs to the year of its Thursday. */
    Date thursday = date - date_weekday(date) + 4;
    Ymd ymd = date_ymd(thursday);
    *year = ymd.year;
    *week = (thursday - date_of_valid(ymd.year, 1, 1)) / 7 + 1;
}

Date date_month_end(Date date) {
    Ymd ymd = date_ymd(date);
    return date_of_valid(ymd.year, ymd.month, days_in_month(ymd.year, ymd.month));
}

Date date_month_start(Date date) {
    return date - date_ymd(date).day + 1;
}

bool date_add_days(Date date, int64_t days, Date *out) {
    int64_t sum;
    if (__builtin_add_overflow((int64_t)date, days, &sum) || sum < DATE_MIN || sum > DATE_MAX)
        return false;
    *out = (Date)sum;
    return true;
}

bool date_add_months(Date date, int64_t months, Date *out) {
    const int64_t most = (int64_t)LAST_YEAR * MONTHS_PER_YEAR;
    if (months > most || months < -most)
        return false;
    Ymd ymd = date_ymd(date);
    int64_t count = (int64_t)ymd.year * MONTHS_PER_YEAR + ymd.month - 1 + months;
    if (count < FIRST_YEAR * MONTHS_PER_YEAR || count >= (LAST_YEAR + 1) * MONTHS_PER_YEAR)
        return false;
    int year = (int)(count / MONTHS_PER_YEAR), month = (int)(count % MONTHS_PER_YEAR) + 1;
    int last = days_in_month(year, month);
    *out = date_of_valid(year, month, ymd.day < last ? ymd.day : last);
    return true;
}

int64_t date_months_between(Date a, Date b) {
    if (b < a)
        return -date_months_between(b, a);
    Ymd from = date_ymd(a), to = date_ymd(b);
    int64_t months = (int64_t)(to.year - from.year) * MONTHS_PER_YEAR + (to.month - from.month);
    Date reached;
    if (!date_add_months(a, months, &reached) || reached > b)
        months--;
    return months;
}

int64_t date_years_between(Date a, Date b) {
    /* a + 12 n months is a + n years under the same rule, so the years are whole dozens. */
    return date_months_between(a, b) / MONTHS_PER_YEAR;
}

bool date_age(Date born, Date on, int *age) {
    if (on < born)
        return false;
    Ymd birth = date_ymd(born), then = date_ymd(on);
    bool before_birthday =
        then.month < birth.month || (then.month == birth.month && then.day < birth.day);
    *age = then.year - birth.year - (before_birthday ? 1 : 0);
    return true;
}

/* Years have four digits (LAST_YEAR). */
static void put_digits(char *to, int value, int digits) {
    for (int i = digits - 1; i >= 0; i--, value /= 10)
        to[i] = (char)('0' + value % 10);
}

void date_print_month(StrBuf *out, Date date) {
    Ymd ymd = date_ymd(date);
    char text[] = "yyyy-mm";
    put_digits(text, ymd.year, 4);
    put_digits(text + 5, ymd.month, 2);
    strbuf_add_len(out, text, sizeof text - 1);
}

void date_print_iso(StrBuf *out, Date date) {
    Ymd ymd = date_ymd(date);
    char text[] = "yyyy-mm-dd";
    put_digits(text, ymd.year, 4);
    put_digits(text + 5, ymd.month, 2);
    put_digits(text + 8, ymd.day, 2);
    strbuf_add_len(out, text, sizeof text - 1);
}

void date_print_long(StrBuf *out, Date date) {
    Ymd ymd = date_ymd(date);
    strbuf_addf(out, "%d %s %d", ymd.day, date_month_name(ymd.month), ymd.year);
}

const char *date_month_name(int month) {
    return month >= 1 && month <= MONTHS_PER_YEAR ? month_names[month - 1] : "";
}

static int year_starting_in(Date date, int first_month) {
    Ymd ymd = date_ymd(date);
    return ymd.month >= first_month ? ymd.year : ymd.year - 1;
}

int date_financial_year(Date date) {
    return year_starting_in(date, 4);
}

int date_academic_year(Date date) {
    return year_starting_in(date, 9);
}

int date_financial_quarter(Date date) {
    return (date_ymd(date).month + MONTHS_PER_YEAR - 4) % MONTHS_PER_YEAR / 3 + 1;
}

int date_calendar_quarter(Date date) {
    return (date_ymd(date).month - 1) / 3 + 1;
}
