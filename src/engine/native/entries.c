/* From classes to the entries of a window, of which cells are made. */
#include "engine/native/chain.h"

#include <stdlib.h>

static Value key_of(const Chain *chain, const Tally *tally, uint32_t group, size_t k) {
    uint64_t packed = tally->group_of.items[group];
    size_t number = (size_t)packed;
    if (chain->keys_len > 1)
        number = packed >> (16 * (chain->keys_len - 1 - k)) & 0xFFFF;
    return tally->keys[k].values.items[number];
}

static EntrySum sum_of(const ChainNodes *nodes, size_t number, size_t s, int bit) {
    const Tally *tally = chain_tally(nodes);
    const Sum *sum = &nodes->sums[s];
    size_t at = (number * tally->sums_len + s) * STRIDE + (size_t)bit;
    int scale = sum->value->value.scale;
    EntrySum out = {.quantity = sum->quantity, .sum = num_of_scaled(tally->sums[at], scale)};
    if (sum->squares)
        out.squares = (Figure){true, num_of_scaled(tally->squares[at], 2 * scale)};
    return out;
}

static void set_state(CellRun *run, const Chain *chain, uint32_t number, RowEntry *entry) {
    const Indicator *indicator = run->planned->indicator;
    RowState state = state_of_number(chain, number);
    entry->truth = number == 0 ? TRUTH_UNKNOWN : TRUTH_TRUE;
    entry->in_doubt = state.in_doubt;
    entry->selected = state.selected;
    entry->band = state.band;
    entry->out = state.excluded != 0;
    if (chain->excludes_len > 0)
        entry->excluded =
            arena_array(run->scratch, indicator->excludes_len, sizeof *entry->excluded);
    if (chain->parts_len > 0)
        entry->parts = arena_array(run->scratch, indicator->parts_len, sizeof *entry->parts);
    for (size_t e = 0; e < chain->excludes_len; e++)
        if (state.excluded >> e & 1)
            entry->excluded[chain->excludes[e]->part] = TRUTH_TRUE;
    for (size_t p = 0; p < chain->parts_len; p++)
        if (state.parts >> p & 1)
            entry->parts[chain->parts[p]->part] = TRUTH_TRUE;
}

static RowEntry *entry_of(CellRun *run, const Chain *chain, const ChainNodes *nodes, size_t number,
                          int bit) {
    const Tally *tally = chain_tally(nodes);
    const RowClass *rows = &tally->classes.items[number];
    RowEntry *entry = arena_alloc(run->scratch, sizeof *entry);
    entry->count = tally->counts[number * STRIDE + (size_t)bit];
    set_state(run, chain, rows->state, entry);
    entry->keys = arena_array(run->scratch, chain->keys_len, sizeof *entry->keys);
    for (size_t k = 0; k < chain->keys_len; k++)
        entry->keys[k] = key_of(chain, tally, rows->group, k);
    if (nodes->sums_len > 0) {
        EntrySum *sums = arena_array(run->scratch, nodes->sums_len, sizeof *sums);
        for (size_t s = 0; s < nodes->sums_len; s++)
            sums[s] = sum_of(nodes, number, s, bit);
        entry->sums = sums;
        entry->sums_len = nodes->sums_len;
    }
    return entry;
}

static int compare_rows(const void *a, const void *b) {
    const KeptRow *left = a, *right = b;
    return left->row < right->row ? -1 : left->row > right->row;
}

/* The rows of each entry, in their order. */
static void add_rows(CellRun *run, const Tally *tally, RowEntry **by_class, int bit) {
    uint32_t **rows = arena_array(run->scratch, tally->classes.len, sizeof *rows);
    size_t *len = arena_array(run->scratch, tally->classes.len, sizeof *len);
    for (size_t c = 0; c < tally->classes.len; c++)
        if (by_class[c])
            by_class[c]->rows = rows[c] =
                arena_array(run->scratch, (size_t)by_class[c]->count, sizeof **rows);
    for (size_t r = 0; r < tally->rows.len; r++) {
        const KeptRow *row = &tally->rows.items[r];
        if (row->mask >> bit & 1)
            rows[row->number][len[row->number]++] = row->row;
    }
}

EntrySet chain_entries(CellRun *run, const Chain *chain, const ChainNodes *nodes, int bit) {
    const Tally *tally = chain_tally(nodes);
    size_t classes = tally->classes.len;
    EntrySet set = {arena_array(run->scratch, classes, sizeof *set.items), 0};
    RowEntry **by_class = arena_array(run->scratch, classes, sizeof *by_class);
    for (size_t c = 0; c < classes; c++)
        if (tally->counts[c * STRIDE + (size_t)bit] > 0)
            set.items[set.len++] = by_class[c] = entry_of(run, chain, nodes, c, bit);
    if (nodes->keeps_rows)
        add_rows(run, tally, by_class, bit);
    return set;
}

void tally_sort_rows(Tally *tally) {
    if (tally->rows.len > 1)
        qsort(tally->rows.items, tally->rows.len, sizeof *tally->rows.items, compare_rows);
}
