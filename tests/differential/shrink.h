/* A text that two engines disagree about, made as small as it gets while they still do: fewer
 * lines (rows, clauses, declarations), then fewer columns, then simpler conditions, then fewer
 * months. */
#ifndef TESTS_DIFFERENTIAL_SHRINK_H
#define TESTS_DIFFERENTIAL_SHRINK_H

#include "tests/differential/outcome.h"

/* Whether both accept the text and what comes out differs. */
bool engines_differ(const char *text, const Engine *a, const Engine *b);
/* *text is replaced. */
void shrink(StrBuf *text, const Engine *a, const Engine *b);

#endif
