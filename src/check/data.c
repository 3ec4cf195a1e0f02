/* What the data contradicts. All that the sources declare is read, used or not; what tables and
 * columns the store lacks was said when the definitions were read. */
#include "check/checker.h"
#include "engine/reference/evaluate.h"
#include "engine/reference/rowset.h"
#include "plan/plan_build.h"
#include "sema/walk.h"

/* A column that is missing in fewer rows than one in so many is not told. */
enum { MISSING_TOLD = 20 };

/* ---- what to read ---- */

static bool is_stored(const SourceModel *source, const ColumnModel *column,
                      const CatalogTable *table) {
    return column->field && column->type.kind != TYPE_ERROR &&
           (source->cells || catalog_column(table, column->field) >= 0);
}

/* False: the source's table, or a column of its key, is not there. */
static bool plan_source(Arena *run, const SourceModel *source, const Catalog *catalog,
                        PlanTable *out) {
    const CatalogTable *table =
        source->table && catalog ? catalog_table(catalog, source->table) : NULL;
    if (!source->cells && !table)
        return false;
    *out = (PlanTable){.source = source,
                       .needed = arena_array(run, source->columns_len + 1, sizeof(bool)),
                       .followed = arena_array(run, source->columns_len + 1, sizeof(bool))};
    for (size_t i = 0; i < source->columns_len; i++)
        out->needed[i] = is_stored(source, &source->columns[i], table);
    for (size_t i = 0; i < source->key_len; i++)
        if (!out->needed[source->key[i]->index])
            return false;
    return true;
}

static bool is_read(const Plan *plan, const SourceModel *source) {
    for (size_t i = 0; i < plan->tables_len; i++)
        if (plan->tables[i].source == source)
            return true;
    return false;
}

static void follow_links(Plan *plan) {
    for (size_t i = 0; i < plan->tables_len; i++) {
        PlanTable *table = &plan->tables[i];
        for (size_t c = 0; c < table->source->columns_len; c++) {
            const ColumnModel *column = &table->source->columns[c];
            table->followed[c] = table->needed[c] && column->type.kind == TYPE_ROW &&
                                 is_read(plan, column->type.row);
        }
    }
}

static void plan_everything(const Checker *checker, const Catalog *catalog, Arena *run,
                            Plan *plan) {
    const Model *model = checker->model;
    *plan =
        (Plan){.model = model,
               .tables = arena_array(run, model->sources_len + 1, sizeof *plan->tables),
               .indicators = arena_array(run, model->indicators_len + 1, sizeof *plan->indicators)};
    for (size_t i = 0; i < model->sources_len; i++)
        if (plan_source(run, model->sources[i], catalog, &plan->tables[plan->tables_len]))
            plan->tables_len++;
    follow_links(plan);
    for (size_t i = 0; i < model->indicators_len; i++) {
        plan->indicators[i] = arena_alloc(run, sizeof *plan->indicators[i]);
        plan->indicators[i]->indicator = model->indicators[i];
    }
    plan->indicators_len = model->indicators_len;
}

/* ---- dates out of order ---- */

typedef struct Spells {
    Checker *checker;
    Evaluator *evaluator;
} Spells;

static bool is_period_word(void *context, const Expr *expr) {
    (void)context;
    return expr->kind == EXPR_PERIOD_WORD;
}

/* Whether the row's own spell ends before it begins. */
static bool is_backwards(Evaluator *evaluator, const Rowset *rows, size_t row) {
    rowset_bind(evaluator, rows, row);
    Outcome start = evaluate(evaluator, rows->start), end = evaluate(evaluator, rows->end);
    return start.kind == OUTCOME_KNOWN && end.kind == OUTCOME_KNOWN &&
           end.value.as.date < start.value.as.date;
}

