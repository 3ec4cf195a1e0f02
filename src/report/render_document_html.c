/* A report as one HTML file that asks for nothing from elsewhere. Every text goes through html_add.
 * Tables say their roles too, because on a telephone their rows are stacked, and display:block
 * would take the roles away. */
#include <string.h>

#include "report/document.h"
#include "report/html.h"

#define LONG_VALUE 26 /* bytes: longer ones are set smaller */

static void tagged(StrBuf *out, const char *open, const char *text, const char *close) {
    strbuf_add(out, open);
    html_add(out, text);
    strbuf_add(out, close);
}

/* ---- narrative ---- */

static void add_inlines(StrBuf *out, const Inline *piece) {
    for (; piece; piece = piece->next) {
        switch (piece->kind) {
        case INLINE_TEXT:
            html_add(out, piece->text);
            break;
        case INLINE_BREAK:
            strbuf_add(out, "<br>");
            break;
        case INLINE_STRONG:
            strbuf_add(out, "<strong>");
            add_inlines(out, piece->children);
            strbuf_add(out, "</strong>");
            break;
        case INLINE_EMPHASIS:
            strbuf_add(out, "<em>");
            add_inlines(out, piece->children);
            strbuf_add(out, "</em>");
            break;
        case INLINE_LINK:
            tagged(out, "<a href=\"", piece->text, "\">");
            add_inlines(out, piece->children);
            strbuf_add(out, "</a>");
            break;
        }
    }
}

static void add_blocks(StrBuf *out, const Block *block, const char *caption);

static void add_items(StrBuf *out, const Block *list) {
    if (list->ordered)
        strbuf_addf(out, "<ol start=\"%d\">\n", list->start);
    else
        strbuf_add(out, "<ul>\n");
    for (const Block *item = list->children; item; item = item->next) {
        strbuf_add(out, "<li>");
        const Block *first = item->children;
        if (first && first->kind == BLOCK_PARAGRAPH && list->tight) {
            add_inlines(out, first->inlines);
            first = first->next;
        }
        add_blocks(out, first, NULL);
        strbuf_add(out, "</li>\n");
    }
    strbuf_add(out, list->ordered ? "</ol>\n" : "</ul>\n");
}

static const char *words_of_header(StrBuf *buf, const Block *header, size_t column) {
    const Block *cell = header->children;
    for (size_t i = 0; cell && i < column; i++)
        cell = cell->next;
    strbuf_clear(buf);
    for (const Inline *piece = cell ? cell->inlines : NULL; piece; piece = piece->next)
        if (piece->kind == INLINE_TEXT)
            strbuf_add(buf, piece->text);
    return strbuf_text(buf);
}

static void add_table_row(StrBuf *out, const Block *header, const Block *row) {
    StrBuf label = {0};
    size_t column = 0;
    strbuf_add(out, "<tr role=\"row\">");
    for (const Block *cell = row->children; cell; cell = cell->next, column++) {
        if (row == header) {
            strbuf_add(out, "<th scope=\"col\" role=\"columnheader\">");
        } else if (column == 0) {
            strbuf_add(out, "<th scope=\"row\" role=\"rowheader\">");
        } else {
            tagged(out, "<td role=\"cell\" data-label=\"", words_of_header(&label, header, column),
                   "\">");
        }
        add_inlines(out, cell->inlines);
        strbuf_add(out, row == header || column == 0 ? "</th>" : "</td>");
    }
    strbuf_add(out, "</tr>\n");
    strbuf_fini(&label);
}

static void add_narrative_table(StrBuf *out, const Block *table, const char *caption) {
    const Block *header = table->children;
    strbuf_add(out, "<table class=\"stack\" role=\"table\">\n");
    if (caption)
        tagged(out, "<caption class=\"said\">", caption, "</caption>\n");
    strbuf_add(out, "<thead role=\"rowgroup\">");
    add_table_row(out, header, header);
    strbuf_add(out, "</thead>\n<tbody role=\"rowgroup\">\n");
    for (const Block *row = header->next; row; row = row->next)
        add_table_row(out, header, row);
    strbuf_add(out, "</tbody>\n</table>\n");
}

static void add_blocks(StrBuf *out, const Block *block, const char *caption) {
    for (; block; block = block->next) {
        switch (block->kind) {
        case BLOCK_PARAGRAPH:
            strbuf_add(out, "<p>");
            add_inlines(out, block->inlines);
            strbuf_add(out, "</p>\n");
            break;
        case BLOCK_HEADING:
            strbuf_add(out, "<h3>");
            add_inlines(out, block->inlines);
            strbuf_add(out, "</h3>\n");
            break;
        case BLOCK_LIST:
            add_items(out, block);
            break;
        case BLOCK_TABLE:
            add_narrative_table(out, block, caption ? caption : "Table");
            break;
        case BLOCK_ITEM:
        case BLOCK_ROW:
        case BLOCK_CELL:
            add_blocks(out, block->children, caption);
            break;
        }
    }
}

