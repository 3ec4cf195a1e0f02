/* Sources: typed columns over a table of the store, or over rows written in the definition. */
#include <string.h>

#include "sema/analysis.h"

SourceDeclaration *source_declaration(const Analysis *a, const SourceModel *source) {
    return name_table_find(&a->sources, source->name);
}

SourceDeclaration *source_find(Analysis *a, Name name) {
    const char *const *names = a->sources.names.items;
    size_t len = a->sources.names.len;
    SourceDeclaration *found = name_table_find(&a->sources, name.atom);
    if (found || name_is_lost(a, name.atom, names, len) || unknown_again(a, names, name))
        return found;
    Diag *diag = fault(a, DIAG_unknown_source, name.span, "there is no source '%s'", name.atom);
    diag_suggest(unknown_said(a, names, name, diag), name.atom, names, len);
    return NULL;
}

/* ---- clauses ---- */

static void set_twice(Analysis *a, const char *word, Span second, Span first) {
    Diag *diag = fault(a, DIAG_clause_twice, second, "'%s' is set twice", word);
    diag_note(diag, first, "first set here");
}

static bool first_time(Analysis *a, const Node **seen, const Node *clause, const char *word) {
    if (*seen) {
        set_twice(a, word, clause->span, (*seen)->span);
        return false;
    }
    *seen = clause;
    return true;
}

static Symbol symbol_of(Atom meaning) {
    static const struct {
        const char *word;
        Symbol symbol;
    } words[] = {{"confidential", SYMBOL_CONFIDENTIAL},
                 {"low_reliability", SYMBOL_LOW_RELIABILITY},
                 {"unavailable", SYMBOL_UNAVAILABLE},
                 {"not_applicable", SYMBOL_NOT_APPLICABLE},
                 {"low", SYMBOL_LOW}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].word, meaning) == 0)
            return words[i].symbol;
    return SYMBOL_NONE;
}

static void set_symbols(Analysis *a, SourceModel *source, const Node_Symbols *symbols) {
    static const char *const names[] = {"confidential", "low_reliability", "unavailable",
                                        "not_applicable", "low"};
    source->symbols = arena_array(a->arena, symbols->symbols.len, sizeof *source->symbols);
    for (size_t i = 0; i < symbols->symbols.len; i++) {
        const Node_Symbol *symbol = node_Symbol(symbols->symbols.items[i]);
        SymbolSpec spec = {symbol->mark.text, symbol_of(symbol->meaning.atom)};
        if (spec.symbol == SYMBOL_NONE) {
            Diag *diag = fault(a, DIAG_unknown_symbol, symbol->meaning.span,
                               "'%s' is no meaning of a mark", symbol->meaning.atom);
            diag_suggest(diag, symbol->meaning.atom, names, 5);
            diag_help(diag, "a mark can be confidential, low_reliability, unavailable, "
                            "not_applicable or low");
            continue;
        }
        for (size_t j = 0; j < source->symbols_len; j++)
            if (strcmp(source->symbols[j].mark, spec.mark) == 0)
                fault(a, DIAG_clause_twice, symbol->mark.span, "the mark '%s' is set twice",
                      spec.mark);
        source->symbols[source->symbols_len++] = spec;
    }
}

static void set_covers(Analysis *a, SourceModel *source, const Node *clause) {
    const Node_Covers *covers = node_Covers(clause);
    if (covers->from > covers->to) {
        fault(a, DIAG_covers_backwards, clause->span, "this coverage ends before it begins");
        return;
    }
    source->has_covers = true;
    source->covers_from = covers->from;
    source->covers_to = covers->to;
}

/* ---- columns ---- */

static const struct {
    const char *word;
    TypeKind type;
} type_names[] = {{"text", TYPE_TEXT},   {"integer", TYPE_INTEGER}, {"decimal", TYPE_DECIMAL},
                  {"money", TYPE_MONEY}, {"date", TYPE_DATE},       {"yes_no", TYPE_BOOLEAN},
                  {"link", TYPE_ROW}};
