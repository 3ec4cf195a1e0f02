/* Values made of other indicators, and what stands around a figure: breaks, provisional and
 * reported figures; sections 4 and 6 of the language reference. */
#include <check.h>
#include <string.h>

#include "tests/unit/definitions.h"

Suite *derived_suite(void);

/* Key stage 2: in 2015/16 1 of 3 children looked after and 3 of 4 pupils; in 2014/15 1 of 2 and 1
 * of 1. */
#define RESULTS                                                                                    \
    "source result \"Results\"\n"                                                                  \
    "    covers      2014-09-01 to 2016-08-31\n"                                                   \
    "    column      on        date\n"                                                             \
    "    column      cla       yes_no\n"                                                           \
    "    column      expected  yes_no\n"                                                           \
    "    rows        on          cla  expected\n"                                                  \
    "                2015-05-01  yes  yes\n"                                                       \
    "                2015-05-01  yes  no\n"                                                        \
    "                2015-05-01  no   yes\n"                                                       \
    "                2016-05-01  yes  yes\n"                                                       \
    "                2016-05-01  yes  no\n"                                                        \
    "                2016-05-01  yes  no\n"                                                        \
    "                2016-05-01  no   yes\n"                                                       \
    "                2016-05-01  no   yes\n"                                                       \
    "                2016-05-01  no   yes\n"                                                       \
    "                2016-05-01  no   no\n"

#define SHARE(id, cla, more)                                                                       \
    "indicator " id " \"Expected standard\"\n"                                                     \
    "    denominator result r dated r.on where " cla "\n"                                          \
    "    numerator   those where r.expected\n"                                                     \
    "    basis       percent\n"                                                                    \
    "    window      academic year every year\n"                                                   \
    "    good        high\n"                                                                       \
    "    target      none\n"                                                                       \
    "    decimals    0\n" more

#define GAP(more)                                                                                  \
    "indicator ks2_gap \"Gap at key stage 2\"\n"                                                   \
    "    value       ks2_all - ks2\n"                                                              \
    "    basis       points\n"                                                                     \
    "    window      academic year every year\n"                                                   \
    "    good        low\n"                                                                        \
    "    target      none\n"                                                                       \
    "    decimals    0\n" more

START_TEST(a_value_is_made_of_the_exact_values_of_others) {
    definitions_run(RESULTS SHARE("ks2", "r.cla", "") SHARE("ks2_all", "not r.cla", "") GAP(""),
                    "ks2_gap", "2015/16", NULL);
    /* 75 - 100/3 points, not 75 - 33 */
    ck_assert_str_eq(cells_of("ks2_gap"), "2015/16 125/3\n");
    const Cell *gap = cell_at("ks2_gap", NULL, NULL);
    ck_assert_ptr_nonnull(gap->previous);
    ck_assert_str_eq(exact(gap->previous->value), "50");
    ck_assert_str_eq(exact(gap->previous_value.value), "50");
    ck_assert(!gap->has_counts);
    /* what it is made of was not asked for: it is not in the result */
    ck_assert_uint_eq(definitions_result()->cells_len, 2);
    for (size_t i = 0; i < definitions_result()->cells_len; i++)
        ck_assert_str_eq(definitions_result()->cells[i]->indicator->id, "ks2_gap");
}
END_TEST

START_TEST(inputs_that_are_asked_for_stand_beside_it) {
    definitions_run(GAP("") RESULTS SHARE("ks2", "r.cla", "") SHARE("ks2_all", "not r.cla", ""),
                    NULL, "2015/16", NULL);
    ck_assert_str_eq(cells_of("ks2_gap"), "2015/16 125/3\n");
    ck_assert_str_eq(cells_of("ks2"), "2015/16 100/3 (1/3)\n");
    ck_assert_str_eq(cells_of("ks2_all"), "2015/16 75 (3/4)\n");
}
END_TEST

START_TEST(a_value_made_of_made_values) {
    definitions_run("indicator half \"Half the gap\"\n"
                    "    value       ks2_gap / 2\n"
                    "    basis       number \"points\"\n"
                    "    window      academic year every year\n"
                    "    good        low\n"
                    "    decimals    1\n" GAP("") RESULTS SHARE("ks2", "r.cla", "")
                        SHARE("ks2_all", "not r.cla", ""),
                    "half", "2015/16", NULL);
    ck_assert_str_eq(cells_of("half"), "2015/16 125/6\n");
}
END_TEST

