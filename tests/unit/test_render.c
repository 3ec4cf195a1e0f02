#include <check.h>
#include <jansson.h>
#include <string.h>

#include "report/display.h"
#include "report/notes.h"
#include "report/render.h"
#include "tests/unit/conforms.h"
#include "tests/unit/fixture_report.h"

Suite *render_suite(void);

static Arena *arena;
static StrBuf text;

static void start(void) {
    arena = arena_new();
    text = (StrBuf){0};
}

static void end(void) {
    strbuf_fini(&text);
    arena_free(arena);
}

static const Report *report_of(const Result *result) {
    ReportOptions options = {.title = "Somerset children's services", .store = "somerset.db"};
    return report_build(arena, result, &options);
}

static const char *table_of(const Result *result, TableOptions options) {
    strbuf_clear(&text);
    render_table(&text, arena, report_of(result), &options);
    return strbuf_text(&text);
}

/* ---- tables ---- */

static void assert_has(const char *whole, const char *part) {
    ck_assert_msg(strstr(whole, part) != NULL, "no \"%s\" in:\n%s", part, whole);
}

static void assert_lacks(const char *whole, const char *part) {
    ck_assert_msg(strstr(whole, part) == NULL, "\"%s\" in:\n%s", part, whole);
}

START_TEST(a_month_shows_what_a_director_asks) {
    const char *table = table_of(fixture_month(arena), (TableOptions){0});
    assert_has(table, "Somerset children's services\n");
    assert_has(table, "12.9%");
    assert_has(table, "69/535");
    assert_has(table, "20.7%");
    assert_has(table, "✓ met");
    assert_has(table, "13.9%");
    assert_has(table, "▼ improving");
    assert_has(table, "compared with December 2016");
    assert_has(table, "target: SN average 2015/16");
    assert_has(table, "✗ missed");
    assert_has(table, "46, of which 13 children with disabilities, leaving 33");
    assert_has(table, "missing values: 2 rows not counted");
    assert_has(table, "580/110,476");
    assert_has(table, "per 10,000 children");
    assert_has(table, "£4,943,674");
    assert_has(table, "for information only");
    assert_has(table, "no cases");
    assert_has(table, "Overall");
    assert_lacks(table, "\033");
}
END_TEST

START_TEST(no_line_is_wider_than_the_page) {
    static const size_t widths[] = {80, 100, 132};
    for (size_t i = 0; i < 3; i++) {
        const char *table = table_of(fixture_month(arena), (TableOptions){.width = widths[i]});
        while (*table) {
            size_t len = strcspn(table, "\n");
            char *line = arena_copy_text(arena, table, len);
            ck_assert_msg(display_width(line) <= widths[i], "too wide: %s", line);
            ck_assert_msg(len == 0 || line[len - 1] != ' ', "blank at the end: %s", line);
            table += len + 1;
        }
    }
}
END_TEST

START_TEST(numbers_end_in_one_column) {
    const char *table = table_of(fixture_month(arena), (TableOptions){0});
    const char *first = strstr(table, "12.9%"), *second = strstr(table, "£4,943,674");
    while (first > table && first[-1] != '\n')
        first--;
    while (second > table && second[-1] != '\n')
        second--;
    char *a = arena_copy_text(arena, first, (size_t)(strstr(first, "12.9%") + 5 - first));
    char *b = arena_copy_text(arena, second, (size_t)(strstr(second, "674") + 3 - second));
    ck_assert_uint_eq(display_width(a), display_width(b));
}
END_TEST

START_TEST(colour_only_when_asked) {
    const char *table = table_of(fixture_month(arena), (TableOptions){.colour = true});
    assert_has(table, "\033[32m✓ met\033[0m");
    assert_has(table, "\033[31m✗ missed\033[0m");
}
END_TEST

