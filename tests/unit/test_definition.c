/* The plan and the hash of definitions with bands, benchmarks and derived values. */
#include <check.h>
#include <string.h>

#include "tests/unit/definitions.h"

Suite *definition_suite(void);

#define TEXT                                                                                       \
    "rating banded \"Councils differ\"\n"                                                          \
    "    green       at target\n"                                                                  \
    "    amber       within 2 points of target\n"                                                  \
    "    red         otherwise\n"                                                                  \
    "neighbours sn \"Neighbours\" of \"933\"\n"                                                    \
    "    members     \"878\", \"908\"\n"                                                           \
    "source stay \"Stays\"\n"                                                                      \
    "    column      la     text\n"                                                                \
    "    column      on     date\n"                                                                \
    "    column      days   integer\n"                                                             \
    "    rows        la     on          days\n"                                                    \
    "                \"878\"  2015-05-01  1\n"                                                     \
    "indicator lengths \"Lengths of stay\"\n"                                                      \
    "    distribution stay s dated s.on\n"                                                         \
    "    bands       s.days\n"                                                                     \
    "                \"few\"   under 5\n"                                                          \
    "                \"more\"  5 to 9\n"                                                           \
    "                \"many\"  10 or more\n"                                                       \
    "    basis       percent\n"                                                                    \
    "    window      financial year every year\n"                                                  \
    "    good        low \"many\"\n"                                                               \
    "    decimals    1\n"                                                                          \
    "    benchmark   \"SN\" 2014/15: \"few\" + \"more\" 40%, \"many\" 60%\n"                       \
    "indicator one \"Short stays\"\n"                                                              \
    "    denominator stay t dated t.on\n"                                                          \
    "    numerator   those where t.days < 5\n"                                                     \
    "    basis       percent\n"                                                                    \
    "    window      financial year every year\n"                                                  \
    "    good        low\n"                                                                        \
    "    target      20%\n"                                                                        \
    "    rating      banded\n"                                                                     \
    "    decimals    1\n"                                                                          \
    "    break       2014-04-01 \"another count\"\n"                                               \
    "    reported    2012/13 4.6% \"by hand\"\n"                                                   \
    "    provisional 2015/16\n"                                                                    \
    "    suppress    none\n"                                                                       \
    "    interval    wilson\n"                                                                     \
    "    benchmark   \"SN\" 2014/15: from by_la across sn at least 1 members\n"                    \
    "indicator by_la \"Short stays by authority\"\n"                                               \
    "    denominator stay u dated u.on\n"                                                          \
    "    numerator   those where u.days < 6\n"                                                     \
    "    by          u.la as \"Authority\"\n"                                                      \
    "    basis       percent\n"                                                                    \
    "    window      financial year every year\n"                                                  \
    "    good        low\n"                                                                        \
    "    target      21%\n"                                                                        \
    "    decimals    1\n"                                                                          \
    "indicator gap \"Gap\"\n"                                                                      \
    "    value       one - by_la\n"                                                                \
    "    basis       points\n"                                                                     \
    "    window      financial year every year\n"                                                  \
    "    good        low\n"                                                                        \
    "    target      none\n"                                                                       \
    "    decimals    1\n"                                                                          \
    "    benchmark   \"SN\" 2014/15: 7 compared as gap_too\n"                                      \
    "indicator gap_too \"Gap\"\n"                                                                  \
    "    value       by_la - one\n"                                                                \
    "    basis       points\n"                                                                     \
    "    window      financial year every year\n"                                                  \
    "    good        low\n"                                                                        \
    "    target      none\n"                                                                       \
    "    decimals    1\n"                                                                          \
    "    benchmark   \"SN\" 2014/15: 8 compared as gap\n"

/* ---- the hash ---- */

static const char *replaced(const char *from, const char *to) {
    static char text[8192];
    const char *at = strstr(TEXT, from);
    if (!at)
        ck_abort_msg("not in the text: %s", from);
    size_t before = (size_t)(at - TEXT);
    StrBuf out = {0};
    strbuf_add_len(&out, TEXT, before);
    strbuf_add(&out, to);
    strbuf_add(&out, at + strlen(from));
    ck_assert_uint_lt(out.len, sizeof text);
    memcpy(text, strbuf_text(&out), out.len + 1);
    strbuf_fini(&out);
    return text;
}

static void hash_of(const char *text, const char *id, char out[33]) {
    definitions_finish();
    definitions_start();
    definitions_run(text, id, "2015/16", NULL);
    plan_definition_hash(definitions_model(), model_indicator(definitions_model(), id), out);
}

static bool changes(const char *id, const char *from, const char *to) {
    char before[33], after[33];
    hash_of(TEXT, id, before);
    hash_of(replaced(from, to), id, after);
    return strcmp(before, after) != 0;
}

START_TEST(hash_of_a_distribution) {
    ck_assert(changes("lengths", "under 5", "0 to 4"));
    ck_assert(changes("lengths", "10 or more", "10 to 99"));
    ck_assert(changes("lengths", "s.days", "s.days + 1"));
    ck_assert(changes("lengths", "low \"many\"", "low \"more\""));
    ck_assert(changes("lengths", "low \"many\"", "high \"many\""));
    ck_assert(changes("lengths", "60%", "61%"));
    ck_assert(changes("lengths", "\"few\" + \"more\" 40%", "\"few\" 40%"));
    ck_assert(changes("lengths", "40%, \"many\" 60%", "40%, \"many\" 60% not comparable \"x\""));
    ck_assert(changes("lengths", "40%, \"many\" 60%", "40%, \"many\" 60% only where s.la = \"1\""));
    ck_assert(!changes("lengths", "\"SN\" 2014/15: \"few\"", "\"Other\" 2014/15: \"few\""));
}
END_TEST

