/* A text that grows, always NUL-terminated. Start from an all-zero StrBuf; end with strbuf_fini. */
#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

typedef struct StrBuf {
    char *text; /* NULL while empty: read through strbuf_text() */
    size_t len, cap;
} StrBuf;

void strbuf_fini(StrBuf *buf);
void strbuf_clear(StrBuf *buf);
const char *strbuf_text(const StrBuf *buf);
void strbuf_add(StrBuf *buf, const char *text);
void strbuf_add_len(StrBuf *buf, const char *text, size_t len);
void strbuf_add_char(StrBuf *buf, char c);
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
