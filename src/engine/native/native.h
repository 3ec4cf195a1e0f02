/* The native engine: many indicators, many periods, one pass over the columns.
 *
 * In: a Plan and the tables of the run (data.h). Out: for each chain of steps of an outer row set
 * its rows, reduced to entries that stand for all rows that are alike (RowEntry, cells.h), window
 * by window. What is made of them, cells and all that surrounds them, is the same code for every
 * engine.
 *
 * The idea. Each window of the run is one bit (axis.c; more than 64 are done in blocks). For a row,
 * a condition is a Mask: the windows in which it holds. Three-valued logic is two masks, known true
 * and unknown, and a third for errors. A condition on one date of a row and the window is looked up
 * in a table by day (days.c). So one pass over the rows answers for all windows at once, and a row
 * is added to the counters of its group at the ends of its runs of bits (tally.c).
 *
 * The program. Conditions and values of all indicators are compiled into nodes (compile.c). A node
 * belongs to a scope: the rows that are looked at together, a batch of rows of one table, or pairs
 * of a row and a row related to it. Equal nodes of a scope are one node, whatever the aliases in
 * the definitions were, and it is evaluated once for a batch; and row sets that count the same rows
 * in the same way are counted once. Each thread has a program of its own,
 * compiled in the same order; what is costly and read-only (day tables, lookups) is shared, found
 * by its number.
 *
 * What falls back. A condition with a part that has no kernel becomes NODE_FALLBACK: the reference
 * evaluator answers for each row (and each window, if the windows matter) of that condition alone.
 * A chain that cannot be told by masks at all (`latest`), or in whose rows an error or a fault to
 * be told came up, is left to the reference engine whole. So what is answered here is answered
 * exactly as there, or not at all.
 *
 * To add a kind of expression: its NodeKind, its compiling in compile_*.c, its kernel in the file
 * of its family, its line in node_value() or node_truth().
 */
#ifndef ENGINE_NATIVE_NATIVE_H
#define ENGINE_NATIVE_NATIVE_H

#include <pthread.h>

#include "engine/reference/cells.h"

#define BATCH 1024
#define BLOCK_WINDOWS 64
#define NO_ROW_32 UINT32_MAX

typedef uint64_t Mask;
#define ALL_ONES (~(Mask)0)

typedef struct Node Node;
typedef struct Scope Scope;
typedef struct Program Program;
typedef struct Lookup Lookup;

/* ---- the axis (axis.c) ---- */

/* The first days of windows, by bit; two indicators whose windows agree share one. */
typedef struct Starts {
    Date first[BLOCK_WINDOWS];
    Mask used; /* bits whose first day is known */
    size_t number;
} Starts;

/* The windows of a block: a bit for each last day (and taken date). */
typedef struct Axis {
    Date last[BLOCK_WINDOWS];
    bool has_taken[BLOCK_WINDOWS];
    Date taken[BLOCK_WINDOWS];
    unsigned len;
    VEC(Starts *) starts;
} Axis;

/* Where the windows of an indicator lie in a block. */
typedef struct Placing {
    const PlanIndicator *planned;
    int *bit; /* by window: its bit, or -1: in another block, or not available */
    Mask used;
    const Starts *starts;
    bool any;
} Placing;

typedef struct Blocks {
    Axis *axes;
    size_t len;
    Placing **placings; /* [block][indicator of the plan] */
} Blocks;

Blocks axis_blocks(Arena *arena, const Plan *plan);

/* ---- vectors: a batch of values ---- */

/* Whether a value is there. A missing one keeps its symbol. */
enum {
    STATE_KNOWN = 0,
    STATE_MISSING = 1, /* 1 + Symbol */
    STATE_NOT_YET = 7, /* a missing `open` date, later than every date */
    STATE_ERROR = 8
};

typedef enum VectorKind {
    VECTOR_ROWS,   /* row numbers, or NO_ROW_32 */
    VECTOR_NUMBER, /* number / 10^scale; yes and no are 1 and 0 */
    VECTOR_EXACT,  /* any fraction */
    VECTOR_DATE,
    VECTOR_TEXT /* places in a dictionary */
} VectorKind;

