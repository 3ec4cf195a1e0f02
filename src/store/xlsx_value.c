#include "store/xlsx_value.h"

#include <stdint.h>
#include <string.h>

#include "base/date.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* ---- number formats -------------------------------------------------------------------------- */

XlsxKind xlsx_kind_of_id(unsigned id) {
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
        return XLSX_DATE;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47)
        return XLSX_TIME;
    if (id == 22)
        return XLSX_DATE_TIME;
    return id == 46 ? XLSX_ELAPSED : XLSX_NUMBER;
}

/* What the letters of a format stand for. One or two m are minutes after hours or before seconds,
 * else months: `pending` while the next letter has not decided it. */
typedef struct Letters {
    bool date, time, elapsed, number, pending;
    char last; /* the letter before, whatever stands between */
} Letters;

static void letters_take(Letters *letters, char letter, size_t times) {
    if (letters->pending && letter != 's')
        letters->date = true;
    letters->pending = false;
    if (letter == 'y' || letter == 'd' || (letter == 'm' && times >= 3))
        letters->date = true;
    else if (letter == 'h' || letter == 's' || (letter == 'm' && letters->last == 'h'))
        letters->time = true;
    else if (letter == 'm')
        letters->pending = true;
    letters->last = letter;
}

/* [h], [mm], [ss]; not [Red], [$-409], [>5]. Gives the bytes with their brackets. */
static size_t bracket_take(const char *code, Letters *letters) {
    size_t len = strcspn(code, "]");
    char letter = lower(code[1]);
    bool same = len > 1 && (letter == 'h' || letter == 'm' || letter == 's');
    for (size_t i = 1; i < len; i++)
        same = same && lower(code[i]) == letter;
    if (same) {
        letters->elapsed = true;
        letters->last = letter;
    }
    return len + (code[len] == ']');
}

static bool starts_with(const char *text, const char *with) {
    size_t i = 0;
    while (with[i] && lower(text[i]) == with[i])
        i++;
    return !with[i];
}

/* One part of the code; gives its bytes. */
static size_t format_step(const char *code, Letters *letters) {
    static const char *const words[] = {"general", "am/pm", "a/p"};
    char c = lower(code[0]);
    if (c == '"') {
        size_t len = 1 + strcspn(code + 1, "\"");
        return len + (code[len] == '"');
    }
    if (c == '\\' || c == '_' || c == '*')
        return code[1] ? 2 : 1;
    if (c == '[')
        return bracket_take(code, letters);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (starts_with(code, words[i]))
            return strlen(words[i]);
    /* A 0 after seconds is a part of them. */
    if (c == '#' || c == '?' || (c == '0' && letters->last != 's'))
        letters->number = true;
    if (c < 'a' || c > 'z')
        return 1;
    size_t times = 1;
    while (lower(code[times]) == c)
        times++;
    letters_take(letters, c, times);
    return times;
}

XlsxKind xlsx_kind_of_code(const char *code) {
    Letters letters = {0};
    while (*code && *code != ';')
        code += format_step(code, &letters);
    if (letters.number)
        return XLSX_NUMBER;
    if (letters.elapsed)
        return XLSX_ELAPSED;
    if (letters.date || letters.pending)
        return letters.time ? XLSX_DATE_TIME : XLSX_DATE;
    return letters.time ? XLSX_TIME : XLSX_NUMBER;
}

/* ---- numbers --------------------------------------------------------------------------------- */

#define SIGNIFICANT 15
/* Whole numbers up to 2^53 are what the file says, to the last digit. */
#define MOST_EXACT INT64_C(9007199254740992)
#define MOST_EXACT_DIGITS 16
/* Beyond these powers of ten a number is written as 1.5E+40. */
#define PLAIN_ABOVE 30
#define PLAIN_BELOW (-30)
#define FAR 100000 /* an exponent that is out of reach, whatever the digits add to it */

/* 0.DIGITS times 10^point; the first digit is not 0, nor the last. No digits: 0. */
typedef struct Decimal {
    bool negative;
    bool whole; /* written as digits alone */
    size_t len;
    int point;
    char digits[MOST_EXACT_DIGITS + 1];
} Decimal;

static bool exponent_read(const char *text, size_t len, int *out) {
    size_t i = 0;
    bool negative = i < len && text[i] == '-';
    if (i < len && (text[i] == '-' || text[i] == '+'))
        i++;
    if (i == len)
        return false;
    int value = 0;
    for (; i < len; i++) {
        if (!is_digit(text[i]))
            return false;
        value = value < FAR ? value * 10 + (text[i] - '0') : FAR;
    }
    *out = negative ? -value : value;
    return true;
}

