/* Texts as JSON has them. */
#ifndef REPORT_JSON_TEXT_H
#define REPORT_JSON_TEXT_H

#include <jansson.h>

#include "base/strbuf.h"

/* NULL is null; bytes that are no UTF-8 show as U+FFFD. The caller owns it. */
json_t *json_of_text(const char *words);
/* The text of the value, in the order of making; releases it. */
void json_add_to(StrBuf *out, json_t *value, size_t flags);

#endif
