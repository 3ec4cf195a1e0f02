#include "syntax/highlight.h"

#include "kpi_parse.h"
#include "syntax/scan.h"

/* Clause and declaration words have tokens of their own, and so has every other word. */
/* dispatch */
static bool kind_of_token(int token, HighlightKind *out) {
    switch (token) {
#define DECLARATION(word, name, where)                                                             \
    case TOK_##name:                                                                               \
        *out = HIGHLIGHT_DECLARATION;                                                              \
        return true;
#define CLAUSE(word, name, where)                                                                  \
    case TOK_##name:                                                                               \
        *out = HIGHLIGHT_CLAUSE;                                                                   \
        return true;
#define WORD(word, name, reserved)                                                                 \
    case TOK_##name:                                                                               \
        *out = HIGHLIGHT_WORD;                                                                     \
        return true;
#include "keywords.def"
#undef DECLARATION
#undef CLAUSE
#undef WORD
    case TOK_INCOMPARABLE:
        *out = HIGHLIGHT_WORD;
        return true;
    case TOK_TEXT:
        *out = HIGHLIGHT_TEXT;
        return true;
    case TOK_NUMBER:
    case TOK_PERCENTAGE:
    case TOK_MONEY:
    case TOK_DATE:
    case TOK_PERIOD:
        *out = HIGHLIGHT_NUMBER;
        return true;
    default: /* names, signs, cells */
        return false;
    }
}

/* Comments are found between tokens: each goes where it stands in the order. */
static void add_stretch(Arena *arena, HighlightList *out, HighlightStretch stretch) {
    vec_push(arena, out, stretch);
    for (size_t i = out->len - 1; i > 0 && out->items[i - 1].off > out->items[i].off; i--) {
        HighlightStretch later = out->items[i - 1];
        out->items[i - 1] = out->items[i];
        out->items[i] = later;
    }
}

void highlight_text(Arena *arena, const char *text, size_t len, HighlightList *out) {
    Session *scratch = session_new();
    ScannedTokens tokens = {0};
    const ParsedFile *parsed = parse_tokens(scratch, text, len, &tokens);
    for (size_t i = 0; i < tokens.len; i++) {
        HighlightStretch stretch = {.off = tokens.items[i].span.off,
                                    .len = tokens.items[i].span.len};
        if (stretch.len > 0 && kind_of_token(tokens.items[i].token, &stretch.kind))
            add_stretch(arena, out, stretch);
    }
    for (size_t i = 0; i < parsed->comments.len; i++) {
        Span span = parsed->comments.items[i].span;
        HighlightStretch stretch = {HIGHLIGHT_COMMENT, span.off, span.len};
        add_stretch(arena, out, stretch);
    }
    session_free(scratch);
}
