/* Chains: from the steps of a plan to nodes. */
#include "engine/native/chain.h"

/* ---- the steps ---- */

static void refuse(Chain *chain, const char *why) {
    if (chain->sound)
        chain->why = why;
    chain->sound = false;
}

#define MOST_STATES 4096

static void read_step(Chain *chain, const PlanNode *node) {
    switch (node->kind) {
    case PLAN_NODE_LATEST:
        refuse(chain, "`latest` compares rows with each other");
        return;
    case PLAN_NODE_EXCLUDE:
        if (chain->excludes_len == 8)
            refuse(chain, "there are more than eight exclusions");
        else
            chain->excludes[chain->excludes_len++] = node;
        return;
    case PLAN_NODE_PART:
        if (chain->parts_len == 8)
            refuse(chain, "there are more than eight parts");
        else
            chain->parts[chain->parts_len++] = node;
        return;
    case PLAN_NODE_SELECT:
        chain->has_select = true;
        return;
    case PLAN_NODE_BAND:
        chain->has_band = true;
        chain->bands_len = chain->planned->indicator->bands_len;
        return;
    case PLAN_NODE_GROUP:
        chain->keys_len = chain->planned->indicator->breakdowns_len;
        if (chain->keys_len > MOST_KEYS)
            refuse(chain, "there are more than four breakdowns");
        return;
    case PLAN_NODE_SCAN:
    case PLAN_NODE_TIMING:
    case PLAN_NODE_FILTER:
        return;
    case PLAN_NODE_AGGREGATE:
    case PLAN_NODE_INPUT:
    case PLAN_NODE_TERM:
    case PLAN_NODE_NEGATE:
    case PLAN_NODE_ARITHMETIC:
    case PLAN_NODE_DIVIDE:
    case PLAN_NODE_SCALE:
    case PLAN_NODE_ROUND:
        refuse(chain, "it is no step of rows");
        return;
    }
}

/* From the scan on. */
static void read_steps(Chain *chain, const PlanNode *node) {
    if (node->input)
        read_steps(chain, node->input);
    read_step(chain, node);
}

Chain chain_new(const PlanIndicator *planned, const PlanNode *last, const Placing *placing) {
    Chain chain = {.last = last, .planned = planned, .placing = placing, .rows = last->rows};
    chain.sound = true;
    chain.used = placing->used;
    read_steps(&chain, last);
    chain.states =
        (((size_t)1 << chain.excludes_len) * 6 * (chain.bands_len + 1) << chain.parts_len) + 1;
    if (chain.states > MOST_STATES)
        refuse(&chain, "rows differ in too many ways");
    return chain;
}

/* ---- nodes ---- */

static Env env_of(Program *program, const Chain *chain) {
    Env env = {.scope = program_base(program, chain->rows->source),
               .starts = chain->placing->starts};
    Node slot = {.kind = NODE_SLOT};
    env_add(&env, chain->rows->row, chain->rows, node_intern(env.scope, &slot));
    return env;
}

static size_t filters_of(const PlanNode *node, const Expr **out) {
    size_t len = node->input ? filters_of(node->input, out) : 0;
    if (node->kind == PLAN_NODE_FILTER)
        out[len++] = node->expr;
    return len;
}

static bool compile_base(Program *program, const Env *env, Chain *chain, ChainNodes *nodes) {
    const Expr *filters[4];
    Node *terms[5];
    size_t len = 0, filters_len = filters_of(chain->last, filters);
    if (chain->rows->timing != TIMING_NONE) {
        terms[len] = compile_timing(program, env, chain->rows);
        if (!terms[len++])
            return false;
    }
    for (size_t i = 0; i < filters_len; i++)
        terms[len++] = compile_truth(program, env, filters[i]);
    nodes->base = compile_and(program, env->scope, terms, len);
    return true;
}

static bool is_countable_key(const Node *node) {
    return node->value.kind == VECTOR_TEXT || node->value.kind == VECTOR_NUMBER ||
           node->value.kind == VECTOR_DATE;
}

