/* The open cases in which nobody was seen and nothing was assessed for six weeks.
 *
 * Every open case has been visited within six weeks when this begins, or is visited now; then so
 * many cases as the report counts lose their visits of the time.
 */
#include "targets.h"
#include "world.h"

#include <stdlib.h>

#define SIX_WEEKS 42
#define DECEMBER_31 day_of(2016, 12, 31)
#define JANUARY_31 day_of(2017, 1, 31)

/* A time without visits; and one with a visit, if its first day is a day. */
typedef struct {
    Day first;
    Day last;
    Day seen_first;
    Day seen_last;
} Spare;

static void mark_active(bool *active, const Visit *visits, int count, Day on) {
    for (int i = 0; i < count; i++)
        if (visits[i].day <= on && visits[i].day > on - SIX_WEEKS)
            active[visits[i].child] = true;
}

/* By child: seen or assessed in the six weeks to the day. */
static bool *find_active(const World *world, Day on) {
    bool *active = list_zeroed(world->children.count, sizeof *active);
    mark_active(active, world->need_visits.at, world->need_visits.count, on);
    mark_active(active, world->protection_visits.at, world->protection_visits.count, on);
    mark_active(active, world->care_visits.at, world->care_visits.count, on);
    for (int i = 0; i < world->assessments.count; i++) {
        const Assessment *assessment = &world->assessments.at[i];
        if (assessment->completed != NO_DAY && assessment->completed <= on &&
            assessment->completed > on - SIX_WEEKS)
            active[world->cases.at[assessment->for_case].child] = true;
    }
    return active;
}

static bool is_watched(const Case *of, Day on) {
    return of->closed > on && of->received + SIX_WEEKS <= on;
}

static void visit_the_rest(World *world, Random *random, Day on) {
    bool *active = find_active(world, on);
    for (int i = 0; i < world->cases.count; i++) {
        const Case *of = &world->cases.at[i];
        if (!is_watched(of, on) || active[of->child])
            continue;
        Visit visit = {of->child, -1, random_worked_day(random, on - 25, on - 3)};
        *LIST_ADD(&world->need_visits) = visit;
    }
    free(active);
}

static void unvisit(World *world, int child, Day first, Day last) {
    int kept = 0;
    for (int i = 0; i < world->need_visits.count; i++) {
        const Visit visit = world->need_visits.at[i];
        if (visit.child != child || visit.day < first || visit.day > last)
            world->need_visits.at[kept++] = visit;
    }
    world->need_visits.count = kept;
}

/* By child: a plan or a stay in care, or an assessment, near the report's days. */
static bool *find_busy(const World *world) {
    bool *busy = list_zeroed(world->children.count, sizeof *busy);
    Day from = DECEMBER_31 - SIX_WEEKS - 5;
    mark_active(busy, world->protection_visits.at, world->protection_visits.count, DECEMBER_31);
    mark_active(busy, world->protection_visits.at, world->protection_visits.count, JANUARY_31);
    for (int i = 0; i < world->plans.count; i++)
        busy[world->plans.at[i].child] |= world->plans.at[i].end > from;
    for (int i = 0; i < world->care.count; i++)
        busy[world->care.at[i].child] |= world->care.at[i].left > from;
    for (int i = 0; i < world->assessments.count; i++) {
        const Assessment *assessment = &world->assessments.at[i];
        if (assessment->completed == NO_DAY || assessment->completed > from)
            busy[world->cases.at[assessment->for_case].child] = true;
    }
    return busy;
}

static void let_lie(World *world, Random *random, bool *busy, int count, bool disabled,
                    Spare spare) {
    while (count > 0) {
        const Case *of = &world->cases.at[random_below(random, world->cases.count)];
        bool fits = of->use == USE_NEED && of->closed == FOREVER && !busy[of->child] &&
                    of->received < day_of(2016, 10, 1) &&
                    world->children.at[of->child].disabled == disabled;
        if (!fits)
            continue;
        busy[of->child] = true;
        unvisit(world, of->child, spare.first, spare.last);
        if (spare.seen_first != NO_DAY) {
            Day seen = random_worked_day(random, spare.seen_first, spare.seen_last);
            *LIST_ADD(&world->need_visits) = (Visit){of->child, -1, seen};
        }
        count--;
    }
}

static void check(const World *world, Day on, Inactive first, Inactive second) {
    bool *active = find_active(world, on);
    Inactive found = {0, 0};
    for (int i = 0; i < world->cases.count; i++) {
        const Case *of = &world->cases.at[i];
        if (!is_watched(of, on) || active[of->child])
            continue;
        if (world->children.at[of->child].disabled)
            found.disabled++;
        else
            found.other++;
    }
    free(active);
    if (found.disabled != first.disabled + second.disabled ||
        found.other != first.other + second.other)
        generator_fail("cases without activity: not as many as the report has");
}

void inactivity_make(World *world) {
    Random random = random_stream(11);
    visit_the_rest(world, &random, DECEMBER_31);
    visit_the_rest(world, &random, JANUARY_31);
    bool *busy = find_busy(world);
    const struct {
        Inactive count;
        Spare spare;
    } KINDS[] = {
        {INACTIVE_DECEMBER_ONLY,
         {DECEMBER_31 - SIX_WEEKS + 1, DECEMBER_31, day_of(2017, 1, 4), day_of(2017, 1, 27)}},
        {INACTIVE_BOTH, {DECEMBER_31 - SIX_WEEKS + 1, JANUARY_31, NO_DAY, NO_DAY}},
        {INACTIVE_JANUARY_ONLY,
         {JANUARY_31 - SIX_WEEKS + 1, JANUARY_31, day_of(2016, 11, 24), day_of(2016, 12, 19)}},
    };
    for (int i = 0; i < 3; i++) {
        let_lie(world, &random, busy, KINDS[i].count.disabled, true, KINDS[i].spare);
        let_lie(world, &random, busy, KINDS[i].count.other, false, KINDS[i].spare);
    }
    free(busy);
    check(world, DECEMBER_31, INACTIVE_DECEMBER_ONLY, INACTIVE_BOTH);
    check(world, JANUARY_31, INACTIVE_JANUARY_ONLY, INACTIVE_BOTH);
}
