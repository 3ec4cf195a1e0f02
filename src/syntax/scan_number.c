#include "syntax/scan.h"

#include <string.h>

#include "kpi_parse.h"

/* What a run of NUMBER (kpi.l) is, worked out on the text itself: the scanner's tables
 * would have to back up between dates, years and numbers. */
typedef struct Run {
    Parser *parser;
    const char *text;
    uint32_t off, len;
} Run;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static char byte_at(const Run *run, uint32_t i) {
    return i < run->len ? run->text[i] : '\0';
}

static uint32_t digits_at(const Run *run, uint32_t i) {
    uint32_t n = 0;
    while (is_digit(byte_at(run, i + n)))
        n++;
    return n;
}

/* The length of the form at the start of the run: 'd' stands for a digit, other bytes for
 * themselves; 0 if it has another form, or goes on with a digit, a letter or an own sign. */
static uint32_t form(const Run *run, const char *pattern) {
    uint32_t i = 0;
    for (; pattern[i]; i++) {
        char c = byte_at(run, i);
        if (pattern[i] == 'd' ? !is_digit(c) : c != pattern[i])
            return 0;
    }
    char next = byte_at(run, i);
    if (is_digit(next) || is_letter(next) ||
        ((next == '-' || next == '/') && is_digit(byte_at(run, i + 1))))
        return 0;
    return i;
}

static const char *written(const Run *run, uint32_t len) {
    return arena_copy_text(run->parser->session->arena, run->text, len);
}

/* Always true: there is a token, though a broken one. */
static bool fault(const Run *run, NumberToken *out, uint32_t len, DiagCode code, const char *words,
                  const char *help) {
    Span span = parser_span(run->parser, run->off, len);
    Diag *diag = parser_report(run->parser, code, span, "%s", words);
    if (diag && help)
        diag_help(diag, "%s", help);
    out->len = len;
    out->token = TOK_KPI_error;
    return true;
}

/* ---- dates and periods ---- */

static int two(const Run *run, uint32_t i) {
    return (run->text[i] - '0') * 10 + run->text[i + 1] - '0';
}

static bool date_token(const Run *run, NumberToken *out) {
    uint32_t len = form(run, "dddd-dd-dd");
    if (len == 0)
        return false;
    out->len = len;
    out->token = TOK_DATE;
    if (date_parse_iso(run->text, len, &out->date))
        return true;
    return fault(run, out, len, DIAG_no_such_day,
                 arena_printf(run->parser->session->arena, "there is no day %.10s", run->text),
                 NULL);
}

static bool bad_period(const Run *run, NumberToken *out, uint32_t len) {
    Arena *arena = run->parser->session->arena;
    int next = (two(run, 2) + 1) % 100;
    if (run->text[4] == '-') {
        const char *words = arena_printf(arena, "there is no month %.7s", run->text);
        const char *help =
            arena_printf(arena, "a year from April is written %.4s/%02d", run->text, next);
        return fault(run, out, len, DIAG_no_such_period, words, two(run, 5) == next ? help : NULL);
    }
    if (two(run, 5) == next) {
        const char *words = arena_printf(arena, "there is no quarter %.10s", run->text);
        const char *help = arena_printf(arena, "the quarters of that year are %.7s-Q1 to %.7s-Q4",
                                        run->text, run->text);
        return fault(run, out, len, DIAG_no_such_period, words, help);
    }
    const char *words =
        arena_printf(arena, "%.7s is no year: its second part is the next year", run->text);
    const char *help = arena_printf(arena,
                                    "did you mean %.4s/%02d? To divide numbers, put spaces "
                                    "round /",
                                    run->text, next);
    return fault(run, out, len, DIAG_no_such_period, words, help);
}

static bool period_token(const Run *run, NumberToken *out) {
    static const char *const forms[] = {"dddd/dd-Qd", "dddd-dd", "dddd/dd"};
    uint32_t len = 0;
    for (size_t i = 0; i < sizeof forms / sizeof *forms && len == 0; i++)
        len = form(run, forms[i]);
    if (len == 0)
        return false;
    out->len = len;
    out->token = TOK_PERIOD;
    return period_parse(run->text, len, &out->period) || bad_period(run, out, len);
}

