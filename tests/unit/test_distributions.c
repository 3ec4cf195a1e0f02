/* Distributions against closed forms and direct sums; the tables of another program are compared in
 * test_statistics.c. */
#include <check.h>
#include <math.h>

#include "stats/distributions.h"
#include "tests/unit/quick_assert.h"

Suite *distributions_suite(void);

#define PI 3.14159265358979323846

static void assert_near(double got, double expected, double tolerance) {
    if (!(fabs(got - expected) <= tolerance * fabs(expected)))
        ck_abort_msg("%.17g is not near %.17g", got, expected);
}

START_TEST(log_gamma_of_whole_and_half_numbers) {
    double sum = 0;
    for (int i = 2; i <= 300; i++) {
        sum += log(i);
        assert_near(log_gamma(i + 1), sum, 1e-13);
    }
    ck_assert_double_le(fabs(log_gamma(1)), 1e-14);
    ck_assert_double_le(fabs(log_gamma(2)), 1e-14);
    assert_near(log_gamma(0.5), log(PI) / 2, 1e-13);
    assert_near(log_gamma(1e-300), 300 * log(10), 1e-13);
    /* Euler's constant: log(Gamma(a)) = -log(a) - 0.5772 a + ... */
    assert_near(log_gamma(1e-3) + log(1e-3), -0.5772156649 * 1e-3 + PI * PI / 12 * 1e-6, 1e-5);
    ck_assert(isnan(log_gamma(0)) && isnan(log_gamma(-1.5)) && isnan(log_gamma(NAN)));
}
END_TEST

START_TEST(normal_tails_are_symmetric) {
    ck_assert_double_eq(normal_quantile(0.5), 0);
    for (double z = 0.05; z < 37; z += 0.35) {
        assert_near(normal_quantile(normal_cdf(-z)), -z, 1e-14);
        if (z < 5)
            assert_near(normal_quantile(normal_cdf(z)), z, 1e-9);
    }
    ck_assert(isinf(normal_quantile(0)) && normal_quantile(0) < 0);
    ck_assert(isinf(normal_quantile(1)) && normal_quantile(1) > 0);
    ck_assert(isnan(normal_quantile(-0.1)) && isnan(normal_quantile(1.1)));
    ck_assert(isnan(normal_quantile(NAN)));
}
END_TEST

START_TEST(gamma_has_its_closed_forms) {
    for (double x = 1e-6; x < 700; x *= 1.7) {
        assert_near(gamma_upper(1, x), exp(-x), 1e-13);
        assert_near(gamma_lower(1, x), -expm1(-x), 1e-13);
        assert_near(gamma_lower(0.5, x), erf(sqrt(x)), 1e-13);
        assert_near(gamma_upper(2, x), (1 + x) * exp(-x), 1e-13);
    }
    ck_assert_double_eq(gamma_lower(3, 0), 0);
    ck_assert_double_eq(gamma_lower(3, -1), 0);
    ck_assert_double_eq(gamma_upper(3, 0), 1);
    ck_assert_double_eq(gamma_upper(3, INFINITY), 0);
    ck_assert(isnan(gamma_lower(0, 1)) && isnan(gamma_upper(-1, 1)) && isnan(gamma_lower(1, NAN)));
}
END_TEST

START_TEST(beta_has_its_closed_forms) {
    for (double x = 0.01; x < 1; x += 0.01) {
        assert_near(beta_lower(x, 1, 1), x, 1e-13);
        assert_near(beta_lower(x, 7.5, 1), pow(x, 7.5), 1e-13);
        assert_near(beta_lower(x, 1, 7.5), -expm1(7.5 * log1p(-x)), 1e-13);
        assert_near(beta_lower(x, 0.5, 0.5), 2 / PI * asin(sqrt(x)), 1e-13);
    }
    ck_assert_double_eq(beta_lower(0, 2, 3), 0);
    ck_assert_double_eq(beta_lower(-1, 2, 3), 0);
    ck_assert_double_eq(beta_lower(1, 2, 3), 1);
    ck_assert(isnan(beta_lower(0.5, 0, 1)) && isnan(beta_lower(0.5, 1, -1)));
}
END_TEST

