/* A workbook: its sheets by name, the kinds of its number formats, its shared texts.
 *
 * Comes in: a path. Goes out: what reading any of its sheets needs. The shared texts are the only
 * thing that is kept in memory as a whole; they are read when the first sheet is.
 *
 * The way in is the format's own: from the package to the part that is the workbook, from there by
 * relationships to sheets, styles and texts, wherever they are.
 */
#ifndef STORE_XLSX_BOOK_H
#define STORE_XLSX_BOOK_H

#include "store/xlsx_package.h"
#include "store/xlsx_value.h"

typedef struct XlsxSheet {
    const char *name;
    int64_t part; /* -1: a chart, or another thing without cells */
    bool hidden;
} XlsxSheet;

typedef struct XlsxText {
    char *text; /* not NUL-terminated */
    size_t len;
} XlsxText;

typedef struct XlsxBook XlsxBook;

/* Not STORE_OK: told, *out is NULL. */
StoreResult xlsx_book_open(Faults *faults, const char *path, const XlsxLimits *limits,
                           XlsxBook **out);
/* The same for a package that is open; the book closes it, also when it is refused. */
StoreResult xlsx_book_take(Faults *faults, XlsxPackage *package, XlsxBook **out);
void xlsx_book_close(XlsxBook *book);

/* In the order of the workbook. Names live as long as the book. */
const XlsxSheet *xlsx_book_sheets(const XlsxBook *book, size_t *len);
/* By name, exactly or else without regard to ASCII case; SIZE_MAX if there is none. */
size_t xlsx_book_find(const XlsxBook *book, const char *name);
XlsxPackage *xlsx_book_package(const XlsxBook *book);
bool xlsx_book_from_1904(const XlsxBook *book);
/* Of the cells with this style; XLSX_NUMBER for a style that is not there. */
XlsxKind xlsx_book_kind(const XlsxBook *book, uint64_t style);
/* Reads the shared texts, unless that was done. */
StoreResult xlsx_book_texts_read(XlsxBook *book, Faults *faults);
/* NULL if there is none of this number. */
const XlsxText *xlsx_book_text(const XlsxBook *book, uint64_t number);

#endif
