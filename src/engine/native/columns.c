/* Reading: the rows of a scope, rows that links lead to, and the values of columns. */
#include <string.h>

#include "engine/native/native.h"

static bool is_missing(const PackedPiece *piece, size_t at) {
    return piece->missing && (piece->missing[at / 64] >> (at % 64) & 1);
}

/* Of a row without a value. */
static uint8_t missing_state(const ColumnModel *column, const PackedPiece *piece, size_t at) {
    Symbol symbol = piece->symbols ? (Symbol)piece->symbols[at] : SYMBOL_NONE;
    if (column->type.open && symbol == SYMBOL_NONE)
        return STATE_NOT_YET;
    return (uint8_t)(STATE_MISSING + symbol);
}

static uint8_t state_of(const ColumnModel *column, const PackedPiece *piece, size_t at) {
    return is_missing(piece, at) ? missing_state(column, piece, at) : STATE_KNOWN;
}

/* ---- compiling ---- */

static const PackedColumn *packed_of(Program *program, const ColumnModel *column) {
    const LoadedTable *loaded = data_table(program->shared->data, column->source);
    size_t place = loaded->source ? loaded->place[column->index] : NO_ROW;
    return place == NO_ROW ? NULL : &loaded->table.columns[place];
}

static VectorKind kind_of(ColumnKind kind) {
    switch (kind) {
    case COLUMN_TEXT:
        return VECTOR_TEXT;
    case COLUMN_DATE:
        return VECTOR_DATE;
    case COLUMN_INTEGER:
    case COLUMN_DECIMAL:
    case COLUMN_MONEY:
    case COLUMN_YES_NO:
        return VECTOR_NUMBER;
    }
    return VECTOR_NUMBER;
}

Node *compile_column(Program *program, Scope *scope, Node *rows, const ColumnModel *column) {
    if (column->computed) {
        Env env = {.scope = scope};
        if (!env_add(&env, &column->source->self, NULL, rows))
            return NULL;
        return compile_value(program, &env, column->computed);
    }
    const PackedColumn *packed = packed_of(program, column);
    if (!packed)
        return NULL;
    Node like = {.kind = NODE_COLUMN, .terms = {rows}};
    like.as.column = column;
    like.low = DATE_MIN;
    like.high = DATE_MAX;
    if (packed->kind == COLUMN_DATE && packed->low <= packed->high) {
        like.low = (Date)packed->low;
        like.high = (Date)packed->high;
    }
    Node *node = node_intern(scope, &like);
    if (node->value.texts || node->day)
        return node; /* it was there */
    node->value.kind = kind_of(packed->kind);
    node->value.scale = packed->scale;
    node->value.yes_no = packed->kind == COLUMN_YES_NO;
    node->value.texts = packed->texts;
    node->value.texts_len = packed->texts_len;
    if (packed->kind == COLUMN_DATE) {
        node->day = node;
        node->direction = 1;
    }
    node->gathers = rows->kind != NODE_SLOT || scope->slots[rows->as.slot].gathered;
    return node;
}

static Node *compile_link(Program *program, Scope *scope, Node *holder, const ColumnModel *link) {
    if (link->computed)
        return NULL;
    const LoadedTable *linked = data_table(program->shared->data, link->type.row);
    Node *key = compile_column(program, scope, holder, link);
    if (!key || !linked->source)
        return NULL;
    Node like = {.kind = NODE_LINK, .terms = {key}};
    like.as.column = link;
    Node *node = node_intern(scope, &like);
    node->value.kind = VECTOR_ROWS;
    return node;
}

Node *compile_rows(Program *program, const Env *env, const Expr *row) {
    if (row->kind == EXPR_ROW)
        return env_find(env, row->as.row);
    Node *holder = compile_rows(program, env, row->as.column.row);
    return holder ? compile_link(program, env->scope, holder, row->as.column.column) : NULL;
}

/* ---- rows ---- */

static void slot_rows(Node *node) {
    const Slot *slot = &node->scope->slots[node->as.slot];
    node->value.kind = VECTOR_ROWS;
    node->value.rows = slot->rows;
    if (slot->rows)
        return;
    uint32_t *rows = node_buffer(node, sizeof *rows);
    for (size_t i = 0; i < node->scope->len; i++)
        rows[i] = (uint32_t)(slot->first + i);
    node->value.rows = rows;
}

static void links_by_number(const Vector *keys, const NumberedKeys *numbered, size_t len,
                            uint32_t *out) {
    uint64_t low = (uint64_t)numbered->low, span = numbered->span;
    for (size_t i = 0; !numbered->rows && i < len; i++) {
        uint64_t at = (uint64_t)keys->numbers[i] - low;
        out[i] = at < span ? (uint32_t)at : NO_ROW_32;
    }
    for (size_t i = 0; numbered->rows && i < len; i++) {
        uint64_t at = (uint64_t)keys->numbers[i] - low;
        out[i] = at < span ? numbered->rows[at] : NO_ROW_32;
    }
    for (size_t i = 0; keys->state && i < len; i++)
        if (keys->state[i] != STATE_KNOWN)
            out[i] = NO_ROW_32;
}