static bool look_at_spells(void *context, const Rowset *rows) {
    const Spells *spells = context;
    Walk walk = {.expr = is_period_word};
    LoadedTable *loaded = data_table(spells->evaluator->data, rows->source);
    if (!rows->end || !loaded->source || walk_expr(&walk, rows->start) ||
        walk_expr(&walk, rows->end))
        return false;
    size_t backwards = 0, first = 0;
    for (size_t row = 0; row < loaded->table.rows; row++)
        if (is_backwards(spells->evaluator, rows, row) && backwards++ == 0)
            first = row;
    if (backwards == 0)
        return false;
    Span at = rows->end->kind == EXPR_COLUMN ? rows->end->as.column.column->span : rows->end->span;
    Diag *diag = check_say(spells->checker, CHECK_dates_out_of_order, at,
                           "%zu row%s of '%s' end%s before %s, first row %lld", backwards,
                           backwards == 1 ? "" : "s", rows->source->name, backwards == 1 ? "s" : "",
                           backwards == 1 ? "it begins" : "they begin",
                           (long long)data_row_number(loaded, first));
    diag_note(diag, rows->span, "by these dates");
    diag_help(diag, "such a row is open on no day: correct the record where it was made");
    return false;
}

/* ---- missing values ---- */

typedef struct Used {
    bool **columns; /* by source and column */
} Used;

static bool note_used(void *context, const Expr *expr) {
    const Used *used = context;
    if (expr->kind == EXPR_COLUMN)
        used->columns[expr->as.column.column->source->index][expr->as.column.column->index] = true;
    return false;
}

static void say_missing(Checker *checker, const LoadedTable *loaded, const ColumnModel *column) {
    size_t missing = 0, rows = loaded->table.rows;
    for (size_t row = 0; row < rows; row++)
        missing += data_value(loaded, column, row).kind == VALUE_MISSING;
    if (rows == 0 || missing * MISSING_TOLD < rows)
        return;
    StrBuf share = {0};
    Num percent;
    num_of_ratio((Int128)missing * 100, (Int128)rows, &percent);
    num_print(&share, percent, 1, false);
    Diag *diag = check_say(checker, CHECK_missing_share, column->span,
                           "'%s' is missing in %zu of %zu rows of '%s' (%s%%)", column->name,
                           missing, rows, loaded->source->name, strbuf_text(&share));
    diag_help(diag, "what is asked of it is unknown there, and such a row is not counted");
    strbuf_fini(&share);
}

static void check_missing(Checker *checker, Data *data, Arena *run) {
    const Model *model = checker->model;
    Used used = {arena_array(run, model->sources_len + 1, sizeof *used.columns)};
    Walk walk = {.expr = note_used, .context = &used};
    for (size_t i = 0; i < model->sources_len; i++)
        used.columns[i] = arena_array(run, model->sources[i]->columns_len + 1, sizeof(bool));
    for (size_t i = 0; i < model->indicators_len; i++)
        walk_indicator(&walk, model->indicators[i]);
    for (size_t i = 0; i < model->sources_len; i++) {
        const LoadedTable *loaded = data_table(data, model->sources[i]);
        /* In a published table a mark says why a number is missing, and goes into the result. */
        if (model->sources[i]->published != PUBLISHED_NONE)
            continue;
        for (size_t c = 0; loaded->source && c < loaded->source->columns_len; c++) {
            const ColumnModel *column = &loaded->source->columns[c];
            if (column->optional && used.columns[i][c] && loaded->place[c] != NO_ROW)
                say_missing(checker, loaded, column);
        }
    }
}

/* ---- all of it ---- */

static void check_loaded(Checker *checker, const Plan *plan, Data *data, Arena *run) {
    Evaluator evaluator = evaluator_new(data);
    Spells spells = {checker, &evaluator};
    Walk walk = {.rows = look_at_spells, .context = &spells};
    data_report_faults(data);
    data_report_validity(&evaluator, plan);
    for (size_t i = 0; i < checker->model->indicators_len; i++)
        walk_indicator(&walk, checker->model->indicators[i]);
    check_missing(checker, data, run);
    evaluator_end(&evaluator);
}

StoreResult check_data(Session *session, const Model *model, Store *store) {
    Checker checker = {.session = session, .model = model};
    size_t said_before = diags_count(session->diags);
    Arena *run = arena_new();
    Plan plan;
    Data data;
    plan_everything(&checker, store ? store_catalog(store) : NULL, run, &plan);
    StoreResult result = data_load(session, &plan, store, run, &data);
    if (result == STORE_OK)
        check_loaded(&checker, &plan, &data, run);
    data_end(&data);
    arena_free(run);
    checks_settle(session->diags, model, said_before);
    return result;
}
