#include "report/narrative.h"

#include <cmark.h>
#include <string.h>

/* Deeper nesting than any report has is flattened: no text of hostile depth costs a stack. */
#define DEEPEST 16
#define SPAN_TEXT_MOST 4000

typedef struct Reading {
    const NarrativeInput *input;
    Narrative *narrative;
    NarrativePart *part; /* under way; NULL: under no part */
    Block **last;        /* where the next block goes: of the part, or of the introduction */
    int level;           /* of the parts' headings */
    bool started;        /* a part was met */
    bool refused;        /* the last heading was no part */
} Reading;

static Arena *arena_of(const Reading *reading) {
    return reading->input->arena;
}

/* ---- inline pieces ---- */

static Inline *new_inline(Arena *arena, InlineKind kind, const char *text) {
    Inline *piece = arena_alloc(arena, sizeof *piece);
    piece->kind = kind;
    piece->text = text;
    return piece;
}

static const char *literal(Arena *arena, cmark_node *node) {
    const char *text = cmark_node_get_literal(node);
    return text ? arena_copy_text(arena, text, strlen(text)) : "";
}

static bool is_web_address(const char *url) {
    return url && (strncmp(url, "http://", 7) == 0 || strncmp(url, "https://", 8) == 0);
}

static Inline *inlines_of(Arena *arena, cmark_node *parent, int depth);

static Inline *wrapped(Arena *arena, cmark_node *node, InlineKind kind, int depth) {
    Inline *piece = new_inline(arena, kind, NULL);
    piece->children = inlines_of(arena, node, depth + 1);
    return piece;
}

/* A soft line end: a blank, unless a table or a field is made of the lines. */
const char narrative_line_end[] = "\n";

static Inline *inline_of(Arena *arena, cmark_node *node, int depth) {
    Inline *piece;
    switch ((int)cmark_node_get_type(node)) {
    case CMARK_NODE_SOFTBREAK:
        return new_inline(arena, INLINE_TEXT, narrative_line_end);
    case CMARK_NODE_LINEBREAK:
        return new_inline(arena, INLINE_BREAK, NULL);
    case CMARK_NODE_STRONG:
        return wrapped(arena, node, INLINE_STRONG, depth);
    case CMARK_NODE_EMPH:
        return wrapped(arena, node, INLINE_EMPHASIS, depth);
    case CMARK_NODE_LINK:
        if (!is_web_address(cmark_node_get_url(node)))
            return wrapped(arena, node, INLINE_EMPHASIS, depth);
        piece = wrapped(arena, node, INLINE_LINK, depth);
        piece->text =
            arena_copy_text(arena, cmark_node_get_url(node), strlen(cmark_node_get_url(node)));
        return piece;
    case CMARK_NODE_IMAGE: /* its words only */
        return wrapped(arena, node, INLINE_EMPHASIS, depth);
    default: /* text, code and raw HTML, which is shown as it was typed */
        return new_inline(arena, INLINE_TEXT, literal(arena, node));
    }
}

static Inline *inlines_of(Arena *arena, cmark_node *parent, int depth) {
    Inline *first = NULL, **last = &first;
    if (depth > DEEPEST)
        return NULL;
    for (cmark_node *node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) {
        *last = inline_of(arena, node, depth);
        last = &(*last)->next;
    }
    return first;
}

static void add_words(StrBuf *out, const Inline *piece) {
    for (; piece; piece = piece->next) {
        if (piece->kind == INLINE_BREAK)
            strbuf_add_char(out, '\n');
        else if (piece->kind == INLINE_TEXT)
            strbuf_add(out, piece->text);
        else
            add_words(out, piece->children);
    }
}

const char *narrative_words(Arena *arena, const Inline *pieces) {
    StrBuf words = {0};
    add_words(&words, pieces);
    const char *text = arena_copy_text(arena, strbuf_text(&words), words.len);
    strbuf_fini(&words);
    return text;
}

static void settle_line_ends(Inline *piece) {
    for (; piece; piece = piece->next) {
        if (piece->text == narrative_line_end)
            piece->text = " ";
        settle_line_ends(piece->children);
    }
}

/* ---- tables ---- */

/* "| --- | :-: |": dashes, colons, bars and blanks, with a dash and a bar. */
static bool is_table_rule(const char *line, size_t len) {
    bool dash = false, bar = false;
    for (size_t i = 0; i < len; i++) {
        dash = dash || line[i] == '-';
        bar = bar || line[i] == '|';
        if (!strchr("-:| \t", line[i]))
            return false;
    }
    return dash && bar;
}

