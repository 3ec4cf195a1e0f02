#include "syntax/build.h"

#include <string.h>

/* Conditions joined with `and` and `or`: the one place where the language refuses what could be
 * read in two ways, and shows both. */

#define MAX_READING 160 /* bytes of a stretch of source that is shown */

Chain chain_start(Parser *parser, Node *term) {
    Chain chain = {.turn = 0};
    chain.terms = nodes_add(parser, chain.terms, term);
    return chain;
}

Chain chain_add(Parser *parser, Chain chain, LogicOp op, Span word, Node *term) {
    if (!term)
        return chain; /* reported */
    if (chain.terms.len == 1)
        chain.first = op;
    else if (op != chain.last && chain.turn == 0)
        chain.turn = chain.terms.len;
    if (op == LOGIC_OR && chain.first_or == 0)
        chain.first_or = chain.terms.len;
    if (chain.turn == chain.terms.len)
        chain.turn_word = word;
    if (chain.first_or == chain.terms.len)
        chain.or_word = word;
    chain.last = op;
    chain.terms = nodes_add(parser, chain.terms, term);
    return chain;
}

/* ---- readings: the source text, with parentheses ---- */

/* The source from `from` to `to` on one line, without comments. */
static void add_source(const Parser *parser, StrBuf *out, uint32_t from, uint32_t to) {
    bool in_text = false, blank = false;
    size_t start = out->len;
    for (uint32_t i = from; i < to && out->len - start < MAX_READING; i++) {
        char c = parser->text[i];
        if (c == '"')
            in_text = !in_text;
        if (c == '#' && !in_text)
            while (i + 1 < to && parser->text[i + 1] != '\n')
                i++;
        else if (strchr(" \t\r\n", c) && !in_text)
            blank = true;
        else {
            if (blank && out->len > start)
                strbuf_add_char(out, ' ');
            blank = false;
            strbuf_add_char(out, c);
        }
    }
    if (out->len - start < MAX_READING)
        return;
    /* not in the middle of a character */
    while (out->len > start && ((unsigned char)out->text[out->len - 1] & 0xC0) == 0x80)
        out->text[--out->len] = '\0';
    out->text[--out->len] = '\0';
    strbuf_add(out, "\xE2\x80\xA6");
}

static uint32_t start_of(const Node *node) {
    return node->span.off;
}

static uint32_t end_of(const Node *node) {
    return node->span.off + node->span.len;
}

typedef struct Piece {
    const char *text; /* or, when NULL, the source between: */
    uint32_t from, to;
} Piece;

static void help_reading(Parser *parser, Diag *diag, const char *lead, const Piece *pieces,
                         size_t len) {
    StrBuf buf = {0};
    for (size_t i = 0; i < len; i++) {
        if (pieces[i].text)
            strbuf_add(&buf, pieces[i].text);
        else
            add_source(parser, &buf, pieces[i].from, pieces[i].to);
    }
    diag_help(diag, "%s: %s", lead, strbuf_text(&buf));
    strbuf_fini(&buf);
}

#define READING(lead, ...)                                                                         \
    do {                                                                                           \
        const Piece pieces_[] = {__VA_ARGS__};                                                     \
        help_reading(parser, diag, lead, pieces_, sizeof pieces_ / sizeof *pieces_);               \
    } while (0)
#define SOURCE(from, to)                                                                           \
    { NULL, from, to }
#define SIGN(text)                                                                                 \
    { text, 0, 0 }

/* ---- `and` mixed with `or` ---- */

static void report_mixed(Parser *parser, Span span, const Chain *chain) {
    Diag *diag = parser_report(parser, DIAG_mixed_logic, chain->turn_word,
                               "'and' and 'or' are mixed without parentheses");
    if (!diag)
        return;
    const Node *before = chain->terms.items[chain->turn - 1];
    uint32_t start = start_of(chain->terms.items[0]), end = span.off + span.len;
    READING("put parentheses", SIGN("("), SOURCE(start, end_of(before)), SIGN(") "),
            SOURCE(chain->turn_word.off, end));
    READING("or", SOURCE(start, start_of(before)), SIGN(" ("), SOURCE(start_of(before), end),
            SIGN(")"));
}

