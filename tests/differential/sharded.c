#include "tests/differential/sharded.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/placement.h"
#include "sema/analyse.h"

static StatementPlaces places;

/* What is in the store: the tables of the pair that came last. */
static struct Tables {
    StrBuf rows; /* of all its sources */
    unsigned number;
} tables;

bool sharded_is_there(void) {
    return getenv("KPIC_TEST_SHARDS") != NULL;
}

StatementPlaces sharded_places(void) {
    return places;
}

/* ---- files ---- */

static void add_cell(StrBuf *out, const char *cell) {
    strbuf_add_char(out, '"');
    for (const char *c = cell ? cell : ""; *c; c++)
        strbuf_add(out, *c == '"' ? "\"\"" : (const char[]){*c, '\0'});
    strbuf_add_char(out, '"');
}

static void add_rows(StrBuf *out, const SourceModel *source) {
    bool first = true;
    for (size_t c = 0; c < source->columns_len; c++)
        if (source->columns[c].field) {
            strbuf_add(out, first ? "" : ",");
            add_cell(out, source->columns[c].field);
            first = false;
        }
    strbuf_add_char(out, '\n');
    for (size_t row = 0; row < source->rows_len; row++) {
        first = true;
        for (size_t c = 0; c < source->columns_len; c++)
            if (source->columns[c].field) {
                strbuf_add(out, first ? "" : ",");
                const char *cell = source->cells[row * source->columns_len + c];
                if (cell)
                    add_cell(out, cell);
                first = false;
            }
        strbuf_add_char(out, '\n');
    }
}

static void write_file(const char *path, const StrBuf *text) {
    FILE *file = fopen(path, "w");
    if (!file || fputs(strbuf_text(text), file) < 0 || fclose(file) != 0) {
        perror(path);
        exit(2);
    }
}

/* ---- the import ---- */

typedef struct Importing {
    Session *session;
    const Model *model;
    Placements placements;
    const TableSpec *spec; /* of the table that is next */
} Importing;

static const TableSpec *spec_of(void *context, const char *table) {
    (void)table;
    return ((Importing *)context)->spec;
}

/* Where two columns lead to a child, the table is put everywhere. */
static bool place_of(void *context, const char *table, const char *const *header, size_t len,
                     Placement *out) {
    Importing *importing = context;
    if (!placement_of(&importing->placements, table, header, len, false, out))
        *out = (Placement){0};
    return true;
}

static void fail(const Session *session) {
    StrBuf words = {0};
    diags_render_text(session->diags, &words, 0, false);
    fputs(strbuf_text(&words), stdout);
    exit(2);
}

static const char *name_of(Arena *arena, const SourceModel *source) {
    return arena_printf(arena, "t%u_%s", tables.number, source->name);
}

static ShardList read_list(Session *session) {
    const char *file = getenv("KPIC_TEST_SHARDS");
    ShardList list;
    char text[4096];
    FILE *stream = fopen(file, "r");
    size_t len = stream ? fread(text, 1, sizeof text, stream) : 0;
    if (!stream || fclose(stream) != 0 || !shards_parse(session, file, text, len, &list))
        fail(session);
    return list;
}

/* The sources have their tables' names by now. Connections stay for the next pair. */
static void import(const Model *model) {
    static Session *session;
    static ShardList list;
    static struct ServerTarget *held;
    static char folder[] = "kpic-pairs.XXXXXX"; /* below the current one */
    if (!session) {
        session = session_new();
        list = read_list(session);
    }
    Importing importing = {.session = session, .model = model};
    ImportOptions options = {.store = getenv("KPIC_TEST_DATABASE"),
                             .shards = &list,
                             .held = &held,
                             .spec_of = spec_of,
                             .place_of = place_of,
                             .context = &importing};
    strcpy(folder + sizeof folder - 1 - strlen("XXXXXX"), "XXXXXX");
    if (!mkdtemp(folder) || !placements_start(session, model, &list, &importing.placements))
        fail(session);
    for (size_t i = 0; i < model->sources_len; i++) {
        const SourceModel *source = model->sources[i];
        StrBuf rows = {0};
        ImportedFile imported;
        if (!source->cells)
            continue;
        const char *path = arena_printf(session->arena, "%s/%s.csv", folder, source->table);
        add_rows(&rows, source);
        write_file(path, &rows);
        strbuf_fini(&rows);
        importing.spec = source_table_spec(session, source);
        if (store_import_file(session, &options, path, &imported) != STORE_OK)
            fail(session);
        remove(path);
    }
    remove(folder);
}

/* ---- the run ---- */

/* A pair is run several times: its rows are imported once. */
static bool is_there(const Model *model) {
    StrBuf rows = {0};
    for (size_t i = 0; i < model->sources_len; i++)
        if (model->sources[i]->cells) {
            strbuf_addf(&rows, "%s\n", model->sources[i]->name);
            add_rows(&rows, model->sources[i]);
        }
    bool same = tables.number > 0 && strcmp(strbuf_text(&rows), strbuf_text(&tables.rows)) == 0;
    strbuf_fini(&tables.rows);
    tables.rows = rows;
    return same;
}

/* As it is after the last import; what it has to say is printed. */
static Store *opened(void) {
    static Session *session;
    static Store *store;
    static unsigned number;
    if (store && number == tables.number)
        return store;
    store_close(store);
    if (session)
        session_free(session);
    session = session_new();
    number = tables.number;
    if (store_open(session, getenv("KPIC_TEST_DATABASE"), ENCODING_UTF8, &store) != STORE_OK)
        fail(session);
    return store;
}

StoreResult sharded_run(Session *session, const Plan *plan, const EngineOptions *options,
                        Arena *run, Result *out) {
    const Model *model = plan->model;
    bool there = is_there(model);
    tables.number += !there;
    for (size_t i = 0; i < model->sources_len; i++)
        if (model->sources[i]->cells)
            ((SourceModel *)model->sources[i])->table = name_of(session->arena, model->sources[i]);
    if (!there)
        import(model);
    for (size_t i = 0; i < model->sources_len; i++)
        ((SourceModel *)model->sources[i])->cells = NULL;
    StoreResult result = engine_run(session, plan, opened(), options, run, out);
    places.shards += out->places.shards;
    places.coordinator += out->places.coordinator;
    places.gathered += out->places.gathered;
    return result;
}
