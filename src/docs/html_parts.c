/* Style, script, head and foot of the catalogue's pages, and the text of a definition in colours.
 * Words keep the contrast of 7:1 that reports have; a colour never says alone what something is. */
#include "docs/html.h"

#include <string.h>

#include "report/html.h"
#include "syntax/highlight.h"

const HtmlColours docs_colours[] = {
    {"definition", "#0b0c0c", "#f3f5f7"},
    {"keyword", "#12436d", "#f3f5f7"},
    {"word", "#5b1a55", "#f3f5f7"},
    {"text", "#004d2a", "#f3f5f7"},
    {"number", "#7a1c0e", "#f3f5f7"},
    {"comment", "#383f43", "#f3f5f7"},
    {"a table's note", "#383f43", "#eef5fc"},
    {"the page's own box", "#ffffff", "#12436d"},
    {"under the pointer", "#383f43", "#ffdd00"},
};
const size_t docs_colours_len = sizeof docs_colours / sizeof docs_colours[0];

const char *const docs_style[] = {
    "nav{margin:0 0 .6rem}\n",
    "main section{margin:0 0 1.6rem}\n",
    "h1+.id{font-size:1rem}\n",
    ".find{margin:1.2rem 0}\n",
    ".find label{display:block;font-weight:700;margin-bottom:.3rem}\n",
    ".find input{font:inherit;width:100%;max-width:30rem;padding:.45rem .6rem;"
    "border:2px solid #0b0c0c;border-radius:.2rem;background:#ffffff;color:#0b0c0c}\n",
    "a:focus-visible,input:focus-visible,.wide:focus-visible{outline:3px solid #ffdd00;"
    "box-shadow:0 0 0 5px #0b0c0c;outline-offset:0}\n",
    ".found{min-height:1.5em}\n",
    "tr[hidden],.find[hidden]{display:none!important}\n",
    ".catalogue{table-layout:fixed}.catalogue .k1{width:38%}.catalogue .k3{width:20%}"
    ".catalogue .k4{width:15%}\n",
    ".wide{overflow-x:auto;margin:.5rem 0 1rem;padding:.2rem}\n",
    ".wide:focus{outline-offset:2px}\n",
    "pre{margin:0;padding:.8rem 1rem;background:#f3f5f7;border-left:4px solid #12436d;"
    "font:.88rem/1.5 ui-monospace,Consolas,\"DejaVu Sans Mono\",monospace;width:max-content;"
    "min-width:100%}\n",
    "pre .d{color:#12436d;font-weight:700}pre .c{color:#12436d;font-weight:600}\n",
    "pre .w{color:#5b1a55}pre .t{color:#004d2a}pre .n{color:#7a1c0e}pre .m{color:#383f43;"
    "font-style:italic}\n",
    "svg.lineage{display:block;max-width:none}\n",
    "svg.lineage text{font-size:12px}svg.lineage .note{font-size:10.5px;fill:#383f43}\n",
    "svg.lineage .box rect{fill:#ffffff;stroke:#12436d;stroke-width:1.4}\n",
    "svg.lineage .source rect{fill:#eef5fc}svg.lineage .report rect{stroke-dasharray:5 3}\n",
    "svg.lineage .itself rect{fill:#12436d}svg.lineage .itself text,svg.lineage .itself .note"
    "{fill:#ffffff}\n",
    "svg.lineage .line{fill:none;stroke:#505a5f;stroke-width:1.4}\n",
    "svg.lineage a:focus-visible{outline:none}svg.lineage a:focus-visible rect,"
    "svg.lineage a:hover rect{fill:#ffdd00}\n",
    "svg.lineage a text{text-decoration:underline}svg.lineage a .note{text-decoration:none}\n",
    "@media print{\n",
    "a[href]::after{content:none}.find,nav{display:none}\n",
    "p.small{break-after:avoid}.wide{overflow:visible}pre{width:auto;white-space:pre-wrap;break-"
    "inside:avoid;"
    "font-size:7.6pt}\n",
    "svg.lineage{width:auto;max-width:100%;height:auto;max-height:150mm}\n",
    "}\n",
};
const size_t docs_style_len = sizeof docs_style / sizeof docs_style[0];

const char docs_script[] =
    "\n"
    "(function () {\n"
    "  var box = document.getElementById('find'), input = document.getElementById('words');\n"
    "  var found = document.getElementById('found');\n"
    "  var rows = Array.prototype.slice.call(document.querySelectorAll('tbody tr'));\n"
    "  var texts = rows.map(function (row) {\n"
    "    return (row.textContent + ' ' + row.getAttribute('data-words')).toLowerCase();\n"
    "  });\n"
    "  function find() {\n"
    "    var words = input.value.toLowerCase().split(/\\s+/).filter(Boolean), shown = 0;\n"
    "    rows.forEach(function (row, i) {\n"
    "      row.hidden = !words.every(function (word) { return texts[i].indexOf(word) >= 0; });\n"
    "      shown += row.hidden ? 0 : 1;\n"
    "    });\n"
    "    found.textContent = words.length ? shown + ' of ' + rows.length + ' indicators' : '';\n"
    "  }\n"
    "  box.hidden = false;\n"
    "  input.addEventListener('input', find);\n"
    "  find();\n"
    "})();\n";
