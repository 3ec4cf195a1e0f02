/* Definitions in plain English: each kind of expression, window, basis, band and judgement, from
 * what the language says that it means. */
#include <check.h>
#include <string.h>

#include "tests/unit/definitions.h"
#include "wording/wording.h"

Suite *wording_suite(void);

#define SOURCES                                                                                    \
    "codes kinds \"Kinds of stay\"\n"                                                              \
    "    B  \"Long\"\n"                                                                            \
    "    A  \"Short\"\n"                                                                           \
    "calendar bank \"Bank days\"\n"                                                                \
    "    covers  2010-01-01 to 2020-12-31\n"                                                       \
    "    weekend saturday, sunday\n"                                                               \
    "    holidays 2015-12-25\n"                                                                    \
    "source child \"Children\"\n"                                                                  \
    "    key     id\n"                                                                             \
    "    column  id    text\n"                                                                     \
    "    column  born  date\n"                                                                     \
    "    rows    id   born\n"                                                                      \
    "            \"c\"  2000-01-01\n"                                                              \
    "source stay \"Stays\"\n"                                                                      \
    "    key     id\n"                                                                             \
    "    column  id    text\n"                                                                     \
    "    column  child link to child\n"                                                            \
    "    column  kind  text in kinds\n"                                                            \
    "    column  miles decimal \"miles\"\n"                                                        \
    "    column  cost  money\n"                                                                    \
    "    column  safe  yes_no\n"                                                                   \
    "    column  start date\n"                                                                     \
    "    column  end   date open\n"                                                                \
    "    column  year  integer = year(start)\n"                                                    \
    "    rows    id  child kind miles cost safe start end\n"                                       \
    "            \"1\" \"c\" \"A\" 1.5 2.00 yes 2015-05-01 2015-06-01\n"                           \
    "            \"2\" \"c\" \"B\" 2.5 3.00 no 2015-07-01 2015-08-01\n"

static const Indicator *indicator_of(const char *body) {
    static char text[8192];
    StrBuf out = {0};
    strbuf_addf(&out, "%sindicator it \"It\"\n%s", SOURCES, body);
    ck_assert_uint_lt(out.len, sizeof text);
    memcpy(text, strbuf_text(&out), out.len + 1);
    strbuf_fini(&out);
    definitions_finish();
    definitions_start();
    definitions_run(text, "it", "2015/16", NULL);
    return model_indicator(definitions_model(), "it");
}

