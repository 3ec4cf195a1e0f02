/* What definitions and data give for the figures of a printed report.
 *
 * In: the Model, and the Result and Report of the periods that the printed figures are for. Out:
 * for a cell of a matched measure the figures that its indicators have in that period (of the
 * whole, each group and band, shares, parts, exclusions), and for each printed figure the one that
 * it should be.
 *
 * A figure is known by its label (a group, a band, a part), by its kind (percentage points are
 * those of the gap that is shown in the same row), by its place among the bands, or because nothing
 * else is printed. One that is known by none of these is held against those that are left: if it
 * equals one it is that, else it is not matched, and a message says so.
 *
 * To add a figure that a report may print: its kind in ComputedKind, and a line in
 * add_cell_figures().
 */
#ifndef REPORT_RECONCILE_COMPUTED_H
#define REPORT_RECONCILE_COMPUTED_H

#include "engine/result.h"
#include "report/reconcile_match.h"
#include "report/report.h"

typedef enum ComputedKind {
    COMPUTED_VALUE,    /* of the whole, a group or a band */
    COMPUTED_SHARE,    /* of a group among all (`with share`) */
    COMPUTED_GROSS,    /* before exclusions */
    COMPUTED_EXCLUDED, /* what an exclusion takes out */
    COMPUTED_ADDED,    /* of bands that a benchmark adds */
    COMPUTED_LIKE,     /* of the whole, as a benchmark counts it: like for like */
    COMPUTED_PART      /* `of which`: its count, or its percentage of a proportion */
} ComputedKind;

typedef struct ComputedFigure {
    ComputedKind kind;
    const Indicator *indicator;
    const Cell *cell;
    const char *label;    /* of the group, band or part; "" of the whole */
    bool group;           /* the label is a group's */
    PrintedKind shown_as; /* how reports write it */
    bool available;       /* there is a value */
    Num value;            /* in the unit of print: 12.897... for 12.9% */
    Figure numerator, denominator;
    const ReportedFigure *reported; /* the value is as reported, not as computed */
    bool taken;                     /* by a printed figure */
} ComputedFigure;

typedef VEC(ComputedFigure) ComputedFigures;

#define MOST_FIGURES 500 /* of a cell; more are no report's */

/* How reports write the indicator's values. */
PrintedKind kind_of_basis(const Indicator *indicator);
/* Whether a figure may be one that reports write so: a percentage, a rate of the same base. */
bool kind_agrees(const Indicator *indicator, PrintedKind shown_as, const PrintedFigure *figure);
/* The period that the cell is for: the asked one of a current cell or a target, the one that it is
 * compared with of a previous cell, the one that holds the date of a list. False: none was
 * computed. */
bool computed_period(const Result *result, const Indicator *indicator, const PrintedCell *cell,
                     Period *out);

/* All figures that the matched indicators have in the cell's period; none if nothing was computed.
 */
void computed_collect(Arena *arena, const Result *result, const Report *report,
                      const MeasureMatch *match, const PrintedCell *cell, ComputedFigures *out);

typedef enum AssignedBy {
    ASSIGNED_NOT,
    ASSIGNED_BY_LABEL,
    ASSIGNED_BY_PLACE,
    ASSIGNED_BY_VALUE
} AssignedBy;

typedef struct Assigned {
    ComputedFigure *figure; /* NULL: none */
    AssignedBy by;
} Assigned;

/* For each figure of the cell, in its order, what it should be. */
Assigned *computed_assign(Arena *arena, const PrintedCell *cell, ComputedFigures *figures);

/* Whether a printed figure is the computed one, rounded as it is printed. */
bool computed_is_printed(const ComputedFigure *computed, const PrintedFigure *figure);
/* "children with disabilities", "Age 17", "0-6 weeks"; "the whole" of several. */
const char *computed_words(Arena *arena, const ComputedFigure *figure);

#endif
