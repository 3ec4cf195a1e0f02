/* A report on a terminal, or in a plain file. */
#include <string.h>

#include "report/display.h"
#include "report/document.h"

#define NARROWEST 60
#define WIDEST 120
#define USUAL 100
#define COLUMNS 4
#define GAP 2
#define STEP 2
#define DEEPEST_INDENT 24

typedef struct TextWriter {
    StrBuf *out;
    Arena *arena;
    size_t width;
    bool colour;
} TextWriter;

/* ---- narrative ---- */

static void add_words(StrBuf *out, const Inline *piece) {
    for (; piece; piece = piece->next) {
        switch (piece->kind) {
        case INLINE_TEXT:
            strbuf_add(out, piece->text);
            break;
        case INLINE_BREAK:
            strbuf_add_char(out, ' ');
            break;
        case INLINE_STRONG:
        case INLINE_EMPHASIS:
            add_words(out, piece->children);
            break;
        case INLINE_LINK:
            add_words(out, piece->children);
            strbuf_addf(out, " <%s>", piece->text);
            break;
        }
    }
}

static void write_words(const TextWriter *writer, const Inline *pieces, size_t indent, Ink ink) {
    StrBuf words = {0};
    add_words(&words, pieces);
    display_add_paragraph(writer->out, strbuf_text(&words), indent, writer->width, ink,
                          writer->colour);
    strbuf_fini(&words);
}

static void write_blocks(const TextWriter *writer, const Block *block, size_t indent);

/* The mark stands where the indent of the item's first line ends. */
static void write_item(const TextWriter *writer, const Block *item, const char *mark,
                       size_t indent) {
    StrBuf inner = {0};
    TextWriter within = *writer;
    within.out = &inner;
    size_t deeper = indent + display_width(mark) + 1;
    write_blocks(&within, item->children, deeper < DEEPEST_INDENT ? deeper : DEEPEST_INDENT);
    strbuf_add_times(writer->out, ' ', indent);
    strbuf_add(writer->out, mark);
    strbuf_add_char(writer->out, ' ');
    if (inner.len > deeper)
        strbuf_add(writer->out, strbuf_text(&inner) + deeper);
    else
        strbuf_add_char(writer->out, '\n');
    strbuf_fini(&inner);
}

static void write_list(const TextWriter *writer, const Block *list, size_t indent) {
    int number = list->start;
    for (const Block *item = list->children; item; item = item->next, number++)
        write_item(writer, item, list->ordered ? arena_printf(writer->arena, "%d.", number) : "•",
                   indent);
}

/* ---- columns: cells of lines, wrapped, side by side ---- */

typedef struct TextLine {
    const char *text;
    Ink ink;
} TextLine;

typedef VEC(TextLine) TextCell;

static void put(const TextWriter *writer, TextCell *cell, const char *text, Ink ink) {
    TextLine line = {text, ink};
    vec_push(writer->arena, cell, line);
}

/* Lines broken to the width of their column. */
static TextCell wrapped(const TextWriter *writer, const TextCell *cell, size_t width) {
    TextCell out = {0};
    for (size_t i = 0; i < cell->len; i++) {
        const char *rest = cell->items[i].text;
        while (rest) {
            DisplayLine line = display_break(rest, width, &rest);
            put(writer, &out, arena_copy_text(writer->arena, line.text, line.len),
                cell->items[i].ink);
        }
    }
    return out;
}

static void write_columns(const TextWriter *writer, const TextCell *cells, const size_t *widths,
                          size_t len) {
    TextCell *broken = arena_array(writer->arena, len, sizeof *broken);
    size_t lines = 0;
    for (size_t i = 0; i < len; i++) {
        broken[i] = wrapped(writer, &cells[i], widths[i]);
        lines = broken[i].len > lines ? broken[i].len : lines;
    }
    for (size_t line = 0; line < lines; line++) {
        for (size_t i = 0; i < len; i++) {
            static const TextLine nothing = {"", INK_PLAIN};
            const TextLine *shown = line < broken[i].len ? &broken[i].items[line] : &nothing;
            if (i > 0)
                strbuf_add_times(writer->out, ' ', GAP);
            DisplayLine display = {shown->text, strlen(shown->text), display_width(shown->text)};
            display_add(writer->out, display, widths[i], false, shown->ink, writer->colour);
        }
        display_trim(writer->out);
        strbuf_add_char(writer->out, '\n');
    }
}

