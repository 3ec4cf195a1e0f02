/* The tables of dates, working days, calendars and rounding. */
#include <string.h>

#include "tests/statistics/statistics_row.h"

/* ---- dates ---- */

static void months_added(const Row *row, StrBuf *out) {
    Date date;
    int64_t months;
    if (row_date(row, "date", &date) && row_int(row, "months", &months) &&
        date_add_months(date, months, &date))
        date_print_iso(out, date);
}

static void working_days_added(const Row *row, StrBuf *out) {
    Date date, outside;
    int64_t n;
    if (row_date(row, "start", &date) && row_int(row, "n", &n) &&
        calendar_add(row->calendar, date, n, &date, &outside))
        date_print_iso(out, date);
}

static void working_days_after_start(const Row *row, StrBuf *out) {
    Date start, end, outside;
    int64_t days;
    if (row_date(row, "start", &start) && row_date(row, "end", &end) &&
        calendar_working_days(row->calendar, start, end, &days, &outside))
        add_int(out, days);
}

static void age(const Row *row, StrBuf *out) {
    Date birth, at;
    int years;
    if (row_date(row, "birth", &birth) && row_date(row, "at", &at) && date_age(birth, at, &years))
        add_int(out, years);
}

static bool row_start_end(const Row *row, Date *start, Date *end) {
    return row_date(row, "start", start) && row_date(row, "end", end);
}

static void completed_months(const Row *row, StrBuf *out) {
    Date start, end;
    if (row_start_end(row, &start, &end))
        add_int(out, date_months_between(start, end));
}

static void completed_years(const Row *row, StrBuf *out) {
    Date start, end;
    if (row_start_end(row, &start, &end))
        add_int(out, date_years_between(start, end));
}

static void completed_days(const Row *row, StrBuf *out) {
    Date start, end;
    if (row_start_end(row, &start, &end))
        add_int(out, (int64_t)end - start);
}

static void completed_weeks(const Row *row, StrBuf *out) {
    Date start, end;
    if (row_start_end(row, &start, &end))
        add_int(out, ((int64_t)end - start) / 7);
}

/* ---- calendar labels ---- */

static void financial_year(const Row *row, StrBuf *out) {
    Date date;
    if (row_date(row, "date", &date)) {
        int year = date_financial_year(date);
        strbuf_addf(out, "%04d-%02d", year, (year + 1) % 100);
    }
}

static void financial_year_start(const Row *row, StrBuf *out) {
    Date date;
    if (row_date(row, "date", &date))
        add_date_of(out, date_financial_year(date), 4, 1);
}

static void financial_year_end(const Row *row, StrBuf *out) {
    Date date;
    if (row_date(row, "date", &date))
        add_date_of(out, date_financial_year(date) + 1, 3, 31);
}

static void financial_quarter(const Row *row, StrBuf *out) {
    Date date;
    if (row_date(row, "date", &date))
        add_int(out, date_financial_quarter(date));
}

static void academic_year(const Row *row, StrBuf *out) {
    Date date;
    if (row_date(row, "date", &date)) {
        int year = date_academic_year(date);
        strbuf_addf(out, "%04d/%02d", year, (year + 1) % 100);
    }
}

static void academic_year_start(const Row *row, StrBuf *out) {
    Date date;
    if (row_date(row, "date", &date))
        add_date_of(out, date_academic_year(date), 9, 1);
}

static void academic_year_end(const Row *row, StrBuf *out) {
    Date date;
    if (row_date(row, "date", &date))
        add_date_of(out, date_academic_year(date) + 1, 8, 31);
}

static void calendar_quarter(const Row *row, StrBuf *out) {
    Date date;
    if (row_date(row, "date", &date))
        add_int(out, date_calendar_quarter(date));
}

static void iso_week(const Row *row, StrBuf *out) {
    Date date;
    int year, week;
    if (row_date(row, "date", &date)) {
        date_iso_week(date, &year, &week);
        strbuf_addf(out, "%04d-W%02d", year, week);
    }
}

static void iso_weekday(const Row *row, StrBuf *out) {
    Date date;
    if (row_date(row, "date", &date))
        add_int(out, date_weekday(date));
}

static void week_monday(const Row *row, StrBuf *out) {
    Date date;
    if (row_date(row, "date", &date) && date_add_days(date, 1 - date_weekday(date), &date))
        date_print_iso(out, date);
}

static void weekday_name(const Row *row, StrBuf *out) {
    static const char *const names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};
    Date date;
    if (row_date(row, "date", &date))
        strbuf_add(out, names[date_weekday(date) - 1]);
}

static void day_of_year(const Row *row, StrBuf *out) {
    Date date;
    if (row_date(row, "date", &date))
        add_int(out, date_day_of_year(date));
}

