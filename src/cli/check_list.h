/* `kpic check --list`: the registry of checks as it comes, before a project sets anything. */
#ifndef CLI_CHECK_LIST_H
#define CLI_CHECK_LIST_H

#include "base/strbuf.h"

/* One line a check: code, name, severity or "off", family, what it finds. */
void check_list_text(StrBuf *out);
/* The same as an array of objects. */
void check_list_json(StrBuf *out);

#endif
