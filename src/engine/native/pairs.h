/* The inside of pairs: made by pairs_compile.c, worked out by pairs.c. */
#ifndef ENGINE_NATIVE_PAIRS_H
#define ENGINE_NATIVE_PAIRS_H

#include "engine/native/native.h"

typedef enum PairsKind { PAIRS_ANY, PAIRS_COUNT, PAIRS_PICK, PAIRS_QUANTITY } PairsKind;

/* What the pairs of a row come to: a quantity. */
typedef struct Picked {
    size_t rows, doubtful, missing;
    Symbol symbol;
    bool error, any;
    bool too_large; /* the sum so far */
    size_t row;     /* first, last */
    Date date;      /* theirs */
    Outcome best;   /* the value so far, or the sum */
} Picked;

/* PICK: a row that may be the first, last, least or greatest, and what is asked of its value. */
typedef struct Choice {
    uint32_t around, row;
    Date date;
    Outcome value;
    Mask yes, says_yes, says_maybe;
    bool missing; /* it has no value, or no date */
} Choice;

struct Pairs {
    PairsKind kind;
    Scope *scope;
    const LoadedTable *table;
    const RowsBySlot *index; /* NULL: every row of the table is related */
    Node *key;               /* of the rows around */
    Node *where;             /* of the pairs; the equality too */
    size_t around_slots;
    bool another;
    size_t another_slot;
    ComparisonOp comparison;
    int64_t limit;
    size_t planes;
    const Quantity *quantity;
    Node *value, *by;
    Node *asked; /* PICK: the condition on the value */
    VEC(Choice) choices;
    /* the pairs at hand */
    uint32_t around[BATCH]; /* place in the outer batch */
    uint32_t rows[MOST_SLOTS][BATCH];
    size_t len;
    Mask low[MOST_PLANES][BATCH], high[MOST_PLANES][BATCH];
    bool any_maybe, any_error;
    Picked *picked;
};

#endif
