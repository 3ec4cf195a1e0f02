#include <string.h>

#include "report/reconcile.h"
#include "report/reconcile_bands.h"

#define LIKELY_LEAST 90 /* age bands that add to about 100% are shares; others are rates */
#define LIKELY_MOST 110

/* ---- 100% ---- */

static bool bands_of_ages(const PrintedBands *bands) {
    for (size_t i = 0; i < bands->len; i++)
        if (bands->items[i].ages)
            return true;
    return false;
}

/* What the bands add to, and by how much rounding may have moved that. */
static bool add_bands(const PrintedBands *bands, Num *sum, Num *slack) {
    *sum = *slack = num_of_int(0);
    for (size_t i = 0; i < bands->len; i++) {
        const PrintedFigure *figure = bands->items[i].figure;
        if (figure->decimals > 16 || !num_add(*sum, figure->value, sum) ||
            !num_add(*slack, num_of_scaled(5, figure->decimals + 1), slack))
            return false;
    }
    return true;
}

static void check_sum(Reconciliation *run, const PrintedBands *bands) {
    Num sum, slack, off;
    if (!add_bands(bands, &sum, &slack) || !num_subtract(sum, num_of_int(100), &off))
        return;
    bool likely = num_compare(sum, num_of_int(LIKELY_LEAST)) >= 0 &&
                  num_compare(sum, num_of_int(LIKELY_MOST)) <= 0;
    if (num_compare(off, num_of_int(0)) < 0)
        off = num_negate(off);
    if (num_compare(off, slack) <= 0 || (bands_of_ages(bands) && !likely))
        return;
    StrBuf total = {0}, room = {0};
    num_print_exact(&total, sum);
    num_print_exact(&room, slack);
    diag_add(run->session->diags, DIAG_bands_not_hundred, bands->items[0].figure->at,
             "these %zu bands add to %s%%, and rounding explains only %s either side of 100%%",
             bands->len, strbuf_text(&total), strbuf_text(&room));
    strbuf_fini(&total);
    strbuf_fini(&room);
}

/* ---- neighbours ---- */

static void report_neighbours(Reconciliation *run, const PrintedBand *a, const PrintedBand *b,
                              DiagCode code, const char *fault) {
    Diag *diag = diag_add(run->session->diags, code, b->figure->at, "the bands '%s' and '%s' %s",
                          a->figure->label, b->figure->label, fault);
    if (a->figure->at.off != b->figure->at.off)
        diag_note(diag, a->figure->at, "the first of them is here");
}

/* The first whole value of b, and the last of a. */
static bool whole_edges(const PrintedBand *a, const PrintedBand *b, Num *last, Num *first) {
    *last = a->high;
    *first = b->low;
    return (a->high_edge != EDGE_OUT || num_subtract(a->high, a->unit, last)) &&
           (b->low_edge != EDGE_OUT || num_add(b->low, b->unit, first));
}

static void check_whole_pair(Reconciliation *run, const PrintedBand *a, const PrintedBand *b) {
    Num last, first, next;
    if (!whole_edges(a, b, &last, &first) || !num_add(last, a->unit, &next))
        return;
    if (num_compare(first, last) <= 0)
        report_neighbours(run, a, b, DIAG_printed_bands_overlap, "overlap");
    else if (num_compare(first, next) > 0)
        report_neighbours(run, a, b, DIAG_printed_bands_gap, "leave a gap between them");
}

static void check_smooth_pair(Reconciliation *run, const PrintedBand *a, const PrintedBand *b) {
    int order = num_compare(b->low, a->high);
    if (order < 0 || (order == 0 && a->high_edge == EDGE_IN && b->low_edge == EDGE_IN))
        report_neighbours(run, a, b, DIAG_printed_bands_overlap, "overlap");
    else if (order > 0)
        report_neighbours(run, a, b, DIAG_printed_bands_gap, "leave a gap between them");
    else if (a->high_edge == EDGE_OUT && b->low_edge == EDGE_OUT)
        report_neighbours(run, a, b, DIAG_printed_bands_gap,
                          "both leave out the value at which they meet");
}

static void check_neighbours(Reconciliation *run, const PrintedBands *bands) {
    bool whole = bands_are_whole(bands);
    for (size_t i = 1; i < bands->len; i++) {
        const PrintedBand *a = &bands->items[i - 1], *b = &bands->items[i];
        if (a->high_edge == EDGE_NONE || b->low_edge == EDGE_NONE)
            report_neighbours(run, a, b, DIAG_printed_bands_overlap, "overlap");
        else if (whole)
            check_whole_pair(run, a, b);
        else
            check_smooth_pair(run, a, b);
    }
}

/* ---- two columns ---- */

/* Whether a band of a, alone or with others beside it, is one of b. */
static bool is_part_of(const PrintedBands *a, const PrintedBand *band, const PrintedBands *b) {
    for (size_t i = 0; i < b->len; i++) {
        const PrintedBand *other = &b->items[i];
        if (band_same(band, other))
            return true;
        if (band_within(band, other) && bands_add_to(a, other))
            return true;
    }
    return bands_add_to(b, band);
}

/* The labels of a's bands that b has not; how many. */
static size_t add_missing(StrBuf *out, const PrintedBands *a, const PrintedBands *b) {
    size_t count = 0;
    for (size_t i = 0; i < a->len; i++) {
        if (is_part_of(a, &a->items[i], b))
            continue;
        strbuf_addf(out, "%s'%s'", count > 0 ? ", " : "", a->items[i].figure->label);
        count++;
    }
    return count;
}

static void check_same_bands(Reconciliation *run, const PrintedBands *value,
                             const PrintedBands *other, const char *name) {
    StrBuf here = {0}, there = {0};
    size_t only_here = add_missing(&here, value, other);
    size_t only_there = add_missing(&there, other, value);
    if (only_here + only_there > 0) {
        Diag *diag = diag_add(run->session->diags, DIAG_bands_differ, value->items[0].figure->at,
                              "the bands are not those of the %s%s%s", name,
                              only_here > 0 ? "; only here: " : "", strbuf_text(&here));
        if (only_there > 0)
            diag_note(diag, other->items[0].figure->at, "only in the %s: %s", name,
                      strbuf_text(&there));
    }
    strbuf_fini(&here);
    strbuf_fini(&there);
}

static void check_columns(Reconciliation *run, const PrintedMeasure *measure) {
    static const CellRole roles[] = {ROLE_TARGET, ROLE_PREVIOUS};
    static const char *const names[] = {"target", "previous figure"};
    const PrintedCell *current = measure_cell(measure, ROLE_CURRENT);
    PrintedBands own, other;
    if (!current)
        return;
    bands_of_cell(run->session->arena, current, &own);
    for (size_t i = 0; i < 2 && own.len > 0; i++) {
        const PrintedCell *cell = measure_cell(measure, roles[i]);
        if (!cell)
            continue;
        bands_of_cell(run->session->arena, cell, &other);
        if (other.len > 0)
            check_same_bands(run, &own, &other, names[i]);
    }
}

void check_bands(Reconciliation *run) {
    PrintedBands bands;
    for (size_t i = 0; i < run->reading->measures.len; i++) {
        const PrintedMeasure *measure = run->reading->measures.items[i];
        for (size_t k = 0; k < measure->cells.len; k++) {
            bands_of_cell(run->session->arena, measure->cells.items[k], &bands);
            if (bands.len == 0)
                continue;
            reconcile_compared(run);
            check_sum(run, &bands);
            check_neighbours(run, &bands);
        }
        check_columns(run, measure);
    }
}
