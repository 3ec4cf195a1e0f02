/* Codes outside the years in which they are valid. */
#include <string.h>

#include "check/checker.h"
#include "check/reasoning.h"
#include "sema/walk.h"

typedef struct Search {
    Checker *checker;
    const Indicator *indicator;
    const Rowset *rows;
    const Expr *those; /* what else the rows meet; or NULL */
} Search;

/* ---- claims about the date of a row ---- */

static const Expr *constant(Arena *arena, Value value, Type type) {
    Expr *expr = arena_alloc(arena, sizeof *expr);
    *expr = (Expr){.kind = EXPR_CONSTANT, .type = type};
    expr->as.constant = value;
    return expr;
}

static void claim(Arena *arena, Claims *claims, const Expr *left, ComparisonOp op, Value right) {
    Expr *expr = arena_alloc(arena, sizeof *expr);
    *expr = (Expr){.kind = EXPR_COMPARISON, .type = {.kind = TYPE_BOOLEAN}};
    expr->as.comparison.op = op;
    expr->as.comparison.left = left;
    expr->as.comparison.right = constant(arena, right, left->type);
    claims_add(arena, claims, expr, false);
}

/* The days on which a row of the source can stand. */
static void claim_covers(Arena *arena, Claims *claims, const Rowset *rows) {
    if (!rows->source->has_covers)
        return;
    claim(arena, claims, rows->start, COMPARISON_LESS_EQUAL, value_date(rows->source->covers_to));
    if (rows->timing == TIMING_DATED)
        claim(arena, claims, rows->start, COMPARISON_GREATER_EQUAL,
              value_date(rows->source->covers_from));
}

static void claim_years(Arena *arena, Claims *claims, const Rowset *rows, const CodeEntry *entry) {
    if (entry->has_from)
        claim(arena, claims, rows->start, COMPARISON_GREATER_EQUAL, value_date(entry->from));
    if (entry->has_to)
        claim(arena, claims, rows->start, COMPARISON_LESS_EQUAL, value_date(entry->to));
}

/* ---- a code that a condition names ---- */

static void say_years(StrBuf *out, const CodeEntry *entry) {
    strbuf_add(out, "valid");
    if (entry->has_from) {
        strbuf_add(out, " from ");
        date_print_long(out, entry->from);
    }
    if (entry->has_to) {
        strbuf_add(out, " to ");
        date_print_long(out, entry->to);
    }
}

static void look_at_code(const Search *search, const Expr *condition, const Expr *value,
                         Value code) {
    const CodeSet *codes = value->type.codes;
    int place = codes && code.kind == VALUE_TEXT ? codes_find(codes, code.as.text) : -1;
    if (place < 0)
        return;
    const CodeEntry *entry = &codes->entries[place];
    if (!entry->has_from && !entry->has_to)
        return;
    Arena *arena = search->checker->session->arena;
    Claims claims = {0};
    claims_add(arena, &claims, search->rows->where, false);
    claims_add(arena, &claims, search->those, false);
    claim(arena, &claims, value, COMPARISON_EQUAL, code);
    claim_covers(arena, &claims, search->rows);
    if (!claims_can_hold(&claims))
        return;
    claim_years(arena, &claims, search->rows, entry);
    if (claims_can_hold(&claims))
        return;
    StrBuf years = {0};
    say_years(&years, entry);
    Diag *diag = check_say(search->checker, CHECK_code_outside_years, condition->span,
                           "the code '%s' is %s, and no row that is counted here is of that time",
                           code.as.text, strbuf_text(&years));
    diag_note(diag, entry->span, "declared here");
    diag_help(diag, "name the code that is valid then, or correct its years");
    strbuf_fini(&years);
}

static bool is_of_rows(const Search *search, const Expr *value) {
    return value->kind == EXPR_COLUMN && value->as.column.row->kind == EXPR_ROW &&
           value->as.column.row->as.row == search->rows->row;
}

static bool look_at_expr(void *context, const Expr *expr) {
    const Search *search = context;
    if (expr->kind == EXPR_COMPARISON && expr->as.comparison.op == COMPARISON_EQUAL) {
        const Expr *left = expr->as.comparison.left, *right = expr->as.comparison.right;
        if (is_of_rows(search, left) && right->kind == EXPR_CONSTANT)
            look_at_code(search, expr, left, right->as.constant);
    } else if (expr->kind == EXPR_IN && !expr->as.in.codes &&
               is_of_rows(search, expr->as.in.value)) {
        for (size_t i = 0; i < expr->as.in.items_len; i++)
            look_at_code(search, expr, expr->as.in.value, expr->as.in.items[i]);
    }
    return false;
}

static bool look_at_rows(void *context, const Rowset *rows) {
    Search search = *(const Search *)context;
    Walk walk = {.expr = look_at_expr, .context = &search};
    search.rows = rows;
    if (!rows->start)
        return false;
    walk_expr(&walk, rows->where);
    if (search.indicator->shape == SHAPE_PROPORTION && rows == search.indicator->denominator_rows) {
        search.those = search.indicator->those;
        walk_expr(&walk, search.those);
    }
    return false;
}

void check_code_outside_years(Checker *checker, const Indicator *indicator) {
    Search search = {.checker = checker, .indicator = indicator};
    Walk walk = {.rows = look_at_rows, .context = &search};
    walk_indicator(&walk, indicator);
}
