/* Conditions on one date of a row and the window: looked up by day.
 *
 * a op b, where a is made of one date of the row (the date, the date plus a duration, an age) and b
 * of no row. For each window there are at most four days at which the answer changes; they are
 * found by bisection, with the exact arithmetic of single values, and all windows together become
 * one table from day to mask. Outside of the table the answer is that of its nearest end.
 */
#include <string.h>

#include "engine/native/native.h"

struct DayTable {
    Date from, to;
    Mask *yes, *maybe; /* by day; maybe NULL: none */
    Mask missing_yes, missing_maybe;
    Mask not_yet_yes, not_yet_maybe;
};

/* ---- one comparison ---- */

#define UNKNOWN_BELOW (-2)
#define UNKNOWN_ABOVE 2

typedef struct Side {
    const Node *a, *b;
    ComparisonOp op;
    int bit;
    Outcome limit;
    int unknown; /* the rank of days without a value: at the low or at the high end */
} Side;

/* Grows with the day: unknown, below, equal, above, unknown. */
static int rank_of(const Side *side, Date day) {
    Outcome value = node_at(side->a, day, side->bit);
    if (value.kind != OUTCOME_KNOWN)
        return side->unknown;
    return side->a->direction * value_compare(value.value, side->limit.value);
}

/* The first day from low to high + 1 whose rank is at least that. */
static int64_t first_with(const Side *side, int rank, int64_t low, int64_t high) {
    int64_t end = high + 1;
    while (low < end) {
        int64_t middle = low + (end - low) / 2;
        if (rank_of(side, (Date)middle) < rank)
            low = middle + 1;
        else
            end = middle;
    }
    return low;
}

static Truth truth_of_order(const Side *side, int order) {
    Outcome a = outcome_known(value_int(order)), b = outcome_known(value_int(0));
    return compare_outcomes(side->op, &a, &b);
}

typedef struct Segment {
    int64_t from; /* to the next one's */
    Truth truth;
} Segment;

#define SEGMENTS 5

/* The days from low on, cut where the answer changes. */
static void cut(Side *side, int64_t low, int64_t high, Segment out[SEGMENTS]) {
    int direction = side->a->direction;
    Outcome least = node_at(side->a, (Date)low, side->bit);
    side->unknown = least.kind == OUTCOME_KNOWN ? UNKNOWN_ABOVE : UNKNOWN_BELOW;
    int64_t from = low;
    for (int rank = UNKNOWN_BELOW; rank <= UNKNOWN_ABOVE; rank++) {
        if (rank > UNKNOWN_BELOW)
            from = first_with(side, rank, from, high);
        bool unknown = rank == UNKNOWN_BELOW || rank == UNKNOWN_ABOVE;
        out[rank + 2] =
            (Segment){from, unknown ? TRUTH_UNKNOWN : truth_of_order(side, direction * rank)};
    }
}

/* Which windows answer how to one that is missing. */
static void answer_missing(const Side *side, Outcome missing, Mask *yes, Mask *maybe) {
    Truth truth = compare_outcomes(side->op, &missing, &side->limit);
    if (truth == TRUTH_TRUE)
        *yes |= (Mask)1 << side->bit;
    else if (truth == TRUTH_UNKNOWN)
        *maybe |= (Mask)1 << side->bit;
}

static void add_bit(DayTable *table, const Segment *segments, int bit) {
    for (int s = 0; s < SEGMENTS; s++) {
        int64_t end = s + 1 < SEGMENTS ? segments[s + 1].from : (int64_t)table->to + 1;
        Mask *of = segments[s].truth == TRUTH_TRUE      ? table->yes
                   : segments[s].truth == TRUTH_UNKNOWN ? table->maybe
                                                        : NULL;
        if (!of || segments[s].from >= end)
            continue;
        of[segments[s].from - table->from] ^= (Mask)1 << bit;
        of[end - table->from] ^= (Mask)1 << bit;
    }
}

static void integrate(Mask *masks, size_t len) {
    for (size_t i = 1; i < len; i++)
        masks[i] ^= masks[i - 1];
}

static DayTable *table_new(Program *program, Date from, Date to) {
    Arena *arena = program->shared->arena;
    size_t len = (size_t)((int64_t)to - from) + 2;
    DayTable *table = arena_alloc(arena, sizeof *table);
    *table = (DayTable){.from = from, .to = to};
    table->yes = arena_array(arena, len, sizeof *table->yes);
    table->maybe = arena_array(arena, len, sizeof *table->maybe);
    return table;
}

/* Without the unknown, if nothing is. */
static void table_end(DayTable *table) {
    Mask any = 0;
    for (int64_t i = 0; i <= (int64_t)table->to - table->from; i++)
        any |= table->maybe[i];
    if (!any)
        table->maybe = NULL;
}

