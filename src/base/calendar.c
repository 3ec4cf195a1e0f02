#include "base/calendar.h"

bool calendar_covers(const Calendar *calendar, Date date) {
    return date >= calendar->from && date <= calendar->to;
}

static bool is_weekend(const Calendar *calendar, Date date) {
    return (calendar->weekend >> date_weekday(date)) & 1u;
}

/* How many holidays lie on or before the date, or before it. */
static size_t holidays_before(const Calendar *calendar, Date date, bool or_on) {
    size_t low = 0, high = calendar->holidays_len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        Date holiday = calendar->holidays[middle];
        if (holiday < date || (or_on && holiday == date))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool calendar_is_working_day(const Calendar *calendar, Date date) {
    if (is_weekend(calendar, date))
        return false;
    size_t i = holidays_before(calendar, date, false);
    return i == calendar->holidays_len || calendar->holidays[i] != date;
}

/* Days of first..last (both in) whose weekday is worked. */
static int64_t weekdays_worked(const Calendar *calendar, Date first, Date last) {
    int64_t days = (int64_t)last - first + 1, worked = 0;
    for (Date date = first; date < first + 7; date++)
        if (!is_weekend(calendar, date))
            worked += days / 7 + (date - first < days % 7 ? 1 : 0);
    return worked;
}

static int64_t days_worked(const Calendar *calendar, Date first, Date last) {
    if (last < first)
        return 0;
    int64_t worked = weekdays_worked(calendar, first, last);
    size_t end = holidays_before(calendar, last, true);
    for (size_t i = holidays_before(calendar, first, false); i < end; i++) {
        /* A holiday at a weekend was not counted in the first place. */
        if (!is_weekend(calendar, calendar->holidays[i]))
            worked--;
    }
    return worked;
}

bool calendar_working_days(const Calendar *calendar, Date from, Date to, int64_t *out,
                           Date *outside) {
    if (!calendar_covers(calendar, from) || !calendar_covers(calendar, to)) {
        *outside = calendar_covers(calendar, from) ? to : from;
        return false;
    }
    *out = from <= to ? days_worked(calendar, from + 1, to) : -days_worked(calendar, to + 1, from);
    return true;
}

/* Worked days on the way from `from`, itself left out, to a day `days` later or earlier. */
static int64_t days_worked_within(const Calendar *calendar, Date from, int64_t days, bool later) {
    Date last = (Date)(later ? from + days : from - days);
    return later ? days_worked(calendar, from + 1, last) : days_worked(calendar, last, from - 1);
}

bool calendar_add(const Calendar *calendar, Date from, int64_t n, Date *out, Date *outside) {
    if (!calendar_covers(calendar, from)) {
        *outside = from;
        return false;
    }
    bool later = n > 0;
    /* No calendar has as many days as a 32-bit number counts. */
    int64_t wanted = n < -INT32_MAX || n > INT32_MAX ? INT32_MAX : later ? n : -n;
    int64_t room = later ? (int64_t)calendar->to - from : (int64_t)from - calendar->from;
    int64_t low = 0, high = wanted < room ? wanted : room;
    while (days_worked_within(calendar, from, high, later) < wanted) {
        if (high == room) {
            *outside = later ? calendar->to + 1 : calendar->from - 1;
            return false;
        }
        low = high;
        high = high + 7 < room / 2 ? (high + 7) * 2 : room;
    }
    /* The fewest days that hold the wanted number of worked ones. */
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (days_worked_within(calendar, from, middle, later) < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    *out = (Date)(later ? from + low : from - low);
    return true;
}
