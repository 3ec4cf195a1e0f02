/* What entered and what left between two windows that overlap, or two snapshots; section 8 of the
 * language reference. Every case is counted by hand, on both engines. */
#include <check.h>
#include <string.h>

#include "tests/unit/definitions.h"

Suite *moves_suite(void);

static const EngineOptions engines[] = {
    {.kind = ENGINE_REFERENCE, .moves = true},
    {.kind = ENGINE_NATIVE, .threads = 1, .moves = true},
    {.kind = ENGINE_NATIVE, .threads = 2, .batch_rows = 1, .moves = true},
};
#define ENGINES (sizeof engines / sizeof *engines)

static void start(int engine) {
    definitions_start();
    definitions_use(engines[engine]);
}

static void check_side(Moves moves, Figure now, Figure before, const char *expected) {
    char words[200] = "none";
    if (moves.present) {
        strcpy(words, exact(moves.entered));
        strcat(words, " in, ");
        strcat(words, exact(moves.left));
        strcat(words, " out");
        /* now = before + entered - left */
        Num sum;
        ck_assert(now.present && before.present);
        ck_assert(num_add(before.value, moves.entered, &sum));
        ck_assert(num_subtract(sum, moves.left, &sum));
        ck_assert_int_eq(num_compare(sum, now.value), 0);
    }
    ck_assert_str_eq(words, expected);
}

/* "2 in, 1 out", or "none". */
static void check(const Cell *cell, const char *numerator, const char *denominator) {
    const Figure nothing = {0};
    const Cell *before = cell->previous;
    ck_assert_ptr_null(cell->rows);
    check_side(cell_moves(cell).numerator, cell->numerator, before ? before->numerator : nothing,
               numerator);
    check_side(cell_moves(cell).denominator, cell->denominator,
               before ? before->denominator : nothing, denominator);
}

#define PLANS                                                                                      \
    "source cp_plan \"Plans\"\n"                                                                   \
    "    key         id\n"                                                                         \
    "    column      id        integer\n"                                                          \
    "    column      child     text\n"                                                             \
    "    column      area      text optional\n"                                                    \
    "    column      start     date\n"                                                             \
    "    column      end       date open\n"                                                        \
    "    column      visits    integer optional\n"                                                 \
    "    column      cwd       yes_no optional\n"

#define END                                                                                        \
    "    good        neutral\n"                                                                    \
    "    target      none\n"                                                                       \
    "    decimals    1\n"

/* ---- rolling windows ---- */

/* The window to December starts on 1 January 2016, that to January on 1 February. */
#define ROLLING_ROWS                                                                               \
    "    rows        id  child  area     start       end  visits  cwd\n"                           \
    "                1   \"A\"    \"North\"  2016-01-31  -    9       no\n"                        \
    "                2   \"B\"    \"North\"  2016-02-01  -    9       no\n"                        \
    "                3   \"C\"    \"South\"  2016-12-31  -    1       no\n"                        \
    "                4   \"A\"    \"South\"  2017-01-01  -    9       no\n"                        \
    "                5   \"D\"    \"South\"  2017-01-31  -    1       no\n"                        \
    "                6   \"E\"    \"South\"  2017-02-01  -    1       no\n"

START_TEST(a_rolling_window_loses_its_first_month_and_gains_a_new_one) {
    start(_i);
    definitions_run(PLANS ROLLING_ROWS "indicator i \"I\"\n"
                                       "    denominator cp_plan p dated p.start\n"
                                       "    numerator   those where p.visits > 5\n"
                                       "    basis       percent\n"
                                       "    window      rolling 12 months every month\n" END,
                    NULL, "2017-01", NULL);
    ck_assert_str_eq(cells_of("i"), "2017-01 50 (2/4)\n"); /* was 2/3 */
    check(cell_at("i", NULL, NULL), "1 in, 1 out", "2 in, 1 out");
    definitions_finish();
}
END_TEST

