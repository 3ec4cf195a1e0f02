#include <check.h>

#include "base/value.h"

Suite *value_suite(void);

START_TEST(symbols_have_their_letters) {
    ck_assert_str_eq(symbol_letter(SYMBOL_NONE), "");
    ck_assert_str_eq(symbol_letter(SYMBOL_CONFIDENTIAL), "c");
    ck_assert_str_eq(symbol_letter(SYMBOL_LOW_RELIABILITY), "u");
    ck_assert_str_eq(symbol_letter(SYMBOL_UNAVAILABLE), "x");
    ck_assert_str_eq(symbol_letter(SYMBOL_NOT_APPLICABLE), "z");
    ck_assert_str_eq(symbol_letter(SYMBOL_LOW), "low");
}
END_TEST

START_TEST(the_stronger_symbol_wins) {
    static const Symbol strongest_first[] = {SYMBOL_CONFIDENTIAL, SYMBOL_LOW_RELIABILITY,
                                             SYMBOL_UNAVAILABLE,  SYMBOL_NOT_APPLICABLE,
                                             SYMBOL_LOW,          SYMBOL_NONE};
    for (size_t i = 0; i < 6; i++)
        for (size_t j = 0; j < 6; j++)
            ck_assert_int_eq(symbol_stronger(strongest_first[i], strongest_first[j]),
                             strongest_first[i < j ? i : j]);
}
END_TEST

static void assert_order(Value less, Value more) {
    ck_assert_int_eq(value_compare(less, more), -1);
    ck_assert_int_eq(value_compare(more, less), 1);
    ck_assert_int_eq(value_compare(less, less), 0);
    ck_assert_int_eq(value_compare(more, more), 0);
}

START_TEST(values_of_a_kind_are_ordered) {
    assert_order(value_bool(false), value_bool(true));
    assert_order(value_int(-3), value_int(2));
    assert_order(value_number(num_of_scaled(25, 1)), value_number(num_of_scaled(251, 2)));
    assert_order(value_text("A"), value_text("B"));
    assert_order(value_text("A"), value_text("AA"));
    assert_order(value_text(""), value_text("A"));
    assert_order(value_text("Z"), value_text("a"));
    assert_order(value_text("z"), value_text("\xC3\xA9")); /* e with an accent, U+00E9 */
    assert_order(value_date(-1), value_date(1));
    ck_assert_int_eq(
        value_compare(value_number(num_of_scaled(250, 2)), value_number(num_of_scaled(25, 1))), 0);
}
END_TEST

static void assert_prints(Value value, const char *expected) {
    StrBuf buf = {0};
    value_print(&buf, value);
    ck_assert_str_eq(strbuf_text(&buf), expected);
    strbuf_fini(&buf);
}

START_TEST(values_are_printed) {
    Num third;
    ck_assert(num_of_ratio(2, 3, &third));
    assert_prints(value_missing(SYMBOL_CONFIDENTIAL), "");
    assert_prints(value_bool(true), "yes");
    assert_prints(value_bool(false), "no");
    assert_prints(value_int(-12), "-12");
    assert_prints(value_number(num_of_scaled(1250, 2)), "12.5");
    assert_prints(value_number(third), "0.666667");
    assert_prints(value_text("A"), "A");
    assert_prints(value_date(0), "1970-01-01");
}
END_TEST

START_TEST(a_missing_value_keeps_its_symbol) {
    Value value = value_missing(SYMBOL_NOT_APPLICABLE);
    ck_assert_int_eq(value.kind, VALUE_MISSING);
    ck_assert_int_eq(value.symbol, SYMBOL_NOT_APPLICABLE);
    ck_assert_int_eq(value_int(1).symbol, SYMBOL_NONE);
    ck_assert_int_eq(value_text("x").kind, VALUE_TEXT);
}
END_TEST

Suite *value_suite(void) {
    Suite *suite = suite_create("value");
    TCase *tests = tcase_create("value");
    tcase_add_test(tests, symbols_have_their_letters);
    tcase_add_test(tests, the_stronger_symbol_wins);
    tcase_add_test(tests, values_of_a_kind_are_ordered);
    tcase_add_test(tests, values_are_printed);
    tcase_add_test(tests, a_missing_value_keeps_its_symbol);
    suite_add_tcase(suite, tests);
    return suite;
}
