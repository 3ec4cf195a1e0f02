/* The part of Records that is about sheets of workbooks. Only records*.c include this. */
#ifndef STORE_RECORDS_SHEET_H
#define STORE_RECORDS_SHEET_H

#include "store/records.h"

/* Takes these as the names of the columns, with numbers for those that are taken. */
void records_number_names(Records *records, const char *const *written, size_t len);

StoreResult sheet_records_open(Records *records);
void sheet_records_close(Records *records);
RowStep sheet_records_next(Records *records);
/* "sheet 'List 1', cell D13" */
void sheet_records_place(const Records *records, size_t field, StrBuf *out);
void sheet_records_tell_names(Records *records);
void sheet_records_tell_rows(Records *records);

#endif
