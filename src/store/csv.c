#include "store/csv.h"

#include <string.h>

#include "base/arena.h"
#include "store/encoding.h"

#define USUAL_BLOCK ((size_t)256 * 1024)
#define SMALLEST_BLOCK 4 /* a byte order mark fits */

#define STOPS_PLAIN 1u  /* ends a run outside quotes */
#define STOPS_QUOTED 2u /* ends a run inside quotes */

void csv_open(CsvReader *csv, CsvRead read, void *context, char separator, TextEncoding encoding,
              size_t block) {
    *csv = (CsvReader){.read = read,
                       .context = context,
                       .separator = separator,
                       .encoding = encoding,
                       .cap = block == 0               ? USUAL_BLOCK
                              : block < SMALLEST_BLOCK ? SMALLEST_BLOCK
                                                       : block,
                       .next_line = 1};
    csv->buffer = memory_alloc(csv->cap + 1);
    csv->stops[(unsigned char)separator] = STOPS_PLAIN;
    csv->stops['"'] = csv->stops['\n'] = csv->stops['\r'] = STOPS_PLAIN | STOPS_QUOTED;
}

void csv_close(CsvReader *csv) {
    memory_free(csv->buffer);
    memory_free(csv->fields);
    memory_free(csv->decoded);
    *csv = (CsvReader){0};
}

/* ---- filling ------------------------------------------------------------------------------- */

/* Moves what is left to the front and fills up; false if the callback failed. */
static bool buffer_fill(CsvReader *csv) {
    memmove(csv->buffer, csv->buffer + csv->start, csv->end - csv->start);
    csv->end -= csv->start;
    csv->start = 0;
    if (csv->end == csv->cap) {
        csv->cap *= 2;
        csv->buffer = memory_resize(csv->buffer, csv->cap + 1);
    }
    while (csv->end < csv->cap && !csv->at_end) {
        bool failed = false;
        size_t got = csv->read(csv->context, csv->buffer + csv->end, csv->cap - csv->end, &failed);
        if (failed)
            return false;
        csv->end += got;
        csv->at_end = got == 0;
    }
    /* A line end after the last byte stops every run, so that runs need not look for the end. */
    csv->buffer[csv->end] = '\n';
    return true;
}

static CsvStep csv_fault(CsvReader *csv, CsvFault fault, size_t field, uint64_t line, bool fatal) {
    csv->fault = fault;
    csv->fault_field = field;
    csv->fault_line = line;
    csv->fatal = fatal;
    if (fatal)
        csv->ended = true;
    return CSV_FAULT;
}

static CsvStep csv_start(CsvReader *csv) {
    csv->started = true;
    if (!buffer_fill(csv))
        return CSV_UNREADABLE;
    const char *text = csv->buffer;
    if (csv->end >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        csv->start = 3;
        csv->encoding = ENCODING_UTF8;
    } else if (csv->end >= 2 &&
               (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0)) {
        csv->fields_len = 0;
        return csv_fault(csv, CSV_FAULT_UTF16, 0, 1, true);
    }
    return CSV_RECORD;
}

/* ---- one record ---------------------------------------------------------------------------- */

typedef enum Scan { SCAN_WHOLE, SCAN_MORE, SCAN_FAULT } Scan;

/* Where the scan of one record stands. */
typedef struct Scanner {
    char *at, *end;
    uint64_t line;
    bool more; /* bytes may follow `end` */
} Scanner;

static CsvField *field_add(CsvReader *csv, char *text) {
    if (csv->fields_len == csv->fields_cap) {
        csv->fields_cap = csv->fields_cap ? csv->fields_cap * 2 : 32;
        csv->fields = memory_resize(csv->fields, csv->fields_cap * sizeof *csv->fields);
    }
    CsvField *field = &csv->fields[csv->fields_len++];
    *field = (CsvField){.text = text};
    return field;
}

/* A CR counts as a line end unless a LF follows, which then counts. */
static bool ends_line(const Scanner *scanner) {
    return *scanner->at == '\n' || scanner->at + 1 == scanner->end || scanner->at[1] != '\n';
}

/* What messages show of a field with a misplaced quote: on to where it would end. */
static void extend_to_stop(const CsvReader *csv, Scanner *scanner, CsvField *field) {
    char *at = scanner->at;
    while (at != scanner->end && (*at == '"' || !(csv->stops[(unsigned char)*at] & STOPS_PLAIN)))
        at++;
    field->len = (size_t)(at - field->text);
}

static Scan quoted_field(CsvReader *csv, Scanner *scanner, CsvField *field) {
    uint64_t line = scanner->line;
    size_t index = csv->fields_len - 1;
    field->quoted = true;
    field->text = ++scanner->at;
    unsigned high = 0;
    for (;;) {
        while (!(csv->stops[(unsigned char)*scanner->at] & STOPS_QUOTED)) {
            unsigned char c = (unsigned char)*scanner->at++;
            high |= (unsigned)(c & 0x80) | (unsigned)(c == 0);
        }
        if (scanner->at == scanner->end) {
            field->len = (size_t)(scanner->at - field->text);
            if (scanner->more)
                return SCAN_MORE;
            csv_fault(csv, CSV_FAULT_UNCLOSED_QUOTE, index, line, true);
            return SCAN_FAULT;
        }
        if (*scanner->at != '"') {
            if (ends_line(scanner))
                scanner->line++;
            scanner->at++;
            continue;
        }
        if (scanner->at + 1 == scanner->end && scanner->more)
            return SCAN_MORE;
        if (scanner->at + 1 == scanner->end || scanner->at[1] != '"')
            break;
        field->escaped = true;
        scanner->at += 2;
    }
    field->high = high != 0;
    field->len = (size_t)(scanner->at++ - field->text);
    char c = *scanner->at;
    if (scanner->at == scanner->end || c == csv->separator || c == '\n' || c == '\r')
        return SCAN_WHOLE;
    extend_to_stop(csv, scanner, field);
    csv_fault(csv, CSV_FAULT_TEXT_AFTER_QUOTE, index, line, true);
    return SCAN_FAULT;
}

