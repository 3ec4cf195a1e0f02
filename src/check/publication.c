/* What a reader of the published figures would be misled or harmed by. */
#include "check/checker.h"

#include <string.h>

#include "plan/plan.h"

/* ---- small numbers ---- */

static bool shows(const Indicator *const *shown, size_t len, const Indicator *indicator) {
    for (size_t i = 0; i < len; i++)
        if (shown[i] == indicator)
            return true;
    return false;
}

static const ReportModel *report_with(const Model *model, const Indicator *indicator) {
    for (size_t r = 0; r < model->reports_len; r++)
        for (size_t i = 0; i < model->reports[r]->items_len; i++) {
            const ReportItem *item = &model->reports[r]->items[i];
            if (shows((const Indicator *const *)item->shown, item->shown_len, indicator) ||
                shows((const Indicator *const *)item->with, item->with_len, indicator))
                return model->reports[r];
        }
    return NULL;
}

/* Whether a table of records is counted: what is published already was made safe by others. */
static bool counts_records(const Indicator *indicator) {
    for (size_t i = 0; i < indicator->rowsets_len; i++)
        if (indicator->rowsets[i]->source->published == PUBLISHED_NONE)
            return true;
    return false;
}

void check_suppression_missing(Checker *checker, const Indicator *indicator) {
    const Model *model = checker->model;
    if (!model->project.audience_public || indicator->suppress_declared ||
        !counts_records(indicator))
        return;
    const ReportModel *report = report_with(model, indicator);
    if (!report)
        return;
    Diag *diag = check_say(checker, CHECK_suppression_missing, indicator->span,
                           "'%s' can print a small number in a public report", indicator->id);
    diag_note(diag, report->span, "the report '%s' shows it", report->name);
    diag_help(diag, "write `suppress below 6`, or `suppress none` where nobody can be known by it");
}

/* ---- two of one meaning ---- */

void check_same_meaning(Checker *checker, const Indicator *indicator) {
    const Model *model = checker->model;
    size_t place = 0;
    while (model->indicators[place] != indicator)
        place++;
    plan_definition_hash(model, indicator, checker->hashes[place]);
    for (size_t i = 0; i < place; i++) {
        if (strcmp(checker->hashes[place], checker->hashes[i]) != 0)
            continue;
        Diag *diag =
            check_say(checker, CHECK_same_meaning, indicator->span, "'%s' means the same as '%s'",
                      indicator->id, model->indicators[i]->id);
        diag_note(diag, model->indicators[i]->span, "'%s'", model->indicators[i]->id);
        diag_help(diag, "leave one of the two out, or write what makes them different");
        return;
    }
}
