/* Comparisons of values: once for a batch, or once for each window if a window changes a side. */
#include <string.h>

#include "engine/native/native.h"

/* The answer for a row. */
enum { SAYS_NO, SAYS_YES, SAYS_UNKNOWN, SAYS_ERROR };

static uint8_t answer_of(Truth truth) {
    switch (truth) {
    case TRUTH_FALSE:
        return SAYS_NO;
    case TRUTH_TRUE:
        return SAYS_YES;
    case TRUTH_UNKNOWN:
        return SAYS_UNKNOWN;
    case TRUTH_ERROR:
        return SAYS_ERROR;
    }
    return SAYS_ERROR;
}

/* What is neither yes nor no. */
static void add_doubts(Node *node, const uint8_t *answers, Mask bits) {
    size_t len = node->scope->len;
    uint8_t worst = 0;
    for (size_t i = 0; i < len; i++)
        worst |= answers[i] & 2;
    if (!worst)
        return;
    Mask *maybe = node_maybe(node), *error = node_error(node);
    if (!node->truths.maybe)
        memset(maybe, 0, len * sizeof *maybe);
    if (!node->truths.error)
        memset(error, 0, len * sizeof *error);
    bool any_error = node->truths.error != NULL;
    for (size_t i = 0; i < len; i++) {
        maybe[i] |= bits & -(Mask)(answers[i] == SAYS_UNKNOWN);
        error[i] |= bits & -(Mask)(answers[i] == SAYS_ERROR);
        any_error |= answers[i] == SAYS_ERROR;
    }
    node->truths.maybe = maybe;
    node->truths.error = any_error ? error : NULL;
}

/* Answers to masks: those of one window. */
static void add_answers(Node *node, const uint8_t *answers, Mask bit) {
    Mask *yes = node_yes(node);
    for (size_t i = 0; i < node->scope->len; i++)
        yes[i] |= bit & -(Mask)(answers[i] == SAYS_YES);
    add_doubts(node, answers, bit);
}

typedef void (*Answering)(Node *node, uint8_t *answers);

static void answer_all(Node *node, Answering answer) {
    Program *program = node->scope->program;
    uint8_t answers[BATCH];
    Mask *yes = node_yes(node);
    node->truths = (Truths){.yes = yes};
    if (!node->periodic) {
        answer(node, answers);
        for (size_t i = 0; i < node->scope->len; i++)
            yes[i] = -(Mask)(answers[i] == SAYS_YES);
        add_doubts(node, answers, ALL_ONES);
        return;
    }
    memset(yes, 0, node->scope->len * sizeof *yes);
    int around = program->bit;
    for (unsigned bit = 0; bit < program->shared->axis->len; bit++) {
        program->bit = (int)bit;
        answer(node, answers);
        add_answers(node, answers, (Mask)1 << bit);
    }
    program->bit = around;
}

/* ---- two values ---- */

#define COMPARE_ALL(A, B)                                                                          \
    switch (op) {                                                                                  \
    case COMPARISON_EQUAL:                                                                         \
        for (size_t i = 0; i < len; i++)                                                           \
            out[i] = (A)[i] == (B)[i];                                                             \
        return;                                                                                    \
    case COMPARISON_NOT_EQUAL:                                                                     \
        for (size_t i = 0; i < len; i++)                                                           \
            out[i] = (A)[i] != (B)[i];                                                             \
        return;                                                                                    \
    case COMPARISON_LESS:                                                                          \
        for (size_t i = 0; i < len; i++)                                                           \
            out[i] = (A)[i] < (B)[i];                                                              \
        return;                                                                                    \
    case COMPARISON_LESS_EQUAL:                                                                    \
        for (size_t i = 0; i < len; i++)                                                           \
            out[i] = (A)[i] <= (B)[i];                                                             \
        return;                                                                                    \
    case COMPARISON_GREATER:                                                                       \
        for (size_t i = 0; i < len; i++)                                                           \
            out[i] = (A)[i] > (B)[i];                                                              \
        return;                                                                                    \
    case COMPARISON_GREATER_EQUAL:                                                                 \
        for (size_t i = 0; i < len; i++)                                                           \
            out[i] = (A)[i] >= (B)[i];                                                             \
        return;                                                                                    \
    }

static void compare_dates(ComparisonOp op, const Date *a, const Date *b, size_t len, uint8_t *out) {
    COMPARE_ALL(a, b)
}

static void compare_numbers(ComparisonOp op, const int64_t *a, const int64_t *b, size_t len,
                            uint8_t *out) {
    COMPARE_ALL(a, b)
}

static void compare_texts(ComparisonOp op, const Vector *a, const Vector *b, size_t len,
                          uint8_t *out) {
    bool equal = op == COMPARISON_EQUAL, either = equal || op == COMPARISON_NOT_EQUAL;
    for (size_t i = 0; i < len; i++) {
        const char *left = a->texts_len ? a->texts[a->codes[i]] : "";
        const char *right = b->texts_len ? b->texts[b->codes[i]] : "";
        if (either) {
            /* Texts of the run are atoms; those of definitions are not. */
            out[i] = (left == right || strcmp(left, right) == 0) == equal;
            continue;
        }
        Outcome l = outcome_known(value_text(left)), r = outcome_known(value_text(right));
        out[i] = answer_of(compare_outcomes(op, &l, &r));
    }
}

static bool both_simple(const Vector *a, const Vector *b) {
    if (a->kind != b->kind)
        return false;
    return a->kind == VECTOR_DATE || a->kind == VECTOR_TEXT ||
           (a->kind == VECTOR_NUMBER && a->scale == b->scale);
}

