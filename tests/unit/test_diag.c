#include <check.h>
#include <jansson.h>
#include <string.h>

#include "base/session.h"

Suite *diag_suite(void);

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

static uint32_t add_source(const char *name, const char *text) {
    return sources_add(session->sources, name, text, strlen(text));
}

/* The place of `part` in `text`. */
static Span span_of(uint32_t src, const char *text, const char *part) {
    return (Span){src, (uint32_t)(strstr(text, part) - text), (uint32_t)strlen(part)};
}

static const char *rendered(size_t limit) {
    strbuf_clear(&out);
    diags_render_text(session->diags, &out, limit, false);
    return strbuf_text(&out);
}

START_TEST(a_message_shows_its_line_notes_and_help) {
    const char *text = "indicator x\n    basis       precent\n";
    static const char *const names[] = {"count", "percent"};
    uint32_t src = add_source("ind/x.kpi", text);
    Diag *diag = diag_add(session->diags, DIAG_usage, span_of(src, text, "precent"),
                          "unknown basis '%s'", "precent");
    diag_note(diag, span_of(src, text, "indicator"), "in indicator '%s'", "x");
    diag_suggest(diag, "precent", names, 2);
    ck_assert_str_eq(rendered(0), "ind/x.kpi:2:17: error: unknown basis 'precent' [KPI0700]\n"
                                  "     2 |     basis       precent\n"
                                  "       |                 ^~~~~~~\n"
                                  "ind/x.kpi:1:1: note: in indicator 'x'\n"
                                  "     1 | indicator x\n"
                                  "       | ~~~~~~~~~\n"
                                  "help: did you mean 'percent'?\n");
}
END_TEST

START_TEST(nothing_near_suggests_nothing) {
    static const char *const names[] = {"count", "percent"};
    Diag *diag = diag_add(session->diags, DIAG_usage, (Span){0}, "odd");
    diag_suggest(diag, "zebra", names, 2);
    ck_assert_str_eq(rendered(0), "error: odd [KPI0700]\n");
    diag_help(diag, "do this");
    diag_help(diag, "or that");
    ck_assert_str_eq(rendered(0), "error: odd [KPI0700]\nhelp: do this; or that\n");
}
END_TEST

START_TEST(places_without_text_show_what_is_known) {
    uint32_t data = add_source("children.csv", "");
    diag_add(session->diags, DIAG_usage, (Span){data, 0, 0}, "row 3 is short");
    Diag *diag = diag_add(session->diags, DIAG_usage, (Span){0}, "no data");
    diag_note(diag, (Span){data, 0, 0}, "looked here");
    diag_note(diag, (Span){0}, "and nowhere else");
    ck_assert_str_eq(rendered(0), "error: no data [KPI0700]\n"
                                  "children.csv: note: looked here\n"
                                  "note: and nowhere else\n"
                                  "children.csv: error: row 3 is short [KPI0700]\n");
}
END_TEST

/* The line, a part of it, and the columns before and under the caret as a terminal shows them. */
typedef struct Caret {
    const char *line, *part, *shown;
    size_t before, width;
} Caret;

static const Caret carets[] = {
    {"caf\xC3\xA9 bad", "bad", NULL, 5, 3},
    {"\xE6\x97\xA5\xE6\x9C\xAC bad", "bad", NULL, 5, 3}, /* two wide characters */
    {"x \xE6\x97\xA5\xE6\x9C\xAC y", "\xE6\x97\xA5\xE6\x9C\xAC", NULL, 2, 4},
    {"e\xCC\x81 bad", "bad", NULL, 2, 3}, /* a combining accent has no width */
    {"\t\tbad", "bad", "  bad", 2, 3},
    {"a\x1B[2Jbad", "bad", "a\xEF\xBF\xBD[2Jbad", 5, 3},
    {"\xFF\xFE bad", "bad", "\xEF\xBF\xBD\xEF\xBF\xBD bad", 3, 3},
    {"bad", "", NULL, 0, 1},
    {"bad\nmore", "d\nmore", "bad", 2, 1}, /* a span over two lines ends with the first */
    {"bad\r\nmore", "bad\r\nmo", "bad", 0, 3},
};

