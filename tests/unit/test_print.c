#include <check.h>
#include <stdio.h>
#include <string.h>

#include "syntax_fixture.h"

Suite *print_suite(void);

/* ---- the canonical form ---- */

static void check_printed(const char *text, const char *expected) {
    const char *printed = syntax_printed(text);
    ck_assert_str_eq(syntax_messages(), "");
    ck_assert_str_eq(printed, expected);
    syntax_check_round_trip(text);
}

START_TEST(clauses_stand_in_a_gutter) {
    check_printed("indicator   a   \"T\"\n"
                  "  denominator   s p dated p.start\n"
                  "  of which x \"X\" where p.y\n"
                  "  basis percent\n",
                  "indicator a \"T\"\n"
                  "    denominator s p dated p.start\n"
                  "    of which    x \"X\" where p.y\n"
                  "    basis       percent\n");
}
END_TEST

START_TEST(one_blank_line_between_declarations) {
    check_printed("\n\nuse a\nuse \"b.kpi\"\n\n\ndefine f( x,y )=x+y", "use a\n"
                                                                       "\n"
                                                                       "use \"b.kpi\"\n"
                                                                       "\n"
                                                                       "define f(x, y) = x + y\n");
}
END_TEST

START_TEST(an_empty_file_stays_empty) {
    check_printed("", "");
    check_printed("\n  \n", "");
}
END_TEST

START_TEST(literals_stay_as_written) {
    check_printed("indicator a \"T\"\n"
                  "    value x + 0.50 + -3 + 95% + \xC2\xA3"
                  "1,250.50 + -\xC2\xA3"
                  "5 + 2.5 years + 1 day\n"
                  "    basis per 10,000 \"c\"\n"
                  "    target 20.70% \"l\" from 2016-04-01\n"
                  "    note 2016/17-Q4 \"n\"\n"
                  "    note 2016 \"n\"\n",
                  "indicator a \"T\"\n"
                  "    value       x + 0.50 + -3 + 95% + \xC2\xA3"
                  "1,250.50 + -\xC2\xA3"
                  "5 + 2.5 years + 1 day\n"
                  "    basis       per 10,000 \"c\"\n"
                  "    target      20.70% \"l\" from 2016-04-01\n"
                  "    note        2016/17-Q4 \"n\"\n"
                  "    note        2016 \"n\"\n");
}
END_TEST

START_TEST(names_are_backquoted_only_where_they_must_be) {
    check_printed(
        "source `where` \"S\"\n"
        "    key `start`, `not`, `a b`\n"
        "    column `in` `text`\n"
        "    column `41-45_days` integer = `sum` + `known` + `plain` + x.`of` + x.`y z`\n",
        "source `where` \"S\"\n"
        "    key         start, not, `a b`\n"
        "    column      in           text\n"
        "    column      `41-45_days` integer          = `sum` + `known` + plain + x.of"
        " + x.`y z`\n");
    check_printed("indicator a \"T\"\n    denominator s `by`\n",
                  "indicator a \"T\"\n    denominator s `by`\n");
}
END_TEST

START_TEST(columns_of_a_source_are_aligned) {
    check_printed("source s \"S\" from \"t\"\n"
                  "    column a text\n"
                  "    column bc link to s from \"B\"\n"
                  "    column d date open from \"D\"\n"
                  "    column e text in codes_of_it optional flow\n"
                  "    column f integer = 1\n",
                  "source s \"S\" from \"t\"\n"
                  "    column      a          text\n"
                  "    column      bc         link to s        from \"B\"\n"
                  "    column      d          date open        from \"D\"\n"
                  "    column      e          text in codes_of_it optional flow\n"
                  "    column      f          integer          = 1\n");
}
END_TEST

