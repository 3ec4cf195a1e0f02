/* A writer of CSV: RFC 4180, lines end with CRLF.
 *
 * In: fields, one after another. Out: a record in the buffer. A text that a spreadsheet would take
 * for a formula gets an apostrophe before it.
 */
#ifndef REPORT_CSV_RECORD_H
#define REPORT_CSV_RECORD_H

#include <stdbool.h>

#include "base/strbuf.h"

/* One record under way: start with the buffer alone. */
typedef struct CsvRecord {
    StrBuf *out;
    bool started;
} CsvRecord;

/* Starts a field and gives the buffer that its value is added to: digits, signs and letters, and
 * nothing that needs quotes. */
static inline StrBuf *csv_start_bare(CsvRecord *record) {
    if (record->started)
        strbuf_add_char(record->out, ',');
    record->started = true;
    return record->out;
}

/* What kpic itself wrote: a number, a date, a word of its own. NULL: an empty field. */
void csv_add_plain(CsvRecord *record, const char *value);

/* The same of what has nothing in it that needs quotes. */
static inline void csv_add_bare(CsvRecord *record, const char *value) {
    csv_start_bare(record);
    if (value)
        strbuf_add(record->out, value);
}

/* What came from a definition or from data. NULL: an empty field. */
void csv_add_text(CsvRecord *record, const char *value);
/* Ends the record; the next field begins another. */
void csv_end(CsvRecord *record);

#endif
