/* The checks of definitions beyond names and types: sema/checks.def lists them.
 *
 * In: a Model. Out: messages in the session, with the severities that the project sets. What a
 * check speaks of is sound in itself: an indicator with an error is not in the Model, and gets no
 * message here. To add a check: see sema/checks.def.
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "sema/checks.h"
#include "store/store.h"

typedef struct CheckOptions {
    bool has_as_at; /* the day on which reviews are due; else the last taken date of the project */
    Date as_at;
} CheckOptions;

/* Makes every check, in the order of the registry. */
void check_definitions(Session *session, const Model *model, const CheckOptions *options);
/* Reads all tables that the sources declare and says what in them contradicts the declarations. Not
 * STORE_OK: they could not be read, and a message says why. `store` may be NULL when every table's
 * rows are written in the definitions. For a model without errors. */
StoreResult check_data(Session *session, const Model *model, Store *store);

#endif
