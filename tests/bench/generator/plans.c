#include "tests/bench/generator/plans.h"

/* How the visits of one kind of plan come about. */
typedef struct Visiting {
    int on_time;     /* of a thousand */
    int early, late; /* by how many days, at most */
    int recorded;    /* of a hundred */
} Visiting;

static void write_enquiry(Records *records, const Child *child, Date on, const char *kind) {
    table_number(&records->enquiries, child->id);
    table_day(&records->enquiries, on);
    table_text(&records->enquiries, kind);
    table_row_end(&records->enquiries);
}

static void write_visit(Records *records, const Child *child, Date due, const Visiting *visiting) {
    Chance *chance = &records->chance;
    Date done = due;
    if (chance_of(chance, visiting->on_time, 1000))
        done -= chance_below(chance, visiting->early + 1);
    else
        done += 1 + chance_below(chance, visiting->late);
    table_number(&records->visits, child->id);
    table_number(&records->visits, records->last_plan);
    table_day(&records->visits, due);
    bool recorded = done <= records->last_day && chance_of(chance, visiting->recorded, 100);
    if (recorded)
        table_day(&records->visits, done);
    else
        table_text(&records->visits, "");
    table_row_end(&records->visits);
}

static void begin_plan(Records *records, Table *table, const Child *child, Date start, Date end) {
    table_number(table, ++records->last_plan);
    table_number(table, child->id);
    table_day(table, start);
    table_day_by(table, end, records->last_day);
}

static Date sooner(Date a, Date b) {
    return a < b ? a : b;
}

static void add_protection(Records *records, Child *child, Date start) {
    static const char *const categories[] = {"Neglect", "Emotional", "Physical", "Sexual"};
    static const Visiting visiting = {922, 3, 9, 97};
    Chance *chance = &records->chance;
    Date end = start + 45 + (int)chance_waiting(chance, 235);
    begin_plan(records, &records->cp_plans, child, start, end);
    bool neglect = chance_of(chance, 45, 100);
    table_text(&records->cp_plans, categories[neglect ? 0 : chance_below(chance, 4)]);
    table_row_end(&records->cp_plans);
    for (Date due = start + 10; due <= sooner(end, records->last_day);
         due += 10 + chance_below(chance, 6))
        write_visit(records, child, due, &visiting);
    child->protected_until = end;
    child->was_protected = true;
}

void plans_add_enquiry(Records *records, Child *child, Date assessment_started) {
    Chance *chance = &records->chance;
    if (!chance_of(chance, 24, 100))
        return;
    Date enquiry = assessment_started + chance_below(chance, 5);
    if (enquiry > records->last_day)
        return;
    write_enquiry(records, child, enquiry, "S47");
    if (!chance_of(chance, child->was_protected ? 62 : 46, 100))
        return;
    Date conference = enquiry + 8 + chance_below(chance, 12);
    if (conference > records->last_day)
        return;
    write_enquiry(records, child, conference, "ICPC");
    if (chance_of(chance, 87, 100) && conference > child->protected_until)
        add_protection(records, child, conference);
}

void plans_add_need(Records *records, Child *child, Date assessment_completed) {
    static const Visiting visiting = {880, 5, 20, 95};
    Chance *chance = &records->chance;
    Date start = assessment_completed;
    if (start > records->last_day || start <= child->protected_until ||
        start <= child->need_until || !chance_of(chance, 52, 100))
        return;
    double mean = chance_below(chance, 5) ? 150 : 520;
    Date end = start + 14 + (int)chance_waiting(chance, mean);
    begin_plan(records, &records->cin_plans, child, start, end);
    table_row_end(&records->cin_plans);
    for (Date due = start + 14 + chance_below(chance, 8); due <= sooner(end, records->last_day);
         due += 13 + chance_below(chance, 7))
        write_visit(records, child, due, &visiting);
    child->need_until = end;
}
