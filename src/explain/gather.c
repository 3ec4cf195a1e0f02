#include "explain/gather.h"

#include <string.h>

#include "explain/record.h"
#include "sema/walk.h"

/* ---- sets ---- */

static GatheredSet *find_set(const Gathering *gathering, const Rowset *rows) {
    for (size_t i = 0; i < gathering->sets.len; i++)
        if (gathering->sets.items[i]->rows == rows)
            return gathering->sets.items[i];
    return NULL;
}

const GatheredSet *gathered_set(const Gathering *gathering, const Rowset *rows) {
    return find_set(gathering, rows);
}

static void add_terms(Arena *run, GatheredSet *set, const Expr *condition) {
    if (condition && condition->kind == EXPR_AND) {
        for (size_t i = 0; i < condition->as.logic.terms_len; i++)
            add_terms(run, set, condition->as.logic.terms[i]);
        return;
    }
    if (condition)
        vec_push(run, &set->clauses, (SetClause){condition});
}

static void add_column(Arena *run, GatheredSet *set, const ColumnModel *column) {
    for (size_t i = 0; i < set->columns.len; i++)
        if (set->columns.items[i] == column)
            return;
    vec_push(run, &set->columns, column);
}

typedef struct Reading {
    Arena *run;
    GatheredSet *set;
} Reading;

static bool on_column(void *context, const Expr *expr) {
    const Reading *reading = context;
    if (expr->kind == EXPR_COLUMN && expr->as.column.column->source == reading->set->rows->source)
        add_column(reading->run, reading->set, expr->as.column.column);
    return false;
}

static void add_columns(Arena *run, GatheredSet *set) {
    const SourceModel *source = set->rows->source;
    Reading reading = {run, set};
    Walk walk = {on_column, NULL, &reading};
    for (size_t i = 0; i < source->key_len; i++)
        add_column(run, set, source->key[i]);
    walk_indicator(&walk, set->indicator);
}

static GatheredSet *new_set(Gathering *gathering, const struct Evaluator *evaluator,
                            const Indicator *indicator, const Rowset *rows) {
    GatheredSet *set = arena_alloc(gathering->run, sizeof *set);
    *set = (GatheredSet){.indicator = indicator, .rows = rows};
    set->read = watch_rows(evaluator, rows->source);
    if (rows->timing != TIMING_NONE)
        vec_push(gathering->run, &set->clauses, (SetClause){NULL});
    add_terms(gathering->run, set, rows->where);
    set->ruled_out = arena_array(gathering->run, set->read, sizeof *set->ruled_out);
    set->in_doubt =
        arena_array(gathering->run, set->read * set->clauses.len, sizeof *set->in_doubt);
    if (gathering->listed)
        add_columns(gathering->run, set);
    return set;
}

/* ---- watching ---- */

/* Looks for the record while its conditions can still be evaluated. */
static void find_record(Gathering *gathering, struct Evaluator *evaluator, const GatheredSet *set) {
    StrBuf name = {0};
    for (size_t row = 0; gathering->key && row < set->read; row++) {
        strbuf_clear(&name);
        watch_print_row(&name, evaluator, set->rows->source, row);
        if (strcmp(strbuf_text(&name), gathering->key) != 0)
            continue;
        FoundRecord found = {set, row, record_trace(gathering->run, evaluator, set, row)};
        vec_push(gathering->run, &gathering->found, found);
    }
    strbuf_fini(&name);
}

static bool is_looked_at(const Gathering *gathering, const Indicator *indicator) {
    for (size_t i = 0; i < gathering->indicators_len; i++)
        if (gathering->indicators[i] == indicator)
            return true;
    return false;
}

static void on_window(void *context, struct Evaluator *evaluator, const Indicator *indicator) {
    Gathering *gathering = context;
    if (!watch_asked(evaluator) || !is_looked_at(gathering, indicator))
        return;
    for (size_t i = 0; i < indicator->rowsets_len; i++) {
        GatheredSet *set = new_set(gathering, evaluator, indicator, indicator->rowsets[i]);
        vec_push(gathering->run, &gathering->sets, set);
        find_record(gathering, evaluator, set);
    }
}

/* The first clause that is false is the one that rules a record out. */
static void note_clause(GatheredSet *set, const struct Evaluator *evaluator, const Expr *condition,
                        Truth truth) {
    size_t row = watch_row(evaluator, set->rows);
    for (size_t i = 0; i < set->clauses.len && row < set->read; i++) {
        if (set->clauses.items[i].condition != condition)
            continue;
        if (truth == TRUTH_UNKNOWN)
            set->in_doubt[row * set->clauses.len + i] = true;
        if (truth == TRUTH_FALSE && set->ruled_out[row] == 0)
            set->ruled_out[row] = i + 1;
    }
}

