/* Pairs: a row and each row that is related to it, where the condition speaks of both.
 *
 * The related rows of a batch are laid out as batches of pairs in a scope of their own; the
 * condition is worked out for the pairs with the same kernels, and the answers are gathered for the
 * rows around.
 */
#include "engine/native/pairs.h"

#include <string.h>

/* ---- quantities ---- */

static Symbol why(Symbol symbol) {
    return symbol ? symbol : SYMBOL_UNAVAILABLE;
}

static void pick_sum(Picked *picked, const Outcome *value) {
    Num sum = picked->any ? picked->best.value.as.number : num_of_int(0);
    if (!num_add(sum, value->value.as.number, &sum))
        picked->too_large = true;
    picked->best = outcome_known(value_number(sum));
}

/* A row with the same date as the one picked: the smallest key goes first. */
static void pick_among_equals(const Pairs *pairs, Picked *picked, size_t row,
                              const Outcome *value) {
    int order = pairs->table->source->key_len > 0 ? key_compare(pairs->table, row, picked->row) : 0;
    if (order > 0)
        return;
    bool differ =
        value->kind != picked->best.kind ||
        (value->kind == OUTCOME_KNOWN && value_compare(value->value, picked->best.value) != 0);
    if (order == 0 && differ)
        picked->error = true; /* undecided, unless an earlier or later one comes */
    if (order < 0) {
        picked->row = row;
        picked->best = *value;
    }
}

static void pick_by_date(const Pairs *pairs, Picked *picked, size_t j, const Outcome *value) {
    const Vector *by = node_value(pairs->by);
    size_t row = pairs->rows[pairs->around_slots][j];
    if (by->state && by->state[j] == STATE_ERROR)
        picked->error = true;
    if (by->state && by->state[j] != STATE_KNOWN)
        return;
    Date date = by->dates[j];
    bool later = date > picked->date;
    if (!picked->any ||
        (date != picked->date && later == (pairs->quantity->kind == QUANTITY_LAST))) {
        picked->any = true;
        picked->row = row;
        picked->date = date;
        picked->best = *value;
    } else if (date == picked->date) {
        pick_among_equals(pairs, picked, row, value);
    }
}

/* A row that counts. */
static void pick(const Pairs *pairs, Picked *picked, size_t j) {
    const Quantity *quantity = pairs->quantity;
    bool by_date = quantity->kind == QUANTITY_FIRST || quantity->kind == QUANTITY_LAST;
    picked->rows++;
    if (quantity->kind == QUANTITY_COUNT)
        return;
    Outcome value = vector_outcome(&pairs->value->value, j);
    if (value.kind == OUTCOME_ERROR) {
        picked->error = true;
        return;
    }
    if (value.kind == OUTCOME_UNKNOWN && (!by_date || quantity->known)) {
        picked->missing++;
        picked->symbol = symbol_stronger(picked->symbol, why(value.value.symbol));
        return;
    }
    if (by_date) {
        pick_by_date(pairs, picked, j, &value);
        return;
    }
    int sign = quantity->kind == QUANTITY_MAX ? 1 : -1;
    if (quantity->kind == QUANTITY_SUM)
        pick_sum(picked, &value);
    else if (!picked->any || value_compare(value.value, picked->best.value) * sign > 0)
        picked->best = value;
    picked->any = true;
}

static Outcome outcome_of_none(const Pairs *pairs) {
    bool total = pairs->quantity->kind == QUANTITY_COUNT || pairs->quantity->kind == QUANTITY_SUM;
    if (!total)
        return outcome_unknown(SYMBOL_NOT_APPLICABLE);
    return pairs->table->source->published != PUBLISHED_NONE ? outcome_unknown(SYMBOL_UNAVAILABLE)
                                                             : outcome_known(value_int(0));
}

/* Whether there is a sum, and it does not fit. */
static bool is_too_large(const Quantity *quantity, const Picked *picked) {
    if (quantity->kind != QUANTITY_SUM || !picked->any || (picked->missing > 0 && !quantity->known))
        return false;
    return picked->too_large || !num_fits(picked->best.value.as.number);
}