typedef struct Vector {
    VectorKind kind;
    int scale;
    bool yes_no;          /* NUMBER: yes is 1 */
    const uint8_t *state; /* NULL: all are known */
    const uint32_t *rows;
    const int64_t *numbers;
    const Num *exact;
    const Date *dates;
    const uint32_t *codes;
    const char *const *texts; /* the dictionary */
    size_t texts_len;
} Vector;

/* Conditions, for each row the windows in which they are true, unknown, in error; else they are
 * false. A row has a bit in one of the three at most. */
typedef struct Truths {
    const Mask *yes;
    const Mask *maybe; /* NULL: none is unknown */
    const Mask *error; /* NULL: none is */
} Truths;

/* ---- nodes ---- */

typedef enum NodeKind {
    /* rows */
    NODE_SLOT, /* the rows of the scope */
    NODE_LINK, /* the rows that a link column leads to */
    /* values */
    NODE_COLUMN,
    NODE_CONSTANT,
    NODE_PERIOD_WORD,
    NODE_SHIFT,    /* a date plus a duration */
    NODE_PLAIN,    /* the same value; what is not yet is simply unknown */
    NODE_FUNCTION, /* days, months, years, working_days, age, year, month, day */
    NODE_ARITHMETIC,
    NODE_NEGATE,
    NODE_QUANTITY, /* a nested quantity that no window changes */
    /* conditions */
    NODE_COMPARE,
    NODE_IN,
    NODE_MISSING,
    NODE_YES, /* a value of yes or no */
    NODE_NOT,
    NODE_AND,
    NODE_OR,
    NODE_DAYS,    /* a table by the day of one date */
    NODE_PRESENT, /* the timing `dated`: a missing date is outside */
    NODE_LOOKUP,  /* how many related rows there are, whatever the row around them is otherwise */
    NODE_PAIRS,   /* the same where it matters: pairs are looked at */
    NODE_FALLBACK
} NodeKind;

typedef struct DayTable DayTable;
typedef struct Fallback Fallback;
typedef struct Pairs Pairs;
typedef struct RowsBySlot RowsBySlot;

/* The places of a column's texts in another dictionary. */
typedef struct Translation {
    const char *const *texts;
    const uint32_t *places;
} Translation;

struct Node {
    NodeKind kind;
    Scope *scope;
    uint32_t number;
    bool truth;      /* a condition; else a value */
    bool periodic;   /* windows change it */
    bool row_free;   /* rows do not */
    bool restricted; /* only rows of scope->live were looked at */
    /* A date of the row that alone decides about the value (besides the window), and which way the
     * value moves with it; NULL: there is none, or it is not monotone. */
    Node *day;
    int direction;
    Date low, high; /* dates: bounds of those that are known */
    Node *terms[4];
    Node **more; /* AND, OR */
    size_t more_len;
    union {
        size_t slot;
        const ColumnModel *column;
        Value constant;
        struct {
            PeriodWord word;
            const Starts *starts;
        } period;
        struct {
            DurationKind kind;
            int64_t amount;
            const Calendar *calendar; /* of working days */
        } shift;
        struct {
            FunctionId function;
            const Calendar *calendar;
            const int32_t *worked; /* by day of the calendar: working days up to and with it */
        } call;
        ArithmeticOp op;
        ComparisonOp comparison;
        const Expr *in;
        bool negated; /* MISSING */
        DayTable *days;
        struct {
            Lookup *lookup;
            bool another;
            ComparisonOp comparison;
            int64_t limit;
        } related; /* terms: the key; of `another` what the row itself meets, and its own value */
        Pairs *pairs;
        Fallback *fallback;
    } as;
    /* what was worked out last, and for which batch (and window) */
    uint64_t stamp;
    int bit;
    uint64_t live_id; /* restricted: for which rows it was worked out */
    Mask *open;       /* AND: rows for which its costly terms still matter */
    Vector value;
    Truths truths;
    void *buffer;
    Mask *yes, *maybe, *error;
    uint8_t *state;
    bool gathers; /* COLUMN: its rows are not next to each other */
    VEC(Translation) translations;
    const Date *shifts;      /* SHIFT: each day moved */
    const uint32_t *by_text; /* LINK: the row of each text */
    const uint8_t *by_code;  /* of texts: an answer for each place in the dictionary */
};

