#include "cli/placement.h"

#include <string.h>

#include "base/vec.h"

typedef VEC(const ColumnModel *) Columns;

/* ---- links -------------------------------------------------------------------------------------
 */

static bool has_table(const SourceModel *source, const char *table) {
    return source->table && strcmp(source->table, table) == 0;
}

static const ColumnModel *key_of(const SourceModel *source) {
    return source->key_len == 1 && source->key[0]->field ? source->key[0] : NULL;
}

/* Whether the values of a stored column are keys of the source: its own key, or a link to it, maybe
 * through rows whose key is itself such a link. */
static bool holds_key_of(const ColumnModel *column, const SourceModel *root) {
    for (size_t steps = 0; column && column->field && steps < 8; steps++) {
        if (column == key_of(root))
            return true;
        if (column->type.kind != TYPE_ROW || !column->type.row)
            return false;
        column = key_of(column->type.row);
    }
    return false;
}

static bool links_to(const SourceModel *source, const SourceModel *root) {
    for (size_t i = 0; i < source->columns_len; i++)
        if (holds_key_of(&source->columns[i], root))
            return true;
    return false;
}

/* A link to a row that belongs to the key, whose table has other keys. */
static const ColumnModel *link_through(const SourceModel *source, const SourceModel *root) {
    for (size_t i = 0; i < source->columns_len; i++) {
        const ColumnModel *column = &source->columns[i];
        if (column->field && column->type.kind == TYPE_ROW && column->type.row &&
            column->type.row->table && links_to(column->type.row, root))
            return column;
    }
    return NULL;
}

/* ---- the key -----------------------------------------------------------------------------------
 */

/* How many other tables link to the source. */
static size_t tables_linked(const Model *model, const SourceModel *root) {
    size_t count = 0;
    for (size_t i = 0; i < model->sources_len; i++) {
        const SourceModel *source = model->sources[i];
        bool counts = source->table && strcmp(source->table, root->table) != 0 &&
                      source->published == PUBLISHED_NONE && links_to(source, root);
        for (size_t before = 0; counts && before < i; before++)
            counts = !has_table(model->sources[before], source->table) ||
                     !links_to(model->sources[before], root);
        count += counts ? 1 : 0;
    }
    return count;
}

#define TABLES_LEAST 2 /* that are linked to the key: one alone says little */

static void root_find(Placements *placements) {
    const Model *model = placements->model;
    size_t most = TABLES_LEAST - 1;
    for (size_t i = 0; model && i < model->sources_len; i++) {
        const SourceModel *source = model->sources[i];
        if (!source->table || source->published != PUBLISHED_NONE || !key_of(source) ||
            key_of(source)->type.kind == TYPE_ROW)
            continue;
        size_t linked = tables_linked(model, source);
        if (linked > most) {
            placements->root = source;
            placements->rival = NULL;
            most = linked;
        } else if (placements->root && linked == most && links_to(placements->root, source)) {
            placements->root = source; /* what the other one belongs to */
        } else if (placements->root && linked == most && !links_to(source, placements->root)) {
            placements->rival = source;
        }
    }
}

static bool root_unknown(const Placements *placements) {
    const ShardList *shards = placements->shards;
    const Model *model = placements->model;
    Session *session = placements->session;
    if (!model) {
        Diag *diag =
            diag_add(session->diags, DIAG_shards_name, shards->key_at,
                     "there is no project here that could have a source '%s'", shards->key_source);
        diag_help(diag, "run the command in the folder of the project, or say `distribute TABLE by "
                        "COLUMN` for each table");
        return false;
    }
    const char **names = arena_array(session->arena, model->sources_len, sizeof *names);
    for (size_t i = 0; i < model->sources_len; i++)
        names[i] = model->sources[i]->name;
    Diag *diag = diag_add(session->diags, DIAG_shards_name, shards->key_at,
                          "the project has no source '%s'", shards->key_source);
    diag_suggest(diag, shards->key_source, names, model->sources_len);
    return false;
}

