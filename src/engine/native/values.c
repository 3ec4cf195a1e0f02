/* Values made of values: dates plus durations, functions, arithmetic. */
#include <string.h>

#include "engine/native/native.h"

Outcome vector_outcome(const Vector *vector, size_t i) {
    uint8_t state = vector->state ? vector->state[i] : STATE_KNOWN;
    if (state == STATE_ERROR)
        return outcome_error();
    if (state != STATE_KNOWN) {
        Outcome missing =
            outcome_unknown(state == STATE_NOT_YET ? SYMBOL_NONE : (Symbol)(state - STATE_MISSING));
        missing.not_yet = state == STATE_NOT_YET;
        return missing;
    }
    switch (vector->kind) {
    case VECTOR_ROWS:
        return outcome_known(value_int(vector->rows[i]));
    case VECTOR_NUMBER:
        return outcome_known(vector->yes_no
                                 ? value_bool(vector->numbers[i] != 0)
                                 : value_number(num_of_scaled(vector->numbers[i], vector->scale)));
    case VECTOR_EXACT:
        return outcome_known(value_number(vector->exact[i]));
    case VECTOR_DATE:
        return outcome_known(value_date(vector->dates[i]));
    case VECTOR_TEXT:
        return outcome_known(value_text(vector->texts[vector->codes[i]]));
    }
    return outcome_unknown(SYMBOL_NONE);
}

uint8_t outcome_state(const Outcome *outcome) {
    if (outcome->kind == OUTCOME_KNOWN)
        return STATE_KNOWN;
    if (outcome->kind == OUTCOME_ERROR)
        return STATE_ERROR;
    return outcome->not_yet ? STATE_NOT_YET : (uint8_t)(STATE_MISSING + outcome->value.symbol);
}

/* ---- one value for all rows ---- */

static Outcome period_word_at(const Node *node, int bit) {
    const Axis *axis = node->scope->program->shared->axis;
    switch (node->as.period.word) {
    case PERIOD_WORD_START:
        return outcome_known(value_date(node->as.period.starts->first[bit]));
    case PERIOD_WORD_END:
        return outcome_known(value_date(axis->last[bit]));
    case PERIOD_WORD_TAKEN:
        return axis->has_taken[bit] ? outcome_known(value_date(axis->taken[bit]))
                                    : outcome_unknown(SYMBOL_NONE);
    }
    return outcome_unknown(SYMBOL_NONE);
}

static void spread_number(Node *node, Num number) {
    size_t len = node->scope->len;
    int64_t whole;
    if (num_to_int64(number, &whole)) {
        int64_t *numbers = node_buffer(node, sizeof(Num));
        node->value.kind = VECTOR_NUMBER;
        for (size_t i = 0; i < len; i++)
            numbers[i] = whole;
        node->value.numbers = numbers;
        return;
    }
    Num *exact = node_buffer(node, sizeof(Num));
    node->value.kind = VECTOR_EXACT;
    for (size_t i = 0; i < len; i++)
        exact[i] = number;
    node->value.exact = exact;
}

static void spread_date(Node *node, Date date) {
    Date *dates = node_buffer(node, sizeof(Num));
    node->value.kind = VECTOR_DATE;
    for (size_t i = 0; i < node->scope->len; i++)
        dates[i] = date;
    node->value.dates = dates;
}

static void spread_text(Node *node) {
    uint32_t *codes = node_buffer(node, sizeof(Num));
    node->value.kind = VECTOR_TEXT;
    memset(codes, 0, node->scope->len * sizeof *codes);
    node->value.codes = codes;
    node->value.texts = &node->as.constant.as.text;
    node->value.texts_len = 1;
}

void evaluate_scalar_of(Node *node) {
    Outcome outcome = node->kind == NODE_CONSTANT ? outcome_known(node->as.constant)
                                                  : period_word_at(node, node->scope->program->bit);
    node->value.state = NULL;
    node->value.scale = 0;
    node->value.yes_no = false;
    if (outcome.kind != OUTCOME_KNOWN || outcome.value.kind == VALUE_MISSING) {
        memset(node_state(node), STATE_MISSING, node->scope->len);
        node->value.state = node->state;
        spread_date(node, 0);
        return;
    }
    switch (outcome.value.kind) {
    case VALUE_BOOL:
        spread_number(node, num_of_int(outcome.value.as.yes));
        node->value.yes_no = true;
        return;
    case VALUE_NUMBER:
        spread_number(node, outcome.value.as.number);
        return;
    case VALUE_TEXT:
        spread_text(node);
        return;
    case VALUE_DATE:
        spread_date(node, outcome.value.as.date);
        return;
    case VALUE_MISSING:
        return;
    }
}