START_TEST(the_caret_stands_under_the_characters) {
    const Caret *caret = &carets[_i];
    uint32_t src = add_source("a", caret->line);
    diag_add(session->diags, DIAG_usage, span_of(src, caret->line, caret->part), "odd");
    StrBuf expected = {0};
    strbuf_addf(&expected, "     1 | %s\n       | ", caret->shown ? caret->shown : caret->line);
    strbuf_add_times(&expected, ' ', caret->before);
    strbuf_add_char(&expected, '^');
    strbuf_add_times(&expected, '~', caret->width - 1);
    strbuf_add_char(&expected, '\n');
    const char *excerpt = strchr(rendered(0), '\n') + 1;
    ck_assert_str_eq(excerpt, strbuf_text(&expected));
    strbuf_fini(&expected);
}
END_TEST

START_TEST(the_end_of_the_text_has_a_place) {
    uint32_t src = add_source("a", "one\n");
    diag_add(session->diags, DIAG_usage, (Span){src, 4, 0}, "end of file");
    diag_add(session->diags, DIAG_usage, (Span){src, 3, 0}, "end of line");
    diag_add(session->diags, DIAG_usage, (Span){src, 400, 9}, "beyond");
    ck_assert_str_eq(rendered(0), "a:1:4: error: end of line [KPI0700]\n"
                                  "     1 | one\n"
                                  "       |    ^\n"
                                  "a:2:1: error: end of file [KPI0700]\n"
                                  "     2 | \n"
                                  "       | ^\n"
                                  "a:2:1: error: beyond [KPI0700]\n"
                                  "     2 | \n"
                                  "       | ^\n");
}
END_TEST

START_TEST(a_very_long_line_is_shown_in_part) {
    static char text[5001];
    memset(text, 'x', 5000);
    memcpy(text + 3000, "bad", 3);
    uint32_t src = add_source("a", text);
    diag_add(session->diags, DIAG_usage, (Span){src, 3000, 3}, "odd");
    const char *line = strchr(rendered(0), '\n') + 1, *marks = strchr(line, '\n') + 1;
    ck_assert_int_lt(marks - line, 200);
    ck_assert_ptr_eq(strstr(marks, "^~~\n") - (marks - line), strstr(line, "bad"));
    ck_assert_int_eq(strncmp(line, "     1 | ...x", 13), 0);
    ck_assert_int_eq(strncmp(marks - 5, "x...\n", 5), 0);
}
END_TEST

START_TEST(a_very_long_span_ends_with_what_is_shown) {
    static char text[5001];
    memset(text, 'x', 5000);
    uint32_t src = add_source("a", text);
    diag_add(session->diags, DIAG_usage, (Span){src, 0, 5000}, "odd");
    const char *line = strchr(rendered(0), '\n') + 1, *marks = strchr(line, '\n') + 1;
    ck_assert_uint_eq(strspn(line + 9, "x"), strcspn(marks + 9, "\n"));
    ck_assert_uint_lt(strlen(marks), 200);
}
END_TEST

START_TEST(messages_are_sorted_by_place) {
    uint32_t a = add_source("a", "0123456789"), b = add_source("b", "0123456789");
    diag_add(session->diags, DIAG_usage, (Span){b, 1, 1}, "fourth");
    diag_add(session->diags, DIAG_usage, (Span){a, 5, 1}, "second");
    diag_add(session->diags, DIAG_usage, (Span){a, 5, 2}, "third");
    diag_add(session->diags, DIAG_usage, (Span){a, 2, 1}, "first");
    const char *text = rendered(0);
    ck_assert(strstr(text, "first") < strstr(text, "second"));
    ck_assert(strstr(text, "second") < strstr(text, "third"));
    ck_assert(strstr(text, "third") < strstr(text, "fourth"));
}
END_TEST

