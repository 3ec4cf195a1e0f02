/* Lookups: for each value how many rows have it and meet a condition, in which windows.
 *
 * A lookup is filled before the pass that uses it, by all threads: each takes batches of the table
 * into counters of its own, which are then added up. A row whose own value is missing may belong to
 * any value: it is in doubt everywhere (`stray`); a row around whose key is missing is in doubt
 * about all rows (`all`).
 */
#include <string.h>

#include "engine/native/native.h"

typedef struct Counts {
    Mask *low[MOST_PLANES];  /* by place: rows for which it is true */
    Mask *high[MOST_PLANES]; /* and those for which it is not known; NULL: as low */
    Mask stray[MOST_PLANES], all[MOST_PLANES];
    Arena *arena; /* of low and high */
    bool failed;  /* an error came up */
} Counts;

struct Lookup {
    const SourceModel *source;
    Domain domain;
    size_t size, planes;
    Counts *by_thread; /* the first has all, once it is filled */
};

/* ---- compiling ---- */

static Lookup *lookup_new(Program *program, const SourceModel *source, const Domain *domain,
                          size_t planes) {
    Shared *shared = program->shared;
    Lookup *lookup = arena_alloc(shared->arena, sizeof *lookup);
    *lookup = (Lookup){.source = source, .domain = *domain, .planes = planes};
    lookup->size = domain->size > 0 ? domain->size : 1;
    lookup->by_thread = arena_array(shared->arena, shared->threads, sizeof *lookup->by_thread);
    vec_push(shared->arena, &shared->lookups, lookup);
    return lookup;
}

const SourceModel *lookup_source(const Lookup *lookup) {
    return lookup->source;
}

bool lookup_failed(const Lookup *lookup) {
    return lookup->by_thread[0].failed;
}

/* The lookup of rows of the source by own, that meet rest (either may be NULL), counted with so
 * many planes. */
static Lookup *lookup_of(Program *program, Node *own, Node *rest, const SourceModel *source,
                         size_t planes) {
    Domain domain = {.size = 1};
    if (own && !domain_of(program, own, &domain))
        return NULL;
    for (size_t i = 0; i < program->lookups.len; i++) {
        const LookupNodes *nodes = &program->lookups.items[i];
        if (nodes->own == own && nodes->rest == rest && nodes->planes == planes &&
            nodes->lookup->source == source)
            return nodes->lookup;
    }
    size_t number = program->lookups.len;
    Lookup *lookup = number < program->shared->lookups.len
                         ? program->shared->lookups.items[number]
                         : lookup_new(program, source, &domain, planes);
    LookupNodes nodes = {.own = own, .rest = rest, .planes = planes, .lookup = lookup};
    vec_push(program->arena, &program->lookups, nodes);
    return lookup;
}

static LookupNodes *nodes_of(Program *program, const Lookup *lookup) {
    size_t i = 0;
    while (program->lookups.items[i].lookup != lookup)
        i++;
    return &program->lookups.items[i];
}

static void add_watch(Program *program, LookupNodes *nodes, BirthWatch watch) {
    for (size_t i = 0; i < nodes->watches.len; i++)
        if (nodes->watches.items[i].own == watch.own && nodes->watches.items[i].born == watch.born)
            return;
    vec_push(program->arena, &nodes->watches, watch);
}

/* Births that were met from the first on while the conditions on related rows were compiled: they
 * are of all rows of the table, not of the batches of the rows around. Without a lookup they are
 * of nothing. */
static void take_watches(Program *program, size_t first, Lookup *lookup) {
    if (lookup && program->watches.len > first) {
        LookupNodes *nodes = nodes_of(program, lookup);
        for (size_t i = first; i < program->watches.len; i++)
            add_watch(program, nodes, program->watches.items[i]);
        vec_push(program->arena, &program->watched, lookup);
    }
    program->watches.len = first;
}

