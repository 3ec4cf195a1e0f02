/* What a value is held against, in words: direction, targets, colours, benchmarks, the past. */
#include <stdlib.h>
#include <string.h>

#include "wording/phrases.h"

/* ---- figures ---- */

void phrase_figure(StrBuf *out, const Indicator *indicator, Num value, int decimals) {
    bool money = indicator->basis == BASIS_POUNDS;
    bool below = money && num_compare(value, num_of_int(0)) < 0;
    strbuf_add(out, below ? "-" : "");
    strbuf_add(out, money ? "£" : "");
    num_print(out, below ? num_negate(value) : value, decimals, true);
    switch (indicator->basis) {
    case BASIS_PERCENT:
        strbuf_add(out, "%");
        return;
    case BASIS_PER:
        strbuf_add(out, " per ");
        num_print(out, indicator->per, 0, true);
        return;
    case BASIS_DAYS:
        strbuf_add(out, " days");
        return;
    case BASIS_POINTS:
        strbuf_add(out, " percentage points");
        return;
    case BASIS_NUMBER:
        strbuf_addf(out, " %s", indicator->unit ? indicator->unit : "");
        return;
    case BASIS_COUNT:
    case BASIS_POUNDS:
        return;
    }
}

/* A number that stands in the definition without its places: 20.7, 2. */
static void add_exact(StrBuf *out, Num value) {
    value_print(out, value_number(value));
}

