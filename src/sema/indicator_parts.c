/* by, exclude and of which. */
#include <string.h>

#include "sema/analysis.h"

/* ---- exclude, of which ---- */

static const Rowset *rows_mentioned(Analysis *a, const Indicator *indicator, const Expr *condition,
                                    const char *word) {
    const Rowset *found = NULL;
    for (size_t i = 0; i < indicator->rowsets_len; i++) {
        if (!expr_mentions_row(condition, indicator->rowsets[i]->row))
            continue;
        if (found) {
            fault(a, DIAG_part_rows, condition->span,
                  "'%s' mentions two sets of rows, '%s' and '%s': which one is meant", word,
                  found->row->name, indicator->rowsets[i]->row->name);
            return NULL;
        }
        found = indicator->rowsets[i];
    }
    if (!found) {
        Diag *diag = fault(a, DIAG_part_rows, condition->span,
                           "'%s' does not mention the rows that are counted", word);
        diag_help(diag, "its condition must be about '%s'", indicator->rowsets[0]->row->name);
    }
    return found;
}

static bool id_is_new(Analysis *a, const Indicator *indicator, Name name) {
    const Part *lists[] = {indicator->excludes, indicator->parts};
    size_t lens[] = {indicator->excludes_len, indicator->parts_len};
    for (size_t l = 0; l < 2; l++)
        for (size_t i = 0; i < lens[l]; i++)
            if (lists[l][i].id == name.atom) {
                Diag *diag = fault(a, DIAG_name_twice, name.span, "'%s' is used twice", name.atom);
                diag_note(diag, lists[l][i].span, "first used here");
                return false;
            }
    return true;
}

static bool read_part(Place *place, const Indicator *indicator, Name name, Text label,
                      const Node *condition, const char *word, const Scope *scope, Part *part) {
    Analysis *a = place->analysis;
    bool is_new = id_is_new(a, indicator, name);
    Expr *expr = infer_condition(place, condition, scope);
    if (!is_new || expr->type.kind == TYPE_ERROR)
        return false;
    const Rowset *rows = rows_mentioned(a, indicator, expr, word);
    *part = (Part){
        .id = name.atom, .label = label.text, .condition = expr, .rows = rows, .span = name.span};
    return rows != NULL;
}

static void read_excludes(Place *place, Indicator *indicator, const Clauses *clauses,
                          const Scope *scope) {
    Analysis *a = place->analysis;
    indicator->excludes = arena_array(a->arena, clauses->excludes.len + 1, sizeof(Part));
    for (size_t i = 0; i < clauses->excludes.len; i++) {
        const Node_Exclude *exclude = node_Exclude(clauses->excludes.items[i]);
        if (read_part(place, indicator, exclude->name, exclude->label, exclude->condition,
                      "exclude", scope, &indicator->excludes[indicator->excludes_len]))
            indicator->excludes_len++;
    }
}

static void read_of_which(Place *place, Indicator *indicator, const Clauses *clauses,
                          const Scope *scope) {
    Analysis *a = place->analysis;
    indicator->parts = arena_array(a->arena, clauses->parts.len + 1, sizeof(Part));
    for (size_t i = 0; i < clauses->parts.len; i++) {
        const Node_OfWhich *part = node_OfWhich(clauses->parts.items[i]);
        if (read_part(place, indicator, part->name, part->label, part->condition, "of which", scope,
                      &indicator->parts[indicator->parts_len]))
            indicator->parts_len++;
    }
}

/* ---- by ---- */

static bool key_suits(Analysis *a, const Expr *key) {
    switch (key->type.kind) {
    case TYPE_TEXT:
    case TYPE_INTEGER:
    case TYPE_DECIMAL:
    case TYPE_DATE:
    case TYPE_BOOLEAN:
        return true;
    case TYPE_ERROR:
        return false;
    case TYPE_MONEY:
    case TYPE_DURATION:
    case TYPE_ROW:
        break;
    }
    Diag *diag = fault(a, DIAG_breakdown_type, key->span, "rows cannot be grouped by %s",
                       type_words(key->type));
    diag_help(diag, key->type.kind == TYPE_ROW ? "name a column of the linked row: link.column"
                                               : "group by a text, a code, a number or a date");
    return false;
}

static bool keys_agree(Analysis *a, const Expr *first, const Expr *other) {
    bool numbers = type_is_number(first->type.kind) && type_is_number(other->type.kind);
    bool codes = !first->type.codes || !other->type.codes || first->type.codes == other->type.codes;
    if ((numbers || first->type.kind == other->type.kind) && codes)
        return true;
    Diag *diag = fault(a, DIAG_breakdown_type, other->span,
                       "the two sets of rows are grouped by different things");
    diag_note(diag, first->span, "%s", type_words(first->type));
    diag_note(diag, other->span, "%s", type_words(other->type));
    return false;
}

