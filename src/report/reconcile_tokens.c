#include "report/reconcile_tokens.h"

#include <string.h>

#define DEEPEST_BRACKET 32
#define LONGEST_NUMBER 30

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* ---- reading at a place; texts end with NUL, so the next letter can always be looked at ---- */

/* The number of `most` digits at most; how many there were. */
static size_t read_digits(const char *text, size_t most, int *out) {
    size_t len = 0;
    *out = 0;
    while (len < most && is_digit(text[len]))
        *out = *out * 10 + (text[len++] - '0');
    return len;
}

static size_t read_word(const char *text) {
    size_t len = 0;
    while (is_letter(text[len]) || (len > 0 && (is_digit(text[len]) || text[len] == '_' ||
                                                (text[len] == '\'' && is_letter(text[len + 1])))))
        len++;
    return len;
}

static bool same_word(const char *text, size_t len, const char *word) {
    if (strlen(word) != len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (lower(text[i]) != word[i])
            return false;
    return true;
}

/* January, Jan, Sept, with a capital ("may" is a word too); 0: none. */
static int read_month(const char *text, size_t *len) {
    *len = 0;
    while (is_letter(text[*len]))
        (*len)++;
    if (*len < 3 || text[0] < 'A' || text[0] > 'Z')
        return 0;
    for (int month = 1; month <= 12; month++) {
        const char *name = date_month_name(month);
        bool same = *len <= strlen(name) && (*len <= 4 || *len == strlen(name));
        for (size_t i = 0; same && i < *len; i++)
            same = lower(text[i]) == lower(name[i]);
        if (same)
            return month;
    }
    return 0;
}

static bool year_of(size_t digits, int number, int *year) {
    *year = digits == 2 ? 2000 + number : number;
    return (digits == 2 || digits == 4) && *year >= 1900 && *year < 2200;
}

/* A year at the end of a date: two or four digits that do not go on as another number. */
static size_t read_year(const char *text, int *year) {
    int number;
    size_t len = read_digits(text, 5, &number);
    const char *after = text + len;
    if (!year_of(len, number, year) || is_letter(*after) || *after == '%' || *after == '/')
        return 0;
    if ((*after == '.' || *after == ',') && is_digit(after[1]))
        return 0;
    return *after == ' ' && after[1] == '%' ? 0 : len;
}

static size_t read_ordinal(const char *text) {
    static const char *const ends[] = {"st", "nd", "rd", "th"};
    size_t blank = text[0] == ' ';
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (strncmp(text + blank, ends[i], 2) == 0 && !is_letter(text[blank + 2]))
            return blank + 2;
    return 0;
}

/* ---- dates ---- */

/* "January 2017", "Jan-17", "Sept 16", and "January 17, 2017". */
static size_t read_month_date(const char *text, Token *out) {
    size_t len, year_len;
    int month = read_month(text, &len), year, day;
    if (month == 0)
        return 0;
    len += text[len] == '.' || text[len] == ',';
    len += text[len] == ' ' || text[len] == '-' || text[len] == '\'';
    len += text[len] == '\'';
    size_t day_len = read_digits(text + len, 2, &day);
    if (day_len > 0 && text[len + day_len] == ',' && text[len + day_len + 1] == ' ' &&
        read_year(text + len + day_len + 2, &year) == 4 &&
        date_of_ymd(year, month, day, &out->from)) {
        out->form = DATE_FORM_DAY;
        out->to = out->from;
        return len + day_len + 2 + 4;
    }
    year_len = read_year(text + len, &year);
    if (year_len == 0 || !date_of_ymd(year, month, 1, &out->from))
        return 0;
    out->form = DATE_FORM_MONTH;
    out->to = date_month_end(out->from);
    return len + year_len;
}

/* "10 th Jan 16", "31st March 2016", "30 January, 2017". */
static size_t read_day_date(const char *text, Token *out) {
    int day, month, year;
    size_t len = read_digits(text, 3, &day), month_len;
    if (len == 0 || len > 2)
        return 0;
    len += read_ordinal(text + len);
    len += text[len] == ' ' || text[len] == '-';
    if (strncmp(text + len, "of ", 3) == 0)
        len += 3;
    month = read_month(text + len, &month_len);
    if (month == 0)
        return 0;
    len += month_len;
    len += text[len] == ',';
    len += text[len] == ' ' || text[len] == '-';
    size_t year_len = read_year(text + len, &year);
    if (year_len == 0 || !date_of_ymd(year, month, day, &out->from))
        return 0;
    out->form = DATE_FORM_DAY;
    out->to = out->from;
    return len + year_len;
}

/* "30/01/2017", "21.2.17", "2017-01-31". */
static size_t read_numeric_date(const char *text, Token *out) {
    int parts[3];
    size_t digits[3], len = 0;
    char mark = 0;
    for (int i = 0; i < 3; i++) {
        digits[i] = read_digits(text + len, 5, &parts[i]);
        len += digits[i];
        if (digits[i] == 0 || digits[i] > 4)
            return 0;
        if (i == 2)
            break;
        if (i == 0)
            mark = text[len];
        if (!strchr("/.-", text[len]) || text[len] != mark || mark == 0)
            return 0;
        len++;
    }
    int year;
    bool iso = digits[0] == 4 && mark == '-' && digits[1] == 2 && digits[2] == 2;
    if (is_letter(text[len]) || text[len] == '%' || (text[len] == mark && is_digit(text[len + 1])))
        return 0;
    if (iso ? !date_of_ymd(parts[0], parts[1], parts[2], &out->from)
            : digits[0] > 2 || digits[1] > 2 || !year_of(digits[2], parts[2], &year) ||
                  !date_of_ymd(year, parts[1], parts[0], &out->from))
        return 0;
    out->form = DATE_FORM_DAY;
    out->to = out->from;
    return len;
}

/* "2015/16", "2016/7", "2016-17", "2015/2016"; and "15/16", which may be a fraction. */
static size_t read_years(const char *text, Token *out) {
    int first, second, year;
    size_t first_len = read_digits(text, 5, &first);
    char mark = text[first_len];
    if ((first_len != 4 && first_len != 2) || (mark != '/' && mark != '-'))
        return 0;
    size_t second_len = read_digits(text + first_len + 1, 5, &second);
    size_t len = first_len + 1 + second_len;
    if (second_len == 0 || second_len > first_len || is_letter(text[len]) || text[len] == '%' ||
        text[len] == '/')
        return 0;
    int follows = first + 1, power = second_len == 1 ? 10 : second_len == 2 ? 100 : 10000;
    if (second_len == 3 || follows % power != second || !year_of(first_len, first, &year))
        return 0;
    /* 41/42 is no pair of years that a report would write so. */
    if (first_len == 2 && (mark == '-' || second_len != 2 || first > 39))
        return 0;
    out->form = DATE_FORM_YEARS;
    out->maybe_fraction = first_len == 2;
    out->value = num_of_int(first);
    out->above = num_of_int(second);
    return date_of_ymd(year, 1, 1, &out->from) && date_of_ymd(year + 1, 12, 31, &out->to) ? len : 0;
}

static bool is_one_of(char c, const char *marks) {
    return c != '\0' && strchr(marks, c) != NULL;
}

/* "2016" alone: not a part of a fraction or of a sum. */
static size_t read_lone_year(const char *text, char before, Token *out) {
    int year;
    size_t len = read_year(text, &year);
    if (len != 4 || year < 1990 || year >= 2100 || is_one_of(before, "/+") ||
        is_one_of(text[len + (text[len] == ' ')], "/+"))
        return 0;
    out->form = DATE_FORM_YEAR;
    return date_of_ymd(year, 1, 1, &out->from) && date_of_ymd(year, 12, 31, &out->to) ? len : 0;
}

static size_t read_date(const char *text, char before, Token *out) {
    size_t len;
    if (!is_digit(text[0]))
        return read_month_date(text, out);
    if ((len = read_numeric_date(text, out)) > 0 || (len = read_day_date(text, out)) > 0 ||
        (before != '/' && (len = read_years(text, out)) > 0))
        return len;
    return read_lone_year(text, before, out);
}

/* ---- numbers ---- */

/* What follows a number and belongs to it: "%", " %", " per cent", " percentage points". */
static size_t read_unit(const char *text, Token *out) {
    size_t blank = text[0] == ' ';
    const char *word = text + blank;
    if (*word == '%') {
        out->percent = true;
        return blank + 1;
    }
    size_t len = blank > 0 ? read_word(word) : 0;
    out->points = same_word(word, len, "percentage") || same_word(word, len, "pp");
    if (same_word(word, len, "percent")) {
        out->percent = true;
        return blank + len;
    }
    if (same_word(word, len, "per") && strncmp(word + len, " cent", 5) == 0 &&
        !is_letter(word[len + 5])) {
        out->percent = true;
        return blank + len + 5;
    }
    return 0;
}

/* "88,5%": a comma for the point. "19,20 and 21" are two numbers. */
static bool is_decimal_comma(const char *text) {
    size_t digits = 1;
    if (text[0] != ',')
        return false;
    while (digits < 3 && is_digit(text[digits]))
        digits++;
    return digits > 1 && text[digits] == '%';
}

/* "12.9%", "4,943,674", "5+"; its length without a unit that is only looked at. */
static size_t read_number(const char *text, Token *out) {
    char digits[LONGEST_NUMBER];
    size_t len = 0, kept = 0;
    while (is_digit(text[len]) ||
           (text[len] == ',' && len > 0 && is_digit(text[len + 1]) && is_digit(text[len + 2]) &&
            is_digit(text[len + 3]) && !is_digit(text[len + 4]))) {
        if (text[len] != ',' && kept < LONGEST_NUMBER)
            digits[kept++] = text[len];
        len++;
    }
    out->whole = !(text[len] == '.' && is_digit(text[len + 1])) && !is_decimal_comma(text + len);
    if (!out->whole)
        do {
            if (kept < LONGEST_NUMBER)
                digits[kept++] = text[len] == ',' ? '.' : text[len];
            len++;
        } while (is_digit(text[len]));
    if (kept == LONGEST_NUMBER || !num_parse(digits, kept, &out->value, &out->decimals)) {
        out->glued = true;
        return len;
    }
    out->glued = is_letter(text[len]);
    return out->glued ? len : len + read_unit(text + len, out);
}

/* ---- all ---- */

static size_t read_token(const char *text, char before, Token *out) {
    size_t len = read_date(text, before, out);
    out->kind = TOKEN_DATE;
    if (len > 0)
        return len;
    *out = (Token){0};
    size_t pounds = strncmp(text, "\xC2\xA3", 2) == 0 && is_digit(text[2]) ? 2 : 0;
    if (is_digit(text[pounds])) {
        out->kind = TOKEN_NUMBER;
        out->pounds = pounds > 0;
        return pounds + read_number(text + pounds, out);
    }
    out->kind = TOKEN_WORD;
    len = read_word(text);
    if (len > 0)
        return len;
    out->kind = TOKEN_MARK;
    return 1;
}

void tokens_read(Arena *arena, const CleanText *text, Tokens *out) {
    size_t open[DEEPEST_BRACKET] = {0}, depth = 0, brackets = 0;
    *out = (Tokens){.text = text};
    for (size_t i = 0; i < text->len;) {
        if (text->text[i] == ' ') {
            i++;
            continue;
        }
        Token token = {0};
        char c = text->text[i], before = i > 0 ? text->text[i - 1] : ' ';
        size_t len = read_token(text->text + i, before, &token);
        token.start = i;
        token.end = i + len < text->len ? i + len : text->len;
        if ((c == ')' || c == ']') && depth > 0)
            depth--;
        token.bracket = depth > 0 ? open[depth - 1] : 0;
        if ((c == '(' || c == '[') && depth < DEEPEST_BRACKET)
            open[depth++] = ++brackets;
        vec_push(arena, &out->list, token);
        i = token.end;
    }
}

bool token_is(const Tokens *tokens, size_t i, const char *word) {
    if (i >= tokens->list.len || tokens->list.items[i].kind != TOKEN_WORD)
        return false;
    const Token *token = &tokens->list.items[i];
    return same_word(tokens->text->text + token->start, token->end - token->start, word);
}

bool token_is_any(const Tokens *tokens, size_t i, const char *const *words) {
    for (; *words; words++)
        if (token_is(tokens, i, *words))
            return true;
    return false;
}

bool token_is_mark(const Tokens *tokens, size_t i, char mark) {
    return i < tokens->list.len && tokens->list.items[i].kind == TOKEN_MARK &&
           tokens->text->text[tokens->list.items[i].start] == mark;
}

bool token_is_number(const Tokens *tokens, size_t i) {
    return i < tokens->list.len && tokens->list.items[i].kind == TOKEN_NUMBER;
}
