/* Tolerance, rating, benchmark, break, reported and provisional figures as rows of the report show
 * them. The limits of intervals are those of the shipped statistics tables. */
#include <check.h>
#include <jansson.h>
#include <string.h>

#include "report/render.h"
#include "tests/unit/fixture_report.h"

Suite *judged_rows_suite(void);

static Arena *arena;

static void start(void) {
    arena = arena_new();
}

static void end(void) {
    arena_free(arena);
}

static const ReportRow *row_of(const Cell *cell) {
    ReportRow *row = arena_alloc(arena, sizeof *row);
    report_row_fill(arena, cell, NULL, row);
    return row;
}

static Num number(const char *text) {
    Num value;
    ck_assert(num_parse(text, strlen(text), &value, NULL));
    return value;
}

/* Of 1,000, so that 923 is 92.3%. */
static Indicator *on_time(const char *target) {
    Indicator *indicator = fixture_proportion(arena);
    indicator->good = GOOD_HIGH;
    indicator->targets->value = number(target);
    indicator->targets->decimals = 0;
    indicator->targets->label = NULL;
    return indicator;
}

/* ---- tolerance and rating ---- */

START_TEST(inside_its_tolerance_a_figure_is_amber_or_green) {
    Indicator *indicator = on_time("95");
    indicator->has_tolerance = true;
    indicator->tolerance_kind = SAME_POINTS;
    indicator->tolerance = num_of_int(3);
    indicator->tolerance_colour = COLOUR_AMBER;
    const ReportRow *row = row_of(fixture_cell(arena, indicator, "2017-01", 923, 1000));
    ck_assert_int_eq(row->status, STATUS_NEAR);
    ck_assert_str_eq(row->status_reason,
                     "92.3% is below the target of 95% (high is good), within 3 points of it");
    ck_assert_int_eq(row_of(fixture_cell(arena, indicator, "2017-01", 920, 1000))->status,
                     STATUS_NEAR);
    ck_assert_int_eq(row_of(fixture_cell(arena, indicator, "2017-01", 919, 1000))->status,
                     STATUS_MISSED);
    indicator->tolerance_colour = COLOUR_GREEN;
    ck_assert_int_eq(row_of(fixture_cell(arena, indicator, "2017-01", 923, 1000))->status,
                     STATUS_MET);
}
END_TEST

/* Havering 2013-15: green within 10% of target; else amber if no worse than before; else red. */
static RatingScheme *havering(void) {
    static const RatingRule within = {RATING_WITHIN_PERCENT, {10, 1}},
                            up = {RATING_IMPROVING, {0, 1}}, same = {RATING_SAME, {0, 1}},
                            other = {RATING_OTHERWISE, {0, 1}};
    RatingScheme *rating = arena_alloc(arena, sizeof *rating);
    rating->name = "havering";
    rating->lines = arena_array(arena, 4, sizeof *rating->lines);
    rating->lines_len = 4;
    rating->lines[0] = (RatingLine){COLOUR_GREEN, &within, 1};
    rating->lines[1] = (RatingLine){COLOUR_AMBER, &up, 1};
    rating->lines[2] = (RatingLine){COLOUR_AMBER, &same, 1};
    rating->lines[3] = (RatingLine){COLOUR_RED, &other, 1};
    return rating;
}

typedef struct Rated {
    int64_t now, before;
    Status status;
    const char *words;
} Rated;

/* The target is 90%: 10% of it is 9 points. */
static const Rated rated[] = {
    {81, 99, STATUS_MET, "; green by havering: within 10% of target"},
    {80, 70, STATUS_NEAR, "; amber by havering: improving"},
    {80, 80, STATUS_NEAR, "; amber by havering: no change"},
    {80, 82, STATUS_MISSED, "; red by havering: otherwise"},
};

