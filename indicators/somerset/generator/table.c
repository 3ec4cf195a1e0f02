#include "table.h"

#include "world.h"

#include <string.h>

Table table_open(const char *folder, const char *name, const char *header) {
    char path[1024];
    int length = snprintf(path, sizeof path, "%s/%s.csv", folder, name);
    if (length < 0 || (size_t)length >= sizeof path)
        generator_fail("the folder's name is too long");
    Table table = {fopen(path, "w"), name, 0, 1};
    if (!table.file)
        generator_fail(path);
    for (const char *c = header; *c; c++)
        table.columns += *c == ',' ? 1 : 0;
    fprintf(table.file, "%s\n", header);
    return table;
}

static void begin_field(Table *table) {
    if (table->fields++ > 0)
        fputc(',', table->file);
}

void table_text(Table *table, const char *text) {
    begin_field(table);
    fputs(text, table->file);
}

void table_number(Table *table, long number) {
    begin_field(table);
    fprintf(table->file, "%ld", number);
}

void table_pence(Table *table, long pence) {
    begin_field(table);
    fprintf(table->file, "%ld.%02ld", pence / 100, pence % 100);
}

void table_tenths(Table *table, int tenths) {
    begin_field(table);
    fprintf(table->file, "%d.%d", tenths / 10, tenths % 10);
}

void table_day(Table *table, Day day) {
    begin_field(table);
    if (day == NO_DAY || day == FOREVER)
        return;
    int year = 0;
    int month = 0;
    int of_month = 0;
    day_parts(day, &year, &month, &of_month);
    fprintf(table->file, "%04d-%02d-%02d", year, month, of_month);
}

void table_id(Table *table, char letter, int number) {
    begin_field(table);
    if (number >= 0)
        fprintf(table->file, "%c%d", letter, 10001 + number);
}

void table_end(Table *table) {
    if (table->fields != table->columns)
        generator_fail(table->name);
    table->fields = 0;
    fputc('\n', table->file);
}

void table_close(Table *table) {
    if (ferror(table->file) || fclose(table->file) != 0)
        generator_fail(table->name);
}