static void write_narrative_table(const TextWriter *writer, const Block *table) {
    size_t columns = 0;
    for (const Block *row = table->children; row; row = row->next) {
        size_t n = 0;
        for (const Block *cell = row->children; cell; cell = cell->next)
            n++;
        columns = n > columns ? n : columns;
    }
    if (columns == 0)
        return;
    size_t *widths = arena_array(writer->arena, columns, sizeof *widths);
    for (size_t i = 0; i < columns; i++)
        widths[i] = (writer->width - GAP * (columns - 1)) / columns;
    for (const Block *row = table->children; row; row = row->next) {
        TextCell *cells = arena_array(writer->arena, columns, sizeof *cells);
        size_t i = 0;
        for (const Block *cell = row->children; cell; cell = cell->next, i++) {
            StrBuf words = {0};
            add_words(&words, cell->inlines);
            put(writer, &cells[i], arena_copy_text(writer->arena, strbuf_text(&words), words.len),
                row == table->children ? INK_BOLD : INK_PLAIN);
            strbuf_fini(&words);
        }
        write_columns(writer, cells, widths, columns);
        if (row == table->children)
            display_add_rule(writer->out, writer->width, writer->colour);
    }
}

static void write_blocks(const TextWriter *writer, const Block *block, size_t indent) {
    for (; block; block = block->next) {
        switch (block->kind) {
        case BLOCK_PARAGRAPH:
            write_words(writer, block->inlines, indent, INK_PLAIN);
            break;
        case BLOCK_HEADING:
            write_words(writer, block->inlines, indent, INK_BOLD);
            break;
        case BLOCK_LIST:
            write_list(writer, block, indent);
            break;
        case BLOCK_TABLE:
            write_narrative_table(writer, block);
            break;
        case BLOCK_ITEM:
        case BLOCK_ROW:
        case BLOCK_CELL:
            write_blocks(writer, block->children, indent);
            break;
        }
        bool between = block->next && indent == 0 && block->next->kind != BLOCK_LIST;
        if (between)
            strbuf_add_char(writer->out, '\n');
    }
}

static void write_heading(const TextWriter *writer, const char *title) {
    strbuf_add_char(writer->out, '\n');
    display_add_paragraph(writer->out, title, 0, writer->width, INK_BOLD, writer->colour);
}

static const char *colour_word(Colour colour) {
    static const char *const words[] = {"Green", "Amber", "Red"};
    return words[colour];
}

static void write_part(const TextWriter *writer, const DocumentItem *item) {
    const NarrativePart *part = item->part;
    write_heading(writer, item->title);
    if (part->has_colour) {
        strbuf_addf(writer->out, "Current status: %s", colour_word(part->colour));
        if (part->trend)
            strbuf_addf(writer->out, ", %s", part->trend);
        strbuf_add_char(writer->out, '\n');
    }
    if (part->blocks)
        write_blocks(writer, part->blocks, 0);
    else if (!part->has_colour)
        strbuf_add(writer->out, "Nil return\n");
}

/* ---- outcome tables ---- */

static Ink ink_of(const DocumentLine *line) {
    switch (line->tone) {
    case TONE_GOOD:
        return INK_GOOD;
    case TONE_BAD:
        return INK_BAD;
    case TONE_NEAR:
    case TONE_NONE:
        break;
    }
    return line->role == LINE_SMALL ? INK_DIM : line->role == LINE_VALUE ? INK_BOLD : INK_PLAIN;
}

static const char *line_words(Arena *arena, const DocumentLine *line) {
    StrBuf words = {0};
    switch (line->role) {
    case LINE_VALUE:
        if (line->label)
            strbuf_addf(&words, "%s ", line->label);
        strbuf_add(&words, line->text);
        break;
    case LINE_PAIR:
        strbuf_addf(&words, "%s = %s", line->label, line->text);
        if (line->note)
            strbuf_addf(&words, " (%s)", line->note);
        break;
    case LINE_TEXT:
    case LINE_SMALL:
        strbuf_add(&words, line->text);
        break;
    case LINE_VERDICT:
    case LINE_MOVEMENT:
        strbuf_addf(&words, "%s %s", line->symbol, line->text);
        if (line->label)
            strbuf_addf(&words, " (%s)", line->label);
        break;
    }
    const char *text = arena_copy_text(arena, strbuf_text(&words), words.len);
    strbuf_fini(&words);
    return text;
}

static TextCell text_cell(const TextWriter *writer, const DocumentCell *cell) {
    TextCell out = {0};
    for (size_t i = 0; i < cell->len; i++)
        put(writer, &out, line_words(writer->arena, &cell->items[i]), ink_of(&cell->items[i]));
    return out;
}

