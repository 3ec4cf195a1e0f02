/* The shape of an indicator: proportion, ratio or rate, value. */
#include "sema/analysis.h"

const Scope *rowset_scope(Analysis *a, const Rowset *rows, const Scope *up) {
    Scope *scope = arena_alloc(a->arena, sizeof *scope);
    *scope = (Scope){.up = up, .name = rows->row->name, .span = rows->row->span, .row = rows->row};
    return scope;
}

/* ---- outer row sets ---- */

static Rowset *outer_rowset(Place *place, const Node *node) {
    const Scope *inner;
    Rowset *rows = infer_rowset(place, node, NULL, false, false, &inner);
    if (!rows) {
        place->outer->incomplete = true;
        return NULL;
    }
    rows->index = place->outer->rows.len;
    vec_push(place->analysis->arena, &place->outer->rows, rows);
    return rows;
}

static const Rowset *named_rows(Place *place, Name alias) {
    Analysis *a = place->analysis;
    const OuterRows *outer = place->outer;
    for (size_t i = 0; i < outer->rows.len; i++)
        if (outer->rows.items[i]->row->name == alias.atom)
            return outer->rows.items[i];
    for (size_t i = 0; i < place->analysis->unknown.len; i++)
        if (place->analysis->unknown.items[i].name == alias.atom)
            return NULL;
    if (outer->incomplete)
        return NULL;
    Diag *diag = fault(a, DIAG_unknown_alias_reuse, alias.span,
                       "no rows of this indicator are called '%s'", alias.atom);
    const char **names = arena_array(a->arena, outer->rows.len + 1, sizeof *names);
    for (size_t i = 0; i < outer->rows.len; i++)
        names[i] = outer->rows.items[i]->row->name;
    diag_suggest(diag, alias.atom, names, outer->rows.len);
    diag_help(diag,
              "'of ALIAS' takes rows that were named already; new rows are 'of SOURCE ALIAS'");
    return NULL;
}

static bool is_reuse(const Node *quantity) {
    return !node_Rowset(node_Quantity(quantity)->rowset)->alias.atom;
}

Quantity *outer_quantity(Place *place, const Node *node) {
    const Node *rowset = node_Quantity(node)->rowset;
    const Rowset *rows = is_reuse(node) ? named_rows(place, node_Rowset(rowset)->source)
                                        : outer_rowset(place, rowset);
    if (!rows) {
        place->analysis->failed = true;
        return NULL;
    }
    Place inside = *place;
    inside.outer = NULL;
    inside.stock = place->stock || rows->timing == TIMING_HELD;
    Quantity *quantity =
        infer_quantity(&inside, node, rows, rowset_scope(place->analysis, rows, NULL));
    return quantity->type.kind == TYPE_ERROR ? NULL : quantity;
}

/* ---- shapes ---- */

static void build_proportion(Place *place, Indicator *indicator, const Clauses *clauses) {
    indicator->shape = SHAPE_PROPORTION;
    Rowset *rows = outer_rowset(place, node_Denominator(clauses->denominator)->rowset);
    indicator->denominator_rows = rows;
    if (!rows) {
        place->analysis->failed = true;
        return;
    }
    Place inside = *place;
    inside.outer = NULL;
    inside.stock = place->stock || rows->timing == TIMING_HELD;
    indicator->those = infer_condition(&inside, node_Numerator(clauses->numerator)->those,
                                       rowset_scope(place->analysis, rows, NULL));
}

static void build_ratio(Place *place, Indicator *indicator, const Clauses *clauses) {
    indicator->shape = SHAPE_RATIO;
    const Node *numerator = node_Numerator(clauses->numerator)->quantity;
    const Node *denominator = node_Denominator(clauses->denominator)->quantity;
    bool numerator_first = !is_reuse(numerator) &&
                           (is_reuse(denominator) || numerator->span.off < denominator->span.off);
    if (numerator_first)
        indicator->numerator = outer_quantity(place, numerator);
    indicator->denominator = outer_quantity(place, denominator);
    if (!numerator_first)
        indicator->numerator = outer_quantity(place, numerator);
}

static void build_value(Place *place, Indicator *indicator, const Clauses *clauses) {
    Analysis *a = place->analysis;
    indicator->shape = SHAPE_VALUE;
    const Node *value = node_Value(clauses->value)->value;
    indicator->value = infer(place, value, NULL);
    if (indicator->value->type.kind == TYPE_ERROR || place->outer->rows.len > 0)
        return;
    Diag *diag = fault(a, DIAG_shape_missing, value->span, "this value counts no rows");
    diag_help(diag, "write value count of SOURCE ALIAS ..., or numbers of rows in parentheses");
}

static void mixed(Analysis *a, const Clauses *clauses, bool rows_below) {
    Diag *diag = fault(a, DIAG_shape_mixed, clauses->numerator->span,
                       rows_below ? "the denominator is a set of rows, but the numerator is a "
                                    "quantity of its own"
                                  : "the numerator is 'those where', but the denominator is a "
                                    "quantity and no set of rows");
    diag_note(diag, clauses->denominator->span, "the denominator");
    diag_help(diag, rows_below ? "write `numerator those where CONDITION` for a part of those "
                                 "rows, or `denominator count of ...` for a ratio"
                               : "write `denominator SOURCE ALIAS ...` without 'count of'");
}

static void no_shape(Analysis *a, const Indicator *indicator, const Clauses *clauses) {
    if (clauses->damaged)
        return;
    if (clauses->numerator || clauses->denominator) {
        const Node *there = clauses->numerator ? clauses->numerator : clauses->denominator;
        Diag *diag = fault(a, DIAG_clause_missing, indicator->span, "'%s' has a %s, but no %s",
                           indicator->id, clauses->numerator ? "numerator" : "denominator",
                           clauses->numerator ? "denominator" : "numerator");
        diag_note(diag, there->span, "the one that is there");
        return;
    }
    Diag *diag = fault(a, DIAG_shape_missing, indicator->span, "'%s' does not say what is counted",
                       indicator->id);
    diag_help(diag, "give it a `denominator` and a `numerator`, or a `value`");
}

void shape_build(Place *place, Indicator *indicator, const Clauses *clauses) {
    Analysis *a = place->analysis;
    if (clauses->value && (clauses->numerator || clauses->denominator)) {
        const Node *other = clauses->numerator ? clauses->numerator : clauses->denominator;
        Diag *diag =
            fault(a, DIAG_shape_twice, clauses->value->span,
                  "'%s' has two shapes: a value, and a numerator or denominator", indicator->id);
        diag_note(diag, other->span, "the other one");
        return;
    }
    if (clauses->value) {
        build_value(place, indicator, clauses);
    } else if (clauses->numerator && clauses->denominator) {
        bool those = node_Numerator(clauses->numerator)->those != NULL;
        bool rows = node_Denominator(clauses->denominator)->rowset != NULL;
        if (those && rows)
            build_proportion(place, indicator, clauses);
        else if (!those && !rows)
            build_ratio(place, indicator, clauses);
        else
            mixed(a, clauses, rows);
    } else {
        no_shape(a, indicator, clauses);
        a->failed = true;
    }
    indicator->rowsets = arena_array(a->arena, place->outer->rows.len + 1, sizeof(Rowset *));
    for (size_t i = 0; i < place->outer->rows.len; i++)
        indicator->rowsets[indicator->rowsets_len++] = place->outer->rows.items[i];
}
