#include "report/tables.h"

#include <stdlib.h>
#include <string.h>

enum { GROUP, VALUE, FRACTION, SHARE, TARGET, BENCHMARK, STATUS, PREVIOUS, MOVEMENT, COLUMNS };

#define INDENT 2
#define SEPARATOR ", "
#define WIDEST_GROUP 40
#define GAP 2

/* ---- groups ---- */

static const char *key_label(const Cell *cell, size_t level) {
    const GroupKey *key = &cell->group[level];
    if (key->whole) {
        const char *total = cell->indicator->breakdowns[level].total;
        return total ? total : "All";
    }
    return key->label ? key->label : "Unknown";
}

static bool is_banded(const Indicator *indicator) {
    return indicator->shape == SHAPE_DISTRIBUTION;
}

/* A total is placed in a table only where the definition asks for it; so is the sum of all bands,
 * which says nothing. */
static bool is_shown(const ReportRow *row) {
    const Cell *cell = row->cell;
    if (is_banded(cell->indicator) && !row->band && !row->added)
        return false;
    if (cell->indicator->breakdowns_len == 0)
        return true;
    if (cell->whole)
        return cell->indicator->breakdowns[0].total != NULL;
    for (size_t i = 0; i < cell->indicator->breakdowns_len; i++)
        if (cell->group[i].whole && !cell->indicator->breakdowns[i].total)
            return false;
    return true;
}

static size_t last_level(const Cell *cell) {
    return cell->indicator->breakdowns_len - 1;
}

/* The whole of a cross table stands alone unless its last breakdown has a total too. */
static bool stands_alone(const Cell *cell) {
    return last_level(cell) == 0 ||
           (cell->whole && !cell->indicator->breakdowns[last_level(cell)].total);
}

/* "0-6 weeks + 6 weeks to 3 months" */
static const char *added_label(Arena *arena, const BenchmarkEntry *entry) {
    const char *label = entry->keys[0];
    for (size_t i = 1; i < entry->keys_len; i++)
        label = arena_printf(arena, "%s + %s", label, entry->keys[i]);
    return label;
}

/* What a row of a table is called: its band, its last key, or the first total of a whole that
 * stands alone. */
static const char *row_label(Arena *arena, const ReportRow *row) {
    const Cell *cell = row->cell;
    if (row->added)
        return added_label(arena, row->added);
    if (row->band)
        return row->band;
    return key_label(cell, stands_alone(cell) ? 0 : last_level(cell));
}

/* The keys before the last, which stand over their rows; of bands all keys; NULL if there are none.
 */
static const char *section_label(Arena *arena, const Cell *cell) {
    bool bands = is_banded(cell->indicator);
    size_t levels = cell->indicator->breakdowns_len;
    if (levels == 0 || (!bands && stands_alone(cell)))
        return NULL;
    const char *label = key_label(cell, 0);
    for (size_t i = 1; i < (bands ? levels : last_level(cell)); i++)
        label = arena_printf(arena, "%s%s%s", label, SEPARATOR, key_label(cell, i));
    return label;
}

static int key_order(const Cell *a, const Cell *b, size_t level) {
    const GroupKey *left = &a->group[level], *right = &b->group[level];
    if (left->whole != right->whole)
        return left->whole ? 1 : -1;
    if (left->unknown != right->unknown)
        return left->unknown ? 1 : -1;
    if (left->whole || left->unknown)
        return 0;
    const CodeSet *codes = a->indicator->breakdowns[level].codes;
    if (codes && left->value.kind == VALUE_TEXT && right->value.kind == VALUE_TEXT)
        return codes_find(codes, left->value.as.text) - codes_find(codes, right->value.as.text);
    return value_compare(left->value, right->value);
}

/* Bands as they were written, then "Unknown", then those that a benchmark adds. */
static size_t band_place(const ReportRow *row) {
    const Indicator *indicator = row->indicator;
    if (row->cell->band)
        return (size_t)(row->cell->band - indicator->bands);
    if (!row->added)
        return indicator->bands_len;
    size_t place = indicator->bands_len + 1;
    for (size_t b = 0; b < indicator->benchmarks_len; b++)
        for (size_t e = 0; e < indicator->benchmarks[b].entries_len; e++, place++)
            if (&indicator->benchmarks[b].entries[e] == row->added)
                return place;
    return place;
}

