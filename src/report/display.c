#include "report/display.h"

#include <string.h>

#include <utf8proc.h>

#define INK_END "\033[0m"
#define NARROWEST 8

typedef struct Glyph {
    size_t bytes, width;
    const char *shown;
    size_t shown_len;
    bool blank;
} Glyph;

static Glyph glyph_at(const char *text, size_t len) {
    utf8proc_int32_t point;
    utf8proc_ssize_t size =
        utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, &point);
    if (size <= 0)
        return (Glyph){1, 1, "\xEF\xBF\xBD", 3, false};
    size_t bytes = (size_t)size;
    if (point == '\t' || point == '\n' || point == '\r' || point == ' ')
        return (Glyph){bytes, 1, " ", 1, true};
    utf8proc_category_t category = utf8proc_category(point);
    if (category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF)
        return (Glyph){bytes, 1, "\xEF\xBF\xBD", 3, false};
    int width = utf8proc_charwidth(point);
    return (Glyph){bytes, width > 0 ? (size_t)width : 0, text, bytes, false};
}

size_t display_width(const char *text) {
    size_t width = 0;
    for (size_t i = 0, len = strlen(text); i < len;) {
        Glyph glyph = glyph_at(text + i, len - i);
        width += glyph.width;
        i += glyph.bytes;
    }
    return width;
}

static const char *skip_blanks(const char *text) {
    while (*text == ' ' || *text == '\t' || *text == '\n' || *text == '\r')
        text++;
    return text;
}

DisplayLine display_break(const char *text, size_t width, const char **rest) {
    if (width < NARROWEST)
        width = NARROWEST;
    DisplayLine line = {.text = text}, at_blank = line;
    size_t len = strlen(text);
    bool after_blank = false;
    while (line.len < len) {
        Glyph glyph = glyph_at(text + line.len, len - line.len);
        if (glyph.blank && !after_blank && line.len > 0)
            at_blank = line;
        after_blank = glyph.blank;
        if (line.width + glyph.width > width)
            break;
        line.len += glyph.bytes;
        line.width += glyph.width;
    }
    if (line.len == len) {
        *rest = NULL;
        return line;
    }
    if (at_blank.len > 0)
        line = at_blank;
    const char *next = skip_blanks(text + line.len);
    *rest = *next ? next : NULL;
    return line;
}

static const char *ink_start(Ink ink) {
    switch (ink) {
    case INK_PLAIN:
        return NULL;
    case INK_BOLD:
        return "\033[1m";
    case INK_DIM:
        return "\033[2m";
    case INK_GOOD:
        return "\033[32m";
    case INK_BAD:
        return "\033[31m";
    }
    return NULL;
}

static void add_glyphs(StrBuf *out, const char *text, size_t len) {
    for (size_t i = 0; i < len;) {
        Glyph glyph = glyph_at(text + i, len - i);
        strbuf_add_len(out, glyph.shown, glyph.shown_len);
        i += glyph.bytes;
    }
}

void display_add(StrBuf *out, DisplayLine line, size_t width, bool right, Ink ink, bool colour) {
    size_t padding = width > line.width ? width - line.width : 0;
    const char *start = colour && line.len > 0 ? ink_start(ink) : NULL;
    if (right)
        strbuf_add_times(out, ' ', padding);
    if (start)
        strbuf_add(out, start);
    add_glyphs(out, line.text, line.len);
    if (start)
        strbuf_add(out, INK_END);
    if (!right)
        strbuf_add_times(out, ' ', padding);
}

void display_add_text(StrBuf *out, const char *text, Ink ink, bool colour) {
    display_add(out, (DisplayLine){text, strlen(text), 0}, 0, false, ink, colour);
}

void display_add_paragraph(StrBuf *out, const char *text, size_t indent, size_t width, Ink ink,
                           bool colour) {
    const char *rest = text;
    while (rest) {
        DisplayLine line = display_break(rest, width > indent ? width - indent : 1, &rest);
        strbuf_add_times(out, ' ', indent);
        display_add(out, line, 0, false, ink, colour);
        strbuf_add_char(out, '\n');
    }
}

void display_add_rule(StrBuf *out, size_t width, bool colour) {
    StrBuf rule = {0};
    for (size_t i = 0; i < width; i++)
        strbuf_add(&rule, "─");
    display_add_text(out, strbuf_text(&rule), INK_DIM, colour);
    strbuf_fini(&rule);
    strbuf_add_char(out, '\n');
}

void display_trim(StrBuf *out) {
    while (out->len > 0 && out->text[out->len - 1] == ' ')
        out->text[--out->len] = '\0';
}
