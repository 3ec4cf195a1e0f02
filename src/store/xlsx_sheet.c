#include "store/xlsx_sheet.h"

#include <string.h>

#include "base/vec.h"
#include "store/encoding.h"
#include "store/xlsx_xml.h"

typedef enum CellType {
    CELL_NUMBER,
    CELL_SHARED, /* the number of a shared text */
    CELL_TEXT,   /* a formula's text, a date written out */
    CELL_INLINE,
    CELL_BOOLEAN,
    CELL_ERROR
} CellType;

/* Where the reader is; each place is within the one before. */
typedef enum Place { PLACE_SHEET, PLACE_DATA, PLACE_ROW, PLACE_CELL, PLACE_MERGES } Place;

struct XlsxReader {
    XlsxBook *book;
    XmlReader *xml;
    Arena *arena; /* the merged ranges */
    Place place;
    /* The row. */
    uint32_t row;
    XlsxCell *cells;
    size_t cells_len, cells_cap;
    StrBuf text;     /* of its cells, except shared ones */
    uint64_t length; /* of all its texts */
    uint64_t given;  /* of all texts so far */
    /* The cell. */
    CellType type;
    uint64_t style;
    uint32_t column, next_column;
    bool collecting, in_inline, in_run;
    StrBuf value;
    uint8_t *taken; /* of each column: whether this row has a value there */
    VEC(XlsxRange) merged;
};

void xlsx_column_show(StrBuf *out, uint32_t column) {
    char letters[8];
    size_t len = 0;
    for (column++; column > 0 && len < sizeof letters; column = (column - 1) / 26)
        letters[len++] = (char)('A' + (column - 1) % 26);
    while (len > 0)
        strbuf_add_char(out, letters[--len]);
}

/* ---- references ------------------------------------------------------------------------------ */

/* "AB12"; either half may be missing, and is 0 then. Gives the bytes read. */
static size_t reference_read(const char *text, uint32_t *column, uint32_t *row) {
    size_t i = 0;
    *column = *row = 0;
    for (; text[i] >= 'A' && text[i] <= 'Z' && *column <= XLSX_MOST_COLUMNS; i++)
        *column = *column * 26 + (uint32_t)(text[i] - 'A') + 1;
    for (; text[i] >= '0' && text[i] <= '9' && *row <= XLSX_MOST_ROWS; i++)
        *row = *row * 10 + (uint32_t)(text[i] - '0');
    return i;
}

static bool range_read(const char *text, XlsxRange *out) {
    uint32_t first_column, last_column;
    size_t used = reference_read(text, &first_column, &out->first_row);
    if (text[used] == ':')
        used += 1 + reference_read(text + used + 1, &last_column, &out->last_row);
    else {
        last_column = first_column;
        out->last_row = out->first_row;
    }
    if (text[used] || first_column == 0 || last_column < first_column || out->first_row == 0 ||
        out->last_row < out->first_row)
        return false;
    out->first_column = first_column - 1;
    out->last_column = last_column - 1;
    return true;
}

/* ---- cells ----------------------------------------------------------------------------------- */

static const XlsxLimits *limits_of(const XlsxReader *reader) {
    return xlsx_package_limits(xlsx_book_package(reader->book));
}

static void cell_add(XlsxReader *reader, char *text, size_t len, bool is_text) {
    if (len == 0)
        return;
    if (reader->taken[reader->column]) {
        xlsx_xml_refuse(reader->xml, DIAG_xlsx_damaged, "has two cells in one column of row %u",
                        reader->row);
        return;
    }
    reader->taken[reader->column] = 1;
    if (reader->cells_len == reader->cells_cap) {
        reader->cells_cap = reader->cells_cap ? reader->cells_cap * 2 : 32;
        reader->cells = memory_resize(reader->cells, reader->cells_cap * sizeof *reader->cells);
    }
    reader->cells[reader->cells_len++] = (XlsxCell){text, len, reader->column, is_text};
    reader->length += len;
}