START_TEST(the_same_fault_is_said_once) {
    uint32_t src = add_source("a", "0123456789");
    for (int i = 0; i < 100; i++) {
        Diag *diag = diag_add(session->diags, DIAG_usage, (Span){src, 3, 2}, "odd");
        diag_note(diag, (Span){src, 0, 1}, "note %d", i);
    }
    ck_assert_uint_eq(diags_errors(session->diags), 1);
    const char *text = rendered(0);
    ck_assert_ptr_nonnull(strstr(text, "note 0"));
    ck_assert_ptr_null(strstr(text, "note 1"));
    /* Without a place, the words tell faults apart. */
    for (int i = 0; i < 100; i++)
        diag_add(session->diags, DIAG_usage, (Span){0}, "row %d", i % 50);
    ck_assert_uint_eq(diags_errors(session->diags), 51);
}
END_TEST

START_TEST(the_rest_is_counted) {
    for (int i = 0; i < 12; i++)
        diag_add(session->diags, DIAG_usage, (Span){0}, "fault %d", i);
    const char *text = rendered(10);
    ck_assert_ptr_nonnull(strstr(text, "fault 9 "));
    ck_assert_ptr_null(strstr(text, "fault 10"));
    ck_assert_str_eq(strstr(text, "2 more"), "2 more messages are not shown\n");
    ck_assert_str_eq(strstr(rendered(11), "1 more"), "1 more message is not shown\n");
    ck_assert_ptr_null(strstr(rendered(12), "more"));
    ck_assert_ptr_null(strstr(rendered(0), "more"));
}
END_TEST

static const DiagInfo *info_of_severity(Severity severity) {
    size_t len;
    const DiagInfo *infos = diag_infos(&len);
    for (size_t i = 0; i < len; i++)
        if (infos[i].severity == severity)
            return &infos[i];
    return NULL;
}

START_TEST(errors_and_warnings_are_counted) {
    const DiagInfo *warning = info_of_severity(SEVERITY_WARNING);
    size_t mark = diags_mark(session->diags);
    if (warning) {
        diag_add(session->diags, (DiagCode)warning->number, (Span){0}, "take care");
        ck_assert_uint_eq(diags_warnings(session->diags), 1);
        ck_assert_uint_eq(diags_errors(session->diags), mark);
        ck_assert_int_eq(strncmp(rendered(0), "warning: take care [KPI", 23), 0);
    }
    diag_add(session->diags, DIAG_usage, (Span){0}, "odd");
    ck_assert_uint_eq(diags_errors(session->diags), mark + 1);
    ck_assert_uint_eq(diags_mark(session->diags), mark + 1);
}
END_TEST

START_TEST(hostile_words_are_made_harmless) {
    diag_add(session->diags, DIAG_usage, (Span){0}, "name '%s'", "a\x1B[31m\nb\xFF");
    ck_assert_str_eq(rendered(0), "error: name 'a\xEF\xBF\xBD[31m b\xEF\xBF\xBD' [KPI0700]\n");
}
END_TEST

START_TEST(colour_adds_only_escapes) {
    const char *text = "some bad line\n";
    uint32_t src = add_source("a", text);
    Diag *diag = diag_add(session->diags, DIAG_usage, span_of(src, text, "bad"), "bad word");
    diag_note(diag, span_of(src, text, "line"), "here");
    diag_help(diag, "leave it out");
    StrBuf colour = {0}, plain = {0};
    diags_render_text(session->diags, &colour, 0, true);
    size_t escapes = 0;
    for (size_t i = 0; i < colour.len; i++) {
        if (colour.text[i] == '\033') {
            escapes++;
            i += strcspn(colour.text + i, "m");
        } else {
            strbuf_add_char(&plain, colour.text[i]);
        }
    }
    ck_assert_uint_gt(escapes, 6);
    ck_assert_uint_eq(escapes % 2, 0);
    ck_assert_str_eq(strbuf_text(&plain), rendered(0));
    strbuf_fini(&colour);
    strbuf_fini(&plain);
}
END_TEST

