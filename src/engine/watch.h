/* Looking on while a run is made: which conditions were true and false, and what became of each
 * record. For tests; a run without a watch pays one comparison with NULL for each condition.
 *
 * The callbacks come in the order of evaluation. With a watch every row is tried in nested sets,
 * not only those that an index finds, so that a condition is seen false too; the figures are the
 * same.
 */
#ifndef ENGINE_WATCH_H
#define ENGINE_WATCH_H

#include "engine/engine.h"

typedef enum Truth { TRUTH_FALSE, TRUTH_UNKNOWN, TRUTH_ERROR, TRUTH_TRUE } Truth;

struct Evaluator;

/* What became of a row of an outer row set that its timing and condition do not rule out. */
typedef struct RecordSeen {
    const Indicator *indicator;
    const Rowset *rows;
    size_t row;
    bool asked;                    /* in a window that was asked for */
    Truth truth;                   /* of timing and condition */
    bool out;                      /* taken out by an exclusion */
    Truth selected;                /* of the numerator's condition */
    size_t band;                   /* its place in indicator->bands; bands_len: none */
    const Truth *excluded, *parts; /* by part; NULL: none is of these rows */
} RecordSeen;

typedef struct EngineWatch {
    void *context;
    void (*condition)(void *context, const struct Evaluator *evaluator, const Expr *condition,
                      Truth truth);
    void (*timing)(void *context, const struct Evaluator *evaluator, const Rowset *rows,
                   Truth truth);
    void (*record)(void *context, const RecordSeen *seen);
} EngineWatch;

/* The row that an alias stands for at the moment; SIZE_MAX if none. */
size_t watch_row(const struct Evaluator *evaluator, const Rowset *rows);
/* Whether the window at the moment is one that was asked for. */
bool watch_asked(const struct Evaluator *evaluator);

#endif
