#include "store/quote.h"

#include <string.h>

void quote_name(StrBuf *out, const char *name) {
    strbuf_add_char(out, '"');
    for (const char *c = name; *c; c++) {
        if (*c == '"')
            strbuf_add_char(out, '"');
        strbuf_add_char(out, *c);
    }
    strbuf_add_char(out, '"');
}

void quote_text(StrBuf *out, const char *text) {
    strbuf_add(out, strchr(text, '\\') ? "E'" : "'");
    for (const char *c = text; *c; c++) {
        if (*c == '\'' || *c == '\\')
            strbuf_add_char(out, *c);
        strbuf_add_char(out, *c);
    }
    strbuf_add_char(out, '\'');
}

void quote_psql(StrBuf *out, const char *text) {
    strbuf_add_char(out, '\'');
    for (const char *c = text; *c; c++) {
        if (*c == '\'')
            strbuf_add_char(out, '\'');
        if (*c == '\\')
            strbuf_add_char(out, '\\');
        strbuf_add_char(out, *c);
    }
    strbuf_add_char(out, '\'');
}
