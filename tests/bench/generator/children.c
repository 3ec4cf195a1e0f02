#include "tests/bench/generator/children.h"

#include <math.h>

#include "tests/bench/generator/care.h"
#include "tests/bench/generator/plans.h"

const int area_weights[AREAS] = {14, 12, 11, 10, 9, 9, 8, 7, 6, 6, 5, 3};

void records_open(Records *records, const char *folder) {
    records->children =
        table_open(folder, "children", "child_id,dob,gender,ethnicity,disability,area");
    records->referrals = table_open(
        folder, "referrals", "referral_id,child_id,ref_date,source_agency,led_to_assessment");
    records->assessments =
        table_open(folder, "assessments", "assessment_id,child_id,referral_date,start_d,completed");
    records->cp_plans = table_open(folder, "cp_plans", "plan_id,child_id,start_d,end_d,category");
    records->cin_plans = table_open(folder, "cin_plans", "plan_id,child_id,start_d,end_d");
    records->episodes = table_open(
        folder, "cla_episodes",
        "episode_id,child_id,start_d,end_d,placement_type,provider,distance_miles,in_county");
    records->visits = table_open(folder, "visits", "child_id,plan_id,due,done");
    records->missing = table_open(folder, "missing", "child_id,missing_date");
    records->enquiries = table_open(folder, "enquiries", "child_id,enq_date,kind");
    records->statuses = table_open(folder, "statuses", "child_id,status_date,status");
}

int64_t records_close(Records *records) {
    Table *tables[] = {&records->children, &records->referrals, &records->assessments,
                       &records->cp_plans, &records->cin_plans, &records->episodes,
                       &records->visits,   &records->missing,   &records->enquiries,
                       &records->statuses};
    int64_t rows = 0;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        rows += tables[i]->rows;
        table_close(tables[i]);
    }
    return rows;
}

/* ---- a referral, and what comes of it ---- */

static Date write_assessment(Records *records, const Child *child, Date referred, Date started) {
    Chance *chance = &records->chance;
    int days;
    if (chance_unit(chance) < 0.08) {
        days = chance_below(chance, 3);
    } else {
        double usual = 6 + 56 * pow(chance_unit(chance), 0.8);
        double overrun = chance_of(chance, 1, 12) ? chance_waiting(chance, 25) : 0;
        days = (int)(usual + overrun);
    }
    Date completed = started + days;
    if (started <= records->last_day) {
        table_number(&records->assessments, ++records->last_assessment);
        table_number(&records->assessments, child->id);
        table_day(&records->assessments, referred);
        table_day(&records->assessments, started);
        table_day_by(&records->assessments, completed, records->last_day);
        table_row_end(&records->assessments);
    }
    return completed;
}

static void write_referral(Records *records, const Child *child, Date referred, bool assessed) {
    static const char *const agencies[] = {"Education", "Friends", "Health", "LA",
                                           "Other",     "Police",  "Self"};
    static const int weights[] = {17, 10, 18, 11, 16, 27, 1};
    table_number(&records->referrals, ++records->last_referral);
    table_number(&records->referrals, child->id);
    table_day(&records->referrals, referred);
    table_text(&records->referrals, agencies[chance_weighted(&records->chance, weights, 7)]);
    table_text(&records->referrals, assessed ? "1" : "0");
    table_row_end(&records->referrals);
}

static void add_referrals(Records *records, Child *child) {
    Chance *chance = &records->chance;
    Date referred = child->first_known;
    while (referred <= records->last_day) {
        bool assessed = chance_of(chance, 805, 1000);
        write_referral(records, child, referred, assessed);
        if (assessed) {
            Date started = referred + chance_below(chance, 4);
            Date completed = write_assessment(records, child, referred, started);
            plans_add_enquiry(records, child, started);
            plans_add_need(records, child, completed);
        }
        if (chance_of(chance, 26, 100))
            return;
        double mean = chance_below(chance, 3) ? 230 : 520;
        referred += 20 + (int)chance_waiting(chance, mean);
    }
}

/* ---- the child ---- */

static Child born(Records *records, int64_t id) {
    Chance *chance = &records->chance;
    Child child = {.id = id};
    child.first_known = records->first_day + (int)(pow(chance_unit(chance), 0.93) *
                                                   (records->last_day - records->first_day));
    child.born = child.first_known - (int)(pow(chance_unit(chance), 1.15) * 17.6 * 365.25) - 1;
    if (chance_of(chance, 1, 25)) /* known before birth */
        child.born = child.first_known + chance_below(chance, 120);
    return child;
}

static void write_child(Records *records, const Child *child) {
    static const char *const ethnicities[] = {"WBRI", "WOTH", "MIXD", "ASIA", "BLAC", "OTHR"};
    Chance *chance = &records->chance;
    Table *table = &records->children;
    size_t area = chance_weighted(chance, area_weights, AREAS);
    bool disabled = chance_of(chance, 9, 100);
    table_number(table, child->id);
    table_day(table, child->born);
    table_text(table, chance_of(chance, 51, 100) ? "M" : "F");
    bool usual = chance_of(chance, 78, 100);
    table_text(table, ethnicities[usual ? 0 : chance_below(chance, 6)]);
    table_text(table, disabled ? "1" : "0");
    table_number(table, (int64_t)area + 1);
    table_row_end(table);
}

void records_add_child(Records *records, int64_t id) {
    Child child = born(records, id);
    write_child(records, &child);
    add_referrals(records, &child);
    care_add(records, &child);
}
