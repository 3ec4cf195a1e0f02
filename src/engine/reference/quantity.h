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
    Figure squares;                /* of a mean: the sum of the squares, if it fits */
    int64_t left_out;              /* `known`: rows whose value was missing */
} Measured;

/* Of these rows of quantity->rows. `explain`: reasons are put into words (in the run's arena). */
Measured quantity_measure(Evaluator *evaluator, const Quantity *quantity, const size_t *rows,
                          size_t len, bool explain);
/* The count of rows, as `count of`. */
Measured quantity_count(const Rowset *rows, size_t len);
/* Whether it is made of nothing but the sum of its values (and of their squares) and their number.
 */
bool quantity_is_sum(const Quantity *quantity);
/* A sum or mean of `len` values, all there, that come to `sum`; `squares` is of a mean. */
Measured quantity_of_sum(Evaluator *evaluator, const Quantity *quantity, Num sum, Figure squares,
                         size_t len);
/* Of rows of which only the values are known: `len` that are there, in any order, which are moved;
 * and `missing` that are not, `symbol` saying why. */
Measured quantity_of_values(Evaluator *evaluator, const Quantity *quantity, Value *values,
                            size_t len, size_t missing, Symbol symbol);
/* A value is missing in so many of so many rows, in words. */
Measured quantity_missing(Evaluator *evaluator, const Quantity *quantity, size_t missing,
                          size_t all, Symbol symbol);
/* `first` or `last` whose row is found; NULL: there is none. */
Measured quantity_of_pick(const Value *value, int64_t left_out);
/* A number is too large: sets the fault. */
Measured quantity_overflow(Evaluator *evaluator);
/* Nested: over the rows that it finds for the rows around it. */
Outcome quantity_nested(Evaluator *evaluator, const Quantity *quantity);

#endif
