/* Whether conditions can hold together, by what they say of single values: intervals of numbers,
 * dates and durations, sets of texts and codes, whether a value is missing, which of two values is
 * the greater. What is not understood here may hold or not, each time the same: the answer "no" is
 * a proof, "yes" is none.
 */
#ifndef CHECK_REASONING_H
#define CHECK_REASONING_H

#include "sema/model.h"

/* A condition that must be true, or must be false. */
typedef struct Claim {
    const Expr *expr;
    bool negated;
    bool timing; /* of the timing of the rows, not written as a condition */
} Claim;
typedef VEC(Claim) Claims;

/* What the timing of a row set says of each of its rows on the day or in the time counted. Given
 * as claims about expressions made in the arena. */
void claims_of_timing(Arena *arena, const Rowset *rows, bool on_a_day, Claims *out);
void claims_add(Arena *arena, Claims *claims, const Expr *expr, bool negated);
/* False: no row can meet all of them at once. */
bool claims_can_hold(const Claims *claims);

#endif
