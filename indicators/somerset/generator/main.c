/* Writes the synthetic records of Somerset's report into a folder.
 *
 *     generate FOLDER
 *
 * The same tables in every run, byte for byte. The order of the parts is the order in which they
 * take referrals for themselves; see world.h.
 */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void generator_fail(const char *what) {
    fprintf(stderr, "generate: %s\n", what);
    exit(1);
}

static void make(World *world) {
    referrals_make(world);
    protection_make(world);
    reviews_make(world);
    care_make(world);
    need_make(world);
    cases_close(world);
    visits_make(world);
    inactivity_make(world);
    attendance_make(world);
    leavers_make(world);
    contacts_make(world);
    missing_make(world);
}

static void forget(World *world) {
    free(world->children.at);
    free(world->cases.at);
    free(world->assessments.at);
    free(world->enquiries.at);
    free(world->conferences.at);
    free(world->plans.at);
    free(world->need_plans.at);
    free(world->protection_visits.at);
    free(world->need_visits.at);
    free(world->care_visits.at);
    free(world->care.at);
    free(world->placements.at);
    free(world->leavers.at);
    free(world->missing.at);
    free(world->police.at);
    free(world->contacts.at);
    free(world->advocacy.at);
}

int main(int count, char **arguments) {
    if (count != 2) {
        fprintf(stderr, "usage: generate FOLDER\n");
        return 2;
    }
    World world = {0};
    make(&world);
    write_need(&world, arguments[1]);
    write_protection(&world, arguments[1]);
    write_care(&world, arguments[1]);
    write_services(&world, arguments[1]);
    forget(&world);
    return 0;
}