/* The row of each text of a dictionary, found once. */
static const uint32_t *links_by_text(Node *node, const LoadedTable *linked, const Vector *keys) {
    if (node->by_text)
        return node->by_text;
    uint32_t *rows = arena_array(node->scope->program->arena, keys->texts_len + 1, sizeof *rows);
    for (size_t i = 0; i < keys->texts_len; i++) {
        size_t found, row = key_find(linked, value_text(keys->texts[i]), &found);
        rows[i] = row == NO_ROW ? NO_ROW_32 : (uint32_t)row;
    }
    node->by_text = rows;
    return rows;
}

static void link_rows(Node *node) {
    const Vector *keys = node_value(node->terms[0]);
    const LoadedTable *linked =
        data_table(node->scope->program->shared->data, node->as.column->type.row);
    uint32_t *rows = node_buffer(node, sizeof *rows);
    size_t len = node->scope->len;
    NumberedKeys numbered;
    node->value.rows = rows;
    if (keys->kind == VECTOR_NUMBER && keys->scale == 0 && keys_by_number(linked, &numbered)) {
        links_by_number(keys, &numbered, len, rows);
        return;
    }
    const uint32_t *by_text = keys->kind == VECTOR_TEXT ? links_by_text(node, linked, keys) : NULL;
    for (size_t i = 0; i < len; i++) {
        Outcome key = vector_outcome(keys, i);
        size_t found, row = NO_ROW;
        if (key.kind == OUTCOME_KNOWN && by_text)
            rows[i] = by_text[keys->codes[i]];
        else
            row = key.kind == OUTCOME_KNOWN ? key_find(linked, key.value, &found) : NO_ROW;
        if (key.kind != OUTCOME_KNOWN || !by_text)
            rows[i] = row == NO_ROW ? NO_ROW_32 : (uint32_t)row;
    }
}

void evaluate_rows(Node *node) {
    if (node->kind == NODE_SLOT)
        slot_rows(node);
    else
        link_rows(node);
}

/* ---- columns: rows next to each other ---- */

#define UNPACK(T, OUT)                                                                             \
    do {                                                                                           \
        const T *data = (const T *)piece->data + at;                                               \
        for (size_t i = 0; i < len; i++)                                                           \
            (OUT)[i] = (base) + data[i];                                                           \
    } while (0)

static void unpack_numbers(const PackedPiece *piece, size_t at, size_t len, int64_t *out) {
    uint64_t base = (uint64_t)piece->base;
    uint64_t *bits = (uint64_t *)out;
    if (piece->width == 1)
        UNPACK(uint8_t, bits);
    else if (piece->width == 2)
        UNPACK(uint16_t, bits);
    else if (piece->width == 4)
        UNPACK(uint32_t, bits);
    else if (piece->width == 8)
        UNPACK(uint64_t, bits);
    else
        for (size_t i = 0; i < len; i++)
            bits[i] = base;
}

/* Dates and places in a dictionary: 32 bits. */
static void unpack_small(const PackedPiece *piece, size_t at, size_t len, uint32_t *out) {
    uint32_t base = (uint32_t)piece->base;
    if (piece->width == 1)
        UNPACK(uint8_t, out);
    else if (piece->width == 2)
        UNPACK(uint16_t, out);
    else if (piece->width == 4)
        UNPACK(uint32_t, out);
    else if (piece->width == 8)
        for (size_t i = 0; i < len; i++)
            out[i] = base + (uint32_t)((const uint64_t *)piece->data)[at + i];
    else
        for (size_t i = 0; i < len; i++)
            out[i] = base;
}

/* NULL: all of these rows have values. */
static const uint8_t *unpack_states(Node *node, const PackedPiece *piece, size_t at, size_t len) {
    uint8_t *state = NULL;
    for (size_t word = at / 64; piece->missing && word * 64 < at + len; word++)
        for (uint64_t bits = piece->missing[word]; bits; bits &= bits - 1) {
            size_t row = word * 64 + (size_t)__builtin_ctzll(bits);
            if (row < at || row >= at + len)
                continue;
            if (!state) {
                state = node_state(node);
                memset(state, STATE_KNOWN, len);
            }
            state[row - at] = missing_state(node->as.column, piece, row);
        }
    return state;
}

static void column_of_slot(Node *node, const PackedColumn *packed, size_t first) {
    const PackedPiece *piece = &packed->pieces[first / PIECE_ROWS];
    size_t at = first % PIECE_ROWS, len = node->scope->len;
    Vector *value = &node->value;
    void *buffer = node_buffer(node, sizeof(int64_t));
    if (value->kind == VECTOR_NUMBER) {
        unpack_numbers(piece, at, len, buffer);
        value->numbers = buffer;
    } else {
        unpack_small(piece, at, len, buffer);
        value->dates = buffer;
        value->codes = buffer;
    }
    value->state = unpack_states(node, piece, at, len);
}

