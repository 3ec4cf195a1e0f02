/* Benchmarks: what they are, and which of our values they meet; section 4 of the language
 * reference. */
#include <check.h>

#include "tests/unit/definitions.h"

Suite *benchmark_suite(void);

static void check_benchmark(const char *id, const char *group, const char *band,
                            const char *expected) {
    ck_assert_str_eq(benchmark_of(cell_at(id, group, band), 0), expected);
}

/* ---- a value ---- */

#define COUNTED(clauses)                                                                           \
    "source event \"Events\"\n"                                                                    \
    "    column      on    date\n"                                                                 \
    "    column      area  text\n"                                                                 \
    "    column      good  yes_no\n"                                                               \
    "    rows        on          area  good\n"                                                     \
    "                2015-05-01  \"N\"   yes\n"                                                    \
    "                2015-05-02  \"N\"   no\n"                                                     \
    "                2015-05-03  \"S\"   no\n"                                                     \
    "                2016-05-03  \"S\"   no\n"                                                     \
    "indicator good \"Good events\"\n"                                                             \
    "    denominator event e dated e.on\n"                                                         \
    "    numerator   those where e.good\n"                                                         \
    "    basis       percent\n"                                                                    \
    "    window      financial year every year\n"                                                  \
    "    good        high\n"                                                                       \
    "    decimals    1\n" clauses

START_TEST(a_value_meets_the_whole_and_each_group) {
    definitions_run(COUNTED("    by          e.area as \"Area\"\n"
                            "    benchmark   \"SN average\" 2014/15: 40.5%\n"),
                    NULL, "2015/16", NULL);
    check_benchmark("good", NULL, NULL, "40.5");
    check_benchmark("good", "N", NULL, "40.5");
    const Cell *cell = cell_at("good", NULL, NULL);
    ck_assert(cell->benchmarks[0].comparable);
    ck_assert_ptr_eq(cell->benchmarks[0].benchmark, &cell->indicator->benchmarks[0]);
    /* what it is compared with was not asked for */
    ck_assert_uint_eq(cell->previous->benchmarks_len, 0);
}
END_TEST

START_TEST(an_amount_of_the_whole_meets_no_group) {
    definitions_run("source event \"Events\"\n"
                    "    column      on    date\n"
                    "    column      area  text\n"
                    "    rows        on          area\n"
                    "                2015-05-01  \"N\"\n"
                    "                2015-05-03  \"S\"\n"
                    "indicator events \"Events\"\n"
                    "    value       count of event e dated e.on\n"
                    "    by          e.area as \"Area\"\n"
                    "    basis       count\n"
                    "    window      financial year every year\n"
                    "    good        high\n"
                    "    benchmark   \"SN average\" 2015/16: 2\n",
                    NULL, "2015/16", NULL);
    check_benchmark("events", NULL, NULL, "2");
    ck_assert(cell_at("events", NULL, NULL)->benchmarks[0].comparable);
    ck_assert(!cell_at("events", "N", NULL)->benchmarks[0].comparable);
    ck_assert(!cell_at("events", "N", NULL)->benchmarks[0].value.present);
}
END_TEST

START_TEST(what_is_not_comparable_is_printed_all_the_same) {
    definitions_run(
        COUNTED("    benchmark   \"SN average\" 2014/15: 40.5% not comparable \"another count\"\n"),
        NULL, "2015/16", NULL);
    check_benchmark("good", NULL, NULL, "40.5, not comparable: another count");
}
END_TEST

START_TEST(values_of_groups) {
    definitions_run(COUNTED("    by          e.area as \"Area\"\n"
                            "    benchmark   \"SN average\" 2014/15: \"N\" 40.5%, \"S\" 20%\n"),
                    NULL, "2015/16", NULL);
    check_benchmark("good", NULL, NULL, "none, not comparable");
    check_benchmark("good", "N", NULL, "40.5");
    check_benchmark("good", "S", NULL, "20");
}
END_TEST

