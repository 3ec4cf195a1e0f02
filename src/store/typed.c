#include "store/typed.h"

#include <string.h>

#include "store/encoding.h"

#define POUND "\xC2\xA3"
#define POUND_LEN 2

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* ---- numbers --------------------------------------------------------------------------------- */

/* Digits gathered below zero, where one more value fits than above it. */
typedef struct Digits {
    int64_t below; /* -(the digits so far) */
    bool overflow;
} Digits;

static void digits_add(Digits *digits, char c) {
    if (__builtin_mul_overflow(digits->below, (int64_t)10, &digits->below) ||
        __builtin_sub_overflow(digits->below, (int64_t)(c - '0'), &digits->below))
        digits->overflow = true;
}

static bool digits_end(const Digits *digits, bool negative, int64_t *out) {
    if (digits->overflow || (!negative && digits->below == INT64_MIN))
        return false;
    *out = negative ? digits->below : -digits->below;
    return true;
}

static const char not_64_bits[] = "does not fit in 64 bits";

static Reading read_integer(const char *text, size_t len, TypedValue *out) {
    Digits digits = {0};
    size_t i = text[0] == '-' || text[0] == '+' ? 1 : 0;
    out->why = "is no whole number";
    if (i == len)
        return READING_BAD;
    for (size_t j = i; j < len; j++) {
        if (!is_digit(text[j]))
            return READING_BAD;
        digits_add(&digits, text[j]);
    }
    out->why = not_64_bits;
    return digits_end(&digits, text[0] == '-', &out->number) ? READING_VALUE : READING_BAD;
}

/* The whole part: plain, or (if grouped) in groups of three after the first. Gives the bytes read,
 * 0 if the commas are misplaced. */
static size_t read_whole_part(const char *text, size_t len, bool grouped, Digits *digits) {
    size_t i = 0, group = 0;
    bool commas = false;
    for (; i < len; i++) {
        if (text[i] == ',' && grouped) {
            if (commas ? group != 3 : group < 1 || group > 3)
                return 0;
            commas = true;
            group = 0;
        } else if (is_digit(text[i])) {
            digits_add(digits, text[i]);
            group++;
        } else {
            break;
        }
    }
    return commas && group != 3 ? 0 : i;
}

typedef struct DecimalForm {
    bool money;
    int most_places;
    const char *no_number, *too_fine;
} DecimalForm;

/* An optional sign; for money an optional pound sign before or after it. */
static size_t read_sign(const char *text, size_t len, bool money, bool *negative) {
    size_t i = 0;
    bool signed_ = false, pound = false;
    for (;;) {
        if (!signed_ && i < len && (text[i] == '-' || text[i] == '+')) {
            *negative = text[i] == '-';
            signed_ = true;
            i++;
        } else if (money && !pound && len - i >= POUND_LEN &&
                   memcmp(text + i, POUND, POUND_LEN) == 0) {
            pound = true;
            i += POUND_LEN;
        } else {
            return i;
        }
    }
}

static Reading read_decimal(const DecimalForm *form, const char *text, size_t len,
                            TypedValue *out) {
    Digits digits = {0};
    bool negative = false;
    size_t i = read_sign(text, len, form->money, &negative);
    out->why = form->no_number;
    size_t whole = read_whole_part(text + i, len - i, form->money, &digits);
    i += whole;
    size_t last = len;
    if (i < len && text[i] == '.') {
        i++;
        for (size_t j = i; j < len; j++)
            if (!is_digit(text[j]))
                return READING_BAD;
        if (i == len && whole == 0)
            return READING_BAD;
        while (last > i && text[last - 1] == '0')
            last--;
    } else if (whole == 0 || i < len) {
        return READING_BAD;
    }
    out->places = (int)(last - i > INT16_MAX ? INT16_MAX : last - i);
    out->why = form->too_fine;
    if (out->places > form->most_places)
        return READING_BAD;
    for (; i < last; i++)
        digits_add(&digits, text[i]);
    out->why = not_64_bits;
    return digits_end(&digits, negative, &out->number) ? READING_VALUE : READING_BAD;
}

/* ---- dates and yes or no --------------------------------------------------------------------- */

/* Bytes of a date that a midnight time follows: "2017-01-31 00:00:00.000" is 10; else `len`. */
static size_t before_midnight(const char *text, size_t len) {
    size_t i = len;
    while (i > 0 && text[i - 1] != ' ' && text[i - 1] != 'T')
        i--;
    const char *time = text + i;
    size_t time_len = len - i;
    if (i == 0 || time_len < 5 || memcmp(time, "00:00", 5) != 0)
        return len;
    size_t j = 5;
    if (time_len >= 8 && memcmp(time + 5, ":00", 3) == 0) {
        j = 8;
        if (j < time_len && time[j] == '.' && j + 1 < time_len)
            for (j++; j < time_len && time[j] == '0'; j++)
                ;
    }
    return j == time_len ? i - 1 : len;
}

