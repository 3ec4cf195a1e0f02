/* The children in care on 31 December 2016 or entering in January 2017: who they are, so that each
 * count of the report comes out on each of its four days (31 December, 10, 30 and 31 January).
 */
#include "care.h"

#include <stdlib.h>

#define DECEMBER_31 day_of(2016, 12, 31)

static Day phase_day(Random *random, JanuaryPhase phase) {
    switch (phase) {
    case BY_THE_10TH:
        return day_of(2017, 1, random_between(random, 3, 10));
    case BY_THE_30TH:
        return day_of(2017, 1, random_between(random, 11, 30));
    case ON_THE_31ST:
        return day_of(2017, 1, 31);
    case NOT_IN_JANUARY:
        break;
    }
    return FOREVER;
}

static bool on_10_january(const Member *member) {
    return (member->enters == NOT_IN_JANUARY || member->enters == BY_THE_10TH) &&
           member->leaves != BY_THE_10TH;
}

static bool on_30_january(const Member *member) {
    return member->enters != ON_THE_31ST && member->leaves != BY_THE_10TH &&
           member->leaves != BY_THE_30TH;
}

static bool on_31_december(const Member *member) {
    return member->enters == NOT_IN_JANUARY;
}

static bool on_31_january(const Member *member) {
    return member->leaves == NOT_IN_JANUARY;
}

/* ---- who ---- */

static void enter(Member *member, CareGroup group) {
    *member = (Member){0};
    member->group = group;
    member->adoption = -1;
    member->placed_for_adoption = NO_DAY;
    member->enters = NOT_IN_JANUARY;
    member->leaves = NOT_IN_JANUARY;
    member->left = FOREVER;
    member->moved = NO_DAY;
    member->entered = NO_DAY;
}

static Members list_members(void) {
    int count = 0;
    for (int group = 0; group < CARE_GROUPS; group++)
        count += CARE_TARGETS.groups[group];
    for (int phase = 0; phase < NOT_IN_JANUARY; phase++)
        count += CARE_TARGETS.entering[phase];
    Members members = {list_zeroed(count, sizeof(Member)), 0};
    for (int group = 0; group < CARE_GROUPS; group++)
        for (int i = 0; i < CARE_TARGETS.groups[group]; i++) {
            Member *member = &members.at[members.count++];
            enter(member, (CareGroup)group);
            member->stable = group == ENTERED_LONG_AGO && i < CARE_TARGETS.stable;
        }
    for (int phase = 0; phase < NOT_IN_JANUARY; phase++)
        for (int i = 0; i < CARE_TARGETS.entering[phase]; i++) {
            Member *member = &members.at[members.count++];
            enter(member, ENTERED_AUTUMN);
            member->enters = (JanuaryPhase)phase;
        }
    return members;
}

/* A random member for whom `fits` holds; there must be one. */
typedef struct {
    CareGroup group;
    CareClass class_of;
    bool any_group;
    bool any_class;
    bool stable;
    bool any_stable;
} Wanted;

static Member *find(const Members *members, Random *random, const Wanted *wanted) {
    Member *found = NULL;
    int fitting = 0;
    for (int i = 0; i < members->count; i++) {
        Member *member = &members->at[i];
        /* The first who is not stable at the end of December becomes so in January. */
        bool busy = member->adoption >= 0 || member->leaves != NOT_IN_JANUARY ||
                    member->enters != NOT_IN_JANUARY || member->moved != NO_DAY ||
                    i == CARE_TARGETS.stable;
        bool class_fits = wanted->any_class
                              ? !member->has_class
                              : member->has_class && member->class_of == wanted->class_of;
        bool group_fits = wanted->any_group
                              ? member->group == ENTERED_LONG_AGO || member->group == ENTERED_SINCE
                              : member->group == wanted->group;
        bool stable_fits = wanted->any_stable || member->stable == wanted->stable;
        if (!busy && class_fits && group_fits && stable_fits &&
            random_below(random, ++fitting) == 0)
            found = member;
    }
    if (!found)
        generator_fail("children looked after: nobody fits a target");
    return found;
}

