/* The windows of a run as bits. */
#include <stdlib.h>

#include "engine/native/native.h"

typedef struct Moment {
    Date last;
    bool has_taken;
    Date taken;
} Moment;

static Moment moment_of(const PlanWindow *window) {
    return (Moment){window->end, window->has_taken, window->has_taken ? window->taken : 0};
}

static int compare_moments(const void *a, const void *b) {
    const Moment *left = a, *right = b;
    if (left->last != right->last)
        return left->last < right->last ? -1 : 1;
    if (left->has_taken != right->has_taken)
        return left->has_taken ? 1 : -1;
    return left->taken < right->taken ? -1 : left->taken > right->taken;
}

/* Every moment once, in order. */
static size_t moments_of(Arena *arena, const Plan *plan, Moment **out) {
    size_t all = 0, len = 0, kept = 0;
    for (size_t i = 0; i < plan->indicators_len; i++)
        all += plan->indicators[i]->windows_len;
    Moment *moments = arena_array(arena, all + 1, sizeof *moments);
    for (size_t i = 0; i < plan->indicators_len; i++)
        for (size_t w = 0; w < plan->indicators[i]->windows_len; w++)
            if (plan->indicators[i]->windows[w].available)
                moments[len++] = moment_of(&plan->indicators[i]->windows[w]);
    qsort(moments, len, sizeof *moments, compare_moments);
    for (size_t i = 0; i < len; i++)
        if (kept == 0 || compare_moments(&moments[kept - 1], &moments[i]) != 0)
            moments[kept++] = moments[i];
    *out = moments;
    return kept;
}

static int bit_of(const Axis *axis, const PlanWindow *window) {
    Moment wanted = moment_of(window);
    for (unsigned i = 0; i < axis->len; i++) {
        Moment moment = {axis->last[i], axis->has_taken[i], axis->taken[i]};
        if (compare_moments(&moment, &wanted) == 0)
            return (int)i;
    }
    return -1;
}

/* ---- first days ---- */

static bool agrees(const Starts *starts, const Placing *placing) {
    for (size_t w = 0; w < placing->planned->windows_len; w++) {
        int bit = placing->bit[w];
        if (bit >= 0 && (starts->used >> bit & 1) != 0 &&
            starts->first[bit] != placing->planned->windows[w].start)
            return false;
    }
    return true;
}

/* First days that agree with these windows, and from now on have theirs. */
static const Starts *starts_for(Arena *arena, Axis *axis, const Placing *placing) {
    Starts *found = NULL;
    for (size_t i = 0; i < axis->starts.len && !found; i++)
        if (agrees(axis->starts.items[i], placing))
            found = axis->starts.items[i];
    if (!found) {
        found = arena_alloc(arena, sizeof *found);
        found->number = axis->starts.len;
        /* A window that nobody asked for holds no day. */
        for (size_t i = 0; i < BLOCK_WINDOWS; i++)
            found->first[i] = DATE_MAX;
        vec_push(arena, &axis->starts, found);
    }
    for (size_t w = 0; w < placing->planned->windows_len; w++)
        if (placing->bit[w] >= 0) {
            found->first[placing->bit[w]] = placing->planned->windows[w].start;
            found->used |= (Mask)1 << placing->bit[w];
        }
    return found;
}

/* Two windows of an indicator with one last day and two first days cannot share a bit. */
static bool place(Arena *arena, Axis *axis, const PlanIndicator *planned, Placing *out) {
    *out = (Placing){.planned = planned};
    out->bit = arena_array(arena, planned->windows_len, sizeof *out->bit);
    for (size_t w = 0; w < planned->windows_len; w++) {
        out->bit[w] = planned->windows[w].available ? bit_of(axis, &planned->windows[w]) : -1;
        if (out->bit[w] < 0)
            continue;
        if (out->used >> out->bit[w] & 1)
            return false;
        out->used |= (Mask)1 << out->bit[w];
        out->any = true;
    }
    out->starts = starts_for(arena, axis, out);
    return true;
}

Blocks axis_blocks(Arena *arena, const Plan *plan) {
    Moment *moments;
    size_t len = moments_of(arena, plan, &moments);
    Blocks blocks = {.len = (len + BLOCK_WINDOWS - 1) / BLOCK_WINDOWS};
    blocks.axes = arena_array(arena, blocks.len, sizeof *blocks.axes);
    blocks.placings = arena_array(arena, blocks.len, sizeof *blocks.placings);
    for (size_t b = 0; b < blocks.len; b++) {
        Axis *axis = &blocks.axes[b];
        size_t first = b * BLOCK_WINDOWS;
        for (; axis->len < BLOCK_WINDOWS && first + axis->len < len; axis->len++) {
            const Moment *moment = &moments[first + axis->len];
            axis->last[axis->len] = moment->last;
            axis->has_taken[axis->len] = moment->has_taken;
            axis->taken[axis->len] = moment->taken;
        }
        blocks.placings[b] = arena_array(arena, plan->indicators_len, sizeof(Placing));
        for (size_t i = 0; i < plan->indicators_len; i++)
            if (!place(arena, axis, plan->indicators[i], &blocks.placings[b][i]))
                blocks.placings[b][i].any = false;
    }
    return blocks;
}
