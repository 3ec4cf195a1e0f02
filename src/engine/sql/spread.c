#include "engine/sql/spread.h"

#include <string.h>

#include "sema/walk.h"

/* ---- tables ------------------------------------------------------------------------------------
 */

/* By which column its table is divided, or -1. */
static int dividing(const Store *store, const SourceModel *source, const CatalogTable **table) {
    const Catalog *catalog = store_catalog(store);
    *table = source->table ? catalog_table(catalog, source->table) : NULL;
    return *table ? store_divided_by(store, (size_t)(*table - catalog->tables)) : -1;
}

bool spread_divided(const Store *store, const SourceModel *source) {
    const CatalogTable *table;
    return dividing(store, source, &table) >= 0;
}

bool spread_is_there(const Store *store, const SourceModel *source) {
    const CatalogTable *table;
    return !source->table || dividing(store, source, &table) >= 0 ||
           (table && store_imported(store, (size_t)(table - store_catalog(store)->tables)));
}

bool spread_divides(const Store *store, const ColumnModel *column) {
    const CatalogTable *table;
    int by = dividing(store, column->source, &table);
    return by >= 0 && column->field && catalog_column(table, column->field) == by;
}

bool spread_has_dividing(const Store *store, const SourceModel *source) {
    for (size_t c = 0; c < source->columns_len; c++)
        if (spread_divides(store, &source->columns[c]))
            return true;
    return false;
}

bool spread_holds_key(const Store *store, const SourceModel *source) {
    for (size_t i = 0; i < source->key_len; i++)
        if (spread_divides(store, source->key[i]))
            return true;
    return !spread_divided(store, source);
}

bool spread_holds_link(const Store *store, const ColumnModel *link) {
    const SourceModel *to = link->type.row;
    return (!spread_divided(store, to) && spread_is_there(store, to)) ||
           (spread_divides(store, link) && to->key_len == 1 && spread_divides(store, to->key[0]));
}

/* ---- what rows need ----------------------------------------------------------------------------
 */

static bool has_source(const SpreadSources *list, const SourceModel *source) {
    for (size_t i = 0; i < list->len; i++)
        if (list->items[i] == source)
            return true;
    return false;
}

static bool has_link(const SpreadLinks *list, SpreadLink link) {
    for (size_t i = 0; i < list->len; i++)
        if (list->items[i].column == link.column && list->items[i].always == link.always)
            return true;
    return false;
}

void spread_need_source(Arena *arena, SpreadSources *list, const SourceModel *source) {
    if (!has_source(list, source))
        vec_push(arena, list, source);
}

void spread_need_link(Arena *arena, SpreadLinks *list, SpreadLink link) {
    if (!has_link(list, link))
        vec_push(arena, list, link);
}

void spread_needs_add(Arena *arena, SpreadNeeds *all, const SpreadNeeds *of) {
    for (size_t i = 0; i < of->placed.len; i++)
        spread_need_source(arena, &all->placed, of->placed.items[i]);
    for (size_t i = 0; i < of->keyed.len; i++)
        spread_need_source(arena, &all->keyed, of->keyed.items[i]);
    for (size_t i = 0; i < of->links.len; i++)
        spread_need_link(arena, &all->links, of->links.items[i]);
}

static bool any_source(const SpreadSources *of, const SpreadSources *unmet) {
    for (size_t i = 0; i < of->len; i++)
        if (has_source(unmet, of->items[i]))
            return true;
    return false;
}

bool spread_needs_met(const SpreadNeeds *of, const SpreadNeeds *unmet) {
    for (size_t i = 0; i < of->links.len; i++)
        if (has_link(&unmet->links, of->links.items[i]))
            return false;
    return !any_source(&of->placed, &unmet->placed) && !any_source(&of->keyed, &unmet->keyed);
}

/* ---- an indicator ------------------------------------------------------------------------------
 */

typedef struct Looking {
    const Store *store;
    Arena *arena;
    const Walk *walk;
    bool apart;
    SpreadNeeds *needs;
} Looking;

static void need_source(Looking *looking, SpreadSources *list, const SourceModel *source) {
    spread_need_source(looking->arena, list, source);
}

static void need_link(Looking *looking, SpreadLink link) {
    need_source(looking, &looking->needs->keyed, link.column->type.row);
    spread_need_link(looking->arena, &looking->needs->links, link);
}

/* What a value says of where a row is. */
typedef enum AnchorKind { ANCHOR_NONE, ANCHOR_PLACED, ANCHOR_ROW } AnchorKind;

typedef struct Anchor {
    AnchorKind kind;
    const SourceModel
        *source;             /* PLACED: whose column it is; ROW: of the row that it is the key of */
    const ColumnModel *link; /* ROW: a link to it; NULL: the key itself */
} Anchor;

static bool has_stored_key(const SourceModel *source) {
    return source->key_len == 1 && source->key[0]->field;
}

static Anchor anchor_of_column(const Store *store, const ColumnModel *column) {
    const SourceModel *source = column->source, *to = column->type.row;
    if (!column->field || !spread_divided(store, source))
        return (Anchor){0};
    if (spread_divides(store, column))
        return (Anchor){ANCHOR_PLACED, source, NULL};
    if (has_stored_key(source) && source->key[0] == column)
        return (Anchor){ANCHOR_ROW, source, NULL};
    if (column->type.kind == TYPE_ROW && to && spread_divided(store, to) && has_stored_key(to))
        return (Anchor){ANCHOR_ROW, to, column};
    return (Anchor){0};
}

