#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "docs/html.h"
#include "report/display.h"
#include "report/html.h"
#include "tests/unit/fixture_document.h"

Suite *html_suite(void);

#define NARRATIVE                                                                                  \
    "# 1. Overall Improvement Programme Status\n\nAmber, unchanged\n\n"                            \
    "# 2. Progress since last Highlight report\n\n<script src=\"x\">alert(1)</script> & "          \
    "'more'\n\n"                                                                                   \
    "# 3. Key Milestones and Deliverables\n\n| A | B |\n| - | - |\n| 1 | <img onerror=x> |\n"

static Fixture *fixture;
static StrBuf page;

static void start(void) {
    fixture = fixture_document("2017-01", NARRATIVE);
    ck_assert_ptr_nonnull(fixture->document);
    render_document_html(&page, fixture->document);
}

static void end(void) {
    strbuf_fini(&page);
    page = (StrBuf){0};
    fixture_document_free(fixture);
}

static size_t times(const char *words) {
    size_t n = 0;
    for (const char *at = strbuf_text(&page); (at = strstr(at, words)); at++)
        n++;
    return n;
}

START_TEST(the_page_asks_for_nothing_and_runs_nothing) {
    static const char *const banned[] = {"<script", "http:",      "https:",     "<link",
                                         "@import", "url(",       "<img",       "<iframe",
                                         " src=\"", "onerror=x>", "javascript:"};
    for (size_t i = 0; i < sizeof banned / sizeof banned[0]; i++)
        ck_assert_msg(times(banned[i]) == 0, "%s", banned[i]);
    ck_assert_uint_eq(times("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                            "'none'; style-src 'unsafe-inline'; img-src data:\">"),
                      1);
    ck_assert_uint_eq(times("&lt;script src=&quot;x&quot;&gt;alert(1)&lt;/script&gt; &amp; "
                            "&#39;more&#39;"),
                      1);
}
END_TEST

START_TEST(it_is_said_what_everything_is) {
    ck_assert_uint_eq(times("<html lang=\"en-GB\">"), 1);
    ck_assert_uint_eq(times("<h1>"), 1);
    ck_assert_uint_eq(times("<title>Improvement"), 1);
    ck_assert_uint_eq(times("<main id=\"main\">"), 1);
    ck_assert_uint_eq(times("href=\"#main\""), 1);
    /* milestones, two of measures, definitions */
    ck_assert_uint_eq(times("<table "), 4);
    ck_assert_uint_eq(times("<caption"), 4);
    ck_assert_uint_eq(times("<th "), times("<th scope=\"col\"") + times("<th scope=\"row\""));
    ck_assert_uint_eq(times("<th>"), 0);
    ck_assert_uint_eq(times("<svg "), 3);
    ck_assert_uint_eq(times("<desc id="), 3);
    ck_assert_uint_eq(times("role=\"img\" aria-labelledby="), 3);
    ck_assert_uint_eq(times("Nil return"), 2);
}
END_TEST

START_TEST(verdicts_are_words_beside_their_colour) {
    ck_assert_uint_eq(times("<span class=\"badge good\"><span aria-hidden=\"true\">✓</span> Met"),
                      1);
    ck_assert_uint_eq(times("<span class=\"badge bad\"><span aria-hidden=\"true\">✗</span> Missed"),
                      1);
    ck_assert_uint_eq(times("<span class=\"badge near\">● Amber</span>"), 1);
}
END_TEST

/* ---- well-formed: every element is closed, in order ---- */

static bool is_void(const char *name) {
    static const char *const voids[] = {"meta", "br", "wbr", "!DOCTYPE"};
    for (size_t i = 0; i < sizeof voids / sizeof voids[0]; i++)
        if (strcmp(name, voids[i]) == 0)
            return true;
    return false;
}

#define DEEPEST 64

START_TEST(every_element_is_closed) {
    char open[DEEPEST][24];
    size_t depth = 0;
    for (const char *at = strbuf_text(&page); (at = strchr(at, '<')); at++) {
        char name[24] = {0};
        bool closing = at[1] == '/';
        size_t len = strcspn(at + 1 + closing, " >/\n");
        ck_assert_uint_lt(len, sizeof name);
        memcpy(name, at + 1 + closing, len);
        const char *tag_end = strchr(at, '>');
        ck_assert_ptr_nonnull(tag_end);
        if (is_void(name) || (!closing && tag_end[-1] == '/'))
            continue;
        if (closing) {
            ck_assert_uint_gt(depth, 0);
            ck_assert_str_eq(open[--depth], name);
            continue;
        }
        ck_assert_uint_lt(depth, DEEPEST);
        memcpy(open[depth++], name, sizeof name);
    }
    ck_assert_uint_eq(depth, 0);
}
END_TEST

/* ---- contrast, as WCAG 2.2 reckons it ---- */

