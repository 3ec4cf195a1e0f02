/* Reconciliation: a printed report checked against itself, against the one before it, and against
 * what definitions and data give.
 *
 * In: a source of the session (see reconcile_page.h for what is read). Out: messages in the session
 * (KPI0660 to KPI0679, KPI0752 to KPI0754), each at the figure it is about, and a Reconciliation
 * that says what was compared and what could not be. An error is a contradiction between things
 * that are printed; a warning is a suspicion. All arithmetic is exact.
 *
 * Definitions and data come in as a Model and the Result of the report's periods, which the caller
 * computes between reconcile_match() and reconcile_check(). Without them nothing is compared with
 * data, and the summary says so.
 *
 * To add a check: a line in reconcile_checks.def, its function in a reconcile_check_*.c, its codes
 * in base/diag_codes_run.def, and a unit test with a right and a wrong report.
 */
#ifndef REPORT_RECONCILE_H
#define REPORT_RECONCILE_H

#include "base/period.h"
#include "report/reconcile_computed.h"
#include "report/report.h"

typedef enum ReconcileCheck {
#define RECONCILE_CHECK(IDENT, name, title, unit) RECONCILE_CHECK_##IDENT,
#include "report/reconcile_checks.def"
#undef RECONCILE_CHECK
    RECONCILE_CHECKS
} ReconcileCheck;

/* What definitions and data give for the periods of the report; see reconcile_periods(). */
typedef struct ReconcileData {
    const Model *model;
    const Result *result;
    const Report *report; /* of the result; NULL: nothing was computed */
} ReconcileData;

typedef struct ReconcileRequest {
    uint32_t src; /* the report */
    bool csv;
    uint32_t previous_src; /* the report of the period before; 0: none */
    bool previous_csv;
    const Period *period;    /* the period asked; NULL: the report's own */
    const char *why_no_data; /* said where there is none; NULL: no definitions were given */
} ReconcileRequest;

typedef struct ReconcileCount {
    size_t compared, findings;
} ReconcileCount;

/* A printed figure and what the data gives for it. */
typedef struct Comparison {
    const PrintedFigure *figure;
    const MeasureMatch *match;
    const ComputedFigure *computed; /* NULL: it is none of the indicator's figures */
    AssignedBy by;
    const char *comparator; /* of a target or benchmark: its name; its value; NULL of the others */
    Num comparator_value;
} Comparison;

typedef struct FigureFault {
    const PrintedFigure *figure;
    Diag *diag;
} FigureFault;

typedef struct Reconciliation {
    Session *session;
    ReconcileRequest request;
    const Reading *reading, *previous; /* previous: NULL if there is none */
    bool has_period, period_asked;     /* asked: and the report says no other */
    bool period_differs;               /* from the one that was asked */
    Date period_end;
    ReconcileCount counts[RECONCILE_CHECKS];
    size_t figures;         /* of all columns */
    size_t lone_fractions;  /* with no percentage to go with */
    size_t not_in_previous; /* measures that the earlier report lacks, or has for another period */
    size_t not_computed;    /* figures of matched measures for a period that was not computed */
    const ReconcileData *data; /* NULL: printed figures alone are compared */
    Matches matches;           /* which indicator computes which measure */
    VEC(Comparison) comparisons;
    VEC(FigureFault) faults; /* of single figures, so that none is told twice */
    size_t told_before;      /* findings of the check that runs which another has told already */
    ReconcileCheck check;    /* the one that runs */
} Reconciliation;

/* Reads the reports. */
Reconciliation *reconcile_read(Session *session, const ReconcileRequest *request);
/* The periods whose results the figures are to be compared with: the report's, or all of a list.
 * False: neither the request nor the report says. */
bool reconcile_periods(const Reconciliation *run, Period *from, Period *to);
/* Finds which indicator of the Model computes which measure; before reconcile_check with data. */
void reconcile_match(Reconciliation *run, const Model *model);
/* Runs every check; once. `data` may be NULL; it is kept. */
void reconcile_check(Reconciliation *run, const ReconcileData *data);

typedef struct ReconcileTextOptions {
    size_t limit; /* messages; 0: all */
    bool colour;
    bool figures; /* every figure with what it was compared with */
} ReconcileTextOptions;

void reconcile_render_text(const Reconciliation *done, StrBuf *out,
                           const ReconcileTextOptions *options);
void reconcile_render_json(const Reconciliation *done, StrBuf *out);
typedef struct ReconcileCheckInfo {
    const char *name, *title, *unit;
} ReconcileCheckInfo;

const ReconcileCheckInfo *reconcile_check_info(ReconcileCheck check);
/* Whether there was anything that it could compare. */
bool reconcile_check_has_run(const Reconciliation *done, ReconcileCheck check);
/* What was not checked, and why: a line each. */
typedef VEC(const char *) ReconcileLines;

void reconcile_unchecked(const Reconciliation *done, ReconcileLines *out);

/* For the checks: one more thing was compared; what a figure's fraction gives (false: nothing, or
 * it does not fit); and whether the printed value is that, rounded as it is printed. */
void reconcile_compared(Reconciliation *run);
bool reconcile_fraction_value(const PrintedFigure *figure, Num *out);
bool reconcile_rounds_to(Num computed, const PrintedFigure *figure);
/* The message that says that this figure is wrong; NULL: none does yet. */
Diag *reconcile_fault_of(const Reconciliation *run, const PrintedFigure *figure);
void reconcile_add_fault(Reconciliation *run, const PrintedFigure *figure, Diag *diag);
/* Keeps that a printed target or benchmark was compared with the one of the definitions. */
void reconcile_keep_target(Reconciliation *run, const PrintedFigure *figure,
                           const MeasureMatch *match, Num value, const char *name);
/* "not comparable", "not compared", "break in series": the report says itself that it compares
 * nothing. */
bool says_not_comparable(const PrintedCell *cell);
/* What was compared with the data for this figure; NULL: nothing. */
const Comparison *reconcile_comparison(const Reconciliation *run, const PrintedFigure *figure);
/* What the data gives, as the figure is printed: "61.4% (229/373)"; "no cases". And what that is:
 * "'in_house_fostering', Age 17: At 10 January 2017". */
const char *reconcile_computed_text(const Reconciliation *run, const Comparison *comparison);
const char *reconcile_computed_name(const Reconciliation *run, const Comparison *comparison);
/* Prints a value as the figure is printed: "61.4%". */
void reconcile_print_like(StrBuf *out, Num value, const PrintedFigure *figure);

#define RECONCILE_CHECK(IDENT, name, title, unit) void check_##name(Reconciliation *run);
#include "report/reconcile_checks.def"
#undef RECONCILE_CHECK

#endif
