#include <check.h>
#include <string.h>

#include "tests/unit/fixture_report.h"

Suite *report_suite(void);

static Arena *arena;

static void start(void) {
    arena = arena_new();
}

static void end(void) {
    arena_free(arena);
}

static const ReportRow *row_of(const Cell *cell) {
    ReportRow *row = arena_alloc(arena, sizeof *row);
    report_row_fill(arena, cell, NULL, row);
    return row;
}

/* The figures of design/CLI.md, "Results for machines". */
START_TEST(a_proportion_is_printed_as_the_design_says) {
    Indicator *indicator = fixture_proportion(arena);
    Cell *cell = fixture_cell(arena, indicator, "2017-01", 69, 535);
    fixture_compare(cell, fixture_cell(arena, indicator, "2016-12", 71, 510));
    const ReportRow *row = row_of(cell);
    ck_assert_str_eq(row->period, "2017-01");
    ck_assert_str_eq(row->value, "12.897196261682");
    ck_assert_str_eq(row->printed, "12.9%");
    ck_assert_str_eq(row->fraction, "69/535");
    ck_assert_str_eq(row->target_value, "20.7");
    ck_assert_str_eq(row->target_printed, "20.7%");
    ck_assert_str_eq(row->target->label, "SN average 2015/16");
    ck_assert_int_eq(row->status, STATUS_MET);
    ck_assert_str_eq(row->previous_period, "2016-12");
    ck_assert_str_eq(row->previous_value, "13.921568627451");
    ck_assert_str_eq(row->previous_printed, "13.9%");
    ck_assert_str_eq(row->previous_fraction, "71/510");
    ck_assert_int_eq(row->movement.movement, MOVEMENT_DOWN);
    ck_assert_int_eq(row->meaning, MEANING_IMPROVING);
    ck_assert_str_eq(row->reason, "12.9% is below the target of 20.7% (low is good); "
                                  "down from 13.9% (2016-12), improving");
    ck_assert_ptr_null(row->flag);
    ck_assert_ptr_null(row->missing);
}
END_TEST

typedef struct Lack {
    Symbol symbol;
    const char *reason, *flag, *missing, *expected;
} Lack;

static const Lack lacks[] = {
    {SYMBOL_NOT_APPLICABLE, NULL, "z", "no cases", "no cases"},
    {SYMBOL_UNAVAILABLE, "outside what the source covers", "x", "not available",
     "outside what the source covers"},
    {SYMBOL_NONE, NULL, "x", "not available", "not available"},
    {SYMBOL_CONFIDENTIAL, NULL, "c", "confidential", "confidential"},
    {SYMBOL_LOW_RELIABILITY, NULL, "u", "not reliable", "not reliable"},
    {SYMBOL_LOW, NULL, "low", "low", "low"},
};

START_TEST(a_missing_value_has_a_symbol_and_no_number) {
    const Lack *lack = &lacks[_i];
    Indicator *indicator = fixture_proportion(arena);
    Cell *cell = fixture_missing(arena, indicator, "2017-01", lack->symbol, lack->reason);
    fixture_compare(cell, fixture_cell(arena, indicator, "2016-12", 71, 510));
    const ReportRow *row = row_of(cell);
    ck_assert_ptr_null(row->value);
    ck_assert_ptr_null(row->printed);
    ck_assert_ptr_null(row->fraction);
    ck_assert_str_eq(row->flag, lack->flag);
    ck_assert_str_eq(row->missing, lack->missing);
    ck_assert_str_eq(row->reason, lack->expected);
    ck_assert_int_eq(row->status, STATUS_NONE);
    ck_assert_int_eq(row->movement.movement, MOVEMENT_NONE);
    ck_assert_int_eq(row->meaning, MEANING_NOT_COMPARABLE);
    ck_assert_str_eq(row->target_printed, "20.7%");
    ck_assert_str_eq(row->previous_printed, "13.9%");
}
END_TEST

