/* A row for several bands of a distribution together, where a benchmark has one value for them. */
#include <string.h>

#include "report/row.h"

/* The band's cell among those of one distribution. */
static const Cell *cell_of_band(Cell *const *bands, size_t len, const char *label) {
    for (size_t i = 0; i < len; i++)
        if (bands[i]->band && strcmp(bands[i]->band->label, label) == 0)
            return bands[i];
    return NULL;
}

static bool add_figure(Figure *sum, Figure figure) {
    sum->present = sum->present && figure.present;
    return !sum->present || num_add(sum->value, figure.value, &sum->value);
}

/* False if a number does not fit. */
static bool add_cell(Cell *sum, const Cell *cell) {
    if (!cell->available) {
        sum->available = false;
        sum->symbol = cell->symbol;
        sum->reason = cell->reason;
        sum->withheld.figure |= cell->withheld.figure;
    }
    return (!sum->available || num_add(sum->value, cell->value, &sum->value)) &&
           add_figure(&sum->numerator, cell->numerator);
}

/* The sum of the entry's bands, with or without what they are compared with; NULL if one of them
 * is not there. */
static Cell *sum_of(Arena *run, const Cell *const *cells, size_t len) {
    Cell *sum = arena_alloc(run, sizeof *sum);
    for (size_t i = 0; i < len; i++) {
        if (!cells[i])
            return NULL;
        if (i == 0)
            *sum = *cells[i];
        else if (!add_cell(sum, cells[i]))
            return NULL;
    }
    sum->band = NULL;
    sum->reported = NULL;
    sum->previous = NULL;
    /* What moved from one of these bands to another has neither entered nor left. */
    if (sum->moves) {
        CellMoves *moves = arena_alloc(run, sizeof *moves);
        moves->denominator = sum->moves->denominator;
        sum->moves = moves;
    }
    return sum;
}

size_t report_row_last_band(Cell *const *bands, size_t len, const BenchmarkEntry *entry) {
    size_t last = 0;
    for (size_t b = 0; b < len; b++)
        for (size_t k = 0; k < entry->keys_len; k++)
            if (bands[b]->band && strcmp(bands[b]->band->label, entry->keys[k]) == 0)
                last = b;
    return last;
}

bool report_row_add_bands(Arena *run, Cell *const *bands, size_t len, const BenchmarkEntry *entry,
                          const char *definition, ReportRow *row) {
    const Cell **now = arena_array(run, entry->keys_len, sizeof *now);
    const Cell **before = arena_array(run, entry->keys_len, sizeof *before);
    for (size_t i = 0; i < entry->keys_len; i++) {
        now[i] = cell_of_band(bands, len, entry->keys[i]);
        before[i] = now[i] ? now[i]->previous : NULL;
    }
    Cell *cell = sum_of(run, now, entry->keys_len);
    if (!cell)
        return false;
    cell->previous = sum_of(run, before, entry->keys_len);
    cell->benchmarks = arena_array(run, cell->benchmarks_len, sizeof *cell->benchmarks);
    for (size_t i = 0; i < cell->benchmarks_len; i++) {
        cell->benchmarks[i] = now[0]->benchmarks[i];
        /* The sum is this row's own value. */
        if (cell->benchmarks[i].entry == entry)
            cell->benchmarks[i].has_like_for_like = false;
    }
    row_fill_added(run, cell, entry, definition, row);
    return true;
}
