/* The hash of an indicator's meaning.
 *
 * Left out: names, titles, labels, reasons, why, notes, owner, layout, and what a source covers.
 * In: all that can change a figure or a verdict.
 *
 * Other indicators stand in it by the hash of what they are: their figures, without their targets
 * and benchmarks, which change nothing here (and may lead back).
 */
#include <xxhash.h>

#include "plan/expr_print.h"
#include "plan/plan.h"

/* Raised when the canonical text changes: old hashes must not come to mean something else. */
#define CANONICAL_VERSION "kpic-definition/2"

static void add_number(StrBuf *out, const char *word, Num number) {
    strbuf_addf(out, "%s ", word);
    num_print(out, (Num){number.n, 1}, 0, false);
    strbuf_add(out, "/");
    num_print(out, (Num){number.d, 1}, 0, false);
    strbuf_add(out, "\n");
}

static void add_expr(ExprPrinter *p, const char *word, const Expr *expr) {
    strbuf_addf(p->out, "%s ", word);
    printer_expr(p, expr);
    strbuf_add(p->out, "\n");
}

/* The labels of bands are names, but a benchmark finds its bands by them. */
static void add_bands(ExprPrinter *p, const Indicator *indicator) {
    strbuf_add(p->out, "bands ");
    printer_band_value(p, indicator);
    for (size_t i = 0; i < indicator->bands_len; i++) {
        strbuf_addf(p->out, "\nband \"%s\" ", indicator->bands[i].label);
        printer_band(p, indicator, &indicator->bands[i]);
        if (indicator->good_bands && indicator->good_bands[i])
            strbuf_add(p->out, " meant");
    }
    strbuf_add(p->out, "\n");
}

/* Row sets stand once, in their order; quantities then name them by their numbers. */
static void add_shape(ExprPrinter *p, const Indicator *indicator) {
    for (size_t i = 0; i < indicator->rowsets_len; i++) {
        strbuf_add(p->out, "rows ");
        printer_rowset(p, indicator->rowsets[i]);
        strbuf_add(p->out, "\n");
    }
    switch (indicator->shape) {
    case SHAPE_PROPORTION:
        add_expr(p, "those", indicator->those);
        return;
    case SHAPE_RATIO:
        strbuf_add(p->out, "numerator ");
        printer_quantity(p, indicator->numerator, true);
        strbuf_add(p->out, "\ndenominator ");
        printer_quantity(p, indicator->denominator, true);
        strbuf_add(p->out, "\n");
        return;
    case SHAPE_VALUE:
    case SHAPE_DERIVED:
        add_expr(p, "value", indicator->value);
        return;
    case SHAPE_DISTRIBUTION:
        add_bands(p, indicator);
        return;
    }
}

static void add_parts(ExprPrinter *p, const char *word, const Part *parts, size_t len) {
    for (size_t i = 0; i < len; i++)
        add_expr(p, word, parts[i].condition);
}

static void add_breakdowns(ExprPrinter *p, const Indicator *indicator) {
    for (size_t i = 0; i < indicator->breakdowns_len; i++) {
        const Breakdown *breakdown = &indicator->breakdowns[i];
        for (size_t set = 0; set < indicator->rowsets_len; set++)
            if (breakdown->keys[set])
                add_expr(p, "by", breakdown->keys[set]);
        for (size_t code = 0; breakdown->codes && code < breakdown->codes->entries_len; code++)
            strbuf_addf(p->out, "group \"%s\"\n", breakdown->codes->entries[code].code);
        if (breakdown->share)
            strbuf_add(p->out, "with share\n");
    }
}

