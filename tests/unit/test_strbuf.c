#include <check.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
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

START_TEST(lent_room_is_left_when_it_is_too_small) {
    for (size_t size = 1; size < 12; size++) {
        char room[16], expected[64] = "";
        memset(room, '#', sizeof room);
        StrBuf buf = strbuf_in(room, size);
        ck_assert_str_eq(strbuf_text(&buf), "");
        for (int i = 0; i < 40; i++) {
            char c = (char)('a' + i % 26);
            strbuf_add_char(&buf, c);
            expected[i] = c;
            ck_assert_str_eq(strbuf_text(&buf), expected);
            ck_assert_int_eq(buf.text == room, (size_t)i + 2 <= size);
        }
        for (size_t i = size; i < sizeof room; i++)
            ck_assert_int_eq(room[i], '#');
        strbuf_fini(&buf);
        ck_assert_uint_eq(buf.len, 0);
    }
    char room[8];
    StrBuf buf = strbuf_in(room, sizeof room);
    strbuf_add(&buf, "seven..");
    ck_assert_ptr_eq(buf.text, room);
    strbuf_addf(&buf, "%d", 8);
    ck_assert_str_eq(strbuf_text(&buf), "seven..8");
    strbuf_clear(&buf);
    ck_assert_str_eq(strbuf_text(&buf), "");
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

START_TEST(whole_numbers_are_as_printf_has_them) {
    static const int64_t numbers[] = {0,  1,    -1,   9,         10,        -10,    99,
                                      -7, 2017, -123, INT64_MAX, INT64_MIN, 1000000};
    char wanted[64];
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        for (int width = 0; width <= 20; width++) {
            int64_t number = numbers[i];
            StrBuf buf = {0};
            strbuf_add_whole(&buf, number, width);
            snprintf(wanted, sizeof wanted, "%0*" PRId64, width + (number < 0 ? 1 : 0), number);
            ck_assert_str_eq(strbuf_text(&buf), wanted);
            strbuf_fini(&buf);
        }
}
END_TEST

static void expect_six_places(double value) {
    char wanted[400];
    StrBuf buf = {0};
    strbuf_add_six_places(&buf, value);
    snprintf(wanted, sizeof wanted, "%.6f", value);
    quick_str_eq(strbuf_text(&buf), wanted);
    strbuf_fini(&buf);
}

/* Also numbers at the middle of two millionths, and one bit beside it. */
START_TEST(six_places_are_as_printf_has_them) {
    static const double few[] = {0.0,       -0.0,           1e-7, 4.9999999e-7, 5e-7,
                                 0.9999995, 999999.9999995, 1e6,  1e15,         1e300,
                                 -0.5,      INFINITY,       -1e-9};
    uint64_t seed = 20261130;
    for (size_t i = 0; i < sizeof few / sizeof few[0]; i++)
        expect_six_places(few[i]);
    for (int i = 0; i < 200000; i++) {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        double value = (double)(seed >> 11) / 9007199254740992.0 *
                       (i % 3 == 0   ? 1
                        : i % 3 == 1 ? 100
                                     : 1e6);
        expect_six_places(value);
        double middle = (floor(value * 1e6) + 0.5) / 1e6;
        expect_six_places(middle);
        expect_six_places(nextafter(middle, 0));
        expect_six_places(nextafter(middle, 1e9));
    }
}
END_TEST

/* Around the lengths at which more room is needed. */
START_TEST(formatted_texts_are_whole_at_every_length) {
    char long_text[301];
    memset(long_text, 'x', 300);
    Arena *arena = arena_new();
    for (int len = 0; len <= 300; len++) {
        StrBuf buf = {0};
        strbuf_addf(&buf, "%.*s", len, long_text);
        strbuf_addf(&buf, "%.*s!", len, long_text);
        ck_assert_uint_eq(buf.len, 2 * (size_t)len + 1);
        ck_assert_int_eq((int)strspn(buf.text, "x"), 2 * len);
        const char *text = arena_printf(arena, "%.*s!", len, long_text);
        ck_assert_uint_eq(strlen(text), (size_t)len + 1);
        ck_assert_int_eq(text[len], '!');
        strbuf_fini(&buf);
    }
    arena_free(arena);
}
END_TEST

Suite *strbuf_suite(void) {
    Suite *suite = suite_create("strbuf");
    TCase *tests = tcase_create("strbuf");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, an_empty_one_reads_as_empty_text);
    tcase_add_test(tests, parts_are_put_together);
    tcase_add_test(tests, every_length_ends_with_nul);
    tcase_add_test(tests, lent_room_is_left_when_it_is_too_small);
    tcase_add_test(tests, nul_bytes_are_kept);
    tcase_add_test(tests, long_formats_fit);
    tcase_add_test(tests, whole_numbers_are_as_printf_has_them);
    tcase_add_test(tests, six_places_are_as_printf_has_them);
    tcase_add_test(tests, formatted_texts_are_whole_at_every_length);
    suite_add_tcase(suite, tests);
    return suite;
}
