/* The bytes of data: UTF-8 checked, Windows-1252 turned into UTF-8, values shown in messages.
 *
 * Bytes come in as a file holds them; what goes on to the rest of the program is valid UTF-8
 * without a NUL. Nothing is repaired: a byte that is no part of a character is a fault of the data.
 */
#ifndef STORE_ENCODING_H
#define STORE_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

/* Bytes from the start that are whole characters of UTF-8 (no overlong form, no surrogate, nothing
 * above U+10FFFF); `len` if all are. */
size_t utf8_valid_prefix(const char *text, size_t len);

/* The most bytes that one byte of Windows-1252 needs in UTF-8. */
#define WINDOWS_1252_GROWTH 3
/* Writes `text` as UTF-8 to `out` (room for len * WINDOWS_1252_GROWTH) and its length to *out_len.
 * Gives the bytes read: less than `len` if the next is one of the five that Windows-1252 does not
 * define (81, 8D, 8F, 90, 9D). */
size_t windows_1252_decode(const char *text, size_t len, char *out, size_t *out_len);

/* A value as messages quote it: at most 60 characters, then "..."; control characters and bytes
 * that are no UTF-8 as \n, \r, \t or \x00. */
void value_show(StrBuf *out, const char *text, size_t len);

/* Whether two names are the same without regard to ASCII case. */
bool same_name(const char *a, const char *b);

/* Space, tab, carriage return, line feed. */
bool is_blank(char c);
/* Moves both ends inward over blanks. */
void trim_blanks(const char **text, size_t *len);

#endif
