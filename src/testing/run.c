/* Tests, computed one at a time. */
#include "testing/trial.h"

#include "plan/plan.h"

/* ---- one test ---- */

static const Truth *copy_truths(Arena *arena, const Truth *truths, size_t len) {
    if (!truths)
        return NULL;
    Truth *copy = arena_array(arena, len, sizeof *copy);
    for (size_t i = 0; i < len; i++)
        copy[i] = truths[i];
    return copy;
}

/* The truths live no longer than the window: they are copied. */
static void see_record(void *context, struct Evaluator *evaluator, const RecordSeen *seen) {
    (void)evaluator;
    Trial *trial = context;
    const Indicator *indicator = seen->indicator;
    if (!seen->asked || indicator != trial->test->indicator)
        return;
    RecordSeen copy = *seen;
    copy.excluded = copy_truths(trial->run, seen->excluded, indicator->excludes_len);
    copy.parts = copy_truths(trial->run, seen->parts, indicator->parts_len);
    vec_push(trial->run, &trial->seen, copy);
}

static void set_project(Trial *trial, const TestModel *test) {
    Project *project = &trial->model.project;
    size_t len = test->taken_len + project->taken_len;
    TakenDate *taken = arena_array(trial->run, len, sizeof *taken);
    for (size_t i = 0; i < len; i++)
        taken[i] = i < test->taken_len ? test->taken[i] : project->taken[i - test->taken_len];
    project->taken = taken;
    project->taken_len = len;
    project->taken_over_len = test->taken_len;
    if (test->calendar)
        project->calendar = test->calendar;
}

void trial_compute(Trial *trial, Session *session, const Model *model, const TestModel *test,
                   const EngineWatch *watch, bool records) {
    Arena *run = arena_new();
    *trial = (Trial){.model = *model, .test = test, .run = run};
    trial->session =
        (Session){run, session->atoms, session->sources, diags_new(run, session->sources)};
    set_project(trial, test);
    const Indicator *indicator = test->indicator;
    PlanRequest request = {.indicators = &indicator,
                           .indicators_len = 1,
                           .from = test->period,
                           .to = test->period,
                           .given = test->given};
    EngineWatch own = {.context = trial, .record = see_record};
    if (!watch && records)
        watch = &own;
    const Plan *plan = plan_build(&trial->session, run, &trial->model, &request);
    EngineOptions options = {.kind = ENGINE_REFERENCE, .watch = watch};
    StoreResult result = engine_run(&trial->session, plan, NULL, &options, run, &trial->result);
    trial->stopped = result != STORE_OK && trial->result.cells_len == 0;
}

void trial_end(Trial *trial) {
    arena_free(trial->run);
}

/* ---- passing ---- */

static bool needs_records(const TestModel *test) {
    for (size_t i = 0; i < test->expected_len; i++)
        if (test->expected[i].kind == EXPECT_RECORD)
            return true;
    return false;
}

static void count_finding(void *context, Span span, const char *expected, const char *actual) {
    size_t *count = context;
    (void)span;
    (void)expected;
    (void)actual;
    ++*count;
}

/* A watch of the caller's and the records that the judgement needs. */
typedef struct Both {
    Trial *trial;
    const EngineWatch *watch;
} Both;

static void both_condition(void *context, const struct Evaluator *evaluator, const Expr *condition,
                           Truth truth) {
    const Both *both = context;
    if (both->watch->condition)
        both->watch->condition(both->watch->context, evaluator, condition, truth);
}

static void both_timing(void *context, const struct Evaluator *evaluator, const Rowset *rows,
                        Truth truth) {
    const Both *both = context;
    if (both->watch->timing)
        both->watch->timing(both->watch->context, evaluator, rows, truth);
}

static void both_record(void *context, struct Evaluator *evaluator, const RecordSeen *seen) {
    const Both *both = context;
    if (both->watch->record)
        both->watch->record(both->watch->context, evaluator, seen);
    see_record(both->trial, evaluator, seen);
}

bool test_passes(Session *session, const Model *model, const TestModel *test,
                 const EngineWatch *watch) {
    Trial trial;
    size_t findings = 0;
    Both both = {&trial, watch};
    EngineWatch joined = {.context = &both,
                          .every_row = watch && watch->every_row,
                          .condition = both_condition,
                          .timing = both_timing,
                          .record = both_record};
    trial_compute(&trial, session, model, test, watch ? &joined : NULL, needs_records(test));
    trial_judge(&trial, count_finding, &findings);
    trial_end(&trial);
    return findings == 0;
}

/* ---- what was found ---- */

typedef struct Findings {
    Arena *arena;
    TestOutcome *out;
} Findings;

static const char *keep_text(Arena *arena, const char *text) {
    return arena_printf(arena, "%s", text);
}

static void keep_finding(void *context, Span span, const char *expected, const char *actual) {
    Findings *findings = context;
    TestFinding finding = {span, keep_text(findings->arena, expected),
                           keep_text(findings->arena, actual)};
    vec_push(findings->arena, &findings->out->findings, finding);
}

TestOutcome test_run(Session *session, const Model *model, const TestModel *test) {
    TestOutcome out = {.test = test};
    Findings findings = {session->arena, &out};
    Trial trial;
    trial_compute(&trial, session, model, test, NULL, needs_records(test));
    trial_judge(&trial, keep_finding, &findings);
    trial_end(&trial);
    if (out.findings.len > 0)
        trial_explain(session, model, test, &out);
    return out;
}
