#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/pages.h"

#ifdef KPI_DEBUG
#define BLOCK_PER_ALLOCATION true
#else
#define BLOCK_PER_ALLOCATION false
#endif

#define USUAL_LENGTH ((size_t)127) /* of what is formatted: it is then done once */
#define ALIGNMENT _Alignof(max_align_t)

/* The room follows the header, at HEADER_SIZE bytes from its start. */
typedef struct Block {
    struct Block *next;
    size_t size, used;
    Pages pages; /* it is in these; or from malloc */
} Block;

#define HEADER_SIZE ((sizeof(Block) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)

#define BLOCK_ROOM (PAGES_GRANULE - HEADER_SIZE)

struct Arena {
    Block *blocks; /* the one in use first */
    Block *spare;  /* of BLOCK_ROOM, zeroed */
    size_t used;
};

static MemoryHook failure_hook;
static size_t fail_countdown;

void memory_on_failure(MemoryHook hook) {
    failure_hook = hook;
}

void memory_fail_at(size_t n) {
    fail_countdown = n;
}

_Noreturn static void memory_fail(void) {
    /* The hook may allocate; it must not fail again for the same reason. */
    fail_countdown = 0;
    if (failure_hook)
        failure_hook();
    abort();
}

static void memory_count(void) {
    if (fail_countdown > 0 && --fail_countdown == 0)
        memory_fail();
}

static void *raw_alloc(size_t size) {
    void *block = malloc(size ? size : 1);
    if (!block)
        memory_fail();
    return block;
}

void *memory_alloc(size_t size) {
    memory_count();
    return raw_alloc(size);
}

void *memory_resize(void *old, size_t size) {
    memory_count();
    void *block = realloc(old, size ? size : 1);
    if (!block)
        memory_fail();
    return block;
}

void memory_free(void *block) {
    free(block);
}

static void block_free(Block *block) {
    if (block->pages.start)
        pages_give(block->pages);
    else
        free(block);
}

Arena *arena_new(void) {
    Arena *arena = memory_alloc(sizeof *arena);
    *arena = (Arena){0};
    return arena;
}

static void blocks_free(Block *block) {
    while (block) {
        Block *next = block->next;
        block_free(block);
        block = next;
    }
}

void arena_free(Arena *arena) {
    if (!arena)
        return;
    blocks_free(arena->blocks);
    blocks_free(arena->spare);
    free(arena);
}

void arena_reset(Arena *arena) {
    while (arena->blocks) {
        Block *block = arena->blocks;
        arena->blocks = block->next;
        if (block->size == BLOCK_ROOM && !BLOCK_PER_ALLOCATION) {
            memset((char *)block + HEADER_SIZE, 0, block->used);
            block->used = 0;
            block->next = arena->spare;
            arena->spare = block;
        } else {
            block_free(block);
        }
    }
    arena->used = 0;
}

/* Zeroed. */
static Block *block_new(size_t room) {
    if (room > SIZE_MAX - HEADER_SIZE)
        memory_fail();
    size_t size = HEADER_SIZE + room;
    Pages pages = {0};
    if (!BLOCK_PER_ALLOCATION)
        pages = pages_take(size);
    Block *block = BLOCK_PER_ALLOCATION ? calloc(1, size) : pages.start;
    if (!block)
        memory_fail();
    block->pages = pages;
    block->size = (BLOCK_PER_ALLOCATION ? size : pages.size) - HEADER_SIZE;
    return block;
}

static Block *block_of_usual_size(Arena *arena) {
    Block *block = arena->spare;
    if (!block)
        return block_new(BLOCK_ROOM);
    arena->spare = block->next;
    return block;
}

static void *block_take(Block *block, size_t size) {
    char *room = (char *)block + HEADER_SIZE + block->used;
    block->used += size;
    return room;
}

void *arena_alloc(Arena *arena, size_t size) {
    memory_count();
    arena->used += size;
    if (BLOCK_PER_ALLOCATION) {
        Block *block = block_new(size);
        block->next = arena->blocks;
        arena->blocks = block;
        return block_take(block, size);
    }
    if (size > SIZE_MAX - ALIGNMENT)
        memory_fail();
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (rounded == 0)
        rounded = ALIGNMENT;
    Block *first = arena->blocks;
    if (first && rounded <= first->size - first->used)
        return block_take(first, rounded);
    Block *block = rounded > BLOCK_ROOM ? block_new(rounded) : block_of_usual_size(arena);
    if (first && first->size - first->used > block->size - rounded) {
        /* The one with more room left stays first. */
        block->next = first->next;
        first->next = block;
    } else {
        block->next = first;
        arena->blocks = block;
    }
    return block_take(block, rounded);
}

void *arena_array(Arena *arena, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size)
        memory_fail();
    return arena_alloc(arena, count * size);
}

char *arena_copy_text(Arena *arena, const char *text, size_t len) {
    if (len == SIZE_MAX)
        memory_fail();
    char *copy = arena_alloc(arena, len + 1);
    if (len > 0)
        memcpy(copy, text, len);
    return copy;
}

char *arena_printf(Arena *arena, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    char usual[USUAL_LENGTH + 1];
    int len = vsnprintf(usual, sizeof usual, format, args);
    va_end(args);
    if (len < 0)
        len = 0;
    char *text = arena_alloc(arena, (size_t)len + 1);
    if ((size_t)len < sizeof usual)
        memcpy(text, usual, (size_t)len);
    else
        vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text;
}

void arena_join(Arena *arena, Arena *other) {
    Block **end = &arena->blocks;
    while (*end)
        end = &(*end)->next;
    *end = other->blocks;
    arena->used += other->used;
    other->blocks = NULL;
    arena_free(other);
}

size_t arena_used(const Arena *arena) {
    return arena->used;
}
