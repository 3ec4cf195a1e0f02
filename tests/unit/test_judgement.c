#include <check.h>
#include <string.h>

#include "stats/judgement.h"

Suite *judgement_suite(void);

static Num num(const char *text) {
    Num value = {0, 1};
    ck_assert_msg(num_parse(text, strlen(text), &value, NULL), "not a number: %s", text);
    return value;
}

static Date iso(const char *text) {
    Date date = 0;
    ck_assert_msg(date_parse_iso(text, strlen(text), &date), "not a date: %s", text);
    return date;
}

/* ---- movement: the printed values are compared ---- */

typedef struct Moved {
    const char *now, *previous;
    int decimals;
    SameKind same;
    const char *within;
    Movement expected;
} Moved;

static const Moved moved[] = {
    {"12.897196", "13.921569", 1, SAME_NONE, "0", MOVEMENT_DOWN},
    {"13.921569", "12.897196", 1, SAME_NONE, "0", MOVEMENT_UP},
    /* LANGUAGE.md 5: 0.529% after 0.521%, both printed 0.5%, is no change. */
    {"0.529", "0.521", 1, SAME_NONE, "0", MOVEMENT_SAME},
    {"0.529", "0.521", 2, SAME_NONE, "0", MOVEMENT_UP},
    /* Printed 0.6 after 0.5, though they are 0.002 apart. */
    {"0.551", "0.549", 1, SAME_NONE, "0", MOVEMENT_UP},
    {"33", "33", 0, SAME_NONE, "0", MOVEMENT_SAME},
    {"-1", "1", 0, SAME_NONE, "0", MOVEMENT_DOWN},
    /* same within 1 point: up to and with 1 */
    {"13.9", "12.9", 1, SAME_POINTS, "1", MOVEMENT_SAME},
    {"14.0", "12.9", 1, SAME_POINTS, "1", MOVEMENT_UP},
    {"11.9", "12.9", 1, SAME_POINTS, "1", MOVEMENT_SAME},
    {"11.8", "12.9", 1, SAME_POINTS, "1", MOVEMENT_DOWN},
    /* The printed values are 1.0 apart, the exact ones 1.09. */
    {"13.94", "12.85", 1, SAME_POINTS, "1", MOVEMENT_SAME},
    /* same within 1% of previous */
    {"202", "200", 0, SAME_PERCENT_OF_PREVIOUS, "1", MOVEMENT_SAME},
    {"203", "200", 0, SAME_PERCENT_OF_PREVIOUS, "1", MOVEMENT_UP},
    {"198", "200", 0, SAME_PERCENT_OF_PREVIOUS, "1", MOVEMENT_SAME},
    {"-198", "-200", 0, SAME_PERCENT_OF_PREVIOUS, "1", MOVEMENT_SAME},
    {"1", "0", 0, SAME_PERCENT_OF_PREVIOUS, "50", MOVEMENT_UP},
};

START_TEST(movement_compares_what_is_printed) {
    const Moved *row = &moved[_i];
    Num now = num(row->now), previous = num(row->previous);
    MovementInput input = {.now = &now,
                           .previous = &previous,
                           .has_previous_period = true,
                           .decimals = row->decimals,
                           .same = row->same,
                           .same_within = num(row->within)};
    MovementVerdict verdict = judge_movement(&input);
    ck_assert_int_eq(verdict.movement, row->expected);
    ck_assert_int_eq(verdict.hindrance, HINDRANCE_NONE);
    ck_assert(!verdict.has_increase);
}
END_TEST

static MovementInput year_to_date(const Num *now, const Num *previous, const char *end,
                                  const char *previous_end) {
    return (MovementInput){.now = now,
                           .previous = previous,
                           .has_previous_period = true,
                           .year_to_date = true,
                           .window_end = iso(end),
                           .previous_end = iso(previous_end)};
}

START_TEST(year_to_date_has_an_increase_and_no_arrow) {
    Num now = num("130.6"), previous = num("117.4");
    MovementInput input = year_to_date(&now, &previous, "2017-01-31", "2016-12-31");
    MovementVerdict verdict = judge_movement(&input);
    ck_assert_int_eq(verdict.movement, MOVEMENT_NONE);
    ck_assert_int_eq(verdict.hindrance, HINDRANCE_YEAR_TO_DATE);
    ck_assert(verdict.has_increase);
    /* 131 less 117, as printed */
    ck_assert_int_eq(num_compare(verdict.increase, num("14")), 0);
    ck_assert_str_eq(hindrance_words(verdict.hindrance),
                     "year to date: the increase is printed instead");
}
END_TEST

