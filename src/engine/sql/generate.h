/* Plan to SQL: the inside of the engine that computes in the database.
 *
 * In: a chain of steps of the plan (plan_build.h), a dialect, and what is known of the columns that
 * it reads. Out: one statement for all windows, whose rows are classes of rows that are alike, with
 * their numbers: what RowEntry (cells.h) tells apart. Cells are made of them by the code that every
 * engine shares: division, rounding and verdicts never happen in the database.
 *
 * Three truths are SQL's own: TRUE, FALSE and NULL for unknown. An error (a day outside a calendar,
 * a number too large) makes a condition NULL and a second expression, `error`, TRUE; a chain in
 * whose rows an error comes up is left to the reference engine, which tells it.
 *
 * Dates are dates in PostgreSQL and texts like 2017-01-31 in SQLite, where they compare alike.
 * Numbers are exact: whole numbers of 10^-scale in SQLite, numeric in PostgreSQL. A count in which
 * some rows are in doubt goes from `text` to `high`.
 *
 * Nothing of the definitions or data gets into a statement but through sql_name (names) and
 * sql_bind (values).
 *
 * To add a kind of expression: value.c or condition.c (the compiler names the switch). To add a
 * dialect: a table like those in dialect_*.c.
 */
#ifndef ENGINE_SQL_GENERATE_H
#define ENGINE_SQL_GENERATE_H

#include "engine/reference/data.h"
#include "plan/plan_build.h"
#include "store/query.h"

typedef struct SqlDialect SqlDialect;
typedef struct SqlScope SqlScope;
typedef struct SqlGathered SqlGathered;

/* ---- values and conditions, as texts of SQL; everything lives in the generator's arena ---- */

typedef enum SqlType { SQL_BOOLEAN, SQL_NUMBER, SQL_TEXT, SQL_DATE } SqlType;

typedef struct SqlValue {
    SqlType type;
    const char *text;    /* NULL where it is missing, unknown or in error */
    const char *under;   /* a fraction: text / under, with under > 0; or NULL */
    const char *high;    /* a count in doubt: from text to high; or NULL */
    const char *symbol;  /* the number of the Symbol of a missing one; NULL: SYMBOL_NONE */
    const char *not_yet; /* whether it is later than every date, never NULL; or NULL: never */
    const char *error;   /* never NULL; or NULL: never */
    bool plain_not_yet;  /* not_yet is no more than `text IS NULL` */
    bool always;         /* text is never NULL */
    int scale;           /* numbers: text / 10^scale */
    int64_t most;        /* numbers: no text is further from 0; INT64_MAX: not known */
} SqlValue;

typedef struct SqlTruth {
    const char *text;
    const char *error; /* whether a part of it is one, never NULL; or NULL: never. It matters where
                        * text is NULL: what settles the condition settles the error too */
    bool always;
} SqlTruth;

/* What an alias stands for. */
typedef struct SqlRow {
    const char *alias; /* of SQL, quoted; NULL: none */
    SqlScope *scope;   /* where it is, and where its links are joined */
    bool lacks;        /* there may be no row */
    const Rowset
        *rows; /* the set that it is of; NULL: the row of a computed column, or a linked one */
    SqlGathered *gathered; /* its columns come out of arrays; or NULL */
} SqlRow;

/* A FROM clause: its first table, and what is joined to it while expressions are made. */
struct SqlScope {
    VEC(const char *) keys; /* of the joins, to find them again */
    VEC(const char *) aliases;
    VEC(const char *) joins;
};

/* The rows of a source by a key of theirs, each column an array: where a dialect has no other quick
 * way from a row to those that are related to it. kpi_each_N has the rows, kpi_near_N one line a
 * key, kpi_lost_N the rows that lack it; kpi_met_N says of each key in which windows there is a row
 * (chain_met.c). */
struct SqlGathered {
    const char *alias; /* of a row, here and where it is looked up */
    const SourceModel *source;
    SqlScope scope;            /* what is joined to the rows here */
    const char *own;           /* the key, here */
    const char *wheres;        /* which rows may matter at all, here; or NULL */
    const char *met;           /* WITH: in which windows; or NULL */
    VEC(const char *) columns; /* kpi_cN_1, ...: what is asked of a row, here */
    size_t number;
};

