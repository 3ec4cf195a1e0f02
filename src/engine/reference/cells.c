/* Cells: the figure of a group, and the counts beside it. */
#include "engine/reference/cells.h"

#include <stdlib.h>

#include "engine/reference/quantity.h"
#include "engine/reference/rowset.h"

/* ---- the figure: the plan's tree, from its leaves ---- */

typedef struct Reckoning {
    bool available, error;
    Num value;
    Symbol symbol;
    const char *reason;
    Figure numerator, denominator;
    int64_t left_out;
} Reckoning;

static Reckoning unavailable(Symbol symbol, const char *reason) {
    return (Reckoning){.symbol = symbol, .reason = reason};
}

static Reckoning in_error(void) {
    return (Reckoning){.error = true};
}

static Reckoning reckoned(Num value) {
    return (Reckoning){.available = true, .value = value};
}

static Reckoning overflow(CellRun *run) {
    run->evaluator->fault = (Fault){.kind = FAULT_OVERFLOW};
    return in_error();
}

static Reckoning of_measured(const Measured *measured) {
    Reckoning result = {.symbol = measured->symbol,
                        .reason = measured->reason,
                        .error = measured->kind == MEASURED_ERROR,
                        .numerator = measured->numerator,
                        .denominator = measured->denominator,
                        .left_out = measured->left_out};
    if (measured->kind == MEASURED_VALUE && measured->value.kind == VALUE_NUMBER) {
        result.available = true;
        result.value = measured->value.as.number;
    } else if (measured->kind == MEASURED_VALUE) {
        result.symbol = SYMBOL_UNAVAILABLE;
        result.reason = "it is no number";
    }
    return result;
}

/* Whether the entry is among the rows of the quantity. */
static bool is_counted(const RowEntry *entry, bool selected) {
    return entry->truth == TRUTH_TRUE && !entry->out &&
           (!selected || entry->selected == TRUTH_TRUE);
}

static Reckoning aggregate(CellRun *run, const EntrySet *sets, const PlanNode *node) {
    const EntrySet *set = &sets[node->set];
    size_t *rows = memory_alloc((set->len + 1) * sizeof *rows), len = 0, denominator = 0;
    for (size_t i = 0; i < set->len; i++) {
        denominator += is_counted(set->items[i], false);
        if (is_counted(set->items[i], node->selected))
            rows[len++] = set->items[i]->row;
    }
    Measured measured;
    if (node->quantity)
        measured = quantity_measure(run->evaluator, node->quantity, rows, len, true);
    else if (node->selected && denominator > 0)
        measured = (Measured){.value = value_int((int64_t)len)}; /* none of some is 0 */
    else
        measured = quantity_count(node->rows, len);
    memory_free(rows);
    return of_measured(&measured);
}

/* A term has no rows: it is a number of the window. */
static Reckoning term(CellRun *run, const PlanNode *node) {
    Outcome outcome = evaluate(run->evaluator, node->expr);
    if (outcome.kind == OUTCOME_ERROR)
        return in_error();
    if (outcome.kind == OUTCOME_UNKNOWN || outcome.value.kind != VALUE_NUMBER)
        return unavailable(SYMBOL_UNAVAILABLE, "a part of it is not known");
    return reckoned(outcome.value.as.number);
}

/* Two figures of which at least one is not there: an error first, else the strongest symbol. */
static Reckoning neither(const Reckoning *a, const Reckoning *b) {
    if (a->error || b->error)
        return in_error();
    if (a->available)
        return unavailable(b->symbol, b->reason);
    if (b->available)
        return unavailable(a->symbol, a->reason);
    Symbol strongest = symbol_stronger(a->symbol, b->symbol);
    return unavailable(strongest, strongest == a->symbol ? a->reason : b->reason);
}

static Reckoning figure(CellRun *run, const EntrySet *sets, const PlanNode *node);

static Figure figure_of(const Reckoning *part) {
    return (Figure){part->available, part->available ? part->value : num_of_int(0)};
}

static bool is_zero(Num number) {
    return num_compare(number, num_of_int(0)) == 0;
}

static Reckoning divide(CellRun *run, const EntrySet *sets, const PlanNode *node) {
    Reckoning above = figure(run, sets, node->input), below = figure(run, sets, node->other);
    Reckoning result;
    Num quotient;
    if (!above.available || !below.available)
        result = neither(&above, &below);
    else if (is_zero(below.value))
        result = unavailable(SYMBOL_NOT_APPLICABLE, "no cases");
    else if (!num_divide(above.value, below.value, &quotient))
        result = overflow(run);
    else
        result = reckoned(quotient);
    result.numerator = figure_of(&above);
    result.denominator = figure_of(&below);
    result.left_out = above.left_out + below.left_out;
    return result;
}