static void month_end(const Row *row, StrBuf *out) {
    Date date;
    if (row_date(row, "date", &date))
        date_print_iso(out, date_month_end(date));
}

static void leap_year(const Row *row, StrBuf *out) {
    Date date;
    if (row_date(row, "date", &date))
        strbuf_add(out, date_is_leap_year(date_ymd(date).year) ? "yes" : "no");
}

/* The first day of the months that end with the date. */
static void rolling_start(const Row *row, int64_t months, StrBuf *out) {
    Date date;
    if (row_date(row, "date", &date) && date_add_days(date, 1, &date) &&
        date_add_months(date, -months, &date))
        date_print_iso(out, date);
}

static void rolling12_start(const Row *row, StrBuf *out) {
    rolling_start(row, 12, out);
}

static void rolling3_start(const Row *row, StrBuf *out) {
    rolling_start(row, 3, out);
}

/* ---- rounding ---- */

/* To decimal places; below 0 they are powers of ten. */
static void round_to_places(Num value, int64_t places, StrBuf *out) {
    int64_t base = 1;
    for (int64_t i = places; i < 0; i++)
        base *= 10;
    if (places >= 0) {
        if (places <= 18 && num_round(value, (int)places, &value))
            num_print(out, value, (int)places, false);
    } else if (places >= -18 && num_round_to_base(value, base, &value)) {
        num_print_exact(out, value);
    }
}

static void rounded(const Row *row, StrBuf *out) {
    Num value;
    int64_t by;
    if (!row_number(row, "value", &value) || !row_int(row, "dp_or_base", &by))
        return;
    const char *kind = row_text(row, "kind");
    if (strcmp(kind, "dp") == 0)
        round_to_places(value, by, out);
    else if (strcmp(kind, "base") == 0 && num_round_to_base(value, by, &value))
        num_print_exact(out, value);
}

/* Printed straight from the fraction: this is how a percentage reaches a page. */
static void ratio_rounded(const Row *row, StrBuf *out) {
    Num x, n, multiplier, value;
    int64_t places;
    if (row_number(row, "x", &x) && row_number(row, "n", &n) &&
        row_number(row, "multiplier", &multiplier) && row_int(row, "dp", &places) &&
        num_divide(x, n, &value) && num_multiply(value, multiplier, &value) && places >= 0 &&
        places <= 18)
        num_print(out, value, (int)places, false);
}

/* ---- the tables ---- */

static const Table tables[] = {
    {"add_months.csv", {"date", "months"}, {{"clamped", months_added, AGREE_EXACTLY}}},
    {"add_working_days.csv", {"start", "n"}, {{"result", working_days_added, AGREE_EXACTLY}}},
    {"age_at.csv", {"birth", "at"}, {{"age_1_march", age, AGREE_EXACTLY}}},
    {"completed_periods.csv",
     {"start", "end"},
     {{"months_clamped", completed_months, AGREE_EXACTLY},
      {"years_clamped", completed_years, AGREE_EXACTLY},
      {"days", completed_days, AGREE_EXACTLY},
      {"weeks", completed_weeks, AGREE_EXACTLY}}},
    {"working_days.csv",
     {"start", "end"},
     {{"working_days_after_start", working_days_after_start, AGREE_EXACTLY}}},
    {"calendar_labels.csv",
     {"date"},
     {{"financial_year", financial_year, AGREE_EXACTLY},
      {"fy_start", financial_year_start, AGREE_EXACTLY},
      {"fy_end", financial_year_end, AGREE_EXACTLY},
      {"fy_quarter", financial_quarter, AGREE_EXACTLY},
      {"academic_year", academic_year, AGREE_EXACTLY},
      {"ay_start", academic_year_start, AGREE_EXACTLY},
      {"ay_end", academic_year_end, AGREE_EXACTLY},
      {"calendar_quarter", calendar_quarter, AGREE_EXACTLY},
      {"iso_week", iso_week, AGREE_EXACTLY},
      {"iso_weekday", iso_weekday, AGREE_EXACTLY},
      {"iso_week_monday", week_monday, AGREE_EXACTLY},
      {"weekday", weekday_name, AGREE_EXACTLY},
      {"day_of_year", day_of_year, AGREE_EXACTLY},
      {"month_end", month_end, AGREE_EXACTLY},
      {"leap_year", leap_year, AGREE_EXACTLY},
      {"rolling12_start", rolling12_start, AGREE_EXACTLY},
      {"rolling3_start", rolling3_start, AGREE_EXACTLY}}},
    {"rounding.csv", {"kind", "value", "dp_or_base"}, {{"half_up", rounded, AGREE_EXACTLY}}},
    {"ratio_rounding.csv",
     {"x", "n", "multiplier", "dp"},
     {{"rounded_half_up", ratio_rounded, AGREE_EXACTLY}}},
};

const TableList date_tables = {tables, sizeof tables / sizeof tables[0]};
