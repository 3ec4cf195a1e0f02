/* Chains: from a batch of rows to classes. */
#include "engine/native/chain.h"

#include <string.h>

/* ---- values that windows change ---- */

/* The parts of all windows for one day; made when the day is first met. */
static void add_part(Program *program, MaskParts *parts, size_t value, unsigned bit) {
    for (size_t i = 0; i < parts->len; i++)
        if (parts->items[i].value == value) {
            parts->items[i].mask |= (Mask)1 << bit;
            return;
        }
    MaskPart *items = arena_array(program->arena, parts->len + 1, sizeof *items);
    if (parts->len > 0)
        memcpy(items, parts->items, parts->len * sizeof *items);
    items[parts->len] = (MaskPart){value, (Mask)1 << bit};
    parts->items = items;
    parts->len++;
}

static const MaskParts *key_parts(Program *program, Tally *tally, KeyNumbers *keys, Date day) {
    MaskParts *parts = &keys->by_day[day - keys->node->day->low];
    for (unsigned bit = 0; parts->len == 0 && bit < program->shared->axis->len; bit++) {
        MaskParts made = {0};
        for (unsigned b = 0; b < program->shared->axis->len; b++) {
            Outcome value = node_at(keys->node, day, (int)b);
            add_part(program, &made, key_number_of_value(tally, keys, value.value), b);
        }
        *parts = made;
    }
    return parts;
}

static const MaskParts *band_parts(Program *program, const Chain *chain, ChainNodes *nodes,
                                   Date day) {
    const Node *date = nodes->band->day;
    if (nodes->band_to && !date)
        date = nodes->band_to->day;
    MaskParts *parts = &nodes->bands_by_day[day - date->low];
    if (parts->len > 0)
        return parts;
    const Indicator *indicator = chain->planned->indicator;
    for (unsigned bit = 0; bit < program->shared->axis->len; bit++) {
        size_t band = chain->bands_len;
        Outcome value = node_at(nodes->band, day, (int)bit);
        bool sound = nodes->band_to ? band_of_time(&program->evaluator, indicator, value,
                                                   node_at(nodes->band_to, day, (int)bit), &band)
                                    : band_of_value(&program->evaluator, indicator, value, &band);
        nodes->tally.failed = nodes->tally.failed || !sound;
        add_part(program, parts, band, bit);
    }
    return parts;
}

/* ---- a row ---- */

typedef struct Taking {
    Program *program;
    const Chain *chain;
    ChainNodes *nodes;
    const Truths *select, *excludes[8], *parts[8];
    size_t i;
    uint32_t row, group;
    int64_t values[MOST_SUMS];
} Taking;

static void add(Taking *taking, const RowState *state, Mask mask) {
    tally_add(&taking->nodes->tally, taking->chain, taking->group,
              state_number(taking->chain, state), mask, taking->values, taking->row,
              taking->nodes->keeps_rows);
}

static Mask yes_of(const Truths *truths, size_t i) {
    return truths->yes[i];
}

static Mask maybe_of(const Truths *truths, size_t i) {
    return truths->maybe ? truths->maybe[i] : 0;
}

static void check_error(Taking *taking, const Truths *truths, Mask mask) {
    if (truths->error && (truths->error[taking->i] & mask))
        taking->nodes->tally.failed = true;
}

/* of which: each part splits the windows in two. */
static void take_parts(Taking *taking, RowState *state, Mask mask, size_t p) {
    if (mask == 0)
        return;
    if (p == taking->chain->parts_len) {
        add(taking, state, mask);
        return;
    }
    check_error(taking, taking->parts[p], mask);
    Mask yes = yes_of(taking->parts[p], taking->i) & mask;
    take_parts(taking, state, mask & ~yes, p + 1);
    state->parts |= 1U << p;
    take_parts(taking, state, yes, p + 1);
    state->parts &= ~(1U << p);
}

/* Of a proportion, parts are of the numerator. */
static void take_numerator(Taking *taking, RowState *state, Mask mask) {
    bool of_numerator = taking->chain->planned->indicator->shape == SHAPE_PROPORTION;
    if (!taking->chain->has_select) {
        take_parts(taking, state, mask, of_numerator ? taking->chain->parts_len : 0);
        return;
    }
    check_error(taking, taking->select, mask);
    Mask yes = yes_of(taking->select, taking->i) & mask;
    Mask maybe = maybe_of(taking->select, taking->i) & mask;
    state->selected = TRUTH_TRUE;
    take_parts(taking, state, yes, 0);
    state->selected = TRUTH_UNKNOWN;
    take_parts(taking, state, maybe, taking->chain->parts_len);
    state->selected = TRUTH_FALSE;
    take_parts(taking, state, mask & ~yes & ~maybe, taking->chain->parts_len);
}

