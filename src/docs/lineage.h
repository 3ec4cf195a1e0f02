/* Where the figures of an indicator come from and where they go, as a drawing.
 *
 * In: a page of the catalogue. Out: boxes in columns, from the tables on the left to the reports on
 * the right, and lines between them; then as SVG, with no script and nothing from elsewhere. What
 * the drawing shows is also said in words beside it.
 */
#ifndef DOCS_LINEAGE_H
#define DOCS_LINEAGE_H

#include "docs/catalogue.h"

typedef enum LineageKind { LINEAGE_SOURCE, LINEAGE_INDICATOR, LINEAGE_REPORT } LineageKind;

typedef struct LineageBox {
    LineageKind kind;
    const char *title, *note; /* the note: a table, an id */
    const char *link;         /* a page's name without its ending; NULL: none */
    bool itself;              /* the indicator of the page */
    size_t column, row;
    const void *what; /* the source, indicator or report */
} LineageBox;

typedef struct LineageLine {
    size_t from, to; /* boxes */
} LineageLine;

typedef struct Lineage {
    VEC(LineageBox) boxes;
    VEC(LineageLine) lines;
    size_t columns, rows; /* of the widest column */
} Lineage;

void lineage_build(Arena *arena, const Catalogue *catalogue, const CataloguePage *page,
                   Lineage *out);
/* `ending`: what follows a page's name in a link, ".html". `alone`: a file of its own, which brings
 * its colours along. */
void lineage_print_svg(StrBuf *out, const Lineage *lineage, const char *title, const char *ending,
                       bool alone);

#endif