/* ---- dates ---- */

static bool shifted(const Node *node, Date from, Date *out) {
    Date outside;
    switch (node->as.shift.kind) {
    case SPAN_DAYS:
        return date_add_days(from, node->as.shift.amount, out);
    case SPAN_MONTHS:
        return date_add_months(from, node->as.shift.amount, out);
    case SPAN_WORKING_DAYS:
        return calendar_add(node->as.shift.calendar, from, node->as.shift.amount, out, &outside);
    }
    return false;
}

/* Of a day that cannot be moved so far: there is none, or the calendar does not say. */
static uint8_t state_of_no_day(const Node *node) {
    return node->as.shift.kind == SPAN_WORKING_DAYS ? STATE_ERROR : STATE_MISSING;
}

/* The days from low to high, moved, worked out once; a day that has no such day gets DATE_MIN - 1.
 */
static const Date *shift_table(Node *node) {
    size_t len = (size_t)(node->terms[0]->high - node->terms[0]->low) + 1;
    if (node->shifts || node->as.shift.kind == SPAN_DAYS || len > 40000)
        return node->shifts;
    Date *table = arena_array(node->scope->program->arena, len, sizeof *table);
    for (size_t i = 0; i < len; i++)
        if (!shifted(node, node->terms[0]->low + (Date)i, &table[i]))
            table[i] = DATE_MIN - 1;
    node->shifts = table;
    return table;
}

static void shift_dates(Node *node, const Vector *from, Date *out, uint8_t *state) {
    const Date *table = shift_table(node);
    Date low = node->terms[0]->low;
    for (size_t i = 0; i < node->scope->len; i++) {
        if (state[i] != STATE_KNOWN)
            continue;
        bool there;
        if (table) {
            out[i] = table[from->dates[i] - low];
            there = out[i] >= DATE_MIN;
        } else {
            there = shifted(node, from->dates[i], &out[i]);
        }
        if (!there)
            state[i] = state_of_no_day(node);
    }
}

/* Also of PLAIN, which only takes the `not yet` away. */
void evaluate_shift_of(Node *node) {
    const Vector *from = node_value(node->terms[0]);
    size_t len = node->scope->len;
    uint8_t *state = node_state(node);
    bool any = false;
    for (size_t i = 0; i < len; i++) {
        uint8_t was = from->state ? from->state[i] : STATE_KNOWN;
        state[i] = was == STATE_NOT_YET ? STATE_MISSING : was;
    }
    if (node->kind == NODE_PLAIN) {
        node->value = *from;
    } else {
        Date *dates = node_buffer(node, sizeof *dates);
        node->value.kind = VECTOR_DATE;
        node->value.dates = dates;
        memset(dates, 0, len * sizeof *dates);
        shift_dates(node, from, dates, state);
    }
    for (size_t i = 0; i < len; i++)
        any |= state[i] != STATE_KNOWN;
    node->value.state = any ? state : NULL;
}

/* ---- functions ---- */

/* Working days by the calendar's running count. */
static Outcome worked_between(const Node *node, Date from, Date to) {
    const Calendar *calendar = node->as.call.calendar;
    if (!calendar_covers(calendar, from) || !calendar_covers(calendar, to))
        return outcome_error();
    const int32_t *worked = node->as.call.worked;
    return outcome_known(value_int(worked[to - calendar->from] - worked[from - calendar->from]));
}

static bool small_whole(const Value *value, int *out) {
    int64_t number;
    if (!num_to_int64(value->as.number, &number) || number < INT32_MIN || number > INT32_MAX)
        return false;
    *out = (int)number;
    return true;
}

static Outcome day_of(const Value *parts) {
    int year, month, of_month;
    Date date;
    if (!small_whole(&parts[0], &year) || !small_whole(&parts[1], &month) ||
        !small_whole(&parts[2], &of_month) || !date_of_ymd(year, month, of_month, &date))
        return outcome_unknown(SYMBOL_NONE);
    return outcome_known(value_date(date));
}

