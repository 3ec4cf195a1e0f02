/* The records while they are made, before they are written as tables.
 *
 * The parts are made in one order, each from those before it: assessments with their referrals,
 * child protection, children looked after, children in need, then the closing of cases and whose
 * they are, then contacts and visits, then what stands alone (care leavers, missing episodes,
 * services). Records refer to each other by place in their list; -1 is "none yet". A day of NO_DAY
 * has not happened; an end of FOREVER has not come by the last day of the records.
 *
 * To add a kind of record: a struct and a list here, a file that makes it, and its table in
 * write_*.c.
 */
#ifndef SOMERSET_WORLD_H
#define SOMERSET_WORLD_H

#include "calendar.h"
#include "random.h"

#include <stdbool.h>
#include <stddef.h>

#define FOREVER INT_MAX

/* A list that grows; LIST_ADD gives a new item, all zero. */
#define LIST(type)                                                                                 \
    struct {                                                                                       \
        type *at;                                                                                  \
        int count;                                                                                 \
        int room;                                                                                  \
    }
#define LIST_ADD(list)                                                                             \
    ((list)->at = list_grow((list)->at, (list)->count, &(list)->room, sizeof *(list)->at),         \
     &(list)->at[(list)->count++])

void *list_grow(void *items, int count, int *room, size_t size);
/* So many items, all zero, for a while. */
void *list_zeroed(int count, size_t size);

typedef struct {
    Day born;
    bool disabled;
    /* The agency's own child: known from a contact alone. */
    bool contact_only;
} Child;

typedef enum { USE_NONE, USE_ENQUIRY, USE_NEED, USE_PROTECTION, USE_CARE } CaseUse;

/* An episode of need: from the referral to the closing. */
typedef struct {
    int child;
    Day received;
    Day closed;
    CaseUse use;
    int contact;
    /* Led to an assessment; the day on which the first one was completed. */
    bool assessed;
    Day assessed_on;
    /* Something of it goes on until then; and the child's next case begins then. */
    Day busy_until;
    Day next_begins;
} Case;

typedef struct {
    int for_case;
    Day started;
    Day completed;
    int priority;
} Assessment;

typedef struct {
    int for_case;
    Day started;
    Day completed;
    int conference;
} Enquiry;

/* A child at a conference: an initial one has no plan yet, a review is of one. */
typedef struct {
    int child;
    int for_case;
    int plan;
    int meeting;
    Day held;
    bool initial;
    bool attended;
} Conference;

typedef struct {
    int child;
    int for_case;
    int conference;
    Day start;
    Day end;
} ProtectionPlan;

typedef struct {
    int for_case;
    Day start;
    Day end;
} NeedPlan;

typedef struct {
    int child;
    int plan;
    Day day;
} Visit;

typedef struct {
    int care;
    Day start;
    Day end;
    const char *kind;
    const char *provider;
    bool in_county;
    int tenths_of_a_mile;
    bool emergency;
    bool parent_child;
} Placement;

/* One child's time in care; its placements stand together, in order. */
typedef struct {
    int child;
    int for_case;
    Day entered;
    Day left;
    const char *reason;
    Day plan_made;
    Day placed_for_adoption;
    int first_placement;
    int placements;
} Care;

typedef struct {
    int child;
    Day from;
    Day until;
    bool neet;
    bool suitable;
} LeaverSpell;

typedef struct {
    int child;
    Day start;
    Day end;
    bool interview;
} MissingEpisode;

typedef struct {
    int person;
    Day day;
} PoliceReport;

typedef struct {
    int child;
    Day received;
    int agency;
} Contact;

typedef struct {
    int child;
    int conference;
    bool protection;
    Day day;
} Advocacy;

typedef struct {
    LIST(Child) children;
    LIST(Case) cases;
    LIST(Assessment) assessments;
    LIST(Enquiry) enquiries;
    LIST(Conference) conferences;
    int meetings;
    LIST(ProtectionPlan) plans;
    LIST(NeedPlan) need_plans;
    LIST(Visit) protection_visits;
    LIST(Visit) need_visits;
    LIST(Visit) care_visits;
    LIST(Care) care;
    LIST(Placement) placements;
    LIST(LeaverSpell) leavers;
    LIST(MissingEpisode) missing;
    LIST(PoliceReport) police;
    LIST(Contact) contacts;
    LIST(Advocacy) advocacy;
} World;

/* The last day of the records. */
Day world_last_day(void);
/* An end after the last day has not come yet. */
Day world_end(Day end);

int world_child(World *world, Random *random, Day seen, int youngest, int oldest);
/* A case without a child; the place of it. */
int world_case(World *world, Day received);

void referrals_make(World *world);
void protection_make(World *world);
void reviews_make(World *world);
void care_make(World *world);
void need_make(World *world);
void cases_close(World *world);
void contacts_make(World *world);
void visits_make(World *world);
void inactivity_make(World *world);
void attendance_make(World *world);
void leavers_make(World *world);
void missing_make(World *world);

/* The tables of records of children, of care, and of what has no record of a child. */
void write_need(const World *world, const char *folder);
void write_protection(const World *world, const char *folder);
void write_care(const World *world, const char *folder);
void write_services(const World *world, const char *folder);

/* Says what cannot be and ends the program. */
_Noreturn void generator_fail(const char *what);

#endif
