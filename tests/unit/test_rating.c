/* Ratings with a tolerance: edges, councils' ways, reasons. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "stats/rating.h"

Suite *rating_suite(void);

#define COUNT(array) (int)(sizeof(array) / sizeof(array)[0])

static Num num(const char *text) {
    Num value;
    ck_assert_msg(num_parse(text, strlen(text), &value, NULL), "not a number: %s", text);
    return value;
}

typedef struct Rated {
    GoodKind good;
    const char *value, *target;
    ToleranceKind kind;
    const char *size;
    bool met_inside;
    const char *previous; /* not NULL: the rule reads the direction; "": there is none */
    Status expected;
    const char *reason;
} Rated;

/* With one decimal, in per cent; between is 15 to 20. */
static const Rated rated[] = {
    {GOOD_HIGH, "92.3", "95", TOLERANCE_PERCENT_OF_TARGET, "10", false, NULL, STATUS_NEAR,
     "92.3% is below the target of 95% (high is good), within 10% of it"},
    {GOOD_HIGH, "92.3", "95", TOLERANCE_PERCENT_OF_TARGET, "10", true, NULL, STATUS_MET,
     "92.3% is below the target of 95% (high is good), within 10% of it"},
    {GOOD_HIGH, "92.3", "95", TOLERANCE_POINTS, "2", false, NULL, STATUS_MISSED,
     "92.3% is below the target of 95% (high is good), not within 2 points of it"},
    {GOOD_HIGH, "93", "95", TOLERANCE_POINTS, "2", false, NULL, STATUS_NEAR,
     "93.0% is below the target of 95% (high is good), within 2 points of it"},
    {GOOD_LOW, "21", "20", TOLERANCE_POINTS, "1", false, NULL, STATUS_NEAR,
     "21.0% is above the target of 20% (low is good), within 1 point of it"},
    {GOOD_LOW, "20", "20", TOLERANCE_POINTS, "1", false, NULL, STATUS_MET,
     "20.0% is equal to the target of 20% (low is good)"},
    {GOOD_LOW, "12", "20", TOLERANCE_POINTS, "1", false, NULL, STATUS_MET,
     "12.0% is below the target of 20% (low is good)"},
    /* Just outside, though printed at the edge. */
    {GOOD_HIGH, "85.49", "90", TOLERANCE_PERCENT_OF_TARGET, "5", false, NULL, STATUS_MISSED,
     "85.49% is printed as 85.5% but is below the target of 90% (high is good), not within 5% of "
     "it"},
    /* 94.96 shown as 95.0 is not green. */
    {GOOD_HIGH, "94.96", "95", TOLERANCE_POINTS, "1", false, NULL, STATUS_NEAR,
     "94.96% is printed as 95.0% but is below the target of 95% (high is good), within 1 point of "
     "it"},
    /* A share of a target of 0 is nothing; of a negative one, of its size. */
    {GOOD_LOW, "0.1", "0", TOLERANCE_PERCENT_OF_TARGET, "10", false, NULL, STATUS_MISSED,
     "0.1% is above the target of 0% (low is good), not within 10% of it"},
    {GOOD_HIGH, "-5.5", "-5", TOLERANCE_PERCENT_OF_TARGET, "10", false, NULL, STATUS_NEAR,
     "-5.5% is below the target of -5% (high is good), within 10% of it"},
    {GOOD_HIGH, "94.9", "95", TOLERANCE_POINTS, "0", false, NULL, STATUS_MISSED,
     "94.9% is below the target of 95% (high is good), not within 0 points of it"},
    {GOOD_HIGH, "94.9", "95", TOLERANCE_NONE, "0", false, NULL, STATUS_MISSED,
     "94.9% is below the target of 95% (high is good)"},
    /* A floor, and for low is good a ceiling. */
    {GOOD_HIGH, "85", "95", TOLERANCE_FLOOR, "85", false, NULL, STATUS_NEAR,
     "85.0% is below the target of 95% (high is good), not beyond the floor of 85.0%"},
    {GOOD_HIGH, "84.9", "95", TOLERANCE_FLOOR, "85", false, NULL, STATUS_MISSED,
     "84.9% is below the target of 95% (high is good), beyond the floor of 85.0%"},
    {GOOD_LOW, "25", "20", TOLERANCE_FLOOR, "25", false, NULL, STATUS_NEAR,
     "25.0% is above the target of 20% (low is good), not beyond the ceiling of 25.0%"},
    {GOOD_LOW, "25.1", "20", TOLERANCE_FLOOR, "25", false, NULL, STATUS_MISSED,
     "25.1% is above the target of 20% (low is good), beyond the ceiling of 25.0%"},
    /* The direction: no worse than before is near. */
    {GOOD_HIGH, "76.4", "90", TOLERANCE_PERCENT_OF_TARGET, "10", true, "75.6", STATUS_NEAR,
     "76.4% is below the target of 90% (high is good), not within 10% of it, but no worse than "
     "before"},
    {GOOD_HIGH, "76.4", "90", TOLERANCE_PERCENT_OF_TARGET, "10", true, "76.4", STATUS_NEAR,
     "76.4% is below the target of 90% (high is good), not within 10% of it, but no worse than "
     "before"},
    {GOOD_HIGH, "76.4", "90", TOLERANCE_PERCENT_OF_TARGET, "10", true, "76.5", STATUS_MISSED,
     "76.4% is below the target of 90% (high is good), not within 10% of it"},
    {GOOD_HIGH, "76.4", "90", TOLERANCE_PERCENT_OF_TARGET, "10", true, "95", STATUS_MISSED,
     "76.4% is below the target of 90% (high is good), not within 10% of it"},
    {GOOD_HIGH, "76.4", "90", TOLERANCE_PERCENT_OF_TARGET, "10", true, "", STATUS_MISSED,
     "76.4% is below the target of 90% (high is good), not within 10% of it"},
    {GOOD_LOW, "33", "0", TOLERANCE_PERCENT_OF_TARGET, "10", true, "40", STATUS_NEAR,
     "33.0% is above the target of 0% (low is good), not within 10% of it, but no worse than "
     "before"},
    /* A good range: the bound that was passed. */
    {GOOD_BETWEEN, "22", "18", TOLERANCE_PERCENT_OF_TARGET, "10", false, NULL, STATUS_NEAR,
     "22.0% is above the good range of 15% to 20%, within 10% of it"},
    {GOOD_BETWEEN, "13.4", "18", TOLERANCE_PERCENT_OF_TARGET, "10", false, NULL, STATUS_MISSED,
     "13.4% is below the good range of 15% to 20%, not within 10% of it"},
    {GOOD_BETWEEN, "17", "18", TOLERANCE_PERCENT_OF_TARGET, "10", false, NULL, STATUS_MET,
     "17.0% is within the good range of 15% to 20%"},
    {GOOD_NEUTRAL, "17", "18", TOLERANCE_PERCENT_OF_TARGET, "10", false, NULL, STATUS_NONE, ""},
};

