#include <string.h>

#include "report/reconcile_reading.h"

#define MOST_WORDS_BETWEEN 3 /* "6 out of the cohort of 44" */
#define FARTHEST_IN_BRACKET 40
#define FARTHEST_WORDS 12 /* between a percentage and its fraction */

typedef struct Pairing {
    Arena *arena;
    PrintedCell *cell;
    const Tokens *tokens;
    size_t *figures; /* by token: the figure's number from 1; 0: none */
} Pairing;

static const Token *at(const Tokens *tokens, size_t i) {
    return &tokens->list.items[i];
}

/* A whole number that is no percentage, and no part of a word. */
static bool is_count(const Tokens *tokens, size_t i) {
    return token_is_number(tokens, i) && at(tokens, i)->whole && !at(tokens, i)->percent &&
           !at(tokens, i)->points && !at(tokens, i)->glued && !at(tokens, i)->pounds;
}

static PrintedFraction *add_fraction(Pairing *pairing, Num numerator, Num denominator, size_t first,
                                     size_t last) {
    const CleanText *text = pairing->tokens->text;
    PrintedFraction *fraction = arena_alloc(pairing->arena, sizeof *fraction);
    size_t start = at(pairing->tokens, first)->start, end = at(pairing->tokens, last)->end;
    fraction->numerator = numerator;
    fraction->denominator = denominator;
    fraction->first = first;
    fraction->last = last;
    fraction->shown = arena_copy_text(pairing->arena, text->text + start, end - start);
    fraction->at = clean_span(text, start, end);
    vec_push(pairing->arena, &pairing->cell->fractions, fraction);
    return fraction;
}

/* ---- the forms; each gives the token after it, or 0 ---- */

/* N/D, N/(A+B+...) */
static size_t read_slashed(Pairing *pairing, size_t i) {
    const Tokens *tokens = pairing->tokens;
    if (!is_count(tokens, i) || !token_is_mark(tokens, i + 1, '/'))
        return 0;
    if (is_count(tokens, i + 2) && !token_is_mark(tokens, i + 3, '/')) {
        add_fraction(pairing, at(tokens, i)->value, at(tokens, i + 2)->value, i, i + 2);
        return i + 3;
    }
    size_t next = i + 3;
    if (!token_is_mark(tokens, i + 2, '(') || !is_count(tokens, next))
        return 0;
    Num sum = at(tokens, next)->value;
    for (next++; token_is_mark(tokens, next, '+') && is_count(tokens, next + 1); next += 2)
        if (!num_add(sum, at(tokens, next + 1)->value, &sum))
            return 0;
    if (!token_is_mark(tokens, next, ')'))
        return 0;
    PrintedFraction *fraction = add_fraction(pairing, at(tokens, i)->value, sum, i, next);
    fraction->is_sum = next > i + 4;
    return next + 1;
}

/* N of D, N out of D, N out of the cohort of D; not "46 of which 13", not "2 of the past 3 years".
 */
static size_t read_worded(Pairing *pairing, size_t i) {
    static const char *const times[] = {"day",  "days",  "week", "weeks", "month", "months",
                                        "year", "years", "of",   "out",   NULL};
    const Tokens *tokens = pairing->tokens;
    size_t next = i + 1;
    next += token_is(tokens, next, "out");
    if (!is_count(tokens, i) || !token_is(tokens, next, "of"))
        return 0;
    next++;
    for (size_t words = 0; words < MOST_WORDS_BETWEEN && next < tokens->list.len &&
                           at(tokens, next)->kind == TOKEN_WORD;
         words++, next++)
        if (token_is(tokens, next, "which") || token_is(tokens, next, "them"))
            return 0;
    if (!is_count(tokens, next) || token_is_any(tokens, next + 1, times) ||
        token_is_mark(tokens, next + 1, '/') || token_is_mark(tokens, next + 1, '+'))
        return 0;
    add_fraction(pairing, at(tokens, i)->value, at(tokens, next)->value, i, next);
    return next + 1;
}

static bool same_noun(const Tokens *tokens, size_t a, size_t b) {
    if (a >= tokens->list.len || b >= tokens->list.len || at(tokens, a)->kind != TOKEN_WORD)
        return false;
    size_t len = at(tokens, a)->end - at(tokens, a)->start;
    return at(tokens, b)->kind == TOKEN_WORD && len == at(tokens, b)->end - at(tokens, b)->start &&
           memcmp(tokens->text->text + at(tokens, a)->start,
                  tokens->text->text + at(tokens, b)->start, len) == 0;
}

