/* A text that grows, always NUL-terminated. Start from an all-zero StrBuf, or from room for a short
 * text (strbuf_in); end with strbuf_fini. */
#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct StrBuf {
    char *text; /* NULL while empty: read through strbuf_text() */
    size_t len, cap;
    bool lent; /* the room is the caller's; it is left once it is too small */
} StrBuf;

/* An empty text in room that lives as long: most are short, and need no memory of their own. */
static inline StrBuf strbuf_in(char *room, size_t size) {
    room[0] = '\0';
    return (StrBuf){.text = room, .cap = size, .lent = true};
}

void strbuf_fini(StrBuf *buf);
void strbuf_clear(StrBuf *buf);
const char *strbuf_text(const StrBuf *buf);
/* Makes room for `more` bytes and the NUL. */
void strbuf_reserve(StrBuf *buf, size_t more);

static inline void strbuf_add_len(StrBuf *buf, const char *text, size_t len) {
    if (!buf->text || len >= buf->cap - buf->len)
        strbuf_reserve(buf, len);
    if (len > 0)
        memcpy(buf->text + buf->len, text, len);
    buf->len += len;
    buf->text[buf->len] = '\0';
}

static inline void strbuf_add(StrBuf *buf, const char *text) {
    strbuf_add_len(buf, text, strlen(text));
}

static inline void strbuf_add_char(StrBuf *buf, char c) {
    if (!buf->text || buf->cap - buf->len < 2)
        strbuf_reserve(buf, 1);
    buf->text[buf->len++] = c;
    buf->text[buf->len] = '\0';
}

/* The number in decimal digits, after a minus sign if it is below zero; zeros go before fewer than
 * `width` digits (0: none, at most 20). */
void strbuf_add_whole(StrBuf *buf, int64_t value, int width);
/* As "%.6f". */
void strbuf_add_six_places(StrBuf *buf, double value);
void strbuf_add_times(StrBuf *buf, char c, size_t times);
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void strbuf_addf(StrBuf *buf, const char *format, ...);
#if defined(__GNUC__)
__attribute__((format(printf, 2, 0)))
#endif
void strbuf_addv(StrBuf *buf, const char *format, va_list args);

#endif
