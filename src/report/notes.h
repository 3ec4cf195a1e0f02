/* What stands under a row of a table, in words: the arithmetic of exclusions, unknowns, reasons.
 *
 * In: a row of the report. Out: texts in the arena, NULL where there is nothing to say. A renderer
 * chooses which it shows and where. To add a note: a function here, and its call in notes_of_row.
 */
#ifndef REPORT_NOTES_H
#define REPORT_NOTES_H

#include "base/vec.h"
#include "report/report.h"

typedef VEC(const char *) NoteList;

/* "46, of which 13 children with disabilities, leaving 33" */
const char *note_exclusions(Arena *arena, const ReportRow *row);
/* "of which 6 of 44 (13.6%) with English and mathematics" */
const char *note_parts(Arena *arena, const ReportRow *row);
/* "missing values: 3 rows not counted; 1 row not excluded" */
const char *note_unknowns(Arena *arena, const ReportRow *row);
/* "42 entered and 17 left; of the numerator 5 entered and 7 left", since the compared period. */
const char *note_moves(Arena *arena, const ReportRow *row);
/* "SN average 2015/16: 42.2%, mean of 7 of 10 members (3 confidential)" */
const char *note_benchmark(Arena *arena, const ReportBenchmark *benchmark);
/* "46.8% like for like (102/218)": ours on the benchmark's population. */
const char *note_like_for_like(Arena *arena, const ReportBenchmark *benchmark);
/* "as reported; revised methodology"; NULL for NULL. */
const char *note_reported(Arena *arena, const ReportedFigure *figure);
/* Whether the row has a value, and its group is not there in the period compared with. */
bool row_is_new_group(const ReportRow *row);

typedef struct NoteChoice {
    bool verbose;
    bool new_groups_below; /* that a group is new is said elsewhere, once for all */
} NoteChoice;

/* The notes of a row that every table shows, in order: why missing, exclusions, parts, unknowns, a
 * status that rounding hides (every status reason if verbose), and why there is no movement. */
void notes_of_row(Arena *arena, const ReportRow *row, NoteChoice choice, NoteList *out);

/* "Snapshot at the end of every month", "Rolling 12 months, every quarter" */
void indicator_window_words(StrBuf *out, const Indicator *indicator);
/* "per 10,000 children"; nothing for a basis that each value shows itself. */
void indicator_basis_words(StrBuf *out, const Indicator *indicator);
/* "low is good", "good between 15% and 20%"; nothing for neutral. */
void indicator_good_words(StrBuf *out, const Indicator *indicator);

#endif