START_TEST(groups_that_are_added) {
    definitions_run(COUNTED("    by          e.area as \"Area\"\n"
                            "    benchmark   \"SN average\" 2014/15: \"S\" + \"N\" 40% + 0.5%\n"),
                    NULL, "2015/16", NULL);
    /* 1 of 2 and 0 of 1, made again from counts */
    check_benchmark("good", "N", NULL, "40.5, like 100/3 (1/3)");
    check_benchmark("good", "S", NULL, "none, not comparable");
    ck_assert_ptr_nonnull(cell_at("good", "S", NULL)->benchmarks[0].entry);
}
END_TEST

/* ---- bands ---- */

/* Of ten plans three are younger than six weeks, one than three months, two than six, one than a
 * year; and three are older. */
#define PLANS                                                                                      \
    "source cin_plan \"Child in need plans\"\n"                                                    \
    "    column      start  date\n"                                                                \
    "    column      end    date open\n"                                                           \
    "    column      area   text\n"                                                                \
    "    rows        start       end  area\n"                                                      \
    "                2017-01-02  -    \"N\"\n"                                                     \
    "                2017-01-03  -    \"N\"\n"                                                     \
    "                2017-01-04  -    \"S\"\n"                                                     \
    "                2016-12-01  -    \"S\"\n"                                                     \
    "                2016-10-01  -    \"N\"\n"                                                     \
    "                2016-10-01  -    \"N\"\n"                                                     \
    "                2016-05-01  -    \"N\"\n"                                                     \
    "                2015-05-01  -    \"N\"\n"                                                     \
    "                2015-05-01  -    \"N\"\n"                                                     \
    "                2014-05-01  -    \"S\"\n"

#define DURATION(id, more)                                                                         \
    "indicator " id " \"Length of open child in need plans\"\n"                                    \
    "    distribution cin_plan p held p.start to p.end\n"                                          \
    "    bands       elapsed p.start to period end\n"                                              \
    "                \"0-6 weeks\"             under 6 weeks\n"                                    \
    "                \"6 weeks to 3 months\"   under 3 months\n"                                   \
    "                \"3-6 months\"            under 6 months\n"                                   \
    "                \"6 months to 1 year\"    under 1 year\n"                                     \
    "                \"over 1 year\"           1 year or more\n"                                   \
    "    basis       percent\n"                                                                    \
    "    window      snapshot every month\n"                                                       \
    "    good        neutral\n"                                                                    \
    "    target      none\n"                                                                       \
    "    decimals    1\n" more

#define PUBLISHED_BANDS                                                                            \
    "    benchmark   \"SN average\" 2016-03-31: \"0-6 weeks\" + \"6 weeks to 3 months\" 22.2%,\n"  \
    "                \"3-6 months\" 12.5%, \"6 months to 1 year\" 16.3%,\n"                        \
    "                \"over 1 year\" 19.2% + 29.8%\n"

START_TEST(bands_that_the_benchmark_merges_are_added) {
    definitions_run(PLANS DURATION("cin_duration", PUBLISHED_BANDS), NULL, "2017-01", NULL);
    check_benchmark("cin_duration", NULL, NULL, "none, not comparable");
    check_benchmark("cin_duration", NULL, "0-6 weeks", "22.2, like 40 (4/10)");
    check_benchmark("cin_duration", NULL, "6 weeks to 3 months", "none, not comparable");
    check_benchmark("cin_duration", NULL, "3-6 months", "12.5");
    check_benchmark("cin_duration", NULL, "6 months to 1 year", "16.3");
    check_benchmark("cin_duration", NULL, "over 1 year", "49");
}
END_TEST

START_TEST(bands_are_added_within_their_group) {
    definitions_run(
        PLANS DURATION("cin_duration", "    by          p.area as \"Area\"\n" PUBLISHED_BANDS),
        NULL, "2017-01", NULL);
    check_benchmark("cin_duration", NULL, "0-6 weeks", "22.2, like 40 (4/10)");
    check_benchmark("cin_duration", "N", "0-6 weeks", "22.2, like 200/7 (2/7)");
    check_benchmark("cin_duration", "S", "0-6 weeks", "22.2, like 200/3 (2/3)");
}
END_TEST

