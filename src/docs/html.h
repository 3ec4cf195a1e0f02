/* What the pages of the catalogue in HTML are put together from. Private to docs/, and to the
 * test that reckons the contrast of colours. */
#ifndef DOCS_HTML_H
#define DOCS_HTML_H

#include "docs/catalogue.h"
#include "report/html.h"

/* The style that the catalogue adds to that of reports. */
extern const char *const docs_style[];
extern const size_t docs_style_len;
/* The pairs of ink and paper that it uses beside those of reports. */
extern const HtmlColours docs_colours[];
extern const size_t docs_colours_len;
/* The search of the index, and its SHA-256 in the form that a content policy wants: it is the only
 * script that a browser may run there (a test reckons it anew). */
extern const char docs_script[];
extern const char docs_script_hash[];

/* From the doctype to the open <main>. `up`: the title of the page above; NULL: this is the index.
 */
void docs_add_head(StrBuf *out, const char *title, const char *up);
void docs_add_foot(StrBuf *out, const Catalogue *catalogue);
/* `open`, the text escaped, `close`. */
void docs_add_tagged(StrBuf *out, const char *open, const char *text, const char *close);
/* An id, which may be divided after an underscore. */
void docs_add_id(StrBuf *out, const char *id);
/* A link to a page of the catalogue. */
void docs_add_link(StrBuf *out, const CataloguePage *page);
/* The text of a declaration in colours. */
void docs_add_source(StrBuf *out, Arena *arena, const CatalogueText *text);

#endif
