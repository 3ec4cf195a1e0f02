/* The words, numbers and dates of a clean text, in order.
 *
 * In: a CleanText. Out: tokens. Numbers are exact; `12.9%`, `18 %` and `18 per cent` are one token,
 * so is each date: a day (10th Jan 2017, 30/01/2017, 2017-01-30), a month (January 2017, Jan-17), a
 * year (2016), years that follow one another (2015/16). `15/16` may also be a fraction, and says
 * so. Two digits are a year of this century.
 */
#ifndef REPORT_RECONCILE_TOKENS_H
#define REPORT_RECONCILE_TOKENS_H

#include "base/date.h"
#include "base/num.h"
#include "report/reconcile_page.h"

typedef enum TokenKind { TOKEN_WORD, TOKEN_MARK, TOKEN_NUMBER, TOKEN_DATE } TokenKind;
typedef enum DateForm { DATE_FORM_DAY, DATE_FORM_MONTH, DATE_FORM_YEAR, DATE_FORM_YEARS } DateForm;

typedef struct Token {
    TokenKind kind;
    size_t start, end; /* letters of the text, end is after it */
    size_t bracket;    /* the innermost ( or [ around it, by order of opening; 0: none */
    /* a number */
    Num value;
    int decimals;
    bool whole, percent, points, pounds;
    bool glued; /* letters follow at once, as in 3rd or 16A */
    /* a date */
    DateForm form;
    Date from, to;
    bool maybe_fraction; /* 15/16: value and above are its two numbers */
    Num above;
} Token;

typedef struct Tokens {
    const CleanText *text;
    VEC(Token) list;
} Tokens;

void tokens_read(Arena *arena, const CleanText *text, Tokens *out);
/* Whether token i is there and is this word (lower case), whatever its case. */
bool token_is(const Tokens *tokens, size_t i, const char *word);
/* Whether it is one of these words, ended by NULL. */
bool token_is_any(const Tokens *tokens, size_t i, const char *const *words);
/* Whether token i is there and is this mark. */
bool token_is_mark(const Tokens *tokens, size_t i, char mark);
bool token_is_number(const Tokens *tokens, size_t i);

#endif
