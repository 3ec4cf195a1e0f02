/* The words of labels, as far as they tell one measure from another. */
#include <string.h>

#include "report/reconcile_match.h"

#define ALL_SHARED 1000
#define OTHER_NUMBERS 250 /* at most, of plans of 2 years and plans of 18 months */
#define LONGEST_STOP_WORD 10

/* Words that do not tell what is measured. */
static const char *const stop_words[] = {
    "a",          "an",   "and",  "are",  "as",    "at",      "be",         "been",
    "by",         "for",  "from", "had",  "has",   "have",    "in",         "is",
    "it",         "its",  "of",   "on",   "or",    "percent", "percentage", "number",
    "proportion", "rate", "s",    "than", "that",  "the",     "them",       "their",
    "this",       "to",   "was",  "were", "which", "who",     "with",       "cent",
};

static const char *const number_words[] = {"zero", "one",    "two",   "three", "four",
                                           "five", "six",    "seven", "eight", "nine",
                                           "ten",  "eleven", "twelve"};

static bool is_stop_word(const char *word) {
    for (size_t i = 0; i < sizeof stop_words / sizeof *stop_words; i++)
        if (strcmp(stop_words[i], word) == 0)
            return true;
    return false;
}

/* "plans" and "plan", "two" and "2" are one word. */
static const char *plain_word(Arena *arena, char *word, size_t len) {
    for (size_t i = 0; i < sizeof number_words / sizeof *number_words; i++)
        if (strcmp(number_words[i], word) == 0)
            return arena_printf(arena, "%zu", i);
    if (len > 3 && word[len - 1] == 's' && word[len - 2] != 's')
        word[len - 1] = '\0';
    return word;
}

static bool has_word(const LabelWords *words, const char *word) {
    for (size_t i = 0; i < words->len; i++)
        if (strcmp(words->items[i], word) == 0)
            return true;
    return false;
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Each word once. */
static void read_words(Arena *arena, const char *label, LabelWords *out) {
    for (const char *from = label; *from;) {
        size_t len = 0;
        while (is_letter(lower(from[len])))
            len++;
        if (len == 0) {
            from++;
            continue;
        }
        char *word = arena_copy_text(arena, from, len);
        for (size_t i = 0; i < len; i++)
            word[i] = lower(word[i]);
        from += len;
        if (len <= LONGEST_STOP_WORD && is_stop_word(word))
            continue;
        const char *plain = plain_word(arena, word, len);
        if (!has_word(out, plain))
            vec_push(arena, out, plain);
    }
}

LabelWords label_words(Arena *arena, const char *label) {
    LabelWords words = {0};
    read_words(arena, label, &words);
    return words;
}

/* Whether every number of a is in b. */
static bool has_numbers(const LabelWords *a, const LabelWords *b) {
    for (size_t i = 0; i < a->len; i++)
        if (a->items[i][0] >= '0' && a->items[i][0] <= '9' && !has_word(b, a->items[i]))
            return false;
    return true;
}

int words_shared(const LabelWords *a, const LabelWords *b) {
    size_t both = 0, all = a->len + b->len;
    for (size_t i = 0; i < a->len; i++)
        both += has_word(b, a->items[i]);
    int shared = all == 0 ? 0 : (int)(2 * ALL_SHARED * both / all);
    bool same_numbers = has_numbers(a, b) && has_numbers(b, a);
    return same_numbers || shared < OTHER_NUMBERS ? shared : OTHER_NUMBERS;
}

bool words_within(const LabelWords *few, const LabelWords *all) {
    for (size_t i = 0; i < few->len; i++)
        if (!has_word(all, few->items[i]))
            return false;
    return few->len > 0;
}
