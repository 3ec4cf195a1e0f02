#include "stats/rating.h"

#include <math.h>

/* The target, or of a good range the bound that the value is beyond. */
static Num bound_of(Num value, const Goal *goal, Good good) {
    if (good.kind != GOOD_BETWEEN)
        return goal->value;
    return num_compare(value, good.low) < 0 ? good.low : good.high;
}

/* How far the value is on the wrong side of that; 0 if it is not. */
static Num shortfall(Num value, const Goal *goal, Good good) {
    Num short_by;
    if (judge_status(value, goal, good) != STATUS_MISSED)
        return num_of_int(0);
    if (!num_subtract(value, bound_of(value, goal, good), &short_by))
        return num_of_int(INT64_MAX);
    return short_by.n < 0 ? num_negate(short_by) : short_by;
}

/* False if it does not fit: nothing is then inside. */
static bool margin_of(const Tolerance *tolerance, Num bound, Num *margin) {
    if (tolerance->kind == TOLERANCE_POINTS) {
        *margin = tolerance->size;
        return true;
    }
    Num size = bound.n < 0 ? num_negate(bound) : bound, share;
    return num_divide(tolerance->size, num_of_int(100), &share) &&
           num_multiply(size, share, margin);
}

/* Of a value that misses the target. */
static bool inside_tolerance(Num value, const Goal *goal, Good good, const Tolerance *tolerance) {
    Num margin;
    switch (tolerance->kind) {
    case TOLERANCE_NONE:
        return false;
    case TOLERANCE_PERCENT_OF_TARGET:
    case TOLERANCE_POINTS:
        return margin_of(tolerance, bound_of(value, goal, good), &margin) &&
               num_compare(shortfall(value, goal, good), margin) <= 0;
    case TOLERANCE_FLOOR:
        return (good.kind == GOOD_HIGH && num_compare(value, tolerance->size) >= 0) ||
               (good.kind == GOOD_LOW && num_compare(value, tolerance->size) <= 0);
    }
    return false;
}

static bool no_worse(Num value, const Goal *goal, Good good, const Tolerance *tolerance,
                     const Num *previous) {
    return tolerance->reads_direction && previous &&
           num_compare(shortfall(value, goal, good), shortfall(*previous, goal, good)) <= 0;
}

Status rating_status(Num value, const Goal *goal, Good good, const Tolerance *tolerance,
                     const Num *previous) {
    Status status = judge_status(value, goal, good);
    if (status != STATUS_MISSED)
        return status;
    if (inside_tolerance(value, goal, good, tolerance))
        return tolerance->met_inside ? STATUS_MET : STATUS_NEAR;
    return no_worse(value, goal, good, tolerance, previous) ? STATUS_NEAR : STATUS_MISSED;
}

const char *rating_colour(Status status) {
    switch (status) {
    case STATUS_NONE:
        return NULL;
    case STATUS_MET:
        return "green";
    case STATUS_NEAR:
        return "amber";
    case STATUS_MISSED:
        return "red";
    }
    return NULL;
}

/* ---- reasons ---- */

bool rating_hidden_by_rounding(Num value, const Goal *goal, Good good, const Tolerance *tolerance,
                               const Num *previous, int decimals) {
    Num printed;
    return num_round(value, decimals, &printed) &&
           (judge_status(value, goal, good) != judge_status(printed, goal, good) ||
            rating_status(value, goal, good, tolerance, previous) !=
                rating_status(printed, goal, good, tolerance, previous));
}

static void add_tolerance_words(StrBuf *out, bool inside, Good good, const Tolerance *tolerance,
                                Measure measure) {
    switch (tolerance->kind) {
    case TOLERANCE_NONE:
        return;
    case TOLERANCE_PERCENT_OF_TARGET:
    case TOLERANCE_POINTS:
        strbuf_add(out, inside ? ", within " : ", not within ");
        num_print_exact(out, tolerance->size);
        if (tolerance->kind == TOLERANCE_PERCENT_OF_TARGET)
            strbuf_add_char(out, '%');
        else
            strbuf_add(out,
                       num_compare(tolerance->size, num_of_int(1)) == 0 ? " point" : " points");
        strbuf_add(out, " of it");
        return;
    case TOLERANCE_FLOOR:
        strbuf_addf(out, ", %s the %s of ", inside ? "not beyond" : "beyond",
                    good.kind == GOOD_LOW ? "ceiling" : "floor");
        measure_print(out, measure, tolerance->size, measure.decimals);
        return;
    }
}

void rating_print_reason(StrBuf *out, Num value, const Goal *goal, Good good,
                         const Tolerance *tolerance, const Num *previous, Measure measure) {
    int places = measure.decimals;
    while (places < STATUS_MOST_PLACES &&
           rating_hidden_by_rounding(value, goal, good, tolerance, previous, places))
        places++;
    status_print_reason_at(out, value, goal, good, measure, places);
    if (judge_status(value, goal, good) != STATUS_MISSED)
        return;
    bool inside = inside_tolerance(value, goal, good, tolerance);
    add_tolerance_words(out, inside, good, tolerance, measure);
    if (!inside && no_worse(value, goal, good, tolerance, previous))
        strbuf_add(out, ", but no worse than before");
}

/* ---- by an interval ---- */

Status rating_by_interval(Limits limits, double target, GoodKind good) {
    if (!limits.known || isnan(target) || (good != GOOD_HIGH && good != GOOD_LOW))
        return STATUS_NONE;
    if (limits.lower <= target && target <= limits.upper)
        return STATUS_NEAR;
    return (limits.lower > target) == (good == GOOD_HIGH) ? STATUS_MET : STATUS_MISSED;
}
