#include "store/libpq.h"

#include <pthread.h>

#include "base/late.h"

// clang-format off
#define LIBPQ(RESULT, NOTHING) \
    RESULT(int, PQcancel, (PGcancel *cancel, char *why, int size), (cancel, why, size)) \
    NOTHING(PQclear, (PGresult *result), (result)) \
    RESULT(PQconninfoOption *, PQconndefaults, (void), ()) \
    RESULT(PGconn *, PQconnectdbParams, (const char *const *keywords, const char *const *values, int expand), (keywords, values, expand)) \
    RESULT(int, PQconnectionNeedsPassword, (const PGconn *link), (link)) \
    RESULT(int, PQconnectionUsedPassword, (const PGconn *link), (link)) \
    NOTHING(PQconninfoFree, (PQconninfoOption *options), (options)) \
    RESULT(PQconninfoOption *, PQconninfoParse, (const char *text, char **why), (text, why)) \
    RESULT(int, PQconsumeInput, (PGconn *link), (link)) \
    RESULT(char *, PQerrorMessage, (const PGconn *link), (link)) \
    RESULT(char *, PQescapeLiteral, (PGconn *link, const char *text, size_t len), (link, text, len)) \
    RESULT(PGresult *, PQexec, (PGconn *link, const char *text), (link, text)) \
    RESULT(PGresult *, PQexecParams, (PGconn *link, const char *text, int len, const Oid *types, const char *const *values, const int *lengths, const int *formats, int format), (link, text, len, types, values, lengths, formats, format)) \
    NOTHING(PQfinish, (PGconn *link), (link)) \
    NOTHING(PQfreeCancel, (PGcancel *cancel), (cancel)) \
    NOTHING(PQfreemem, (void *memory), (memory)) \
    RESULT(Oid, PQftype, (const PGresult *result, int column), (result, column)) \
    RESULT(PGcancel *, PQgetCancel, (PGconn *link), (link)) \
    RESULT(int, PQgetCopyData, (PGconn *link, char **data, int async), (link, data, async)) \
    RESULT(PGresult *, PQgetResult, (PGconn *link), (link)) \
    RESULT(int, PQgetisnull, (const PGresult *result, int row, int column), (result, row, column)) \
    RESULT(int, PQgetlength, (const PGresult *result, int row, int column), (result, row, column)) \
    RESULT(char *, PQgetvalue, (const PGresult *result, int row, int column), (result, row, column)) \
    RESULT(int, PQlibVersion, (void), ()) \
    RESULT(int, PQntuples, (const PGresult *result), (result)) \
    RESULT(int, PQputCopyData, (PGconn *link, const char *data, int len), (link, data, len)) \
    RESULT(int, PQputCopyEnd, (PGconn *link, const char *why), (link, why)) \
    RESULT(char *, PQresultErrorField, (const PGresult *result, int field), (result, field)) \
    RESULT(char *, PQresultErrorMessage, (const PGresult *result), (result)) \
    RESULT(ExecStatusType, PQresultStatus, (const PGresult *result), (result)) \
    RESULT(int, PQsendQueryParams, (PGconn *link, const char *text, int len, const Oid *types, const char *const *values, const int *lengths, const int *formats, int format), (link, text, len, types, values, lengths, formats, format)) \
    RESULT(PQnoticeReceiver, PQsetNoticeReceiver, (PGconn *link, PQnoticeReceiver receiver, void *context), (link, receiver, context)) \
    RESULT(int, PQsetSingleRowMode, (PGconn *link), (link)) \
    RESULT(int, PQsocket, (const PGconn *link), (link)) \
    RESULT(ConnStatusType, PQstatus, (const PGconn *link), (link)) \
    RESULT(PGTransactionStatusType, PQtransactionStatus, (const PGconn *link), (link)) \
    RESULT(char *, PQuser, (const PGconn *link), (link))
// clang-format on

LATE_LIBRARY("libpq.so.5", libpq_open, LIBPQ)
