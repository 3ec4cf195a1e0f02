/* Memory by lifetime.
 *
 * Four lifetimes, longest first: session (sources, atoms, messages), unit (AST and Model), plan,
 * run (tables and results). An object may only point into an arena that lives at least as long as
 * the object. Nobody frees a node: arena_free() ends everything of one lifetime at once.
 *
 * In debug builds (KPI_DEBUG) each allocation is a malloc of its own, so that the sanitizers see
 * every overrun, and the N-th allocation can be made to fail.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

typedef struct Arena Arena;

/* Never return NULL: when memory runs out the hook is called, and the program aborts if the hook
 * returns or there is none. The hook belongs to cli/ (it prints and exits). */
typedef void (*MemoryHook)(void);
void memory_on_failure(MemoryHook hook);
/* Makes the n-th allocation from now fail (tests); 0 turns that off. */
void memory_fail_at(size_t n);
/* malloc, realloc and free with the same failure rule, for buffers that grow outside an arena. */
void *memory_alloc(size_t size);
void *memory_resize(void *old, size_t size);
void memory_free(void *block);

Arena *arena_new(void);
void arena_free(Arena *arena);
/* Ends everything in it, and keeps its room for what comes next: for what is done over and over. */
void arena_reset(Arena *arena);
/* Zeroed memory, aligned for any type. size 0 gives a valid pointer. */
void *arena_alloc(Arena *arena, size_t size);
/* As arena_alloc(count * size), with the product checked. */
void *arena_array(Arena *arena, size_t count, size_t size);
char *arena_copy_text(Arena *arena, const char *text, size_t len);
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
char *
arena_printf(Arena *arena, const char *format, ...);
/* What `other` holds lives as long as the arena from now on; `other` is gone. */
void arena_join(Arena *arena, Arena *other);
/* Bytes handed out since it was new, or reset. */
size_t arena_used(const Arena *arena);

#endif
