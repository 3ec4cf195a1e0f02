/* Small numbers: what is hidden, and that nothing hidden can be worked out. The attackers here
 * share no code with the audit: one narrows ranges, one solves equations, one tries other numbers.
 */
#include <check.h>
#include <string.h>

#include "stats/suppression.h"
#include "tests/unit/quick_assert.h"

Suite *suppression_suite(void);

/* ---- small cases by hand ---- */

static const SuppressionRule below_6 = {.below = 6, .rule_known = true};

typedef struct List {
    Arena *arena;
    Suppression *s;
    size_t units[8], counts[8];
    size_t len;
    size_t total; /* unit */
    bool decided;
} List;

/* The counts end with -1; their total is a unit too, and may be hidden. */
static List list_of(SuppressionRule rule, const int64_t *values) {
    List list = {.arena = arena_new()};
    list.s = suppression_new(list.arena, rule);
    int64_t sum = 0;
    for (; values[list.len] >= 0; list.len++) {
        list.units[list.len] = suppression_add_unit(list.s, false);
        list.counts[list.len] =
            suppression_add_count(list.s, list.units[list.len], values[list.len]);
        sum += values[list.len];
    }
    list.total = suppression_add_unit(list.s, false);
    size_t whole = suppression_add_count(list.s, list.total, sum);
    suppression_add_sum(list.s, whole, list.counts, list.len);
    list.decided = suppression_decide(list.s);
    return list;
}

/* "s.p|." : small, shown, partner; the total after the bar. */
static void expect_list(const int64_t *values, const char *expected) {
    static const char marks[] = {'.', 's', 'p'};
    List list = list_of(below_6, values);
    char found[16] = "";
    for (size_t i = 0; i < list.len; i++)
        found[i] = marks[suppression_of(list.s, list.units[i])];
    found[list.len] = '|';
    found[list.len + 1] = marks[suppression_of(list.s, list.total)];
    ck_assert_str_eq(found, expected);
    ck_assert(list.decided);
    arena_free(list.arena);
}

START_TEST(a_small_number_takes_the_smallest_other_with_it) {
    expect_list((int64_t[]){3, 40, 57, -1}, "sp.|.");
    expect_list((int64_t[]){40, 0, 3, 57, -1}, "p.s.|.");
    expect_list((int64_t[]){7, 2, 7, 9, -1}, "ps..|.");
    expect_list((int64_t[]){2, 3, 400, -1}, "ss.|.");
    expect_list((int64_t[]){0, 0, 0, -1}, "...|.");
    expect_list((int64_t[]){6, 7, 8, -1}, "...|.");
}
END_TEST

START_TEST(a_total_is_hidden_when_no_part_can_be) {
    expect_list((int64_t[]){4, 0, 0, -1}, "s..|s");
    expect_list((int64_t[]){2, -1}, "s|s");
}
END_TEST

START_TEST(what_the_rule_itself_gives_away_is_hidden_too) {
    /* Two that add to 2 are 1 and 1; three of at most 5 that add to 15 are 5 each. */
    expect_list((int64_t[]){12, 1, 1, -1}, "pss|.");
    expect_list((int64_t[]){5, 5, 5, -1}, "sss|p");
    expect_list((int64_t[]){5, 5, 4, -1}, "sss|.");
    expect_list((int64_t[]){5, 5, 30, 40, -1}, "ssp.|.");
}
END_TEST

START_TEST(row_totals_at_the_brim_are_protected) {
    /* Three rows of 2 and 3, with totals of 5: a shown 15 would tell all three. */
    Arena *arena = arena_new();
    Suppression *s = suppression_new(arena, below_6);
    size_t totals[3];
    for (size_t i = 0; i < 3; i++) {
        size_t parts[2] = {suppression_add_count(s, suppression_add_unit(s, false), 2),
                           suppression_add_count(s, suppression_add_unit(s, false), 3)};
        totals[i] = suppression_add_count(s, suppression_add_unit(s, false), 5);
        suppression_add_sum(s, totals[i], parts, 2);
    }
    size_t unit = suppression_add_unit(s, false);
    suppression_add_sum(s, suppression_add_count(s, unit, 15), totals, 3);
    ck_assert(suppression_decide(s));
    ck_assert_int_eq(suppression_of(s, unit), HIDING_PARTNER);
    arena_free(arena);
}
END_TEST

