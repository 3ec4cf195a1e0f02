/* Comparisons at their edges, and the report's own figures against their benchmarks; the tables of
 * other programs are compared in test_statistics.c. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "stats/comparison.h"
#include "tests/unit/quick_assert.h"

Suite *comparison_suite(void);

#define COUNT(array) (int)(sizeof(array) / sizeof(array)[0])

/* ---- with a benchmark ---- */

static BenchmarkInput percentage(double x, double n, double benchmark, BenchmarkMethod method) {
    Estimate level95 = interval_wilson(x, n, 0.95, 100),
             level998 = interval_wilson(x, n, 0.998, 100);
    return (BenchmarkInput){.method = method,
                            .value = level95.value,
                            .limits95 = limits_of(level95),
                            .limits998 = limits_of(level998),
                            .denominator = n,
                            .multiplier = 100,
                            .benchmark = benchmark};
}

typedef struct Figure {
    double x, n, benchmark;
    GoodKind good;
    const char *word;
} Figure;

/* The report of January 2017, as worked out by hand for its reference. */
static const Figure figures[] = {
    {69, 535, 20.7, GOOD_LOW, "better"},      {2, 378, 2.5, GOOD_LOW, "better"},
    {85, 156, 70, GOOD_HIGH, "worse"},        {149, 473, 28.7, GOOD_LOW, "similar"},
    {4, 22, 53.1, GOOD_HIGH, "worse"},        {9, 44, 22.8, GOOD_HIGH, "similar"},
    {124, 277, 42.2, GOOD_LOW, "similar"},    {43, 54, 90, GOOD_HIGH, "worse"},
    {3762, 4619, 80, GOOD_HIGH, "better"},    {3762, 4619, 80, GOOD_LOW, "worse"},
    {3762, 4619, 80, GOOD_NEUTRAL, "higher"}, {85, 156, 70, GOOD_BETWEEN, "lower"},
};

START_TEST(own_figures_stand_where_they_stand) {
    const Figure *row = &figures[_i];
    BenchmarkInput input = percentage(row->x, row->n, row->benchmark, BENCHMARK_SINGLE_95);
    ck_assert_str_eq(standing_word(compare_benchmark(&input), row->good), row->word);
}
END_TEST

/* 43 of 54 against 90%: worse by its own interval, similar within limits round the benchmark. */
START_TEST(methods_disagree_near_the_edge) {
    BenchmarkInput input = percentage(43, 54, 90, BENCHMARK_SINGLE_95);
    ck_assert_int_eq(compare_benchmark(&input), STANDING_LOWER);
    input.method = BENCHMARK_CONTROL_PROPORTION;
    ck_assert_int_eq(compare_benchmark(&input), STANDING_SIMILAR);
    ck_assert_str_ne(benchmark_method_words(BENCHMARK_SINGLE_95),
                     benchmark_method_words(BENCHMARK_CONTROL_PROPORTION));
}
END_TEST

typedef struct Edge {
    double benchmark;
    Standing one, two;
} Edge;

/* Value 50, 95% limits 40 to 60, 99.8% limits 35 to 65. */
static const Edge edges[] = {
    {34.9, STANDING_HIGHER, STANDING_MUCH_HIGHER}, {35, STANDING_HIGHER, STANDING_HIGHER},
    {39.9, STANDING_HIGHER, STANDING_HIGHER},      {40, STANDING_SIMILAR, STANDING_SIMILAR},
    {50, STANDING_SIMILAR, STANDING_SIMILAR},      {60, STANDING_SIMILAR, STANDING_SIMILAR},
    {60.1, STANDING_LOWER, STANDING_LOWER},        {65, STANDING_LOWER, STANDING_LOWER},
    {65.1, STANDING_LOWER, STANDING_MUCH_LOWER},
};

START_TEST(limits_are_included) {
    const Edge *row = &edges[_i];
    BenchmarkInput input = {.value = 50,
                            .limits95 = {true, 40, 60},
                            .limits998 = {true, 35, 65},
                            .benchmark = row->benchmark};
    ck_assert_int_eq(compare_benchmark(&input), row->one);
    input.method = BENCHMARK_SINGLE_95_998;
    ck_assert_int_eq(compare_benchmark(&input), row->two);
}
END_TEST

START_TEST(intervals_that_touch_are_similar) {
    BenchmarkInput input = {.method = BENCHMARK_DOUBLE,
                            .value = 50,
                            .limits95 = {true, 40, 60},
                            .benchmark = 70,
                            .benchmark_limits = {true, 60, 80}};
    ck_assert_int_eq(compare_benchmark(&input), STANDING_SIMILAR);
    input.benchmark_limits.lower = 60.001;
    ck_assert_int_eq(compare_benchmark(&input), STANDING_LOWER);
    input.benchmark = 30;
    input.benchmark_limits = (Limits){true, 20, 40};
    ck_assert_int_eq(compare_benchmark(&input), STANDING_SIMILAR);
    input.benchmark_limits.upper = 39.999;
    ck_assert_int_eq(compare_benchmark(&input), STANDING_HIGHER);
}
END_TEST

