#include "report/tables.h"

enum { PERIOD, VALUE, FRACTION, TARGET, STATUS, PREVIOUS, MOVEMENT };

static const GridColumn columns[] = {
    {"Period", false}, {"Value", true},    {"Fraction", true},  {"Target", true},
    {"Status", false}, {"Previous", true}, {"Movement", false},
};

/* Each row is compared with the row above it, so that a column of previous values says nothing. */
static bool compares_with_row_above(RowSpan span) {
    for (size_t i = 1; i < span.len; i++)
        if (span.rows[i].cell->previous != span.rows[i - 1].cell)
            return false;
    return true;
}

void write_series(const TableWriter *writer, RowSpan span) {
    write_indicator_title(writer, span, NULL);
    Grid grid = grid_new(writer->arena, columns, sizeof columns / sizeof columns[0]);
    bool with_previous = !compares_with_row_above(span);
    for (size_t i = 0; i < span.len; i++) {
        const ReportRow *row = &span.rows[i];
        GridCell *cells = grid_row(&grid, 0);
        cells[PERIOD] = (GridCell){period_title(writer->arena, row->cell->period), INK_PLAIN};
        cells[VALUE] = cell_value(row);
        cells[FRACTION] = cell_fraction(writer->arena, row);
        cells[TARGET] = cell_target(row);
        cells[STATUS] = cell_status(row);
        if (with_previous)
            cells[PREVIOUS] = cell_previous(row);
        cells[MOVEMENT] = cell_movement(writer->arena, row);
        add_notes(writer, &grid, 0, row, false);
    }
    grid_print(writer->out, &grid, writer->width, writer->colour);
}
