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
typedef struct GivenTable GivenTable; /* tests.h */
typedef struct TestModel TestModel;   /* tests.h */

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
    bool has_from, has_to; /* the days on which it is valid */
    Date from, to;
} CodeEntry;

struct CodeSet {
    Atom name;
    const char *title;
    Span span;
    CodeEntry *entries; /* in the order of writing, which is the order of groups in print */
    size_t entries_len;
    bool damaged; /* a code could not be read: a value that is not here may be that one */
    bool used;    /* by a column, a condition or a band */
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
/* On which day the data of a period was taken. */
typedef struct TakenDate {
    Period period;
    Date on;
} TakenDate;

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
    TakenDate *taken; /* its own, before those of the project; or NULL */
    size_t taken_len;
    const char **cells; /* rows_len * columns_len, NULL for empty; or NULL */
    size_t rows_len;
    RowVar self; /* the row that computed columns speak of */
    bool used;   /* rows of it are counted or looked for, or a link leads to it */
};

/* A define: what it says stands where it is used. */
typedef struct DefineModel {
    Atom name;
    Span span;
    bool used;
} DefineModel;

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
    EXPR_QUANTITY,  /* nested: a number for each row; at the top of `value`: of the whole set */
    EXPR_INDICATOR, /* the value of another indicator in the same period and group */
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
        const Indicator *indicator;
        struct {
            FunctionId function;
            const Expr **arguments;
            size_t arguments_len;
            const CalendarModel
                *calendar; /* working_days: the project's; a test may have its own */
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

/* ---- neighbours, rating ---- */
typedef struct NeighbourSet {
    Atom name;
    const char *title;
    const char *of;       /* whose neighbours: an authority's code */
    int year;             /* of the model; 0: not said */
    const char **members; /* codes written here; or */
    size_t members_len;
    const Rowset *rows; /* the rows whose `code` is a member (read at the start of a run) */
    const Expr *code;
    Span span;
    bool used; /* by a benchmark */
} NeighbourSet;

typedef struct RatingRule {
    RatingRuleKind kind;
    Num amount; /* WITHIN_PERCENT: 10 for 10%; WITHIN_POINTS */
} RatingRule;

typedef struct RatingLine {
    Colour colour;
    const RatingRule *rules; /* all must hold */
    size_t rules_len;
} RatingLine;

typedef struct RatingScheme {
    Atom name;
    const char *title;
    RatingLine *lines; /* the first whose rules hold gives the colour */
    size_t lines_len;
    bool needs_floor;
    Span span;
    bool used; /* by an indicator */
} RatingScheme;

/* ---- indicators ---- */
typedef enum Shape {
    SHAPE_PROPORTION,
    SHAPE_RATIO,
    SHAPE_VALUE,
    SHAPE_DISTRIBUTION, /* rows in bands */
    SHAPE_DERIVED       /* a value made of other indicators' values */
} Shape;

/* A band of a distribution. A value goes into the first that fits; one that fits none, or is
 * missing without a band for it, goes into a band "Unknown" that is always counted. */
typedef struct Band {
    BandKind kind;
    const char *label;
    const Expr *low, *high; /* numbers, texts, or durations (of `elapsed`); by kind, else NULL */
    const CodeSet *codes;
    const Value *items;
    size_t items_len;
    Span span;
} Band;

typedef enum BenchmarkKind {
    BENCHMARK_VALUE,   /* one number */
    BENCHMARK_ENTRIES, /* a number for a band or group, or for several together */
    BENCHMARK_MEMBERS  /* an indicator across neighbours: mean of their values, or pooled */
} BenchmarkKind;

typedef struct BenchmarkEntry {
    const char **keys; /* labels of bands, or values or titles of groups */
    size_t keys_len;
    Num value; /* the values written, added */
    int decimals;
    Span span;
} BenchmarkEntry;

typedef struct Benchmark {
    BenchmarkKind kind;
    const char *label;
    Period period; /* YEAR or DATE (a day) */
    Num value;
    int decimals;
    BenchmarkEntry *entries;
    size_t entries_len;
    const Indicator *from; /* MEMBERS */
    const NeighbourSet *across;
    bool pooled;
    int at_least;           /* members with a value that it needs; 0: 1 */
    const Expr *only_where; /* our value is computed again on these rows; or NULL */
    const Rowset *only_rows;
    const Indicator *compared_as; /* that indicator's value meets the benchmark; or NULL */
    const char *not_comparable;   /* the reason; or NULL */
    PublishedKind of;             /* what a literal benchmark is said to be */
    const char *population;       /* or NULL */
    Span span;
} Benchmark;

typedef struct BreakMark {
    Date date;
    const char *reason;
    const Indicator *from; /* the indicator it comes from, for a derived one; or NULL */
} BreakMark;

typedef struct ReportedFigure {
    Period period;
    Num value; /* as printed: 4.6 for 4.6% */
    int decimals;
    const char *note;
} ReportedFigure;

typedef enum IntervalChoice {
    INTERVAL_CHOICE_BY_KIND, /* Wilson; exact Poisson under 10, else Byar's; t for means; none for
                                money */
    INTERVAL_CHOICE_NONE,
    INTERVAL_CHOICE_WILSON,
    INTERVAL_CHOICE_BYAR,
    INTERVAL_CHOICE_EXACT_POISSON,
    INTERVAL_CHOICE_CLOPPER_PEARSON,
    INTERVAL_CHOICE_T
} IntervalChoice;

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
    /* DISTRIBUTION: denominator_rows holds the rows */
    const Expr *band_value;          /* the expression; or, for durations, */
    const Expr *band_from, *band_to; /* elapsed FROM to TO */
    Band *bands;
    size_t bands_len;
    bool *good_bands; /* by band: those that `good` means; NULL: neutral */
    /* DERIVED: value holds EXPR_INDICATOR; its indicators, each once */
    const Indicator **inputs;
    size_t inputs_len;
    Benchmark *benchmarks;
    size_t benchmarks_len;
    bool has_tolerance;
    SameKind tolerance_kind; /* POINTS, or PERCENT_OF_PREVIOUS: percent of target */
    Num tolerance;
    Colour tolerance_colour;    /* green or amber inside it */
    const RatingScheme *rating; /* or NULL */
    bool has_floor;
    Num floor;
    BreakMark *breaks; /* its own and, for a derived one, those of its inputs */
    size_t breaks_len;
    Period *provisional;
    size_t provisional_len;
    ReportedFigure *reported;
    size_t reported_len;
    int suppress_below; /* 0: none */
    bool suppress_declared;
    IntervalChoice interval;
};