static Scan plain_field(CsvReader *csv, Scanner *scanner, CsvField *field) {
    unsigned high = 0;
    while (!(csv->stops[(unsigned char)*scanner->at] & STOPS_PLAIN)) {
        unsigned char c = (unsigned char)*scanner->at++;
        high |= (unsigned)(c & 0x80) | (unsigned)(c == 0);
    }
    field->high = high != 0;
    field->len = (size_t)(scanner->at - field->text);
    if (*scanner->at != '"')
        return SCAN_WHOLE;
    extend_to_stop(csv, scanner, field);
    csv_fault(csv, CSV_FAULT_STRAY_QUOTE, csv->fields_len - 1, scanner->line, true);
    return SCAN_FAULT;
}

/* Looks over the record at csv->start without changing a byte. */
static Scan record_scan(CsvReader *csv) {
    Scanner scanner = {csv->buffer + csv->start, csv->buffer + csv->end, csv->line, !csv->at_end};
    csv->fields_len = 0;
    for (;;) {
        if (scanner.at == scanner.end && scanner.more)
            return SCAN_MORE;
        CsvField *field = field_add(csv, scanner.at);
        Scan scan = scanner.at != scanner.end && *scanner.at == '"'
                        ? quoted_field(csv, &scanner, field)
                        : plain_field(csv, &scanner, field);
        if (scan != SCAN_WHOLE)
            return scan;
        if (scanner.at == scanner.end || *scanner.at != csv->separator)
            break;
        scanner.at++;
    }
    /* Whether a LF follows the CR must be seen before the record can be called whole. */
    if (scanner.more &&
        (scanner.at == scanner.end || (*scanner.at == '\r' && scanner.at + 1 == scanner.end)))
        return SCAN_MORE;
    if (scanner.at != scanner.end) {
        bool two = *scanner.at == '\r' && scanner.at + 1 != scanner.end && scanner.at[1] == '\n';
        scanner.at += two ? 2 : 1;
    }
    csv->next = (size_t)(scanner.at - csv->buffer);
    csv->next_line = scanner.line + 1;
    return SCAN_WHOLE;
}

static void field_unescape(CsvField *field) {
    char *to = field->text;
    for (size_t i = 0; i < field->len; i++) {
        *to++ = field->text[i];
        if (field->text[i] == '"')
            i++;
    }
    field->len = (size_t)(to - field->text);
}

static size_t decoded_room(const CsvReader *csv) {
    size_t room = 0;
    for (size_t i = 0; i < csv->fields_len; i++)
        if (csv->fields[i].high)
            room += csv->fields[i].len * WINDOWS_1252_GROWTH;
    return room;
}

/* Makes each field that needs it UTF-8, or finds the first that cannot be. */
static CsvFault fields_check(CsvReader *csv, size_t *at) {
    size_t used = 0;
    bool decode = csv->encoding == ENCODING_WINDOWS_1252;
    if (decode) {
        size_t room = decoded_room(csv);
        if (room > csv->decoded_cap) {
            csv->decoded = memory_resize(csv->decoded, room);
            csv->decoded_cap = room;
        }
    }
    for (size_t i = 0; i < csv->fields_len; i++) {
        CsvField *field = &csv->fields[i];
        if (!field->high)
            continue;
        *at = i;
        if (memchr(field->text, 0, field->len))
            return CSV_FAULT_NUL;
        if (decode) {
            size_t len;
            if (windows_1252_decode(field->text, field->len, csv->decoded + used, &len) <
                field->len)
                return CSV_FAULT_WINDOWS_1252;
            field->text = csv->decoded + used;
            field->len = len;
            used += len;
        } else if (utf8_valid_prefix(field->text, field->len) < field->len) {
            return CSV_FAULT_UTF8;
        }
    }
    return CSV_FAULT_NONE;
}

static CsvStep record_finish(CsvReader *csv) {
    csv->start = csv->next;
    for (size_t i = 0; i < csv->fields_len; i++)
        if (csv->fields[i].escaped)
            field_unescape(&csv->fields[i]);
    csv->blank = csv->fields_len == 1 && csv->fields[0].len == 0 && !csv->fields[0].quoted;
    size_t at = 0;
    CsvFault fault = fields_check(csv, &at);
    if (fault != CSV_FAULT_NONE)
        return csv_fault(csv, fault, at, csv->line, false);
    return CSV_RECORD;
}

CsvStep csv_next(CsvReader *csv) {
    if (csv->ended)
        return CSV_END;
    if (!csv->started) {
        CsvStep step = csv_start(csv);
        if (step != CSV_RECORD)
            return step;
    }
    csv->fault = CSV_FAULT_NONE;
    csv->line = csv->next_line;
    for (;;) {
        if (csv->start == csv->end && csv->at_end) {
            csv->ended = true;
            csv->fields_len = 0;
            return CSV_END;
        }
        switch (record_scan(csv)) {
        case SCAN_WHOLE:
            return record_finish(csv);
        case SCAN_FAULT:
            return CSV_FAULT;
        case SCAN_MORE:
            break;
        }
        if (csv->end - csv->start >= CSV_LONGEST_RECORD) {
            size_t last = csv->fields_len > 0 ? csv->fields_len - 1 : 0;
            return csv_fault(csv, CSV_FAULT_TOO_LONG, last, csv->line, true);
        }
        if (!buffer_fill(csv)) {
            csv->ended = true;
            return CSV_UNREADABLE;
        }
    }
}