static void add_judgement(StrBuf *out, const Indicator *indicator) {
    strbuf_addf(out, "good %s\n", good_word(indicator->good));
    if (indicator->good == GOOD_BETWEEN) {
        add_number(out, "from", indicator->good_low);
        add_number(out, "to", indicator->good_high);
    }
    for (size_t i = 0; i < indicator->targets_len; i++) {
        const Target *target = &indicator->targets[i];
        if (target->none)
            continue;
        add_number(out, "target", target->value);
        if (target->has_from)
            strbuf_addf(out, "since %d\n", target->from);
    }
    strbuf_addf(out, "compare %d same %d\n", (int)indicator->compare, (int)indicator->same);
    if (indicator->same != SAME_NONE)
        add_number(out, "within", indicator->same_within);
}

static void add_settings(StrBuf *out, const Indicator *indicator) {
    strbuf_addf(out, "basis %s", basis_word(indicator->basis));
    add_number(out, "", indicator->per);
    if (indicator->unit)
        strbuf_addf(out, "unit \"%s\"\n", indicator->unit);
    strbuf_addf(out, "decimals %d\nwindow %s", indicator->decimals, window_word(indicator->window));
    if (indicator->window == WINDOW_ROLLING)
        strbuf_addf(out, " %d months", indicator->window_months);
    strbuf_addf(out, " every %s", every_word(indicator->every));
    if (indicator->every == EVERY_YEAR)
        strbuf_addf(out, " to %d-%d", indicator->year_end_month, indicator->year_end_day);
    strbuf_addf(out, " behind %d\n", indicator->behind);
}

/* ---- breaks, past and provisional figures ---- */

static void add_period(StrBuf *out, const char *word, Period period) {
    strbuf_addf(out, "%s %d to %d\n", word, period.start, period.end);
}

/* Those that come from inputs are in the hashes of these. */
static void add_surroundings(StrBuf *out, const Indicator *indicator) {
    for (size_t i = 0; i < indicator->breaks_len; i++)
        if (!indicator->breaks[i].from)
            strbuf_addf(out, "break %d\n", indicator->breaks[i].date);
    for (size_t i = 0; i < indicator->provisional_len; i++)
        add_period(out, "provisional", indicator->provisional[i]);
    for (size_t i = 0; i < indicator->reported_len; i++) {
        add_period(out, "reported", indicator->reported[i].period);
        add_number(out, "value", indicator->reported[i].value);
    }
}

/* ---- verdicts ---- */

static void add_rating(StrBuf *out, const RatingScheme *rating) {
    for (size_t i = 0; i < rating->lines_len; i++) {
        const RatingLine *line = &rating->lines[i];
        strbuf_addf(out, "rating %d\n", (int)line->colour);
        for (size_t r = 0; r < line->rules_len; r++) {
            strbuf_addf(out, "rule %d", (int)line->rules[r].kind);
            bool amount = line->rules[r].kind == RATING_WITHIN_PERCENT ||
                          line->rules[r].kind == RATING_WITHIN_POINTS;
            add_number(out, "", amount ? line->rules[r].amount : num_of_int(0));
        }
    }
}

static void add_verdict(StrBuf *out, const Indicator *indicator) {
    if (indicator->has_tolerance) {
        strbuf_addf(out, "tolerance %d %d", (int)indicator->tolerance_kind,
                    (int)indicator->tolerance_colour);
        add_number(out, "", indicator->tolerance);
    }
    if (indicator->rating)
        add_rating(out, indicator->rating);
    if (indicator->has_floor)
        add_number(out, "floor", indicator->floor);
    if (indicator->suppress_declared)
        strbuf_addf(out, "suppress %d\n", indicator->suppress_below);
    if (indicator->interval != INTERVAL_CHOICE_BY_KIND)
        strbuf_addf(out, "interval %d\n", (int)indicator->interval);
}

static void add_entries(StrBuf *out, const Benchmark *benchmark) {
    for (size_t i = 0; i < benchmark->entries_len; i++) {
        const BenchmarkEntry *entry = &benchmark->entries[i];
        strbuf_add(out, "of");
        for (size_t k = 0; k < entry->keys_len; k++)
            strbuf_addf(out, " \"%s\"", entry->keys[k]);
        add_number(out, "", entry->value);
    }
}

