#include "report/suppress.h"

#include <stdlib.h>

#include "report/report.h"

#define DFE_BELOW 6 /* children in need statistics: 1 to 5 are not published */

const char suppress_reason[] = "hidden: it would tell a small number";

/* What is published already was made fit for it by its publisher. */
static bool is_of_published(const Indicator *indicator) {
    for (size_t i = 0; i < indicator->rowsets_len; i++)
        if (indicator->rowsets[i]->source->published == PUBLISHED_NONE)
            return false;
    return indicator->rowsets_len > 0;
}

int64_t suppress_below(const Indicator *indicator) {
    if (indicator->suppress_declared)
        return indicator->suppress_below;
    return is_of_published(indicator) ? 0 : DFE_BELOW;
}

/* ---- tables ---- */

typedef struct FigureTable {
    Cell **cells;
    size_t len;
    const Indicator *indicator;
    Period period;
    Date start, end; /* of the window */
    size_t order;    /* in which it was found */
    int64_t below;
} FigureTable;

typedef struct HidingRun {
    Arena *arena; /* of the Result */
    VEC(FigureTable) tables;
} HidingRun;

static void add_tables(HidingRun *run, Cell **cells, size_t len) {
    for (size_t from = 0; from < len;) {
        const Cell *first = cells[from];
        size_t to = from + 1;
        while (to < len && cells[to]->indicator == first->indicator &&
               cells[to]->period.end == first->period.end)
            to++;
        FigureTable table = {.cells = cells + from,
                             .len = to - from,
                             .indicator = first->indicator,
                             .period = first->period,
                             .start = first->window_start,
                             .end = first->window_end,
                             .order = run->tables.len,
                             .below = suppress_below(first->indicator)};
        vec_push(run->arena, &run->tables, table);
        from = to;
    }
}

static int by_period(const void *left, const void *right) {
    const FigureTable *a = left, *b = right;
    if (a->period.end != b->period.end)
        return a->period.end < b->period.end ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* The latest table of the indicator that ends on or before the day; NULL: none. */
static const FigureTable *table_by(const HidingRun *run, const Indicator *indicator, Date day) {
    const FigureTable *found = NULL;
    for (size_t i = 0; i < run->tables.len && run->tables.items[i].period.end <= day; i++)
        if (run->tables.items[i].indicator == indicator)
            found = &run->tables.items[i];
    return found;
}

/* ---- a year to date ---- */

static bool same_group(const Cell *a, const Cell *b) {
    if (a->band != b->band || a->band_unknown != b->band_unknown)
        return false;
    for (size_t i = 0; i < a->indicator->breakdowns_len; i++) {
        const GroupKey *x = &a->group[i], *y = &b->group[i];
        if (x->whole != y->whole || x->unknown != y->unknown)
            return false;
        if (!x->whole && !x->unknown && value_compare(x->value, y->value) != 0)
            return false;
    }
    return true;
}

/* The group's figure of the last table before that shows it, in the same year. */
static const Cell *last_shown(const HidingRun *run, size_t table, const Cell *cell) {
    const FigureTable *own = &run->tables.items[table];
    for (size_t i = table; i > 0; i--) {
        const FigureTable *before = &run->tables.items[i - 1];
        if (before->indicator != own->indicator || before->start != own->start ||
            before->end >= own->end)
            continue;
        for (size_t c = 0; c < before->len; c++)
            if (same_group(before->cells[c], cell) && before->cells[c]->available &&
                !before->cells[c]->withheld.figure)
                return before->cells[c];
    }
    return NULL;
}

/* Whether what came since then is a small number. */
static bool tells_step(Arena *arena, const Cell *before, const Cell *now, int64_t below) {
    ToldList then = {0}, today = {0};
    told_by_figure(arena, before, &then);
    told_by_figure(arena, now, &today);
    for (size_t i = 0; i < today.len; i++)
        for (size_t j = 0; j < then.len; j++) {
            int64_t step = today.items[i].count - then.items[j].count;
            if (today.items[i].kind == then.items[j].kind && step != 0 && llabs(step) < below)
                return true;
        }
    return false;
}

/* By cell of the table; NULL: its window is no year to date. */
static const bool *hidden_steps(const HidingRun *run, size_t number) {
    const FigureTable *table = &run->tables.items[number];
    if (table->indicator->window != WINDOW_YEAR_TO_DATE)
        return NULL;
    bool *hidden = arena_array(run->arena, table->len, sizeof *hidden);
    for (size_t i = 0; i < table->len; i++) {
        const Cell *before = last_shown(run, number, table->cells[i]);
        hidden[i] = before && tells_step(run->arena, before, table->cells[i], table->below);
    }
    return hidden;
}

/* ---- what is made of other values ---- */

static bool any_withheld(const FigureTable *table) {
    for (size_t i = 0; i < table->len; i++)
        if (table->cells[i]->withheld.figure)
            return true;
    return false;
}

static bool input_is_withheld(const HidingRun *run, const FigureTable *table) {
    for (size_t i = 0; i < table->indicator->inputs_len; i++) {
        const FigureTable *input = table_by(run, table->indicator->inputs[i], table->period.end);
        if (input && input->period.end == table->period.end && input->cells[0]->withheld.figure)
            return true;
    }
    return false;
}

static void hide_derived(const HidingRun *run) {
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < run->tables.len; i++) {
            const FigureTable *table = &run->tables.items[i];
            if (table->cells[0]->withheld.figure || !input_is_withheld(run, table))
                continue;
            for (size_t c = 0; c < table->len; c++)
                table->cells[c]->withheld.figure = true;
            changed = true;
        }
    }
}