START_TEST(merged_bands_on_the_population_of_the_benchmark) {
    definitions_run(
        PLANS DURATION("cin_duration",
                       "    benchmark   \"SN average\" 2016-03-31: \"0-6 weeks\" + \"6 weeks to 3 "
                       "months\" 22.2%,\n"
                       "                \"over 1 year\" 49% only where p.area = \"S\"\n"),
        NULL, "2017-01", NULL);
    check_benchmark("cin_duration", NULL, "0-6 weeks", "22.2, like 200/3 (2/3)");
    check_benchmark("cin_duration", NULL, "over 1 year", "49, like 100/3 (1/3)");
}
END_TEST

/* ---- only where ---- */

/* Of those aged 17 to 21 two of five are in nothing; of those from 19 on one of three. */
#define CARE_LEAVERS(clauses)                                                                      \
    "source care_leaver \"Care leavers\"\n"                                                        \
    "    column      born      date\n"                                                             \
    "    column      from      date\n"                                                             \
    "    column      until     date open\n"                                                        \
    "    column      neet      yes_no\n"                                                           \
    "    rows        born        from        until  neet\n"                                        \
    "                1999-06-01  2016-01-01  -      yes\n"                                         \
    "                1998-06-01  2016-01-01  -      no\n"                                          \
    "                1998-01-31  2016-01-01  -      yes\n"                                         \
    "                1996-06-01  2016-01-01  -      no\n"                                          \
    "                1995-02-01  2016-01-01  -      no\n"                                          \
    "                1994-06-01  2016-01-01  -      yes\n"                                         \
    "indicator neet \"Care leavers not in education, employment or training\"\n"                   \
    "    denominator care_leaver l held l.from to l.until where age(l.born) between 17 and 21\n"   \
    "    numerator   those where l.neet\n" clauses "    basis       percent\n"                     \
    "    window      snapshot every month\n"                                                       \
    "    good        low\n"                                                                        \
    "    decimals    1\n"                                                                          \
    "    benchmark   \"SN average\" 2016-03-31: 42.2% only where age(l.born) between 19 and 21\n"

START_TEST(our_value_is_computed_again_on_the_population_of_the_benchmark) {
    definitions_run(CARE_LEAVERS(""), NULL, "2017-01", NULL);
    ck_assert_str_eq(cells_of("neet"), "2017-01 40 (2/5)\n");
    check_benchmark("neet", NULL, NULL, "42.2, like 100/3 (1/3)");
}
END_TEST

START_TEST(and_so_is_that_of_each_group) {
    definitions_run(CARE_LEAVERS("    by          age(l.born) as \"Age\"\n"), NULL, "2017-01",
                    NULL);
    check_benchmark("neet", NULL, NULL, "42.2, like 100/3 (1/3)");
    check_benchmark("neet", "19", NULL, "42.2, like 100 (1/1)");
    check_benchmark("neet", "17", NULL, "42.2, like none, not comparable: no cases");
}
END_TEST

START_TEST(exclusions_hold_on_that_population_too) {
    definitions_run(
        CARE_LEAVERS("    exclude     young \"born in 1998\" where year(l.born) = 1998\n"), NULL,
        "2017-01", NULL);
    check_benchmark("neet", NULL, NULL, "42.2, like 0 (0/2)");
}
END_TEST

/* ---- compared as ---- */

#define STARTED(clauses)                                                                           \
    "source plan \"Plans\"\n"                                                                      \
    "    column      start  date\n"                                                                \
    "    column      end    date open\n"                                                           \
    "    rows        start       end\n"                                                            \
    "                2015-05-01  2015-06-01\n"                                                     \
    "                2016-05-01  2016-06-01\n"                                                     \
    "                2016-06-01  -\n"                                                              \
    "indicator plans_started \"Plans started\"\n"                                                  \
    "    value       count of plan s dated s.start\n"                                              \
    "    basis       count\n"                                                                      \
    "    window      rolling 12 months every quarter\n"                                            \
    "    good        neutral\n"                                                                    \
    "    target      none\n"                                                                       \
    "indicator plans \"Children on plans\"\n"                                                      \
    "    value       count of plan p held p.start to p.end\n"                                      \
    "    basis       count\n"                                                                      \
    "    window      snapshot every month\n"                                                       \
    "    good        neutral\n"                                                                    \
    "    target      none\n" clauses

