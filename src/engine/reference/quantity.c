#include "engine/reference/quantity.h"

#include <stdlib.h>

#include "engine/reference/rowset.h"

/* ---- results ---- */

static Measured measured(Value value) {
    return (Measured){.kind = MEASURED_VALUE, .value = value};
}

static Measured measured_missing(Symbol symbol, const char *reason) {
    return (Measured){.kind = MEASURED_MISSING, .symbol = symbol, .reason = reason};
}

static Measured measured_error(Evaluator *evaluator, FaultKind kind) {
    evaluator->fault = (Fault){.kind = kind};
    return (Measured){.kind = MEASURED_ERROR};
}

Measured quantity_overflow(Evaluator *evaluator) {
    return measured_error(evaluator, FAULT_OVERFLOW);
}

/* A count or sum, which must fit 64 bits. */
static Measured measured_total(Evaluator *evaluator, Num total) {
    if (!num_fits(total))
        return measured_error(evaluator, FAULT_OVERFLOW);
    Measured result = measured(value_number(total));
    result.numerator = (Figure){true, total};
    return result;
}

static Measured no_cases(void) {
    return measured_missing(SYMBOL_NOT_APPLICABLE, "no cases");
}

/* No rows of a table of counts are no count at all. */
static Measured nothing(const Rowset *rows) {
    if (rows->source->published != PUBLISHED_NONE)
        return measured_missing(SYMBOL_UNAVAILABLE, "the published table has no such rows");
    Measured result = measured(value_int(0));
    result.numerator = (Figure){true, num_of_int(0)};
    return result;
}

Measured quantity_count(const Rowset *rows, size_t len) {
    if (len == 0)
        return nothing(rows);
    Measured result = measured(value_int((int64_t)len));
    result.numerator = (Figure){true, num_of_int((int64_t)len)};
    return result;
}

/* ---- the values of the rows ---- */

typedef struct Values {
    Value *items;
    size_t *rows; /* whose value it is */
    size_t len;
    size_t missing; /* rows without a value, */
    Symbol symbol;  /* and why: the strongest */
} Values;

static bool gather(Evaluator *evaluator, const Quantity *quantity, const size_t *rows, size_t len,
                   Values *out) {
    *out = (Values){.items = memory_alloc((len + 1) * sizeof *out->items),
                    .rows = memory_alloc((len + 1) * sizeof *out->rows)};
    for (size_t i = 0; i < len; i++) {
        rowset_bind(evaluator, quantity->rows, rows[i]);
        Outcome outcome = outcome_exact(evaluate(evaluator, quantity->value));
        if (outcome.kind == OUTCOME_ERROR)
            return false;
        if (outcome.kind == OUTCOME_UNKNOWN) {
            Symbol why = outcome.value.symbol;
            /* What is simply not there is unavailable. */
            out->symbol = symbol_stronger(out->symbol, why ? why : SYMBOL_UNAVAILABLE);
            out->missing++;
            continue;
        }
        out->rows[out->len] = rows[i];
        out->items[out->len++] = outcome.value;
    }
    return true;
}

static void values_end(Values *values) {
    memory_free(values->items);
    memory_free(values->rows);
}

static const char *symbol_words(Symbol symbol) {
    switch (symbol) {
    case SYMBOL_NONE:
    case SYMBOL_UNAVAILABLE:
        return "missing";
    case SYMBOL_CONFIDENTIAL:
        return "confidential";
    case SYMBOL_LOW_RELIABILITY:
        return "of low reliability";
    case SYMBOL_NOT_APPLICABLE:
        return "not applicable";
    case SYMBOL_LOW:
        return "low, but not told,";
    }
    return "missing";
}

/* "t.repeat is confidential in 1 of 2 rows of 'plans_published'" */
Measured quantity_missing(Evaluator *evaluator, const Quantity *quantity, size_t missing,
                          size_t all, Symbol symbol) {
    StrBuf words = {0};
    expr_print(&words, quantity->value);
    strbuf_addf(&words, " is %s in %zu of %zu row%s of '%s'", symbol_words(symbol), missing, all,
                all == 1 ? "" : "s", quantity->rows->source->name);
    const char *text = arena_copy_text(evaluator->data->run, strbuf_text(&words), words.len);
    strbuf_fini(&words);
    return measured_missing(symbol, text);
}

