/* Streaming tables out of PostgreSQL: the needed columns alone, in their binary form, straight into
 * packed columns; two tables at once over two connections that see the same moment.
 *
 * Rows come as the table keeps them, which for a table that an import made is the order of the
 * import. Where it is not (the server may put a row anywhere), or where a value is bad, the table
 * is read once more in the order of its rows, so that messages speak of the same rows as ever.
 */
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "store/quote.h"
#include "store/records.h"
#include "store/server_column.h"
#include "store/server_store.h"

#define COPY_SIGNATURE "PGCOPY\n\377\r\n" /* and a NUL */
#define COPY_SIGNATURE_LEN 11
#define COPY_HEADER (COPY_SIGNATURE_LEN + 8) /* flags, and the length of what follows */

/* One table that is being read. */
typedef struct Loading {
    Store *store;
    const ServerTable *table;
    const CatalogTable *names;
    const TableSpec *spec;
    size_t *places; /* of the spec's columns in the table */
    ServerForm *forms;
    Arena *run;
    Atoms *texts;
    Faults faults;
    PackedTable *out;
    StoreResult *result;
    bool ordered; /* the server was told to put the rows in order */
    bool again;   /* what was read so far is no use: once more, in order */
    /* this reading */
    ServerColumnReader **readers; /* for each column of the spec */
    bool header;                  /* the header of the stream was read */
    bool ended;                   /* so was its end */
    size_t rows, piece_rows;
    int64_t key, number; /* of the last row */
    size_t batch;
    VEC(PackedRun) runs;
    StrBuf shown;
} Loading;

/* ---- beginning --------------------------------------------------------------------------------
 */

static bool forms_find(Loading *loading) {
    bool all = true;
    for (size_t i = 0; i < loading->spec->columns_len; i++) {
        const ServerColumn *column = &loading->table->columns[loading->places[i]];
        loading->forms[i] = server_form(column);
        if (loading->forms[i] != FORM_NONE)
            continue;
        all = false;
        Diag *diag =
            faults_add(&loading->faults, DIAG_server_type,
                       "table '%s', column '%s': its type is '%s', which is not read",
                       loading->spec->table, loading->spec->columns[i].field, column->type_name);
        if (!diag)
            continue;
        diag_note(diag, loading->spec->span, "source '%s' is declared here", loading->spec->source);
        diag_help(diag,
                  "dates, whole numbers, numeric, text and boolean are read: make a view that "
                  "casts the column to one of them");
    }
    return all;
}

static void put_columns(const Loading *loading, StrBuf *out) {
    bool ours = loading->table->ours;
    if (ours)
        strbuf_add(out, ROW_COLUMN);
    for (size_t i = 0; i < loading->spec->columns_len; i++) {
        if (i > 0 || ours)
            strbuf_add(out, ", ");
        quote_name(out, loading->table->columns[loading->places[i]].name);
        if (loading->forms[i] == FORM_CAST)
            strbuf_add(out, "::text");
    }
}

static StoreResult copy_begin(const Loading *loading, const Server *server) {
    StrBuf text = {0};
    strbuf_add(&text, "COPY (SELECT ");
    put_columns(loading, &text);
    strbuf_add(&text, " FROM ");
    quote_name(&text, loading->table->schema);
    strbuf_add_char(&text, '.');
    quote_name(&text, loading->table->name);
    server_put_published(&text, loading->table);
    if (loading->ordered)
        strbuf_add(&text, " ORDER BY " ROW_COLUMN);
    strbuf_add(&text, ") TO STDOUT (FORMAT binary)");
    StoreResult result = server_step(server);
    if (result == STORE_OK) {
        PGresult *began = PQexec(server->link, strbuf_text(&text));
        if (PQresultStatus(began) != PGRES_COPY_OUT)
            result = server_fault(server, began);
        PQclear(began);
    }
    strbuf_fini(&text);
    return result;
}

static void readers_new(Loading *loading) {
    size_t len = loading->spec->columns_len;
    loading->readers = memory_alloc((len + 1) * sizeof(ServerColumnReader *));
    for (size_t i = 0; i < len; i++)
        loading->readers[i] =
            server_column_new(loading->spec, i, loading->forms[i], loading->run, loading->texts);
    loading->header = loading->ended = loading->again = false;
    loading->rows = loading->piece_rows = loading->batch = loading->runs.len = 0;
    loading->key = INT64_MIN;
    loading->number = 0;
}

