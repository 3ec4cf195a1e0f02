/* The tables that are not of one child: what was paid, how many children live in each area, and
 * three that only the SQL needs, since it has no calendar and no periods of its own. */
#ifndef TESTS_BENCH_GENERATOR_SURROUNDINGS_H
#define TESTS_BENCH_GENERATOR_SURROUNDINGS_H

#include "tests/bench/generator/chance.h"
#include "tests/bench/generator/table.h"

/* Each gives the number of its rows. */
int64_t write_spend(Chance *chance, const char *folder, int64_t children, Date first, Date last);
int64_t write_population(const char *folder, int64_t children);
int64_t write_calendar(const char *folder);
/* The 36 months that are reported, and the births of those aged 17 to 21 at the end of each. */
int64_t write_periods(const char *folder);
int64_t write_age_bands(const char *folder);

#endif
