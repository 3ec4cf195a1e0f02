/* A printed report as rows of cells, with the place of each letter.
 *
 * In: the bytes of a source: a report's own text (lines of prose; tables whose cells stand between
 * tabs or pipes), or CSV. Out: tables of rows of cells, and paragraphs of prose, in the order of
 * the page. A cell's text is clean: tags of HTML are gone, entities are letters, blanks are single,
 * every dash is '-'; `places` leads each letter back to its byte, so that a message about a figure
 * can point at it.
 *
 * What a column is, its header says (see role_words in reconcile_page.c). A row without a label
 * continues the row above, even across a page break that repeats the header.
 *
 * To add another layout: a splitter in reconcile_page.c that calls clean_add() for each cell.
 */
#ifndef REPORT_RECONCILE_PAGE_H
#define REPORT_RECONCILE_PAGE_H

#include "base/session.h"
#include "base/vec.h"

typedef struct CleanText {
    uint32_t src;
    const char *text; /* NUL after it */
    size_t len;
    const uint32_t *places; /* the byte of the source that each letter comes from; len of them */
} CleanText;

typedef enum CellRole {
    ROLE_NONE,     /* the header does not say, or there is none */
    ROLE_LABEL,    /* what is measured */
    ROLE_TARGET,   /* target or benchmark */
    ROLE_CURRENT,  /* the figure of this report */
    ROLE_PREVIOUS, /* the one that it is set beside */
    ROLE_GROUP,    /* the rest: columns of a list, one figure a row */
    ROLE_PERIOD,
    ROLE_NUMERATOR,
    ROLE_DENOMINATOR,
    ROLE_PRINTED
} CellRole;

typedef struct PageRow {
    CleanText *cells; /* as many as the row has */
    size_t len;
} PageRow;

typedef struct PageTable {
    bool prose;            /* one row of one cell: a paragraph */
    bool list;             /* one figure a row, its fraction in columns of its own */
    const CellRole *roles; /* of its columns; the others are ROLE_NONE */
    size_t roles_len;
    CleanText header[16]; /* the header's cells, as far as they go; empty: there is none */
    VEC(PageRow) rows;    /* without the header */
} PageTable;

typedef struct Page {
    uint32_t src;
    VEC(PageTable *) tables;
} Page;

/* Reads a source of the session; csv says that it is CSV whatever it looks like. */
Page *page_read(Session *session, uint32_t src, bool csv);
CellRole page_role(const PageTable *table, size_t column);

/* Clean text out of parts of a source, one after the other. */
typedef struct Cleaner {
    Arena *arena;
    uint32_t src;
    VEC(char) letters;
    VEC(uint32_t) places;
} Cleaner;

/* quoted: the part stood in quotes in CSV, where "" is ". */
void clean_add(Cleaner *cleaner, const char *text, size_t from, size_t to, bool quoted);
CleanText clean_end(Cleaner *cleaner);
/* The place of the letters from start to before end, end after start. */
Span clean_span(const CleanText *text, size_t start, size_t end);

#endif