static const char *field(const json_t *object, const char *name) {
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "(none)";
}

START_TEST(json_says_the_same) {
    const char *text = "first\ncaf\xC3\xA9 \"bad\"\n";
    uint32_t src = add_source("dir\\a.kpi", text), data = add_source("b.csv", "");
    Diag *diag = diag_add(session->diags, DIAG_usage, span_of(src, text, "bad"), "what is \"%s\"",
                          "bad\xFF");
    diag_note(diag, span_of(src, text, "first"), "first here");
    diag_note(diag, (Span){data, 0, 0}, "then there");
    diag_help(diag, "caf\xC3\xA9");
    diag_add(session->diags, DIAG_usage, (Span){0}, "nowhere");
    diags_render_json(session->diags, &out, 0);
    json_t *array = json_loads(strbuf_text(&out), JSON_REJECT_DUPLICATES, NULL);
    ck_assert_uint_eq(json_array_size(array), 2);
    json_t *second = json_array_get(array, 1), *first = json_array_get(array, 0);
    ck_assert_str_eq(field(first, "message"), "nowhere");
    ck_assert(json_is_null(json_object_get(first, "file")));
    ck_assert(json_is_null(json_object_get(first, "line")));
    ck_assert(json_is_null(json_object_get(first, "help")));
    ck_assert_uint_eq(json_array_size(json_object_get(first, "notes")), 0);
    ck_assert_str_eq(field(second, "code"), "KPI0700");
    ck_assert_str_eq(field(second, "name"), "usage");
    ck_assert_str_eq(field(second, "severity"), "error");
    ck_assert_str_eq(field(second, "file"), "dir\\a.kpi");
    ck_assert_str_eq(field(second, "message"), "what is \"bad\xEF\xBF\xBD\"");
    ck_assert_str_eq(field(second, "help"), "caf\xC3\xA9");
    ck_assert_int_eq(json_integer_value(json_object_get(second, "line")), 2);
    ck_assert_int_eq(json_integer_value(json_object_get(second, "column")), 7);
    json_t *notes = json_object_get(second, "notes");
    ck_assert_uint_eq(json_array_size(notes), 2);
    ck_assert_str_eq(field(json_array_get(notes, 0), "message"), "first here");
    ck_assert_int_eq(json_integer_value(json_object_get(json_array_get(notes, 0), "line")), 1);
    ck_assert_str_eq(field(json_array_get(notes, 1), "file"), "b.csv");
    ck_assert(json_is_null(json_object_get(json_array_get(notes, 1), "line")));
    json_decref(array);
}
END_TEST

START_TEST(json_counts_what_it_leaves_out) {
    diags_render_json(session->diags, &out, 5);
    json_t *array = json_loads(strbuf_text(&out), 0, NULL);
    ck_assert(json_is_array(array));
    ck_assert_uint_eq(json_array_size(array), 0);
    json_decref(array);
    for (int i = 0; i < 9; i++)
        diag_add(session->diags, DIAG_usage, (Span){0}, "fault %d", i);
    strbuf_clear(&out);
    diags_render_json(session->diags, &out, 5);
    array = json_loads(strbuf_text(&out), 0, NULL);
    ck_assert_uint_eq(json_array_size(array), 6);
    ck_assert_int_eq(json_integer_value(json_object_get(json_array_get(array, 5), "left_out")), 4);
    json_decref(array);
}
END_TEST