/* Each key belongs to the set whose alias it mentions, in whatever order they are written. */
static bool add_key(Analysis *a, const Indicator *indicator, Breakdown *breakdown, Expr *key) {
    size_t sets = 0, at = 0;
    for (size_t i = 0; i < indicator->rowsets_len; i++)
        if (indicator->rowsets_len == 1 || expr_mentions_row(key, indicator->rowsets[i]->row)) {
            sets++;
            at = i;
        }
    if (sets == 1 && !breakdown->keys[at]) {
        breakdown->keys[at] = key;
        return true;
    }
    if (sets == 1) {
        Diag *diag = fault(a, DIAG_breakdown_keys, key->span,
                           "'by' has two expressions about '%s', and one set of rows has none",
                           indicator->rowsets[at]->row->name);
        diag_note(diag, breakdown->keys[at]->span, "the other one");
    } else {
        fault(a, DIAG_breakdown_keys, key->span,
              sets == 0 ? "this expression is about none of the sets of rows"
                        : "this expression is about more than one set of rows");
    }
    return false;
}

static bool read_keys(Place *place, const Indicator *indicator, const Node *node,
                      const Scope *scope, Breakdown *breakdown) {
    Analysis *a = place->analysis;
    const NodeList *written = &node_By(node)->expressions;
    if (written->len != indicator->rowsets_len) {
        Diag *diag = fault(a, DIAG_breakdown_keys, node->span,
                           "this indicator counts %zu set%s of rows, but 'by' has %zu expression%s",
                           indicator->rowsets_len, indicator->rowsets_len == 1 ? "" : "s",
                           written->len, written->len == 1 ? "" : "s");
        diag_help(diag, indicator->rowsets_len == 2
                            ? "give one for each: by a.area, b.area as \"Area\""
                            : "give one for each set of rows");
        return false;
    }
    breakdown->keys = arena_array(a->arena, written->len, sizeof(Expr *));
    bool ok = true;
    for (size_t i = 0; i < written->len; i++) {
        Expr *key = infer(place, written->items[i], scope);
        ok = key_suits(a, key) && add_key(a, indicator, breakdown, key) && ok;
    }
    for (size_t i = 1; ok && i < written->len; i++)
        ok = keys_agree(a, breakdown->keys[0], breakdown->keys[i]);
    return ok;
}

/* A share is of a number that the groups make up together. */
static void check_share(Analysis *a, const Indicator *indicator, Span at) {
    if (indicator->shape != SHAPE_VALUE || !indicator->value)
        return;
    const Expr *value = indicator->value;
    QuantityKind kind = value->kind == EXPR_QUANTITY ? value->as.quantity->kind : QUANTITY_MEAN;
    if (kind == QUANTITY_COUNT || kind == QUANTITY_COUNT_DISTINCT || kind == QUANTITY_SUM)
        return;
    diag_help(fault(a, DIAG_share_of_no_whole, at,
                    "there is no share of this value: the groups do not add up to the whole"),
              "a count, a sum, a proportion or a ratio has shares; leave `with share` out");
}

static void read_breakdown(Place *place, Indicator *indicator, const Node *node,
                           const Scope *scope) {
    Analysis *a = place->analysis;
    const Node_By *by = node_By(node);
    Breakdown breakdown = {
        .label = by->label.text, .total = by->total.text, .share = by->share, .span = node->span};
    for (size_t i = 0; i < indicator->breakdowns_len; i++)
        if (strcmp(indicator->breakdowns[i].label, breakdown.label) == 0) {
            Diag *diag = fault(a, DIAG_breakdown_twice, by->label.span,
                               "there is a breakdown '%s' already", breakdown.label);
            diag_note(diag, indicator->breakdowns[i].span, "here");
        }
    if (!read_keys(place, indicator, node, scope, &breakdown))
        return;
    if (by->share && !a->failed)
        check_share(a, indicator, node->span);
    for (size_t i = 0; i < indicator->rowsets_len; i++)
        if (breakdown.keys[i]->type.codes)
            breakdown.codes = breakdown.keys[i]->type.codes;
    indicator->breakdowns[indicator->breakdowns_len++] = breakdown;
}

void parts_build(Place *place, Indicator *indicator, const Clauses *clauses) {
    Analysis *a = place->analysis;
    if (indicator->rowsets_len == 0 || place->outer->incomplete)
        return;
    const Scope *all = NULL;
    for (size_t i = 0; i < indicator->rowsets_len; i++)
        all = rowset_scope(a, indicator->rowsets[i], all);
    Place inside = *place;
    inside.outer = NULL;
    for (size_t i = 0; i < indicator->rowsets_len; i++)
        inside.stock = inside.stock || indicator->rowsets[i]->timing == TIMING_HELD;
    read_excludes(&inside, indicator, clauses, all);
    read_of_which(&inside, indicator, clauses, all);
    indicator->breakdowns = arena_array(a->arena, clauses->breakdowns.len + 1, sizeof(Breakdown));
    for (size_t i = 0; i < clauses->breakdowns.len; i++)
        read_breakdown(&inside, indicator, clauses->breakdowns.items[i], all);
}
