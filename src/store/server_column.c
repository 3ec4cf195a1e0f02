#include "store/server_column.h"

#include <string.h>
#include <xxhash.h>

#include "base/vec.h"
#include "store/encoding.h"
#include "store/packing.h"

#define FIRST_SLOTS ((size_t)256)
#define WORD_ROWS 64

/* What one text of a column of texts is. */
typedef struct Text {
    const char *bytes;
    size_t len;
    uint64_t hash;
    int64_t place; /* in the dictionary; below 0: missing, with the symbol -1 - place */
} Text;

typedef struct Dictionary {
    VEC(Text) texts; /* that were met, in order */
    uint32_t *slots; /* place + 1, or 0 */
    size_t slots_len;
    const Text *last; /* columns of codes repeat themselves */
    VEC(const char *) values;
} Dictionary;

/* A decimal's numbers of all rows, each with its own places. */
typedef struct Decimals {
    int64_t *numbers;
    uint8_t *places;
    size_t cap;
    int most_places;
} Decimals;

struct ServerColumnReader {
    const TableSpec *spec;
    size_t column;
    ColumnKind kind;
    ServerForm form;
    bool fits;
    Arena *run;
    Atoms *atoms;
    StrBuf text; /* of a value of another form */
    /* the piece */
    int64_t *values;
    uint64_t *missing;
    uint8_t *symbols;
    bool any_missing, any_symbol;
    size_t at;
    /* all */
    size_t rows;
    VEC(PackedPiece) pieces;
    PackSummary summary;
    Dictionary dictionary;
    Decimals decimals;
    size_t faults, first_fault;
};

ServerColumnReader *server_column_new(const TableSpec *spec, size_t column, ServerForm form,
                                      Arena *run, Atoms *texts) {
    ServerColumnReader *reader = memory_alloc(sizeof *reader);
    ColumnKind kind = spec->columns[column].kind;
    *reader = (ServerColumnReader){.spec = spec,
                                   .column = column,
                                   .kind = kind,
                                   .form = form,
                                   .fits = server_value_fits(form, spec, column),
                                   .run = run,
                                   .atoms = texts,
                                   .summary = pack_summary_start()};
    reader->values = memory_alloc(PIECE_ROWS * sizeof *reader->values);
    reader->missing = memory_alloc(PIECE_ROWS / 8);
    reader->symbols = memory_alloc(PIECE_ROWS);
    memset(reader->missing, 0, PIECE_ROWS / 8);
    memset(reader->symbols, SYMBOL_NONE, PIECE_ROWS);
    reader->decimals.most_places = kind == COLUMN_MONEY ? MONEY_PLACES : 0;
    return reader;
}

void server_column_free(ServerColumnReader *reader) {
    if (!reader)
        return;
    strbuf_fini(&reader->text);
    memory_free(reader->values);
    memory_free(reader->missing);
    memory_free(reader->symbols);
    memory_free(reader->dictionary.slots);
    memory_free(reader->decimals.numbers);
    memory_free(reader->decimals.places);
    memory_free(reader);
}

static bool is_decimal(const ServerColumnReader *reader) {
    return reader->kind == COLUMN_DECIMAL || reader->kind == COLUMN_MONEY;
}

/* ---- one value --------------------------------------------------------------------------------
 */

static void take_missing(ServerColumnReader *reader, Symbol symbol, int64_t row_number) {
    size_t at = reader->at++;
    reader->missing[at / WORD_ROWS] |= UINT64_C(1) << (at % WORD_ROWS);
    reader->any_missing = true;
    reader->values[at] = 0;
    if (symbol != SYMBOL_NONE) {
        reader->symbols[at] = (uint8_t)symbol;
        reader->any_symbol = true;
    }
    if (!reader->spec->columns[reader->column].missing_allowed && reader->faults++ == 0)
        reader->first_fault = (size_t)row_number;
}

static void decimal_take(ServerColumnReader *reader, const TypedValue *value) {
    Decimals *decimals = &reader->decimals;
    size_t row = reader->rows + reader->at;
    if (row >= decimals->cap) {
        decimals->cap = row < PIECE_ROWS / 2 ? PIECE_ROWS : row * 2;
        decimals->places = memory_resize(decimals->places, decimals->cap);
        decimals->numbers =
            memory_resize(decimals->numbers, decimals->cap * sizeof *decimals->numbers);
    }
    decimals->places[row] = (uint8_t)value->places;
    decimals->numbers[row] = value->number;
    if (value->places > decimals->most_places)
        decimals->most_places = value->places;
}

