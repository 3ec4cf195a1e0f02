/* Statements as people read them: lines that are too long are broken where their brackets, cases
 * and conditions are, and brackets in brackets go. The meaning stays. */
#ifndef ENGINE_SQL_LAYOUT_H
#define ENGINE_SQL_LAYOUT_H

#include "base/strbuf.h"

void layout_statement(StrBuf *out, const char *text);

#endif