START_TEST(a_missing_previous_value_says_why_nothing_moved) {
    Indicator *indicator = fixture_proportion(arena);
    Cell *cell = fixture_cell(arena, indicator, "2017-01", 69, 535);
    fixture_compare(cell, fixture_missing(arena, indicator, "2016-12", SYMBOL_CONFIDENTIAL,
                                          "an input is confidential"));
    const ReportRow *row = row_of(cell);
    ck_assert_int_eq(row->movement.movement, MOVEMENT_NONE);
    ck_assert_ptr_null(row->previous_printed);
    ck_assert_str_eq(row->previous_missing, "confidential");
    ck_assert_str_eq(row->movement_reason,
                     "not compared: 2016-12 has no value (an input is confidential)");
    ck_assert_int_eq(row->status, STATUS_MET);
}
END_TEST

START_TEST(a_year_to_date_prints_its_increase) {
    Indicator *indicator = fixture_count(arena);
    indicator->window = WINDOW_YEAR_TO_DATE;
    Cell *cell = fixture_cell(arena, indicator, "2017-01", 130, 1);
    fixture_compare(cell, fixture_cell(arena, indicator, "2016-12", 117, 1));
    const ReportRow *row = row_of(cell);
    ck_assert_str_eq(row->increase, "+13");
    ck_assert_int_eq(row->meaning, MEANING_NOT_COMPARABLE);
    ck_assert_str_eq(row->movement_reason,
                     "+13 since 2016-12; year to date: the increase is printed instead");
}
END_TEST

START_TEST(the_target_of_the_day_counts) {
    Indicator *indicator = fixture_proportion(arena);
    Target steps[3] = {*indicator->targets, *indicator->targets, *indicator->targets};
    steps[1].has_from = steps[2].has_from = true;
    ck_assert(date_of_ymd(2016, 4, 1, &steps[1].from));
    ck_assert(date_of_ymd(2017, 2, 1, &steps[2].from));
    steps[1].value = num_of_int(10);
    steps[2].none = true;
    indicator->targets = steps;
    indicator->targets_len = 3;
    const ReportRow *row = row_of(fixture_cell(arena, indicator, "2016-03", 69, 535));
    ck_assert_str_eq(row->target_value, "20.7");
    ck_assert_int_eq(row->status, STATUS_MET);
    row = row_of(fixture_cell(arena, indicator, "2017-01", 69, 535));
    ck_assert_str_eq(row->target_value, "10");
    ck_assert_int_eq(row->status, STATUS_MISSED);
    row = row_of(fixture_cell(arena, indicator, "2017-02", 69, 535));
    ck_assert_ptr_null(row->target);
    ck_assert(row->information_only);
    ck_assert_str_eq(row->status_reason, "for information only");
    ck_assert_int_eq(row->status, STATUS_NONE);
}
END_TEST

START_TEST(a_target_for_all_says_nothing_of_a_groups_count) {
    Indicator *proportion = fixture_breakdown(arena), *count = fixture_count(arena);
    proportion->targets = fixture_proportion(arena)->targets;
    proportion->targets_len = 1;
    count->breakdowns = proportion->breakdowns;
    count->breakdowns_len = 1;
    Cell *share = fixture_cell(arena, proportion, "2017-01", 80, 600);
    fixture_group(arena, share, "HEA", "Health");
    Cell *number = fixture_cell(arena, count, "2017-01", 80, 1);
    fixture_group(arena, number, "HEA", "Health");
    ck_assert_ptr_nonnull(row_of(share)->target);
    ck_assert_ptr_null(row_of(number)->target);
    ck_assert_ptr_nonnull(row_of(fixture_cell(arena, count, "2017-01", 80, 1))->target);
}
END_TEST