/* Our value as another indicator has it. */
static void hide_compared_as(const HidingRun *run, const FigureTable *table) {
    for (size_t i = 0; i < table->len; i++)
        for (size_t b = 0; b < table->cells[i]->benchmarks_len; b++) {
            BenchmarkFigure *figure = &table->cells[i]->benchmarks[b];
            const Indicator *other = figure->benchmark->compared_as;
            const FigureTable *from = other ? table_by(run, other, table->period.end) : NULL;
            if (from && any_withheld(from))
                suppress_like(figure);
        }
}

/* ---- what stands beside the figures ---- */

static bool is_small(const FigureTable *table, int64_t count) {
    return count > 0 && count < table->below;
}

static bool tells_count(const FigureTable *table, const Cell *cell) {
    const Indicator *indicator = cell->indicator;
    bool small = is_small(table, cell->excluded_overlap) || is_small(table, cell->unknown_rows) ||
                 is_small(table, cell->unknown_numerator) ||
                 is_small(table, cell->unknown_excluded) || is_small(table, cell->left_out);
    if (cell->has_counts)
        small = small || is_small(table, cell->gross);
    for (size_t i = 0; cell->has_counts && i < indicator->excludes_len; i++)
        small = small || is_small(table, cell->excluded[i].count);
    return small;
}

/* Rows before exclusions add to totals as figures do: of a table all are told, or none. */
static bool hides_counts(const FigureTable *table) {
    if (table->indicator->window == WINDOW_YEAR_TO_DATE && table->indicator->excludes_len > 0)
        return true;
    if (any_withheld(table))
        return true;
    for (size_t i = 0; i < table->len; i++)
        if (tells_count(table, table->cells[i]))
            return true;
    return false;
}

static void hide_counts(Cell *cell) {
    cell->withheld.counts = true;
    cell->gross = cell->excluded_overlap = cell->left_out = 0;
    cell->unknown_rows = cell->unknown_numerator = cell->unknown_excluded = 0;
    for (size_t i = 0; i < cell->indicator->excludes_len; i++) {
        cell->excluded[i].count = 0;
        cell->excluded[i].withheld = true;
    }
}

