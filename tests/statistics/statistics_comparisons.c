/* The tables of comparisons: with a benchmark, with a target, of two proportions, of two rates. */
#include <math.h>
#include <string.h>

#include "stats/comparison.h"
#include "tests/statistics/statistics_row.h"

/* "low_is_good", "high_is_good"; "no_judgement" is neutral. */
static GoodKind polarity(const Row *row) {
    if (row_is(row, "polarity", "low_is_good"))
        return GOOD_LOW;
    return row_is(row, "polarity", "high_is_good") ? GOOD_HIGH : GOOD_NEUTRAL;
}

static Limits limits(const Row *row, const char *lower, const char *upper) {
    Limits result = {true, row_double(row, lower), row_double(row, upper)};
    result.known = !isnan(result.lower) && !isnan(result.upper);
    return result;
}

/* ---- with a benchmark ---- */

static bool read_method(const Row *row, BenchmarkMethod *out) {
    static const char *const names[] = {[BENCHMARK_SINGLE_95] = "single1",
                                        [BENCHMARK_SINGLE_95_998] = "single2",
                                        [BENCHMARK_DOUBLE] = "double",
                                        [BENCHMARK_CONTROL_PROPORTION] = "spcprop"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (row_is(row, "method", names[i])) {
            *out = (BenchmarkMethod)i;
            return true;
        }
    return false;
}

/* False for a method that there is not. An indicator whose polarity is "not_applicable" is never
 * compared. */
static bool benchmark_standing(const Row *row, Standing *standing) {
    BenchmarkInput input = {.value = row_double(row, "value"),
                            .limits95 = limits(row, "lower95", "upper95"),
                            .limits998 = limits(row, "lower998", "upper998"),
                            .denominator = row_double(row, "n"),
                            .multiplier = row_double(row, "unit"),
                            .benchmark = row_double(row, "benchmark"),
                            .benchmark_limits = limits(row, "bench_lower95", "bench_upper95")};
    if (!read_method(row, &input.method))
        return false;
    *standing = row_is(row, "polarity", "not_applicable") ? STANDING_NOT_COMPARED
                                                          : compare_benchmark(&input);
    return true;
}

/* The source's names: of a neutral indicator "Better" is no more than higher. */
static const char *significance(Standing standing, GoodKind good) {
    bool low = good == GOOD_LOW;
    switch (standing) {
    case STANDING_NOT_COMPARED:
        return "None";
    case STANDING_SIMILAR:
        return "Same";
    case STANDING_MUCH_LOWER:
        return low ? "Best" : "Worst";
    case STANDING_LOWER:
        return low ? "Better" : "Worse";
    case STANDING_HIGHER:
        return low ? "Worse" : "Better";
    case STANDING_MUCH_HIGHER:
        return low ? "Worst" : "Best";
    }
    return "";
}

static void benchmark_significance(const Row *row, StrBuf *out) {
    Standing standing;
    if (benchmark_standing(row, &standing))
        strbuf_add(out, significance(standing, polarity(row)));
}

static void benchmark_word(const Row *row, StrBuf *out) {
    Standing standing;
    if (benchmark_standing(row, &standing))
        strbuf_add(out, standing_word(standing, polarity(row)));
}

/* ---- with a target ---- */

static TargetVerdict target_verdict(const Row *row) {
    Num value, lower, upper;
    if (!row_number(row, "value", &value) || row_is(row, "polarity", "not_applicable"))
        return TARGET_NOT_COMPARED;
    if (!row_number(row, "lower_limit", &lower))
        return TARGET_NOT_COMPARED;
    if (row_number(row, "upper_limit", &upper))
        return compare_target_range(value, lower, upper, polarity(row));
    if (row_is(row, "use_interval", "1"))
        return compare_target_interval(limits(row, "lower95", "upper95"),
                                       row_double(row, "lower_limit"), polarity(row));
    return compare_target_limit(value, lower, polarity(row));
}

static void target_significance(const Row *row, StrBuf *out) {
    switch (target_verdict(row)) {
    case TARGET_NOT_COMPARED:
        strbuf_add(out, "None");
        break;
    case TARGET_WORSE:
        strbuf_add(out, "Worse");
        break;
    case TARGET_SIMILAR:
        strbuf_add(out, "Same");
        break;
    case TARGET_BETTER:
        strbuf_add(out, "Better");
        break;
    }
}

/* ---- two proportions ---- */

static ProportionDifference proportions(const Row *row) {
    return compare_proportions(row_double(row, "x1"), row_double(row, "n1"), row_double(row, "x2"),
                               row_double(row, "n2"), 0.95);
}

static void proportions_difference(const Row *row, StrBuf *out) {
    ProportionDifference result = proportions(row);
    if (result.known)
        add_double(out, result.difference);
}

static void proportions_lower(const Row *row, StrBuf *out) {
    ProportionDifference result = proportions(row);
    if (result.known)
        add_double(out, result.lower);
}

static void proportions_upper(const Row *row, StrBuf *out) {
    ProportionDifference result = proportions(row);
    if (result.known)
        add_double(out, result.upper);
}

static void proportions_z(const Row *row, StrBuf *out) {
    ProportionDifference result = proportions(row);
    if (result.known && result.has_test)
        add_double(out, result.z);
}

static void proportions_p(const Row *row, StrBuf *out) {
    ProportionDifference result = proportions(row);
    if (result.known && result.has_test)
        add_double(out, result.p);
}

static void proportions_overlap(const Row *row, StrBuf *out) {
    ProportionDifference result = proportions(row);
    if (result.known)
        add_yes_no(out, result.intervals_overlap);
}

static void proportions_differ(const Row *row, StrBuf *out) {
    ProportionDifference result = proportions(row);
    if (result.known)
        add_yes_no(out, result.differs);
}

/* ---- two rates ---- */

static RateRatio rates(const Row *row) {
    return compare_rates(row_double(row, "x1"), row_double(row, "n1"), row_double(row, "x2"),
                         row_double(row, "n2"), 0.95);
}

static void rates_ratio(const Row *row, StrBuf *out) {
    RateRatio result = rates(row);
    if (result.known && result.has_ratio)
        add_double(out, result.ratio);
}

static void rates_p(const Row *row, StrBuf *out) {
    RateRatio result = rates(row);
    if (result.known)
        add_double(out, result.p);
}

static void rates_lower(const Row *row, StrBuf *out) {
    RateRatio result = rates(row);
    if (result.known)
        add_double(out, result.lower);
}

static void rates_upper(const Row *row, StrBuf *out) {
    RateRatio result = rates(row);
    if (result.known && result.has_upper)
        add_double(out, result.upper);
}

/* ---- the tables ---- */

static const Table tables[] = {
    {"benchmark_comparison.csv",
     {"label", "method", "polarity", "n", "value", "lower95", "upper95", "lower998", "upper998",
      "benchmark"},
     {{"significance", benchmark_significance, AGREE_EXACTLY},
      {"word", benchmark_word, AGREE_EXACTLY}}},
    {"target_comparison.csv",
     {"label", "polarity", "lower_limit", "upper_limit", "use_interval", "value", "lower95",
      "upper95"},
     {{"significance", target_significance, AGREE_EXACTLY}}},
    {"two_proportions.csv",
     {"x1", "n1", "x2", "n2"},
     {{"diff", proportions_difference, AGREE_NEARLY},
      {"newcombe_lower", proportions_lower, AGREE_NEARLY},
      {"newcombe_upper", proportions_upper, AGREE_NEARLY},
      {"z_pooled", proportions_z, AGREE_NEARLY},
      {"p_value", proportions_p, AGREE_RELATIVELY},
      {"cis_overlap", proportions_overlap, AGREE_EXACTLY},
      {"newcombe_significant", proportions_differ, AGREE_EXACTLY}}},
    {"two_rates.csv",
     {"x1", "n1", "x2", "n2"},
     {{"ratio", rates_ratio, AGREE_NEARLY},
      {"p_exact", rates_p, AGREE_RELATIVELY},
      {"ratio_lower", rates_lower, AGREE_NEARLY},
      {"ratio_upper", rates_upper, AGREE_NEARLY}}},
};

const TableList comparison_tables = {tables, sizeof tables / sizeof tables[0]};
