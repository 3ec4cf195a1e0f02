#include "cli/timing.h"

#include <stdio.h>
#include <time.h>

int64_t timing_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void say(const char *what, int64_t nanoseconds) {
    fprintf(stderr, "%8lld.%02lld ms  %s\n", (long long)(nanoseconds / 1000000),
            (long long)(nanoseconds / 10000 % 100), what);
}

static void mark(void *context, const char *what) {
    timing_part(context, what);
}

void timing_start(Timing *timing, const Cli *cli) {
    *timing = (Timing){.wanted = options_flag(cli->options, OPTION_TIMING)};
    timing->started = timing->last = timing_now();
    timing->engine = (EngineTiming){mark, timing};
}

void timing_part(Timing *timing, const char *what) {
    if (!timing->wanted)
        return;
    int64_t at = timing_now();
    say(what, at - timing->last);
    timing->last = at;
}

void timing_beside(const Timing *timing, const char *what, int64_t nanoseconds) {
    if (timing->wanted)
        say(what, nanoseconds);
}

void timing_total(Timing *timing) {
    if (timing->wanted)
        say("in all", timing_now() - timing->started);
}
