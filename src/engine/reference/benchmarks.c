/* Benchmarks as they meet the cells of a window: the benchmark's value, and which of our values it
 * is held against.
 */
#include <string.h>

#include "engine/reference/members.h"

/* One benchmark and the cells of one window. */
typedef struct Meeting {
    CellRun *run;
    const Benchmark *benchmark;
    size_t place;    /* in indicator->benchmarks */
    CellSlice cells; /* ours */
    CellSlice like;  /* those that meet it: ours, ours on its population, another indicator's */
    bool other;      /* they are not ours */
} Meeting;

/* ---- cells that belong together ---- */

static bool same_key(const GroupKey *a, const GroupKey *b) {
    if (a->whole || b->whole || a->unknown || b->unknown)
        return a->whole == b->whole && a->unknown == b->unknown;
    return a->value.kind == b->value.kind && value_compare(a->value, b->value) == 0;
}

static bool same_group(const Cell *a, const Cell *b) {
    if (a->whole || b->whole)
        return a->whole == b->whole;
    if (a->indicator->breakdowns_len != b->indicator->breakdowns_len)
        return false;
    for (size_t i = 0; i < a->indicator->breakdowns_len; i++)
        if (!same_key(&a->group[i], &b->group[i]))
            return false;
    return true;
}

/* ---- entries ---- */

static bool key_is(const GroupKey *key, const char *name) {
    if (key->label && strcmp(key->label, name) == 0)
        return true;
    StrBuf words = {0};
    value_print(&words, key->value);
    bool same = !key->unknown && strcmp(strbuf_text(&words), name) == 0;
    strbuf_fini(&words);
    return same;
}

/* The one breakdown that the cell is a group of; NULL for the whole, and in a cross table. */
static const GroupKey *only_key(const Cell *cell) {
    const GroupKey *found = NULL;
    for (size_t i = 0; i < cell->indicator->breakdowns_len; i++) {
        if (cell->group[i].whole)
            continue;
        if (found)
            return NULL;
        found = &cell->group[i];
    }
    return found;
}

/* The whole has the label of its total. */
static bool is_total(const Cell *cell, const char *name) {
    for (size_t i = 0; cell->whole && i < cell->indicator->breakdowns_len; i++) {
        const char *total = cell->indicator->breakdowns[i].total;
        if (total && strcmp(total, name) == 0)
            return true;
    }
    return false;
}

static bool is_named(const Cell *cell, const char *name) {
    if (cell->indicator->shape == SHAPE_DISTRIBUTION)
        return cell->band && strcmp(cell->band->label, name) == 0;
    if (cell->whole)
        return is_total(cell, name);
    const GroupKey *key = only_key(cell);
    return key && key_is(key, name);
}

static bool names(const BenchmarkEntry *entry, const Cell *cell) {
    for (size_t i = 0; i < entry->keys_len; i++)
        if (is_named(cell, entry->keys[i]))
            return true;
    return false;
}

/* Cells that one entry names: bands of one group, or groups. */
static bool goes_with(const BenchmarkEntry *entry, const Cell *cell, const Cell *other) {
    bool bands = cell->indicator->shape == SHAPE_DISTRIBUTION;
    return names(entry, other) && (!bands || same_group(cell, other));
}

static const BenchmarkEntry *entry_for(const Benchmark *benchmark, const Cell *cell) {
    for (size_t i = 0; i < benchmark->entries_len; i++)
        if (names(&benchmark->entries[i], cell))
            return &benchmark->entries[i];
    return NULL;
}

static bool is_first(const Meeting *meeting, const BenchmarkEntry *entry, const Cell *cell) {
    for (size_t i = 0; i < meeting->cells.len && meeting->cells.items[i] != cell; i++)
        if (goes_with(entry, cell, meeting->cells.items[i]))
            return false;
    return true;
}

static void take_entry(const Meeting *meeting, const Cell *cell, BenchmarkFigure *figure) {
    figure->entry = entry_for(meeting->benchmark, cell);
    if (figure->entry && is_first(meeting, figure->entry, cell))
        figure->value = (Figure){true, figure->entry->value};
}

/* ---- our side ---- */

