/* Which figures are hidden so that no small number can be read or worked out.
 *
 * In: units, each shown or hidden as a whole (a figure with everything printed about it); the
 * counts that a unit tells (a percentage tells its numerator, the rest of its denominator and the
 * denominator); and the sums that a reader can make of them (groups and their total). Out: for each
 * unit whether it is hidden, and why. Every count is a whole number of 0 or more.
 *
 * Three steps, in the order that the Government Statistical Service and DfE describe:
 * - primary: a unit that tells a count of 1 to below - 1 is hidden. Zero is shown;
 * - secondary: where exactly one count of a sum is hidden, it is the total less the others. So a
 *   partner is hidden with it: one that leaves no other sum with a single hidden count if there is
 *   such, then the smallest that is not zero, then the first; a total only when no part can be;
 * - audit (suppression_audit.h): a hidden count of 1 or more for which the shown ones leave only
 * one possible number gets further partners until they leave at least two.
 *
 * DCSF 2008 hid a partner only if it was under 20 (`partner_below`): that leaves counts which can
 * be worked out, and is here for comparison with tables of that time.
 */
#ifndef STATS_SUPPRESSION_H
#define STATS_SUPPRESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef enum Hiding {
    HIDING_NONE,
    HIDING_SMALL,  /* it tells a small number */
    HIDING_PARTNER /* else one that is small could be worked out */
} Hiding;

typedef struct SuppressionRule {
    int64_t below;         /* 6: 1 to 5 are small */
    int64_t partner_below; /* 0: a partner of any size */
    /* The reader knows the rule and which parts are small: two hidden ones that add to 2 are 1 and
     * 1, three that add to 15 are 5 each. False: a reader who only adds and subtracts. */
    bool rule_known;
} SuppressionRule;

typedef struct Suppression Suppression;

/* Everything lives in the arena. */
Suppression *suppression_new(Arena *arena, SuppressionRule rule);
/* Gives the unit's number. A fixed one is shown whatever it tells (a total that is published
 * anyway). */
size_t suppression_add_unit(Suppression *suppression, bool fixed);
/* `unit` is hidden whenever `other` is. */
void suppression_follow(Suppression *suppression, size_t unit, size_t other);
/* A count that the unit tells; gives the count's number. `count` is 0 or more. */
size_t suppression_add_count(Suppression *suppression, size_t unit, int64_t count);
/* The counts `parts` add to the count `whole`. Sums that do not add up are left out: a reader
 * cannot lean on them. */
void suppression_add_sum(Suppression *suppression, size_t whole, const size_t *parts, size_t len);
/* Hidden for a reason of the caller's. */
void suppression_hide(Suppression *suppression, size_t unit);

bool suppression_is_small(SuppressionRule rule, int64_t count);
/* Hides what must be. False: a hidden count can still be worked out, because what would protect it
 * is fixed or not below `partner_below`. */
bool suppression_decide(Suppression *suppression);
Hiding suppression_of(const Suppression *suppression, size_t unit);

#endif
