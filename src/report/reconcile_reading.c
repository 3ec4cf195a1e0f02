#include "report/reconcile_reading.h"

#include <string.h>

#define LONGEST_TOTAL 20 /* "All care leavers": a longer label of a row names a measure */

typedef struct Reader {
    Session *session;
    Page *page;
    Reading *reading;
} Reader;

/* ---- measures ---- */

const char *label_key(Arena *arena, const char *label) {
    char *key = arena_copy_text(arena, label, strlen(label));
    size_t len = 0;
    for (const char *from = label; *from; from++) {
        char c = *from;
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80)
            key[len++] = c;
    }
    key[len] = '\0';
    return key;
}

static PrintedMeasure *add_measure(Reader *reader, const char *label) {
    Arena *arena = reader->session->arena;
    PrintedMeasure *measure = arena_alloc(arena, sizeof *measure);
    measure->label = measure->name = label;
    measure->key = label_key(arena, label);
    vec_push(arena, &reader->reading->measures, measure);
    return measure;
}

static PrintedCell *add_cell(Reader *reader, PrintedMeasure *measure, CellRole role) {
    PrintedCell *cell = arena_alloc(reader->session->arena, sizeof *cell);
    cell->role = role;
    cell->text.text = "";
    cell->text.src = reader->page->src;
    vec_push(reader->session->arena, &measure->cells, cell);
    return cell;
}

static PrintedCell *read_cell(Reader *reader, PrintedMeasure *measure, CellRole role, bool prose,
                              const CleanText *text) {
    PrintedCell *cell = add_cell(reader, measure, role);
    cell->prose = prose;
    cell->text = *text;
    cell->at = clean_span(text, 0, text->len);
    tokens_read(reader->session->arena, &cell->text, &cell->tokens);
    read_figures(reader->session->arena, cell);
    return cell;
}

const PrintedCell *measure_cell(const PrintedMeasure *measure, CellRole role) {
    for (size_t i = 0; i < measure->cells.len; i++)
        if (measure->cells.items[i]->role == role)
            return measure->cells.items[i];
    return NULL;
}

/* ---- tables with a measure a row ---- */

static void read_row(Reader *reader, const PageTable *table, const PageRow *row) {
    PrintedMeasure *measure = add_measure(reader, table->prose ? "" : row->cells[0].text);
    if (table->prose) {
        read_cell(reader, measure, ROLE_NONE, true, &row->cells[0]);
        return;
    }
    for (size_t i = 1; i < row->len; i++)
        read_cell(reader, measure, page_role(table, i), false, &row->cells[i]);
}

/* A column whose rows are groups or bands, as one cell. Its label is the row's. */
static void read_column(Reader *reader, const PageTable *table, size_t first, size_t column) {
    Arena *arena = reader->session->arena;
    const char *header =
        column < 16 && table->header[column].text ? table->header[column].text : "";
    PrintedMeasure *measure = NULL;
    PrintedCell *cell = NULL;
    for (size_t i = 0; i < table->rows.len; i++) {
        const PrintedMeasure *row = reader->reading->measures.items[first + i];
        if (column - 1 >= row->cells.len)
            continue;
        const PrintedCell *from = row->cells.items[column - 1];
        if (from->figures.len != 1 || from->figures.items[0].kind != PRINTED_PERCENT)
            continue;
        if (!measure) {
            measure = add_measure(reader, header);
            measure->column = true;
            cell = add_cell(reader, measure, page_role(table, column));
            cell->at = from->at;
        }
        PrintedFigure figure = from->figures.items[0];
        figure.label = row->label;
        figure.parted = true;
        figure.total = strlen(row->label) < LONGEST_TOTAL && label_is_total(row->label);
        vec_push(arena, &cell->figures, figure);
    }
}

