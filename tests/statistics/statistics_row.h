/* What the tables of expected results are made of: a row being read, an answer of ours to a column,
 * and how the two must agree. Each statistics_*.c file gives one list of tables;
 * statistics_tables.c compares them all.
 */
#ifndef TESTS_STATISTICS_ROW_H
#define TESTS_STATISTICS_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/calendar.h"
#include "base/date.h"
#include "base/num.h"
#include "base/strbuf.h"
#include "tests/statistics/csv_table.h"

typedef struct Row {
    const CsvTable *table;
    size_t index;
    const Calendar *calendar;
} Row;

/* What a column should hold: writes our answer, nothing where there is none. */
typedef void (*Answer)(const Row *row, StrBuf *out);

typedef enum Agreement {
    AGREE_EXACTLY,   /* equal numbers, or equal texts */
    AGREE_NEARLY,    /* to 1e-9 of the expected number; below 1e-9 of either sign, to 1e-9 */
    AGREE_RELATIVELY /* to 1e-9 of the expected number however small; to 1e-9 where it is 0 */
} Agreement;

typedef struct Column {
    const char *name;
    Answer answer;
    Agreement agreement;
} Column;

#define MOST_GIVEN 10
#define MOST_COLUMNS 18

typedef struct Table {
    const char *file;
    const char *given[MOST_GIVEN]; /* the columns that the answers come from */
    Column expected[MOST_COLUMNS];
} Table;

typedef struct TableList {
    const Table *items;
    size_t len;
} TableList;

extern const TableList date_tables;
extern const TableList interval_tables;
extern const TableList comparison_tables;
extern const TableList rating_tables;
extern const TableList suppression_tables;

/* ---- reading ---- */

const char *row_text(const Row *row, const char *column);
bool row_is(const Row *row, const char *column, const char *text);
bool row_date(const Row *row, const char *column, Date *out);
/* A number, also with an exponent ("1e9"), as other programs write them. */
bool read_number(const char *text, Num *out);
bool row_number(const Row *row, const char *column, Num *out);
bool row_int(const Row *row, const char *column, int64_t *out);
/* The nearest double; NAN if there is none. */
double row_double(const Row *row, const char *column);

/* ---- writing an answer ---- */

void add_int(StrBuf *out, int64_t value);
void add_date_of(StrBuf *out, int year, int month, int day);
/* All its digits; nothing for NAN. */
void add_double(StrBuf *out, double value);
void add_yes_no(StrBuf *out, bool value);

/* Whether our answer is what the file expects. "NA", "NaN" and "Inf" are no answer, as "" is. */
bool answers_agree(const char *expected, const char *got, Agreement agreement);

#endif
