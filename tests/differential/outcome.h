/* A text of the language run by one engine, and all that comes out as a text: every field of every
 * cell, the fingerprint, the number of data faults and the messages. Two engines agree if the two
 * texts are the same. */
#ifndef TESTS_DIFFERENTIAL_OUTCOME_H
#define TESTS_DIFFERENTIAL_OUTCOME_H

#include "engine/engine.h"

/* As engine_reference_run(); one that runs in several threads has an entry for each number. */
typedef struct Engine {
    const char *name;
    StoreResult (*run)(Session *session, const Plan *plan, Store *store, Arena *run, Result *out);
    unsigned every;               /* tried on every such pair: 2 is every second one */
    const struct Engine *meaning; /* what it is compared with; NULL: the first of all */
} Engine;

/* The first is the meaning; the others are compared with it. */
extern const Engine *engines;
extern size_t engines_len;
/* With the address of a PostgreSQL database in KPIC_TEST_DATABASE: the engine that asks databases,
 * on SQLite and there, instead of those that read rows; if KPIC_TEST_SHARDS is set too, the engine
 * that asks databases where rows are divided over shards, against the reference engine there. */
void engines_choose(void);

typedef void (*SeePlan)(void *context, const Plan *plan);

/* False if the text is refused before any row is read: *out then has the messages. The months are
 * those of the first line, "# from 2016-01 to 2016-03". `see` may be NULL. */
bool outcome_of(const char *text, const Engine *engine, SeePlan see, void *context, StrBuf *out);

#endif