START_TEST(a_rating_reads_its_lines_from_above) {
    const Rated *rule = &rated[_i];
    Indicator *indicator = on_time("90");
    indicator->rating = havering();
    Cell *cell = fixture_cell(arena, indicator, "2017-01", rule->now, 100);
    fixture_compare(cell, fixture_cell(arena, indicator, "2016-12", rule->before, 100));
    const ReportRow *row = row_of(cell);
    ck_assert_int_eq(row->status, rule->status);
    ck_assert_msg(strstr(row->status_reason, rule->words) != NULL, "%s", row->status_reason);
}
END_TEST

START_TEST(a_floor_parts_amber_from_red) {
    /* Kent: at target green, at or above the floor amber, below it red. */
    static const RatingRule target = {RATING_AT_TARGET, {0, 1}}, floor = {RATING_AT_FLOOR, {0, 1}},
                            other = {RATING_OTHERWISE, {0, 1}};
    RatingLine lines[] = {
        {COLOUR_GREEN, &target, 1}, {COLOUR_AMBER, &floor, 1}, {COLOUR_RED, &other, 1}};
    RatingScheme rating = {.name = "kent", .lines = lines, .lines_len = 3, .needs_floor = true};
    Indicator *indicator = on_time("90");
    indicator->rating = &rating;
    indicator->has_floor = true;
    indicator->floor = num_of_int(85);
    ck_assert_int_eq(row_of(fixture_cell(arena, indicator, "2017-01", 90, 100))->status,
                     STATUS_MET);
    ck_assert_int_eq(row_of(fixture_cell(arena, indicator, "2017-01", 85, 100))->status,
                     STATUS_NEAR);
    ck_assert_int_eq(row_of(fixture_cell(arena, indicator, "2017-01", 849, 1000))->status,
                     STATUS_MISSED);
}
END_TEST

/* ---- benchmarks ---- */

static Benchmark *benchmark(const char *value) {
    Benchmark *made = arena_alloc(arena, sizeof *made);
    made->label = "SN average";
    made->value = number(value);
    made->decimals = 1;
    ck_assert(period_parse("2015/16", 7, &made->period));
    return made;
}

static void meet(Cell *cell, const Benchmark *with) {
    cell->benchmarks = arena_alloc(arena, sizeof *cell->benchmarks);
    cell->benchmarks_len = 1;
    *cell->benchmarks = (BenchmarkFigure){
        .benchmark = with, .value = {true, with->value}, .comparable = !with->not_comparable};
}

static Indicator *untargeted(GoodKind good) {
    Indicator *indicator = fixture_proportion(arena);
    indicator->targets_len = 0;
    indicator->good = good;
    return indicator;
}

typedef struct Against {
    GoodKind good;
    const char *benchmark, *verdict;
    Status status;
} Against;

/* Wilson's interval of 69/535 at 95% is 10.32 to 16.00. */
static const Against against[] = {
    {GOOD_LOW, "20.7", "better", STATUS_MET},     {GOOD_HIGH, "20.7", "worse", STATUS_MISSED},
    {GOOD_LOW, "10.4", "similar", STATUS_NEAR},   {GOOD_LOW, "15.9", "similar", STATUS_NEAR},
    {GOOD_LOW, "10.2", "worse", STATUS_MISSED},   {GOOD_LOW, "16.1", "better", STATUS_MET},
    {GOOD_NEUTRAL, "20.7", "lower", STATUS_NONE}, {GOOD_NEUTRAL, "10.2", "higher", STATUS_NONE},
};

START_TEST(without_a_target_the_benchmark_gives_the_verdict) {
    const Against *test = &against[_i];
    Cell *cell = fixture_cell(arena, untargeted(test->good), "2017-01", 69, 535);
    meet(cell, benchmark(test->benchmark));
    const ReportRow *row = row_of(cell);
    ck_assert(row->by_benchmark);
    ck_assert_str_eq(row->benchmarks[0].verdict, test->verdict);
    ck_assert_int_eq(row->status, test->status);
    ck_assert_str_eq(row->interval.method, "wilson");
}
END_TEST

