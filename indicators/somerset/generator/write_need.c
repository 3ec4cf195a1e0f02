/* Tables of children, contacts, referrals, assessments, enquiries, child in need plans and visits.
 */
#include "table.h"
#include "targets.h"
#include "world.h"

#include <stdlib.h>

static const char *choose(Random *random, const char *const *codes, int count) {
    return codes[random_below(random, count)];
}

static void write_children(const World *world, const char *folder) {
    static const char *const ETHNICITIES[] = {
        "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI",
        "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WOTH", "MWBC", "MOTH", "NOBT"};
    Random random = random_stream(30);
    Table table =
        table_open(folder, "ssd_person", "pers_person_id,pers_sex,pers_ethnicity,pers_dob");
    for (int i = 0; i < world->children.count; i++) {
        table_id(&table, 'P', i);
        table_text(&table, random_chance(&random, 515) ? "M" : "F");
        table_text(&table, choose(&random, ETHNICITIES, 20));
        table_day(&table, world->children.at[i].born);
        table_end(&table);
    }
    table_close(&table);
}

static void write_disabilities(const World *world, const char *folder) {
    static const char *const CODES[] = {"AUT", "LD",   "LD",  "BEH", "COMM",
                                        "MOB", "HEAR", "VIS", "DDA"};
    Random random = random_stream(31);
    Table table =
        table_open(folder, "ssd_disability", "disa_table_id,disa_person_id,disa_disability_code");
    int row = 0;
    for (int i = 0; i < world->children.count; i++) {
        const Child *child = &world->children.at[i];
        if (child->contact_only)
            continue;
        /* A disabled child has one code or two; that there is none is recorded for some. */
        int codes =
            child->disabled ? 1 + random_below(&random, 2) : (random_chance(&random, 350) ? 1 : 0);
        int first = random_below(&random, 9);
        for (int n = 0; n < codes; n++) {
            table_id(&table, 'D', row++);
            table_id(&table, 'P', i);
            table_text(&table, child->disabled ? CODES[(first + 3 * n) % 9] : "NONE");
            table_end(&table);
        }
    }
    table_close(&table);
}

/* ---- contacts and referrals ---- */

#define SOURCES_OF_AN_AGENCY 5
static const char *const SOURCES[AGENCIES][SOURCES_OF_AN_AGENCY] = {
    {"2A", "2A", "2A", "2A", "2B"}, {"1A", "1A", "1A", "1B", "1B"}, {"3A", "3B", "3C", "3E", "3F"},
    {"4", "5A", "5A", "5B", "5C"},  {"1D", "7", "8", "9", "10"},    {"6", "6", "6", "6", "6"},
    {"1C", "1C", "1C", "1C", "1C"}};

static void write_contacts(const World *world, const char *folder, const char **sources) {
    Random random = random_stream(32);
    Table table = table_open(folder, "ssd_contacts",
                             "cont_contact_id,cont_person_id,cont_contact_date,"
                             "cont_contact_source_code");
    for (int i = 0; i < world->contacts.count; i++) {
        const Contact *contact = &world->contacts.at[i];
        sources[i] = choose(&random, SOURCES[contact->agency], SOURCES_OF_AN_AGENCY);
        table_id(&table, 'C', i);
        table_id(&table, 'P', contact->child);
        table_day(&table, contact->received);
        table_text(&table, sources[i]);
        table_end(&table);
    }
    table_close(&table);
}

