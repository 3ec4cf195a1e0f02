/* Charts as SVG. Sizes are units of the view box, which is about as wide as a telephone, so that
 * the words stay readable there. */
#include <math.h>
#include <string.h>

#include "report/chart.h"
#include "report/display.h"

#define WIDTH 380.0
#define LEFT 8.0
#define RIGHT 8.0
#define TOP 34.0
#define PLOT_HEIGHT 120.0
#define BELOW 34.0
#define BAR_STEP 26.0
#define BAR_HEIGHT 16.0
#define LABEL_WIDTH 132.0
#define VALUE_ROOM 48.0
#define LETTER 6.2 /* the usual width of one at the size of the labels */
#define HEADROOM 1.12

void html_add(StrBuf *out, const char *text) {
    StrBuf clean = {0};
    display_add_text(&clean, text, INK_PLAIN, false);
    for (const char *c = strbuf_text(&clean); *c; c++) {
        switch (*c) {
        case '&':
            strbuf_add(out, "&amp;");
            break;
        case '<':
            strbuf_add(out, "&lt;");
            break;
        case '>':
            strbuf_add(out, "&gt;");
            break;
        case '"':
            strbuf_add(out, "&quot;");
            break;
        case '\'':
            strbuf_add(out, "&#39;");
            break;
        default: /* every other byte */
            strbuf_add_char(out, *c);
        }
    }
    strbuf_fini(&clean);
}

static void open_svg(StrBuf *out, const Chart *chart, double height, size_t number) {
    strbuf_addf(
        out,
        "<svg class=\"chart\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
        "aria-labelledby=\"chart-%zu-title chart-%zu-desc\">\n<title id=\"chart-%zu-title\">",
        WIDTH, height, number, number, number);
    html_add(out, chart->title);
    strbuf_addf(out, "</title>\n<desc id=\"chart-%zu-desc\">", number);
    html_add(out, chart->description);
    strbuf_add(out, "</desc>\n");
}

static void add_label(StrBuf *out, double x, double y, const char *anchor, const char *class,
                      const char *text) {
    strbuf_addf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">", x, y, anchor,
                class);
    html_add(out, text);
    strbuf_add(out, "</text>\n");
}

static void add_stroke(StrBuf *out, const char *class, double x1, double y1, double x2, double y2) {
    strbuf_addf(out, "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
                class, x1, y1, x2, y2);
}

/* ---- series ---- */

typedef struct Scale {
    double low, high, step; /* values of the plot's edges; from one point to the next */
} Scale;

static double y_of(Scale scale, double value) {
    double span = scale.high - scale.low;
    return TOP + PLOT_HEIGHT * (span > 0 ? 1 - (value - scale.low) / span : 0.5);
}

static double x_of(Scale scale, size_t i) {
    return LEFT + scale.step * ((double)i + 0.5);
}

/* Columns start at zero; lines where their lowest value leaves a quarter of the plot free, so that
 * the movement is seen. */
static Scale scale_of(const Chart *chart) {
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < chart->points_len; i++)
        if (chart->points[i].present) {
            low = fmin(low, chart->points[i].value);
            high = fmax(high, chart->points[i].value);
        }
    if (chart->has_target) {
        low = fmin(low, chart->target);
        high = fmax(high, chart->target);
    }
    if (!isfinite(low))
        low = high = 0;
    Scale scale = {0, high * HEADROOM, (WIDTH - LEFT - RIGHT) / (double)chart->points_len};
    if (chart->kind == CHART_LINE) {
        double margin = high > low ? (high - low) / 4 : fabs(high) / 4 + 1;
        scale.low = low >= 0 ? fmax(0, low - margin) : low - margin;
        scale.high = high + margin;
    }
    if (scale.high <= scale.low)
        scale.high = scale.low + 1;
    return scale;
}

/* Every value has its number if all of them fit beside each other; else the first, the last, the
 * highest and the lowest have. */
static bool labels_fit(const Chart *chart, Scale scale) {
    for (size_t i = 0; i < chart->points_len; i++)
        if (chart->points[i].present &&
            (double)display_width(chart->points[i].printed) * LETTER > scale.step)
            return false;
    return true;
}

