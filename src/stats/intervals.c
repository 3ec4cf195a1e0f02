#include "stats/intervals.h"

#include <math.h>

#include "stats/distributions.h"

/* Below this count the exact Poisson limits stand in for Byar's. */
#define BYAR_FROM 10

const char *interval_word(IntervalMethod method) {
    switch (method) {
    case INTERVAL_NONE:
        return NULL;
    case INTERVAL_WILSON:
        return "Wilson";
    case INTERVAL_EXACT_POISSON:
        return "exact Poisson";
    case INTERVAL_BYAR:
        return "Byar";
    case INTERVAL_CLOPPER_PEARSON:
        return "Clopper-Pearson";
    case INTERVAL_T:
        return "Student's t";
    }
    return NULL;
}

void interval_print_method(StrBuf *out, IntervalMethod method, double confidence) {
    if (method != INTERVAL_NONE)
        strbuf_addf(out, "%s %.10g%%", interval_word(method), confidence * 100);
}

const char *estimate_fault_words(EstimateFault fault) {
    switch (fault) {
    case ESTIMATE_SOUND:
        return NULL;
    case ESTIMATE_MISSING:
        return "a number is missing";
    case ESTIMATE_NEGATIVE:
        return "the numerator is below 0";
    case ESTIMATE_NO_DENOMINATOR:
        return "the denominator is not above 0";
    case ESTIMATE_ABOVE_DENOMINATOR:
        return "the numerator of a proportion is above its denominator";
    case ESTIMATE_CONFIDENCE:
        return "the confidence is neither 0.9 to 1 nor 90 to 100";
    }
    return NULL;
}

double interval_number(Num value) {
    return (double)value.n / (double)value.d;
}

/* ---- what all methods share ---- */

/* As a fraction; NAN stays. False if it is out of range. */
static bool read_confidence(double given, double *confidence) {
    *confidence = given >= 90 ? given / 100 : given;
    return isnan(given) || (*confidence >= 0.9 && *confidence <= 1);
}

/* The normal deviate of a two-sided confidence: mostly that of the value before. */
static double deviate(double confidence) {
    static _Thread_local double known_confidence, known;
    if (!(confidence <= known_confidence && confidence >= known_confidence)) {
        known = -normal_quantile((1 - confidence) / 2);
        known_confidence = confidence;
    }
    return known;
}

static Estimate faulty(EstimateFault fault) {
    return (Estimate){.fault = fault, .value = NAN, .lower = NAN, .upper = NAN};
}

/* The value without limits, or the fault; n is 1 for a count. */
static Estimate start(double x, double n, double confidence, double multiplier, bool proportion) {
    Estimate estimate = faulty(ESTIMATE_SOUND);
    if (x < 0)
        return faulty(ESTIMATE_NEGATIVE);
    if (n <= 0)
        return faulty(ESTIMATE_NO_DENOMINATOR);
    if (proportion && x > n)
        return faulty(ESTIMATE_ABOVE_DENOMINATOR);
    if (!read_confidence(confidence, &estimate.confidence))
        return faulty(ESTIMATE_CONFIDENCE);
    if (!isfinite(x) || !isfinite(n) || !isfinite(multiplier))
        return faulty(ESTIMATE_MISSING);
    estimate.value = x / n * multiplier;
    return estimate;
}

/* Puts those limits in that are finite, in order with the value whatever was rounded. */
static void set_limits(Estimate *estimate, IntervalMethod method, double lower, double upper) {
    estimate->has_lower = isfinite(lower);
    estimate->has_upper = isfinite(upper);
    if (estimate->has_lower)
        estimate->lower = fmin(lower, estimate->value);
    if (estimate->has_upper)
        estimate->upper = fmax(upper, estimate->value);
    if (estimate->has_lower || estimate->has_upper)
        estimate->method = method;
}

static bool wants_limits(const Estimate *estimate) {
    return estimate->fault == ESTIMATE_SOUND && !isnan(estimate->confidence);
}

/* ---- proportions ---- */

Estimate interval_wilson(double x, double n, double confidence, double multiplier) {
    Estimate estimate = start(x, n, confidence, multiplier, true);
    if (!wants_limits(&estimate))
        return estimate;
    double lower = 0, upper = 1;
    if (estimate.confidence < 1) {
        double z = deviate(estimate.confidence), square = z * z;
        double spread = z * sqrt(square + 4 * x * (1 - x / n));
        if (x > 0)
            lower = fmax(0, (2 * x + square - spread) / 2 / (n + square));
        if (x < n)
            upper = fmin(1, (2 * x + square + spread) / 2 / (n + square));
    }
    set_limits(&estimate, INTERVAL_WILSON, lower * multiplier, upper * multiplier);
    return estimate;
}

