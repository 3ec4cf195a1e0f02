/* The rows of a CSV file of results, one by one: what render_csv and csv_printing share. */
#ifndef REPORT_CSV_ROWS_H
#define REPORT_CSV_ROWS_H

#include "report/csv_record.h"
#include "report/report.h"

/* The fields of a group, worded: a place in `groups`. */
typedef struct CsvGroup {
    const Indicator *indicator;
    const GroupKey *group;
    size_t at, len;
} CsvGroup;

#define CSV_GROUPS 64

/* Rows that follow one another; what those of one window have in common is worded once, and most
 * groups, which come back in the next window, too. The cells live as long as this. */
typedef struct CsvRows {
    StrBuf *out, window, groups;
    const Cell *last; /* that `window` is of */
    const char *definition;
    CsvGroup known[CSV_GROUPS]; /* by where the group lies in memory */
} CsvRows;

void csv_rows_start(CsvRows *rows, StrBuf *out);
void csv_rows_end(CsvRows *rows);
void csv_add_titles(StrBuf *out);
void csv_add_row(CsvRows *rows, const ReportRow *row, Audience audience);

#endif
