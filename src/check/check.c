#include "check/check.h"

#include "check/checker.h"

typedef void IndicatorCheck(Checker *checker, const Indicator *indicator);
typedef void ProjectCheck(Checker *checker);

static const struct {
    IndicatorCheck *indicator;
    ProjectCheck *project;
} functions[] = {
#define SUBJECT_INDICATOR(code) {.indicator = check_##code},
#define SUBJECT_PROJECT(code) {.project = check_##code},
#define SUBJECT_ANALYSIS(code) {NULL, NULL},
#define SUBJECT_DATA(code) {NULL, NULL},
#define CHECK(code, family, subject, on, needs) SUBJECT_##subject(code)
#include "sema/checks.def"
#undef CHECK
};

Diag *check_say(Checker *checker, CheckId check, Span at, const char *format, ...) {
    StrBuf words = {0};
    va_list args;
    va_start(args, format);
    strbuf_addv(&words, format, args);
    va_end(args);
    Diag *diag =
        diag_add(checker->session->diags, check_info(check)->code, at, "%s", strbuf_text(&words));
    strbuf_fini(&words);
    checker->said[check] = true;
    return diag;
}

/* What the analysis has said about an indicator counts for what needs it. */
static void note_said_before(Checker *checker, const Indicator *indicator) {
    for (size_t b = 0; b < indicator->benchmarks_len; b++)
        checker->said[CHECK_benchmark_unlike] |= indicator->benchmarks[b].not_comparable != NULL;
}

static void check_indicator(Checker *checker, const Indicator *indicator) {
    for (size_t i = 0; i < CHECKS; i++)
        checker->said[i] = false;
    note_said_before(checker, indicator);
    for (size_t i = 0; i < CHECKS; i++) {
        CheckId needs = check_info((CheckId)i)->needs;
        bool said_already = needs != CHECKS && checker->said[needs];
        if (functions[i].indicator && !said_already)
            functions[i].indicator(checker, indicator);
    }
}

void check_definitions(Session *session, const Model *model, const CheckOptions *options) {
    Checker checker = {
        .hashes = arena_array(session->arena, model->indicators_len + 1, sizeof *checker.hashes),
        .session = session,
        .model = model,
        .options = options,
        .whole = model->project.declared && diags_errors(session->diags) == 0};
    size_t said_before = diags_count(session->diags);
    for (size_t i = 0; i < CHECKS; i++)
        if (functions[i].project)
            functions[i].project(&checker);
    for (size_t i = 0; i < model->indicators_len; i++)
        check_indicator(&checker, model->indicators[i]);
    checks_settle(session->diags, model, said_before);
}