START_TEST(what_is_missing_is_not_compared) {
    static const BenchmarkMethod methods[] = {BENCHMARK_SINGLE_95, BENCHMARK_SINGLE_95_998,
                                              BENCHMARK_DOUBLE, BENCHMARK_CONTROL_PROPORTION};
    for (int i = 0; i < COUNT(methods); i++) {
        BenchmarkInput whole = percentage(43, 54, 20, methods[i]), input = whole;
        whole.benchmark_limits = input.benchmark_limits = (Limits){true, 19, 21};
        ck_assert_int_ne(compare_benchmark(&whole), STANDING_NOT_COMPARED);
        input.value = NAN;
        ck_assert_int_eq(compare_benchmark(&input), STANDING_NOT_COMPARED);
        input = whole;
        input.benchmark = NAN;
        ck_assert_int_eq(compare_benchmark(&input), STANDING_NOT_COMPARED);
        input = whole;
        input.limits95.known = input.limits998.known = input.benchmark_limits.known = false;
        input.denominator = 0;
        ck_assert_int_eq(compare_benchmark(&input), STANDING_NOT_COMPARED);
    }
    BenchmarkInput input = percentage(43, 54, 20, BENCHMARK_SINGLE_95_998);
    input.limits998.known = false;
    ck_assert_int_eq(compare_benchmark(&input), STANDING_NOT_COMPARED);
    input = percentage(43, 54, 101, BENCHMARK_CONTROL_PROPORTION);
    ck_assert_int_eq(compare_benchmark(&input), STANDING_NOT_COMPARED);
    ck_assert_str_eq(standing_word(STANDING_NOT_COMPARED, GOOD_HIGH), "not compared");
    ck_assert(!limits_of(interval_wilson(1, 0, 0.95, 100)).known);
    ck_assert(!limits_of(interval_byar(0, 0.95)).known);
}
END_TEST

START_TEST(standings_have_words) {
    ck_assert_str_eq(standing_word(STANDING_MUCH_LOWER, GOOD_LOW), "better (99.8%)");
    ck_assert_str_eq(standing_word(STANDING_MUCH_LOWER, GOOD_HIGH), "worse (99.8%)");
    ck_assert_str_eq(standing_word(STANDING_MUCH_HIGHER, GOOD_HIGH), "better (99.8%)");
    ck_assert_str_eq(standing_word(STANDING_MUCH_HIGHER, GOOD_LOW), "worse (99.8%)");
    ck_assert_str_eq(standing_word(STANDING_MUCH_HIGHER, GOOD_NEUTRAL), "higher (99.8%)");
    ck_assert_str_eq(standing_word(STANDING_MUCH_LOWER, GOOD_NEUTRAL), "lower (99.8%)");
    ck_assert_str_eq(standing_word(STANDING_SIMILAR, GOOD_NEUTRAL), "similar");
}
END_TEST

/* ---- with a target ---- */

static Num num(const char *text) {
    Num value;
    ck_assert(num_parse(text, strlen(text), &value, NULL));
    return value;
}

START_TEST(a_target_compares_exact_numbers) {
    ck_assert_int_eq(compare_target_limit(num("95"), num("95"), GOOD_HIGH), TARGET_BETTER);
    ck_assert_int_eq(compare_target_limit(num("95"), num("95"), GOOD_LOW), TARGET_BETTER);
    ck_assert_int_eq(compare_target_limit(num("94.999999999999999"), num("95"), GOOD_HIGH),
                     TARGET_WORSE);
    ck_assert_int_eq(compare_target_limit(num("95.000000000000001"), num("95"), GOOD_LOW),
                     TARGET_WORSE);
    ck_assert_int_eq(compare_target_limit(num("94"), num("95"), GOOD_LOW), TARGET_BETTER);
    /* 1/3 is below 0.3333333333333333334, though not as a double. */
    Num third;
    ck_assert(num_of_ratio(1, 3, &third));
    ck_assert_int_eq(compare_target_limit(third, num("0.33333333333333333334"), GOOD_HIGH),
                     TARGET_WORSE);
    /* As in the source, what has no direction is judged as high. */
    ck_assert_int_eq(compare_target_limit(num("96"), num("95"), GOOD_NEUTRAL), TARGET_BETTER);
    ck_assert_str_eq(target_verdict_word(TARGET_BETTER), "better");
    ck_assert_str_eq(target_verdict_word(TARGET_WORSE), "worse");
    ck_assert_str_eq(target_verdict_word(TARGET_SIMILAR), "similar");
    ck_assert_str_eq(target_verdict_word(TARGET_NOT_COMPARED), "not compared");
}
END_TEST