static Outcome picked_outcome(const Pairs *pairs, const Picked *picked) {
    const Quantity *quantity = pairs->quantity;
    /* An error is one whatever the rows in doubt are. */
    if (picked->error || is_too_large(quantity, picked))
        return outcome_error();
    /* A count in doubt is a range: the reference engine knows what follows. */
    if (picked->doubtful > 0)
        return quantity->kind == QUANTITY_COUNT ? outcome_error() : outcome_unknown(SYMBOL_NONE);
    if (quantity->kind == QUANTITY_COUNT)
        return picked->rows == 0 ? outcome_of_none(pairs)
                                 : outcome_known(value_int((int64_t)picked->rows));
    bool by_date = quantity->kind == QUANTITY_FIRST || quantity->kind == QUANTITY_LAST;
    if (picked->missing > 0 && !quantity->known && !by_date)
        return outcome_unknown(picked->symbol);
    if (!picked->any)
        return outcome_of_none(pairs);
    if (picked->best.kind == OUTCOME_UNKNOWN)
        return outcome_unknown(why(picked->best.value.symbol));
    return picked->best;
}

/* ---- batches of pairs ---- */

static void gather_any(Pairs *pairs, const Truths *truths, size_t j) {
    size_t i = pairs->around[j];
    pairs->low[0][i] |= truths->yes[j];
    if (truths->maybe && truths->maybe[j]) {
        pairs->high[0][i] |= truths->maybe[j];
        pairs->any_maybe = true;
    }
}

static void gather_count(Pairs *pairs, const Truths *truths, size_t j) {
    Mask *low[MOST_PLANES], *high[MOST_PLANES];
    Mask maybe = truths->maybe ? truths->maybe[j] : 0;
    for (size_t p = 0; p < pairs->planes; p++) {
        low[p] = pairs->low[p];
        high[p] = pairs->high[p];
    }
    planes_add(low, pairs->planes, pairs->around[j], truths->yes[j]);
    planes_add(high, pairs->planes, pairs->around[j], truths->yes[j] | maybe);
}

/* ---- picking, window by window at once ---- */

static Choice *choice_new(Node *node, Pairs *pairs) {
    Choice none = {0};
    vec_push(node->scope->program->arena, &pairs->choices, none);
    return &pairs->choices.items[pairs->choices.len - 1];
}

static void gather_choice(Node *node, Pairs *pairs, const Truths *truths, size_t j) {
    Mask yes = truths->yes[j], maybe = truths->maybe ? truths->maybe[j] : 0;
    size_t i = pairs->around[j];
    pairs->high[0][i] |= maybe; /* in doubt: nobody knows which row it is */
    if (!yes)
        return;
    const Vector *by = pairs->by ? &pairs->by->value : NULL;
    uint8_t by_state = by && by->state ? by->state[j] : STATE_KNOWN;
    Outcome value = vector_outcome(&pairs->value->value, j);
    if (value.kind == OUTCOME_ERROR || by_state == STATE_ERROR) {
        node_error(node)[i] |= yes;
        pairs->any_error = true;
        return;
    }
    bool missing = value.kind == OUTCOME_UNKNOWN;
    if (by_state != STATE_KNOWN || (missing && pairs->quantity->known))
        return;
    const Truths *asked = &pairs->asked->truths;
    *choice_new(node, pairs) = (Choice){.around = (uint32_t)i,
                                        .row = pairs->rows[pairs->around_slots][j],
                                        .date = by ? by->dates[j] : 0,
                                        .value = value,
                                        .yes = yes,
                                        .says_yes = asked->yes[j],
                                        .says_maybe = asked->maybe ? asked->maybe[j] : 0,
                                        .missing = missing};
    if (asked->error && asked->error[j]) {
        node_error(node)[i] |= yes;
        pairs->any_error = true;
    }
}

/* Below 0: a is picked before b. */
static int order_of_choices(const Pairs *pairs, const Choice *a, const Choice *b) {
    switch (pairs->quantity->kind) {
    case QUANTITY_FIRST:
    case QUANTITY_LAST:
        if (a->date != b->date)
            return (a->date < b->date) == (pairs->quantity->kind == QUANTITY_FIRST) ? -1 : 1;
        return pairs->table->source->key_len > 0 ? key_compare(pairs->table, a->row, b->row) : 0;
    case QUANTITY_MIN:
    case QUANTITY_MAX:
        /* One that is missing leaves all in doubt. */
        if (a->missing || b->missing)
            return a->missing == b->missing ? 0 : a->missing ? -1 : 1;
        return (pairs->quantity->kind == QUANTITY_MIN ? 1 : -1) *
               value_compare(a->value.value, b->value.value);
    case QUANTITY_COUNT:
    case QUANTITY_COUNT_DISTINCT:
    case QUANTITY_SUM:
    case QUANTITY_MEAN:
    case QUANTITY_MEDIAN:
    case QUANTITY_PERCENTILE:
        return 0;
    }
    return 0;
}