/* What is known of a stored column's values. */
typedef struct SqlFacts {
    ColumnKind kind;
    bool missing; /* some may be */
    bool symbols; /* some may be with a symbol */
    int scale;
    int64_t most;
} SqlFacts;

typedef struct SqlParameter {
    QueryValue value;
    bool numeric; /* the text of a decimal number */
} SqlParameter;

/* A column of a source as statements name it. */
typedef struct SqlNames {
    const char *source;   /* of the rows with typed columns */
    const char *by_key;   /* of those whose key is theirs alone */
    const char **columns; /* by column */
    const char **symbols; /* by column */
    bool *columns_used;
    bool used, key_used, same_used;
} SqlNames;

/* A birth that an age is reckoned from, and the rows whose own date must not precede it. */
typedef struct SqlBirth {
    const Rowset *rows;
    const Expr *born;
} SqlBirth;

/* A chain's statement in the making (building.h). */
typedef struct Building Building;

typedef struct Sql {
    Arena *arena;
    const SqlDialect *dialect;
    const Plan *plan;
    Data *data;         /* its tables are read, or not */
    const Store *store; /* NULL: all rows are written in the definitions */
    SqlNames *names;    /* by source */
    SqlRow *frame;      /* by row variable */
    const char *window; /* the alias that holds the days of the window; NULL: outside of one */
    bool windowed;      /* it was asked for */
    Building *apart;    /* by whose rows what no window changes is made apart; NULL: nothing is */
    SqlScope *scope;    /* the innermost */
    VEC(SqlParameter) parameters;
    bool *calendars; /* as model->calendars: used */
    VEC(SqlBirth) births;
    VEC(SqlGathered *) gathered;
    VEC(const char *) keyless; /* names, and texts, of the rows that lack a key that is looked up */
    size_t aliases;            /* made so far */
    bool people;               /* it is for people: values in their places, and comments */
    const char *why;           /* what is refused, in words; or NULL */
    Span why_at;
} Sql;

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
const char *
sql_text(Sql *sql, const char *format, ...);
/* Says that this engine has no such thing; the first is kept. Gives NULL, as SQL writes it. */
const char *sql_refuse(Sql *sql, Span at, const char *what);

/* A generator without expressions yet; its names are to be made (sql_names_make). `store` may be
 * NULL. */
Sql sql_generator(Arena *arena, const SqlDialect *dialect, const Plan *plan, Data *data,
                  const Store *store);

/* ---- names and values ---- */
/* In double quotes. */
const char *sql_name(Sql *sql, const char *name);
/* A mark for a bound value, which sql_finish() turns into a parameter or a literal. */
const char *sql_bind(Sql *sql, QueryValue value);
const char *sql_bind_text(Sql *sql, const char *text);
const char *sql_bind_integer(Sql *sql, int64_t number);
const char *sql_bind_date(Sql *sql, Date date);
/* "12.5": a decimal number. */
const char *sql_bind_numeric(Sql *sql, const char *text);

/* A statement as it is sent: the values in the order of their parameters. */
typedef struct SqlStatement {
    const char *text;
    QueryValue *values;
    size_t values_len;
} SqlStatement;

/* Marks to parameters. */
SqlStatement sql_finish(Sql *sql, const char *text);
/* Marks to literals, for people. */
const char *sql_finish_literal(Sql *sql, const char *text);

/* A comment line, if the statement is for people; nothing in it ends the line or misleads. */
void sql_note(Sql *sql, StrBuf *out, const char *words, const char *quoted, size_t quoted_len);

/* ---- sources (source.c) ---- */
void sql_names_make(Sql *sql);
SqlFacts sql_facts(Sql *sql, const ColumnModel *column);
/* WITH: the typed rows of every source that was used, and the calendars, and what of the gathered
 * rows the steps mention. Ends with a comma. */
void sql_put_sources(Sql *sql, StrBuf *out, const char *steps);
/* The same as the whole beginning of a statement that has no steps. */
void sql_put_with(Sql *sql, StrBuf *out);
/* The columns of a source's key, by commas, and that none of them is missing. */
void sql_put_key(Sql *sql, SqlRow row, const SourceModel *source, StrBuf *keys, StrBuf *whole);
/* Of a row of the table, as kpi_table: whether the column has no value, or one that is written in
 * the one plain way of its type. PostgreSQL's. */
