/* What surrounds a figure: tolerance, rating, breaks, provisional and reported figures,
 * suppression, intervals. */
#include <string.h>

#include "sema/analysis.h"

/* A colour is about a target, and about which way is better. */
static void check_verdict(Analysis *a, const Indicator *indicator, const Clauses *clauses,
                          const Node *clause, const char *what) {
    bool targeted = indicator->targets_len > 0 && !indicator->targets[0].none;
    if (a->failed || !clauses->good)
        return; /* a message was given */
    if (!targeted)
        diag_help(fault(a, DIAG_rating_without_verdict, clause->span,
                        "%s is about a target, and there is none: it would give no colour", what),
                  "write `target VALUE`, or leave the clause out");
    else if (indicator->good == GOOD_NEUTRAL)
        diag_help(fault(a, DIAG_rating_without_verdict, clause->span,
                        "%s needs a direction, and `good` is neutral: it would give no colour",
                        what),
                  "write `good high`, `good low` or `good between A and B`, or leave the clause "
                  "out");
}

static void set_tolerance(Analysis *a, Indicator *indicator, const Clauses *clauses) {
    if (!clauses->tolerance)
        return;
    const Node_Tolerance *written = node_Tolerance(clauses->tolerance);
    const Node_Number *amount = node_Number(written->amount);
    if (clauses->rating) {
        diag_note(fault(a, DIAG_tolerance_and_rating, clauses->tolerance->span,
                        "a rating says all colours: it takes no tolerance beside it"),
                  clauses->rating->span, "the rating");
        return;
    }
    bool targeted = indicator->targets_len > 0 && !indicator->targets[0].none;
    if (!targeted && !a->failed)
        diag_help(fault(a, DIAG_tolerance_without_target, clauses->tolerance->span,
                        "a tolerance is around a target, and there is none"),
                  "write `target VALUE`, or leave the tolerance out");
    if (num_compare(amount->value, num_of_int(0)) < 0)
        fault(a, DIAG_tolerance_without_target, clauses->tolerance->span,
              "a tolerance is not below 0");
    check_verdict(a, indicator, clauses, clauses->tolerance, "a tolerance");
    indicator->has_tolerance = true;
    indicator->tolerance = amount->value;
    indicator->tolerance_kind = written->kind;
    indicator->tolerance_colour = written->colour;
}

static void set_rating(Analysis *a, Indicator *indicator, const Clauses *clauses) {
    if (!clauses->rating)
        return;
    const Node_RatingUse *written = node_RatingUse(clauses->rating);
    RatingScheme *rating = name_table_find(&a->ratings, written->name.atom);
    if (!rating) {
        Diag *diag = fault(a, DIAG_unknown_rating, written->name.span, "there is no rating '%s'",
                           written->name.atom);
        diag_suggest(diag, written->name.atom, a->ratings.names.items, a->ratings.names.len);
        return;
    }
    indicator->rating = rating;
    rating->used = true;
    int decimals;
    if (written->floor)
        indicator->has_floor =
            read_amount(a, indicator, written->floor, "the floor", &indicator->floor, &decimals);
    if (rating->needs_floor && !written->floor)
        diag_help(fault(a, DIAG_rating_floor, clauses->rating->span,
                        "'%s' asks for a floor, and there is none", rating->name),
                  "write `rating %s floor VALUE`", rating->name);
    if (!rating->needs_floor && written->floor)
        fault(a, DIAG_rating_floor, clauses->rating->span, "'%s' has no line about a floor",
              rating->name);
    check_verdict(a, indicator, clauses, clauses->rating, "a rating");
}

static void set_breaks(Analysis *a, Indicator *indicator, const Clauses *clauses) {
    size_t most = clauses->breaks.len;
    for (size_t i = 0; i < indicator->inputs_len; i++)
        most += indicator->inputs[i]->breaks_len;
    indicator->breaks = arena_array(a->arena, most + 1, sizeof *indicator->breaks);
    for (size_t i = 0; i < clauses->breaks.len; i++) {
        const Node_Break *written = node_Break(clauses->breaks.items[i]);
        indicator->breaks[indicator->breaks_len++] =
            (BreakMark){.date = written->date, .reason = written->reason.text};
    }
    for (size_t i = 0; i < indicator->inputs_len; i++)
        for (size_t b = 0; b < indicator->inputs[i]->breaks_len; b++) {
            BreakMark mark = indicator->inputs[i]->breaks[b];
            if (!mark.from)
                mark.from = indicator->inputs[i];
            indicator->breaks[indicator->breaks_len++] = mark;
        }
}

static bool is_of_every(EveryKind every, PeriodKind kind) {
    switch (every) {
    case EVERY_NONE: /* its own message was given */
        return true;
    case EVERY_MONTH:
        return kind == PERIOD_MONTH;
    case EVERY_QUARTER:
        return kind == PERIOD_QUARTER;
    case EVERY_YEAR:
        return kind == PERIOD_FINANCIAL_YEAR || kind == PERIOD_ACADEMIC_YEAR ||
               kind == PERIOD_CALENDAR_YEAR;
    }
    return false;
}

/* A year's figure is not that of its last month, though both end on one day. What there is on a
 * day is the same in any period that the day ends. */
static void check_period_kind(Analysis *a, const Indicator *indicator, Period period, Span span) {
    bool stock =
        indicator->window == WINDOW_SNAPSHOT || indicator->window == WINDOW_SNAPSHOT_AT_TAKEN;
    if (stock || is_of_every(indicator->every, period.kind))
        return;
    StrBuf words = {0};
    period_print(&words, period);
    diag_help(fault(a, DIAG_figure_period, span,
                    "this is computed every %s, and %s is another kind of period",
                    every_word(indicator->every), strbuf_text(&words)),
              "write one period of the indicator, a %s", every_word(indicator->every));
    strbuf_fini(&words);
}

