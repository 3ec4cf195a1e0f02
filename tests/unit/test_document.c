#include <check.h>
#include <string.h>

#include "tests/unit/fixture_document.h"

Suite *document_suite(void);

static Fixture *fixture;

static void start(void) {
    fixture = fixture_document("2017-01", NULL);
    ck_assert_ptr_nonnull(fixture->document);
}

static void end(void) {
    fixture_document_free(fixture);
}

/* What the rows of tests/data/report/mini.kpi come to by hand, printed as the reports of councils
 * print them. */
typedef struct Cells {
    const char *id, *target, *current, *previous;
} Cells;

static const Cells expected[] = {
    {"second_plan", "20.7%", "13.4% (69/515)", "13.9% (70/505)"},
    {"second_plan", "SN average 2015/16", "✓ Met", "▼ Down, improving"},
    {"second_plan", NULL, "Rolling 12 months January 2017", "Rolling 12 months December 2016"},
    {"visits_on_time", "95%", "≈ Near", "▼ Down, worsening"},
    {"no_recent_activity", "0", "12, of which 5 children with disabilities, leaving 7",
     "▶ No change"},
    {"no_recent_activity", "internal", "✗ Missed", "At 31 December 2016"},
    {"conference_rate", "62.9", "51.0 per 10,000 children", "43.7 per 10,000 children"},
    {"conference_rate", "SN average 2015/16", "– Lower than SN average", "▲ Up"},
    {"conference_rate", NULL, "Rolling 12 months December 2016, taken on 10 January 2017", NULL},
    {"assessment_duration", "0-10 + 11-20 = 36.5%", "0-10 = 14.8% (8/54)", "0-10 = 17.5% (7/40)"},
    {"assessment_duration", "41+ = 17.6%", "0-10 + 11-20 = 37.0% (20/54) (similar)",
     "41+ = 20.0% (8/40) (▲ worsening)"},
    {"emergency", "For information only", "5", "3"},
    {"in_homes", "12.2%", "14.8% (70/473)", "4.6% (as reported; revised methodology)"},
    {"in_homes", "SN average January 2016", "≈ Similar to SN average",
     "Not compared: revised methodology (break on 1 January 2017)"},
    {"spend", "For information only", "£4,943,674",
     "+£638,580 since then; year to date, so no arrow"},
    {"ks2", "53.1%", "18% (4/22)", "35% (7/20)"},
    {"ks2", "Not compared: another standard was tested", "Gap = 43 points", "Gap = 23 points"},
    {"ks2", NULL, "Academic year 2015/16, provisional",
     "Not compared: new assessment arrangements (break on 1 September 2015)"},
    {"contacts", "For information only", "Overall = 17.0% (53/311)", "▶ No change"},
    {"contacts", NULL, "Police = 71.4% of all, 10.8% (24/222)",
     "Police = 70.6% of all, 11.1% (24/216)"},
};

START_TEST(cells_are_printed_as_reports_print_them) {
    const Cells *cells = &expected[_i];
    const DocumentRow *row = fixture_row(fixture->document, cells->id);
    ck_assert_ptr_nonnull(row);
    ck_assert(!cells->target || cell_says(&row->target, cells->target));
    ck_assert(!cells->current || cell_says(&row->current, cells->current));
    ck_assert(!cells->previous || cell_says(&row->previous, cells->previous));
}
END_TEST

static bool has_movement(const DocumentCell *cell) {
    for (size_t i = 0; i < cell->len; i++)
        if (cell->items[i].role == LINE_MOVEMENT)
            return true;
    return false;
}

START_TEST(no_arrow_crosses_a_break_or_grows_with_the_year) {
    ck_assert(!has_movement(&fixture_row(fixture->document, "in_homes")->previous));
    ck_assert(!has_movement(&fixture_row(fixture->document, "ks2")->previous));
    ck_assert(!has_movement(&fixture_row(fixture->document, "spend")->previous));
    ck_assert(has_movement(&fixture_row(fixture->document, "second_plan")->previous));
}
END_TEST

START_TEST(coarser_rows_are_carried_with_their_mark) {
    ck_assert_ptr_null(fixture_row(fixture->document, "second_plan")->carried);
    ck_assert_str_eq(fixture_row(fixture->document, "conference_rate")->carried, "Quarterly");
    ck_assert_str_eq(fixture_row(fixture->document, "ks2")->carried, "Yearly");
    ck_assert_ptr_nonnull(strstr(fixture->document->notes.items[0], "Quarterly"));
}
END_TEST

START_TEST(fields_fill_in_the_period) {
    const Document *document = fixture->document;
    ck_assert_str_eq(document->period, "January 2017");
    ck_assert_str_eq(document->taken, "30 January 2017");
    ck_assert_uint_eq(document->fields.len, 5);
    ck_assert_str_eq(document->fields.items[2].text, "2016/17");
    ck_assert_str_eq(document->fields.items[3].text,
                     "21 February 2017, for the period ending 31 January 2017");
    ck_assert_ptr_null(document->fields.items[4].text);
}
END_TEST

