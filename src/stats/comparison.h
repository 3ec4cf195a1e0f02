/* How a figure stands against a benchmark or a target by its interval, and whether two figures
 * differ.
 *
 * In: values, limits and benchmarks as doubles (targets without an interval as exact numbers). Out:
 * a standing: where the figure lies (lower, similar, higher, with "much" beyond 99.8%); what that
 * means comes with the direction of good. What lacks a value, a limit or a benchmark is not
 * compared, which is not "similar". The rules are those of Fingertips' engine (Public Health
 * England, 2020), edges included; NEUTRAL and BETWEEN have no better or worse, only lower and
 * higher.
 *
 * The methods disagree near the edge (43 of 54 against 90% is worse by its own interval and similar
 * within limits round the benchmark): a report names the method. Two overlapping intervals do not
 * mean that there is no significant difference: compare_proportions and compare_rates test that. No
 * test of two samples holds for windows that overlap.
 *
 * To add a method: the enum, its words, and a function in the switch of compare_benchmark.
 */
#ifndef STATS_COMPARISON_H
#define STATS_COMPARISON_H

#include <stdbool.h>

#include "base/num.h"
#include "base/terms.h"
#include "stats/intervals.h"

/* ---- against a benchmark ---- */

typedef enum BenchmarkMethod {
    BENCHMARK_SINGLE_95,         /* the benchmark against our 95% interval: the default */
    BENCHMARK_SINGLE_95_998,     /* against our 95% and 99.8% intervals: five standings */
    BENCHMARK_DOUBLE,            /* our 95% interval against the benchmark's own; conservative */
    BENCHMARK_CONTROL_PROPORTION /* our proportion against limits round the benchmark */
} BenchmarkMethod;

/* "own 95% interval against the benchmark" */
const char *benchmark_method_words(BenchmarkMethod method);

typedef enum Standing {
    STANDING_NOT_COMPARED,
    STANDING_MUCH_LOWER,
    STANDING_LOWER,
    STANDING_SIMILAR,
    STANDING_HIGHER,
    STANDING_MUCH_HIGHER
} Standing;

typedef struct Limits {
    bool known;
    double lower, upper;
} Limits;

/* Of an estimate that has both limits; else unknown. */
Limits limits_of(Estimate estimate);

typedef struct BenchmarkInput {
    BenchmarkMethod method;
    double value;            /* NAN: missing */
    Limits limits95;         /* SINGLE and DOUBLE */
    Limits limits998;        /* SINGLE_95_998 */
    double denominator;      /* CONTROL: people; 0 or below is missing */
    double multiplier;       /* CONTROL: 100 for percent */
    double benchmark;        /* NAN: missing */
    Limits benchmark_limits; /* DOUBLE: 95% */
} BenchmarkInput;

/* Where our value stands.
 * - SINGLE: similar if the benchmark lies within the 95% limits, both included; else lower or
 * higher by the value; of two levels, "much" if the benchmark is also outside the 99.8% limits.
 * - DOUBLE: similar if the intervals touch or overlap.
 * - CONTROL: similar within Wilson-shaped limits round the benchmark for our denominator, both
 *   included, with z = 1.96 as its source types it; a benchmark that is no proportion is not
 *   compared. */
Standing compare_benchmark(const BenchmarkInput *input);

/* For high and low: "better", "worse", "better (99.8%)", "similar"; else "lower", "higher",
 * "higher (99.8%)"; "not compared". */
const char *standing_word(Standing standing, GoodKind good);

/* ---- against a target ---- */

typedef enum TargetVerdict {
    TARGET_NOT_COMPARED,
    TARGET_WORSE,
    TARGET_SIMILAR,
    TARGET_BETTER
} TargetVerdict;

/* "better", "similar", "worse", "not compared" */
const char *target_verdict_word(TargetVerdict verdict);

/* All three: low is good for LOW alone; every other direction counts as high is good, as in the
 * source. A caller that wants no verdict for NEUTRAL does not ask. */

/* Exact: at the limit is better; there is no similar. */
TargetVerdict compare_target_limit(Num value, Num limit, GoodKind good);
/* Exact: below `lower` is worse, at or above `upper` better (swapped for LOW), between is similar;
 * so the lower edge is similar and the upper one is not. */
TargetVerdict compare_target_range(Num value, Num lower, Num upper, GoodKind good);
/* By the 95% limits: wholly at or above the limit is better, wholly below it worse (swapped for
 * LOW), else similar. The edges are not alike: lower == limit counts as above, upper == limit does
 * not count as below, also for LOW. */
TargetVerdict compare_target_interval(Limits limits, double limit, GoodKind good);

/* ---- two figures ---- */

typedef struct ProportionDifference {
    bool known;             /* false: a number is missing or out of range */
    double difference;      /* x1/n1 - x2/n2 */
    double lower, upper;    /* Newcombe (1998), method 10, from the two Wilson intervals */
    bool differs;           /* 0 lies outside these limits */
    bool intervals_overlap; /* the two Wilson intervals; no proof that they do not differ */
    bool has_test;          /* false where all are in or all are out: no variance */
    double z, p;            /* pooled z, and its two-sided p */
} ProportionDifference;

/* Lower: d - sqrt((p1-l1)^2 + (u2-p2)^2); upper: d + sqrt((u1-p1)^2 + (p2-l2)^2).
 * z = d / sqrt(p (1-p) (1/n1 + 1/n2)), where p = (x1+x2)/(n1+n2). */
ProportionDifference compare_proportions(double x1, double n1, double x2, double n2,
                                         double confidence);

typedef struct RateRatio {
    bool known;     /* false: no events at all, a count that is not whole, a population of 0 */
    bool has_ratio; /* false where the second rate is 0 */
    double ratio;   /* (x1/n1) / (x2/n2) */
    double lower;   /* Clopper-Pearson limits of x1 among x1+x2, as odds, times n2/n1 */
    bool has_upper; /* false where the second rate is 0 */
    double upper;
    double p; /* exact two-sided: all splits of x1+x2 that are no likelier than this one */
} RateRatio;

/* Given x1+x2 events, x1 is binomial with the chance n1/(n1+n2) if the rates are equal. Splits
 * count as no likelier up to 1 + 1e-7 times, so that rounding does not part equals. */
RateRatio compare_rates(double x1, double n1, double x2, double n2, double confidence);

#endif
