/* The CSV reader on any bytes. The first byte chooses separator, encoding and block; the rest is
 * the file. What must hold, whatever the bytes:
 *   the size of the block makes no difference, to records, faults and lines;
 *   every field is valid UTF-8 without a NUL;
 *   the records, written in quotes, are read again as they were.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "store/csv.h"
#include "store/encoding.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Memory {
    const char *text;
    size_t len, at;
} Memory;

static size_t memory_read(void *context, char *into, size_t room, bool *failed) {
    Memory *memory = context;
    size_t len = memory->len - memory->at < room ? memory->len - memory->at : room;
    (void)failed;
    if (len > 0)
        memcpy(into, memory->text + memory->at, len);
    memory->at += len;
    return len;
}

static void must(bool holds) {
    if (!holds)
        abort();
}

/* Fields and the ends of records, with what cannot be in a field between them. */
typedef struct Outcome {
    StrBuf fields;
    StrBuf quoted; /* the same as CSV */
    bool faults;
} Outcome;

static void add_quoted(StrBuf *out, const CsvField *field) {
    strbuf_add_char(out, '"');
    for (size_t i = 0; i < field->len; i++) {
        if (field->text[i] == '"')
            strbuf_add_char(out, '"');
        strbuf_add_char(out, field->text[i]);
    }
    strbuf_add_char(out, '"');
}

static void add_record(Outcome *outcome, const CsvReader *csv) {
    for (size_t i = 0; i < csv->fields_len; i++) {
        const CsvField *field = &csv->fields[i];
        must(utf8_valid_prefix(field->text, field->len) == field->len);
        must(field->len == 0 || !memchr(field->text, 0, field->len));
        strbuf_add_len(&outcome->fields, field->text, field->len);
        strbuf_add_char(&outcome->fields, '\0');
        if (i > 0)
            strbuf_add_char(&outcome->quoted, ',');
        add_quoted(&outcome->quoted, field);
    }
    strbuf_add_char(&outcome->fields, '\0');
    strbuf_add(&outcome->quoted, "\r\n");
}

static Outcome read_all(const char *text, size_t len, char separator, TextEncoding encoding,
                        size_t block) {
    Memory memory = {text, len, 0};
    Outcome outcome = {0};
    CsvReader csv;
    csv_open(&csv, memory_read, &memory, separator, encoding, block);
    for (;;) {
        CsvStep step = csv_next(&csv);
        if (step == CSV_END)
            break;
        must(step == CSV_RECORD || step == CSV_FAULT);
        if (step == CSV_RECORD) {
            add_record(&outcome, &csv);
        } else {
            outcome.faults = true;
            must(csv.fault != CSV_FAULT_NONE);
            must(csv.fault == CSV_FAULT_UTF16 || csv.fault_field < csv.fields_len);
            strbuf_addf(&outcome.fields, "%d %zu %llu", (int)csv.fault, csv.fault_field,
                        (unsigned long long)csv.fault_line);
        }
        strbuf_addf(&outcome.fields, "%llu", (unsigned long long)csv.line);
    }
    csv_close(&csv);
    return outcome;
}

static void outcome_end(Outcome *outcome) {
    strbuf_fini(&outcome->fields);
    strbuf_fini(&outcome->quoted);
}

static void must_be_same(const StrBuf *a, const StrBuf *b) {
    must(a->len == b->len);
    must(a->len == 0 || memcmp(a->text, b->text, a->len) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1)
        return 0;
    char separator = data[0] & 1 ? '\t' : ',';
    TextEncoding encoding = data[0] & 2 ? ENCODING_WINDOWS_1252 : ENCODING_UTF8;
    const char *text = (const char *)data + 1;
    Outcome whole = read_all(text, size - 1, separator, encoding, 0);
    Outcome parts = read_all(text, size - 1, separator, encoding, (size_t)(data[0] >> 2) + 1);
    must_be_same(&whole.fields, &parts.fields);
    Outcome again = read_all(strbuf_text(&whole.quoted), whole.quoted.len, ',', ENCODING_UTF8, 0);
    must(!again.faults);
    must_be_same(&whole.quoted, &again.quoted);
    outcome_end(&whole);
    outcome_end(&parts);
    outcome_end(&again);
    return 0;
}