static void read_rows(Reader *reader, const PageTable *table) {
    size_t first = reader->reading->measures.len, widest = 0;
    for (size_t i = 0; i < table->rows.len; i++) {
        read_row(reader, table, &table->rows.items[i]);
        if (table->rows.items[i].len > widest)
            widest = table->rows.items[i].len;
    }
    for (size_t column = 1; !table->prose && table->rows.len > 2 && column < widest; column++)
        read_column(reader, table, first, column);
}

/* ---- lists: a figure a row ---- */

static const CleanText *list_cell(const PageTable *table, const PageRow *row, CellRole role) {
    static const CleanText none = {.text = ""};
    for (size_t i = 0; i < row->len; i++)
        if (page_role(table, i) == role)
            return &row->cells[i];
    return &none;
}

static bool list_number(const CleanText *text, Num *out) {
    return text->len > 0 && num_parse(text->text, text->len, out, NULL);
}

static const PrintedFraction *list_fraction(Reader *reader, const CleanText *above,
                                            const CleanText *below) {
    Arena *arena = reader->session->arena;
    PrintedFraction *fraction = arena_alloc(arena, sizeof *fraction);
    if (!list_number(above, &fraction->numerator))
        return NULL;
    fraction->denominator = num_of_int(1);
    fraction->shown = above->text;
    fraction->at = clean_span(above, 0, above->len);
    fraction->belongs = true;
    if (below->len > 0 && !list_number(below, &fraction->denominator))
        return NULL;
    if (below->len > 0)
        fraction->shown = arena_printf(arena, "%s/%s", above->text, below->text);
    return fraction;
}

/* The row's figures go to the cell; the last of them has the fraction. */
static void add_list_figures(Reader *reader, const PageTable *table, const PageRow *row,
                             CellRole role, PrintedCell *cell) {
    Arena *arena = reader->session->arena;
    const CleanText *group = list_cell(table, row, ROLE_GROUP), *text = list_cell(table, row, role);
    if (text->len == 0)
        return;
    PrintedCell *read = arena_alloc(arena, sizeof *read);
    read->text = *text;
    tokens_read(arena, &read->text, &read->tokens);
    read_figures(arena, read);
    if (cell->figures.len == 0)
        cell->at = clean_span(text, 0, text->len);
    for (size_t i = 0; i < read->figures.len; i++) {
        PrintedFigure figure = read->figures.items[i];
        figure.label = group->text;
        figure.parted = true;
        figure.total = group->len == 0 || label_is_total(group->text);
        bool last = i + 1 == read->figures.len;
        bool share = figure.kind == PRINTED_PERCENT || figure.kind == PRINTED_RATE;
        const CleanText *above = list_cell(table, row, ROLE_NUMERATOR);
        const CleanText *below = list_cell(table, row, ROLE_DENOMINATOR);
        /* A count's numerator is the count itself; a rate needs both. */
        if (role == ROLE_PRINTED && last && (share ? below->len > 0 : read->figures.len == 1))
            figure.fraction = list_fraction(reader, above, below);
        vec_push(arena, &cell->figures, figure);
    }
}

static void read_list(Reader *reader, const PageTable *table) {
    PrintedMeasure *measure = NULL;
    PrintedCell *printed = NULL, *target = NULL;
    for (size_t i = 0; i < table->rows.len; i++) {
        const PageRow *row = &table->rows.items[i];
        const CleanText *label = list_cell(table, row, ROLE_LABEL);
        const CleanText *period = list_cell(table, row, ROLE_PERIOD);
        const char *name = label->text;
        if (period->len > 0)
            name = arena_printf(reader->session->arena, "%s %s", label->text, period->text);
        if (!measure || strcmp(measure->label, name) != 0) {
            measure = add_measure(reader, name);
            measure->name = label->text;
            measure->list = true;
            printed = add_cell(reader, measure, ROLE_PRINTED);
            target = add_cell(reader, measure, ROLE_TARGET);
            if (period->len > 0) {
                printed->text = *period;
                tokens_read(reader->session->arena, &printed->text, &printed->tokens);
            }
        }
        add_list_figures(reader, table, row, ROLE_PRINTED, printed);
        add_list_figures(reader, table, row, ROLE_TARGET, target);
    }
}

