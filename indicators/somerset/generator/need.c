/* Child in need plans: begun after an assessment, or when a child protection plan ends, and so long
 * that those open on the report's two days are as many as it says in each band of length.
 */
#include "cases.h"
#include "targets.h"
#include "world.h"

#define DECEMBER_31 day_of(2016, 12, 31)
#define NEED_FIRST MONTH(2012, 4)
/* Of the child protection plans that end, so many go on as child in need plans. */
#define STEP_DOWN_PERMILLE 420

/* How many of a thousand plans last so many days. */
static const int SURVIVAL[][2] = {{0, 1000},  {42, 950},  {60, 550}, {91, 400},
                                  {182, 260}, {365, 170}, {730, 60}, {1200, 0}};

static int draw_length(Random *random) {
    int left = random_below(random, 1000);
    int band = 0;
    while (SURVIVAL[band + 1][1] > left)
        band++;
    const int *from = SURVIVAL[band];
    const int *to = SURVIVAL[band + 1];
    int days = from[0] + (to[0] - from[0]) * (from[1] - left) / (from[1] - to[1]);
    return days < 10 ? 10 : days;
}

static void add_plan(World *world, Random *random, int for_case, Day start) {
    NeedPlan *plan = LIST_ADD(&world->need_plans);
    *plan = (NeedPlan){for_case, start, world_end(start + draw_length(random))};
}

/* A case whose assessment was completed in the four weeks before. */
static int assessed_case(World *world, Random *random, Day start) {
    int taken = -1;
    int fitting = 0;
    for (int i = 0; i < world->cases.count; i++) {
        const Case *tried = &world->cases.at[i];
        bool is_free = tried->use == USE_NONE || tried->use == USE_ENQUIRY;
        bool fits = tried->assessed_on != NO_DAY && tried->assessed_on <= start &&
                    tried->assessed_on >= start - 28;
        if (is_free && fits && random_below(random, ++fitting) == 0)
            taken = i;
    }
    if (taken >= 0)
        world->cases.at[taken].use = USE_NEED;
    return taken;
}

static int step_down(World *world, Random *random, Day first, Day last) {
    int begun = 0;
    for (int i = 0; i < world->plans.count; i++) {
        const ProtectionPlan *plan = &world->plans.at[i];
        bool repeated = world->cases.at[plan->for_case].next_begins != FOREVER;
        if (plan->end < first || plan->end > last || plan->end < month_first(NEED_FIRST) ||
            repeated)
            continue;
        if (!random_chance(random, STEP_DOWN_PERMILLE))
            continue;
        add_plan(world, random, plan->for_case, plan->end);
        begun++;
    }
    return begun;
}

static void begin_plans(World *world, Random *random, Day first, Day last, int starts) {
    int begun = step_down(world, random, first, last);
    if (begun > starts)
        generator_fail("children in need: more plans step down than begin");
    for (; begun < starts; begun++) {
        Day start = random_worked_day(random, first, last);
        int place = assessed_case(world, random, start);
        if (place < 0)
            place = case_earlier(world, start - random_between(random, 62, 80), USE_NEED);
        add_plan(world, random, place, start);
    }
}

static Day interval_first(const NeedInterval *interval) {
    return day_of(interval->first[0], interval->first[1], interval->first[2]);
}

static Day interval_last(const NeedInterval *interval) {
    return day_of(interval->last[0], interval->last[1], interval->last[2]);
}

/* Ends or goes on with plans of the interval until so many are open on the day. Plans that were not
 * open on `before` are let be; none is made to end before `month`. */
static void set_open(World *world, Random *random, const NeedInterval *interval, Day before,
                     Day month, Day on, int wanted) {
    Day first = interval_first(interval);
    Day last = interval_last(interval);
    for (;;) {
        int open = 0;
        int chosen = -1;
        int fitting = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < world->need_plans.count; i++) {
                const NeedPlan *plan = &world->need_plans.at[i];
                bool in = plan->start >= first && plan->start <= last;
                if (!in || plan->end <= before)
                    continue;
                bool is_open = plan->end > on;
                if (pass == 0) {
                    open += is_open ? 1 : 0;
                    continue;
                }
                bool movable = is_open == (open > wanted) && (!is_open || plan->start <= on - 5);
                if (movable && random_below(random, ++fitting) == 0)
                    chosen = i;
            }
            if (open == wanted)
                return;
        }
        if (chosen < 0)
            generator_fail("children in need: too few plans begin for those that are open");
        NeedPlan *plan = &world->need_plans.at[chosen];
        Day earliest = plan->start + 2 > month ? plan->start + 2 : month;
        plan->end = open > wanted ? random_worked_day(random, earliest, on) : FOREVER;
    }
}

void need_make(World *world) {
    Random random = random_stream(7);
    Day known = interval_first(&NEED_INTERVALS_TABLE[1]);
    for (Month month = NEED_FIRST; month_first(month) < known; month++)
        begin_plans(world, &random, month_first(month), month_last(month),
                    NEED_INTERVALS_TABLE[0].starts);
    for (int i = 1; i < NEED_INTERVALS; i++) {
        const NeedInterval *interval = &NEED_INTERVALS_TABLE[i];
        begin_plans(world, &random, interval_first(interval), interval_last(interval),
                    interval->starts);
    }
    for (int i = 0; i < NEED_INTERVALS; i++) {
        const NeedInterval *interval = &NEED_INTERVALS_TABLE[i];
        if (interval_first(interval) <= DECEMBER_31)
            set_open(world, &random, interval, NO_DAY, day_of(2016, 12, 1), DECEMBER_31,
                     interval->open_december);
        set_open(world, &random, interval, DECEMBER_31, DECEMBER_31 + 1, world_last_day(),
                 interval->open_january);
    }
    for (int i = 0; i < world->need_plans.count; i++)
        case_busy(world, world->need_plans.at[i].for_case, world->need_plans.at[i].end);
}
