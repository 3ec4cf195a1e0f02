/* libpq, opened when a server is first spoken to (base/late.h). */
#ifndef STORE_LIBPQ_H
#define STORE_LIBPQ_H

#include <libpq-fe.h>

/* Before any other function of libpq. NULL: it is there; else why not. For several threads. */
const char *libpq_open(void);

#endif
