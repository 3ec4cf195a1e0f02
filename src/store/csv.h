/* A reader of CSV and TSV: records of fields, one at a time, from a file of any size.
 *
 * Comes in: bytes, by a callback, in blocks of any size. Goes out: one record after another, its
 * fields valid UTF-8 without a NUL, unquoted and unescaped. Memory is constant: the block and the
 * longest record (at most CSV_LONGEST_RECORD).
 *
 * The form is RFC 4180, strictly. A field in quotes may hold separators, line ends and doubled
 * quotes. Blanks belong to the field. A record ends with CRLF, LF or CR, the last one also without.
 * A UTF-8 byte order mark is read over, and says that the text is UTF-8 whatever was declared.
 * Refused: a quote inside a field that does not start with one, text after a closing quote, a quote
 * that is never closed, a NUL, bytes that are no UTF-8 (or are not defined in Windows-1252 if that
 * was declared), UTF-16, a record too long.
 *
 * Invariant: a record is first looked over without a change to the buffer; only when it is there
 * as a whole are its fields unescaped. If the buffer ends first, it is filled up and the record is
 * looked over again from its start, so no state can be lost at an edge.
 */
#ifndef STORE_CSV_H
#define STORE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/store.h"

#define CSV_LONGEST_RECORD ((size_t)16 * 1024 * 1024)

typedef struct CsvField {
    char *text; /* not NUL-terminated */
    size_t len;
    bool quoted, escaped,
        high; /* was in quotes; had doubled quotes; had a NUL or a byte above 7F */
} CsvField;

typedef enum CsvStep {
    CSV_RECORD,
    CSV_END,
    CSV_FAULT,     /* see fault; if !fatal, the next call goes on with the next record */
    CSV_UNREADABLE /* the callback failed */
} CsvStep;

typedef enum CsvFault {
    CSV_FAULT_NONE,
    CSV_FAULT_STRAY_QUOTE,
    CSV_FAULT_TEXT_AFTER_QUOTE,
    CSV_FAULT_UNCLOSED_QUOTE,
    CSV_FAULT_NUL,
    CSV_FAULT_UTF8,
    CSV_FAULT_WINDOWS_1252,
    CSV_FAULT_UTF16,
    CSV_FAULT_TOO_LONG
} CsvFault;

/* Puts up to `room` bytes into `into` and gives how many; 0 at the end, or with *failed set. */
typedef size_t (*CsvRead)(void *context, char *into, size_t room, bool *failed);

typedef struct CsvReader {
    /* What csv_next found; the fields stay until the next call. */
    CsvField *fields;
    size_t fields_len;
    uint64_t line; /* on which the record starts, from 1 */
    bool blank;    /* an empty line */
    CsvFault fault;
    bool fatal;          /* nothing can be read after this fault */
    size_t fault_field;  /* of the fields, from 0; its bytes are in fields[fault_field] */
    uint64_t fault_line; /* on which that field starts */

    /* The reader's own. */
    CsvRead read;
    void *context;
    TextEncoding encoding;
    char separator;
    bool started, at_end, ended;
    char *buffer; /* cap + 1 bytes: one more stops every scan */
    size_t cap, start, end, next;
    size_t fields_cap;
    uint64_t next_line;
    char *decoded; /* where Windows-1252 fields are turned into UTF-8 */
    size_t decoded_cap;
    unsigned char stops[256]; /* which bytes end a run of ordinary ones */
} CsvReader;

/* `block` is how much is read at a time, 0 for the usual 256 KiB (tests use a few bytes). */
void csv_open(CsvReader *csv, CsvRead read, void *context, char separator, TextEncoding encoding,
              size_t block);
void csv_close(CsvReader *csv);
CsvStep csv_next(CsvReader *csv);

#endif
