/* The Model: what the definitions mean. Names are resolved, types and units checked, defines
 * inlined, defaults written out. Nothing after sema sees an AST node.
 *
 * In: parsed files and (where there is one) the Catalog of the store. Out: a Model in the session's
 * arena, read-only from then on. An indicator that has an error is left out of `indicators`, so
 * that what is there can be evaluated; messages say what was wrong.
 *
 * Conditions are three-valued. Expressions are typed trees of their own (Expr); each keeps its Span
 * for messages and explanations. To add a kind of expression: the enum and union here, its checking
 * in infer_*.c, its printing in expr_print.c, its evaluation in each engine; the compiler lists the
 * switches (there is no `default:`).
 */
#ifndef SEMA_MODEL_H
#define SEMA_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/calendar.h"
#include "base/period.h"
#include "base/session.h"
#include "base/terms.h"
#include "base/value.h"
#include "base/vec.h"
#include "sema/catalog.h"

typedef struct SourceModel SourceModel;
typedef struct ColumnModel ColumnModel;
typedef struct CodeSet CodeSet;
typedef struct CalendarModel CalendarModel;
typedef struct Expr Expr;
typedef struct Rowset Rowset;
typedef struct Quantity Quantity;
typedef struct Indicator Indicator;

/* ---- types ---- */
typedef enum TypeKind {
#define TYPE(ident, words) TYPE_##ident,
#include "sema/types.def"
#undef TYPE
} TypeKind;

typedef struct Type {
    TypeKind kind;
    const CodeSet *codes;   /* TEXT: the values are of this set; or NULL */
    const SourceModel *row; /* ROW: a row of this source (an alias, or a link to it) */
    const char *unit;       /* DECIMAL "miles"; or NULL */
    bool open;              /* DATE: missing means not yet (a column, not an arithmetic result) */
} Type;

/* ---- code sets, calendars ---- */
typedef struct CodeEntry {
    Atom code;
    const char *title;
    Span span;
} CodeEntry;

struct CodeSet {
    Atom name;
    const char *title;
    Span span;
    CodeEntry *entries; /* in the order of writing, which is the order of groups in print */
    size_t entries_len;
    bool damaged; /* a code could not be read: a value that is not here may be that one */
};
/* The entry's place, or -1. */
int codes_find(const CodeSet *codes, const char *code);

struct CalendarModel {
    Atom name;
    const char *title;
    Span span;
    unsigned weekend; /* as Calendar.weekend */
    Date *dates;      /* written in the definition; or */
    size_t dates_len;
    const Rowset *rows; /* the rows whose `date` is a holiday (read at the start of a run) */
    const Expr *date;
    Date from, to;
};

/* ---- sources ---- */
struct ColumnModel {
    Atom name;
    Type type;
    Span span;
    const SourceModel *source;
    size_t index;            /* in source->columns */
    const char *field;       /* the store's name; NULL if computed */
    const char *date_format; /* NULL: ISO */
    const char *yes, *no;    /* NULL: the usual spellings */
    bool optional;           /* missing means unknown and is no fault */
    PublishedKind published; /* its own, or its source's */
    const Expr *computed;    /* in terms of source->self; or NULL */
    size_t parts;            /* of `computed`, with those of the columns that it uses */
    unsigned levels;         /* of columns that it uses, through each other */
};

typedef struct RowVar {
    Atom name;   /* the alias; of source->self: the source's name */
    uint32_t id; /* its place in an engine's frame: unique within the Model */
    const SourceModel *source;
    Span span;
} RowVar;

struct SourceModel {
    Atom name;
    const char *title;
    Span span;
    size_t index;      /* in model->sources */
    const char *table; /* the store's name; NULL when the rows are written here */
    ColumnModel *columns;
    size_t columns_len;
    const ColumnModel **key; /* NULL if none is declared */
    size_t key_len;
    SymbolSpec *symbols;
    size_t symbols_len;
    PublishedKind published;
    bool has_covers;
    Date covers_from, covers_to;
    const char **cells; /* rows_len * columns_len, NULL for empty; or NULL */
    size_t rows_len;
    RowVar self; /* the row that computed columns speak of */
};