/* What was reported stands instead of what was computed, here too. */
static CellSum sum_of(const Cell *cell) {
    if (cell->reported)
        return (CellSum){.value = {true, cell->reported->value}};
    return (CellSum){.numerator = cell->numerator,
                     .denominator = cell->denominator,
                     .value = {cell->available, cell->available ? cell->value : num_of_int(0)},
                     .reason = cell->available ? NULL : cell->reason};
}

static CellSum single(const Meeting *meeting, const Cell *cell) {
    for (size_t i = 0; i < meeting->like.len; i++)
        if (same_group(cell, meeting->like.items[i]) &&
            cells_same_band(cell, meeting->like.items[i]))
            return sum_of(meeting->like.items[i]);
    const Indicator *other = meeting->benchmark->compared_as;
    if (!other)
        return (CellSum){.reason = "no cases"};
    return (CellSum){.reason = arena_printf(meeting->run->run, "'%s' has no such %s", other->id,
                                            cell->band ? "band" : "group")};
}

static CellSum added(const Meeting *meeting, const BenchmarkEntry *entry, const Cell *cell) {
    const Cell **cells = arena_array(meeting->run->run, meeting->like.len, sizeof *cells);
    size_t len = 0;
    for (size_t i = 0; i < meeting->like.len; i++)
        if (goes_with(entry, cell, meeting->like.items[i]))
            cells[len++] = meeting->like.items[i];
    bool bands = cell->indicator->shape == SHAPE_DISTRIBUTION;
    return cells_add(cells, len, bands ? SUM_OF_BANDS : SUM_OF_GROUPS);
}

static void take_like(const Meeting *meeting, const Cell *cell, BenchmarkFigure *figure) {
    const BenchmarkEntry *entry = figure->entry;
    bool several = entry && entry->keys_len > 1;
    if (!several && !meeting->other)
        return;
    CellSum like = several ? added(meeting, entry, cell) : single(meeting, cell);
    figure->has_like_for_like = true;
    figure->like_numerator = like.numerator;
    figure->like_denominator = like.denominator;
    figure->like_value = like.value;
    if (meeting->like.len > 0 && meeting->like.items[0]->period.end != cell->period.end) {
        figure->has_like_period = true;
        figure->like_period = meeting->like.items[0]->period;
    }
    if (!like.value.present && !figure->reason)
        figure->reason = like.reason;
}

/* ---- a benchmark and a cell ---- */

/* A number of cases, or their sum: that of a group is a part of the whole's. */
static bool is_amount(const Indicator *indicator) {
    if (indicator->shape != SHAPE_VALUE || indicator->value->kind != EXPR_QUANTITY)
        return indicator->basis == BASIS_COUNT || indicator->basis == BASIS_POUNDS;
    QuantityKind kind = indicator->value->as.quantity->kind;
    return kind == QUANTITY_COUNT || kind == QUANTITY_COUNT_DISTINCT || kind == QUANTITY_SUM;
}

/* Whether the benchmark speaks of a whole of which this cell is a part. A neighbour among the
 * groups is as much a whole as the members that its benchmark is taken from. */
static bool is_part_of_whole(const Benchmark *benchmark, const Cell *cell) {
    return benchmark->kind != BENCHMARK_ENTRIES && benchmark->from != cell->indicator &&
           !cell->whole && is_amount(cell->indicator);
}

/* Of all authorities together, where the benchmark is of one: the mean of some of them. */
static bool is_sum_of_members(const Benchmark *benchmark, const Cell *cell) {
    return benchmark->kind == BENCHMARK_MEMBERS && benchmark->from == cell->indicator &&
           cell->whole && is_amount(cell->indicator);
}

static void take_value(const Meeting *meeting, const Cell *cell, BenchmarkFigure *figure) {
    const Benchmark *benchmark = meeting->benchmark;
    /* All bands together are always the whole. */
    if (cell->indicator->shape == SHAPE_DISTRIBUTION && !cell->band)
        return;
    if (is_part_of_whole(benchmark, cell) || is_sum_of_members(benchmark, cell))
        return;
    switch (benchmark->kind) {
    case BENCHMARK_VALUE:
        figure->value = (Figure){true, benchmark->value};
        return;
    case BENCHMARK_ENTRIES:
        take_entry(meeting, cell, figure);
        return;
    case BENCHMARK_MEMBERS:
        members_meet(meeting->run, benchmark, cell, figure);
        return;
    }
}