static Outcome call(const Node *node, const Value *values) {
    Date first = values[0].as.date, second = values[1].as.date;
    int years;
    switch (node->as.call.function) {
    case FUNCTION_DAYS:
        return outcome_known(value_int((int64_t)second - first));
    case FUNCTION_MONTHS:
        return outcome_known(value_int(date_months_between(first, second)));
    case FUNCTION_YEARS:
        return outcome_known(value_int(date_years_between(first, second)));
    case FUNCTION_WORKING_DAYS:
        return worked_between(node, first, second);
    case FUNCTION_AGE:
        return date_age(first, second, &years) ? outcome_known(value_int(years))
                                               : outcome_unknown(SYMBOL_NONE);
    case FUNCTION_YEAR:
        return outcome_known(value_int(date_ymd(first).year));
    case FUNCTION_MONTH:
        return outcome_known(value_int(date_ymd(first).month));
    case FUNCTION_DAY:
        return day_of(values);
    case FUNCTIONS:
        break;
    }
    return outcome_unknown(SYMBOL_NONE);
}

/* Of arguments that are all there; else what they keep the function from having. */
static Outcome call_outcomes(const Node *node, const Outcome *arguments) {
    Value values[3] = {0};
    for (size_t i = 0; i < 3 && node->terms[i]; i++) {
        if (arguments[i].kind == OUTCOME_ERROR)
            return arguments[i];
        values[i] = arguments[i].value;
    }
    for (size_t i = 0; i < 3 && node->terms[i]; i++)
        if (arguments[i].kind == OUTCOME_UNKNOWN)
            return outcome_unknown(arguments[i].value.symbol);
    return call(node, values);
}

static void store_outcome(Node *node, size_t i, const Outcome *outcome, uint8_t *state) {
    state[i] = outcome_state(outcome);
    if (node->value.kind == VECTOR_DATE)
        ((Date *)node->buffer)[i] = state[i] == STATE_KNOWN ? outcome->value.as.date : 0;
    else if (state[i] == STATE_KNOWN)
        num_to_int64(outcome->value.as.number, &((int64_t *)node->buffer)[i]);
    else
        ((int64_t *)node->buffer)[i] = 0;
}

/* Working days of two dates, the one function that is called for every row of large tables. */
static bool worked_all(Node *node, const Vector *a, const Vector *b, uint8_t *state) {
    if (node->as.call.function != FUNCTION_WORKING_DAYS)
        return false;
    const Calendar *calendar = node->as.call.calendar;
    const int32_t *worked = node->as.call.worked;
    uint32_t span = (uint32_t)(calendar->to - calendar->from) + 1;
    int64_t *out = node->buffer;
    for (size_t i = 0; i < node->scope->len; i++) {
        uint32_t from = (uint32_t)(a->dates[i] - calendar->from);
        uint32_t to = (uint32_t)(b->dates[i] - calendar->from);
        uint8_t missing = a->state && a->state[i] ? a->state[i] : b->state ? b->state[i] : 0;
        bool covered = from < span && to < span;
        bool error =
            (a->state && a->state[i] == STATE_ERROR) || (b->state && b->state[i] == STATE_ERROR);
        out[i] = covered && !missing ? worked[to] - worked[from] : 0;
        state[i] = error     ? STATE_ERROR
                   : missing ? (missing == STATE_NOT_YET ? STATE_MISSING : missing)
                   : covered ? STATE_KNOWN
                             : STATE_ERROR;
    }
    return true;
}

void evaluate_function_of(Node *node) {
    const Vector *arguments[3] = {0};
    uint8_t *state = node_state(node);
    bool any = false;
    for (size_t i = 0; i < 3 && node->terms[i]; i++)
        arguments[i] = node_value(node->terms[i]);
    node_buffer(node, sizeof(int64_t));
    node->value.kind = node->as.call.function == FUNCTION_DAY ? VECTOR_DATE : VECTOR_NUMBER;
    node->value.scale = 0;
    node->value.numbers = node->buffer;
    node->value.dates = node->buffer;
    if (!worked_all(node, arguments[0], arguments[1], state))
        for (size_t i = 0; i < node->scope->len; i++) {
            Outcome values[3];
            for (size_t k = 0; k < 3 && arguments[k]; k++)
                values[k] = vector_outcome(arguments[k], i);
            Outcome outcome = call_outcomes(node, values);
            store_outcome(node, i, &outcome, state);
        }
    for (size_t i = 0; i < node->scope->len; i++)
        any |= state[i] != STATE_KNOWN;
    node->value.state = any ? state : NULL;
}

