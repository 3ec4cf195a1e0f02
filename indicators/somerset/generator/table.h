/* One CSV table on its way to a file: fields one after the other, in the order of the header.
 *
 * Comes in: a folder, a name, the header line. Goes out: FOLDER/NAME.csv, ISO dates, LF line ends.
 * A field is empty for a day that has not come, for an empty text, and for a number below 0 in
 * `table_id`. Texts of the generator hold no comma, quote or line end, so nothing is ever quoted.
 */
#ifndef SOMERSET_TABLE_H
#define SOMERSET_TABLE_H

#include "calendar.h"

#include <stdio.h>

typedef struct {
    FILE *file;
    const char *name;
    int fields;
    int columns;
} Table;

Table table_open(const char *folder, const char *name, const char *header);
void table_text(Table *table, const char *text);
void table_number(Table *table, long number);
/* Pounds and pence. */
void table_pence(Table *table, long pence);
/* A number with one place, given in tenths. */
void table_tenths(Table *table, int tenths);
void table_day(Table *table, Day day);
/* A letter and a number, the key of a row: "R10023". */
void table_id(Table *table, char letter, int number);
/* Ends the row; fails if it has not as many fields as the header. */
void table_end(Table *table);
void table_close(Table *table);

#endif
