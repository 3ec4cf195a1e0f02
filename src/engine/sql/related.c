/* Related rows: `exists` and `none`. */
#include "engine/sql/generate.h"

#include <string.h>

#include "sema/walk.h"

/* ---- the condition ---- */

static bool is_row(void *context, const Expr *expr) {
    return expr->kind == EXPR_ROW && expr->as.row == context;
}

static bool excludes_row(void *context, const Rowset *rows) {
    return rows->another_of == context;
}

static bool mentions(const Expr *expr, const RowVar *row) {
    Walk walk = {is_row, excludes_row, (void *)row};
    return walk_expr(&walk, expr);
}

/* A stored column of the row itself; where rows are gathered, also of one that it is linked to. */
static bool is_own(const Sql *sql, const Expr *expr, const RowVar *row) {
    if (expr->kind != EXPR_COLUMN || expr->as.column.column->computed)
        return false;
    const Expr *of = expr->as.column.row;
    return of->kind == EXPR_ROW ? of->as.row == row : sql->dialect->gathers && is_own(sql, of, row);
}

/* Both sides of the equality; in a dialect that gathers, the other is one of the scope around. */
static bool take_sides(Sql *sql, SqlRelated *related, const Expr *own, const Expr *other) {
    SqlRow *place = &sql->frame[related->rows->row->id];
    bool gathers = sql->dialect->gathers;
    sql->scope = gathers ? related->around : &related->scope;
    related->other = sql_value(sql, other);
    sql->scope = &related->scope;
    if (related->other.high || related->other.under)
        return false;
    if (!gathers) {
        related->own = sql_value(sql, own);
        return true;
    }
    related->gathered = sql_gather(sql, related->rows->source, place->alias);
    place->scope = &related->gathered->scope;
    related->gathered->own = sql_value(sql, own).text;
    related->near = sql_gathered_line(sql, related->gathered, related->around, related->other.text);
    place->gathered = related->gathered;
    related->own = sql_value(sql, own);
    return true;
}

/* Whether the term is an equality to look rows up by; makes it. */
static bool take_key(Sql *sql, SqlRelated *related, const Expr *term) {
    const RowVar *row = related->rows->row;
    if (related->key.text || term->kind != EXPR_COMPARISON ||
        term->as.comparison.op != COMPARISON_EQUAL)
        return false;
    const Expr *own = term->as.comparison.left, *other = term->as.comparison.right;
    if (!is_own(sql, own, row)) {
        own = term->as.comparison.right;
        other = term->as.comparison.left;
    }
    if (!is_own(sql, own, row) || mentions(other, row) || own->type.open || other->type.open)
        return false;
    if (!take_sides(sql, related, own, other))
        return false;
    related->key = sql_compare(sql, COMPARISON_EQUAL, &related->own, &related->other);
    return true;
}

/* Rows of this engine are numbered, so that `another` is a matter of numbers. */
static SqlTruth another(Sql *sql, const Rowset *rows) {
    const char *own = sql_cell(sql, sql->frame[rows->row->id], "kpi_row");
    const char *other = sql_cell(sql, sql->frame[rows->another_of->id], "kpi_row");
    return (SqlTruth){.text = sql_text(sql, "%s <> %s", own, other), .always = true};
}

static bool is_other_row(void *context, const Expr *expr) {
    const SqlRelated *related = context;
    return expr->kind == EXPR_ROW && expr->as.row != related->rows->row &&
           related->frame[expr->as.row->id].alias;
}

static bool excludes_other_row(void *context, const Rowset *rows) {
    const SqlRelated *related = context;
    return rows->another_of && rows->another_of != related->rows->row &&
           related->frame[rows->another_of->id].alias;
}

/* A term of the condition: of gathered rows alone, if it mentions no row around them. */
static SqlTruth term_of(Sql *sql, SqlRelated *related, const Expr *term) {
    Walk walk = {is_other_row, excludes_other_row, related};
    SqlTruth truth;
    related->frame = sql->frame;
    if (related->gathered && !walk_expr(&walk, term) &&
        sql_gathered_truth(sql, &sql->frame[related->rows->row->id], term, &truth))
        return truth;
    return sql_truth(sql, term);
}

