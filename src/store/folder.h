/* The store that is a folder: each CSV or TSV file is a table, and each sheet of a workbook. */
#ifndef STORE_FOLDER_H
#define STORE_FOLDER_H

#include "store/state.h"

/* Reads the header of every data file directly in the folder. A file or sheet whose header is no
 * good is left out with a warning: it may have nothing to do with the definitions. */
StoreResult folder_open(Store *store);
StoreResult folder_load(Store *store, size_t table, const TableSpec *spec, Arena *run, Atoms *texts,
                        Table *out);

#endif
