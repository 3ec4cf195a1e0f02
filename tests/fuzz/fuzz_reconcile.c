/* Any bytes as a printed report. The first byte chooses text or CSV, a period asked, and whether
 * the same bytes are the earlier report too. What must hold, whatever the bytes: every figure has
 * its place in the report, and a fraction belongs to one figure; a figure is reported as wrong if
 * and only if its fraction does not round to it; both forms of the result can be written.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "report/reconcile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAX_SIZE 16384u

static void check(bool holds) {
    if (!holds)
        abort();
}

static size_t wrong_figures(const PrintedCell *cell, size_t len) {
    size_t wrong = 0;
    for (size_t i = 0; i < cell->figures.len; i++) {
        const PrintedFigure *figure = &cell->figures.items[i];
        Num value;
        check(figure->at.off + figure->at.len <= len);
        if (!figure->fraction)
            continue;
        check(figure->fraction->belongs);
        if (!reconcile_fraction_value(figure, &value))
            wrong += num_compare(figure->fraction->denominator, num_of_int(0)) == 0;
        else
            wrong += !reconcile_rounds_to(value, figure);
    }
    for (size_t i = 0; i < cell->tokens.list.len; i++)
        check(cell->tokens.list.items[i].end <= cell->text.len &&
              cell->tokens.list.items[i].start < cell->tokens.list.items[i].end);
    return wrong;
}

static void check_figures(const Reconciliation *done, size_t len) {
    size_t wrong = 0;
    for (size_t i = 0; i < done->reading->measures.len; i++) {
        const PrintedMeasure *measure = done->reading->measures.items[i];
        for (size_t k = 0; k < measure->cells.len; k++)
            if (!measure->column)
                wrong += wrong_figures(measure->cells.items[k], len);
    }
    check(done->counts[RECONCILE_CHECK_FRACTIONS].findings == wrong);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1 || size > MAX_SIZE)
        return 0;
    const char *text = (const char *)data + 1;
    Session *session = session_new();
    Period period;
    check(period_parse("2017-01", strlen("2017-01"), &period));
    ReconcileRequest request = {.csv = data[0] & 1, .period = data[0] & 2 ? &period : NULL};
    request.src = sources_add(session->sources, "report", text, size - 1);
    if (data[0] & 4) {
        request.previous_src = sources_add(session->sources, "before", text, size - 1);
        request.previous_csv = request.csv;
    }
    Reconciliation *done = reconcile_read(session, &request);
    reconcile_check(done, NULL);
    check_figures(done, size - 1);
    StrBuf out = {0};
    reconcile_render_text(done, &out, &(ReconcileTextOptions){0});
    reconcile_render_json(done, &out);
    check(out.len > 0);
    strbuf_fini(&out);
    session_free(session);
    return 0;
}
