/* Conditions in words. Inside another, a condition of several parts stands in brackets, so that no
 * reader has to guess how far an "and" reaches. */
#include "wording/phrases.h"

/* ---- comparisons ---- */

/* "is on or before": by what is compared. */
static const char *comparison_phrase(ComparisonOp op, TypeKind type) {
    static const char *const of_dates[] = {"is on",           "is not on", "is before",
                                           "is on or before", "is after",  "is on or after"};
    static const char *const of_values[] = {"is",         "is not",       "is less than",
                                            "is at most", "is more than", "is at least"};
    return type == TYPE_DATE ? of_dates[op] : of_values[op];
}

static void add_comparison(Phrase *p, const Expr *expr) {
    const Expr *left = expr->as.comparison.left, *right = expr->as.comparison.right;
    phrase_any(p, left);
    strbuf_addf(p->out, " %s ", comparison_phrase(expr->as.comparison.op, left->type.kind));
    phrase_any(p, right);
    if (left->kind == EXPR_COLUMN && left->type.unit && right->kind == EXPR_CONSTANT)
        strbuf_addf(p->out, " %s", left->type.unit);
}

static void add_elapsed(Phrase *p, const Expr *expr) {
    static const char *const words[] = {"exactly", "not exactly", "less than",
                                        "at most", "more than",   "at least"};
    strbuf_addf(p->out, "%s ", words[expr->as.elapsed.op]);
    phrase_value(p, expr->as.elapsed.duration);
    strbuf_add(p->out, " passed from ");
    phrase_value(p, expr->as.elapsed.from);
    strbuf_add(p->out, " to ");
    phrase_value(p, expr->as.elapsed.to);
}

static void add_between(Phrase *p, const Expr *expr) {
    phrase_value(p, expr->as.between.value);
    strbuf_add(p->out, " is between ");
    phrase_value(p, expr->as.between.low);
    strbuf_add(p->out, " and ");
    phrase_value(p, expr->as.between.high);
    strbuf_add(p->out, ", these two included");
}

/* D within N before X: D <= X <= D + N. After: X <= D <= X + N. In N to X: D <= X < D + N. */
static void add_within(Phrase *p, const Expr *expr) {
    bool span = expr->kind == EXPR_IN_SPAN;
    bool before = span || expr->as.within.before;
    phrase_value(p, expr->as.within.date);
    strbuf_addf(p->out, " is on the day of, or %s ", span ? "less than" : "at most");
    phrase_value(p, expr->as.within.duration);
    strbuf_add(p->out, before ? " before, " : " after, ");
    phrase_value(p, expr->as.within.anchor);
}

static void add_in(Phrase *p, const Expr *expr) {
    phrase_value(p, expr->as.in.value);
    strbuf_add(p->out, expr->as.in.negated ? " is not " : " is ");
    phrase_members(p, expr->as.in.codes, expr->as.in.items, expr->as.in.items_len,
                   expr->as.in.value->type.kind);
}

static void add_missing(Phrase *p, const Expr *expr) {
    phrase_value(p, expr->as.missing.value);
    strbuf_add(p->out, expr->as.missing.negated ? " is filled in" : " is missing");
}

static void add_exists(Phrase *p, const Expr *expr) {
    const Rowset *rows = expr->as.exists.rows;
    bool another = rows->another_of != NULL;
    strbuf_add(p->out, expr->as.exists.none ? "there is no "
                       : another            ? "there is another "
                                            : "there is a ");
    if (another && expr->as.exists.none)
        strbuf_add(p->out, "other ");
    phrase_rows(p, rows, false);
}

/* ---- logic ---- */

static bool is_wide(const Expr *expr) {
    return expr->kind == EXPR_AND || expr->kind == EXPR_OR || expr->kind == EXPR_EXISTS ||
           expr->kind == EXPR_NOT;
}

static void add_term(Phrase *p, const Expr *expr, bool bracketed) {
    strbuf_add(p->out, bracketed ? "(" : "");
    phrase_condition(p, expr);
    strbuf_add(p->out, bracketed ? ")" : "");
}

/* The last of several needs no brackets, for nothing follows it; the brackets around the whole are
 * those of whoever asked. */
static void add_logic(Phrase *p, const Expr *expr) {
    bool either = expr->kind == EXPR_OR;
    strbuf_add(p->out, either ? "either " : "");
    for (size_t i = 0; i < expr->as.logic.terms_len; i++) {
        const Expr *term = expr->as.logic.terms[i];
        bool last = i + 1 == expr->as.logic.terms_len;
        if (i > 0)
            strbuf_add(p->out, either ? ", or " : ", and ");
        add_term(p, term, is_wide(term) && (either || !last));
    }
}

/* A column of yes and no is a condition by itself. */
static bool is_plain_yes_no(const Expr *expr) {
    return expr->kind == EXPR_COLUMN || expr->kind == EXPR_CONSTANT;
}

static void add_yes_no(Phrase *p, const Expr *expr, bool yes) {
    phrase_value(p, expr);
    strbuf_add(p->out, yes ? " is yes" : " is no");
}

static void add_not(Phrase *p, const Expr *expr) {
    if (is_plain_yes_no(expr->as.operand)) {
        add_yes_no(p, expr->as.operand, false);
        return;
    }
    strbuf_add(p->out, "it is not so that ");
    add_term(p, expr->as.operand, true);
}

/* dispatch */
void phrase_condition(Phrase *p, const Expr *expr) {
    switch (expr->kind) {
    case EXPR_COMPARISON:
        add_comparison(p, expr);
        return;
    case EXPR_ELAPSED:
        add_elapsed(p, expr);
        return;
    case EXPR_BETWEEN:
        add_between(p, expr);
        return;
    case EXPR_WITHIN:
    case EXPR_IN_SPAN:
        add_within(p, expr);
        return;
    case EXPR_IN:
        add_in(p, expr);
        return;
    case EXPR_IS_MISSING:
        add_missing(p, expr);
        return;
    case EXPR_EXISTS:
        add_exists(p, expr);
        return;
    case EXPR_NOT:
        add_not(p, expr);
        return;
    case EXPR_AND:
    case EXPR_OR:
        add_logic(p, expr);
        return;
    case EXPR_CONSTANT:
    case EXPR_COLUMN:
    case EXPR_DURATION:
    case EXPR_ROW:
    case EXPR_PERIOD_WORD:
    case EXPR_NEGATE:
    case EXPR_ARITHMETIC:
    case EXPR_DATE_SHIFT:
    case EXPR_QUANTITY:
    case EXPR_INDICATOR:
    case EXPR_FUNCTION:
        add_yes_no(p, expr, true);
        return;
    }
}

void phrase_any(Phrase *p, const Expr *expr) {
    if (expr->type.kind == TYPE_BOOLEAN && !is_plain_yes_no(expr)) {
        strbuf_add(p->out, "whether ");
        phrase_condition(p, expr);
        return;
    }
    phrase_value(p, expr);
}
