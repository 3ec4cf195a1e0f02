/* The statement of one chain of steps, for all of its windows.
 *
 * Its rows are classes: which window, whether the row is certain, which exclusions and parts it
 * meets, numerator, band, groups, and for some quantities the value; with the number of rows, and
 * the sums.
 */
#ifndef ENGINE_SQL_CHAIN_H
#define ENGINE_SQL_CHAIN_H

#include "engine/reference/cells.h"
#include "engine/sql/generate.h"

/* How a quantity of the set is answered. */
typedef enum SqlMeasure {
    MEASURE_SUM,    /* by sums in the database */
    MEASURE_VALUES, /* by the values that occur, each with its number of rows */
    MEASURE_PICK    /* by the rows of the best date and key */
} SqlMeasure;

typedef struct SqlMeasured {
    const Quantity *quantity;
    SqlMeasure measure;
    SqlValue value;
    SqlValue *keys; /* PICK: as source->key */
} SqlMeasured;

#define SQL_MOST_MEASURES 4

/* What the columns of a statement's answer are, in their order: window, certain, errors, rows,
 * least and greatest of the latest dates; then as many as there are exclusions, ... */
typedef struct SqlChain {
    const PlanIndicator *planned;
    const PlanNode *last;
    const PlanNode *excludes[16], *parts[16];
    size_t excludes_len, parts_len;
    bool grouped, latest, select, band;
    SqlValue *keys; /* by breakdown */
    SqlMeasured measures[SQL_MOST_MEASURES];
    size_t measures_len;
    SqlStatement statement;
    SqlStatement births; /* counts rows whose own date precedes a birth; or no text */
    const char *why;     /* this engine has no such thing, in words; or NULL */
    Span why_at;
} SqlChain;

enum {
    CHAIN_WINDOW,
    CHAIN_CERTAIN,
    CHAIN_ERRORS,
    CHAIN_ROWS,
    CHAIN_LEAST,
    CHAIN_GREATEST,
    CHAIN_REST
};

/* Makes the statement; out->why if it cannot. */
void sql_chain_make(Sql *sql, const PlanIndicator *planned, const PlanNode *last, SqlChain *out);

#endif
