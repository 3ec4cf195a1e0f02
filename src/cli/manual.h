/* Pages of the manual, in the man(7) language, which man(1) of every system reads.
 *
 * In: the tables of commands and options, the examples of the help, and the reference of the
 * language. Out: the text of one page. A page names no path and no date but that of the version, so
 * that the same program gives the same bytes. `mandoc -Tlint` has nothing to say (a test looks).
 */
#ifndef CLI_MANUAL_H
#define CLI_MANUAL_H

#include "cli/options.h"

/* "kpic", "kpic-eval" or "eval", "kpi": false if there is no such page. */
bool manual_print(StrBuf *out, const char *page);
/* The names that manual_print takes, for "did you mean". */
size_t manual_names(const char **out, size_t room);

/* The page of the language: Markdown (only what grammar/language.md uses of it) after the page's
 * own head. */
void manual_add_markdown(StrBuf *out, const char *markdown, size_t len);
/* A text with what has a meaning to man(7) made harmless; lines keep their breaks. */
void manual_add_text(StrBuf *out, const char *text);

#endif
