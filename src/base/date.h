/* Calendar dates: days since 1970-01-01, years 1 to 9999, proleptic Gregorian. No clock, no zone.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

typedef int32_t Date;

#define DATE_MIN ((Date)-719162) /* 0001-01-01 */
#define DATE_MAX ((Date)2932896) /* 9999-12-31 */

typedef struct Ymd {
    int year, month, day;
} Ymd;

/* False if there is no such day. */
bool date_of_ymd(int year, int month, int day, Date *out);
Ymd date_ymd(Date date);
bool date_is_leap_year(int year);
/* 1 Monday to 7 Sunday. */
int date_weekday(Date date);
int date_day_of_year(Date date);
/* ISO 8601 week and the year it belongs to. */
void date_iso_week(Date date, int *year, int *week);
Date date_month_end(Date date);
Date date_month_start(Date date);

/* False when the result leaves DATE_MIN..DATE_MAX. Months clamp to the month's end:
 * 31 January + 1 month is 28 or 29 February. */
bool date_add_days(Date date, int64_t days, Date *out);
bool date_add_months(Date date, int64_t months, Date *out);

/* Completed months and years from a to b under the clamping rule: the greatest n with
 * a + n months <= b; negative when b is before a: -(completed from b to a). */
int64_t date_months_between(Date a, Date b);
int64_t date_years_between(Date a, Date b);
/* Completed years of age (Family Law Reform Act 1969, s. 9): plain comparison of month and day, so
 * someone born on 29 February is a year older on 1 March in common years. False before birth. */
bool date_age(Date born, Date on, int *age);

/* "2017-01-31" exactly. */
bool date_parse_iso(const char *text, size_t len, Date *out);
/* Patterns: d, dd, m, mm, mmm (Jan), mmmm (January), yy (two digits: 00-49 are 20xx), yyyy, and any
 * other bytes for themselves. date_format_valid() says whether a pattern names a day, a month and a
 * year once each. `d` and `m` take one or two digits; `dd` and `mm` exactly two. */
bool date_format_valid(const char *format);
bool date_parse(const char *format, const char *text, size_t len, Date *out);
/* "2017-01" */
void date_print_month(StrBuf *out, Date date);
void date_print_iso(StrBuf *out, Date date);
/* "31 January 2017" */
void date_print_long(StrBuf *out, Date date);
const char *date_month_name(int month); /* "January" */

/* Financial year from 1 April, academic year from 1 September: the calendar year it starts in. */
int date_financial_year(Date date);
int date_academic_year(Date date);
/* Quarter of the financial year (1: April to June) and of the calendar year. */
int date_financial_quarter(Date date);
int date_calendar_quarter(Date date);

#endif
