#include "store/segment_store.h"

#include <stdio.h>
#include <string.h>

#include <xxhash.h>

#define HEADER_SIZE 100
#define HEADER_WRITE_VERSION 18
#define HEADER_READ_VERSION 19
#define HEADER_COUNTER 24
#define HEADER_COOKIE 40
#define VERSION_ROLLBACK 1 /* no write-ahead log */

#define FIELD_BITS 12
#define PIECE_BITS 28

#define TABLES                                                                                     \
    "CREATE TABLE IF NOT EXISTS kpic_segment_stamp"                                                \
    " (counter INTEGER NOT NULL, cookie INTEGER NOT NULL);"                                        \
    "CREATE TABLE IF NOT EXISTS kpic_segment_table"                                                \
    " (id INTEGER PRIMARY KEY, table_name TEXT NOT NULL, kept INTEGER NOT NULL);"                  \
    "CREATE TABLE IF NOT EXISTS kpic_segment (id INTEGER PRIMARY KEY, data BLOB NOT NULL);"

/* ---- the file's header ----------------------------------------------------------------------- */

typedef struct FileHeader {
    bool logged;
    uint32_t counter, cookie;
} FileHeader;

static uint32_t big_endian(const unsigned char *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Through SQLite's own handle: to close another one of the same file would end SQLite's locks. */
static bool header_read(sqlite3 *db, FileHeader *out) {
    unsigned char header[HEADER_SIZE];
    sqlite3_file *file = NULL;
    if (sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || !file ||
        !file->pMethods)
        return false;
    /* A file that was only just made has none yet. */
    int code = file->pMethods->xRead(file, header, sizeof header, 0);
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
        return false;
    *out = (FileHeader){.logged = header[HEADER_WRITE_VERSION] > VERSION_ROLLBACK ||
                                  header[HEADER_READ_VERSION] > VERSION_ROLLBACK,
                        .counter = big_endian(header + HEADER_COUNTER),
                        .cookie = big_endian(header + HEADER_COOKIE)};
    return true;
}

/* ---- the stamp ------------------------------------------------------------------------------- */

/* A store that has none, and a stamp that cannot be read, are no faults here. */
static bool stamp_read(sqlite3 *db, int64_t *counter, int64_t *cookie) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, "SELECT counter, cookie FROM kpic_segment_stamp", -1, &statement,
                           NULL) != SQLITE_OK)
        return false;
    bool found = sqlite3_step(statement) == SQLITE_ROW;
    *counter = sqlite3_column_int64(statement, 0);
    *cookie = sqlite3_column_int64(statement, 1);
    found = found && sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    return found;
}

SegmentsState segments_state(const Sql *sql) {
    FileHeader header;
    int64_t counter, cookie;
    if (!stamp_read(sql->db, &counter, &cookie) || !header_read(sql->db, &header))
        return SEGMENTS_NONE;
    if (header.logged)
        return SEGMENTS_LOGGED;
    return counter == header.counter && cookie == header.cookie ? SEGMENTS_HOLD : SEGMENTS_CHANGED;
}

bool segments_stamped(sqlite3 *db, uint64_t *stamp) {
    FileHeader header;
    Sql sql = {.db = db};
    if (segments_state(&sql) != SEGMENTS_HOLD || !header_read(db, &header))
        return false;
    *stamp = (uint64_t)header.counter << 32 | header.cookie;
    return true;
}

StoreResult segments_begin(const Sql *sql, SegmentsWrite *write) {
    FileHeader header;
    bool hold = segments_state(sql) == SEGMENTS_HOLD;
    if (!header_read(sql->db, &header))
        return sql_fault(sql, SQLITE_IOERR);
    *write = (SegmentsWrite){.counter = header.counter, .digest = header.cookie};
    StoreResult result = sql_run(sql, TABLES);
    return result == STORE_OK && !hold ? segments_clear(sql) : result;
}