START_TEST(year_to_date_is_not_compared_across_april) {
    Num now = num("9"), previous = num("117");
    MovementInput input = year_to_date(&now, &previous, "2016-04-30", "2016-03-31");
    MovementVerdict verdict = judge_movement(&input);
    ck_assert_int_eq(verdict.movement, MOVEMENT_NONE);
    ck_assert_int_eq(verdict.hindrance, HINDRANCE_NEW_YEAR);
    ck_assert(!verdict.has_increase);
    input = year_to_date(&now, &previous, "2016-05-31", "2016-04-30");
    ck_assert_int_eq(judge_movement(&input).hindrance, HINDRANCE_YEAR_TO_DATE);
}
END_TEST

START_TEST(nothing_moves_without_two_values) {
    Num value = num("1");
    MovementInput input = {.now = &value, .previous = NULL, .has_previous_period = true};
    ck_assert_int_eq(judge_movement(&input).hindrance, HINDRANCE_PREVIOUS_MISSING);
    input = (MovementInput){.now = NULL, .previous = &value, .has_previous_period = true};
    ck_assert_int_eq(judge_movement(&input).hindrance, HINDRANCE_NOW_MISSING);
    input = (MovementInput){.now = &value};
    ck_assert_int_eq(judge_movement(&input).hindrance, HINDRANCE_NO_PERIOD);
    ck_assert_ptr_null(movement_word(judge_movement(&input).movement));
}
END_TEST

/* ---- meaning ---- */

typedef struct Meant {
    GoodKind good;
    const char *now, *previous;
    Meaning expected;
} Meant;

/* between: 15 to 20 */
static const Meant meant[] = {
    {GOOD_HIGH, "2", "1", MEANING_IMPROVING},
    {GOOD_HIGH, "1", "2", MEANING_WORSENING},
    {GOOD_LOW, "1", "2", MEANING_IMPROVING},
    {GOOD_LOW, "2", "1", MEANING_WORSENING},
    {GOOD_HIGH, "1", "1", MEANING_NO_CHANGE},
    {GOOD_LOW, "1.04", "1.01", MEANING_NO_CHANGE},
    {GOOD_NEUTRAL, "2", "1", MEANING_NONE},
    {GOOD_NEUTRAL, "1", "1", MEANING_NONE},
    {GOOD_BETWEEN, "14", "12", MEANING_IMPROVING},
    {GOOD_BETWEEN, "12", "14", MEANING_WORSENING},
    {GOOD_BETWEEN, "21", "25", MEANING_IMPROVING},
    {GOOD_BETWEEN, "25", "21", MEANING_WORSENING},
    {GOOD_BETWEEN, "16", "19", MEANING_NO_CHANGE},
    {GOOD_BETWEEN, "15", "20", MEANING_NO_CHANGE},
    /* one below is as far as one above */
    {GOOD_BETWEEN, "14", "21", MEANING_NO_CHANGE},
    {GOOD_BETWEEN, "13", "21", MEANING_WORSENING},
    {GOOD_BETWEEN, "15", "14.9", MEANING_IMPROVING},
};

START_TEST(meaning_follows_what_is_good) {
    const Meant *row = &meant[_i];
    Num now = num(row->now), previous = num(row->previous);
    MovementInput input = {
        .now = &now, .previous = &previous, .has_previous_period = true, .decimals = 1};
    Good good = {row->good, num("15"), num("20")};
    ck_assert_int_eq(judge_meaning(&input, judge_movement(&input), good), row->expected);
}
END_TEST

START_TEST(what_cannot_be_compared_has_no_better_or_worse) {
    Num now = num("1");
    MovementInput input = {.now = &now, .has_previous_period = true};
    Good high = {.kind = GOOD_HIGH}, neutral = {.kind = GOOD_NEUTRAL};
    ck_assert_int_eq(judge_meaning(&input, judge_movement(&input), high), MEANING_NOT_COMPARABLE);
    ck_assert_int_eq(judge_meaning(&input, judge_movement(&input), neutral), MEANING_NONE);
    ck_assert_str_eq(meaning_word(MEANING_NOT_COMPARABLE), "not comparable");
    ck_assert_str_eq(meaning_word(MEANING_NO_CHANGE), "no change");
    ck_assert_ptr_null(meaning_word(MEANING_NONE));
}
END_TEST

