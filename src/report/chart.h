/* Charts of a report: a series of months, or the bands and groups of one period.
 *
 * In: rows of the report. Out: a Chart (texts and numbers for drawing), and from it an SVG that
 * stands in an HTML page: no script, no style from elsewhere, `title` and `desc` for those who do
 * not see it. Binary floating point is allowed here: it places marks and decides nothing.
 *
 * To add a kind: the enum, its making in chart.c, its drawing in chart_svg.c.
 */
#ifndef REPORT_CHART_H
#define REPORT_CHART_H

#include "report/report.h"

typedef enum ChartKind {
    CHART_LINE,    /* a series of shares, rates, means, stocks */
    CHART_COLUMNS, /* a series of counts and sums, each of its own period */
    CHART_BARS     /* bands or groups of one period, from top to bottom */
} ChartKind;

typedef struct ChartPoint {
    const char *label;   /* "Jan"; of bars the band's or group's */
    const char *period;  /* "January 2017"; of bars NULL */
    const char *printed; /* the value; or why there is none */
    bool present;
    double value;
    bool has_benchmark; /* bars */
    double benchmark;
    bool broken; /* a break lies between this point and the one before */
} ChartPoint;

typedef struct Chart {
    ChartKind kind;
    const char *title, *description;
    ChartPoint *points;
    size_t points_len;
    bool has_target;
    double target;
    const char *target_label;    /* "Target 95%" */
    const char *benchmark_label; /* BARS: what the marks are; or NULL */
    bool percent;                /* values are parts of 100 */
} Chart;

/* Of one indicator: bars for bands and groups (of `rows`), else its series. NULL if there is
 * nothing to draw. */
const Chart *chart_build(Arena *run, const Report *rows, const Report *series,
                         const Indicator *indicator, Period until, int months);
/* `number` makes the ids of its title and description unique in the page. */
void chart_print_svg(StrBuf *out, const Chart *chart, size_t number);
/* The figures in one line: "Feb 2016 5, Mar 2016 3, ..." */
void chart_print_words(StrBuf *out, const Chart *chart);

/* Text as HTML and SVG show it: & < > " ' escaped, bad bytes as U+FFFD. */
void html_add(StrBuf *out, const char *text);

#endif
