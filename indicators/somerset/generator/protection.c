/* Child protection: initial conferences with their plans, month by month; when plans end; the
 * enquiries before the conferences, and those that led to none; review conferences.
 *
 * Each month has a given number of conferences, of plans begun, of repeat plans and of plans open
 * on its last day; which plans end is chosen, plans nearer to a review being likelier.
 */
#include "cases.h"
#include "targets.h"
#include "world.h"

#include <stdlib.h>

/* ---- whose a plan is ---- */

/* A child whose last plan ended within two years (or, `lapsed`, longer ago), and whose case had
 * closed before this one began; -1 if there is none. */
static int earlier_child(const World *world, Random *random, Day received, Day held, bool lapsed) {
    int found = -1;
    int fitting = 0;
    for (int i = 0; i < world->plans.count; i++) {
        const ProtectionPlan *plan = &world->plans.at[i];
        if (plan->end == FOREVER || plan->end > received - 5)
            continue;
        if (lapsed == (day_add_months(plan->end, 24) >= held))
            continue;
        if (world->cases.at[plan->for_case].next_begins != FOREVER)
            continue;
        if (age_on(world->children.at[plan->child].born, held) > 16)
            continue;
        if (random_below(random, ++fitting) == 0)
            found = i;
    }
    return found;
}

static int protection_case(World *world, Random *random, Day held) {
    int place = case_take(world, random, held - 50, held - 13, USE_PROTECTION);
    return place >= 0 ? place : case_earlier(world, held - 62, USE_PROTECTION);
}

static void begin_plan(World *world, Random *random, int conference, bool repeat) {
    Day held = world->conferences.at[conference].held;
    int place = protection_case(world, random, held);
    Day received = world->cases.at[place].received;
    bool lapsed = !repeat && random_chance(random, 60);
    int earlier = -1;
    if (repeat || lapsed)
        earlier = earlier_child(world, random, received, held, lapsed);
    if (repeat && earlier < 0)
        generator_fail("child protection: no child had a plan within two years");
    int child = 0;
    if (earlier >= 0) {
        child = world->plans.at[earlier].child;
        world->cases.at[world->plans.at[earlier].for_case].next_begins = received;
    } else {
        child = world_child(world, random, received, 0, 15);
    }
    world->cases.at[place].child = child;
    world->conferences.at[conference].child = child;
    world->conferences.at[conference].for_case = place;
    ProtectionPlan *plan = LIST_ADD(&world->plans);
    *plan = (ProtectionPlan){child, place, conference, held, FOREVER};
}

static void conclude_without(World *world, Random *random, int conference) {
    Conference *held = &world->conferences.at[conference];
    int place = protection_case(world, random, held->held);
    world->cases.at[place].child =
        world_child(world, random, world->cases.at[place].received, 0, 15);
    held->child = world->cases.at[place].child;
    held->for_case = place;
    case_busy(world, place, world_end(held->held + random_between(random, 0, 25)));
}

/* Conferences of one to four children, until the month has its number. */
static void hold_conferences(World *world, Random *random, Month month,
                             const ProtectionMonth *target) {
    static const int SIZES[] = {46, 28, 17, 9};
    int first = world->conferences.count;
    int left = target->conferences;
    while (left > 0) {
        int size = 1 + random_weighted(random, SIZES, 4);
        if (size > left)
            size = left;
        Day held = random_worked_day(random, month_first(month), month_last(month));
        int meeting = world->meetings++;
        for (int i = 0; i < size; i++) {
            Conference *conference = LIST_ADD(&world->conferences);
            *conference = (Conference){-1, -1, -1, meeting, held, true, false};
        }
        left -= size;
    }
    int count = target->conferences;
    int *order = list_zeroed(count, sizeof *order);
    for (int i = 0; i < count; i++)
        order[i] = first + i;
    random_shuffle(random, order, count);
    for (int i = 0; i < count; i++)
        if (i < target->starts)
            begin_plan(world, random, order[i], i < target->repeats);
        else
            conclude_without(world, random, order[i]);
    free(order);
}

/* ---- when plans end ---- */

static int months_open(const ProtectionPlan *plan, Day day) {
    return (day - plan->start) / 30;
}

/* The first review is at three months, then every six. */
static int weight_of_ending(int months) {
    if (months < 2)
        return 1;
    if (months < 5)
        return 9;
    if (months < 8)
        return 6;
    if (months < 11)
        return 16;
    return months < 15 ? 22 : 30;
}

static void end_plan(World *world, Random *random, int place, Month month) {
    ProtectionPlan *plan = &world->plans.at[place];
    Day first = month_first(month);
    if (first < plan->start + 12)
        first = plan->start + 12;
    plan->end = random_worked_day(random, first, month_last(month));
    case_busy(world, plan->for_case, plan->end);
}

/* No more plans of two years or more than the month may have; the longest end first. */
static int end_long_plans(World *world, Random *random, Month month, int allowed) {
    int ended = 0;
    int kept = 0;
    for (int i = world->plans.count - 1; i >= 0; i--) {
        const ProtectionPlan *plan = &world->plans.at[i];
        if (plan->end != FOREVER || day_add_months(plan->start, 24) > month_last(month))
            continue;
        if (kept < allowed) {
            kept++;
            continue;
        }
        end_plan(world, random, i, month);
        ended++;
    }
    if (month >= LAST_MONTH - 1 && kept != allowed)
        generator_fail("child protection: too few plans of two years");
    return ended;
}