/* The source that the file names. */
static bool root_named(Placements *placements) {
    const ShardList *shards = placements->shards;
    const Model *model = placements->model;
    for (size_t i = 0; model && i < model->sources_len; i++) {
        const SourceModel *source = model->sources[i];
        if (strcmp(source->name, shards->key_source) != 0)
            continue;
        placements->root = source;
        if (source->table && key_of(source))
            return true;
        Diag *diag = diag_add(placements->session->diags, DIAG_shards_name, shards->key_at,
                              "rows cannot be distributed by '%s': it has no key of one column in "
                              "a table",
                              source->name);
        diag_note(diag, source->span, "it is declared here");
        return false;
    }
    return root_unknown(placements);
}

bool placements_start(Session *session, const Model *model, const ShardList *shards,
                      Placements *out) {
    *out = (Placements){.session = session, .model = model, .shards = shards};
    if (shards->key_source)
        return root_named(out);
    root_find(out);
    return true;
}

/* ---- one table ---------------------------------------------------------------------------------
 */

/* What the file says of the table, by its name or that of a source that reads it. */
static const ShardRule *rule_of(const Placements *placements, const char *table) {
    const ShardList *shards = placements->shards;
    for (size_t i = 0; i < shards->rules_len; i++)
        if (strcmp(shards->rules[i].table, table) == 0)
            return &shards->rules[i];
    const Model *model = placements->model;
    for (size_t i = 0; model && i < model->sources_len; i++)
        for (size_t rule = 0; has_table(model->sources[i], table) && rule < shards->rules_len;
             rule++)
            if (strcmp(shards->rules[rule].table, model->sources[i]->name) == 0)
                return &shards->rules[rule];
    return NULL;
}

/* A key may be a text or a whole number; others are written in more than one way. */
static bool key_kind(const Placements *placements, const SourceModel *source, const char *field,
                     Span at, Placement *out) {
    const TableSpec *spec = source_table_spec(placements->session, source);
    for (size_t i = 0; i < spec->columns_len; i++) {
        if (strcmp(spec->columns[i].field, field) != 0)
            continue;
        out->whole_number = spec->columns[i].kind == COLUMN_INTEGER;
        if (out->whole_number || spec->columns[i].kind == COLUMN_TEXT)
            return true;
        Diag *diag = diag_add(placements->session->diags, DIAG_shards_undecided, at,
                              "the rows of '%s' cannot be distributed by '%s': its values are "
                              "neither texts nor whole numbers",
                              source->table, field);
        diag_help(diag, "`everywhere %s` keeps it whole on every server", source->table);
        return false;
    }
    return true;
}

static bool column_missing(const Placements *placements, const ShardRule *rule, const char *table,
                           const char *const *header, size_t len) {
    Diag *diag = diag_add(placements->session->diags, DIAG_shards_name, rule->column_at,
                          "'%s' has no column '%s'", table, rule->column);
    diag_suggest(diag, rule->column, header, len);
    return false;
}

static bool place_by_rule(const Placements *placements, const ShardRule *rule, const char *table,
                          const char *const *header, size_t len, Placement *out) {
    if (!rule->column)
        return true;
    const Model *model = placements->model;
    out->column = rule->column;
    /* A column may go by its name in the project. */
    for (size_t i = 0; model && i < model->sources_len; i++) {
        const SourceModel *source = model->sources[i];
        for (size_t c = 0; has_table(source, table) && c < source->columns_len; c++)
            if (source->columns[c].field && strcmp(source->columns[c].name, rule->column) == 0)
                out->column = source->columns[c].field;
    }
    for (size_t i = 0; i < len; i++)
        if (strcmp(header[i], rule->column) == 0)
            out->column = rule->column;
    bool there = false;
    for (size_t i = 0; i < len; i++)
        there = there || strcmp(header[i], out->column) == 0;
    if (!there)
        return column_missing(placements, rule, table, header, len);
    for (size_t i = 0; model && i < model->sources_len; i++)
        if (has_table(model->sources[i], table) &&
            !key_kind(placements, model->sources[i], out->column, rule->column_at, out))
            return false;
    return true;
}