/* ---- numbers of values ---- */

static int compare_items(const void *a, const void *b) {
    return value_compare(*(const Value *)a, *(const Value *)b);
}

static Measured count_distinct(const Quantity *quantity, Values *values) {
    size_t distinct = 0;
    qsort(values->items, values->len, sizeof *values->items, compare_items);
    for (size_t i = 0; i < values->len; i++)
        if (i == 0 || value_compare(values->items[i - 1], values->items[i]) != 0)
            distinct++;
    if (values->len + values->missing == 0)
        return nothing(quantity->rows);
    Measured result = measured(value_int((int64_t)distinct));
    result.numerator = (Figure){true, num_of_int((int64_t)distinct)};
    return result;
}

static bool add_up(const Values *values, Num *sum) {
    *sum = num_of_int(0);
    for (size_t i = 0; i < values->len; i++)
        if (!num_add(*sum, values->items[i].as.number, sum))
            return false;
    return true;
}

static Figure squares_of(const Values *values) {
    Figure squares = {true, num_of_int(0)};
    for (size_t i = 0; i < values->len && squares.present; i++) {
        Num value = values->items[i].as.number, square;
        squares.present =
            num_multiply(value, value, &square) && num_add(squares.value, square, &squares.value);
    }
    return squares.present ? squares : (Figure){0};
}

static Measured mean_of_sum(Evaluator *evaluator, Num sum, Figure squares, size_t len) {
    Num result;
    if (!num_fits(sum) || !num_divide(sum, num_of_int((int64_t)len), &result))
        return quantity_overflow(evaluator);
    Measured out = measured(value_number(result));
    out.numerator = (Figure){true, sum};
    out.denominator = (Figure){true, num_of_int((int64_t)len)};
    out.squares = squares;
    return out;
}

static Measured mean(Evaluator *evaluator, const Values *values) {
    Num sum;
    if (!add_up(values, &sum))
        return quantity_overflow(evaluator);
    return mean_of_sum(evaluator, sum, squares_of(values), values->len);
}

bool quantity_is_sum(const Quantity *quantity) {
    return quantity->kind == QUANTITY_SUM || quantity->kind == QUANTITY_MEAN;
}

Measured quantity_of_sum(Evaluator *evaluator, const Quantity *quantity, Num sum, Figure squares,
                         size_t len) {
    if (quantity->kind == QUANTITY_SUM)
        return len == 0 ? nothing(quantity->rows) : measured_total(evaluator, sum);
    return len == 0 ? no_cases() : mean_of_sum(evaluator, sum, squares, len);
}

/* At place 1 + (n - 1) p / 100 of the sorted values, between two of them in proportion. */
static Measured percentile(Evaluator *evaluator, Values *values, Num p) {
    qsort(values->items, values->len, sizeof *values->items, compare_items);
    Num place, below, part, step, result;
    int64_t whole;
    if (!num_multiply(num_of_int((int64_t)values->len - 1), p, &place) ||
        !num_divide(place, num_of_int(100), &place))
        return measured_error(evaluator, FAULT_OVERFLOW);
    whole = (int64_t)(place.n / place.d);
    below = values->items[whole].as.number;
    if (num_is_integer(place))
        return measured(value_number(below));
    if (!num_subtract(place, num_of_int(whole), &part) ||
        !num_subtract(values->items[whole + 1].as.number, below, &step) ||
        !num_multiply(part, step, &step) || !num_add(below, step, &result))
        return measured_error(evaluator, FAULT_OVERFLOW);
    return measured(value_number(result));
}

static Measured extreme(const Values *values, int sign) {
    Value best = values->items[0];
    for (size_t i = 1; i < values->len; i++)
        if (value_compare(values->items[i], best) * sign > 0)
            best = values->items[i];
    return measured(best);
}

