/* The tables of distributions and of confidence intervals. The message of a row with an error is
 * the source's own text and is not compared; its status is. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/distributions.h"
#include "stats/intervals.h"
#include "tests/statistics/statistics_row.h"

/* ---- the parts of an estimate ---- */

static void add_value(StrBuf *out, Estimate estimate) {
    if (estimate.fault == ESTIMATE_SOUND)
        add_double(out, estimate.value);
}

static void add_lower(StrBuf *out, Estimate estimate) {
    if (estimate.fault == ESTIMATE_SOUND && estimate.has_lower)
        add_double(out, estimate.lower);
}

static void add_upper(StrBuf *out, Estimate estimate) {
    if (estimate.fault == ESTIMATE_SOUND && estimate.has_upper)
        add_double(out, estimate.upper);
}

static void add_status(StrBuf *out, Estimate estimate) {
    strbuf_add(out, estimate.fault == ESTIMATE_SOUND     ? "ok"
                    : estimate.fault == ESTIMATE_MISSING ? "missing"
                                                         : "error");
}

/* ---- proportions ---- */

static Estimate wilson(const Row *row) {
    return interval_wilson(row_double(row, "x"), row_double(row, "n"),
                           row_double(row, "confidence"), row_double(row, "multiplier"));
}

static void wilson_value(const Row *row, StrBuf *out) {
    add_value(out, wilson(row));
}

static void wilson_lower(const Row *row, StrBuf *out) {
    add_lower(out, wilson(row));
}

static void wilson_upper(const Row *row, StrBuf *out) {
    add_upper(out, wilson(row));
}

static void wilson_status(const Row *row, StrBuf *out) {
    add_status(out, wilson(row));
}

static Estimate clopper_pearson(const Row *row) {
    return interval_clopper_pearson(row_double(row, "x"), row_double(row, "n"),
                                    row_double(row, "confidence"), 1);
}

static void clopper_pearson_lower(const Row *row, StrBuf *out) {
    add_lower(out, clopper_pearson(row));
}

static void clopper_pearson_upper(const Row *row, StrBuf *out) {
    add_upper(out, clopper_pearson(row));
}

/* ---- counts and rates ---- */

static Estimate exact_poisson(const Row *row) {
    return interval_exact_poisson(row_double(row, "x"), row_double(row, "confidence"));
}

static void exact_poisson_lower(const Row *row, StrBuf *out) {
    add_lower(out, exact_poisson(row));
}

static void exact_poisson_upper(const Row *row, StrBuf *out) {
    add_upper(out, exact_poisson(row));
}

static Estimate byar(const Row *row) {
    return interval_byar(row_double(row, "x"), row_double(row, "confidence"));
}

static void byar_lower(const Row *row, StrBuf *out) {
    add_lower(out, byar(row));
}

static void byar_upper(const Row *row, StrBuf *out) {
    add_upper(out, byar(row));
}

static Estimate rate(const Row *row) {
    return interval_rate(row_double(row, "x"), row_double(row, "n"), row_double(row, "confidence"),
                         row_double(row, "multiplier"));
}

static void rate_value(const Row *row, StrBuf *out) {
    add_value(out, rate(row));
}

static void rate_lower(const Row *row, StrBuf *out) {
    add_lower(out, rate(row));
}

static void rate_upper(const Row *row, StrBuf *out) {
    add_upper(out, rate(row));
}

static void rate_status(const Row *row, StrBuf *out) {
    add_status(out, rate(row));
}

/* Of a row without limits any method agrees: it names what made them. */
static void rate_method(const Row *row, StrBuf *out) {
    Estimate estimate = rate(row);
    if (estimate.fault != ESTIMATE_SOUND)
        strbuf_add(out, row_text(row, "method"));
    else if (estimate.method == INTERVAL_EXACT_POISSON)
        strbuf_add(out, "Exact");
    else if (estimate.method == INTERVAL_BYAR)
        strbuf_add(out, "Byars");
}

/* ---- means ---- */

#define MOST_VALUES 1000