static int group_order(const ReportRow *left, const ReportRow *right) {
    const Cell *a = left->cell, *b = right->cell;
    for (size_t i = 0; i < a->indicator->breakdowns_len; i++) {
        int order = key_order(a, b, i);
        if (order != 0)
            return order;
    }
    if (!is_banded(a->indicator))
        return 0;
    size_t here = band_place(left), there = band_place(right);
    return here < there ? -1 : here > there;
}

/* By group, totals last; then by period. */
static int row_order(const void *left, const void *right) {
    const ReportRow *a = *(const ReportRow *const *)left, *b = *(const ReportRow *const *)right;
    int order = group_order(a, b);
    if (order != 0)
        return order;
    return a->cell->period.end < b->cell->period.end   ? -1
           : a->cell->period.end > b->cell->period.end ? 1
                                                       : 0;
}

/* The rows that are shown, in the order of showing. */
static const ReportRow **rows_sorted(Arena *arena, RowSpan span, size_t *len) {
    const ReportRow **rows = arena_array(arena, span.len, sizeof *rows);
    *len = 0;
    for (size_t i = 0; i < span.len; i++)
        if (is_shown(&span.rows[i]))
            rows[(*len)++] = &span.rows[i];
    qsort(rows, *len, sizeof *rows, row_order);
    return rows;
}

/* Starts a section when its label changes; gives the indent of the row that follows. */
static size_t enter_section(const TableWriter *writer, Grid *grid, const Cell *cell,
                            const char **section) {
    const char *label = section_label(writer->arena, cell);
    if (!label) {
        *section = NULL;
        return 0;
    }
    if (!*section || strcmp(*section, label) != 0)
        grid_section(grid, label);
    *section = label;
    return INDENT;
}

static GridCell label_cell(Arena *arena, const ReportRow *row) {
    bool total = row->cell->whole && !is_banded(row->indicator);
    return (GridCell){row_label(arena, row), total ? INK_BOLD : INK_PLAIN};
}

/* "Area", or "Area, Age"; of a distribution "Band" */
static const char *groups_title(Arena *arena, const Indicator *indicator) {
    if (is_banded(indicator))
        return "Band";
    const char *title = indicator->breakdowns[0].label;
    for (size_t i = 1; i < indicator->breakdowns_len; i++)
        title = arena_printf(arena, "%s%s%s", title, SEPARATOR, indicator->breakdowns[i].label);
    return title;
}

/* ---- one period: all that is known of each group ---- */

static size_t count_new_groups(const ReportRow **rows, size_t len) {
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += row_is_new_group(rows[i]);
    return count;
}

/* "not compared: 2016-12 has none of these groups: North, South" */
static void write_new_groups(const TableWriter *writer, const ReportRow **rows, size_t len) {
    StrBuf text = {0};
    for (size_t i = 0; i < len; i++) {
        if (!row_is_new_group(rows[i]))
            continue;
        const Cell *cell = rows[i]->cell;
        const char *section = section_label(writer->arena, cell);
        if (text.len == 0)
            strbuf_addf(&text,
                        "not compared: %s has none of these groups: ", rows[i]->previous_period);
        else
            strbuf_add(&text, section ? "; " : SEPARATOR);
        if (section)
            strbuf_addf(&text, "%s%s", section, SEPARATOR);
        strbuf_add(&text, row_label(writer->arena, rows[i]));
    }
    display_add_paragraph(writer->out, strbuf_text(&text), 0, writer->width, INK_DIM,
                          writer->colour);
    strbuf_fini(&text);
}

