/* Assessments, and the referrals that they answer.
 *
 * An assessment is made backwards: its month and its band of working days are given, the referral
 * is so many working days before it. What a cell of referrals then lacks is filled up: with
 * referrals whose assessment was not completed (still going on at the end, or given up), and with
 * referrals that needed none.
 */
#include "targets.h"
#include "world.h"

#include <stdlib.h>

#define REASSESSED_PERMILLE 250

static int span_end(Span span) {
    return span.first + span.months - 1;
}

static Day backwards(Random *random, Day completed, int band) {
    int longest = DURATION_FROM[band + 1] - 1;
    int days = random_between(random, DURATION_FROM[band], longest);
    if (band == DURATION_BANDS - 1) /* most are not much too late */
        days = DURATION_FROM[band] + random_below(random, 1 + random_below(random, 45));
    return day_add_worked(completed, -days);
}

static void add_assessment(World *world, int for_case, Day started, Day completed) {
    Assessment *assessment = LIST_ADD(&world->assessments);
    assessment->for_case = for_case;
    assessment->started = started;
    assessment->completed = completed;
    assessment->priority = -1;
}

static void assess_month(World *world, Random *random, Month month, const int *bands, int count) {
    for (int i = 0; i < count; i++) {
        Day completed = random_worked_day(random, month_first(month), month_last(month));
        /* A second assessment in one case finds its case when all cases are known. */
        if (bands[i] == DURATION_BANDS - 1 && random_chance(random, REASSESSED_PERMILLE)) {
            add_assessment(world, -1, NO_DAY, completed);
            continue;
        }
        Day received = backwards(random, completed, bands[i]);
        int made = world_case(world, received);
        world->cases.at[made].assessed = true;
        world->cases.at[made].assessed_on = completed;
        Day started = received + random_below(random, 3);
        add_assessment(world, made, started > completed ? completed : started, completed);
    }
}

static void assess_cell(World *world, Random *random, const AssessmentCell *cell) {
    int total = 0;
    for (int band = 0; band < DURATION_BANDS; band++)
        total += cell->bands[band];
    int *bands = list_zeroed(total, sizeof *bands);
    int filled = 0;
    for (int band = 0; band < DURATION_BANDS; band++)
        for (int i = 0; i < cell->bands[band]; i++)
            bands[filled++] = band;
    random_shuffle(random, bands, total);
    int used = 0;
    for (int i = 0; i < cell->span.months; i++) {
        if (used + cell->by_month[i] > total)
            generator_fail("assessments: months add to more than bands");
        assess_month(world, random, cell->span.first + i, bands + used, cell->by_month[i]);
        used += cell->by_month[i];
    }
    if (used != total)
        generator_fail("assessments: months and bands do not add to the same");
    free(bands);
}

/* Second assessments: in a case whose first was completed one to six months before. */
static void reassess(World *world, Random *random) {
    for (int i = 0; i < world->assessments.count; i++) {
        Assessment *second = &world->assessments.at[i];
        if (second->for_case >= 0)
            continue;
        for (int tries = 0; second->for_case < 0; tries++) {
            int place = random_below(random, world->cases.count);
            Case *tried = &world->cases.at[place];
            int since = second->completed - tried->assessed_on;
            bool fits =
                since >= 40 && since <= 200 && days_worked(tried->received, second->completed) > 45;
            if (fits) {
                second->for_case = place;
                second->started = second->completed - random_between(random, 20, 38);
                if (tried->busy_until < second->completed)
                    tried->busy_until = second->completed;
            } else if (tries > 1000000) {
                /* The first months have no earlier cases. */
                second->for_case = world_case(world, day_add_worked(second->completed, -60));
                world->cases.at[second->for_case].assessed = true;
                world->cases.at[second->for_case].assessed_on = second->completed;
                second->started = second->completed - 30;
            }
        }
    }
}