START_TEST(the_value_of_another_indicator_meets_it) {
    definitions_run(
        STARTED("    benchmark   \"SN average\" 2015/16: 560 compared as plans_started\n"), "plans",
        "2017-01", NULL);
    ck_assert_str_eq(cells_of("plans"), "2017-01 1 (1)\n");
    /* the last complete quarter: 2016 */
    check_benchmark("plans", NULL, NULL, "560, like 2 (2)");
    ck_assert_str_eq(cells_of("plans_started"), "");
}
END_TEST

/* ---- neighbours ---- */

#define PUBLISHED(rows)                                                                            \
    "source plans_published \"Plans by authority and year\"\n"                                     \
    "    published   flow\n"                                                                       \
    "    symbols     c confidential, x unavailable\n"                                              \
    "    covers      2014-04-01 to 2016-03-31\n"                                                   \
    "    column      year     integer\n"                                                           \
    "    column      la       text\n"                                                              \
    "    column      started  integer optional\n"                                                  \
    "    column      repeat   integer optional\n"                                                  \
    "    column      on       date = day(year, 3, 31)\n"                                           \
    "    rows        year  la     started  repeat\n" rows

#define REPEATS(name, more)                                                                        \
    "indicator " name " \"Second plans\"\n"                                                        \
    "    numerator   sum d.repeat of plans_published d dated d.on\n"                               \
    "    denominator sum d.started of d\n"                                                         \
    "    basis       percent\n"                                                                    \
    "    window      financial year every year\n"                                                  \
    "    good        low\n"                                                                        \
    "    target      none\n"                                                                       \
    "    decimals    1\n" more

#define OURS(benchmark)                                                                            \
    "source plan \"Plans\"\n"                                                                      \
    "    column      start  date\n"                                                                \
    "    column      again  yes_no\n"                                                              \
    "    rows        start       again\n"                                                          \
    "                2016-12-01  yes\n"                                                            \
    "                2016-12-02  no\n"                                                             \
    "indicator repeats \"Second plans of ours\"\n"                                                 \
    "    denominator plan p dated p.start\n"                                                       \
    "    numerator   those where p.again\n"                                                        \
    "    basis       percent\n"                                                                    \
    "    window      rolling 12 months every month\n"                                              \
    "    good        low\n"                                                                        \
    "    decimals    1\n" benchmark

#define NEIGHBOURS                                                                                 \
    "neighbours sn \"Neighbours\" of \"933\"\n"                                                    \
    "    members     \"878\", \"908\", \"935\"\n"

#define ROWS                                                                                       \
    "                2015  \"878\"  100      90\n"                                                 \
    "                2016  \"878\"  100      30\n"                                                 \
    "                2016  \"908\"  50       10\n"                                                 \
    "                2016  \"935\"  3        1\n"                                                  \
    "                2016  \"933\"  10       9\n"

#define ACROSS(words)                                                                              \
    "    benchmark   \"SN average\" 2015/16: from repeats_by_la across sn" words "\n"

#define BY_LA REPEATS("repeats_by_la", "    by          d.la as \"Authority\"\n")

START_TEST(the_mean_of_the_members_values) {
    definitions_run(PUBLISHED(ROWS) BY_LA NEIGHBOURS OURS(ACROSS("")), "repeats", "2017-01", NULL);
    /* 30, 20 and 100/3 percent; not 41 of 153 */
    check_benchmark("repeats", NULL, NULL, "250/9, 3 of 3");
    ck_assert_str_eq(cells_of("repeats_by_la"), "");
    ck_assert_uint_eq(messages_of(DIAG_no_period_available), 0);
}
END_TEST

START_TEST(the_members_pooled) {
    definitions_run(PUBLISHED(ROWS) BY_LA NEIGHBOURS OURS(ACROSS(" pooled")), "repeats", "2017-01",
                    NULL);
    check_benchmark("repeats", NULL, NULL, "4100/153, 3 of 3");
}
END_TEST

