/* Assertions for loops of many thousand rounds: Check's own write to a pipe each time they hold. */
#ifndef TESTS_QUICK_ASSERT_H
#define TESTS_QUICK_ASSERT_H

#include <check.h>

#define quick_assert(expression)                                                                   \
    do {                                                                                           \
        if (!(expression))                                                                         \
            ck_abort_msg("'%s' is false", #expression);                                            \
    } while (0)

#define quick_int_eq(a, b)                                                                         \
    do {                                                                                           \
        if ((a) != (b))                                                                            \
            ck_assert_int_eq((a), (b));                                                            \
    } while (0)

#define quick_str_eq(a, b)                                                                         \
    do {                                                                                           \
        if (strcmp((a), (b)) != 0)                                                                 \
            ck_assert_str_eq((a), (b));                                                            \
    } while (0)

#endif