/* ---- adoption ---- */

/* Placed for adoption and not yet adopted: from August to December, and in January by a move. */
static void place_for_adoption(const Members *members, Random *random) {
    const int total = ADOPTIONS_TO_DECEMBER + ADOPTIONS_IN_JANUARY;
    for (int i = ADOPTIONS_TO_DECEMBER - CARE_TARGETS.awaiting_adoption; i < total; i++) {
        Member *member =
            find(members, random, &(Wanted){.group = ENTERED_SINCE, .any_class = true});
        member->adoption = i;
        member->has_class = true;
        if (i < ADOPTIONS_TO_DECEMBER) {
            member->class_of = CARE_OTHER;
            member->placed_for_adoption =
                random_worked_day(random, day_of(2016, 8, 1), day_of(2016, 12, 16));
            member->placed = member->placed_for_adoption;
        } else {
            member->class_of = i % 2 ? CARE_OWN_FOSTER : CARE_OTHER_FOSTER;
            member->placed_for_adoption =
                random_worked_day(random, day_of(2017, 1, 11), day_of(2017, 1, 30));
            member->moved = member->placed_for_adoption;
            member->moved_to = CARE_OTHER;
        }
        member->entered = member->placed_for_adoption - ADOPTION_DAYS[i];
    }
}

/* ---- classes, leaving, moving ---- */

static void leave(Member *member, Random *random, JanuaryPhase phase) {
    member->leaves = phase;
    member->left = phase_day(random, phase);
}

/* Those who have left by the 10th are in no count of classes, so they get theirs from the table. */
static void leave_early(const Members *members, Random *random) {
    for (const CareLeave *row = CARE_LEAVES; row->count; row++)
        for (int i = 0; i < row->count && row->phase == BY_THE_10TH; i++) {
            Wanted wanted = {.group = row->group, .any_class = true, .stable = row->stable};
            Member *member = find(members, random, &wanted);
            member->has_class = true;
            member->class_of = row->from;
            leave(member, random, BY_THE_10TH);
        }
}

static void give_class(const Members *members, Random *random, CareClass class_of, bool steady) {
    int count = 0;
    for (int i = 0; i < members->count; i++)
        if (members->at[i].has_class && on_10_january(&members->at[i]))
            count += members->at[i].class_of == class_of ? 1 : 0;
    for (; count < CARE_TARGETS.classes_10_january[class_of]; count++) {
        Member *found = NULL;
        int fitting = 0;
        for (int i = 0; i < members->count; i++) {
            Member *member = &members->at[i];
            if (member->has_class || !on_10_january(member) || (member->stable && !steady))
                continue;
            if (random_below(random, ++fitting) == 0)
                found = member;
        }
        if (!found)
            generator_fail("children looked after: more classes than children");
        found->has_class = true;
        found->class_of = class_of;
    }
}

static void give_classes(const Members *members, Random *random) {
    give_class(members, random, CARE_OTHER, false);
    give_class(members, random, CARE_RESIDENTIAL, true);
    give_class(members, random, CARE_OTHER_FOSTER, true);
    give_class(members, random, CARE_OWN_FOSTER, true);
    /* Who enters after the 10th: the table has their classes. */
    int place = 0;
    for (int i = 0; i < members->count; i++) {
        Member *member = &members->at[i];
        if (member->has_class)
            continue;
        member->has_class = true;
        member->class_of = CARE_TARGETS.entering_classes[place++];
    }
}

static void leave_later(const Members *members, Random *random) {
    for (const CareLeave *row = CARE_LEAVES; row->count; row++)
        for (int i = 0; i < row->count && row->phase != BY_THE_10TH; i++) {
            Wanted wanted = {.group = row->group, .class_of = row->from, .stable = row->stable};
            leave(find(members, random, &wanted), random, (JanuaryPhase)row->phase);
        }
}

