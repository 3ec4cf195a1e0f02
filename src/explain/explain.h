/* What stands behind a number: the arithmetic of one result.
 *
 * In: rows of a report and what was gathered while they were computed. Out: text for people,
 * wrapped to a width. The words of conditions are those of wording/, the figures and reasons those
 * of the report; nothing is worked out here but the counts of gathered records.
 *
 * To explain another part of a result: a function in result.c, called by explain_result.
 */
#ifndef EXPLAIN_EXPLAIN_H
#define EXPLAIN_EXPLAIN_H

#include "explain/gather.h"
#include "report/report.h"

typedef struct ExplainPage {
    StrBuf *out;
    Arena *run;
    const Report *report; /* with the rows of inputs */
    const Gathering *gathering;
    size_t width;
} ExplainPage;

/* Dates, records, division, rounding, what the value is held against, and the verdict with its
 * reasons. `row` is of the page's report: the whole or a group, of all bands (those of each band
 * come with it). The inputs of a derived value follow, each with its own arithmetic, as far as the
 * report has them. */
void explain_result(const ExplainPage *page, const ReportRow *row);

/* ---- parts of a page, for the files of this folder ---- */
void page_heading(const ExplainPage *page, const char *heading);
/* A paragraph below a heading. */
void page_say(const ExplainPage *page, const char *text);
/* "     1,204  of these ...": `sign` stands before the number ("-", "+", "="), or "". */
void page_count(const ExplainPage *page, const char *sign, int64_t count, const char *words);
/* "1 February 2016 to 31 January 2017, both days included" */
void page_add_days(StrBuf *out, const Cell *cell);
/* The section of the window's dates. */
void page_dates(const ExplainPage *page, const Cell *cell);
/* "which" and what is so, as one text in the arena: "for which the record's “end” is missing". */
const char *clause_text(Arena *run, const GatheredSet *set, size_t clause);

#endif
