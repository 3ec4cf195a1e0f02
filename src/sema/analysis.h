/* What the parts of sema share while a Model is made. Internal to sema.
 *
 * The order of work (analyse.c): every declaration's name is entered first, so that files may stand
 * in any order; then code sets, sources (columns, then links and computed columns), calendars, the
 * project, defines, and indicators.
 *
 * A fault is reported through fault(), which also sets `failed`: whoever builds something looks at
 * it to know whether what was built is sound. An expression that could not be understood has
 * TYPE_ERROR, which every later check accepts in silence, so that one fault makes one message.
 */
#ifndef SEMA_ANALYSIS_H
#define SEMA_ANALYSIS_H

#include "sema/analyse.h"
#include "sema/model.h"
#include "sema/names.h"
#include "syntax/ast.h"

/* A define: inlined where it is used. */
typedef struct DefineDeclaration {
    const Node_Define *node;
    DefineModel *model;
    Span span;
    bool too_long;    /* when it is written out: said */
    bool in_progress; /* being inlined: a use of it now is a cycle */
    bool broken;      /* a fault in itself was given: its uses are wrong in silence */
} DefineDeclaration;

/* A define that is written out. What is wrong there with these arguments is said at the use. */
typedef struct Inlined {
    Atom name;
    Span used_at;
} Inlined;

/* A name that had its message: where it is used again, that message has a note more. */
typedef struct UnknownName {
    const void *among; /* the table or source in which it was looked up */
    Atom name;
    Diag *diag;
    size_t notes;
} UnknownName;

typedef struct SourceDeclaration {
    SourceModel *source;
    const Node_Source *node;
    bool damaged; /* a clause could not be read: columns may be missing that were meant */
    const Node **column_nodes;
    uint8_t *computing; /* computed columns: 0 not yet, 1 in progress, 2 done */
} SourceDeclaration;

typedef struct NamedSpan {
    Atom name;
    Span span;
} NamedSpan;
typedef VEC(NamedSpan) NamedSpans;

typedef struct Analysis {
    Session *session;
    Arena *arena;
    Diags *diags;
    const AnalyseOptions *options;
    Model *model;
    bool failed;
    NameTable sources;              /* SourceDeclaration */
    NameTable codes;                /* CodeSet */
    NameTable calendars;            /* CalendarModel */
    NameTable defines;              /* DefineDeclaration */
    NameTable indicators;           /* Node of the declaration */
    NameTable neighbours;           /* NeighbourSet */
    NameTable ratings;              /* RatingScheme */
    NameTable reports;              /* ReportModel */
    NameTable built;                /* IndicatorDeclaration, once it is looked into */
    NameTable libraries;            /* used already */
    bool names_lost;                /* a library or a declaration could not be read */
    bool calendar_lost;             /* the project names a calendar that is unknown */
    bool taken_lost;                /* the project, or a clause of it, could not be read */
    bool checking_define;           /* by itself, not where it is used */
    size_t parts;                   /* expressions made so far, written out */
    size_t parts_before;            /* the outermost define that is being written out */
    Span outermost;                 /* where it is used */
    unsigned levels;                /* of defines within defines that are being written out */
    bool too_long;                  /* the outermost of them: said */
    unsigned column_levels;         /* of the computed columns that were used last */
    unsigned computing;             /* computed columns within computed columns */
    const Inlined *inlined;         /* the define that what is read now stands in; or NULL */
    NamedSpans unknown;             /* names that the indicator has had its message about */
    VEC(UnknownName) unknown_names; /* of columns, sources, code sets, functions: in all files */
    VEC(const Node *) declarations; /* of all files, libraries first */
    const Node *project;
    uint32_t next_row;
    int decimals[BASIS_NUMBER + 1]; /* the project's, by basis; -1: none */
} Analysis;

/* Names that an expression can see, innermost first. */
typedef struct Scope Scope;
struct Scope {
    const Scope *up;
    Atom name;
    Span span;
    const RowVar *row;    /* an alias; or */
    const Node *argument; /* a parameter, which stands for this expression */
    const Scope *argument_scope;
    const struct Place *argument_place;
    DefineDeclaration *define; /* whose parameter it is */
};

/* The outer row sets of an indicator, in the order of writing. */
typedef struct OuterRows {
    VEC(const Rowset *) rows;
    VEC(const Indicator *) inputs; /* of a derived value: other indicators, each once */
    bool incomplete; /* a set could not be understood: what names its alias is not wrong by that */
} OuterRows;

