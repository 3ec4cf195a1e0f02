#include "report/csv_record.h"

#include <string.h>

#define GUARDED_ROOM 128 /* nearly every one */

static void add_quoted(StrBuf *out, const char *value) {
    if (!strpbrk(value, ",\"\r\n")) {
        strbuf_add(out, value);
        return;
    }
    strbuf_add_char(out, '"');
    for (const char *c = value; *c; c++) {
        if (*c == '"')
            strbuf_add_char(out, '"');
        strbuf_add_char(out, *c);
    }
    strbuf_add_char(out, '"');
}

void csv_add_plain(CsvRecord *record, const char *value) {
    csv_start_bare(record);
    if (value)
        add_quoted(record->out, value);
}

void csv_add_text(CsvRecord *record, const char *value) {
    csv_start_bare(record);
    if (!value)
        return;
    if (!*value || !strchr("=+-@", *value)) {
        add_quoted(record->out, value);
        return;
    }
    char room[GUARDED_ROOM];
    StrBuf guarded = strbuf_in(room, sizeof room);
    strbuf_add_char(&guarded, '\'');
    strbuf_add(&guarded, value);
    add_quoted(record->out, strbuf_text(&guarded));
    strbuf_fini(&guarded);
}

void csv_end(CsvRecord *record) {
    strbuf_add(record->out, "\r\n");
    record->started = false;
}