START_TEST(the_order_is_that_of_the_declaration) {
    static const DocumentItemKind order[] = {ITEM_PART,  ITEM_PART,  ITEM_PART, ITEM_PART,
                                             ITEM_TABLE, ITEM_TABLE, ITEM_REFER};
    ck_assert_uint_eq(fixture->document->items.len, 7);
    for (size_t i = 0; i < 7; i++)
        ck_assert_int_eq(fixture->document->items.items[i].kind, order[i]);
    ck_assert_uint_eq(fixture->document->items.items[4].rows.len, 5);
    ck_assert_uint_eq(fixture->document->items.items[5].rows.len, 5);
}
END_TEST

/* ---- charts ---- */

START_TEST(a_series_has_its_twelve_months) {
    const DocumentRow *row = fixture_row(fixture->document, "emergency");
    ck_assert_uint_eq(row->charts_len, 1);
    const Chart *chart = row->charts[0];
    ck_assert_int_eq(chart->kind, CHART_COLUMNS);
    ck_assert_uint_eq(chart->points_len, 12);
    ck_assert_str_eq(chart->points[0].period, "February 2016");
    ck_assert_str_eq(chart->points[0].printed, "4");
    ck_assert_str_eq(chart->points[11].label, "Jan");
    ck_assert_double_eq(chart->points[11].value, 5);
}
END_TEST

START_TEST(bands_have_bars_and_marks_of_the_benchmark) {
    const Chart *chart = fixture_row(fixture->document, "assessment_duration")->charts[0];
    ck_assert_int_eq(chart->kind, CHART_BARS);
    ck_assert_uint_eq(chart->points_len, 4);
    /* The benchmark has one value for the first two bands together. */
    ck_assert(!chart->points[0].has_benchmark);
    ck_assert(chart->points[2].has_benchmark);
    ck_assert_double_eq_tol(chart->points[2].benchmark, 34.3, 1e-9);
    ck_assert_str_eq(chart->benchmark_label, "SN average 2015/16");
}
END_TEST

START_TEST(a_line_has_its_target_and_svg_says_all_in_words) {
    Period period;
    ck_assert(period_parse("2017-01", 7, &period));
    const Indicator *visits = model_indicator(fixture->workspace.model, "visits_on_time");
    const Chart *chart = chart_build(fixture->run, fixture->evaluation.report,
                                     fixture->series.report, visits, period, 12);
    ck_assert_int_eq(chart->kind, CHART_LINE);
    ck_assert(chart->has_target);
    ck_assert_str_eq(chart->target_label, "Target 95%");
    StrBuf svg = {0};
    chart_print_svg(&svg, chart, 3);
    const char *text = strbuf_text(&svg);
    ck_assert_ptr_nonnull(strstr(text, "<title id=\"chart-3-title\">Statutory visits on time, "));
    ck_assert_ptr_nonnull(strstr(text, "December 2016: 92.4%; January 2017: 92.3%; Target 95%"));
    ck_assert_ptr_nonnull(strstr(text, "class=\"target\""));
    ck_assert_ptr_nonnull(strstr(text, "the axis does not start at 0"));
    strbuf_fini(&svg);
}
END_TEST

static Chart broken_chart(ChartPoint *points) {
    for (size_t i = 0; i < 4; i++)
        points[i] = (ChartPoint){.label = "Jan",
                                 .period = "January 2017",
                                 .printed = "1%",
                                 .present = i != 1,
                                 .broken = i == 3,
                                 .value = (double)i};
    return (Chart){
        .kind = CHART_LINE, .title = "<b>", .description = "\"", .points = points, .points_len = 4};
}

static size_t times(const char *text, const char *words) {
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, words)); at++)
        n++;
    return n;
}

START_TEST(lines_stop_at_gaps_and_breaks) {
    ChartPoint points[4];
    Chart chart = broken_chart(points);
    StrBuf svg = {0};
    chart_print_svg(&svg, &chart, 1);
    const char *path = strstr(strbuf_text(&svg), "<path");
    ck_assert_ptr_nonnull(path);
    /* 0, gap, 2, break, 3: three stretches of a point each. */
    ck_assert_ptr_null(strchr(strstr(path, "d="), 'L'));
    ck_assert_uint_eq(times(strbuf_text(&svg), "<circle"), 3);
    ck_assert_uint_eq(times(strbuf_text(&svg), ">break</text>"), 1);
    ck_assert_uint_eq(times(strbuf_text(&svg), "&lt;b&gt;"), 1);
    strbuf_fini(&svg);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof(table)[0])

Suite *document_suite(void) {
    Suite *suite = suite_create("document");
    TCase *tests = tcase_create("document");
    tcase_add_checked_fixture(tests, start, end);
    tcase_add_loop_test(tests, cells_are_printed_as_reports_print_them, 0, ROWS(expected));
    tcase_add_test(tests, no_arrow_crosses_a_break_or_grows_with_the_year);
    tcase_add_test(tests, coarser_rows_are_carried_with_their_mark);
    tcase_add_test(tests, fields_fill_in_the_period);
    tcase_add_test(tests, the_order_is_that_of_the_declaration);
    tcase_add_test(tests, a_series_has_its_twelve_months);
    tcase_add_test(tests, bands_have_bars_and_marks_of_the_benchmark);
    tcase_add_test(tests, a_line_has_its_target_and_svg_says_all_in_words);
    tcase_add_test(tests, lines_stop_at_gaps_and_breaks);
    suite_add_tcase(suite, tests);
    return suite;
}