#define MOST_PLACES 65536

/* Values of a column that lie close are numbered by their distance from the least. */
static void number_by_place(Program *program, KeyNumbers *numbers) {
    const Node *node = numbers->node;
    if (node->kind != NODE_COLUMN || node->value.kind != VECTOR_NUMBER)
        return;
    const LoadedTable *loaded = data_table(program->shared->data, node->as.column->source);
    const PackedColumn *column = &loaded->table.columns[loaded->place[node->as.column->index]];
    uint64_t span = (uint64_t)column->high - (uint64_t)column->low;
    if (column->low > column->high || span >= MOST_PLACES)
        return;
    numbers->low = column->low;
    numbers->by_code = arena_array(program->arena, (size_t)span + 1, sizeof *numbers->by_code);
}

static bool compile_key(Program *program, const Env *env, Chain *chain, ChainNodes *nodes,
                        size_t k) {
    const Expr *key = chain->planned->indicator->breakdowns[k].keys[chain->last->set];
    KeyNumbers *numbers = &nodes->tally.keys[k];
    if (!key)
        return true; /* every row of this set is of no known group */
    numbers->node = compile_value(program, env, key);
    if (!numbers->node || !is_countable_key(numbers->node))
        return false;
    if (!numbers->node->periodic) {
        number_by_place(program, numbers);
        return true;
    }
    const Node *day = numbers->node->day;
    if (!day || (int64_t)day->high - day->low > 60000)
        return false;
    numbers->by_day =
        arena_array(program->arena, (size_t)(day->high - day->low) + 1, sizeof *numbers->by_day);
    return true;
}

static bool compile_keys(Program *program, const Env *env, Chain *chain, ChainNodes *nodes) {
    size_t periodic = 0;
    for (size_t k = 0; k < chain->keys_len; k++) {
        if (!compile_key(program, env, chain, nodes, k))
            return false;
        periodic += nodes->tally.keys[k].by_day != NULL;
    }
    return periodic <= 1;
}

/* ---- bands ---- */

#define MOST_BAND_VALUES 4096

static bool bands_by_day(Program *program, ChainNodes *nodes, const Node *day) {
    if (!day || (int64_t)day->high - day->low > 60000)
        return false;
    nodes->bands_by_day = arena_array(program->arena, (size_t)(day->high - day->low) + 1,
                                      sizeof *nodes->bands_by_day);
    return true;
}

static bool compile_band(Program *program, const Env *env, Chain *chain, ChainNodes *nodes) {
    const Indicator *indicator = chain->planned->indicator;
    bool time = indicator->band_from != NULL;
    nodes->band = compile_value(program, env, time ? indicator->band_from : indicator->band_value);
    nodes->band_to = time ? compile_value(program, env, indicator->band_to) : NULL;
    if (!nodes->band || (time && !nodes->band_to))
        return false;
    if (time && (nodes->band->periodic || nodes->band_to->periodic)) {
        bool from_day = nodes->band->day == nodes->band && nodes->band_to->row_free;
        bool to_day = nodes->band_to->day == nodes->band_to && nodes->band->row_free;
        return (from_day || to_day) &&
               bands_by_day(program, nodes, from_day ? nodes->band : nodes->band_to);
    }
    if (nodes->band->periodic)
        return bands_by_day(program, nodes, nodes->band->day);
    nodes->band_low = -64;
    nodes->band_span =
        nodes->band->value.kind == VECTOR_TEXT ? nodes->band->value.texts_len : MOST_BAND_VALUES;
    nodes->band_by_value =
        arena_array(program->arena, nodes->band_span + 1, sizeof *nodes->band_by_value);
    return true;
}

/* ---- quantities ---- */

