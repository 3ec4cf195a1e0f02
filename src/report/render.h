/* Reports to bytes: one file for each format, all over the same report model.
 *
 * In: a Report. Out: text appended to a buffer; where it goes is the caller's. The same report
 * gives the same bytes everywhere. To add a format: a render_NAME.c with one function, declared
 * here.
 */
#ifndef REPORT_RENDER_H
#define REPORT_RENDER_H

#include "report/report.h"

typedef struct TableOptions {
    size_t width; /* of the page in columns; 0: 100 */
    bool colour;  /* with terminal escapes */
    bool verbose; /* every verdict's reason, not only those that rounding hides */
} TableOptions;

/* For people: one table of indicators for a single period; for a series one table an indicator,
 * periods down; with a breakdown groups down and, in a series, periods across. */
void render_table(StrBuf *out, Arena *run, const Report *report, const TableOptions *options);
/* RFC 4180 (CRLF), long form, one record a row, ISO dates. */
void render_csv(StrBuf *out, const Report *report);
/* The same bytes without a Report: cells come one indicator after the other, their rows are made,
 * printed and forgotten block by block, on so many threads. `write` gets the texts in order, one at
 * a time, maybe on another thread. */
typedef struct CsvPrinting CsvPrinting;
/* What its threads took, all together, by a clock of the caller's. */
typedef struct CsvTimes {
    int64_t (*now)(void); /* nanoseconds */
    int64_t judgement, print;
} CsvTimes;
CsvPrinting *csv_printing_start(const ReportOptions *options, size_t threads,
                                void (*write)(void *context, const char *text, size_t len),
                                void *context);
/* An empty arena for cells to be given. */
Arena *csv_printing_room(CsvPrinting *printing);
/* `room`, unless it is NULL, is where they live: it is taken back once they are printed. */
void csv_printing_give(CsvPrinting *printing, Cell **cells, size_t len, Arena *room);
/* Before anything is given: *times is filled by csv_printing_end. */
void csv_printing_time(CsvPrinting *printing, CsvTimes *times);
/* Writes what is left. Gives whether the status of a row is `missed`. */
bool csv_printing_end(CsvPrinting *printing);
/* One object, kpic-result/1; one result a line. */
void render_json(StrBuf *out, const Report *report);
/* The JSON Schema of what render_json writes. */
void result_schema_print(StrBuf *out);

#endif
