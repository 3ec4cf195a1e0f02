#include "tests/statistics/statistics_tables.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "tests/statistics/statistics_row.h"

#define MOST_SHOWN 10
#define WEEKEND ((1u << 6) | (1u << 7))
#define DIVISION "england-and-wales"

/* ---- comparing ---- */

static void report_row(const Table *table, const Row *row, const Column *column, const char *got,
                       StrBuf *report) {
    strbuf_addf(report, "  row %zu:", row->index + 1);
    for (size_t i = 0; i < MOST_GIVEN && table->given[i]; i++)
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
        if (answers_agree(row_text(row, column->name), strbuf_text(&got), column->agreement))
            continue;
        agrees = false;
        if (report)
            report_row(table, row, column, strbuf_text(&got), report);
    }
    strbuf_fini(&got);
    return agrees;
}

static size_t missing_columns(const Table *table, const CsvTable *csv, StrBuf *report) {
    const char *names[MOST_GIVEN + MOST_COLUMNS];
    size_t len = 0, missing = 0;
    for (size_t i = 0; i < MOST_GIVEN && table->given[i]; i++)
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

static void compare_file(const Table *table, const char *folder, Arena *arena,
                         const Calendar *calendar, StatisticsOutcome *outcome, StrBuf *report) {
    CsvTable csv;
    if (csv_table_read(arena, arena_printf(arena, "%s/%s", folder, table->file), &csv))
        compare_table(table, &csv, calendar, outcome, report);
    else
        strbuf_addf(report, "%s: not found\n", table->file);
}

StatisticsOutcome statistics_compare(const char *folder, const char *shipped, StrBuf *report) {
    const TableList *const lists[] = {&date_tables, &interval_tables, &comparison_tables,
                                      &rating_tables, &suppression_tables};
    StatisticsOutcome outcome = {0};
    Arena *arena = arena_new();
    Calendar calendar = calendar_read(arena, folder, shipped, report);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        for (size_t j = 0; j < lists[i]->len; j++)
            compare_file(&lists[i]->items[j], folder, arena, &calendar, &outcome, report);
    arena_free(arena);
    return outcome;
}
