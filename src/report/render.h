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
/* One object, kpic-result/1; one result a line. */
void render_json(StrBuf *out, const Report *report);
/* The JSON Schema of what render_json writes. */
void result_schema_print(StrBuf *out);

#endif
