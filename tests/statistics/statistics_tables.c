#include "tests/statistics/statistics_tables.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/date.h"
#include "base/num.h"
#include "base/vec.h"
#include "tests/statistics/csv_table.h"

#define MOST_SHOWN 10
#define WEEKEND ((1u << 6) | (1u << 7))
#define DIVISION "england-and-wales"

typedef struct Row {
    const CsvTable *table;
    size_t index;
    const Calendar *calendar;
} Row;

/* What a column should hold: writes our answer, nothing where there is none. */
typedef void (*Answer)(const Row *row, StrBuf *out);

typedef struct Column {
    const char *name;
    Answer answer;
} Column;

#define MOST_COLUMNS 18

typedef struct Table {
    const char *file;
    const char *given[4]; /* the columns that the answers come from */
    Column expected[MOST_COLUMNS];
} Table;

/* ---- reading a row ---- */

static const char *row_text(const Row *row, const char *column) {
    return csv_table_cell(row->table, row->index, column);
}

static bool row_date(const Row *row, const char *column, Date *out) {
    const char *text = row_text(row, column);
    return date_parse_iso(text, strlen(text), out);
}

/* A number, also with an exponent ("1e9"), as other programs write them. */
static bool read_number(const char *text, Num *out) {
    size_t mantissa = strcspn(text, "eE");
    Num value, ten = num_of_int(10);
    if (!num_parse(text, mantissa, &value, NULL))
        return false;
    long exponent = text[mantissa] ? strtol(text + mantissa + 1, NULL, 10) : 0;
    for (; exponent > 0; exponent--)
        if (!num_multiply(value, ten, &value))
            return false;
    for (; exponent < 0; exponent++)
        if (!num_divide(value, ten, &value))
            return false;
    *out = value;
    return true;
}

static bool row_number(const Row *row, const char *column, Num *out) {
    return read_number(row_text(row, column), out);
}

static bool row_int(const Row *row, const char *column, int64_t *out) {
    Num value;
    return row_number(row, column, &value) && num_to_int64(value, out);
}

/* ---- writing an answer ---- */

static void add_int(StrBuf *out, int64_t value) {
    num_print(out, num_of_int(value), 0, false);
}

static void add_date_of(StrBuf *out, int year, int month, int day) {
    Date date;
    if (date_of_ymd(year, month, day, &date))
        date_print_iso(out, date);
}

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
    {"add_months.csv", {"date", "months"}, {{"clamped", months_added}}},
    {"add_working_days.csv", {"start", "n"}, {{"result", working_days_added}}},
    {"age_at.csv", {"birth", "at"}, {{"age_1_march", age}}},
    {"completed_periods.csv",
     {"start", "end"},
     {{"months_clamped", completed_months},
      {"years_clamped", completed_years},
      {"days", completed_days},
      {"weeks", completed_weeks}}},
    {"working_days.csv",
     {"start", "end"},
     {{"working_days_after_start", working_days_after_start}}},
    {"calendar_labels.csv",
     {"date"},
     {{"financial_year", financial_year},
      {"fy_start", financial_year_start},
      {"fy_end", financial_year_end},
      {"fy_quarter", financial_quarter},
      {"academic_year", academic_year},
      {"ay_start", academic_year_start},
      {"ay_end", academic_year_end},
      {"calendar_quarter", calendar_quarter},
      {"iso_week", iso_week},
      {"iso_weekday", iso_weekday},
      {"iso_week_monday", week_monday},
      {"weekday", weekday_name},
      {"day_of_year", day_of_year},
      {"month_end", month_end},
      {"leap_year", leap_year},
      {"rolling12_start", rolling12_start},
      {"rolling3_start", rolling3_start}}},
    {"rounding.csv", {"kind", "value", "dp_or_base"}, {{"half_up", rounded}}},
    {"ratio_rounding.csv", {"x", "n", "multiplier", "dp"}, {{"rounded_half_up", ratio_rounded}}},
};

#define TABLES_LEN (sizeof tables / sizeof tables[0])
#define GIVEN_LEN (sizeof tables[0].given / sizeof tables[0].given[0])

/* ---- comparing ---- */

static bool texts_agree(const char *expected, const char *got) {
    Num a, b;
    if (read_number(expected, &a) && read_number(got, &b))
        /* -0 is a fault of ours even where the numbers agree. */
        return num_compare(a, b) == 0 && !(a.n == 0 && got[0] == '-');
    return strcmp(expected, got) == 0;
}

static void report_row(const Table *table, const Row *row, const Column *column, const char *got,
                       StrBuf *report) {
    strbuf_addf(report, "  row %zu:", row->index + 1);
    for (size_t i = 0; i < GIVEN_LEN && table->given[i]; i++)
        strbuf_addf(report, " %s %s,", table->given[i], row_text(row, table->given[i]));
    strbuf_addf(report, " %s: expected '%s', got '%s'\n", column->name, row_text(row, column->name),
                got);
}

