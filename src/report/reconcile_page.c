#include "report/reconcile_page.h"

#include <string.h>

#define MOST_HEADERS 16
#define LONGEST_HEADER 40

typedef struct PageReader {
    Session *session;
    const char *text;
    size_t len;
    Page *page;
    PageTable *table;   /* the one being read; NULL: none */
    PageTable *earlier; /* the last one that was read whole */
    Cleaner paragraph;
    bool in_paragraph;
} PageReader;

/* ---- columns ---- */

typedef struct RoleWord {
    const char *word;
    CellRole role;
} RoleWord;

/* A header's cell has the role of the first of these that stands in it. */
static const RoleWord role_words[] = {
    {"target", ROLE_TARGET},         {"benchmark", ROLE_TARGET},
    {"comparator", ROLE_TARGET},     {"direction of travel", ROLE_PREVIOUS},
    {"previous", ROLE_PREVIOUS},     {"last month", ROLE_PREVIOUS},
    {"last quarter", ROLE_PREVIOUS}, {"last year", ROLE_PREVIOUS},
    {"current", ROLE_CURRENT},       {"performance", ROLE_CURRENT},
    {"actual", ROLE_CURRENT},        {"latest", ROLE_CURRENT},
    {"this month", ROLE_CURRENT},    {"this quarter", ROLE_CURRENT},
};

/* The columns of a list: the whole cell is the word. */
static const RoleWord list_words[] = {
    {"id", ROLE_LABEL},          {"label", ROLE_LABEL},         {"title", ROLE_LABEL},
    {"indicator", ROLE_LABEL},   {"measure", ROLE_LABEL},       {"name", ROLE_LABEL},
    {"group", ROLE_GROUP},       {"band", ROLE_GROUP},          {"period", ROLE_PERIOD},
    {"period_end", ROLE_PERIOD}, {"numerator", ROLE_NUMERATOR}, {"denominator", ROLE_DENOMINATOR},
    {"printed", ROLE_PRINTED},   {"percentage", ROLE_PRINTED},  {"percent", ROLE_PRINTED},
    {"%", ROLE_PRINTED},         {"value", ROLE_PRINTED},       {"rate", ROLE_PRINTED},
    {"target", ROLE_TARGET},
};

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool has_words(const CleanText *cell, const char *words) {
    size_t len = strlen(words);
    for (size_t i = 0; i + len <= cell->len; i++) {
        size_t same = 0;
        while (same < len && lower(cell->text[i + same]) == words[same])
            same++;
        if (same == len)
            return true;
    }
    return false;
}

static bool is_word(const CleanText *cell, const char *word) {
    return cell->len == strlen(word) && has_words(cell, word);
}

static CellRole layout_role(const CleanText *cell) {
    /* A sentence is no heading. */
    if (cell->len > LONGEST_HEADER || strpbrk(cell->text, "0123456789%"))
        return ROLE_NONE;
    for (size_t i = 0; i < sizeof role_words / sizeof role_words[0]; i++)
        if (has_words(cell, role_words[i].word))
            return role_words[i].role;
    return ROLE_NONE;
}

static CellRole list_role(const CleanText *cell) {
    for (size_t i = 0; i < sizeof list_words / sizeof list_words[0]; i++)
        if (is_word(cell, list_words[i].word))
            return list_words[i].role;
    return ROLE_NONE;
}

CellRole page_role(const PageTable *table, size_t column) {
    return column < table->roles_len ? table->roles[column] : ROLE_NONE;
}

/* A list names the figure, and its numerator or what it is of. */
static bool header_of_list(const PageRow *row, CellRole *roles) {
    size_t printed = 0, numerators = 0, labels = 0;
    for (size_t i = 0; i < row->len; i++) {
        roles[i] = list_role(&row->cells[i]);
        /* The first of several labels is the key. */
        if (roles[i] == ROLE_LABEL && labels++ > 0)
            roles[i] = ROLE_NONE;
        if (roles[i] == ROLE_PRINTED && printed++ > 0)
            roles[i] = ROLE_NONE;
        numerators += roles[i] == ROLE_NUMERATOR;
    }
    return printed > 0 && numerators > 0;
}

/* Whether the row is a header; if so the table has its roles. `first`: nothing stands before it in
 * its table; later rows must name two columns. */
