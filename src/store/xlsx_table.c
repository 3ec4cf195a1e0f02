#include "store/xlsx_table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "store/encoding.h"

/* A row that fills more cells than every row above it. */
typedef struct Fullest {
    uint32_t row;
    size_t filled, texts;
} Fullest;

/* What one reading of the whole sheet finds. */
typedef struct Survey {
    Arena *arena; /* ends with the survey */
    const SheetRows *wanted;
    uint32_t *last_rows; /* of each column: the last row with a value, 0 if none */
    uint8_t *in_rows;    /* of each column: whether the rows that the user named have a value */
    uint32_t last_row, width; /* of the sheet: its last row, its columns up to the last */
    size_t used;              /* columns with a value */
    bool has_rows;            /* the rows that the user named have a value */
    uint32_t guess; /* the row that looks like headings, 0 if the user said where they are */
    VEC(Fullest) fullest;
    VEC(XlsxRange) merged;
} Survey;

/* ---- the whole sheet ------------------------------------------------------------------------- */

static void survey_row(Survey *survey, const XlsxReader *reader) {
    size_t len, texts = 0;
    uint32_t row = xlsx_sheet_row(reader);
    const XlsxCell *cells = xlsx_sheet_cells(reader, &len);
    const SheetRows *wanted = survey->wanted;
    bool named = wanted->rows_first > 0 && row >= wanted->rows_first && row <= wanted->rows_last;
    for (size_t i = 0; i < len; i++) {
        uint32_t column = cells[i].column;
        survey->used += survey->last_rows[column] == 0;
        survey->last_rows[column] = row;
        survey->in_rows[column] = (uint8_t)(survey->in_rows[column] | named);
        if (column >= survey->width)
            survey->width = column + 1;
        texts += cells[i].is_text;
    }
    survey->last_row = row;
    survey->has_rows = survey->has_rows || named;
    size_t most =
        survey->fullest.len > 0 ? survey->fullest.items[survey->fullest.len - 1].filled : 0;
    Fullest fullest = {row, len, texts};
    if (len > most && (wanted->rows_first == 0 || row < wanted->rows_first))
        vec_push(survey->arena, &survey->fullest, fullest);
}

static TableStep step_of(SheetStep step) {
    switch (step) {
    case SHEET_ROW:
    case SHEET_END:
        return TABLE_HERE;
    case SHEET_REFUSED:
        return TABLE_REFUSED;
    case SHEET_UNREADABLE:
        break;
    }
    return TABLE_UNREADABLE;
}

static TableStep survey_read(Survey *survey, XlsxBook *book, Faults *faults, size_t sheet) {
    XlsxReader *reader;
    StoreResult result = xlsx_sheet_open(book, faults, sheet, &reader);
    if (result != STORE_OK)
        return result == STORE_UNAVAILABLE ? TABLE_UNREADABLE : TABLE_REFUSED;
    SheetStep step;
    while ((step = xlsx_sheet_next(reader)) == SHEET_ROW)
        survey_row(survey, reader);
    size_t len;
    const XlsxRange *merged = xlsx_sheet_merged(reader, &len);
    for (size_t i = 0; step == SHEET_END && i < len; i++)
        vec_push(survey->arena, &survey->merged, merged[i]);
    xlsx_sheet_close(reader);
    return step_of(step);
}

/* ---- the rows of the headings ---------------------------------------------------------------- */

static bool header_guess(Survey *survey, StrBuf *why) {
    for (size_t i = 0; i < survey->fullest.len; i++) {
        Fullest row = survey->fullest.items[i];
        if (row.filled * 2 <= survey->used)
            continue;
        survey->guess = row.row;
        if (row.texts * 2 > row.filled)
            return true;
        strbuf_addf(why,
                    "row %" PRIu32 " is the first to fill most of the columns, and most of its "
                    "cells are no texts",
                    row.row);
        return false;
    }
    strbuf_addf(why, "no row fills most of its %zu columns", survey->used);
    return false;
}

/* Merged cells that the guessed row has a part in belong to the headings as a whole, and so do the
 * rows that they reach. Very tall ones are decoration. */
