/* Keys and links: which row a key means. */
#include <stdlib.h>

#include "engine/reference/evaluate.h"

/* ---- keys in order: any number of columns, any type, keys that occur twice ---- */

typedef struct Keyed {
    const Value *key;
    size_t key_len, row;
} Keyed;

/* Missing parts go first; a value otherwise. */
static int compare_values(const Value *a, const Value *b, size_t len) {
    for (size_t i = 0; i < len; i++) {
        int order = value_compare(a[i], b[i]);
        if (order != 0)
            return order;
    }
    return 0;
}

static int compare_keyed(const void *a, const void *b) {
    const Keyed *left = a, *right = b;
    int order = compare_values(left->key, right->key, left->key_len);
    return order != 0 ? order : left->row < right->row ? -1 : left->row > right->row;
}

static bool is_whole(const Value *key, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (key[i].kind == VALUE_MISSING)
            return false;
    return true;
}

static void read_keys(Data *data, LoadedTable *loaded) {
    const SourceModel *source = loaded->source;
    size_t len = source->key_len;
    Value *keys = arena_array(data->run, loaded->table.rows * len, sizeof *keys);
    Evaluator evaluator = evaluator_new(data);
    for (size_t row = 0; row < loaded->table.rows; row++)
        for (size_t i = 0; i < len; i++)
            keys[row * len + i] = evaluate_column(&evaluator, source->key[i], row).value;
    evaluator_end(&evaluator);
    loaded->keys = keys;
}

static void sort_keys(Data *data, LoadedTable *loaded) {
    size_t len = loaded->source->key_len, rows = loaded->table.rows;
    read_keys(data, loaded);
    Keyed *sorted = memory_alloc((rows + 1) * sizeof *sorted);
    size_t whole = 0;
    for (size_t row = 0; row < rows; row++)
        if (is_whole(&loaded->keys[row * len], len))
            sorted[whole++] = (Keyed){&loaded->keys[row * len], len, row};
    qsort(sorted, whole, sizeof *sorted, compare_keyed);
    loaded->by_key = arena_array(data->run, whole, sizeof *loaded->by_key);
    loaded->by_key_len = whole;
    size_t *same_as = arena_array(data->run, rows, sizeof *same_as);
    for (size_t row = 0; row < rows; row++)
        same_as[row] = row;
    for (size_t i = 0; i < whole; i++) {
        loaded->by_key[i] = sorted[i].row;
        if (i > 0 && compare_values(sorted[i].key, sorted[i - 1].key, len) == 0)
            same_as[sorted[i].row] = same_as[sorted[i - 1].row];
    }
    loaded->same_as = same_as;
    memory_free(sorted);
}

/* ---- keys by place: one column, whole numbers near each other or texts, each once ---- */

/* A place for each number from `low` on, or for each text of the column's dictionary. Numbers that
 * go up down the rows need no places of their own: with `full` a place is its row, else the row is
 * searched for. */
struct KeyPlaces {
    ColumnKind kind;
    int64_t low;
    size_t span;
    const uint32_t *rows; /* by place; NO_KEY: there is none. NULL: the numbers go up */
    bool full;            /* no place is empty */
    const PackedColumn *column;
    size_t column_rows;
    const char **texts; /* an open table of a power of two, by the texts' pointers */
    const uint32_t *text_places;
    size_t texts_mask;
};

#define NO_KEY UINT32_MAX
/* Numbers further apart than this for each row are sorted instead. */
#define PLACES_FOR_A_ROW 4

static size_t text_slot(const KeyPlaces *places, const char *text) {
    uint64_t hash = (uint64_t)(uintptr_t)text * UINT64_C(0x9E3779B97F4A7C15);
    size_t slot = (size_t)(hash >> 24) & places->texts_mask;
    while (places->texts[slot] && places->texts[slot] != text)
        slot = (slot + 1) & places->texts_mask;
    return slot;
}

static void place_texts(Data *data, KeyPlaces *places, const PackedColumn *column) {
    size_t len = 16;
    while (len < column->texts_len * 2)
        len *= 2;
    places->texts = arena_array(data->run, len, sizeof *places->texts);
    uint32_t *by_slot = arena_array(data->run, len, sizeof *by_slot);
    places->texts_mask = len - 1;
    for (size_t i = 0; i < column->texts_len; i++) {
        size_t slot = text_slot(places, column->texts[i]);
        places->texts[slot] = column->texts[i];
        by_slot[slot] = (uint32_t)i;
    }
    places->text_places = by_slot;
}

/* False if a key occurs twice. */
static bool fill_places(const LoadedTable *loaded, const PackedColumn *column,
                        const KeyPlaces *places, uint32_t *rows) {
    for (size_t i = 0; i < places->span; i++)
        rows[i] = NO_KEY;
    for (size_t row = 0; row < loaded->table.rows; row++) {
        const PackedPiece *piece = &column->pieces[row / PIECE_ROWS];
        size_t at = row % PIECE_ROWS;
        if (piece->missing && (piece->missing[at / 64] >> (at % 64) & 1))
            continue;
        uint32_t *place = &rows[packed_number(piece, at) - places->low];
        if (*place != NO_KEY)
            return false;
        *place = (uint32_t)row;
    }
    return true;
}