START_TEST(rows_and_codes_are_tables) {
    check_printed("source s \"S\"\n"
                  "    rows source agency\n"
                  "      \"GP\" HEA # first\n"
                  "      # between\n"
                  "      \"A school\" -\n"
                  "codes c \"C\"\n"
                  "    K1 \"one\"\n"
                  "    a_code_of_some_length \"two\"\n",
                  "source s \"S\"\n"
                  "    rows        source      agency\n"
                  "                \"GP\"        HEA  # first\n"
                  "                # between\n"
                  "                \"A school\"  -\n"
                  "\n"
                  "codes c \"C\"\n"
                  "    K1                    \"one\"\n"
                  "    a_code_of_some_length \"two\"\n");
}
END_TEST

/* ---- long lines ---- */

START_TEST(what_fits_is_one_line) {
    check_printed("indicator a \"T\"\n"
                  "    value       count of case c\n"
                  "                    where c.x = 1\n"
                  "                        and c.y = 2\n",
                  "indicator a \"T\"\n"
                  "    value       count of case c where c.x = 1 and c.y = 2\n");
}
END_TEST

/* 100 columns fit, 101 do not. */
START_TEST(the_limit_is_a_hundred_columns) {
    check_printed("indicator a \"T\"\n"
                  "    denominator case c dated c.opened where c.a1234567890 = 1 and "
                  "c.b123456789012345678901 = 22\n",
                  "indicator a \"T\"\n"
                  "    denominator case c dated c.opened where c.a1234567890 = 1 and "
                  "c.b123456789012345678901 = 22\n");
    check_printed("indicator a \"T\"\n"
                  "    denominator case c dated c.opened where c.a1234567890 = 1 and "
                  "c.b1234567890123456789012345678 = 22\n",
                  "indicator a \"T\"\n"
                  "    denominator case c dated c.opened\n"
                  "                    where c.a1234567890 = 1 and "
                  "c.b1234567890123456789012345678 = 22\n");
}
END_TEST

START_TEST(long_chains_break_before_their_words) {
    check_printed("indicator a \"T\"\n"
                  "    exclude     x \"a label\" where c.first_of_the_columns = 1 or "
                  "c.second_of_the_columns = 2 or c.third_of_the_columns = 3\n",
                  "indicator a \"T\"\n"
                  "    exclude     x \"a label\"\n"
                  "                    where c.first_of_the_columns = 1\n"
                  "                        or c.second_of_the_columns = 2\n"
                  "                        or c.third_of_the_columns = 3\n");
}
END_TEST

START_TEST(a_nested_where_is_indented_deeper) {
    check_printed("indicator a \"T\"\n"
                  "    numerator   those where c.some_column_of_case = 1 and exists another_source"
                  " s where s.some_column_of_it = c.case_number and s.other = 3\n",
                  "indicator a \"T\"\n"
                  "    numerator   those where c.some_column_of_case = 1\n"
                  "                    and (exists another_source s\n"
                  "                        where s.some_column_of_it = c.case_number and "
                  "s.other = 3)\n");
}
END_TEST

START_TEST(long_values_break_before_of) {
    check_printed("indicator a \"T\"\n"
                  "    value       sum t.first_of_the_columns + t.second_of_the_columns of "
                  "plans_published t dated t.on_that_day\n",
                  "indicator a \"T\"\n"
                  "    value       sum t.first_of_the_columns + t.second_of_the_columns\n"
                  "                    of plans_published t dated t.on_that_day\n");
}
END_TEST