static void move(const Members *members, Random *random) {
    for (const CareMove *row = CARE_MOVES; row->count; row++)
        for (int i = 0; i < row->count; i++) {
            Wanted wanted = {.any_group = true, .class_of = row->from, .stable = i < row->stable};
            Member *member = find(members, random, &wanted);
            member->moved = random_worked_day(random, day_of(2017, 1, 11), day_of(2017, 1, 30));
            member->moved_to = row->to;
        }
}

/* ---- where they live ---- */

static int in_county_permille(CareClass class_of) {
    switch (class_of) {
    case CARE_OWN_FOSTER:
        return 900;
    case CARE_OTHER_FOSTER:
        return 620;
    case CARE_RESIDENTIAL:
        return 430;
    case CARE_OTHER:
    case CARE_CLASSES:
        break;
    }
    return 780;
}

static void place_in_county(const Members *members, Random *random) {
    int count = 0;
    for (int i = 0; i < members->count; i++) {
        Member *member = &members->at[i];
        member->in_county = random_chance(random, in_county_permille(member->class_of));
        count += member->in_county && on_10_january(member) ? 1 : 0;
    }
    while (count != CARE_TARGETS.in_county_10_january) {
        Member *member = &members->at[random_below(random, members->count)];
        bool too_few = count < CARE_TARGETS.in_county_10_january;
        if (!on_10_january(member) || member->in_county == too_few)
            continue;
        member->in_county = too_few;
        count += too_few ? 1 : -1;
    }
}

static void place_far(const Members *members, Random *random) {
    int count = 0;
    for (int i = 0; i < members->count; i++) {
        Member *member = &members->at[i];
        member->far = random_chance(random, member->in_county ? 125 : 820);
        count += member->far && on_31_december(member) ? 1 : 0;
    }
    while (count != CARE_TARGETS.far_december) {
        Member *member = &members->at[random_below(random, members->count)];
        bool too_few = count < CARE_TARGETS.far_december;
        if (!on_31_december(member) || member->far == too_few)
            continue;
        member->far = too_few;
        count += too_few ? 1 : -1;
    }
}

/* The placements begun between the 10th and the end take up what is missing to the last counts. */
static void place_anew(const Members *members, Random *random) {
    int in_county = 0;
    int far = 0;
    int fresh[64];
    int count = 0;
    for (int i = 0; i < members->count; i++) {
        const Member *member = &members->at[i];
        bool is_fresh = member->moved != NO_DAY || member->enters == BY_THE_30TH;
        if (is_fresh && count < 64)
            fresh[count++] = i;
        else if (member->in_county && on_30_january(member))
            in_county++;
        if (!is_fresh && member->far && on_31_january(member))
            far++;
    }
    int near_by = CARE_TARGETS.in_county_30_january - in_county;
    int distant = CARE_TARGETS.far_january - far;
    if (near_by < 0 || near_by > count || distant < 0 || distant > count)
        generator_fail(
            "children looked after: too few placements in January to make up the counts");
    random_shuffle(random, fresh, count);
    for (int i = 0; i < count; i++) {
        Member *member = &members->at[fresh[i]];
        bool moves = member->moved != NO_DAY;
        *(moves ? &member->moved_in_county : &member->in_county) = i < near_by;
        *(moves ? &member->moved_far : &member->far) = i >= count - distant;
    }
}

/* ---- since when ---- */

static Day since(Random *random, Day first, Day last) {
    return day_worked_until(random_between(random, first + 3, last));
}

