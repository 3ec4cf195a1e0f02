/* What was read, as one hash: equal for equal content, in whatever store and order of rows. */
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "engine/reference/data.h"

static void add_value(StrBuf *out, Value value) {
    static const char *const letters[] = {"-", "b", "n", "t", "d"};
    strbuf_add(out, letters[value.kind]);
    if (value.kind == VALUE_MISSING) {
        strbuf_add(out, symbol_letter(value.symbol));
    } else if (value.kind == VALUE_NUMBER) {
        num_print(out, (Num){value.as.number.n, 1}, 0, false);
        strbuf_add(out, "/");
        num_print(out, (Num){value.as.number.d, 1}, 0, false);
    } else {
        value_print(out, value);
    }
    /* A byte that no value holds ends each of them. */
    strbuf_add_char(out, '\x1f');
}

static void add_row(StrBuf *out, const LoadedTable *loaded, size_t row) {
    strbuf_addf(out, "%s\x1f", loaded->source->name);
    for (size_t i = 0; i < loaded->source->columns_len; i++) {
        const ColumnModel *column = &loaded->source->columns[i];
        if (loaded->place[i] == NO_ROW)
            continue;
        strbuf_addf(out, "%s\x1f", column->field);
        add_value(out, data_value(loaded, column, row));
    }
}

/* The sum of the rows' hashes modulo 2^128: their order does not matter, their number does. */
static XXH128_hash_t hash_table(const LoadedTable *loaded, StrBuf *text) {
    XXH128_hash_t sum = {0, 0};
    for (size_t row = 0; row < loaded->table.rows; row++) {
        strbuf_clear(text);
        add_row(text, loaded, row);
        XXH128_hash_t hash = XXH3_128bits(strbuf_text(text), text->len);
        sum.low64 += hash.low64;
        sum.high64 += hash.high64 + (sum.low64 < hash.low64 ? 1 : 0);
    }
    return sum;
}

static int compare_names(const void *a, const void *b) {
    const LoadedTable *const *left = a, *const *right = b;
    return strcmp((*left)->source->name, (*right)->source->name);
}

static void print_hash(StrBuf *out, XXH128_hash_t hash) {
    strbuf_addf(out, "%016llx%016llx", (unsigned long long)hash.high64,
                (unsigned long long)hash.low64);
}

void data_fingerprint(const Data *data, char out[33]) {
    const LoadedTable **tables = memory_alloc((data->model->sources_len + 1) * sizeof *tables);
    size_t len = 0;
    for (size_t i = 0; i < data->model->sources_len; i++)
        if (data->tables[i].source)
            tables[len++] = &data->tables[i];
    qsort(tables, len, sizeof *tables, compare_names);
    StrBuf text = {0}, row = {0}, digits = {0};
    for (size_t i = 0; i < len; i++) {
        strbuf_addf(&text, "%s\x1f%zu\x1f", tables[i]->source->name, tables[i]->table.rows);
        print_hash(&text, hash_table(tables[i], &row));
    }
    print_hash(&digits, XXH3_128bits(strbuf_text(&text), text.len));
    memcpy(out, strbuf_text(&digits), digits.len + 1);
    strbuf_fini(&digits);
    strbuf_fini(&row);
    strbuf_fini(&text);
    memory_free(tables);
}
