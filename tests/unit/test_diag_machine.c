/* Messages for other programs. The rules that a SARIF 2.1.0 log is held to are those of its schema
 * and of the OASIS standard, for the parts that are written: what is required, the closed lists of
 * words, and the references within the log. */
#include <check.h>
#include <jansson.h>
#include <string.h>

#include "base/session.h"

Suite *diag_machine_suite(void);

static Session *session;
static StrBuf out;

static void start(void) {
    session = session_new();
    out = (StrBuf){0};
}

static void finish(void) {
    strbuf_fini(&out);
    session_free(session);
}

static Span span_of(uint32_t src, const char *text, const char *part) {
    return (Span){src, (uint32_t)(strstr(text, part) - text), (uint32_t)strlen(part)};
}

/* A message of each severity, with and without place, notes and help; two of one code. */
static void say_all(void) {
    const char *text = "indicator caf\xC3\xA9 \"x\"\n    basis       precent\n";
    uint32_t src = sources_add(session->sources, "my files/50%,a:b.kpi", text, strlen(text));
    uint32_t data = sources_add(session->sources, "/data/b.csv", "", 0);
    Diag *diag = diag_add(session->diags, DIAG_usage, span_of(src, text, "precent"),
                          "unknown basis: 100%% of\n'%s'", "precent");
    diag_note(diag, span_of(src, text, "\"x\""), "in this");
    diag_note(diag, (Span){0}, "and nowhere");
    diag_help(diag, "write percent");
    diag_add(session->diags, DIAG_usage, (Span){data, 0, 0}, "row 3 is short");
    diag_add(session->diags, DIAG_title_basis, span_of(src, text, "\"x\"\n    basis"), "a title");
    diag_add(session->diags, DIAG_no_data, (Span){0}, "no data");
}

/* ---- what a log must be ---- */

static const char *text_at(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    ck_assert_msg(text && *text, "no text '%s'", key);
    return text;
}

static json_int_t number_at(const json_t *object, const char *key, json_int_t least) {
    json_t *number = json_object_get(object, key);
    ck_assert_msg(json_is_integer(number), "no number '%s'", key);
    ck_assert_int_ge(json_integer_value(number), least);
    return json_integer_value(number);
}

static void check_keys(const json_t *object, const char *allowed) {
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)object, key, value) {
        StrBuf word = {0};
        strbuf_addf(&word, " %s ", key);
        ck_assert_msg(strstr(allowed, strbuf_text(&word)), "'%s' is no property here", key);
        strbuf_fini(&word);
    }
}

static void check_level(const json_t *object) {
    const char *level = text_at(object, "level");
    ck_assert(strcmp(level, "note") == 0 || strcmp(level, "warning") == 0 ||
              strcmp(level, "error") == 0);
}

static void check_location(const json_t *location) {
    check_keys(location, " physicalLocation message ");
    json_t *physical = json_object_get(location, "physicalLocation");
    if (!physical)
        return;
    check_keys(physical, " artifactLocation region ");
    const char *uri = text_at(json_object_get(physical, "artifactLocation"), "uri");
    ck_assert_uint_eq(strspn(uri, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                  "-._~/%:"),
                      strlen(uri));
    json_t *region = json_object_get(physical, "region");
    if (!region)
        return;
    check_keys(region, " startLine startColumn endLine endColumn ");
    json_int_t line = number_at(region, "startLine", 1),
               column = number_at(region, "startColumn", 1);
    json_int_t last = number_at(region, "endLine", line);
    number_at(region, "endColumn", last == line ? column : 1);
}

static void check_result(const json_t *result, const json_t *rules) {
    check_keys(result, " ruleId ruleIndex level message locations relatedLocations ");
    const json_t *rule = json_array_get(rules, (size_t)number_at(result, "ruleIndex", 0));
    ck_assert_ptr_nonnull(rule);
    ck_assert_str_eq(text_at(rule, "id"), text_at(result, "ruleId"));
    check_level(result);
    text_at(json_object_get(result, "message"), "text");
    static const char *const lists[] = {"locations", "relatedLocations"};
    for (size_t i = 0; i < 2; i++) {
        json_t *list = json_object_get(result, lists[i]);
        for (size_t k = 0; list && k < json_array_size(list); k++)
            check_location(json_array_get(list, k));
    }
}

static void check_rules(const json_t *rules) {
    for (size_t i = 0; i < json_array_size(rules); i++) {
        const json_t *rule = json_array_get(rules, i);
        check_keys(rule, " id name shortDescription help defaultConfiguration ");
        text_at(json_object_get(rule, "shortDescription"), "text");
        text_at(json_object_get(rule, "help"), "text");
        check_level(json_object_get(rule, "defaultConfiguration"));
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(text_at(rule, "id"), text_at(json_array_get(rules, k), "id"));
    }
}