static bool fits_places(const LoadedTable *loaded, const PackedColumn *column, size_t *span) {
    if (loaded->table.rows >= NO_KEY ||
        (column->kind != COLUMN_TEXT && column->kind != COLUMN_INTEGER))
        return false;
    *span = column->texts_len;
    if (column->kind == COLUMN_TEXT)
        return true;
    if (column->low > column->high) {
        *span = 0;
        return true;
    }
    uint64_t between = (uint64_t)column->high - (uint64_t)column->low;
    *span = (size_t)between + 1;
    return between < PLACES_FOR_A_ROW * (uint64_t)loaded->table.rows + 1024;
}

/* Each number is there once, and its row is easily found; `fits`: a place for each would do. */
static bool needs_no_places(const PackedColumn *column, const KeyPlaces *places, bool linked,
                            bool fits) {
    return column->kind == COLUMN_INTEGER && column->ascending && column->low <= column->high &&
           places->span > 0 && places->column_rows < NO_KEY && (places->full || !linked || !fits);
}

static const KeyPlaces *place_keys(Data *data, const LoadedTable *loaded, bool linked) {
    const SourceModel *source = loaded->source;
    if (source->key_len != 1 || source->key[0]->computed)
        return NULL;
    const PackedColumn *column = &loaded->table.columns[loaded->place[source->key[0]->index]];
    KeyPlaces *places = arena_alloc(data->run, sizeof *places);
    bool fits = fits_places(loaded, column, &places->span);
    places->kind = column->kind;
    places->low = column->kind == COLUMN_INTEGER ? column->low : 0;
    places->full = column->kind == COLUMN_INTEGER && places->span == loaded->table.rows;
    places->column = column;
    places->column_rows = loaded->table.rows;
    if (needs_no_places(column, places, linked, fits))
        return places;
    if (!fits)
        return NULL;
    uint32_t *rows = arena_array(data->run, places->span, sizeof *rows);
    if (!fill_places(loaded, column, places, rows))
        return NULL;
    places->rows = rows;
    if (column->kind == COLUMN_TEXT)
        place_texts(data, places, column);
    return places;
}

void keys_build(Data *data, LoadedTable *loaded, bool linked) {
    if (loaded->source->key_len == 0)
        return;
    loaded->places = place_keys(data, loaded, linked);
    if (!loaded->places)
        sort_keys(data, loaded);
}

/* ---- looking up ---- */

/* Numbers that go up: none is missing. */
static uint32_t search_number(const KeyPlaces *places, int64_t number) {
    size_t low = 0, high = places->column_rows;
    if (places->full)
        return (uint32_t)((uint64_t)number - (uint64_t)places->low);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const PackedPiece *piece = &places->column->pieces[middle / PIECE_ROWS];
        int64_t there = packed_number(piece, middle % PIECE_ROWS);
        if (there == number)
            return (uint32_t)middle;
        if (there < number)
            low = middle + 1;
        else
            high = middle;
    }
    return NO_KEY;
}

static size_t find_place(const KeyPlaces *places, Value key, size_t *found) {
    uint32_t row = NO_KEY;
    int64_t number;
    if (places->kind == COLUMN_TEXT && key.kind == VALUE_TEXT) {
        size_t slot = text_slot(places, key.as.text);
        if (places->texts[slot])
            row = places->rows[places->text_places[slot]];
    } else if (places->kind == COLUMN_INTEGER && key.kind == VALUE_NUMBER &&
               num_to_int64(key.as.number, &number) && number >= places->low &&
               (uint64_t)number - (uint64_t)places->low < places->span) {
        row = places->rows ? places->rows[(uint64_t)number - (uint64_t)places->low]
                           : search_number(places, number);
    }
    *found = row != NO_KEY;
    return row == NO_KEY ? NO_ROW : row;
}

size_t key_find(const LoadedTable *loaded, Value key, size_t *found) {
    if (loaded->places)
        return find_place(loaded->places, key, found);
    size_t low = 0, high = loaded->source->key_len == 1 ? loaded->by_key_len : 0;
    size_t end = high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (value_compare(loaded->keys[loaded->by_key[middle]], key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (*found = 0; low + *found < end; ++*found)
        if (value_compare(loaded->keys[loaded->by_key[low + *found]], key) != 0)
            break;
    return *found == 1 ? loaded->by_key[low] : NO_ROW;
}

int key_compare(const LoadedTable *loaded, size_t a, size_t b) {
    size_t len = loaded->source->key_len;
    if (!loaded->places)
        return compare_values(&loaded->keys[a * len], &loaded->keys[b * len], len);
    return value_compare(data_value(loaded, loaded->source->key[0], a),
                         data_value(loaded, loaded->source->key[0], b));
}

bool keys_hold_all(const LoadedTable *linked, const PackedColumn *link) {
    const KeyPlaces *places = linked->places;
    return places && places->full && link->kind == COLUMN_INTEGER &&
           (link->low > link->high ||
            (link->low >= places->low && link->high - places->low < (int64_t)places->span));
}

bool keys_by_number(const LoadedTable *linked, NumberedKeys *out) {
    const KeyPlaces *places = linked->places;
    if (!places || places->kind != COLUMN_INTEGER || (!places->rows && !places->full))
        return false;
    *out = (NumberedKeys){.low = places->low, .span = places->span, .rows = places->rows};
    return true;
}