START_TEST(a_unit_is_hidden_for_any_of_its_counts) {
    Arena *arena = arena_new();
    Suppression *s = suppression_new(arena, below_6);
    size_t unit = suppression_add_unit(s, false), part = suppression_add_unit(s, false);
    suppression_follow(s, part, unit);
    suppression_add_count(s, unit, 20);
    suppression_add_count(s, part, 10);
    ck_assert_int_eq(suppression_of(s, unit), HIDING_NONE);
    suppression_add_count(s, unit, 2);
    ck_assert(suppression_decide(s));
    ck_assert_int_eq(suppression_of(s, unit), HIDING_SMALL);
    ck_assert_int_eq(suppression_of(s, part), HIDING_PARTNER);
    size_t late = suppression_add_unit(s, false);
    suppression_follow(s, late, unit);
    ck_assert_int_eq(suppression_of(s, late), HIDING_PARTNER);
    arena_free(arena);
}
END_TEST

START_TEST(the_caller_may_hide_a_unit) {
    Arena *arena = arena_new();
    Suppression *s = suppression_new(arena, below_6);
    size_t counts[3], units[4];
    for (size_t i = 0; i < 4; i++)
        units[i] = suppression_add_unit(s, false);
    for (size_t i = 0; i < 3; i++)
        counts[i] = suppression_add_count(s, units[i], 10 + (int64_t)i);
    suppression_add_sum(s, suppression_add_count(s, units[3], 33), counts, 3);
    suppression_hide(s, units[2]);
    ck_assert(suppression_decide(s));
    ck_assert_int_eq(suppression_of(s, units[0]), HIDING_PARTNER);
    ck_assert_int_eq(suppression_of(s, units[1]), HIDING_NONE);
    ck_assert_int_eq(suppression_of(s, units[2]), HIDING_PARTNER);
    ck_assert_int_eq(suppression_of(s, units[3]), HIDING_NONE);
    arena_free(arena);
}
END_TEST

START_TEST(sums_that_do_not_add_up_tell_nothing) {
    Arena *arena = arena_new();
    Suppression *s = suppression_new(arena, below_6);
    size_t parts[2] = {suppression_add_count(s, suppression_add_unit(s, false), 3),
                       suppression_add_count(s, suppression_add_unit(s, false), 40)};
    size_t whole = suppression_add_count(s, suppression_add_unit(s, false), 42);
    suppression_add_sum(s, whole, parts, 2);
    ck_assert(suppression_decide(s));
    ck_assert_int_eq(suppression_of(s, 0), HIDING_SMALL);
    ck_assert_int_eq(suppression_of(s, 1), HIDING_NONE);
    arena_free(arena);
}
END_TEST

START_TEST(a_fixed_total_may_leave_it_open) {
    Arena *arena = arena_new();
    Suppression *s = suppression_new(arena, below_6);
    size_t parts[2] = {suppression_add_count(s, suppression_add_unit(s, false), 4),
                       suppression_add_count(s, suppression_add_unit(s, false), 0)};
    size_t whole = suppression_add_count(s, suppression_add_unit(s, true), 4);
    suppression_add_sum(s, whole, parts, 2);
    ck_assert(!suppression_decide(s));
    ck_assert_int_eq(suppression_of(s, 0), HIDING_SMALL);
    ck_assert_int_eq(suppression_of(s, 2), HIDING_NONE);
    arena_free(arena);
}
END_TEST

/* ---- random tables, attacked ---- */

#define SIDE 6
#define DEPTH 2
#define MOST_CELLS ((SIDE + 1) * (SIDE + 1) * (DEPTH + 1))
#define MOST_SUMS (3 * MOST_CELLS)

/* A table with one more row, column and layer for totals: everything is printed. */
typedef struct Random {
    size_t rows, columns, layers; /* with the totals */
    int64_t cells[MOST_CELLS];
    bool hidden[MOST_CELLS];
    size_t len;
    size_t sums[MOST_SUMS][SIDE + 1]; /* the parts, then the whole */
    size_t sum_len[MOST_SUMS];
    size_t sums_len;
} Random;

static uint64_t state;

