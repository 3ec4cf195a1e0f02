/* Code sets, calendars and the project. */
#include <stdlib.h>
#include <string.h>

#include "sema/analysis.h"

/* ---- codes ---- */

int codes_find(const CodeSet *codes, const char *code) {
    for (size_t i = 0; i < codes->entries_len; i++)
        if (codes->entries[i].code == code || strcmp(codes->entries[i].code, code) == 0)
            return (int)i;
    return -1;
}

static void add_code(Analysis *a, CodeSet *codes, const Node *clause) {
    const Node_Code *code = node_Code(clause);
    int before = codes_find(codes, code->code.text);
    if (before >= 0) {
        Diag *diag = fault(a, DIAG_name_twice, code->code.span,
                           "the code '%s' stands twice in '%s'", code->code.text, codes->name);
        diag_note(diag, codes->entries[before].span, "first here");
        return;
    }
    codes->entries[codes->entries_len++] =
        (CodeEntry){.code = atom_of_text(a->session->atoms, code->code.text),
                    .title = code->title.text ? code->title.text : code->code.text,
                    .has_from = code->has_from,
                    .from = code->from,
                    .has_to = code->has_to,
                    .to = code->to,
                    .span = code->code.span};
}

void declare_codes(Analysis *a, const Node *node) {
    const Node_Codes *written = node_Codes(node);
    CodeSet *codes = name_table_find(&a->codes, written->name.atom);
    codes->entries = arena_array(a->arena, written->clauses.len + 1, sizeof *codes->entries);
    for (size_t i = 0; i < written->clauses.len; i++) {
        const Node *clause = written->clauses.items[i];
        if (clause->kind == NODE_CODE)
            add_code(a, codes, clause);
        codes->damaged = codes->damaged || clause->kind != NODE_CODE;
    }
    if (codes->entries_len == 0 && !codes->damaged)
        fault(a, DIAG_codes_without_codes, node->span, "'%s' has no code", codes->name);
}

/* ---- calendars ---- */

static const char *const weekdays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday"};

static int weekday_of(const char *name) {
    for (int i = 0; i < 7; i++)
        if (strcmp(weekdays[i], name) == 0)
            return i + 1;
    return 0;
}

static void unknown_weekday(Analysis *a, Name name) {
    Diag *diag = fault(a, DIAG_unknown_weekday, name.span, "'%s' is no day of the week", name.atom);
    diag_suggest(diag, name.atom, weekdays, 7);
    diag_help(diag, "days are written saturday, sunday");
}

static void set_weekend(Analysis *a, CalendarModel *calendar, const Node *clause) {
    const NameList *days = &node_Weekend(clause)->days;
    for (size_t i = 0; i < days->len; i++) {
        int day = weekday_of(days->items[i].atom);
        if (day == 0)
            unknown_weekday(a, days->items[i]);
        calendar->weekend |= 1u << day;
    }
    calendar->weekend &= ~1u;
}

static int compare_dates(const void *a, const void *b) {
    Date x = *(const Date *)a, y = *(const Date *)b;
    return x < y ? -1 : x > y;
}

static void set_holiday_dates(Analysis *a, CalendarModel *calendar, const Node *clause) {
    const NodeList *dates = &node_HolidayDates(clause)->dates;
    calendar->dates = arena_array(a->arena, dates->len + 1, sizeof *calendar->dates);
    for (size_t i = 0; i < dates->len; i++)
        calendar->dates[i] = node_DateLiteral(dates->items[i])->date;
    qsort(calendar->dates, dates->len, sizeof *calendar->dates, compare_dates);
    for (size_t i = 0; i < dates->len; i++)
        if (i == 0 || calendar->dates[i] != calendar->dates[i - 1])
            calendar->dates[calendar->dates_len++] = calendar->dates[i];
}

static void set_calendar_covers(Analysis *a, CalendarModel *calendar, const Node *clause) {
    calendar->from = node_Covers(clause)->from;
    calendar->to = node_Covers(clause)->to;
    if (calendar->from > calendar->to)
        fault(a, DIAG_covers_backwards, clause->span, "this coverage ends before it begins");
}

