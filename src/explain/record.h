/* What a definition makes of one record, clause by clause.
 *
 * In: the evaluator of a run and a row, while the run is made; afterwards what the run made of the
 * row. Out: a trace, and its page for people. The verdict on the record (counted, taken out, ruled
 * out) is the run's own.
 */
#ifndef EXPLAIN_RECORD_H
#define EXPLAIN_RECORD_H

#include "engine/trace.h"
#include "explain/explain.h"

typedef struct RecordTrace RecordTrace;

/* Every clause of the indicator that is about the set's records, traced for the row. */
RecordTrace *record_trace(Arena *run, struct Evaluator *evaluator, const GatheredSet *set,
                          size_t row);
/* The page of each record that was found; `cell` is of the window. */
void explain_records(const ExplainPage *page, const Cell *cell);

#endif
