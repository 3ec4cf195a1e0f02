/* Markdown to man(7). cmark reads it and writes it; before it writes, the tree is made fit: links
 * within the page become their text, the list of contents goes, headings move up by one level, code
 * is bold or kept line for line, and tables, which cmark does not know, become lists of terms. */
#include <cmark.h>
#include <stdlib.h>
#include <string.h>

#include "cli/manual.h"

#define LINE_WIDTH 78

static const char *literal_of(cmark_node *node) {
    const char *text = cmark_node_get_literal(node);
    return text ? text : "";
}

/* Puts `text`, which is man(7) already, in the node's place. */
static void replace_block(cmark_node *node, const StrBuf *text) {
    cmark_node *block = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
    cmark_node_set_on_enter(block, strbuf_text(text));
    cmark_node_replace(node, block);
    cmark_node_free(node);
}

/* What comes out of an example, as the word after its fence says. */
static const char *label_of(cmark_node *block) {
    const char *info = cmark_node_get_fence_info(block);
    if (info && strcmp(info, "result") == 0)
        return ".PP\nResult:\n";
    if (info && strcmp(info, "message") == 0)
        return ".PP\nMessages:\n";
    return "";
}

static void replace_code_block(cmark_node *node) {
    StrBuf text = {0};
    strbuf_addf(&text, "%s.PP\n.RS 4\n.nf\n", label_of(node));
    manual_add_text(&text, literal_of(node));
    strbuf_add(&text, ".fi\n.RE\n");
    replace_block(node, &text);
    strbuf_fini(&text);
}

static void replace_code(cmark_node *node) {
    cmark_node *strong = cmark_node_new(CMARK_NODE_STRONG);
    cmark_node *text = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(text, literal_of(node));
    cmark_node_append_child(strong, text);
    cmark_node_replace(node, strong);
    cmark_node_free(node);
}

/* A link to a heading of the page: its words stay. */
static void unwrap(cmark_node *link) {
    while (cmark_node_first_child(link))
        cmark_node_insert_before(link, cmark_node_first_child(link));
    cmark_node_unlink(link);
    cmark_node_free(link);
}

/* ---- tables ---- */

/* What a table is made of, as it is read: cells of a line, in man(7). */
typedef struct Table {
    StrBuf *out;
    StrBuf cells[8], header[8];
    size_t cell, line;
} Table;

#define MOST_CELLS (sizeof((Table *)NULL)->cells / sizeof(StrBuf))

static void add_cell(Table *table, const StrBuf *cell, const char *between) {
    if (cell->len > 0)
        strbuf_addf(table->out, "%s%s\n", between, strbuf_text(cell));
}

/* The first cell is the term; of a third and further the heading says what it is. */
static void end_line(Table *table) {
    for (size_t i = 0; i < MOST_CELLS && table->line == 0; i++) {
        StrBuf empty = table->header[i];
        table->header[i] = table->cells[i];
        table->cells[i] = empty;
    }
    if (table->line > 1) {
        strbuf_addf(table->out, ".TP\n%s\n", strbuf_text(&table->cells[1]));
        add_cell(table, &table->cells[2], "");
        for (size_t i = 3; i < MOST_CELLS; i++)
            if (table->cells[i].len > 0) {
                strbuf_addf(table->out, ".br\n%s: ", strbuf_text(&table->header[i]));
                add_cell(table, &table->cells[i], "");
            }
    }
    for (size_t i = 0; i < MOST_CELLS; i++)
        strbuf_clear(&table->cells[i]);
    table->cell = 0;
    table->line++;
}

static void add_piece(Table *table, const char *text, size_t len) {
    char copy[2] = {0};
    for (size_t i = 0; i < len; i++) {
        StrBuf *cell = &table->cells[table->cell];
        if (cell->len == 0 && text[i] == ' ')
            continue;
        copy[0] = text[i];
        manual_add_text(cell, copy);
    }
}

/* A text with the bars between cells in it. */
static void add_cells_of_text(Table *table, const char *text) {
    while (*text) {
        size_t len = strcspn(text, "|"), end = len;
        while (text[len] == '|' && end > 0 && text[end - 1] == ' ')
            end--;
        add_piece(table, text, end);
        text += len;
        if (*text == '|') {
            table->cell += table->cell + 1 < MOST_CELLS;
            text++;
        }
    }
}

