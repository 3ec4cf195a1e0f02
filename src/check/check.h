/* The checks of definitions beyond names and types: sema/checks.def lists them.
 *
 * In: a Model. Out: messages in the session, with the severities that the project sets. What a
 * check speaks of is sound in itself: an indicator with an error is not in the Model, and gets no
 * message here. To add a check: see sema/checks.def.
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "sema/checks.h"

typedef struct CheckOptions {
    bool has_as_at; /* the day on which reviews are due; else the last taken date of the project */
    Date as_at;
} CheckOptions;

/* Makes every check, in the order of the registry. */
void check_definitions(Session *session, const Model *model, const CheckOptions *options);

#endif