/* ---- parts ---- */

static void add_status(StrBuf *out, const NarrativePart *part) {
    static const char *const words[] = {"✓ Green", "● Amber", "✗ Red"};
    static const char *const classes[] = {"good", "near", "bad"};
    strbuf_addf(out,
                "<dl class=\"status\"><div><dt>Current status</dt>"
                "<dd><span class=\"badge %s\">%s</span></dd></div>",
                classes[part->colour], words[part->colour]);
    if (part->trend) {
        const char *arrow = strcmp(part->trend, "improving") == 0   ? "▲"
                            : strcmp(part->trend, "worsening") == 0 ? "▼"
                                                                    : "▶";
        strbuf_addf(out, "<div><dt>Status trend</dt><dd>%s %s</dd></div>", arrow, part->trend);
    }
    strbuf_add(out, "</dl>\n");
}

static void add_part(StrBuf *out, const DocumentItem *item) {
    const NarrativePart *part = item->part;
    strbuf_add(out, "<section>\n");
    tagged(out, "<h2>", item->title, "</h2>\n");
    if (part->has_colour)
        add_status(out, part);
    if (part->blocks)
        add_blocks(out, part->blocks, item->title);
    else if (!part->has_colour)
        strbuf_add(out, "<p>Nil return</p>\n");
    strbuf_add(out, "</section>\n");
}

/* ---- measures ---- */

static const char *tone_class(Tone tone) {
    switch (tone) {
    case TONE_NONE:
        return "plain";
    case TONE_GOOD:
        return "good";
    case TONE_NEAR:
        return "near";
    case TONE_BAD:
        return "bad";
    }
    return "plain";
}

static void add_pair(StrBuf *out, const DocumentLine *line) {
    tagged(out, "<dt>", line->label, "</dt><dd>");
    html_add(out, line->text);
    if (line->note) {
        bool toned = line->tone == TONE_GOOD || line->tone == TONE_BAD;
        strbuf_addf(out, " <span class=\"%s\">", toned ? tone_class(line->tone) : "small");
        html_add(out, line->note);
        strbuf_add(out, "</span>");
    }
    strbuf_add(out, "</dd>");
}

static void add_labelled(StrBuf *out, const DocumentLine *line) {
    if (line->label) {
        html_add(out, line->label);
        strbuf_add_char(out, ' ');
    }
    html_add(out, line->text);
}

static void add_judged(StrBuf *out, const DocumentLine *line, const char *class) {
    strbuf_addf(out, "<p><span class=\"%s\"><span aria-hidden=\"true\">%s</span> ", class,
                line->symbol);
    html_add(out, line->text);
    strbuf_add(out, "</span>");
    if (line->label)
        tagged(out, " <span class=\"small\">", line->label, "</span>");
    strbuf_add(out, "</p>");
}

static void add_line(StrBuf *out, const DocumentLine *line) {
    switch (line->role) {
    case LINE_VALUE:
        strbuf_add(out, strlen(line->text) > LONG_VALUE ? "<p class=\"value long\">"
                                                        : "<p class=\"value\">");
        add_labelled(out, line);
        strbuf_add(out, "</p>");
        return;
    case LINE_PAIR:
        add_pair(out, line);
        return;
    case LINE_TEXT:
        tagged(out, "<p>", line->text, "</p>");
        return;
    case LINE_SMALL:
        tagged(out, "<p class=\"small\">", line->text, "</p>");
        return;
    case LINE_VERDICT:
        strbuf_addf(out, "<p><span class=\"badge %s\"><span aria-hidden=\"true\">%s</span> ",
                    tone_class(line->tone), line->symbol);
        html_add(out, line->text);
        strbuf_add(out, "</span>");
        if (line->label)
            tagged(out, " <span class=\"small\">", line->label, "</span>");
        strbuf_add(out, "</p>");
        return;
    case LINE_MOVEMENT:
        add_judged(out, line, tone_class(line->tone));
        return;
    }
}

/* Bands and groups with their fractions, which stay on one line. */
static bool has_fractions(const DocumentCell *cell, size_t first) {
    return strstr(cell->items[first].text, " (") != NULL;
}

