/* Children looked after: their stays, their placements, and the stays that were over by the end of
 * 2016. See care.h.
 */
#include "care.h"

#include "cases.h"

#include <stdlib.h>

typedef struct {
    const char *kind;
    const char *provider;
    int weight;
} Setting;

static const Setting SETTINGS[CARE_CLASSES][6] = {
    [CARE_OWN_FOSTER] = {{"U1", "PR1", 9}, {"U3", "PR1", 14}, {"U4", "PR1", 33}, {"U6", "PR1", 44}},
    [CARE_OTHER_FOSTER] = {{"U4", "PR4", 38},
                           {"U6", "PR4", 44},
                           {"U4", "PR5", 8},
                           {"U6", "PR5", 10}},
    [CARE_RESIDENTIAL] = {{"K2", "PR4", 54},
                          {"K2", "PR1", 13},
                          {"R1", "PR4", 15},
                          {"K1", "PR2", 3},
                          {"R3", "PR5", 12},
                          {"R2", "PR3", 4}},
    [CARE_OTHER] = {{"P1", "PR0", 44},
                    {"H5", "PR4", 30},
                    {"P2", "PR4", 11},
                    {"S1", "PR4", 7},
                    {"R5", "PR3", 4},
                    {"T1", "PR3", 4}},
};

static const Setting *choose_setting(Random *random, CareClass class_of) {
    int weights[6];
    for (int i = 0; i < 6; i++)
        weights[i] = SETTINGS[class_of][i].weight;
    return &SETTINGS[class_of][random_weighted(random, weights, 6)];
}

static void add_placement(World *world, Random *random, Day start, Day end, CareClass class_of,
                          bool in_county, bool far) {
    const Setting *setting = choose_setting(random, class_of);
    Placement *placement = LIST_ADD(&world->placements);
    placement->care = world->care.count - 1;
    placement->start = start;
    placement->end = world_end(end);
    placement->kind = setting->kind;
    placement->provider = setting->provider;
    placement->in_county = in_county;
    int nearest = in_county ? 4 : 60;
    int distance = far ? 201 + random_below(random, in_county ? 180 : 900)
                       : random_between(random, nearest, 200);
    placement->tenths_of_a_mile = distance;
    world->care.at[placement->care].placements++;
}

/* Where a child lived before the last placement that is given. */
static void add_earlier(World *world, Random *random, Day start, Day end) {
    static const int WEIGHTS[CARE_CLASSES] = {50, 28, 12, 10};
    int count = 1 + (end - start > 200 ? random_below(random, 3) : 0);
    for (int i = 0; i < count; i++) {
        Day next = i + 1 == count ? end : start + (end - start) / (count - i);
        CareClass class_of = (CareClass)random_weighted(random, WEIGHTS, CARE_CLASSES);
        bool in_county = random_chance(random, class_of == CARE_OWN_FOSTER ? 900 : 600);
        add_placement(world, random, start, next, class_of, in_county,
                      random_chance(random, in_county ? 125 : 820));
        start = next;
    }
}

static void adopt_last(World *world, Random *random) {
    Placement *last = &world->placements.at[world->placements.count - 1];
    last->kind = random_chance(random, 250) ? "A5" : "A6";
    last->provider = "PR1";
    world->care.at[last->care].placed_for_adoption = last->start;
}

/* A home that a child of this age is placed in. */
static Day born_for(Random *random, const Member *member) {
    Day by = member->left == FOREVER ? world_last_day() : member->left;
    if (member->adoption >= 0)
        return member->entered - random_between(random, 2, 900);
    int least = (by - member->entered) / 365 + 1;
    int youngest = member->class_of == CARE_RESIDENTIAL ? 9 : 1;
    if (member->class_of == CARE_OTHER)
        youngest = 16;
    if (least < youngest)
        least = youngest;
    if (least > 17)
        least = 17;
    int one = random_between(random, least, 17);
    int other = random_between(random, least, 17);
    int age = one > other ? one : other;
    Day born = day_add_months(by, -12 * age) - random_between(random, 3, 360);
    return born > member->entered ? member->entered - 2 : born;
}

