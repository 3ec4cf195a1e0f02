/* Which engine is chosen for data on a server, where none was named.
 *
 * The native engine reads the columns that it needs, and is quicker; what would take more memory
 * than it may have is counted where it is.
 */
#ifndef ENGINE_CHOICE_H
#define ENGINE_CHOICE_H

#include "engine/engine.h"

#define MIB ((uint64_t)1024 * 1024)

typedef struct EngineChoice {
    uint64_t needed, most; /* bytes: of the columns in memory, about; and that they may take */
    const char *against;   /* why rows cannot stay, in words; NULL: they can */
    bool stay;             /* the rows are to stay on the server */
} EngineChoice;

/* With `most` and `against` set: works out the rest. */
void engine_choose(const Plan *plan, const Store *store, EngineChoice *choice);

#endif
