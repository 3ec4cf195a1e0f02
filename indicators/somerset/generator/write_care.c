/* Tables of children looked after, care leavers, adoption and missing children. */
#include "table.h"
#include "world.h"

/* Neighbouring authorities in which children are placed, Somerset's own code first. */
#define OWN_AUTHORITY "933"
static const char *const OTHER_AUTHORITIES[] = {"878", "803", "916", "865",
                                                "801", "802", "879", "835"};

static void write_episodes(const World *world, const char *folder) {
    Random random = random_stream(50);
    static const char *const LEGAL[] = {"C2", "C2", "C2", "C1", "V2", "V2", "E1"};
    Table table = table_open(folder, "ssd_cla_episodes",
                             "clae_cla_episode_id,clae_person_id,clae_cla_placement_id,"
                             "clae_cla_id,clae_referral_id,clae_legal_status,"
                             "clae_entered_care_date,clae_cla_episode_start_date,"
                             "clae_cla_episode_start_reason,clae_cla_episode_ceased_date,"
                             "clae_cla_episode_ceased_reason");
    for (int i = 0; i < world->placements.count; i++) {
        const Placement *placement = &world->placements.at[i];
        const Care *care = &world->care.at[placement->care];
        bool last = i == care->first_placement + care->placements - 1;
        bool adopted = care->placed_for_adoption != NO_DAY;
        const char *reason = placement->end == FOREVER ? ""
                             : !last                   ? "X1"
                             : adopted                 ? "E12"
                                                       : "E4A";
        table_id(&table, 'E', i);
        table_id(&table, 'P', care->child);
        table_id(&table, 'L', i);
        table_id(&table, 'G', placement->care);
        table_id(&table, 'R', care->for_case);
        table_text(&table, LEGAL[random_below(&random, 7)]);
        table_day(&table, care->entered);
        table_day(&table, placement->start);
        table_text(&table, i == care->first_placement ? "S" : "P");
        table_day(&table, placement->end);
        table_text(&table, reason);
        table_end(&table);
    }
    table_close(&table);
}

static void write_placements(const World *world, const char *folder) {
    Random random = random_stream(51);
    Table table =
        table_open(folder, "ssd_cla_placement",
                   "clap_cla_placement_id,clap_cla_id,clap_person_id,clap_cla_placement_start_date,"
                   "clap_cla_placement_type,clap_cla_placement_provider,clap_cla_placement_la,"
                   "clap_cla_placement_distance,clap_cla_placement_end_date,clap_emergency,"
                   "clap_parent_and_child");
    for (int i = 0; i < world->placements.count; i++) {
        const Placement *placement = &world->placements.at[i];
        const char *other = OTHER_AUTHORITIES[random_below(&random, 8)];
        table_id(&table, 'L', i);
        table_id(&table, 'G', placement->care);
        table_id(&table, 'P', world->care.at[placement->care].child);
        table_day(&table, placement->start);
        table_text(&table, placement->kind);
        table_text(&table, placement->provider);
        table_text(&table, placement->in_county ? OWN_AUTHORITY : other);
        table_tenths(&table, placement->tenths_of_a_mile);
        table_day(&table, placement->end);
        table_text(&table, placement->emergency ? "Y" : "N");
        table_text(&table, placement->parent_child ? "Y" : "N");
        table_end(&table);
    }
    table_close(&table);
}

static void write_care_plans(const World *world, const char *folder) {
    static const char *const KINDS[] = {"P1", "P2", "P3", "P3", "P4", "P4", "P4", "P5"};
    Random random = random_stream(52);
    Table table = table_open(folder, "ssd_cla_care_plan",
                             "lacp_table_id,lacp_person_id,lacp_cla_care_plan_start_date,"
                             "lacp_cla_care_plan_end_date,lacp_permanence_plan");
    int row = 0;
    for (int i = 0; i < world->care.count; i++) {
        const Care *care = &world->care.at[i];
        bool adopted = care->placed_for_adoption != NO_DAY;
        bool made = care->plan_made < care->left && care->plan_made != FOREVER;
        /* Until there is a plan for permanence, the care plan has none. */
        Day first_end = made ? care->plan_made : care->left;
        table_id(&table, 'T', row++);
        table_id(&table, 'P', care->child);
        table_day(&table, care->entered);
        table_day(&table, first_end);
        table_text(&table, "");
        table_end(&table);
        if (!made)
            continue;
        table_id(&table, 'T', row++);
        table_id(&table, 'P', care->child);
        table_day(&table, care->plan_made);
        table_day(&table, care->left);
        table_text(&table, adopted ? "P2" : KINDS[random_below(&random, 8)]);
        table_end(&table);
    }
    table_close(&table);
}

