#include "engine/reference/rowset.h"

#include "engine/reference/index.h"

void rowset_bind(Evaluator *evaluator, const Rowset *rows, size_t row) {
    evaluator->frame[rows->row->id] = (Binding){row, rows};
}

/* ---- timing ---- */

/* The date of an expression: true with *date, false where it is missing, or an error. */
static Truth date_of(Evaluator *evaluator, const Expr *expr, Outcome *outcome) {
    *outcome = evaluate(evaluator, expr);
    return outcome->kind == OUTCOME_ERROR     ? TRUTH_ERROR
           : outcome->kind == OUTCOME_UNKNOWN ? TRUTH_FALSE
                                              : TRUTH_TRUE;
}

/* A missing date is outside. */
static Truth lies_between(Evaluator *evaluator, const Expr *expr, Date first, Date last) {
    Outcome outcome;
    Truth truth = date_of(evaluator, expr, &outcome);
    if (truth != TRUTH_TRUE)
        return truth;
    Date date = outcome.value.as.date;
    return date >= first && date <= last ? TRUTH_TRUE : TRUTH_FALSE;
}

/* S on or before `last`, and E not yet, or on or after `least`. One that is missing without being
 * `open` is in doubt. */
static Truth spell_reaches(Evaluator *evaluator, const Rowset *rows, Date last, Date least) {
    AllOf all = all_of_none();
    Outcome start, end;
    Truth started = date_of(evaluator, rows->start, &start);
    if (started == TRUTH_FALSE)
        started = start.not_yet ? TRUTH_FALSE : TRUTH_UNKNOWN;
    else if (started == TRUTH_TRUE)
        started = start.value.as.date <= last ? TRUTH_TRUE : TRUTH_FALSE;
    all_of_add(&all, evaluator, started);
    if (all.truth == TRUTH_FALSE)
        return TRUTH_FALSE;
    Truth ended = date_of(evaluator, rows->end, &end);
    if (ended == TRUTH_FALSE)
        ended = end.not_yet ? TRUTH_TRUE : TRUTH_UNKNOWN;
    else if (ended == TRUTH_TRUE)
        ended = end.value.as.date >= least ? TRUTH_TRUE : TRUTH_FALSE;
    all_of_add(&all, evaluator, ended);
    return all_of_end(&all, evaluator);
}

static Truth dated_by(Evaluator *evaluator, const Rowset *rows, Date last, Date *date) {
    Outcome outcome;
    Truth truth = date_of(evaluator, rows->start, &outcome);
    if (truth != TRUTH_TRUE)
        return truth;
    *date = outcome.value.as.date;
    return *date <= last ? TRUTH_TRUE : TRUTH_FALSE;
}

static Truth timing_of(Evaluator *evaluator, const Rowset *rows, Date *date) {
    const PlanWindow *window = evaluator->window;
    switch (rows->timing) {
    case TIMING_NONE:
        return TRUTH_TRUE;
    case TIMING_DATED:
        return lies_between(evaluator, rows->start, window->start, window->end);
    case TIMING_HELD:
        /* A spell that ends on the last day is no longer open on it. */
        return spell_reaches(evaluator, rows, window->end, window->end + 1);
    case TIMING_ACTIVE:
        return spell_reaches(evaluator, rows, window->end, window->start);
    case TIMING_LATEST:
        return dated_by(evaluator, rows, window->end, date);
    }
    return TRUTH_FALSE;
}

Truth rowset_timing(Evaluator *evaluator, const Rowset *rows, Date *date) {
    Truth truth = timing_of(evaluator, rows, date);
    const EngineWatch *watch = evaluator->data->watch;
    if (watch && watch->timing)
        watch->timing(watch->context, evaluator, rows, truth);
    return truth;
}

/* ---- nested sets ---- */

/* The row in doubt, or in it; bound if it is not false. */
static Truth admits(Evaluator *evaluator, const Rowset *rows, size_t row, Date *date) {
    if (rows->another_of && evaluator->frame[rows->another_of->id].row == row)
        return TRUTH_FALSE;
    rowset_bind(evaluator, rows, row);
    AllOf all = all_of_none();
    all_of_add(&all, evaluator, rowset_timing(evaluator, rows, date));
    if (all.truth != TRUTH_FALSE && rows->where)
        all_of_add(&all, evaluator, evaluate_truth(evaluator, rows->where));
    return all_of_end(&all, evaluator);
}

static void found_add(FoundRows *found, FoundRow row) {
    if (found->len == found->cap) {
        found->cap = found->cap == 0 ? 8 : found->cap * 2;
        found->items = memory_resize(found->items, found->cap * sizeof *found->items);
    }
    found->items[found->len++] = row;
}

void found_end(FoundRows *found) {
    memory_free(found->items);
    *found = (FoundRows){0};
}

/* Of those that are true, the ones with the greatest date; of those in doubt, the ones that could
 * be among them. */
static void keep_latest(FoundRows *found) {
    Date greatest = DATE_MIN;
    size_t kept = 0;
    for (size_t i = 0; i < found->len; i++)
        if (found->items[i].truth == TRUTH_TRUE && found->items[i].date > greatest)
            greatest = found->items[i].date;
    for (size_t i = 0; i < found->len; i++)
        if (found->items[i].date >= greatest)
            found->items[kept++] = found->items[i];
    found->len = kept;
}

void rowset_find(Evaluator *evaluator, const Rowset *rows, FoundRows *out) {
    Candidates candidates = index_candidates(evaluator, rows);
    for (size_t i = 0; i < candidates.len; i++) {
        FoundRow found = {.row = candidate_row(&candidates, i)};
        found.truth = admits(evaluator, rows, found.row, &found.date);
        if (found.truth == TRUTH_FALSE)
            continue;
        if (found.truth == TRUTH_ERROR)
            found.fault = evaluator->fault;
        found_add(out, found);
    }
    if (rows->timing == TIMING_LATEST)
        keep_latest(out);
}

static Truth any_found(Evaluator *evaluator, const Rowset *rows) {
    FoundRows found = {0};
    rowset_find(evaluator, rows, &found);
    Truth best = TRUTH_FALSE;
    for (size_t i = 0; i < found.len; i++)
        if (found.items[i].truth > best) {
            best = found.items[i].truth;
            evaluator->fault = found.items[i].fault;
        }
    found_end(&found);
    return best;
}

Truth rowset_exists(Evaluator *evaluator, const Rowset *rows) {
    if (rows->timing == TIMING_LATEST)
        return any_found(evaluator, rows);
    Candidates candidates = index_candidates(evaluator, rows);
    AllOf none = all_of_none();
    for (size_t i = 0; i < candidates.len && none.truth != TRUTH_FALSE; i++) {
        Date date;
        Truth truth = admits(evaluator, rows, candidate_row(&candidates, i), &date);
        all_of_add(&none, evaluator, truth_not(truth));
    }
    return truth_not(all_of_end(&none, evaluator));
}
