/* Groups: which entries belong to which cell, and in which order the cells stand. */
#include <stddef.h>
#include <string.h>

#include "engine/reference/cells.h"
#include "engine/reference/group_keys.h"

typedef struct Grouping {
    CellRun *run;
    const Indicator *indicator;
    GroupKeys *keys;  /* by breakdown */
    GroupKey *key;    /* of the cell being made, by breakdown */
    Figure *share_of; /* by breakdown: what its groups are shares of */
} Grouping;

/* ---- order ---- */

static int compare_groups(const Cell *a, const Cell *b) {
    if (a->whole || b->whole)
        return a->whole == b->whole ? 0 : a->whole ? -1 : 1;
    for (size_t i = 0; i < a->indicator->breakdowns_len; i++) {
        int order = group_keys_compare(&a->indicator->breakdowns[i], &a->group[i], &b->group[i]);
        if (order != 0)
            return order;
    }
    return 0;
}

/* All bands together, each band, the one that is unknown. */
static ptrdiff_t place_of_band(const Cell *cell) {
    if (cell->band_unknown)
        return PTRDIFF_MAX;
    return cell->band ? cell->band - cell->indicator->bands : -1;
}

int groups_compare(const Cell *a, const Cell *b) {
    int order = compare_groups(a, b);
    ptrdiff_t left = place_of_band(a), right = place_of_band(b);
    return order != 0 ? order : left < right ? -1 : left > right;
}

bool cells_same_band(const Cell *a, const Cell *b) {
    if (!a->band || !b->band)
        return a->band == b->band && a->band_unknown == b->band_unknown;
    return strcmp(a->band->label, b->band->label) == 0;
}

/* ---- splitting ---- */

static GroupKey key_of_total(const Breakdown *breakdown) {
    return (GroupKey){
        .whole = true, .value = value_missing(SYMBOL_NONE), .label = breakdown->total};
}

/* The groups of a breakdown that entries are in, in order. */
typedef struct Split {
    GroupKeys *keys;
    uint32_t **numbers; /* by row set and entry: of its key */
    uint32_t *groups;   /* numbers, each once */
    size_t len;
} Split;

static void meet_group(Split *split, uint32_t number) {
    if (split->keys->at[number] != 0)
        return;
    split->keys->at[number] = 1;
    split->groups[split->len++] = number;
}

/* A group for each code of the list, and for each other key that an entry has. */
static Split split_by(Grouping *grouping, size_t depth, const EntrySet *sets) {
    Arena *scratch = grouping->run->scratch;
    size_t sets_len = grouping->indicator->rowsets_len, all = 0;
    Split split = {.keys = &grouping->keys[depth]};
    const CodeSet *codes = split.keys->breakdown->codes;
    size_t codes_len = codes ? codes->entries_len : 0;
    for (size_t set = 0; set < sets_len; set++)
        all += sets[set].len;
    split.groups = arena_array(scratch, codes_len + all, sizeof *split.groups);
    split.numbers = arena_array(scratch, sets_len, sizeof *split.numbers);
    for (uint32_t code = 0; code < codes_len; code++)
        meet_group(&split, code);
    for (size_t set = 0; set < sets_len; set++) {
        uint32_t *numbers = arena_array(scratch, sets[set].len, sizeof *numbers);
        for (size_t i = 0; i < sets[set].len; i++) {
            numbers[i] = group_keys_number(split.keys, sets[set].items[i]->keys[depth]);
            meet_group(&split, numbers[i]);
        }
        split.numbers[set] = numbers;
    }
    group_keys_sort(split.keys, split.groups, split.len);
    return split;
}

/* The entries of each group, in their order: by group and row set. */
static EntrySet *deal(Grouping *grouping, const Split *split, const EntrySet *sets) {
    Arena *scratch = grouping->run->scratch;
    size_t sets_len = grouping->indicator->rowsets_len;
    EntrySet *dealt = arena_array(scratch, split->len * sets_len, sizeof *dealt);
    uint32_t *at = split->keys->at;
    for (size_t g = 0; g < split->len; g++)
        at[split->groups[g]] = (uint32_t)g;
    for (size_t set = 0; set < sets_len; set++) {
        RowEntry **items = arena_array(scratch, sets[set].len, sizeof(RowEntry *));
        for (size_t i = 0; i < sets[set].len; i++)
            dealt[at[split->numbers[set][i]] * sets_len + set].len++;
        for (size_t g = 0; g < split->len; g++) {
            EntrySet *group = &dealt[g * sets_len + set];
            group->items = items;
            items += group->len;
            group->len = 0;
        }
        for (size_t i = 0; i < sets[set].len; i++) {
            EntrySet *group = &dealt[at[split->numbers[set][i]] * sets_len + set];
            group->items[group->len++] = sets[set].items[i];
        }
    }
    for (size_t g = 0; g < split->len; g++)
        at[split->groups[g]] = 0;
    return dealt;
}

/* ---- cells ---- */

static bool all_whole(const Grouping *grouping) {
    for (size_t i = 0; i < grouping->indicator->breakdowns_len; i++)
        if (!grouping->key[i].whole)
            return false;
    return true;
}

/* A share is that of the last breakdown that the cell is a group of. */
static Figure share_of(const Grouping *grouping) {
    for (size_t i = grouping->indicator->breakdowns_len; i-- > 0;)
        if (!grouping->key[i].whole)
            return grouping->share_of[i];
    return (Figure){0};
}

static void make_level(Grouping *grouping, size_t depth, const EntrySet *sets);

static void make_group(Grouping *grouping, size_t depth, GroupKey key, const EntrySet *sets) {
    grouping->key[depth] = key;
    make_level(grouping, depth + 1, sets);
}

static void make_level(Grouping *grouping, size_t depth, const EntrySet *sets) {
    const Indicator *indicator = grouping->indicator;
    if (depth == indicator->breakdowns_len) {
        if (!all_whole(grouping)) /* the whole stands first */
            cell_make(grouping->run, sets, grouping->key, share_of(grouping));
        return;
    }
    const Breakdown *breakdown = &indicator->breakdowns[depth];
    grouping->share_of[depth] =
        breakdown->share ? cell_share_figure(grouping->run, sets) : (Figure){0};
    Split split = split_by(grouping, depth, sets);
    const EntrySet *dealt = deal(grouping, &split, sets);
    for (size_t g = 0; g < split.len; g++)
        make_group(grouping, depth, split.keys->items.items[split.groups[g]],
                   &dealt[g * indicator->rowsets_len]);
    if (breakdown->total)
        make_group(grouping, depth, key_of_total(breakdown), sets);
}

static void make_whole(Grouping *grouping) {
    for (size_t i = 0; i < grouping->indicator->breakdowns_len; i++)
        grouping->key[i] = key_of_total(&grouping->indicator->breakdowns[i]);
}

void groups_make_cells(CellRun *run, const EntrySet *sets) {
    size_t len = run->planned->indicator->breakdowns_len;
    Grouping grouping = {.run = run, .indicator = run->planned->indicator, .keys = run->keys};
    grouping.key = arena_array(run->scratch, len, sizeof *grouping.key);
    grouping.share_of = arena_array(run->scratch, len, sizeof *grouping.share_of);
    make_whole(&grouping);
    if (!sets) {
        cell_make_unavailable(run, grouping.key);
        return;
    }
    cell_make(run, sets, grouping.key, (Figure){0});
    if (len > 0)
        make_level(&grouping, 0, sets);
}
