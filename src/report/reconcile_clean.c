#include <string.h>

#include "report/reconcile_page.h"

/* ---- letters ---- */

static void add_letter(Cleaner *cleaner, char letter, size_t place) {
    bool blank = letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
    size_t len = cleaner->letters.len;
    if (blank && (len == 0 || cleaner->letters.items[len - 1] == ' '))
        return;
    vec_push(cleaner->arena, &cleaner->letters, blank ? ' ' : letter);
    vec_push(cleaner->arena, &cleaner->places, (uint32_t)place);
}

static void add_letters(Cleaner *cleaner, const char *letters, size_t place) {
    for (; *letters; letters++)
        add_letter(cleaner, *letters, place);
}

/* ---- tags and entities ---- */

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Tags that do not part words: "24<sup>th</sup>". */
static bool tag_is_inline(const char *name, size_t len) {
    static const char *const names[] = {"sup", "sub", "b", "i", "em", "strong", "span", "u", "a"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i]) == len && strncmp(names[i], name, len) == 0)
            return true;
    return false;
}

/* The length of the tag at the start; 0 if it is none. */
static size_t tag_len(const char *text, size_t len, bool *parts_words) {
    size_t at = 1;
    if (at < len && text[at] == '/')
        at++;
    size_t name = at;
    while (at < len && is_letter(text[at]))
        at++;
    if (at == name && !(at < len && text[at] == '!'))
        return 0;
    *parts_words = !tag_is_inline(text + name, at - name);
    const char *end = memchr(text, '>', len);
    return end ? (size_t)(end - text) + 1 : 0;
}

typedef struct Entity {
    const char *name, *letters;
} Entity;

static const Entity entities[] = {
    {"amp", "&"},    {"lt", "<"},    {"gt", ">"},    {"quot", "\""},       {"apos", "'"},
    {"nbsp", " "},   {"ndash", "-"}, {"mdash", "-"}, {"minus", "-"},       {"pound", "\xC2\xA3"},
    {"percnt", "%"}, {"#39", "'"},   {"#160", " "},  {"#163", "\xC2\xA3"}, {"#8211", "-"},
    {"#8212", "-"},  {"#8722", "-"}, {"#37", "%"},   {"#x2013", "-"},      {"rsquo", "'"},
};
#define LONGEST_ENTITY 8

static size_t entity_len(const char *text, size_t len, const char **letters) {
    size_t room = len < LONGEST_ENTITY + 1 ? len : LONGEST_ENTITY + 1;
    const char *end = memchr(text, ';', room);
    if (!end)
        return 0;
    size_t name = (size_t)(end - text) - 1;
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++)
        if (strlen(entities[i].name) == name && strncmp(entities[i].name, text + 1, name) == 0) {
            *letters = entities[i].letters;
            return name + 2;
        }
    return 0;
}

typedef struct Typeset {
    const char *bytes, *plain;
} Typeset;

/* What typesetting puts for plain letters. */
static const Typeset typeset[] = {
    {"\xE2\x80\x90", "-"}, {"\xE2\x80\x91", "-"}, {"\xE2\x80\x92", "-"},  {"\xE2\x80\x93", "-"},
    {"\xE2\x80\x94", "-"}, {"\xE2\x88\x92", "-"}, {"\xC2\xA0", " "},      {"\xE2\x80\xAF", " "},
    {"\xE2\x80\x89", " "}, {"\xE2\x80\x98", "'"}, {"\xE2\x80\x99", "'"},  {"\xE2\x80\x9C", "\""},
    {"\xC2\xAD", ""},      {"\xE2\x81\x84", "/"}, {"\xE2\x80\x9D", "\""}, {"\xEF\xBB\xBF", ""},
};

static size_t typeset_len(const char *text, size_t len, const char **letters) {
    for (size_t i = 0; i < sizeof typeset / sizeof typeset[0]; i++) {
        size_t bytes = strlen(typeset[i].bytes);
        if (bytes <= len && memcmp(typeset[i].bytes, text, bytes) == 0) {
            *letters = typeset[i].plain;
            return bytes;
        }
    }
    return 0;
}

/* Marks of Markdown around words, and the backslash before a pipe. */
static size_t markdown_len(const char *text, size_t len) {
    if (text[0] == '`' || (text[0] == '\\' && len > 1 && text[1] == '|'))
        return 1;
    return text[0] == '*' && len > 1 && text[1] == '*' ? 2 : 0;
}

/* What is shown for the start of the text otherwise than itself, and how long it is; 0: itself. */
static size_t special_len(const char *text, size_t len, bool quoted, const char **letters) {
    bool parts_words = false;
    *letters = "";
    if (quoted && len > 1 && text[0] == '"' && text[1] == '"') {
        *letters = "\"";
        return 2;
    }
    if (text[0] == '&')
        return entity_len(text, len, letters);
    if ((unsigned char)text[0] >= 0x80)
        return typeset_len(text, len, letters);
    if (text[0] != '<')
        return markdown_len(text, len);
    size_t tag = tag_len(text, len, &parts_words);
    if (parts_words)
        *letters = " ";
    return tag;
}

void clean_add(Cleaner *cleaner, const char *text, size_t from, size_t to, bool quoted) {
    for (size_t i = from; i < to;) {
        const char *letters;
        size_t len = special_len(text + i, to - i, quoted, &letters);
        if (len > 0)
            add_letters(cleaner, letters, i);
        else
            add_letter(cleaner, text[i] ? text[i] : ' ', i);
        i += len > 0 ? len : 1;
    }
}

CleanText clean_end(Cleaner *cleaner) {
    size_t len = cleaner->letters.len;
    if (len > 0 && cleaner->letters.items[len - 1] == ' ')
        len--;
    CleanText clean = {.src = cleaner->src, .len = len, .places = cleaner->places.items};
    clean.text = arena_copy_text(cleaner->arena, len > 0 ? cleaner->letters.items : "", len);
    cleaner->letters.len = cleaner->places.len = 0;
    cleaner->letters.items = NULL;
    cleaner->places.items = NULL;
    cleaner->letters.cap = cleaner->places.cap = 0;
    return clean;
}

Span clean_span(const CleanText *text, size_t start, size_t end) {
    if (start >= text->len || end <= start)
        return (Span){text->src, text->len > 0 ? text->places[text->len - 1] : 0, 0};
    uint32_t from = text->places[start], last = text->places[end - 1];
    /* A row that is continued elsewhere has letters of two places: the first of them is meant. */
    return (Span){text->src, from, last >= from ? last - from + 1 : 1};
}
