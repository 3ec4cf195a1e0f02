#include "store/quote.h"

void quote_name(StrBuf *out, const char *name) {
    strbuf_add_char(out, '"');
    for (const char *c = name; *c; c++) {
        if (*c == '"')
            strbuf_add_char(out, '"');
        strbuf_add_char(out, *c);
    }
    strbuf_add_char(out, '"');
}
