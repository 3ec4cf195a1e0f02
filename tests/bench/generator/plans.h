/* Enquiries, conferences and plans, with the visits that are due under them. */
#ifndef TESTS_BENCH_GENERATOR_PLANS_H
#define TESTS_BENCH_GENERATOR_PLANS_H

#include "tests/bench/generator/child.h"
#include "tests/bench/generator/children.h"

/* Perhaps a section 47 enquiry, then perhaps a conference, then perhaps a child protection plan. */
void plans_add_enquiry(Records *records, Child *child, Date assessment_started);
/* Perhaps a child in need plan, unless there is a plan already. */
void plans_add_need(Records *records, Child *child, Date assessment_completed);

#endif
