/* Keys and links: which row a key means. */
#include <stdlib.h>

#include "engine/reference/evaluate.h"

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

int key_compare(const LoadedTable *loaded, size_t a, size_t b) {
    size_t len = loaded->source->key_len;
    return compare_values(&loaded->keys[a * len], &loaded->keys[b * len], len);
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

void keys_build(Data *data, LoadedTable *loaded) {
    size_t len = loaded->source->key_len, rows = loaded->table.rows;
    if (len == 0)
        return;
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

size_t key_find(const LoadedTable *loaded, Value key, size_t *found) {
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

static const size_t *resolve(Data *data, const LoadedTable *loaded, const ColumnModel *link) {
    const LoadedTable *linked = data_table(data, link->type.row);
    size_t *target = arena_array(data->run, loaded->table.rows, sizeof *target);
    for (size_t row = 0; row < loaded->table.rows; row++) {
        size_t found;
        Value key = data_value(loaded, link, row);
        target[row] = key.kind == VALUE_MISSING ? NO_ROW : key_find(linked, key, &found);
    }
    return target;
}

void links_resolve(Data *data, LoadedTable *loaded) {
    for (size_t i = 0; i < loaded->source->columns_len; i++)
        if (loaded->followed[i] && loaded->place[i] != NO_ROW)
            loaded->target[i] = resolve(data, loaded, &loaded->source->columns[i]);
}
