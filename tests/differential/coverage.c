#include "tests/differential/coverage.h"

#include "sema/walk.h"

/* ---- seeing ---- */

enum { OTHER_ANOTHER, OTHER_KNOWN, OTHER_SHARE, OTHER_TOTAL, OTHER_TWO_BY, OTHER_UNIT };

static bool see_quantity(Coverage *coverage, const Quantity *quantity) {
    coverage->quantities[quantity->kind]++;
    coverage->others[OTHER_KNOWN] += quantity->known;
    return false;
}

static bool see_expr(void *context, const Expr *expr) {
    Coverage *coverage = context;
    coverage->expressions[expr->kind]++;
    if (expr->kind == EXPR_FUNCTION)
        coverage->functions[expr->as.call.function]++;
    if (expr->kind == EXPR_QUANTITY)
        see_quantity(coverage, expr->as.quantity);
    return false;
}

static bool see_rows(void *context, const Rowset *rows) {
    Coverage *coverage = context;
    if (rows->nested)
        coverage->nested_timings[rows->timing]++;
    else
        coverage->timings[rows->timing]++;
    coverage->others[OTHER_ANOTHER] += rows->another_of != NULL;
    return false;
}

static void see_step(Coverage *coverage, const PlanNode *node) {
    for (; node; node = node->input) {
        coverage->steps[node->kind]++;
        if (node->other)
            see_step(coverage, node->other);
    }
}

static const size_t lengths[] = {1, 12, 63, 64, 65, 128, 200};
#define LENGTHS (sizeof lengths / sizeof *lengths)

static void see_length(Coverage *coverage, const PlanIndicator *planned) {
    size_t asked = 0;
    for (size_t i = 0; i < planned->windows_len; i++)
        asked += planned->windows[i].asked;
    for (size_t i = 0; i < LENGTHS; i++)
        coverage->series[i] += asked == lengths[i];
}

static void see_indicator(Coverage *coverage, const PlanIndicator *planned) {
    const Indicator *indicator = planned->indicator;
    Walk walk = {see_expr, see_rows, coverage};
    walk_indicator(&walk, indicator);
    coverage->shapes[indicator->shape]++;
    coverage->windows[indicator->window]++;
    coverage->everies[indicator->every]++;
    for (size_t i = 0; i < indicator->rowsets_len; i++)
        see_step(coverage, planned->rows[i]);
    see_step(coverage, planned->figure);
    for (size_t i = 0; i < indicator->bands_len; i++)
        coverage->bands[indicator->bands[i].kind]++;
    for (size_t i = 0; i < indicator->benchmarks_len; i++)
        coverage->benchmarks[indicator->benchmarks[i].only_where ? 0
                             : indicator->benchmarks[i].pooled   ? 2
                                                                 : 1]++;
    for (size_t i = 0; i < indicator->breakdowns_len; i++) {
        coverage->others[OTHER_SHARE] += indicator->breakdowns[i].share;
        coverage->others[OTHER_TOTAL] += indicator->breakdowns[i].total != NULL;
    }
    coverage->others[OTHER_TWO_BY] += indicator->breakdowns_len > 1;
    coverage->others[OTHER_UNIT] += indicator->unit != NULL;
    if (indicator->numerator)
        see_quantity(coverage, indicator->numerator);
    if (indicator->denominator)
        see_quantity(coverage, indicator->denominator);
    see_length(coverage, planned);
}

void coverage_see(void *coverage, const Plan *plan) {
    for (size_t i = 0; i < plan->indicators_len; i++)
        see_indicator(coverage, plan->indicators[i]);
}

/* ---- printing ---- */

static size_t print_kind(StrBuf *out, const char *group, const char *name, size_t count) {
    strbuf_addf(out, "  %-14s %-20s %9zu%s\n", group, name, count, count ? "" : "  NEVER REACHED");
    return count == 0;
}

static size_t print_names(StrBuf *out, const char *group, const char *const *names, size_t len,
                          const size_t *counts) {
    size_t never = 0;
    for (size_t i = 0; i < len; i++)
        if (names[i])
            never += print_kind(out, group, names[i], counts[i]);
    return never;
}
#define PRINT(group, counts, ...)                                                                  \
    print_names(out, group, (const char *const[]){__VA_ARGS__},                                    \
                sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *), counts)

static size_t print_steps(const Coverage *coverage, StrBuf *out) {
    static const char *const names[] = {
#define PLAN_NODE(ident, word, doc) word,
#include "plan/plan_nodes.def"
#undef PLAN_NODE
    };
    return print_names(out, "step", names, sizeof names / sizeof *names, coverage->steps);
}

static size_t print_functions(const Coverage *coverage, StrBuf *out) {
    static const char *const names[] = {
#define FUNCTION(ident, name, result, signature, doc) name,
#include "sema/funcs.def"
#undef FUNCTION
    };
    return print_names(out, "function", names, sizeof names / sizeof *names, coverage->functions);
}

size_t coverage_print(const Coverage *coverage, StrBuf *out) {
    size_t never = print_steps(coverage, out) + print_functions(coverage, out);
    never += PRINT("expression", coverage->expressions, "constant", "duration", "row", "column",
                   "period word", "negate", "arithmetic", "date shift", "comparison", "elapsed",
                   "between", "within", "in ... to", "in", "is missing", "exists", "quantity",
                   "indicator", "function", "not", "and", "or");
    never +=
        PRINT("shape", coverage->shapes, "proportion", "ratio", "value", "distribution", "derived");
    never += PRINT("timing", coverage->timings, "none", "dated", "held", "active", "latest");
    never += PRINT("nested timing", coverage->nested_timings, "none", "dated", "held", "active",
                   "latest");
    never += PRINT("quantity", coverage->quantities, "count", "count distinct", "sum", "mean",
                   "median", "percentile", "min", "max", "first", "last");
    never += PRINT("window", coverage->windows, "snapshot", "snapshot at taken", "month", "quarter",
                   "rolling", "year to date", "financial year", "academic year", "calendar year");
    never += PRINT("every", coverage->everies, NULL, "month", "quarter", "year");
    never += PRINT("band", coverage->bands, "exact", "range", "under", "or more", "text",
                   "in codes", "in list", "missing", "other");
    never += PRINT("benchmark", coverage->benchmarks, "only where", "across", "pooled");
    never += PRINT("periods", coverage->series, "1", "12", "63", "64", "65", "128", "200");
    never += PRINT("other", coverage->others, "another", "known", "with share", "total", "two by",
                   "a unit");
    return never;
}
