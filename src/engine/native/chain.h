/* Chains: the steps of an outer row set, carried out for all windows of a block at once.
 *
 * In: the chain of steps of a plan (plan_build.h). Out: classes of rows. A class is what RowEntry
 * tells rows apart by: the group, in doubt or not, taken out or not, selected, band, parts. For
 * each class and window the number of its rows, and what else a figure asks for: sums, or the rows.
 *
 * A chain that the reference engine must answer is not `sound`.
 */
#ifndef ENGINE_NATIVE_CHAIN_H
#define ENGINE_NATIVE_CHAIN_H

#include "engine/native/native.h"
#include "engine/reference/quantity.h"

/* The parts of a mask by a value that windows change: which value in which windows. */
typedef struct MaskPart {
    size_t value;
    Mask mask;
} MaskPart;

typedef struct MaskParts {
    MaskPart *items;
    size_t len;
} MaskParts;

/* Values of a breakdown, numbered as they come. */
typedef struct KeyNumbers {
    Node *node;
    VEC(Value) values;
    uint32_t *by_code; /* number + 1 of texts, and of whole numbers from `low` that lie close */
    int64_t low;
    int64_t *keys;     /* others: an open table of a power of two */
    uint32_t *numbers; /* number + 1 */
    size_t cap;
    uint32_t unknown;  /* number + 1 of the rows without a value */
    MaskParts *by_day; /* a value that windows change: by its day, made when first met */
} KeyNumbers;

#define MOST_KEYS 4

typedef struct Sum {
    const Quantity *quantity;
    Node *value;
    bool squares;
} Sum;

#define MOST_SUMS 4

/* The rows of a chain that are alike. */
typedef struct RowClass {
    uint32_t group, state;
} RowClass;

typedef struct KeptRow {
    uint32_t row, number; /* of the class */
    Mask mask;
} KeptRow;

#define STRIDE (BLOCK_WINDOWS + 1)

/* What one thread has found out about a chain in a block. */
typedef struct Tally {
    Arena *arena;
    VEC(uint32_t *) by_group; /* class + 1, by state */
    VEC(RowClass) classes;
    int64_t *counts; /* STRIDE a class: differences between windows, then numbers */
    int64_t *sums;   /* sums_len * STRIDE a class */
    int64_t *squares;
    size_t sums_len;
    size_t cap;
    VEC(KeptRow) rows;
    uint64_t *group_keys; /* several breakdowns: an open table of packed numbers */
    uint32_t *groups;
    size_t groups_cap;
    VEC(uint64_t) group_of; /* packed numbers of the keys, by group */
    KeyNumbers keys[MOST_KEYS];
    bool failed; /* an error, or a fault to be told: left to the reference engine */
} Tally;

/* What a program looks at for a chain. */
typedef struct ChainNodes {
    Node *base, *select, *band, *band_to;
    Node **excludes, **parts; /* as the chain's steps */
    Sum sums[MOST_SUMS];
    size_t sums_len;
    MaskParts *bands_by_day;
    uint32_t *band_by_value; /* band + 1, of small whole numbers and of places in a dictionary */
    int64_t band_low;
    size_t band_span;
    bool keeps_rows;
    bool plain;                    /* chain_plain.c does it */
    const struct ChainNodes *like; /* counts the same rows alike, for both; NULL: none does */
    VEC(BirthWatch) watches;
    VEC(Lookup *) watched;
    Tally tally;
} ChainNodes;

struct Chain {
    const PlanNode *last;
    const PlanIndicator *planned;
    const Placing *placing;
    const Rowset *rows;
    const PlanNode *excludes[8], *parts[8];
    size_t excludes_len, parts_len, keys_len, bands_len;
    bool has_select, has_band;
    size_t states;
    bool keeps_rows; /* what entered and left is asked for, and its rows tell */
    bool compiles, sound;
    const char *why; /* not sound: in words, for `kpic explain --plan` */
    Mask used;
};

/* ---- chain.c ---- */
/* Reads the steps; not sound if there is one that this engine does not carry out. */
Chain chain_new(const PlanIndicator *planned, const PlanNode *last, const Placing *placing);
/* False: not sound. */
bool chain_compile(Program *program, Chain *chain, ChainNodes *nodes);

/* ---- chain_rows.c ---- */
/* Whether both count the same rows by the same keys and sums, in the same windows. Only plain ones
 * do. */
bool chains_alike(const Chain *a, const ChainNodes *x, const Chain *b, const ChainNodes *y);
/* Where its rows are counted. */
const Tally *chain_tally(const ChainNodes *nodes);
/* What a quantity sums up must be there in every row that counts; else the tally fails. */
void chain_read_sums(ChainNodes *nodes, size_t i, int64_t *values);

/* ---- chain_plain.c: chains without exclusions, parts, bands, and keys that windows change ---- */
bool chain_is_plain(const Chain *chain, const ChainNodes *nodes);
/* Adds the rows of a batch whose conditions and values have been looked at. */
void plain_take(const Chain *chain, ChainNodes *nodes, const Truths *base, const Truths *select);

/* Adds the batch of the base scope. */
void chain_take(Program *program, const Chain *chain, ChainNodes *nodes);

/* ---- tally.c ---- */
uint32_t tally_class_new(Tally *tally, const Chain *chain, uint32_t group, uint32_t state);

/* The number of the class of such rows. */
static inline uint32_t tally_class(Tally *tally, const Chain *chain, uint32_t group,
                                   uint32_t state) {
    uint32_t number = group < tally->by_group.len ? tally->by_group.items[group][state] : 0;
    return number ? number - 1 : tally_class_new(tally, chain, group, state);
}

/* Each run of windows: + at its first, - after its last. */
static inline void tally_add_runs(int64_t *differences, Mask mask, int64_t amount) {
    while (mask) {
        Mask lowest = mask & -mask, carried = mask + lowest;
        differences[__builtin_ctzll(mask)] += amount;
        differences[carried ? __builtin_ctzll(carried) : 64] -= amount;
        mask &= carried;
    }
}

void tally_add(Tally *tally, const Chain *chain, uint32_t group, uint32_t state, Mask mask,
               const int64_t *values, uint32_t row, bool keep);
/* The number of the group of these keys. */
uint32_t tally_group(Tally *tally, const Chain *chain, const uint32_t *numbers);
uint32_t key_number(Tally *tally, KeyNumbers *keys, const Vector *vector, size_t i);
uint32_t key_number_of_value(Tally *tally, KeyNumbers *keys, Value value);
/* Adds what another thread has found out. */
void tally_merge(Tally *into, const Chain *chain, const Tally *from);
/* Differences to numbers, after the last batch. */
void tally_end(Tally *tally);

/* States of classes: one number for all that RowEntry tells. State 0 is a row in doubt. */
typedef struct RowState {
    unsigned excluded, parts; /* bits */
    bool in_doubt;
    Truth selected;
    size_t band;
} RowState;

/* Kept rows in the order of the table. */
void tally_sort_rows(Tally *tally);

uint32_t state_number(const Chain *chain, const RowState *state);
RowState state_of_number(const Chain *chain, uint32_t number);

/* ---- entries.c ---- */
/* The entries of one window (a bit of the block). */
EntrySet chain_entries(CellRun *run, const Chain *chain, const ChainNodes *nodes, int bit);

#endif