/* 31/01/2017, 31.01.17, 31-01-2017, 2017/01/31, 2017-1-5: up to three numbers between equal
 * signs. */
typedef struct Parts {
    uint32_t digits[3], at[3], count, len;
    char sign;
} Parts;

static Parts parts_of(const Run *run) {
    Parts parts = {.count = 0};
    uint32_t i = 0;
    while (parts.count < 3) {
        uint32_t n = digits_at(run, i);
        if (n == 0)
            break;
        parts.at[parts.count] = i;
        parts.digits[parts.count++] = n;
        parts.len = i + n;
        char sign = byte_at(run, i + n);
        if ((sign != '/' && sign != '-' && sign != '.') || (parts.sign && sign != parts.sign))
            break;
        parts.sign = sign;
        i += n + 1;
    }
    return parts;
}

static int part(const Run *run, const Parts *parts, uint32_t i) {
    int value = 0;
    for (uint32_t k = 0; k < parts->digits[i] && k < 4; k++)
        value = value * 10 + run->text[parts->at[i] + k] - '0';
    return value;
}

static bool foreign_date(const Run *run, NumberToken *out) {
    Parts parts = parts_of(run);
    if (parts.count < 3 || is_letter(byte_at(run, parts.len)) || parts.digits[1] > 2)
        return false;
    bool year_first = parts.digits[0] == 4 && parts.digits[2] <= 2;
    bool year_last = parts.digits[0] <= 2 && (parts.digits[2] == 4 || parts.digits[2] == 2);
    if (!year_first && !year_last)
        return false;
    int year = part(run, &parts, year_first ? 0 : 2), day = part(run, &parts, year_first ? 2 : 0);
    if (year < 100)
        year += year < 50 ? 2000 : 1900;
    Arena *arena = run->parser->session->arena;
    const char *help = "write a date as in 2017-01-31";
    int month = part(run, &parts, 1);
    Date date;
    if (date_of_ymd(year, month, day, &date))
        help = arena_printf(arena, "write %04d-%02d-%02d", year, month, day);
    const char *words =
        arena_printf(arena, "a date is written year, month, day, not %s", written(run, parts.len));
    return fault(run, out, parts.len, DIAG_foreign_date, words, help);
}

/* 01/2017, 2016/2017, 2017-Q1, 2017/Q1 */
static bool foreign_period(const Run *run, NumberToken *out) {
    Arena *arena = run->parser->session->arena;
    const char *text = run->text;
    uint32_t len = form(run, "dd/dddd");
    if (len > 0)
        return fault(run, out, len, DIAG_foreign_date,
                     arena_printf(arena, "a month is written year first, not %.7s", text),
                     arena_printf(arena, "write %.4s-%.2s", text + 3, text));
    if ((len = form(run, "dddd/dddd")) > 0 || (len = form(run, "dddd-dddd")) > 0)
        return fault(run, out, len, DIAG_no_such_period,
                     arena_printf(arena, "%.9s: the second part of a year has two digits", text),
                     arena_printf(arena, "write %.4s/%.2s", text, text + 7));
    if ((len = form(run, "dddd-Qd")) > 0 || (len = form(run, "dddd/Qd")) > 0)
        return fault(run, out, len, DIAG_no_such_period,
                     arena_printf(arena, "there is no quarter %.7s", text),
                     "a quarter of the year from April is written as in 2016/17-Q4");
    return false;
}

/* ---- plain numbers ---- */

/* Digits, with thousands in groups where they may be; `*digits` without their commas. */
static uint32_t whole_part(const Run *run, bool grouped, char *digits, size_t cap) {
    uint32_t i = digits_at(run, 0), n = 0;
    for (uint32_t k = 0; k < i && n < cap; k++)
        digits[n++] = run->text[k];
    if (grouped && i <= 3)
        while (byte_at(run, i) == ',' && digits_at(run, i + 1) == 3) {
            for (uint32_t k = 1; k <= 3 && n < cap; k++)
                digits[n++] = run->text[i + k];
            i += 4;
        }
    digits[n] = '\0';
    return i;
}

#define MAX_DIGITS 60 /* of the copy that is read */
#define MAX_WHOLE 18  /* digits before the point, as fit in 64 bits */
#define MAX_DECIMALS 18

