#include "engine/native/run.h"

#include "engine/native/blocks.h"
#include "engine/reference/moves.h"

/* ---- which chains ---- */

static void add_chain(Block *block, const PlanIndicator *planned, const PlanNode *last,
                      const Placing *placing) {
    Chain *chain = &block->chains[block->chains_len++];
    *chain = chain_new(planned, last, placing);
    /* All programs compile the same, so that what they share has the same numbers. */
    chain->compiles = chain->sound;
}

static void add_chains(NativeRun *native, Block *block, const Placing *placings) {
    size_t all = 0;
    for (size_t i = 0; i < native->plan->indicators_len; i++) {
        const Indicator *indicator = native->plan->indicators[i]->indicator;
        all += indicator->rowsets_len + indicator->benchmarks_len;
    }
    block->chains = arena_array(block->arena, all + 1, sizeof *block->chains);
    for (size_t i = 0; i < native->plan->indicators_len; i++) {
        const PlanIndicator *planned = native->plan->indicators[i];
        if (!placings[i].any)
            continue;
        for (size_t set = 0; set < planned->indicator->rowsets_len; set++) {
            add_chain(block, planned, planned->rows[set], &placings[i]);
            block->chains[block->chains_len - 1].keeps_rows =
                native->moves && moves_follow_set(planned, set);
        }
        for (size_t b = 0; b < planned->indicator->benchmarks_len; b++)
            if (planned->narrowed[b])
                add_chain(block, planned, planned->narrowed[b], &placings[i]);
    }
}

/* ---- chains by their last step ---- */

static uint32_t *step_place(const Block *block, const PlanNode *step) {
    size_t at = (size_t)((uintptr_t)step >> 4) * 0x9E3779B1u & (block->by_step_len - 1);
    while (block->by_step[at] != 0 && block->chains[block->by_step[at] - 1].last != step)
        at = (at + 1) & (block->by_step_len - 1);
    return &block->by_step[at];
}

static void index_chains(Block *block) {
    block->by_step_len = 16;
    while (block->by_step_len < 2 * block->chains_len)
        block->by_step_len *= 2;
    block->by_step = arena_array(block->arena, block->by_step_len, sizeof *block->by_step);
    for (size_t c = 0; c < block->chains_len; c++) {
        uint32_t *place = step_place(block, block->chains[c].last);
        if (*place == 0)
            *place = (uint32_t)c + 1;
    }
}

/* ---- a pass over a table ---- */

typedef struct Pass {
    Block *block;
    const SourceModel *source;
} Pass;

static void take(void *context, size_t thread, size_t first, size_t len) {
    const Pass *pass = context;
    Program *program = pass->block->programs[thread];
    Scope *scope = program_base(program, pass->source);
    scope->slots[0].first = first;
    scope_next(scope, len);
    for (size_t c = 0; c < pass->block->chains_len; c++) {
        const Chain *chain = &pass->block->chains[c];
        if (chain->sound && chain->rows->source == pass->source &&
            !pass->block->nodes[thread][c].like)
            chain_take(program, chain, &pass->block->nodes[thread][c]);
    }
}

static bool has_pass(const Block *block, const SourceModel *source) {
    for (size_t c = 0; c < block->chains_len; c++)
        if (block->chains[c].sound && block->chains[c].rows->source == source)
            return true;
    return false;
}

static void pass_over(NativeRun *native, Block *block, const SourceModel *source,
                      EngineTiming *timing) {
    Pass pass = {block, source};
    if (!has_pass(block, source))
        return;
    for_batches(data_table(block->shared.data, source)->table.rows, block->shared.batch,
                native->threads, take, &pass);
    timing_mark(timing, source->name);
}

/* ---- a block ---- */

/* Chains that count the same rows are counted once. All programs find the same. */
static void find_alike(const Block *block, ChainNodes *nodes) {
    for (size_t c = 0; c < block->chains_len; c++)
        for (size_t d = 0; d < c && !nodes[c].like; d++)
            if (!nodes[d].like &&
                chains_alike(&block->chains[d], &nodes[d], &block->chains[c], &nodes[c]))
                nodes[c].like = &nodes[d];
}