static void compare_known(ComparisonOp op, const Vector *a, const Vector *b, size_t len,
                          uint8_t *out) {
    if (a->kind == VECTOR_DATE)
        compare_dates(op, a->dates, b->dates, len, out);
    else if (a->kind == VECTOR_NUMBER)
        compare_numbers(op, a->numbers, b->numbers, len, out);
    else
        compare_texts(op, a, b, len, out);
}

static bool is_there(const Vector *vector, size_t i) {
    return !vector->state || vector->state[i] == STATE_KNOWN;
}

/* Where a value is not there, what it is compared with does not matter beyond being there. */
static void compare_states(ComparisonOp op, const Vector *a, const Vector *b, size_t len,
                           uint8_t *out) {
    Outcome known = outcome_known(value_date(0)), later = outcome_unknown(SYMBOL_NONE);
    later.not_yet = true;
    uint8_t left_later = answer_of(compare_outcomes(op, &later, &known));
    uint8_t right_later = answer_of(compare_outcomes(op, &known, &later));
    for (size_t i = 0; i < len; i++) {
        uint8_t left = a->state ? a->state[i] : STATE_KNOWN;
        uint8_t right = b->state ? b->state[i] : STATE_KNOWN;
        if ((left | right) == STATE_KNOWN)
            continue;
        out[i] = left == STATE_ERROR || right == STATE_ERROR     ? SAYS_ERROR
                 : left == STATE_NOT_YET && right == STATE_KNOWN ? left_later
                 : right == STATE_NOT_YET && left == STATE_KNOWN ? right_later
                                                                 : SAYS_UNKNOWN;
    }
}

/* One text for all rows against a dictionary: an answer for each of its places. */
static bool by_dictionary(Node *node, const Vector *a, uint8_t *out) {
    Node *constant = node->terms[1];
    if (a->kind != VECTOR_TEXT || constant->kind != NODE_CONSTANT ||
        constant->as.constant.kind != VALUE_TEXT || node->terms[0]->kind != NODE_COLUMN)
        return false;
    if (!node->by_code) {
        uint8_t *answers =
            arena_array(node->scope->program->arena, a->texts_len + 1, sizeof *answers);
        Outcome right = outcome_known(constant->as.constant);
        for (size_t i = 0; i < a->texts_len; i++) {
            Outcome left = outcome_known(value_text(a->texts[i]));
            answers[i] = answer_of(compare_outcomes(node->as.comparison, &left, &right));
        }
        node->by_code = answers;
    }
    for (size_t i = 0; i < node->scope->len; i++)
        out[i] = node->by_code[a->codes[i]];
    return true;
}

static void compare_rows(Node *node, uint8_t *out) {
    const Vector *a = node_value(node->terms[0]), *b = node_value(node->terms[1]);
    size_t len = node->scope->len;
    if (both_simple(a, b)) {
        if (!by_dictionary(node, a, out))
            compare_known(node->as.comparison, a, b, len, out);
        if (a->state || b->state)
            compare_states(node->as.comparison, a, b, len, out);
        return;
    }
    for (size_t i = 0; i < len; i++) {
        Outcome left = vector_outcome(a, i), right = vector_outcome(b, i);
        out[i] = left.kind == OUTCOME_ERROR || right.kind == OUTCOME_ERROR
                     ? SAYS_ERROR
                     : answer_of(compare_outcomes(node->as.comparison, &left, &right));
    }
}

void evaluate_compare_of(Node *node) {
    answer_all(node, compare_rows);
}

/* ---- one value ---- */

static uint8_t in_answer(const Node *node, const Outcome *value) {
    if (value->kind == OUTCOME_ERROR)
        return SAYS_ERROR;
    Truth truth = compare_in(value, node->as.in);
    return answer_of(node->as.in->as.in.negated ? truth_not(truth) : truth);
}

static void in_rows(Node *node, uint8_t *out) {
    const Vector *value = node_value(node->terms[0]);
    bool dictionary = value->kind == VECTOR_TEXT && node->terms[0]->kind == NODE_COLUMN;
    if (dictionary && !node->by_code) {
        uint8_t *answers =
            arena_array(node->scope->program->arena, value->texts_len + 1, sizeof *answers);
        for (size_t i = 0; i < value->texts_len; i++) {
            Outcome text = outcome_known(value_text(value->texts[i]));
            answers[i] = in_answer(node, &text);
        }
        node->by_code = answers;
    }
    for (size_t i = 0; i < node->scope->len; i++) {
        if (dictionary && is_there(value, i)) {
            out[i] = node->by_code[value->codes[i]];
            continue;
        }
        Outcome outcome = vector_outcome(value, i);
        out[i] = in_answer(node, &outcome);
    }
}

void evaluate_in_of(Node *node) {
    answer_all(node, in_rows);
}

static void missing_rows(Node *node, uint8_t *out) {
    const Vector *value = node_value(node->terms[0]);
    for (size_t i = 0; i < node->scope->len; i++) {
        uint8_t state = value->state ? value->state[i] : STATE_KNOWN;
        bool missing = state != STATE_KNOWN;
        out[i] = state == STATE_ERROR ? SAYS_ERROR : missing != node->as.negated;
    }
}

void evaluate_missing_of(Node *node) {
    answer_all(node, missing_rows);
}

static void yes_rows(Node *node, uint8_t *out) {
    const Vector *value = node_value(node->terms[0]);
    for (size_t i = 0; i < node->scope->len; i++) {
        uint8_t state = value->state ? value->state[i] : STATE_KNOWN;
        out[i] = state == STATE_ERROR   ? SAYS_ERROR
                 : state != STATE_KNOWN ? SAYS_UNKNOWN
                                        : value->numbers[i] != 0;
    }
}

void evaluate_yes_of(Node *node) {
    answer_all(node, yes_rows);
}