#define MOST_DAYS 60000

static DayTable *build(Program *program, ComparisonOp op, Node *a, Node *b) {
    Date low = a->day->low, high = a->day->high;
    DayTable *table = table_new(program, low, high);
    Outcome missing = outcome_unknown(SYMBOL_NONE), not_yet = missing;
    not_yet.not_yet = a == a->day;
    for (unsigned bit = 0; bit < program->shared->axis->len; bit++) {
        Side side = {.a = a, .b = b, .op = op, .bit = (int)bit};
        side.limit = node_at(b, 0, (int)bit);
        answer_missing(&side, missing, &table->missing_yes, &table->missing_maybe);
        answer_missing(&side, not_yet, &table->not_yet_yes, &table->not_yet_maybe);
        Segment segments[SEGMENTS] = {{low, TRUTH_UNKNOWN}};
        if (side.limit.kind == OUTCOME_KNOWN)
            cut(&side, low, high, segments);
        else
            for (int s = 1; s < SEGMENTS; s++)
                segments[s] = (Segment){(int64_t)high + 1, TRUTH_FALSE};
        add_bit(table, segments, (int)bit);
    }
    integrate(table->yes, (size_t)(high - low) + 1);
    integrate(table->maybe, (size_t)(high - low) + 1);
    table_end(table);
    return table;
}

/* ---- shared between programs, by number ---- */

static DayTable *known_table(Program *program) {
    Shared *shared = program->shared;
    size_t number = program->days_seen++;
    return number < shared->days.len ? shared->days.items[number] : NULL;
}

static DayTable *keep_table(Program *program, DayTable *table) {
    vec_push(program->shared->arena, &program->shared->days, table);
    return table;
}

static Node *table_node(Node *date, DayTable *table) {
    Node like = {.kind = NODE_DAYS, .truth = true, .periodic = true, .terms = {date}};
    like.as.days = table;
    return node_intern(date->scope, &like);
}

static ComparisonOp swapped(ComparisonOp op) {
    switch (op) {
    case COMPARISON_EQUAL:
    case COMPARISON_NOT_EQUAL:
        return op;
    case COMPARISON_LESS:
        return COMPARISON_GREATER;
    case COMPARISON_LESS_EQUAL:
        return COMPARISON_GREATER_EQUAL;
    case COMPARISON_GREATER:
        return COMPARISON_LESS;
    case COMPARISON_GREATER_EQUAL:
        return COMPARISON_LESS_EQUAL;
    }
    return op;
}

/* The node of a comparison that was made before: its table is not made again. */
static Node *find_made(Scope *scope, ComparisonOp op, const Node *a, const Node *b) {
    for (size_t i = 0; i < scope->compared.len; i++) {
        const ComparedDays *made = &scope->compared.items[i];
        if (made->op == op && made->a == a && made->b == b)
            return made->node;
    }
    return NULL;
}

Node *days_of_compare(Program *program, ComparisonOp op, Node *a, Node *b) {
    if (!a->day && b->day)
        return days_of_compare(program, swapped(op), b, a);
    if (!a->day || !b->row_free || !(a->periodic || b->periodic))
        return NULL;
    if ((int64_t)a->day->high - a->day->low > MOST_DAYS)
        return NULL;
    Node *node = find_made(a->scope, op, a, b);
    if (node)
        return node;
    DayTable *table = known_table(program);
    if (!table)
        table = keep_table(program, build(program, op, a, b));
    node = table_node(a->day, table);
    ComparedDays made = {op, a, b, node};
    vec_push(program->arena, &a->scope->compared, made);
    return node;
}

/* ---- several of one date ---- */

static size_t place_in(const DayTable *table, int64_t day) {
    int64_t at = day < table->from ? table->from : day > table->to ? table->to : day;
    return (size_t)(at - table->from);
}

static void and_masks(Mask *yes, Mask *maybe, Mask term_yes, Mask term_maybe) {
    Mask open = (*yes | *maybe) & (term_yes | term_maybe);
    *yes &= term_yes;
    *maybe = open & ~*yes;
}

