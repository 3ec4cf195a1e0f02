/* The words of the language, found by text.
 *
 * In: grammar/keywords.def, the single table. Out: token and class of a word, and where a clause
 * belongs. The tables are constant; look-up is by binary search.
 *
 * To add a word: its line in keywords.def, and its token in kpi.y.
 */
#ifndef SYNTAX_KEYWORDS_H
#define SYNTAX_KEYWORDS_H

#include <stdbool.h>
#include <stddef.h>

/* The declarations that have clauses. */
enum {
    KEYWORD_IN_PROJECT = 1,
    KEYWORD_IN_SOURCE = 2,
    KEYWORD_IN_CALENDAR = 4,
    KEYWORD_IN_INDICATOR = 8,
    KEYWORD_IN_NEIGHBOURS = 16,
    KEYWORD_IN_RATING = 32,
    KEYWORD_IN_REPORT = 64,
    KEYWORD_IN_TEST = 128,
    KEYWORD_IN_CODES = 256,
    KEYWORD_IN_MOST = 255
};

typedef struct Keyword {
    const char *word;
    int token;      /* TOK_... */
    unsigned where; /* of a clause: KEYWORD_IN_... of its declarations, ored; of a declaration:
                            its own; 0 for define and use */
    bool reserved;  /* of another word: a name only in backquotes */
} Keyword;

/* NULL if there is none. */
const Keyword *keyword_declaration(const char *text, size_t len);
const Keyword *keyword_clause(const char *text, size_t len);
const Keyword *keyword_word(const char *text, size_t len);
/* Whether a name must stand in backquotes where words have meaning. */
bool keyword_is_reserved(const char *name);
/* The clause words of one declaration (KEYWORD_IN_...), at most `cap`, into `names`. */
size_t keyword_clauses_of(unsigned where, const char **names, size_t cap);
/* "an indicator", for the first declaration in `where`. */
const char *keyword_place(unsigned where);

#endif
