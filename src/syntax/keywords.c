#include "syntax/keywords.h"

#include <string.h>

#include "kpi_parse.h"
#include "syntax/parse.h"

#define DECLARATION(word, token, where) {#word, TOK_##token, where, true},
#define CLAUSE(word, token, where)
#define WORD(word, token, reserved)
static const Keyword declarations[] = {
#include "keywords.def"
};
#undef DECLARATION
#undef CLAUSE

#define DECLARATION(word, token, where)
#define CLAUSE(word, token, where) {#word, TOK_##token, where, false},
static const Keyword clauses[] = {
#include "keywords.def"
};
#undef CLAUSE
#undef WORD

#define CLAUSE(word, token, where)
#define WORD(word, token, reserved) {#word, TOK_##token, 0, reserved},
static const Keyword words[] = {
#include "keywords.def"
};
#undef DECLARATION
#undef CLAUSE
#undef WORD

#define DECLARATION(word, token, where) #word,
#define CLAUSE(word, token, where)
#define WORD(word, token, reserved)
static const char *const declaration_names[] = {
#include "keywords.def"
};
#undef DECLARATION
#undef CLAUSE
#define DECLARATION(word, token, where)
#define CLAUSE(word, token, where) #word,
static const char *const clause_names[] = {
#include "keywords.def"
};
#undef CLAUSE
#undef WORD
#define CLAUSE(word, token, where)
#define WORD(word, token, reserved) #word,
static const char *const word_names[] = {
#include "keywords.def"
};
#undef DECLARATION
#undef CLAUSE
#undef WORD

#define COUNT_OF(table) (sizeof(table) / sizeof(table)[0])

/* Where the clauses of a declaration are looked for. */
static const struct {
    unsigned where;
    const char *place;
} places[] = {
    {KEYWORD_IN_PROJECT, "a project"},
    {KEYWORD_IN_SOURCE, "a source"},
    {KEYWORD_IN_CALENDAR, "a calendar"},
    {KEYWORD_IN_INDICATOR, "an indicator"},
    {KEYWORD_IN_NEIGHBOURS, "a list of neighbours"},
    {KEYWORD_IN_RATING, "a rating"},
    {KEYWORD_IN_REPORT, "a report"},
    {KEYWORD_IN_TEST, "a test"},
    {KEYWORD_IN_CODES, "a set of codes"},
};

static int text_order(const char *text, size_t len, const char *word) {
    int order = strncmp(text, word, len);
    return order != 0 || word[len] == '\0' ? order : -1;
}

static const Keyword *find(const Keyword *table, size_t count, const char *text, size_t len) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = text_order(text, len, table[middle].word);
        if (order == 0)
            return &table[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const Keyword *keyword_declaration(const char *text, size_t len) {
    return find(declarations, COUNT_OF(declarations), text, len);
}

const Keyword *keyword_clause(const char *text, size_t len) {
    return find(clauses, COUNT_OF(clauses), text, len);
}

const Keyword *keyword_word(const char *text, size_t len) {
    return find(words, COUNT_OF(words), text, len);
}

bool keyword_is_reserved(const char *name) {
    const Keyword *word = keyword_word(name, strlen(name));
    return word && word->reserved;
}

size_t keyword_clauses_of(unsigned where, const char **names, size_t cap) {
    size_t len = 0;
    for (size_t i = 0; i < COUNT_OF(clauses) && len < cap; i++)
        if (clauses[i].where & where)
            names[len++] = clauses[i].word;
    return len;
}

const char *keyword_place(unsigned where) {
    for (size_t i = 0; i < COUNT_OF(places); i++)
        if (places[i].where & where)
            return places[i].place;
    return "a declaration";
}

const char *const *keyword_names(KeywordClass kind, size_t *len) {
    switch (kind) {
    case KEYWORD_DECLARATION:
        *len = COUNT_OF(declaration_names);
        return declaration_names;
    case KEYWORD_CLAUSE:
        *len = COUNT_OF(clause_names);
        return clause_names;
    case KEYWORD_WORD:
        break;
    }
    *len = COUNT_OF(word_names);
    return word_names;
}
