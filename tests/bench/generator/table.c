#include "tests/bench/generator/table.h"

#include <stdlib.h>
#include <string.h>

static _Noreturn void fail(const char *what) {
    perror(what);
    exit(1);
}

Table table_open(const char *folder, const char *name, const char *header) {
    char path[1024];
    int length = snprintf(path, sizeof path, "%s/%s.csv", folder, name);
    if (length < 0 || (size_t)length >= sizeof path) {
        fprintf(stderr, "generate: the folder's name is too long\n");
        exit(2);
    }
    Table table = {.file = fopen(path, "w"), .name = name};
    if (!table.file)
        fail(path);
    fprintf(table.file, "%s\n", header);
    return table;
}

/* A file is written by one thread: no lock for each byte. */
static void put(Table *table, const char *text, size_t len) {
    if (table->row_begun)
        putc_unlocked(',', table->file);
    table->row_begun = true;
    for (size_t i = 0; i < len; i++)
        putc_unlocked(text[i], table->file);
}

/* Digits up to the end of a buffer; gives where they start. */
static char *digits_before(char *end, int64_t number) {
    char *at = end;
    do
        *--at = (char)('0' + number % 10);
    while (number /= 10);
    return at;
}

void table_number(Table *table, int64_t number) {
    char buffer[24], *end = buffer + sizeof buffer, *at = digits_before(end, number);
    put(table, at, (size_t)(end - at));
}

void table_text(Table *table, const char *text) {
    put(table, text, strlen(text));
}

static void two_digits(char *at, int number) {
    at[0] = (char)('0' + number / 10 % 10);
    at[1] = (char)('0' + number % 10);
}

void table_day(Table *table, Date day) {
    Ymd parts = date_ymd(day);
    char iso[10] = "yyyy-mm-dd";
    two_digits(iso, parts.year / 100);
    two_digits(iso + 2, parts.year);
    two_digits(iso + 5, parts.month);
    two_digits(iso + 8, parts.day);
    put(table, iso, sizeof iso);
}

void table_day_by(Table *table, Date day, Date last) {
    if (day <= last)
        table_day(table, day);
    else
        table_text(table, "");
}

void table_tenths(Table *table, int64_t tenths) {
    char buffer[24], *end = buffer + sizeof buffer;
    end[-1] = (char)('0' + tenths % 10);
    end[-2] = '.';
    char *at = digits_before(end - 2, tenths / 10);
    put(table, at, (size_t)(end - at));
}

void table_row_end(Table *table) {
    putc_unlocked('\n', table->file);
    table->row_begun = false;
    table->rows++;
}

void table_close(Table *table) {
    if (ferror(table->file) || fclose(table->file) != 0)
        fail(table->name);
}
