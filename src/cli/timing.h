/* `--timing`: where the time of a command went, on standard error, a line a part. */
#ifndef CLI_TIMING_H
#define CLI_TIMING_H

#include "cli/cli.h"
#include "engine/engine.h"

typedef struct Timing {
    bool wanted;
    int64_t started, last; /* nanoseconds of a clock that never goes back */
    EngineTiming engine;   /* hands the engine's marks on */
} Timing;

/* Starts the clock. Nothing is said unless --timing was given. */
void timing_start(Timing *timing, const Cli *cli);
/* The part that has just ended. */
void timing_part(Timing *timing, const char *what);
/* What several threads took together beside other parts: no line of its own time. */
void timing_beside(const Timing *timing, const char *what, int64_t nanoseconds);
/* The clock. */
int64_t timing_now(void);
void timing_total(Timing *timing);

#endif
