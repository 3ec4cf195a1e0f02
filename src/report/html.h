/* What render_document_html.c is put together from: the style, and the colours that it uses.
 * Private to report/, and to the test that reckons their contrast. */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include <stddef.h>

typedef struct HtmlColours {
    const char *what, *ink, *paper; /* "#005a30" */
} HtmlColours;

extern const HtmlColours html_colours[];
extern const size_t html_colours_len;
extern const char *const html_style[]; /* its lines */
extern const size_t html_style_len;

#endif