static void take_value(ServerColumnReader *reader, const TypedValue *value) {
    if (is_decimal(reader))
        decimal_take(reader, value);
    reader->values[reader->at++] = reader->kind == COLUMN_DATE ? value->date : value->number;
}

/* ---- columns of texts: each text is read once -------------------------------------------------
 */

static size_t slot_of(const Dictionary *dictionary, const char *bytes, size_t len, uint64_t hash) {
    size_t slot = (size_t)hash & (dictionary->slots_len - 1);
    for (;; slot = (slot + 1) & (dictionary->slots_len - 1)) {
        uint32_t place = dictionary->slots[slot];
        if (place == 0)
            return slot;
        const Text *text = &dictionary->texts.items[place - 1];
        if (text->hash == hash && text->len == len && memcmp(text->bytes, bytes, len) == 0)
            return slot;
    }
}

static void dictionary_grow(Dictionary *dictionary) {
    dictionary->slots_len = dictionary->slots_len ? dictionary->slots_len * 2 : FIRST_SLOTS;
    size_t size = dictionary->slots_len * sizeof *dictionary->slots;
    dictionary->slots = memory_resize(dictionary->slots, size);
    memset(dictionary->slots, 0, size);
    for (size_t i = 0; i < dictionary->texts.len; i++) {
        const Text *text = &dictionary->texts.items[i];
        dictionary->slots[slot_of(dictionary, text->bytes, text->len, text->hash)] =
            (uint32_t)(i + 1);
    }
}

static const char *text_add(ServerColumnReader *reader, const char *bytes, size_t len,
                            uint64_t hash) {
    Dictionary *dictionary = &reader->dictionary;
    if (utf8_valid_prefix(bytes, len) < len)
        return "is not UTF-8";
    TypedValue value;
    Text text = {.len = len, .hash = hash};
    if (typed_read(reader->spec, reader->column, bytes, len, &value) == READING_VALUE) {
        text.bytes = atom_of(reader->atoms, bytes, len);
        text.place = (int64_t)dictionary->values.len;
        vec_push(reader->run, &dictionary->values, text.bytes);
    } else {
        text.bytes = arena_copy_text(reader->run, bytes, len);
        text.place = -1 - (int64_t)value.symbol;
    }
    vec_push(reader->run, &dictionary->texts, text);
    return NULL;
}

static const char *take_text(ServerColumnReader *reader, const char *bytes, size_t len,
                             int64_t row_number) {
    Dictionary *dictionary = &reader->dictionary;
    const Text *text = dictionary->last;
    if (!text || text->len != len || memcmp(text->bytes, bytes, len) != 0) {
        uint64_t hash = XXH3_64bits(bytes, len);
        if (dictionary->texts.len * 2 >= dictionary->slots_len)
            dictionary_grow(dictionary);
        size_t slot = slot_of(dictionary, bytes, len, hash);
        if (!dictionary->slots[slot]) {
            const char *why = text_add(reader, bytes, len, hash);
            if (why)
                return why;
            dictionary->slots[slot] = (uint32_t)dictionary->texts.len;
        }
        text = dictionary->last = &dictionary->texts.items[dictionary->slots[slot] - 1];
    }
    if (text->place < 0)
        take_missing(reader, (Symbol)(-1 - text->place), row_number);
    else
        reader->values[reader->at++] = text->place;
    return NULL;
}

/* ---- any value --------------------------------------------------------------------------------
 */

static const char *take_read(ServerColumnReader *reader, const char *text, size_t len,
                             int64_t row_number) {
    TypedValue value;
    if (utf8_valid_prefix(text, len) < len)
        return "is not UTF-8";
    switch (typed_read(reader->spec, reader->column, text, len, &value)) {
    case READING_VALUE:
        take_value(reader, &value);
        return NULL;
    case READING_MISSING:
        take_missing(reader, value.symbol, row_number);
        return NULL;
    case READING_BAD:
        break;
    }
    return value.why;
}