static BenchmarkFigure meet(const Meeting *meeting, const Cell *cell) {
    BenchmarkFigure figure = {.benchmark = meeting->benchmark};
    take_value(meeting, cell, &figure);
    if (!figure.value.present)
        return figure;
    take_like(meeting, cell, &figure);
    figure.comparable = !figure.has_like_for_like || figure.like_value.present;
    if (meeting->benchmark->not_comparable) {
        figure.comparable = false;
        figure.reason = meeting->benchmark->not_comparable;
    }
    return figure;
}

/* ---- the cells that meet it ---- */

/* Our cells once more, of the rows that meet `only where` too. */
static CellSlice narrowed_cells(const Meeting *meeting) {
    CellRun run = *meeting->run;
    CellList cells = {0};
    const PlanIndicator *planned = run.planned;
    const PlanNode *narrowed = planned->narrowed[meeting->place];
    size_t sets_len = planned->indicator->rowsets_len;
    EntrySet *sets = NULL;
    run.scratch = arena_new();
    run.cells = &cells;
    if (run.window->available) {
        sets = arena_array(run.scratch, sets_len, sizeof *sets);
        for (size_t i = 0; i < sets_len; i++)
            sets[i] = run.rows(&run, i == narrowed->set ? narrowed : planned->rows[i]);
    }
    groups_make_cells(&run, sets);
    arena_free(run.scratch);
    return (CellSlice){cells.items, cells.len};
}

static void choose_like(Meeting *meeting) {
    const Benchmark *benchmark = meeting->benchmark;
    Period ours = meeting->run->window->period;
    meeting->like = meeting->cells;
    meeting->other = true;
    if (benchmark->compared_as)
        meeting->like = cells_of_period(meeting->run->all, benchmark->compared_as,
                                        indicator_period_by(benchmark->compared_as, ours.end));
    else if (meeting->run->planned->narrowed[meeting->place])
        meeting->like = narrowed_cells(meeting);
    else
        meeting->other = false;
}

void cells_meet_benchmarks(CellRun *run, CellSlice cells) {
    const Indicator *indicator = run->planned->indicator;
    if (indicator->benchmarks_len == 0)
        return;
    for (size_t i = 0; i < cells.len; i++) {
        cells.items[i]->benchmarks =
            arena_array(run->run, indicator->benchmarks_len, sizeof *cells.items[i]->benchmarks);
        cells.items[i]->benchmarks_len = indicator->benchmarks_len;
    }
    for (size_t b = 0; b < indicator->benchmarks_len; b++) {
        Meeting meeting = {
            .run = run, .benchmark = &indicator->benchmarks[b], .place = b, .cells = cells};
        choose_like(&meeting);
        for (size_t i = 0; i < cells.len; i++)
            cells.items[i]->benchmarks[b] = meet(&meeting, cells.items[i]);
    }
}

/* ---- keys that meet nothing ---- */

static bool is_met(const IndicatorCells *own, const char *key) {
    for (size_t i = 0; i < own->cells.len; i++)
        if (own->cells.items[i]->asked && is_named(own->cells.items[i], key))
            return true;
    return false;
}

static bool any_available(const PlanIndicator *planned) {
    for (size_t w = 0; w < planned->windows_len; w++)
        if (planned->windows[w].asked && planned->windows[w].available)
            return true;
    return false;
}

void benchmarks_report_unmet(Session *session, const IndicatorCells *own) {
    const Indicator *indicator = own->planned->indicator;
    if (!any_available(own->planned))
        return;
    for (size_t b = 0; b < indicator->benchmarks_len; b++) {
        const Benchmark *benchmark = &indicator->benchmarks[b];
        for (size_t e = 0; e < benchmark->entries_len; e++)
            for (size_t k = 0; k < benchmark->entries[e].keys_len; k++) {
                const char *key = benchmark->entries[e].keys[k];
                if (is_met(own, key))
                    continue;
                Diag *diag = diag_add(
                    session->diags, DIAG_benchmark_group_unmet, benchmark->entries[e].span,
                    "'%s' has no group '%s' that this benchmark could meet", indicator->id, key);
                diag_help(diag, "keys are values of the breakdown, or their titles, as the data "
                                "has them");
            }
    }
}
