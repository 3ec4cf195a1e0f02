/* What stands around a figure: what it is compared with, breaks, provisional and reported figures.
 */
#include "engine/reference/cells.h"

/* ---- the compared period ---- */

/* Of one indicator. */
static bool same_group(const Cell *a, const Cell *b) {
    if (a->band != b->band || a->band_unknown != b->band_unknown)
        return false;
    for (size_t i = 0; i < a->indicator->breakdowns_len; i++)
        if (a->group[i].whole != b->group[i].whole || a->group[i].number != b->group[i].number)
            return false;
    return true;
}

/* Where the cell of the same group and band stands among cells, which are in the order of
 * groups_compare: most often at `likely`; cells.len: there is none. */
static size_t find_group(CellSlice cells, const Cell *like, size_t likely) {
    size_t from = 0, to = cells.len;
    if (likely < cells.len && same_group(cells.items[likely], like))
        return likely;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = groups_compare(cells.items[middle], like);
        if (order == 0)
            return middle;
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return cells.len;
}

static void link_previous(Cell *cell, const Cell *previous, Period period) {
    cell->previous = previous;
    cell->previous_period = period;
    cell->has_previous_period = true;
    if (previous && previous->available) {
        cell->previous_value = (Figure){true, previous->value};
    } else if (previous && previous->reported) {
        cell->previous_value = (Figure){true, previous->reported->value};
        cell->previous_reported = true;
    }
}

/* ---- provisional and reported figures ---- */

static bool is_provisional(const Indicator *indicator, Period period) {
    for (size_t i = 0; i < indicator->provisional_len; i++)
        if (indicator->provisional[i].end == period.end)
            return true;
    return false;
}

static const ReportedFigure *reported_for(const Indicator *indicator, Period period) {
    for (size_t i = 0; i < indicator->reported_len; i++)
        if (indicator->reported[i].period.end == period.end)
            return &indicator->reported[i];
    return NULL;
}

/* What is made of something provisional, or not yet there, is so too. */
static void inherit(const AllCells *all, Cell *cell) {
    for (size_t i = 0; i < cell->indicator->inputs_len; i++) {
        CellSlice cells = cells_of_period(all, cell->indicator->inputs[i], cell->period);
        if (cells.len == 0)
            continue;
        cell->provisional = cell->provisional || cells.items[0]->provisional;
        cell->not_yet = cell->not_yet || (!cell->available && cells.items[0]->not_yet);
    }
}

/* ---- breaks ---- */

/* A window with days on both sides of a break is comparable with neither side. */
static bool is_between(const BreakMark *mark, const PlanWindow *earlier, const PlanWindow *later) {
    Date first = earlier->start < later->start ? earlier->start : later->start;
    Date last = earlier->end > later->end ? earlier->end : later->end;
    return first < mark->date && mark->date <= last;
}

static const BreakMark *find_break(const Indicator *indicator, const PlanWindow *earlier,
                                   const PlanWindow *later) {
    const BreakMark *found = NULL;
    for (size_t i = 0; i < indicator->breaks_len; i++) {
        const BreakMark *mark = &indicator->breaks[i];
        if (is_between(mark, earlier, later) && (!found || mark->date > found->date))
            found = mark;
    }
    return found;
}

/* "1 September 2015 (of 'ks2'): new assessments; the window has days on both sides of it" */
static const char *break_words(Arena *run, const BreakMark *mark, const PlanWindow *compared,
                               const PlanWindow *window) {
    StrBuf words = {0};
    date_print_long(&words, mark->date);
    if (mark->from)
        strbuf_addf(&words, " (of '%s')", mark->from->id);
    strbuf_addf(&words, ": %s", mark->reason);
    if (is_between(mark, window, window))
        strbuf_add(&words, "; the window has days on both sides of it");
    else if (compared && is_between(mark, compared, compared))
        strbuf_add(&words, "; the window compared with has days on both sides of it");
    const char *text = arena_copy_text(run, strbuf_text(&words), words.len);
    strbuf_fini(&words);
    return text;
}

/* ---- all of them ---- */

static void surround_window(const AllCells *all, IndicatorCells *own, size_t w, Arena *run) {
    const PlanIndicator *planned = own->planned;
    const PlanWindow *window = &planned->windows[w];
    const PlanWindow *compared = window->previous < 0 ? NULL : &planned->windows[window->previous];
    CellSlice cells = cells_of_window(own, w);
    const BreakMark *within = find_break(planned->indicator, window, window);
    const BreakMark *between = compared ? find_break(planned->indicator, compared, window) : NULL;
    const char *reason = NULL;
    if (between || within)
        reason = break_words(run, between ? between : within, compared, window);
    for (size_t i = 0; i < cells.len; i++) {
        Cell *cell = cells.items[i];
        cell->provisional = is_provisional(planned->indicator, window->period);
        inherit(all, cell);
        cell->break_between = between;
        cell->break_within = within;
        cell->break_reason = reason;
        /* What was reported is one number, of the whole. */
        if (i == 0)
            cell->reported = reported_for(planned->indicator, window->period);
    }
}

void cells_surround(const AllCells *all, IndicatorCells *own, Arena *run) {
    const PlanIndicator *planned = own->planned;
    for (size_t w = 0; w < planned->windows_len; w++)
        surround_window(all, own, w, run);
    for (size_t w = 0; w < planned->windows_len; w++) {
        int previous = planned->windows[w].previous;
        if (previous < 0)
            continue;
        CellSlice cells = cells_of_window(own, w),
                  compared = cells_of_window(own, (size_t)previous);
        for (size_t i = 0, likely = 0; i < cells.len; i++) {
            size_t found = find_group(compared, cells.items[i], likely);
            link_previous(cells.items[i], found < compared.len ? compared.items[found] : NULL,
                          planned->windows[previous].period);
            likely = found < compared.len ? found + 1 : likely;
        }
    }
}
