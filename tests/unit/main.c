/* Runs every suite of tests/unit/test_*.c: the build lists each `Suite *x_suite(void)` it finds
 * there in unit_suites.inc. Prints TAP to the file that the first argument names (default: the
 * terminal gets Check's own summary). Each test runs in a process of its own, so a leak, an
 * overrun or a crash is charged to the test that did it; CK_FORK=no turns that off.
 */
#include <check.h>
#include <stdlib.h>

#define SUITE(name) Suite *name(void);
#include "unit_suites.inc"
#undef SUITE

int main(int argc, char **argv) {
    SRunner *runner = srunner_create(NULL);
#define SUITE(name) srunner_add_suite(runner, name());
#include "unit_suites.inc"
#undef SUITE
    if (argc > 1)
        srunner_set_tap(runner, argv[1]);
    srunner_run_all(runner, argc > 1 ? CK_SILENT : CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    int run = srunner_ntests_run(runner);
    srunner_free(runner);
    return failed == 0 && run > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