const char *sql_is_plain(Sql *sql, const ColumnModel *column);
/* FROM: the table, as kpi_table. */
void sql_put_table(Sql *sql, StrBuf *out, const SourceModel *source);
/* The rows of a source, to stand behind FROM. */
const char *sql_source(Sql *sql, const SourceModel *source);
const char *sql_source_by_key(Sql *sql, const SourceModel *source);

/* ---- expressions (value.c, function.c, condition.c, quantity.c) ---- */
SqlValue sql_value(Sql *sql, const Expr *expr);
SqlValue sql_column(Sql *sql, SqlRow row, const ColumnModel *column);
SqlRow sql_row(Sql *sql, const Expr *row);
SqlValue sql_key_of_row(Sql *sql, const RowVar *var);
SqlValue sql_date_value(const char *text, bool always);
SqlValue sql_number_value(const char *text, bool always, int64_t most);
/* The same number with so many places at least. */
SqlValue sql_rescale(Sql *sql, SqlValue value, int scale);
/* A range becomes unknown. */
SqlValue sql_exact(Sql *sql, SqlValue value);
SqlValue sql_shift(Sql *sql, SqlValue date, const Expr *duration, bool back);
SqlValue sql_function(Sql *sql, const Expr *expr);
SqlValue sql_quantity(Sql *sql, const Quantity *quantity);
SqlTruth sql_truth(Sql *sql, const Expr *condition);
SqlTruth sql_compare(Sql *sql, ComparisonOp op, const SqlValue *a, const SqlValue *b);
SqlTruth sql_in(Sql *sql, const SqlValue *value, const CodeSet *codes, const Value *items,
                size_t items_len);
SqlTruth sql_not(Sql *sql, SqlTruth truth);
/* Of all, or of either. */
SqlTruth sql_all(Sql *sql, const SqlTruth *terms, size_t len, bool either);
SqlTruth sql_known(bool yes);
/* The timing of the row; *date gets that of `latest`. */
SqlTruth sql_timing(Sql *sql, const Rowset *rows, SqlValue *date);
const char *sql_either(Sql *sql, const char *error, const char *other);
/* The alias that holds the days of the window; notes that it is asked for. */
const char *sql_window(Sql *sql);
/* A number that left what is exact is NULL, and an error. */
void sql_keep_exact(Sql *sql, SqlValue *value);

/* ---- what no window changes (chain_apart.c) ---- */
/* Of a part of an expression that a window changes: where no window changes the part, it is made
 * apart, before the rows meet the windows, and is a column here. False: it is to be made here. */
bool sql_apart_value(Sql *sql, const Expr *expr, SqlValue *out);
bool sql_apart_truth(Sql *sql, const Expr *condition, SqlTruth *out);
/* Of a nested row set that asks nothing of the row around it but the key: whether there is a row.
 */
bool sql_apart_exists(Sql *sql, const Rowset *rows, SqlTruth *out);
/* A date made apart that is compared with a day of the window: of it matters only between which of
 * those days it lies, and all dates there become one. */
void sql_apart_compared(Sql *sql, ComparisonOp op, SqlValue *a, SqlValue *b);

/* ---- related rows (related.c) ---- */
/* A nested row set, while what speaks of its rows is made. Where its condition has an equality of
 * its own column with a value from outside, rows are looked up by that. */
typedef struct SqlRelated {
    const Rowset *rows;
    SqlScope scope, *around;
    SqlRow before;
    SqlTruth truth; /* of timing, `another` and `where` */
    SqlTruth key;   /* the equality, or no text */
    SqlTruth rest;  /* truth without it */
    SqlValue own, other;
    SqlValue date;         /* of the timing */
    SqlGathered *gathered; /* looked up there, by the line `near` of the scope around; or NULL */
    const char *near;
    const SqlRow *frame;
} SqlRelated;

/* Binds the alias of the set, and makes its condition. *out must stay where it is. */
void sql_related_begin(Sql *sql, const Rowset *rows, SqlRelated *out);
/* FROM and what is joined: when all that is made of its rows is made. */
const char *sql_related_from(Sql *sql, const SqlRelated *related);
/* A selection of the rows that are not ruled out, with kpi_truth and what `columns` says. */
const char *sql_related_found(Sql *sql, const SqlRelated *related, const char *columns);
/* Whether there is a row that is not ruled out, and of which `also` holds: " AND ...", or "". */
const char *sql_related_any(Sql *sql, const SqlRelated *related, const char *also);
/* Whether it is certain that there is no row: its key has no line. NULL: that cannot be told so. */
const char *sql_related_none(Sql *sql, const SqlRelated *related);
void sql_related_end(Sql *sql, SqlRelated *related);
SqlTruth sql_exists(Sql *sql, const Expr *expr);
/* sum(text), exact. */
const char *sql_sum(Sql *sql, const char *text, int64_t most);

