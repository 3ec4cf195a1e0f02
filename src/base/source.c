#include "base/source.h"

#include <string.h>

typedef struct Source {
    const char *name, *text;
    size_t len;
    uint32_t *lines; /* where each line starts */
    size_t lines_len;
} Source;

struct Sources {
    Arena *arena;
    Source *items;
    size_t len, cap;
};

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define BYTE_ORDER_MARK_LEN 3

Sources *sources_new(Arena *arena) {
    Sources *sources = memory_alloc(sizeof *sources);
    *sources = (Sources){.arena = arena};
    return sources;
}

void sources_free(Sources *sources) {
    if (!sources)
        return;
    memory_free(sources->items);
    memory_free(sources);
}

static size_t lines_count(const char *text, size_t len) {
    size_t count = 1;
    for (size_t i = 0; i < len; i++)
        if (text[i] == '\n')
            count++;
    return count;
}

static void lines_find(Arena *arena, Source *source) {
    source->lines_len = lines_count(source->text, source->len);
    source->lines = arena_array(arena, source->lines_len, sizeof *source->lines);
    size_t line = 1; /* the first starts at 0 */
    for (size_t i = 0; i < source->len; i++)
        if (source->text[i] == '\n')
            source->lines[line++] = (uint32_t)(i + 1);
}

uint32_t sources_add(Sources *sources, const char *name, const char *text, size_t len) {
    /* Spans count in 32 bits: what lies beyond them has no place in any message. */
    if (len > UINT32_MAX)
        len = UINT32_MAX;
    if (sources->len == sources->cap) {
        sources->cap = sources->cap < 8 ? 8 : sources->cap * 2;
        sources->items = memory_resize(sources->items, sources->cap * sizeof *sources->items);
    }
    Source *source = &sources->items[sources->len++];
    *source = (Source){.len = len};
    source->name = arena_copy_text(sources->arena, name, strlen(name));
    source->text = arena_copy_text(sources->arena, text, len);
    lines_find(sources->arena, source);
    return (uint32_t)sources->len;
}

static const Source *source_of(const Sources *sources, uint32_t src) {
    return src >= 1 && src <= sources->len ? &sources->items[src - 1] : NULL;
}

const char *sources_name(const Sources *sources, uint32_t src) {
    const Source *source = source_of(sources, src);
    return source ? source->name : "";
}

const char *sources_text(const Sources *sources, uint32_t src, size_t *len) {
    const Source *source = source_of(sources, src);
    *len = source ? source->len : 0;
    return source ? source->text : "";
}

/* Index of the last line that starts at or before `off`. */
static size_t line_index(const Source *source, uint32_t off) {
    size_t low = 0, high = source->lines_len;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->lines[middle] <= off)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Where the characters of a line start: after the byte order mark, if the text has one. */
static size_t line_start(const Source *source, size_t line) {
    if (line == 0 && source->len >= BYTE_ORDER_MARK_LEN &&
        memcmp(source->text, BYTE_ORDER_MARK, BYTE_ORDER_MARK_LEN) == 0)
        return BYTE_ORDER_MARK_LEN;
    return source->lines[line];
}

LineCol sources_place(const Sources *sources, uint32_t src, uint32_t off) {
    const Source *source = source_of(sources, src);
    if (!source)
        return (LineCol){1, 1};
    if (off > source->len)
        off = (uint32_t)source->len;
    size_t line = line_index(source, off);
    LineCol place = {(uint32_t)(line + 1), 1};
    for (size_t i = line_start(source, line); i < off; i++) {
        /* Bytes 10xxxxxx continue a character of UTF-8. */
        if (((unsigned char)source->text[i] & 0xC0) != 0x80)
            place.col++;
    }
    return place;
}

const char *sources_line(const Sources *sources, uint32_t src, uint32_t off, size_t *len) {
    const Source *source = source_of(sources, src);
    if (!source) {
        *len = 0;
        return "";
    }
    size_t line = line_index(source, off);
    size_t start = line_start(source, line);
    size_t end = line + 1 < source->lines_len ? source->lines[line + 1] - 1u : source->len;
    if (end > start && source->text[end - 1] == '\r')
        end--;
    *len = end > start ? end - start : 0;
    return source->text + start;
}

Span span_join(Span a, Span b) {
    if (a.src == 0)
        return b;
    if (b.src != a.src)
        return a;
    uint32_t start = a.off < b.off ? a.off : b.off;
    uint32_t a_end = a.off + a.len, b_end = b.off + b.len;
    uint32_t end = a_end > b_end ? a_end : b_end;
    return (Span){a.src, start, end - start};
}
