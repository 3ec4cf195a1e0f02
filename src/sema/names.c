#include "sema/names.h"

#include <stdint.h>

static size_t slot_of(const NameTable *table, Atom name) {
    uintptr_t hash = (uintptr_t)name;
    hash ^= hash >> 17;
    hash *= (uintptr_t)0x9E3779B97F4A7C15u;
    size_t slot = (size_t)(hash >> 20) & (table->slots_cap - 1);
    while (table->slots[slot] != 0 && table->names.items[table->slots[slot] - 1] != name)
        slot = (slot + 1) & (table->slots_cap - 1);
    return slot;
}

void *name_table_find(const NameTable *table, Atom name) {
    if (table->slots_cap == 0)
        return NULL;
    size_t place = table->slots[slot_of(table, name)];
    return place == 0 ? NULL : table->values.items[place - 1];
}

static void grow(Arena *arena, NameTable *table) {
    table->slots_cap = table->slots_cap == 0 ? 16 : table->slots_cap * 2;
    table->slots = arena_array(arena, table->slots_cap, sizeof *table->slots);
    for (size_t i = 0; i < table->names.len; i++)
        table->slots[slot_of(table, table->names.items[i])] = i + 1;
}

void name_table_add(Arena *arena, NameTable *table, Atom name, void *value) {
    if ((table->names.len + 1) * 2 > table->slots_cap)
        grow(arena, table);
    vec_push(arena, &table->names, name);
    vec_push(arena, &table->values, value);
    table->slots[slot_of(table, name)] = table->names.len;
}
