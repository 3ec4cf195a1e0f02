/* A report as Markdown (CommonMark with GitHub's tables), every text of it escaped. */
#include <ctype.h>
#include <string.h>

#include "report/display.h"
#include "report/document.h"

#define LINE_IN_CELL "<br>"

/* Characters that could start something are taken as they are. */
static void add_text(StrBuf *out, const char *text) {
    StrBuf clean = {0};
    display_add_text(&clean, text, INK_PLAIN, false);
    bool line_start = out->len == 0 || out->text[out->len - 1] == '\n', digits = false;
    for (const char *c = strbuf_text(&clean); *c; c++) {
        bool mark = strchr("\\`*_{}[]<>|~&#", *c) != NULL;
        bool ends = c[1] == ' ' || c[1] == '\0';
        bool list = (line_start && (*c == '=' || (ends && strchr("+-", *c)))) ||
                    (digits && ends && strchr(".)", *c));
        if (mark || list)
            strbuf_add_char(out, '\\');
        strbuf_add_char(out, *c);
        digits = isdigit((unsigned char)*c) && (line_start || digits);
        line_start = false;
    }
    strbuf_fini(&clean);
}

static void add_inlines(StrBuf *out, const Inline *piece, const char *line_end) {
    for (; piece; piece = piece->next) {
        switch (piece->kind) {
        case INLINE_TEXT:
            add_text(out, piece->text);
            break;
        case INLINE_BREAK:
            strbuf_add(out, line_end);
            break;
        case INLINE_STRONG:
            strbuf_add(out, "**");
            add_inlines(out, piece->children, line_end);
            strbuf_add(out, "**");
            break;
        case INLINE_EMPHASIS:
            strbuf_add(out, "*");
            add_inlines(out, piece->children, line_end);
            strbuf_add(out, "*");
            break;
        case INLINE_LINK:
            strbuf_add_char(out, '[');
            add_inlines(out, piece->children, line_end);
            strbuf_add(out, "](<");
            for (const char *c = piece->text; *c; c++)
                if (!strchr("<>\\ \n", *c))
                    strbuf_add_char(out, *c);
            strbuf_add(out, ">)");
            break;
        }
    }
}

/* ---- narrative ---- */

static void add_blocks(StrBuf *out, const Block *block, size_t indent);

/* Each line of `text` but the first after `indent` blanks. */
static void add_indented(StrBuf *out, const char *text, size_t indent) {
    for (const char *c = text; *c; c++) {
        strbuf_add_char(out, *c);
        if (*c == '\n' && c[1] && c[1] != '\n')
            strbuf_add_times(out, ' ', indent);
    }
}

static void add_list(StrBuf *out, const Block *list, size_t indent) {
    int number = list->start;
    for (const Block *item = list->children; item; item = item->next, number++) {
        StrBuf mark = {0}, inner = {0};
        if (list->ordered)
            strbuf_addf(&mark, "%d. ", number);
        else
            strbuf_add(&mark, "- ");
        add_blocks(&inner, item->children, 0);
        strbuf_add_times(out, ' ', indent);
        strbuf_add(out, strbuf_text(&mark));
        add_indented(out, strbuf_text(&inner), indent + mark.len);
        if (inner.len == 0)
            strbuf_add_char(out, '\n');
        strbuf_fini(&mark);
        strbuf_fini(&inner);
    }
}

static size_t cells_of(const Block *row) {
    size_t n = 0;
    for (const Block *cell = row->children; cell; cell = cell->next)
        n++;
    return n;
}

static void add_rule(StrBuf *out, size_t columns) {
    strbuf_add_char(out, '|');
    for (size_t i = 0; i < columns; i++)
        strbuf_add(out, " --- |");
    strbuf_add_char(out, '\n');
}

