#include <check.h>
#include <string.h>

#include "syntax/keywords.h"
#include "syntax_fixture.h"

Suite *scan_suite(void);

/* ---- keywords.def ---- */

START_TEST(every_word_is_found_in_its_class) {
    for (int class = KEYWORD_DECLARATION; class <= KEYWORD_WORD; class ++) {
        size_t len;
        const char *const *names = keyword_names((KeywordClass) class, &len);
        ck_assert_uint_gt(len, 0);
        for (size_t i = 0; i < len; i++) {
            const Keyword *found =
                class == KEYWORD_DECLARATION ? keyword_declaration(names[i], strlen(names[i]))
                : class == KEYWORD_CLAUSE    ? keyword_clause(names[i], strlen(names[i]))
                                             : keyword_word(names[i], strlen(names[i]));
            ck_assert_msg(found != NULL, "%s", names[i]);
            ck_assert_str_eq(found->word, names[i]);
            ck_assert(i == 0 || strcmp(names[i - 1], names[i]) < 0);
        }
    }
}
END_TEST

START_TEST(what_is_no_word_is_not_found) {
    static const char *const none[] = {"", "a", "Use", "usee", "us", "zebra", "projec", "in_"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        ck_assert(!keyword_declaration(none[i], strlen(none[i])));
        ck_assert(!keyword_clause(none[i], strlen(none[i])));
        ck_assert(!keyword_word(none[i], strlen(none[i])));
    }
    ck_assert(keyword_word("index", 2) != NULL); /* the length counts */
}
END_TEST

/* The list of section 2 of the language: these need backquotes, and no others. */
START_TEST(the_reserved_words_are_those_of_the_language) {
    static const char list[] =
        " and or not in is missing exists none another between within of where distinct sum mean "
        "median percentile min max first last dated held active latest elapsed those ";
    size_t len, reserved = 0, listed = 0;
    const char *const *names = keyword_names(KEYWORD_WORD, &len);
    for (size_t i = 0; i < len; i++) {
        char spaced[40] = " ";
        strcat(strcat(spaced, names[i]), " ");
        ck_assert_int_eq(keyword_is_reserved(names[i]), strstr(list, spaced) != NULL);
        reserved += keyword_is_reserved(names[i]);
    }
    for (const char *c = list + 1; *c; c++)
        listed += *c == ' ';
    ck_assert_uint_eq(reserved, listed);
    ck_assert(!keyword_is_reserved("start"));
    ck_assert(!keyword_is_reserved("basis"));
}
END_TEST

START_TEST(clauses_know_their_declarations) {
    const char *names[100];
    ck_assert_uint_eq(keyword_clauses_of(KEYWORD_IN_CODES, names, 100), 0);
    size_t len = keyword_clauses_of(KEYWORD_IN_SOURCE, names, 100);
    bool column = false, basis = false;
    for (size_t i = 0; i < len; i++) {
        column = column || strcmp(names[i], "column") == 0;
        basis = basis || strcmp(names[i], "basis") == 0;
    }
    ck_assert(column && !basis);
    ck_assert_str_eq(keyword_place(KEYWORD_IN_INDICATOR), "an indicator");
}
END_TEST

/* ---- tokens: each line is "PLACE<tab>TOKEN[<tab>TEXT]" ---- */

static void check_tokens(const char *text, const char *expected) {
    ck_assert_str_eq(syntax_tokens(text), expected);
    ck_assert_str_eq(syntax_messages(), "");
}

START_TEST(an_empty_file_has_an_end) {
    check_tokens("", "1:1\tend of the file\n");
}
END_TEST

START_TEST(lines_start_declarations_and_clauses) {
    check_tokens("use a\n\n  # note\nindicator x \"X\"\n  basis percent # c\n  good low",
                 "1:1\ta declaration\n1:1\tD_USE\tuse\n1:5\ta name\ta\n"
                 "4:1\ta declaration\n4:1\tD_INDICATOR\tindicator\n4:11\ta name\tx\n"
                 "4:13\ttext\t\"X\"\n"
                 "5:3\ta clause\n5:3\tC_BASIS\tbasis\n5:9\t'percent'\tpercent\n"
                 "6:3\ta clause\n6:3\tC_GOOD\tgood\n6:8\t'low'\tlow\n"
                 "6:11\tend of the file\n");
}
END_TEST

