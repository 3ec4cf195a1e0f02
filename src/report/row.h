/* How a row of the report model is filled, part by part. Private to report/.
 *
 * In: a row whose cell, indicator, good and measure are set. Out: its texts in the arena. The order
 * is that of report_row_fill: figures, previous and movement, target, interval, benchmarks, status,
 * reasons; each part reads only what stands before it.
 */
#ifndef REPORT_ROW_H
#define REPORT_ROW_H

#include "report/report.h"

/* Room for nearly every text of a row (strbuf_in). */
#define ROW_ROOM 128

/* The text of a buffer moved into the arena; NULL if there is nothing in it. */
const char *row_keep(Arena *run, StrBuf *buf);
/* 12 decimals. */
const char *row_value_text(Arena *run, Num value);
const char *row_printed(Arena *run, Measure measure, Num value, int decimals);
/* "69/535"; NULL unless both are there. */
const char *row_fraction(Arena *run, Figure numerator, Figure denominator);
const char *row_period(Arena *run, Period period);

/* The value that is printed and judged: as reported, else as computed; NULL: there is none. */
const Num *row_value(const ReportRow *row);
/* The value that it is compared with; NULL: there is none. */
const Num *row_previous_value(const ReportRow *row);

/* As report_row_fill, of a cell that adds the bands of an entry. */
void row_fill_added(Arena *run, const Cell *cell, const BenchmarkEntry *entry,
                    const char *definition, ReportRow *row);

/* Target, and the status by it (row_status.c). */
void row_fill_target(Arena *run, ReportRow *row);
/* The interval of the value, the benchmarks, and the status by the first where there is no target
 * (row_benchmarks.c). */
void row_fill_interval(Arena *run, ReportRow *row);
void row_fill_benchmarks(Arena *run, ReportRow *row);

#endif