/* ---- columns: any rows ---- */

/* All in one piece? Rows that follow each other in the data mostly lead to rows that do so too. */
static bool in_one_piece(const uint32_t *rows, size_t len) {
    uint32_t differ = 0;
    for (size_t i = 0; i < len; i++)
        differ |= rows[i] ^ rows[0];
    return differ < PIECE_ROWS && rows[0] / PIECE_ROWS < NO_ROW_32 / PIECE_ROWS;
}

/* Rows of one piece, from `from` on: where they end. */
static size_t run_end(const uint32_t *rows, size_t from, size_t len) {
    size_t piece = rows[from] / PIECE_ROWS, to = from + 1;
    if (from == 0 && in_one_piece(rows, len))
        return len;
    while (to < len && rows[to] / PIECE_ROWS == piece && rows[to] != NO_ROW_32)
        to++;
    return to;
}

#define GATHER(T, OUT)                                                                             \
    do {                                                                                           \
        const T *data = (const T *)piece->data;                                                    \
        for (size_t i = 0; i < len; i++)                                                           \
            (OUT)[i] = base + data[rows[i] % PIECE_ROWS];                                          \
    } while (0)

static void gather_numbers(const PackedPiece *piece, const uint32_t *rows, size_t len,
                           int64_t *out) {
    uint64_t base = (uint64_t)piece->base;
    uint64_t *bits = (uint64_t *)out;
    if (piece->width == 1)
        GATHER(uint8_t, bits);
    else if (piece->width == 2)
        GATHER(uint16_t, bits);
    else if (piece->width == 4)
        GATHER(uint32_t, bits);
    else if (piece->width == 8)
        GATHER(uint64_t, bits);
    else
        for (size_t i = 0; i < len; i++)
            bits[i] = base;
}

static void gather_small(const PackedPiece *piece, const uint32_t *rows, size_t len,
                         uint32_t *out) {
    uint32_t base = (uint32_t)piece->base;
    if (piece->width == 1)
        GATHER(uint8_t, out);
    else if (piece->width == 2)
        GATHER(uint16_t, out);
    else if (piece->width == 4)
        GATHER(uint32_t, out);
    else if (piece->width == 8)
        for (size_t i = 0; i < len; i++)
            out[i] = base + (uint32_t)((const uint64_t *)piece->data)[rows[i] % PIECE_ROWS];
    else
        for (size_t i = 0; i < len; i++)
            out[i] = base;
}

static void gather_values(Node *node, const PackedColumn *packed, const uint32_t *rows) {
    Vector *value = &node->value;
    bool number = value->kind == VECTOR_NUMBER;
    int64_t *numbers = node_buffer(node, sizeof(int64_t));
    uint32_t *small = node->buffer;
    for (size_t from = 0, to; from < node->scope->len; from = to) {
        to = from + 1;
        if (rows[from] == NO_ROW_32) {
            if (number)
                numbers[from] = 0;
            else
                small[from] = 0;
            continue;
        }
        const PackedPiece *piece = &packed->pieces[rows[from] / PIECE_ROWS];
        to = run_end(rows, from, node->scope->len);
        if (number)
            gather_numbers(piece, rows + from, to - from, numbers + from);
        else
            gather_small(piece, rows + from, to - from, small + from);
    }
    value->numbers = numbers;
    value->codes = small;
    value->dates = node->buffer;
}

static const uint8_t *gather_states(Node *node, const PackedColumn *packed, const uint32_t *rows) {
    size_t len = node->scope->len;
    bool nowhere = false;
    for (size_t i = 0; i < len; i++)
        nowhere |= rows[i] == NO_ROW_32;
    if (!nowhere && !packed->any_missing)
        return NULL;
    uint8_t *state = node_state(node);
    for (size_t i = 0; i < len; i++)
        state[i] = rows[i] == NO_ROW_32
                       ? STATE_MISSING
                       : state_of(node->as.column, &packed->pieces[rows[i] / PIECE_ROWS],
                                  rows[i] % PIECE_ROWS);
    return state;
}

void evaluate_column_of(Node *node) {
    Program *program = node->scope->program;
    const LoadedTable *loaded = data_table(program->shared->data, node->as.column->source);
    const PackedColumn *packed = &loaded->table.columns[loaded->place[node->as.column->index]];
    if (!node->gathers) {
        column_of_slot(node, packed, node->scope->slots[node->terms[0]->as.slot].first);
        return;
    }
    const uint32_t *rows = node_value(node->terms[0])->rows;
    gather_values(node, packed, rows);
    node->value.state = gather_states(node, packed, rows);
}