/* ---- arithmetic ---- */

static Outcome negated(const Outcome *operand) {
    Outcome result = *operand;
    if (result.kind == OUTCOME_KNOWN)
        result.value.as.number = num_negate(operand->value.as.number);
    return result;
}

static Outcome reckoned(const Node *node, const Outcome *a, const Outcome *b) {
    Expr expr = {.kind = EXPR_ARITHMETIC};
    expr.as.arithmetic.op = node->as.op;
    if (a->kind == OUTCOME_ERROR)
        return *a;
    if (b->kind == OUTCOME_ERROR)
        return *b;
    if (a->kind == OUTCOME_KNOWN && b->kind == OUTCOME_KNOWN) {
        Num result;
        Num right = b->value.as.number;
        if (node->as.op == ARITHMETIC_DIVIDE && num_compare(right, num_of_int(0)) == 0)
            return outcome_unknown(SYMBOL_NOT_APPLICABLE);
        return reckon(node->as.op, a->value.as.number, right, &result)
                   ? outcome_known(value_number(result))
                   : outcome_error();
    }
    return arithmetic_of(NULL, &expr, a, b);
}

void evaluate_arithmetic_of(Node *node) {
    const Vector *left = node_value(node->terms[0]);
    const Vector *right = node->kind == NODE_NEGATE ? NULL : node_value(node->terms[1]);
    Num *exact = node_buffer(node, sizeof *exact);
    uint8_t *state = node_state(node);
    bool any = false;
    for (size_t i = 0; i < node->scope->len; i++) {
        Outcome a = vector_outcome(left, i), result;
        if (right) {
            Outcome b = vector_outcome(right, i);
            result = reckoned(node, &a, &b);
        } else {
            result = negated(&a);
        }
        state[i] = outcome_state(&result);
        exact[i] = state[i] == STATE_KNOWN ? result.value.as.number : num_of_int(0);
        any |= state[i] != STATE_KNOWN;
    }
    node->value.kind = VECTOR_EXACT;
    node->value.exact = exact;
    node->value.state = any ? state : NULL;
}

/* ---- for one day ---- */

static Outcome shifted_at(const Node *node, Date day, int bit) {
    Outcome from = node_at(node->terms[0], day, bit);
    Date date;
    if (from.kind == OUTCOME_ERROR)
        return from;
    if (from.kind == OUTCOME_UNKNOWN || node->kind == NODE_PLAIN)
        return from.kind == OUTCOME_UNKNOWN ? outcome_unknown(from.value.symbol) : from;
    if (shifted(node, from.value.as.date, &date))
        return outcome_known(value_date(date));
    return state_of_no_day(node) == STATE_ERROR ? outcome_error() : outcome_unknown(SYMBOL_NONE);
}

static Outcome call_at(const Node *node, Date day, int bit) {
    Outcome arguments[3];
    for (size_t i = 0; i < 3 && node->terms[i]; i++)
        arguments[i] = node_at(node->terms[i], day, bit);
    return call_outcomes(node, arguments);
}

Outcome node_at(const Node *node, Date day, int bit) {
    if (node->day == node)
        return outcome_known(value_date(day));
    switch (node->kind) {
    case NODE_CONSTANT:
        return outcome_known(node->as.constant);
    case NODE_PERIOD_WORD:
        return period_word_at(node, bit);
    case NODE_SHIFT:
    case NODE_PLAIN:
        return shifted_at(node, day, bit);
    case NODE_FUNCTION:
        return call_at(node, day, bit);
    case NODE_ARITHMETIC:
    case NODE_NEGATE: {
        Outcome left = node_at(node->terms[0], day, bit);
        if (node->kind == NODE_NEGATE)
            return negated(&left);
        Outcome right = node_at(node->terms[1], day, bit);
        return reckoned(node, &left, &right);
    }
    case NODE_SLOT:
    case NODE_LINK:
    case NODE_COLUMN:
    case NODE_QUANTITY:
    case NODE_COMPARE:
    case NODE_IN:
    case NODE_MISSING:
    case NODE_YES:
    case NODE_NOT:
    case NODE_AND:
    case NODE_OR:
    case NODE_DAYS:
    case NODE_PRESENT:
    case NODE_LOOKUP:
    case NODE_PAIRS:
    case NODE_FALLBACK:
        break;
    }
    return outcome_error();
}
