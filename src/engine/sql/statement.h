/* The statements of a run with their answers: what run.c asks and answer.c reads. */
#ifndef ENGINE_SQL_STATEMENT_H
#define ENGINE_SQL_STATEMENT_H

#include "engine/sql/chain.h"
#include "engine/sql/run.h"
#include "engine/sql/spread.h"

typedef struct Answered {
    size_t window;
    RowEntry *entry;
} Answered;

/* A chain with its answer. */
typedef struct Statement {
    SqlChain chain;
    bool asked;
    bool failed; /* an error came up: the reference engine tells it */
    bool told;
    bool on_shards;    /* each shard answers for its own rows */
    bool divided;      /* it reads divided tables */
    SpreadNeeds needs; /* what must be so of the rows for each shard to answer */
    VEC(Answered) entries;
    Date *least, *greatest; /* by window: of the latest dates of the groups */
} Statement;

struct SqlRun {
    Session *session;
    Arena *arena;
    Data *data;
    const Plan *plan;
    Store *store, *own; /* own: opened for rows that are written in the definitions alone */
    const SqlDialect *dialect;
    Statement *statements;
    size_t statements_len;
    StoreResult result;
};

/* ---- placing.c: of a store that is divided over shards ---- */
/* Where the statement can run, by what it says. */
void statement_place(const Sql *sql, Statement *statement);
/* When all are made: where they do run, by the rows that are there; and whether all rows are there
 * that were imported. Told, if not. */
StoreResult statements_ready(SqlRun *run);
/* Of a statement that the shards answered: the coordinator is to answer it, and all rows are there.
 * False: they are not, which is told. */
bool statement_gather(SqlRun *run, Statement *statement);
Sql statement_generator(const SqlRun *run);

/* ---- answer.c ---- */
/* Reads one line of the answer. False: it is not what the statement gives. */
bool answer_take(SqlRun *run, Statement *statement, const Query *query);
/* Whether an error must be told of rows that are picked: of one date and key, with different
 * values. */
bool answer_undecided(const Statement *statement);

#endif
