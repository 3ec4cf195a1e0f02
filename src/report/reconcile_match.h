/* Which indicator computes which measure of a printed report.
 *
 * In: a Reading and a Model. Out: for each measure that prints a figure, the indicator that
 * computes it and by what it was known: its id or title, the words that its label shares with a
 * title, or its place between two others. Words and places count only among the indicators of one
 * report of the Model (of all of them, if it declares none); a label that could be two is matched
 * with neither.
 *
 * To know measures by something else: a step in matches_find(), after the surer ones.
 */
#ifndef REPORT_RECONCILE_MATCH_H
#define REPORT_RECONCILE_MATCH_H

#include "report/reconcile_reading.h"
#include "sema/model.h"

typedef enum MatchedBy {
    MATCHED_NOT,
    MATCHED_BY_ID,
    MATCHED_BY_TITLE,
    MATCHED_BY_WORDS,
    MATCHED_BY_PLACE, /* and by some of its words */
    MATCHED_WAYS
} MatchedBy;

typedef struct MeasureMatch {
    const PrintedMeasure *measure;
    const Indicator *indicator; /* NULL: none */
    const Indicator **with;     /* those that a report shows in the same row */
    size_t with_len;
    MatchedBy by;
    const Indicator *nearest[2]; /* of a measure without one: the titles most like its label */
    size_t nearest_len;
} MeasureMatch;

typedef struct Matches {
    VEC(MeasureMatch) list;    /* in the order of the page */
    const ReportModel *report; /* the one whose indicators were looked through; NULL: none */
} Matches;

void matches_find(Arena *arena, const Reading *reading, const Model *model, Matches *out);
const char *matched_by_words(MatchedBy by); /* "id", "words of the title" */

/* The words of a label, each once, as far as they tell measures apart: no small words, none that
 * only say how something is counted ("percentage of"); "plans" is "plan", "two" is "2". */
typedef VEC(const char *) LabelWords;

LabelWords label_words(Arena *arena, const char *label);
/* How many of their words two labels share: 0 to 1000; few if they have other numbers ("for 2
 * years"), which then are other measures. */
int words_shared(const LabelWords *a, const LabelWords *b);
/* Whether every word of `few` is a word of `all`, and there is one. */
bool words_within(const LabelWords *few, const LabelWords *all);

#endif
