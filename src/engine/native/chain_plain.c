/* Chains of which a row tells no more than its group and whether it is selected: most of them.
 *
 * As chain_rows.c, but what the chain has not is not asked row by row.
 */
#include "engine/native/chain.h"

bool chain_is_plain(const Chain *chain, const ChainNodes *nodes) {
    for (size_t k = 0; k < chain->keys_len; k++)
        if (nodes->tally.keys[k].by_day)
            return false;
    return chain->excludes_len == 0 && chain->parts_len == 0 && !chain->has_band;
}

static bool keys_alike(const Chain *chain, const ChainNodes *x, const ChainNodes *y) {
    for (size_t k = 0; k < chain->keys_len; k++)
        if (x->tally.keys[k].node != y->tally.keys[k].node)
            return false;
    return true;
}

static bool sums_alike(const ChainNodes *x, const ChainNodes *y) {
    for (size_t s = 0; s < x->sums_len; s++)
        if (x->sums[s].value != y->sums[s].value || x->sums[s].squares != y->sums[s].squares)
            return false;
    return true;
}

bool chains_alike(const Chain *a, const ChainNodes *x, const Chain *b, const ChainNodes *y) {
    return a->sound && b->sound && x->plain && y->plain && x->base == y->base &&
           x->select == y->select && a->used == b->used && x->keeps_rows == y->keeps_rows &&
           a->keys_len == b->keys_len && keys_alike(a, x, y) && x->sums_len == y->sums_len &&
           sums_alike(x, y) && x->watches.len == y->watches.len && x->watched.len == y->watched.len;
}

const Tally *chain_tally(const ChainNodes *nodes) {
    return nodes->like ? &nodes->like->tally : &nodes->tally;
}

/* The rows that count, or may count, in some window. */
typedef struct Counted {
    uint32_t at[BATCH];
    Mask yes[BATCH], maybe[BATCH];
    uint32_t groups[BATCH];
    size_t len;
} Counted;

static void find_counted(const Chain *chain, ChainNodes *nodes, const Truths *base,
                         Counted *counted) {
    size_t len = nodes->base->scope->len;
    Mask error = 0;
    for (size_t i = 0; i < len; i++) {
        Mask yes = base->yes[i] & chain->used;
        Mask maybe = base->maybe ? base->maybe[i] & chain->used : 0;
        counted->at[counted->len] = (uint32_t)i;
        counted->yes[counted->len] = yes;
        counted->maybe[counted->len] = maybe;
        counted->len += (yes | maybe) != 0;
    }
    for (size_t i = 0; base->error && i < len; i++)
        error |= base->error[i] & chain->used;
    nodes->tally.failed = nodes->tally.failed || error != 0;
}

static uint32_t number_of(Tally *tally, size_t k, size_t i) {
    KeyNumbers *keys = &tally->keys[k];
    return keys->node ? key_number(tally, keys, &keys->node->value, i)
                      : key_number_of_value(tally, keys, value_missing(SYMBOL_NONE));
}

/* One breakdown by texts, or whole numbers that lie close: their numbers are the groups. False: it
 * is another. Numbers that were not met before are left to number_of(). */
static bool find_groups_by_code(const Chain *chain, Tally *tally, Counted *counted) {
    const KeyNumbers *keys = &tally->keys[0];
    if (chain->keys_len != 1 || !keys->node || !keys->by_code)
        return false;
    const Vector *vector = &keys->node->value;
    bool text = vector->kind == VECTOR_TEXT;
    uint32_t most = 0;
    for (size_t n = 0; n < counted->len; n++) {
        size_t i = counted->at[n];
        uint32_t number = 0;
        if (!vector->state || vector->state[i] == STATE_KNOWN)
            number =
                keys->by_code[text ? vector->codes[i] : (size_t)(vector->numbers[i] - keys->low)];
        counted->groups[n] = number ? number - 1 : number_of(tally, 0, i);
        most = counted->groups[n] > most ? counted->groups[n] : most;
    }
    if (counted->len > 0)
        tally_group(tally, chain, &most); /* makes those up to it */
    return true;
}

static void find_groups(const Chain *chain, Tally *tally, Counted *counted) {
    if (find_groups_by_code(chain, tally, counted))
        return;
    for (size_t n = 0; n < counted->len; n++) {
        uint32_t numbers[MOST_KEYS] = {0};
        for (size_t k = 0; k < chain->keys_len; k++)
            numbers[k] = number_of(tally, k, counted->at[n]);
        counted->groups[n] = tally_group(tally, chain, numbers);
    }
}

typedef struct Selected {
    const Truths *truths;    /* NULL: nothing is selected */
    uint32_t yes, maybe, no; /* the numbers of the states */
} Selected;

static Selected selected_of(const Chain *chain, const Truths *truths) {
    RowState yes = {.selected = TRUTH_TRUE}, maybe = {.selected = TRUTH_UNKNOWN};
    RowState no = {.selected = TRUTH_FALSE};
    if (!truths)
        no = (RowState){0};
    return (Selected){truths, state_number(chain, &yes), state_number(chain, &maybe),
                      state_number(chain, &no)};
}

static void add(const Chain *chain, ChainNodes *nodes, const Counted *counted, size_t n,
                uint32_t state, Mask mask, const int64_t *values, bool keep) {
    Tally *tally = &nodes->tally;
    if (tally->sums_len == 0 && !keep) {
        size_t number = tally_class(tally, chain, counted->groups[n], state);
        tally_add_runs(&tally->counts[number * STRIDE], mask, 1);
        return;
    }
    uint32_t row = (uint32_t)(nodes->base->scope->slots[0].first + counted->at[n]);
    tally_add(tally, chain, counted->groups[n], state, mask, values, row, keep);
}

static void count(const Chain *chain, ChainNodes *nodes, const Selected *selected,
                  const Counted *counted, size_t n) {
    size_t i = counted->at[n];
    Mask mask = counted->yes[n], yes = 0, maybe = 0;
    int64_t values[MOST_SUMS] = {0}; /* of a row in doubt nothing is summed */
    bool keep = nodes->keeps_rows;
    if (mask && nodes->sums_len > 0)
        chain_read_sums(nodes, i, values);
    if (selected->truths) {
        yes = selected->truths->yes[i] & mask;
        maybe = selected->truths->maybe ? selected->truths->maybe[i] & mask : 0;
        if (selected->truths->error && (selected->truths->error[i] & mask))
            nodes->tally.failed = true;
    }
    Mask no = mask & ~(yes | maybe);
    if (yes)
        add(chain, nodes, counted, n, selected->yes, yes, values, keep);
    if (maybe)
        add(chain, nodes, counted, n, selected->maybe, maybe, values, keep);
    if (no)
        add(chain, nodes, counted, n, selected->no, no, values, keep);
    if (counted->maybe[n])
        add(chain, nodes, counted, n, 0, counted->maybe[n], values, false);
}

void plain_take(const Chain *chain, ChainNodes *nodes, const Truths *base, const Truths *select) {
    Counted counted;
    Selected selected = selected_of(chain, select);
    counted.len = 0;
    find_counted(chain, nodes, base, &counted);
    find_groups(chain, &nodes->tally, &counted);
    for (size_t n = 0; n < counted.len; n++)
        count(chain, nodes, &selected, &counted, n);
}