/* Where an expression stands. */
typedef struct Place {
    Analysis *analysis;
    const SourceModel *own; /* a computed column: its source's columns are bare names */
    bool stock;             /* rows are counted on a day: age(born) is the age on it */
    bool in_indicator;      /* period start, period end and taken date have a meaning */
    OuterRows *outer;       /* a numerator, denominator or value: quantities are of outer sets */
    NamedSpans *aliases;    /* all aliases of the indicator, for uniqueness; or NULL */
    const Inlined *inlined; /* as Analysis.inlined */
} Place;

/* Units of indicators' values: two of the first two are subtracted or divided, never added. */
#define SHARE_UNIT "percent"
#define RATE_UNIT "rate"
#define POINTS_UNIT "points"

#define fault(analysis, code, span, ...)                                                           \
    ((analysis)->failed = true,                                                                    \
     fault_note((analysis),                                                                        \
                diag_add((analysis)->diags, (code), fault_span((analysis), (span)), __VA_ARGS__),  \
                (span)))
/* Where a fault is shown, and the note that leads to its place in a define. */
Span fault_span(const Analysis *a, Span span);
Diag *fault_note(const Analysis *a, Diag *diag, Span span);

/* Whether a name that nothing declares may have stood in what could not be read, and is like no
 * name that is there: then the message about what could not be read is the only one. Sets `failed`.
 */
bool name_is_lost(Analysis *a, const char *wanted, const char *const *names, size_t len);
/* Whether the name is unknown for the second time: nothing more is to be said. */
bool unknown_again(Analysis *a, const void *among, Name name);
/* The message of a name that is unknown for the first time. */
Diag *unknown_said(Analysis *a, const void *among, Name name, Diag *diag);

/* ---- declare_*.c ---- */
void declare_codes(Analysis *a, const Node *node);
void declare_source(Analysis *a, const Node *node);
/* A `taken` clause of a project or a source, which has room for `most` dates; one period has one.
 */
void add_taken(Analysis *a, TakenDate **dates, size_t *len, const Node *clause, size_t most);
/* After all names are known: links, computed columns, keys. */
void complete_source(Analysis *a, SourceDeclaration *source);
void declare_calendar(Analysis *a, const Node *node);
void complete_calendar(Analysis *a, const Node *node);
void complete_project(Analysis *a, const Node *node);
/* The cells of a table written in the definitions, by row and column of the source; its first row
 * names the columns, whose places are given out. NULL: a fault was given. */
const char **rows_read(Analysis *a, const SourceModel *source, const NodeList *rows, int **places);
/* A test, added to the Model if it is sound. */
void analyse_test(Analysis *a, const Node *node);
/* A report, added to the Model if it is sound. */
void analyse_report(Analysis *a, const Node *node);
void complete_neighbours(Analysis *a, const Node *node);
void complete_rating(Analysis *a, const Node *node);
SourceDeclaration *source_declaration(const Analysis *a, const SourceModel *source);
void unknown_codes(Analysis *a, Name name);
/* The source of this name, or NULL: a fault was given. */
SourceDeclaration *source_find(Analysis *a, Name name);
/* Makes the expression of a computed column on its first use; nothing for a stored one. */
void column_compute(Analysis *a, const ColumnModel *column);
/* Every table and column that an indicator uses must be in the catalogue (catalog_check.c). */
void check_catalog(Analysis *a, const Catalog *catalog);

/* The clauses `check` of all declarations (check_settings.c). */
void read_check_settings(Analysis *a);

/* ---- infer*.c: AST to typed expressions; never NULL ---- */
Expr *infer(Place *place, const Node *node, const Scope *scope);
/* As infer, and reports unless the type is of the kind (TYPE_ERROR passes). */
Expr *infer_condition(Place *place, const Node *node, const Scope *scope);
Expr *infer_date(Place *place, const Node *node, const Scope *scope);
Expr *infer_duration(Place *place, const Node *node, const Scope *scope);
Expr *infer_arithmetic(Place *place, const Node *node, const Scope *scope);
Expr *infer_comparison(Place *place, const Node *node, const Scope *scope);
Expr *infer_between(Place *place, const Node *node, const Scope *scope);
Expr *infer_in_codes(Place *place, const Node *node, const Scope *scope);
Expr *infer_in_list(Place *place, const Node *node, const Scope *scope);
Expr *infer_within(Place *place, const Node *node, const Scope *scope);
Expr *infer_call(Place *place, const Node *node, const Scope *scope);
Expr *infer_exists(Place *place, const Node *node, const Scope *scope);
Expr *infer_nested_quantity(Place *place, const Node *node, const Scope *scope);
/* The calendar that working days are counted by; NULL after a message if there is none. */
const CalendarModel *calendar_needed(Analysis *a, Span at);
/* What defines and computed columns may come to when they are written out: engines go through it
 * for each row. */
