/* The making of a chain's statement: what its parts share.
 *
 * The steps are common table expressions, one after the other: kpi_windows; kpi_filtered and
 * kpi_once (chain_once.c, and chain_apart.c, which finds the parts of an expression that no window
 * changes); kpi_rows, kpi_grouped, kpi_newest, kpi_excluded (chain.c); kpi_told
 * (chain_told.c); and the selection of the answer (chain_answer.c).
 */
#ifndef ENGINE_SQL_BUILDING_H
#define ENGINE_SQL_BUILDING_H

#include "engine/sql/chain.h"

/* A day of each window, and whether what matters is the day after it. */
typedef enum Edge {
    EDGE_FIRST = 1,
    EDGE_AFTER_FIRST = 2,
    EDGE_LAST = 4,
    EDGE_AFTER_LAST = 8,
    EDGE_TAKEN = 16,
    EDGE_AFTER_TAKEN = 32
} Edge;

typedef struct OnceColumn {
    const char *text;
    unsigned edges; /* of a date: it is not that, but the last edge up to it; of Edge */
    size_t edged;   /* of a date: the number of the column that is so; 0: none */
} OnceColumn;

/* What no window changes is worked out once for each row, before the windows are joined. */
typedef struct Once {
    SqlScope scope;
    VEC(OnceColumn) columns; /* kpi_once_1, ... */
} Once;

struct Building {
    Sql *sql;
    SqlChain *chain;
    const PlanIndicator *planned;
    const PlanNode *last;
    const Rowset *rows;
    SqlValue date;
    const char *alias;
    SqlScope *here; /* of the step that is made */
    Once filters, others;
    bool slim;          /* the steps ask of a row what is made apart, and nothing else */
    bool folded;        /* rows that are alike there are one, with kpi_number */
    StrBuf wheres;      /* of the filters that no window changes */
    StrBuf steps;       /* the CTEs so far */
    StrBuf quoted;      /* comments for the next step */
    const char *before; /* the name of the last of them */
};

/* ---- shape (chain_shape.c) ---- */

/* Says that this engine has no such thing; the first is kept. */
void chain_refuse(SqlChain *chain, Span at, const char *why);
void chain_read_steps(SqlChain *chain, const PlanNode *node);
/* Of the row set, in the figure. */
void chain_find_measures(SqlChain *chain, const Rowset *rows, const PlanNode *node);

/* ---- steps (chain.c) ---- */

/* The text in the arena; ends it. */
const char *chain_copied(Building *building, StrBuf *text);
/* Before the next step, if the statement is for people: a comment that quotes the definition. */
void chain_quote(Building *building, const char *words, Span span);
/* From here on, expressions are made for the rows of the last step. */
void chain_begin_step(Building *building, SqlScope *scope);
/* "MATERIALIZED ", or nothing: a part of WITH of these columns. */
const char *chain_step_kept(const Building *building, const char *columns);
/* NAME AS (SELECT alias.*, ... FROM before AS alias joins WHERE ...) */
void chain_put_step(Building *building, const char *name, const char *columns,
                    const SqlScope *scope, const char *where);
/* kpi_group_1, kpi_group_2, ..., behind `before`, or nothing. */
const char *chain_group_list(Building *building, const char *before);
/* The column name_1 of a condition. Errors of a step count where the row does. */
void chain_put_condition(Sql *sql, StrBuf *columns, const char *name, size_t number, SqlTruth truth,
                         const char **error);

/* ---- what no window changes (chain_once.c) ---- */

typedef struct Trial {
    Sql *sql;
    SqlRow *place, row;
    SqlScope *scope, before;
    bool windowed;
    const char *window;
    Building *apart;
} Trial;

/* From here on, expressions are made for the rows before they meet the windows. */
Trial chain_trial_begin(Building *building, Once *once);
/* Whether it held: if a window was asked for, what was joined is taken back. */
bool chain_trial_end(const Trial *trial, Once *once);
/* A column that holds the text; NULL stays NULL. */
const char *chain_once_column(Building *building, Once *once, const char *text);
/* The same of each part of a condition, and of a value but for `not_yet`. */
void chain_once_truth(Building *building, Once *once, SqlTruth *truth);
void chain_once_value(Building *building, Once *once, SqlValue *value);
/* A condition or value: as a column, if no window changes it; else as it is. */
SqlTruth chain_truth(Building *building, Once *once, const Expr *expr);
SqlValue chain_value(Building *building, const Expr *expr);
/* The same of a filter, by which rows are left out before the windows. */
SqlTruth chain_filter(Building *building, const Expr *expr);
/* The number of a column kpi_once_N that the text is; 0: it is none. */
size_t chain_once_number(const Building *building, const char *text);
/* When all steps are made: whether rows that are alike may be one. */
void chain_decide_fold(Building *building);
/* The rows with all of that, to stand before the steps. */
void chain_put_once(Building *building, StrBuf *out);

/* ---- the rest (chain_told.c, chain_answer.c) ---- */

void chain_put_told(Building *building);
void chain_put_answer(Building *building);
void chain_put_births(Building *building, StrBuf *out);

#endif
