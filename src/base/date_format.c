/* Reading dates by a pattern. */
#include <string.h>

#include "base/date.h"

typedef enum PartKind { PART_OTHER, PART_DAY, PART_MONTH, PART_MONTH_NAME, PART_YEAR } PartKind;

/* The next part of a pattern: a run of one of the letters d, m, y, or a byte for itself. */
typedef struct Part {
    PartKind kind;
    size_t len; /* bytes of the pattern; 0: a run of a length that means nothing */
} Part;

/* A text being read; `ok` turns false at the first byte that does not fit, and stays so. */
typedef struct Reader {
    const char *text;
    size_t len, at;
    bool ok;
} Reader;

static PartKind part_kind(char letter, size_t run) {
    if (letter == 'd' && run <= 2)
        return PART_DAY;
    if (letter == 'm' && run <= 2)
        return PART_MONTH;
    if (letter == 'm' && run <= 4)
        return PART_MONTH_NAME;
    if (letter == 'y' && (run == 2 || run == 4))
        return PART_YEAR;
    return PART_OTHER;
}

static Part part_next(const char *pattern) {
    char letter = *pattern;
    if (letter != 'd' && letter != 'm' && letter != 'y')
        return (Part){PART_OTHER, 1};
    size_t run = 1;
    while (pattern[run] == letter)
        run++;
    PartKind kind = part_kind(letter, run);
    return (Part){kind, kind == PART_OTHER ? 0 : run};
}

bool date_format_valid(const char *format) {
    int days = 0, months = 0, years = 0;
    for (Part part; *format; format += part.len) {
        part = part_next(format);
        if (part.len == 0)
            return false;
        switch (part.kind) {
        case PART_OTHER:
            break;
        case PART_DAY:
            days++;
            break;
        case PART_MONTH:
        case PART_MONTH_NAME:
            months++;
            break;
        case PART_YEAR:
            years++;
            break;
        }
    }
    return days == 1 && months == 1 && years == 1;
}

static int read_digits(Reader *reader, size_t least, size_t most) {
    int value = 0;
    size_t count = 0;
    while (count < most && reader->at < reader->len) {
        char c = reader->text[reader->at];
        if (c < '0' || c > '9')
            break;
        value = value * 10 + (c - '0');
        reader->at++;
        count++;
    }
    if (count < least)
        reader->ok = false;
    return value;
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether the text goes on with the first `len` letters of the name, in any case. */
static bool reads_name(const Reader *reader, const char *name, size_t len) {
    if (reader->len - reader->at < len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (lower(reader->text[reader->at + i]) != lower(name[i]))
            return false;
    return true;
}

/* A month by its name, whole or cut to `cut` letters (0: whole). */
static int read_month_name(Reader *reader, size_t cut) {
    for (int month = 1; month <= 12; month++) {
        const char *name = date_month_name(month);
        size_t len = cut ? cut : strlen(name);
        if (reads_name(reader, name, len)) {
            reader->at += len;
            return month;
        }
    }
    reader->ok = false;
    return 0;
}

static int read_year(Reader *reader, size_t letters) {
    int year = read_digits(reader, letters, letters);
    if (letters == 4)
        return year;
    return year < 50 ? 2000 + year : 1900 + year;
}

static void read_part(Reader *reader, Part part, char letter, Ymd *ymd) {
    switch (part.kind) {
    case PART_OTHER:
        if (part.len == 1 && reader->at < reader->len && reader->text[reader->at] == letter)
            reader->at++;
        else
            reader->ok = false;
        break;
    case PART_DAY:
        ymd->day = read_digits(reader, part.len, 2);
        break;
    case PART_MONTH:
        ymd->month = read_digits(reader, part.len, 2);
        break;
    case PART_MONTH_NAME:
        ymd->month = read_month_name(reader, part.len == 3 ? 3 : 0);
        break;
    case PART_YEAR:
        ymd->year = read_year(reader, part.len);
        break;
    }
}

bool date_parse(const char *format, const char *text, size_t len, Date *out) {
    Reader reader = {.text = text, .len = len, .ok = true};
    Ymd ymd = {0};
    for (const char *at = format; *at && reader.ok;) {
        Part part = part_next(at);
        if (part.len == 0)
            return false;
        read_part(&reader, part, *at, &ymd);
        at += part.len;
    }
    return reader.ok && reader.at == len && date_of_ymd(ymd.year, ymd.month, ymd.day, out);
}

bool date_parse_iso(const char *text, size_t len, Date *out) {
    return date_parse("yyyy-mm-dd", text, len, out);
}
