#include "syntax/words.h"

#include <assert.h>

static const char *const clause_words[] = {"why",      "method",  "guidance",  "note",
                                           "owner",    "store",   "authority", "calendar",
                                           "audience", "checked", "review",    "narrative"};
static const char *const published_words[] = {"none", "flow", "stock"};
static const char *const basis_words[] = {"percent",  "per",    "count", "days",
                                          "\xC2\xA3", "points", "number"};
static const char *const window_words[] = {
    "snapshot",     "snapshot at taken date", "month",         "quarter",      "rolling",
    "year to date", "financial year",         "academic year", "calendar year"};
static const char *const every_words[] = {"none", "month", "quarter", "year"};
static const char *const good_words[] = {"high", "low", "neutral", "between"};
static const char *const compare_words[] = {"previous month", "previous quarter", "previous year",
                                            "same period last year"};
static const char *const same_words[] = {"none", "points", "% of previous"};
static const char *const colour_words[] = {"green", "amber", "red"};
static const char *const rule_words[] = {"at target", "within percent", "within points",
                                         "at floor",  "improving",      "same",
                                         "worsening", "otherwise"};
static const char *const band_words[] = {"exact",    "range",   "under",   "or more", "text",
                                         "in codes", "in list", "missing", "other"};
static const char *const timing_words[] = {"none", "dated", "held", "active", "latest"};
static const char *const quantity_words[] = {
    "count", "count distinct", "sum", "mean", "median", "percentile", "min",
    "max",   "first",          "last"};
static const char *const number_words[] = {"plain", "percent", "pounds"};
static const char *const unit_words[] = {"days",     "weeks", "months",
                                         "quarters", "years", "working days"};
static const char *const period_words[] = {"period start", "period end", "taken date"};
static const char *const arithmetic_words[] = {"+", "-", "*", "/"};
static const char *const comparison_words[] = {"=", "!=", "<", "<=", ">", ">="};
static const char *const logic_words[] = {"and", "or"};
static const char *const expect_words[] = {"fraction",      "value",   "printed", "excluded",
                                           "of which",      "unknown", "status",  "no cases",
                                           "not available", "record",  "message"};

#define WORDS(table)                                                                               \
    { table, (int)(sizeof table / sizeof *table) }
static const struct {
    const char *const *words;
    int len;
} tables[] = {
    [FIELD_ClauseWord] = WORDS(clause_words),       [FIELD_PublishedKind] = WORDS(published_words),
    [FIELD_BasisKind] = WORDS(basis_words),         [FIELD_WindowKind] = WORDS(window_words),
    [FIELD_EveryKind] = WORDS(every_words),         [FIELD_GoodKind] = WORDS(good_words),
    [FIELD_CompareKind] = WORDS(compare_words),     [FIELD_SameKind] = WORDS(same_words),
    [FIELD_Colour] = WORDS(colour_words),           [FIELD_RatingRuleKind] = WORDS(rule_words),
    [FIELD_BandKind] = WORDS(band_words),           [FIELD_TimingKind] = WORDS(timing_words),
    [FIELD_QuantityKind] = WORDS(quantity_words),   [FIELD_NumberKind] = WORDS(number_words),
    [FIELD_DurationUnit] = WORDS(unit_words),       [FIELD_PeriodWord] = WORDS(period_words),
    [FIELD_ArithmeticOp] = WORDS(arithmetic_words), [FIELD_ComparisonOp] = WORDS(comparison_words),
    [FIELD_LogicOp] = WORDS(logic_words),           [FIELD_ExpectKind] = WORDS(expect_words),
};

const char *word_of(FieldType type, int value) {
    assert(type >= FIELD_ClauseWord && type <= FIELD_ExpectKind);
    assert(value >= 0 && value < tables[type].len);
    return tables[type].words[value];
}