/* Timing and conditions but the equality, for the rows of a node. */
static Node *compile_rest(Program *program, const Env *env, const Rowset *rows, const Tie *tie) {
    Node **terms = arena_array(program->arena, tie->rest_len + 1, sizeof(Node *));
    size_t len = 0;
    if (rows->timing != TIMING_NONE) {
        terms[len] = compile_timing(program, env, rows);
        if (!terms[len++])
            return NULL;
    }
    for (size_t i = 0; i < tie->rest_len; i++)
        terms[len++] = compile_truth(program, env, tie->rest[i]);
    return compile_and(program, env->scope, terms, len);
}

/* The lookup of the rows of a node by the equality; *key takes what it is asked for. */
static Lookup *compile_counts(Program *program, const Env *env, const Rowset *rows, const Tie *tie,
                              size_t planes, Node **key) {
    Env inner = {.scope = program_base(program, rows->source), .starts = env->starts};
    Node slot = {.kind = NODE_SLOT};
    Domain domain;
    Node *own = NULL;
    *key = tie->own ? compile_value(program, env, tie->key) : NULL;
    if (planes == 0 || (tie->own && !*key))
        return NULL;
    env_add(&inner, rows->row, rows, node_intern(inner.scope, &slot));
    size_t first = program->watches.len;
    Lookup *lookup = NULL;
    if (tie->own)
        own = compile_value(program, &inner, tie->own);
    if (!tie->own || (own && domain_of(program, own, &domain) && domain_takes(&domain, *key))) {
        Node *rest = compile_rest(program, &inner, rows, tie);
        lookup = rest ? lookup_of(program, own, rest, rows->source, planes) : NULL;
    }
    take_watches(program, first, lookup);
    return lookup;
}

Node *compile_lookup(Program *program, const Env *env, const Rowset *rows, const Tie *tie,
                     ComparisonOp op, int64_t limit) {
    Node like = {.kind = NODE_LOOKUP, .truth = true, .periodic = true}, *key;
    size_t planes = rows->another_of ? planes_for(limit) : planes_to_compare(op, limit);
    like.as.related.lookup = compile_counts(program, env, rows, tie, planes, &key);
    if (!like.as.related.lookup)
        return NULL;
    like.as.related.comparison = op;
    like.as.related.limit = limit;
    like.terms[0] = key;
    if (rows->another_of) {
        /* What the row itself adds is taken away again. */
        Env self = *env;
        Node *around = env_find(env, rows->another_of);
        if (!around || !env_add(&self, rows->row, rows, around))
            return NULL;
        like.as.related.another = true;
        like.terms[1] = compile_rest(program, &self, rows, tie);
        like.terms[2] = tie->own ? compile_value(program, &self, tie->own) : NULL;
        if (!like.terms[1] || (tie->own && !like.terms[2]))
            return NULL;
    }
    return node_intern(env->scope, &like);
}

/* ---- filling ---- */

static void counts_start(const Lookup *lookup, Counts *counts) {
    counts->arena = arena_new();
    for (size_t p = 0; p < lookup->planes; p++)
        counts->low[p] = arena_array(counts->arena, lookup->size, sizeof(Mask));
}

/* From the first row in doubt on, there are two counts. */
static void counts_part(const Lookup *lookup, Counts *counts) {
    for (size_t p = 0; !counts->high[p] && p < lookup->planes; p++) {
        counts->high[p] = arena_array(counts->arena, lookup->size, sizeof(Mask));
        memcpy(counts->high[p], counts->low[p], lookup->size * sizeof(Mask));
    }
}

static void add_single(Mask *planes, size_t len, Mask mask) {
    for (size_t p = 0; p < len; p++) {
        Mask carry = planes[p] & mask;
        planes[p] ^= mask;
        mask = carry;
    }
    for (size_t p = 0; mask && p < len; p++)
        planes[p] |= mask;
}

