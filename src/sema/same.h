/* Whether two things plainly say the same. What cannot be compared (nested sets) counts as
 * different: callers ask for a proof, not for a likeness. */
#ifndef SEMA_SAME_H
#define SEMA_SAME_H

#include "sema/model.h"

/* Whether every row of `inner` is plainly a row of `outer`: of the same source, by the same dates,
 * and with every condition of `outer` among its own. */
bool rows_lie_inside(const Rowset *inner, const Rowset *outer);
/* Whether a condition about these rows is one of those that they are chosen by. */
bool rows_meet(const Rowset *rows, const Expr *condition);
/* Whether both are the same number of the same rows. */
bool quantity_same(const Quantity *a, const Quantity *b);

#endif