/* What is too long for a line, in every form that can hold a `where`. */
START_TEST(no_line_is_longer_than_it_must_be) {
    static const char *const clauses[] = {
        "value (count of some_source s where s.first_of_the_columns = 1 and s.second_column = 2)"
        " / (count of other_source o where o.first_of_the_columns = 1 and o.second_column = 2)",
        "numerator those where (count of some_source s where s.first_of_the_columns = c.number"
        " and s.second_column = 2) + (count of other_source o where o.child = c) >= 3",
        "numerator those where working_days((min s.opened_on_the_day of some_source s where"
        " s.child = c.child), period end) < 20",
        "numerator those where (first s.placement_of_the_child of some_source s where s.child = "
        "c.child_of_the_case by s.opened_on_the_day) in residential_placements",
        "numerator those where (first s.placement_of_the_child of some_source s where s.child = "
        "c.child_of_the_case by s.opened_on_the_day) is missing",
        "numerator those where (first s.placement_of_the_child of some_source s where s.child = "
        "c.child_of_the_case by s.opened_on_the_day) between 2016-01-01 and 2017-01-01",
        "numerator those where (last s.day_of_the_placement of some_source s where s.child = "
        "c.child_of_the_case by s.opened_on_the_day) within 10 working days before period end",
        "numerator those where (last s.day_of_the_placement of some_source s where s.child = "
        "c.child_of_the_case by s.opened_on_the_day) in 6 weeks to period end",
        "numerator those where (last s.kind_of_the_placement of some_source s where s.child = "
        "c.child_of_the_case by s.opened_on_the_day) not in (\"A\", \"B\")",
        "numerator those where not (c.first_of_the_columns = 1 or c.second_of_the_columns = 2 or "
        "c.third_of_the_columns = 3 or c.fourth_of_the_columns = 4)",
        "exclude x \"X\" where none some_source s where s.first_of_the_columns = c.first_column "
        "and s.second_of_the_columns = 2 and s.third_of_the_columns = 3",
        "value first_of_all_indicators + second_of_all_indicators + third_of_all_indicators + "
        "fourth_of_all_indicators + fifth_of_all_indicators",
        "value percentile 90 known working_days(s.opened_on_the_day, s.closed_on_the_day) of "
        "assessments_of_the_service s dated s.closed_on_the_day",
    };
    for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++) {
        const char *text =
            arena_printf(syntax_session()->arena, "indicator a \"T\"\n    %s\n", clauses[i]);
        syntax_check_round_trip(text);
        const char *printed = syntax_printed(text);
        ck_assert_msg(strstr(printed, "\n                ") != NULL, "%s", printed);
        for (const char *line = printed; *line; line += strcspn(line, "\n") + 1)
            ck_assert_msg(strcspn(line, "\n") <= 100, "%s", printed);
    }
}
END_TEST

START_TEST(operators_start_lines_between_long_operands) {
    check_printed("indicator a \"T\"\n"
                  "    numerator those where (count of some_source s where s.child = c.child and "
                  "s.opened <= period end) + (count of other_source o where o.child = c.child) >= "
                  "3\n",
                  "indicator a \"T\"\n"
                  "    numerator   those where (count of some_source s\n"
                  "                            where s.child = c.child and s.opened <= period "
                  "end)\n"
                  "                        + (count of other_source o where o.child = c.child) >= "
                  "3\n");
}
END_TEST

START_TEST(long_lists_of_names_go_on_under_the_first) {
    check_printed("source s \"S\"\n"
                  "    key first_of_the_columns, second_of_the_columns, third_of_the_columns, "
                  "fourth_of_the_columns\n"
                  "    symbols a confidential, b low_reliability, c unavailable, d "
                  "not_applicable, \"....\" unavailable\n",
                  "source s \"S\"\n"
                  "    key         first_of_the_columns, second_of_the_columns, "
                  "third_of_the_columns,\n"
                  "                fourth_of_the_columns\n"
                  "    symbols     a confidential, b low_reliability, c unavailable, d "
                  "not_applicable,\n"
                  "                \"....\" unavailable\n");
}
END_TEST

START_TEST(long_lists_of_dates_start_a_line_a_year) {
    check_printed("calendar c \"C\"\n"
                  "    holidays 2017-01-02, 2017-04-14, 2017-12-25, 2018-01-01, 2018-12-25, "
                  "2018-12-26, 2019-01-01, 2019-12-25\n",
                  "calendar c \"C\"\n"
                  "    holidays    2017-01-02, 2017-04-14, 2017-12-25,\n"
                  "                2018-01-01, 2018-12-25, 2018-12-26,\n"
                  "                2019-01-01, 2019-12-25\n");
}
END_TEST

