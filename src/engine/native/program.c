/* Programs, scopes and nodes: what is evaluated, and its memory. */
#include <string.h>

#include "engine/native/native.h"

Program *program_new(Shared *shared, size_t thread) {
    Arena *arena = arena_new();
    Program *program = arena_alloc(arena, sizeof *program);
    *program = (Program){.shared = shared, .arena = arena, .thread = thread, .bit = -1};
    program->evaluator = evaluator_new(shared->data);
    program->evaluator.window = &program->window;
    program->base = arena_array(arena, shared->data->model->sources_len, sizeof *program->base);
    return program;
}

void program_end(Program *program) {
    evaluator_end(&program->evaluator);
    arena_free(program->arena);
}

Scope *scope_new(Program *program) {
    Scope *scope = arena_alloc(program->arena, sizeof *scope);
    scope->program = program;
    return scope;
}

Scope *program_base(Program *program, const SourceModel *source) {
    Scope **base = &program->base[source->index];
    if (!*base) {
        *base = scope_new(program);
        (*base)->slots[0].table = data_table(program->shared->data, source);
        (*base)->slots_len = 1;
    }
    return *base;
}

void scope_next(Scope *scope, size_t len) {
    scope->len = len;
    scope->stamp = ++scope->program->stamps;
}

Live scope_live(Scope *scope, Live live) {
    Live before = {scope->live, scope->live_id};
    scope->live = live.rows;
    scope->live_id = live.id;
    return before;
}

/* ---- nodes that are alike ---- */

