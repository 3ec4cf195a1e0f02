/* Texts by their places in a dictionary, in the order of first appearance.
 *
 * The texts are atoms of one Atoms: they are told apart by their pointers. The list of texts is in
 * the arena given; text_places_fini() ends the rest.
 */
#ifndef STORE_TEXT_PLACES_H
#define STORE_TEXT_PLACES_H

#include <stdint.h>

#include "base/atom.h"
#include "base/vec.h"

typedef struct TextPlaces {
    VEC(const char *) texts;
    Arena *run;
    /* Its own. */
    uint32_t *slots; /* place + 1, or 0 */
    size_t slots_len;
} TextPlaces;

/* Start from an all-zero TextPlaces with `run` set. */
int64_t text_place(TextPlaces *places, Atom text);
void text_places_fini(TextPlaces *places);

#endif