/* What an alias stands for. */
typedef struct Alias {
    const RowVar *var;
    const Rowset *rows; /* NULL: the row of a computed column */
    Node *node;         /* of VECTOR_ROWS */
} Alias;

#define MOST_ALIASES 16

typedef struct Env {
    Scope *scope;
    const Starts *starts; /* of the indicator's windows */
    Alias aliases[MOST_ALIASES];
    size_t aliases_len;
} Env;

/* ---- scopes ---- */

typedef struct Slot {
    const LoadedTable *table;
    size_t first;         /* contiguous rows from here; or */
    const uint32_t *rows; /* these */
    bool gathered;        /* never contiguous */
} Slot;

#define MOST_SLOTS 6

/* Day tables that were made for a scope, to be found again. */
typedef struct ComparedDays {
    ComparisonOp op;
    const Node *a, *b;
    Node *node;
} ComparedDays;

typedef struct JoinedDays {
    Node **terms;
    size_t len;
    Node *node;
} JoinedDays;

struct Scope {
    Program *program;
    Slot slots[MOST_SLOTS];
    size_t slots_len;
    size_t len; /* rows in the batch */
    uint64_t stamp;
    const Mask *live; /* windows that matter, by row; NULL: all */
    uint64_t live_id; /* another for other rows; 0: all */
    VEC(Node *) nodes;
    VEC(Node *) by_hash; /* an open table of a power of two */
    VEC(ComparedDays) compared;
    VEC(JoinedDays) joined;
};

/* ---- programs ---- */

/* A date of the row itself, and a birth that it must not precede. */
typedef struct BirthWatch {
    Node *own, *born;
} BirthWatch;

typedef struct Worked {
    const Calendar *calendar;
    const int32_t *days;
} Worked;

/* What the programs of all threads share: made by the first, found by number by the others. */
typedef struct Shared {
    Data *data;
    Arena *arena;
    const Axis *axis;
    VEC(DayTable *) days;
    VEC(Lookup *) lookups;
    VEC(Worked) worked; /* calendars, counted */
    VEC(RowsBySlot *) indexes;
    size_t threads, batch;
    size_t built;         /* lookups filled so far */
    pthread_mutex_t lock; /* for the reference evaluator, which is not for two threads */
} Shared;

/* What a program looks at to fill a lookup. */
typedef struct LookupNodes {
    Node *own, *rest; /* NULL: all rows in one place; all rows */
    size_t planes;
    Lookup *lookup;
    VEC(BirthWatch) watches; /* of its rows */
} LookupNodes;

typedef struct IndexNode {
    const Node *own;
    RowsBySlot *index;
} IndexNode;

struct Program {
    Shared *shared;
    Arena *arena;
    Evaluator evaluator;
    PlanWindow window; /* the reference evaluator's, for fallbacks */
    Scope **base;      /* by source: batches of its rows */
    size_t thread;
    size_t days_seen;
    VEC(Node *) pairs;        /* nodes of pairs, to be found again */
    VEC(LookupNodes) lookups; /* as shared->lookups */
    VEC(IndexNode) indexes;   /* as shared->indexes */
    uint64_t stamps, live_ids;
    int bit;          /* the window that periodic values are worked out for */
    size_t fallbacks; /* conditions that the reference evaluator is asked for */
    bool refuses;     /* while a chain is compiled: it must be left to the reference engine */
    /* of the chain that is compiled: */
    VEC(BirthWatch) watches;
    VEC(Lookup *) watched; /* look-ups that have watches of their own */
};

Program *program_new(Shared *shared, size_t thread);
void program_end(Program *program);
/* The scope of batches of the rows of a table. */
Scope *program_base(Program *program, const SourceModel *source);
Scope *scope_new(Program *program);
/* The next batch: nothing that was worked out counts any more. */
void scope_next(Scope *scope, size_t len);
/* The node that is like this one; a copy, if there is none yet. */
Node *node_intern(Scope *scope, const Node *like);

