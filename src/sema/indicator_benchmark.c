/* benchmark: what a figure is held against, and whether the two are like for like. */
#include <string.h>

#include "sema/analysis.h"

/* ---- amounts and entries ---- */

static bool add_amounts(Analysis *a, const Indicator *indicator, const NodeList *values,
                        BenchmarkEntry *entry) {
    entry->value = num_of_int(0);
    for (size_t i = 0; i < values->len; i++) {
        Num value;
        int decimals;
        if (!read_amount(a, indicator, values->items[i], "the benchmark", &value, &decimals) ||
            !num_add(entry->value, value, &entry->value))
            return false;
        if (decimals > entry->decimals)
            entry->decimals = decimals;
    }
    return true;
}

typedef VEC(const char *) GroupNames;

/* Whether a group can be called that, as far as the definition tells; if not, what they are called
 * is added to the list. */
static bool is_group(Analysis *a, const Breakdown *breakdown, const char *key, GroupNames *known) {
    const CodeSet *codes = breakdown->codes;
    bool total = breakdown->total && strcmp(breakdown->total, key) == 0;
    if (!codes || codes->damaged || total || codes_find(codes, key) >= 0)
        return true;
    for (size_t i = 0; i < codes->entries_len; i++) {
        const char *title = codes->entries[i].title;
        if (title && strcmp(title, key) == 0)
            return true;
        vec_push(a->arena, known, codes->entries[i].code);
        if (title)
            vec_push(a->arena, known, title);
    }
    return strcmp(key, "Unknown") == 0;
}

static void check_group(Analysis *a, const Indicator *indicator, Text key) {
    GroupNames known = {0};
    for (size_t i = 0; i < indicator->breakdowns_len; i++)
        if (is_group(a, &indicator->breakdowns[i], key.text, &known))
            return;
    Diag *diag = fault(a, DIAG_benchmark_group_unknown, key.span,
                       "no group of '%s' can be called '%s'", indicator->id, key.text);
    diag_suggest(diag, key.text, known.items, known.len);
    diag_help(diag, "write a code of the list that the breakdown is of, or its title");
}

static void check_key(Analysis *a, const Indicator *indicator, Text key) {
    if (indicator->shape != SHAPE_DISTRIBUTION) {
        check_group(a, indicator, key);
        return;
    }
    const char **labels = arena_array(a->arena, indicator->bands_len + 1, sizeof *labels);
    for (size_t i = 0; i < indicator->bands_len; i++) {
        labels[i] = indicator->bands[i].label;
        if (strcmp(labels[i], key.text) == 0)
            return;
    }
    Diag *diag = fault(a, DIAG_unknown_band, key.span, "there is no band '%s'", key.text);
    diag_suggest(diag, key.text, labels, indicator->bands_len);
    diag_help(diag, "bands of the benchmark that ours make together are added: \"a\" + \"b\" 12%%");
}

/* A key that stands twice would count its band twice, or have two values. */
static void check_key_once(Analysis *a, const Node_Benchmark *written, size_t entry, size_t key) {
    const Node_BenchmarkEntry *own = node_BenchmarkEntry(written->entries.items[entry]);
    Text text = own->keys.items[key];
    for (size_t i = 0; i <= entry; i++) {
        const Node_BenchmarkEntry *node = node_BenchmarkEntry(written->entries.items[i]);
        size_t len = i == entry ? key : node->keys.len;
        for (size_t k = 0; k < len; k++)
            if (strcmp(node->keys.items[k].text, text.text) == 0) {
                diag_note(fault(a, DIAG_benchmark_key_twice, text.span,
                                "'%s' stands twice in this benchmark", text.text),
                          node->keys.items[k].span, "first here");
                return;
            }
    }
}