static void make_condition(Sql *sql, SqlRelated *out) {
    const Rowset *rows = out->rows;
    const Expr *where = rows->where, *const *terms = &where;
    size_t terms_len = where ? 1 : 0, len = 0;
    if (where && where->kind == EXPR_AND) {
        terms = where->as.logic.terms;
        terms_len = where->as.logic.terms_len;
    }
    SqlTruth *rest = arena_array(sql->arena, terms_len + 2, sizeof *rest), all[2];
    size_t key = 0; /* the first, because the others are made of the rows that it looks up */
    while (key < terms_len && !take_key(sql, out, terms[key]))
        key++;
    if (rows->another_of)
        rest[len++] = another(sql, rows);
    rest[len++] = sql_timing(sql, rows, &out->date);
    for (size_t i = 0; i < terms_len; i++)
        if (i != key)
            rest[len++] = term_of(sql, out, terms[i]);
    out->rest = sql_all(sql, rest, len, false);
    all[0] = out->key;
    all[1] = out->rest;
    out->truth = out->key.text ? sql_all(sql, all, 2, false) : out->rest;
}

void sql_related_begin(Sql *sql, const Rowset *rows, SqlRelated *out) {
    SqlRow *place = &sql->frame[rows->row->id];
    *out = (SqlRelated){.rows = rows, .around = sql->scope, .before = *place};
    sql->scope = &out->scope;
    *place = (SqlRow){sql_alias(sql, rows->row), sql->scope, false, rows, NULL};
    make_condition(sql, out);
}

void sql_related_end(Sql *sql, SqlRelated *related) {
    sql->frame[related->rows->row->id] = related->before;
    sql->scope = related->around;
}

/* ---- its rows ---- */

static const char *from_rows(Sql *sql, const SqlRelated *related, const char *rows) {
    StrBuf out = {0};
    strbuf_addf(&out, "%s AS %s", rows, sql->frame[related->rows->row->id].alias);
    sql_put_joins(&related->scope, &out);
    const char *text = arena_copy_text(sql->arena, strbuf_text(&out), out.len);
    strbuf_fini(&out);
    return text;
}

/* All rows of the source. */
static const char *from_all(Sql *sql, const SqlRelated *related) {
    const char *rows = related->gathered ? sql_text(sql, "kpi_each_%zu", related->gathered->number)
                                         : sql_source(sql, related->rows->source);
    return from_rows(sql, related, rows);
}

const char *sql_related_from(Sql *sql, const SqlRelated *related) {
    if (!related->gathered)
        return from_all(sql, related);
    StrBuf out = {0};
    strbuf_add(&out, sql_gathered_rows(sql, related->gathered, related->near));
    sql_put_joins(&related->scope, &out);
    const char *text = arena_copy_text(sql->arena, strbuf_text(&out), out.len);
    strbuf_fini(&out);
    return text;
}

/* The rows that lack the column: few, and selected once. */
static const char *keyless_rows(Sql *sql, const SqlRelated *related) {
    if (related->gathered)
        return sql_text(sql, "kpi_lost_%zu", related->gathered->number);
    const char *source = sql_source(sql, related->rows->source);
    const char *column = related->own.text + strlen(sql->frame[related->rows->row->id].alias) + 1;
    const char *text =
        sql_text(sql, "(\n    SELECT * FROM %s WHERE %s IS NULL\n),\n", source, column);
    for (size_t i = 1; i < sql->keyless.len; i += 2)
        if (strcmp(sql->keyless.items[i], text) == 0)
            return sql->keyless.items[i - 1];
    const char *name = sql_text(sql, "kpi_keyless_%zu", sql->keyless.len / 2 + 1);
    vec_push(sql->arena, &sql->keyless, name);
    vec_push(sql->arena, &sql->keyless, text);
    return name;
}

/* Selections of the rows that are not ruled out and whose equality is unknown. */
static void put_keyless(Sql *sql, const SqlRelated *related, const char *head, const char *between,
                        const char *also, StrBuf *out) {
    const char *rest = related->rest.text;
    if (!related->own.always)
        strbuf_addf(out, "%s%s FROM %s WHERE (%s) IS NOT FALSE%s", between, head,
                    from_rows(sql, related, keyless_rows(sql, related)), rest, also);
    if (!related->other.always)
        strbuf_addf(out, "%s%s FROM %s WHERE %s IS NULL AND %s IS NOT NULL AND (%s) IS NOT FALSE%s",
                    related->own.always ? between : " UNION ALL ", head, from_all(sql, related),
                    related->other.text, related->own.text, rest, also);
}

/* Rows that are not ruled out, those of an unknown equality among them. */
static const char *possible(Sql *sql, const SqlRelated *related, const char *head,
                            const char *head_of_keyless, const char *also) {
    StrBuf out = {0};
    const char *from = sql_related_from(sql, related);
    if (related->key.text)
        strbuf_addf(&out, "%s FROM %s WHERE %s AND (%s) IS NOT FALSE%s", head, from,
                    related->key.text, related->rest.text, also);
    else
        strbuf_addf(&out, "%s FROM %s WHERE (%s) IS NOT FALSE%s", head, from, related->truth.text,
                    also);
    if (related->key.text)
        put_keyless(sql, related, head_of_keyless, " UNION ALL ", also, &out);
    const char *text = arena_copy_text(sql->arena, strbuf_text(&out), out.len);
    strbuf_fini(&out);
    return text;
}