START_TEST(members_without_a_value_are_counted) {
    definitions_run(PUBLISHED("                2016  \"878\"  100      30\n"
                              "                2016  \"908\"  50       c\n"
                              "                2016  \"933\"  10       9\n")
                        BY_LA NEIGHBOURS OURS(ACROSS("")),
                    "repeats", "2017-01", NULL);
    check_benchmark("repeats", NULL, NULL, "30, 1 of 3");
    ck_assert_uint_eq(cell_at("repeats", NULL, NULL)->benchmarks[0].members_confidential, 1);
}
END_TEST

START_TEST(a_minimum_of_members) {
    const char *text = PUBLISHED("                2016  \"878\"  100      30\n"
                                 "                2016  \"908\"  50       c\n")
        BY_LA NEIGHBOURS OURS(ACROSS(" at least 2 members"));
    definitions_run(text, "repeats", "2017-01", NULL);
    check_benchmark("repeats", NULL, NULL,
                    "none, 1 of 3, not comparable: 1 of 3 members has a value (1 is confidential), "
                    "2 are needed");
}
END_TEST

START_TEST(no_member_has_a_value) {
    definitions_run(PUBLISHED("                2016  \"933\"  10       9\n")
                        BY_LA NEIGHBOURS OURS(ACROSS("")),
                    "repeats", "2017-01", NULL);
    check_benchmark("repeats", NULL, NULL,
                    "none, 0 of 3, not comparable: none of 3 members has a value");
}
END_TEST

START_TEST(a_period_that_is_not_covered) {
    definitions_run(PUBLISHED(ROWS) BY_LA NEIGHBOURS OURS(
                        "    benchmark   \"SN\" 2013/14: from repeats_by_la across sn\n"),
                    "repeats", "2017-01", NULL);
    check_benchmark(
        "repeats", NULL, NULL,
        "none, 0 of 3, not comparable: 'Plans by authority and year' covers 1 April 2014 to 31 "
        "March 2016");
    ck_assert_uint_eq(messages_of(DIAG_no_period_available), 0);
}
END_TEST

START_TEST(a_period_that_the_indicator_does_not_have) {
    definitions_run(PUBLISHED(ROWS) BY_LA NEIGHBOURS OURS(
                        "    benchmark   \"SN\" 2015/16-Q2: from repeats_by_la across sn\n"),
                    "repeats", "2017-01", NULL);
    check_benchmark("repeats", NULL, NULL,
                    "none, 0 of 3, not comparable: 'repeats_by_la' has no period that ends in "
                    "2015/16-Q2");
}
END_TEST

START_TEST(neighbours_out_of_a_table) {
    definitions_run("source neighbour \"Neighbours\"\n"
                    "    column      year  integer\n"
                    "    column      code  integer\n"
                    "    rows        year  code\n"
                    "                2014  878\n"
                    "                2014  908\n"
                    "                2014  878\n"
                    "                2015  935\n"
                    "neighbours sn \"Neighbours\" of \"933\"\n"
                    "    year        2014\n"
                    "    members     n.code of neighbour n where n.year = 2014\n" PUBLISHED(ROWS)
                        BY_LA OURS(ACROSS("")),
                    "repeats", "2017-01", NULL);
    check_benchmark("repeats", NULL, NULL, "25, 2 of 2");
}
END_TEST

/* A table of every authority's neighbours may name ours: it is not its own. */
START_TEST(an_authority_is_not_its_own_neighbour) {
    definitions_run("source neighbour \"Neighbours\"\n"
                    "    column      code  integer\n"
                    "    rows        code\n"
                    "                878\n"
                    "                933\n"
                    "                908\n"
                    "neighbours sn \"Neighbours\" of \"933\"\n"
                    "    members     n.code of neighbour n\n" PUBLISHED(ROWS)
                        BY_LA OURS(ACROSS("")),
                    "repeats", "2017-01", NULL);
    check_benchmark("repeats", NULL, NULL, "25, 2 of 2");
}
END_TEST