START_TEST(the_method_is_named) {
    Cell *cell = fixture_cell(arena, untargeted(GOOD_LOW), "2017-01", 69, 535);
    meet(cell, benchmark("20.7"));
    const ReportRow *row = row_of(cell);
    ck_assert_str_eq(row->status_reason,
                     "12.9% is lower than SN average 2015/16 of 20.7%, by its interval "
                     "from 10.3 to 16.0 (Wilson 95%): better (low is good)");
    ck_assert_int_eq(strcmp(row->interval.lower, "10.319405"), 0);
}
END_TEST

START_TEST(with_a_target_the_verdict_is_the_targets_and_both_are_said) {
    Cell *cell = fixture_cell(arena, fixture_proportion(arena), "2017-01", 69, 535);
    meet(cell, benchmark("10.2"));
    const ReportRow *row = row_of(cell);
    ck_assert(!row->by_benchmark);
    ck_assert_int_eq(row->status, STATUS_MET);
    ck_assert_str_eq(row->benchmarks[0].verdict, "worse");
    ck_assert_ptr_nonnull(strstr(row->reason, "is below the target of 20.7%"));
    ck_assert_ptr_nonnull(strstr(row->reason, "is higher than SN average 2015/16 of 10.2%"));
}
END_TEST

START_TEST(without_an_interval_the_exact_value_decides) {
    Indicator *money = fixture_money(arena);
    money->targets_len = 0;
    money->good = GOOD_LOW;
    Cell *cell = fixture_cell(arena, money, "2017-01", 100, 1);
    meet(cell, benchmark("100"));
    const ReportRow *row = row_of(cell);
    ck_assert_ptr_null(row->interval.method);
    ck_assert_str_eq(row->benchmarks[0].method, "exact value");
    ck_assert_int_eq(row->status, STATUS_MET);
    meet(cell, benchmark("99.9"));
    ck_assert_int_eq(row_of(cell)->status, STATUS_MISSED);
    /* `interval none` asks for it. */
    Indicator *proportion = untargeted(GOOD_LOW);
    proportion->interval = INTERVAL_CHOICE_NONE;
    cell = fixture_cell(arena, proportion, "2017-01", 69, 535);
    meet(cell, benchmark("12.9"));
    ck_assert_str_eq(row_of(cell)->benchmarks[0].verdict, "better");
}
END_TEST

START_TEST(like_for_like_meets_the_benchmark_and_both_are_printed) {
    /* 102 of 218 care leavers of 19 to 21 against 42.2%. */
    Cell *cell = fixture_cell(arena, untargeted(GOOD_LOW), "2017-01", 124, 277);
    meet(cell, benchmark("42.2"));
    BenchmarkFigure *figure = &cell->benchmarks[0];
    figure->has_like_for_like = true;
    figure->like_numerator = (Figure){true, num_of_int(102)};
    figure->like_denominator = (Figure){true, num_of_int(218)};
    figure->like_value.present = true;
    ck_assert(num_of_ratio(10200, 218, &figure->like_value.value));
    const ReportRow *row = row_of(cell);
    ck_assert_str_eq(row->printed, "44.8%");
    ck_assert_str_eq(row->benchmarks[0].like_value, "46.788990825688");
    ck_assert_str_eq(row->benchmarks[0].like_printed, "46.8%");
    ck_assert_str_eq(row->benchmarks[0].like_fraction, "102/218");
    ck_assert_str_eq(row->benchmarks[0].verdict, "similar");
    ck_assert_ptr_nonnull(strstr(row->benchmarks[0].reason, "like for like 46.8% is similar to"));
}
END_TEST

START_TEST(what_is_not_like_for_like_has_no_verdict) {
    Benchmark *unlike = benchmark("20.7");
    unlike->not_comparable = "a plan may be of any age there";
    Cell *cell = fixture_cell(arena, untargeted(GOOD_LOW), "2017-01", 69, 535);
    meet(cell, unlike);
    const ReportRow *row = row_of(cell);
    ck_assert_int_eq(row->status, STATUS_NONE);
    ck_assert(!row->benchmarks[0].compared);
    ck_assert_str_eq(row->benchmarks[0].printed, "20.7%");
    ck_assert_str_eq(row->benchmarks[0].reason, "not compared with SN average 2015/16 of 20.7%: a "
                                                "plan may be of any age there");
}
END_TEST

