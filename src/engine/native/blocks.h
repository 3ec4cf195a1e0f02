/* The inside of a NativeRun, for run.c and print.c. */
#ifndef ENGINE_NATIVE_BLOCKS_H
#define ENGINE_NATIVE_BLOCKS_H

#include "engine/native/chain.h"

/* The chains of one block of windows. */
typedef struct Block {
    Arena *arena;
    Shared shared;
    Program **programs; /* by thread */
    Chain *chains;
    ChainNodes **nodes; /* by thread, by chain */
    size_t chains_len;
    uint32_t *by_step; /* chain + 1, by its last step: an open table of a power of two */
    size_t by_step_len;
} Block;

struct NativeRun {
    Arena *arena;
    const Plan *plan;
    Blocks blocks;
    Block *items;
    size_t threads, batch;
    bool moves;
};

#endif
