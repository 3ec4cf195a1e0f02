#include "report/grid.h"

#include <string.h>

#define GAP 2
#define NOTE_INDENT 2
#define NARROWEST_FIRST 14

/* Widths of the columns as shown; 0 for one that is left out. */
typedef struct Layout {
    size_t *widths;
    size_t width; /* of a whole row */
    bool colour;
} Layout;

Grid grid_new(Arena *arena, const GridColumn *columns, size_t columns_len) {
    return (Grid){.arena = arena, .columns = columns, .columns_len = columns_len};
}

GridCell *grid_row(Grid *grid, size_t indent) {
    GridLine line = {.kind = GRID_ROW, .indent = indent};
    line.cells = arena_array(grid->arena, grid->columns_len, sizeof *line.cells);
    vec_push(grid->arena, &grid->lines, line);
    return line.cells;
}

void grid_note(Grid *grid, size_t indent, const char *text) {
    if (!text)
        return;
    GridLine line = {.kind = GRID_NOTE, .indent = indent + NOTE_INDENT, .text = text};
    vec_push(grid->arena, &grid->lines, line);
}

void grid_section(Grid *grid, const char *text) {
    GridLine line = {.kind = GRID_SECTION, .text = text};
    vec_push(grid->arena, &grid->lines, line);
}

/* The widest text of a column, 0 if no row says anything in it. */
static size_t column_width(const Grid *grid, size_t column) {
    size_t widest = 0;
    for (size_t i = 0; i < grid->lines.len; i++) {
        const GridLine *line = &grid->lines.items[i];
        if (line->kind != GRID_ROW || !line->cells[column].text)
            continue;
        size_t width = display_width(line->cells[column].text);
        if (column == 0)
            width += line->indent;
        if (width > widest)
            widest = width;
    }
    if (widest == 0)
        return 0;
    size_t title = display_width(grid->columns[column].title);
    return title > widest ? title : widest;
}

static Layout layout_of(const Grid *grid, size_t width, bool colour) {
    Layout layout = {.colour = colour};
    layout.widths = arena_array(grid->arena, grid->columns_len, sizeof *layout.widths);
    size_t others = 0;
    for (size_t i = 1; i < grid->columns_len; i++) {
        layout.widths[i] = column_width(grid, i);
        if (layout.widths[i] > 0)
            others += GAP + layout.widths[i];
    }
    size_t first = column_width(grid, 0);
    size_t room = width > others + NARROWEST_FIRST ? width - others : NARROWEST_FIRST;
    layout.widths[0] = first < room ? first : room;
    layout.width = layout.widths[0] + others;
    return layout;
}

/* One line of a row: the first column's part, and the other cells if it is the first line. */
static void print_line(StrBuf *out, const Grid *grid, const Layout *layout, const GridLine *line,
                       DisplayLine first, bool with_others) {
    strbuf_add_times(out, ' ', line->indent);
    size_t room = layout->widths[0] > line->indent ? layout->widths[0] - line->indent : 0;
    display_add(out, first, room, grid->columns[0].right, line->cells[0].ink, layout->colour);
    for (size_t i = 1; with_others && i < grid->columns_len; i++) {
        if (layout->widths[i] == 0)
            continue;
        const char *text = line->cells[i].text ? line->cells[i].text : "";
        strbuf_add_times(out, ' ', GAP);
        display_add(out, (DisplayLine){text, strlen(text), display_width(text)}, layout->widths[i],
                    grid->columns[i].right, line->cells[i].ink, layout->colour);
    }
    display_trim(out);
    strbuf_add_char(out, '\n');
}

static void print_row(StrBuf *out, const Grid *grid, const Layout *layout, const GridLine *line) {
    const char *rest = line->cells[0].text ? line->cells[0].text : "";
    size_t room = layout->widths[0] > line->indent ? layout->widths[0] - line->indent : 1;
    bool first = true;
    while (rest) {
        DisplayLine part = display_break(rest, room, &rest);
        print_line(out, grid, layout, line, part, first);
        first = false;
    }
}

static void print_titles(StrBuf *out, const Grid *grid, const Layout *layout) {
    GridLine line = {.kind = GRID_ROW};
    line.cells = arena_array(grid->arena, grid->columns_len, sizeof *line.cells);
    for (size_t i = 0; i < grid->columns_len; i++)
        line.cells[i] = (GridCell){grid->columns[i].title, INK_BOLD};
    print_row(out, grid, layout, &line);
    display_add_rule(out, layout->width, layout->colour);
}

void grid_print(StrBuf *out, const Grid *grid, size_t width, bool colour) {
    Layout layout = layout_of(grid, width, colour);
    print_titles(out, grid, &layout);
    for (size_t i = 0; i < grid->lines.len; i++) {
        const GridLine *line = &grid->lines.items[i];
        switch (line->kind) {
        case GRID_ROW:
            print_row(out, grid, &layout, line);
            break;
        case GRID_NOTE:
            display_add_paragraph(out, line->text, line->indent, width, INK_DIM, colour);
            break;
        case GRID_SECTION:
            display_add_paragraph(out, line->text, 0, width, INK_BOLD, colour);
            break;
        }
    }
}
