/* The clauses `check` of all declarations, and where each declaration stands. */
#include <string.h>

#include "sema/analysis.h"
#include "sema/checks.h"

typedef VEC(CheckSetting) Settings;

/* The name of a declaration and its clauses; false: it has none. */
/* dispatch */
static bool declaration_parts(const Node *node, Name *name, const NodeList **clauses) {
    switch ((int)node->kind) {
    case NODE_PROJECT:
        *name = (Name){0};
        *clauses = &node_Project(node)->clauses;
        return true;
    case NODE_SOURCE:
        *name = node_Source(node)->name;
        *clauses = &node_Source(node)->clauses;
        return true;
    case NODE_CODES:
        *name = node_Codes(node)->name;
        *clauses = &node_Codes(node)->clauses;
        return true;
    case NODE_CALENDAR:
        *name = node_Calendar(node)->name;
        *clauses = &node_Calendar(node)->clauses;
        return true;
    case NODE_INDICATOR:
        *name = node_Indicator(node)->name;
        *clauses = &node_Indicator(node)->clauses;
        return true;
    case NODE_NEIGHBOURS:
        *name = node_Neighbours(node)->name;
        *clauses = &node_Neighbours(node)->clauses;
        return true;
    case NODE_RATING:
        *name = node_Rating(node)->name;
        *clauses = &node_Rating(node)->clauses;
        return true;
    case NODE_REPORT:
        *name = node_Report(node)->name;
        *clauses = &node_Report(node)->clauses;
        return true;
    case NODE_TEST:
        *name = (Name){0}; /* that of its indicator */
        *clauses = &node_Test(node)->clauses;
        return true;
    case NODE_DEFINE:
        *name = node_Define(node)->name;
        *clauses = NULL;
        return true;
    }
    return false;
}

static void list_declarations(Analysis *a) {
    DeclaredName *declared = arena_array(a->arena, a->declarations.len + 1, sizeof *declared);
    size_t len = 0;
    for (size_t i = 0; i < a->declarations.len; i++) {
        const Node *node = a->declarations.items[i];
        const NodeList *clauses;
        Name name;
        if (declaration_parts(node, &name, &clauses) && name.atom)
            declared[len++] = (DeclaredName){name.atom, name.span, node->span};
    }
    a->model->declared = declared;
    a->model->declared_len = len;
}

/* ---- one clause ---- */

static bool read_name(Analysis *a, Name name, CheckSetting *setting) {
    const char *names[CHECKS];
    for (size_t i = 0; i < CHECKS; i++) {
        names[i] = check_name((CheckId)i);
        if (strcmp(names[i], name.atom) == 0) {
            setting->code = (int)check_info((CheckId)i)->code;
            return true;
        }
    }
    Diag *diag = fault(a, DIAG_unknown_check, name.span, "there is no check '%s' that can be set",
                       name.atom);
    diag_suggest(diag, name.atom, names, CHECKS);
    diag_help(diag, "`kpic check --list` lists them");
    return false;
}

static bool read_severity(Analysis *a, const Node_CheckSetting *written, CheckSetting *setting) {
    static const char *const words[] = {"note", "warning", "error", "off"};
    static const Severity severities[] = {SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR};
    size_t place = 0;
    while (place < 4 && strcmp(words[place], written->severity.atom) != 0)
        place++;
    if (place == 4) {
        Diag *diag = fault(a, DIAG_check_severity, written->severity.span, "'%s' is no severity",
                           written->severity.atom);
        diag_suggest(diag, written->severity.atom, words, 4);
        diag_help(diag, "write error, warning, note, or off with a reason");
        return false;
    }
    setting->off = place == 3;
    if (!setting->off)
        setting->severity = severities[place];
    if (setting->off && (!setting->reason || !*setting->reason)) {
        diag_help(fault(a, DIAG_silence_without_reason, written->severity.span,
                        "the check '%s' is silenced without a reason", written->check.atom),
                  "write why: check %s off \"...\"", written->check.atom);
        return false;
    }
    return true;
}

static bool read_of(Analysis *a, Name of, CheckSetting *setting) {
    const Model *model = a->model;
    setting->of = of.atom;
    if (!of.atom)
        return true;
    const char **names = arena_array(a->arena, model->declared_len + 1, sizeof *names);
    for (size_t i = 0; i < model->declared_len; i++) {
        if (model->declared[i].name == of.atom)
            return true;
        names[i] = model->declared[i].name;
    }
    if (name_is_lost(a, of.atom, names, model->declared_len))
        return false;
    diag_suggest(fault(a, DIAG_check_of_nothing, of.span, "nothing is declared as '%s'", of.atom),
                 of.atom, names, model->declared_len);
    return false;
}

/* Two settings of one check in one place would contradict each other. */
static bool is_set_before(Analysis *a, const Settings *settings, const CheckSetting *setting) {
    for (size_t i = 0; i < settings->len; i++) {
        const CheckSetting *before = &settings->items[i];
        if (before->code != setting->code || before->of != setting->of ||
            before->within.src != setting->within.src || before->within.off != setting->within.off)
            continue;
        diag_note(fault(a, DIAG_clause_twice, setting->span, "this check is set twice"),
                  before->span, "first set here");
        return true;
    }
    return false;
}

static void read_setting(Analysis *a, const Node *declaration, const Node *clause,
                         Settings *settings) {
    const Node_CheckSetting *written = node_CheckSetting(clause);
    CheckSetting setting = {.reason = written->reason.text, .span = clause->span};
    if (declaration->kind != NODE_PROJECT)
        setting.within = declaration->span;
    bool named = read_name(a, written->check, &setting);
    bool sound = read_severity(a, written, &setting) && named;
    if (written->of.atom && declaration->kind != NODE_PROJECT) {
        diag_help(fault(a, DIAG_check_of_nothing, written->of.span,
                        "'of %s' stands in a project alone", written->of.atom),
                  "leave it out here: the setting is about what it stands in");
        return;
    }
    if (read_of(a, written->of, &setting) && sound && !is_set_before(a, settings, &setting))
        vec_push(a->arena, settings, setting);
}

void read_check_settings(Analysis *a) {
    Settings settings = {0};
    list_declarations(a);
    for (size_t i = 0; i < a->declarations.len; i++) {
        const NodeList *clauses = NULL;
        Name name;
        if (!declaration_parts(a->declarations.items[i], &name, &clauses) || !clauses)
            continue;
        for (size_t c = 0; c < clauses->len; c++)
            if (clauses->items[c]->kind == NODE_CHECK_SETTING)
                read_setting(a, a->declarations.items[i], clauses->items[c], &settings);
    }
    a->model->settings = settings.items;
    a->model->settings_len = settings.len;
}
