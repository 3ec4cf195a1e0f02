/* Conditions that cannot be what was meant: never true, always true, the numerator's that of the
 * denominator, codes outside their years. */
#include "check/checker.h"
#include "check/reasoning.h"
#include "sema/same.h"
#include "sema/walk.h"

/* ---- what is known of the rows that a condition is about ---- */

static void know_rows(Checker *checker, const Indicator *indicator, const Rowset *rows,
                      Claims *known) {
    claims_of_timing(checker->session->arena, rows, indicator->stock, known);
}

static void know_where(Checker *checker, const Indicator *indicator, const Rowset *rows,
                       Claims *known) {
    know_rows(checker, indicator, rows, known);
    claims_add(checker->session->arena, known, rows->where, false);
}

/* Of these that are known: whether the claim can hold too. */
static bool holds_with(Checker *checker, const Claims *known, const Expr *expr, bool negated) {
    Claims all = {0};
    for (size_t i = 0; i < known->len; i++)
        vec_push(checker->session->arena, &all, known->items[i]);
    claims_add(checker->session->arena, &all, expr, negated);
    return claims_can_hold(&all);
}

static bool is_optional(void *context, const Expr *expr) {
    (void)context;
    return expr->kind == EXPR_COLUMN && expr->as.column.column->optional;
}

/* Of a value that may be missing a condition is unknown, and so not always true. */
static bool can_be_unknown(const Expr *expr) {
    Walk walk = {.expr = is_optional};
    return walk_expr(&walk, expr);
}

static bool is_implied(Checker *checker, const Claims *known, const Expr *expr) {
    return !can_be_unknown(expr) && claims_can_hold(known) &&
           !holds_with(checker, known, expr, true);
}

/* ---- a numerator that is its denominator ---- */

/* Whether the rows are chosen by each part of the condition already. */
static bool meet_all(const Rowset *rows, const Expr *condition) {
    if (condition->kind != EXPR_AND)
        return rows_meet(rows, condition);
    for (size_t i = 0; i < condition->as.logic.terms_len; i++)
        if (!rows_meet(rows, condition->as.logic.terms[i]))
            return false;
    return true;
}

static bool is_whole(Checker *checker, const Indicator *indicator) {
    Claims known = {0};
    know_where(checker, indicator, indicator->denominator_rows, &known);
    return meet_all(indicator->denominator_rows, indicator->those) ||
           is_implied(checker, &known, indicator->those);
}

void check_numerator_is_denominator(Checker *checker, const Indicator *indicator) {
    Span at;
    if (indicator->shape == SHAPE_PROPORTION && is_whole(checker, indicator))
        at = indicator->those->span;
    else if (indicator->shape == SHAPE_RATIO &&
             quantity_same(indicator->numerator, indicator->denominator))
        at = indicator->numerator->span;
    else
        return;
    Diag *diag =
        check_say(checker, CHECK_numerator_is_denominator, at,
                  "the numerator of '%s' is its denominator: every row is in both", indicator->id);
    diag_help(diag, "write what sets the numerator apart, or take it out of the denominator");
}

/* ---- never true ---- */

typedef struct Look {
    Checker *checker;
    const Indicator *indicator;
    void (*at)(struct Look *look, const Expr *condition, const Claims *known);
} Look;

static void say_never(Look *look, const Expr *part, const Claim *other) {
    Diag *diag = check_say(look->checker, CHECK_never_true, part->span, "this can never be true%s",
                           !other          ? ""
                           : other->timing ? " of rows chosen by this date"
                                           : " beside the other condition");
    if (other)
        diag_note(diag, other->expr->span, "%s",
                  other->timing ? "the date that they are chosen by" : "the other condition");
    diag_note(diag, look->indicator->span, "in '%s'", look->indicator->id);
    diag_help(diag, "correct it: no row meets this, so that nothing is ever counted by it");
}

/* Which one of the claims is enough to exclude the condition; NULL: none alone. */
static const Claim *excluding(Look *look, const Claims *claims, const Expr *condition) {
    Arena *arena = look->checker->session->arena;
    Claims alone = {0};
    claims_add(arena, &alone, condition, false);
    if (!claims_can_hold(&alone))
        return NULL;
    for (size_t i = 0; i < claims->len; i++) {
        Claims two = {0};
        vec_push(arena, &two, claims->items[i]);
        claims_add(arena, &two, condition, false);
        if (!claims_can_hold(&two))
            return &claims->items[i];
    }
    return NULL;
}

/* The first part of an `and` with which it cannot hold, beside what is known and the parts before.
 */