/* ---- parentheses ---- */

START_TEST(doubled_parentheses_go_and_needed_ones_stay) {
    check_printed("define f = ((1 + x)) * (2)\n", "define f = (1 + x) * (2)\n");
}
END_TEST

/* "`kpic fmt` writes the parentheses" */
START_TEST(a_reaching_where_gets_parentheses) {
    check_printed("indicator a \"T\"\n"
                  "    numerator those where p.x or exists s q where q.y and q.z\n",
                  "indicator a \"T\"\n"
                  "    numerator   those where p.x or (exists s q where q.y and q.z)\n");
    check_printed("indicator a \"T\"\n"
                  "    numerator those where p.x or not none s q where q.y\n",
                  "indicator a \"T\"\n"
                  "    numerator   those where p.x or (not none s q where q.y)\n");
    check_printed("indicator a \"T\"\n"
                  "    numerator those where exists s q where q.y\n",
                  "indicator a \"T\"\n"
                  "    numerator   those where exists s q where q.y\n");
}
END_TEST

/* ---- comments and prose ---- */

START_TEST(comments_stay_where_they_stood) {
    check_printed("# about the file\n"
                  "\n"
                  "# about a\n"
                  "indicator a \"T\"   # behind the header\n"
                  "# before why\n"
                  "      why \"x\"# behind why\n"
                  "      # before basis\n"
                  "      basis percent\n"
                  "      # at the end of a\n"
                  "# about b\n"
                  "use b\n"
                  "# at the end\n",
                  "# about the file\n"
                  "\n"
                  "# about a\n"
                  "indicator a \"T\"  # behind the header\n"
                  "    # before why\n"
                  "    why         \"x\"  # behind why\n"
                  "    # before basis\n"
                  "    basis       percent\n"
                  "    # at the end of a\n"
                  "\n"
                  "# about b\n"
                  "use b\n"
                  "\n"
                  "# at the end\n");
}
END_TEST

START_TEST(comments_inside_a_clause_go_before_it) {
    check_printed("indicator a \"T\"\n"
                  "    value count of s c  # one\n"
                  "        # two\n"
                  "        where c.x       # three\n"
                  "    basis count\n",
                  "indicator a \"T\"\n"
                  "    # two\n"
                  "    # one\n"
                  "    value       count of s c where c.x  # three\n"
                  "    basis       count\n");
}
END_TEST

START_TEST(a_file_of_comments_keeps_them) {
    check_printed("# a\n\n\n# b\n", "# a\n\n# b\n");
}
END_TEST

START_TEST(prose_keeps_its_lines) {
    check_printed("indicator a \"T\"\n"
                  "  why \"\"\"\n"
                  "      He said \"yes\".   \n"
                  "        - deeper\n"
                  "\n"
                  "      # no comment\n"
                  "      \"\"\"\n",
                  "indicator a \"T\"\n"
                  "    why         \"\"\"\n"
                  "        He said \"yes\".\n"
                  "          - deeper\n"
                  "\n"
                  "        # no comment\n"
                  "        \"\"\"\n");
}
END_TEST

/* ---- tests ---- */