static void read_entries(Analysis *a, const Indicator *indicator, const Node_Benchmark *written,
                         Benchmark *benchmark) {
    benchmark->kind = BENCHMARK_ENTRIES;
    benchmark->entries = arena_array(a->arena, written->entries.len, sizeof(BenchmarkEntry));
    if (indicator->shape != SHAPE_DISTRIBUTION && indicator->breakdowns_len == 0) {
        diag_help(fault(a, DIAG_benchmark_keys, written->entries.items[0]->span,
                        "this benchmark has keys, but the indicator has no bands and no 'by'"),
                  "write one value, or give the indicator the breakdown");
        return;
    }
    for (size_t i = 0; i < written->entries.len; i++) {
        const Node_BenchmarkEntry *node = node_BenchmarkEntry(written->entries.items[i]);
        BenchmarkEntry entry = {.span = written->entries.items[i]->span};
        entry.keys = arena_array(a->arena, node->keys.len, sizeof *entry.keys);
        for (size_t k = 0; k < node->keys.len; k++) {
            check_key(a, indicator, node->keys.items[k]);
            check_key_once(a, written, i, k);
            entry.keys[entry.keys_len++] = node->keys.items[k].text;
        }
        if (add_amounts(a, indicator, &node->values, &entry))
            benchmark->entries[benchmark->entries_len++] = entry;
    }
}

/* ---- other indicators ---- */

static const Indicator *named_indicator(Analysis *a, Name name) {
    const Node *node = name_table_find(&a->indicators, name.atom);
    if (!node) {
        Diag *diag = fault(a, DIAG_indicator_not_declared, name.span, "there is no indicator '%s'",
                           name.atom);
        diag_suggest(diag, name.atom, a->indicators.names.items, a->indicators.names.len);
        return NULL;
    }
    IndicatorDeclaration *declaration = analyse_indicator(a, node);
    if (!declaration->sound)
        a->failed = true; /* its own message was given */
    return declaration->sound ? declaration->indicator : NULL;
}

static void read_members(Analysis *a, const Indicator *indicator, const Node_Benchmark *written,
                         Benchmark *benchmark) {
    benchmark->kind = BENCHMARK_MEMBERS;
    benchmark->pooled = written->pooled;
    benchmark->at_least = written->at_least;
    benchmark->from = named_indicator(a, written->from);
    NeighbourSet *across = name_table_find(&a->neighbours, written->across.atom);
    benchmark->across = across;
    if (across)
        across->used = true;
    if (!across) {
        Diag *diag = fault(a, DIAG_unknown_neighbours, written->across.span,
                           "there are no neighbours '%s'", written->across.atom);
        diag_suggest(diag, written->across.atom, a->neighbours.names.items,
                     a->neighbours.names.len);
    }
    const Indicator *from = benchmark->from;
    if (!from)
        return;
    if (from->breakdowns_len != 1)
        diag_help(fault(a, DIAG_benchmark_from, written->from.span,
                        "'%s' is not broken down by authority alone, so it has no value for each "
                        "neighbour",
                        from->id),
                  "it needs one `by`, of the authority's code");
    if (benchmark->pooled && from->shape == SHAPE_VALUE && from->value->kind == EXPR_QUANTITY &&
        from->value->as.quantity->kind != QUANTITY_MEAN)
        fault(a, DIAG_benchmark_from, written->from.span,
              "'%s' has no numerator and denominator to pool", from->id);
    (void)indicator;
}

/* ---- like for like ---- */

/* Months that a window is long; 0: a day. */
static int window_length(const Indicator *indicator) {
    switch (indicator->window) {
    case WINDOW_SNAPSHOT:
    case WINDOW_SNAPSHOT_AT_TAKEN:
        return 0;
    case WINDOW_MONTH:
        return 1;
    case WINDOW_QUARTER:
        return 3;
    case WINDOW_ROLLING:
        return indicator->window_months;
    case WINDOW_YEAR_TO_DATE:
        return -1;
    case WINDOW_FINANCIAL_YEAR:
    case WINDOW_ACADEMIC_YEAR:
    case WINDOW_CALENDAR_YEAR:
        return 12;
    }
    return 0;
}

