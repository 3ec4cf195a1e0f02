/* Engines: Plan and Store to Result. All engines give the same exact figures; `reference` is the
 * meaning, in the most obvious way. */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "engine/result.h"
#include "plan/plan.h"
#include "store/store.h"

/* Reads what the plan needs and computes it. Everything in *out lives in `run`. `store` may be NULL
 * when every table's rows are written in the definitions. Data faults are warnings; a date outside
 * a calendar, an overflow or an undecided first/last is an error: the cell is not available and the
 * function returns STORE_REFUSED with all other cells computed. */
StoreResult engine_reference_run(Session *session, const Plan *plan, Store *store, Arena *run,
                                 Result *out);

/* The last period of the finest `every` of these indicators that is complete in the data: by the
 * `covers` of the sources, else by the greatest date of their timings. False if nothing tells. */
bool engine_last_period(Session *session, const Model *model, const Indicator *const *indicators,
                        size_t indicators_len, Store *store, Period *out);

#endif
