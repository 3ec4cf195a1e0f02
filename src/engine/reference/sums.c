/* Cells added: groups or bands together, and neighbours pooled. */
#include "engine/reference/cells.h"

static bool is_distinct(const Quantity *quantity) {
    return quantity && quantity->kind == QUANTITY_COUNT_DISTINCT;
}

/* What is counted once in each of two groups may be the same in both. */
static bool groups_add(const Indicator *indicator) {
    const Expr *value = indicator->value;
    return !is_distinct(indicator->numerator) && !is_distinct(indicator->denominator) &&
           !(value && value->kind == EXPR_QUANTITY && is_distinct(value->as.quantity));
}

static bool add_figure(Figure *sum, Figure figure) {
    if (!figure.present)
        return true;
    sum->present = true;
    return num_add(sum->value, figure.value, &sum->value);
}

/* The value that numerator and denominator make, in the unit of print. */
static void set_value(const Indicator *indicator, CellSum *sum) {
    Num value = sum->numerator.value;
    if (!sum->denominator.present || indicator->basis == BASIS_COUNT) {
        sum->value = (Figure){true, value};
        return;
    }
    if (num_compare(sum->denominator.value, num_of_int(0)) == 0) {
        sum->reason = "no cases";
        return;
    }
    sum->value.present = num_divide(value, sum->denominator.value, &value) &&
                         num_multiply(value, indicator->per, &value);
    sum->value.value = value;
    if (!sum->value.present)
        sum->reason = "the numbers are too large";
}

CellSum cells_add(const Cell *const *cells, size_t len, SumKind kind) {
    CellSum sum = {.numerator = {false, num_of_int(0)}, .denominator = {false, num_of_int(0)}};
    if (len == 0) {
        sum.reason = "no cases";
        return sum;
    }
    const Indicator *indicator = cells[0]->indicator;
    bool adds = kind != SUM_OF_GROUPS || groups_add(indicator);
    for (size_t i = 0; i < len; i++) {
        if (!adds || !cells[i]->numerator.present) {
            sum.reason = cells[i]->reason ? cells[i]->reason : "its values cannot be added";
            return sum;
        }
        /* The bands of a group are shares of the same rows. */
        bool shared = kind == SUM_OF_BANDS && i > 0;
        if (!add_figure(&sum.numerator, cells[i]->numerator) ||
            (!shared && !add_figure(&sum.denominator, cells[i]->denominator))) {
            sum.reason = "the numbers are too large";
            return sum;
        }
    }
    set_value(indicator, &sum);
    return sum;
}