START_TEST(windows_that_do_not_overlap_are_not_compared_row_by_row) {
    start(_i);
    definitions_run(PLANS ROLLING_ROWS "indicator months \"I\"\n"
                                       "    value       count of cp_plan p dated p.start\n"
                                       "    basis       count\n"
                                       "    window      month every month\n"
                                       "    good        neutral\n    target      none\n"
                                       "indicator a_year_before \"I\"\n"
                                       "    value       count of cp_plan p dated p.start\n"
                                       "    basis       count\n"
                                       "    window      rolling 12 months every month\n"
                                       "    compare     previous year\n"
                                       "    good        neutral\n    target      none\n"
                                       "indicator a_longer_one \"I\"\n"
                                       "    value       count of cp_plan p dated p.start\n"
                                       "    basis       count\n"
                                       "    window      rolling 13 months every month\n"
                                       "    compare     previous year\n"
                                       "    good        neutral\n    target      none\n",
                    NULL, "2017-01", NULL);
    check(cell_at("months", NULL, NULL), "none", "none");
    check(cell_at("a_year_before", NULL, NULL), "none", "none");
    check(cell_at("a_longer_one", NULL, NULL), "4 in, 0 out", "none"); /* January 2016 is in both */
    definitions_finish();
}
END_TEST

START_TEST(a_year_to_date_only_gains) {
    start(_i);
    definitions_run(PLANS ROLLING_ROWS "indicator i \"I\"\n"
                                       "    value       count of cp_plan p dated p.start\n"
                                       "    basis       count\n"
                                       "    window      year to date every month\n"
                                       "    good        neutral\n    target      none\n",
                    NULL, "2017-01", NULL);
    ck_assert_str_eq(cells_of("i"), "2017-01 3 (3)\n");
    check(cell_at("i", NULL, NULL), "2 in, 0 out", "none");
    definitions_finish();
}
END_TEST

/* A counts once, whichever of its rows is in the window. */
START_TEST(a_count_of_children_follows_children) {
    start(_i);
    definitions_run(PLANS ROLLING_ROWS
                    "indicator i \"I\"\n"
                    "    value       count distinct p.child of cp_plan p dated p.start\n"
                    "    basis       count\n"
                    "    window      rolling 12 months every month\n"
                    "    good        neutral\n    target      none\n",
                    NULL, "2017-01", NULL);
    ck_assert_str_eq(cells_of("i"), "2017-01 4 (4)\n"); /* A, B, C; then A, B, C, D */
    check(cell_at("i", NULL, NULL), "1 in, 0 out", "none");
    definitions_finish();
}
END_TEST

START_TEST(sums_and_means_follow_amounts) {
    start(_i);
    definitions_run(PLANS ROLLING_ROWS
                    "indicator summed \"I\"\n"
                    "    value       sum p.visits of cp_plan p dated p.start\n"
                    "    basis       number \"visits\"\n"
                    "    window      rolling 12 months every month\n" END
                    "indicator average \"I\"\n"
                    "    value       mean p.visits of cp_plan p dated p.start\n"
                    "    basis       number \"visits\"\n"
                    "    window      rolling 12 months every month\n" END "indicator middle \"I\"\n"
                    "    value       median p.visits of cp_plan p dated p.start\n"
                    "    basis       number \"visits\"\n"
                    "    window      rolling 12 months every month\n" END "indicator apart \"I\"\n"
                    "    value       (sum p.visits of cp_plan p dated p.start)\n"
                    "                    - (count of cp_plan q dated q.start)\n"
                    "    basis       number \"visits\"\n"
                    "    window      rolling 12 months every month\n" END,
                    NULL, "2017-01", NULL);
    check(cell_at("summed", NULL, NULL), "10 in, 9 out", "none");
    check(cell_at("average", NULL, NULL), "10 in, 9 out", "2 in, 1 out");
    check(cell_at("middle", NULL, NULL), "none", "none");
    check(cell_at("apart", NULL, NULL), "none", "none");
    definitions_finish();
}
END_TEST

