/* The native engine's part of a run: all chains of a plan, counted before the first cell is made.
 */
#ifndef ENGINE_NATIVE_RUN_H
#define ENGINE_NATIVE_RUN_H

#include "base/strbuf.h"
#include "engine/engine.h"
#include "engine/reference/cells.h"

typedef struct NativeRun NativeRun;

/* Counts all chains of the plan over the tables. End with native_end (NULL does nothing). */
NativeRun *native_start(Data *data, const Plan *plan, const EngineOptions *options);
void native_end(NativeRun *native);
/* The entries of a chain in the window of the run; steps_rows where the chain was left to it. */
EntrySet native_rows(CellRun *run, const PlanNode *step);
/* The passes over tables, their masks and shared conditions, and what falls back: `kpic explain
 * --plan`. */
void native_print(StrBuf *out, const NativeRun *native);

#endif