static void on_condition(void *context, const struct Evaluator *evaluator, const Expr *condition,
                         Truth truth) {
    const Gathering *gathering = context;
    for (size_t i = 0; watch_asked(evaluator) && i < gathering->sets.len; i++)
        note_clause(gathering->sets.items[i], evaluator, condition, truth);
}

static void on_timing(void *context, const struct Evaluator *evaluator, const Rowset *rows,
                      Truth truth) {
    GatheredSet *set = find_set(context, rows);
    if (set && watch_asked(evaluator))
        note_clause(set, evaluator, NULL, truth);
}

static const Truth *copy_truths(Arena *run, const Truth *truths, size_t len) {
    if (!truths)
        return NULL;
    Truth *copy = arena_array(run, len, sizeof *copy);
    for (size_t i = 0; i < len; i++)
        copy[i] = truths[i];
    return copy;
}

static const Value *copy_keys(Arena *run, const Value *keys, size_t len) {
    if (!keys)
        return NULL;
    Value *copy = arena_array(run, len, sizeof *copy);
    for (size_t i = 0; i < len; i++)
        copy[i] = keys[i];
    return copy;
}

static void add_values(Arena *run, struct Evaluator *evaluator, const GatheredSet *set,
                       RecordFate *fate) {
    Value *values = arena_array(run, set->columns.len, sizeof *values);
    StrBuf name = {0};
    for (size_t i = 0; i < set->columns.len; i++)
        values[i] = watch_value(evaluator, set->columns.items[i], fate->row);
    watch_print_row(&name, evaluator, set->rows->source, fate->row);
    fate->values = values;
    fate->name = arena_copy_text(run, strbuf_text(&name), name.len);
    strbuf_fini(&name);
}

static void on_record(void *context, struct Evaluator *evaluator, const RecordSeen *seen) {
    Gathering *gathering = context;
    GatheredSet *set = find_set(gathering, seen->rows);
    const Indicator *indicator = seen->indicator;
    if (!set || !seen->asked)
        return;
    RecordFate fate = {
        .row = seen->row,
        .truth = seen->truth,
        .out = seen->out,
        .selected = seen->selected,
        .band = seen->band,
        .excluded = copy_truths(gathering->run, seen->excluded, indicator->excludes_len),
        .parts = copy_truths(gathering->run, seen->parts, indicator->parts_len),
        .keys = copy_keys(gathering->run, seen->keys, indicator->breakdowns_len),
    };
    if (gathering->listed)
        add_values(gathering->run, evaluator, set, &fate);
    vec_push(gathering->run, &set->fates, fate);
}

void gather_start(Gathering *gathering, Arena *run, const Indicator *const *indicators,
                  size_t len) {
    *gathering = (Gathering){.run = run, .indicators = indicators, .indicators_len = len};
    gathering->watch = (EngineWatch){.context = gathering,
                                     .window = on_window,
                                     .condition = on_condition,
                                     .timing = on_timing,
                                     .record = on_record};
}

/* ---- counting ---- */

static bool same_key(Value value, const GroupKey *key) {
    if (key->whole)
        return true;
    if (key->unknown || value.kind == VALUE_MISSING)
        return key->unknown && value.kind == VALUE_MISSING;
    return value_compare(value, key->value) == 0;
}

bool fate_in_group(const RecordFate *fate, const Cell *cell) {
    for (size_t i = 0; i < cell->indicator->breakdowns_len; i++)
        if (!cell->group[i].whole && (!fate->keys || !same_key(fate->keys[i], &cell->group[i])))
            return false;
    return true;
}

SetCounts set_counts(Arena *run, const GatheredSet *set, const Cell *cell) {
    size_t clauses = set->clauses.len;
    SetCounts counts = {.left = arena_array(run, clauses, sizeof *counts.left),
                        .in_doubt = arena_array(run, clauses, sizeof *counts.in_doubt)};
    for (size_t row = 0; row < set->read; row++)
        for (size_t i = 0; i < clauses; i++) {
            bool left = set->ruled_out[row] == 0 || set->ruled_out[row] > i + 1;
            counts.left[i] += left;
            counts.in_doubt[i] += left && set->in_doubt[row * clauses + i];
        }
    for (size_t i = 0; i < set->fates.len; i++) {
        const RecordFate *fate = &set->fates.items[i];
        if (!fate_in_group(fate, cell))
            continue;
        counts.met += fate->truth == TRUTH_TRUE;
        counts.unknown += fate->truth == TRUTH_UNKNOWN;
    }
    return counts;
}
