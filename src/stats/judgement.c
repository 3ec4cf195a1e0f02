#include "stats/judgement.h"

/* ---- movement ---- */

static Num rounded(Num value, int decimals) {
    Num result;
    /* What does not fit when scaled keeps its exact value: it is far from any rounding. */
    return num_round(value, decimals, &result) ? result : value;
}

static Num distance(Num a, Num b) {
    Num difference;
    if (!num_subtract(a, b, &difference))
        return num_of_int(INT64_MAX);
    return difference.n < 0 ? num_negate(difference) : difference;
}

/* Whether two printed values count as equal. */
static bool same_enough(const MovementInput *input, Num now, Num previous) {
    Num allowed = num_of_int(0);
    switch (input->same) {
    case SAME_NONE:
        break;
    case SAME_POINTS:
        allowed = input->same_within;
        break;
    case SAME_PERCENT_OF_PREVIOUS: {
        Num size = previous.n < 0 ? num_negate(previous) : previous;
        Num share;
        if (!num_of_ratio(1, 100, &share) || !num_multiply(size, share, &size) ||
            !num_multiply(size, input->same_within, &allowed))
            allowed = num_of_int(0);
        break;
    }
    }
    return num_compare(distance(now, previous), allowed) <= 0;
}

static MovementVerdict hindered(Hindrance hindrance) {
    return (MovementVerdict){.movement = MOVEMENT_NONE, .hindrance = hindrance};
}

static MovementVerdict judge_year_to_date(const MovementInput *input) {
    MovementVerdict verdict = hindered(HINDRANCE_YEAR_TO_DATE);
    verdict.has_increase =
        num_subtract(rounded(*input->now, input->decimals),
                     rounded(*input->previous, input->decimals), &verdict.increase);
    return verdict;
}

MovementVerdict judge_movement(const MovementInput *input) {
    if (!input->now)
        return hindered(HINDRANCE_NOW_MISSING);
    if (!input->has_previous_period)
        return hindered(HINDRANCE_NO_PERIOD);
    if (input->year_to_date &&
        date_financial_year(input->window_end) != date_financial_year(input->previous_end))
        return hindered(HINDRANCE_NEW_YEAR);
    if (!input->previous)
        return hindered(HINDRANCE_PREVIOUS_MISSING);
    if (input->year_to_date)
        return judge_year_to_date(input);
    Num now = rounded(*input->now, input->decimals);
    Num previous = rounded(*input->previous, input->decimals);
    if (same_enough(input, now, previous))
        return (MovementVerdict){.movement = MOVEMENT_SAME};
    return (MovementVerdict){.movement =
                                 num_compare(now, previous) > 0 ? MOVEMENT_UP : MOVEMENT_DOWN};
}

const char *movement_word(Movement movement) {
    switch (movement) {
    case MOVEMENT_NONE:
        return NULL;
    case MOVEMENT_UP:
        return "up";
    case MOVEMENT_DOWN:
        return "down";
    case MOVEMENT_SAME:
        return "same";
    }
    return NULL;
}

const char *hindrance_words(Hindrance hindrance) {
    switch (hindrance) {
    case HINDRANCE_NONE:
        return NULL;
    case HINDRANCE_NO_PERIOD:
        return "there is no earlier period to compare with";
    case HINDRANCE_NOW_MISSING:
        return "there is no value to compare";
    case HINDRANCE_PREVIOUS_MISSING:
        return "the compared period has no value";
    case HINDRANCE_YEAR_TO_DATE:
        return "year to date: the increase is printed instead";
    case HINDRANCE_NEW_YEAR:
        return "year to date: not compared across 1 April";
    }
    return NULL;
}

bool movement_percent(Num now, Num previous, Num *out) {
    Num change;
    return previous.n != 0 && num_subtract(now, previous, &change) &&
           num_divide(change, previous.n < 0 ? num_negate(previous) : previous, &change) &&
           num_multiply(change, num_of_int(100), out);
}

/* ---- meaning ---- */

/* How far outside the range. */
static Num outside(Num value, Good good) {
    if (num_compare(value, good.low) < 0)
        return distance(good.low, value);
    if (num_compare(value, good.high) > 0)
        return distance(value, good.high);
    return num_of_int(0);
}

static Meaning meaning_of_range(const MovementInput *input, Good good) {
    Num now = outside(rounded(*input->now, input->decimals), good);
    Num previous = outside(rounded(*input->previous, input->decimals), good);
    int order = num_compare(now, previous);
    return order < 0 ? MEANING_IMPROVING : order > 0 ? MEANING_WORSENING : MEANING_NO_CHANGE;
}

