/* What is running on servers just now, so that a signal can stop it. Only server.c includes this.
 */
#ifndef STORE_SERVER_CANCEL_H
#define STORE_SERVER_CANCEL_H

#include <stddef.h>

#include "store/libpq.h"

/* SIZE_MAX if there is no room: then it simply cannot be cancelled. */
size_t cancel_add(PGconn *link);
void cancel_remove(size_t place);

#endif
