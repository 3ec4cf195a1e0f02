/* Cases: taking one that fits, and keeping it open.
 *
 * Every plan, enquiry or time in care belongs to a case, and the case to a referral that was
 * counted. So nothing here makes a referral within the records: a fitting one is taken. Only what
 * began before the records gets a case of its own, from before them.
 */
#ifndef SOMERSET_CASES_H
#define SOMERSET_CASES_H

#include "world.h"

/* A case received from first to last with an assessment and no use yet, which it now has; -1 if
 * none. */
int case_take(World *world, Random *random, Day first, Day last, CaseUse use);
/* A case from before the records. */
int case_earlier(World *world, Day received, CaseUse use);
/* The case stays open until then, or longer. */
void case_busy(World *world, int place, Day until);

#endif