static bool take_header(PageReader *reader, PageTable *table, const PageRow *row, bool first) {
    Arena *arena = reader->session->arena;
    CellRole *roles = arena_array(arena, row->len, sizeof *roles);
    if (first && header_of_list(row, roles)) {
        table->list = true;
    } else {
        size_t known = 0;
        for (size_t i = 0; i < row->len; i++) {
            roles[i] = i == 0 ? ROLE_LABEL : layout_role(&row->cells[i]);
            known += i > 0 && roles[i] != ROLE_NONE;
        }
        if (known < (first ? 1u : 2u))
            return false;
    }
    table->roles = roles;
    table->roles_len = row->len;
    for (size_t i = 0; i < row->len && i < MOST_HEADERS; i++)
        table->header[i] = row->cells[i];
    return true;
}

/* ---- tables ---- */

static PageTable *add_table(PageReader *reader, bool prose) {
    PageTable *table = arena_alloc(reader->session->arena, sizeof *table);
    table->prose = prose;
    vec_push(reader->session->arena, &reader->page->tables, table);
    return table;
}

static void end_paragraph(PageReader *reader) {
    if (!reader->in_paragraph)
        return;
    reader->in_paragraph = false;
    CleanText clean = clean_end(&reader->paragraph);
    if (clean.len == 0)
        return;
    PageTable *table = add_table(reader, true);
    PageRow row = {arena_alloc(reader->session->arena, sizeof clean), 1};
    row.cells[0] = clean;
    vec_push(reader->session->arena, &table->rows, row);
}

static void end_table(PageReader *reader) {
    if (reader->table && reader->table->rows.len > 0)
        reader->earlier = reader->table;
    reader->table = NULL;
}

/* One clean text of the two, a blank between. */
static CleanText joined(Arena *arena, const CleanText *a, const CleanText *b) {
    if (a->len == 0 || b->len == 0)
        return a->len == 0 ? *b : *a;
    CleanText both = {.src = a->src, .len = a->len + 1 + b->len};
    both.text = arena_printf(arena, "%s %s", a->text, b->text);
    uint32_t *places = arena_array(arena, both.len, sizeof *places);
    memcpy(places, a->places, a->len * sizeof *places);
    places[a->len] = a->places[a->len - 1];
    memcpy(places + a->len + 1, b->places, b->len * sizeof *places);
    both.places = places;
    return both;
}

/* A row without a label goes on with the row above it. */
static bool continue_row(PageReader *reader, const PageRow *row) {
    const PageTable *from = reader->table->rows.len > 0 ? reader->table : reader->earlier;
    if (row->len < 2 || row->cells[0].len > 0 || !from || from->prose || from->list)
        return false;
    PageRow *above = &from->rows.items[from->rows.len - 1];
    if (above->len < row->len)
        return false;
    for (size_t i = 1; i < row->len; i++)
        above->cells[i] = joined(reader->session->arena, &above->cells[i], &row->cells[i]);
    return true;
}

static bool row_is_empty(const PageRow *row) {
    for (size_t i = 0; i < row->len; i++)
        if (row->cells[i].len > 0)
            return false;
    return true;
}

static void add_row(PageReader *reader, const PageRow *row) {
    end_paragraph(reader);
    if (row_is_empty(row))
        return;
    bool first = !reader->table;
    if (first)
        reader->table = add_table(reader, false);
    PageTable *table = reader->table;
    if (!table->list && take_header(reader, table, row, first))
        return;
    if (!continue_row(reader, row))
        vec_push(reader->session->arena, &table->rows, *row);
}

/* ---- text ---- */

typedef VEC(CleanText) Cells;

static void push_cell(PageReader *reader, Cells *cells, Cleaner *cleaner) {
    CleanText clean = clean_end(cleaner);
    vec_push(reader->session->arena, cells, clean);
}

static bool is_rule(const char *line, size_t len) {
    size_t dashes = 0;
    for (size_t i = 0; i < len; i++) {
        if (!strchr("-:| \t=+", line[i]))
            return false;
        dashes += line[i] == '-' || line[i] == '=';
    }
    return dashes > 0;
}

/* '\t', '|', or 0: the line is no row of a table. */
static char separator_of(const char *line, size_t len) {
    if (memchr(line, '\t', len))
        return '\t';
    size_t pipes = 0, blanks = 0;
    while (blanks < len && line[blanks] == ' ')
        blanks++;
    for (size_t i = 0; i < len; i++)
        pipes += line[i] == '|' && (i == 0 || line[i - 1] != '\\');
    return pipes > 1 || (pipes == 1 && (line[blanks] == '|' || strstr(line, " | "))) ? '|' : 0;
}

