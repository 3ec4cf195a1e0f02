#include <check.h>
#include <string.h>

#include "tests/unit/fixture_document.h"

Suite *narrative_suite(void);

#define STATUS "# 1. Overall Improvement Programme Status\n\n"
#define PROGRESS "# 2. Progress since last Highlight report\n\n"
#define MILESTONES "# 3. Key Milestones and Deliverables\n\n"

static void add_words(StrBuf *out, const Inline *piece) {
    for (; piece; piece = piece->next) {
        if (piece->kind == INLINE_TEXT)
            strbuf_add(out, piece->text);
        if (piece->kind == INLINE_STRONG)
            strbuf_add(out, "*");
        add_words(out, piece->children);
        if (piece->kind == INLINE_STRONG)
            strbuf_add(out, "*");
    }
}

/* "para;list(item(para;));" with the words of inlines. */
static void add_shape(StrBuf *out, const Block *block) {
    static const char *const names[] = {"para", "head", "list", "item", "table", "row", "cell"};
    for (; block; block = block->next) {
        strbuf_addf(out, "%s(", names[block->kind]);
        add_words(out, block->inlines);
        add_shape(out, block->children);
        strbuf_add(out, ")");
    }
}

/* The shape of a part of the narrative. */
static void assert_part(const char *narrative, size_t part, const char *shape) {
    Fixture *f = fixture_document("2017-01", narrative);
    StrBuf text = {0};
    add_shape(&text, f->narrative->parts[part].blocks);
    ck_assert_str_eq(strbuf_text(&text), shape);
    strbuf_fini(&text);
    fixture_document_free(f);
}

static void assert_message(const char *narrative, const char *code, const char *words) {
    Fixture *f = fixture_document("2017-01", narrative);
    ck_assert_msg(fixture_says(f, code, words), "no %s: %s", code, words);
    ck_assert_ptr_null(f->document);
    fixture_document_free(f);
}

START_TEST(parts_have_their_blocks) {
    assert_part(PROGRESS "One\ntwo.\n\n- a\n- **b** c\n\n## Sub\n", 1,
                "para(One two.)list(item(para(a))item(para(*b* c)))head(Sub)");
    assert_part("# A title of the file\n\n## 3. Key Milestones and Deliverables\n\nx\n", 2,
                "para(x)");
    assert_part(MILESTONES "1. a\n2. b\n", 2, "list(item(para(a))item(para(b)))");
}
END_TEST

START_TEST(a_part_that_is_lacking_or_empty_has_no_blocks) {
    assert_part(PROGRESS, 1, "");
    assert_part(PROGRESS "x\n", 3, "");
}
END_TEST

START_TEST(tables_are_read_cell_by_cell) {
    assert_part(MILESTONES "| A | B |\n| --- | :-: |\n| 1 | **2** x |\n| | 3 |\n| 4 | |\n", 2,
                "table(row(cell(A)cell(B))row(cell(1)cell(*2* x))row(cell()cell(3))"
                "row(cell(4)cell()))");
    assert_part(MILESTONES "A | B\n--- | ---\n1 | 2\n", 2,
                "table(row(cell(A)cell(B))row(cell(1)cell(2)))");
    assert_part(MILESTONES "a | b\nno table\n", 2, "para(a | b no table)");
}
END_TEST

START_TEST(markup_of_others_is_words) {
    assert_part(PROGRESS "<script>x</script>\n\na <b>c</b> ![d](e.png) [f](javascript:g)\n", 1,
                "para(<script>x</script>)para(a <b>c</b> d f)");
}
END_TEST

START_TEST(figures_are_quoted) {
    assert_part(PROGRESS "{second_plan.value} of {second_plan.fraction}, was "
                         "{second_plan.previous}, target {second_plan.target}, "
                         "{conference_rate.period}; \\{not.this}\n",
                1,
                "para(13.4% of 69/515, was 13.9%, target 20.7%, October to December 2016; "
                "{not.this})");
}
END_TEST

