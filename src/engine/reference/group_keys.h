/* The keys of a breakdown: each once for all windows of an indicator, with its label and its place.
 *
 * In: the values that entries have, as they come. Out: a number for each, the same for equal ones,
 * and their order: codes in the order of their set, other values in theirs, what is unknown last.
 */
#ifndef ENGINE_REFERENCE_GROUP_KEYS_H
#define ENGINE_REFERENCE_GROUP_KEYS_H

#include "base/vec.h"
#include "engine/result.h"

typedef struct GroupKeys {
    Arena *arena;
    const Breakdown *breakdown;
    VEC(GroupKey) items; /* by number; the codes of the set come first */
    uint32_t *slots;     /* an open table of a power of two: number + 1 */
    size_t slots_len;
    uint32_t *place; /* by number: its place in the order */
    uint32_t *at;    /* by number: of whoever counts, who leaves it zeroed */
    size_t ordered;  /* keys that `place` is of */
    size_t room;     /* of place and at */
} GroupKeys;

/* Those of each breakdown of an indicator; NULL if it has none. */
GroupKeys *group_keys_new(Arena *arena, const Indicator *indicator);
/* The number of the key of a value. */
uint32_t group_keys_number(GroupKeys *keys, Value value);
/* Puts numbers in the order of their keys. */
void group_keys_sort(GroupKeys *keys, uint32_t *numbers, size_t len);
/* The order of two keys, of any indicators. */
int group_keys_compare(const Breakdown *breakdown, const GroupKey *a, const GroupKey *b);

#endif
