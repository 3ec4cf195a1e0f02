#include "store/segment.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/date.h"
#include "store/encoding.h"
#include "store/packing.h"
#include "store/typed.h"

#define MAGIC UINT32_C(0x3147534B)          /* "KSG1"; another where bytes go the other way */
#define MOST_TEXT_BYTES ((size_t)256 << 20) /* of one segment */
#define TEXTS_KEPT 256                      /* by the next segment, so that places stay */
#define NUMBER_MOST_DIGITS 18               /* fit in 64 bits */
#define MISSING_WORDS ((PIECE_ROWS + 63) / 64)

typedef struct Header {
    uint64_t checksum;
    uint32_t magic;
    uint8_t form, places, finest, width;
    uint32_t rows;
    uint32_t texts_len;
    uint64_t texts_size;
    int64_t low, high;
    uint32_t any_missing, ascending;
} Header;

/* ---- as bytes -------------------------------------------------------------------------------- */

static size_t whole(size_t size) {
    return (size + 7) / 8 * 8;
}

uint64_t segment_identity(const char *table, const char *field, size_t piece) {
    uint64_t hash = XXH3_64bits(table, strlen(table) + 1);
    return XXH3_64bits_withSeed(field, strlen(field) + 1, hash) + piece;
}

uint64_t segment_checksum(uint64_t identity, const void *bytes, size_t size) {
    return XXH3_64bits_withSeed(bytes, size, identity);
}

/* Where the parts are. */
typedef struct Parts {
    size_t data, missing, ends, texts, size;
} Parts;

static Parts parts_of(const Header *header) {
    Parts parts = {.data = sizeof *header};
    parts.missing = parts.data + whole((size_t)header->rows * header->width);
    size_t words = header->any_missing ? ((size_t)header->rows + 63) / 64 : 0;
    parts.ends = parts.missing + words * sizeof(uint64_t);
    parts.texts = parts.ends + whole(header->texts_len * sizeof(uint32_t));
    parts.size = parts.texts + whole((size_t)header->texts_size);
    return parts;
}

#define HIGHEST_OF(T)                                                                              \
    do {                                                                                           \
        T highest = 0;                                                                             \
        for (size_t i = 0; i < rows; i++)                                                          \
            highest = ((const T *)data)[i] > highest ? ((const T *)data)[i] : highest;             \
        return highest;                                                                            \
    } while (0)

static uint64_t highest_offset(const void *data, unsigned width, size_t rows) {
    switch (width) {
    case 1:
        HIGHEST_OF(uint8_t);
    case 2:
        HIGHEST_OF(uint16_t);
    case 4:
        HIGHEST_OF(uint32_t);
    case 8:
        HIGHEST_OF(uint64_t);
    }
    return 0;
}

static bool width_valid(unsigned width) {
    return width == 0 || width == 1 || width == 2 || width == 4 || width == 8;
}

/* Whether the sizes can be those of these bytes, before anything is looked at by them. */
static bool header_valid(const Header *header, size_t size) {
    return header->magic == MAGIC && header->form <= SEGMENT_DATES && header->rows <= PIECE_ROWS &&
           width_valid(header->width) && header->places <= DECIMAL_MOST_PLACES &&
           header->finest <= header->places && header->texts_len <= PIECE_ROWS + TEXTS_KEPT &&
           header->texts_size <= MOST_TEXT_BYTES && parts_of(header).size == size;
}

/* Values within their bounds, days within the calendar, places within the dictionary. */
static bool values_valid(const Segment *segment) {
    int64_t low = segment->low, high = segment->high;
    if (low > high)
        return segment->piece.width == 0 && segment->piece.base == 0;
    uint64_t highest = highest_offset(segment->piece.data, segment->piece.width, segment->rows);
    if (highest > (uint64_t)high - (uint64_t)low)
        return false;
    if (segment->form == SEGMENT_DATES)
        return low >= DATE_MIN && high <= DATE_MAX;
    return segment->form != SEGMENT_TEXTS || (low >= 0 && (uint64_t)high < segment->texts_len);
}

static bool texts_valid(const Segment *segment, size_t size) {
    uint32_t before = 0;
    for (size_t i = 0; i < segment->texts_len; i++) {
        if (segment->ends[i] < before)
            return false;
        before = segment->ends[i];
    }
    return before == size;
}

