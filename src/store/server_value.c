#include "store/server_value.h"

#include <inttypes.h>
#include <string.h>

#define EPOCH 10957 /* 2000-01-01, from which the server counts days */
#define DAY_MICROSECONDS INT64_C(86400000000)

#define NUMERIC_HEADER 8
#define NUMERIC_BASE 10000
#define NUMERIC_BASE_PLACES 4
#define NUMERIC_POSITIVE 0x0000
#define NUMERIC_NEGATIVE 0x4000
#define NUMERIC_INFINITY 0xD000
#define NUMERIC_MINUS_INFINITY 0xF000

ServerForm server_form(const ServerColumn *column) {
    if (column->enumeration)
        return FORM_TEXT;
    switch (column->type) {
    case TYPE_BOOL:
        return FORM_BOOL;
    case TYPE_CHAR:
    case TYPE_NAME:
    case TYPE_TEXT:
    case TYPE_VARCHAR:
        return FORM_TEXT;
    case TYPE_BPCHAR:
        return FORM_PADDED_TEXT;
    case TYPE_INT2:
    case TYPE_INT4:
    case TYPE_INT8:
        return FORM_INTEGER;
    case TYPE_NUMERIC:
        return FORM_NUMERIC;
    case TYPE_DATE:
        return FORM_DATE;
    case TYPE_TIMESTAMP:
        return FORM_TIMESTAMP;
    case TYPE_UUID:
        return FORM_CAST;
    }
    return FORM_NONE;
}

/* ---- bytes: the highest first ------------------------------------------------------------------
 */

static int64_t read_signed(const char *bytes, size_t len) {
    const unsigned char *b = (const unsigned char *)bytes;
    uint64_t value = b[0] & 0x80 ? UINT64_MAX : 0;
    for (size_t i = 0; i < len; i++)
        value = value << 8 | b[i];
    return (int64_t)value;
}

static unsigned read_16(const char *bytes) {
    const unsigned char *b = (const unsigned char *)bytes;
    return (unsigned)b[0] << 8 | b[1];
}

/* ---- numeric: digits to the base of 10,000 -----------------------------------------------------
 */

typedef struct Numeric {
    unsigned len;
    int weight; /* the power of the base that the first digit counts */
    unsigned sign;
    unsigned scale; /* places that are shown */
    const char *digits;
} Numeric;

static Numeric numeric_of(const char *bytes) {
    return (Numeric){.len = read_16(bytes),
                     .weight = (int)read_signed(bytes + 2, 2),
                     .sign = read_16(bytes + 4),
                     .scale = read_16(bytes + 6),
                     .digits = bytes + NUMERIC_HEADER};
}

/* The digit that counts this power of the base. */
static unsigned numeric_digit(const Numeric *numeric, int power) {
    int place = numeric->weight - power;
    return place < 0 || place >= (int)numeric->len ? 0 : read_16(numeric->digits + 2 * place);
}

/* As units of the fewest places; false if that is not within 64 bits on the way. */
static bool numeric_units(const Numeric *numeric, int64_t *units, int *places) {
    if (numeric->sign != NUMERIC_POSITIVE && numeric->sign != NUMERIC_NEGATIVE)
        return false;
    int last = numeric->weight - (int)numeric->len + 1;
    int64_t value = 0;
    if (last > 0)
        last = 0;
    for (int power = numeric->len ? numeric->weight : last; power >= last; power--)
        if (__builtin_mul_overflow(value, (int64_t)NUMERIC_BASE, &value) ||
            __builtin_add_overflow(value, (int64_t)numeric_digit(numeric, power), &value))
            return false;
    *places = -last * NUMERIC_BASE_PLACES;
    for (; *places > 0 && value % 10 == 0; --*places)
        value /= 10;
    *units = numeric->sign == NUMERIC_NEGATIVE ? -value : value;
    return true;
}

static void numeric_print(StrBuf *out, const Numeric *numeric) {
    if (numeric->sign != NUMERIC_POSITIVE && numeric->sign != NUMERIC_NEGATIVE) {
        strbuf_add(out, numeric->sign == NUMERIC_INFINITY         ? "Infinity"
                        : numeric->sign == NUMERIC_MINUS_INFINITY ? "-Infinity"
                                                                  : "NaN");
        return;
    }
    if (numeric->sign == NUMERIC_NEGATIVE)
        strbuf_add_char(out, '-');
    bool any = false;
    for (int power = numeric->weight; power >= 0; power--) {
        strbuf_addf(out, any ? "%04u" : "%u", numeric_digit(numeric, power));
        any = true;
    }
    if (!any)
        strbuf_add_char(out, '0');
    if (numeric->scale == 0)
        return;
    strbuf_add_char(out, '.');
    size_t start = out->len;
    for (int power = -1; out->len - start < numeric->scale; power--)
        strbuf_addf(out, "%04u", numeric_digit(numeric, power));
    out->len = start + numeric->scale;
    out->text[out->len] = '\0';
}

/* ---- any form ---------------------------------------------------------------------------------
 */

bool server_value_whole(ServerForm form, const char *bytes, size_t len) {
    switch (form) {
    case FORM_NONE:
        return false;
    case FORM_TEXT:
    case FORM_PADDED_TEXT:
    case FORM_CAST:
        return true;
    case FORM_BOOL:
        return len == 1;
    case FORM_INTEGER:
        return len == 2 || len == 4 || len == 8;
    case FORM_NUMERIC:
        return len >= NUMERIC_HEADER && len == NUMERIC_HEADER + 2 * (size_t)read_16(bytes);
    case FORM_DATE:
        return len == 4;
    case FORM_TIMESTAMP:
        return len == 8;
    }
    return false;
}

