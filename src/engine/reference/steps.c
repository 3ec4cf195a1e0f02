/* The steps of a row set, one function each: what the plan says, done to a list of rows. */
#include <stdlib.h>

#include "engine/reference/cells.h"
#include "engine/reference/rowset.h"

typedef struct Steps {
    CellRun *run;
    Evaluator *evaluator;
    const Indicator *indicator;
} Steps;

static void fail(const Steps *steps, RowEntry *entry) {
    if (!entry->failed)
        entry->fault = steps->evaluator->fault;
    entry->failed = true;
}

static EntrySet scan(const Steps *steps, const PlanNode *node) {
    size_t rows = data_table(steps->evaluator->data, node->rows->source)->table.rows;
    RowEntry *entries = arena_array(steps->run->scratch, rows, sizeof *entries);
    EntrySet set = {arena_array(steps->run->scratch, rows, sizeof *set.items), rows};
    for (size_t row = 0; row < rows; row++) {
        entries[row].row = row;
        entries[row].count = 1;
        entries[row].truth = TRUTH_TRUE;
        set.items[row] = &entries[row];
    }
    return set;
}

/* Keeps the entries that are not false. */
static void keep(EntrySet *set) {
    size_t kept = 0;
    for (size_t i = 0; i < set->len; i++)
        if (set->items[i]->truth != TRUTH_FALSE)
            set->items[kept++] = set->items[i];
    set->len = kept;
}

static void timing(const Steps *steps, const PlanNode *node, EntrySet *set) {
    for (size_t i = 0; i < set->len; i++) {
        RowEntry *entry = set->items[i];
        rowset_bind(steps->evaluator, node->rows, entry->row);
        entry->truth = rowset_timing(steps->evaluator, node->rows, &entry->date);
        if (entry->truth == TRUTH_ERROR)
            fail(steps, entry);
    }
    keep(set);
}

static void filter(const Steps *steps, const PlanNode *node, EntrySet *set) {
    for (size_t i = 0; i < set->len; i++) {
        RowEntry *entry = set->items[i];
        AllOf all = {entry->truth, entry->fault};
        rowset_bind(steps->evaluator, node->rows, entry->row);
        all_of_add(&all, steps->evaluator, evaluate_truth(steps->evaluator, node->expr));
        entry->truth = all_of_end(&all, steps->evaluator);
        if (entry->truth == TRUTH_ERROR)
            fail(steps, entry);
    }
    keep(set);
}

static void group(const Steps *steps, const PlanNode *node, EntrySet *set) {
    size_t len = steps->indicator->breakdowns_len;
    for (size_t i = 0; i < set->len; i++) {
        RowEntry *entry = set->items[i];
        entry->keys = arena_array(steps->run->scratch, len, sizeof *entry->keys);
        rowset_bind(steps->evaluator, node->rows, entry->row);
        for (size_t b = 0; b < len; b++) {
            const Expr *key = steps->indicator->breakdowns[b].keys[node->set];
            Outcome outcome =
                key ? outcome_exact(evaluate(steps->evaluator, key)) : outcome_unknown(SYMBOL_NONE);
            /* A row in doubt about being counted has no say in an error. */
            if (outcome.kind == OUTCOME_ERROR && entry->truth == TRUTH_TRUE)
                fail(steps, entry);
            entry->keys[b] = outcome.value;
        }
    }
}

/* ---- latest ---- */

typedef struct ByGroup {
    RowEntry *entry;
    size_t keys_len;
} ByGroup;

static int compare_keys(const ByGroup *a, const ByGroup *b) {
    for (size_t i = 0; i < a->keys_len; i++) {
        int order = value_compare(a->entry->keys[i], b->entry->keys[i]);
        if (order != 0)
            return order;
    }
    return 0;
}

static int compare_by_group(const void *a, const void *b) {
    return compare_keys(a, b);
}

/* Of one group: those with the greatest date, and those in doubt that could be among them. */
static Date latest_of_group(const ByGroup *entries, size_t len) {
    Date greatest = DATE_MIN;
    for (size_t i = 0; i < len; i++)
        if (entries[i].entry->truth == TRUTH_TRUE && entries[i].entry->date > greatest)
            greatest = entries[i].entry->date;
    for (size_t i = 0; i < len; i++)
        if (entries[i].entry->date < greatest)
            entries[i].entry->truth = TRUTH_FALSE;
    return greatest;
}

void steps_tell_dates_differ(const CellRun *run, const Rowset *rows, Date least, Date greatest) {
    if (run->failures->latest_differs)
        return;
    run->failures->latest_differs = true;
    StrBuf dates = {0};
    date_print_iso(&dates, least);
    strbuf_add(&dates, " to ");
    date_print_iso(&dates, greatest);
    diag_add(run->session->diags, DIAG_latest_dates_differ, rows->span,
             "the latest dates of the groups of '%s' differ: %s; a total adds them all the same",
             rows->source->name, strbuf_text(&dates));
    strbuf_fini(&dates);
}

