/* The reference of the language, grammar/language.md, embedded by the build: for `kpic help
 * language` and the manual page kpi(5). Markdown, NUL-terminated. */
#ifndef BASE_LANGUAGE_PAGE_H
#define BASE_LANGUAGE_PAGE_H

#include <stddef.h>

extern const char language_page[];
extern const size_t language_page_len;

#endif
