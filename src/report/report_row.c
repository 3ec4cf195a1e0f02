/* One Cell in printed texts: report_row_fill. */
#include <inttypes.h>
#include <string.h>

#include "report/report.h"

#define VALUE_DECIMALS 12

/* The text of a buffer moved into the arena; NULL if there is nothing in it. */
static const char *keep(Arena *run, StrBuf *buf) {
    const char *text = buf->len ? arena_copy_text(run, strbuf_text(buf), buf->len) : NULL;
    strbuf_fini(buf);
    return text;
}

static const char *value_text_of(Arena *run, Num value) {
    StrBuf text = {0};
    num_print(&text, value, VALUE_DECIMALS, false);
    return keep(run, &text);
}

static const char *printed_of(Arena *run, Measure measure, Num value, int decimals) {
    StrBuf text = {0};
    measure_print(&text, measure, value, decimals);
    return keep(run, &text);
}

static const char *fraction_of(Arena *run, const Cell *cell) {
    if (!cell->numerator.present || !cell->denominator.present)
        return NULL;
    StrBuf text = {0};
    figure_print(&text, cell->numerator.value, false);
    strbuf_add_char(&text, '/');
    figure_print(&text, cell->denominator.value, false);
    return keep(run, &text);
}

static const char *period_text(Arena *run, Period period) {
    StrBuf text = {0};
    period_print(&text, period);
    return keep(run, &text);
}

/* A per cent of two figures with one decimal, as shares and parts are printed. */
static void fill_percent(Arena *run, Num numerator, Num denominator, int decimals,
                         const char **value, const char **printed) {
    Num ratio;
    if (!num_divide(numerator, denominator, &ratio) ||
        !num_multiply(ratio, num_of_int(100), &ratio))
        return;
    *value = value_text_of(run, ratio);
    *printed = printed_of(run, (Measure){.basis = BASIS_PERCENT}, ratio, decimals);
}

static void fill_share(Arena *run, ReportRow *row) {
    const Cell *cell = row->cell;
    if (!cell->share_numerator.present || !cell->share_denominator.present)
        return;
    int decimals = row->measure.basis == BASIS_PERCENT ? row->measure.decimals : 1;
    row->share.present = true;
    fill_percent(run, cell->share_numerator.value, cell->share_denominator.value, decimals,
                 &row->share.value, &row->share.printed);
}

static void fill_parts(Arena *run, ReportRow *row) {
    const Cell *cell = row->cell;
    if (!cell->has_counts || !cell->parts)
        return;
    size_t len = row->indicator->parts_len;
    row->parts = arena_array(run, len, sizeof *row->parts);
    for (size_t i = 0; i < len; i++) {
        ReportPart *part = &row->parts[i];
        part->part = cell->parts[i].part;
        part->count = cell->parts[i].count;
        if (row->indicator->shape != SHAPE_PROPORTION || !cell->denominator.present)
            continue;
        StrBuf text = {0};
        strbuf_addf(&text, "%" PRId64 "/", part->count);
        figure_print(&text, cell->denominator.value, false);
        part->fraction = keep(run, &text);
        fill_percent(run, num_of_int(part->count), cell->denominator.value, row->measure.decimals,
                     &part->value, &part->printed);
    }
}

/* ---- target and status ---- */

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

static Good good_of(const Indicator *indicator) {
    return (Good){indicator->good, indicator->good_low, indicator->good_high};
}

static void fill_status(Arena *run, ReportRow *row, const Target *target) {
    const Cell *cell = row->cell;
    if (!cell->available)
        return;
    Goal goal = {.value = target->value, .decimals = target->decimals};
    Good good = good_of(row->indicator);
    row->status = judge_status(cell->value, &goal, good);
    row->hidden = status_hidden_by_rounding(cell->value, &goal, good, row->measure.decimals);
    StrBuf reason = {0};
    status_print_reason(&reason, cell->value, &goal, good, row->measure);
    row->status_reason = keep(run, &reason);
}

static void fill_target(Arena *run, ReportRow *row) {
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
    StrBuf value = {0};
    figure_print(&value, goal->value, false);
    row->target_value = keep(run, &value);
    row->target_printed = printed_of(run, row->measure, goal->value, goal->decimals);
    fill_status(run, row, row->target);
}

/* ---- movement and meaning ---- */

