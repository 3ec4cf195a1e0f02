#include "engine/sql/reading.h"

#include <string.h>

/* ---- dates ---- */

static int run_of(const char *format) {
    int run = 1;
    while (format[run] == format[0])
        run++;
    return run;
}

static const char *after(Sql *sql, const char *text, int bytes) {
    return bytes == 0 ? text : sql_text(sql, "substr(%s, %d)", text, bytes + 1);
}

/* jan, feb, ... to 1, 2, ... */
static const char *month_of_name(Sql *sql, const char *rest) {
    StrBuf out = {0};
    strbuf_addf(&out, "CASE lower(substr(%s, 1, 3))", rest);
    for (int month = 1; month <= 12; month++) {
        const char *name = date_month_name(month);
        strbuf_addf(&out, " WHEN '%c%.2s' THEN %d", name[0] + 'a' - 'A', name + 1, month);
    }
    strbuf_add(&out, " END");
    const char *text = arena_copy_text(sql->arena, strbuf_text(&out), out.len);
    strbuf_fini(&out);
    return text;
}

static const char *name_length(Sql *sql, const char *month) {
    StrBuf out = {0};
    strbuf_addf(&out, "CASE %s", month);
    for (int i = 1; i <= 12; i++)
        strbuf_addf(&out, " WHEN %d THEN %zu", i, strlen(date_month_name(i)));
    strbuf_add(&out, " END");
    const char *text = arena_copy_text(sql->arena, strbuf_text(&out), out.len);
    strbuf_fini(&out);
    return text;
}

typedef struct DateState {
    const char *rest;
    int passed; /* characters of `rest` that are read already */
    const char *year, *month, *day;
} DateState;

static void take_month_name(Sql *sql, DateState *state, int run) {
    const char *rest = after(sql, state->rest, state->passed);
    state->month = month_of_name(sql, rest);
    if (run == 3)
        state->passed += 3;
    else {
        state->rest = sql_text(sql, "substr(%s, 1 + %s)", rest, name_length(sql, state->month));
        state->passed = 0;
    }
}

static void take_number(Sql *sql, DateState *state, char letter, int run,
                        const DateReading *reading) {
    const char *rest = after(sql, state->rest, state->passed);
    const char *number = reading->part(sql, rest, &(DatePart){letter, run});
    if (letter == 'y')
        state->year = number;
    else if (letter == 'm')
        state->month = number;
    else
        state->day = number;
    if (run > 1) {
        state->passed += run;
        return;
    }
    state->rest = reading->rest(sql, rest);
    state->passed = 0;
}

static size_t character_bytes(const char *text) {
    size_t len = 1;
    while (((unsigned char)text[len] & 0xC0) == 0x80)
        len++;
    return len;
}

const char *reading_date(Sql *sql, const char *format, const char *text, DateReading reading) {
    DateState state = {.rest = text, .year = "NULL", .month = "NULL", .day = "NULL"};
    while (*format) {
        int run = run_of(format);
        if (*format == 'm' && run > 2) {
            take_month_name(sql, &state, run);
        } else if (*format == 'd' || *format == 'm' || *format == 'y') {
            take_number(sql, &state, *format, run, &reading);
        } else {
            run = (int)character_bytes(format);
            state.passed++;
        }
        format += run;
    }
    return reading.date(sql, state.year, state.month, state.day);
}

/* In any case: [Mm][Aa][Yy]. */
static void put_name_pattern(StrBuf *out, const char *name, size_t len) {
    for (size_t i = 0; i < len; i++) {
        char small = (char)(name[i] | 0x20);
        strbuf_addf(out, "[%c%c]", small - 'a' + 'A', small);
    }
}

static void put_part_pattern(StrBuf *out, char letter, int run) {
    if (letter != 'm' || run <= 2) {
        strbuf_addf(out, run == 1 ? "[0-9]{1,2}" : "[0-9]{%d}", run);
        return;
    }
    for (int month = 1; month <= 12; month++) {
        const char *name = date_month_name(month);
        strbuf_add(out, month == 1 ? "(" : "|");
        put_name_pattern(out, name, run == 3 ? 3 : strlen(name));
    }
    strbuf_add(out, ")");
}

void reading_put_pattern(StrBuf *out, const char *format) {
    strbuf_add(out, "^");
    while (*format) {
        int run = run_of(format);
        unsigned char c = (unsigned char)*format;
        if (c == 'd' || c == 'm' || c == 'y') {
            put_part_pattern(out, *format, run);
            format += run;
            continue;
        }
        /* A sign that is no letter stands for itself after a backslash. */
        bool plain =
            (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c >= 0x80;
        strbuf_add(out, plain ? "" : "\\");
        strbuf_add_char(out, *format++);
    }
    strbuf_add(out, "$");
}

/* ---- yes and no ---- */

const char *reading_yes_no(Sql *sql, const ColumnSpec *column, const char *text) {
    if (column->yes)
        return sql_text(sql, "%s = %s", text, sql_bind_text(sql, column->yes));
    return sql_text(sql, "lower(%s) IN ('yes', 'y', 'true', '1')", text);
}

/* ---- literals ---- */

/* The marks that change the direction of writing, and characters without width: U+200B to U+200F,
 * U+202A to U+202E, U+2060 to U+2069, U+FEFF. */
static bool is_misleading_point(unsigned point) {
    return (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2060 && point <= 0x2069) || point == 0xFEFF || point == 0x061C;
}

size_t reading_misleading(const char *text, unsigned *number) {
    const unsigned char *b = (const unsigned char *)text;
    if (b[0] < 0x20 || b[0] == 0x7F) {
        *number = b[0];
        return b[0] ? 1 : 0;
    }
    if (b[0] == 0xC2 && b[1] < 0xA0) {
        *number = b[1];
        return 2;
    }
    if (b[0] >= 0xC0 && b[0] < 0xE0 && b[1]) {
        *number = (b[0] & 0x1Fu) << 6 | (b[1] & 0x3Fu);
        return is_misleading_point(*number) ? 2 : 0;
    }
    if ((b[0] & 0xF0) != 0xE0 || !b[1] || !b[2])
        return 0;
    *number = (b[0] & 0x0Fu) << 12 | (b[1] & 0x3Fu) << 6 | (b[2] & 0x3Fu);
    return is_misleading_point(*number) ? 3 : 0;
}

void reading_put_text(StrBuf *out, const char *text, const char *function) {
    bool several = false;
    size_t begin = out->len;
    strbuf_add_char(out, '\'');
    while (*text) {
        unsigned number;
        size_t bytes = reading_misleading(text, &number);
        if (bytes > 0) {
            strbuf_addf(out, "' || %s(%u) || '", function, number);
            several = true;
        } else {
            bytes = 1;
            strbuf_add(out, *text == '\'' ? "''" : (const char[]){*text, '\0'});
        }
        text += bytes;
    }
    strbuf_add_char(out, '\'');
    if (!several)
        return;
    char *written = memory_alloc(out->len - begin + 1);
    memcpy(written, out->text + begin, out->len - begin + 1);
    out->text[out->len = begin] = '\0';
    strbuf_addf(out, "(%s)", written);
    memory_free(written);
}
