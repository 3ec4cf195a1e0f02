/* A random pair of definition and data, as one text in the language: sources with their rows
 * written in them, then a few indicators over them. The first line says the months that are
 * evaluated.
 *
 * Every line is a row or a clause, so that a pair can be made smaller by taking lines away. What
 * the texts may not say the checker refuses; those pairs are skipped and counted.
 *
 * To reach more of the language: pair_data.c for columns and values, pair_expression.c for
 * conditions and quantities, pair_indicator.c for clauses; coverage.c says what was never reached.
 */
#ifndef TESTS_DIFFERENTIAL_PAIR_H
#define TESTS_DIFFERENTIAL_PAIR_H

#include "base/strbuf.h"
#include "tests/differential/dice.h"

typedef enum PairSource { PAIR_CHILD, PAIR_EVENT, PAIR_SPELL, PAIR_AREA, PAIR_SOURCES } PairSource;

#define PAIR_DEPTH 12 /* aliases in sight */

typedef struct PairAlias {
    char name[8];
    PairSource source;
} PairAlias;

/* A text under way. */
typedef struct Pair {
    Dice dice;
    StrBuf *out;
    PairAlias aliases[PAIR_DEPTH]; /* in sight, the innermost last */
    int aliases_len;
    int areas, children; /* rows */
    int named;           /* aliases made so far, for their names */
    bool stock;
} Pair;

void pair_write(uint64_t seed, StrBuf *out);

/* ---- its parts ---- */
void pair_write_data(Pair *pair);
void pair_write_indicators(Pair *pair);

/* A new alias, in sight until aliases_len is set back. */
const PairAlias *pair_name(Pair *pair, PairSource source);
const char *pair_source_word(PairSource source);
void pair_write_condition(Pair *pair, int depth);
/* One that mentions this alias. */
void pair_write_condition_on(Pair *pair, const char *alias, int depth);
typedef enum PairNumber { PAIR_INTEGER, PAIR_MILES, PAIR_MONEY, PAIR_DAYS } PairNumber;
void pair_write_number(Pair *pair, PairNumber kind, int depth);
void pair_write_date(Pair *pair, int depth);
void pair_write_text(Pair *pair);
/* `dated a.on` and so on, for the newest alias; nested or of the stock or flow of the pair. */
void pair_write_timing(Pair *pair, bool nested);

#endif
