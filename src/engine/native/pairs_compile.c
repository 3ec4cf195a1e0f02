/* Pairs: from a nested set of rows to the scope of its pairs, and what is asked of them. */
#include "engine/native/pairs.h"

#include <string.h>

/* ---- rows by what relates them ---- */

static void count_slots(RowsBySlot *index, Scope *scope, Node *own, size_t rows, bool second) {
    uint32_t slots[BATCH];
    for (size_t first = 0; first < rows; first += BATCH) {
        size_t len = rows - first < BATCH ? rows - first : BATCH;
        scope->slots[0].first = first;
        scope_next(scope, len);
        domain_slots(&index->domain, own, slots);
        for (size_t i = 0; i < len; i++) {
            bool missing = slots[i] == MISSING_SLOT;
            if (!second && missing)
                index->missing_len++;
            else if (!second)
                index->start[slots[i] + 1]++;
            else if (missing)
                index->missing[index->missing_len++] = (uint32_t)(first + i);
            else
                index->rows[index->start[slots[i]]++] = (uint32_t)(first + i);
        }
    }
}

static RowsBySlot *index_new(Program *program, Scope *scope, Node *own, const Domain *domain) {
    Arena *arena = program->shared->arena;
    RowsBySlot *index = arena_alloc(arena, sizeof *index);
    size_t rows = scope->slots[0].table->table.rows;
    index->domain = *domain;
    index->start = arena_array(arena, domain->size + 2, sizeof *index->start);
    index->rows = arena_array(arena, rows, sizeof *index->rows);
    count_slots(index, scope, own, rows, false);
    for (size_t i = 0; i < domain->size; i++)
        index->start[i + 1] += index->start[i];
    index->missing = arena_array(arena, index->missing_len, sizeof *index->missing);
    index->missing_len = 0;
    count_slots(index, scope, own, rows, true);
    /* Each start has moved to its end. */
    memmove(index->start + 1, index->start, domain->size * sizeof *index->start);
    index->start[0] = 0;
    return index;
}

static const RowsBySlot *index_of(Program *program, Node *own, const SourceModel *source) {
    Shared *shared = program->shared;
    Domain domain;
    if (!domain_of(program, own, &domain))
        return NULL;
    for (size_t i = 0; i < program->indexes.len; i++)
        if (program->indexes.items[i].own == own)
            return program->indexes.items[i].index;
    size_t number = program->indexes.len;
    RowsBySlot *index = number < shared->indexes.len ? shared->indexes.items[number] : NULL;
    if (!index) {
        index = index_new(program, program_base(program, source), own, &domain);
        vec_push(shared->arena, &shared->indexes, index);
    }
    IndexNode made = {own, index};
    vec_push(program->arena, &program->indexes, made);
    return index;
}

/* ---- compiling ---- */

/* So many rows of a table without an index are still looked at for each row around. */
#define MOST_UNRELATED 4096

static bool choose_rows(Program *program, const Env *env, const Rowset *rows, const Tie *tie,
                        Pairs *pairs) {
    pairs->table = data_table(program->shared->data, rows->source);
    if (tie->own) {
        Env inner = {.scope = program_base(program, rows->source), .starts = env->starts};
        Node slot = {.kind = NODE_SLOT};
        env_add(&inner, rows->row, rows, node_intern(inner.scope, &slot));
        Node *own = compile_value(program, &inner, tie->own);
        pairs->key = compile_value(program, env, tie->key);
        pairs->index = own && pairs->key ? index_of(program, own, rows->source) : NULL;
        if (pairs->index && !domain_takes(&pairs->index->domain, pairs->key))
            pairs->index = NULL;
    }
    return pairs->index || pairs->table->table.rows <= MOST_UNRELATED;
}

/* The rows around, in the scope of the pairs. */
static bool carry_over(const Env *env, Scope *scope, Env *out) {
    *out = (Env){.scope = scope, .starts = env->starts};
    for (size_t i = 0; i < env->aliases_len; i++) {
        const Alias *alias = &env->aliases[i];
        if (alias->node->kind != NODE_SLOT)
            return false;
        Node slot = {.kind = NODE_SLOT, .as.slot = alias->node->as.slot};
        if (!env_add(out, alias->var, alias->rows, node_intern(scope, &slot)))
            return false;
    }
    return true;
}

static bool add_scope(Program *program, const Env *env, const Rowset *rows, Pairs *pairs,
                      Env *inner) {
    const Scope *around = env->scope;
    if (around->slots_len == MOST_SLOTS)
        return false;
    pairs->scope = scope_new(program);
    pairs->around_slots = around->slots_len;
    pairs->scope->slots_len = around->slots_len + 1;
    for (size_t i = 0; i < around->slots_len; i++)
        pairs->scope->slots[i] =
            (Slot){.table = around->slots[i].table, .rows = pairs->rows[i], .gathered = true};
    pairs->scope->slots[around->slots_len] =
        (Slot){.table = pairs->table, .rows = pairs->rows[around->slots_len], .gathered = true};
    if (!carry_over(env, pairs->scope, inner))
        return false;
    if (rows->another_of) {
        Node *other = env_find(env, rows->another_of);
        pairs->another = true;
        if (!other || other->kind != NODE_SLOT)
            return false;
        pairs->another_slot = other->as.slot;
    }
    Node slot = {.kind = NODE_SLOT, .as.slot = around->slots_len};
    return env_add(inner, rows->row, rows, node_intern(pairs->scope, &slot));
}

