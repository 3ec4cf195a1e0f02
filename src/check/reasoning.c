#include "check/reasoning.h"

#include <string.h>

#include "base/strbuf.h"
#include "plan/expr_print.h"

/* The search is given up after so many steps: then everything may hold. */
enum { MOST_STEPS = 20000 };

/* ---- facts: what one condition says of one value ---- */

typedef enum FactKind {
    FACT_HOLDS,   /* a condition that is not understood: true or false */
    FACT_RANGE,   /* low and high, where present */
    FACT_NOT,     /* another value than `low` */
    FACT_LIST,    /* one of the values, or none of them */
    FACT_CODES,   /* in a code set, or not in it */
    FACT_MISSING, /* missing, or not */
    FACT_ORDER    /* how the first of two values stands to the second */
} FactKind;

enum { ORDER_LESS = 1, ORDER_EQUAL = 2, ORDER_GREATER = 4 };

typedef struct Fact {
    FactKind kind;
    const char *about; /* the value, as the language writes it */
    const Expr *expr;  /* the value; NULL: of no single one */
    bool yes;          /* HOLDS, LIST, CODES, MISSING */
    bool has_low, has_high, low_open, high_open;
    Value low, high;
    const Value *items;
    size_t items_len;
    const CodeSet *codes;
    unsigned order;
    const struct Fact *before;
} Fact;

typedef struct Pending {
    Claim claim;
    const struct Pending *next;
} Pending;

typedef struct Search {
    Arena *arena;
    size_t steps;
} Search;

static bool can_hold(Search *s, const Pending *pending, const Fact *facts);

/* ---- values ---- */

