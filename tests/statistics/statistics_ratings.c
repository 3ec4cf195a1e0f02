/* The tables of ratings (red, amber, green) and of the direction of travel. */
#include <string.h>

#include "stats/rating.h"
#include "tests/statistics/statistics_row.h"

static Good direction(const Row *row) {
    GoodKind kind = row_is(row, "direction", "low")    ? GOOD_LOW
                    : row_is(row, "direction", "high") ? GOOD_HIGH
                                                       : GOOD_NEUTRAL;
    return (Good){.kind = kind};
}

/* ---- ratings ---- */

static bool rule_starts(const Row *row, const char *start) {
    return strncmp(row_text(row, "rule"), start, strlen(start)) == 0;
}

/* "tolerance" has amber inside; Havering's rule, whose name tells it, green, and reads the
 * direction. */
static Status rated(const Row *row, Num value, const Goal *goal) {
    Num previous;
    bool has_previous = row_number(row, "previous", &previous);
    Tolerance tolerance = {.kind = TOLERANCE_NONE};
    if (row_is(row, "tolerance_unit", "points"))
        tolerance.kind = TOLERANCE_POINTS;
    else if (row_is(row, "tolerance_unit", "percent of target"))
        tolerance.kind = TOLERANCE_PERCENT_OF_TARGET;
    if (tolerance.kind == TOLERANCE_NONE || !row_number(row, "tolerance", &tolerance.size))
        return STATUS_NONE;
    tolerance.met_inside = tolerance.reads_direction = rule_starts(row, "within 10% is green");
    return rating_status(value, goal, direction(row), &tolerance, has_previous ? &previous : NULL);
}

static void rag(const Row *row, StrBuf *out) {
    Goal goal = {0};
    Num value;
    Status status = STATUS_NONE;
    if (!row_number(row, "target", &goal.value)) {
        strbuf_add(out, "no target");
        return;
    }
    if (!row_number(row, "value", &value)) {
        strbuf_add(out, "no data");
        return;
    }
    if (rule_starts(row, "statistical")) {
        Limits limits = {true, row_double(row, "lower"), row_double(row, "upper")};
        status = rating_by_interval(limits, row_double(row, "target"), direction(row).kind);
    } else {
        status = rated(row, value, &goal);
    }
    if (status != STATUS_NONE)
        strbuf_add(out, rating_colour(status));
}

/* ---- direction of travel ---- */

/* As many decimals as any figure of the file has, so that unrounded values are compared. */
#define ALL_DECIMALS 12

typedef struct Travel {
    Num now, previous;
    MovementInput input;
} Travel;

static void read_travel(const Row *row, Travel *travel) {
    *travel = (Travel){.input = {.decimals = ALL_DECIMALS, .has_previous_period = true}};
    if (row_number(row, "current", &travel->now))
        travel->input.now = &travel->now;
    if (row_number(row, "previous", &travel->previous))
        travel->input.previous = &travel->previous;
    if (!row_number(row, "tolerance", &travel->input.same_within))
        return;
    travel->input.same = row_is(row, "tolerance_unit", "points") ? SAME_POINTS
                         : row_is(row, "tolerance_unit", "percent of previous")
                             ? SAME_PERCENT_OF_PREVIOUS
                             : SAME_NONE;
}

static void travel_change(const Row *row, StrBuf *out) {
    Travel travel;
    Num change;
    read_travel(row, &travel);
    if (travel.input.now && travel.input.previous &&
        num_subtract(travel.now, travel.previous, &change))
        num_print_exact(out, change);
}

static void travel_percent(const Row *row, StrBuf *out) {
    Travel travel;
    Num change;
    read_travel(row, &travel);
    if (travel.input.now && travel.input.previous &&
        movement_percent(travel.now, travel.previous, &change))
        num_print(out, change, 1, false);
}

static void travel_movement(const Row *row, StrBuf *out) {
    Travel travel;
    read_travel(row, &travel);
    const char *word = movement_word(judge_movement(&travel.input).movement);
    strbuf_add(out, word ? word : "none");
}

/* The file's words: what the language calls worsening is "declining" there. */
static void travel_judgement(const Row *row, StrBuf *out) {
    Travel travel;
    read_travel(row, &travel);
    switch (judge_meaning(&travel.input, judge_movement(&travel.input), direction(row))) {
    case MEANING_NONE:
        strbuf_add(out, "none");
        break;
    case MEANING_IMPROVING:
        strbuf_add(out, "improving");
        break;
    case MEANING_WORSENING:
        strbuf_add(out, "declining");
        break;
    case MEANING_NO_CHANGE:
        strbuf_add(out, "no change");
        break;
    case MEANING_NOT_COMPARABLE:
        strbuf_add(out, "not available");
        break;
    }
}

/* ---- the tables ---- */

static const Table tables[] = {
    {"rag.csv",
     {"rule", "label", "direction", "target", "tolerance", "tolerance_unit", "value", "previous",
      "lower", "upper"},
     {{"rag", rag, AGREE_EXACTLY}}},
    {"direction_of_travel.csv",
     {"label", "direction", "previous", "current", "tolerance", "tolerance_unit"},
     {{"change", travel_change, AGREE_EXACTLY},
      {"percent_change", travel_percent, AGREE_EXACTLY},
      {"movement", travel_movement, AGREE_EXACTLY},
      {"judgement", travel_judgement, AGREE_EXACTLY}}},
};

const TableList rating_tables = {tables, sizeof tables / sizeof tables[0]};
