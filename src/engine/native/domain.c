/* Values that relate rows, as places from 0 on: a number or a date by how far it is above the
 * lowest, a text by its place in the dictionary.
 */
#include <string.h>

#include "engine/native/native.h"

/* A place costs some bytes whether a row has its value or not. */
#define MOST_PLACES_A_ROW 16
#define FREE_PLACES 65536

static const PackedColumn *packed_of(Program *program, const ColumnModel *column) {
    const LoadedTable *loaded = data_table(program->shared->data, column->source);
    return &loaded->table.columns[loaded->place[column->index]];
}

bool domain_of(Program *program, const Node *own, Domain *out) {
    if (own->kind != NODE_COLUMN)
        return false;
    const PackedColumn *column = packed_of(program, own->as.column);
    size_t rows = own->scope->slots[0].table->table.rows;
    *out = (Domain){.kind = own->value.kind, .low = column->low};
    switch (own->value.kind) {
    case VECTOR_TEXT:
        out->low = 0;
        out->size = out->texts_len = column->texts_len;
        out->texts = column->texts;
        return true;
    case VECTOR_NUMBER:
    case VECTOR_DATE:
        if (column->scale != 0 || column->kind == COLUMN_YES_NO)
            return false;
        if (column->low > column->high)
            return true;
        uint64_t between = (uint64_t)column->high - (uint64_t)column->low;
        out->size = (size_t)between + 1;
        return between < MOST_PLACES_A_ROW * (uint64_t)rows + FREE_PLACES;
    case VECTOR_ROWS:
    case VECTOR_EXACT:
        return false;
    }
    return false;
}

bool domain_takes(const Domain *domain, const Node *key) {
    return key->kind == NODE_COLUMN && key->value.kind == domain->kind && key->value.scale == 0 &&
           !key->value.yes_no;
}

/* ---- another dictionary ---- */

static size_t slot_of(const char *const *table, size_t mask, const char *text) {
    uint64_t hash = (uint64_t)(uintptr_t)text * UINT64_C(0x9E3779B97F4A7C15);
    size_t slot = (size_t)(hash >> 24) & mask;
    while (table[slot] && table[slot] != text)
        slot = (slot + 1) & mask;
    return slot;
}

/* For each text of the key's dictionary its place in the domain. Texts of a run are atoms. */
static const uint32_t *translate(const Domain *domain, Node *key) {
    size_t len = 16;
    while (len < domain->texts_len * 2)
        len *= 2;
    Arena *arena = key->scope->program->arena;
    const char **table = memory_alloc(len * sizeof *table);
    uint32_t *places = memory_alloc(len * sizeof *places);
    uint32_t *out = arena_array(arena, key->value.texts_len + 1, sizeof *out);
    memset(table, 0, len * sizeof *table);
    for (size_t i = 0; i < domain->texts_len; i++) {
        size_t slot = slot_of(table, len - 1, domain->texts[i]);
        table[slot] = domain->texts[i];
        places[slot] = (uint32_t)i;
    }
    for (size_t i = 0; i < key->value.texts_len; i++) {
        size_t slot = slot_of(table, len - 1, key->value.texts[i]);
        out[i] = table[slot] ? places[slot] : NO_SLOT;
    }
    memory_free(places);
    memory_free(table);
    return out;
}

static const uint32_t *translation_of(const Domain *domain, Node *key) {
    for (size_t i = 0; i < key->translations.len; i++)
        if (key->translations.items[i].texts == domain->texts)
            return key->translations.items[i].places;
    Translation made = {domain->texts, translate(domain, key)};
    vec_push(key->scope->program->arena, &key->translations, made);
    return made.places;
}

/* ---- places ---- */

void domain_slots(const Domain *domain, Node *key, uint32_t *out) {
    const Vector *value = node_value(key);
    size_t len = key->scope->len;
    if (value->kind == VECTOR_TEXT) {
        const uint32_t *places = value->texts == domain->texts ? NULL : translation_of(domain, key);
        for (size_t i = 0; i < len; i++)
            out[i] = value->texts_len == 0 ? NO_SLOT
                     : places              ? places[value->codes[i]]
                                           : value->codes[i];
    } else {
        for (size_t i = 0; i < len; i++) {
            int64_t number = value->kind == VECTOR_DATE ? value->dates[i] : value->numbers[i];
            uint64_t at = (uint64_t)number - (uint64_t)domain->low;
            out[i] = at < domain->size ? (uint32_t)at : NO_SLOT;
        }
    }
    for (size_t i = 0; value->state && i < len; i++)
        if (value->state[i] != STATE_KNOWN)
            out[i] = MISSING_SLOT;
}
