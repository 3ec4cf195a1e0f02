/* Row sets, exists, and quantities over rows. */
#include "sema/analysis.h"

/* ---- aliases ---- */

static void check_alias(Place *place, Name alias, const Scope *scope) {
    Analysis *a = place->analysis;
    for (const Scope *s = scope; s; s = s->up)
        if (s->name == alias.atom) {
            Diag *diag =
                fault(a, DIAG_shadowed_name, alias.span, "'%s' is a name here already", alias.atom);
            diag_note(diag, s->span, "declared here");
            diag_help(diag, "choose another alias");
            return;
        }
    DefineDeclaration *define = name_table_find(&a->defines, alias.atom);
    const Node *indicator = name_table_find(&a->indicators, alias.atom);
    if (define || indicator) {
        Diag *diag = fault(a, DIAG_shadowed_name, alias.span, "'%s' is the name of %s", alias.atom,
                           define ? "a define" : "an indicator");
        diag_note(diag, define ? define->span : indicator->span, "declared here");
        return;
    }
    if (!place->aliases)
        return;
    for (size_t i = 0; i < place->aliases->len; i++)
        if (place->aliases->items[i].name == alias.atom) {
            Diag *diag = fault(a, DIAG_alias_twice, alias.span,
                               "the alias '%s' is used twice in this indicator", alias.atom);
            diag_note(diag, place->aliases->items[i].span, "first used here");
            return;
        }
    NamedSpan named = {alias.atom, alias.span};
    vec_push(a->arena, place->aliases, named);
}

static const RowVar *row_new(Analysis *a, const SourceModel *source, Name alias) {
    RowVar *row = arena_alloc(a->arena, sizeof *row);
    *row = (RowVar){.name = alias.atom, .id = a->next_row++, .source = source, .span = alias.span};
    return row;
}

static const RowVar *row_of_source(const Scope *scope, const SourceModel *source) {
    for (; scope; scope = scope->up)
        if (scope->row && scope->row->source == source)
            return scope->row;
    return NULL;
}

/* ---- row sets ---- */

/* A condition that `and` joins to a nested `where` must be about its rows. */
static void check_terms(Analysis *a, const Rowset *rows) {
    const Expr *where = rows->where;
    bool chain = where->kind == EXPR_AND;
    size_t len = chain ? where->as.logic.terms_len : 1;
    for (size_t i = 0; i < len; i++) {
        const Expr *term = chain ? where->as.logic.terms[i] : where;
        if (term->type.kind == TYPE_ERROR || expr_mentions_row(term, rows->row))
            continue;
        Diag *diag = fault(a, DIAG_condition_not_about_rows, term->span,
                           "this condition does not mention '%s', whose 'where' it stands in",
                           rows->row->name);
        diag_note(diag, rows->span, "the 'where' of '%s' reaches to the end of its condition",
                  rows->row->name);
        diag_help(diag, "if it belongs to the rows around, put parentheses round the 'exists', "
                        "'none' or 'count of' with its 'where', or move it before them");
    }
}

static void relate_another(Analysis *a, Rowset *rows, const Scope *scope) {
    rows->another_of = row_of_source(scope, rows->source);
    if (rows->another_of)
        return;
    Diag *diag = fault(a, DIAG_another_of_nothing, rows->span,
                       "'another' needs a row of '%s' around it", rows->source->name);
    diag_help(diag, "leave 'another' out: these are rows of a different source");
}

/* Of `exists` and `none` only: a quantity over a row and its like is meant to hold that row too. */
static void warn_of_itself(Analysis *a, const Rowset *rows, const Scope *scope, bool none) {
    const RowVar *same = row_of_source(scope, rows->source);
    if (!same)
        return;
    Diag *diag =
        diag_add(a->diags, DIAG_same_source_without_another, rows->span,
                 "'%s' is related to itself, so a row can find itself", rows->source->name);
    diag_note(diag, same->span, "the row is of the same source");
    diag_help(diag, "write '%s another %s' if it must be a different row", none ? "none" : "exists",
              rows->source->name);
}

static void infer_timing(Place *place, Rowset *rows, const Node_Rowset *node, const Scope *scope) {
    rows->timing = node->timing;
    if (node->start)
        rows->start = infer_date(place, node->start, scope);
    if (node->end)
        rows->end = infer_date(place, node->end, scope);
}

Rowset *infer_rowset(Place *place, const Node *node, const Scope *scope, bool nested, bool another,
                     const Scope **inner) {
    Analysis *a = place->analysis;
    const Node_Rowset *written = node_Rowset(node);
    SourceDeclaration *source = source_find(a, written->source);
    if (!source)
        return NULL;
    source->source->used = true;
    check_alias(place, written->alias, scope);
    Rowset *rows = arena_alloc(a->arena, sizeof *rows);
    *rows = (Rowset){.source = source->source,
                     .row = row_new(a, source->source, written->alias),
                     .nested = nested,
                     .span = node->span};
    Scope *own = arena_alloc(a->arena, sizeof *own);
    *own = (Scope){
        .up = scope, .name = written->alias.atom, .span = written->alias.span, .row = rows->row};
    *inner = own;
    if (another)
        relate_another(a, rows, scope);
    infer_timing(place, rows, written, own);
    if (written->where) {
        Place inside = *place;
        /* Held rows under a window with a length are a fault of their own. */
        inside.stock = place->stock || (!nested && rows->timing == TIMING_HELD);
        rows->where = infer_condition(&inside, written->where, own);
        if (nested)
            check_terms(a, rows);
    }
    return rows;
}

