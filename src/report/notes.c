#include "report/notes.h"

#include <inttypes.h>
#include <string.h>

static const char *keep(Arena *arena, StrBuf *buf) {
    const char *text = buf->len ? arena_copy_text(arena, strbuf_text(buf), buf->len) : NULL;
    strbuf_fini(buf);
    return text;
}

static void add_count(StrBuf *out, int64_t count) {
    num_print(out, num_of_int(count), 0, true);
}

/* "1 row", "1,200 rows" */
static void add_rows(StrBuf *out, int64_t count) {
    add_count(out, count);
    strbuf_add(out, count == 1 ? " row" : " rows");
}

/* Between the i-th and the next of `len` things: ", ", " and ", or nothing. */
static const char *between(size_t i, size_t len) {
    return i + 1 == len ? "" : i + 2 == len ? " and " : ", ";
}

/* The rows that the exclusions left; false if the figures do not tell (three of them overlap and
 * the result is no count). */
static bool rows_left(const ReportRow *row, int64_t *left) {
    const Cell *cell = row->cell;
    const Indicator *indicator = row->indicator;
    if (indicator->shape == SHAPE_PROPORTION && cell->denominator.present)
        return num_to_int64(cell->denominator.value, left);
    if (indicator->excludes_len > 2 && cell->excluded_overlap > 0)
        return false;
    *left = cell->gross + cell->excluded_overlap;
    for (size_t i = 0; i < indicator->excludes_len; i++)
        *left -= cell->excluded[i].count;
    return true;
}

const char *note_exclusions(Arena *arena, const ReportRow *row) {
    const Cell *cell = row->cell;
    size_t len = row->indicator->excludes_len;
    if (!cell->has_counts || len == 0 || !cell->excluded || cell->withheld.counts)
        return NULL;
    StrBuf out = {0};
    int64_t left;
    add_count(&out, cell->gross);
    strbuf_add(&out, ", of which ");
    for (size_t i = 0; i < len; i++) {
        add_count(&out, cell->excluded[i].count);
        const Part *part = cell->excluded[i].part;
        strbuf_addf(&out, " %s%s", part->label ? part->label : part->id, between(i, len));
    }
    if (cell->excluded_overlap > 0) {
        strbuf_add(&out, " (");
        add_count(&out, cell->excluded_overlap);
        strbuf_addf(&out, " counted in %s)", len == 2 ? "both" : "more than one");
    }
    if (rows_left(row, &left)) {
        strbuf_add(&out, ", leaving ");
        add_count(&out, left);
    }
    return keep(arena, &out);
}

const char *note_parts(Arena *arena, const ReportRow *row) {
    size_t len = row->indicator->parts_len;
    if (!row->parts || len == 0)
        return NULL;
    StrBuf out = {0};
    strbuf_add(&out, "of which ");
    for (size_t i = 0; i < len; i++) {
        const ReportPart *part = &row->parts[i];
        if (part->withheld)
            strbuf_add(&out, symbol_letter(SYMBOL_CONFIDENTIAL));
        else
            add_count(&out, part->count);
        if (part->printed) {
            strbuf_add(&out, " of ");
            figure_print(&out, row->cell->denominator.value, true);
            strbuf_addf(&out, " (%s)", part->printed);
        }
        strbuf_addf(&out, " %s%s", part->part->label ? part->part->label : part->part->id,
                    between(i, len));
    }
    return keep(arena, &out);
}

static void add_unknown(StrBuf *out, int64_t count, const char *words) {
    if (count == 0)
        return;
    strbuf_add(out, out->len ? "; " : "missing values: ");
    add_rows(out, count);
    strbuf_addf(out, " %s", words);
}

const char *note_unknowns(Arena *arena, const ReportRow *row) {
    const Cell *cell = row->cell;
    StrBuf out = {0};
    add_unknown(&out, cell->unknown_rows, "not counted");
    add_unknown(&out, cell->unknown_numerator, "not counted in the numerator");
    add_unknown(&out, cell->unknown_excluded, "not excluded");
    add_unknown(&out, cell->left_out, "left out");
    return keep(arena, &out);
}

static void add_amount(StrBuf *out, const ReportRow *row, Num amount, bool of_rows) {
    if (!of_rows && row->indicator->basis == BASIS_POUNDS)
        measure_print(out, row->measure, amount, row->measure.decimals);
    else
        figure_print(out, amount, true);
}