static Reckoning arithmetic(CellRun *run, const EntrySet *sets, const PlanNode *node) {
    Reckoning left = figure(run, sets, node->input), right = figure(run, sets, node->other);
    Reckoning result;
    Num number;
    if (!left.available || !right.available)
        result = neither(&left, &right);
    else if (node->op == ARITHMETIC_DIVIDE && is_zero(right.value))
        result = unavailable(SYMBOL_NOT_APPLICABLE, "no cases");
    else if (!reckon(node->op, left.value, right.value, &number))
        result = overflow(run);
    else
        result = reckoned(number);
    result.left_out = left.left_out + right.left_out;
    return result;
}

/* One number made of one: the figures beside it stay. */
static Reckoning times(CellRun *run, Reckoning part, Num factor) {
    if (part.available && !num_multiply(part.value, factor, &part.value))
        return overflow(run);
    return part;
}

/* dispatch */
static Reckoning figure(CellRun *run, const EntrySet *sets, const PlanNode *node) {
    switch (node->kind) {
    case PLAN_NODE_AGGREGATE:
        return aggregate(run, sets, node);
    case PLAN_NODE_TERM:
        return term(run, node);
    case PLAN_NODE_NEGATE: {
        Reckoning part = times(run, figure(run, sets, node->input), num_of_int(-1));
        part.numerator = part.denominator = (Figure){0};
        return part;
    }
    case PLAN_NODE_ARITHMETIC:
        return arithmetic(run, sets, node);
    case PLAN_NODE_DIVIDE:
        return divide(run, sets, node);
    case PLAN_NODE_SCALE:
        return times(run, figure(run, sets, node->input), node->factor);
    case PLAN_NODE_ROUND:
        /* Figures stay exact: whoever prints them rounds, once. */
        return figure(run, sets, node->input);
    case PLAN_NODE_SCAN:
    case PLAN_NODE_TIMING:
    case PLAN_NODE_FILTER:
    case PLAN_NODE_GROUP:
    case PLAN_NODE_LATEST:
    case PLAN_NODE_EXCLUDE:
    case PLAN_NODE_SELECT:
    case PLAN_NODE_PART:
        break;
    }
    return unavailable(SYMBOL_UNAVAILABLE, NULL);
}

Figure cell_share_figure(CellRun *run, const EntrySet *sets) {
    Reckoning whole = figure(run, sets, run->planned->figure);
    return run->planned->indicator->shape == SHAPE_VALUE ? whole.numerator : whole.denominator;
}

/* ---- counts ---- */

/* The set whose rows are shown: a proportion's denominator, else the first. */
static const EntrySet *shown_set(const CellRun *run, const EntrySet *sets) {
    const Indicator *indicator = run->planned->indicator;
    for (size_t i = 0; i < indicator->rowsets_len; i++)
        if (indicator->rowsets[i] == indicator->denominator_rows)
            return &sets[i];
    return &sets[0];
}

static void count_exclusions(Cell *cell, const RowEntry *entry) {
    size_t reasons = 0;
    for (size_t i = 0; entry->excluded && i < cell->indicator->excludes_len; i++)
        if (entry->excluded[i] == TRUTH_TRUE) {
            cell->excluded[i].count++;
            reasons++;
        }
    if (reasons > 1)
        cell->excluded_overlap++;
    if (entry->in_doubt)
        cell->unknown_excluded++;
}

static void count_entry(Cell *cell, const RowEntry *entry, bool shown) {
    if (entry->truth == TRUTH_UNKNOWN)
        cell->unknown_rows++;
    if (entry->truth != TRUTH_TRUE)
        return;
    if (shown)
        cell->gross++;
    count_exclusions(cell, entry);
    if (entry->out)
        return;
    if (entry->selected == TRUTH_UNKNOWN)
        cell->unknown_numerator++;
    for (size_t i = 0; entry->parts && i < cell->indicator->parts_len; i++)
        if (entry->parts[i] == TRUTH_TRUE)
            cell->parts[i].count++;
}

static void count_entries(CellRun *run, const EntrySet *sets, Cell *cell) {
    const Indicator *indicator = cell->indicator;
    if (indicator->rowsets_len == 0)
        return;
    const EntrySet *shown = shown_set(run, sets);
    const SourceModel *source = indicator->rowsets[shown - sets]->source;
    cell->has_counts = source->published == PUBLISHED_NONE;
    for (size_t set = 0; set < indicator->rowsets_len; set++)
        for (size_t i = 0; i < sets[set].len; i++)
            count_entry(cell, sets[set].items[i], &sets[set] == shown);
}

/* ---- errors ---- */

static void note_failed_row(CellRun *run, size_t set, size_t row) {
    Failures *failures = run->failures;
    const Rowset *rows = run->planned->indicator->rowsets[set];
    if (!failures->told[set])
        failures->told[set] = arena_array(
            run->run, data_table(run->evaluator->data, rows->source)->table.rows, sizeof(bool));
    if (!failures->told[set][row])
        failures->rows++;
    failures->told[set][row] = true;
}

static void note_failure(CellRun *run, const Fault *fault) {
    if (!run->failures->any)
        run->failures->first = *fault;
    run->failures->any = true;
}

