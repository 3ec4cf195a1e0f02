/* Intervals at their edges; the tables of other programs are compared in test_statistics.c. */
#include <check.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "stats/intervals.h"
#include "tests/unit/quick_assert.h"

Suite *intervals_suite(void);

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void assert_near(double got, double expected, double tolerance) {
    if (!(fabs(got - expected) <= tolerance * fabs(expected)))
        ck_abort_msg("%.17g is not near %.17g", got, expected);
}

static void assert_ordered(Estimate estimate) {
    quick_int_eq(estimate.fault, ESTIMATE_SOUND);
    if (estimate.has_lower)
        quick_assert(isfinite(estimate.lower) && estimate.lower <= estimate.value &&
                     estimate.lower >= 0);
    if (estimate.has_upper)
        quick_assert(isfinite(estimate.upper) && estimate.upper >= estimate.value);
}

static const double confidences[] = {0.9, 0.95, 0.998, 0.999999, 99.8, 90};
static const double denominators[] = {1, 2, 7, 156, 4619, 1e6, 1e9, 1e12, 1e15, 1e18, 1e300};

START_TEST(proportions_have_ordered_limits) {
    for (size_t i = 0; i < COUNT(denominators); i++)
        for (size_t j = 0; j < COUNT(confidences); j++) {
            double n = denominators[i];
            double xs[] = {0, DBL_MIN, 0.5, 1, n / 3, floor(n / 2), n - 1, n};
            for (size_t k = 0; k < COUNT(xs); k++) {
                double x = fmin(xs[k], n);
                Estimate wilson = interval_wilson(x, n, confidences[j], 100);
                assert_ordered(wilson);
                quick_assert(wilson.has_lower && wilson.has_upper && wilson.upper <= 100);
                quick_assert(x == 0 || wilson.upper > wilson.lower || n > 1e15);
                Estimate exact = interval_clopper_pearson(x, n, confidences[j], 100);
                assert_ordered(exact);
                quick_assert(exact.has_lower && exact.has_upper && exact.upper <= 100);
            }
        }
}
END_TEST

START_TEST(rates_have_ordered_limits) {
    static const double xs[] = {0, DBL_MIN, 0.5, 1, 9.999, 10, 384, 1e6, 1e9, 1e15, 1e18, 1e300};
    for (size_t i = 0; i < COUNT(xs); i++)
        for (size_t j = 0; j < COUNT(confidences); j++) {
            Estimate rate = interval_rate(xs[i], 109700, confidences[j], 10000);
            assert_ordered(rate);
            quick_assert(rate.has_lower && rate.has_upper);
            Estimate exact = interval_exact_poisson(xs[i], confidences[j]);
            assert_ordered(exact);
            quick_assert(exact.has_lower && exact.has_upper);
            Estimate byar = interval_byar(xs[i], confidences[j]);
            assert_ordered(byar);
            quick_assert(byar.has_upper && (byar.has_lower || xs[i] < 5));
            if (xs[i] >= 1e6) {
                assert_near(byar.lower, exact.lower, 1e-9);
                assert_near(byar.upper, exact.upper, 1e-9);
            }
        }
}
END_TEST

/* 1 of 1 and 0 of 1 by hand: z^2/(1+z^2) is the far limit. */
START_TEST(wilson_at_none_and_all) {
    double z = 1.959963984540054;
    Estimate none = interval_wilson(0, 1, 0.95, 1), all = interval_wilson(1, 1, 0.95, 1);
    ck_assert_double_eq(none.value, 0);
    ck_assert_double_eq(none.lower, 0);
    assert_near(none.upper, z * z / (1 + z * z), 1e-13);
    assert_near(all.lower, 1 / (1 + z * z), 1e-13);
    ck_assert_double_eq(all.upper, 1);
    ck_assert_double_eq(all.value, 1);
    for (double n = 1; n < 2000; n += 7)
        ck_assert_double_eq(interval_wilson(n, n, 0.95, 100).upper, 100);
}
END_TEST

