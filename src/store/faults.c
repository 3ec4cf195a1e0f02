#include "store/faults.h"

#include <errno.h>
#include <string.h>

Span faults_span(Faults *faults) {
    if (faults->src == 0)
        faults->src = sources_add(faults->session->sources, faults->place, "", 0);
    return (Span){.src = faults->src};
}

Diag *faults_add(Faults *faults, DiagCode code, const char *format, ...) {
    if (faults->found++ >= FAULTS_TOLD)
        return NULL;
    StrBuf words = {0};
    va_list args;
    va_start(args, format);
    strbuf_addv(&words, format, args);
    va_end(args);
    Diag *diag =
        diag_add(faults->session->diags, code, faults_span(faults), "%s", strbuf_text(&words));
    strbuf_fini(&words);
    return diag;
}

StoreResult faults_end(Faults *faults) {
    if (faults->found > FAULTS_TOLD)
        diag_add(faults->session->diags, DIAG_data_more_faults, faults_span(faults),
                 "and %zu more faults like these, %zu in all", faults->found - FAULTS_TOLD,
                 faults->found);
    return faults->found > 0 ? STORE_REFUSED : STORE_OK;
}

StoreResult fault_missing_path(Session *session, const char *path) {
    diag_add(session->diags, DIAG_path_missing, (Span){0}, "there is no file or folder '%s'", path);
    return STORE_UNAVAILABLE;
}

StoreResult fault_unreadable(Session *session, const char *path, const char *why) {
    diag_add(session->diags, DIAG_path_unreadable, (Span){0}, "'%s' cannot be read: %s", path, why);
    return STORE_UNAVAILABLE;
}

StoreResult fault_no_file(Session *session, const char *path, PathKind kind) {
    switch (kind) {
    case PATH_NONE:
        return fault_missing_path(session, path);
    case PATH_FOLDER:
        return fault_unreadable(session, path, "it is a folder");
    case PATH_OTHER:
        return fault_unreadable(session, path, "it is neither a file nor a folder");
    case PATH_FILE:
    case PATH_HIDDEN:
        break;
    }
    return fault_unreadable(session, path, strerror(errno));
}
