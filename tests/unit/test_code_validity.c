/* Codes with years of validity: section 2 of the language reference. */
#include <check.h>

#include "tests/unit/definitions.h"

Suite *code_validity_suite(void);

#define PLACEMENTS(rows)                                                                           \
    "codes kind \"Kinds of placement\"\n"                                                          \
    "    K1          \"Secure\" to 2015-03-31\n"                                                   \
    "    K2          \"Home\" from 2015-04-01\n"                                                   \
    "    K3          \"Hostel\" from 2015-04-01 to 2015-04-30\n"                                   \
    "    K4          \"Lodgings\" from 2016-01-01\n"                                               \
    "    P1          \"Parents\"\n"                                                                \
    "source placement \"Placements\"\n"                                                            \
    "    column      start  date optional\n"                                                       \
    "    column      end    date open\n"                                                           \
    "    column      kind   text in kind\n"                                                        \
    "    rows        start       end  kind\n" rows "indicator placements \"Placements\"\n"         \
    "    value       count of placement p held p.start to p.end where p.kind is not missing\n"     \
    "    basis       count\n"                                                                      \
    "    window      snapshot every month\n"                                                       \
    "    good        neutral\n"                                                                    \
    "    target      none\n"

START_TEST(the_first_and_last_day_are_in) {
    definitions_run(PLACEMENTS("                2015-03-31  -    \"K1\"\n"
                               "                2015-04-01  -    \"K2\"\n"
                               "                2015-04-01  -    \"K3\"\n"
                               "                2015-04-30  -    \"K3\"\n"
                               "                1990-04-30  -    \"P1\"\n"
                               "                -           -    \"K3\"\n"),
                    NULL, "2017-01", NULL);
    ck_assert_uint_eq(messages_of(DIAG_code_not_valid), 0);
    ck_assert_uint_eq(definitions_result()->data_faults, 0);
}
END_TEST

START_TEST(a_day_outside_is_told_once_for_the_column) {
    definitions_run(PLACEMENTS("                2015-04-01  -    \"K1\"\n"
                               "                2015-03-31  -    \"K2\"\n"
                               "                2015-05-02  -    \"K1\"\n"
                               "                2015-05-01  -    \"K3\"\n"
                               "                2015-12-31  -    \"K4\"\n"
                               "                2015-05-01  -    \"P1\"\n"),
                    NULL, "2017-01", NULL);
    ck_assert_uint_eq(messages_of(DIAG_code_not_valid), 1);
    ck_assert(messages_contain(
        "'kind' has codes that are not valid on the day, in 5 rows of 'placement': 'K1' (valid to "
        "2015-03-31) on 2015-04-01 in row 1, 'K2' (valid from 2015-04-01) on 2015-03-31 in row 2, "
        "'K3' (valid from 2015-04-01 to 2015-04-30) on 2015-05-01 in row 4"));
    ck_assert(!messages_contain("'K4'"));
    ck_assert_uint_eq(definitions_result()->data_faults, 5);
    /* the rows are counted all the same */
    ck_assert_int_eq(definitions_outcome(), STORE_OK);
    ck_assert_str_eq(cells_of("placements"), "2017-01 6 (6)\n");
}
END_TEST

START_TEST(each_day_that_dates_the_rows_is_looked_at) {
    definitions_run(
        PLACEMENTS("                2015-03-31  2015-04-02  \"K1\"\n"
                   "                2015-04-01  2015-04-02  \"K1\"\n"
                   "                2015-03-30  2015-03-31  \"K1\"\n"
                   "                2015-03-30  -           \"K1\"\n") "indicator ended \"Ended\"\n"
                                                                       "    value       count of "
                                                                       "placement p dated p.end\n"
                                                                       "    basis       count\n"
                                                                       "    window      month "
                                                                       "every month\n"
                                                                       "    good        neutral\n"
                                                                       "    target      none\n",
        NULL, "2015-04", NULL);
    /* one row by both of its days, one by the second alone: each is one fault */
    ck_assert_uint_eq(messages_of(DIAG_code_not_valid), 1);
    ck_assert(messages_contain("in 2 rows of 'placement': 'K1' (valid to 2015-03-31) on 2015-04-02 "
                               "in row 1"));
    ck_assert_uint_eq(definitions_result()->data_faults, 2);
}
END_TEST

Suite *code_validity_suite(void) {
    Suite *suite = suite_create("code_validity");
    TCase *tests = tcase_create("validity");
    tcase_add_checked_fixture(tests, definitions_start, definitions_finish);
    tcase_add_test(tests, the_first_and_last_day_are_in);
    tcase_add_test(tests, a_day_outside_is_told_once_for_the_column);
    tcase_add_test(tests, each_day_that_dates_the_rows_is_looked_at);
    suite_add_tcase(suite, tests);
    return suite;
}
