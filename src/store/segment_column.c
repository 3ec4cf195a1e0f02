#include "store/segment_column.h"

#include <string.h>

#include "store/packing.h"
#include "store/text_places.h"
#include "store/typed.h"

/* Values of one segment of which each is read once. */
#define MEMO_MOST ((uint64_t)2 * PIECE_ROWS)

/* What a text is as a value of the column. */
typedef struct Meaning {
    Reading reading;
    bool known;
    uint8_t symbol;
    uint8_t places;
    int64_t value;
} Meaning;

typedef struct Typing {
    const TableSpec *spec;
    size_t column;
    const ColumnSpec *declared;
    Arena *run;
    Atoms *texts;
    TextPlaces places;
    int scale;
    PackSummary summary;
    Meaning *memo;
    int64_t *values; /* of a segment that is made anew */
    uint64_t *missing;
    uint8_t *symbols;
    bool any_missing, any_symbol;
    StrBuf text;
} Typing;

/* ---- as they stand --------------------------------------------------------------------------- */

/* Marks that numbers or dates might be. */
static bool marks_have_digits(const TableSpec *spec) {
    for (size_t i = 0; i < spec->symbols_len; i++)
        if (strpbrk(spec->symbols[i].mark, "0123456789"))
            return true;
    return false;
}

bool segment_is_typed(const TableSpec *spec, size_t column, const Segment *segment) {
    const ColumnSpec *declared = &spec->columns[column];
    if (marks_have_digits(spec))
        return false;
    switch (declared->kind) {
    case COLUMN_INTEGER:
        return segment->form == SEGMENT_NUMBERS && segment->places == 0;
    case COLUMN_DECIMAL:
        return segment->form == SEGMENT_NUMBERS;
    case COLUMN_MONEY:
        return segment->form == SEGMENT_NUMBERS && segment->finest <= MONEY_PLACES;
    case COLUMN_DATE:
        return segment->form == SEGMENT_DATES &&
               (!declared->date_format || strcmp(declared->date_format, "yyyy-mm-dd") == 0);
    case COLUMN_TEXT:
    case COLUMN_YES_NO:
        return false;
    }
    return false;
}

/* The bounds and the order of a piece that was not looked through. */
static void summary_add(PackSummary *summary, const Segment *segment) {
    bool first = summary->low > summary->high;
    summary->any_missing = summary->any_missing || segment->piece.missing;
    if (segment->low > segment->high)
        return;
    summary->ascending =
        summary->ascending && segment->ascending && (first || segment->low > summary->high);
    summary->low = segment->low < summary->low ? segment->low : summary->low;
    summary->high = segment->high > summary->high ? segment->high : summary->high;
}

/* ---- what a value means ---------------------------------------------------------------------- */

static int64_t value_of(Typing *typing, const TypedValue *value) {
    switch (typing->declared->kind) {
    case COLUMN_TEXT:
        return text_place(&typing->places, atom_of(typing->texts, value->text, value->len));
    case COLUMN_DATE:
        return value->date;
    case COLUMN_INTEGER:
    case COLUMN_DECIMAL:
    case COLUMN_MONEY:
    case COLUMN_YES_NO:
        return value->number;
    }
    return 0;
}

static bool is_scaled(ColumnKind kind) {
    return kind == COLUMN_DECIMAL || kind == COLUMN_MONEY;
}

/* A number of `places` decimal places as the column's units. */
static bool scale_to(int64_t *value, int places, int scale) {
    for (; places < scale; places++)
        if (__builtin_mul_overflow(*value, (int64_t)10, value))
            return false;
    for (; places > scale; places--)
        *value /= 10; /* zeros at the end, as the scale is the finest that there is */
    return true;
}

