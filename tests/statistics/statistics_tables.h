/* Compares dates, calendars, rounding, intervals, comparisons, ratings and suppression with tables
 * of expected results that others worked out.
 *
 * In: a folder with some of the files of the table lists (statistics_row.h), CSV with a header
 * row; columns are found by name, other columns and other rows are welcome. Out: a report, one line
 * a file, and up to ten rows that disagree under it. Numbers are compared as numbers, never as
 * text. To add a table: an answer for each expected column, and a line in its list.
 */
#ifndef TESTS_STATISTICS_TABLES_H
#define TESTS_STATISTICS_TABLES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

typedef struct StatisticsOutcome {
    size_t files;     /* found and read, bank_holidays.csv not counted */
    size_t rows;      /* compared */
    size_t disagreed; /* rows, and faults of a file such as a column that is not there */
} StatisticsOutcome;

/* Where the copies are that come with the project, from its top folder. */
#define STATISTICS_SHIPPED "tests/data/statistics"

/* Compares all that `folder` has. Working days follow its bank_holidays.csv (England and Wales), or
 * the one in `shipped` when the folder has none. */
StatisticsOutcome statistics_compare(const char *folder, const char *shipped, StrBuf *report);

#endif
