/* Whether hidden counts can be worked out from the shown ones: private to suppression.c.
 *
 * In: the hidden counts with their true numbers and the range that a reader knows each to lie in,
 * and the sums over them (what the shown counts leave is fixed). Out: for each count whether there
 * is another set of whole numbers, in the ranges and with the same sums, in which it differs. Such
 * a set is the proof that it cannot be worked out.
 *
 * Method: a change d of all counts keeps every sum if A d = 0. The rows of A are brought to reduced
 * form; then simplex steps (Dantzig's, in whole numbers, Bland's rule against cycles) look for a d
 * that moves the count asked for and moves none out of its range. In tables with rows, columns and
 * totals, and in windows of time, such moves are by 1 (A is totally unimodular). Where no whole
 * move is found within the limits, the count is taken to be derivable: the error is to hide more.
 */
#ifndef STATS_SUPPRESSION_AUDIT_H
#define STATS_SUPPRESSION_AUDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define AUDIT_UNBOUNDED INT64_MAX

typedef struct AuditCount {
    int64_t value, low, high; /* low <= value <= high; high may be AUDIT_UNBOUNDED */
    bool safe;                /* out: it may be another number */
} AuditCount;

typedef struct AuditTerm {
    size_t count; /* index of the AuditCount */
    int factor;   /* 1, or -1 for the whole of a sum */
} AuditTerm;

typedef struct AuditSum {
    const AuditTerm *terms;
    size_t len;
} AuditSum;

/* Sets `safe` of each count of 1 or more that is safe. Takes about (counts * sums) numbers of the
 * arena. */
void suppression_audit(Arena *arena, AuditCount *counts, size_t len, const AuditSum *sums,
                       size_t sums_len);

#endif
