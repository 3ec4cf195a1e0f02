/* The rows of a CSV file of results, one by one: what render_csv and csv_printing share. */
#ifndef REPORT_CSV_ROWS_H
#define REPORT_CSV_ROWS_H

#include "report/csv_record.h"
#include "report/report.h"

/* Rows that follow one another; what those of one window have in common is worded once. */
typedef struct CsvRows {
    StrBuf *out, window;
    const Cell *last; /* that `window` is of */
    const char *definition;
} CsvRows;

void csv_rows_start(CsvRows *rows, StrBuf *out);
void csv_rows_end(CsvRows *rows);
void csv_add_titles(StrBuf *out);
void csv_add_row(CsvRows *rows, const ReportRow *row, Audience audience);

#endif
