/* Text to AST: the only door to the scanner and the parser.
 *
 * Faults are reported to the session's messages; the parser recovers at the clause and at the
 * declaration, so one fault hides neither its neighbours nor the next indicator. A declaration that
 * holds a BROKEN_CLAUSE is damaged: sema gives it no "clause missing" message.
 */
#ifndef SYNTAX_PARSE_H
#define SYNTAX_PARSE_H

#include "syntax/ast.h"

#define PARSE_MAX_BYTES (1024u * 1024u) /* a file */
#define PARSE_MAX_NODES 100000u
#define PARSE_MAX_DEPTH 200u

typedef struct Comment {
    Span span;     /* from # to the end of its line, without trailing blanks */
    bool own_line; /* nothing but blanks before it */
} Comment;

typedef struct ParsedFile {
    Node *file; /* NODE_FILE; never NULL */
    uint32_t src;
    VEC(Comment) comments; /* in order: the formatter keeps them */
    bool ok;               /* no error was reported for this file */
    bool names_lost;       /* a declaration was read over: what it would declare is not known */
} ParsedFile;

/* Adds the text to session->sources under `name` and parses it. Bad UTF-8, NUL, and files over the
 * limit are reported. */
ParsedFile *parse_file(Session *session, const char *name, const char *text, size_t len);
/* --dump=tokens: one token a line with its place. */
void parse_dump_tokens(Session *session, const char *name, const char *text, size_t len,
                       StrBuf *out);

typedef struct ScannedToken {
    int token; /* TOK_... of the parser */
    Span span;
} ScannedToken;
typedef VEC(ScannedToken) ScannedTokens;
/* The tokens of a text, and its comments, without their meaning (highlight.h). */
const ParsedFile *parse_tokens(Session *session, const char *text, size_t len, ScannedTokens *out);

/* Clause words, declaration words and reserved words, for "did you mean", completion, highlighting
 * (from grammar/keywords.def). */
typedef enum KeywordClass { KEYWORD_DECLARATION, KEYWORD_CLAUSE, KEYWORD_WORD } KeywordClass;
const char *const *keyword_names(KeywordClass kind, size_t *len);

#endif