static size_t band_of_outcome(Taking *taking) {
    ChainNodes *nodes = taking->nodes;
    const Indicator *indicator = taking->chain->planned->indicator;
    size_t band = taking->chain->bands_len;
    Outcome value = vector_outcome(&nodes->band->value, taking->i);
    bool sound = nodes->band_to
                     ? band_of_time(&taking->program->evaluator, indicator, value,
                                    vector_outcome(&nodes->band_to->value, taking->i), &band)
                     : band_of_value(&taking->program->evaluator, indicator, value, &band);
    nodes->tally.failed = nodes->tally.failed || !sound;
    return band;
}

/* The band of a value that is met again is remembered. */
static size_t band_of(Taking *taking) {
    ChainNodes *nodes = taking->nodes;
    const Vector *value = &nodes->band->value;
    size_t i = taking->i;
    bool simple = !nodes->band_to && (!value->state || value->state[i] == STATE_KNOWN);
    uint64_t at = nodes->band_span;
    if (simple && value->kind == VECTOR_TEXT)
        at = value->codes[i];
    else if (simple && value->kind == VECTOR_NUMBER && value->scale == 0)
        at = (uint64_t)value->numbers[i] - (uint64_t)nodes->band_low;
    if (at >= nodes->band_span)
        return band_of_outcome(taking);
    if (nodes->band_by_value[at] == 0)
        nodes->band_by_value[at] = (uint32_t)band_of_outcome(taking) + 1;
    return nodes->band_by_value[at] - 1;
}

static void take_band(Taking *taking, RowState *state, Mask mask) {
    ChainNodes *nodes = taking->nodes;
    if (mask == 0)
        return;
    if (!nodes->bands_by_day) {
        if (taking->chain->has_band)
            state->band = band_of(taking);
        take_numerator(taking, state, mask);
        state->band = 0;
        return;
    }
    Node *date = nodes->band->day ? nodes->band->day : nodes->band_to->day;
    const Vector *dates = &date->value;
    if (dates->state && dates->state[taking->i] != STATE_KNOWN) {
        Outcome missing = vector_outcome(dates, taking->i);
        size_t band = taking->chain->bands_len;
        const Indicator *indicator = taking->chain->planned->indicator;
        bool sound = nodes->band_to ? band_of_time(&taking->program->evaluator, indicator, missing,
                                                   missing, &band)
                                    : band_of_value(&taking->program->evaluator, indicator,
                                                    outcome_unknown(missing.value.symbol), &band);
        nodes->tally.failed = nodes->tally.failed || !sound;
        state->band = band;
        take_numerator(taking, state, mask);
    } else {
        const MaskParts *parts =
            band_parts(taking->program, taking->chain, nodes, dates->dates[taking->i]);
        for (size_t p = 0; p < parts->len; p++) {
            state->band = parts->items[p].value;
            if (parts->items[p].mask & mask)
                take_numerator(taking, state, parts->items[p].mask & mask);
        }
    }
    state->band = 0;
}

/* Each exclusion splits the windows in three; what is out stays out, whatever else is unknown. */
static void take_exclusions(Taking *taking, RowState *state, Mask mask, size_t e) {
    if (mask == 0)
        return;
    if (e == taking->chain->excludes_len) {
        if (state->excluded) {
            RowState out = {.excluded = state->excluded};
            add(taking, &out, mask);
        } else {
            take_band(taking, state, mask);
        }
        return;
    }
    check_error(taking, taking->excludes[e], mask);
    Mask yes = yes_of(taking->excludes[e], taking->i) & mask;
    Mask maybe = maybe_of(taking->excludes[e], taking->i) & mask;
    bool in_doubt = state->in_doubt;
    take_exclusions(taking, state, mask & ~yes & ~maybe, e + 1);
    state->in_doubt = true;
    take_exclusions(taking, state, maybe, e + 1);
    state->in_doubt = in_doubt;
    state->excluded |= 1U << e;
    take_exclusions(taking, state, yes, e + 1);
    state->excluded &= ~(1U << e);
}

static void take_in_group(Taking *taking, Mask yes, Mask maybe) {
    RowState state = {0};
    take_exclusions(taking, &state, yes, 0);
    if (maybe)
        tally_add(&taking->nodes->tally, taking->chain, taking->group, 0, maybe, taking->values,
                  taking->row, false);
}

/* ---- groups ---- */

static const MaskParts *changing_key(Taking *taking, size_t k, uint32_t *numbers) {
    KeyNumbers *keys = &taking->nodes->tally.keys[k];
    const Vector *dates = &keys->node->day->value;
    if (!dates->state || dates->state[taking->i] == STATE_KNOWN)
        return key_parts(taking->program, &taking->nodes->tally, keys, dates->dates[taking->i]);
    numbers[k] = key_number_of_value(&taking->nodes->tally, keys, value_missing(SYMBOL_NONE));
    return NULL;
}

