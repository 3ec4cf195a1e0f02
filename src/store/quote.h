/* The one function by which a name gets into an SQL statement. Values never do: they are bound. */
#ifndef STORE_QUOTE_H
#define STORE_QUOTE_H

#include "base/strbuf.h"

/* Adds the name in double quotes, each quote in it doubled. */
void quote_name(StrBuf *out, const char *name);

#endif