/* ---- expressions ---- */
typedef enum ExprKind {
    EXPR_CONSTANT,    /* a number, text, date, yes or no */
    EXPR_DURATION,    /* only where a duration is asked for */
    EXPR_ROW,         /* the row of an alias */
    EXPR_COLUMN,      /* a column of a row; through a link: of the linked row */
    EXPR_PERIOD_WORD, /* period start, period end, taken date */
    EXPR_NEGATE,
    EXPR_ARITHMETIC, /* numbers */
    EXPR_DATE_SHIFT, /* a date plus or minus a duration */
    EXPR_COMPARISON,
    EXPR_ELAPSED, /* elapsed A to B compared with a duration N: `>=` is A + N <= B, and so on */
    EXPR_BETWEEN,
    EXPR_WITHIN,  /* D within N before X: D <= X <= D + N; after: X <= D <= X + N */
    EXPR_IN_SPAN, /* D in N to X: D <= X < D + N */
    EXPR_IN,      /* in a list of values, or in a code set */
    EXPR_IS_MISSING,
    EXPR_EXISTS,
    EXPR_QUANTITY, /* nested: a number for each row; at the top of `value`: of the whole set */
    EXPR_FUNCTION,
    EXPR_NOT,
    EXPR_AND,
    EXPR_OR
} ExprKind;

typedef enum FunctionId {
#define FUNCTION(ident, name, result, signature, doc) FUNCTION_##ident,
#include "sema/funcs.def"
#undef FUNCTION
    FUNCTIONS
} FunctionId;

typedef enum DurationKind { SPAN_DAYS, SPAN_MONTHS, SPAN_WORKING_DAYS } DurationKind;

struct Expr {
    ExprKind kind;
    Type type;
    Span span;
    union {
        Value constant;
        struct {
            DurationKind kind;
            int64_t amount; /* days (weeks are 7), months (quarters 3, years 12), working days */
        } duration;
        const RowVar *row;
        struct {
            const Expr *row; /* EXPR_ROW, or an EXPR_COLUMN that is a link */
            const ColumnModel *column;
        } column;
        PeriodWord period_word;
        const Expr *operand; /* NEGATE, NOT */
        struct {
            ArithmeticOp op;
            const Expr *left, *right;
        } arithmetic;
        struct {
            const Expr *date, *duration;
            bool back; /* minus */
        } shift;
        struct {
            ComparisonOp op;
            const Expr *left, *right;
        } comparison;
        struct {
            ComparisonOp op;
            const Expr *from, *to, *duration;
        } elapsed;
        struct {
            const Expr *value, *low, *high;
        } between;
        struct {
            const Expr *date, *duration, *anchor;
            bool before; /* WITHIN only */
        } within;        /* also IN_SPAN */
        struct {
            const Expr *value;
            const CodeSet *codes; /* or */
            const Value *items;
            size_t items_len;
            bool negated;
        } in;
        struct {
            const Expr *value;
            bool negated;
        } missing;
        struct {
            const Rowset *rows;
            bool none;
        } exists;
        const Quantity *quantity;
        struct {
            FunctionId function;
            const Expr **arguments;
            size_t arguments_len;
            const CalendarModel *calendar; /* working_days */
        } call;
        struct {
            const Expr **terms;
            size_t terms_len;
        } logic; /* AND, OR */
    } as;
};

/* ---- row sets and quantities ---- */
struct Rowset {
    const SourceModel *source;
    const RowVar *row;
    TimingKind timing;
    const Expr *start;        /* dated, latest: the date; held, active: the start */
    const Expr *end;          /* held, active */
    const Expr *where;        /* or NULL */
    const RowVar *another_of; /* `exists another`: the row that it is not; or NULL */
    bool nested;
    size_t index; /* of an outer set: its place in indicator->rowsets */
    Span span;
};

