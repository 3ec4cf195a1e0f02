#include <check.h>
#include <string.h>

#include "syntax/highlight.h"

Suite *highlight_suite(void);

static Arena *arena;
static StrBuf shown;

static void start(void) {
    arena = arena_new();
}

static void end(void) {
    strbuf_fini(&shown);
    shown = (StrBuf){0};
    arena_free(arena);
}

/* "d:indicator c:value w:count ...": every stretch that is not plain. */
static const char *highlighted(const char *text) {
    static const char letters[] = "dcwtn#";
    HighlightList list = {0};
    size_t at = 0;
    highlight_text(arena, text, strlen(text), &list);
    strbuf_clear(&shown);
    for (size_t i = 0; i < list.len; i++) {
        const HighlightStretch *stretch = &list.items[i];
        ck_assert_uint_ge(stretch->off, at);
        at = stretch->off + stretch->len;
        ck_assert_uint_le(at, strlen(text));
        strbuf_addf(&shown, "%s%c:%.*s", i == 0 ? "" : " ", letters[stretch->kind],
                    (int)stretch->len, text + stretch->off);
    }
    return strbuf_text(&shown);
}

START_TEST(each_word_is_what_the_scanner_says) {
    ck_assert_str_eq(highlighted("# before\n"
                                 "indicator plans \"Plans\"\n"
                                 "    value       count of plan p dated p.start # why\n"
                                 "                    where p.cost > £12 and p.on >= 2017-01-31\n"
                                 "    target      95% from 2016-04-01\n"),
                     "#:# before d:indicator t:\"Plans\" c:value w:count w:of w:dated #:# why "
                     "w:where n:£12 w:and n:2017-01-31 c:target n:95% w:from n:2016-04-01");
}
END_TEST

/* A word is a keyword where it stands for one, and a name elsewhere. */
START_TEST(a_name_is_no_keyword) {
    ck_assert_str_eq(highlighted("source value \"V\"\n    key         value\n"
                                 "    column      value      text\n"),
                     "d:source t:\"V\" c:key c:column");
}
END_TEST

START_TEST(a_fence_is_one_text) {
    ck_assert_str_eq(highlighted("indicator a \"A\"\n    why         \"\"\"\n        value # no\n"
                                 "        \"\"\"\n    basis       count\n"),
                     "d:indicator t:\"A\" c:why t:\"\"\"\n        value # no\n        \"\"\" "
                     "c:basis w:count");
}
END_TEST

START_TEST(what_cannot_be_scanned_says_nothing) {
    ck_assert_str_eq(highlighted(""), "");
    ck_assert_str_eq(highlighted("indicator a \"no end\n    basis count\n"),
                     "d:indicator t:\"no end c:basis w:count");
}
END_TEST

Suite *highlight_suite(void) {
    Suite *suite = suite_create("highlight");
    TCase *tests = tcase_create("highlight");
    tcase_add_checked_fixture(tests, start, end);
    tcase_add_test(tests, each_word_is_what_the_scanner_says);
    tcase_add_test(tests, a_name_is_no_keyword);
    tcase_add_test(tests, a_fence_is_one_text);
    tcase_add_test(tests, what_cannot_be_scanned_says_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
