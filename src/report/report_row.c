/* One Cell in printed texts: report_row_fill. */
#include <string.h>

#include "report/row.h"

#define VALUE_DECIMALS 12

/* ---- texts ---- */

const char *row_keep(Arena *run, StrBuf *buf) {
    const char *text = buf->len ? arena_copy_text(run, strbuf_text(buf), buf->len) : NULL;
    strbuf_fini(buf);
    return text;
}

const char *row_value_text(Arena *run, Num value) {
    char room[ROW_ROOM];
    StrBuf text = strbuf_in(room, sizeof room);
    num_print(&text, value, VALUE_DECIMALS, false);
    return row_keep(run, &text);
}

const char *row_printed(Arena *run, Measure measure, Num value, int decimals) {
    char room[ROW_ROOM];
    StrBuf text = strbuf_in(room, sizeof room);
    measure_print(&text, measure, value, decimals);
    return row_keep(run, &text);
}

const char *row_fraction(Arena *run, Figure numerator, Figure denominator) {
    if (!numerator.present || !denominator.present)
        return NULL;
    char room[ROW_ROOM];
    StrBuf text = strbuf_in(room, sizeof room);
    figure_print(&text, numerator.value, false);
    strbuf_add_char(&text, '/');
    figure_print(&text, denominator.value, false);
    return row_keep(run, &text);
}

const char *row_period(Arena *run, Period period) {
    char room[ROW_ROOM];
    StrBuf text = strbuf_in(room, sizeof room);
    period_print(&text, period);
    return row_keep(run, &text);
}

/* ---- figures ---- */

const Num *row_value(const ReportRow *row) {
    if (row->reported)
        return &row->reported->value;
    return row->cell->available ? &row->cell->value : NULL;
}

const Num *row_previous_value(const ReportRow *row) {
    const Cell *previous = row->cell->previous;
    if (row->previous_reported)
        return &row->previous_reported->value;
    return previous && previous->available ? &previous->value : NULL;
}

/* A per cent of two figures with one decimal, as shares and parts are printed. */
static void fill_percent(Arena *run, Num numerator, Num denominator, int decimals,
                         const char **value, const char **printed) {
    Num ratio;
    if (!num_divide(numerator, denominator, &ratio) ||
        !num_multiply(ratio, num_of_int(100), &ratio))
        return;
    *value = row_value_text(run, ratio);
    *printed = row_printed(run, (Measure){.basis = BASIS_PERCENT}, ratio, decimals);
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
        part->withheld = cell->parts[i].withheld;
        if (part->withheld)
            continue;
        if (row->indicator->shape != SHAPE_PROPORTION || !cell->denominator.present)
            continue;
        char room[ROW_ROOM];
        StrBuf text = strbuf_in(room, sizeof room);
        strbuf_add_whole(&text, part->count, 0);
        strbuf_add_char(&text, '/');
        figure_print(&text, cell->denominator.value, false);
        part->fraction = row_keep(run, &text);
        fill_percent(run, num_of_int(part->count), cell->denominator.value, row->measure.decimals,
                     &part->value, &part->printed);
    }
}

/* ---- movement and meaning ---- */

/* A reported count is hidden as a computed one is. */
static bool tells_small(const ReportRow *row, const ReportedFigure *reported) {
    return row->indicator->basis == BASIS_COUNT &&
           num_compare(reported->value, num_of_int(0)) > 0 &&
           num_compare(reported->value, num_of_int(row->cell->withheld.below)) < 0;
}

/* What was reported for a period, of the whole; it goes before what is computed, because it is what
 * was printed then. */
static const ReportedFigure *reported_of(const ReportRow *row, Period period) {
    const Indicator *indicator = row->indicator;
    if (!row->cell->whole || row->band || row->added)
        return NULL;
    for (size_t i = 0; i < indicator->reported_len; i++)
        if (indicator->reported[i].period.end == period.end)
            return tells_small(row, &indicator->reported[i]) ? NULL : &indicator->reported[i];
    return NULL;
}

