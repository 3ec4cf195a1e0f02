/* What the random pairs have reached: how many plans had each kind of step, expression, timing,
 * window and quantity. A kind that no pair ever has is a hole in the test. */
#ifndef TESTS_DIFFERENTIAL_COVERAGE_H
#define TESTS_DIFFERENTIAL_COVERAGE_H

#include "plan/plan_build.h"

#define COVERAGE_MOST 32

typedef struct Coverage {
    size_t shapes[COVERAGE_MOST], steps[COVERAGE_MOST], expressions[COVERAGE_MOST],
        functions[COVERAGE_MOST], timings[COVERAGE_MOST], nested_timings[COVERAGE_MOST],
        quantities[COVERAGE_MOST], windows[COVERAGE_MOST], everies[COVERAGE_MOST],
        bands[COVERAGE_MOST], benchmarks[COVERAGE_MOST], series[COVERAGE_MOST],
        others[COVERAGE_MOST];
} Coverage;

/* A SeePlan; the context is a Coverage. */
void coverage_see(void *coverage, const Plan *plan);
/* A line for each kind; gives how many were never reached, each with "NEVER REACHED". */
size_t coverage_print(const Coverage *coverage, StrBuf *out);

#endif