static bool is_extreme(const Chart *chart, size_t at) {
    bool highest = true, lowest = true;
    for (size_t i = 0; i < chart->points_len; i++) {
        if (!chart->points[i].present)
            continue;
        highest = highest && chart->points[i].value <= chart->points[at].value;
        lowest = lowest && chart->points[i].value >= chart->points[at].value;
    }
    return highest || lowest;
}

static void add_value_label(StrBuf *out, const Chart *chart, Scale scale, size_t i, bool all) {
    const ChartPoint *point = &chart->points[i];
    bool edge = i == 0 || i + 1 == chart->points_len;
    if (!point->present || (!all && !edge && !is_extreme(chart, i)))
        return;
    /* Beside a labelled edge there is no room for another long label. */
    bool beside_edge = i == 1 || i + 2 == chart->points_len;
    if (!all && !edge && beside_edge)
        return;
    const char *anchor = "middle";
    double x = x_of(scale, i);
    if (!all && i == 0) {
        anchor = "start";
        x = LEFT;
    } else if (!all && i + 1 == chart->points_len) {
        anchor = "end";
        x = WIDTH - RIGHT;
    }
    add_label(out, x, y_of(scale, point->value) - 7, anchor, "value", point->printed);
}

static void add_columns(StrBuf *out, const Chart *chart, Scale scale) {
    double base = y_of(scale, 0), width = scale.step * 0.7;
    for (size_t i = 0; i < chart->points_len; i++) {
        if (!chart->points[i].present)
            continue;
        double y = y_of(scale, chart->points[i].value);
        strbuf_addf(out,
                    "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
                    x_of(scale, i) - width / 2, fmin(y, base), width, fabs(base - y));
    }
}

/* Gaps and breaks end a stretch of the line. */
static void add_line_of(StrBuf *out, const Chart *chart, Scale scale) {
    bool drawing = false;
    strbuf_add(out, "<path class=\"line\" d=\"");
    for (size_t i = 0; i < chart->points_len; i++) {
        const ChartPoint *point = &chart->points[i];
        drawing = drawing && point->present && !point->broken;
        if (point->present)
            strbuf_addf(out, "%s%.1f %.1f",
                        drawing ? " L"
                        : i > 0 ? " M"
                                : "M",
                        x_of(scale, i), y_of(scale, point->value));
        drawing = point->present;
    }
    strbuf_add(out, "\"/>\n");
    for (size_t i = 0; i < chart->points_len; i++)
        if (chart->points[i].present)
            strbuf_addf(out, "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.2\"/>\n",
                        x_of(scale, i), y_of(scale, chart->points[i].value));
}

static void add_target(StrBuf *out, const Chart *chart, Scale scale) {
    if (!chart->has_target)
        return;
    double y = y_of(scale, chart->target);
    add_stroke(out, "target", LEFT, y, WIDTH - RIGHT, y);
    strbuf_addf(out, "<line class=\"target\" x1=\"%.1f\" y1=\"10\" x2=\"%.1f\" y2=\"10\"/>\n", LEFT,
                LEFT + 22);
    add_label(out, LEFT + 28, 14, "start", "key", chart->target_label);
}

static void add_breaks(StrBuf *out, const Chart *chart, Scale scale) {
    for (size_t i = 1; i < chart->points_len; i++) {
        if (!chart->points[i].broken)
            continue;
        double x = (x_of(scale, i - 1) + x_of(scale, i)) / 2;
        add_stroke(out, "break", x, TOP - 8, x, TOP + PLOT_HEIGHT);
        add_label(out, x, TOP - 11, "middle", "key", "break");
    }
}

