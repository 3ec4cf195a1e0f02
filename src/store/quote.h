/* The one function by which a name gets into an SQL statement. Values never do: they are bound, but
 * in a statement that makes a table or a server, which takes no parameters. */
#ifndef STORE_QUOTE_H
#define STORE_QUOTE_H

#include "base/strbuf.h"

/* Adds the name in double quotes, each quote in it doubled. */
void quote_name(StrBuf *out, const char *name);
/* Adds the text as a literal of PostgreSQL. */
void quote_text(StrBuf *out, const char *text);
/* Adds the text as an argument of a command of psql, such as \connect. */
void quote_psql(StrBuf *out, const char *text);

#endif
