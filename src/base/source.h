/* The texts that messages point into: definition files, and data files by name only. */
#ifndef BASE_SOURCE_H
#define BASE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* A stretch of bytes in a source. len 0 is a place between two bytes; src 0 is "nowhere". */
typedef struct Span {
    uint32_t src, off, len;
} Span;

typedef struct Sources Sources;

typedef struct LineCol {
    uint32_t line, col; /* from 1; col counts characters (code points), not bytes */
} LineCol;

Sources *sources_new(Arena *arena);
void sources_free(Sources *sources);
/* Adds a text under a name that messages show (copied); gives its number, from 1. */
uint32_t sources_add(Sources *sources, const char *name, const char *text, size_t len);
const char *sources_name(const Sources *sources, uint32_t src);
const char *sources_text(const Sources *sources, uint32_t src, size_t *len);
LineCol sources_place(const Sources *sources, uint32_t src, uint32_t off);
/* The line that holds `off`, without its end. */
const char *sources_line(const Sources *sources, uint32_t src, uint32_t off, size_t *len);
/* The span from the start of a to the end of b. */
Span span_join(Span a, Span b);

#endif
