/* What is at fault in rows that stay on a server: told by statements, which count.
 *
 * In: a plan, and a store whose tables are not read. Out: the warnings of data_faults.c with their
 * numbers, but without rows and values; and an error for each column with values that are not
 * written in the one plain way of their type, which the server might read otherwise than this
 * program: nothing may then be computed of them.
 */
#ifndef ENGINE_SQL_SURVEY_H
#define ENGINE_SQL_SURVEY_H

#include "engine/reference/data.h"
#include "store/query.h"

StoreResult survey_rows(Data *data, const Plan *plan, Store *store);

#endif