/* By definition: at each limit the tail towards x has the chance that is left out. */
START_TEST(clopper_pearson_leaves_equal_tails) {
    static const int cases[][2] = {{1, 2}, {4, 22}, {9, 44}, {43, 54}, {21, 22}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        int x = cases[i][0], n = cases[i][1];
        Estimate estimate = interval_clopper_pearson(x, n, 0.95, 1);
        for (int side = 0; side < 2; side++) {
            double p = side ? estimate.upper : estimate.lower, term = pow(1 - p, n), tail = 0;
            for (int k = 0; k <= n; k++) {
                if (side ? k <= x : k >= x)
                    tail += term;
                term *= (n - k) / (k + 1.0) * (p / (1 - p));
            }
            assert_near(tail, 0.025, 1e-11);
        }
    }
}
END_TEST

START_TEST(exact_poisson_leaves_equal_tails) {
    for (int x = 1; x < 60; x += 3) {
        Estimate estimate = interval_exact_poisson(x, 0.998);
        double below = 0, upto = 0, low = exp(-estimate.lower), high = exp(-estimate.upper);
        for (int k = 0; k <= x; k++) {
            below += k < x ? low : 0;
            upto += high;
            low *= estimate.lower / (k + 1);
            high *= estimate.upper / (k + 1);
        }
        assert_near(1 - below, 0.001, 1e-10);
        assert_near(upto, 0.001, 1e-10);
    }
    Estimate none = interval_exact_poisson(0, 0.95);
    ck_assert_double_eq(none.lower, 0);
    assert_near(none.upper, -log(0.025), 1e-13);
}
END_TEST

START_TEST(rates_switch_at_ten) {
    ck_assert_int_eq(interval_rate(9.999, 1000, 0.95, 1000).method, INTERVAL_EXACT_POISSON);
    ck_assert_int_eq(interval_rate(10, 1000, 0.95, 1000).method, INTERVAL_BYAR);
    ck_assert_int_eq(interval_rate(0, 1000, 0.95, 1000).method, INTERVAL_EXACT_POISSON);
    /* More events than people: 150 each. */
    Estimate above = interval_rate(150, 100, 0.95, 100);
    ck_assert_int_eq(above.fault, ESTIMATE_SOUND);
    ck_assert_double_eq(above.value, 150);
}
END_TEST

START_TEST(byar_has_no_lower_limit_of_too_few) {
    Estimate none = interval_byar(0, 0.95), one = interval_byar(1, 0.998);
    ck_assert(!none.has_lower && none.has_upper && none.method == INTERVAL_BYAR);
    ck_assert(!one.has_lower && one.has_upper);
    ck_assert(interval_byar(1, 0.95).has_lower);
}
END_TEST

typedef struct Faulty {
    double x, n, confidence, multiplier;
    EstimateFault proportion, rate;
} Faulty;

static const Faulty faulty[] = {
    {0, 0, 0.95, 100, ESTIMATE_NO_DENOMINATOR, ESTIMATE_NO_DENOMINATOR},
    {1, 0, 0.95, 100, ESTIMATE_NO_DENOMINATOR, ESTIMATE_NO_DENOMINATOR},
    {1, -5, 0.95, 100, ESTIMATE_NO_DENOMINATOR, ESTIMATE_NO_DENOMINATOR},
    {-1, 5, 0.95, 100, ESTIMATE_NEGATIVE, ESTIMATE_NEGATIVE},
    {6, 5, 0.95, 100, ESTIMATE_ABOVE_DENOMINATOR, ESTIMATE_SOUND},
    {5, 5, 0.95, 100, ESTIMATE_SOUND, ESTIMATE_SOUND},
    {NAN, 5, 0.95, 100, ESTIMATE_MISSING, ESTIMATE_MISSING},
    {5, NAN, 0.95, 100, ESTIMATE_MISSING, ESTIMATE_MISSING},
    {NAN, 0, 0.95, 100, ESTIMATE_NO_DENOMINATOR, ESTIMATE_NO_DENOMINATOR},
    {5, INFINITY, 0.95, 100, ESTIMATE_MISSING, ESTIMATE_MISSING},
    {5, 5, 0.95, NAN, ESTIMATE_MISSING, ESTIMATE_MISSING},
    {2, 5, 0.89, 100, ESTIMATE_CONFIDENCE, ESTIMATE_CONFIDENCE},
    {2, 5, 1.5, 100, ESTIMATE_CONFIDENCE, ESTIMATE_CONFIDENCE},
    {2, 5, 50, 100, ESTIMATE_CONFIDENCE, ESTIMATE_CONFIDENCE},
    {2, 5, 100.5, 100, ESTIMATE_CONFIDENCE, ESTIMATE_CONFIDENCE},
    {2, 5, 0, 100, ESTIMATE_CONFIDENCE, ESTIMATE_CONFIDENCE},
};