#define TYPE_NAMES (sizeof type_names / sizeof *type_names)

static TypeKind type_kind(Analysis *a, const Node_Type *type) {
    for (size_t i = 0; i < TYPE_NAMES; i++)
        if (strcmp(type_names[i].word, type->word.atom) == 0)
            return type_names[i].type;
    Diag *diag =
        fault(a, DIAG_unknown_type, type->word.span, "there is no type '%s'", type->word.atom);
    const char *names[TYPE_NAMES];
    for (size_t i = 0; i < TYPE_NAMES; i++)
        names[i] = type_names[i].word;
    diag_suggest(diag, type->word.atom, names, TYPE_NAMES);
    diag_help(diag, "a column is text, integer, decimal, money, date, yes_no or link to SOURCE");
    /* Read as what was meant, so that one slip does not cost all that use the column. */
    const char *meant = text_nearest(type->word.atom, names, TYPE_NAMES);
    for (size_t i = 0; meant && i < TYPE_NAMES; i++)
        if (names[i] == meant && (type_names[i].type != TYPE_ROW || type->link.atom))
            return type_names[i].type;
    return TYPE_ERROR;
}

static void wrong_type_text(Analysis *a, Text text, const char *words) {
    fault(a, DIAG_type_text, text.span, "%s", words);
}

/* "dd/mm/yyyy", "miles", "Y" "N": what stands after the type's word. */
static void set_type_texts(Analysis *a, ColumnModel *column, const TextList *texts) {
    if (texts->len == 0)
        return;
    Text first = texts->items[0];
    switch (column->type.kind) {
    case TYPE_DATE:
        if (texts->len > 1 || !date_format_valid(first.text))
            wrong_type_text(a, first,
                            "a date's form names a day, a month and a year: "
                            "\"dd/mm/yyyy\"");
        else
            column->date_format = first.text;
        return;
    case TYPE_DECIMAL:
        column->type.unit = first.text;
        return;
    case TYPE_BOOLEAN:
        if (texts->len != 2) {
            wrong_type_text(a, first, "yes_no takes two spellings: of yes, then of no");
            return;
        }
        if (strcmp(first.text, texts->items[1].text) == 0) {
            wrong_type_text(a, texts->items[1], "yes and no are spelt the same");
            return;
        }
        column->yes = first.text;
        column->no = texts->items[1].text;
        return;
    case TYPE_ERROR:
        return;
    case TYPE_TEXT:
    case TYPE_INTEGER:
    case TYPE_MONEY:
    case TYPE_DURATION:
    case TYPE_ROW:
        wrong_type_text(a, first, "only date, decimal and yes_no take a text");
        return;
    }
}

void unknown_codes(Analysis *a, Name name) {
    const char *const *names = a->codes.names.items;
    size_t len = a->codes.names.len;
    if (name_is_lost(a, name.atom, names, len) || unknown_again(a, names, name))
        return;
    Diag *diag = fault(a, DIAG_unknown_codes, name.span, "there is no code set '%s'", name.atom);
    diag_suggest(unknown_said(a, names, name, diag), name.atom, names, len);
}

static void set_column_codes(Analysis *a, ColumnModel *column, Name codes) {
    if (!codes.atom)
        return;
    CodeSet *found = name_table_find(&a->codes, codes.atom);
    if (found)
        found->used = true;
    if (!found) {
        unknown_codes(a, codes);
    } else if (column->type.kind != TYPE_TEXT && column->type.kind != TYPE_ERROR) {
        fault(a, DIAG_column_flags, codes.span, "only a text column has codes, but '%s' is %s",
              column->name, type_words(column->type));
    } else {
        column->type.codes = found;
    }
}