static void add_moves(StrBuf *out, const ReportRow *row, Moves moves, bool of_rows) {
    add_amount(out, row, moves.entered, of_rows);
    strbuf_add(out, " entered and ");
    add_amount(out, row, moves.left, of_rows);
    strbuf_add(out, " left");
}

/* The rows first. What a mean sums up, and a band beside its distribution, go without saying. */
const char *note_moves(Arena *arena, const ReportRow *row) {
    const CellMoves moves = cell_moves(row->cell);
    const Moves *above = &moves.numerator, *below = &moves.denominator;
    Shape shape = row->indicator->shape;
    StrBuf out = {0};
    if (shape == SHAPE_RATIO && above->present) {
        add_moves(&out, row, *above, false);
        strbuf_add(&out, " the numerator");
    }
    if (shape == SHAPE_RATIO && below->present) {
        strbuf_add(&out, out.len ? "; " : "");
        add_moves(&out, row, *below, false);
        strbuf_add(&out, " the denominator");
    }
    if (shape == SHAPE_PROPORTION && below->present) {
        add_moves(&out, row, *below, true);
        strbuf_add(&out, "; of the numerator ");
        add_moves(&out, row, *above, true);
    }
    if (shape == SHAPE_DISTRIBUTION && above->present)
        add_moves(&out, row, *above, true);
    if (shape == SHAPE_VALUE && below->present)
        add_moves(&out, row, *below, true);
    else if (shape == SHAPE_VALUE && above->present)
        add_moves(&out, row, *above, false);
    return keep(arena, &out);
}

static void push(Arena *arena, NoteList *out, const char *note) {
    if (note)
        vec_push(arena, out, note);
}

static void add_members(StrBuf *out, const BenchmarkFigure *figure) {
    if (figure->benchmark->kind != BENCHMARK_MEMBERS || figure->members == 0)
        return;
    strbuf_addf(out, ", %s of %zu of %zu members", figure->benchmark->pooled ? "pooled" : "mean",
                figure->members_with_value, figure->members);
    if (figure->members_confidential > 0)
        strbuf_addf(out, " (%zu confidential)", figure->members_confidential);
}

const char *note_benchmark(Arena *arena, const ReportBenchmark *benchmark) {
    StrBuf out = {0};
    strbuf_addf(&out, "%s %s", benchmark->figure->benchmark->label, benchmark->period);
    if (benchmark->printed)
        strbuf_addf(&out, ": %s", benchmark->printed);
    add_members(&out, benchmark->figure);
    return keep(arena, &out);
}

const char *note_like_for_like(Arena *arena, const ReportBenchmark *benchmark) {
    if (!benchmark->like_printed)
        return NULL;
    StrBuf out = {0};
    strbuf_addf(&out, "%s like for like", benchmark->like_printed);
    if (benchmark->like_fraction)
        strbuf_addf(&out, " (%s)", benchmark->like_fraction);
    if (benchmark->like_period)
        strbuf_addf(&out, ", of %s", benchmark->like_period);
    return keep(arena, &out);
}

const char *note_reported(Arena *arena, const ReportedFigure *figure) {
    if (!figure)
        return NULL;
    return figure->note ? arena_printf(arena, "as reported; %s", figure->note) : "as reported";
}

/* Marks that the figure itself carries. */
static void push_marks(Arena *arena, const ReportRow *row, NoteList *out) {
    if (row->cell->provisional && row->printed)
        push(arena, out, "provisional");
    push(arena, out, note_reported(arena, row->reported));
    const char *previous = note_reported(arena, row->previous_reported);
    if (previous)
        push(arena, out,
             arena_printf(arena, "%s (%s): %s", row->previous_printed, row->previous_period,
                          previous));
    if (row->cell->break_within && !row->cell->break_between && row->cell->break_reason)
        push(arena, out,
             arena_printf(arena, "a break lies within the window: %s", row->cell->break_reason));
}

static void push_benchmarks(Arena *arena, const ReportRow *row, bool verbose, NoteList *out) {
    for (size_t i = 0; i < row->benchmarks_len; i++) {
        const ReportBenchmark *benchmark = &row->benchmarks[i];
        const char *like = note_like_for_like(arena, benchmark);
        bool shown = i > 0 || benchmark->figure->benchmark->kind == BENCHMARK_MEMBERS;
        if (shown && benchmark->printed)
            push(arena, out, note_benchmark(arena, benchmark));
        push(arena, out, like);
        if (verbose || !benchmark->compared)
            push(arena, out, benchmark->reason);
    }
}

