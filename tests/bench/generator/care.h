/* Being looked after (about one child in nine), going missing, and leaving care. */
#ifndef TESTS_BENCH_GENERATOR_CARE_H
#define TESTS_BENCH_GENERATOR_CARE_H

#include "tests/bench/generator/child.h"
#include "tests/bench/generator/children.h"

void care_add(Records *records, const Child *child);

#endif
