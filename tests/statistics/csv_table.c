#include "tests/statistics/csv_table.h"

#include <stdio.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/vec.h"

typedef VEC(const char *) Texts;

typedef struct Reader {
    Arena *arena;
    const char *text;
    size_t len, at;
} Reader;

static const char *read_quoted(Reader *reader) {
    StrBuf cell = {0};
    for (reader->at++; reader->at < reader->len; reader->at++) {
        if (reader->text[reader->at] == '"') {
            reader->at++;
            if (reader->at == reader->len || reader->text[reader->at] != '"')
                break;
        }
        strbuf_add_char(&cell, reader->text[reader->at]);
    }
    const char *copy = arena_copy_text(reader->arena, strbuf_text(&cell), cell.len);
    strbuf_fini(&cell);
    return copy;
}

static const char *read_cell(Reader *reader) {
    if (reader->at < reader->len && reader->text[reader->at] == '"')
        return read_quoted(reader);
    size_t start = reader->at;
    while (reader->at < reader->len && !strchr(",\r\n", reader->text[reader->at]))
        reader->at++;
    return arena_copy_text(reader->arena, reader->text + start, reader->at - start);
}

/* False at the end of the text. */
static bool read_row(Reader *reader, Texts *row) {
    row->len = 0;
    if (reader->at == reader->len)
        return false;
    for (;;) {
        const char *cell = read_cell(reader);
        vec_push(reader->arena, row, cell);
        if (reader->at == reader->len || reader->text[reader->at] != ',')
            break;
        reader->at++;
    }
    if (reader->at < reader->len && reader->text[reader->at] == '\r')
        reader->at++;
    if (reader->at < reader->len && reader->text[reader->at] == '\n')
        reader->at++;
    return true;
}

CsvTable csv_table_parse(Arena *arena, const char *text, size_t len) {
    Reader reader = {arena, text, len, 0};
    if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        reader.at = 3;
    CsvTable table = {0};
    Texts header = {0}, row = {0}, cells = {0};
    read_row(&reader, &header);
    table.names = header.items;
    table.columns = header.len;
    while (read_row(&reader, &row)) {
        bool blank = row.len == 1 && !*row.items[0];
        for (size_t i = 0; i < table.columns && !blank; i++)
            vec_push(arena, &cells, i < row.len ? row.items[i] : "");
        table.rows += blank ? 0 : 1;
    }
    table.cells = cells.items;
    return table;
}

bool csv_table_read(Arena *arena, const char *path, CsvTable *out) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    StrBuf text = {0};
    char part[4096];
    for (size_t got; (got = fread(part, 1, sizeof part, file)) > 0;)
        strbuf_add_len(&text, part, got);
    bool read = !ferror(file);
    fclose(file);
    if (read)
        *out = csv_table_parse(arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return read;
}

size_t csv_table_column(const CsvTable *table, const char *name) {
    for (size_t i = 0; i < table->columns; i++)
        if (strcmp(table->names[i], name) == 0)
            return i;
    return CSV_NO_COLUMN;
}

const char *csv_table_cell(const CsvTable *table, size_t row, const char *name) {
    size_t column = csv_table_column(table, name);
    return column == CSV_NO_COLUMN ? "" : table->cells[row * table->columns + column];
}