/* "1;2;;4": a value that is not there is missing. */
static Sample sample(const Row *row) {
    double values[MOST_VALUES];
    size_t len = 0;
    const char *text = row_text(row, "values");
    for (;;) {
        char *end;
        double value = strtod(text, &end);
        if (len < MOST_VALUES)
            values[len++] = end == text ? NAN : value;
        if (*end != ';')
            break;
        text = end + 1;
    }
    return interval_sample(values, len);
}

static Estimate mean(const Row *row) {
    return interval_mean(sample(row), row_double(row, "confidence"));
}

static void mean_count(const Row *row, StrBuf *out) {
    add_double(out, sample(row).count);
}

static void mean_sum(const Row *row, StrBuf *out) {
    add_double(out, sample(row).sum);
}

static void mean_deviation(const Row *row, StrBuf *out) {
    add_double(out, sample(row).deviation);
}

static void mean_value(const Row *row, StrBuf *out) {
    add_value(out, mean(row));
}

static void mean_lower(const Row *row, StrBuf *out) {
    add_lower(out, mean(row));
}

static void mean_upper(const Row *row, StrBuf *out) {
    add_upper(out, mean(row));
}

/* ---- distributions ---- */

/* In the order that the file gives the arguments. */
static void distribution(const Row *row, StrBuf *out) {
    double p = row_double(row, "p"), a = row_double(row, "a1"), b = row_double(row, "a2");
    const char *fn = row_text(row, "fn");
    if (strcmp(fn, "qnorm") == 0)
        add_double(out, normal_quantile(p));
    else if (strcmp(fn, "pnorm") == 0)
        add_double(out, normal_cdf(p));
    else if (strcmp(fn, "qt") == 0)
        add_double(out, t_quantile(p, a));
    else if (strcmp(fn, "qchisq") == 0)
        add_double(out, chi_square_quantile(p, a));
    else if (strcmp(fn, "pchisq_upper") == 0)
        add_double(out, chi_square_upper(p, a));
    else if (strcmp(fn, "ppois") == 0)
        add_double(out, poisson_cdf(p, a));
    else if (strcmp(fn, "pbinom") == 0)
        add_double(out, binomial_cdf(p, a, b));
    else if (strcmp(fn, "qbeta") == 0)
        add_double(out, beta_quantile(p, a, b));
}

/* ---- the tables ---- */

static const Table tables[] = {
    {"distributions.csv", {"fn", "p", "a1", "a2"}, {{"value", distribution, AGREE_RELATIVELY}}},
    {"wilson.csv",
     {"x", "n", "confidence", "multiplier"},
     {{"value", wilson_value, AGREE_NEARLY},
      {"lower", wilson_lower, AGREE_NEARLY},
      {"upper", wilson_upper, AGREE_NEARLY},
      {"status", wilson_status, AGREE_EXACTLY}}},
    {"clopper_pearson.csv",
     {"x", "n", "confidence"},
     {{"lower", clopper_pearson_lower, AGREE_RELATIVELY},
      {"upper", clopper_pearson_upper, AGREE_RELATIVELY}}},
    {"exact_poisson.csv",
     {"x", "confidence"},
     {{"lower", exact_poisson_lower, AGREE_RELATIVELY},
      {"upper", exact_poisson_upper, AGREE_RELATIVELY}}},
    {"byars.csv",
     {"x", "confidence"},
     {{"lower", byar_lower, AGREE_NEARLY}, {"upper", byar_upper, AGREE_NEARLY}}},
    {"rates.csv",
     {"x", "n", "confidence", "multiplier"},
     {{"value", rate_value, AGREE_NEARLY},
      {"lower", rate_lower, AGREE_NEARLY},
      {"upper", rate_upper, AGREE_NEARLY},
      {"method", rate_method, AGREE_EXACTLY},
      {"status", rate_status, AGREE_EXACTLY}}},
    {"mean_ci.csv",
     {"values", "confidence"},
     {{"count", mean_count, AGREE_EXACTLY},
      {"sum", mean_sum, AGREE_NEARLY},
      {"stdev", mean_deviation, AGREE_NEARLY},
      {"value", mean_value, AGREE_NEARLY},
      {"lower", mean_lower, AGREE_NEARLY},
      {"upper", mean_upper, AGREE_NEARLY}}},
};

const TableList interval_tables = {tables, sizeof tables / sizeof tables[0]};