START_TEST(new_groups_are_named_once) {
    Result *result = fixture_month(arena);
    result->cells[6]->previous = NULL;
    const char *table = table_of(result, (TableOptions){0});
    assert_has(table, "not compared: 2016-12 has no such group");
    assert_lacks(table, "none of these groups");
    result->cells[5]->previous = NULL;
    table = table_of(result, (TableOptions){0});
    assert_lacks(table, "no such group");
    const char *below = "\nnot compared: 2016-12 has none of these groups: Health, Education\n";
    assert_has(table, below);
    ck_assert(strstr(table, below) > strstr(table, "Overall"));
    assert_lacks(table_of(result, (TableOptions){.verbose = true}), "no such group");
}
END_TEST

START_TEST(a_reason_repeats_no_words) {
    Indicator *indicator = fixture_proportion(arena);
    Cell *cells[] = {
        fixture_missing(arena, indicator, "2017-01", SYMBOL_NOT_APPLICABLE, "no cases")};
    const char *table = table_of(fixture_result(arena, cells, 1), (TableOptions){0});
    assert_has(table, "no cases");
    assert_lacks(table, "no cases: ");
    cells[0] = fixture_missing(arena, indicator, "2017-01", SYMBOL_UNAVAILABLE, "no data");
    table = table_of(fixture_result(arena, cells, 1), (TableOptions){0});
    assert_has(table, "not available: no data");
}
END_TEST

START_TEST(a_series_has_periods_down_and_groups_across_them) {
    const char *table = table_of(fixture_series(arena), (TableOptions){0});
    assert_has(table, "November 2016  14.7%    74/505");
    assert_has(table, "Rolling 12 months, every month; low is good; target 20.7%");
    assert_has(table, "2016-11  2016-12  2017-01");
    assert_has(table, "Health       14.0%    14.2%    14.4%  ▲ up");
    assert_has(table, "Education    10.0%      [c]    10.0%");
    assert_has(table, "[c] confidential");
}
END_TEST

START_TEST(a_total_stands_last_and_only_where_it_is_asked_for) {
    Result *result = fixture_month(arena);
    const char *table = table_of(result, (TableOptions){0});
    ck_assert(strstr(table, "Overall") > strstr(table, "Police"));
    ck_assert(strstr(table, "Education") > strstr(table, "Health"));
    ((Indicator *)result->cells[4]->indicator)->breakdowns[0].total = NULL;
    assert_lacks(table_of(result, (TableOptions){0}), "120/1,000");
}
END_TEST

START_TEST(verbose_gives_every_reason) {
    const char *table = table_of(fixture_month(arena), (TableOptions){0});
    assert_lacks(table, "is below the target");
    table = table_of(fixture_month(arena), (TableOptions){.verbose = true});
    assert_has(table, "12.9% is below the target of 20.7% (low is good)");
}
END_TEST

START_TEST(a_status_that_rounding_hides_is_explained) {
    Indicator *indicator = fixture_proportion(arena);
    indicator->good = GOOD_HIGH;
    indicator->targets->value = num_of_int(95);
    indicator->targets->decimals = 0;
    Cell *cell = fixture_cell(arena, indicator, "2017-01", 9496, 10000);
    const char *table = table_of(fixture_result(arena, &cell, 1), (TableOptions){0});
    assert_has(table, "95.0%");
    assert_has(table, "✗ missed");
    assert_has(table, "94.96% is printed as 95.0% but is below the target of 95% (high is good)");
}
END_TEST

START_TEST(exclusions_that_overlap_add_up) {
    Indicator *indicator = fixture_count(arena);
    Part parts[2] = {{.id = "a", .label = "abroad"}, {.id = "b", .label = "born later"}};
    PartCount counts[2] = {{.part = &parts[0], .count = 13}, {.part = &parts[1], .count = 4}};
    indicator->excludes = parts;
    indicator->excludes_len = 2;
    Cell *cell = fixture_cell(arena, indicator, "2017-01", 31, 1);
    cell->gross = 46;
    cell->excluded = counts;
    cell->excluded_overlap = 2;
    ReportRow row;
    report_row_fill(arena, cell, NULL, &row);
    ck_assert_str_eq(note_exclusions(arena, &row),
                     "46, of which 13 abroad and 4 born later (2 counted in both), leaving 31");
}
END_TEST