static bool differ(const Choice *a, const Choice *b) {
    return a->missing != b->missing ||
           (!a->missing && value_compare(a->value.value, b->value.value) != 0);
}

/* Few rows each: in order by insertion. */
static void sort_choices(const Pairs *pairs, Choice *choices, size_t len) {
    for (size_t i = 1; i < len; i++) {
        Choice choice = choices[i];
        size_t at = i;
        for (; at > 0 && order_of_choices(pairs, &choices[at - 1], &choice) > 0; at--)
            choices[at] = choices[at - 1];
        choices[at] = choice;
    }
}

/* Each takes the windows that are left; equals that differ leave theirs undecided. */
static void pick_windows(Node *node, Pairs *pairs, Choice *choices, size_t len) {
    size_t i = choices[0].around;
    Mask left = ALL_ONES;
    sort_choices(pairs, choices, len);
    for (size_t c = 0; c < len; c++) {
        const Choice *choice = &choices[c];
        Mask windows = choice->yes & left;
        pairs->low[0][i] |= windows & choice->says_yes;
        pairs->low[1][i] |= windows & choice->says_maybe;
        for (size_t d = c + 1; d < len && order_of_choices(pairs, choice, &choices[d]) == 0; d++)
            if (differ(choice, &choices[d]) && (windows & choices[d].yes)) {
                node_error(node)[i] |= windows & choices[d].yes;
                pairs->any_error = true;
            }
        left &= ~windows;
    }
    pairs->high[1][i] = left;
}

/* Which answer a value that is not there has. */
static void end_pick(Node *node, Pairs *pairs) {
    size_t len = node->scope->len;
    for (size_t i = 0; i < len; i++)
        pairs->high[1][i] = ALL_ONES;
    for (size_t from = 0, to; from < pairs->choices.len; from = to) {
        for (to = from + 1; to < pairs->choices.len; to++)
            if (pairs->choices.items[to].around != pairs->choices.items[from].around)
                break;
        pick_windows(node, pairs, &pairs->choices.items[from], to - from);
    }
    Mask *yes = node_yes(node), *maybe = node_maybe(node), *error = node_error(node);
    for (size_t i = 0; i < len; i++) {
        Mask doubt = pairs->high[0][i], none = pairs->high[1][i];
        yes[i] = pairs->low[0][i] & ~doubt & ~error[i];
        maybe[i] = (pairs->low[1][i] | doubt | none) & ~error[i] & ~yes[i];
    }
}

static void gather(Node *node, Pairs *pairs, const Truths *truths, size_t j) {
    Mask error = truths->error ? truths->error[j] : 0;
    if (error) {
        node_error(node)[pairs->around[j]] |= error;
        pairs->any_error = true;
    }
    switch (pairs->kind) {
    case PAIRS_ANY:
        gather_any(pairs, truths, j);
        return;
    case PAIRS_COUNT:
        gather_count(pairs, truths, j);
        return;
    case PAIRS_PICK:
        gather_choice(node, pairs, truths, j);
        return;
    case PAIRS_QUANTITY: {
        Picked *picked = &pairs->picked[pairs->around[j]];
        picked->error = picked->error || error;
        if (truths->yes[j])
            pick(pairs, picked, j);
        else if (truths->maybe && truths->maybe[j])
            picked->doubtful++;
        return;
    }
    }
}

static void flush(Node *node, Pairs *pairs) {
    if (pairs->len == 0)
        return;
    scope_next(pairs->scope, pairs->len);
    const Truths *truths = node_truth(pairs->where);
    if (pairs->value)
        node_value(pairs->value);
    if (pairs->by)
        node_value(pairs->by);
    if (pairs->asked)
        node_truth(pairs->asked);
    for (size_t j = 0; j < pairs->len; j++)
        gather(node, pairs, truths, j);
    pairs->len = 0;
}

static void add_pair(Node *node, Pairs *pairs, size_t i, uint32_t row) {
    const Scope *around = node->scope;
    size_t j = pairs->len;
    for (size_t s = 0; s < pairs->around_slots; s++) {
        const Slot *slot = &around->slots[s];
        pairs->rows[s][j] = slot->rows ? slot->rows[i] : (uint32_t)(slot->first + i);
    }
    if (pairs->another && pairs->rows[pairs->another_slot][j] == row)
        return;
    pairs->rows[pairs->around_slots][j] = row;
    pairs->around[j] = (uint32_t)i;
    if (++pairs->len == BATCH)
        flush(node, pairs);
}

