/* The scanner's state, and the parts of its work that are plain C.
 *
 * The rules of grammar/kpi.l find the stretches of text; what needs more than a regular expression
 * is here: which kind of line starts (scan_line.c), which literal a run of digits is
 * (scan_number.c), texts, fences, words and strange characters (scan_token.c).
 *
 * In: the bytes of one file. Out: tokens with spans, comments, and messages. Every clause is
 * announced by CLAUSE_COLUMN and every declaration by DECLARATION_LINE, of no length, so that the
 * parser can recover there. A fault that the scanner reports gives the token TOK_KPI_error: the
 * parser recovers and says nothing.
 *
 * One fault, one message: a clause (or the header line of a declaration) gets at most one message
 * from scanner and parser together, through parser_report(). Since the parser looks one token
 * ahead, the clause before the current one is remembered too.
 */
#ifndef SYNTAX_SCAN_H
#define SYNTAX_SCAN_H

#include "syntax/keywords.h"
#include "syntax/parse.h"

/* How far a clause `bands` is read. */
typedef enum BandsPlace { BANDS_NONE, BANDS_EXPRESSION, BANDS_LINES } BandsPlace;

/* A line-like stretch that gets one message at most. */
typedef struct Stretch {
    uint32_t start;
    bool reported, is_header;
} Stretch;

typedef struct Parser {
    Session *session;
    ParsedFile *parsed;
    const char *text; /* NUL-terminated */
    uint32_t len, src;
    void *flex;

    uint32_t offset;   /* of the next byte to match */
    Span last, before; /* the last token given out, and the one before it */
    int last_token, before_token;
    const Keyword *declaration;          /* NULL before the first */
    const Keyword *assumed;              /* what a misspelt declaration word was taken for */
    uint32_t clause_column;              /* 0: not known yet */
    uint32_t jump_to;                    /* where the text goes on after something read over */
    int jump_token;                      /* what to give out then */
    Span jump_span;                      /* where that starts */
    bool jump_closed;                    /* of a fence: whether it has an end */
    unsigned parentheses, nesting, nots; /* see scan_nesting() */
    unsigned nesting_at[PARSE_MAX_DEPTH + 1];
    uint32_t stray_after; /* the line break before a line that has had its message; 0: none */
    bool in_rows;         /* deeper lines are rows of a table */
    BandsPlace bands;     /* deeper lines are bands */
    bool bands_told;      /* its lines that are not deeper have had their message */
    bool in_benchmark;    /* `not comparable` are words of the clause */
    bool names_only;      /* in `key`: every word is a name */
    bool name_next;       /* after `column`: the next word is a name */
    bool tab_told;        /* the file has had its message about tabs */
    bool not_text;        /* bytes were replaced: strange characters are known already */
    bool stop;            /* a limit of the file was passed: nothing more is read */
    Stretch current, previous;

    NodeList declarations;
    size_t nodes;
} Parser;

/* ---- messages ---- */

/* A message at `at`, or NULL when its clause has had one: the caller then says nothing. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
Diag *
parser_report(Parser *parser, DiagCode code, Span at, const char *format, ...);
/* A message that does not damage its clause: about where it stands, not what it says. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
Diag *
parser_remark(Parser *parser, DiagCode code, Span at, const char *format, ...);
/* Whether the stretch that holds `offset` has had its message. */
bool parser_is_damaged(const Parser *parser, uint32_t offset);
Span parser_span(const Parser *parser, uint32_t offset, uint32_t len);
Text parser_text(Parser *parser, Span span, uint32_t trim);
Name parser_name(Parser *parser, Span span, uint32_t trim);

/* ---- lines (scan_line.c) ---- */

typedef enum LineKind {
    LINE_BLANK,        /* nothing but blanks to the end of the file */
    LINE_CONTINUATION, /* goes on with the clause above */
    LINE_DECLARATION,
    LINE_CLAUSE,
    LINE_CODE, /* a clause of `codes` */
    LINE_ROW,  /* a row of the table above */
    LINE_BAND, /* a band of the clause above */
    LINE_SKIP  /* reported: read over up to parser->jump_to */
} LineKind;

/* What the line is whose first other character than a blank stands at `offset`, after `blanks`
 * bytes of indentation. Starts the stretch of a declaration or clause. */
LineKind scan_line(Parser *parser, uint32_t offset, uint32_t blanks);
/* The end of the indented lines that follow the line of `offset`: all of them (column 0), or those
 * deeper than `column`. Blank and comment lines at the end are left out, fences are kept whole. */
uint32_t scan_block_end(const Parser *parser, uint32_t offset, uint32_t column);
void scan_comment(Parser *parser, Span span, bool own_line);
/* The end of the file: what comes now belongs to no clause. */
void scan_end(Parser *parser);

/* ---- words (scan_word.c) ---- */

typedef enum WordNext { WORD_LINE, WORD_CELLS } WordNext;
/* The first word of a declaration. */
int scan_declaration_word(Parser *parser);
/* The first word of a clause; `*next` says how to go on. */
int scan_clause_word(Parser *parser, Span span, WordNext *next);
/* Something else than a word where a clause must start. */
int scan_no_clause_word(Parser *parser, Span span);
int scan_word(Parser *parser, Span span);
/* Counts how deep parentheses, `where` and `not` go; false (reported) when too deep. */
bool scan_nesting(Parser *parser, int token, Span span);

/* ---- literals (scan_number.c, scan_text.c) ---- */

typedef struct Literal {
    Num value;
    int decimals; /* as written */
    NumberKind kind;
    Span span;
} Literal;

typedef struct DateToken {
    Date date;
    Span span;
} DateToken;
typedef struct PeriodToken {
    Period period;
    Span span;
} PeriodToken;

typedef struct NumberToken {
    int token;
    uint32_t len; /* of the literal: the rest is given back */
    Literal literal;
    Date date;
    Period period;
} NumberToken;

/* The longest valid literal at the start of the span, which is what NUMBER of kpi.l found
 * (after a pound sign, if `money`). */
void scan_number(Parser *parser, Span span, bool money, NumberToken *out);
/* "text", or what is left of one without its closing quote (reported). */
Text scan_text(Parser *parser, Span span);
/* The end of the fence that starts at `offset`, after its closing quotes; reports a missing end. */
uint32_t scan_fence_end(Parser *parser, uint32_t offset, bool *closed);
/* The text of a fence: its lines without their common indentation. */
Text scan_fence_text(Parser *parser, Span span, bool closed);
/* `name`, or .`name` with trim 2; reports a missing backquote. */
Name scan_backquoted(Parser *parser, Span span, uint32_t trim);
/* A code as written, or in double quotes. */
Text scan_code(Parser *parser, Span span);
/* A cell of a table: "-" is empty. */
Text scan_cell(Parser *parser, Span span);
/* == && and the like: the token that was meant. */
int scan_foreign_operator(Parser *parser, Span span);
int scan_stray(Parser *parser, Span span);

/* ---- the door (grammar/kpi.l) ---- */

/* `buffer` is the text and two NUL bytes, and is written to. */
void scan_open(Parser *parser, char *buffer, size_t size);
void scan_close(Parser *parser);

#endif