START_TEST(nothing_from_data_moves_the_cursor) {
    Indicator *indicator = fixture_proportion(arena);
    indicator->title = "odd \033[2J title\t\x80";
    Cell *cell = fixture_cell(arena, indicator, "2017-01", 1, 2);
    const char *table = table_of(fixture_result(arena, &cell, 1), (TableOptions){0});
    assert_lacks(table, "\033");
    assert_has(table, "odd �[2J title �");
}
END_TEST

START_TEST(texts_break_at_blanks_and_inside_long_words) {
    const char *rest = "one two  three";
    DisplayLine line = display_break(rest, 8, &rest);
    ck_assert_uint_eq(line.len, 7);
    ck_assert_str_eq(rest, "three");
    line = display_break(rest, 8, &rest);
    ck_assert_uint_eq(line.len, 5);
    ck_assert_ptr_null(rest);
    rest = "Kinderschutzplan";
    line = display_break(rest, 8, &rest);
    ck_assert_uint_eq(line.len, 8);
    ck_assert_str_eq(rest, "hutzplan");
    ck_assert_uint_eq(display_width("£▲é\xCC\x81"), 3);
    ck_assert_uint_eq(display_width("日本"), 4);
}
END_TEST

/* ---- JSON ---- */

static json_t *json_of(const Result *result) {
    strbuf_clear(&text);
    render_json(&text, report_of(result));
    json_error_t error;
    json_t *value = json_loads(strbuf_text(&text), 0, &error);
    ck_assert_msg(value != NULL, "%s at %d", error.text, error.line);
    return value;
}

START_TEST(json_has_the_fields_of_the_design_in_order) {
    /* design/CLI.md, "Results for machines"; what was added stands where it belongs. */
    static const char *const order[] = {"indicator",
                                        "title",
                                        "definition",
                                        "period",
                                        "every",
                                        "taken",
                                        "window",
                                        "group",
                                        "labels",
                                        "band",
                                        "numerator",
                                        "denominator",
                                        "value",
                                        "printed",
                                        "fraction",
                                        "basis",
                                        "gross",
                                        "excluded",
                                        "excluded_overlap",
                                        "of_which",
                                        "share",
                                        "unknown",
                                        "left_out",
                                        "target",
                                        "benchmark",
                                        "further_benchmarks",
                                        "status",
                                        "interval",
                                        "previous",
                                        "movement",
                                        "meaning",
                                        "reason",
                                        "flags"};
    json_t *object = json_of(fixture_month(arena));
    json_t *results = json_object_get(object, "results");
    ck_assert_str_eq(json_string_value(json_object_get(object, "schema")), "kpic-result/1");
    ck_assert_uint_eq(json_array_size(results), 8);
    for (size_t i = 0; i < json_array_size(results); i++) {
        size_t n = 0;
        const char *key;
        json_t *value;
        json_object_foreach(json_array_get(results, i), key, value) {
            ck_assert_uint_lt(n, sizeof order / sizeof order[0]);
            ck_assert_str_eq(key, order[n++]);
        }
        ck_assert_uint_eq(n, sizeof order / sizeof order[0]);
    }
    json_decref(object);
}
END_TEST

START_TEST(json_numbers_are_exact) {
    json_t *object = json_of(fixture_month(arena));
    json_t *results = json_object_get(object, "results");
    json_t *first = json_array_get(results, 0), *money = json_array_get(results, 3);
    ck_assert_int_eq(json_integer_value(json_object_get(first, "numerator")), 69);
    ck_assert_int_eq(json_integer_value(json_object_get(first, "denominator")), 535);
    ck_assert_str_eq(json_string_value(json_object_get(first, "value")), "12.897196261682");
    /* Money is a string whatever its value. */
    ck_assert_str_eq(json_string_value(json_object_get(money, "numerator")), "4943674");
    ck_assert(json_is_null(json_object_get(money, "denominator")));
    ck_assert_str_eq(json_string_value(json_object_get(money, "printed")), "£4,943,674");
    json_t *police = json_array_get(results, 7);
    ck_assert(json_is_null(json_object_get(police, "value")));
    ck_assert_str_eq(json_string_value(json_array_get(json_object_get(police, "flags"), 0)), "z");
    json_t *health = json_object_get(json_array_get(results, 5), "group");
    ck_assert_str_eq(json_string_value(json_object_get(health, "Agency")), "HEA");
    json_decref(object);
}
END_TEST

