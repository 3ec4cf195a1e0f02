/* Which band of a distribution a row belongs to. */
#include "engine/reference/cells.h"

/* What is put into bands: a value, or the time from one date to another. */
typedef struct Banded {
    Evaluator *evaluator;
    const Indicator *indicator;
    Outcome value, from, to;
    bool missing;
} Banded;

static Truth truth_of(bool yes) {
    return yes ? TRUTH_TRUE : TRUTH_FALSE;
}

static void set_value(Banded *banded, Outcome value) {
    banded->value = value;
    banded->missing = value.kind == OUTCOME_UNKNOWN;
    /* What is not yet has no band, as it has no value. */
    banded->value.not_yet = false;
}

static void set_time(Banded *banded, Outcome from, Outcome to) {
    banded->from = from;
    banded->to = to;
    banded->missing = from.kind == OUTCOME_UNKNOWN || to.kind == OUTCOME_UNKNOWN;
}

/* False if it is an error. */
static bool read_value(Banded *banded) {
    Evaluator *evaluator = banded->evaluator;
    const Indicator *indicator = banded->indicator;
    if (!indicator->band_from) {
        set_value(banded, evaluate(evaluator, indicator->band_value));
        return banded->value.kind != OUTCOME_ERROR;
    }
    Outcome from = evaluate(evaluator, indicator->band_from);
    if (from.kind == OUTCOME_ERROR)
        return false;
    set_time(banded, from, evaluate(evaluator, indicator->band_to));
    return banded->to.kind != OUTCOME_ERROR;
}

/* The value op the edge. Time compares by the calendar: the edge is added to the earlier date, and
 * elapsed >= N is from + N <= to. */
static Truth compare_edge(Banded *banded, ComparisonOp op, ComparisonOp reached, const Expr *edge) {
    if (!banded->indicator->band_from) {
        Outcome limit = evaluate(banded->evaluator, edge);
        return compare_outcomes(op, &banded->value, &limit);
    }
    Outcome mark =
        date_shifted(banded->evaluator, banded->indicator->band_from, &banded->from, edge, false);
    return mark.kind == OUTCOME_ERROR ? TRUTH_ERROR : compare_outcomes(reached, &mark, &banded->to);
}

static Truth at_least(Banded *banded, const Expr *edge) {
    return compare_edge(banded, COMPARISON_GREATER_EQUAL, COMPARISON_LESS_EQUAL, edge);
}

static Truth at_most(Banded *banded, const Expr *edge) {
    return compare_edge(banded, COMPARISON_LESS_EQUAL, COMPARISON_GREATER_EQUAL, edge);
}

static Truth in_range(Banded *banded, const Band *band) {
    AllOf all = all_of_none();
    all_of_add(&all, banded->evaluator, at_least(banded, band->low));
    if (all.truth != TRUTH_FALSE)
        all_of_add(&all, banded->evaluator, at_most(banded, band->high));
    return all_of_end(&all, banded->evaluator);
}

static Truth in_members(const Banded *banded, const Band *band) {
    Expr in = {.kind = EXPR_IN};
    in.as.in.codes = band->codes;
    in.as.in.items = band->items;
    in.as.in.items_len = band->items_len;
    return compare_in(&banded->value, &in);
}

/* dispatch */
static Truth fits(Banded *banded, const Band *band) {
    if (band->kind == BAND_MISSING)
        return truth_of(banded->missing);
    if (banded->missing)
        return TRUTH_FALSE;
    switch (band->kind) {
    case BAND_EXACT:
    case BAND_TEXT:
        return compare_edge(banded, COMPARISON_EQUAL, COMPARISON_EQUAL, band->low);
    case BAND_RANGE:
        return in_range(banded, band);
    case BAND_UNDER:
        return compare_edge(banded, COMPARISON_LESS, COMPARISON_GREATER, band->high);
    case BAND_OR_MORE:
        return at_least(banded, band->low);
    case BAND_IN_CODES:
    case BAND_IN_LIST:
        return in_members(banded, band);
    case BAND_OTHER: /* wherever it stands, it takes what the others leave */
    case BAND_MISSING:
        break;
    }
    return TRUTH_FALSE;
}

static size_t other_band(const Banded *banded) {
    size_t band = 0, len = banded->indicator->bands_len;
    if (banded->missing)
        return len;
    while (band < len && banded->indicator->bands[band].kind != BAND_OTHER)
        band++;
    return band;
}

static bool find_band(Banded *banded, size_t *band) {
    const Indicator *indicator = banded->indicator;
    for (size_t i = 0; i < indicator->bands_len; i++) {
        Truth truth = fits(banded, &indicator->bands[i]);
        if (truth == TRUTH_ERROR)
            return false;
        /* A count in doubt that may be on either side of an edge is in no band. */
        if (truth == TRUTH_UNKNOWN) {
            *band = indicator->bands_len;
            return true;
        }
        if (truth == TRUTH_TRUE) {
            *band = i;
            return true;
        }
    }
    *band = other_band(banded);
    return true;
}

bool band_of_row(Evaluator *evaluator, const Indicator *indicator, size_t *band) {
    Banded banded = {.evaluator = evaluator, .indicator = indicator};
    return read_value(&banded) && find_band(&banded, band);
}

bool band_of_value(Evaluator *evaluator, const Indicator *indicator, Outcome value, size_t *band) {
    Banded banded = {.evaluator = evaluator, .indicator = indicator};
    set_value(&banded, value);
    return value.kind != OUTCOME_ERROR && find_band(&banded, band);
}

bool band_of_time(Evaluator *evaluator, const Indicator *indicator, Outcome from, Outcome to,
                  size_t *band) {
    Banded banded = {.evaluator = evaluator, .indicator = indicator};
    set_time(&banded, from, to);
    return from.kind != OUTCOME_ERROR && to.kind != OUTCOME_ERROR && find_band(&banded, band);
}
