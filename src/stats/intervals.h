/* Confidence intervals of the kinds that indicators have: what range a figure's chance leaves open.
 *
 * In: counts, populations or values as doubles (NAN: missing), the confidence (0.95 or 95, from
 * 0.9; NAN: none wanted, only the value), and the multiplier of the basis (100 for percent). Out:
 * an Estimate: the value, the limits that there are, the method that made them, or the fault.
 * Limits are finite, and lower <= value <= upper; one that is unbounded or undefined is not there.
 * Nothing is rounded. An indicator's own value stays exact elsewhere: `value` here is for tables
 * and tests.
 *
 * Which method: a proportion has Wilson's, a rate or a count (of population 1) the exact Poisson or
 * Byar's, a mean Student's t; money, headcounts and medians have none.
 *
 * Edge cases (all methods): a missing number makes the result missing; below 0, a population of 0,
 * or a numerator above the denominator of a proportion is a fault, told before anything missing is;
 * a numerator of 0 has a value of 0, but its interval is not 0 to 0. Numerators need not be whole.
 * Confidence 1 leaves 0 to 1 for a proportion, and no upper limit for a rate.
 *
 * To add a method: the enum, its word, and a function that fills an Estimate.
 */
#ifndef STATS_INTERVALS_H
#define STATS_INTERVALS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/num.h"
#include "base/strbuf.h"

typedef enum IntervalMethod {
    INTERVAL_NONE,
    INTERVAL_WILSON,
    INTERVAL_EXACT_POISSON,
    INTERVAL_BYAR,
    INTERVAL_CLOPPER_PEARSON,
    INTERVAL_T
} IntervalMethod;

/* "Wilson", "exact Poisson", "Byar", "Clopper-Pearson", "Student's t"; NULL for NONE. */
const char *interval_word(IntervalMethod method);
/* The method with its confidence: "Wilson 95%", "Byar 99.8%". Nothing for NONE. */
void interval_print_method(StrBuf *out, IntervalMethod method, double confidence);

typedef enum EstimateFault {
    ESTIMATE_SOUND,
    ESTIMATE_MISSING,           /* a number that it needs is not there */
    ESTIMATE_NEGATIVE,          /* the numerator is below 0 */
    ESTIMATE_NO_DENOMINATOR,    /* the denominator is 0 or below */
    ESTIMATE_ABOVE_DENOMINATOR, /* the numerator of a proportion is above the denominator */
    ESTIMATE_CONFIDENCE         /* neither 0.9 to 1 nor 90 to 100 */
} EstimateFault;

/* NULL for SOUND. */
const char *estimate_fault_words(EstimateFault fault);

typedef struct Estimate {
    EstimateFault fault; /* unless SOUND, the rest is not to be read */
    double value;
    bool has_lower, has_upper;
    double lower, upper;
    IntervalMethod method; /* NONE if there is no limit at all */
    double confidence;     /* as a fraction: 0.95 */
} Estimate;

/* For a table of limits or a benchmark, from an exact number; the nearest double but for 1 ulp. */
double interval_number(Num value);

/* Wilson's score interval of x out of n (Wilson 1927; Newcombe and Altman 2000), from x and n:
 *   (2x + z^2 -/+ z sqrt(z^2 + 4x (1 - x/n))) / (2 (n + z^2)), times the multiplier.
 * At x = 0 the lower limit is 0, at x = n the upper one is the multiplier. */
Estimate interval_wilson(double x, double n, double confidence, double multiplier);

/* Clopper and Pearson's exact binomial interval: the beta quantiles (1-c)/2 of (x, n-x+1) and
 * 1-(1-c)/2 of (x+1, n-x). At x = 0 the lower limit is 0, at x = n the upper one is the multiplier.
 */
Estimate interval_clopper_pearson(double x, double n, double confidence, double multiplier);

/* Exact Poisson limits of a count (Garwood 1936), from chi-square quantiles:
 *   chi2((1-c)/2, 2x) / 2 and chi2(1-(1-c)/2, 2x+2) / 2. At x = 0 the lower limit is 0. */
Estimate interval_exact_poisson(double x, double confidence);

/* Byar's approximation to it, in the form of Breslow and Day (1987), x below and x+1 above:
 *   x (1 - 1/(9x) - z/(3 sqrt x))^3 and (x+1) (1 - 1/(9(x+1)) + z/(3 sqrt(x+1)))^3
 * (other programs put x + 0.5 in both, which is another interval). The lower limit is not there at
 * x = 0, and where so few events make it negative. */
Estimate interval_byar(double x, double confidence);

/* A rate x/n: the exact Poisson limits of x below 10 (9.999 is below), Byar's from 10 on, divided
 * by n and multiplied. A rate may be above its multiplier. */
Estimate interval_rate(double x, double n, double confidence, double multiplier);

/* What a mean is made of. */
typedef struct Sample {
    double count;     /* values, missing ones too */
    bool missing;     /* a value is missing: so are sum, mean and deviation */
    double sum, mean; /* NAN where there is none */
    double deviation; /* standard deviation with count - 1; NAN below two values */
} Sample;

/* NAN is a missing value. Sums are compensated (Neumaier). */
Sample interval_sample(const double *values, size_t len);
/* From exact sums, as an engine keeps them: of the values, and of their squares. The variance is
 * made exactly, (squares - sum^2/count) / (count - 1); it is NAN too if that does not fit. */
Sample interval_sample_of_sums(int64_t count, Num sum, Num squares);
/* The mean -/+ t(1-(1-c)/2, count-1) deviation / sqrt(count). A single value has no limits; equal
 * ones have limits at the value. */
Estimate interval_mean(Sample sample, double confidence);

#endif
