#include "base/strbuf.h"

#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"

#define DIGITS_MOST 24  /* of a whole number of 64 bits, and more */
#define USUAL_LENGTH 31 /* of what is formatted: it is then done once */

void strbuf_fini(StrBuf *buf) {
    if (!buf->lent)
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

/* More room: twice as much as before, or as much as is needed. */
void strbuf_reserve(StrBuf *buf, size_t more) {
    if (buf->text && more < buf->cap - buf->len)
        return;
    size_t cap = buf->cap < 32 ? 32 : buf->cap;
    /* Past half the address space the size stays as it is, and the allocation fails. */
    while (cap - buf->len <= more && cap <= SIZE_MAX / 2)
        cap *= 2;
    if (cap - buf->len <= more)
        cap = SIZE_MAX;
    if (buf->lent) {
        char *own = memory_alloc(cap);
        memcpy(own, buf->text, buf->len + 1);
        buf->text = own;
        buf->lent = false;
    } else {
        buf->text = memory_resize(buf->text, cap);
    }
    buf->cap = cap;
}

void strbuf_add_whole(StrBuf *buf, int64_t value, int width) {
    static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";
    char digits[DIGITS_MOST];
    size_t start = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    while (rest >= 100) {
        start -= 2;
        memcpy(digits + start, pairs + rest % 100 * 2, 2);
        rest /= 100;
    }
    if (rest >= 10) {
        start -= 2;
        memcpy(digits + start, pairs + rest * 2, 2);
    } else {
        digits[--start] = (char)('0' + (int)rest);
    }
    while (start > 1 && (int)(sizeof digits - start) < width)
        digits[--start] = '0';
    if (value < 0)
        digits[--start] = '-';
    strbuf_add_len(buf, digits + start, sizeof digits - start);
}

/* printf works in full precision, which is slow. By millionths, unless the value lies so near the
 * middle of two that the product may have been rounded to the wrong side of it. */
void strbuf_add_six_places(StrBuf *buf, double value) {
    double millionths = value * 1e6;
    if (!(millionths > 0 && millionths < 1e12)) {
        strbuf_addf(buf, "%.6f", value);
        return;
    }
    int64_t whole = (int64_t)millionths;
    double rest = millionths - (double)whole;
    if (rest > 0.499 && rest < 0.501) {
        strbuf_addf(buf, "%.6f", value);
        return;
    }
    whole += rest > 0.5 ? 1 : 0;
    strbuf_add_whole(buf, whole / 1000000, 0);
    strbuf_add_char(buf, '.');
    strbuf_add_whole(buf, whole % 1000000, 6);
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
    strbuf_reserve(buf, USUAL_LENGTH);
    size_t room = buf->cap - buf->len;
    int len = vsnprintf(buf->text + buf->len, room, format, args);
    if (len >= 0 && (size_t)len >= room) {
        strbuf_reserve(buf, (size_t)len);
        vsnprintf(buf->text + buf->len, (size_t)len + 1, format, again);
    }
    buf->len += len > 0 ? (size_t)len : 0;
    buf->text[buf->len] = '\0';
    va_end(again);
}
