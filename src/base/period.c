#include "base/period.h"

/* Months of one period of the kind; 0 for a day. */
static int months_of(PeriodKind kind) {
    switch (kind) {
    case PERIOD_DAY:
        return 0;
    case PERIOD_MONTH:
        return 1;
    case PERIOD_QUARTER:
        return 3;
    case PERIOD_FINANCIAL_YEAR:
    case PERIOD_ACADEMIC_YEAR:
    case PERIOD_CALENDAR_YEAR:
        return 12;
    }
    return 0;
}

/* The month that years of the kind start in. */
static int first_month_of(PeriodKind kind) {
    switch (kind) {
    case PERIOD_DAY:
    case PERIOD_MONTH:
    case PERIOD_CALENDAR_YEAR:
        return 1;
    case PERIOD_QUARTER:
    case PERIOD_FINANCIAL_YEAR:
        return 4;
    case PERIOD_ACADEMIC_YEAR:
        return 9;
    }
    return 1;
}

/* The period of the kind from its first day. False if it ends after DATE_MAX. */
static bool period_from(PeriodKind kind, Date start, Period *out) {
    Date end = start;
    if (kind != PERIOD_DAY) {
        if (!date_add_months(start, months_of(kind) - 1, &end))
            return false;
        end = date_month_end(end);
    }
    *out = (Period){kind, start, end};
    return true;
}

/* A text read from the left. */
typedef struct Reader {
    const char *text;
    size_t len, at;
} Reader;

static bool read_digits(Reader *reader, size_t count, int *out) {
    if (reader->len - reader->at < count)
        return false;
    int value = 0;
    for (size_t i = 0; i < count; i++) {
        char c = reader->text[reader->at + i];
        if (c < '0' || c > '9')
            return false;
        value = value * 10 + (c - '0');
    }
    reader->at += count;
    *out = value;
    return true;
}

static bool read_char(Reader *reader, char wanted) {
    if (reader->at == reader->len || reader->text[reader->at] != wanted)
        return false;
    reader->at++;
    return true;
}

/* What follows "2016/": "17" or "17-Q4". */
static bool parse_financial(Reader *reader, int year, Period *out) {
    int next, quarter = 0;
    Date start;
    if (!read_digits(reader, 2, &next) || next != (year + 1) % 100 ||
        !date_of_ymd(year, 4, 1, &start))
        return false;
    if (reader->at == reader->len)
        return period_from(PERIOD_FINANCIAL_YEAR, start, out);
    if (!read_char(reader, '-') || !read_char(reader, 'Q') || !read_digits(reader, 1, &quarter) ||
        reader->at != reader->len || quarter < 1 || quarter > 4 ||
        !date_add_months(start, (quarter - 1) * 3, &start))
        return false;
    return period_from(PERIOD_QUARTER, start, out);
}

bool period_parse(const char *text, size_t len, Period *out) {
    Reader reader = {text, len, 0};
    int year, month;
    Date start;
    if (!read_digits(&reader, 4, &year))
        return false;
    if (reader.at == len)
        return date_of_ymd(year, 1, 1, &start) && period_from(PERIOD_CALENDAR_YEAR, start, out);
    if (read_char(&reader, '/'))
        return parse_financial(&reader, year, out);
    if (!read_char(&reader, '-') || !read_digits(&reader, 2, &month))
        return false;
    if (reader.at == len)
        return date_of_ymd(year, month, 1, &start) && period_from(PERIOD_MONTH, start, out);
    return date_parse_iso(text, len, &start) && period_from(PERIOD_DAY, start, out);
}

Period period_as_academic(Period period) {
    Period academic = period;
    Date start;
    if (period.kind == PERIOD_FINANCIAL_YEAR &&
        date_of_ymd(date_financial_year(period.start), 9, 1, &start))
        period_from(PERIOD_ACADEMIC_YEAR, start, &academic);
    return academic;
}

/* How many months before the date's own month its period starts. */
static int months_into(PeriodKind kind, Date date) {
    int months = months_of(kind);
    return months == 0 ? 0 : (date_ymd(date).month - first_month_of(kind) + 12) % months;
}

Period period_holding(PeriodKind kind, Date date) {
    if (kind == PERIOD_DAY)
        return (Period){kind, date, date};
    Period period = {kind, DATE_MIN, DATE_MAX};
    int into = months_into(kind, date);
    /* The year that holds the first or the last days of all is cut to the range of dates. */
    Date edge;
    if (date_add_months(date_month_start(date), -into, &edge))
        period.start = edge;
    if (date_add_months(date_month_start(date), months_of(kind) - 1 - into, &edge))
        period.end = date_month_end(edge);
    return period;
}

Period period_complete_by(PeriodKind kind, Date date) {
    Period period = period_holding(kind, date);
    if (period.end > date)
        period_shift(period, -1, &period);
    return period;
}

bool period_shift(Period period, int steps, Period *out) {
    Date start;
    if (period.kind == PERIOD_DAY)
        return date_add_days(period.start, steps, &start) && period_from(PERIOD_DAY, start, out);
    return date_add_months(period.start, (int64_t)steps * months_of(period.kind), &start) &&
           period_from(period.kind, start, out);
}

void period_print(StrBuf *out, Period period) {
    int year;
    switch (period.kind) {
    case PERIOD_DAY:
        date_print_iso(out, period.start);
        return;
    case PERIOD_MONTH:
        date_print_month(out, period.start);
        return;
    case PERIOD_QUARTER:
        year = date_financial_year(period.start);
        strbuf_addf(out, "%04d/%02d-Q%d", year, (year + 1) % 100,
                    date_financial_quarter(period.start));
        return;
    case PERIOD_FINANCIAL_YEAR:
    case PERIOD_ACADEMIC_YEAR:
        year = date_ymd(period.start).year;
        strbuf_addf(out, "%04d/%02d", year, (year + 1) % 100);
        return;
    case PERIOD_CALENDAR_YEAR:
        strbuf_addf(out, "%04d", date_ymd(period.start).year);
        return;
    }
}