/* Rows about which nothing can be decided; *first is the first of them. */
static bool find_failed_rows(CellRun *run, const EntrySet *sets, const Cell *cell, Fault *first) {
    bool any = false;
    for (size_t set = 0; set < cell->indicator->rowsets_len; set++)
        for (size_t i = 0; i < sets[set].len; i++) {
            const RowEntry *entry = sets[set].items[i];
            if (!entry->failed)
                continue;
            if (!any)
                *first = entry->fault;
            any = true;
            if (cell->whole)
                note_failed_row(run, set, entry->row);
        }
    return any;
}

/* The rows whose value in a quantity is an error: only asked once one is known to be. */
static void note_failed_values(CellRun *run, const EntrySet *sets, const PlanNode *node) {
    if (node->kind == PLAN_NODE_AGGREGATE && node->quantity && node->quantity->value) {
        for (size_t i = 0; i < sets[node->set].len; i++) {
            const RowEntry *entry = sets[node->set].items[i];
            if (!is_counted(entry, node->selected))
                continue;
            rowset_bind(run->evaluator, node->rows, entry->row);
            if (evaluate(run->evaluator, node->quantity->value).kind == OUTCOME_ERROR)
                note_failed_row(run, node->set, entry->row);
        }
    } else if (node->kind != PLAN_NODE_AGGREGATE) {
        if (node->input)
            note_failed_values(run, sets, node->input);
        if (node->other)
            note_failed_values(run, sets, node->other);
    }
}

static const char *fault_reason(CellRun *run, const Fault *fault) {
    StrBuf words = {0};
    switch (fault->kind) {
    case FAULT_CALENDAR:
        date_print_iso(&words, fault->date);
        strbuf_addf(&words, " lies outside the calendar '%s'", fault->calendar->name);
        break;
    case FAULT_OVERFLOW:
        strbuf_add(&words, "a number is too large");
        break;
    case FAULT_UNDECIDED:
        strbuf_add(&words, "rows with the same date have different values");
        break;
    }
    const char *text = arena_copy_text(run->run, strbuf_text(&words), words.len);
    strbuf_fini(&words);
    return text;
}

static void set_failed(CellRun *run, Cell *cell, Fault fault) {
    cell->available = false;
    cell->symbol = SYMBOL_UNAVAILABLE;
    cell->reason = fault_reason(run, &fault);
    cell->numerator = cell->denominator = (Figure){0};
    note_failure(run, &fault);
}

/* ---- cells ---- */

static Cell *cell_new(CellRun *run, const GroupKey *group) {
    const Indicator *indicator = run->planned->indicator;
    const PlanWindow *window = run->window;
    Cell *cell = arena_alloc(run->run, sizeof *cell);
    StrBuf label = {0};
    window_label(&label, indicator, window);
    *cell = (Cell){.indicator = indicator,
                   .period = window->period,
                   .window_start = window->start,
                   .window_end = window->end,
                   .window_label = arena_copy_text(run->run, strbuf_text(&label), label.len),
                   .has_taken = window->has_taken,
                   .taken = window->taken,
                   .asked = window->asked,
                   .whole = true};
    strbuf_fini(&label);
    cell->group = arena_array(run->run, indicator->breakdowns_len, sizeof *cell->group);
    for (size_t i = 0; i < indicator->breakdowns_len; i++) {
        cell->group[i] = group[i];
        cell->whole = cell->whole && group[i].whole;
    }
    cell->excluded = arena_array(run->run, indicator->excludes_len, sizeof *cell->excluded);
    for (size_t i = 0; i < indicator->excludes_len; i++)
        cell->excluded[i].part = &indicator->excludes[i];
    cell->parts = arena_array(run->run, indicator->parts_len, sizeof *cell->parts);
    for (size_t i = 0; i < indicator->parts_len; i++)
        cell->parts[i].part = &indicator->parts[i];
    vec_push(run->run, run->cells, cell);
    return cell;
}

void cell_make_unavailable(CellRun *run, const GroupKey *group, const char *reason) {
    Cell *cell = cell_new(run, group);
    cell->symbol = SYMBOL_UNAVAILABLE;
    cell->reason = reason;
}

void cell_make(CellRun *run, const EntrySet *sets, const GroupKey *group, Figure share) {
    Cell *cell = cell_new(run, group);
    Fault fault;
    count_entries(run, sets, cell);
    if (find_failed_rows(run, sets, cell, &fault)) {
        set_failed(run, cell, fault);
        return;
    }
    Reckoning result = figure(run, sets, run->planned->figure);
    cell->left_out = result.left_out;
    if (result.error) {
        fault = run->evaluator->fault;
        if (cell->whole)
            note_failed_values(run, sets, run->planned->figure);
        set_failed(run, cell, fault);
        return;
    }
    cell->available = result.available;
    cell->value = result.value;
    cell->symbol = result.available ? SYMBOL_NONE : result.symbol;
    cell->reason = result.available ? NULL : result.reason;
    cell->numerator = result.numerator;
    cell->denominator = result.denominator;
    if (!share.present)
        return;
    cell->share_denominator = share;
    cell->share_numerator =
        cell->indicator->shape == SHAPE_VALUE ? cell->numerator : cell->denominator;
}
