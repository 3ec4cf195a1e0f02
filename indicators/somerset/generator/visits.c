/* Visits: to children on plans, so many of them late; to children looked after; and to every other
 * child with an open case.
 *
 * Visits to children on plans are all made on time first, six to ten working days apart. Leaving
 * one out makes the next one late; so many are left out that a cell has its part of late ones.
 */
#include "targets.h"
#include "world.h"

#include <stdlib.h>

#define LIMIT_WORKING_DAYS 10
/* So that every window of twelve months from December 2014 on is whole. */
#define PLAN_VISITS_FROM day_of(2014, 1, 1)

typedef struct {
    Visit visit;
    bool late;
    bool left_out;
} Planned;

typedef struct {
    Planned *at;
    int count;
    int room;
} PlannedList;

static void plan_visits(const World *world, Random *random, PlannedList *list) {
    for (int i = 0; i < world->plans.count; i++) {
        const ProtectionPlan *plan = &world->plans.at[i];
        Day end = plan->end == FOREVER ? world_last_day() + 1 : plan->end;
        if (end < PLAN_VISITS_FROM)
            continue;
        Day day = plan->start;
        for (;;) {
            day = day_add_worked(day, random_between(random, 6, LIMIT_WORKING_DAYS));
            if (day >= end)
                break;
            if (day < PLAN_VISITS_FROM)
                continue;
            *LIST_ADD(list) = (Planned){{plan->child, i, day}, false, false};
        }
    }
}

/* Visit `i` may be left out: it and the next are of one plan and one cell, and neither is late. */
static bool may_leave_out(const PlannedList *list, int i, Day first, Day last) {
    if (i + 1 >= list->count)
        return false;
    const Planned *here = &list->at[i];
    const Planned *next = here + 1;
    return !here->left_out && !here->late && !next->late && !next->left_out &&
           next->visit.plan == here->visit.plan && here->visit.day >= first &&
           next->visit.day <= last;
}

static void make_late(PlannedList *list, Random *random, const LatenessCell *cell) {
    Day first = month_first(cell->span.first);
    Day last = month_last(cell->span.first + cell->span.months - 1);
    int made = 0;
    int *places = list_zeroed(list->count + 1, sizeof *places);
    int fitting = 0;
    for (int i = 0; i < list->count; i++) {
        Day day = list->at[i].visit.day;
        made += day >= first && day <= last ? 1 : 0;
        if (may_leave_out(list, i, first, last))
            places[fitting++] = i;
    }
    random_shuffle(random, places, fitting);
    int late = 0;
    for (int i = 0; i < fitting && late * 1000 < cell->late_permille * made; i++) {
        if (!may_leave_out(list, places[i], first, last))
            continue;
        list->at[places[i]].left_out = true;
        list->at[places[i] + 1].late = true;
        made--;
        late++;
    }
    free(places);
}

static void visit_plans(World *world) {
    Random random = random_stream(8);
    PlannedList list = {0};
    plan_visits(world, &random, &list);
    for (const LatenessCell *cell = LATENESS_CELLS; cell->span.months; cell++)
        make_late(&list, &random, cell);
    for (int i = 0; i < list.count; i++)
        if (!list.at[i].left_out)
            *LIST_ADD(&world->protection_visits) = list.at[i].visit;
    free(list.at);
}

/* ---- looked after ---- */

#define VISITS_FROM day_of(2014, 2, 1)

static void visit_care(World *world) {
    Random random = random_stream(9);
    for (int i = 0; i < world->care.count; i++) {
        const Care *care = &world->care.at[i];
        Day end = care->left == FOREVER ? world_last_day() + 1 : care->left;
        Day day = care->entered + random_between(&random, 3, 7);
        if (day < VISITS_FROM - 38)
            day = VISITS_FROM - random_between(&random, 1, 38);
        for (; day < end; day += random_between(&random, 26, 38))
            if (day >= VISITS_FROM)
                *LIST_ADD(&world->care_visits) = (Visit){care->child, -1, day};
    }
}

/* ---- every other open case ---- */

typedef struct {
    Day start;
    Day end;
} Spell;

/* While a child is on a plan or looked after, others visit. */
typedef struct {
    Spell plan;
    Spell care;
    bool need;
} CaseSpells;

static CaseSpells *find_spells(const World *world) {
    CaseSpells *spells = list_zeroed(world->cases.count, sizeof *spells);
    for (int i = 0; i < world->cases.count; i++)
        spells[i] = (CaseSpells){{FOREVER, FOREVER}, {FOREVER, FOREVER}, false};
    for (int i = 0; i < world->plans.count; i++) {
        const ProtectionPlan *plan = &world->plans.at[i];
        spells[plan->for_case].plan = (Spell){plan->start, plan->end};
    }
    for (int i = 0; i < world->care.count; i++) {
        const Care *care = &world->care.at[i];
        spells[care->for_case].care = (Spell){care->entered, care->left};
    }
    for (int i = 0; i < world->need_plans.count; i++)
        spells[world->need_plans.at[i].for_case].need = true;
    return spells;
}

/* Three to five weeks; now and then a case is let lie, those of disabled children more often,
 * though not near the report's days. */
static int next_gap(Random *random, const CaseSpells *spells, bool disabled, Day day) {
    int permille = !spells->need ? 0 : disabled ? 130 : 26;
    bool let_lie = day < day_of(2016, 9, 20) && random_chance(random, permille);
    return let_lie ? random_between(random, 45, 80) : random_between(random, 20, 34);
}

static void visit_case(World *world, Random *random, const Case *of, const CaseSpells *spells) {
    Day end = of->closed == FOREVER ? world_last_day() + 1 : of->closed;
    bool disabled = world->children.at[of->child].disabled;
    Day day = of->received + random_between(random, 2, 8);
    if (day < VISITS_FROM - 30)
        day = VISITS_FROM - random_between(random, 0, 30);
    while (day < end) {
        const Spell *within = day >= spells->plan.start && day < spells->plan.end   ? &spells->plan
                              : day >= spells->care.start && day < spells->care.end ? &spells->care
                                                                                    : NULL;
        if (within) {
            if (within->end == FOREVER)
                return;
            day = within->end + random_between(random, 3, 9);
            continue;
        }
        Day worked = day_worked_from(day);
        if (worked >= VISITS_FROM && worked < end)
            *LIST_ADD(&world->need_visits) = (Visit){of->child, -1, worked};
        Day next = day + next_gap(random, spells, disabled, day);
        /* A last visit shortly before others take over. */
        Day over =
            spells->plan.start < spells->care.start ? spells->plan.start : spells->care.start;
        if (day < over - 12 && next >= over)
            next = over - random_between(random, 3, 9);
        day = next;
    }
}

void visits_make(World *world) {
    visit_plans(world);
    visit_care(world);
    Random random = random_stream(10);
    CaseSpells *spells = find_spells(world);
    for (int i = 0; i < world->cases.count; i++) {
        const Case *of = &world->cases.at[i];
        if (of->assessed && of->closed > VISITS_FROM)
            visit_case(world, &random, of, &spells[i]);
    }
    free(spells);
}
