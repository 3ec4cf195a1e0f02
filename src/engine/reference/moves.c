#include "engine/reference/moves.h"

#include <stdlib.h>

#include "engine/reference/rowset.h"

/* ---- which figures are followed ---- */

/* The leaves of a figure that its numerator and denominator are made of; NULL: none is. A mean is
 * both its sum and its n; the bands of a distribution that is counted are parts of all its rows. */
typedef struct Leaves {
    const PlanNode *above, *below;
} Leaves;

static Leaves leaves_of(const PlanIndicator *planned) {
    const PlanNode *node = planned->figure;
    Leaves leaves = {0};
    while (node->kind == PLAN_NODE_ROUND || node->kind == PLAN_NODE_SCALE)
        node = node->input;
    if (node->kind == PLAN_NODE_DIVIDE) {
        leaves = (Leaves){node->input, node->other};
    } else if (node->kind == PLAN_NODE_AGGREGATE) {
        leaves.above = node;
        if (node->banded || (node->quantity && node->quantity->kind == QUANTITY_MEAN))
            leaves.below = node;
    }
    return leaves;
}

static bool is_published(const Quantity *quantity) {
    const Expr *value = quantity ? quantity->value : NULL;
    return value && value->kind == EXPR_COLUMN &&
           value->as.column.column->published != PUBLISHED_NONE;
}

static bool is_followed_quantity(const PlanNode *node, const Leaves *leaves) {
    if (!node->quantity)
        return true;
    switch (node->quantity->kind) {
    case QUANTITY_COUNT:
    case QUANTITY_COUNT_DISTINCT:
    case QUANTITY_SUM:
        return true;
    case QUANTITY_MEAN:
        return leaves->above == leaves->below;
    case QUANTITY_MEDIAN:
    case QUANTITY_PERCENTILE:
    case QUANTITY_MIN:
    case QUANTITY_MAX:
    case QUANTITY_FIRST:
    case QUANTITY_LAST:
        return false;
    }
    return false;
}

static bool is_followed(const PlanNode *node, const Leaves *leaves) {
    return node && node->kind == PLAN_NODE_AGGREGATE && is_followed_quantity(node, leaves) &&
           node->rows->source->published == PUBLISHED_NONE && !is_published(node->quantity) &&
           node->rows->timing != TIMING_LATEST;
}

/* ---- which windows are ---- */

static bool is_compared(const PlanIndicator *planned, const PlanWindow *window) {
    if (!window->asked || window->previous < 0)
        return false;
    const PlanWindow *previous = &planned->windows[window->previous];
    bool overlap = window->start <= previous->end && previous->start <= window->end;
    return window->available && previous->available && (overlap || planned->indicator->stock);
}

bool moves_touch_window(const PlanIndicator *planned, size_t window) {
    if (is_compared(planned, &planned->windows[window]))
        return true;
    for (size_t w = 0; w < planned->windows_len; w++)
        if (planned->windows[w].previous == (int)window &&
            is_compared(planned, &planned->windows[w]))
            return true;
    return false;
}

bool moves_follow_set(const PlanIndicator *planned, size_t set) {
    Leaves leaves = leaves_of(planned);
    bool followed = (is_followed(leaves.above, &leaves) && leaves.above->set == set) ||
                    (is_followed(leaves.below, &leaves) && leaves.below->set == set);
    for (size_t w = 0; followed && w < planned->windows_len; w++)
        if (is_compared(planned, &planned->windows[w]))
            return true;
    return false;
}

/* ---- the rows behind a figure ---- */

typedef enum RowsKind {
    ROWS_UNKNOWN,  /* not followed */
    ROWS_COUNTED,  /* one for each */
    ROWS_DISTINCT, /* one for each value */
    ROWS_SUMMED    /* an amount for each */
} RowsKind;

typedef struct CountedRow {
    size_t row; /* the first with its key; of DISTINCT none */
    Value value;
} CountedRow;

typedef struct RowList {
    RowsKind kind;
    size_t *rows;        /* COUNTED, in order */
    CountedRow *amounts; /* DISTINCT, SUMMED: in order of value, of row */
    size_t len;
} RowList;

struct CellRows {
    RowList numerator, denominator;
};

static int compare_rows(const void *a, const void *b) {
    size_t left = *(const size_t *)a, right = *(const size_t *)b;
    return left < right ? -1 : left > right;
}

static int compare_values(const void *a, const void *b) {
    return value_compare(((const CountedRow *)a)->value, ((const CountedRow *)b)->value);
}

