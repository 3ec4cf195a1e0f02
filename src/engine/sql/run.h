/* The SQL engine's part of a run: each chain of steps is a statement that the store answers.
 *
 * In: a Plan, and the tables of the run, which say what is at fault in the data. Out: the entries
 * of each row set, window by window. A chain in whose rows an error comes up is left to the
 * reference engine, which tells it.
 */
#ifndef ENGINE_SQL_RUN_H
#define ENGINE_SQL_RUN_H

#include "engine/reference/cells.h"
#include "store/query.h"

typedef struct SqlRun SqlRun;

/* Makes the statements of all chains. What cannot be put into one is told, by the indicator's name,
 * and *beyond is set. `store` may be NULL: all rows are written in the definitions. End with
 * sql_end (NULL does nothing). */
StoreResult sql_start(Session *session, Data *data, const Plan *plan, Store *store, SqlRun **out,
                      bool *beyond);
void sql_end(SqlRun *run);
/* What went wrong in statements so far (told). */
StoreResult sql_result(const SqlRun *run);
/* Where its statements are answered. */
StatementPlaces sql_places(const SqlRun *run);
/* The entries of a chain in the window of the run. */
EntrySet sql_rows(CellRun *run, const PlanNode *step);

/* Adds the statements of one indicator, and of those that it is derived from, as a person reads and
 * runs them: under the text of the definition, with values in their places. Tables are named as in
 * the store if it is of the dialect, else as `kpic import` makes them. What cannot be said in a
 * statement is told, and *beyond is set. */
void sql_print(Session *session, Data *data, const Plan *plan, const Indicator *asked,
               StoreDialect dialect, Store *store, StrBuf *out, bool *beyond);

#endif