START_TEST(claims_that_hold_vanish) {
    assert_part(PROGRESS "Plans fell {second_plan improving}, and met {second_plan met} it.\n\n"
                         "Visits {visits_on_time worsening} {visits_on_time near}.\n\n"
                         "{no_recent_activity missed} {no_recent_activity no change} Same.\n",
                1, "para(Plans fell, and met it.)para(Visits.)para(Same.)");
}
END_TEST

START_TEST(claims_that_the_numbers_refute_are_errors) {
    assert_message(PROGRESS "\nGood {second_plan worsening}.\n", "KPI0651",
                   "2017-01.md:4:6: error: 'second_plan' is not 'worsening' in 2017-01");
    assert_message(PROGRESS "{visits_on_time met}\n", "KPI0651",
                   "help: the figure is 92.3%: 92.3% is below the target of 95% (high is good), "
                   "within 5% of it");
    /* Neither across a break nor against the year's own total is there a verdict. */
    assert_message(PROGRESS "{in_homes worsening}\n", "KPI0651", "not compared with 2016-12");
    assert_message(PROGRESS "{spend improving}\n", "KPI0651", "'spend' is not 'improving'");
}
END_TEST

START_TEST(unknown_names_are_errors) {
    assert_message(PROGRESS "{second_plam.value}\n", "KPI0652", "did you mean 'second_plan'?");
    assert_message(PROGRESS "{second_plan improvin}\n", "KPI0652", "did you mean 'improving'?");
    assert_message(PROGRESS "{second_plan.valeu}\n", "KPI0652", "did you mean 'value'?");
    assert_message(PROGRESS "{emergency.fraction}\n", "KPI0655", "'emergency' has no fraction");
}
END_TEST

/* The shape of the introduction, and what fills the field "Delivery Group Chair". */
static void assert_introduction(const char *narrative, const char *shape, const char *chair) {
    Fixture *f = fixture_document("2017-01", narrative);
    StrBuf text = {0};
    add_shape(&text, f->narrative->introduction);
    ck_assert_str_eq(strbuf_text(&text), shape);
    ck_assert_uint_eq(f->narrative->fields_len, 1);
    ck_assert_str_eq(f->narrative->fields[0].title, "Delivery Group Chair");
    ck_assert_pstr_eq(f->narrative->fields[0].text, chair);
    strbuf_fini(&text);
    fixture_document_free(f);
}

START_TEST(what_stands_above_the_parts_is_the_introduction) {
    assert_introduction("For the\nTrust.\n\n- One\n\n" PROGRESS "x\n",
                        "para(For the Trust.)list(item(para(One)))", NULL);
    assert_introduction("# The title of the file\n\nWords.\n\n## 7. Variances\n\nx\n",
                        "para(Words.)", NULL);
    assert_introduction(PROGRESS "x\n", "", NULL);
}
END_TEST

START_TEST(lines_of_the_introduction_fill_fields) {
    assert_introduction("Delivery Group Chair: A Chair\n\n" PROGRESS "x\n", "", "A Chair");
    assert_introduction("Before\nthat.\nDelivery Group Chair:  **B** {second_plan.value}\n"
                        "After.\n\n" PROGRESS "x\n",
                        "para(Before that. After.)", "B 13.4%");
    assert_introduction("Delivery Group Chair: C\nAfter.\n", "para(After.)", "C");
    assert_introduction("Before.\nDelivery Group Chair: C\n", "para(Before.)", "C");
    /* An empty value is a nil return; a field with a value of its own takes none. */
    assert_introduction("Delivery Group Chair:\n\nYear: 2016\n", "para(Year: 2016)", NULL);
    assert_message("Delivery Group Chair: A\n\nDelivery Group Chair: B\n", "KPI0653",
                   "the field 'Delivery Group Chair' is there twice");
}
END_TEST