Expr *infer_exists(Place *place, const Node *node, const Scope *scope) {
    Analysis *a = place->analysis;
    const Node_Exists *exists = node_Exists(node);
    const Scope *inner;
    bool failed_before = a->failed;
    a->failed = false;
    Rowset *rows = infer_rowset(place, exists->rowset, scope, true, exists->another, &inner);
    bool ok = rows && !a->failed;
    a->failed = a->failed || failed_before;
    if (!ok)
        return expr_error(a, node->span);
    if (!exists->another)
        warn_of_itself(a, rows, scope, exists->none);
    Expr *expr = expr_new(a, EXPR_EXISTS, type_of(TYPE_BOOLEAN), node->span);
    expr->as.exists.rows = rows;
    expr->as.exists.none = exists->none;
    return expr;
}

/* ---- quantities ---- */

static Type quantity_type(QuantityKind kind, const Expr *value) {
    switch (kind) {
    case QUANTITY_COUNT:
    case QUANTITY_COUNT_DISTINCT:
        return type_of(TYPE_INTEGER);
    case QUANTITY_MEAN:
    case QUANTITY_MEDIAN:
    case QUANTITY_PERCENTILE: {
        Type type = type_of(value->type.kind == TYPE_MONEY ? TYPE_MONEY : TYPE_DECIMAL);
        type.unit = value->type.unit;
        return type;
    }
    case QUANTITY_SUM:
    case QUANTITY_MIN:
    case QUANTITY_MAX:
    case QUANTITY_FIRST:
    case QUANTITY_LAST: {
        Type type = value->type;
        type.open = false;
        return type;
    }
    }
    return type_of(TYPE_ERROR);
}

static bool value_suits(Analysis *a, QuantityKind kind, const Expr *value) {
    TypeKind type = value->type.kind;
    bool ok = true;
    if (kind == QUANTITY_SUM || kind == QUANTITY_MEAN || kind == QUANTITY_MEDIAN ||
        kind == QUANTITY_PERCENTILE)
        ok = type_is_number(type);
    else if (kind == QUANTITY_MIN || kind == QUANTITY_MAX)
        ok = type_is_number(type) || type == TYPE_DATE;
    else
        ok = type != TYPE_BOOLEAN && type != TYPE_DURATION;
    if (ok)
        return true;
    Diag *diag = fault(a, DIAG_quantity_type, value->span, "the %s of %s has no meaning",
                       quantity_word(kind), type_words(value->type));
    if (value->kind == EXPR_COLUMN)
        diag_note(diag, value->as.column.column->span, "declared here");
    diag_help(diag, type == TYPE_BOOLEAN
                        ? "count the rows for which it holds: count of ROWS where CONDITION"
                        : "give an expression that is a number, as days(start, end)");
    return false;
}

static bool percentile_is_right(Analysis *a, const Node *node, Num percentile) {
    if (num_compare(percentile, num_of_int(0)) >= 0 &&
        num_compare(percentile, num_of_int(100)) <= 0)
        return true;
    fault(a, DIAG_percentile_range, node->span, "a percentile lies between 0 and 100");
    return false;
}

Quantity *infer_quantity(Place *place, const Node *node, const Rowset *rows, const Scope *inner) {
    Analysis *a = place->analysis;
    const Node_Quantity *written = node_Quantity(node);
    Quantity *quantity = arena_alloc(a->arena, sizeof *quantity);
    *quantity = (Quantity){.kind = written->kind,
                           .percentile = written->percentile,
                           .known = written->known,
                           .rows = rows,
                           .span = node->span,
                           .type = type_of(TYPE_ERROR)};
    bool ok =
        written->kind != QUANTITY_PERCENTILE || percentile_is_right(a, node, written->percentile);
    if (written->value) {
        Expr *value = infer(place, written->value, inner);
        quantity->value = value;
        ok = value->type.kind != TYPE_ERROR && value_suits(a, written->kind, value) && ok;
    }
    if (written->by) {
        quantity->by = infer_date(place, written->by, inner);
        ok = ok && quantity->by->type.kind != TYPE_ERROR;
    }
    if (ok)
        quantity->type = quantity_type(written->kind, quantity->value);
    else
        a->failed = true;
    return quantity;
}

static Expr *quantity_expr(Analysis *a, const Quantity *quantity) {
    Expr *expr = expr_new(a, EXPR_QUANTITY, quantity->type, quantity->span);
    expr->as.quantity = quantity;
    return expr;
}

Expr *infer_nested_quantity(Place *place, const Node *node, const Scope *scope) {
    Analysis *a = place->analysis;
    if (place->outer && !scope) {
        Quantity *outer = outer_quantity(place, node);
        return outer ? quantity_expr(a, outer) : expr_error(a, node->span);
    }
    const Node *rowset = node_Quantity(node)->rowset;
    if (!node_Rowset(rowset)->alias.atom) {
        fault(a, DIAG_alias_reuse_nested, rowset->span,
              "'of %s' takes rows that were named already: only a numerator, denominator or value "
              "can do that",
              node_Rowset(rowset)->source.atom);
        return expr_error(a, node->span);
    }
    const Scope *inner;
    bool failed_before = a->failed;
    a->failed = false;
    Rowset *rows = infer_rowset(place, rowset, scope, true, false, &inner);
    Quantity *quantity = rows ? infer_quantity(place, node, rows, inner) : NULL;
    bool ok = quantity && quantity->type.kind != TYPE_ERROR && !a->failed;
    a->failed = a->failed || failed_before;
    return ok ? quantity_expr(a, quantity) : expr_error(a, node->span);
}