/* ---- the period of the report ---- */

static bool day_after(const Tokens *tokens, size_t i, size_t words, const Token **out) {
    for (size_t n = 0; n <= words && i + n < tokens->list.len; n++)
        if (tokens->list.items[i + n].kind == TOKEN_DATE) {
            *out = &tokens->list.items[i + n];
            return (*out)->form == DATE_FORM_DAY || (*out)->form == DATE_FORM_MONTH;
        }
    return false;
}

static void take_period(Reading *reading, const Tokens *tokens, const Token *token) {
    if (reading->has_period)
        return;
    reading->has_period = true;
    reading->period_end = token->to;
    reading->period_at = clean_span(tokens->text, token->start, token->end);
}

/* "for the period ending 31st January 2017", "Reporting period: January 2017". */
static void find_period(Reading *reading, const Tokens *tokens) {
    static const char *const before[] = {"period", "month", "quarter", NULL};
    static const char *const ends[] = {"ending", "ended", "end", NULL};
    const Token *found;
    for (size_t i = 0; i < tokens->list.len; i++) {
        bool named = token_is_any(tokens, i, before) &&
                     (token_is_any(tokens, i + 1, ends) || token_is_mark(tokens, i + 1, ':'));
        if (named && day_after(tokens, i + 2, 1, &found))
            take_period(reading, tokens, found);
    }
}

#define HEAD 3 /* paragraphs in which a report may say what it is for */

/* The title may hold the period, and so may the start of a paragraph under it. */
static void find_in_head(Reading *reading, const Tokens *tokens, size_t paragraph) {
    const Token *found;
    if (tokens->list.len < 30 && day_after(tokens, 0, paragraph == 0 ? 30 : 0, &found))
        take_period(reading, tokens, found);
}

static void find_dates(Reader *reader) {
    Reading *reading = reader->reading;
    for (size_t i = 0; i < reading->measures.len; i++) {
        const PrintedMeasure *measure = reading->measures.items[i];
        for (size_t k = 0; k < measure->cells.len; k++) {
            const PrintedCell *cell = measure->cells.items[k];
            find_period(reading, &cell->tokens);
            if (i < HEAD && cell->prose)
                find_in_head(reading, &cell->tokens, i);
        }
    }
}

/* "Report Date:" names the cell after it. */
static void find_report_date(Reader *reader) {
    Reading *reading = reader->reading;
    const Token *found;
    for (size_t i = 0; i < reader->page->tables.len && !reading->has_date; i++) {
        const PageTable *table = reader->page->tables.items[i];
        for (size_t k = 0; k < table->rows.len && !reading->has_date; k++) {
            const PageRow *row = &table->rows.items[k];
            for (size_t c = 0; c + 1 < row->len; c++) {
                Tokens name, date;
                tokens_read(reader->session->arena, &row->cells[c], &name);
                if (!token_is(&name, 0, "report") || !token_is(&name, 1, "date"))
                    continue;
                tokens_read(reader->session->arena, &row->cells[c + 1], &date);
                if (day_after(&date, 0, 0, &found)) {
                    reading->has_date = true;
                    reading->date = found->to;
                }
            }
        }
    }
}

Reading *reading_new(Session *session, uint32_t src, bool csv) {
    Reader reader = {.session = session, .page = page_read(session, src, csv)};
    reader.reading = arena_alloc(session->arena, sizeof *reader.reading);
    reader.reading->src = src;
    for (size_t i = 0; i < reader.page->tables.len; i++) {
        const PageTable *table = reader.page->tables.items[i];
        if (table->list)
            read_list(&reader, table);
        else
            read_rows(&reader, table);
    }
    find_dates(&reader);
    find_report_date(&reader);
    return reader.reading;
}