static void set_provisional(Analysis *a, Indicator *indicator, const Clauses *clauses) {
    indicator->provisional = arena_array(a->arena, clauses->provisionals.len + 1, sizeof(Period));
    for (size_t i = 0; i < clauses->provisionals.len; i++) {
        Period period = node_Provisional(clauses->provisionals.items[i])->period;
        if (indicator->window == WINDOW_ACADEMIC_YEAR)
            period = period_as_academic(period);
        check_period_kind(a, indicator, period, clauses->provisionals.items[i]->span);
        indicator->provisional[indicator->provisional_len++] = period;
    }
}

static void set_reported(Analysis *a, Indicator *indicator, const Clauses *clauses) {
    indicator->reported =
        arena_array(a->arena, clauses->reported.len + 1, sizeof *indicator->reported);
    for (size_t i = 0; i < clauses->reported.len; i++) {
        const Node_Reported *written = node_Reported(clauses->reported.items[i]);
        ReportedFigure figure = {.period = written->period, .note = written->note.text};
        if (indicator->window == WINDOW_ACADEMIC_YEAR)
            figure.period = period_as_academic(figure.period);
        check_period_kind(a, indicator, figure.period, clauses->reported.items[i]->span);
        for (size_t j = 0; j < indicator->reported_len; j++)
            if (indicator->reported[j].period.end == figure.period.end)
                fault(a, DIAG_clause_twice, clauses->reported.items[i]->span,
                      "this period has a reported figure already");
        if (read_amount(a, indicator, written->value, "the reported figure", &figure.value,
                        &figure.decimals))
            indicator->reported[indicator->reported_len++] = figure;
    }
}

/* Wilson's and the exact binomial one are of a part of a whole, t is of a mean, and those of
 * Poisson are of counts. */
static bool interval_suits(const Indicator *indicator) {
    bool quantity = indicator->shape == SHAPE_VALUE && indicator->value &&
                    indicator->value->kind == EXPR_QUANTITY;
    bool mean = quantity && indicator->value->as.quantity->kind == QUANTITY_MEAN;
    bool fraction = indicator->shape == SHAPE_PROPORTION || indicator->shape == SHAPE_RATIO ||
                    indicator->shape == SHAPE_DISTRIBUTION;
    switch (indicator->interval) {
    case INTERVAL_CHOICE_BY_KIND:
    case INTERVAL_CHOICE_NONE:
        return true;
    case INTERVAL_CHOICE_WILSON:
    case INTERVAL_CHOICE_CLOPPER_PEARSON:
        return fraction;
    case INTERVAL_CHOICE_BYAR:
    case INTERVAL_CHOICE_EXACT_POISSON:
        return fraction || (indicator->shape == SHAPE_VALUE && !mean);
    case INTERVAL_CHOICE_T:
        return mean;
    }
    return true;
}

static void set_interval(Analysis *a, Indicator *indicator, const Clauses *clauses) {
    static const struct {
        const char *word;
        IntervalChoice choice;
    } methods[] = {{"wilson", INTERVAL_CHOICE_WILSON},
                   {"byar", INTERVAL_CHOICE_BYAR},
                   {"exact_poisson", INTERVAL_CHOICE_EXACT_POISSON},
                   {"clopper_pearson", INTERVAL_CHOICE_CLOPPER_PEARSON},
                   {"t", INTERVAL_CHOICE_T}};
    if (!clauses->interval)
        return;
    Name method = node_Interval(clauses->interval)->method;
    if (!method.atom) {
        indicator->interval = INTERVAL_CHOICE_NONE;
        return;
    }
    const char *names[5];
    for (size_t i = 0; i < 5; i++) {
        names[i] = methods[i].word;
        if (strcmp(methods[i].word, method.atom) == 0)
            indicator->interval = methods[i].choice;
    }
    if (indicator->interval != INTERVAL_CHOICE_BY_KIND) {
        if (!a->failed && !interval_suits(indicator))
            diag_help(fault(a, DIAG_interval_kind, clauses->interval->span,
                            "'%s' is no interval of what is computed here", method.atom),
                      "leave the clause out: the interval is then chosen by the kind of figure");
        return;
    }
    Diag *diag =
        fault(a, DIAG_unknown_interval, method.span, "there is no interval '%s'", method.atom);
    diag_suggest(diag, method.atom, names, 5);
    diag_help(diag, "write wilson, byar, exact_poisson, clopper_pearson, t or none");
}

static void set_suppress(Analysis *a, Indicator *indicator, const Clauses *clauses) {
    if (!clauses->suppress)
        return;
    indicator->suppress_declared = true;
    indicator->suppress_below = node_Suppress(clauses->suppress)->below;
    if (indicator->suppress_below < 0 || indicator->suppress_below > 1000)
        fault(a, DIAG_suppress_range, clauses->suppress->span,
              "numbers below 1 to 1,000 are suppressed");
    else if (indicator->suppress_below > 0)
        diag_help(fault(a, DIAG_later, clauses->suppress->span,
                        "'suppress below' is part of the language, but this version of kpic does "
                        "not hide small numbers yet"),
                  "a result that should be hidden and is not would be a disclosure; write "
                  "`suppress none` if nothing needs hiding");
}

void judgement_build(Analysis *a, Indicator *indicator, const Clauses *clauses) {
    set_tolerance(a, indicator, clauses);
    set_rating(a, indicator, clauses);
    set_breaks(a, indicator, clauses);
    set_provisional(a, indicator, clauses);
    set_reported(a, indicator, clauses);
    set_interval(a, indicator, clauses);
    set_suppress(a, indicator, clauses);
}