/* Reviews: after four weeks, after three months more, then every six. */
static void write_reviews(const World *world, const char *folder) {
    static const char *const CODES[] = {"PN1", "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7"};
    Random random = random_stream(53);
    Table table = table_open(folder, "ssd_cla_reviews",
                             "clar_cla_review_id,clar_cla_id,clar_cla_review_date,"
                             "clar_cla_review_participation");
    int row = 0;
    for (int i = 0; i < world->care.count; i++) {
        const Care *care = &world->care.at[i];
        Day end = care->left == FOREVER ? world_last_day() + 1 : care->left;
        Day day = care->entered + random_between(&random, 18, 28);
        for (int n = 0; day < end; n++) {
            bool young = age_on(world->children.at[care->child].born, day) < 4;
            const char *code = young ? "PN0" : CODES[random_below(&random, 8)];
            if (day >= day_of(2013, 4, 1)) {
                table_id(&table, 'H', row++);
                table_id(&table, 'G', i);
                table_day(&table, day_worked_until(day));
                table_text(&table, code);
                table_end(&table);
            }
            day += n == 0 ? random_between(&random, 80, 92) : random_between(&random, 165, 184);
        }
    }
    table_close(&table);
}

static void write_visits(const World *world, const char *folder) {
    Table table = table_open(folder, "ssd_cla_visits",
                             "clav_cla_visit_id,clav_person_id,clav_cla_visit_date");
    for (int i = 0; i < world->care_visits.count; i++) {
        table_id(&table, 'F', i);
        table_id(&table, 'P', world->care_visits.at[i].child);
        table_day(&table, world->care_visits.at[i].day);
        table_end(&table);
    }
    table_close(&table);
}

static void write_permanence(const World *world, const char *folder) {
    Table table = table_open(folder, "ssd_permanence",
                             "perm_table_id,perm_person_id,perm_entered_care_date,"
                             "perm_placed_for_adoption_date");
    int row = 0;
    for (int i = 0; i < world->care.count; i++) {
        const Care *care = &world->care.at[i];
        if (care->placed_for_adoption == NO_DAY)
            continue;
        table_id(&table, 'B', row++);
        table_id(&table, 'P', care->child);
        table_day(&table, care->entered);
        table_day(&table, care->placed_for_adoption);
        table_end(&table);
    }
    table_close(&table);
}

static void write_leavers(const World *world, const char *folder) {
    static const char *const NEET[] = {"G5", "G5", "G5", "G4", "G6"};
    static const char *const BUSY[] = {"F1", "F2", "F2", "F4", "P2", "P4", "F4"};
    static const char *const SUITABLE[] = {"U1", "U1", "D1", "B1", "E1", "Z1"};
    static const char *const UNSUITABLE[] = {"X2", "V2", "W2", "U2"};
    Random random = random_stream(54);
    Table table = table_open(folder, "ssd_care_leavers",
                             "clea_table_id,clea_person_id,clea_care_leaver_from,"
                             "clea_care_leaver_until,clea_care_leaver_activity,"
                             "clea_care_leaver_accommodation,clea_care_leaver_accom_suitable");
    for (int i = 0; i < world->leavers.count; i++) {
        const LeaverSpell *spell = &world->leavers.at[i];
        const char *activity =
            spell->neet ? NEET[random_below(&random, 5)] : BUSY[random_below(&random, 7)];
        const char *home = spell->suitable ? SUITABLE[random_below(&random, 6)]
                                           : UNSUITABLE[random_below(&random, 4)];
        table_id(&table, 'J', i);
        table_id(&table, 'P', spell->child);
        table_day(&table, spell->from);
        table_day(&table, spell->until);
        table_text(&table, activity);
        table_text(&table, home);
        table_text(&table, spell->suitable ? "Y" : "N");
        table_end(&table);
    }
    table_close(&table);
}

static void write_missing(const World *world, const char *folder) {
    Random random = random_stream(55);
    Table table = table_open(folder, "ssd_missing",
                             "miss_table_id,miss_person_id,miss_missing_episode_start_date,"
                             "miss_missing_episode_type,miss_missing_episode_end_date,"
                             "miss_missing_rhi_offered,miss_missing_rhi_accepted");
    for (int i = 0; i < world->missing.count; i++) {
        const MissingEpisode *episode = &world->missing.at[i];
        table_id(&table, 'X', i);
        table_id(&table, 'P', episode->child);
        table_day(&table, episode->start);
        table_text(&table, random_chance(&random, 780) ? "M" : "A");
        table_day(&table, episode->end);
        table_text(&table, episode->interview || random_chance(&random, 850) ? "Y" : "N");
        table_text(&table, episode->interview ? "Y" : "N");
        table_end(&table);
    }
    table_close(&table);
    table = table_open(folder, "police_missing", "reference,police_person_id,reported");
    for (int i = 0; i < world->police.count; i++) {
        table_id(&table, 'Y', i);
        table_id(&table, 'Z', world->police.at[i].person);
        table_day(&table, world->police.at[i].day);
        table_end(&table);
    }
    table_close(&table);
}

void write_care(const World *world, const char *folder) {
    write_episodes(world, folder);
    write_placements(world, folder);
    write_care_plans(world, folder);
    write_reviews(world, folder);
    write_visits(world, folder);
    write_permanence(world, folder);
    write_leavers(world, folder);
    write_missing(world, folder);
}
