/* The messages as diag.c keeps them and diag_render.c shows them. Private to these two.
 *
 * Words are clean when they come in here: valid UTF-8 without control characters, so that neither
 * a terminal nor a JSON reader can be upset by a name or a cell that a message quotes.
 */
#ifndef BASE_DIAG_LIST_H
#define BASE_DIAG_LIST_H

#include "base/diag.h"
#include "base/vec.h"

typedef struct DiagNote {
    Span at;
    const char *words;
} DiagNote;

struct Diag {
    Arena *arena;
    const DiagInfo *info;
    Severity severity; /* of its code, or as diags_settle() was told */
    Span at;
    size_t order; /* in which it was added */
    const char *words;
    const char *help; /* NULL: none */
    VEC(DiagNote) notes;
};

struct Diags {
    Arena *arena;
    const Sources *sources;
    VEC(Diag *) list;
    Diag *
        *table; /* the same by code and span: open addressing, a power of two, half full at most */
    size_t table_cap;
    size_t errors, warnings;
};

/* One character of a text as a terminal shows it. */
typedef struct ShownChar {
    size_t bytes; /* of the text */
    size_t width; /* columns */
    const char *shown;
    size_t shown_len;
} ShownChar;

/* The character at the start of text (len > 0). A byte that is no UTF-8 and a control character
 * show as U+FFFD, a tab or a line's end as a space. */
ShownChar shown_char(const char *text, size_t len);

/* The list in the order of showing, in memory_alloc()ed room; NULL if it is empty. */
Diag **diags_sorted(const Diags *diags);
/* Whether the place can be shown as line and column: its source has a text. */
bool diags_has_place(const Diags *diags, Span at);

#endif