static bool is_table(Arena *arena, const Inline *pieces) {
    const char *words = narrative_words(arena, pieces);
    const char *second = strchr(words, '\n');
    if (!second || !memchr(words, '|', (size_t)(second - words)))
        return false;
    second++;
    return is_table_rule(second, strcspn(second, "\n"));
}

typedef struct TableMaking {
    Arena *arena;
    Block *table;
    Block **row, **cell; /* where the next goes */
    Inline **piece;      /* where the next of the cell under way goes; NULL: none is */
    bool empty;          /* the cell under way has no words yet */
    bool line_start;     /* nothing of the line was met */
} TableMaking;

static Block *new_block(Arena *arena, BlockKind kind) {
    Block *block = arena_alloc(arena, sizeof *block);
    block->kind = kind;
    return block;
}

static void start_row(TableMaking *making) {
    Block *row = new_block(making->arena, BLOCK_ROW);
    *making->row = row;
    making->row = &row->next;
    making->cell = &row->children;
    making->piece = NULL;
    making->empty = making->line_start = true;
}

static void start_cell(TableMaking *making) {
    Block *cell = new_block(making->arena, BLOCK_CELL);
    *making->cell = cell;
    making->cell = &cell->next;
    making->piece = &cell->inlines;
}

static void add_piece(TableMaking *making, Inline *piece) {
    if (!making->piece)
        start_cell(making);
    *making->piece = piece;
    making->piece = &piece->next;
    making->empty = making->line_start = false;
}

/* Blanks beside a bar are no part of the cell. */
static void add_cell_text(TableMaking *making, const char *text, size_t len, bool before_bar) {
    while (len > 0 && text[0] == ' ' && making->empty) {
        text++;
        len--;
    }
    while (len > 0 && text[len - 1] == ' ' && before_bar)
        len--;
    if (len > 0)
        add_piece(making, new_inline(making->arena, INLINE_TEXT,
                                     arena_copy_text(making->arena, text, len)));
}

/* A bar at the start of a line opens the first cell, one at its end closes the last; between cells
 * it closes one, empty or not, and opens the next. */
static void add_table_text(TableMaking *making, const char *text) {
    while (*text) {
        size_t len = strcspn(text, "|");
        add_cell_text(making, text, len, text[len] == '|');
        text += len;
        if (*text != '|')
            continue;
        text++;
        if (!making->piece && !making->line_start)
            start_cell(making);
        making->piece = NULL;
        making->line_start = false;
        making->empty = true;
    }
}

static Block *table_of(Arena *arena, Inline *pieces) {
    TableMaking making = {.arena = arena, .table = new_block(arena, BLOCK_TABLE)};
    making.row = &making.table->children;
    start_row(&making);
    for (Inline *piece = pieces, *next; piece; piece = next) {
        next = piece->next;
        piece->next = NULL;
        if (piece->text == narrative_line_end)
            start_row(&making);
        else if (piece->kind == INLINE_TEXT)
            add_table_text(&making, piece->text);
        else
            add_piece(&making, piece);
    }
    /* The second line is the rule. */
    Block *header = making.table->children;
    header->next = header->next->next;
    return making.table;
}

/* ---- blocks ---- */

static Block *blocks_of(Arena *arena, cmark_node *parent, int depth);

static Block *paragraph_of(Arena *arena, cmark_node *node) {
    Inline *pieces = inlines_of(arena, node, 0);
    if (is_table(arena, pieces))
        return table_of(arena, pieces);
    Block *block = new_block(arena, BLOCK_PARAGRAPH);
    block->inlines = pieces;
    return block;
}

/* Code and raw HTML: the text as it was typed. */
static Block *typed_text(Arena *arena, cmark_node *node) {
    Block *block = new_block(arena, BLOCK_PARAGRAPH);
    const char *text = literal(arena, node);
    size_t len = strlen(text);
    while (len > 0 && text[len - 1] == '\n')
        len--;
    block->inlines = new_inline(arena, INLINE_TEXT, arena_copy_text(arena, text, len));
    return block;
}

