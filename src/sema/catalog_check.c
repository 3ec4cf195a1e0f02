/* What the indicators use must be in the store: tables and columns, before any data is read. */
#include "sema/analysis.h"
#include "sema/walk.h"

#define MOST_COLUMNS 20 /* named in a message */

typedef struct CatalogCheck {
    Analysis *analysis;
    const Catalog *catalog;
    const CatalogTable **tables; /* by source; NULL until looked up */
    bool *absent;                /* by source: a message was given */
    bool **checked;              /* by source and column */
} CatalogCheck;

static void suggest_table(const CatalogCheck *check, Diag *diag, const char *wanted) {
    const Catalog *catalog = check->catalog;
    const char **names =
        arena_array(check->analysis->arena, catalog->tables_len + 1, sizeof *names);
    for (size_t i = 0; i < catalog->tables_len; i++)
        names[i] = catalog->tables[i].name;
    diag_suggest(diag, wanted, names, catalog->tables_len);
}

static bool table_is_there(CatalogCheck *check, const SourceModel *source, Span used_at) {
    if (!source->table || check->absent[source->index])
        return false;
    if (check->tables[source->index])
        return true;
    check->tables[source->index] = catalog_table(check->catalog, source->table);
    check->checked[source->index] =
        arena_array(check->analysis->arena, source->columns_len + 1, sizeof(bool));
    if (check->tables[source->index])
        return true;
    check->absent[source->index] = true;
    const SourceDeclaration *declaration = source_declaration(check->analysis, source);
    Span at = declaration->node->table.text ? declaration->node->table.span : source->span;
    Diag *diag = fault(check->analysis, DIAG_table_not_in_store, at, "the store has no table '%s'",
                       source->table);
    suggest_table(check, diag, source->table);
    diag_note(diag, used_at, "'%s' is used here", source->name);
    return false;
}

/* The one most like it; without one, all: the author must look through them. */
static void suggest_columns(Diag *diag, const char *wanted, const CatalogTable *table) {
    if (table->columns_len == 0 || text_nearest(wanted, table->columns, table->columns_len)) {
        diag_suggest(diag, wanted, table->columns, table->columns_len);
        return;
    }
    size_t shown = table->columns_len < MOST_COLUMNS ? table->columns_len : MOST_COLUMNS;
    StrBuf names = {0};
    for (size_t i = 0; i < shown; i++)
        strbuf_addf(&names, "%s'%s'", i > 0 ? ", " : "", table->columns[i]);
    if (shown < table->columns_len)
        strbuf_addf(&names, " and %zu more", table->columns_len - shown);
    diag_help(diag, "its columns are %s", strbuf_text(&names));
    strbuf_fini(&names);
}

static bool check_column(void *context, const Expr *expr) {
    CatalogCheck *check = context;
    if (expr->kind != EXPR_COLUMN)
        return false;
    const ColumnModel *column = expr->as.column.column;
    if (!table_is_there(check, column->source, expr->span))
        return false;
    bool *checked = &check->checked[column->source->index][column->index];
    if (*checked)
        return false;
    *checked = true;
    if (column->computed) {
        Walk walk = {.expr = check_column, .context = check};
        return walk_expr(&walk, column->computed);
    }
    const CatalogTable *table = check->tables[column->source->index];
    if (catalog_column(table, column->field) >= 0)
        return false;
    Diag *diag = fault(check->analysis, DIAG_column_not_in_store, column->span,
                       "the table '%s' has no column '%s'", table->name, column->field);
    suggest_columns(diag, column->field, table);
    diag_note(diag, expr->span, "used here");
    return false;
}

static bool check_rows(void *context, const Rowset *rows) {
    table_is_there(context, rows->source, rows->span);
    return false;
}

void check_catalog(Analysis *a, const Catalog *catalog) {
    size_t sources = a->model->sources_len;
    CatalogCheck check = {.analysis = a,
                          .catalog = catalog,
                          .tables = arena_array(a->arena, sources + 1, sizeof(CatalogTable *)),
                          .absent = arena_array(a->arena, sources + 1, sizeof(bool)),
                          .checked = arena_array(a->arena, sources + 1, sizeof(bool *))};
    Walk walk = {.expr = check_column, .rows = check_rows, .context = &check};
    for (size_t i = 0; i < a->model->indicators_len; i++)
        walk_indicator(&walk, a->model->indicators[i]);
}
