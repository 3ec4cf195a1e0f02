/* The parts of the printer that its files share.
 *
 * A Printer knows the column it has reached, so that what does not fit into 100 columns can be
 * broken before `where`, `and`, `or`. What is printed depends on the tree alone, never on the
 * author's line breaks: that is why printing twice gives the same bytes.
 */
#ifndef SYNTAX_PRINT_PARTS_H
#define SYNTAX_PRINT_PARTS_H

#include "syntax/print.h"

#define PRINT_WIDTH 100u
#define PRINT_CLAUSE 4u        /* column of clauses, from 0 */
#define PRINT_ARGUMENT 16u     /* column of their arguments */
#define PRINT_PROSE 8u         /* column of the lines of a fence */
#define PRINT_CONTINUATION 20u /* column of `where`, `and`, `or` that start a line */

typedef struct Printer {
    StrBuf *out;
    const Session *session;
    const ParsedFile *parsed;
    const char *text; /* the source */
    size_t comment;   /* the first that is not printed yet */
} Printer;

/* ---- print_expression.c: everything on one line ---- */
void print_name(StrBuf *out, Atom name); /* backquoted where it must be */
bool print_is_name(const char *text);    /* no backquotes needed, reserved or not */
void print_alias(StrBuf *out, Atom name);
void print_member_name(StrBuf *out, Atom name); /* after a dot, `column`, in `key` */
void print_text(StrBuf *out, Text text);        /* "text", or a fence */
void print_rowset_head(StrBuf *out, const Node_Rowset *rowset);
/* "count distinct", "percentile 90 known" */
void print_quantity_start(StrBuf *out, const Node_Quantity *quantity);
/* Without the parentheses around it. */
const Node *print_unwrapped(const Node *node);

/* ---- print_layout.c: over several lines when one is too short ---- */
/* `tail`: columns that are needed behind it on its last line. */
void layout_expression(StrBuf *out, const Node *node, size_t indent, size_t tail);
void layout_rowset(StrBuf *out, const Node *rowset, size_t indent);
/* " where CONDITION", on a line of its own if it does not fit behind what stands there. */
void layout_where(StrBuf *out, const Node *condition, size_t indent, size_t tail);
/* Characters since the last line break. */
size_t layout_column(const StrBuf *out);
size_t layout_width(const char *text, size_t len);
void layout_line(StrBuf *out, size_t indent);
/* ", " or, when `next` does not fit any more, "," and a new line at the argument's column. */
void layout_comma(StrBuf *out, const char *next);

/* ---- print_clause.c, print_judgement.c, print_report.c ---- */
/* The gutter: the clause's word, and blanks up to its argument. */
void print_start(StrBuf *out, const char *word);
void print_label(StrBuf *out, Text label); /* " \"label\"", or nothing */
/* "a", "b": on further lines when one is too short. */
void print_texts(StrBuf *out, const TextList *texts);
void print_names(StrBuf *out, const NameList *names); /* a, b: on further lines too */
void print_pad(StrBuf *out, size_t column);           /* one blank at least */
/* The clauses of neighbours, ratings, bands and judgement; false for any other. */
bool print_judgement(StrBuf *out, const Node *clause);
/* The clauses of a report; false for any other. */
bool print_report(StrBuf *out, const Node *clause);
/* The clauses of a test; of `given` its first line. */
void print_test(StrBuf *out, const Node *clause);
/* Widths of the columns of tables that the clauses of one declaration share. */
typedef struct ClauseWidths {
    size_t code, name, type;
} ClauseWidths;
ClauseWidths print_clause_widths(const Printer *printer, const NodeList *clauses);
/* One clause, without the line break; rows of a table after the first are not printed. */
void print_clause(Printer *printer, const Node *clause, const ClauseWidths *widths);
void print_rows(Printer *printer, const NodeList *rows, size_t row);
/* The line of one band of `bands`. */
void print_band(StrBuf *out, const NodeList *bands, size_t band);
/* The bytes of the source that `span` covers. */
void print_source(const Printer *printer, Span span);

#endif
