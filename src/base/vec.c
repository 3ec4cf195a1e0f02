#include "base/vec.h"

#include <stdint.h>
#include <string.h>

void *vec_grow(Arena *arena, void *items, size_t *cap, size_t item_size) {
    size_t old = *cap;
    /* SIZE_MAX items never fit, so arena_array() refuses the overflow of the doubling too. */
    size_t wanted = old < 4 ? 4 : old > SIZE_MAX / 2 ? SIZE_MAX : old * 2;
    void *moved = arena_array(arena, wanted, item_size);
    if (old > 0)
        memcpy(moved, items, old * item_size);
    *cap = wanted;
    return moved;
}
