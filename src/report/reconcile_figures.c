#include <string.h>

#include "report/reconcile_reading.h"

#define LONGEST_TRAIL 60

typedef struct FigureReader {
    Arena *arena;
    PrintedCell *cell;
    const Tokens *tokens;
} FigureReader;

static const Token *at(const Tokens *tokens, size_t i) {
    return &tokens->list.items[i];
}

/* ---- figures ---- */

/* "52.5 rate per 10,000": what it is per; 0: it is no rate. */
static int64_t rate_base(const Tokens *tokens, size_t i) {
    int64_t base;
    size_t next = i + 1;
    next += token_is(tokens, next, "rate");
    if (!token_is(tokens, next, "per") || !token_is_number(tokens, next + 1) ||
        !num_to_int64(at(tokens, next + 1)->value, &base))
        return 0;
    return base == 100 || base == 1000 || base == 10000 || base == 100000 ? base : 0;
}

static void add_figure(FigureReader *reader, size_t i, PrintedKind kind, int64_t per) {
    const Token *token = at(reader->tokens, i);
    const CleanText *text = reader->tokens->text;
    PrintedFigure figure = {.kind = kind,
                            .value = token->value,
                            .decimals = token->decimals,
                            .per = per,
                            .label = "",
                            .token = i};
    figure.shown =
        arena_copy_text(reader->arena, text->text + token->start, token->end - token->start);
    figure.at = clean_span(text, token->start, token->end);
    vec_push(reader->arena, &reader->cell->figures, figure);
}

/* "mean of 9 of 10", "pooled of 10 of 10": of how many neighbours. */
static bool is_of_members(const Tokens *tokens, size_t i) {
    static const char *const words[] = {"mean", "pooled", NULL};
    if (i >= 4 && token_is(tokens, i - 1, "of") && token_is_number(tokens, i - 2))
        i -= 2;
    return i >= 2 && token_is(tokens, i - 1, "of") && token_is_any(tokens, i - 2, words);
}

/* A day without a year: "31 March". */
static bool names_month(const Tokens *tokens, size_t i) {
    static const char *const months[] = {"january",  "february", "march",  "april",     "may",
                                         "june",     "july",     "august", "september", "october",
                                         "november", "december", NULL};
    return token_is_any(tokens, i, months);
}

/* "59 entered and 34 left": what made the difference of two figures, and none of them. */
static bool tells_moves(const Tokens *tokens, size_t i) {
    return token_is(tokens, i + 1, "entered") ||
           (token_is(tokens, i + 1, "left") && i > 1 && token_is(tokens, i - 1, "and") &&
            token_is(tokens, i - 2, "entered"));
}

/* A number that counts something: not "6 weeks", not a part of a fraction. */
static bool is_plain_figure(const Tokens *tokens, size_t i) {
    static const char *const times[] = {"day",    "days", "week",  "weeks",   "month",
                                        "months", "year", "years", "working", NULL};
    const Token *token = at(tokens, i);
    return !token->glued && !token_is_any(tokens, i + 1, times) && !is_of_members(tokens, i) &&
           !names_month(tokens, i + 1) && !tells_moves(tokens, i) &&
           !token_is_mark(tokens, i + 1, '/') && !token_is_mark(tokens, i + 1, '+') &&
           !(i > 0 && (token_is_mark(tokens, i - 1, '/') || token_is_mark(tokens, i - 1, '+')));
}

/* Percentages and rates; a cell that has none is read for other numbers. */
static void find_figures(FigureReader *reader) {
    const Tokens *tokens = reader->tokens;
    for (size_t i = 0; i < tokens->list.len; i++) {
        const Token *token = at(tokens, i);
        if (token->kind != TOKEN_NUMBER || token->glued)
            continue;
        int64_t base = token->percent ? 0 : rate_base(tokens, i);
        if (token->percent)
            add_figure(reader, i, PRINTED_PERCENT, 100);
        else if (token->points)
            add_figure(reader, i, PRINTED_POINTS, 1);
        else if (base > 0)
            add_figure(reader, i, PRINTED_RATE, base);
    }
    if (reader->cell->figures.len > 0 || reader->cell->prose)
        return;
    for (size_t i = 0; i < tokens->list.len; i++)
        if (at(tokens, i)->kind == TOKEN_NUMBER && is_plain_figure(tokens, i))
            add_figure(reader, i, at(tokens, i)->pounds ? PRINTED_MONEY : PRINTED_NUMBER, 1);
    /* "443 days" is a mean where nothing else is printed; "12 months to January" is none. */
    if (reader->cell->figures.len == 0 && token_is_number(tokens, 0) && !at(tokens, 0)->glued &&
        (token_is(tokens, 1, "days") || token_is(tokens, 1, "day")))
        add_figure(reader, 0, PRINTED_NUMBER, 1);
}

/* ---- labels ---- */

