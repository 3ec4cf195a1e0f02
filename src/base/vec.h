/* Growing arrays in an arena: `VEC(Node *) nodes;` then vec_push(arena, &nodes, node).
 * An all-zero vector is empty. The items of a grown vector move; the old ones stay in the arena. */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

#define VEC(T)                                                                                     \
    struct {                                                                                       \
        T *items;                                                                                  \
        size_t len, cap;                                                                           \
    }

#define vec_push(arena, v, item)                                                                   \
    do {                                                                                           \
        if ((v)->len == (v)->cap)                                                                  \
            (v)->items = vec_grow((arena), (v)->items, &(v)->cap, sizeof *(v)->items);             \
        (v)->items[(v)->len++] = (item);                                                           \
    } while (0)

/* Doubles *cap (at least 4) and returns the moved items. */
void *vec_grow(Arena *arena, void *items, size_t *cap, size_t item_size);

#endif
