/* Faults of data, told one by one up to a limit, then only counted.
 *
 * The place of such a message is the data file (or database) by its name; the record, the line and
 * the column are in the words. To add a kind: a code in base/diag_codes_data.def.
 */
#ifndef STORE_FAULTS_H
#define STORE_FAULTS_H

#include "base/session.h"
#include "store/files.h"
#include "store/store.h"

#define FAULTS_TOLD 20

typedef struct Faults {
    Session *session;
    const char *place; /* the name of the file or database */
    uint32_t src;      /* its number among the sources, 0 until the first message */
    size_t found;
} Faults;

/* Where messages about the whole of it point. */
Span faults_span(Faults *faults);
/* NULL if the limit was passed; then it is only counted. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
Diag *
faults_add(Faults *faults, DiagCode code, const char *format, ...);
/* Says how many were not told. Gives STORE_REFUSED if any was found, else STORE_OK. */
StoreResult faults_end(Faults *faults);

/* Messages about files as a whole; all give STORE_UNAVAILABLE. */
StoreResult fault_missing_path(Session *session, const char *path);
StoreResult fault_unreadable(Session *session, const char *path, const char *why);
/* For a path that is no file that can be read: says what it is. */
StoreResult fault_no_file(Session *session, const char *path, PathKind kind);

#endif