/* Each authority's number meets their mean; all of England's together is no authority. */
START_TEST(a_sum_over_authorities_meets_no_mean_of_them) {
    definitions_run("source plan \"Plans\"\n"
                    "    published   flow\n"
                    "    column      la   text\n"
                    "    column      n    integer\n"
                    "    column      on   date\n"
                    "    rows        la     n   on\n"
                    "                \"878\"  30  2016-03-31\n"
                    "                \"908\"  40  2016-03-31\n"
                    "                \"933\"  50  2016-03-31\n" NEIGHBOURS
                    "indicator plans \"Plans\"\n"
                    "    value       sum p.n of plan p dated p.on\n"
                    "    by          p.la as \"Authority\"\n"
                    "    basis       count\n"
                    "    window      financial year every year\n"
                    "    good        low\n"
                    "    benchmark   \"SN\" 2015/16: from plans across sn\n",
                    "plans", "2015/16", NULL);
    check_benchmark("plans", NULL, NULL, "none, not comparable");
    check_benchmark("plans", "933", NULL, "35, 2 of 3");
}
END_TEST

/* The last complete quarter meets it, and says so. */
#define COMPARED_AS(more)                                                                          \
    "source event \"Events\"\n"                                                                    \
    "    column      on    date\n"                                                                 \
    "    rows        on\n"                                                                         \
    "                2016-11-05\n"                                                                 \
    "                2016-12-05\n"                                                                 \
    "                2017-01-06\n"                                                                 \
    "indicator quarterly \"Events of the quarter\"\n"                                              \
    "    value       count of event e dated e.on\n"                                                \
    "    basis       count\n"                                                                      \
    "    window      quarter every quarter\n"                                                      \
    "    good        low\n" more "indicator monthly \"Events of the month\"\n"                     \
    "    value       count of event e dated e.on\n"                                                \
    "    basis       count\n"                                                                      \
    "    window      month every month\n"                                                          \
    "    good        low\n"                                                                        \
    "    benchmark   \"England\" 2016/17-Q3: 5 compared as quarterly\n"

START_TEST(another_period_of_what_is_compared_is_told) {
    definitions_run(COMPARED_AS(""), "monthly", "2017-01", NULL);
    const BenchmarkFigure *figure = &cell_at("monthly", NULL, NULL)->benchmarks[0];
    check_benchmark("monthly", NULL, NULL, "5, like 2 (2)");
    ck_assert(figure->has_like_period);
    ck_assert_int_eq(figure->like_period.kind, PERIOD_QUARTER);
    definitions_finish();
    definitions_start();
    definitions_run(COMPARED_AS(""), "monthly", "2016-12", NULL);
    ck_assert(!cell_at("monthly", NULL, NULL)->benchmarks[0].has_like_period);
}
END_TEST

/* A reported figure stands instead of the computed one wherever that would be used. */
START_TEST(what_was_reported_meets_it) {
    definitions_run(COMPARED_AS("    reported    2016/17-Q3 7 \"as published\"\n"), "monthly",
                    "2017-01", NULL);
    check_benchmark("monthly", NULL, NULL, "5, like 7");
}
END_TEST