START_TEST(hash_of_what_surrounds_a_figure) {
    ck_assert(changes("one", "break       2014-04-01", "break       2014-04-02"));
    ck_assert(!changes("one", "another count", "counted otherwise"));
    ck_assert(changes("one", "4.6%", "4.7%"));
    ck_assert(!changes("one", "by hand", "from paper"));
    ck_assert(changes("one", "provisional 2015/16", "provisional 2014/15"));
    ck_assert(changes("one", "interval    wilson", "interval    none"));
    ck_assert(changes("one", "within 2 points", "within 3 points"));
    ck_assert(!changes("one", "Councils differ", "As agreed"));
}
END_TEST

START_TEST(hash_of_a_benchmark_across_neighbours) {
    ck_assert(changes("one", "\"878\", \"908\"", "\"878\""));
    ck_assert(changes("one", "at least 1 members", "at least 2 members"));
    ck_assert(changes("one", "at least 1 members", "pooled at least 1 members"));
    ck_assert(changes("one", "u.days < 6", "u.days < 7"));
    /* its own target is no part of our meaning */
    ck_assert(!changes("one", "21%", "22%"));
}
END_TEST

START_TEST(hash_of_a_derived_value) {
    ck_assert(changes("gap", "one - by_la", "by_la - one"));
    ck_assert(changes("gap", "t.days < 5", "t.days < 4"));
    ck_assert(changes("gap", "break       2014-04-01", "break       2014-04-02"));
    ck_assert(!changes("gap", "target      20%", "target      19%"));
    ck_assert(changes("gap", "2014/15: 7 ", "2014/15: 9 "));
    /* that the other is compared with ours again is no matter */
    ck_assert(!changes("gap", "2014/15: 8 ", "2014/15: 9 "));
    /* what an input is called is none either */
    char before[33], after[33];
    hash_of(TEXT, "gap", before);
    hash_of(replaced("one \"Short stays\"", "one \"Stays that are short\""), "gap", after);
    ck_assert_str_eq(before, after);
}
END_TEST

/* ---- the plan ---- */

static const char *printed(const char *ids) {
    StrBuf text = {0};
    definitions_run(TEXT, ids, "2015/16", NULL);
    plan_print(&text, definitions_plan());
    const char *copy = arena_copy_text(definitions_session()->arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return copy;
}

START_TEST(the_plan_of_a_distribution_tells_its_bands) {
    ck_assert_str_eq(printed("lengths"),
                     "indicator lengths \"Lengths of stay\"\n"
                     "    windows\n"
                     "        2014/15: 2014-04-01 to 2015-03-31, only to compare with\n"
                     "        2015/16: 2015-04-01 to 2016-03-31, compared with 2014/15\n"
                     "    rows s\n"
                     "        scan stay s\n"
                     "        keep those dated s.on\n"
                     "        put into bands by s.days\n"
                     "            \"few\" under 5\n"
                     "            \"more\" 5 to 9\n"
                     "            \"many\" 10 or more\n"
                     "    figure\n"
                     "        round to 1 decimal when printed\n"
                     "            times 100\n"
                     "                divide\n"
                     "                    count of s, of the band\n"
                     "                    count of s\n"
                     "\n"
                     "tables\n"
                     "    stay, rows of the definitions\n"
                     "        on\n"
                     "        days\n");
}
END_TEST

/* Inputs are planned too, in the periods of what is made of them; and the other side of `compared
 * as` in the period that was asked for. */
START_TEST(the_plan_holds_what_is_needed_besides) {
    const char *text = printed("gap");
    ck_assert_uint_eq(definitions_plan()->indicators_len, 4);
    ck_assert_ptr_nonnull(strstr(text, "indicator gap \"Gap\"\n"
                                       "    windows\n"
                                       "        2014/15: 2014-04-01 to 2015-03-31, only to "
                                       "compare with\n"
                                       "        2015/16: 2015-04-01 to 2016-03-31, compared with "
                                       "2014/15\n"
                                       "    figure\n"
                                       "        round to 1 decimal when printed\n"
                                       "            -\n"
                                       "                one\n"
                                       "                by_la\n"));
    ck_assert_ptr_nonnull(strstr(text, "indicator gap_too \"Gap\"\n"
                                       "    windows\n"
                                       "        2015/16: 2015-04-01 to 2016-03-31, only for "
                                       "another indicator\n"
                                       "    figure\n"));
    ck_assert_ptr_nonnull(strstr(text, "indicator by_la \"Short stays by authority\"\n"
                                       "    windows\n"
                                       "        2014/15: 2014-04-01 to 2015-03-31, only for "
                                       "another indicator\n"
                                       "        2015/16: 2015-04-01 to 2016-03-31, only for "
                                       "another indicator\n"));
    ck_assert_ptr_nonnull(strstr(text, "    stay, rows of the definitions\n"
                                       "        la\n"
                                       "        on\n"
                                       "        days\n"));
}
END_TEST

Suite *definition_suite(void) {
    Suite *suite = suite_create("definition");
    TCase *tests = tcase_create("definitions");
    tcase_add_checked_fixture(tests, definitions_start, definitions_finish);
    tcase_add_test(tests, hash_of_a_distribution);
    tcase_add_test(tests, hash_of_what_surrounds_a_figure);
    tcase_add_test(tests, hash_of_a_benchmark_across_neighbours);
    tcase_add_test(tests, hash_of_a_derived_value);
    tcase_add_test(tests, the_plan_of_a_distribution_tells_its_bands);
    tcase_add_test(tests, the_plan_holds_what_is_needed_besides);
    suite_add_tcase(suite, tests);
    return suite;
}
