#include "stats/comparison.h"

#include <math.h>

#include "stats/distributions.h"

/* Typed with two decimals in the source of the rule. */
#define CONTROL_Z 1.96
#define NO_LIKELIER (1 + 1e-7)

/* ---- against a benchmark ---- */

const char *benchmark_method_words(BenchmarkMethod method) {
    switch (method) {
    case BENCHMARK_SINGLE_95:
        return "own 95% interval against the benchmark";
    case BENCHMARK_SINGLE_95_998:
        return "own 95% and 99.8% intervals against the benchmark";
    case BENCHMARK_DOUBLE:
        return "own 95% interval against the benchmark's 95% interval";
    case BENCHMARK_CONTROL_PROPORTION:
        return "value against 95% limits round the benchmark";
    }
    return NULL;
}

Limits limits_of(Estimate estimate) {
    bool known = estimate.fault == ESTIMATE_SOUND && estimate.has_lower && estimate.has_upper;
    return (Limits){known, estimate.lower, estimate.upper};
}

static bool within(double value, Limits limits) {
    return limits.lower <= value && value <= limits.upper;
}

static Standing side(double value, double benchmark) {
    return value < benchmark ? STANDING_LOWER : STANDING_HIGHER;
}

static Standing compare_single(const BenchmarkInput *input) {
    if (!input->limits95.known)
        return STANDING_NOT_COMPARED;
    if (within(input->benchmark, input->limits95))
        return STANDING_SIMILAR;
    return side(input->value, input->benchmark);
}

static Standing compare_two_levels(const BenchmarkInput *input) {
    if (!input->limits998.known)
        return STANDING_NOT_COMPARED;
    Standing standing = compare_single(input);
    if (standing == STANDING_SIMILAR || standing == STANDING_NOT_COMPARED ||
        within(input->benchmark, input->limits998))
        return standing;
    return standing == STANDING_LOWER ? STANDING_MUCH_LOWER : STANDING_MUCH_HIGHER;
}

static Standing compare_double(const BenchmarkInput *input) {
    Limits ours = input->limits95, theirs = input->benchmark_limits;
    if (!ours.known || !theirs.known)
        return STANDING_NOT_COMPARED;
    bool overlap =
        input->value < input->benchmark ? theirs.lower <= ours.upper : ours.lower <= theirs.upper;
    return overlap ? STANDING_SIMILAR : side(input->value, input->benchmark);
}

static Standing compare_control(const BenchmarkInput *input) {
    double n = input->denominator, value = input->value / input->multiplier;
    double expected = input->benchmark / input->multiplier, square = CONTROL_Z * CONTROL_Z;
    if (!(n > 0) || !(expected >= 0 && expected <= 1))
        return STANDING_NOT_COMPARED;
    double spread = CONTROL_Z * sqrt(square + 4 * n * expected * (1 - expected));
    double middle = 2 * n * expected + square, scale = 2 * (n + square);
    if (value > (middle + spread) / scale)
        return STANDING_HIGHER;
    return value < (middle - spread) / scale ? STANDING_LOWER : STANDING_SIMILAR;
}

Standing compare_benchmark(const BenchmarkInput *input) {
    if (isnan(input->value) || isnan(input->benchmark))
        return STANDING_NOT_COMPARED;
    switch (input->method) {
    case BENCHMARK_SINGLE_95:
        return compare_single(input);
    case BENCHMARK_SINGLE_95_998:
        return compare_two_levels(input);
    case BENCHMARK_DOUBLE:
        return compare_double(input);
    case BENCHMARK_CONTROL_PROPORTION:
        return compare_control(input);
    }
    return STANDING_NOT_COMPARED;
}

static const char *judged_word(bool better, bool much) {
    if (better)
        return much ? "better (99.8%)" : "better";
    return much ? "worse (99.8%)" : "worse";
}

const char *standing_word(Standing standing, GoodKind good) {
    bool judged = good == GOOD_HIGH || good == GOOD_LOW;
    switch (standing) {
    case STANDING_NOT_COMPARED:
        return "not compared";
    case STANDING_SIMILAR:
        return "similar";
    case STANDING_MUCH_LOWER:
        return judged ? judged_word(good == GOOD_LOW, true) : "lower (99.8%)";
    case STANDING_LOWER:
        return judged ? judged_word(good == GOOD_LOW, false) : "lower";
    case STANDING_HIGHER:
        return judged ? judged_word(good == GOOD_HIGH, false) : "higher";
    case STANDING_MUCH_HIGHER:
        return judged ? judged_word(good == GOOD_HIGH, true) : "higher (99.8%)";
    }
    return NULL;
}

/* ---- against a target ---- */