static void add_row(const Lookup *lookup, Counts *counts, uint32_t slot, Mask yes, Mask maybe) {
    if (maybe)
        counts_part(lookup, counts);
    if (yes | maybe)
        add_single(counts->all, lookup->planes, yes | maybe);
    if (slot == MISSING_SLOT) {
        add_single(counts->stray, lookup->planes, yes | maybe);
        return;
    }
    if (yes)
        planes_add(counts->low, lookup->planes, slot, yes);
    if (counts->high[0] && (yes | maybe))
        planes_add(counts->high, lookup->planes, slot, yes | maybe);
}

static void fill_batch(const LookupNodes *nodes, Counts *counts, uint32_t *slots) {
    Scope *scope = nodes->rest->scope;
    const Truths *truths = node_truth(nodes->rest);
    if (!births_are_sound(nodes->watches.items, nodes->watches.len))
        counts->failed = true;
    if (nodes->own)
        domain_slots(&nodes->lookup->domain, nodes->own, slots);
    else
        memset(slots, 0, scope->len * sizeof *slots);
    for (size_t i = 0; i < scope->len; i++) {
        if (truths->error && truths->error[i])
            counts->failed = true;
        Mask maybe = truths->maybe ? truths->maybe[i] : 0;
        if (truths->yes[i] | maybe)
            add_row(nodes->lookup, counts, slots[i], truths->yes[i], maybe);
    }
}

typedef struct Filling {
    Program **programs;
    size_t number; /* of the lookup */
} Filling;

static void fill(void *context, size_t thread, size_t first, size_t len) {
    const Filling *filling = context;
    Program *program = filling->programs[thread];
    const LookupNodes *nodes = &program->lookups.items[filling->number];
    Counts *counts = &nodes->lookup->by_thread[thread];
    uint32_t slots[BATCH];
    if (!counts->low[0])
        counts_start(nodes->lookup, counts);
    Scope *scope = nodes->rest->scope;
    scope->slots[0].first = first;
    scope_next(scope, len);
    fill_batch(nodes, counts, slots);
}

/* ---- adding up ---- */

static void sum_places(const Lookup *lookup, Mask *const *into, Mask *const *from) {
    Mask a[MOST_PLANES], b[MOST_PLANES];
    for (size_t i = 0; i < lookup->size; i++) {
        Mask any = 0;
        for (size_t p = 0; p < lookup->planes; p++) {
            b[p] = from[p][i];
            any |= b[p];
        }
        if (!any)
            continue;
        for (size_t p = 0; p < lookup->planes; p++)
            a[p] = into[p][i];
        planes_sum(a, lookup->planes, b);
        for (size_t p = 0; p < lookup->planes; p++)
            into[p][i] = a[p];
    }
}

static void merge(const Lookup *lookup, Counts *into, Counts *from) {
    if (!from->low[0])
        return;
    if (into->high[0] || from->high[0]) {
        counts_part(lookup, into);
        counts_part(lookup, from);
        sum_places(lookup, into->high, from->high);
    }
    sum_places(lookup, into->low, from->low);
    planes_sum(into->stray, lookup->planes, from->stray);
    planes_sum(into->all, lookup->planes, from->all);
    into->failed = into->failed || from->failed;
}

static void counts_end(Counts *counts) {
    arena_free(counts->arena);
    *counts = (Counts){0};
}

void lookups_fill(Program **programs, size_t threads) {
    Shared *shared = programs[0]->shared;
    for (; shared->built < shared->lookups.len; shared->built++) {
        Lookup *lookup = shared->lookups.items[shared->built];
        Filling filling = {programs, shared->built};
        for_batches(data_table(shared->data, lookup->source)->table.rows, shared->batch, threads,
                    fill, &filling);
        if (!lookup->by_thread[0].low[0])
            counts_start(lookup, &lookup->by_thread[0]);
        for (size_t t = 1; t < threads; t++) {
            merge(lookup, &lookup->by_thread[0], &lookup->by_thread[t]);
            counts_end(&lookup->by_thread[t]);
        }
    }
}

void lookups_end(Shared *shared) {
    for (size_t i = 0; i < shared->lookups.len; i++)
        counts_end(&shared->lookups.items[i]->by_thread[0]);
}