static Anchor anchor_of(const Store *store, const Expr *expr) {
    const SourceModel *of = expr->type.row;
    if (expr->kind == EXPR_COLUMN)
        return anchor_of_column(store, expr->as.column.column);
    if (expr->kind == EXPR_ROW && of && of->key_len == 1)
        return anchor_of_column(store, of->key[0]);
    return (Anchor){0};
}

static void need_anchor(Looking *looking, Anchor anchor) {
    if (anchor.kind == ANCHOR_PLACED)
        need_source(looking, &looking->needs->placed, anchor.source);
    else if (anchor.link)
        need_link(looking, (SpreadLink){anchor.link, true});
    else
        need_source(looking, &looking->needs->keyed, anchor.source);
}

/* Whether the value is of that row, or of one that it is linked to. */
static bool is_of(const Expr *expr, const RowVar *row) {
    while (expr->kind == EXPR_COLUMN)
        expr = expr->as.column.row;
    return expr->kind == EXPR_ROW && expr->as.row == row;
}

/* What one key is to both: dates, say, may be read in two forms. */
static bool is_written_once(const SourceModel *source) {
    TypeKind kind = source->key[0]->type.kind;
    return kind == TYPE_TEXT || kind == TYPE_INTEGER;
}

/* Two sources may read one table. */
static bool have_same_keys(const SourceModel *a, const SourceModel *b) {
    return a == b ||
           (strcmp(a->table, b->table) == 0 && strcmp(a->key[0]->field, b->key[0]->field) == 0 &&
            is_written_once(a) && is_written_once(b));
}

/* What is read through links that lead nowhere is not known, whichever row it is compared with. */
static bool are_links_whole(Looking *looking, const Expr *expr) {
    if (expr->kind != EXPR_COLUMN)
        return true;
    for (expr = expr->as.column.row; expr->kind == EXPR_COLUMN; expr = expr->as.column.row) {
        const ColumnModel *link = expr->as.column.column;
        const SourceModel *to = link->type.row;
        if (!to || !link->field || !has_stored_key(to) || !spread_divided(looking->store, to) ||
            !spread_divided(looking->store, link->source))
            return false;
        need_link(looking, (SpreadLink){link, true});
    }
    return true;
}

/* Whether the term is an equality by which rows are found that are near. */
static bool finds_near(Looking *looking, const Expr *term, const RowVar *row) {
    if (term->kind != EXPR_COMPARISON || term->as.comparison.op != COMPARISON_EQUAL)
        return false;
    const Expr *left = term->as.comparison.left, *right = term->as.comparison.right;
    Anchor a = anchor_of(looking->store, left), b = anchor_of(looking->store, right);
    if (a.kind == ANCHOR_NONE || a.kind != b.kind || is_of(left, row) == is_of(right, row) ||
        (a.kind == ANCHOR_ROW && !have_same_keys(a.source, b.source)) ||
        !are_links_whole(looking, left) || !are_links_whole(looking, right))
        return false;
    need_anchor(looking, a);
    need_anchor(looking, b);
    return true;
}

static bool are_near(Looking *looking, const Rowset *rows) {
    const Expr *where = rows->where;
    if (!where || where->kind != EXPR_AND)
        return where && finds_near(looking, where, rows->row);
    for (size_t i = 0; i < where->as.logic.terms_len; i++)
        if (finds_near(looking, where->as.logic.terms[i], rows->row))
            return true;
    return false;
}

static bool look_at_rows(void *context, const Rowset *rows) {
    Looking *looking = context;
    if (rows->nested && spread_divided(looking->store, rows->source) && !are_near(looking, rows))
        looking->apart = false;
    return false;
}

static void need_both_placed(Looking *looking, const ColumnModel *link) {
    need_source(looking, &looking->needs->placed, link->source);
    need_source(looking, &looking->needs->placed, link->type.row);
}

static bool look_at_value(void *context, const Expr *expr) {
    Looking *looking = context;
    const Store *store = looking->store;
    if (expr->kind != EXPR_COLUMN)
        return false;
    const Expr *row = expr->as.column.row;
    const ColumnModel *column = expr->as.column.column;
    if (row->kind == EXPR_COLUMN && spread_divided(store, column->source)) {
        const ColumnModel *link = row->as.column.column;
        Anchor anchor = anchor_of_column(store, link);
        if (anchor.kind == ANCHOR_ROW && anchor.link)
            need_link(looking, (SpreadLink){link, false});
        else if (spread_holds_link(store, link))
            need_both_placed(looking, link);
        else
            looking->apart = false;
    }
    return column->computed && walk_expr(looking->walk, column->computed);
}

bool spread_find(const Store *store, Arena *arena, const Indicator *indicator, SpreadNeeds *needs) {
    *needs = (SpreadNeeds){0};
    Looking looking = {.store = store, .arena = arena, .apart = true, .needs = needs};
    Walk walk = {look_at_value, look_at_rows, &looking};
    looking.walk = &walk;
    walk_indicator(&walk, indicator);
    return looking.apart;
}
