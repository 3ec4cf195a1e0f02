/* Tables that hold no record of a child, or not from the case system: payments for placements,
 * foster carers, attainment, meetings, population, bank holidays.
 */
#include "table.h"
#include "targets.h"
#include "world.h"

#include <string.h>

/* ---- payments ---- */

typedef bool (*Paid)(const Placement *placement);

static bool is_external_fostering(const Placement *placement) {
    return placement->kind[0] == 'U' && strcmp(placement->provider, "PR1") != 0;
}

static bool is_external_residential(const Placement *placement) {
    return (placement->kind[0] == 'K' || placement->kind[0] == 'R') &&
           strcmp(placement->provider, "PR1") != 0;
}

/* One payment for each such placement of the month, by days, with odd pence; the last makes up the
 * sum. */
static int pay_month(const World *world, Random *random, Table *table, int voucher, Month month,
                     Paid paid, const char *budget, long pounds) {
    long days = 0;
    int payments = 0;
    Day first = month_first(month);
    Day last = month_last(month);
    for (int pass = 0; pass < 2; pass++) {
        long left = pounds * 100;
        int remaining = payments;
        for (int i = 0; i < world->placements.count; i++) {
            const Placement *placement = &world->placements.at[i];
            if (placement->start > last || placement->end < first || !paid(placement))
                continue;
            Day from = placement->start > first ? placement->start : first;
            Day until = placement->end < last ? placement->end : last;
            if (pass == 0) {
                days += until - from + 1;
                payments++;
                continue;
            }
            long amount = pounds * 100 * (until - from + 1) / days;
            amount = amount * random_between(random, 780, 1180) / 1000;
            /* No payment takes what the others need. */
            if (--remaining == 0 || amount > left - remaining * 10000L)
                amount = left / (remaining + 1);
            left -= amount;
            table_id(table, 'U', voucher++);
            table_id(table, 'L', i);
            table_text(table, budget);
            table_day(table, random_worked_day(random, first, last));
            table_pence(table, amount);
            table_end(table);
        }
    }
    if (payments == 0)
        generator_fail("payments: no placement to pay for");
    return voucher;
}

static void write_payments(const World *world, const char *folder) {
    Random random = random_stream(60);
    Table table =
        table_open(folder, "placement_payment", "voucher,placement_id,budget,paid,amount");
    int voucher = 0;
    for (const SpendMonth *spend = SPEND_MONTHS; spend->month; spend++) {
        voucher = pay_month(world, &random, &table, voucher, spend->month, is_external_fostering,
                            "external fostering", spend->fostering);
        voucher = pay_month(world, &random, &table, voucher, spend->month, is_external_residential,
                            "external residential", spend->residential);
    }
    table_close(&table);
}

/* ---- foster carers ---- */

static void write_carer(Table *table, Random *random, int row, bool over_ten, Day approved,
                        Day ended) {
    int from = random_below(random, over_ten ? 9 : 4);
    int to = over_ten ? random_between(random, 11, 18) : random_between(random, from + 2, 10);
    table_id(table, 'Q', row);
    table_number(table, from);
    table_number(table, to);
    table_number(table, random_between(random, 1, 3));
    table_day(table, approved);
    table_day(table, ended);
    table_end(table);
}

static void write_carers(const char *folder) {
    Random random = random_stream(61);
    Table table = table_open(folder, "foster_carer",
                             "household,approved_from_age,approved_to_age,places,approved,ended");
    int row = 0;
    Day first = day_of(2003, 4, 1);
    Day last = day_of(2016, 12, 22);
    for (int i = 0; i < CARERS.over_ten + CARERS.others; i++)
        write_carer(&table, &random, row++, i < CARERS.over_ten,
                    random_worked_day(&random, first, last), NO_DAY);
    for (int i = 0; i < CARERS.over_ten_new; i++)
        write_carer(&table, &random, row++, true,
                    random_worked_day(&random, day_of(2017, 1, 11), day_of(2017, 1, 30)), NO_DAY);
    for (int i = 0; i < CARERS.ended; i++) {
        Day ended = random_worked_day(&random, day_of(2013, 4, 1), last);
        bool over_ten = random_chance(&random, 780);
        Day approved = random_worked_day(&random, first, ended - 60);
        write_carer(&table, &random, row++, over_ten, approved, ended);
    }
    table_close(&table);
}