static void take_row(Taking *taking, Mask yes, Mask maybe) {
    Tally *tally = &taking->nodes->tally;
    uint32_t numbers[MOST_KEYS] = {0};
    const MaskParts *parts = NULL;
    size_t changing = 0;
    for (size_t k = 0; k < taking->chain->keys_len; k++) {
        KeyNumbers *keys = &tally->keys[k];
        if (!keys->node) {
            numbers[k] = key_number_of_value(tally, keys, value_missing(SYMBOL_NONE));
        } else if (keys->by_day) {
            parts = changing_key(taking, k, numbers);
            changing = k;
        } else {
            numbers[k] = key_number(tally, keys, &keys->node->value, taking->i);
        }
    }
    if (!parts) {
        taking->group = tally_group(tally, taking->chain, numbers);
        take_in_group(taking, yes, maybe);
        return;
    }
    for (size_t p = 0; p < parts->len; p++) {
        Mask mask = parts->items[p].mask;
        if (((yes | maybe) & mask) == 0)
            continue;
        numbers[changing] = (uint32_t)parts->items[p].value;
        taking->group = tally_group(tally, taking->chain, numbers);
        take_in_group(taking, yes & mask, maybe & mask);
    }
}

/* ---- a batch ---- */

static void evaluate_values(ChainNodes *nodes, const Chain *chain) {
    for (size_t k = 0; k < chain->keys_len; k++)
        if (nodes->tally.keys[k].node)
            node_value(nodes->tally.keys[k].by_day ? nodes->tally.keys[k].node->day
                                                   : nodes->tally.keys[k].node);
    for (size_t s = 0; s < nodes->sums_len; s++)
        node_value(nodes->sums[s].value);
    if (!nodes->band)
        return;
    if (nodes->bands_by_day) {
        node_value(nodes->band->day ? nodes->band->day : nodes->band_to->day);
        return;
    }
    node_value(nodes->band);
    if (nodes->band_to)
        node_value(nodes->band_to);
}

static bool any_live(const Truths *base, size_t len, Mask used) {
    Mask any = 0;
    for (size_t i = 0; i < len; i++)
        any |= base->yes[i];
    for (size_t i = 0; base->maybe && i < len; i++)
        any |= base->maybe[i];
    for (size_t i = 0; base->error && i < len; i++)
        any |= base->error[i];
    return (any & used) != 0;
}

void chain_read_sums(ChainNodes *nodes, size_t i, int64_t *values) {
    for (size_t s = 0; s < nodes->sums_len; s++) {
        const Vector *value = &nodes->sums[s].value->value;
        if (value->state && value->state[i] != STATE_KNOWN)
            nodes->tally.failed = true;
        values[s] = value->numbers[i];
    }
}

static void evaluate_conditions(Taking *taking) {
    ChainNodes *nodes = taking->nodes;
    for (size_t e = 0; e < taking->chain->excludes_len; e++)
        taking->excludes[e] = node_truth(nodes->excludes[e]);
    for (size_t p = 0; p < taking->chain->parts_len; p++)
        taking->parts[p] = node_truth(nodes->parts[p]);
    if (nodes->select)
        taking->select = node_truth(nodes->select);
}

/* No row is to be told of, here or in what is looked up, whatever the other conditions are. */
static bool watches_are_sound(const ChainNodes *nodes) {
    for (size_t i = 0; i < nodes->watched.len; i++)
        if (lookup_failed(nodes->watched.items[i]))
            return false;
    return births_are_sound(nodes->watches.items, nodes->watches.len);
}

void chain_take(Program *program, const Chain *chain, ChainNodes *nodes) {
    Scope *scope = nodes->base->scope;
    Taking taking = {.program = program, .chain = chain, .nodes = nodes};
    if (nodes->tally.failed)
        return;
    if (!watches_are_sound(nodes))
        nodes->tally.failed = true;
    const Truths *base = node_truth(nodes->base);
    if (!any_live(base, scope->len, chain->used))
        return;
    /* What is asked further is asked of rows that count. */
    Live around = scope_live(scope, (Live){base->yes, (uint64_t)nodes->base->number + 1});
    evaluate_conditions(&taking);
    scope_live(scope, around);
    evaluate_values(nodes, chain);
    if (nodes->plain) {
        plain_take(chain, nodes, base, taking.select);
        return;
    }
    for (size_t i = 0; i < scope->len; i++) {
        Mask yes = base->yes[i] & chain->used;
        Mask maybe = (base->maybe ? base->maybe[i] : 0) & chain->used;
        if (base->error && (base->error[i] & chain->used))
            nodes->tally.failed = true;
        if (!(yes | maybe))
            continue;
        taking.i = i;
        taking.row = (uint32_t)(scope->slots[0].first + i);
        if (yes)
            chain_read_sums(nodes, i, taking.values);
        take_row(&taking, yes, maybe);
    }
}
