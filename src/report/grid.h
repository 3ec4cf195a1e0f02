/* A grid of columns on a terminal: rows of cells, notes under them, sections between them.
 *
 * In: columns, then rows in the order of showing. Out: lines of text. A column in which no row says
 * anything is left out. The first column takes the width that the others leave, and its texts are
 * broken over lines; numbers stand on the first of them. Everything lives in one arena.
 */
#ifndef REPORT_GRID_H
#define REPORT_GRID_H

#include "base/vec.h"
#include "report/display.h"

typedef struct GridColumn {
    const char *title;
    bool right; /* numbers line up on the right */
} GridColumn;

typedef struct GridCell {
    const char *text; /* NULL: nothing */
    Ink ink;
} GridCell;

typedef enum GridLineKind { GRID_ROW, GRID_NOTE, GRID_SECTION } GridLineKind;

typedef struct GridLine {
    GridLineKind kind;
    size_t indent;
    GridCell *cells;  /* ROW: one for each column */
    const char *text; /* NOTE, SECTION */
} GridLine;

typedef struct Grid {
    Arena *arena;
    const GridColumn *columns;
    size_t columns_len;
    VEC(GridLine) lines;
} Grid;

Grid grid_new(Arena *arena, const GridColumn *columns, size_t columns_len);
/* An empty row; fill its cells. */
GridCell *grid_row(Grid *grid, size_t indent);
/* A dim line under the row above; NULL adds nothing. */
void grid_note(Grid *grid, size_t indent, const char *text);
/* A heading over the rows below. */
void grid_section(Grid *grid, const char *text);
/* As it is shown: with the column titles and a rule under them. */
void grid_print(StrBuf *out, const Grid *grid, size_t width, bool colour);

#endif
