/* Groups: which entries belong to which cell, and in which order the cells stand. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "engine/reference/cells.h"

typedef struct Grouping {
    CellRun *run;
    const Indicator *indicator;
    GroupKey *key;    /* of the cell being made, by breakdown */
    Figure *share_of; /* by breakdown: what its groups are shares of */
} Grouping;

/* ---- order ---- */

/* Codes in the order of their set, then other values in theirs, then what is unknown, then totals.
 */
enum { ORDER_OTHER_VALUES = INT32_MAX - 2, ORDER_UNKNOWN, ORDER_TOTAL };

static int place_of(const Breakdown *breakdown, const GroupKey *key) {
    if (key->whole)
        return ORDER_TOTAL;
    if (key->unknown)
        return ORDER_UNKNOWN;
    int code = breakdown->codes && key->value.kind == VALUE_TEXT
                   ? codes_find(breakdown->codes, key->value.as.text)
                   : -1;
    return code >= 0 ? code : ORDER_OTHER_VALUES;
}

static int compare_keys(const Breakdown *breakdown, const GroupKey *a, const GroupKey *b) {
    int left = place_of(breakdown, a), right = place_of(breakdown, b);
    if (left != right)
        return left < right ? -1 : 1;
    return left == ORDER_OTHER_VALUES ? value_compare(a->value, b->value) : 0;
}

static int compare_groups(const Cell *a, const Cell *b) {
    if (a->whole || b->whole)
        return a->whole == b->whole ? 0 : a->whole ? -1 : 1;
    for (size_t i = 0; i < a->indicator->breakdowns_len; i++) {
        int order = compare_keys(&a->indicator->breakdowns[i], &a->group[i], &b->group[i]);
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

/* ---- keys ---- */

static const char *label_of(Grouping *grouping, const Breakdown *breakdown, const GroupKey *key) {
    if (key->whole)
        return breakdown->total;
    if (key->unknown)
        return "Unknown";
    int code = place_of(breakdown, key);
    if (code < ORDER_OTHER_VALUES && breakdown->codes->entries[code].title)
        return breakdown->codes->entries[code].title;
    StrBuf words = {0};
    value_print(&words, key->value);
    const char *label = arena_copy_text(grouping->run->run, strbuf_text(&words), words.len);
    strbuf_fini(&words);
    return label;
}

static GroupKey key_of_value(Value value) {
    return (GroupKey){.unknown = value.kind == VALUE_MISSING, .value = value};
}

static GroupKey key_of_total(void) {
    return (GroupKey){.whole = true, .value = value_missing(SYMBOL_NONE)};
}

/* ---- splitting ---- */

typedef struct Keyed {
    GroupKey key;
    const Breakdown *breakdown;
    size_t set, order;
    RowEntry *entry; /* NULL: an empty group, of a code that no row has */
} Keyed;

static int compare_keyed(const void *a, const void *b) {
    const Keyed *left = a, *right = b;
    int order = compare_keys(left->breakdown, &left->key, &right->key);
    return order != 0 ? order : left->order < right->order ? -1 : left->order > right->order;
}

/* All entries with their keys, and each code of the list once, sorted. */
static Keyed *sorted_keys(Grouping *grouping, size_t depth, const EntrySet *sets, size_t *len) {
    const Breakdown *breakdown = &grouping->indicator->breakdowns[depth];
    size_t codes = breakdown->codes ? breakdown->codes->entries_len : 0, all = codes;
    for (size_t set = 0; set < grouping->indicator->rowsets_len; set++)
        all += sets[set].len;
    Keyed *keyed = arena_array(grouping->run->scratch, all, sizeof *keyed);
    *len = 0;
    for (size_t i = 0; i < codes; i++) {
        Value code = value_text(breakdown->codes->entries[i].code);
        keyed[*len] = (Keyed){key_of_value(code), breakdown, 0, *len, NULL};
        ++*len;
    }
    for (size_t set = 0; set < grouping->indicator->rowsets_len; set++)
        for (size_t i = 0; i < sets[set].len; i++) {
            RowEntry *entry = sets[set].items[i];
            keyed[*len] = (Keyed){key_of_value(entry->keys[depth]), breakdown, set, *len, entry};
            ++*len;
        }
    qsort(keyed, *len, sizeof *keyed, compare_keyed);
    return keyed;
}

/* The entries of one group, by row set. */
static EntrySet *sets_of(Grouping *grouping, const Keyed *keyed, size_t len) {
    size_t sets_len = grouping->indicator->rowsets_len;
    EntrySet *sets = arena_array(grouping->run->scratch, sets_len, sizeof *sets);
    for (size_t set = 0; set < sets_len; set++)
        sets[set].items = arena_array(grouping->run->scratch, len, sizeof *sets[set].items);
    for (size_t i = 0; i < len; i++)
        if (keyed[i].entry)
            sets[keyed[i].set].items[sets[keyed[i].set].len++] = keyed[i].entry;
    return sets;
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
    grouping->key[depth].label = label_of(grouping, &grouping->indicator->breakdowns[depth], &key);
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
    size_t len;
    Keyed *keyed = sorted_keys(grouping, depth, sets, &len);
    for (size_t start = 0, end; start < len; start = end) {
        for (end = start + 1; end < len; end++)
            if (compare_keys(breakdown, &keyed[start].key, &keyed[end].key) != 0)
                break;
        make_group(grouping, depth, keyed[start].key,
                   sets_of(grouping, &keyed[start], end - start));
    }
    if (breakdown->total)
        make_group(grouping, depth, key_of_total(), sets);
}

static void make_whole(Grouping *grouping) {
    for (size_t i = 0; i < grouping->indicator->breakdowns_len; i++) {
        grouping->key[i] = key_of_total();
        grouping->key[i].label = grouping->indicator->breakdowns[i].total;
    }
}

void groups_make_cells(CellRun *run, const EntrySet *sets) {
    size_t len = run->planned->indicator->breakdowns_len;
    Grouping grouping = {.run = run, .indicator = run->planned->indicator};
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