START_TEST(a_test_prints_in_columns) {
    check_printed("test   t at 2017-01 \"T\"  # c\n"
                  "   given   a   # d\n"
                  "      id  start  # e\n"
                  "      # f\n"
                  "      1 2016-01-01\n"
                  "\n"
                  "      \"x y\"   -\n"
                  "   given none_of\n"
                  "   taken 2017-01 on 2017-01-30\n"
                  "   expect 1   of 2   where Age=\"17\" and `End` = 3\n"
                  "   expect 12.9% in band \"1-10\"\n"
                  "   expect \"12.9%\"\n"
                  "   expect a \"x y\" 4 not  in numerator\n"
                  "   expect a -1 in band \"b\"\n"
                  "   expect 13 excluded cwd\n"
                  "   expect 2 of which cwd\n"
                  "   expect 0 unknown\n"
                  "   expect status met\n"
                  "   expect no cases\n"
                  "   expect not available\n"
                  "   expect message KPI0501\n",
                  "test t at 2017-01 \"T\"  # c\n"
                  "    given       a  # d\n"
                  "                id     start  # e\n"
                  "                # f\n"
                  "                1      2016-01-01\n"
                  "                \"x y\"  -\n"
                  "    given       none_of\n"
                  "    taken       2017-01 on 2017-01-30\n"
                  "    expect      1 of 2 where Age = \"17\" and End = 3\n"
                  "    expect      12.9% in band \"1-10\"\n"
                  "    expect      \"12.9%\"\n"
                  "    expect      a \"x y\" 4 not in numerator\n"
                  "    expect      a -1 in band \"b\"\n"
                  "    expect      13 excluded cwd\n"
                  "    expect      2 of which cwd\n"
                  "    expect      0 unknown\n"
                  "    expect      status met\n"
                  "    expect      no cases\n"
                  "    expect      not available\n"
                  "    expect      message KPI0501\n");
}
END_TEST

/* ---- reports ---- */

START_TEST(a_report_prints_in_columns) {
    check_printed("report  r  \"R\"  # c\n"
                  "  field \"Group\"   \"CSC\"\n"
                  "  every  quarter\n"
                  "  narrative \"n/{period}.md\"\n"
                  "  part \"1. One\"   status # behind\n"
                  "  # above\n"
                  "  section \"A\"\n"
                  "  show a ,b\n"
                  "    , c\n"
                  "  show a\n"
                  "    with b,c as chart\n"
                  "  show `a`, `where` as chart of 6 months\n"
                  "  refer \"B\"\n"
                  "    \"See C\"\n"
                  "  owner \"Me\"\n",
                  "report r \"R\"  # c\n"
                  "    field       \"Group\" \"CSC\"\n"
                  "    every       quarter\n"
                  "    narrative   \"n/{period}.md\"\n"
                  "    part        \"1. One\" status  # behind\n"
                  "    # above\n"
                  "    section     \"A\"\n"
                  "    show        a, b, c\n"
                  "    show        a with b, c as chart of 12 months\n"
                  "    show        a, `where` as chart of 6 months\n"
                  "    refer       \"B\" \"See C\"\n"
                  "    owner       \"Me\"\n");
}
END_TEST

#define THIRTY "a_name_that_has_30_characters_"

/* 100 columns are enough; what needs more goes on below. */
START_TEST(long_clauses_of_a_report_go_on_below) {
    check_printed("report r \"R\"\n"
                  "    show " THIRTY "1, " THIRTY "2, " THIRTY "3 with x\n"
                  "    show a with " THIRTY "1, " THIRTY "2, " THIRTY "3 as chart\n"
                  "    refer \"" THIRTY THIRTY "\" \"" THIRTY "\"\n"
                  "    refer \"" THIRTY THIRTY "\" \"1234567890123456789\"\n"
                  "    refer \"" THIRTY THIRTY "\" \"12345678901234567890\"\n",
                  "report r \"R\"\n"
                  "    show        " THIRTY "1, " THIRTY "2,\n"
                  "                " THIRTY "3 with x\n"
                  "    show        a with " THIRTY "1, " THIRTY "2,\n"
                  "                    " THIRTY "3 as chart of 12 months\n"
                  "    refer       \"" THIRTY THIRTY "\"\n"
                  "                    \"" THIRTY "\"\n"
                  "    refer       \"" THIRTY THIRTY "\" \"1234567890123456789\"\n"
                  "    refer       \"" THIRTY THIRTY "\"\n"
                  "                    \"12345678901234567890\"\n");
}
END_TEST