static void add_inline(Table *table, cmark_node *node) {
    switch ((int)cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        add_cells_of_text(table, literal_of(node));
        return;
    case CMARK_NODE_CODE:
        strbuf_add(&table->cells[table->cell], "\\fB");
        add_piece(table, literal_of(node), strlen(literal_of(node)));
        strbuf_add(&table->cells[table->cell], "\\fP");
        return;
    case CMARK_NODE_SOFTBREAK:
        end_line(table);
        return;
    default:
        break;
    }
    for (cmark_node *child = cmark_node_first_child(node); child; child = cmark_node_next(child))
        add_inline(table, child);
}

static bool is_table(cmark_node *paragraph) {
    cmark_node *first = cmark_node_first_child(paragraph);
    return first && cmark_node_get_type(first) == CMARK_NODE_TEXT && *literal_of(first) == '|';
}

static void replace_table(cmark_node *paragraph) {
    StrBuf out = {0};
    Table table = {.out = &out};
    add_inline(&table, paragraph);
    end_line(&table);
    replace_block(paragraph, &out);
    for (size_t i = 0; i < MOST_CELLS; i++) {
        strbuf_fini(&table.cells[i]);
        strbuf_fini(&table.header[i]);
    }
    strbuf_fini(&out);
}

/* ---- the page ---- */

static bool is_contents(cmark_node *list) {
    cmark_node *item = cmark_node_first_child(list);
    cmark_node *paragraph = item ? cmark_node_first_child(item) : NULL;
    cmark_node *link = paragraph ? cmark_node_first_child(paragraph) : NULL;
    return link && cmark_node_get_type(link) == CMARK_NODE_LINK &&
           cmark_node_get_url(link)[0] == '#' && !cmark_node_next(link);
}

static void drop(cmark_node *node) {
    cmark_node_unlink(node);
    cmark_node_free(node);
}

static void fit_heading(cmark_node *heading) {
    int level = cmark_node_get_heading_level(heading);
    if (level == 1)
        drop(heading);
    else
        cmark_node_set_heading_level(heading, level - 1);
}

/* What a node becomes; its children have been looked at before. */
static void fit(cmark_node *node) {
    switch ((int)cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING:
        fit_heading(node);
        return;
    case CMARK_NODE_CODE_BLOCK:
        replace_code_block(node);
        return;
    case CMARK_NODE_PARAGRAPH:
        if (is_table(node))
            replace_table(node);
        return;
    case CMARK_NODE_LIST:
        if (is_contents(node))
            drop(node);
        return;
    default:
        return;
    }
}

static void fit_inline(cmark_node *node) {
    switch ((int)cmark_node_get_type(node)) {
    case CMARK_NODE_CODE:
        replace_code(node);
        return;
    case CMARK_NODE_LINK:
        if (cmark_node_get_url(node)[0] == '#')
            unwrap(node);
        return;
    default:
        return;
    }
}

static void for_each(cmark_node *node, void (*act)(cmark_node *)) {
    for (cmark_node *child = cmark_node_first_child(node), *next; child; child = next) {
        next = cmark_node_next(child);
        for_each(child, act);
        act(child);
    }
}

static bool starts(const char *line, const char *with) {
    return strncmp(line, with, strlen(with)) == 0;
}

/* cmark writes the words of a heading on a line of their own, and starts a paragraph after it,
 * which man(7) has done already. */
static void add_with_headings(StrBuf *out, const char *text) {
    bool heading = false, after_heading = true;
    while (*text) {
        size_t len = strcspn(text, "\n");
        if (starts(text, ".SH\n") || starts(text, ".SS\n")) {
            strbuf_add_len(out, text, len);
            strbuf_add_char(out, ' ');
            heading = true;
        } else {
            if (!after_heading || !starts(text, ".PP\n")) {
                strbuf_add_len(out, text, len);
                strbuf_add_char(out, '\n');
            }
            after_heading = heading;
            heading = false;
        }
        text += len + (text[len] == '\n');
    }
}

void manual_add_markdown(StrBuf *out, const char *markdown, size_t len) {
    cmark_node *document = cmark_parse_document(markdown, len, CMARK_OPT_DEFAULT);
    for_each(document, fit);
    for_each(document, fit_inline);
    char *text = cmark_render_man(document, CMARK_OPT_DEFAULT, LINE_WIDTH);
    add_with_headings(out, text);
    cmark_get_default_mem_allocator()->free(text);
    cmark_node_free(document);
}
