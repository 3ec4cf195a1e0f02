/* What entries count for: their rows, and what a quantity comes to over them. */
#include <stdlib.h>

#include "engine/reference/cells.h"
#include "engine/reference/quantity.h"

/* ---- which ---- */

bool entry_is_left(const RowEntry *entry) {
    return entry->truth == TRUTH_TRUE && !entry->out;
}

bool entry_is_counted(const CellRun *run, const PlanNode *node, const RowEntry *entry) {
    return entry_is_left(entry) && (!node->selected || entry->selected == TRUTH_TRUE) &&
           (!node->banded || run->band == ALL_BANDS || entry->band == run->band);
}

void entries_copy_rows(const CellRun *run, const EntrySet *set, const PlanNode *node,
                       size_t *rows) {
    for (size_t i = 0; i < set->len; i++) {
        const RowEntry *entry = set->items[i];
        if (!entry_is_counted(run, node, entry))
            continue;
        if (!entry->rows)
            *rows++ = entry->row;
        for (int64_t r = 0; entry->rows && r < entry->count; r++)
            *rows++ = entry->rows[r];
    }
}

/* ---- measures ---- */

/* A count of some of the rows: none of some is 0. */
static Measured count_of_some(size_t len) {
    Num count = num_of_int((int64_t)len);
    return (Measured){.value = value_number(count), .numerator = {true, count}};
}

/* Whether the entries say what the quantity sums up to. */
static bool has_sums(const EntrySet *set, const Quantity *quantity) {
    for (size_t q = 0; set->len > 0 && q < set->items[0]->sums_len; q++)
        if (set->items[0]->sums[q].quantity == quantity)
            return true;
    return false;
}

static void add_square(Figure *squares, Figure more) {
    squares->present =
        squares->present && more.present && num_add(squares->value, more.value, &squares->value);
}

static Measured measure_sums(CellRun *run, const EntrySet *set, const PlanNode *node, size_t len) {
    Num sum = num_of_int(0);
    Figure squares = {true, num_of_int(0)};
    size_t missing = 0;
    Symbol symbol = SYMBOL_NONE;
    for (size_t i = 0; i < set->len; i++)
        for (size_t q = 0; q < set->items[i]->sums_len; q++) {
            const EntrySum *part = &set->items[i]->sums[q];
            if (part->quantity != node->quantity || !entry_is_counted(run, node, set->items[i]))
                continue;
            if (!num_add(sum, part->sum, &sum))
                return quantity_overflow(run->evaluator);
            add_square(&squares, part->squares);
            missing += (size_t)part->missing;
            symbol = symbol_stronger(symbol, part->symbol);
        }
    if (!squares.present)
        squares = (Figure){0};
    if (missing > 0 && !node->quantity->known)
        return quantity_missing(run->evaluator, node->quantity, missing, len, symbol);
    Measured result = quantity_of_sum(run->evaluator, node->quantity, sum, squares, len - missing);
    result.left_out = (int64_t)missing;
    return result;
}

static const EntryValue *value_of(const RowEntry *entry, const Quantity *quantity) {
    for (size_t i = 0; i < entry->values_len; i++)
        if (entry->values[i].quantity == quantity)
            return &entry->values[i];
    return NULL;
}

/* Whether a candidate comes before the best so far, by its date and then its key. */
static bool comes_first(const Quantity *quantity, const EntryValue *value, const EntryValue *best) {
    if (value->by != best->by)
        return (value->by < best->by) == (quantity->kind == QUANTITY_FIRST);
    for (size_t k = 0; k < quantity->rows->source->key_len; k++) {
        int order = value_compare(value->key[k], best->key[k]);
        if (order != 0)
            return order < 0;
    }
    return false;
}

static Measured measure_picks(CellRun *run, const EntrySet *set, const PlanNode *node) {
    const EntryValue *best = NULL;
    int64_t missing = 0;
    for (size_t i = 0; i < set->len; i++) {
        if (!entry_is_counted(run, node, set->items[i]))
            continue;
        const EntryValue *value = value_of(set->items[i], node->quantity);
        if (value->value.kind == VALUE_MISSING && node->quantity->known)
            missing += set->items[i]->count;
        else if (value->candidate && (!best || comes_first(node->quantity, value, best)))
            best = value;
    }
    return quantity_of_pick(best ? &best->value : NULL, missing);
}

static Measured measure_values(CellRun *run, const EntrySet *set, const PlanNode *node,
                               size_t len) {
    Value *values = memory_alloc((len + 1) * sizeof *values);
    size_t there = 0, missing = 0;
    Symbol symbol = SYMBOL_NONE;
    for (size_t i = 0; i < set->len; i++) {
        if (!entry_is_counted(run, node, set->items[i]))
            continue;
        Value value = value_of(set->items[i], node->quantity)->value;
        if (value.kind == VALUE_MISSING) {
            missing += (size_t)set->items[i]->count;
            symbol = symbol_stronger(symbol, value.symbol ? value.symbol : SYMBOL_UNAVAILABLE);
            continue;
        }
        for (int64_t r = 0; r < set->items[i]->count; r++)
            values[there++] = value;
    }
    Measured measured =
        quantity_of_values(run->evaluator, node->quantity, values, there, missing, symbol);
    memory_free(values);
    return measured;
}

/* By the value in each entry, which says all that the quantity asks for. */
static Measured measure_by_value(CellRun *run, const EntrySet *set, const PlanNode *node,
                                 size_t len) {
    bool picks = node->quantity->kind == QUANTITY_FIRST || node->quantity->kind == QUANTITY_LAST;
    return picks ? measure_picks(run, set, node) : measure_values(run, set, node, len);
}

static int compare_places(const void *a, const void *b) {
    const size_t *left = a, *right = b;
    return *left < *right ? -1 : *left > *right;
}

/* Rows come in the order of the entries. What is told of an error is the first row of the table,
 * whatever the entries are. */
static Measured measure_rows(CellRun *run, const EntrySet *set, const PlanNode *node, size_t len) {
    size_t *rows = memory_alloc((len + 1) * sizeof *rows);
    entries_copy_rows(run, set, node, rows);
    Measured measured = quantity_measure(run->evaluator, node->quantity, rows, len, true);
    if (measured.kind == MEASURED_ERROR) {
        qsort(rows, len, sizeof *rows, compare_places);
        measured = quantity_measure(run->evaluator, node->quantity, rows, len, true);
    }
    memory_free(rows);
    return measured;
}

Measured entries_measure(CellRun *run, const EntrySet *set, const PlanNode *node) {
    size_t len = 0, denominator = 0;
    for (size_t i = 0; i < set->len; i++) {
        const RowEntry *entry = set->items[i];
        denominator += entry_is_left(entry) ? (size_t)entry->count : 0;
        len += entry_is_counted(run, node, entry) ? (size_t)entry->count : 0;
    }
    Measured measured;
    if (!node->quantity && (node->selected || node->banded) && denominator > 0) {
        measured = count_of_some(len);
    } else if (!node->quantity || node->quantity->kind == QUANTITY_COUNT) {
        measured = quantity_count(node->rows, len);
    } else if (has_sums(set, node->quantity)) {
        measured = measure_sums(run, set, node, len);
    } else if (set->len > 0 && value_of(set->items[0], node->quantity)) {
        measured = measure_by_value(run, set, node, len);
    } else {
        measured = measure_rows(run, set, node, len);
    }
    return measured;
}
