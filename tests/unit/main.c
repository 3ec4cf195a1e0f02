/* Runs every suite of tests/unit/test_*.c: the build lists each `Suite *x_suite(void)` it finds
 * there in unit_suites.inc. Prints TAP to the file that the first argument names (default: the
 * terminal gets Check's own summary). With two more, PART and PARTS, every PARTS-th suite from the
 * one numbered PART on, so that several processors share the work. Each test runs in a process of
 * its own, so a leak, an overrun or a crash is charged to the test that did it; CK_FORK=no turns
 * that off.
 */
#include <check.h>
#include <stdlib.h>

#define SUITE(name) Suite *name(void);
#include "unit_suites.inc"
#undef SUITE

int main(int argc, char **argv) {
    SRunner *runner = srunner_create(NULL);
    unsigned long part = argc > 3 ? strtoul(argv[2], NULL, 10) : 0;
    unsigned long parts = argc > 3 ? strtoul(argv[3], NULL, 10) : 1, number = 0;
#define SUITE(name)                                                                                \
    if (number++ % parts == part)                                                                  \
        srunner_add_suite(runner, name());
#include "unit_suites.inc"
#undef SUITE
    if (argc > 1)
        srunner_set_tap(runner, argv[1]);
    srunner_run_all(runner, argc > 1 ? CK_SILENT : CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    int run = srunner_ntests_run(runner);
    srunner_free(runner);
    return failed == 0 && (run > 0 || parts > 1) ? EXIT_SUCCESS : EXIT_FAILURE;
}