static void write_row(const TextWriter *writer, const DocumentRow *row, const size_t *widths) {
    TextCell cells[COLUMNS] = {{0}};
    put(writer, &cells[0], row->title, INK_PLAIN);
    if (row->carried)
        put(writer, &cells[0], arena_printf(writer->arena, "[%s]", row->carried), INK_DIM);
    cells[1] = text_cell(writer, &row->target);
    cells[2] = text_cell(writer, &row->current);
    cells[3] = text_cell(writer, &row->previous);
    write_columns(writer, cells, widths, COLUMNS);
    for (size_t i = 0; i < row->charts_len; i++) {
        StrBuf words = {0};
        chart_print_words(&words, row->charts[i]);
        display_add_paragraph(writer->out, strbuf_text(&words), STEP, writer->width, INK_DIM,
                              writer->colour);
        strbuf_fini(&words);
    }
}

static void write_table(const TextWriter *writer, const DocumentItem *item) {
    static const char *const titles[COLUMNS] = {"Measure", "Target", "Current performance",
                                                "Direction of travel"};
    size_t room = writer->width - GAP * (COLUMNS - 1);
    size_t widths[COLUMNS] = {room * 27 / 100, room * 21 / 100, room * 26 / 100, 0};
    widths[3] = room - widths[0] - widths[1] - widths[2];
    TextCell cells[COLUMNS] = {{0}};
    write_heading(writer, item->title ? item->title : "Outcome measures");
    for (size_t i = 0; i < COLUMNS; i++)
        put(writer, &cells[i], titles[i], INK_BOLD);
    write_columns(writer, cells, widths, COLUMNS);
    display_add_rule(writer->out, writer->width, writer->colour);
    for (size_t i = 0; i < item->rows.len; i++) {
        if (i > 0)
            strbuf_add_char(writer->out, '\n');
        write_row(writer, &item->rows.items[i], widths);
    }
}

/* ---- the whole ---- */

static void write_fields(const TextWriter *writer, const Document *document) {
    size_t widest = 0;
    for (size_t i = 0; i < document->fields.len; i++) {
        size_t width = display_width(document->fields.items[i].label);
        widest = width > widest ? width : widest;
    }
    size_t widths[2] = {widest + 1, writer->width > widest + 3 ? writer->width - widest - 3 : 8};
    for (size_t i = 0; i < document->fields.len; i++) {
        const DocumentField *field = &document->fields.items[i];
        TextCell cells[2] = {{0}};
        put(writer, &cells[0], arena_printf(writer->arena, "%s:", field->label), INK_BOLD);
        put(writer, &cells[1], field->text ? field->text : "Nil return", INK_PLAIN);
        write_columns(writer, cells, widths, 2);
    }
}

static void write_head(const TextWriter *writer, const Document *document) {
    display_add_paragraph(writer->out, document->title, 0, writer->width, INK_BOLD, writer->colour);
    strbuf_addf(writer->out, "%s", document->period);
    if (document->taken)
        strbuf_addf(writer->out, "; data taken on %s", document->taken);
    strbuf_add(writer->out, "\n\n");
    if (document->introduction) {
        write_blocks(writer, document->introduction, 0);
        strbuf_add(writer->out, document->fields.len > 0 ? "\n" : "");
    }
    write_fields(writer, document);
}

static void write_counted(const TextWriter *writer, const Document *document) {
    if (document->definitions.len > 0)
        write_heading(writer, "How each is counted");
    for (size_t i = 0; i < document->definitions.len; i++) {
        const DocumentDefinition *definition = &document->definitions.items[i];
        display_add_paragraph(writer->out, definition->title, 0, writer->width, INK_BOLD,
                              writer->colour);
        display_add_paragraph(writer->out, definition->counted, 2, writer->width, INK_PLAIN,
                              writer->colour);
    }
}

static void write_notes(const TextWriter *writer, const Document *document) {
    if (document->notes.len > 0)
        write_heading(writer, "Notes");
    for (size_t i = 0; i < document->notes.len; i++)
        display_add_paragraph(writer->out, document->notes.items[i], 0, writer->width, INK_PLAIN,
                              writer->colour);
    write_counted(writer, document);
    strbuf_addf(writer->out, "\nData %s; %s\n", document->fingerprint, document->made_by);
}

void render_document_text(StrBuf *out, Arena *run, const Document *document, size_t width,
                          bool colour) {
    TextWriter writer = {out, run, width > 0 ? width : USUAL, colour};
    if (writer.width < NARROWEST)
        writer.width = NARROWEST;
    if (writer.width > WIDEST)
        writer.width = WIDEST;
    write_head(&writer, document);
    for (size_t i = 0; i < document->items.len; i++) {
        const DocumentItem *item = &document->items.items[i];
        switch (item->kind) {
        case ITEM_PART:
            write_part(&writer, item);
            break;
        case ITEM_TABLE:
            write_table(&writer, item);
            break;
        case ITEM_REFER:
            write_heading(&writer, item->title);
            display_add_paragraph(out, item->text ? item->text : "Nil return", 0, writer.width,
                                  INK_PLAIN, colour);
            break;
        }
    }
    write_notes(&writer, document);
}