START_TEST(it_is_not_available_where_an_input_is_not) {
    /* no pupil of 2014/15 has a result: no cases */
    definitions_run("source result \"Results\"\n"
                    "    column      on        date\n"
                    "    column      cla       yes_no\n"
                    "    column      expected  yes_no\n"
                    "    rows        on          cla  expected\n"
                    "                2016-05-01  no   yes\n" SHARE("ks2", "r.cla", "")
                        SHARE("ks2_all", "not r.cla", "") GAP(""),
                    "ks2_gap", "2015/16", NULL);
    ck_assert_str_eq(cells_of("ks2_gap"), "2015/16 z: 'ks2': no cases\n");
    ck_assert(!cell_at("ks2_gap", NULL, NULL)->not_yet);
}
END_TEST

START_TEST(it_is_not_yet_available_where_an_input_is_not_yet) {
    definitions_run(RESULTS SHARE("ks2", "r.cla", "") SHARE("ks2_all", "not r.cla", "") GAP(""),
                    "ks2_gap", "2015/16", "2016/17");
    ck_assert_str_eq(cells_of("ks2_gap"),
                     "2015/16 125/3\n"
                     "2016/17 x: 'Results' covers 1 September 2014 to 31 August 2016\n");
    const Result *result = definitions_result();
    ck_assert(result->cells[result->cells_len - 1]->not_yet);
    ck_assert(!cell_at("ks2_gap", NULL, NULL)->not_yet);
    ck_assert_uint_eq(messages_of(DIAG_no_period_available), 0);
}
END_TEST

START_TEST(what_waits_beside_a_period_that_is_there_is_no_error) {
    definitions_run(RESULTS SHARE("ks2", "r.cla", "") SHARE("ks2_all", "not r.cla", "") GAP(""),
                    "ks2_gap", "2016/17", NULL);
    ck_assert_uint_eq(messages_of(DIAG_no_period_available), 0);
    ck_assert_uint_eq(messages_of(DIAG_period_not_available), 1);
    ck_assert(messages_contain("'ks2_gap' is not yet available: 2016/17: 'Results' covers"));
}
END_TEST

START_TEST(no_period_at_all_is_an_error) {
    definitions_run(RESULTS SHARE("ks2", "r.cla", "") SHARE("ks2_all", "not r.cla", "") GAP(""),
                    "ks2_gap", "2018/19", NULL);
    /* once: nobody asked for the inputs */
    ck_assert_uint_eq(messages_of(DIAG_no_period_available), 1);
    ck_assert(messages_contain("'ks2_gap' is not available in any period asked for"));
}
END_TEST

START_TEST(the_last_period_is_that_of_the_inputs) {
    definitions_run(RESULTS SHARE("ks2", "r.cla", "") SHARE("ks2_all", "not r.cla", "") GAP(""),
                    "ks2_gap", "2015/16", NULL);
    const Indicator *gap = model_indicator(definitions_model(), "ks2_gap");
    Period period;
    ck_assert(
        engine_last_period(definitions_session(), definitions_model(), &gap, 1, NULL, &period));
    ck_assert_int_eq(period.kind, PERIOD_ACADEMIC_YEAR);
    Date end;
    ck_assert(date_of_ymd(2016, 8, 31, &end));
    ck_assert_int_eq(period.end, end);
}
END_TEST

/* ---- provisional, reported ---- */

START_TEST(what_is_made_of_a_provisional_figure_is_provisional) {
    definitions_run(RESULTS SHARE("ks2", "r.cla", "    provisional 2015/16\n")
                        SHARE("ks2_all", "not r.cla", "") GAP(""),
                    NULL, "2015/16", NULL);
    ck_assert(cell_at("ks2", NULL, NULL)->provisional);
    ck_assert(!cell_at("ks2_all", NULL, NULL)->provisional);
    const Cell *gap = cell_at("ks2_gap", NULL, NULL);
    ck_assert(gap->provisional);
    ck_assert(!gap->previous->provisional);
}
END_TEST

