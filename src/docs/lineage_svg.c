/* Boxes of one size; a column is centred against the longest one. */
#include "docs/lineage.h"
#include "report/display.h"

#define BOX_WIDTH 196
#define BOX_HEIGHT 56
#define GAP_ACROSS 52
#define GAP_DOWN 14
#define MARGIN 2
#define LINE_COLUMNS 29 /* characters of a title that fit on a line */
#define TITLE_LINES 2

/* The colours of a file of its own; in a page they come with the page's style. */
static const char style[] =
    "<style>text{font:12px -apple-system,\"Segoe UI\",Roboto,Arial,\"DejaVu Sans\",sans-serif;"
    "fill:#0b0c0c}.note{font-size:10.5px;fill:#383f43}.box rect{fill:#ffffff;stroke:#12436d;"
    "stroke-width:1.4}.source rect{fill:#eef5fc}.report rect{stroke-dasharray:5 3}"
    ".itself rect{fill:#12436d}.itself text,.itself .note{fill:#ffffff}"
    ".line{fill:none;stroke:#505a5f;stroke-width:1.4}</style>\n";

static size_t column_len(const Lineage *lineage, size_t column) {
    size_t len = 0;
    for (size_t i = 0; i < lineage->boxes.len; i++)
        len += lineage->boxes.items[i].column == column;
    return len;
}

static size_t left_of(const LineageBox *box) {
    return MARGIN + box->column * (BOX_WIDTH + GAP_ACROSS);
}

static size_t top_of(const Lineage *lineage, const LineageBox *box) {
    size_t spare = lineage->rows - column_len(lineage, box->column);
    return MARGIN + spare * (BOX_HEIGHT + GAP_DOWN) / 2 + box->row * (BOX_HEIGHT + GAP_DOWN);
}

static void add_line(StrBuf *out, const Lineage *lineage, const LineageLine *line) {
    const LineageBox *from = &lineage->boxes.items[line->from],
                     *to = &lineage->boxes.items[line->to];
    size_t x = left_of(from) + BOX_WIDTH, y = top_of(lineage, from) + BOX_HEIGHT / 2;
    size_t end_x = left_of(to), end_y = top_of(lineage, to) + BOX_HEIGHT / 2;
    size_t bend = GAP_ACROSS / 2;
    strbuf_addf(out, "<path class=\"line\" d=\"M%zu %zuC%zu %zu %zu %zu %zu %zu\"/>\n", x, y,
                x + bend, y, end_x - bend, end_y, end_x, end_y);
}

static void add_text(StrBuf *out, DisplayLine line, size_t x, size_t y, const char *class,
                     bool cut) {
    StrBuf text = {0};
    strbuf_add_len(&text, line.text, line.len);
    strbuf_addf(out, "<text x=\"%zu\" y=\"%zu\"%s>", x, y, class);
    html_add(out, strbuf_text(&text));
    strbuf_add(out, cut ? "…</text>" : "</text>");
    strbuf_fini(&text);
}

static const char *class_of(const LineageBox *box) {
    if (box->itself)
        return "box itself";
    switch (box->kind) {
    case LINEAGE_SOURCE:
        return "box source";
    case LINEAGE_INDICATOR:
        return "box";
    case LINEAGE_REPORT:
        return "box report";
    }
    return "box";
}

/* The whole title is the box's own, for who reads it aloud or points at it. */
static void add_box(StrBuf *out, const Lineage *lineage, const LineageBox *box,
                    const char *ending) {
    size_t x = left_of(box), y = top_of(lineage, box);
    if (box->link)
        strbuf_addf(out, "<a href=\"%s%s\">", box->link, ending);
    strbuf_addf(out, "<g class=\"%s\"><title>", class_of(box));
    html_add(out, box->title);
    strbuf_addf(out, "</title><rect x=\"%zu\" y=\"%zu\" width=\"%d\" height=\"%d\" rx=\"4\"/>", x,
                y, BOX_WIDTH, BOX_HEIGHT);
    const char *rest = box->title;
    for (size_t i = 0; i < TITLE_LINES && rest; i++) {
        DisplayLine line = display_break(rest, LINE_COLUMNS, &rest);
        add_text(out, line, x + 9, y + 17 + i * 14, "", i + 1 == TITLE_LINES && rest);
    }
    const char *more = box->note;
    DisplayLine note = display_break(more, LINE_COLUMNS + 3, &more);
    add_text(out, note, x + 9, y + BOX_HEIGHT - 9, " class=\"note\"", more != NULL);
    strbuf_add(out, box->link ? "</g></a>\n" : "</g>\n");
}

void lineage_print_svg(StrBuf *out, const Lineage *lineage, const char *title, const char *ending,
                       bool alone) {
    size_t width = lineage->columns * (BOX_WIDTH + GAP_ACROSS) - GAP_ACROSS + 2 * MARGIN;
    size_t height = lineage->rows * (BOX_HEIGHT + GAP_DOWN) - GAP_DOWN + 2 * MARGIN;
    strbuf_add(out, alone ? "<!-- " DOCS_MARK " -->\n" : "");
    strbuf_addf(out,
                "<svg%s class=\"lineage\" viewBox=\"0 0 %zu %zu\" width=\"%zu\" height=\"%zu\" "
                "role=\"group\" aria-label=\"",
                alone ? " xmlns=\"http://www.w3.org/2000/svg\"" : "", width, height, width, height);
    html_add(out, title);
    strbuf_add(out, "\">\n");
    if (alone)
        strbuf_add(out, style);
    for (size_t i = 0; i < lineage->lines.len; i++)
        add_line(out, lineage, &lineage->lines.items[i]);
    for (size_t i = 0; i < lineage->boxes.len; i++)
        add_box(out, lineage, &lineage->boxes.items[i], ending);
    strbuf_add(out, "</svg>\n");
}