static uint64_t draw(uint64_t limit) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state % limit;
}

static size_t at(const Random *t, size_t row, size_t column, size_t layer) {
    return (layer * t->rows + row) * t->columns + column;
}

/* Many small numbers, many zeros. */
static int64_t draw_cell(void) {
    switch (draw(4)) {
    case 0:
        return 0;
    case 1:
        return (int64_t)draw(6);
    case 2:
        return (int64_t)draw(15);
    default:
        return (int64_t)draw(200);
    }
}

static void add_line(Random *t, const size_t *cells, size_t len) {
    int64_t total = 0;
    if (len < 2)
        return;
    for (size_t i = 0; i + 1 < len; i++)
        total += t->cells[cells[i]];
    t->cells[cells[len - 1]] = total;
    memcpy(t->sums[t->sums_len], cells, len * sizeof *cells);
    t->sum_len[t->sums_len++] = len;
}

static void add_lines(Random *t) {
    size_t line[SIDE + 1];
    for (size_t l = 0; l < t->layers; l++) {
        if (t->layers > 1 && l + 1 == t->layers)
            for (size_t r = 0; r + 1 < t->rows; r++)
                for (size_t c = 0; c + 1 < t->columns; c++) {
                    for (size_t k = 0; k < t->layers; k++)
                        line[k] = at(t, r, c, k);
                    add_line(t, line, t->layers);
                }
        for (size_t r = 0; r + 1 < t->rows; r++) {
            for (size_t c = 0; c < t->columns; c++)
                line[c] = at(t, r, c, l);
            add_line(t, line, t->columns);
        }
        for (size_t c = 0; c < t->columns; c++) {
            for (size_t r = 0; r < t->rows; r++)
                line[r] = at(t, r, c, l);
            add_line(t, line, t->rows);
        }
    }
}

static Random draw_table(size_t side, bool deep) {
    Random t = {.rows = 2 + draw(side), .columns = 2 + draw(side), .layers = deep ? DEPTH + 1 : 1};
    t.len = t.rows * t.columns * t.layers;
    for (size_t i = 0; i < t.len; i++)
        t.cells[i] = draw_cell();
    add_lines(&t);
    return t;
}

static void suppress(Random *t, SuppressionRule rule) {
    Arena *arena = arena_new();
    Suppression *s = suppression_new(arena, rule);
    for (size_t i = 0; i < t->len; i++)
        suppression_add_count(s, suppression_add_unit(s, false), t->cells[i]);
    for (size_t i = 0; i < t->sums_len; i++)
        suppression_add_sum(s, t->sums[i][t->sum_len[i] - 1], t->sums[i], t->sum_len[i] - 1);
    quick_assert(suppression_decide(s));
    for (size_t i = 0; i < t->len; i++) {
        t->hidden[i] = suppression_of(s, i) != HIDING_NONE;
        quick_assert(!suppression_is_small(rule, t->cells[i]) || t->hidden[i]);
        quick_assert(t->cells[i] > 0 || !t->hidden[i]);
    }
    arena_free(arena);
}

/* Which hidden cells an attacker takes to be small: not the totals, which may be partners. */
static bool knows_small(const Random *t, SuppressionRule rule, size_t cell) {
    for (size_t i = 0; i < t->sums_len; i++)
        if (t->sums[i][t->sum_len[i] - 1] == cell)
            return false;
    return rule.below > 2 && suppression_is_small(rule, t->cells[cell]);
}

/* ---- an attacker who narrows ranges, and knows the rule ---- */

#define FAR INT64_C(1000000)

typedef struct Ranges {
    int64_t low[MOST_CELLS], high[MOST_CELLS];
} Ranges;

static Ranges ranges_of(const Random *t, SuppressionRule rule) {
    Ranges ranges;
    for (size_t i = 0; i < t->len; i++) {
        ranges.low[i] = t->hidden[i] ? 1 : t->cells[i];
        bool small = knows_small(t, rule, i);
        ranges.high[i] = !t->hidden[i] ? t->cells[i] : small ? rule.below - 1 : FAR;
    }
    return ranges;
}

