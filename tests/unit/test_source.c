#include <check.h>
#include <string.h>

#include "base/session.h"
#include "base/source.h"

Suite *source_suite(void);

typedef struct Place {
    const char *text;
    uint32_t off, line, col;
    const char *shown;
} Place;

static const Place places[] = {
    {"one\ntwo\n", 0, 1, 1, "one"},
    {"one\ntwo\n", 3, 1, 4, "one"}, /* on the line's end */
    {"one\ntwo\n", 4, 2, 1, "two"},
    {"one\ntwo\n", 6, 2, 3, "two"},
    {"one\ntwo\n", 8, 3, 1, ""}, /* the end of the text */
    {"one\ntwo\n", 99, 3, 1, ""},
    {"one\r\ntwo", 5, 2, 1, "two"},
    {"one\r\ntwo", 1, 1, 2, "one"},
    {"\n\n\nx", 2, 3, 1, ""},
    {"\n\n\nx", 3, 4, 1, "x"},
    {"", 0, 1, 1, ""},
    {"caf\xC3\xA9 bar", 6, 1, 6, "caf\xC3\xA9 bar"},
    {"\xE6\x97\xA5\xE6\x9C\xAC x", 7, 1, 4, "\xE6\x97\xA5\xE6\x9C\xAC x"},
    {"\xEF\xBB\xBFindicator", 3, 1, 1, "indicator"},
    {"\xEF\xBB\xBFindicator", 0, 1, 1, "indicator"},
    {"\xEF\xBB\xBFindicator", 5, 1, 3, "indicator"},
};

START_TEST(places_are_lines_and_characters) {
    const Place *place = &places[_i];
    Arena *arena = arena_new();
    Sources *sources = sources_new(arena);
    uint32_t src = sources_add(sources, "a.kpi", place->text, strlen(place->text));
    LineCol got = sources_place(sources, src, place->off);
    ck_assert_uint_eq(got.line, place->line);
    ck_assert_uint_eq(got.col, place->col);
    size_t len;
    const char *line = sources_line(sources, src, place->off, &len);
    ck_assert_uint_eq(len, strlen(place->shown));
    ck_assert_mem_eq(line, place->shown, len);
    sources_free(sources);
    arena_free(arena);
}
END_TEST

START_TEST(sources_are_copied_and_numbered_from_one) {
    Arena *arena = arena_new();
    Sources *sources = sources_new(arena);
    char name[] = "a.kpi", text[] = "alpha";
    ck_assert_uint_eq(sources_add(sources, name, text, 5), 1);
    memset(name, '?', 5);
    memset(text, '?', 5);
    for (uint32_t i = 2; i <= 50; i++)
        ck_assert_uint_eq(sources_add(sources, "b.csv", "", 0), i);
    size_t len;
    ck_assert_str_eq(sources_name(sources, 1), "a.kpi");
    ck_assert_str_eq(sources_text(sources, 1, &len), "alpha");
    ck_assert_uint_eq(len, 5);
    ck_assert_str_eq(sources_name(sources, 50), "b.csv");
    ck_assert_str_eq(sources_name(sources, 0), "");
    ck_assert_str_eq(sources_name(sources, 51), "");
    ck_assert_str_eq(sources_text(sources, 0, &len), "");
    ck_assert_uint_eq(len, 0);
    sources_free(sources);
    sources_free(NULL);
    arena_free(arena);
}
END_TEST

START_TEST(spans_join_from_start_to_end) {
    Span joined = span_join((Span){1, 10, 3}, (Span){1, 20, 5});
    ck_assert_uint_eq(joined.src, 1);
    ck_assert_uint_eq(joined.off, 10);
    ck_assert_uint_eq(joined.len, 15);
    joined = span_join((Span){2, 20, 5}, (Span){2, 10, 30});
    ck_assert_uint_eq(joined.off, 10);
    ck_assert_uint_eq(joined.len, 30);
    joined = span_join((Span){0, 0, 0}, (Span){3, 7, 2});
    ck_assert_uint_eq(joined.src, 3);
    ck_assert_uint_eq(joined.off, 7);
    joined = span_join((Span){3, 7, 2}, (Span){0, 0, 0});
    ck_assert_uint_eq(joined.src, 3);
    ck_assert_uint_eq(joined.len, 2);
}
END_TEST

START_TEST(a_session_holds_all_four) {
    Session *session = session_new();
    uint32_t src = sources_add(session->sources, "a.kpi", "text", 4);
    ck_assert_str_eq(atom_of_text(session->atoms, "x"), "x");
    diag_add(session->diags, DIAG_usage, (Span){src, 0, 4}, "odd");
    ck_assert_uint_eq(diags_errors(session->diags), 1);
    ck_assert_uint_gt(arena_used(session->arena), 0);
    session_free(session);
    session_free(NULL);
}
END_TEST

Suite *source_suite(void) {
    Suite *suite = suite_create("source");
    TCase *tests = tcase_create("source");
    tcase_add_loop_test(tests, places_are_lines_and_characters, 0,
                        (int)(sizeof places / sizeof places[0]));
    tcase_add_test(tests, sources_are_copied_and_numbered_from_one);
    tcase_add_test(tests, spans_join_from_start_to_end);
    tcase_add_test(tests, a_session_holds_all_four);
    suite_add_tcase(suite, tests);
    return suite;
}