static void header_widen(const Survey *survey, XlsxTable *table) {
    enum { TALLEST = 30 };
    for (bool wider = true; wider;) {
        wider = false;
        for (size_t i = 0; i < survey->merged.len; i++) {
            const XlsxRange *range = &survey->merged.items[i];
            if (range->last_row < table->header_first || range->first_row > table->header_last ||
                range->last_row - range->first_row >= TALLEST)
                continue;
            wider = wider || range->first_row < table->header_first ||
                    range->last_row > table->header_last;
            if (range->first_row < table->header_first)
                table->header_first = range->first_row;
            if (range->last_row > table->header_last)
                table->header_last = range->last_row;
        }
        wider = wider && table->header_last - table->header_first < XLSX_MOST_HEADER_ROWS;
    }
}

/* Where the records may be, once the headings are known. */
static void rows_choose(const Survey *survey, XlsxTable *table) {
    const SheetRows *wanted = survey->wanted;
    bool named = wanted->rows_first > 0;
    table->rows_first = named ? wanted->rows_first : table->header_last + 1;
    table->rows_last = named ? wanted->rows_last : UINT32_MAX;
    table->has_rows = named ? survey->has_rows : survey->last_row > table->header_last;
}

static bool header_choose(Survey *survey, XlsxTable *table, StrBuf *why) {
    const SheetRows *wanted = survey->wanted;
    table->header_first = wanted->header_first;
    table->header_last = wanted->header_last;
    if (wanted->header_first == 0) {
        if (!header_guess(survey, why))
            return false;
        table->header_first = table->header_last = survey->guess;
        header_widen(survey, table);
    }
    rows_choose(survey, table);
    if (table->rows_first > table->header_last)
        return true;
    strbuf_addf(why, "row %" PRIu32 " is not under the headings in row %" PRIu32, table->rows_first,
                table->header_last);
    return false;
}

/* ---- the headings ---------------------------------------------------------------------------- */

typedef struct Heading {
    const char *text;
    size_t len;
} Heading;

/* The cells of the headings' rows. A merged cell stands at each place that it spans. */
typedef struct Headings {
    const XlsxTable *table;
    Arena *arena;
    size_t width, height;
    const Heading **grid;  /* width * height, NULL where nothing is */
    bool *own;             /* of each column: a cell of its own has a text */
    const XlsxRange *tall; /* merged cells that start above, by their rows */
    const Heading **tall_texts;
    size_t tall_len, tall_at;
    bool swallowed; /* another row than the guessed one fills most columns, as records do */
} Headings;

static const Heading *heading_copy(const Headings *headings, const XlsxCell *cell) {
    Heading *heading = arena_alloc(headings->arena, sizeof *heading);
    heading->text = arena_copy_text(headings->arena, cell->text, cell->len);
    heading->len = cell->len;
    return heading;
}

static bool cell_is_blank(const XlsxCell *cell) {
    const char *text = cell->text;
    size_t len = cell->len;
    trim_blanks(&text, &len);
    return len == 0;
}

/* A row above the headings: what reaches down into them. */
static void headings_above(Headings *headings, uint32_t row, const XlsxCell *cells, size_t len) {
    while (headings->tall_at < headings->tall_len &&
           headings->tall[headings->tall_at].first_row <= row) {
        size_t at = headings->tall_at++;
        for (size_t i = 0; i < len && headings->tall[at].first_row == row; i++)
            if (cells[i].column == headings->tall[at].first_column)
                headings->tall_texts[at] = heading_copy(headings, &cells[i]);
    }
}

static void headings_row(Headings *headings, const Survey *survey, uint32_t row,
                         const XlsxCell *cells, size_t len) {
    if (survey->guess > 0 && row != survey->guess && len * 2 > survey->used)
        headings->swallowed = true;
    const Heading **line = headings->grid + (row - headings->table->header_first) * headings->width;
    for (size_t i = 0; i < len; i++) {
        if (cell_is_blank(&cells[i]))
            continue;
        line[cells[i].column] = heading_copy(headings, &cells[i]);
        headings->own[cells[i].column] = true;
    }
}

static TableStep headings_read(Headings *headings, const Survey *survey, XlsxBook *book,
                               Faults *faults, XlsxTable *table) {
    XlsxReader *reader;
    table->above = 0;
    StoreResult result = xlsx_sheet_open(book, faults, table->sheet, &reader);
    if (result != STORE_OK)
        return result == STORE_UNAVAILABLE ? TABLE_UNREADABLE : TABLE_REFUSED;
    SheetStep step;
    while ((step = xlsx_sheet_next(reader)) == SHEET_ROW) {
        size_t len;
        uint32_t row = xlsx_sheet_row(reader);
        const XlsxCell *cells = xlsx_sheet_cells(reader, &len);
        if (row > table->header_last)
            break;
        if (row < table->header_first) {
            table->above++;
            headings_above(headings, row, cells, len);
        } else {
            headings_row(headings, survey, row, cells, len);
        }
    }
    xlsx_sheet_close(reader);
    return step_of(step);
}

