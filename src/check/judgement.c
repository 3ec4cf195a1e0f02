/* Targets, benchmarks, movement, populations: what a figure is judged by. */
#include "check/checker.h"

#include <string.h>

#include "sema/walk.h"

/* ---- targets ---- */

void check_target_neutral(Checker *checker, const Indicator *indicator) {
    bool neutral = indicator->shape == SHAPE_DISTRIBUTION ? !indicator->good_bands
                                                          : indicator->good == GOOD_NEUTRAL;
    if (!neutral)
        return;
    for (size_t i = 0; i < indicator->targets_len; i++) {
        if (indicator->targets[i].none)
            continue;
        Diag *diag = check_say(checker, CHECK_target_neutral, indicator->targets[i].span,
                               "'%s' has a target, but no direction of it is good", indicator->id);
        diag_help(diag,
                  "write `good high`, `good low` or `good between A and B`, or `target none`");
        return;
    }
}

static const RatingRule *rule_of(const Indicator *indicator, RatingRuleKind kind) {
    const RatingScheme *rating = indicator->rating;
    for (size_t i = 0; rating && i < rating->lines_len; i++)
        for (size_t r = 0; r < rating->lines[i].rules_len; r++)
            if (rating->lines[i].rules[r].kind == kind)
                return &rating->lines[i].rules[r];
    return NULL;
}

void check_tolerance_unit(Checker *checker, const Indicator *indicator) {
    bool tolerance = indicator->has_tolerance && indicator->tolerance_kind == SAME_POINTS;
    bool in_points = indicator->basis == BASIS_PERCENT || indicator->basis == BASIS_POINTS;
    if (in_points || !(tolerance || rule_of(indicator, RATING_WITHIN_POINTS)))
        return;
    Diag *diag = check_say(checker, CHECK_tolerance_unit, indicator->span,
                           "'%s' has a %s in points, but its basis is '%s'", indicator->id,
                           tolerance ? "tolerance" : "rating", basis_word(indicator->basis));
    diag_help(diag, "write a percentage of the target: `10%% of target`");
}

/* ---- movement ---- */

void check_movement_year_to_date(Checker *checker, const Indicator *indicator) {
    if (indicator->window != WINDOW_YEAR_TO_DATE)
        return;
    bool rated = rule_of(indicator, RATING_IMPROVING) || rule_of(indicator, RATING_WORSENING) ||
                 rule_of(indicator, RATING_SAME);
    if (!rated && indicator->same == SAME_NONE)
        return;
    Diag *diag =
        check_say(checker, CHECK_movement_year_to_date, indicator->span,
                  "'%s' is a year to date, which has no arrow, but its %s asks for the movement",
                  indicator->id, rated ? "rating" : "'same within'");
    diag_help(diag, "take a rolling window, or leave that out");
}

/* ---- the bands of a benchmark ---- */

static bool has_key(const Benchmark *benchmark, const char *label) {
    for (size_t i = 0; i < benchmark->entries_len; i++)
        for (size_t k = 0; k < benchmark->entries[i].keys_len; k++)
            if (strcmp(benchmark->entries[i].keys[k], label) == 0)
                return true;
    return false;
}

static size_t bands_without_value(const Indicator *indicator, const Benchmark *benchmark,
                                  StrBuf *labels) {
    size_t len = 0;
    for (size_t i = 0; i < indicator->bands_len; i++) {
        const Band *band = &indicator->bands[i];
        if (band->kind == BAND_MISSING || has_key(benchmark, band->label))
            continue;
        strbuf_addf(labels, "%s'%s'", len++ > 0 ? ", " : "", band->label);
    }
    return len;
}

/* Values rounded as they are written can miss 100 by half a unit each. */
static bool makes_a_hundred(const Benchmark *benchmark, Num *sum) {
    int decimals = 0;
    *sum = num_of_int(0);
    for (size_t i = 0; i < benchmark->entries_len; i++) {
        if (!num_add(*sum, benchmark->entries[i].value, sum))
            return true;
        if (benchmark->entries[i].decimals > decimals)
            decimals = benchmark->entries[i].decimals;
    }
    Num slack, difference;
    int64_t units = (int64_t)benchmark->entries_len * 5;
    slack = num_of_scaled(units, decimals + 1);
    if (!num_subtract(*sum, num_of_int(100), &difference))
        return true;
    return num_compare(difference, slack) <= 0 && num_compare(num_negate(difference), slack) <= 0;
}

static void say_sum(Checker *checker, const Benchmark *benchmark, Num sum) {
    StrBuf text = {0};
    num_print_exact(&text, sum);
    diag_help(check_say(checker, CHECK_benchmark_bands, benchmark->span,
                        "the bands of this benchmark make %s%% together", strbuf_text(&text)),
              "correct the values: they are shares of one whole");
    strbuf_fini(&text);
}

void check_benchmark_bands(Checker *checker, const Indicator *indicator) {
    if (indicator->shape != SHAPE_DISTRIBUTION)
        return;
    for (size_t i = 0; i < indicator->benchmarks_len; i++) {
        const Benchmark *benchmark = &indicator->benchmarks[i];
        if (benchmark->kind != BENCHMARK_ENTRIES)
            continue;
        StrBuf labels = {0};
        Num sum;
        size_t without = bands_without_value(indicator, benchmark, &labels);
        if (without > 0)
            diag_help(check_say(checker, CHECK_benchmark_bands, benchmark->span,
                                "this benchmark has no value for the band%s %s",
                                without == 1 ? "" : "s", strbuf_text(&labels)),
                      "add it, or cut our bands as those of the benchmark are cut");
        else if (indicator->basis == BASIS_PERCENT && !makes_a_hundred(benchmark, &sum))
            say_sum(checker, benchmark, sum);
        strbuf_fini(&labels);
    }
}

/* ---- populations ---- */

static bool is_of_year(const Expr *expr) {
    if (expr->kind == EXPR_FUNCTION)
        return expr->as.call.function == FUNCTION_YEAR;
    if (expr->kind != EXPR_COLUMN)
        return false;
    return expr->type.kind == TYPE_DATE ||
           (expr->type.kind == TYPE_INTEGER && strstr(expr->as.column.column->name, "year"));
}

/* Ends the walk at a condition that a year equals a constant. */
static bool ties_year(void *context, const Expr *expr) {
    const Expr **found = context;
    if (expr->kind != EXPR_COMPARISON || expr->as.comparison.op != COMPARISON_EQUAL)
        return false;
    const Expr *left = expr->as.comparison.left, *right = expr->as.comparison.right;
    if (!(is_of_year(left) && right->kind == EXPR_CONSTANT) &&
        !(is_of_year(right) && left->kind == EXPR_CONSTANT))
        return false;
    *found = expr;
    return true;
}

void check_population_year(Checker *checker, const Indicator *indicator) {
    if (indicator->shape != SHAPE_RATIO || indicator->basis != BASIS_PER)
        return;
    const Expr *found = NULL;
    Walk walk = {.expr = ties_year, .context = &found};
    walk_expr(&walk, indicator->denominator->rows->where);
    if (!found)
        return;
    Diag *diag =
        check_say(checker, CHECK_population_year, found->span,
                  "the denominator of '%s' is of this year in every period", indicator->id);
    diag_help(diag, "take `latest DATE` of the source in place of the condition");
}