static int period_length(Period period) {
    switch (period.kind) {
    case PERIOD_DAY:
        return 0;
    case PERIOD_MONTH:
        return 1;
    case PERIOD_QUARTER:
        return 3;
    case PERIOD_FINANCIAL_YEAR:
    case PERIOD_ACADEMIC_YEAR:
    case PERIOD_CALENDAR_YEAR:
        return 12;
    }
    return 0;
}

/* It says whom it is of, and that is not whom ours is of. */
static bool is_told_of_others(const Indicator *indicator, const Benchmark *benchmark) {
    bool told = benchmark->population && !benchmark->only_where;
    return told && (!indicator->unit || strcmp(indicator->unit, benchmark->population) != 0);
}

/* Why a written benchmark is not like for like; NULL if nothing says so. A year beside a stock is
 * the year's end, unless the benchmark is said to be a flow. */
static const char *literal_difference(const Indicator *indicator, const Benchmark *benchmark) {
    int ours = window_length(indicator), theirs = period_length(benchmark->period);
    if (benchmark->of == PUBLISHED_FLOW && ours == 0)
        return "the benchmark counts over a time, the indicator on a day";
    if (benchmark->of == PUBLISHED_STOCK && ours != 0)
        return "the benchmark counts on a day, the indicator over a time";
    if (benchmark->of == PUBLISHED_NONE && theirs == 0 && ours != 0)
        return "the benchmark is of a day, the indicator over a time";
    if (ours != 0 && theirs != 0 && ours != theirs)
        return "the benchmark's time is of another length";
    if (is_told_of_others(indicator, benchmark))
        return "the benchmark is of another population";
    return NULL;
}

/* Of a rate the population, of a number what it counts. */
static bool same_unit(const char *a, const char *b) {
    return !a || !b || strcmp(a, b) == 0;
}

static const char *members_difference(const Indicator *indicator, const Benchmark *benchmark) {
    const Indicator *from = benchmark->from;
    if (from->basis != indicator->basis || num_compare(from->per, indicator->per) != 0)
        return "the benchmark has another basis";
    if (!same_unit(from->unit, indicator->unit))
        return indicator->basis == BASIS_PER ? "the benchmark is of another population"
                                             : "the benchmark counts in another unit";
    if (is_told_of_others(indicator, benchmark))
        return "the benchmark is of another population";
    if (from->stock != indicator->stock)
        return from->stock ? "the benchmark counts on a day, the indicator over a time"
                           : "the benchmark counts over a time, the indicator on a day";
    if (window_length(from) != window_length(indicator))
        return "the benchmark's time is of another length";
    int theirs = window_length(from);
    if (theirs > 0 && period_length(benchmark->period) > theirs)
        return "the members' values are of a shorter time than the period it names";
    return NULL;
}

static void check_likeness(Analysis *a, const Indicator *indicator, Benchmark *benchmark) {
    if (benchmark->not_comparable)
        return;
    const Indicator *ours = benchmark->compared_as ? benchmark->compared_as : indicator;
    const char *difference = NULL;
    if (ours->basis != indicator->basis || num_compare(ours->per, indicator->per) != 0)
        difference = "what it is compared with has another basis";
    else if (benchmark->kind == BENCHMARK_MEMBERS && benchmark->from)
        difference = members_difference(ours, benchmark);
    else if (benchmark->kind != BENCHMARK_MEMBERS)
        difference = literal_difference(ours, benchmark);
    if (!difference)
        return;
    benchmark->not_comparable = difference;
    Diag *diag = diag_add(a->diags, DIAG_benchmark_unlike, benchmark->span,
                          "this benchmark is not like for like: %s", difference);
    diag_note(diag, indicator->span, "'%s'", indicator->id);
    diag_help(diag, "it is printed without a verdict; write `not comparable \"reason\"` if that is "
                    "meant, or compare with a benchmark of the same kind");
}

