/* One record looked at closely: each condition on it, true, false or unknown, with the values it
 * was decided by.
 *
 * In: the evaluator of a run of the reference engine, inside of EngineWatch.window or .record, and
 * a row of an outer row set. Out: a tree in the arena. Every term is evaluated, also those that the
 * run passes over because another has settled it; the truth of the whole is the run's.
 *
 * To add a kind of expression: its operands in add_operands() (engine/reference/trace.c; the
 * compiler names the place).
 */
#ifndef ENGINE_TRACE_H
#define ENGINE_TRACE_H

#include "base/vec.h"
#include "engine/watch.h"

typedef struct TraceValue {
    const Expr *expr;
    Value value;  /* missing: its symbol says why */
    bool error;   /* it could not be worked out: a date outside a calendar, a number too large */
    bool not_yet; /* a date that has not come */
} TraceValue;

typedef struct TraceStep TraceStep;
typedef VEC(TraceStep *) TraceSteps;

/* A record of the set that an `exists` asks for. */
typedef struct TraceRow {
    size_t row;
    Truth truth;
    TraceSteps steps; /* its dates and each term of its condition */
} TraceRow;

struct TraceStep {
    const Rowset *rows;    /* whose record it is about */
    const Expr *condition; /* NULL: the dates of the set */
    Truth truth;
    VEC(TraceValue) values; /* columns, dates and numbers that it reads */
    TraceSteps parts;       /* of `and`, `or`, `not` */
    VEC(TraceRow) nearest;  /* EXISTS: records that are in it, else those that come nearest */
    size_t found, in_doubt; /* EXISTS: how many are in it, and may be */
};

/* Lets the set's alias stand for the row while it is traced. */
void trace_bind(struct Evaluator *evaluator, const Rowset *rows, size_t row);
/* Of the bound row: its dates, a condition, a value. */
TraceStep *trace_timing(struct Evaluator *evaluator, Arena *arena, const Rowset *rows);
TraceStep *trace_condition(struct Evaluator *evaluator, Arena *arena, const Rowset *rows,
                           const Expr *condition);
TraceValue trace_value(struct Evaluator *evaluator, const Expr *expr);

#endif