/* One sum: each term lies within what the others leave. */
static bool narrow(const Random *t, size_t sum, Ranges *ranges) {
    bool changed = false;
    size_t len = t->sum_len[sum];
    for (size_t i = 0; i < len; i++) {
        int64_t low = 0, high = 0;
        for (size_t j = 0; j < len; j++) {
            size_t cell = t->sums[sum][j];
            bool adds = i + 1 == len || j + 1 == len;
            if (j == i)
                continue;
            low += adds ? ranges->low[cell] : -ranges->high[cell];
            high += adds ? ranges->high[cell] : -ranges->low[cell];
        }
        size_t cell = t->sums[sum][i];
        if (low > ranges->low[cell]) {
            ranges->low[cell] = low;
            changed = true;
        }
        if (high < ranges->high[cell]) {
            ranges->high[cell] = high;
            changed = true;
        }
    }
    return changed;
}

static bool found_by_ranges(const Random *t, SuppressionRule rule) {
    Ranges ranges = ranges_of(t, rule);
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < t->sums_len; i++)
            changed |= narrow(t, i, &ranges);
    }
    for (size_t i = 0; i < t->len; i++)
        if (t->hidden[i] && ranges.low[i] >= ranges.high[i])
            return true;
    return false;
}

/* ---- an attacker who solves equations ---- */

#define PRIME INT64_C(1000000007)

static int64_t power(int64_t base, int64_t exponent) {
    int64_t result = 1;
    for (; exponent > 0; exponent /= 2, base = base * base % PRIME)
        if (exponent % 2)
            result = result * base % PRIME;
    return result;
}

/* A hidden cell alone in a row of the reduced system is known. */
static bool found_by_equations(const Random *t) {
    static int64_t rows[MOST_SUMS][MOST_CELLS];
    size_t done = 0;
    memset(rows, 0, sizeof rows);
    for (size_t i = 0; i < t->sums_len; i++)
        for (size_t j = 0; j < t->sum_len[i]; j++)
            if (t->hidden[t->sums[i][j]])
                rows[i][t->sums[i][j]] = j + 1 == t->sum_len[i] ? PRIME - 1 : 1;
    for (size_t k = 0; k < t->len; k++) {
        size_t r = done;
        while (r < t->sums_len && rows[r][k] == 0)
            r++;
        if (r == t->sums_len)
            continue;
        int64_t swap[MOST_CELLS];
        memcpy(swap, rows[r], sizeof swap);
        memcpy(rows[r], rows[done], sizeof swap);
        int64_t inverse = power(swap[k], PRIME - 2);
        for (size_t i = 0; i < t->len; i++)
            rows[done][i] = swap[i] * inverse % PRIME;
        for (size_t i = 0; i < t->sums_len; i++) {
            int64_t factor = rows[i][k];
            if (i == done || factor == 0)
                continue;
            for (size_t j = 0; j < t->len; j++)
                rows[i][j] = (rows[i][j] + (PRIME - factor) * rows[done][j]) % PRIME;
        }
        done++;
    }
    for (size_t i = 0; i < done; i++) {
        size_t unknown = 0;
        for (size_t j = 0; j < t->len; j++)
            unknown += rows[i][j] != 0;
        if (unknown == 1)
            return true;
    }
    return false;
}

/* ---- an attacker who tries all other numbers near the true ones ---- */

typedef struct Trying {
    const Random *t;
    SuppressionRule rule;
    int64_t change[MOST_CELLS];
    size_t wanted;
} Trying;

/* Whether the sums whose last cell is `last` still hold. */
static bool sums_hold(const Trying *trying, size_t last) {
    const Random *t = trying->t;
    for (size_t i = 0; i < t->sums_len; i++) {
        int64_t rest = 0;
        size_t greatest = 0;
        for (size_t j = 0; j < t->sum_len[i]; j++) {
            size_t cell = t->sums[i][j];
            rest += j + 1 == t->sum_len[i] ? -trying->change[cell] : trying->change[cell];
            greatest = cell > greatest ? cell : greatest;
        }
        if (greatest <= last && rest != 0)
            return false;
    }
    return true;
}

