/* Tests of indicators, run.
 *
 * In: a Model with its tests. Out: for each test what was found other than expected, with the
 * records on each side and the clause that decided about each. A test is computed as any figure is,
 * by the same plan and engine, from its own records and nothing else: no store, no order, no clock.
 *
 * A test fails when an expectation is not met, and when its records have a fault (a missing value,
 * a link to nothing) that no `expect message` names.
 *
 * To add a form of `expect`: judge.c. To add an output: a render_*.c and a line in cmd_test.c.
 */
#ifndef TESTING_TESTING_H
#define TESTING_TESTING_H

#include "base/session.h"
#include "engine/watch.h"
#include "sema/tests.h"

/* One thing that was found other than expected. */
typedef struct TestFinding {
    Span span; /* of the expectation; of the test, for what nothing expected */
    const char *expected, *actual;
} TestFinding;

/* A record that the test gives, and what became of it. */
typedef struct TestRecord {
    const char *name;  /* "cp_plan 4" */
    const char *place; /* "numerator", "denominator", "left out", ... */
    const char *why;   /* the clause that decided, in its words; or NULL */
} TestRecord;

typedef struct TestOutcome {
    const TestModel *test;
    VEC(TestFinding) findings; /* none: it passed */
    VEC(TestRecord) records;   /* of a test that failed */
} TestOutcome;

typedef struct TestSuite {
    Session *session;
    TestOutcome *outcomes;
    size_t len, failed;
} TestSuite;

/* Runs one test. What is found lives in the session's arena. */
TestOutcome test_run(Session *session, const Model *model, const TestModel *test);
/* Whether it passes, and nothing more; `watch` (or NULL) sees its run. */
bool test_passes(Session *session, const Model *model, const TestModel *test,
                 const EngineWatch *watch);

/* ---- outputs ---- */
void test_render_text(StrBuf *out, const TestSuite *suite, bool verbose);
/* TAP version 13: a line a test, findings as comments below it. */
void test_render_tap(StrBuf *out, const TestSuite *suite);
/* JUnit XML as merge requests show it; no times, so that the same tests give the same bytes. */
void test_render_junit(StrBuf *out, const TestSuite *suite);
/* "somerset/tests.kpi:12" */
void test_print_place(StrBuf *out, const Session *session, Span span);

#endif
