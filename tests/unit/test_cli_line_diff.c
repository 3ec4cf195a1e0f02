#include <check.h>
#include <string.h>

#include "cli/line_diff.h"

Suite *cli_line_diff_suite(void);

typedef struct Pair {
    const char *before, *after, *expected;
} Pair;

/* Expected as `diff -u` prints it, but for the names' dates. */
static const Pair pairs[] = {
    {"a\nb\n", "a\nb\n", ""},
    {"a\nb\nc\n", "a\nx\nc\n", "--- old\n+++ new\n@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n"},
    {"", "a\n", "--- old\n+++ new\n@@ -0,0 +1 @@\n+a\n"},
    {"a\n", "", "--- old\n+++ new\n@@ -1 +0,0 @@\n-a\n"},
    {"a", "a\n", "--- old\n+++ new\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"},
    {"1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
     "--- old\n+++ new\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"},
    /* Two changes six lines apart share a hunk. */
    {"a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n",
     "--- old\n+++ new\n@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n"},
    /* Seven lines apart they do not. */
    {"a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n",
     "--- old\n+++ new\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n"
     "+B\n"},
    {"a\nb\nc\n", "b\nc\nd\n", "--- old\n+++ new\n@@ -1,3 +1,3 @@\n-a\n b\n c\n+d\n"},
};

START_TEST(differences_are_unified) {
    StrBuf out = {0};
    line_diff(&out, "old", pairs[_i].before, "new", pairs[_i].after);
    ck_assert_str_eq(strbuf_text(&out), pairs[_i].expected);
    strbuf_fini(&out);
}
END_TEST

/* Lines of the difference that start with the mark, without it. */
static void side(StrBuf *out, const char *diff, char mark) {
    for (const char *line = diff; *line;) {
        size_t len = strcspn(line, "\n") + 1;
        if ((line[0] == mark || line[0] == ' ') && strncmp(line, "--- ", 4) != 0 &&
            strncmp(line, "+++ ", 4) != 0)
            strbuf_add_len(out, line + 1, len - 1);
        line += len;
    }
}

START_TEST(texts_without_a_common_line_are_replaced_whole) {
    StrBuf before = {0}, after = {0}, out = {0}, removed = {0}, added = {0};
    for (int i = 0; i < 3000; i++) {
        strbuf_addf(&before, "old %d\n", i);
        strbuf_addf(&after, "new %d\n", i);
    }
    line_diff(&out, "old", strbuf_text(&before), "new", strbuf_text(&after));
    side(&removed, strbuf_text(&out), '-');
    side(&added, strbuf_text(&out), '+');
    ck_assert_str_eq(strbuf_text(&removed), strbuf_text(&before));
    ck_assert_str_eq(strbuf_text(&added), strbuf_text(&after));
    strbuf_fini(&before);
    strbuf_fini(&after);
    strbuf_fini(&out);
    strbuf_fini(&removed);
    strbuf_fini(&added);
}
END_TEST

Suite *cli_line_diff_suite(void) {
    Suite *suite = suite_create("cli_line_diff");
    TCase *tests = tcase_create("cli_line_diff");
    tcase_add_loop_test(tests, differences_are_unified, 0, (int)(sizeof pairs / sizeof pairs[0]));
    tcase_add_test(tests, texts_without_a_common_line_are_replaced_whole);
    suite_add_tcase(suite, tests);
    return suite;
}