static const char *period_text(Phrase *p, Period period) {
    StrBuf text = {0};
    if (period.kind == PERIOD_DAY)
        date_print_long(&text, period.end);
    else
        period_print(&text, period);
    const char *kept = arena_copy_text(p->arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return kept;
}

static const char *date_text(Phrase *p, Date date) {
    return period_text(p, (Period){PERIOD_DAY, date, date});
}

/* ---- direction, target, colours ---- */

static void good_of_bands(Phrase *p) {
    const Indicator *indicator = p->indicator;
    bool first = true;
    strbuf_addf(p->out, "good is a %s share of the bands ",
                indicator->good == GOOD_LOW ? "low" : "high");
    for (size_t i = 0; i < indicator->bands_len; i++) {
        if (!indicator->good_bands[i])
            continue;
        strbuf_add(p->out, first ? "" : ", ");
        phrase_quoted(p, indicator->bands[i].label);
        first = false;
    }
}

static void add_good(Phrase *p) {
    const Indicator *indicator = p->indicator;
    switch (indicator->good) {
    case GOOD_HIGH:
        strbuf_add(p->out, "a high value is good");
        return;
    case GOOD_LOW:
        strbuf_add(p->out, "a low value is good");
        return;
    case GOOD_NEUTRAL:
        strbuf_add(p->out, "neither a high nor a low value is good or bad by itself");
        return;
    case GOOD_BETWEEN:
        strbuf_add(p->out, "good is a value between ");
        add_exact(p->out, indicator->good_low);
        strbuf_add(p->out, " and ");
        add_exact(p->out, indicator->good_high);
        strbuf_add(p->out, ", these two included");
        return;
    }
}

static void good_sentence(Phrase *p, Sentences *out) {
    if (p->indicator->good_bands)
        good_of_bands(p);
    else
        add_good(p);
    sentence_end(p, out, TOPIC_GOOD, "");
}

static void target_sentence(Phrase *p, Sentences *out, const Target *target) {
    const char *from = target->has_from ? date_text(p, target->from) : "";
    if (target->none) {
        strbuf_add(p->out, "there is no target: the figure is for information only");
    } else {
        strbuf_add(p->out, "the target is ");
        phrase_figure(p->out, p->indicator, target->value, target->decimals);
        if (target->label)
            strbuf_addf(p->out, " (“%s”)", target->label);
    }
    if (target->has_from)
        strbuf_addf(p->out, ", from %s on", from);
    sentence_end(p, out, TOPIC_TARGET, from);
}

static const char *colour_name(Colour colour) {
    static const char *const names[] = {"green", "amber", "red"};
    return names[colour];
}

static void tolerance_sentence(Phrase *p, Sentences *out) {
    const Indicator *indicator = p->indicator;
    if (!indicator->has_tolerance)
        return;
    strbuf_add(p->out, "a value on the wrong side of the target by at most ");
    add_exact(p->out, indicator->tolerance);
    strbuf_addf(p->out, "%s is %s",
                indicator->tolerance_kind == SAME_PERCENT_OF_PREVIOUS ? "% of the target"
                                                                      : " points",
                colour_name(indicator->tolerance_colour));
    sentence_end(p, out, TOPIC_TOLERANCE, "");
}

/* dispatch */
static void add_rule(Phrase *p, const RatingRule *rule) {
    switch (rule->kind) {
    case RATING_AT_TARGET:
        strbuf_add(p->out, "it is at the target or better");
        return;
    case RATING_WITHIN_PERCENT:
        strbuf_add(p->out, "it is within ");
        add_exact(p->out, rule->amount);
        strbuf_add(p->out, "% of the target or better");
        return;
    case RATING_WITHIN_POINTS:
        strbuf_add(p->out, "it is within ");
        add_exact(p->out, rule->amount);
        strbuf_add(p->out, " points of the target or better");
        return;
    case RATING_AT_FLOOR:
        strbuf_add(p->out, "it is at the floor or better");
        return;
    case RATING_IMPROVING:
        strbuf_add(p->out, "it is improving");
        return;
    case RATING_SAME:
        strbuf_add(p->out, "it is unchanged");
        return;
    case RATING_WORSENING:
        strbuf_add(p->out, "it is worsening");
        return;
    case RATING_OTHERWISE:
        strbuf_add(p->out, "nothing before applies");
        return;
    }
}

static void rating_sentence(Phrase *p, Sentences *out) {
    const RatingScheme *rating = p->indicator->rating;
    if (!rating)
        return;
    strbuf_add(p->out, "the value is coloured by ");
    phrase_quoted(p, rating->title ? rating->title : rating->name);
    strbuf_add(p->out, ", the first that applies: ");
    for (size_t i = 0; i < rating->lines_len; i++) {
        strbuf_addf(p->out, "%s%s if ", i > 0 ? "; " : "", colour_name(rating->lines[i].colour));
        for (size_t r = 0; r < rating->lines[i].rules_len; r++) {
            strbuf_add(p->out, r > 0 ? " and " : "");
            add_rule(p, &rating->lines[i].rules[r]);
        }
    }
    sentence_end(p, out, TOPIC_RATING, "");
}

static void floor_sentence(Phrase *p, Sentences *out) {
    if (!p->indicator->has_floor)
        return;
    strbuf_add(p->out, "the floor is ");
    add_exact(p->out, p->indicator->floor);
    sentence_end(p, out, TOPIC_FLOOR, "");
}

/* ---- benchmarks ---- */

static int order_of_texts(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_neighbours(Phrase *p, const NeighbourSet *set) {
    phrase_quoted(p, set->title ? set->title : set->name);
    strbuf_add(p->out, " (");
    if (set->rows) {
        vec_push(p->arena, &p->rows, set->rows->row);
        phrase_value_of_rows(p, set->code);
        p->rows.len--;
        strbuf_add(p->out, " of the ");
        phrase_rows(p, set->rows, true);
    } else {
        const char **codes = arena_array(p->arena, set->members_len, sizeof *codes);
        for (size_t i = 0; i < set->members_len; i++)
            codes[i] = set->members[i];
        qsort(codes, set->members_len, sizeof *codes, order_of_texts);
        for (size_t i = 0; i < set->members_len; i++)
            strbuf_addf(p->out, "%s%s", i > 0 ? ", " : "", codes[i]);
    }
    strbuf_add(p->out, ")");
}

static void add_members_value(Phrase *p, const Benchmark *benchmark) {
    strbuf_add(p->out, benchmark->pooled ? "made from the counts of all members together of "
                                         : "the mean of the values of each of the members of ");
    add_neighbours(p, benchmark->across);
    strbuf_add(p->out, " in ");
    phrase_quoted(p, benchmark->from->title);
    if (benchmark->at_least > 0)
        strbuf_addf(p->out, "; at least %d of them must have a value", benchmark->at_least);
}

static void add_entries(Phrase *p, const Benchmark *benchmark) {
    for (size_t i = 0; i < benchmark->entries_len; i++) {
        const BenchmarkEntry *entry = &benchmark->entries[i];
        strbuf_add(p->out, i > 0 ? "; " : "");
        for (size_t k = 0; k < entry->keys_len; k++) {
            strbuf_add(p->out, k > 0 ? " and " : "");
            phrase_quoted(p, entry->keys[k]);
        }
        strbuf_add(p->out, " ");
        phrase_figure(p->out, p->indicator, entry->value, entry->decimals);
    }
}

static void add_benchmark_limits(Phrase *p, const Benchmark *benchmark) {
    if (benchmark->only_where) {
        strbuf_add(p->out, "; our value is worked out again for it, only of records for which ");
        phrase_condition(p, benchmark->only_where);
    }
    if (benchmark->compared_as) {
        strbuf_add(p->out, "; it is compared with our value of ");
        phrase_quoted(p, benchmark->compared_as->title);
    }
    if (benchmark->of != PUBLISHED_NONE)
        strbuf_add(p->out, benchmark->of == PUBLISHED_STOCK ? "; it was counted on one day"
                                                            : "; it was counted over a period");
    if (benchmark->population)
        strbuf_addf(p->out, "; its population is “%s”", benchmark->population);
    if (benchmark->not_comparable)
        strbuf_addf(p->out, "; it is shown but not judged by: %s", benchmark->not_comparable);
}

static void benchmark_sentence(Phrase *p, Sentences *out, const Benchmark *benchmark) {
    const char *period = period_text(p, benchmark->period);
    strbuf_addf(p->out, "the benchmark “%s” of %s is ", benchmark->label, period);
    switch (benchmark->kind) {
    case BENCHMARK_VALUE:
        phrase_figure(p->out, p->indicator, benchmark->value, benchmark->decimals);
        break;
    case BENCHMARK_ENTRIES:
        add_entries(p, benchmark);
        break;
    case BENCHMARK_MEMBERS:
        add_members_value(p, benchmark);
        break;
    }
    add_benchmark_limits(p, benchmark);
    sentence_end(p, out, TOPIC_BENCHMARK,
                 arena_printf(p->arena, "%s %s", benchmark->label, period));
}

/* ---- movement, the past ---- */

static void compare_sentence(Phrase *p, Sentences *out) {
    static const char *const with[] = {"the month before", "the quarter before", "the year before",
                                       "the same period a year before"};
    const Indicator *indicator = p->indicator;
    strbuf_addf(p->out, "each value is compared with that of %s", with[indicator->compare]);
    if (indicator->same != SAME_NONE) {
        strbuf_add(p->out, "; a difference of at most ");
        add_exact(p->out, indicator->same_within);
        strbuf_addf(p->out, "%s is no change",
                    indicator->same == SAME_POINTS ? " points" : "% of it");
    }
    sentence_end(p, out, TOPIC_COMPARE, "");
}

static void past_sentences(Phrase *p, Sentences *out) {
    const Indicator *indicator = p->indicator;
    for (size_t i = 0; i < indicator->breaks_len; i++) {
        const BreakMark *mark = &indicator->breaks[i];
        const char *date = date_text(p, mark->date);
        strbuf_addf(p->out, "figures before %s are not compared with later ones", date);
        if (mark->from)
            strbuf_addf(p->out, ", because of “%s”", mark->from->title);
        strbuf_addf(p->out, ": %s", mark->reason);
        sentence_end(p, out, TOPIC_BREAK,
                     mark->from ? arena_printf(p->arena, "%s %s", date, mark->from->id) : date);
    }
    for (size_t i = 0; i < indicator->provisional_len; i++) {
        const char *period = period_text(p, indicator->provisional[i]);
        strbuf_addf(p->out, "the figure of %s is provisional", period);
        sentence_end(p, out, TOPIC_PROVISIONAL, period);
    }
    for (size_t i = 0; i < indicator->reported_len; i++) {
        const ReportedFigure *figure = &indicator->reported[i];
        const char *period = period_text(p, figure->period);
        strbuf_addf(p->out, "the figure of %s stands as it was reported, ", period);
        phrase_figure(p->out, indicator, figure->value, figure->decimals);
        if (figure->note)
            strbuf_addf(p->out, " (%s)", figure->note);
        sentence_end(p, out, TOPIC_REPORTED, period);
    }
}

void judgement_sentences(Phrase *p, Sentences *out) {
    const Indicator *indicator = p->indicator;
    good_sentence(p, out);
    for (size_t i = 0; i < indicator->targets_len; i++)
        target_sentence(p, out, &indicator->targets[i]);
    tolerance_sentence(p, out);
    floor_sentence(p, out);
    rating_sentence(p, out);
    for (size_t i = 0; i < indicator->benchmarks_len; i++)
        benchmark_sentence(p, out, &indicator->benchmarks[i]);
    compare_sentence(p, out);
    past_sentences(p, out);
}
