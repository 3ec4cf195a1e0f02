#include "store/text_places.h"

#include <string.h>

static size_t slot_of(const TextPlaces *places, Atom text) {
    uint64_t hash = (uint64_t)(uintptr_t)text * UINT64_C(0x9E3779B97F4A7C15);
    size_t slot = (size_t)(hash >> 20) & (places->slots_len - 1);
    while (places->slots[slot] && places->texts.items[places->slots[slot] - 1] != text)
        slot = (slot + 1) & (places->slots_len - 1);
    return slot;
}

static void grow(TextPlaces *places) {
    size_t len = places->slots_len ? places->slots_len * 2 : 64;
    places->slots = memory_resize(places->slots, len * sizeof *places->slots);
    memset(places->slots, 0, len * sizeof *places->slots);
    places->slots_len = len;
    for (size_t i = 0; i < places->texts.len; i++)
        places->slots[slot_of(places, places->texts.items[i])] = (uint32_t)(i + 1);
}

int64_t text_place(TextPlaces *places, Atom text) {
    if (places->texts.len * 2 >= places->slots_len)
        grow(places);
    size_t slot = slot_of(places, text);
    if (!places->slots[slot]) {
        vec_push(places->run, &places->texts, text);
        places->slots[slot] = (uint32_t)places->texts.len;
    }
    return (int64_t)places->slots[slot] - 1;
}

void text_places_fini(TextPlaces *places) {
    memory_free(places->slots);
    places->slots = NULL;
}
