/* Distributions: which band a row goes into, and the cells of bands; sections 4 and 6 of the
 * language reference. */
#include <check.h>

#include "tests/unit/definitions.h"

Suite *distribution_suite(void);

#define HEAD                                                                                       \
    "project \"P\"\n"                                                                              \
    "    calendar    england\n"                                                                    \
    "calendar england \"Working days\"\n"                                                          \
    "    weekend     saturday, sunday\n"                                                           \
    "    holidays    2016-12-26, 2016-12-27\n"                                                     \
    "    covers      2016-01-01 to 2017-12-31\n"

#define TAIL                                                                                       \
    "    window      month every month\n"                                                          \
    "    good        neutral\n"                                                                    \
    "    target      none\n"

/* The bands of the language reference; each edge with the day before and after it. */
#define ASSESSMENTS(rows, more)                                                                    \
    HEAD "source assessment \"Assessments\"\n"                                                     \
         "    key         id\n"                                                                    \
         "    column      id         integer\n"                                                    \
         "    column      received   date optional\n"                                              \
         "    column      completed  date\n"                                                       \
         "    rows        id  received    completed\n" rows                                        \
         "indicator duration \"Working days from referral to assessment completed\"\n"             \
         "    distribution assessment a dated a.completed\n"                                       \
         "    bands       working_days(a.received, a.completed)\n"                                 \
         "                \"0\"        0\n"                                                        \
         "                \"1-10\"     1 to 10\n"                                                  \
         "                \"11+\"      11 or more\n" more                                          \
         "    basis       percent\n    decimals    1\n" TAIL

START_TEST(rows_go_into_the_band_of_their_value) {
    /* From Tuesday 3 January 2017: the 17th is ten working days later, the 18th eleven. */
    definitions_run(ASSESSMENTS("                1   2017-01-03  2017-01-03\n"
                                "                2   2017-01-03  2017-01-04\n"
                                "                3   2017-01-03  2017-01-17\n"
                                "                4   2017-01-03  2017-01-18\n"
                                "                5   2016-12-23  2017-01-31\n"
                                "                6   2017-01-03  2017-02-01\n",
                                ""),
                    NULL, "2017-01", NULL);
    ck_assert_str_eq(cells_of("duration"), "2017-01 100 (5/5)\n"
                                           "2017-01 [0] 20 (1/5)\n"
                                           "2017-01 [1-10] 40 (2/5)\n"
                                           "2017-01 [11+] 40 (2/5)\n");
    ck_assert_int_eq(cell_at("duration", NULL, NULL)->gross, 5);
    ck_assert(!cell_at("duration", NULL, "0")->has_counts);
}
END_TEST

START_TEST(a_value_that_fits_none_is_counted_as_unknown) {
    /* Completed a day before it was received; and one without a date. */
    definitions_run(ASSESSMENTS("                1   2017-01-04  2017-01-03\n"
                                "                2   -           2017-01-04\n"
                                "                3   2017-01-03  2017-01-17\n",
                                ""),
                    NULL, "2017-01", NULL);
    ck_assert_str_eq(cells_of("duration"), "2017-01 100 (3/3)\n"
                                           "2017-01 [0] 0 (0/3)\n"
                                           "2017-01 [1-10] 100/3 (1/3)\n"
                                           "2017-01 [11+] 0 (0/3)\n"
                                           "2017-01 [Unknown] 200/3 (2/3)\n");
}
END_TEST

START_TEST(missing_and_other_have_bands_where_they_are_declared) {
    definitions_run(ASSESSMENTS("                1   2017-01-04  2017-01-03\n"
                                "                2   -           2017-01-04\n"
                                "                3   2017-01-03  2017-01-17\n",
                                "                \"no date\"  missing\n"
                                "                \"rest\"     other\n"),
                    NULL, "2017-01", NULL);
    ck_assert_str_eq(cells_of("duration"), "2017-01 100 (3/3)\n"
                                           "2017-01 [0] 0 (0/3)\n"
                                           "2017-01 [1-10] 100/3 (1/3)\n"
                                           "2017-01 [11+] 0 (0/3)\n"
                                           "2017-01 [no date] 100/3 (1/3)\n"
                                           "2017-01 [rest] 100/3 (1/3)\n");
}
END_TEST