START_TEST(codes_are_listed_in_order_each_once) {
    size_t len;
    const DiagInfo *infos = diag_infos(&len);
    ck_assert_uint_gt(len, 0);
    for (size_t i = 0; i < len; i++) {
        if (i > 0)
            ck_assert_int_gt(infos[i].number, infos[i - 1].number);
        ck_assert_int_ge(infos[i].number, 100);
        ck_assert_int_le(infos[i].number, 999);
        ck_assert_uint_gt(strlen(infos[i].title), 0);
        ck_assert_uint_gt(strlen(infos[i].help), 0);
        ck_assert_ptr_eq(diag_info(infos[i].number), &infos[i]);
    }
    ck_assert_ptr_null(diag_info(99));
    ck_assert_str_eq(diag_info(700)->name, "usage");
}
END_TEST

/* Words that tell a reader to do something, as the first of a sentence or after : ; or a comma. */
static const char *const doing[] = {
    "Add",     "Ask",    "Count",   "Change",  "Check", "Choose", "Close",  "Compare", "Correct",
    "Declare", "Divide", "Extend",  "Follow",  "Give",  "Group",  "Import", "Indent",  "Leave",
    "Let",     "Look",   "Make",    "Mend",    "Move",  "Name",   "Open",   "Put",     "Read",
    "Remove",  "Rename", "Replace", "Restore", "Run",   "Save",   "Set",    "Start",   "Swap",
    "Take",    "Try",    "Use",     "Widen",   "Write",
};

static bool starts_with_doing(const char *text) {
    char word[16];
    size_t len = strcspn(text, " ,.:;");
    if (len >= sizeof word)
        return false;
    memcpy(word, text, len);
    word[len] = '\0';
    if (word[0] >= 'a' && word[0] <= 'z')
        word[0] = (char)(word[0] - 'a' + 'A');
    for (size_t i = 0; i < sizeof doing / sizeof doing[0]; i++)
        if (strcmp(word, doing[i]) == 0)
            return true;
    return false;
}

static bool says_what_to_do(const char *page) {
    if (starts_with_doing(page))
        return true;
    for (const char *end = page; (end = strpbrk(end, ".:;,")); end++)
        if (end[1] == ' ' && starts_with_doing(end + 2))
            return true;
    return false;
}

START_TEST(every_page_says_what_to_do) {
    ck_assert(says_what_to_do("The file is too long: divide it."));
    ck_assert(!says_what_to_do("The median is percentile 50."));
    size_t len;
    const DiagInfo *infos = diag_infos(&len);
    for (size_t i = 0; i < len; i++)
        ck_assert_msg(says_what_to_do(infos[i].help), "KPI%04d says nothing that can be done: %s",
                      infos[i].number, infos[i].help);
}
END_TEST

Suite *diag_suite(void) {
    Suite *suite = suite_create("diag");
    TCase *tests = tcase_create("diag");
    tcase_add_checked_fixture(tests, start, finish);
    tcase_add_test(tests, a_message_shows_its_line_notes_and_help);
    tcase_add_test(tests, nothing_near_suggests_nothing);
    tcase_add_test(tests, places_without_text_show_what_is_known);
    tcase_add_loop_test(tests, the_caret_stands_under_the_characters, 0,
                        (int)(sizeof carets / sizeof carets[0]));
    tcase_add_test(tests, the_end_of_the_text_has_a_place);
    tcase_add_test(tests, a_very_long_line_is_shown_in_part);
    tcase_add_test(tests, a_very_long_span_ends_with_what_is_shown);
    tcase_add_test(tests, messages_are_sorted_by_place);
    tcase_add_test(tests, the_same_fault_is_said_once);
    tcase_add_test(tests, the_rest_is_counted);
    tcase_add_test(tests, errors_and_warnings_are_counted);
    tcase_add_test(tests, hostile_words_are_made_harmless);
    tcase_add_test(tests, colour_adds_only_escapes);
    tcase_add_test(tests, json_says_the_same);
    tcase_add_test(tests, json_counts_what_it_leaves_out);
    tcase_add_test(tests, codes_are_listed_in_order_each_once);
    tcase_add_test(tests, every_page_says_what_to_do);
    suite_add_tcase(suite, tests);
    return suite;
}