START_TEST(ratings_follow_the_declared_rule) {
    const Rated *row = &rated[_i];
    Goal goal = {.value = num(row->target)};
    Good good = {row->good, num("15"), num("20")};
    Tolerance tolerance = {row->kind, num(row->size), row->met_inside, row->previous != NULL};
    Num value = num(row->value), before = num_of_int(0);
    const Num *previous = NULL;
    if (row->previous && *row->previous) {
        before = num(row->previous);
        previous = &before;
    }
    ck_assert_int_eq(rating_status(value, &goal, good, &tolerance, previous), row->expected);
    StrBuf reason = {0};
    rating_print_reason(&reason, value, &goal, good, &tolerance, previous,
                        (Measure){BASIS_PERCENT, NULL, 1});
    ck_assert_str_eq(strbuf_text(&reason), row->reason);
    ck_assert_int_eq(rating_hidden_by_rounding(value, &goal, good, &tolerance, previous, 1),
                     strstr(row->reason, "is printed as") != NULL);
    strbuf_fini(&reason);
}
END_TEST

/* An unread direction changes nothing. */
START_TEST(the_direction_is_read_only_where_declared) {
    Goal goal = {.value = num("90")};
    Good high = {.kind = GOOD_HIGH};
    Tolerance tolerance = {.kind = TOLERANCE_POINTS, .size = num("1")};
    Num previous = num("10");
    ck_assert_int_eq(rating_status(num("20"), &goal, high, &tolerance, &previous), STATUS_MISSED);
}
END_TEST

