/* Reporting periods: what is asked for (`-p 2017-01`) and what a window makes of it. */
#ifndef BASE_PERIOD_H
#define BASE_PERIOD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"

typedef enum PeriodKind {
    PERIOD_DAY,            /* 2017-01-31 */
    PERIOD_MONTH,          /* 2017-01 */
    PERIOD_QUARTER,        /* 2016/17-Q4: a quarter of the year from April */
    PERIOD_FINANCIAL_YEAR, /* 2016/17 */
    PERIOD_ACADEMIC_YEAR,  /* 2016/17 with an academic window */
    PERIOD_CALENDAR_YEAR   /* 2016 */
} PeriodKind;

typedef struct Period {
    PeriodKind kind;
    Date start, end; /* both in */
} Period;

/* Reads the forms above; 2016/17 is a financial year (see period_as_academic). False if it is none,
 * or the second part of 2016/17 is not the next year. */
bool period_parse(const char *text, size_t len, Period *out);
/* The same label read as a year from September. */
Period period_as_academic(Period period);
/* The period of this kind that holds the date. */
Period period_holding(PeriodKind kind, Date date);
/* The last period of this kind whose end is on or before the date. */
Period period_complete_by(PeriodKind kind, Date date);
/* `steps` of its own kind later (negative: earlier). False outside the range of dates. */
bool period_shift(Period period, int steps, Period *out);
/* "2017-01", "2016/17-Q4", "2016/17", "2016", "2017-01-31" */
void period_print(StrBuf *out, Period period);

#endif