bool segment_read(const void *bytes, size_t size, uint64_t identity, Segment *out) {
    const char *start = bytes;
    const Header *header = bytes;
    size_t hashed = sizeof header->checksum;
    if (size < sizeof *header || !header_valid(header, size) ||
        segment_checksum(identity, start + hashed, size - hashed) != header->checksum)
        return false;
    Parts parts = parts_of(header);
    bool none = header->low > header->high;
    *out = (Segment){.form = (SegmentForm)header->form,
                     .places = header->places,
                     .finest = header->finest,
                     .rows = header->rows,
                     .low = header->low,
                     .high = header->high,
                     .ascending = header->ascending != 0,
                     .texts_len = header->texts_len};
    out->piece = (PackedPiece){.base = none ? 0 : header->low, .width = header->width};
    if (header->width > 0)
        out->piece.data = start + parts.data;
    if (header->any_missing)
        out->piece.missing = (const uint64_t *)(const void *)(start + parts.missing);
    out->ends = (const uint32_t *)(const void *)(start + parts.ends);
    out->texts = start + parts.texts;
    return values_valid(out) && texts_valid(out, (size_t)header->texts_size);
}

const char *segment_text(const Segment *segment, size_t place, size_t *len) {
    uint32_t start = place > 0 ? segment->ends[place - 1] : 0;
    *len = segment->ends[place] - start;
    return segment->texts + start;
}

static void number_print(int64_t value, int places, StrBuf *out) {
    uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    uint64_t one = 1;
    for (int i = 0; i < places; i++)
        one *= 10;
    strbuf_addf(out, "%s%" PRIu64, value < 0 ? "-" : "", size / one);
    if (places > 0)
        strbuf_addf(out, ".%0*" PRIu64, places, size % one);
}

void segment_print(const Segment *segment, int64_t value, StrBuf *out) {
    if (segment->form == SEGMENT_DATES)
        date_print_iso(out, (Date)value);
    else
        number_print(value, segment->places, out);
}

/* ---- reading texts --------------------------------------------------------------------------- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Of a text that number_print() gives back: its value, and how many decimal places it has. */
static bool number_take(const char *text, size_t len, int64_t *out, int *places) {
    bool negative = len > 0 && text[0] == '-';
    size_t first = negative ? 1 : 0, i = first;
    int64_t value = 0;
    if (len - first > NUMBER_MOST_DIGITS + 1)
        return false;
    for (; i < len && i - first < NUMBER_MOST_DIGITS && is_digit(text[i]); i++)
        value = value * 10 + (text[i] - '0');
    if (i == first || (text[first] == '0' && i - first > 1))
        return false;
    *places = 0;
    if (i < len) {
        size_t point = i++;
        if (text[point] != '.' || i == len || len - i > DECIMAL_MOST_PLACES)
            return false;
        for (; i < len; i++) {
            if (!is_digit(text[i]))
                return false;
            value = value * 10 + (text[i] - '0');
        }
        *places = (int)(len - point - 1);
    }
    *out = negative ? -value : value;
    return !(negative && value == 0);
}