static void readers_free(Loading *loading) {
    for (size_t i = 0; loading->readers && i < loading->spec->columns_len; i++)
        server_column_free(loading->readers[i]);
    memory_free(loading->readers);
    loading->readers = NULL;
}

/* ---- rows -------------------------------------------------------------------------------------
 */

static uint64_t read_big(const char *bytes, size_t len) {
    uint64_t value = 0;
    for (size_t i = 0; i < len; i++)
        value = value << 8 | (unsigned char)bytes[i];
    return value;
}

/* One field: its bytes and their number; NULL is no bytes. False if the stream is cut off. */
static bool field_next(const char **at, const char *end, const char **bytes, size_t *len) {
    if (end - *at < 4)
        return false;
    uint32_t size = (uint32_t)read_big(*at, 4);
    *at += 4;
    *bytes = NULL;
    *len = 0;
    if (size == UINT32_MAX)
        return true;
    if ((uint64_t)(end - *at) < size)
        return false;
    *bytes = *at;
    *len = size;
    *at += size;
    return true;
}

static const ServerBatch *batch_of(Loading *loading, int64_t key) {
    const ServerTable *table = loading->table;
    while (loading->batch < table->batches_len && table->batches[loading->batch].last < key)
        loading->batch++;
    const ServerBatch *batch = &table->batches[loading->batch];
    return loading->batch < table->batches_len && batch->first <= key ? batch : NULL;
}

/* What messages call the row: its number in the file that it came from, or among those that came.
 */
static void number_take(Loading *loading, int64_t key) {
    const ServerBatch *batch = loading->table->ours ? batch_of(loading, key) : NULL;
    int64_t number = !loading->table->ours ? (int64_t)loading->rows + 1
                     : batch               ? key - batch->first + 1
                                           : key;
    if (loading->rows == 0 || number != loading->number + 1) {
        PackedRun run = {loading->rows, number};
        vec_push(loading->run, &loading->runs, run);
    }
    loading->number = number;
}

static void bad_value(Loading *loading, size_t column, const char *why) {
    if (loading->table->ours && !loading->ordered) {
        loading->again = true;
        return;
    }
    const ServerBatch *batch = loading->table->ours ? batch_of(loading, loading->key) : NULL;
    StrBuf place = {0};
    strbuf_addf(&place, "table '%s', row %" PRId64, loading->spec->table, loading->number);
    if (batch)
        strbuf_addf(&place, " of '%s'", batch->file);
    fault_value(&loading->faults, loading->spec, column, strbuf_text(&place),
                strbuf_text(&loading->shown), loading->shown.len, why);
    strbuf_fini(&place);
}

static void piece_end(Loading *loading) {
    for (size_t i = 0; i < loading->spec->columns_len; i++)
        server_column_piece(loading->readers[i]);
    loading->piece_rows = 0;
}

static bool row_take(Loading *loading, const char **at, const char *end) {
    const char *bytes;
    size_t len;
    if (loading->table->ours) {
        if (!field_next(at, end, &bytes, &len) || len != 8)
            return false;
        int64_t key = (int64_t)read_big(bytes, 8);
        loading->again = loading->again || (!loading->ordered && key <= loading->key);
        loading->key = key;
    }
    number_take(loading, loading->key);
    for (size_t i = 0; i < loading->spec->columns_len; i++) {
        if (!field_next(at, end, &bytes, &len) ||
            (bytes && !server_value_whole(loading->forms[i], bytes, len)))
            return false;
        const char *why =
            server_column_take(loading->readers[i], bytes, len, loading->number, &loading->shown);
        if (why)
            bad_value(loading, i, why);
    }
    loading->rows++;
    if (++loading->piece_rows == PIECE_ROWS)
        piece_end(loading);
    return true;
}