/* Whether all expected columns agree; the faults go to `report` unless it is NULL. */
static bool row_agrees(const Table *table, const Row *row, StrBuf *report) {
    StrBuf got = {0};
    bool agrees = true;
    for (size_t i = 0; i < MOST_COLUMNS && table->expected[i].name; i++) {
        const Column *column = &table->expected[i];
        strbuf_clear(&got);
        column->answer(row, &got);
        if (texts_agree(row_text(row, column->name), strbuf_text(&got)))
            continue;
        agrees = false;
        if (report)
            report_row(table, row, column, strbuf_text(&got), report);
    }
    strbuf_fini(&got);
    return agrees;
}

static size_t missing_columns(const Table *table, const CsvTable *csv, StrBuf *report) {
    const char *names[GIVEN_LEN + MOST_COLUMNS];
    size_t len = 0, missing = 0;
    for (size_t i = 0; i < GIVEN_LEN && table->given[i]; i++)
        names[len++] = table->given[i];
    for (size_t i = 0; i < MOST_COLUMNS && table->expected[i].name; i++)
        names[len++] = table->expected[i].name;
    for (size_t i = 0; i < len; i++)
        if (csv_table_column(csv, names[i]) == CSV_NO_COLUMN) {
            strbuf_addf(report, "%s: there is no column %s\n", table->file, names[i]);
            missing++;
        }
    return missing;
}

static void compare_table(const Table *table, const CsvTable *csv, const Calendar *calendar,
                          StatisticsOutcome *outcome, StrBuf *report) {
    size_t missing = missing_columns(table, csv, report);
    outcome->files++;
    outcome->disagreed += missing;
    if (missing > 0)
        return;
    StrBuf rows = {0};
    size_t agreed = 0;
    for (size_t i = 0; i < csv->rows; i++) {
        Row row = {csv, i, calendar};
        bool show = i - agreed < MOST_SHOWN;
        agreed += row_agrees(table, &row, show ? &rows : NULL);
    }
    strbuf_addf(report, "%s: %zu of %zu rows agree\n%s", table->file, agreed, csv->rows,
                strbuf_text(&rows));
    strbuf_fini(&rows);
    outcome->rows += csv->rows;
    outcome->disagreed += csv->rows - agreed;
}

/* ---- the calendar ---- */

static int date_order(const void *left, const void *right) {
    Date a = *(const Date *)left, b = *(const Date *)right;
    return a < b ? -1 : a > b ? 1 : 0;
}

/* Covers whole years, from that of the first holiday to that of the last. */
static Calendar calendar_of(Arena *arena, const CsvTable *csv) {
    Calendar calendar = {.weekend = WEEKEND, .from = 1, .to = 0};
    VEC(Date) days = {0};
    for (size_t i = 0; i < csv->rows; i++) {
        Row row = {csv, i, NULL};
        Date date;
        if (strcmp(row_text(&row, "division"), DIVISION) == 0 && row_date(&row, "date", &date))
            vec_push(arena, &days, date);
    }
    if (days.len == 0)
        return calendar;
    qsort(days.items, days.len, sizeof *days.items, date_order);
    size_t kept = 1;
    for (size_t i = 1; i < days.len; i++)
        if (days.items[i] != days.items[kept - 1])
            days.items[kept++] = days.items[i];
    calendar.holidays = days.items;
    calendar.holidays_len = kept;
    date_of_ymd(date_ymd(days.items[0]).year, 1, 1, &calendar.from);
    date_of_ymd(date_ymd(days.items[kept - 1]).year, 12, 31, &calendar.to);
    return calendar;
}

static Calendar calendar_read(Arena *arena, const char *folder, const char *shipped,
                              StrBuf *report) {
    const char *const folders[] = {folder, shipped};
    for (size_t i = 0; i < 2; i++) {
        CsvTable csv;
        const char *path = arena_printf(arena, "%s/bank_holidays.csv", folders[i]);
        if (!csv_table_read(arena, path, &csv))
            continue;
        Calendar calendar = calendar_of(arena, &csv);
        strbuf_addf(report, "bank_holidays.csv: %zu days of " DIVISION "%s\n",
                    calendar.holidays_len, i == 0 ? "" : " (the copy that comes with the project)");
        return calendar;
    }
    strbuf_add(report, "bank_holidays.csv: not found\n");
    return (Calendar){.weekend = WEEKEND, .from = 1, .to = 0};
}

StatisticsOutcome statistics_compare(const char *folder, const char *shipped, StrBuf *report) {
    StatisticsOutcome outcome = {0};
    Arena *arena = arena_new();
    Calendar calendar = calendar_read(arena, folder, shipped, report);
    for (size_t i = 0; i < TABLES_LEN; i++) {
        CsvTable csv;
        if (csv_table_read(arena, arena_printf(arena, "%s/%s", folder, tables[i].file), &csv))
            compare_table(&tables[i], &csv, &calendar, &outcome, report);
        else
            strbuf_addf(report, "%s: not found\n", tables[i].file);
    }
    arena_free(arena);
    return outcome;
}
