/* Counters of 64 windows at once: plane p holds bit p of each window's count. A count stops at the
 * greatest that the planes hold.
 */
#include "engine/native/native.h"

void planes_add(Mask *const *planes, size_t len, size_t at, Mask mask) {
    for (size_t p = 0; p < len; p++) {
        Mask carry = planes[p][at] & mask;
        planes[p][at] ^= mask;
        mask = carry;
    }
    for (size_t p = 0; mask && p < len; p++)
        planes[p][at] |= mask;
}

/* Where the count is 0 nothing is taken. */
void planes_subtract(Mask *planes, size_t len, Mask mask) {
    Mask any = 0;
    for (size_t p = 0; p < len; p++)
        any |= planes[p];
    mask &= any;
    for (size_t p = 0; p < len; p++) {
        Mask borrow = ~planes[p] & mask;
        planes[p] ^= mask;
        mask = borrow;
    }
}

void planes_sum(Mask *planes, size_t len, const Mask *more) {
    Mask carry = 0;
    for (size_t p = 0; p < len; p++) {
        Mask a = planes[p], b = more[p];
        planes[p] = a ^ b ^ carry;
        carry = (a & b) | (carry & (a ^ b));
    }
    for (size_t p = 0; p < len; p++)
        planes[p] |= carry;
}

/* Where the count is below the limit, and where it is the limit. */
static void against(const Mask *planes, size_t len, int64_t limit, Mask *below, Mask *equal) {
    *below = 0;
    *equal = ALL_ONES;
    if (limit < 0 || limit >= (int64_t)1 << len) {
        *below = limit < 0 ? 0 : ALL_ONES;
        *equal = 0;
        return;
    }
    for (size_t p = len; p-- > 0;) {
        if (limit >> p & 1)
            *below |= *equal & ~planes[p];
        *equal &= limit >> p & 1 ? planes[p] : ~planes[p];
    }
}

void planes_compare(const Mask *low, const Mask *high, size_t len, ComparisonOp op, int64_t limit,
                    Mask *yes, Mask *maybe) {
    Mask low_below, low_equal, high_below, high_equal, some = 0;
    against(low, len, limit, &low_below, &low_equal);
    against(high, len, limit, &high_below, &high_equal);
    Mask equal = low_equal & high_equal, may_equal = (low_below | low_equal) & ~high_below;
    switch (op) {
    case COMPARISON_EQUAL:
        *yes = equal;
        some = may_equal;
        break;
    case COMPARISON_NOT_EQUAL:
        *yes = ~may_equal;
        some = ~equal;
        break;
    case COMPARISON_LESS:
        *yes = high_below;
        some = low_below;
        break;
    case COMPARISON_LESS_EQUAL:
        *yes = high_below | high_equal;
        some = low_below | low_equal;
        break;
    case COMPARISON_GREATER:
        *yes = ~(low_below | low_equal);
        some = ~(high_below | high_equal);
        break;
    case COMPARISON_GREATER_EQUAL:
        *yes = ~low_below;
        some = ~high_below;
        break;
    }
    *maybe = some & ~*yes;
}

static size_t planes_to(int64_t greatest) {
    size_t len = 1;
    while (len <= MOST_PLANES && ((int64_t)1 << len) - 1 < greatest)
        len++;
    return len <= MOST_PLANES ? len : 0;
}

size_t planes_for(int64_t limit) {
    return planes_to(limit < 0 ? 2 : limit + 2);
}

size_t planes_to_compare(ComparisonOp op, int64_t limit) {
    /* Whether a count is more than the limit may not matter. */
    bool reached = op == COMPARISON_GREATER_EQUAL || op == COMPARISON_LESS;
    return planes_to(limit < 0 ? 1 : reached ? limit : limit + 1);
}