/* ---- compiling: NULL where there is no kernel ---- */
Node *compile_value(Program *program, const Env *env, const Expr *expr);
/* Never NULL: what has no kernel falls back. */
Node *compile_truth(Program *program, const Env *env, const Expr *expr);
Node *compile_try_truth(Program *program, const Env *env, const Expr *expr);
Node *compile_timing(Program *program, const Env *env, const Rowset *rows);
Node *compile_compare(Program *program, Scope *scope, ComparisonOp op, Node *a, Node *b);
Node *compile_and(Program *program, Scope *scope, Node **terms, size_t len);
Node *compile_not(Scope *scope, Node *term);
Node *compile_rows(Program *program, const Env *env, const Expr *row);
Node *compile_column(Program *program, Scope *scope, Node *rows, const ColumnModel *column);
Node *compile_exists(Program *program, const Env *env, const Expr *expr);
Node *compile_count(Program *program, const Env *env, ComparisonOp op, const Quantity *quantity,
                    int64_t limit);
Node *compile_related(Program *program, const Env *env, const Rowset *rows, ComparisonOp op,
                      int64_t limit, bool count);
Node *compile_quantity(Program *program, const Env *env, const Quantity *quantity);
Node *compile_fallback(Program *program, const Env *env, const Expr *expr);
/* The condition that such a node asks the reference evaluator for. */
const Expr *fallback_expr(const Node *node);
/* The date moved; NULL for working days from a date that windows change, or without a calendar. The
 * same without `not yet`. */
Node *node_shift(Node *date, DurationKind kind, int64_t amount);
Node *node_plain(Node *date);
Node *node_period_word(const Env *env, PeriodWord word);
bool env_add(Env *env, const RowVar *var, const Rowset *rows, Node *node);
Node *env_find(const Env *env, const RowVar *var);
const Alias *env_alias(const Env *env, const RowVar *var);
/* False if one of the batch's births is later than the date of its row. */
bool births_are_sound(const BirthWatch *watches, size_t len);
/* Whether windows change it (computed columns are looked into). */
bool expr_is_periodic(const Expr *expr);
bool rows_are_periodic(const Rowset *rows);
/* Whether it speaks of a row of these aliases. */
bool expr_mentions(const Env *env, const Expr *expr);

/* Rows that matter to costly conditions from now on; the number tells them from others. */
typedef struct Live {
    const Mask *rows;
    uint64_t id;
} Live;
Live scope_live(Scope *scope, Live live); /* gives those before */
#define LIVE_OF_STEPS ((uint64_t)1 << 32)

/* ---- evaluating a batch ---- */
const Vector *node_value(Node *node);
const Truths *node_truth(Node *node);
/* The value for one day in place of node->day, and one bit. Not of errors. */
Outcome node_at(const Node *node, Date day, int bit);
Outcome vector_outcome(const Vector *vector, size_t i);
uint8_t outcome_state(const Outcome *outcome);

void evaluate_rows(Node *node);      /* columns.c */
void evaluate_column_of(Node *node); /* columns.c */
void evaluate_shift_of(Node *node);  /* values.c */
void evaluate_scalar_of(Node *node); /* values.c */
void evaluate_function_of(Node *node);
void evaluate_arithmetic_of(Node *node);
void evaluate_compare_of(Node *node); /* compare.c */
void evaluate_in_of(Node *node);
void evaluate_missing_of(Node *node);
void evaluate_yes_of(Node *node);
void evaluate_logic_of(Node *node);   /* logic.c */
void evaluate_days_of(Node *node);    /* days.c */
void evaluate_related_of(Node *node); /* lookup.c */
void evaluate_pairs_of(Node *node);   /* pairs.c */
/* The rows that such a node looks at beside each row. */
const SourceModel *pairs_source(const Node *node);
void evaluate_pairs_quantity_of(Node *node);
void evaluate_fallback_of(Node *node); /* fallback.c */

/* Buffers of a node for a batch; made when first asked for. */
Mask *node_yes(Node *node);
Mask *node_maybe(Node *node);
Mask *node_error(Node *node);
uint8_t *node_state(Node *node);
void *node_buffer(Node *node, size_t size);

/* ---- days.c ---- */
/* The node that answers op for a, which moves with one day, and b, which no row changes; or NULL.
 */
