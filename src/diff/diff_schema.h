/* What `kpic diff --format json` writes, for other programs. */
#ifndef DIFF_DIFF_SCHEMA_H
#define DIFF_DIFF_SCHEMA_H

#include "base/strbuf.h"

/* The JSON Schema of kpic-diff/1. */
void diff_schema_print(StrBuf *out);

#endif