START_TEST(both_sides_of_a_ratio_are_followed) {
    start(_i);
    definitions_run(PLANS ROLLING_ROWS
                    "source people \"People\"\n"
                    "    key         id\n"
                    "    column      id  integer\n"
                    "    column      on  date\n"
                    "    column      n   integer\n"
                    "    rows        id  on          n\n"
                    "                1   2016-06-30  900\n"
                    "                2   2017-01-15  1000\n"
                    "indicator visits \"I\"\n"
                    "    numerator   sum p.visits of cp_plan p dated p.start\n"
                    "    denominator count distinct q.child of cp_plan q dated q.start\n"
                    "    basis       per 10 \"children\"\n"
                    "    window      rolling 12 months every month\n" END "indicator rate \"I\"\n"
                    "    numerator   count of cp_plan p dated p.start\n"
                    "    denominator sum e.n of people e latest e.on\n"
                    "    basis       per 10,000 \"children\"\n"
                    "    window      rolling 12 months every month\n" END,
                    NULL, "2017-01", NULL);
    check(cell_at("visits", NULL, NULL), "10 in, 9 out", "1 in, 0 out");
    /* A newer estimate of the population is no one's coming or going. */
    check(cell_at("rate", NULL, NULL), "2 in, 1 out", "none");
    definitions_finish();
}
END_TEST

START_TEST(what_was_published_is_no_record) {
    start(_i);
    definitions_run("source plans \"Plans\"\n"
                    "    published   flow\n"
                    "    column      on  date\n"
                    "    column      n   integer\n"
                    "    rows        on          n\n"
                    "                2016-06-30  900\n"
                    "                2017-01-15  1000\n"
                    "indicator i \"I\"\n"
                    "    value       sum s.n of plans s dated s.on\n"
                    "    basis       count\n"
                    "    window      rolling 12 months every month\n"
                    "    good        neutral\n    target      none\n",
                    NULL, "2017-01", NULL);
    check(cell_at("i", NULL, NULL), "none", "none");
    definitions_finish();
}
END_TEST

/* ---- snapshots ---- */

/* Open on 31 December: 1, 2, 3, 4; on 31 January: 2, 3, 4, 5. */
#define SNAPSHOT_ROWS                                                                              \
    "    rows        id  child  area     start       end         visits  cwd\n"                    \
    "                1   \"A\"    \"North\"  2016-01-31  2017-01-31  9       no\n"                 \
    "                2   \"B\"    \"North\"  2016-02-01  -           9       no\n"                 \
    "                3   \"C\"    \"South\"  2015-01-31  -           1       no\n"                 \
    "                4   \"D\"    \"South\"  2015-01-15  2017-02-01  9       no\n"                 \
    "                5   \"E\"    \"South\"  2017-01-31  -           1       no\n"

/* 3 and 4 come to two years in January; 4 was there in 15 days. */
START_TEST(a_row_that_stays_enters_the_numerator) {
    start(_i);
    definitions_run(PLANS SNAPSHOT_ROWS
                    "indicator i \"I\"\n"
                    "    denominator cp_plan p held p.start to p.end\n"
                    "    numerator   those where p.start + 2 years <= period end\n"
                    "    by          p.area as \"Area\" total \"All\" with share\n"
                    "    basis       percent\n"
                    "    window      snapshot every month\n" END,
                    NULL, "2017-01", NULL);
    ck_assert_str_eq(cells_of("i"), "2017-01 All 50 (2/4)\n"
                                    "2017-01 North 0 (0/1)\n"
                                    "2017-01 South 200/3 (2/3)\n");
    check(cell_at("i", NULL, NULL), "2 in, 0 out", "1 in, 1 out");
    check(cell_at("i", "North", NULL), "0 in, 0 out", "0 in, 1 out");
    check(cell_at("i", "South", NULL), "2 in, 0 out", "1 in, 0 out");
    definitions_finish();
}
END_TEST

/* 3 and 4 leave the band below and enter the one above; the distribution keeps them. */
START_TEST(a_row_moves_from_band_to_band) {
    static const char *const bases[] = {"percent\n    decimals    1", "count"};
    for (size_t i = 0; i < 2; i++) {
        StrBuf text = {0};
        start(_i);
        strbuf_addf(&text,
                    PLANS SNAPSHOT_ROWS "indicator i \"I\"\n"
                                        "    distribution cp_plan p held p.start to p.end\n"
                                        "    bands       elapsed p.start to period end\n"
                                        "                \"short\"  under 2 years\n"
                                        "                \"long\"   2 years or more\n"
                                        "    basis       %s\n"
                                        "    window      snapshot every month\n"
                                        "    good        neutral\n    target      none\n",
                    bases[i]);
        definitions_run(strbuf_text(&text), NULL, "2017-01", NULL);
        check(cell_at("i", NULL, NULL), "1 in, 1 out", "1 in, 1 out");
        check(cell_at("i", NULL, "short"), "1 in, 3 out", "1 in, 1 out");
        check(cell_at("i", NULL, "long"), "2 in, 0 out", "1 in, 1 out");
        strbuf_fini(&text);
        definitions_finish();
    }
}
END_TEST