START_TEST(deeper_lines_go_on) {
    check_tokens("define f =\n  1\n  + 2",
                 "1:1\ta declaration\n1:1\tD_DEFINE\tdefine\n1:8\ta name\tf\n1:10\t'='\t=\n"
                 "2:3\ta number\t1\n3:3\t'+'\t+\n3:5\ta number\t2\n3:6\tend of the file\n");
}
END_TEST

/* The tokens of one line of a `define`, after its `=`. */
static const char *literal(const char *text) {
    const char *tokens =
        syntax_tokens(arena_printf(syntax_session()->arena, "define d = %s", text));
    for (int i = 0; i < 4; i++)
        tokens = strchr(tokens, '\n') + 1;
    return tokens;
}

START_TEST(numbers_dates_and_periods_do_not_fight) {
    static const struct {
        const char *text, *tokens;
    } cases[] = {
        {"12", "1:12\ta number\t12\n1:14\tend of the file\n"},
        {"0.5", "1:12\ta number\t0.5\n1:15\tend of the file\n"},
        {"95%", "1:12\ta percentage\t95%\n1:15\tend of the file\n"},
        {"20.7%", "1:12\ta percentage\t20.7%\n1:17\tend of the file\n"},
        {"\xC2\xA3"
         "1,250.50",
         "1:12\tan amount of money\t\xC2\xA3"
         "1,250.50\n1:21\tend of the file\n"},
        {"\xC2\xA3"
         "5",
         "1:12\tan amount of money\t\xC2\xA3"
         "5\n1:14\tend of the file\n"},
        {"2017-01-31", "1:12\ta date\t2017-01-31\n1:22\tend of the file\n"},
        {"2017-01", "1:12\ta period\t2017-01\n1:19\tend of the file\n"},
        {"2016/17", "1:12\ta period\t2016/17\n1:19\tend of the file\n"},
        {"1999/00", "1:12\ta period\t1999/00\n1:19\tend of the file\n"},
        {"2016/17-Q4", "1:12\ta period\t2016/17-Q4\n1:22\tend of the file\n"},
        {"2016", "1:12\ta number\t2016\n1:16\tend of the file\n"},
        {"1,2", "1:12\ta number\t1\n1:13\t','\t,\n1:14\ta number\t2\n1:15\tend of the file\n"},
        {"2017-01-02,2017-12-25", "1:12\ta date\t2017-01-02\n1:22\t','\t,\n"
                                  "1:23\ta date\t2017-12-25\n1:33\tend of the file\n"},
        {"5-x", "1:12\ta number\t5\n1:13\t'-'\t-\n1:14\ta name\tx\n1:15\tend of the file\n"},
        {"2.5 years", "1:12\ta number\t2.5\n1:16\t'years'\tyears\n1:21\tend of the file\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(literal(cases[i].text), cases[i].tokens);
    ck_assert_str_eq(syntax_messages(), "");
}
END_TEST

START_TEST(thousands_are_grouped_after_per) {
    check_tokens("indicator x \"X\"\n    basis per 10,000 \"c\"\n",
                 "1:1\ta declaration\n1:1\tD_INDICATOR\tindicator\n1:11\ta name\tx\n"
                 "1:13\ttext\t\"X\"\n2:5\ta clause\n2:5\tC_BASIS\tbasis\n2:11\t'per'\tper\n"
                 "2:15\ta number\t10,000\n2:22\ttext\t\"c\"\n3:1\tend of the file\n");
}
END_TEST

START_TEST(names_where_they_are_always_names) {
    check_tokens("source s \"S\"\n    key where, is\n    column not text\n",
                 "1:1\ta declaration\n1:1\tD_SOURCE\tsource\n1:8\ta name\ts\n1:10\ttext\t\"S\"\n"
                 "2:5\ta clause\n2:5\tC_KEY\tkey\n2:9\ta name\twhere\n2:14\t','\t,\n"
                 "2:16\ta name\tis\n"
                 "3:5\ta clause\n3:5\tC_COLUMN\tcolumn\n3:12\ta name\tnot\n3:16\ta name\ttext\n"
                 "4:1\tend of the file\n");
    ck_assert_str_eq(literal("p.where.`41-45_days` + `in`"),
                     "1:12\ta name\tp\n1:13\ta column after a dot\t.where\n"
                     "1:19\ta column after a dot\t.`41-45_days`\n1:33\t'+'\t+\n"
                     "1:35\ta name\t`in`\n1:39\tend of the file\n");
}
END_TEST

START_TEST(clause_words_are_names_elsewhere) {
    ck_assert_str_eq(literal("basis"), "1:12\ta name\tbasis\n1:17\tend of the file\n");
    ck_assert_str_eq(literal("known"), "1:12\ta name\tknown\n1:17\tend of the file\n");
}
END_TEST

START_TEST(tables_have_cells) {
    check_tokens("source s \"S\"\n    rows a  `b c`\n         -  \"x y\" # c\n\n"
                 "         1.2/3 2017\n",
                 "1:1\ta declaration\n1:1\tD_SOURCE\tsource\n1:8\ta name\ts\n1:10\ttext\t\"S\"\n"
                 "2:5\ta clause\n2:5\tC_ROWS\trows\n2:10\ta cell\ta\n2:13\ta cell\t`b c`\n"
                 "3:10\ta row\n3:10\ta cell\t-\n3:13\ta cell\t\"x y\"\n"
                 "5:10\ta row\n5:10\ta cell\t1.2/3\n5:16\ta cell\t2017\n6:1\tend of the file\n");
}
END_TEST

START_TEST(codes_are_anything_without_blanks) {
    check_tokens("codes c \"C\"\n    N/A \"x\"\n    value \"y\"\n    \"0 1\" \"z\"\n",
                 "1:1\ta declaration\n1:1\tD_CODES\tcodes\n1:7\ta name\tc\n1:9\ttext\t\"C\"\n"
                 "2:5\ta clause\n2:5\ta code\tN/A\n2:9\ttext\t\"x\"\n"
                 "3:5\ta clause\n3:5\ta code\tvalue\n3:11\ttext\t\"y\"\n"
                 "4:5\ta clause\n4:5\ta code\t\"0 1\"\n4:11\ttext\t\"z\"\n5:1\tend of the file\n");
}
END_TEST

START_TEST(records_of_a_test_are_cells) {
    check_tokens("test t at 2017 \"T\"\n    given s\n      a b\n      1 -\n    expect 1\n",
                 "1:1\ta declaration\n1:1\tD_TEST\ttest\n1:6\ta name\tt\n1:8\t'at'\tat\n"
                 "1:11\ta number\t2017\n1:16\ttext\t\"T\"\n2:5\ta clause\n"
                 "2:5\tC_GIVEN\tgiven\n2:11\ta name\ts\n3:7\ta row\n3:7\ta cell\ta\n"
                 "3:9\ta cell\tb\n4:7\ta row\n4:7\ta cell\t1\n4:9\ta cell\t-\n"
                 "5:5\ta clause\n5:5\tC_EXPECT\texpect\n5:12\ta number\t1\n"
                 "6:1\tend of the file\n");
}
END_TEST

START_TEST(bands_are_announced_line_by_line) {
    check_tokens("indicator x \"X\"\n    bands r\n         .n\n       \"a\" other\n    good low\n",
                 "1:1\ta declaration\n1:1\tD_INDICATOR\tindicator\n1:11\ta name\tx\n"
                 "1:13\ttext\t\"X\"\n2:5\ta clause\n2:5\tC_BANDS\tbands\n2:11\ta name\tr\n"
                 "3:10\ta column after a dot\t.n\n"
                 "4:8\ta band on a deeper line\n4:8\ttext\t\"a\"\n4:12\t'other'\tother\n"
                 "5:5\ta clause\n5:5\tC_GOOD\tgood\n5:10\t'low'\tlow\n6:1\tend of the file\n");
}
END_TEST

START_TEST(windows_line_ends_and_a_byte_order_mark_are_read) {
    check_tokens("\xEF\xBB\xBFuse a\r\nuse \"b\"\r\n",
                 "1:1\ta declaration\n1:1\tD_USE\tuse\n1:5\ta name\ta\n"
                 "2:1\ta declaration\n2:1\tD_USE\tuse\n2:5\ttext\t\"b\"\n3:1\tend of the file\n");
}
END_TEST

/* ---- comments ---- */

START_TEST(comments_are_kept_with_their_places) {
    ParsedFile *parsed = syntax_parse("# first  \nuse a # second\n  # third");
    ck_assert_uint_eq(parsed->comments.len, 3);
    ck_assert(parsed->comments.items[0].own_line);
    ck_assert_uint_eq(parsed->comments.items[0].span.len, strlen("# first"));
    ck_assert(!parsed->comments.items[1].own_line);
    ck_assert_uint_eq(parsed->comments.items[1].span.off, strlen("# first  \nuse a "));
    ck_assert(parsed->comments.items[2].own_line);
    ck_assert_uint_eq(parsed->comments.items[2].span.len, strlen("# third"));
}
END_TEST

START_TEST(a_sharp_in_a_text_is_no_comment) {
    ParsedFile *parsed =
        syntax_parse("indicator x \"#1\"\n    why \"\"\"\n        # a\n    \"\"\"\n");
    ck_assert_uint_eq(parsed->comments.len, 0);
    ck_assert(parsed->ok);
}
END_TEST

/* ---- fences ---- */

static const char *fence(const char *text) {
    ParsedFile *parsed = syntax_parse(
        arena_printf(syntax_session()->arena, "indicator x \"X\"\n    why %s\n", text));
    const Node *indicator = node_File(parsed->file)->declarations.items[0];
    return node_TextClause(node_Indicator(indicator)->clauses.items[0])->text.text;
}

START_TEST(a_fence_loses_its_common_indentation) {
    ck_assert_str_eq(fence("\"\"\"\n        a\n          b\n\n        c \n        \"\"\""),
                     "a\n  b\n\nc");
    ck_assert_str_eq(fence("\"\"\"say \"hello\" to me\"\"\""), "say \"hello\" to me");
    ck_assert_str_eq(fence("\"\"\"\n    \"\"\""), "");
    ck_assert_str_eq(fence("\"\"\"\n\n      a\n\n    \"\"\""), "\na\n");
    ck_assert_str_eq(fence("\"\"\" a\n       b\n      c\"\"\""), "a\n b\nc");
    ck_assert_str_eq(syntax_messages(), "");
}
END_TEST

static TCase *token_tests(void) {
    TCase *tcase = tcase_create("tokens");
    tcase_add_checked_fixture(tcase, syntax_start, syntax_finish);
    tcase_add_test(tcase, an_empty_file_has_an_end);
    tcase_add_test(tcase, lines_start_declarations_and_clauses);
    tcase_add_test(tcase, deeper_lines_go_on);
    tcase_add_test(tcase, numbers_dates_and_periods_do_not_fight);
    tcase_add_test(tcase, thousands_are_grouped_after_per);
    tcase_add_test(tcase, names_where_they_are_always_names);
    tcase_add_test(tcase, clause_words_are_names_elsewhere);
    tcase_add_test(tcase, tables_have_cells);
    tcase_add_test(tcase, codes_are_anything_without_blanks);
    tcase_add_test(tcase, records_of_a_test_are_cells);
    tcase_add_test(tcase, bands_are_announced_line_by_line);
    tcase_add_test(tcase, windows_line_ends_and_a_byte_order_mark_are_read);
    tcase_add_test(tcase, comments_are_kept_with_their_places);
    tcase_add_test(tcase, a_sharp_in_a_text_is_no_comment);
    tcase_add_test(tcase, a_fence_loses_its_common_indentation);
    return tcase;
}

Suite *scan_suite(void) {
    Suite *suite = suite_create("scan");
    TCase *keywords = tcase_create("keywords");
    tcase_add_test(keywords, every_word_is_found_in_its_class);
    tcase_add_test(keywords, what_is_no_word_is_not_found);
    tcase_add_test(keywords, the_reserved_words_are_those_of_the_language);
    tcase_add_test(keywords, clauses_know_their_declarations);
    suite_add_tcase(suite, keywords);
    suite_add_tcase(suite, token_tests());
    return suite;
}
