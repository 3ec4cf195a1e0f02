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
 * the definitions were, and it is evaluated once for a batch. Each thread has a program of its own,
 * compiled in the same order; what is costly and read-only (day tables, lookups) is shared, found
 * by its number.
 *
 * What falls back. A condition with a part that has no kernel becomes NODE_FALLBACK: the reference
 * evaluator answers for each row (and each window, if the windows matter) of that condition alone.
 * A chain that cannot be told by masks at all (`latest`), or in whose rows an error or a fault to be
 * told came up, is left to the reference engine whole. So what is answered here is answered exactly
 * as there, or not at all.
 *
 * To add a kind of expression: its NodeKind, its compiling in compile_*.c, its kernel in the file of
 * its family, its line in node_value() or node_truth().
 */
#ifndef ENGINE_NATIVE_NATIVE_H
#define ENGINE_NATIVE_NATIVE_H

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
    NODE_EXISTS,  /* looked up: related rows that do not depend on the row around them */
    NODE_COUNT,   /* the same, counted and compared with a number */
    NODE_PAIRS,   /* related rows that do: pairs are looked at */
    NODE_FALLBACK
} NodeKind;

typedef struct DayTable DayTable;
typedef struct Fallback Fallback;
typedef struct Pairs Pairs;

struct Node {
    NodeKind kind;
    Scope *scope;
    uint32_t number;
    bool truth;    /* a condition; else a value */
    bool periodic; /* windows change it */
    bool row_free; /* rows do not */
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
        } shift;
        struct {
            FunctionId function;
            const Calendar *calendar;
            Date calendar_from;
            const int32_t *worked; /* by day of the calendar: working days up to and with it */
            Node *own_date;        /* age: the date of the row itself, or NULL */
        } call;
        ArithmeticOp op;
        ComparisonOp comparison;
        const Expr *in;
        bool negated; /* MISSING */
        DayTable *days;
        struct {
            Lookup *lookup;
            bool another;
            ComparisonOp comparison; /* COUNT */
            int64_t limit;
        } related;
        Pairs *pairs;
        Fallback *fallback;
    } as;
    /* what was worked out last, and for which batch (and window) */
    uint64_t stamp;
    int bit;
    Vector value;
    Truths truths;
    void *buffer;
    Mask *yes, *maybe, *error;
    uint8_t *state;
    const uint8_t *by_code; /* of texts: an answer for each place in the dictionary */
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
} Slot;

#define MOST_SLOTS 6

struct Scope {
    Program *program;
    Slot slots[MOST_SLOTS];
    size_t slots_len;
    size_t len; /* rows in the batch */
    uint64_t stamp;
    const Mask *live; /* windows that matter, by row; NULL: all */
    VEC(Node *) nodes;
    VEC(Node *) by_hash; /* an open table of a power of two */
};

/* ---- programs ---- */

/* What the programs of all threads share: made by the first, found by number by the others. */
typedef struct Shared {
    Data *data;
    Arena *arena;
    const Axis *axis;
    VEC(DayTable *) days;
    VEC(Lookup *) lookups;
    VEC(void *) others; /* indexes, flat columns */
    size_t threads;
    size_t built; /* lookups filled so far */
    void *lock;   /* for the reference evaluator, which is not for two threads */
} Shared;

struct Program {
    Shared *shared;
    Arena *arena;
    Evaluator evaluator;
    PlanWindow window; /* the reference evaluator's, for fallbacks */
    Scope **base;      /* by source: batches of its rows */
    size_t thread;
    size_t days_seen, lookups_seen;
    uint64_t stamps;
    int bit; /* the window that periodic values are worked out for */
    bool gave_up; /* the batch has something that only the reference engine can tell */
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
Arena *program_arena(Program *program);

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
Node *compile_quantity(Program *program, const Env *env, const Quantity *quantity);
Node *compile_fallback(Program *program, const Env *env, const Expr *expr);
bool env_add(Env *env, const RowVar *var, const Rowset *rows, Node *node);
Node *env_find(const Env *env, const RowVar *var);

/* ---- evaluating a batch ---- */
const Vector *node_value(Node *node);
const Truths *node_truth(Node *node);
/* The value for one day in place of node->day, and one bit. Not of errors. */
Outcome node_at(const Node *node, Date day, int bit);
Outcome vector_outcome(const Vector *vector, size_t i);
const uint8_t *vector_all_states(Node *node, size_t len, uint8_t state);

void evaluate_rows(Node *node);       /* columns.c */
void evaluate_column_of(Node *node);  /* columns.c */
void evaluate_shift_of(Node *node);   /* values.c */
void evaluate_scalar_of(Node *node);  /* values.c */
void evaluate_function_of(Node *node);
void evaluate_arithmetic_of(Node *node);
void evaluate_compare_of(Node *node); /* compare.c */
void evaluate_in_of(Node *node);
void evaluate_missing_of(Node *node);
void evaluate_yes_of(Node *node);
void evaluate_logic_of(Node *node); /* logic.c */
void evaluate_days_of(Node *node);  /* days.c */
void evaluate_related_of(Node *node); /* lookup.c */
void evaluate_pairs_of(Node *node);   /* pairs.c */
void evaluate_pairs_quantity_of(Node *node);
void evaluate_fallback_of(Node *node); /* fallback.c */

/* Buffers of a node for a batch; made when first asked for. */
Mask *node_yes(Node *node);
Mask *node_maybe(Node *node);
Mask *node_error(Node *node);
uint8_t *node_state(Node *node);
void *node_buffer(Node *node, size_t size);

/* ---- days.c ---- */
/* The node that answers op for a, which moves with one day, and b, which no row changes; or NULL. */
Node *days_of_compare(Program *program, ComparisonOp op, Node *a, Node *b);
/* Several tables by the same date as one, or NULL. */
Node *days_and(Program *program, Node *const *terms, size_t len);
Node *days_not(Program *program, Node *term);

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

/* ---- lookup.c ---- */
typedef enum LookupKind { LOOKUP_EXISTS, LOOKUP_COUNT } LookupKind;
Lookup *lookup_of(Program *program, const SourceModel *source, Node *own, Node *rest,
                  LookupKind kind, int64_t limit);
/* Fills those that were compiled since; with all programs (threads) at work. */
void lookups_fill(Program **programs, size_t len);

/* Values that relate rows, as numbers from 0 on. */
typedef struct Domain {
    VectorKind kind;
    int64_t low;
    size_t size;
    const char *const *texts; /* the dictionary of the table that is looked into */
    size_t texts_len;
    void *by_text; /* another dictionary's places, translated (by text pointer) */
} Domain;

#define NO_SLOT UINT32_MAX
/* False if the values of the column have no such domain. */
bool domain_of(Program *program, Node *own, Domain *out);
/* For each row of the batch its place in the domain, NO_SLOT if it has none there. */
void domain_slots(const Domain *domain, Node *key, const Vector *values, size_t len,
                  uint32_t *out);

/* ---- chains and tallies ---- */
typedef struct Chain Chain;

#endif
