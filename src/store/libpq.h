/* libpq, opened when a server is first spoken to.
 *
 * It brings some twenty libraries along, for encryption and directories; opening them all takes
 * longer than a small evaluation, so a run that meets no server does without. The functions have
 * the names and types of <libpq-fe.h>. One that is newly called gets a line in libpq_calls.def.
 */
#ifndef STORE_LIBPQ_H
#define STORE_LIBPQ_H

#include <libpq-fe.h>

/* Before any other function of libpq. NULL: it is there; else why not. For several threads. */
const char *libpq_open(void);

#endif
