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

static void build_derived(Place *place, Indicator *indicator, const Clauses *clauses) {
    Analysis *a = place->analysis;
    indicator->shape = SHAPE_DERIVED;
    indicator->inputs_len = place->outer->inputs.len;
    indicator->inputs = place->outer->inputs.items;
    if (place->outer->rows.len > 0)
        fault(a, DIAG_shape_mixed, clauses->value->span,
              "this value is made of other indicators and of rows: give the rows an indicator of "
              "their own");
    const Node *parts[] = {clauses->excludes.len > 0 ? clauses->excludes.items[0] : NULL,
                           clauses->parts.len > 0 ? clauses->parts.items[0] : NULL,
                           clauses->breakdowns.len > 0 ? clauses->breakdowns.items[0] : NULL};
    for (size_t i = 0; i < 3; i++)
        if (parts[i])
            diag_help(fault(a, DIAG_derived_parts, parts[i]->span,
                            "a value made of other indicators has no rows of its own"),
                      "put this into the indicators that it is made of");
    for (size_t i = 0; i < indicator->inputs_len && clauses->window; i++) {
        const Indicator *input = indicator->inputs[i];
        if (input->window == indicator->window && input->every == indicator->every &&
            input->window_months == indicator->window_months &&
            input->year_end_month == indicator->year_end_month)
            continue;
        Diag *diag = fault(a, DIAG_derived_window, clauses->window->span,
                           "'%s' has another window than '%s', which is made of it", input->id,
                           indicator->id);
        diag_note(diag, input->span, "'%s' is declared here", input->id);
        return;
    }
}

static void build_value(Place *place, Indicator *indicator, const Clauses *clauses) {
    Analysis *a = place->analysis;
    indicator->shape = SHAPE_VALUE;
    const Node *value = node_Value(clauses->value)->value;
    indicator->value = infer(place, value, NULL);
    if (indicator->value->type.kind == TYPE_ERROR)
        return;
    if (place->outer->inputs.len > 0) {
        build_derived(place, indicator, clauses);
        return;
    }
    if (place->outer->rows.len > 0)
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

static void build_distribution(Place *place, Indicator *indicator, const Clauses *clauses) {
    Rowset *rows = outer_rowset(place, node_Distribution(clauses->distribution)->rowset);
    if (rows)
        distribution_build(place, indicator, clauses, rows);
    else
        place->analysis->failed = true;
}

static const Node *other_shape(const Clauses *clauses) {
    if (clauses->numerator)
        return clauses->numerator;
    return clauses->denominator ? clauses->denominator : clauses->value;
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
    bool value_too = clauses->value && (clauses->numerator || clauses->denominator);
    if (value_too || (clauses->distribution && other_shape(clauses))) {
        const Node *one = clauses->distribution ? clauses->distribution : clauses->value;
        Diag *diag = fault(a, DIAG_shape_twice, one->span, "'%s' has two shapes: a %s, and a %s",
                           indicator->id, clauses->distribution ? "distribution" : "value",
                           value_too ? "numerator or denominator" : "value, or a share");
        diag_note(diag, other_shape(clauses)->span, "the other one");
        return;
    }
    if (clauses->bands && !clauses->distribution && !clauses->damaged) {
        diag_help(
            fault(a, DIAG_bands_alone, clauses->bands->span, "'bands' without a 'distribution'"),
            "write `distribution ROWS` above it, or `by EXPRESSION as \"Label\"`");
        return;
    }
    if (clauses->distribution) {
        build_distribution(place, indicator, clauses);
    } else if (clauses->value) {
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