/* What a missing value does to each quantity is decided before: here all are there. */
static Measured of_values(Evaluator *evaluator, const Quantity *quantity, Values *values) {
    Num sum;
    if (quantity->kind == QUANTITY_SUM) {
        if (values->len == 0)
            return nothing(quantity->rows);
        return add_up(values, &sum) ? measured_total(evaluator, sum)
                                    : measured_error(evaluator, FAULT_OVERFLOW);
    }
    if (values->len == 0)
        return no_cases();
    switch (quantity->kind) {
    case QUANTITY_MEAN:
        return mean(evaluator, values);
    case QUANTITY_MEDIAN:
        return percentile(evaluator, values, num_of_int(50));
    case QUANTITY_PERCENTILE:
        return percentile(evaluator, values, quantity->percentile);
    case QUANTITY_MIN:
        return extreme(values, -1);
    case QUANTITY_MAX:
        return extreme(values, 1);
    case QUANTITY_COUNT:
    case QUANTITY_COUNT_DISTINCT:
    case QUANTITY_SUM:
    case QUANTITY_FIRST:
    case QUANTITY_LAST:
        break;
    }
    return no_cases();
}

/* ---- first and last ---- */

typedef struct Pick {
    bool any, undecided;
    size_t row;
    Date date;
} Pick;

/* A row with the same date as the one picked: the smallest key goes first. */
static void pick_among_equals(Evaluator *evaluator, const Quantity *quantity, Pick *pick,
                              size_t row) {
    const LoadedTable *loaded = data_table(evaluator->data, quantity->rows->source);
    int order = loaded->source->key_len > 0 ? key_compare(loaded, row, pick->row) : 0;
    if (order < 0) {
        pick->row = row;
        pick->undecided = false;
    }
    if (order != 0)
        return;
    rowset_bind(evaluator, quantity->rows, pick->row);
    Outcome a = evaluate(evaluator, quantity->value);
    rowset_bind(evaluator, quantity->rows, row);
    Outcome b = evaluate(evaluator, quantity->value);
    if (a.kind != b.kind || (a.kind == OUTCOME_KNOWN && value_compare(a.value, b.value) != 0))
        pick->undecided = true;
}

static bool pick_row(Evaluator *evaluator, const Quantity *quantity, const size_t *rows, size_t len,
                     Pick *pick) {
    int sign = quantity->kind == QUANTITY_FIRST ? -1 : 1;
    *pick = (Pick){0};
    for (size_t i = 0; i < len; i++) {
        rowset_bind(evaluator, quantity->rows, rows[i]);
        Outcome by = evaluate(evaluator, quantity->by);
        if (by.kind == OUTCOME_ERROR)
            return false;
        if (by.kind == OUTCOME_UNKNOWN)
            continue;
        Date date = by.value.as.date;
        if (!pick->any || (date != pick->date && (date > pick->date) == (sign > 0)))
            *pick = (Pick){.any = true, .row = rows[i], .date = date};
        else if (date == pick->date)
            pick_among_equals(evaluator, quantity, pick, rows[i]);
    }
    return true;
}

Measured quantity_of_pick(const Value *value, int64_t left_out) {
    Measured result = no_cases();
    if (value && value->kind != VALUE_MISSING)
        result = measured(*value);
    else if (value)
        result = measured_missing(value->symbol ? value->symbol : SYMBOL_UNAVAILABLE,
                                  "the value of that row is missing");
    result.left_out = left_out;
    return result;
}

static Measured first_or_last(Evaluator *evaluator, const Quantity *quantity, const size_t *rows,
                              size_t len) {
    Pick pick;
    if (!pick_row(evaluator, quantity, rows, len, &pick))
        return (Measured){.kind = MEASURED_ERROR};
    if (!pick.any)
        return no_cases();
    if (pick.undecided) {
        evaluator->fault = (Fault){FAULT_UNDECIDED, quantity->rows->source, pick.row, NULL, 0};
        return (Measured){.kind = MEASURED_ERROR};
    }
    rowset_bind(evaluator, quantity->rows, pick.row);
    Outcome value = outcome_exact(evaluate(evaluator, quantity->value));
    if (value.kind == OUTCOME_ERROR)
        return (Measured){.kind = MEASURED_ERROR};
    return quantity_of_pick(&value.value, 0);
}

/* `known`: among the rows that have a value. */
static Measured first_or_last_known(Evaluator *evaluator, const Quantity *quantity,
                                    const size_t *rows, size_t len) {
    Values values;
    Measured result = {.kind = MEASURED_ERROR};
    if (gather(evaluator, quantity, rows, len, &values)) {
        result = first_or_last(evaluator, quantity, values.rows, values.len);
        result.left_out = (int64_t)values.missing;
    }
    values_end(&values);
    return result;
}