/* Some bytes of the stream: rows are never cut. */
static bool bytes_take(Loading *loading, const char *at, size_t size) {
    const char *end = at + size;
    size_t fields = loading->spec->columns_len + (loading->table->ours ? 1 : 0);
    if (!loading->header) {
        if (size < COPY_HEADER || memcmp(at, COPY_SIGNATURE, COPY_SIGNATURE_LEN) != 0)
            return false;
        uint64_t more = read_big(at + COPY_HEADER - 4, 4);
        if (more > size - COPY_HEADER)
            return false;
        at += COPY_HEADER + more;
        loading->header = true;
    }
    while (at < end && !loading->again) {
        if (end - at < 2 || loading->ended)
            return false;
        uint64_t count = read_big(at, 2);
        at += 2;
        loading->ended = count == UINT16_MAX;
        if (!loading->ended && (count != fields || !row_take(loading, &at, end)))
            return false;
    }
    return true;
}

/* ---- ending -----------------------------------------------------------------------------------
 */

static StoreResult not_understood(const Server *server) {
    diag_add(server->session->diags, DIAG_store_failed, (Span){0},
             "'%s' could not be read or written: it sends rows in a form that is not known",
             server->path);
    return STORE_UNAVAILABLE;
}

static StoreResult columns_end(Loading *loading) {
    PackedTable *out = loading->out;
    if (loading->piece_rows > 0)
        piece_end(loading);
    *out = (PackedTable){.rows = loading->rows,
                         .pieces_len = (loading->rows + PIECE_ROWS - 1) / PIECE_ROWS,
                         .columns_len = loading->spec->columns_len,
                         .runs = loading->runs.items,
                         .runs_len = loading->runs.len};
    out->columns = arena_array(loading->run, out->columns_len, sizeof *out->columns);
    for (size_t i = 0; i < out->columns_len; i++) {
        size_t row;
        if (server_column_end(loading->readers[i], &out->columns[i], &row))
            continue;
        if (loading->table->ours && !loading->ordered)
            loading->again = true;
        else
            faults_add(&loading->faults, DIAG_data_value,
                       "table '%s', row %" PRId64 ", column '%s': the number does not fit in 64 "
                       "bits with the decimal places that the column has",
                       loading->spec->table, packed_row_number(out, row),
                       loading->spec->columns[i].field);
    }
    return loading->again ? STORE_OK : faults_end(&loading->faults);
}

/* A divided table has every row that was imported, or none of it is used. */
static StoreResult whole(const Loading *loading, const Server *server) {
    const ServerTable *table = loading->table;
    ShardedRows rows = {loading->rows, server_table_rows(table)};
    if (!table->divided || rows.there == rows.imported)
        return STORE_OK;
    return server_shards_lost(server, table->schema, &loading->store->shards, table->name, rows);
}

/* Tells what went wrong, and which shard it was, if it was one. */
static StoreResult fault(const Loading *loading, const Server *server, const PGresult *failed) {
    StoreResult result = server_fault(server, failed);
    const ShardNames *shards = &loading->store->shards;
    if (loading->table->divided && PQstatus(server->link) == CONNECTION_OK)
        server_shards_look(server, loading->table->schema, shards);
    return result;
}

/* After the last bytes. */
static StoreResult copy_end(Loading *loading, const Server *server, bool understood) {
    StoreResult result = STORE_OK;
    PGresult *failed = NULL;
    for (PGresult *last; (last = PQgetResult(server->link));)
        if (PQresultStatus(last) != PGRES_COMMAND_OK && !failed)
            failed = last;
        else
            PQclear(last);
    if (failed)
        result = fault(loading, server, failed);
    PQclear(failed);
    if (result == STORE_OK && (!understood || (!loading->ended && !loading->again)))
        result = not_understood(server);
    if (result == STORE_OK)
        result = server_same_table(server, loading->table);
    if (result == STORE_OK && !loading->again)
        result = whole(loading, server);
    if (result == STORE_OK && !loading->again)
        result = columns_end(loading);
    return result;
}

/* ---- several tables at once -------------------------------------------------------------------
 */

/* A connection and the table that comes over it. */
typedef struct Stream {
    const Server *server;
    Loading *loading; /* NULL: none just now */
    bool understood;
} Stream;

static void loading_end(Loading *loading, StoreResult result) {
    *loading->result = result;
    readers_free(loading);
    strbuf_fini(&loading->shown);
}