static bool other_numbers(Trying *trying, size_t from) {
    const Random *t = trying->t;
    if (from == t->len)
        return trying->change[trying->wanted] != 0;
    int64_t reach = t->hidden[from] ? 1 : 0;
    for (int64_t change = -reach; change <= reach; change++) {
        int64_t number = t->cells[from] + change;
        bool small = knows_small(t, trying->rule, from);
        if (t->hidden[from] && (number < 1 || (small && number >= trying->rule.below)))
            continue;
        if (from == trying->wanted && change == 0)
            continue;
        trying->change[from] = change;
        if (sums_hold(trying, from) && other_numbers(trying, from + 1))
            return true;
    }
    trying->change[from] = 0;
    return false;
}

static bool found_by_trying(const Random *t, SuppressionRule rule) {
    for (size_t i = 0; i < t->len; i++) {
        Trying trying = {.t = t, .rule = rule, .wanted = i};
        if (t->hidden[i] && !other_numbers(&trying, 0))
            return true;
    }
    return false;
}

START_TEST(nothing_hidden_in_a_table_can_be_worked_out) {
    state = 20170131;
    for (int round = 0; round < 1500; round++) {
        SuppressionRule rule = {.below = 2 + (int64_t)draw(9), .rule_known = true};
        Random t = draw_table(SIDE - 1, false);
        suppress(&t, rule);
        quick_assert(!found_by_ranges(&t, rule));
        quick_assert(!found_by_equations(&t));
    }
}
END_TEST

START_TEST(nothing_hidden_in_a_table_of_three_ways_can_be_worked_out) {
    state = 535069;
    for (int round = 0; round < 150; round++) {
        SuppressionRule rule = {.below = 6, .rule_known = true};
        Random t = draw_table(3, true);
        suppress(&t, rule);
        quick_assert(!found_by_ranges(&t, rule));
        quick_assert(!found_by_equations(&t));
    }
}
END_TEST

START_TEST(other_numbers_fit_what_is_shown) {
    state = 86420;
    for (int round = 0; round < 400; round++) {
        SuppressionRule rule = {.below = 2 + (int64_t)draw(6), .rule_known = true};
        Random t = draw_table(2, false);
        suppress(&t, rule);
        quick_assert(!found_by_trying(&t, rule));
    }
}
END_TEST

/* The attackers themselves: they find what was left open. */
START_TEST(the_attackers_find_a_single_hidden_number) {
    state = 7;
    Random t = draw_table(3, false);
    for (size_t i = 0; i < t.len; i++)
        t.hidden[i] = i == 0;
    ck_assert(found_by_equations(&t));
    ck_assert(found_by_ranges(&t, below_6));
    ck_assert(found_by_trying(&t, below_6));
}
END_TEST

/* Not everything is hidden: of tables with numbers that are all great, nothing. */
START_TEST(great_numbers_are_shown) {
    state = 99;
    for (int round = 0; round < 100; round++) {
        Random t = draw_table(4, false);
        t.sums_len = 0;
        for (size_t i = 0; i < t.len; i++)
            t.cells[i] += 6;
        add_lines(&t);
        suppress(&t, below_6);
        for (size_t i = 0; i < t.len; i++)
            quick_assert(!t.hidden[i]);
    }
}
END_TEST

Suite *suppression_suite(void) {
    Suite *suite = suite_create("suppression");
    TCase *tests = tcase_create("suppression");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_small_number_takes_the_smallest_other_with_it);
    tcase_add_test(tests, a_total_is_hidden_when_no_part_can_be);
    tcase_add_test(tests, what_the_rule_itself_gives_away_is_hidden_too);
    tcase_add_test(tests, row_totals_at_the_brim_are_protected);
    tcase_add_test(tests, a_unit_is_hidden_for_any_of_its_counts);
    tcase_add_test(tests, the_caller_may_hide_a_unit);
    tcase_add_test(tests, sums_that_do_not_add_up_tell_nothing);
    tcase_add_test(tests, a_fixed_total_may_leave_it_open);
    tcase_add_test(tests, nothing_hidden_in_a_table_can_be_worked_out);
    tcase_add_test(tests, nothing_hidden_in_a_table_of_three_ways_can_be_worked_out);
    tcase_add_test(tests, other_numbers_fit_what_is_shown);
    tcase_add_test(tests, the_attackers_find_a_single_hidden_number);
    tcase_add_test(tests, great_numbers_are_shown);
    suite_add_tcase(suite, tests);
    return suite;
}
