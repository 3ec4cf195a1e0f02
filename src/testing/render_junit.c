#include "report/chart.h"
#include "testing/testing.h"

/* Tests as JUnit XML. */

static void add_attribute(StrBuf *out, const char *name, const char *value) {
    strbuf_addf(out, " %s=\"", name);
    html_add(out, value);
    strbuf_add_char(out, '"');
}

static void add_failure(StrBuf *out, const TestOutcome *outcome) {
    StrBuf text = {0};
    for (size_t i = 0; i < outcome->findings.len; i++)
        strbuf_addf(&text, "%sexpected %s, actual %s", i > 0 ? "; " : "",
                    outcome->findings.items[i].expected, outcome->findings.items[i].actual);
    strbuf_add(out, "      <failure");
    add_attribute(out, "message", strbuf_text(&text));
    strbuf_add(out, ">");
    for (size_t i = 0; i < outcome->records.len; i++) {
        const TestRecord *record = &outcome->records.items[i];
        html_add(out, record->place);
        strbuf_add(out, ": ");
        html_add(out, record->name);
        strbuf_add(out, record->why ? ": " : "");
        html_add(out, record->why ? record->why : "");
        strbuf_add_char(out, '\n');
    }
    strbuf_add(out, "</failure>\n");
    strbuf_fini(&text);
}

static void add_case(StrBuf *out, const TestSuite *suite, const TestOutcome *outcome) {
    const TestModel *test = outcome->test;
    const Sources *sources = suite->session->sources;
    StrBuf name = {0};
    period_print(&name, test->period);
    strbuf_addf(&name, " %s", test->title);
    strbuf_add(out, "    <testcase");
    add_attribute(out, "classname", test->indicator->id);
    add_attribute(out, "name", strbuf_text(&name));
    add_attribute(out, "file", sources_name(sources, test->span.src));
    strbuf_addf(out, " line=\"%u\"",
                (unsigned)sources_place(sources, test->span.src, test->span.off).line);
    strbuf_fini(&name);
    if (outcome->findings.len == 0) {
        strbuf_add(out, "/>\n");
        return;
    }
    strbuf_add(out, ">\n");
    add_failure(out, outcome);
    strbuf_add(out, "    </testcase>\n");
}

void test_render_junit(StrBuf *out, const TestSuite *suite) {
    strbuf_addf(out,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<testsuites tests=\"%zu\" failures=\"%zu\">\n"
                "  <testsuite name=\"kpic test\" tests=\"%zu\" failures=\"%zu\">\n",
                suite->len, suite->failed, suite->len, suite->failed);
    for (size_t i = 0; i < suite->len; i++)
        add_case(out, suite, &suite->outcomes[i]);
    strbuf_add(out, "  </testsuite>\n</testsuites>\n");
}
