#include "store/server.h"

#include <string.h>

#include "store/encoding.h"
#include "store/server_cancel.h"

#define CONNECT_SECONDS "10"

/* ---- addresses -------------------------------------------------------------------------------
 */

bool store_is_server(const char *path) {
    static const char *const starts[] = {"postgresql://", "postgres://"};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        if (strncmp(path, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

/* Messages of libpq and of the server are one line here. */
void server_put_line(StrBuf *out, const char *text) {
    size_t len = text ? strlen(text) : 0;
    trim_blanks(&text, &len);
    for (size_t i = 0; i < len; i++) {
        if (!is_blank(text[i]))
            strbuf_add_char(out, text[i]);
        else if (!is_blank(text[i - 1]))
            strbuf_add_char(out, ' ');
    }
}

static StoreResult bad_address(Session *session, const char *place) {
    /* The address may hold a password just where it is misspelt: it is not shown. */
    Diag *diag = diag_add(session->diags, DIAG_server_address, (Span){0},
                          "this is no address of a PostgreSQL database%s", place ? place : "");
    diag_help(diag, "postgresql://USER@HOST:PORT/DATABASE, or postgresql://?service=NAME");
    return STORE_UNAVAILABLE;
}

static StoreResult has_password(Session *session, const char *place, const char *keyword) {
    Diag *diag = diag_add(session->diags, DIAG_server_password_given, (Span){0},
                          "the address of the database holds a secret ('%s')%s", keyword,
                          place ? place : ": others on this computer can read a command line");
    diag_help(diag, "leave it out; PostgreSQL's own password file (~/.pgpass, or the one that "
                    "PGPASSFILE names) or service file is read");
    return STORE_UNAVAILABLE;
}

static StoreResult no_library(Session *session, const char *why) {
    Diag *diag = diag_add(session->diags, DIAG_server_unreachable, (Span){0},
                          "no PostgreSQL server can be connected to: its library cannot be "
                          "used: %s",
                          why);
    diag_help(diag, "install the library of PostgreSQL's clients: libpq5 on Debian");
    return STORE_UNAVAILABLE;
}

StoreResult server_check_address(Session *session, const char *path, const char *place) {
    char *error = NULL;
    const char *why = libpq_open();
    if (why)
        return no_library(session, why);
    PQconninfoOption *options = PQconninfoParse(path, &error);
    PQfreemem(error);
    if (!options)
        return bad_address(session, place);
    StoreResult result = STORE_OK;
    for (const PQconninfoOption *option = options; result == STORE_OK && option->keyword; option++)
        /* libpq marks what a form should not show with a star. */
        if (option->val && option->dispchar[0] == '*')
            result = has_password(session, place, option->keyword);
    PQconninfoFree(options);
    return result;
}

/* ---- connecting ------------------------------------------------------------------------------
 */

/* The environment or a service file may say how long to wait; else not for ever. */
static bool waits_by_itself(const char *path) {
    bool waits = false;
    PQconninfoOption *options = PQconninfoParse(path, NULL);
    PQconninfoOption *defaults = PQconndefaults();
    for (const PQconninfoOption *option = options; option && option->keyword; option++)
        if ((strcmp(option->keyword, "connect_timeout") == 0 ||
             strcmp(option->keyword, "service") == 0) &&
            option->val)
            waits = true;
    for (const PQconninfoOption *option = defaults; option && option->keyword; option++)
        if ((strcmp(option->keyword, "connect_timeout") == 0 ||
             strcmp(option->keyword, "service") == 0) &&
            option->val)
            waits = true;
    PQconninfoFree(options);
    PQconninfoFree(defaults);
    return waits;
}

#define CONNECT_OPTIONS 4 /* of our own, and the end of the list */

static PGconn *connect(const ServerOptions *options, bool waits) {
    size_t len = 0, most = options->len + CONNECT_OPTIONS;
    const char **keywords = memory_alloc(2 * most * sizeof(const char *));
    const char **values = keywords + most;
    keywords[len] = "fallback_application_name";
    values[len++] = "kpic";
    for (size_t i = 0; i < options->len; i++, len++) {
        keywords[len] = options->keywords[i];
        values[len] = options->values[i];
        waits = waits || strcmp(options->keywords[i], "connect_timeout") == 0;
    }
    keywords[len] = "client_encoding";
    values[len++] = "UTF8";
    if (!waits) {
        keywords[len] = "connect_timeout";
        values[len++] = CONNECT_SECONDS;
    }
    keywords[len] = values[len] = NULL;
    PGconn *link = PQconnectdbParams(keywords, values, 1);
    memory_free(keywords);
    return link;
}

static StoreResult unreachable(const Server *server) {
    StrBuf words = {0};
    server_put_line(&words, PQerrorMessage(server->link));
    Session *session = server->session;
    if (PQconnectionNeedsPassword(server->link) || PQconnectionUsedPassword(server->link)) {
        bool used = PQconnectionNeedsPassword(server->link) == 0;
        Diag *diag = diag_add(session->diags, DIAG_server_login, (Span){0},
                              "'%s' did not let you in: %s", server->path, strbuf_text(&words));
        diag_help(diag, "%s",
                  used ? "the password that was found for it is another one; a password file has "
                         "lines of HOST:PORT:DATABASE:USER:PASSWORD"
                       : "no password was found for it: put one into ~/.pgpass, or into the file "
                         "that PGPASSFILE names, as HOST:PORT:DATABASE:USER:PASSWORD");
    } else {
        diag_add(session->diags, DIAG_server_unreachable, (Span){0},
                 "'%s' cannot be connected to: %s", server->path, strbuf_text(&words));
    }
    strbuf_fini(&words);
    return STORE_UNAVAILABLE;
}

/* Server processes that guess, compile or start anywhere are told not to; a database of another
 * kind that does not know a setting is left alone. */
#define SETTINGS                                                                                   \
    "SELECT pg_catalog.set_config(name, setting, false) FROM (VALUES"                              \
    " ('jit', 'off'), ('synchronize_seqscans', 'off'), ('DateStyle', 'ISO, YMD'),"                 \
    " ('TimeZone', 'UTC'), ('lc_numeric', 'C'), ('enable_partitionwise_aggregate', 'on'),"         \
    " ('enable_partitionwise_join', 'on'), ('enable_async_append', 'on'),"                         \
    " ('statement_timeout', $1)) AS v (name, setting)"                                             \
    " WHERE pg_catalog.current_setting(name, true) IS NOT NULL AND setting <> ''"

static StoreResult settings(const Server *server, int timeout) {
    char milliseconds[32] = "";
    if (timeout > 0) {
        StrBuf text = {0};
        strbuf_addf(&text, "%lld", timeout * 1000LL);
        memcpy(milliseconds, strbuf_text(&text), text.len + 1);
        strbuf_fini(&text);
    }
    const char *texts[] = {milliseconds};
    ServerParameters parameters = {.texts = texts, .len = 1};
    PGresult *result;
    StoreResult outcome = server_query(server, SETTINGS, &parameters, &result);
    if (outcome == STORE_OK)
        PQclear(result);
    return outcome;
}

/* Notices of the server are not printed by anybody. */
static void notice_drop(void *context, const PGresult *result) {
    (void)context;
    (void)result;
}

StoreResult server_open(Server *server, Session *session, const char *path, int timeout) {
    return server_open_named(server, session, path, path, timeout);
}

/* After connecting. */
static StoreResult opened(Server *server, int timeout) {
    StoreResult result = STORE_OK;
    if (PQstatus(server->link) != CONNECTION_OK) {
        result = unreachable(server);
    } else {
        PQsetNoticeReceiver(server->link, notice_drop, NULL);
        server->cancel = cancel_add(server->link);
        result = settings(server, timeout);
    }
    if (result != STORE_OK)
        server_close(server);
    return result;
}

StoreResult server_open_named(Server *server, Session *session, const char *path, const char *name,
                              int timeout) {
    static const char *const keyword = "dbname";
    *server = (Server){.session = session, .path = name, .cancel = SIZE_MAX};
    StoreResult result = server_check_address(session, path, NULL);
    if (result != STORE_OK)
        return result;
    server->link = connect(&(ServerOptions){&keyword, &path, 1}, waits_by_itself(path));
    return opened(server, timeout);
}

StoreResult server_open_options(Server *server, Session *session, const ServerOptions *options,
                                const char *name, int timeout) {
    *server = (Server){.session = session, .path = name, .cancel = SIZE_MAX};
    server->link = connect(options, false);
    return opened(server, timeout);
}

void server_close(Server *server) {
    cancel_remove(server->cancel);
    server->cancel = SIZE_MAX;
    PQfinish(server->link);
    server->link = NULL;
}

StoreResult server_begin(const Server *server) {
    return server_run(server, "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
}

StoreResult server_step(const Server *server) {
    return server_run(server, PQtransactionStatus(server->link) == PQTRANS_INERROR
                                  ? "ROLLBACK TO kpic_step"
                                  : "SAVEPOINT kpic_step");
}

/* ---- what errors mean ------------------------------------------------------------------------
 */

typedef struct Meaning {
    const char *state; /* the start of an SQLSTATE */
    DiagCode code;
    StoreResult result;
    const char *words, *help;
} Meaning;

static const Meaning meanings[] = {
    {"57014", DIAG_server_stopped, STORE_UNAVAILABLE, "stopped the statement",
     "--timeout SECONDS gives each statement so long; without it the server's own limit holds"},
    {"57P", DIAG_server_lost, STORE_UNAVAILABLE, "ended the connection", NULL},
    {"08", DIAG_server_lost, STORE_UNAVAILABLE, "ended the connection", NULL},
    {"42501", DIAG_server_permission, STORE_UNAVAILABLE, "does not permit this",
     "ask whoever runs the database for the right to read (SELECT), and to import, to write"},
    {"25006", DIAG_server_permission, STORE_UNAVAILABLE, "can only be read from", NULL},
    {"531", DIAG_disk_full, STORE_UNAVAILABLE, "has no room left on its disk", NULL},
    {"55P03", DIAG_store_busy, STORE_UNAVAILABLE, "is in use: another program holds a table", NULL},
    {"40", DIAG_store_busy, STORE_UNAVAILABLE, "is in use: another program changes the same",
     "try again"},
    {"XX001", DIAG_store_damaged, STORE_DAMAGED, "is damaged", NULL},
    {"XX002", DIAG_store_damaged, STORE_DAMAGED, "is damaged", NULL},
    {"53", DIAG_store_failed, STORE_UNAVAILABLE, "is overloaded", NULL},
    {"58", DIAG_store_failed, STORE_UNAVAILABLE, "could not read or write its files", NULL},
    {"", DIAG_store_query_failed, STORE_REFUSED, "gave an error", NULL},
};

static const Meaning *meaning_of(const char *state) {
    size_t i = 0;
    while (strncmp(state, meanings[i].state, strlen(meanings[i].state)) != 0)
        i++;
    return &meanings[i];
}

StoreResult server_fault(const Server *server, const PGresult *result) {
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *words = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    /* What the server did not say comes of the connection. */
    if (!state && (result || PQstatus(server->link) != CONNECTION_OK))
        state = "08006";
    const Meaning *meaning = meaning_of(state ? state : "");
    StrBuf line = {0};
    server_put_line(&line, words ? words : PQerrorMessage(server->link));
    Diag *diag = diag_add(server->session->diags, meaning->code, (Span){0}, "'%s' %s: %s",
                          server->path, meaning->words, strbuf_text(&line));
    if (meaning->help)
        diag_help(diag, "%s", meaning->help);
    strbuf_fini(&line);
    return meaning->result;
}

/* ---- statements ------------------------------------------------------------------------------
 */

StoreResult server_run(const Server *server, const char *text) {
    PGresult *result = PQexec(server->link, text);
    ExecStatusType status = PQresultStatus(result);
    StoreResult outcome = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK
                              ? STORE_OK
                              : server_fault(server, result);
    PQclear(result);
    return outcome;
}

StoreResult server_query(const Server *server, const char *text, const ServerParameters *parameters,
                         PGresult **out) {
    static const ServerParameters none = {0};
    if (!parameters)
        parameters = &none;
    *out = PQexecParams(server->link, text, (int)parameters->len, parameters->types,
                        parameters->texts, NULL, NULL, 0);
    ExecStatusType status = PQresultStatus(*out);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
        return STORE_OK;
    StoreResult result = server_fault(server, *out);
    PQclear(*out);
    *out = NULL;
    return result;
}

int64_t server_integer(const PGresult *result, int row, int column) {
    Num number;
    int64_t out = 0;
    const char *text = PQgetvalue(result, row, column);
    if (num_parse(text, strlen(text), &number, NULL))
        num_to_int64(number, &out);
    return out;
}
