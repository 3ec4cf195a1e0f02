#include "tests/bench/generator/surroundings.h"

#include <stdlib.h>

#include "tests/bench/generator/children.h"

#define PERIODS 36

static Date day_of(int year, int month, int day) {
    Date date;
    if (!date_of_ymd(year, month, day, &date))
        abort();
    return date;
}

static Date months_on(Date date, int months) {
    Date moved;
    if (!date_add_months(date, months, &moved))
        abort();
    return moved;
}

static int64_t finish(Table *table) {
    int64_t rows = table->rows;
    table_close(table);
    return rows;
}

int64_t write_spend(Chance *chance, const char *folder, int64_t children, Date first, Date last) {
    static const char *const kinds[] = {"ext_foster", "ext_residential", "inhouse_foster", "legal"};
    Table table = table_open(folder, "spend", "spend_date,kind,area,amount_pence");
    for (int64_t i = 0; i < children / 10 + 2000; i++) {
        table_day(&table, first + chance_below(chance, last - first + 1));
        table_text(&table, kinds[chance_below(chance, 4)]);
        table_number(&table, (int64_t)chance_weighted(chance, area_weights, AREAS) + 1);
        table_number(&table, 20000 + (int64_t)chance_waiting(chance, 300000));
        table_row_end(&table);
    }
    return finish(&table);
}

int64_t write_population(const char *folder, int64_t children) {
    Table table = table_open(folder, "population", "area,year,age_0_17");
    for (int area = 1; area <= AREAS; area++)
        for (int year = 2009; year <= 2017; year++) {
            double share = (double)children * 0.55 * area_weights[area - 1] / 100.0;
            table_number(&table, area);
            table_number(&table, year);
            table_number(&table, (int64_t)(share * (1 + 0.006 * (year - 2009))) + 500);
            table_row_end(&table);
        }
    return finish(&table);
}

/* ---- working days ---- */

/* The Gregorian Easter Sunday, by the epact and the Sunday letter (Clavius; Knuth, TAOCP 1.3.2). */
static Date easter(int year) {
    int golden_number = year % 19 + 1;
    int century = year / 100 + 1;
    int skipped_leap_years = 3 * century / 4 - 12;
    int moon_correction = (8 * century + 5) / 25 - 5;
    int sunday = 5 * year / 4 - skipped_leap_years - 10;
    int epact = (11 * golden_number + 20 + moon_correction - skipped_leap_years) % 30;
    if ((epact == 25 && golden_number > 11) || epact == 24)
        epact++;
    int full_moon = 44 - epact;
    if (full_moon < 21)
        full_moon += 30;
    int march = full_moon + 7 - (sunday + full_moon) % 7;
    return day_of(year, 3, 1) + march - 1;
}

/* A Monday from this day of the month on, within a week. */
static bool is_monday_from(Date date, int month, int day) {
    Ymd parts = date_ymd(date);
    return date_weekday(date) == 1 && parts.month == month && parts.day >= day &&
           parts.day < day + 7;
}

static bool is_weekend(Date date) {
    return date_weekday(date) > 5;
}

/* New Year's Day, or the Monday after it. */
static bool is_new_year(Date date) {
    Ymd parts = date_ymd(date);
    if (parts.month != 1)
        return false;
    return parts.day == 1 || (parts.day <= 3 && date_weekday(date) == 1);
}

/* Christmas and Boxing Day, and the days that stand for them after a weekend. */
static bool is_christmas(Date date) {
    Ymd parts = date_ymd(date);
    if (parts.month != 12)
        return false;
    return parts.day == 25 || parts.day == 26 ||
           ((parts.day == 27 || parts.day == 28) && date_weekday(date) <= 2);
}

/* The royal wedding of 2011; in 2012 the spring holiday moved into June, with a day more. */
static bool is_royal(Date date) {
    return date == day_of(2011, 4, 29) || date == day_of(2012, 6, 4) || date == day_of(2012, 6, 5);
}

static bool is_holiday(Date date) {
    int year = date_ymd(date).year;
    Date sunday = easter(year);
    return date == sunday - 2 || date == sunday + 1 || is_new_year(date) || is_christmas(date) ||
           is_royal(date) || is_monday_from(date, 5, 1) ||
           (is_monday_from(date, 5, 25) && year != 2012) || is_monday_from(date, 8, 25);
}

/* Months since the year 0. */
static int month_number(Date date) {
    Ymd parts = date_ymd(date);
    return parts.year * 12 + parts.month - 1;
}

int64_t write_calendar(const char *folder) {
    Table table = table_open(folder, "calendar", "day,mon,wd_cum,p12,p24");
    int64_t worked = 0;
    for (Date date = day_of(2005, 1, 1); date <= day_of(2020, 12, 31); date++) {
        worked += !is_weekend(date) && !is_holiday(date);
        table_day(&table, date);
        table_number(&table, month_number(date));
        table_number(&table, worked);
        table_day(&table, months_on(date, 12));
        table_day(&table, months_on(date, 24));
        table_row_end(&table);
    }
    return finish(&table);
}

/* ---- periods ---- */

static Date period_end(int period) {
    return date_month_end(months_on(day_of(2014, 2, 1), period - 1));
}

/* The end of the month that is so many months before. */
static Date month_end_before(Date end, int months) {
    return date_month_end(months_on(date_month_start(end), -months));
}

int64_t write_periods(const char *folder) {
    Table table = table_open(folder, "periods",
                             "period,p_end,mon,year,m_start,r3_start,r12_start,ytd_start,ytd_mon,"
                             "e_6w,b_24m,b_30m");
    for (int period = 1; period <= PERIODS; period++) {
        Date end = period_end(period);
        Date april = day_of(date_financial_year(end), 4, 1);
        table_number(&table, period);
        table_day(&table, end);
        table_number(&table, month_number(end));
        table_number(&table, date_ymd(end).year);
        table_day(&table, date_month_start(end));
        table_day(&table, month_end_before(end, 3) + 1);
        table_day(&table, month_end_before(end, 12) + 1);
        table_day(&table, april);
        table_number(&table, month_number(april));
        table_day(&table, end - 42);
        table_day(&table, month_end_before(end, 24));
        table_day(&table, month_end_before(end, 30));
        table_row_end(&table);
    }
    return finish(&table);
}

/* Born on this day or before, one is at least so old at the end of the month. */
static Date born_by(Date end, int age) {
    return months_on(end, -12 * age);
}

int64_t write_age_bands(const char *folder) {
    Table table = table_open(folder, "age_bands", "period,age,dob_lo,dob_hi");
    for (int period = 1; period <= PERIODS; period++)
        for (int age = 17; age <= 21; age++) {
            table_number(&table, period);
            table_number(&table, age);
            table_day(&table, born_by(period_end(period), age + 1));
            table_day(&table, born_by(period_end(period), age));
            table_row_end(&table);
        }
    return finish(&table);
}