static json_t *read_log(void) {
    diags_render_sarif(session->diags, &out, "1.2.3");
    json_error_t error;
    json_t *log = json_loads(strbuf_text(&out), JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(log, "%s", error.text);
    return log;
}

static json_t *check_log(const json_t *log) {
    check_keys(log, " $schema version runs ");
    ck_assert_str_eq(text_at(log, "version"), "2.1.0");
    ck_assert_uint_eq(json_array_size(json_object_get(log, "runs")), 1);
    const json_t *run = json_array_get(json_object_get(log, "runs"), 0);
    check_keys(run, " tool columnKind results ");
    ck_assert_str_eq(text_at(run, "columnKind"), "unicodeCodePoints");
    const json_t *driver = json_object_get(json_object_get(run, "tool"), "driver");
    check_keys(driver, " name version rules ");
    ck_assert_str_eq(text_at(driver, "name"), "kpic");
    ck_assert_str_eq(text_at(driver, "version"), "1.2.3");
    const json_t *rules = json_object_get(driver, "rules");
    json_t *results = json_object_get(run, "results");
    ck_assert(json_is_array(rules) && json_is_array(results));
    check_rules(rules);
    for (size_t i = 0; i < json_array_size(results); i++)
        check_result(json_array_get(results, i), rules);
    return results;
}

START_TEST(a_sarif_log_is_as_its_standard_says) {
    say_all();
    json_t *log = read_log();
    json_t *results = check_log(log);
    ck_assert_uint_eq(json_array_size(results), 4);
    /* In the order of showing: no place, then by file and place. */
    json_t *none = json_array_get(results, 0), *title = json_array_get(results, 1);
    json_t *basis = json_array_get(results, 2), *row = json_array_get(results, 3);
    ck_assert_ptr_null(json_object_get(none, "locations"));
    ck_assert_str_eq(text_at(title, "level"), "warning");
    ck_assert_str_eq(text_at(basis, "level"), "error");
    ck_assert_str_eq(text_at(json_object_get(basis, "message"), "text"),
                     "unknown basis: 100% of 'precent'. Help: write percent");
    ck_assert_int_eq(number_at(basis, "ruleIndex", 0), number_at(row, "ruleIndex", 0));
    json_decref(log);
}
END_TEST

static const json_t *physical_of(const json_t *results, size_t place) {
    const json_t *result = json_array_get(results, place);
    const json_t *location = json_array_get(json_object_get(result, "locations"), 0);
    return json_object_get(location, "physicalLocation");
}

START_TEST(sarif_places_count_characters_and_paths_are_uris) {
    say_all();
    json_t *log = read_log();
    json_t *results = check_log(log);
    const json_t *title = physical_of(results, 1), *row = physical_of(results, 3);
    ck_assert_str_eq(text_at(json_object_get(title, "artifactLocation"), "uri"),
                     "my%20files/50%25%2Ca%3Ab.kpi");
    const json_t *region = json_object_get(title, "region");
    ck_assert_int_eq(number_at(region, "startLine", 1), 1);
    ck_assert_int_eq(number_at(region, "startColumn", 1), 16);
    ck_assert_int_eq(number_at(region, "endLine", 1), 2);
    ck_assert_int_eq(number_at(region, "endColumn", 1), 10);
    ck_assert_str_eq(text_at(json_object_get(row, "artifactLocation"), "uri"),
                     "file:///data/b.csv");
    ck_assert_ptr_null(json_object_get(row, "region"));
    json_decref(log);
}
END_TEST

START_TEST(no_message_is_a_log_without_results) {
    json_t *log = read_log();
    ck_assert_uint_eq(json_array_size(check_log(log)), 0);
    json_decref(log);
}
END_TEST

START_TEST(a_workflow_reads_each_message_from_one_line) {
    say_all();
    diags_render_annotations(session->diags, &out);
    ck_assert_str_eq(strbuf_text(&out),
                     "::error title=KPI0712 no_data::no data\n"
                     "::warning file=my files/50%25%2Ca%3Ab.kpi,line=1,endLine=2,title=KPI0860 "
                     "title_basis::a title\n"
                     "::error file=my "
                     "files/50%25%2Ca%3Ab.kpi,line=2,endLine=2,col=17,endColumn=24,title=KPI0700 "
                     "usage::unknown basis: 100%25 of 'precent'%0Awrite percent\n"
                     "::error file=/data/b.csv,title=KPI0700 usage::row 3 is short\n");
}
END_TEST

Suite *diag_machine_suite(void) {
    Suite *suite = suite_create("diag_machine");
    TCase *tests = tcase_create("diag_machine");
    tcase_add_checked_fixture(tests, start, finish);
    tcase_add_test(tests, a_sarif_log_is_as_its_standard_says);
    tcase_add_test(tests, sarif_places_count_characters_and_paths_are_uris);
    tcase_add_test(tests, no_message_is_a_log_without_results);
    tcase_add_test(tests, a_workflow_reads_each_message_from_one_line);
    suite_add_tcase(suite, tests);
    return suite;
}
