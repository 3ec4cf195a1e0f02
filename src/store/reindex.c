/* Making the columns anew that lie beside the rows of an imported store. */
#include "store/faults.h"
#include "store/target.h"

static StoreResult not_imported(Session *session, const char *path) {
    Diag *diag = diag_add(session->diags, DIAG_not_a_store, (Span){0},
                          "'%s' is no data store: nothing was imported into it", path);
    diag_help(diag, "kpic import FILE... --store %s", path);
    return STORE_DAMAGED;
}

static StoreResult reindex(Target *target, size_t *tables) {
    int64_t kept;
    StoreResult result = target_begin(target, true);
    if (result == STORE_OK)
        result = target_reindex(target);
    if (result == STORE_OK)
        result = segments_complete(&target->sql, &target->segments);
    if (result == STORE_OK)
        result =
            sql_integer(&target->sql, "SELECT count(*) FROM kpic_segment_table WHERE kept", &kept);
    if (result == STORE_OK)
        result = target_commit(target);
    if (result == STORE_OK)
        *tables = (size_t)kept;
    return result;
}

StoreResult store_reindex(Session *session, const char *path, size_t *tables) {
    uint64_t size = 0;
    PathKind kind = path_kind(path, &size);
    if (kind != PATH_FILE)
        return fault_no_file(session, path, kind);
    if (size == 0)
        return not_imported(session, path);
    Target target;
    StoreResult result = target_open(&target, session, &(ImportOptions){.store = path});
    if (result == STORE_OK)
        result = reindex(&target, tables);
    target_close(&target);
    return result;
}
