#include "engine/reference/group_keys.h"

#include <stdlib.h>
#include <string.h>

/* ---- order ---- */

/* Codes in the order of their set, then other values in theirs, then what is unknown, then totals.
 */
enum { ORDER_OTHER_VALUES = INT32_MAX - 2, ORDER_UNKNOWN, ORDER_TOTAL };

static int place_of(const Breakdown *breakdown, const GroupKey *key) {
    if (key->whole)
        return ORDER_TOTAL;
    if (key->unknown)
        return ORDER_UNKNOWN;
    int code = breakdown->codes && key->value.kind == VALUE_TEXT
                   ? codes_find(breakdown->codes, key->value.as.text)
                   : -1;
    return code >= 0 ? code : ORDER_OTHER_VALUES;
}

int group_keys_compare(const Breakdown *breakdown, const GroupKey *a, const GroupKey *b) {
    int left = place_of(breakdown, a), right = place_of(breakdown, b);
    if (left != right)
        return left < right ? -1 : 1;
    return left == ORDER_OTHER_VALUES ? value_compare(a->value, b->value) : 0;
}

typedef struct Placed {
    const GroupKeys *keys;
    uint32_t number;
} Placed;

static int compare_placed(const void *a, const void *b) {
    const Placed *left = a, *right = b;
    const GroupKeys *keys = left->keys;
    return group_keys_compare(keys->breakdown, &keys->items.items[left->number],
                              &keys->items.items[right->number]);
}

/* Gives every key its place, when there are new ones. */
static void set_places(GroupKeys *keys) {
    size_t len = keys->items.len;
    Placed *sorted = memory_alloc((len + 1) * sizeof *sorted);
    for (size_t i = 0; i < len; i++)
        sorted[i] = (Placed){keys, (uint32_t)i};
    qsort(sorted, len, sizeof *sorted, compare_placed);
    for (size_t i = 0; i < len; i++)
        keys->place[sorted[i].number] = (uint32_t)i;
    memory_free(sorted);
    keys->ordered = len;
}

typedef struct PlacedNumber {
    uint32_t place, number;
} PlacedNumber;

static int compare_places(const void *a, const void *b) {
    const PlacedNumber *left = a, *right = b;
    return left->place < right->place ? -1 : left->place > right->place;
}

void group_keys_sort(GroupKeys *keys, uint32_t *numbers, size_t len) {
    bool in_order = true;
    if (keys->ordered < keys->items.len)
        set_places(keys);
    for (size_t i = 1; i < len && in_order; i++)
        in_order = keys->place[numbers[i - 1]] < keys->place[numbers[i]];
    if (in_order)
        return;
    PlacedNumber *sorted = memory_alloc((len + 1) * sizeof *sorted);
    for (size_t i = 0; i < len; i++)
        sorted[i] = (PlacedNumber){keys->place[numbers[i]], numbers[i]};
    qsort(sorted, len, sizeof *sorted, compare_places);
    for (size_t i = 0; i < len; i++)
        numbers[i] = sorted[i].number;
    memory_free(sorted);
}

/* ---- numbers ---- */

static uint64_t mixed(uint64_t hash, uint64_t more) {
    hash = (hash ^ more) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

/* The same for values that make one key. */
static uint64_t hash_of(Value value) {
    uint64_t hash = (uint64_t)value.kind + 1;
    switch (value.kind) {
    case VALUE_MISSING:
        return hash;
    case VALUE_BOOL:
        return mixed(hash, value.as.yes);
    case VALUE_NUMBER:
        return mixed(mixed(hash, (uint64_t)value.as.number.n), (uint64_t)value.as.number.d);
    case VALUE_TEXT:
        for (const char *c = value.as.text; *c; c++)
            hash = (hash ^ (unsigned char)*c) * 0x100000001B3u;
        return mixed(hash, 0);
    case VALUE_DATE:
        return mixed(hash, (uint64_t)value.as.date);
    }
    return hash;
}

static bool same_value(Value a, Value b) {
    return (a.kind == VALUE_TEXT && b.kind == VALUE_TEXT && a.as.text == b.as.text) ||
           value_compare(a, b) == 0;
}

static size_t slot_of(const GroupKeys *keys, Value value) {
    size_t slot = (size_t)hash_of(value) & (keys->slots_len - 1);
    while (keys->slots[slot] != 0 &&
           !same_value(keys->items.items[keys->slots[slot] - 1].value, value))
        slot = (slot + 1) & (keys->slots_len - 1);
    return slot;
}

/* Room for as many keys again. */
static void make_room(GroupKeys *keys) {
    size_t len = keys->items.len;
    keys->room = keys->room < 16 ? 16 : keys->room * 2;
    uint32_t *place = arena_array(keys->arena, keys->room, sizeof *place);
    uint32_t *at = arena_array(keys->arena, keys->room, sizeof *at);
    if (len > 0) {
        memcpy(place, keys->place, len * sizeof *place);
        memcpy(at, keys->at, len * sizeof *at);
    }
    keys->place = place;
    keys->at = at;
    keys->slots_len = keys->room * 2;
    keys->slots = arena_array(keys->arena, keys->slots_len, sizeof *keys->slots);
    for (size_t i = 0; i < len; i++)
        keys->slots[slot_of(keys, keys->items.items[i].value)] = (uint32_t)i + 1;
}

static const char *label_of(const GroupKeys *keys, const GroupKey *key) {
    if (key->unknown)
        return "Unknown";
    int code = place_of(keys->breakdown, key);
    if (code < ORDER_OTHER_VALUES && keys->breakdown->codes->entries[code].title)
        return keys->breakdown->codes->entries[code].title;
    char room[64];
    StrBuf words = strbuf_in(room, sizeof room);
    value_print(&words, key->value);
    const char *label = arena_copy_text(keys->arena, strbuf_text(&words), words.len);
    strbuf_fini(&words);
    return label;
}

uint32_t group_keys_number(GroupKeys *keys, Value value) {
    if (keys->items.len == keys->room)
        make_room(keys);
    size_t slot = slot_of(keys, value);
    if (keys->slots[slot] != 0)
        return keys->slots[slot] - 1;
    GroupKey key = {.unknown = value.kind == VALUE_MISSING,
                    .number = (uint32_t)keys->items.len,
                    .value = value};
    key.label = label_of(keys, &key);
    vec_push(keys->arena, &keys->items, key);
    keys->slots[slot] = key.number + 1;
    return key.number;
}

GroupKeys *group_keys_new(Arena *arena, const Indicator *indicator) {
    if (indicator->breakdowns_len == 0)
        return NULL;
    GroupKeys *all = arena_array(arena, indicator->breakdowns_len, sizeof *all);
    for (size_t i = 0; i < indicator->breakdowns_len; i++) {
        const CodeSet *codes = indicator->breakdowns[i].codes;
        all[i] = (GroupKeys){.arena = arena, .breakdown = &indicator->breakdowns[i]};
        for (size_t c = 0; codes && c < codes->entries_len; c++)
            group_keys_number(&all[i], value_text(codes->entries[c].code));
    }
    return all;
}