const char *server_column_take(ServerColumnReader *reader, const char *bytes, size_t len,
                               int64_t row_number, StrBuf *shown) {
    TypedValue value;
    if (!bytes) {
        take_missing(reader, SYMBOL_NONE, row_number);
        return NULL;
    }
    if (reader->fits && server_value_read(reader->form, reader->kind, bytes, len, &value)) {
        take_value(reader, &value);
        return NULL;
    }
    if (reader->form != FORM_TEXT) {
        strbuf_clear(&reader->text);
        server_value_print(&reader->text, reader->form, bytes, len);
        bytes = strbuf_text(&reader->text);
        len = reader->text.len;
    }
    const char *why = reader->kind == COLUMN_TEXT ? take_text(reader, bytes, len, row_number)
                                                  : take_read(reader, bytes, len, row_number);
    if (!why)
        return NULL;
    take_missing(reader, SYMBOL_NONE, row_number);
    strbuf_clear(shown);
    strbuf_add_len(shown, bytes, len);
    return why;
}

/* ---- pieces -----------------------------------------------------------------------------------
 */

void server_column_piece(ServerColumnReader *reader) {
    PackedPiece piece = {0};
    size_t rows = reader->at;
    if (reader->any_missing) {
        size_t words = (rows + WORD_ROWS - 1) / WORD_ROWS;
        uint64_t *missing = arena_array(reader->run, words, sizeof *missing);
        memcpy(missing, reader->missing, words * sizeof *missing);
        piece.missing = missing;
        memset(reader->missing, 0, PIECE_ROWS / 8);
    }
    if (reader->any_symbol) {
        uint8_t *symbols = arena_array(reader->run, rows, sizeof *symbols);
        memcpy(symbols, reader->symbols, rows);
        piece.symbols = symbols;
        memset(reader->symbols, SYMBOL_NONE, PIECE_ROWS);
    }
    if (!is_decimal(reader))
        pack_values(reader->values, rows, reader->run, &reader->summary, &piece);
    vec_push(reader->run, &reader->pieces, piece);
    reader->rows += rows;
    reader->at = 0;
    reader->any_missing = reader->any_symbol = false;
}

/* Brings all decimals to one scale. */
static bool decimals_scale(ServerColumnReader *reader, size_t *bad) {
    static const int64_t tens[] = {1,      10,      100,      1000,      10000,
                                   100000, 1000000, 10000000, 100000000, 1000000000};
    Decimals *decimals = &reader->decimals;
    for (size_t row = 0; row < reader->rows; row++) {
        const PackedPiece *piece = &reader->pieces.items[row / PIECE_ROWS];
        size_t at = row % PIECE_ROWS;
        if (piece->missing && (piece->missing[at / WORD_ROWS] >> (at % WORD_ROWS) & 1))
            continue;
        if (__builtin_mul_overflow(decimals->numbers[row],
                                   tens[decimals->most_places - decimals->places[row]],
                                   &decimals->numbers[row])) {
            *bad = row;
            return false;
        }
    }
    return true;
}

static bool decimals_pack(ServerColumnReader *reader, size_t *bad) {
    if (!decimals_scale(reader, bad))
        return false;
    for (size_t i = 0; i < reader->pieces.len; i++) {
        size_t first = i * PIECE_ROWS;
        size_t rows = reader->rows - first < PIECE_ROWS ? reader->rows - first : PIECE_ROWS;
        pack_values(reader->decimals.numbers + first, rows, reader->run, &reader->summary,
                    &reader->pieces.items[i]);
    }
    return true;
}

bool server_column_end(ServerColumnReader *reader, PackedColumn *out, size_t *row) {
    bool good = !is_decimal(reader) || decimals_pack(reader, row);
    *out = (PackedColumn){.kind = reader->kind,
                          .scale = is_decimal(reader) ? reader->decimals.most_places : 0,
                          .pieces = reader->pieces.items,
                          .any_missing = reader->summary.any_missing,
                          .low = reader->summary.low,
                          .high = reader->summary.high,
                          .ascending = reader->summary.ascending && !reader->summary.any_missing,
                          .faults = reader->faults,
                          .first_fault = reader->first_fault};
    if (reader->kind == COLUMN_TEXT) {
        const Dictionary *dictionary = &reader->dictionary;
        out->texts =
            dictionary->values.len ? dictionary->values.items : arena_alloc(reader->run, 0);
        out->texts_len = dictionary->values.len;
    }
    return good;
}