static void add_members(ExprPrinter *p, const Benchmark *benchmark) {
    const NeighbourSet *across = benchmark->across;
    strbuf_addf(p->out, "across at least %d%s", benchmark->at_least,
                benchmark->pooled ? " pooled" : "");
    for (size_t i = 0; i < across->members_len; i++)
        strbuf_addf(p->out, " \"%s\"", across->members[i]);
    if (across->rows) {
        strbuf_add(p->out, " ");
        printer_expr(p, across->code);
        strbuf_add(p->out, " of ");
        printer_rowset(p, across->rows);
    }
    strbuf_add(p->out, "\n");
}

static void add_figure_of(StrBuf *out, const char *word, const Indicator *indicator) {
    char hash[33];
    plan_figure_hash(indicator, hash);
    strbuf_addf(out, "%s %s\n", word, hash);
}

static void add_benchmark(ExprPrinter *p, const Benchmark *benchmark) {
    add_period(p->out, "benchmark", benchmark->period);
    switch (benchmark->kind) {
    case BENCHMARK_VALUE:
        add_number(p->out, "value", benchmark->value);
        break;
    case BENCHMARK_ENTRIES:
        add_entries(p->out, benchmark);
        break;
    case BENCHMARK_MEMBERS:
        add_figure_of(p->out, "from", benchmark->from);
        add_members(p, benchmark);
        break;
    }
    if (benchmark->only_where)
        add_expr(p, "only where", benchmark->only_where);
    if (benchmark->compared_as)
        add_figure_of(p->out, "compared as", benchmark->compared_as);
    if (benchmark->not_comparable)
        strbuf_add(p->out, "not comparable\n");
    if (benchmark->of != PUBLISHED_NONE)
        strbuf_addf(p->out, "of %d\n", (int)benchmark->of);
    if (benchmark->population)
        strbuf_addf(p->out, "population \"%s\"\n", benchmark->population);
}

/* ---- the hash ---- */

static void hash_text(const StrBuf *text, char out[33]) {
    XXH128_hash_t hash = XXH3_128bits(strbuf_text(text), text->len);
    StrBuf digits = {0};
    strbuf_addf(&digits, "%016llx%016llx", (unsigned long long)hash.high64,
                (unsigned long long)hash.low64);
    for (size_t i = 0; i <= digits.len; i++)
        out[i] = strbuf_text(&digits)[i];
    strbuf_fini(&digits);
}

/* All that makes the figure: also what it is when it is an input of another. */
static void add_figure(ExprPrinter *p, const Indicator *indicator) {
    strbuf_add(p->out, CANONICAL_VERSION "\n");
    add_shape(p, indicator);
    add_parts(p, "exclude", indicator->excludes, indicator->excludes_len);
    add_parts(p, "of which", indicator->parts, indicator->parts_len);
    add_breakdowns(p, indicator);
    add_settings(p->out, indicator);
}

void plan_figure_hash(const Indicator *indicator, char out[33]) {
    StrBuf text = {0};
    ExprPrinter printer = {.out = &text, .canonical = true, .arena = arena_new()};
    add_figure(&printer, indicator);
    add_surroundings(&text, indicator);
    hash_text(&text, out);
    strbuf_fini(&text);
    arena_free(printer.arena);
}

void plan_definition_hash(const Model *model, const Indicator *indicator, char out[33]) {
    (void)model;
    StrBuf text = {0};
    ExprPrinter printer = {.out = &text, .canonical = true, .arena = arena_new()};
    add_figure(&printer, indicator);
    add_judgement(&text, indicator);
    add_surroundings(&text, indicator);
    add_verdict(&text, indicator);
    for (size_t i = 0; i < indicator->benchmarks_len; i++)
        add_benchmark(&printer, &indicator->benchmarks[i]);
    hash_text(&text, out);
    strbuf_fini(&text);
    arena_free(printer.arena);
}
