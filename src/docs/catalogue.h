/* The catalogue of indicators, which `kpic docs` writes: what is on the page of each.
 *
 * In: a Model, the texts that it was read from, and the rows of an evaluation where there is one.
 * Out: pages in the arena, in the order of their titles: the definition in words (wording/), its
 * text, tables and columns, what it is made from and what is made from it, targets, tests, and the
 * latest value as a report has it. The renderers (html, markdown, json) show them and look nothing
 * up. The same definitions and rows give the same bytes: nothing here knows the date.
 *
 * To add something to a page: a field here, where catalogue.c fills it, and its part in each
 * renderer.
 */
#ifndef DOCS_CATALOGUE_H
#define DOCS_CATALOGUE_H

#include "report/document.h"
#include "sema/tests.h"
#include "wording/wording.h"

/* A table and what is read of it: directly, through a link, or for a column that is worked out. */
typedef struct CatalogueSource {
    const SourceModel *source;
    VEC(const ColumnModel *) columns; /* in the order of the source */
} CatalogueSource;

/* The text of a declaration, as it was written, without blank lines around it. */
typedef struct CatalogueText {
    const char *file;
    unsigned line; /* of its first line */
    const char *text;
    size_t len;
} CatalogueText;

typedef struct CatalogueTest {
    const TestModel *test;
    CatalogueText text;
} CatalogueTest;

typedef VEC(const Indicator *) CatalogueIndicators;

/* What is known of an indicator beside its definition, a line each: "Owner", "Note on 2016-12". */
typedef struct CatalogueFact {
    const char *label, *text;
} CatalogueFact;

typedef struct CataloguePage {
    const Indicator *indicator;
    const char *file; /* its name in a folder and in a link, without an ending: safe in both */
    char hash[33];
    CatalogueText text;
    VEC(CatalogueFact) facts; /* of those that are known, in the order of the page */
    Sentences sentences;
    const char *summary; /* why it matters; without that, what is counted */
    VEC(CatalogueSource) sources;
    CatalogueIndicators inputs; /* those that it is worked out from, or that its benchmark takes */
    CatalogueIndicators uses;   /* those that are worked out from it, or compare with it */
    VEC(const ReportModel *) reports;
    VEC(CatalogueTest) tests;
    const Document *latest; /* one row, as in a report; NULL: no data was given */
} CataloguePage;

typedef struct Catalogue {
    const Model *model;
    const char *title, *made_by;
    VEC(CataloguePage) pages;
    const Report *rows;      /* NULL: no data was given */
    const char *period;      /* "January 2017"; NULL: no data */
    const char *fingerprint; /* of the data; NULL: no data */
} Catalogue;

typedef struct CatalogueInput {
    Session *session;
    const Model *model;
    const char *made_by;
    const Report *rows; /* or NULL; and of what period */
    Period period;
} CatalogueInput;

const Catalogue *catalogue_build(Arena *arena, const CatalogueInput *input);
/* The page of an indicator; NULL if there is none. */
const CataloguePage *catalogue_page(const Catalogue *catalogue, const Indicator *indicator);
/* "rolling 12 months, every month" */
const char *catalogue_window(Arena *arena, const Indicator *indicator);
/* "date, open", "link to Children", "text in Placements" */
const char *catalogue_type(Arena *arena, const ColumnModel *column);
/* A target as it is printed: "20.7%", "£4,000"; and "none: for information only". */
const char *catalogue_target(Arena *arena, const Indicator *indicator, const Target *target);

/* From when a target holds: "from 1 April 2015"; "always". */
const char *catalogue_in_force(Arena *arena, const Target *target);

/* ---- renderers ---- */

void docs_index_html(StrBuf *out, Arena *arena, const Catalogue *catalogue);
void docs_page_html(StrBuf *out, Arena *arena, const Catalogue *catalogue,
                    const CataloguePage *page);
void docs_index_markdown(StrBuf *out, Arena *arena, const Catalogue *catalogue);
void docs_page_markdown(StrBuf *out, Arena *arena, const Catalogue *catalogue,
                        const CataloguePage *page);
void docs_json(StrBuf *out, Arena *arena, const Catalogue *catalogue);
/* What the first lines of every file hold that kpic may write over. */
#define DOCS_MARK "made by kpic docs"

#endif
