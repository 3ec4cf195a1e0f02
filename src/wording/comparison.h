/* Two versions of an indicator, sentence by sentence.
 *
 * In: the sentences of both. Out: those that differ, in the order of topics; what only one version
 * has stands with NULL for the other. `why` explains and means nothing: it is not compared.
 */
#ifndef WORDING_COMPARISON_H
#define WORDING_COMPARISON_H

#include "wording/wording.h"

typedef struct SentenceChange {
    Topic topic;
    const char *before, *after; /* NULL: not said in that version */
} SentenceChange;

typedef VEC(SentenceChange) SentenceChanges;

void wording_compare(Arena *arena, const Sentences *before, const Sentences *after,
                     SentenceChanges *out);

#endif
