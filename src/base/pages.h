/* Memory from the system by large pages, for arenas.
 *
 * A page of 4 KiB costs a fault when it is first written to: where faults are dear (virtual
 * machines above all) a run over a hundred megabytes spends more time on these than on its work.
 * So memory comes in chunks of 2 MiB, which are asked for as one huge page and made present at
 * once, and all arenas share them by granules. What is given back is used again.
 *
 * Where huge pages are not to be had, the chunks are of usual pages. For several threads.
 */
#ifndef BASE_PAGES_H
#define BASE_PAGES_H

#include <stddef.h>

#define PAGES_GRANULE ((size_t)32 * 1024)

typedef struct Chunk Chunk;

typedef struct Pages {
    void *start; /* zeroed, aligned to PAGES_GRANULE; NULL: there is no memory left */
    size_t size; /* as asked for or more */
    Chunk *chunk;
} Pages;

/* At least `size` bytes, more than 0. */
Pages pages_take(size_t size);
void pages_give(Pages pages);

/* At the start of the program, before there are threads: what malloc gives out first is made
 * present at once, as are the chunks. */
void pages_prepare_heap(void);

#endif
