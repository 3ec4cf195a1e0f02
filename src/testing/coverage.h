/* How much of the definitions their tests reach: conditions seen true and false, and changed
 * definitions that a test notices.
 *
 * Conditions: every comparison, `exists`, `in` and the like of an indicator, each `and` and `or`,
 * the timing of each row set and each band of a distribution, but not the columns that a source
 * computes. One is covered when, in the windows that the indicator's tests ask for, it was true
 * for some record and false for some.
 *
 * Mutants: the definition with one thing changed, in the Model. One is killed when a test of its
 * indicator that passes on the definition fails on it. What cannot differ for any test (a direction
 * of good without a verdict) is not changed. To add a mutation: mutate_*.c, and its words.
 */
#ifndef TESTING_COVERAGE_H
#define TESTING_COVERAGE_H

#include "testing/testing.h"

typedef struct Uncovered {
    const Indicator *indicator;
    Span span;
    const char *words;
    bool seen_true, seen_false; /* one at most */
} Uncovered;

typedef struct Coverage {
    size_t conditions, covered;
    VEC(Uncovered) uncovered;
    VEC(const Indicator *) without; /* a test */
} Coverage;

typedef struct Survivor {
    const Indicator *indicator;
    Span span;
    const char *was, *is; /* in the language's words */
    const char *wanted;   /* the record that a test would need */
} Survivor;

typedef struct Mutation {
    size_t mutants, killed;
    VEC(Survivor) survivors;
} Mutation;

void coverage_measure(Session *session, const Model *model, const Indicator *const *indicators,
                      size_t len, Coverage *out);
void mutation_measure(Session *session, const Model *model, const Indicator *const *indicators,
                      size_t len, Mutation *out);
/* Whether `part` of `whole` is `percent` per cent or more; of nothing it is. */
bool share_reaches(size_t part, size_t whole, Num percent);

void coverage_render(StrBuf *out, const Session *session, const Coverage *coverage);
void mutation_render(StrBuf *out, const Session *session, const Mutation *mutation);

#endif