/* "based on 224 children ... and 136 children ...": two parts of one whole if they are the same
 * things. */
static size_t read_parts(Pairing *pairing, size_t i) {
    const Tokens *tokens = pairing->tokens;
    if (!token_is(tokens, i, "based") || !token_is(tokens, i + 1, "on") || !is_count(tokens, i + 2))
        return 0;
    size_t other = i + 3;
    while (other < tokens->list.len && at(tokens, other)->kind == TOKEN_WORD)
        other++;
    if (!is_count(tokens, other) || !token_is(tokens, other - 1, "and") ||
        !same_noun(tokens, i + 3, other + 1))
        return 0;
    Num first = at(tokens, i + 2)->value, sum;
    if (!num_add(first, at(tokens, other)->value, &sum))
        return 0;
    PrintedFraction *fraction = add_fraction(pairing, first, sum, i, other + 1);
    StrBuf shown = {0};
    num_print(&shown, first, 0, false);
    strbuf_add(&shown, "/(");
    num_print(&shown, first, 0, false);
    strbuf_add_char(&shown, '+');
    num_print(&shown, at(tokens, other)->value, 0, false);
    strbuf_add_char(&shown, ')');
    fraction->shown = arena_copy_text(pairing->arena, shown.text, shown.len);
    fraction->is_sum = true;
    strbuf_fini(&shown);
    return other + 2;
}

/* (15/16) alone in its bracket after a percentage is a fraction if it is that percentage, and else
 * two years. */
static size_t read_years_as_fraction(Pairing *pairing, size_t i) {
    const Tokens *tokens = pairing->tokens;
    const Token *token = at(tokens, i);
    if (token->kind != TOKEN_DATE || !token->maybe_fraction || i < 2 ||
        !token_is_mark(tokens, i - 1, '(') || !token_is_mark(tokens, i + 1, ')') ||
        !token_is_number(tokens, i - 2) || !at(tokens, i - 2)->percent)
        return 0;
    Num computed;
    const Token *percent = at(tokens, i - 2);
    if (!num_divide(token->value, token->above, &computed) ||
        !num_multiply(computed, num_of_int(100), &computed) ||
        !num_round(computed, percent->decimals, &computed) ||
        num_compare(computed, percent->value) != 0)
        return 0;
    add_fraction(pairing, token->value, token->above, i, i);
    return i + 1;
}

/* ---- which figure a fraction belongs to ---- */

/* The share or rate at this token that has no fraction yet. */
static PrintedFigure *figure_at(const Pairing *pairing, size_t token) {
    if (token >= pairing->tokens->list.len || pairing->figures[token] == 0)
        return NULL;
    PrintedFigure *figure = &pairing->cell->figures.items[pairing->figures[token] - 1];
    bool share = figure->kind == PRINTED_PERCENT || figure->kind == PRINTED_RATE;
    return share && !figure->fraction ? figure : NULL;
}

/* Before it in the bracket, else after it. */
static PrintedFigure *in_same_bracket(const Pairing *pairing, const PrintedFraction *fraction) {
    const Tokens *tokens = pairing->tokens;
    size_t bracket = at(tokens, fraction->first)->bracket;
    if (bracket == 0)
        return NULL;
    for (size_t i = fraction->first, n = 0; i-- > 0 && n < FARTHEST_IN_BRACKET; n++)
        if (at(tokens, i)->bracket == bracket && figure_at(pairing, i))
            return figure_at(pairing, i);
    for (size_t i = fraction->last + 1, n = 0; i < tokens->list.len && n < FARTHEST_IN_BRACKET;
         n++, i++)
        if (at(tokens, i)->bracket == bracket && figure_at(pairing, i))
            return figure_at(pairing, i);
    return NULL;
}