static void add_column(Analysis *a, SourceDeclaration *declaration, const Node *clause) {
    SourceModel *source = declaration->source;
    const Node_Column *written = node_Column(clause);
    for (size_t i = 0; i < source->columns_len; i++)
        if (source->columns[i].name == written->name.atom) {
            Diag *diag = fault(a, DIAG_name_twice, written->name.span,
                               "'%s' has a column '%s' already", source->name, written->name.atom);
            diag_note(diag, source->columns[i].span, "declared here");
            return;
        }
    ColumnModel *column = &source->columns[source->columns_len];
    *column = (ColumnModel){.name = written->name.atom,
                            .type = type_of(type_kind(a, node_Type(written->type))),
                            .span = written->name.span,
                            .source = source,
                            .index = source->columns_len,
                            .optional = written->optional,
                            .published = written->published != PUBLISHED_NONE ? written->published
                                                                              : source->published};
    declaration->column_nodes[source->columns_len++] = clause;
    column->type.open = written->open;
    if (written->open && column->type.kind != TYPE_DATE && column->type.kind != TYPE_ERROR)
        fault(a, DIAG_column_flags, clause->span,
              "'open' means not yet: only a date can be open, but '%s' is %s", column->name,
              type_words(column->type));
    set_type_texts(a, column, &node_Type(written->type)->texts);
    if (!written->expression)
        column->field = written->field.text ? written->field.text : column->name;
    set_column_codes(a, column, written->codes);
}

static void add_columns(Analysis *a, SourceDeclaration *declaration, const NodeList *clauses) {
    size_t count = 0;
    for (size_t i = 0; i < clauses->len; i++)
        count += clauses->items[i]->kind == NODE_COLUMN;
    SourceModel *source = declaration->source;
    source->columns = arena_array(a->arena, count + 1, sizeof *source->columns);
    declaration->column_nodes = arena_array(a->arena, count + 1, sizeof(Node *));
    declaration->computing = arena_array(a->arena, count + 1, 1);
    for (size_t i = 0; i < clauses->len; i++)
        if (clauses->items[i]->kind == NODE_COLUMN)
            add_column(a, declaration, clauses->items[i]);
}

/* ---- the declaration ---- */

/* dispatch */
static void read_clause(Analysis *a, SourceDeclaration *declaration, const Node *clause,
                        const Node *seen[NODE_KINDS]) {
    SourceModel *source = declaration->source;
    if (clause->kind == NODE_KEY)
        first_time(a, &seen[NODE_KEY], clause, "key");
    else if (clause->kind == NODE_SYMBOLS && first_time(a, &seen[NODE_SYMBOLS], clause, "symbols"))
        set_symbols(a, source, node_Symbols(clause));
    else if (clause->kind == NODE_COVERS && first_time(a, &seen[NODE_COVERS], clause, "covers"))
        set_covers(a, source, clause);
    else if (clause->kind == NODE_PUBLISHED &&
             first_time(a, &seen[NODE_PUBLISHED], clause, "published"))
        source->published = node_Published(clause)->kind;
    else if (clause->kind == NODE_ROWS)
        first_time(a, &seen[NODE_ROWS], clause, "rows");
    else if (clause->kind == NODE_TAKEN)
        add_taken(a, &source->taken, &source->taken_len, clause, declaration->node->clauses.len);
    else if (clause->kind == NODE_BROKEN_CLAUSE)
        declaration->damaged = true;
}

static int column_place(const SourceModel *source, const char *name) {
    for (size_t i = 0; i < source->columns_len; i++)
        if (strcmp(source->columns[i].name, name) == 0)
            return (int)i;
    return -1;
}

static void suggest_column(Analysis *a, Diag *diag, const SourceModel *source, const char *wanted) {
    const char **names = arena_array(a->arena, source->columns_len + 1, sizeof *names);
    for (size_t i = 0; i < source->columns_len; i++)
        names[i] = source->columns[i].name;
    diag_suggest(diag, wanted, names, source->columns_len);
}