/* ---- one benchmark ---- */

static void read_only_where(Analysis *a, const Indicator *indicator, const Node *condition,
                            Benchmark *benchmark) {
    const Scope *all = NULL;
    for (size_t i = 0; i < indicator->rowsets_len; i++)
        all = rowset_scope(a, indicator->rowsets[i], all);
    Place place = {.analysis = a, .stock = indicator->stock, .in_indicator = true};
    Expr *expr = infer_condition(&place, condition, all);
    if (expr->type.kind == TYPE_ERROR)
        return;
    benchmark->only_where = expr;
    for (size_t i = 0; i < indicator->rowsets_len; i++)
        if (expr_mentions_row(expr, indicator->rowsets[i]->row)) {
            if (benchmark->only_rows)
                fault(a, DIAG_part_rows, condition->span,
                      "'only where' mentions two sets of rows: which one is meant");
            benchmark->only_rows = indicator->rowsets[i];
        }
    if (!benchmark->only_rows)
        fault(a, DIAG_part_rows, condition->span,
              "'only where' does not mention the rows that are counted");
}

static void check_once(Analysis *a, const Indicator *indicator, const Benchmark *benchmark) {
    for (size_t i = 0; i < indicator->benchmarks_len; i++) {
        const Benchmark *before = &indicator->benchmarks[i];
        if (strcmp(before->label, benchmark->label) != 0 ||
            before->period.kind != benchmark->period.kind ||
            before->period.end != benchmark->period.end)
            continue;
        Diag *diag = fault(a, DIAG_benchmark_twice, benchmark->span,
                           "there is a benchmark '%s' of this period already", benchmark->label);
        diag_note(diag, before->span, "the other one");
        diag_help(diag, "write the values into one benchmark, or give this one another label");
        return;
    }
}

static void read_benchmark(Analysis *a, Indicator *indicator, const Node *clause) {
    const Node_Benchmark *written = node_Benchmark(clause);
    Benchmark *benchmark = &indicator->benchmarks[indicator->benchmarks_len];
    *benchmark = (Benchmark){.label = written->label.text,
                             .period = written->period,
                             .not_comparable = written->not_comparable.text,
                             .of = written->of,
                             .population = written->population.text,
                             .span = clause->span};
    if (indicator->window == WINDOW_ACADEMIC_YEAR)
        benchmark->period = period_as_academic(benchmark->period);
    if (written->from.atom) {
        read_members(a, indicator, written, benchmark);
    } else if (written->entries.len > 0) {
        read_entries(a, indicator, written, benchmark);
    } else if (written->value) {
        read_amount(a, indicator, written->value, "the benchmark", &benchmark->value,
                    &benchmark->decimals);
        if (indicator->shape == SHAPE_DISTRIBUTION)
            diag_help(fault(a, DIAG_benchmark_keys, clause->span,
                            "one value for a distribution: which band is it of"),
                      "write the bands: \"1-10\" 17.9%%, \"11-20\" 18.6%%");
    }
    if (written->compared_as.atom)
        benchmark->compared_as = named_indicator(a, written->compared_as);
    if (written->only_where)
        read_only_where(a, indicator, written->only_where, benchmark);
    check_once(a, indicator, benchmark);
    if (a->failed)
        return;
    check_likeness(a, indicator, benchmark);
    indicator->benchmarks_len++;
}

void benchmarks_build(Analysis *a, IndicatorDeclaration *declaration) {
    const Clauses *clauses = declaration->clauses;
    if (!declaration->sound || clauses->benchmarks.len == 0)
        return;
    a->failed = false;
    a->unknown.len = 0;
    declaration->indicator->benchmarks =
        arena_array(a->arena, clauses->benchmarks.len, sizeof(Benchmark));
    for (size_t i = 0; i < clauses->benchmarks.len; i++)
        read_benchmark(a, declaration->indicator, clauses->benchmarks.items[i]);
    declaration->sound = !a->failed;
}