/* The same row with another amount leaves with the old one and enters with the new. */
START_TEST(an_amount_that_grows_leaves_and_enters) {
    start(_i);
    definitions_run(PLANS
                    "    rows        id  child  area     start       end         visits  cwd\n"
                    "                1   \"A\"    \"North\"  2016-12-30  -           9       no\n"
                    "                2   \"B\"    \"North\"  2016-12-01  2017-01-05  9       no\n"
                    "indicator i \"I\"\n"
                    "    value       mean days(p.start, period end) of cp_plan p\n"
                    "                    held p.start to p.end\n"
                    "    basis       days\n"
                    "    window      snapshot every month\n" END,
                    NULL, "2017-01", NULL);
    ck_assert_str_eq(cells_of("i"), "2017-01 32 (32/1)\n");
    check(cell_at("i", NULL, NULL), "32 in, 31 out", "0 in, 1 out");
    definitions_finish();
}
END_TEST

/* ---- what is not counted ---- */

/* In December: 1, 2 and 4 (not yet excluded by age); 5's exclusion is unknown and it stays; 3 is
 * out; 6's numerator is unknown. */
START_TEST(an_exclusion_takes_a_row_out_of_both) {
    start(_i);
    definitions_run(PLANS
                    "    rows        id  child  area     start       end  visits  cwd\n"
                    "                1   \"A\"    \"N\"      2016-01-31  -    9       no\n"
                    "                2   \"B\"    \"N\"      2016-02-01  -    9       no\n"
                    "                3   \"C\"    \"N\"      2017-01-05  -    9       yes\n"
                    "                4   \"D\"    \"N\"      2016-01-15  -    9       no\n"
                    "                5   \"E\"    \"N\"      2017-01-05  -    9       -\n"
                    "                6   \"F\"    \"N\"      2017-01-05  -    -       no\n"
                    "indicator i \"I\"\n"
                    "    denominator cp_plan p held p.start to p.end\n"
                    "    numerator   those where p.visits > 5\n"
                    "    exclude     cwd \"disabled\" where p.cwd\n"
                    "    exclude     old \"a year old\" where p.start + 1 year <= period end\n"
                    "    basis       percent\n"
                    "    window      snapshot every month\n" END,
                    NULL, "2017-01", NULL);
    /* 1, 2, 4 before; 2, 5, 6 now, 6 not in the numerator */
    ck_assert_str_eq(cells_of("i"), "2017-01 200/3 (2/3)\n");
    check(cell_at("i", NULL, NULL), "1 in, 2 out", "2 in, 2 out");
    definitions_finish();
}
END_TEST

START_TEST(rows_with_one_key_are_one_record) {
    start(_i);
    definitions_run(PLANS
                    "    rows        id  child  area     start       end         visits  cwd\n"
                    "                1   \"A\"    \"N\"      2016-12-30  2017-01-15  2       no\n"
                    "                1   \"A\"    \"N\"      2017-01-15  -           3       no\n"
                    "indicator i \"I\"\n"
                    "    value       count of cp_plan p held p.start to p.end\n"
                    "    basis       count\n"
                    "    window      snapshot every month\n"
                    "    good        neutral\n    target      none\n"
                    "indicator v \"I\"\n"
                    "    value       sum p.visits of cp_plan p held p.start to p.end\n"
                    "    basis       number \"visits\"\n"
                    "    window      snapshot every month\n" END,
                    NULL, "2017-01", NULL);
    check(cell_at("i", NULL, NULL), "0 in, 0 out", "none");
    check(cell_at("v", NULL, NULL), "3 in, 2 out", "none");
    definitions_finish();
}
END_TEST