static Meaning text_read(Typing *typing, const char *text, size_t len) {
    TypedValue value = {0};
    Meaning meaning = {.known = true};
    meaning.reading = typed_read(typing->spec, typing->column, text, len, &value);
    meaning.symbol = (uint8_t)value.symbol;
    if (meaning.reading != READING_VALUE)
        return meaning;
    meaning.value = value_of(typing, &value);
    if (!is_scaled(typing->declared->kind))
        return meaning;
    meaning.places = (uint8_t)value.places;
    if (!scale_to(&meaning.value, value.places, typing->scale))
        meaning.reading = READING_BAD;
    return meaning;
}

static Meaning raw_read(Typing *typing, const Segment *segment, int64_t raw) {
    size_t len;
    if (segment->form == SEGMENT_TEXTS) {
        const char *text = segment_text(segment, (size_t)raw, &len);
        return text_read(typing, text, len);
    }
    strbuf_clear(&typing->text);
    segment_print(segment, raw, &typing->text);
    return text_read(typing, strbuf_text(&typing->text), typing->text.len);
}

/* ---- a segment made anew --------------------------------------------------------------------- */

static bool is_missing(const PackedPiece *piece, size_t row) {
    return piece->missing && (piece->missing[row / 64] >> (row % 64) & 1);
}

static void row_missing(Typing *typing, size_t row, uint8_t symbol) {
    typing->values[row] = 0;
    typing->missing[row / 64] |= UINT64_C(1) << (row % 64);
    typing->symbols[row] = symbol;
    typing->any_missing = true;
    typing->any_symbol = typing->any_symbol || symbol != SYMBOL_NONE;
}

/* Only the last segment has fewer rows than the first. */
static void rows_start(Typing *typing, size_t rows) {
    size_t words = (rows + 63) / 64;
    if (!typing->values) {
        typing->values = memory_alloc(rows * sizeof *typing->values);
        typing->missing = memory_alloc(words * sizeof *typing->missing);
        typing->symbols = memory_alloc(rows);
    }
    memset(typing->missing, 0, words * sizeof *typing->missing);
    memset(typing->symbols, SYMBOL_NONE, rows);
    typing->any_missing = typing->any_symbol = false;
}

static void *keep(Arena *run, const void *items, size_t size) {
    void *kept = arena_alloc(run, size);
    memcpy(kept, items, size);
    return kept;
}

static bool piece_make(Typing *typing, const Segment *segment, PackedPiece *out) {
    rows_start(typing, segment->rows);
    uint64_t range = (uint64_t)segment->high - (uint64_t)segment->low + 1;
    bool memo = segment->low <= segment->high && range != 0 && range <= MEMO_MOST;
    if (memo) {
        typing->memo = memory_resize(typing->memo, (size_t)range * sizeof *typing->memo);
        memset(typing->memo, 0, (size_t)range * sizeof *typing->memo);
    }
    for (size_t i = 0; i < segment->rows; i++) {
        if (is_missing(&segment->piece, i)) {
            row_missing(typing, i, SYMBOL_NONE);
            continue;
        }
        int64_t raw = packed_number(&segment->piece, i);
        Meaning once, *meaning = memo ? &typing->memo[raw - segment->low] : &once;
        if (!memo || !meaning->known)
            *meaning = raw_read(typing, segment, raw);
        if (meaning->reading == READING_BAD)
            return false;
        if (meaning->reading == READING_MISSING)
            row_missing(typing, i, meaning->symbol);
        else
            typing->values[i] = meaning->value;
    }
    *out = (PackedPiece){0};
    if (typing->any_missing)
        out->missing = keep(typing->run, typing->missing, (segment->rows + 63) / 64 * 8);
    if (typing->any_symbol)
        out->symbols = keep(typing->run, typing->symbols, segment->rows);
    pack_values(typing->values, segment->rows, typing->run, &typing->summary, out);
    return true;
}

/* A dictionary whose texts all stand for themselves, at the same places in the column's. */
static bool texts_stand(Typing *typing, const Segment *segment) {
    if (typing->declared->kind != COLUMN_TEXT || segment->form != SEGMENT_TEXTS)
        return false;
    for (size_t i = 0; i < segment->texts_len; i++) {
        Meaning meaning = raw_read(typing, segment, (int64_t)i);
        if (meaning.reading != READING_VALUE || meaning.value != (int64_t)i)
            return false;
    }
    return true;
}

