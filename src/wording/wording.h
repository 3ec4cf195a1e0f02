/* A definition in plain English.
 *
 * In: an indicator of the Model. Out: whole sentences, each about one topic and each true of what
 * the engines compute, for they are made from the same tree. Explanations, catalogues, comparisons
 * of two versions and notes in reports all take their words from here.
 *
 * Contract: two indicators with the same meaning have the same sentences, whatever their layout,
 * the order in which their codes are listed, their aliases, or how a length of time is written
 * (2 years, 24 months). Names of columns stand in quotation marks, sources and code lists by their
 * titles.
 *
 * A topic has at most one sentence, but for those that say what they are about with `key` (the
 * label of a breakdown, the name of an exclusion); topic and key together are met once.
 *
 * To add a kind of expression: its case in conditions.c or values.c. To add a topic: a line in
 * topics.def and where its sentence is made, in indicator.c or judgement.c.
 */
#ifndef WORDING_WORDING_H
#define WORDING_WORDING_H

#include "base/vec.h"
#include "sema/model.h"

typedef enum Topic {
#define TOPIC(ident, heading) TOPIC_##ident,
#include "wording/topics.def"
#undef TOPIC
    TOPICS
} Topic;

/* "What is counted": the same heading for topics that belong together. */
const char *topic_heading(Topic topic);

typedef struct Sentence {
    Topic topic;
    const char *key; /* "" where the topic has one sentence */
    const char *text;
} Sentence;

typedef VEC(Sentence) Sentences;

/* All that is to be said of an indicator, in the order of topics.def. Texts are in the arena. */
void wording_of_indicator(Arena *arena, const Indicator *indicator, Sentences *out);
/* A condition on the records of one of the indicator's outer sets: "the record's “end” is missing".
 */
void wording_of_condition(StrBuf *out, const Indicator *indicator, const Rowset *rows,
                          const Expr *condition);
/* The same of several sets, each inside the one before; and a value: "the other record's “end”". */
void wording_of_condition_within(StrBuf *out, const Indicator *indicator, const Rowset *const *sets,
                                 size_t len, const Expr *condition);
void wording_of_value(StrBuf *out, const Indicator *indicator, const Rowset *const *sets,
                      size_t len, const Expr *value);
/* Which of a set's records are looked at, by their dates: "whose “start” falls in the window".
 * Nothing of a set without dates. */
void wording_of_timing(StrBuf *out, const Indicator *indicator, const Rowset *rows);
/* "with the latest “held” on or before the last day of the window"; nothing of other sets. */
void wording_of_latest(StrBuf *out, const Indicator *indicator, const Rowset *rows);
/* What is counted or added up: "the sum of “cost”"; "the number of records" of a count. */
void wording_of_quantity(StrBuf *out, const Indicator *indicator, const Quantity *quantity);
/* “Child protection plans”: a source by its title, or else its name. */
void wording_of_source(StrBuf *out, const SourceModel *source);
/* The sentences as text, each topic's heading on a line of its own, wrapped to `width` columns. */
void wording_print(StrBuf *out, const Sentences *sentences, size_t width);
/* One text of those, indented and wrapped. */
void wording_add_paragraph(StrBuf *out, const char *text, size_t width);
/* A text behind what stands before it on its first line ("1,204  "), wrapped and indented as far.
 */
void wording_add_behind(StrBuf *out, const char *lead, const char *text, size_t width);
/* A text for a line of Markdown: nothing in it is taken for a mark. */
void wording_add_markdown(StrBuf *out, const char *text);

#endif
