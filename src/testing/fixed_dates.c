/* Changes that no record could show, because of days that are the same in every year.
 *
 * A yearly table dates its rows by `day(year, 6, 30)`, and a yearly window ends on one day of the
 * year: how far apart the two are is known without any record. A duration between them may be
 * longer, or in another unit, and still take the same rows. Every pair of years is tried. */
#include "testing/mutants.h"

#define YEARS_AROUND 12
#define FIRST_YEAR 2012 /* the pairs go over common and leap years */
#define LAST_YEAR 2020

typedef struct YearDay {
    int month, day;
} YearDay;

static bool constant_int(const Expr *expr, int *out) {
    int64_t whole;
    if (expr->kind != EXPR_CONSTANT || expr->as.constant.kind != VALUE_NUMBER ||
        !num_to_int64(expr->as.constant.as.number, &whole))
        return false;
    *out = (int)whole;
    return true;
}

/* A column that its source computes as day(YEAR, MONTH, DAY) with the same month and day always. */
static bool fixed_column(const Expr *expr, YearDay *out) {
    if (expr->kind != EXPR_COLUMN)
        return false;
    const Expr *computed = expr->as.column.column->computed;
    return computed && computed->kind == EXPR_FUNCTION &&
           computed->as.call.function == FUNCTION_DAY &&
           constant_int(computed->as.call.arguments[1], &out->month) &&
           constant_int(computed->as.call.arguments[2], &out->day);
}

static bool fixed_end(const Indicator *indicator, const Expr *expr, YearDay *out) {
    if (expr->kind != EXPR_PERIOD_WORD || expr->as.period_word != PERIOD_WORD_END)
        return false;
    bool own = indicator->window == WINDOW_SNAPSHOT || indicator->window == WINDOW_ROLLING;
    *out = (YearDay){own ? indicator->year_end_month : 3, own ? indicator->year_end_day : 31};
    return indicator->window == WINDOW_FINANCIAL_YEAR || (own && indicator->every == EVERY_YEAR);
}

static bool later(Date date, const Expr *duration, Date *out) {
    int64_t amount = duration->as.duration.amount;
    switch (duration->as.duration.kind) {
    case SPAN_DAYS:
        return date_add_days(date, amount, out);
    case SPAN_MONTHS:
        return date_add_months(date, amount, out);
    case SPAN_WORKING_DAYS:
        break;
    }
    return false;
}

/* Whether the date meets a `within` or `in ... to` of the anchor; false also where it cannot be
 * told here. */
static bool meets(const Expr *within, Date date, Date anchor, bool *told) {
    bool before = within->kind == EXPR_IN_SPAN || within->as.within.before;
    Date earlier = before ? date : anchor, other = before ? anchor : date, mark = 0;
    *told = *told && within->as.within.duration->kind == EXPR_DURATION &&
            later(earlier, within->as.within.duration, &mark);
    return *told && earlier <= other &&
           (within->kind == EXPR_IN_SPAN ? other < mark : other <= mark);
}

typedef struct Pairs {
    YearDay date, anchor;
    size_t most; /* dates that meet the condition for one anchor */
    bool same, told;
} Pairs;

static void try_anchor(Pairs *pairs, const Expr *was, const Expr *is, int year) {
    Date anchor, date;
    size_t met = 0;
    if (!date_of_ymd(year, pairs->anchor.month, pairs->anchor.day, &anchor))
        return;
    for (int y = year - YEARS_AROUND; y <= year + YEARS_AROUND; y++) {
        if (!date_of_ymd(y, pairs->date.month, pairs->date.day, &date))
            continue;
        bool meets_was = meets(was, date, anchor, &pairs->told);
        met += meets_was ? 1 : 0;
        pairs->same = pairs->same && meets_was == meets(is, date, anchor, &pairs->told);
    }
    pairs->most = met > pairs->most ? met : pairs->most;
}

static bool try_pairs(const Indicator *indicator, const Expr *was, const Expr *is, Pairs *out) {
    *out = (Pairs){.same = true, .told = true};
    if ((was->kind != EXPR_WITHIN && was->kind != EXPR_IN_SPAN) ||
        !fixed_column(was->as.within.date, &out->date) ||
        !fixed_end(indicator, was->as.within.anchor, &out->anchor))
        return false;
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++)
        try_anchor(out, was, is, year);
    return out->told;
}

bool fixed_dates_same(const Indicator *indicator, const Expr *was, const Expr *is) {
    Pairs pairs;
    return try_pairs(indicator, was, is, &pairs) && pairs.same;
}

static bool same_column(const Expr *a, const Expr *b) {
    return a->kind == EXPR_COLUMN && b->kind == EXPR_COLUMN &&
           a->as.column.column == b->as.column.column;
}

bool fixed_dates_one(const Indicator *indicator, const Rowset *rows, const Expr *condition) {
    Pairs pairs;
    if (!condition)
        return false;
    for (size_t i = 0; condition->kind == EXPR_AND && i < condition->as.logic.terms_len; i++)
        if (fixed_dates_one(indicator, rows, condition->as.logic.terms[i]))
            return true;
    return try_pairs(indicator, condition, condition, &pairs) &&
           same_column(condition->as.within.date, rows->start) && pairs.most == 1;
}

bool fixed_dates_always(const Indicator *indicator, const Rowset *rows) {
    Date next;
    if (rows->timing != TIMING_DATED || rows->start->kind != EXPR_COLUMN)
        return false;
    const Expr *computed = rows->start->as.column.column->computed;
    return computed && computed->kind == EXPR_CONSTANT && indicator->every == EVERY_YEAR &&
           rows->source->has_covers && date_add_months(rows->source->covers_from, 12, &next) &&
           rows->source->covers_to < next;
}