/* ---- reports ---- */
typedef enum ReportItemKind {
    REPORT_FIELD,   /* title and text; NULL: the narrative gives it */
    REPORT_PART,    /* a part of the narrative; status: it starts with colour and trend */
    REPORT_SECTION, /* a heading over the rows that follow */
    REPORT_SHOW,    /* a row for each of `shown`, each with the values of `with` beside it */
    REPORT_REFER    /* title, and where to look instead */
} ReportItemKind;

typedef struct ReportItem {
    ReportItemKind kind;
    const char *title, *text;
    bool status;
    const Indicator **shown, **with;
    size_t shown_len, with_len;
    int chart_months; /* 0: no chart */
    Span span;
} ReportItem;

typedef struct ReportModel {
    Atom name;
    const char *title;
    EveryKind every;
    const char
        *narrative;    /* path beside the file that declares it; {period} stands in it; or NULL */
    ReportItem *items; /* in the order of writing */
    size_t items_len;
    Span span;
} ReportModel;

typedef struct Project {
    bool declared;
    const char *title, *store, *authority; /* or NULL */
    Span span;
    const CalendarModel *calendar; /* of working days: the one named, or the only one; or NULL */
    TakenDate *taken;
    size_t taken_len;
    size_t taken_over_len; /* so many of them hold for every source, whatever it says: a test's */
    bool audience_public;
} Project;

/* ---- settings of checks (checks.h) ---- */

/* `check NAME [of DECLARATION] SEVERITY "reason"`, a clause of a declaration. */
typedef struct CheckSetting {
    int code; /* of the check's message */
    bool off;
    Severity severity;  /* unless off */
    const char *reason; /* or NULL */
    Atom of;            /* what is said of the declaration of this name; NULL: see `within` */
    Span within;        /* what is said inside this declaration; src 0: in the whole project */
    Span span;
} CheckSetting;

/* A declaration of any kind, for finding the one that a message is about. */
typedef struct DeclaredName {
    Atom name;
    Span span, whole; /* the name, and all of it */
} DeclaredName;

typedef struct Model {
    Project project;
    const CheckSetting *settings;
    size_t settings_len;
    const DeclaredName *declared; /* of all files, libraries first */
    size_t declared_len;
    const uint32_t *files; /* the sources that are this project's own, not a library's */
    size_t files_len;
    const DefineModel **defines;
    size_t defines_len;
    const SourceModel **sources;
    size_t sources_len;
    const CodeSet **codes;
    size_t codes_len;
    const CalendarModel **calendars;
    size_t calendars_len;
    const NeighbourSet **neighbours;
    size_t neighbours_len;
    const RatingScheme **ratings;
    size_t ratings_len;
    const ReportModel **reports;
    size_t reports_len;
    const TestModel **tests; /* in the order of writing */
    size_t tests_len;
    const Indicator **indicators; /* in the order of writing */
    size_t indicators_len;
    size_t indicators_declared; /* with those that were left out for their errors */
    uint32_t rowvars;           /* ids are 0 to rowvars - 1 */
} Model;

/* The source whose own taken dates hold for an indicator: that of its counted rows, or of those of
 * its inputs; NULL if none has any, and the project's hold. */
const SourceModel *indicator_taken_source(const Indicator *indicator);
const Indicator *model_indicator(const Model *model, const char *id);
const char *type_words(Type type); /* "a date", "text", "a row of ..." */

typedef struct FunctionInfo {
    const char *name, *signature, *doc;
} FunctionInfo;
const FunctionInfo *function_info(FunctionId function);

#endif