static int compare_amounts(const void *a, const void *b) {
    return compare_rows(&((const CountedRow *)a)->row, &((const CountedRow *)b)->row);
}

/* Rows with one key are one record. */
static size_t record_of(const LoadedTable *loaded, size_t row) {
    return loaded->same_as ? loaded->same_as[row] : row;
}

/* The rows themselves, not yet records. */
static size_t *counted_rows(const CellRun *run, const EntrySet *set, const PlanNode *node,
                            size_t *len) {
    *len = 0;
    for (size_t i = 0; i < set->len; i++)
        *len += entry_is_counted(run, node, set->items[i]) ? (size_t)set->items[i]->count : 0;
    size_t *rows = arena_array(run->gather, *len, sizeof *rows);
    entries_copy_rows(run, set, node, rows);
    return rows;
}

static RowList count_rows(const CellRun *run, const PlanNode *node, size_t *rows, size_t len) {
    const LoadedTable *loaded = data_table(run->evaluator->data, node->rows->source);
    for (size_t i = 0; i < len; i++)
        rows[i] = record_of(loaded, rows[i]);
    qsort(rows, len, sizeof *rows, compare_rows);
    return (RowList){.kind = ROWS_COUNTED, .rows = rows, .len = len};
}

/* Rows without a value are in neither a sum nor a count of values. */
static RowList take_values(CellRun *run, const PlanNode *node, const size_t *rows, size_t len) {
    const LoadedTable *loaded = data_table(run->evaluator->data, node->rows->source);
    RowList list = {.amounts = arena_array(run->gather, len, sizeof *list.amounts)};
    for (size_t i = 0; i < len; i++) {
        rowset_bind(run->evaluator, node->rows, rows[i]);
        Outcome outcome = outcome_exact(evaluate(run->evaluator, node->quantity->value));
        if (outcome.kind == OUTCOME_KNOWN)
            list.amounts[list.len++] = (CountedRow){record_of(loaded, rows[i]), outcome.value};
    }
    return list;
}

static RowList distinct_values(CellRun *run, const PlanNode *node, const size_t *rows, size_t len) {
    RowList list = take_values(run, node, rows, len);
    size_t distinct = 0;
    qsort(list.amounts, list.len, sizeof *list.amounts, compare_values);
    for (size_t i = 0; i < list.len; i++)
        if (i == 0 || compare_values(&list.amounts[i - 1], &list.amounts[i]) != 0)
            list.amounts[distinct++] = list.amounts[i];
    list.kind = ROWS_DISTINCT;
    list.len = distinct;
    return list;
}

/* One amount for each record; not followed if they do not fit. */
static RowList summed_amounts(CellRun *run, const PlanNode *node, const size_t *rows, size_t len) {
    RowList list = take_values(run, node, rows, len);
    size_t records = 0;
    qsort(list.amounts, list.len, sizeof *list.amounts, compare_amounts);
    for (size_t i = 0; i < list.len; i++) {
        CountedRow *last = records > 0 ? &list.amounts[records - 1] : NULL;
        if (!last || last->row != list.amounts[i].row)
            list.amounts[records++] = list.amounts[i];
        else if (!num_add(last->value.as.number, list.amounts[i].value.as.number,
                          &last->value.as.number))
            return (RowList){0};
    }
    list.kind = ROWS_SUMMED;
    list.len = records;
    return list;
}

static RowList rows_of(CellRun *run, const EntrySet *sets, const PlanNode *node) {
    size_t len, *rows = counted_rows(run, &sets[node->set], node, &len);
    if (!node->quantity || node->quantity->kind == QUANTITY_COUNT)
        return count_rows(run, node, rows, len);
    if (node->quantity->kind == QUANTITY_COUNT_DISTINCT)
        return distinct_values(run, node, rows, len);
    return summed_amounts(run, node, rows, len);
}

/* The n of a mean: the rows that have a value. */
static RowList rows_with_value(CellRun *run, const EntrySet *sets, const PlanNode *node) {
    size_t len, *rows = counted_rows(run, &sets[node->set], node, &len);
    RowList values = take_values(run, node, rows, len);
    for (size_t i = 0; i < values.len; i++)
        rows[i] = values.amounts[i].row;
    return count_rows(run, node, rows, values.len);
}