START_TEST(a_benchmark_across_neighbours_of_others_is_no_like_for_like) {
    static const char *const others[] = {"children aged 5 to 17", "children"};
    for (size_t i = 0; i < 2; i++) {
        StrBuf text = {0};
        definitions_finish();
        definitions_start();
        strbuf_addf(&text,
                    "source rate \"Rates\"\n"
                    "    published   flow\n"
                    "    column      la   text\n"
                    "    column      n    integer\n"
                    "    column      of   integer\n"
                    "    column      on   date\n"
                    "    rows        la     n   of    on\n"
                    "                \"878\"  30  1000  2016-03-31\n"
                    "                \"933\"  50  1000  2016-03-31\n" NEIGHBOURS
                    "indicator rates \"Rates\"\n"
                    "    numerator   sum r.n of rate r dated r.on\n"
                    "    denominator sum r.of of r\n"
                    "    by          r.la as \"Authority\"\n"
                    "    basis       per 10,000 \"%s\"\n"
                    "    window      financial year every year\n"
                    "    good        low\n    decimals    1\n"
                    "indicator ours \"Ours\"\n"
                    "    numerator   sum r.n of rate r dated r.on where r.la = \"933\"\n"
                    "    denominator sum r.of of r\n"
                    "    basis       per 10,000 \"children\"\n"
                    "    window      financial year every year\n"
                    "    good        low\n    decimals    1\n"
                    "    benchmark   \"SN\" 2015/16: from rates across sn%s\n",
                    others[i], i == 0 ? "" : " population \"children aged 5 to 17\"");
        definitions_run(strbuf_text(&text), "ours", "2015/16", NULL);
        check_benchmark("ours", NULL, NULL,
                        "300, 1 of 3, not comparable: the benchmark is of another population");
        ck_assert_uint_eq(messages_of(DIAG_benchmark_unlike), 1);
        strbuf_fini(&text);
    }
}
END_TEST

START_TEST(the_whole_has_the_label_of_its_total) {
    definitions_run(
        COUNTED("    by          e.area as \"Area\" total \"Everywhere\"\n"
                "    benchmark   \"SN average\" 2014/15: \"Everywhere\" 33%, \"S\" 20%\n"),
        NULL, "2015/16", NULL);
    check_benchmark("good", NULL, NULL, "33");
    check_benchmark("good", "N", NULL, "none, not comparable");
    check_benchmark("good", "S", NULL, "20");
    ck_assert_uint_eq(messages_of(DIAG_benchmark_group_unmet), 0);
}
END_TEST

/* The codes of authorities may be numbers. */
START_TEST(members_by_number) {
    definitions_run("source ofsted \"Visits\"\n"
                    "    published   flow\n"
                    "    column      la   integer\n"
                    "    column      n    integer\n"
                    "    column      on   date\n"
                    "    rows        la   n   on\n"
                    "                878  3   2016-03-31\n"
                    "                908  4   2016-03-31\n"
                    "                933  90  2016-03-31\n"
                    "indicator visits \"Visits\"\n"
                    "    value       sum v.n of ofsted v dated v.on\n"
                    "    by          v.la as \"Authority\"\n"
                    "    basis       count\n"
                    "    window      financial year every year\n"
                    "    good        neutral\n"
                    "    target      none\n" NEIGHBOURS "indicator ours \"Ours\"\n"
                    "    value       sum w.n of ofsted w dated w.on where w.la = 933\n"
                    "    basis       count\n"
                    "    window      financial year every year\n"
                    "    good        neutral\n"
                    "    benchmark   \"SN\" 2015/16: from visits across sn\n",
                    "ours", "2015/16", NULL);
    check_benchmark("ours", NULL, NULL, "3.5, 2 of 3");
}
END_TEST

/* Bands of ours meet the members' bands of the same label: 878 has one of two in the first, 908
 * none of one. */
START_TEST(bands_across_neighbours) {
    definitions_run("source stay \"Stays\"\n"
                    "    column      la     text\n"
                    "    column      on     date\n"
                    "    column      days   integer\n"
                    "    rows        la     on          days\n"
                    "                \"878\"  2015-05-01  1\n"
                    "                \"878\"  2015-05-01  9\n"
                    "                \"908\"  2015-05-01  9\n"
                    "                \"933\"  2015-05-01  1\n" NEIGHBOURS
                    "indicator by_la \"Days\"\n"
                    "    distribution stay s dated s.on\n"
                    "    bands       s.days\n"
                    "                \"few\"   under 5\n"
                    "                \"many\"  5 or more\n"
                    "    by          s.la as \"Authority\"\n"
                    "    basis       percent\n"
                    "    window      financial year every year\n"
                    "    good        neutral\n"
                    "    target      none\n"
                    "    decimals    1\n"
                    "indicator ours \"Days\"\n"
                    "    distribution stay t dated t.on where t.la = \"933\"\n"
                    "    bands       t.days\n"
                    "                \"few\"   under 5\n"
                    "                \"many\"  5 or more\n"
                    "    basis       percent\n"
                    "    window      financial year every year\n"
                    "    good        neutral\n"
                    "    decimals    1\n"
                    "    benchmark   \"SN\" 2015/16: from by_la across sn\n",
                    "ours", "2015/16", NULL);
    check_benchmark("ours", NULL, "few", "25, 2 of 3");
    check_benchmark("ours", NULL, "many", "75, 2 of 3");
}
END_TEST