/* An assessment that was begun and not completed: going on at the end, or given up. */
static void leave_unfinished(World *world, Random *random, Day first, Day last) {
    Day recent = world_last_day() - 66;
    bool going_on = last > recent && random_chance(random, 850);
    Day received = random_worked_day(random, going_on && recent > first ? recent : first, last);
    int made = world_case(world, received);
    world->cases.at[made].assessed = true;
    world->cases.at[made].busy_until =
        received > recent ? FOREVER : received + random_between(random, 10, 45);
    add_assessment(world, made, received + random_below(random, 2), NO_DAY);
}

static void fill_cell(World *world, Random *random, const ReferralCell *cell) {
    Day first = month_first(cell->span.first);
    Day last = month_last(span_end(cell->span));
    int assessed = 0;
    int received = 0;
    for (int i = 0; i < world->cases.count; i++) {
        const Case *seen = &world->cases.at[i];
        if (seen->received < first || seen->received > last)
            continue;
        received++;
        assessed += seen->assessed ? 1 : 0;
    }
    int wanted = cell->assessed ? cell->assessed : assessed;
    if (assessed > wanted || received - assessed > 0 || wanted > cell->referrals)
        generator_fail("referrals: more assessments than the cell has referrals");
    for (int i = assessed; i < wanted; i++)
        leave_unfinished(world, random, first, last);
    for (int i = wanted; i < cell->referrals; i++)
        world_case(world, random_worked_day(random, first, last));
}

/* ---- on time, and the priority that makes it so ---- */

static int working_days_of(const World *world, const Assessment *assessment) {
    return days_worked(world->cases.at[assessment->for_case].received, assessment->completed);
}

/* A priority with a limit of at least (or, late, of less than) these days. */
static int choose_priority(Random *random, int days, bool on_time) {
    int fitting[PRIORITIES];
    int count = 0;
    for (int i = 0; i < PRIORITIES; i++)
        if ((days <= PRIORITY_DAYS[i]) == on_time)
            fitting[count++] = i;
    if (count == 0)
        generator_fail("assessments: no priority fits");
    return fitting[random_below(random, count)];
}

static void set_timeliness(World *world, Random *random, const TimelinessCell *cell) {
    Day first = month_first(cell->span.first);
    Day last = month_last(span_end(cell->span));
    int *open = list_zeroed(world->assessments.count, sizeof *open);
    int undecided = 0;
    int total = 0;
    int on_time = 0;
    for (int i = 0; i < world->assessments.count; i++) {
        Assessment *assessment = &world->assessments.at[i];
        if (assessment->completed < first || assessment->completed > last)
            continue;
        total++;
        int days = working_days_of(world, assessment);
        bool settled = days <= PRIORITY_DAYS[0] || days > PRIORITY_DAYS[PRIORITIES - 1];
        if (settled) {
            bool in_time = days <= PRIORITY_DAYS[0];
            on_time += in_time ? 1 : 0;
            assessment->priority = choose_priority(random, days, in_time);
        } else {
            open[undecided++] = i;
        }
    }
    int wanted = cell->on_time >= 0 ? cell->on_time : total * cell->permille / 1000;
    wanted -= on_time;
    if (wanted < 0)
        wanted = cell->on_time >= 0 ? -1 : 0;
    if (wanted < 0 || (wanted > undecided && cell->on_time >= 0))
        generator_fail("assessments: the bands do not allow so many on time");
    random_shuffle(random, open, undecided);
    for (int i = 0; i < undecided; i++) {
        Assessment *assessment = &world->assessments.at[open[i]];
        assessment->priority =
            choose_priority(random, working_days_of(world, assessment), i < wanted);
    }
    free(open);
}

void referrals_make(World *world) {
    Random random = random_stream(1);
    for (const AssessmentCell *cell = ASSESSMENT_CELLS; cell->span.months; cell++)
        assess_cell(world, &random, cell);
    reassess(world, &random);
    for (const ReferralCell *cell = REFERRAL_CELLS; cell->span.months; cell++)
        fill_cell(world, &random, cell);
    for (const TimelinessCell *cell = TIMELINESS_CELLS; cell->span.months; cell++)
        set_timeliness(world, &random, cell);
    for (int i = 0; i < world->assessments.count; i++)
        if (world->assessments.at[i].priority < 0)
            world->assessments.at[i].priority = random_below(&random, PRIORITIES);
}
