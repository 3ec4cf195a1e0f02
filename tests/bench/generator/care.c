#include "tests/bench/generator/care.h"

/* ---- placements ---- */

static const char *placement(int percent) {
    static const struct {
        int below;
        const char *kind;
    } kinds[] = {{71, "foster"},  {80, "residential"}, {82, "secure"}, {86, "semi_independent"},
                 {93, "kinship"}, {98, "adoption"},    {100, "other"}};
    size_t at = 0;
    while (percent >= kinds[at].below)
        at++;
    return kinds[at].kind;
}

static void write_episode(Records *records, const Child *child, Date start, Date end) {
    Chance *chance = &records->chance;
    Table *table = &records->episodes;
    table_number(table, ++records->last_episode);
    table_number(table, child->id);
    table_day(table, start);
    table_day_by(table, end, records->last_day);
    table_text(table, placement(chance_below(chance, 100)));
    if (chance_of(chance, 622, 1000))
        table_text(table, "inhouse");
    else
        table_text(table, chance_of(chance, 85, 100) ? "agency" : "private");
    table_tenths(table, (int64_t)(chance_waiting(chance, 15.5) * 10));
    table_text(table, chance_of(chance, 736, 1000) ? "1" : "0");
    table_row_end(table);
}

static void write_missing(Records *records, const Child *child, Date on) {
    table_number(&records->missing, child->id);
    table_day(&records->missing, on);
    table_row_end(&records->missing);
}

static void add_missing_from_placement(Records *records, const Child *child, Date start, Date end) {
    Chance *chance = &records->chance;
    if (!chance_of(chance, 22, 100))
        return;
    int times = 1 + (int)chance_waiting(chance, 2.2);
    for (int i = 0; i < times; i++) {
        Date on = start + chance_below(chance, end - start);
        if (on <= records->last_day)
            write_missing(records, child, on);
    }
}

static Date placement_end(Chance *chance, Date start, Date spell_end) {
    double mean = chance_below(chance, 3) ? 160 : 1100;
    Date end = start + 6 + (int)chance_waiting(chance, mean);
    return end > spell_end - 25 ? spell_end : end;
}

/* Placements without a gap between them. Gives the day on which the child comes home. */
static Date add_spell(Records *records, const Child *child, Date start) {
    Chance *chance = &records->chance;
    double mean = chance_below(chance, 3) ? 420 : 1700;
    Date spell_end = start + 20 + (int)chance_waiting(chance, mean);
    while (start <= records->last_day && start < spell_end) {
        Date end = placement_end(chance, start, spell_end);
        write_episode(records, child, start, end);
        add_missing_from_placement(records, child, start, end);
        start = end;
    }
    return spell_end;
}

/* ---- those who were not looked after ---- */

static void add_missing_from_home(Records *records, const Child *child) {
    Chance *chance = &records->chance;
    if (!chance_of(chance, 9, 100))
        return;
    int times = 1 + (int)chance_waiting(chance, 1.6);
    Date on = child->first_known + (int)chance_waiting(chance, 200);
    for (int i = 0; i < times && on <= records->last_day; i++) {
        write_missing(records, child, on);
        on += (int)chance_waiting(chance, 120);
    }
}

/* ---- leaving care ---- */

static void add_statuses(Records *records, const Child *child, Date home) {
    Chance *chance = &records->chance;
    Date seventeen, twenty_two;
    if (!date_add_months(child->born, 17 * 12, &seventeen) ||
        !date_add_months(child->born, 22 * 12, &twenty_two))
        return;
    Date on = seventeen > records->first_day ? seventeen : records->first_day;
    on += chance_below(chance, 60);
    if (home - 400 >= twenty_two)
        return;
    for (; on < twenty_two && on <= records->last_day; on += 70 + chance_below(chance, 50)) {
        table_number(&records->statuses, child->id);
        table_day(&records->statuses, on);
        table_text(&records->statuses, chance_of(chance, 430, 1000) ? "NEET" : "EET");
        table_row_end(&records->statuses);
    }
}

void care_add(Records *records, const Child *child) {
    Chance *chance = &records->chance;
    if (!chance_of(chance, 110, 1000)) {
        add_missing_from_home(records, child);
        return;
    }
    int spells = chance_of(chance, 14, 100) ? 2 : 1;
    Date start = child->first_known + (int)chance_waiting(chance, 420);
    Date home = 0;
    for (int i = 0; i < spells && start <= records->last_day; i++) {
        home = add_spell(records, child, start);
        start = home + 30 + (int)chance_waiting(chance, 300);
    }
    if (home)
        add_statuses(records, child, home);
}