/* ---- attainment ---- */

static void write_pupils(const char *folder, const char *name, const char *stage,
                         const char *header) {
    Table table = table_open(folder, name, header);
    int row = 0;
    for (const AttainmentTarget *target = ATTAINMENT; target->year; target++) {
        if (strcmp(target->stage, stage) != 0)
            continue;
        for (int i = 0; i < target->cohort; i++) {
            /* Who reached it is spread over the cohort. */
            int rank = (i * 13 + 3) % target->cohort;
            table_id(&table, stage[2], row++);
            table_number(&table, target->year);
            table_text(&table, rank < target->reached ? "Y" : "N");
            if (stage[2] == '4')
                table_text(&table, rank < target->reached_with_english_and_maths ? "Y" : "N");
            table_end(&table);
        }
    }
    table_close(&table);
}

static void write_attainment(const char *folder) {
    write_pupils(folder, "ks2_cla", "KS2", "pupil,results_year,expected_standard_rwm");
    write_pupils(folder, "ks4_cla", "KS4",
                 "pupil,results_year,five_ac,five_ac_with_english_and_maths");
    Table table = table_open(folder, "attainment_all", "results_year,stage,pupils,reached");
    for (const AttainmentTarget *target = ATTAINMENT; target->year; target++) {
        table_number(&table, target->year);
        table_text(&table, target->stage);
        if (target->all_pupils < 0) {
            table_text(&table, "x");
            table_text(&table, "x");
        } else {
            table_number(&table, target->all_pupils);
            table_number(&table, target->all_reached);
        }
        table_end(&table);
    }
    table_close(&table);
}

/* ---- meetings, population ---- */

static void write_meetings(const char *folder) {
    static const char *const PARTNERS[] = {"Police",           "Clinical commissioning group",
                                           "Hospital trust",   "Youth offending",
                                           "Schools",          "Housing",
                                           "Voluntary sector", "Mental health trust",
                                           "Probation",        "Public health",
                                           "Early help"};
    Random random = random_stream(62);
    Table table = table_open(folder, "cse_attendance", "row,partner,meeting,attended");
    int row = 0;
    for (const MeetingTarget *target = MEETINGS; target->invited; target++) {
        int attended = target->attended;
        for (int i = 0; i < target->invited; i++) {
            bool came = random_below(&random, target->invited - i) < attended;
            attended -= came ? 1 : 0;
            table_id(&table, 'W', row++);
            table_text(&table, PARTNERS[i]);
            table_day(&table, day_of(target->meeting[0], target->meeting[1], target->meeting[2]));
            table_text(&table, came ? "Y" : "N");
            table_end(&table);
        }
    }
    table_close(&table);
}

static void write_population(const char *folder) {
    Table table =
        table_open(folder, "population",
                   "time_period,old_la_code,la_name,age_group,population_estimate,published");
    for (const PopulationEstimate *estimate = POPULATION; estimate->year; estimate++) {
        const int *published = estimate->published;
        table_number(&table, estimate->year);
        table_text(&table, "933");
        table_text(&table, "Somerset");
        table_text(&table, "Children aged 0 to 17 years");
        table_number(&table, estimate->persons);
        table_day(&table, day_of(published[0], published[1], published[2]));
        table_end(&table);
    }
    table_close(&table);
}

void write_services(const World *world, const char *folder) {
    write_payments(world, folder);
    write_carers(folder);
    write_attainment(folder);
    write_meetings(folder);
    write_population(folder);
}
