/* The records of each child, in the order of children: referred, assessed, on a plan, looked after,
 * missing, grown up. A child's events follow from each other; their lengths are as skewed as in
 * life. What would happen after the last day is not recorded. */
#ifndef TESTS_BENCH_GENERATOR_CHILDREN_H
#define TESTS_BENCH_GENERATOR_CHILDREN_H

#include "tests/bench/generator/chance.h"
#include "tests/bench/generator/table.h"

#define AREAS 12
extern const int area_weights[AREAS];

typedef struct Records {
    Chance chance;
    Date first_day, last_day;
    Table children, referrals, assessments, cp_plans, cin_plans, episodes, visits, missing,
        enquiries, statuses;
    int64_t last_referral, last_assessment, last_plan, last_episode; /* keys given so far */
} Records;

void records_open(Records *records, const char *folder);
void records_add_child(Records *records, int64_t id);
/* Prints how many rows each table has, and adds them up. */
int64_t records_close(Records *records);

#endif