/* ---- intervals by kind ---- */

START_TEST(a_mean_has_students_t) {
    /* 1, 2, 3, 4, 5: mean 3, deviation sqrt(2.5), t(0.975, 4) = 2.776445: 3 -/+ 1.963243. */
    Indicator *mean = fixture_money(arena);
    Quantity *quantity = arena_alloc(arena, sizeof *quantity);
    Expr *value = arena_alloc(arena, sizeof *value);
    quantity->kind = QUANTITY_MEAN;
    value->kind = EXPR_QUANTITY;
    value->as.quantity = quantity;
    mean->value = value;
    mean->basis = BASIS_DAYS;
    Cell *cell = fixture_cell(arena, mean, "2017-01", 15, 5);
    cell->denominator = (Figure){true, num_of_int(5)};
    cell->squares = (Figure){true, num_of_int(55)};
    const ReportRow *row = row_of(cell);
    ck_assert_str_eq(row->interval.method, "t");
    ck_assert_str_eq(row->interval.lower, "1.036757");
    ck_assert_str_eq(row->interval.upper, "4.963243");
    mean->basis = BASIS_POUNDS;
    ck_assert_ptr_null(row_of(cell)->interval.method);
}
END_TEST

START_TEST(a_rate_has_byars_and_below_ten_the_exact) {
    Indicator *rate = fixture_rate(arena);
    Expr *persons = arena_alloc(arena, sizeof *persons);
    persons->type.kind = TYPE_INTEGER;
    Quantity population = *rate->denominator;
    population.value = persons;
    rate->denominator = &population;
    ck_assert_str_eq(row_of(fixture_cell(arena, rate, "2017-01", 580, 110476))->interval.method,
                     "byar");
    ck_assert_str_eq(row_of(fixture_cell(arena, rate, "2017-01", 9, 110476))->interval.method,
                     "exact_poisson");
}
END_TEST

/* ---- what surrounds a figure ---- */

static Cell *broken(Indicator *indicator) {
    BreakMark *mark = arena_alloc(arena, sizeof *mark);
    mark->reason = "revised methodology";
    Cell *cell = fixture_cell(arena, indicator, "2017-01", 69, 535);
    fixture_compare(cell, fixture_cell(arena, indicator, "2016-12", 71, 510));
    cell->break_between = mark;
    return cell;
}

START_TEST(nothing_moves_across_a_break) {
    const ReportRow *row = row_of(broken(fixture_proportion(arena)));
    ck_assert_int_eq(row->movement.movement, MOVEMENT_NONE);
    ck_assert_int_eq(row->meaning, MEANING_NOT_COMPARABLE);
    ck_assert_str_eq(row->movement_reason, "not compared with 2016-12: revised methodology");
    ck_assert_str_eq(row->previous_printed, "13.9%");
}
END_TEST

static Indicator *with_reported(const char *month) {
    Indicator *indicator = fixture_proportion(arena);
    indicator->reported = arena_alloc(arena, sizeof *indicator->reported);
    indicator->reported_len = 1;
    indicator->reported->value = number("4.6");
    indicator->reported->decimals = 1;
    indicator->reported->note = "revised methodology";
    ck_assert(period_parse(month, strlen(month), &indicator->reported->period));
    return indicator;
}

START_TEST(a_reported_figure_is_what_is_compared_with) {
    Indicator *indicator = with_reported("2016-12");
    Cell *cell = fixture_cell(arena, indicator, "2017-01", 69, 535);
    fixture_compare(cell, fixture_cell(arena, indicator, "2016-12", 71, 510));
    const ReportRow *row = row_of(cell);
    ck_assert_str_eq(row->previous_printed, "4.6%");
    ck_assert_ptr_null(row->previous_fraction);
    ck_assert_int_eq(row->movement.movement, MOVEMENT_UP);
    ck_assert_ptr_null(row->reported);
    /* Asked for itself, it is printed as it was reported. */
    row = row_of(cell->previous);
    ck_assert_str_eq(row->printed, "4.6%");
    ck_assert_ptr_null(row->fraction);
    ck_assert_ptr_null(row->interval.method);
    const char *flags[ROW_FLAGS];
    ck_assert_uint_eq(row_flags(row, flags), 1);
    ck_assert_str_eq(flags[0], "r");
}
END_TEST

