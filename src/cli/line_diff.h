/* The difference of two texts by lines, in the unified form that patch and reviewers read.
 *
 * The shortest edit script (Myers 1986) of what is left after equal beginnings and ends; texts that
 * differ almost everywhere are shown as one removal and one addition, so that time and memory stay
 * small.
 */
#ifndef CLI_LINE_DIFF_H
#define CLI_LINE_DIFF_H

#include "base/arena.h"
#include "base/strbuf.h"

/* Nothing if the texts are equal. The names stand behind --- and +++. */
void line_diff(StrBuf *out, const char *old_name, const char *old_text, const char *new_name,
               const char *new_text);

#endif