/* NULL: it has no words. */
static Block *block_of(Arena *arena, cmark_node *node, int depth) {
    Block *block;
    switch ((int)cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH:
        return paragraph_of(arena, node);
    case CMARK_NODE_HEADING:
        block = new_block(arena, BLOCK_HEADING);
        block->inlines = inlines_of(arena, node, 0);
        return block;
    case CMARK_NODE_LIST:
        block = new_block(arena, BLOCK_LIST);
        block->ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
        block->start = cmark_node_get_list_start(node);
        block->tight = cmark_node_get_list_tight(node);
        block->children = blocks_of(arena, node, depth + 1);
        return block;
    case CMARK_NODE_ITEM:
        block = new_block(arena, BLOCK_ITEM);
        block->children = blocks_of(arena, node, depth + 1);
        return block;
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_HTML_BLOCK:
        return typed_text(arena, node);
    case CMARK_NODE_THEMATIC_BREAK:
        return NULL;
    default: /* a quotation: its blocks stand as if it were none */
        return blocks_of(arena, node, depth + 1);
    }
}

static Block *blocks_of(Arena *arena, cmark_node *parent, int depth) {
    Block *first = NULL, **last = &first;
    if (depth > DEEPEST)
        return NULL;
    for (cmark_node *node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) {
        *last = block_of(arena, node, depth);
        while (*last)
            last = &(*last)->next;
    }
    return first;
}

static void settle_blocks(Block *block) {
    for (; block; block = block->next) {
        settle_line_ends(block->inlines);
        settle_blocks(block->children);
    }
}

/* ---- parts ---- */

/* The line of a node in the narrative's own text: filling in moves no line. */
static Span line_of(const Reading *reading, cmark_node *node) {
    size_t len, at = 0;
    const char *text = sources_text(reading->input->session->sources, reading->input->src, &len);
    for (int line = 1; line < cmark_node_get_start_line(node) && at < len; at++)
        line += text[at] == '\n';
    size_t length = 0;
    while (at + length < len && text[at + length] != '\n' && length < SPAN_TEXT_MOST)
        length++;
    return (Span){reading->input->src, (uint32_t)at, (uint32_t)length};
}

static NarrativePart *part_titled(const Narrative *narrative, const char *title) {
    for (size_t i = 0; i < narrative->parts_len; i++)
        if (strcmp(narrative->parts[i].title, title) == 0)
            return &narrative->parts[i];
    return NULL;
}

static const char *title_of(const Reading *reading, cmark_node *heading) {
    return narrative_words(arena_of(reading), inlines_of(arena_of(reading), heading, 0));
}

/* The highest level on which a part's title stands; without any, of any heading. */
static int level_of_parts(const Reading *reading, cmark_node *document) {
    int parts = 0, any = 0;
    for (cmark_node *node = cmark_node_first_child(document); node; node = cmark_node_next(node)) {
        if (cmark_node_get_type(node) != CMARK_NODE_HEADING)
            continue;
        int level = cmark_node_get_heading_level(node);
        any = any == 0 || level < any ? level : any;
        if (part_titled(reading->narrative, title_of(reading, node)))
            parts = parts == 0 || level < parts ? level : parts;
    }
    return parts > 0 ? parts : any;
}

static void refuse_heading(const Reading *reading, cmark_node *node, const char *title) {
    const Narrative *narrative = reading->narrative;
    const char **titles = arena_array(arena_of(reading), narrative->parts_len, sizeof *titles);
    for (size_t i = 0; i < narrative->parts_len; i++)
        titles[i] = narrative->parts[i].title;
    Diag *diag = diag_add(reading->input->session->diags, DIAG_narrative_part,
                          line_of(reading, node), "'%s' is no part of the report", title);
    diag_suggest(diag, title, titles, narrative->parts_len);
    diag_note(diag, reading->input->report->span, "the report declares its parts");
}

static void start_part(Reading *reading, cmark_node *node) {
    const char *title = title_of(reading, node);
    NarrativePart *part = part_titled(reading->narrative, title);
    reading->part = NULL;
    if (!part) {
        /* A title of the whole file may stand above the parts. */
        reading->refused = reading->started || cmark_node_get_heading_level(node) == reading->level;
        if (reading->refused)
            refuse_heading(reading, node, title);
        return;
    }
    reading->started = true;
    if (part->blocks) {
        diag_add(reading->input->session->diags, DIAG_narrative_part, line_of(reading, node),
                 "the part '%s' is there twice", title);
        return;
    }
    reading->part = part;
    reading->last = &part->blocks;
}

/* What stands under a heading that is no part was refused with it. An introduction has no headings
 * of its own. */
static bool is_kept(const Reading *reading, cmark_node *node) {
    if (reading->part)
        return true;
    if (!reading->started && cmark_node_get_type(node) == CMARK_NODE_HEADING) {
        refuse_heading(reading, node, title_of(reading, node));
        return false;
    }
    return !reading->started && !reading->refused;
}

