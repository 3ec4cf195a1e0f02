#include "calendar.h"

#include <stddef.h>

/* Years are counted from March, so that the leap day is a year's last. */
Day day_of(int year, int month, int day) {
    int y = month > 2 ? year : year - 1;
    int from_march = (month + 9) % 12;
    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * from_march + 2) / 5 + day - 1 - 719468;
}

void day_parts(Day day, int *year, int *month, int *of_month) {
    int n = day + 719468;
    int era = n / 146097;
    int of_era = n % 146097;
    int y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * y + y / 4 - y / 100);
    int m = (5 * of_year + 2) / 153;
    *of_month = of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = era * 400 + y + (*month <= 2 ? 1 : 0);
}

Month month_of(Day day) {
    int year = 0;
    int month = 0;
    int of_month = 0;
    day_parts(day, &year, &month, &of_month);
    return MONTH(year, month);
}

Day month_first(Month month) {
    return day_of(month / 12, month % 12 + 1, 1);
}

Day month_last(Month month) {
    return month_first(month + 1) - 1;
}

Day day_add_months(Day day, int months) {
    int year = 0;
    int month = 0;
    int of_month = 0;
    day_parts(day, &year, &month, &of_month);
    Month there = MONTH(year, month) + months;
    Day wanted = month_first(there) + of_month - 1;
    return wanted > month_last(there) ? month_last(there) : wanted;
}

int age_on(Day born, Day day) {
    int born_parts[3];
    int day_parts_[3];
    day_parts(born, &born_parts[0], &born_parts[1], &born_parts[2]);
    day_parts(day, &day_parts_[0], &day_parts_[1], &day_parts_[2]);
    int years = day_parts_[0] - born_parts[0];
    bool before = day_parts_[1] < born_parts[1] ||
                  (day_parts_[1] == born_parts[1] && day_parts_[2] < born_parts[2]);
    return before ? years - 1 : years;
}

static const int BANK_HOLIDAYS[][3] = {
    {2010, 1, 1},   {2010, 4, 2},   {2010, 4, 5},   {2010, 5, 3},   {2010, 5, 31},  {2010, 8, 30},
    {2010, 12, 27}, {2010, 12, 28}, {2011, 1, 3},   {2011, 4, 22},  {2011, 4, 25},  {2011, 4, 29},
    {2011, 5, 2},   {2011, 5, 30},  {2011, 8, 29},  {2011, 12, 26}, {2011, 12, 27}, {2012, 1, 2},
    {2012, 4, 6},   {2012, 4, 9},   {2012, 5, 7},   {2012, 6, 4},   {2012, 6, 5},   {2012, 8, 27},
    {2012, 12, 25}, {2012, 12, 26}, {2013, 1, 1},   {2013, 3, 29},  {2013, 4, 1},   {2013, 5, 6},
    {2013, 5, 27},  {2013, 8, 26},  {2013, 12, 25}, {2013, 12, 26}, {2014, 1, 1},   {2014, 4, 18},
    {2014, 4, 21},  {2014, 5, 5},   {2014, 5, 26},  {2014, 8, 25},  {2014, 12, 25}, {2014, 12, 26},
    {2015, 1, 1},   {2015, 4, 3},   {2015, 4, 6},   {2015, 5, 4},   {2015, 5, 25},  {2015, 8, 31},
    {2015, 12, 25}, {2015, 12, 28}, {2016, 1, 1},   {2016, 3, 25},  {2016, 3, 28},  {2016, 5, 2},
    {2016, 5, 30},  {2016, 8, 29},  {2016, 12, 26}, {2016, 12, 27}, {2017, 1, 2},
};

bool day_is_worked(Day day) {
    /* 1 January 1970 was a Thursday. */
    int of_week = (day % 7 + 10) % 7;
    if (of_week == 5 || of_week == 6)
        return false;
    for (size_t i = 0; i < sizeof BANK_HOLIDAYS / sizeof *BANK_HOLIDAYS; i++)
        if (day == day_of(BANK_HOLIDAYS[i][0], BANK_HOLIDAYS[i][1], BANK_HOLIDAYS[i][2]))
            return false;
    return true;
}

Day day_worked_from(Day day) {
    while (!day_is_worked(day))
        day++;
    return day;
}

Day day_worked_until(Day day) {
    while (!day_is_worked(day))
        day--;
    return day;
}

Day day_add_worked(Day day, int n) {
    int step = n < 0 ? -1 : 1;
    for (int left = n < 0 ? -n : n; left > 0; left--)
        do
            day += step;
        while (!day_is_worked(day));
    return day;
}

int days_worked(Day after, Day until) {
    int days = 0;
    for (Day day = after + 1; day <= until; day++)
        days += day_is_worked(day) ? 1 : 0;
    return days;
}