/* The sentences of one topic, with spaces between. */
static const char *said(const Indicator *indicator, Topic topic) {
    Arena *arena = definitions_session()->arena;
    Sentences sentences = {0};
    wording_of_indicator(arena, indicator, &sentences);
    StrBuf text = {0};
    for (size_t i = 0; i < sentences.len; i++)
        if (sentences.items[i].topic == topic)
            strbuf_addf(&text, "%s%s", text.len > 0 ? " " : "", sentences.items[i].text);
    const char *kept = arena_copy_text(arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return kept;
}

/* ---- conditions ---- */

static const char *condition(const char *words) {
    StrBuf body = {0};
    strbuf_addf(&body,
                "    denominator stay s dated s.start where %s\n"
                "    numerator   those where s.safe\n"
                "    basis       percent\n    window      financial year every year\n"
                "    good        high\n    target      none\n    decimals    1\n",
                words);
    const Indicator *indicator = indicator_of(strbuf_text(&body));
    strbuf_fini(&body);
    StrBuf text = {0};
    wording_of_condition(&text, indicator, indicator->denominator_rows,
                         indicator->denominator_rows->where);
    const char *kept = arena_copy_text(definitions_session()->arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return kept;
}

typedef struct Wording {
    const char *definition, *english;
} Wording;

static const Wording conditions[] = {
    {"s.miles > 20", "the record's “miles” is more than 20 miles"},
    {"s.miles <= 20", "the record's “miles” is at most 20 miles"},
    {"s.cost >= £1,000", "the record's “cost” is at least £1,000"},
    {"s.id != \"1\"", "the record's “id” is not “1”"},
    {"s.start < 2015-09-01", "the record's “start” is before 1 September 2015"},
    {"s.start <= period end", "the record's “start” is on or before the last day of the window"},
    {"s.end > s.start", "the record's “end” is after the record's “start”"},
    {"s.safe", "the record's “safe” is yes"},
    {"not s.safe", "the record's “safe” is no"},
    {"not (s.miles > 1)", "it is not so that (the record's “miles” is more than 1 miles)"},
    {"s.kind in kinds", "the record's “kind” is in the list “Kinds of stay” (A and B)"},
    {"s.kind not in (\"B\", \"A\")", "the record's “kind” is not “A” or “B”"},
    {"s.end is missing", "the record's “end” is missing"},
    {"s.end is not missing", "the record's “end” is filled in"},
    {"s.miles between 1 and 2", "the record's “miles” is between 1 and 2, these two included"},
    {"elapsed s.start to s.end >= 2 years",
     "at least 2 years passed from the record's “start” to the record's “end”"},
    {"elapsed s.start to s.end < 24 months",
     "less than 2 years passed from the record's “start” to the record's “end”"},
    {"s.start within 14 days before period end",
     "the record's “start” is on the day of, or at most 2 weeks before, the last day of the "
     "window"},
    {"s.start within 3 months after period start",
     "the record's “start” is on the day of, or at most 3 months after, the first day of the "
     "window"},
    {"s.start in 6 weeks to period end",
     "the record's “start” is on the day of, or less than 6 weeks before, the last day of the "
     "window"},
    {"s.start + 10 days <= s.end",
     "10 days after the record's “start” is on or before the record's “end”"},
    {"days(s.start, s.end) = 3",
     "the number of days from the record's “start” to the record's “end” is 3"},
    {"working_days(s.start, s.end) > 3",
     "the number of working days after the record's “start” up to and including the record's "
     "“end” (by the calendar “Bank days”) is more than 3"},
    {"age(s.child.born, s.start) < 18",
     "the age in completed years, by the “born” of the record's “child”, on the record's “start” "
     "is less than 18"},
    {"month(s.start) = 5", "the month (1 to 12) of the record's “start” is 5"},
    {"s.miles * (s.miles + 1) > 2",
     "the record's “miles” times (the record's “miles” plus 1) is more than 2"},
    {"s.safe and s.miles > 1 and s.miles < 3",
     "the record's “safe” is yes, and the record's “miles” is more than 1 miles, and the record's "
     "“miles” is less than 3 miles"},
    {"s.safe and (s.miles > 1 or s.end is missing)",
     "the record's “safe” is yes, and either the record's “miles” is more than 1 miles, or the "
     "record's “end” is missing"},
    {"(s.miles > 1 or s.end is missing) and s.safe",
     "(either the record's “miles” is more than 1 miles, or the record's “end” is missing), and "
     "the record's “safe” is yes"},
    {"exists another stay q where q.child = s.child and q.end < s.start",
     "there is another record of “Stays” for which the other record's “child” is the record's "
     "“child”, and the other record's “end” is before the record's “start”"},
    {"none child c where c.id = s.id",
     "there is no record of “Children” for which the related record's “id” is the record's “id”"},
    {"(count of child c where s.child = c) >= 2",
     "(the number of records of “Children” for which the record's “child” is the related record) "
     "is at least 2"},
};

START_TEST(conditions_in_words) {
    const Wording *wording = &conditions[_i];
    ck_assert_str_eq(condition(wording->definition), wording->english);
}
END_TEST

/* ---- shapes ---- */

#define JUDGED                                                                                     \
    "    window      financial year every year\n    good        high\n    target      none\n"

START_TEST(a_sum_says_what_it_needs) {
    const Indicator *indicator = indicator_of("    value sum s.cost of stay s dated s.start\n"
                                              "    basis £\n    decimals 0\n" JUDGED);
    ck_assert_str_eq(said(indicator, TOPIC_VALUE),
                     "The value is the sum of “cost” over the records of “Stays” whose “start” "
                     "falls in the window.");
    ck_assert_str_eq(said(indicator, TOPIC_MISSING),
                     "If one of the records lacks the value that is asked of it, the figure is not "
                     "available.");
    ck_assert_str_eq(said(indicator, TOPIC_UNKNOWN), "");
    ck_assert_str_eq(said(indicator, TOPIC_FIGURE),
                     "The value, in pounds, is exact, and rounded once, when it is printed, to a "
                     "whole number (halves away from zero).");
    indicator = indicator_of("    value mean known s.miles of stay s dated s.start\n"
                             "    basis number \"miles\"\n    decimals 1\n" JUDGED);
    ck_assert_str_eq(said(indicator, TOPIC_MISSING), "");
    ck_assert_str_eq(said(indicator, TOPIC_VALUE),
                     "The value is the mean of “miles” over the records of “Stays” whose “start” "
                     "falls in the window, leaving out those without that value.");
}
END_TEST

START_TEST(a_rate_over_the_same_records) {
    const Indicator *indicator =
        indicator_of("    numerator sum s.miles of stay s dated s.start\n"
                     "    denominator count of s\n"
                     "    exclude far \"too far away\" where s.miles > 100\n"
                     "    by s.year as \"Year\" total \"All\" with share\n"
                     "    basis per 1,000 \"stays\"\n    decimals 2\n" JUDGED);
    ck_assert_str_eq(said(indicator, TOPIC_DENOMINATOR),
                     "The denominator is the number of the same records.");
    ck_assert_str_eq(said(indicator, TOPIC_FIGURE),
                     "The value is the numerator divided by the denominator, as a rate per 1,000 "
                     "stays; it is exact, and rounded once, when it is printed, to 2 decimal "
                     "places (halves away from zero).");
    ck_assert_str_eq(said(indicator, TOPIC_EXCLUSION),
                     "Taken out and counted apart: too far away, that is records for which the "
                     "record's “miles” is more than 100 miles.");
    ck_assert_str_eq(said(indicator, TOPIC_BREAKDOWN),
                     "It is given for each group by “Year”: the record's “year”, and for all "
                     "together as “All”, each with its share of the whole.");
    ck_assert_str_eq(said(indicator, TOPIC_COMPUTED),
                     "“year” of “Stays” is worked out: the calendar year of the record's “start”.");
}
END_TEST

START_TEST(bands_in_words) {
    const Indicator *indicator = indicator_of("    distribution stay s dated s.start\n"
                                              "    bands elapsed s.start to s.end\n"
                                              "          \"short\" under 6 weeks\n"
                                              "          \"long\"  under 12 months\n"
                                              "          \"more\"  1 year or more\n"
                                              "          \"open\"  missing\n"
                                              "    basis percent\n"
                                              "    window financial year every year\n"
                                              "    good high \"short\"\n    decimals 1\n");
    ck_assert_str_eq(said(indicator, TOPIC_BAND),
                     "Band “short”: less than 6 weeks. Band “long”: less than 1 year. Band “more”: "
                     "1 year or more. Band “open”: records without a value.");
    ck_assert_str_eq(said(indicator, TOPIC_GOOD), "Good is a high share of the bands “short”.");
}
END_TEST

/* ---- windows ---- */

static const Wording windows[] = {
    {"month every month", "The window is each month, from its first day to its last."},
    {"quarter every quarter", "The window is each quarter, from its first day to its last."},
    {"rolling 12 months every month",
     "The window is the twelve months that end on the last day of each month, its first and its "
     "last day included."},
    {"rolling 3 months every year to 31 August",
     "The window is the three months that end on 31 August of each year, its first and its last "
     "day included."},
    {"year to date every month",
     "The window runs from 1 April to the last day of each month, both days included."},
    {"financial year every year", "The window is each year from 1 April to 31 March."},
    {"academic year every year", "The window is each year from 1 September to 31 August."},
    {"calendar year every year", "The window is each year from 1 January to 31 December."},
};

START_TEST(windows_in_words) {
    StrBuf body = {0};
    strbuf_addf(&body,
                "    value count of stay s dated s.start\n    basis count\n    window %s\n"
                "    good low\n    target none\n",
                windows[_i].definition);
    ck_assert_str_eq(said(indicator_of(strbuf_text(&body)), TOPIC_PERIOD), windows[_i].english);
    strbuf_fini(&body);
}
END_TEST

START_TEST(a_day_of_counting) {
    const Indicator *indicator = indicator_of("    value count of stay s held s.start to s.end\n"
                                              "    basis count\n    window snapshot every year\n"
                                              "    good between 10 and 20\n    target none\n");
    ck_assert_str_eq(said(indicator, TOPIC_PERIOD),
                     "It is counted on one day, the day of counting: 31 March of each year.");
    ck_assert_str_eq(said(indicator, TOPIC_VALUE),
                     "The value is the number of records of “Stays” open at the end of the day of "
                     "counting, that is whose “start” is on or before it and whose “end” is after "
                     "it or has not come.");
    ck_assert_str_eq(said(indicator, TOPIC_GOOD),
                     "Good is a value between 10 and 20, these two included.");
}
END_TEST

Suite *wording_suite(void) {
    Suite *suite = suite_create("wording");
    TCase *tests = tcase_create("wording");
    tcase_add_checked_fixture(tests, definitions_start, definitions_finish);
    tcase_add_loop_test(tests, conditions_in_words, 0, sizeof conditions / sizeof *conditions);
    tcase_add_loop_test(tests, windows_in_words, 0, sizeof windows / sizeof *windows);
    tcase_add_test(tests, a_sum_says_what_it_needs);
    tcase_add_test(tests, a_rate_over_the_same_records);
    tcase_add_test(tests, bands_in_words);
    tcase_add_test(tests, a_day_of_counting);
    suite_add_tcase(suite, tests);
    return suite;
}
