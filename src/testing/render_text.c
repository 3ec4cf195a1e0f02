#include "testing/testing.h"

/* Tests as text: those that failed in full, then how many there were. */

static unsigned line_of(const Session *session, Span span) {
    return (unsigned)sources_place(session->sources, span.src, span.off).line;
}

void test_print_place(StrBuf *out, const Session *session, Span span) {
    strbuf_addf(out, "%s:%u", sources_name(session->sources, span.src), line_of(session, span));
}

static void add_title(StrBuf *out, const TestModel *test) {
    strbuf_addf(out, "%s at ", test->indicator->id);
    period_print(out, test->period);
    strbuf_addf(out, " \"%s\"", test->title);
}

static void add_record(StrBuf *out, const TestRecord *record) {
    strbuf_addf(out, "    %-12s %s", record->place, record->name);
    if (record->why)
        strbuf_addf(out, ": %s", record->why);
    strbuf_add_char(out, '\n');
}

/* "FILE:LINE: failed: ..." */
static void add_failure(StrBuf *out, const Session *session, const TestOutcome *outcome) {
    test_print_place(out, session, outcome->test->span);
    strbuf_add(out, ": failed: ");
    add_title(out, outcome->test);
    strbuf_add_char(out, '\n');
    for (size_t i = 0; i < outcome->findings.len; i++) {
        const TestFinding *finding = &outcome->findings.items[i];
        strbuf_addf(out, "    line %-7u expected %s\n                 actual   %s\n",
                    line_of(session, finding->span), finding->expected, finding->actual);
    }
    for (size_t i = 0; i < outcome->records.len; i++)
        add_record(out, &outcome->records.items[i]);
}

static void add_passed(StrBuf *out, const Session *session, const TestOutcome *outcome) {
    test_print_place(out, session, outcome->test->span);
    strbuf_add(out, ": passed: ");
    add_title(out, outcome->test);
    strbuf_add_char(out, '\n');
}

void test_render_text(StrBuf *out, const TestSuite *suite, bool verbose) {
    for (size_t i = 0; i < suite->len; i++) {
        const TestOutcome *outcome = &suite->outcomes[i];
        if (outcome->findings.len > 0)
            add_failure(out, suite->session, outcome);
        else if (verbose)
            add_passed(out, suite->session, outcome);
    }
    strbuf_addf(out, "%zu test%s, ", suite->len, suite->len == 1 ? "" : "s");
    if (suite->failed == 0)
        strbuf_add(out, suite->len == 1 ? "passed\n" : "all passed\n");
    else
        strbuf_addf(out, "%zu failed\n", suite->failed);
}

/* ---- TAP ---- */

/* A # in a description would start a directive. */
static void add_description(StrBuf *out, const TestModel *test) {
    StrBuf title = {0};
    add_title(&title, test);
    for (const char *c = strbuf_text(&title); *c; c++) {
        if (*c == '#' || *c == '\\')
            strbuf_add_char(out, '\\');
        strbuf_add_char(out, *c == '\n' ? ' ' : *c);
    }
    strbuf_fini(&title);
}

static void add_tap_findings(StrBuf *out, const Session *session, const TestOutcome *outcome) {
    for (size_t i = 0; i < outcome->findings.len; i++) {
        const TestFinding *finding = &outcome->findings.items[i];
        strbuf_add(out, "# ");
        test_print_place(out, session, finding->span);
        strbuf_addf(out, ": expected %s, actual %s\n", finding->expected, finding->actual);
    }
    for (size_t i = 0; i < outcome->records.len; i++) {
        strbuf_add_char(out, '#');
        add_record(out, &outcome->records.items[i]);
    }
}

void test_render_tap(StrBuf *out, const TestSuite *suite) {
    strbuf_addf(out, "TAP version 13\n1..%zu\n", suite->len);
    for (size_t i = 0; i < suite->len; i++) {
        const TestOutcome *outcome = &suite->outcomes[i];
        strbuf_addf(out, "%s %zu - ", outcome->findings.len > 0 ? "not ok" : "ok", i + 1);
        add_description(out, outcome->test);
        strbuf_add_char(out, '\n');
        add_tap_findings(out, suite->session, outcome);
    }
}
