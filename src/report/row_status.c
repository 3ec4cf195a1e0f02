/* Target, tolerance and rating of a row: its status and the reason. */
#include "report/row.h"
#include "stats/rating.h"

/* A target for the whole says nothing of a group's count or sum; it does of its share or mean. */
static bool target_applies(const Cell *cell) {
    if (cell->whole || cell->indicator->shape != SHAPE_VALUE)
        return true;
    const Expr *value = cell->indicator->value;
    if (!value || value->kind != EXPR_QUANTITY)
        return false;
    switch (value->as.quantity->kind) {
    case QUANTITY_COUNT:
    case QUANTITY_COUNT_DISTINCT:
    case QUANTITY_SUM:
        return false;
    case QUANTITY_MEAN:
    case QUANTITY_MEDIAN:
    case QUANTITY_PERCENTILE:
    case QUANTITY_MIN:
    case QUANTITY_MAX:
    case QUANTITY_FIRST:
    case QUANTITY_LAST:
        return true;
    }
    return false;
}

static Status status_of_colour(Colour colour) {
    switch (colour) {
    case COLOUR_GREEN:
        return STATUS_MET;
    case COLOUR_AMBER:
        return STATUS_NEAR;
    case COLOUR_RED:
        return STATUS_MISSED;
    }
    return STATUS_NONE;
}

/* ---- a declared rating ---- */

static bool within(const ReportRow *row, Num value, const Goal *goal, ToleranceKind kind,
                   Num size) {
    Tolerance tolerance = {.kind = kind, .size = size};
    Status status = rating_status(value, goal, row->good, &tolerance, NULL);
    return status == STATUS_MET || status == STATUS_NEAR;
}

static bool rule_holds(const ReportRow *row, Num value, const Goal *goal, const RatingRule *rule) {
    switch (rule->kind) {
    case RATING_AT_TARGET:
        return judge_status(value, goal, row->good) == STATUS_MET;
    case RATING_WITHIN_PERCENT:
        return within(row, value, goal, TOLERANCE_PERCENT_OF_TARGET, rule->amount);
    case RATING_WITHIN_POINTS:
        return within(row, value, goal, TOLERANCE_POINTS, rule->amount);
    case RATING_AT_FLOOR:
        return row->indicator->has_floor &&
               within(row, value, goal, TOLERANCE_FLOOR, row->indicator->floor);
    case RATING_IMPROVING:
        return row->meaning == MEANING_IMPROVING;
    case RATING_SAME:
        return row->meaning == MEANING_NO_CHANGE;
    case RATING_WORSENING:
        return row->meaning == MEANING_WORSENING;
    case RATING_OTHERWISE:
        return true;
    }
    return false;
}

static const RatingLine *line_that_holds(const ReportRow *row, Num value, const Goal *goal) {
    const RatingScheme *rating = row->indicator->rating;
    for (size_t i = 0; i < rating->lines_len; i++) {
        const RatingLine *line = &rating->lines[i];
        bool all = true;
        for (size_t r = 0; r < line->rules_len && all; r++)
            all = rule_holds(row, value, goal, &line->rules[r]);
        if (all)
            return line;
    }
    return NULL;
}

static void add_amount(StrBuf *out, Num amount, const char *after) {
    num_print_exact(out, amount);
    strbuf_add(out, after);
}

static void add_rule_words(StrBuf *out, const ReportRow *row, const RatingRule *rule) {
    switch (rule->kind) {
    case RATING_AT_TARGET:
        strbuf_add(out, "at target");
        return;
    case RATING_WITHIN_PERCENT:
        strbuf_add(out, "within ");
        add_amount(out, rule->amount, "% of target");
        return;
    case RATING_WITHIN_POINTS:
        strbuf_add(out, "within ");
        add_amount(out, rule->amount,
                   num_compare(rule->amount, num_of_int(1)) == 0 ? " point" : " points");
        strbuf_add(out, " of target");
        return;
    case RATING_AT_FLOOR:
        strbuf_add(out, "not beyond the floor of ");
        measure_print(out, row->measure, row->indicator->floor, row->measure.decimals);
        return;
    case RATING_IMPROVING:
        strbuf_add(out, "improving");
        return;
    case RATING_SAME:
        strbuf_add(out, "no change");
        return;
    case RATING_WORSENING:
        strbuf_add(out, "worsening");
        return;
    case RATING_OTHERWISE:
        strbuf_add(out, "otherwise");
        return;
    }
}

/* "; amber by havering: within 10% of target and improving" */
static void add_rating_words(StrBuf *out, const ReportRow *row, const RatingLine *line) {
    const RatingScheme *rating = row->indicator->rating;
    strbuf_addf(out, "; %s by %s: ", rating_colour(status_of_colour(line->colour)),
                rating->title ? rating->title : rating->name);
    for (size_t i = 0; i < line->rules_len; i++) {
        strbuf_add(out, i > 0 ? " and " : "");
        add_rule_words(out, row, &line->rules[i]);
    }
}

/* ---- status ---- */

static Tolerance tolerance_of(const Indicator *indicator) {
    if (!indicator->has_tolerance)
        return (Tolerance){0};
    return (Tolerance){
        .kind = indicator->tolerance_kind == SAME_POINTS ? TOLERANCE_POINTS
                                                         : TOLERANCE_PERCENT_OF_TARGET,
        .size = indicator->tolerance,
        .met_inside = indicator->tolerance_colour == COLOUR_GREEN,
    };
}

static void fill_status(Arena *run, ReportRow *row, const Target *target) {
    const Num *value = row_value(row);
    if (!value || row->good.kind == GOOD_NEUTRAL)
        return;
    Goal goal = {.value = target->value, .decimals = target->decimals};
    Tolerance tolerance = tolerance_of(row->indicator);
    char room[ROW_ROOM];
    StrBuf reason = strbuf_in(room, sizeof room);
    rating_print_reason(&reason, *value, &goal, row->good, &tolerance, NULL, row->measure);
    row->status = rating_status(*value, &goal, row->good, &tolerance, NULL);
    row->hidden = rating_hidden_by_rounding(*value, &goal, row->good, &tolerance, NULL,
                                            row->measure.decimals);
    const RatingLine *line = NULL;
    if (row->indicator->rating)
        line = line_that_holds(row, *value, &goal);
    if (line) {
        row->status = status_of_colour(line->colour);
        add_rating_words(&reason, row, line);
    }
    row->status_reason = row_keep(run, &reason);
}

void row_fill_target(Arena *run, ReportRow *row) {
    const Indicator *indicator = row->indicator;
    if (indicator->targets_len == 0 || !target_applies(row->cell))
        return;
    Goal *goals = arena_array(run, indicator->targets_len, sizeof *goals);
    for (size_t i = 0; i < indicator->targets_len; i++) {
        const Target *from = &indicator->targets[i];
        goals[i] = (Goal){from->none, from->value, from->decimals, from->has_from, from->from};
    }
    const Goal *goal = goal_in_force(goals, indicator->targets_len, row->cell->window_end);
    if (!goal)
        return;
    if (goal->none) {
        row->information_only = true;
        row->status_reason = "for information only";
        return;
    }
    row->target = &indicator->targets[goal - goals];
    char room[ROW_ROOM];
    StrBuf value = strbuf_in(room, sizeof room);
    figure_print(&value, goal->value, false);
    row->target_value = row_keep(run, &value);
    row->target_printed = row_printed(run, row->measure, goal->value, goal->decimals);
    fill_status(run, row, row->target);
}
