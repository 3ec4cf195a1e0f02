/* A PostgreSQL server as the store uses it: connections, statements, and what its errors mean to
 * the user. Only files of store/ include this.
 *
 * A connection is one Server; a store may hold several of them. Everything that is read through one
 * between server_begin and server_close is of one moment. Passwords never come in on the command
 * line: libpq finds them in a password file, a service file or the environment, and no message has
 * them. What is running can be cancelled from a signal handler by store_cancel_running().
 */
#ifndef STORE_SERVER_H
#define STORE_SERVER_H

#include "base/session.h"
#include "store/libpq.h"
#include "store/store.h"

typedef struct Server {
    Session *session;
    const char *path; /* the address as it was given, which holds no password */
    PGconn *link;
    size_t cancel; /* its place among what can be cancelled */
} Server;

/* Types of PostgreSQL by their numbers, which never change. */
typedef enum ServerType {
    TYPE_BOOL = 16,
    TYPE_CHAR = 18,
    TYPE_NAME = 19,
    TYPE_INT8 = 20,
    TYPE_INT2 = 21,
    TYPE_INT4 = 23,
    TYPE_TEXT = 25,
    TYPE_FLOAT4 = 700,
    TYPE_FLOAT8 = 701,
    TYPE_BPCHAR = 1042,
    TYPE_VARCHAR = 1043,
    TYPE_DATE = 1082,
    TYPE_TIMESTAMP = 1114,
    TYPE_NUMERIC = 1700,
    TYPE_UUID = 2950
} ServerType;

/* One parameter or result as text. */
typedef struct ServerParameters {
    const char *const *texts;
    const Oid *types; /* NULL: the server infers them */
    size_t len;
} ServerParameters;

/* Whether the address can be used as it is, and shown: it holds no secret. If not, told; `place`
 * says in which file it stands (NULL: it was given on the command line). */
StoreResult server_check_address(Session *session, const char *path, const char *place);
/* A message of libpq or of the server, in one line. */
void server_put_line(StrBuf *out, const char *text);
/* Connects, with settings under which the same statement gives the same answer everywhere.
 * `timeout` is in seconds for each statement; 0 leaves it to the server. Not STORE_OK: told,
 * nothing to close.
 */
StoreResult server_open(Server *server, Session *session, const char *path, int timeout);
/* The same, under a name that messages show in place of the address. */
StoreResult server_open_named(Server *server, Session *session, const char *path, const char *name,
                              int timeout);
/* The same by the options of a connection, a secret among them, which no message has. */
typedef struct ServerOptions {
    const char *const *keywords, *const *values;
    size_t len;
} ServerOptions;
StoreResult server_open_options(Server *server, Session *session, const ServerOptions *options,
                                const char *name, int timeout);
void server_close(Server *server);
/* Begins reading: all statements see one moment, and none can write. */
StoreResult server_begin(const Server *server);
/* Marks the step that follows, within such a transaction: if it fails, the next mark takes it back,
 * and what follows then can still be read. */
StoreResult server_step(const Server *server);

/* Tells what went wrong, by the result (may be NULL) or the connection. */
StoreResult server_fault(const Server *server, const PGresult *result);
/* One or more statements without parameters and results. */
StoreResult server_run(const Server *server, const char *text);
/* One statement with parameters; on STORE_OK the caller ends *out with PQclear. */
StoreResult server_query(const Server *server, const char *text, const ServerParameters *parameters,
                         PGresult **out);
/* A whole number of a result: one that the statement is known to give. */
int64_t server_integer(const PGresult *result, int row, int column);

#endif
