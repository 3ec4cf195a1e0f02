/* Counting classes of rows, all windows at once: a run of windows in a row's mask costs one
 * addition at its start and one subtraction after its end.
 */
#include <string.h>

#include "engine/native/chain.h"

/* ---- states ---- */

uint32_t state_number(const Chain *chain, const RowState *state) {
    size_t number = state->excluded;
    number = number * 2 + state->in_doubt;
    number = number * 3 + (state->selected == TRUTH_TRUE      ? 2
                           : state->selected == TRUTH_UNKNOWN ? 1
                                                              : 0);
    number = number * (chain->bands_len + 1) + state->band;
    number = (number << chain->parts_len) + state->parts;
    return (uint32_t)number + 1;
}

RowState state_of_number(const Chain *chain, uint32_t number) {
    RowState state = {0};
    if (number-- == 0)
        return state;
    state.parts = number & ((1U << chain->parts_len) - 1);
    number >>= chain->parts_len;
    state.band = number % (chain->bands_len + 1);
    number /= (uint32_t)chain->bands_len + 1;
    state.selected = number % 3 == 2 ? TRUTH_TRUE : number % 3 == 1 ? TRUTH_UNKNOWN : TRUTH_FALSE;
    number /= 3;
    state.in_doubt = number & 1;
    state.excluded = number >> 1;
    return state;
}

/* ---- classes ---- */

static void grow(Tally *tally) {
    size_t cap = tally->cap == 0 ? 16 : tally->cap * 2;
    int64_t *counts = arena_array(tally->arena, cap * STRIDE, sizeof *counts);
    int64_t *sums = arena_array(tally->arena, cap * STRIDE * tally->sums_len, sizeof *sums);
    int64_t *squares = arena_array(tally->arena, cap * STRIDE * tally->sums_len, sizeof *squares);
    if (tally->cap > 0) {
        memcpy(counts, tally->counts, tally->cap * STRIDE * sizeof *counts);
        memcpy(sums, tally->sums, tally->cap * STRIDE * tally->sums_len * sizeof *sums);
        memcpy(squares, tally->squares, tally->cap * STRIDE * tally->sums_len * sizeof *squares);
    }
    tally->counts = counts;
    tally->sums = sums;
    tally->squares = squares;
    tally->cap = cap;
}

uint32_t tally_class_new(Tally *tally, const Chain *chain, uint32_t group, uint32_t state) {
    while (tally->by_group.len <= group) {
        uint32_t *states = arena_array(tally->arena, chain->states, sizeof *states);
        vec_push(tally->arena, &tally->by_group, states);
    }
    uint32_t *number = &tally->by_group.items[group][state];
    if (*number == 0) {
        if (tally->classes.len == tally->cap)
            grow(tally);
        RowClass made = {group, state};
        vec_push(tally->arena, &tally->classes, made);
        *number = (uint32_t)tally->classes.len;
    }
    return *number - 1;
}

void tally_add(Tally *tally, const Chain *chain, uint32_t group, uint32_t state, Mask mask,
               const int64_t *values, uint32_t row, bool keep) {
    size_t number = tally_class(tally, chain, group, state);
    tally_add_runs(&tally->counts[number * STRIDE], mask, 1);
    for (size_t s = 0; s < tally->sums_len; s++) {
        size_t at = (number * tally->sums_len + s) * STRIDE;
        tally_add_runs(&tally->sums[at], mask, values[s]);
        tally_add_runs(&tally->squares[at], mask, values[s] * values[s]);
    }
    if (keep) {
        KeptRow kept = {row, (uint32_t)number, mask};
        vec_push(tally->arena, &tally->rows, kept);
    }
}