/* What may not follow a number without a blank between. */
static bool bad_end(const Run *run, NumberToken *out, uint32_t len, bool grouped) {
    Arena *arena = run->parser->session->arena;
    char next = byte_at(run, len);
    uint32_t rest = len;
    while (rest < run->len && run->text[rest] != ',' && run->text[rest] != '-')
        rest++;
    if (is_letter(next))
        return fault(run, out, rest, DIAG_bad_number,
                     arena_printf(arena, "'%s' is neither a number nor a name", written(run, rest)),
                     "put a space between a number and a word; a name that starts with a digit "
                     "stands in backquotes");
    if (next == ',' && digits_at(run, len + 1) == 3 && digits_at(run, 0) <= 3 && !grouped) {
        const char *words =
            arena_printf(arena, "a comma inside the number %s", written(run, len + 4));
        const char *first = written(run, len), *last = run->text + len + 1;
        const char *help = arena_printf(arena, "write %s%.3s", first, last);
        if (*last != '0')
            help =
                arena_printf(arena, "%s, or with a space, as a list: %s, %.3s", help, first, last);
        return fault(run, out, len + 4, DIAG_grouped_thousands, words, help);
    }
    if ((next == '-' || next == '/') && is_digit(byte_at(run, len + 1))) {
        uint32_t whole = len + 1 + digits_at(run, len + 1);
        if (run->parser->bands == BANDS_LINES && next == '-')
            return fault(run, out, whole, DIAG_band_form,
                         arena_printf(arena, "'%s' is no form of a band", written(run, whole)),
                         arena_printf(arena, "write %s to %s", written(run, len),
                                      written(run, whole) + len + 1));
        return fault(run, out, whole, DIAG_spaces_needed,
                     arena_printf(arena, "'%s': no spaces round the operator", written(run, whole)),
                     arena_printf(arena, "write %s %c %s", written(run, len), next,
                                  written(run, whole) + len + 1));
    }
    if (next == '.' || next == '%')
        return fault(run, out, rest, DIAG_bad_number,
                     arena_printf(arena, "'%s' is neither a number nor a date nor a period",
                                  written(run, rest)),
                     NULL);
    return false;
}

static void number_token(const Run *run, bool money, NumberToken *out) {
    char digits[MAX_DIGITS + 1];
    bool grouped = money || run->parser->last_token == TOK_PER;
    uint32_t len = whole_part(run, grouped, digits, MAX_DIGITS / 2);
    if (byte_at(run, len) == '.' && is_digit(byte_at(run, len + 1))) {
        uint32_t decimals = digits_at(run, len + 1);
        if (decimals < MAX_DIGITS / 2)
            strncat(digits, run->text + len, decimals + 1);
        else
            strncat(digits, ".x", 3); /* too many: no number */
        len += 1 + decimals;
    }
    out->token = money ? TOK_MONEY : TOK_NUMBER;
    out->literal.kind = money ? NUMBER_POUNDS : NUMBER_PLAIN;
    if (byte_at(run, len) == '%' && !money) {
        out->token = TOK_PERCENTAGE;
        out->literal.kind = NUMBER_PERCENT;
        len++;
    }
    if (bad_end(run, out, len, grouped))
        return;
    out->len = len;
    if (strcspn(digits, ".") > MAX_WHOLE ||
        !num_parse(digits, strlen(digits), &out->literal.value, &out->literal.decimals) ||
        out->literal.decimals > MAX_DECIMALS)
        fault(run, out, len, DIAG_bad_number,
              arena_printf(run->parser->session->arena, "the number %s has too many digits",
                           written(run, len)),
              NULL);
}

void scan_number(Parser *parser, Span span, bool money, NumberToken *out) {
    uint32_t sign = money ? 2 : 0; /* the bytes of the pound sign */
    Run run = {parser, parser->text + span.off + sign, span.off + sign, span.len - sign};
    *out = (NumberToken){.token = 0};
    bool done = !money && (date_token(&run, out) || period_token(&run, out) ||
                           foreign_date(&run, out) || foreign_period(&run, out));
    if (!done)
        number_token(&run, money, out);
    out->len += sign;
    out->literal.span = parser_span(parser, span.off, out->len);
}
