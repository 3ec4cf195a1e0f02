/* Care leavers: from the day they leave care until they are 22, in spells of one activity and one
 * kind of accommodation. On the last days of December 2016 and of January 2017 each age has its
 * number of young people, and of them so many who are not in education, employment or training.
 */
#include "targets.h"
#include "world.h"

#include <stdlib.h>

#define DECEMBER_31 day_of(2016, 12, 31)
#define YOUNGEST 17
#define EIGHTEEN (18 * 12)
#define TWENTY_TWO (22 * 12)

typedef struct {
    Day born;
    Day from;
    Day until;
    /* On 31 December and on 31 January. */
    bool neet[2];
    bool suitable[2];
} Leaver;

typedef LIST(Leaver) Leavers;

static const Day *counted_days(void) {
    static Day days[2];
    days[0] = DECEMBER_31;
    days[1] = world_last_day();
    return days;
}

/* The age on the day, or -1 for who is no care leaver then. */
static int age_held(const Leaver *leaver, Day on) {
    return leaver->from <= on && leaver->until > on ? age_on(leaver->born, on) : -1;
}

/* Of this age on 31 December, with a birthday in January or later in the year. */
static Leaver *add_leaver(Leavers *leavers, Random *random, int age, bool in_january) {
    Leaver *leaver = LIST_ADD(leavers);
    int year = 2016 - age;
    leaver->born = in_january ? day_of(year, 1, random_between(random, 2, 30))
                              : day_of(year, 3, 1) + random_between(random, 0, 305);
    leaver->from = day_add_months(leaver->born, EIGHTEEN);
    leaver->until = world_end(day_add_months(leaver->born, TWENTY_TWO));
    leaver->neet[0] = random_chance(random, 420);
    leaver->suitable[0] = random_chance(random, 950);
    return leaver;
}

/* From that day in three weeks, or as soon as they are 17. */
static Day leaving_early(const Leaver *leaver, Random *random, Day first) {
    Day from = random_worked_day(random, first, first + 23);
    Day seventeen = day_add_months(leaver->born, YOUNGEST * 12);
    return from > seventeen ? from : seventeen;
}

/* The numbers of each age stay the same in January but for 18, since as many come as go. */
static void list_leavers(Leavers *leavers, Random *random) {
    static const int BIRTHDAYS[LEAVER_AGES] = {2, 6, 6, 6, 6};
    static const int FORMER[] = {76, 71, 66};
    for (int i = 0; i < 3; i++)
        for (int n = 0; n < FORMER[i]; n++)
            add_leaver(leavers, random, YOUNGEST + LEAVER_AGES + i, n < 6);
    for (int i = 0; i < LEAVER_AGES; i++)
        for (int n = 0; n < LEAVERS_DECEMBER.leavers[i]; n++) {
            Leaver *leaver = add_leaver(leavers, random, YOUNGEST + i, n < BIRTHDAYS[i]);
            if (i == 0)
                leaver->from = leaving_early(leaver, random, day_of(2016, 11, 1));
        }
    int arriving =
        LEAVERS_JANUARY.leavers[1] - LEAVERS_DECEMBER.leavers[1] + BIRTHDAYS[1] - BIRTHDAYS[0];
    for (int n = 0; n < arriving; n++)
        add_leaver(leavers, random, YOUNGEST, true);
    for (int n = 0; n < BIRTHDAYS[0]; n++) {
        Leaver *leaver = add_leaver(leavers, random, YOUNGEST, false);
        leaver->from = leaving_early(leaver, random, day_of(2017, 1, 4));
    }
}

/* Turns young people of the age in or out of education, employment or training until so many are
 * not. */
