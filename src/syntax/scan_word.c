#include "syntax/scan.h"

#include <string.h>

#include "kpi_parse.h"

#define MAX_SUGGESTIONS 64

int scan_declaration_word(Parser *parser) {
    const Keyword *declaration = parser->declaration;
    parser->assumed = NULL;
    return declaration->token;
}

/* ---- the first word of a clause ---- */

static int clause_word(Parser *parser, const Keyword *clause, WordNext *next);

/* Outside indicators a near miss is read as what was meant, since many may use what is declared
 * there; an indicator costs only itself. */
static int misspelt_clause(Parser *parser, Span span, const char *nearest, WordNext *next) {
    const char *word = atom_of(parser->session->atoms, parser->text + span.off, span.len);
    Diag *diag = parser_remark(parser, DIAG_unknown_clause, span, "unknown clause '%s' in %s", word,
                               keyword_place(parser->declaration->where));
    diag_help(diag, "did you mean '%s'?", nearest);
    return clause_word(parser, keyword_clause(nearest, strlen(nearest)), next);
}

static int unknown_clause(Parser *parser, Span span, const Keyword *elsewhere, WordNext *next) {
    const char *at = parser->text + span.off;
    unsigned where = parser->declaration->where;
    if (elsewhere) {
        parser_report(parser, DIAG_clause_elsewhere, span, "'%s' is a clause of %s, not of %s",
                      elsewhere->word, keyword_place(elsewhere->where), keyword_place(where));
        return TOK_KPI_error;
    }
    const char *word = atom_of(parser->session->atoms, at, span.len);
    const char *names[MAX_SUGGESTIONS];
    size_t count = keyword_clauses_of(where, names, MAX_SUGGESTIONS);
    const char *nearest = text_nearest(word, names, count);
    if (nearest && where != KEYWORD_IN_INDICATOR)
        return misspelt_clause(parser, span, nearest, next);
    Diag *diag = parser_report(parser, DIAG_unknown_clause, span, "unknown clause '%s' in %s", word,
                               keyword_place(where));
    size_t all;
    const char *const *clauses = keyword_names(KEYWORD_CLAUSE, &all);
    const char *other = nearest ? NULL : text_nearest(word, clauses, all);
    if (nearest)
        diag_help(diag, "did you mean '%s'?", nearest);
    else if (other)
        diag_help(diag, "'%s' is a clause of %s", other,
                  keyword_place(keyword_clause(other, strlen(other))->where));
    else if (keyword_word(at, span.len))
        diag_help(diag, "to continue the clause above, indent the line deeper");
    return TOK_KPI_error;
}

int scan_clause_word(Parser *parser, Span span, WordNext *next) {
    const Keyword *clause = keyword_clause(parser->text + span.off, span.len);
    *next = WORD_LINE;
    if (!clause || !(clause->where & parser->declaration->where))
        return unknown_clause(parser, span, clause, next);
    return clause_word(parser, clause, next);
}

static int clause_word(Parser *parser, const Keyword *clause, WordNext *next) {
    int token = clause->token;
    parser->names_only = token == TOK_C_KEY;
    parser->name_next = token == TOK_C_COLUMN;
    parser->in_rows = token == TOK_C_ROWS || token == TOK_C_GIVEN;
    parser->bands = token == TOK_C_BANDS ? BANDS_EXPRESSION : BANDS_NONE;
    parser->in_benchmark = token == TOK_C_BENCHMARK;
    if (token == TOK_C_ROWS)
        *next = WORD_CELLS;
    return token;
}

int scan_no_clause_word(Parser *parser, Span span) {
    Diag *diag = parser_report(parser, DIAG_unknown_clause, span, "a clause starts with its word");
    if (diag)
        diag_help(diag, "to continue the clause above, indent the line deeper");
    return TOK_KPI_error;
}

/* ---- other words ---- */

/* `known` leaves missing values out of sum, mean and percentile; elsewhere it is a plain name. */
static bool known_may_stand(const Parser *parser) {
    static const int before[] = {TOK_SUM, TOK_MEAN,  TOK_MEDIAN, TOK_MIN,
                                 TOK_MAX, TOK_FIRST, TOK_LAST};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (parser->last_token == before[i])
            return true;
    return parser->last_token == TOK_NUMBER && parser->before_token == TOK_PERCENTILE;
}

/* In a benchmark, `not comparable` ends a condition before it. */
static bool is_not_comparable(const Parser *parser, Span span) {
    const char *at = parser->text + span.off + span.len;
    at += strspn(at, " ");
    size_t len = strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
    const Keyword *word = keyword_word(at, len);
    return parser->in_benchmark && word && word->token == TOK_COMPARABLE;
}

int scan_word(Parser *parser, Span span) {
    if (parser->names_only || parser->name_next) {
        parser->name_next = false;
        return TOK_NAME;
    }
    const Keyword *word = keyword_word(parser->text + span.off, span.len);
    if (!word || (word->token == TOK_KNOWN && !known_may_stand(parser)))
        return TOK_NAME;
    if (word->token == TOK_NOT && is_not_comparable(parser, span))
        return TOK_INCOMPARABLE;
    return word->token;
}

/* ---- how deep it goes ---- */

static bool too_deep(Parser *parser, Span span) {
    parser_report(parser, DIAG_too_deep, span, "nested more than %u levels deep", PARSE_MAX_DEPTH);
    return false;
}

/* The parser's stack grows with parentheses, with `where` up to the parenthesis that ends it, and
 * with `not` after `not`. */
bool scan_nesting(Parser *parser, int token, Span span) {
    parser->nots = token == TOK_NOT ? parser->nots + 1 : 0;
    if (parser->nots > PARSE_MAX_DEPTH)
        return too_deep(parser, span);
    if (token == '(' || token == TOK_WHERE) {
        if (parser->nesting >= PARSE_MAX_DEPTH)
            return too_deep(parser, span);
        if (token == '(')
            parser->nesting_at[parser->parentheses++] = parser->nesting;
        parser->nesting++;
    } else if (token == ')' && parser->parentheses > 0) {
        parser->nesting = parser->nesting_at[--parser->parentheses];
    }
    return true;
}
