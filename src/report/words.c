#include "report/report.h"
#include "report/suppress.h"

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

const char *audience_word(Audience audience) {
    switch (audience) {
    case AUDIENCE_INTERNAL:
        return "internal";
    case AUDIENCE_PUBLIC:
        return "public";
    }
    return "internal";
}

/* "numbers of 1 to 5", or "small numbers" where the indicators differ. */
static const char *small_words(Arena *run, const Report *report) {
    int64_t below = 0;
    for (size_t i = 0; i < report->rows_len; i++) {
        int64_t own = suppress_below(report->rows[i].indicator);
        if (own > 1 && below > 1 && own != below)
            return "small numbers";
        below = own > 1 ? own : below;
    }
    if (below < 2)
        return NULL;
    return below == 2 ? "numbers of 1" : arena_printf(run, "numbers of 1 to %d", (int)below - 1);
}

const char *audience_words(Arena *run, const Report *report) {
    const char *small = small_words(run, report);
    size_t hidden = 0, declared = 0;
    for (size_t i = 0; i < report->rows_len; i++) {
        const ReportRow *row = &report->rows[i];
        hidden += row->cell->withheld.figure && !row->added;
        declared += row->indicator->suppress_declared && row->indicator->suppress_below > 1;
    }
    if (report->audience == AUDIENCE_INTERNAL)
        return declared == 0 ? NULL
                             : "For internal use: small numbers are shown. `--audience public` "
                               "hides them.";
    if (!small)
        return "For the public: the definitions hide no small numbers (`suppress none`).";
    if (hidden == 0)
        return arena_printf(run, "For the public: figures that tell %s are hidden; there is none.",
                            small);
    return arena_printf(run,
                        "For the public: figures that tell %s, and those from which they could be "
                        "worked out, are hidden (c): %zu of %zu.",
                        small, hidden, report->rows_len);
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