enum { MOST_DEFINES_DEEP = 32, MOST_COLUMNS_DEEP = 200, MOST_PARTS = 2000 };
bool written_out_too_long(Analysis *a);
Expr *infer_define(Place *place, DefineDeclaration *define, const NodeList *arguments, Span at,
                   const Scope *scope);
/* A row set; `scope` is of the rows around it (NULL for an outer set). *inner gets the scope in
 * which its own alias is known. */
Rowset *infer_rowset(Place *place, const Node *node, const Scope *scope, bool nested, bool another,
                     const Scope **inner);
/* The quantity of `node` over rows that are inferred already. */
Quantity *infer_quantity(Place *place, const Node *node, const Rowset *rows, const Scope *inner);

Expr *expr_new(Analysis *a, ExprKind kind, Type type, Span span);
Expr *expr_error(Analysis *a, Span span);
bool expr_is_number(const Expr *expr);
bool type_is_number(TypeKind kind);
Type type_of(TypeKind kind);
/* Reports a text constant that is no code of the set. */
void check_code(Analysis *a, const CodeSet *codes, const Expr *constant);
/* Whether an expression reads a column of this row, itself or in nested sets. */
bool expr_mentions_row(const Expr *expr, const RowVar *row);
/* Whether it depends on the period: period start, period end, taken date, or a timed nested set. */
bool expr_mentions_period(const Expr *expr);

/* ---- indicator*.c ---- */
typedef struct Clauses Clauses;

/* An indicator that was looked into, sound or not. */
typedef struct IndicatorDeclaration {
    Indicator *indicator;
    const Clauses *clauses;
    bool in_progress; /* a derived value that names it now goes in a circle */
    bool sound;
} IndicatorDeclaration;

/* Looks into the indicator unless that was done; never NULL. Its benchmarks are read later, by
 * benchmarks_build(), when all indicators are known. */
IndicatorDeclaration *analyse_indicator(Analysis *a, const Node *node);
void benchmarks_build(Analysis *a, IndicatorDeclaration *declaration);

/* The clauses of one indicator, sorted out; a clause set twice was reported. */
struct Clauses {
    const Node *denominator, *numerator, *value, *basis, *window, *good, *compare, *decimals;
    const Node *distribution, *bands, *tolerance, *rating, *suppress, *interval;
    const Node *why, *method, *guidance, *owner, *checked, *review;
    VEC(const Node *) excludes, parts, breakdowns, targets, notes;
    VEC(const Node *) benchmarks, breaks, provisionals, reported;
    bool damaged;
    Diag *twice; /* the message about the first clause set twice, or NULL */
    size_t twice_len;
};

/* The shape and its row sets (indicator_shape.c). */
void shape_build(Place *place, Indicator *indicator, const Clauses *clauses);
/* distribution and bands; good with bands (indicator_bands.c). */
void distribution_build(Place *place, Indicator *indicator, const Clauses *clauses,
                        const Rowset *rows);
void good_bands_build(Analysis *a, Indicator *indicator, const Clauses *clauses);
/* tolerance, rating, break and what else surrounds a figure (indicator_judgement.c). */
void judgement_build(Analysis *a, Indicator *indicator, const Clauses *clauses);
/* A number in the unit that results are printed in: 95 for 95%. Reports another unit. */
bool read_amount(Analysis *a, const Indicator *indicator, const Node *node, const char *what,
                 Num *out, int *decimals);
/* A quantity of an outer set, which is added to place->outer unless it is `of ALIAS`. NULL: a fault
 * was given. */
Quantity *outer_quantity(Place *place, const Node *node);
/* by, exclude, of which (indicator_parts.c). */
void parts_build(Place *place, Indicator *indicator, const Clauses *clauses);
/* A scope in which the alias of an outer row set is known, on top of `up`. */
const Scope *rowset_scope(Analysis *a, const Rowset *rows, const Scope *up);
/* basis, window, compare (indicator_clauses.c). */
void settings_build(Analysis *a, Indicator *indicator, const Clauses *clauses);
/* decimals, good, target: amounts in the unit of the basis (indicator_clauses.c). */
void amounts_build(Analysis *a, Indicator *indicator, const Clauses *clauses);
/* Whether the basis suits what is computed; of a sound shape, and before its amounts are read. */
bool units_check(Analysis *a, const Indicator *indicator, const Clauses *clauses);
/* What only the whole indicator shows: flow and stock, numerator inside denominator. */
void indicator_check(Analysis *a, const Indicator *indicator, const Clauses *clauses);

#endif