START_TEST(what_cannot_be_estimated_says_why) {
    const Faulty *row = &faulty[_i];
    Estimate wilson = interval_wilson(row->x, row->n, row->confidence, row->multiplier);
    Estimate exact = interval_clopper_pearson(row->x, row->n, row->confidence, row->multiplier);
    Estimate rate = interval_rate(row->x, row->n, row->confidence, row->multiplier);
    ck_assert_int_eq(wilson.fault, row->proportion);
    ck_assert_int_eq(exact.fault, row->proportion);
    ck_assert_int_eq(rate.fault, row->rate);
    ck_assert_int_eq(estimate_fault_words(wilson.fault) != NULL, row->proportion != ESTIMATE_SOUND);
}
END_TEST

START_TEST(confidence_has_two_spellings_and_ends) {
    Estimate fraction = interval_wilson(85, 156, 0.998, 100);
    Estimate percent = interval_wilson(85, 156, 99.8, 100);
    assert_near(percent.lower, fraction.lower, 1e-13);
    ck_assert_double_eq(percent.confidence, 0.998);
    Estimate certain = interval_wilson(85, 156, 100, 100);
    ck_assert_double_eq(certain.lower, 0);
    ck_assert_double_eq(certain.upper, 100);
    Estimate rate = interval_rate(5, 100, 1, 100);
    ck_assert(rate.has_lower && rate.lower == 0 && !rate.has_upper);
    Estimate many = interval_rate(50, 100, 1, 100);
    ck_assert(!many.has_lower && !many.has_upper && many.method == INTERVAL_NONE);
    Estimate unasked = interval_wilson(1, 2, NAN, 100);
    ck_assert_int_eq(unasked.fault, ESTIMATE_SOUND);
    ck_assert_double_eq(unasked.value, 50);
    ck_assert(!unasked.has_lower && !unasked.has_upper && unasked.method == INTERVAL_NONE);
}
END_TEST

/* ---- means ---- */

START_TEST(means_of_few) {
    double values[] = {1, 2};
    Estimate none = interval_mean(interval_sample(values, 0), 0.95);
    ck_assert_int_eq(none.fault, ESTIMATE_NO_DENOMINATOR);
    Estimate one = interval_mean(interval_sample(values, 1), 0.95);
    ck_assert_int_eq(one.fault, ESTIMATE_SOUND);
    ck_assert_double_eq(one.value, 1);
    ck_assert(!one.has_lower && !one.has_upper && one.method == INTERVAL_NONE);
    /* t(0.975, 1) = tan(0.475 pi) = 12.7062047361747; sd/sqrt(2) = 0.5 */
    Estimate two = interval_mean(interval_sample(values, 2), 0.95);
    assert_near(two.lower, 1.5 - 12.7062047361747 / 2, 1e-12);
    assert_near(two.upper, 1.5 + 12.7062047361747 / 2, 1e-12);
    ck_assert_int_eq(two.method, INTERVAL_T);
    ck_assert_int_eq(interval_mean(interval_sample(values, 2), 0.5).fault, ESTIMATE_CONFIDENCE);
}
END_TEST

START_TEST(a_missing_value_makes_the_mean_missing) {
    double values[] = {2, NAN, 4};
    Sample sample = interval_sample(values, 3);
    ck_assert_double_eq(sample.count, 3);
    ck_assert(sample.missing && isnan(sample.sum) && isnan(sample.mean) && isnan(sample.deviation));
    ck_assert_int_eq(interval_mean(sample, 0.95).fault, ESTIMATE_MISSING);
}
END_TEST

