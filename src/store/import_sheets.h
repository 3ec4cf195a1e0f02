/* Which sheets of a workbook are imported, or are tables of a folder.
 *
 * Those that are named, each of which must then be a table; else every sheet that has headings and
 * rows and is not hidden. What is left out is told, unless nothing is in it.
 */
#ifndef STORE_IMPORT_SHEETS_H
#define STORE_IMPORT_SHEETS_H

#include "base/vec.h"
#include "store/xlsx_table.h"

typedef VEC(const XlsxTable *) SheetTables;

/* The tables live in the session's arena. STORE_OK: there is at least one. */
StoreResult sheets_choose(Faults *faults, const ImportOptions *options, XlsxBook *book,
                          SheetTables *out);

#endif
