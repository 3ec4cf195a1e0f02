/* Sentences as text on a screen. */
#include <string.h>

#include "wording/wording.h"

#define INDENT 4

/* Characters, not bytes: quotation marks take three. */
static size_t columns_of(const char *text, size_t len) {
    size_t columns = 0;
    for (size_t i = 0; i < len; i++)
        columns += ((unsigned char)text[i] & 0xc0) != 0x80;
    return columns;
}

/* `at`: the column that the line being written has come to; 0: none is begun. */
static void add_wrapped(StrBuf *out, const char *text, size_t at, size_t indent, size_t width) {
    while (*text) {
        text += strspn(text, " \n");
        size_t len = strcspn(text, " \n"), columns = columns_of(text, len);
        if (len == 0)
            break;
        if (at > indent && at + 1 + columns <= width) {
            strbuf_add(out, " ");
            at++;
        } else if (at != indent) {
            strbuf_add(out, at > 0 ? "\n" : "");
            strbuf_add_times(out, ' ', indent);
            at = indent;
        }
        at += columns;
        strbuf_add_len(out, text, len);
        text += len;
    }
    strbuf_add(out, "\n");
}

void wording_add_paragraph(StrBuf *out, const char *text, size_t width) {
    add_wrapped(out, text, 0, INDENT, width);
}

void wording_add_behind(StrBuf *out, const char *lead, const char *text, size_t width) {
    size_t indent = columns_of(lead, strlen(lead));
    strbuf_add(out, lead);
    add_wrapped(out, text, indent, indent, width);
}

void wording_add_markdown(StrBuf *out, const char *text) {
    for (; *text; text++) {
        if (strchr("\\`*_{}[]<>#|~&", *text))
            strbuf_add_char(out, '\\');
        strbuf_add_char(out, *text == '\n' ? ' ' : *text);
    }
}

void wording_print(StrBuf *out, const Sentences *sentences, size_t width) {
    const char *heading = "";
    for (size_t i = 0; i < sentences->len; i++) {
        const Sentence *sentence = &sentences->items[i];
        if (strcmp(heading, topic_heading(sentence->topic)) != 0) {
            heading = topic_heading(sentence->topic);
            strbuf_addf(out, "%s%s\n", i > 0 ? "\n" : "", heading);
        }
        wording_add_paragraph(out, sentence->text, width);
    }
}