static bool no_source(const Placements *placements, const char *table) {
    Diag *diag = diag_add(placements->session->diags, DIAG_shards_undecided, (Span){0},
                          "it cannot be decided which shard the rows of '%s' belong to: no source "
                          "of a project reads that table",
                          table);
    diag_help(diag, "say in '%s' either `distribute %s by COLUMN` or `everywhere %s`",
              placements->shards->file, table, table);
    return false;
}

static bool no_root(const Placements *placements) {
    const SourceModel *rival = placements->rival;
    Session *session = placements->session;
    Diag *diag =
        rival ? diag_add(session->diags, DIAG_shards_undecided, (Span){0},
                         "it cannot be decided what rows are distributed by: as many tables are "
                         "linked to '%s' as to '%s'",
                         placements->root->name, rival->name)
              : diag_add(session->diags, DIAG_shards_undecided, (Span){0},
                         "it cannot be decided what rows are distributed by: there is no source "
                         "that two or more others are linked to");
    diag_help(diag, "say in '%s' `distribute by %s`", placements->shards->file,
              rival ? placements->root->name : "SOURCE");
    return false;
}

static bool two_columns(const Placements *placements, const ColumnModel *one,
                        const ColumnModel *other) {
    const SourceModel *source = one->source;
    Diag *diag = diag_add(placements->session->diags, DIAG_shards_undecided, other->span,
                          "it cannot be decided which shard the rows of '%s' belong to: '%s' and "
                          "'%s' both lead to '%s'",
                          source->table, one->field, other->field, placements->root->name);
    diag_help(diag, "say in '%s' `distribute %s by %s`", placements->shards->file, source->table,
              one->field);
    return false;
}

static void tell_through(const Placements *placements, const SourceModel *source,
                         const ColumnModel *through) {
    Diag *diag = diag_add(placements->session->diags, DIAG_shards_through, through->span,
                          "'%s' is linked to '%s' through '%s' only, so it is kept whole on every "
                          "server",
                          source->table, placements->root->name, through->name);
    diag_help(diag,
              "if the file has a column of the key, say in '%s' `distribute %s by COLUMN`; "
              "`everywhere %s` says that this is meant",
              placements->shards->file, source->table, source->table);
}

static bool place_by_links(const Placements *placements, const char *table, bool tell,
                           Placement *out) {
    const Model *model = placements->model;
    const SourceModel *root = placements->root, *reader = NULL;
    const ColumnModel *found = NULL, *through = NULL;
    bool record = false;
    for (size_t i = 0; model && i < model->sources_len; i++) {
        const SourceModel *source = model->sources[i];
        if (!has_table(source, table))
            continue;
        reader = source;
        record = record || source->published == PUBLISHED_NONE;
        for (size_t c = 0; root && c < source->columns_len; c++) {
            const ColumnModel *column = &source->columns[c];
            if (!holds_key_of(column, root))
                continue;
            if (found && strcmp(found->field, column->field) != 0)
                return two_columns(placements, found, column);
            found = column;
        }
        through = through || !root ? through : link_through(source, root);
    }
    if (!reader)
        return no_source(placements, table);
    if (!record)
        return true; /* a published table stands everywhere */
    if (!root || placements->rival)
        return no_root(placements);
    if (!found) {
        if (through && tell)
            tell_through(placements, reader, through);
        return true;
    }
    out->column = found->field;
    return key_kind(placements, found->source, found->field, found->span, out);
}

static bool name_fits(const Placements *placements, const char *table) {
    if (strlen(table) <= SHARDED_TABLE_MOST)
        return true;
    Diag *diag = diag_add(placements->session->diags, DIAG_import_table_name, (Span){0},
                          "'%s' cannot be the name of a table that is divided over servers: such a "
                          "name has at most %d bytes",
                          table, SHARDED_TABLE_MOST);
    diag_help(diag, "give it a name with --as");
    return false;
}

bool placement_of(const Placements *placements, const char *table, const char *const *header,
                  size_t len, bool tell, Placement *out) {
    *out = (Placement){0};
    const ShardRule *rule = rule_of(placements, table);
    bool placed = rule ? place_by_rule(placements, rule, table, header, len, out)
                       : place_by_links(placements, table, tell, out);
    return placed && (!out->column || name_fits(placements, table));
}
