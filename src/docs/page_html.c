/* The page of one indicator in HTML. Every text goes through html_add. */
#include <string.h>

#include "docs/html.h"
#include "docs/lineage.h"
#include "report/html.h"

static const char head_of_table[] = "<thead role=\"rowgroup\"><tr role=\"row\">";

static void start_section(StrBuf *out, const char *heading) {
    docs_add_tagged(out, "<section>\n<h2>", heading, "</h2>\n");
}

/* ---- tables ---- */

static void start_table(StrBuf *out, const char *caption, const char *const *headings, size_t len) {
    docs_add_tagged(out, "<table class=\"stack\" role=\"table\">\n<caption class=\"said\">",
                    caption, "</caption>\n");
    strbuf_add(out, head_of_table);
    for (size_t i = 0; i < len; i++)
        docs_add_tagged(out, "<th scope=\"col\" role=\"columnheader\">", headings[i], "</th>");
    strbuf_add(out, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
}

static void end_table(StrBuf *out) {
    strbuf_add(out, "</tbody>\n</table>\n");
}

static void add_first(StrBuf *out, const char *text) {
    docs_add_tagged(out, "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">", text, "</th>");
}

static void add_cell(StrBuf *out, const char *label, const char *text) {
    docs_add_tagged(out, "<td role=\"cell\" data-label=\"", label, "\">");
    docs_add_tagged(out, "", text ? text : "", "</td>");
}

static void end_row(StrBuf *out) {
    strbuf_add(out, "</tr>\n");
}

/* ---- parts of the page ---- */

static void add_latest(StrBuf *out, const CataloguePage *page) {
    if (!page->latest)
        return;
    size_t charts = 0;
    start_section(out, "Latest value");
    docs_add_tagged(out, "<p>To ", page->latest->period,
                    ", or the last complete period before its "
                    "end.</p>\n");
    for (size_t i = 0; i < page->latest->items.len; i++)
        html_add_measures(out, &page->latest->items.items[i], page->latest->period, &charts);
    if (page->latest->notes.len > 0) {
        strbuf_add(out, "<ul>\n");
        for (size_t i = 0; i < page->latest->notes.len; i++)
            docs_add_tagged(out, "<li>", page->latest->notes.items[i], "</li>\n");
        strbuf_add(out, "</ul>\n");
    }
    strbuf_add(out, "</section>\n");
}

static void add_words(StrBuf *out, const CataloguePage *page) {
    const char *heading = "";
    start_section(out, "What it means");
    for (size_t i = 0; i < page->sentences.len; i++) {
        const Sentence *sentence = &page->sentences.items[i];
        if (strcmp(topic_heading(sentence->topic), heading) != 0)
            docs_add_tagged(out, "<h3>", topic_heading(sentence->topic), "</h3>\n");
        heading = topic_heading(sentence->topic);
        docs_add_tagged(out, "<p>", sentence->text, "</p>\n");
    }
    strbuf_add(out, "</section>\n");
}

static void add_facts(StrBuf *out, const CataloguePage *page) {
    strbuf_add(out, "<dl class=\"fields\">\n");
    for (size_t i = 0; i < page->facts.len; i++) {
        docs_add_tagged(out, "<dt>", page->facts.items[i].label, "</dt><dd>");
        docs_add_tagged(out, "", page->facts.items[i].text, "</dd>\n");
    }
    strbuf_add(out, "<dt>Definition</dt><dd><span class=\"id\">");
    strbuf_addf(out, "%s</span></dd>\n</dl>\n", page->hash);
}

static void add_links(StrBuf *out, const Catalogue *catalogue, const char *label,
                      const CatalogueIndicators *list) {
    if (list->len == 0)
        return;
    docs_add_tagged(out, "<h3>", label, "</h3>\n<ul>\n");
    for (size_t i = 0; i < list->len; i++) {
        const CataloguePage *page = catalogue_page(catalogue, list->items[i]);
        strbuf_add(out, "<li>");
        if (page)
            docs_add_link(out, page);
        else
            docs_add_tagged(out, "", list->items[i]->title, "");
        strbuf_add(out, "</li>\n");
    }
    strbuf_add(out, "</ul>\n");
}

static void add_lineage(StrBuf *out, Arena *arena, const Catalogue *catalogue,
                        const CataloguePage *page) {
    Lineage lineage;
    lineage_build(arena, catalogue, page, &lineage);
    start_section(out, "Where it comes from and where it goes");
    strbuf_add(out, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Lineage, a "
                    "drawing\">\n");
    lineage_print_svg(out, &lineage, "From tables, by way of indicators, to reports", ".html",
                      false);
    strbuf_add(out, "</div>\n");
    add_links(out, catalogue, "Worked out from, or compared with", &page->inputs);
    add_links(out, catalogue, "Used by", &page->uses);
    if (page->reports.len > 0) {
        strbuf_add(out, "<h3>Shown in</h3>\n<ul>\n");
        for (size_t i = 0; i < page->reports.len; i++) {
            const ReportModel *report = page->reports.items[i];
            docs_add_tagged(out, "<li>", report->title ? report->title : report->name, "</li>\n");
        }
        strbuf_add(out, "</ul>\n");
    }
    strbuf_add(out, "</section>\n");
}

static void add_source(StrBuf *out, Arena *arena, const CatalogueSource *used) {
    static const char *const headings[] = {"Column", "In the table", "Type"};
    const SourceModel *source = used->source;
    docs_add_tagged(out, "<h3>", source->title ? source->title : source->name, "</h3>\n");
    if (source->table)
        docs_add_tagged(out, "<p>Table <span class=\"id\">", source->table, "</span>");
    else
        strbuf_add(out, "<p>Rows written in the definitions");
    docs_add_tagged(out, ", source <span class=\"id\">", source->name, "</span></p>\n");
    if (used->columns.len == 0)
        return;
    start_table(out, source->title ? source->title : source->name, headings, 3);
    for (size_t i = 0; i < used->columns.len; i++) {
        const ColumnModel *column = used->columns.items[i];
        add_first(out, column->name);
        add_cell(out, headings[1], column->computed ? "worked out" : column->field);
        add_cell(out, headings[2], catalogue_type(arena, column));
        end_row(out);
    }
    end_table(out);
}

static void add_sources(StrBuf *out, Arena *arena, const CataloguePage *page) {
    if (page->sources.len == 0)
        return;
    start_section(out, "Tables and columns");
    for (size_t i = 0; i < page->sources.len; i++)
        add_source(out, arena, &page->sources.items[i]);
    strbuf_add(out, "</section>\n");
}

static void add_targets(StrBuf *out, Arena *arena, const CataloguePage *page) {
    static const char *const headings[] = {"In force", "Target", "What it is"};
    const Indicator *indicator = page->indicator;
    if (indicator->targets_len == 0)
        return;
    start_section(out, "Targets");
    start_table(out, "Targets, by the day from which they hold", headings, 3);
    for (size_t i = 0; i < indicator->targets_len; i++) {
        const Target *target = &indicator->targets[i];
        add_first(out, catalogue_in_force(arena, target));
        add_cell(out, headings[1], catalogue_target(arena, indicator, target));
        add_cell(out, headings[2], target->label);
        end_row(out);
    }
    end_table(out);
    strbuf_add(out, "</section>\n");
}

static void add_place(StrBuf *out, const CatalogueText *text) {
    docs_add_tagged(out, "<p class=\"small\">", text->file, "");
    strbuf_addf(out, ", line %u</p>\n", text->line);
}

static void add_tests(StrBuf *out, Arena *arena, const CataloguePage *page) {
    start_section(out, "Tests");
    if (page->tests.len == 0)
        strbuf_add(out, "<p>None: nothing shows yet that the definition does what it is meant to."
                        "</p>\n");
    for (size_t i = 0; i < page->tests.len; i++) {
        const CatalogueTest *test = &page->tests.items[i];
        docs_add_tagged(out, "<h3>", test->test->title, "</h3>\n");
        add_place(out, &test->text);
        docs_add_source(out, arena, &test->text);
    }
    strbuf_add(out, "</section>\n");
}

void docs_page_html(StrBuf *out, Arena *arena, const Catalogue *catalogue,
                    const CataloguePage *page) {
    docs_add_head(out, page->indicator->title, catalogue->title);
    docs_add_id(out, page->indicator->id);
    strbuf_add(out, "\n</header>\n<main id=\"main\">\n");
    add_facts(out, page);
    add_latest(out, page);
    add_words(out, page);
    add_lineage(out, arena, catalogue, page);
    add_sources(out, arena, page);
    add_targets(out, arena, page);
    start_section(out, "The definition as it is written");
    add_place(out, &page->text);
    docs_add_source(out, arena, &page->text);
    strbuf_add(out, "</section>\n");
    add_tests(out, arena, page);
    docs_add_foot(out, catalogue);
    strbuf_add(out, "</body>\n</html>\n");
}