START_TEST(a_reported_figure_stands_where_data_does_not) {
    definitions_run(
        RESULTS SHARE("ks2", "r.cla", "    reported    2013/14 4.6% \"old methodology\"\n"), NULL,
        "2013/14", "2014/15");
    ck_assert_str_eq(cells_of("ks2"), "2013/14 x: 'Results' covers 1 September 2014 to 31 August "
                                      "2016\n2014/15 50 (1/2)\n");
    const Cell *past = cell_at("ks2", NULL, NULL);
    ck_assert_ptr_nonnull(past->reported);
    ck_assert_str_eq(exact(past->reported->value), "4.6");
    ck_assert_str_eq(past->reported->note, "old methodology");
    const Result *result = definitions_result();
    const Cell *now = result->cells[result->cells_len - 1];
    ck_assert(now->asked);
    ck_assert_ptr_null(now->reported);
    ck_assert(!now->previous->available);
    ck_assert(now->previous_reported);
    ck_assert_str_eq(exact(now->previous_value.value), "4.6");
}
END_TEST

START_TEST(a_computed_figure_goes_before_a_reported_one) {
    definitions_run(
        RESULTS SHARE("ks2", "r.cla", "    reported    2014/15 4.6% \"printed then\"\n"), NULL,
        "2015/16", NULL);
    const Cell *now = cell_at("ks2", NULL, NULL);
    ck_assert(!now->previous_reported);
    ck_assert_str_eq(exact(now->previous_value.value), "50");
    ck_assert_ptr_nonnull(now->previous->reported);
}
END_TEST

START_TEST(a_value_is_made_of_the_figure_that_was_reported) {
    definitions_run(RESULTS SHARE("ks2", "r.cla", "    reported    2015/16 40% \"printed then\"\n")
                        SHARE("ks2_all", "not r.cla", "") GAP(""),
                    "ks2_gap", "2015/16", NULL);
    /* 75 - 40: the figure that is printed, not the 100/3 that the data gives */
    ck_assert_str_eq(cells_of("ks2_gap"), "2015/16 35\n");
}
END_TEST

START_TEST(a_reported_period_alone_is_no_error) {
    definitions_run(
        RESULTS SHARE("ks2", "r.cla", "    reported    2013/14 4.6% \"printed then\"\n"), NULL,
        "2013/14", NULL);
    ck_assert_uint_eq(messages_of(DIAG_no_period_available), 0);
    ck_assert_ptr_nonnull(cell_at("ks2", NULL, NULL)->reported);
}
END_TEST

/* ---- breaks ---- */

START_TEST(a_break_separates_what_ends_before_from_what_comes_after) {
    definitions_run(
        RESULTS SHARE("ks2", "r.cla", "    break       2015-09-01 \"new assessments\"\n")
            SHARE("ks2_all", "not r.cla", "") GAP(""),
        NULL, "2015/16", NULL);
    const Cell *cell = cell_at("ks2", NULL, NULL);
    ck_assert_ptr_nonnull(cell->break_between);
    ck_assert_ptr_null(cell->break_within);
    ck_assert_str_eq(cell->break_reason, "1 September 2015: new assessments");
    ck_assert_ptr_null(cell_at("ks2_all", NULL, NULL)->break_between);
    /* and in what is derived from it */
    const Cell *gap = cell_at("ks2_gap", NULL, NULL);
    ck_assert_ptr_nonnull(gap->break_between);
    ck_assert_str_eq(gap->break_reason, "1 September 2015 (of 'ks2'): new assessments");
}
END_TEST

#define MONTHLY(window)                                                                            \
    "source event \"Events\"\n"                                                                    \
    "    column      on    date\n"                                                                 \
    "    rows        on\n"                                                                         \
    "                2016-01-01\n"                                                                 \
    "indicator events \"Events\"\n"                                                                \
    "    value       count of event e dated e.on\n"                                                \
    "    basis       count\n"                                                                      \
    "    window      " window " every month\n"                                                     \
    "    good        neutral\n"                                                                    \
    "    target      none\n"                                                                       \
    "    break       2016-04-01 \"counted anew\"\n"                                                \
    "    break       2010-04-01 \"long ago\"\n"

static void check_break(const char *text, const char *period, bool between, bool within,
                        const char *reason) {
    definitions_finish();
    definitions_start();
    definitions_run(text, NULL, period, NULL);
    const Cell *cell = cell_at("events", NULL, NULL);
    ck_assert_msg((cell->break_between != NULL) == between, "%s: between", period);
    ck_assert_msg((cell->break_within != NULL) == within, "%s: within", period);
    if (reason)
        ck_assert_str_eq(cell->break_reason, reason);
    else
        ck_assert_ptr_null(cell->break_reason);
}

