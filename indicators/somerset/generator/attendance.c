/* Conferences: how many children had one in the report's three months, who took part, and whom an
 * advocate supported.
 */
#include "targets.h"
#include "world.h"

#include <stdlib.h>

#define OCTOBER MONTH(2016, 10)
#define DECEMBER MONTH(2016, 12)
/* Children of this age take part. */
#define OLD_ENOUGH 7
#define ATTENDING_PERMILLE 155

typedef struct {
    bool october;
    bool middle;
    bool january;
} Held;

static Held *find_held(const World *world) {
    Held *held = list_zeroed(world->children.count, sizeof *held);
    for (int i = 0; i < world->conferences.count; i++) {
        const Conference *conference = &world->conferences.at[i];
        Month month = month_of(conference->held);
        held[conference->child].october |= month == OCTOBER;
        held[conference->child].middle |= month > OCTOBER && month <= DECEMBER;
        held[conference->child].january |= month == LAST_MONTH;
    }
    return held;
}

static int count_held(const Held *held, int children, int part) {
    int count = 0;
    for (int i = 0; i < children; i++) {
        bool here = part == 0   ? held[i].october && !held[i].middle
                    : part == 1 ? held[i].middle
                                : held[i].january && !held[i].middle;
        count += here ? 1 : 0;
    }
    return count;
}

/* A review is brought forward for a child on a plan who has no conference in the four months. */
static void bring_forward(World *world, Random *random, Held *held, int part) {
    Day first = part == 0   ? day_of(2016, 10, 3)
                : part == 1 ? day_of(2016, 11, 1)
                            : day_of(2017, 1, 3);
    Day last = part == 0   ? day_of(2016, 10, 31)
               : part == 1 ? day_of(2016, 12, 22)
                           : world_last_day();
    int chosen = -1;
    int fitting = 0;
    for (int i = 0; i < world->plans.count; i++) {
        const ProtectionPlan *plan = &world->plans.at[i];
        const Held *seen = &held[plan->child];
        bool fits = plan->start < first - 20 && plan->end > last && !seen->october &&
                    !seen->middle && !seen->january;
        if (fits && random_below(random, ++fitting) == 0)
            chosen = i;
    }
    if (chosen < 0)
        generator_fail("conferences: no child left whose review could be brought forward");
    const ProtectionPlan *plan = &world->plans.at[chosen];
    held[plan->child].october = part == 0;
    held[plan->child].middle = part == 1;
    held[plan->child].january = part == 2;
    Conference *review = LIST_ADD(&world->conferences);
    *review = (Conference){plan->child,
                           plan->for_case,
                           chosen,
                           world->meetings++,
                           random_worked_day(random, first, last),
                           false,
                           false};
}

static void hold_reviews(World *world, Random *random) {
    Held *held = find_held(world);
    const int wanted[] = {CONFERENCE_CHILDREN.october_only, CONFERENCE_CHILDREN.november_december,
                          CONFERENCE_CHILDREN.january_only};
    for (int part = 0; part < 3; part++) {
        int count = count_held(held, world->children.count, part);
        if (count > wanted[part])
            generator_fail("conferences: more children had one than the report has");
        for (; count < wanted[part]; count++)
            bring_forward(world, random, held, part);
    }
    free(held);
}

static int age_at(const World *world, const Conference *conference) {
    return age_on(world->children.at[conference->child].born, conference->held);
}

/* So many children at a conference from first to last, none of whom has been counted. */
static void attend(World *world, Random *random, bool *counted, Month first, Month last,
                   int count) {
    for (int tries = 0; count > 0; tries++) {
        if (tries > 1000000)
            generator_fail("conferences: too few children old enough to attend");
        Conference *conference =
            &world->conferences.at[random_below(random, world->conferences.count)];
        Month month = month_of(conference->held);
        if (month < first || month > last || counted[conference->child] ||
            age_at(world, conference) < OLD_ENOUGH)
            continue;
        conference->attended = true;
        counted[conference->child] = true;
        count--;
    }
}

static void take_part(World *world, Random *random) {
    for (int i = 0; i < world->conferences.count; i++) {
        Conference *conference = &world->conferences.at[i];
        conference->attended = month_of(conference->held) < OCTOBER &&
                               age_at(world, conference) >= OLD_ENOUGH &&
                               random_chance(random, ATTENDING_PERMILLE);
    }
    bool *counted = list_zeroed(world->children.count, sizeof *counted);
    attend(world, random, counted, OCTOBER, OCTOBER, CONFERENCE_ATTENDED.october_only);
    attend(world, random, counted, OCTOBER + 1, DECEMBER, CONFERENCE_ATTENDED.november_december);
    attend(world, random, counted, LAST_MONTH, LAST_MONTH, CONFERENCE_ATTENDED.january_only);
    free(counted);
}

/* ---- advocates ---- */

static void support(World *world, Random *random, const Conference *conference, int initial) {
    Advocacy *advocacy = LIST_ADD(&world->advocacy);
    *advocacy = (Advocacy){conference->child, initial, true, conference->held};
    /* Some are seen more than once in the month; they are one young person all the same. */
    Day again = conference->held + 3;
    if (random_chance(random, 250) && month_of(again) == month_of(conference->held)) {
        advocacy = LIST_ADD(&world->advocacy);
        *advocacy = (Advocacy){conference->child, -1, true, again};
    }
}

static void support_month(World *world, Random *random, const AdvocacyMonth *target) {
    bool *supported = list_zeroed(world->children.count, sizeof *supported);
    bool *met = list_zeroed(world->meetings, sizeof *met);
    int initial = target->initial;
    int review = target->supported - target->initial;
    for (int tries = 0; initial + review > 0; tries++) {
        if (tries > 1000000)
            generator_fail("advocates: too few conferences in a month");
        int place = random_below(random, world->conferences.count);
        const Conference *conference = &world->conferences.at[place];
        if (month_of(conference->held) != target->month || supported[conference->child] ||
            met[conference->meeting] || (conference->initial ? initial : review) == 0)
            continue;
        supported[conference->child] = true;
        met[conference->meeting] = true;
        support(world, random, conference, conference->initial ? place : -1);
        if (conference->initial)
            initial--;
        else
            review--;
    }
    free(met);
    free(supported);
}

/* Advocates also support children looked after, at their own reviews. */
static void support_in_care(World *world, Random *random) {
    for (int i = 0; i < world->care.count; i++) {
        const Care *care = &world->care.at[i];
        Day day = care->entered + random_between(random, 30, 400);
        bool is_counted = day >= day_of(2015, 4, 1) && day <= world_last_day();
        if (is_counted && day < care->left && random_chance(random, 300)) {
            Advocacy *advocacy = LIST_ADD(&world->advocacy);
            *advocacy = (Advocacy){care->child, -1, false, day_worked_until(day)};
        }
    }
}

void attendance_make(World *world) {
    Random random = random_stream(12);
    hold_reviews(world, &random);
    take_part(world, &random);
    for (const AdvocacyMonth *target = ADVOCACY_MONTHS; target->month; target++)
        support_month(world, &random, target);
    support_in_care(world, &random);
}