static const double chances[] = {1e-12, 0.0005, 0.025, 0.3, 0.5, 0.7, 0.975, 0.9995, 1 - 1e-12};
static const double shapes[] = {0.3, 1, 2.5, 40, 1e4, 1e7, 9e7, 2e9, 1e12};
#define COUNT(array) (sizeof(array) / sizeof(array)[0])

START_TEST(quantiles_are_inverses) {
    for (size_t i = 0; i < COUNT(shapes); i++)
        for (size_t j = 0; j < COUNT(chances); j++) {
            double p = chances[j], a = shapes[i], x = gamma_quantile(p, a);
            assert_near(p < 0.5 ? gamma_lower(a, x) : gamma_upper(a, x), p < 0.5 ? p : 1 - p, 1e-7);
            x = beta_quantile(p, a, 40);
            if (p < 0.5 && a < 1e6)
                assert_near(beta_lower(x, a, 40), p, 1e-7);
            quick_assert(x > 0 && x <= 1);
            /* Seen from the other end; 1 - p must not have lost p. */
            if (p > 1e-6 && p < 1 - 1e-6)
                quick_assert(fabs(1 - x - beta_quantile(1 - p, 40, a)) < 1e-10);
        }
    ck_assert_double_eq(gamma_quantile(0, 3), 0);
    ck_assert(isinf(gamma_quantile(1, 3)));
    ck_assert_double_eq(beta_quantile(0, 3, 2), 0);
    ck_assert_double_eq(beta_quantile(1, 3, 2), 1);
    ck_assert(isnan(gamma_quantile(1.5, 3)) && isnan(gamma_quantile(0.5, 0)));
    ck_assert(isnan(beta_quantile(-0.5, 3, 1)) && isnan(beta_quantile(0.5, 3, 0)));
}
END_TEST

/* Where the series give way to the normal form there is no step. */
START_TEST(large_shapes_join_without_a_step) {
    for (size_t j = 0; j < COUNT(chances); j++) {
        double p = chances[j], below = 1e8 * (1 - 1e-12), above = 1e8 * (1 + 1e-12);
        assert_near(gamma_quantile(p, above), gamma_quantile(p, below), 1e-11);
        below = 1e9 * (1 - 1e-12);
        above = 1e9 * (1 + 1e-12);
        assert_near(beta_quantile(p, above, above), beta_quantile(p, below, below), 1e-12);
    }
}
END_TEST

START_TEST(t_has_its_closed_forms) {
    for (double p = 0.001; p < 1; p += 0.037) {
        assert_near(t_quantile(p, 1), tan(PI * (p - 0.5)), 1e-12);
        assert_near(t_quantile(p, 2), (2 * p - 1) / sqrt(2 * p * (1 - p)), 1e-12);
        assert_near(t_quantile(p, 7.5), -t_quantile(1 - p, 7.5), 1e-12);
        assert_near(t_quantile(p, 1e14), normal_quantile(p), 1e-12);
    }
    ck_assert_double_eq(t_quantile(0.5, 3), 0);
    assert_near(t_quantile(0.975, INFINITY), normal_quantile(0.975), 1e-15);
    ck_assert(isinf(t_quantile(1, 3)) && isinf(t_quantile(0, 3)));
    ck_assert(isnan(t_quantile(0.975, 0)) && isnan(t_quantile(2, 3)));
}
END_TEST

START_TEST(chi_square_has_its_closed_form) {
    for (double p = 0.001; p < 1; p += 0.037) {
        assert_near(chi_square_quantile(p, 2), -2 * log1p(-p), 1e-12);
        assert_near(chi_square_upper(-2 * log(p), 2), p, 1e-12);
    }
    ck_assert(isnan(chi_square_quantile(0.5, 0)) && isnan(chi_square_upper(1, -2)));
}
END_TEST