/* ---- all of them ---- */

static Measured of_gathered(Evaluator *evaluator, const Quantity *quantity, Values *values,
                            bool explain) {
    Measured result;
    if (quantity->kind == QUANTITY_COUNT_DISTINCT) {
        result = count_distinct(quantity, values);
    } else if (values->missing > 0 && !quantity->known) {
        if (!explain)
            return measured_missing(values->symbol, NULL);
        return quantity_missing(evaluator, quantity, values->missing, values->len + values->missing,
                                values->symbol);
    } else {
        result = of_values(evaluator, quantity, values);
    }
    result.left_out = (int64_t)values->missing;
    return result;
}

Measured quantity_measure(Evaluator *evaluator, const Quantity *quantity, const size_t *rows,
                          size_t len, bool explain) {
    if (quantity->kind == QUANTITY_COUNT)
        return quantity_count(quantity->rows, len);
    if (quantity->kind == QUANTITY_FIRST || quantity->kind == QUANTITY_LAST)
        return quantity->known ? first_or_last_known(evaluator, quantity, rows, len)
                               : first_or_last(evaluator, quantity, rows, len);
    Values values;
    Measured result;
    if (gather(evaluator, quantity, rows, len, &values))
        result = of_gathered(evaluator, quantity, &values, explain);
    else
        result = (Measured){.kind = MEASURED_ERROR};
    values_end(&values);
    return result;
}

Measured quantity_of_values(Evaluator *evaluator, const Quantity *quantity, Value *values,
                            size_t len, size_t missing, Symbol symbol) {
    Values gathered = {.items = values, .len = len, .missing = missing, .symbol = symbol};
    return of_gathered(evaluator, quantity, &gathered, true);
}

/* ---- nested ---- */

/* The rows that are true, to the front as plain numbers. */
static size_t certain_rows(const FoundRows *found, size_t *rows) {
    size_t len = 0;
    for (size_t i = 0; i < found->len; i++)
        if (found->items[i].truth == TRUTH_TRUE)
            rows[len++] = found->items[i].row;
    return len;
}

static Outcome outcome_of(const Measured *measured_rows) {
    switch (measured_rows->kind) {
    case MEASURED_VALUE:
        return outcome_known(measured_rows->value);
    case MEASURED_MISSING:
        return outcome_unknown(measured_rows->symbol);
    case MEASURED_ERROR:
        return outcome_error();
    }
    return outcome_error();
}

/* Each row in doubt may add one to a count; what it would do to another quantity is unknown. */
static Outcome with_doubt(const Quantity *quantity, Outcome certain, size_t doubtful) {
    if (doubtful == 0 || certain.kind == OUTCOME_ERROR)
        return certain;
    if (quantity->kind != QUANTITY_COUNT && quantity->kind != QUANTITY_COUNT_DISTINCT)
        return outcome_unknown(SYMBOL_NONE);
    if (certain.kind == OUTCOME_UNKNOWN)
        return certain;
    certain.ranged = num_add(certain.value.as.number, num_of_int((int64_t)doubtful), &certain.high);
    return certain;
}

Outcome quantity_nested(Evaluator *evaluator, const Quantity *quantity) {
    FoundRows found = {0};
    rowset_find(evaluator, quantity->rows, &found);
    for (size_t i = 0; i < found.len; i++) {
        if (found.items[i].truth != TRUTH_ERROR)
            continue;
        evaluator->fault = found.items[i].fault;
        found_end(&found);
        return outcome_error();
    }
    size_t *rows = memory_alloc((found.len + 1) * sizeof *rows);
    size_t len = certain_rows(&found, rows);
    Measured result = quantity_measure(evaluator, quantity, rows, len, false);
    /* A missing value of a row that counts may be one more that differs. */
    size_t doubtful = found.len - len;
    if (quantity->kind == QUANTITY_COUNT_DISTINCT && !quantity->known)
        doubtful += (size_t)result.left_out;
    Outcome outcome = with_doubt(quantity, outcome_of(&result), doubtful);
    memory_free(rows);
    found_end(&found);
    return outcome;
}