/* "2017-01-31" exactly; date_parse_iso() says the same, more slowly. */
static bool day_take(const char *text, size_t len, Date *out) {
    if (len != 10 || text[4] != '-' || text[7] != '-')
        return false;
    for (size_t i = 0; i < len; i++)
        if (i != 4 && i != 7 && !is_digit(text[i]))
            return false;
    int year =
        (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0';
    return date_of_ymd(year, (text[5] - '0') * 10 + text[6] - '0',
                       (text[8] - '0') * 10 + text[9] - '0', out);
}

static int places_needed(int64_t value, int places) {
    while (places > 0 && value % 10 == 0) {
        value /= 10;
        places--;
    }
    return places;
}

/* ---- the dictionary -------------------------------------------------------------------------- */

typedef struct Dictionary {
    StrBuf bytes;
    uint32_t *ends;
    size_t len, cap;
    uint32_t *slots; /* place + 1, or 0 */
    size_t slots_len;
} Dictionary;

static bool is_text(const Dictionary *dictionary, size_t place, const char *text, size_t len) {
    uint32_t start = place > 0 ? dictionary->ends[place - 1] : 0;
    return dictionary->ends[place] - start == len &&
           memcmp(dictionary->bytes.text + start, text, len) == 0;
}

static size_t slot_of(const Dictionary *dictionary, const char *text, size_t len) {
    size_t slot = (size_t)XXH3_64bits(text, len) & (dictionary->slots_len - 1);
    while (dictionary->slots[slot] && !is_text(dictionary, dictionary->slots[slot] - 1, text, len))
        slot = (slot + 1) & (dictionary->slots_len - 1);
    return slot;
}

static void dictionary_grow(Dictionary *dictionary) {
    size_t len = dictionary->slots_len ? dictionary->slots_len * 2 : 64;
    dictionary->slots = memory_resize(dictionary->slots, len * sizeof *dictionary->slots);
    memset(dictionary->slots, 0, len * sizeof *dictionary->slots);
    dictionary->slots_len = len;
    for (size_t i = 0; i < dictionary->len; i++) {
        uint32_t start = i > 0 ? dictionary->ends[i - 1] : 0;
        size_t slot =
            slot_of(dictionary, dictionary->bytes.text + start, dictionary->ends[i] - start);
        dictionary->slots[slot] = (uint32_t)(i + 1);
    }
}

static bool dictionary_add(Dictionary *dictionary, const char *text, size_t len) {
    if (memchr(text, 0, len) || utf8_valid_prefix(text, len) < len ||
        len > MOST_TEXT_BYTES - dictionary->bytes.len)
        return false;
    if (dictionary->len == dictionary->cap) {
        dictionary->cap = dictionary->cap ? dictionary->cap * 2 : 64;
        dictionary->ends =
            memory_resize(dictionary->ends, dictionary->cap * sizeof *dictionary->ends);
    }
    strbuf_add_len(&dictionary->bytes, text, len);
    dictionary->ends[dictionary->len++] = (uint32_t)dictionary->bytes.len;
    return true;
}

/* The place of the text, or -1 if it cannot be kept. */
static int64_t dictionary_place(Dictionary *dictionary, const char *text, size_t len) {
    if (dictionary->len * 2 >= dictionary->slots_len)
        dictionary_grow(dictionary);
    size_t slot = slot_of(dictionary, text, len);
    if (!dictionary->slots[slot]) {
        if (!dictionary_add(dictionary, text, len))
            return -1;
        dictionary->slots[slot] = (uint32_t)dictionary->len;
    }
    return (int64_t)dictionary->slots[slot] - 1;
}

static void dictionary_clear(Dictionary *dictionary) {
    strbuf_clear(&dictionary->bytes);
    dictionary->len = 0;
    if (dictionary->slots)
        memset(dictionary->slots, 0, dictionary->slots_len * sizeof *dictionary->slots);
}

/* ---- writing --------------------------------------------------------------------------------- */

struct SegmentWriter {
    bool decided; /* the form is: a value was there */
    SegmentForm form;
    int places, finest;
    int64_t *values;
    size_t rows, cap;
    uint64_t missing[MISSING_WORDS];
    bool any_missing;
    Dictionary dictionary;
    int64_t last; /* the place of the text before, or -1 */
};

SegmentWriter *segment_writer_new(void) {
    SegmentWriter *writer = memory_alloc(sizeof *writer);
    memset(writer, 0, sizeof *writer);
    writer->last = -1;
    return writer;
}

void segment_writer_free(SegmentWriter *writer) {
    if (!writer)
        return;
    strbuf_fini(&writer->dictionary.bytes);
    memory_free(writer->dictionary.ends);
    memory_free(writer->dictionary.slots);
    memory_free(writer->values);
    memory_free(writer);
}

static bool is_missing(const SegmentWriter *writer, size_t row) {
    return writer->missing[row / 64] >> (row % 64) & 1;
}

static bool text_put(SegmentWriter *writer, const char *text, size_t len, int64_t *out) {
    Dictionary *dictionary = &writer->dictionary;
    if (writer->last < 0 || !is_text(dictionary, (size_t)writer->last, text, len))
        writer->last = dictionary_place(dictionary, text, len);
    *out = writer->last;
    return writer->last >= 0;
}

/* A text of another form came: those before it become texts as well. */
static bool become_texts(SegmentWriter *writer) {
    Segment as = {.form = writer->form, .places = writer->places};
    StrBuf text = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < writer->rows; i++) {
        if (is_missing(writer, i))
            continue;
        strbuf_clear(&text);
        segment_print(&as, writer->values[i], &text);
        ok = text_put(writer, strbuf_text(&text), text.len, &writer->values[i]);
    }
    strbuf_fini(&text);
    writer->form = SEGMENT_TEXTS;
    return ok;
}