Estimate interval_clopper_pearson(double x, double n, double confidence, double multiplier) {
    Estimate estimate = start(x, n, confidence, multiplier, true);
    if (!wants_limits(&estimate))
        return estimate;
    double tail = (1 - estimate.confidence) / 2;
    double lower = x > 0 ? beta_quantile(tail, x, n - x + 1) : 0;
    double upper = x < n ? beta_quantile(1 - tail, x + 1, n - x) : 1;
    set_limits(&estimate, INTERVAL_CLOPPER_PEARSON, lower * multiplier, upper * multiplier);
    return estimate;
}

/* ---- counts and rates ---- */

static void set_exact_poisson(Estimate *estimate, double x, double scale) {
    double tail = (1 - estimate->confidence) / 2;
    double lower = x > 0 ? gamma_quantile(tail, x) : 0;
    set_limits(estimate, INTERVAL_EXACT_POISSON, lower * scale,
               gamma_quantile(1 - tail, x + 1) * scale);
}

static double byar_cube(double x, double z) {
    double root = 1 - 1 / (9 * x) + z / (3 * sqrt(x));
    return x * root * root * root;
}

static void set_byar(Estimate *estimate, double x, double scale) {
    double z = deviate(estimate->confidence);
    double lower = x > 0 ? byar_cube(x, -z) : NAN;
    set_limits(estimate, INTERVAL_BYAR, lower < 0 ? NAN : lower * scale,
               byar_cube(x + 1, z) * scale);
}

Estimate interval_exact_poisson(double x, double confidence) {
    Estimate estimate = start(x, 1, confidence, 1, false);
    if (wants_limits(&estimate))
        set_exact_poisson(&estimate, x, 1);
    return estimate;
}

Estimate interval_byar(double x, double confidence) {
    Estimate estimate = start(x, 1, confidence, 1, false);
    if (wants_limits(&estimate))
        set_byar(&estimate, x, 1);
    return estimate;
}

Estimate interval_rate(double x, double n, double confidence, double multiplier) {
    Estimate estimate = start(x, n, confidence, multiplier, false);
    if (!wants_limits(&estimate))
        return estimate;
    if (x < BYAR_FROM)
        set_exact_poisson(&estimate, x, multiplier / n);
    else
        set_byar(&estimate, x, multiplier / n);
    return estimate;
}

/* ---- means ---- */

/* A sum that carries along what rounding took from it. */
typedef struct Sum {
    double total, lost;
} Sum;

static void sum_add(Sum *sum, double value) {
    double total = sum->total + value;
    bool larger = fabs(sum->total) >= fabs(value);
    sum->lost += larger ? sum->total - total + value : value - total + sum->total;
    sum->total = total;
}

Sample interval_sample(const double *values, size_t len) {
    Sample sample = {.count = (double)len, .sum = NAN, .mean = NAN, .deviation = NAN};
    Sum sum = {0, 0}, squares = {0, 0};
    for (size_t i = 0; i < len; i++) {
        sample.missing = sample.missing || !isfinite(values[i]);
        sum_add(&sum, values[i]);
    }
    if (sample.missing || len == 0)
        return sample;
    sample.sum = sum.total + sum.lost;
    sample.mean = sample.sum / sample.count;
    for (size_t i = 0; i < len; i++)
        sum_add(&squares, (values[i] - sample.mean) * (values[i] - sample.mean));
    if (len > 1)
        sample.deviation = sqrt((squares.total + squares.lost) / (sample.count - 1));
    return sample;
}

Sample interval_sample_of_sums(int64_t count, Num sum, Num squares) {
    Sample sample = {.count = (double)count, .sum = NAN, .mean = NAN, .deviation = NAN};
    Num mean, variance, product;
    if (count <= 0 || !num_divide(sum, num_of_int(count), &mean))
        return sample;
    sample.sum = interval_number(sum);
    sample.mean = interval_number(mean);
    if (count > 1 && num_multiply(sum, mean, &product) &&
        num_subtract(squares, product, &variance) &&
        num_divide(variance, num_of_int(count - 1), &variance) && variance.n >= 0)
        sample.deviation = sqrt(interval_number(variance));
    return sample;
}

Estimate interval_mean(Sample sample, double confidence) {
    Estimate estimate = faulty(ESTIMATE_SOUND);
    if (!read_confidence(confidence, &estimate.confidence))
        return faulty(ESTIMATE_CONFIDENCE);
    if (sample.missing)
        return faulty(ESTIMATE_MISSING);
    if (!(sample.count > 0))
        return faulty(ESTIMATE_NO_DENOMINATOR);
    estimate.value = sample.mean;
    if (isnan(estimate.confidence) || isnan(sample.deviation))
        return estimate;
    double t = t_quantile(1 - (1 - estimate.confidence) / 2, sample.count - 1);
    double margin = sample.deviation > 0 ? t * sample.deviation / sqrt(sample.count) : 0;
    set_limits(&estimate, INTERVAL_T, sample.mean - margin, sample.mean + margin);
    return estimate;
}