/* Term by term, without the functions under test. */
START_TEST(binomial_sums_its_terms) {
    static const double ps[] = {0.001, 0.2, 0.5, 0.814, 0.999};
    for (int n = 1; n <= 60; n += 7)
        for (size_t i = 0; i < COUNT(ps); i++) {
            double p = ps[i], term = pow(1 - p, n), sum = 0;
            for (int k = 0; k <= n; k++) {
                sum += term;
                assert_near(binomial_term(k, n, p), term, 1e-11);
                assert_near(binomial_cdf(k, n, p), sum, 1e-11);
                quick_assert(fabs(binomial_at_least(k, n, p) - (1 - sum + term)) < 1e-11);
                term *= (n - k) / (k + 1.0) * (p / (1 - p));
            }
        }
}
END_TEST

START_TEST(binomial_at_its_ends) {
    ck_assert_double_eq(binomial_cdf(-1, 5, 0.3), 0);
    ck_assert_double_eq(binomial_cdf(5, 5, 0.3), 1);
    ck_assert_double_eq(binomial_cdf(2.9, 5, 0.3), binomial_cdf(2, 5, 0.3));
    ck_assert_double_eq(binomial_at_least(0, 5, 0.3), 1);
    ck_assert_double_eq(binomial_at_least(6, 5, 0.3), 0);
    ck_assert_double_eq(binomial_term(0, 5, 0), 1);
    ck_assert_double_eq(binomial_term(1, 5, 0), 0);
    ck_assert_double_eq(binomial_term(5, 5, 1), 1);
    ck_assert_double_eq(binomial_term(6, 5, 0.5), 0);
    ck_assert_double_eq(binomial_cdf(2, 5, 0), 1);
    ck_assert_double_eq(binomial_cdf(2, 5, 1), 0);
    ck_assert_double_eq(binomial_cdf(0, 0, 0.5), 1);
    ck_assert(isnan(binomial_cdf(1, 2.5, 0.5)) && isnan(binomial_cdf(1, 5, 1.5)));
    ck_assert(isnan(binomial_term(NAN, 5, 0.5)) && isnan(binomial_at_least(1, -1, 0.5)));
}
END_TEST

START_TEST(poisson_sums_its_terms) {
    static const double means[] = {1e-9, 0.5, 3, 29.5};
    for (size_t i = 0; i < COUNT(means); i++) {
        double term = exp(-means[i]), sum = 0;
        for (int k = 0; k < 60; k++) {
            sum += term;
            assert_near(poisson_cdf(k, means[i]), fmin(sum, 1), 1e-12);
            term *= means[i] / (k + 1);
        }
    }
    ck_assert_double_eq(poisson_cdf(-1, 3), 0);
    ck_assert_double_eq(poisson_cdf(0, 0), 1);
    ck_assert_double_eq(poisson_cdf(3, INFINITY), 0);
    ck_assert_double_eq(poisson_cdf(2.5, 3), poisson_cdf(2, 3));
    ck_assert(isnan(poisson_cdf(1, -1)) && isnan(poisson_cdf(NAN, 1)));
}
END_TEST

Suite *distributions_suite(void) {
    Suite *suite = suite_create("distributions");
    TCase *tests = tcase_create("distributions");
    tcase_add_test(tests, log_gamma_of_whole_and_half_numbers);
    tcase_add_test(tests, normal_tails_are_symmetric);
    tcase_add_test(tests, gamma_has_its_closed_forms);
    tcase_add_test(tests, beta_has_its_closed_forms);
    tcase_add_test(tests, quantiles_are_inverses);
    tcase_add_test(tests, large_shapes_join_without_a_step);
    tcase_add_test(tests, t_has_its_closed_forms);
    tcase_add_test(tests, chi_square_has_its_closed_form);
    tcase_add_test(tests, binomial_sums_its_terms);
    tcase_add_test(tests, binomial_at_its_ends);
    tcase_add_test(tests, poisson_sums_its_terms);
    suite_add_tcase(suite, tests);
    return suite;
}