/* Whether 64 bits hold the sum of the values of all rows, and of their squares. */
static bool sums_fit(const Program *program, const Node *value, size_t rows, bool squares) {
    int64_t greatest = 4000000; /* days, and working days */
    if (value->kind == NODE_COLUMN) {
        const LoadedTable *loaded = data_table(program->shared->data, value->as.column->source);
        const PackedColumn *column = &loaded->table.columns[loaded->place[value->as.column->index]];
        if (column->low > column->high)
            return true;
        if (column->low < -INT64_C(1000000000000) || column->high > INT64_C(1000000000000))
            return false;
        greatest = column->high > -column->low ? column->high : -column->low;
    } else if (value->kind != NODE_FUNCTION || value->value.kind != VECTOR_NUMBER) {
        return false;
    }
    double bound = (double)greatest * (squares ? (double)greatest : 1.0) * (double)(rows + 1);
    return bound < 4e18;
}

static bool takes_rows(Program *program, const Env *env, const Chain *chain, ChainNodes *nodes,
                       const Quantity *quantity) {
    if (!quantity_is_sum(quantity) || nodes->sums_len == MOST_SUMS)
        return true;
    Node *value = compile_value(program, env, quantity->value);
    size_t rows = data_table(program->shared->data, chain->rows->source)->table.rows;
    if (!value || value->periodic || value->value.kind != VECTOR_NUMBER || value->value.yes_no ||
        !sums_fit(program, value, rows, true))
        return true;
    nodes->sums[nodes->sums_len++] = (Sum){quantity, value, quantity->kind == QUANTITY_MEAN};
    return false;
}

static void compile_figure(Program *program, const Env *env, const Chain *chain, ChainNodes *nodes,
                           const PlanNode *node) {
    if (node->kind == PLAN_NODE_AGGREGATE) {
        const Quantity *quantity = node->quantity;
        if (quantity && node->set == chain->last->set && quantity->kind != QUANTITY_COUNT &&
            takes_rows(program, env, chain, nodes, quantity))
            nodes->keeps_rows = true;
        return;
    }
    if (node->input)
        compile_figure(program, env, chain, nodes, node->input);
    if (node->other)
        compile_figure(program, env, chain, nodes, node->other);
}

static bool compile_steps(Program *program, Chain *chain, ChainNodes *nodes) {
    Env env = env_of(program, chain);
    const Indicator *indicator = chain->planned->indicator;
    if (!compile_base(program, &env, chain, nodes)) {
        refuse(chain, "its timing has no kernel");
        return false;
    }
    if (!compile_keys(program, &env, chain, nodes)) {
        refuse(chain, "a breakdown has no kernel");
        return false;
    }
    nodes->excludes = arena_array(program->arena, chain->excludes_len, sizeof(Node *));
    nodes->parts = arena_array(program->arena, chain->parts_len, sizeof(Node *));
    for (size_t i = 0; i < chain->excludes_len; i++)
        nodes->excludes[i] = compile_truth(program, &env, chain->excludes[i]->expr);
    for (size_t i = 0; i < chain->parts_len; i++)
        nodes->parts[i] = compile_truth(program, &env, chain->parts[i]->expr);
    if (chain->has_select)
        nodes->select = compile_truth(program, &env, indicator->those);
    if (chain->has_band && !compile_band(program, &env, chain, nodes)) {
        refuse(chain, "its bands have no kernel");
        return false;
    }
    nodes->keeps_rows = chain->keeps_rows;
    compile_figure(program, &env, chain, nodes, chain->planned->figure);
    nodes->plain = chain_is_plain(chain, nodes);
    return true;
}

bool chain_compile(Program *program, Chain *chain, ChainNodes *nodes) {
    *nodes = (ChainNodes){.tally = {.arena = program->arena}};
    program->refuses = false;
    program->watches.len = program->watched.len = 0;
    if (!compile_steps(program, chain, nodes))
        return false;
    nodes->tally.sums_len = nodes->sums_len;
    for (size_t i = 0; i < program->watches.len; i++)
        vec_push(program->arena, &nodes->watches, program->watches.items[i]);
    for (size_t i = 0; i < program->watched.len; i++)
        vec_push(program->arena, &nodes->watched, program->watched.items[i]);
    if (program->refuses)
        refuse(chain, "it asks an age of rows that are not all looked at");
    return chain->sound;
}