START_TEST(no_target_no_rating) {
    Good high = {.kind = GOOD_HIGH};
    Goal none = {.none = true, .value = num("90")};
    Tolerance tolerance = {.kind = TOLERANCE_POINTS, .size = num("1")};
    ck_assert_int_eq(rating_status(num("20"), NULL, high, &tolerance, NULL), STATUS_NONE);
    ck_assert_int_eq(rating_status(num("20"), &none, high, &tolerance, NULL), STATUS_NONE);
    StrBuf reason = {0};
    rating_print_reason(&reason, num("20"), NULL, high, &tolerance, NULL,
                        (Measure){BASIS_PERCENT, NULL, 1});
    ck_assert_str_eq(strbuf_text(&reason), "");
    strbuf_fini(&reason);
}
END_TEST

START_TEST(statuses_have_colours_and_words) {
    ck_assert_str_eq(rating_colour(STATUS_MET), "green");
    ck_assert_str_eq(rating_colour(STATUS_NEAR), "amber");
    ck_assert_str_eq(rating_colour(STATUS_MISSED), "red");
    ck_assert_ptr_null(rating_colour(STATUS_NONE));
    ck_assert_str_eq(status_word(STATUS_NEAR), "near");
}
END_TEST

START_TEST(an_interval_that_holds_the_target_is_near) {
    Limits limits = {true, 40, 60};
    ck_assert_int_eq(rating_by_interval(limits, 39.9, GOOD_HIGH), STATUS_MET);
    ck_assert_int_eq(rating_by_interval(limits, 40, GOOD_HIGH), STATUS_NEAR);
    ck_assert_int_eq(rating_by_interval(limits, 60, GOOD_HIGH), STATUS_NEAR);
    ck_assert_int_eq(rating_by_interval(limits, 60.1, GOOD_HIGH), STATUS_MISSED);
    ck_assert_int_eq(rating_by_interval(limits, 39.9, GOOD_LOW), STATUS_MISSED);
    ck_assert_int_eq(rating_by_interval(limits, 60.1, GOOD_LOW), STATUS_MET);
    ck_assert_int_eq(rating_by_interval(limits, 50, GOOD_NEUTRAL), STATUS_NONE);
    ck_assert_int_eq(rating_by_interval(limits, NAN, GOOD_HIGH), STATUS_NONE);
    limits.known = false;
    ck_assert_int_eq(rating_by_interval(limits, 50, GOOD_HIGH), STATUS_NONE);
}
END_TEST

START_TEST(change_in_per_cent) {
    Num change;
    ck_assert(movement_percent(num("33"), num("22"), &change));
    ck_assert_int_eq(num_compare(change, num("50")), 0);
    ck_assert(movement_percent(num("0"), num("7"), &change));
    ck_assert_int_eq(num_compare(change, num("-100")), 0);
    /* Of the size: from -4 up to -3 is 25% up. */
    ck_assert(movement_percent(num("-3"), num("-4"), &change));
    ck_assert_int_eq(num_compare(change, num("25")), 0);
    ck_assert(!movement_percent(num("5"), num("0"), &change));
}
END_TEST

Suite *rating_suite(void) {
    Suite *suite = suite_create("rating");
    TCase *tests = tcase_create("rating");
    tcase_add_loop_test(tests, ratings_follow_the_declared_rule, 0, COUNT(rated));
    tcase_add_test(tests, the_direction_is_read_only_where_declared);
    tcase_add_test(tests, no_target_no_rating);
    tcase_add_test(tests, statuses_have_colours_and_words);
    tcase_add_test(tests, an_interval_that_holds_the_target_is_near);
    tcase_add_test(tests, change_in_per_cent);
    suite_add_tcase(suite, tests);
    return suite;
}
