/* Tables of child protection: enquiries, conferences, plans, visits, reviews, advocates. */
#include "table.h"
#include "world.h"

/* How a child took part: PN1 to PN4 in person, PN0 too young, the others by somebody else or not.
 */
static const char *participation(const World *world, Random *random, const Conference *conference) {
    static const char *const ATTENDED[] = {"PN1", "PN1", "PN2", "PN3", "PN4"};
    static const char *const ABSENT[] = {"PN5", "PN6", "PN6", "PN7", "PN7"};
    int choice = random_below(random, 5);
    if (conference->attended)
        return ATTENDED[choice];
    bool young = age_on(world->children.at[conference->child].born, conference->held) < 4;
    return young ? "PN0" : ABSENT[choice];
}

static void write_enquiries(const World *world, const char *folder) {
    Table table = table_open(folder, "ssd_s47_enquiry",
                             "s47e_s47_enquiry_id,s47e_referral_id,s47e_person_id,"
                             "s47e_s47_start_date,s47e_s47_end_date,s47e_s47_nfa");
    for (int i = 0; i < world->enquiries.count; i++) {
        const Enquiry *enquiry = &world->enquiries.at[i];
        table_id(&table, 'Q', i);
        table_id(&table, 'R', enquiry->for_case);
        table_id(&table, 'P', world->cases.at[enquiry->for_case].child);
        table_day(&table, enquiry->started);
        table_day(&table, enquiry->completed);
        table_text(&table, enquiry->conference >= 0 ? "N" : "Y");
        table_end(&table);
    }
    table_close(&table);
}

static void write_initial(const World *world, const char *folder) {
    Random random = random_stream(40);
    Table table = table_open(folder, "ssd_initial_cp_conference",
                             "icpc_icpc_id,icpc_icpc_meeting_id,icpc_person_id,icpc_referral_id,"
                             "icpc_icpc_date,icpc_icpc_outcome_cp_flag,icpc_icpc_participation");
    int plan = 0;
    for (int i = 0; i < world->conferences.count; i++) {
        const Conference *conference = &world->conferences.at[i];
        if (!conference->initial)
            continue;
        bool led = false;
        for (plan = 0; plan < world->plans.count && !led; plan++)
            led = world->plans.at[plan].conference == i;
        table_id(&table, 'I', i);
        table_id(&table, 'M', conference->meeting);
        table_id(&table, 'P', conference->child);
        table_id(&table, 'R', conference->for_case);
        table_day(&table, conference->held);
        table_text(&table, led ? "Y" : "N");
        table_text(&table, participation(world, &random, conference));
        table_end(&table);
    }
    table_close(&table);
}

static void write_reviews(const World *world, const char *folder) {
    Random random = random_stream(41);
    Table table = table_open(folder, "ssd_cp_reviews",
                             "cppr_cp_review_id,cppr_person_id,cppr_cp_plan_id,cppr_cp_review_date,"
                             "cppr_cp_review_meeting_id,cppr_cp_review_outcome_continue_cp,"
                             "cppr_cp_review_participation");
    for (int i = 0; i < world->conferences.count; i++) {
        const Conference *review = &world->conferences.at[i];
        if (review->initial)
            continue;
        table_id(&table, 'W', i);
        table_id(&table, 'P', review->child);
        table_id(&table, 'K', review->plan);
        table_day(&table, review->held);
        table_id(&table, 'M', review->meeting);
        table_text(&table, world->plans.at[review->plan].end == review->held ? "N" : "Y");
        table_text(&table, participation(world, &random, review));
        table_end(&table);
    }
    table_close(&table);
}

static void write_plans(const World *world, const char *folder) {
    static const char *const CATEGORIES[] = {"NEG", "NEG", "NEG", "EMO", "EMO",
                                             "EMO", "PHY", "SAB", "MUL", "NEG"};
    Random random = random_stream(42);
    Table table = table_open(folder, "ssd_cp_plans",
                             "cppl_cp_plan_id,cppl_referral_id,cppl_icpc_id,cppl_person_id,"
                             "cppl_cp_plan_start_date,cppl_cp_plan_end_date,"
                             "cppl_cp_plan_initial_category");
    for (int i = 0; i < world->plans.count; i++) {
        const ProtectionPlan *plan = &world->plans.at[i];
        table_id(&table, 'K', i);
        table_id(&table, 'R', plan->for_case);
        table_id(&table, 'I', plan->conference);
        table_id(&table, 'P', plan->child);
        table_day(&table, plan->start);
        table_day(&table, plan->end);
        table_text(&table, CATEGORIES[random_below(&random, 10)]);
        table_end(&table);
    }
    table_close(&table);
}

static void write_visits(const World *world, const char *folder) {
    Random random = random_stream(43);
    Table table = table_open(folder, "ssd_cp_visits",
                             "cppv_cp_visit_id,cppv_person_id,cppv_cp_plan_id,cppv_cp_visit_date,"
                             "cppv_cp_visit_seen,cppv_cp_visit_seen_alone");
    for (int i = 0; i < world->protection_visits.count; i++) {
        const Visit *visit = &world->protection_visits.at[i];
        bool seen = random_chance(&random, 960);
        table_id(&table, 'S', i);
        table_id(&table, 'P', visit->child);
        table_id(&table, 'K', visit->plan);
        table_day(&table, visit->day);
        table_text(&table, seen ? "Y" : "N");
        table_text(&table, seen && random_chance(&random, 690) ? "Y" : "N");
        table_end(&table);
    }
    table_close(&table);
}

static void write_advocacy(const World *world, const char *folder) {
    Table table =
        table_open(folder, "promise_support", "support_id,person_id,icpc_id,setting,support_date");
    for (int i = 0; i < world->advocacy.count; i++) {
        const Advocacy *advocacy = &world->advocacy.at[i];
        table_id(&table, 'O', i);
        table_id(&table, 'P', advocacy->child);
        table_id(&table, 'I', advocacy->conference);
        table_text(&table, advocacy->protection ? "CP" : "CLA");
        table_day(&table, advocacy->day);
        table_end(&table);
    }
    table_close(&table);
}

void write_protection(const World *world, const char *folder) {
    write_enquiries(world, folder);
    write_initial(world, folder);
    write_plans(world, folder);
    write_visits(world, folder);
    write_reviews(world, folder);
    write_advocacy(world, folder);
}