static void add_table(StrBuf *out, const Block *table) {
    for (const Block *row = table->children; row; row = row->next) {
        strbuf_add_char(out, '|');
        for (const Block *cell = row->children; cell; cell = cell->next) {
            strbuf_add_char(out, ' ');
            add_inlines(out, cell->inlines, LINE_IN_CELL);
            strbuf_add(out, " |");
        }
        strbuf_add_char(out, '\n');
        if (row == table->children)
            add_rule(out, cells_of(row));
    }
}

static void add_blocks(StrBuf *out, const Block *block, size_t indent) {
    for (; block; block = block->next) {
        switch (block->kind) {
        case BLOCK_PARAGRAPH:
            add_inlines(out, block->inlines, "\\\n");
            strbuf_add_char(out, '\n');
            break;
        case BLOCK_HEADING:
            strbuf_add(out, "### ");
            add_inlines(out, block->inlines, " ");
            strbuf_add_char(out, '\n');
            break;
        case BLOCK_LIST:
            add_list(out, block, indent);
            break;
        case BLOCK_TABLE:
            add_table(out, block);
            break;
        case BLOCK_ITEM:
        case BLOCK_ROW:
        case BLOCK_CELL:
            add_blocks(out, block->children, indent);
            break;
        }
        if (block->next)
            strbuf_add_char(out, '\n');
    }
}

static void add_heading(StrBuf *out, const char *title) {
    strbuf_add(out, "\n## ");
    add_text(out, title);
    strbuf_add(out, "\n\n");
}

static const char *colour_word(Colour colour) {
    static const char *const words[] = {"Green", "Amber", "Red"};
    return words[colour];
}

static void add_part(StrBuf *out, const DocumentItem *item) {
    const NarrativePart *part = item->part;
    add_heading(out, item->title);
    if (part->has_colour) {
        strbuf_addf(out, "**Current status: %s", colour_word(part->colour));
        if (part->trend)
            strbuf_addf(out, ", %s", part->trend);
        strbuf_addf(out, "**\n%s", part->blocks ? "\n" : "");
    }
    if (part->blocks)
        add_blocks(out, part->blocks, 0);
    else if (!part->has_colour)
        strbuf_add(out, "Nil return\n");
}

/* ---- tables ---- */

static void add_labelled(StrBuf *out, const DocumentLine *line, const char *between) {
    if (line->label) {
        add_text(out, line->label);
        strbuf_add(out, between);
    }
    add_text(out, line->text);
}

static void add_line(StrBuf *out, const DocumentLine *line) {
    switch (line->role) {
    case LINE_VALUE:
        strbuf_add(out, "**");
        add_labelled(out, line, " ");
        strbuf_add(out, "**");
        return;
    case LINE_PAIR:
        add_labelled(out, line, " = ");
        if (line->note) {
            strbuf_add(out, " (");
            add_text(out, line->note);
            strbuf_add_char(out, ')');
        }
        return;
    case LINE_TEXT:
        add_text(out, line->text);
        return;
    case LINE_SMALL:
        strbuf_add_char(out, '*');
        add_text(out, line->text);
        strbuf_add_char(out, '*');
        return;
    case LINE_VERDICT:
    case LINE_MOVEMENT:
        strbuf_addf(out, "%s ", line->symbol);
        add_text(out, line->text);
        if (line->label) {
            strbuf_add(out, " (");
            add_text(out, line->label);
            strbuf_add_char(out, ')');
        }
        return;
    }
}

static void add_cell(StrBuf *out, const DocumentCell *cell) {
    strbuf_add_char(out, ' ');
    for (size_t i = 0; i < cell->len; i++) {
        strbuf_add(out, i > 0 ? LINE_IN_CELL : "");
        add_line(out, &cell->items[i]);
    }
    strbuf_add(out, " |");
}