/* The cookie is only ever compared; any value that others do not hold makes them look anew. */
static StoreResult cookie_set(const Sql *sql, uint32_t cookie) {
    char text[64];
    int64_t now;
    snprintf(text, sizeof text, "PRAGMA schema_version = %u", (unsigned)cookie);
    sqlite3_db_config(sql->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
    StoreResult result = sql_run(sql, text);
    sqlite3_db_config(sql->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (result == STORE_OK)
        result = sql_integer(sql, "PRAGMA schema_version", &now);
    return result == STORE_OK && now != (int64_t)cookie ? sql_fault(sql, SQLITE_ERROR) : result;
}

StoreResult segments_stamp(const Sql *sql, const SegmentsWrite *write) {
    int64_t now;
    char text[160];
    uint32_t counter = write->counter + 1;
    StoreResult result = sql_integer(sql, "PRAGMA schema_version", &now);
    if (result != STORE_OK)
        return result;
    uint64_t seed = XXH3_64bits_withSeed(&counter, sizeof counter, write->digest);
    uint32_t cookie = (uint32_t)(seed & INT32_MAX);
    while (cookie == 0 || cookie == (uint32_t)now)
        cookie = (cookie + 1) & INT32_MAX;
    result = cookie_set(sql, cookie);
    if (result != STORE_OK)
        return result;
    snprintf(text, sizeof text,
             "DELETE FROM kpic_segment_stamp; INSERT INTO kpic_segment_stamp VALUES (%u, %u)",
             (unsigned)counter, (unsigned)cookie);
    return sql_run(sql, text);
}

/* ---- tables ---------------------------------------------------------------------------------- */

StoreResult segments_clear(const Sql *sql) {
    return sql_run(sql, "DELETE FROM kpic_segment; DELETE FROM kpic_segment_table;"
                        " DELETE FROM kpic_segment_stamp");
}

int64_t segment_row(int64_t table, size_t piece, size_t field) {
    return table << (PIECE_BITS + FIELD_BITS) | (int64_t)(piece << FIELD_BITS | field);
}

int64_t segment_outline_row(int64_t table) {
    return segment_row(table, 0, SEGMENT_MOST_FIELDS);
}

StoreResult segment_table_find(const Sql *sql, const char *table, SegmentTableId *out) {
    sqlite3_stmt *statement;
    *out = (SegmentTableId){0};
    StoreResult result = sql_prepare(
        sql, "SELECT id, kept FROM kpic_segment_table WHERE table_name = ?1", &statement);
    if (result != STORE_OK)
        return result;
    sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *out = (SegmentTableId){true, sqlite3_column_int(statement, 1) != 0,
                                sqlite3_column_int64(statement, 0)};
    else if (code != SQLITE_DONE)
        result = sql_fault(sql, code);
    sqlite3_finalize(statement);
    return result;
}

StoreResult segment_table_add(const Sql *sql, const char *table, bool kept, int64_t *id) {
    sqlite3_stmt *statement;
    StoreResult result = sql_prepare(
        sql, "INSERT INTO kpic_segment_table (table_name, kept) VALUES (?1, ?2)", &statement);
    if (result != STORE_OK)
        return result;
    sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
    sqlite3_bind_int(statement, 2, kept);
    int code = sqlite3_step(statement);
    *id = sqlite3_last_insert_rowid(sql->db);
    if (code != SQLITE_DONE)
        result = sql_fault(sql, code);
    sqlite3_finalize(statement);
    return result;
}

StoreResult segments_forget(const Sql *sql, const char *table) {
    SegmentTableId found;
    char text[192];
    StoreResult result = segment_table_find(sql, table, &found);
    if (result != STORE_OK || !found.known)
        return result;
    snprintf(text, sizeof text,
             "DELETE FROM kpic_segment WHERE id BETWEEN %lld AND %lld;"
             " DELETE FROM kpic_segment_table WHERE id = %lld",
             (long long)segment_row(found.id, 0, 0), (long long)segment_row(found.id + 1, 0, 0) - 1,
             (long long)found.id);
    return sql_run(sql, text);
}