START_TEST(nothing_is_compared_across_a_break_or_with_what_was_reported) {
    start(_i);
    definitions_run(PLANS SNAPSHOT_ROWS "indicator broken \"I\"\n"
                                        "    value       count of cp_plan p held p.start to p.end\n"
                                        "    basis       count\n"
                                        "    window      snapshot every month\n"
                                        "    break       2017-01-01 \"a new system\"\n"
                                        "    good        neutral\n    target      none\n"
                                        "indicator told \"I\"\n"
                                        "    value       count of cp_plan p held p.start to p.end\n"
                                        "    basis       count\n"
                                        "    window      snapshot every month\n"
                                        "    reported    2016-12 400\n"
                                        "    good        neutral\n    target      none\n"
                                        "indicator both \"I\"\n"
                                        "    value       told - broken\n"
                                        "    basis       count\n"
                                        "    window      snapshot every month\n"
                                        "    good        neutral\n    target      none\n",
                    NULL, "2017-01", NULL);
    check(cell_at("broken", NULL, NULL), "none", "none");
    check(cell_at("told", NULL, NULL), "none", "none");
    check(cell_at("both", NULL, NULL), "none", "none");
    definitions_finish();
}
END_TEST

/* From no rows at all, and to none. */
START_TEST(from_no_cases_and_to_none) {
    start(_i);
    definitions_run(PLANS
                    "    rows        id  child  area     start       end         visits  cwd\n"
                    "                1   \"A\"    \"N\"      2016-12-30  2017-01-15  2       no\n"
                    "indicator i \"I\"\n"
                    "    denominator cp_plan p held p.start to p.end\n"
                    "    numerator   those where p.visits > 1\n"
                    "    by          p.area as \"Area\"\n"
                    "    basis       percent\n"
                    "    window      snapshot every month\n" END,
                    NULL, "2016-12", "2017-01");
    const Result *result = definitions_result();
    ck_assert_uint_eq(result->cells_len, 4); /* November, December and its group, January */
    check(result->cells[1], "1 in, 0 out", "1 in, 0 out");
    check(result->cells[2], "none", "none"); /* November has no such group */
    check(result->cells[3], "0 in, 1 out", "0 in, 1 out");
    definitions_finish();
}
END_TEST

START_TEST(nothing_is_compared_unless_it_was_asked_for) {
    definitions_start();
    definitions_use((EngineOptions){.kind = _i ? ENGINE_NATIVE : ENGINE_REFERENCE});
    definitions_run(PLANS SNAPSHOT_ROWS "indicator i \"I\"\n"
                                        "    value       count of cp_plan p held p.start to p.end\n"
                                        "    basis       count\n"
                                        "    window      snapshot every month\n"
                                        "    good        neutral\n    target      none\n",
                    NULL, "2017-01", NULL);
    check(cell_at("i", NULL, NULL), "none", "none");
    definitions_finish();
}
END_TEST

Suite *moves_suite(void) {
    Suite *suite = suite_create("moves");
    TCase *tests = tcase_create("moves");
    tcase_add_loop_test(tests, a_rolling_window_loses_its_first_month_and_gains_a_new_one, 0,
                        ENGINES);
    tcase_add_loop_test(tests, windows_that_do_not_overlap_are_not_compared_row_by_row, 0, ENGINES);
    tcase_add_loop_test(tests, a_year_to_date_only_gains, 0, ENGINES);
    tcase_add_loop_test(tests, a_count_of_children_follows_children, 0, ENGINES);
    tcase_add_loop_test(tests, sums_and_means_follow_amounts, 0, ENGINES);
    tcase_add_loop_test(tests, both_sides_of_a_ratio_are_followed, 0, ENGINES);
    tcase_add_loop_test(tests, what_was_published_is_no_record, 0, ENGINES);
    tcase_add_loop_test(tests, a_row_that_stays_enters_the_numerator, 0, ENGINES);
    tcase_add_loop_test(tests, a_row_moves_from_band_to_band, 0, ENGINES);
    tcase_add_loop_test(tests, an_amount_that_grows_leaves_and_enters, 0, ENGINES);
    tcase_add_loop_test(tests, an_exclusion_takes_a_row_out_of_both, 0, ENGINES);
    tcase_add_loop_test(tests, rows_with_one_key_are_one_record, 0, ENGINES);
    tcase_add_loop_test(tests, nothing_is_compared_across_a_break_or_with_what_was_reported, 0,
                        ENGINES);
    tcase_add_loop_test(tests, from_no_cases_and_to_none, 0, ENGINES);
    tcase_add_loop_test(tests, nothing_is_compared_unless_it_was_asked_for, 0, 2);
    suite_add_tcase(suite, tests);
    return suite;
}