static void add_cell(StrBuf *out, const DocumentCell *cell, const char *label) {
    strbuf_addf(out, "<td role=\"cell\" data-label=\"%s\">", label);
    bool pairs = false;
    for (size_t i = 0; i < cell->len; i++) {
        bool pair = cell->items[i].role == LINE_PAIR;
        if (pair != pairs)
            strbuf_add(out, !pair                    ? "</dl>"
                            : has_fractions(cell, i) ? "<dl class=\"pairs fractions\">"
                                                     : "<dl class=\"pairs\">");
        pairs = pair;
        add_line(out, &cell->items[i]);
    }
    strbuf_add(out, pairs ? "</dl></td>\n" : "</td>\n");
}

static void add_charts(StrBuf *out, const DocumentRow *row, size_t *number) {
    if (row->charts_len == 0)
        return;
    strbuf_addf(out,
                "<tr role=\"row\" class=\"of-charts%s\"><td role=\"cell\" class=\"charts\" "
                "colspan=\"4\">",
                row->carried ? " carried" : "");
    for (size_t i = 0; i < row->charts_len; i++) {
        tagged(out, "<figure><figcaption>", row->charts[i]->title, "</figcaption>\n");
        chart_print_svg(out, row->charts[i], ++*number);
        strbuf_add(out, "</figure>");
    }
    strbuf_add(out, "</td></tr>\n");
}

static void add_row(StrBuf *out, const DocumentRow *row, size_t *charts) {
    strbuf_addf(out, "<tr role=\"row\" class=\"%s%s\">\n<th scope=\"row\" role=\"rowheader\">",
                row->carried ? "carried" : "", row->charts_len > 0 ? " has-charts" : "");
    html_add(out, row->title);
    if (row->carried)
        tagged(out, "<br><span class=\"tag\">", row->carried, "</span>");
    strbuf_add(out, "</th>\n");
    add_cell(out, &row->target, "Target");
    add_cell(out, &row->current, "Current performance");
    add_cell(out, &row->previous, "Direction of travel");
    strbuf_add(out, "</tr>\n");
    add_charts(out, row, charts);
}

void html_add_measures(StrBuf *out, const DocumentItem *item, const char *period, size_t *charts) {
    strbuf_add(out, "<section>\n");
    if (item->title)
        tagged(out, "<h3 class=\"section\">", item->title, "</h3>\n");
    strbuf_add(out, "<table class=\"measures stack\" role=\"table\">\n<caption class=\"said\">");
    html_add(out, item->title ? item->title : "Outcome measures");
    strbuf_add(out, ", ");
    html_add(out, period);
    strbuf_add(out, "</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">"
                    "<th scope=\"col\" role=\"columnheader\" class=\"c1\">Measure</th>"
                    "<th scope=\"col\" role=\"columnheader\" class=\"c2\">Target</th>"
                    "<th scope=\"col\" role=\"columnheader\" class=\"c3\">Current performance</th>"
                    "<th scope=\"col\" role=\"columnheader\" class=\"c4\">Direction of travel</th>"
                    "</tr></thead>\n<tbody role=\"rowgroup\">\n");
    for (size_t i = 0; i < item->rows.len; i++)
        add_row(out, &item->rows.items[i], charts);
    strbuf_add(out, "</tbody>\n</table>\n</section>\n");
}

/* ---- the whole ---- */

static void add_head(StrBuf *out, const Document *document) {
    strbuf_add(out, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "style-src 'unsafe-inline'; img-src data:\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"referrer\" content=\"no-referrer\">\n");
    tagged(out, "<title>", document->title, ", ");
    html_add(out, document->period);
    strbuf_add(out, "</title>\n<style>\n");
    for (size_t i = 0; i < html_style_len; i++)
        strbuf_add(out, html_style[i]);
    strbuf_add(out, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the "
                    "report</a>\n<header>\n");
    tagged(out, "<h1>", document->title, "</h1>\n");
    tagged(out, "<p class=\"period\">", document->period, "");
    if (document->taken)
        tagged(out, "; data taken on ", document->taken, "");
    strbuf_add(out, "</p>\n</header>\n<main id=\"main\">\n");
}

static void add_fields(StrBuf *out, const Document *document) {
    if (document->fields.len == 0)
        return;
    strbuf_add(out, "<dl class=\"fields\">\n");
    for (size_t i = 0; i < document->fields.len; i++) {
        const DocumentField *field = &document->fields.items[i];
        tagged(out, "<dt>", field->label, "</dt><dd>");
        html_add(out, field->text ? field->text : "Nil return");
        strbuf_add(out, "</dd>\n");
    }
    strbuf_add(out, "</dl>\n");
}