static void blame(Look *look, const Expr *condition, const Claims *known) {
    Arena *arena = look->checker->session->arena;
    Claims so_far = {0};
    for (size_t i = 0; i < known->len; i++)
        vec_push(arena, &so_far, known->items[i]);
    for (size_t i = 0; i < condition->as.logic.terms_len; i++) {
        const Expr *part = condition->as.logic.terms[i];
        if (!holds_with(look->checker, &so_far, part, false)) {
            say_never(look, part, excluding(look, &so_far, part));
            return;
        }
        claims_add(arena, &so_far, part, false);
    }
}

static void look_never(Look *look, const Expr *condition, const Claims *known);

/* Branches of an `or` that cannot hold beside what stands around it. */
static void look_never_branches(Look *look, const Expr *condition, const Claims *known) {
    Arena *arena = look->checker->session->arena;
    size_t len = condition->as.logic.terms_len;
    for (size_t i = 0; i < len; i++) {
        Claims around = {0};
        for (size_t k = 0; k < known->len; k++)
            vec_push(arena, &around, known->items[k]);
        for (size_t j = 0; condition->kind == EXPR_AND && j < len; j++)
            if (j != i)
                claims_add(arena, &around, condition->as.logic.terms[j], false);
        const Expr *term = condition->as.logic.terms[i];
        if (term->kind == EXPR_AND || term->kind == EXPR_OR || condition->kind == EXPR_OR)
            look_never(look, term, &around);
    }
}

static void look_never(Look *look, const Expr *condition, const Claims *known) {
    if (!claims_can_hold(known))
        return;
    if (holds_with(look->checker, known, condition, false)) {
        if (condition->kind == EXPR_AND || condition->kind == EXPR_OR)
            look_never_branches(look, condition, known);
        return;
    }
    if (condition->kind == EXPR_AND)
        blame(look, condition, known);
    else
        say_never(look, condition, excluding(look, known, condition));
}

/* ---- always true ---- */

static void look_always(Look *look, const Expr *condition, const Claims *known) {
    Claims nothing = {0};
    if (is_implied(look->checker, known, condition)) {
        Diag *diag = check_say(
            look->checker, CHECK_always_true, condition->span, "this is always true%s",
            is_implied(look->checker, &nothing, condition) ? ""
                                                           : " of the rows that it is asked of");
        diag_note(diag, look->indicator->span, "in '%s'", look->indicator->id);
        diag_help(diag, "correct it, or leave it out: it changes nothing");
        return;
    }
    if (condition->kind != EXPR_AND && condition->kind != EXPR_OR)
        return;
    for (size_t i = 0; i < condition->as.logic.terms_len; i++)
        look_always(look, condition->as.logic.terms[i], &nothing);
}

/* ---- all conditions of an indicator ---- */

static bool look_at_rows(void *context, const Rowset *rows) {
    Look *look = context;
    if (!rows->where)
        return false;
    Claims known = {0};
    know_rows(look->checker, look->indicator, rows, &known);
    look->at(look, rows->where, &known);
    return false;
}

static void look_at_part(Look *look, const Rowset *rows, const Expr *condition, const Expr *those) {
    if (!condition || !rows)
        return;
    Claims known = {0};
    know_where(look->checker, look->indicator, rows, &known);
    claims_add(look->checker->session->arena, &known, those, false);
    look->at(look, condition, &known);
}

static void look_at_all(Look *look) {
    const Indicator *indicator = look->indicator;
    Walk walk = {.rows = look_at_rows, .context = look};
    walk_indicator(&walk, indicator);
    if (indicator->shape == SHAPE_PROPORTION)
        look_at_part(look, indicator->denominator_rows, indicator->those, NULL);
    for (size_t i = 0; i < indicator->excludes_len; i++)
        look_at_part(look, indicator->excludes[i].rows, indicator->excludes[i].condition, NULL);
    for (size_t i = 0; i < indicator->parts_len; i++)
        look_at_part(look, indicator->parts[i].rows, indicator->parts[i].condition,
                     indicator->shape == SHAPE_PROPORTION ? indicator->those : NULL);
    for (size_t i = 0; i < indicator->benchmarks_len; i++)
        look_at_part(look, indicator->benchmarks[i].only_rows, indicator->benchmarks[i].only_where,
                     NULL);
}

void check_never_true(Checker *checker, const Indicator *indicator) {
    Look look = {checker, indicator, look_never};
    look_at_all(&look);
}

void check_always_true(Checker *checker, const Indicator *indicator) {
    Look look = {checker, indicator, look_always};
    look_at_all(&look);
}
