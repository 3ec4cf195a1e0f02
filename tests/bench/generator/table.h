/* One CSV table on its way to FOLDER/NAME.csv: fields in the order of the header, ISO dates, LF.
 * The generator's texts hold no comma and no quote. Whatever fails ends the program with a message.
 */
#ifndef TESTS_BENCH_GENERATOR_TABLE_H
#define TESTS_BENCH_GENERATOR_TABLE_H

#include <stdint.h>
#include <stdio.h>

#include "base/date.h"

typedef struct Table {
    FILE *file;
    const char *name;
    bool row_begun;
    int64_t rows;
} Table;

Table table_open(const char *folder, const char *name, const char *header);
void table_number(Table *table, int64_t number);
void table_text(Table *table, const char *text);
void table_day(Table *table, Date day);
/* Empty when the day is after the last: what has not happened yet is not recorded. */
void table_day_by(Table *table, Date day, Date last);
void table_tenths(Table *table, int64_t tenths);
void table_row_end(Table *table);
void table_close(Table *table);

#endif
