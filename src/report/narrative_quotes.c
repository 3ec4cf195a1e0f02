/* Quotes and claims of a narrative: what stands in braces. */
#include <ctype.h>
#include <string.h>

#include "report/narrative.h"

#define MOST_IN_BRACES 200

typedef enum Quote {
    QUOTE_VALUE,
    QUOTE_FRACTION,
    QUOTE_PREVIOUS,
    QUOTE_TARGET,
    QUOTE_PERIOD
} Quote;
static const char *const quote_words[] = {"value", "fraction", "previous", "target", "period"};
#define QUOTES (sizeof quote_words / sizeof quote_words[0])

typedef enum Claim {
    CLAIM_IMPROVING,
    CLAIM_WORSENING,
    CLAIM_NO_CHANGE,
    CLAIM_MET,
    CLAIM_NEAR,
    CLAIM_MISSED
} Claim;
static const char *const claim_words[] = {"improving", "worsening", "no change",
                                          "met",       "near",      "missed"};
#define CLAIMS (sizeof claim_words / sizeof claim_words[0])

/* What stands in one pair of braces: a name, a dot or a blank, a word. */
typedef struct Braces {
    size_t start, end; /* of all of it, with the braces */
    const char *name, *word;
    size_t name_off, word_off;
    bool quote;
} Braces;

static bool is_name_start(char c) {
    return isalpha((unsigned char)c) || c == '_';
}

static bool is_name_part(char c) {
    return isalnum((unsigned char)c) || c == '_';
}

/* Reads what starts at a brace; false if it is no quote and no claim: then it is plain text. */
static bool read_braces(Arena *arena, const char *text, size_t len, size_t at, Braces *out) {
    size_t i = at + 1;
    if (i >= len || !is_name_start(text[i]))
        return false;
    size_t name = i;
    while (i < len && is_name_part(text[i]))
        i++;
    if (i >= len || (text[i] != '.' && text[i] != ' '))
        return false;
    *out = (Braces){.start = at, .name_off = name, .quote = text[i] == '.', .word_off = i + 1};
    size_t close = i;
    while (close < len && close - at < MOST_IN_BRACES && text[close] != '}' && text[close] != '{' &&
           text[close] != '\n')
        close++;
    if (close >= len || text[close] != '}')
        return false;
    out->name = arena_copy_text(arena, text + name, i - name);
    out->word = arena_copy_text(arena, text + i + 1, close - i - 1);
    out->end = close + 1;
    return true;
}

/* The next pair of braces from `at` on. */
static bool next_braces(Arena *arena, const char *text, size_t len, size_t at, Braces *out) {
    for (size_t i = at; i < len; i++) {
        if (text[i] == '\\' && i + 1 < len)
            i++;
        else if (text[i] == '{' && read_braces(arena, text, len, i, out))
            return true;
    }
    return false;
}

IndicatorList narrative_indicators(Arena *arena, const Model *model, const char *text, size_t len) {
    IndicatorList list = {arena_array(arena, model->indicators_len, sizeof *list.items), 0};
    Braces braces;
    for (size_t at = 0; next_braces(arena, text, len, at, &braces); at = braces.end) {
        const Indicator *indicator = model_indicator(model, braces.name);
        size_t i = 0;
        while (i < list.len && list.items[i] != indicator)
            i++;
        if (indicator && i == list.len)
            list.items[list.len++] = indicator;
    }
    return list;
}

/* ---- filling in ---- */

typedef struct Filling {
    const NarrativeInput *input;
    StrBuf *out;
} Filling;

static Span span_of(const Filling *filling, size_t off, size_t len) {
    return (Span){filling->input->src, (uint32_t)off, (uint32_t)len};
}

static int place_of(const char *word, const char *const *words, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (strcmp(word, words[i]) == 0)
            return (int)i;
    return -1;
}

/* The row of the whole; NULL with a message. */
static const ReportRow *row_named(const Filling *filling, const Braces *braces) {
    const NarrativeInput *input = filling->input;
    for (size_t i = 0; i < input->rows->rows_len; i++) {
        const ReportRow *row = &input->rows->rows[i];
        if (row->cell->whole && !row->band && !row->added &&
            strcmp(row->indicator->id, braces->name) == 0)
            return row;
    }
    const Model *model = input->model;
    const char **known = arena_array(input->arena, model->indicators_len, sizeof *known);
    for (size_t i = 0; i < model->indicators_len; i++)
        known[i] = model->indicators[i]->id;
    Diag *diag = diag_add(input->session->diags, DIAG_narrative_name,
                          span_of(filling, braces->name_off, strlen(braces->name)),
                          "there is no indicator '%s'", braces->name);
    diag_suggest(diag, braces->name, known, model->indicators_len);
    return NULL;
}

static void refuse_word(const Filling *filling, const Braces *braces, const char *what,
                        const char *const *words, size_t len) {
    Diag *diag = diag_add(filling->input->session->diags, DIAG_narrative_name,
                          span_of(filling, braces->word_off, strlen(braces->word)),
                          "'%s' is nothing that %s", braces->word, what);
    if (text_nearest(braces->word, words, len)) {
        diag_suggest(diag, braces->word, words, len);
        return;
    }
    StrBuf list = {0};
    for (size_t i = 0; i < len; i++)
        strbuf_addf(&list, "%s%s", i > 0 ? i + 1 == len ? " or " : ", " : "", words[i]);
    diag_help(diag, "write %s", strbuf_text(&list));
    strbuf_fini(&list);
}

