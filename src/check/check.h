/* The checks of definitions beyond names and types: sema/checks.def lists them.
 *
 * In: a Model. Out: messages in the session, with the severities that the project sets. What a
 * check speaks of is sound in itself: an indicator with an error is not in the Model, and gets no
 * message here. To add a check: see sema/checks.def.
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "sema/checks.h"

/* Makes every check, in the order of the registry. */
void check_definitions(Session *session, const Model *model);

#endif