static RowList rows_below(CellRun *run, const EntrySet *sets, const Leaves *leaves) {
    if (leaves->above != leaves->below)
        return rows_of(run, sets, leaves->below);
    if (!leaves->below->banded)
        return rows_with_value(run, sets, leaves->below);
    size_t band = run->band;
    run->band = ALL_BANDS;
    RowList all = rows_of(run, sets, leaves->below);
    run->band = band;
    return all;
}

void moves_gather(CellRun *run, const EntrySet *sets, Cell *cell) {
    Leaves leaves = leaves_of(run->planned);
    cell->rows = arena_alloc(run->gather, sizeof *cell->rows);
    *cell->rows = (struct CellRows){0};
    if (is_followed(leaves.above, &leaves))
        cell->rows->numerator = rows_of(run, sets, leaves.above);
    if (is_followed(leaves.below, &leaves))
        cell->rows->denominator = rows_below(run, sets, &leaves);
}

/* ---- two of them ---- */

/* What of `now` is not in `before`. */
static size_t more_rows(const RowList *now, const RowList *before) {
    size_t more = 0, b = 0;
    for (size_t n = 0; n < now->len; n++) {
        while (b < before->len && before->rows[b] < now->rows[n])
            b++;
        if (b < before->len && before->rows[b] == now->rows[n])
            b++;
        else
            more++;
    }
    return more;
}

static size_t more_values(const RowList *now, const RowList *before) {
    size_t more = 0, b = 0;
    for (size_t n = 0; n < now->len; n++) {
        while (b < before->len && compare_values(&before->amounts[b], &now->amounts[n]) < 0)
            b++;
        more += b == before->len || compare_values(&before->amounts[b], &now->amounts[n]) != 0;
    }
    return more;
}

/* The amounts of records that are not there before, or with another amount. False if they do not
 * fit. */
static bool more_amounts(const RowList *now, const RowList *before, Num *more) {
    size_t b = 0;
    *more = num_of_int(0);
    for (size_t n = 0; n < now->len; n++) {
        const CountedRow *row = &now->amounts[n];
        while (b < before->len && before->amounts[b].row < row->row)
            b++;
        bool stays = b < before->len && before->amounts[b].row == row->row &&
                     value_compare(before->amounts[b].value, row->value) == 0;
        if (!stays && !num_add(*more, row->value.as.number, more))
            return false;
    }
    return true;
}

static Moves compare_lists(const RowList *now, const RowList *before) {
    Moves moves = {.present = true};
    if (now->kind != before->kind)
        return (Moves){0};
    switch (now->kind) {
    case ROWS_UNKNOWN:
        return (Moves){0};
    case ROWS_COUNTED:
        moves.entered = num_of_int((int64_t)more_rows(now, before));
        moves.left = num_of_int((int64_t)more_rows(before, now));
        return moves;
    case ROWS_DISTINCT:
        moves.entered = num_of_int((int64_t)more_values(now, before));
        moves.left = num_of_int((int64_t)more_values(before, now));
        return moves;
    case ROWS_SUMMED:
        moves.present =
            more_amounts(now, before, &moves.entered) && more_amounts(before, now, &moves.left);
        return moves.present ? moves : (Moves){0};
    }
    return (Moves){0};
}

/* What was reported instead, or lies beyond a break, is not made of these rows. */
static bool can_compare(const Cell *cell) {
    const Cell *before = cell->previous;
    return before && cell->rows && before->rows && !cell->break_between && !cell->reported &&
           !before->reported;
}

static void compare_cell(Arena *arena, Cell *cell) {
    const Cell *before = cell->previous;
    cell->moves = arena_alloc(arena, sizeof *cell->moves);
    if (cell->numerator.present && before->numerator.present)
        cell->moves->numerator = compare_lists(&cell->rows->numerator, &before->rows->numerator);
    if (cell->denominator.present && before->denominator.present)
        cell->moves->denominator =
            compare_lists(&cell->rows->denominator, &before->rows->denominator);
}

void moves_compare(const IndicatorCells *own) {
    const PlanIndicator *planned = own->planned;
    for (size_t w = 0; w < planned->windows_len; w++) {
        CellSlice cells = cells_of_window(own, w);
        bool compared = is_compared(planned, &planned->windows[w]);
        for (size_t i = 0; compared && i < cells.len; i++)
            if (can_compare(cells.items[i]))
                compare_cell(own->arena, cells.items[i]);
    }
    for (size_t i = 0; i < own->cells.len; i++)
        own->cells.items[i]->rows = NULL;
}