static void stream_begin(Stream *stream, Loading *loading) {
    StoreResult result = copy_begin(loading, stream->server);
    if (result != STORE_OK) {
        loading_end(loading, result);
        return;
    }
    readers_new(loading);
    stream->loading = loading;
    stream->understood = true;
}

static void stream_end(Stream *stream) {
    Loading *loading = stream->loading;
    stream->loading = NULL;
    StoreResult result = copy_end(loading, stream->server, stream->understood);
    if (result == STORE_OK && loading->again) {
        readers_free(loading);
        loading->ordered = true;
        stream_begin(stream, loading);
        return;
    }
    loading_end(loading, result);
}

/* Takes what is there; true once nothing more will come. */
static bool stream_take(Stream *stream, bool wait) {
    char *bytes;
    int len;
    while ((len = PQgetCopyData(stream->server->link, &bytes, wait ? 0 : 1)) > 0) {
        if (stream->understood && !stream->loading->again)
            stream->understood = bytes_take(stream->loading, bytes, (size_t)len);
        PQfreemem(bytes);
    }
    return len < 0;
}

static void streams_wait(const Stream *streams, size_t len) {
    struct pollfd sockets[SERVERS_MOST];
    nfds_t count = 0;
    for (size_t i = 0; i < len; i++)
        if (streams[i].loading)
            sockets[count++] =
                (struct pollfd){.fd = PQsocket(streams[i].server->link), .events = POLLIN};
    /* A signal, or a time that passed, only means that all are looked at once more. */
    poll(sockets, count, 1000);
}

static size_t busy(const Stream *streams, size_t len) {
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += streams[i].loading ? 1 : 0;
    return count;
}

/* The next tables go to the streams that are free, as they become free. */
static void streams_run(Stream *streams, size_t streams_len, Loading **loadings, size_t len) {
    size_t next = 0;
    for (;;) {
        for (size_t i = 0; i < streams_len; i++)
            while (!streams[i].loading && next < len)
                stream_begin(&streams[i], loadings[next++]);
        size_t count = busy(streams, streams_len);
        if (count == 0)
            return;
        bool any = false;
        for (size_t i = 0; i < streams_len; i++)
            if (streams[i].loading && stream_take(&streams[i], count == 1)) {
                stream_end(&streams[i]);
                any = true;
            }
        if (!any)
            streams_wait(streams, streams_len);
        for (size_t i = 0; i < streams_len; i++)
            if (streams[i].loading)
                PQconsumeInput(streams[i].server->link);
    }
}

/* A second connection that sees the same moment; without one, one is enough. */
static void second_open(Store *store) {
    PGresult *snapshot = NULL;
    Server *second = &store->servers[1];
    Session *quiet = session_new();
    Server first = store->servers[0];
    first.session = quiet;
    if (store->servers_len == 1 &&
        server_query(&first, "SELECT pg_catalog.pg_export_snapshot()", NULL, &snapshot) ==
            STORE_OK &&
        server_open(second, quiet, store->path, store->timeout) == STORE_OK) {
        StrBuf text = {0};
        char *id = PQescapeLiteral(second->link, PQgetvalue(snapshot, 0, 0),
                                   (size_t)PQgetlength(snapshot, 0, 0));
        strbuf_addf(&text, "SET TRANSACTION SNAPSHOT %s", id ? id : "''");
        PQfreemem(id);
        if (server_begin(second) == STORE_OK &&
            server_run(second, strbuf_text(&text)) == STORE_OK) {
            store->servers_len = 2;
            second->session = store->session;
        } else {
            server_close(second);
        }
        strbuf_fini(&text);
    }
    PQclear(snapshot);
    session_free(quiet);
}

/* Sorts out what cannot be read before a byte is sent. */
static bool loading_check(Loading *loading) {
    const CatalogTable *names = loading->names;
    size_t len = loading->spec->columns_len;
    loading->places = arena_array(loading->run, len, sizeof *loading->places);
    loading->forms = arena_array(loading->run, len, sizeof *loading->forms);
    *loading->result = STORE_REFUSED;
    return fields_find(&loading->faults, loading->spec, names->columns, names->columns_len,
                       loading->places) &&
           forms_find(loading);
}