static uint64_t mix(uint64_t hash, uint64_t value) {
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

static uint64_t mix_pointer(uint64_t hash, const void *pointer) {
    return mix(hash, (uint64_t)(uintptr_t)pointer);
}

static bool same_constant(const Value *a, const Value *b) {
    if (a->kind != b->kind)
        return false;
    if (a->kind == VALUE_MISSING)
        return a->symbol == b->symbol;
    return a->kind == VALUE_BOOL ? a->as.yes == b->as.yes : value_compare(*a, *b) == 0;
}

static bool same_items(const Expr *a, const Expr *b) {
    if (a->as.in.codes != b->as.in.codes || a->as.in.items_len != b->as.in.items_len ||
        a->as.in.negated != b->as.in.negated)
        return false;
    for (size_t i = 0; i < a->as.in.items_len; i++)
        if (!same_constant(&a->as.in.items[i], &b->as.in.items[i]))
            return false;
    return true;
}

static bool same_call(const Node *a, const Node *b) {
    return a->as.call.function == b->as.call.function && a->as.call.calendar == b->as.call.calendar;
}

static bool same_payload(const Node *a, const Node *b) {
    switch (a->kind) {
    case NODE_SLOT:
        return a->as.slot == b->as.slot;
    case NODE_LINK:
    case NODE_COLUMN:
        return a->as.column == b->as.column;
    case NODE_CONSTANT:
        return same_constant(&a->as.constant, &b->as.constant);
    case NODE_PERIOD_WORD:
        return a->as.period.word == b->as.period.word && a->as.period.starts == b->as.period.starts;
    case NODE_SHIFT:
        return a->as.shift.kind == b->as.shift.kind && a->as.shift.amount == b->as.shift.amount;
    case NODE_FUNCTION:
        return same_call(a, b);
    case NODE_ARITHMETIC:
        return a->as.op == b->as.op;
    case NODE_COMPARE:
        return a->as.comparison == b->as.comparison;
    case NODE_IN:
        return same_items(a->as.in, b->as.in);
    case NODE_MISSING:
        return a->as.negated == b->as.negated;
    case NODE_LOOKUP:
        return a->as.related.lookup == b->as.related.lookup &&
               a->as.related.another == b->as.related.another &&
               a->as.related.comparison == b->as.related.comparison &&
               a->as.related.limit == b->as.related.limit;
    case NODE_DAYS:
        return a->as.days == b->as.days;
    case NODE_PLAIN:
    case NODE_NEGATE:
    case NODE_YES:
    case NODE_NOT:
    case NODE_AND:
    case NODE_OR:
    case NODE_PRESENT:
        return true;
    case NODE_QUANTITY:
    case NODE_PAIRS:
    case NODE_FALLBACK:
        return false;
    }
    return false;
}

static bool same_node(const Node *a, const Node *b) {
    if (a->kind != b->kind || a->more_len != b->more_len)
        return false;
    for (size_t i = 0; i < 4; i++)
        if (a->terms[i] != b->terms[i])
            return false;
    for (size_t i = 0; i < a->more_len; i++)
        if (a->more[i] != b->more[i])
            return false;
    return same_payload(a, b);
}

static uint64_t hash_node(const Node *node) {
    uint64_t hash = mix(UINT64_C(0x2545F4914F6CDD1D), (uint64_t)node->kind);
    for (size_t i = 0; i < 4; i++)
        hash = mix_pointer(hash, node->terms[i]);
    for (size_t i = 0; i < node->more_len; i++)
        hash = mix_pointer(hash, node->more[i]);
    if (node->kind == NODE_LINK || node->kind == NODE_COLUMN)
        hash = mix_pointer(hash, node->as.column);
    return hash;
}

static void hash_put(Scope *scope, Node *node) {
    size_t at = hash_node(node) & (scope->by_hash.cap - 1);
    while (scope->by_hash.items[at])
        at = (at + 1) & (scope->by_hash.cap - 1);
    scope->by_hash.items[at] = node;
}

static void hash_grow(Scope *scope) {
    if (scope->by_hash.cap > scope->nodes.len * 2)
        return;
    scope->by_hash.cap = scope->by_hash.cap == 0 ? 64 : scope->by_hash.cap * 2;
    scope->by_hash.items =
        arena_array(scope->program->arena, scope->by_hash.cap, sizeof *scope->by_hash.items);
    for (size_t i = 0; i < scope->nodes.len; i++)
        hash_put(scope, scope->nodes.items[i]);
}

/* Costly conditions are only asked for rows that matter, and so is what is made of them. */
static bool is_restricted(const Node *node) {
    bool restricted = node->kind == NODE_PAIRS || node->kind == NODE_FALLBACK;
    for (size_t i = 0; i < 4 && node->terms[i]; i++)
        restricted = restricted || node->terms[i]->restricted;
    for (size_t i = 0; i < node->more_len; i++)
        restricted = restricted || node->more[i]->restricted;
    return restricted;
}

Node *node_intern(Scope *scope, const Node *like) {
    hash_grow(scope);
    size_t at = hash_node(like) & (scope->by_hash.cap - 1);
    for (; scope->by_hash.items[at]; at = (at + 1) & (scope->by_hash.cap - 1))
        if (same_node(scope->by_hash.items[at], like))
            return scope->by_hash.items[at];
    Node *node = arena_alloc(scope->program->arena, sizeof *node);
    *node = *like;
    node->scope = scope;
    node->bit = -1;
    node->restricted = is_restricted(like);
    node->number = (uint32_t)scope->nodes.len;
    vec_push(scope->program->arena, &scope->nodes, node);
    scope->by_hash.items[at] = node;
    return node;
}

/* ---- buffers ---- */

static Mask *masks(Node *node, Mask **buffer) {
    if (!*buffer)
        *buffer = arena_array(node->scope->program->arena, BATCH, sizeof **buffer);
    return *buffer;
}

Mask *node_yes(Node *node) {
    return masks(node, &node->yes);
}

Mask *node_maybe(Node *node) {
    return masks(node, &node->maybe);
}

Mask *node_error(Node *node) {
    return masks(node, &node->error);
}

uint8_t *node_state(Node *node) {
    if (!node->state)
        node->state = arena_array(node->scope->program->arena, BATCH, 1);
    return node->state;
}

void *node_buffer(Node *node, size_t size) {
    if (!node->buffer)
        node->buffer = arena_array(node->scope->program->arena, BATCH, size);
    return node->buffer;
}

/* ---- evaluating ---- */

const Vector *node_value(Node *node) {
    int bit = node->periodic ? node->scope->program->bit : -1;
    if (node->stamp == node->scope->stamp && node->bit == bit)
        return &node->value;
    node->stamp = node->scope->stamp;
    node->bit = bit;
    switch (node->kind) {
    case NODE_SLOT:
    case NODE_LINK:
        evaluate_rows(node);
        break;
    case NODE_COLUMN:
        evaluate_column_of(node);
        break;
    case NODE_CONSTANT:
    case NODE_PERIOD_WORD:
        evaluate_scalar_of(node);
        break;
    case NODE_SHIFT:
    case NODE_PLAIN:
        evaluate_shift_of(node);
        break;
    case NODE_FUNCTION:
        evaluate_function_of(node);
        break;
    case NODE_ARITHMETIC:
    case NODE_NEGATE:
        evaluate_arithmetic_of(node);
        break;
    case NODE_QUANTITY:
        evaluate_pairs_quantity_of(node);
        break;
    case NODE_COMPARE:
    case NODE_IN:
    case NODE_MISSING:
    case NODE_YES:
    case NODE_NOT:
    case NODE_AND:
    case NODE_OR:
    case NODE_DAYS:
    case NODE_PRESENT:
    case NODE_LOOKUP:
    case NODE_PAIRS:
    case NODE_FALLBACK:
        break; /* no values */
    }
    return &node->value;
}

const Truths *node_truth(Node *node) {
    uint64_t live_id = node->restricted ? node->scope->live_id : 0;
    if (node->stamp == node->scope->stamp && node->live_id == live_id)
        return &node->truths;
    node->stamp = node->scope->stamp;
    node->live_id = live_id;
    node->truths = (Truths){0};
    switch (node->kind) {
    case NODE_COMPARE:
        evaluate_compare_of(node);
        break;
    case NODE_IN:
        evaluate_in_of(node);
        break;
    case NODE_MISSING:
        evaluate_missing_of(node);
        break;
    case NODE_YES:
        evaluate_yes_of(node);
        break;
    case NODE_NOT:
    case NODE_AND:
    case NODE_OR:
    case NODE_PRESENT:
        evaluate_logic_of(node);
        break;
    case NODE_DAYS:
        evaluate_days_of(node);
        break;
    case NODE_LOOKUP:
        evaluate_related_of(node);
        break;
    case NODE_PAIRS:
        evaluate_pairs_of(node);
        break;
    case NODE_FALLBACK:
        evaluate_fallback_of(node);
        break;
    case NODE_SLOT:
    case NODE_LINK:
    case NODE_COLUMN:
    case NODE_CONSTANT:
    case NODE_PERIOD_WORD:
    case NODE_SHIFT:
    case NODE_PLAIN:
    case NODE_FUNCTION:
    case NODE_ARITHMETIC:
    case NODE_NEGATE:
    case NODE_QUANTITY:
        break; /* no conditions */
    }
    return &node->truths;
}