static DayTable *build_and(Program *program, Node *const *terms, size_t len) {
    Date from = DATE_MAX, to = DATE_MIN;
    for (size_t t = 0; t < len; t++) {
        const DayTable *term = terms[t]->as.days;
        from = term->from < from ? term->from : from;
        to = term->to > to ? term->to : to;
    }
    DayTable *table = table_new(program, from, to);
    for (int64_t day = from; day <= to; day++) {
        Mask yes = ALL_ONES, maybe = 0;
        for (size_t t = 0; t < len; t++) {
            const DayTable *term = terms[t]->as.days;
            size_t at = place_in(term, day);
            and_masks(&yes, &maybe, term->yes[at], term->maybe ? term->maybe[at] : 0);
        }
        table->yes[day - from] = yes;
        table->maybe[day - from] = maybe;
    }
    table->missing_yes = table->not_yet_yes = ALL_ONES;
    for (size_t t = 0; t < len; t++) {
        const DayTable *term = terms[t]->as.days;
        and_masks(&table->missing_yes, &table->missing_maybe, term->missing_yes,
                  term->missing_maybe);
        and_masks(&table->not_yet_yes, &table->not_yet_maybe, term->not_yet_yes,
                  term->not_yet_maybe);
    }
    table_end(table);
    return table;
}

static Node *find_all(Scope *scope, Node *const *terms, size_t len) {
    for (size_t i = 0; i < scope->joined.len; i++) {
        const JoinedDays *made = &scope->joined.items[i];
        bool same = made->len == len;
        for (size_t t = 0; same && t < len; t++)
            same = made->terms[t] == terms[t];
        if (same)
            return made->node;
    }
    return NULL;
}

static Node *keep_joined(Program *program, Node *const *terms, size_t len, DayTable *table) {
    Scope *scope = terms[0]->scope;
    Node **copy = arena_array(program->arena, len, sizeof(Node *));
    memcpy(copy, terms, len * sizeof(Node *));
    JoinedDays made = {copy, len, table_node(terms[0]->terms[0], table)};
    vec_push(program->arena, &scope->joined, made);
    return made.node;
}

Node *days_and(Program *program, Node *const *terms, size_t len) {
    for (size_t t = 0; t < len; t++)
        if (terms[t]->kind != NODE_DAYS || terms[t]->terms[0] != terms[0]->terms[0])
            return NULL;
    Node *node = find_all(terms[0]->scope, terms, len);
    if (node)
        return node;
    DayTable *table = known_table(program);
    if (!table)
        table = keep_table(program, build_and(program, terms, len));
    return keep_joined(program, terms, len, table);
}

/* The same table, but a missing date is outside. */
Node *days_present(Program *program, Node *term) {
    Node *const key[2] = {term, NULL};
    if (term->kind != NODE_DAYS || term->as.days->maybe)
        return NULL;
    Node *node = find_all(term->scope, key, 2);
    if (node)
        return node;
    DayTable *table = known_table(program);
    if (!table) {
        table = arena_alloc(program->shared->arena, sizeof *table);
        *table = *term->as.days;
        table->missing_yes = table->missing_maybe = table->not_yet_maybe = 0;
        keep_table(program, table);
    }
    return keep_joined(program, key, 2, table);
}

/* ---- looking up ---- */

static void look_up(const DayTable *table, const Mask *masks, const Date *dates, size_t len,
                    Mask *out) {
    uint32_t last = (uint32_t)(table->to - table->from);
    for (size_t i = 0; i < len; i++) {
        uint32_t at = (uint32_t)(dates[i] - table->from);
        out[i] = masks[at <= last ? at : dates[i] < table->from ? 0 : last];
    }
}

static Mask *fresh(Mask *masks, size_t len) {
    memset(masks, 0, len * sizeof *masks);
    return masks;
}

static void set_missing(Node *node, const Vector *value, Mask *yes) {
    const DayTable *table = node->as.days;
    size_t len = node->scope->len;
    Mask *maybe = node->truths.maybe ? node_maybe(node) : fresh(node_maybe(node), len);
    Mask *error = fresh(node_error(node), len), any_error = 0;
    for (size_t i = 0; i < len; i++) {
        if (value->state[i] == STATE_KNOWN)
            continue;
        bool not_yet = value->state[i] == STATE_NOT_YET;
        yes[i] = not_yet ? table->not_yet_yes : table->missing_yes;
        maybe[i] = not_yet ? table->not_yet_maybe : table->missing_maybe;
        if (value->state[i] != STATE_ERROR)
            continue;
        yes[i] = maybe[i] = 0;
        any_error = error[i] = ALL_ONES;
    }
    node->truths.maybe = maybe;
    node->truths.error = any_error ? error : NULL;
}

void evaluate_days_of(Node *node) {
    const DayTable *table = node->as.days;
    const Vector *value = node_value(node->terms[0]);
    Mask *yes = node_yes(node);
    look_up(table, table->yes, value->dates, node->scope->len, yes);
    node->truths = (Truths){.yes = yes};
    if (table->maybe) {
        Mask *maybe = node_maybe(node);
        look_up(table, table->maybe, value->dates, node->scope->len, maybe);
        node->truths.maybe = maybe;
    }
    if (value->state)
        set_missing(node, value, yes);
}
