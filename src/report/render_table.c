#include "report/tables.h"

#define USUAL_WIDTH 100
#define NARROWEST_WIDTH 40

/* Whether any indicator is there for more than one period. */
static bool is_series(const Report *report) {
    for (size_t i = 1; i < report->rows_len; i++) {
        const ReportRow *a = &report->rows[i - 1], *b = &report->rows[i];
        if (a->indicator == b->indicator && a->cell->period.end != b->cell->period.end)
            return true;
    }
    return false;
}

/* Groups or bands, which stand in a table of their own. */
static bool is_divided(const Indicator *indicator) {
    return indicator->breakdowns_len > 0 || indicator->shape == SHAPE_DISTRIBUTION;
}

/* The rows from `start` that make one table. */
static RowSpan next_table(const Report *report, size_t start, bool series) {
    const ReportRow *first = &report->rows[start];
    size_t end = start + 1;
    for (; end < report->rows_len; end++) {
        const ReportRow *row = &report->rows[end];
        if (row->indicator == first->indicator)
            continue;
        if (series || is_divided(first->indicator) || is_divided(row->indicator))
            break;
    }
    return (RowSpan){first, end - start};
}

void render_table(StrBuf *out, Arena *run, const Report *report, const TableOptions *options) {
    TableWriter writer = {out, run, options->width, options->colour, options->verbose};
    if (writer.width == 0)
        writer.width = USUAL_WIDTH;
    if (writer.width < NARROWEST_WIDTH)
        writer.width = NARROWEST_WIDTH;
    if (report->title)
        display_add_paragraph(out, report->title, 0, writer.width, INK_BOLD, writer.colour);
    bool series = is_series(report);
    for (size_t start = 0; start < report->rows_len;) {
        RowSpan span = next_table(report, start, series);
        if (start > 0 || (report->title && (series || is_divided(span.rows[0].indicator))))
            strbuf_add_char(out, '\n');
        if (is_divided(span.rows[0].indicator))
            write_groups(&writer, span, series);
        else if (series)
            write_series(&writer, span);
        else
            write_overview(&writer, span);
        start += span.len;
    }
    if (report->rows_len == 0)
        strbuf_add(out, "No results.\n");
    if (report->audience_words && report->rows_len > 0) {
        strbuf_add_char(out, '\n');
        display_add_paragraph(out, report->audience_words, 0, writer.width, INK_DIM, writer.colour);
    }
}