static void read_node(Reading *reading, cmark_node *node) {
    if (cmark_node_get_type(node) == CMARK_NODE_HEADING &&
        cmark_node_get_heading_level(node) <= reading->level) {
        start_part(reading, node);
        return;
    }
    if (!is_kept(reading, node))
        return;
    *reading->last = block_of(arena_of(reading), node, 0);
    while (*reading->last)
        reading->last = &(*reading->last)->next;
}

/* ---- the status part ---- */

static const struct {
    const char *word;
    Colour colour;
} colours[] = {{"Green", COLOUR_GREEN}, {"Amber", COLOUR_AMBER}, {"Red", COLOUR_RED}};
static const char *const trends[] = {"improving", "unchanged", "worsening"};

static bool read_status(NarrativePart *part, const char *line, size_t len) {
    for (size_t i = 0; i < 3; i++) {
        size_t word = strlen(colours[i].word);
        if (len < word || strncmp(line, colours[i].word, word) != 0)
            continue;
        part->colour = colours[i].colour;
        part->has_colour = true;
        if (len == word)
            return true;
        for (size_t t = 0; t < 3; t++)
            if (len == word + 2 + strlen(trends[t]) && line[word] == ',' && line[word + 1] == ' ' &&
                strncmp(line + word + 2, trends[t], strlen(trends[t])) == 0)
                part->trend = trends[t];
        return part->trend != NULL;
    }
    return false;
}

/* What follows the first line of a paragraph. */
static Inline *after_line_end(Inline *piece) {
    while (piece && piece->kind != INLINE_BREAK && piece->text != narrative_line_end)
        piece = piece->next;
    return piece ? piece->next : NULL;
}

static void take_status(const Reading *reading, NarrativePart *part) {
    Block *first = part->blocks;
    if (!first)
        return;
    const char *words =
        first->kind == BLOCK_PARAGRAPH ? narrative_words(arena_of(reading), first->inlines) : "";
    size_t len = strcspn(words, "\n");
    while (len > 0 && (words[len - 1] == ' ' || words[len - 1] == '.'))
        len--;
    if (!read_status(part, words, len)) {
        Diag *diag = diag_add(reading->input->session->diags, DIAG_narrative_status,
                              (Span){reading->input->src, 0, 0},
                              "'%s' does not start with its colour", part->title);
        diag_help(diag, "write a line such as \"Amber, unchanged\": Red, Amber or Green, then "
                        "improving, unchanged or worsening");
        return;
    }
    first->inlines = after_line_end(first->inlines);
    if (!first->inlines)
        part->blocks = first->next;
}

/* ---- all of it ---- */

static Narrative *declared_parts(const NarrativeInput *input) {
    const ReportModel *report = input->report;
    Narrative *narrative = arena_alloc(input->arena, sizeof *narrative);
    narrative->parts = arena_array(input->arena, report->items_len, sizeof *narrative->parts);
    narrative->fields = arena_array(input->arena, report->items_len, sizeof *narrative->fields);
    for (size_t i = 0; i < report->items_len; i++) {
        const ReportItem *item = &report->items[i];
        if (item->kind == REPORT_PART)
            narrative->parts[narrative->parts_len++] =
                (NarrativePart){.title = item->title, .status = item->status};
        else if (item->kind == REPORT_FIELD && !item->text)
            narrative->fields[narrative->fields_len++] = (NarrativeField){.title = item->title};
    }
    return narrative;
}

const Narrative *narrative_read(const NarrativeInput *input) {
    Narrative *narrative = declared_parts(input);
    if (!input->src)
        return narrative;
    StrBuf text = {0};
    narrative_fill(input, &text);
    cmark_node *document =
        cmark_parse_document(strbuf_text(&text), text.len, CMARK_OPT_DEFAULT | CMARK_OPT_SAFE);
    Reading reading = {.input = input, .narrative = narrative, .last = &narrative->introduction};
    reading.level = level_of_parts(&reading, document);
    for (cmark_node *node = cmark_node_first_child(document); node; node = cmark_node_next(node))
        read_node(&reading, node);
    cmark_node_free(document);
    strbuf_fini(&text);
    narrative_take_fields(input, narrative);
    settle_blocks(narrative->introduction);
    for (size_t i = 0; i < narrative->parts_len; i++) {
        if (narrative->parts[i].status)
            take_status(&reading, &narrative->parts[i]);
        settle_blocks(narrative->parts[i].blocks);
    }
    return narrative;
}
