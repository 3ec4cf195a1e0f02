/* The index of the catalogue in HTML: a table of all indicators, which is whole without a script,
 * and a search over it. */
#include "docs/html.h"
#include "report/html.h"

static void add_count(StrBuf *out, size_t count, const char *word) {
    strbuf_addf(out, "%zu %s%s", count, word, count == 1 ? "" : "s");
}

static void add_introduction(StrBuf *out, const Catalogue *catalogue) {
    const Model *model = catalogue->model;
    strbuf_add(out, "<p class=\"period\">");
    add_count(out, catalogue->pages.len, "indicator");
    strbuf_add(out, ", ");
    add_count(out, model->sources_len, "table");
    strbuf_add(out, ", ");
    add_count(out, model->reports_len, "report");
    strbuf_add(out, ", ");
    add_count(out, model->tests_len, "test");
    if (catalogue->period)
        docs_add_tagged(out, "; values to ", catalogue->period, "");
    strbuf_add(out, "</p>\n</header>\n<main id=\"main\">\n"
                    "<div class=\"find\" id=\"find\" role=\"search\" hidden>"
                    "<label for=\"words\">Find an indicator</label>"
                    "<input id=\"words\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\" "
                    "aria-describedby=\"found\">"
                    "<p class=\"found\" id=\"found\" role=\"status\"></p></div>\n");
}

/* What is searched beside the words of the row. */
static void add_search_words(StrBuf *out, const CataloguePage *page) {
    strbuf_add(out, " data-words=\"");
    docs_add_tagged(out, "", page->indicator->owner ? page->indicator->owner : "", "");
    for (size_t i = 0; i < page->sources.len; i++) {
        const CatalogueSource *used = &page->sources.items[i];
        docs_add_tagged(out, " ", used->source->name, "");
        docs_add_tagged(out, " ", used->source->title ? used->source->title : "", "");
        docs_add_tagged(out, " ", used->source->table ? used->source->table : "", "");
        for (size_t j = 0; j < used->columns.len; j++)
            docs_add_tagged(out, " ", used->columns.items[j]->name, "");
    }
    strbuf_add_char(out, '"');
}

static void add_value(StrBuf *out, const Catalogue *catalogue, const CataloguePage *page) {
    if (!catalogue->rows)
        return;
    const ReportRow *row = document_whole(catalogue->rows, page->indicator);
    strbuf_add(out, "<td role=\"cell\" data-label=\"Latest value\">");
    if (row && row->printed)
        docs_add_tagged(out, "<span class=\"value\">", row->printed, "</span>");
    else if (row)
        docs_add_tagged(out, "", row->missing ? row->missing : "", "");
    if (row && row->printed && row->fraction && page->indicator->basis == BASIS_PERCENT)
        docs_add_tagged(out, "<br><span class=\"small\">", row->fraction, "</span>");
    strbuf_add(out, "</td>\n");
}

static void add_row(StrBuf *out, Arena *arena, const Catalogue *catalogue,
                    const CataloguePage *page) {
    strbuf_add(out, "<tr role=\"row\"");
    add_search_words(out, page);
    strbuf_add(out, "><th scope=\"row\" role=\"rowheader\">");
    docs_add_link(out, page);
    strbuf_add(out, "<br>");
    docs_add_id(out, page->indicator->id);
    docs_add_tagged(out, "</th>\n<td role=\"cell\" data-label=\"About\">", page->summary,
                    "</td>\n");
    docs_add_tagged(out, "<td role=\"cell\" data-label=\"How often\">",
                    catalogue_window(arena, page->indicator), "</td>\n");
    add_value(out, catalogue, page);
    strbuf_add(out, "</tr>\n");
}

void docs_index_html(StrBuf *out, Arena *arena, const Catalogue *catalogue) {
    docs_add_head(out, catalogue->title, NULL);
    add_introduction(out, catalogue);
    strbuf_add(out, "<table class=\"catalogue stack\" role=\"table\">\n"
                    "<caption class=\"said\">All indicators, by title</caption>\n"
                    "<thead role=\"rowgroup\"><tr role=\"row\">"
                    "<th scope=\"col\" role=\"columnheader\" class=\"k1\">Indicator</th>"
                    "<th scope=\"col\" role=\"columnheader\" class=\"k2\">About</th>"
                    "<th scope=\"col\" role=\"columnheader\" class=\"k3\">How often</th>");
    if (catalogue->rows)
        strbuf_add(out, "<th scope=\"col\" role=\"columnheader\" class=\"k4\">Latest value</th>");
    strbuf_add(out, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
    for (size_t i = 0; i < catalogue->pages.len; i++)
        add_row(out, arena, catalogue, &catalogue->pages.items[i]);
    strbuf_add(out, "</tbody>\n</table>\n");
    docs_add_foot(out, catalogue);
    strbuf_addf(out, "<script>%s</script>\n</body>\n</html>\n", docs_script);
}
