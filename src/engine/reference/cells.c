/* Cells: the figure of a group, and the counts beside it. */
#include "engine/reference/cells.h"

#include "engine/reference/moves.h"
#include "engine/reference/quantity.h"
#include "engine/reference/rowset.h"

/* ---- the figure: the plan's tree, from its leaves ---- */

typedef struct Reckoning {
    bool available, error;
    Num value;
    Symbol symbol;
    const char *reason;
    Figure numerator, denominator, squares;
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
                        .squares = measured->squares,
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

static Reckoning aggregate(CellRun *run, const EntrySet *sets, const PlanNode *node) {
    Measured measured = entries_measure(run, &sets[node->set], node);
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

/* The whole of another indicator, in the unit that it is printed in. */
static Reckoning input(CellRun *run, const PlanNode *node) {
    const Indicator *indicator = node->expr->as.indicator;
    CellSlice cells = cells_of_period(run->all, indicator, run->window->period);
    const Cell *whole = cells.len > 0 ? cells.items[0] : NULL;
    if (whole && whole->reported) /* it stands instead of what was computed, here too */
        return reckoned(whole->reported->value);
    if (whole && whole->available)
        return reckoned(whole->value);
    const char *reason = whole && whole->reason ? whole->reason : "it has no such period";
    return unavailable(whole ? whole->symbol : SYMBOL_UNAVAILABLE,
                       arena_printf(run->run, "'%s': %s", indicator->id, reason));
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
    case PLAN_NODE_INPUT:
        return input(run, node);
    case PLAN_NODE_TERM:
        return term(run, node);
    case PLAN_NODE_NEGATE: {
        Reckoning part = times(run, figure(run, sets, node->input), num_of_int(-1));
        part.numerator = part.denominator = part.squares = (Figure){0};
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
    case PLAN_NODE_BAND:
    case PLAN_NODE_PART:
        break;
    }
    return unavailable(SYMBOL_UNAVAILABLE, NULL);
}

/* What a share is a share of: counts and sums themselves, else what they are divided by. */
static Figure shared_part(Shape shape, Figure numerator, Figure denominator) {
    return shape == SHAPE_VALUE || shape == SHAPE_DISTRIBUTION ? numerator : denominator;
}

Figure cell_share_figure(CellRun *run, const EntrySet *sets) {
    Reckoning whole = figure(run, sets, run->planned->figure);
    return shared_part(run->planned->indicator->shape, whole.numerator, whole.denominator);
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
            cell->excluded[i].count += entry->count;
            reasons++;
        }
    if (reasons > 1)
        cell->excluded_overlap += entry->count;
    if (entry->in_doubt)
        cell->unknown_excluded += entry->count;
}

static void count_entry(Cell *cell, const RowEntry *entry, bool shown) {
    if (entry->truth == TRUTH_UNKNOWN)
        cell->unknown_rows += entry->count;
    if (entry->truth != TRUTH_TRUE)
        return;
    if (shown)
        cell->gross += entry->count;
    count_exclusions(cell, entry);
    if (entry->out)
        return;
    if (entry->selected == TRUTH_UNKNOWN)
        cell->unknown_numerator += entry->count;
    for (size_t i = 0; entry->parts && i < cell->indicator->parts_len; i++)
        if (entry->parts[i] == TRUTH_TRUE)
            cell->parts[i].count += entry->count;
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

static void note_failed_value(CellRun *run, const PlanNode *node, size_t row) {
    rowset_bind(run->evaluator, node->rows, row);
    if (evaluate(run->evaluator, node->quantity->value).kind == OUTCOME_ERROR)
        note_failed_row(run, node->set, row);
}

/* The rows whose value in a quantity is an error: only asked once one is known to be. */
static void note_failed_values(CellRun *run, const EntrySet *sets, const PlanNode *node) {
    if (node->kind == PLAN_NODE_AGGREGATE && node->quantity && node->quantity->value) {
        for (size_t i = 0; i < sets[node->set].len; i++) {
            const RowEntry *entry = sets[node->set].items[i];
            if (!entry_is_counted(run, node, entry))
                continue;
            if (!entry->rows)
                note_failed_value(run, node, entry->row);
            for (int64_t r = 0; entry->rows && r < entry->count; r++)
                note_failed_value(run, node, entry->rows[r]);
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

/* The label of the window, made once for all of its cells. */
static const char *label_of(CellRun *run) {
    if (run->labelled == run->window)
        return run->label;
    StrBuf label = {0};
    window_label(&label, run->planned->indicator, run->window);
    run->label = arena_copy_text(run->run, strbuf_text(&label), label.len);
    run->labelled = run->window;
    strbuf_fini(&label);
    return run->label;
}

static bool same_keys(const GroupKey *a, const GroupKey *b, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (a[i].whole != b[i].whole || a[i].number != b[i].number)
            return false;
    return true;
}

/* The keys of a group, once for most of its cells: those of its bands stand side by side, and in
 * the window before it stood in the same place as a rule. */
static GroupKey *keep_group(CellRun *run, const GroupKey *group) {
    size_t len = run->planned->indicator->breakdowns_len, at = run->cells->len;
    size_t before = run->previous_cells + (at - run->window_cells);
    if (at > run->window_cells && run->cells->items[at - 1]->group == group)
        return run->cells->items[at - 1]->group;
    if (before < run->window_cells && same_keys(run->cells->items[before]->group, group, len))
        return run->cells->items[before]->group;
    GroupKey *kept = arena_array(run->run, len, sizeof *kept);
    for (size_t i = 0; i < len; i++)
        kept[i] = group[i];
    return kept;
}

static Cell *cell_new(CellRun *run, const GroupKey *group) {
    const Indicator *indicator = run->planned->indicator;
    const PlanWindow *window = run->window;
    Cell *cell = arena_alloc(run->run, sizeof *cell);
    *cell = (Cell){.indicator = indicator,
                   .period = window->period,
                   .window_start = window->start,
                   .window_end = window->end,
                   .window_label = label_of(run),
                   .has_taken = window->has_taken,
                   .taken = window->taken,
                   .asked = window->asked,
                   .whole = true};
    cell->group = keep_group(run, group);
    for (size_t i = 0; i < indicator->breakdowns_len; i++)
        cell->whole = cell->whole && group[i].whole;
    cell->excluded = arena_array(run->run, indicator->excludes_len, sizeof *cell->excluded);
    for (size_t i = 0; i < indicator->excludes_len; i++)
        cell->excluded[i].part = &indicator->excludes[i];
    cell->parts = arena_array(run->run, indicator->parts_len, sizeof *cell->parts);
    for (size_t i = 0; i < indicator->parts_len; i++)
        cell->parts[i].part = &indicator->parts[i];
    vec_push(run->run, run->cells, cell);
    return cell;
}

void cell_make_unavailable(CellRun *run, const GroupKey *group) {
    Cell *cell = cell_new(run, group);
    cell->symbol = SYMBOL_UNAVAILABLE;
    cell->reason = run->window->reason;
    cell->not_yet = run->window->not_yet;
}

CellSlice cells_of_window(const IndicatorCells *own, size_t window) {
    size_t from = own->starts[window], to = own->starts[window + 1];
    return (CellSlice){own->cells.items + from, to - from};
}

CellSlice cells_of_period(const AllCells *all, const Indicator *indicator, Period period) {
    for (size_t i = 0; i < all->len; i++) {
        const IndicatorCells *own = &all->items[i];
        for (size_t w = 0; own->planned->indicator == indicator && w < own->planned->windows_len;
             w++)
            if (own->planned->windows[w].period.end == period.end)
                return cells_of_window(own, w);
    }
    return (CellSlice){0};
}

static void fill_cell(CellRun *run, const EntrySet *sets, Cell *cell, Figure share) {
    Fault fault;
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
    cell->squares = result.squares;
    if (run->gather)
        moves_gather(run, sets, cell);
    if (!share.present)
        return;
    cell->share_denominator = share;
    cell->share_numerator = shared_part(cell->indicator->shape, cell->numerator, cell->denominator);
}

/* ---- bands ---- */

static bool any_in_band(const EntrySet *set, size_t band) {
    for (size_t i = 0; i < set->len; i++)
        if (entry_is_left(set->items[i]) && set->items[i]->band == band)
            return true;
    return false;
}

static void make_band(CellRun *run, const EntrySet *sets, const Cell *all, size_t band) {
    const Indicator *indicator = all->indicator;
    Cell *cell = cell_new(run, all->group);
    run->band = band;
    cell->band = band < indicator->bands_len ? &indicator->bands[band] : NULL;
    cell->band_unknown = !cell->band;
    fill_cell(run, sets, cell, (Figure){0});
    cell->denominator = all->denominator;
    run->band = ALL_BANDS;
}

static void make_bands(CellRun *run, const EntrySet *sets, Cell *all) {
    size_t bands = all->indicator->bands_len;
    if (all->numerator.present)
        all->denominator = all->numerator;
    for (size_t band = 0; band < bands; band++)
        make_band(run, sets, all, band);
    if (any_in_band(shown_set(run, sets), bands))
        make_band(run, sets, all, bands);
}

void cell_make(CellRun *run, const EntrySet *sets, const GroupKey *group, Figure share) {
    Cell *cell = cell_new(run, group);
    count_entries(run, sets, cell);
    fill_cell(run, sets, cell, share);
    if (cell->indicator->shape == SHAPE_DISTRIBUTION)
        make_bands(run, sets, cell);
}
