/* The cells of a sheet, one row after another, in memory for one row.
 *
 * Comes in: a workbook and the number of a sheet. Goes out: each row that has a value in it, with
 * its number as the spreadsheet shows it and its cells as text; after the last, the merged ranges.
 * A cell without a value, or with an empty text, is not there. Of a formula the value that was
 * last computed counts.
 */
#ifndef STORE_XLSX_SHEET_H
#define STORE_XLSX_SHEET_H

#include "store/xlsx_book.h"

typedef struct XlsxCell {
    char *text;      /* not NUL-terminated; valid until the next row */
    size_t len;      /* above 0 */
    uint32_t column; /* from 0 */
    bool is_text;    /* rather than a number, a date, TRUE or FALSE, an error */
} XlsxCell;

/* Rows and columns from 1 and 0, both ends included. */
typedef struct XlsxRange {
    uint32_t first_row, last_row, first_column, last_column;
} XlsxRange;

typedef struct XlsxReader XlsxReader;

typedef enum SheetStep { SHEET_ROW, SHEET_END, SHEET_REFUSED, SHEET_UNREADABLE } SheetStep;

/* Reads the shared texts too, if nobody did. Not STORE_OK: told. */
StoreResult xlsx_sheet_open(XlsxBook *book, Faults *faults, size_t sheet, XlsxReader **out);
void xlsx_sheet_close(XlsxReader *reader);
SheetStep xlsx_sheet_next(XlsxReader *reader);

/* Of the row that is here. */
uint32_t xlsx_sheet_row(const XlsxReader *reader);
const XlsxCell *xlsx_sheet_cells(const XlsxReader *reader, size_t *len);
/* At the end. */
const XlsxRange *xlsx_sheet_merged(const XlsxReader *reader, size_t *len);
/* Bytes of the sheet's part read so far. */
uint64_t xlsx_sheet_done(const XlsxReader *reader);

/* "AB" for column 27. */
void xlsx_column_show(StrBuf *out, uint32_t column);

#endif