/* ---- status: exact values are compared ---- */

typedef struct Judged {
    GoodKind good;
    const char *value, *target;
    int decimals;
    BasisKind basis;
    Status expected;
    const char *reason; /* NULL: none */
} Judged;

static const Judged judged[] = {
    {GOOD_LOW, "12.897196", "20.7", 1, BASIS_PERCENT, STATUS_MET,
     "12.9% is below the target of 20.7% (low is good)"},
    {GOOD_HIGH, "12.897196", "20.7", 1, BASIS_PERCENT, STATUS_MISSED,
     "12.9% is below the target of 20.7% (high is good)"},
    {GOOD_HIGH, "95", "95", 1, BASIS_PERCENT, STATUS_MET,
     "95.0% is equal to the target of 95% (high is good)"},
    {GOOD_LOW, "95", "95", 1, BASIS_PERCENT, STATUS_MET,
     "95.0% is equal to the target of 95% (low is good)"},
    /* LANGUAGE.md 5: 94.96 printed as 95.0 misses a target of 95%. */
    {GOOD_HIGH, "94.96", "95", 1, BASIS_PERCENT, STATUS_MISSED,
     "94.96% is printed as 95.0% but is below the target of 95% (high is good)"},
    {GOOD_LOW, "95.04", "95", 1, BASIS_PERCENT, STATUS_MISSED,
     "95.04% is printed as 95.0% but is above the target of 95% (low is good)"},
    {GOOD_HIGH, "94.9996", "95", 0, BASIS_PERCENT, STATUS_MISSED,
     "94.9996% is printed as 95% but is below the target of 95% (high is good)"},
    /* Hidden the other way: printed 95.0 is not below 94.97. */
    {GOOD_LOW, "94.96", "94.97", 1, BASIS_PERCENT, STATUS_MET,
     "94.96% is printed as 95.0% but is below the target of 94.97% (low is good)"},
    {GOOD_LOW, "33", "0", 0, BASIS_COUNT, STATUS_MISSED,
     "33 is above the target of 0 (low is good)"},
    {GOOD_LOW, "1", "2", 0, BASIS_DAYS, STATUS_MET,
     "1 day is below the target of 2 days (low is good)"},
    {GOOD_LOW, "5000000", "4943674", 0, BASIS_POUNDS, STATUS_MISSED,
     "£5,000,000 is above the target of £4,943,674 (low is good)"},
    {GOOD_NEUTRAL, "33", "0", 0, BASIS_COUNT, STATUS_NONE, NULL},
    /* between 15 and 20: the range decides */
    {GOOD_BETWEEN, "17", "18", 0, BASIS_PERCENT, STATUS_MET,
     "17% is within the good range of 15% to 20%"},
    {GOOD_BETWEEN, "20", "18", 0, BASIS_PERCENT, STATUS_MET,
     "20% is within the good range of 15% to 20%"},
    {GOOD_BETWEEN, "20.4", "18", 0, BASIS_PERCENT, STATUS_MISSED,
     "20.4% is printed as 20% but is above the good range of 15% to 20%"},
    {GOOD_BETWEEN, "12", "18", 0, BASIS_PERCENT, STATUS_MISSED,
     "12% is below the good range of 15% to 20%"},
};

START_TEST(status_compares_exact_values) {
    const Judged *row = &judged[_i];
    Goal goal = {0};
    ck_assert(num_parse(row->target, strlen(row->target), &goal.value, &goal.decimals));
    Good good = {row->good, num("15"), num("20")};
    Measure measure = {row->basis, NULL, row->decimals};
    ck_assert_int_eq(judge_status(num(row->value), &goal, good), row->expected);
    StrBuf reason = {0};
    status_print_reason(&reason, num(row->value), &goal, good, measure);
    ck_assert_str_eq(strbuf_text(&reason), row->reason ? row->reason : "");
    bool hidden = row->reason && strstr(row->reason, "is printed as");
    ck_assert_int_eq(status_hidden_by_rounding(num(row->value), &goal, good, row->decimals),
                     hidden);
    strbuf_fini(&reason);
}
END_TEST