START_TEST(flags_say_provisional_and_broken) {
    Cell *cell = broken(fixture_proportion(arena));
    cell->provisional = true;
    const char *flags[ROW_FLAGS];
    ck_assert_uint_eq(row_flags(row_of(cell), flags), 2);
    ck_assert_str_eq(flags[0], "p");
    ck_assert_str_eq(flags[1], "b");
}
END_TEST

/* ---- bands ---- */

/* "0-6 weeks" and "6 weeks to 3 months" together against 22.2%; "good" means the last band. */
static Result *banded(void) {
    Indicator *indicator = untargeted(GOOD_LOW);
    static const char *const labels[] = {"0-6 weeks", "6 weeks to 3 months", "over 3 months"};
    static bool good[] = {false, false, true};
    static const char *both[] = {"0-6 weeks", "6 weeks to 3 months"}, *last[] = {"over 3 months"};
    indicator->shape = SHAPE_DISTRIBUTION;
    indicator->bands = arena_array(arena, 3, sizeof *indicator->bands);
    indicator->bands_len = 3;
    indicator->good_bands = good;
    Benchmark *made = benchmark("0");
    made->kind = BENCHMARK_ENTRIES;
    made->entries = arena_array(arena, 2, sizeof *made->entries);
    made->entries_len = 2;
    made->entries[0] = (BenchmarkEntry){both, 2, number("22.2"), 1, {0}};
    made->entries[1] = (BenchmarkEntry){last, 1, number("77.8"), 1, {0}};
    indicator->benchmarks = made;
    indicator->benchmarks_len = 1;
    static const int64_t counts[] = {264, 174, 562};
    Cell *cells[4];
    cells[0] = fixture_cell(arena, indicator, "2017-01", 1000, 1000);
    for (size_t i = 0; i < 3; i++) {
        indicator->bands[i].label = labels[i];
        cells[i + 1] = fixture_cell(arena, indicator, "2017-01", counts[i], 1000);
        cells[i + 1]->band = &indicator->bands[i];
        meet(cells[i + 1], made);
        cells[i + 1]->benchmarks->entry = &made->entries[i / 2];
        cells[i + 1]->benchmarks->value.value = made->entries[i / 2].value;
        fixture_compare(cells[i + 1], fixture_cell(arena, indicator, "2016-12",
                                                   counts[i] - 50 + 50 * (int64_t)i, 1000));
    }
    return fixture_result(arena, cells, 4);
}

START_TEST(bands_that_a_benchmark_adds_have_a_row_together) {
    ReportOptions options = {0};
    const Report *report = report_build(arena, banded(), &options);
    ck_assert_uint_eq(report->rows_len, 5);
    const ReportRow *first = &report->rows[1], *added = &report->rows[3];
    ck_assert_str_eq(first->band, "0-6 weeks");
    ck_assert_uint_eq(first->benchmarks_len, 0);
    ck_assert_ptr_nonnull(added->added);
    ck_assert_str_eq(added->printed, "43.8%");
    ck_assert_str_eq(added->fraction, "438/1000");
    ck_assert_str_eq(added->benchmarks[0].printed, "22.2%");
    ck_assert_str_eq(added->benchmarks[0].verdict, "higher");
    /* 21.4% and 17.4% before */
    ck_assert_str_eq(added->previous_printed, "38.8%");
}
END_TEST

START_TEST(only_the_bands_that_good_means_are_judged) {
    ReportOptions options = {0};
    const Report *report = report_build(arena, banded(), &options);
    ck_assert_int_eq(report->rows[1].meaning, MEANING_NONE);
    ck_assert_int_eq(report->rows[1].good.kind, GOOD_NEUTRAL);
    ck_assert_int_eq(report->rows[3].good.kind, GOOD_NEUTRAL);
    ck_assert_int_eq(report->rows[4].good.kind, GOOD_LOW);
    ck_assert_int_eq(report->rows[4].meaning, MEANING_IMPROVING);
    ck_assert_int_eq(report->rows[4].status, STATUS_MET);
}
END_TEST

