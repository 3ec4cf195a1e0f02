/* The bytes of segments, read by several threads.
 *
 * A connection of SQLite is one thread's at a time, so each thread but the first has one of its
 * own, which is opened when there is enough to read and stays open with the store. It is used only
 * if it sees what the first one sees: while that one's read transaction lasts nobody can commit to
 * the file, so a connection whose file bears the same stamp (segment_store.h) sees the same
 * segments; one that was opened on another file, put there meanwhile under the same name, does not
 * bear it. Without it the first thread reads all.
 */
#ifndef STORE_SEGMENT_READ_H
#define STORE_SEGMENT_READ_H

#include "store/segment.h"
#include "store/state.h"

typedef struct SegmentJob {
    int64_t row; /* of kpic_segment */
    uint64_t identity;
    Segment *out;
    bool sound; /* set here */
} SegmentJob;

/* Reads each, with as many threads as the store may use. What is read lives as long as `run`. */
void segments_read(Store *store, SegmentJob *jobs, size_t len, Arena *run);
/* Before the store's own connection is closed. */
void segment_readers_close(Store *store);

/* The bytes of a row of kpic_segment, in the arena; NULL if they cannot be read. *blob is closed by
 * the caller. */
void *segment_bytes(sqlite3 *db, sqlite3_blob **blob, int64_t row, Arena *arena, size_t *size);

#endif