START_TEST(no_goal_no_status) {
    Good high = {.kind = GOOD_HIGH};
    Goal none = {.none = true, .value = num("0")};
    ck_assert_int_eq(judge_status(num("1"), NULL, high), STATUS_NONE);
    ck_assert_int_eq(judge_status(num("1"), &none, high), STATUS_NONE);
    ck_assert_ptr_null(status_word(STATUS_NONE));
    ck_assert_str_eq(status_word(STATUS_MET), "met");
    ck_assert_str_eq(status_word(STATUS_MISSED), "missed");
}
END_TEST

START_TEST(the_latest_goal_is_in_force) {
    Goal goals[] = {
        {.value = num("3"), .has_from = true, .from = iso("2017-04-01")},
        {.value = num("1")},
        {.value = num("2"), .has_from = true, .from = iso("2016-04-01")},
    };
    ck_assert_ptr_eq(goal_in_force(goals, 3, iso("2016-03-31")), &goals[1]);
    ck_assert_ptr_eq(goal_in_force(goals, 3, iso("2016-04-01")), &goals[2]);
    ck_assert_ptr_eq(goal_in_force(goals, 3, iso("2017-03-31")), &goals[2]);
    ck_assert_ptr_eq(goal_in_force(goals, 3, iso("2017-04-01")), &goals[0]);
    ck_assert_ptr_null(goal_in_force(goals, 1, iso("2017-03-31")));
    ck_assert_ptr_null(goal_in_force(goals, 0, iso("2017-03-31")));
}
END_TEST

/* ---- how numbers are written ---- */

typedef struct Written {
    BasisKind basis;
    const char *unit, *value;
    int decimals;
    const char *expected, *change;
} Written;

static const Written written[] = {
    {BASIS_PERCENT, NULL, "12.897196", 1, "12.9%", "+12.9 points"},
    {BASIS_PERCENT, NULL, "12.5", 0, "13%", "+13 points"},
    {BASIS_PER, "children", "52.5", 1, "52.5", "+52.5"},
    {BASIS_COUNT, NULL, "384", 0, "384", "+384"},
    {BASIS_COUNT, NULL, "5050", 0, "5,050", "+5,050"},
    {BASIS_DAYS, NULL, "443", 0, "443 days", "+443 days"},
    {BASIS_DAYS, NULL, "1", 0, "1 day", "+1 day"},
    {BASIS_DAYS, NULL, "-1", 0, "-1 day", "-1 day"},
    {BASIS_DAYS, NULL, "1", 1, "1.0 days", "+1.0 days"},
    {BASIS_POUNDS, NULL, "4943674", 0, "£4,943,674", "+£4,943,674"},
    {BASIS_POUNDS, NULL, "-1250.5", 2, "-£1,250.50", "-£1,250.50"},
    {BASIS_POINTS, NULL, "43", 0, "43 points", "+43 points"},
    {BASIS_NUMBER, "homes", "12", 0, "12 homes", "+12 homes"},
    {BASIS_COUNT, NULL, "0", 0, "0", "+0"},
};

START_TEST(values_are_written_with_their_unit) {
    const Written *row = &written[_i];
    Measure measure = {row->basis, row->unit, row->decimals};
    StrBuf text = {0};
    measure_print(&text, measure, num(row->value), row->decimals);
    ck_assert_str_eq(strbuf_text(&text), row->expected);
    strbuf_clear(&text);
    measure_print_change(&text, measure, num(row->value));
    ck_assert_str_eq(strbuf_text(&text), row->change);
    strbuf_fini(&text);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof(table)[0])

Suite *judgement_suite(void) {
    Suite *suite = suite_create("judgement");
    TCase *tests = tcase_create("judgement");
    tcase_add_loop_test(tests, movement_compares_what_is_printed, 0, ROWS(moved));
    tcase_add_test(tests, year_to_date_has_an_increase_and_no_arrow);
    tcase_add_test(tests, year_to_date_is_not_compared_across_april);
    tcase_add_test(tests, nothing_moves_without_two_values);
    tcase_add_loop_test(tests, meaning_follows_what_is_good, 0, ROWS(meant));
    tcase_add_test(tests, what_cannot_be_compared_has_no_better_or_worse);
    tcase_add_loop_test(tests, status_compares_exact_values, 0, ROWS(judged));
    tcase_add_test(tests, no_goal_no_status);
    tcase_add_test(tests, the_latest_goal_is_in_force);
    tcase_add_loop_test(tests, values_are_written_with_their_unit, 0, ROWS(written));
    suite_add_tcase(suite, tests);
    return suite;
}
