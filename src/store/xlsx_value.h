/* What a cell of a workbook holds, as text.
 *
 * Comes in: the text of a cell's value as its XML has it, and the kind that its number format
 * gives it. Goes out: a number as plain decimal digits, to the 15 significant ones that
 * spreadsheets keep (whole numbers that are written out, to the last digit); a date as ISO; texts
 * without the escapes of the format. No floating point, no locale.
 *
 * Whether a number is a date hangs on the format alone: workbooks have no dates, only numbers of
 * days. A date's format that shows no time gives the date without its time, as the cell shows it;
 * one that shows both gives both. A number for which there is no day stays a number.
 *
 * To add a kind: a value of XlsxKind, where xlsx_kind_of_code finds it, how xlsx_number_show
 * writes it.
 */
#ifndef STORE_XLSX_VALUE_H
#define STORE_XLSX_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

typedef enum XlsxKind {
    XLSX_NUMBER,
    XLSX_DATE,      /* 2017-01-31 */
    XLSX_DATE_TIME, /* 2017-01-31 14:30:00, with thousandths if there are any */
    XLSX_TIME,      /* 14:30:00, of the day */
    XLSX_ELAPSED    /* 36:30:00, hours and more than a day of them */
} XlsxKind;

/* Of a number format that the format's standard numbers without writing it down. */
XlsxKind xlsx_kind_of_id(unsigned id);
/* Of a code such as `dd/mm/yyyy;@`: its first section decides. */
XlsxKind xlsx_kind_of_code(const char *code);

/* Adds the number. `from_1904`: days count from 1 January 1904, else from 1900 with its 29 February
 * that never was. What is no number is added as it stands. */
void xlsx_number_show(StrBuf *out, const char *text, size_t len, XlsxKind kind, bool from_1904);

/* Takes out the escapes of characters that XML cannot hold, `_x000D_`, in place; gives the new
 * length. Escapes for no character, or for a NUL, stay as they are. */
size_t xlsx_unescape(char *text, size_t len);

#endif