/* Ten values whose denominators have no common factor do not fit one fraction of 128 bits. */
START_TEST(a_mean_that_does_not_fit_is_of_rounded_values) {
    definitions_run(
        PUBLISHED("                2016  \"a\"  999983     1\n"
                  "                2016  \"b\"  999979     1\n"
                  "                2016  \"c\"  999961     1\n"
                  "                2016  \"d\"  999959     1\n"
                  "                2016  \"e\"  999953     1\n"
                  "                2016  \"f\"  999931     1\n"
                  "                2016  \"g\"  999917     1\n"
                  "                2016  \"h\"  999907     1\n") BY_LA
        "neighbours sn \"Neighbours\" of \"933\"\n"
        "    members     \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\"\n" OURS(ACROSS("")),
        "repeats", "2017-01", NULL);
    const BenchmarkFigure *figure = &cell_at("repeats", NULL, NULL)->benchmarks[0];
    ck_assert(figure->value.present);
    StrBuf text = {0};
    num_print(&text, figure->value.value, 9, false);
    ck_assert_str_eq(strbuf_text(&text), "0.000100005"); /* 100 / 999949 = 0.0001000051 */
    strbuf_fini(&text);
}
END_TEST

Suite *benchmark_suite(void) {
    Suite *suite = suite_create("benchmark");
    TCase *tests = tcase_create("benchmarks");
    tcase_add_checked_fixture(tests, definitions_start, definitions_finish);
    tcase_add_test(tests, a_value_meets_the_whole_and_each_group);
    tcase_add_test(tests, an_amount_of_the_whole_meets_no_group);
    tcase_add_test(tests, what_is_not_comparable_is_printed_all_the_same);
    tcase_add_test(tests, values_of_groups);
    tcase_add_test(tests, groups_that_are_added);
    tcase_add_test(tests, bands_that_the_benchmark_merges_are_added);
    tcase_add_test(tests, bands_are_added_within_their_group);
    tcase_add_test(tests, merged_bands_on_the_population_of_the_benchmark);
    tcase_add_test(tests, our_value_is_computed_again_on_the_population_of_the_benchmark);
    tcase_add_test(tests, and_so_is_that_of_each_group);
    tcase_add_test(tests, exclusions_hold_on_that_population_too);
    tcase_add_test(tests, the_value_of_another_indicator_meets_it);
    tcase_add_test(tests, the_mean_of_the_members_values);
    tcase_add_test(tests, the_members_pooled);
    tcase_add_test(tests, members_without_a_value_are_counted);
    tcase_add_test(tests, a_minimum_of_members);
    tcase_add_test(tests, no_member_has_a_value);
    tcase_add_test(tests, a_period_that_is_not_covered);
    tcase_add_test(tests, a_period_that_the_indicator_does_not_have);
    tcase_add_test(tests, neighbours_out_of_a_table);
    tcase_add_test(tests, members_by_number);
    tcase_add_test(tests, bands_across_neighbours);
    tcase_add_test(tests, an_authority_is_not_its_own_neighbour);
    tcase_add_test(tests, a_sum_over_authorities_meets_no_mean_of_them);
    tcase_add_test(tests, another_period_of_what_is_compared_is_told);
    tcase_add_test(tests, what_was_reported_meets_it);
    tcase_add_test(tests, a_benchmark_across_neighbours_of_others_is_no_like_for_like);
    tcase_add_test(tests, the_whole_has_the_label_of_its_total);
    tcase_add_test(tests, a_mean_that_does_not_fit_is_of_rounded_values);
    suite_add_tcase(suite, tests);
    return suite;
}