START_TEST(json_names_added_bands_and_benchmarks) {
    ReportOptions options = {0};
    StrBuf text = {0};
    render_json(&text, report_build(arena, banded(), &options));
    json_t *root = json_loads(strbuf_text(&text), 0, NULL);
    json_t *results = json_object_get(root, "results");
    ck_assert(json_is_null(json_object_get(json_array_get(results, 0), "band")));
    ck_assert_str_eq(json_string_value(json_object_get(json_array_get(results, 1), "band")),
                     "0-6 weeks");
    json_t *added = json_array_get(results, 3);
    json_t *bands = json_object_get(json_object_get(added, "band"), "bands");
    ck_assert_str_eq(json_string_value(json_array_get(bands, 1)), "6 weeks to 3 months");
    json_t *with = json_object_get(added, "benchmark");
    ck_assert_str_eq(json_string_value(json_object_get(with, "printed")), "22.2%");
    ck_assert(json_is_true(json_object_get(with, "comparable")));
    ck_assert(json_is_null(json_object_get(with, "reason")));
    ck_assert_str_eq(
        json_string_value(json_object_get(json_object_get(added, "interval"), "method")), "wilson");
    json_decref(root);
    strbuf_fini(&text);
}
END_TEST

START_TEST(tables_have_a_row_for_each_band) {
    ReportOptions options = {0};
    TableOptions table = {.width = 120};
    StrBuf text = {0};
    render_table(&text, arena, report_build(arena, banded(), &options), &table);
    const char *out = strbuf_text(&text);
    const char *first = strstr(out, "\n0-6 weeks "), *added = strstr(out, "\n0-6 weeks + 6 weeks");
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_nonnull(added);
    ck_assert(first < added);
    ck_assert_ptr_nonnull(strstr(added, "22.2%"));
    /* The sum of all bands says nothing. */
    ck_assert_ptr_null(strstr(out, "100.0%"));
    strbuf_fini(&text);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof(table)[0])

Suite *judged_rows_suite(void) {
    Suite *suite = suite_create("judged_rows");
    TCase *tests = tcase_create("judged_rows");
    tcase_add_checked_fixture(tests, start, end);
    tcase_add_test(tests, inside_its_tolerance_a_figure_is_amber_or_green);
    tcase_add_loop_test(tests, a_rating_reads_its_lines_from_above, 0, ROWS(rated));
    tcase_add_test(tests, a_floor_parts_amber_from_red);
    tcase_add_loop_test(tests, without_a_target_the_benchmark_gives_the_verdict, 0, ROWS(against));
    tcase_add_test(tests, the_method_is_named);
    tcase_add_test(tests, with_a_target_the_verdict_is_the_targets_and_both_are_said);
    tcase_add_test(tests, without_an_interval_the_exact_value_decides);
    tcase_add_test(tests, like_for_like_meets_the_benchmark_and_both_are_printed);
    tcase_add_test(tests, what_is_not_like_for_like_has_no_verdict);
    tcase_add_test(tests, a_mean_has_students_t);
    tcase_add_test(tests, a_rate_has_byars_and_below_ten_the_exact);
    tcase_add_test(tests, nothing_moves_across_a_break);
    tcase_add_test(tests, a_reported_figure_is_what_is_compared_with);
    tcase_add_test(tests, flags_say_provisional_and_broken);
    tcase_add_test(tests, bands_that_a_benchmark_adds_have_a_row_together);
    tcase_add_test(tests, only_the_bands_that_good_means_are_judged);
    tcase_add_test(tests, json_names_added_bands_and_benchmarks);
    tcase_add_test(tests, tables_have_a_row_for_each_band);
    suite_add_tcase(suite, tests);
    return suite;
}
