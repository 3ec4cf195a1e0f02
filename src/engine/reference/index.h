/* Look-ups: the one short cut of this engine.
 *
 * A nested row set is mostly tied to the row around it by an equality, `q.child = p.child`. To look
 * at every row of one table for every row of another is out of the question from some thousands of
 * rows on, so the equality is looked up. Nothing else changes: rows whose side of the equality is
 * missing are looked at too (they may make the answer unknown), and every row that is looked at
 * goes through the whole condition.
 */
#ifndef ENGINE_REFERENCE_INDEX_H
#define ENGINE_REFERENCE_INDEX_H

#include "engine/reference/evaluate.h"

/* The rows to look at: every row of the table, or those of two lists. */
typedef struct Candidates {
    size_t len;
    const size_t *equal, *missing; /* both NULL: every row */
    size_t equal_len;
} Candidates;

Candidates index_candidates(Evaluator *evaluator, const Rowset *rows);
size_t candidate_row(const Candidates *candidates, size_t i);

#endif
