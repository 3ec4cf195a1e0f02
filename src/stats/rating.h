/* Ratings with a tolerance: met, near or missed (green, amber, red), as councils set them.
 *
 * In: exact numbers: the value, the target in force, what is good, and the tolerance; the previous
 * value if the rule reads the direction. Out: a Status. Unrounded values decide: 94.96 shown as
 * 95.0 is not green against 95.
 *
 * Councils differ in three ways, so each is declared:
 * - the size: a percentage of the target, points of its unit, or a floor (a value of its own; where
 *   low is good, a ceiling);
 * - the colour inside it: near (most councils), or met (Havering 2013-15);
 * - whether it reads the direction: outside the tolerance, a value no worse than the previous one
 *   is near, not missed (Havering 2013-15).
 *
 * Edges: at the target is met; at the edge of the tolerance is inside it; the margin uses the size
 * of a negative target; a percentage of a target of 0 leaves nothing inside. Without a target, or
 * for neutral, there is no status. In a good range the margin is taken from the bound that was
 * passed.
 *
 * To add a way to size a tolerance: the enum, inside_tolerance and its words.
 */
#ifndef STATS_RATING_H
#define STATS_RATING_H

#include <stdbool.h>

#include "stats/comparison.h"
#include "stats/judgement.h"

typedef enum ToleranceKind {
    TOLERANCE_NONE,
    TOLERANCE_PERCENT_OF_TARGET,
    TOLERANCE_POINTS,
    TOLERANCE_FLOOR
} ToleranceKind;

typedef struct Tolerance {
    ToleranceKind kind;
    Num size;        /* 10 for 10%, 2 for 2 points, or the floor; not below 0 but for a floor */
    bool met_inside; /* green inside; else near */
    bool reads_direction; /* outside, no worse than before is near */
} Tolerance;

/* By the target, the tolerance and, if it is read, the previous value (NULL: none, so missed). With
 * no tolerance as judge_status. */
Status rating_status(Num value, const Goal *goal, Good good, const Tolerance *tolerance,
                     const Num *previous);
/* "green", "amber", "red"; NULL for NONE. */
const char *rating_colour(Status status);
/* Whether the printed value would be rated otherwise than the exact one. */
bool rating_hidden_by_rounding(Num value, const Goal *goal, Good good, const Tolerance *tolerance,
                               const Num *previous, int decimals);
/* "92.3% is below the target of 95% (high is good), within 10% of it"; or it ends in ", not within
 * 2 points of it", ", not beyond the floor of 85.0%", ", but no worse than before". A value that
 * meets its target has no more than status_print_reason says. Nothing for NONE. */
void rating_print_reason(StrBuf *out, Num value, const Goal *goal, Good good,
                         const Tolerance *tolerance, const Num *previous, Measure measure);

/* By the 95% interval against the target: met if it lies wholly on the good side, missed if wholly
 * on the other, near if it holds the target, edges included. NONE for neutral and between, or
 * without limits. */
Status rating_by_interval(Limits limits, double target, GoodKind good);

#endif
