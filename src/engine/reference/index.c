#include "engine/reference/index.h"

#include <stdlib.h>

#include "sema/walk.h"

struct RowIndex {
    const Value *values; /* sorted */
    const size_t *rows;
    size_t len;
    const size_t *missing; /* rows whose value is not known */
    size_t missing_len;
};

struct NestedLookup {
    const Expr *own, *key; /* own = key, from the condition; NULL: there is no such equality */
    RowIndex *index;
};

/* ---- which equality ---- */

static bool is_row(void *context, const Expr *expr) {
    return expr->kind == EXPR_ROW && (!context || expr->as.row == context);
}

static bool excludes_row(void *context, const Rowset *rows) {
    return rows->another_of == context;
}

/* NULL: any row. */
static bool mentions(const Expr *expr, const RowVar *row) {
    Walk walk = {is_row, row ? excludes_row : NULL, (void *)row};
    return walk_expr(&walk, expr);
}

/* The alias itself, a column of it, or one reached by links. */
static bool is_own(const Expr *expr, const RowVar *row) {
    while (expr->kind == EXPR_COLUMN)
        expr = expr->as.column.row;
    return expr->kind == EXPR_ROW && expr->as.row == row;
}

/* An equality with another row's value is worth more than one with a constant. */
static void consider(NestedLookup *lookup, const RowVar *row, const Expr *own, const Expr *key) {
    if (!is_own(own, row) || mentions(key, row))
        return;
    if (!lookup->key || (!mentions(lookup->key, NULL) && mentions(key, NULL))) {
        lookup->own = own;
        lookup->key = key;
    }
}

static void consider_term(NestedLookup *lookup, const RowVar *row, const Expr *term) {
    if (term->kind != EXPR_COMPARISON || term->as.comparison.op != COMPARISON_EQUAL)
        return;
    consider(lookup, row, term->as.comparison.left, term->as.comparison.right);
    consider(lookup, row, term->as.comparison.right, term->as.comparison.left);
}

static void choose(NestedLookup *lookup, const Rowset *rows) {
    const Expr *where = rows->where;
    if (!where)
        return;
    if (where->kind != EXPR_AND) {
        consider_term(lookup, rows->row, where);
        return;
    }
    for (size_t i = 0; i < where->as.logic.terms_len; i++)
        consider_term(lookup, rows->row, where->as.logic.terms[i]);
}

/* ---- its index ---- */

typedef struct Indexed {
    Value value;
    size_t row;
} Indexed;

static int compare_indexed(const void *a, const void *b) {
    const Indexed *left = a, *right = b;
    int order = value_compare(left->value, right->value);
    return order != 0 ? order : left->row < right->row ? -1 : left->row > right->row;
}

static RowIndex *build(Evaluator *evaluator, const Rowset *rows, const Expr *own) {
    Arena *run = evaluator->data->run;
    size_t all = data_table(evaluator->data, rows->source)->table.rows, len = 0, missing_len = 0;
    Indexed *sorted = memory_alloc((all + 1) * sizeof *sorted);
    size_t *missing = arena_array(run, all, sizeof *missing);
    for (size_t row = 0; row < all; row++) {
        evaluator->frame[rows->row->id] = (Binding){row, rows};
        Outcome outcome = outcome_exact(evaluate(evaluator, own));
        if (outcome.kind == OUTCOME_KNOWN)
            sorted[len++] = (Indexed){outcome.value, row};
        else
            missing[missing_len++] = row;
    }
    qsort(sorted, len, sizeof *sorted, compare_indexed);
    Value *values = arena_array(run, len, sizeof *values);
    size_t *places = arena_array(run, len, sizeof *places);
    for (size_t i = 0; i < len; i++) {
        values[i] = sorted[i].value;
        places[i] = sorted[i].row;
    }
    memory_free(sorted);
    RowIndex *index = arena_alloc(run, sizeof *index);
    *index = (RowIndex){values, places, len, missing, missing_len};
    return index;
}

/* Row sets that look up the same column share its index. */
static RowIndex *index_of(Evaluator *evaluator, const Rowset *rows, const Expr *own) {
    if (own->kind != EXPR_COLUMN || own->as.column.row->kind != EXPR_ROW)
        return build(evaluator, rows, own);
    RowIndex **shared =
        &data_table(evaluator->data, rows->source)->index[own->as.column.column->index];
    if (!*shared)
        *shared = build(evaluator, rows, own);
    return *shared;
}

static NestedLookup *lookup_of(Evaluator *evaluator, const Rowset *rows) {
    NestedLookup **lookup = &evaluator->data->lookups[rows->row->id];
    if (*lookup)
        return *lookup;
    *lookup = arena_alloc(evaluator->data->run, sizeof **lookup);
    choose(*lookup, rows);
    if ((*lookup)->key)
        (*lookup)->index = index_of(evaluator, rows, (*lookup)->own);
    return *lookup;
}

/* ---- looking up ---- */

/* The first place whose value is not below (or, with `past`, above) the key. */
static size_t place_of(const RowIndex *index, Value key, bool past) {
    size_t low = 0, high = index->len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = value_compare(index->values[middle], key);
        if (order < 0 || (past && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

Candidates index_candidates(Evaluator *evaluator, const Rowset *rows) {
    Candidates every = {.len = data_table(evaluator->data, rows->source)->table.rows};
    if (evaluator->data->watch && evaluator->data->watch->every_row)
        return every;
    const NestedLookup *lookup = lookup_of(evaluator, rows);
    if (!lookup->index)
        return every;
    /* A key that is missing, or an error, leaves every row in doubt. */
    Outcome key = evaluate(evaluator, lookup->key);
    if (key.kind != OUTCOME_KNOWN || key.ranged)
        return every;
    size_t first = place_of(lookup->index, key.value, false);
    size_t end = place_of(lookup->index, key.value, true);
    return (Candidates){.len = end - first + lookup->index->missing_len,
                        .equal = lookup->index->rows + first,
                        .equal_len = end - first,
                        .missing = lookup->index->missing};
}

size_t candidate_row(const Candidates *candidates, size_t i) {
    if (!candidates->missing)
        return i;
    return i < candidates->equal_len ? candidates->equal[i]
                                     : candidates->missing[i - candidates->equal_len];
}
