/* Which steps a chain has, and which quantities are of it. */
#include "engine/sql/building.h"

void chain_refuse(SqlChain *chain, Span at, const char *why) {
    if (!chain->why) {
        chain->why = why;
        chain->why_at = at;
    }
}

static void read_step(SqlChain *chain, const PlanNode *node) {
    switch (node->kind) {
    case PLAN_NODE_GROUP:
        chain->grouped = true;
        return;
    case PLAN_NODE_LATEST:
        chain->latest = true;
        return;
    case PLAN_NODE_EXCLUDE:
        if (chain->excludes_len == 16)
            chain_refuse(chain, node->rows->span, "more than 16 exclusions");
        else
            chain->excludes[chain->excludes_len++] = node;
        return;
    case PLAN_NODE_PART:
        if (chain->parts_len == 16)
            chain_refuse(chain, node->rows->span, "more than 16 parts");
        else
            chain->parts[chain->parts_len++] = node;
        return;
    case PLAN_NODE_SELECT:
        chain->select = true;
        return;
    case PLAN_NODE_BAND:
        chain->band = true;
        return;
    case PLAN_NODE_SCAN:
    case PLAN_NODE_TIMING:
    case PLAN_NODE_FILTER:
    case PLAN_NODE_AGGREGATE:
    case PLAN_NODE_INPUT:
    case PLAN_NODE_TERM:
    case PLAN_NODE_NEGATE:
    case PLAN_NODE_ARITHMETIC:
    case PLAN_NODE_DIVIDE:
    case PLAN_NODE_SCALE:
    case PLAN_NODE_ROUND:
        return;
    }
}

void chain_read_steps(SqlChain *chain, const PlanNode *node) {
    if (node->input)
        chain_read_steps(chain, node->input);
    read_step(chain, node);
}

/* ---- which quantities ---- */

static SqlMeasure measure_of(const Quantity *quantity) {
    switch (quantity->kind) {
    case QUANTITY_SUM:
    case QUANTITY_MEAN:
        return MEASURE_SUM;
    case QUANTITY_FIRST:
    case QUANTITY_LAST:
        return MEASURE_PICK;
    case QUANTITY_COUNT:
    case QUANTITY_COUNT_DISTINCT:
    case QUANTITY_MEDIAN:
    case QUANTITY_PERCENTILE:
    case QUANTITY_MIN:
    case QUANTITY_MAX:
        break;
    }
    return MEASURE_VALUES;
}

void chain_find_measures(SqlChain *chain, const Rowset *rows, const PlanNode *node) {
    if (node->kind != PLAN_NODE_AGGREGATE) {
        if (node->input)
            chain_find_measures(chain, rows, node->input);
        if (node->other)
            chain_find_measures(chain, rows, node->other);
        return;
    }
    const Quantity *quantity = node->quantity;
    if (!quantity || quantity->kind == QUANTITY_COUNT || node->rows != rows)
        return;
    for (size_t i = 0; i < chain->measures_len; i++)
        if (chain->measures[i].quantity == quantity)
            return;
    if (chain->measures_len == SQL_MOST_MEASURES) {
        chain_refuse(chain, quantity->span, "so many quantities of one row set");
        return;
    }
    chain->measures[chain->measures_len++] =
        (SqlMeasured){.quantity = quantity, .measure = measure_of(quantity)};
}