START_TEST(no_rows_are_no_cases) {
    definitions_run(ASSESSMENTS("                1   2017-01-03  2017-01-03\n", ""), NULL,
                    "2017-02", NULL);
    ck_assert_str_eq(cells_of("duration"), "2017-02 z: no cases (0/0)\n"
                                           "2017-02 [0] z: no cases (0/0)\n"
                                           "2017-02 [1-10] z: no cases (0/0)\n"
                                           "2017-02 [11+] z: no cases (0/0)\n");
    /* compared with the band's own share a month before */
    const Cell *cell = cell_at("duration", NULL, "0");
    ck_assert_ptr_nonnull(cell->previous);
    ck_assert_ptr_eq(cell->previous->band, cell->band);
    ck_assert_str_eq(exact(cell->previous->value), "100");
    ck_assert_str_eq(exact(cell_at("duration", NULL, "11+")->previous->value), "0");
}
END_TEST

START_TEST(a_date_outside_the_calendar_makes_no_band_available) {
    definitions_run(ASSESSMENTS("                1   2015-12-31  2017-01-03\n"
                                "                2   2017-01-03  2017-01-04\n",
                                ""),
                    NULL, "2017-01", NULL);
    ck_assert_int_eq(definitions_outcome(), STORE_REFUSED);
    ck_assert_str_eq(cells_of("duration"),
                     "2017-01 x: 2015-12-31 lies outside the calendar 'england'\n"
                     "2017-01 [0] x: 2015-12-31 lies outside the calendar 'england'\n"
                     "2017-01 [1-10] x: 2015-12-31 lies outside the calendar 'england'\n"
                     "2017-01 [11+] x: 2015-12-31 lies outside the calendar 'england'\n");
    ck_assert_uint_eq(messages_of(DIAG_outside_calendar), 1);
}
END_TEST

/* ---- time by the calendar ---- */

#define PLANS(rows, more)                                                                          \
    HEAD "source cin_plan \"Child in need plans\"\n"                                               \
         "    key         id\n"                                                                    \
         "    column      id         integer\n"                                                    \
         "    column      start      date\n"                                                       \
         "    column      end        date open\n"                                                  \
         "    column      area       text\n"                                                       \
         "    column      disabled   yes_no optional\n"                                            \
         "    rows        id  start       end         area  disabled\n" rows                       \
         "indicator cin_duration \"Length of open child in need plans\"\n"                         \
         "    distribution cin_plan p held p.start to p.end\n"                                     \
         "    bands       elapsed p.start to period end\n"                                         \
         "                \"0-6 weeks\"             under 6 weeks\n"                               \
         "                \"6 weeks to 3 months\"   under 3 months\n"                              \
         "                \"3-6 months\"            under 6 months\n"                              \
         "                \"6 months to 1 year\"    under 1 year\n"                                \
         "                \"over 1 year\"           1 year or more\n" more                         \
         "    window      snapshot every month\n"                                                  \
         "    good        neutral\n"                                                               \
         "    target      none\n"

/* On 28 February 2017: six weeks before is 17 January; 28 to 30 November all reach the end of
 * February in three months, and 29 February 2016 reached it in a year. */
START_TEST(time_compares_by_the_calendar) {
    definitions_run(PLANS("                1   2017-01-18  -           \"N\"   no\n"
                          "                2   2017-01-17  -           \"N\"   no\n"
                          "                3   2016-11-30  -           \"N\"   no\n"
                          "                4   2016-12-01  -           \"N\"   no\n"
                          "                5   2016-08-29  -           \"S\"   no\n"
                          "                6   2016-02-29  -           \"S\"   no\n"
                          "                7   2016-03-01  -           \"S\"   no\n"
                          "                8   2016-03-01  2017-02-28  \"S\"   no\n",
                          "    basis       percent\n    decimals    1\n"),
                    NULL, "2017-02", NULL);
    ck_assert_str_eq(cells_of("cin_duration"), "2017-02 100 (7/7)\n"
                                               "2017-02 [0-6 weeks] 100/7 (1/7)\n"
                                               "2017-02 [6 weeks to 3 months] 200/7 (2/7)\n"
                                               "2017-02 [3-6 months] 100/7 (1/7)\n"
                                               "2017-02 [6 months to 1 year] 200/7 (2/7)\n"
                                               "2017-02 [over 1 year] 100/7 (1/7)\n");
}
END_TEST

