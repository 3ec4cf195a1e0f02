#include "base/atom.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <xxhash.h>

typedef struct Entry {
    Atom text; /* NULL: a free place */
    size_t len;
    uint64_t hash;
} Entry;

struct Atoms {
    Arena *arena;
    Entry *entries; /* open addressing; `cap` is a power of two, never more than half full */
    size_t len, cap;
};

#define FIRST_CAP 256

static Entry *entries_new(size_t cap) {
    Entry *entries = memory_alloc(cap * sizeof *entries);
    memset(entries, 0, cap * sizeof *entries);
    return entries;
}

Atoms *atoms_new(Arena *arena) {
    Atoms *atoms = memory_alloc(sizeof *atoms);
    atoms->arena = arena;
    atoms->len = 0;
    atoms->cap = FIRST_CAP;
    atoms->entries = entries_new(FIRST_CAP);
    return atoms;
}

void atoms_free(Atoms *atoms) {
    if (!atoms)
        return;
    memory_free(atoms->entries);
    memory_free(atoms);
}

/* The entry of this text, or the free place where it belongs. */
static Entry *entry_find(Entry *entries, size_t cap, const char *text, size_t len, uint64_t hash) {
    for (size_t i = (size_t)hash & (cap - 1);; i = (i + 1) & (cap - 1)) {
        Entry *entry = &entries[i];
        if (!entry->text)
            return entry;
        if (entry->hash == hash && entry->len == len &&
            (len == 0 || memcmp(entry->text, text, len) == 0))
            return entry;
    }
}

static void atoms_grow(Atoms *atoms) {
    size_t cap = atoms->cap * 2;
    Entry *entries = entries_new(cap);
    for (size_t i = 0; i < atoms->cap; i++) {
        Entry *old = &atoms->entries[i];
        if (old->text)
            *entry_find(entries, cap, old->text, old->len, old->hash) = *old;
    }
    memory_free(atoms->entries);
    atoms->entries = entries;
    atoms->cap = cap;
}

Atom atom_of(Atoms *atoms, const char *text, size_t len) {
    uint64_t hash = XXH3_64bits(text, len);
    Entry *entry = entry_find(atoms->entries, atoms->cap, text, len, hash);
    if (entry->text)
        return entry->text;
    if (atoms->len >= atoms->cap / 2) {
        atoms_grow(atoms);
        entry = entry_find(atoms->entries, atoms->cap, text, len, hash);
    }
    *entry = (Entry){.text = arena_copy_text(atoms->arena, text, len), .len = len, .hash = hash};
    atoms->len++;
    return entry->text;
}

Atom atom_of_text(Atoms *atoms, const char *text) {
    return atom_of(atoms, text, strlen(text));
}

/* Longer names than this are never offered as a correction, so that no message costs much. */
#define LONGEST_COMPARED 255

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

size_t text_distance(const char *a, const char *b, size_t limit) {
    size_t a_len = strlen(a), b_len = strlen(b);
    size_t over = limit == SIZE_MAX ? limit : limit + 1;
    size_t apart = a_len > b_len ? a_len - b_len : b_len - a_len;
    if (apart > limit || (b_len > LONGEST_COMPARED && strcmp(a, b) != 0))
        return over;
    if (b_len > LONGEST_COMPARED)
        return 0;
    /* Three rows of the table: a swap of neighbours looks two rows back. */
    size_t rows[3][LONGEST_COMPARED + 1];
    for (size_t j = 0; j <= b_len; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t *row = rows[i % 3], *above = rows[(i - 1) % 3], *above2 = rows[(i + 1) % 3];
        row[0] = i;
        size_t lowest = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = least(least(above[j] + 1, row[j - 1] + 1), above[j - 1] + cost);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], above2[j - 2] + 1);
            lowest = least(lowest, row[j]);
        }
        /* No later row gets below the lowest of this one, swaps included. */
        if (lowest > limit)
            return over;
    }
    return least(rows[a_len % 3][b_len], over);
}

static char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool text_equal_ignoring_case(const char *a, const char *b) {
    while (*a && ascii_lower(*a) == ascii_lower(*b)) {
        a++;
        b++;
    }
    return ascii_lower(*a) == ascii_lower(*b);
}

const char *text_nearest(const char *wanted, const char *const *names, size_t len) {
    size_t wanted_len = strlen(wanted), third = wanted_len / 3;
    /* One edit makes any letter of another, so that a single letter is near to none. */
    size_t limit = wanted_len <= 1 ? 0 : third < 1 ? 1 : third > 3 ? 3 : third;
    const char *best = NULL;
    size_t best_distance = SIZE_MAX;
    for (size_t i = 0; i < len; i++) {
        size_t distance = text_distance(wanted, names[i], limit);
        bool near = distance <= limit;
        if (text_equal_ignoring_case(wanted, names[i])) {
            distance = least(distance, 1);
            near = true;
        }
        if (near && distance < best_distance) {
            best = names[i];
            best_distance = distance;
        }
    }
    return best;
}
