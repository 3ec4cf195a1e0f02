/* The rows under a header: of a CSV or TSV file, or of a sheet of a workbook.
 *
 * Comes in: a source. Goes out: the names of the columns, then row after row with a field for each
 * of them, in the same form whatever they come from. Every fault of form is told here, with file,
 * row, line (or sheet and cell) and column, so that import and the folder store say the same.
 * To add a kind of source: its members here, and its branch in records_open, records_close,
 * records_next and records_fault.
 *
 * The header of a CSV file: names without blanks around them. Columns without a name at the end are
 * read over, as long as they are empty in every row; elsewhere a name is needed. A name that was
 * there before (without regard to ASCII case) gets a number, `Name (2)`, with a warning; so does
 * `kpic_row`, which is the store's own. Rows: numbered from 1, the header not counted; each has as
 * many fields as the header. Blank lines at the end are read over; in a file of one column, blank
 * lines before that are empty rows. Of sheets, xlsx_table.h says what the columns are; rows without
 * a value are left out and counted.
 */
#ifndef STORE_RECORDS_H
#define STORE_RECORDS_H

#include "store/csv.h"
#include "store/faults.h"
#include "store/xlsx_table.h"

/* The column by which the store numbers its rows. */
#define ROW_COLUMN "kpic_row"

typedef struct RecordSource {
    const char *path;
    TextEncoding encoding;  /* of a CSV or TSV file */
    XlsxBook *book;         /* NULL: a CSV or TSV file */
    const XlsxTable *table; /* of the book */
} RecordSource;

typedef enum RowStep {
    ROW_HERE,
    ROW_BAD, /* told; the next may be good */
    ROW_END,
    ROW_STOP,      /* told; no more can be read */
    ROW_UNREADABLE /* told; the file, not its content, is at fault */
} RowStep;

typedef struct Records {
    const char *const *header;
    size_t header_len;
    const CsvField *fields; /* of a row that is here: header_len of them */
    uint64_t row, line;     /* row number from 1; line on which it starts, or the sheet's row */
    uint64_t size, done;    /* bytes of the file or sheet, and read so far */
    /* Of a sheet, so far. */
    uint64_t first_line;     /* of the first record */
    uint64_t blank, outside; /* rows left out: without a value, not among the rows named */
    uint64_t notes;          /* the last so many rows have one value each, */
    uint64_t notes_from;     /* from this one of the sheet, */
    uint64_t before_notes;   /* and this is the last before them, 0 if there is none */

    /* Its own. */
    Faults *faults;
    RecordSource source;
    XlsxReader *sheet;
    CsvField *cells;       /* of a sheet's row */
    uint32_t *cell_places; /* of each column of the sheet: its place among cells + 1, or 0 */
    FileReader *file;
    CsvReader csv;
    size_t width;              /* fields a row: header_len and those without a name */
    uint64_t blanks, blank_at; /* blank lines not yet accounted for, the first one's line */
    CsvStep held;              /* what follows the blank lines */
    bool holding;
    const char *const *written; /* the names as the file has them, before any was numbered */
} Records;

bool is_text_file(const char *name); /* .csv, .tsv, .tab in any case */

/* Opens and reads the header. Not STORE_OK: told (and counted in faults), nothing to close. A
 * source's book stays the caller's. */
StoreResult records_open(Records *records, Faults *faults, const RecordSource *source);
void records_close(Records *records);
RowStep records_next(Records *records);
/* Tells that the field is no value of the spec's column. */
void records_fault(Records *records, const TableSpec *spec, size_t column, size_t field,
                   const char *why);
/* Warns of names that were numbered, or made up from a column's letter. */
void records_tell_names(Records *records);
/* After the last row: warns of rows that look like notes, and of merged cells. */
void records_tell_rows(Records *records);
/* Warns of a header of one column that looks like several with another separator. */
void records_tell_one_column(const Records *records, Faults *told);

#endif