static Day entered_on(const Member *member, Random *random) {
    switch (member->group) {
    case ENTERED_LONG_AGO: {
        Day last = day_of(2014, 6, 30);
        int back = random_below(random, 60) * random_below(random, 60);
        /* Long enough for a placement that began by the end of 2014. */
        return day_worked_until(last - back);
    }
    case ENTERED_JULY_2014:
        return random_worked_day(random, day_of(2014, 7, 1), day_of(2014, 7, 31));
    case ENTERED_SINCE: {
        Day first = day_of(2014, 8, 1);
        Day last = day_of(2016, 8, 31);
        int back = random_below(random, last - first + 1);
        int other = random_below(random, last - first + 1);
        return day_worked_from(last - (back < other ? back : other));
    }
    case ENTERED_SEPTEMBER:
        return random_worked_day(random, day_of(2016, 9, 1), day_of(2016, 9, 30));
    case ENTERED_AUTUMN:
    case CARE_GROUPS:
        break;
    }
    if (member->enters != NOT_IN_JANUARY)
        return phase_day(random, member->enters);
    return random_worked_day(random, day_of(2016, 10, 3), day_of(2016, 12, 21));
}

/* The placement of 31 December (of entering, for who enters later). */
static Day placed_on(const Member *member, Random *random, int place) {
    Day turn = day_of(2014, 12, 31);
    if (member->group == ENTERED_LONG_AGO && member->stable)
        return random_chance(random, 350) ? member->entered : since(random, member->entered, turn);
    if (member->group == ENTERED_LONG_AGO && place == CARE_TARGETS.stable)
        return day_of(2015, 1, 14);
    if (member->group == ENTERED_LONG_AGO)
        return since(random, day_of(2015, 2, 2), DECEMBER_31);
    if (member->group == ENTERED_JULY_2014) {
        int rank = place - CARE_TARGETS.groups[ENTERED_LONG_AGO];
        return rank < CARE_TARGETS.stable_july ? since(random, member->entered, day_of(2015, 1, 31))
                                               : since(random, day_of(2015, 2, 2), DECEMBER_31);
    }
    bool first = member->enters != NOT_IN_JANUARY || random_chance(random, 450) ||
                 DECEMBER_31 - member->entered < 40;
    return first ? member->entered : since(random, member->entered, DECEMBER_31);
}

static void set_days(const Members *members, Random *random) {
    for (int i = 0; i < members->count; i++) {
        Member *member = &members->at[i];
        if (member->entered == NO_DAY)
            member->entered = entered_on(member, random);
        bool waits = member->adoption >= 0 && member->moved == NO_DAY;
        if (!waits)
            member->placed = placed_on(member, random, i);
        member->plan_made = member->entered + random_between(random, 45, 112);
    }
}

/* ---- plans for permanence ---- */

static void forget_plans(const Members *members, Random *random) {
    int made_late = CARE_TARGETS.no_plan_made_january;
    for (int i = 0; i < CARE_TARGETS.no_plan_december;) {
        Member *member = &members->at[random_below(random, members->count)];
        bool old = member->group == ENTERED_LONG_AGO || member->group == ENTERED_JULY_2014 ||
                   member->group == ENTERED_SINCE;
        if (!old || member->leaves != NOT_IN_JANUARY || member->plan_made > DECEMBER_31)
            continue;
        if (member->adoption >= 0)
            continue;
        member->plan_made = i < made_late
                                ? random_worked_day(random, day_of(2017, 1, 3), day_of(2017, 1, 27))
                                : FOREVER;
        i++;
    }
    int without = CARE_TARGETS.no_plan_new_january;
    for (int i = 0; i < members->count && without > 0; i++)
        if (members->at[i].group == ENTERED_SEPTEMBER) {
            members->at[i].plan_made = FOREVER;
            without--;
        }
}

Members care_members(Random *random) {
    Members members = list_members();
    place_for_adoption(&members, random);
    leave_early(&members, random);
    give_classes(&members, random);
    leave_later(&members, random);
    move(&members, random);
    place_in_county(&members, random);
    place_far(&members, random);
    place_anew(&members, random);
    set_days(&members, random);
    forget_plans(&members, random);
    return members;
}
