/* Looking on while a run of the reference engine is made: which conditions were true and false, and
 * what became of each record. For tests and explanations; a run without a watch pays one comparison
 * with NULL for each condition.
 *
 * The callbacks come in the order of evaluation; one that is NULL is not called. The figures are
 * the same with a watch and without.
 */
#ifndef ENGINE_WATCH_H
#define ENGINE_WATCH_H

#include "engine/engine.h"

typedef enum Truth { TRUTH_FALSE, TRUTH_UNKNOWN, TRUTH_ERROR, TRUTH_TRUE } Truth;

struct Evaluator;

/* What became of a row of an outer row set that its timing and condition do not rule out. It and
 * what it points to live until the callback ends. */
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
    const Value *keys;             /* by breakdown; NULL: there is none */
} RecordSeen;

typedef struct EngineWatch {
    void *context;
    /* Every row is tried in nested sets, not only those that an index finds, so that a condition is
     * seen false too. */
    bool every_row;
    /* The rows of an indicator in a window are about to be counted. */
    void (*window)(void *context, struct Evaluator *evaluator, const Indicator *indicator);
    void (*condition)(void *context, const struct Evaluator *evaluator, const Expr *condition,
                      Truth truth);
    void (*timing)(void *context, const struct Evaluator *evaluator, const Rowset *rows,
                   Truth truth);
    void (*record)(void *context, struct Evaluator *evaluator, const RecordSeen *seen);
} EngineWatch;

/* The row that an alias stands for at the moment; SIZE_MAX if none. */
size_t watch_row(const struct Evaluator *evaluator, const Rowset *rows);
/* Whether the window at the moment is one that was asked for. */
bool watch_asked(const struct Evaluator *evaluator);
/* How many rows were read of a source; 0 of one that the run does not need. */
size_t watch_rows(const struct Evaluator *evaluator, const SourceModel *source);
/* A column of a row; missing if it is, or if it is stored and not read. A computed one must be one
 * that the run uses. */
Value watch_value(struct Evaluator *evaluator, const ColumnModel *column, size_t row);
/* Whether the run reads the column from the data. */
bool watch_reads(const struct Evaluator *evaluator, const ColumnModel *column);
/* What people call a row: its key ("4711"; "A, 2017" of two columns), else "row 12". */
void watch_print_row(StrBuf *out, struct Evaluator *evaluator, const SourceModel *source,
                     size_t row);

#endif
