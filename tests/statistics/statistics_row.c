#include "tests/statistics/statistics_row.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NEAR 1e-9

/* ---- reading a row ---- */

const char *row_text(const Row *row, const char *column) {
    return csv_table_cell(row->table, row->index, column);
}

bool row_is(const Row *row, const char *column, const char *text) {
    return strcmp(row_text(row, column), text) == 0;
}

bool row_date(const Row *row, const char *column, Date *out) {
    const char *text = row_text(row, column);
    return date_parse_iso(text, strlen(text), out);
}

bool read_number(const char *text, Num *out) {
    size_t mantissa = strcspn(text, "eE");
    Num value, ten = num_of_int(10);
    if (!num_parse(text, mantissa, &value, NULL))
        return false;
    long exponent = text[mantissa] ? strtol(text + mantissa + 1, NULL, 10) : 0;
    for (; exponent > 0; exponent--)
        if (!num_multiply(value, ten, &value))
            return false;
    for (; exponent < 0; exponent++)
        if (!num_divide(value, ten, &value))
            return false;
    *out = value;
    return true;
}

bool row_number(const Row *row, const char *column, Num *out) {
    return read_number(row_text(row, column), out);
}

bool row_int(const Row *row, const char *column, int64_t *out) {
    Num value;
    return row_number(row, column, &value) && num_to_int64(value, out);
}

double row_double(const Row *row, const char *column) {
    const char *text = row_text(row, column);
    char *end;
    double value = strtod(text, &end);
    return *text && !*end ? value : NAN;
}

/* ---- writing an answer ---- */

void add_int(StrBuf *out, int64_t value) {
    num_print(out, num_of_int(value), 0, false);
}

void add_date_of(StrBuf *out, int year, int month, int day) {
    Date date;
    if (date_of_ymd(year, month, day, &date))
        date_print_iso(out, date);
}

void add_double(StrBuf *out, double value) {
    if (!isnan(value))
        strbuf_addf(out, "%.17g", value);
}

void add_yes_no(StrBuf *out, bool value) {
    strbuf_add(out, value ? "yes" : "no");
}

/* ---- agreeing ---- */

static bool exactly(const char *expected, const char *got) {
    Num a, b;
    if (read_number(expected, &a) && read_number(got, &b))
        /* -0 is a fault of ours even where the numbers agree. */
        return num_compare(a, b) == 0 && !(a.n == 0 && got[0] == '-');
    return strcmp(expected, got) == 0;
}

static bool no_answer(const char *text) {
    return !*text || strcmp(text, "NA") == 0 || strcmp(text, "NaN") == 0 ||
           strcmp(text, "Inf") == 0;
}

bool answers_agree(const char *expected, const char *got, Agreement agreement) {
    if (agreement == AGREE_EXACTLY)
        return exactly(expected, got);
    if (no_answer(expected) || !*got)
        return no_answer(expected) && !*got;
    char *end;
    double a = strtod(expected, &end), b = strtod(got, NULL);
    bool zero = agreement == AGREE_NEARLY ? fabs(a) < NEAR : a == 0;
    return !*end && fabs(a - b) <= (zero ? NEAR : NEAR * fabs(a));
}
