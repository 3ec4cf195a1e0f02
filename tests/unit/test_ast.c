#include <check.h>
#include <string.h>

#include "syntax_fixture.h"

Suite *ast_suite(void);

static const Node *first_clause(const char *text) {
    const Node *file = syntax_parse(text)->file;
    const Node *indicator = node_File(file)->declarations.items[0];
    return node_Indicator(indicator)->clauses.items[0];
}

#define INDICATOR(clause) "indicator a \"T\"\n    " clause "\n"

START_TEST(children_come_in_the_order_of_the_table) {
    const Node *value = node_Value(first_clause(INDICATOR("value 1 + x")))->value;
    Node *child;
    ck_assert(node_child(value, 0, &child));
    ck_assert_int_eq(child->kind, NODE_NUMBER);
    ck_assert(node_child(value, 1, &child));
    ck_assert_int_eq(child->kind, NODE_NAME);
    ck_assert(!node_child(value, 2, &child));
}
END_TEST

START_TEST(children_that_are_not_there_are_skipped) {
    const Node *rowset =
        node_Denominator(first_clause(INDICATOR("denominator s a where a.x")))->rowset;
    Node *child;
    ck_assert(node_child(rowset, 0, &child));
    ck_assert_int_eq(child->kind, NODE_MEMBER);
    ck_assert(!node_child(rowset, 1, &child));
}
END_TEST

START_TEST(lists_of_children_are_flattened) {
    const Node *in =
        node_Numerator(first_clause(INDICATOR("numerator those where a.x in (\"p\", 2)")))->those;
    Node *child;
    ck_assert(node_child(in, 2, &child));
    ck_assert_int_eq(child->kind, NODE_NUMBER);
    ck_assert(!node_child(in, 3, &child));
}
END_TEST

START_TEST(a_node_knows_its_place) {
    const Node *clause = first_clause(INDICATOR("basis       percent"));
    ck_assert_uint_eq(clause->span.off, strlen("indicator a \"T\"\n    "));
    ck_assert_uint_eq(clause->span.len, strlen("basis       percent"));
    ck_assert_uint_gt(clause->span.src, 0);
}
END_TEST

START_TEST(depth_counts_levels) {
    ck_assert_uint_eq(node_Value(first_clause(INDICATOR("value 1")))->value->depth, 1);
    ck_assert_uint_eq(node_Value(first_clause(INDICATOR("value 1 + (2 + x)")))->value->depth, 4);
}
END_TEST

static bool same(const char *a, const char *b) {
    return ast_equal(syntax_parse(a)->file, syntax_parse(b)->file);
}

START_TEST(layout_comments_and_parentheses_make_no_difference) {
    ck_assert(
        same(INDICATOR("value       1 + x"), "# c\nindicator a \"T\"\n  value 1\n     + x #d"));
    ck_assert(same(INDICATOR("value (1 + x)"), INDICATOR("value ((1 + x))")));
    ck_assert(same(INDICATOR("value 1 + x"), INDICATOR("value (1 + x)")));
    ck_assert(same(INDICATOR("why \"x\""), INDICATOR("why \"\"\"x\"\"\"")));
    ck_assert(same("use `a`\n", "use a\n"));
}
END_TEST

START_TEST(any_other_difference_counts) {
    ck_assert(!same(INDICATOR("value 1 + x"), INDICATOR("value 1 - x")));
    ck_assert(!same(INDICATOR("value 1 + x"), INDICATOR("value 1 + y")));
    ck_assert(!same(INDICATOR("value 1"), INDICATOR("value 2")));
    ck_assert(!same(INDICATOR("value 1"), INDICATOR("value 1%")));
    ck_assert(!same(INDICATOR("value 1.0"), INDICATOR("value 1")));
    ck_assert(!same(INDICATOR("why \"x\""), INDICATOR("why \"y\"")));
    ck_assert(!same(INDICATOR("why \"x\""), INDICATOR("method \"x\"")));
    ck_assert(!same(INDICATOR("target 1"), INDICATOR("target 1 \"x\"")));
    ck_assert(!same(INDICATOR("target 1"), INDICATOR("target 1 from 2017-01-01")));
    ck_assert(!same(INDICATOR("note 2016 \"x\""), INDICATOR("note 2017 \"x\"")));
    ck_assert(!same(INDICATOR("by x as \"X\""), INDICATOR("by x, y as \"X\"")));
    ck_assert(!same(INDICATOR("value a * (b + c)"), INDICATOR("value a * b + c")));
    ck_assert(!same("use a\n", "use a\nuse a\n"));
    ck_assert(!same("source a \"T\"\n    key x\n", "source a \"T\"\n    key x, y\n"));
    ck_assert(!same("source a \"T\"\n    rows x\n         1\n",
                    "source a \"T\"\n    rows x\n         2\n"));
}
END_TEST

START_TEST(the_dump_has_a_line_for_each_node) {
    ck_assert_str_eq(syntax_tree("indicator a \"T \\\"\n"
                                 "    value       sum known 2.50 * p.x of s p dated p.start\n"
                                 "                    where p.x in (\"A\", -3%) and not p.y\n"),
                     "FILE\n"
                     "  INDICATOR name=a title=\"T \\\\\"\n"
                     "    VALUE\n"
                     "      value: QUANTITY kind=sum known\n"
                     "        value: ARITHMETIC op=*\n"
                     "          left: NUMBER value=2.5 decimals=2 kind=plain\n"
                     "          right: MEMBER name=x\n"
                     "            base: NAME name=p\n"
                     "        rowset: ROWSET source=s alias=p timing=dated\n"
                     "          start: MEMBER name=start\n"
                     "            base: NAME name=p\n"
                     "          where: LOGIC op=and\n"
                     "            IN_LIST\n"
                     "              value: MEMBER name=x\n"
                     "                base: NAME name=p\n"
                     "              TEXT text=\"A\"\n"
                     "              NUMBER value=-3 kind=percent\n"
                     "            NOT\n"
                     "              operand: MEMBER name=y\n"
                     "                base: NAME name=p\n");
}
END_TEST

START_TEST(kinds_have_the_names_of_the_table) {
    ck_assert_str_eq(node_kind_name(NODE_FILE), "FILE");
    ck_assert_str_eq(node_kind_name(NODE_HOLIDAY_ROWS), "HOLIDAY_ROWS");
    ck_assert_str_eq(node_kind_name(NODE_PARENTHESES), "PARENTHESES");
}
END_TEST

Suite *ast_suite(void) {
    Suite *suite = suite_create("ast");
    TCase *tcase = tcase_create("ast");
    tcase_add_checked_fixture(tcase, syntax_start, syntax_finish);
    tcase_add_test(tcase, children_come_in_the_order_of_the_table);
    tcase_add_test(tcase, children_that_are_not_there_are_skipped);
    tcase_add_test(tcase, lists_of_children_are_flattened);
    tcase_add_test(tcase, a_node_knows_its_place);
    tcase_add_test(tcase, depth_counts_levels);
    tcase_add_test(tcase, layout_comments_and_parentheses_make_no_difference);
    tcase_add_test(tcase, any_other_difference_counts);
    tcase_add_test(tcase, the_dump_has_a_line_for_each_node);
    tcase_add_test(tcase, kinds_have_the_names_of_the_table);
    suite_add_tcase(suite, tcase);
    return suite;
}
