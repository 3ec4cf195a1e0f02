/* Contacts: those that became referrals, each on the day of the referral or the one before, and
 * those that did not.
 */
#include "targets.h"
#include "world.h"

#include <stdlib.h>

/* A child known already; otherwise one that is known from this contact alone. */
#define KNOWN_PERMILLE 620

static void add_contact(World *world, int child, Day received, int agency) {
    Contact *contact = LIST_ADD(&world->contacts);
    *contact = (Contact){child, received, agency};
}

static int contacted_child(World *world, Random *random, Day received, int known) {
    for (int tries = 0; tries < 20 && random_chance(random, KNOWN_PERMILLE); tries++) {
        int child = random_below(random, known);
        Day born = world->children.at[child].born;
        if (born < received && age_on(born, received) < 18)
            return child;
    }
    int child = world_child(world, random, received, 0, 17);
    world->children.at[child].contact_only = true;
    return child;
}

static void convert(World *world, Random *random, const ContactCell *cell, Day first, Day last) {
    int *places = list_zeroed(world->cases.count, sizeof *places);
    int count = 0;
    for (int i = 0; i < world->cases.count; i++)
        if (world->cases.at[i].received >= first && world->cases.at[i].received <= last)
            places[count++] = i;
    random_shuffle(random, places, count);
    int used = 0;
    for (int agency = 0; agency < AGENCIES; agency++)
        for (int i = 0; i < cell->converted[agency]; i++) {
            if (used == count)
                generator_fail("contacts: more became referrals than there are referrals");
            Case *of = &world->cases.at[places[used++]];
            Day received = of->received - (random_chance(random, 300) ? 1 : 0);
            if (received < first || received < world->children.at[of->child].born)
                received = of->received;
            of->contact = world->contacts.count;
            add_contact(world, of->child, received, agency);
        }
    free(places);
}

void contacts_make(World *world) {
    Random random = random_stream(13);
    int known = world->children.count;
    for (const ContactCell *cell = CONTACT_CELLS; cell->span.months; cell++) {
        Day first = month_first(cell->span.first);
        Day last = month_last(cell->span.first + cell->span.months - 1);
        convert(world, &random, cell, first, last);
        for (int agency = 0; agency < AGENCIES; agency++)
            for (int i = cell->converted[agency]; i < cell->contacts[agency]; i++) {
                /* Most come on working days. */
                Day day = random_chance(&random, 120) ? random_between(&random, first, last)
                                                      : random_worked_day(&random, first, last);
                add_contact(world, contacted_child(world, &random, day, known), day, agency);
            }
    }
}
