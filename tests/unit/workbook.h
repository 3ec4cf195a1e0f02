/* Small workbooks and other archives for tests, made from literal XML.
 *
 * A Book is written with the parts that every workbook has around what the test gives. An archive
 * of any parts is written by archive_write.
 */
#ifndef TESTS_UNIT_WORKBOOK_H
#define TESTS_UNIT_WORKBOOK_H

#include <stdbool.h>
#include <stddef.h>

#define BOOK_MOST_SHEETS 8

typedef struct BookSheet {
    const char *name;
    const char *rows;   /* what stands in <sheetData> */
    const char *merged; /* what stands in <mergeCells>, or NULL */
    const char *state;  /* "hidden", or NULL */
} BookSheet;

typedef struct Book {
    BookSheet sheets[BOOK_MOST_SHEETS]; /* up to the first without a name */
    const char *styles;                 /* what stands in <styleSheet>, or NULL: no such part */
    const char *texts;                  /* what stands in <sst>, or NULL: no such part */
    const char *properties;             /* what stands in <workbook> before <sheets>, or NULL */
} Book;

typedef struct ArchivePart {
    const char *name, *text;
    size_t len;  /* 0: up to the NUL */
    bool stored; /* rather than deflated */
} ArchivePart;

/* Write into the test's folder and give the path. */
const char *book_write(const char *file, const Book *book);
const char *archive_write(const char *file, const ArchivePart *parts, size_t len);
/* Writes a book whose first sheet's part is `sheet`, all of it. */
const char *book_write_sheet(const char *file, const char *sheet);

/* A row of inline texts: "a|b||d" is A, B and D of row `number`; a cell that starts with # is a
 * number, with = a text all the same. Lives until the test ends. */
const char *book_row(unsigned number, const char *cells);

#endif