void tally_end(Tally *tally) {
    for (size_t c = 0; c < tally->classes.len; c++) {
        for (size_t w = 1; w < STRIDE; w++)
            tally->counts[c * STRIDE + w] += tally->counts[c * STRIDE + w - 1];
        for (size_t s = 0; s < tally->sums_len; s++)
            for (size_t w = 1; w < STRIDE; w++) {
                size_t at = (c * tally->sums_len + s) * STRIDE + w;
                tally->sums[at] += tally->sums[at - 1];
                tally->squares[at] += tally->squares[at - 1];
            }
    }
}

/* ---- keys ---- */

static uint64_t mix(uint64_t key) {
    key *= UINT64_C(0x9E3779B97F4A7C15);
    return key ^ key >> 31;
}

static uint32_t add_value(Tally *tally, KeyNumbers *keys, Value value) {
    vec_push(tally->arena, &keys->values, value);
    return (uint32_t)keys->values.len;
}

static size_t find_key(const KeyNumbers *keys, int64_t key) {
    size_t at = (size_t)mix((uint64_t)key) & (keys->cap - 1);
    while (keys->numbers[at] && keys->keys[at] != key)
        at = (at + 1) & (keys->cap - 1);
    return at;
}

static void grow_keys(Tally *tally, KeyNumbers *keys) {
    KeyNumbers old = *keys;
    keys->cap = old.cap == 0 ? 32 : old.cap * 2;
    keys->keys = arena_array(tally->arena, keys->cap, sizeof *keys->keys);
    keys->numbers = arena_array(tally->arena, keys->cap, sizeof *keys->numbers);
    for (size_t i = 0; i < old.cap; i++)
        if (old.numbers[i]) {
            size_t at = find_key(keys, old.keys[i]);
            keys->keys[at] = old.keys[i];
            keys->numbers[at] = old.numbers[i];
        }
}

static uint32_t unknown_number(Tally *tally, KeyNumbers *keys) {
    if (!keys->unknown)
        keys->unknown = add_value(tally, keys, value_missing(SYMBOL_NONE));
    return keys->unknown - 1;
}

static uint32_t number_of_int(Tally *tally, KeyNumbers *keys, int64_t key, Value value) {
    if (keys->values.len * 2 >= keys->cap)
        grow_keys(tally, keys);
    size_t at = find_key(keys, key);
    if (!keys->numbers[at]) {
        keys->keys[at] = key;
        keys->numbers[at] = add_value(tally, keys, value);
    }
    return keys->numbers[at] - 1;
}

uint32_t key_number(Tally *tally, KeyNumbers *keys, const Vector *vector, size_t i) {
    if (vector->state && vector->state[i] != STATE_KNOWN) {
        tally->failed = tally->failed || vector->state[i] == STATE_ERROR;
        return unknown_number(tally, keys);
    }
    if (vector->kind == VECTOR_TEXT && !keys->by_code)
        keys->by_code = arena_array(tally->arena, vector->texts_len + 1, sizeof *keys->by_code);
    if (!keys->by_code) {
        int64_t key = vector->kind == VECTOR_DATE ? vector->dates[i] : vector->numbers[i];
        if (keys->cap) {
            size_t at = find_key(keys, key);
            if (keys->numbers[at])
                return keys->numbers[at] - 1;
        }
        return number_of_int(tally, keys, key, vector_outcome(vector, i).value);
    }
    size_t at =
        vector->kind == VECTOR_TEXT ? vector->codes[i] : (size_t)(vector->numbers[i] - keys->low);
    if (!keys->by_code[at])
        keys->by_code[at] = add_value(tally, keys, vector_outcome(vector, i).value);
    return keys->by_code[at] - 1;
}

/* Few: of other threads, and of values that windows change. */
uint32_t key_number_of_value(Tally *tally, KeyNumbers *keys, Value value) {
    if (value.kind == VALUE_MISSING)
        return unknown_number(tally, keys);
    for (size_t i = 0; i < keys->values.len; i++)
        if (keys->values.items[i].kind == value.kind &&
            value_compare(keys->values.items[i], value) == 0)
            return (uint32_t)i;
    return add_value(tally, keys, value) - 1;
}