START_TEST(long_texts_of_a_report_are_fences) {
    check_printed("report r \"R\"\n"
                  "    refer \"\"\"\n"
                  "        The \"old\"\n"
                  "        section\n"
                  "        \"\"\" \"See C\"\n",
                  "report r \"R\"\n"
                  "    refer       \"\"\"\n"
                  "        The \"old\"\n"
                  "        section\n"
                  "        \"\"\" \"See C\"\n");
}
END_TEST

START_TEST(bands_and_days_of_validity_stand_in_columns) {
    check_printed("indicator a \"T\"\n"
                  "  bands x\n"
                  "      \"0\"   0\n"
                  "        \"1+\"  1 or more\n"
                  "  basis percent\n",
                  "indicator a \"T\"\n"
                  "    bands       x\n"
                  "                \"0\"   0\n"
                  "                \"1+\"  1 or more\n"
                  "    basis       percent\n");
    check_printed("codes c \"C\"\n"
                  "    A \"a\" from 2016-01-01\n",
                  "codes c \"C\"\n"
                  "    A           \"a\" from 2016-01-01\n");
}
END_TEST

START_TEST(a_damaged_file_is_left_alone) {
    const char *text = "indicator   a \"T\"\n  basis   x  \n";
    ck_assert_str_eq(syntax_printed(text), text);
}
END_TEST

/* ---- one expression ---- */

START_TEST(expressions_print_on_one_line) {
    static const char *const texts[] = {
        "1 + 2 * (3 - x.y) / 4",
        "-x",
        "a.b.c = \"text\"",
        "x != 1 and x < 2 and x <= 3 and x > 4 and x >= 5",
        "not x in codes or x not in codes",
        "x in (\"A\", \"B\") or x not in (1, -2%, 2017-01-31)",
        "x between 1 and 2",
        "x is missing or x is not missing",
        "x within 2 years before y or x within 45 working days after y",
        "x in 6 weeks to period end",
        "(elapsed x to period start) >= 1 quarter",
        "age(x.born, taken date) >= 18",
        "f()",
        "exists another s q held q.a to q.b where q.c",
        "none s q active (q.a + 1 day) to q.b",
        "(count of s q latest q.a) + (count distinct q.b of q) + (sum known q.b of q)",
        "(percentile 90 known q.b of s q) + (first q.b of s q where q.c by q.d)",
        "(last q.b of q by q.d - 1 month) * (median q.b of q) * (min q.b of q)",
        "2017-01 = 2016/17 or 2016/17-Q4 = x",
        "1 < \xC2\xA3"
        "1,250.50",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ParsedFile *parsed =
            syntax_parse(arena_printf(syntax_session()->arena, "define d = %s\n", texts[i]));
        ck_assert_str_eq(syntax_messages(), "");
        StrBuf out = {0};
        print_expression(&out, node_Define(node_File(parsed->file)->declarations.items[0])->body);
        ck_assert_str_eq(strbuf_text(&out), texts[i]);
        strbuf_fini(&out);
    }
}
END_TEST

/* ---- the examples of the language ---- */

static char *read_example(const char *path) {
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    char *text = memory_alloc(1 << 16);
    size_t len = fread(text, 1, (1 << 16) - 1, file);
    text[len] = '\0';
    fclose(file);
    return text;
}

START_TEST(the_examples_of_the_language_come_back) {
    static const char *const paths[] = {"tests/unit/data/syntax/language.kpi",
                                        "tests/unit/data/syntax/corners.kpi"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        char *text = read_example(paths[i]);
        syntax_check_round_trip(text);
        memory_free(text);
    }
}
END_TEST