static bool piece_scale(const Typing *typing, const Segment *segment, PackedPiece *out,
                        PackSummary *summary) {
    int64_t *values = memory_alloc((segment->rows + 1) * sizeof *values);
    bool fits = true;
    for (size_t i = 0; fits && i < segment->rows; i++) {
        values[i] = is_missing(&segment->piece, i) ? 0 : packed_number(&segment->piece, i);
        fits = scale_to(&values[i], segment->places, typing->scale);
    }
    *out = (PackedPiece){0};
    if (segment->piece.missing)
        out->missing = keep(typing->run, segment->piece.missing, (segment->rows + 63) / 64 * 8);
    if (fits)
        pack_values(values, segment->rows, typing->run, summary, out);
    memory_free(values);
    return fits;
}

static bool piece_take(Typing *typing, const Segment *segment, PackedPiece *out) {
    bool typed = segment_is_typed(typing->spec, typing->column, segment);
    if (typed && is_scaled(typing->declared->kind) && segment->places != typing->scale)
        return piece_scale(typing, segment, out, &typing->summary);
    if (!typed && !texts_stand(typing, segment))
        return piece_make(typing, segment, out);
    *out = segment->piece;
    summary_add(&typing->summary, segment);
    return true;
}

/* ---- the column ------------------------------------------------------------------------------ */

/* Decimals are brought to the most places that any of them has. */
static bool scale_find(Typing *typing, const Segment *segments, size_t len) {
    int scale = typing->declared->kind == COLUMN_MONEY ? MONEY_PLACES : 0;
    for (size_t i = 0; i < len; i++) {
        if (segments[i].form != SEGMENT_TEXTS && segments[i].finest > scale)
            scale = segments[i].finest;
        for (size_t j = 0; j < segments[i].texts_len; j++) {
            size_t text_len;
            const char *text = segment_text(&segments[i], j, &text_len);
            TypedValue value;
            Reading reading = typed_read(typing->spec, typing->column, text, text_len, &value);
            if (reading == READING_BAD)
                return false;
            if (reading == READING_VALUE && value.places > scale)
                scale = value.places;
        }
    }
    typing->scale = scale;
    return true;
}

static void column_end(Typing *typing, PackedPiece *pieces, PackedColumn *out) {
    const PackSummary *summary = &typing->summary;
    *out = (PackedColumn){.kind = typing->declared->kind,
                          .scale = typing->scale,
                          .pieces = pieces,
                          .any_missing = summary->any_missing,
                          .low = summary->low,
                          .high = summary->high,
                          .ascending = summary->ascending && !summary->any_missing};
    if (typing->declared->kind != COLUMN_TEXT)
        return;
    out->texts_len = typing->places.texts.len;
    out->texts = out->texts_len ? typing->places.texts.items : arena_alloc(typing->run, 0);
}

bool segments_type(const TableSpec *spec, size_t column, const Segment *segments, size_t len,
                   Arena *run, Atoms *texts, PackedPiece *pieces, PackedColumn *out) {
    Typing typing = {.spec = spec,
                     .column = column,
                     .declared = &spec->columns[column],
                     .run = run,
                     .texts = texts,
                     .places = {.run = run},
                     .summary = pack_summary_start()};
    bool ok = !is_scaled(typing.declared->kind) || scale_find(&typing, segments, len);
    for (size_t i = 0; ok && i < len; i++)
        ok = piece_take(&typing, &segments[i], &pieces[i]);
    if (ok)
        column_end(&typing, pieces, out);
    text_places_fini(&typing.places);
    memory_free(typing.memo);
    memory_free(typing.values);
    memory_free(typing.missing);
    memory_free(typing.symbols);
    strbuf_fini(&typing.text);
    return ok;
}