START_TEST(words_that_would_be_lost_are_errors) {
    assert_message("Words.\n\n### A heading\n\nMore.\n\n" PROGRESS "x\n", "KPI0653",
                   "'A heading' is no part of the report");
    assert_message(PROGRESS "x\n\n# 3. Key Milestones and Deliverable\n\ny\n", "KPI0653",
                   "did you mean '3. Key Milestones and Deliverables'?");
    assert_message(PROGRESS "x\n\n" PROGRESS "y\n", "KPI0653", "is there twice");
}
END_TEST

typedef struct StatusLine {
    const char *text;
    Colour colour;
    const char *trend, *rest;
} StatusLine;

static const StatusLine statuses[] = {
    {"Amber, unchanged\n\nWhy.\n", COLOUR_AMBER, "unchanged", "para(Why.)"},
    {"**Red, worsening.**\nWhy.\n", COLOUR_RED, "worsening", "para(Why.)"},
    {"Green\n", COLOUR_GREEN, NULL, ""},
};

START_TEST(a_status_starts_with_its_colour) {
    const StatusLine *line = &statuses[_i];
    StrBuf text = {0}, shape = {0};
    strbuf_addf(&text, STATUS "%s", line->text);
    Fixture *f = fixture_document("2017-01", strbuf_text(&text));
    const NarrativePart *part = &f->narrative->parts[0];
    ck_assert(part->has_colour);
    ck_assert_int_eq(part->colour, line->colour);
    ck_assert(line->trend ? strcmp(part->trend, line->trend) == 0 : !part->trend);
    add_shape(&shape, part->blocks);
    ck_assert_str_eq(strbuf_text(&shape), line->rest);
    strbuf_fini(&text);
    strbuf_fini(&shape);
    fixture_document_free(f);
}
END_TEST

START_TEST(a_status_without_colour_is_an_error) {
    assert_message(STATUS "All is well.\n", "KPI0654", "does not start with its colour");
    assert_message(STATUS "Amber, sideways\n", "KPI0654", "Red, Amber or Green");
}
END_TEST

START_TEST(deep_nesting_costs_nothing) {
    StrBuf text = {0};
    strbuf_add(&text, PROGRESS);
    for (int i = 0; i < 20000; i++)
        strbuf_add(&text, "> ");
    strbuf_add(&text, "x\n\n");
    for (int i = 0; i < 5000; i++)
        strbuf_add(&text, "- ");
    strbuf_add(&text, "y\n\n");
    for (int i = 0; i < 5000; i++)
        strbuf_add(&text, "**a ");
    Fixture *f = fixture_document("2017-01", strbuf_text(&text));
    ck_assert_ptr_nonnull(f->document);
    strbuf_fini(&text);
    fixture_document_free(f);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof(table)[0])

Suite *narrative_suite(void) {
    Suite *suite = suite_create("narrative");
    TCase *tests = tcase_create("narrative");
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, parts_have_their_blocks);
    tcase_add_test(tests, a_part_that_is_lacking_or_empty_has_no_blocks);
    tcase_add_test(tests, tables_are_read_cell_by_cell);
    tcase_add_test(tests, markup_of_others_is_words);
    tcase_add_test(tests, figures_are_quoted);
    tcase_add_test(tests, claims_that_hold_vanish);
    tcase_add_test(tests, claims_that_the_numbers_refute_are_errors);
    tcase_add_test(tests, unknown_names_are_errors);
    tcase_add_test(tests, what_stands_above_the_parts_is_the_introduction);
    tcase_add_test(tests, lines_of_the_introduction_fill_fields);
    tcase_add_test(tests, words_that_would_be_lost_are_errors);
    tcase_add_loop_test(tests, a_status_starts_with_its_colour, 0, ROWS(statuses));
    tcase_add_test(tests, a_status_without_colour_is_an_error);
    tcase_add_test(tests, deep_nesting_costs_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
