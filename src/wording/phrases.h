/* The parts of sentences, shared by the files of this folder. */
#ifndef WORDING_PHRASES_H
#define WORDING_PHRASES_H

#include "wording/wording.h"

/* Where a sentence is being written: whose rows it speaks of, outer before inner. */
typedef struct Phrase {
    StrBuf *out;
    Arena *arena;
    const Indicator *indicator;
    VEC(const RowVar *) rows;
} Phrase;

/* “text” */
void phrase_quoted(Phrase *p, const char *text);
void phrase_number(StrBuf *out, Num number, TypeKind type);
/* 2 years, 6 weeks, 10 working days */
void phrase_duration(StrBuf *out, DurationKind kind, int64_t amount);
/* 95%, £4,943, 12.5 days: as the indicator's own values are printed. */
void phrase_figure(StrBuf *out, const Indicator *indicator, Num value, int decimals);
/* "the day of counting", "the last day of the window" */
const char *phrase_last_day(const Indicator *indicator);
/* "twelve", "13" */
void phrase_count(StrBuf *out, int count);

/* A number, text, date or row (values.c). */
void phrase_value(Phrase *p, const Expr *expr);
/* The same where the rows it is of have just been named: “distance” for the record's “distance”. */
void phrase_value_of_rows(Phrase *p, const Expr *expr);
/* “A”, “B” or “C”, or a code list with its codes. */
void phrase_members(Phrase *p, const CodeSet *codes, const Value *items, size_t items_len,
                    TypeKind type);
/* A whole clause that is true, false or unknown (conditions.c). */
void phrase_condition(Phrase *p, const Expr *expr);
/* What `expr` is, condition or value. */
void phrase_any(Phrase *p, const Expr *expr);

/* "records of “Placements” whose “start” falls in the window, and for which ..." (rows.c). */
void phrase_rows(Phrase *p, const Rowset *rows, bool plural);
/* "the number of records of ..."; `same` when the rows were described just before. */
void phrase_quantity(Phrase *p, const Quantity *quantity, bool same);

/* What a value is held against (judgement.c): adds its sentences. */
void judgement_sentences(Phrase *p, Sentences *out);
/* Ends the text being written as one sentence, with its first letter large and a full stop. */
void sentence_end(Phrase *p, Sentences *out, Topic topic, const char *key);

#endif
