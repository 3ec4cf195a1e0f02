/* A table from names (atoms) to what they stand for, in the order of entry. All zero is empty. */
#ifndef SEMA_NAMES_H
#define SEMA_NAMES_H

#include "base/arena.h"
#include "base/atom.h"
#include "base/vec.h"

typedef struct NameTable {
    VEC(Atom) names; /* in the order of entry: for "did you mean" */
    VEC(void *) values;
    size_t *slots; /* place in names + 1; 0 is free */
    size_t slots_cap;
} NameTable;

/* NULL if the name is not there. */
void *name_table_find(const NameTable *table, Atom name);
/* Adds a name that is not there yet. */
void name_table_add(Arena *arena, NameTable *table, Atom name, void *value);

#endif
