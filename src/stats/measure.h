/* How a number of an indicator is written: its value with the unit of its basis.
 *
 * In: an exact number in the unit of print (12.897... for 12.9%). Out: "12.9%", "52.5", "384",
 * "443 days", "£4,943,674", "43 points", "12 homes". Thousands are grouped. Rounding is
 * num_print's: half away from zero, once, here.
 *
 * To add a basis: its case in measure_print and in measure_print_change.
 */
#ifndef STATS_MEASURE_H
#define STATS_MEASURE_H

#include "base/num.h"
#include "base/strbuf.h"
#include "base/terms.h"

typedef struct Measure {
    BasisKind basis;
    const char *unit; /* NUMBER: "homes"; else not read */
    int decimals;     /* as the indicator declares */
} Measure;

/* The value with `decimals` places (a target has its own) and its unit. */
void measure_print(StrBuf *out, Measure measure, Num value, int decimals);
/* A difference of two values, always signed: "+13", "-1.5 points" (of percentages too), "+£20". */
void measure_print_change(StrBuf *out, Measure measure, Num change);

#endif