const char docs_script_hash[] = "sha256-LSaQNgFo1qb7qsS77kfqqINYYZCJfwzhq8CF1UNrv/8=";

void docs_add_tagged(StrBuf *out, const char *open, const char *text, const char *close) {
    strbuf_add(out, open);
    html_add(out, text);
    strbuf_add(out, close);
}

void docs_add_id(StrBuf *out, const char *id) {
    StrBuf piece = {0};
    strbuf_add(out, "<span class=\"id\">");
    while (*id) {
        size_t len = strcspn(id, "_");
        len += id[len] == '_';
        strbuf_clear(&piece);
        strbuf_add_len(&piece, id, len);
        html_add(out, strbuf_text(&piece));
        strbuf_add(out, id[len] ? "<wbr>" : "");
        id += len;
    }
    strbuf_add(out, "</span>");
    strbuf_fini(&piece);
}

void docs_add_link(StrBuf *out, const CataloguePage *page) {
    strbuf_addf(out, "<a href=\"%s.html\">", page->file);
    docs_add_tagged(out, "", page->indicator->title, "</a>");
}

void docs_add_head(StrBuf *out, const char *title, const char *up) {
    strbuf_add(out, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"generator\" content=\"" DOCS_MARK "\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'");
    if (!up)
        strbuf_addf(out, "; script-src '%s'", docs_script_hash);
    strbuf_add(out, "\">\n<meta name=\"viewport\" content=\"width=device-width, "
                    "initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
    docs_add_tagged(out, "<title>", title, "");
    if (up)
        docs_add_tagged(out, " – ", up, "");
    strbuf_add(out, "</title>\n<style>\n");
    for (size_t i = 0; i < html_style_len; i++)
        strbuf_add(out, html_style[i]);
    for (size_t i = 0; i < docs_style_len; i++)
        strbuf_add(out, docs_style[i]);
    strbuf_add(out, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the "
                    "page</a>\n<header>\n");
    if (up)
        docs_add_tagged(out, "<nav aria-label=\"Catalogue\"><a href=\"index.html\">", up,
                        ": all indicators</a></nav>\n");
    docs_add_tagged(out, "<h1>", title, "</h1>\n");
}

void docs_add_foot(StrBuf *out, const Catalogue *catalogue) {
    strbuf_add(out, "</main>\n<footer>\n<p>");
    if (catalogue->fingerprint)
        strbuf_addf(out, "Data %s; ", catalogue->fingerprint);
    docs_add_tagged(out, "", catalogue->made_by, "</p>\n</footer>\n");
}

/* ---- the text of a definition ---- */

static const char *class_of(HighlightKind kind) {
    switch (kind) {
    case HIGHLIGHT_DECLARATION:
        return "d";
    case HIGHLIGHT_CLAUSE:
        return "c";
    case HIGHLIGHT_WORD:
        return "w";
    case HIGHLIGHT_TEXT:
        return "t";
    case HIGHLIGHT_NUMBER:
        return "n";
    case HIGHLIGHT_COMMENT:
        return "m";
    }
    return "";
}

/* Line by line: html_add makes one line of what it is given. */
static void add_stretch(StrBuf *out, const char *text, size_t len) {
    StrBuf line = {0};
    for (size_t i = 0; i <= len; i++) {
        if (i < len && text[i] != '\n') {
            strbuf_add_char(&line, text[i]);
            continue;
        }
        html_add(out, strbuf_text(&line));
        strbuf_clear(&line);
        if (i < len)
            strbuf_add_char(out, '\n');
    }
    strbuf_fini(&line);
}

void docs_add_source(StrBuf *out, Arena *arena, const CatalogueText *text) {
    HighlightList list = {0};
    highlight_text(arena, text->text, text->len, &list);
    size_t at = 0;
    docs_add_tagged(out,
                    "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Text from ",
                    text->file, "");
    strbuf_addf(out, ", line %u\"><pre><code>", text->line);
    for (size_t i = 0; i < list.len; i++) {
        const HighlightStretch *stretch = &list.items[i];
        if (stretch->off < at || stretch->off + stretch->len > text->len)
            continue;
        add_stretch(out, text->text + at, stretch->off - at);
        strbuf_addf(out, "<span class=\"%s\">", class_of(stretch->kind));
        add_stretch(out, text->text + stretch->off, stretch->len);
        strbuf_add(out, "</span>");
        at = stretch->off + stretch->len;
    }
    add_stretch(out, text->text + at, text->len - at);
    strbuf_add(out, "</code></pre></div>\n");
}