static int order_loadings(const void *a, const void *b) {
    const Loading *const *x = a, *const *y = b;
    int64_t left = (*x)->table->pages, right = (*y)->table->pages;
    if (left != right)
        return left > right ? -1 : 1;
    return (*x < *y) ? -1 : 1;
}

void server_load_all(Store *store, const ServerLoad *loads, size_t len, Arena *run, Atoms *texts) {
    Loading *loadings = memory_alloc((len + 1) * sizeof *loadings);
    Loading **ready = memory_alloc((len + 1) * sizeof(Loading *));
    size_t ready_len = 0;
    for (size_t i = 0; i < len; i++) {
        Loading *loading = &loadings[i];
        *loading = (Loading){.store = store,
                             .table = &store->server_tables[loads[i].table],
                             .names = &store->catalog.tables[loads[i].table],
                             .spec = loads[i].spec,
                             .run = run,
                             .texts = texts,
                             .faults = {.session = store->session, .place = store->path},
                             .out = loads[i].out,
                             .result = loads[i].result,
                             /* They come from several servers, mixed. */
                             .ordered = store->server_tables[loads[i].table].divided};
        /* Messages come in the order of the tables, whichever is read first. */
        faults_span(&loading->faults);
        if (loading_check(loading))
            ready[ready_len++] = loading;
    }
    /* The largest first: then both connections end at about the same time. */
    if (ready_len > 1) {
        qsort(ready, ready_len, sizeof *ready, order_loadings);
        second_open(store);
    }
    Stream streams[SERVERS_MOST] = {0};
    for (size_t i = 0; i < store->servers_len; i++)
        streams[i].server = &store->servers[i];
    streams_run(streams, store->servers_len, ready, ready_len);
    memory_free(ready);
    memory_free(loadings);
}

/* ---- row by row -------------------------------------------------------------------------------
 */

static void column_unpack(const PackedTable *from, size_t index, Arena *run, TableColumn *out) {
    const PackedColumn *column = &from->columns[index];
    uint8_t *missing = arena_array(run, from->rows, sizeof *missing);
    int64_t *numbers = arena_array(run, from->rows, sizeof *numbers);
    Date *dates = arena_array(run, from->rows, sizeof *dates);
    const char **texts = arena_array(run, from->rows, sizeof *texts);
    for (size_t row = 0; row < from->rows; row++) {
        Value value = packed_value(from, index, row);
        int64_t number = packed_number(&column->pieces[row / PIECE_ROWS], row % PIECE_ROWS);
        if (value.kind == VALUE_MISSING)
            missing[row] = (uint8_t)(1 + value.symbol);
        else if (column->kind == COLUMN_TEXT)
            texts[row] = column->texts[number];
        else if (column->kind == COLUMN_DATE)
            dates[row] = (Date)number;
        else
            numbers[row] = number;
    }
    bool plain = column->kind != COLUMN_TEXT && column->kind != COLUMN_DATE;
    *out = (TableColumn){.kind = column->kind,
                         .scale = column->scale,
                         .missing = missing,
                         .numbers = plain ? numbers : NULL,
                         .dates = column->kind == COLUMN_DATE ? dates : NULL,
                         .texts = column->kind == COLUMN_TEXT ? texts : NULL,
                         .faults = column->faults,
                         .first_fault = column->first_fault};
}

StoreResult server_load(Store *store, size_t table, const TableSpec *spec, Arena *run, Atoms *texts,
                        Table *out) {
    PackedTable packed = {0};
    StoreResult result = STORE_OK;
    ServerLoad load = {table, spec, &packed, &result};
    server_load_all(store, &load, 1, run, texts);
    *out = (Table){0};
    if (result != STORE_OK)
        return result;
    int64_t *numbers = arena_array(run, packed.rows, sizeof *numbers);
    out->columns = arena_array(run, packed.columns_len, sizeof *out->columns);
    for (size_t i = 0; i < packed.columns_len; i++)
        column_unpack(&packed, i, run, &out->columns[i]);
    for (size_t row = 0; row < packed.rows; row++)
        numbers[row] = packed_row_number(&packed, row);
    out->rows = packed.rows;
    out->columns_len = packed.columns_len;
    out->row_numbers = numbers;
    return STORE_OK;
}