static void end_plans(World *world, Random *random, Month month, const ProtectionMonth *target) {
    int open = 0;
    for (int i = 0; i < world->plans.count; i++)
        open += world->plans.at[i].end == FOREVER ? 1 : 0;
    int wanted = open - target->open;
    wanted -= end_long_plans(world, random, month, target->two_years);
    if (wanted < 0 && month > PROTECTION_FIRST + 12)
        generator_fail("child protection: more plans open than there are");
    int *places = list_zeroed(world->plans.count, sizeof *places);
    int *weights = list_zeroed(world->plans.count, sizeof *weights);
    int count = 0;
    for (int i = 0; i < world->plans.count; i++) {
        const ProtectionPlan *plan = &world->plans.at[i];
        int months = months_open(plan, month_last(month));
        /* The oldest stay, so that there are some of two years. */
        if (plan->end != FOREVER || plan->start >= month_first(month) || months > 22)
            continue;
        places[count] = i;
        weights[count++] = weight_of_ending(months);
    }
    for (int i = 0; i < wanted && count > 0; i++) {
        int chosen = random_weighted(random, weights, count);
        end_plan(world, random, places[chosen], month);
        count--;
        places[chosen] = places[count];
        weights[chosen] = weights[count];
    }
    free(weights);
    free(places);
}

/* ---- enquiries ---- */

static void enquire_before_conferences(World *world, Random *random) {
    for (int i = 0; i < world->conferences.count; i++) {
        const Conference *conference = &world->conferences.at[i];
        if (!conference->initial || conference->held < month_first(FIRST_MONTH))
            continue;
        Day received = world->cases.at[conference->for_case].received;
        Day started = day_worked_from(conference->held - random_between(random, 12, 22));
        if (started < received)
            started = received;
        Day completed = random_worked_day(random, started, conference->held - 1);
        Enquiry *enquiry = LIST_ADD(&world->enquiries);
        *enquiry = (Enquiry){conference->for_case, started, completed, i};
    }
}

static void enquire_alone(World *world, Random *random, Day first, Day last) {
    Day completed = random_worked_day(random, first, last);
    int place = case_take(world, random, completed - 32, completed - 7, USE_ENQUIRY);
    if (place < 0)
        place = case_earlier(world, first - 20, USE_ENQUIRY);
    int length = random_between(random, 4, 20);
    Day started = completed - length;
    if (started < world->cases.at[place].received)
        started = world->cases.at[place].received;
    Enquiry *enquiry = LIST_ADD(&world->enquiries);
    *enquiry = (Enquiry){place, started, completed, -1};
    case_busy(world, place, completed);
}

static void enquire(World *world) {
    Random random = random_stream(3);
    enquire_before_conferences(world, &random);
    for (const EnquiryCell *cell = ENQUIRY_CELLS; cell->span.months; cell++) {
        Day first = month_first(cell->span.first);
        Day last = month_last(cell->span.first + cell->span.months - 1);
        int completed = 0;
        for (int i = 0; i < world->enquiries.count; i++) {
            Day day = world->enquiries.at[i].completed;
            completed += day >= first && day <= last ? 1 : 0;
        }
        if (completed > cell->completed)
            generator_fail("enquiries: more conferences than enquiries");
        for (int i = completed; i < cell->completed; i++)
            enquire_alone(world, &random, first, last);
    }
}

void protection_make(World *world) {
    Random random = random_stream(2);
    for (Month month = PROTECTION_FIRST; month <= LAST_MONTH; month++) {
        const ProtectionMonth *target = &PROTECTION_MONTHS[month - PROTECTION_FIRST];
        hold_conferences(world, &random, month, target);
        end_plans(world, &random, month, target);
    }
    for (int i = 0; i < world->plans.count; i++)
        if (world->plans.at[i].end == FOREVER)
            case_busy(world, world->plans.at[i].for_case, FOREVER);
    enquire(world);
}

/* ---- reviews ---- */

static void add_review(World *world, int place, Day held) {
    const ProtectionPlan *plan = &world->plans.at[place];
    Conference *review = LIST_ADD(&world->conferences);
    *review =
        (Conference){plan->child, plan->for_case, place, world->meetings++, held, false, false};
}

void reviews_make(World *world) {
    Random random = random_stream(4);
    for (int i = 0; i < world->plans.count; i++) {
        const ProtectionPlan plan = world->plans.at[i];
        Day end = plan.end == FOREVER ? world_last_day() + 1 : plan.end;
        Day due = plan.start + random_between(&random, 76, 91);
        while (day_worked_from(due) < end - 24) {
            add_review(world, i, day_worked_from(due));
            due += random_between(&random, 160, 183);
        }
        /* Most plans end at a review; others because the child moves or is looked after. */
        if (plan.end != FOREVER && plan.end - plan.start > 30 && random_chance(&random, 560))
            add_review(world, i, plan.end);
        else if (plan.end == FOREVER && day_worked_from(due) < end)
            add_review(world, i, day_worked_from(due));
    }
}