static void fill_previous(Arena *run, ReportRow *row) {
    const Cell *cell = row->cell, *previous = cell->previous;
    if (!cell->has_previous_period)
        return;
    row->previous_period = period_text(run, cell->previous_period);
    if (!previous)
        return;
    row->previous_fraction = fraction_of(run, previous);
    if (previous->available) {
        row->previous_value = value_text_of(run, previous->value);
        row->previous_printed =
            printed_of(run, row->measure, previous->value, row->measure.decimals);
    } else
        row->previous_missing = missing_words(previous);
}

static void add_same_words(StrBuf *out, const ReportRow *row) {
    if (strcmp(row->printed, row->previous_printed) == 0)
        strbuf_addf(out, "the same as in %s", row->previous_period);
    else
        strbuf_addf(out, "near enough to %s (%s) to count as the same", row->previous_printed,
                    row->previous_period);
}

/* Why there is no movement. */
static void add_hindrance_words(StrBuf *out, const ReportRow *row) {
    const Cell *previous = row->cell->previous;
    if (row->movement.hindrance == HINDRANCE_PREVIOUS_MISSING) {
        strbuf_addf(out, "not compared: %s ", row->previous_period);
        if (!previous)
            strbuf_add(out, "has no such group");
        else
            strbuf_addf(out, "has no value (%s)",
                        previous->reason ? previous->reason : missing_words(previous));
        return;
    }
    if (row->increase)
        strbuf_addf(out, "%s since %s; ", row->increase, row->previous_period);
    strbuf_add(out, hindrance_words(row->movement.hindrance));
}

static const char *movement_reason_of(Arena *run, const ReportRow *row) {
    StrBuf out = {0};
    switch (row->movement.movement) {
    case MOVEMENT_NONE:
        if (row->movement.hindrance != HINDRANCE_NOW_MISSING)
            add_hindrance_words(&out, row);
        break;
    case MOVEMENT_UP:
    case MOVEMENT_DOWN:
        strbuf_addf(&out, "%s from %s (%s)", movement_word(row->movement.movement),
                    row->previous_printed, row->previous_period);
        if (row->meaning != MEANING_NONE)
            strbuf_addf(&out, ", %s",
                        row->meaning == MEANING_NO_CHANGE ? "neither better nor worse"
                                                          : meaning_word(row->meaning));
        break;
    case MOVEMENT_SAME:
        add_same_words(&out, row);
        break;
    }
    return keep(run, &out);
}

static void fill_movement(Arena *run, ReportRow *row) {
    const Cell *cell = row->cell, *previous = cell->previous;
    MovementInput input = {
        .now = cell->available ? &cell->value : NULL,
        .previous = previous && previous->available ? &previous->value : NULL,
        .has_previous_period = cell->has_previous_period,
        .year_to_date = row->indicator->window == WINDOW_YEAR_TO_DATE,
        .window_end = cell->window_end,
        .previous_end = previous ? previous->window_end : cell->previous_period.end,
        .decimals = row->measure.decimals,
        .same = row->indicator->same,
        .same_within = row->indicator->same_within,
    };
    row->movement = judge_movement(&input);
    row->meaning = judge_meaning(&input, row->movement, good_of(row->indicator));
    if (row->movement.has_increase) {
        StrBuf text = {0};
        measure_print_change(&text, row->measure, row->movement.increase);
        row->increase = keep(run, &text);
    }
    row->movement_reason = movement_reason_of(run, row);
}

static const char *reason_of(Arena *run, const ReportRow *row) {
    if (!row->cell->available)
        return row->cell->reason ? row->cell->reason : row->missing;
    if (!row->status_reason || !row->movement_reason)
        return row->status_reason ? row->status_reason : row->movement_reason;
    return arena_printf(run, "%s; %s", row->status_reason, row->movement_reason);
}

void report_row_fill(Arena *run, const Cell *cell, const char *definition, ReportRow *row) {
    const Indicator *indicator = cell->indicator;
    *row = (ReportRow){.cell = cell, .indicator = indicator, .definition = definition};
    row->measure = (Measure){indicator->basis, indicator->unit, indicator->decimals};
    row->period = period_text(run, cell->period);
    row->fraction = fraction_of(run, cell);
    if (cell->available) {
        row->value = value_text_of(run, cell->value);
        row->printed = printed_of(run, row->measure, cell->value, indicator->decimals);
    } else {
        row->missing = missing_words(cell);
        row->flag = missing_flag(cell);
    }
    fill_share(run, row);
    fill_parts(run, row);
    fill_target(run, row);
    fill_previous(run, row);
    fill_movement(run, row);
    row->reason = reason_of(run, row);
}