START_TEST(a_range_has_its_lower_edge_and_not_its_upper) {
    Num lower = num("80"), upper = num("90");
    ck_assert_int_eq(compare_target_range(num("79.9"), lower, upper, GOOD_HIGH), TARGET_WORSE);
    ck_assert_int_eq(compare_target_range(lower, lower, upper, GOOD_HIGH), TARGET_SIMILAR);
    ck_assert_int_eq(compare_target_range(num("89.9"), lower, upper, GOOD_HIGH), TARGET_SIMILAR);
    ck_assert_int_eq(compare_target_range(upper, lower, upper, GOOD_HIGH), TARGET_BETTER);
    ck_assert_int_eq(compare_target_range(num("79.9"), lower, upper, GOOD_LOW), TARGET_BETTER);
    ck_assert_int_eq(compare_target_range(lower, lower, upper, GOOD_LOW), TARGET_SIMILAR);
    ck_assert_int_eq(compare_target_range(upper, lower, upper, GOOD_LOW), TARGET_WORSE);
}
END_TEST

START_TEST(an_interval_has_unlike_edges) {
    ck_assert_int_eq(compare_target_interval((Limits){true, 80, 90}, 80, GOOD_HIGH), TARGET_BETTER);
    ck_assert_int_eq(compare_target_interval((Limits){true, 70, 80}, 80, GOOD_HIGH),
                     TARGET_SIMILAR);
    ck_assert_int_eq(compare_target_interval((Limits){true, 70, 79.9}, 80, GOOD_HIGH),
                     TARGET_WORSE);
    ck_assert_int_eq(compare_target_interval((Limits){true, 80, 90}, 80, GOOD_LOW), TARGET_WORSE);
    ck_assert_int_eq(compare_target_interval((Limits){true, 70, 80}, 80, GOOD_LOW), TARGET_SIMILAR);
    ck_assert_int_eq(compare_target_interval((Limits){true, 70, 79.9}, 80, GOOD_LOW),
                     TARGET_BETTER);
    ck_assert_int_eq(compare_target_interval((Limits){false, 0, 0}, 80, GOOD_LOW),
                     TARGET_NOT_COMPARED);
    ck_assert_int_eq(compare_target_interval((Limits){true, 0, 1}, NAN, GOOD_LOW),
                     TARGET_NOT_COMPARED);
}
END_TEST

/* ---- two figures ---- */

static void assert_near(double got, double expected, double tolerance) {
    if (!(fabs(got - expected) <= tolerance * fabs(expected)))
        ck_abort_msg("%.17g is not near %.17g", got, expected);
}

/* Newcombe (1998), table II, example (a): 56/70 and 48/80, method 10: 0.0524 to 0.3339. */
START_TEST(newcombe_as_published) {
    ProportionDifference result = compare_proportions(56, 70, 48, 80, 0.95);
    ck_assert(result.known && result.has_test && result.differs);
    ck_assert_double_eq_tol(result.difference, 0.2, 1e-15);
    ck_assert_double_eq_tol(result.lower, 0.0524, 5e-5);
    ck_assert_double_eq_tol(result.upper, 0.3339, 5e-5);
    ProportionDifference back = compare_proportions(48, 80, 56, 70, 0.95);
    assert_near(back.lower, -result.upper, 1e-13);
    assert_near(back.upper, -result.lower, 1e-13);
    assert_near(back.p, result.p, 1e-13);
}
END_TEST

/* 3,762 of 4,619 after 3,636 of 4,364: they overlap, and differ. */
START_TEST(overlap_is_no_proof_of_no_difference) {
    ProportionDifference result = compare_proportions(3762, 4619, 3636, 4364, 0.95);
    ck_assert(result.intervals_overlap && result.differs);
}
END_TEST

START_TEST(proportions_at_their_edges) {
    ProportionDifference all = compare_proportions(10, 10, 10, 10, 0.95);
    ck_assert(all.known && !all.has_test && !all.differs && all.intervals_overlap);
    ProportionDifference none = compare_proportions(0, 10, 0, 20, 0.95);
    ck_assert(none.known && !none.has_test && none.lower < 0 && none.upper > 0);
    ProportionDifference apart = compare_proportions(0, 1000, 1000, 1000, 0.95);
    ck_assert(apart.known && apart.differs && !apart.intervals_overlap);
    ck_assert(apart.lower >= -1 && apart.upper < 0 && apart.p >= 0);
    ProportionDifference huge = compare_proportions(5e17, 1e18, 4e17, 1e18, 0.95);
    ck_assert(huge.known && huge.lower <= huge.difference && huge.difference <= huge.upper);
    ck_assert(!compare_proportions(0, 0, 1, 2, 0.95).known);
    ck_assert(!compare_proportions(1, 2, 3, 2, 0.95).known);
    ck_assert(!compare_proportions(NAN, 2, 1, 2, 0.95).known);
    ck_assert(!compare_proportions(1, 2, 1, 2, 0.5).known);
}
END_TEST

