/* Bands as reports write them: "0-6 weeks", "6 weeks to 3 months", "More than 3 months, but less
 * than 6 months", "2 years and over", "45+ working days".
 *
 * In: the label of a figure. Out: its two edges, in days where a unit of time stands there (a month
 * is 30.4375 days, a year twelve of them), else as they are. To add a way of writing an edge: a
 * word in one of the lists of reconcile_bands.c.
 */
#ifndef REPORT_RECONCILE_BANDS_H
#define REPORT_RECONCILE_BANDS_H

#include "report/reconcile_reading.h"

typedef enum Edge {
    EDGE_PLAIN, /* 3-6: which of two neighbours has the edge is not said */
    EDGE_IN,    /* "3 or less" */
    EDGE_OUT,   /* "more than 3" */
    EDGE_NONE   /* open to this side */
} Edge;

typedef struct PrintedBand {
    Edge low_edge, high_edge;
    Num low, high;
    Num unit; /* of both, in days; 1: none is written */
    const PrintedFigure *figure;
    bool ages;
    bool joined; /* of several: "0-6 weeks + 6 weeks to 3 months" */
} PrintedBand;

typedef VEC(PrintedBand) PrintedBands;

/* False: the label is no band, or says more than one. */
bool band_parse(Arena *arena, const char *label, PrintedBand *out);
bool band_is_range(const PrintedBand *band);
/* The bands of a cell: at least three, of which two are ranges; else none. In ascending order. */
void bands_of_cell(Arena *arena, const PrintedCell *cell, PrintedBands *out);
/* Whether bands count whole things: the next band starts one after the last ends. */
bool bands_are_whole(const PrintedBands *bands);
/* Whether bands that follow one another have these edges together. */
bool bands_add_to(const PrintedBands *bands, const PrintedBand *wanted);
/* Whether a band has nothing outside a wider one. */
bool band_within(const PrintedBand *band, const PrintedBand *wider);
/* Whether both have the same edges. */
bool band_same(const PrintedBand *a, const PrintedBand *b);

#endif