static bool read_row_header(Analysis *a, const SourceModel *source, const Node_Row *header,
                            int *places) {
    for (size_t i = 0; i < header->cells.len; i++) {
        places[i] = column_place(source, header->cells.items[i].text);
        Name name = {atom_of_text(a->session->atoms, header->cells.items[i].text),
                     header->cells.items[i].span};
        if (places[i] < 0 &&
            (source_declaration(a, source)->damaged || unknown_again(a, source, name)))
            return false;
        if (places[i] < 0 || !source->columns[places[i]].field) {
            Diag *diag =
                fault(a, DIAG_rows_column, header->cells.items[i].span, "'%s' has no %s '%s'",
                      source->name, places[i] < 0 ? "column" : "stored column",
                      header->cells.items[i].text);
            unknown_said(a, source, name, diag);
            suggest_column(a, diag, source, name.atom);
            return false;
        }
    }
    return true;
}

const char **rows_read(Analysis *a, const SourceModel *source, const NodeList *rows, int **places) {
    const Node_Row *header = node_Row(rows->items[0]);
    *places = arena_array(a->arena, header->cells.len + 1, sizeof **places);
    if (!read_row_header(a, source, header, *places))
        return NULL;
    const char **cells =
        arena_array(a->arena, (rows->len - 1) * source->columns_len + 1, sizeof *cells);
    for (size_t r = 1; r < rows->len; r++) {
        const Node_Row *row = node_Row(rows->items[r]);
        if (row->cells.len != header->cells.len) {
            fault(a, DIAG_rows_width, rows->items[r]->span,
                  "this row has %zu cell%s, its header %zu", row->cells.len,
                  row->cells.len == 1 ? "" : "s", header->cells.len);
            continue;
        }
        for (size_t c = 0; c < row->cells.len; c++)
            cells[(r - 1) * source->columns_len + (size_t)(*places)[c]] = row->cells.items[c].text;
    }
    return cells;
}

static void read_rows(Analysis *a, SourceModel *source, const Node *clause) {
    const NodeList *rows = &node_Rows(clause)->rows;
    int *places;
    if (rows->len == 0)
        return;
    source->cells = rows_read(a, source, rows, &places);
    source->rows_len = source->cells ? rows->len - 1 : 0;
}

void declare_source(Analysis *a, const Node *node) {
    const Node_Source *written = node_Source(node);
    SourceDeclaration *declaration =
        source_declaration(a, &(SourceModel){.name = written->name.atom});
    SourceModel *source = declaration->source;
    const Node *seen[NODE_KINDS] = {0};
    for (size_t i = 0; i < written->clauses.len; i++)
        read_clause(a, declaration, written->clauses.items[i], seen);
    add_columns(a, declaration, &written->clauses);
    if (seen[NODE_ROWS])
        read_rows(a, source, seen[NODE_ROWS]);
    if (seen[NODE_ROWS] && written->table.text) {
        Diag *diag = fault(a, DIAG_rows_and_table, seen[NODE_ROWS]->span,
                           "'%s' has rows here and a table in the store", source->name);
        diag_note(diag, written->table.span, "the table");
    }
    if (!seen[NODE_ROWS])
        source->table = written->table.text ? written->table.text : source->name;
    if (source->columns_len == 0 && !declaration->damaged)
        fault(a, DIAG_source_without_columns, node->span, "'%s' has no column", source->name);
}

/* ---- once all names are known ---- */

static void complete_key(Analysis *a, SourceDeclaration *declaration, const Node *clause) {
    SourceModel *source = declaration->source;
    const NameList *names = &node_Key(clause)->columns;
    source->key = arena_array(a->arena, names->len, sizeof *source->key);
    for (size_t i = 0; i < names->len; i++) {
        int place = column_place(source, names->items[i].atom);
        if (place < 0 || !source->columns[place].field) {
            a->failed = true;
            if (declaration->damaged && place < 0)
                continue;
            if (place < 0 && unknown_again(a, source, names->items[i]))
                continue;
            Diag *diag = fault(a, DIAG_key_column, names->items[i].span,
                               "the key '%s' is no stored column of '%s'", names->items[i].atom,
                               source->name);
            unknown_said(a, source, names->items[i], diag);
            suggest_column(a, diag, source, names->items[i].atom);
            continue;
        }
        source->key[source->key_len++] = &source->columns[place];
    }
}