static void set_neet(Leavers *leavers, Random *random, int on, int age, int total, int wanted) {
    Day day = counted_days()[on];
    int neet = 0;
    int held = 0;
    for (int i = 0; i < leavers->count; i++) {
        bool counts = age_held(&leavers->at[i], day) == age;
        held += counts ? 1 : 0;
        neet += counts && leavers->at[i].neet[on] ? 1 : 0;
    }
    if (held != total)
        generator_fail("care leavers: not so many of an age as the report has");
    while (neet != wanted) {
        Leaver *leaver = &leavers->at[random_below(random, leavers->count)];
        if (age_held(leaver, day) != age || leaver->neet[on] != (neet > wanted))
            continue;
        leaver->neet[on] = !leaver->neet[on];
        neet += leaver->neet[on] ? 1 : -1;
    }
}

static void set_suitable(Leavers *leavers, Random *random, int on, int wanted) {
    Day day = counted_days()[on];
    int suitable = 0;
    for (int i = 0; i < leavers->count; i++)
        suitable += age_held(&leavers->at[i], day) >= 0 && leavers->at[i].suitable[on] ? 1 : 0;
    while (suitable != wanted) {
        Leaver *leaver = &leavers->at[random_below(random, leavers->count)];
        if (age_held(leaver, day) < 0 || leaver->suitable[on] != (suitable > wanted))
            continue;
        leaver->suitable[on] = !leaver->suitable[on];
        suitable += leaver->suitable[on] ? 1 : -1;
    }
}

static void set_states(Leavers *leavers, Random *random) {
    for (int i = 0; i < LEAVER_AGES; i++)
        set_neet(leavers, random, 0, YOUNGEST + i, LEAVERS_DECEMBER.leavers[i],
                 LEAVERS_DECEMBER.neet[i]);
    set_suitable(leavers, random, 0, LEAVERS_DECEMBER.suitable);
    for (int i = 0; i < leavers->count; i++) {
        leavers->at[i].neet[1] = leavers->at[i].neet[0];
        leavers->at[i].suitable[1] = leavers->at[i].suitable[0];
    }
    for (int i = 0; i < LEAVER_AGES; i++)
        set_neet(leavers, random, 1, YOUNGEST + i, LEAVERS_JANUARY.leavers[i],
                 LEAVERS_JANUARY.neet[i]);
    set_suitable(leavers, random, 1, LEAVERS_JANUARY.suitable);
}

static void add_spell(World *world, int child, Day from, Day until, bool neet, bool suitable) {
    LeaverSpell *spell = LIST_ADD(&world->leavers);
    *spell = (LeaverSpell){child, from, until, neet, suitable};
}

/* Something changes once or twice a year until November 2016, and in January for those who differ.
 */
static void write_spells(World *world, Random *random, const Leaver *leaver) {
    Child *child = LIST_ADD(&world->children);
    child->born = leaver->born;
    int place = world->children.count - 1;
    Day settled = leaver->until < day_of(2016, 11, 30) ? leaver->until : day_of(2016, 11, 30);
    Day from = leaver->from;
    Day next = from + random_between(random, 90, 420);
    for (; next < settled; next += random_between(random, 90, 420)) {
        bool neet = random_chance(random, 430);
        add_spell(world, place, from, next, neet, !random_chance(random, 70));
        from = next;
    }
    bool same = leaver->neet[0] == leaver->neet[1] && leaver->suitable[0] == leaver->suitable[1];
    bool both = leaver->from <= DECEMBER_31 && leaver->until == FOREVER;
    if (same || !both) {
        int on = leaver->from > DECEMBER_31 ? 1 : 0;
        add_spell(world, place, from, leaver->until, leaver->neet[on], leaver->suitable[on]);
        return;
    }
    Day changed = random_worked_day(random, day_of(2017, 1, 3), world_last_day());
    add_spell(world, place, from, changed, leaver->neet[0], leaver->suitable[0]);
    add_spell(world, place, changed, leaver->until, leaver->neet[1], leaver->suitable[1]);
}

void leavers_make(World *world) {
    Random random = random_stream(14);
    Leavers leavers = {0};
    list_leavers(&leavers, &random);
    set_states(&leavers, &random);
    for (int i = 0; i < leavers.count; i++)
        write_spells(world, &random, &leavers.at[i]);
    free(leavers.at);
}