/* Every word that may be a name, in every place of a name. */
START_TEST(words_come_back_as_names) {
    size_t len;
    const char *const *words = keyword_names(KEYWORD_WORD, &len);
    for (size_t i = 0; i < len; i++) {
        const char *w = words[i];
        syntax_check_round_trip(arena_printf(
            syntax_session()->arena,
            "define `%s`(`%s`) = `%s` + `%s`.`%s` + `%s`(1)\n"
            "source `%s` \"S\"\n    key `%s`\n    column `%s` `%s` in `%s`\n"
            "    column b link to `%s` open stock from \"x\"\n    symbols `%s` `%s`\n"
            "project \"P\"\n    decimals `%s` 1\n    calendar `%s`\n"
            "indicator `%s` \"T\"\n    numerator sum `%s` of `%s` `%s` latest `%s`\n"
            "    denominator count of `%s`\n"
            "    by `%s`, `%s` as \"X\"\n"
            "    exclude `%s` \"x\" where `%s` in `%s` and (first `%s` of `%s` by `%s`) = `%s`\n",
            w, w, w, w, w, w, w, w, w, w, w, w, w, w, w, w, w, w, w, w, w, w, w, w, w, w, w, w, w,
            w, w));
    }
}
END_TEST

static TCase *form_tests(void) {
    TCase *tcase = tcase_create("form");
    tcase_add_checked_fixture(tcase, syntax_start, syntax_finish);
    tcase_add_test(tcase, clauses_stand_in_a_gutter);
    tcase_add_test(tcase, one_blank_line_between_declarations);
    tcase_add_test(tcase, an_empty_file_stays_empty);
    tcase_add_test(tcase, literals_stay_as_written);
    tcase_add_test(tcase, names_are_backquoted_only_where_they_must_be);
    tcase_add_test(tcase, columns_of_a_source_are_aligned);
    tcase_add_test(tcase, rows_and_codes_are_tables);
    tcase_add_test(tcase, what_fits_is_one_line);
    tcase_add_test(tcase, the_limit_is_a_hundred_columns);
    tcase_add_test(tcase, long_chains_break_before_their_words);
    tcase_add_test(tcase, a_nested_where_is_indented_deeper);
    tcase_add_test(tcase, long_values_break_before_of);
    tcase_add_test(tcase, no_line_is_longer_than_it_must_be);
    tcase_add_test(tcase, operators_start_lines_between_long_operands);
    tcase_add_test(tcase, long_lists_of_names_go_on_under_the_first);
    tcase_add_test(tcase, long_lists_of_dates_start_a_line_a_year);
    tcase_add_test(tcase, doubled_parentheses_go_and_needed_ones_stay);
    tcase_add_test(tcase, a_reaching_where_gets_parentheses);
    return tcase;
}

static TCase *kept_tests(void) {
    TCase *tcase = tcase_create("kept");
    tcase_add_checked_fixture(tcase, syntax_start, syntax_finish);
    tcase_add_test(tcase, comments_stay_where_they_stood);
    tcase_add_test(tcase, comments_inside_a_clause_go_before_it);
    tcase_add_test(tcase, a_file_of_comments_keeps_them);
    tcase_add_test(tcase, prose_keeps_its_lines);
    tcase_add_test(tcase, a_test_prints_in_columns);
    tcase_add_test(tcase, a_report_prints_in_columns);
    tcase_add_test(tcase, long_clauses_of_a_report_go_on_below);
    tcase_add_test(tcase, long_texts_of_a_report_are_fences);
    tcase_add_test(tcase, bands_and_days_of_validity_stand_in_columns);
    tcase_add_test(tcase, a_damaged_file_is_left_alone);
    tcase_add_test(tcase, expressions_print_on_one_line);
    tcase_add_test(tcase, the_examples_of_the_language_come_back);
    tcase_add_test(tcase, words_come_back_as_names);
    return tcase;
}

Suite *print_suite(void) {
    Suite *suite = suite_create("print");
    suite_add_tcase(suite, form_tests());
    suite_add_tcase(suite, kept_tests());
    return suite;
}