/* Inserted text is no Markdown. */
static void add_plain(StrBuf *out, const char *text) {
    for (const char *c = text; *c; c++) {
        if (ispunct((unsigned char)*c))
            strbuf_add_char(out, '\\');
        strbuf_add_char(out, *c);
    }
}

static const char *quoted(Arena *arena, const ReportRow *row, Quote quote) {
    StrBuf words = {0};
    const char *text = NULL;
    switch (quote) {
    case QUOTE_VALUE:
        return row->printed ? row->printed : row->missing;
    case QUOTE_FRACTION:
        return row->cell->withheld.figure ? row->missing : row->fraction;
    case QUOTE_PREVIOUS:
        return row->previous_printed ? row->previous_printed : row->previous_missing;
    case QUOTE_TARGET:
        return row->target_printed;
    case QUOTE_PERIOD:
        period_words(&words, row->cell->period);
        text = arena_copy_text(arena, strbuf_text(&words), words.len);
        strbuf_fini(&words);
        return text;
    }
    return NULL;
}

static void fill_quote(const Filling *filling, const Braces *braces) {
    const ReportRow *row = row_named(filling, braces);
    int quote = place_of(braces->word, quote_words, QUOTES);
    if (quote < 0) {
        refuse_word(filling, braces, "can be quoted", quote_words, QUOTES);
        return;
    }
    if (!row)
        return;
    const char *text = quoted(filling->input->arena, row, (Quote)quote);
    if (text) {
        add_plain(filling->out, text);
        return;
    }
    diag_add(filling->input->session->diags, DIAG_narrative_quote,
             span_of(filling, braces->start, braces->end - braces->start), "'%s' has no %s",
             row->indicator->id, quote_words[quote]);
}

static bool claim_holds(const ReportRow *row, Claim claim) {
    switch (claim) {
    case CLAIM_IMPROVING:
        return row->meaning == MEANING_IMPROVING;
    case CLAIM_WORSENING:
        return row->meaning == MEANING_WORSENING;
    case CLAIM_NO_CHANGE:
        return row->movement.movement == MOVEMENT_SAME;
    case CLAIM_MET:
        return row->status == STATUS_MET;
    case CLAIM_NEAR:
        return row->status == STATUS_NEAR;
    case CLAIM_MISSED:
        return row->status == STATUS_MISSED;
    }
    return false;
}

static bool is_about_status(Claim claim) {
    return claim == CLAIM_MET || claim == CLAIM_NEAR || claim == CLAIM_MISSED;
}

/* What the row says instead. */
static void add_truth(StrBuf *out, const ReportRow *row, Claim claim) {
    const char *reason = is_about_status(claim) ? row->status_reason : row->movement_reason;
    strbuf_addf(out, "%s", row->printed ? row->printed : row->missing);
    if (reason)
        strbuf_addf(out, ": %s", reason);
    else
        strbuf_add(out, is_about_status(claim) ? " has no target and no benchmark"
                                               : " is not compared with anything");
}

/* A verdict would tell the public something of a figure that is hidden from it. */
static void refuse_hidden(const Filling *filling, const Braces *braces, const ReportRow *row) {
    Diag *diag = diag_add(filling->input->session->diags, DIAG_narrative_hidden,
                          span_of(filling, braces->start, braces->end - braces->start),
                          "'%s' is hidden from the public in %s, and a claim would tell of it",
                          row->indicator->id, row->period);
    diag_help(diag, "take the claim and its sentence out of the public report");
}

static void settle_claim(const Filling *filling, const Braces *braces) {
    const ReportRow *row = row_named(filling, braces);
    int claim = place_of(braces->word, claim_words, CLAIMS);
    if (claim < 0) {
        refuse_word(filling, braces, "can be claimed", claim_words, CLAIMS);
        return;
    }
    if (!row || claim_holds(row, (Claim)claim))
        return;
    if (row->cell->withheld.figure) {
        refuse_hidden(filling, braces, row);
        return;
    }
    StrBuf truth = {0};
    add_truth(&truth, row, (Claim)claim);
    Diag *diag = diag_add(filling->input->session->diags, DIAG_narrative_refuted,
                          span_of(filling, braces->start, braces->end - braces->start),
                          "'%s' is not '%s' in %s", row->indicator->id, braces->word, row->period);
    diag_help(diag, "the figure is %s", strbuf_text(&truth));
    strbuf_fini(&truth);
}

/* A claim goes with the blank before it: "fell {x improving}." is "fell.". */
static void drop_blank(StrBuf *out, char next) {
    if (out->len == 0 || (next != '\0' && isalnum((unsigned char)next)))
        return;
    if (out->text[out->len - 1] == ' ')
        out->text[--out->len] = '\0';
}

void narrative_fill(const NarrativeInput *input, StrBuf *out) {
    Filling filling = {input, out};
    size_t len, at = 0;
    const char *text = sources_text(input->session->sources, input->src, &len);
    Braces braces;
    while (next_braces(input->arena, text, len, at, &braces)) {
        strbuf_add_len(out, text + at, braces.start - at);
        if (braces.quote) {
            fill_quote(&filling, &braces);
        } else {
            settle_claim(&filling, &braces);
            drop_blank(out, braces.end < len ? text[braces.end] : '\0');
        }
        at = braces.end;
    }
    strbuf_add_len(out, text + at, len - at);
}
