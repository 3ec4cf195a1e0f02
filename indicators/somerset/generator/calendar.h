/* Days, months and working days, for the generator alone.
 *
 * A Day is a number of days since 1 January 1970; a Month a number of months since the year 0. Both
 * are plain numbers, so that they can be compared and added to. NO_DAY stands for what has not
 * happened. Working days are Monday to Friday without the bank holidays of England and Wales, 2010
 * to 2017: the same days as those of the language's own calendar, listed here again so that the
 * generator and the program that reads its tables share nothing.
 *
 * Nothing here reads the clock.
 */
#ifndef SOMERSET_CALENDAR_H
#define SOMERSET_CALENDAR_H

#include <limits.h>
#include <stdbool.h>

typedef int Day;
typedef int Month;

#define NO_DAY INT_MIN
#define MONTH(year, month) ((year)*12 + (month)-1)

Day day_of(int year, int month, int day);
void day_parts(Day day, int *year, int *month, int *of_month);

Month month_of(Day day);
Day month_first(Month month);
Day month_last(Month month);

/* The same day of another month, or that month's last. */
Day day_add_months(Day day, int months);

/* Completed years from born to day. */
int age_on(Day born, Day day);

bool day_is_worked(Day day);
/* The day itself if it is worked, else the next or the last one before. */
Day day_worked_from(Day day);
Day day_worked_until(Day day);
/* n working days later (earlier where n is below 0); from a working day. */
Day day_add_worked(Day day, int n);
/* Working days after `after` up to and including `until`. */
int days_worked(Day after, Day until);

#endif
