/* Walking an expression: conditions, row sets inside it, quantities over them. */
#ifndef SEMA_WALK_H
#define SEMA_WALK_H

#include "sema/model.h"

typedef struct Walk {
    /* Called for each expression and for each row set (either may be NULL), outer before inner;
     * true ends the walk. */
    bool (*expr)(void *context, const Expr *expr);
    bool (*rows)(void *context, const Rowset *rows);
    void *context;
} Walk;

/* True if a callback ended the walk. Computed columns are not entered. */
bool walk_expr(const Walk *walk, const Expr *expr);
bool walk_rows(const Walk *walk, const Rowset *rows);
bool walk_quantity(const Walk *walk, const Quantity *quantity);
/* All of an indicator: its row sets, shape, parts and breakdowns. */
bool walk_indicator(const Walk *walk, const Indicator *indicator);

#endif
