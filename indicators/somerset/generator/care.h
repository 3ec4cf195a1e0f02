/* Children looked after while they are made: the children in care at the end of 2016, whose every
 * attribute is counted by the report, and those who had left by then.
 */
#ifndef SOMERSET_CARE_H
#define SOMERSET_CARE_H

#include "targets.h"
#include "world.h"

/* Of the report's two days in January, 10 and 30: when a child came or went. */
typedef enum { BY_THE_10TH, BY_THE_30TH, ON_THE_31ST, NOT_IN_JANUARY } JanuaryPhase;

typedef struct {
    CareGroup group;
    CareClass class_of;
    bool has_class;
    bool stable;
    /* Its place in ADOPTION_DAYS, or -1; placed for adoption on that day. */
    int adoption;
    Day placed_for_adoption;
    Day entered;
    JanuaryPhase enters;
    Day left;
    JanuaryPhase leaves;
    Day placed;
    bool in_county;
    bool far;
    /* A move in January. */
    Day moved;
    CareClass moved_to;
    bool moved_in_county;
    bool moved_far;
    Day plan_made;
} Member;

typedef struct {
    Member *at;
    int count;
} Members;

/* The children of the report: in care on 31 December 2016, or entering in January. */
Members care_members(Random *random);

/* Writes one stay and its placements into the world: `member` for a child of the report. */
void care_stay(World *world, Random *random, const Member *member);
/* The stays that were over by the end of 2016, so many that the number in care is plausible. */
void care_former(World *world, Random *random, const Members *members);

#endif
