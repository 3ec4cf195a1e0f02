/* Quantities: a number (or a value) out of rows. */
#ifndef ENGINE_REFERENCE_QUANTITY_H
#define ENGINE_REFERENCE_QUANTITY_H

#include "engine/reference/evaluate.h"
#include "engine/result.h"

typedef enum MeasuredKind {
    MEASURED_VALUE,
    MEASURED_MISSING, /* not available: the symbol and the reason say why */
    MEASURED_ERROR    /* evaluator->fault */
} MeasuredKind;

typedef struct Measured {
    MeasuredKind kind;
    Value value;
    Symbol symbol;
    const char *reason;
    Figure numerator, denominator; /* of a mean: its sum and n; of a count or sum: itself */
    int64_t left_out;              /* `known`: rows whose value was missing */
} Measured;

/* Of these rows of quantity->rows. `explain`: reasons are put into words (in the run's arena). */
Measured quantity_measure(Evaluator *evaluator, const Quantity *quantity, const size_t *rows,
                          size_t len, bool explain);
/* The count of rows, as `count of`. */
Measured quantity_count(const Rowset *rows, size_t len);
/* Nested: over the rows that it finds for the rows around it. */
Outcome quantity_nested(Evaluator *evaluator, const Quantity *quantity);

#endif