START_TEST(a_break_on_the_first_day_of_a_window) {
    check_break(MONTHLY("month"), "2016-03", false, false, NULL);
    check_break(MONTHLY("month"), "2016-04", true, false, "1 April 2016: counted anew");
    check_break(MONTHLY("month"), "2016-05", false, false, NULL);
}
END_TEST

START_TEST(a_window_that_holds_a_break_mixes_both_sides) {
    const char *text = MONTHLY("rolling 3 months");
    check_break(text, "2016-03", false, false, NULL);
    check_break(text, "2016-04", true, true,
                "1 April 2016: counted anew; the window has days on both sides of it");
    check_break(text, "2016-05", true, true,
                "1 April 2016: counted anew; the window has days on both sides of it");
    check_break(text, "2016-06", true, false,
                "1 April 2016: counted anew; the window compared with has days on both sides of "
                "it");
    check_break(text, "2016-07", false, false, NULL);
}
END_TEST

/* ---- 46, of which 13 children with disabilities, leaving 33 ---- */

static void add_case(StrBuf *text, int id, bool disabled, const char *seen) {
    strbuf_addf(text, "                %d   2016-01-01  -       %s       %s\n", id,
                disabled ? "yes" : "no ", seen);
}

START_TEST(a_count_with_what_is_taken_out_of_it) {
    StrBuf text = {0};
    strbuf_add(&text, "source case \"Cases\"\n"
                      "    key         id\n"
                      "    column      id        integer\n"
                      "    column      opened    date\n"
                      "    column      closed    date open\n"
                      "    column      disabled  yes_no\n"
                      "    column      seen      date optional\n"
                      "    rows        id  opened      closed  disabled  seen\n");
    for (int id = 1; id <= 45; id++)
        add_case(&text, id, id <= 13, "2016-05-01");
    add_case(&text, 46, false, "2016-12-20"); /* six weeks are the 42 days that end with the 31st */
    add_case(&text, 47, false, "2016-12-21");
    strbuf_add(&text,
               "indicator no_recent_activity \"No recorded activity in the previous 6 weeks\"\n"
               "    value       count of case c held c.opened to c.closed\n"
               "                    where not (c.seen in 6 weeks to period end)\n"
               "    exclude     cwd \"children with disabilities\" where c.disabled\n"
               "    basis       count\n"
               "    window      snapshot every month\n"
               "    good        low\n"
               "    target      0 \"internal\"\n");
    definitions_run(strbuf_text(&text), NULL, "2017-01", NULL);
    strbuf_fini(&text);
    ck_assert_str_eq(cells_of("no_recent_activity"), "2017-01 33 (33)\n");
    const Cell *cell = cell_at("no_recent_activity", NULL, NULL);
    ck_assert_int_eq(cell->gross, 46);
    ck_assert_int_eq(cell->excluded[0].count, 13);
    ck_assert_int_eq(cell->excluded_overlap, 0);
}
END_TEST

Suite *derived_suite(void) {
    Suite *suite = suite_create("derived");
    TCase *tests = tcase_create("derived");
    tcase_add_checked_fixture(tests, definitions_start, definitions_finish);
    tcase_add_test(tests, a_value_is_made_of_the_exact_values_of_others);
    tcase_add_test(tests, inputs_that_are_asked_for_stand_beside_it);
    tcase_add_test(tests, a_value_made_of_made_values);
    tcase_add_test(tests, it_is_not_available_where_an_input_is_not);
    tcase_add_test(tests, it_is_not_yet_available_where_an_input_is_not_yet);
    tcase_add_test(tests, what_waits_beside_a_period_that_is_there_is_no_error);
    tcase_add_test(tests, no_period_at_all_is_an_error);
    tcase_add_test(tests, the_last_period_is_that_of_the_inputs);
    tcase_add_test(tests, what_is_made_of_a_provisional_figure_is_provisional);
    tcase_add_test(tests, a_reported_figure_stands_where_data_does_not);
    tcase_add_test(tests, a_computed_figure_goes_before_a_reported_one);
    tcase_add_test(tests, a_reported_period_alone_is_no_error);
    tcase_add_test(tests, a_break_separates_what_ends_before_from_what_comes_after);
    tcase_add_test(tests, a_break_on_the_first_day_of_a_window);
    tcase_add_test(tests, a_window_that_holds_a_break_mixes_both_sides);
    tcase_add_test(tests, a_count_with_what_is_taken_out_of_it);
    tcase_add_test(tests, a_value_is_made_of_the_figure_that_was_reported);
    suite_add_tcase(suite, tests);
    return suite;
}