START_TEST(exclusions_come_before_bands) {
    definitions_run(PLANS("                1   2017-01-18  -           \"N\"   yes\n"
                          "                2   2017-01-19  -           \"N\"   no\n"
                          "                3   2016-12-01  -           \"N\"   -\n",
                          "    exclude     cwd \"children with disabilities\" where p.disabled\n"
                          "    of which    north \"in the north\" where p.area = \"N\"\n"
                          "    basis       percent\n    decimals    1\n"),
                    NULL, "2017-02", NULL);
    ck_assert_str_eq(cells_of("cin_duration"), "2017-02 100 (2/2)\n"
                                               "2017-02 [0-6 weeks] 50 (1/2)\n"
                                               "2017-02 [6 weeks to 3 months] 50 (1/2)\n"
                                               "2017-02 [3-6 months] 0 (0/2)\n"
                                               "2017-02 [6 months to 1 year] 0 (0/2)\n"
                                               "2017-02 [over 1 year] 0 (0/2)\n");
    const Cell *all = cell_at("cin_duration", NULL, NULL);
    ck_assert_int_eq(all->gross, 3);
    ck_assert_int_eq(all->excluded[0].count, 1);
    ck_assert_int_eq(all->unknown_excluded, 1);
    ck_assert_int_eq(all->parts[0].count, 2);
}
END_TEST

START_TEST(counts_in_groups_with_shares) {
    definitions_run(PLANS("                1   2017-02-18  -           \"N\"   no\n"
                          "                2   2016-01-17  -           \"N\"   no\n"
                          "                3   2016-01-17  -           \"S\"   no\n",
                          "    by          p.area as \"Area\" total \"Somerset\" with share\n"
                          "    basis       count\n"),
                    NULL, "2017-02", NULL);
    ck_assert_str_eq(cells_of("cin_duration"), "2017-02 Somerset 3 (3/3)\n"
                                               "2017-02 Somerset [0-6 weeks] 1 (1/3)\n"
                                               "2017-02 Somerset [6 weeks to 3 months] 0 (0/3)\n"
                                               "2017-02 Somerset [3-6 months] 0 (0/3)\n"
                                               "2017-02 Somerset [6 months to 1 year] 0 (0/3)\n"
                                               "2017-02 Somerset [over 1 year] 2 (2/3)\n"
                                               "2017-02 N 2 (2/2)\n"
                                               "2017-02 N [0-6 weeks] 1 (1/2)\n"
                                               "2017-02 N [6 weeks to 3 months] 0 (0/2)\n"
                                               "2017-02 N [3-6 months] 0 (0/2)\n"
                                               "2017-02 N [6 months to 1 year] 0 (0/2)\n"
                                               "2017-02 N [over 1 year] 1 (1/2)\n"
                                               "2017-02 S 1 (1/1)\n"
                                               "2017-02 S [0-6 weeks] 0 (0/1)\n"
                                               "2017-02 S [6 weeks to 3 months] 0 (0/1)\n"
                                               "2017-02 S [3-6 months] 0 (0/1)\n"
                                               "2017-02 S [6 months to 1 year] 0 (0/1)\n"
                                               "2017-02 S [over 1 year] 1 (1/1)\n");
    const Cell *north = cell_at("cin_duration", "N", NULL);
    ck_assert_str_eq(exact(north->share_numerator.value), "2");
    ck_assert_str_eq(exact(north->share_denominator.value), "3");
    ck_assert(!cell_at("cin_duration", "N", "0-6 weeks")->share_denominator.present);
    /* a group and band of the month before: one plan was open then in the north, none under 6 weeks
     */
    const Cell *band = cell_at("cin_duration", "N", "over 1 year");
    ck_assert_str_eq(exact(band->previous->value), "1");
    ck_assert_str_eq(exact(band->previous->denominator.value), "1");
}
END_TEST

