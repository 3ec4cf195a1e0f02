#include <check.h>
#include <string.h>

#include "base/strbuf.h"
#include "tests/unit/quick_assert.h"

Suite *strbuf_suite(void);

START_TEST(an_empty_one_reads_as_empty_text) {
    StrBuf buf = {0};
    ck_assert_str_eq(strbuf_text(&buf), "");
    strbuf_clear(&buf);
    strbuf_fini(&buf);
    strbuf_add(&buf, "");
    ck_assert_str_eq(strbuf_text(&buf), "");
    ck_assert_uint_eq(buf.len, 0);
    strbuf_fini(&buf);
}
END_TEST

START_TEST(parts_are_put_together) {
    StrBuf buf = {0};
    strbuf_add(&buf, "ab");
    strbuf_add_char(&buf, '-');
    strbuf_add_len(&buf, "cdef", 2);
    strbuf_add_times(&buf, '.', 3);
    strbuf_add_times(&buf, '!', 0);
    strbuf_addf(&buf, "%d%s", 42, "x");
    strbuf_addf(&buf, "%s", "");
    ck_assert_str_eq(strbuf_text(&buf), "ab-cd...42x");
    ck_assert_uint_eq(buf.len, strlen("ab-cd...42x"));
    strbuf_clear(&buf);
    ck_assert_str_eq(strbuf_text(&buf), "");
    strbuf_add(&buf, "again");
    ck_assert_str_eq(strbuf_text(&buf), "again");
    strbuf_fini(&buf);
    ck_assert_ptr_null(buf.text);
}
END_TEST

START_TEST(every_length_ends_with_nul) {
    StrBuf buf = {0};
    for (size_t i = 1; i <= 3000; i++) {
        strbuf_add_char(&buf, (char)('a' + (int)(i % 26)));
        quick_assert(buf.len == i);
        quick_assert(buf.text[i] == 0);
    }
    for (size_t i = 1; i <= 3000; i++)
        quick_int_eq(buf.text[i - 1], 'a' + (int)(i % 26));
    strbuf_fini(&buf);
}
END_TEST

START_TEST(nul_bytes_are_kept) {
    StrBuf buf = {0};
    strbuf_add_len(&buf, "a\0b", 3);
    ck_assert_uint_eq(buf.len, 3);
    ck_assert_mem_eq(buf.text, "a\0b\0", 4);
    strbuf_fini(&buf);
}
END_TEST

START_TEST(long_formats_fit) {
    StrBuf buf = {0};
    strbuf_addf(&buf, "%0999d|", 7);
    strbuf_addf(&buf, "%2000s", "end");
    ck_assert_uint_eq(buf.len, 3000);
    ck_assert_str_eq(buf.text + 2997, "end");
    ck_assert_int_eq(buf.text[998], '7');
    strbuf_fini(&buf);
}
END_TEST

Suite *strbuf_suite(void) {
    Suite *suite = suite_create("strbuf");
    TCase *tests = tcase_create("strbuf");
    tcase_add_test(tests, an_empty_one_reads_as_empty_text);
    tcase_add_test(tests, parts_are_put_together);
    tcase_add_test(tests, every_length_ends_with_nul);
    tcase_add_test(tests, nul_bytes_are_kept);
    tcase_add_test(tests, long_formats_fit);
    suite_add_tcase(suite, tests);
    return suite;
}