static void compile(NativeRun *native, Block *block) {
    for (size_t t = 0; t < native->threads; t++) {
        block->programs[t] = program_new(&block->shared, t);
        block->nodes[t] = arena_array(block->arena, block->chains_len + 1, sizeof *block->nodes[t]);
        for (size_t c = 0; c < block->chains_len; c++)
            if (block->chains[c].compiles)
                chain_compile(block->programs[t], &block->chains[c], &block->nodes[t][c]);
    }
    for (size_t t = 0; t < native->threads; t++)
        find_alike(block, block->nodes[t]);
}

/* All threads' counts in the first one's. */
static void gather(const NativeRun *native, Block *block) {
    for (size_t c = 0; c < block->chains_len; c++) {
        Tally *all = &block->nodes[0][c].tally;
        if (!block->chains[c].sound || block->nodes[0][c].like)
            continue;
        for (size_t t = 1; t < native->threads; t++)
            tally_merge(all, &block->chains[c], &block->nodes[t][c].tally);
        tally_end(all);
        tally_sort_rows(all);
    }
}

static void run_block(NativeRun *native, Block *block, const Axis *axis, const Placing *placings,
                      Data *data, EngineTiming *timing) {
    block->arena = arena_new();
    block->shared = (Shared){.data = data,
                             .arena = block->arena,
                             .axis = axis,
                             .threads = native->threads,
                             .batch = native->batch};
    pthread_mutex_init(&block->shared.lock, NULL);
    block->programs = arena_array(block->arena, native->threads, sizeof(Program *));
    block->nodes = arena_array(block->arena, native->threads, sizeof(ChainNodes *));
    add_chains(native, block, placings);
    index_chains(block);
    compile(native, block);
    timing_mark(timing, "compile");
    lookups_fill(block->programs, native->threads);
    timing_mark(timing, "lookups");
    for (size_t s = 0; s < data->model->sources_len; s++)
        pass_over(native, block, data->model->sources[s], timing);
    gather(native, block);
    lookups_end(&block->shared);
}

NativeRun *native_start(Data *data, const Plan *plan, const EngineOptions *options) {
    Arena *arena = arena_new();
    NativeRun *native = arena_alloc(arena, sizeof *native);
    *native = (NativeRun){.arena = arena, .plan = plan, .moves = options->moves};
    native->threads = options->threads ? options->threads : 1;
    native->batch = options->batch_rows ? options->batch_rows : BATCH;
    native->blocks = axis_blocks(arena, plan);
    native->items = arena_array(arena, native->blocks.len, sizeof *native->items);
    for (size_t b = 0; b < native->blocks.len; b++)
        run_block(native, &native->items[b], &native->blocks.axes[b], native->blocks.placings[b],
                  data, options->timing);
    return native;
}

void native_end(NativeRun *native) {
    if (!native)
        return;
    for (size_t b = 0; b < native->blocks.len; b++) {
        for (size_t t = 0; t < native->threads; t++)
            program_end(native->items[b].programs[t]);
        pthread_mutex_destroy(&native->items[b].shared.lock);
        arena_free(native->items[b].arena);
    }
    arena_free(native->arena);
}

/* ---- what cells are made of ---- */

EntrySet native_rows(CellRun *run, const PlanNode *step) {
    const NativeRun *native = run->engine;
    size_t window = (size_t)(run->window - run->planned->windows);
    for (size_t b = 0; b < native->blocks.len; b++) {
        const Block *block = &native->items[b];
        size_t place = *step_place(block, step);
        if (place == 0)
            continue;
        const Chain *chain = &block->chains[place - 1];
        const ChainNodes *nodes = &block->nodes[0][place - 1];
        if (chain->placing->bit[window] < 0)
            continue;
        if (!chain->sound || chain_tally(nodes)->failed)
            break;
        return chain_entries(run, chain, nodes, chain->placing->bit[window]);
    }
    return steps_rows(run, step);
}
