#include "report/tables.h"

#include <string.h>

GridCell cell_value(const ReportRow *row) {
    if (row->printed)
        return (GridCell){row->printed, INK_BOLD};
    return (GridCell){row->missing, INK_DIM};
}

GridCell cell_fraction(Arena *arena, const ReportRow *row) {
    const Cell *cell = row->cell;
    if (!cell->numerator.present || !cell->denominator.present)
        return (GridCell){0};
    StrBuf text = {0};
    figure_print(&text, cell->numerator.value, true);
    strbuf_add_char(&text, '/');
    figure_print(&text, cell->denominator.value, true);
    GridCell result = {arena_copy_text(arena, strbuf_text(&text), text.len), INK_PLAIN};
    strbuf_fini(&text);
    return result;
}

GridCell cell_target(const ReportRow *row) {
    return (GridCell){row->target_printed, INK_PLAIN};
}

/* "42.2%"; of a refused one too: a note says why there is no verdict. */
GridCell cell_benchmark(const ReportRow *row) {
    if (!row->shown_benchmark)
        return (GridCell){0};
    return (GridCell){row->shown_benchmark->printed, INK_PLAIN};
}

static const char *status_words(Arena *arena, const ReportRow *row, const char *symbol) {
    const char *words = row->by_benchmark ? row->judged_by->verdict : status_word(row->status);
    return arena_printf(arena, "%s %s", symbol, words);
}

GridCell cell_status(Arena *arena, const ReportRow *row) {
    switch (row->status) {
    case STATUS_NONE:
        /* Without a direction of good a benchmark still says where the figure lies. */
        if (row->by_benchmark)
            return (GridCell){row->judged_by->verdict, INK_PLAIN};
        return (GridCell){0};
    case STATUS_MET:
        return (GridCell){status_words(arena, row, "✓"), INK_GOOD};
    case STATUS_NEAR:
        return (GridCell){status_words(arena, row, "≈"), INK_PLAIN};
    case STATUS_MISSED:
        return (GridCell){status_words(arena, row, "✗"), INK_BAD};
    }
    return (GridCell){0};
}

GridCell cell_previous(const ReportRow *row) {
    if (row->previous_printed)
        return (GridCell){row->previous_printed, INK_PLAIN};
    return (GridCell){row->previous_missing, INK_DIM};
}

static const char *movement_arrow(Movement movement) {
    switch (movement) {
    case MOVEMENT_NONE:
        return "";
    case MOVEMENT_UP:
        return "▲";
    case MOVEMENT_DOWN:
        return "▼";
    case MOVEMENT_SAME:
        return "▶";
    }
    return "";
}

static Ink meaning_ink(Meaning meaning) {
    switch (meaning) {
    case MEANING_IMPROVING:
        return INK_GOOD;
    case MEANING_WORSENING:
        return INK_BAD;
    case MEANING_NONE:
    case MEANING_NO_CHANGE:
    case MEANING_NOT_COMPARABLE:
        return INK_PLAIN;
    }
    return INK_PLAIN;
}

GridCell cell_movement(Arena *arena, const ReportRow *row) {
    if (row->movement.movement == MOVEMENT_NONE)
        return (GridCell){row->increase, INK_PLAIN};
    /* A value that moves inside its good range moves all the same. */
    bool judged = row->meaning != MEANING_NO_CHANGE || row->movement.movement == MOVEMENT_SAME;
    const char *words = judged ? meaning_word(row->meaning) : NULL;
    if (!words)
        words = movement_word(row->movement.movement);
    const char *arrow = movement_arrow(row->movement.movement);
    return (GridCell){arena_printf(arena, "%s %s", arrow, words), meaning_ink(row->meaning)};
}

GridCell cell_share(const ReportRow *row) {
    return (GridCell){row->share.printed, INK_PLAIN};
}

const char *period_title(Arena *arena, Period period) {
    StrBuf text = {0};
    period_words(&text, period);
    const char *title = arena_copy_text(arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return title;
}

static bool same_period(Period a, Period b) {
    return a.kind == b.kind && a.start == b.start && a.end == b.end;
}

bool rows_share_period(RowSpan span) {
    for (size_t i = 1; i < span.len; i++)
        if (!same_period(span.rows[0].cell->period, span.rows[i].cell->period))
            return false;
    return span.len > 0;
}

bool rows_share_previous(RowSpan span) {
    const Cell *first = NULL;
    for (size_t i = 0; i < span.len; i++) {
        const Cell *cell = span.rows[i].cell;
        if (!cell->has_previous_period)
            continue;
        if (first && !same_period(first->previous_period, cell->previous_period))
            return false;
        first = first ? first : cell;
    }
    return first != NULL;
}

const Cell *first_with_previous(RowSpan span) {
    for (size_t i = 0; i < span.len; i++)
        if (span.rows[i].cell->has_previous_period)
            return span.rows[i].cell;
    return NULL;
}

/* The target that all rows have, or NULL. */
static const ReportRow *common_target(RowSpan span) {
    const Target *target = NULL;
    const ReportRow *found = NULL;
    for (size_t i = 0; i < span.len; i++) {
        const ReportRow *row = &span.rows[i];
        if (!row->target || (target && row->target != target))
            return NULL;
        target = row->target;
        found = row;
    }
    return found;
}

/* Adds "; words" if there are words. */
static void join(StrBuf *out, StrBuf *words) {
    if (words->len) {
        strbuf_add(out, out->len ? "; " : "");
        strbuf_add(out, strbuf_text(words));
    }
    strbuf_fini(words);
}

void write_indicator_title(const TableWriter *writer, RowSpan span, const char *period) {
    const ReportRow *first = &span.rows[0];
    StrBuf facts = {0}, words = {0};
    display_add_paragraph(writer->out, first->indicator->title, 0, writer->width, INK_BOLD,
                          writer->colour);
    if (period)
        strbuf_add(&facts, first->cell->window_label ? first->cell->window_label : period);
    else
        indicator_window_words(&facts, first->indicator);
    indicator_basis_words(&words, first->indicator);
    join(&facts, &words);
    indicator_good_words(&words, first->indicator);
    join(&facts, &words);
    const ReportRow *target = common_target(span);
    if (target) {
        strbuf_addf(&words, "target %s", target->target_printed);
        if (target->target->label)
            strbuf_addf(&words, " (%s)", target->target->label);
    } else if (first->information_only)
        strbuf_add(&words, "for information only");
    join(&facts, &words);
    if (period && rows_share_previous(span))
        strbuf_addf(&words, "compared with %s",
                    period_title(writer->arena, first_with_previous(span)->previous_period));
    join(&facts, &words);
    display_add_paragraph(writer->out, strbuf_text(&facts), 0, writer->width, INK_DIM,
                          writer->colour);
    strbuf_fini(&facts);
}

void add_notes(const TableWriter *writer, Grid *grid, size_t indent, const ReportRow *row,
               bool new_groups_below) {
    NoteList notes = {0};
    notes_of_row(writer->arena, row, (NoteChoice){writer->verbose, new_groups_below}, &notes);
    for (size_t i = 0; i < notes.len; i++)
        grid_note(grid, indent, notes.items[i]);
}