/* What follows the first word that stands for all groups; NULL: there is no such word. */
static const char *after_total(const char *label) {
    static const char *const words[] = {"all", "overall", "total", "totals", "altogether"};
    for (const char *from = label; *from;) {
        size_t len = strcspn(from, " -:,(");
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            size_t same = 0;
            while (same < len && words[i][same] && (from[same] | 0x20) == words[i][same])
                same++;
            if (same == len && words[i][same] == '\0')
                return from + len;
        }
        from += len;
        from += strspn(from, " -:,(");
    }
    return NULL;
}

bool label_is_total(const char *label) {
    return after_total(label) != NULL;
}

/* Where the figure's own words start and end, with its fraction and the bracket around that. */
static size_t figure_start(const PrintedCell *cell, const PrintedFigure *figure) {
    size_t first = figure->token;
    if (figure->fraction && figure->fraction->first < first)
        first = figure->fraction->first;
    return at(&cell->tokens, first)->start;
}

static size_t figure_end(const PrintedCell *cell, const PrintedFigure *figure) {
    size_t last = figure->token;
    if (figure->fraction && figure->fraction->last > last)
        last = figure->fraction->last;
    if (token_is_mark(&cell->tokens, last + 1, ')') || token_is_mark(&cell->tokens, last + 1, ']'))
        last++;
    return at(&cell->tokens, last)->end;
}

/* What stands before the figure, from the end of the one before it or of a bracket. */
static void set_label(FigureReader *reader, PrintedFigure *figure, size_t from) {
    static const char marks[] = " =-:,;.([";
    const char *text = reader->tokens->text->text;
    size_t to = figure_start(reader->cell, figure);
    for (size_t i = from; i < to; i++)
        if (text[i] == ')' || text[i] == ']')
            from = i + 1;
    while (from < to && strchr(marks, text[from]))
        from++;
    while (to > from && strchr(marks, text[to - 1])) {
        figure->parted |= strchr("=-:", text[to - 1]) != NULL;
        to--;
    }
    if (to > from)
        figure->label = arena_copy_text(reader->arena, text + from, to - from);
    figure->total = label_is_total(figure->label);
}

/* "44.8% of care leavers all ages": the words after the first figure, up to the next bracket. */
static bool first_is_total(FigureReader *reader) {
    const PrintedFigure *figures = reader->cell->figures.items;
    size_t from = figure_end(reader->cell, &figures[0]);
    size_t to = at(reader->tokens, figures[1].token)->start;
    to = to > from + LONGEST_TRAIL ? from + LONGEST_TRAIL : to;
    const char *text = reader->tokens->text->text;
    size_t len = 0;
    while (from + len < to && !strchr("([", text[from + len]))
        len++;
    return label_is_total(arena_copy_text(reader->arena, text + from, len));
}

/* The words between the first two figures may tell of both: "36% of all ages 17 year olds - 40%".
 * The second's own start with a digit or a capital; if it has none ("7% Overall = 18%"), they are
 * all its own. */
static void share_label(FigureReader *reader) {
    PrintedFigure *figures = reader->cell->figures.items;
    const char *rest = after_total(figures[1].label);
    if (rest) {
        rest += strcspn(rest, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        if (!*rest)
            return;
        figures[1].label = rest;
        figures[1].total = label_is_total(rest);
    }
    figures[0].total = true;
}

static void set_labels(FigureReader *reader) {
    PrintedCell *cell = reader->cell;
    size_t from = 0;
    for (size_t i = 0; i < cell->figures.len; i++) {
        set_label(reader, &cell->figures.items[i], from);
        size_t end = figure_end(cell, &cell->figures.items[i]);
        from = end > from ? end : from;
    }
    if (cell->figures.len > 1 && first_is_total(reader))
        share_label(reader);
}

void read_figures(Arena *arena, PrintedCell *cell) {
    FigureReader reader = {arena, cell, &cell->tokens};
    find_figures(&reader);
    read_fractions(arena, cell);
    set_labels(&reader);
}

/* ---- what remains ---- */

static bool says_rest(const Tokens *tokens, size_t i) {
    static const char *const words[] = {"residual", "residue", "remaining", "remainder", "rest",
                                        "leaving",  "other",   "others",    "balance",   NULL};
    return token_is_any(tokens, i, words);
}

bool figure_is_rest(Arena *arena, const PrintedCell *cell, const PrintedFigure *figure) {
    const Tokens *tokens = &cell->tokens;
    if (cell->role == ROLE_PRINTED) {
        CleanText label = {.text = figure->label, .len = strlen(figure->label)};
        Tokens words;
        label.places = arena_array(arena, label.len, sizeof *label.places);
        tokens_read(arena, &label, &words);
        return words.list.len > 0 && says_rest(&words, 0);
    }
    for (size_t k = figure->token; k-- > 0 && at(tokens, k)->kind == TOKEN_WORD;)
        if (says_rest(tokens, k))
            return true;
    for (size_t k = figure->token + 1; k < tokens->list.len && at(tokens, k)->kind == TOKEN_WORD;
         k++)
        if (says_rest(tokens, k))
            return true;
    return false;
}