/* Digits past the room are read over, but counted. */
static bool decimal_read(const char *text, size_t len, Decimal *out) {
    *out = (Decimal){.whole = true};
    size_t i = 0, seen = 0;
    bool after_point = false;
    if (i < len && (text[i] == '-' || text[i] == '+'))
        out->negative = text[i++] == '-';
    for (; i < len && (is_digit(text[i]) || (text[i] == '.' && !after_point)); i++) {
        if (text[i] == '.') {
            after_point = true;
            continue;
        }
        seen++;
        bool leading = out->len == 0 && text[i] == '0';
        if (!leading && out->len < sizeof out->digits)
            out->digits[out->len++] = text[i];
        if (after_point ? leading : !leading)
            out->point += after_point ? -1 : 1;
        if (out->point > FAR || out->point < -FAR)
            return false;
    }
    int exponent = 0;
    out->whole = !after_point && i == len;
    if (seen == 0 || (i < len && lower(text[i]) != 'e') ||
        (i < len && !exponent_read(text + i + 1, len - i - 1, &exponent)))
        return false;
    out->point += exponent;
    return true;
}

static void trim_zeros(Decimal *decimal) {
    while (decimal->len > 0 && decimal->digits[decimal->len - 1] == '0')
        decimal->len--;
    if (decimal->len == 0)
        decimal->negative = false;
}

static bool is_exact_whole(const Decimal *decimal) {
    if (!decimal->whole || decimal->point > MOST_EXACT_DIGITS)
        return false;
    int64_t value = 0;
    for (size_t i = 0; i < decimal->len; i++)
        value = value * 10 + (decimal->digits[i] - '0');
    return value <= MOST_EXACT;
}

static void decimal_round(Decimal *decimal) {
    if (decimal->len > SIGNIFICANT && !is_exact_whole(decimal)) {
        bool up = decimal->digits[SIGNIFICANT] >= '5';
        decimal->len = SIGNIFICANT;
        size_t i = SIGNIFICANT;
        for (; up && i > 0 && decimal->digits[i - 1] == '9'; i--)
            decimal->digits[i - 1] = '0';
        if (up && i > 0) {
            decimal->digits[i - 1]++;
        } else if (up) {
            decimal->digits[0] = '1'; /* 9.99... became 10 */
            decimal->point++;
        }
    }
    trim_zeros(decimal);
}

static void plain_show(StrBuf *out, const Decimal *decimal) {
    size_t before = decimal->point > 0 ? (size_t)decimal->point : 0;
    if (before == 0) {
        strbuf_add(out, "0.");
        strbuf_add_times(out, '0', (size_t)-decimal->point);
        strbuf_add_len(out, decimal->digits, decimal->len);
    } else if (before >= decimal->len) {
        strbuf_add_len(out, decimal->digits, decimal->len);
        strbuf_add_times(out, '0', before - decimal->len);
    } else {
        strbuf_add_len(out, decimal->digits, before);
        strbuf_add_char(out, '.');
        strbuf_add_len(out, decimal->digits + before, decimal->len - before);
    }
}

static void decimal_show(StrBuf *out, const Decimal *decimal) {
    if (decimal->negative)
        strbuf_add_char(out, '-');
    if (decimal->len == 0) {
        strbuf_add_char(out, '0');
    } else if (decimal->point <= PLAIN_ABOVE && decimal->point >= PLAIN_BELOW) {
        plain_show(out, decimal);
    } else {
        strbuf_add_char(out, decimal->digits[0]);
        if (decimal->len > 1)
            strbuf_add_char(out, '.');
        strbuf_add_len(out, decimal->digits + 1, decimal->len - 1);
        strbuf_addf(out, "E%+d", decimal->point - 1);
    }
}

/* ---- dates ----------------------------------------------------------------------------------- */

#define DAY_MILLISECONDS INT64_C(86400000)
/* Days from 1970-01-01 back to day 0. */
#define DAY_0_OF_1904 24107
#define DAY_0_OF_1900 25569        /* from March 1900 */
#define DAY_0_BEFORE_MARCH (25568) /* January and February of 1900 */
#define NO_SUCH_DAY 60             /* 29 February 1900 */
#define MOST_DAYS 2958465          /* 9999-12-31 in the days of 1900 */

/* Days and the milliseconds of the last of them, rounded; false for what is before day 0 or far
 * beyond the calendar. */
static bool moment_of(const Decimal *decimal, int64_t *days, int64_t *milliseconds) {
    enum { FRACTION_DIGITS = 10 };
    const int64_t whole_fraction = INT64_C(10000000000);
    if (decimal->negative || decimal->point > 8)
        return false;
    int64_t fraction = 0;
    *days = 0;
    for (int i = 0; i < decimal->point; i++)
        *days = *days * 10 + ((size_t)i < decimal->len ? decimal->digits[i] - '0' : 0);
    for (int i = 0; i < FRACTION_DIGITS; i++) {
        int at = decimal->point + i;
        fraction *= 10;
        if (at >= 0 && (size_t)at < decimal->len)
            fraction += decimal->digits[at] - '0';
    }
    *milliseconds = (fraction * DAY_MILLISECONDS + whole_fraction / 2) / whole_fraction;
    if (*milliseconds == DAY_MILLISECONDS) {
        *milliseconds = 0;
        ++*days;
    }
    return *days <= MOST_DAYS;
}

