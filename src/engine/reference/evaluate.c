#include "engine/reference/evaluate.h"

#include "engine/reference/quantity.h"
#include "sema/walk.h"

Evaluator evaluator_new(Data *data) {
    size_t len = (size_t)data->model->rowvars + 1;
    Binding *frame = memory_alloc(len * sizeof *frame);
    for (size_t i = 0; i < len; i++)
        frame[i] = (Binding){NO_ROW, NULL};
    return (Evaluator){.data = data, .frame = frame};
}

void evaluator_end(Evaluator *evaluator) {
    memory_free(evaluator->frame);
}

/* ---- outcomes ---- */

Outcome outcome_known(Value value) {
    return (Outcome){.kind = OUTCOME_KNOWN, .value = value};
}

Outcome outcome_unknown(Symbol symbol) {
    return (Outcome){.kind = OUTCOME_UNKNOWN, .value = value_missing(symbol)};
}

Outcome outcome_error(void) {
    return (Outcome){.kind = OUTCOME_ERROR, .value = value_missing(SYMBOL_NONE)};
}

Outcome outcome_exact(Outcome outcome) {
    return outcome.ranged ? outcome_unknown(SYMBOL_NONE) : outcome;
}

static Outcome outcome_of_truth(Truth truth) {
    switch (truth) {
    case TRUTH_FALSE:
        return outcome_known(value_bool(false));
    case TRUTH_TRUE:
        return outcome_known(value_bool(true));
    case TRUTH_UNKNOWN:
        return outcome_unknown(SYMBOL_NONE);
    case TRUTH_ERROR:
        return outcome_error();
    }
    return outcome_error();
}

/* ---- rows and columns ---- */

static bool find_origin(void *context, const Expr *expr) {
    const RowVar **found = context;
    if (expr->kind == EXPR_ROW)
        *found = expr->as.row;
    return expr->kind == EXPR_ROW;
}

const RowVar *expr_origin(const Expr *expr) {
    const RowVar *found = NULL;
    Walk walk = {find_origin, NULL, &found};
    walk_expr(&walk, expr);
    return found;
}

void evaluator_fault(Evaluator *evaluator, const Expr *expr, Fault fault) {
    const RowVar *origin = expr_origin(expr);
    if (origin) {
        fault.source = origin->source;
        fault.row = evaluator->frame[origin->id].row;
    }
    evaluator->fault = fault;
}

size_t evaluate_row(Evaluator *evaluator, const Expr *row) {
    if (row->kind == EXPR_ROW)
        return evaluator->frame[row->as.row->id].row;
    const ColumnModel *link = row->as.column.column;
    size_t holder = evaluate_row(evaluator, row->as.column.row), found;
    if (holder == NO_ROW)
        return NO_ROW;
    Outcome key = evaluate_column(evaluator, link, holder);
    return key.kind == OUTCOME_KNOWN
               ? key_find(data_table(evaluator->data, link->type.row), key.value, &found)
               : NO_ROW;
}

Outcome evaluate_column(Evaluator *evaluator, const ColumnModel *column, size_t row) {
    Outcome outcome;
    if (column->computed) {
        /* The row around may be of the same source, so its binding is put back. */
        Binding *self = &evaluator->frame[column->source->self.id], around = *self;
        *self = (Binding){row, NULL};
        outcome = outcome_exact(evaluate(evaluator, column->computed));
        *self = around;
    } else {
        Value value = data_value(data_table(evaluator->data, column->source), column, row);
        outcome =
            value.kind == VALUE_MISSING ? outcome_unknown(value.symbol) : outcome_known(value);
    }
    /* A mark such as `c` says that there is a date which is not told: that is not `not yet`. */
    outcome.not_yet =
        outcome.kind == OUTCOME_UNKNOWN && column->type.open && outcome.value.symbol == SYMBOL_NONE;
    return outcome;
}

static Outcome evaluate_member(Evaluator *evaluator, const Expr *expr) {
    size_t row = evaluate_row(evaluator, expr->as.column.row);
    return row == NO_ROW ? outcome_unknown(SYMBOL_NONE)
                         : evaluate_column(evaluator, expr->as.column.column, row);
}