/* Months under the axis, and the year under the first and each January. */
static void add_axis(StrBuf *out, const Chart *chart, Scale scale) {
    double base = TOP + PLOT_HEIGHT;
    add_stroke(out, "axis", LEFT, base, WIDTH - RIGHT, base);
    for (size_t i = 0; i < chart->points_len; i++) {
        const ChartPoint *point = &chart->points[i];
        double x = x_of(scale, i);
        add_label(out, x, base + 14, "middle", "key", point->label);
        const char *year = point->period ? strrchr(point->period, ' ') : NULL;
        if (year && (i == 0 || strcmp(point->label, "Jan") == 0))
            add_label(out, x, base + 28, "middle", "key", year + 1);
    }
    if (chart->kind == CHART_LINE && scale.low > 0)
        add_label(out, WIDTH - RIGHT, 14, "end", "key", "the axis does not start at 0");
}

static void print_series(StrBuf *out, const Chart *chart, size_t number) {
    Scale scale = scale_of(chart);
    open_svg(out, chart, TOP + PLOT_HEIGHT + BELOW, number);
    add_axis(out, chart, scale);
    if (chart->kind == CHART_COLUMNS)
        add_columns(out, chart, scale);
    add_target(out, chart, scale);
    add_breaks(out, chart, scale);
    if (chart->kind == CHART_LINE)
        add_line_of(out, chart, scale);
    bool all = labels_fit(chart, scale);
    for (size_t i = 0; i < chart->points_len; i++)
        add_value_label(out, chart, scale, i, all);
    strbuf_add(out, "</svg>\n");
}

/* ---- bars ---- */

static double longest(const Chart *chart) {
    double most = 0;
    for (size_t i = 0; i < chart->points_len; i++) {
        const ChartPoint *point = &chart->points[i];
        if (point->present)
            most = fmax(most, point->value);
        if (point->has_benchmark)
            most = fmax(most, point->benchmark);
    }
    return most > 0 ? most : 1;
}

/* As much of a label as its column holds. */
static void add_bar_label(StrBuf *out, double y, const char *label) {
    const char *rest = NULL;
    DisplayLine line = display_break(label, (size_t)(LABEL_WIDTH / LETTER) - 1, &rest);
    StrBuf shown = {0};
    strbuf_add_len(&shown, line.text, line.len);
    if (rest)
        strbuf_add(&shown, "…");
    add_label(out, LABEL_WIDTH - 6, y, "end", "key", strbuf_text(&shown));
    strbuf_fini(&shown);
}

static void print_bars(StrBuf *out, const Chart *chart, size_t number) {
    double top = chart->benchmark_label ? 26 : 6, most = longest(chart);
    double room = WIDTH - LABEL_WIDTH - VALUE_ROOM - RIGHT;
    open_svg(out, chart, top + BAR_STEP * (double)chart->points_len + 4, number);
    if (chart->benchmark_label) {
        add_stroke(out, "mark", LABEL_WIDTH + 1.5, 4, LABEL_WIDTH + 1.5, 16);
        add_label(out, LABEL_WIDTH + 9, 14, "start", "key", chart->benchmark_label);
    }
    for (size_t i = 0; i < chart->points_len; i++) {
        const ChartPoint *point = &chart->points[i];
        double y = top + BAR_STEP * (double)i, middle = y + BAR_HEIGHT / 2 + 4;
        double length = point->present ? fmax(0, point->value) / most * room : 0;
        double end = LABEL_WIDTH + length;
        add_bar_label(out, middle, point->label);
        strbuf_addf(out,
                    "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
                    LABEL_WIDTH, y, length, BAR_HEIGHT);
        if (point->has_benchmark) {
            double x = LABEL_WIDTH + point->benchmark / most * room;
            add_stroke(out, "mark", x, y - 3, x, y + BAR_HEIGHT + 3);
            end = fmax(end, x);
        }
        add_label(out, end + 5, middle, "start", "value", point->printed);
    }
    add_stroke(out, "axis", LABEL_WIDTH, top - 4, LABEL_WIDTH,
               top + BAR_STEP * (double)chart->points_len);
    strbuf_add(out, "</svg>\n");
}

void chart_print_svg(StrBuf *out, const Chart *chart, size_t number) {
    if (chart->kind == CHART_BARS)
        print_bars(out, chart, number);
    else
        print_series(out, chart, number);
}
