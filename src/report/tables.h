/* The kinds of table that render_table.c chooses from. Private to report/. */
#ifndef REPORT_TABLES_H
#define REPORT_TABLES_H

#include "report/grid.h"
#include "report/notes.h"
#include "report/render.h"

/* Where tables are written, and how. */
typedef struct TableWriter {
    StrBuf *out;
    Arena *arena;
    size_t width;
    bool colour, verbose;
} TableWriter;

/* Neighbouring rows of a report. */
typedef struct RowSpan {
    const ReportRow *rows;
    size_t len;
} RowSpan;

/* ---- cells that all tables share (table_cells.c) ---- */
GridCell cell_value(const ReportRow *row);
GridCell cell_fraction(Arena *arena, const ReportRow *row);
GridCell cell_target(const ReportRow *row);
GridCell cell_status(const ReportRow *row);
GridCell cell_previous(const ReportRow *row);
/* "▼ improving", "▲ up", "+13" */
GridCell cell_movement(Arena *arena, const ReportRow *row);
GridCell cell_share(const ReportRow *row);
/* A period in words, in the arena. */
const char *period_title(Arena *arena, Period period);
/* Whether all rows are of one period. */
bool rows_share_period(RowSpan span);
/* Whether all rows that are compared at all are compared with one period, and there is one. */
bool rows_share_previous(RowSpan span);
/* The first cell that is compared; NULL if none is. */
const Cell *first_with_previous(RowSpan span);

/* The title of an indicator and, dim, what all its figures have in common. `period`: the one that
 * all are of, or NULL. */
void write_indicator_title(const TableWriter *writer, RowSpan span, const char *period);
/* Notes of a row, those of every table; without that its group is new if the table says so below.
 */
void add_notes(const TableWriter *writer, Grid *grid, size_t indent, const ReportRow *row,
               bool new_groups_below);

/* ---- tables ---- */
/* Several indicators without breakdown, one row each (table_overview.c). */
void write_overview(const TableWriter *writer, RowSpan span);
/* One indicator without breakdown, periods down (table_series.c). */
void write_series(const TableWriter *writer, RowSpan span);
/* One indicator with a breakdown (table_groups.c): groups down; a series has periods across. */
void write_groups(const TableWriter *writer, RowSpan span, bool series);

#endif