static int previous_places(const ReportRow *row) {
    return row->previous_reported ? row->previous_reported->decimals : row->measure.decimals;
}

static void fill_previous(Arena *run, ReportRow *row) {
    const Cell *cell = row->cell, *previous = cell->previous;
    if (!cell->has_previous_period)
        return;
    row->previous_period = row_period(run, cell->previous_period);
    row->previous_reported = reported_of(row, cell->previous_period);
    const Num *value = row_previous_value(row);
    if (value) {
        row->previous_value = row_value_text(run, *value);
        row->previous_printed = row_printed(run, row->measure, *value, previous_places(row));
    }
    if (!previous || row->previous_reported)
        return;
    row->previous_fraction = row_fraction(run, previous->numerator, previous->denominator);
    if (!previous->available)
        row->previous_missing = missing_words(previous);
}

static void add_same_words(StrBuf *out, const ReportRow *row) {
    if (strcmp(row->printed, row->previous_printed) == 0) {
        strbuf_add(out, "the same as in ");
        strbuf_add(out, row->previous_period);
    } else {
        strbuf_addf(out, "near enough to %s (%s) to count as the same", row->previous_printed,
                    row->previous_period);
    }
}

static const char *break_words(const Cell *cell) {
    if (cell->break_reason)
        return cell->break_reason;
    return cell->break_between->reason ? cell->break_between->reason : "a break lies between";
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
    if (row->movement.hindrance == HINDRANCE_BREAK) {
        strbuf_addf(out, "not compared with %s: %s", row->previous_period, break_words(row->cell));
        return;
    }
    if (row->increase) {
        strbuf_add(out, row->increase);
        strbuf_add(out, " since ");
        strbuf_add(out, row->previous_period);
        strbuf_add(out, "; ");
    }
    strbuf_add(out, hindrance_words(row->movement.hindrance));
}

/* "up from 42.4% (2014-01), improving" */
static void add_movement_words(StrBuf *out, const ReportRow *row) {
    strbuf_add(out, movement_word(row->movement.movement));
    strbuf_add(out, " from ");
    strbuf_add(out, row->previous_printed);
    strbuf_add(out, " (");
    strbuf_add(out, row->previous_period);
    strbuf_add_char(out, ')');
    if (row->meaning == MEANING_NONE)
        return;
    strbuf_add(out, ", ");
    strbuf_add(out, row->meaning == MEANING_NO_CHANGE ? "neither better nor worse"
                                                      : meaning_word(row->meaning));
}

static const char *movement_reason_of(Arena *run, const ReportRow *row) {
    char room[ROW_ROOM];
    StrBuf out = strbuf_in(room, sizeof room);
    switch (row->movement.movement) {
    case MOVEMENT_NONE:
        if (row->movement.hindrance != HINDRANCE_NOW_MISSING)
            add_hindrance_words(&out, row);
        break;
    case MOVEMENT_UP:
    case MOVEMENT_DOWN:
        add_movement_words(&out, row);
        break;
    case MOVEMENT_SAME:
        add_same_words(&out, row);
        break;
    }
    return row_keep(run, &out);
}

static void fill_movement(Arena *run, ReportRow *row) {
    const Cell *cell = row->cell, *previous = cell->previous;
    MovementInput input = {
        .now = row_value(row),
        .previous = row_previous_value(row),
        .has_previous_period = cell->has_previous_period,
        .broken = cell->break_between != NULL,
        .year_to_date = row->indicator->window == WINDOW_YEAR_TO_DATE,
        .window_end = cell->window_end,
        .previous_end = previous ? previous->window_end : cell->previous_period.end,
        .decimals = row->measure.decimals,
        .same = row->indicator->same,
        .same_within = row->indicator->same_within,
    };
    row->movement = judge_movement(&input);
    row->meaning = judge_meaning(&input, row->movement, row->good);
    if (row->movement.has_increase) {
        char room[ROW_ROOM];
        StrBuf text = strbuf_in(room, sizeof room);
        measure_print_change(&text, row->measure, row->movement.increase);
        row->increase = row_keep(run, &text);
    }
    row->movement_reason = movement_reason_of(run, row);
}

