/* Conditions that cannot be what was meant. */
#include "check/checker.h"
#include "sema/same.h"

/* Whether the rows are chosen by each part of the condition already. */
static bool meet_all(const Rowset *rows, const Expr *condition) {
    if (condition->kind != EXPR_AND)
        return rows_meet(rows, condition);
    for (size_t i = 0; i < condition->as.logic.terms_len; i++)
        if (!rows_meet(rows, condition->as.logic.terms[i]))
            return false;
    return true;
}

void check_numerator_is_denominator(Checker *checker, const Indicator *indicator) {
    Span at;
    if (indicator->shape == SHAPE_PROPORTION &&
        meet_all(indicator->denominator_rows, indicator->those))
        at = indicator->those->span;
    else if (indicator->shape == SHAPE_RATIO &&
             quantity_same(indicator->numerator, indicator->denominator))
        at = indicator->numerator->span;
    else
        return;
    Diag *diag =
        check_say(checker, CHECK_numerator_is_denominator, at,
                  "the numerator of '%s' is its denominator: every row is in both", indicator->id);
    diag_help(diag, "write what sets the numerator apart, or take it out of the denominator");
}