static bool is_small_number(const FigureTable *table, Num number) {
    return num_compare(number, num_of_int(0)) > 0 &&
           num_compare(number, num_of_int(table->below)) < 0;
}

static bool tells_moves(const FigureTable *table, Moves moves) {
    return moves.present &&
           (is_small_number(table, moves.entered) || is_small_number(table, moves.left));
}

/* What entered and left joins two figures, and adds to totals too: it is told of a whole table, of
 * which nothing is hidden in either period, or not at all. */
static bool hides_moves(const FigureTable *table) {
    for (size_t i = 0; i < table->len; i++) {
        const Cell *cell = table->cells[i];
        if (cell->withheld.figure || (cell->previous && cell->previous->withheld.figure) ||
            tells_moves(table, cell_moves(cell).numerator) ||
            tells_moves(table, cell_moves(cell).denominator))
            return true;
    }
    return false;
}

/* Of a hidden total shares tell the total. */
static bool hides_shares(const FigureTable *table) {
    for (size_t i = 0; i < table->len; i++)
        for (size_t level = 0; level < table->indicator->breakdowns_len; level++)
            if (table->cells[i]->withheld.figure && table->cells[i]->group[level].whole)
                return true;
    return false;
}

static void hide_figure(Cell *cell) {
    cell->available = cell->not_yet = cell->has_counts = false;
    cell->symbol = SYMBOL_CONFIDENTIAL;
    cell->reason = suppress_reason;
    cell->value = num_of_int(0);
    cell->numerator = cell->denominator = cell->squares = (Figure){0};
    cell->share_numerator = cell->share_denominator = (Figure){0};
    for (size_t i = 0; i < cell->benchmarks_len; i++)
        if (cell->benchmarks[i].has_like_for_like)
            suppress_like(&cell->benchmarks[i]);
}

static void hide_parts(Cell *cell) {
    for (size_t i = 0; i < cell->indicator->parts_len; i++) {
        PartCount *part = &cell->parts[i];
        part->withheld = part->withheld || cell->withheld.figure;
        if (part->withheld)
            part->count = 0;
    }
}

static void hide_beside(const FigureTable *table) {
    bool counts = hides_counts(table), shares = hides_shares(table), moves = hides_moves(table);
    for (size_t i = 0; i < table->len; i++) {
        Cell *cell = table->cells[i];
        cell->withheld.below = table->below;
        if (counts)
            hide_counts(cell);
        if (moves)
            cell->moves = NULL;
        if (shares)
            cell->share_numerator = cell->share_denominator = (Figure){0};
        hide_parts(cell);
        if (cell->withheld.figure)
            hide_figure(cell);
    }
}

static void hide_previous(const FigureTable *table) {
    for (size_t i = 0; i < table->len; i++)
        if (table->cells[i]->previous && table->cells[i]->previous->withheld.figure)
            table->cells[i]->previous_value = (Figure){0};
}

/* ---- all of it ---- */

void suppress_result(Arena *arena, Result *result) {
    HidingRun run = {.arena = arena};
    add_tables(&run, result->cells, result->cells_len);
    add_tables(&run, result->helpers, result->helpers_len);
    if (run.tables.len > 0)
        qsort(run.tables.items, run.tables.len, sizeof *run.tables.items, by_period);
    for (size_t i = 0; i < run.tables.len; i++) {
        const FigureTable *table = &run.tables.items[i];
        if (table->below > 1)
            suppress_table(arena,
                           &(SuppressTable){table->cells, table->len, hidden_steps(&run, i)});
    }
    hide_derived(&run);
    for (size_t i = 0; i < run.tables.len; i++)
        hide_compared_as(&run, &run.tables.items[i]);
    for (size_t i = 0; i < run.tables.len; i++)
        if (run.tables.items[i].below > 1 || any_withheld(&run.tables.items[i]))
            hide_beside(&run.tables.items[i]);
    for (size_t i = 0; i < run.tables.len; i++)
        hide_previous(&run.tables.items[i]);
}
