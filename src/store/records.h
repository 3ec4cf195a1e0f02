/* The rows of a CSV or TSV file under its header.
 *
 * Comes in: a path; TSV by its ending (.tsv, .tab), else CSV. Goes out: the names of the columns,
 * then row after row with a field for each of them. Every fault of form is told here, with file,
 * row, line and column, so that import and the folder store say the same.
 *
 * The header: names without blanks around them. Columns without a name at the end are read over,
 * as long as they are empty in every row; elsewhere a name is needed. A name that was there before
 * (without regard to ASCII case) gets a number, `Name (2)`, with a warning; so does `kpic_row`,
 * which is the store's own.
 * Rows: numbered from 1, the header not counted; each has as many fields as the header. Blank
 * lines at the end are read over; in a file of one column, blank lines before that are empty rows.
 */
#ifndef STORE_RECORDS_H
#define STORE_RECORDS_H

#include "store/csv.h"
#include "store/faults.h"

/* The column by which the store numbers its rows. */
#define ROW_COLUMN "kpic_row"

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
    uint64_t row, line;     /* row number from 1; line on which it starts */
    uint64_t size, done;    /* bytes of the file, and read so far */

    /* Its own. */
    Faults *faults;
    const char *path;
    FileReader *file;
    CsvReader csv;
    size_t width;              /* fields a row: header_len and those without a name */
    uint64_t blanks, blank_at; /* blank lines not yet accounted for, the first one's line */
    CsvStep held;              /* what follows the blank lines */
    bool holding;
    const char *const *written; /* the names as the file has them, before any was numbered */
} Records;

bool is_data_file(const char *name); /* .csv, .tsv, .tab in any case */

/* Opens and reads the header. Not STORE_OK: told (and counted in faults), nothing to close. */
StoreResult records_open(Records *records, Faults *faults, const char *path, TextEncoding encoding);
void records_close(Records *records);
RowStep records_next(Records *records);
/* Warns of names that were numbered. */
void records_tell_renamed(Records *records);
/* Warns of a header of one column that looks like several with another separator. */
void records_tell_one_column(const Records *records, Faults *told);

#endif