struct Quantity {
    QuantityKind kind;
    Num percentile;
    bool known;        /* rows whose value is missing are left out and counted */
    const Expr *value; /* NULL for count */
    const Expr *by;    /* first, last */
    const Rowset *rows;
    Type type;
    Span span;
};

/* ---- indicators ---- */
typedef enum Shape { SHAPE_PROPORTION, SHAPE_RATIO, SHAPE_VALUE } Shape;

typedef struct Part { /* exclude, of which */
    Atom id;
    const char *label;
    const Expr *condition;
    const Rowset *rows; /* the set whose alias it mentions */
    Span span;
} Part;

typedef struct Breakdown { /* by */
    const Expr **keys;     /* one for each of indicator->rowsets */
    const char *label;
    const CodeSet *codes; /* groups in its order, empty ones too; or NULL */
    const char *total;    /* label, or NULL */
    bool share;
    Span span;
} Breakdown;

typedef struct Target {
    bool none;         /* printed "For information only" */
    Num value;         /* as printed: 95 for 95% */
    int decimals;      /* as written */
    const char *label; /* or NULL */
    bool has_from;
    Date from;
    Span span;
} Target;

typedef struct NoteModel {
    bool has_period;
    Period period;
    const char *text;
} NoteModel;

struct Indicator {
    Atom id;
    const char *title;
    Span span;
    Shape shape;
    const Rowset **rowsets; /* the outer ones, in the order of writing */
    size_t rowsets_len;
    const Rowset *denominator_rows;          /* PROPORTION */
    const Expr *those;                       /* PROPORTION: the numerator's condition */
    const Quantity *numerator, *denominator; /* RATIO */
    const Expr *value;                       /* VALUE: EXPR_QUANTITY, or arithmetic over such */
    Part *excludes;
    size_t excludes_len;
    Part *parts; /* of which */
    size_t parts_len;
    Breakdown *breakdowns;
    size_t breakdowns_len;
    BasisKind basis;
    Num per;          /* PER: 1000, 10000; else 1 (percent: 100) */
    const char *unit; /* PER, NUMBER: "children"; or NULL */
    int decimals;
    WindowKind window;
    int window_months; /* rolling N months */
    EveryKind every;
    int year_end_month, year_end_day; /* every year: 3, 31 unless written otherwise */
    int behind;                       /* months */
    bool stock;                       /* counted on a day (snapshot), not over a window */
    GoodKind good;
    Num good_low, good_high; /* BETWEEN, as printed */
    Target *targets;         /* by their dates; none at all: no target was declared */
    size_t targets_len;
    CompareKind compare; /* the default is one `every` back */
    SameKind same;
    Num same_within;
    const char *why, *method, *guidance, *owner; /* or NULL */
    bool has_checked, has_review;
    Date checked, review;
    NoteModel *notes;
    size_t notes_len;
};

typedef struct TakenDate {
    Period period;
    Date on;
} TakenDate;

typedef struct Project {
    bool declared;
    const char *title, *store, *authority; /* or NULL */
    Span span;
    const CalendarModel *calendar; /* of working days: the one named, or the only one; or NULL */
    TakenDate *taken;
    size_t taken_len;
    bool audience_public;
} Project;

typedef struct Model {
    Project project;
    const SourceModel **sources;
    size_t sources_len;
    const CodeSet **codes;
    size_t codes_len;
    const CalendarModel **calendars;
    size_t calendars_len;
    const Indicator **indicators; /* in the order of writing */
    size_t indicators_len;
    size_t indicators_declared; /* with those that were left out for their errors */
    uint32_t rowvars;           /* ids are 0 to rowvars - 1 */
} Model;

const Indicator *model_indicator(const Model *model, const char *id);
const char *type_words(Type type); /* "a date", "text", "a row of ..." */

typedef struct FunctionInfo {
    const char *name, *signature, *doc;
} FunctionInfo;
const FunctionInfo *function_info(FunctionId function);

#endif
