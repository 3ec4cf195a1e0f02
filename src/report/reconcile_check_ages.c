#include <string.h>

#include "report/reconcile.h"

#define OLDEST 120

/* The ages that a text names, each once. */
typedef struct Ages {
    bool has[OLDEST + 1];
    int least, most, len;
} Ages;

static void add_age(Ages *ages, int age) {
    if (age < 0 || age > OLDEST || ages->has[age])
        return;
    ages->has[age] = true;
    if (ages->len == 0 || age < ages->least)
        ages->least = age;
    if (ages->len == 0 || age > ages->most)
        ages->most = age;
    ages->len++;
}

/* A whole number that may be an age; -1: none. */
static int age_at(const Tokens *tokens, size_t i) {
    int64_t age;
    if (!token_is_number(tokens, i) || tokens->list.items[i].glued ||
        tokens->list.items[i].percent || !num_to_int64(tokens->list.items[i].value, &age) ||
        age < 0 || age > OLDEST)
        return -1;
    return (int)age;
}

/* "19,20 and 21", "17 to 21", "17-21", from token i. */
static void add_listed(Ages *ages, const Tokens *tokens, size_t i) {
    int age = age_at(tokens, i);
    while (age >= 0) {
        add_age(ages, age);
        bool range = token_is(tokens, i + 1, "to") || token_is_mark(tokens, i + 1, '-');
        bool more = token_is(tokens, i + 1, "and") || token_is_mark(tokens, i + 1, ',');
        int next = range || more ? age_at(tokens, i + 2) : -1;
        for (int between = age + 1; range && between <= next; between++)
            add_age(ages, between);
        age = next;
        i += 2;
    }
}

static void add_named(Ages *ages, const Tokens *tokens) {
    static const char *const words[] = {"aged", "ages", NULL};
    for (size_t i = 0; i < tokens->list.len; i++)
        if (token_is_any(tokens, i, words))
            add_listed(ages, tokens, i + 1);
}

/* "17 year olds - 60%": the groups of the figure. */
static void add_groups(Ages *ages, const PrintedCell *cell) {
    static const char *const words[] = {"olds", "old", NULL};
    for (size_t i = 0; i < cell->tokens.list.len; i++)
        if (token_is(&cell->tokens, i + 1, "year") && token_is_any(&cell->tokens, i + 2, words) &&
            age_at(&cell->tokens, i) >= 0)
            add_age(ages, age_at(&cell->tokens, i));
}

static const char *ages_in_words(Arena *arena, const Ages *ages) {
    if (ages->least == ages->most)
        return arena_printf(arena, "%d", ages->least);
    return arena_printf(arena, "%d to %d", ages->least, ages->most);
}

static void check_measure(Reconciliation *run, const PrintedMeasure *measure) {
    const PrintedCell *current = measure_cell(measure, ROLE_CURRENT);
    const PrintedCell *target = measure_cell(measure, ROLE_TARGET);
    if (!current || !target || current->figures.len == 0 || target->figures.len == 0)
        return;
    Arena *arena = run->session->arena;
    Ages own = {0}, theirs = {0};
    add_named(&own, &current->tokens);
    add_groups(&own, current);
    add_named(&theirs, &target->tokens);
    add_groups(&theirs, target);
    if (own.len < 2 || theirs.len == 0)
        return;
    reconcile_compared(run);
    if (memcmp(own.has, theirs.has, sizeof own.has) == 0)
        return;
    Diag *diag = diag_add(run->session->diags, DIAG_ages_differ, current->figures.items[0].at,
                          "the figure is for ages %s, and its target for ages %s",
                          ages_in_words(arena, &own), ages_in_words(arena, &theirs));
    diag_note(diag, target->figures.items[0].at, "the target is here");
    reconcile_add_fault(run, &target->figures.items[0], diag);
}

void check_ages(Reconciliation *run) {
    for (size_t i = 0; i < run->reading->measures.len; i++)
        if (!run->reading->measures.items[i]->column)
            check_measure(run, run->reading->measures.items[i]);
}