static bool add_where(Program *program, const Env *inner, const Rowset *rows, Pairs *pairs) {
    Node *terms[2];
    size_t len = 0;
    if (rows->timing != TIMING_NONE) {
        terms[len] = compile_timing(program, inner, rows);
        if (!terms[len++])
            return false;
    }
    if (rows->where)
        terms[len++] = compile_truth(program, inner, rows->where);
    pairs->where = compile_and(program, pairs->scope, terms, len);
    return true;
}

static Pairs *pairs_new(Program *program, const Env *env, const Rowset *rows, const Tie *tie,
                        Env *inner) {
    Pairs *pairs = arena_alloc(program->arena, sizeof *pairs);
    if (!choose_rows(program, env, rows, tie, pairs) ||
        !add_scope(program, env, rows, pairs, inner) || !add_where(program, inner, rows, pairs))
        return NULL;
    return pairs;
}

Node *compile_pairs(Program *program, const Env *env, const Rowset *rows, const Tie *tie,
                    ComparisonOp op, int64_t limit, bool count) {
    Env inner;
    Pairs *pairs = pairs_new(program, env, rows, tie, &inner);
    if (!pairs || planes_for(limit) == 0)
        return NULL;
    pairs->kind = count ? PAIRS_COUNT : PAIRS_ANY;
    pairs->comparison = op;
    pairs->limit = limit;
    pairs->planes = planes_for(limit);
    Node like = {.kind = NODE_PAIRS, .truth = true, .periodic = true};
    like.as.pairs = pairs;
    return node_intern(env->scope, &like);
}

static bool add_quantity(Program *program, const Env *inner, const Quantity *quantity,
                         Pairs *pairs);

/* first, last, min, max in a condition: the windows in which each row is the one picked are found,
 * and the condition is asked of its value. `asked` gives the condition for the value of a pair. */
Node *compile_pick(Program *program, const Env *env, const Quantity *quantity,
                   Node *(*asked)(Program *program, const Env *inner, Node *value,
                                  const Expr *expr),
                   const Expr *expr) {
    Env inner;
    bool by_date = quantity->kind == QUANTITY_FIRST || quantity->kind == QUANTITY_LAST;
    bool least = quantity->kind == QUANTITY_MIN || quantity->kind == QUANTITY_MAX;
    if ((!by_date && !least) || quantity->rows->timing == TIMING_LATEST)
        return NULL;
    Tie tie = tie_of(program, env, quantity->rows);
    Pairs *pairs = pairs_new(program, env, quantity->rows, &tie, &inner);
    if (!pairs || !add_quantity(program, &inner, quantity, pairs))
        return NULL;
    pairs->kind = PAIRS_PICK;
    pairs->quantity = quantity;
    /* A picked date that is missing is unknown, and not `not yet`. */
    Node *value = pairs->value->value.kind == VECTOR_DATE ? node_plain(pairs->value) : pairs->value;
    pairs->asked = asked(program, &inner, value, expr);
    if (!pairs->asked)
        return NULL;
    Node like = {.kind = NODE_PAIRS, .truth = true, .periodic = true};
    like.as.pairs = pairs;
    return node_intern(env->scope, &like);
}

static bool is_simple(const Quantity *quantity) {
    switch (quantity->kind) {
    case QUANTITY_COUNT:
    case QUANTITY_SUM:
    case QUANTITY_MIN:
    case QUANTITY_MAX:
    case QUANTITY_FIRST:
    case QUANTITY_LAST:
        return true;
    case QUANTITY_COUNT_DISTINCT:
    case QUANTITY_MEAN:
    case QUANTITY_MEDIAN:
    case QUANTITY_PERCENTILE:
        return false;
    }
    return false;
}

static bool add_quantity(Program *program, const Env *inner, const Quantity *quantity,
                         Pairs *pairs) {
    if (quantity->value && !(pairs->value = compile_value(program, inner, quantity->value)))
        return false;
    if (quantity->by && !(pairs->by = compile_value(program, inner, quantity->by)))
        return false;
    bool periodic = (pairs->value && pairs->value->periodic) || (pairs->by && pairs->by->periodic);
    pairs->picked = arena_array(program->arena, BATCH, sizeof *pairs->picked);
    return !periodic;
}

Node *compile_quantity(Program *program, const Env *env, const Quantity *quantity) {
    Env inner;
    if (!is_simple(quantity) || rows_are_periodic(quantity->rows) ||
        quantity->rows->timing == TIMING_LATEST || quantity->type.kind == TYPE_TEXT ||
        quantity->type.kind == TYPE_BOOLEAN || quantity->type.kind == TYPE_ROW)
        return NULL;
    Tie tie = tie_of(program, env, quantity->rows);
    Pairs *pairs = pairs_new(program, env, quantity->rows, &tie, &inner);
    if (!pairs || !add_quantity(program, &inner, quantity, pairs))
        return NULL;
    pairs->kind = PAIRS_QUANTITY;
    pairs->quantity = quantity;
    Node like = {.kind = NODE_QUANTITY, .low = DATE_MIN, .high = DATE_MAX};
    if (pairs->value) {
        like.low = pairs->value->low;
        like.high = pairs->value->high;
    }
    like.as.pairs = pairs;
    Node *node = node_intern(env->scope, &like);
    node->value.kind = quantity->type.kind == TYPE_DATE ? VECTOR_DATE : VECTOR_EXACT;
    if (node->value.kind == VECTOR_DATE) {
        node->day = node;
        node->direction = 1;
    }
    return node;
}