static bool touches_headings(const XlsxTable *table, const XlsxRange *range) {
    return range->first_row <= table->header_last && range->last_row >= table->header_first;
}

/* The part of a range that is among the headings; false if there is none. */
static bool range_clip(const Headings *headings, XlsxRange *range) {
    const XlsxTable *table = headings->table;
    if (!touches_headings(table, range) || range->first_column >= headings->width)
        return false;
    if (range->first_row < table->header_first)
        range->first_row = table->header_first;
    if (range->last_row > table->header_last)
        range->last_row = table->header_last;
    if (range->last_column >= headings->width)
        range->last_column = (uint32_t)headings->width - 1;
    return true;
}

/* Ranges that lie over one another could make this long; no spreadsheet has them. */
static bool ranges_overlap(const Headings *headings, const Survey *survey) {
    uint64_t places = 0;
    for (size_t i = 0; i < survey->merged.len; i++) {
        XlsxRange range = survey->merged.items[i];
        if (range_clip(headings, &range))
            places += (uint64_t)(range.last_row - range.first_row + 1) *
                      (range.last_column - range.first_column + 1);
    }
    return places > (uint64_t)headings->width * headings->height;
}

/* Puts `text` at each place that the range has among the headings. */
static void range_spread(const Headings *headings, XlsxRange range, const Heading *text) {
    if (!range_clip(headings, &range))
        return;
    for (uint32_t row = range.first_row; row <= range.last_row; row++)
        for (uint32_t column = range.first_column; column <= range.last_column; column++)
            headings->grid[(row - headings->table->header_first) * headings->width + column] = text;
}

static void headings_spread(const Headings *headings, const Survey *survey) {
    uint32_t first = headings->table->header_first, last = headings->table->header_last;
    for (size_t i = 0; i < survey->merged.len; i++) {
        XlsxRange range = survey->merged.items[i];
        if (range.first_row < first || range.first_row > last ||
            range.first_column >= headings->width)
            continue;
        range_spread(
            headings, range,
            headings->grid[(range.first_row - first) * headings->width + range.first_column]);
    }
    for (size_t i = 0; i < headings->tall_len; i++)
        range_spread(headings, headings->tall[i], headings->tall_texts[i]);
}

static int order_ranges(const void *a, const void *b) {
    const XlsxRange *x = a, *y = b;
    return x->first_row < y->first_row ? -1 : x->first_row > y->first_row;
}

static void headings_tall(Headings *headings, const Survey *survey) {
    const XlsxTable *table = headings->table;
    XlsxRange *tall = arena_array(headings->arena, survey->merged.len, sizeof *tall);
    for (size_t i = 0; i < survey->merged.len; i++)
        if (touches_headings(table, &survey->merged.items[i]) &&
            survey->merged.items[i].first_row < table->header_first)
            tall[headings->tall_len++] = survey->merged.items[i];
    if (headings->tall_len > 0)
        qsort(tall, headings->tall_len, sizeof *tall, order_ranges);
    headings->tall = tall;
    headings->tall_texts =
        arena_array(headings->arena, headings->tall_len, sizeof *headings->tall_texts);
}

/* The texts over a column, one under the other, each once; blanks become one. */
static void column_name(const Headings *headings, size_t column, StrBuf *out) {
    const Heading *last = NULL;
    for (size_t row = 0; row < headings->height; row++) {
        const Heading *heading = headings->grid[row * headings->width + column];
        if (!heading || heading == last)
            continue;
        last = heading;
        for (size_t i = 0; i < heading->len;) {
            size_t start = i;
            while (i < heading->len && !is_blank(heading->text[i]))
                i++;
            if (i > start && out->len > 0)
                strbuf_add_char(out, ' ');
            strbuf_add_len(out, heading->text + start, i - start);
            while (i < heading->len && is_blank(heading->text[i]))
                i++;
        }
    }
}

/* ---- the columns ----------------------------------------------------------------------------- */

static bool column_has_values(const Survey *survey, const XlsxTable *table, size_t column) {
    return survey->wanted->rows_first > 0 ? survey->in_rows[column]
                                          : survey->last_rows[column] > table->header_last;
}