Node *days_of_compare(Program *program, ComparisonOp op, Node *a, Node *b);
/* Several tables by the same date as one, or NULL. */
Node *days_and(Program *program, Node *const *terms, size_t len);
/* The same table, but a missing date is outside; or NULL. */
Node *days_present(Program *program, Node *term);

/* ---- steps of integers by day: group keys and bands that windows change ---- */
typedef struct StepPart {
    Outcome value;
    Mask mask;
} StepPart;

typedef struct StepTable {
    Date low, high;
    uint32_t *part; /* by day: its first part; and after the last day */
    const uint32_t *run;
    StepPart *parts;
} StepTable;

/* ---- domain.c: values that relate rows, as places from 0 on ---- */
typedef struct Domain {
    VectorKind kind;
    int64_t low;
    size_t size;
    const char *const *texts; /* the dictionary of the table that is looked into */
    size_t texts_len;
} Domain;

#define NO_SLOT UINT32_MAX /* a value that no row has */
#define MISSING_SLOT (UINT32_MAX - 1)

/* False if the values of the column have no such domain. */
bool domain_of(Program *program, const Node *own, Domain *out);
/* Whether values of the node can be looked up in it. */
bool domain_takes(const Domain *domain, const Node *key);
/* For each row of the batch the place of its value. */
void domain_slots(const Domain *domain, Node *key, uint32_t *out);

/* Rows of a table by the value that relates them to others. */
struct RowsBySlot {
    Domain domain;
    uint32_t *start; /* by place, and after the last */
    uint32_t *rows;
    uint32_t *missing;
    size_t missing_len;
};

/* ---- counters of windows, bit by bit (counters.c) ---- */
#define MOST_PLANES 7

/* Adds the windows of a mask to the counters of planes[0 .. len], which stop at their greatest. */
void planes_add(Mask *const *planes, size_t len, size_t at, Mask mask);
void planes_subtract(Mask *planes, size_t len, Mask mask);
void planes_sum(Mask *planes, size_t len, const Mask *more);
/* The windows in which count op limit is true, and in which it is not known: the count is from low
 * to high. */
void planes_compare(const Mask *low, const Mask *high, size_t len, ComparisonOp op, int64_t limit,
                    Mask *yes, Mask *maybe);
/* Planes enough to compare with the limit after one was taken away; 0: too many. */
size_t planes_for(int64_t limit);
/* Planes enough to compare with the limit. */
size_t planes_to_compare(ComparisonOp op, int64_t limit);

/* ---- related rows (related.c, lookup.c, pairs_compile.c) ---- */
/* The equality that ties a nested set to the rows around it, and what else its rows must meet. */
typedef struct Tie {
    const Expr *own, *key; /* NULL: there is none */
    const Expr **rest;
    size_t rest_len;
} Tie;

Tie tie_of(Program *program, const Env *env, const Rowset *rows);
/* The rows that it counts. */
const SourceModel *lookup_source(const Lookup *lookup);
/* Whether one of its rows is an error, or its birth is later than its own date. */
bool lookup_failed(const Lookup *lookup);
/* NULL if the values have no domain. */
Node *compile_lookup(Program *program, const Env *env, const Rowset *rows, const Tie *tie,
                     ComparisonOp op, int64_t limit);
Node *compile_pairs(Program *program, const Env *env, const Rowset *rows, const Tie *tie,
                    ComparisonOp op, int64_t limit, bool count);
typedef Node *(*AskPicked)(Program *program, const Env *inner, Node *value, const Expr *expr);
Node *compile_pick(Program *program, const Env *env, const Quantity *quantity, AskPicked ask,
                   const Expr *expr);
/* Fills those that were compiled since; all programs (threads) take part. */
void lookups_fill(Program **programs, size_t len);
void lookups_end(Shared *shared);

/* ---- threads.c ---- */
/* Calls work for each batch of so many rows (at most BATCH), on so many threads. */
void for_batches(size_t rows, size_t batch, size_t threads,
                 void (*work)(void *context, size_t thread, size_t first, size_t len),
                 void *context);

/* ---- chains and tallies ---- */
typedef struct Chain Chain;

#endif