static void decide(SegmentWriter *writer, const char *text, size_t len) {
    int64_t number;
    Date date;
    writer->decided = true;
    writer->form = SEGMENT_TEXTS;
    if (number_take(text, len, &number, &writer->places))
        writer->form = SEGMENT_NUMBERS;
    else if (day_take(text, len, &date))
        writer->form = SEGMENT_DATES;
}

/* As a number or a date, if the segment is of those and the text is one. */
static bool value_put(SegmentWriter *writer, const char *text, size_t len, int64_t *out) {
    if (writer->form == SEGMENT_DATES) {
        Date date;
        if (!day_take(text, len, &date))
            return false;
        *out = date;
        return true;
    }
    int places;
    if (!number_take(text, len, out, &places) || places != writer->places)
        return false;
    if (writer->finest < places) {
        int needed = places_needed(*out, places);
        writer->finest = needed > writer->finest ? needed : writer->finest;
    }
    return true;
}

bool segment_writer_add(SegmentWriter *writer, const char *text, size_t len) {
    if (writer->rows == writer->cap) {
        writer->cap = writer->cap ? writer->cap * 2 : 64;
        writer->values = memory_resize(writer->values, writer->cap * sizeof *writer->values);
    }
    size_t row = writer->rows++;
    writer->values[row] = 0;
    if (len == 0) {
        writer->missing[row / 64] |= UINT64_C(1) << (row % 64);
        writer->any_missing = true;
        return true;
    }
    if (!writer->decided)
        decide(writer, text, len);
    if (writer->form != SEGMENT_TEXTS) {
        if (value_put(writer, text, len, &writer->values[row]))
            return true;
        writer->rows--;
        bool kept = become_texts(writer);
        writer->rows++;
        if (!kept)
            return false;
    }
    return text_put(writer, text, len, &writer->values[row]);
}

static void add_part(StrBuf *out, const void *bytes, size_t size) {
    static const char zeros[8];
    strbuf_add_len(out, bytes, size);
    strbuf_add_len(out, zeros, whole(size) - size);
}

static void next_start(SegmentWriter *writer) {
    if (writer->dictionary.len > TEXTS_KEPT)
        dictionary_clear(&writer->dictionary);
    writer->last = -1;
    writer->rows = 0;
    writer->decided = writer->any_missing = false;
    writer->finest = 0;
    memset(writer->missing, 0, sizeof writer->missing);
}

static Header header_of(const SegmentWriter *writer, const PackSummary *summary, unsigned width) {
    bool texts = writer->form == SEGMENT_TEXTS && writer->decided;
    return (Header){
        .magic = MAGIC,
        .form = (uint8_t)(writer->decided ? writer->form : SEGMENT_TEXTS),
        .places =
            (uint8_t)(writer->form == SEGMENT_NUMBERS && writer->decided ? writer->places : 0),
        .finest =
            (uint8_t)(writer->form == SEGMENT_NUMBERS && writer->decided ? writer->finest : 0),
        .width = (uint8_t)width,
        .rows = (uint32_t)writer->rows,
        .texts_len = (uint32_t)(texts ? writer->dictionary.len : 0),
        .texts_size = texts ? writer->dictionary.bytes.len : 0,
        .low = summary->low,
        .high = summary->high,
        .any_missing = writer->any_missing,
        .ascending = summary->ascending};
}

void segment_writer_end(SegmentWriter *writer, uint64_t identity, StrBuf *out) {
    Arena *arena = arena_new();
    PackSummary summary = pack_summary_start();
    PackedPiece piece = {.missing = writer->any_missing ? writer->missing : NULL};
    pack_values(writer->values, writer->rows, arena, &summary, &piece);
    Header header = header_of(writer, &summary, piece.width);
    size_t start = out->len;
    strbuf_add_len(out, (const char *)&header, sizeof header);
    if (piece.width > 0)
        add_part(out, piece.data, writer->rows * piece.width);
    if (writer->any_missing)
        add_part(out, writer->missing, (writer->rows + 63) / 64 * sizeof *writer->missing);
    if (header.texts_len > 0) {
        add_part(out, writer->dictionary.ends, header.texts_len * sizeof(uint32_t));
        add_part(out, writer->dictionary.bytes.text, (size_t)header.texts_size);
    }
    size_t hashed = start + sizeof header.checksum;
    header.checksum = segment_checksum(identity, out->text + hashed, out->len - hashed);
    memcpy(out->text + start, &header.checksum, sizeof header.checksum);
    arena_free(arena);
    next_start(writer);
}