static void add_measures(StrBuf *out, const DocumentItem *item) {
    add_heading(out, item->title ? item->title : "Outcome measures");
    strbuf_add(out, "| Measure | Target | Current performance | Direction of travel |\n");
    add_rule(out, 4);
    for (size_t i = 0; i < item->rows.len; i++) {
        const DocumentRow *row = &item->rows.items[i];
        strbuf_add(out, "| ");
        add_text(out, row->title);
        if (row->carried)
            strbuf_addf(out, LINE_IN_CELL "*%s*", row->carried);
        strbuf_add(out, " |");
        add_cell(out, &row->target);
        add_cell(out, &row->current);
        add_cell(out, &row->previous);
        strbuf_add_char(out, '\n');
    }
    for (size_t i = 0; i < item->rows.len; i++)
        for (size_t c = 0; c < item->rows.items[i].charts_len; c++) {
            strbuf_add_char(out, '\n');
            add_text(out, item->rows.items[i].charts[c]->title);
            strbuf_add(out, ": ");
            add_text(out, item->rows.items[i].charts[c]->description);
            strbuf_add_char(out, '\n');
        }
}

/* ---- the whole ---- */

static void add_head(StrBuf *out, const Document *document) {
    strbuf_add(out, "# ");
    add_text(out, document->title);
    strbuf_add(out, "\n\n");
    add_text(out, document->period);
    if (document->taken)
        strbuf_addf(out, "; data taken on %s", document->taken);
    strbuf_add_char(out, '\n');
    if (document->introduction) {
        strbuf_add_char(out, '\n');
        add_blocks(out, document->introduction, 0);
    }
    if (document->fields.len == 0)
        return;
    strbuf_add(out, "\n| Field | |\n");
    add_rule(out, 2);
    for (size_t i = 0; i < document->fields.len; i++) {
        strbuf_add(out, "| **");
        add_text(out, document->fields.items[i].label);
        strbuf_add(out, "** | ");
        add_text(out,
                 document->fields.items[i].text ? document->fields.items[i].text : "Nil return");
        strbuf_add(out, " |\n");
    }
}

static void add_definitions(StrBuf *out, const Document *document) {
    if (document->definitions.len == 0)
        return;
    add_heading(out, "Definitions");
    strbuf_add(out, "| Measure | Definition | Window | Judged by |\n");
    add_rule(out, 4);
    for (size_t i = 0; i < document->definitions.len; i++) {
        const DocumentDefinition *definition = &document->definitions.items[i];
        strbuf_add(out, "| ");
        add_text(out, definition->title);
        strbuf_add(out, " | ");
        add_text(out, definition->id);
        strbuf_addf(out, " %s | ", definition->hash ? definition->hash : "");
        add_text(out, definition->window ? definition->window : "");
        strbuf_add(out, " | ");
        add_text(out, definition->rule ? definition->rule : "");
        strbuf_add(out, " |\n");
    }
    add_heading(out, "How each is counted");
    for (size_t i = 0; i < document->definitions.len; i++) {
        strbuf_add(out, "- **");
        add_text(out, document->definitions.items[i].title);
        strbuf_add(out, "**: ");
        add_text(out, document->definitions.items[i].counted);
        strbuf_add_char(out, '\n');
    }
}

static void add_notes(StrBuf *out, const Document *document) {
    if (document->notes.len > 0)
        add_heading(out, "Notes");
    for (size_t i = 0; i < document->notes.len; i++) {
        strbuf_add(out, "- ");
        add_text(out, document->notes.items[i]);
        strbuf_add_char(out, '\n');
    }
    add_definitions(out, document);
    strbuf_addf(out, "\nData %s; %s\n", document->fingerprint, document->made_by);
}

void render_document_markdown(StrBuf *out, const Document *document) {
    add_head(out, document);
    for (size_t i = 0; i < document->items.len; i++) {
        const DocumentItem *item = &document->items.items[i];
        switch (item->kind) {
        case ITEM_PART:
            add_part(out, item);
            break;
        case ITEM_TABLE:
            add_measures(out, item);
            break;
        case ITEM_REFER:
            add_heading(out, item->title);
            add_text(out, item->text ? item->text : "Nil return");
            strbuf_add_char(out, '\n');
            break;
        }
    }
    add_notes(out, document);
}
