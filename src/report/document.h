/* A report as it is read: fields, narrative, tables of outcome measures, charts and notes, in
 * texts.
 *
 * In: what the definitions declare (ReportModel), the rows of one period, those of the charts'
 * months, and the narrative. Out: a Document in the arena, which the renderers (text, Markdown,
 * HTML) show in their own ways; none of them reads a Result. The order is that of the declaration;
 * a part that the narrative lacks is a nil return.
 *
 * To add a kind of line in a cell: LineRole, where document_cells.c makes it, and its case in each
 * renderer.
 */
#ifndef REPORT_DOCUMENT_H
#define REPORT_DOCUMENT_H

#include "report/chart.h"
#include "report/narrative.h"

typedef enum Tone { TONE_NONE, TONE_GOOD, TONE_NEAR, TONE_BAD } Tone;

typedef enum LineRole {
    LINE_VALUE,   /* the figure: "12.9% (69/535)"; with a label, "Overall" */
    LINE_PAIR,    /* label and text: a band, a group, a value beside the row's own */
    LINE_TEXT,    /* words as large as figures */
    LINE_SMALL,   /* window and date, marks, reasons */
    LINE_VERDICT, /* symbol, word and tone: "✓ Met" */
    LINE_MOVEMENT /* arrow, word and tone: "▼ improving" */
} LineRole;

typedef struct DocumentLine {
    LineRole role;
    Tone tone;
    const char *label, *text;
    const char *symbol; /* VERDICT, MOVEMENT; or NULL */
    const char *note;   /* PAIR: a word behind the figure, "higher"; or NULL */
} DocumentLine;

typedef VEC(DocumentLine) DocumentCell;

typedef struct DocumentRow {
    const Indicator *indicator;
    const char *title;
    const char *carried; /* "Quarterly": the figure is of the last complete quarter; or NULL */
    DocumentCell target, current, previous;
    const Chart **charts;
    size_t charts_len;
} DocumentRow;

typedef enum DocumentItemKind { ITEM_PART, ITEM_TABLE, ITEM_REFER } DocumentItemKind;

typedef struct DocumentItem {
    DocumentItemKind kind;
    const char *title;         /* TABLE: of the section; NULL: rows before any section */
    const NarrativePart *part; /* PART */
    const char *text;          /* REFER */
    VEC(DocumentRow) rows;     /* TABLE */
} DocumentItem;

typedef struct DocumentField {
    const char *label, *text;
} DocumentField;

/* One line of the list of definitions. */
typedef struct DocumentDefinition {
    const char *title, *id, *hash, *window, *rule;
    const char *counted; /* what is counted, in the sentences of the definition */
} DocumentDefinition;

typedef struct Document {
    const char *title, *period; /* "January 2017" */
    const char *taken;          /* "30 January 2017"; or NULL */
    const Block *introduction;  /* or NULL */
    VEC(DocumentField) fields;
    VEC(DocumentItem) items;
    VEC(DocumentField) summary; /* "met", "12" */
    VEC(const char *) notes;
    VEC(DocumentDefinition) definitions;
    const char *fingerprint;
    const char *made_by; /* "kpic 0.1.0" */
} Document;

typedef struct DocumentInput {
    const ReportModel *model;
    Period period;
    const Report *rows;
    const Report *series; /* of the indicators that have charts, for their months; or NULL */
    const Narrative *narrative;
    bool has_taken; /* of the period asked for */
    Date taken;
    const char *made_by;
} DocumentInput;

const Document *document_build(Arena *run, const DocumentInput *input);

void render_document_text(StrBuf *out, Arena *run, const Document *document, size_t width,
                          bool colour);
void render_document_markdown(StrBuf *out, const Document *document);
/* One file: no script, nothing from elsewhere, its own content policy. */
void render_document_html(StrBuf *out, const Document *document);

/* ---- private to report/ ---- */

/* The cells of one measure (document_cells.c). `label`: of a value beside the row's own, else NULL;
 * `all`: every row of the report. */
void document_add_measure(Arena *run, const Report *all, const Indicator *indicator,
                          const char *label, const DocumentInput *input, DocumentRow *row);
/* The row of the whole; NULL if it is not there. */
const ReportRow *document_whole(const Report *all, const Indicator *indicator);
/* "Quarterly", "Yearly"; NULL if the indicator comes as often as the report. */
const char *document_carried(const ReportModel *report, const Indicator *indicator);

#endif