START_TEST(equal_values_have_limits_at_the_value) {
    double values[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
    Estimate estimate = interval_mean(interval_sample(values, 7), 0.998);
    ck_assert(estimate.has_lower && estimate.has_upper);
    ck_assert_double_eq_tol(estimate.lower, 0.1, 1e-15);
    ck_assert_double_eq_tol(estimate.upper, 0.1, 1e-15);
}
END_TEST

START_TEST(sums_lose_nothing) {
    double values[1000];
    for (int i = 0; i < 1000; i++)
        values[i] = 1e9 + i % 3;
    Sample sample = interval_sample(values, 999);
    ck_assert_double_eq(sample.mean, 1e9 + 1);
    assert_near(sample.deviation, sqrt(666.0 / 998), 1e-13);
    double cancel[] = {1e17, 3, -1e17};
    ck_assert_double_eq(interval_sample(cancel, 3).sum, 3);
}
END_TEST

START_TEST(exact_sums_make_the_same_sample) {
    double values[] = {12, 15, 9, 22, 31, 8, 14};
    int64_t sum = 0, squares = 0;
    for (size_t i = 0; i < COUNT(values); i++) {
        sum += (int64_t)values[i];
        squares += (int64_t)(values[i] * values[i]);
    }
    Sample a = interval_sample(values, COUNT(values));
    Sample b = interval_sample_of_sums(7, num_of_int(sum), num_of_int(squares));
    ck_assert_double_eq(b.sum, a.sum);
    assert_near(b.mean, a.mean, 1e-15);
    assert_near(b.deviation, a.deviation, 1e-14);
    Sample one = interval_sample_of_sums(1, num_of_int(5), num_of_int(25));
    ck_assert(one.mean == 5 && isnan(one.deviation));
    Sample none = interval_sample_of_sums(0, num_of_int(0), num_of_int(0));
    ck_assert_int_eq(interval_mean(none, 0.95).fault, ESTIMATE_NO_DENOMINATOR);
    /* Sums of 10^9 days each: squares of 10^18 still fit. */
    Sample large =
        interval_sample_of_sums(2, num_of_int(2000000000), num_of_int(2000000000000000000));
    ck_assert_double_eq(large.deviation, 0);
}
END_TEST

/* ---- words ---- */

START_TEST(methods_have_words) {
    static const struct {
        IntervalMethod method;
        double confidence;
        const char *words;
    } rows[] = {
        {INTERVAL_WILSON, 0.95, "Wilson 95%"},
        {INTERVAL_EXACT_POISSON, 0.95, "exact Poisson 95%"},
        {INTERVAL_BYAR, 0.95, "Byar 95%"},
        {INTERVAL_BYAR, 0.998, "Byar 99.8%"},
        {INTERVAL_CLOPPER_PEARSON, 0.999, "Clopper-Pearson 99.9%"},
        {INTERVAL_T, 0.9, "Student's t 90%"},
        {INTERVAL_NONE, 0.95, ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        StrBuf words = {0};
        interval_print_method(&words, rows[i].method, rows[i].confidence);
        ck_assert_str_eq(strbuf_text(&words), rows[i].words);
        strbuf_fini(&words);
    }
    ck_assert_ptr_null(interval_word(INTERVAL_NONE));
}
END_TEST

START_TEST(exact_numbers_become_doubles) {
    Num third;
    ck_assert(num_of_ratio(1, 3, &third));
    ck_assert_double_eq(interval_number(third), 1.0 / 3);
    ck_assert_double_eq(interval_number(num_of_scaled(-207, 1)), -20.7);
    ck_assert_double_eq(interval_number(num_of_int(0)), 0);
}
END_TEST

Suite *intervals_suite(void) {
    Suite *suite = suite_create("intervals");
    TCase *tests = tcase_create("intervals");
    tcase_add_test(tests, proportions_have_ordered_limits);
    tcase_add_test(tests, rates_have_ordered_limits);
    tcase_add_test(tests, wilson_at_none_and_all);
    tcase_add_test(tests, clopper_pearson_leaves_equal_tails);
    tcase_add_test(tests, exact_poisson_leaves_equal_tails);
    tcase_add_test(tests, rates_switch_at_ten);
    tcase_add_test(tests, byar_has_no_lower_limit_of_too_few);
    tcase_add_loop_test(tests, what_cannot_be_estimated_says_why, 0, (int)COUNT(faulty));
    tcase_add_test(tests, confidence_has_two_spellings_and_ends);
    tcase_add_test(tests, means_of_few);
    tcase_add_test(tests, a_missing_value_makes_the_mean_missing);
    tcase_add_test(tests, equal_values_have_limits_at_the_value);
    tcase_add_test(tests, sums_lose_nothing);
    tcase_add_test(tests, exact_sums_make_the_same_sample);
    tcase_add_test(tests, methods_have_words);
    tcase_add_test(tests, exact_numbers_become_doubles);
    suite_add_tcase(suite, tests);
    return suite;
}