/* One after another; of one alone, that itself. */
static const char *add_reason(Arena *run, const char *reasons, const char *more) {
    if (!reasons || !more)
        return reasons ? reasons : more;
    return arena_printf(run, "%s; %s", reasons, more);
}

static const char *reason_of(Arena *run, const ReportRow *row) {
    if (!row_value(row))
        return row->cell->reason ? row->cell->reason : row->missing;
    const char *reasons = row->status_reason;
    for (size_t i = row->target ? 0 : 1; i < row->benchmarks_len; i++)
        reasons = add_reason(run, reasons, row->benchmarks[i].reason);
    return add_reason(run, reasons, row->movement_reason);
}

/* ---- the row ---- */

/* Of a distribution only those bands have a direction that `good` names; of added ones, all. */
static bool band_is_good(const Indicator *indicator, const char *label) {
    for (size_t i = 0; i < indicator->bands_len; i++)
        if (strcmp(indicator->bands[i].label, label) == 0)
            return indicator->good_bands[i];
    return false;
}

static Good good_of(const ReportRow *row) {
    const Indicator *indicator = row->indicator;
    Good good = {indicator->good, indicator->good_low, indicator->good_high};
    if (indicator->shape != SHAPE_DISTRIBUTION)
        return good;
    bool meant = indicator->good_bands && (row->added || row->cell->band);
    if (meant && row->added)
        for (size_t i = 0; i < row->added->keys_len; i++)
            meant = meant && band_is_good(indicator, row->added->keys[i]);
    else if (meant)
        meant = band_is_good(indicator, row->cell->band->label);
    return meant ? good : (Good){.kind = GOOD_NEUTRAL};
}

static const char *band_of(const Cell *cell) {
    return cell->band ? cell->band->label : cell->band_unknown ? "Unknown" : NULL;
}

static void fill_value(Arena *run, ReportRow *row) {
    const Cell *cell = row->cell;
    row->reported = reported_of(row, cell->period);
    const Num *value = row_value(row);
    int places = row->reported ? row->reported->decimals : row->measure.decimals;
    if (value) {
        row->value = row_value_text(run, *value);
        row->printed = row_printed(run, row->measure, *value, places);
    } else {
        row->missing = missing_words(cell);
        row->flag = missing_flag(cell);
    }
    if (!row->reported)
        row->fraction = row_fraction(run, cell->numerator, cell->denominator);
}

static void fill_row(Arena *run, ReportRow *row) {
    const Indicator *indicator = row->indicator;
    row->measure = (Measure){indicator->basis, indicator->unit, indicator->decimals};
    row->period = row_period(run, row->cell->period);
    row->band = band_of(row->cell);
    row->good = good_of(row);
    fill_value(run, row);
    fill_share(run, row);
    fill_parts(run, row);
    fill_previous(run, row);
    fill_movement(run, row);
    row_fill_target(run, row);
    row_fill_interval(run, row);
    row_fill_benchmarks(run, row);
    row->reason = reason_of(run, row);
}

void report_row_fill(Arena *run, const Cell *cell, const char *definition, ReportRow *row) {
    *row = (ReportRow){.cell = cell, .indicator = cell->indicator, .definition = definition};
    fill_row(run, row);
}

void row_fill_added(Arena *run, const Cell *cell, const BenchmarkEntry *entry,
                    const char *definition, ReportRow *row) {
    *row = (ReportRow){
        .cell = cell, .indicator = cell->indicator, .definition = definition, .added = entry};
    fill_row(run, row);
}

size_t row_flags(const ReportRow *row, const char *out[ROW_FLAGS]) {
    const Cell *cell = row->cell;
    size_t len = 0;
    if (row->flag)
        out[len++] = row->flag;
    if (cell->provisional)
        out[len++] = "p";
    if (cell->break_between || cell->break_within)
        out[len++] = "b";
    if (row->reported)
        out[len++] = "r";
    return len;
}