static bool movement_needs_words(const ReportRow *row) {
    switch (row->movement.hindrance) {
    case HINDRANCE_NONE:
    case HINDRANCE_NO_PERIOD:
    case HINDRANCE_NOW_MISSING:
    case HINDRANCE_YEAR_TO_DATE: /* its increase stands where the arrow would */
        return false;
    case HINDRANCE_PREVIOUS_MISSING:
    case HINDRANCE_NEW_YEAR:
    case HINDRANCE_BREAK:
        return true;
    }
    return false;
}

bool row_is_new_group(const ReportRow *row) {
    return row->movement.hindrance == HINDRANCE_PREVIOUS_MISSING && !row->cell->previous;
}

void notes_of_row(Arena *arena, const ReportRow *row, NoteChoice choice, NoteList *out) {
    /* Some reasons only repeat what the table shows in place of the value, or what is said of all
     * that is hidden. */
    if (row->missing && row->cell->reason && !row->cell->withheld.figure &&
        strcmp(row->missing, row->cell->reason) != 0)
        push(arena, out, arena_printf(arena, "%s: %s", row->missing, row->cell->reason));
    push(arena, out, note_exclusions(arena, row));
    push(arena, out, note_parts(arena, row));
    push(arena, out, note_unknowns(arena, row));
    const char *moves = note_moves(arena, row);
    if (moves)
        push(arena, out, arena_printf(arena, "since %s: %s", row->previous_period, moves));
    push_marks(arena, row, out);
    push_benchmarks(arena, row, choice.verbose, out);
    if (row->hidden || (choice.verbose && row->status != STATUS_NONE && !row->by_benchmark))
        push(arena, out, row->status_reason);
    bool said_below = choice.new_groups_below && row_is_new_group(row);
    if ((movement_needs_words(row) || choice.verbose) && !said_below)
        push(arena, out, row->movement_reason);
}

/* ---- an indicator in words ---- */

void indicator_window_words(StrBuf *out, const Indicator *indicator) {
    const char *every = every_word(indicator->every);
    switch (indicator->window) {
    case WINDOW_SNAPSHOT:
        strbuf_addf(out, "Snapshot at the end of every %s", every);
        break;
    case WINDOW_SNAPSHOT_AT_TAKEN:
        strbuf_addf(out, "Snapshot on the day the data was taken, every %s", every);
        break;
    case WINDOW_ROLLING:
        strbuf_addf(out, "Rolling %d months, every %s", indicator->window_months, every);
        break;
    case WINDOW_MONTH:
    case WINDOW_QUARTER:
        strbuf_addf(out, "Every %s", window_word(indicator->window));
        break;
    case WINDOW_FINANCIAL_YEAR:
        strbuf_add(out, "Financial years");
        break;
    case WINDOW_ACADEMIC_YEAR:
        strbuf_add(out, "Academic years");
        break;
    case WINDOW_CALENDAR_YEAR:
        strbuf_add(out, "Calendar years");
        break;
    case WINDOW_YEAR_TO_DATE:
        strbuf_addf(out, "Year to date from 1 April, every %s", every);
        break;
    }
}

void indicator_basis_words(StrBuf *out, const Indicator *indicator) {
    if (indicator->basis != BASIS_PER)
        return;
    strbuf_add(out, "per ");
    num_print(out, indicator->per, 0, true);
    if (indicator->unit)
        strbuf_addf(out, " %s", indicator->unit);
}

void indicator_good_words(StrBuf *out, const Indicator *indicator) {
    Measure measure = {indicator->basis, indicator->unit, indicator->decimals};
    switch (indicator->good) {
    case GOOD_NEUTRAL:
        return;
    case GOOD_HIGH:
    case GOOD_LOW:
        strbuf_addf(out, "%s is good", good_word(indicator->good));
        return;
    case GOOD_BETWEEN:
        strbuf_add(out, "good between ");
        measure_print(out, measure, indicator->good_low, measure.decimals);
        strbuf_add(out, " and ");
        measure_print(out, measure, indicator->good_high, measure.decimals);
        return;
    }
}