static int care_case(World *world, Random *random, Day entered) {
    int place = -1;
    if (entered >= month_first(FIRST_MONTH))
        place = case_take(world, random, entered - 60, entered - 3, USE_CARE);
    if (place < 0)
        place = case_earlier(world, entered - random_between(random, 8, 40), USE_CARE);
    return place;
}

void care_stay(World *world, Random *random, const Member *member) {
    int place = care_case(world, random, member->entered);
    Child *child = LIST_ADD(&world->children);
    child->born = born_for(random, member);
    if (child->born >= world->cases.at[place].received)
        child->born = world->cases.at[place].received - 1;
    Care *care = LIST_ADD(&world->care);
    care->child = world->children.count - 1;
    care->for_case = place;
    care->entered = member->entered;
    care->left = world_end(member->left);
    care->placed_for_adoption = NO_DAY;
    care->plan_made = world_end(member->plan_made);
    care->first_placement = world->placements.count;
    world->cases.at[place].child = care->child;
    case_busy(world, place, care->left);
    if (member->placed > member->entered)
        add_earlier(world, random, member->entered, member->placed);
    bool moves = member->moved != NO_DAY;
    add_placement(world, random, member->placed, moves ? member->moved : member->left,
                  member->class_of, member->in_county, member->far);
    if (moves)
        add_placement(world, random, member->moved, member->left, member->moved_to,
                      member->moved_in_county, member->moved_far);
    if (member->adoption >= 0)
        adopt_last(world, random);
}

/* ---- stays that are over ---- */

static int held_on(const Members *members, Day day) {
    int held = 0;
    for (int i = 0; i < members->count; i++)
        held += members->at[i].entered <= day && members->at[i].left > day ? 1 : 0;
    return held;
}

static int entering_in(const Members *members, Month month) {
    int entering = 0;
    for (int i = 0; i < members->count; i++)
        entering += month_of(members->at[i].entered) == month ? 1 : 0;
    return entering;
}

static int wanted_in_care(Month month) {
    int place = 0;
    while (CARE_STOCKS[place + 1].month < month)
        place++;
    const CareStock *from = &CARE_STOCKS[place];
    const CareStock *to = from + 1;
    return from->children +
           (to->children - from->children) * (month - from->month) / (to->month - from->month);
}

typedef struct {
    Day entered;
    Day left;
} Stay;

static int weight_of_leaving(Day entered, Day first) {
    if (entered >= first)
        return 0;
    int months = (first - entered) / 30;
    return months < 12 ? 6 : months < 30 ? 4 : 3;
}

/* Lets stays end until so many are left. */
static void end_stays(Random *random, Stay *stays, int count, Month month, int wanted) {
    int *weights = list_zeroed(count, sizeof *weights);
    int held = 0;
    for (int i = 0; i < count; i++) {
        if (stays[i].left != FOREVER)
            continue;
        held++;
        weights[i] = weight_of_leaving(stays[i].entered, month_first(month));
    }
    for (; held > wanted; held--) {
        int chosen = random_weighted(random, weights, count);
        weights[chosen] = 0;
        Day first = month_first(month);
        if (first < stays[chosen].entered + 8)
            first = stays[chosen].entered + 8;
        stays[chosen].left = random_worked_day(random, first, month_last(month));
    }
    free(weights);
}

