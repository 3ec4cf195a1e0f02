/* The catalogue in Markdown (CommonMark with GitHub's tables): a page for each indicator, with the
 * drawing in a file beside it. Every text is escaped. */
#include <string.h>

#include "docs/catalogue.h"
#include "report/display.h"

static const char mark[] = "<!-- " DOCS_MARK " -->\n\n";

/* One line, whatever the text. */
static void add_text(StrBuf *out, const char *text) {
    StrBuf clean = {0};
    display_add_text(&clean, text, INK_PLAIN, false);
    wording_add_markdown(out, strbuf_text(&clean));
    strbuf_fini(&clean);
}

static void add_marked(StrBuf *out, const char *before, const char *text, const char *after) {
    strbuf_add(out, before);
    add_text(out, text);
    strbuf_add(out, after);
}

static void add_link(StrBuf *out, const CataloguePage *page) {
    add_marked(out, "[", page->indicator->title, "](");
    strbuf_addf(out, "%s.md)", page->file);
}

/* A line of a table; NULL is an empty cell. */
static void add_cells(StrBuf *out, const char *const *cells, size_t len) {
    strbuf_add_char(out, '|');
    for (size_t i = 0; i < len; i++)
        add_marked(out, " ", cells[i] ? cells[i] : "", " |");
    strbuf_add_char(out, '\n');
}

static void start_table(StrBuf *out, const char *const *headings, size_t len) {
    add_cells(out, headings, len);
    strbuf_add_char(out, '|');
    for (size_t i = 0; i < len; i++)
        strbuf_add(out, " --- |");
    strbuf_add_char(out, '\n');
}

/* ---- parts of a page ---- */

static void add_fact(StrBuf *out, const char *label, const char *text) {
    if (!text || !*text)
        return;
    add_marked(out, "* **", label, ":** ");
    add_marked(out, "", text, "\n");
}

static void add_facts(StrBuf *out, const CataloguePage *page) {
    add_fact(out, "Name", page->indicator->id);
    for (size_t i = 0; i < page->facts.len; i++)
        add_fact(out, page->facts.items[i].label, page->facts.items[i].text);
    add_fact(out, "Definition", page->hash);
}

static void add_latest(StrBuf *out, const Catalogue *catalogue, const CataloguePage *page) {
    const ReportRow *row =
        catalogue->rows ? document_whole(catalogue->rows, page->indicator) : NULL;
    if (!row)
        return;
    strbuf_add(out, "\n## Latest value\n\n");
    add_fact(out, "Value", row->printed ? row->printed : row->missing);
    if (page->indicator->basis == BASIS_PERCENT)
        add_fact(out, "Fraction", row->fraction);
    add_fact(out, "Period", row->cell->window_label);
    add_fact(out, "Target", row->information_only ? "for information only" : row->target_printed);
    add_fact(out, "Status", status_word(row->status));
    add_fact(out, "Reason", row->reason);
    for (size_t i = 0; page->latest && i < page->latest->notes.len; i++)
        add_fact(out, "Note", page->latest->notes.items[i]);
}

static void add_words(StrBuf *out, const CataloguePage *page) {
    const char *heading = "";
    strbuf_add(out, "\n## What it means\n");
    for (size_t i = 0; i < page->sentences.len; i++) {
        const Sentence *sentence = &page->sentences.items[i];
        if (strcmp(topic_heading(sentence->topic), heading) != 0)
            add_marked(out, "\n### ", topic_heading(sentence->topic), "\n");
        heading = topic_heading(sentence->topic);
        add_marked(out, "\n", sentence->text, "\n");
    }
}

static void add_links(StrBuf *out, const Catalogue *catalogue, const char *label,
                      const CatalogueIndicators *list) {
    if (list->len == 0)
        return;
    add_marked(out, "\n### ", label, "\n\n");
    for (size_t i = 0; i < list->len; i++) {
        const CataloguePage *page = catalogue_page(catalogue, list->items[i]);
        strbuf_add(out, "* ");
        if (page)
            add_link(out, page);
        else
            add_text(out, list->items[i]->title);
        strbuf_add_char(out, '\n');
    }
}

static void add_lineage(StrBuf *out, const Catalogue *catalogue, const CataloguePage *page) {
    strbuf_add(out, "\n## Where it comes from and where it goes\n\n");
    strbuf_addf(out, "![From tables, by way of indicators, to reports](%s.svg)\n", page->file);
    add_links(out, catalogue, "Worked out from, or compared with", &page->inputs);
    add_links(out, catalogue, "Used by", &page->uses);
    if (page->reports.len > 0)
        strbuf_add(out, "\n### Shown in\n\n");
    for (size_t i = 0; i < page->reports.len; i++) {
        const ReportModel *report = page->reports.items[i];
        add_marked(out, "* ", report->title ? report->title : report->name, "\n");
    }
}

