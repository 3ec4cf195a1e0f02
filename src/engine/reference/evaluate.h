/* Expressions, one row at a time: the meaning of conditions, dates and arithmetic.
 *
 * In: an Expr, and in the Evaluator the rows that the aliases stand for and the window. Out: an
 * Outcome, or the Truth of a condition. A condition is true, false, unknown, or an error; the last
 * is a question that the data cannot answer (a date outside a calendar) and that must not be passed
 * over in silence. In `and` any false settles it, else an error, else an unknown; in `or` any true.
 * So an error comes out only for a row that everything else admits, in whatever order the
 * conditions are written.
 *
 * Whoever gives OUTCOME_ERROR or TRUTH_ERROR has said in evaluator->fault what it is.
 *
 * To add a kind of expression: evaluate() or evaluate_truth() (the compiler names both), and the
 * other one passes it on.
 */
#ifndef ENGINE_REFERENCE_EVALUATE_H
#define ENGINE_REFERENCE_EVALUATE_H

#include "engine/reference/data.h"
#include "engine/watch.h"

typedef enum FaultKind { FAULT_CALENDAR, FAULT_OVERFLOW, FAULT_UNDECIDED } FaultKind;

typedef struct Fault {
    FaultKind kind;
    const SourceModel *source; /* of the row at fault; NULL if it is no row's */
    size_t row;
    const CalendarModel *calendar;
    Date date; /* outside the calendar */
} Fault;

typedef enum OutcomeKind { OUTCOME_KNOWN, OUTCOME_UNKNOWN, OUTCOME_ERROR } OutcomeKind;

typedef struct Outcome {
    OutcomeKind kind;
    Value value;  /* UNKNOWN: missing, with its symbol */
    bool not_yet; /* UNKNOWN: a missing `open` date, later than every date */
    bool ranged;  /* a whole number from value to `high`: a count with unknown rows */
    Num high;
} Outcome;

/* What an alias stands for at the moment. */
typedef struct Binding {
    size_t row;
    const Rowset *rows; /* NULL: the row of a computed column */
} Binding;

typedef struct Evaluator {
    Data *data;
    const PlanWindow *window; /* NULL outside of one: keys, calendars */
    Binding *frame;           /* by the id of the row variable */
    Fault fault;
} Evaluator;

Evaluator evaluator_new(Data *data);
void evaluator_end(Evaluator *evaluator);

/* ---- evaluate.c ---- */
Outcome evaluate(Evaluator *evaluator, const Expr *expr);
Outcome evaluate_column(Evaluator *evaluator, const ColumnModel *column, size_t row);
/* The row that an alias stands for, or a link leads to; NO_ROW if there is none. */
size_t evaluate_row(Evaluator *evaluator, const Expr *row);
/* The row variable that an expression starts from; NULL if it names none. */
const RowVar *expr_origin(const Expr *expr);
/* Sets the fault: it is of the row that the expression starts from. */
void evaluator_fault(Evaluator *evaluator, const Expr *expr, Fault fault);

Outcome outcome_known(Value value);
Outcome outcome_unknown(Symbol symbol);
Outcome outcome_error(void);
/* A range becomes unknown where one number is needed. */
Outcome outcome_exact(Outcome outcome);

/* ---- code_validity.c ---- */
/* Warns of codes used outside their years, by the dates that the row sets of the plan give to the
 * rows of a source. */
void data_report_validity(Evaluator *evaluator, const Plan *plan);

/* ---- conditions.c ---- */
Truth evaluate_truth(Evaluator *evaluator, const Expr *condition);
Truth truth_not(Truth truth);
/* All of several truths; the fault of the first error is kept for all_of_end(). */
typedef struct AllOf {
    Truth truth;
    Fault fault;
} AllOf;
AllOf all_of_none(void);
void all_of_add(AllOf *all, const Evaluator *evaluator, Truth truth);
Truth all_of_end(const AllOf *all, Evaluator *evaluator);

/* ---- compare.c ---- */
/* a op b, with ranges and dates that are not yet. Neither is an error. */
Truth compare_outcomes(ComparisonOp op, const Outcome *a, const Outcome *b);
Truth compare_in(const Outcome *value, const Expr *in);
/* False: the result does not fit, or b is 0 in a division. */
bool reckon(ArithmeticOp op, Num a, Num b, Num *out);
Outcome arithmetic_of(Evaluator *evaluator, const Expr *expr, const Outcome *a, const Outcome *b);

/* ---- dates.c ---- */
/* A date plus (or minus) a duration; `expr` is where it stands. */
Outcome date_shifted(Evaluator *evaluator, const Expr *expr, const Outcome *date,
                     const Expr *duration, bool back);
Outcome evaluate_function(Evaluator *evaluator, const Expr *expr);
/* The working days of a calendar, worked out when first used. */
const Calendar *data_calendar(Data *data, const CalendarModel *model);

#endif
