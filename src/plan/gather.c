/* Which indicators are needed, and in which periods: from those that were asked for to what they
 * are made of and compared with.
 */
#include "plan/plan_build.h"

static PeriodList *list_of(Arena *arena, PeriodLists *lists, const Indicator *indicator) {
    for (size_t i = 0; i < lists->len; i++)
        if (lists->items[i]->indicator == indicator)
            return lists->items[i];
    PeriodList *list = arena_alloc(arena, sizeof *list);
    *list = (PeriodList){.indicator = indicator};
    vec_push(arena, lists, list);
    return list;
}

bool benchmark_period(const Benchmark *benchmark, Period *out) {
    Period within = benchmark->period;
    if (benchmark->from->window == WINDOW_ACADEMIC_YEAR)
        within = period_as_academic(within);
    *out = indicator_period_by(benchmark->from, within.end);
    return out->end >= within.start && out->end <= within.end;
}

/* `compared as` takes the other's last complete period, as a report would. */
static void add_compared_as(Arena *arena, PeriodLists *lists, const PeriodList *ours,
                            const Indicator *other) {
    PeriodList *list = list_of(arena, lists, other);
    for (size_t i = 0; i < ours->windows.len; i++)
        if (ours->windows.items[i].asked)
            periods_add_hidden(arena, list,
                               indicator_period_by(other, ours->windows.items[i].period.end));
}

static void add_benchmarks(Arena *arena, PeriodLists *lists, const PeriodList *ours) {
    for (size_t i = 0; i < ours->indicator->benchmarks_len; i++) {
        const Benchmark *benchmark = &ours->indicator->benchmarks[i];
        Period period;
        if (benchmark->compared_as)
            add_compared_as(arena, lists, ours, benchmark->compared_as);
        if (benchmark->kind == BENCHMARK_MEMBERS && benchmark_period(benchmark, &period))
            periods_add_hidden(arena, list_of(arena, lists, benchmark->from), period);
    }
}

/* True if a period was new. */
static bool add_inputs(Arena *arena, PeriodLists *lists, const PeriodList *derived) {
    bool added = false;
    for (size_t i = 0; i < derived->indicator->inputs_len; i++) {
        PeriodList *input = list_of(arena, lists, derived->indicator->inputs[i]);
        for (size_t w = 0; w < derived->windows.len; w++)
            if (periods_add_hidden(arena, input, derived->windows.items[w].period))
                added = true;
    }
    return added;
}

PeriodLists plan_gather(Arena *arena, const PlanRequest *request) {
    PeriodLists lists = {0};
    for (size_t i = 0; i < request->indicators_len; i++)
        periods_add_asked(arena, list_of(arena, &lists, request->indicators[i]), request);
    for (size_t i = 0; i < request->indicators_len; i++)
        add_benchmarks(arena, &lists, list_of(arena, &lists, request->indicators[i]));
    /* Inputs may be derived themselves, and may stand before what is made of them. */
    for (bool added = true; added;) {
        added = false;
        for (size_t i = 0; i < lists.len; i++)
            added = add_inputs(arena, &lists, lists.items[i]) || added;
    }
    for (size_t i = 0; request->earlier_in_year && i < lists.len; i++)
        periods_add_earlier_in_year(arena, lists.items[i]);
    return lists;
}
