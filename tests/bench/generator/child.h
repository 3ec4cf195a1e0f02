/* What later events of a child hang on. */
#ifndef TESTS_BENCH_GENERATOR_CHILD_H
#define TESTS_BENCH_GENERATOR_CHILD_H

#include "base/date.h"

typedef struct Child {
    int64_t id;
    Date born, first_known;
    Date protected_until, need_until; /* the last plan's end, known to the generator; 0: none yet */
    bool was_protected;
} Child;

#endif