const char *sql_related_any(Sql *sql, const SqlRelated *related, const char *also) {
    return sql_text(sql, "EXISTS (%s)", possible(sql, related, "SELECT 1", "SELECT 1", also));
}

static const char *found(Sql *sql, const SqlRelated *related, const char *columns) {
    const char *truth = related->key.text ? related->rest.text : related->truth.text;
    return possible(sql, related, sql_text(sql, "SELECT (%s) AS kpi_truth%s", truth, columns),
                    sql_text(sql, "SELECT %s AS kpi_truth%s", sql->dialect->no_truth, columns), "");
}

const char *sql_related_found(Sql *sql, const SqlRelated *related, const char *columns) {
    if (related->rows->timing != TIMING_LATEST)
        return found(sql, related, columns);
    /* Of those that are true, the ones with the greatest date; of those in doubt, the ones that
     * could be among them. */
    const char *dated = sql_text(sql, ", %s AS kpi_date%s", related->date.text, columns);
    return sql_text(
        sql,
        "SELECT * FROM (SELECT *, max(CASE WHEN kpi_truth THEN kpi_date END) OVER () AS "
        "kpi_latest FROM (%s) AS kpi_possible) AS kpi_dated WHERE kpi_latest IS NULL OR "
        "kpi_date >= kpi_latest",
        found(sql, related, dated));
}

const char *sql_related_none(Sql *sql, const SqlRelated *related) {
    if (!related->gathered || !related->own.always || !related->other.always)
        return NULL;
    return sql_text(sql, "%s.kpi_own IS NULL", related->near);
}

/* ---- exists ---- */

/* Whether there is a row in doubt; `also` is asked of it too. */
static const char *doubtful(Sql *sql, const SqlRelated *related, const char *also) {
    const char *from = sql_related_from(sql, related);
    StrBuf out = {0};
    if (!related->key.text) {
        strbuf_addf(&out, "SELECT 1 FROM %s WHERE (%s) IS NULL%s", from, related->truth.text, also);
    } else {
        if (!related->rest.always)
            strbuf_addf(&out, "SELECT 1 FROM %s WHERE %s AND (%s) IS NULL%s", from,
                        related->key.text, related->rest.text, also);
        put_keyless(sql, related, "SELECT 1", out.len > 0 ? " UNION ALL " : "", also, &out);
    }
    const char *text = sql_text(sql, "EXISTS (%s)", strbuf_text(&out));
    strbuf_fini(&out);
    return text;
}

static const char *exists_error(Sql *sql, const SqlRelated *related) {
    if (!related->truth.error)
        return NULL;
    if (related->truth.always)
        return NULL;
    return doubtful(sql, related, sql_text(sql, " AND %s", related->truth.error));
}

static const char *exists_latest(Sql *sql, const SqlRelated *related) {
    return sql_text(sql,
                    "(SELECT CASE WHEN count(*) = 0 THEN FALSE WHEN count(CASE WHEN kpi_truth THEN "
                    "1 END) > 0 THEN TRUE END FROM (%s) AS kpi_found)",
                    sql_related_found(sql, related, ""));
}

SqlTruth sql_exists(Sql *sql, const Expr *expr) {
    SqlRelated related;
    SqlTruth apart;
    if (sql_apart_exists(sql, expr->as.exists.rows, &apart))
        return expr->as.exists.none ? sql_not(sql, apart) : apart;
    sql_related_begin(sql, expr->as.exists.rows, &related);
    SqlTruth truth = {.always = related.truth.always, .error = exists_error(sql, &related)};
    const char *certain = sql_text(sql, "EXISTS (SELECT 1 FROM %s WHERE %s)",
                                   sql_related_from(sql, &related), related.truth.text);
    if (related.rows->timing == TIMING_LATEST)
        truth.text = exists_latest(sql, &related);
    else if (truth.always)
        truth.text = certain;
    else
        truth.text = sql_text(sql, "CASE WHEN %s THEN TRUE WHEN %s THEN NULL ELSE FALSE END",
                              certain, doubtful(sql, &related, ""));
    const char *none = sql_related_none(sql, &related);
    if (none)
        truth.text = sql_text(sql, "CASE WHEN %s THEN FALSE ELSE %s END", none, truth.text);
    sql_related_end(sql, &related);
    return expr->as.exists.none ? sql_not(sql, truth) : truth;
}