static void add_former(World *world, Random *random, const Stay *stay) {
    static const int WEIGHTS[CARE_CLASSES] = {46, 27, 13, 14};
    Member member = {0};
    member.adoption = -1;
    member.entered = stay->entered;
    member.left = stay->left;
    member.moved = NO_DAY;
    member.class_of = (CareClass)random_weighted(random, WEIGHTS, CARE_CLASSES);
    member.in_county = random_chance(random, 730);
    member.far = random_chance(random, member.in_county ? 125 : 820);
    member.plan_made =
        random_chance(random, 60) ? FOREVER : stay->entered + random_between(random, 45, 150);
    Day latest = stay->left - 30 > stay->entered + 4 ? stay->left - 30 : stay->entered + 4;
    member.placed = random_chance(random, 450)
                        ? member.entered
                        : day_worked_until(random_between(random, stay->entered + 4, latest));
    /* Some are adopted, if there was time; who was placed lately is in the targets. */
    Day length = stay->left - stay->entered;
    bool adopted = length > 400 && length < 1000 && random_chance(random, 300);
    Day placed = stay->left - random_between(random, 140, 250);
    if (adopted && placed < day_of(2016, 4, 1)) {
        member.adoption = 0;
        member.placed = day_worked_until(placed);
    }
    care_stay(world, random, &member);
}

static void add_adopted(World *world, Random *random) {
    for (int i = 0; i < ADOPTIONS_TO_DECEMBER - CARE_TARGETS.awaiting_adoption; i++) {
        Member member = {0};
        member.placed = random_worked_day(random, day_of(2016, 4, 4), day_of(2016, 7, 15));
        member.entered = member.placed - ADOPTION_DAYS[i];
        member.left = day_worked_from(member.placed + random_between(random, 110, 160));
        member.moved = NO_DAY;
        member.class_of = CARE_OTHER;
        member.in_county = random_chance(random, 500);
        member.far = !member.in_county;
        member.plan_made = member.entered + random_between(random, 60, 115);
        care_stay(world, random, &member);
    }
}

#define ENTERING_A_MONTH 17

void care_former(World *world, Random *random, const Members *members) {
    int room = 4000;
    Stay *stays = list_zeroed(room, sizeof *stays);
    int count = 0;
    Day begin = month_first(FIRST_MONTH);
    int before = wanted_in_care(FIRST_MONTH - 1) - held_on(members, begin - 1);
    for (; count < before; count++) {
        int back = random_below(random, 48) * random_below(random, 48);
        stays[count] = (Stay){day_worked_until(begin - 1 - back), FOREVER};
    }
    for (Month month = FIRST_MONTH; month < LAST_MONTH; month++) {
        int entering =
            ENTERING_A_MONTH + random_between(random, -3, 3) - entering_in(members, month);
        bool last = month == LAST_MONTH - 1;
        for (int i = 0; i < entering && !last && count < room; i++)
            stays[count++] =
                (Stay){random_worked_day(random, month_first(month), month_last(month)), FOREVER};
        end_stays(random, stays, count, month,
                  wanted_in_care(month) - held_on(members, month_last(month)));
    }
    for (int i = 0; i < count; i++)
        add_former(world, random, &stays[i]);
    add_adopted(world, random);
    free(stays);
}

/* ---- emergencies, parents with a child ---- */

static void mark_month(World *world, Random *random, const PlacementMonth *target) {
    int emergency = target->emergency;
    int parent_child = target->parent_child;
    for (int tries = 0; emergency + parent_child > 0; tries++) {
        if (tries > 1000000)
            generator_fail("children looked after: too few placements in a month");
        Placement *placement = &world->placements.at[random_below(random, world->placements.count)];
        if (month_of(placement->start) != target->month || placement->emergency ||
            placement->parent_child || placement->kind[0] == 'A')
            continue;
        if (emergency > 0) {
            placement->emergency = true;
            emergency--;
        } else {
            placement->parent_child = true;
            parent_child--;
        }
    }
}

void care_make(World *world) {
    Random random = random_stream(6);
    Members members = care_members(&random);
    for (int i = 0; i < members.count; i++)
        care_stay(world, &random, &members.at[i]);
    care_former(world, &random, &members);
    for (const PlacementMonth *target = PLACEMENT_MONTHS; target->month; target++)
        mark_month(world, &random, target);
    free(members.at);
}