static void columns_take(const Survey *survey, const Headings *headings, Arena *arena,
                         XlsxTable *table) {
    uint32_t *columns = arena_array(arena, headings->width, sizeof *columns);
    const char **names = arena_array(arena, headings->width, sizeof *names);
    bool *lettered = arena_array(arena, headings->width, sizeof *lettered);
    StrBuf name = {0};
    for (size_t i = 0; i < headings->width; i++) {
        if (!headings->own[i] && !column_has_values(survey, table, i))
            continue;
        strbuf_clear(&name);
        column_name(headings, i, &name);
        lettered[table->columns_len] = name.len == 0;
        if (name.len == 0)
            xlsx_column_show(&name, (uint32_t)i);
        columns[table->columns_len] = (uint32_t)i;
        names[table->columns_len++] = arena_copy_text(arena, strbuf_text(&name), name.len);
    }
    strbuf_fini(&name);
    table->columns = columns;
    table->names = names;
    table->lettered = lettered;
}

static bool any_heading(const XlsxTable *table) {
    for (size_t i = 0; i < table->columns_len; i++)
        if (!table->lettered[i])
            return true;
    return false;
}

static TableStep headings_take(const Survey *survey, XlsxBook *book, Faults *faults, Arena *arena,
                               XlsxTable *table) {
    Headings headings = {.table = table,
                         .arena = survey->arena,
                         .width = survey->width,
                         .height = table->header_last - table->header_first + 1};
    if (ranges_overlap(&headings, survey)) {
        faults_add(faults, DIAG_xlsx_damaged, "the sheet '%s' has merged cells that overlap",
                   table->name);
        return TABLE_REFUSED;
    }
    headings.grid =
        arena_array(headings.arena, headings.width * headings.height, sizeof *headings.grid);
    headings.own = arena_array(headings.arena, headings.width, sizeof *headings.own);
    headings_tall(&headings, survey);
    TableStep step = headings_read(&headings, survey, book, faults, table);
    if (step != TABLE_HERE)
        return step;
    if (headings.swallowed) {
        table->header_first = table->header_last = survey->guess;
        rows_choose(survey, table);
        return headings_take(survey, book, faults, arena, table);
    }
    headings_spread(&headings, survey);
    columns_take(survey, &headings, arena, table);
    return TABLE_HERE;
}

/* Rows of records whose cells are one: only the first has the value. */
static void merged_rows_find(const Survey *survey, XlsxTable *table) {
    for (size_t i = 0; i < survey->merged.len; i++) {
        const XlsxRange *range = &survey->merged.items[i];
        if (range->last_row > range->first_row && range->last_row >= table->rows_first &&
            range->first_row <= table->rows_last && range->first_row > table->header_last &&
            table->merged_len++ == 0)
            table->merged = *range;
    }
}

/* ---- the whole ------------------------------------------------------------------------------- */

static TableStep table_find(Survey *survey, XlsxBook *book, Faults *faults, Arena *arena,
                            XlsxTable *table, StrBuf *why) {
    TableStep step = survey_read(survey, book, faults, table->sheet);
    if (step != TABLE_HERE)
        return step;
    if (survey->last_row == 0)
        return TABLE_BLANK;
    if (!header_choose(survey, table, why))
        return TABLE_NO_HEADER;
    step = headings_take(survey, book, faults, arena, table);
    if (step != TABLE_HERE)
        return step;
    merged_rows_find(survey, table);
    if (any_heading(table))
        return TABLE_HERE;
    strbuf_addf(why, "row %" PRIu32 " has no text to be a heading", table->header_first);
    return TABLE_NO_HEADER;
}

TableStep xlsx_table_find(XlsxBook *book, Faults *faults, size_t sheet, const SheetRows *rows,
                          Arena *arena, XlsxTable *out, StrBuf *why) {
    size_t len;
    const XlsxSheet *sheets = xlsx_book_sheets(book, &len);
    *out =
        (XlsxTable){.sheet = sheet,
                    .name = arena_copy_text(arena, sheets[sheet].name, strlen(sheets[sheet].name))};
    Survey survey = {.arena = arena_new(), .wanted = rows};
    survey.last_rows = arena_array(survey.arena, XLSX_MOST_COLUMNS, sizeof *survey.last_rows);
    survey.in_rows = arena_array(survey.arena, XLSX_MOST_COLUMNS, sizeof *survey.in_rows);
    TableStep step = table_find(&survey, book, faults, arena, out, why);
    arena_free(survey.arena);
    return step;
}
