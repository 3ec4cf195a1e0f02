#include "wording/comparison.h"

#include <string.h>

static const char *text_of(const Sentences *sentences, Topic topic, const char *key) {
    for (size_t i = 0; i < sentences->len; i++)
        if (sentences->items[i].topic == topic && strcmp(sentences->items[i].key, key) == 0)
            return sentences->items[i].text;
    return NULL;
}

static void compare_topic(Arena *arena, Topic topic, const Sentences *before,
                          const Sentences *after, SentenceChanges *out) {
    for (size_t i = 0; i < before->len; i++) {
        const Sentence *sentence = &before->items[i];
        if (sentence->topic != topic)
            continue;
        const char *now = text_of(after, topic, sentence->key);
        if (!now || strcmp(now, sentence->text) != 0)
            vec_push(arena, out, ((SentenceChange){topic, sentence->text, now}));
    }
    for (size_t i = 0; i < after->len; i++) {
        const Sentence *sentence = &after->items[i];
        if (sentence->topic == topic && !text_of(before, topic, sentence->key))
            vec_push(arena, out, ((SentenceChange){topic, NULL, sentence->text}));
    }
}

void wording_compare(Arena *arena, const Sentences *before, const Sentences *after,
                     SentenceChanges *out) {
    for (int topic = 0; topic < TOPICS; topic++)
        if (topic != TOPIC_WHY)
            compare_topic(arena, (Topic)topic, before, after, out);
}
