#include "store/encoding.h"

#include <stdint.h>
#include <string.h>

#define SHOWN_CHARACTERS 60

/* Length of the character that starts here, or 0 if the bytes are none. */
static size_t character_len(const unsigned char *text, size_t len) {
    unsigned char first = text[0];
    if (first < 0x80)
        return 1;
    size_t need = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    /* C0, C1 and anything above F4 start no character; 80 to BF only continue one. */
    if (first < 0xC2 || first > 0xF4 || need > len)
        return 0;
    unsigned char low = 0x80, high = 0xBF;
    if (first == 0xE0)
        low = 0xA0;
    else if (first == 0xED)
        high = 0x9F;
    else if (first == 0xF0)
        low = 0x90;
    else if (first == 0xF4)
        high = 0x8F;
    if (text[1] < low || text[1] > high)
        return 0;
    for (size_t i = 2; i < need; i++)
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    return need;
}

size_t utf8_valid_prefix(const char *text, size_t len) {
    const unsigned char *bytes = (const unsigned char *)text;
    size_t i = 0;
    while (i < len) {
        /* Nearly all data is ASCII: eight bytes at a time. */
        uint64_t eight;
        while (len - i >= sizeof eight) {
            memcpy(&eight, bytes + i, sizeof eight);
            if (eight & UINT64_C(0x8080808080808080))
                break;
            i += sizeof eight;
        }
        if (i == len)
            break;
        size_t step = character_len(bytes + i, len - i);
        if (step == 0)
            return i;
        i += step;
    }
    return len;
}

/* 80 to 9F; 0 where nothing is defined. All others are the code points of Latin-1. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

size_t windows_1252_decode(const char *text, size_t len, char *out, size_t *out_len) {
    size_t written = 0, i = 0;
    for (; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        unsigned point = c < 0x80 || c > 0x9F ? c : windows_1252[c - 0x80];
        if (point == 0 && c != 0)
            break;
        if (point < 0x80) {
            out[written++] = (char)point;
        } else if (point < 0x800) {
            out[written++] = (char)(0xC0 | (point >> 6));
            out[written++] = (char)(0x80 | (point & 0x3F));
        } else {
            out[written++] = (char)(0xE0 | (point >> 12));
            out[written++] = (char)(0x80 | ((point >> 6) & 0x3F));
            out[written++] = (char)(0x80 | (point & 0x3F));
        }
    }
    *out_len = written;
    return i;
}

void value_show(StrBuf *out, const char *text, size_t len) {
    size_t shown = 0, i = 0;
    for (; i < len && shown < SHOWN_CHARACTERS; shown++) {
        unsigned char c = (unsigned char)text[i];
        size_t step = character_len((const unsigned char *)text + i, len - i);
        if (c == '\n')
            strbuf_add(out, "\\n");
        else if (c == '\r')
            strbuf_add(out, "\\r");
        else if (c == '\t')
            strbuf_add(out, "\\t");
        else if (step == 0 || c < 0x20 || c == 0x7F)
            strbuf_addf(out, "\\x%02X", (unsigned)c);
        else
            strbuf_add_len(out, text + i, step);
        i += step ? step : 1;
    }
    if (i < len)
        strbuf_add(out, "...");
}

bool same_name(const char *a, const char *b) {
    for (;; a++, b++) {
        int x = *a >= 'A' && *a <= 'Z' ? *a + 32 : *a, y = *b >= 'A' && *b <= 'Z' ? *b + 32 : *b;
        if (x != y || x == 0)
            return x == y;
    }
}

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

void trim_blanks(const char **text, size_t *len) {
    while (*len > 0 && is_blank((*text)[0])) {
        ++*text;
        --*len;
    }
    while (*len > 0 && is_blank((*text)[*len - 1]))
        --*len;
}
