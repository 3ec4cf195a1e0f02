/* What each stretch of a definition is, for whoever shows its text in colours.
 *
 * In: the text of one or more declarations. Out: its stretches in order, without gaps of their own:
 * what is not named is plain. It is the scanner that decides, so that what is coloured as a keyword
 * is one.
 */
#ifndef SYNTAX_HIGHLIGHT_H
#define SYNTAX_HIGHLIGHT_H

#include "syntax/parse.h"

typedef enum HighlightKind {
    HIGHLIGHT_DECLARATION, /* indicator, source */
    HIGHLIGHT_CLAUSE,      /* numerator, basis */
    HIGHLIGHT_WORD,        /* where, dated, exists */
    HIGHLIGHT_TEXT,        /* "...", a fence */
    HIGHLIGHT_NUMBER,      /* numbers, amounts, dates, periods */
    HIGHLIGHT_COMMENT
} HighlightKind;

typedef struct HighlightStretch {
    HighlightKind kind;
    size_t off, len;
} HighlightStretch;

typedef VEC(HighlightStretch) HighlightList;

/* Stretches are in `arena`. A text that cannot be scanned has fewer of them, and no message. */
void highlight_text(Arena *arena, const char *text, size_t len, HighlightList *out);

#endif
