/* The file of a workbook: a ZIP archive of parts, most of them XML.
 *
 * Comes in: a path. Goes out: parts by their names, read as streams. The names in the archive are
 * only ever compared, never used as paths, and nothing is unpacked to disk.
 *
 * What an archive says of itself is not believed. Declared sizes are checked when it is opened,
 * and the bytes that really come out are counted against them; an archive whose two lists of
 * contents differ is damaged. Whatever is refused is told, with what to do.
 */
#ifndef STORE_XLSX_PACKAGE_H
#define STORE_XLSX_PACKAGE_H

#include "store/faults.h"

/* What a workbook may cost. Tests use smaller ones. */
typedef struct XlsxLimits {
    uint64_t file;       /* bytes of the archive */
    uint64_t part;       /* unpacked bytes of a part */
    uint64_t all;        /* unpacked bytes of all parts */
    uint64_t text;       /* bytes of values that one sheet gives: shared texts count each time */
    uint64_t record;     /* bytes of values in one row */
    uint64_t ratio;      /* how many bytes may come out of one, */
    uint64_t ratio_from; /* for parts of more than these */
    size_t entries;      /* parts */
    size_t texts;        /* shared texts, relationships */
    size_t ranges;       /* merged cells of a sheet */
    size_t token;        /* bytes of one tag, comment or other piece of XML */
    unsigned depth;      /* elements in elements */
} XlsxLimits;

extern const XlsxLimits xlsx_limits;

/* Rows and columns that the format has. */
#define XLSX_MOST_ROWS 1048576
#define XLSX_MOST_COLUMNS 16384

typedef struct XlsxPackage XlsxPackage;
typedef struct XlsxPart XlsxPart;

/* Whether it is for the reader of workbooks, by its ending: .xlsx and .xlsm, and the formats that
 * it refuses with the advice to save as .xlsx (.xls, .xlsb, .ods). */
bool is_workbook_file(const char *name);

/* Not STORE_OK: told, *out is NULL. `limits` must outlive the package. */
StoreResult xlsx_package_open(Faults *faults, const char *path, const XlsxLimits *limits,
                              XlsxPackage **out);
/* The same for an archive in memory, which must stay until the package is closed. */
StoreResult xlsx_package_open_bytes(Faults *faults, const void *bytes, size_t len,
                                    const XlsxLimits *limits, XlsxPackage **out);
void xlsx_package_close(XlsxPackage *package);
const XlsxLimits *xlsx_package_limits(const XlsxPackage *package);

/* The part's number, or -1. Names compare without regard to case, as the format has it. */
int64_t xlsx_package_find(const XlsxPackage *package, const char *name);
/* Its name, and the bytes that it is said to have. */
const char *xlsx_package_name(const XlsxPackage *package, int64_t part);
uint64_t xlsx_package_size(const XlsxPackage *package, int64_t part);

typedef enum PartStep { PART_BYTES, PART_END, PART_REFUSED, PART_UNREADABLE } PartStep;

/* NULL: told. */
XlsxPart *xlsx_part_open(XlsxPackage *package, Faults *faults, int64_t part);
/* Up to `room` bytes, and how many in *got. PART_REFUSED and PART_UNREADABLE are told. */
PartStep xlsx_part_read(XlsxPart *part, Faults *faults, char *into, size_t room, size_t *got);
void xlsx_part_close(XlsxPart *part);

#endif