static void add_sources(StrBuf *out, Arena *arena, const CataloguePage *page) {
    static const char *const headings[] = {"Table", "Column", "In the table", "Type"};
    if (page->sources.len == 0)
        return;
    strbuf_add(out, "\n## Tables and columns\n\n");
    start_table(out, headings, 4);
    for (size_t i = 0; i < page->sources.len; i++) {
        const CatalogueSource *used = &page->sources.items[i];
        const char *title = used->source->title ? used->source->title : used->source->name;
        if (used->columns.len == 0)
            add_cells(out, (const char *const[]){title, NULL, used->source->table, NULL}, 4);
        for (size_t j = 0; j < used->columns.len; j++) {
            const ColumnModel *column = used->columns.items[j];
            const char *field = column->computed ? "worked out" : column->field;
            add_cells(
                out,
                (const char *const[]){title, column->name, field, catalogue_type(arena, column)},
                4);
        }
    }
}

static void add_targets(StrBuf *out, Arena *arena, const CataloguePage *page) {
    static const char *const headings[] = {"In force", "Target", "What it is"};
    const Indicator *indicator = page->indicator;
    if (indicator->targets_len == 0)
        return;
    strbuf_add(out, "\n## Targets\n\n");
    start_table(out, headings, 3);
    for (size_t i = 0; i < indicator->targets_len; i++) {
        const Target *target = &indicator->targets[i];
        add_cells(out,
                  (const char *const[]){catalogue_in_force(arena, target),
                                        catalogue_target(arena, indicator, target), target->label},
                  3);
    }
}

/* A fence longer than any run of backquotes in the text. */
static void add_source(StrBuf *out, const CatalogueText *text) {
    size_t longest = 2, run = 0;
    for (size_t i = 0; i < text->len; i++) {
        run = text->text[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    add_marked(out, "\n", text->file, "");
    strbuf_addf(out, ", line %u:\n\n", text->line);
    strbuf_add_times(out, '`', longest + 1);
    strbuf_add(out, "kpi\n");
    strbuf_add_len(out, text->text, text->len);
    strbuf_add(out, text->len > 0 && text->text[text->len - 1] == '\n' ? "" : "\n");
    strbuf_add_times(out, '`', longest + 1);
    strbuf_add_char(out, '\n');
}

static void add_tests(StrBuf *out, const CataloguePage *page) {
    strbuf_add(out, "\n## Tests\n");
    if (page->tests.len == 0)
        strbuf_add(out,
                   "\nNone: nothing shows yet that the definition does what it is meant to.\n");
    for (size_t i = 0; i < page->tests.len; i++) {
        add_marked(out, "\n### ", page->tests.items[i].test->title, "\n");
        add_source(out, &page->tests.items[i].text);
    }
}

/* ---- pages ---- */

void docs_page_markdown(StrBuf *out, Arena *arena, const Catalogue *catalogue,
                        const CataloguePage *page) {
    strbuf_add(out, mark);
    add_marked(out, "# ", page->indicator->title, "\n\n");
    add_marked(out, "[", catalogue->title, ": all indicators](index.md)\n\n");
    add_facts(out, page);
    add_latest(out, catalogue, page);
    add_words(out, page);
    add_lineage(out, catalogue, page);
    add_sources(out, arena, page);
    add_targets(out, arena, page);
    strbuf_add(out, "\n## The definition as it is written\n");
    add_source(out, &page->text);
    add_tests(out, page);
}

void docs_index_markdown(StrBuf *out, Arena *arena, const Catalogue *catalogue) {
    strbuf_add(out, mark);
    add_marked(out, "# ", catalogue->title, "\n\n");
    strbuf_addf(out, "%zu indicators", catalogue->pages.len);
    if (catalogue->period)
        add_marked(out, "; values to ", catalogue->period, "");
    strbuf_add(out, catalogue->rows ? ".\n\n| Indicator | About | How often | Latest value "
                                      "|\n| --- | --- | --- | --- |\n"
                                    : ".\n\n| Indicator | About | How often |\n"
                                      "| --- | --- | --- |\n");
    for (size_t i = 0; i < catalogue->pages.len; i++) {
        const CataloguePage *page = &catalogue->pages.items[i];
        strbuf_add(out, "| ");
        add_link(out, page);
        add_marked(out, " | ", page->summary, " |");
        add_marked(out, " ", catalogue_window(arena, page->indicator), " |");
        const ReportRow *row =
            catalogue->rows ? document_whole(catalogue->rows, page->indicator) : NULL;
        if (catalogue->rows)
            add_marked(out, " ", !row ? "" : row->printed ? row->printed : row->missing, " |");
        strbuf_add_char(out, '\n');
    }
}
