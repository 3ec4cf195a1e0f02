/* Where the statements of an indicator run, if the store is divided over shards.
 *
 * In: an indicator, and by which columns the tables are divided. Out: whether each shard can answer
 * for the rows that it has, so that the answers are added up. It can if whatever a row looks at is
 * where the row is: tables that stand everywhere; and rows of divided tables that are found by
 * values that say where a row is. Such a value is
 *
 *   that of the column by which the rows are divided; or
 *   the key of a row of a divided table, or a link to it.
 *
 * The first is so by the way that rows are placed, if each row has one value there, which can be
 * written in one way only. The second is so only if the rows are: no two rows have one key, and
 * each link leads to a row that is on the same shard. A value that is read through links must be
 * there too: what is compared with nothing is not known, of rows on every shard. So an indicator
 * comes with what must be asked of the rows first (spread_ask).
 */
#ifndef ENGINE_SQL_SPREAD_H
#define ENGINE_SQL_SPREAD_H

#include "engine/sql/generate.h"

typedef VEC(const SourceModel *) SpreadSources;

typedef struct SpreadLink {
    const ColumnModel *column;
    bool always; /* each row must have one: rows are found by it */
} SpreadLink;
typedef VEC(SpreadLink) SpreadLinks;

/* What must be so of the rows. */
typedef struct SpreadNeeds {
    SpreadSources placed; /* each row has a plain value in the column that divides them */
    SpreadSources keyed;  /* each row has a key of its own */
    SpreadLinks links;    /* what it leads to is on the row's own shard */
} SpreadNeeds;

/* Of all row sets of an indicator whose source is divided: whether each shard answers for its own
 * rows, if *needs are so. Lists in `arena`. */
bool spread_find(const Store *store, Arena *arena, const Indicator *indicator, SpreadNeeds *needs);
/* What is there already is not added. */
void spread_need_source(Arena *arena, SpreadSources *list, const SourceModel *source);
void spread_need_link(Arena *arena, SpreadLinks *list, SpreadLink link);
/* Adds what another one needs; and whether nothing of it is among *unmet. */
void spread_needs_add(Arena *arena, SpreadNeeds *all, const SpreadNeeds *of);
bool spread_needs_met(const SpreadNeeds *of, const SpreadNeeds *unmet);
/* Whether rows of the source are on several shards; else its table stands everywhere, or its rows
 * are written in the definitions. */
bool spread_divided(const Store *store, const SourceModel *source);
/* Whether the shards have rows of the source at all. What is on the coordinator alone was not
 * imported: a view, say. */
bool spread_is_there(const Store *store, const SourceModel *source);
/* Whether rows of the source with the same key are in one place, and the row that a column is
 * linked to where its own row is, by the way that rows are placed. */
bool spread_holds_key(const Store *store, const SourceModel *source);
bool spread_holds_link(const Store *store, const ColumnModel *link);

/* Whether the rows of its source are divided by the column. A source may read it in several ways.
 */
bool spread_divides(const Store *store, const ColumnModel *column);
/* Whether the definitions have the column by which the rows of a source are divided. */
bool spread_has_dividing(const Store *store, const SourceModel *source);
/* Drops of *needs all that is so of the rows in the store. What is left is not, or is not known. */
StoreResult spread_ask(Sql *sql, Store *store, SpreadNeeds *needs);
/* One line of counts, as many as there are: of the store, or the sum of the shards'. */
StoreResult spread_count(Sql *sql, Store *store, bool on_shards, const StrBuf *text, int64_t *out,
                         size_t len);
/* Adds how many rows of the source are too many: with a key that another one has. `all`: and those
 * without a whole key. */
void spread_put_alike(Sql *sql, StrBuf *out, const SourceModel *source, bool all);

#endif
