#include "store/sql.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "store/faults.h"

#define FILE_MAGIC "SQLite format 3" /* and a NUL */
#define FILE_HEADER 100
#define FILE_READ_VERSION 19 /* 2: a write-ahead log */
#define FILE_APPLICATION_ID 68

const char *sql_path(Arena *arena, const char *path) {
    return path[0] == '/' || path[0] == '.' ? path : arena_printf(arena, "./%s", path);
}

static StoreResult told(const Sql *sql, DiagCode code, StoreResult result, const char *words) {
    diag_add(sql->session->diags, code, (Span){0}, "'%s' %s", sql->path, words);
    return result;
}

StoreResult sql_fault(const Sql *sql, int code) {
    const char *detail = sql->db ? sqlite3_errmsg(sql->db) : sqlite3_errstr(code);
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return told(sql, DIAG_store_busy, STORE_UNAVAILABLE,
                    "is in use: another program is writing to it");
    case SQLITE_FULL:
        return told(sql, DIAG_disk_full, STORE_UNAVAILABLE,
                    "cannot grow: there is no room left on the disk");
    case SQLITE_READONLY:
        if (code == SQLITE_READONLY_ROLLBACK)
            return told(sql, DIAG_store_log_pending, STORE_UNAVAILABLE,
                        "holds half a change that was cut off: the program that it belongs to must "
                        "open it once");
        /* fall through */
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return told(sql, DIAG_store_read_only, STORE_UNAVAILABLE,
                    "cannot be written: the file or its folder is read-only");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
        return told(sql, DIAG_store_damaged, STORE_DAMAGED,
                    "is damaged: its content does not hold together");
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
        diag_add(sql->session->diags, DIAG_store_failed, (Span){0},
                 "'%s' could not be read or written: %s", sql->path, detail);
        return STORE_UNAVAILABLE;
    default:
        diag_add(sql->session->diags, DIAG_store_query_failed, (Span){0}, "'%s' gave an error: %s",
                 sql->path, detail);
        return STORE_REFUSED;
    }
}

StoreResult sql_run(const Sql *sql, const char *text) {
    int code = sqlite3_exec(sql->db, text, NULL, NULL, NULL);
    return code == SQLITE_OK ? STORE_OK : sql_fault(sql, code);
}

StoreResult sql_prepare(const Sql *sql, const char *text, sqlite3_stmt **out) {
    int code = sqlite3_prepare_v2(sql->db, text, -1, out, NULL);
    return code == SQLITE_OK ? STORE_OK : sql_fault(sql, code);
}

StoreResult sql_integer(const Sql *sql, const char *text, int64_t *out) {
    sqlite3_stmt *statement;
    StoreResult result = sql_prepare(sql, text, &statement);
    if (result != STORE_OK)
        return result;
    *out = 0;
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *out = sqlite3_column_int64(statement, 0);
    else if (code != SQLITE_DONE)
        result = sql_fault(sql, code);
    sqlite3_finalize(statement);
    return result;
}

static void doors_shut(sqlite3 *db) {
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    /* A misspelt column must be an error, not a text. */
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_extended_result_codes(db, 1);
}

int sql_connect(const char *name, int flags, sqlite3 **db) {
    /* A connection is one thread's at a time. */
    int code = sqlite3_open_v2(name, db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK)
        doors_shut(*db);
    return code;
}

StoreResult sql_open(Sql *sql, Session *session, const char *path, int flags, int busy) {
    *sql = (Sql){.session = session, .path = path};
    const char *name = flags & SQLITE_OPEN_URI ? path : sql_path(session->arena, path);
    int code = sql_connect(name, flags, &sql->db);
    if (code != SQLITE_OK) {
        StoreResult result = sql_fault(sql, code);
        sql_close(sql);
        return result;
    }
    sqlite3_busy_timeout(sql->db, busy > 0 ? busy : STORE_BUSY_MILLISECONDS);
    return STORE_OK;
}

void sql_close(Sql *sql) {
    sqlite3_close(sql->db);
    sql->db = NULL;
}

StoreResult sql_owner(const Sql *sql, Owner *out) {
    int64_t id, version, things;
    StoreResult result = sql_integer(sql, "PRAGMA application_id", &id);
    if (result == STORE_OK)
        result = sql_integer(sql, "PRAGMA user_version", &version);
    if (result == STORE_OK)
        result = sql_integer(sql, "SELECT count(*) FROM sqlite_master", &things);
    if (result != STORE_OK)
        return result;
    if (id != STORE_APPLICATION_ID) {
        *out = id == 0 && version == 0 && things == 0 ? OWNER_NOBODY : OWNER_USER;
        return STORE_OK;
    }
    *out = OWNER_KPIC;
    if (version == STORE_VERSION)
        return STORE_OK;
    Diag *diag =
        diag_add(sql->session->diags, DIAG_store_newer, (Span){0},
                 "'%s' is a store of version %" PRId64 ", and this program knows version %d",
                 sql->path, version, STORE_VERSION);
    diag_help(diag, "use a newer kpic, or import the files again into a new store");
    return STORE_DAMAGED;
}

static bool journal_beside(Session *session, const char *path) {
    uint64_t size = 0;
    const char *journal = arena_printf(session->arena, "%s-journal", path);
    return path_kind(journal, &size) == PATH_FILE && size > 0;
}

StoreResult sql_look(Session *session, const char *path, SqlLook *out) {
    FileReader *file = file_open(path);
    if (!file)
        return fault_unreadable(session, path, strerror(errno));
    unsigned char header[FILE_HEADER];
    bool failed = false;
    size_t len = file_read(file, (char *)header, sizeof header, &failed);
    int error = errno;
    file_close(file);
    if (failed)
        return fault_unreadable(session, path, strerror(error));
    *out = (SqlLook){.empty = len == 0, .cut_off = journal_beside(session, path)};
    if (len < sizeof header || memcmp(header, FILE_MAGIC, sizeof FILE_MAGIC) != 0)
        return STORE_OK;
    const unsigned char *id = header + FILE_APPLICATION_ID;
    out->sqlite = true;
    out->wal = header[FILE_READ_VERSION] == 2;
    out->ours = (id[0] << 24 | id[1] << 16 | id[2] << 8 | id[3]) == STORE_APPLICATION_ID;
    return STORE_OK;
}

StoreResult sql_not_a_store(Session *session, const char *path, const SqlLook *look) {
    const char *what = look->cut_off ? "an import into it was cut off before its end"
                       : look->empty ? "the file is empty"
                                     : "it does not start as an SQLite file does";
    Diag *diag = diag_add(session->diags, DIAG_not_a_store, (Span){0}, "'%s' is no data store: %s",
                          path, what);
    if (look->cut_off)
        diag_help(diag, "import the file again");
    else
        diag_help(diag,
                  "a store is an SQLite file (kpic import makes one) or a folder of CSV files");
    return STORE_DAMAGED;
}

static bool starts_folded(const char *name, const char *start) {
    for (; *start; name++, start++) {
        char c = *name >= 'A' && *name <= 'Z' ? (char)(*name - 'A' + 'a') : *name;
        if (c != *start)
            return false;
    }
    return true;
}

bool sql_name_reserved(const char *name) {
    return starts_folded(name, "kpic_") || starts_folded(name, "sqlite_");
}