static void write_cases(const World *world, const char *folder, const char **sources) {
    static const char *const NEEDS[] = {"N1", "N1", "N1", "N2", "N3", "N4", "N5", "N5", "N6", "N8"};
    Random random = random_stream(33);
    Table table = table_open(folder, "ssd_cin_episodes",
                             "cine_referral_id,cine_person_id,cine_contact_id,cine_referral_date,"
                             "cine_referral_source_code,cine_cin_primary_need_code,"
                             "cine_referral_nfa,cine_close_date,cine_close_reason");
    for (int i = 0; i < world->cases.count; i++) {
        const Case *of = &world->cases.at[i];
        int agency = random_below(&random, AGENCIES - 1);
        const char *other = choose(&random, SOURCES[agency], SOURCES_OF_AN_AGENCY);
        table_id(&table, 'R', i);
        table_id(&table, 'P', of->child);
        table_id(&table, 'C', of->contact);
        table_day(&table, of->received);
        table_text(&table, of->contact >= 0 ? sources[of->contact] : other);
        table_text(&table, choose(&random, NEEDS, 10));
        table_text(&table, of->assessed ? "N" : "Y");
        table_day(&table, of->closed);
        table_text(&table, of->closed == FOREVER ? "" : of->assessed ? "RC7" : "RC8");
        table_end(&table);
    }
    table_close(&table);
}

static void write_assessments(const World *world, const char *folder) {
    Table table = table_open(folder, "ssd_cin_assessments",
                             "cina_assessment_id,cina_person_id,cina_referral_id,"
                             "cina_assessment_start_date,cina_assessment_auth_date,"
                             "cina_assessment_priority");
    for (int i = 0; i < world->assessments.count; i++) {
        const Assessment *assessment = &world->assessments.at[i];
        table_id(&table, 'A', i);
        table_id(&table, 'P', world->cases.at[assessment->for_case].child);
        table_id(&table, 'R', assessment->for_case);
        table_day(&table, assessment->started);
        table_day(&table, assessment->completed);
        table_text(&table, PRIORITY_CODES[assessment->priority]);
        table_end(&table);
    }
    table_close(&table);
}

static void write_priorities(const char *folder) {
    Table table = table_open(folder, "assessment_priority", "priority,deadline_working_days");
    for (int i = 0; i < PRIORITIES; i++) {
        table_text(&table, PRIORITY_CODES[i]);
        table_number(&table, PRIORITY_DAYS[i]);
        table_end(&table);
    }
    table_close(&table);
}

/* ---- plans, visits ---- */

static void write_need_plans(const World *world, const char *folder) {
    Table table = table_open(folder, "ssd_cin_plans",
                             "cinp_cin_plan_id,cinp_referral_id,cinp_person_id,"
                             "cinp_cin_plan_start_date,cinp_cin_plan_end_date");
    for (int i = 0; i < world->need_plans.count; i++) {
        const NeedPlan *plan = &world->need_plans.at[i];
        table_id(&table, 'N', i);
        table_id(&table, 'R', plan->for_case);
        table_id(&table, 'P', world->cases.at[plan->for_case].child);
        table_day(&table, plan->start);
        table_day(&table, plan->end);
        table_end(&table);
    }
    table_close(&table);
}

static void write_need_visits(const World *world, const char *folder) {
    Random random = random_stream(34);
    Table table = table_open(folder, "ssd_cin_visits",
                             "cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date,"
                             "cinv_cin_visit_seen,cinv_cin_visit_seen_alone");
    for (int i = 0; i < world->need_visits.count; i++) {
        const Visit *visit = &world->need_visits.at[i];
        bool seen = random_chance(&random, 930);
        table_id(&table, 'V', i);
        table_id(&table, 'P', visit->child);
        table_day(&table, visit->day);
        table_text(&table, seen ? "Y" : "N");
        table_text(&table, seen && random_chance(&random, 620) ? "Y" : "N");
        table_end(&table);
    }
    table_close(&table);
}

void write_need(const World *world, const char *folder) {
    const char **sources = list_zeroed(world->contacts.count + 1, sizeof *sources);
    write_children(world, folder);
    write_disabilities(world, folder);
    write_contacts(world, folder, sources);
    write_cases(world, folder, sources);
    write_assessments(world, folder);
    write_priorities(folder);
    write_need_plans(world, folder);
    write_need_visits(world, folder);
    free(sources);
}
