/* Missing episodes of children looked after, with their return interviews; and the police's own
 * list of reports, in which children who went missing more than once are counted.
 */
#include "targets.h"
#include "world.h"

#define OLD_ENOUGH 11

/* A child in care on the day, of an age to go missing; some do so often. */
static int missing_child(const World *world, Random *random, Day day) {
    for (int tries = 0; tries < 100000; tries++) {
        const Care *care = &world->care.at[random_below(random, world->care.count)];
        bool in_care = care->entered <= day && care->left > day;
        int age = in_care ? age_on(world->children.at[care->child].born, day) : 0;
        if (age < OLD_ENOUGH)
            continue;
        /* A third of the children go missing twice as often, a third hardly ever. */
        if (care->child % 3 != 0 || random_chance(random, 100))
            return care->child;
    }
    generator_fail("missing: nobody is old enough");
}

static void add_episodes(World *world, Random *random, const MissingCell *cell) {
    Day first = month_first(cell->span.first);
    Day last = month_last(cell->span.first + cell->span.months - 1);
    int interviews = cell->interviews;
    for (int left = cell->episodes; left > 0; left--) {
        Day end = random_between(random, first, last);
        Day start = end - (random_chance(random, 700) ? random_between(random, 0, 1)
                                                      : random_between(random, 2, 9));
        bool interview = random_below(random, left) < interviews;
        interviews -= interview ? 1 : 0;
        MissingEpisode *episode = LIST_ADD(&world->missing);
        *episode = (MissingEpisode){missing_child(world, random, start), start, end, interview};
    }
}

/* ---- the police's list ---- */

static void report(World *world, Random *random, Span span, int person) {
    PoliceReport *made = LIST_ADD(&world->police);
    *made = (PoliceReport){person, random_between(random, month_first(span.first),
                                                  month_last(span.first + span.months - 1))};
}

void missing_make(World *world) {
    Random random = random_stream(15);
    for (const MissingCell *cell = MISSING_CELLS; cell->span.months; cell++)
        add_episodes(world, &random, cell);
    Random police = random_stream(16);
    int person = 0;
    for (const PolicePattern *pattern = POLICE_PATTERNS; pattern->persons; pattern++)
        for (int i = 0; i < pattern->persons; i++, person++)
            for (int part = 0; part < 2; part++) {
                int most = pattern->most[part];
                int reports = most > pattern->least[part]
                                  ? random_between(&police, pattern->least[part], most)
                                  : most;
                for (int n = 0; n < reports; n++)
                    report(world, &police, pattern->spans[part], person);
            }
}