static void read_row(PageReader *reader, size_t from, size_t to, char separator) {
    Cleaner cleaner = {.arena = reader->session->arena, .src = reader->page->src};
    Cells cells = {0};
    if (separator == '|') {
        while (from < to && reader->text[from] == ' ')
            from++;
        while (to > from && (reader->text[to - 1] == ' ' || reader->text[to - 1] == '\r'))
            to--;
        from += from < to && reader->text[from] == '|';
        to -= to > from && reader->text[to - 1] == '|';
    }
    size_t start = from;
    for (size_t i = from; i <= to; i++) {
        bool escaped = separator == '|' && i > from && reader->text[i - 1] == '\\';
        if (i < to && (reader->text[i] != separator || escaped))
            continue;
        clean_add(&cleaner, reader->text, start, i, false);
        push_cell(reader, &cells, &cleaner);
        start = i + 1;
    }
    PageRow row = {cells.items, cells.len};
    add_row(reader, &row);
}

static bool starts_paragraph(const char *line, size_t len) {
    size_t i = 0;
    while (i < len && line[i] == ' ')
        i++;
    return i + 1 < len &&
           (line[i] == '#' || ((line[i] == '-' || line[i] == '*') && line[i + 1] == ' '));
}

static void read_line(PageReader *reader, size_t from, size_t to) {
    const char *line = reader->text + from;
    size_t len = to - from;
    if (strspn(line, " \t\r") >= len) {
        end_paragraph(reader);
        end_table(reader);
        return;
    }
    char *copy = arena_copy_text(reader->session->arena, line, len);
    char separator = separator_of(copy, len);
    if (separator == '|' && is_rule(line, len - (line[len - 1] == '\r')))
        return;
    if (separator) {
        read_row(reader, from, to, separator);
        return;
    }
    end_table(reader);
    if (starts_paragraph(line, len))
        end_paragraph(reader);
    reader->paragraph.arena = reader->session->arena;
    reader->paragraph.src = reader->page->src;
    reader->in_paragraph = true;
    clean_add(&reader->paragraph, reader->text, from, to, false);
    clean_add(&reader->paragraph, " ", 0, 1, false);
    if (reader->paragraph.places.len > 0)
        reader->paragraph.places.items[reader->paragraph.places.len - 1] = (uint32_t)(to - 1);
    if (line[0] == '#')
        end_paragraph(reader);
}

static void read_text(PageReader *reader) {
    for (size_t from = 0; from < reader->len;) {
        const char *end = memchr(reader->text + from, '\n', reader->len - from);
        size_t to = end ? (size_t)(end - reader->text) : reader->len;
        read_line(reader, from, to);
        from = to + 1;
    }
    end_paragraph(reader);
    end_table(reader);
}

/* ---- CSV ---- */

/* The end of the cell that starts at `from`: the place of its separator, or of the end. */
static size_t csv_cell_end(const PageReader *reader, size_t from, bool *quoted) {
    size_t i = from;
    *quoted = from < reader->len && reader->text[from] == '"';
    if (*quoted)
        for (i++; i < reader->len; i++) {
            if (reader->text[i] != '"')
                continue;
            if (i + 1 >= reader->len || reader->text[i + 1] != '"')
                break;
            i++;
        }
    while (i < reader->len && reader->text[i] != ',' && reader->text[i] != '\n')
        i++;
    return i;
}

static void read_csv(PageReader *reader) {
    Cleaner cleaner = {.arena = reader->session->arena, .src = reader->page->src};
    Cells cells = {0};
    for (size_t from = 0; from < reader->len;) {
        bool quoted;
        size_t to = csv_cell_end(reader, from, &quoted);
        size_t start = from + quoted, end = to;
        while (end > start && reader->text[end - 1] == '\r')
            end--;
        end -= quoted && end > start && reader->text[end - 1] == '"';
        clean_add(&cleaner, reader->text, start, end, quoted);
        push_cell(reader, &cells, &cleaner);
        if (to >= reader->len || reader->text[to] == '\n') {
            PageRow row = {cells.items, cells.len};
            add_row(reader, &row);
            cells = (Cells){0};
        }
        from = to + 1;
    }
    if (cells.len > 0) {
        PageRow row = {cells.items, cells.len};
        add_row(reader, &row);
    }
    end_table(reader);
}

/* Whether the first line is the header of a list of figures. */
static bool looks_like_csv(PageReader *reader) {
    size_t len = strcspn(reader->text, "\n");
    const char *line = arena_copy_text(reader->session->arena, reader->text, len);
    return !strchr(line, '\t') && !strchr(line, '|') && strstr(line, "numerator") &&
           strchr(line, ',');
}

Page *page_read(Session *session, uint32_t src, bool csv) {
    PageReader reader = {.session = session};
    reader.text = sources_text(session->sources, src, &reader.len);
    reader.page = arena_alloc(session->arena, sizeof *reader.page);
    reader.page->src = src;
    if (csv || looks_like_csv(&reader))
        read_csv(&reader);
    else
        read_text(&reader);
    return reader.page;
}