/* All splits that are no likelier, one by one. */
static double counted_p(int x1, int x2, double share) {
    int n = x1 + x2;
    double terms[200], term = pow(1 - share, n), p = 0;
    for (int k = 0; k <= n; k++) {
        terms[k] = term;
        term *= (n - k) / (k + 1.0) * (share / (1 - share));
    }
    for (int k = 0; k <= n; k++)
        p += terms[k] <= terms[x1] * (1 + 1e-7) ? terms[k] : 0;
    return p;
}

START_TEST(rates_count_all_splits_no_likelier) {
    static const double populations[][2] = {{1000, 1000}, {1000, 2000}, {17, 3}, {1, 999}};
    for (int i = 0; i < COUNT(populations); i++)
        for (int x1 = 0; x1 < 40; x1 += 3)
            for (int x2 = x1 == 0; x2 < 40; x2 += 5) {
                double n1 = populations[i][0], n2 = populations[i][1];
                RateRatio result = compare_rates(x1, n1, x2, n2, 0.95);
                quick_assert(result.known);
                assert_near(result.p, counted_p(x1, x2, n1 / (n1 + n2)), 1e-10);
                quick_assert(result.p > 0 && result.p <= 1);
                if (result.has_upper)
                    quick_assert(result.lower <= result.ratio && result.ratio <= result.upper);
            }
}
END_TEST

START_TEST(rates_at_their_edges) {
    RateRatio equal = compare_rates(10, 1000, 10, 1000, 0.95);
    ck_assert_double_eq(equal.p, 1);
    assert_near(equal.lower, 1 / equal.upper, 1e-12);
    RateRatio none_second = compare_rates(5, 1000, 0, 1000, 0.95);
    ck_assert(none_second.known && !none_second.has_ratio && !none_second.has_upper);
    ck_assert(isfinite(none_second.lower) && none_second.lower > 0);
    RateRatio none_first = compare_rates(0, 1000, 5, 1000, 0.95);
    ck_assert(none_first.has_ratio && none_first.ratio == 0 && none_first.lower == 0);
    assert_near(none_first.upper, 1 / none_second.lower, 1e-12);
    ck_assert(!compare_rates(0, 1000, 0, 1000, 0.95).known);
    ck_assert(!compare_rates(1.5, 1000, 2, 1000, 0.95).known);
    ck_assert(!compare_rates(-1, 1000, 2, 1000, 0.95).known);
    ck_assert(!compare_rates(1, 0, 2, 1000, 0.95).known);
    ck_assert(!compare_rates(1, NAN, 2, 1000, 0.95).known);
    ck_assert(!compare_rates(1, 1000, 2, 1000, 0.5).known);
    RateRatio huge = compare_rates(1e12, 1e15, 1e12 + 3e6, 1e15, 0.95);
    ck_assert(huge.known && huge.p > 0 && huge.p < 1 && huge.lower <= huge.ratio &&
              huge.ratio <= huge.upper);
}
END_TEST

Suite *comparison_suite(void) {
    Suite *suite = suite_create("comparison");
    TCase *tests = tcase_create("comparison");
    tcase_add_loop_test(tests, own_figures_stand_where_they_stand, 0, COUNT(figures));
    tcase_add_test(tests, methods_disagree_near_the_edge);
    tcase_add_loop_test(tests, limits_are_included, 0, COUNT(edges));
    tcase_add_test(tests, intervals_that_touch_are_similar);
    tcase_add_test(tests, what_is_missing_is_not_compared);
    tcase_add_test(tests, standings_have_words);
    tcase_add_test(tests, a_target_compares_exact_numbers);
    tcase_add_test(tests, a_range_has_its_lower_edge_and_not_its_upper);
    tcase_add_test(tests, an_interval_has_unlike_edges);
    tcase_add_test(tests, newcombe_as_published);
    tcase_add_test(tests, overlap_is_no_proof_of_no_difference);
    tcase_add_test(tests, proportions_at_their_edges);
    tcase_add_test(tests, rates_count_all_splits_no_likelier);
    tcase_add_test(tests, rates_at_their_edges);
    suite_add_tcase(suite, tests);
    return suite;
}