START_TEST(the_store_can_be_left_out) {
    ReportOptions options = {.title = "T"};
    render_json(&text, report_build(arena, fixture_month(arena), &options));
    assert_lacks(strbuf_text(&text), "\"store\"");
    assert_has(strbuf_text(&text), "\"fingerprint\": \"00112233445566778899aabbccddeeff\"");
}
END_TEST

/* ---- the schema ---- */

START_TEST(results_conform_to_their_schema) {
    result_schema_print(&text);
    json_error_t error;
    json_t *schema = json_loads(strbuf_text(&text), 0, &error);
    ck_assert_msg(schema != NULL, "%s at %d", error.text, error.line);
    ck_assert_str_eq(json_string_value(json_object_get(schema, "$schema")),
                     "https://json-schema.org/draft/2020-12/schema");
    json_t *month = json_of(fixture_month(arena)), *series = json_of(fixture_series(arena));
    assert_conforms(schema, schema, month, "month");
    assert_conforms(schema, schema, series, "series");
    json_decref(month);
    json_decref(series);
    json_decref(schema);
}
END_TEST

/* ---- CSV ---- */

START_TEST(csv_is_rfc_4180) {
    Indicator *indicator = fixture_proportion(arena);
    indicator->title = "a \"quoted\", title";
    Cell *cell = fixture_cell(arena, indicator, "2017-01", 1, 2);
    render_csv(&text, report_of(fixture_result(arena, &cell, 1)));
    assert_has(strbuf_text(&text), "\r\nsecond_cp_plan,\"a \"\"quoted\"\", title\",,2017-01,month,,"
                                   "2016-02-01,2017-01-31,");
    assert_has(strbuf_text(&text), ",1,2,50.000000000000,50.0%,1/2,percent,2,");
    ck_assert_int_eq(strncmp(strbuf_text(&text), "indicator,title,definition,period,", 34), 0);
}
END_TEST

typedef struct Guard {
    const char *title, *field;
} Guard;

static const Guard guards[] = {
    {"=1+1", ",'=1+1,"}, {"+1", ",'+1,"}, {"-1", ",'-1,"}, {"@x", ",'@x,"}, {"x=1", ",x=1,"},
};

START_TEST(csv_texts_are_no_formulas) {
    Indicator *indicator = fixture_proportion(arena);
    indicator->title = guards[_i].title;
    Cell *cell = fixture_cell(arena, indicator, "2017-01", -1, 2);
    render_csv(&text, report_of(fixture_result(arena, &cell, 1)));
    assert_has(strbuf_text(&text), guards[_i].field);
    /* Numbers are left as they are. */
    assert_has(strbuf_text(&text), ",-1,2,-50.000000000000,-50.0%,");
}
END_TEST

static void add_block(void *context, const char *block, size_t len) {
    strbuf_add_len(context, block, len);
}

/* So many cells of two windows and a distribution's bands, that there are several blocks. */
static const Result *many_cells(size_t len) {
    Cell **cells = arena_array(arena, len, sizeof *cells);
    const Result *month = fixture_month(arena);
    for (size_t i = 0; i < len; i++) {
        cells[i] = month->cells[i / 100 % month->cells_len];
        ck_assert_ptr_nonnull(cells[i]);
    }
    return fixture_result(arena, cells, len);
}

static Cell **copies(Arena *room, Cell *const *cells, size_t len) {
    Cell **copy = arena_array(room, len, sizeof *copy);
    for (size_t i = 0; i < len; i++) {
        copy[i] = arena_alloc(room, sizeof **copy);
        *copy[i] = *cells[i];
    }
    return copy;
}