static void latest(const Steps *steps, const PlanNode *node, EntrySet *set) {
    ByGroup *sorted = arena_array(steps->run->scratch, set->len, sizeof *sorted);
    for (size_t i = 0; i < set->len; i++)
        sorted[i] = (ByGroup){set->items[i], steps->indicator->breakdowns_len};
    qsort(sorted, set->len, sizeof *sorted, compare_by_group);
    Date least = DATE_MAX, greatest = DATE_MIN;
    for (size_t start = 0, end; start < set->len; start = end) {
        for (end = start + 1; end < set->len; end++)
            if (compare_keys(&sorted[start], &sorted[end]) != 0)
                break;
        Date date = latest_of_group(&sorted[start], end - start);
        if (date == DATE_MIN)
            continue; /* none is certain */
        least = date < least ? date : least;
        greatest = date > greatest ? date : greatest;
    }
    if (least < greatest)
        steps_tell_dates_differ(steps->run, node->rows, least, greatest);
    keep(set);
}

/* ---- exclusions, numerator, parts ---- */

static void exclude(const Steps *steps, const PlanNode *node, EntrySet *set) {
    for (size_t i = 0; i < set->len; i++) {
        RowEntry *entry = set->items[i];
        if (!entry->excluded)
            entry->excluded = arena_array(steps->run->scratch, steps->indicator->excludes_len,
                                          sizeof *entry->excluded);
        if (entry->truth != TRUTH_TRUE)
            continue;
        rowset_bind(steps->evaluator, node->rows, entry->row);
        Truth truth = evaluate_truth(steps->evaluator, node->expr);
        entry->excluded[node->part] = truth;
        entry->out = entry->out || truth == TRUTH_TRUE;
        entry->in_doubt = entry->in_doubt || truth == TRUTH_UNKNOWN;
        if (truth == TRUTH_ERROR)
            fail(steps, entry);
        /* Out is out, whatever else could not be told. */
        if (entry->out)
            entry->failed = entry->in_doubt = false;
    }
}

static void select_numerator(const Steps *steps, const PlanNode *node, EntrySet *set) {
    for (size_t i = 0; i < set->len; i++) {
        RowEntry *entry = set->items[i];
        if (entry->truth != TRUTH_TRUE || entry->out)
            continue;
        rowset_bind(steps->evaluator, node->rows, entry->row);
        entry->selected = evaluate_truth(steps->evaluator, node->expr);
        if (entry->selected == TRUTH_ERROR)
            fail(steps, entry);
    }
}

static void find_bands(const Steps *steps, const PlanNode *node, EntrySet *set) {
    for (size_t i = 0; i < set->len; i++) {
        RowEntry *entry = set->items[i];
        if (entry->truth != TRUTH_TRUE || entry->out)
            continue;
        rowset_bind(steps->evaluator, node->rows, entry->row);
        if (!band_of_row(steps->evaluator, steps->indicator, &entry->band))
            fail(steps, entry);
    }
}

static void mark_part(const Steps *steps, const PlanNode *node, EntrySet *set) {
    bool of_numerator = steps->indicator->shape == SHAPE_PROPORTION;
    for (size_t i = 0; i < set->len; i++) {
        RowEntry *entry = set->items[i];
        if (!entry->parts)
            entry->parts =
                arena_array(steps->run->scratch, steps->indicator->parts_len, sizeof *entry->parts);
        if (entry->truth != TRUTH_TRUE || entry->out ||
            (of_numerator && entry->selected != TRUTH_TRUE))
            continue;
        rowset_bind(steps->evaluator, node->rows, entry->row);
        entry->parts[node->part] = evaluate_truth(steps->evaluator, node->expr);
        if (entry->parts[node->part] == TRUTH_ERROR)
            fail(steps, entry);
    }
}

/* dispatch */
static EntrySet carry_out(const Steps *steps, const PlanNode *node) {
    EntrySet set = {0};
    if (node->input)
        set = carry_out(steps, node->input);
    switch (node->kind) {
    case PLAN_NODE_SCAN:
        return scan(steps, node);
    case PLAN_NODE_TIMING:
        timing(steps, node, &set);
        break;
    case PLAN_NODE_FILTER:
        filter(steps, node, &set);
        break;
    case PLAN_NODE_GROUP:
        group(steps, node, &set);
        break;
    case PLAN_NODE_LATEST:
        latest(steps, node, &set);
        break;
    case PLAN_NODE_EXCLUDE:
        exclude(steps, node, &set);
        break;
    case PLAN_NODE_SELECT:
        select_numerator(steps, node, &set);
        break;
    case PLAN_NODE_BAND:
        find_bands(steps, node, &set);
        break;
    case PLAN_NODE_PART:
        mark_part(steps, node, &set);
        break;
    case PLAN_NODE_AGGREGATE:
    case PLAN_NODE_INPUT:
    case PLAN_NODE_TERM:
    case PLAN_NODE_NEGATE:
    case PLAN_NODE_ARITHMETIC:
    case PLAN_NODE_DIVIDE:
    case PLAN_NODE_SCALE:
    case PLAN_NODE_ROUND:
        break;
    }
    return set;
}

EntrySet steps_rows(CellRun *run, const PlanNode *step) {
    Steps steps = {run, run->evaluator, run->planned->indicator};
    return carry_out(&steps, step);
}