void declare_calendar(Analysis *a, const Node *node) {
    const Node_Calendar *written = node_Calendar(node);
    CalendarModel *calendar = name_table_find(&a->calendars, written->name.atom);
    const Node *seen[NODE_KINDS] = {0};
    bool damaged = false;
    for (size_t i = 0; i < written->clauses.len; i++) {
        const Node *clause = written->clauses.items[i];
        damaged = damaged || clause->kind == NODE_BROKEN_CLAUSE;
        NodeKind kind = clause->kind == NODE_HOLIDAY_ROWS ? NODE_HOLIDAY_DATES : clause->kind;
        bool repeats =
            kind == NODE_TEXT_CLAUSE || kind == NODE_CHECK_SETTING || kind == NODE_BROKEN_CLAUSE;
        if (!repeats && seen[kind]) {
            Diag *diag = fault(a, DIAG_clause_twice, clause->span, "this clause is set twice");
            diag_note(diag, seen[kind]->span, "first set here");
            continue;
        }
        seen[kind] = clause;
        if (kind == NODE_WEEKEND)
            set_weekend(a, calendar, clause);
        else if (clause->kind == NODE_HOLIDAY_DATES)
            set_holiday_dates(a, calendar, clause);
        else if (kind == NODE_COVERS)
            set_calendar_covers(a, calendar, clause);
    }
    if (damaged)
        return;
    if (!seen[NODE_COVERS])
        diag_help(fault(a, DIAG_calendar_without_covers, node->span,
                        "'%s' does not say which days its holidays cover", calendar->name),
                  "write `covers 2012-01-01 to 2028-12-31`: a date outside is an error");
    if (!seen[NODE_WEEKEND])
        diag_help(fault(a, DIAG_calendar_without_weekend, node->span, "'%s' has no weekend",
                        calendar->name),
                  "write `weekend saturday, sunday`");
}

void complete_calendar(Analysis *a, const Node *node) {
    const Node_Calendar *written = node_Calendar(node);
    CalendarModel *calendar = name_table_find(&a->calendars, written->name.atom);
    Place place = {.analysis = a};
    for (size_t i = 0; i < written->clauses.len; i++) {
        if (written->clauses.items[i]->kind != NODE_HOLIDAY_ROWS)
            continue;
        const Node_HolidayRows *holidays = node_HolidayRows(written->clauses.items[i]);
        const Scope *inner;
        Rowset *rows = infer_rowset(&place, holidays->rowset, NULL, false, false, &inner);
        if (!rows)
            return;
        calendar->rows = rows;
        calendar->date = infer_date(&place, holidays->date, inner);
        if (rows->timing != TIMING_NONE)
            fault(a, DIAG_calendar_timing, rows->span, "holidays have no window: leave '%s' out",
                  timing_word(rows->timing));
    }
}

/* ---- project ---- */

static void unknown_basis(Analysis *a, Name name) {
    static const char *const names[] = {"percent", "per", "days", "points", "number", "pounds"};
    Diag *diag = fault(a, DIAG_unknown_basis, name.span, "'%s' is no basis", name.atom);
    diag_suggest(diag, name.atom, names, 6);
    diag_help(diag, "write percent, per, days, points, number or pounds");
}

static void set_project_decimals(Analysis *a, const Node *clause) {
    static const struct {
        const char *word;
        BasisKind basis;
    } bases[] = {{"percent", BASIS_PERCENT}, {"per", BASIS_PER},       {"days", BASIS_DAYS},
                 {"points", BASIS_POINTS},   {"number", BASIS_NUMBER}, {"pounds", BASIS_POUNDS}};
    const Node_ProjectDecimals *written = node_ProjectDecimals(clause);
    for (size_t i = 0; i < written->bases.len; i++) {
        size_t found = 0;
        while (found < 6 && strcmp(bases[found].word, written->bases.items[i].atom) != 0)
            found++;
        int64_t places = 0;
        bool whole = num_to_int64(node_Number(written->places.items[i])->value, &places);
        if (found == 6)
            unknown_basis(a, written->bases.items[i]);
        else if (!whole || places < 0 || places > 6)
            fault(a, DIAG_decimals_range, written->places.items[i]->span,
                  "decimals are between 0 and 6");
        else
            a->decimals[bases[found].basis] = (int)places;
    }
}

