#include "diff/changes.h"

#include <string.h>

#include "plan/expr_print.h"
#include "plan/plan.h"

static bool same_meaning(const Changes *changes, const Indicator *before, const Indicator *after) {
    char was[HASH_SIZE], is[HASH_SIZE];
    plan_definition_hash(changes->before, before, was);
    plan_definition_hash(changes->after, after, is);
    return strcmp(was, is) == 0;
}

static bool same_figure(const Indicator *before, const Indicator *after) {
    char was[HASH_SIZE], is[HASH_SIZE];
    plan_figure_hash(before, was);
    plan_figure_hash(after, is);
    return strcmp(was, is) == 0;
}

static void note_input(Changes *changes, IndicatorChange *change, const Indicator *used) {
    const Indicator *now = model_indicator(changes->after, used->id);
    if (!now || same_figure(used, now))
        return;
    for (size_t i = 0; i < change->inputs.len; i++)
        if (strcmp(change->inputs.items[i], used->title) == 0)
            return;
    vec_push(changes->arena, &change->inputs, used->title);
}

static void note_inputs(Changes *changes, IndicatorChange *change) {
    const Indicator *before = change->before;
    for (size_t i = 0; i < before->inputs_len; i++)
        note_input(changes, change, before->inputs[i]);
    for (size_t i = 0; i < before->benchmarks_len; i++) {
        if (before->benchmarks[i].from)
            note_input(changes, change, before->benchmarks[i].from);
        if (before->benchmarks[i].compared_as)
            note_input(changes, change, before->benchmarks[i].compared_as);
    }
}

static void add_changed(Changes *changes, const Indicator *before, const Indicator *after) {
    IndicatorChange change = {.before = before, .after = after};
    Sentences was = {0}, is = {0};
    wording_of_indicator(changes->arena, before, &was);
    wording_of_indicator(changes->arena, after, &is);
    wording_compare(changes->arena, &was, &is, &change.sentences);
    note_inputs(changes, &change);
    vec_push(changes->arena, &changes->items, change);
}

/* One that only `after` has and means what this one, which only `before` has, meant. */
static const Indicator *new_name(const Changes *changes, const Indicator *gone) {
    for (size_t i = 0; i < changes->after->indicators_len; i++) {
        const Indicator *candidate = changes->after->indicators[i];
        if (!model_indicator(changes->before, candidate->id) &&
            strcmp(candidate->title, gone->title) == 0 && same_meaning(changes, gone, candidate))
            return candidate;
    }
    return NULL;
}

static bool is_new_name(const Changes *changes, const Indicator *added) {
    for (size_t i = 0; i < changes->items.len; i++)
        if (changes->items.items[i].renamed && changes->items.items[i].after == added)
            return true;
    return false;
}

/* ---- what quotes it ---- */

static bool is_among(const Indicator *const *items, size_t len, const Indicator *indicator) {
    for (size_t i = 0; i < len; i++)
        if (items[i] == indicator)
            return true;
    return false;
}

static bool quotes(const ReportModel *report, const Indicator *indicator) {
    for (size_t i = 0; i < report->items_len; i++) {
        const ReportItem *item = &report->items[i];
        if (is_among((const Indicator *const *)item->shown, item->shown_len, indicator) ||
            is_among((const Indicator *const *)item->with, item->with_len, indicator))
            return true;
    }
    return false;
}

/* The hashes and the reports of an item. */
static void describe(const Changes *changes, IndicatorChange *change) {
    const Model *model = change->after ? changes->after : changes->before;
    const Indicator *named = change->after ? change->after : change->before;
    if (change->before)
        plan_definition_hash(changes->before, change->before, change->was);
    if (change->after)
        plan_definition_hash(changes->after, change->after, change->is);
    for (size_t i = 0; i < model->reports_len; i++)
        if (quotes(model->reports[i], named))
            vec_push(changes->arena, &change->reports, model->reports[i]);
}

const char *change_word(const IndicatorChange *change) {
    return change->renamed   ? "renamed"
           : !change->before ? "new"
           : !change->after  ? "gone"
                             : "changed";
}

/* ---- all of it ---- */

void changes_find(Changes *changes) {
    for (size_t i = 0; i < changes->before->indicators_len; i++) {
        const Indicator *before = changes->before->indicators[i];
        const Indicator *after = model_indicator(changes->after, before->id);
        if (after) {
            changes->compared++;
            if (!same_meaning(changes, before, after))
                add_changed(changes, before, after);
            continue;
        }
        after = new_name(changes, before);
        IndicatorChange change = {.before = before, .after = after, .renamed = after != NULL};
        vec_push(changes->arena, &changes->items, change);
    }
    for (size_t i = 0; i < changes->after->indicators_len; i++) {
        const Indicator *after = changes->after->indicators[i];
        if (model_indicator(changes->before, after->id) || is_new_name(changes, after))
            continue;
        IndicatorChange change = {.after = after};
        vec_push(changes->arena, &changes->items, change);
    }
    for (size_t i = 0; i < changes->items.len; i++)
        describe(changes, &changes->items.items[i]);
}