static void time_show(StrBuf *out, int64_t hours, int64_t milliseconds) {
    strbuf_addf(out, "%02d:%02d:%02d", (int)hours, (int)(milliseconds / 60000 % 60),
                (int)(milliseconds / 1000 % 60));
    if (milliseconds % 1000 != 0)
        strbuf_addf(out, ".%03d", (int)(milliseconds % 1000));
}

static bool day_show(StrBuf *out, int64_t days, bool from_1904) {
    if (!from_1904 && days == NO_SUCH_DAY) {
        strbuf_add(out, "1900-02-29");
        return true;
    }
    if (!from_1904 && days == 0)
        return false;
    int64_t back = from_1904            ? DAY_0_OF_1904
                   : days < NO_SUCH_DAY ? DAY_0_BEFORE_MARCH
                                        : DAY_0_OF_1900;
    if (days - back > DATE_MAX)
        return false;
    date_print_iso(out, (Date)(days - back));
    return true;
}

static bool moment_show(StrBuf *out, const Decimal *decimal, XlsxKind kind, bool from_1904) {
    int64_t days, milliseconds;
    if (!moment_of(decimal, &days, &milliseconds))
        return false;
    switch (kind) {
    case XLSX_NUMBER:
        return false;
    case XLSX_DATE:
        return day_show(out, days, from_1904);
    case XLSX_DATE_TIME:
        if (!day_show(out, days, from_1904))
            return false;
        strbuf_add_char(out, ' ');
        time_show(out, milliseconds / 3600000, milliseconds);
        return true;
    case XLSX_TIME:
        time_show(out, milliseconds / 3600000, milliseconds);
        return true;
    case XLSX_ELAPSED:
        time_show(out, days * 24 + milliseconds / 3600000, milliseconds);
        return true;
    }
    return false;
}

void xlsx_number_show(StrBuf *out, const char *text, size_t len, XlsxKind kind, bool from_1904) {
    Decimal decimal;
    if (!decimal_read(text, len, &decimal)) {
        strbuf_add_len(out, text, len);
        return;
    }
    if (kind != XLSX_NUMBER && moment_show(out, &decimal, kind, from_1904))
        return;
    decimal_round(&decimal);
    decimal_show(out, &decimal);
}

/* ---- texts ----------------------------------------------------------------------------------- */

#define ESCAPE_LEN 7 /* _x000D_ */

static int hex_value(char c) {
    if (is_digit(c))
        return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The 16 bits of an escape that starts here, or -1. */
static int escape_read(const char *text, size_t len) {
    if (len < ESCAPE_LEN || text[0] != '_' || text[1] != 'x' || text[6] != '_')
        return -1;
    int value = 0;
    for (size_t i = 2; i < 6; i++) {
        int digit = hex_value(text[i]);
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

static size_t utf8_put(char *out, unsigned point) {
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xC0 | (point >> 6));
        out[1] = (char)(0x80 | (point & 0x3F));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (char)(0xE0 | (point >> 12));
        out[1] = (char)(0x80 | ((point >> 6) & 0x3F));
        out[2] = (char)(0x80 | (point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | (point >> 18));
    out[1] = (char)(0x80 | ((point >> 12) & 0x3F));
    out[2] = (char)(0x80 | ((point >> 6) & 0x3F));
    out[3] = (char)(0x80 | (point & 0x3F));
    return 4;
}

/* The character of the escape (or of two, a pair of surrogates) that starts here; 0 if none does.
 */
static unsigned escape_character(const char *text, size_t len, size_t *used) {
    int first = escape_read(text, len);
    *used = ESCAPE_LEN;
    if (first <= 0 || (first >= 0xDC00 && first <= 0xDFFF))
        return 0;
    if (first < 0xD800 || first > 0xDBFF)
        return (unsigned)first;
    int second = escape_read(text + ESCAPE_LEN, len - ESCAPE_LEN);
    if (second < 0xDC00 || second > 0xDFFF)
        return 0;
    *used = (size_t)2 * ESCAPE_LEN;
    return 0x10000 + (((unsigned)first - 0xD800) << 10) + ((unsigned)second - 0xDC00);
}

size_t xlsx_unescape(char *text, size_t len) {
    size_t written = 0;
    for (size_t i = 0; i < len;) {
        size_t used;
        unsigned point = text[i] == '_' ? escape_character(text + i, len - i, &used) : 0;
        if (point == 0) {
            text[written++] = text[i++];
            continue;
        }
        written += utf8_put(text + written, point);
        i += used;
    }
    return written;
}
