/* Reading tables. */
#include <string.h>

#include "engine/reference/data.h"
#include "sema/analyse.h"
#include "sema/tests.h"

Value data_value(const LoadedTable *loaded, const ColumnModel *column, size_t row) {
    return packed_value(&loaded->table, loaded->place[column->index], row);
}

LoadedTable *data_table(Data *data, const SourceModel *source) {
    LoadedTable *loaded = &data->tables[source->index];
    if (data->written_only && !loaded->source && source->table)
        data->lacked = source;
    return loaded;
}

int64_t data_row_number(const LoadedTable *loaded, size_t row) {
    return packed_row_number(&loaded->table, row);
}

/* The specification of the needed columns alone; at least one, so that there are rows to count. */
static TableSpec narrow_spec(Data *data, const PlanTable *planned, size_t *place) {
    const SourceModel *source = planned->source;
    TableSpec spec = *source_table_spec(data->session, source);
    ColumnSpec *columns = arena_array(data->run, spec.columns_len + 1, sizeof *columns);
    bool any = false;
    for (size_t i = 0; i < source->columns_len; i++)
        any = any || (planned->needed[i] && source->columns[i].field);
    size_t kept = 0, stored = 0;
    for (size_t i = 0; i < source->columns_len; i++) {
        place[i] = NO_ROW;
        if (!source->columns[i].field)
            continue;
        if (planned->needed[i] || !any) {
            place[i] = kept;
            columns[kept++] = spec.columns[stored];
            any = true;
        }
        stored++;
    }
    spec.columns = columns;
    spec.columns_len = kept;
    return spec;
}

/* Rows written in the definitions, cut to the columns of the specification. */
static void narrow_cells(Data *data, const SourceModel *source, const size_t *place,
                         TableSpec *spec) {
    const char **cells =
        arena_array(data->run, source->rows_len * spec->columns_len, sizeof *cells);
    for (size_t row = 0; row < source->rows_len; row++)
        for (size_t i = 0; i < source->columns_len; i++)
            if (place[i] != NO_ROW)
                cells[row * spec->columns_len + place[i]] =
                    source->cells[row * source->columns_len + i];
    spec->cells = cells;
    spec->rows_len = source->rows_len;
}

/* The records of a test: what it leaves out is missing and no fault. */
static StoreResult load_given(Data *data, const PlanTable *planned, LoadedTable *loaded,
                              TableSpec *spec) {
    const SourceModel *source = planned->source;
    const GivenTable *given = data->given[source->index];
    ColumnSpec *columns = arena_array(data->run, spec->columns_len + 1, sizeof *columns);
    SourceModel rows = *source;
    memcpy(columns, spec->columns, spec->columns_len * sizeof *columns);
    for (size_t i = 0; i < source->columns_len; i++) {
        if (loaded->place[i] == NO_ROW)
            continue;
        ColumnSpec *column = &columns[loaded->place[i]];
        column->missing_allowed = column->missing_allowed || !given || !given->columns[i];
        if (given && !given->declared)
            column->date_format = column->yes = column->no = NULL;
    }
    spec->columns = columns;
    rows.cells = given ? given->cells : NULL;
    rows.rows_len = given ? given->rows_len : 0;
    narrow_cells(data, &rows, loaded->place, spec);
    spec->rows_made = given ? given->rows_len - given->written : 0;
    spec->span = given ? given->span : source->span;
    return store_load_packed_inline(data->session, spec, data->run, data->texts, &loaded->table);
}

/* The tables that wait for the store, which may read several at once. */
typedef struct Waiting {
    PackedLoad *loads;
    size_t len;
} Waiting;

/* Reads the table, or puts it among those that wait. */
static StoreResult load_table(Data *data, const PlanTable *planned, Store *store,
                              Waiting *waiting) {
    const SourceModel *source = planned->source;
    LoadedTable *loaded = &data->tables[source->index];
    size_t *place = arena_array(data->run, source->columns_len, sizeof *place);
    TableSpec *spec = arena_alloc(data->run, sizeof *spec);
    *spec = narrow_spec(data, planned, place);
    *loaded = (LoadedTable){.source = source, .place = place, .followed = planned->followed};
    loaded->index = arena_array(data->run, source->columns_len, sizeof *loaded->index);
    if (data->given)
        return load_given(data, planned, loaded, spec);
    if (!source->table) {
        narrow_cells(data, source, place, spec);
        return store_load_packed_inline(data->session, spec, data->run, data->texts,
                                        &loaded->table);
    }
    if (data->written_only) {
        *loaded = (LoadedTable){0};
        return STORE_OK;
    }
    if (!store) {
        diag_add(data->session->diags, DIAG_no_store, source->span,
                 "'%s' reads the table '%s', but no data was given", source->name, source->table);
        return STORE_UNAVAILABLE;
    }
    waiting->loads[waiting->len++] = (PackedLoad){.spec = spec, .out = &loaded->table};
    return STORE_OK;
}

/* All tables are tried, so that one run tells of every bad value. */
static StoreResult load_tables(Data *data, const Plan *plan, Store *store) {
    StoreResult worst = STORE_OK;
    Waiting waiting = {
        .loads = arena_array(data->run, plan->tables_len, sizeof *waiting.loads),
    };
    for (size_t i = 0; i < plan->tables_len; i++) {
        StoreResult result = load_table(data, &plan->tables[i], store, &waiting);
        worst = result > worst ? result : worst;
    }
    if (waiting.len > 0)
        store_load_packed_all(store, waiting.loads, waiting.len, data->run, data->texts);
    for (size_t i = 0; i < waiting.len; i++)
        worst = waiting.loads[i].result > worst ? waiting.loads[i].result : worst;
    return worst;
}

/* Whether a link that is followed leads to rows of the source. */
static bool is_linked(const Plan *plan, const SourceModel *source) {
    for (size_t i = 0; i < plan->tables_len; i++) {
        const PlanTable *planned = &plan->tables[i];
        for (size_t c = 0; c < planned->source->columns_len; c++)
            if (planned->followed[c] && planned->source->columns[c].type.row == source)
                return true;
    }
    return false;
}

static StoreResult load(Session *session, const Plan *plan, Store *store, bool written_only,
                        Arena *run, Data *out) {
    const Model *model = plan->model;
    *out = (Data){.session = session,
                  .run = run,
                  .model = model,
                  .texts = atoms_new(run),
                  .given = plan->given,
                  .written_only = written_only};
    out->tables = arena_array(run, model->sources_len, sizeof *out->tables);
    out->calendars = arena_array(run, model->calendars_len, sizeof *out->calendars);
    out->members = arena_array(run, model->neighbours_len, sizeof *out->members);
    out->lookups = arena_array(run, model->rowvars, sizeof *out->lookups);
    StoreResult result = load_tables(out, plan, store);
    if (result != STORE_OK)
        return result;
    for (size_t i = 0; i < plan->tables_len; i++) {
        const SourceModel *source = plan->tables[i].source;
        if (out->tables[source->index].source)
            keys_build(out, data_table(out, source), is_linked(plan, source));
    }
    return STORE_OK;
}

StoreResult data_load(Session *session, const Plan *plan, Store *store, Arena *run, Data *out) {
    return load(session, plan, store, false, run, out);
}

StoreResult data_load_written(Session *session, const Plan *plan, Arena *run, Data *out) {
    return load(session, plan, NULL, true, run, out);
}

void data_end(Data *data) {
    atoms_free(data->texts);
}
