/* Small Models by hand, for tests of plan and engine that must not depend on parser and sema.
 *
 * A Builder owns a session and one Model. Sources have their rows inline; row sets and expressions
 * are made by functions whose names begin with x_. Texts of dates and numbers are read as the
 * language writes them. Everything lives in the session's arena.
 */
#ifndef TESTS_UNIT_MODEL_BUILDER_H
#define TESTS_UNIT_MODEL_BUILDER_H

#include "engine/engine.h"
#include "engine/reference/evaluate.h"
#include "plan/plan_build.h"

#define BUILDER_MOST 16

typedef struct Builder {
    Session *session;
    Arena *arena;
    Model model;
    SourceModel sources[BUILDER_MOST];
    Indicator indicators[BUILDER_MOST];
    /* build_run() */
    Arena *run;
    const Plan *plan;
    Result result;
    StoreResult outcome;
} Builder;

Builder *builder_new(void);
void builder_free(Builder *b);

/* columns: "id:text child:link(child) start:date end:date,open n:integer,optional on:date=" where
 * the last is computed (set its `computed` after). rows: lines, cells by |, - for empty; NULL:
 * none. The first `keys` columns are the key. */
SourceModel *build_source(Builder *b, const char *name, const char *columns, size_t keys,
                          const char *rows);
ColumnModel *build_column(SourceModel *source, const char *name);
CodeSet *build_codes(Builder *b, const char *name, const char *codes_and_titles);
/* Saturdays and Sundays, these dates, and what it covers; the project's own. */
CalendarModel *build_calendar(Builder *b, const char *from, const char *to, const char *dates);
void build_taken(Builder *b, const char *period, const char *on);
void build_symbols(SourceModel *source);

/* Zero but for id, every month, snapshot, percent of nothing: what sema would fill in. */
Indicator *build_indicator(Builder *b, const char *id);
Indicator *build_proportion(Builder *b, const char *id, const Rowset *rows, const Expr *those);
Indicator *build_ratio(Builder *b, const char *id, const Quantity *numerator,
                       const Quantity *denominator);
Indicator *build_value(Builder *b, const char *id, const Expr *value);
void build_rolling(Indicator *indicator, int months);
void build_window(Indicator *indicator, WindowKind window, EveryKind every);
Part *build_exclude(Builder *b, Indicator *indicator, const char *id, const Expr *condition);
Part *build_part(Builder *b, Indicator *indicator, const char *id, const Expr *condition);
/* One key for each row set. */
Breakdown *build_by(Builder *b, Indicator *indicator, const char *label, const Expr *key,
                    const Expr *second_key);

Date day(const char *iso);
Period period(const char *text);
Num number(const char *text);

/* ---- expressions ---- */
Expr *x_number(Builder *b, const char *text);
Expr *x_text(Builder *b, const char *text);
Expr *x_date(Builder *b, const char *iso);
/* "6 weeks", "2 years", "42 days", "3 months", "10 working days" */
Expr *x_duration(Builder *b, const char *text);
Expr *x_row(Builder *b, const RowVar *row);
/* "start", "child.born" */
Expr *x_column(Builder *b, const Rowset *rows, const char *path);
Expr *x_own_column(Builder *b, SourceModel *source, const char *name);
Expr *x_period(Builder *b, PeriodWord word);
Expr *x_negate(Builder *b, Expr *operand);
Expr *x_arithmetic(Builder *b, Expr *left, const char *op, Expr *right);
Expr *x_shift(Builder *b, Expr *date, const char *op, const char *duration);
Expr *x_compare(Builder *b, Expr *left, const char *op, Expr *right);
Expr *x_elapsed(Builder *b, Expr *from, Expr *to, const char *op, const char *duration);
Expr *x_between(Builder *b, Expr *value, Expr *low, Expr *high);
Expr *x_within(Builder *b, Expr *date, const char *duration, bool before, Expr *anchor);
Expr *x_in_span(Builder *b, Expr *date, const char *duration, Expr *anchor);
Expr *x_in_codes(Builder *b, Expr *value, const CodeSet *codes, bool negated);
Expr *x_in_numbers(Builder *b, Expr *value, const char *a, const char *c);
Expr *x_missing(Builder *b, Expr *value, bool negated);
Expr *x_exists(Builder *b, const Rowset *rows, bool none);
Expr *x_quantity(Builder *b, const Quantity *quantity);
Expr *x_call(Builder *b, FunctionId function, Expr *first, Expr *second, Expr *third);
Expr *x_not(Builder *b, Expr *operand);
Expr *x_and(Builder *b, Expr *left, Expr *right);
Expr *x_or(Builder *b, Expr *left, Expr *right);

/* Row sets: the columns of the timing by name; `where` is set after, as it speaks of the alias. */
Rowset *x_rows(Builder *b, SourceModel *source, const char *alias, TimingKind timing,
               const char *start, const char *end);
Rowset *x_nested(Builder *b, SourceModel *source, const char *alias, TimingKind timing,
                 const char *start, const char *end);
Quantity *x_measure(Builder *b, QuantityKind kind, Expr *value, const Rowset *rows);

/* ---- running ---- */
/* Every table with every column, for evaluating expressions by themselves. */
void build_data(Builder *b, Data *data);
/* Windows only. */
const PlanIndicator *build_plan(Builder *b, const Indicator *indicator, const char *from,
                                const char *to);
/* All indicators for a period, or a series (to != NULL). */
void build_run(Builder *b, const char *from, const char *to);
/* The asked cell of the last indicator (or this one) whose groups have these labels (NULL: the
 * whole); NULL if there is none. */
const Cell *cell_of(const Builder *b, const Indicator *indicator, const char *first,
                    const char *second);
/* How many messages have this code, and their words. */
size_t messages_with(const Builder *b, int code);
bool messages_say(const Builder *b, const char *words);

#endif