const char *target_verdict_word(TargetVerdict verdict) {
    switch (verdict) {
    case TARGET_NOT_COMPARED:
        return "not compared";
    case TARGET_WORSE:
        return "worse";
    case TARGET_SIMILAR:
        return "similar";
    case TARGET_BETTER:
        return "better";
    }
    return NULL;
}

static TargetVerdict verdict_of(bool high, GoodKind good) {
    return high == (good != GOOD_LOW) ? TARGET_BETTER : TARGET_WORSE;
}

TargetVerdict compare_target_limit(Num value, Num limit, GoodKind good) {
    int order = num_compare(value, limit);
    return order == 0 ? TARGET_BETTER : verdict_of(order > 0, good);
}

TargetVerdict compare_target_range(Num value, Num lower, Num upper, GoodKind good) {
    if (num_compare(value, lower) < 0)
        return verdict_of(false, good);
    return num_compare(value, upper) >= 0 ? verdict_of(true, good) : TARGET_SIMILAR;
}

TargetVerdict compare_target_interval(Limits limits, double limit, GoodKind good) {
    if (!limits.known || isnan(limit))
        return TARGET_NOT_COMPARED;
    if (limits.lower >= limit)
        return verdict_of(true, good);
    return limits.upper < limit ? verdict_of(false, good) : TARGET_SIMILAR;
}

/* ---- two proportions ---- */

static void test_pooled(ProportionDifference *result, double x, double n, double sum_of_inverses) {
    double pooled = x / n, variance = pooled * (1 - pooled) * sum_of_inverses;
    result->has_test = variance > 0;
    if (!result->has_test)
        return;
    result->z = result->difference / sqrt(variance);
    result->p = 2 * normal_cdf(-fabs(result->z));
}

ProportionDifference compare_proportions(double x1, double n1, double x2, double n2,
                                         double confidence) {
    ProportionDifference result = {.known = false};
    Estimate one = interval_wilson(x1, n1, confidence, 1);
    Estimate two = interval_wilson(x2, n2, confidence, 1);
    Limits first = limits_of(one), second = limits_of(two);
    if (!first.known || !second.known)
        return result;
    result.known = true;
    result.difference = one.value - two.value;
    result.lower = result.difference - hypot(one.value - first.lower, second.upper - two.value);
    result.upper = result.difference + hypot(first.upper - one.value, two.value - second.lower);
    result.differs = result.lower > 0 || result.upper < 0;
    result.intervals_overlap = first.lower <= second.upper && second.lower <= first.upper;
    test_pooled(&result, x1 + x2, n1 + n2, 1 / n1 + 1 / n2);
    return result;
}

/* ---- two rates ---- */

/* The first of from..to that is no likelier than x, where the terms fall from `from` on; to + 1 if
 * none is. */
static double first_no_likelier(double x, double n, double p, double from, double to) {
    double most = binomial_term(x, n, p) * NO_LIKELIER, end = to + 1;
    while (from < end) {
        double middle = floor(from + (end - from) / 2);
        if (binomial_term(middle, n, p) <= most)
            end = middle;
        else
            from = middle + 1;
    }
    return from;
}

/* Two-sided: the tail from x outwards, and the part of the other tail that is no likelier. */
static double binomial_test(double x, double n, double p) {
    double mean = n * p;
    if (x == mean)
        return 1;
    /* A count above the mean is one below it, seen from the other end. */
    if (x > mean) {
        x = n - x;
        p = 1 - p;
        mean = n * p;
    }
    double other = first_no_likelier(x, n, p, ceil(mean), n);
    return fmin(1, binomial_cdf(x, n, p) + binomial_at_least(other, n, p));
}

static bool whole(double count) {
    return isfinite(count) && count >= 0 && count == floor(count);
}

RateRatio compare_rates(double x1, double n1, double x2, double n2, double confidence) {
    RateRatio result = {.known = false};
    double events = x1 + x2;
    if (!whole(x1) || !whole(x2) || events == 0 || !(n1 > 0) || !(n2 > 0) || isinf(n1) || isinf(n2))
        return result;
    Limits share = limits_of(interval_clopper_pearson(x1, events, confidence, 1));
    if (!share.known)
        return result;
    result.known = true;
    result.has_ratio = x2 > 0;
    result.ratio = result.has_ratio ? x1 / n1 / (x2 / n2) : NAN;
    result.lower = share.lower / (1 - share.lower) * (n2 / n1);
    result.has_upper = share.upper < 1;
    result.upper = result.has_upper ? share.upper / (1 - share.upper) * (n2 / n1) : NAN;
    result.p = binomial_test(x1, events, n1 / (n1 + n2));
    return result;
}