/* Whether a mark could be how a number or a date is written: these characters, with a digit. */
static bool any_mark_of(const TableSpec *spec, const char *characters, size_t least) {
    for (size_t i = 0; i < spec->symbols_len; i++) {
        const char *mark = spec->symbols[i].mark;
        if (strspn(mark, characters) == strlen(mark) && strpbrk(mark, "0123456789") &&
            strlen(mark) >= least)
            return true;
    }
    return false;
}

static bool any_mark_yes_no(const TableSpec *spec) {
    for (size_t i = 0; i < spec->symbols_len; i++)
        if (strcmp(spec->symbols[i].mark, "true") == 0 ||
            strcmp(spec->symbols[i].mark, "false") == 0)
            return true;
    return false;
}

bool server_value_fits(ServerForm form, const TableSpec *spec, size_t column) {
    switch (spec->columns[column].kind) {
    case COLUMN_INTEGER:
    case COLUMN_DECIMAL:
    case COLUMN_MONEY:
        return (form == FORM_INTEGER || form == FORM_NUMERIC) &&
               !any_mark_of(spec, "-.0123456789", 1);
    case COLUMN_DATE:
        return (form == FORM_DATE || form == FORM_TIMESTAMP) &&
               !any_mark_of(spec, "-0123456789", strlen("0001-01-01"));
    case COLUMN_YES_NO:
        return form == FORM_BOOL && !any_mark_yes_no(spec);
    case COLUMN_TEXT:
        return false;
    }
    return false;
}

static bool read_days(int64_t days, TypedValue *out) {
    out->date = (Date)days;
    return days >= DATE_MIN && days <= DATE_MAX;
}

static bool read_numeric(ColumnKind kind, const char *bytes, TypedValue *out) {
    Numeric numeric = numeric_of(bytes);
    int most = kind == COLUMN_DECIMAL ? DECIMAL_MOST_PLACES
               : kind == COLUMN_MONEY ? MONEY_PLACES
                                      : 0;
    return numeric_units(&numeric, &out->number, &out->places) && out->places <= most;
}

bool server_value_read(ServerForm form, ColumnKind kind, const char *bytes, size_t len,
                       TypedValue *out) {
    int64_t time;
    switch (form) {
    case FORM_BOOL:
        out->number = bytes[0] != 0;
        return true;
    case FORM_INTEGER:
        out->number = read_signed(bytes, len);
        out->places = 0;
        return true;
    case FORM_NUMERIC:
        return read_numeric(kind, bytes, out);
    case FORM_DATE:
        return read_days(read_signed(bytes, len) + EPOCH, out);
    case FORM_TIMESTAMP:
        time = read_signed(bytes, len);
        return time % DAY_MICROSECONDS == 0 && read_days(time / DAY_MICROSECONDS + EPOCH, out);
    case FORM_NONE:
    case FORM_TEXT:
    case FORM_PADDED_TEXT:
    case FORM_CAST:
        return false;
    }
    return false;
}

/* Outside the years 1 to 9999 it is refused whatever it is. */
static void print_days(StrBuf *out, int64_t days) {
    if (days >= DATE_MIN && days <= DATE_MAX)
        date_print_iso(out, (Date)days);
    else if (days - EPOCH == INT32_MAX || days - EPOCH == INT32_MIN)
        strbuf_add(out, days > 0 ? "infinity" : "-infinity");
    else
        strbuf_add(out, days > 0 ? "a day after 9999-12-31" : "a day before 0001-01-01");
}

static void print_time(StrBuf *out, int64_t microseconds) {
    if (microseconds == INT64_MAX || microseconds == INT64_MIN) {
        strbuf_add(out, microseconds > 0 ? "infinity" : "-infinity");
        return;
    }
    int64_t days = microseconds / DAY_MICROSECONDS, rest = microseconds % DAY_MICROSECONDS;
    if (rest < 0) {
        days--;
        rest += DAY_MICROSECONDS;
    }
    print_days(out, days + EPOCH);
    int64_t seconds = rest / 1000000;
    strbuf_addf(out, " %02d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60),
                (int)(seconds % 60));
    if (rest % 1000000)
        strbuf_addf(out, ".%06d", (int)(rest % 1000000));
}

void server_value_print(StrBuf *out, ServerForm form, const char *bytes, size_t len) {
    Numeric numeric;
    switch (form) {
    case FORM_NONE:
        return;
    case FORM_TEXT:
    case FORM_CAST:
        strbuf_add_len(out, bytes, len);
        return;
    case FORM_PADDED_TEXT:
        while (len > 0 && bytes[len - 1] == ' ')
            len--;
        strbuf_add_len(out, bytes, len);
        return;
    case FORM_BOOL:
        strbuf_add(out, bytes[0] ? "true" : "false");
        return;
    case FORM_INTEGER:
        strbuf_addf(out, "%" PRId64, read_signed(bytes, len));
        return;
    case FORM_NUMERIC:
        numeric = numeric_of(bytes);
        numeric_print(out, &numeric);
        return;
    case FORM_DATE:
        print_days(out, read_signed(bytes, len) + EPOCH);
        return;
    case FORM_TIMESTAMP:
        print_time(out, read_signed(bytes, len));
        return;
    }
}
