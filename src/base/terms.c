#include "base/terms.h"

const char *basis_word(BasisKind kind) {
    static const char *const words[] = {"percent", "per", "count", "days", "£", "points", "number"};
    return words[kind];
}

const char *window_word(WindowKind kind) {
    static const char *const words[] = {
        "snapshot",     "snapshot at taken date", "month",         "quarter",      "rolling",
        "year to date", "financial year",         "academic year", "calendar year"};
    return words[kind];
}

const char *every_word(EveryKind kind) {
    static const char *const words[] = {"", "month", "quarter", "year"};
    return words[kind];
}

const char *good_word(GoodKind kind) {
    static const char *const words[] = {"high", "low", "neutral", "between"};
    return words[kind];
}

const char *timing_word(TimingKind kind) {
    static const char *const words[] = {"", "dated", "held", "active", "latest"};
    return words[kind];
}

const char *quantity_word(QuantityKind kind) {
    static const char *const words[] = {
        "count", "count distinct", "sum", "mean", "median", "percentile", "min",
        "max",   "first",          "last"};
    return words[kind];
}

const char *arithmetic_word(ArithmeticOp op) {
    static const char *const words[] = {"+", "-", "*", "/"};
    return words[op];
}

const char *comparison_word(ComparisonOp op) {
    static const char *const words[] = {"=", "!=", "<", "<=", ">", ">="};
    return words[op];
}