/* Its text goes to the row's own, which may still move: its place is known when the row ends. */
static void own_cell_add(XlsxReader *reader, size_t start, bool is_text) {
    cell_add(reader, NULL, reader->text.len - start, is_text);
}

static void shared_cell_add(XlsxReader *reader) {
    uint64_t number = 0;
    const char *text = strbuf_text(&reader->value);
    size_t len = reader->value.len, i = 0;
    trim_blanks(&text, &len);
    for (; i < len && text[i] >= '0' && text[i] <= '9' && number <= UINT32_MAX; i++)
        number = number * 10 + (uint64_t)(text[i] - '0');
    const XlsxText *shared = i > 0 && i == len ? xlsx_book_text(reader->book, number) : NULL;
    if (shared)
        cell_add(reader, shared->text, shared->len, true);
    else
        xlsx_xml_refuse(reader->xml, DIAG_xlsx_damaged,
                        "has a cell in row %u whose text is not among the shared ones",
                        reader->row);
}

static void text_cell_add(XlsxReader *reader) {
    size_t start = reader->text.len;
    strbuf_add_len(&reader->text, strbuf_text(&reader->value), reader->value.len);
    if (reader->value.len > 0)
        reader->text.len = start + xlsx_unescape(reader->text.text + start, reader->value.len);
    own_cell_add(reader, start, true);
}

static void plain_cell_add(XlsxReader *reader) {
    size_t start = reader->text.len;
    const char *text = strbuf_text(&reader->value);
    size_t len = reader->value.len;
    trim_blanks(&text, &len);
    if (len == 0)
        return;
    if (reader->type == CELL_NUMBER)
        xlsx_number_show(&reader->text, text, len, xlsx_book_kind(reader->book, reader->style),
                         xlsx_book_from_1904(reader->book));
    else if (reader->type == CELL_BOOLEAN && len == 1 && (text[0] == '0' || text[0] == '1'))
        strbuf_add(&reader->text, text[0] == '1' ? "TRUE" : "FALSE");
    else
        strbuf_add_len(&reader->text, text, len);
    own_cell_add(reader, start, false);
}

static void check_record(XlsxReader *reader, uint64_t len) {
    const XlsxLimits *limits = limits_of(reader);
    if (len > limits->record)
        xlsx_xml_refuse(reader->xml, DIAG_xlsx_too_large, "has over %llu bytes of values in row %u",
                        (unsigned long long)limits->record, reader->row);
}

static void cell_finish(XlsxReader *reader) {
    switch (reader->type) {
    case CELL_SHARED:
        if (reader->value.len > 0)
            shared_cell_add(reader);
        break;
    case CELL_TEXT:
    case CELL_INLINE:
        text_cell_add(reader);
        break;
    case CELL_NUMBER:
    case CELL_BOOLEAN:
    case CELL_ERROR:
        plain_cell_add(reader);
        break;
    }
    check_record(reader, reader->length);
}

static CellType cell_type(const char *name) {
    static const struct {
        const char *name;
        CellType type;
    } types[] = {
        {"n", CELL_NUMBER},  {"s", CELL_SHARED}, {"str", CELL_TEXT}, {"inlineStr", CELL_INLINE},
        {"b", CELL_BOOLEAN}, {"e", CELL_ERROR},  {"d", CELL_TEXT}};
    for (size_t i = 0; name && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i].name, name) == 0)
            return types[i].type;
    return CELL_NUMBER;
}