/* `P (F`, `P = F`, and `F (P`, `F = P`, `F is P`. */
static PrintedFigure *beside(const Pairing *pairing, const PrintedFraction *fraction) {
    static const char *const verbs[] = {"is", "was", "are", "were", "or", "gives", NULL};
    const Tokens *tokens = pairing->tokens;
    size_t after = fraction->last + 1, before = fraction->first;
    /* "(69/535)" closes before what follows. */
    if (token_is_mark(tokens, after, '(') || token_is_mark(tokens, after, '=') ||
        token_is_mark(tokens, after, ':') || token_is_mark(tokens, after, '-') ||
        token_is_any(tokens, after, verbs))
        after++;
    PrintedFigure *figure = NULL;
    if (after > fraction->last + 1)
        figure = figure_at(pairing, after);
    while (!figure && before > 0 && at(tokens, before - 1)->kind == TOKEN_MARK &&
           strchr("([=:-,", tokens->text->text[at(tokens, before - 1)->start]))
        before--;
    if (!figure && before > 0)
        figure = figure_at(pairing, before - 1);
    /* A rate's own number is not the last of its words: "52.5 rate per 10,000 (577/109,904)". */
    for (size_t back = 2; !figure && back <= 6 && back <= before; back++) {
        PrintedFigure *rate = figure_at(pairing, before - back);
        if (rate && rate->kind == PRINTED_RATE)
            figure = rate;
    }
    return figure;
}

static bool ends_sentence(const Tokens *tokens, size_t i) {
    if (token_is_mark(tokens, i, ';'))
        return true;
    if (!token_is_mark(tokens, i, '.') || i + 1 >= tokens->list.len)
        return false;
    char next = tokens->text->text[at(tokens, i + 1)->start];
    return at(tokens, i + 1)->start > at(tokens, i)->end && next >= 'A' && next <= 'Z';
}

/* The nearest figure without a fraction, with no number and no end of a sentence between. */
static PrintedFigure *not_far(const Pairing *pairing, const PrintedFraction *fraction) {
    const Tokens *tokens = pairing->tokens;
    for (size_t i = fraction->first, words = 0; i-- > 0 && words < FARTHEST_WORDS; words++) {
        if (figure_at(pairing, i))
            return figure_at(pairing, i);
        if (at(tokens, i)->kind == TOKEN_NUMBER || ends_sentence(tokens, i))
            break;
    }
    for (size_t i = fraction->last + 1, words = 0; i < tokens->list.len && words < FARTHEST_WORDS;
         words++, i++) {
        if (figure_at(pairing, i))
            return figure_at(pairing, i);
        if (at(tokens, i)->kind == TOKEN_NUMBER || ends_sentence(tokens, i))
            break;
    }
    return NULL;
}

static void give(PrintedFigure *figure, PrintedFraction *fraction, bool far) {
    figure->fraction = fraction;
    figure->fraction_far = far;
    fraction->belongs = true;
}

/* What is sure goes first, so that a loose fraction cannot take another's percentage. */
static void pair_all(Pairing *pairing) {
    PrintedCell *cell = pairing->cell;
    for (size_t i = 0; i < cell->fractions.len; i++) {
        PrintedFigure *figure = beside(pairing, cell->fractions.items[i]);
        if (figure)
            give(figure, cell->fractions.items[i], false);
    }
    /* "SN average, 6 of 10 councils" says how many were averaged. */
    if (cell->role == ROLE_TARGET)
        return;
    for (size_t i = 0; i < cell->fractions.len; i++) {
        PrintedFraction *fraction = cell->fractions.items[i];
        PrintedFigure *figure = fraction->belongs ? NULL : in_same_bracket(pairing, fraction);
        if (!figure && !fraction->belongs)
            figure = not_far(pairing, fraction);
        if (figure)
            give(figure, fraction, true);
    }
}

void read_fractions(Arena *arena, PrintedCell *cell) {
    Pairing pairing = {arena, cell, &cell->tokens, NULL};
    pairing.figures = arena_array(arena, cell->tokens.list.len, sizeof *pairing.figures);
    for (size_t i = 0; i < cell->figures.len; i++)
        pairing.figures[cell->figures.items[i].token] = i + 1;
    for (size_t i = 0; i < cell->tokens.list.len;) {
        size_t next = read_slashed(&pairing, i);
        if (next == 0)
            next = read_worded(&pairing, i);
        if (next == 0)
            next = read_parts(&pairing, i);
        if (next == 0)
            next = read_years_as_fraction(&pairing, i);
        i = next > 0 ? next : i + 1;
    }
    pair_all(&pairing);
}
