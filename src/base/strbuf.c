#include "base/strbuf.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

void strbuf_fini(StrBuf *buf) {
    memory_free(buf->text);
    *buf = (StrBuf){0};
}

void strbuf_clear(StrBuf *buf) {
    buf->len = 0;
    if (buf->text)
        buf->text[0] = '\0';
}

const char *strbuf_text(const StrBuf *buf) {
    return buf->text ? buf->text : "";
}

/* Makes room for `more` bytes and the NUL. */
static void strbuf_reserve(StrBuf *buf, size_t more) {
    if (buf->text && more < buf->cap - buf->len)
        return;
    size_t cap = buf->cap < 32 ? 32 : buf->cap;
    /* Past half the address space the size stays as it is, and the allocation fails. */
    while (cap - buf->len <= more && cap <= SIZE_MAX / 2)
        cap *= 2;
    if (cap - buf->len <= more)
        cap = SIZE_MAX;
    buf->text = memory_resize(buf->text, cap);
    buf->cap = cap;
}

void strbuf_add(StrBuf *buf, const char *text) {
    strbuf_add_len(buf, text, strlen(text));
}

void strbuf_add_len(StrBuf *buf, const char *text, size_t len) {
    strbuf_reserve(buf, len);
    if (len > 0)
        memcpy(buf->text + buf->len, text, len);
    buf->len += len;
    buf->text[buf->len] = '\0';
}

void strbuf_add_char(StrBuf *buf, char c) {
    strbuf_add_len(buf, &c, 1);
}

void strbuf_add_times(StrBuf *buf, char c, size_t times) {
    strbuf_reserve(buf, times);
    memset(buf->text + buf->len, c, times);
    buf->len += times;
    buf->text[buf->len] = '\0';
}

void strbuf_addf(StrBuf *buf, const char *format, ...) {
    va_list args;
    va_start(args, format);
    strbuf_addv(buf, format, args);
    va_end(args);
}

void strbuf_addv(StrBuf *buf, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    if (len > 0) {
        strbuf_reserve(buf, (size_t)len);
        vsnprintf(buf->text + buf->len, (size_t)len + 1, format, again);
        buf->len += (size_t)len;
    }
    va_end(again);
}