static void write_one_period(const TableWriter *writer, const ReportRow **rows, size_t len) {
    GridColumn columns[COLUMNS] = {
        {NULL, false},     {"Value", true},    {"Fraction", true},
        {"Share", true},   {"Target", true},   {"Benchmark", true},
        {"Status", false}, {"Previous", true}, {"Movement", false},
    };
    columns[GROUP].title = groups_title(writer->arena, rows[0]->indicator);
    Grid grid = grid_new(writer->arena, columns, COLUMNS);
    const char *section = NULL;
    bool new_groups_below = count_new_groups(rows, len) > 1;
    for (size_t i = 0; i < len; i++) {
        const ReportRow *row = rows[i];
        size_t indent = enter_section(writer, &grid, row->cell, &section);
        GridCell *cells = grid_row(&grid, indent);
        cells[GROUP] = label_cell(writer->arena, row);
        cells[VALUE] = cell_value(row);
        cells[FRACTION] = cell_fraction(writer->arena, row);
        cells[SHARE] = cell_share(row);
        cells[TARGET] = cell_target(row);
        cells[BENCHMARK] = cell_benchmark(row);
        cells[STATUS] = cell_status(writer->arena, row);
        cells[PREVIOUS] = cell_previous(row);
        cells[MOVEMENT] = cell_movement(writer->arena, row);
        add_notes(writer, &grid, indent, row, new_groups_below);
    }
    grid_print(writer->out, &grid, writer->width, writer->colour);
    if (new_groups_below)
        write_new_groups(writer, rows, len);
}

/* ---- a series: groups down, periods across ---- */

typedef VEC(Period) PeriodList;

/* The periods of the rows, by date. */
static PeriodList periods_of(Arena *arena, RowSpan span) {
    PeriodList periods = {0};
    for (size_t i = 0; i < span.len; i++) {
        Period period = span.rows[i].cell->period;
        if (periods.len == 0 || periods.items[periods.len - 1].end < period.end)
            vec_push(arena, &periods, period);
    }
    return periods;
}

static GridCell short_value(Arena *arena, const ReportRow *row) {
    if (row->printed)
        return (GridCell){row->printed, INK_PLAIN};
    return (GridCell){arena_printf(arena, "[%s]", row->flag), INK_DIM};
}

/* One block of columns: the periods from `from` to `to`; the movement of the last at the end. */
static void write_block(const TableWriter *writer, const ReportRow **rows, size_t len,
                        PeriodList periods, size_t from, size_t to) {
    size_t columns_len = to - from + 2;
    GridColumn *columns = arena_array(writer->arena, columns_len, sizeof *columns);
    columns[0].title = groups_title(writer->arena, rows[0]->indicator);
    for (size_t i = from; i < to; i++) {
        StrBuf title = {0};
        period_print(&title, periods.items[i]);
        columns[i - from + 1] =
            (GridColumn){arena_copy_text(writer->arena, strbuf_text(&title), title.len), true};
        strbuf_fini(&title);
    }
    columns[columns_len - 1] = (GridColumn){"Movement", false};
    Grid grid = grid_new(writer->arena, columns, columns_len);
    const char *section = NULL;
    GridCell *cells = NULL;
    for (size_t i = 0, column = 0; i < len; i++) {
        if (i == 0 || group_order(rows[i - 1], rows[i]) != 0) {
            size_t indent = enter_section(writer, &grid, rows[i]->cell, &section);
            cells = grid_row(&grid, indent);
            cells[0] = label_cell(writer->arena, rows[i]);
            column = from;
        }
        while (column < to && periods.items[column].end < rows[i]->cell->period.end)
            column++;
        if (column == to || periods.items[column].end != rows[i]->cell->period.end)
            continue;
        cells[column - from + 1] = short_value(writer->arena, rows[i]);
        if (column + 1 == periods.len)
            cells[columns_len - 1] = cell_movement(writer->arena, rows[i]);
    }
    grid_print(writer->out, &grid, writer->width, writer->colour);
}

