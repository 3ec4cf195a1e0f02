/* Runs of definitions written as texts with their rows in them, for tests of what figures come out
 * of which words. One run at a time; definitions_finish() ends it. */
#ifndef TESTS_UNIT_DEFINITIONS_H
#define TESTS_UNIT_DEFINITIONS_H

#include "engine/engine.h"

void definitions_start(void);
void definitions_finish(void);
/* Another engine than the reference one, for the runs that follow. */
void definitions_use(EngineOptions options);

/* Analyses the text, which must be accepted without an error, and computes these indicators (their
 * ids with spaces between; NULL: all) for a period, or a series (to != NULL). */
void definitions_run(const char *text, const char *ids, const char *from, const char *to);
Session *definitions_session(void);
const Model *definitions_model(void);
const Plan *definitions_plan(void);
const Result *definitions_result(void);
StoreResult definitions_outcome(void);

/* The asked cells of an indicator, a line each: "PERIOD GROUPS [BAND] VALUE
 * (NUMERATOR/DENOMINATOR)" with exact values, or the symbol and reason in place of the value. */
const char *cells_of(const char *id);
/* The asked cell with this group (NULL: the whole) and band (NULL: all bands; "Unknown"). */
const Cell *cell_at(const char *id, const char *group, const char *band);
/* "value / members with a value of members; comparable or not; like: value (n/d); reason" */
const char *benchmark_of(const Cell *cell, size_t benchmark);
const char *exact(Num number);

size_t messages_of(int code);
bool messages_contain(const char *words);

#endif
