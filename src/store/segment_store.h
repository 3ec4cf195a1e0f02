/* Where segments are in a store, and whether they still are what the rows say.
 *
 *   kpic_segment_stamp (counter, cookie)     one line: the file as the last import left it
 *   kpic_segment_table (id, table_name, kept) the tables that were looked at; kept 0: one with
 *                                             values that segments cannot hold
 *   kpic_segment (id, data)                   the segments, and of each table its outline
 *
 * Why they are never used after a change. SQLite adds one to the change counter in the file's
 * header (bytes 24 to 27) with every commit that changes the file, unless the file is kept with a
 * write-ahead log: whatever the statement was (a handle on a single value included), whether
 * triggers are on or off, whichever program wrote. SQLite's own caches rest on that. The import
 * writes into the stamp the counter that its own commit will leave, and makes up a schema cookie
 * (bytes 40 to 43) that no other state of the file has had. A reader holds a read transaction, so
 * that nobody can commit, and then looks at the header itself:
 *   - kept with a write-ahead log (bytes 18 and 19): not used, as commits there need not count;
 *     turning to the log and back again are commits that do;
 *   - another counter: somebody has written since;
 *   - another cookie: a copy that SQLite made page by page (.backup, VACUUM INTO) counts its own
 *     commits, which may happen to be as many; but it gets the cookie that the copy had before, and
 *     one more.
 * A copy of the file, byte by byte, is the same file: its segments hold.
 * Not seen: bytes changed behind SQLite's back in the rows' pages. Such a change of a segment
 * itself is seen by its checksum.
 *
 * An ordinary writer pays nothing: no trigger, no index, no table of its own is touched.
 */
#ifndef STORE_SEGMENT_STORE_H
#define STORE_SEGMENT_STORE_H

#include "store/sql.h"

typedef enum SegmentsState {
    SEGMENTS_HOLD,
    SEGMENTS_NONE,    /* none were made */
    SEGMENTS_CHANGED, /* the file was written to since */
    SEGMENTS_LOGGED   /* the file is kept with a write-ahead log */
} SegmentsState;

/* Within a read transaction. Trouble in finding out is SEGMENTS_NONE. */
SegmentsState segments_state(const Sql *sql);

/* The stamp of a file whose segments hold: another for every state that any file has been in. */
bool segments_stamped(sqlite3 *db, uint64_t *stamp);

/* What a write transaction needs to leave a stamp. */
typedef struct SegmentsWrite {
    uint32_t counter; /* of the file before */
    uint64_t digest;  /* of what was written */
} SegmentsWrite;

/* At the start of a write transaction: makes what is lacking, and takes segments away that no
 * longer hold. */
StoreResult segments_begin(const Sql *sql, SegmentsWrite *write);
/* Takes all away: they are made anew. */
StoreResult segments_clear(const Sql *sql);
StoreResult segments_forget(const Sql *sql, const char *table);
/* Before the commit. */
StoreResult segments_stamp(const Sql *sql, const SegmentsWrite *write);

/* The number of a table among those with segments. */
typedef struct SegmentTableId {
    bool known, kept;
    int64_t id;
} SegmentTableId;

StoreResult segment_table_find(const Sql *sql, const char *table, SegmentTableId *out);
StoreResult segment_table_add(const Sql *sql, const char *table, bool kept, int64_t *id);

/* The row of kpic_segment: pieces of one table follow each other in the order of its rows. */
int64_t segment_row(int64_t table, size_t piece, size_t field);
int64_t segment_outline_row(int64_t table);
#define SEGMENT_MOST_FIELDS ((size_t)4095)

#endif
