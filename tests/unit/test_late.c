#include <check.h>
#include <string.h>

#include "base/late.h"

Suite *late_suite(void);

START_TEST(functions_are_found) {
    static double (*root)(double);
    const LateFunction functions[] = {{"sqrt", &root}};
    ck_assert_ptr_null(late_open("libm.so.6", functions, 1));
    ck_assert(root(9) > 2.9 && root(9) < 3.1);
}
END_TEST

static const char *const missing[][2] = {{"libno-such.so.1", "sqrt"}, {"libm.so.6", "no_such"}};

START_TEST(what_is_missing_is_told) {
    static void (*none)(void);
    const LateFunction functions[] = {{missing[_i][1], &none}};
    const char *why = late_open(missing[_i][0], functions, 1);
    ck_assert_ptr_nonnull(why);
    ck_assert_ptr_nonnull(strstr(why, _i == 0 ? "libno-such.so.1" : "no_such"));
    ck_assert(none == NULL);
}
END_TEST

Suite *late_suite(void) {
    Suite *suite = suite_create("late");
    TCase *tests = tcase_create("late");
    tcase_add_test(tests, functions_are_found);
    tcase_add_loop_test(tests, what_is_missing_is_told, 0, 2);
    suite_add_tcase(suite, tests);
    return suite;
}