static double channel(const char *digits) {
    char two[3] = {digits[0], digits[1], '\0'};
    double value = (double)strtol(two, NULL, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(const char *colour) {
    return 0.2126 * channel(colour + 1) + 0.7152 * channel(colour + 3) +
           0.0722 * channel(colour + 5);
}

static double contrast(const char *a, const char *b) {
    double x = luminance(a), y = luminance(b);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

static void assert_contrast(const HtmlColours *pairs, size_t len) {
    for (size_t i = 0; i < len; i++)
        ck_assert_msg(contrast(pairs[i].ink, pairs[i].paper) >= 7, "%s: %.2f", pairs[i].what,
                      contrast(pairs[i].ink, pairs[i].paper));
}

START_TEST(words_stand_seven_to_one) {
    ck_assert_double_eq_tol(contrast("#000000", "#ffffff"), 21, 1e-9);
    assert_contrast(html_colours, html_colours_len);
    assert_contrast(docs_colours, docs_colours_len);
}
END_TEST

static bool is_ink(const HtmlColours *pairs, size_t len, const char *colour) {
    for (size_t i = 0; i < len; i++)
        if (strncmp(colour, pairs[i].ink, 7) == 0)
            return true;
    return false;
}

static bool is_paper(const HtmlColours *pairs, size_t len, const char *colour) {
    for (size_t i = 0; i < len; i++)
        if (strncmp(colour, pairs[i].paper, 7) == 0)
            return true;
    return false;
}

static void assert_colours_known(const char *style, bool of_docs) {
    size_t more = of_docs ? docs_colours_len : 0;
    for (const char *at = style; (at = strstr(at, "color:#")); at++) {
        bool border = at > style + 6 && strncmp(at - 7, "border-", 7) == 0;
        ck_assert_msg(border || is_ink(html_colours, html_colours_len, at + 6) ||
                          is_ink(docs_colours, more, at + 6),
                      "%s", at);
    }
    for (const char *at = style; (at = strstr(at, "background:#")); at++)
        ck_assert_msg(is_paper(html_colours, html_colours_len, at + 11) ||
                          is_paper(docs_colours, more, at + 11),
                      "%s", at);
}

/* No colour of words or of what is behind them that the tables of pairs do not know. */
START_TEST(the_style_uses_no_other_colours) {
    for (size_t i = 0; i < html_style_len; i++)
        assert_colours_known(html_style[i], false);
    for (size_t i = 0; i < docs_style_len; i++)
        assert_colours_known(docs_style[i], true);
}
END_TEST

/* ---- the other formats ---- */

START_TEST(markdown_is_escaped_and_has_every_row) {
    StrBuf text = {0};
    render_document_markdown(&text, fixture->document);
    const char *out = strbuf_text(&text);
    ck_assert_ptr_nonnull(strstr(out, "# Improvement Programme 6 Highlight Report\n"));
    ck_assert_ptr_nonnull(strstr(out, "\\<script src=\"x\"\\>alert(1)\\</script\\> \\& 'more'"));
    ck_assert_ptr_nonnull(
        strstr(out, "| Statutory visits on time | **95%**<br>*internal* | **92.3% (4428/4800)**"
                    "<br>*Rolling 12 months January 2017*<br>≈ Near<br>"));
    ck_assert_ptr_nonnull(strstr(out, "## 7. Variances\n\nNil return\n"));
    strbuf_fini(&text);
}
END_TEST

START_TEST(text_stays_within_its_width) {
    StrBuf text = {0};
    render_document_text(&text, fixture->run, fixture->document, 90, false);
    const char *line = strbuf_text(&text);
    ck_assert_ptr_nonnull(strstr(line, "Current status: Amber, unchanged\n"));
    ck_assert_ptr_nonnull(strstr(line, "7. Variances\nNil return\n"));
    while (*line) {
        size_t len = strcspn(line, "\n");
        char *copy = arena_copy_text(fixture->run, line, len);
        ck_assert_msg(display_width(copy) <= 90, "%s", copy);
        ck_assert_msg(len == 0 || line[len - 1] != ' ', "%s", copy);
        line += len + (line[len] == '\n');
    }
    strbuf_fini(&text);
}
END_TEST

/* ---- the whole, in each format ---- */

static void print_as(StrBuf *out, const Fixture *f, int format) {
    if (format == 0)
        render_document_text(out, f->run, f->document, 100, false);
    else if (format == 1)
        render_document_markdown(out, f->document);
    else
        render_document_html(out, f->document);
}

START_TEST(a_whole_report_is_as_it_was_read_and_approved) {
    static const char *const files[] = {"expected.txt", "expected.md", "expected.html"};
    const char *narrative = fixture_file(fixture->run, "2017-01.md");
    const char *expected = fixture_file(fixture->run, files[_i]);
    ck_assert_ptr_nonnull(narrative);
    ck_assert_ptr_nonnull(expected);
    Fixture *f = fixture_document("2017-01", narrative);
    StrBuf text = {0};
    print_as(&text, f, _i);
    const char *got = strbuf_text(&text);
    size_t same = 0;
    while (expected[same] && expected[same] == got[same])
        same++;
    ck_assert_msg(expected[same] == got[same], "%s differs at: %.60s", files[_i], got + same);
    strbuf_fini(&text);
    fixture_document_free(f);
}
END_TEST

Suite *html_suite(void) {
    Suite *suite = suite_create("html");
    TCase *tests = tcase_create("html");
    tcase_add_checked_fixture(tests, start, end);
    tcase_add_test(tests, the_page_asks_for_nothing_and_runs_nothing);
    tcase_add_test(tests, it_is_said_what_everything_is);
    tcase_add_test(tests, verdicts_are_words_beside_their_colour);
    tcase_add_test(tests, every_element_is_closed);
    tcase_add_test(tests, words_stand_seven_to_one);
    tcase_add_test(tests, the_style_uses_no_other_colours);
    tcase_add_test(tests, markdown_is_escaped_and_has_every_row);
    tcase_add_test(tests, text_stays_within_its_width);
    tcase_add_loop_test(tests, a_whole_report_is_as_it_was_read_and_approved, 0, 3);
    suite_add_tcase(suite, tests);
    return suite;
}