static const char *words_of(Search *s, const Expr *expr) {
    StrBuf text = {0};
    ExprPrinter printer = {.out = &text};
    printer_expr(&printer, expr);
    const char *words = arena_copy_text(s->arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return words;
}

static bool is_open_date(const Expr *expr) {
    return expr && expr->type.kind == TYPE_DATE && expr->type.open;
}

/* An open date that is missing is later than every date; any other comparison needs the value. */
static bool needs_value(const Fact *fact) {
    if (fact->kind == FACT_MISSING)
        return !fact->yes;
    if (fact->kind == FACT_HOLDS || fact->kind == FACT_ORDER)
        return false;
    if (!is_open_date(fact->expr))
        return true;
    bool later = fact->kind == FACT_NOT || (fact->kind == FACT_LIST && !fact->yes) ||
                 (fact->kind == FACT_RANGE && !fact->has_high);
    return !later;
}

static bool list_has(const Value *items, size_t len, Value value) {
    for (size_t i = 0; i < len; i++)
        if (items[i].kind == value.kind && value_compare(items[i], value) == 0)
            return true;
    return false;
}

static bool in_range(const Fact *fact, Value value) {
    int low = fact->has_low ? value_compare(value, fact->low) : 1;
    int high = fact->has_high ? value_compare(value, fact->high) : -1;
    return (low > 0 || (low == 0 && !fact->low_open)) &&
           (high < 0 || (high == 0 && !fact->high_open));
}

/* Whether the value is one that the fact allows. */
static bool allows(const Fact *fact, Value value) {
    switch (fact->kind) {
    case FACT_HOLDS:
    case FACT_ORDER:
        return true;
    case FACT_MISSING:
        return !fact->yes;
    case FACT_RANGE:
        return in_range(fact, value);
    case FACT_NOT:
        return value_compare(fact->low, value) != 0;
    case FACT_LIST:
        return list_has(fact->items, fact->items_len, value) == fact->yes;
    case FACT_CODES:
        return (codes_find(fact->codes, value.as.text) >= 0) == fact->yes;
    }
    return true;
}

/* ---- all facts about one value together ---- */

static bool same_about(const Fact *a, const Fact *b) {
    return strcmp(a->about, b->about) == 0;
}

static bool all_allow(const Fact *facts, const Fact *about, Value value) {
    for (const Fact *fact = facts; fact; fact = fact->before)
        if (same_about(fact, about) && !allows(fact, value))
            return false;
    return true;
}

/* Of a fact that leaves few values: whether one of them is allowed by all. */
static bool some_allowed(const Fact *facts, const Fact *few) {
    if (few->kind == FACT_LIST) {
        for (size_t i = 0; i < few->items_len; i++)
            if (all_allow(facts, few, few->items[i]))
                return true;
        return false;
    }
    for (size_t i = 0; i < few->codes->entries_len; i++)
        if (all_allow(facts, few, value_text(few->codes->entries[i].code)))
            return true;
    return false;
}

/* A whole number above 4 is at least 5, a day after another at least the next. */
static void close_ends(Fact *range) {
    if (range->expr->type.kind == TYPE_DATE) {
        if (range->has_low && range->low_open && range->low.as.date < DATE_MAX)
            range->low.as.date++, range->low_open = false;
        if (range->has_high && range->high_open && range->high.as.date > DATE_MIN)
            range->high.as.date--, range->high_open = false;
        return;
    }
    bool whole = range->expr->type.kind == TYPE_INTEGER;
    Num one = num_of_int(1);
    if (whole && range->has_low && range->low_open && num_is_integer(range->low.as.number))
        range->low_open = !num_add(range->low.as.number, one, &range->low.as.number);
    if (whole && range->has_high && range->high_open && num_is_integer(range->high.as.number))
        range->high_open = !num_subtract(range->high.as.number, one, &range->high.as.number);
}

static void narrow(Fact *range, const Fact *by) {
    if (by->has_low) {
        int order = range->has_low ? value_compare(by->low, range->low) : 1;
        if (order > 0 || (order == 0 && by->low_open)) {
            range->low = by->low;
            range->low_open = by->low_open;
        }
        range->has_low = true;
    }
    if (by->has_high) {
        int order = range->has_high ? value_compare(by->high, range->high) : -1;
        if (order < 0 || (order == 0 && by->high_open)) {
            range->high = by->high;
            range->high_open = by->high_open;
        }
        range->has_high = true;
    }
}

static bool ranges_meet(const Fact *facts, const Fact *about) {
    Fact range = *about;
    for (const Fact *fact = facts; fact; fact = fact->before)
        if (fact->kind == FACT_RANGE && same_about(fact, about))
            narrow(&range, fact);
    close_ends(&range);
    if (!range.has_low || !range.has_high)
        return true;
    int order = value_compare(range.low, range.high);
    if (order == 0)
        return !range.low_open && !range.high_open && all_allow(facts, about, range.low);
    return order < 0;
}

static bool same_kind_agrees(const Fact *facts, const Fact *about) {
    unsigned order = ORDER_LESS | ORDER_EQUAL | ORDER_GREATER;
    bool missing = false, present = false;
    for (const Fact *fact = facts; fact; fact = fact->before) {
        if (!same_about(fact, about))
            continue;
        if (fact->kind == FACT_HOLDS && about->kind == FACT_HOLDS && fact->yes != about->yes)
            return false;
        if (fact->kind == FACT_ORDER)
            order &= fact->order;
        missing = missing || (fact->kind == FACT_MISSING && fact->yes);
        present = present || needs_value(fact);
    }
    return order != 0 && !(missing && present);
}

/* Whether the newest fact can be true beside the others about its value. */
static bool agrees(const Fact *facts) {
    if (!same_kind_agrees(facts, facts))
        return false;
    for (const Fact *fact = facts; fact; fact = fact->before) {
        if (!same_about(fact, facts))
            continue;
        if (((fact->kind == FACT_LIST || fact->kind == FACT_CODES) && fact->yes &&
             !some_allowed(facts, fact)) ||
            (fact->kind == FACT_RANGE && !ranges_meet(facts, fact)))
            return false;
    }
    return true;
}

/* ---- what a value can be at all ---- */

static const Fact *push(Search *s, const Fact *facts, Fact fact) {
    Fact *kept = arena_alloc(s->arena, sizeof *kept);
    *kept = fact;
    kept->before = facts;
    return kept;
}

static Fact range_from(Value low) {
    return (Fact){.kind = FACT_RANGE, .has_low = true, .low = low};
}

/* An age and a count are not below 0, a month is 1 to 12, a code is one of its set. */
static const Fact *push_universe(Search *s, const Fact *facts, const char *about,
                                 const Expr *expr) {
    Fact fact = {.kind = FACT_HOLDS};
    const CodeSet *codes = expr->type.kind == TYPE_TEXT ? expr->type.codes : NULL;
    if (expr->kind == EXPR_FUNCTION && expr->as.call.function == FUNCTION_AGE) {
        fact = range_from(value_int(0));
    } else if (expr->kind == EXPR_FUNCTION && expr->as.call.function == FUNCTION_MONTH) {
        fact = range_from(value_int(1));
        fact.has_high = true;
        fact.high = value_int(12);
    } else if (expr->kind == EXPR_QUANTITY &&
               (expr->as.quantity->kind == QUANTITY_COUNT ||
                expr->as.quantity->kind == QUANTITY_COUNT_DISTINCT)) {
        fact = range_from(value_int(0));
    } else if (codes && !codes->damaged && codes->entries_len > 0) {
        fact = (Fact){.kind = FACT_CODES, .yes = true, .codes = codes};
    } else {
        return facts;
    }
    fact.about = about;
    fact.expr = expr;
    return push(s, facts, fact);
}

/* ---- conditions as facts ---- */

static bool is_constant(const Expr *expr) {
    return expr->kind == EXPR_CONSTANT && expr->as.constant.kind != VALUE_MISSING;
}

static ComparisonOp turned(ComparisonOp op) {
    static const ComparisonOp other[] = {COMPARISON_EQUAL,   COMPARISON_NOT_EQUAL,
                                         COMPARISON_GREATER, COMPARISON_GREATER_EQUAL,
                                         COMPARISON_LESS,    COMPARISON_LESS_EQUAL};
    return other[op];
}

static ComparisonOp denied(ComparisonOp op) {
    static const ComparisonOp other[] = {COMPARISON_NOT_EQUAL,     COMPARISON_EQUAL,
                                         COMPARISON_GREATER_EQUAL, COMPARISON_GREATER,
                                         COMPARISON_LESS_EQUAL,    COMPARISON_LESS};
    return other[op];
}

static unsigned order_of(ComparisonOp op) {
    static const unsigned orders[] = {ORDER_EQUAL,   ORDER_LESS | ORDER_GREATER,
                                      ORDER_LESS,    ORDER_LESS | ORDER_EQUAL,
                                      ORDER_GREATER, ORDER_GREATER | ORDER_EQUAL};
    return orders[op];
}

/* `value OP constant` as a fact; texts have no order here. */
static bool fact_of_comparison(ComparisonOp op, Value constant, Fact *fact) {
    if (op == COMPARISON_NOT_EQUAL) {
        *fact = (Fact){.kind = FACT_NOT, .low = constant};
        return true;
    }
    if (constant.kind == VALUE_TEXT || constant.kind == VALUE_BOOL)
        return false;
    bool low = op == COMPARISON_GREATER || op == COMPARISON_GREATER_EQUAL || op == COMPARISON_EQUAL;
    bool high = op == COMPARISON_LESS || op == COMPARISON_LESS_EQUAL || op == COMPARISON_EQUAL;
    *fact = (Fact){.kind = FACT_RANGE,
                   .has_low = low,
                   .has_high = high,
                   .low_open = op == COMPARISON_GREATER,
                   .high_open = op == COMPARISON_LESS,
                   .low = constant,
                   .high = constant};
    return true;
}

static bool add_fact(Search *s, const Pending *rest, const Fact *facts, const char *about,
                     const Expr *value, Fact fact) {
    fact.about = about;
    fact.expr = value;
    if (value)
        facts = push_universe(s, facts, about, value);
    facts = push(s, facts, fact);
    return agrees(facts) && can_hold(s, rest, facts);
}

/* A condition that is not understood: it is what it is wherever it stands in the same words. */
static bool add_opaque(Search *s, const Pending *rest, const Fact *facts, Claim claim) {
    return add_fact(s, rest, facts, words_of(s, claim.expr), NULL,
                    (Fact){.kind = FACT_HOLDS, .yes = !claim.negated});
}

static bool add_order(Search *s, const Pending *rest, const Fact *facts, const Expr *left,
                      const Expr *right, ComparisonOp op) {
    const char *a = words_of(s, left), *b = words_of(s, right);
    int order = strcmp(a, b);
    unsigned holds = order_of(order > 0 ? turned(op) : op);
    if (order == 0)
        holds &= ORDER_EQUAL;
    const char *about = order > 0 ? arena_printf(s->arena, "%s ? %s", b, a)
                                  : arena_printf(s->arena, "%s ? %s", a, b);
    return add_fact(s, rest, facts, about, NULL, (Fact){.kind = FACT_ORDER, .order = holds});
}

static bool add_comparison(Search *s, const Pending *rest, const Fact *facts, Claim claim) {
    const Expr *left = claim.expr->as.comparison.left, *right = claim.expr->as.comparison.right;
    ComparisonOp op = claim.expr->as.comparison.op;
    if (claim.negated)
        op = denied(op);
    if (is_constant(left)) {
        const Expr *swapped = left;
        left = right;
        right = swapped;
        op = turned(op);
    }
    if (!is_constant(right))
        return add_order(s, rest, facts, left, right, op);
    Fact fact;
    Value constant = right->as.constant;
    if (op == COMPARISON_EQUAL && constant.kind == VALUE_TEXT)
        fact = (Fact){.kind = FACT_LIST, .yes = true, .items = &right->as.constant, .items_len = 1};
    else if (!fact_of_comparison(op, constant, &fact))
        return add_opaque(s, rest, facts, claim);
    return add_fact(s, rest, facts, words_of(s, left), left, fact);
}

/* `elapsed A to B >= 2 years`: the duration between the two, in months or in days. */
static bool add_elapsed(Search *s, const Pending *rest, const Fact *facts, Claim claim) {
    const Expr *duration = claim.expr->as.elapsed.duration;
    ComparisonOp op = claim.expr->as.elapsed.op;
    if (duration->kind != EXPR_DURATION)
        return add_opaque(s, rest, facts, claim);
    const char *about =
        arena_printf(s->arena, "elapsed %s to %s in %d", words_of(s, claim.expr->as.elapsed.from),
                     words_of(s, claim.expr->as.elapsed.to), (int)duration->as.duration.kind);
    Fact fact;
    fact_of_comparison(claim.negated ? denied(op) : op, value_int(duration->as.duration.amount),
                       &fact);
    return add_fact(s, rest, facts, about, claim.expr, fact);
}

static bool add_between(Search *s, const Pending *rest, const Fact *facts, Claim claim) {
    const Expr *value = claim.expr->as.between.value;
    const Expr *low = claim.expr->as.between.low, *high = claim.expr->as.between.high;
    if (!is_constant(low) || !is_constant(high) || low->type.kind == TYPE_TEXT)
        return add_opaque(s, rest, facts, claim);
    const char *about = words_of(s, value);
    if (!claim.negated)
        return add_fact(s, rest, facts, about, value,
                        (Fact){.kind = FACT_RANGE,
                               .has_low = true,
                               .has_high = true,
                               .low = low->as.constant,
                               .high = high->as.constant});
    Fact below = {
        .kind = FACT_RANGE, .has_high = true, .high_open = true, .high = low->as.constant};
    Fact above = {.kind = FACT_RANGE, .has_low = true, .low_open = true, .low = high->as.constant};
    return add_fact(s, rest, facts, about, value, below) ||
           add_fact(s, rest, facts, about, value, above);
}

static bool add_in(Search *s, const Pending *rest, const Fact *facts, Claim claim) {
    const Expr *in = claim.expr;
    Fact fact = {.yes = in->as.in.negated == claim.negated};
    if (in->as.in.codes && in->as.in.codes->damaged)
        return add_opaque(s, rest, facts, claim);
    fact.kind = in->as.in.codes ? FACT_CODES : FACT_LIST;
    fact.codes = in->as.in.codes;
    fact.items = in->as.in.items;
    fact.items_len = in->as.in.items_len;
    return add_fact(s, rest, facts, words_of(s, in->as.in.value), in->as.in.value, fact);
}

static bool add_missing(Search *s, const Pending *rest, const Fact *facts, Claim claim) {
    const Expr *value = claim.expr->as.missing.value;
    bool yes = claim.expr->as.missing.negated == claim.negated;
    return add_fact(s, rest, facts, words_of(s, value), value,
                    (Fact){.kind = FACT_MISSING, .yes = yes});
}

/* `exists ROWS` and `none ROWS` are each other's contrary. */
static bool add_exists(Search *s, const Pending *rest, const Fact *facts, Claim claim) {
    StrBuf text = {0};
    ExprPrinter printer = {.out = &text};
    strbuf_add(&text, claim.expr->as.exists.rows->another_of ? "exists another " : "exists ");
    printer_rowset(&printer, claim.expr->as.exists.rows);
    const char *about = arena_copy_text(s->arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return add_fact(s, rest, facts, about, NULL,
                    (Fact){.kind = FACT_HOLDS, .yes = claim.expr->as.exists.none == claim.negated});
}

/* All terms of an `and`, or one of those of an `or`. */
static bool add_logic(Search *s, const Pending *rest, const Fact *facts, Claim claim) {
    bool all = (claim.expr->kind == EXPR_AND) != claim.negated;
    size_t len = claim.expr->as.logic.terms_len;
    for (size_t i = 0; i < len; i++) {
        Pending *term = arena_alloc(s->arena, sizeof *term);
        *term = (Pending){{claim.expr->as.logic.terms[i], claim.negated, false}, rest};
        if (all)
            rest = term;
        else if (can_hold(s, term, facts))
            return true;
    }
    return all && can_hold(s, rest, facts);
}

/* dispatch */
static bool can_hold(Search *s, const Pending *pending, const Fact *facts) {
    if (!pending || s->steps++ > MOST_STEPS)
        return true;
    Claim claim = pending->claim;
    const Pending *rest = pending->next;
    switch ((int)claim.expr->kind) {
    case EXPR_AND:
    case EXPR_OR:
        return add_logic(s, rest, facts, claim);
    case EXPR_NOT: {
        Pending inner = {{claim.expr->as.operand, !claim.negated, false}, rest};
        return can_hold(s, &inner, facts);
    }
    case EXPR_COMPARISON:
        return add_comparison(s, rest, facts, claim);
    case EXPR_ELAPSED:
        return add_elapsed(s, rest, facts, claim);
    case EXPR_BETWEEN:
        return add_between(s, rest, facts, claim);
    case EXPR_IN:
        return add_in(s, rest, facts, claim);
    case EXPR_IS_MISSING:
        return add_missing(s, rest, facts, claim);
    case EXPR_EXISTS:
        return add_exists(s, rest, facts, claim);
    }
    return add_opaque(s, rest, facts, claim);
}

bool claims_can_hold(const Claims *claims) {
    Search search = {.arena = arena_new()};
    const Pending *pending = NULL;
    for (size_t i = claims->len; i > 0; i--) {
        Pending *next = arena_alloc(search.arena, sizeof *next);
        *next = (Pending){claims->items[i - 1], pending};
        pending = next;
    }
    bool can = can_hold(&search, pending, NULL);
    arena_free(search.arena);
    return can;
}

/* ---- claims ---- */

void claims_add(Arena *arena, Claims *claims, const Expr *expr, bool negated) {
    Claim claim = {.expr = expr, .negated = negated};
    if (expr)
        vec_push(arena, claims, claim);
}

/* `date OP period end`, and the like. */
static void add_timing(Arena *arena, Claims *out, const Expr *date, ComparisonOp op,
                       PeriodWord word) {
    Expr *day = arena_alloc(arena, sizeof *day);
    Expr *comparison = arena_alloc(arena, sizeof *comparison);
    *day = (Expr){.kind = EXPR_PERIOD_WORD, .type = {.kind = TYPE_DATE}, .span = date->span};
    day->as.period_word = word;
    *comparison =
        (Expr){.kind = EXPR_COMPARISON, .type = {.kind = TYPE_BOOLEAN}, .span = date->span};
    comparison->as.comparison.op = op;
    comparison->as.comparison.left = date;
    comparison->as.comparison.right = day;
    Claim claim = {.expr = comparison, .timing = true};
    vec_push(arena, out, claim);
}

void claims_of_timing(Arena *arena, const Rowset *rows, bool on_a_day, Claims *out) {
    if (rows->timing == TIMING_NONE)
        return;
    add_timing(arena, out, rows->start, COMPARISON_LESS_EQUAL, PERIOD_WORD_END);
    if (rows->timing == TIMING_HELD)
        add_timing(arena, out, rows->end, COMPARISON_GREATER, PERIOD_WORD_END);
    if (on_a_day)
        return;
    if (rows->timing == TIMING_DATED)
        add_timing(arena, out, rows->start, COMPARISON_GREATER_EQUAL, PERIOD_WORD_START);
    if (rows->timing == TIMING_ACTIVE)
        add_timing(arena, out, rows->end, COMPARISON_GREATER_EQUAL, PERIOD_WORD_START);
}