START_TEST(a_part_is_counted_out_of_the_denominator) {
    /* design/LANGUAGE.md: 6 of 44 */
    Indicator *indicator = fixture_proportion(arena);
    Part part = {.id = "english", .label = "with English"};
    PartCount count = {.part = &part, .count = 6};
    indicator->parts = &part;
    indicator->parts_len = 1;
    Cell *cell = fixture_cell(arena, indicator, "2017-01", 9, 44);
    cell->parts = &count;
    const ReportRow *row = row_of(cell);
    ck_assert_int_eq(row->parts[0].count, 6);
    ck_assert_str_eq(row->parts[0].fraction, "6/44");
    ck_assert_str_eq(row->parts[0].printed, "13.6%");
    ck_assert_str_eq(row->parts[0].value, "13.636363636364");
}
END_TEST

static const Report *chosen(const Result *result, const GroupChoice *groups, size_t len) {
    ReportOptions options = {.groups = groups, .groups_len = len};
    return report_build(arena, result, &options);
}

START_TEST(only_the_chosen_groups_are_left) {
    Result *result = fixture_month(arena);
    const GroupChoice by_code = {"Agency", "HEA"}, by_title = {"Agency", "Police"},
                      total = {"Agency", "Overall"}, wrong = {"Agency", "Army"},
                      other_label = {"Age", "HEA"};
    ck_assert_uint_eq(chosen(result, NULL, 0)->rows_len, 8);
    const Report *report = chosen(result, &by_code, 1);
    ck_assert_uint_eq(report->rows_len, 1);
    ck_assert_str_eq(report->rows[0].fraction, "80/600");
    ck_assert_str_eq(chosen(result, &by_title, 1)->rows[0].flag, "z");
    ck_assert_str_eq(chosen(result, &total, 1)->rows[0].fraction, "120/1000");
    const GroupChoice both[] = {by_code, by_title}, across[] = {by_code, other_label};
    ck_assert_uint_eq(chosen(result, both, 2)->rows_len, 2);
    ck_assert_uint_eq(chosen(result, across, 2)->rows_len, 0);
    ck_assert(report_has_group(result, by_code));
    ck_assert(!report_has_group(result, wrong));
    ck_assert(!report_has_group(result, other_label));
}
END_TEST

START_TEST(cells_that_only_compare_are_no_rows) {
    Result *result = fixture_month(arena);
    result->cells[0]->asked = false;
    ck_assert_uint_eq(chosen(result, NULL, 0)->rows_len, 7);
}
END_TEST

typedef struct Words {
    const char *period, *expected;
} Words;

static const Words words[] = {
    {"2017-01", "January 2017"},
    {"2016/17-Q4", "January to March 2017"},
    {"2016/17-Q1", "April to June 2016"},
    {"2016/17", "2016/17"},
    {"2016", "2016"},
    {"2017-01-31", "31 January 2017"},
};

START_TEST(periods_are_said_in_words) {
    Period period;
    ck_assert(period_parse(words[_i].period, strlen(words[_i].period), &period));
    StrBuf text = {0};
    period_words(&text, period);
    ck_assert_str_eq(strbuf_text(&text), words[_i].expected);
    strbuf_fini(&text);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof(table)[0])

Suite *report_suite(void) {
    Suite *suite = suite_create("report");
    TCase *tests = tcase_create("report");
    tcase_add_checked_fixture(tests, start, end);
    tcase_add_test(tests, a_proportion_is_printed_as_the_design_says);
    tcase_add_loop_test(tests, a_missing_value_has_a_symbol_and_no_number, 0, ROWS(lacks));
    tcase_add_test(tests, a_missing_previous_value_says_why_nothing_moved);
    tcase_add_test(tests, a_year_to_date_prints_its_increase);
    tcase_add_test(tests, the_target_of_the_day_counts);
    tcase_add_test(tests, a_target_for_all_says_nothing_of_a_groups_count);
    tcase_add_test(tests, a_part_is_counted_out_of_the_denominator);
    tcase_add_test(tests, only_the_chosen_groups_are_left);
    tcase_add_test(tests, cells_that_only_compare_are_no_rows);
    tcase_add_loop_test(tests, periods_are_said_in_words, 0, ROWS(words));
    suite_add_tcase(suite, tests);
    return suite;
}
