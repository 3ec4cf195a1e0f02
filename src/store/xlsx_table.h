/* A sheet as people have them, seen as a table: which rows are its headings, which its records.
 *
 * Comes in: a sheet, and what the user said of it. Goes out: the rows of the headings, the columns
 * with their names, and where the records are. The whole sheet is read once for this, and its top
 * once more.
 *
 * The headings, unless the user names their rows: the first row that fills more than half of the
 * columns in which the sheet has anything, with the rows that its merged cells reach. If most of
 * its cells are no texts, it is no heading, and nothing is guessed. Several rows of headings are
 * joined with a blank, from top to bottom; a merged cell counts for each column and row that it
 * spans, once. Blanks and line breaks within a heading become one blank. The columns: those with a
 * heading of their own, or with a value under it. A column with values and no heading is called by
 * its letter. Others are the spaces between columns, and are not there.
 */
#ifndef STORE_XLSX_TABLE_H
#define STORE_XLSX_TABLE_H

#include "store/xlsx_sheet.h"

/* Rows of headings that can be joined. */
#define XLSX_MOST_HEADER_ROWS 100

typedef struct XlsxTable {
    size_t sheet;     /* its number in the workbook */
    const char *name; /* of the sheet */
    uint32_t header_first, header_last;
    uint32_t rows_first, rows_last; /* where records may be */
    bool has_rows;                  /* there is at least one */
    size_t above;                   /* rows with values above the headings */
    const uint32_t *columns;        /* of the sheet, from 0 */
    const char *const *names;       /* of each of them; may be the same */
    const bool *lettered;           /* called by its letter */
    size_t columns_len;
    XlsxRange merged;  /* the first range of rows, among the records, whose cells are one */
    size_t merged_len; /* how many there are */
} XlsxTable;

typedef enum TableStep {
    TABLE_HERE,
    TABLE_BLANK,      /* the sheet has no value at all */
    TABLE_NO_HEADER,  /* `why` has the reason */
    TABLE_REFUSED,    /* told */
    TABLE_UNREADABLE, /* told */
} TableStep;

/* What *out points to lives in `arena`. */
TableStep xlsx_table_find(XlsxBook *book, Faults *faults, size_t sheet, const SheetRows *rows,
                          Arena *arena, XlsxTable *out, StrBuf *why);

#endif