/* ---- gathered rows (gathered.c) ---- */
/* The text of a column of a row: "p"."start". */
const char *sql_cell(Sql *sql, SqlRow row, const char *name);
/* The rows of a source under this alias; their key is to be set. */
SqlGathered *sql_gather(Sql *sql, const SourceModel *source, const char *alias);
/* If the text is a column of gathered rows: them, and the text of the column where they are. */
SqlGathered *sql_gathered_of(Sql *sql, const char *text, const char **there);
/* A condition of a gathered row alone, made where the rows are if no window changes it: rows that
 * it rules out are left out there. `place` is the row. */
bool sql_gathered_truth(Sql *sql, SqlRow *place, const Expr *condition, SqlTruth *out);
/* The alias of the line of the rows whose key is `other`, joined in the scope. */
const char *sql_gathered_line(Sql *sql, const SqlGathered *gathered, SqlScope *scope,
                              const char *other);
/* To stand behind FROM: the rows of a line. */
const char *sql_gathered_rows(Sql *sql, const SqlGathered *gathered, const char *line);
/* WITH: those that `steps` mention. */
void sql_put_gathered(Sql *sql, StrBuf *out, const char *steps);

/* ---- scopes ---- */
/* The alias of a join, made by `format` of the alias, if there is none of this key yet. */
const char *sql_scope_find(const SqlScope *scope, const char *key);
void sql_scope_add(Sql *sql, SqlScope *scope, const char *key, const char *alias, const char *join);
void sql_put_joins(const SqlScope *scope, StrBuf *out);
/* An alias for the row variable, quoted, unlike every other of the statement. */
const char *sql_alias(Sql *sql, const RowVar *var);

/* ---- dialects ---- */
struct SqlDialect {
    const char *name;
    char parameter; /* before its number */
    bool scaled;    /* numbers with decimals are whole numbers of their least unit */
    bool gathers;   /* related rows are looked up in arrays: there are no indexes on selections */
    const char *type_names[4]; /* by SqlType */
    const char *no_truth;      /* an unknown condition, of its type */
    const char *(*days_between)(Sql *sql, const char *from, const char *to);
    const char *(*add_days)(Sql *sql, const char *date, int64_t days);
    const char *(*add_months)(Sql *sql, const char *date, int64_t months);
    const char *(*part)(Sql *sql, const char *date, char part); /* y, m or d, a whole number */
    const char *(*month_end)(Sql *sql, const char *date); /* whether it is a month's last day */
    const char *(*make_date)(Sql *sql, const char *year, const char *month, const char *day);
    const char *(*too_large)(Sql *sql, const char *number); /* whether it left what is exact */
    const char *(*least)(Sql *sql, const char *a, const char *b);
    /* The last of the days, which ascend, that the date does not precede; DATE_MIN before the
     * first; NULL of NULL. `with` gets what it needs as parts of WITH. */
    const char *(*edge)(Sql *sql, StrBuf *with, const char *date, const Date *edges, size_t len);
    const char *before_grouping; /* of a part of WITH that is grouped: SQLite works out anew what it
                                  * groups by, unless it is made before */
    /* What a stored column reads as: `raw` of the field type, as the kind of the column. */
    const char *(*trimmed)(Sql *sql, const char *raw, FieldType field);
    const char *(*read)(Sql *sql, const ColumnSpec *column, const SqlFacts *facts, const char *raw,
                        const char *trimmed, FieldType field);
    /* The recursive selection of all days, of the table that it defines. */
    void (*put_days)(StrBuf *out, const char *table, const char *from, const char *to);
    const char *(*weekday)(Sql *sql, const char *date); /* 1 Monday to 7 Sunday */
    void (*put_literal)(StrBuf *out, const SqlParameter *parameter);
};

extern const SqlDialect sql_dialect_sqlite, sql_dialect_postgresql;

#endif