START_TEST(csv_in_blocks_is_the_same) {
    static const size_t lens[] = {0, 1, 255, 256, 257, 5000};
    for (size_t l = 0; l < sizeof lens / sizeof lens[0]; l++)
        for (size_t threads = 1; threads <= 4; threads++) {
            const Result *result = many_cells(lens[l]);
            ReportOptions options = {.title = "Somerset", .audience = AUDIENCE_INTERNAL};
            StrBuf whole = {0};
            bool missed = false;
            const Report *report = report_build(arena, result, &options);
            for (size_t i = 0; i < report->rows_len; i++)
                missed = missed || report->rows[i].status == STATUS_MISSED;
            render_csv(&whole, report);
            strbuf_clear(&text);
            CsvPrinting *printing = csv_printing_start(&options, threads, add_block, &text);
            for (size_t given = 0, len; given < result->cells_len; given += len) {
                /* Some with a room of their own, given back when they are printed. */
                len = given % 1000 == 0 ? 700 : 300;
                len = len < result->cells_len - given ? len : result->cells_len - given;
                Arena *room = len == 300 ? NULL : csv_printing_room(printing);
                csv_printing_give(printing, copies(room ? room : arena, &result->cells[given], len),
                                  len, room);
            }
            bool any_missed = csv_printing_end(printing);
            ck_assert_uint_eq(text.len, whole.len);
            ck_assert_str_eq(strbuf_text(&text), strbuf_text(&whole));
            ck_assert_int_eq(any_missed, missed);
            strbuf_fini(&whole);
        }
}
END_TEST

START_TEST(csv_records_have_as_many_fields_as_the_header) {
    render_csv(&text, report_of(fixture_month(arena)));
    size_t fields = 0, records = 0, expected = 0;
    bool quoted = false;
    for (const char *c = strbuf_text(&text); *c; c++) {
        if (*c == '"')
            quoted = !quoted;
        else if (*c == ',' && !quoted)
            fields++;
        else if (*c == '\n') {
            expected = records == 0 ? fields : expected;
            ck_assert_uint_eq(fields, expected);
            records++;
            fields = 0;
        }
    }
    ck_assert_uint_eq(records, 9);
}
END_TEST

Suite *render_suite(void) {
    Suite *suite = suite_create("render");
    TCase *tests = tcase_create("render");
    tcase_add_checked_fixture(tests, start, end);
    tcase_add_test(tests, a_month_shows_what_a_director_asks);
    tcase_add_test(tests, no_line_is_wider_than_the_page);
    tcase_add_test(tests, numbers_end_in_one_column);
    tcase_add_test(tests, colour_only_when_asked);
    tcase_add_test(tests, new_groups_are_named_once);
    tcase_add_test(tests, a_reason_repeats_no_words);
    tcase_add_test(tests, a_series_has_periods_down_and_groups_across_them);
    tcase_add_test(tests, a_total_stands_last_and_only_where_it_is_asked_for);
    tcase_add_test(tests, verbose_gives_every_reason);
    tcase_add_test(tests, a_status_that_rounding_hides_is_explained);
    tcase_add_test(tests, exclusions_that_overlap_add_up);
    tcase_add_test(tests, nothing_from_data_moves_the_cursor);
    tcase_add_test(tests, texts_break_at_blanks_and_inside_long_words);
    tcase_add_test(tests, json_has_the_fields_of_the_design_in_order);
    tcase_add_test(tests, json_numbers_are_exact);
    tcase_add_test(tests, the_store_can_be_left_out);
    tcase_add_test(tests, results_conform_to_their_schema);
    tcase_add_test(tests, csv_is_rfc_4180);
    tcase_add_loop_test(tests, csv_texts_are_no_formulas, 0,
                        (int)(sizeof guards / sizeof guards[0]));
    tcase_add_test(tests, csv_in_blocks_is_the_same);
    tcase_add_test(tests, csv_records_have_as_many_fields_as_the_header);
    suite_add_tcase(suite, tests);
    return suite;
}
