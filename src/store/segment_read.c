#include "store/segment_read.h"

#include <pthread.h>
#include <stdatomic.h>

/* The largest that SQLite holds. */
#define MOST_BYTES ((size_t)1 << 30)
/* Fewer segments are read sooner by one thread than by two. */
#define FEW_JOBS 12

/* ---- room ------------------------------------------------------------------------------------ */

/* Segments of one column after another in larger pieces of the arena, which are whole granules. */
#define ROOM_LEAST ((size_t)4 * 32 * 1024 - 128)
#define ROOM_MOST ((size_t)32 * 32 * 1024 - 128)

typedef struct Room {
    Arena *arena;
    char *at;
    size_t left, next;
} Room;

static void *room_take(Room *room, size_t size) {
    size_t whole = (size + 15) / 16 * 16;
    if (whole > room->left) {
        size_t wanted = room->next < ROOM_LEAST ? ROOM_LEAST : room->next;
        room->left = whole > wanted ? whole : wanted;
        room->at = arena_alloc(room->arena, room->left);
        room->next = wanted * 2 < ROOM_MOST ? wanted * 2 : ROOM_MOST;
    }
    char *start = room->at;
    room->at += whole;
    room->left -= whole;
    return start;
}

/* ---- one segment ----------------------------------------------------------------------------- */

static bool blob_open(sqlite3 *db, sqlite3_blob **blob, int64_t row, size_t *size) {
    int code = *blob ? sqlite3_blob_reopen(*blob, row)
                     : sqlite3_blob_open(db, "main", "kpic_segment", "data", row, 0, blob);
    if (code != SQLITE_OK)
        return false;
    *size = (size_t)sqlite3_blob_bytes(*blob);
    return *size <= MOST_BYTES;
}

void *segment_bytes(sqlite3 *db, sqlite3_blob **blob, int64_t row, Arena *arena, size_t *size) {
    if (!blob_open(db, blob, row, size))
        return NULL;
    void *bytes = arena_alloc(arena, *size);
    return sqlite3_blob_read(*blob, bytes, (int)*size, 0) == SQLITE_OK ? bytes : NULL;
}

static void job_do(SegmentJob *job, sqlite3 *db, sqlite3_blob **blob, Room *room) {
    size_t size;
    job->sound = false;
    if (!blob_open(db, blob, job->row, &size))
        return;
    void *bytes = room_take(room, size);
    if (sqlite3_blob_read(*blob, bytes, (int)size, 0) == SQLITE_OK)
        job->sound = segment_read(bytes, size, job->identity, job->out);
}

/* ---- threads --------------------------------------------------------------------------------- */

typedef struct Gathering {
    SegmentJob *jobs;
    size_t len;
    atomic_size_t next;
    const char *name; /* of the file, as SQLite must be given it */
    uint64_t stamp;
} Gathering;

typedef struct Reader {
    Gathering *gathering;
    SegmentReader *connection;
    Room room;
} Reader;

static void jobs_take(Gathering *gathering, sqlite3 *db, Room *room) {
    sqlite3_blob *blob = NULL;
    size_t at;
    while ((at = atomic_fetch_add(&gathering->next, 1)) < gathering->len)
        job_do(&gathering->jobs[at], db, &blob, room);
    sqlite3_blob_close(blob);
}

/* A connection that does not see the same is never asked again. */
static bool connection_open(const Gathering *gathering, SegmentReader *connection) {
    uint64_t stamp;
    if (connection->tried)
        return connection->usable;
    connection->tried = true;
    int code = sql_connect(gathering->name, SQLITE_OPEN_READONLY, &connection->db);
    if (code == SQLITE_OK)
        code = sqlite3_exec(connection->db,
                            "PRAGMA query_only = ON; PRAGMA cell_size_check = ON;"
                            "PRAGMA cache_size = 16; BEGIN; SELECT count(*) FROM sqlite_master",
                            NULL, NULL, NULL);
    connection->usable =
        code == SQLITE_OK && segments_stamped(connection->db, &stamp) && stamp == gathering->stamp;
    return connection->usable;
}

static void *reader_run(void *argument) {
    Reader *reader = argument;
    if (connection_open(reader->gathering, reader->connection))
        jobs_take(reader->gathering, reader->connection->db, &reader->room);
    return NULL;
}

void segments_read(Store *store, SegmentJob *jobs, size_t len, Arena *run) {
    Gathering gathering = {.jobs = jobs, .len = len};
    Reader readers[SEGMENT_READERS_MOST];
    pthread_t threads[SEGMENT_READERS_MOST];
    size_t started = 0, wanted = store->threads > 0 ? store->threads - 1 : 0;
    if (wanted > SEGMENT_READERS_MOST)
        wanted = SEGMENT_READERS_MOST;
    if (len < FEW_JOBS || !segments_stamped(store->sql.db, &gathering.stamp))
        wanted = 0;
    gathering.name = sql_path(store->session->arena, store->path);
    atomic_init(&gathering.next, 0);
    /* A thread that cannot be started is done without. */
    for (; started < wanted; started++) {
        readers[started] = (Reader){&gathering, &store->readers[started], {.arena = arena_new()}};
        if (pthread_create(&threads[started], NULL, reader_run, &readers[started]) != 0) {
            arena_free(readers[started].room.arena);
            break;
        }
    }
    Room room = {.arena = run};
    jobs_take(&gathering, store->sql.db, &room);
    for (size_t i = 0; i < started; i++) {
        pthread_join(threads[i], NULL);
        arena_join(run, readers[i].room.arena);
    }
}

void segment_readers_close(Store *store) {
    for (size_t i = 0; i < SEGMENT_READERS_MOST; i++) {
        sqlite3_close(store->readers[i].db);
        store->readers[i] = (SegmentReader){0};
    }
}