static void cell_start(XlsxReader *reader, const char *const *attributes) {
    const char *reference = xlsx_xml_attribute(attributes, "r");
    const char *style = xlsx_xml_attribute(attributes, "s");
    uint32_t column = reader->next_column + 1, row;
    if (reference)
        reference_read(reference, &column, &row);
    if (column == 0 || column > XLSX_MOST_COLUMNS) {
        xlsx_xml_refuse(reader->xml, DIAG_xlsx_damaged,
                        "has a cell '%s' in row %u, beyond the columns that a sheet has",
                        reference ? reference : "", reader->row);
        return;
    }
    reader->place = PLACE_CELL;
    reader->column = column - 1;
    reader->next_column = column;
    reader->type = cell_type(xlsx_xml_attribute(attributes, "t"));
    reader->style = 0;
    for (; style && *style >= '0' && *style <= '9' && reader->style <= UINT16_MAX; style++)
        reader->style = reader->style * 10 + (uint64_t)(*style - '0');
    reader->in_inline = reader->in_run = reader->collecting = false;
    strbuf_clear(&reader->value);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static void row_clear(XlsxReader *reader) {
    for (size_t i = 0; i < reader->cells_len; i++)
        reader->taken[reader->cells[i].column] = 0;
    reader->cells_len = 0;
    reader->length = 0;
    strbuf_clear(&reader->text);
}

static void row_start(XlsxReader *reader, const char *const *attributes) {
    const char *number = xlsx_xml_attribute(attributes, "r");
    uint32_t column = 0, row = reader->row + 1;
    if (number)
        reference_read(number, &column, &row);
    if (column != 0 || row <= reader->row || row > XLSX_MOST_ROWS) {
        xlsx_xml_refuse(reader->xml, DIAG_xlsx_damaged,
                        row > XLSX_MOST_ROWS ? "has a row '%s', beyond those that a sheet has"
                                             : "has a row '%s' that is out of order",
                        number ? number : "");
        return;
    }
    row_clear(reader);
    reader->place = PLACE_ROW;
    reader->row = row;
    reader->next_column = 0;
}

/* The texts of the row do not move any more. */
static void row_finish(XlsxReader *reader) {
    size_t start = 0;
    for (size_t i = 0; i < reader->cells_len; i++) {
        XlsxCell *cell = &reader->cells[i];
        if (cell->text)
            continue;
        cell->text = reader->text.text + start;
        start += cell->len;
    }
    reader->given += reader->length;
    const XlsxLimits *limits = limits_of(reader);
    if (reader->given > limits->text)
        xlsx_xml_refuse(reader->xml, DIAG_xlsx_too_large, "has over %llu bytes of values",
                        (unsigned long long)limits->text);
    else if (reader->cells_len > 0)
        xlsx_xml_pause(reader->xml);
}

static void merge_take(XlsxReader *reader, const char *const *attributes) {
    const char *reference = xlsx_xml_attribute(attributes, "ref");
    XlsxRange range;
    if (!reference || !range_read(reference, &range))
        xlsx_xml_refuse(reader->xml, DIAG_xlsx_damaged, "merges cells that are none: '%s'",
                        reference ? reference : "");
    else if (reader->merged.len >= limits_of(reader)->ranges)
        xlsx_xml_refuse(reader->xml, DIAG_xlsx_too_large, "has more than %zu merged ranges",
                        reader->merged.len);
    else
        vec_push(reader->arena, &reader->merged, range);
}

/* ---- the tags: worksheet > sheetData > row > c > v, or is > t, or is > r > t ----------------- */

static void inside_cell(XlsxReader *reader, unsigned depth, const char *name) {
    bool is_text = strcmp(name, "t") == 0;
    if (depth == 5) {
        reader->in_inline = reader->type == CELL_INLINE && strcmp(name, "is") == 0;
        reader->collecting = reader->type != CELL_INLINE && strcmp(name, "v") == 0;
    } else if (depth == 6 && reader->in_inline) {
        reader->in_run = strcmp(name, "r") == 0;
        reader->collecting = is_text;
    } else if (depth == 7 && reader->in_run) {
        reader->collecting = is_text;
    }
}

static void on_start(void *context, unsigned depth, const char *name,
                     const char *const *attributes) {
    XlsxReader *reader = context;
    if (depth == 1 && strcmp(name, "worksheet") != 0)
        xlsx_xml_refuse(reader->xml, DIAG_xlsx_damaged, "is no sheet: it starts with '%s'", name);
    else if (depth == 2 && strcmp(name, "sheetData") == 0)
        reader->place = PLACE_DATA;
    else if (depth == 2 && strcmp(name, "mergeCells") == 0)
        reader->place = PLACE_MERGES;
    else if (depth == 3 && reader->place == PLACE_DATA && strcmp(name, "row") == 0)
        row_start(reader, attributes);
    else if (depth == 3 && reader->place == PLACE_MERGES && strcmp(name, "mergeCell") == 0)
        merge_take(reader, attributes);
    else if (depth == 4 && reader->place == PLACE_ROW && strcmp(name, "c") == 0)
        cell_start(reader, attributes);
    else if (reader->place == PLACE_CELL)
        inside_cell(reader, depth, name);
}

static void on_end(void *context, unsigned depth, const char *name) {
    XlsxReader *reader = context;
    (void)name;
    if (reader->place == PLACE_CELL) {
        reader->collecting = false;
        if (depth == 4) {
            reader->place = PLACE_ROW;
            cell_finish(reader);
        }
    } else if (reader->place == PLACE_ROW && depth == 3) {
        reader->place = PLACE_DATA;
        row_finish(reader);
    } else if (depth == 2) {
        reader->place = PLACE_SHEET;
    }
}

static void on_text(void *context, const char *text, size_t len) {
    XlsxReader *reader = context;
    if (!reader->collecting)
        return;
    check_record(reader, reader->value.len + len);
    strbuf_add_len(&reader->value, text, len);
}

/* ---- the whole ------------------------------------------------------------------------------- */

StoreResult xlsx_sheet_open(XlsxBook *book, Faults *faults, size_t sheet, XlsxReader **out) {
    static const XmlHandlers handlers = {on_start, on_end, on_text};
    *out = NULL;
    StoreResult result = xlsx_book_texts_read(book, faults);
    if (result != STORE_OK)
        return result;
    size_t len;
    int64_t part = xlsx_book_sheets(book, &len)[sheet].part;
    XlsxReader *reader = memory_alloc(sizeof *reader);
    *reader = (XlsxReader){.book = book, .arena = arena_new()};
    reader->taken = memory_alloc(XLSX_MOST_COLUMNS);
    memset(reader->taken, 0, XLSX_MOST_COLUMNS);
    reader->xml = xlsx_xml_open(xlsx_book_package(book), faults, part, &handlers, reader);
    if (reader->xml) {
        *out = reader;
        return STORE_OK;
    }
    xlsx_sheet_close(reader);
    return STORE_REFUSED;
}

void xlsx_sheet_close(XlsxReader *reader) {
    if (!reader)
        return;
    xlsx_xml_close(reader->xml);
    strbuf_fini(&reader->text);
    strbuf_fini(&reader->value);
    memory_free(reader->cells);
    memory_free(reader->taken);
    arena_free(reader->arena);
    memory_free(reader);
}

SheetStep xlsx_sheet_next(XlsxReader *reader) {
    switch (xlsx_xml_run(reader->xml)) {
    case XML_STEP_PAUSED:
        return SHEET_ROW;
    case XML_STEP_END:
        row_clear(reader);
        return SHEET_END;
    case XML_STEP_REFUSED:
        return SHEET_REFUSED;
    case XML_STEP_UNREADABLE:
        break;
    }
    return SHEET_UNREADABLE;
}

uint32_t xlsx_sheet_row(const XlsxReader *reader) {
    return reader->row;
}

const XlsxCell *xlsx_sheet_cells(const XlsxReader *reader, size_t *len) {
    *len = reader->cells_len;
    return reader->cells;
}

const XlsxRange *xlsx_sheet_merged(const XlsxReader *reader, size_t *len) {
    *len = reader->merged.len;
    return reader->merged.items;
}

uint64_t xlsx_sheet_done(const XlsxReader *reader) {
    return xlsx_xml_done(reader->xml);
}
