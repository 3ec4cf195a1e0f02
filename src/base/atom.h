/* Interned texts: equal texts have the same pointer, so names compare by ==. */
#ifndef BASE_ATOM_H
#define BASE_ATOM_H

#include <stddef.h>

#include "base/arena.h"

typedef const char *Atom;
typedef struct Atoms Atoms;

Atoms *atoms_new(Arena *arena);
void atoms_free(Atoms *atoms);
/* The atom of these bytes; lives as long as the arena. */
Atom atom_of(Atoms *atoms, const char *text, size_t len);
Atom atom_of_text(Atoms *atoms, const char *text);

/* Edits (insert, delete, replace, swap of neighbours) between two texts, at most `limit` + 1. */
size_t text_distance(const char *a, const char *b, size_t limit);
/* The nearest of `names` for "did you mean", or NULL when none is near enough. To a single
 * letter only the same letter is near, large or small. */
const char *text_nearest(const char *wanted, const char *const *names, size_t len);

#endif
