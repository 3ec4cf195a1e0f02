/* The words of a report: a Markdown file whose headings are the parts.
 *
 * In: the text as a source (so that messages show its lines), the parts that the report declares,
 * and the computed rows. Out: for each part a small tree of blocks and inline pieces, in the arena;
 * nothing in it is markup any more, so that every renderer escapes it in its own way.
 *
 * Quotes and claims in braces are settled before Markdown is read: `{id.value}` becomes the printed
 * value, `{id improving}` vanishes if the rows agree and is an error if they do not. Headings of
 * the level of the parts must be parts. What stands above the first is the introduction, of which
 * lines such as "Report date: 21 February 2017" fill the fields that the report leaves open. Tables
 * are those of GitHub's Markdown: a line of cells, a line of dashes, lines of cells. Raw HTML,
 * images and links that are not http(s) come out as their text.
 *
 * To add a quote or a claim: its word in the tables of narrative_quotes.c, and the language
 * reference.
 */
#ifndef REPORT_NARRATIVE_H
#define REPORT_NARRATIVE_H

#include "base/session.h"
#include "report/report.h"

typedef enum InlineKind {
    INLINE_TEXT,
    INLINE_STRONG,   /* with children */
    INLINE_EMPHASIS, /* with children */
    INLINE_LINK,     /* children and `text`, the address: http or https */
    INLINE_BREAK     /* a new line */
} InlineKind;

typedef struct Inline Inline;
struct Inline {
    InlineKind kind;
    const char *text;
    Inline *children, *next;
};

typedef enum BlockKind {
    BLOCK_PARAGRAPH, /* inlines */
    BLOCK_HEADING,   /* inlines; below the part's own */
    BLOCK_LIST,      /* children are ITEMs */
    BLOCK_ITEM,      /* children are blocks */
    BLOCK_TABLE,     /* children are ROWs, the first is the header */
    BLOCK_ROW,       /* children are CELLs */
    BLOCK_CELL       /* inlines */
} BlockKind;

typedef struct Block Block;
struct Block {
    BlockKind kind;
    bool ordered; /* LIST */
    int start;    /* LIST, ordered */
    bool tight;   /* LIST: items are single lines */
    Inline *inlines;
    Block *children, *next;
};

typedef struct NarrativePart {
    const char *title;
    Block *blocks; /* NULL: nil return */
    bool status;   /* it is a status part, and the next three are set if it is there */
    Colour colour;
    const char *trend; /* "unchanged"; NULL: not said */
    bool has_colour;
} NarrativePart;

/* A field that the report declares without a value. */
typedef struct NarrativeField {
    const char *title, *text; /* text NULL: the narrative does not give it */
} NarrativeField;

typedef struct Narrative {
    Block *introduction;  /* NULL: none */
    NarrativePart *parts; /* as the report declares them */
    size_t parts_len;
    NarrativeField *fields; /* as the report declares them */
    size_t fields_len;
} Narrative;

/* The indicators that a text quotes or makes claims about, those of them that the model has, each
 * once: they must be computed. */
typedef struct IndicatorList {
    const Indicator **items;
    size_t len;
} IndicatorList;
IndicatorList narrative_indicators(Arena *arena, const Model *model, const char *text, size_t len);

typedef struct NarrativeInput {
    Session *session;
    Arena *arena;
    const Model *model;
    const ReportModel *report;
    const Report *rows;
    uint32_t src; /* the text among the session's sources; 0: there is none */
} NarrativeInput;

/* Never NULL; faults are messages. */
const Narrative *narrative_read(const NarrativeInput *input);

/* The text with its quotes filled in and its claims settled (narrative_quotes.c). */
void narrative_fill(const NarrativeInput *input, StrBuf *out);

/* ---- private to report/ ---- */

/* The text of a piece that stands for the end of a line, until all is read. */
extern const char narrative_line_end[];
/* The words of pieces; a new line at each end of a line. */
const char *narrative_words(Arena *arena, const Inline *pieces);
/* Takes the lines of the introduction that fill a field out of it; each field once
 * (narrative_fields.c). */
void narrative_take_fields(const NarrativeInput *input, Narrative *narrative);

#endif
