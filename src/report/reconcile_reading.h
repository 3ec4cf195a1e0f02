/* The figures of a printed report: what each measure says in each of its columns.
 *
 * In: a Page. Out: a Reading: measures (a row with its label; a run of rows of a list with one key
 * and period; a column of a table whose rows are groups or bands), each with cells, each with its
 * figures and the fractions that belong to them. Nothing is judged here.
 *
 * A fraction is `69/535`, `229/(229+144)`, `4 of 22`, `9 out of 44`, or two parts in words ("62.2%
 * based on 224 children ... and 136 children ..."). It belongs to the percentage in its own
 * bracket, else beside it, else the nearest one of its cell with no other number between.
 *
 * To add a form of fraction: a function in reconcile_fractions.c that read_fractions() calls.
 */
#ifndef REPORT_RECONCILE_READING_H
#define REPORT_RECONCILE_READING_H

#include "report/reconcile_tokens.h"

typedef enum PrintedKind {
    PRINTED_PERCENT,
    PRINTED_RATE,   /* 52.5 per 10,000 */
    PRINTED_POINTS, /* 43 percentage points */
    PRINTED_MONEY,
    PRINTED_NUMBER
} PrintedKind;

typedef struct PrintedFraction {
    Num numerator, denominator;
    const char *shown; /* "229/(229+144)", "4 of 22" */
    Span at;
    size_t first, last; /* its tokens; last is in */
    bool belongs;       /* to a figure */
    bool is_sum;        /* the whole is given by its parts */
} PrintedFraction;

typedef struct PrintedFigure {
    PrintedKind kind;
    Num value;
    int decimals;
    int64_t per;                     /* 100 of a percentage, 10,000 of a rate; 1 */
    const char *shown;               /* "12.9%" */
    const char *label;               /* of a group or band; "" if it has none */
    bool total;                      /* of the groups beside it */
    bool parted;                     /* = - or : stands between the label and it */
    bool fraction_far;               /* words stand between it and its fraction */
    const PrintedFraction *fraction; /* NULL: none is printed */
    Span at;
    size_t token;
} PrintedFigure;

typedef struct PrintedCell {
    CellRole role;
    bool prose;
    CleanText text; /* empty in what was put together from rows */
    Tokens tokens;
    VEC(PrintedFigure) figures;
    VEC(PrintedFraction *) fractions;
    Span at;
} PrintedCell;

typedef struct PrintedMeasure {
    const char *label; /* of a list: "KEY PERIOD" */
    const char *name;  /* the label; of a list: "KEY" */
    const char *key;   /* the label's letters and digits, small: what two reports share */
    bool list;
    bool column; /* put together from the rows of a table: its figures are other measures' too */
    VEC(PrintedCell *) cells;
} PrintedMeasure;

typedef struct Reading {
    uint32_t src;
    VEC(PrintedMeasure *) measures;
    bool has_period; /* the report says for which */
    Date period_end;
    Span period_at;
    bool has_date; /* of the report itself */
    Date date;
} Reading;

Reading *reading_new(Session *session, uint32_t src, bool csv);
/* Letters and digits, small: "Second CP plans (2 years)" and "second cp plans 2 years" are one. */
const char *label_key(Arena *arena, const char *label);
/* The cell with this role; NULL if there is none. */
const PrintedCell *measure_cell(const PrintedMeasure *measure, CellRole role);

/* Percentages, rates and other figures of the cell, and its fractions, each with its figure. */
void read_figures(Arena *arena, PrintedCell *cell);
void read_fractions(Arena *arena, PrintedCell *cell);
/* Whether a label stands for all groups together: "Overall", "Total", "all ages". */
bool label_is_total(const char *label);
/* Whether the words beside a figure, up to a mark or another number (in a list: its label), say
 * that it is what remains: "residual cases 33". */
bool figure_is_rest(Arena *arena, const PrintedCell *cell, const PrintedFigure *figure);
/* The first day or month of the cell that its figure is for, not the day on which data was taken;
 * NULL: none. */
const Token *printed_date(const PrintedCell *cell);
bool is_taken_date(const Tokens *tokens, size_t i);

#endif
