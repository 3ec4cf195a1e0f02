/* What pages of HTML are put together from: the style, the colours that it uses, a table of
 * measures. For reports, for the catalogue (docs/), and for the test that reckons the contrast of
 * colours. */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include <stddef.h>

#include "report/document.h"

typedef struct HtmlColours {
    const char *what, *ink, *paper; /* "#005a30" */
} HtmlColours;

extern const HtmlColours html_colours[];
extern const size_t html_colours_len;
extern const char *const html_style[]; /* its lines */
extern const size_t html_style_len;

/* The table of a section's measures; `charts` counts those of the page, for their names. */
void html_add_measures(StrBuf *out, const DocumentItem *item, const char *period, size_t *charts);

#endif
