#include <check.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>

#include "base/late.h"

Suite *late_suite(void);

static jmp_buf after_failure;
static const char *missed;
static int reason_len;

static void note_failure(const char *library, const char *reason) {
    missed = library;
    reason_len = (int)strlen(reason);
    longjmp(after_failure, 1);
}

START_TEST(functions_are_found) {
    static double (*root)(double);
    const LateFunction functions[] = {{"sqrt", &root}};
    late_load("libm.so.6", functions, 1);
    ck_assert(root(9) > 2.9 && root(9) < 3.1);
}
END_TEST

static const char *const missing[][2] = {{"libno-such.so.1", "sqrt"}, {"libm.so.6", "no_such"}};

START_TEST(what_is_missing_is_told) {
    static void (*none)(void);
    const LateFunction functions[] = {{missing[_i][1], &none}};
    late_on_failure(note_failure);
    if (setjmp(after_failure) == 0) {
        late_load(missing[_i][0], functions, 1);
        ck_abort_msg("it came back");
    }
    ck_assert_str_eq(missed, missing[_i][0]);
    ck_assert_int_gt(reason_len, 0);
    ck_assert(none == NULL);
}
END_TEST

START_TEST(without_a_hook_the_program_aborts) {
    static void (*none)(void);
    const LateFunction functions[] = {{"no_such", &none}};
    late_on_failure(NULL);
    late_load("libno-such.so.1", functions, 1);
}
END_TEST

Suite *late_suite(void) {
    Suite *suite = suite_create("late");
    TCase *tests = tcase_create("late");
    tcase_add_test(tests, functions_are_found);
    tcase_add_loop_test(tests, what_is_missing_is_told, 0, 2);
    tcase_add_test_raise_signal(tests, without_a_hook_the_program_aborts, SIGABRT);
    suite_add_tcase(suite, tests);
    return suite;
}
