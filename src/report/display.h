/* Text on a terminal: how wide it is, where it may break, and nothing in it that moves the cursor.
 *
 * Widths are columns (utf8proc), not bytes. What is no UTF-8 and every control character shows as
 * U+FFFD, a tab or a line's end as a blank, so that no title and no cell can upset a terminal.
 */
#ifndef REPORT_DISPLAY_H
#define REPORT_DISPLAY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

typedef enum Ink { INK_PLAIN, INK_BOLD, INK_DIM, INK_GOOD, INK_BAD } Ink;

/* A stretch of a text, from `text` on. */
typedef struct DisplayLine {
    const char *text;
    size_t len, width;
} DisplayLine;

size_t display_width(const char *text);
/* The first line of a text broken at blanks to `width` columns (a longer word is broken inside);
 * *rest is where the next starts, NULL at the end. */
DisplayLine display_break(const char *text, size_t width, const char **rest);
/* A line in an ink, padded with blanks to `width`, on the left if `right`. */
void display_add(StrBuf *out, DisplayLine line, size_t width, bool right, Ink ink, bool colour);
/* A text in an ink, whole. */
void display_add_text(StrBuf *out, const char *text, Ink ink, bool colour);
/* A text in lines of at most `width` columns, each after `indent` blanks. */
void display_add_paragraph(StrBuf *out, const char *text, size_t indent, size_t width, Ink ink,
                           bool colour);
/* A horizontal rule of `width` columns and a line's end. */
void display_add_rule(StrBuf *out, size_t width, bool colour);
/* Drops blanks at the end of the buffer's last line. */
void display_trim(StrBuf *out);

#endif
