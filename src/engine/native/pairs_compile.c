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

/* ---- which rows ---- */

/* So many rows of a table without an index are still looked at for each row around. */
#define MOST_UNRELATED 4096

/* Which rows the pairs are of. */
typedef struct RelatedRows {
    const LoadedTable *table;
    const RowsBySlot *index;
    Node *key;
    bool another;
    size_t another_slot;
} RelatedRows;

static bool choose_rows(Program *program, const Env *env, const Rowset *rows, const Tie *tie,
                        RelatedRows *related) {
    *related = (RelatedRows){.table = data_table(program->shared->data, rows->source)};
    if (tie->own) {
        Env inner = {.scope = program_base(program, rows->source), .starts = env->starts};
        Node slot = {.kind = NODE_SLOT};
        env_add(&inner, rows->row, rows, node_intern(inner.scope, &slot));
        Node *own = compile_value(program, &inner, tie->own);
        related->key = compile_value(program, env, tie->key);
        related->index = own && related->key ? index_of(program, own, rows->source) : NULL;
        if (related->index && !domain_takes(&related->index->domain, related->key))
            related->index = NULL;
    }
    if (rows->another_of) {
        Node *other = env_find(env, rows->another_of);
        if (!other || other->kind != NODE_SLOT)
            return false;
        related->another = true;
        related->another_slot = other->as.slot;
    }
    return related->index || related->table->table.rows <= MOST_UNRELATED;
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

/* The rows around and the related ones. */
static bool inner_env(const Env *env, const Rowset *rows, Scope *scope, Env *out) {
    Node slot = {.kind = NODE_SLOT, .as.slot = env->scope->slots_len};
    return carry_over(env, scope, out) && env_add(out, rows->row, rows, node_intern(scope, &slot));
}

static void add_scope(Program *program, const Env *env, Pairs *pairs) {
    const Scope *around = env->scope;
    pairs->scope = scope_new(program);
    pairs->around_slots = around->slots_len;
    pairs->scope->slots_len = around->slots_len + 1;
    for (size_t i = 0; i < around->slots_len; i++)
        pairs->scope->slots[i] =
            (Slot){.table = around->slots[i].table, .rows = pairs->rows[i], .gathered = true};
    pairs->scope->slots[around->slots_len] =
        (Slot){.table = pairs->table, .rows = pairs->rows[around->slots_len], .gathered = true};
}

/* ---- what is asked of them ---- */

typedef struct Question {
    PairsKind kind;
    ComparisonOp comparison; /* ANY, COUNT */
    int64_t limit;
    const Quantity *quantity; /* PICK, QUANTITY */
    AskPicked ask;            /* PICK */
    const Expr *expr;
} Question;

typedef struct Inside {
    Node *where, *value, *by, *asked;
} Inside;

static bool compile_where(Program *program, const Env *inner, const Rowset *rows, Inside *out) {
    Node *terms[2];
    size_t len = 0;
    if (rows->timing != TIMING_NONE) {
        terms[len] = compile_timing(program, inner, rows);
        if (!terms[len++])
            return false;
    }
    if (rows->where)
        terms[len++] = compile_truth(program, inner, rows->where);
    out->where = compile_and(program, inner->scope, terms, len);
    return true;
}

static bool compile_picked_value(Program *program, const Env *inner, const Quantity *quantity,
                                 Inside *out) {
    if (quantity->value && !(out->value = compile_value(program, inner, quantity->value)))
        return false;
    if (quantity->by && !(out->by = compile_value(program, inner, quantity->by)))
        return false;
    return !(out->value && out->value->periodic) && !(out->by && out->by->periodic);
}

static bool compile_inside(Program *program, const Env *inner, const Rowset *rows,
                           const Question *question, Inside *out) {
    *out = (Inside){0};
    if (!compile_where(program, inner, rows, out) ||
        (question->quantity && !compile_picked_value(program, inner, question->quantity, out)))
        return false;
    if (question->kind != PAIRS_PICK)
        return true;
    /* A picked date that is missing is unknown, and not `not yet`. */
    Node *value = out->value->value.kind == VECTOR_DATE ? node_plain(out->value) : out->value;
    out->asked = question->ask(program, inner, value, question->expr);
    return out->asked != NULL;
}

/* ---- pairs that are alike: they are looked at once ---- */

static bool same_quantity(const Quantity *a, const Quantity *b) {
    return a == b ||
           (a && b && a->kind == b->kind && a->known == b->known && a->type.kind == b->type.kind);
}

static bool same_related(const Pairs *made, const RelatedRows *related, const Question *question) {
    return made->table == related->table && made->index == related->index &&
           made->key == related->key && made->another == related->another &&
           made->another_slot == related->another_slot && made->kind == question->kind &&
           made->comparison == question->comparison && made->limit == question->limit &&
           same_quantity(made->quantity, question->quantity);
}

/* Compiled in the scope of the others, what is asked must come out as the very nodes of theirs. */
static bool same_inside(Program *program, const Env *env, const Rowset *rows, const Pairs *made,
                        const Question *question) {
    Env inner;
    Inside inside;
    return inner_env(env, rows, made->scope, &inner) &&
           compile_inside(program, &inner, rows, question, &inside) &&
           inside.where == made->where && inside.value == made->value && inside.by == made->by &&
           inside.asked == made->asked;
}

static Node *find_alike(Program *program, const Env *env, const Rowset *rows,
                        const RelatedRows *related, const Question *question) {
    for (size_t i = 0; i < program->pairs.len; i++) {
        Node *node = program->pairs.items[i];
        if (node->scope == env->scope && same_related(node->as.pairs, related, question) &&
            same_inside(program, env, rows, node->as.pairs, question))
            return node;
    }
    return NULL;
}

/* ---- compiling ---- */

static Pairs *pairs_new(Program *program, const Env *env, const Rowset *rows,
                        const RelatedRows *related, const Question *question) {
    Env inner;
    Inside inside;
    Pairs *pairs = arena_alloc(program->arena, sizeof *pairs);
    pairs->table = related->table;
    pairs->index = related->index;
    pairs->key = related->key;
    pairs->another = related->another;
    pairs->another_slot = related->another_slot;
    add_scope(program, env, pairs);
    if (!inner_env(env, rows, pairs->scope, &inner) ||
        !compile_inside(program, &inner, rows, question, &inside))
        return NULL;
    pairs->where = inside.where;
    pairs->value = inside.value;
    pairs->by = inside.by;
    pairs->asked = inside.asked;
    pairs->kind = question->kind;
    pairs->comparison = question->comparison;
    pairs->limit = question->limit;
    pairs->quantity = question->quantity;
    if (question->kind == PAIRS_ANY || question->kind == PAIRS_COUNT)
        pairs->planes = planes_for(question->limit);
    else
        pairs->picked = arena_array(program->arena, BATCH, sizeof *pairs->picked);
    return pairs;
}

/* The node of the kind that `like` is, with its pairs. */
static Node *pairs_node(Program *program, const Env *env, const Rowset *rows, const Tie *tie,
                        const Question *question, Node like) {
    RelatedRows related;
    if (env->scope->slots_len == MOST_SLOTS || !choose_rows(program, env, rows, tie, &related))
        return NULL;
    Node *node = find_alike(program, env, rows, &related, question);
    if (node)
        return node;
    like.as.pairs = pairs_new(program, env, rows, &related, question);
    if (!like.as.pairs)
        return NULL;
    node = node_intern(env->scope, &like);
    vec_push(program->arena, &program->pairs, node);
    return node;
}

Node *compile_pairs(Program *program, const Env *env, const Rowset *rows, const Tie *tie,
                    ComparisonOp op, int64_t limit, bool count) {
    Question question = {.kind = count ? PAIRS_COUNT : PAIRS_ANY, .comparison = op, .limit = limit};
    Node like = {.kind = NODE_PAIRS, .truth = true, .periodic = true};
    return planes_for(limit) > 0 ? pairs_node(program, env, rows, tie, &question, like) : NULL;
}

/* first, last, min, max in a condition: the windows in which each row is the one picked are found,
 * and the condition is asked of its value. `ask` gives the condition for the value of a pair. */
Node *compile_pick(Program *program, const Env *env, const Quantity *quantity, AskPicked ask,
                   const Expr *expr) {
    bool by_date = quantity->kind == QUANTITY_FIRST || quantity->kind == QUANTITY_LAST;
    bool least = quantity->kind == QUANTITY_MIN || quantity->kind == QUANTITY_MAX;
    if ((!by_date && !least) || quantity->rows->timing == TIMING_LATEST)
        return NULL;
    Tie tie = tie_of(program, env, quantity->rows);
    Question question = {.kind = PAIRS_PICK, .quantity = quantity, .ask = ask, .expr = expr};
    Node like = {.kind = NODE_PAIRS, .truth = true, .periodic = true};
    return pairs_node(program, env, quantity->rows, &tie, &question, like);
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

Node *compile_quantity(Program *program, const Env *env, const Quantity *quantity) {
    if (!is_simple(quantity) || rows_are_periodic(quantity->rows) ||
        quantity->rows->timing == TIMING_LATEST || quantity->type.kind == TYPE_TEXT ||
        quantity->type.kind == TYPE_BOOLEAN || quantity->type.kind == TYPE_ROW)
        return NULL;
    Tie tie = tie_of(program, env, quantity->rows);
    Question question = {.kind = PAIRS_QUANTITY, .quantity = quantity};
    Node like = {.kind = NODE_QUANTITY, .low = DATE_MIN, .high = DATE_MAX};
    Node *node = pairs_node(program, env, quantity->rows, &tie, &question, like);
    if (!node)
        return NULL;
    const Node *value = node->as.pairs->value;
    if (value) {
        node->low = value->low;
        node->high = value->high;
    }
    node->value.kind = quantity->type.kind == TYPE_DATE ? VECTOR_DATE : VECTOR_EXACT;
    if (node->value.kind == VECTOR_DATE) {
        node->day = node;
        node->direction = 1;
    }
    return node;
}
