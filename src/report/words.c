#include "report/report.h"

#define INEXACT_DECIMALS 6

const char *missing_words(const Cell *cell) {
    switch (cell->symbol) {
    case SYMBOL_NONE:
    case SYMBOL_UNAVAILABLE:
        return cell->not_yet ? "not yet available" : "not available";
    case SYMBOL_CONFIDENTIAL:
        return "confidential";
    case SYMBOL_LOW_RELIABILITY:
        return "not reliable";
    case SYMBOL_NOT_APPLICABLE:
        return "no cases";
    case SYMBOL_LOW:
        return "low";
    }
    return "not available";
}

const char *missing_flag(const Cell *cell) {
    return cell->symbol == SYMBOL_NONE ? "x" : symbol_letter(cell->symbol);
}

void period_words(StrBuf *out, Period period) {
    Ymd start = date_ymd(period.start), end = date_ymd(period.end);
    switch (period.kind) {
    case PERIOD_DAY:
        date_print_long(out, period.end);
        return;
    case PERIOD_MONTH:
        strbuf_addf(out, "%s %d", date_month_name(end.month), end.year);
        return;
    case PERIOD_QUARTER:
        strbuf_addf(out, "%s to %s %d", date_month_name(start.month), date_month_name(end.month),
                    end.year);
        return;
    case PERIOD_FINANCIAL_YEAR:
    case PERIOD_ACADEMIC_YEAR:
    case PERIOD_CALENDAR_YEAR:
        period_print(out, period);
        return;
    }
}

bool group_key_is_unknown(const GroupKey *key) {
    return key->unknown || key->value.kind == VALUE_MISSING;
}

void group_key_print(StrBuf *out, const GroupKey *key) {
    if (group_key_is_unknown(key))
        strbuf_add(out, UNKNOWN_WORD);
    else
        value_print(out, key->value);
}

void figure_print(StrBuf *out, Num value, bool grouped) {
    int64_t whole;
    if (grouped && num_to_int64(value, &whole)) {
        num_print(out, value, 0, true);
        return;
    }
    if (!num_print_exact(out, value))
        num_print(out, value, INEXACT_DECIMALS, false);
}
