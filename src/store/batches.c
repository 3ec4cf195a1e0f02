#include "store/batches.h"

#include <string.h>

#include "base/vec.h"

StoreResult batches_read(const Sql *sql, const char *table, Arena *arena, Batches *out) {
    sqlite3_stmt *statement;
    VEC(Batch) batches = {0};
    *out = (Batches){0};
    StoreResult result = sql_prepare(sql,
                                     "SELECT first_row, last_row, file FROM kpic_import"
                                     " WHERE table_name = ?1 ORDER BY first_row",
                                     &statement);
    if (result != STORE_OK)
        return result;
    sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        const char *file = (const char *)sqlite3_column_text(statement, 2);
        file = file ? file : "";
        Batch batch = {sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1),
                       arena_copy_text(arena, file, strlen(file))};
        vec_push(arena, &batches, batch);
    }
    if (code != SQLITE_DONE)
        result = sql_fault(sql, code);
    sqlite3_finalize(statement);
    *out = (Batches){batches.items, batches.len};
    return result;
}

const Batch *batch_at(const Batches *batches, int64_t row, size_t *place) {
    while (*place < batches->len && batches->items[*place].last < row)
        ++*place;
    return *place < batches->len ? &batches->items[*place] : NULL;
}