static void complete_link(Analysis *a, ColumnModel *column, const Node *clause) {
    Name target = node_Type(node_Column(clause)->type)->link;
    SourceDeclaration *found = source_find(a, target);
    if (!found) {
        column->type.kind = TYPE_ERROR;
        return;
    }
    column->type.row = found->source;
    found->source->used = true;
    const Node_Source *node = found->node;
    size_t key_len = 0;
    for (size_t i = 0; i < node->clauses.len; i++)
        if (node->clauses.items[i]->kind == NODE_KEY)
            key_len = node_Key(node->clauses.items[i])->columns.len;
    if (key_len == 1 || found->damaged)
        return;
    column->type.kind = TYPE_ERROR;
    if (unknown_again(a, found, (Name){target.atom, column->span}))
        return;
    Diag *diag =
        fault(a, DIAG_link_without_key, column->span, "'%s' cannot be linked to: it has %s",
              target.atom, key_len == 0 ? "no key" : "a key of several columns");
    unknown_said(a, found, target, diag);
    diag_note(diag, found->source->span, "'%s' is declared here", target.atom);
    diag_help(diag, "write `key COLUMN` in '%s'", target.atom);
    column->type.kind = TYPE_ERROR;
}

static bool computed_type_suits(TypeKind declared, TypeKind found) {
    return declared == found || (declared == TYPE_DECIMAL && found == TYPE_INTEGER);
}

/* The columns that it uses are computed first, so that their parts are known. */
static Expr *compute(Analysis *a, ColumnModel *own, const Node *node) {
    Place place = {.analysis = a, .own = own->source};
    size_t parts_before = a->parts;
    unsigned levels_before = a->column_levels;
    a->column_levels = 0;
    bool deep = ++a->computing > MOST_COLUMNS_DEEP;
    Expr *expr = deep ? NULL : infer(&place, node, NULL);
    a->computing--;
    own->parts = a->parts - parts_before;
    a->parts = parts_before;
    own->levels = a->column_levels + 1;
    a->column_levels = levels_before;
    if (!deep && own->parts <= MOST_PARTS && own->levels <= MOST_COLUMNS_DEEP)
        return expr;
    diag_help(fault(a, DIAG_written_out_too_long, own->span,
                    "'%s' comes to too much when the columns that it uses are written out",
                    own->name),
              "take out what is repeated, or compute fewer columns from each other");
    return expr_error(a, node->span);
}

void column_compute(Analysis *a, const ColumnModel *column) {
    SourceDeclaration *declaration = source_declaration(a, column->source);
    const Node *node = node_Column(declaration->column_nodes[column->index])->expression;
    uint8_t *state = &declaration->computing[column->index];
    ColumnModel *own = &declaration->source->columns[column->index];
    if (!node || *state == 2)
        return;
    if (*state == 1) {
        fault(a, DIAG_cyclic_column, own->span, "the column '%s' is computed from itself",
              own->name);
        own->type.kind = TYPE_ERROR;
        return;
    }
    *state = 1;
    Expr *expr = compute(a, own, node);
    if (expr->type.kind != TYPE_ERROR && own->type.kind != TYPE_ERROR &&
        !computed_type_suits(own->type.kind, expr->type.kind)) {
        fault(a, DIAG_computed_type, node->span, "'%s' is declared as %s, but this is %s",
              own->name, type_words(own->type), type_words(expr->type));
        expr = expr_error(a, node->span);
    }
    own->computed = expr;
    if (expr->type.kind == TYPE_ERROR)
        own->type.kind = TYPE_ERROR;
    *state = 2;
}

void complete_source(Analysis *a, SourceDeclaration *declaration) {
    SourceModel *source = declaration->source;
    for (size_t i = 0; i < declaration->node->clauses.len; i++)
        if (declaration->node->clauses.items[i]->kind == NODE_KEY && !source->key) {
            complete_key(a, declaration, declaration->node->clauses.items[i]);
        }
    for (size_t i = 0; i < source->columns_len; i++)
        if (source->columns[i].type.kind == TYPE_ROW)
            complete_link(a, &source->columns[i], declaration->column_nodes[i]);
}
