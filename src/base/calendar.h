/* Working days: a weekend, holidays, and the days that the list of holidays covers. */
#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"

typedef struct Calendar {
    const Date *holidays; /* sorted, no day twice */
    size_t holidays_len;
    unsigned weekend; /* bit w set: weekday w (1 Monday to 7 Sunday) is not worked */
    Date from, to;    /* both in; asking about a day outside is an error of the caller's data */
} Calendar;

bool calendar_covers(const Calendar *calendar, Date date);
bool calendar_is_working_day(const Calendar *calendar, Date date);
/* Days after `from` up to and including `to`, worked ones only; the same day is 0; negative when
 * `to` is before `from` (-(working days after `to` up to `from`)). False if either date, or any day
 * between, lies outside the coverage; *outside then is the first offending date of the two. */
bool calendar_working_days(const Calendar *calendar, Date from, Date to, int64_t *out,
                           Date *outside);
/* The day that is n working days after `from` (n < 0: before; n = 0: `from` itself). */
bool calendar_add(const Calendar *calendar, Date from, int64_t n, Date *out, Date *outside);

#endif