/* ---- groups ---- */

static size_t find_group(const Tally *tally, uint64_t packed) {
    size_t at = (size_t)mix(packed) & (tally->groups_cap - 1);
    while (tally->groups[at] && tally->group_keys[at] != packed)
        at = (at + 1) & (tally->groups_cap - 1);
    return at;
}

static void grow_groups(Tally *tally) {
    tally->groups_cap = tally->groups_cap == 0 ? 64 : tally->groups_cap * 2;
    tally->group_keys = arena_array(tally->arena, tally->groups_cap, sizeof *tally->group_keys);
    tally->groups = arena_array(tally->arena, tally->groups_cap, sizeof *tally->groups);
    for (size_t i = 0; i < tally->group_of.len; i++) {
        size_t at = find_group(tally, tally->group_of.items[i]);
        tally->group_keys[at] = tally->group_of.items[i];
        tally->groups[at] = (uint32_t)i + 1;
    }
}

uint32_t tally_group(Tally *tally, const Chain *chain, const uint32_t *numbers) {
    uint64_t packed = 0;
    for (size_t k = 0; k < chain->keys_len; k++) {
        if (chain->keys_len > 1 && numbers[k] >= 0xFFFF)
            tally->failed = true;
        packed = packed << 16 | (numbers[k] & (chain->keys_len > 1 ? 0xFFFF : UINT32_MAX));
    }
    if (chain->keys_len <= 1) {
        while (tally->group_of.len <= packed) {
            uint64_t own = tally->group_of.len;
            vec_push(tally->arena, &tally->group_of, own);
        }
        return (uint32_t)packed;
    }
    if (tally->group_of.len * 2 >= tally->groups_cap)
        grow_groups(tally);
    size_t at = find_group(tally, packed);
    if (!tally->groups[at]) {
        tally->group_keys[at] = packed;
        vec_push(tally->arena, &tally->group_of, packed);
        tally->groups[at] = (uint32_t)tally->group_of.len;
    }
    return tally->groups[at] - 1;
}

/* ---- threads ---- */

static uint32_t group_of_other(Tally *into, const Chain *chain, const Tally *from, uint32_t group) {
    uint32_t numbers[MOST_KEYS] = {0};
    uint64_t packed = from->group_of.len ? from->group_of.items[group] : 0;
    for (size_t k = chain->keys_len; k-- > 0;) {
        size_t number = chain->keys_len > 1 ? packed & 0xFFFF : packed;
        numbers[k] = key_number_of_value(into, &into->keys[k], from->keys[k].values.items[number]);
        packed >>= 16;
    }
    return tally_group(into, chain, numbers);
}

void tally_merge(Tally *into, const Chain *chain, const Tally *from) {
    uint32_t *renamed = memory_alloc((from->classes.len + 1) * sizeof *renamed);
    into->failed = into->failed || from->failed;
    for (size_t c = 0; c < from->classes.len; c++) {
        const RowClass *other = &from->classes.items[c];
        uint32_t group = group_of_other(into, chain, from, other->group);
        size_t number = renamed[c] = tally_class(into, chain, group, other->state);
        for (size_t w = 0; w < STRIDE; w++)
            into->counts[number * STRIDE + w] += from->counts[c * STRIDE + w];
        for (size_t i = 0; i < into->sums_len * STRIDE; i++) {
            into->sums[number * into->sums_len * STRIDE + i] +=
                from->sums[c * into->sums_len * STRIDE + i];
            into->squares[number * into->sums_len * STRIDE + i] +=
                from->squares[c * into->sums_len * STRIDE + i];
        }
    }
    for (size_t r = 0; r < from->rows.len; r++) {
        KeptRow row = from->rows.items[r];
        row.number = renamed[row.number];
        vec_push(into->arena, &into->rows, row);
    }
    memory_free(renamed);
}
