#define _GNU_SOURCE /* MADV_HUGEPAGE, MADV_POPULATE_WRITE */
#include "base/pages.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define CHUNK_SIZE ((size_t)2 * 1024 * 1024)
#define GRANULES (CHUNK_SIZE / PAGES_GRANULE)

/* A bit for each granule. A larger piece is a chunk of its own, of `size` bytes. */
struct Chunk {
    Chunk *next;
    char *start;
    size_t size;
    uint64_t used, dirty; /* taken; written to, maybe, since it was zero */
};

_Static_assert(GRANULES == 64, "a bit for each granule");

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Chunk *chunks; /* those that are shared by granules, the oldest first */

/* ---- the system ---- */

static void make_present(char *start, size_t size) {
    (void)madvise(start, size, MADV_HUGEPAGE); /* both are no more than advice */
#ifdef MADV_POPULATE_WRITE
    (void)madvise(start, size, MADV_POPULATE_WRITE);
#endif
}

/* Aligned to CHUNK_SIZE. NULL: none is left. */
static char *map(size_t size) {
    if (size > SIZE_MAX - CHUNK_SIZE)
        return NULL;
    char *wide =
        mmap(NULL, size + CHUNK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (wide == MAP_FAILED)
        return NULL;
    size_t before = (CHUNK_SIZE - (uintptr_t)wide % CHUNK_SIZE) % CHUNK_SIZE;
    if (before > 0)
        munmap(wide, before);
    if (before < CHUNK_SIZE)
        munmap(wide + before + size, CHUNK_SIZE - before);
    make_present(wide + before, size);
    return wide + before;
}

static Chunk *chunk_new(size_t size) {
    Chunk *chunk = malloc(sizeof *chunk);
    char *start = chunk ? map(size) : NULL;
    if (!start) {
        free(chunk);
        return NULL;
    }
    *chunk = (Chunk){.start = start, .size = size};
    return chunk;
}

static void chunk_free(Chunk *chunk) {
    munmap(chunk->start, chunk->size);
    free(chunk);
}

/* ---- granules ---- */

static uint64_t bits_of(size_t first, size_t len) {
    return (len == GRANULES ? ~UINT64_C(0) : (UINT64_C(1) << len) - 1) << first;
}

/* The first of so many granules that are free; GRANULES: there are none. */
static size_t find_free(const Chunk *chunk, size_t len) {
    uint64_t starts = ~chunk->used; /* where `found` free granules begin */
    for (size_t found = 1; found < len && starts;) {
        size_t more = found < len - found ? found : len - found;
        starts &= starts >> more;
        found += more;
    }
    return starts ? (size_t)__builtin_ctzll(starts) : GRANULES;
}

static Pages take_granules(Chunk *chunk, size_t first, size_t len) {
    uint64_t bits = bits_of(first, len);
    Pages pages = {chunk->start + first * PAGES_GRANULE, len * PAGES_GRANULE, chunk};
    for (size_t i = first; i < first + len; i++)
        if (chunk->dirty >> i & 1)
            memset(chunk->start + i * PAGES_GRANULE, 0, PAGES_GRANULE);
    chunk->used |= bits;
    chunk->dirty |= bits;
    return pages;
}

static Pages take_shared(size_t len) {
    Chunk **end = &chunks;
    for (; *end; end = &(*end)->next) {
        size_t first = find_free(*end, len);
        if (first < GRANULES)
            return take_granules(*end, first, len);
    }
    *end = chunk_new(CHUNK_SIZE);
    return *end ? take_granules(*end, 0, len) : (Pages){0};
}

Pages pages_take(size_t size) {
    if (size > CHUNK_SIZE) {
        Chunk *chunk = chunk_new(size);
        return chunk ? (Pages){chunk->start, size, chunk} : (Pages){0};
    }
    pthread_mutex_lock(&lock);
    Pages pages = take_shared((size + PAGES_GRANULE - 1) / PAGES_GRANULE);
    pthread_mutex_unlock(&lock);
    return pages;
}

void pages_give(Pages pages) {
    Chunk *chunk = pages.chunk;
    if (pages.size > CHUNK_SIZE) {
        chunk_free(chunk);
        return;
    }
    size_t first = (size_t)((char *)pages.start - chunk->start) / PAGES_GRANULE;
    pthread_mutex_lock(&lock);
    chunk->used &= ~bits_of(first, pages.size / PAGES_GRANULE);
    pthread_mutex_unlock(&lock);
}

/* ---- what malloc gives ---- */

/* Enough for all that a small run asks malloc for. */
#define HEAP_SIZE ((size_t)768 * 1024)
/* What is larger than this is mapped for itself, and goes back to the system when it is freed. */
#define HEAP_MOST ((size_t)4 * 1024 * 1024)

void pages_prepare_heap(void) {
#if defined(__GLIBC__) && defined(MADV_POPULATE_WRITE) && !defined(KPI_DEBUG)
    mallopt(M_MMAP_THRESHOLD, (int)HEAP_MOST);
    mallopt(M_TRIM_THRESHOLD, (int)HEAP_MOST);
    char *start = malloc(HEAP_SIZE);
    if (!start)
        return;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t before = (page - (uintptr_t)start % page) % page;
    (void)madvise(start + before, (HEAP_SIZE - before) / page * page, MADV_POPULATE_WRITE);
    free(start);
#endif
}
