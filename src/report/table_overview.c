#include "report/tables.h"

#include <string.h>

enum { TITLE, VALUE, FRACTION, TARGET, BENCHMARK, STATUS, PREVIOUS, MOVEMENT };

static const GridColumn columns[] = {
    {"Indicator", false}, {"Value", true},   {"Fraction", true}, {"Target", true},
    {"Benchmark", true},  {"Status", false}, {"Previous", true}, {"Movement", false},
};

static void add_fact(StrBuf *out, const char *before, const char *text) {
    if (text && *text)
        strbuf_addf(out, "%s%s%s", out->len ? "; " : "", before, text);
}

/* What all rows have in common stands over the table, and not under each row. */
typedef struct Common {
    const char *window; /* the label; NULL: they differ */
    bool previous;      /* the period compared with */
    bool information_only;
} Common;

/* The window, and whatever of target, basis and comparison the columns do not say. */
static const char *facts_of(const TableWriter *writer, const ReportRow *row, Common common) {
    StrBuf facts = {0}, words = {0};
    if (!common.window)
        add_fact(&facts, "", row->cell->window_label);
    indicator_basis_words(&words, row->indicator);
    add_fact(&facts, "", strbuf_text(&words));
    strbuf_fini(&words);
    if (row->target)
        add_fact(&facts, "target: ", row->target->label);
    const ReportBenchmark *benchmark = row->shown_benchmark;
    if (benchmark && benchmark->printed)
        add_fact(&facts, "benchmark: ",
                 arena_printf(writer->arena, "%s %s", benchmark->figure->benchmark->label,
                              benchmark->period));
    if (row->information_only && !common.information_only)
        add_fact(&facts, "", "for information only");
    if (!common.previous && row->cell->has_previous_period)
        add_fact(&facts, "previous: ", period_title(writer->arena, row->cell->previous_period));
    const char *text = NULL;
    if (facts.len)
        text = arena_copy_text(writer->arena, strbuf_text(&facts), facts.len);
    strbuf_fini(&facts);
    return text;
}

/* The label that all windows have, or NULL. */
static const char *common_window(RowSpan span) {
    const char *label = span.rows[0].cell->window_label;
    for (size_t i = 1; label && i < span.len; i++) {
        const char *other = span.rows[i].cell->window_label;
        if (!other || strcmp(label, other) != 0)
            return NULL;
    }
    return label;
}

static bool all_for_information(RowSpan span) {
    for (size_t i = 0; i < span.len; i++)
        if (!span.rows[i].information_only)
            return false;
    return true;
}

/* "Rolling 12 months January 2017; compared with December 2016"; of windows that differ, the period
 * if that is one. */
static void write_common(const TableWriter *writer, RowSpan span, Common common) {
    StrBuf facts = {0};
    const char *window = common.window;
    if (!window && rows_share_period(span))
        window = period_title(writer->arena, span.rows[0].cell->period);
    add_fact(&facts, "", window);
    if (common.previous)
        add_fact(&facts, "compared with ",
                 period_title(writer->arena, first_with_previous(span)->previous_period));
    if (common.information_only)
        add_fact(&facts, "", "for information only");
    if (facts.len)
        display_add_paragraph(writer->out, strbuf_text(&facts), 0, writer->width, INK_DIM,
                              writer->colour);
    strbuf_fini(&facts);
}

void write_overview(const TableWriter *writer, RowSpan span) {
    Grid grid = grid_new(writer->arena, columns, sizeof columns / sizeof columns[0]);
    Common common = {common_window(span), rows_share_previous(span), all_for_information(span)};
    for (size_t i = 0; i < span.len; i++) {
        const ReportRow *row = &span.rows[i];
        GridCell *cells = grid_row(&grid, 0);
        cells[TITLE] = (GridCell){row->indicator->title, INK_PLAIN};
        cells[VALUE] = cell_value(row);
        cells[FRACTION] = cell_fraction(writer->arena, row);
        cells[TARGET] = cell_target(row);
        cells[BENCHMARK] = cell_benchmark(row);
        cells[STATUS] = cell_status(writer->arena, row);
        cells[PREVIOUS] = cell_previous(row);
        cells[MOVEMENT] = cell_movement(writer->arena, row);
        grid_note(&grid, 0, facts_of(writer, row, common));
        add_notes(writer, &grid, 0, row, false);
    }
    write_common(writer, span, common);
    grid_print(writer->out, &grid, writer->width, writer->colour);
}
