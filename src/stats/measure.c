#include "stats/measure.h"

#include <string.h>

#define NUMBER_ROOM 64 /* nearly every number with its unit */

/* "1 day", "1.0 days", "2 days" */
static void add_unit(StrBuf *out, const char *number, const char *one, const char *many) {
    bool single = strcmp(number, "1") == 0 || strcmp(number, "-1") == 0;
    strbuf_add(out, number);
    strbuf_add_char(out, ' ');
    strbuf_add(out, single ? one : many);
}

static void add_pounds(StrBuf *out, const char *number) {
    bool negative = number[0] == '-';
    strbuf_add(out, negative ? "-£" : "£");
    strbuf_add(out, number + (negative ? 1 : 0));
}

static void add_with_unit(StrBuf *out, Measure measure, const char *number) {
    switch (measure.basis) {
    case BASIS_PERCENT:
        strbuf_add(out, number);
        strbuf_add_char(out, '%');
        return;
    case BASIS_PER:
    case BASIS_COUNT:
        strbuf_add(out, number);
        return;
    case BASIS_DAYS:
        add_unit(out, number, "day", "days");
        return;
    case BASIS_POUNDS:
        add_pounds(out, number);
        return;
    case BASIS_POINTS:
        add_unit(out, number, "point", "points");
        return;
    case BASIS_NUMBER:
        strbuf_add(out, number);
        if (measure.unit && *measure.unit) {
            strbuf_add_char(out, ' ');
            strbuf_add(out, measure.unit);
        }
        return;
    }
}

void measure_print(StrBuf *out, Measure measure, Num value, int decimals) {
    char room[NUMBER_ROOM];
    StrBuf number = strbuf_in(room, sizeof room);
    num_print(&number, value, decimals, true);
    add_with_unit(out, measure, strbuf_text(&number));
    strbuf_fini(&number);
}

void measure_print_change(StrBuf *out, Measure measure, Num change) {
    /* From 12% to 13% is one point, not one per cent. */
    if (measure.basis == BASIS_PERCENT)
        measure.basis = BASIS_POINTS;
    char room[NUMBER_ROOM];
    StrBuf text = strbuf_in(room, sizeof room);
    measure_print(&text, measure, change, measure.decimals);
    if (strbuf_text(&text)[0] != '-')
        strbuf_add_char(out, '+');
    strbuf_add(out, strbuf_text(&text));
    strbuf_fini(&text);
}