/* ---- looking up ---- */

typedef struct Around {
    const uint32_t *slots, *own; /* of the key; of the row itself, for `another` */
    const Truths *self;
} Around;

static void read_counts(const Lookup *lookup, uint32_t slot, Mask *low, Mask *high) {
    const Counts *counts = &lookup->by_thread[0];
    for (size_t p = 0; p < lookup->planes; p++) {
        bool there = slot != NO_SLOT && slot != MISSING_SLOT;
        low[p] = there ? counts->low[p][slot] : 0;
        high[p] = !there ? 0 : counts->high[p] ? counts->high[p][slot] : low[p];
    }
    planes_sum(high, lookup->planes, slot == MISSING_SLOT ? counts->all : counts->stray);
}

/* The row itself is not another. */
static void take_self(const Lookup *lookup, const Around *around, size_t i, Mask *low, Mask *high) {
    uint32_t slot = around->slots[i], own = around->own ? around->own[i] : slot;
    Mask yes = around->self->yes[i], maybe = around->self->maybe ? around->self->maybe[i] : 0;
    if (slot == MISSING_SLOT || own == MISSING_SLOT || own == slot)
        planes_subtract(high, lookup->planes, yes | maybe);
    if (own == slot && slot != MISSING_SLOT)
        planes_subtract(low, lookup->planes, yes);
}

/* No row is in doubt. */
static bool is_exact(const Lookup *lookup) {
    Mask stray = 0;
    for (size_t p = 0; p < lookup->planes; p++)
        stray |= lookup->by_thread[0].stray[p];
    return !lookup->by_thread[0].high[0] && !stray;
}

static void look_up(Node *node, const Around *around, Mask *yes, Mask *maybe) {
    const Lookup *lookup = node->as.related.lookup;
    Mask low[MOST_PLANES], high[MOST_PLANES], any = 0;
    bool exists = is_exact(lookup) && lookup->planes == 1 && !around->self &&
                  node->as.related.comparison == COMPARISON_GREATER_EQUAL &&
                  node->as.related.limit == 1;
    for (size_t i = 0; i < node->scope->len; i++) {
        if (exists && around->slots[i] != MISSING_SLOT) {
            bool there = around->slots[i] != NO_SLOT;
            yes[i] = there ? lookup->by_thread[0].low[0][around->slots[i]] : 0;
            maybe[i] = 0;
            continue;
        }
        read_counts(lookup, around->slots[i], low, high);
        if (around->self)
            take_self(lookup, around, i, low, high);
        planes_compare(low, high, lookup->planes, node->as.related.comparison,
                       node->as.related.limit, &yes[i], &maybe[i]);
        any |= maybe[i];
    }
    node->truths = (Truths){.yes = yes, .maybe = any ? maybe : NULL};
}

/* Nothing can be said where a row of the lookup is an error: the chain gives up. */
static void set_failed(Node *node) {
    size_t len = node->scope->len;
    Mask *yes = node_yes(node), *error = node_error(node);
    memset(yes, 0, len * sizeof *yes);
    memset(error, 0xFF, len * sizeof *error);
    node->truths = (Truths){.yes = yes, .error = error};
}

void evaluate_related_of(Node *node) {
    const Lookup *lookup = node->as.related.lookup;
    uint32_t slots[BATCH], own[BATCH];
    Around around = {.slots = slots};
    if (node->as.related.another)
        around.self = node_truth(node->terms[1]);
    if (lookup_failed(lookup) || (around.self && around.self->error)) {
        set_failed(node);
        return;
    }
    if (node->terms[0])
        domain_slots(&lookup->domain, node->terms[0], slots);
    else
        memset(slots, 0, node->scope->len * sizeof *slots);
    if (node->terms[2]) {
        domain_slots(&lookup->domain, node->terms[2], own);
        around.own = own;
    }
    look_up(node, &around, node_yes(node), node_maybe(node));
}