/* A row as a value is its key, as links hold it; without a key of one column, the first row that is
 * the same. */
static Outcome evaluate_alias(Evaluator *evaluator, const RowVar *var) {
    const LoadedTable *loaded = data_table(evaluator->data, var->source);
    size_t row = evaluator->frame[var->id].row;
    if (row == NO_ROW)
        return outcome_unknown(SYMBOL_NONE);
    if (var->source->key_len == 1)
        return evaluate_column(evaluator, var->source->key[0], row);
    return outcome_known(value_int((int64_t)(loaded->same_as ? loaded->same_as[row] : row)));
}

/* ---- the rest ---- */

static Outcome evaluate_period_word(const Evaluator *evaluator, PeriodWord word) {
    const PlanWindow *window = evaluator->window;
    if (!window)
        return outcome_unknown(SYMBOL_NONE);
    switch (word) {
    case PERIOD_WORD_START:
        return outcome_known(value_date(window->start));
    case PERIOD_WORD_END:
        return outcome_known(value_date(window->end));
    case PERIOD_WORD_TAKEN:
        return window->has_taken ? outcome_known(value_date(window->taken))
                                 : outcome_unknown(SYMBOL_NONE);
    }
    return outcome_unknown(SYMBOL_NONE);
}

static Outcome evaluate_negate(Evaluator *evaluator, const Expr *expr) {
    Outcome operand = evaluate(evaluator, expr->as.operand);
    if (operand.kind != OUTCOME_KNOWN)
        return operand;
    Num low = operand.value.as.number;
    operand.value.as.number = num_negate(operand.ranged ? operand.high : low);
    operand.high = num_negate(low);
    return operand;
}

static Outcome evaluate_arithmetic(Evaluator *evaluator, const Expr *expr) {
    Outcome left = evaluate(evaluator, expr->as.arithmetic.left);
    if (left.kind == OUTCOME_ERROR)
        return left;
    Outcome right = evaluate(evaluator, expr->as.arithmetic.right);
    if (right.kind == OUTCOME_ERROR)
        return right;
    return arithmetic_of(evaluator, expr, &left, &right);
}

static Outcome evaluate_shift(Evaluator *evaluator, const Expr *expr) {
    Outcome date = evaluate(evaluator, expr->as.shift.date);
    return date_shifted(evaluator, expr, &date, expr->as.shift.duration, expr->as.shift.back);
}

/* dispatch */
Outcome evaluate(Evaluator *evaluator, const Expr *expr) {
    switch (expr->kind) {
    case EXPR_CONSTANT:
        return outcome_known(expr->as.constant);
    case EXPR_DURATION:
        break; /* only beside a date, which asks for it itself */
    case EXPR_INDICATOR:
        break; /* never of a row: cells.c takes the other indicator's cell */
    case EXPR_ROW:
        return evaluate_alias(evaluator, expr->as.row);
    case EXPR_COLUMN:
        return evaluate_member(evaluator, expr);
    case EXPR_PERIOD_WORD:
        return evaluate_period_word(evaluator, expr->as.period_word);
    case EXPR_NEGATE:
        return evaluate_negate(evaluator, expr);
    case EXPR_ARITHMETIC:
        return evaluate_arithmetic(evaluator, expr);
    case EXPR_DATE_SHIFT:
        return evaluate_shift(evaluator, expr);
    case EXPR_QUANTITY:
        return quantity_nested(evaluator, expr->as.quantity);
    case EXPR_FUNCTION:
        return evaluate_function(evaluator, expr);
    case EXPR_COMPARISON:
    case EXPR_ELAPSED:
    case EXPR_BETWEEN:
    case EXPR_WITHIN:
    case EXPR_IN_SPAN:
    case EXPR_IN:
    case EXPR_IS_MISSING:
    case EXPR_EXISTS:
    case EXPR_NOT:
    case EXPR_AND:
    case EXPR_OR:
        return outcome_of_truth(evaluate_truth(evaluator, expr));
    }
    return outcome_unknown(SYMBOL_NONE);
}