/* How many periods stand side by side. */
static size_t periods_that_fit(const TableWriter *writer, const ReportRow **rows, size_t len,
                               PeriodList periods) {
    size_t label = 0, value = 0, movement = strlen("Movement");
    for (size_t i = 0; i < len; i++) {
        size_t width = display_width(row_label(writer->arena, rows[i])) + INDENT;
        label = width > label ? width : label;
        StrBuf title = {0};
        period_print(&title, rows[i]->cell->period);
        width = display_width(strbuf_text(&title));
        strbuf_fini(&title);
        value = width > value ? width : value;
        width = display_width(short_value(writer->arena, rows[i]).text);
        value = width > value ? width : value;
        const char *words = cell_movement(writer->arena, rows[i]).text;
        width = words ? display_width(words) : 0;
        movement = width > movement ? width : movement;
    }
    size_t taken = (label < WIDEST_GROUP ? label : WIDEST_GROUP) + movement + GAP;
    size_t room = writer->width > taken ? (writer->width - taken) / (value + GAP) : 1;
    if (room == 0)
        room = 1;
    /* Blocks of about the same width read better than a full one and a rest. */
    size_t blocks = (periods.len + room - 1) / room;
    return (periods.len + blocks - 1) / blocks;
}

static void add_mark(StrBuf *out, const char *flag, const char *words) {
    strbuf_addf(out, "%s[%s] %s", out->len ? "   " : "", flag, words);
}

/* What the marks in brackets mean, each once. */
static void write_marks(const TableWriter *writer, const ReportRow **rows, size_t len) {
    static const Symbol symbols[] = {SYMBOL_CONFIDENTIAL, SYMBOL_LOW_RELIABILITY,
                                     SYMBOL_UNAVAILABLE, SYMBOL_NOT_APPLICABLE, SYMBOL_LOW};
    StrBuf marks = {0};
    for (size_t s = 0; s < sizeof symbols / sizeof symbols[0]; s++)
        for (size_t i = 0; i < len; i++)
            if (rows[i]->flag && strcmp(rows[i]->flag, symbol_letter(symbols[s])) == 0) {
                add_mark(&marks, rows[i]->flag, rows[i]->missing);
                break;
            }
    if (marks.len)
        display_add_paragraph(writer->out, strbuf_text(&marks), 0, writer->width, INK_DIM,
                              writer->colour);
    strbuf_fini(&marks);
}

static void write_across(const TableWriter *writer, RowSpan span, const ReportRow **rows,
                         size_t len) {
    PeriodList periods = periods_of(writer->arena, span);
    size_t step = periods_that_fit(writer, rows, len, periods);
    for (size_t from = 0; from < periods.len; from += step) {
        size_t to = from + step < periods.len ? from + step : periods.len;
        if (from > 0)
            strbuf_add_char(writer->out, '\n');
        write_block(writer, rows, len, periods, from, to);
    }
    write_marks(writer, rows, len);
}

/* ---- shares of things that are counted once each ---- */

/* What a share is a share of: counts and sums themselves, else what they are divided by. */
static const Quantity *shared_quantity(const Indicator *indicator) {
    switch (indicator->shape) {
    case SHAPE_VALUE:
        return indicator->value->kind == EXPR_QUANTITY ? indicator->value->as.quantity : NULL;
    case SHAPE_RATIO:
        return indicator->denominator;
    case SHAPE_PROPORTION:
    case SHAPE_DISTRIBUTION:
    case SHAPE_DERIVED:
        return NULL;
    }
    return NULL;
}

/* One that stands in two groups is counted in both, and once in the whole. */
static void write_share_note(const TableWriter *writer, const ReportRow **rows, size_t len) {
    const Quantity *quantity = shared_quantity(rows[0]->indicator);
    bool any = false;
    for (size_t i = 0; i < len; i++)
        any = any || rows[i]->share.printed;
    if (any && quantity && quantity->kind == QUANTITY_COUNT_DISTINCT)
        display_add_paragraph(writer->out,
                              "Shares can add to more than 100%: one that stands in several groups "
                              "is counted in each, and once in the whole.",
                              0, writer->width, INK_DIM, writer->colour);
}

void write_groups(const TableWriter *writer, RowSpan span, bool series) {
    size_t len;
    const ReportRow **rows = rows_sorted(writer->arena, span, &len);
    bool one_period = !series || rows_share_period(span);
    const char *period = one_period ? period_title(writer->arena, span.rows[0].cell->period) : NULL;
    write_indicator_title(writer, span, period);
    if (len == 0) {
        strbuf_add(writer->out, "No groups.\n");
    } else if (one_period) {
        write_one_period(writer, rows, len);
        write_share_note(writer, rows, len);
    } else {
        write_across(writer, span, rows, len);
    }
}