static bool read_day(const char *format, const char *text, size_t len, Date *out) {
    return format ? date_parse(format, text, len, out) : date_parse_iso(text, len, out);
}

static Reading read_date(const char *format, const char *text, size_t len, TypedValue *out) {
    out->why = "is no date";
    if (read_day(format, text, len, &out->date))
        return READING_VALUE;
    size_t day_len = before_midnight(text, len);
    return day_len < len && read_day(format, text, day_len, &out->date) ? READING_VALUE
                                                                        : READING_BAD;
}

static bool is_word(const char *text, size_t len, const char *word) {
    size_t i = 0;
    for (; i < len && word[i]; i++) {
        char c = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] - 'A' + 'a') : text[i];
        if (c != word[i])
            return false;
    }
    return i == len && !word[i];
}

static bool is_spelling(const char *declared, const char *const usual[4], const char *text,
                        size_t len) {
    if (declared)
        return strlen(declared) == len && memcmp(declared, text, len) == 0;
    for (size_t i = 0; i < 4; i++)
        if (is_word(text, len, usual[i]))
            return true;
    return false;
}

static Reading read_yes_no(const ColumnSpec *column, const char *text, size_t len,
                           TypedValue *out) {
    static const char *const yes[4] = {"yes", "y", "true", "1"};
    static const char *const no[4] = {"no", "n", "false", "0"};
    out->why = "is neither yes nor no";
    out->number = is_spelling(column->yes, yes, text, len);
    return out->number || is_spelling(column->no, no, text, len) ? READING_VALUE : READING_BAD;
}

/* ---- any ------------------------------------------------------------------------------------- */

static bool is_mark(const TableSpec *spec, const char *text, size_t len, Symbol *symbol) {
    for (size_t i = 0; i < spec->symbols_len; i++) {
        const char *mark = spec->symbols[i].mark;
        if (strlen(mark) == len && memcmp(mark, text, len) == 0) {
            *symbol = spec->symbols[i].symbol;
            return true;
        }
    }
    return false;
}

Reading typed_read(const TableSpec *spec, size_t index, const char *text, size_t len,
                   TypedValue *out) {
    static const DecimalForm decimal = {false, DECIMAL_MOST_PLACES, "is no number",
                                        "has more than 9 decimal places"};
    static const DecimalForm money = {true, MONEY_PLACES, "is no amount of money",
                                      "is finer than a penny"};
    const ColumnSpec *column = &spec->columns[index];
    const char *trimmed = text;
    size_t trimmed_len = len;
    out->symbol = SYMBOL_NONE;
    trim_blanks(&trimmed, &trimmed_len);
    if (trimmed_len == 0 || is_mark(spec, trimmed, trimmed_len, &out->symbol))
        return READING_MISSING;
    switch (column->kind) {
    case COLUMN_TEXT:
        out->text = text;
        out->len = len;
        return READING_VALUE;
    case COLUMN_INTEGER:
        return read_integer(trimmed, trimmed_len, out);
    case COLUMN_DECIMAL:
        return read_decimal(&decimal, trimmed, trimmed_len, out);
    case COLUMN_MONEY:
        return read_decimal(&money, trimmed, trimmed_len, out);
    case COLUMN_DATE:
        return read_date(column->date_format, trimmed, trimmed_len, out);
    case COLUMN_YES_NO:
        return read_yes_no(column, trimmed, trimmed_len, out);
    }
    return READING_BAD;
}

void typed_kind_show(StrBuf *out, const ColumnSpec *column) {
    switch (column->kind) {
    case COLUMN_TEXT:
        strbuf_add(out, "text");
        return;
    case COLUMN_INTEGER:
        strbuf_add(out, "integer");
        return;
    case COLUMN_DECIMAL:
        strbuf_add(out, "decimal");
        return;
    case COLUMN_MONEY:
        strbuf_add(out, "money");
        return;
    case COLUMN_DATE:
        strbuf_addf(out, "date (%s)", column->date_format ? column->date_format : "yyyy-mm-dd");
        return;
    case COLUMN_YES_NO:
        strbuf_add(out, "yes_no");
        if (column->yes && column->no)
            strbuf_addf(out, " (%s, %s)", column->yes, column->no);
        return;
    }
}