/* ---- texts ---- */

START_TEST(texts_codes_and_lists) {
    definitions_run(HEAD "codes residential \"Residential care\"\n"
                         "    K1          \"Secure\"\n"
                         "    K2          \"Children's home\"\n"
                         "source placement \"Placements\"\n"
                         "    column      on    date\n"
                         "    column      kind  text optional\n"
                         "    rows        on          kind\n"
                         "                2017-01-01  \"K1\"\n"
                         "                2017-01-02  \"K2\"\n"
                         "                2017-01-03  \"U1\"\n"
                         "                2017-01-04  \"U2\"\n"
                         "                2017-01-05  \"P1\"\n"
                         "                2017-01-06  \"Z\"\n"
                         "                2017-01-07  -\n"
                         "indicator kinds \"Placements by kind\"\n"
                         "    distribution placement p dated p.on\n"
                         "    bands       p.kind\n"
                         "                \"parents\"      \"P1\"\n"
                         "                \"residential\"  in residential\n"
                         "                \"foster\"       in (\"U1\", \"U2\")\n"
                         "    basis       count\n" TAIL,
                    NULL, "2017-01", NULL);
    ck_assert_str_eq(cells_of("kinds"), "2017-01 7 (7/7)\n"
                                        "2017-01 [parents] 1 (1/7)\n"
                                        "2017-01 [residential] 2 (2/7)\n"
                                        "2017-01 [foster] 2 (2/7)\n"
                                        "2017-01 [Unknown] 2 (2/7)\n");
}
END_TEST

/* A child with one visit and one of unknown outcome has one or two good ones: in no band for sure;
 * one with three and one unknown is in the last either way. */
START_TEST(a_count_in_doubt_is_in_a_band_only_if_both_ends_are) {
    definitions_run(HEAD "source child \"Children\"\n"
                         "    key         id\n"
                         "    column      id    text\n"
                         "    column      on    date\n"
                         "    rows        id   on\n"
                         "                \"A\"  2017-01-01\n"
                         "                \"B\"  2017-01-01\n"
                         "source visit \"Visits\"\n"
                         "    column      child link to child\n"
                         "    column      good  yes_no optional\n"
                         "    rows        child  good\n"
                         "                \"A\"    yes\n"
                         "                \"A\"    -\n"
                         "                \"B\"    yes\n"
                         "                \"B\"    yes\n"
                         "                \"B\"    yes\n"
                         "                \"B\"    -\n"
                         "indicator visits \"Good visits\"\n"
                         "    distribution child c dated c.on\n"
                         "    bands       (count of visit v where v.child = c and v.good)\n"
                         "                \"0-1\"  0 to 1\n"
                         "                \"2+\"   2 or more\n"
                         "    basis       count\n" TAIL,
                    NULL, "2017-01", NULL);
    ck_assert_str_eq(cells_of("visits"), "2017-01 2 (2/2)\n"
                                         "2017-01 [0-1] 0 (0/2)\n"
                                         "2017-01 [2+] 1 (1/2)\n"
                                         "2017-01 [Unknown] 1 (1/2)\n");
}
END_TEST

Suite *distribution_suite(void) {
    Suite *suite = suite_create("distribution");
    TCase *tests = tcase_create("bands");
    tcase_add_checked_fixture(tests, definitions_start, definitions_finish);
    tcase_add_test(tests, rows_go_into_the_band_of_their_value);
    tcase_add_test(tests, a_value_that_fits_none_is_counted_as_unknown);
    tcase_add_test(tests, missing_and_other_have_bands_where_they_are_declared);
    tcase_add_test(tests, no_rows_are_no_cases);
    tcase_add_test(tests, a_date_outside_the_calendar_makes_no_band_available);
    tcase_add_test(tests, time_compares_by_the_calendar);
    tcase_add_test(tests, exclusions_come_before_bands);
    tcase_add_test(tests, counts_in_groups_with_shares);
    tcase_add_test(tests, texts_codes_and_lists);
    tcase_add_test(tests, a_count_in_doubt_is_in_a_band_only_if_both_ends_are);
    suite_add_tcase(suite, tests);
    return suite;
}
