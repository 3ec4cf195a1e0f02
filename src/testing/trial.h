/* One test while it is computed and judged. Private to testing/. */
#ifndef TESTING_TRIAL_H
#define TESTING_TRIAL_H

#include "report/report.h"
#include "testing/testing.h"

typedef VEC(RecordSeen) RecordsSeen;

typedef struct Trial {
    Session session; /* its own messages, the names and texts of the whole */
    Model model;     /* with the test's calendar and taken dates */
    const TestModel *test;
    Arena *run;
    Result result;
    RecordsSeen seen; /* in the window asked for; of its own indicator */
    bool stopped;     /* nothing could be computed */
} Trial;

/* Computes it; `watch` sees the run as well, or is NULL. With `records`, trial->seen is filled. */
void trial_compute(Trial *trial, Session *session, const Model *model, const TestModel *test,
                   const EngineWatch *watch, bool records);
void trial_end(Trial *trial);

/* Calls back for each thing found other than expected (judge.c). */
typedef void (*FindingSink)(void *context, Span span, const char *expected, const char *actual);
void trial_judge(Trial *trial, FindingSink sink, void *context);

/* What became of the records that the test gives (decide.c). */
void trial_explain(Session *session, const Model *model, const TestModel *test, TestOutcome *out);

#endif
