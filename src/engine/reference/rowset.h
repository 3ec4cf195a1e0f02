/* Row sets: which rows are in the timing and meet the condition.
 *
 * In: a Rowset and the rows around it (in the evaluator's frame). Out: for each row a Truth of
 * timing and condition together. Outer sets are carried out step by step (steps.c) and share
 * rowset_timing(); nested ones are found here, as part of a condition.
 */
#ifndef ENGINE_REFERENCE_ROWSET_H
#define ENGINE_REFERENCE_ROWSET_H

#include "engine/reference/evaluate.h"

/* Lets the set's alias stand for the row. */
void rowset_bind(Evaluator *evaluator, const Rowset *rows, size_t row);
/* Whether the bound row is in the timing. *date gets the date of `latest`. */
Truth rowset_timing(Evaluator *evaluator, const Rowset *rows, Date *date);

typedef struct FoundRow {
    size_t row;
    Truth truth; /* never false */
    Date date;   /* `latest` */
    Fault fault; /* of an error */
} FoundRow;

typedef struct FoundRows {
    FoundRow *items;
    size_t len, cap;
} FoundRows;

/* The rows of a nested set that are not ruled out. End with found_end(). */
void rowset_find(Evaluator *evaluator, const Rowset *rows, FoundRows *out);
void found_end(FoundRows *found);
/* True if any row is true, else an error or unknown if any is one. */
Truth rowset_exists(Evaluator *evaluator, const Rowset *rows);

#endif