Meaning judge_meaning(const MovementInput *input, MovementVerdict verdict, Good good) {
    if (good.kind == GOOD_NEUTRAL)
        return MEANING_NONE;
    if (verdict.movement == MOVEMENT_NONE)
        return MEANING_NOT_COMPARABLE;
    if (verdict.movement == MOVEMENT_SAME)
        return MEANING_NO_CHANGE;
    if (good.kind == GOOD_BETWEEN)
        return meaning_of_range(input, good);
    bool better = (verdict.movement == MOVEMENT_UP) == (good.kind == GOOD_HIGH);
    return better ? MEANING_IMPROVING : MEANING_WORSENING;
}

const char *meaning_word(Meaning meaning) {
    switch (meaning) {
    case MEANING_NONE:
        return NULL;
    case MEANING_IMPROVING:
        return "improving";
    case MEANING_WORSENING:
        return "worsening";
    case MEANING_NO_CHANGE:
        return "no change";
    case MEANING_NOT_COMPARABLE:
        return "not comparable";
    }
    return NULL;
}

/* ---- status ---- */

const Goal *goal_in_force(const Goal *goals, size_t goals_len, Date on) {
    const Goal *found = NULL;
    for (size_t i = 0; i < goals_len; i++) {
        const Goal *goal = &goals[i];
        if (goal->has_from && goal->from > on)
            continue;
        if (!found || !found->has_from || (goal->has_from && goal->from >= found->from))
            found = goal;
    }
    return found;
}

Status judge_status(Num value, const Goal *goal, Good good) {
    if (!goal || goal->none)
        return STATUS_NONE;
    switch (good.kind) {
    case GOOD_NEUTRAL:
        return STATUS_NONE;
    case GOOD_HIGH:
        return num_compare(value, goal->value) >= 0 ? STATUS_MET : STATUS_MISSED;
    case GOOD_LOW:
        return num_compare(value, goal->value) <= 0 ? STATUS_MET : STATUS_MISSED;
    case GOOD_BETWEEN:
        return outside(value, good).n == 0 ? STATUS_MET : STATUS_MISSED;
    }
    return STATUS_NONE;
}

const char *status_word(Status status) {
    switch (status) {
    case STATUS_NONE:
        return NULL;
    case STATUS_MET:
        return "met";
    case STATUS_NEAR:
        return "near";
    case STATUS_MISSED:
        return "missed";
    }
    return NULL;
}

bool status_hidden_by_rounding(Num value, const Goal *goal, Good good, int decimals) {
    return judge_status(value, goal, good) != judge_status(rounded(value, decimals), goal, good);
}

/* The fewest places, from `decimals` on, at which the value is judged as it is. */
static int telling_places(Num value, const Goal *goal, Good good, int decimals) {
    int places = decimals;
    while (places < STATUS_MOST_PLACES && status_hidden_by_rounding(value, goal, good, places))
        places++;
    return places;
}

/* The places that a number of the definitions was written with, as far as its value tells. */
static int exact_places(Num value) {
    int places = 0;
    while (places < STATUS_MOST_PLACES && num_compare(rounded(value, places), value) != 0)
        places++;
    return places;
}

static const char *order_words(int order) {
    return order < 0 ? "below" : order > 0 ? "above" : "equal to";
}

static void add_goal_words(StrBuf *out, Num value, const Goal *goal, Good good, Measure measure) {
    if (good.kind == GOOD_BETWEEN) {
        const char *where = num_compare(value, good.low) < 0    ? "below"
                            : num_compare(value, good.high) > 0 ? "above"
                                                                : "within";
        strbuf_addf(out, "is %s the good range of ", where);
        measure_print(out, measure, good.low, exact_places(good.low));
        strbuf_add(out, " to ");
        measure_print(out, measure, good.high, exact_places(good.high));
        return;
    }
    strbuf_addf(out, "is %s the target of ", order_words(num_compare(value, goal->value)));
    measure_print(out, measure, goal->value, goal->decimals);
    strbuf_addf(out, " (%s is good)", good_word(good.kind));
}

void status_print_reason_at(StrBuf *out, Num value, const Goal *goal, Good good, Measure measure,
                            int places) {
    if (judge_status(value, goal, good) == STATUS_NONE)
        return;
    measure_print(out, measure, value, places);
    strbuf_add_char(out, ' ');
    if (places > measure.decimals) {
        strbuf_add(out, "is printed as ");
        measure_print(out, measure, value, measure.decimals);
        strbuf_add(out, " but ");
    }
    add_goal_words(out, value, goal, good, measure);
}

void status_print_reason(StrBuf *out, Num value, const Goal *goal, Good good, Measure measure) {
    int places = telling_places(value, goal, good, measure.decimals);
    status_print_reason_at(out, value, goal, good, measure, places);
}