static Node *logic_of(Parser *parser, Span span, Chain chain) {
    if (chain.terms.len == 0)
        return NULL;
    if (chain.terms.len == 1)
        return chain.terms.items[0];
    return make_Logic(parser, span, (Node_Logic){.op = chain.first, .terms = chain.terms});
}

Node *condition_of(Parser *parser, Span span, Chain chain) {
    if (chain.turn > 0) {
        report_mixed(parser, span, &chain);
        return NULL;
    }
    return logic_of(parser, span, chain);
}

/* ---- how far a nested `where` reaches ---- */

static bool is_exists(const Node *node) {
    while (node && node->kind == NODE_NOT)
        node = node_Not(node)->operand;
    return node && node->kind == NODE_EXISTS;
}

/* The first term after the first that is an exists or none without parentheses; 0: none. */
static size_t second_exists(const Chain *chain) {
    for (size_t i = 1; i < chain->terms.len; i++)
        if (is_exists(chain->terms.items[i]))
            return i;
    return 0;
}

static void report_or(Parser *parser, Span span, const char *word, const Chain *chain) {
    Diag *diag =
        parser_report(parser, DIAG_nested_where, chain->or_word,
                      "it is not clear whether this 'or' belongs to the 'where' of '%s'", word);
    if (!diag)
        return;
    const Node *before = chain->terms.items[chain->first_or - 1];
    uint32_t start = start_of(chain->terms.items[0]), end = span.off + span.len;
    bool several = chain->first_or > 1;
    READING("put parentheses", SIGN("("), SOURCE(span.off, end_of(before)), SIGN(") "),
            SOURCE(chain->or_word.off, end));
    READING("or", SOURCE(span.off, start), SIGN(several ? " ((" : " ("),
            SOURCE(start, end_of(before)), SIGN(several ? ") " : " "),
            SOURCE(chain->or_word.off, end), SIGN(")"));
}

static void report_second(Parser *parser, Span span, const char *word, const Chain *chain,
                          size_t second) {
    const Node *term = chain->terms.items[second], *before = chain->terms.items[second - 1];
    Span at = parser_span(parser, start_of(term), term->kind == NODE_NOT ? 3 : 6);
    if (term->kind == NODE_EXISTS && node_Exists(term)->none)
        at.len = 4;
    Diag *diag = parser_report(parser, DIAG_nested_where, at,
                               "it is not clear whether this belongs to the 'where' of '%s'", word);
    if (!diag)
        return;
    uint32_t end = span.off + span.len;
    READING("put parentheses", SIGN("("), SOURCE(span.off, end_of(before)), SIGN(") "),
            SOURCE(end_of(before), start_of(term)), SIGN(" ("), SOURCE(start_of(term), end),
            SIGN(")"));
    READING("or", SOURCE(span.off, start_of(term)), SIGN(" ("), SOURCE(start_of(term), end),
            SIGN(")"));
}

static Node *exists_of(Parser *parser, Span span, Node_Exists exists, Span head,
                       Node_Rowset rowset) {
    head.len = span.off + span.len - head.off;
    exists.rowset = make_Rowset(parser, head, rowset);
    return make_Exists(parser, span, exists);
}

Node *exists_plain(Parser *parser, Span span, Node_Exists exists, Span head, Node_Rowset rowset) {
    return exists_of(parser, span, exists, head, rowset);
}

Node *exists_where(Parser *parser, Span span, Node_Exists exists, Span head, Node_Rowset rowset,
                   Chain chain) {
    const char *word = exists.none ? "none" : "exists";
    size_t second = second_exists(&chain);
    if (chain.first_or > 0) {
        report_or(parser, span, word, &chain);
        return NULL;
    }
    if (second > 0) {
        report_second(parser, span, word, &chain, second);
        return NULL;
    }
    rowset.where = logic_of(parser, span, chain);
    return exists_of(parser, span, exists, head, rowset);
}
