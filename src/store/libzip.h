/* libzip, opened with the first workbook (base/late.h). */
#ifndef STORE_LIBZIP_H
#define STORE_LIBZIP_H

#include <zip.h>

/* Before any other function of libzip. NULL: it is there; else why not. For several threads. */
const char *libzip_open(void);

#endif