void add_taken(Analysis *a, TakenDate **dates, size_t *len, const Node *clause, size_t most) {
    const Node_Taken *taken = node_Taken(clause);
    if (!*dates)
        *dates = arena_array(a->arena, most, sizeof **dates);
    for (size_t i = 0; i < *len; i++)
        if ((*dates)[i].period.end == taken->period.end)
            fault(a, DIAG_clause_twice, clause->span, "this period has a taken date already");
    (*dates)[(*len)++] = (TakenDate){taken->period, taken->on};
}

static void unknown_calendar(Analysis *a, Name name) {
    const char *const *names = a->calendars.names.items;
    size_t len = a->calendars.names.len;
    a->calendar_lost = true;
    if (name_is_lost(a, name.atom, names, len))
        return;
    Diag *diag = fault(a, DIAG_unknown_calendar, name.span, "there is no calendar '%s'", name.atom);
    diag_suggest(diag, name.atom, names, len);
    if (len == 0)
        diag_help(diag, "`use england` brings the working days of England and Wales");
}

static void set_name(Analysis *a, Project *project, const Node *clause) {
    const Node_NameClause *written = node_NameClause(clause);
    if (written->word == CLAUSE_CALENDAR) {
        project->calendar = name_table_find(&a->calendars, written->name.atom);
        if (!project->calendar)
            unknown_calendar(a, written->name);
    } else if (written->word == CLAUSE_AUDIENCE) {
        project->audience_public = strcmp(written->name.atom, "public") == 0;
        static const char *const audiences[] = {"internal", "public"};
        if (!project->audience_public && strcmp(written->name.atom, "internal") != 0)
            diag_suggest(fault(a, DIAG_unknown_audience, written->name.span,
                               "the audience is 'internal' or 'public', not '%s'",
                               written->name.atom),
                         written->name.atom, audiences, 2);
    }
}

static void set_text(Project *project, const Node *clause) {
    const Node_TextClause *written = node_TextClause(clause);
    if (written->word == CLAUSE_STORE)
        project->store = written->text.text;
    else if (written->word == CLAUSE_AUTHORITY)
        project->authority = written->text.text;
}

/* Which clauses of a project can stand once: those that set something. */
static bool sets_once(const Node *clause, size_t *place) {
    if (clause->kind == NODE_TEXT_CLAUSE && node_TextClause(clause)->word != CLAUSE_NOTE)
        *place = (size_t)node_TextClause(clause)->word;
    else if (clause->kind == NODE_NAME_CLAUSE)
        *place = (size_t)node_NameClause(clause)->word;
    else
        return false;
    return true;
}

static bool is_set_twice(Analysis *a, const Node *clause, const Node *seen[CLAUSE_NARRATIVE + 1]) {
    size_t place;
    if (!sets_once(clause, &place))
        return false;
    if (!seen[place]) {
        seen[place] = clause;
        return false;
    }
    Diag *diag = fault(a, DIAG_clause_twice, clause->span, "this clause is set twice");
    diag_note(diag, seen[place]->span, "first set here");
    return true;
}

void complete_project(Analysis *a, const Node *node) {
    const Node_Project *written = node_Project(node);
    Project *project = &a->model->project;
    const Node *seen[CLAUSE_NARRATIVE + 1] = {0};
    project->declared = true;
    project->title = written->title.text;
    project->span = node->span;
    for (size_t i = 0; i < written->clauses.len; i++) {
        const Node *clause = written->clauses.items[i];
        if (is_set_twice(a, clause, seen))
            continue;
        if (clause->kind == NODE_TEXT_CLAUSE)
            set_text(project, clause);
        else if (clause->kind == NODE_NAME_CLAUSE)
            set_name(a, project, clause);
        else if (clause->kind == NODE_TAKEN)
            add_taken(a, &project->taken, &project->taken_len, clause, written->clauses.len);
        else if (clause->kind == NODE_PROJECT_DECIMALS)
            set_project_decimals(a, clause);
        else
            a->taken_lost = a->taken_lost || clause->kind == NODE_BROKEN_CLAUSE;
    }
}