static void add_related(Node *node, Pairs *pairs, size_t i, uint32_t slot) {
    const RowsBySlot *index = pairs->index;
    if (!index || slot == MISSING_SLOT) {
        for (size_t row = 0; row < pairs->table->table.rows; row++)
            add_pair(node, pairs, i, (uint32_t)row);
        return;
    }
    if (slot != NO_SLOT)
        for (uint32_t r = index->start[slot]; r < index->start[slot + 1]; r++)
            add_pair(node, pairs, i, index->rows[r]);
    for (size_t m = 0; m < index->missing_len; m++)
        add_pair(node, pairs, i, index->missing[m]);
}

/* Every row that matters, with each of its related rows. */
static void look_at_pairs(Node *node, Pairs *pairs, const Mask *live) {
    uint32_t slots[BATCH];
    size_t len = node->scope->len;
    memset(node_error(node), 0, len * sizeof(Mask));
    pairs->any_maybe = pairs->any_error = false;
    pairs->choices.len = 0;
    for (size_t p = 0; p < (pairs->kind == PAIRS_COUNT ? pairs->planes : 2); p++) {
        memset(pairs->low[p], 0, len * sizeof(Mask));
        memset(pairs->high[p], 0, len * sizeof(Mask));
    }
    if (pairs->index)
        domain_slots(&pairs->index->domain, pairs->key, slots);
    for (size_t i = 0; i < len; i++)
        if (!live || live[i])
            add_related(node, pairs, i, pairs->index ? slots[i] : NO_SLOT);
    flush(node, pairs);
}

static void end_any(Node *node, const Pairs *pairs) {
    Mask *yes = node_yes(node), *maybe = node_maybe(node), *error = node_error(node);
    for (size_t i = 0; i < node->scope->len; i++) {
        yes[i] = pairs->low[0][i];
        error[i] &= ~yes[i];
        maybe[i] = pairs->high[0][i] & ~yes[i] & ~error[i];
    }
}

static void end_count(Node *node, const Pairs *pairs) {
    Mask *yes = node_yes(node), *maybe = node_maybe(node), *error = node_error(node);
    for (size_t i = 0; i < node->scope->len; i++) {
        Mask low[MOST_PLANES], high[MOST_PLANES];
        for (size_t p = 0; p < pairs->planes; p++) {
            low[p] = pairs->low[p][i];
            high[p] = pairs->high[p][i];
        }
        planes_compare(low, high, pairs->planes, pairs->comparison, pairs->limit, &yes[i],
                       &maybe[i]);
        yes[i] &= ~error[i];
        maybe[i] &= ~error[i];
    }
}

const SourceModel *pairs_source(const Node *node) {
    return node->as.pairs->table->source;
}

void evaluate_pairs_of(Node *node) {
    Pairs *pairs = node->as.pairs;
    look_at_pairs(node, pairs, node->scope->live);
    if (pairs->kind == PAIRS_ANY)
        end_any(node, pairs);
    else if (pairs->kind == PAIRS_COUNT)
        end_count(node, pairs);
    else
        end_pick(node, pairs);
    bool maybe = pairs->kind != PAIRS_ANY || pairs->any_maybe;
    node->truths =
        (Truths){node->yes, maybe ? node->maybe : NULL, pairs->any_error ? node->error : NULL};
}

void evaluate_pairs_quantity_of(Node *node) {
    Pairs *pairs = node->as.pairs;
    size_t len = node->scope->len;
    memset(pairs->picked, 0, len * sizeof *pairs->picked);
    look_at_pairs(node, pairs, NULL);
    void *buffer = node_buffer(node, sizeof(Num));
    uint8_t *state = node_state(node);
    for (size_t i = 0; i < len; i++) {
        Outcome outcome = picked_outcome(pairs, &pairs->picked[i]);
        state[i] = outcome_state(&outcome);
        if (node->value.kind == VECTOR_DATE)
            ((Date *)buffer)[i] = state[i] == STATE_KNOWN ? outcome.value.as.date : 0;
        else
            ((Num *)buffer)[i] = state[i] == STATE_KNOWN ? outcome.value.as.number : num_of_int(0);
    }
    node->value.dates = buffer;
    node->value.exact = buffer;
    node->value.state = state;
}