static void add_summary(StrBuf *out, const Document *document) {
    if (document->summary.len == 0)
        return;
    strbuf_add(out, "<ul class=\"summary\" aria-label=\"Summary of the measures\">\n");
    for (size_t i = 0; i < document->summary.len; i++) {
        tagged(out, "<li><b>", document->summary.items[i].text, "</b> ");
        html_add(out, document->summary.items[i].label);
        strbuf_add(out, "</li>\n");
    }
    strbuf_add(out, "</ul>\n");
}

static void add_notes(StrBuf *out, const Document *document) {
    if (document->notes.len == 0)
        return;
    strbuf_add(out, "<section>\n<h2>Notes</h2>\n<ul>\n");
    for (size_t i = 0; i < document->notes.len; i++)
        tagged(out, "<li>", document->notes.items[i], "</li>\n");
    strbuf_add(out, "</ul>\n</section>\n");
}

/* A long name may be divided after an underscore. */
static void add_name(StrBuf *out, const char *name) {
    for (; *name; name++) {
        const char letter[] = {*name, '\0'};
        html_add(out, letter);
        strbuf_add(out, *name == '_' ? "<wbr>" : "");
    }
}

static void add_definition(StrBuf *out, const DocumentDefinition *definition) {
    tagged(out, "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">", definition->title,
           "</th>\n<td role=\"cell\" data-label=\"Definition\"><span class=\"id\">");
    add_name(out, definition->id);
    if (definition->hash)
        tagged(out, "<br>", definition->hash, "");
    strbuf_add(out, "</span></td>\n");
    tagged(out, "<td role=\"cell\" data-label=\"Window\">",
           definition->window ? definition->window : "", "</td>\n");
    tagged(out, "<td role=\"cell\" data-label=\"Judged by\">",
           definition->rule ? definition->rule : "", "</td></tr>\n");
}

static void add_counted(StrBuf *out, const Document *document) {
    strbuf_add(out, "<h3>How each is counted</h3>\n<dl>\n");
    for (size_t i = 0; i < document->definitions.len; i++) {
        tagged(out, "<dt><strong>", document->definitions.items[i].title, "</strong></dt>\n");
        tagged(out, "<dd>", document->definitions.items[i].counted, "</dd>\n");
    }
    strbuf_add(out, "</dl>\n");
}

static void add_definitions(StrBuf *out, const Document *document) {
    if (document->definitions.len == 0)
        return;
    strbuf_add(
        out, "<section>\n<h2>Definitions</h2>\n<table class=\"stack\" role=\"table\">\n"
             "<caption>What each measure means: its name and the hash of its definition</caption>\n"
             "<thead role=\"rowgroup\"><tr role=\"row\">"
             "<th scope=\"col\" role=\"columnheader\">Measure</th>"
             "<th scope=\"col\" role=\"columnheader\">Definition</th>"
             "<th scope=\"col\" role=\"columnheader\">Window</th>"
             "<th scope=\"col\" role=\"columnheader\">Judged by</th></tr></thead>\n"
             "<tbody role=\"rowgroup\">\n");
    for (size_t i = 0; i < document->definitions.len; i++)
        add_definition(out, &document->definitions.items[i]);
    strbuf_add(out, "</tbody>\n</table>\n");
    add_counted(out, document);
    strbuf_add(out, "</section>\n");
}

static void add_item(StrBuf *out, const DocumentItem *item, const Document *document,
                     size_t *charts) {
    switch (item->kind) {
    case ITEM_PART:
        add_part(out, item);
        return;
    case ITEM_TABLE:
        html_add_measures(out, item, document->period, charts);
        return;
    case ITEM_REFER:
        tagged(out, "<section>\n<h3 class=\"section\">", item->title, "</h3>\n");
        tagged(out, "<p>", item->text ? item->text : "Nil return", "</p>\n</section>\n");
        return;
    }
}

void render_document_html(StrBuf *out, const Document *document) {
    size_t charts = 0;
    bool summed = false, under_measures = false;
    add_head(out, document);
    add_blocks(out, document->introduction, NULL);
    add_fields(out, document);
    for (size_t i = 0; i < document->items.len; i++) {
        /* The counts of all measures stand above the first table. */
        bool measures = document->items.items[i].kind != ITEM_PART;
        if (measures && !under_measures) {
            strbuf_add(out, "<h2>Outcome measures</h2>\n");
            if (!summed)
                add_summary(out, document);
            summed = true;
        }
        under_measures = measures;
        add_item(out, &document->items.items[i], document, &charts);
    }
    add_notes(out, document);
    add_definitions(out, document);
    strbuf_addf(out, "</main>\n<footer>\n<p>Data %s; ", document->fingerprint);
    html_add(out, document->made_by);
    strbuf_add(out, "</p>\n</footer>\n</body>\n</html>\n");
}
